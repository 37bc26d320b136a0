/* amends-server-print.c: what a command found, for a person
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "server/amends-server-print.h"

#include <glib/gi18n.h>

static const char *
text_of (const json_t *object, const char *key)
{
  const char *text = json_string_value (json_object_get (object, key));

  return text != NULL ? text : "";
}

void
amends_server_print_init (const json_t *result)
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

void
amends_server_print_invite (const json_t *result)
{
  g_print (_ ("One device may enrol with this code in the next %d minutes:\n"),
           (int) json_integer_value (json_object_get (result, "minutes")));
  g_print ("%s\n", text_of (result, "code"));
}

void
amends_server_print_scheme (const json_t *result)
{
  const char *code = text_of (result, "code");

  g_print (_ ("There is the scheme %s, %s, now. A device has its cases with the feed s.%s.\n"),
           code, text_of (result, "name"), code);
}

void
amends_server_print_schemes (const json_t *result)
{
  gsize i;
  json_t *scheme;

  json_array_foreach ((json_t *) result, i, scheme)
    g_print ("%s\t%s\n", text_of (scheme, "code"), text_of (scheme, "name"));
}

void
amends_server_print_devices (const json_t *result)
{
  gsize i;
  json_t *device;

  json_array_foreach ((json_t *) result, i, device)
    {
      const char *seen_at = text_of (device, "seen_at");

      g_print ("%s\t%s\t%s\t%s\t", text_of (device, "code"), text_of (device, "kind"),
               json_is_true (json_object_get (device, "revoked")) ? C_ ("device", "revoked") : "",
               text_of (device, "name"));
      if (json_is_string (json_object_get (device, "seen_at")))
        g_print (_ ("last handed something in at %s\n"), seen_at);
      else
        g_print ("%s\n", _ ("has handed nothing in yet"));
    }
}

void
amends_server_print_revoked (const json_t *result)
{
  g_print (_ ("%s is revoked: it is sent nothing more, and what it hands in is held back.\n"),
           text_of (result, "code"));
}

void
amends_server_print_grant (const json_t *result)
{
  if (json_is_true (json_object_get (result, "granted")))
    g_print (_ ("%s may have %s from when it next connects.\n"), text_of (result, "code"),
             text_of (result, "feed"));
  else
    g_print (_ ("%s may have %s no longer.\n"), text_of (result, "code"), text_of (result, "feed"));
}

void
amends_server_print_leaving (const json_t *result)
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

void
amends_server_print_erase (const json_t *result)
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

void
amends_server_print_erasures (const json_t *result)
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

void
amends_server_print_quarantine (const json_t *result)
{
  gsize i;
  json_t *event;

  json_array_foreach ((json_t *) result, i, event)
    g_print ("%s\t%s\n", text_of (event, "id"), text_of (event, "feed"));
}

void
amends_server_print_release (const json_t *result)
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

void
amends_server_print_verify (const json_t *result)
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

void
amends_server_print_backup (const json_t *result)
{
  if (json_is_true (json_object_get (result, "sealed")))
    g_print (_ ("The backup is in %s. The server's keys in it open only with server.key.\n"),
             text_of (result, "file"));
  else
    g_print (_ ("The backup is in %s. It holds the server's keys: keep it like a key.\n"),
             text_of (result, "file"));
}

void
amends_server_print_restore (const json_t *result)
{
  g_print (_ ("The backup is in place. Devices hand in what it lacks when they next connect.\n"));
  g_print (_ (
      "They also bring back what was said of devices and schemes since. What no device had heard "
      "is gone: see that what was revoked since is revoked again. A device that stays unknown "
      "enrols again.\n"));
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

void
amends_server_print_bundle (const json_t *result)
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
