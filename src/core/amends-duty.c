/* amends-duty.c: what is owed in a case, and by when: what work lists are made of
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A duty has a day and no count: how many working days are left is for whoever asks, on the day that they
 * ask. A few things do change as days pass: a clock that begins on a day to come, a request for stage 2
 * that takes effect once stage 1 is late. For those a case says on which day it is to be looked at again. */

#include "core/amends-duty.h"

#include <string.h>

#include "core/amends-appointment.h"
#include "core/amends-case-clocks.h"
#include "core/amends-clock-pair.h"
#include "core/amends-complainant.h"
#include "core/amends-json.h"

/* What comes in without anybody speaking with whoever complains. */
static const char *const unattended_channels[] = { "letter",
                                                   "email",
                                                   "web-form",
                                                   "portal",
                                                   "text-message",
                                                   "social-media-public",
                                                   "voicemail",
                                                   "kiosk",
                                                   "paper-form",
                                                   "survey-answer",
                                                   "social-media-private",
                                                   "contractor-or-agent",
                                                   NULL };

/**
 * amends_duty_free:
 * @self: (nullable) (transfer full): a duty
 */
void
amends_duty_free (AmendsDuty *self)
{
  if (self == NULL)
    return;
  g_free (self->what);
  g_free (self->detail);
  g_free (self->whose);
  g_free (self->whose_name);
  g_free (self);
}

static const char *
get_text (const json_t *object, const char *key)
{
  return json_string_value (json_object_get (object, key));
}

/* ---------------------------------------------------------------- by whose hand */

static gboolean
is_of_stage_2 (const AmendsCase *self, const AmendsDuty *duty)
{
  if (duty->kind == AMENDS_DUTY_CLOCK || duty->kind == AMENDS_DUTY_SEND)
    return duty->clock == AMENDS_CLOCK_STAGE2_ACKNOWLEDGE
           || duty->clock == AMENDS_CLOCK_STAGE2_CONTACT
           || duty->clock == AMENDS_CLOCK_STAGE2_UPDATE
           || duty->clock == AMENDS_CLOCK_STAGE2_RESPOND;
  return g_str_equal (amends_case_get_stage (self), "stage-2");
}

static void
give (const AmendsCase *self, AmendsDuty *duty)
{
  const char *field = is_of_stage_2 (self, duty) ? "stage2_assigned" : "assigned";
  const json_t *to = json_object_get (amends_case_get_value (self, field), "to");

  duty->whose = g_strdup (get_text (to, "staff"));
  duty->whose_name = g_strdup (get_text (to, "name"));
}

/* @form: its texts are copied */
static void
add_duty (const AmendsCase *self, GPtrArray *duties, const AmendsDuty *form)
{
  AmendsDuty *duty = g_memdup2 (form, sizeof *form);

  duty->what = g_strdup (form->what);
  duty->detail = g_strdup (form->detail);
  give (self, duty);
  g_ptr_array_add (duties, duty);
}

/* ---------------------------------------------------------------- the clocks */

/* Also one that begins on a day to come: the outcome of what was said anonymously is owed from the first day,
 * although its days are counted from the last day to acknowledge it. */
static gboolean
is_owed (const AmendsClockRow *row)
{
  return amends_clock_row_is_open (row)
         || (row->state == AMENDS_CLOCK_STATE_WAITING && row->started_day != AMENDS_DAY_NONE);
}

static void
add_clock (const AmendsCase *self, GPtrArray *duties, const AmendsClockPair *pair)
{
  const AmendsClockRow *row = pair->governing;

  if (row->clock->purpose == AMENDS_CLOCK_PURPOSE_WINDOW || !is_owed (row))
    return;
  add_duty (self, duties,
            &(const AmendsDuty){
                .kind = AMENDS_DUTY_CLOCK,
                .clock = pair->name,
                .day = pair->day,
                .is_prompt = row->clock->purpose == AMENDS_CLOCK_PURPOSE_PROMPT,
                .keeps_closures =
                    row->source == AMENDS_CLOCK_SOURCE_POLICY && !row->clock->is_statutory,
            });
}

static void
turn (AmendsDay *turns_day, AmendsDay day, AmendsDay as_of)
{
  if (day > as_of && (*turns_day == AMENDS_DAY_NONE || day < *turns_day))
    *turns_day = day;
}

/* Beside the clock that runs on: what is approved is easily taken for done. */
static void
list_unsent (const AmendsCase *self, GPtrArray *duties)
{
  guint n_clocks = duties->len;

  for (guint i = 0; i < n_clocks; i++)
    {
      AmendsDuty form = *(const AmendsDuty *) g_ptr_array_index (duties, i);
      AmendsEventType drafted = form.clock == AMENDS_CLOCK_STAGE2_RESPOND
                                    ? AMENDS_EVENT_CASE_STAGE2_DRAFTED
                                    : AMENDS_EVENT_CASE_DRAFTED;

      if ((form.clock != AMENDS_CLOCK_RESPOND && form.clock != AMENDS_CLOCK_STAGE2_RESPOND)
          || amends_case_find_unsent (self, drafted) == NULL)
        continue;
      form.kind = AMENDS_DUTY_SEND;
      add_duty (self, duties, &form);
    }
}

/* A request for stage 2 that waits for the response, or for stage 1 to be late. */
static gboolean
has_request_waiting (const AmendsCase *self)
{
  return amends_case_holds (self, "escalation_requested")
         && g_str_equal (amends_case_get_stage (self), "stage-1");
}

static void
list_clocks (const AmendsCase *self,
             const AmendsRules *rules,
             AmendsDay as_of,
             GPtrArray *duties,
             AmendsDay *turns_day)
{
  g_autoptr (GPtrArray) rows = amends_case_compute_clocks (self, rules, as_of);
  g_autoptr (GArray) pairs = amends_clock_pairs_new (rows);
  g_autoptr (GArray) events = amends_case_dup_clock_events (self, NULL);

  for (guint i = 0; i < pairs->len; i++)
    add_clock (self, duties, &g_array_index (pairs, AmendsClockPair, i));

  for (guint i = 0; i < rows->len; i++)
    turn (turns_day, ((const AmendsClockRow *) g_ptr_array_index (rows, i))->started_day, as_of);
  for (guint i = 0; i < events->len; i++)
    turn (turns_day, g_array_index (events, AmendsClockEvent, i).day, as_of);
  if (has_request_waiting (self))
    turn (turns_day, as_of + 1, as_of);
}

/* ---------------------------------------------------------------- what was promised */

static const AmendsEventType promises[] = {
  AMENDS_EVENT_CASE_EXTENDED,
  AMENDS_EVENT_CASE_UPDATED,
  AMENDS_EVENT_CASE_STAGE2_EXTENDED,
  AMENDS_EVENT_CASE_STAGE2_UPDATED,
};

/* After these nobody waits for an update any more. */
static const AmendsEventType answers[] = {
  AMENDS_EVENT_CASE_RESPONDED,     AMENDS_EVENT_CASE_STAGE2_RESPONDED, AMENDS_EVENT_CASE_CLOSED,
  AMENDS_EVENT_CASE_STAGE2_CLOSED, AMENDS_EVENT_CASE_DECLINED,         AMENDS_EVENT_CASE_WITHDRAWN,
  AMENDS_EVENT_CASE_SENT,          AMENDS_EVENT_CASE_STAGE2_SENT,
};

static gboolean
is_one_of (AmendsEventType type, const AmendsEventType *types, guint n_types)
{
  for (guint i = 0; i < n_types; i++)
    if (types[i] == type)
      return TRUE;
  return FALSE;
}

/* The act in an entry: what a person settled two versions with is an act too. */
static const json_t *
get_act (const AmendsHistoryEntry *entry, AmendsEventType *ret_type)
{
  const char *field = get_text (entry->body, "field");

  *ret_type = entry->type;
  if (entry->is_overruled)
    return NULL;
  if (entry->type != AMENDS_EVENT_CONFLICT_SETTLED || field == NULL)
    return entry->body;
  *ret_type = amends_act_get_type_of_field (field);
  return json_object_get (entry->body, "value");
}

/* Whoever makes a request a complaint, or says that they are unhappy after all, takes back that it was closed
 * or withdrawn, if they knew of it: so they still wait to hear. */
static gboolean
is_taken_back (const AmendsCase *self, guint place)
{
  for (guint i = place + 1; i < amends_case_get_n_history (self); i++)
    {
      const AmendsHistoryEntry *entry = amends_case_get_history (self, i);

      if ((entry->type == AMENDS_EVENT_CASE_PROMOTED
           || entry->type == AMENDS_EVENT_CASE_DISSATISFIED)
          && amends_case_is_before (self, place, i))
        return TRUE;
    }
  return FALSE;
}

/* Whether @who waits for an update no more: %NULL for all. Of one issue that is declined the others go on, and so does
 * what was promised. */
static gboolean
is_answer (const AmendsCase *self,
           guint place,
           AmendsEventType type,
           const json_t *act,
           const char *who)
{
  g_autofree char *field = amends_act_dup_field (type, act);

  if (type == AMENDS_EVENT_CASE_DECLINED && json_object_get (act, "issue") != NULL)
    return FALSE;
  /* The others wait until it was done for them. */
  if (who == NULL && field != NULL && amends_complainant_is_act_for_one (field))
    {
      field[strcspn (field, ".")] = '\0';
      if (!amends_case_stands (self, field))
        return FALSE;
    }
  if ((type == AMENDS_EVENT_CASE_WITHDRAWN || type == AMENDS_EVENT_CASE_CLOSED)
      && is_taken_back (self, place))
    return FALSE;
  return is_one_of (type, answers, G_N_ELEMENTS (answers));
}

/* The day on which @who hears next, or where they are %NULL anybody. An update, also one that names no other day, keeps
 * the promise made before it; of two that were made apart the earlier day stands. Who joined was promised nothing
 * before. */
static AmendsDay
find_promised (const AmendsCase *self, const char *who)
{
  guint joined = who != NULL ? amends_complainant_get_joined (self, who) : G_MAXUINT;
  AmendsDay promised = AMENDS_DAY_NONE;
  guint place = 0;

  for (guint i = joined != G_MAXUINT ? joined : 0; i < amends_case_get_n_history (self); i++)
    {
      AmendsEventType type;
      const json_t *act = get_act (amends_case_get_history (self, i), &type);
      const char *whose = get_text (act, "who");
      AmendsDay next = amends_day_from_json (act, "next_update");

      if (act == NULL || (who != NULL && whose != NULL && !amends_complainant_is (whose, who)))
        continue;
      if (is_answer (self, i, type, act, who))
        promised = AMENDS_DAY_NONE;
      if (!is_one_of (type, promises, G_N_ELEMENTS (promises)))
        continue;
      if (promised != AMENDS_DAY_NONE && !amends_case_is_before (self, place, i)
          && (next == AMENDS_DAY_NONE || promised < next))
        continue;
      promised = next;
      place = i;
    }
  return promised;
}

/* Each of several was promised their own. */
static void
list_updates (const AmendsCase *self, GPtrArray *duties)
{
  g_autoptr (GArray) list = amends_case_list_addressed (self);
  gboolean is_joint = amends_case_is_joint (self);

  for (guint i = 0; i < (is_joint ? list->len : 1); i++)
    {
      const AmendsComplainant *each = &g_array_index (list, AmendsComplainant, i);
      AmendsDay promised = find_promised (self, is_joint ? each->who : NULL);

      if (promised != AMENDS_DAY_NONE)
        add_duty (self, duties,
                  &(const AmendsDuty){ .kind = AMENDS_DUTY_UPDATE,
                                       .what = is_joint ? (char *) each->name : NULL,
                                       .day = promised,
                                       .keeps_closures = TRUE });
    }
}

/* ---------------------------------------------------------------- who came later */

/* What all are told of a complaint, the last first. An answer says all that an acknowledgement and an extension do.
 * Source: Complaint Handling Code 2024, 6.2, 6.4, 6.9, 6.11, 6.15 and 6.19. */
static const struct
{
  const char *act;
  int rank;
} told[] = {
  { "stage2_responded", 4 }, { "stage2_acknowledged", 3 }, { "stage2_extended", 3 },
  { "responded", 2 },        { "acknowledged", 1 },        { "extended", 1 },
};

/* The place from which on it stands as done for all who were there; %G_MAXUINT where it does not. */
static guint
get_told_place (const AmendsCase *self, const char *act)
{
  const AmendsField *field = amends_fields_get (amends_case_get_fields (self), act);
  const AmendsWrite *write = field != NULL && field->writes->len > 0
                                 ? &g_array_index (field->writes, AmendsWrite, 0)
                                 : NULL;

  return write != NULL && json_is_object (write->value) ? write->place : G_MAXUINT;
}

/* Whether since @arrival they were told as much as all had been, or more. */
static gboolean
was_told_since (const AmendsCase *self, const char *who, guint arrival, int rank)
{
  for (guint i = arrival; i < amends_case_get_n_history (self); i++)
    {
      AmendsEventType type;
      const json_t *act = get_act (amends_case_get_history (self, i), &type);
      g_autofree char *field = act != NULL ? amends_act_dup_field (type, act) : NULL;
      const char *whose = get_text (act, "who");

      if (field == NULL || (whose != NULL && !amends_complainant_is (whose, who)))
        continue;
      field[strcspn (field, ".")] = '\0';
      for (gsize t = 0; t < G_N_ELEMENTS (told); t++)
        if (told[t].rank >= rank && strcmp (told[t].act, field) == 0)
          return TRUE;
    }
  return FALSE;
}

/* Whether @who had it themself, alone or with all who were there. */
static gboolean
had (const AmendsCase *self, const char *who, const char *act, guint place)
{
  guint joined = amends_complainant_get_joined (self, who);
  const char *whose = get_text (amends_case_get_history (self, place)->body, "who");

  return amends_complainant_get_act (self, who, act) != NULL
         || (whose == NULL && (joined == G_MAXUINT || joined < place));
}

/* (nullable): the field of what the others were told last before they came, and they were not told at all. */
static const char *
find_untold (const AmendsCase *self, const char *who, guint arrival)
{
  int rank = 0;

  for (gsize t = 0; t < G_N_ELEMENTS (told); t++)
    {
      guint place = get_told_place (self, told[t].act);

      if (place == G_MAXUINT || told[t].rank < rank)
        continue;
      rank = told[t].rank;
      if (place < arrival && !had (self, who, told[t].act, place)
          && !was_told_since (self, who, arrival, rank))
        return told[t].act;
    }
  return NULL;
}

/* By when a complaint is to be acknowledged, by the earlier of policy and Code. */
static AmendsDay
get_acknowledge_day (const AmendsRules *rules,
                     AmendsDay received,
                     const AmendsCalendar **ret_calendar)
{
  g_autoptr (GArray) events = g_array_new (FALSE, FALSE, sizeof (AmendsClockEvent));
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GArray) pairs = NULL;
  const AmendsClockEvent event = { .kind = AMENDS_CLOCK_EVENT_RECEIVED,
                                   .day = received,
                                   .delivered_day = AMENDS_DAY_NONE };

  g_array_append_val (events, event);
  rows = amends_clocks_compute (rules->policy, rules->code, rules->calendar, events, received);
  pairs = amends_clock_pairs_new (rows);
  *ret_calendar = rules->calendar;
  for (guint i = 0; i < pairs->len; i++)
    {
      const AmendsClockPair *pair = &g_array_index (pairs, AmendsClockPair, i);

      if (pair->name == AMENDS_CLOCK_ACKNOWLEDGE)
        {
          *ret_calendar = amends_clock_row_get_calendar (pair->governing, rules->calendar);
          return pair->day;
        }
    }
  return AMENDS_DAY_NONE;
}

/* Whoever joins a complaint, or comes back to it, has complained on that day, and hears as soon as whoever complains:
 * no clock of the case begins again, and they get what the others had last.
 * Source: Complaint Handling Code 2024, 6.2, 6.9 and 6.19. */
static void
list_late (const AmendsCase *self, const AmendsRules *rules, GPtrArray *duties)
{
  g_autoptr (GArray) list = amends_case_list_complainants (self);
  guint n = amends_case_is_joint (self) ? list->len : 0;

  for (guint i = 0; i < n; i++)
    {
      const AmendsComplainant *each = &g_array_index (list, AmendsComplainant, i);
      guint arrival = amends_complainant_get_arrival (self, each);
      const char *act = each->withdrawn == NULL && arrival != G_MAXUINT
                            ? find_untold (self, each->who, arrival)
                            : NULL;
      AmendsDay came =
          act != NULL ? amends_day_from_json (amends_case_get_history (self, arrival)->body, "on")
                      : AMENDS_DAY_NONE;
      const AmendsCalendar *calendar = rules->calendar;
      AmendsDay due =
          came != AMENDS_DAY_NONE ? get_acknowledge_day (rules, came, &calendar) : AMENDS_DAY_NONE;

      if (act != NULL)
        add_duty (self, duties,
                  &(const AmendsDuty){
                      .kind = AMENDS_DUTY_PASS_ON,
                      .what = (char *) act,
                      .detail = (char *) each->name,
                      .day = due,
                      .keeps_closures = calendar == rules->calendar,
                  });
    }
}

/* Whoever the policy was departed from is told at the earliest opportunity: that is the day itself. */
static void
list_untold (const AmendsCase *self, GPtrArray *duties)
{
  const AmendsFields *fields = amends_case_get_fields (self);

  for (guint i = 0; i < amends_fields_get_n_fields (fields); i++)
    {
      const AmendsField *field = amends_fields_get_nth (fields, i);
      const json_t *departure = g_str_has_prefix (field->name, "departures.")
                                    ? amends_case_get_value (self, field->name)
                                    : NULL;

      if (json_is_object (departure) && json_object_get (departure, "told_on") == NULL)
        add_duty (self, duties,
                  &(const AmendsDuty){ .kind = AMENDS_DUTY_TELL,
                                       .what = (char *) get_text (departure, "clause"),
                                       .day = amends_day_from_json (departure, "on"),
                                       .keeps_closures = TRUE });
    }
}

/* The owner of a promise has it in hand, not whoever deals with the case. */
static void
give_to_owner (AmendsDuty *duty, const json_t *owner)
{
  if (owner == NULL)
    return;
  g_free (duty->whose);
  g_free (duty->whose_name);
  duty->whose = g_strdup (get_text (owner, "staff"));
  duty->whose_name = g_strdup (get_text (owner, "name"));
}

/* Source: Complaint Handling Code 2024, 6.6 and 7.3: followed to its end, also when the case is closed. */
static void
list_promises (const AmendsCase *self, GPtrArray *duties)
{
  for (guint i = 0; i < amends_case_get_n_history (self); i++)
    {
      const AmendsHistoryEntry *entry = amends_case_get_history (self, i);

      if (entry->body == NULL || !amends_case_is_open_promise (self, entry))
        continue;
      add_duty (self, duties,
                &(const AmendsDuty){ .kind = AMENDS_DUTY_PROMISE,
                                     .what = (char *) amends_case_describe_promise (entry),
                                     .day = amends_day_from_json (entry->body, "due"),
                                     .keeps_closures = TRUE });
      give_to_owner (g_ptr_array_index (duties, duties->len - 1),
                     json_object_get (entry->body, "owner"));
    }
}

/* What others were asked for and have not given yet. */
static void
list_questions_to_others (const AmendsCase *self, GPtrArray *duties)
{
  for (guint i = 0; i < amends_case_get_n_history (self); i++)
    {
      const AmendsHistoryEntry *entry = amends_case_get_history (self, i);

      if (entry->type == AMENDS_EVENT_CASE_INFORMATION_REQUESTED && entry->body != NULL
          && amends_case_get_follow_up (self, AMENDS_EVENT_CASE_INFORMATION_ANSWERED,
                                        &entry->event->id)
                 == NULL)
        add_duty (self, duties,
                  &(const AmendsDuty){ .kind = AMENDS_DUTY_INFORMATION,
                                       .what = (char *) get_text (entry->body, "from"),
                                       .day = amends_day_from_json (entry->body, "due"),
                                       .keeps_closures = TRUE });
    }
}

/* Whoever goes there has it in their plan, also of a closed case, and says afterwards what became of it. */
static void
list_appointments (const AmendsCase *self, GPtrArray *duties)
{
  g_autoptr (GPtrArray) open = amends_case_list_appointments (self, AMENDS_DAY_NONE);

  for (guint i = 0; i < open->len; i++)
    {
      const json_t *body = ((const AmendsHistoryEntry *) g_ptr_array_index (open, i))->body;

      add_duty (self, duties,
                &(const AmendsDuty){ .kind = AMENDS_DUTY_APPOINTMENT,
                                     .what = (char *) get_text (body, "what"),
                                     .day = amends_day_from_json (body, "day"),
                                     .is_prompt = TRUE,
                                     .keeps_closures = TRUE });
      give_to_owner (g_ptr_array_index (duties, duties->len - 1), json_object_get (body, "comes"));
    }
}

/* Source: Complaint Handling Code 2024, 5.14: while it holds it is reviewed, closed or not. */
static void
list_restrictions (const AmendsCase *self, GPtrArray *duties)
{
  for (guint i = 0; i < amends_case_get_n_history (self); i++)
    {
      const AmendsHistoryEntry *entry = amends_case_get_history (self, i);
      const json_t *review = NULL;

      if (entry->type != AMENDS_EVENT_CASE_BEHAVIOUR_RESTRICTION || entry->body == NULL)
        continue;
      review =
          amends_case_get_follow_up (self, AMENDS_EVENT_CASE_BEHAVIOUR_REVIEWED, &entry->event->id);
      if (g_strcmp0 (get_text (review, "outcome"), "ended") == 0)
        continue;
      add_duty (self, duties,
                &(const AmendsDuty){
                    .kind = AMENDS_DUTY_RESTRICTION,
                    .what = (char *) get_text (entry->body, "what"),
                    .day = amends_day_from_json (review != NULL ? review : entry->body, "review"),
                    .keeps_closures = TRUE });
    }
}

/* ---------------------------------------------------------------- people */

/* When it is looked at again: as was said last, of what stands. What was declined is looked at only if that was said
 * with it. */
static AmendsDay
get_review (const AmendsAdjustment *adjustment)
{
  const json_t *const steps[] = { adjustment->reviewed, adjustment->made, adjustment->decided,
                                  adjustment->details };

  if (json_is_false (json_object_get (adjustment->decided, "agreed")))
    return amends_day_from_json (adjustment->decided, "review");
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    if (amends_day_from_json (steps[i], "review") != AMENDS_DAY_NONE)
      return amends_day_from_json (steps[i], "review");
  return AMENDS_DAY_NONE;
}

static void
list_reviews (const AmendsCase *self, GPtrArray *duties)
{
  for (guint i = 0; i < amends_case_get_n_adjustments (self); i++)
    {
      const AmendsAdjustment *adjustment = amends_case_get_adjustment (self, i);
      AmendsDay review = get_review (adjustment);

      if (adjustment->ended == NULL && review != AMENDS_DAY_NONE)
        add_duty (self, duties,
                  &(const AmendsDuty){ .kind = AMENDS_DUTY_REVIEW,
                                       .what = (char *) adjustment->need,
                                       .day = review,
                                       .keeps_closures = TRUE });
    }
}

/* Source: Equality Act 2010, s.20; Complaint Handling Code 2024, 5.10: what was agreed is owed, closed or not. */
static void
list_agreed (const AmendsCase *self, GPtrArray *duties)
{
  for (guint i = 0; i < amends_case_get_n_adjustments (self); i++)
    {
      const AmendsAdjustment *adjustment = amends_case_get_adjustment (self, i);
      AmendsDay due = amends_day_from_json (adjustment->decided, "due");

      if (adjustment->ended == NULL && adjustment->made == NULL
          && json_is_true (json_object_get (adjustment->decided, "agreed")))
        add_duty (self, duties,
                  &(const AmendsDuty){ .kind = AMENDS_DUTY_ADJUSTMENT,
                                       .what = (char *) adjustment->need,
                                       .day =
                                           due != AMENDS_DAY_NONE
                                               ? due
                                               : amends_day_from_json (adjustment->decided, "on"),
                                       .keeps_closures = TRUE });
    }
}

static void
list_questions (const AmendsCase *self, GPtrArray *duties)
{
  const json_t *authority = amends_case_get_value (self, "representative.authority");

  if (g_strcmp0 (get_text (authority, "type"), "none-yet") == 0
      && get_text (authority, "withdrawn") == NULL)
    add_duty (self, duties,
              &(const AmendsDuty){ .kind = AMENDS_DUTY_AUTHORITY,
                                   .what =
                                       (char *) amends_case_get_text (self, "representative.name"),
                                   .day = AMENDS_DAY_NONE });
  for (guint i = 0; i < amends_case_get_n_consents (self); i++)
    {
      const AmendsConsent *consent = amends_case_get_consent (self, i);

      if (consent->withdrawn == NULL && g_strcmp0 (consent->answer, "ask-me") == 0)
        add_duty (self, duties,
                  &(const AmendsDuty){ .kind = AMENDS_DUTY_CONSENT,
                                       .what = (char *) consent->purpose,
                                       .detail = (char *) consent->to,
                                       .day = AMENDS_DAY_NONE });
    }
}

/* ---------------------------------------------------------------- all of it */

/* What was written with the record itself. */
static gboolean
is_of_recording (const AmendsCase *self, const AmendsHistoryEntry *entry)
{
  switch ((int) entry->type)
    {
    case AMENDS_EVENT_CASE_RECORDED:
    case AMENDS_EVENT_ISSUE_ADDED:
    case AMENDS_EVENT_CONSENT_GIVEN:
    case AMENDS_EVENT_CONSENT_REFUSED:
    case AMENDS_EVENT_CONSENT_DEFERRED:
    case AMENDS_EVENT_ADJUSTMENT_ADDED:
      return entry->at == amends_case_get_recorded_at (self);
    default:
      return FALSE;
    }
}

static gboolean
has_only_recording (const AmendsCase *self)
{
  for (guint i = 0; i < amends_case_get_n_history (self); i++)
    if (!is_of_recording (self, amends_case_get_history (self, i)))
      return FALSE;
  return TRUE;
}

/* Whoever may read it does something with it on the day on which it was said.
 * Source: Housing 21, Appendix B. */
static void
list_safety (const AmendsCase *self, GPtrArray *duties)
{
  const char *feed = amends_case_get_feed (self);

  if (feed != NULL && g_str_has_prefix (feed, "r.") && amends_case_is_recorded (self)
      && has_only_recording (self))
    add_duty (self, duties,
              &(const AmendsDuty){
                  .kind = AMENDS_DUTY_SAFETY,
                  .day = amends_day_from_instant (amends_case_get_recorded_at (self)) });
}

/* Whether nobody spoke with whoever complains as it came in. */
static gboolean
came_unattended (const AmendsCase *self)
{
  const char *channel = amends_case_get_text (self, "channel");
  const char *from = amends_case_get_text (self, "recorded_from");

  return (channel != NULL && g_strv_contains (unattended_channels, channel))
         || g_strcmp0 (from, "paper") == 0 || g_strcmp0 (from, "letter") == 0;
}

/* What somebody said that it is, or fits, and nobody that this was a mistake: the last of it. @fits: what is wanted */
static const json_t *
find_match (const AmendsCase *self,
            gboolean (*fits) (const json_t *body, const char *said),
            const char *said)
{
  for (guint i = amends_case_get_n_history (self); i-- > 0;)
    {
      const AmendsHistoryEntry *entry = amends_case_get_history (self, i);

      if (entry->type == AMENDS_EVENT_CASE_MATCHED && amends_case_is_joined_by (self, entry)
          && fits (entry->body, said))
        return entry->body;
    }
  return NULL;
}

static gboolean
is_with (const json_t *body, const char *said)
{
  return g_strcmp0 (get_text (body, "with"), said) == 0;
}

static gboolean
is_as (const json_t *body, const char *as)
{
  return g_strcmp0 (get_text (body, "as"), as) == 0;
}

/**
 * amends_case_get_register_reference:
 *
 * Returns: (transfer none) (nullable): by what the landlord knows whoever complains, where somebody found them in the
 *   register and nobody said that this was a mistake
 */
const char *
amends_case_get_register_reference (const AmendsCase *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return get_text (find_match (self, is_as, "in-register"), "with");
}

/**
 * amends_case_get_unsettled:
 * @field: "complainant.home", "complainant.name" or "previous_case"
 *
 * Whether it fits anything is for the store to say, which knows homes, people and cases.
 *
 * Returns: (transfer none) (nullable): what an open case that came in without a conversation says there, unless
 *   somebody linked it, or said that it fits nothing
 */
const char *
amends_case_get_unsettled (const AmendsCase *self, const char *field)
{
  const char *said;

  g_return_val_if_fail (self != NULL && field != NULL, NULL);

  said = amends_case_get_text (self, field);
  if (said == NULL || !came_unattended (self) || !amends_case_is_recorded (self)
      || strcmp (amends_case_get_state (self), "open") != 0)
    return NULL;
  if (g_str_equal (field, "complainant.name") && amends_case_get_register_reference (self) != NULL)
    return NULL;
  return find_match (self, is_with, said) == NULL ? said : NULL;
}

/**
 * amends_case_is_untouched:
 *
 * Returns: whether it came in without anybody speaking with whoever complains, from the kiosk, the post or
 *   another system, and nobody has done anything with it since it was recorded
 */
gboolean
amends_case_is_untouched (const AmendsCase *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return amends_case_is_recorded (self) && came_unattended (self) && has_only_recording (self);
}

static int
compare_duties (gconstpointer a, gconstpointer b)
{
  const AmendsDuty *one = *(AmendsDuty *const *) a;
  const AmendsDuty *other = *(AmendsDuty *const *) b;

  if (one->day != other->day)
    return one->day == AMENDS_DAY_NONE || (other->day != AMENDS_DAY_NONE && one->day > other->day)
               ? 1
               : -1;
  if (one->kind != other->kind)
    return (int) one->kind - (int) other->kind;
  if (one->clock != other->clock)
    return (int) one->clock - (int) other->clock;
  return g_strcmp0 (one->what, other->what);
}

/**
 * amends_case_list_duties:
 * @rules: what it is judged by
 * @as_of: today
 * @ret_turns_day: (out): the day after @as_of on which the list may be another although nobody did
 *   anything; %AMENDS_DAY_NONE if there is none
 *
 * Of a clock the day of the source that governs, the earlier of due and outer day, stands: work lists are
 * sorted by it. A window owes nothing. Of a closed case what is still to be settled is listed, what was
 * promised, and what a clock asks for; of one that was erased, nothing.
 *
 * Returns: (transfer full) (element-type AmendsDuty): the earliest first, then what has no day
 */
GPtrArray *
amends_case_list_duties (const AmendsCase *self,
                         const AmendsRules *rules,
                         AmendsDay as_of,
                         AmendsDay *ret_turns_day)
{
  g_autoptr (GPtrArray) duties = g_ptr_array_new_with_free_func ((GDestroyNotify) amends_duty_free);
  AmendsDay turns_day = AMENDS_DAY_NONE;

  g_return_val_if_fail (self != NULL && rules != NULL, NULL);

  *ret_turns_day = AMENDS_DAY_NONE;
  if (amends_case_is_erased (self))
    return g_steal_pointer (&duties);
  list_clocks (self, rules, as_of, duties, &turns_day);
  list_unsent (self, duties);
  list_promises (self, duties);
  list_restrictions (self, duties);
  list_appointments (self, duties);
  list_agreed (self, duties);
  if (g_str_equal (amends_case_get_state (self), "open") || amends_case_holds (self, "responded"))
    list_late (self, rules, duties);
  if (g_str_equal (amends_case_get_state (self), "open"))
    {
      list_safety (self, duties);
      list_updates (self, duties);
      list_untold (self, duties);
      list_questions_to_others (self, duties);
      list_reviews (self, duties);
      list_questions (self, duties);
    }
  if (amends_case_get_n_conflicts (self) > 0)
    add_duty (self, duties,
              &(const AmendsDuty){ .kind = AMENDS_DUTY_SETTLE,
                                   .what = (char *) amends_case_get_conflict (self, 0)->name,
                                   .day = AMENDS_DAY_NONE });
  if (duties->len == 0 && amends_case_is_untouched (self))
    add_duty (self, duties,
              &(const AmendsDuty){ .kind = AMENDS_DUTY_LOOK, .day = AMENDS_DAY_NONE });
  g_ptr_array_sort (duties, compare_duties);
  *ret_turns_day = turns_day;
  return g_steal_pointer (&duties);
}

/**
 * amends_editions_get_acknowledge_day:
 * @scheme: (nullable): where it would be recorded
 * @received: when it was heard
 * @ret_calendar: (out) (transfer none): the working days up to it
 *
 * For what is still a draft: the clock runs although nothing is recorded.
 * Source: Complaint Handling Code 2024, 6.2.
 * Returns: by when a complaint is to be acknowledged, by the earlier of policy and Code
 */
AmendsDay
amends_editions_get_acknowledge_day (const AmendsEditions *self,
                                     const char *scheme,
                                     AmendsDay received,
                                     const AmendsCalendar **ret_calendar)
{
  const AmendsEdition *edition = amends_editions_get_in_force (self, scheme, received);
  AmendsPolicy *policy = edition != NULL ? edition->policy : NULL;
  AmendsPolicy *code = amends_editions_get_code (self);
  const AmendsCalendar *calendar =
      policy != NULL ? amends_editions_get_calendar (self, amends_policy_get_calendar_id (policy))
                     : NULL;

  if (calendar == NULL)
    calendar = amends_editions_get_calendar (self, amends_policy_get_calendar_id (code));
  return get_acknowledge_day (&(const AmendsRules){ policy, code, calendar, NULL }, received,
                              ret_calendar);
}
