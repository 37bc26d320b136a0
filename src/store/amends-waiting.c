/* amends-waiting.c: since when records wait that this device cannot read
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * When something was said stands in the event, and a kiosk cannot open its own. So that a queue which nobody
 * sees can be told to staff, the number of each record and the moment are kept beside, until it is sent. */

#include "core/amends-event.h"
#include "store/amends-log.h"
#include "store/amends-store-private.h"

#define WAITING "records-waiting"

/* More are not told apart: so many say enough. */
#define N_RECORDS_MAX 1000

/* Returns: (transfer full) (nullable): [[number, at], …] of what waits, oldest first */
static json_t *
load (AmendsStore *self, const AmendsHead *head, GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (GBytes) bytes = amends_meta_get (self, WAITING, &failure);
  json_auto_t *kept = NULL;
  json_t *waiting;

  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return NULL;
    }
  if (bytes == NULL)
    return json_array ();
  kept = amends_json_load (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), error);
  if (kept == NULL)
    return NULL;
  waiting = json_array ();
  for (gsize i = 0; i < json_array_size (kept); i++)
    {
      json_t *record = json_array_get (kept, i);
      guint64 number = (guint64) json_integer_value (json_array_get (record, 0));

      if (number > head->acknowledged && number <= head->number)
        json_array_append (waiting, record);
    }
  return waiting;
}

/**
 * amends_waiting_note:
 * @at: when it was recorded, microseconds since 1970 UTC
 *
 * Notes that what was just written waits; in the transaction that wrote it.
 * Returns: %TRUE on success
 */
gboolean
amends_waiting_note (AmendsStore *self, gint64 at, GError **error)
{
  json_auto_t *waiting = NULL;
  g_autoptr (GBytes) bytes = NULL;
  AmendsHead head;

  if (!amends_log_get_head (self, &head, error))
    return FALSE;
  waiting = load (self, &head, error);
  if (waiting == NULL)
    return FALSE;
  if (json_array_size (waiting) >= N_RECORDS_MAX)
    return TRUE;
  json_array_append_new (waiting, json_pack ("[I, I]", (json_int_t) head.number, (json_int_t) at));
  bytes = amends_json_dump (waiting);
  return amends_meta_set (self, WAITING, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes),
                          error);
}

/**
 * amends_waiting_read:
 * @head: where this device stands
 * @ret_n_records: (out): how many records wait
 * @ret_oldest_at: (out): when the oldest was recorded, microseconds since 1970 UTC; 0 where none waits
 *
 * Returns: %TRUE on success
 */
gboolean
amends_waiting_read (AmendsStore *self,
                     const AmendsHead *head,
                     guint *ret_n_records,
                     gint64 *ret_oldest_at,
                     GError **error)
{
  json_auto_t *waiting = load (self, head, error);

  if (waiting == NULL)
    return FALSE;
  *ret_n_records = (guint) json_array_size (waiting);
  *ret_oldest_at = (gint64) json_integer_value (json_array_get (json_array_get (waiting, 0), 1));
  return TRUE;
}
