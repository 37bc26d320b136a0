/* amends-case-clocks.c: what happened in a case, as the clocks take it
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * An act is an event of the clocks as it stands in the history: the first of its kind counts, and a later
 * one does not take its place, so that an acknowledgement by telephone and the letter after it are both
 * there. Only where a person settled a conflict does that value stand for those it was settled over.
 * Two extensions that were decided apart are one extension, by the fewer days. */

#include "core/amends-case-clocks-private.h"

#include <string.h>

#include "core/amends-complainant-round.h"
#include "core/amends-json.h"

/* An act that counts: as it was written, or as a conflict over it was settled.
 * @is_void: of a request for stage 2 that begins nothing, or a refusal of it that ends nothing
 * @is_undone: of a refusal, whether stage 2 was begun all the same
 * @refusal: of a request for stage 2, the place in the list where it was refused; -1 if it was not
 * @is_anew: of a hazard that was told of: whether another was over that day, by who did not know of this one
 * @hazards: as of an AmendsClockEvent
 * @turn: likewise */
typedef struct
{
  guint place;
  AmendsEventType type;
  json_t *body; /* (owned) */
  AmendsDay day;
  gboolean is_void;
  gboolean is_undone;
  int refusal;
  gboolean is_anew;
  guint64 hazards;
  guint turn;
} Act;

static const AmendsClockEventKind kinds[AMENDS_EVENT_N_TYPES] = {
  [AMENDS_EVENT_CASE_ACKNOWLEDGED] = AMENDS_CLOCK_EVENT_ACKNOWLEDGED,
  [AMENDS_EVENT_CASE_DECLINED] = AMENDS_CLOCK_EVENT_DECLINED,
  [AMENDS_EVENT_CASE_WITHDRAWN] = AMENDS_CLOCK_EVENT_WITHDRAWN,
  [AMENDS_EVENT_CASE_REOPENED] = AMENDS_CLOCK_EVENT_REOPENED,
  [AMENDS_EVENT_CASE_ASSIGNED] = AMENDS_CLOCK_EVENT_ASSIGNED,
  [AMENDS_EVENT_CASE_CONTACTED] = AMENDS_CLOCK_EVENT_CONTACTED,
  [AMENDS_EVENT_CASE_EXTENDED] = AMENDS_CLOCK_EVENT_EXTENDED,
  [AMENDS_EVENT_CASE_UPDATED] = AMENDS_CLOCK_EVENT_UPDATED,
  [AMENDS_EVENT_CASE_RESPONDED] = AMENDS_CLOCK_EVENT_RESPONDED,
  [AMENDS_EVENT_CASE_ESCALATION_REQUESTED] = AMENDS_CLOCK_EVENT_ESCALATION_REQUESTED,
  [AMENDS_EVENT_CASE_STAGE2_ACKNOWLEDGED] = AMENDS_CLOCK_EVENT_STAGE2_ACKNOWLEDGED,
  [AMENDS_EVENT_CASE_STAGE2_ASSIGNED] = AMENDS_CLOCK_EVENT_STAGE2_ASSIGNED,
  [AMENDS_EVENT_CASE_STAGE2_CONTACTED] = AMENDS_CLOCK_EVENT_STAGE2_CONTACTED,
  [AMENDS_EVENT_CASE_STAGE2_UPDATED] = AMENDS_CLOCK_EVENT_STAGE2_UPDATED,
  [AMENDS_EVENT_CASE_STAGE2_EXTENDED] = AMENDS_CLOCK_EVENT_STAGE2_EXTENDED,
  [AMENDS_EVENT_CASE_STAGE2_RESPONDED] = AMENDS_CLOCK_EVENT_STAGE2_RESPONDED,
  [AMENDS_EVENT_CASE_STAGE2_CLOSED] = AMENDS_CLOCK_EVENT_STAGE2_CLOSED,
  [AMENDS_EVENT_CASE_CLOSURE_CONTACT] = AMENDS_CLOCK_EVENT_CLOSURE_CONTACT,
  [AMENDS_EVENT_CASE_CLOSED] = AMENDS_CLOCK_EVENT_CLOSED,
  [AMENDS_EVENT_CASE_PANEL_REQUESTED] = AMENDS_CLOCK_EVENT_PANEL_REQUESTED,
  [AMENDS_EVENT_CASE_PANEL_DECIDED] = AMENDS_CLOCK_EVENT_PANEL_DECIDED,
  [AMENDS_EVENT_CASE_DISSATISFIED] = AMENDS_CLOCK_EVENT_DISSATISFIED,
  [AMENDS_EVENT_CASE_REQUEST_RESOLVED] = AMENDS_CLOCK_EVENT_SERVICE_REQUEST_RESOLVED,
  [AMENDS_EVENT_CASE_HAZARD_REPORTED] = AMENDS_CLOCK_EVENT_HAZARD_REPORTED,
  [AMENDS_EVENT_CASE_HAZARD_INVESTIGATED] = AMENDS_CLOCK_EVENT_HAZARD_INVESTIGATED,
  [AMENDS_EVENT_CASE_HAZARD_SUMMARY_SENT] = AMENDS_CLOCK_EVENT_HAZARD_SUMMARY_SENT,
  [AMENDS_EVENT_CASE_HAZARD_MADE_SAFE] = AMENDS_CLOCK_EVENT_HAZARD_MADE_SAFE,
};

/* What a record of a kind begins with; a complaint with its day of receipt, which may be another. */
static const struct
{
  const char *kind;
  AmendsClockEventKind event;
} beginnings[] = {
  { "service-request", AMENDS_CLOCK_EVENT_SERVICE_REQUEST_OPENED },
  { "informal", AMENDS_CLOCK_EVENT_INFORMAL_OPENED },
  { "elected-member-enquiry", AMENDS_CLOCK_EVENT_ENQUIRY_RECEIVED },
  { "data-protection-complaint", AMENDS_CLOCK_EVENT_DATA_COMPLAINT_RECEIVED },
};

static const char *
get_text (const json_t *object, const char *key)
{
  return json_string_value (json_object_get (object, key));
}

/**
 * amends_channel_get_medium:
 * @channel: (nullable): a code of the list "channel"
 *
 * Returns: whether it is spoken by telephone or in person; all else is written
 */
AmendsClockMedium
amends_channel_get_medium (const char *channel)
{
  static const char *const by_telephone[] = { "telephone", "voicemail", NULL };
  static const char *const in_person[] = { "in-person", "home-visit", "meeting", NULL };

  if (channel != NULL && g_strv_contains (by_telephone, channel))
    return AMENDS_CLOCK_MEDIUM_TELEPHONE;
  if (channel != NULL && g_strv_contains (in_person, channel))
    return AMENDS_CLOCK_MEDIUM_IN_PERSON;
  return AMENDS_CLOCK_MEDIUM_WRITTEN;
}

/* By day, then what is written first: of two versions of one day the spoken one may not count, and that
 * a hazard was found asks for more than that there is none. */
static gboolean
is_earlier (const json_t *a, const json_t *b)
{
  AmendsDay day_a = amends_day_from_json (a, "on");
  AmendsDay day_b = amends_day_from_json (b, "on");
  AmendsClockMedium medium_a = amends_channel_get_medium (get_text (a, "channel"));
  AmendsClockMedium medium_b = amends_channel_get_medium (get_text (b, "channel"));

  if (day_a != day_b)
    return day_a < day_b;
  if (medium_a != medium_b)
    return medium_a < medium_b;
  return json_is_false (json_object_get (a, "found"))
         && !json_is_false (json_object_get (b, "found"));
}

/* Whether of an act the earliest version is read; of what is no act, such as the day of receipt, it is. */
static gboolean
reads_earliest (AmendsEventType type, AmendsReading reading)
{
  if (reading != AMENDS_READING_LONGEST)
    return reading != AMENDS_READING_LATEST;
  return type == AMENDS_EVENT_UNKNOWN || type == AMENDS_EVENT_CASE_ACKNOWLEDGED
         || type == AMENDS_EVENT_CASE_ASSIGNED || type == AMENDS_EVENT_CASE_ESCALATION_REQUESTED
         || type == AMENDS_EVENT_CASE_STAGE2_ACKNOWLEDGED
         || type == AMENDS_EVENT_CASE_STAGE2_ASSIGNED
         || type == AMENDS_EVENT_CASE_HAZARD_INVESTIGATED;
}

/* Whether of a field in conflict another version than that of @place is read. */
static gboolean
is_passed_over (const AmendsField *field, guint place, AmendsReading reading)
{
  const AmendsWrite *read = NULL;
  gboolean stands = FALSE;

  if (field == NULL || !amends_field_is_in_conflict (field))
    return FALSE;
  for (guint i = 0; i < field->writes->len; i++)
    {
      const AmendsWrite *write = &g_array_index (field->writes, AmendsWrite, i);

      stands |= write->place == place;
      if (amends_day_from_json (write->value, "on") == AMENDS_DAY_NONE)
        continue;
      if (read == NULL
          || (reads_earliest (amends_act_get_type_of_field (field->name), reading)
                  ? is_earlier (write->value, read->value)
                  : is_earlier (read->value, write->value)))
        read = write;
    }
  return stands && read != NULL && read->place != place;
}

/* Takes the body. */
static void
add_act (const AmendsCase *self, GArray *acts, Act *act, const char *field, AmendsReading reading)
{
  act->day = amends_day_from_json (act->body, "on");
  if (act->day != AMENDS_DAY_NONE
      && (field == NULL || amends_act_is_extension (act->type)
          || !is_passed_over (amends_fields_get (amends_case_get_fields (self), field), act->place,
                              reading)))
    g_array_append_vals (acts, act, 1);
  else
    json_decref (act->body);
}

static void
clear_act (gpointer data)
{
  json_decref (((Act *) data)->body);
}

/* (transfer full) (nullable): what stands in an event, of two corrections as the reading says. */
static json_t *
dup_body (const AmendsCase *self, guint place, AmendsReading reading)
{
  const AmendsHistoryEntry *entry = amends_case_get_history (self, place);

  if (reading == AMENDS_READING_WRITTEN)
    return json_incref ((json_t *) entry->written);
  return amends_case_dup_body (self, place, !reads_earliest (entry->type, reading));
}

static int
compare_acts (gconstpointer a, gconstpointer b)
{
  return ((const Act *) a)->place < ((const Act *) b)->place   ? -1
         : ((const Act *) a)->place > ((const Act *) b)->place ? 1
                                                               : 0;
}

/* Takes the body. */
static void
add_act_for_all (GArray *acts, guint place, AmendsEventType type, json_t *body)
{
  Act act = { .place = place,
              .type = type,
              .day = amends_day_from_json (body, "on"),
              .body = body,
              .refusal = -1 };

  g_array_append_val (acts, act);
}

static json_t *
dup_body_for_round (const AmendsCase *self, guint place, gpointer data)
{
  return dup_body (self, place, *(const AmendsReading *) data);
}

/* What may be done for each of several again and again, and each time counts once it is done for all. */
static const AmendsEventType again[] = {
  AMENDS_EVENT_CASE_EXTENDED,
  AMENDS_EVENT_CASE_STAGE2_EXTENDED,
  AMENDS_EVENT_CASE_UPDATED,
  AMENDS_EVENT_CASE_STAGE2_UPDATED,
};

static gboolean
is_again (AmendsEventType type)
{
  for (gsize i = 0; i < G_N_ELEMENTS (again); i++)
    if (again[i] == type)
      return TRUE;
  return FALSE;
}

/* Whether something of that was done for @who alone, so that what was done for all is not read for them. */
static gboolean
has_own (const GArray *acts, guint n_acts, AmendsEventType type, const char *who)
{
  for (guint i = 0; who != NULL && i < n_acts; i++)
    {
      const Act *act = &g_array_index (acts, Act, i);

      if (act->type == type && amends_complainant_is (get_text (act->body, "who"), who)
          && get_text (act->body, "who") != NULL)
        return TRUE;
    }
  return FALSE;
}

/* What was done for each of several who complain counts once it is done for all of them. */
static void
add_acts_for_all (const AmendsCase *self, GArray *acts, AmendsReading reading, const char *who)
{
  g_autoptr (GPtrArray) fields = amends_case_list_for_all (self);
  guint n_acts = acts->len;

  for (guint i = 0; i < fields->len; i++)
    {
      const AmendsField *field = g_ptr_array_index (fields, i);
      const AmendsWrite *write = &g_array_index (field->writes, AmendsWrite, 0);
      AmendsEventType type = amends_act_get_type_of_field (field->name);

      if (!has_own (acts, n_acts, type, who))
        add_act_for_all (acts, write->place, type, json_incref (write->value));
    }
  for (gsize i = 0; i < G_N_ELEMENTS (again); i++)
    {
      g_autoptr (GArray) rounds =
          amends_case_list_rounds (self, again[i], dup_body_for_round, &reading);

      for (guint r = 0; r < rounds->len && !has_own (acts, n_acts, again[i], who); r++)
        add_act_for_all (acts, g_array_index (rounds, AmendsRound, r).place, again[i],
                         json_incref (g_array_index (rounds, AmendsRound, r).body));
    }
  if (acts->len > n_acts)
    g_array_sort (acts, compare_acts);
}

/* Whether what an event says counts by itself: what was done for one of several does for them alone. */
static gboolean
counts_by_itself (const AmendsHistoryEntry *entry, const char *field, const char *who)
{
  const char *whose = get_text (entry->body, "who");
  gboolean is_for_one = (field != NULL && amends_complainant_is_act_for_one (field))
                        || (is_again (entry->type) && whose != NULL);

  return !is_for_one
         || (who != NULL && whose != NULL && amends_complainant_is (whose, who)
             && entry->type != AMENDS_EVENT_CASE_WITHDRAWN);
}

/* Whether what a person settled counts by itself, too: of a field of one of several for them alone. */
static gboolean
settles_by_itself (const char *field, const char *who)
{
  g_autofree char *end = who != NULL ? g_strconcat (".", who, NULL) : NULL;

  return !amends_complainant_is_act_for_one (field)
         || (end != NULL && g_str_has_suffix (field, end)
             && amends_act_get_type_of_field (field) != AMENDS_EVENT_CASE_WITHDRAWN);
}

/* (transfer full) (nullable): what a person settled, which says for whom only in the name of its field. */
static json_t *
dup_settled (const AmendsHistoryEntry *entry, const char *field, const char *who)
{
  json_t *body = json_copy (json_object_get (entry->body, "value"));

  if (json_is_object (body) && amends_complainant_is_act_for_one (field))
    json_object_set_new (body, "who", json_string (who));
  return body;
}

/* The acts that count, in the fold's order; with @who (nullable), as they count for them. */
static GArray *
list_acts (const AmendsCase *self, AmendsReading reading, const char *who)
{
  GArray *acts = g_array_new (FALSE, FALSE, sizeof (Act));

  g_array_set_clear_func (acts, clear_act);
  for (guint i = 0; i < amends_case_get_n_history (self); i++)
    {
      const AmendsHistoryEntry *entry = amends_case_get_history (self, i);
      Act act = { .place = i, .type = entry->type, .day = AMENDS_DAY_NONE, .refusal = -1 };
      g_autofree char *field = amends_act_dup_field (entry->type, entry->body);
      const char *settled = get_text (entry->body, "field");

      if (entry->is_overruled || !counts_by_itself (entry, field, who))
        continue;
      if (amends_event_type_is_handling (entry->type))
        {
          if (field != NULL)
            act.type = amends_act_get_type_of_field (field);
          act.body = dup_body (self, i, reading);
          add_act (self, acts, &act, field, reading);
        }
      else if (entry->type == AMENDS_EVENT_CONFLICT_SETTLED && settled != NULL
               && settles_by_itself (settled, who))
        {
          act.type = amends_act_get_type_of_field (settled);
          act.body = dup_settled (entry, settled, who);
          add_act (self, acts, &act, settled, reading);
        }
    }
  add_acts_for_all (self, acts, reading, who);
  return acts;
}

static json_int_t
get_n_days (const Act *act)
{
  return json_integer_value (json_object_get (act->body, "working_days"));
}

/* Whether another extension stands for it that was decided apart and is shorter, or came first. */
static gboolean
is_outdone (const AmendsCase *self, const GArray *acts, const Act *act)
{
  for (guint i = 0; i < acts->len; i++)
    {
      const Act *other = &g_array_index (acts, Act, i);

      if (other->type == act->type && other->place != act->place
          && !amends_case_is_before (self, other->place, act->place)
          && !amends_case_is_before (self, act->place, other->place)
          && (get_n_days (other) < get_n_days (act)
              || (get_n_days (other) == get_n_days (act) && other->place < act->place)))
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_promotion (AmendsEventType type)
{
  return type == AMENDS_EVENT_CASE_PROMOTED;
}

static gboolean
has_been (const AmendsCase *self, const GArray *acts, AmendsEventType type, guint place)
{
  for (guint i = 0; i < acts->len; i++)
    {
      const Act *act = &g_array_index (acts, Act, i);

      if (act->type == type && amends_case_is_before (self, act->place, place))
        return TRUE;
    }
  return FALSE;
}

/* Whether such an act was done by somebody who had seen what stands at @place. */
static gboolean
is_followed_by (const AmendsCase *self,
                const GArray *acts,
                guint place,
                gboolean (*is_such) (AmendsEventType type))
{
  for (guint i = 0; i < acts->len; i++)
    {
      const Act *act = &g_array_index (acts, Act, i);

      if (is_such (act->type) && amends_case_is_before (self, place, act->place))
        return TRUE;
    }
  return FALSE;
}

/* Which requests were refused by somebody who had seen them. Returns whether one was not. */
static gboolean
match_refusals (const AmendsCase *self, GArray *acts)
{
  gboolean is_any_alive = FALSE;

  for (guint i = 0; i < acts->len; i++)
    {
      Act *request = &g_array_index (acts, Act, i);

      if (request->type != AMENDS_EVENT_CASE_ESCALATION_REQUESTED)
        continue;
      for (guint r = 0; r < acts->len && request->refusal < 0; r++)
        {
          const Act *refusal = &g_array_index (acts, Act, r);

          if (refusal->type == AMENDS_EVENT_CASE_ESCALATION_REFUSED && !refusal->is_undone
              && amends_case_is_before (self, request->place, refusal->place))
            request->refusal = (int) r;
        }
      is_any_alive |= request->refusal < 0;
    }
  return is_any_alive;
}

/* A refusal counts unless stage 2 was begun after it. A request that was refused counts no more once there
 * is another; where there is none, the refusal ends the clocks of stage 2. Before there was a response
 * there was nothing to begin yet. */
static void
judge_requests (const AmendsCase *self, GArray *acts)
{
  gboolean is_any_alive;

  for (guint i = 0; i < acts->len; i++)
    {
      Act *act = &g_array_index (acts, Act, i);

      if (act->type != AMENDS_EVENT_CASE_ESCALATION_REFUSED)
        continue;
      act->is_void = TRUE;
      act->is_undone = is_followed_by (self, acts, act->place, amends_act_begins_stage_2);
    }
  is_any_alive = match_refusals (self, acts);
  for (guint i = 0; i < acts->len; i++)
    {
      Act *request = &g_array_index (acts, Act, i);
      Act *refusal =
          request->refusal >= 0 ? &g_array_index (acts, Act, (guint) request->refusal) : NULL;

      if (refusal == NULL)
        continue;
      request->is_void =
          is_any_alive || !has_been (self, acts, AMENDS_EVENT_CASE_RESPONDED, refusal->place);
      refusal->is_void &= request->is_void;
    }
}

static gboolean
is_safety (const Act *act)
{
  return act->type == AMENDS_EVENT_CASE_HAZARD_MADE_SAFE
         || act->type == AMENDS_EVENT_CASE_REQUEST_RESOLVED
         || (act->type == AMENDS_EVENT_CASE_HAZARD_INVESTIGATED
             && json_is_false (json_object_get (act->body, "found")));
}

static gboolean
is_of_hazard (AmendsEventType type)
{
  return type == AMENDS_EVENT_CASE_HAZARD_REPORTED || type == AMENDS_EVENT_CASE_HAZARD_INVESTIGATED
         || type == AMENDS_EVENT_CASE_HAZARD_SUMMARY_SENT
         || type == AMENDS_EVENT_CASE_HAZARD_MADE_SAFE
         || type == AMENDS_EVENT_CASE_REQUEST_RESOLVED;
}

/* Only what was done by somebody who knew of a hazard ends it, also where all is of one day. */
static gboolean
is_told_anew (const AmendsCase *self, const GArray *acts, const Act *told)
{
  for (guint i = 0; told->type == AMENDS_EVENT_CASE_HAZARD_REPORTED && i < acts->len; i++)
    {
      const Act *act = &g_array_index (acts, Act, i);

      if (act->day == told->day && is_safety (act)
          && !amends_case_is_before (self, told->place, act->place))
        return TRUE;
    }
  return FALSE;
}

/* A bit for each hazard that was told of, in the order of the history; all after the 63rd share the last. */
static guint64
get_bit (guint n)
{
  return (guint64) 1 << MIN (n, 63);
}

/* Which of them an act is about: the one that it names, or all that whoever did it knew of. */
static guint64
find_hazards (const AmendsCase *self, guint place, const json_t *body)
{
  const char *named = get_text (body, "hazard");
  guint64 hazards = 0;
  guint n = 0;

  for (guint i = 0; i < amends_case_get_n_history (self); i++)
    {
      const AmendsHistoryEntry *entry = amends_case_get_history (self, i);
      char id[AMENDS_ID_BUFFER];

      if (!amends_case_reports_hazard (entry))
        continue;
      amends_id_format_to (&entry->event->id, id);
      if (i == place)
        return get_bit (n);
      if (named != NULL ? strcmp (named, id) == 0 : amends_case_is_before (self, i, place))
        hazards |= get_bit (n);
      n++;
    }
  return hazards;
}

static void
count_turns (const AmendsCase *self, GArray *acts)
{
  for (guint i = 0; i < acts->len; i++)
    g_array_index (acts, Act, i).is_anew = is_told_anew (self, acts, &g_array_index (acts, Act, i));
  for (guint i = 0; i < acts->len; i++)
    {
      Act *act = &g_array_index (acts, Act, i);

      if (is_of_hazard (act->type))
        act->hazards = find_hazards (self, act->place, act->body);
      for (guint t = 0; is_of_hazard (act->type) && t < acts->len; t++)
        {
          const Act *told = &g_array_index (acts, Act, t);

          act->turn += told->is_anew && told->day == act->day
                       && (told == act || amends_case_is_before (self, told->place, act->place));
        }
    }
}

/* The kind of an act in this case; AMENDS_CLOCK_EVENT_NONE where it starts and ends nothing. */
static AmendsClockEventKind
get_kind (const AmendsCase *self, const GArray *acts, const Act *act)
{
  const char *kind = amends_case_get_text (self, "kind");
  AmendsClockEventKind event = kinds[act->type];

  if (act->type == AMENDS_EVENT_CASE_ACKNOWLEDGED
      && g_strcmp0 (kind, "data-protection-complaint") == 0)
    return AMENDS_CLOCK_EVENT_DATA_COMPLAINT_ACKNOWLEDGED;
  if (act->type == AMENDS_EVENT_CASE_RESPONDED && g_strcmp0 (kind, "elected-member-enquiry") == 0)
    return AMENDS_CLOCK_EVENT_ENQUIRY_REPLIED;
  if (act->type == AMENDS_EVENT_CASE_UNDERSTANDING)
    {
      const char *step = get_text (act->body, "step");

      if (g_strcmp0 (step, "sent") == 0)
        return AMENDS_CLOCK_EVENT_UNDERSTANDING_SENT;
      return g_strcmp0 (step, "confirmed") == 0 ? AMENDS_CLOCK_EVENT_UNDERSTANDING_CONFIRMED
                                                : AMENDS_CLOCK_EVENT_NONE;
    }
  if (act->type == AMENDS_EVENT_CASE_ESCALATION_REFUSED)
    return act->is_void ? AMENDS_CLOCK_EVENT_NONE : AMENDS_CLOCK_EVENT_DECLINED;

  /* An issue that is declined, or taken up again, leaves the others; an attempt that reached nobody is no contact; a request
   * that was taken back and made a complaint after all is not taken back. */
  if (act->is_void
      || (event == AMENDS_CLOCK_EVENT_WITHDRAWN
          && is_followed_by (self, acts, act->place, is_promotion))
      || ((event == AMENDS_CLOCK_EVENT_DECLINED || event == AMENDS_CLOCK_EVENT_REOPENED)
          && (json_object_get (act->body, "issue") != NULL
              || json_object_get (act->body, "who") != NULL))
      || json_is_false (json_object_get (act->body, "reached"))
      || (amends_act_is_extension (act->type) && is_outdone (self, acts, act)))
    return AMENDS_CLOCK_EVENT_NONE;
  return event;
}

static void
add_event (GArray *events, AmendsClockEventKind kind, AmendsDay day, const json_t *body)
{
  AmendsClockEvent event = { .kind = kind, .day = day, .delivered_day = AMENDS_DAY_NONE };
  json_int_t n_days = json_integer_value (json_object_get (body, "working_days"));
  AmendsDay delivered = amends_day_from_json (body, "delivered_on");

  event.medium = amends_channel_get_medium (get_text (body, "channel"));
  if (delivered >= day)
    event.delivered_day = delivered;
  event.n_working_days = (int) CLAMP (n_days, 1, AMENDS_CLOCK_EXTENSION_MAX_WORKING_DAYS);
  event.has_good_reason = json_is_true (json_object_get (body, "good_reason"));
  event.restarts = kind == AMENDS_CLOCK_EVENT_REOPENED && amends_act_restarts (body);
  event.is_emergency = json_is_true (json_object_get (body, "emergency"))
                       || json_is_true (json_object_get (body, "hazard_emergency"));
  event.is_no_hazard = json_is_false (json_object_get (body, "found"));
  g_array_append_val (events, event);
}

/* When a response arrived goes with the last one of its stage that was sent by then. */
static void
add_delivery (GArray *events, const Act *act)
{
  json_int_t stage = json_integer_value (json_object_get (act->body, "stage"));
  AmendsClockEventKind kind =
      stage == 2 ? AMENDS_CLOCK_EVENT_STAGE2_RESPONDED : AMENDS_CLOCK_EVENT_RESPONDED;
  AmendsClockEvent *sent = NULL;

  for (guint i = 0; i < events->len; i++)
    {
      AmendsClockEvent *event = &g_array_index (events, AmendsClockEvent, i);

      if (event->kind == kind && event->day <= act->day && (sent == NULL || event->day > sent->day))
        sent = event;
    }
  if (sent != NULL && sent->delivered_day == AMENDS_DAY_NONE)
    sent->delivered_day = act->day;
}

/* By any of which somebody can be answered. */
static const char *const ways[] = { "complainant.name",    "complainant.home",
                                    "complainant.phone",   "complainant.email",
                                    "representative.name", "representative.contact" };

/* Also once that was corrected or cleared: a duty to somebody does not end with it, unless two people say that
 * nobody was known. */
static gboolean
was_ever_known (const AmendsCase *self)
{
  for (guint i = 0; i < amends_case_get_n_history (self); i++)
    for (guint w = 0; w < G_N_ELEMENTS (ways); w++)
      if (json_is_string (
              amends_body_get_path (amends_case_get_history (self, i)->written, ways[w])))
        return TRUE;
  return FALSE;
}

/* Nobody can be answered: it is said so, or there never was a name or a way to reach anybody. */
static gboolean
is_anonymous (const AmendsCase *self)
{
  if (json_is_true (amends_case_get_value (self, "anonymous"))
      || json_is_true (amends_case_get_value (self, "complainant.anonymous")))
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (ways); i++)
    if (amends_case_holds (self, ways[i]))
      return FALSE;
  return !was_ever_known (self);
}

/* The day of receipt as the event at @write says it, with what was corrected in that. */
static AmendsDay
get_receipt (const AmendsCase *self, const AmendsWrite *write, AmendsReading reading)
{
  const AmendsHistoryEntry *entry = amends_case_get_history (self, write->place);
  json_auto_t *body = dup_body (self, write->place, reading);
  const char *text = json_string_value (write->value);
  AmendsDay day;

  if (entry->type == AMENDS_EVENT_CASE_RECORDED)
    return amends_day_from_json (body, "received");
  if (entry->type == AMENDS_EVENT_CASE_PROMOTED)
    return amends_day_from_json (body, "on");
  return text != NULL && amends_day_parse (text, &day, NULL) ? day : AMENDS_DAY_NONE;
}

static void
add_receipt (const AmendsCase *self, GArray *events, AmendsReading reading)
{
  const AmendsField *field = amends_fields_get (amends_case_get_fields (self), "received");
  AmendsDay received = AMENDS_DAY_NONE;

  for (guint i = 0; field != NULL && i < field->writes->len; i++)
    {
      AmendsDay day = get_receipt (self, &g_array_index (field->writes, AmendsWrite, i), reading);

      if (day == AMENDS_DAY_NONE)
        continue;
      if (received == AMENDS_DAY_NONE
          || (reads_earliest (AMENDS_EVENT_UNKNOWN, reading) ? day < received : day > received))
        received = day;
    }
  if (received == AMENDS_DAY_NONE || !amends_case_is_complaint (self))
    return;
  add_event (events, AMENDS_CLOCK_EVENT_RECEIVED, received, NULL);
  g_array_index (events, AmendsClockEvent, events->len - 1).is_anonymous = is_anonymous (self);
}

/* What the record began as: that stays so when it becomes a complaint. */
static void
add_beginning (const AmendsCase *self, GArray *events, AmendsReading reading)
{
  for (guint i = 0; i < amends_case_get_n_history (self); i++)
    {
      const AmendsHistoryEntry *entry = amends_case_get_history (self, i);
      json_auto_t *body = dup_body (self, i, reading);
      const char *kind = get_text (body, "kind");
      AmendsDay day = amends_day_from_json (body, "received");

      if (entry->type != AMENDS_EVENT_CASE_RECORDED || day == AMENDS_DAY_NONE
          || !amends_id_equal (&entry->event->id, &entry->event->stream))
        continue;
      for (guint b = 0; b < G_N_ELEMENTS (beginnings); b++)
        if (g_strcmp0 (kind, beginnings[b].kind) == 0)
          add_event (events, beginnings[b].event, day, NULL);
      if (!amends_body_reports_hazard (body))
        continue;
      add_event (events, AMENDS_CLOCK_EVENT_HAZARD_REPORTED, day, body);
      g_array_index (events, AmendsClockEvent, events->len - 1).hazards =
          find_hazards (self, i, body);
    }
}

static AmendsDay
last_of_period (const char *text)
{
  AmendsDay first, last;

  return text != NULL && amends_partial_day_parse (text, &first, &last, NULL) ? last
                                                                              : AMENDS_DAY_NONE;
}

/* Of several issues the last counts: only when it is too old, all of them are. */
static void
add_issues (const AmendsCase *self, GArray *events)
{
  AmendsDay arose = AMENDS_DAY_NONE;
  AmendsDay aware = AMENDS_DAY_NONE;
  gboolean is_awareness_known = FALSE;

  for (guint i = 0; i < amends_case_get_n_issues (self); i++)
    {
      const AmendsIssue *issue = amends_case_get_issue (self, i);
      AmendsDay day = last_of_period (issue->arose);

      arose = MAX (arose, day);
      if (issue->aware != NULL)
        {
          is_awareness_known = TRUE;
          day = last_of_period (issue->aware);
        }
      aware = MAX (aware, day);
    }
  if (arose != AMENDS_DAY_NONE)
    add_event (events, AMENDS_CLOCK_EVENT_ISSUE_AROSE, arose, NULL);
  if (is_awareness_known && aware != AMENDS_DAY_NONE)
    add_event (events, AMENDS_CLOCK_EVENT_ISSUE_AWARE, aware, NULL);
}

/**
 * amends_case_read_clock_events:
 * @reading: of what was done apart and differs
 * @who: (nullable): as in amends_case_dup_clock_events()
 *
 * Returns: (transfer full) (element-type AmendsClockEvent): as amends_case_dup_clock_events()
 */
GArray *
amends_case_read_clock_events (const AmendsCase *self, AmendsReading reading, const char *who)
{
  GArray *events = g_array_new (FALSE, FALSE, sizeof (AmendsClockEvent));
  g_autoptr (GArray) acts = list_acts (self, reading, who);

  judge_requests (self, acts);
  count_turns (self, acts);
  add_beginning (self, events, reading);
  add_issues (self, events);
  add_receipt (self, events, reading);
  for (guint i = 0; i < acts->len; i++)
    {
      const Act *act = &g_array_index (acts, Act, i);
      AmendsClockEventKind kind = get_kind (self, acts, act);

      if (kind == AMENDS_CLOCK_EVENT_NONE)
        continue;
      add_event (events, kind, act->day, act->body);
      g_array_index (events, AmendsClockEvent, events->len - 1).hazards = act->hazards;
      g_array_index (events, AmendsClockEvent, events->len - 1).turn = act->turn;
    }
  for (guint i = 0; i < acts->len; i++)
    if (g_array_index (acts, Act, i).type == AMENDS_EVENT_CASE_DELIVERED)
      add_delivery (events, &g_array_index (acts, Act, i));
  return events;
}

/**
 * amends_case_dup_clock_events:
 * @who: (nullable): one of those who complain, for whom it is asked; %NULL for all
 *
 * What happened in it, as the clocks take it. Of two versions of an act the earlier stands here;
 * amends_case_compute_clocks() looks at both.
 * Returns: (transfer full) (element-type AmendsClockEvent): in no order, and perhaps with some that
 * amends_clock_history_tidy() leaves out
 */
GArray *
amends_case_dup_clock_events (const AmendsCase *self, const char *who)
{
  g_return_val_if_fail (self != NULL, NULL);

  return amends_case_read_clock_events (self, AMENDS_READING_EARLIEST, who);
}
