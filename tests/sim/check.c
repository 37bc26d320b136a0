/* check.c: the faults stop, everything comes to rest, and the invariants hold
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "core/amends-erase.h"
#include "sim/sim.h"
#include "store/amends-log.h"

#define HOME "complainant.home"

/* A device that the server has forgotten: it enrolled, or got its code, after the backup was made. */
static gboolean
is_stranded (SimDevice *device)
{
  return !g_hash_table_contains (device->machine.sim->server_holding->codes,
                                 sim_device_get_code (device));
}

static gboolean
is_revoked (SimDevice *device)
{
  Sim *sim = device->machine.sim;
  const char *code = sim_device_get_code (device);
  g_autofree char *word = g_strdup_printf ("%s withdrawn", code);

  return g_hash_table_contains (sim->server_holding->revoked, code)
         || (device->is_withdrawn && g_hash_table_contains (sim->perhaps, word));
}

/* One that was withdrawn, and restored or cloned too, keeps what it wrote since; people are told. */
static gboolean
is_kept (SimDevice *device)
{
  AmendsStatus status = { 0 };
  gboolean is_waiting;

  if (is_stranded (device) || !is_revoked (device))
    return is_stranded (device);
  amends_store_get_status (device->store, &status, NULL);
  is_waiting = status.n_waiting > 0;
  amends_status_clear (&status);
  return is_waiting && device->machine.sim->n_rollbacks > 0;
}

/* One that was withdrawn, and restored or cloned too, is given no code under which it could go on: it hears no more, and
 * hands in no more. */
static gboolean
is_out_of_touch (SimDevice *device)
{
  return is_stranded (device) || (is_revoked (device) && device->machine.sim->n_rollbacks > 0);
}

/* I6, I9: what somebody who is in touch has read in the server's log is so, however often the server was restored:
 * who was withdrawn is, who enrolled is known, and a feed that was taken, and not given since, is. */
static void
check_heard (Sim *self)
{
  const SimHolding *holding = self->server_holding;
  GHashTableIter iter;
  gpointer word, last;

  sim_follow_lost (self);
  for (guint i = 0; i < self->devices->len; i++)
    {
      SimDevice *device = g_ptr_array_index (self->devices, i);

      g_hash_table_iter_init (&iter, device->holding->heard);
      while (!is_out_of_touch (device) && g_hash_table_iter_next (&iter, &word, NULL))
        {
          g_autofree char *code = g_strndup (word, strcspn (word, " "));

          if (!g_hash_table_contains (holding->codes, code)
              || (g_str_has_suffix (word, " withdrawn")
                  && !g_hash_table_contains (holding->revoked, code)))
            sim_fail (self, "I9", "%s has heard: %s, and the server has not", device->name,
                      (char *) word);
        }
      g_hash_table_iter_init (&iter, self->last);
      while (!is_out_of_touch (device) && g_hash_table_iter_next (&iter, &word, &last))
        if (strstr (last, " loses ") != NULL && g_hash_table_contains (device->holding->heard, last)
            && g_hash_table_contains (holding->access, word))
          sim_fail (self, "I9", "%s has heard last: %s, and the server has not", device->name,
                    (char *) last);
    }
}

static guint
count_stranded (Sim *self)
{
  guint n_stranded = 0;

  sim_follow_lost (self);
  for (guint i = 0; i < self->devices->len; i++)
    n_stranded += is_stranded (g_ptr_array_index (self->devices, i));
  return n_stranded;
}

/* Whom the others bring back needs nobody's help, and brings back others in turn. */
static void
bring_back (Sim *self)
{
  guint n_before, n_stranded = count_stranded (self);
  AmendsSyncReport report;

  do
    {
      n_before = n_stranded;
      for (guint i = 0; i < self->devices->len; i++)
        sim_device_sync (g_ptr_array_index (self->devices, i), &report);
      n_stranded = count_stranded (self);
    }
  while (n_stranded < n_before);
}

static void
heal (Sim *self)
{
  self->is_calm = TRUE;
  self->now += (gint64) 3600 * G_USEC_PER_SEC;
  sim_say (self, "the faults stop");
  sim_machine_set_fault (&self->server_machine, TEST_DISK_SOUND, 0);
  sim_server_after (self);
  sim_server_start (self);
  for (guint i = 0; i < self->devices->len; i++)
    {
      SimDevice *device = g_ptr_array_index (self->devices, i);

      sim_machine_set_fault (&device->machine, TEST_DISK_SOUND, 0);
      sim_device_after (device);
      sim_device_start (device);
    }
  bring_back (self);
  check_heard (self);
  for (guint i = 0; i < self->devices->len; i++)
    {
      SimDevice *device = g_ptr_array_index (self->devices, i);

      device->n_exchanges = 0;
      if (is_stranded (device))
        sim_device_enrol_again (device);
    }
}

/* One sync of each. Returns: whether nothing moved */
static gboolean
is_quiet_round (Sim *self)
{
  gboolean is_quiet = TRUE;

  for (guint i = 0; i < self->devices->len; i++)
    {
      SimDevice *device = g_ptr_array_index (self->devices, i);
      AmendsSyncReport report;
      gboolean synced = sim_device_sync (device, &report);

      is_quiet = is_quiet && report.n_sent == 0 && report.n_received == 0
                 && (synced || is_stranded (device) || is_revoked (device));
    }
  return is_quiet;
}

/* I12: what a device needed before the round in which nothing moved any more. */
static void
come_to_rest (Sim *self)
{
  g_autofree guint *n_needed = g_new0 (guint, self->devices->len);
  gboolean is_quiet = FALSE;

  for (guint round = 0; round < SIM_MAX_EXCHANGES && !is_quiet; round++)
    {
      for (guint i = 0; i < self->devices->len; i++)
        n_needed[i] = ((SimDevice *) g_ptr_array_index (self->devices, i))->n_exchanges;
      is_quiet = is_quiet_round (self);
    }
  for (guint i = 0; i < self->devices->len; i++)
    {
      SimDevice *device = g_ptr_array_index (self->devices, i);

      /* Two clones that were withdrawn share a code, and take each other's numbers. */
      if (!is_quiet || (n_needed[i] > SIM_MAX_EXCHANGES && !is_out_of_touch (device)))
        sim_fail (self, "I12", "%s: %u exchanges and %s", device->name, n_needed[i],
                  is_quiet ? "at rest" : "not at rest");
      device->n_exchanges = 0;
    }
}

/* The administrator lets go what is held back, and what can be is given out. */
static void
release_all (Sim *self)
{
  json_auto_t *devices = amends_server_list_devices (self->server, NULL);
  gsize i;
  json_t *device;

  json_array_foreach (devices, i, device)
    {
      const char *code = json_string_value (json_object_get (device, "code"));
      json_auto_t *report = NULL;

      if (json_integer_value (json_object_get (device, "quarantined")) > 0)
        report = amends_server_release (self->server, code, NULL);
      if (report != NULL)
        sim_say (self, "of %s %" JSON_INTEGER_FORMAT " events are let go", code,
                 json_integer_value (json_object_get (report, "released")));
    }
}

/* Ids of the events that the server still holds back. */
static GHashTable *
list_held (Sim *self)
{
  GHashTable *held = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  json_auto_t *list = amends_server_list_quarantine (self->server, NULL);
  gsize i;
  json_t *item;

  json_array_foreach (list, i, item)
    g_hash_table_add (held,
                      g_strdup_printf ("%s %s", json_string_value (json_object_get (item, "feed")),
                                       json_string_value (json_object_get (item, "id"))));
  return held;
}

/* I4: whatever any of them holds is proven, and the device that it is on says so itself. */
static void
check_chains (Sim *self)
{
  json_auto_t *report = amends_server_verify (self->server, NULL);

  if (!json_is_true (json_object_get (report, "ok")))
    {
      char *text = json_dumps (report, 0);

      sim_fail (self, "I4", "the server: %s", text);
      free (text);
    }
  for (guint i = 0; i < self->devices->len; i++)
    {
      SimDevice *device = g_ptr_array_index (self->devices, i);
      AmendsFsck fsck = { 0 };
      g_autoptr (GError) error = NULL;

      if (!amends_store_fsck (device->store, &fsck, &error))
        sim_fail (self, "I4", "%s cannot be checked: %s", device->name, error->message);
      else if (fsck.first_bad != NULL)
        sim_fail (self, "I4", "%s: %s %s", device->name, fsck.first_bad, fsck.what);
      amends_fsck_clear (&fsck);
    }
}

/* The events of one feed, as one word; without those that the server holds back. */
static char *
list_feed (GHashTable *ids, const char *feed, GHashTable *held)
{
  g_autoptr (GList) keys = g_list_sort (g_hash_table_get_keys (ids), (GCompareFunc) strcmp);
  g_autofree char *prefix = g_strconcat (feed, " ", NULL);
  GString *text = g_string_new (NULL);

  for (const GList *key = keys; key != NULL; key = key->next)
    if (g_str_has_prefix (key->data, prefix) && !g_hash_table_contains (held, key->data))
      g_string_append_printf (text, "%s=%s;", (const char *) key->data,
                              (const char *) g_hash_table_lookup (ids, key->data));
  return g_string_free (text, FALSE);
}

/* What was erased is carried by nobody: of a feed that was taken who still holds it sees that there was something. */
static gboolean
has_erased (Sim *self, GHashTable *ids, const char *feed)
{
  GHashTableIter iter;
  gpointer id, token;

  g_hash_table_iter_init (&iter, ids);
  while (g_hash_table_iter_next (&iter, &id, &token))
    if (*(char *) token == '\0' && g_str_has_prefix (id, feed)
        && g_hash_table_contains (self->erased, strchr (id, ' ') + 1))
      return TRUE;
  return FALSE;
}

/* Whether the device shows what it holds of the feed. */
static gboolean
shows (SimDevice *device, const char *feed)
{
  g_autoptr (GArray) feeds = amends_store_list_feeds (device->store, NULL);

  for (guint i = 0; i < feeds->len; i++)
    {
      const AmendsFeed *one = &g_array_index (feeds, AmendsFeed, i);

      if (g_str_equal (one->feed, feed))
        return one->may_read || one->may_write;
    }
  return FALSE;
}

/* I9: of what was taken from a device nothing is there once a backup has all of it, and the server knows. */
static void
check_taken (Sim *self, SimDevice *device)
{
  g_autoptr (GArray) taken = amends_store_list_taken (device->store, NULL);
  json_auto_t *list = amends_server_list_leaving (self->server, NULL);
  const char *code = sim_device_get_code (device);
  gsize n;
  json_t *one;

  if (is_out_of_touch (device))
    return;
  for (guint i = 0; i < taken->len; i++)
    {
      const AmendsTakenFeed *feed = &g_array_index (taken, AmendsTakenFeed, i);

      /* Where both were restored some of it may never get a position, and no backup be known to have it. */
      if (feed->is_here && (self->n_restores == 0 || self->n_rollbacks == 0))
        sim_fail (self, "I9", "%s still holds %s, which was taken: %d unsent, %d unsafe",
                  device->name, feed->feed, (int) feed->n_unsent, (int) feed->n_unsafe);
    }
  json_array_foreach (list, n, one)
    if (g_str_equal (json_string_value (json_object_get (one, "device")), code)
        && json_is_null (json_object_get (one, "gone_at"))
        && (self->n_restores == 0 || self->n_rollbacks == 0))
      sim_fail (self, "I9", "the server does not know that %s has left %s",
                json_string_value (json_object_get (one, "feed")), device->name);
}

/* I3 and I14: a device that may read a feed holds all of it, and devices that hold the same show the same. */
static void
check_same (Sim *self, SimDevice *device, GHashTable *wanted, GHashTable *shown)
{
  static const char *const feeds[] = { "ctl", "org", "staff", "s.oak", "s.elm" };
  g_autoptr (GHashTable) ids = NULL;
  g_autoptr (GHashTable) tokens = sim_read_tokens (self, device->store, &ids);
  g_autoptr (GHashTable) held = list_held (self);
  g_autoptr (GHashTable) none = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GString) whole = g_string_new (NULL);
  char *hash = test_state_hash (device->store);
  const char *other;

  for (guint i = 0; i < G_N_ELEMENTS (feeds); i++)
    {
      g_autofree char *word = g_strdup_printf ("%s %s", sim_device_get_code (device), feeds[i]);
      g_autofree char *here = list_feed (ids, feeds[i], held);
      g_autofree char *all = list_feed (ids, feeds[i], none);
      g_autofree char *there = list_feed (wanted, feeds[i], held);

      if (shows (device, feeds[i]) || has_erased (self, ids, feeds[i]))
        g_string_append_printf (whole, "%s:%s", feeds[i], all);
      if (!is_stranded (device) && !is_revoked (device)
          && g_hash_table_contains (self->server_holding->access, word)
          && strcmp (here, there) != 0)
        sim_fail (self, "I3", "%s holds of %s\n  %s\nand should\n  %s", device->name, feeds[i],
                  here, there);
    }
  other = g_hash_table_lookup (shown, whole->str);
  if (other != NULL && strcmp (other, hash) != 0)
    sim_fail (self, "I3", "%s shows something else than a device with the same events",
              device->name);
  g_hash_table_insert (shown, g_string_free (g_steal_pointer (&whole), FALSE), hash);
}

/* I1, I6, I8: what anybody was told is saved or received is where everybody finds it; where the server holds
 * it back or has forgotten the device, it is where it was; what two wrote under one number is set aside. */
static void
check_nothing_lost (Sim *self, GHashTable *found)
{
  g_autoptr (GHashTable) held = list_held (self);
  g_autoptr (GHashTable) elsewhere = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) owed = g_hash_table_new (g_str_hash, g_str_equal);
  GHashTableIter iter;
  gpointer token, id;

  for (guint i = 0; i < self->devices->len; i++)
    {
      SimDevice *device = g_ptr_array_index (self->devices, i);
      g_autoptr (GHashTable) ids = NULL;
      g_autoptr (GHashTable) tokens = sim_read_tokens (self, device->store, &ids);

      g_hash_table_iter_init (&iter, ids);
      while (g_hash_table_iter_next (&iter, &id, &token))
        if (g_hash_table_contains (held, id) || is_kept (device))
          g_hash_table_add (elsewhere, g_strdup (token));
      if (self->n_restores > 0 && self->n_rollbacks > 0)
        sim_read_set_aside (device->store, elsewhere);
      g_hash_table_iter_init (&iter, device->holding->tokens);
      while (g_hash_table_iter_next (&iter, &token, NULL))
        g_hash_table_add (owed, token);
    }
  /* What the server holds back has left the device that wrote it, if the feed was taken from it. */
  g_hash_table_iter_init (&iter, held);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    if (sim_get_tokens_of (self, id) != NULL)
      {
        GHashTableIter tokens;

        g_hash_table_iter_init (&tokens, sim_get_tokens_of (self, id));
        while (g_hash_table_iter_next (&tokens, &token, NULL))
          g_hash_table_add (elsewhere, g_strdup (token));
      }
  g_hash_table_iter_init (&iter, self->server_holding->tokens);
  while (g_hash_table_iter_next (&iter, &token, NULL))
    g_hash_table_add (owed, token);
  g_hash_table_iter_init (&iter, owed);
  while (g_hash_table_iter_next (&iter, &token, NULL))
    if (!g_hash_table_contains (found, token) && !g_hash_table_contains (elsewhere, token)
        && !g_hash_table_contains (self->gone, token))
      sim_fail (self, "I1", "%s is lost", (char *) token);
}

/* I6, I13: whoever cannot go on says so. */
static void
check_told (Sim *self)
{
  for (guint i = 0; i < self->devices->len; i++)
    {
      SimDevice *device = g_ptr_array_index (self->devices, i);
      AmendsStatus status = { 0 };

      if (!amends_store_get_status (device->store, &status, NULL))
        sim_fail (self, "I13", "%s has no status", device->name);
      else if ((status.last_error_code != NULL) != (is_stranded (device) || is_revoked (device)))
        sim_fail (self, "I6", "%s: people are told “%s”", device->name,
                  status.last_error_code != NULL ? status.last_error_code : "nothing");
      else if (status.n_waiting > 0
               && (status.last_error_message == NULL
                   || strstr (status.last_error_message, "is kept here") == NULL))
        sim_fail (self, "I12", "%s: %" G_GUINT64_FORMAT " events wait", device->name,
                  status.n_waiting);
      else if (status.n_set_aside > 0 && (self->n_restores == 0 || self->n_rollbacks == 0))
        sim_fail (self, "I8", "%s has set something aside", device->name);
      amends_status_clear (&status);
    }
}

static gboolean
is_standing (Sim *self, const GPtrArray *writes, const char *token, GHashTable *present)
{
  for (guint i = 0; i < writes->len; i++)
    if (sim_comes_after (self, g_ptr_array_index (writes, i), token, present))
      return FALSE;
  return TRUE;
}

/* I15: of where a complainant lives every word stands that nobody wrote over who had seen it, and no other. */
static void
check_case (Sim *self, AmendsStore *store, const AmendsId *id)
{
  g_autoptr (AmendsCase) complaint = amends_store_get_case (store, id, NULL);
  g_autoptr (GPtrArray) writes = g_ptr_array_new_with_free_func (g_free);
  const AmendsField *field = amends_fields_get (amends_case_get_fields (complaint), HOME);

  g_autoptr (GPtrArray) events = sim_read_case (store, id);
  g_autoptr (GHashTable) present = sim_list_present (self, events);

  if (sim_has_unclear (self, events)
      || (self->n_restores > 0 && self->n_rollbacks > 0 && sim_names_another (self, events)))
    return;
  for (guint i = 0; i < amends_case_get_n_history (complaint); i++)
    {
      const AmendsEvent *event = amends_case_get_history (complaint, i)->event;
      char *token = sim_find_token (event);
      const SimFacts *facts = token != NULL ? sim_facts_get (self, token) : NULL;

      if (token != NULL && g_ptr_array_find_with_equal_func (writes, token, g_str_equal, NULL))
        {
          /* Restored and cloned at once: which of the two is meant nobody can say. */
          g_free (token);
          return;
        }
      if (facts != NULL && facts->is_home)
        g_ptr_array_add (writes, token);
      else
        g_free (token);
    }
  for (guint i = 0; i < writes->len; i++)
    {
      const char *token = g_ptr_array_index (writes, i);
      gboolean stands = is_standing (self, writes, token, present), is_shown = FALSE;

      for (guint w = 0; field != NULL && w < field->writes->len; w++)
        if (g_strcmp0 (json_string_value (g_array_index (field->writes, AmendsWrite, w).value),
                       token)
            == 0)
          is_shown = TRUE;
      if (stands != is_shown)
        sim_fail (self, "I15", "%s %s, and %s", token, stands ? "stands" : "was written over",
                  is_shown ? "is shown" : "is not shown");
    }
}

static void
check_cases (Sim *self, AmendsStore *store)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = amends_store_list_cases (store, NULL, FALSE, 0, 0, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < rows->len; i++)
    check_case (self, store, &((const AmendsCaseRow *) g_ptr_array_index (rows, i))->id);
}

static void
check_once (Sim *self, GHashTable *found, GHashTable *ids)
{
  GHashTableIter iter;
  gpointer id, token;

  if (self->n_restores + self->n_rollbacks > 1)
    return;
  g_hash_table_iter_init (&iter, ids);
  while (g_hash_table_iter_next (&iter, &id, &token))
    if (GPOINTER_TO_UINT (g_hash_table_lookup (found, token)) > 1)
      sim_fail (self, "I10", "%s is there more than once: %s", (char *) token, (char *) id);
}

static int
compare_words (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* What a case says on a device: the tokens of all that it is folded from, in order; without those that the server holds
 * back, which who wrote them has and nobody else, and those that two agreed to erase, as @known says, which are carried
 * no more where the server will not have it. */
static char *
list_case (AmendsStore *store,
           const AmendsId *id,
           const AmendsCase *known,
           GHashTable *held,
           gboolean *ret_is_away)
{
  g_autoptr (AmendsCase) complaint = amends_store_get_case (store, id, NULL);
  g_autoptr (GPtrArray) tokens = g_ptr_array_new_with_free_func (g_free);
  GString *text = g_string_new (NULL);

  *ret_is_away = complaint != NULL && amends_case_is_away (complaint);
  for (guint i = 0; complaint != NULL && i < amends_case_get_n_history (complaint); i++)
    {
      const AmendsEvent *event = amends_case_get_history (complaint, i)->event;
      g_autofree char *event_id = amends_id_format (&event->id);
      g_autofree char *place = g_strconcat (event->feed, " ", event_id, NULL);
      char *token = g_hash_table_contains (held, place) || amends_case_is_to_go (known, &event->id)
                        ? NULL
                        : sim_find_token (event);

      if (token != NULL)
        g_ptr_array_add (tokens, token);
    }
  g_ptr_array_sort (tokens, compare_words);
  for (guint i = 0; i < tokens->len; i++)
    g_string_append_printf (text, "%s ", (const char *) g_ptr_array_index (tokens, i));
  return g_string_free (text, FALSE);
}

/* Whether the server holds back, in the feed that it left, that it was moved: who reads that feed alone is not told. */
static gboolean
is_move_held (const AmendsCase *complaint, GHashTable *held)
{
  for (guint i = 0; i < amends_case_get_n_history (complaint); i++)
    {
      const AmendsHistoryEntry *entry = amends_case_get_history (complaint, i);
      g_autofree char *id = amends_id_format (&entry->event->id);
      g_autofree char *place = g_strconcat (entry->event->feed, " ", id, NULL);

      if (entry->type == AMENDS_EVENT_CASE_MOVED && g_hash_table_contains (held, place))
        return TRUE;
    }
  return FALSE;
}

/* I3 for what has moved: who may read where a case is has all of it, whatever else they may read; and who may read
 * where it was only sees no more than that it went. */
static void
check_moved (Sim *self, SimDevice *device, AmendsStore *all)
{
  g_autoptr (GPtrArray) rows = amends_store_list_cases (all, NULL, FALSE, 0, 0, NULL);
  g_autoptr (GHashTable) held = list_held (self);

  if (is_stranded (device) || is_revoked (device)
      || (self->n_restores > 0 && self->n_rollbacks > 0))
    return;
  for (guint i = 0; i < rows->len; i++)
    {
      const AmendsId *id = &((const AmendsCaseRow *) g_ptr_array_index (rows, i))->id;
      g_autoptr (AmendsCase) complaint = amends_store_get_case (all, id, NULL);
      const char *feed = amends_case_get_feed (complaint);
      g_autofree char *word = g_strdup_printf ("%s %s", sim_device_get_code (device), feed);
      g_autofree char *text = amends_id_format (id);
      g_autofree char *wanted = NULL;
      g_autofree char *found = NULL;
      gboolean is_away;

      if (!amends_case_was_moved (complaint) || is_move_held (complaint, held))
        continue;
      wanted = list_case (all, id, complaint, held, &is_away);
      found = list_case (device->store, id, complaint, held, &is_away);
      if (g_hash_table_contains (self->server_holding->access, word)
              ? is_away || strcmp (wanted, found) != 0
              : *found != '\0' && !is_away)
        sim_fail (self, "I3", "%s shows of %s, which is in %s,\n  %s\nand should\n  %s",
                  device->name, text, feed, found, wanted);
    }
}

/* I7: of what the server's log says was erased no body is on any device that hears of it, so that none is on the server
 * either: one of them has just come. Where a device was restored or cloned another event may have had the id, and what is
 * under another is another. */
static void
check_erased (Sim *self, SimDevice *device)
{
  g_autoptr (GHashTable) ids = NULL;
  g_autoptr (GHashTable) tokens = sim_read_tokens (self, device->store, &ids);
  GHashTableIter iter;
  gpointer place, token;

  if (is_out_of_touch (device))
    return;
  g_hash_table_iter_init (&iter, ids);
  while (g_hash_table_iter_next (&iter, &place, &token))
    if (*(char *) token != '\0'
        && (g_hash_table_contains (self->erased, strchr (place, ' ') + 1)
            || (self->n_rollbacks == 0 && g_hash_table_contains (self->gone, token))))
      sim_fail (self, "I7", "%s still holds %s, %s, which was erased", device->name, (char *) place,
                (char *) token);
}

static gboolean
may_have_erased (Sim *self, const char *code, const char *feed)
{
  g_autofree char *word = g_strdup_printf ("%s %s", code, feed);

  return g_hash_table_contains (self->server_holding->access, word)
         && g_hash_table_contains (self->server_holding->codes, code)
         && !g_hash_table_contains (self->server_holding->revoked, code);
}

/* I12: what two have agreed on, and may have erased, is erased. */
static void
check_agreed (Sim *self, AmendsStore *all)
{
  g_autoptr (GPtrArray) rows = amends_store_list_cases (all, NULL, FALSE, 0, 0, NULL);

  for (guint i = 0; self->n_rollbacks == 0 && i < rows->len; i++)
    {
      const AmendsId *id = &((const AmendsCaseRow *) g_ptr_array_index (rows, i))->id;
      g_autoptr (AmendsCase) complaint = amends_store_get_case (all, id, NULL);

      for (guint n = 0; n < amends_case_get_n_erasures (complaint); n++)
        {
          const AmendsCaseErasure *erasure = amends_case_get_erasure (complaint, n);
          const AmendsEvent *asked = erasure->asked->event;
          g_autofree char *text = amends_id_format (&asked->id);

          if (erasure->agreed != NULL && erasure->n_left > 0
              && may_have_erased (self, asked->id.code, asked->feed)
              && may_have_erased (self, erasure->agreed->event->id.code, asked->feed))
            sim_fail (self, "I12", "%u of what %s asks for is not erased", erasure->n_left, text);
        }
    }
}

static gboolean
has_carried (SimDevice *device, GPtrArray *events)
{
  for (guint i = 0; i < events->len; i++)
    {
      AmendsEvent *event = g_ptr_array_index (events, i);

      if (g_str_equal (event->id.code, sim_device_get_code (device))
          && amends_body_get_type (amends_event_get_json (event)) == AMENDS_EVENT_CASE_CARRIED)
        return TRUE;
    }
  return FALSE;
}

static gboolean
has_both_schemes (SimDevice *device)
{
  GHashTable *access = device->machine.sim->server_holding->access;
  const char *code = sim_device_get_code (device);
  g_autofree char *oak = g_strconcat (code, " s.oak", NULL);
  g_autofree char *elm = g_strconcat (code, " s.elm", NULL);

  return g_hash_table_contains (access, oak) && g_hash_table_contains (access, elm);
}

/* I3: what came late of a case has been brought by whoever moved it, if they still may. What they brought and the server
 * holds back is there for somebody to look at. */
static void
check_followed (Sim *self, SimDevice *device)
{
  g_autoptr (GPtrArray) rows = amends_store_list_cases (device->store, NULL, FALSE, 0, 0, NULL);

  if (is_stranded (device) || is_revoked (device) || !has_both_schemes (device))
    return;
  for (guint i = 0; i < rows->len; i++)
    {
      const AmendsId *id = &((const AmendsCaseRow *) g_ptr_array_index (rows, i))->id;
      g_autoptr (AmendsCase) complaint = amends_store_get_case (device->store, id, NULL);
      g_autoptr (GPtrArray) events = amends_log_read_stream (device->store, id, NULL);
      g_autofree char *text = amends_id_format (id);

      if (amends_case_count_behind (complaint) > 0 && has_carried (device, events))
        sim_fail (self, "I3", "%s had moved %s, and left %u events behind", device->name, text,
                  amends_case_count_behind (complaint));
    }
}

/**
 * sim_finish:
 *
 * The faults stop, everybody works on without anybody's help (I13), and everything is at rest within
 * %SIM_MAX_EXCHANGES of each device. Somebody who comes new then gets all there is, and it is all there ever
 * was.
 */
void
sim_finish (Sim *self)
{
  g_autoptr (GHashTable) wanted = NULL;
  g_autoptr (GHashTable) found = NULL;
  g_autoptr (GHashTable) shown = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  AmendsSyncReport report;
  SimDevice *auditor;

  heal (self);
  for (guint i = 0; i < self->devices->len; i++)
    sim_people_do (g_ptr_array_index (self->devices, i), SIM_RECORD);
  come_to_rest (self);
  check_told (self);
  release_all (self);
  come_to_rest (self);
  sim_back_up (self);
  come_to_rest (self);
  for (guint i = 0; i < self->devices->len; i++)
    check_taken (self, g_ptr_array_index (self->devices, i));
  auditor = sim_device_enrol (self, "staff", "s.oak,s.elm");
  g_assert_nonnull (auditor);
  sim_device_sync (auditor, &report);
  come_to_rest (self);
  for (guint i = 0; i < self->devices->len; i++)
    check_followed (self, g_ptr_array_index (self->devices, i));
  if (sim_people_move_all (auditor))
    come_to_rest (self);
  check_told (self);
  check_heard (self);
  check_chains (self);
  found = sim_read_tokens (self, auditor->store, &wanted);
  for (guint i = 0; i < self->devices->len; i++)
    {
      check_same (self, g_ptr_array_index (self->devices, i), wanted, shown);
      check_moved (self, g_ptr_array_index (self->devices, i), auditor->store);
      check_erased (self, g_ptr_array_index (self->devices, i));
    }
  check_agreed (self, auditor->store);
  check_nothing_lost (self, found);
  check_once (self, found, wanted);
  check_cases (self, auditor->store);
  sim_say (self, "%u steps, %u acts, %u devices, %u restores, %u rollbacks", self->n_steps,
           self->n_acts, self->devices->len, self->n_restores, self->n_rollbacks);
}
