/* amends-erasure.c: erasing for everybody: what a device asks the server for, and does when the server says so
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "store/amends-erasure.h"

#include <string.h>

#include "core/amends-erase.h"
#include "store/amends-log.h"
#include "store/amends-scrub.h"
#include "store/amends-store-private.h"

/* Streams in which this device has agreed, or which it has moved to another scheme and two have agreed about: as a
 * sealed list of ids. */
#define META_AGREED "erasures-agreed"

/**
 * amends_erasure_free:
 * @self: (nullable) (transfer full): an erasure
 */
void
amends_erasure_free (AmendsErasure *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->events);
  g_free (self);
}

/* Returns: (transfer full) (nullable): %NULL on failure */
static json_t *
load_agreed (AmendsStore *self, GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (GBytes) bytes = amends_meta_get (self, META_AGREED, &failure);
  json_auto_t *object = NULL;
  json_t *streams;

  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return NULL;
    }
  if (bytes == NULL)
    return json_array ();
  object = amends_json_load (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), error);
  if (object == NULL)
    return NULL;
  streams = json_object_get (object, "streams");
  if (json_is_array (streams))
    return json_incref (streams);
  g_set_error_literal (error, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_DAMAGED,
                       "The list of erasures that were agreed here is damaged");
  return NULL;
}

static gboolean
save_agreed (AmendsStore *self, const json_t *agreed, GError **error)
{
  json_auto_t *object = json_pack ("{s:O}", "streams", agreed);
  g_autoptr (GBytes) bytes = amends_json_dump (object);

  return amends_meta_set (self, META_AGREED, g_bytes_get_data (bytes, NULL),
                          g_bytes_get_size (bytes), error);
}

static gssize
find_agreed (const json_t *agreed, const char *stream)
{
  for (gsize i = 0; i < json_array_size (agreed); i++)
    if (g_strcmp0 (json_string_value (json_array_get (agreed, i)), stream) == 0)
      return (gssize) i;
  return -1;
}

/**
 * amends_erasure_note_agreed:
 * @stream: a case in which this device has just written that it is agreed; or one that it has moved, of which it has
 *   read so: who agreed perhaps cannot reach where it was
 *
 * Keeps that the server is to be asked, in the caller's transaction.
 * Returns: %TRUE on success
 */
gboolean
amends_erasure_note_agreed (AmendsStore *self, const AmendsId *stream, GError **error)
{
  json_auto_t *agreed = load_agreed (self, error);
  char text[AMENDS_ID_BUFFER];

  if (agreed == NULL)
    return FALSE;
  amends_id_format_to (stream, text);
  if (find_agreed (agreed, text) >= 0)
    return TRUE;
  json_array_append_new (agreed, json_string (text));
  return save_agreed (self, agreed, error);
}

/* The ids of what is left of @erasure where this device may read and write, as many as are asked for at a time. */
static GArray *
list_due (AmendsStore *self, const AmendsCaseErasure *erasure, GError **error)
{
  g_autoptr (GArray) due = g_array_new (FALSE, FALSE, sizeof (AmendsId));

  for (guint i = 0; i < erasure->left->len && due->len < AMENDS_ERASE_MAX_EVENTS; i++)
    {
      const AmendsEvent *event = g_ptr_array_index (erasure->left, i);
      AmendsFeed feed;

      if (!amends_store_get_feed (self, event->feed, &feed, error))
        return NULL;
      if (feed.may_read && feed.may_write)
        g_array_append_val (due, event->id);
    }
  return g_steal_pointer (&due);
}

/* What of the stream is agreed, is on the server, is not yet erased and was not @asked for. */
static AmendsErasure *
find_in_stream (AmendsStore *self,
                const AmendsId *stream,
                GHashTable *asked,
                gboolean *ret_waits,
                GError **error)
{
  g_autoptr (AmendsCase) complaint = NULL;
  g_autoptr (GPtrArray) events = amends_log_read_stream (self, stream, error);
  gint64 acknowledged;

  *ret_waits = FALSE;
  if (events == NULL || events->len == 0
      || !amends_meta_get_number (self, "acknowledged", &acknowledged, error))
    return NULL;
  complaint = amends_case_new ((AmendsEvent *const *) events->pdata, events->len);
  for (guint i = 0; i < amends_case_get_n_erasures (complaint); i++)
    {
      const AmendsCaseErasure *erasure = amends_case_get_erasure (complaint, i);
      g_autoptr (GArray) due = NULL;
      AmendsErasure *found;

      if (erasure->agreed == NULL || erasure->n_left == 0)
        continue;
      *ret_waits = TRUE; /* also where it is out of reach now: a feed may come back */
      due = list_due (self, erasure, error);
      if (due == NULL)
        return NULL;
      if (due->len == 0)
        continue;
      if (g_hash_table_contains (asked, &erasure->asked->event->id)
          || (g_str_equal (erasure->agreed->event->id.code, self->identity->code)
              && erasure->agreed->event->id.number > (guint64) acknowledged))
        continue;
      found = g_new0 (AmendsErasure, 1);
      found->stream = *stream;
      found->ask = erasure->asked->event->id;
      found->agree = erasure->agreed->event->id;
      found->events = g_steal_pointer (&due);
      return found;
    }
  return NULL;
}

/**
 * amends_erasure_get_due:
 * @asked: (element-type AmendsId): of what was asked for, and is not to be asked for again now, who asked
 * @ret_erasure: (out) (nullable) (transfer full): what to ask the server for next; %NULL if nothing
 *
 * A stream of which nothing is left to be erased is forgotten here.
 * Errors: of the store.
 * Returns: %TRUE on success
 */
gboolean
amends_erasure_get_due (AmendsStore *self,
                        GHashTable *asked,
                        AmendsErasure **ret_erasure,
                        GError **error)
{
  json_auto_t *agreed = load_agreed (self, error);

  *ret_erasure = NULL;
  if (agreed == NULL)
    return FALSE;
  for (gsize i = 0; i < json_array_size (agreed);)
    {
      const char *text = json_string_value (json_array_get (agreed, i));
      g_autoptr (GError) failure = NULL;
      gboolean waits = FALSE;
      AmendsId stream;

      if (text != NULL && amends_id_parse_len (text, strlen (text), &stream))
        *ret_erasure = find_in_stream (self, &stream, asked, &waits, &failure);
      if (failure != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&failure));
          return FALSE;
        }
      if (*ret_erasure != NULL)
        return TRUE;
      if (waits)
        {
          i++;
          continue;
        }
      json_array_remove (agreed, i);
      if (!save_agreed (self, agreed, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * amends_erasure_apply:
 * @number: of the event of the server's log
 * @body: its body
 *
 * Erases what it names, in the transaction that moves the ctl cursor; amends_scrub_finish() is due after it.
 * What is not read as an id is passed over, and the server's own log is never erased.
 * Errors: of the store.
 * Returns: %TRUE on success
 */
gboolean
amends_erasure_apply (AmendsStore *self, guint64 number, const json_t *body, GError **error)
{
  g_autoptr (GArray) ids = amends_erase_read_ids (json_object_get (body, "events"));

  for (guint i = ids->len; i-- > 0;)
    if (g_str_equal (g_array_index (ids, AmendsId, i).code, "0"))
      g_array_remove_index (ids, i);
  return ids->len == 0
         || amends_scrub_bodies (self, (const AmendsId *) (gconstpointer) ids->data, ids->len,
                                 number, error);
}
