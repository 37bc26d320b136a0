/* amends-entry.c: where the server has put events, and what its own log says
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <sodium.h>
#include <string.h>

#include "store/amends-log.h"
#include "store/amends-store-private.h"

/* Kinds of entries, as they stand on disk; the wire's AmendsEntryKind has the same numbers. */
#define ENTRY_EVENT 1
#define ENTRY_LEFT 4
#define ENTRY_ERASED 5

/* Request numbers only have to rise. The clock in milliseconds does that without a write; where it was
 * set back, numbers are reserved by the block above the highest that the server has seen. */
#define REQUEST_BLOCK 256

static const char sql_add_entry[] =
    "INSERT OR REPLACE INTO entry (feed, position, n, kind, code, number, logged_at)"
    " SELECT feed, :position, :n, :kind, :code, :number, :logged_at FROM feed WHERE name = :feed";
static const char sql_set_cursor[] =
    "UPDATE feed SET position = :position, hash = :hash WHERE name = :feed";
static const char sql_list_feeds[] =
    "SELECT name, may_read, may_write, position, hash, safe FROM feed"
    " ORDER BY name <> 'ctl', name";
static const char sql_digests[] =
    "SELECT event.number, event.digest FROM event, feed"
    " WHERE event.feed = feed.feed AND feed.name = :feed AND event.code = :code"
    " AND event.number >= :number ORDER BY event.number LIMIT :n";
static const char sql_next[] = "SELECT event.number FROM event, feed"
                               " WHERE event.feed = feed.feed AND feed.name = :feed"
                               " AND event.code = :code AND event.number > :after"
                               " ORDER BY event.number LIMIT 1";
static const char sql_list_entries[] =
    "SELECT entry.position, entry.n, entry.kind, entry.code, entry.number FROM entry, feed"
    " WHERE entry.feed = feed.feed AND feed.name = :feed ORDER BY entry.position";
static const char sql_forget_entries[] = "DELETE FROM entry WHERE position > :position"
                                         " AND feed = (SELECT feed FROM feed WHERE name = :feed)";
static const char sql_cut_events[] =
    "DELETE FROM event WHERE code = :code AND feed = (SELECT feed FROM feed WHERE name = :feed)"
    " AND number NOT IN (SELECT kept.number FROM event kept WHERE kept.code = :code"
    "   AND kept.feed = (SELECT feed FROM feed WHERE name = :feed)"
    "   ORDER BY kept.number LIMIT :n)";
static const char sql_cut_chain[] =
    "UPDATE chain SET number = (SELECT coalesce(max(event.number), 0) FROM event"
    "   WHERE event.code = chain.code AND event.feed = chain.feed),"
    " statement = NULL, verified = 0, hash = :hash"
    " WHERE code = :code AND feed = (SELECT feed FROM feed WHERE name = :feed)";
static const char sql_shorten_entry[] =
    "UPDATE entry SET n = :position - position + 1"
    " WHERE position <= :position AND position + n - 1 > :position"
    " AND feed = (SELECT feed FROM feed WHERE name = :feed)";
static const char sql_grant[] = "INSERT INTO feed (name, may_read, may_write, position, hash, safe)"
                                " VALUES (:name, :may_read, :may_write, 0, zeroblob(32), 0)"
                                " ON CONFLICT (name) DO UPDATE SET may_read = excluded.may_read,"
                                " may_write = excluded.may_write";
static const char sql_enrolled[] =
    "INSERT INTO device (code, kind, key, name, revoked) VALUES (:code, :kind, :key, :name, 0)"
    " ON CONFLICT (code) DO UPDATE SET kind = excluded.kind, key = excluded.key,"
    " name = excluded.name";
static const char sql_signed_ctl[] =
    "SELECT chain.verified FROM chain, feed WHERE chain.feed = feed.feed AND feed.name = 'ctl'"
    " AND chain.code = '0'";
static const char sql_unplaced[] =
    "SELECT chain.code, feed.name, chain.statement,"
    " (SELECT count(*) FROM event WHERE event.code = chain.code AND event.feed = chain.feed"
    "    AND (event.sealed IS NULL OR length (event.sealed) > 0))"
    " - (SELECT coalesce(sum(entry.n), 0) FROM entry INDEXED BY entry_by_number"
    "    WHERE entry.code = chain.code AND entry.feed = chain.feed AND entry.kind = 1)"
    " FROM chain, feed WHERE chain.feed = feed.feed AND chain.code <> :own"
    " AND feed.name <> 'ctl' ORDER BY feed.name, chain.code";
static const char sql_last_of_chain[] =
    "SELECT event.stream, event.number FROM event, feed WHERE event.feed = feed.feed"
    " AND feed.name = :feed AND event.code = :code"
    " AND (event.sealed IS NULL OR length (event.sealed) > 0)"
    " ORDER BY event.number DESC LIMIT :n";

/**
 * amends_log_add_entry:
 * @position: of the first
 * @n: how many positions
 * @kind: as on the wire
 * @id: of the first event; or of what left or was erased
 * @logged_at_s: when the server logged it, Unix seconds; 0 unknown
 *
 * In the caller's transaction.
 * Returns: %TRUE on success
 */
gboolean
amends_log_add_entry (AmendsStore *self,
                      const char *feed,
                      guint64 position,
                      guint64 n,
                      int kind,
                      const AmendsId *id,
                      gint64 logged_at_s,
                      GError **error)
{
  sqlite3_stmt *stmt = amends_db_prepare (self->db, sql_add_entry, error);

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, (gint64) position);
  sqlite3_bind_int64 (stmt, 2, (gint64) n);
  sqlite3_bind_int (stmt, 3, kind);
  amends_db_bind_text (stmt, 4, id->code);
  sqlite3_bind_int64 (stmt, 5, (gint64) id->number);
  sqlite3_bind_int64 (stmt, 6, logged_at_s);
  amends_db_bind_text (stmt, 7, feed);
  return amends_db_run (self->db, stmt, error);
}

static gboolean
digests_of (AmendsStore *self,
            const char *code,
            const char *feed,
            guint64 first_number,
            guint64 n,
            GArray *ret_digests,
            GError **error)
{
  sqlite3_stmt *stmt = amends_db_prepare (self->db, sql_digests, error);
  guint n_before = ret_digests->len;
  int found;

  if (stmt == NULL)
    return FALSE;
  amends_db_bind_text (stmt, 1, feed);
  amends_db_bind_text (stmt, 2, code);
  sqlite3_bind_int64 (stmt, 3, (gint64) first_number);
  sqlite3_bind_int64 (stmt, 4, (gint64) n);
  while ((found = amends_db_step (self->db, stmt, error)) == SQLITE_ROW)
    if (sqlite3_column_bytes (stmt, 1) == AMENDS_DIGEST_BYTES)
      g_array_append_vals (ret_digests, sqlite3_column_blob (stmt, 1), 1);
  if (found != SQLITE_DONE)
    return FALSE;
  if (ret_digests->len - n_before == n)
    return TRUE;
  g_set_error (error, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_DAMAGED,
               "The server names events of %s that are not here", code);
  return FALSE;
}

/**
 * amends_log_is_next:
 * @id: an event held here
 * @after: a lower number of its device
 * @ret_is_next: (out): whether it is the first one in @feed after that number
 *
 * Returns: %TRUE on success
 */
gboolean
amends_log_is_next (AmendsStore *self,
                    const char *feed,
                    const AmendsId *id,
                    guint64 after,
                    gboolean *ret_is_next,
                    GError **error)
{
  sqlite3_stmt *stmt = amends_db_prepare (self->db, sql_next, error);
  int found;

  if (stmt == NULL)
    return FALSE;
  amends_db_bind_text (stmt, 1, feed);
  amends_db_bind_text (stmt, 2, id->code);
  sqlite3_bind_int64 (stmt, 3, (gint64) after);
  found = amends_db_step (self->db, stmt, error);
  if (found == SQLITE_ROW)
    {
      *ret_is_next = (guint64) sqlite3_column_int64 (stmt, 0) == id->number;
      sqlite3_reset (stmt);
    }
  else
    *ret_is_next = FALSE;
  return found == SQLITE_ROW || found == SQLITE_DONE;
}

/**
 * amends_log_digests_of_own:
 * @first_number: of this device
 * @n: how many, the next ones in @feed
 * @ret_digests: (element-type AmendsDigest): they are added here
 *
 * Errors: %AMENDS_STORE_ERROR_DAMAGED if this device has not so many.
 * Returns: %TRUE on success
 */
gboolean
amends_log_digests_of_own (AmendsStore *self,
                           const char *feed,
                           guint64 first_number,
                           guint64 n,
                           GArray *ret_digests,
                           GError **error)
{
  return digests_of (self, self->identity->code, feed, first_number, n, ret_digests, error);
}

/**
 * amends_log_set_cursor:
 * @position: of the last entry held
 * @hash: the feed hash there
 *
 * In the transaction of the entries.
 * Returns: %TRUE on success
 */
gboolean
amends_log_set_cursor (AmendsStore *self,
                       const char *feed,
                       guint64 position,
                       const AmendsDigest *hash,
                       GError **error)
{
  sqlite3_stmt *stmt = amends_db_prepare (self->db, sql_set_cursor, error);

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, (gint64) position);
  amends_db_bind_blob (stmt, 2, hash->bytes, sizeof hash->bytes);
  amends_db_bind_text (stmt, 3, feed);
  return amends_db_run (self->db, stmt, error);
}

/**
 * amends_store_list_feeds:
 *
 * Returns: (transfer full) (element-type AmendsFeed): what this device holds, ctl first
 */
GArray *
amends_store_list_feeds (AmendsStore *self, GError **error)
{
  g_autoptr (GArray) feeds = g_array_new (FALSE, TRUE, sizeof (AmendsFeed));
  sqlite3_stmt *stmt = amends_db_prepare (self->db, sql_list_feeds, error);
  int found;

  if (stmt == NULL)
    return NULL;
  while ((found = amends_db_step (self->db, stmt, error)) == SQLITE_ROW)
    {
      AmendsFeed feed = { .may_read = sqlite3_column_int (stmt, 1) != 0,
                          .may_write = sqlite3_column_int (stmt, 2) != 0,
                          .position = (guint64) sqlite3_column_int64 (stmt, 3),
                          .safe = (guint64) sqlite3_column_int64 (stmt, 5) };

      g_strlcpy (feed.feed, (const char *) sqlite3_column_text (stmt, 0), sizeof feed.feed);
      if (sqlite3_column_bytes (stmt, 4) == AMENDS_DIGEST_BYTES)
        memcpy (feed.hash.bytes, sqlite3_column_blob (stmt, 4), AMENDS_DIGEST_BYTES);
      g_array_append_val (feeds, feed);
    }
  return found == SQLITE_DONE ? g_steal_pointer (&feeds) : NULL;
}

static void
other_digest (int kind, const AmendsId *id, AmendsDigest *ret_digest)
{
  const char *domain = kind == ENTRY_LEFT ? "amends-left-1" : "amends-erased-1";
  crypto_generichash_state state;
  char text[AMENDS_ID_BUFFER];

  amends_id_format_to (id, text);
  crypto_generichash_init (&state, NULL, 0, sizeof ret_digest->bytes);
  crypto_generichash_update (&state, (const guint8 *) domain, strlen (domain));
  crypto_generichash_update (&state, (const guint8 *) text, strlen (text));
  crypto_generichash_final (&state, ret_digest->bytes, sizeof ret_digest->bytes);
}

typedef struct
{
  guint64 position;
  guint64 n;
  int kind;
  AmendsId id;
} Run;

static GArray *
list_runs (AmendsStore *self, const char *feed, GError **error)
{
  g_autoptr (GArray) runs = g_array_new (FALSE, TRUE, sizeof (Run));
  sqlite3_stmt *stmt = amends_db_prepare (self->db, sql_list_entries, error);
  int found;

  if (stmt == NULL)
    return NULL;
  amends_db_bind_text (stmt, 1, feed);
  while ((found = amends_db_step (self->db, stmt, error)) == SQLITE_ROW)
    {
      Run run = { .position = (guint64) sqlite3_column_int64 (stmt, 0),
                  .n = (guint64) sqlite3_column_int64 (stmt, 1),
                  .kind = sqlite3_column_int (stmt, 2) };

      amends_id_init (&run.id, (const char *) sqlite3_column_text (stmt, 3),
                      (guint64) sqlite3_column_int64 (stmt, 4));
      g_array_append_val (runs, run);
    }
  return found == SQLITE_DONE ? g_steal_pointer (&runs) : NULL;
}

/**
 * amends_log_hash_at:
 * @position: up to the cursor
 * @ret_hash: (out): the feed hash there, computed again from the entries held
 *
 * Errors: %AMENDS_STORE_ERROR_DAMAGED if an entry or its event is not here.
 * Returns: %TRUE on success
 */
gboolean
amends_log_hash_at (AmendsStore *self,
                    const char *feed,
                    guint64 position,
                    AmendsDigest *ret_hash,
                    GError **error)
{
  g_autoptr (GArray) runs = list_runs (self, feed, error);
  guint64 reached = 0;

  if (runs == NULL)
    return FALSE;
  memset (ret_hash->bytes, 0, sizeof ret_hash->bytes);
  for (guint i = 0; i < runs->len && reached < position; i++)
    {
      const Run *run = &g_array_index (runs, Run, i);
      g_autoptr (GArray) digests = g_array_new (FALSE, FALSE, sizeof (AmendsDigest));
      guint64 n = MIN (run->n, position - reached);

      if (run->position != reached + 1)
        break;
      if (run->kind == ENTRY_EVENT)
        {
          if (!digests_of (self, run->id.code, feed, run->id.number, n, digests, error))
            return FALSE;
        }
      else
        {
          AmendsDigest digest;

          other_digest (run->kind, &run->id, &digest);
          g_array_append_val (digests, digest);
        }
      for (guint d = 0; d < digests->len; d++)
        amends_chain_step (ret_hash, g_array_index (digests, AmendsDigest, d).bytes);
      reached += n;
    }
  if (reached == position)
    return TRUE;
  g_set_error (error, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_DAMAGED,
               "Entries of %s are missing here", feed);
  return FALSE;
}

/**
 * amends_log_cut_chain:
 * @code: another device, or the server
 * @feed: a feed
 * @n: how many of its events there stay, the first ones
 *
 * In the caller's transaction: another branch has taken the place of what came after.
 * Returns: %TRUE on success
 */
gboolean
amends_log_cut_chain (AmendsStore *self,
                      const char *code,
                      const char *feed,
                      guint64 n,
                      GError **error)
{
  static const char *const queries[] = { sql_cut_events, sql_cut_chain };
  g_autoptr (GArray) digests = g_array_new (FALSE, FALSE, sizeof (AmendsDigest));
  guint8 key[AMENDS_KEY_BYTES];
  AmendsDigest chain;

  if (!digests_of (self, code, feed, 1, n, digests, error)
      || !amends_log_get_device_key (self, code, key, error))
    return FALSE;
  amends_chain_begin (&chain, self->identity->organisation_id, key, feed);
  for (guint i = 0; i < digests->len; i++)
    amends_chain_step (&chain, g_array_index (digests, AmendsDigest, i).bytes);

  for (guint i = 0; i < G_N_ELEMENTS (queries); i++)
    {
      sqlite3_stmt *stmt = amends_db_prepare (self->db, queries[i], error);

      if (stmt == NULL)
        return FALSE;
      amends_db_bind_text (stmt, sqlite3_bind_parameter_index (stmt, ":code"), code);
      amends_db_bind_text (stmt, sqlite3_bind_parameter_index (stmt, ":feed"), feed);
      if (i == 0)
        sqlite3_bind_int64 (stmt, sqlite3_bind_parameter_index (stmt, ":n"), (gint64) n);
      else
        amends_db_bind_blob (stmt, sqlite3_bind_parameter_index (stmt, ":hash"), chain.bytes,
                             sizeof chain.bytes);
      if (!amends_db_run (self->db, stmt, error))
        return FALSE;
    }
  amends_read_forget (self); /* places in the log are used again */
  return TRUE;
}

/**
 * amends_log_forget_entries:
 * @after_position: the last entry that stands
 *
 * In the caller's transaction: the server no longer holds what came after. The events stay; those of
 * other devices are now unplaced and are handed in. Of ctl they go: the server has written others.
 * Returns: %TRUE on success
 */
gboolean
amends_log_forget_entries (AmendsStore *self,
                           const char *feed,
                           guint64 after_position,
                           GError **error)
{
  static const char *const queries[] = { sql_forget_entries, sql_shorten_entry };

  for (guint i = 0; i < G_N_ELEMENTS (queries); i++)
    {
      sqlite3_stmt *stmt = amends_db_prepare (self->db, queries[i], error);

      if (stmt == NULL)
        return FALSE;
      sqlite3_bind_int64 (stmt, 1, (gint64) after_position);
      amends_db_bind_text (stmt, 2, feed);
      if (!amends_db_run (self->db, stmt, error))
        return FALSE;
    }
  return (!g_str_equal (feed, "ctl")
          || amends_log_cut_chain (self, "0", "ctl", after_position, error))
         && amends_meta_set_number (self, "rewound", 1, error);
}

static const char *
get_text (const json_t *body, const char *key)
{
  return json_string_value (json_object_get (body, key));
}

static gboolean
apply_enrolled (AmendsStore *self, const json_t *body, GError **error)
{
  const char *code = get_text (body, "device");
  const char *key_text = get_text (body, "key");
  const char *name = get_text (body, "name");
  const char *kind = get_text (body, "kind");
  gsize n_key = 0;
  g_autofree guint8 *key = key_text != NULL ? g_base64_decode (key_text, &n_key) : NULL;
  g_autoptr (GBytes) sealed = NULL;
  sqlite3_stmt *stmt;

  if (code == NULL || !amends_code_is_valid (code) || n_key != AMENDS_KEY_BYTES || name == NULL
      || kind == NULL)
    return TRUE;
  stmt = amends_db_prepare (self->db, sql_enrolled, error);
  if (stmt == NULL)
    return FALSE;
  sealed = amends_store_seal_text (self, "device-name", name);
  amends_db_bind_text (stmt, 1, code);
  amends_db_bind_text (stmt, 2, kind);
  amends_db_bind_blob (stmt, 3, key, n_key);
  amends_db_bind_blob (stmt, 4, g_bytes_get_data (sealed, NULL), g_bytes_get_size (sealed));
  return amends_db_run (self->db, stmt, error);
}

static gboolean
apply_grant (AmendsStore *self, const json_t *body, gboolean given, GError **error)
{
  const char *code = get_text (body, "device");
  const char *feed = get_text (body, "feed");
  sqlite3_stmt *stmt;

  if (g_strcmp0 (code, self->identity->code) != 0 || feed == NULL || !amends_feed_is_valid (feed))
    return TRUE;
  stmt = amends_db_prepare (self->db, sql_grant, error);
  if (stmt == NULL)
    return FALSE;
  amends_db_bind_text (stmt, 1, feed);
  sqlite3_bind_int (stmt, 2, given && json_is_true (json_object_get (body, "read")));
  sqlite3_bind_int (stmt, 3, given && json_is_true (json_object_get (body, "write")));
  return amends_db_run (self->db, stmt, error);
}

static gboolean
apply_scheme (AmendsStore *self, const json_t *body, GError **error)
{
  const char *code = get_text (body, "code");
  const char *name = get_text (body, "name");
  sqlite3_stmt *stmt =
      amends_db_prepare (self->db,
                         "INSERT OR REPLACE INTO scheme (code, name) VALUES (:code, :name)", error);
  g_autoptr (GBytes) sealed = NULL;

  if (stmt == NULL)
    return FALSE;
  if (code == NULL || name == NULL)
    return TRUE;
  sealed = amends_store_seal_text (self, "scheme-name", name);
  amends_db_bind_text (stmt, 1, code);
  amends_db_bind_blob (stmt, 2, g_bytes_get_data (sealed, NULL), g_bytes_get_size (sealed));
  return amends_db_run (self->db, stmt, error);
}

static gboolean
apply_revoked (AmendsStore *self, const json_t *body, GError **error)
{
  sqlite3_stmt *stmt =
      amends_db_prepare (self->db, "UPDATE device SET revoked = 1 WHERE code = :code", error);

  if (stmt == NULL)
    return FALSE;
  amends_db_bind_text (stmt, 1, get_text (body, "device"));
  return amends_db_run (self->db, stmt, error);
}

static gboolean
apply_ctl (AmendsStore *self, AmendsEvent *event, GError **error)
{
  json_auto_t *body = event->body != NULL ? amends_event_load_body (event, NULL) : NULL;

  switch (amends_body_get_type (body))
    {
    case AMENDS_EVENT_DEVICE_ENROLLED:
      return apply_enrolled (self, body, error);
    case AMENDS_EVENT_DEVICE_GRANTED:
      return apply_grant (self, body, TRUE, error);
    case AMENDS_EVENT_DEVICE_UNGRANTED:
      return apply_grant (self, body, FALSE, error);
    case AMENDS_EVENT_SCHEME_RECORDED:
      return apply_scheme (self, body, error);
    case AMENDS_EVENT_DEVICE_REVOKED:
      return apply_revoked (self, body, error);
    case AMENDS_EVENT_UNKNOWN:
    case AMENDS_EVENT_CASE_RECORDED:
    case AMENDS_EVENT_CASE_NOTED:
    case AMENDS_EVENT_CASE_ACKNOWLEDGED:
    case AMENDS_EVENT_CONTACT_CHANGED:
    case AMENDS_EVENT_ISSUE_ADDED:
    case AMENDS_EVENT_CONSENT_GIVEN:
    case AMENDS_EVENT_CONSENT_REFUSED:
    case AMENDS_EVENT_CONSENT_DEFERRED:
    case AMENDS_EVENT_CONSENT_WITHDRAWN:
    case AMENDS_EVENT_ADJUSTMENT_ADDED:
    case AMENDS_EVENT_ADJUSTMENT_ENDED:
    case AMENDS_EVENT_AUTHORITY_GIVEN:
    case AMENDS_EVENT_AUTHORITY_WITHDRAWN:
    case AMENDS_EVENT_CONFLICT_SETTLED:
    case AMENDS_EVENT_STAFF_RECORDED:
    case AMENDS_EVENT_DEVICE_FORKED:
    case AMENDS_EVENT_SERVER_BEGAN:
    case AMENDS_EVENT_SERVER_RESTORED:
    case AMENDS_EVENT_DEVICE_RECODED:
      break;
    }
  return TRUE;
}

typedef struct
{
  AmendsStore *store;
  guint64 upto;
  guint64 applied;
  GError *failure; /* (nullable) */
} Follower;

static gboolean
follow_event (AmendsEvent *event, gpointer user_data)
{
  Follower *follower = user_data;

  if (event->id.number > follower->upto || !apply_ctl (follower->store, event, &follower->failure))
    return FALSE;
  follower->applied = event->id.number;
  return TRUE;
}

/**
 * amends_log_follow_ctl:
 *
 * Does what the server's own log says, as far as the server has signed it, in the transaction that moves
 * the ctl cursor, so that the cursor is the confirmation.
 * Returns: %TRUE on success
 */
gboolean
amends_log_follow_ctl (AmendsStore *self, GError **error)
{
  sqlite3_stmt *stmt = amends_db_prepare (self->db, sql_signed_ctl, error);
  Follower follower = { .store = self };
  gint64 applied;
  int found;

  if (stmt == NULL || !amends_meta_get_number (self, "ctl-applied", &applied, error))
    return FALSE;
  found = amends_db_step (self->db, stmt, error);
  if (found != SQLITE_ROW)
    return found == SQLITE_DONE;
  follower.upto = (guint64) sqlite3_column_int64 (stmt, 0);
  sqlite3_reset (stmt);

  follower.applied = (guint64) applied;
  if (!amends_log_foreach_of_server (self, follower.applied + 1, follow_event, &follower, error))
    return FALSE;
  if (follower.failure != NULL)
    {
      g_propagate_error (error, follower.failure);
      return FALSE;
    }
  return follower.applied == (guint64) applied
         || amends_meta_set_number (self, "ctl-applied", (gint64) follower.applied, error);
}

/**
 * amends_unplaced_free:
 * @self: (nullable) (transfer full): unplaced events
 */
void
amends_unplaced_free (AmendsUnplaced *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->events, g_ptr_array_unref);
  amends_statement_free (self->statement);
  g_free (self->feed);
  g_free (self);
}

/* The last @n events of @code in @unplaced's feed, in the order of their numbers. */
static gboolean
read_unplaced (AmendsStore *self,
               AmendsUnplaced *unplaced,
               const char *code,
               gint64 n,
               GError **error)
{
  g_autoptr (GHashTable) wanted =
      g_hash_table_new_full (amends_id_hash, amends_id_equal, g_free, NULL);
  g_autoptr (GHashTable) streams =
      g_hash_table_new_full (amends_id_hash, amends_id_equal, g_free, NULL);
  sqlite3_stmt *stmt = amends_db_prepare (self->db, sql_last_of_chain, error);
  GHashTableIter iter;
  gpointer key;
  int found;

  if (stmt == NULL)
    return FALSE;
  amends_db_bind_text (stmt, 1, unplaced->feed);
  amends_db_bind_text (stmt, 2, code);
  sqlite3_bind_int64 (stmt, 3, n);
  while ((found = amends_db_step (self->db, stmt, error)) == SQLITE_ROW)
    {
      const char *text = (const char *) sqlite3_column_text (stmt, 0);
      AmendsId id, stream;

      if (!amends_id_parse_len (text, strlen (text), &stream)
          || !amends_id_init (&id, code, (guint64) sqlite3_column_int64 (stmt, 1)))
        continue;
      g_hash_table_add (wanted, amends_id_copy (&id));
      g_hash_table_add (streams, amends_id_copy (&stream));
    }
  if (found != SQLITE_DONE)
    return FALSE;

  g_hash_table_iter_init (&iter, streams);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      g_autoptr (GPtrArray) events = amends_log_read_stream (self, key, error);

      if (events == NULL)
        return FALSE;
      for (guint i = 0; i < events->len; i++)
        {
          AmendsEvent *event = g_ptr_array_index (events, i);

          if (g_hash_table_contains (wanted, &event->id))
            g_ptr_array_add (unplaced->events, amends_event_ref (event));
        }
    }
  return TRUE;
}

static int
compare_by_id (gconstpointer a, gconstpointer b)
{
  const AmendsEvent *const *left = a;
  const AmendsEvent *const *right = b;

  return amends_id_compare (&(*left)->id, &(*right)->id);
}

/**
 * amends_log_list_unplaced:
 *
 * Returns: (transfer full) (element-type AmendsUnplaced): other devices' events that the server has
 * lost, by device and feed
 */
GPtrArray *
amends_log_list_unplaced (AmendsStore *self, GError **error)
{
  g_autoptr (GPtrArray) list =
      g_ptr_array_new_with_free_func ((GDestroyNotify) amends_unplaced_free);
  sqlite3_stmt *stmt = amends_db_prepare (self->db, sql_unplaced, error);
  int found;

  if (stmt == NULL)
    return NULL;
  amends_db_bind_text (stmt, 1, self->identity->code);
  while ((found = amends_db_step (self->db, stmt, error)) == SQLITE_ROW)
    {
      AmendsUnplaced *unplaced;

      if (sqlite3_column_int64 (stmt, 3) <= 0)
        continue;
      unplaced = g_new0 (AmendsUnplaced, 1);
      unplaced->feed = g_strdup ((const char *) sqlite3_column_text (stmt, 1));
      unplaced->events = g_ptr_array_new_with_free_func ((GDestroyNotify) amends_event_unref);
      if (sqlite3_column_type (stmt, 2) != SQLITE_NULL)
        unplaced->statement =
            amends_statement_from_bytes (sqlite3_column_blob (stmt, 2),
                                         (gsize) sqlite3_column_bytes (stmt, 2), NULL);
      g_ptr_array_add (list, unplaced);
      if (!read_unplaced (self, unplaced, (const char *) sqlite3_column_text (stmt, 0),
                          sqlite3_column_int64 (stmt, 3), error))
        {
          sqlite3_reset (stmt);
          return NULL;
        }
      g_ptr_array_sort (unplaced->events, compare_by_id);
    }
  return found == SQLITE_DONE ? g_steal_pointer (&list) : NULL;
}

/**
 * amends_log_is_rewound:
 *
 * Returns: whether the server was found to have lost entries and not all has been handed in since
 */
gboolean
amends_log_is_rewound (AmendsStore *self)
{
  gint64 is_rewound;

  /* What cannot be read is asked about once more than needed. */
  return !amends_meta_get_number (self, "rewound", &is_rewound, NULL) || is_rewound != 0;
}

/**
 * amends_log_end_rewind:
 *
 * Returns: %TRUE once it is kept that all has been handed in
 */
gboolean
amends_log_end_rewind (AmendsStore *self, GError **error)
{
  return amends_meta_set_number (self, "rewound", 0, error);
}

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
 * Returns: %TRUE once later numbers are above it
 */
gboolean
amends_log_raise_request (AmendsStore *self, guint64 above, GError **error)
{
  self->last_reserved = 0;
  return amends_meta_set_number (self, "request-floor", (gint64) above, error);
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
 * amends_log_set_safe:
 * @position: up to here the server has a verified backup
 *
 * Returns: %TRUE on success; nothing is written where nothing changed
 */
gboolean
amends_log_set_safe (AmendsStore *self, const char *feed, guint64 position, GError **error)
{
  sqlite3_stmt *stmt =
      amends_db_prepare (self->db,
                         "UPDATE feed SET safe = :safe WHERE name = :feed AND safe <> :safe",
                         error);

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, (gint64) position);
  amends_db_bind_text (stmt, 2, feed);
  return amends_db_run (self->db, stmt, error);
}

/**
 * amends_log_get_recode_seed:
 * @ret_seed: (out): the same until this device has a new code
 *
 * Returns: %TRUE once it is kept
 */
gboolean
amends_log_get_recode_seed (AmendsStore *self, guint8 ret_seed[32], GError **error)
{
  g_autoptr (GBytes) kept = amends_meta_get (self, "recode-seed", error);

  if (kept != NULL && g_bytes_get_size (kept) == 32)
    {
      memcpy (ret_seed, g_bytes_get_data (kept, NULL), 32);
      return TRUE;
    }
  if (error != NULL && *error != NULL)
    return FALSE;
  amends_environment_random (&self->environment, ret_seed, 32);
  return amends_meta_set (self, "recode-seed", ret_seed, 32, error);
}
