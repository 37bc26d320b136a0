/* amends-server-enrol.c: invites, enrolment, grants and codes (PROTOCOL.md 7)
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <sodium.h>
#include <string.h>

#include "core/amends-error.h"
#include "core/amends-instant.h"
#include "server/amends-server-private.h"
#include "store/amends-db.h"

#define INVITE_US G_TIME_SPAN_HOUR
#define MAX_TRIES 10

/* An expired invite still answers its own device for a day, whose reply may have been lost. */
#define INVITE_KEPT_US G_TIME_SPAN_DAY
#define MAX_LOOKUPS_TRIED 100
#define MAX_NAME_CHARACTERS 80

/* Device codes: all of two characters, then of three, then of four, each length in an order that
 * looks mixed, so that two devices enrolled together have codes that are not easily mistaken. */
#define MIN_CODE_CHARACTERS 2
#define MAX_CODE_CHARACTERS 4
#define CODE_STEP 397 /* odd, so that it meets every code of a length once */
#define CODE_OFFSET 229

gboolean
amends_server_kind_is_valid (const char *kind)
{
  return g_str_equal (kind, "staff") || g_str_equal (kind, "kiosk") || g_str_equal (kind, "admin");
}

static gboolean
refuse (GError **error, AmendsServerError code, const char *message)
{
  g_set_error_literal (error, AMENDS_SERVER_ERROR, code, message);
  return FALSE;
}

/* Grants. */

/* What is named twice is given what either gives: r.oak goes with s.oak to be written, and may be named beside it
 * to be read. */
static void
add_grant (GArray *grants, const char *feed, gboolean may_read, gboolean may_write)
{
  AmendsServerGrant grant = { .access = { may_read, may_write } };

  g_strlcpy (grant.feed, feed, sizeof grant.feed);
  for (guint i = 0; i < grants->len; i++)
    {
      AmendsServerGrant *other = &g_array_index (grants, AmendsServerGrant, i);

      if (!g_str_equal (other->feed, feed))
        continue;
      other->access.may_read |= may_read;
      other->access.may_write |= may_write;
      return;
    }
  g_array_append_val (grants, grant);
}

/* Whoever records the cases of a scheme can say also what only few may read: of the safety of its people and of
 * the conduct of its staff. They write it and cannot read it. */
static void
add_write_only (GArray *grants, const char *scheme)
{
  g_autofree char *safety = g_strconcat ("r.", scheme, NULL);
  g_autofree char *conduct = g_strconcat ("c.", scheme, NULL);

  add_grant (grants, safety, FALSE, TRUE);
  add_grant (grants, conduct, FALSE, TRUE);
}

/* What @kind may do in @feed, and in what goes with it. */
static void
add_grants (GArray *grants, const char *kind, const char *feed)
{
  gboolean is_kiosk = g_str_equal (kind, "kiosk");
  gboolean is_admin = g_str_equal (kind, "admin");
  const char *scheme = amends_feed_get_scheme (feed);

  if (g_str_equal (feed, "ctl"))
    add_grant (grants, feed, TRUE, FALSE);
  else if (g_str_equal (feed, "org"))
    add_grant (grants, feed, TRUE, is_admin);
  else if (g_str_equal (feed, "staff"))
    {
      if (!is_kiosk)
        add_grant (grants, feed, TRUE, TRUE);
    }
  else if (feed[0] == 'k')
    add_grant (grants, feed, TRUE, !is_kiosk);
  else
    add_grant (grants, feed, !is_kiosk, TRUE);

  if (scheme != NULL && feed[0] == 's')
    {
      g_autofree char *known = g_strconcat ("k.", scheme, NULL);

      add_grant (grants, known, TRUE, !is_kiosk);
      if (!is_kiosk)
        add_write_only (grants, scheme);
    }
}

static gboolean
check_feed (AmendsServerStore *store, const char *feed, GError **error)
{
  const char *scheme;
  gboolean has = TRUE;

  if (!amends_feed_is_valid (feed))
    {
      amends_set_error (error, AMENDS_CORE_ERROR_INVALID, "feeds", NULL,
                        "A feed is ctl, org, staff, or k, s, r or c, a dot and a scheme");
      return FALSE;
    }
  scheme = amends_feed_get_scheme (feed);
  if (scheme != NULL && !store->has_scheme (store, scheme, &has, error))
    return FALSE;
  if (!has)
    amends_set_error (error, AMENDS_CORE_ERROR_NOT_FOUND, "feeds", NULL, "There is no scheme “%s”",
                      scheme);
  return has;
}

/* Returns: (transfer full) (element-type AmendsServerGrant): what a device of @kind that is given
 * @feed may do there, and in what goes with it */
GArray *
amends_server_grants_of_feed (AmendsServerStore *store,
                              const char *kind,
                              const char *feed,
                              GError **error)
{
  g_autoptr (GArray) grants = g_array_new (FALSE, FALSE, sizeof (AmendsServerGrant));

  if (!check_feed (store, feed, error))
    return NULL;
  add_grants (grants, kind, feed);
  if (grants->len == 0)
    {
      amends_set_error (error, AMENDS_CORE_ERROR_REFUSED, "feed", NULL,
                        "A device of that kind is not given that feed");
      return NULL;
    }
  return g_steal_pointer (&grants);
}

/* @feeds: between commas. Returns: (transfer full) (element-type AmendsServerGrant): what a device of
 * @kind that enrols with them may do where */
static GArray *
grants_of_invite (AmendsServerStore *store, const char *kind, const char *feeds, GError **error)
{
  g_autoptr (GArray) grants = g_array_new (FALSE, FALSE, sizeof (AmendsServerGrant));
  g_auto (GStrv) names = g_strsplit (feeds, ",", -1);

  add_grants (grants, kind, "ctl");
  add_grants (grants, kind, "staff");
  for (guint i = 0; names[i] != NULL; i++)
    {
      if (!check_feed (store, names[i], error))
        return NULL;
      add_grants (grants, kind, names[i]);
    }
  return g_steal_pointer (&grants);
}

/* What goes with another feed to be written alone, no administrator said: whatever one did say of it counts for
 * more, also where a restored server hears of it only later. So it is as old as can be. */
#define NOBODYS_WORD 1

static gboolean
is_nobodys_word (const AmendsServerDevice *device, const AmendsServerGrant *grant)
{
  return (grant->feed[0] == 'r' || grant->feed[0] == 'c') && !g_str_equal (device->kind, "kiosk")
         && grant->access.may_write && !grant->access.may_read;
}

typedef struct
{
  const char *code;
  const char *feed;
  gboolean found;
} Reading;

static gboolean
find_reading (const AmendsServerEvent *record, const AmendsEvent *event, gpointer user_data)
{
  Reading *self = user_data;
  json_auto_t *body = event->body != NULL ? amends_event_load_body (event, NULL) : NULL;

  self->found = amends_body_get_type (body) == AMENDS_EVENT_DEVICE_GRANTED
                && g_strcmp0 (json_string_value (json_object_get (body, "device")), self->code) == 0
                && g_strcmp0 (json_string_value (json_object_get (body, "feed")), self->feed) == 0
                && json_is_true (json_object_get (body, "read"));
  return !self->found;
}

/* Of a feed that was taken: whether it had been given to be read. That it was held the server may also know from a
 * cursor, without a word. */
static gboolean
was_read (AmendsServerLog *log,
          const AmendsServerDevice *device,
          const char *feed,
          const AmendsServerAccess *before,
          gboolean *ret_was_read,
          GError **error)
{
  AmendsServerStore *store = log->server->store;
  Reading reading = { device->code, feed, FALSE };

  if (before->said != 0
      && !store->each_event (store, log->device.id, device->stream, device->head, TRUE,
                             find_reading, &reading, error))
    return FALSE;
  *ret_was_read = before->said == 0 || reading.found;
  return TRUE;
}

/* When it was taken, and since when it is gone. What is given to be written alone and could be read before is taken
 * as well: what is there of it is to leave. @grant: may say when, of what another code of the device was taken.
 * @before: as it was */
static gboolean
set_taken (AmendsServerLog *log,
           const AmendsServerDevice *device,
           const AmendsServerGrant *grant,
           const AmendsServerAccess *before,
           AmendsServerAccess *access,
           GError **error)
{
  const gint64 now = amends_environment_now (&log->server->environment);
  gboolean is_known = FALSE;

  if (access->may_read)
    return TRUE;
  if (grant->access.taken_at != 0)
    {
      access->taken_at = grant->access.taken_at;
      access->gone_at = grant->access.gone_at;
      return TRUE;
    }
  if (!access->may_write || before->may_read)
    {
      access->taken_at = now;
      return TRUE;
    }
  if (before->taken_at != 0 && !was_read (log, device, grant->feed, before, &is_known, error))
    return FALSE;
  if (is_known)
    {
      access->taken_at = before->taken_at;
      access->gone_at = before->gone_at;
    }
  return TRUE;
}

gboolean
amends_server_log_grant (AmendsServerLog *log,
                         AmendsServerDevice *device,
                         const AmendsServerGrant *grant,
                         GError **error)
{
  AmendsServerStore *store = log->server->store;
  gboolean is_grant = grant->access.may_read || grant->access.may_write;
  AmendsServerAccess access = { .may_read = grant->access.may_read,
                                .may_write = grant->access.may_write,
                                .lost_at = log->lost_at };
  AmendsServerAccess before = { 0 };
  AmendsServerFeed feed;
  json_t *body = json_pack ("{s:s, s:s, s:b, s:b}", "device", device->code, "feed", grant->feed,
                            "read", grant->access.may_read, "write", grant->access.may_write);

  if (!amends_server_log_append (log, is_grant ? "device.granted" : "device.ungranted",
                                 device->stream, device->head, body, &device->head, error))
    return FALSE;

  /* The log holds ctl's record while it is open: it alone may put it. */
  if (g_str_equal (grant->feed, "ctl"))
    feed = log->feed;
  else if (!amends_server_need_feed (store, grant->feed, &feed, error))
    return FALSE;
  access.said = device->head;
  if (access.lost_at == 0 && is_nobodys_word (device, grant))
    access.lost_at = NOBODYS_WORD;
  return store->get_access (store, device->id, feed.id, &before, error)
         && set_taken (log, device, grant, &before, &access, error)
         && store->put_access (store, device->id, feed.id, &access, error)
         && store->put_device (store, device, error);
}

/* What devices of before these grants lack. What was taken, or given otherwise, is known and stays so.
 * @known: (element-type AmendsServerFeedAccess): what @device was ever given or taken
 * Returns: (transfer full) (element-type AmendsServerGrant): what it is to be given */
GArray *
amends_server_list_lacking (const AmendsServerDevice *device, const GArray *known)
{
  g_autoptr (GArray) lacking = g_array_new (FALSE, FALSE, sizeof (AmendsServerGrant));
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);

  if (device->revoked || g_str_equal (device->kind, "kiosk"))
    return g_steal_pointer (&lacking);
  for (guint i = 0; i < known->len; i++)
    g_hash_table_add (names, g_array_index (known, AmendsServerFeedAccess, i).feed.name);
  for (guint i = 0; i < known->len; i++)
    {
      const AmendsServerFeedAccess *both = &g_array_index (known, AmendsServerFeedAccess, i);

      if (g_str_has_prefix (both->feed.name, "s.") && both->access.may_write)
        for (const char *kind = "rc"; *kind != '\0'; kind++)
          {
            AmendsServerGrant grant = { .access = { FALSE, TRUE } };

            g_strlcpy (grant.feed, both->feed.name, sizeof grant.feed);
            grant.feed[0] = *kind;
            if (!g_hash_table_contains (names, grant.feed))
              g_array_append_val (lacking, grant);
          }
    }
  return g_steal_pointer (&lacking);
}

/* In a transaction of its own, before the reply that tells the device. */
static gboolean
try_give_lacking (AmendsServer *self, const char *code, GError **error)
{
  g_auto (AmendsServerWork) work = AMENDS_SERVER_WORK_INIT;
  g_autoptr (GArray) known = g_array_new (FALSE, FALSE, sizeof (AmendsServerFeedAccess));
  g_autoptr (GArray) lacking = NULL;
  AmendsServerLog log = { 0 };
  AmendsServerDevice device;

  if (!amends_server_work_begin (&work, self->store, AMENDS_SERVER_WRITE, error)
      || !amends_server_log_begin (&log, self, error)
      || !self->store->hold_device (self->store, code, &device, error)
      || !self->store->each_access (self->store, device.id, amends_server_collect_access, known,
                                    error))
    return FALSE;
  lacking = amends_server_list_lacking (&device, known);
  for (guint i = 0; i < lacking->len; i++)
    if (!amends_server_log_grant (&log, &device, &g_array_index (lacking, AmendsServerGrant, i),
                                  error))
      return FALSE;
  return amends_server_log_end (&log, error) && amends_server_work_commit (&work, error);
}

/* Gives what amends_server_list_lacking() says. */
gboolean
amends_server_give_lacking (AmendsServer *self, const char *code, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  gboolean given;
  guint n_tries = 0;

  do
    given = try_give_lacking (self, code, &local_error);
  while (!given && amends_server_tries_again (&n_tries, &local_error));
  if (!given)
    g_propagate_error (error, g_steal_pointer (&local_error));
  return given;
}

/* Codes. */

/* The code that is given as number @index. Returns: %FALSE if there are not so many */
static gboolean
make_nth_code (guint64 index, char ret_code[AMENDS_SERVER_CODE_SIZE])
{
  int n_characters = MIN_CODE_CHARACTERS;
  guint64 n_codes = G_GUINT64_CONSTANT (1) << (5 * n_characters);

  while (index >= n_codes)
    {
      index -= n_codes;
      n_codes <<= 5;
      n_characters++;
    }
  if (n_characters > MAX_CODE_CHARACTERS)
    return FALSE;
  index = (index * CODE_STEP + CODE_OFFSET) % n_codes;
  memset (ret_code, 0, AMENDS_SERVER_CODE_SIZE);
  for (int i = n_characters - 1; i >= 0; i--, index >>= 5)
    ret_code[i] = amends_base32_to_char (index & 31);
  return TRUE;
}

static gboolean
get_next_code (AmendsServerStore *store, guint64 *ret_next, GError **error)
{
  g_autofree char *text = amends_server_get_text (store, "next-code", error);

  if (text == NULL)
    return FALSE;
  *ret_next = g_ascii_strtoull (text, NULL, 10);
  return TRUE;
}

/* One that no device has: a lost log may have brought back more than were passed over. */
static gboolean
take_code (AmendsServerStore *store, char ret_code[AMENDS_SERVER_CODE_SIZE], GError **error)
{
  g_autofree char *next_text = NULL;
  AmendsServerDevice holder = { .id = 1 };
  guint64 next;

  if (!get_next_code (store, &next, error))
    return FALSE;
  for (; holder.id != 0; next++)
    {
      if (!make_nth_code (next, ret_code))
        {
          amends_set_error (error, AMENDS_CORE_ERROR_REFUSED, NULL, NULL,
                            "There are no device codes left");
          return FALSE;
        }
      if (!store->get_device (store, ret_code, &holder, error))
        return FALSE;
    }
  next_text = g_strdup_printf ("%" G_GUINT64_FORMAT, next);
  return amends_server_set_text (store, "next-code", next_text, error);
}

/* Whether a device may have @code again. A restored server cannot know which codes it gave and forgot: all that nobody
 * has, since none of them is given to another. One that was never restored forgot none. */
static gboolean
check_forgotten_code (AmendsServer *self, const char *code, GError **error)
{
  AmendsServerStore *store = self->store;
  AmendsServerDevice holder = { 0 };
  guint64 ordinal;

  if (!store->get_epoch (store, self->epoch, &ordinal, error)
      || !store->get_device (store, code, &holder, error))
    return FALSE;
  if (holder.id == 0 && ordinal > 1 && strlen (code) >= MIN_CODE_CHARACTERS)
    return TRUE;
  return refuse (error, AMENDS_SERVER_ERROR_CODE_TAKEN,
                 "That device code is in use, or was never given");
}

/* Gives @device, of which name, kind and key are set, a code unless it has one, its event and its
 * grants. */
gboolean
amends_server_log_enrol (AmendsServerLog *log,
                         AmendsServerDevice *device,
                         const GArray *grants,
                         GError **error)
{
  AmendsServerStore *store = log->server->store;
  g_autofree char *key = amends_base64 (device->key, sizeof device->key);
  json_t *body;

  if (device->code[0] == '\0' && !take_code (store, device->code, error))
    return FALSE;
  amends_chain_begin (&device->trunk, log->server->organisation, device->key, "");
  body = json_pack ("{s:s, s:s, s:s, s:s}", "device", device->code, "name", device->name, "kind",
                    device->kind, "key", key);
  if (!amends_server_log_append (log, "device.enrolled", 0, 0, body, &device->stream, error))
    return FALSE;
  device->head = device->stream;
  if (!store->put_device (store, device, error))
    return FALSE;
  for (guint i = 0; i < grants->len; i++)
    if (!amends_server_log_grant (log, device, &g_array_index (grants, AmendsServerGrant, i),
                                  error))
      return FALSE;
  return TRUE;
}

static gboolean
collect_grant (const AmendsServerFeed *feed, const AmendsServerAccess *access, gpointer user_data)
{
  AmendsServerGrant grant = { .access = *access };

  g_strlcpy (grant.feed, feed->name, sizeof grant.feed);
  if (access->may_read || access->may_write || access->taken_at != 0)
    g_array_append_val ((GArray *) user_data, grant);
  return TRUE;
}

/* A new code with the same grants, and with the same taken, for a device that found itself restored or cloned. Asked again with
 * the same key, the same code. Called in a transaction. */
gboolean
amends_server_recode (AmendsServer *self,
                      AmendsServerDevice *device,
                      const guint8 key[AMENDS_KEY_BYTES],
                      char ret_code[AMENDS_SERVER_CODE_SIZE],
                      GError **error)
{
  g_autoptr (GArray) grants = g_array_new (FALSE, FALSE, sizeof (AmendsServerGrant));
  AmendsServerDevice renewed = { 0 };
  AmendsServerLog log = { 0 };

  if (!amends_server_log_begin (&log, self, error)
      || !self->store->hold_device (self->store, device->code, device, error)
      || !self->store->get_device_by_key (self->store, key, &renewed, error))
    return FALSE;
  if (renewed.id != 0)
    {
      if (!g_str_equal (renewed.recoded_from, device->code))
        return refuse (error, AMENDS_SERVER_ERROR_MALFORMED, "That key is another device's");
      g_strlcpy (ret_code, renewed.code, AMENDS_SERVER_CODE_SIZE);
      return TRUE;
    }

  memset (&renewed, 0, sizeof renewed);
  g_strlcpy (renewed.name, device->name, sizeof renewed.name);
  g_strlcpy (renewed.kind, device->kind, sizeof renewed.kind);
  g_strlcpy (renewed.recoded_from, device->code, sizeof renewed.recoded_from);
  memcpy (renewed.key, key, sizeof renewed.key);
  if (!self->store->each_access (self->store, device->id, collect_grant, grants, error)
      || !amends_server_log_enrol (&log, &renewed, grants, error)
      || !amends_server_log_append (&log, "device.recoded", device->stream, device->head,
                                    json_pack ("{s:s, s:s}", "device", device->code, "to",
                                               renewed.code),
                                    &device->head, error)
      || !amends_server_log_end (&log, error)
      || !self->store->put_device (self->store, device, error))
    return FALSE;
  g_strlcpy (ret_code, renewed.code, AMENDS_SERVER_CODE_SIZE);
  return TRUE;
}

/* Invites. */

/* Adds the invite under a code whose look-up no other has. */
static gboolean
add_invite (AmendsServer *self, AmendsServerInvite *invite, char **ret_code, GError **error)
{
  for (int i = 0; i < MAX_LOOKUPS_TRIED; i++)
    {
      guint8 random[AMENDS_ENROL_RANDOM_BYTES];
      g_autofree char *code = NULL;
      gboolean added;

      amends_environment_random (&self->environment, random, sizeof random);
      code = amends_enrol_code_format (random);
      if (!amends_enrol_code_parse (code, invite->lookup, &invite->key, error)
          || !self->store->add_invite (self->store, invite, &added, error))
        return FALSE;
      if (added)
        {
          *ret_code = g_steal_pointer (&code);
          return TRUE;
        }
    }
  g_set_error (error, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_FAILED,
               "No enrolment code is free; try again when some have expired");
  return FALSE;
}

/**
 * amends_server_invite:
 * @kind: staff, kiosk or admin
 * @feeds: between commas
 * @ret_code: (out) (transfer full): what is told to whoever sets the device up
 *
 * One device may enrol with the code in the next hour.
 *
 * Errors: %AMENDS_CORE_ERROR_INVALID, %AMENDS_CORE_ERROR_NOT_FOUND if there is no such scheme; of
 * the store.
 * Returns: %TRUE on success
 */
gboolean
amends_server_invite (AmendsServer *self,
                      const char *kind,
                      const char *feeds,
                      char **ret_code,
                      GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  g_auto (AmendsServerWork) work = AMENDS_SERVER_WORK_INIT;
  g_auto (AmendsServerInvite) invite = { 0 };
  g_autoptr (GArray) grants = NULL;
  g_autofree char *code = NULL;
  gint64 now = amends_environment_now (&self->environment);

  if (!amends_server_kind_is_valid (kind))
    {
      amends_set_error (error, AMENDS_CORE_ERROR_INVALID, "kind", NULL,
                        "A device is staff, kiosk or admin");
      return FALSE;
    }
  g_strlcpy (invite.kind, kind, sizeof invite.kind);
  invite.feeds = g_strdup (feeds);
  invite.expires_at = now + INVITE_US;
  if (!amends_server_work_begin (&work, self->store, AMENDS_SERVER_WRITE, error))
    return FALSE;

  /* What it asks for is checked now, and given when it enrols. */
  grants = grants_of_invite (self->store, kind, feeds, error);
  if (grants == NULL || !self->store->drop_invites (self->store, now - INVITE_KEPT_US, error)
      || !add_invite (self, &invite, &code, error) || !amends_server_work_commit (&work, error))
    return FALSE;
  *ret_code = g_steal_pointer (&code);
  return TRUE;
}

/* Enrolment. */

typedef struct
{
  json_t *json; /* owns the texts */
  const char *lookup;
  const char *key_text;
  const char *name;
  const char *code; /* (nullable): that the device had before the server forgot it */
  guint8 key[AMENDS_KEY_BYTES];
  AmendsDigest mac;
} EnrolRequest;

static void
enrol_request_clear (EnrolRequest *self)
{
  g_clear_pointer (&self->json, json_decref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (EnrolRequest, enrol_request_clear)

/* A name is shown on screens and in letters: no control characters, no line of its own. */
static gboolean
is_name (const char *name)
{
  long n_characters = g_utf8_strlen (name, -1);

  if (n_characters < 1 || n_characters > MAX_NAME_CHARACTERS)
    return FALSE;
  for (const char *c = name; *c != '\0'; c = g_utf8_next_char (c))
    if (!g_unichar_isprint (g_utf8_get_char (c)))
      return FALSE;
  return TRUE;
}

static gboolean
read_request (EnrolRequest *self, const char *body, gsize n_bytes, GError **error)
{
  const char *mac;

  self->json = amends_json_load (body, n_bytes, NULL);
  self->lookup = json_string_value (json_object_get (self->json, "lookup"));
  self->key_text = json_string_value (json_object_get (self->json, "key"));
  self->name = json_string_value (json_object_get (self->json, "name"));
  self->code = json_string_value (json_object_get (self->json, "code"));
  mac = json_string_value (json_object_get (self->json, "mac"));
  if (json_integer_value (json_object_get (self->json, "version")) != 1 || self->lookup == NULL
      || strlen (self->lookup) != AMENDS_ENROL_LOOKUP_SIZE - 1 || self->key_text == NULL
      || mac == NULL || !amends_base64_decode (self->key_text, self->key, sizeof self->key)
      || !amends_base64_decode (mac, self->mac.bytes, sizeof self->mac.bytes))
    return refuse (error, AMENDS_SERVER_ERROR_MALFORMED,
                   "An enrolment is a version, a look-up, a key, a name and a MAC");
  if (self->name == NULL || !is_name (self->name))
    return refuse (error, AMENDS_SERVER_ERROR_MALFORMED,
                   "The name of a device has 1 to 80 characters on one line");
  if (self->code != NULL && !amends_code_is_valid (self->code))
    return refuse (error, AMENDS_SERVER_ERROR_MALFORMED, "That is no device code");
  return TRUE;
}

/* Whether the request comes from who has the code; counts a try that does not. */
static gboolean
check_invite (AmendsServer *self,
              const EnrolRequest *request,
              AmendsServerInvite *invite,
              gboolean *ret_counted,
              GError **error)
{
  AmendsDigest mac;

  *ret_counted = FALSE;
  if (!self->store->get_invite (self->store, request->lookup, invite, error))
    return FALSE;
  if (invite->lookup[0] == '\0' || invite->n_tries >= MAX_TRIES)
    return refuse (error, AMENDS_SERVER_ERROR_CODE_UNKNOWN, "There is no such enrolment code");

  amends_enrol_request_mac (&invite->key, request->lookup, request->key_text, request->name,
                            request->code, &mac);
  if (sodium_memcmp (&mac, &request->mac, sizeof mac) != 0)
    {
      invite->n_tries++;
      if (!self->store->put_invite (self->store, invite, error))
        return FALSE;
      *ret_counted = TRUE;
      return refuse (error, AMENDS_SERVER_ERROR_CODE_UNKNOWN, "There is no such enrolment code");
    }
  if (invite->is_used && memcmp (invite->used_key, request->key, sizeof request->key) != 0)
    return refuse (error, AMENDS_SERVER_ERROR_CODE_USED, "Another device used that code");
  if (!invite->is_used && invite->expires_at <= amends_environment_now (&self->environment))
    return refuse (error, AMENDS_SERVER_ERROR_CODE_EXPIRED, "That code has expired");
  return TRUE;
}

static char *
make_manifest (AmendsServer *self, const AmendsServerDevice *device, const GArray *grants)
{
  g_autofree char *signing = amends_base64 (self->signing_key, sizeof self->signing_key);
  g_autofree char *intake = amends_base64 (self->intake_key, sizeof self->intake_key);
  g_autofree char *recovery = amends_base64 (self->recovery_key, sizeof self->recovery_key);
  g_autoptr (GBytes) bytes = NULL;
  char at[AMENDS_INSTANT_TEXT_SIZE];
  json_t *feeds = json_array ();
  json_t *manifest;

  for (guint i = 0; i < grants->len; i++)
    {
      const AmendsServerGrant *grant = &g_array_index (grants, AmendsServerGrant, i);

      json_array_append_new (feeds,
                             json_pack ("{s:s, s:b, s:b}", "feed", grant->feed, "read",
                                        grant->access.may_read, "write", grant->access.may_write));
    }
  amends_instant_format_to (amends_environment_now (&self->environment), at);
  manifest = json_pack ("{s:i, s:{s:s, s:s}, s:s, s:s, s:s, s:s, s:s, s:{s:s, s:s, s:s}, s:o, s:s}",
                        "version", 1, "organisation", "id", self->organisation, "name",
                        self->organisation_name, "epoch", self->epoch, "authority", self->authority,
                        "signing_key", signing, "intake_key", intake, "recovery_key", recovery,
                        "device", "code", device->code, "kind", device->kind, "name", device->name,
                        "feeds", feeds, "at", at);
  bytes = amends_json_dump (manifest);
  json_decref (manifest);
  return g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

static gboolean
enrol_device (AmendsServer *self,
              const EnrolRequest *request,
              AmendsServerInvite *invite,
              GError **error)
{
  g_autoptr (GArray) grants = NULL;
  AmendsServerDevice device = { 0 };
  AmendsServerDevice known;
  AmendsServerLog log = { 0 };

  if (!amends_server_log_begin (&log, self, error))
    return FALSE;
  grants = grants_of_invite (self->store, invite->kind, invite->feeds, error);
  if (grants == NULL || !self->store->get_device_by_key (self->store, request->key, &known, error))
    return FALSE;
  if (known.id != 0)
    return refuse (error, AMENDS_SERVER_ERROR_CODE_TAKEN, "That key is a device's already");
  if (request->code != NULL)
    {
      if (!check_forgotten_code (self, request->code, error))
        return FALSE;
      g_strlcpy (device.code, request->code, sizeof device.code);
    }

  g_strlcpy (device.name, request->name, sizeof device.name);
  g_strlcpy (device.kind, invite->kind, sizeof device.kind);
  memcpy (device.key, request->key, sizeof device.key);
  if (!amends_server_log_enrol (&log, &device, grants, error)
      || !amends_server_log_end (&log, error))
    return FALSE;

  invite->manifest = make_manifest (self, &device, grants);
  invite->is_used = TRUE;
  memcpy (invite->used_key, request->key, sizeof invite->used_key);
  return self->store->put_invite (self->store, invite, error);
}

static char *
make_reply (const EnrolRequest *request, const AmendsServerInvite *invite)
{
  g_autofree char *mac_text = NULL;
  g_autoptr (GBytes) bytes = NULL;
  AmendsDigest mac;
  json_t *reply;

  amends_enrol_reply_mac (&invite->key, request->lookup, request->key_text, invite->manifest, &mac);
  mac_text = amends_base64 (mac.bytes, sizeof mac.bytes);
  reply = json_pack ("{s:s, s:s}", "manifest", invite->manifest, "mac", mac_text);
  bytes = amends_json_dump (reply);
  json_decref (reply);
  return g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

/* @ret_enrolled: whether it was the first time */
static gboolean
try_enrol (AmendsServer *self,
           const EnrolRequest *request,
           gboolean *ret_enrolled,
           char **ret_reply,
           GError **error)
{
  g_auto (AmendsServerWork) work = AMENDS_SERVER_WORK_INIT;
  g_auto (AmendsServerInvite) invite = { 0 };
  gboolean counted;

  if (!amends_server_work_begin (&work, self->store, AMENDS_SERVER_WRITE, error))
    return FALSE;
  if (!check_invite (self, request, &invite, &counted, error))
    {
      /* The try stays counted though the request is refused. */
      if (!counted || amends_server_work_commit (&work, NULL))
        return FALSE;
      g_clear_error (error);
      return refuse (error, AMENDS_SERVER_ERROR_BUSY, "The server's store does not answer");
    }
  *ret_enrolled = !invite.is_used;
  if (*ret_enrolled && !enrol_device (self, request, &invite, error))
    return FALSE;
  if (!amends_server_work_commit (&work, error))
    return FALSE;
  *ret_reply = make_reply (request, &invite);
  return TRUE;
}

/**
 * amends_server_enrol:
 * @body: the request's JSON
 * @n_bytes: its length
 * @ret_reply: (out) (transfer full): the reply's JSON
 *
 * Source: PROTOCOL.md 7.
 * Errors: %AMENDS_SERVER_ERROR_MALFORMED, %AMENDS_SERVER_ERROR_CODE_UNKNOWN,
 * %AMENDS_SERVER_ERROR_CODE_USED, %AMENDS_SERVER_ERROR_CODE_EXPIRED, %AMENDS_SERVER_ERROR_CODE_TAKEN;
 * of the store.
 * Returns: %TRUE on success
 */
gboolean
amends_server_enrol (AmendsServer *self,
                     const char *body,
                     gsize n_bytes,
                     char **ret_reply,
                     GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  g_auto (EnrolRequest) request = { 0 };
  g_autoptr (GError) local_error = NULL;
  gboolean enrolled = FALSE;
  gboolean answered;
  guint n_tries = 0;

  if (!read_request (&request, body, n_bytes, error))
    return FALSE;
  do
    answered = try_enrol (self, &request, &enrolled, ret_reply, &local_error);
  while (!answered && amends_server_tries_again (&n_tries, &local_error));
  if (!answered)
    g_propagate_error (error, g_steal_pointer (&local_error));
  else if (enrolled)
    self->metrics.n_enrolments++;
  return answered;
}
