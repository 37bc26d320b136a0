/* amends-known.c: by what a row of a spreadsheet is known again, and the registers as lists
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Read tables, folded with the list: an import asks them, and not the whole log. A case is known by the reference that
 * the landlord gave it before, as it was recorded, and its scheme; one that was moved by each scheme in which it was.
 * Of an erased case nothing is left to know it by. Where two devices imported one entry apart there are two of it: the
 * lower id is the one that is gone on with, on every device. Of a PIN, and of a number to ring, all that was said counts,
 * in whichever of them: what stands on a kiosk, or opens it, is what was said last. */

#include "store/amends-known.h"

#include <string.h>

#include "core/amends-case.h"
#include "store/amends-log.h"
#include "store/amends-read.h"

static const char sql_put[] = "INSERT OR IGNORE INTO known (kind, scheme, reference, id)"
                              " VALUES (:kind, :scheme, :reference, :id)";
static const char sql_put_home[] =
    "INSERT OR REPLACE INTO home_row (id, scheme, reference, address, ended)"
    " VALUES (:id, :scheme, :reference, :address, :ended)";
static const char sql_put_person[] =
    "INSERT OR REPLACE INTO person_row (id, scheme, reference, name, home, language,"
    " preferred_contact) VALUES (:id, :scheme, :reference, :name, :home, :language,"
    " :preferred_contact)";
/* Index known_by_id. */
static const char sql_drop[] = "DELETE FROM known WHERE id = :id";
static const char sql_drop_home[] = "DELETE FROM home_row WHERE id = :id";
static const char sql_drop_person[] = "DELETE FROM person_row WHERE id = :id";
/* The primary key. */
static const char sql_load[] =
    "SELECT scheme, reference, id FROM known WHERE kind = :kind ORDER BY id";
/* The same, and it gives the order. */
static const char sql_load_one[] =
    "SELECT id FROM known WHERE kind = :kind AND scheme = :scheme AND reference = :reference"
    " ORDER BY id";
static const char sql_count[] =
    "SELECT count(*) FROM (SELECT 1 FROM known WHERE kind = :kind GROUP BY scheme, reference)";
/* Homes of a landlord are some thousands: sorted as people count doors, in memory. */
/* First the one that is gone on with, then whether it has ended. */
static const char sql_homes[] =
    "SELECT scheme, reference, address FROM"
    " (SELECT scheme, reference, address, ended, min (id) FROM home_row GROUP BY scheme, reference)"
    " WHERE ended IS NULL OR ended > :today ORDER BY scheme, address";

/**
 * amends_known_make_key:
 * @reference: (nullable): what the landlord knows it by
 * @scheme: (nullable): where
 *
 * Returns: (transfer full) (nullable): the two as one; %NULL if either is
 */
char *
amends_known_make_key (const char *reference, const char *scheme)
{
  g_autofree char *plain = scheme != NULL ? amends_register_dup_reference (reference) : NULL;

  return plain != NULL ? g_strconcat (scheme, "\t", plain, NULL) : NULL;
}

static void
add_stream (GArray *streams, const char *text)
{
  AmendsId id;

  if (amends_id_parse_len (text, strlen (text), &id))
    g_array_append_val (streams, id);
}

/* Returns: (transfer none) (element-type AmendsId): of the entry of @key, which is made if it is not there */
static GArray *
need_streams (GHashTable *known, const char *key)
{
  GArray *streams = g_hash_table_lookup (known, key);

  if (streams == NULL)
    {
      streams = g_array_new (FALSE, FALSE, sizeof (AmendsId));
      g_hash_table_insert (known, g_strdup (key), streams);
    }
  return streams;
}

/**
 * amends_known_load:
 * @kind: of what
 *
 * Not within a transaction: the list follows at its end.
 * Errors: those of amends_read_ensure().
 * Returns: (transfer full) (element-type utf8 GArray): what is here, by its key: the ids of its streams, the one first
 *   that is gone on with
 */
GHashTable *
amends_known_load (AmendsStore *store, AmendsRegisterKind kind, GError **error)
{
  g_autoptr (GHashTable) known =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_array_unref);
  sqlite3_stmt *stmt;
  int found;

  if (!amends_read_ensure (store, error))
    return NULL;
  stmt = amends_db_prepare (store->read->list, sql_load, error);
  if (stmt == NULL)
    return NULL;
  sqlite3_bind_int (stmt, 1, (int) kind);
  while ((found = amends_db_step (store->read->list, stmt, error)) == SQLITE_ROW)
    {
      g_autofree char *key = g_strconcat ((const char *) sqlite3_column_text (stmt, 0), "\t",
                                          (const char *) sqlite3_column_text (stmt, 1), NULL);

      add_stream (need_streams (known, key), (const char *) sqlite3_column_text (stmt, 2));
    }
  return found == SQLITE_DONE ? g_steal_pointer (&known) : NULL;
}

/* Returns: (transfer full) (nullable) (element-type AmendsId): the streams of it, the lowest first */
static GArray *
list_streams (AmendsStore *store,
              AmendsRegisterKind kind,
              const char *scheme,
              const char *reference,
              GError **error)
{
  g_autoptr (GArray) streams = g_array_new (FALSE, FALSE, sizeof (AmendsId));
  g_autofree char *plain = amends_register_dup_reference (reference);
  sqlite3_stmt *stmt;
  int found;

  if (!amends_read_ensure (store, error))
    return NULL;
  stmt = amends_db_prepare (store->read->list, sql_load_one, error);
  if (stmt == NULL)
    return NULL;
  sqlite3_bind_int (stmt, 1, (int) kind);
  amends_db_bind_text (stmt, 2, scheme);
  amends_db_bind_text (stmt, 3, plain);
  while ((found = amends_db_step (store->read->list, stmt, error)) == SQLITE_ROW)
    add_stream (streams, (const char *) sqlite3_column_text (stmt, 0));
  return found == SQLITE_DONE ? g_steal_pointer (&streams) : NULL;
}

/* Two members of staff may have one name, and homes are listed stream by stream. */
static gboolean
is_one_in_all_streams (AmendsRegisterKind kind)
{
  return kind == AMENDS_REGISTER_PINS || kind == AMENDS_REGISTER_NUMBERS;
}

/**
 * amends_known_read:
 * @kind: of what
 * @streams: (element-type AmendsId): of one entry, as amends_known_load() has them
 *
 * Where devices that had not heard of each other began a PIN or a number, or one of them goes on under another code, the
 * events of each of its streams; else of the one that is gone on with.
 * Errors: those of amends_log_read_stream().
 * Returns: (transfer full) (element-type AmendsEvent): those of the stream first that is gone on with; may be empty
 */
GPtrArray *
amends_known_read (AmendsStore *store,
                   AmendsRegisterKind kind,
                   const GArray *streams,
                   GError **error)
{
  g_autoptr (GPtrArray) events =
      g_ptr_array_new_with_free_func ((GDestroyNotify) amends_event_unref);
  guint n_streams = is_one_in_all_streams (kind) ? streams->len : MIN (streams->len, 1);

  for (guint i = 0; i < n_streams; i++)
    {
      GPtrArray *more =
          amends_log_read_stream (store, &g_array_index (streams, AmendsId, i), error);

      if (more == NULL)
        return NULL;
      g_ptr_array_extend_and_steal (events, more);
    }
  return g_steal_pointer (&events);
}

/**
 * amends_known_read_one:
 * @kind: of what
 * @scheme: where
 * @reference: by what it is known
 *
 * As amends_known_read(), of the entry that is known so. Not within a transaction.
 * Errors: those of amends_read_ensure() and amends_log_read_stream().
 * Returns: (transfer full) (element-type AmendsEvent): those of the stream first that is gone on with; may be empty
 */
GPtrArray *
amends_known_read_one (AmendsStore *store,
                       AmendsRegisterKind kind,
                       const char *scheme,
                       const char *reference,
                       GError **error)
{
  g_autoptr (GArray) streams = list_streams (store, kind, scheme, reference, error);

  return streams != NULL ? amends_known_read (store, kind, streams, error) : NULL;
}

static gboolean
put (AmendsStore *store,
     AmendsRegisterKind kind,
     const char *scheme,
     const char *reference,
     const char *id,
     GError **error)
{
  g_autofree char *plain = amends_register_dup_reference (reference);
  sqlite3_stmt *stmt;

  if (plain == NULL || scheme == NULL)
    return TRUE;
  stmt = amends_db_prepare (store->read->list, sql_put, error);
  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int (stmt, 1, (int) kind);
  amends_db_bind_text (stmt, 2, scheme);
  amends_db_bind_text (stmt, 3, plain);
  amends_db_bind_text (stmt, 4, id);
  return amends_db_run (store->read->list, stmt, error);
}

/* (nullable): the event that records it, where that is here and says by what it was known */
static const json_t *
find_recorded (const AmendsCase *complaint)
{
  for (guint i = 0; i < amends_case_get_n_history (complaint); i++)
    {
      const AmendsHistoryEntry *entry = amends_case_get_history (complaint, i);

      if (entry->type == AMENDS_EVENT_CASE_RECORDED && entry->written != NULL
          && json_object_get (entry->written, "former_reference") != NULL)
        return entry->written;
    }
  return NULL;
}

/**
 * amends_known_put_case:
 *
 * Returns: %TRUE once @complaint is known by what it is known by now
 */
gboolean
amends_known_put_case (AmendsStore *store, const AmendsCase *complaint, GError **error)
{
  const json_t *recorded = find_recorded (complaint);
  const char *reference = json_string_value (json_object_get (recorded, "former_reference"));
  g_autoptr (GPtrArray) feeds = NULL;
  char id[AMENDS_ID_BUFFER];
  AmendsId stream;

  if (reference == NULL)
    return TRUE;
  amends_case_get_id (complaint, &stream);
  amends_id_format_to (&stream, id);
  if (!amends_case_was_moved (complaint))
    return put (store, AMENDS_REGISTER_CASES,
                json_string_value (json_object_get (recorded, "scheme")), reference, id, error);
  feeds = amends_case_list_feeds (complaint);
  for (guint i = 0; i < feeds->len; i++)
    if (!put (store, AMENDS_REGISTER_CASES,
              (const char *) g_ptr_array_index (feeds, i) + strlen ("s."), reference, id, error))
      return FALSE;
  return TRUE;
}

static gboolean
put_home (AmendsStore *store, const AmendsRegistered *home, const char *id, GError **error)
{
  g_autofree char *reference =
      amends_register_dup_reference (amends_registered_get_text (home, "reference"));
  const char *scheme = amends_registered_get_text (home, "scheme");
  const char *address = amends_registered_get_text (home, "address");
  const char *ended = amends_registered_get_text (home, "ended");
  AmendsDay day = AMENDS_DAY_NONE;
  sqlite3_stmt *stmt;

  if (reference == NULL || scheme == NULL || address == NULL)
    return TRUE;
  stmt = amends_db_prepare (store->read->list, sql_put_home, error);
  if (stmt == NULL)
    return FALSE;
  amends_db_bind_text (stmt, 1, id);
  amends_db_bind_text (stmt, 2, scheme);
  amends_db_bind_text (stmt, 3, reference);
  amends_db_bind_text (stmt, 4, address);
  if (ended != NULL && amends_day_parse (ended, &day, NULL))
    sqlite3_bind_int64 (stmt, 5, day);
  return amends_db_run (store->read->list, stmt, error);
}

static gboolean
put_person (AmendsStore *store, const AmendsRegistered *person, const char *id, GError **error)
{
  static const char *const fields[] = { "scheme", "name", "home", "language", "preferred_contact" };
  g_autofree char *reference =
      amends_register_dup_reference (amends_registered_get_text (person, "former_reference"));
  sqlite3_stmt *stmt;

  if (reference == NULL || amends_registered_get_text (person, "scheme") == NULL
      || amends_registered_get_text (person, "name") == NULL)
    return TRUE;
  stmt = amends_db_prepare (store->read->list, sql_put_person, error);
  if (stmt == NULL)
    return FALSE;
  amends_db_bind_text (stmt, 1, id);
  amends_db_bind_text (stmt, sqlite3_bind_parameter_index (stmt, ":reference"), reference);
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      g_autofree char *parameter = g_strconcat (":", fields[i], NULL);

      amends_db_bind_text (stmt, sqlite3_bind_parameter_index (stmt, parameter),
                           amends_registered_get_text (person, fields[i]));
    }
  return amends_db_run (store->read->list, stmt, error);
}

/**
 * amends_known_put_entry:
 *
 * Returns: %TRUE once @entry is known by what it says now
 */
gboolean
amends_known_put_entry (AmendsStore *store, const AmendsRegistered *entry, GError **error)
{
  const AmendsRegister *of = amends_register_get (entry->kind);
  const char *scheme = of->is_of_scheme ? amends_registered_get_text (entry, "scheme") : "";
  char id[AMENDS_ID_BUFFER];

  amends_id_format_to (&entry->id, id);
  return amends_known_drop (store, id, error)
         && put (store, entry->kind, scheme, amends_registered_get_text (entry, of->key), id, error)
         && (entry->kind != AMENDS_REGISTER_HOMES || put_home (store, entry, id, error))
         && (entry->kind != AMENDS_REGISTER_PEOPLE || put_person (store, entry, id, error));
}

static gboolean
drop (AmendsStore *store, const char *sql, const char *id, GError **error)
{
  sqlite3_stmt *stmt = amends_db_prepare (store->read->list, sql, error);

  if (stmt == NULL)
    return FALSE;
  amends_db_bind_text (stmt, 1, id);
  return amends_db_run (store->read->list, stmt, error);
}

/**
 * amends_known_drop:
 * @id: of a stream
 *
 * Returns: %TRUE once nothing is known by it
 */
gboolean
amends_known_drop (AmendsStore *store, const char *id, GError **error)
{
  return drop (store, sql_drop, id, error) && drop (store, sql_drop_home, id, error)
         && drop (store, sql_drop_person, id, error);
}

/**
 * amends_home_free:
 * @self: (nullable) (transfer full): a home
 */
void
amends_home_free (AmendsHome *self)
{
  if (self == NULL)
    return;
  g_free (self->scheme);
  g_free (self->reference);
  g_free (self->address);
  g_free (self);
}

static int
compare_homes (gconstpointer a, gconstpointer b)
{
  const AmendsHome *one = *(const AmendsHome *const *) a;
  const AmendsHome *other = *(const AmendsHome *const *) b;
  g_autofree char *key = NULL;
  g_autofree char *other_key = NULL;
  int order = strcmp (one->scheme, other->scheme);

  if (order != 0)
    return order;
  key = g_utf8_collate_key_for_filename (one->address, -1);
  other_key = g_utf8_collate_key_for_filename (other->address, -1);
  return strcmp (key, other_key);
}

/**
 * amends_store_list_homes:
 *
 * Those that are let or may be: none that has ended.
 * Errors: those of amends_read_ensure().
 * Returns: (transfer full) (element-type AmendsHome): by scheme, then as people count doors: 2 before 12
 */
GPtrArray *
amends_store_list_homes (AmendsStore *self, GError **error)
{
  g_autoptr (GPtrArray) homes = g_ptr_array_new_with_free_func ((GDestroyNotify) amends_home_free);
  sqlite3_stmt *stmt;
  int found;

  if (!amends_read_ensure (self, error))
    return NULL;
  stmt = amends_db_prepare (self->read->list, sql_homes, error);
  if (stmt == NULL)
    return NULL;
  sqlite3_bind_int64 (stmt, 1, amends_store_get_today (self));
  while ((found = amends_db_step (self->read->list, stmt, error)) == SQLITE_ROW)
    {
      AmendsHome *home = g_new0 (AmendsHome, 1);

      home->scheme = amends_db_dup_text (stmt, 0);
      home->reference = amends_db_dup_text (stmt, 1);
      home->address = amends_db_dup_text (stmt, 2);
      g_ptr_array_add (homes, home);
    }
  if (found != SQLITE_DONE)
    return NULL;
  g_ptr_array_sort (homes, compare_homes);
  return g_steal_pointer (&homes);
}

/**
 * amends_store_count_entries:
 * @kind: of which register, or of cases that were imported
 * @ret_n: (out): how many there are here
 *
 * Errors: those of amends_read_ensure().
 * Returns: %TRUE on success
 */
gboolean
amends_store_count_entries (AmendsStore *self,
                            AmendsRegisterKind kind,
                            guint *ret_n,
                            GError **error)
{
  sqlite3_stmt *stmt;

  if (!amends_read_ensure (self, error))
    return FALSE;
  stmt = amends_db_prepare (self->read->list, sql_count, error);
  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int (stmt, 1, (int) kind);
  if (amends_db_step (self->read->list, stmt, error) != SQLITE_ROW)
    return FALSE;
  *ret_n = (guint) sqlite3_column_int64 (stmt, 0);
  sqlite3_reset (stmt);
  return TRUE;
}
