/* main.c: amends-server, the program
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib-unix.h>
#include <glib/gi18n.h>
#include <locale.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include "core/amends-error.h"
#include "server/amends-server-commands.h"
#include "server/amends-server-http.h"
#include "store/amends-db.h"

#define EXIT_USAGE 2
#define EXIT_NETWORK 3
#define EXIT_DAMAGED 4

#define MAX_GB 1e6

typedef struct
{
  char *data;
  char *store;
  char *organisation;
  char **hosts;
  char *name;
  char *listen;
  char *kind;
  char *feeds;
  char *reply;
  char *reason;
  double gb_per_device;
  double gb_of_all;
  gboolean json;
  gboolean help;
  gboolean version;
  const char *const *arguments; /* after the command's words */
} Options;

/* The folder holds the store; or, beside a database, the keys that are not in it. */
static AmendsEnvironment
get_environment (const Options *options)
{
  AmendsEnvironment environment = *amends_environment_get_system ();

  environment.database = options->store;
  return environment;
}

/* Prints what a command found, for a person. */
typedef void (*PrintFunc) (const json_t *result);

static void
print_nothing (const json_t *result)
{
}

/* Standard error for the sentence; with --json, standard output for a script. */
static int
finish (const Options *options, json_t *answer, PrintFunc print)
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
  else if (error == NULL)
    print (result);
  json_decref (answer);
  return code;
}

static int
fail (const Options *options, const GError *error)
{
  return finish (options, amends_server_answer_error (error), print_nothing);
}

static int
fail_usage (const Options *options, const char *field, const char *message)
{
  g_autoptr (GError) error = NULL;

  amends_set_error (&error, AMENDS_CORE_ERROR_INVALID, field, NULL, "%s", message);
  return fail (options, error);
}

static const char *
text_of (const json_t *object, const char *key)
{
  const char *text = json_string_value (json_object_get (object, key));

  return text != NULL ? text : "";
}

static void
print_init (const json_t *result)
{
  g_print (_ ("The server is ready in %s.\n"), text_of (result, "folder"));
  g_print (
      _ ("Its recovery key is in %s: take it off this machine and keep it safe. Whoever has it "
         "can open the records of a device whose passphrases are lost.\n"),
      text_of (result, "recovery_key"));
  if (json_is_string (json_object_get (result, "server_key")))
    g_print (_ ("The keys in the database open only with %s. Every process that is to serve needs "
                "a copy; keep one where no backup of the database is.\n"),
             text_of (result, "server_key"));
}

static void
print_invite (const json_t *result)
{
  g_print (_ ("One device may enrol with this code in the next %d minutes:\n"),
           (int) json_integer_value (json_object_get (result, "minutes")));
  g_print ("%s\n", text_of (result, "code"));
}

static void
print_scheme (const json_t *result)
{
  const char *code = text_of (result, "code");

  g_print (_ ("There is the scheme %s, %s, now. A device has its cases with the feed s.%s.\n"),
           code, text_of (result, "name"), code);
}

static void
print_schemes (const json_t *result)
{
  gsize i;
  json_t *scheme;

  json_array_foreach ((json_t *) result, i, scheme)
    g_print ("%s\t%s\n", text_of (scheme, "code"), text_of (scheme, "name"));
}

static void
print_devices (const json_t *result)
{
  gsize i;
  json_t *device;

  json_array_foreach ((json_t *) result, i, device)
    g_print ("%s\t%s\t%s\t%s\n", text_of (device, "code"), text_of (device, "kind"),
             json_is_true (json_object_get (device, "revoked")) ? C_ ("device", "revoked") : "",
             text_of (device, "name"));
}

static void
print_revoked (const json_t *result)
{
  g_print (_ ("%s is revoked: it is sent nothing more, and what it hands in is held back.\n"),
           text_of (result, "code"));
}

static void
print_grant (const json_t *result)
{
  if (json_is_true (json_object_get (result, "granted")))
    g_print (_ ("%s may have %s from when it next connects.\n"), text_of (result, "code"),
             text_of (result, "feed"));
  else
    g_print (_ ("%s may have %s no longer.\n"), text_of (result, "code"), text_of (result, "feed"));
}

static void
print_leaving (const json_t *result)
{
  gsize i;
  json_t *one;

  if (json_array_size (result) == 0)
    g_print (_ ("No feed was taken from any device.\n"));
  json_array_foreach ((json_t *) result, i, one)
    {
      const char *device = text_of (one, "device"), *name = text_of (one, "name");
      const char *feed = text_of (one, "feed"), *gone_at = text_of (one, "gone_at");
      const char *seen_at = text_of (one, "seen_at");

      if (json_is_string (json_object_get (one, "gone_at")))
        g_print (_ ("%s has left %s (%s) since %s.\n"), feed, device, name, gone_at);
      else if (json_is_string (json_object_get (one, "seen_at")))
        g_print (_ ("%s (%s) still holds %s: it last handed something in at %s.\n"), device, name,
                 feed, seen_at);
      else
        g_print (_ ("%s (%s) may still hold %s: it has handed nothing in yet.\n"), device, name,
                 feed);
    }
}

static void
print_erase (const json_t *result)
{
  int n_erased = (int) json_integer_value (json_object_get (result, "erased"));

  if (n_erased == 0)
    g_print (_ ("All of that was erased before.\n"));
  else
    g_print (ngettext ("%d record is erased here. Devices erase it when they next connect: see"
                       " “amends-server erasures”.\n",
                       "%d records are erased here. Devices erase them when they next connect: see"
                       " “amends-server erasures”.\n",
                       n_erased),
             n_erased);
}

static void
print_erasures (const json_t *result)
{
  gsize i, w;
  json_t *one, *device;

  if (json_array_size (result) == 0)
    g_print (_ ("Nothing was erased.\n"));
  json_array_foreach ((json_t *) result, i, one)
    {
      const json_t *waiting = json_object_get (one, "waiting");
      const char *what =
          text_of (one, json_is_string (json_object_get (one, "stream")) ? "stream" : "reason");

      g_print (_ ("%s: %d records (%s), erased on %d of %d devices.\n"), text_of (one, "at"),
               (int) json_array_size (json_object_get (one, "events")), what,
               (int) json_integer_value (json_object_get (one, "erased_on")),
               (int) json_integer_value (json_object_get (one, "devices")));
      json_array_foreach ((json_t *) waiting, w, device)
        {
          const char *code = text_of (device, "code"), *name = text_of (device, "name");

          if (json_is_true (json_object_get (device, "revoked")))
            g_print (_ ("    %s (%s) may still hold them: it was revoked.\n"), code, name);
          else if (json_is_string (json_object_get (device, "seen_at")))
            g_print (_ ("    %s (%s) may still hold them: it was last in touch at %s.\n"), code,
                     name, text_of (device, "seen_at"));
          else
            g_print (_ ("    %s (%s) has not been in touch yet.\n"), code, name);
        }
    }
}

static void
print_quarantine (const json_t *result)
{
  gsize i;
  json_t *event;

  json_array_foreach ((json_t *) result, i, event)
    g_print ("%s\t%s\n", text_of (event, "id"), text_of (event, "feed"));
}

static void
print_release (const json_t *result)
{
  json_int_t n_released = json_integer_value (json_object_get (result, "released"));
  json_int_t n_held = json_integer_value (json_object_get (result, "held"));

  g_print (ngettext ("%lld event was released.\n", "%lld events were released.\n",
                     (gulong) n_released),
           (long long) n_released);
  if (n_held > 0)
    g_print (ngettext ("%lld event of the device is still held back.\n",
                       "%lld events of the device are still held back.\n", (gulong) n_held),
             (long long) n_held);
}

static void
print_verify (const json_t *result)
{
  const json_t *bad = json_object_get (result, "first_bad");
  json_int_t n_events = json_integer_value (json_object_get (result, "events"));

  if (json_is_object (bad))
    g_print (
        _ ("Damaged at %s: %s.\n"
           "That is a device, or a feed, and a number of its events; the device 0 is the server "
           "itself. Put back a backup with amends-server restore.\n"),
        text_of (bad, "id"), text_of (bad, "what"));
  else
    g_print (ngettext ("All is as it was written: %lld event.\n",
                       "All is as it was written: %lld events.\n", (gulong) n_events),
             (long long) n_events);
}

static void
print_backup (const json_t *result)
{
  if (json_is_true (json_object_get (result, "sealed")))
    g_print (_ ("The backup is in %s. The server's keys in it open only with server.key.\n"),
             text_of (result, "file"));
  else
    g_print (_ ("The backup is in %s. It holds the server's keys: keep it like a key.\n"),
             text_of (result, "file"));
}

static void
print_restore (const json_t *result)
{
  g_print (_ ("The backup is in place. Devices hand in what it lacks when they next connect.\n"));
  g_print (
      _ ("Devices enrolled after the backup was made have to enrol again; schemes added since have "
         "to be added again, and what was revoked or granted since has to be done again.\n"));
  if (json_is_string (json_object_get (result, "set_aside")))
    g_print (_ ("The store that was there is kept as %s.\n"), text_of (result, "set_aside"));
}

static void
print_refused (const json_t *result)
{
  const char *refused = json_string_value (json_object_get (result, "refused"));

  if (g_strcmp0 (refused, "gap") == 0)
    g_print ("%s\n",
             _ ("Records before these are missing here: this server was restored. Carry the "
                "answer to the device, let it write the file again, and bring that."));
  else if (refused != NULL)
    g_print (_ ("Some of it could not be taken (%s). It stays on the device; carry the answer to "
                "it.\n"),
             refused);
}

static void
print_bundle (const json_t *result)
{
  json_int_t n_new = json_integer_value (json_object_get (result, "new"));
  const char *reply = json_string_value (json_object_get (result, "reply"));

  if (n_new > 0)
    g_print (ngettext ("%lld record of the device %s was taken.\n",
                       "%lld records of the device %s were taken.\n", (gulong) n_new),
             (long long) n_new, text_of (result, "device"));
  else
    g_print (_ ("Nothing in it is new: the server holds all that the device %s had written.\n"),
             text_of (result, "device"));
  print_refused (result);
  if (json_is_true (json_object_get (result, "revoked")))
    g_print (_ ("The device is revoked: what it hands in is held back. See “quarantine list”.\n"));
  if (reply != NULL)
    g_print (_ ("The answer is in %s. Carry it back: until the device has read it, it shows its "
                "records as waiting.\n"),
             reply);
  else
    g_print (_ ("No answer was written. With --reply FILE there is one for the device, with what "
                "others recorded.\n"));
}

/* Commands. */

static int
run_init (const Options *options)
{
  static const char *const hosts_default[] = { "localhost", "127.0.0.1", NULL };
  const char *const *hosts =
      options->hosts != NULL ? (const char *const *) options->hosts : hosts_default;
  const AmendsEnvironment environment = get_environment (options);
  g_autoptr (GError) error = NULL;
  g_autoptr (AmendsServer) server = NULL;
  g_autofree char *recovery = g_build_filename (options->data, "recovery.key", NULL);
  g_autofree char *key = NULL;

  if (options->organisation == NULL)
    return fail_usage (options, "organisation", _ ("init needs --organisation NAME"));
  if (!amends_server_create (options->data, options->organisation, hosts, &environment, &error)
      || !(server = amends_server_open (options->data, &environment, &error)))
    return fail (options, error);
  if (options->store != NULL)
    key = g_build_filename (options->data, "server.key", NULL);
  return finish (options,
                 json_pack ("{s:{s:{s:s, s:s}, s:s, s:s, s:s?}}", "result", "organisation", "id",
                            amends_server_get_organisation (server), "name", options->organisation,
                            "folder", options->data, "recovery_key", recovery, "server_key", key),
                 print_init);
}

/* Asks the server that runs on the folder; where none does, opens the store itself. A database may be
 * opened by many. */
static json_t *
run_here_or_there (const Options *options, const json_t *command)
{
  const AmendsEnvironment environment = get_environment (options);
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

static int
run_command (const Options *options, json_t *command, PrintFunc print)
{
  json_t *answer = run_here_or_there (options, command);

  json_decref (command);
  return finish (options, answer, print);
}

static int
run_scheme_add (const Options *options)
{
  if (options->name == NULL)
    return fail_usage (options, "name", _ ("scheme add needs --name NAME"));
  return run_command (options,
                      json_pack ("{s:s, s:s, s:s}", "command", "scheme add", "code",
                                 options->arguments[0], "name", options->name),
                      print_scheme);
}

static int
run_scheme_list (const Options *options)
{
  return run_command (options, json_pack ("{s:s}", "command", "scheme list"), print_schemes);
}

static int
run_invite (const Options *options)
{
  if (options->feeds == NULL || options->kind == NULL)
    return fail_usage (options, options->feeds == NULL ? "feeds" : "kind",
                       _ ("invite needs --feeds FEED,… and --kind staff, kiosk or admin"));
  return run_command (options,
                      json_pack ("{s:s, s:s, s:s}", "command", "invite", "feeds", options->feeds,
                                 "kind", options->kind),
                      print_invite);
}

static int
run_device_list (const Options *options)
{
  return run_command (options, json_pack ("{s:s}", "command", "device list"), print_devices);
}

static int
run_device_revoke (const Options *options)
{
  return run_command (options,
                      json_pack ("{s:s, s:s}", "command", "device revoke", "code",
                                 options->arguments[0]),
                      print_revoked);
}

static int
run_grant (const Options *options)
{
  return run_command (options,
                      json_pack ("{s:s, s:s, s:s}", "command", "grant", "code",
                                 options->arguments[0], "feed", options->arguments[1]),
                      print_grant);
}

static int
run_ungrant (const Options *options)
{
  return run_command (options,
                      json_pack ("{s:s, s:s, s:s}", "command", "ungrant", "code",
                                 options->arguments[0], "feed", options->arguments[1]),
                      print_grant);
}

static int
run_leaving (const Options *options)
{
  return run_command (options, json_pack ("{s:s}", "command", "leaving"), print_leaving);
}

static int
run_erase (const Options *options)
{
  if (options->reason == NULL)
    return fail_usage (options, "reason",
                       _ ("Say why with --reason: every device gets it, so name nobody"));
  return run_command (options,
                      json_pack ("{s:s, s:s, s:s}", "command", "erase", "events",
                                 options->arguments[0], "reason", options->reason),
                      print_erase);
}

static int
run_erasures (const Options *options)
{
  return run_command (options, json_pack ("{s:s}", "command", "erasures"), print_erasures);
}

static int
run_quarantine_list (const Options *options)
{
  return run_command (options, json_pack ("{s:s}", "command", "quarantine list"), print_quarantine);
}

static int
run_quarantine_release (const Options *options)
{
  return run_command (options,
                      json_pack ("{s:s, s:s}", "command", "quarantine release", "what",
                                 options->arguments[0]),
                      print_release);
}

static int
run_verify (const Options *options)
{
  json_t *command = json_pack ("{s:s}", "command", "verify");
  json_t *answer = run_here_or_there (options, command);
  gboolean is_damaged = json_is_false (json_object_get (json_object_get (answer, "result"), "ok"));
  int code;

  json_decref (command);
  code = finish (options, answer, print_verify);
  return is_damaged ? EXIT_DAMAGED : code;
}

static int
run_backup (const Options *options)
{
  /* The server that runs may stand in another folder. */
  g_autofree char *path = g_canonicalize_filename (options->arguments[0], NULL);

  return run_command (options, json_pack ("{s:s, s:s}", "command", "backup", "file", path),
                      print_backup);
}

static int
run_bundle_import (const Options *options)
{
  g_autofree char *path = g_canonicalize_filename (options->arguments[0], NULL);
  g_autofree char *reply =
      options->reply != NULL ? g_canonicalize_filename (options->reply, NULL) : NULL;

  return run_command (options,
                      json_pack ("{s:s, s:s, s:s?}", "command", "bundle import", "file", path,
                                 "reply", reply),
                      print_bundle);
}

static int
run_restore (const Options *options)
{
  const AmendsEnvironment environment = get_environment (options);
  g_autoptr (GError) error = NULL;
  json_t *result;

  if (g_mkdir_with_parents (options->data, 0700) != 0)
    return fail_usage (options, "data", _ ("The folder cannot be made"));
  result = amends_server_restore (options->data, options->arguments[0], &environment, &error);
  if (result == NULL)
    return fail (options, error);
  return finish (options, json_pack ("{s:o}", "result", result), print_restore);
}

static gboolean
stop_cb (gpointer user_data)
{
  g_main_loop_quit (user_data);
  return G_SOURCE_CONTINUE;
}

/* "127.0.0.1:8443", "[::1]:8443". A port left out would be another one at each start, and devices know
 * the first. Returns: (transfer full) (nullable): the host */
static char *
get_host (const char *listen)
{
  const char *colon = strrchr (listen, ':');
  guint64 port;

  if (colon == NULL || colon == listen || (strchr (listen, ':') != colon && colon[-1] != ']')
      || !g_ascii_string_to_unsigned (colon + 1, 10, 0, G_MAXUINT16, &port, NULL))
    return NULL;
  return g_strndup (listen, (gsize) (colon - listen));
}

/* Gigabytes as an option says them. */
static gboolean
set_limit (double n_gb, guint64 *limit)
{
  if (!(n_gb < 0 || n_gb > 0)) /* not given */
    return TRUE;
  *limit = n_gb > 0 && n_gb <= MAX_GB ? (guint64) (n_gb * 1e9) : *limit;
  return n_gb > 0 && n_gb <= MAX_GB;
}

static gboolean
set_limits (const Options *options, AmendsServer *server)
{
  AmendsServerLimits limits;

  amends_server_get_limits (server, &limits);
  if (!set_limit (options->gb_per_device, &limits.per_device)
      || !set_limit (options->gb_of_all, &limits.all))
    return FALSE;
  amends_server_set_limits (server, &limits);
  return TRUE;
}

static int
run_serve (const Options *options)
{
  const AmendsEnvironment environment = get_environment (options);
  AmendsHttpOptions http_options = AMENDS_HTTP_OPTIONS_INIT;
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (AmendsServer) server = NULL;
  g_autoptr (AmendsHttp) http = NULL;
  g_autoptr (AmendsAdmin) admin = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *host = NULL;

  if (options->listen == NULL)
    return fail_usage (options, "listen", _ ("serve needs --listen HOST:PORT"));
  host = get_host (options->listen);
  if (host == NULL)
    return fail_usage (options, "listen",
                       _ ("--listen is HOST:PORT, such as 127.0.0.1:8443; with the port 0 the "
                          "system chooses one"));
  http_options.listen = options->listen;
  g_unix_signal_add (SIGTERM, stop_cb, loop);
  g_unix_signal_add (SIGINT, stop_cb, loop);
  server = amends_server_open (options->data, &environment, &error);
  if (server != NULL && !set_limits (options, server))
    return fail_usage (options, "attachments",
                       _ ("Give the room for attachments in GB, from 0.001"));
  if (server == NULL || (options->store == NULL && !(admin = amends_admin_new (server, &error)))
      || !(http = amends_http_new (server, &http_options, &error)))
    return fail (options, error);

  g_print ("listening https://%s:%u\n", host, amends_http_get_port (http));
  fflush (stdout);
  g_main_loop_run (loop);

  /* No more commands, then no more requests; the store closes last. */
  g_clear_pointer (&admin, amends_admin_free);
  return 0;
}

#define FEEDS_HELP                                                                                \
  N_ ("A feed is what a device may have:\n"                                                       \
      "  org      what the landlord publishes: all read it, and devices of the kind admin write " \
      "it\n"                                                                                      \
      "  s.CODE   the cases of the scheme CODE: a kiosk writes them, the others read them as "    \
      "well\n"                                                                                    \
      "Every device has ctl, the server's own list of devices and schemes, and all but kiosks "   \
      "have\n"                                                                                    \
      "staff, the names of those who record.")

/* @arguments: what follows; an option that is not in it is none of the command's
 * @more: (nullable): what else there is to know */
typedef struct
{
  const char *words[2];
  guint n_arguments;
  int (*run) (const Options *options);
  const char *arguments;
  const char *summary;
  const char *more;
} Command;

static const Command commands[] = {
  { { "init", NULL },
    0,
    run_init,
    N_ ("--organisation NAME [--host NAME|IP]…"),
    N_ ("Make the server's store and keys"),
    N_ ("The hosts are the names in the certificate, by which devices reach the server: localhost "
        "and\n"
        "127.0.0.1, if none is given. The recovery key belongs off this machine.") },
  { { "scheme", "add" },
    1,
    run_scheme_add,
    N_ ("CODE --name NAME"),
    N_ ("Add a scheme: its cases are the feed s.CODE"),
    N_ ("CODE is small letters, digits and dashes, such as oak.") },
  { { "scheme", "list" }, 0, run_scheme_list, "", N_ ("List the schemes"), NULL },
  { { "serve", NULL },
    0,
    run_serve,
    N_ ("--listen HOST:PORT [--attachments GB] [--attachments-per-device GB]"),
    N_ ("Take connections until it is told to end"),
    N_ ("It says “listening https://HOST:PORT” once it is ready, and ends cleanly on SIGTERM. The "
        "port 0\n"
        "is any that is free. Attachments take 500 GB at the most and 20 GB a device, unless said\n"
        "otherwise; 1 GB stays free for cases. A device that finds no room keeps what it has and\n"
        "asks again.") },
  { { "invite", NULL },
    0,
    run_invite,
    N_ ("--feeds FEED,… --kind staff|kiosk|admin"),
    N_ ("Print a code with which one device can enrol"),
    FEEDS_HELP },
  { { "device", "list" }, 0, run_device_list, "", N_ ("List the devices"), NULL },
  { { "device", "revoke" },
    1,
    run_device_revoke,
    N_ ("CODE"),
    N_ ("Send a device nothing more, and hold back what it hands in"),
    NULL },
  { { "device", "grant" },
    2,
    run_grant,
    N_ ("CODE FEED"),
    N_ ("Let a device have a feed"),
    FEEDS_HELP },
  { { "device", "ungrant" },
    2,
    run_ungrant,
    N_ ("CODE FEED"),
    N_ ("Let a device have a feed no longer"),
    FEEDS_HELP },
  { { "revoke", NULL }, 1, run_device_revoke, N_ ("CODE"), N_ ("As “device revoke”"), NULL },
  { { "grant", NULL }, 2, run_grant, N_ ("CODE FEED"), N_ ("As “device grant”"), FEEDS_HELP },
  { { "ungrant", NULL }, 2, run_ungrant, N_ ("CODE FEED"), N_ ("As “device ungrant”"), FEEDS_HELP },
  { { "leaving", NULL },
    0,
    run_leaving,
    "",
    N_ ("List the feeds that were taken from devices, and which of them still hold them"),
    N_ ("A device deletes what it was taken once its own work is handed in and a backup has all "
        "that it holds; then it says so.") },
  { { "erase", NULL },
    1,
    run_erase,
    N_ ("ID[,ID…] --reason WHY"),
    N_ ("Erase what was recorded, here and on every device"),
    N_ ("It cannot be brought back. Mostly two members of staff do it, each on a device of their "
        "own, and no administrator is needed; the reason goes to every device, so name nobody.") },
  { { "erasures", NULL },
    0,
    run_erasures,
    "",
    N_ ("List what was erased, and which devices have not yet done so"),
    NULL },
  { { "quarantine", "list" }, 0, run_quarantine_list, "", N_ ("List what is held back"), NULL },
  { { "quarantine", "release" },
    1,
    run_quarantine_release,
    N_ ("DEVICE|ID"),
    N_ ("Pass on what was held back of a device, or one event"),
    NULL },
  { { "verify", NULL },
    0,
    run_verify,
    "",
    N_ ("Check that every event is as it was written"),
    N_ ("The exit status is 4 if one is not.") },
  { { "backup", NULL },
    1,
    run_backup,
    N_ ("FILE"),
    N_ ("Copy the store, while it serves or not"),
    N_ ("FILE must not be there yet. It holds the server's keys: keep it like a key.") },
  { { "bundle", "import" },
    1,
    run_bundle_import,
    N_ ("FILE [--reply FILE]"),
    N_ ("Take what a device wrote to be carried here by hand"),
    N_ ("FILE comes from “amendsctl bundle export” or from Carry by hand in the application. It "
        "may "
        "come\n"
        "late, twice, and over the network as well. The reply goes back to the device: it says "
        "what "
        "has\n"
        "arrived, and brings what others recorded. A server that runs reads and writes both files "
        "itself.") },
  { { "restore", NULL },
    1,
    run_restore,
    N_ ("FILE"),
    N_ ("Put a backup in the place of the store"),
    N_ ("The server must not serve meanwhile. The store that was there is kept under another "
        "name.") },
};

/* Of the keys beside a database: where systemd keeps what a service has, or the user's own. */
static char *
get_default_folder (void)
{
  const char *state = g_getenv ("STATE_DIRECTORY");

  return state != NULL ? g_strdup (state)
                       : g_build_filename (g_get_user_data_dir (), "amends-server", NULL);
}

static guint
count_words (const Command *command)
{
  return command->words[1] != NULL ? 2 : 1;
}

/* Returns: (nullable): the command that @words begin with */
static const Command *
find_command (const char *const *words)
{
  for (guint i = 0; words[0] != NULL && i < G_N_ELEMENTS (commands); i++)
    if (g_str_equal (words[0], commands[i].words[0])
        && (commands[i].words[1] == NULL || g_strcmp0 (words[1], commands[i].words[1]) == 0))
      return &commands[i];
  return NULL;
}

static char *
dup_name (const Command *command)
{
  return g_strjoin (" ", command->words[0], command->words[1], NULL);
}

static char *
dup_call (const Command *command)
{
  g_autofree char *name = dup_name (command);

  return g_strchomp (
      g_strjoin (" ", name, *command->arguments != '\0' ? _ (command->arguments) : "", NULL));
}

static int
fail_call (const Options *options, const Command *command)
{
  g_autofree char *call = dup_call (command);
  g_autofree char *message = g_strdup_printf (_ ("Use it so: amends-server --data DIR %s"), call);

  return fail_usage (options, NULL, message);
}

static int
run (Options *options, const char *const *words)
{
  const Command *command = find_command (words);
  guint n_command;

  if (command == NULL)
    return fail_usage (options, "command",
                       words[0] == NULL ? _ ("Say what to do: see amends-server --help")
                                        : _ ("There is no such command: see amends-server --help"));
  n_command = count_words (command);
  if (g_strv_length ((char **) words) != n_command + command->n_arguments)
    return fail_call (options, command);
  if (options->store != NULL && !g_str_has_prefix (options->store, "postgresql://")
      && !g_str_has_prefix (options->store, "postgres://"))
    return fail_usage (options, "store", _ ("A store elsewhere is --store postgresql://…"));
  if (options->data == NULL && options->store == NULL)
    return fail_usage (options, "data",
                       _ ("The server's store is needed: --data DIR or --store postgresql://…"));
  if (options->data == NULL)
    options->data = get_default_folder ();
  options->arguments = words + n_command;
  return command->run (options);
}

static char *
dup_overview (void)
{
  g_autoptr (GString) text = g_string_new (_ ("Commands:"));

  g_string_append_c (text, '\n');
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      g_autofree char *name = dup_name (&commands[i]);

      g_string_append_printf (text, "  %-20s%s\n", name, _ (commands[i].summary));
    }
  g_string_append_c (text, '\n');
  g_string_append (text, _ ("amends-server COMMAND --help says what a command needs."));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* An option of a command is shown with that command alone. */
static void
hide_options (GOptionEntry *entries, const Command *command)
{
  for (; entries->long_name != NULL; entries++)
    {
      g_autofree char *option = g_strconcat ("--", entries->long_name, NULL);

      if (command == NULL || strstr (command->arguments, option) == NULL)
        entries->flags |= G_OPTION_FLAG_HIDDEN;
    }
}

static void
print_help (const GOptionEntry *common, GOptionEntry *special, const Command *command)
{
  g_autofree char *overview = NULL;
  g_autofree char *call = command != NULL ? dup_call (command) : g_strdup (_ ("COMMAND …"));
  g_autoptr (GOptionContext) context = g_option_context_new (call);
  g_autofree char *help = NULL;

  if (command == NULL)
    overview = dup_overview ();
  g_option_context_set_help_enabled (context, FALSE);
  g_option_context_set_summary (context, command != NULL ? _ (command->summary) : overview);
  if (command != NULL && command->more != NULL)
    g_option_context_set_description (context, _ (command->more));
  hide_options (special, command);
  g_option_context_add_main_entries (context, special, GETTEXT_PACKAGE);
  g_option_context_add_main_entries (context, common, GETTEXT_PACKAGE);
  help = g_option_context_get_help (context, TRUE, NULL);
  g_print ("%s", help);
}

int
main (int argc, char *argv[])
{
  const struct rlimit no_core = { 0, 0 };
  Options options = { 0 };
  const GOptionEntry common[] = {
    { "data", 0, 0, G_OPTION_ARG_FILENAME, &options.data, N_ ("The server's folder"), N_ ("DIR") },
    { "store", 0, 0, G_OPTION_ARG_STRING, &options.store, N_ ("The server's database"),
      "postgresql://…" },
    { "json", 0, 0, G_OPTION_ARG_NONE, &options.json, N_ ("Print one JSON value"), NULL },
    { "help", 'h', 0, G_OPTION_ARG_NONE, &options.help, N_ ("Show this help"), NULL },
    { "version", 0, 0, G_OPTION_ARG_NONE, &options.version, N_ ("Show the version"), NULL },
    { NULL },
  };
  GOptionEntry special[] = {
    { "organisation", 0, 0, G_OPTION_ARG_STRING, &options.organisation, N_ ("The landlord's name"),
      N_ ("NAME") },
    { "host", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options.hosts,
      N_ ("A name or address that devices reach the server by"), N_ ("HOST") },
    { "name", 0, 0, G_OPTION_ARG_STRING, &options.name, N_ ("The scheme's name"), N_ ("NAME") },
    { "listen", 0, 0, G_OPTION_ARG_STRING, &options.listen, N_ ("Where to serve"),
      N_ ("HOST:PORT") },
    { "kind", 0, 0, G_OPTION_ARG_STRING, &options.kind, N_ ("staff, kiosk or admin"), N_ ("KIND") },
    { "feeds", 0, 0, G_OPTION_ARG_STRING, &options.feeds, N_ ("What the device may have"),
      N_ ("FEED,…") },
    { "reply", 0, 0, G_OPTION_ARG_FILENAME, &options.reply,
      N_ ("Where the answer for the device goes"), N_ ("FILE") },
    { "reason", 0, 0, G_OPTION_ARG_STRING, &options.reason, N_ ("erase: why"), N_ ("WHY") },
    { "attachments", 0, 0, G_OPTION_ARG_DOUBLE, &options.gb_of_all,
      N_ ("What attachments may take in all"), N_ ("GB") },
    { "attachments-per-device", 0, 0, G_OPTION_ARG_DOUBLE, &options.gb_per_device,
      N_ ("What one device may hand in"), N_ ("GB") },
    { NULL },
  };
  g_autoptr (GOptionContext) context = NULL;
  g_autoptr (GError) error = NULL;
  int code = 0;

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  umask (077);                       /* whatever is written here holds keys or cases */
  setrlimit (RLIMIT_CORE, &no_core); /* and so would the picture of a crashed process */
  if (sodium_init () < 0)
    return EXIT_DAMAGED;

  context = g_option_context_new (NULL);
  g_option_context_set_help_enabled (context, FALSE);
  g_option_context_add_main_entries (context, common, GETTEXT_PACKAGE);
  g_option_context_add_main_entries (context, special, GETTEXT_PACKAGE);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    code = fail_usage (&options, NULL, error->message);
  else if (options.version)
    g_print ("Amends %s\n", PACKAGE_VERSION);
  else if (options.help)
    print_help (common, special, find_command ((const char *const *) argv + 1));
  else
    code = run (&options, (const char *const *) argv + 1);

  g_free (options.data);
  g_free (options.store);
  g_free (options.organisation);
  g_strfreev (options.hosts);
  g_free (options.name);
  g_free (options.listen);
  g_free (options.kind);
  g_free (options.feeds);
  g_free (options.reply);
  g_free (options.reason);
  return code;
}
