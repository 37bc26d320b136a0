/* amends-server-quarantine.c: events that are held back, shown and released
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * An event that is released gets the next position of its feed, as if it came now. Readers follow the
 * chain of an author in its order, so that only the end of a chain can be released: once a later event
 * has a position, readers were given the digests of those before it, and have passed over them. What
 * came in a box that did not open stays. */

#include <string.h>

#include "core/amends-error.h"
#include "server/amends-server-private.h"

static gboolean
append_held (const AmendsServerEvent *record, const AmendsEvent *event, gpointer user_data)
{
  char id[AMENDS_ID_BUFFER];
  char stream[AMENDS_ID_BUFFER];

  if (record->box == AMENDS_SERVER_BOX_MISSING)
    return TRUE;
  amends_id_format_to (&event->id, id);
  amends_id_format_to (&event->stream, stream);
  json_array_append_new (user_data,
                         json_pack ("{s:s, s:s, s:s, s:s}", "id", id, "device", event->id.code,
                                    "feed", event->feed, "stream", stream));
  return TRUE;
}

/**
 * amends_server_list_quarantine:
 *
 * Errors: of the store.
 * Returns: (transfer full): an array of {"id","device","feed","stream"}
 */
json_t *
amends_server_list_quarantine (AmendsServer *self, GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  g_auto (AmendsServerWork) work = AMENDS_SERVER_WORK_INIT;
  json_t *list = json_array ();

  if (amends_server_work_begin (&work, self->store, AMENDS_SERVER_READ, error)
      && self->store->each_held (self->store, append_held, list, error)
      && amends_server_work_commit (&work, error))
    return list;
  json_decref (list);
  return NULL;
}

typedef struct
{
  AmendsServerEvent record;
  AmendsEvent *event; /* (owned) */
} Held;

static void
held_free (gpointer data)
{
  Held *self = data;

  amends_event_unref (self->event);
  g_free (self);
}

typedef struct
{
  AmendsServer *server;
  AmendsServerDevice device;
  guint64 number;   /* of the one event to release; 0 for all */
  gint64 after_row; /* only what came after this one; 0 for all */
  GPtrArray *feeds; /* (element-type utf8): where the device has events held back */
  guint64 nth;      /* of the event after the one that is looked at */
  GPtrArray *tail;  /* (element-type Held): the end of one chain, backwards */
  guint64 n_released;
} Release;

static gboolean
collect_feed (const AmendsServerEvent *record, const AmendsEvent *event, gpointer user_data)
{
  Release *self = user_data;

  if (record->device == self->device.id && record->box != AMENDS_SERVER_BOX_MISSING
      && (self->number == 0 || self->number == record->number)
      && !g_ptr_array_find_with_equal_func (self->feeds, event->feed, g_str_equal, NULL))
    g_ptr_array_add (self->feeds, g_strdup (event->feed));
  return TRUE;
}

static gboolean
collect_tail (const AmendsServerEvent *record, const AmendsEvent *event, gpointer user_data)
{
  Release *self = user_data;
  Held *held;

  if (record->nth != self->nth - 1)
    return FALSE;
  self->nth = record->nth;
  held = g_new0 (Held, 1);
  held->record = *record;
  held->event = amends_event_ref ((AmendsEvent *) event);
  g_ptr_array_add (self->tail, held);
  return TRUE;
}

static gboolean
release_feed (Release *self, const char *name, GError **error)
{
  AmendsServerStore *store = self->server->store;
  AmendsServerFeed feed;
  AmendsServerChain chain;

  /* The server alone writes ctl, whatever an administrator says. */
  if (g_str_equal (name, "ctl"))
    return TRUE;
  if (!store->hold_feed (store, name, &feed, error)
      || !store->get_chain (store, self->device.id, feed.id, &chain, error))
    return FALSE;
  self->nth = chain.nth + 1;
  g_ptr_array_set_size (self->tail, 0);
  if (!store->each_unplaced (store, self->device.id, feed.id, self->nth, collect_tail, self, error))
    return FALSE;
  for (guint i = self->tail->len; i > 0; i--)
    {
      const Held *held = self->tail->pdata[i - 1];

      /* It has its place, or there is nothing to give out. */
      if (!held->record.is_quarantined || held->record.box == AMENDS_SERVER_BOX_MISSING)
        continue;
      /* Nobody could read what is still in its box. */
      if (held->event->box != NULL || held->record.row <= self->after_row
          || (self->number != 0 && held->record.number != self->number))
        break;
      if (!store->release_event (store, held->record.row, FALSE, error)
          || !amends_server_append_event (self->server, &feed, &held->record, held->event, error))
        return FALSE;
      self->device.n_quarantined--;
      self->n_released++;
    }
  return store->put_feed (store, &feed, error);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static gboolean
release (Release *self, GError **error)
{
  AmendsServerStore *store = self->server->store;

  if (!store->each_held (store, collect_feed, self, error))
    return FALSE;
  if (self->number != 0 && self->feeds->len == 0)
    {
      amends_set_error (error, AMENDS_CORE_ERROR_NOT_FOUND, "id", NULL,
                        "That event is not held back");
      return FALSE;
    }
  g_ptr_array_sort (self->feeds, compare_names);
  for (guint i = 0; i < self->feeds->len; i++)
    if (!release_feed (self, self->feeds->pdata[i], error))
      return FALSE;
  if (self->feeds->len > 0 && self->n_released == 0)
    {
      amends_set_error (
          error, AMENDS_CORE_ERROR_REFUSED, NULL, NULL,
          self->number != 0
              ? "Events of its device in that feed stand before it or after it, or it "
                "came in a box that does not open"
              : "Later events of the device in those feeds are given out already");
      return FALSE;
    }
  return store->put_device (store, &self->device, error);
}

/* Takes in what @device wrote in @feed and was held back only because a restored server had forgotten that it may
 * write there. What was held back before @after_row is the administrator's to decide, and so is then what comes
 * behind it. Called in a transaction that holds the device, feeds last. @inout_device: is not put */
gboolean
amends_server_take_in (AmendsServer *self,
                       AmendsServerDevice *inout_device,
                       const char *feed,
                       gint64 after_row,
                       GError **error)
{
  g_autoptr (GPtrArray) tail = g_ptr_array_new_with_free_func (held_free);
  Release state = { .server = self, .device = *inout_device, .after_row = after_row, .tail = tail };

  if (!release_feed (&state, feed, error))
    return FALSE;
  *inout_device = state.device;
  return TRUE;
}

/**
 * amends_server_release:
 * @what: the code of a device, for all of its events that can be released, or the id of one event
 *
 * Gives events that are held back to those who read their feed.
 *
 * Errors: %AMENDS_CORE_ERROR_NOT_FOUND; %AMENDS_CORE_ERROR_REFUSED if none of them stands where its
 * chain can go on; of the store.
 * Returns: (transfer full): {"device","released","held"}
 */
json_t *
amends_server_release (AmendsServer *self, const char *what, GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  g_auto (AmendsServerWork) work = AMENDS_SERVER_WORK_INIT;
  g_autoptr (GPtrArray) feeds = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) tail = g_ptr_array_new_with_free_func (held_free);
  Release state = { .server = self, .feeds = feeds, .tail = tail };
  AmendsId id;

  if (amends_id_parse (what, &id, NULL))
    {
      what = id.code;
      state.number = id.number;
    }
  if (!amends_server_work_begin (&work, self->store, AMENDS_SERVER_WRITE, error)
      || !amends_server_hold_device (self, what, &state.device, error) || !release (&state, error)
      || !amends_server_work_commit (&work, error))
    return NULL;
  return json_pack ("{s:s, s:I, s:I}", "device", state.device.code, "released",
                    (json_int_t) state.n_released, "held", (json_int_t) state.device.n_quarantined);
}
