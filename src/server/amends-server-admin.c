/* amends-server-admin.c: what an administrator does with the server
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "core/amends-error.h"
#include "core/amends-instant.h"
#include "server/amends-server-private.h"

#define MAX_SCHEME_NAME_BYTES 200

static gboolean
is_scheme_code (const char *code)
{
  g_autofree char *feed = g_strconcat ("s.", code, NULL);

  return amends_feed_is_valid (feed);
}

/**
 * amends_server_add_scheme:
 * @code: of small letters, digits and dashes
 * @name: what people call it
 *
 * Errors: %AMENDS_CORE_ERROR_INVALID; %AMENDS_CORE_ERROR_REFUSED if it is there already; of the
 * store.
 * Returns: %TRUE on success
 */
gboolean
amends_server_add_scheme (AmendsServer *self, const char *code, const char *name, GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  g_auto (AmendsServerWork) work = AMENDS_SERVER_WORK_INIT;
  AmendsServerLog log = { 0 };
  guint64 number;
  gboolean has;

  if (!is_scheme_code (code))
    {
      amends_set_error (error, AMENDS_CORE_ERROR_INVALID, "code", NULL,
                        "The code of a scheme is small letters, digits and dashes");
      return FALSE;
    }
  if (*name == '\0' || strlen (name) > MAX_SCHEME_NAME_BYTES || !g_utf8_validate (name, -1, NULL))
    {
      amends_set_error (error, AMENDS_CORE_ERROR_INVALID, "name", NULL,
                        "A scheme has a name of at most %d bytes", MAX_SCHEME_NAME_BYTES);
      return FALSE;
    }
  if (!amends_server_work_begin (&work, self->store, AMENDS_SERVER_WRITE, error)
      || !amends_server_log_begin (&log, self, error)
      || !self->store->has_scheme (self->store, code, &has, error))
    return FALSE;
  if (has)
    {
      amends_set_error (error, AMENDS_CORE_ERROR_REFUSED, "code", NULL,
                        "There is a scheme “%s” already", code);
      return FALSE;
    }
  return self->store->put_scheme (self->store, code, name, error)
         && amends_server_log_append (&log, "scheme.recorded", 0, 0,
                                      json_pack ("{s:s, s:s}", "code", code, "name", name), &number,
                                      error)
         && amends_server_log_end (&log, error) && amends_server_work_commit (&work, error);
}

static gboolean
append_scheme (const char *code, const char *name, gpointer user_data)
{
  json_array_append_new (user_data, json_pack ("{s:s, s:s}", "code", code, "name", name));
  return TRUE;
}

static json_t *
finish_list (AmendsServerWork *work, json_t *list, gboolean listed, GError **error)
{
  if (listed && amends_server_work_commit (work, error))
    return list;
  json_decref (list);
  return NULL;
}

/**
 * amends_server_list_schemes:
 *
 * Returns: (transfer full): an array of {"code","name"}
 */
json_t *
amends_server_list_schemes (AmendsServer *self, GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  g_auto (AmendsServerWork) work = AMENDS_SERVER_WORK_INIT;
  json_t *list = json_array ();
  gboolean listed = amends_server_work_begin (&work, self->store, AMENDS_SERVER_READ, error)
                    && self->store->each_scheme (self->store, append_scheme, list, error);

  return finish_list (&work, list, listed, error);
}

typedef struct
{
  AmendsServerStore *store;
  json_t *list;
  GError *error;
} DeviceList;

static gboolean
append_access (const AmendsServerFeed *feed, const AmendsServerAccess *access, gpointer user_data)
{
  if (access->may_read || access->may_write)
    json_array_append_new (user_data, json_pack ("{s:s, s:b, s:b}", "feed", feed->name, "read",
                                                 access->may_read, "write", access->may_write));
  return TRUE;
}

static gboolean
append_device (const AmendsServerDevice *device, gpointer user_data)
{
  DeviceList *self = user_data;
  char seen_at[AMENDS_INSTANT_TEXT_SIZE] = "";
  json_t *feeds;

  if (g_str_equal (device->code, "0"))
    return TRUE;
  if (device->seen_at > 0)
    amends_instant_format_to (device->seen_at, seen_at);
  feeds = json_array ();
  json_array_append_new (self->list,
                         json_pack ("{s:s, s:s, s:s, s:b, s:s?, s:s?, s:I, s:I, s:o}", "code",
                                    device->code, "name", device->name, "kind", device->kind,
                                    "revoked", device->revoked, "recoded_from",
                                    device->recoded_from[0] != '\0' ? device->recoded_from : NULL,
                                    "seen_at", seen_at[0] != '\0' ? seen_at : NULL, "events",
                                    (json_int_t) device->number, "quarantined",
                                    (json_int_t) device->n_quarantined, "feeds", feeds));
  return self->store->each_access (self->store, device->id, append_access, feeds, &self->error);
}

/**
 * amends_server_list_devices:
 *
 * Returns: (transfer full): an array of devices with their feeds
 */
json_t *
amends_server_list_devices (AmendsServer *self, GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  g_auto (AmendsServerWork) work = AMENDS_SERVER_WORK_INIT;
  DeviceList list = { self->store, json_array (), NULL };
  gboolean listed = amends_server_work_begin (&work, self->store, AMENDS_SERVER_READ, error)
                    && self->store->each_device (self->store, append_device, &list, error);

  if (list.error != NULL)
    {
      g_propagate_error (error, list.error);
      listed = FALSE;
    }
  return finish_list (&work, list.list, listed, error);
}

gboolean
amends_server_hold_device (AmendsServer *self,
                           const char *code,
                           AmendsServerDevice *ret_device,
                           GError **error)
{
  if (!self->store->hold_device (self->store, code, ret_device, error))
    return FALSE;
  if (ret_device->id == 0 || g_str_equal (code, "0"))
    {
      amends_set_error (error, AMENDS_CORE_ERROR_NOT_FOUND, "code", NULL, "There is no device “%s”",
                        code);
      return FALSE;
    }
  return TRUE;
}

/**
 * amends_server_revoke:
 * @code: a device
 *
 * From now on the device is told so and given nothing; what it still hands in is held back. Revoked
 * again, nothing happens.
 *
 * Errors: %AMENDS_CORE_ERROR_NOT_FOUND; of the store.
 * Returns: %TRUE on success
 */
gboolean
amends_server_revoke (AmendsServer *self, const char *code, GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  g_auto (AmendsServerWork) work = AMENDS_SERVER_WORK_INIT;
  AmendsServerLog log = { 0 };
  AmendsServerDevice device;

  if (!amends_server_work_begin (&work, self->store, AMENDS_SERVER_WRITE, error)
      || !amends_server_log_begin (&log, self, error)
      || !amends_server_hold_device (self, code, &device, error))
    return FALSE;
  if (device.revoked)
    return TRUE;
  device.revoked = TRUE;
  return amends_server_take_all (self, &device, error)
         && amends_server_log_append (&log, "device.revoked", device.stream, device.head,
                                      json_pack ("{s:s}", "device", device.code), &device.head,
                                      error)
         && self->store->put_device (self->store, &device, error)
         && amends_server_log_end (&log, error) && amends_server_work_commit (&work, error);
}

/* Whether @access comes to what @grant says. A grant takes nothing: what goes with a feed may be there with more.
 * That a device is not to have what goes with another feed is said also before it has it: else it would be given it
 * at its next exchange. */
static gboolean
is_as_said (const AmendsServerAccess *access, const AmendsServerGrant *grant)
{
  if (!grant->access.may_read && !grant->access.may_write)
    return !access->may_read && !access->may_write
           && (access->said != 0 || access->taken_at != 0
               || (grant->feed[0] != 'r' && grant->feed[0] != 'c'));
  return access->may_read >= grant->access.may_read && access->may_write >= grant->access.may_write;
}

/* Grants what @grants say and the device does not have; takes what they say nothing of. */
static gboolean
write_grants (AmendsServer *self,
              AmendsServerLog *log,
              AmendsServerDevice *device,
              const GArray *grants,
              GError **error)
{
  for (guint i = 0; i < grants->len; i++)
    {
      const AmendsServerGrant *grant = &g_array_index (grants, AmendsServerGrant, i);
      AmendsServerAccess access = { 0 };
      AmendsServerFeed feed;

      if (!self->store->get_feed (self->store, grant->feed, &feed, error)
          || (feed.id != 0
              && !self->store->get_access (self->store, device->id, feed.id, &access, error)))
        return FALSE;
      if (is_as_said (&access, grant))
        continue;
      if (!amends_server_log_grant (log, device, grant, error))
        return FALSE;
    }
  return amends_server_log_end (log, error);
}

/**
 * amends_server_grant:
 * @code: a device
 * @feed: what it may read and write from now on, as its kind allows; with the s. feed of a scheme
 * goes its k. feed, and but for a kiosk its r. and c. feeds to be written and not read
 *
 * Errors: %AMENDS_CORE_ERROR_NOT_FOUND, %AMENDS_CORE_ERROR_INVALID; %AMENDS_CORE_ERROR_REFUSED if
 * its kind is not given that feed; of the store.
 * Returns: %TRUE on success, or if it may do so already
 */
gboolean
amends_server_grant (AmendsServer *self, const char *code, const char *feed, GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  g_auto (AmendsServerWork) work = AMENDS_SERVER_WORK_INIT;
  g_autoptr (GArray) grants = NULL;
  AmendsServerDevice device;
  AmendsServerLog log = { 0 };

  return amends_server_work_begin (&work, self->store, AMENDS_SERVER_WRITE, error)
         && amends_server_log_begin (&log, self, error)
         && amends_server_hold_device (self, code, &device, error)
         && (grants = amends_server_grants_of_feed (self->store, device.kind, feed, error)) != NULL
         && write_grants (self, &log, &device, grants, error)
         && amends_server_work_commit (&work, error);
}

/**
 * amends_server_ungrant:
 * @code: a device
 * @feed: what it may neither read nor write from now on
 *
 * Errors: %AMENDS_CORE_ERROR_NOT_FOUND, %AMENDS_CORE_ERROR_INVALID; %AMENDS_CORE_ERROR_REFUSED for
 * ctl, which every device reads; of the store.
 * Returns: %TRUE on success, or if it may not do so already
 */
gboolean
amends_server_ungrant (AmendsServer *self, const char *code, const char *feed, GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  g_auto (AmendsServerWork) work = AMENDS_SERVER_WORK_INIT;
  g_autoptr (GArray) grants = g_array_new (FALSE, FALSE, sizeof (AmendsServerGrant));
  AmendsServerGrant grant = { 0 };
  AmendsServerDevice device;
  AmendsServerLog log = { 0 };
  const char *scheme = amends_feed_get_scheme (feed);
  gboolean has_scheme = TRUE; /* nobody has a feed of one that there is not */

  if (!amends_feed_is_valid (feed))
    {
      amends_set_error (error, AMENDS_CORE_ERROR_INVALID, "feed", NULL, "There is no such feed");
      return FALSE;
    }
  if (g_str_equal (feed, "ctl"))
    {
      amends_set_error (error, AMENDS_CORE_ERROR_REFUSED, "feed", NULL,
                        "Every device reads ctl; revoke it instead");
      return FALSE;
    }
  g_strlcpy (grant.feed, feed, sizeof grant.feed);
  g_array_append_val (grants, grant);
  return amends_server_work_begin (&work, self->store, AMENDS_SERVER_WRITE, error)
         && amends_server_log_begin (&log, self, error)
         && amends_server_hold_device (self, code, &device, error)
         && (scheme == NULL || self->store->has_scheme (self->store, scheme, &has_scheme, error))
         && (!has_scheme || write_grants (self, &log, &device, grants, error))
         && amends_server_work_commit (&work, error);
}
