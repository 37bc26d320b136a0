/* amends-cmd-status.c: says what this device holds and when it was last in touch
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>

#include "cli/amends-cli-text.h"
#include "cli/amends-cmd.h"
#include "core/amends-instant.h"
#include "core/amends-json.h"
#include "store/amends-attachments.h"
#include "store/amends-carriages.h"

#define N_CARRIAGES 20 /* the last */

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (AmendsStatus, amends_status_clear)

static gboolean option_is_seen;

static const GOptionEntry status_options[] = {
  { "seen", 0, 0, G_OPTION_ARG_NONE, &option_is_seen,
    N_ ("Afterwards tell no longer what befell this device or its server"), NULL },
  { NULL },
};

static json_t *
feeds_to_json (AmendsStore *store, GError **error)
{
  g_autoptr (GArray) feeds = amends_store_list_feeds (store, error);
  json_t *list;

  if (feeds == NULL)
    return NULL;
  list = json_array ();
  for (guint i = 0; i < feeds->len; i++)
    {
      const AmendsFeed *feed = &g_array_index (feeds, AmendsFeed, i);

      if (!feed->may_read && !feed->may_write)
        continue; /* it was taken: see taken_to_json() */
      json_array_append_new (list, json_pack ("{s:s, s:b, s:b, s:I}", "feed", feed->feed, "read",
                                              feed->may_read, "write", feed->may_write, "position",
                                              (json_int_t) feed->position));
    }
  return list;
}

static json_t *
taken_to_json (const AmendsStatus *status)
{
  json_t *list = json_array ();

  for (guint i = 0; i < status->taken->len; i++)
    {
      const AmendsTakenFeed *feed = &g_array_index (status->taken, AmendsTakenFeed, i);

      json_array_append_new (list,
                             json_pack ("{s:s, s:o, s:o, s:I, s:I, s:I}", "feed", feed->feed,
                                        "taken_at", amends_instant_to_json (feed->taken_at),
                                        "gone_at", amends_instant_to_json (feed->gone_at), "unsent",
                                        (json_int_t) feed->n_unsent, "unsent_attachments",
                                        (json_int_t) feed->n_unsent_files, "unsafe",
                                        (json_int_t) feed->n_unsafe));
    }
  return list;
}

static json_t *
last_error_to_json (const AmendsStatus *status)
{
  if (status->last_error_code == NULL)
    return json_null ();
  return json_pack ("{s:s, s:s?}", "code", status->last_error_code, "message",
                    status->last_error_message);
}

static json_t *
receipt_to_json (const AmendsStatus *status)
{
  if (status->receipt_number == 0)
    return json_null ();
  return json_pack ("{s:I, s:o}", "seq", (json_int_t) status->receipt_number, "at",
                    amends_instant_to_json (status->receipt_at));
}

/* What is in a file on its way to the server by hand. */
static json_t *
carried_to_json (const AmendsStatus *status)
{
  if (status->n_carried == 0)
    return json_null ();
  return json_pack ("{s:I, s:o}", "records", (json_int_t) status->n_carried, "at",
                    amends_instant_to_json (status->carried_at));
}

/* What befell this device and its server, until somebody says that it is read. */
static json_t *
news_to_json (const AmendsNews *news)
{
  json_t *recoded = news->recoded_at != 0 ? json_pack ("{s:s, s:o}", "to", news->recoded_to, "at",
                                                       amends_instant_to_json (news->recoded_at))
                                          : json_null ();
  json_t *restored = news->restored_at != 0
                         ? json_pack ("{s:I, s:o}", "sent_again", (json_int_t) news->n_sent_again,
                                      "at", amends_instant_to_json (news->restored_at))
                         : json_null ();

  return json_pack ("{s:o, s:o}", "recoded", recoded, "server_restored", restored);
}

static void
print_news (const AmendsNews *news)
{
  g_autofree char *recoded = amends_instant_format (news->recoded_at);
  g_autofree char *recoded_at = amends_text_of_instant (recoded);
  g_autofree char *restored = amends_instant_format (news->restored_at);
  g_autofree char *restored_at = amends_text_of_instant (restored);

  if (news->recoded_at != 0)
    amends_text_print (_ ("This device was restored or copied, which was noticed %s: it has a new "
                          "code, %s, and nothing is lost. If nobody restored it, tell head office"),
                       recoded_at, news->recoded_to);
  if (news->restored_at != 0)
    amends_text_print (ngettext ("Head office was restored, which was noticed %s: %lu record sent "
                                 "again",
                                 "Head office was restored, which was noticed %s: %lu records sent "
                                 "again",
                                 (gulong) news->n_sent_again),
                       restored_at, (gulong) news->n_sent_again);
  if (news->recoded_at != 0 || news->restored_at != 0)
    g_print ("%s\n", _ ("Once this is read, “amendsctl status --seen” puts it away"));
}

static json_t *
status_to_json (AmendsStore *store,
                const AmendsStatus *status,
                guint n_staff,
                guint64 n_cases,
                json_t *feeds)
{
  const AmendsIdentity *who = amends_store_get_identity (store);

  return json_pack (
      "{s:{s:s?, s:s?}, s:{s:s, s:s?, s:s?}, s:s?, s:o, s:i, s:I, s:I, s:I, s:I, s:I, s:I, s:o, "
      "s:o, s:o, s:o, s:o, s:s?, s:I, s:o, s:o, s:o}",
      "organisation", "id", who->organisation_id, "name", who->organisation_name, "device", "code",
      who->code, "name", who->name, "kind", who->kind, "server", who->server, "feeds", feeds,
      "staff", (int) n_staff, "cases", (json_int_t) n_cases, "events",
      (json_int_t) status->n_events, "waiting", (json_int_t) status->n_waiting, "set_aside",
      (json_int_t) status->n_set_aside, "quarantined", (json_int_t) status->n_quarantined,
      "conflicts", (json_int_t) status->n_conflicts, "last_attempt",
      amends_instant_to_json (status->last_attempt), "last_sync",
      amends_instant_to_json (status->last_sync), "last_error", last_error_to_json (status),
      "receipt", receipt_to_json (status), "by_hand", carried_to_json (status), "device_secret",
      amends_store_get_secret_place (store), "clock_skew_s", (json_int_t) status->clock_skew_s,
      "taken", taken_to_json (status), "withdrawn_at",
      amends_instant_to_json (status->withdrawn_at), "news", news_to_json (&status->news));
}

/* What was taken from this device, and what it waits for while it is here. */
static void
print_taken (const AmendsStatus *status)
{
  for (guint i = 0; i < status->taken->len; i++)
    {
      const AmendsTakenFeed *feed = &g_array_index (status->taken, AmendsTakenFeed, i);
      const char *name = *feed->name != '\0' ? feed->name : feed->feed;
      g_autofree char *gone = amends_instant_format (feed->gone_at);
      g_autofree char *since = feed->gone_at != 0 ? amends_text_of_instant (gone) : NULL;

      if (since != NULL)
        g_print (_ ("%s (%s) is no longer on this device, since %s\n"), name, feed->feed, since);
      else if (feed->n_unsent > 0)
        g_print (ngettext ("%s (%s) was taken away: %lu record is still to be handed in\n",
                           "%s (%s) was taken away: %lu records are still to be handed in\n",
                           (gulong) feed->n_unsent),
                 name, feed->feed, (gulong) feed->n_unsent);
      else if (feed->n_unsent_files > 0)
        g_print (ngettext ("%s (%s) was taken away: %lu attachment is still to be sent\n",
                           "%s (%s) was taken away: %lu attachments are still to be sent\n",
                           (gulong) feed->n_unsent_files),
                 name, feed->feed, (gulong) feed->n_unsent_files);
      else
        g_print (_ ("%s (%s) was taken away: it is deleted here once head office has it in a "
                    "backup\n"),
                 name, feed->feed);
    }
}

static json_t *
attachments_to_json (const AmendsAttachmentCounts *counts, const AmendsStatus *status)
{
  return json_pack ("{s:I, s:I, s:I, s:I, s:I, s:s?}", "to_send", (json_int_t) counts->n_to_send,
                    "bytes_to_send", (json_int_t) counts->n_bytes_to_send, "to_fetch",
                    (json_int_t) counts->n_to_fetch, "bytes_to_fetch",
                    (json_int_t) counts->n_bytes_to_fetch, "large", (json_int_t) counts->n_large,
                    "problem", status->attachment_problem);
}

void
amends_cmd_print_attachment_problem (const char *problem)
{
  if (g_strcmp0 (problem, "full") == 0)
    g_print ("%s\n",
             _ ("Head office has no room for attachments at the moment. They stay safe here "
                "and are sent when there is; cases are sent as always."));
  else if (g_strcmp0 (problem, "disk-full") == 0)
    g_print ("%s\n", _ ("This disk has no room for the attachments that wait at head office: make "
                        "room, and they come at the next sync."));
  else if (g_strcmp0 (problem, "no-route") == 0)
    g_print ("%s\n",
             _ ("The server is of an older version, which does not take attachments yet. They "
                "stay safe here."));
}

static void
print_attachments (const AmendsAttachmentCounts *counts, const AmendsStatus *status)
{
  g_autofree char *to_send = g_format_size (counts->n_bytes_to_send);
  g_autofree char *to_fetch = g_format_size (counts->n_bytes_to_fetch);

  if (counts->n_to_send > 0)
    amends_text_print (ngettext ("%lu attachment, %s, waits to be sent",
                                 "%lu attachments, %s, wait to be sent",
                                 (gulong) counts->n_to_send),
                       (gulong) counts->n_to_send, to_send);
  if (counts->n_to_fetch > 0)
    amends_text_print (ngettext ("%lu attachment, %s, has not arrived yet",
                                 "%lu attachments, %s, have not arrived yet",
                                 (gulong) counts->n_to_fetch),
                       (gulong) counts->n_to_fetch, to_fetch);
  if (counts->n_large > 0)
    amends_text_print (ngettext ("%lu of these is large, and comes when somebody asks for it",
                                 "%lu of these are large, and come when somebody asks for them",
                                 (gulong) counts->n_large),
                       (gulong) counts->n_large);
  amends_cmd_print_attachment_problem (status->attachment_problem);
}

static void
print_clock (const AmendsStatus *status)
{
  gint64 skew_s = status->clock_skew_s;

  if (!amends_status_is_clock_wrong (status))
    return;
  if (skew_s > 0)
    g_print (_ ("The clock of this device is %ld minutes ahead of head office's: set the date and "
                "time\n"),
             (long) (skew_s / 60));
  else
    g_print (_ ("The clock of this device is %ld minutes behind head office's: set the date and "
                "time\n"),
             (long) (-skew_s / 60));
}

static json_t *
carriages_to_json (const GPtrArray *carriages)
{
  json_t *list = json_array ();

  for (guint i = 0; i < carriages->len; i++)
    json_array_append_new (list, amends_carriage_to_json (g_ptr_array_index (carriages, i)));
  return list;
}

/* Who carried away what waited at the kiosks. */
static void
print_carriages (const GPtrArray *carriages)
{
  for (guint i = 0; i < carriages->len; i++)
    {
      const AmendsCarriage *carriage = g_ptr_array_index (carriages, i);
      g_autofree char *at = amends_instant_format (carriage->at);
      g_autofree char *oldest = amends_instant_format (carriage->oldest_at);
      g_autofree char *when = amends_text_of_instant (at);
      g_autofree char *since = amends_text_of_instant (oldest);
      gulong n = carriage->n_records;

      if (carriage->is_failed)
        amends_text_print (ngettext ("%s, %s: %s wanted to take %lu record on the stick “%s”; the "
                                     "kiosk kept it",
                                     "%s, %s: %s wanted to take %lu records on the stick “%s”; "
                                     "the kiosk kept them",
                                     n),
                           when, carriage->device, carriage->name, n, carriage->stick);
      else
        amends_text_print (ngettext ("%s, %s: %s took %lu record on the stick “%s”, which had "
                                     "waited since %s",
                                     "%s, %s: %s took %lu records on the stick “%s”, the oldest "
                                     "of which had waited since %s",
                                     n),
                           when, carriage->device, carriage->name, n, carriage->stick, since);
    }
}

static void
print_sentences (const json_t *json, const AmendsStatus *status, guint64 n_cases)
{
  const json_t *device = json_object_get (json, "device");
  g_autofree char *last_sync = amends_text_of_instant (amends_text_of_key (json, "last_sync"));

  amends_text_print_field (_ ("Organisation"),
                           amends_text_of_key (json_object_get (json, "organisation"), "name"));
  amends_text_print_field (_ ("Device"), amends_text_of_key (device, "name"));
  amends_text_print_field (_ ("Code"), amends_text_of_key (device, "code"));
  amends_text_print_field (_ ("Server"), amends_text_of_key (json, "server"));
  amends_text_print_field (_ ("Last in touch"), last_sync != NULL ? last_sync : _ ("Never"));
  amends_text_print_field (_ ("Last problem"), status->last_error_message);
  g_print (ngettext ("%lu case on this device\n", "%lu cases on this device\n", (gulong) n_cases),
           (gulong) n_cases);
  g_print (ngettext ("%lu record not yet sent\n", "%lu records not yet sent\n",
                     (gulong) status->n_waiting),
           (gulong) status->n_waiting);
  if (status->n_carried > 0)
    {
      g_autofree char *when =
          amends_text_of_instant (amends_text_of_key (json_object_get (json, "by_hand"), "at"));

      g_print (ngettext ("%lu of them is in the file written %s to be carried to the server\n",
                         "%lu of them are in the file written %s to be carried to the server\n",
                         (gulong) status->n_carried),
               (gulong) status->n_carried, when);
    }
  if (status->n_conflicts > 0)
    g_print (ngettext ("%lu fact that somebody must settle\n",
                       "%lu facts that somebody must settle\n", (gulong) status->n_conflicts),
             (gulong) status->n_conflicts);
  if (status->n_set_aside > 0)
    g_print (ngettext ("%lu record could not be taken in and was set aside here: update Amends; if "
                       "it stays so, tell whoever runs the server\n",
                       "%lu records could not be taken in and were set aside here: update Amends; "
                       "if it stays so, tell whoever runs the server\n",
                       (gulong) status->n_set_aside),
             (gulong) status->n_set_aside);
  if (status->n_quarantined > 0)
    g_print (
        ngettext ("%lu record is safe at head office and held back there: ask whoever runs the "
                  "server to look at it\n",
                  "%lu records are safe at head office and held back there: ask whoever runs "
                  "the server to look at them\n",
                  (gulong) status->n_quarantined),
        (gulong) status->n_quarantined);
  print_clock (status);
  print_taken (status);
  print_news (&status->news);
  if (g_strcmp0 (amends_text_of_key (json, "device_secret"), "file") == 0)
    g_print ("%s\n", _ ("There is no keyring: the secret of this device lies in a file"));
}

static gboolean
run (AmendsCli *cli, char **arguments, GError **error)
{
  g_auto (AmendsStatus) status = { 0 };
  AmendsAttachmentCounts counts;
  g_auto (GStrv) staff = NULL;
  g_autoptr (GError) problem = NULL;
  g_autoptr (GPtrArray) carriages = NULL;
  json_auto_t *json = NULL;
  json_t *feeds;
  guint64 n_cases;

  if (!amends_cli_open (cli, error) || !amends_store_get_status (cli->store, &status, error))
    return FALSE;
  if (!amends_store_count_attachments (cli->store, &counts, error))
    return FALSE;
  n_cases = amends_store_count_cases (cli->store, &problem);
  if (problem != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  staff = amends_store_list_slots (cli->store, error);
  if (staff == NULL)
    return FALSE;
  /* Whatever else is wrong is asked here: it is said, and nothing is kept back for it. */
  carriages = amends_store_list_carriages (cli->store, N_CARRIAGES, &problem);
  if (carriages == NULL)
    g_printerr (_ ("amendsctl: Who carried what waits at the kiosks cannot be read: %s\n"),
                problem->message);
  feeds = feeds_to_json (cli->store, error);
  if (feeds == NULL)
    return FALSE;

  json = status_to_json (cli->store, &status, g_strv_length (staff), n_cases, feeds);
  json_object_set_new (json, "attachments", attachments_to_json (&counts, &status));
  json_object_set_new (json, "carried",
                       carriages != NULL ? carriages_to_json (carriages) : json_null ());
  if (option_is_seen)
    amends_store_put_news_away (cli->store, &status.news);
  if (cli->is_json)
    return amends_cli_print_json (cli, json, error);
  print_sentences (json, &status, n_cases);
  print_attachments (&counts, &status);
  if (carriages != NULL)
    print_carriages (carriages);
  return TRUE;
}

const AmendsCommand amends_cmd_status = {
  "status",       "",  N_ ("Say what this device holds, and when it was last in touch"), 0, 0,
  status_options, run,
};
