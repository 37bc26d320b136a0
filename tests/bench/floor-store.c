/* floor-store.c: the least that a client must do to keep and exchange events
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The floor that Amends is measured against: one SQLite table of JSON lines with the SHA-256 of each
 * as its unique key, WAL, synchronous=FULL, and one transaction a batch. No feeds, fold or sealing.
 *
 *   floor-store create DB               an empty store
 *   floor-store load DB <lines          JSON lines, one transaction
 *   floor-store export DB >lines.gz     lines not yet acknowledged, as gzip -6
 *   floor-store acknowledge DB HEAD     all own lines are at the server, whose last one is HEAD
 *   floor-store cursor DB               the server's last line that this store holds
 *   floor-store import DB <lines.gz     lines from the server, and the cursor, one transaction
 *   floor-store commits DB N            N lines, one durable commit each; prints the mean, in us
 */

#include <sodium.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include <zlib.h>

#define MAX_LINE_BYTES (1 << 20)

static sqlite3 *db;

static void
fail (const char *what)
{
  fprintf (stderr, "floor-store: %s: %s\n", what, db != NULL ? sqlite3_errmsg (db) : "no store");
  exit (1);
}

static void
execute (const char *sql)
{
  if (sqlite3_exec (db, sql, NULL, NULL, NULL) != SQLITE_OK)
    fail (sql);
}

static sqlite3_stmt *
prepare (const char *sql)
{
  sqlite3_stmt *stmt;

  if (sqlite3_prepare_v2 (db, sql, -1, &stmt, NULL) != SQLITE_OK)
    fail (sql);
  return stmt;
}

static void
step (sqlite3_stmt *stmt)
{
  if (sqlite3_step (stmt) != SQLITE_DONE)
    fail (sqlite3_sql (stmt));
  sqlite3_reset (stmt);
}

static void
insert_line (sqlite3_stmt *insert, const char *line, size_t length)
{
  unsigned char hash[crypto_hash_sha256_BYTES];

  crypto_hash_sha256 (hash, (const unsigned char *) line, length);
  sqlite3_bind_blob (insert, 1, hash, sizeof hash, SQLITE_STATIC);
  sqlite3_bind_text (insert, 2, line, (int) length, SQLITE_STATIC);
  step (insert);
}

static sqlite3_stmt *
prepare_insert (void)
{
  return prepare ("INSERT OR IGNORE INTO event (hash, line) VALUES (?1, ?2)");
}

/* zlib reads plain input as it stands, so this serves both load and import. */
static void
read_lines (int moves_cursor)
{
  static char line[MAX_LINE_BYTES];
  gzFile input = gzdopen (dup (STDIN_FILENO), "rb");
  sqlite3_stmt *insert = prepare_insert ();
  sqlite3_int64 n_lines = 0;

  gzbuffer (input, 1 << 17);
  execute ("BEGIN IMMEDIATE");
  while (gzgets (input, line, sizeof line) != NULL)
    {
      size_t length = strcspn (line, "\n");

      insert_line (insert, line, length);
      n_lines++;
    }
  sqlite3_finalize (insert);

  if (moves_cursor)
    {
      sqlite3_stmt *move = prepare ("UPDATE place SET cursor = cursor + ?1, acknowledged = "
                                    "(SELECT max(seq) FROM event)");

      sqlite3_bind_int64 (move, 1, n_lines);
      step (move);
      sqlite3_finalize (move);
    }
  execute ("COMMIT");
  gzclose (input);
}

static void
export_lines (void)
{
  gzFile output = gzdopen (dup (STDOUT_FILENO), "wb6");
  sqlite3_stmt *select = prepare ("SELECT line FROM event"
                                  " WHERE seq > (SELECT acknowledged FROM place) ORDER BY seq");

  while (sqlite3_step (select) == SQLITE_ROW)
    {
      gzwrite (output, sqlite3_column_text (select, 0),
               (unsigned int) sqlite3_column_bytes (select, 0));
      gzputc (output, '\n');
    }
  sqlite3_finalize (select);
  if (gzclose (output) != Z_OK)
    fail ("gzip");
}

static void
acknowledge (sqlite3_int64 head)
{
  sqlite3_stmt *update = prepare ("UPDATE place SET cursor = ?1, acknowledged = "
                                  "(SELECT max(seq) FROM event)");

  sqlite3_bind_int64 (update, 1, head);
  step (update);
  sqlite3_finalize (update);
}

static void
print_cursor (void)
{
  sqlite3_stmt *select = prepare ("SELECT cursor FROM place");

  if (sqlite3_step (select) != SQLITE_ROW)
    fail ("cursor");
  printf ("%lld\n", (long long) sqlite3_column_int64 (select, 0));
  sqlite3_finalize (select);
}

static void
time_commits (int n_commits)
{
  sqlite3_stmt *insert = prepare_insert ();
  struct timespec start, end;
  char line[400];

  memset (line, 'x', sizeof line);
  clock_gettime (CLOCK_MONOTONIC, &start);
  for (int i = 0; i < n_commits; i++)
    {
      sqlite3_snprintf (32, line, "{\"commit\":%d,\"of\":%d}", i, (int) getpid ());
      insert_line (insert, line, sizeof line);
    }
  clock_gettime (CLOCK_MONOTONIC, &end);
  sqlite3_finalize (insert);

  printf ("%.1f\n",
          ((end.tv_sec - start.tv_sec) * 1e6 + (end.tv_nsec - start.tv_nsec) / 1e3) / n_commits);
}

int
main (int argc, char **argv)
{
  const char *verb = argc > 2 ? argv[1] : "";

  if (argc < 3 || sqlite3_open (argv[2], &db) != SQLITE_OK)
    fail ("Usage: floor-store VERB DB [NUMBER]");

  execute ("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -16000");

  if (strcmp (verb, "create") == 0)
    execute ("CREATE TABLE event (seq INTEGER PRIMARY KEY, hash BLOB UNIQUE NOT NULL, line TEXT "
             "NOT NULL);"
             "CREATE TABLE place (cursor INTEGER NOT NULL, acknowledged INTEGER NOT NULL);"
             "INSERT INTO place VALUES (0, 0)");
  else if (strcmp (verb, "load") == 0)
    read_lines (0);
  else if (strcmp (verb, "import") == 0)
    read_lines (1);
  else if (strcmp (verb, "export") == 0)
    export_lines ();
  else if (strcmp (verb, "acknowledge") == 0 && argc == 4)
    acknowledge (atoll (argv[3]));
  else if (strcmp (verb, "cursor") == 0)
    print_cursor ();
  else if (strcmp (verb, "commits") == 0 && argc == 4 && atoi (argv[3]) > 0)
    time_commits (atoi (argv[3]));
  else
    fail ("unknown verb");

  return sqlite3_close (db) == SQLITE_OK ? 0 : 1;
}
