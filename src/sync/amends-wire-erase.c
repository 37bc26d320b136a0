/* amends-wire-erase.c: what a device asks to be erased, in the head of a request (PROTOCOL.md 11)
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "core/amends-json.h"
#include "sync/amends-wire-private.h"

/**
 * amends_wire_erase_free:
 * @self: (nullable) (transfer full): what was asked
 */
void
amends_wire_erase_free (AmendsWireErase *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->events, g_array_unref);
  g_free (self);
}

/**
 * amends_wire_erase_to_json:
 *
 * Returns: (transfer full): as it is sent
 */
json_t *
amends_wire_erase_to_json (const AmendsWireErase *self)
{
  json_t *events = json_array ();

  for (guint i = 0; i < self->events->len; i++)
    json_array_append_new (events, amends_id_to_json (&g_array_index (self->events, AmendsId, i)));
  return json_pack ("{s:o, s:o, s:o, s:o}", "stream", amends_id_to_json (&self->stream), "ask",
                    amends_id_to_json (&self->ask), "agree", amends_id_to_json (&self->agree),
                    "events", events);
}

static gboolean
read_id (const json_t *value, AmendsId *ret_id)
{
  const char *text = json_string_value (value);

  return text != NULL && amends_id_parse_len (text, strlen (text), ret_id);
}

/**
 * amends_wire_erase_from_json:
 * @json: the member "erase"
 *
 * Errors: %AMENDS_CORE_ERROR_INVALID, field erase.
 * Returns: (transfer full): what is asked
 */
AmendsWireErase *
amends_wire_erase_from_json (const json_t *json, GError **error)
{
  AmendsWireErase *self = g_new0 (AmendsWireErase, 1);
  const json_t *events = json_object_get (json, "events");
  gsize n_events = json_array_size (events);
  gboolean is_read;

  self->events = g_array_new (FALSE, FALSE, sizeof (AmendsId));
  is_read = n_events > 0 && n_events <= AMENDS_WIRE_MAX_ERASED
            && read_id (json_object_get (json, "stream"), &self->stream)
            && read_id (json_object_get (json, "ask"), &self->ask)
            && read_id (json_object_get (json, "agree"), &self->agree);
  for (gsize i = 0; is_read && i < n_events; i++)
    {
      AmendsId id;

      is_read = read_id (json_array_get (events, i), &id);
      if (is_read)
        g_array_append_val (self->events, id);
    }
  if (is_read)
    return self;
  amends_wire_erase_free (self);
  amends_wire_invalid (error, "erase",
                       "What is to be erased is a stream, who asked, who agreed and 1 to %d events",
                       AMENDS_WIRE_MAX_ERASED);
  return NULL;
}
