/* amends-log.c: the sealed log: appending and reading
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "store/amends-log.h"

#include <string.h>

#include "core/amends-box.h"
#include "core/amends-instant.h"
#include "core/amends-secret.h"
#include "store/amends-store-private.h"

static const char sql_insert[] =
    "INSERT INTO event (code, number, feed, stream, after, digest, sealed, box)"
    " SELECT :code, :number, feed, :stream, :after, :digest, :sealed, :box FROM feed"
    " WHERE name = :feed";
static const char sql_get_chain[] =
    "SELECT chain.number, chain.hash FROM chain, feed"
    " WHERE chain.feed = feed.feed AND feed.name = :feed AND chain.code = :code";
static const char sql_set_chain[] =
    "INSERT INTO chain (code, feed, number, hash, verified)"
    " SELECT :code, feed, :number, :hash, 0 FROM feed WHERE name = :feed"
    " ON CONFLICT (code, feed) DO UPDATE SET number = excluded.number, hash = excluded.hash";
static const char sql_set_statement[] =
    "UPDATE chain SET statement = :statement, verified = :number"
    " WHERE code = :code AND feed = (SELECT feed FROM feed WHERE name = :feed)";
static const char sql_is_erased[] = "SELECT 1 FROM erased WHERE code = :code AND number = :number";
static const char sql_access[] = "SELECT may_read, may_write FROM feed WHERE name = :feed";

/* Index event_by_stream serves the first, event_by_id the second. */
static const char sql_read_stream[] =
    AMENDS_LOG_EVENT_COLUMNS " AND event.stream = :stream"
                             " AND (event.sealed IS NULL OR length (event.sealed) > 1)";
static const char sql_read_by_code[] =
    AMENDS_LOG_EVENT_COLUMNS " AND event.code = :code AND event.number >= :from"
                             " ORDER BY event.number";

/**
 * amends_store_dup_now:
 *
 * Returns: (transfer full): the clock, as events carry it
 */
char *
amends_store_dup_now (AmendsStore *self)
{
  return amends_instant_format (amends_environment_now (&self->environment));
}

/**
 * amends_log_seal_event:
 * @event: one that has its body
 *
 * Returns: (transfer full): salt, then body; sealed, and bound to its four fields
 */
GBytes *
amends_log_seal_event (AmendsStore *self, const AmendsEvent *event)
{
  g_autofree char *header = amends_event_format_header (event);
  gsize n_body = g_bytes_get_size (event->body);
  g_autofree guint8 *plain = g_malloc (AMENDS_SALT_BYTES + n_body);

  memcpy (plain, event->salt, AMENDS_SALT_BYTES);
  memcpy (plain + AMENDS_SALT_BYTES, g_bytes_get_data (event->body, NULL), n_body);
  return amends_seal (&self->environment, self->key, header, plain, AMENDS_SALT_BYTES + n_body);
}

/**
 * amends_log_is_erased:
 * @ret_is_erased: (out): whether the server's log says that the body of that event was erased
 *
 * Returns: %TRUE on success
 */
gboolean
amends_log_is_erased (AmendsStore *self,
                      const AmendsId *id,
                      gboolean *ret_is_erased,
                      GError **error)
{
  sqlite3_stmt *stmt = amends_db_prepare (self->db, sql_is_erased, error);
  int found;

  if (stmt == NULL)
    return FALSE;
  amends_db_bind_text (stmt, 1, id->code);
  sqlite3_bind_int64 (stmt, 2, (gint64) id->number);
  found = amends_db_step (self->db, stmt, error);
  sqlite3_reset (stmt);
  *ret_is_erased = found == SQLITE_ROW;
  return found == SQLITE_ROW || found == SQLITE_DONE;
}

/* The hash of salt and body, then the box that holds them, if there is one. */
static GBytes *
join_box (const AmendsEvent *event)
{
  gsize n_box = 0;
  const guint8 *box = event->box != NULL ? g_bytes_get_data (event->box, &n_box) : NULL;
  guint8 *joined = g_malloc (AMENDS_DIGEST_BYTES + n_box);

  amends_event_get_body_hash (event, joined);
  if (box != NULL)
    memcpy (joined + AMENDS_DIGEST_BYTES, box, n_box);
  return g_bytes_new_take (joined, AMENDS_DIGEST_BYTES + n_box);
}

/**
 * amends_log_seal_to_keep:
 * @ret_sealed: (out) (transfer full) (nullable): what is kept of @event beside its header and digest; %NULL if
 *   it was erased, whoever brings its body again
 * @ret_box: (out) (transfer full) (nullable): where that is not what it says: what else proves its header, and the box
 *
 * Returns: %TRUE on success
 */
gboolean
amends_log_seal_to_keep (AmendsStore *self,
                         const AmendsEvent *event,
                         GBytes **ret_sealed,
                         GBytes **ret_box,
                         GError **error)
{
  gboolean erased = TRUE;

  if (event->body != NULL && !amends_log_is_erased (self, &event->id, &erased, error))
    return FALSE;
  *ret_sealed = erased ? NULL : amends_log_seal_event (self, event);
  *ret_box = erased && amends_event_is_proved (event) ? join_box (event) : NULL;
  return TRUE;
}

/**
 * amends_log_insert:
 * @event: any device's, or in its box
 *
 * In the caller's transaction, which moves the chain too.
 * Errors: %AMENDS_STORE_ERROR_FAILED if this device does not hold its feed; %AMENDS_STORE_ERROR_FULL.
 * Returns: %TRUE on success
 */
gboolean
amends_log_insert (AmendsStore *self, const AmendsEvent *event, GError **error)
{
  sqlite3_stmt *stmt = amends_db_prepare (self->db, sql_insert, error);
  g_autoptr (GBytes) sealed = NULL;
  g_autoptr (GBytes) box = NULL;
  g_autofree char *after = amends_after_format (event->after, event->n_after);
  char stream[AMENDS_ID_BUFFER];

  if (stmt == NULL || !amends_log_seal_to_keep (self, event, &sealed, &box, error))
    return FALSE;
  amends_id_format_to (&event->stream, stream);
  amends_db_bind_text (stmt, 1, event->id.code);
  sqlite3_bind_int64 (stmt, 2, (gint64) event->id.number);
  amends_db_bind_text (stmt, 3, stream);
  amends_db_bind_text (stmt, 4, after);
  amends_db_bind_blob (stmt, 5, event->digest, sizeof event->digest);
  if (sealed != NULL)
    amends_db_bind_blob (stmt, 6, g_bytes_get_data (sealed, NULL), g_bytes_get_size (sealed));
  if (event->box != NULL)
    sqlite3_bind_zeroblob (stmt, 6, 0);
  if (box != NULL)
    amends_db_bind_blob (stmt, 7, g_bytes_get_data (box, NULL), g_bytes_get_size (box));
  amends_db_bind_text (stmt, 8, event->feed);
  if (!amends_db_run (self->db, stmt, error))
    return FALSE;
  if (sqlite3_changes (amends_db_get_handle (self->db)) == 1)
    return sealed == NULL || amends_store_note_attachment (self, event, error);

  g_set_error (error, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_FAILED, "This device holds no feed %s",
               event->feed);
  return FALSE;
}

/**
 * amends_log_get_device_key:
 * @code: a device; "0" the server
 * @ret_key: (out): its public key, as `ctl` says
 *
 * Errors: %AMENDS_STORE_ERROR_FAILED if no such device is known.
 * Returns: %TRUE on success
 */
gboolean
amends_log_get_device_key (AmendsStore *self,
                           const char *code,
                           guint8 ret_key[AMENDS_KEY_BYTES],
                           GError **error)
{
  sqlite3_stmt *stmt =
      amends_db_prepare (self->db, "SELECT key FROM device WHERE code = :code", error);
  gboolean found = FALSE;

  if (stmt == NULL)
    return FALSE;
  amends_db_bind_text (stmt, 1, code);
  if (amends_db_step (self->db, stmt, error) == SQLITE_ROW)
    {
      found = sqlite3_column_bytes (stmt, 0) == AMENDS_KEY_BYTES;
      if (found)
        memcpy (ret_key, sqlite3_column_blob (stmt, 0), AMENDS_KEY_BYTES);
      sqlite3_reset (stmt);
    }
  if (!found && (error == NULL || *error == NULL))
    g_set_error (error, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_FAILED, "No device %s is known here",
                 code);
  return found;
}

/**
 * amends_log_get_chain:
 * @ret_number: (out): of its last event; 0 before the first
 * @ret_chain: (out): the chain there
 *
 * Returns: %TRUE on success
 */
gboolean
amends_log_get_chain (AmendsStore *self,
                      const char *code,
                      const char *feed,
                      guint64 *ret_number,
                      AmendsDigest *ret_chain,
                      GError **error)
{
  sqlite3_stmt *stmt = amends_db_prepare (self->db, sql_get_chain, error);
  guint8 key[AMENDS_KEY_BYTES];
  int code_found;

  if (stmt == NULL)
    return FALSE;
  amends_db_bind_text (stmt, 1, feed);
  amends_db_bind_text (stmt, 2, code);
  code_found = amends_db_step (self->db, stmt, error);
  if (code_found == SQLITE_ROW && sqlite3_column_bytes (stmt, 1) == AMENDS_DIGEST_BYTES)
    {
      *ret_number = (guint64) sqlite3_column_int64 (stmt, 0);
      memcpy (ret_chain->bytes, sqlite3_column_blob (stmt, 1), AMENDS_DIGEST_BYTES);
      sqlite3_reset (stmt);
      return TRUE;
    }
  sqlite3_reset (stmt);
  if (code_found != SQLITE_DONE || !amends_log_get_device_key (self, code, key, error))
    return FALSE;
  *ret_number = 0;
  amends_chain_begin (ret_chain, self->identity->organisation_id, key, feed);
  return TRUE;
}

/**
 * amends_log_set_chain:
 * @id: the last event in it
 * @chain: the chain there
 *
 * In the caller's transaction.
 * Returns: %TRUE on success
 */
gboolean
amends_log_set_chain (AmendsStore *self,
                      const AmendsId *id,
                      const char *feed,
                      const AmendsDigest *chain,
                      GError **error)
{
  sqlite3_stmt *stmt = amends_db_prepare (self->db, sql_set_chain, error);

  if (stmt == NULL)
    return FALSE;
  amends_db_bind_text (stmt, 1, id->code);
  sqlite3_bind_int64 (stmt, 2, (gint64) id->number);
  amends_db_bind_blob (stmt, 3, chain->bytes, sizeof chain->bytes);
  amends_db_bind_text (stmt, 4, feed);
  return amends_db_run (self->db, stmt, error);
}

/* Inserts an event that goes on where its chain stands, and moves the chain. */
static gboolean
insert_and_step (AmendsStore *self, const AmendsEvent *event, GError **error)
{
  AmendsDigest chain;
  guint64 number;

  if (!amends_log_insert (self, event, error)
      || !amends_log_get_chain (self, event->id.code, event->feed, &number, &chain, error))
    return FALSE;
  amends_chain_step (&chain, event->digest);
  return amends_log_set_chain (self, &event->id, event->feed, &chain, error);
}

/**
 * amends_log_set_statement:
 * @feed: a feed that it covers
 * @statement: verified by the caller
 *
 * Keeps the newest statement of a device about a feed.
 * Returns: %TRUE on success
 */
gboolean
amends_log_set_statement (AmendsStore *self,
                          const char *feed,
                          const AmendsStatement *statement,
                          GError **error)
{
  sqlite3_stmt *stmt = amends_db_prepare (self->db, sql_set_statement, error);
  g_autoptr (GBytes) bytes = amends_statement_to_bytes (statement);

  if (stmt == NULL)
    return FALSE;
  amends_db_bind_blob (stmt, 1, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  sqlite3_bind_int64 (stmt, 2, (gint64) statement->number);
  amends_db_bind_text (stmt, 3, statement->code);
  amends_db_bind_text (stmt, 4, feed);
  return amends_db_run (self->db, stmt, error);
}

/* @ret_may_read: whether this device may read what it writes there */
static gboolean
check_may_write (AmendsStore *self, const char *feed, gboolean *ret_may_read, GError **error)
{
  sqlite3_stmt *stmt = amends_db_prepare (self->db, sql_access, error);
  gboolean may_write = FALSE;
  int found;

  if (stmt == NULL)
    return FALSE;
  amends_db_bind_text (stmt, 1, feed);
  found = amends_db_step (self->db, stmt, error);
  if (found == SQLITE_ROW)
    {
      *ret_may_read = sqlite3_column_int (stmt, 0) != 0;
      may_write = sqlite3_column_int (stmt, 1) != 0;
      sqlite3_reset (stmt);
    }
  if (!may_write && (found == SQLITE_ROW || found == SQLITE_DONE))
    g_set_error (error, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_FAILED,
                 "This device may not write in %s", feed);
  return may_write;
}

/* A chain of own events in one feed, up to a number. */
typedef struct
{
  const char *feed;
  guint64 number;
  AmendsDigest chain;
} ChainWalk;

static gboolean
sign_own (AmendsStore *self, const char *feed, guint64 number, GError **error)
{
  g_autoptr (AmendsStatement) statement = amends_statement_new (self->identity->code, number);
  AmendsDigest chain;
  guint64 last;

  if (!amends_log_get_chain (self, self->identity->code, feed, &last, &chain, error))
    return FALSE;
  amends_statement_add (statement, feed, &chain);
  amends_statement_sign (statement, self->identity->secret_key);
  return amends_log_set_statement (self, feed, statement, error);
}

static AmendsEvent *
put_in_box (AmendsStore *self, AmendsEvent *event, GError **error)
{
  g_autoptr (AmendsEvent) open = event;
  g_auto (AmendsSecret) seed = { { 0 } };

  amends_environment_random (&self->environment, seed.bytes, AMENDS_BOX_SEED_BYTES);
  return amends_event_box (open, self->identity->intake_key, seed.bytes, error);
}

static gboolean
step_in_feed (AmendsEvent *event, gpointer user_data)
{
  ChainWalk *walk = user_data;

  if (event->id.number <= walk->number && g_str_equal (event->feed, walk->feed))
    amends_chain_step (&walk->chain, event->digest);
  return event->id.number < walk->number;
}

/**
 * amends_log_restore_own_chain:
 * @feed: whose last own events were cut off
 * @number: of the last own event in it
 *
 * In the caller's transaction: the chain as it is there, and this device's statement about it.
 * Returns: %TRUE on success
 */
gboolean
amends_log_restore_own_chain (AmendsStore *self, const char *feed, guint64 number, GError **error)
{
  ChainWalk walk = { .feed = feed, .number = number };
  AmendsId id;
  gint64 acknowledged;

  if (!amends_meta_get_number (self, "acknowledged", &acknowledged, error)
      || !amends_log_get_base (self, feed, &walk.chain, error)
      || !amends_log_foreach_own (self, (guint64) acknowledged + 1, step_in_feed, &walk, error))
    return FALSE;
  amends_id_init (&id, self->identity->code, number);
  return amends_log_set_chain (self, &id, feed, &walk.chain, error)
         && sign_own (self, feed, number, error);
}

/**
 * amends_log_append:
 * @feed: where to write
 * @stream: (nullable): what the events are about; %NULL if the first of them begins it
 * @after: (array length=n_after): the heads seen; for the first of them
 * @n_after: how many
 * @bodies: (element-type GBytes): one event each, each after the one before
 *
 * Appends in the caller's transaction, moves chains and trunk, and signs. What is written in a feed that
 * this device may not read is put in a box that it cannot open, and comes back in it.
 * Errors: %AMENDS_STORE_ERROR_FAILED if this device may not write in @feed; %AMENDS_STORE_ERROR_FULL;
 * what amends_event_new() refuses.
 * Returns: (transfer full) (element-type AmendsEvent): the events
 */
GPtrArray *
amends_log_append (AmendsStore *self,
                   const char *feed,
                   const AmendsId *stream,
                   const AmendsId *after,
                   guint n_after,
                   GPtrArray *bodies,
                   GError **error)
{
  g_autoptr (GPtrArray) events =
      g_ptr_array_new_with_free_func ((GDestroyNotify) amends_event_unref);
  AmendsDigest trunk;
  AmendsId id = { "", 0 }, about = { "", 0 };
  gboolean may_read;
  guint64 number;

  if (!amends_store_check_writable (self, error) || !check_may_write (self, feed, &may_read, error)
      || !amends_log_get_last_own (self, &number, error)
      || !amends_meta_get_digest (self, "trunk", &trunk, error))
    return NULL;

  for (guint i = 0; i < bodies->len; i++)
    {
      guint8 salt[AMENDS_SALT_BYTES];
      g_autoptr (AmendsEvent) open = NULL; /* as it was before it was put in its box */
      AmendsEvent *event;
      AmendsId before = id;

      amends_id_init (&id, self->identity->code, ++number);
      if (i == 0)
        about = stream != NULL ? *stream : id;
      amends_environment_random (&self->environment, salt, sizeof salt);
      event = i == 0 ? amends_event_new (&id, feed, &about, after, n_after, salt,
                                         g_ptr_array_index (bodies, i), error)
                     : amends_event_new (&id, feed, &about, &before, 1, salt,
                                         g_ptr_array_index (bodies, i), error);
      if (event != NULL && !may_read)
        {
          open = amends_event_ref (event);
          event = put_in_box (self, event, error);
        }
      if (event == NULL)
        return NULL;
      g_ptr_array_add (events, event);
      if (!insert_and_step (self, event, error)
          || (open != NULL && !amends_keyless_note (self, open, error)))
        return NULL;
      amends_chain_step (&trunk, event->digest);
    }
  if (!amends_meta_set_plain (self, "trunk", trunk.bytes, sizeof trunk.bytes, error)
      || !sign_own (self, feed, number, error))
    return NULL;
  return g_steal_pointer (&events);
}

/**
 * amends_log_set_damaged:
 * @id: an event
 * @what: how it is damaged
 *
 * Sets %AMENDS_STORE_ERROR_DAMAGED.
 */
void
amends_log_set_damaged (const AmendsId *id, const char *what, GError **error)
{
  g_set_error (error, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_DAMAGED,
               "Event %s.%" G_GUINT64_FORMAT " is damaged: %s", id->code, id->number, what);
}

/* Of what is in a box, or not here: what stands beside its digest has to be proved by it. */
static AmendsEvent *
load_closed (sqlite3_stmt *stmt, const AmendsEvent *header, GError **error)
{
  const guint8 *joined = sqlite3_column_blob (stmt, 7);
  gsize n_box = (gsize) sqlite3_column_bytes (stmt, 7) - AMENDS_DIGEST_BYTES;
  g_autoptr (GBytes) box = n_box > 0 ? g_bytes_new (joined + AMENDS_DIGEST_BYTES, n_box) : NULL;
  g_autoptr (AmendsEvent) event =
      box != NULL ? amends_event_new_boxed (&header->id, header->feed, &header->stream,
                                            header->after, header->n_after, joined, box, error)
                  : amends_event_new_bodiless (&header->id, header->feed, &header->stream,
                                               header->after, header->n_after, joined, error);

  if (event == NULL)
    return NULL;
  if (memcmp (event->digest, header->digest, AMENDS_DIGEST_BYTES) != 0)
    {
      amends_log_set_damaged (&header->id,
                              box != NULL ? "its box is not the one that it was put in"
                                          : "what is left of it does not fit its digest",
                              error);
      return NULL;
    }
  return g_steal_pointer (&event);
}

/**
 * amends_log_load_header:
 * @stmt: a row of %AMENDS_LOG_EVENT_COLUMNS
 *
 * Errors: %AMENDS_STORE_ERROR_DAMAGED.
 * Returns: (transfer full): the event without what it says; nothing proves what is said of it
 */
AmendsEvent *
amends_log_load_header (sqlite3_stmt *stmt, GError **error)
{
  const char *after_text = (const char *) sqlite3_column_text (stmt, 4);
  const char *feed = (const char *) sqlite3_column_text (stmt, 2);
  const char *stream_text = (const char *) sqlite3_column_text (stmt, 3);
  g_autofree AmendsId *after = NULL;
  AmendsId id, stream;
  guint n_after;

  if (!amends_id_init (&id, (const char *) sqlite3_column_text (stmt, 0),
                       (guint64) sqlite3_column_int64 (stmt, 1))
      || !amends_id_parse_len (stream_text, strlen (stream_text), &stream)
      || sqlite3_column_bytes (stmt, 5) != AMENDS_DIGEST_BYTES)
    {
      g_set_error (error, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_DAMAGED,
                   "An event has lost its name");
      return NULL;
    }
  after = amends_after_parse (after_text, strlen (after_text), &n_after, error);
  if (after == NULL)
    return NULL;
  return amends_event_new_erased (&id, feed, &stream, after, n_after, sqlite3_column_blob (stmt, 5),
                                  error);
}

/**
 * amends_log_load_event:
 * @stmt: a row of %AMENDS_LOG_EVENT_COLUMNS
 *
 * The seal proves its fields and its body; that they fit the digest stored beside it is for fsck to say.
 * Errors: %AMENDS_STORE_ERROR_DAMAGED, naming the event.
 * Returns: (transfer full): the event, unsealed, or in its box, or without what it says
 */
AmendsEvent *
amends_log_load_event (AmendsStore *self, sqlite3_stmt *stmt, GError **error)
{
  g_autoptr (AmendsEvent) event = amends_log_load_header (stmt, error);
  g_autoptr (GBytes) plain = NULL;
  g_autofree char *header = NULL;

  if (event == NULL)
    return NULL;
  if (sqlite3_column_bytes (stmt, 7) >= AMENDS_DIGEST_BYTES)
    return load_closed (stmt, event, error);
  if (sqlite3_column_bytes (stmt, 6) <= 1)
    return g_steal_pointer (&event);

  header = amends_event_format_header (event);
  plain = amends_unseal (self->key, header, sqlite3_column_blob (stmt, 6),
                         (gsize) sqlite3_column_bytes (stmt, 6), NULL);
  if (plain == NULL || g_bytes_get_size (plain) < AMENDS_SALT_BYTES)
    {
      amends_log_set_damaged (&event->id, "it does not fit its seal", error);
      return NULL;
    }
  memcpy (event->salt, g_bytes_get_data (plain, NULL), AMENDS_SALT_BYTES);
  event->body = g_bytes_new_from_bytes (plain, AMENDS_SALT_BYTES,
                                        g_bytes_get_size (plain) - AMENDS_SALT_BYTES);
  return g_steal_pointer (&event);
}

/**
 * amends_log_read_stream:
 * @stream: what to read about
 *
 * Errors: %AMENDS_STORE_ERROR_DAMAGED, naming the event; %AMENDS_STORE_ERROR_LOCKED.
 * Returns: (transfer full) (element-type AmendsEvent): all events held of it; may be empty
 */
GPtrArray *
amends_log_read_stream (AmendsStore *self, const AmendsId *stream, GError **error)
{
  g_autoptr (GPtrArray) events =
      g_ptr_array_new_with_free_func ((GDestroyNotify) amends_event_unref);
  char text[AMENDS_ID_BUFFER];
  sqlite3_stmt *stmt;
  int code;

  if (!amends_store_check_unlocked (self, error))
    return NULL;
  stmt = amends_db_prepare (self->db, sql_read_stream, error);
  if (stmt == NULL)
    return NULL;
  amends_id_format_to (stream, text);
  amends_db_bind_text (stmt, 1, text);
  while ((code = amends_db_step (self->db, stmt, error)) == SQLITE_ROW)
    {
      AmendsEvent *event = amends_log_load_event (self, stmt, error);

      if (event == NULL)
        {
          sqlite3_reset (stmt);
          return NULL;
        }
      g_ptr_array_add (events, event);
    }
  return code == SQLITE_DONE ? g_steal_pointer (&events) : NULL;
}

static gboolean
foreach_event (AmendsStore *self,
               const char *code_of,
               guint64 from_number,
               AmendsEventFunc func,
               gpointer user_data,
               GError **error)
{
  sqlite3_stmt *stmt;
  int code;

  stmt = amends_db_prepare (self->db, sql_read_by_code, error);
  if (stmt == NULL)
    return FALSE;
  amends_db_bind_text (stmt, 1, code_of);
  sqlite3_bind_int64 (stmt, 2, (gint64) from_number);
  while ((code = amends_db_step (self->db, stmt, error)) == SQLITE_ROW)
    {
      g_autoptr (AmendsEvent) event = amends_log_load_event (self, stmt, error);

      if (event == NULL || !func (event, user_data))
        {
          sqlite3_reset (stmt);
          return event != NULL;
        }
    }
  return code == SQLITE_DONE;
}

/**
 * amends_log_foreach_own:
 * @from_number: the first
 * @func: (scope call): told each, in the order of their numbers, until it says stop
 *
 * Returns: %TRUE on success
 */
gboolean
amends_log_foreach_own (AmendsStore *self,
                        guint64 from_number,
                        AmendsEventFunc func,
                        gpointer user_data,
                        GError **error)
{
  return amends_store_check_unlocked (self, error)
         && foreach_event (self, self->identity->code, from_number, func, user_data, error);
}

/**
 * amends_log_foreach_of_server:
 *
 * As amends_log_foreach_own(), of the server's own log.
 * Returns: %TRUE on success
 */
gboolean
amends_log_foreach_of_server (AmendsStore *self,
                              guint64 from_number,
                              AmendsEventFunc func,
                              gpointer user_data,
                              GError **error)
{
  return amends_store_check_unlocked (self, error)
         && foreach_event (self, "0", from_number, func, user_data, error);
}

/**
 * amends_log_append_event:
 * @event: made by the caller: the next number of this device
 *
 * As amends_log_append(), for an event that is there already.
 * Returns: %TRUE on success
 */
gboolean
amends_log_append_event (AmendsStore *self, AmendsEvent *event, GError **error)
{
  AmendsDigest trunk;
  guint64 number;

  if (!amends_log_get_last_own (self, &number, error)
      || !amends_meta_get_digest (self, "trunk", &trunk, error))
    return FALSE;
  g_return_val_if_fail (event->id.number == number + 1, FALSE);

  amends_chain_step (&trunk, event->digest);
  return insert_and_step (self, event, error)
         && amends_meta_set_plain (self, "trunk", trunk.bytes, sizeof trunk.bytes, error)
         && sign_own (self, event->feed, event->id.number, error);
}

/**
 * amends_log_rebuild_own_chains:
 * @events: (element-type AmendsEvent): all that is held of this device's own, in order
 *
 * Where its chains were dropped. It signs them: when it has gone on under another code nobody else may be left who
 * could prove these events to a server that was restored.
 * Returns: %TRUE once its chains are as the events make them
 */
gboolean
amends_log_rebuild_own_chains (AmendsStore *self, GPtrArray *events, GError **error)
{
  g_autoptr (GHashTable) chains = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  const AmendsIdentity *who = self->identity;

  for (guint i = 0; i < events->len; i++)
    {
      const AmendsEvent *event = g_ptr_array_index (events, i);
      AmendsDigest *chain = g_hash_table_lookup (chains, event->feed);

      if (chain == NULL)
        {
          chain = g_new0 (AmendsDigest, 1);
          amends_chain_begin (chain, who->organisation_id, who->key, event->feed);
          g_hash_table_insert (chains, g_strdup (event->feed), chain);
        }
      amends_chain_step (chain, event->digest);
      if (!amends_log_set_chain (self, &event->id, event->feed, chain, error)
          || !sign_own (self, event->feed, event->id.number, error))
        return FALSE;
    }
  return TRUE;
}
