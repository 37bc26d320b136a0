/* amends-sync-words.c: how the exchange with the server stands, as a person reads it
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Offline is a normal state. Whatever the server says, recording goes on, and every sentence ends so. */

#include "config.h"

#include "app/amends-sync-words.h"

#include <glib/gi18n.h>

#include "app/amends-words.h"
#include "sync/amends-transport.h"

/**
 * amends_sync_words_sentence:
 * @status: of the store
 * @is_short: for a narrow place
 *
 * Returns: (transfer full): "Saved on this laptop · 3 waiting · last sent 14:02"
 */
char *
amends_sync_words_sentence (const AmendsStatus *status, gboolean is_short)
{
  g_autofree char *waiting = NULL;
  g_autofree char *when = NULL;
  g_autofree char *sent = NULL;

  waiting =
      status->n_waiting == 0
          ? g_strdup (_ ("nothing waiting"))
          : g_strdup_printf (ngettext ("%u waiting", "%u waiting", (gulong) status->n_waiting),
                             (guint) status->n_waiting);
  if (status->last_sync == 0)
    sent = g_strdup (_ ("not sent yet"));
  else
    {
      when = amends_words_instant (status->last_sync);
      /* Translators: when records last reached the server: a time, or a day and a time. */
      sent = g_strdup_printf (_ ("last sent %s"), when);
    }
  return g_strdup_printf ("%s · %s · %s", is_short ? _ ("Saved") : _ ("Saved on this laptop"),
                          waiting, sent);
}

static const struct
{
  const char *code;
  const char *sentence;
  gboolean needs_person;
} error_rows[] = {
  { "offline",
    N_ ("The server could not be reached. It is tried again by itself; recording goes on."),
    FALSE },
  { "portal",
    N_ ("Something else answered in place of the server, perhaps the sign-in page of this network. "
        "Open a web browser and sign in to the network; recording goes on meanwhile."),
    FALSE },
  { "certificate",
    N_ ("The server’s certificate is out of date or for another name. Tell whoever runs the "
        "server; "
        "recording goes on, and nothing is sent until it is put right."),
    TRUE },
  { "clock",
    N_ ("This laptop’s clock does not agree with the server’s. Set the date and time; recording "
        "goes on, and it is sent once the clock is right."),
    TRUE },
  { "foreign-server",
    N_ ("What answered is not the server that this laptop was connected to. Nothing was sent. Tell "
        "whoever runs the server; recording goes on."),
    TRUE },
  { "revoked",
    N_ ("The server no longer takes this laptop’s records by itself. Tell whoever runs the server; "
        "recording goes on, and nothing is lost."),
    TRUE },
  { "unknown-device",
    N_ ("Head office does not know this laptop any more: most likely it was put back from an older "
        "copy. Recording goes on, and nothing is lost. Ask for a new code and connect again."),
    TRUE },
  { "busy",
    N_ ("The server is busy and asks to come back later. It is tried again by itself; recording "
        "goes on."),
    FALSE },
  { "protocol",
    N_ ("The server’s answer could not be understood. Tell whoever runs the server; recording goes "
        "on, and nothing is lost."),
    TRUE },
  { "cut",
    N_ ("The line was cut on the way. It goes on where it stopped, by itself; recording goes on."),
    FALSE },
};

/**
 * amends_sync_words_error:
 * @code: (nullable): why the last exchange failed
 *
 * Returns: (transfer none) (nullable): a sentence for a person; %NULL for %NULL
 */
const char *
amends_sync_words_error (const char *code)
{
  if (code == NULL)
    return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (error_rows); i++)
    if (g_str_equal (error_rows[i].code, code))
      return _ (error_rows[i].sentence);
  return _ ("The last try did not succeed. It is tried again by itself; recording goes on.");
}

/**
 * amends_sync_words_needs_person:
 * @code: (nullable): why the last exchange failed
 *
 * Returns: whether it stays so until a person acts
 */
gboolean
amends_sync_words_needs_person (const char *code)
{
  for (guint i = 0; code != NULL && i < G_N_ELEMENTS (error_rows); i++)
    if (g_str_equal (error_rows[i].code, code))
      return error_rows[i].needs_person;
  return FALSE;
}

/**
 * amends_sync_words_enrolment_error:
 * @error: why enrolment did not succeed
 *
 * Returns: (transfer full): what is wrong, then what to do
 */
char *
amends_sync_words_enrolment_error (const GError *error)
{
  if (error->domain != AMENDS_SYNC_ERROR)
    return amends_words_error (error);
  switch ((AmendsSyncError) error->code)
    {
    case AMENDS_SYNC_ERROR_CODE:
      return g_strdup (
          _ ("The server does not take this code: it was used already, is more than an "
             "hour old, or was typed differently. Check it, or ask for a new one."));
    case AMENDS_SYNC_ERROR_OFFLINE:
      return g_strdup (
          _ ("Nothing answers at that address. Check the address and the network, then "
             "try again: the code still holds."));
    case AMENDS_SYNC_ERROR_PORTAL:
      return g_strdup (
          _ ("Something else answered, perhaps the sign-in page of this network. Open a "
             "web browser, sign in to the network, then try again."));
    case AMENDS_SYNC_ERROR_CERTIFICATE:
      return g_strdup (_ ("The server’s certificate is out of date or for another name. Check the "
                          "address, or tell whoever runs the server."));
    case AMENDS_SYNC_ERROR_CLOCK:
      return g_strdup (_ ("This laptop’s clock does not agree with the server’s. Set the date and "
                          "time, then try again."));
    case AMENDS_SYNC_ERROR_FOREIGN_SERVER:
    case AMENDS_SYNC_ERROR_PROTOCOL:
      return g_strdup (_ ("What answered is not the server that this code came from. Check the "
                          "address. Nothing was stored."));
    case AMENDS_SYNC_ERROR_REVOKED:
    case AMENDS_SYNC_ERROR_FORGOTTEN:
      return g_strdup (_ ("The server refuses this device. Ask for a new code."));
    case AMENDS_SYNC_ERROR_BUSY:
      return g_strdup (
          _ ("The server is busy. Wait a minute, then try again: the code still holds."));
    case AMENDS_SYNC_ERROR_CUT:
      return g_strdup (
          _ ("The line was cut on the way. Try again; if the code is then refused, ask "
             "for a new one."));
    }
  return g_strdup (error->message);
}
