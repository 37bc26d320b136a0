/* amends-clock-event.c: what starts and ends the clocks of a complaint, and histories that are refused
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/amends-clock-event.h"

#include <string.h>

#include "core/amends-error.h"

#define NAME_MAX_BYTES 64 /* of an unknown name that is said back to its author */

static const char *const names[] = {
  [AMENDS_CLOCK_EVENT_NONE] = "",
  [AMENDS_CLOCK_EVENT_ISSUE_AROSE] = "issue_arose",
  [AMENDS_CLOCK_EVENT_ISSUE_AWARE] = "issue_aware",
  [AMENDS_CLOCK_EVENT_HAZARD_REPORTED] = "hazard_reported",
  [AMENDS_CLOCK_EVENT_HAZARD_INVESTIGATED] = "hazard_investigated",
  [AMENDS_CLOCK_EVENT_HAZARD_SUMMARY_SENT] = "hazard_summary_sent",
  [AMENDS_CLOCK_EVENT_HAZARD_MADE_SAFE] = "hazard_made_safe",
  [AMENDS_CLOCK_EVENT_ENQUIRY_RECEIVED] = "enquiry_received",
  [AMENDS_CLOCK_EVENT_ENQUIRY_REPLIED] = "enquiry_replied",
  [AMENDS_CLOCK_EVENT_DATA_COMPLAINT_RECEIVED] = "data_complaint_received",
  [AMENDS_CLOCK_EVENT_DATA_COMPLAINT_ACKNOWLEDGED] = "data_complaint_acknowledged",
  [AMENDS_CLOCK_EVENT_SERVICE_REQUEST_OPENED] = "service_request_opened",
  [AMENDS_CLOCK_EVENT_INFORMAL_OPENED] = "informal_opened",
  [AMENDS_CLOCK_EVENT_SERVICE_REQUEST_RESOLVED] = "service_request_resolved",
  [AMENDS_CLOCK_EVENT_DISSATISFIED] = "dissatisfied",
  [AMENDS_CLOCK_EVENT_RECEIVED] = "received",
  [AMENDS_CLOCK_EVENT_DECLINED] = "declined",
  [AMENDS_CLOCK_EVENT_REOPENED] = "reopened",
  [AMENDS_CLOCK_EVENT_ACKNOWLEDGED] = "acknowledged",
  [AMENDS_CLOCK_EVENT_ASSIGNED] = "assigned",
  [AMENDS_CLOCK_EVENT_CONTACTED] = "contacted",
  [AMENDS_CLOCK_EVENT_UPDATED] = "updated",
  [AMENDS_CLOCK_EVENT_EXTENDED] = "extended",
  [AMENDS_CLOCK_EVENT_RESPONDED] = "responded",
  [AMENDS_CLOCK_EVENT_PANEL_REQUESTED] = "panel_requested",
  [AMENDS_CLOCK_EVENT_PANEL_DECIDED] = "panel_decided",
  [AMENDS_CLOCK_EVENT_CLOSURE_CONTACT] = "closure_contact",
  [AMENDS_CLOCK_EVENT_CLOSED] = "closed",
  [AMENDS_CLOCK_EVENT_ESCALATION_REQUESTED] = "escalation_requested",
  [AMENDS_CLOCK_EVENT_UNDERSTANDING_SENT] = "understanding_sent",
  [AMENDS_CLOCK_EVENT_UNDERSTANDING_CONFIRMED] = "understanding_confirmed",
  [AMENDS_CLOCK_EVENT_STAGE2_ACKNOWLEDGED] = "stage2_acknowledged",
  [AMENDS_CLOCK_EVENT_STAGE2_ASSIGNED] = "stage2_assigned",
  [AMENDS_CLOCK_EVENT_STAGE2_CONTACTED] = "stage2_contacted",
  [AMENDS_CLOCK_EVENT_STAGE2_UPDATED] = "stage2_updated",
  [AMENDS_CLOCK_EVENT_STAGE2_EXTENDED] = "stage2_extended",
  [AMENDS_CLOCK_EVENT_STAGE2_RESPONDED] = "stage2_responded",
  [AMENDS_CLOCK_EVENT_DELIVERED] = "delivered",
  [AMENDS_CLOCK_EVENT_STAGE2_CLOSED] = "stage2_closed",
  [AMENDS_CLOCK_EVENT_WITHDRAWN] = "withdrawn",
};

G_STATIC_ASSERT (G_N_ELEMENTS (names) == AMENDS_CLOCK_EVENT_LAST + 1);

static const char *const media[] = { "written", "telephone", "in-person" };

/* Why a case is taken up again, and whether stage 1 begins anew. */
static const struct
{
  const char *because;
  gboolean restarts;
} reopenings[] = {
  { "refusal-overturned", TRUE },
  { "ombudsman-instruction", TRUE },
  { "actions-unfinished", FALSE },
  { "new-information", FALSE },
};

static const char *const keys[] = {
  "event",       "on",      "working_days", "issue",     "medium", "agreed",
  "good_reason", "because", "delivered_on", "anonymous", NULL,
};

/**
 * amends_clock_event_get_name:
 * @kind: a kind
 *
 * Returns: its name in files and input, "escalation_requested"
 */
const char *
amends_clock_event_get_name (AmendsClockEventKind kind)
{
  g_return_val_if_fail ((guint) kind <= AMENDS_CLOCK_EVENT_LAST, "");

  return names[kind];
}

/**
 * amends_clock_event_from_name:
 * @name: a name
 *
 * Returns: the kind, or %AMENDS_CLOCK_EVENT_NONE if there is none of that name
 */
AmendsClockEventKind
amends_clock_event_from_name (const char *name)
{
  g_return_val_if_fail (name != NULL, AMENDS_CLOCK_EVENT_NONE);

  for (guint i = 1; i < G_N_ELEMENTS (names); i++)
    if (strcmp (names[i], name) == 0)
      return (AmendsClockEventKind) i;
  return AMENDS_CLOCK_EVENT_NONE;
}

/* The one being read: its place in the list, and its name for messages. */
typedef struct
{
  gsize i;
  const char *name;
  AmendsDay as_of;
} Place;

static gboolean
refuse (const Place *place, const char *key, const char *what, GError **error)
{
  g_autofree char *field = g_strdup_printf ("events.%" G_GSIZE_FORMAT ".%s", place->i, key);

  amends_set_error (error, AMENDS_CORE_ERROR_INVALID, field, NULL, "“%s”: “%s” %s", place->name,
                    key, what);
  return FALSE;
}

static gboolean
check_keys (const Place *place, json_t *object, GError **error)
{
  const char *key;
  json_t *value;

  json_object_foreach (object, key, value)
    if (!g_strv_contains (keys, key))
      {
        g_autofree char *shown =
            g_utf8_substring (key, 0, MIN (g_utf8_strlen (key, NAME_MAX_BYTES), NAME_MAX_BYTES));

        return refuse (place, shown, "is no key of an event", error);
      }
  return TRUE;
}

static gboolean
read_day (const Place *place,
          const json_t *object,
          const char *key,
          gboolean may_be_partial,
          AmendsDay *ret_day,
          GError **error)
{
  const char *text = json_string_value (json_object_get (object, key));
  AmendsDay first;
  AmendsDay last;

  if (text == NULL || !amends_partial_day_parse (text, &first, &last, NULL))
    return refuse (place, key, "needs a date that exists, YYYY-MM-DD", error);
  if (first != last && !may_be_partial)
    return refuse (place, key, "needs a whole date, YYYY-MM-DD", error);
  if (first > place->as_of)
    return refuse (place, key, "is after the day that was asked about", error);

  *ret_day = last;
  return TRUE;
}

static gboolean
read_boolean (const Place *place,
              const json_t *object,
              const char *key,
              gboolean *ret_value,
              GError **error)
{
  const json_t *value = json_object_get (object, key);

  if (value != NULL && !json_is_boolean (value) && !json_is_null (value))
    return refuse (place, key, "is true, false or null", error);
  *ret_value = json_is_true (value);
  return TRUE;
}

static gboolean
read_medium (const Place *place,
             const json_t *object,
             AmendsClockMedium *ret_medium,
             GError **error)
{
  const json_t *value = json_object_get (object, "medium");

  if (value == NULL || json_is_null (value))
    return TRUE;
  for (guint i = 0; json_is_string (value) && i < G_N_ELEMENTS (media); i++)
    if (strcmp (json_string_value (value), media[i]) == 0)
      {
        *ret_medium = (AmendsClockMedium) i;
        return TRUE;
      }
  return refuse (place, "medium", "is written, telephone or in-person", error);
}

static gboolean
read_extension (const Place *place, const json_t *object, AmendsClockEvent *event, GError **error)
{
  const json_t *value = json_object_get (object, "working_days");
  gboolean is_extension = event->kind == AMENDS_CLOCK_EVENT_EXTENDED
                          || event->kind == AMENDS_CLOCK_EVENT_STAGE2_EXTENDED;
  gboolean agreed;

  if ((value != NULL && !json_is_null (value)) || is_extension)
    {
      json_int_t n = json_is_integer (value) ? json_integer_value (value) : 0;

      if (n < 1 || n > AMENDS_CLOCK_EXTENSION_MAX_WORKING_DAYS)
        return refuse (place, "working_days", "needs a number from 1 to 260", error);
      event->n_working_days = (int) n;
    }

  /* Whether the complainant agreed is recorded; it changes no date by itself. */
  return read_boolean (place, object, "agreed", &agreed, error)
         && read_boolean (place, object, "good_reason", &event->has_good_reason, error);
}

static gboolean
read_because (const Place *place, const json_t *object, AmendsClockEvent *event, GError **error)
{
  const json_t *value = json_object_get (object, "because");

  if (event->kind == AMENDS_CLOCK_EVENT_HAZARD_REPORTED)
    event->is_emergency = g_strcmp0 (json_string_value (value), "emergency") == 0;
  if (event->kind == AMENDS_CLOCK_EVENT_HAZARD_INVESTIGATED)
    event->is_no_hazard = g_strcmp0 (json_string_value (value), "no-hazard") == 0;
  if (event->kind != AMENDS_CLOCK_EVENT_REOPENED)
    return value == NULL || json_is_null (value) || json_is_string (value)
           || refuse (place, "because", "needs a text", error);

  for (guint i = 0; json_is_string (value) && i < G_N_ELEMENTS (reopenings); i++)
    if (strcmp (json_string_value (value), reopenings[i].because) == 0)
      {
        event->restarts = reopenings[i].restarts;
        return TRUE;
      }
  return refuse (place, "because",
                 "is refusal-overturned, ombudsman-instruction, actions-unfinished or "
                 "new-information",
                 error);
}

static gboolean
read_details (const Place *place, const json_t *object, AmendsClockEvent *event, GError **error)
{
  const json_t *issue = json_object_get (object, "issue");
  const json_t *delivered = json_object_get (object, "delivered_on");

  if (issue != NULL && !json_is_null (issue) && !json_is_string (issue) && !json_is_integer (issue))
    return refuse (place, "issue", "needs the name or number of an issue", error);
  if (delivered != NULL && !json_is_null (delivered)
      && !read_day (place, object, "delivered_on", FALSE, &event->delivered_day, error))
    return FALSE;
  if (event->delivered_day != AMENDS_DAY_NONE && event->delivered_day < event->day)
    return refuse (place, "delivered_on", "is before the day it was sent", error);

  return read_medium (place, object, &event->medium, error)
         && read_extension (place, object, event, error)
         && read_because (place, object, event, error)
         && read_boolean (place, object, "anonymous", &event->is_anonymous, error);
}

static gboolean
read_event (Place *place, json_t *object, AmendsClockEvent *event, GError **error)
{
  gboolean may_be_partial;

  *event = (AmendsClockEvent){ .delivered_day = AMENDS_DAY_NONE };
  place->name = "event";
  if (!json_is_object (object))
    return refuse (place, "event", "is missing: each event is an object", error);

  if (json_is_string (json_object_get (object, "event")))
    event->kind =
        amends_clock_event_from_name (json_string_value (json_object_get (object, "event")));
  if (event->kind == AMENDS_CLOCK_EVENT_NONE)
    {
      const char *said = json_string_value (json_object_get (object, "event"));
      g_autoptr (GString) what = g_string_new ("names no event that there is");

      if (said != NULL && strlen (said) <= NAME_MAX_BYTES)
        g_string_append_printf (what, ": “%s”", said);
      for (guint i = 1; i < G_N_ELEMENTS (names); i++)
        g_string_append_printf (what, "%s%s", i == 1 ? "; there are " : ", ", names[i]);
      return refuse (place, "event", what->str, error);
    }

  place->name = amends_clock_event_get_name (event->kind);
  may_be_partial = event->kind == AMENDS_CLOCK_EVENT_ISSUE_AROSE
                   || event->kind == AMENDS_CLOCK_EVENT_ISSUE_AWARE;
  return check_keys (place, object, error)
         && read_day (place, object, "on", may_be_partial, &event->day, error)
         && read_details (place, object, event, error);
}

static int
compare_events (const void *a, const void *b)
{
  const AmendsClockEvent *event_a = a;
  const AmendsClockEvent *event_b = b;

  if (event_a->day != event_b->day)
    return event_a->day < event_b->day ? -1 : 1;
  if (event_a->turn != event_b->turn)
    return event_a->turn < event_b->turn ? -1 : 1;
  return (int) event_a->kind - (int) event_b->kind;
}

static void
refuse_order (const AmendsClockEvent *event, const char *what, GError **error)
{
  char day[AMENDS_DAY_TEXT_SIZE];

  amends_day_format_to (event->day, day);
  amends_set_error (error, AMENDS_CORE_ERROR_INVALID, names[event->kind], NULL, "“%s” of %s %s",
                    names[event->kind], day, what);
}

/* What cannot be of a complaint that nobody received. A matter that was only a service request, an
 * enquiry or an informal complaint may be withdrawn. */
static gboolean
is_of_stage_1 (AmendsClockEventKind kind)
{
  return (kind >= AMENDS_CLOCK_EVENT_DECLINED && kind <= AMENDS_CLOCK_EVENT_ESCALATION_REQUESTED)
         || kind == AMENDS_CLOCK_EVENT_DELIVERED;
}

static gboolean
may_not_precede_receipt (AmendsClockEventKind kind)
{
  return kind == AMENDS_CLOCK_EVENT_ACKNOWLEDGED || kind == AMENDS_CLOCK_EVENT_EXTENDED
         || kind == AMENDS_CLOCK_EVENT_RESPONDED || kind == AMENDS_CLOCK_EVENT_ESCALATION_REQUESTED;
}

static gboolean
is_of_stage_2 (AmendsClockEventKind kind)
{
  return (kind >= AMENDS_CLOCK_EVENT_UNDERSTANDING_SENT
          && kind <= AMENDS_CLOCK_EVENT_STAGE2_RESPONDED)
         || kind == AMENDS_CLOCK_EVENT_STAGE2_CLOSED;
}

/* The days before which some things cannot be. */
typedef struct
{
  AmendsDay received_day;
  AmendsDay requested_day;
} Bounds;

static Bounds
find_bounds (const GArray *events)
{
  Bounds bounds = { AMENDS_DAY_NONE, AMENDS_DAY_NONE };

  for (guint i = 0; i < events->len; i++)
    {
      const AmendsClockEvent *event = &g_array_index (events, AmendsClockEvent, i);

      if (event->kind == AMENDS_CLOCK_EVENT_RECEIVED && bounds.received_day == AMENDS_DAY_NONE)
        bounds.received_day = event->day;
      if (event->kind == AMENDS_CLOCK_EVENT_ESCALATION_REQUESTED
          && bounds.requested_day == AMENDS_DAY_NONE)
        bounds.requested_day = event->day;
    }
  return bounds;
}

/* What is wrong with @event where it stands; NULL if nothing. */
static const char *
find_fault (const AmendsClockEvent *event, const Bounds *bounds, AmendsDay as_of)
{
  gboolean is_roughly_known = event->kind == AMENDS_CLOCK_EVENT_ISSUE_AROSE
                              || event->kind == AMENDS_CLOCK_EVENT_ISSUE_AWARE;

  if (event->day > as_of && !is_roughly_known)
    return "is after the day that was asked about";
  if (is_of_stage_2 (event->kind) && bounds->requested_day == AMENDS_DAY_NONE)
    return "is of stage 2, and nobody asked for it";
  if (is_of_stage_2 (event->kind) && event->day < bounds->requested_day)
    return "is before the request for stage 2";
  if (is_of_stage_1 (event->kind) && bounds->received_day == AMENDS_DAY_NONE)
    return "needs the day on which the complaint was “received”";
  if (may_not_precede_receipt (event->kind) && event->day < bounds->received_day)
    return "is before the complaint was received";
  return NULL;
}

/**
 * amends_clock_history_tidy:
 * @events: (element-type AmendsClockEvent): in any order; they are put in order
 * @as_of: the day that is asked about
 *
 * Leaves out what amends_clock_history_take() would refuse, until it refuses nothing: for a history that
 * others wrote while apart, of which a part may not have arrived. Without what is left out a duty counts
 * as not done.
 */
void
amends_clock_history_tidy (GArray *events, AmendsDay as_of)
{
  guint n_before;

  g_return_if_fail (events != NULL && as_of >= AMENDS_DAY_FIRST);

  g_array_sort (events, compare_events);
  do
    {
      Bounds bounds = find_bounds (events);

      n_before = events->len;
      for (guint i = events->len; i-- > 0;)
        if (find_fault (&g_array_index (events, AmendsClockEvent, i), &bounds, as_of) != NULL)
          g_array_remove_index (events, i);
    }
  while (events->len < n_before);
}

/**
 * amends_clock_history_take:
 * @events: (transfer none) (element-type AmendsClockEvent): in any order; they are put in order
 * @as_of: the day that is asked about
 *
 * Checks a history that did not come as JSON.
 *
 * Errors: %AMENDS_CORE_ERROR_INVALID with the name of the event as its field: one after @as_of, one
 * before the receipt that cannot be, stage 2 without a request, stage 1 without a receipt.
 * Returns: (transfer none): @events, or %NULL
 */
GArray *
amends_clock_history_take (GArray *events, AmendsDay as_of, GError **error)
{
  Bounds bounds;

  g_return_val_if_fail (events != NULL, NULL);
  g_return_val_if_fail (as_of >= AMENDS_DAY_FIRST, NULL);

  g_array_sort (events, compare_events);
  bounds = find_bounds (events);
  for (guint i = 0; i < events->len; i++)
    {
      const AmendsClockEvent *event = &g_array_index (events, AmendsClockEvent, i);
      const char *fault = find_fault (event, &bounds, as_of);

      if (fault != NULL)
        {
          refuse_order (event, fault, error);
          return NULL;
        }
    }
  return events;
}

/**
 * amends_clock_history_parse:
 * @input: `{"events": [{"event": "received", "on": "2026-12-17"}, …]}`, in any order
 * @as_of: the day that is asked about
 *
 * A repeat is no error: which one counts is the clock's to say.
 *
 * Errors: %AMENDS_CORE_ERROR_INVALID with the path of the event, or its name, as its field;
 * %AMENDS_CORE_ERROR_TOO_LARGE.
 * Returns: (transfer full) (element-type AmendsClockEvent): the events in order, or %NULL
 */
GArray *
amends_clock_history_parse (const json_t *input, AmendsDay as_of, GError **error)
{
  g_autoptr (GArray) events = g_array_new (FALSE, FALSE, sizeof (AmendsClockEvent));
  const json_t *list = json_object_get (input, "events");
  Place place = { .as_of = as_of };

  g_return_val_if_fail (as_of >= AMENDS_DAY_FIRST, NULL);

  if (!json_is_array (list) || json_object_size (input) != 1)
    {
      amends_set_error (error, AMENDS_CORE_ERROR_INVALID, "events", NULL,
                        "A history is an object with the list “events” and nothing else");
      return NULL;
    }
  if (json_array_size (list) > AMENDS_CLOCK_HISTORY_MAX_EVENTS)
    {
      amends_set_error (error, AMENDS_CORE_ERROR_TOO_LARGE, "events", NULL,
                        "A history has at most %d events", AMENDS_CLOCK_HISTORY_MAX_EVENTS);
      return NULL;
    }

  for (place.i = 0; place.i < json_array_size (list); place.i++)
    {
      AmendsClockEvent event;

      if (!read_event (&place, json_array_get (list, place.i), &event, error))
        return NULL;
      g_array_append_val (events, event);
    }

  if (amends_clock_history_take (events, as_of, error) == NULL)
    return NULL;
  return g_steal_pointer (&events);
}
