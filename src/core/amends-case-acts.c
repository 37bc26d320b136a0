/* amends-case-acts.c: the acts of complaint handling in a case, and where it stands
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * An act of which one stands at a time writes a field, so that two that were done apart are a conflict;
 * one of which there are many (a contact, an update, a disclosure) stands for itself in the history.
 * What takes an act back writes nothing in its place. */

#include "core/amends-case-private.h"
#include "core/amends-complainant.h"

#include <string.h>

/* @key: a member of the body that goes with the name
 * @whole: what it writes where that member is not there
 * @follows: the act that it follows up, which @key names by its event
 * @as: what it is called beside that act */
typedef struct
{
  const char *name;
  const char *key;
  const char *whole;
  AmendsEventType follows;
  const char *as;
} ActField;

static const ActField act_fields[AMENDS_EVENT_N_TYPES] = {
  [AMENDS_EVENT_CASE_ACKNOWLEDGED] = { "acknowledged" },
  [AMENDS_EVENT_CASE_ACCEPTED] = { "accepted" },
  [AMENDS_EVENT_CASE_DECLINED] = { "declined_issues", "issue", "declined" },
  [AMENDS_EVENT_CASE_WITHDRAWN] = { "withdrawn" },
  [AMENDS_EVENT_CASE_REOPENED] = { "reopened_issues", "issue", "reopened" },
  [AMENDS_EVENT_CASE_ASSIGNED] = { "assigned" },
  [AMENDS_EVENT_CASE_EXTENDED] = { "extended" },
  [AMENDS_EVENT_CASE_RESPONDED] = { "responded" },
  [AMENDS_EVENT_CASE_DELIVERED] = { "delivered", "stage" },
  [AMENDS_EVENT_CASE_ESCALATION_REQUESTED] = { "escalation_requested" },
  [AMENDS_EVENT_CASE_ESCALATION_REFUSED] = { "escalation_refused" },
  [AMENDS_EVENT_CASE_STAGE2_ACKNOWLEDGED] = { "stage2_acknowledged" },
  [AMENDS_EVENT_CASE_STAGE2_ASSIGNED] = { "stage2_assigned" },
  [AMENDS_EVENT_CASE_STAGE2_EXTENDED] = { "stage2_extended" },
  [AMENDS_EVENT_CASE_STAGE2_RESPONDED] = { "stage2_responded" },
  [AMENDS_EVENT_CASE_STAGE2_CLOSED] = { "stage2_closed" },
  [AMENDS_EVENT_CASE_CLOSED] = { "closed" },
  [AMENDS_EVENT_CASE_PANEL_REQUESTED] = { "panel_requested", "stage" },
  [AMENDS_EVENT_CASE_PANEL_DECIDED] = { "panel_decided", "stage" },
  [AMENDS_EVENT_CASE_DEPARTURE] = { "departures", "clause" },
  [AMENDS_EVENT_CASE_UNDERSTANDING] = { "understanding", "step" },
  [AMENDS_EVENT_CASE_REQUEST_RESOLVED] = { "request_resolved" },
  [AMENDS_EVENT_CASE_HAZARD_INVESTIGATED] = { "hazards_investigated", "hazard",
                                              "hazard_investigated" },
  [AMENDS_EVENT_CASE_HAZARD_SUMMARY_SENT] = { "hazard_summaries", "hazard", "hazard_summary" },
  [AMENDS_EVENT_CASE_HAZARD_MADE_SAFE] = { "hazards_made_safe", "hazard", "hazard_made_safe" },
  [AMENDS_EVENT_CASE_TRIAGED] = { "triaged" },
  [AMENDS_EVENT_CASE_DEFINED] = { "defined" },
  [AMENDS_EVENT_CASE_STAGE2_DEFINED] = { "stage2_defined" },
  [AMENDS_EVENT_CASE_INFORMATION_ANSWERED] = { "information_answers", "request", NULL,
                                               AMENDS_EVENT_CASE_INFORMATION_REQUESTED,
                                               "answered" },
  [AMENDS_EVENT_CASE_APPOINTMENT_ENDED] = { "appointments_ended", "appointment", NULL,
                                            AMENDS_EVENT_CASE_APPOINTED, "ended" },
  [AMENDS_EVENT_CASE_FINDING] = { "findings", "issue" },
  [AMENDS_EVENT_CASE_STAGE2_FINDING] = { "stage2_findings", "issue" },
  [AMENDS_EVENT_CASE_REMEDY_ANSWERED] = { "remedy_answers", "remedy", NULL,
                                          AMENDS_EVENT_CASE_REMEDY_OFFERED, "answered" },
  [AMENDS_EVENT_CASE_REMEDY_GIVEN] = { "remedies_given", "remedy", NULL,
                                       AMENDS_EVENT_CASE_REMEDY_OFFERED, "given" },
  [AMENDS_EVENT_CASE_ACTION_DONE] = { "actions_done", "action", NULL,
                                      AMENDS_EVENT_CASE_ACTION_ADDED, "done" },
  [AMENDS_EVENT_CASE_APPROVED] = { "approvals", "draft", NULL, AMENDS_EVENT_CASE_DRAFTED,
                                   "approved" },
  [AMENDS_EVENT_CASE_SENT] = { "responded" },
  [AMENDS_EVENT_CASE_STAGE2_APPROVED] = { "stage2_approvals", "draft", NULL,
                                          AMENDS_EVENT_CASE_STAGE2_DRAFTED, "approved" },
  [AMENDS_EVENT_CASE_STAGE2_SENT] = { "stage2_responded" },
  [AMENDS_EVENT_CASE_SURVEY] = { "surveys", "step" },
  [AMENDS_EVENT_CASE_DETERMINATION] = { "determinations", "issue", "determination" },
  [AMENDS_EVENT_CASE_ORDER_DONE] = { "orders_done", "order", NULL, AMENDS_EVENT_CASE_ORDER,
                                     "done" },
  [AMENDS_EVENT_CASE_BEHAVIOUR_REVIEWED] = { "restriction_reviews", "restriction", NULL,
                                             AMENDS_EVENT_CASE_BEHAVIOUR_RESTRICTION, "reviewed" },
  [AMENDS_EVENT_CASE_PANEL_RECOMMENDED] = { "panel_recommended", "stage" },
  [AMENDS_EVENT_CASE_JOINED] = { "joined" },
  [AMENDS_EVENT_CASE_SPLIT] = { "split_issues", "issue" },
  [AMENDS_EVENT_CASE_PARTED] = { "parted", "event" },
  [AMENDS_EVENT_CASE_ASK_FIRST] = { "ask_first" },
  [AMENDS_EVENT_CASE_TRANSCRIBED] = { "transcripts", "attachment" },
  [AMENDS_EVENT_PERSON_ADJUSTMENT_DECIDED] = { "adjustments_decided", "need" },
  [AMENDS_EVENT_PERSON_ADJUSTMENT_MADE] = { "adjustments_made", "need" },
  [AMENDS_EVENT_PERSON_ADJUSTMENT_REVIEWED] = { "adjustments_reviewed", "need" },
};

/* Of a field: that one of several stopped, before their name. */
#define WITHDRAWN_ALONE "withdrawn."

static const char *const endings[] = { "closed", "stage2_closed", "declined", "withdrawn", NULL };

/* What begins anew when stage 1 does; "findings" is those of all issues. */
static const char *const of_a_cycle[] = {
  "acknowledged",
  "accepted",
  "triaged",
  "defined",
  "findings",
  "extended",
  "responded",
  "delivered",
  "escalation_requested",
  "escalation_refused",
  "stage2_acknowledged",
  "stage2_assigned",
  "stage2_defined",
  "stage2_findings",
  "stage2_extended",
  "stage2_responded",
  "request_resolved",
  NULL,
};

static char *
dup_field_for_all (const ActField *field, const json_t *body)
{
  const json_t *key = field->key != NULL ? json_object_get (body, field->key) : NULL;

  if (json_is_integer (key))
    return g_strdup_printf ("%s.%" JSON_INTEGER_FORMAT, field->name, json_integer_value (key));
  if (json_is_string (key))
    return g_strdup_printf ("%s.%s", field->name, json_string_value (key));
  return g_strdup (field->whole != NULL ? field->whole : field->name);
}

/**
 * amends_act_dup_field:
 * @type: of an event
 * @body: its body
 *
 * Returns: (transfer full) (nullable): the field of the case that it writes, "stage2_responded", also of one of
 * several who complain together, "stage2_responded.Kit Fenn"; %NULL if it stands for itself or is no act of
 * complaint handling
 */
char *
amends_act_dup_field (AmendsEventType type, const json_t *body)
{
  const char *who = json_string_value (json_object_get (body, "who"));
  g_autofree char *name = NULL;

  g_return_val_if_fail ((guint) type < AMENDS_EVENT_N_TYPES, NULL);

  name = dup_field_for_all (&act_fields[type], body);
  return name != NULL && who != NULL ? g_strjoin (".", name, who, NULL) : g_steal_pointer (&name);
}

static gboolean
is_name (const char *name, const char *text, gsize length)
{
  return name != NULL && strlen (name) == length && strncmp (name, text, length) == 0;
}

/**
 * amends_act_get_type_of_field:
 * @name: of a field of a case
 *
 * Returns: the type of the act that writes it, of two the one that stands for both: a response that was
 * drafted and sent is a response; %AMENDS_EVENT_UNKNOWN if none does
 */
AmendsEventType
amends_act_get_type_of_field (const char *name)
{
  gsize length = strcspn (name, ".");

  for (guint i = 0; i < AMENDS_EVENT_N_TYPES; i++)
    if (is_name (act_fields[i].name, name, length) || is_name (act_fields[i].whole, name, length))
      return (AmendsEventType) i;
  return AMENDS_EVENT_UNKNOWN;
}

/**
 * amends_act_get_opening:
 * @type: of an act
 * @ret_key: (out) (optional): the member of its body that names the event it follows up
 *
 * Returns: the type of the act that it follows up: of "action-done" that is "action-added";
 * %AMENDS_EVENT_UNKNOWN if it follows up none
 */
AmendsEventType
amends_act_get_opening (AmendsEventType type, const char **ret_key)
{
  g_return_val_if_fail ((guint) type < AMENDS_EVENT_N_TYPES, AMENDS_EVENT_UNKNOWN);

  if (ret_key != NULL)
    *ret_key = act_fields[type].key;
  return act_fields[type].follows;
}

/**
 * amends_act_is_of_needs:
 * @type: of an act
 *
 * Returns: whether it is about an adjustment, which whoever acts for a complainant may need as well
 */
gboolean
amends_act_is_of_needs (AmendsEventType type)
{
  return type == AMENDS_EVENT_ADJUSTMENT_ADDED || type == AMENDS_EVENT_ADJUSTMENT_ENDED
         || type == AMENDS_EVENT_PERSON_ADJUSTMENT_DECIDED
         || type == AMENDS_EVENT_PERSON_ADJUSTMENT_MADE
         || type == AMENDS_EVENT_PERSON_ADJUSTMENT_REVIEWED;
}

/**
 * amends_act_get_follow_up_word:
 * @type: of an act that follows up another
 *
 * Returns: (transfer none) (nullable): what it is called beside that one, "done"
 */
const char *
amends_act_get_follow_up_word (AmendsEventType type)
{
  return act_fields[type].as;
}

/**
 * amends_case_find_act:
 * @type: of an act
 * @id: (nullable): of its event, in text
 *
 * Returns: (transfer none) (nullable): that act, as it stands in the history
 */
const AmendsHistoryEntry *
amends_case_find_act (const AmendsCase *self, AmendsEventType type, const char *id)
{
  AmendsId wanted;

  if (id == NULL || !amends_id_parse_len (id, strlen (id), &wanted))
    return NULL;
  for (guint i = 0; i < self->history->len; i++)
    {
      const AmendsHistoryEntry *entry = &g_array_index (self->history, AmendsHistoryEntry, i);

      if (entry->type == type && entry->body != NULL
          && amends_id_equal (&entry->event->id, &wanted))
        return entry;
    }
  return NULL;
}

/* What goes to each of several is sent once it is with all whom it is owed. */
static gboolean
is_sent (const AmendsCase *self, AmendsEventType sent, const AmendsHistoryEntry *draft)
{
  const char *field = act_fields[sent].name;
  gboolean is_for_one = json_object_get (draft->body, "who") != NULL;
  char id[AMENDS_ID_BUFFER];

  amends_id_format_to (&draft->event->id, id);
  for (guint i = 0; i < self->history->len; i++)
    {
      const AmendsHistoryEntry *entry = &g_array_index (self->history, AmendsHistoryEntry, i);

      if (entry->type == sent && entry->body != NULL
          && g_strcmp0 (json_string_value (json_object_get (entry->body, "draft")), id) == 0
          && (is_for_one || json_object_get (entry->body, "who") == NULL
              || amends_case_stands (self, field)))
        return TRUE;
    }
  return FALSE;
}

/**
 * amends_case_get_draft_state:
 * @draft: a draft of a response, of either stage
 *
 * Returns: where it stands
 */
AmendsDraftState
amends_case_get_draft_state (const AmendsCase *self, const AmendsHistoryEntry *draft)
{
  gboolean is_stage_2 = draft->type == AMENDS_EVENT_CASE_STAGE2_DRAFTED;
  const json_t *answer = amends_case_get_follow_up (self,
                                                    is_stage_2 ? AMENDS_EVENT_CASE_STAGE2_APPROVED
                                                               : AMENDS_EVENT_CASE_APPROVED,
                                                    &draft->event->id);

  if (is_sent (self, is_stage_2 ? AMENDS_EVENT_CASE_STAGE2_SENT : AMENDS_EVENT_CASE_SENT, draft))
    return AMENDS_DRAFT_SENT;
  if (answer == NULL)
    return AMENDS_DRAFT_WRITTEN;
  return json_is_true (json_object_get (answer, "agreed")) ? AMENDS_DRAFT_APPROVED
                                                           : AMENDS_DRAFT_SENT_BACK;
}

/* Whether a draft waits for something: one for whoever took their complaint back waits for nothing. */
static gboolean
is_waiting (const AmendsCase *self, const char *who, AmendsDraftState state)
{
  return state != AMENDS_DRAFT_SENT
         && (who == NULL || amends_complainant_get_act (self, who, "withdrawn") == NULL);
}

/**
 * amends_case_find_newest_draft:
 * @type: %AMENDS_EVENT_CASE_DRAFTED or %AMENDS_EVENT_CASE_STAGE2_DRAFTED
 *
 * Of what was drafted for one of several who complain the newest for each stands, until it is sent or they take
 * their complaint back.
 *
 * Returns: (transfer none) (nullable): the newest draft of that stage, which stands for those before it; of several
 *   that stand the newest that is approved, then the newest that waits for something, then the newest that was sent
 */
const AmendsHistoryEntry *
amends_case_find_newest_draft (const AmendsCase *self, AmendsEventType type)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new ();
  const AmendsHistoryEntry *waiting = NULL;
  const AmendsHistoryEntry *sent = NULL;
  gboolean is_last = FALSE;

  for (guint i = self->history->len; i-- > 0 && !is_last;)
    {
      const AmendsHistoryEntry *entry = &g_array_index (self->history, AmendsHistoryEntry, i);
      const char *who = json_string_value (json_object_get (entry->body, "who"));
      AmendsDraftState state;

      if (entry->type != type || entry->body == NULL
          || (who != NULL && g_ptr_array_find_with_equal_func (found, who, g_str_equal, NULL)))
        continue;
      state = amends_case_get_draft_state (self, entry);
      if (state == AMENDS_DRAFT_APPROVED && is_waiting (self, who, state))
        return entry;
      if (waiting == NULL && is_waiting (self, who, state))
        waiting = entry;
      if (sent == NULL && state == AMENDS_DRAFT_SENT)
        sent = entry;
      is_last = who == NULL;
      g_ptr_array_add (found, (gpointer) who);
    }
  return waiting != NULL ? waiting : sent;
}

/**
 * amends_case_find_unsent:
 * @type: %AMENDS_EVENT_CASE_DRAFTED or %AMENDS_EVENT_CASE_STAGE2_DRAFTED
 *
 * Returns: (transfer none) (nullable): the newest draft of that stage, if it is approved and not sent
 */
const AmendsHistoryEntry *
amends_case_find_unsent (const AmendsCase *self, AmendsEventType type)
{
  const AmendsHistoryEntry *draft = amends_case_find_newest_draft (self, type);

  return draft != NULL && amends_case_get_draft_state (self, draft) == AMENDS_DRAFT_APPROVED ? draft
                                                                                             : NULL;
}

/**
 * amends_case_get_follow_up:
 * @type: of an act that follows up another
 * @opening: the event of that other
 *
 * Returns: (transfer none) (nullable): what it says; of two versions the first; %NULL if it was not
 * followed up so
 */
const json_t *
amends_case_get_follow_up (const AmendsCase *self, AmendsEventType type, const AmendsId *opening)
{
  char id[AMENDS_ID_BUFFER];
  g_autofree char *name = NULL;
  const json_t *value;

  amends_id_format_to (opening, id);
  name = g_strdup_printf ("%s.%s", act_fields[type].name, id);
  value = amends_case_get_value (self, name);
  return json_is_object (value) ? value : NULL;
}

/**
 * amends_case_reports_hazard:
 * @entry: of the history
 *
 * Returns: whether a hazard was told of in it, as it was written or as it was corrected
 */
gboolean
amends_case_reports_hazard (const AmendsHistoryEntry *entry)
{
  return entry->type == AMENDS_EVENT_CASE_HAZARD_REPORTED
         || (entry->type == AMENDS_EVENT_CASE_RECORDED
             && (amends_body_reports_hazard (entry->written)
                 || amends_body_reports_hazard (entry->body)));
}

/**
 * amends_case_is_open_promise:
 * @entry: of the history
 *
 * Source: Complaint Handling Code 2024, 6.6 and 7.3.
 * Returns: whether that is an action or an order that is not done, or a remedy that was accepted and is
 * not given
 */
gboolean
amends_case_is_open_promise (const AmendsCase *self, const AmendsHistoryEntry *entry)
{
  const AmendsId *id = &entry->event->id;
  const char *answer;

  if (entry->type == AMENDS_EVENT_CASE_ACTION_ADDED)
    return amends_case_get_follow_up (self, AMENDS_EVENT_CASE_ACTION_DONE, id) == NULL;
  if (entry->type == AMENDS_EVENT_CASE_ORDER)
    return amends_case_get_follow_up (self, AMENDS_EVENT_CASE_ORDER_DONE, id) == NULL;
  if (entry->type != AMENDS_EVENT_CASE_REMEDY_OFFERED
      || amends_case_get_follow_up (self, AMENDS_EVENT_CASE_REMEDY_GIVEN, id) != NULL)
    return FALSE;
  answer = json_string_value (
      json_object_get (amends_case_get_follow_up (self, AMENDS_EVENT_CASE_REMEDY_ANSWERED, id),
                       "answer"));
  return g_strcmp0 (answer, "accepted") == 0 || g_strcmp0 (answer, "partly-accepted") == 0;
}

/**
 * amends_case_describe_promise:
 * @entry: an action, an order or a remedy, with its body
 *
 * Returns: (nullable): what was promised: in words, or the code of a remedy
 */
const char *
amends_case_describe_promise (const AmendsHistoryEntry *entry)
{
  const char *what = json_string_value (json_object_get (entry->body, "what"));

  return what != NULL ? what : json_string_value (json_object_get (entry->body, "remedy"));
}

/**
 * amends_case_count_open_promises:
 *
 * Source: Complaint Handling Code 2024, 6.6 and 7.3.
 * Returns: how many actions and orders are not done and how many remedies that were accepted are not given
 */
guint
amends_case_count_open_promises (const AmendsCase *self)
{
  guint n_open = 0;

  for (guint i = 0; i < self->history->len; i++)
    {
      const AmendsHistoryEntry *entry = &g_array_index (self->history, AmendsHistoryEntry, i);

      n_open += entry->body != NULL && amends_case_is_open_promise (self, entry) ? 1 : 0;
    }
  return n_open;
}

/**
 * amends_act_begins_stage_2:
 * @type: of an act
 *
 * Returns: whether a landlord that does it takes stage 2 in hand, also where it was refused before
 */
gboolean
amends_act_begins_stage_2 (AmendsEventType type)
{
  return type == AMENDS_EVENT_CASE_STAGE2_ACKNOWLEDGED || type == AMENDS_EVENT_CASE_STAGE2_ASSIGNED
         || type == AMENDS_EVENT_CASE_STAGE2_RESPONDED || type == AMENDS_EVENT_CASE_STAGE2_SENT;
}

/**
 * amends_act_dup_facts:
 *
 * Returns: (transfer full): what an act says, without what each event has
 */
json_t *
amends_act_dup_facts (const json_t *body)
{
  json_t *facts = json_object ();
  const char *key;
  json_t *value;

  json_object_foreach ((json_t *) body, key, value)
    if (!amends_body_is_envelope (key))
      json_object_set (facts, key, value);
  return facts;
}

/* Whether @field is one of them, or a part of one: "delivered.2" of "delivered". Of one who stopped there are no parts:
 * what follows a dot is of a name, "withdrawn.Kit. Fenn". */
static gboolean
is_of_names (const char *field, const char *const *names)
{
  for (guint n = 0; names[n] != NULL; n++)
    {
      gsize length = strlen (names[n]);

      if (strncmp (field, names[n], length) == 0
          && (field[length] == '\0'
              || (field[length] == '.' && !g_str_has_prefix (names[n], WITHDRAWN_ALONE))))
        return TRUE;
    }
  return FALSE;
}

/* Whether the author of what stands at @place had seen that somebody wrote the field. */
static gboolean
was_written_before (const AmendsCase *self, const char *name, guint place)
{
  const AmendsField *field = amends_fields_get (self->fields, name);

  for (guint w = 0; field != NULL && w < field->writes->len; w++)
    {
      const AmendsWrite *write = &g_array_index (field->writes, AmendsWrite, w);

      if (!json_is_null (write->value) && amends_fold_is_before (self->fold, write->place, place))
        return TRUE;
    }
  return FALSE;
}

/* Whether the author had seen each who complains take their complaint back, one by one or all at once: else whoever
 * stopped alone stays away. */
static gboolean
had_all_stopped (const AmendsCase *self, guint place)
{
  g_autoptr (GArray) list = amends_case_list_complainants (self);

  if (was_written_before (self, "withdrawn", place))
    return TRUE;
  for (guint i = 0; i < list->len; i++)
    {
      const AmendsComplainant *each = &g_array_index (list, AmendsComplainant, i);
      g_autofree char *name = g_strconcat ("withdrawn.", each->who, NULL);

      if (!was_written_before (self, name, place))
        return FALSE;
    }
  return TRUE;
}

/* Takes back what the author had seen, also where somebody else has written it anew since: what was
 * written apart still stands beside it. */
static void
take_back (AmendsCase *self, guint place, const char *const *names)
{
  g_autoptr (GHashTable) taken = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gboolean come_back =
      g_str_has_prefix (names[0], WITHDRAWN_ALONE) || had_all_stopped (self, place);

  for (guint i = 0; i < place; i++)
    {
      const AmendsHistoryEntry *entry = &g_array_index (self->history, AmendsHistoryEntry, i);
      g_autofree char *field = amends_act_dup_field (entry->type, entry->body);

      if (field == NULL || !is_of_names (field, names) || g_hash_table_contains (taken, field)
          || !amends_fold_is_before (self->fold, i, place)
          || (g_str_has_prefix (field, WITHDRAWN_ALONE) && !come_back))
        continue;
      amends_fields_write (self->fields, field, place, json_null ());
      g_hash_table_add (taken, g_steal_pointer (&field));
    }
}

/**
 * amends_case_is_joined_by:
 * @entry: of the history
 *
 * Returns: whether it joins the case, an issue of it or a person with another, and nobody said that this was a mistake
 */
gboolean
amends_case_is_joined_by (const AmendsCase *self, const AmendsHistoryEntry *entry)
{
  return entry->body != NULL
         && (entry->type == AMENDS_EVENT_CASE_MATCHED || entry->type == AMENDS_EVENT_CASE_JOINED
             || entry->type == AMENDS_EVENT_CASE_SPLIT
             || entry->type == AMENDS_EVENT_CASE_COMPLAINANT_JOINED)
         && amends_case_get_follow_up (self, AMENDS_EVENT_CASE_PARTED, &entry->event->id) == NULL;
}

/* What @joined wrote is as if it had never been written: what was joined before it stands again. The act that parts
 * them is written already. */
static void
apply_parted (AmendsCase *self, guint place, const AmendsHistoryEntry *joined)
{
  g_autofree char *field = amends_act_dup_field (joined->type, joined->body);
  json_t *value = NULL;

  for (guint i = place; field != NULL && value == NULL && i-- > 0;)
    {
      const AmendsHistoryEntry *entry = &g_array_index (self->history, AmendsHistoryEntry, i);
      g_autofree char *other = amends_act_dup_field (entry->type, entry->body);

      if (g_strcmp0 (other, field) == 0 && amends_case_is_joined_by (self, entry)
          && amends_fold_is_before (self->fold, i, place))
        value = amends_act_dup_facts (entry->body);
    }
  if (field != NULL)
    amends_fields_write (self->fields, field, place, value != NULL ? value : json_null ());
}

/* (nullable): what the act at @place says was a mistake. */
static const AmendsHistoryEntry *
find_mistake (const AmendsCase *self, guint place, const json_t *body)
{
  const char *id = json_string_value (json_object_get (body, "event"));
  AmendsId wanted;

  if (id == NULL || !amends_id_parse_len (id, strlen (id), &wanted))
    return NULL;
  for (guint i = 0; i < place; i++)
    {
      const AmendsHistoryEntry *entry = &g_array_index (self->history, AmendsHistoryEntry, i);

      if (amends_id_equal (&entry->event->id, &wanted)
          && amends_fold_is_before (self->fold, i, place))
        return entry;
    }
  return NULL;
}

/**
 * amends_act_is_extension:
 *
 * Of several who complain it may be done for each again, and its field is of the last that all were told of.
 *
 * Returns: whether it puts the answer of a stage off
 */
gboolean
amends_act_is_extension (AmendsEventType type)
{
  return type == AMENDS_EVENT_CASE_EXTENDED || type == AMENDS_EVENT_CASE_STAGE2_EXTENDED;
}

/**
 * amends_act_restarts:
 * @body: of a reopening
 *
 * Returns: whether the clock of stage 1 begins again with it
 */
gboolean
amends_act_restarts (const json_t *body)
{
  const char *because = json_string_value (json_object_get (body, "because"));

  return g_strcmp0 (because, "refusal-overturned") == 0
         || g_strcmp0 (because, "ombudsman-instruction") == 0;
}

/* A service request that becomes a complaint was received on the day on which they first said that
 * they were unhappy with the answer; the request's own day stays in the history. */
static void
apply_promoted (AmendsCase *self, guint place, const json_t *body)
{
  json_t *on = json_object_get (body, "on");
  json_t *entry = json_object_get (body, "entry");

  amends_fields_write (self->fields, "kind", place, json_string ("complaint"));
  if (json_is_string (on))
    amends_fields_write (self->fields, "received", place, json_incref (on));
  if (json_is_string (entry))
    amends_fields_write (self->fields, "stage_1_entry", place, json_incref (entry));
}

/**
 * amends_case_apply_act:
 * @place: of the event, in the fold's order
 * @entry: the event
 *
 * Writes the field of an act of complaint handling, and takes back what that act takes back: of one issue
 * that is taken up again only that it was declined, of one person who comes back only that they had stopped.
 */
void
amends_case_apply_act (AmendsCase *self, guint place, const AmendsHistoryEntry *entry)
{
  static const char *const ended[] = { "closed", "withdrawn", NULL };
  static const char *const refused[] = { "escalation_refused", NULL };
  g_autofree char *field = amends_act_dup_field (entry->type, entry->body);
  const char *issue = json_string_value (json_object_get (entry->body, "issue"));
  const char *who = json_string_value (json_object_get (entry->body, "who"));
  const AmendsHistoryEntry *mistake =
      entry->type == AMENDS_EVENT_CASE_PARTED ? find_mistake (self, place, entry->body) : NULL;
  gboolean was_joined = mistake != NULL && amends_case_is_joined_by (self, mistake);

  if (entry->type == AMENDS_EVENT_CASE_REOPENED && (issue != NULL || who != NULL))
    {
      g_autofree char *part = issue != NULL ? g_strconcat ("declined_issues.", issue, NULL)
                                            : g_strconcat (WITHDRAWN_ALONE, who, NULL);
      const char *const names[] = { part, NULL };

      take_back (self, place, names);
    }
  else if (entry->type == AMENDS_EVENT_CASE_REOPENED)
    {
      take_back (self, place, endings);
      if (amends_act_restarts (entry->body))
        take_back (self, place, of_a_cycle);
    }
  /* Neither closing it nor taking the request back ends the right to say that one is unhappy. */
  else if (entry->type == AMENDS_EVENT_CASE_PROMOTED
           || entry->type == AMENDS_EVENT_CASE_DISSATISFIED)
    take_back (self, place, ended);
  else if (entry->type == AMENDS_EVENT_CASE_ESCALATION_REQUESTED
           || amends_act_begins_stage_2 (entry->type))
    take_back (self, place, refused);

  if (entry->type == AMENDS_EVENT_CASE_PROMOTED)
    apply_promoted (self, place, entry->body);
  if (field != NULL)
    amends_fields_write (self->fields, field, place, amends_act_dup_facts (entry->body));
  if (was_joined)
    apply_parted (self, place, mistake);
}

/**
 * amends_case_overrule:
 * @place: of an event that settles a conflict
 * @name: the field
 *
 * Marks the acts that the person who settled it had seen and put another value in place of.
 */
void
amends_case_overrule (AmendsCase *self, guint place, const char *name)
{
  const AmendsField *field = amends_fields_get (self->fields, name);

  if (amends_act_get_type_of_field (name) == AMENDS_EVENT_UNKNOWN)
    return;
  for (guint w = 0; field != NULL && w < field->writes->len; w++)
    {
      guint written = g_array_index (field->writes, AmendsWrite, w).place;

      if (amends_fold_is_before (self->fold, written, place))
        g_array_index (self->history, AmendsHistoryEntry, written).is_overruled = TRUE;
    }
}

/**
 * amends_case_stands:
 * @name: of a field
 *
 * Returns: whether something stands there; of a conflict, whether every version of it says so
 */
gboolean
amends_case_stands (const AmendsCase *self, const char *name)
{
  const AmendsField *field = amends_fields_get (self->fields, name);

  for (guint w = 0; field != NULL && w < field->writes->len; w++)
    if (json_is_null (g_array_index (field->writes, AmendsWrite, w).value))
      return FALSE;
  return field != NULL;
}

/**
 * amends_case_holds:
 * @name: of a field
 *
 * Returns: whether something stands there; of a conflict, whether any version of it says so
 */
gboolean
amends_case_holds (const AmendsCase *self, const char *name)
{
  const AmendsField *field = amends_fields_get (self->fields, name);

  for (guint w = 0; field != NULL && w < field->writes->len; w++)
    if (!json_is_null (g_array_index (field->writes, AmendsWrite, w).value))
      return TRUE;
  return FALSE;
}

/* Whether a request for stage 2 stands that nobody refused who had seen it. */
static gboolean
is_escalated (const AmendsCase *self)
{
  const AmendsField *requested = amends_fields_get (self->fields, "escalation_requested");
  const AmendsField *refused = amends_fields_get (self->fields, "escalation_refused");

  for (guint i = 0; requested != NULL && i < requested->writes->len; i++)
    {
      const AmendsWrite *request = &g_array_index (requested->writes, AmendsWrite, i);
      gboolean is_refused = json_is_null (request->value);

      for (guint j = 0; refused != NULL && j < refused->writes->len; j++)
        {
          const AmendsWrite *refusal = &g_array_index (refused->writes, AmendsWrite, j);

          is_refused |= !json_is_null (refusal->value)
                        && amends_fold_is_before (self->fold, request->place, refusal->place);
        }
      if (!is_refused)
        return TRUE;
    }
  return FALSE;
}

/* Whether a request for stage 2 stands that whoever wrote the ending had not seen: it waits for a decision,
 * and somebody has to find it. */
static gboolean
is_asked_after (const AmendsCase *self, const char *ending)
{
  const AmendsField *requested = amends_fields_get (self->fields, "escalation_requested");
  const AmendsField *ended = amends_fields_get (self->fields, ending);

  if (requested == NULL || !is_escalated (self))
    return FALSE;
  for (guint i = 0; i < requested->writes->len; i++)
    {
      const AmendsWrite *request = &g_array_index (requested->writes, AmendsWrite, i);
      gboolean is_seen = json_is_null (request->value);

      for (guint j = 0; j < ended->writes->len; j++)
        is_seen |= amends_fold_is_before (self->fold, request->place,
                                          g_array_index (ended->writes, AmendsWrite, j).place);
      if (!is_seen)
        return TRUE;
    }
  return FALSE;
}

/* Where two versions stand the case is open: that is stricter on the landlord. A complaint that was refused
 * or taken back is open again when stage 2 is asked for, until that is answered. */
static gboolean
is_closed (const AmendsCase *self)
{
  static const char *const first[] = { "withdrawn", "declined" };

  for (guint i = 0; i < G_N_ELEMENTS (first); i++)
    if (amends_case_stands (self, first[i]) && !is_asked_after (self, first[i]))
      return TRUE;
  if (self->is_erased || amends_case_stands (self, "stage2_closed"))
    return TRUE;
  return amends_case_stands (self, "closed") && !is_escalated (self);
}

/**
 * amends_case_get_state:
 *
 * Closed, declined and withdrawn cases are closed until they are reopened; a request for stage 2 opens
 * one of them until it is refused, so that it is found. Of two versions the one that leaves it open stands.
 *
 * Returns: (transfer none): "open" or "closed"
 */
const char *
amends_case_get_state (const AmendsCase *self)
{
  return is_closed (self) || amends_case_is_away (self) ? "closed" : "open";
}

/**
 * amends_case_get_stage:
 *
 * A request for stage 2 that came before the response is kept until then, or until stage 2 is begun;
 * whether it has taken effect because stage 1 is overdue is for the clocks to say.
 *
 * Returns: (transfer none): "stage-1", "stage-2" or "closed"; of what is no complaint (yet) its kind,
 * "service-request"; "" if that is not known
 */
const char *
amends_case_get_stage (const AmendsCase *self)
{
  const char *kind = amends_case_get_text (self, "kind");

  if (is_closed (self))
    return "closed";
  if (is_escalated (self)
      && (amends_case_holds (self, "responded") || amends_case_holds (self, "stage2_acknowledged")
          || amends_case_holds (self, "stage2_assigned")
          || amends_case_holds (self, "stage2_responded")))
    return "stage-2";
  if (kind == NULL)
    return "";
  return amends_case_is_complaint (self) ? "stage-1" : kind;
}

/**
 * amends_case_is_complaint:
 *
 * Returns: whether any version of it says that it is a complaint. A request to escalate that nobody has
 * joined to its case yet is one: somebody is owed an answer.
 */
gboolean
amends_case_is_complaint (const AmendsCase *self)
{
  const AmendsField *kind = amends_fields_get (self->fields, "kind");

  for (guint i = 0; kind != NULL && i < kind->writes->len; i++)
    {
      const char *word = json_string_value (g_array_index (kind->writes, AmendsWrite, i).value);

      if (g_strcmp0 (word, "complaint") == 0 || g_strcmp0 (word, "escalation-request") == 0)
        return TRUE;
    }
  return FALSE;
}

/**
 * amends_case_list_ask_first:
 *
 * Where two named somebody apart either may know what the other does not: it is asked for both until that is settled.
 * Returns: (transfer container) (element-type utf8): the names of those of whom one is asked before anybody rings, visits
 *   or writes, each once; none if nobody need be
 */
GPtrArray *
amends_case_list_ask_first (const AmendsCase *self)
{
  const AmendsField *field = amends_fields_get (self->fields, "ask_first");
  GPtrArray *names = g_ptr_array_new ();

  for (guint i = 0; field != NULL && i < field->writes->len; i++)
    {
      const json_t *value = g_array_index (field->writes, AmendsWrite, i).value;
      const json_t *ask = json_object_get (value, "ask");
      const char *name = json_string_value (json_object_get (ask, "name"));

      if (name != NULL && !g_ptr_array_find_with_equal_func (names, name, g_str_equal, NULL))
        g_ptr_array_add (names, (gpointer) name);
    }
  return names;
}
