/* amends-ctl.c: what the server's own log says, done on this device
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/amends-instant.h"
#include "store/amends-erasure.h"
#include "store/amends-log.h"
#include "store/amends-store-private.h"

/* Of what this device could read and may now only write, the records leave as those of any feed that was taken: also
 * where it was taken before it was given to be written, and some of it is here still. */
static const char sql_grant[] =
    "INSERT INTO feed (name, may_read, may_write, position, hash, safe, taken_at, gone_at)"
    " VALUES (:name, :may_read, :may_write, 0, zeroblob(32), 0,"
    "   CASE WHEN :may_read OR :may_write THEN 0 ELSE :at END, 0)"
    " ON CONFLICT (name) DO UPDATE SET may_read = excluded.may_read,"
    " may_write = excluded.may_write, gone_at = 0, taken_at ="
    "   CASE WHEN excluded.may_read THEN 0 WHEN NOT excluded.may_write OR feed.may_read THEN :at"
    "   WHEN feed.taken_at > 0 AND feed.gone_at = 0 AND (feed.position > 0"
    "     OR EXISTS (SELECT 1 FROM event WHERE event.feed = feed.feed AND event.code <> :code))"
    "   THEN feed.taken_at ELSE 0 END";
static const char sql_take_all[] =
    "UPDATE feed SET may_read = 0, may_write = 0, taken_at = :at, gone_at = 0"
    " WHERE name <> 'ctl' AND (may_read OR may_write)";
static const char sql_enrolled[] =
    "INSERT INTO device (code, kind, key, name, revoked) VALUES (:code, :kind, :key, :name, 0)"
    " ON CONFLICT (code) DO UPDATE SET kind = excluded.kind, key = excluded.key,"
    " name = excluded.name, revoked = 0";
static const char sql_signed_ctl[] =
    "SELECT chain.verified FROM chain, feed WHERE chain.feed = feed.feed AND feed.name = 'ctl'"
    " AND chain.code = '0'";

static const char *
get_text (const json_t *body, const char *key)
{
  return json_string_value (json_object_get (body, key));
}

/* When the server wrote it; never 0. */
static gint64
get_instant (const json_t *body)
{
  const char *at = get_text (body, "at");
  gint64 instant = 0;

  return at != NULL && amends_instant_parse (at, &instant, NULL) && instant > 0 ? instant : 1;
}

/* All that this device has but ctl. */
static gboolean
take_all (AmendsStore *self, const json_t *body, GError **error)
{
  sqlite3_stmt *stmt = amends_db_prepare (self->db, sql_take_all, error);

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, get_instant (body));
  amends_read_forget (self);
  return amends_db_run (self->db, stmt, error);
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
  /* Its grants come now, under the same statement: of what it had before nothing stands but these. It may have
   * enrolled again, and been granted less; or the server was restored to before a grant. */
  return amends_db_run (self->db, stmt, error)
         && (!g_str_equal (code, self->identity->code) || take_all (self, body, error));
}

/* Whether this device was withdrawn: it has nothing then, whatever it is granted. */
static gboolean
is_revoked (AmendsStore *self, gboolean *ret_is_revoked, GError **error)
{
  sqlite3_stmt *stmt =
      amends_db_prepare (self->db, "SELECT revoked FROM device WHERE code = :code", error);
  int found;

  if (stmt == NULL)
    return FALSE;
  amends_db_bind_text (stmt, 1, self->identity->code);
  found = amends_db_step (self->db, stmt, error);
  *ret_is_revoked = found == SQLITE_ROW && sqlite3_column_int (stmt, 0) != 0;
  sqlite3_reset (stmt);
  return found == SQLITE_ROW || found == SQLITE_DONE;
}

static gboolean
apply_grant (AmendsStore *self, const json_t *body, gboolean given, GError **error)
{
  const char *code = get_text (body, "device");
  const char *feed = get_text (body, "feed");
  gboolean is_withdrawn;
  sqlite3_stmt *stmt;

  if (g_strcmp0 (code, self->identity->code) != 0 || feed == NULL || !amends_feed_is_valid (feed))
    return TRUE;
  if (!is_revoked (self, &is_withdrawn, error))
    return FALSE;
  given = given && !is_withdrawn;
  amends_read_forget (self); /* other cases are shown from now on */
  stmt = amends_db_prepare (self->db, sql_grant, error);
  if (stmt == NULL)
    return FALSE;
  amends_db_bind_text (stmt, 1, feed);
  sqlite3_bind_int (stmt, 2, given && json_is_true (json_object_get (body, "read")));
  sqlite3_bind_int (stmt, 3, given && json_is_true (json_object_get (body, "write")));
  sqlite3_bind_int64 (stmt, 4, get_instant (body));
  amends_db_bind_text (stmt, 5, self->identity->code);
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
  return amends_db_run (self->db, stmt, error)
         && (g_strcmp0 (get_text (body, "device"), self->identity->code) != 0
             || take_all (self, body, error));
}

static gboolean
apply_ctl (AmendsStore *self, AmendsEvent *event, GError **error)
{
  json_auto_t *body = event->body != NULL ? amends_event_load_body (event, NULL) : NULL;

  switch ((int) amends_body_get_type (body))
    {
    case AMENDS_EVENT_DEVICE_ENROLLED:
      return apply_enrolled (self, body, error);
    case AMENDS_EVENT_DEVICE_GRANTED:
      return apply_grant (self, body, TRUE, error);
    case AMENDS_EVENT_DEVICE_UNGRANTED:
      return apply_grant (self, body, FALSE, error);
    case AMENDS_EVENT_SCHEME_RECORDED:
      return apply_scheme (self, body, error);
    case AMENDS_EVENT_BODY_ERASED:
      return amends_erasure_apply (self, event->id.number, body, error);
    case AMENDS_EVENT_DEVICE_REVOKED:
      return apply_revoked (self, body, error);
    case AMENDS_EVENT_SERVER_RESTORED:
      return amends_log_follow_restored (self, body, error);
    default: /* not of the server's log */
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
