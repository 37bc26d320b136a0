/* amends-act-offers.c: what of a case or its policy a form offers to choose from
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/staff/amends-act-offers.h"

#include <string.h>

#include <glib/gi18n.h>

#include "app/amends-act-words.h"
#include "app/amends-event-words.h"
#include "app/amends-policy-words.h"
#include "app/amends-words.h"
#include "core/amends-complainant.h"
#include "core/amends-intake.h"

#define ISSUE_CHARS 60 /* of what happened, in a row */

/* What the policy of the case may decline, or where none is published the Code. */
static void
list_grounds (const AmendsCaseFile *file, GtkStringList *labels, json_t *offers)
{
  const AmendsRules *rules = &file->dues->rules;
  const AmendsPolicy *policy = rules->policy != NULL ? rules->policy : rules->code;

  for (guint i = 0; i < amends_policy_get_n_rules (policy); i++)
    {
      const AmendsPolicyRule *rule = amends_policy_get_rule (policy, i);
      g_autofree char *label = NULL;

      if (!g_str_equal (rule->kind, "exclusion"))
        continue;
      label = amends_policy_words_ground (rule);
      gtk_string_list_append (labels, label);
      json_array_append_new (offers, json_pack ("{s:s}", "ground", rule->name));
    }
}

/* Of several none is chosen beforehand. */
static void
put_unsaid (GtkStringList *labels, json_t *offers)
{
  const char *const unsaid[] = { _ ("Say which of them"), NULL };

  if (json_array_size (offers) < 2)
    return;
  gtk_string_list_splice (labels, 0, 0, unsaid);
  json_array_insert_new (offers, 0, json_object ());
}

/* Where some of it is left behind, that is moved to where the case is, which is offered first. Else of several
 * schemes none is chosen beforehand. */
static void
list_goals (const AmendsCaseFile *file, GtkStringList *labels, json_t *offers)
{
  const char *here = amends_feed_get_scheme (amends_case_get_feed (file->complaint));
  gboolean is_behind = amends_case_count_behind (file->complaint) > 0;

  for (guint i = 0; i < file->goals->len; i++)
    {
      const AmendsScheme *goal = g_ptr_array_index (file->goals, i);
      gboolean is_first = is_behind && g_strcmp0 (goal->code, here) == 0;
      const char *const names[] = { goal->name, NULL };
      guint place = is_first ? 0 : i;

      gtk_string_list_splice (labels, place, 0, names);
      json_array_insert_new (offers, place, json_pack ("{s:s}", "to", goal->code));
    }
  if (!is_behind)
    put_unsaid (labels, offers);
}

static void
list_consents (const AmendsCase *complaint, GtkStringList *labels, json_t *offers)
{
  for (guint i = 0; i < amends_case_get_n_consents (complaint); i++)
    {
      const AmendsConsent *consent = amends_case_get_consent (complaint, i);
      g_autofree char *label =
          amends_words_join (", ", amends_words_code ("consent-purpose", consent->purpose),
                             consent->to != NULL ? consent->to : "", NULL);

      if (consent->withdrawn != NULL || g_strcmp0 (consent->answer, "given") != 0)
        continue;
      gtk_string_list_append (labels, label);
      json_array_append_new (offers, json_pack ("{s:s, s:s*}", "purpose", consent->purpose, "to",
                                                consent->to));
    }
}

static void
list_adjustments (const AmendsCase *complaint, GtkStringList *labels, json_t *offers)
{
  for (guint i = 0; i < amends_case_get_n_adjustments (complaint); i++)
    {
      const AmendsAdjustment *adjustment = amends_case_get_adjustment (complaint, i);
      const char *need = amends_words_code ("adjustment", adjustment->need);
      g_autofree char *label = adjustment->who != NULL
                                   ? g_strdup_printf ("%s: %s", adjustment->who, need)
                                   : g_strdup (need);

      if (adjustment->ended != NULL)
        continue;
      gtk_string_list_append (labels, label);
      json_array_append_new (offers, json_pack ("{s:s, s:s*}", "need", adjustment->need, "who",
                                                adjustment->who));
    }
}

static void
list_issues (const AmendsCase *complaint, GtkStringList *labels, json_t *offers)
{
  for (guint i = 0; i < amends_case_get_n_issues (complaint); i++)
    {
      const AmendsIssue *issue = amends_case_get_issue (complaint, i);
      g_autofree char *id = amends_id_format (&issue->id);
      g_autofree char *label = amends_act_offers_dup_issue (issue);

      gtk_string_list_append (labels, label);
      json_array_append_new (offers, json_pack ("{s:s}", "issue", id));
    }
}

/**
 * amends_act_offers_get_opening:
 * @act: an act
 * @ret_key: (out): the member of it that names what it follows up; %NULL if there is none
 *
 * Returns: the type of the act that it follows up, and of what is sent the draft;
 *   %AMENDS_EVENT_UNKNOWN if there is none
 */
AmendsEventType
amends_act_offers_get_opening (AmendsEventType act, const char **ret_key)
{
  AmendsEventType opening;

  if (act == AMENDS_EVENT_CASE_SENT || act == AMENDS_EVENT_CASE_STAGE2_SENT)
    {
      *ret_key = "draft";
      return act == AMENDS_EVENT_CASE_SENT ? AMENDS_EVENT_CASE_DRAFTED
                                           : AMENDS_EVENT_CASE_STAGE2_DRAFTED;
    }
  opening = amends_act_get_opening (act, ret_key);
  if (opening == AMENDS_EVENT_UNKNOWN && act != AMENDS_EVENT_CASE_PARTED)
    *ret_key = NULL; /* an issue, or a clause: it stands in the case and is no act */
  return opening;
}

/* @is_open: whether those that were not followed up yet are listed, or the others */
static void
list_parts_if (const AmendsCase *complaint,
               AmendsEventType act,
               gboolean is_open,
               GtkStringList *labels,
               json_t *offers)
{
  const char *key;
  AmendsEventType opening = amends_act_offers_get_opening (act, &key);
  gboolean has_end = amends_act_get_opening (act, NULL) != AMENDS_EVENT_UNKNOWN;

  for (guint i = amends_case_get_n_history (complaint); i-- > 0;)
    {
      const AmendsHistoryEntry *entry = amends_case_get_history (complaint, i);
      g_autofree char *id = amends_id_format (&entry->event->id);
      g_autofree char *label = NULL;
      json_auto_t *told = NULL;
      gboolean is_part = act == AMENDS_EVENT_CASE_PARTED
                             ? is_open && amends_case_is_joined_by (complaint, entry)
                             : entry->type == opening && entry->body != NULL;

      if (!is_part
          || (!has_end || amends_case_get_follow_up (complaint, act, &entry->event->id) == NULL)
                 != is_open)
        continue;
      told = json_pack ("{s:b, s:s, s:O}", "known", 1, "type",
                        amends_event_type_to_string (entry->type), "body", entry->body);
      label = amends_event_words_title (told);
      gtk_string_list_append (labels, label);
      json_array_append_new (offers, json_pack ("{s:s}", key, id));
    }
}

/* Those that were not written down yet come first, the newest before. */
static void
list_recordings (const AmendsCase *complaint,
                 gboolean is_open,
                 GtkStringList *labels,
                 json_t *offers)
{
  for (guint i = amends_case_get_n_attachments (complaint); i-- > 0;)
    {
      const AmendsAttachment *attachment = amends_case_get_attachment (complaint, i);
      g_autofree char *id = amends_id_format (&attachment->id);
      g_autofree char *field = g_strconcat ("transcripts.", id, NULL);
      g_autofree char *label =
          amends_words_join (" · ", attachment->name,
                             attachment->caption != NULL ? attachment->caption : "", NULL);

      if (!amends_attachment_is_recording (attachment)
          || amends_case_holds (complaint, field) == is_open)
        continue;
      gtk_string_list_append (labels, label);
      json_array_append_new (offers, json_pack ("{s:s}", "attachment", id));
    }
}

/* What nobody has followed up comes first, the newest before. */
static void
list_parts (const AmendsCase *complaint, AmendsEventType act, GtkStringList *labels, json_t *offers)
{
  if (act == AMENDS_EVENT_CASE_TRANSCRIBED)
    {
      list_recordings (complaint, TRUE, labels, offers);
      list_recordings (complaint, FALSE, labels, offers);
      return;
    }
  list_parts_if (complaint, act, TRUE, labels, offers);
  list_parts_if (complaint, act, FALSE, labels, offers);
}

/* The newest first; what came with the record may have been said in a word or not at all. */
static void
list_hazards (const AmendsCase *complaint, GtkStringList *labels, json_t *offers)
{
  for (guint i = amends_case_get_n_history (complaint); i-- > 0;)
    {
      const AmendsHistoryEntry *entry = amends_case_get_history (complaint, i);
      const char *what = json_string_value (
          json_object_get (entry->body,
                           entry->type == AMENDS_EVENT_CASE_RECORDED ? "hazard" : "what"));
      g_autofree char *id = amends_id_format (&entry->event->id);
      g_autofree char *line = NULL;

      if (!amends_case_reports_hazard (entry))
        continue;
      line = g_strndup (what != NULL ? what : _ ("The hazard told of at the beginning"),
                        what != NULL ? strcspn (what, "\r\n") : G_MAXUINT8);
      gtk_string_list_append (labels, line);
      json_array_append_new (offers, json_pack ("{s:s}", "hazard", id));
    }
  put_unsaid (labels, offers);
}

/* What is a value of its own and not a list of some; the rest is recorded anew. */
static gboolean
is_correctable (const AmendsSchemaField *shape)
{
  switch (shape->kind)
    {
    case AMENDS_SCHEMA_TEXT:
    case AMENDS_SCHEMA_LINE:
    case AMENDS_SCHEMA_EMAIL:
    case AMENDS_SCHEMA_PHONE:
    case AMENDS_SCHEMA_CODE:
    case AMENDS_SCHEMA_DAY:
    case AMENDS_SCHEMA_PAST_DAY:
    case AMENDS_SCHEMA_PARTIAL_DAY:
    case AMENDS_SCHEMA_TIME:
    case AMENDS_SCHEMA_BOOLEAN:
    case AMENDS_SCHEMA_ANSWER:
    case AMENDS_SCHEMA_ANSWER_OR_OBJECT:
    case AMENDS_SCHEMA_BOOLEAN_OR_TEXT:
      return TRUE;
    case AMENDS_SCHEMA_INTEGER: /* a sum is offered anew */
      return !g_str_has_suffix (shape->name, "_pence");
    case AMENDS_SCHEMA_SCHEME:
    case AMENDS_SCHEMA_LINES:
    case AMENDS_SCHEMA_CODES:
    case AMENDS_SCHEMA_ID:
    case AMENDS_SCHEMA_OBJECT:
    case AMENDS_SCHEMA_OBJECTS:
    case AMENDS_SCHEMA_ANY:
      return FALSE;
    }
  return FALSE;
}

static char *
describe_written (const AmendsSchemaField *shape, const char *path, const json_t *value)
{
  const char *text = json_string_value (value);
  g_autofree char *whole = shape->codes != NULL && text != NULL
                               ? g_strdup (amends_words_code (shape->codes, text))
                               : amends_words_value (path, value);
  g_autofree char *line = g_strndup (whole, strcspn (whole, "\r\n"));
  g_autofree char *start = g_utf8_substring (line, 0, MIN (g_utf8_strlen (line, -1), ISSUE_CHARS));

  return g_strconcat (start, strlen (start) < strlen (whole) ? "…" : "", NULL);
}

/* Of one record each value in it that can be corrected.
 * @prefix: of the paths of @body, "complainant." */
static void
list_written_in (const AmendsHistoryEntry *entry,
                 const char *prefix,
                 const json_t *body,
                 const AmendsSchemaField *fields,
                 GtkStringList *labels,
                 json_t *offers)
{
  const char *act = entry->type == AMENDS_EVENT_CASE_RECORDED
                        ? _ ("Recorded")
                        : amends_act_words_title (entry->type);
  g_autofree char *id = amends_id_format (&entry->event->id);

  for (; fields != NULL && fields->name != NULL; fields++)
    {
      json_t *value = json_object_get (body, fields->name);
      g_autofree char *path = g_strconcat (prefix, fields->name, NULL);
      gboolean is_whole = json_is_object (value) || json_is_array (value) || value == NULL;
      g_autofree char *name = NULL;
      g_autofree char *is = NULL;
      g_autofree char *label = NULL;

      if (json_is_object (value) && fields->kind == AMENDS_SCHEMA_OBJECT && *prefix == '\0')
        {
          g_autofree char *inner = g_strconcat (path, ".", NULL);

          list_written_in (entry, inner, value, fields->members, labels, offers);
        }
      if (is_whole || !is_correctable (fields)
          || (entry->type == AMENDS_EVENT_CASE_RECORDED && g_str_equal (path, "kind")))
        continue;
      name = entry->type == AMENDS_EVENT_CASE_RECORDED ? amends_words_field (path)
                                                       : amends_act_words_field (entry->type, path);
      is = describe_written (fields, path, value);
      label = amends_words_join (" · ", is, name, act != NULL ? act : "", NULL);
      gtk_string_list_append (labels, label);
      json_array_append_new (offers, json_pack ("{s:s, s:s, s:O}", "event", id, "field", path,
                                                "from", value));
    }
}

static const AmendsSchemaField *
get_fields (AmendsEventType type)
{
  return type == AMENDS_EVENT_CASE_RECORDED ? amends_intake_get_fields ()
                                            : amends_intake_get_act_fields (type);
}

/* The newest record first. */
static void
list_written (const AmendsCase *complaint, GtkStringList *labels, json_t *offers)
{
  for (guint i = amends_case_get_n_history (complaint); i-- > 0;)
    {
      const AmendsHistoryEntry *entry = amends_case_get_history (complaint, i);

      if (entry->body != NULL && amends_correction_is_of (entry->type))
        list_written_in (entry, "", entry->body, get_fields (entry->type), labels, offers);
    }
}

/**
 * amends_act_offers_find_shape:
 * @written: one of what %AMENDS_ACT_OFFER_WRITTEN offers
 *
 * Returns: (nullable) (transfer none): what may stand in its place
 */
const AmendsSchemaField *
amends_act_offers_find_shape (const AmendsCase *complaint, const json_t *written)
{
  const char *event = json_string_value (json_object_get (written, "event"));
  const char *path = json_string_value (json_object_get (written, "field"));

  for (guint i = 0; event != NULL && path != NULL && i < amends_case_get_n_history (complaint); i++)
    {
      const AmendsHistoryEntry *entry = amends_case_get_history (complaint, i);
      g_autofree char *id = amends_id_format (&entry->event->id);

      if (g_str_equal (id, event))
        return amends_schema_find (get_fields (entry->type), path);
    }
  return NULL;
}

static void
list_corrections (const AmendsCase *complaint, GtkStringList *labels, json_t *offers)
{
  for (guint i = 0; i < amends_case_get_n_corrections (complaint); i++)
    {
      const AmendsCorrection *correction = amends_case_get_correction (complaint, i);
      const AmendsHistoryEntry *entry = amends_case_get_history (complaint, correction->place);
      g_autofree char *id = amends_id_format (&entry->event->id);
      g_autofree char *label = amends_act_offers_dup_correction (complaint, correction);

      if (correction->state != AMENDS_CORRECTION_WAITS)
        continue;
      gtk_string_list_append (labels, label);
      json_array_append_new (offers, json_pack ("{s:s}", "correction", id));
    }
}

/* The letters of a petition go to its lead, who needs not be named. */
static gboolean
goes_to_lead (const AmendsCase *complaint, AmendsEventType act)
{
  switch ((int) act)
    {
    case AMENDS_EVENT_CASE_ACKNOWLEDGED:
    case AMENDS_EVENT_CASE_RESPONDED:
    case AMENDS_EVENT_CASE_SENT:
    case AMENDS_EVENT_CASE_EXTENDED:
    case AMENDS_EVENT_CASE_UPDATED:
    case AMENDS_EVENT_CASE_DELIVERED:
    case AMENDS_EVENT_CASE_STAGE2_EXTENDED:
    case AMENDS_EVENT_CASE_STAGE2_UPDATED:
    case AMENDS_EVENT_CASE_STAGE2_ACKNOWLEDGED:
    case AMENDS_EVENT_CASE_STAGE2_RESPONDED:
    case AMENDS_EVENT_CASE_STAGE2_SENT:
      return !amends_case_is_joint (complaint);
    default:
      return FALSE;
    }
}

/* Whoever comes back had stopped; anything else is of who goes on. */
static gboolean
is_offered (AmendsEventType act, const AmendsComplainant *each)
{
  return (each->withdrawn != NULL) == (act == AMENDS_EVENT_CASE_REOPENED);
}

/* What ends the complaint or takes it up, or is written for each in turn, may be of all at once; what is done with a
 * letter is of whom it goes to, who is chosen; what somebody needs may be of who acts for them. */
static void
list_complainants (const AmendsCase *complaint,
                   AmendsEventType act,
                   GtkStringList *labels,
                   json_t *offers)
{
  g_autoptr (GArray) list = amends_case_list_complainants (complaint);
  const char *acting =
      amends_act_is_of_needs (act) ? amends_case_get_text (complaint, "representative.name") : NULL;

  if (goes_to_lead (complaint, act))
    {
      gtk_string_list_append (labels, _ ("Who leads the petition"));
      json_array_append_new (offers, json_object ());
      return;
    }
  if (act == AMENDS_EVENT_CASE_WITHDRAWN || act == AMENDS_EVENT_CASE_REOPENED
      || act == AMENDS_EVENT_CASE_DRAFTED || act == AMENDS_EVENT_CASE_STAGE2_DRAFTED
      || act == AMENDS_EVENT_CASE_UPDATED || act == AMENDS_EVENT_CASE_STAGE2_UPDATED)
    {
      gtk_string_list_append (labels, _ ("All of them"));
      json_array_append_new (offers, json_object ());
    }
  for (guint i = 0; i < list->len; i++)
    {
      const AmendsComplainant *each = &g_array_index (list, AmendsComplainant, i);

      if (!is_offered (act, each))
        continue;
      gtk_string_list_append (labels, each->name != NULL ? each->name : _ ("Anonymous"));
      json_array_append_new (offers, json_pack ("{s:s}", "who", each->who));
    }
  if (acting != NULL)
    {
      gtk_string_list_append (labels, acting);
      json_array_append_new (offers, json_pack ("{s:s}", "who", acting));
    }
}

/**
 * amends_act_offers_list:
 * @act: whose form it is
 * @labels: where what a person reads is added
 *
 * Returns: (transfer full): the members of the act that each choice writes, in the order of @labels
 */
json_t *
amends_act_offers_list (const AmendsCaseFile *file,
                        AmendsEventType act,
                        AmendsActOffer offer,
                        GtkStringList *labels)
{
  json_t *offers = json_array ();

  switch (offer)
    {
    case AMENDS_ACT_OFFER_GROUND:
      list_grounds (file, labels, offers);
      break;
    case AMENDS_ACT_OFFER_CONSENT:
      list_consents (file->complaint, labels, offers);
      break;
    case AMENDS_ACT_OFFER_ADJUSTMENT:
      list_adjustments (file->complaint, labels, offers);
      break;
    case AMENDS_ACT_OFFER_PART:
      list_parts (file->complaint, act, labels, offers);
      break;
    case AMENDS_ACT_OFFER_ISSUE:
      gtk_string_list_append (labels, _ ("The whole complaint"));
      json_array_append_new (offers, json_object ());
      list_issues (file->complaint, labels, offers);
      break;
    case AMENDS_ACT_OFFER_ONE_ISSUE:
      list_issues (file->complaint, labels, offers);
      break;
    case AMENDS_ACT_OFFER_HAZARD:
      list_hazards (file->complaint, labels, offers);
      break;
    case AMENDS_ACT_OFFER_SCHEME:
      list_goals (file, labels, offers);
      break;
    case AMENDS_ACT_OFFER_WRITTEN:
      list_written (file->complaint, labels, offers);
      break;
    case AMENDS_ACT_OFFER_CORRECTION:
      list_corrections (file->complaint, labels, offers);
      break;
    case AMENDS_ACT_OFFER_COMPLAINANT:
      list_complainants (file->complaint, act, labels, offers);
      break;
    }
  return offers;
}

/**
 * amends_act_offers_dup_issue:
 *
 * Returns: (transfer full): the beginning of what happened, on one line
 */
char *
amends_act_offers_dup_issue (const AmendsIssue *issue)
{
  gsize n_bytes = strcspn (issue->what, "\r\n");
  g_autofree char *line = g_strndup (issue->what, n_bytes);
  long n_chars = g_utf8_strlen (line, -1);
  g_autofree char *start = g_utf8_substring (line, 0, MIN (n_chars, ISSUE_CHARS));

  return g_strconcat (start, n_chars > ISSUE_CHARS || issue->what[n_bytes] != '\0' ? "…" : "",
                      NULL);
}

/**
 * amends_act_offers_dup_correction:
 *
 * Returns: (transfer full): what it is of, what was written, and what is right: "Acknowledge · On: not 30 Nov but
 * 24 Nov"
 */
char *
amends_act_offers_dup_correction (const AmendsCase *complaint, const AmendsCorrection *correction)
{
  AmendsEventType type = amends_case_get_history (complaint, correction->target)->type;
  const char *act = amends_act_words_title (type);
  g_autofree char *field = amends_act_words_field (type, correction->path);
  g_autofree char *name = amends_words_join (" · ", act != NULL ? act : "", field, NULL);
  g_autofree char *from =
      amends_words_value (correction->path, json_object_get (correction->body, "from"));
  g_autofree char *to =
      amends_words_value (correction->path, json_object_get (correction->body, "to"));
  g_autofree char *was = amends_words_isolate (from);
  g_autofree char *is = amends_words_isolate (to);

  /* Translators: a field of a form, what was written in it, and what is right. */
  return g_strdup_printf (_ ("%s: not %s but %s"), name, was, is);
}
