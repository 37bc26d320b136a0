/* amends-case.c: the file on one complaint, folded from its events
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Bodies come from other devices and other versions: whatever is not as expected is passed over
 * here and still stands in the history. */

#include "core/amends-case.h"

#include <string.h>

#include "core/amends-day.h"
#include "core/amends-instant.h"

/* A part stands until another of the same key is added by somebody who had seen it. */
typedef struct
{
  guint place;
  char *key;
  json_t *details; /* the body of the event, or what settled a conflict */
  char ended[11];  /* "" while it holds */
} Part;

struct _AmendsCase
{
  AmendsFold *fold;
  AmendsFields *fields;
  AmendsId id;
  char *feed;
  gboolean is_recorded;
  guint root; /* place of the event that began it; 0 if that is not here */
  guint n_unknown;
  GPtrArray *bodies;    /* element-type json_t (nullable), by place */
  GArray *history;      /* element-type AmendsHistoryEntry */
  GArray *issues;       /* element-type AmendsIssue */
  GArray *notes;        /* element-type AmendsNote */
  GArray *consents;     /* element-type AmendsConsent */
  GArray *adjustments;  /* element-type AmendsAdjustment */
  GArray *parts[2];     /* element-type Part: consents, adjustments */
  GPtrArray *conflicts; /* element-type AmendsField (not owned) */
};

enum
{
  CONSENTS,
  ADJUSTMENTS,
};

static const char *
get_text (const json_t *object, const char *key)
{
  return json_string_value (json_object_get (object, key));
}

static void
clear_part (gpointer data)
{
  Part *part = data;

  g_free (part->key);
  json_decref (part->details);
}

/* Each fact that @object holds, as a field under @prefix. */
static void
write_facts (AmendsCase *self, const char *prefix, guint place, const json_t *object)
{
  const char *key;
  json_t *value;

  json_object_foreach ((json_t *) object, key, value)
    {
      g_autofree char *name = NULL;

      if (amends_body_is_envelope (key))
        continue;
      name = g_strdup_printf ("%s.%s", prefix, key);
      amends_fields_write (self->fields, name, place, json_incref (value));
    }
}

static void
apply_recorded (AmendsCase *self, guint place, const json_t *body)
{
  const char *key;
  json_t *value;

  if (!amends_id_equal (&amends_fold_get_event (self->fold, place)->id, &self->id))
    return;

  self->is_recorded = TRUE;
  json_object_foreach ((json_t *) body, key, value)
    {
      if (amends_body_is_envelope (key))
        continue;
      if (json_is_object (value)
          && (g_str_equal (key, "complainant") || g_str_equal (key, "representative")))
        write_facts (self, key, place, value);
      else
        amends_fields_write (self->fields, key, place, json_incref (value));
    }
}

static char *
part_key (const char *list, const char *first, const char *second)
{
  return second != NULL ? g_strdup_printf ("%s.%s.%s", list, first, second)
                        : g_strdup_printf ("%s.%s", list, first);
}

static void
add_part (AmendsCase *self, int list, guint place, const char *key, json_t *details)
{
  GArray *parts = self->parts[list];
  Part part = { place, g_strdup (key), details, "" };
  const char *withdrawn = get_text (details, "withdrawn");

  for (guint i = parts->len; i-- > 0;)
    {
      const Part *earlier = &g_array_index (parts, Part, i);

      if (g_str_equal (earlier->key, key)
          && amends_fold_is_before (self->fold, earlier->place, place))
        g_array_remove_index (parts, i);
    }
  if (withdrawn != NULL)
    g_strlcpy (part.ended, withdrawn, sizeof part.ended);
  g_array_append_val (parts, part);
}

static void
end_parts (AmendsCase *self, int list, guint place, const char *key, gint64 at)
{
  GArray *parts = self->parts[list];

  for (guint i = 0; i < parts->len; i++)
    {
      Part *part = &g_array_index (parts, Part, i);

      if (g_str_equal (part->key, key) && part->ended[0] == '\0'
          && amends_fold_is_before (self->fold, part->place, place))
        amends_day_format_to (amends_day_from_instant (at), part->ended);
    }
}

static const char *
answer_of (AmendsEventType type)
{
  return type == AMENDS_EVENT_CONSENT_GIVEN     ? "given"
         : type == AMENDS_EVENT_CONSENT_REFUSED ? "refused"
                                                : "ask-me";
}

static void
apply_consent (AmendsCase *self, guint place, const json_t *body, AmendsEventType type)
{
  const char *purpose = get_text (body, "purpose");
  g_autofree char *key = NULL;
  json_t *details;

  if (purpose == NULL)
    return;
  key = part_key ("consents", purpose, get_text (body, "to"));

  if (type == AMENDS_EVENT_CONSENT_WITHDRAWN)
    {
      end_parts (self, CONSENTS, place, key, amends_body_get_at (body));
      amends_fields_write (self->fields, key, place, json_pack ("{s:s}", "answer", "withdrawn"));
      return;
    }
  details = json_copy ((json_t *) body);
  json_object_set_new (details, "answer", json_string (answer_of (type)));
  add_part (self, CONSENTS, place, key, details);
  amends_fields_write (self->fields, key, place,
                       json_pack ("{s:s, s:O?}", "answer", answer_of (type), "until",
                                  json_object_get (body, "until")));
}

static void
apply_adjustment (AmendsCase *self, guint place, const json_t *body, AmendsEventType type)
{
  const char *need = get_text (body, "need");
  g_autofree char *key = NULL;

  if (need == NULL)
    return;
  key = part_key ("adjustments", need, NULL);

  if (type == AMENDS_EVENT_ADJUSTMENT_ENDED)
    {
      end_parts (self, ADJUSTMENTS, place, key, amends_body_get_at (body));
      amends_fields_write (self->fields, key, place, json_pack ("{s:b}", "ended", 1));
      return;
    }
  add_part (self, ADJUSTMENTS, place, key, json_incref ((json_t *) body));
  amends_fields_write (self->fields, key, place,
                       json_pack ("{s:b, s:O?}", "ended", 0, "detail",
                                  json_object_get (body, "detail")));
}

static void
apply_authority (AmendsCase *self, guint place, const json_t *body)
{
  write_facts (self, "representative", place, body);
}

/* What a body says of the representative's authority; %NULL if nothing. */
static const json_t *
get_authority (const AmendsHistoryEntry *entry)
{
  const json_t *representative = json_object_get (entry->body, "representative");
  const char *field = get_text (entry->body, "field");

  if (entry->type == AMENDS_EVENT_CASE_RECORDED)
    return json_object_get (representative, "authority");
  if (entry->type == AMENDS_EVENT_AUTHORITY_GIVEN)
    return json_object_get (entry->body, "authority");
  if (entry->type == AMENDS_EVENT_CONFLICT_SETTLED
      && g_strcmp0 (field, "representative.authority") == 0)
    return json_object_get (entry->body, "value");
  return NULL;
}

/* What the author of the event at @place had seen last, and nobody else's since. */
static const json_t *
find_seen_authority (const AmendsCase *self, guint place)
{
  for (guint i = place; i-- > 0;)
    {
      const json_t *authority =
          get_authority (&g_array_index (self->history, AmendsHistoryEntry, i));

      if (authority != NULL && amends_fold_is_before (self->fold, i, place))
        return authority;
    }
  return NULL;
}

static void
apply_authority_withdrawn (AmendsCase *self, guint place, const json_t *body)
{
  const json_t *standing = find_seen_authority (self, place);
  json_t *value = json_is_object (standing) ? json_copy ((json_t *) standing) : json_object ();
  char day[11];

  amends_day_format_to (amends_day_from_instant (amends_body_get_at (body)), day);
  json_object_set_new (value, "withdrawn", json_string (day));
  amends_fields_write (self->fields, "representative.authority", place, value);
}

/* The part that is settled, so that its purpose or need is kept: any of the key that stands. */
static const Part *
find_part (const AmendsCase *self, int list, const char *key)
{
  for (guint i = 0; i < self->parts[list]->len; i++)
    if (g_str_equal (g_array_index (self->parts[list], Part, i).key, key))
      return &g_array_index (self->parts[list], Part, i);
  return NULL;
}

static void
settle_part (AmendsCase *self,
             int list,
             guint place,
             const char *key,
             const json_t *value,
             gint64 at)
{
  static const char *const members[] = { "answer", "until", "detail", NULL };
  const Part *standing = find_part (self, list, key);
  gboolean ends = g_strcmp0 (get_text (value, "answer"), "withdrawn") == 0
                  || json_is_true (json_object_get (value, "ended"));
  json_t *details;

  if (standing == NULL || !json_is_object (value))
    return;
  if (ends)
    {
      end_parts (self, list, place, key, at);
      return;
    }
  details = json_copy (standing->details);
  for (guint i = 0; members[i] != NULL; i++)
    if (json_object_get (value, members[i]) != NULL)
      json_object_set (details, members[i], json_object_get (value, members[i]));
  add_part (self, list, place, key, details);
}

static void
apply_settled (AmendsCase *self, guint place, const json_t *body)
{
  const char *field = get_text (body, "field");
  json_t *value = json_object_get (body, "value");

  if (field == NULL || value == NULL)
    return;
  if (g_str_has_prefix (field, "consents."))
    settle_part (self, CONSENTS, place, field, value, amends_body_get_at (body));
  else if (g_str_has_prefix (field, "adjustments."))
    settle_part (self, ADJUSTMENTS, place, field, value, amends_body_get_at (body));
  amends_fields_write (self->fields, field, place, json_incref (value));
}

static void
apply_contact (AmendsCase *self, guint place, const json_t *body)
{
  write_facts (self, "complainant", place, body);
}

static void
apply_acknowledged (AmendsCase *self, guint place, const json_t *body)
{
  json_t *facts = json_object ();
  const char *key;
  json_t *value;

  json_object_foreach ((json_t *) body, key, value)
    if (!amends_body_is_envelope (key))
      json_object_set (facts, key, value);
  amends_fields_write (self->fields, "acknowledged", place, facts);
}

static void
apply_issue (AmendsCase *self, const AmendsEvent *event, const json_t *body)
{
  AmendsIssue issue = { event->id,
                        get_text (body, "what"),
                        get_text (body, "arose"),
                        get_text (body, "aware"),
                        get_text (body, "outcome_sought"),
                        body };

  if (issue.what != NULL)
    g_array_append_val (self->issues, issue);
}

static void
apply_note (AmendsCase *self, const AmendsHistoryEntry *entry)
{
  AmendsNote note = { entry->event->id, entry->at, entry->by, get_text (entry->body, "text") };

  if (note.text != NULL)
    g_array_append_val (self->notes, note);
}

/* Why stands in the history; what counts is the edition. */
static void
apply_edition (AmendsCase *self, guint place, const json_t *body)
{
  json_t *edition = json_object_get (body, "edition");

  if (json_is_string (edition))
    amends_fields_write (self->fields, "edition", place, json_incref (edition));
}

static void
apply_entry (AmendsCase *self, guint place, const AmendsHistoryEntry *entry)
{
  switch (entry->type)
    {
    case AMENDS_EVENT_CASE_RECORDED:
      apply_recorded (self, place, entry->body);
      break;
    case AMENDS_EVENT_CASE_NOTED:
      apply_note (self, entry);
      break;
    case AMENDS_EVENT_CASE_ACKNOWLEDGED:
      apply_acknowledged (self, place, entry->body);
      break;
    case AMENDS_EVENT_CONTACT_CHANGED:
      apply_contact (self, place, entry->body);
      break;
    case AMENDS_EVENT_ISSUE_ADDED:
      apply_issue (self, entry->event, entry->body);
      break;
    case AMENDS_EVENT_CONSENT_GIVEN:
    case AMENDS_EVENT_CONSENT_REFUSED:
    case AMENDS_EVENT_CONSENT_DEFERRED:
    case AMENDS_EVENT_CONSENT_WITHDRAWN:
      apply_consent (self, place, entry->body, entry->type);
      break;
    case AMENDS_EVENT_ADJUSTMENT_ADDED:
    case AMENDS_EVENT_ADJUSTMENT_ENDED:
      apply_adjustment (self, place, entry->body, entry->type);
      break;
    case AMENDS_EVENT_AUTHORITY_GIVEN:
      apply_authority (self, place, entry->body);
      break;
    case AMENDS_EVENT_AUTHORITY_WITHDRAWN:
      apply_authority_withdrawn (self, place, entry->body);
      break;
    case AMENDS_EVENT_CONFLICT_SETTLED:
      apply_settled (self, place, entry->body);
      break;
    case AMENDS_EVENT_CASE_EDITION_MOVED:
      apply_edition (self, place, entry->body);
      break;
    case AMENDS_EVENT_UNKNOWN:
      self->n_unknown++;
      break;
    case AMENDS_EVENT_STAFF_RECORDED:
    case AMENDS_EVENT_DEVICE_FORKED:
    case AMENDS_EVENT_SERVER_BEGAN:
    case AMENDS_EVENT_SERVER_RESTORED:
    case AMENDS_EVENT_SCHEME_RECORDED:
    case AMENDS_EVENT_DEVICE_ENROLLED:
    case AMENDS_EVENT_DEVICE_GRANTED:
    case AMENDS_EVENT_DEVICE_UNGRANTED:
    case AMENDS_EVENT_DEVICE_REVOKED:
    case AMENDS_EVENT_DEVICE_RECODED:
    case AMENDS_EVENT_POLICY_PUBLISHED:
    case AMENDS_EVENT_CALENDAR_PUBLISHED:
      break; /* not of a case */
    }
}

static void
fold_events (AmendsCase *self)
{
  guint n_events = amends_fold_get_n_events (self->fold);

  for (guint place = 0; place < n_events; place++)
    {
      AmendsEvent *event = amends_fold_get_event (self->fold, place);
      json_t *body = event->body != NULL ? amends_event_load_body (event, NULL) : NULL;
      AmendsHistoryEntry entry = { .event = event,
                                   .type = body != NULL ? amends_body_get_type (body)
                                                        : AMENDS_EVENT_UNKNOWN,
                                   .body = body,
                                   .at = amends_body_get_at (body),
                                   .in_cycle = amends_fold_is_in_cycle (self->fold, place) };

      amends_body_get_by (body, &entry.by);
      if (amends_id_equal (&event->id, &self->id))
        self->root = place;
      g_ptr_array_add (self->bodies, body);
      g_array_append_val (self->history, entry);
      if (body != NULL)
        apply_entry (self, place, &entry);
    }
}

static void
list_parts (AmendsCase *self)
{
  for (guint i = 0; i < self->parts[CONSENTS]->len; i++)
    {
      const Part *part = &g_array_index (self->parts[CONSENTS], Part, i);
      AmendsConsent consent = { amends_fold_get_event (self->fold, part->place)->id,
                                get_text (part->details, "purpose"),
                                get_text (part->details, "to"),
                                get_text (part->details, "answer"),
                                get_text (part->details, "until"),
                                part->ended[0] != '\0' ? part->ended : NULL,
                                part->details };

      g_array_append_val (self->consents, consent);
    }
  for (guint i = 0; i < self->parts[ADJUSTMENTS]->len; i++)
    {
      const Part *part = &g_array_index (self->parts[ADJUSTMENTS], Part, i);
      AmendsAdjustment adjustment = { amends_fold_get_event (self->fold, part->place)->id,
                                      get_text (part->details, "need"),
                                      get_text (part->details, "detail"),
                                      part->ended[0] != '\0' ? part->ended : NULL, part->details };

      g_array_append_val (self->adjustments, adjustment);
    }
}

static void
find_conflicts (AmendsCase *self)
{
  for (guint i = 0; i < amends_fields_get_n_fields (self->fields); i++)
    {
      const AmendsField *field = amends_fields_get_nth (self->fields, i);

      if (amends_field_is_in_conflict (field))
        g_ptr_array_add (self->conflicts, (gpointer) field);
    }
}

static void
body_free (gpointer data)
{
  json_decref (data);
}

/**
 * amends_case_new:
 * @events: (array length=n_events): all events held of one stream, in any order
 * @n_events: at least 1
 *
 * Returns: (transfer full): the case that they make; it holds a reference on each
 */
AmendsCase *
amends_case_new (AmendsEvent *const *events, guint n_events)
{
  AmendsCase *self;

  g_return_val_if_fail (n_events > 0, NULL);

  self = g_new0 (AmendsCase, 1);
  self->id = events[0]->stream;
  self->fold = amends_fold_new (events, n_events);
  self->fields = amends_fields_new (self->fold);
  self->bodies = g_ptr_array_new_with_free_func (body_free);
  self->history = g_array_new (FALSE, TRUE, sizeof (AmendsHistoryEntry));
  self->issues = g_array_new (FALSE, TRUE, sizeof (AmendsIssue));
  self->notes = g_array_new (FALSE, TRUE, sizeof (AmendsNote));
  self->consents = g_array_new (FALSE, TRUE, sizeof (AmendsConsent));
  self->adjustments = g_array_new (FALSE, TRUE, sizeof (AmendsAdjustment));
  self->conflicts = g_ptr_array_new ();
  for (int i = 0; i < 2; i++)
    {
      self->parts[i] = g_array_new (FALSE, TRUE, sizeof (Part));
      g_array_set_clear_func (self->parts[i], clear_part);
    }

  fold_events (self);
  list_parts (self);
  find_conflicts (self);
  self->feed = g_strdup (amends_fold_get_event (self->fold, self->root)->feed);
  return self;
}

/**
 * amends_case_free:
 * @self: (nullable) (transfer full): a case
 */
void
amends_case_free (AmendsCase *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->conflicts);
  g_array_unref (self->issues);
  g_array_unref (self->notes);
  g_array_unref (self->consents);
  g_array_unref (self->adjustments);
  g_array_unref (self->parts[CONSENTS]);
  g_array_unref (self->parts[ADJUSTMENTS]);
  g_array_unref (self->history);
  g_ptr_array_unref (self->bodies);
  amends_fields_free (self->fields);
  amends_fold_free (self->fold);
  g_free (self->feed);
  g_free (self);
}

/**
 * amends_case_is_recorded:
 *
 * Returns: whether the event that began it is here and is a case
 */
gboolean
amends_case_is_recorded (const AmendsCase *self)
{
  return self->is_recorded;
}

/**
 * amends_case_get_id:
 * @ret_id: (out): the id of its stream
 */
void
amends_case_get_id (const AmendsCase *self, AmendsId *ret_id)
{
  *ret_id = self->id;
}

/**
 * amends_case_get_feed:
 *
 * Returns: (transfer none): the feed it began in
 */
const char *
amends_case_get_feed (const AmendsCase *self)
{
  return self->feed;
}

/**
 * amends_case_get_state:
 *
 * Returns: (transfer none): "open" or "closed"
 */
const char *
amends_case_get_state (const AmendsCase *self)
{
  return "open";
}

/**
 * amends_case_get_value:
 * @field: its dotted name, "complainant.phone"
 *
 * Returns: (transfer none) (nullable): what stands there; of a conflict the value with the lowest id
 */
const json_t *
amends_case_get_value (const AmendsCase *self, const char *field)
{
  const AmendsField *found = amends_fields_get (self->fields, field);

  return found != NULL ? amends_field_get_shown (found, self->fold)->value : NULL;
}

/**
 * amends_case_get_text:
 *
 * Returns: (transfer none) (nullable): amends_case_get_value(), if it is text
 */
const char *
amends_case_get_text (const AmendsCase *self, const char *field)
{
  return json_string_value (amends_case_get_value (self, field));
}

/**
 * amends_case_get_edition:
 * @ret_id: (out): the event that published the landlord's edition by which it is judged
 *
 * Of two in conflict that with the lowest id, as everywhere where there is room for one;
 * amends_editions_get_rules() judges by the stricter.
 * Returns: whether it names one
 */
gboolean
amends_case_get_edition (const AmendsCase *self, AmendsId *ret_id)
{
  const char *edition = amends_case_get_text (self, "edition");

  return edition != NULL && amends_id_parse_len (edition, strlen (edition), ret_id);
}

/**
 * amends_case_dup_summary:
 *
 * Returns: (transfer full): the first line of the first issue, of %AMENDS_SUMMARY_MAX_CHARS at most,
 * never cut within a character
 */
char *
amends_case_dup_summary (const AmendsCase *self)
{
  const char *what, *end, *base;
  int n_chars = 0;

  if (self->issues->len == 0)
    return g_strdup ("");
  what = g_array_index (self->issues, AmendsIssue, 0).what;
  while (g_ascii_isspace (*what))
    what++;

  for (end = base = what; *end != '\0' && *end != '\n' && *end != '\r';
       end = g_utf8_next_char (end))
    {
      gboolean is_mark = g_unichar_ismark (g_utf8_get_char (end));

      if (!is_mark)
        base = end;
      if (++n_chars > AMENDS_SUMMARY_MAX_CHARS)
        {
          end = is_mark && base > what ? base : end; /* a letter goes with its accents */
          break;
        }
    }
  return g_strndup (what, (gsize) (end - what));
}

/**
 * amends_case_get_n_issues:
 *
 * Returns: how many issues it holds
 */
guint
amends_case_get_n_issues (const AmendsCase *self)
{
  return self->issues->len;
}

/**
 * amends_case_get_issue:
 *
 * Returns: (transfer none): the issue, in the order of recording
 */
const AmendsIssue *
amends_case_get_issue (const AmendsCase *self, guint n)
{
  g_return_val_if_fail (n < self->issues->len, NULL);
  return &g_array_index (self->issues, AmendsIssue, n);
}

/**
 * amends_case_get_n_consents:
 *
 * Returns: how many answers about sharing stand
 */
guint
amends_case_get_n_consents (const AmendsCase *self)
{
  return self->consents->len;
}

/**
 * amends_case_get_consent:
 *
 * Returns: (transfer none): the answer, with whether it was withdrawn since
 */
const AmendsConsent *
amends_case_get_consent (const AmendsCase *self, guint n)
{
  g_return_val_if_fail (n < self->consents->len, NULL);
  return &g_array_index (self->consents, AmendsConsent, n);
}

/**
 * amends_case_get_n_adjustments:
 *
 * Returns: how many adjustments stand or stood
 */
guint
amends_case_get_n_adjustments (const AmendsCase *self)
{
  return self->adjustments->len;
}

/**
 * amends_case_get_adjustment:
 *
 * Returns: (transfer none): the adjustment, with whether it was ended since
 */
const AmendsAdjustment *
amends_case_get_adjustment (const AmendsCase *self, guint n)
{
  g_return_val_if_fail (n < self->adjustments->len, NULL);
  return &g_array_index (self->adjustments, AmendsAdjustment, n);
}

/**
 * amends_case_get_n_notes:
 *
 * Returns: how many notes it holds
 */
guint
amends_case_get_n_notes (const AmendsCase *self)
{
  return self->notes->len;
}

/**
 * amends_case_get_note:
 *
 * Returns: (transfer none): the note, in the order of the fold
 */
const AmendsNote *
amends_case_get_note (const AmendsCase *self, guint n)
{
  g_return_val_if_fail (n < self->notes->len, NULL);
  return &g_array_index (self->notes, AmendsNote, n);
}

/**
 * amends_case_get_n_history:
 *
 * Returns: how many events it is folded from
 */
guint
amends_case_get_n_history (const AmendsCase *self)
{
  return self->history->len;
}

/**
 * amends_case_get_history:
 *
 * Returns: (transfer none): the entry at that place of the fold
 */
const AmendsHistoryEntry *
amends_case_get_history (const AmendsCase *self, guint n)
{
  g_return_val_if_fail (n < self->history->len, NULL);
  return &g_array_index (self->history, AmendsHistoryEntry, n);
}

/**
 * amends_case_get_fields:
 *
 * Returns: (transfer none): all that stands in it
 */
const AmendsFields *
amends_case_get_fields (const AmendsCase *self)
{
  return self->fields;
}

/**
 * amends_case_get_n_conflicts:
 *
 * Returns: in how many fields two different values stand
 */
guint
amends_case_get_n_conflicts (const AmendsCase *self)
{
  return self->conflicts->len;
}

/**
 * amends_case_get_conflict:
 *
 * Returns: (transfer none): the field in which two values stand
 */
const AmendsField *
amends_case_get_conflict (const AmendsCase *self, guint n)
{
  g_return_val_if_fail (n < self->conflicts->len, NULL);
  return g_ptr_array_index (self->conflicts, n);
}

/**
 * amends_case_get_author:
 * @write: of one of its fields
 *
 * Returns: (transfer none): the entry that wrote it
 */
const AmendsHistoryEntry *
amends_case_get_author (const AmendsCase *self, const AmendsWrite *write)
{
  return amends_case_get_history (self, write->place);
}

/**
 * amends_case_get_heads:
 *
 * Returns: (transfer full) (array length=ret_n_heads): what a new event comes after
 */
AmendsId *
amends_case_get_heads (const AmendsCase *self, guint *ret_n_heads)
{
  return amends_fold_get_heads (self->fold, ret_n_heads);
}

/**
 * amends_case_get_n_unknown:
 *
 * Returns: how many events a newer version recorded
 */
guint
amends_case_get_n_unknown (const AmendsCase *self)
{
  return self->n_unknown;
}

/**
 * amends_case_get_n_missing:
 *
 * Returns: how many earlier events have not arrived
 */
guint
amends_case_get_n_missing (const AmendsCase *self)
{
  return amends_fold_get_n_missing (self->fold);
}

/**
 * amends_case_get_recorded_at:
 *
 * Returns: when its author's clock said it was recorded, microseconds since 1970 UTC
 */
gint64
amends_case_get_recorded_at (const AmendsCase *self)
{
  return amends_case_get_history (self, self->root)->at;
}

/**
 * amends_case_get_changed_at:
 *
 * Returns: the instant on the last event in the fold's order, microseconds since 1970 UTC
 */
gint64
amends_case_get_changed_at (const AmendsCase *self)
{
  return amends_case_get_history (self, self->history->len - 1)->at;
}
