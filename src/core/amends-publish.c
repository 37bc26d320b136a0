/* amends-publish.c: the gate of what a landlord publishes to all its devices
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/amends-publish.h"

#include "core/amends-decide-private.h"
#include "core/amends-error.h"
#include "core/amends-letter.h"

static gboolean
check_kind (const AmendsPublication *publication, GError **error)
{
  if (amends_device_kind_may_publish (publication->kind))
    return TRUE;
  amends_set_error (error, AMENDS_CORE_ERROR_REFUSED, "kind", NULL,
                    "Policies and calendars are published from a device that was enrolled as "
                    "“admin”: this one is not");
  return FALSE;
}

static gboolean
check_schemes (const AmendsPublication *publication, GError **error)
{
  for (guint i = 0; publication->schemes != NULL && publication->schemes[i] != NULL; i++)
    if (!g_strv_contains (publication->known_schemes, publication->schemes[i]))
      {
        amends_set_error (error, AMENDS_CORE_ERROR_INVALID, "schemes", NULL,
                          "There is no scheme “%s” on this device", publication->schemes[i]);
        return FALSE;
      }
  return TRUE;
}

static gboolean
check_calendar (const AmendsEditions *editions, const AmendsPolicy *policy, GError **error)
{
  const char *id = amends_policy_get_calendar_id (policy);

  if (amends_editions_get_calendar (editions, id) != NULL)
    return TRUE;
  amends_set_error (error, AMENDS_CORE_ERROR_NOT_FOUND, "policy.calendar", NULL,
                    "The policy counts by the calendar “%s”, which is not held here: publish that "
                    "first",
                    id);
  return FALSE;
}

static json_t *
text_to_json (GBytes *text)
{
  return json_stringn (g_bytes_get_data (text, NULL), g_bytes_get_size (text));
}

static AmendsDecision *
decide (const AmendsEditions *editions, json_t *body, GError **error)
{
  g_autoptr (AmendsDecision) decision = amends_decision_new ("org");
  AmendsId stream;

  decision->begins = !amends_editions_get_stream (editions, &stream);
  if (!amends_decision_add_body (decision, body, "text", error))
    return NULL;
  return g_steal_pointer (&decision);
}

static AmendsDay
first_day (const AmendsPublication *publication,
           const AmendsPolicy *policy,
           const AmendsMoment *moment)
{
  if (publication->from_day != AMENDS_DAY_NONE)
    return publication->from_day;
  if (amends_policy_get_effective_day (policy) != AMENDS_DAY_NONE)
    return amends_policy_get_effective_day (policy);
  return amends_moment_get_today (moment);
}

static json_t *
schemes_to_json (const char *const *schemes)
{
  json_t *array = schemes != NULL && schemes[0] != NULL ? json_array () : json_null ();

  for (guint i = 0; schemes != NULL && schemes[i] != NULL; i++)
    json_array_append_new (array, json_string (schemes[i]));
  return array;
}

/* What is not known here may be known to a newer version; until then no letter can hold it. */
static void
add_warnings (AmendsDecision *decision, const AmendsPolicy *policy)
{
  g_autoptr (GPtrArray) words = amends_letter_list_unknown_words (policy);

  for (guint i = 0; i < words->len; i++)
    g_ptr_array_add (decision->warnings,
                     g_strdup_printf ("It asks for “%s” in letters, for which there is no text: no "
                                      "such letter can be approved or sent until that word is "
                                      "changed",
                                      (const char *) g_ptr_array_index (words, i)));
}

/**
 * amends_decide_publish_policy:
 * @editions: what is held
 * @publication: what is to be published
 * @by: the member of staff; number 0 if nobody is signed in
 * @moment: now
 *
 * Cases that run already stay under the edition that they began under.
 *
 * Errors: %AMENDS_CORE_ERROR_REFUSED on a device of another kind than admin;
 * %AMENDS_CORE_ERROR_NOT_FOUND if its calendar is not held; %AMENDS_CORE_ERROR_INVALID for a scheme that
 * there is not; %AMENDS_CORE_ERROR_TOO_LARGE if it does not fit an event; those of
 * amends_policy_parse().
 * Returns: (transfer full): what is to be written, in the stream of @editions if there is one
 */
AmendsDecision *
amends_decide_publish_policy (const AmendsEditions *editions,
                              const AmendsPublication *publication,
                              const AmendsId *by,
                              const AmendsMoment *moment,
                              GError **error)
{
  g_autoptr (AmendsPolicy) policy = NULL;
  AmendsDecision *decision;
  char from[AMENDS_DAY_TEXT_SIZE];
  json_t *body;

  if (!check_kind (publication, error) || !check_schemes (publication, error))
    return NULL;
  policy = amends_policy_parse (publication->text, publication->file_name, NULL, error);
  if (policy == NULL || !check_calendar (editions, policy, error))
    return NULL;

  amends_day_format_to (first_day (publication, policy, moment), from);
  body = amends_decision_begin_body (amends_event_type_to_string (AMENDS_EVENT_POLICY_PUBLISHED),
                                     by, moment);
  json_object_set_new (body, "policy", json_string (amends_policy_get_id (policy)));
  json_object_set_new (body, "text", text_to_json (publication->text));
  json_object_set_new (body, "from", json_string (from));
  json_object_set_new (body, "schemes", schemes_to_json (publication->schemes));
  decision = decide (editions, body, error);
  if (decision != NULL)
    add_warnings (decision, policy);
  return decision;
}

/**
 * amends_decide_publish_calendar:
 * @editions: what is held
 * @publication: what is to be published
 * @by: the member of staff; number 0 if nobody is signed in
 * @moment: now
 *
 * Errors: %AMENDS_CORE_ERROR_REFUSED on a device of another kind than admin;
 * %AMENDS_CORE_ERROR_INVALID if its years do not join those that are known; those of
 * amends_calendar_parse().
 * Returns: (transfer full): what is to be written, in the stream of @editions if there is one
 */
AmendsDecision *
amends_decide_publish_calendar (const AmendsEditions *editions,
                                const AmendsPublication *publication,
                                const AmendsId *by,
                                const AmendsMoment *moment,
                                GError **error)
{
  g_autoptr (AmendsCalendar) calendar = NULL;
  g_autoptr (AmendsCalendar) laid = NULL;
  const AmendsCalendar *below;
  json_t *body;

  if (!check_kind (publication, error))
    return NULL;
  calendar = amends_calendar_parse (publication->text, publication->file_name, NULL, error);
  if (calendar == NULL)
    return NULL;
  below = amends_editions_get_calendar (editions, amends_calendar_get_id (calendar));
  if (below != NULL)
    {
      laid = amends_calendar_overlay (below, calendar, error);
      if (laid == NULL)
        return NULL;
    }

  body = amends_decision_begin_body (amends_event_type_to_string (AMENDS_EVENT_CALENDAR_PUBLISHED),
                                     by, moment);
  json_object_set_new (body, "calendar", json_string (amends_calendar_get_id (calendar)));
  json_object_set_new (body, "text", text_to_json (publication->text));
  return decide (editions, body, error);
}
