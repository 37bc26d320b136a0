/* amends-event-body.c: what every body says of itself
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "core/amends-event.h"
#include "core/amends-instant.h"

/**
 * amends_body_get_type:
 *
 * Returns: the type of an event with this body
 */
AmendsEventType
amends_body_get_type (const json_t *body)
{
  const char *word = json_string_value (json_object_get (body, "type"));

  return word != NULL ? amends_event_type_from_string (word) : AMENDS_EVENT_UNKNOWN;
}

/**
 * amends_body_get_at:
 *
 * Returns: when its author's clock said it was written, in microseconds since 1970 UTC; 0 unknown
 */
gint64
amends_body_get_at (const json_t *body)
{
  const char *at = json_string_value (json_object_get (body, "at"));
  gint64 instant = 0;

  if (at == NULL || !amends_instant_parse (at, &instant, NULL))
    return 0;
  return instant;
}

/**
 * amends_body_is_envelope:
 * @key: a key of a body
 *
 * Returns: whether it says what, when and who, as in every body, and not what was recorded
 */
gboolean
amends_body_is_envelope (const char *key)
{
  return g_str_equal (key, "type") || g_str_equal (key, "at") || g_str_equal (key, "by");
}

/**
 * amends_body_reports_hazard:
 * @body: of the event that records a case
 *
 * Returns: whether a hazard was told of with it
 */
gboolean
amends_body_reports_hazard (const json_t *body)
{
  const json_t *hazard = json_object_get (body, "hazard");

  return json_is_true (hazard) || json_is_string (hazard)
         || json_is_true (json_object_get (body, "hazard_emergency"));
}

/**
 * amends_body_get_by:
 * @ret_by: (out): the stream of the member of staff
 *
 * Returns: whether the body names who wrote it
 */
gboolean
amends_body_get_by (const json_t *body, AmendsId *ret_by)
{
  const char *by = json_string_value (json_object_get (body, "by"));

  return by != NULL && amends_id_parse_len (by, strlen (by), ret_by);
}
