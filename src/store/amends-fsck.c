/* amends-fsck.c: proves a store whole
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Every event is unsealed and its digest computed again; every chain is run through again and held
 * against its newest signed statement; the trunk and every feed hash likewise. What is attached and whole is
 * hashed again. */

#include <sodium.h>
#include <string.h>

#include "core/amends-error.h"
#include "store/amends-attachments.h"
#include "store/amends-log.h"
#include "store/amends-store-private.h"

static const char sql_all[] =
    "SELECT event.code, event.number, feed.name, event.stream, event.after, event.digest,"
    " event.sealed, event.box, erased.code IS NOT NULL FROM feed, event LEFT JOIN erased"
    " ON erased.code = event.code AND erased.number = event.number"
    " WHERE feed.feed = event.feed ORDER BY event.place";
static const char sql_tables[] =
    "SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name";

static const char sql_orphan[] = "SELECT code, number FROM event WHERE NOT EXISTS"
                                 " (SELECT 1 FROM chain, feed WHERE chain.code = event.code"
                                 "   AND chain.feed = event.feed AND feed.feed = event.feed)"
                                 " ORDER BY place LIMIT 1";
static const char sql_chains[] =
    "SELECT chain.code, feed.name, chain.number, chain.hash, chain.verified, chain.statement"
    " FROM chain, feed WHERE chain.feed = feed.feed ORDER BY chain.code, feed.name";
static const char sql_chain_events[] =
    "SELECT event.number, event.digest FROM event, feed WHERE event.feed = feed.feed"
    " AND feed.name = :feed AND event.code = :code ORDER BY event.number";

/**
 * amends_fsck_clear:
 * @self: a result whose texts are freed
 */
void
amends_fsck_clear (AmendsFsck *self)
{
  g_clear_pointer (&self->first_bad, g_free);
  g_clear_pointer (&self->what, g_free);
}

static void
set_bad (AmendsFsck *fsck, const char *id, const char *what)
{
  if (fsck->first_bad != NULL)
    return;
  fsck->first_bad = g_strdup (id);
  fsck->what = g_strdup (what);
}

/* What a box holds nobody can tell here, only what it should hold; nor what was said where nothing is left of it. */
static const char *
check_closed (AmendsStore *self, sqlite3_stmt *stmt)
{
  g_autoptr (AmendsEvent) event = amends_log_load_event (self, stmt, NULL);

  if (event != NULL)
    return NULL;
  return sqlite3_column_bytes (stmt, 7) > AMENDS_DIGEST_BYTES
             ? "its box does not fit its digest"
             : "what is left of it does not fit its digest";
}

/* What is wrong with the event under @stmt; %NULL if nothing. */
static const char *
check_event (AmendsStore *self, sqlite3_stmt *stmt)
{
  g_autofree char *header = g_strdup_printf ("%s.%" G_GINT64_FORMAT "\t%s\t%s\t%s\t",
                                             (const char *) sqlite3_column_text (stmt, 0),
                                             (gint64) sqlite3_column_int64 (stmt, 1),
                                             (const char *) sqlite3_column_text (stmt, 2),
                                             (const char *) sqlite3_column_text (stmt, 3),
                                             (const char *) sqlite3_column_text (stmt, 4));
  g_autoptr (GBytes) plain = NULL;
  g_autofree char *line = NULL;
  g_autoptr (AmendsEvent) event = NULL;
  const guint8 *bytes;
  gsize n_bytes;

  if (sqlite3_column_bytes (stmt, 5) != AMENDS_DIGEST_BYTES)
    return "its digest is gone";
  if (sqlite3_column_type (stmt, 6) == SQLITE_NULL && sqlite3_column_int (stmt, 8) == 0)
    return "its body is gone, and nobody erased it";
  if (sqlite3_column_bytes (stmt, 7) > 0)
    return check_closed (self, stmt);
  if (sqlite3_column_bytes (stmt, 6) <= 1)
    return NULL; /* erased, or not here: its chain still proves the digest */
  plain = amends_unseal (self->key, header, sqlite3_column_blob (stmt, 6),
                         (gsize) sqlite3_column_bytes (stmt, 6), NULL);
  if (plain == NULL || g_bytes_get_size (plain) < AMENDS_SALT_BYTES)
    return "it does not fit its seal";

  bytes = g_bytes_get_data (plain, &n_bytes);
  line = g_strdup_printf ("%s%.*s", header, (int) (n_bytes - AMENDS_SALT_BYTES),
                          (const char *) bytes + AMENDS_SALT_BYTES);
  event = amends_event_parse_line (line, strlen (line), bytes, NULL);
  if (event == NULL)
    return "it is not an event";
  if (memcmp (event->digest, sqlite3_column_blob (stmt, 5), AMENDS_DIGEST_BYTES) != 0)
    return "it does not fit its digest";
  return NULL;
}

static gboolean
check_events (AmendsStore *self, AmendsFsck *fsck, GError **error)
{
  sqlite3_stmt *stmt = amends_db_prepare (self->db, sql_all, error);
  int found;

  if (stmt == NULL)
    return FALSE;
  while ((found = amends_db_step (self->db, stmt, error)) == SQLITE_ROW)
    {
      const char *what = check_event (self, stmt);

      fsck->n_events++;
      if (what == NULL)
        {
          fsck->n_checked++;
          fsck->n_safe += fsck->first_bad == NULL;
          continue;
        }
      if (fsck->first_bad == NULL)
        {
          g_autofree char *id =
              g_strdup_printf ("%s.%" G_GINT64_FORMAT, (const char *) sqlite3_column_text (stmt, 0),
                               (gint64) sqlite3_column_int64 (stmt, 1));

          set_bad (fsck, id, what);
        }
    }
  return found == SQLITE_DONE;
}

typedef struct
{
  char code[5];
  char *feed;
  guint64 number;
  AmendsDigest hash;
  guint64 verified;
  AmendsStatement *statement; /* (nullable) */
} Chain;

static void
chain_free (gpointer data)
{
  Chain *chain = data;

  amends_statement_free (chain->statement);
  g_free (chain->feed);
  g_free (chain);
}

static GPtrArray *
list_chains (AmendsStore *self, GError **error)
{
  g_autoptr (GPtrArray) chains = g_ptr_array_new_with_free_func (chain_free);
  sqlite3_stmt *stmt = amends_db_prepare (self->db, sql_chains, error);
  int found;

  if (stmt == NULL)
    return NULL;
  while ((found = amends_db_step (self->db, stmt, error)) == SQLITE_ROW)
    {
      Chain *chain = g_new0 (Chain, 1);

      g_strlcpy (chain->code, (const char *) sqlite3_column_text (stmt, 0), sizeof chain->code);
      chain->feed = amends_db_dup_text (stmt, 1);
      chain->number = (guint64) sqlite3_column_int64 (stmt, 2);
      if (sqlite3_column_bytes (stmt, 3) == AMENDS_DIGEST_BYTES)
        memcpy (chain->hash.bytes, sqlite3_column_blob (stmt, 3), AMENDS_DIGEST_BYTES);
      chain->verified = (guint64) sqlite3_column_int64 (stmt, 4);
      if (sqlite3_column_type (stmt, 5) != SQLITE_NULL)
        chain->statement =
            amends_statement_from_bytes (sqlite3_column_blob (stmt, 5),
                                         (gsize) sqlite3_column_bytes (stmt, 5), NULL);
      g_ptr_array_add (chains, chain);
    }
  return found == SQLITE_DONE ? g_steal_pointer (&chains) : NULL;
}

/* Runs @chain through again; @ret_signed is where it was at its newest statement. */
static gboolean
run_chain (AmendsStore *self,
           const Chain *chain,
           AmendsDigest *ret_end,
           AmendsDigest *ret_signed,
           GError **error)
{
  sqlite3_stmt *stmt;
  guint8 key[AMENDS_KEY_BYTES];
  int found;

  if (!amends_log_get_device_key (self, chain->code, key, error))
    return FALSE;
  amends_chain_begin (ret_end, self->identity->organisation_id, key, chain->feed);
  *ret_signed = *ret_end;
  stmt = amends_db_prepare (self->db, sql_chain_events, error);
  if (stmt == NULL)
    return FALSE;
  amends_db_bind_text (stmt, 1, chain->feed);
  amends_db_bind_text (stmt, 2, chain->code);
  while ((found = amends_db_step (self->db, stmt, error)) == SQLITE_ROW)
    {
      if (sqlite3_column_bytes (stmt, 1) == AMENDS_DIGEST_BYTES)
        amends_chain_step (ret_end, sqlite3_column_blob (stmt, 1));
      if (chain->statement != NULL
          && (guint64) sqlite3_column_int64 (stmt, 0) <= chain->statement->number)
        *ret_signed = *ret_end;
    }
  return found == SQLITE_DONE;
}

static gboolean
check_chain (AmendsStore *self, const Chain *chain, AmendsFsck *fsck, GError **error)
{
  g_autofree char *id = g_strdup_printf ("%s.%" G_GUINT64_FORMAT, chain->code, chain->number);
  AmendsDigest end, at_statement;
  guint8 key[AMENDS_KEY_BYTES];

  if (!run_chain (self, chain, &end, &at_statement, error)
      || !amends_log_get_device_key (self, chain->code, key, error))
    return FALSE;
  if (memcmp (end.bytes, chain->hash.bytes, sizeof end.bytes) != 0)
    set_bad (fsck, id, "an event of its chain is missing or was changed");
  else if (chain->verified != (chain->statement != NULL ? chain->statement->number : 0))
    set_bad (fsck, id, "what its device signed is gone or cannot be read");
  else if (chain->statement == NULL && g_str_equal (chain->code, self->identity->code))
    set_bad (fsck, id, "this device's signature under it is gone");
  else if (chain->statement != NULL
           && (!amends_statement_verify (chain->statement, key)
               || !amends_statement_has (chain->statement, chain->feed, &at_statement)))
    set_bad (fsck, id, "its chain does not fit what its device signed");
  return TRUE;
}

static gboolean
check_feeds (AmendsStore *self, AmendsFsck *fsck, GError **error)
{
  g_autoptr (GArray) feeds = amends_store_list_feeds (self, error);

  if (feeds == NULL)
    return FALSE;
  for (guint i = 0; i < feeds->len; i++)
    {
      const AmendsFeed *feed = &g_array_index (feeds, AmendsFeed, i);
      AmendsDigest hash;

      if (!amends_log_hash_at (self, feed->feed, feed->position, &hash, NULL)
          || memcmp (hash.bytes, feed->hash.bytes, sizeof hash.bytes) != 0)
        set_bad (fsck, feed->feed, "what the server put into this feed is not whole");
    }
  return TRUE;
}

static gboolean
check_trunk (AmendsStore *self, AmendsFsck *fsck, GError **error)
{
  AmendsDigest trunk;
  AmendsHead head;
  sqlite3_stmt *stmt;
  guint64 n_events = 0;
  int found;

  if (!amends_log_get_head (self, &head, error))
    return FALSE;
  amends_chain_begin (&trunk, self->identity->organisation_id, self->identity->key, "");
  stmt = amends_db_prepare (self->db, "SELECT digest FROM event WHERE code = :code ORDER BY number",
                            error);
  if (stmt == NULL)
    return FALSE;
  amends_db_bind_text (stmt, 1, self->identity->code);
  while ((found = amends_db_step (self->db, stmt, error)) == SQLITE_ROW)
    if (sqlite3_column_bytes (stmt, 0) == AMENDS_DIGEST_BYTES)
      {
        amends_chain_step (&trunk, sqlite3_column_blob (stmt, 0));
        n_events++;
      }
  if (found != SQLITE_DONE)
    return FALSE;
  if (n_events != head.number || memcmp (trunk.bytes, head.trunk.bytes, sizeof trunk.bytes) != 0)
    set_bad (fsck, self->identity->code, "an event of this device is missing");
  return TRUE;
}

/* SQLite's own pages and indices; @ret_sound is %FALSE where they are not, and then nothing else that is
 * read can be trusted. */
static gboolean
check_file (AmendsStore *self, AmendsFsck *fsck, gboolean *ret_sound, GError **error)
{
  sqlite3_stmt *stmt = amends_db_prepare (self->db, "PRAGMA integrity_check (1)", error);
  int found;

  if (stmt == NULL)
    return FALSE;
  found = amends_db_step (self->db, stmt, error);
  *ret_sound =
      found == SQLITE_ROW && g_strcmp0 ((const char *) sqlite3_column_text (stmt, 0), "ok") == 0;
  if (found == SQLITE_ROW && !*ret_sound)
    set_bad (fsck, "log.db", (const char *) sqlite3_column_text (stmt, 0));
  sqlite3_reset (stmt);
  return found == SQLITE_ROW;
}

/* Returns: (nullable): what @db has, as SQL that makes it */
static char *
describe_tables (AmendsDb *db, GError **error)
{
  sqlite3_stmt *stmt = amends_db_prepare (db, sql_tables, error);
  g_autoptr (GString) text = g_string_new (NULL);
  int found = SQLITE_ERROR;

  while (stmt != NULL && (found = amends_db_step (db, stmt, error)) == SQLITE_ROW)
    g_string_append_printf (text, "%s\n%s\n", (const char *) sqlite3_column_text (stmt, 0),
                            (const char *) sqlite3_column_text (stmt, 1));
  return found == SQLITE_DONE ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}

/* What SQLite holds for sound may still have a column of another name. */
static gboolean
check_tables (AmendsStore *self, AmendsFsck *fsck, gboolean *ret_sound, GError **error)
{
  g_autoptr (AmendsDb) fresh = amends_db_open_memory (error);
  g_autofree char *wanted = NULL, *found = NULL;

  if (fresh == NULL || !amends_store_migrate (fresh, error))
    return FALSE;
  wanted = describe_tables (fresh, error);
  found = wanted != NULL ? describe_tables (self->db, error) : NULL;
  if (found == NULL)
    return FALSE;
  *ret_sound = strcmp (found, wanted) == 0;
  if (!*ret_sound)
    set_bad (fsck, "log.db", "its tables are not those that this program made");
  return TRUE;
}

/* An event without its feed or its chain would be passed over by the other checks. */
static gboolean
check_no_orphans (AmendsStore *self, AmendsFsck *fsck, GError **error)
{
  sqlite3_stmt *stmt = amends_db_prepare (self->db, sql_orphan, error);
  int found;

  if (stmt == NULL)
    return FALSE;
  found = amends_db_step (self->db, stmt, error);
  if (found == SQLITE_ROW)
    {
      g_autofree char *id =
          g_strdup_printf ("%s.%" G_GINT64_FORMAT, (const char *) sqlite3_column_text (stmt, 0),
                           (gint64) sqlite3_column_int64 (stmt, 1));

      set_bad (fsck, id, "its feed or its chain is gone");
      sqlite3_reset (stmt);
    }
  return found == SQLITE_ROW || found == SQLITE_DONE;
}

static gboolean
list_whole (AmendsStore *self, GArray *ids, GError **error)
{
  sqlite3_stmt *stmt =
      amends_db_prepare (self->db, "SELECT code, number FROM attachment WHERE whole = 1", error);
  int found;

  if (stmt == NULL)
    return FALSE;
  while ((found = amends_db_step (self->db, stmt, error)) == SQLITE_ROW)
    {
      AmendsId id;

      if (amends_id_init (&id, (const char *) sqlite3_column_text (stmt, 0),
                          (guint64) sqlite3_column_int64 (stmt, 1)))
        g_array_append_val (ids, id);
    }
  return found == SQLITE_DONE;
}

static gboolean
check_attachments (AmendsStore *self, AmendsFsck *fsck, GError **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (AmendsId));

  if (!list_whole (self, ids, error))
    return FALSE;
  for (guint i = 0; i < ids->len; i++)
    {
      const AmendsId *id = &g_array_index (ids, AmendsId, i);
      g_autofree char *text = amends_id_format (id);
      json_auto_t *details = NULL;
      AmendsAttachment attachment;
      AmendsId stream;

      /* An event that cannot be read was named before. */
      if (!amends_store_load_attachment (self, id, &attachment, &details, &stream, NULL))
        set_bad (fsck, text, "it says no attachment any more");
      else if (amends_store_count_damaged (self, &attachment, FALSE) > 0)
        set_bad (fsck, text, "a part of its attachment is damaged or gone");
    }
  return TRUE;
}

/**
 * amends_store_fsck:
 * @ret_fsck: (out): clear it with amends_fsck_clear()
 *
 * Returns: %TRUE if it could be checked, whole or not
 */
gboolean
amends_store_fsck (AmendsStore *self, AmendsFsck *ret_fsck, GError **error)
{
  g_autoptr (GPtrArray) chains = NULL;
  gboolean is_sound;

  memset (ret_fsck, 0, sizeof *ret_fsck);
  if (!amends_store_check_unlocked (self, error) || !check_file (self, ret_fsck, &is_sound, error))
    return FALSE;
  if (is_sound && !check_tables (self, ret_fsck, &is_sound, error))
    return FALSE;
  if (!is_sound)
    return TRUE;
  if (!check_events (self, ret_fsck, error) || !check_no_orphans (self, ret_fsck, error))
    return FALSE;
  chains = list_chains (self, error);
  if (chains == NULL)
    return FALSE;
  for (guint i = 0; i < chains->len; i++)
    if (!check_chain (self, g_ptr_array_index (chains, i), ret_fsck, error))
      return FALSE;
  return check_trunk (self, ret_fsck, error) && check_feeds (self, ret_fsck, error)
         && check_attachments (self, ret_fsck, error);
}
