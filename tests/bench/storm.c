/* storm.c: how many events an hour a server takes, beside a table that takes the same rows
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * storm PROCESSES DEVICES FRAMES EVENTS: as many devices send as many frames of as many events each. What
 * devices do, signing among it, is done before; what is measured is a server from the head of a request to
 * the receipt, without HTTP and TLS. Beside a PostgreSQL cluster (with-postgresql.py --durable) the store is
 * a database and the processes share it; without one it is a file, and there is one process.
 *
 * The floor beside it puts the same bodies, a frame a transaction and as durable, into one table with a
 * number for each row and a unique index on device and number. It checks, hashes and orders nothing. */

#include "config.h"

#include <glib/gstdio.h>
#include <sodium.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#ifdef AMENDS_HAVE_POSTGRESQL
#  include <libpq-fe.h>
#endif

#include "server/client.h"
#include "support/database.h"

#define N_SCHEMES 20
#define TEXT_BYTES 300
#define MAX_PROCESSES 16

typedef struct
{
  int n_processes;
  int n_devices;
  int n_frames; /* of each device */
  int n_events; /* of each frame */
  TestWorld *world;
  GPtrArray *devices;
  GPtrArray *messages; /* GByteArray *, those of a device one after the other */
  GArray *signatures;
} Storm;

typedef struct
{
  guint64 number;
  AmendsDigest hash;
  guint8 signature[AMENDS_SIGNATURE_BYTES];
} Signed;

/* Where the device is at work. */
static char *
make_feed (int n_device)
{
  return g_strdup_printf ("s.court-%d", n_device % N_SCHEMES);
}

/* Words, which is what a body is made of. */
static void
write_events (Storm *self, TestDevice *device, const char *feed)
{
  GRand *rand = self->world->rand;

  for (int i = 0; i < self->n_events; i++)
    {
      g_autoptr (GString) text = g_string_new ("{\"type\":\"case.noted\",\"text\":\"");
      g_autoptr (GBytes) body = NULL;
      guint8 salt[AMENDS_SALT_BYTES];
      AmendsId id;

      while (text->len < TEXT_BYTES)
        g_string_append_printf (text, "%x ", g_rand_int (rand) & 0xffff);
      g_string_append (text, "\"}");
      body = g_bytes_new (text->str, text->len);
      amends_environment_random (&self->world->environment, salt, sizeof salt);
      amends_id_init (&id, device->code, device->own->len + 1);
      g_ptr_array_add (device->own, amends_event_new (&id, feed, &id, NULL, 0, salt, body, NULL));
    }
}

/* One more message of the device, signed. */
static void
add_message (Storm *self, int n_device)
{
  TestDevice *device = self->devices->pdata[n_device];
  guint64 first = device->own->len + 1;
  g_autofree char *feed = make_feed (n_device);
  g_autoptr (AmendsRequestHead) head = NULL;
  g_autoptr (GBytes) frame = NULL;
  GByteArray *message;
  Signed sealed;

  write_events (self, device, feed);
  frame = test_device_make_frame (device, first, device->own->len);
  head = test_device_make_head (device);
  head->hold = TRUE;
  message = test_make_message (head, &frame, 1);
  sealed.number = ++device->request;
  amends_request_body_hash (message->data, message->len, &sealed.hash);
  amends_request_sign (amends_server_get_organisation (self->world->server), "/v1/exchange",
                       device->code, sealed.number, &sealed.hash, device->secret, sealed.signature);
  g_ptr_array_add (self->messages, message);
  g_array_append_val (self->signatures, sealed);
}

static void
prepare (Storm *self)
{
  self->world = test_world_new ();
  self->devices = g_ptr_array_new ();
  self->messages = g_ptr_array_new ();
  self->signatures = g_array_new (FALSE, FALSE, sizeof (Signed));
  for (int i = 0; i < N_SCHEMES; i++)
    {
      g_autofree char *feed = make_feed (i);

      g_assert_true (
          amends_server_add_scheme (self->world->server, feed + strlen ("s."), feed, NULL));
    }
  for (int i = 0; i < self->n_devices; i++)
    {
      g_autofree char *feed = make_feed (i);

      g_ptr_array_add (self->devices, test_device_new (self->world, "staff", feed));
      for (int k = 0; k < self->n_frames; k++)
        add_message (self, i);
    }
}

/* Devices by turns, as they come at the end of a day. @n_process takes its part of them. */
typedef void (*ExchangeFunc) (Storm *self, gpointer data, int device, int message);

static void
take_part (Storm *self, int n_process, ExchangeFunc exchange, gpointer data)
{
  for (int k = 0; k < self->n_frames; k++)
    for (int i = n_process; i < self->n_devices; i += self->n_processes)
      exchange (self, data, i, i * self->n_frames + k);
}

/* The server. */

static void
exchange_with_server (Storm *self, gpointer data, int device, int message)
{
  const GByteArray *bytes = self->messages->pdata[message];
  const Signed *sealed = &g_array_index (self->signatures, Signed, message);
  g_autoptr (AmendsExchange) exchange = NULL;
  g_autoptr (GError) error = NULL;
  guint8 buffer[4096];
  guint64 last;

  exchange = amends_exchange_new (data, ((TestDevice *) self->devices->pdata[device])->code,
                                  sealed->number, &sealed->hash, sealed->signature, &last, &error);
  if (exchange == NULL || !amends_exchange_feed (exchange, bytes->data, bytes->len, &error)
      || !amends_exchange_finish (exchange, &error))
    g_error ("%s", error->message);
  while (amends_exchange_read (exchange, buffer, sizeof buffer, &error) > 0)
    ;
  g_assert_no_error (error);
}

static void
run_server (Storm *self, int n_process)
{
  g_autoptr (GError) error = NULL;
  AmendsServer *server =
      amends_server_open (self->world->folder, &self->world->environment, &error);

  g_assert_no_error (error);
  take_part (self, n_process, exchange_with_server, server);
  amends_server_close (server);
}

/* The floor. */

static const void *
get_body (Storm *self, int device, int message, int i, int *ret_n_bytes)
{
  const TestDevice *from = self->devices->pdata[device];
  int nth = (message % self->n_frames) * self->n_events + i;
  const AmendsEvent *event = from->own->pdata[nth];
  gsize n_bytes;
  const void *bytes = g_bytes_get_data (event->body, &n_bytes);

  *ret_n_bytes = (int) n_bytes;
  return bytes;
}

typedef struct
{
  sqlite3 *handle;
  sqlite3_stmt *insert;
} Table;

static void
insert_into_file (Storm *self, gpointer data, int device, int message)
{
  Table *table = data;

  g_assert_cmpint (sqlite3_exec (table->handle, "BEGIN IMMEDIATE", NULL, NULL, NULL), ==, 0);
  for (int i = 0; i < self->n_events; i++)
    {
      int n_bytes;
      const void *bytes = get_body (self, device, message, i, &n_bytes);

      sqlite3_bind_int (table->insert, 1, device);
      sqlite3_bind_int (table->insert, 2, (message % self->n_frames) * self->n_events + i);
      sqlite3_bind_blob (table->insert, 3, bytes, n_bytes, SQLITE_STATIC);
      g_assert_cmpint (sqlite3_step (table->insert), ==, SQLITE_DONE);
      sqlite3_reset (table->insert);
    }
  g_assert_cmpint (sqlite3_exec (table->handle, "COMMIT", NULL, NULL, NULL), ==, 0);
}

static void
run_file (Storm *self, int n_process)
{
  static const char sql[] = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
                            "CREATE TABLE event (event INTEGER PRIMARY KEY, device INTEGER,"
                            " number INTEGER, body BLOB, UNIQUE (device, number))";
  g_autofree char *path = g_build_filename (self->world->folder, "floor.db", NULL);
  Table table;

  g_assert_cmpint (sqlite3_open (path, &table.handle), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (table.handle, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_prepare_v2 (table.handle, "INSERT INTO event (device, number, body) VALUES (?1, ?2, ?3)",
                      -1, &table.insert, NULL);
  take_part (self, n_process, insert_into_file, &table);
  sqlite3_finalize (table.insert);
  sqlite3_close (table.handle);
}

#ifdef AMENDS_HAVE_POSTGRESQL

static void
send_row (Storm *self, PGconn *connection, int device, int message, int i)
{
  gint32 numbers[] = { GINT32_TO_BE (device),
                       GINT32_TO_BE ((message % self->n_frames) * self->n_events + i) };
  int lengths[] = { sizeof numbers[0], sizeof numbers[1], 0 };
  static const int formats[] = { 1, 1, 1 };
  const char *values[] = { (const char *) &numbers[0], (const char *) &numbers[1], NULL };

  values[2] = get_body (self, device, message, i, &lengths[2]);
  g_assert_cmpint (PQsendQueryPrepared (connection, "insert", 3, values, lengths, formats, 1), ==,
                   1);
}

/* As the server does: everything of a frame is sent, and then waited for. */
static void
insert_into_database (Storm *self, gpointer data, int device, int message)
{
  PGconn *connection = data;
  ExecStatusType status = PGRES_EMPTY_QUERY;

  PQsendQueryPrepared (connection, "begin", 0, NULL, NULL, NULL, 1);
  for (int i = 0; i < self->n_events; i++)
    send_row (self, connection, device, message, i);
  PQsendQueryPrepared (connection, "commit", 0, NULL, NULL, NULL, 1);
  PQpipelineSync (connection);
  while (status != PGRES_PIPELINE_SYNC)
    {
      PGresult *result = PQgetResult (connection);

      status = result != NULL ? PQresultStatus (result) : PGRES_EMPTY_QUERY;
      g_assert_cmpint (status, !=, PGRES_FATAL_ERROR);
      PQclear (result);
    }
}

static void
run_database (Storm *self, int n_process)
{
  PGconn *connection = PQconnectdb (self->world->database);

  PQclear (PQprepare (connection, "begin", "BEGIN", 0, NULL));
  PQclear (PQprepare (connection, "commit", "COMMIT", 0, NULL));
  PQclear (PQprepare (connection, "insert",
                      "INSERT INTO floor.event (device, number, body) VALUES ($1, $2, $3)", 0,
                      NULL));
  g_assert_true (PQenterPipelineMode (connection));
  take_part (self, n_process, insert_into_database, connection);
  PQfinish (connection);
}

static void
make_floor (Storm *self)
{
  test_database_exec (self->world->database,
                      "CREATE SCHEMA floor; CREATE TABLE floor.event (event bigserial PRIMARY KEY,"
                      " device integer, number integer, body bytea, UNIQUE (device, number));"
                      " GRANT ALL ON SCHEMA floor TO amends; GRANT ALL ON floor.event,"
                      " floor.event_event_seq TO amends");
}

#else

static void
run_database (Storm *self, int n_process)
{
}

static void
make_floor (Storm *self)
{
}

#endif

/* Measuring. */

static void
start (Storm *self, int n_process, int go, void (*run) (Storm *self, int n_process))
{
  char byte;

  if (fork () != 0)
    return;
  if (read (go, &byte, 1) < 0) /* all begin together */
    _exit (1);
  run (self, n_process);
  _exit (0);
}

static double
seconds_of (const struct timeval *time)
{
  return (double) time->tv_sec + (double) time->tv_usec / G_USEC_PER_SEC;
}

/* Returns: events an hour */
static double
measure (Storm *self, const char *peer, void (*run) (Storm *self, int n_process))
{
  double n_events = (double) self->n_devices * self->n_frames * self->n_events;
  struct rusage before, after;
  double cpu_s, wall_s;
  int go[2];
  gint64 began_us;

  g_assert_cmpint (pipe (go), ==, 0);
  getrusage (RUSAGE_CHILDREN, &before);
  for (int i = 0; i < self->n_processes; i++)
    start (self, i, go[0], run);
  began_us = g_get_monotonic_time ();
  for (int i = 0; i < self->n_processes; i++)
    g_assert_cmpint (write (go[1], "!", 1), ==, 1);
  for (int i = 0; i < self->n_processes; i++)
    {
      int status = 1;

      wait (&status);
      if (status != 0)
        exit (1);
    }
  wall_s = (double) (g_get_monotonic_time () - began_us) / G_USEC_PER_SEC;
  getrusage (RUSAGE_CHILDREN, &after);
  close (go[0]);
  close (go[1]);
  cpu_s = seconds_of (&after.ru_utime) + seconds_of (&after.ru_stime)
          - seconds_of (&before.ru_utime) - seconds_of (&before.ru_stime);
  printf ("{\"peer\":\"%s\",\"store\":\"%s\",\"processes\":%d,\"events\":%.0f,\"frame\":%d,"
          "\"wall_s\":%.3f,\"cpu_us_an_event\":%.1f,\"events_an_hour\":%.0f}\n",
          peer, self->world->database != NULL ? "postgresql" : "sqlite", self->n_processes,
          n_events, self->n_events, wall_s, cpu_s * G_USEC_PER_SEC / n_events,
          n_events / wall_s * 3600);
  fflush (stdout);
  return n_events / wall_s * 3600;
}

/* A fast server that loses events is no server. */
static void
check (Storm *self)
{
  g_autoptr (GError) error = NULL;
  json_t *found;
  json_int_t n_wanted = (json_int_t) self->n_devices * self->n_frames * self->n_events;

  test_world_reopen (self->world);
  found = amends_server_verify (self->world->server, &error);
  g_assert_no_error (error);
  g_assert_true (json_is_true (json_object_get (found, "ok")));
  g_assert_cmpint (json_integer_value (json_object_get (found, "events")), >=, n_wanted);
  json_decref (found);
}

int
main (int argc, char *argv[])
{
  Storm storm = { 1, 100, 10, 20 };
  double floor, server;

  if (argc > 1)
    storm.n_processes = CLAMP (atoi (argv[1]), 1, MAX_PROCESSES);
  if (argc > 2)
    storm.n_devices = atoi (argv[2]);
  if (argc > 3)
    storm.n_frames = atoi (argv[3]);
  if (argc > 4)
    storm.n_events = atoi (argv[4]);
  if (sodium_init () < 0)
    return 1;
  prepare (&storm);
  if (storm.world->database != NULL)
    make_floor (&storm);
  else
    storm.n_processes = 1;
  g_clear_pointer (&storm.world->server, amends_server_close);

  floor = measure (&storm, "floor", storm.world->database != NULL ? run_database : run_file);
  server = measure (&storm, "amends", run_server);
  printf ("{\"ratio\":%.2f}\n", floor / server);
  check (&storm);
  test_world_free (storm.world);
  return 0;
}
