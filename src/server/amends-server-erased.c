/* amends-server-erased.c: which devices have erased what was erased (PROTOCOL.md 11)
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/amends-instant.h"
#include "server/amends-server-private.h"

/* Whether the device is to be counted: one that was re-coded goes on under its new code. */
static gboolean
is_superseded (const GArray *devices, const AmendsServerDevice *device)
{
  for (guint i = 0; i < devices->len; i++)
    if (g_str_equal (g_array_index (devices, AmendsServerDevice, i).recoded_from, device->code))
      return TRUE;
  return FALSE;
}

static gboolean
collect_device (const AmendsServerDevice *device, gpointer user_data)
{
  g_array_append_vals (user_data, device, 1);
  return TRUE;
}

typedef struct
{
  const GArray *devices;
  json_t *list;
} Listing;

static json_t *
waiting_to_json (const AmendsServerDevice *device)
{
  char seen_at[AMENDS_INSTANT_TEXT_SIZE] = "";

  if (device->seen_at > 0)
    amends_instant_format_to (device->seen_at, seen_at);
  return json_pack ("{s:s, s:s, s:b, s:s?}", "code", device->code, "name", device->name, "revoked",
                    device->revoked, "seen_at", seen_at[0] != '\0' ? seen_at : NULL);
}

static void
append_erasure (const Listing *self, const json_t *body, guint64 position)
{
  json_t *one =
      json_pack ("{s:O, s:O?, s:O?, s:O?, s:O?, s:O}", "at", json_object_get (body, "at"), "stream",
                 json_object_get (body, "stream"), "ask", json_object_get (body, "ask"), "agree",
                 json_object_get (body, "agree"), "reason", json_object_get (body, "reason"),
                 "events", json_object_get (body, "events"));
  json_t *waiting = json_array ();
  guint n_devices = 0;

  for (guint i = 0; i < self->devices->len; i++)
    {
      const AmendsServerDevice *device = &g_array_index (self->devices, AmendsServerDevice, i);

      if (g_str_equal (device->code, "0") || is_superseded (self->devices, device))
        continue;
      n_devices++;
      if (device->confirmed < position)
        json_array_append_new (waiting, waiting_to_json (device));
    }
  json_object_set_new (one, "devices", json_integer (n_devices));
  json_object_set_new (one, "erased_on", json_integer (n_devices - json_array_size (waiting)));
  json_object_set_new (one, "waiting", waiting);
  json_array_append_new (self->list, one);
}

static gboolean
list_entry (const AmendsServerEntry *entry, gpointer user_data)
{
  json_auto_t *body = entry->event != NULL && entry->event->body != NULL
                          ? amends_event_load_body (entry->event, NULL)
                          : NULL;

  if (amends_body_get_type (body) == AMENDS_EVENT_BODY_ERASED)
    append_erasure (user_data, body, entry->position);
  return TRUE;
}

/**
 * amends_server_list_erasures:
 *
 * A device has erased once its cursor in ctl, as it names it, is past the erasure.
 * Errors: of the store.
 * Returns: (transfer full): an array of {"at","stream","ask","agree","reason","events","devices","erased_on",
 * "waiting":[{"code","name","revoked","seen_at"}]}, oldest first
 */
json_t *
amends_server_list_erasures (AmendsServer *self, GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  g_auto (AmendsServerWork) work = AMENDS_SERVER_WORK_INIT;
  g_autoptr (GArray) devices = g_array_new (FALSE, FALSE, sizeof (AmendsServerDevice));
  AmendsServerStore *store = self->store;
  json_auto_t *list = json_array ();
  Listing listing = { devices, list };
  AmendsServerFeed ctl;

  if (!amends_server_work_begin (&work, store, AMENDS_SERVER_READ, error)
      || !store->each_device (store, collect_device, devices, error)
      || !store->get_feed (store, "ctl", &ctl, error)
      || !store->each_entry (store, ctl.id, 1, 0, list_entry, &listing, error)
      || !amends_server_work_commit (&work, error))
    return NULL;
  return json_incref (list);
}

/* Whether the request names another position of ctl than is recorded: one that fits, so that all before it
 * was applied. A device that has not yet made sure that nothing is in its files says so, and does not
 * confirm. */
gboolean
amends_server_has_confirmed (const AmendsServerDevice *device,
                             const AmendsRequestHead *head,
                             guint64 position)
{
  return !head->scrubbing && position != device->confirmed;
}

/* Records it. Called in a transaction. */
gboolean
amends_server_record_confirmed (AmendsServer *self,
                                AmendsServerDevice *device,
                                guint64 position,
                                GError **error)
{
  g_autofree char *code = g_strdup (device->code);

  if (!self->store->hold_device (self->store, code, device, error))
    return FALSE;
  device->confirmed = position;
  device->seen_at = amends_environment_now (&self->environment);
  return self->store->put_device (self->store, device, error);
}
