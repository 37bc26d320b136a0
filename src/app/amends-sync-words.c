/* amends-sync-words.c: how the exchange with the server stands, as a person reads it
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Offline is a normal state. Whatever the server says, recording goes on, and every sentence ends so. */

#include "config.h"

#include "app/amends-sync-words.h"

#include <glib/gi18n.h>

#include "app/amends-words.h"
#include "sync/amends-bundle.h"
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

/**
 * amends_sync_words_taken:
 * @feed: what was taken from this laptop
 *
 * Returns: (transfer full) (nullable): where it stands with it; %NULL of what holds no cases, and is not spoken of
 */
char *
amends_sync_words_taken (const AmendsTakenFeed *feed)
{
  g_autofree char *when = NULL;

  if (*feed->name == '\0' || feed->feed[0] == 'k')
    return NULL;
  if (feed->gone_at != 0)
    {
      when = amends_words_instant (feed->gone_at);
      /* Translators: the name of a scheme; then a time, or a day and a time. */
      return g_strdup_printf (_ ("%s is no longer on this laptop, since %s. What was written here "
                                 "was handed in first."),
                              feed->name, when);
    }
  if (feed->n_unsent > 0)
    return g_strdup_printf (
        ngettext ("%s is being taken off this laptop. %u record written here is to be handed in "
                  "first.",
                  "%s is being taken off this laptop. %u records written here are to be handed in "
                  "first.",
                  (gulong) feed->n_unsent),
        feed->name, (guint) feed->n_unsent);
  if (feed->n_unsent_files > 0)
    return g_strdup_printf (
        ngettext (
            "%s is being taken off this laptop. %u attachment added here is to be sent first.",
            "%s is being taken off this laptop. %u attachments added here are to be sent "
            "first.",
            (gulong) feed->n_unsent_files),
        feed->name, (guint) feed->n_unsent_files);
  return g_strdup_printf (_ ("%s is being taken off this laptop. What was written here has been "
                             "handed in; it stays, unseen, until head office has a safe copy."),
                          feed->name);
}

/**
 * amends_sync_words_withdrawn:
 * @status: of the store
 *
 * Returns: (transfer full) (nullable): that the laptop was withdrawn, and what of it is left to do; %NULL if it was
 *   not
 */
char *
amends_sync_words_withdrawn (const AmendsStatus *status)
{
  g_autofree char *when = NULL;
  g_autofree char *ended = NULL;

  if (status->withdrawn_at == 0)
    return NULL;
  when = amends_words_instant (status->withdrawn_at);
  ended = g_strdup_printf (_ ("This laptop’s access was ended at head office, %s."), when);
  if (status->n_waiting > 0)
    return g_strdup_printf (
        ngettext ("%s %u record is still to be handed in: leave it connected.",
                  "%s %u records are still to be handed in: leave it connected.",
                  (gulong) status->n_waiting),
        ended, (guint) status->n_waiting);
  if (status->n_quarantined > 0)
    return g_strdup_printf (ngettext ("%s %u record was handed in and waits for head office.",
                                      "%s %u records were handed in and wait for head office.",
                                      (gulong) status->n_quarantined),
                            ended, (guint) status->n_quarantined);
  return g_strdup_printf (_ ("%s Everything written here has been handed in."), ended);
}

static char *
describe_recoded (const AmendsNews *news)
{
  g_autofree char *when = amends_words_instant (news->recoded_at);

  /* Translators: a time, or a day and a time; then the new code of the laptop. */
  return g_strdup_printf (
      _ ("This laptop was restored from a copy, or copied: head office noticed it, %s. It goes on "
         "by itself under a new code, %s, and nothing that was recorded is lost. If nobody "
         "restored it, tell head office: there may be a second laptop with the same records."),
      when, news->recoded_to);
}

static char *
describe_restored (const AmendsNews *news)
{
  g_autofree char *when = amends_words_instant (news->restored_at);

  if (news->n_sent_again == 0)
    return g_strdup_printf (
        _ ("Head office was restored from an older copy: this laptop noticed it, %s. Nothing has "
           "had to be sent again from here so far."),
        when);
  /* Translators: how many; then a time, or a day and a time. */
  return g_strdup_printf (
      ngettext ("Head office was restored: %u record sent again from this laptop, %s. Nothing is "
                "lost, and nothing is to be done.",
                "Head office was restored: %u records sent again from this laptop, %s. Nothing is "
                "lost, and nothing is to be done.",
                (gulong) news->n_sent_again),
      (guint) news->n_sent_again, when);
}

/**
 * amends_sync_words_news:
 * @news: of the store
 *
 * Returns: (transfer full) (nullable): what befell this laptop and head office, a paragraph each; %NULL for nothing
 */
char *
amends_sync_words_news (const AmendsNews *news)
{
  g_autofree char *recoded = news->recoded_at != 0 ? describe_recoded (news) : NULL;
  g_autofree char *restored = news->restored_at != 0 ? describe_restored (news) : NULL;

  if (recoded != NULL && restored != NULL)
    return g_strconcat (recoded, "\n\n", restored, NULL);
  return recoded != NULL ? g_steal_pointer (&recoded) : g_steal_pointer (&restored);
}

/**
 * amends_sync_words_set_aside:
 * @status: of the store
 *
 * Returns: (transfer full) (nullable): that something could not be taken in; %NULL if all was
 */
char *
amends_sync_words_set_aside (const AmendsStatus *status)
{
  if (status->n_set_aside == 0)
    return NULL;
  return g_strdup_printf (
      ngettext ("%u record could not be taken in. It is kept on this laptop, set aside. Update "
                "Amends; if it stays so, tell whoever runs the server.",
                "%u records could not be taken in. They are kept on this laptop, set aside. Update "
                "Amends; if it stays so, tell whoever runs the server.",
                (gulong) status->n_set_aside),
      (guint) status->n_set_aside);
}

/**
 * amends_sync_words_held_back:
 * @status: of the store
 *
 * Returns: (transfer full) (nullable): that head office shows nobody what was handed in; %NULL if it does, or the
 *   laptop was withdrawn, of which amends_sync_words_withdrawn() tells
 */
char *
amends_sync_words_held_back (const AmendsStatus *status)
{
  if (status->n_quarantined == 0 || status->withdrawn_at != 0)
    return NULL;
  return g_strdup_printf (
      ngettext ("%u record of this laptop is safe at head office, but held back there: nobody else "
                "sees it yet. Ask whoever runs the server to look at it.",
                "%u records of this laptop are safe at head office, but held back there: nobody "
                "else sees them yet. Ask whoever runs the server to look at them.",
                (gulong) status->n_quarantined),
      (guint) status->n_quarantined);
}

static char *
describe_span (gint64 span_s)
{
  guint n_minutes = (guint) MIN (span_s / 60, G_MAXINT);
  guint n_hours = n_minutes / 60, n_days = n_hours / 24;

  if (n_days > 0)
    return g_strdup_printf (ngettext ("%u day", "%u days", (gulong) n_days), n_days);
  if (n_hours > 0)
    return g_strdup_printf (ngettext ("%u hour", "%u hours", (gulong) n_hours), n_hours);
  return g_strdup_printf (ngettext ("%u minute", "%u minutes", (gulong) n_minutes), n_minutes);
}

/**
 * amends_sync_words_clock:
 * @status: of the store
 *
 * Returns: (transfer full) (nullable): that the clock of the laptop is wrong; %NULL if it is right
 */
char *
amends_sync_words_clock (const AmendsStatus *status)
{
  g_autofree char *span = NULL;

  if (!amends_status_is_clock_wrong (status))
    return NULL;
  span = describe_span (ABS (status->clock_skew_s));
  /* Translators: a number of minutes, hours or days. */
  return g_strdup_printf (
      status->clock_skew_s > 0
          ? _ ("This laptop’s clock is %s ahead of head office’s. Set the date and time: until "
               "then what is recorded here says the wrong time, and days are counted wrongly.")
          : _ ("This laptop’s clock is %s behind head office’s. Set the date and time: until then "
               "what is recorded here says the wrong time, and days are counted wrongly."),
      span);
}

/**
 * amends_sync_words_attachments:
 * @status: of the store
 *
 * Returns: (transfer none) (nullable): why attachments wait, and what to do; %NULL if nothing keeps them
 */
const char *
amends_sync_words_attachments (const AmendsStatus *status)
{
  if (g_strcmp0 (status->attachment_problem, "full") == 0)
    return _ ("Head office has no room for attachments at the moment. They stay safe on this "
              "laptop and are sent when there is; records are sent as always. Tell whoever runs "
              "the server.");
  if (g_strcmp0 (status->attachment_problem, "disk-full") == 0)
    return _ ("This laptop’s disk has no room for attachments that wait at head office. Make room, "
              "then press Send now; records are sent and fetched as always.");
  if (g_strcmp0 (status->attachment_problem, "no-route") == 0)
    return _ ("Head office’s server is of an older version, which takes no attachments yet. They "
              "stay safe on this laptop. Tell whoever runs the server.");
  return NULL;
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
    N_ ("Head office has ended this laptop’s access. Whoever is to go on working with it asks head "
        "office for a new code."),
    TRUE },
  { "unknown-device",
    N_ ("Head office does not know this laptop any more: most likely it was put back from an older "
        "copy. Recording goes on, and nothing is lost. If it does not right itself within a day, "
        "ask "
        "for a new code and connect again."),
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
 * amends_sync_words_must_act:
 * @status: of the store
 *
 * Returns: whether something stays as it is until a person acts
 */
gboolean
amends_sync_words_must_act (const AmendsStatus *status)
{
  return amends_sync_words_needs_person (status->last_error_code)
         || amends_status_is_clock_wrong (status)
         || g_strcmp0 (status->attachment_problem, "disk-full") == 0;
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
    case AMENDS_SYNC_ERROR_FULL:
    case AMENDS_SYNC_ERROR_NOT_HELD:
    case AMENDS_SYNC_ERROR_FORBIDDEN:
    case AMENDS_SYNC_ERROR_NO_ROUTE:
      break; /* of attachments */
    }
  return g_strdup (error->message);
}

/**
 * amends_sync_words_carried:
 * @status: of the store
 *
 * Returns: (transfer full): how it stands with what is carried by hand
 */
char *
amends_sync_words_carried (const AmendsStatus *status)
{
  guint n = (guint) status->n_waiting;
  g_autofree char *when = NULL;

  if (status->n_carried > 0)
    {
      when = amends_words_instant (status->carried_at);
      return g_strdup_printf (
          ngettext (
              "%u record is in the file saved %s. It stays marked as waiting until the answer "
              "comes back. Save again to add what was recorded since.",
              "%u records are in the file saved %s. They stay marked as waiting until the "
              "answer comes back. Save again to add what was recorded since.",
              (gulong) status->n_carried),
          (guint) status->n_carried, when);
    }
  if (n > 0)
    return g_strdup_printf (ngettext ("%u record is waiting to be sent.",
                                      "%u records are waiting to be sent.", (gulong) n),
                            n);
  return g_strdup (_ ("Nothing is waiting. The file asks head office for what others recorded."));
}

/**
 * amends_sync_words_saved:
 * @result: of a file that was written
 *
 * Returns: (transfer full): what is on the stick now
 */
char *
amends_sync_words_saved (const AmendsHandResult *result)
{
  if (result->n_events == 0)
    return g_strdup (_ ("The file is on the stick. Take it to head office, and bring the answer "
                        "back."));
  return g_strdup_printf (
      ngettext ("%u record is on the stick, and stays marked as waiting until the receipt comes "
                "back. Take the stick out safely and bring it to head office.",
                "%u records are on the stick, and stay marked as waiting until the receipt comes "
                "back. Take the stick out safely and bring it to head office.",
                (gulong) result->n_events),
      (guint) result->n_events);
}

/**
 * amends_sync_words_read:
 * @result: of an answer that was read
 *
 * Returns: (transfer full): what has arrived, and what it brought
 */
char *
amends_sync_words_read (const AmendsHandResult *result)
{
  g_autofree char *arrived = NULL;
  g_autofree char *received = NULL;

  if (result->server_restored)
    return g_strdup (_ ("Head office was put back from an older copy and lacks some of it. Save to "
                        "the stick once more: the next file gives back what it lacks."));
  if (result->is_old && result->n_events == 0 && result->n_received == 0)
    return g_strdup (_ ("Nothing in it is new: this laptop has heard from head office since."));
  arrived = g_strdup_printf (ngettext ("%u record of this laptop has arrived.",
                                       "%u records of this laptop have arrived.",
                                       (gulong) result->n_events),
                             (guint) result->n_events);
  received =
      g_strdup_printf (ngettext ("%u record came from others.", "%u records came from others.",
                                 (gulong) result->n_received),
                       (guint) result->n_received);
  return g_strdup_printf ("%s %s", arrived, received);
}

/**
 * amends_sync_words_carriage:
 *
 * Returns: (transfer full): who carried away what waited at a kiosk, when, and on which stick
 */
char *
amends_sync_words_carriage (const AmendsCarriage *carriage)
{
  g_autofree char *when = amends_words_instant (carriage->at);
  g_autofree char *since = amends_words_instant (carriage->oldest_at);
  g_autofree char *device = amends_words_isolate (carriage->device);
  g_autofree char *name = amends_words_isolate (carriage->name);
  g_autofree char *stick = amends_words_isolate (carriage->stick);
  guint n = carriage->n_records;

  if (carriage->is_failed)
    return g_strdup_printf (
        /* Translators: when, a kiosk, a member of staff, how many records, a USB stick. */
        ngettext ("%s, %s: %s wanted to take %u record on the stick “%s”. It could not be "
                  "written, and the kiosk kept it.",
                  "%s, %s: %s wanted to take %u records on the stick “%s”. They could not be "
                  "written, and the kiosk kept them.",
                  n),
        when, device, name, n, stick);
  return g_strdup_printf (
      /* Translators: when, a kiosk, a member of staff, how many records, a USB stick, since when. */
      ngettext ("%s, %s: %s took %u record on the stick “%s”. It had waited since %s.",
                "%s, %s: %s took %u records on the stick “%s”. The oldest had waited since %s.", n),
      when, device, name, n, stick, since);
}

static const char *
bundle_words (AmendsBundleError code)
{
  switch (code)
    {
    case AMENDS_BUNDLE_ERROR_READ:
      return _ ("The file cannot be read. Is the stick still in? Put it in again, then try again.");
    case AMENDS_BUNDLE_ERROR_WRITE:
      return _ ("The file could not be written: the stick is full, may not be written to, or was "
                "taken out. Use another stick or place; nothing is lost.");
    case AMENDS_BUNDLE_ERROR_EXISTS:
      return _ ("There is another file of that name, which is left as it is. Choose another name.");
    case AMENDS_BUNDLE_ERROR_FORMAT:
      return _ (
          "That file holds no answer from head office. Choose the one that was brought back.");
    case AMENDS_BUNDLE_ERROR_NEWER:
      return _ ("A newer version of Amends wrote that file. Update Amends, then read it again.");
    case AMENDS_BUNDLE_ERROR_WAY:
      return _ (
          "That file is on its way to head office. Head office writes an answer to it, and the "
          "answer is what is read here.");
    case AMENDS_BUNDLE_ERROR_ORGANISATION:
      return _ ("That answer is from another organisation. Nothing of it was taken.");
    case AMENDS_BUNDLE_ERROR_RECIPIENT:
      return _ ("That answer is for another device. Choose the one for this laptop.");
    case AMENDS_BUNDLE_ERROR_CUT:
      return _ (
          "The file is cut short. Nothing of it was taken. Copy it again, or ask for it again.");
    case AMENDS_BUNDLE_ERROR_ALTERED:
      return _ (
          "The file is damaged or was altered. Nothing of it was taken. Copy it again, or ask "
          "for it again.");
    case AMENDS_BUNDLE_ERROR_LINE:
      return _ (
          "This laptop was put back from an older copy, or copied. Connect it to a network once: "
          "then it is put right by itself. Nothing is lost.");
    }
  return _ ("That file cannot be used.");
}

/**
 * amends_sync_words_hand_error:
 * @error: why a file could not be written or read
 *
 * Returns: (transfer full): what is wrong, then what to do
 */
char *
amends_sync_words_hand_error (const GError *error)
{
  if (error->domain == AMENDS_BUNDLE_ERROR)
    return g_strdup (bundle_words ((AmendsBundleError) error->code));
  if (error->domain == AMENDS_SYNC_ERROR)
    return g_strdup (amends_sync_words_error (amends_sync_error_get_code_name (error)));
  if (error->domain == G_IO_ERROR && error->code == G_IO_ERROR_CANCELLED)
    return g_strdup (_ ("It was stopped. Nothing is lost: do it again."));
  return amends_words_error (error);
}
