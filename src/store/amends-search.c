/* amends-search.c: finding a case by a few letters of anything in it
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A contentless FTS5 table in memory. Its row numbers order documents by the day received, so that
 * "newest first" is the order of the index itself: no rank, no sort, and a search stops at its
 * limit. A case that changes gets a new document; the table of documents says which one counts. Every
 * length of prefix that is typed has an index, down to the first letter of a second word: without it,
 * “the l” looks through all words with an l.
 *
 * To read a case for its words takes a third of a millisecond, half a minute for 100,000. So first each gets a
 * document of what the list knows of it, without being read: names are found within a second or two. */

#include <string.h>

#include "core/amends-day.h"
#include "core/amends-error.h"
#include "store/amends-log.h"
#include "store/amends-read.h"

#define SEARCH_MIN_CHARS 2
#define SEARCH_MAX_WORDS 8

/* As long as it takes to read one case, so many get a document from the list. */
#define NAMES_A_CASE 10

/* Row number of a document: its day in the upper bits, a running number below. */
#define DOCUMENT_BITS 32
#define DAY_OFFSET 100000

static const char sql_tables[] =
    "CREATE VIRTUAL TABLE words USING fts5 (text, content = '', prefix = '1 2 3',"
    "  tokenize = 'unicode61 remove_diacritics 2');"
    "CREATE TABLE document (row INTEGER PRIMARY KEY, id TEXT NOT NULL);"
    "CREATE UNIQUE INDEX document_by_id ON document (id);";
static const char sql_add_words[] = "INSERT INTO words (rowid, text) VALUES (:row, :text)";
static const char sql_drop_document[] = "DELETE FROM document WHERE id = :id";
static const char sql_add_document[] = "INSERT INTO document (row, id) VALUES (:row, :id)";
/* Primary key. */
static const char sql_next[] =
    "SELECT id, received, reference, complainant, home, summary FROM case_row"
    " WHERE id > :after ORDER BY id LIMIT :n";
/* case_row_by_complainant and case_row_by_home. Capitals and small letters are one in ASCII alone: “Élan” and “élan” are
 * two. What all who read a scheme's cases can see says nothing of what only some may: beside a case of theirs stand
 * those of the same feed; beside what is restricted also what all read. */
#define SQL_BESIDE                                     \
  " AND id <> :id AND kind NOT IN ('moved', 'erased')" \
  " AND (feed = :feed OR (:feed NOT GLOB 's.*' AND feed GLOB 's.*'))"
static const char sql_alike[] =
    "SELECT id, received FROM case_row WHERE complainant = :name COLLATE NOCASE" SQL_BESIDE
    " UNION SELECT id, received FROM case_row"
    " WHERE scheme = :scheme AND home = :home COLLATE NOCASE" SQL_BESIDE
    " ORDER BY received DESC, id LIMIT :n_max";
static const char sql_find[] = "SELECT document.id FROM words, document"
                               " WHERE words MATCH :query AND document.row = words.rowid"
                               " ORDER BY words.rowid DESC LIMIT :n_max";

static void
add_text (GString *text, const char *more)
{
  if (more != NULL)
    {
      g_string_append (text, more);
      g_string_append_c (text, '\n');
    }
}

/* Also as who types it in one goes. */
static void
add_reference (GString *text, const char *reference)
{
  g_autoptr (GString) joined = g_string_new (reference);

  add_text (text, reference);
  g_string_replace (joined, "-", "", 0);
  add_text (text, joined->str);
}

/* Names, homes, references, what happened, notes. Never what is contact or authority. */
static char *
collect_words (const AmendsCase *complaint)
{
  GString *text = g_string_new (NULL);

  add_reference (text, amends_case_get_text (complaint, "reference"));
  add_text (text, amends_case_get_text (complaint, "former_reference"));
  add_text (text, amends_case_get_text (complaint, "complainant.name"));
  add_text (text, amends_case_get_text (complaint, "complainant.home"));
  add_text (text, amends_case_get_text (complaint, "representative.name"));
  for (guint i = 0; i < amends_case_get_n_issues (complaint); i++)
    {
      add_text (text, amends_case_get_issue (complaint, i)->what);
      add_text (text, amends_case_get_issue (complaint, i)->outcome_sought);
    }
  for (guint i = 0; i < amends_case_get_n_notes (complaint); i++)
    add_text (text, amends_case_get_note (complaint, i)->text);
  return g_string_free (text, FALSE);
}

/* What the list says of a case, of a row of sql_next. */
static char *
collect_names (sqlite3_stmt *stmt)
{
  GString *text = g_string_new (NULL);

  add_reference (text, (const char *) sqlite3_column_text (stmt, 2));
  for (int column = 3; column <= 5; column++)
    add_text (text, (const char *) sqlite3_column_text (stmt, column));
  return g_string_free (text, FALSE);
}

static gint64
document_row (AmendsRead *read, const char *received)
{
  AmendsDay day = 0;

  if (received == NULL || !amends_day_parse (received, &day, NULL))
    day = 0;
  return ((gint64) day + DAY_OFFSET) << DOCUMENT_BITS | ++read->next_document;
}

static gboolean
run_with_id (AmendsDb *db, const char *sql, const char *id, gint64 row, GError **error)
{
  sqlite3_stmt *stmt = amends_db_prepare (db, sql, error);
  int at = sqlite3_bind_parameter_index (stmt, ":row");

  if (stmt == NULL)
    return FALSE;
  if (at > 0)
    sqlite3_bind_int64 (stmt, at, row);
  amends_db_bind_text (stmt, sqlite3_bind_parameter_index (stmt, ":id"), id);
  return amends_db_run (db, stmt, error);
}

/* @id: of the case; it has no other document any more */
static gboolean
put_document (AmendsRead *read,
              const char *id,
              const char *received,
              const char *text,
              GError **error)
{
  gint64 row = document_row (read, received);
  sqlite3_stmt *stmt;

  if (!run_with_id (read->search, sql_drop_document, id, 0, error)
      || !run_with_id (read->search, sql_add_document, id, row, error))
    return FALSE;
  stmt = amends_db_prepare (read->search, sql_add_words, error);
  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, row);
  amends_db_bind_text (stmt, 2, text);
  return amends_db_run (read->search, stmt, error);
}

static gboolean
put_words (AmendsRead *read, const AmendsCase *complaint, GError **error)
{
  g_autofree char *text = collect_words (complaint);
  char id[AMENDS_ID_BUFFER];
  AmendsId stream;

  amends_case_get_id (complaint, &stream);
  amends_id_format_to (&stream, id);
  return put_document (read, id, amends_case_get_text (complaint, "received"), text, error);
}

/**
 * amends_search_update:
 * @complaint: has changed
 *
 * Returns: %TRUE once search finds it as it is; at once if search is not in use yet
 */
gboolean
amends_search_update (AmendsStore *store, const AmendsCase *complaint, GError **error)
{
  if (store->read->search == NULL)
    return TRUE;
  return put_words (store->read, complaint, error);
}

static gboolean
ensure_tables (AmendsStore *store, GError **error)
{
  AmendsRead *read;

  if (!amends_read_ensure (store, error))
    return FALSE;
  read = store->read;
  if (read->search != NULL)
    return TRUE;
  read->search = amends_db_open_memory (error);
  if (read->search == NULL)
    return FALSE;
  if (amends_db_exec (read->search, sql_tables, error))
    return TRUE;
  g_clear_pointer (&read->search, amends_db_close);
  return FALSE;
}

static gboolean
index_case (AmendsStore *store, const char *text, GError **error)
{
  g_autoptr (AmendsCase) complaint = NULL;
  g_autoptr (GError) failure = NULL;
  AmendsId id;

  if (!amends_id_parse (text, &id, error))
    return FALSE;
  complaint = amends_store_get_case (store, &id, &failure);
  if (complaint != NULL)
    return put_words (store->read, complaint, error);
  if (g_error_matches (failure, AMENDS_CORE_ERROR, AMENDS_CORE_ERROR_NOT_FOUND))
    return TRUE; /* one that is no case must not end the search for all others */
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

/* The next rows of the list by id, after the last one taken. Gives the statement; %NULL on failure. */
static sqlite3_stmt *
find_next (AmendsRead *read, guint n_cases, GError **error)
{
  sqlite3_stmt *stmt = amends_db_prepare (read->list, sql_next, error);

  if (stmt == NULL)
    return NULL;
  amends_db_bind_text (stmt, 1, read->search_reached);
  sqlite3_bind_int64 (stmt, 2, n_cases);
  return stmt;
}

static gboolean
index_names (AmendsRead *read, guint n_cases, guint *ret_n, GError **error)
{
  sqlite3_stmt *stmt = find_next (read, n_cases, error);
  int found;

  if (stmt == NULL)
    return FALSE;
  for (*ret_n = 0; (found = amends_db_step (read->list, stmt, error)) == SQLITE_ROW; ++*ret_n)
    {
      const char *id = (const char *) sqlite3_column_text (stmt, 0);
      g_autofree char *text = collect_names (stmt);

      g_strlcpy (read->search_reached, id, sizeof read->search_reached);
      if (!put_document (read, id, (const char *) sqlite3_column_text (stmt, 1), text, error))
        {
          sqlite3_reset (stmt);
          return FALSE;
        }
    }
  return found == SQLITE_DONE;
}

static gboolean
index_words (AmendsStore *store, guint n_cases, guint *ret_n, GError **error)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  AmendsRead *read = store->read;
  sqlite3_stmt *stmt = find_next (read, n_cases, error);
  int found;

  if (stmt == NULL)
    return FALSE;
  while ((found = amends_db_step (read->list, stmt, error)) == SQLITE_ROW)
    g_ptr_array_add (ids, amends_db_dup_text (stmt, 0));
  for (guint i = 0; i < ids->len && found == SQLITE_DONE; i++)
    if (!index_case (store, g_ptr_array_index (ids, i), error))
      return FALSE;
  if (ids->len > 0)
    g_strlcpy (read->search_reached, g_ptr_array_index (ids, ids->len - 1),
               sizeof read->search_reached);
  *ret_n = ids->len;
  return found == SQLITE_DONE;
}

/**
 * amends_store_search_step:
 * @n_cases: how many cases to read, or as much work
 *
 * Makes search ready a slice at a time, for a background.
 * Returns: whether there is more to take in; %FALSE with @error set on failure
 */
gboolean
amends_store_search_step (AmendsStore *self, guint n_cases, GError **error)
{
  char reached[AMENDS_ID_BUFFER];
  gboolean is_done;
  AmendsRead *read;
  guint n_taken;

  if (!ensure_tables (self, error))
    return FALSE;
  read = self->read;
  if (read->search_reach == AMENDS_SEARCH_REACH_ALL)
    return FALSE;
  g_strlcpy (reached, read->search_reached, sizeof reached);
  if (!amends_db_exec (read->search, "BEGIN", error))
    return FALSE;
  if (read->search_reach == AMENDS_SEARCH_REACH_NOTHING)
    n_cases *= NAMES_A_CASE;
  is_done = read->search_reach == AMENDS_SEARCH_REACH_NOTHING
                ? index_names (read, n_cases, &n_taken, error)
                : index_words (self, n_cases, &n_taken, error);
  if (!is_done)
    {
      amends_db_exec (read->search, "ROLLBACK", NULL);
      g_strlcpy (read->search_reached, reached, sizeof reached);
      return FALSE;
    }
  if (n_taken < n_cases)
    {
      read->search_reach++;
      *read->search_reached = '\0';
    }
  return amends_db_exec (read->search, "COMMIT", error)
         && read->search_reach < AMENDS_SEARCH_REACH_ALL;
}

/**
 * amends_store_get_search_reach:
 *
 * Returns: by what every case is found now
 */
AmendsSearchReach
amends_store_get_search_reach (AmendsStore *self)
{
  return self->read != NULL ? self->read->search_reach : AMENDS_SEARCH_REACH_NOTHING;
}

/* Each word as a quoted prefix: what a person types is never FTS5's own language. */
static char *
make_query (const char *text)
{
  g_auto (GStrv) tokens = g_str_tokenize_and_fold (text, NULL, NULL);
  GString *query = g_string_new (NULL);

  for (guint i = 0; i < SEARCH_MAX_WORDS && tokens[i] != NULL; i++)
    {
      if (*tokens[i] == '\0')
        continue;
      g_string_append_printf (query, "%s\"%s\"*", query->len > 0 ? " " : "", tokens[i]);
    }
  return g_string_free (query, FALSE);
}

static int
compare_rows (gconstpointer a, gconstpointer b)
{
  const AmendsCaseRow *one = *(AmendsCaseRow *const *) a;
  const AmendsCaseRow *other = *(AmendsCaseRow *const *) b;
  int by_day = g_strcmp0 (other->received, one->received);

  return by_day != 0 ? by_day : g_strcmp0 (one->reference, other->reference);
}

/**
 * amends_store_search_so_far:
 * @text: as for amends_store_search()
 *
 * Waits for nothing to be read in: what is found by is said by amends_store_get_search_reach().
 * Errors: as amends_store_search().
 * Returns: (transfer full) (element-type AmendsCaseRow): as amends_store_search()
 */
GPtrArray *
amends_store_search_so_far (AmendsStore *self, const char *text, GError **error)
{
  g_autoptr (GPtrArray) rows =
      g_ptr_array_new_with_free_func ((GDestroyNotify) amends_case_row_free);
  g_autofree char *query = NULL;
  sqlite3_stmt *stmt;
  int found;

  if (!g_utf8_validate (text, -1, NULL) || g_utf8_strlen (text, -1) < SEARCH_MIN_CHARS)
    {
      amends_set_error (error, AMENDS_CORE_ERROR_INVALID, "text", NULL,
                        "Search for two letters or more");
      return NULL;
    }
  if (!ensure_tables (self, error))
    return NULL;

  query = make_query (text);
  if (*query == '\0')
    return g_steal_pointer (&rows);
  stmt = amends_db_prepare (self->read->search, sql_find, error);
  if (stmt == NULL)
    return NULL;
  amends_db_bind_text (stmt, 1, query);
  sqlite3_bind_int (stmt, 2, AMENDS_SEARCH_MAX_HITS);
  while ((found = amends_db_step (self->read->search, stmt, error)) == SQLITE_ROW)
    {
      AmendsCaseRow *row =
          amends_read_get_row (self, (const char *) sqlite3_column_text (stmt, 0), NULL);

      if (row != NULL)
        g_ptr_array_add (rows, row);
    }
  g_ptr_array_sort (rows, compare_rows);
  return found == SQLITE_DONE ? g_steal_pointer (&rows) : NULL;
}

/**
 * amends_store_search:
 * @text: a few letters of names, homes, references, what happened or notes
 *
 * Errors: %AMENDS_CORE_ERROR_INVALID if it is shorter than two letters.
 * Returns: (transfer full) (element-type AmendsCaseRow): the cases that hold all its words, newest
 * received first, %AMENDS_SEARCH_MAX_HITS at most
 */
GPtrArray *
amends_store_search (AmendsStore *self, const char *text, GError **error)
{
  g_autoptr (GError) step_error = NULL;

  while (amends_store_search_step (self, 1000, &step_error))
    continue;
  if (step_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&step_error));
      return NULL;
    }
  return amends_store_search_so_far (self, text, error);
}

static void
bind_named (sqlite3_stmt *stmt, const char *name, const char *text)
{
  amends_db_bind_text (stmt, sqlite3_bind_parameter_index (stmt, name), text);
}

/**
 * amends_store_list_alike:
 * @complaint: a case
 * @n_max: how many at most
 *
 * Whose complainant has the same name, or lives in the same home of the same scheme; none that some who read @complaint
 * may not. That is a question for a person: nothing follows from it by itself.
 *
 * Errors: %AMENDS_STORE_ERROR_LOCKED, %AMENDS_STORE_ERROR_DAMAGED.
 * Returns: (transfer full) (element-type AmendsCaseRow): the newest received first
 */
GPtrArray *
amends_store_list_alike (AmendsStore *self,
                         const AmendsCase *complaint,
                         guint n_max,
                         GError **error)
{
  g_autoptr (GPtrArray) rows =
      g_ptr_array_new_with_free_func ((GDestroyNotify) amends_case_row_free);
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  char id[AMENDS_ID_BUFFER];
  sqlite3_stmt *stmt;
  AmendsId stream;
  int found;

  if (!amends_read_ensure (self, error))
    return NULL;
  stmt = amends_db_prepare (self->read->list, sql_alike, error);
  if (stmt == NULL)
    return NULL;
  amends_case_get_id (complaint, &stream);
  amends_id_format_to (&stream, id);
  bind_named (stmt, ":id", id);
  bind_named (stmt, ":feed", amends_case_get_feed (complaint));
  bind_named (stmt, ":name", amends_case_get_text (complaint, "complainant.name"));
  bind_named (stmt, ":home", amends_case_get_text (complaint, "complainant.home"));
  bind_named (stmt, ":scheme", amends_case_get_text (complaint, "scheme"));
  sqlite3_bind_int64 (stmt, sqlite3_bind_parameter_index (stmt, ":n_max"), n_max);
  while ((found = amends_db_step (self->read->list, stmt, error)) == SQLITE_ROW)
    g_ptr_array_add (ids, amends_db_dup_text (stmt, 0));
  for (guint i = 0; found == SQLITE_DONE && i < ids->len; i++)
    {
      AmendsCaseRow *row = amends_read_get_row (self, g_ptr_array_index (ids, i), error);

      if (row == NULL)
        return NULL;
      g_ptr_array_add (rows, row);
    }
  return found == SQLITE_DONE ? g_steal_pointer (&rows) : NULL;
}
