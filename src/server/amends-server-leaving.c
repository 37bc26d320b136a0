/* amends-server-leaving.c: feeds that were taken from devices, and which of them have left (PROTOCOL.md 8)
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A device says with every request which feeds it was taken and holds nothing of any more. That is how it
 * stands, not that something happened: what is recorded here follows it in both directions, since a device
 * may be restored from an image that holds the feed, and a server from a backup that does not know of it. */

#include <string.h>

#include "core/amends-instant.h"
#include "server/amends-server-private.h"

/* ctl is the one feed that nobody loses. What may only be written and was taken is what it could read before. */
static gboolean
is_taken (const AmendsServerDevice *device,
          const AmendsServerFeed *feed,
          const AmendsServerAccess *access)
{
  return !g_str_equal (feed->name, "ctl")
         && (device->revoked
             || (!access->may_read && (!access->may_write || access->taken_at != 0)));
}

static gboolean
has_cursor (const AmendsRequestHead *head, const char *feed)
{
  for (guint i = 0; i < head->cursors->len; i++)
    if (g_str_equal (g_array_index (head->cursors, AmendsCursor, i).feed, feed))
      return TRUE;
  return FALSE;
}

/* Whether the request says other than what is recorded. @ret_is_gone: what it says */
gboolean
amends_server_has_news_of (const AmendsServerDevice *device,
                           const AmendsRequestHead *head,
                           const AmendsServerFeed *feed,
                           const AmendsServerAccess *access,
                           gboolean *ret_is_gone)
{
  if (!is_taken (device, feed, access))
    return FALSE;
  *ret_is_gone = g_ptr_array_find_with_equal_func (head->gone, feed->name, g_str_equal, NULL);
  return *ret_is_gone ? access->gone_at == 0
                      : access->gone_at != 0 && has_cursor (head, feed->name);
}

typedef struct
{
  AmendsServer *server;
  const AmendsServerDevice *device;
  const AmendsRequestHead *head;
  GError *error;
} News;

static gboolean
record_news (const AmendsServerFeed *feed, const AmendsServerAccess *access, gpointer user_data)
{
  News *self = user_data;
  AmendsServerStore *store = self->server->store;
  AmendsServerAccess changed = *access;
  gboolean is_gone;

  if (!amends_server_has_news_of (self->device, self->head, feed, access, &is_gone))
    return TRUE;
  changed.gone_at = is_gone ? amends_environment_now (&self->server->environment) : 0;
  return store->put_access (store, self->device->id, feed->id, &changed, &self->error);
}

gboolean
amends_server_collect_access (const AmendsServerFeed *feed,
                              const AmendsServerAccess *access,
                              gpointer user_data)
{
  AmendsServerFeedAccess both = { *feed, *access };

  g_array_append_val ((GArray *) user_data, both);
  return TRUE;
}

/* From now on it is known that the device holds these. */
static gboolean
record_unknown (AmendsServer *self,
                const AmendsServerDevice *device,
                const GArray *unknown,
                GError **error)
{
  const AmendsServerAccess taken = { .taken_at = amends_environment_now (&self->environment) };

  for (guint i = 0; i < unknown->len; i++)
    {
      const AmendsServerFeed *feed = &g_array_index (unknown, AmendsServerFeed, i);

      if (!self->store->put_access (self->store, device->id, feed->id, &taken, error))
        return FALSE;
    }
  return TRUE;
}

/* Records what the request says. @unknown: (element-type AmendsServerFeed): feeds that the device holds and was never
 * given, as far as this server knows. Called in a transaction. */
gboolean
amends_server_record_gone (AmendsServer *self,
                           AmendsServerDevice *device,
                           const AmendsRequestHead *head,
                           const GArray *unknown,
                           GError **error)
{
  News news = { self, device, head, NULL };
  g_autofree char *code = g_strdup (device->code);

  if (!self->store->hold_device (self->store, code, device, error)
      || !self->store->each_access (self->store, device->id, record_news, &news, error))
    return FALSE;
  if (news.error != NULL)
    {
      g_propagate_error (error, news.error);
      return FALSE;
    }
  if (!record_unknown (self, device, unknown, error))
    return FALSE;
  device->seen_at = amends_environment_now (&self->environment);
  return self->store->put_device (self->store, device, error);
}

typedef struct
{
  AmendsServer *server;
  AmendsServerDevice *device;
  gint64 at;
  GError *error;
} Taking;

static gboolean
take_one (const AmendsServerFeed *feed, const AmendsServerAccess *access, gpointer user_data)
{
  Taking *self = user_data;
  AmendsServerStore *store = self->server->store;
  AmendsServerAccess taken = *access;

  if (!access->may_read && !access->may_write)
    return TRUE;
  taken.taken_at = self->at;
  return store->put_access (store, self->device->id, feed->id, &taken, &self->error);
}

/* All that a device has is taken from it: it is revoked. Called in a transaction that holds it. */
gboolean
amends_server_take_all (AmendsServer *self, AmendsServerDevice *device, GError **error)
{
  Taking taking = { self, device, amends_environment_now (&self->environment), NULL };

  if (!self->store->each_access (self->store, device->id, take_one, &taking, error))
    return FALSE;
  if (taking.error == NULL)
    return TRUE;
  g_propagate_error (error, taking.error);
  return FALSE;
}

typedef struct
{
  AmendsServerStore *store;
  const AmendsServerDevice *device;
  json_t *list;
  GError *error;
} Leaving;

static json_t *
instant_to_json (gint64 instant)
{
  char text[AMENDS_INSTANT_TEXT_SIZE];

  if (instant == 0)
    return json_null ();
  amends_instant_format_to (instant, text);
  return json_string (text);
}

static gboolean
append_leaving (const AmendsServerFeed *feed, const AmendsServerAccess *access, gpointer user_data)
{
  Leaving *self = user_data;
  const AmendsServerDevice *device = self->device;

  if (!is_taken (device, feed, access))
    return TRUE;
  json_array_append_new (self->list,
                         json_pack ("{s:s, s:s, s:s, s:b, s:o, s:o, s:o}", "device", device->code,
                                    "name", device->name, "feed", feed->name, "revoked",
                                    device->revoked, "taken_at", instant_to_json (access->taken_at),
                                    "gone_at", instant_to_json (access->gone_at), "seen_at",
                                    instant_to_json (device->seen_at)));
  return TRUE;
}

static gboolean
append_device (const AmendsServerDevice *device, gpointer user_data)
{
  Leaving *self = user_data;

  self->device = device;
  return self->store->each_access (self->store, device->id, append_leaving, self, &self->error);
}

/**
 * amends_server_list_leaving:
 *
 * Errors: of the store.
 * Returns: (transfer full): an array of {"device","name","feed","revoked","taken_at","gone_at","seen_at"}: each
 * feed that a device was taken; "gone_at" is when it said that it holds nothing of it, null while it does
 */
json_t *
amends_server_list_leaving (AmendsServer *self, GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  g_auto (AmendsServerWork) work = AMENDS_SERVER_WORK_INIT;
  Leaving leaving = { self->store, NULL, json_array (), NULL };

  if (amends_server_work_begin (&work, self->store, AMENDS_SERVER_READ, error)
      && self->store->each_device (self->store, append_device, &leaving, error)
      && leaving.error == NULL && amends_server_work_commit (&work, error))
    return leaving.list;
  if (leaving.error != NULL)
    g_propagate_error (error, leaving.error);
  json_decref (leaving.list);
  return NULL;
}
