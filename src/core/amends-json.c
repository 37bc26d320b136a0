/* amends-json.c: ids, days and instants as scripts read them
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/amends-json.h"

#include "core/amends-instant.h"

/**
 * amends_id_to_json:
 *
 * Returns: (transfer full): "7K.41"; null for number 0
 */
json_t *
amends_id_to_json (const AmendsId *id)
{
  char text[AMENDS_ID_BUFFER];

  if (id->number == 0)
    return json_null ();
  amends_id_format_to (id, text);
  return json_string (text);
}

/**
 * amends_day_to_json:
 *
 * Returns: (transfer full): "2026-11-21"; null for %AMENDS_DAY_NONE
 */
json_t *
amends_day_to_json (AmendsDay day)
{
  char text[AMENDS_DAY_TEXT_SIZE];

  if (day == AMENDS_DAY_NONE)
    return json_null ();
  amends_day_format_to (day, text);
  return json_string (text);
}

/**
 * amends_day_from_json:
 * @object: (nullable): what may hold it
 * @key: under which
 *
 * Returns: the day that stands there; %AMENDS_DAY_NONE where none does
 */
AmendsDay
amends_day_from_json (const json_t *object, const char *key)
{
  const char *text = json_string_value (json_object_get (object, key));
  AmendsDay day;

  return text != NULL && amends_day_parse (text, &day, NULL) ? day : AMENDS_DAY_NONE;
}

/**
 * amends_instant_to_json:
 * @instant: microseconds since 1970 UTC; 0 unknown
 *
 * Returns: (transfer full): "2026-11-21T10:02:11Z"; null if it is not known
 */
json_t *
amends_instant_to_json (gint64 instant)
{
  char text[AMENDS_INSTANT_TEXT_SIZE];

  if (instant == 0)
    return json_null ();
  amends_instant_format_to (instant, text);
  return json_string (text);
}
