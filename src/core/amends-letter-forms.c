/* amends-letter-forms.c: what stands on a form that comes back, and in what is said beside a complaint
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A form asks and claims nothing: what it brings back is recorded by whoever reads it. What is known already is
 * written in, so that nobody writes it twice. */

#include "core/amends-letter-private.h"

#include <string.h>

#include "core/amends-appointment.h"
#include "core/amends-codes.h"
#include "core/amends-complainant.h"
#include "core/amends-json.h"

typedef struct
{
  const char *name;
  AmendsLetterFill fill;
} BlockKind;

static void
say (const AmendsLetterWriter *self, GPtrArray *texts, const char *name)
{
  g_ptr_array_add (texts, g_strdup (amends_letter_texts_get (self->texts, name)));
}

static void
take (GPtrArray *texts, char *text)
{
  g_ptr_array_add (texts, text);
}

static void
say_each (const AmendsLetterWriter *self, GPtrArray *texts, const char *const *names)
{
  for (; *names != NULL; names++)
    say (self, texts, *names);
}

/* Each code of a list, as it is said in letters. */
static void
say_codes (const AmendsLetterWriter *self, GPtrArray *texts, const char *list)
{
  const AmendsCodeList *codes = amends_codes_get_list (list);

  for (guint i = 0; i < codes->n_codes; i++)
    take (texts, amends_letter_texts_dup_named (self->texts, list, codes->codes[i].code));
}

/* ------------------------------------------------------------ what is recorded */

static char *
dup_day (const AmendsLetterWriter *self, const json_t *body)
{
  AmendsDay day = amends_day_from_json (body, "on");

  return day != AMENDS_DAY_NONE ? amends_letter_texts_dup_day (self->texts, day) : NULL;
}

static void
fill_withdrawn (AmendsLetterWriter *self, AmendsLetterBlock *block)
{
  const json_t *own = amends_complainant_get_act (self->complaint, self->to.who, "withdrawn");
  const json_t *withdrawn =
      own != NULL ? own : amends_case_get_value (self->complaint, "withdrawn");
  g_autofree char *day = NULL;

  g_ptr_array_add (self->read, g_strdup ("withdrawn"));
  day = dup_day (self, withdrawn);
  if (day != NULL)
    take (block->paragraphs,
          amends_letter_texts_fill (self->texts, "withdrawn.text", "day", day, NULL));
  else
    amends_letter_lack (block, "Nobody has taken it back: record that they did, and when");
}

static void
fill_again (AmendsLetterWriter *self, AmendsLetterBlock *block)
{
  say (self, block->paragraphs, "again.text");
}

/* (nullable): to whom it went, as the letter says it; NULL for what is no forwarding of ours */
static char *
dup_forwarded_to (const AmendsLetterWriter *self, const AmendsHistoryEntry *entry)
{
  const char *to = json_string_value (json_object_get (entry->body, "forwarded_to"));
  const char *detail = json_string_value (json_object_get (entry->body, "to_detail"));

  if (entry->type == AMENDS_EVENT_CASE_FORWARDED)
    return g_strdup (to);
  if (entry->type != AMENDS_EVENT_CASE_REFERRED
      || json_is_true (json_object_get (entry->body, "by_complainant")))
    return NULL;
  if (detail != NULL)
    return g_strdup (detail);
  to = json_string_value (json_object_get (entry->body, "to"));
  return to != NULL ? amends_letter_texts_dup_named (self->texts, "external-body", to) : NULL;
}

/* All of it: whoever is told of one would believe that the other lies still. */
static void
fill_forwarded (AmendsLetterWriter *self, AmendsLetterBlock *block)
{
  for (guint i = 0; i < amends_case_get_n_history (self->complaint); i++)
    {
      const AmendsHistoryEntry *entry = amends_case_get_history (self->complaint, i);
      g_autofree char *to = entry->body != NULL ? dup_forwarded_to (self, entry) : NULL;
      g_autofree char *day = entry->body != NULL ? dup_day (self, entry->body) : NULL;

      if (to != NULL && day != NULL)
        take (block->paragraphs,
              amends_letter_texts_fill (self->texts, "forwarded.text", "to", to, "day", day, NULL));
    }
  if (block->paragraphs->len > 0)
    say (self, block->paragraphs, "forwarded.still");
  else
    amends_letter_lack (block, "It was passed on to nobody: record to whom, and when");
}

/* Whoever wrote for somebody else is told that it came, and nothing of what is recorded: not that there is a
 * complaint, nor whether the person lives there. */
static void
fill_receipt (AmendsLetterWriter *self, AmendsLetterBlock *block)
{
  g_ptr_array_add (self->read, g_strdup ("representative.name"));
  if (self->letter->addressee == NULL)
    amends_letter_lack (block, "Nobody is recorded who writes for them: record who it is");
  else
    say (self, block->paragraphs, "receipt.text");
}

static void
fill_private (AmendsLetterWriter *self, AmendsLetterBlock *block)
{
  say (self, block->paragraphs, "private.text");
  say (self, block->paragraphs, "private.form");
}

/* ------------------------------------------------------------ when they are met */

/* What matters where two people meet; the rest is of letters and calls. */
static const char *const needs_of_visits[] = {
  "spoken-interpreter", "bsl-interpreter",      "text-relay",
  "hearing-loop",       "read-aloud-in-person", "meeting-in-person",
  "home-visit",         "step-free-place",      "quiet-room",
  "somebody-with-me",   "same-person",          "choice-of-staff-gender",
  "more-time",          "short-meetings",       "reminders",
  "time-of-day",        "help-with-writing",    NULL
};

static void
take_filled (const AmendsLetterWriter *self,
             GPtrArray *texts,
             const char *name,
             const char *key,
             const char *value)
{
  take (texts, amends_letter_texts_fill (self->texts, name, key, value, NULL));
}

static void
take_time (const AmendsLetterWriter *self, GPtrArray *texts, const json_t *body)
{
  const char *from = json_string_value (json_object_get (body, "from"));
  const char *until = json_string_value (json_object_get (body, "until"));
  g_autofree char *first = from != NULL ? amends_letter_texts_dup_time (self->texts, from) : NULL;
  g_autofree char *last = until != NULL ? amends_letter_texts_dup_time (self->texts, until) : NULL;

  if (first != NULL && last != NULL)
    take (texts, amends_letter_texts_fill (self->texts, "appointment.between", "from", first,
                                           "until", last, NULL));
  else if (first != NULL)
    take_filled (self, texts, "appointment.at", "time", first);
}

static void
take_appointment (const AmendsLetterWriter *self, GPtrArray *texts, const json_t *body)
{
  static const struct
  {
    const char *text;
    const char *key;
  } parts[] = { { "appointment.where", "where" }, { "appointment.what", "what" } };
  const char *who = json_string_value (json_object_get (json_object_get (body, "comes"), "name"));
  g_autofree char *day =
      amends_letter_texts_dup_weekday (self->texts, amends_day_from_json (body, "day"));

  take_filled (self, texts, "appointment.day", "text", day);
  take_time (self, texts, body);
  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      const char *text = json_string_value (json_object_get (body, parts[i].key));

      if (text != NULL)
        take_filled (self, texts, parts[i].text, "text", text);
    }
  if (who != NULL)
    take_filled (self, texts, "appointment.who", "name", who);
}

/* Those of whoever the letter is for; another who complains has theirs. */
static GPtrArray *
list_appointments (AmendsLetterWriter *self)
{
  GPtrArray *list = amends_case_list_appointments (self->complaint, self->today);

  for (guint i = list->len; i-- > 0;)
    {
      const AmendsHistoryEntry *entry = g_ptr_array_index (list, i);
      g_autofree char *id = amends_id_format (&entry->event->id);

      if (amends_complainant_is (json_string_value (json_object_get (entry->body, "who")),
                                 self->to.who))
        g_ptr_array_add (self->read, g_strconcat ("appointments_ended.", id, NULL));
      else
        g_ptr_array_remove_index (list, i);
    }
  return list;
}

static void
fill_appointment (AmendsLetterWriter *self, AmendsLetterBlock *block)
{
  g_autoptr (GPtrArray) list = list_appointments (self);

  for (guint i = 0; i < list->len; i++)
    take_appointment (self, block->items,
                      ((const AmendsHistoryEntry *) g_ptr_array_index (list, i))->body);
  if (list->len == 0)
    amends_letter_lack (block, "No appointment with them is still to come: record it, with its day "
                               "and time");
}

/* Each number once: several appointments are mostly with one office. */
static void
fill_appointment_change (AmendsLetterWriter *self, AmendsLetterBlock *block)
{
  g_autoptr (GPtrArray) list = list_appointments (self);
  g_autoptr (GPtrArray) numbers = g_ptr_array_new ();

  for (guint i = 0; i < list->len; i++)
    {
      const AmendsHistoryEntry *entry = g_ptr_array_index (list, i);
      const char *ring = json_string_value (json_object_get (entry->body, "ring"));

      if (ring == NULL || g_ptr_array_find_with_equal_func (numbers, ring, g_str_equal, NULL))
        continue;
      g_ptr_array_add (numbers, (gpointer) ring);
      take_filled (self, block->paragraphs, "appointment-change.ring", "ring", ring);
    }
  say (self, block->paragraphs, "appointment-change.unsure");
  say (self, block->paragraphs, "appointment-change.somebody");
}

static void
fill_visit (AmendsLetterWriter *self, AmendsLetterBlock *block)
{
  amends_letter_take_adjustments (self, block->items, needs_of_visits);
  if (block->items->len > 0)
    say (self, block->paragraphs, "visit.text");
}

/* ------------------------------------------------------------ forms */

static void
fill_authority (AmendsLetterWriter *self, AmendsLetterBlock *block)
{
  static const char *const names[] = { "authority.text", "authority.free", NULL };

  say_each (self, block->paragraphs, names);
}

static void
fill_authority_who (AmendsLetterWriter *self, AmendsLetterBlock *block)
{
  static const char *const names[] = { "authority-who.telephone", "authority-who.relation", NULL };
  const char *name = amends_case_get_text (self->complaint, "representative.name");

  g_ptr_array_add (self->read, g_strdup ("representative.name"));
  if (name != NULL)
    take (block->paragraphs,
          amends_letter_texts_fill (self->texts, "authority-who.named", "name", name, NULL));
  else
    say (self, block->fields, "authority-who.name");
  say_each (self, block->fields, names);
}

static void
fill_authority_what (AmendsLetterWriter *self, AmendsLetterBlock *block)
{
  say (self, block->paragraphs, "authority-what.tick");
  say_codes (self, block->choices, "authority-scope");
}

static void
fill_authority_until (AmendsLetterWriter *self, AmendsLetterBlock *block)
{
  say (self, block->paragraphs, "authority-until.text");
  say (self, block->paragraphs, "authority-until.paper");
  say (self, block->fields, "authority-until.day");
}

static void
fill_sharing (AmendsLetterWriter *self, AmendsLetterBlock *block)
{
  static const char *const names[] = { "sharing.text", "sharing.free", NULL };

  say_each (self, block->paragraphs, names);
}

/* Each by itself: agreeing to one agrees to no other. */
static void
fill_sharing_what (AmendsLetterWriter *self, AmendsLetterBlock *block)
{
  say (self, block->paragraphs, "sharing-what.tick");
  say_codes (self, block->choices, "consent-purpose");
}

static void
fill_loss (AmendsLetterWriter *self, AmendsLetterBlock *block)
{
  say (self, block->paragraphs, "loss.text");
}

static void
fill_loss_evidence (AmendsLetterWriter *self, AmendsLetterBlock *block)
{
  static const char *const kinds[] = { "loss-evidence.receipt", "loss-evidence.picture",
                                       "loss-evidence.statement", "loss-evidence.account", NULL };

  say (self, block->paragraphs, "loss-evidence.text");
  say_each (self, block->items, kinds);
  say (self, block->items, "loss-evidence.none");
}

static void
fill_loss_what (AmendsLetterWriter *self, AmendsLetterBlock *block)
{
  static const char *const names[] = { "loss-what.what", "loss-what.when", "loss-what.amount",
                                       NULL };

  say_each (self, block->fields, names);
}

static void
fill_sign (AmendsLetterWriter *self, AmendsLetterBlock *block)
{
  static const char *const names[] = { "sign.name", "sign.signature", "sign.day", "sign.helper",
                                       NULL };

  say (self, block->paragraphs, "sign.text");
  say_each (self, block->fields, names);
}

static const BlockKind block_kinds[] = {
  { "appointment", fill_appointment },
  { "appointment-change", fill_appointment_change },
  { "visit", fill_visit },
  { "withdrawn", fill_withdrawn },
  { "again", fill_again },
  { "forwarded", fill_forwarded },
  { "receipt", fill_receipt },
  { "private", fill_private },
  { "authority", fill_authority },
  { "authority-who", fill_authority_who },
  { "authority-what", fill_authority_what },
  { "authority-until", fill_authority_until },
  { "sharing", fill_sharing },
  { "sharing-what", fill_sharing_what },
  { "loss", fill_loss },
  { "loss-evidence", fill_loss_evidence },
  { "loss-what", fill_loss_what },
  { "sign", fill_sign },
};

/**
 * amends_letter_form_get_fill:
 * @name: of a block
 *
 * Returns: what fills it
 */
AmendsLetterFill
amends_letter_form_get_fill (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (block_kinds); i++)
    if (strcmp (block_kinds[i].name, name) == 0)
      return block_kinds[i].fill;
  g_assert_not_reached ();
}
