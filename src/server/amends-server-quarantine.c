/* amends-server-quarantine.c: events that are held back, shown and released
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * An event that is released gets the next position of its feed, as if it came now, wherever it stands in its author's
 * chain. Once a later event of the chain has a position, readers were given the digests of those before it and have
 * passed over them: what is released of those is late, and takes its digest's place. What came in a box that did not
 * open stays, and so does what nobody may write. */

#include <string.h>

#include "core/amends-error.h"
#include "server/amends-server-private.h"

static gboolean
append_held_back (const AmendsServerEvent *record, const AmendsEvent *event, gpointer user_data)
{
  char id[AMENDS_ID_BUFFER];
  char stream[AMENDS_ID_BUFFER];

  if (record->form == AMENDS_SERVER_FORM_DIGEST)
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
      && self->store->each_held_back (self->store, append_held_back, list, error)
      && amends_server_work_commit (&work, error))
    return list;
  json_decref (list);
  return NULL;
}

/* An event that has no place. */
typedef struct
{
  AmendsServerEvent record;
  AmendsEvent *event; /* (owned) (nullable): %NULL if it is not to be released */
} HeldBack;

static void
held_back_free (gpointer data)
{
  HeldBack *self = data;

  g_clear_pointer (&self->event, amends_event_unref);
  g_free (self);
}

typedef struct
{
  AmendsServer *server;
  AmendsServerDevice device;
  guint64 number;       /* of the one event to release; 0 for all */
  gint64 after_row;     /* only what came after this one; 0 for all */
  GPtrArray *feeds;     /* (element-type utf8): where the device has events held back */
  GPtrArray *held_back; /* (element-type HeldBack): of one chain, backwards */
  guint64 n_released;
  guint64 n_too_far; /* that stand behind too many that stay */
} Release;

static gboolean
collect_feed (const AmendsServerEvent *record, const AmendsEvent *event, gpointer user_data)
{
  Release *self = user_data;

  if (record->device == self->device.id && record->form != AMENDS_SERVER_FORM_DIGEST
      && (self->number == 0 || self->number == record->number)
      && !g_ptr_array_find_with_equal_func (self->feeds, event->feed, g_str_equal, NULL))
    g_ptr_array_add (self->feeds, g_strdup (event->feed));
  return TRUE;
}

/* What has its place is passed over; what there is nothing of to give out, or nobody could read, is not released. */
static gboolean
collect_held_back (const AmendsServerEvent *record, const AmendsEvent *event, gpointer user_data)
{
  Release *self = user_data;
  HeldBack *held_back;

  if (!record->is_quarantined)
    return TRUE;
  held_back = g_new0 (HeldBack, 1);
  held_back->record = *record;
  if (record->form != AMENDS_SERVER_FORM_DIGEST && event->box == NULL
      && record->row > self->after_row && (self->number == 0 || record->number == self->number))
    held_back->event = amends_event_ref ((AmendsEvent *) event);
  g_ptr_array_add (self->held_back, held_back);
  return TRUE;
}

static gboolean
pass_unplaced (const AmendsServerEvent *record, const AmendsEvent *event, gpointer user_data)
{
  guint64 *nth = user_data;

  if (!record->is_quarantined || record->nth != *nth)
    return FALSE;
  (*nth)--;
  return TRUE;
}

/* @nth: how many events the chain has. @ret_nth: the last of them that has a position; 0 if none */
gboolean
amends_server_find_last_placed (AmendsServer *self,
                                gint64 device,
                                gint64 feed,
                                guint64 nth,
                                guint64 *ret_nth,
                                GError **error)
{
  *ret_nth = nth;
  return self->store->each_unplaced (self->store, device, feed, nth + 1, FALSE, pass_unplaced,
                                     ret_nth, error);
}

static gboolean
release_one (Release *self,
             const HeldBack *held_back,
             AmendsServerFeed *feed,
             guint64 last_placed,
             GError **error)
{
  self->device.n_quarantined--;
  self->n_released++;
  return self->server->store->release_event (self->server->store, held_back->record.row,
                                             held_back->record.nth < last_placed, error)
         && amends_server_append_event (self->server, feed, &held_back->record, held_back->event,
                                        error);
}

static gboolean
release_feed (Release *self, const char *name, GError **error)
{
  AmendsServerStore *store = self->server->store;
  AmendsServerFeed feed;
  AmendsServerChain chain;
  guint64 last_placed, nth = 0, n_before = 0;

  /* The server alone writes ctl, whatever an administrator says. */
  if (g_str_equal (name, "ctl"))
    return TRUE;
  if (!store->hold_feed (store, name, &feed, error)
      || !store->get_chain (store, self->device.id, feed.id, &chain, error)
      || !amends_server_find_last_placed (self->server, self->device.id, feed.id, chain.nth,
                                          &last_placed, error))
    return FALSE;
  g_ptr_array_set_size (self->held_back, 0);
  if (!store->each_unplaced (store, self->device.id, feed.id, chain.nth + 1, TRUE,
                             collect_held_back, self, error))
    return FALSE;
  for (guint i = self->held_back->len; i > 0; i--)
    {
      const HeldBack *held_back = self->held_back->pdata[i - 1];

      n_before = held_back->record.nth == nth + 1 ? n_before : 0;
      nth = held_back->record.nth;
      if (held_back->event == NULL || n_before > AMENDS_SERVER_MAX_DIGESTS)
        {
          n_before++;
          self->n_too_far += held_back->event != NULL;
          continue;
        }
      n_before = 0;
      if (!release_one (self, held_back, &feed, last_placed, error))
        return FALSE;
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

  if (!store->each_held_back (store, collect_feed, self, error))
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
      amends_set_error (error, AMENDS_CORE_ERROR_REFUSED, NULL, NULL,
                        self->n_too_far > 0
                            ? "Too many that are held back stand before it: release all of what "
                              "that device wrote"
                        : self->number != 0
                            ? "It came in a box that does not open, or is in the server's own log"
                            : "All that is held back came in boxes that do not open, or is in the "
                              "server's own log");
      return FALSE;
    }
  return store->put_device (store, &self->device, error);
}

/* Takes in what @device wrote in @feed and was held back only because a restored server had forgotten that it may
 * write there. What was held back before @after_row is the administrator's to decide. Called in a transaction that holds
 * the device, feeds last. @inout_device: is not put */
gboolean
amends_server_take_in (AmendsServer *self,
                       AmendsServerDevice *inout_device,
                       const char *feed,
                       gint64 after_row,
                       GError **error)
{
  g_autoptr (GPtrArray) held_back = g_ptr_array_new_with_free_func (held_back_free);
  Release state = {
    .server = self, .device = *inout_device, .after_row = after_row, .held_back = held_back
  };

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
 * Errors: %AMENDS_CORE_ERROR_NOT_FOUND; %AMENDS_CORE_ERROR_REFUSED if none of them can be given out; of the store.
 * Returns: (transfer full): {"device","released","held"}
 */
json_t *
amends_server_release (AmendsServer *self, const char *what, GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  g_auto (AmendsServerWork) work = AMENDS_SERVER_WORK_INIT;
  g_autoptr (GPtrArray) feeds = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) held_back = g_ptr_array_new_with_free_func (held_back_free);
  Release state = { .server = self, .feeds = feeds, .held_back = held_back };
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
