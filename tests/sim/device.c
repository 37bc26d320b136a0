/* device.c: a device, switched on and off, and what its disk does
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "core/amends-erase.h"
#include "core/amends-error.h"
#include "sim/sim.h"
#include "store/amends-log.h"
#include "support/office.h"
#include "sync/amends-backoff.h"

/**
 * sim_device_new:
 * @name: of its folder too
 *
 * Returns: (transfer full): a machine with a disk and no store on it
 */
SimDevice *
sim_device_new (Sim *sim, const char *name)
{
  SimDevice *self = g_new0 (SimDevice, 1);
  g_autofree char *path = g_build_filename (sim->folder, name, NULL);

  self->name = g_strdup (name);
  sim_machine_init (&self->machine, sim, path);
  sim_line_init (&self->line, self);
  self->holding = sim_holding_new ();
  self->unsure = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

/**
 * sim_device_free:
 * @self: (transfer full): a device
 */
void
sim_device_free (SimDevice *self)
{
  amends_store_close (self->store);
  sim_machine_clear (&self->machine);
  sim_holding_free (self->holding);
  sim_image_free (self->image);
  g_hash_table_unref (self->unsure);
  g_clear_pointer (&self->last_reply, g_bytes_unref);
  g_free (self->name);
  g_free (self);
}

/**
 * sim_device_get_code:
 *
 * Returns: (transfer none): the code it writes under
 */
const char *
sim_device_get_code (const SimDevice *self)
{
  return self->store != NULL ? amends_store_get_identity (self->store)->code : self->code_seen;
}

static void
know (Sim *sim, const char *code, const GArray *granted)
{
  g_hash_table_add (sim->server_holding->codes, g_strdup (code));
  g_hash_table_add (sim->said, g_strdup_printf ("%s enrolled", code));
  for (guint i = 0; i < granted->len; i++)
    {
      const AmendsFeed *feed = &g_array_index (granted, AmendsFeed, i);

      g_autofree char *word = g_strdup_printf ("%s %s", code, feed->feed);

      if (!feed->may_read)
        continue;
      g_hash_table_add (sim->server_holding->access, g_strdup_printf ("%s %s", code, feed->feed));
      g_hash_table_add (sim->said, g_strdup_printf ("%s gains %s", code, feed->feed));
      g_hash_table_remove (sim->last, word);
    }
}

/**
 * sim_device_enrol:
 * @kind: staff, admin or kiosk
 * @feeds: between commas
 *
 * Returns: (transfer none) (nullable): one device more; %NULL if the server did not take it
 */
SimDevice *
sim_device_enrol (Sim *sim, const char *kind, const char *feeds)
{
  g_autofree char *name = g_strdup_printf ("d%u", sim->devices->len);
  g_autoptr (GArray) granted = g_array_new (FALSE, TRUE, sizeof (AmendsFeed));
  g_autoptr (AmendsIdentity) who = NULL;
  g_autoptr (GError) error = NULL;
  SimDevice *self = sim_device_new (sim, name);

  who = test_enrol (sim->server, &self->machine.environment, kind, feeds, name, NULL, granted,
                    &error);
  sim_server_after (sim);
  if (who == NULL)
    {
      sim_say (sim, "%s cannot enrol: %s", name, error->message);
      g_hash_table_add (sim->perhaps, g_strdup ("enrolled"));
      sim_device_free (self);
      return NULL;
    }
  self->store = amends_store_create (self->machine.path, &self->machine.environment, "sim", who,
                                     (AmendsFeed *) granted->data, granted->len, TEST_STAFF,
                                     TEST_PASSPHRASE, &error);
  g_assert_no_error (error);
  test_disk_settle (self->machine.disk);
  know (sim, who->code, granted);
  g_strlcpy (self->code_seen, who->code, sizeof self->code_seen);
  g_ptr_array_add (sim->devices, self);
  sim_say (sim, "%s enrols as %s, a %s of %s", name, who->code, kind, feeds);
  return self;
}

/* Even if it does not hear that it was done. */
static void
say_gains (Sim *sim, const char *code)
{
  static const char *const feeds[] = { "ctl", "staff", "s.oak", "s.elm", "k.oak", "k.elm" };

  for (guint i = 0; i < G_N_ELEMENTS (feeds); i++)
    g_hash_table_add (sim->said, g_strdup_printf ("%s gains %s", code, feeds[i]));
}

/**
 * sim_device_enrol_again:
 *
 * A restored server has forgotten the device, and takes it back with what it holds.
 */
void
sim_device_enrol_again (SimDevice *self)
{
  Sim *sim = self->machine.sim;
  const AmendsIdentity *who = amends_store_get_identity (self->store);
  g_autoptr (GArray) granted = g_array_new (FALSE, TRUE, sizeof (AmendsFeed));
  g_autoptr (AmendsIdentity) again = NULL;
  g_autoptr (GError) error = NULL;

  say_gains (sim, who->code);
  again = test_enrol (sim->server, &self->machine.environment, who->kind, "s.oak,s.elm", who->name,
                      who, granted, &error);
  sim_server_after (sim);
  sim_say (sim, "%s enrols again as %s: %s", self->name, who->code,
           again != NULL ? "done" : error->message);
  if (again != NULL)
    know (sim, who->code, granted);
}

/* Of an act of which nothing was said, or that it failed, all is there or nothing. */
static void
check_whole_acts (SimDevice *self, GHashTable *tokens)
{
  Sim *sim = self->machine.sim;
  g_autoptr (GHashTable) there = g_hash_table_new (NULL, NULL);
  GHashTableIter iter;
  gpointer token;

  for (guint pass = 0; pass < 2; pass++)
    {
      g_hash_table_iter_init (&iter, self->unsure);
      while (g_hash_table_iter_next (&iter, &token, NULL))
        {
          gpointer act = GUINT_TO_POINTER (sim_facts_get (sim, token)->act);

          if (pass == 0 && g_hash_table_contains (tokens, token))
            g_hash_table_add (there, act);
          if (pass == 1 && g_hash_table_contains (there, act)
              && !g_hash_table_contains (tokens, token)
              && !g_hash_table_contains (sim->gone, token))
            sim_fail (sim, "I2", "%s: of act %u %s is missing", self->name, GPOINTER_TO_UINT (act),
                      (char *) token);
        }
    }
  g_hash_table_remove_all (self->unsure);
}

/* Whether the device says that nothing of the feed is there any more. */
static gboolean
has_left (const GArray *taken, const char *feed)
{
  for (guint i = 0; i < taken->len; i++)
    {
      const AmendsTakenFeed *one = &g_array_index (taken, AmendsTakenFeed, i);

      if (g_strcmp0 (one->feed, feed) == 0)
        return !one->is_here;
    }
  return FALSE;
}

/* What a backup has a device deletes; whoever restores an older one loses it. */
static void
keep_backups (Sim *sim)
{
  sim->first_backup =
      sim->backups->len > 0 ? g_ptr_array_index (sim->backups, sim->backups->len - 1) : NULL;
}

/* What was taken from the device and deleted there the server is held to: it had said that it has it. */
static void
check_left (SimDevice *self, GHashTable *tokens, const GArray *taken)
{
  Sim *sim = self->machine.sim;
  GHashTableIter iter;
  gpointer token;

  self->is_leaving = FALSE;
  for (guint i = 0; i < taken->len; i++)
    {
      const AmendsTakenFeed *one = &g_array_index (taken, AmendsTakenFeed, i);

      self->is_leaving = self->is_leaving || one->is_here;
      if (!one->is_here
          && g_hash_table_add (sim->left, g_strdup_printf ("%s %s %" G_GINT64_FORMAT, self->name,
                                                           one->feed, one->gone_at)))
        keep_backups (sim);
    }
  g_hash_table_iter_init (&iter, self->holding->tokens);
  while (g_hash_table_iter_next (&iter, &token, NULL))
    {
      const SimFacts *facts = sim_facts_get (sim, token);

      if (g_hash_table_contains (tokens, token) || facts == NULL || !has_left (taken, facts->feed))
        continue;
      if (sim->n_restores == 0)
        g_hash_table_add (sim->server_holding->tokens, g_strdup (token));
      g_hash_table_iter_remove (&iter);
    }
}

static void
hear_erased (Sim *sim, const json_t *body)
{
  g_autoptr (GArray) ids = amends_erase_read_ids (json_object_get (body, "events"));

  for (guint i = 0; i < ids->len; i++)
    sim_know_erased (sim, &g_array_index (ids, AmendsId, i));
}

/* What the device has read in the server's log, and will remember though the server be restored. */
static gboolean
hear (AmendsEvent *event, gpointer user_data)
{
  SimDevice *self = user_data;
  json_auto_t *body = event->body != NULL ? amends_event_load_body (event, NULL) : NULL;
  const char *code = json_string_value (json_object_get (body, "device"));
  AmendsEventType type = amends_body_get_type (body);

  if (type == AMENDS_EVENT_DEVICE_REVOKED)
    g_hash_table_add (self->holding->heard, g_strdup_printf ("%s withdrawn", code));
  if (type == AMENDS_EVENT_DEVICE_ENROLLED)
    g_hash_table_add (self->holding->heard, g_strdup_printf ("%s enrolled", code));
  if (type == AMENDS_EVENT_BODY_ERASED)
    hear_erased (self->machine.sim, body);
  if (type == AMENDS_EVENT_DEVICE_UNGRANTED)
    {
      const char *lost = json_string_value (json_object_get (body, "lost"));
      const char *at = json_string_value (json_object_get (body, "at"));

      g_hash_table_add (self->holding->heard,
                        g_strdup_printf ("%s loses %s %s", code,
                                         json_string_value (json_object_get (body, "feed")),
                                         lost != NULL ? lost : at));
    }
  return TRUE;
}

/* Whether the server holds it back. Of a feed that was taken and is given again it has left the device that wrote it, and
 * does not come with the rest. */
static gboolean
is_held_back (Sim *sim, const char *token)
{
  json_auto_t *list =
      sim->server != NULL ? amends_server_list_quarantine (sim->server, NULL) : NULL;
  gsize i;
  json_t *item;

  json_array_foreach (list, i, item)
    {
      g_autofree char *id =
          g_strdup_printf ("%s %s", json_string_value (json_object_get (item, "feed")),
                           json_string_value (json_object_get (item, "id")));

      GHashTable *tokens = sim_get_tokens_of (sim, id);

      if (tokens != NULL && g_hash_table_contains (tokens, token))
        return TRUE;
    }
  return FALSE;
}

static void
know_id (Sim *sim, const char *place, const char *token)
{
  g_auto (GStrv) words = g_strsplit (place, " ", 2);
  AmendsId id;

  if (amends_id_parse (words[1], &id, NULL))
    sim_know_id (sim, words[0], &id, token);
}

/**
 * sim_device_look:
 *
 * I2: everything is there that was said to be saved or was received, but for what was taken away; and nothing that
 * nobody wrote, and nothing twice.
 */
void
sim_device_look (SimDevice *self)
{
  Sim *sim = self->machine.sim;
  g_autoptr (GHashTable) tokens = NULL;
  g_autoptr (GArray) taken = NULL;
  g_autoptr (GHashTable) ids = NULL;
  GHashTableIter iter;
  gpointer token, n_times, id;

  test_disk_pause (self->machine.disk, TRUE);
  tokens = sim_read_tokens (sim, self->store, &ids);
  taken = amends_store_list_taken (self->store, NULL);
  if (tokens != NULL)
    sim_read_set_aside (self->store, tokens);
  amends_log_foreach_of_server (self->store, 1, hear, self, NULL);
  test_disk_pause (self->machine.disk, FALSE);
  if (tokens == NULL || taken == NULL)
    {
      sim_fail (sim, "I2", "%s cannot be read", self->name);
      return;
    }
  g_hash_table_iter_init (&iter, ids);
  while (g_hash_table_iter_next (&iter, &id, &token))
    know_id (sim, id, token);
  check_left (self, tokens, taken);
  g_hash_table_iter_init (&iter, self->holding->tokens);
  while (g_hash_table_iter_next (&iter, &token, NULL))
    if (!g_hash_table_contains (tokens, token)
        && (g_hash_table_contains (sim->gone, token) || is_held_back (sim, token)))
      g_hash_table_iter_remove (&iter);
    else if (!g_hash_table_contains (tokens, token))
      sim_fail (sim, "I2", "%s has lost %s", self->name, (char *) token);
  g_hash_table_iter_init (&iter, tokens);
  while (g_hash_table_iter_next (&iter, &token, &n_times))
    {
      if (sim_facts_get (sim, token) == NULL)
        sim_fail (sim, "I11", "%s holds %s, which nobody wrote", self->name, (char *) token);
      else if (GPOINTER_TO_UINT (n_times) > 1 && sim->n_rollbacks + sim->n_restores < 2)
        sim_fail (sim, "I10", "%s holds %s twice", self->name, (char *) token);
      g_hash_table_add (self->holding->tokens, g_strdup (token));
    }
  check_whole_acts (self, tokens);
}

/**
 * sim_device_start:
 *
 * The machine is on, and somebody signs in.
 * Returns: whether its store is open
 */
gboolean
sim_device_start (SimDevice *self)
{
  Sim *sim = self->machine.sim;
  g_autoptr (GError) error = NULL;

  if (self->store != NULL)
    return TRUE;
  self->store =
      amends_store_open (self->machine.path, &self->machine.environment, "sim", FALSE, &error);
  if (self->store == NULL
      || !amends_store_unlock (self->store, TEST_STAFF, TEST_PASSPHRASE, &error))
    {
      sim_say (sim, "%s does not open: %s", self->name, error->message);
      if (!test_disk_has_failed (self->machine.disk))
        sim_fail (sim, "I13", "%s does not open: %s", self->name, error->message);
      g_clear_pointer (&self->store, amends_store_close);
      sim_device_after (self);
      return FALSE;
    }
  g_strlcpy (self->code_seen, sim_device_get_code (self), sizeof self->code_seen);
  sim_device_look (self);
  return TRUE;
}

/**
 * sim_device_stop:
 *
 * The program ends as people end it.
 */
void
sim_device_stop (SimDevice *self)
{
  g_clear_pointer (&self->store, amends_store_close);
  sim_device_after (self);
}

/**
 * sim_device_after:
 *
 * If its machine has stopped on the way: what was not synced is lost, and it may be on again at once.
 */
void
sim_device_after (SimDevice *self)
{
  Sim *sim = self->machine.sim;
  TestDiskLoss loss;

  if (!test_disk_is_stopped (self->machine.disk) || self->is_syncing)
    return;
  g_clear_pointer (&self->store, amends_store_close);
  if (self->is_leaving)
    keep_backups (sim); /* it may have deleted something before it stopped */
  loss = sim_draw_loss (sim);
  sim_say (sim, "%s stops, loss %d", self->name, loss);
  test_disk_start (self->machine.disk, loss, sim->dice);
  if (sim->is_calm || sim_chance (sim, 700))
    sim_device_start (self);
}

/* I6, I8: what a device says has happened did happen. */
void
sim_device_check_report (SimDevice *self, const AmendsSyncReport *report)
{
  Sim *sim = self->machine.sim;

  if (report->recoded_to[0] != '\0')
    {
      sim_say (sim, "%s goes on as %s", self->name, report->recoded_to);
      if (sim->n_rollbacks == 0)
        sim_fail (sim, "I8", "%s has a new code, and was never restored or cloned", self->name);
    }
  if (report->server_restored && sim->n_restores == 0)
    sim_fail (sim, "I6", "%s takes the server for restored, and it never was", self->name);
}

/**
 * sim_device_sync:
 * @ret_report: (out): what it came to
 *
 * Returns: whether it went well
 */
gboolean
sim_device_sync (SimDevice *self, AmendsSyncReport *ret_report)
{
  Sim *sim = self->machine.sim;
  g_autoptr (GError) error = NULL;
  gboolean synced;
  guint32 chance = (guint32) sim_draw (sim, G_MAXINT);

  memset (ret_report, 0, sizeof *ret_report);
  if (self->store == NULL || self->is_syncing)
    return FALSE;
  self->is_syncing = TRUE;
  synced = amends_sync_run (self->store, &self->line.base, NULL, NULL, ret_report, &error);
  self->is_syncing = FALSE;
  sim_say (sim,
           "%s syncs: %s; sent %" G_GUINT64_FORMAT ", received %" G_GUINT64_FORMAT
           ", waiting %" G_GUINT64_FORMAT ", %" G_GUINT64_FORMAT " requests",
           self->name, synced ? "done" : error->message, ret_report->n_sent, ret_report->n_received,
           ret_report->n_waiting, ret_report->n_requests);
  self->is_withdrawn = g_error_matches (error, AMENDS_SYNC_ERROR, AMENDS_SYNC_ERROR_REVOKED);
  self->is_forgotten = g_error_matches (error, AMENDS_SYNC_ERROR, AMENDS_SYNC_ERROR_FORGOTTEN);
  self->n_failures = synced ? 0 : self->n_failures + 1;
  self->next_sync_at = sim->now
                       + (gint64) amends_backoff_delay_ms (MAX (self->n_failures, 1),
                                                           ret_report->retry_after_s, 2 * chance)
                             * 1000;
  sim_device_check_report (self, ret_report);
  sim_device_after (self);
  if (self->store == NULL)
    return FALSE;
  g_strlcpy (self->code_seen, sim_device_get_code (self), sizeof self->code_seen);
  sim_device_look (self);
  return synced;
}
