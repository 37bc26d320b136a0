/* amends-case-fold.c: how the events of a case make it
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Bodies come from other devices and other versions: whatever is not as expected is passed over
 * here and still stands in the history. */

#include "core/amends-case-private.h"

#include <string.h>

#include "core/amends-day.h"
#include "core/amends-instant.h"
#include "core/amends-ledger.h"

static const char *
get_text (const json_t *object, const char *key)
{
  return json_string_value (json_object_get (object, key));
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

      if (amends_body_is_envelope (key) || g_str_equal (key, "who"))
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

static void
add_part (AmendsCase *self, int list, guint place, const char *key, json_t *details)
{
  GArray *parts = self->parts[list];
  AmendsCasePart part = { place, g_strdup (key), details, "" };
  const char *withdrawn = get_text (details, "withdrawn");

  for (guint i = parts->len; i-- > 0;)
    {
      const AmendsCasePart *earlier = &g_array_index (parts, AmendsCasePart, i);

      if (g_str_equal (earlier->key, key)
          && amends_fold_is_before (self->fold, earlier->place, place))
        g_array_remove_index (parts, i);
    }
  if (withdrawn != NULL)
    g_strlcpy (part.ended, withdrawn, sizeof part.ended);
  g_array_append_val (parts, part);
}

static void
end_parts_on (AmendsCase *self, int list, guint place, const char *key, AmendsDay day)
{
  GArray *parts = self->parts[list];

  for (guint i = 0; i < parts->len; i++)
    {
      AmendsCasePart *part = &g_array_index (parts, AmendsCasePart, i);

      if (g_str_equal (part->key, key) && part->ended[0] == '\0'
          && amends_fold_is_before (self->fold, part->place, place))
        amends_day_format_to (day, part->ended);
    }
}

static void
end_parts (AmendsCase *self, int list, guint place, const char *key, gint64 at)
{
  end_parts_on (self, list, place, key, amends_day_from_instant (at));
}

static const char *
answer_of (AmendsEventType type)
{
  return type == AMENDS_EVENT_CONSENT_GIVEN     ? "given"
         : type == AMENDS_EVENT_CONSENT_REFUSED ? "refused"
                                                : "ask-me";
}

/* @key: of what it says; where that names nobody, every consent of its purpose that its author had seen ends */
static void
withdraw_consents (AmendsCase *self, guint place, const char *key, const json_t *body)
{
  const GArray *parts = self->parts[AMENDS_CASE_CONSENTS];

  amends_fields_write (self->fields, key, place, json_pack ("{s:s}", "answer", "withdrawn"));
  for (guint i = 0; i < parts->len; i++)
    {
      const AmendsCasePart *part = &g_array_index (parts, AmendsCasePart, i);

      if (!amends_ledger_takes_back (body, get_text (part->details, "purpose"),
                                     get_text (part->details, "to"))
          || !amends_fold_is_before (self->fold, part->place, place))
        continue;
      end_parts (self, AMENDS_CASE_CONSENTS, place, part->key, amends_body_get_at (body));
      amends_fields_write (self->fields, part->key, place,
                           json_pack ("{s:s}", "answer", "withdrawn"));
    }
}

static void
apply_consent (AmendsCase *self, guint place, const json_t *body, AmendsEventType type)
{
  const char *purpose = get_text (body, "purpose");
  g_autofree char *key = NULL;
  json_t *details;

  if (purpose == NULL)
    return;
  key = amends_ledger_dup_consent_key (purpose, get_text (body, "to"));

  if (type == AMENDS_EVENT_CONSENT_WITHDRAWN)
    {
      withdraw_consents (self, place, key, body);
      return;
    }
  details = json_copy ((json_t *) body);
  json_object_set_new (details, "answer", json_string (answer_of (type)));
  add_part (self, AMENDS_CASE_CONSENTS, place, key, details);
  amends_fields_write (self->fields, key, place,
                       json_pack ("{s:s, s:O?}", "answer", answer_of (type), "until",
                                  json_object_get (body, "until")));
}

/* Of each who complains one of a need stands at a time. */
static char *
dup_adjustment_key (const json_t *body)
{
  return g_strjoin (".", "adjustments", get_text (body, "need"), get_text (body, "who"), NULL);
}

static void
apply_adjustment (AmendsCase *self, guint place, const json_t *body, AmendsEventType type)
{
  const char *need = get_text (body, "need");
  g_autofree char *key = NULL;

  if (need == NULL)
    return;
  key = dup_adjustment_key (body);
  if (type == AMENDS_EVENT_ADJUSTMENT_ENDED)
    {
      end_parts (self, AMENDS_CASE_ADJUSTMENTS, place, key, amends_body_get_at (body));
      amends_fields_write (self->fields, key, place, json_pack ("{s:b}", "ended", 1));
      return;
    }
  add_part (self, AMENDS_CASE_ADJUSTMENTS, place, key, json_incref ((json_t *) body));
  amends_fields_write (self->fields, key, place,
                       json_pack ("{s:b, s:O?}", "ended", 0, "detail",
                                  json_object_get (body, "detail")));
}

/* What was looked at again and is not needed any more is ended by that. */
static void
apply_review (AmendsCase *self, guint place, const json_t *body)
{
  const char *need = get_text (body, "need");
  const char *on = get_text (body, "on");
  g_autofree char *key = need != NULL ? dup_adjustment_key (body) : NULL;
  AmendsDay day;

  if (key == NULL || g_strcmp0 (get_text (body, "outcome"), "ended") != 0 || on == NULL
      || !amends_day_parse (on, &day, NULL))
    return;
  end_parts_on (self, AMENDS_CASE_ADJUSTMENTS, place, key, day);
  amends_fields_write (self->fields, key, place, json_pack ("{s:b}", "ended", 1));
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
static const AmendsHistoryEntry *
find_seen_authority (const AmendsCase *self, guint place)
{
  for (guint i = place; i-- > 0;)
    {
      const AmendsHistoryEntry *entry = &g_array_index (self->history, AmendsHistoryEntry, i);

      if (get_authority (entry) != NULL && amends_fold_is_before (self->fold, i, place))
        return entry;
    }
  return NULL;
}

/* Whether it is said of another than the one whose authority the case shows. */
static gboolean
is_of_another (const AmendsHistoryEntry *seen, const json_t *body)
{
  const json_t *representative = json_object_get (seen->body, "representative");
  const char *name = get_text (representative != NULL ? representative : seen->body, "name");
  const char *withdrawn = get_text (body, "name");

  return name != NULL && withdrawn != NULL && !amends_ledger_is_same_name (name, withdrawn);
}

static void
apply_authority_withdrawn (AmendsCase *self, guint place, const json_t *body)
{
  const AmendsHistoryEntry *seen = find_seen_authority (self, place);
  const json_t *standing = seen != NULL ? get_authority (seen) : NULL;
  json_t *value;
  char day[11];

  if (seen != NULL && is_of_another (seen, body))
    return; /* who acts beside them: the ledger has it */
  value = json_is_object (standing) ? json_copy ((json_t *) standing) : json_object ();
  amends_day_format_to (amends_day_from_instant (amends_body_get_at (body)), day);
  json_object_set_new (value, "withdrawn", json_string (day));
  amends_fields_write (self->fields, "representative.authority", place, value);
}

/* The part that is settled, so that its purpose or need is kept: any of the key that stands. */
static const AmendsCasePart *
find_part (const AmendsCase *self, int list, const char *key)
{
  for (guint i = 0; i < self->parts[list]->len; i++)
    if (g_str_equal (g_array_index (self->parts[list], AmendsCasePart, i).key, key))
      return &g_array_index (self->parts[list], AmendsCasePart, i);
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
  const AmendsCasePart *standing = find_part (self, list, key);
  gboolean ends = g_strcmp0 (get_text (value, "answer"), "withdrawn") == 0
                  || json_is_true (json_object_get (value, "ended"));
  json_t *details;

  if (standing == NULL || !json_is_object (value)
      || (list == AMENDS_CASE_CONSENTS && get_text (value, "answer") == NULL))
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
  const char *said = get_text (body, "field");
  json_t *value = json_object_get (body, "value");
  g_autofree char *field = NULL;

  if (said == NULL || value == NULL || amends_correction_is_field (said))
    return;
  /* As it was written when two spellings of one name were two. */
  field = g_str_has_prefix (said, "consents.") ? g_utf8_casefold (said, -1) : g_strdup (said);
  amends_case_overrule (self, place, field);
  if (g_str_has_prefix (field, "consents."))
    settle_part (self, AMENDS_CASE_CONSENTS, place, field, value, amends_body_get_at (body));
  else if (g_str_has_prefix (field, "adjustments."))
    settle_part (self, AMENDS_CASE_ADJUSTMENTS, place, field, value, amends_body_get_at (body));
  amends_fields_write (self->fields, field, place, json_incref (value));
}

static void
apply_contact (AmendsCase *self, guint place, const json_t *body)
{
  const char *who = get_text (body, "who");
  g_autofree char *prefix = who != NULL ? g_strconcat ("others.", who, NULL) : NULL;

  write_facts (self, prefix != NULL ? prefix : "complainant", place, body);
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

static void
apply_attachment (AmendsCase *self, const AmendsHistoryEntry *entry)
{
  AmendsAttachment attachment;

  if (!amends_attachment_read (entry->body, &attachment))
    return;
  attachment.id = entry->carrier != NULL ? entry->carrier->id : entry->event->id;
  attachment.at = entry->at;
  attachment.by = entry->by;
  g_array_append_val (self->attachments, attachment);
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
  if (amends_event_type_is_handling (entry->type))
    {
      amends_case_apply_act (self, place, entry);
      if (entry->type == AMENDS_EVENT_PERSON_ADJUSTMENT_REVIEWED)
        apply_review (self, place, entry->body);
      return;
    }
  switch ((int) entry->type)
    {
    case AMENDS_EVENT_CASE_RECORDED:
      apply_recorded (self, place, entry->body);
      break;
    case AMENDS_EVENT_CASE_NOTED:
      apply_note (self, entry);
      break;
    case AMENDS_EVENT_CASE_ATTACHED:
      apply_attachment (self, entry);
      break;
    case AMENDS_EVENT_CONTACT_CHANGED:
    case AMENDS_EVENT_PERSON_PREFERENCE:
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
    case AMENDS_EVENT_CASE_MOVED:
      amends_case_apply_moved (self, place, entry->body);
      break;
    case AMENDS_EVENT_UNKNOWN:
      self->n_unknown++;
      break;
    default:
      break; /* not of a case */
    }
}

static void
read_events (AmendsCase *self)
{
  guint n_events = amends_fold_get_n_events (self->fold);

  for (guint place = 0; place < n_events; place++)
    {
      AmendsEvent *event = amends_fold_get_event (self->fold, place);
      json_t *body = json_incref ((json_t *) amends_event_get_json (event));
      AmendsHistoryEntry entry = { .event = event,
                                   .type = body != NULL ? amends_body_get_type (body)
                                                        : AMENDS_EVENT_UNKNOWN,
                                   .body = body,
                                   .written = body,
                                   .at = amends_body_get_at (body),
                                   .in_cycle = amends_fold_is_in_cycle (self->fold, place),
                                   .carrier = g_hash_table_lookup (self->carriers, &event->id) };

      amends_body_get_by (body, &entry.by);
      if (amends_id_equal (&event->id, &self->id))
        self->root = place;
      g_ptr_array_add (self->bodies, body);
      g_array_append_val (self->history, entry);
    }
}

static void
apply_events (AmendsCase *self)
{
  for (guint place = 0; place < self->history->len; place++)
    {
      const AmendsHistoryEntry *entry = &g_array_index (self->history, AmendsHistoryEntry, place);

      if (entry->body != NULL)
        apply_entry (self, place, entry);
    }
}

/* What was decided, made or reviewed of an adjustment since it was asked for: of the same need that was ended
 * and is asked for anew it says nothing. */
static const json_t *
find_step (const AmendsCase *self, const char *list, const AmendsCasePart *part)
{
  const char *need = get_text (part->details, "need");
  g_autofree char *name =
      g_strjoin (".", list, need != NULL ? need : "", get_text (part->details, "who"), NULL);
  const AmendsField *field = amends_fields_get (self->fields, name);

  for (guint i = 0; field != NULL && i < field->writes->len; i++)
    {
      const AmendsWrite *write = &g_array_index (field->writes, AmendsWrite, i);

      if (json_is_object (write->value)
          && amends_fold_is_before (self->fold, part->place, write->place))
        return write->value;
    }
  return NULL;
}

static void
list_parts (AmendsCase *self)
{
  for (guint i = 0; i < self->parts[AMENDS_CASE_CONSENTS]->len; i++)
    {
      const AmendsCasePart *part =
          &g_array_index (self->parts[AMENDS_CASE_CONSENTS], AmendsCasePart, i);
      AmendsConsent consent = { amends_fold_get_event (self->fold, part->place)->id,
                                get_text (part->details, "purpose"),
                                get_text (part->details, "to"),
                                get_text (part->details, "answer"),
                                get_text (part->details, "until"),
                                part->ended[0] != '\0' ? part->ended : NULL,
                                part->details };

      g_array_append_val (self->consents, consent);
    }
  for (guint i = 0; i < self->parts[AMENDS_CASE_ADJUSTMENTS]->len; i++)
    {
      const AmendsCasePart *part =
          &g_array_index (self->parts[AMENDS_CASE_ADJUSTMENTS], AmendsCasePart, i);
      AmendsAdjustment adjustment = { amends_fold_get_event (self->fold, part->place)->id,
                                      get_text (part->details, "need"),
                                      get_text (part->details, "detail"),
                                      get_text (part->details, "who"),
                                      part->ended[0] != '\0' ? part->ended : NULL,
                                      part->details,
                                      find_step (self, "adjustments_decided", part),
                                      find_step (self, "adjustments_made", part),
                                      find_step (self, "adjustments_reviewed", part) };

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

/**
 * amends_case_fold:
 *
 * Reads all events in the fold's order.
 */
void
amends_case_fold (AmendsCase *self)
{
  read_events (self);
  amends_case_apply_corrections (self);
  amends_case_find_joined (self);
  apply_events (self);
  amends_case_complete_for_all (self);
  amends_case_find_places (self);
  amends_case_find_erasures (self);
  list_parts (self);
  find_conflicts (self);
}
