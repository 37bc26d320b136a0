/* test-postgresql.c: what only a database brings: several servers over it, and that it may be away
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "client.h"
#include "core/amends-error.h"
#include "store/amends-db.h"
#include "support/database.h"

#define N_SERVERS 3
#define N_DEVICES 6
#define N_BATCHES 600

static int n_batches = N_BATCHES;

/* A server of the same store, as in another process: it shares nothing with the first but the database
 * and the key. */
static TestWorld *
open_another (const TestWorld *world, guint32 seed)
{
  TestWorld *another = g_memdup2 (world, sizeof *world);
  g_autoptr (GError) error = NULL;

  another->rand = g_rand_new_with_seed (seed);
  another->environment.user_data = another;
  another->server = amends_server_open (another->folder, &another->environment, &error);
  g_assert_no_error (error);
  return another;
}

static void
close_another (TestWorld *another)
{
  amends_server_close (another->server);
  g_rand_free (another->rand);
  g_free (another);
}

typedef struct
{
  TestWorld *servers[N_SERVERS];
  TestWorld world; /* of its one device, which goes to one server and to another */
  TestDevice *device;
  guint n_exchanges;
} Writer;

static void
write_and_send (Writer *self)
{
  static const char *const feeds[] = { "s.oak", "s.elm", "staff", "k.oak" };
  GRand *rand = self->world.rand;
  guint64 first = self->device->own->len + 1;
  g_autoptr (AmendsReplyHead) head = NULL;

  for (int n = g_rand_int_range (rand, 1, 4); n > 0; n--)
    test_device_write (self->device, feeds[g_rand_int_range (rand, 0, G_N_ELEMENTS (feeds))], 2);
  self->world.server = self->servers[g_rand_int_range (rand, 0, N_SERVERS)]->server;
  head = test_device_send (self->device, first, self->device->own->len);
  g_assert_null (head->refused_code);
  g_assert_cmpuint (head->receipt.number, ==, self->device->own->len);
  self->n_exchanges++;
}

/* What test_device_take() finds wrong in a page, a position passed over among it, fails the test. */
static gpointer
run_writer (gpointer user_data)
{
  Writer *self = user_data;

  self->world.server = self->servers[0]->server;
  self->device = test_device_new (&self->world, "staff", "s.oak,s.elm");
  for (int i = 0; i < n_batches / N_DEVICES; i++)
    write_and_send (self);
  return NULL;
}

static void
assert_dense (const TestWorld *world)
{
  g_autofree char *wrong =
      test_database_ask (world->database,
                         "SELECT count (*) FROM feed WHERE position <>"
                         " (SELECT count (*) FROM entry WHERE entry.feed = feed.feed)"
                         " OR position <> (SELECT coalesce (max (entry.position), 0) FROM entry"
                         " WHERE entry.feed = feed.feed)");
  g_autofree char *doubled =
      test_database_ask (world->database,
                         "SELECT count (event) - count (DISTINCT event) FROM entry");

  g_assert_cmpstr (wrong, ==, "0");
  g_assert_cmpstr (doubled, ==, "0");
}

/* Many devices at once, each going from one server to another, with batches whose feeds cross: every event
 * has one position, no position is passed over, everybody comes to read everything, and no two works waited
 * for each other (pitfalls 1, 2 and 3). For longer: --batches 10000. */
static void
test_several_servers (void)
{
  g_autoptr (TestWorld) world = test_world_new ();
  TestWorld *servers[N_SERVERS];
  GThread *threads[N_DEVICES];
  Writer writers[N_DEVICES];
  g_autofree char *n_deadlocks = NULL;
  guint n_written = 0;

  for (guint i = 0; i < N_SERVERS; i++)
    servers[i] = open_another (world, i);
  for (guint i = 0; i < N_DEVICES; i++)
    {
      writers[i] = (Writer){ .world = *world };
      memcpy (writers[i].servers, servers, sizeof servers);
      writers[i].world.rand = g_rand_new_with_seed (100 + i);
      writers[i].world.environment.user_data = &writers[i].world;
    }
  for (guint i = 0; i < N_DEVICES; i++)
    threads[i] = g_thread_new ("device", run_writer, &writers[i]);
  for (guint i = 0; i < N_DEVICES; i++)
    {
      g_thread_join (threads[i]);
      n_written += writers[i].device->own->len;
    }

  assert_dense (world);
  n_deadlocks = test_database_ask (world->database, "SELECT deadlocks FROM pg_stat_database"
                                                    " WHERE datname = current_database ()");
  g_assert_cmpstr (n_deadlocks, ==, "0");
  test_world_assert_verified (world, 0);
  for (guint i = 0; i < N_DEVICES; i++)
    {
      g_autoptr (AmendsReplyHead) head = test_device_send (writers[i].device, 0, 0);
      guint n_read = 0;

      for (guint k = 0; k < N_DEVICES; k++)
        if (k != i)
          n_read += test_device_count (writers[i].device, writers[k].device->code);
      g_assert_cmpuint (n_read + writers[i].device->own->len, ==, n_written);
      g_assert_cmpint (writers[i].n_exchanges, ==, n_batches / N_DEVICES);
    }
  for (guint i = 0; i < N_DEVICES; i++)
    {
      test_device_free (writers[i].device);
      g_rand_free (writers[i].world.rand);
    }
  for (guint i = 0; i < N_SERVERS; i++)
    close_another (servers[i]);
}

/* A request is good once, whichever server it comes to. */
static void
test_requests (void)
{
  g_autoptr (TestWorld) world = test_world_new ();
  g_autoptr (TestDevice) device = test_device_new (world, "staff", "s.oak");
  TestWorld *another = open_another (world, 1);
  g_autoptr (AmendsRequestHead) head = test_device_make_head (device);
  g_autoptr (GByteArray) message = test_make_message (head, NULL, 0);
  g_autoptr (AmendsExchange) exchange = NULL;
  g_autoptr (GError) error = NULL;
  guint64 last = 0;

  device->request = 76;
  exchange = test_device_begin (device, message, &last, &error);
  g_assert_no_error (error);
  device->world = another;
  for (guint64 before = 75; before <= 76; before++)
    {
      device->request = before;
      g_assert_null (test_device_begin (device, message, &last, &error));
      g_assert_error (error, AMENDS_SERVER_ERROR, AMENDS_SERVER_ERROR_REPLAYED);
      g_assert_cmpuint (last, ==, 77);
      g_clear_error (&error);
    }
  g_clear_pointer (&exchange, amends_exchange_free);
  exchange = test_device_begin (device, message, &last, &error);
  g_assert_no_error (error);
  device->world = world;
  close_another (another);
}

static void
end_sessions (const TestWorld *world)
{
  test_database_exec (world->database,
                      "SELECT count (pg_terminate_backend (pid, 5000)) FROM pg_stat_activity"
                      " WHERE datname = current_database () AND pid <> pg_backend_pid ()");
}

/* The database ends the server's session between two works: the next one does not notice. It lets
 * nobody in: the device is told that the server is busy, and once it does all goes on. */
static void
test_away (void)
{
  g_autoptr (TestWorld) world = test_world_new ();
  g_autoptr (TestDevice) device = test_device_new (world, "staff", "s.oak");
  g_autoptr (AmendsRequestHead) head = NULL;
  g_autoptr (GByteArray) message = NULL;
  g_autoptr (AmendsReplyHead) first = NULL;
  g_autoptr (AmendsReplyHead) second = NULL;
  g_autoptr (GBytes) frame = NULL;
  g_autoptr (GError) error = NULL;
  guint64 last;

  test_device_write (device, "s.oak", 2);
  end_sessions (world);
  first = test_device_send (device, 1, 1);
  g_assert_cmpuint (first->receipt.number, ==, 1);

  test_database_exec (world->database, "ALTER ROLE amends NOLOGIN");
  end_sessions (world);
  head = test_device_make_head (device);
  frame = test_device_make_frame (device, 2, 2);
  message = test_make_message (head, &frame, 1);
  g_assert_null (test_device_begin (device, message, &last, &error));
  g_assert_error (error, AMENDS_SERVER_ERROR, AMENDS_SERVER_ERROR_BUSY);
  g_assert_false (amends_server_is_well (world->server));
  test_database_exec (world->database, "ALTER ROLE amends LOGIN");

  while (!amends_server_is_well (world->server))
    g_thread_yield (); /* it does not try at once again */
  second = test_device_send (device, 2, 2);
  g_assert_cmpuint (second->receipt.number, ==, 2);
  test_world_assert_verified (world, 0);
}

static const struct
{
  const char *name;
  const char *sql; /* makes the database act up */
  int n_failures;  /* of the device's exchanges */
} failure_rows[] = {
  /* Tried again by the server, until it does not fail. */
  { "conflict",
    "CREATE SEQUENCE n; GRANT USAGE ON SEQUENCE n TO amends;"
    " CREATE FUNCTION fail () RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
    " IF nextval ('n') < 4 THEN RAISE serialization_failure; END IF; RETURN NEW; END $$;"
    " CREATE TRIGGER fail BEFORE INSERT ON entry FOR EACH ROW EXECUTE FUNCTION fail ()",
    0 },
  /* … but not for ever. */
  { "conflicts",
    "CREATE SEQUENCE n; GRANT USAGE ON SEQUENCE n TO amends;"
    " CREATE FUNCTION fail () RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
    " IF nextval ('n') < 8 THEN RAISE deadlock_detected; END IF; RETURN NEW; END $$;"
    " CREATE TRIGGER fail BEFORE INSERT ON entry FOR EACH ROW EXECUTE FUNCTION fail ()",
    1 },
  /* The session ends while a work is under way: nothing happened, and it is done again. */
  { "cut",
    "CREATE SEQUENCE n; GRANT USAGE ON SEQUENCE n TO amends;"
    " CREATE FUNCTION fail () RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
    " IF nextval ('n') < 2 THEN PERFORM pg_terminate_backend (pg_backend_pid ()); END IF;"
    " RETURN NEW; END $$;"
    " CREATE TRIGGER fail BEFORE INSERT ON entry FOR EACH ROW EXECUTE FUNCTION fail ()",
    0 },
  /* It ends while COMMIT is: the server does not know, and the device asks. */
  { "cut-commit",
    "CREATE SEQUENCE n; GRANT USAGE ON SEQUENCE n TO amends;"
    " CREATE FUNCTION fail () RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
    " IF nextval ('n') < 2 THEN PERFORM pg_terminate_backend (pg_backend_pid ()); END IF;"
    " RETURN NEW; END $$;"
    " CREATE CONSTRAINT TRIGGER fail AFTER INSERT ON entry DEFERRABLE INITIALLY DEFERRED"
    " FOR EACH ROW EXECUTE FUNCTION fail ()",
    1 },
  { "time-out",
    "CREATE SEQUENCE n; GRANT USAGE ON SEQUENCE n TO amends;"
    " CREATE FUNCTION fail () RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
    " IF nextval ('n') < 2 THEN RAISE query_canceled; END IF; RETURN NEW; END $$;"
    " CREATE TRIGGER fail BEFORE INSERT ON entry FOR EACH ROW EXECUTE FUNCTION fail ()",
    1 },
};

/* Whatever the database does, what was acknowledged is there and nothing is there twice. */
static void
test_failures (gconstpointer user_data)
{
  int row = GPOINTER_TO_INT (user_data);
  g_autoptr (TestWorld) world = test_world_new ();
  g_autoptr (TestDevice) device = test_device_new (world, "staff", "s.oak");
  g_autoptr (AmendsReplyHead) head = NULL;
  int n_failures = 0;

  test_device_write (device, "s.oak", 3);
  test_database_exec (world->database, failure_rows[row].sql);
  while (head == NULL && n_failures <= failure_rows[row].n_failures)
    {
      g_autoptr (GBytes) frame = test_device_make_frame (device, 1, 3);
      g_autoptr (AmendsRequestHead) request = test_device_make_head (device);
      g_autoptr (GByteArray) message = test_make_message (request, &frame, 1);
      g_autoptr (GError) error = NULL;
      g_autoptr (GByteArray) reply = test_device_post (device, message, &error);

      if (reply != NULL)
        head = test_device_take (device, reply, NULL);
      else
        {
          g_assert_cmpstr (amends_server_error_get_code_name (error), ==, "busy");
          n_failures++;
        }
    }
  g_assert_cmpint (n_failures, ==, failure_rows[row].n_failures);
  g_assert_nonnull (head);
  g_assert_cmpuint (head->receipt.number, ==, 3);
  assert_dense (world);
  test_world_assert_verified (world, 0);
}

static const char *const forbidden_rows[] = {
  "DELETE FROM event",
  "DELETE FROM invite",
  "TRUNCATE statement",
  "UPDATE event SET body = NULL",
  "UPDATE event SET number = 7",
  "UPDATE entry SET position = 7",
  "UPDATE statement SET bytes = ''",
  "UPDATE device SET key = ''",
  "DROP TABLE invite",
  "ALTER TABLE event DISABLE TRIGGER ALL",
  "CREATE TABLE mine (x bigint)",
  "SET ROLE amends_owner",
};

/* The role of the server cannot take back what is stored, and the server works with no other. */
static void
test_role (void)
{
  g_autoptr (TestWorld) world = test_world_new ();
  g_autoptr (TestDevice) device = test_device_new (world, "staff", "s.oak");
  g_autoptr (AmendsReplyHead) head = NULL;

  test_device_write (device, "s.oak", 1);
  head = test_device_send (device, 1, 1);
  for (guint i = 0; i < G_N_ELEMENTS (forbidden_rows); i++)
    {
      g_autofree char *state = test_database_try (world->database, forbidden_rows[i]);

      g_test_message ("%s", forbidden_rows[i]);
      g_assert_cmpstr (state, ==, "42501"); /* insufficient privilege */
    }
}

static char *
replace (const char *text, const char *from, const char *to)
{
  g_auto (GStrv) parts = g_strsplit (text, from, 2);

  g_assert_cmpuint (g_strv_length (parts), ==, 2);
  return g_strjoinv (to, parts);
}

static void
assert_not_opened (TestWorld *world, const char *address, GQuark domain, int code)
{
  AmendsEnvironment environment = world->environment;
  g_autoptr (GError) error = NULL;

  environment.database = address;
  g_test_message ("%s", address);
  g_assert_null (amends_server_open (world->folder, &environment, &error));
  g_assert_error (error, domain, code);
}

/* Another role, a line that others can read, no tables, tables of a later or an earlier version, a database that is
 * not there or does not answer. */
static void
test_not_opened (void)
{
  g_autoptr (TestWorld) world = test_world_new ();
  g_autofree char *empty = test_database_new ();
  g_autofree char *bare = test_database_new ();
  g_autofree char *as_admin = replace (world->database, "user=amends", "user=admin");
  g_autofree char *as_nobody = replace (world->database, "user=amends", "user=nobody");
  g_autofree char *in_clear = g_strconcat (world->database, "&sslmode=prefer", NULL);
  g_autofree char *elsewhere = replace (world->database, "host=", "host=%2Fnowhere");

  test_database_exec (bare, "DROP SCHEMA amends CASCADE");
  assert_not_opened (world, as_admin, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_FAILED);
  assert_not_opened (world, in_clear, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_FAILED);
  assert_not_opened (world, "postgresql://[", AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_FAILED);
  assert_not_opened (world, bare, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_NOT_ENROLLED);
  assert_not_opened (world, empty, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_NOT_ENROLLED);
  assert_not_opened (world, as_nobody, AMENDS_SERVER_ERROR, AMENDS_SERVER_ERROR_BUSY);
  assert_not_opened (world, elsewhere, AMENDS_SERVER_ERROR, AMENDS_SERVER_ERROR_BUSY);
  test_database_exec (world->database, "UPDATE layout SET version = version + 1");
  assert_not_opened (world, world->database, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_NEWER);
  test_database_exec (world->database, "UPDATE layout SET version = 1");
  assert_not_opened (world, world->database, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_FAILED);
}

/* Who reads the database reads no key; who has not the file, or another's, opens no server. */
static void
test_secrets (void)
{
  static const guint8 other_key[32] = { 7 };
  g_autoptr (TestWorld) world = test_world_new ();
  g_autofree char *path = g_build_filename (world->folder, "server.key", NULL);
  g_autofree char *key = amends_base64 (other_key, sizeof other_key);
  g_autofree char *n_plain =
      test_database_ask (world->database,
                         "SELECT count (*) FROM setting WHERE position ('PRIVATE KEY' IN"
                         " encode (value, 'escape')) > 0 OR name IN ('signing-secret',"
                         " 'intake-secret') AND length (value) IN (32, 64)");
  g_autofree char *n_secrets =
      test_database_ask (world->database,
                         "SELECT count (*) FROM setting WHERE name IN"
                         " ('signing-secret', 'intake-secret', 'authority-key', 'server-key')");
  GStatBuf status;

  g_assert_cmpstr (n_plain, ==, "0");
  g_assert_cmpstr (n_secrets, ==, "4");
  g_assert_cmpint (g_stat (path, &status), ==, 0);
  g_assert_cmpint ((int) status.st_mode & 0777, ==, 0600);

  g_assert_true (g_file_set_contents (path, key, -1, NULL));
  assert_not_opened (world, world->database, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_FAILED);
  g_assert_true (g_file_set_contents (path, "no key", -1, NULL));
  assert_not_opened (world, world->database, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_FAILED);
  g_unlink (path);
  assert_not_opened (world, world->database, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_FAILED);
}

/* Whether some file of the cluster holds @text, its journal among them. */
static gboolean
is_in_cluster (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) grep =
      g_subprocess_new (G_SUBPROCESS_FLAGS_STDERR_SILENCE, &error, "grep", "-rqF", "-e", text,
                        g_getenv ("AMENDS_TEST_POSTGRESQL"), NULL);

  g_assert_no_error (error);
  g_assert_true (g_subprocess_wait (grep, NULL, &error));
  return g_subprocess_get_if_exited (grep) && g_subprocess_get_exit_status (grep) == 0;
}

/* The backup of a folder has its keys in the clear: not even for a moment has the database them so. */
static void
test_sealed_before (void)
{
  static const char *const hosts[] = { "localhost", NULL };
  static const char *const names[] = { "server.db", "server.key", "recovery.key", "restored-code",
                                       "backup.db" };
  g_autoptr (TestWorld) world = test_world_new ();
  g_autofree char *folder = g_dir_make_tmp ("amends-server-XXXXXX", NULL);
  g_autofree char *backup = g_build_filename (folder, "backup.db", NULL);
  g_autofree char *database = test_database_new ();
  AmendsEnvironment environment = world->environment;
  g_autoptr (AmendsServer) server = NULL;
  g_autoptr (AmendsServer) moved = NULL;
  g_autoptr (GError) error = NULL;

  environment.database = NULL;
  g_assert_true (amends_server_create (folder, "Fenwater Homes", hosts, &environment, &error));
  server = amends_server_open (folder, &environment, &error);
  g_assert_no_error (error);
  json_decref (amends_server_back_up (server, backup, &error));
  g_assert_no_error (error);
  environment.database = database;
  json_decref (amends_server_restore (folder, backup, &environment, &error));
  g_assert_no_error (error);
  moved = amends_server_open (folder, &environment, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (amends_server_get_organisation (moved), ==,
                   amends_server_get_organisation (server));

  g_assert_true (is_in_cluster ("Fenwater Homes"));
  g_assert_false (is_in_cluster ("BEGIN PRIVATE KEY"));
  g_clear_pointer (&server, amends_server_close);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (folder, names[i], NULL);

      g_assert_cmpint (g_unlink (path), ==, 0);
    }
  g_assert_cmpint (g_rmdir (folder), ==, 0); /* nothing else is left */
}

/* Neither a database that holds a server nor a key that opens one is written over. */
static void
test_exists (void)
{
  static const char *const hosts[] = { "localhost", NULL };
  g_autoptr (TestWorld) world = test_world_new ();
  g_autofree char *backup = g_build_filename (world->folder, "backup.db", NULL);
  g_autofree char *key_path = g_build_filename (world->folder, "server.key", NULL);
  g_autofree char *new_folder = g_dir_make_tmp ("amends-server-XXXXXX", NULL);
  g_autofree char *new_database = test_database_new ();
  g_autofree char *key = NULL;
  g_autofree char *key_after = NULL;
  AmendsEnvironment environment = world->environment;
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_get_contents (key_path, &key, NULL, NULL));
  json_decref (amends_server_back_up (world->server, backup, &error));
  g_assert_no_error (error);
  g_assert_false (amends_server_create (new_folder, "Elm Homes", hosts, &environment, &error));
  g_assert_error (error, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_EXISTS);
  g_clear_error (&error);
  g_assert_null (amends_server_restore (world->folder, backup, &environment, &error));
  g_assert_error (error, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_EXISTS);
  g_clear_error (&error);
  environment.database = new_database;
  g_assert_false (amends_server_create (world->folder, "Elm Homes", hosts, &environment, &error));
  g_assert_error (error, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_EXISTS);

  g_assert_true (g_file_get_contents (key_path, &key_after, NULL, NULL));
  g_assert_cmpstr (key_after, ==, key);
  g_assert_cmpint (g_rmdir (new_folder), ==, 0); /* and is empty */
}

static AmendsServer *
restore_into (TestWorld *world, const char *database, const char *backup)
{
  g_autoptr (GError) error = NULL;
  AmendsServer *server;

  world->environment.database = database;
  json_decref (amends_server_restore (world->folder, backup, &world->environment, &error));
  g_assert_no_error (error);
  server = amends_server_open (world->folder, &world->environment, &error);
  g_assert_no_error (error);
  world->environment.database = world->database;
  return server;
}

/* A landlord moves from a database into a file, and from the file into a database. The device goes on
 * with each as after a restore. */
static void
test_moves (void)
{
  g_autoptr (TestWorld) world = test_world_new ();
  g_autoptr (TestDevice) device = test_device_new (world, "staff", "s.oak");
  g_autofree char *backup = g_build_filename (world->folder, "backup.db", NULL);
  g_autofree char *database = test_database_new ();
  g_autoptr (AmendsReplyHead) first = NULL;
  g_autoptr (AmendsReplyHead) second = NULL;
  g_autoptr (AmendsReplyHead) third = NULL;
  g_autoptr (GError) error = NULL;

  test_device_write (device, "s.oak", 3);
  first = test_device_send (device, 1, 1);
  for (int i = 0; i < 2; i++)
    {
      AmendsServer *moved;

      json_decref (amends_server_back_up (world->server, backup, &error));
      g_assert_no_error (error);
      moved = restore_into (world, i == 0 ? NULL : database, backup);
      g_unlink (backup); /* a backup never replaces one */
      amends_server_close (world->server);
      world->server = moved;
      g_strlcpy (device->epoch, amends_server_get_epoch (moved), sizeof device->epoch);
      g_hash_table_remove_all (device->cursors);
      g_hash_table_remove_all (device->others);
      g_hash_table_remove_all (device->chains);
      if (i == 0)
        second = test_device_send (device, 2, 2);
      else
        third = test_device_send (device, 3, 3);
      test_world_assert_verified (world, 0);
    }
  g_assert_cmpuint (second->receipt.number, ==, 2);
  g_assert_cmpuint (third->receipt.number, ==, 3);
}

int
main (int argc, char *argv[])
{
  for (int i = 1; i + 1 < argc; i++)
    if (g_str_equal (argv[i], "--batches"))
      n_batches = MAX (atoi (argv[i + 1]), N_DEVICES);
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  g_assert_cmpint (sodium_init (), >=, 0);

  g_test_add_func ("/postgresql/several-servers", test_several_servers);
  g_test_add_func ("/postgresql/requests", test_requests);
  g_test_add_func ("/postgresql/away", test_away);
  for (guint i = 0; i < G_N_ELEMENTS (failure_rows); i++)
    {
      g_autofree char *name = g_strconcat ("/postgresql/failure/", failure_rows[i].name, NULL);

      g_test_add_data_func (name, GUINT_TO_POINTER (i), test_failures);
    }
  g_test_add_func ("/postgresql/role", test_role);
  g_test_add_func ("/postgresql/not-opened", test_not_opened);
  g_test_add_func ("/postgresql/secrets", test_secrets);
  g_test_add_func ("/postgresql/sealed-before", test_sealed_before);
  g_test_add_func ("/postgresql/exists", test_exists);
  g_test_add_func ("/postgresql/moves", test_moves);

  return g_test_run ();
}
