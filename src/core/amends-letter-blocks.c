/* amends-letter-blocks.c: what each block of a letter says, from what is recorded
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A block for which nothing is recorded says what is missing, and what to do about it. */

#include "core/amends-letter-private.h"

#include <string.h>

#include "core/amends-complainant.h"
#include "core/amends-json.h"

#define ISSUE_MAX_CHARS 80 /* of an issue, where only its beginning names it */
#define CHECKED_MONTHS 12  /* how old an address may be */

typedef struct
{
  const char *name;
  AmendsLetterFill fill;
} BlockKind;

/* Saying things. */

static void
say (AmendsLetterBlock *block, const char *text)
{
  g_ptr_array_add (block->paragraphs, g_strdup (text));
}

static void
take (GPtrArray *texts, char *text)
{
  g_ptr_array_add (texts, text);
}

/**
 * amends_letter_lack:
 * @format: what is missing, and what to do about it
 *
 * The first reason stands: it is the one to begin with.
 */
void
amends_letter_lack (AmendsLetterBlock *block, const char *format, ...)
{
  va_list args;

  if (block->missing != NULL)
    return;
  va_start (args, format);
  block->missing = g_strdup_vprintf (format, args);
  va_end (args);
}

static const char *
get_text (const json_t *body, const char *key)
{
  const char *text = json_string_value (json_object_get (body, key));

  return text != NULL && *text != '\0' ? text : NULL;
}

/* (nullable): what stands there; NULL where nothing does, or not any more. Remembers that it was read, since what
 * two people wrote differently is in no letter. */
static const json_t *
read_field (AmendsLetterWriter *self, const char *field)
{
  const json_t *value = amends_case_get_value (self->complaint, field);

  g_ptr_array_add (self->read, g_strdup (field));
  return json_is_null (value) ? NULL : value;
}

static const json_t *
get_act (AmendsLetterWriter *self, const char *at_stage_1, const char *at_stage_2)
{
  return read_field (self, self->stage == 2 ? at_stage_2 : at_stage_1);
}

/* As it was set down for this stage, or for the one before. */
static const json_t *
get_definition (AmendsLetterWriter *self)
{
  const json_t *defined = get_act (self, "defined", "stage2_defined");

  return defined != NULL ? defined : read_field (self, "defined");
}

static const AmendsIssue *
get_issue (const AmendsLetterWriter *self, guint n)
{
  return g_ptr_array_index (self->issues, n);
}

static char *
dup_day_of (const AmendsLetterWriter *self, const json_t *body, const char *key)
{
  AmendsDay day = amends_day_from_json (body, key);

  return day != AMENDS_DAY_NONE ? amends_letter_texts_dup_day (self->texts, day) : NULL;
}

/* Of the complaint; at stage 2 of the request to look again. */
static char *
dup_received (AmendsLetterWriter *self)
{
  AmendsDay day = AMENDS_DAY_NONE;
  const char *received = json_string_value (read_field (self, "received"));

  if (self->stage == 2)
    day = amends_day_from_json (read_field (self, "escalation_requested"), "on");
  if (day != AMENDS_DAY_NONE || (received != NULL && amends_day_parse (received, &day, NULL)))
    return amends_letter_texts_dup_day (self->texts, day);
  return g_strdup ("—");
}

/* As much of an issue as names it: its first line, and no more than goes into a sentence. */
static char *
dup_issue_name (const AmendsIssue *issue)
{
  g_autofree char *line = g_strndup (issue->what, strcspn (issue->what, "\n"));
  g_autofree char *start = NULL;

  g_strstrip (line);
  if (g_utf8_strlen (line, -1) <= ISSUE_MAX_CHARS)
    return g_steal_pointer (&line);
  start = g_utf8_substring (line, 0, ISSUE_MAX_CHARS - 1);
  return g_strconcat (start, "…", NULL);
}

/* The clocks. */

static const AmendsClockRow *
find_row (const AmendsLetterWriter *self, AmendsClockSource source, AmendsClockName name)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      const AmendsClockRow *row = g_ptr_array_index (self->rows, i);

      if (row->source == source && row->clock->name == name)
        return row;
    }
  return NULL;
}

/* The earlier of the landlord's day and the Code's that can still be kept: nobody is promised a day that is
 * gone. %AMENDS_DAY_NONE if there is none. */
static AmendsDay
get_due_day (const AmendsLetterWriter *self, AmendsClockName name)
{
  AmendsDay earliest = AMENDS_DAY_NONE;

  for (AmendsClockSource source = AMENDS_CLOCK_SOURCE_POLICY; source <= AMENDS_CLOCK_SOURCE_CODE;
       source++)
    {
      const AmendsClockRow *row = find_row (self, source, name);

      if (row != NULL && row->due_day >= self->today
          && (earliest == AMENDS_DAY_NONE || row->due_day < earliest))
        earliest = row->due_day;
    }
  return earliest;
}

static AmendsDay
get_response_day (const AmendsLetterWriter *self)
{
  return get_due_day (self, self->stage == 2 ? AMENDS_CLOCK_STAGE2_RESPOND : AMENDS_CLOCK_RESPOND);
}

/* The blocks. */

static void
fill_stage (AmendsLetterWriter *self, AmendsLetterBlock *block)
{
  say (block,
       amends_letter_texts_get (self->texts, self->stage == 2 ? "stage.stage2" : "stage.stage1"));
}

/* What is said where they wrote nothing themselves: what stands there is a word for staff.
 * Returns: (transfer none) (nullable): what is to be done; %NULL where they told it in words */
static const char *
find_wordless (const AmendsIssue *issue)
{
  const char *words = get_text (issue->details, "words");

  if (g_strcmp0 (words, "shown") == 0)
    return "They wrote nothing of it, but attached what shows or says it: look or listen, and say "
           "what the complaint is";
  if (g_strcmp0 (words, "chosen") == 0)
    return "They wrote nothing of it, but chose pictures: ask them, and say what the complaint is";
  return NULL;
}

static void
fill_understanding (AmendsLetterWriter *self, AmendsLetterBlock *block)
{
  const char *agreed = get_text (get_definition (self), "understanding");
  g_autofree char *received = dup_received (self);

  for (guint i = 0; agreed == NULL && i < self->issues->len; i++)
    {
      const char *lack = find_wordless (get_issue (self, i));

      if (lack != NULL)
        {
          amends_letter_lack (block, "%s", lack);
          return;
        }
    }
  take (block->paragraphs, amends_letter_texts_fill (self->texts,
                                                     agreed != NULL ? "understanding.agreed"
                                                                    : "understanding.recorded",
                                                     "received", received, NULL));
  if (agreed != NULL)
    take (block->items, g_strdup (agreed));
  for (guint i = 0; agreed == NULL && i < self->issues->len; i++)
    take (block->items, g_strdup (get_issue (self, i)->what));
  if (block->items->len == 0)
    amends_letter_lack (block, "No issue is recorded: say what the complaint is");
}

static void
fill_outcome (AmendsLetterWriter *self, AmendsLetterBlock *block)
{
  const char *agreed = get_text (get_definition (self), "outcome_sought");

  if (agreed != NULL)
    take (block->items, g_strdup (agreed));
  for (guint i = 0; agreed == NULL && i < self->issues->len; i++)
    {
      const AmendsIssue *issue = get_issue (self, i);

      if (issue->outcome_sought != NULL)
        take (block->items, g_strdup (issue->outcome_sought));
    }
  say (block, amends_letter_texts_get (self->texts, block->items->len > 0 ? "outcome.sought"
                                                                          : "outcome.unknown"));
}

static void
fill_ours (AmendsLetterWriter *self, AmendsLetterBlock *block)
{
  const json_t *not_ours = json_object_get (get_definition (self), "not_ours");

  if (json_is_string (not_ours))
    take (block->paragraphs, amends_letter_texts_fill (self->texts, "ours.part", "text",
                                                       json_string_value (not_ours), NULL));
  else if (json_is_false (not_ours))
    say (block, amends_letter_texts_get (self->texts, "ours.all"));
  else
    amends_letter_lack (
        block, "Nobody has said yet which of it is the landlord's to put right: agree what the "
               "complaint is");
}

static void
fill_handler (AmendsLetterWriter *self, AmendsLetterBlock *block)
{
  const json_t *person = json_object_get (get_act (self, "assigned", "stage2_assigned"), "to");
  const char *name = get_text (person, "name");
  const char *role = get_text (person, "role");
  g_autofree char *role_text =
      role != NULL ? amends_letter_texts_dup_named (self->texts, "role", role) : NULL;

  if (name == NULL)
    amends_letter_lack (block, "Nobody has it in hand yet: assign it");
  else if (role_text != NULL)
    take (block->paragraphs, amends_letter_texts_fill (self->texts, "handler.role", "name", name,
                                                       "role", role_text, NULL));
  else
    take (block->paragraphs,
          amends_letter_texts_fill (self->texts, "handler.named", "name", name, NULL));
}

static void
fill_day (AmendsLetterWriter *self, AmendsLetterBlock *block, AmendsDay day, const char *text)
{
  g_autofree char *shown = amends_letter_texts_dup_day (self->texts, day);

  take (block->paragraphs, amends_letter_texts_fill (self->texts, text, "day", shown, NULL));
}

static void
fill_when (AmendsLetterWriter *self, AmendsLetterBlock *block)
{
  AmendsDay day = get_response_day (self);

  if (day == AMENDS_DAY_NONE)
    amends_letter_lack (block,
                        "There is no day left by which it is to be answered: extend it, and say "
                        "so");
  else
    fill_day (self, block, day, "when.day");
}

/**
 * amends_letter_take_adjustments:
 * @texts: (inout) (element-type utf8): where they go
 * @needs: (nullable) (array zero-terminated=1): only these, where they stand; %NULL for all that was asked for
 *
 * Takes what whoever gets the letter asked for.
 */
void
amends_letter_take_adjustments (const AmendsLetterWriter *self,
                                GPtrArray *texts,
                                const char *const *needs)
{
  for (guint i = 0; i < amends_case_get_n_adjustments (self->complaint); i++)
    {
      const AmendsAdjustment *adjustment = amends_case_get_adjustment (self->complaint, i);
      g_autofree char *need =
          amends_letter_texts_dup_named (self->texts, "adjustment", adjustment->need);

      if (adjustment->ended != NULL || need == NULL
          || !amends_letter_is_for_recipient (self, adjustment)
          || (needs != NULL
              && !(amends_adjustment_stands (adjustment)
                   && g_strv_contains (needs, adjustment->need))))
        continue;
      take (texts, adjustment->detail != NULL
                       ? amends_letter_texts_fill (self->texts, "words.part", "text", need, "more",
                                                   adjustment->detail, NULL)
                       : g_strdup (need));
    }
}

static void
fill_adjustments (AmendsLetterWriter *self, AmendsLetterBlock *block)
{
  amends_letter_take_adjustments (self, block->items, NULL);
  say (block, amends_letter_texts_get (self->texts, block->items->len > 0 ? "adjustments.asked"
                                                                          : "adjustments.none"));
}

static const json_t *
get_finding (AmendsLetterWriter *self, const AmendsIssue *issue)
{
  g_autofree char *id = amends_id_format (&issue->id);
  g_autofree char *name =
      g_strconcat (self->stage == 2 ? "stage2_findings." : "findings.", id, NULL);

  return read_field (self, name);
}

static char *
dup_about (const AmendsLetterWriter *self, const AmendsIssue *issue, const char *text)
{
  g_autofree char *name = NULL;

  if (self->issues->len == 1)
    return g_strdup (text);
  name = dup_issue_name (issue);
  return amends_letter_texts_fill (self->texts, "words.issue", "issue", name, "text", text, NULL);
}

static void
fill_decision (AmendsLetterWriter *self, AmendsLetterBlock *block)
{
  for (guint i = 0; i < self->issues->len; i++)
    {
      const AmendsIssue *issue = get_issue (self, i);
      const char *finding = get_text (get_finding (self, issue), "finding");
      g_autofree char *text =
          finding != NULL ? amends_letter_texts_dup_named (self->texts, "finding", finding) : NULL;
      g_autofree char *name = dup_issue_name (issue);

      if (text != NULL)
        take (block->items, dup_about (self, issue, text));
      else
        amends_letter_lack (block, "Nothing is found yet about “%s”: record the finding", name);
    }
}

static void
fill_reasons (AmendsLetterWriter *self, AmendsLetterBlock *block)
{
  for (guint i = 0; i < self->issues->len; i++)
    {
      const AmendsIssue *issue = get_issue (self, i);
      const char *reasons = get_text (get_finding (self, issue), "reasons");
      g_autofree char *name = dup_issue_name (issue);

      if (reasons != NULL)
        take (block->items, dup_about (self, issue, reasons));
      else
        amends_letter_lack (block, "No reasons are recorded for “%s”: record them with the finding",
                            name);
    }
}

static gboolean
is_anything_upheld (AmendsLetterWriter *self)
{
  for (guint i = 0; i < self->issues->len; i++)
    {
      const char *finding = get_text (get_finding (self, get_issue (self, i)), "finding");

      if (g_strcmp0 (finding, "upheld") == 0 || g_strcmp0 (finding, "partly-upheld") == 0)
        return TRUE;
    }
  return FALSE;
}

/* What somebody wrote as a sentence goes on in one of ours: without the stop at its end. */
static char *
dup_unstopped (const char *text)
{
  static const char *const stops[] = { ".", ",", ";", ":", "۔", "،", " ", "\n" };
  char *open = g_strdup (text);

  for (guint i = 0; i < G_N_ELEMENTS (stops); i++)
    if (g_str_has_suffix (open, stops[i]))
      {
        open[strlen (open) - strlen (stops[i])] = '\0';
        i = G_MAXUINT; /* from the first again */
      }
  return open;
}

/* "What: more, by day" of what was promised. */
static char *
dup_promise (const AmendsLetterWriter *self, const char *what, const json_t *body)
{
  g_autofree char *day = dup_day_of (self, body, "due");
  g_autofree char *open = dup_unstopped (what);

  return day != NULL ? amends_letter_texts_fill (self->texts, "words.by-day", "text", open, "day",
                                                 day, NULL)
                     : g_strdup (what);
}

static char *
dup_amount (const AmendsLetterWriter *self, const json_t *body, const char *key)
{
  const json_t *pence = json_object_get (body, key);
  g_autofree char *amount = NULL;

  if (!json_is_integer (pence))
    return NULL;
  amount = g_strdup_printf ("%" JSON_INTEGER_FORMAT ".%02d", json_integer_value (pence) / 100,
                            (int) (json_integer_value (pence) % 100));
  return amends_letter_texts_fill (self->texts, "words.money", "amount", amount, NULL);
}

/* What is set off against a debt is said: they count what comes. */
static char *
dup_money (const AmendsLetterWriter *self, const json_t *body)
{
  g_autofree char *gross = dup_amount (self, body, "gross_pence");
  g_autofree char *offset = dup_amount (self, body, "offset_pence");
  g_autofree char *net = dup_amount (self, body, "net_pence");

  if (gross != NULL && offset != NULL && net != NULL
      && json_integer_value (json_object_get (body, "offset_pence")) > 0)
    return amends_letter_texts_fill (self->texts, "remedies.offset", "gross", gross, "offset",
                                     offset, "net", net, NULL);
  return g_strdup (gross != NULL ? gross : net);
}

static char *
dup_remedy (const AmendsLetterWriter *self, const json_t *body, gboolean with_day)
{
  g_autofree char *kind =
      amends_letter_texts_dup_named (self->texts, "remedy", get_text (body, "remedy"));
  g_autofree char *money = dup_money (self, body);
  const char *what =
      get_text (body, "what") != NULL ? get_text (body, "what") : get_text (body, "detail");
  g_autofree char *with_what = NULL;
  g_autofree char *open = NULL;
  g_autofree char *whole = NULL;

  /* Of a newer version. */
  if (kind == NULL)
    kind = g_strdup (amends_letter_texts_get (self->texts, "remedy.other"));
  if (what == NULL)
    what = money;
  with_what = what != NULL ? amends_letter_texts_fill (self->texts, "words.part", "text", kind,
                                                       "more", what, NULL)
                           : g_strdup (kind);
  open = dup_unstopped (with_what);
  whole =
      what != money && money != NULL
          ? amends_letter_texts_fill (self->texts, "words.part", "text", open, "more", money, NULL)
          : g_strdup (with_what);
  return with_day ? dup_promise (self, whole, body) : g_steal_pointer (&whole);
}

static const AmendsHistoryEntry *
get_act_at (const AmendsLetterWriter *self, guint i, AmendsEventType type)
{
  const AmendsHistoryEntry *entry = amends_case_get_history (self->complaint, i);

  return entry->type == type && entry->body != NULL && !entry->is_overruled ? entry : NULL;
}

/* (transfer full) (nullable): an offer that stands; what was declined is offered no more, and what was done is
 * said to be. */
static char *
dup_offer (const AmendsLetterWriter *self, const AmendsHistoryEntry *entry)
{
  const AmendsId *id = &entry->event->id;
  const json_t *answered =
      amends_case_get_follow_up (self->complaint, AMENDS_EVENT_CASE_REMEDY_ANSWERED, id);
  const json_t *given =
      amends_case_get_follow_up (self->complaint, AMENDS_EVENT_CASE_REMEDY_GIVEN, id);
  g_autofree char *offer = dup_remedy (self, entry->body, given == NULL);
  g_autofree char *open = dup_unstopped (offer);
  g_autofree char *day = dup_day_of (self, given, "on");

  if (given != NULL && day != NULL)
    return amends_letter_texts_fill (self->texts, "remedies.given", "text", open, "day", day, NULL);
  if (g_strcmp0 (get_text (answered, "answer"), "declined") == 0)
    return NULL;
  return g_steal_pointer (&offer);
}

static void
fill_remedies (AmendsLetterWriter *self, AmendsLetterBlock *block)
{
  gboolean is_none = FALSE;

  for (guint i = 0; i < amends_case_get_n_history (self->complaint); i++)
    {
      const AmendsHistoryEntry *entry = get_act_at (self, i, AMENDS_EVENT_CASE_REMEDY_OFFERED);
      gboolean is_nothing =
          entry != NULL && g_strcmp0 (get_text (entry->body, "remedy"), "none") == 0;
      g_autofree char *offer = entry != NULL && !is_nothing ? dup_offer (self, entry) : NULL;

      is_none = is_none || is_nothing;
      if (offer != NULL)
        take (block->items, g_steal_pointer (&offer));
    }
  if (block->items->len > 0)
    return;
  if (is_none || !is_anything_upheld (self))
    say (block, amends_letter_texts_get (self->texts, "remedies.none"));
  else
    amends_letter_lack (block, "Something is upheld and nothing is offered: record a remedy, or "
                               "that there is none");
}

static const char *
get_promise (const AmendsHistoryEntry *entry)
{
  return entry->type == AMENDS_EVENT_CASE_ACTION_ADDED || entry->type == AMENDS_EVENT_CASE_ORDER
             ? get_text (entry->body, "what")
             : NULL;
}

static void
list_actions (AmendsLetterWriter *self, AmendsLetterBlock *block)
{
  for (guint i = 0; i < amends_case_get_n_history (self->complaint); i++)
    {
      const AmendsHistoryEntry *entry = amends_case_get_history (self->complaint, i);
      const char *what = entry->body != NULL ? get_promise (entry) : NULL;

      if (what == NULL || entry->is_overruled
          || !amends_case_is_open_promise (self->complaint, entry))
        continue;
      take (block->items, dup_promise (self, what, entry->body));
      if (amends_day_from_json (entry->body, "due") == AMENDS_DAY_NONE)
        amends_letter_lack (block, "“%s” has no date: say by when it is done", what);
    }
}

static void
fill_actions (AmendsLetterWriter *self, AmendsLetterBlock *block)
{
  list_actions (self, block);
  if (block->items->len == 0 && self->letter->kind != AMENDS_LETTER_UPDATE)
    say (block, amends_letter_texts_get (self->texts, "actions.none"));
}

static void
fill_steps (AmendsLetterWriter *self, AmendsLetterBlock *block)
{
  say (block, amends_letter_texts_get (self->texts, "steps.text"));
}

/* Only the landlord's edition has a window, and not each. */
static void
fill_escalate (AmendsLetterWriter *self, AmendsLetterBlock *block)
{
  const AmendsClockRow *row = find_row (self, AMENDS_CLOCK_SOURCE_POLICY, AMENDS_CLOCK_ESCALATE);

  if (row != NULL && row->due_day != AMENDS_DAY_NONE)
    fill_day (self, block, row->due_day, "escalate.day");
  else
    say (block, amends_letter_texts_get (self->texts, "escalate.any"));
}

static void
fill_no_admission (AmendsLetterWriter *self, AmendsLetterBlock *block)
{
  say (block, amends_letter_texts_get (self->texts, "no-admission.text"));
}

/* What one of several was told is theirs, and what none of them was told alone is of all. */
static const json_t *
get_extension (AmendsLetterWriter *self)
{
  const char *who = self->to.who != NULL ? self->to.who : AMENDS_COMPLAINANT_FIRST;
  g_autofree char *own =
      g_strjoin (".", self->stage == 2 ? "stage2_extended" : "extended", who, NULL);
  const json_t *extension = read_field (self, own);

  return extension != NULL ? extension : get_act (self, "extended", "stage2_extended");
}

static void
fill_reason (AmendsLetterWriter *self, AmendsLetterBlock *block)
{
  const char *reason = get_text (get_extension (self), "reason");

  if (reason != NULL)
    say (block, reason);
  else
    amends_letter_lack (block, "No extension is recorded: decide it, with its reason");
}

static void
fill_until (AmendsLetterWriter *self, AmendsLetterBlock *block)
{
  AmendsDay day = get_response_day (self);

  if (get_extension (self) == NULL || day == AMENDS_DAY_NONE)
    amends_letter_lack (block, "No extension is recorded: decide it, with its length");
  else
    fill_day (self, block, day, "until.day");
}

/* Whether it was said to whom the letter goes, and not to another of several. */
static gboolean
is_for_them (const AmendsLetterWriter *self, const json_t *body)
{
  const char *who = get_text (body, "who");

  return who == NULL || amends_complainant_is (who, self->to.who);
}

/* The last update, of whichever stage; there are many. */
static const json_t *
find_update (const AmendsLetterWriter *self)
{
  const json_t *update = NULL;

  for (guint i = 0; i < amends_case_get_n_history (self->complaint); i++)
    {
      const AmendsHistoryEntry *entry = get_act_at (self, i, AMENDS_EVENT_CASE_UPDATED);

      if (entry == NULL)
        entry = get_act_at (self, i, AMENDS_EVENT_CASE_STAGE2_UPDATED);
      if (entry != NULL && is_for_them (self, entry->body))
        update = entry->body;
    }
  return update;
}

static void
fill_next_update (AmendsLetterWriter *self, AmendsLetterBlock *block)
{
  const json_t *body =
      self->letter->kind == AMENDS_LETTER_UPDATE ? find_update (self) : get_extension (self);
  AmendsDay day = amends_day_from_json (body, "next_update");

  if (day == AMENDS_DAY_NONE || day < self->today)
    amends_letter_lack (block, "No day to come is agreed on which they hear next: record it");
  else
    fill_day (self, block, day, "next-update.day");
}

static void
fill_news (AmendsLetterWriter *self, AmendsLetterBlock *block)
{
  const char *text = get_text (find_update (self), "text");

  if (text != NULL)
    say (block, text);
  else
    amends_letter_lack (block, "No update is recorded: write what there is to say");
}

static const json_t *
get_refusal (AmendsLetterWriter *self)
{
  return read_field (self, self->letter->kind == AMENDS_LETTER_ESCALATION_REFUSAL
                               ? "escalation_refused"
                               : "declined");
}

/* What was refused of one issue stands by itself. */
static void
list_refused_issues (AmendsLetterWriter *self, const char *key, AmendsLetterBlock *block)
{
  for (guint i = 0; i < amends_case_get_n_issues (self->complaint); i++)
    {
      const AmendsIssue *issue = amends_case_get_issue (self->complaint, i);
      g_autofree char *id = amends_id_format (&issue->id);
      g_autofree char *field = g_strconcat ("declined_issues.", id, NULL);
      const char *text = get_text (read_field (self, field), key);
      g_autofree char *name = dup_issue_name (issue);

      if (text != NULL)
        take (block->items, amends_letter_texts_fill (self->texts, "words.issue", "issue", name,
                                                      "text", text, NULL));
    }
}

static void
fill_refusal (AmendsLetterWriter *self, AmendsLetterBlock *block, const char *key)
{
  const char *text = get_text (get_refusal (self), key);

  if (text != NULL)
    say (block, text);
  else if (self->letter->kind == AMENDS_LETTER_REFUSAL)
    list_refused_issues (self, key, block);
}

static void
fill_ground (AmendsLetterWriter *self, AmendsLetterBlock *block)
{
  fill_refusal (self, block, "reasons");
  if (block->paragraphs->len + block->items->len == 0)
    amends_letter_lack (block, "No refusal is recorded: decide it, with its reasons");
}

static void
fill_instead (AmendsLetterWriter *self, AmendsLetterBlock *block)
{
  fill_refusal (self, block, "instead");
}

/* One Housing, 6.5.2: why they remain unhappy is stated; nobody has to say it (Code 6.12). */
static void
fill_why_unhappy (AmendsLetterWriter *self, AmendsLetterBlock *block)
{
  const char *why = get_text (read_field (self, "stage2_defined"), "why_unhappy");

  if (why == NULL)
    why = get_text (read_field (self, "escalation_requested"), "reasons");
  if (why != NULL)
    say (block, why);
}

static void
fill_closure (AmendsLetterWriter *self, AmendsLetterBlock *block)
{
  const char *text = get_text (get_act (self, "closed", "stage2_closed"), "text");

  if (text != NULL)
    say (block, text);
  else
    amends_letter_lack (block, "It is not closed with a word on why: close it, and say why");
}

static void
fill_thanks (AmendsLetterWriter *self, AmendsLetterBlock *block)
{
  g_autofree char *received = dup_received (self);

  if (amends_case_is_complaint (self->complaint))
    {
      amends_letter_lack (block, "This is a complaint: it is answered, and not thanked for");
      return;
    }
  take (block->paragraphs,
        amends_letter_texts_fill (self->texts, "thanks.text", "received", received, NULL));
  for (guint i = 0; i < self->issues->len; i++)
    take (block->items, g_strdup (get_issue (self, i)->what));
}

/* The landlord's own entry if it can be used: printed documents bear addresses that are no longer. */
static const AmendsPolicyRule *
find_ombudsman (const AmendsLetterWriter *self)
{
  const AmendsPolicyRule *own =
      self->rules->policy != NULL
          ? amends_policy_find_rule (self->rules->policy, "external", "housing-ombudsman")
          : NULL;

  if (own != NULL && amends_policy_rule_get (own, "stale") == NULL
      && amends_policy_rule_get (own, "telephone") != NULL
      && amends_policy_rule_get (own, "address") != NULL)
    return own;
  return amends_policy_find_rule (self->rules->code, "external", "housing-ombudsman");
}

static void
check_ombudsman (AmendsLetterWriter *self, const AmendsPolicyRule *rule)
{
  const char *checked = amends_policy_rule_get (rule, "checked_on");
  AmendsDay day;

  if (checked == NULL || !amends_day_parse (checked, &day, NULL)
      || amends_day_add_months (day, CHECKED_MONTHS) < self->today)
    take (self->letter->warnings,
          g_strdup_printf ("The Ombudsman's details were last checked on %s: look whether they "
                           "still hold",
                           checked != NULL ? checked : "no day that is known"));
}

static void
fill_ombudsman (AmendsLetterWriter *self, AmendsLetterBlock *block)
{
  static const char *const ways[] = { "telephone", "web", "address" };
  const AmendsPolicyRule *rule = find_ombudsman (self);
  const char *text = "ombudsman.advice";

  if (rule == NULL || amends_policy_rule_get (rule, "name") == NULL)
    {
      amends_letter_lack (
          block, "The Ombudsman's details stand neither in the landlord's edition nor in the Code");
      return;
    }
  if (self->letter->kind == AMENDS_LETTER_REFUSAL
      || self->letter->kind == AMENDS_LETTER_ESCALATION_REFUSAL)
    text = "ombudsman.decision";
  else if (self->letter->kind == AMENDS_LETTER_STAGE2_RESPONSE
           || self->letter->kind == AMENDS_LETTER_STAGE2_CLOSURE)
    text = "ombudsman.final";
  else if (self->letter->kind == AMENDS_LETTER_RECEIPT)
    text = "ombudsman.anybody";
  take (block->paragraphs, amends_letter_texts_fill (self->texts, text, "body",
                                                     amends_policy_rule_get (rule, "name"), NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (ways); i++)
    {
      const char *value = amends_policy_rule_get (rule, ways[i]);
      g_autofree char *name = g_strconcat ("ombudsman.", ways[i], NULL);

      if (value != NULL)
        take (block->items, amends_letter_texts_fill (self->texts, name, "text", value, NULL));
    }
  if (block->items->len == 0)
    amends_letter_lack (block, "Nothing says how the Ombudsman is reached");
  check_ombudsman (self, rule);
}

static const BlockKind block_kinds[] = {
  { "stage", fill_stage },
  { "understanding", fill_understanding },
  { "outcome", fill_outcome },
  { "ours", fill_ours },
  { "handler", fill_handler },
  { "steps", fill_steps },
  { "when", fill_when },
  { "adjustments", fill_adjustments },
  { "why-unhappy", fill_why_unhappy },
  { "decision", fill_decision },
  { "reasons", fill_reasons },
  { "remedies", fill_remedies },
  { "actions", fill_actions },
  { "no-admission", fill_no_admission },
  { "escalate", fill_escalate },
  { "reason", fill_reason },
  { "until", fill_until },
  { "next-update", fill_next_update },
  { "news", fill_news },
  { "ground", fill_ground },
  { "instead", fill_instead },
  { "closure", fill_closure },
  { "thanks", fill_thanks },
  { "ombudsman", fill_ombudsman },
};

/**
 * amends_letter_get_fill:
 * @name: of a block
 *
 * Returns: what fills it
 */
AmendsLetterFill
amends_letter_get_fill (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (block_kinds); i++)
    if (strcmp (block_kinds[i].name, name) == 0)
      return block_kinds[i].fill;
  return amends_letter_form_get_fill (name);
}
