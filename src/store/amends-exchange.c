/* amends-exchange.c: what is kept from one exchange with the server to the next
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gstdio.h>
#include <string.h>

#include "store/amends-log.h"
#include "store/amends-store-private.h"

/* Request numbers only have to rise. The clock in milliseconds does that without a write; where it was
 * set back, numbers are reserved by the block above the highest that the server has seen. */
#define REQUEST_BLOCK 256

/* Beside the log and not in it: it changes with every attempt, and is not worth a write that waits for
 * the disk, nor a lost case if a power cut takes it. */
#define STATE_FILE "sync-state"
#define STATE_PURPOSE "sync-state"

#define CARRIED "carried"

/**
 * amends_log_reserve_request:
 *
 * Returns: a request number above every one before it; 0 on failure
 */
guint64
amends_log_reserve_request (AmendsStore *self, GError **error)
{
  guint64 now_ms = (guint64) (amends_environment_now (&self->environment) / 1000);
  gint64 kept;
  guint64 floor;

  if (!amends_meta_get_number (self, "request-floor", &kept, error))
    return 0;
  floor = (guint64) kept;
  if (now_ms > floor && now_ms > self->last_request)
    return self->last_request = now_ms;
  if (self->last_request >= self->last_reserved)
    {
      guint64 from = MAX (floor, self->last_request);

      if (!amends_meta_set_number (self, "request-floor", (gint64) (from + REQUEST_BLOCK), error))
        return 0;
      self->last_request = from;
      self->last_reserved = from + REQUEST_BLOCK;
    }
  return ++self->last_request;
}

/**
 * amends_log_raise_request:
 * @above: the server has seen this number
 *
 * The floor only ever rises: an answer that came late names a number that is lower than what was reserved since.
 * Errors: %AMENDS_STORE_ERROR_FAILED if there is no number above; store errors.
 * Returns: %TRUE once later numbers are above it
 */
gboolean
amends_log_raise_request (AmendsStore *self, guint64 above, GError **error)
{
  gint64 kept;

  if (above > G_MAXINT64 - REQUEST_BLOCK)
    {
      g_set_error_literal (error, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_FAILED,
                           "The server names a request number that none is above");
      return FALSE;
    }
  if (!amends_meta_get_number (self, "request-floor", &kept, error))
    return FALSE;
  self->last_reserved = 0; /* the next is above the floor, not of a block in which this may be */
  return (gint64) above <= kept
         || amends_meta_set_number (self, "request-floor", (gint64) above, error);
}

/**
 * amends_log_set_epoch:
 * @epoch: the server's new one
 *
 * In the transaction that steps cursors back.
 * Returns: %TRUE on success
 */
gboolean
amends_log_set_epoch (AmendsStore *self, const char *epoch, GError **error)
{
  g_strlcpy (self->identity->epoch, epoch, sizeof self->identity->epoch);
  return amends_store_save_identity (self, error);
}

/**
 * amends_log_is_unsure:
 *
 * Returns: whether events went out whose receipt has not come back
 */
gboolean
amends_log_is_unsure (AmendsStore *self)
{
  gint64 is_unsure;

  return !amends_meta_get_number (self, "unsure", &is_unsure, NULL) || is_unsure != 0;
}

/**
 * amends_log_set_unsure:
 *
 * Returns: %TRUE once it is durable, or was so already
 */
gboolean
amends_log_set_unsure (AmendsStore *self, gboolean is_unsure, GError **error)
{
  return amends_log_is_unsure (self) == is_unsure
         || amends_meta_set_number (self, "unsure", is_unsure, error);
}

/**
 * amends_log_is_refused:
 *
 * Returns: whether this device was withdrawn and the server holds another branch under its numbers, so that there is no
 * code under which it could hand in its own. Another epoch may know neither
 */
gboolean
amends_log_is_refused (AmendsStore *self)
{
  g_autoptr (GBytes) epoch = amends_meta_get_plain (self, "refused", NULL);
  const char *current = self->identity->epoch;

  return epoch != NULL && g_bytes_get_size (epoch) == strlen (current)
         && memcmp (g_bytes_get_data (epoch, NULL), current, strlen (current)) == 0;
}

/**
 * amends_log_set_refused:
 *
 * Until the server has another epoch.
 * Returns: %TRUE on success
 */
gboolean
amends_log_set_refused (AmendsStore *self, GError **error)
{
  const char *epoch = self->identity->epoch;

  return amends_meta_set_plain (self, "refused", epoch, strlen (epoch), error);
}

static guint64
get_count (const json_t *object, const char *key)
{
  return (guint64) json_integer_value (json_object_get (object, key));
}

/**
 * amends_log_get_carried:
 * @ret_carried: (out): what was last carried away; all 0 if nothing was
 *
 * Returns: %TRUE on success
 */
gboolean
amends_log_get_carried (AmendsStore *self, AmendsCarried *ret_carried, GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (GBytes) bytes = amends_meta_get (self, CARRIED, &failure);
  json_auto_t *json = NULL;

  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  memset (ret_carried, 0, sizeof *ret_carried);
  if (bytes == NULL)
    return TRUE;
  json = amends_json_load (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), error);
  if (json == NULL)
    return FALSE;
  ret_carried->request = get_count (json, "request");
  ret_carried->number = get_count (json, "number");
  ret_carried->n_events = get_count (json, "events");
  ret_carried->at = (gint64) get_count (json, "at");
  ret_carried->is_current = json_is_true (json_object_get (json, "current"));
  return TRUE;
}

/**
 * amends_log_set_carried:
 * @carried: what is on its way now
 *
 * Returns: %TRUE once it is durable
 */
gboolean
amends_log_set_carried (AmendsStore *self, const AmendsCarried *carried, GError **error)
{
  json_auto_t *json =
      json_pack ("{s:I, s:I, s:I, s:I, s:b}", "request", (json_int_t) carried->request, "number",
                 (json_int_t) carried->number, "events", (json_int_t) carried->n_events, "at",
                 (json_int_t) carried->at, "current", carried->is_current);
  g_autoptr (GBytes) bytes = amends_json_dump (json);

  return amends_meta_set (self, CARRIED, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes),
                          error);
}

/**
 * amends_log_overtake_carried:
 *
 * Says that a receipt has come: an answer to what was carried away before is no longer current. Writes
 * only the first time.
 * Returns: %TRUE once it is durable
 */
gboolean
amends_log_overtake_carried (AmendsStore *self, GError **error)
{
  AmendsCarried carried;

  if (!amends_log_get_carried (self, &carried, error))
    return FALSE;
  if (!carried.is_current)
    return TRUE;
  carried.is_current = FALSE;
  return amends_log_set_carried (self, &carried, error);
}

/**
 * amends_log_get_sync_state:
 *
 * Returns: (transfer full): what amends_log_set_sync_state() kept; an empty object if there is none
 */
json_t *
amends_log_get_sync_state (AmendsStore *self)
{
  g_autofree char *path = NULL;
  g_autofree char *sealed = NULL;
  g_autoptr (GBytes) bytes = NULL;
  gsize n_sealed;

  if (self->sync_state != NULL)
    return json_deep_copy (self->sync_state);
  path = g_build_filename (self->path, STATE_FILE, NULL);
  if (g_file_get_contents (path, &sealed, &n_sealed, NULL))
    bytes = amends_unseal (self->key, STATE_PURPOSE, sealed, n_sealed, NULL);
  if (bytes != NULL)
    self->sync_state =
        amends_json_load (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), NULL);
  if (self->sync_state == NULL)
    self->sync_state = json_object ();
  return json_deep_copy (self->sync_state);
}

/**
 * amends_log_set_sync_state:
 * @state: attempt, success, receipt, error
 *
 * Kept sealed if it can be, with no wait for the disk.
 */
void
amends_log_set_sync_state (AmendsStore *self, const json_t *state)
{
  g_autofree char *path = g_build_filename (self->path, STATE_FILE, NULL);
  g_autoptr (GBytes) bytes = amends_json_dump (state);
  g_autoptr (GBytes) sealed =
      amends_seal (&self->environment, self->key, STATE_PURPOSE, g_bytes_get_data (bytes, NULL),
                   g_bytes_get_size (bytes));

  json_decref (self->sync_state);
  self->sync_state = json_deep_copy (state);
  g_unlink (path); /* GLib does not shorten a file that it writes without guarantees */
  g_file_set_contents_full (path, g_bytes_get_data (sealed, NULL),
                            (gssize) g_bytes_get_size (sealed), G_FILE_SET_CONTENTS_NONE, 0600,
                            NULL);
}
