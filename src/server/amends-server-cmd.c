/* amends-server-cmd.c: what amends-server can be told to do
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "server/amends-server-cmd.h"

#include <glib/gi18n.h>

#include "core/amends-error.h"
#include "server/amends-server-commands.h"
#include "server/amends-server-print.h"
#include "store/amends-db.h"

/* The folder holds the store; or, beside a database, the keys that are not in it. */
AmendsEnvironment
amends_server_cmd_get_environment (const AmendsServerOptions *options)
{
  AmendsEnvironment environment = *amends_environment_get_system ();

  environment.database = options->store;
  return environment;
}

/* Standard error for the sentence; with --json, standard output for a script. @answer is taken. */
static int
finish (const AmendsServerCmd *self, const AmendsServerOptions *options, json_t *answer)
{
  const json_t *error = json_object_get (answer, "error");
  const json_t *result = json_object_get (answer, "result");
  int code = (int) json_integer_value (json_object_get (answer, "exit"));

  if (error != NULL)
    {
      g_printerr ("amends-server: %s\n", json_string_value (json_object_get (error, "message")));
      json_object_del (answer, "exit");
      result = answer;
    }
  if (options->json)
    {
      g_autoptr (GBytes) bytes = amends_json_dump (result);

      g_print ("%.*s\n", (int) g_bytes_get_size (bytes),
               (const char *) g_bytes_get_data (bytes, NULL));
    }
  else if (error == NULL && self != NULL)
    self->print (result);
  json_decref (answer);
  return code;
}

/* Returns: what the program exits with, for @error */
int
amends_server_cmd_fail (const AmendsServerOptions *options, const GError *error)
{
  return finish (NULL, options, amends_server_answer_error (error));
}

/**
 * amends_server_cmd_fail_usage:
 * @field: (nullable): the option or argument that is wrong
 * @message: a sentence
 *
 * Returns: what the program exits with where it is used wrongly
 */
int
amends_server_cmd_fail_usage (const AmendsServerOptions *options,
                              const char *field,
                              const char *message)
{
  g_autoptr (GError) error = NULL;

  amends_set_error (&error, AMENDS_CORE_ERROR_INVALID, field, NULL, "%s", message);
  return amends_server_cmd_fail (options, error);
}

/* Asks the server that runs on the folder; where none does, opens the store itself. A database may be
 * opened by many. */
static json_t *
run_here_or_there (const AmendsServerOptions *options, const json_t *command)
{
  const AmendsEnvironment environment = amends_server_cmd_get_environment (options);
  g_autoptr (AmendsServer) server = NULL;
  g_autoptr (GError) error = NULL;
  gboolean is_served = FALSE;
  json_t *answer = NULL;

  if (options->store == NULL)
    answer = amends_server_ask (options->data, command, &is_served);
  if (is_served)
    return answer;
  server = amends_server_open (options->data, &environment, &error);
  return server != NULL ? amends_server_run_command (server, command)
                        : amends_server_answer_error (error);
}

/* Asks for the command with its @arguments, and with pairs of a key and a text, whose texts go before
 * arguments of the same key; %NULL ends them. Returns: (transfer full): the answer */
static json_t *
ask_with (const AmendsServerCmd *self,
          const AmendsServerOptions *options,
          const char *const *arguments,
          va_list pairs)
{
  g_autofree char *words = g_strjoinv (" ", (char **) self->words);
  json_t *command = json_pack ("{s:s}", "command", self->ask != NULL ? self->ask : words);
  json_t *answer;

  for (guint i = 0; self->takes[i] != NULL; i++)
    json_object_set_new (command, self->takes[i], json_string (arguments[i]));
  /* The caller has begun them. NOLINTNEXTLINE(clang-analyzer-valist.Uninitialized) */
  for (const char *key; (key = va_arg (pairs, const char *)) != NULL;)
    json_object_set_new (command, key, json_string (va_arg (pairs, const char *)));
  answer = run_here_or_there (options, command);
  json_decref (command);
  return answer;
}

G_GNUC_NULL_TERMINATED static json_t *
ask (const AmendsServerCmd *self,
     const AmendsServerOptions *options,
     const char *const *arguments,
     ...)
{
  json_t *answer;
  va_list pairs;

  va_start (pairs, arguments);
  answer = ask_with (self, options, arguments, pairs);
  va_end (pairs);
  return answer;
}

/**
 * amends_server_cmd_run:
 * @arguments: as many as the command takes
 *
 * Returns: what the program exits with
 */
int
amends_server_cmd_run (const AmendsServerCmd *self,
                       const AmendsServerOptions *options,
                       const char *const *arguments)
{
  if (self->run != NULL)
    return self->run (self, options, arguments);
  return finish (self, options, ask (self, options, arguments, NULL));
}

static int
run_init (const AmendsServerCmd *self,
          const AmendsServerOptions *options,
          const char *const *arguments)
{
  static const char *const hosts_default[] = { "localhost", "127.0.0.1", NULL };
  const char *const *hosts =
      options->hosts != NULL ? (const char *const *) options->hosts : hosts_default;
  const AmendsEnvironment environment = amends_server_cmd_get_environment (options);
  g_autoptr (GError) error = NULL;
  g_autoptr (AmendsServer) server = NULL;
  g_autofree char *recovery = g_build_filename (options->data, "recovery.key", NULL);
  g_autofree char *key = NULL;

  if (options->organisation == NULL)
    return amends_server_cmd_fail_usage (options, "organisation",
                                         _ ("init needs --organisation NAME"));
  if (!amends_server_create (options->data, options->organisation, hosts, &environment, &error)
      || !(server = amends_server_open (options->data, &environment, &error)))
    return amends_server_cmd_fail (options, error);
  if (options->store != NULL)
    key = g_build_filename (options->data, "server.key", NULL);
  return finish (self, options,
                 json_pack ("{s:{s:{s:s, s:s}, s:s, s:s, s:s?}}", "result", "organisation", "id",
                            amends_server_get_organisation (server), "name", options->organisation,
                            "folder", options->data, "recovery_key", recovery, "server_key", key));
}

static int
run_scheme_add (const AmendsServerCmd *self,
                const AmendsServerOptions *options,
                const char *const *arguments)
{
  if (options->name == NULL)
    return amends_server_cmd_fail_usage (options, "name", _ ("scheme add needs --name NAME"));
  return finish (self, options, ask (self, options, arguments, "name", options->name, NULL));
}

static int
run_invite (const AmendsServerCmd *self,
            const AmendsServerOptions *options,
            const char *const *arguments)
{
  if (options->feeds == NULL || options->kind == NULL)
    return amends_server_cmd_fail_usage (
        options, options->feeds == NULL ? "feeds" : "kind",
        _ ("invite needs --feeds FEED,… and --kind staff, kiosk or admin"));
  return finish (self, options,
                 ask (self, options, arguments, "feeds", options->feeds, "kind", options->kind,
                      NULL));
}

static int
run_erase (const AmendsServerCmd *self,
           const AmendsServerOptions *options,
           const char *const *arguments)
{
  if (options->reason == NULL)
    return amends_server_cmd_fail_usage (
        options, "reason", _ ("Say why with --reason: every device gets it, so name nobody"));
  return finish (self, options, ask (self, options, arguments, "reason", options->reason, NULL));
}

static int
run_verify (const AmendsServerCmd *self,
            const AmendsServerOptions *options,
            const char *const *arguments)
{
  json_t *answer = ask (self, options, arguments, NULL);
  gboolean is_damaged = json_is_false (json_object_get (json_object_get (answer, "result"), "ok"));
  int code = finish (self, options, answer);

  return is_damaged ? AMENDS_SERVER_EXIT_DAMAGED : code;
}

/* The server that runs may stand in another folder. */
static int
run_with_file (const AmendsServerCmd *self,
               const AmendsServerOptions *options,
               const char *const *arguments)
{
  g_autofree char *file = g_canonicalize_filename (arguments[0], NULL);
  g_autofree char *reply =
      options->reply != NULL ? g_canonicalize_filename (options->reply, NULL) : NULL;

  if (reply == NULL)
    return finish (self, options, ask (self, options, arguments, "file", file, NULL));
  return finish (self, options, ask (self, options, arguments, "file", file, "reply", reply, NULL));
}

static int
run_restore (const AmendsServerCmd *self,
             const AmendsServerOptions *options,
             const char *const *arguments)
{
  const AmendsEnvironment environment = amends_server_cmd_get_environment (options);
  g_autoptr (GError) error = NULL;
  json_t *result;

  if (g_mkdir_with_parents (options->data, 0700) != 0)
    return amends_server_cmd_fail_usage (options, "data", _ ("The folder cannot be made"));
  result = amends_server_restore (options->data, arguments[0], &environment, &error);
  if (result == NULL)
    return amends_server_cmd_fail (options, error);
  return finish (self, options, json_pack ("{s:o}", "result", result));
}

#define FEEDS_HELP                                                                                \
  N_ ("A feed is what a device may have:\n"                                                       \
      "  org      what the landlord publishes: all read it, and devices of the kind admin write " \
      "it\n"                                                                                      \
      "  s.CODE   the cases of the scheme CODE: a kiosk writes them, the others read them as "    \
      "well,\n"                                                                                   \
      "           and write r.CODE and c.CODE without reading them\n"                             \
      "  r.CODE   the safety of its people, for those who are named for it\n"                     \
      "  c.CODE   the conduct of its staff, for line managers; not for a device of the scheme\n"  \
      "Every device has ctl, the server's own list of devices and schemes, and all but kiosks "   \
      "have\n"                                                                                    \
      "staff, the names of those who record.")

static const AmendsServerCmd commands[] = {
  { .words = { "init" },
    .call = N_ ("--organisation NAME [--host NAME|IP]…"),
    .summary = N_ ("Make the server's store and keys"),
    .more = N_ (
        "The hosts are the names in the certificate, by which devices reach the server: localhost "
        "and\n"
        "127.0.0.1, if none is given. The recovery key belongs off this machine."),
    .print = amends_server_print_init,
    .run = run_init },
  { .words = { "scheme", "add" },
    .takes = { "code" },
    .call = N_ ("CODE --name NAME"),
    .summary = N_ ("Add a scheme: its cases are the feed s.CODE"),
    .more = N_ ("CODE is small letters, digits and dashes, such as oak."),
    .print = amends_server_print_scheme,
    .run = run_scheme_add },
  { .words = { "scheme", "list" },
    .call = "",
    .summary = N_ ("List the schemes"),
    .print = amends_server_print_schemes },
  { .words = { "serve" },
    .call = N_ ("--listen HOST:PORT [--attachments GB] [--attachments-per-device GB]"),
    .summary = N_ ("Take connections until it is told to end"),
    .more = N_ (
        "It says “listening https://HOST:PORT” once it is ready, and ends cleanly on SIGTERM. The "
        "port 0\n"
        "is any that is free. Attachments take 500 GB at the most and 20 GB a device, unless said\n"
        "otherwise; 1 GB stays free for cases. A device that finds no room keeps what it has and\n"
        "asks again."),
    .run = amends_server_cmd_serve },
  { .words = { "invite" },
    .call = N_ ("--feeds FEED,… --kind staff|kiosk|admin"),
    .summary = N_ ("Print a code with which one device can enrol"),
    .more = FEEDS_HELP,
    .print = amends_server_print_invite,
    .run = run_invite },
  { .words = { "device", "list" },
    .call = "",
    .summary = N_ ("List the devices"),
    .print = amends_server_print_devices },
  { .words = { "device", "revoke" },
    .takes = { "code" },
    .call = N_ ("CODE"),
    .summary = N_ ("Send a device nothing more, and hold back what it hands in"),
    .print = amends_server_print_revoked },
  { .words = { "device", "grant" },
    .takes = { "code", "feed" },
    .call = N_ ("CODE FEED"),
    .summary = N_ ("Let a device have a feed"),
    .more = FEEDS_HELP,
    .ask = "grant",
    .print = amends_server_print_grant },
  { .words = { "device", "ungrant" },
    .takes = { "code", "feed" },
    .call = N_ ("CODE FEED"),
    .summary = N_ ("Let a device have a feed no longer"),
    .more = FEEDS_HELP,
    .ask = "ungrant",
    .print = amends_server_print_grant },
  { .words = { "revoke" },
    .takes = { "code" },
    .call = N_ ("CODE"),
    .summary = N_ ("As “device revoke”"),
    .ask = "device revoke",
    .print = amends_server_print_revoked },
  { .words = { "grant" },
    .takes = { "code", "feed" },
    .call = N_ ("CODE FEED"),
    .summary = N_ ("As “device grant”"),
    .more = FEEDS_HELP,
    .print = amends_server_print_grant },
  { .words = { "ungrant" },
    .takes = { "code", "feed" },
    .call = N_ ("CODE FEED"),
    .summary = N_ ("As “device ungrant”"),
    .more = FEEDS_HELP,
    .print = amends_server_print_grant },
  { .words = { "leaving" },
    .call = "",
    .summary =
        N_ ("List the feeds that were taken from devices, and which of them still hold them"),
    .more = N_ (
        "A device deletes what it was taken once its own work is handed in and a backup has all "
        "that it holds; then it says so."),
    .print = amends_server_print_leaving },
  { .words = { "erase" },
    .takes = { "events" },
    .call = N_ ("ID[,ID…] --reason WHY"),
    .summary = N_ ("Erase what was recorded, here and on every device"),
    .more = N_ (
        "It cannot be brought back. Mostly two members of staff do it, each on a device of their "
        "own, and no administrator is needed; the reason goes to every device, so name nobody."),
    .print = amends_server_print_erase,
    .run = run_erase },
  { .words = { "erasures" },
    .call = "",
    .summary = N_ ("List what was erased, and which devices have not yet done so"),
    .print = amends_server_print_erasures },
  { .words = { "quarantine", "list" },
    .call = "",
    .summary = N_ ("List what is held back"),
    .print = amends_server_print_quarantine },
  { .words = { "quarantine", "release" },
    .takes = { "what" },
    .call = N_ ("DEVICE|ID"),
    .summary = N_ ("Pass on what was held back of a device, or one event"),
    .print = amends_server_print_release },
  { .words = { "verify" },
    .call = "",
    .summary = N_ ("Check that every event is as it was written"),
    .more = N_ ("The exit status is 4 if one is not."),
    .print = amends_server_print_verify,
    .run = run_verify },
  { .words = { "backup" },
    .takes = { "file" },
    .call = N_ ("FILE"),
    .summary = N_ ("Copy the store, while it serves or not"),
    .more = N_ ("FILE must not be there yet. It holds the server's keys: keep it like a key."),
    .print = amends_server_print_backup,
    .run = run_with_file },
  { .words = { "bundle", "import" },
    .takes = { "file" },
    .call = N_ ("FILE [--reply FILE]"),
    .summary = N_ ("Take what a device wrote to be carried here by hand"),
    .more = N_ (
        "FILE comes from “amendsctl bundle export” or from Carry by hand in the application. It "
        "may "
        "come\n"
        "late, twice, and over the network as well. The reply goes back to the device: it says "
        "what "
        "has\n"
        "arrived, and brings what others recorded. A server that runs reads and writes both files "
        "itself."),
    .print = amends_server_print_bundle,
    .run = run_with_file },
  { .words = { "restore" },
    .takes = { "file" },
    .call = N_ ("FILE"),
    .summary = N_ ("Put a backup in the place of the store"),
    .more =
        N_ ("The server must not serve meanwhile. The store that was there is kept under another "
            "name."),
    .print = amends_server_print_restore,
    .run = run_restore },
};

/* (transfer none): in the order of the help. */
const AmendsServerCmd *
amends_server_cmd_get_all (guint *ret_n)
{
  *ret_n = G_N_ELEMENTS (commands);
  return commands;
}
