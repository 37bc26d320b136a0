/* people.c: what people do at a device, at random
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "core/amends-erase.h"
#include "core/amends-error.h"
#include "core/amends-json.h"
#include "sim/sim.h"
#include "store/amends-log.h"

#define HOME "complainant.home"

/* What an act would write: its tokens, known before it is done. */
static void
expect (SimDevice *device, guint act, guint part, gboolean is_home)
{
  g_autofree char *token =
      part == 0 ? g_strdup_printf ("t%u", act) : g_strdup_printf ("t%u.%u", act, part);

  sim_facts_add (device->machine.sim, token, act)->is_home = is_home;
  g_hash_table_add (device->unsure, g_steal_pointer (&token));
}

static gboolean
may_write_in (SimDevice *device, const char *feed)
{
  g_autoptr (GArray) feeds = amends_store_list_feeds (device->store, NULL);

  for (guint i = 0; feeds != NULL && i < feeds->len; i++)
    {
      const AmendsFeed *known = &g_array_index (feeds, AmendsFeed, i);

      if (g_str_equal (known->feed, feed))
        return known->may_write;
    }
  return FALSE;
}

/* I13: what is refused is refused with the reason, and without one nothing is. */
static void
check_refusal (SimDevice *device, const char *feed, const GError *error)
{
  Sim *sim = device->machine.sim;
  TestDisk *disk = device->machine.disk;
  gboolean may_write;

  sim_say (sim, "%s is told: %s", device->name, error->message);
  if (test_disk_is_stopped (disk))
    return;
  test_disk_pause (disk, TRUE);
  may_write = may_write_in (device, feed);
  test_disk_pause (disk, FALSE);
  if (!may_write)
    return;
  if (test_disk_has_failed (disk))
    {
      if (error->domain != AMENDS_STORE_ERROR)
        sim_fail (sim, "I13", "%s: the disk failed, and people are told: %s", device->name,
                  error->message);
      else if (device->machine.fault == TEST_DISK_FULL && error->code != AMENDS_STORE_ERROR_FULL)
        sim_fail (sim, "I13", "%s: the disk is full, and people are told: %s", device->name,
                  error->message);
      return;
    }
  sim_fail (sim, "I13", "%s: an act is refused: %s", device->name, error->message);
}

/* I15: what its author had in front of them an event comes after. It need not name what comes before an event that
 * it names, also only by the numbers of that one's device: a clone that was given a feed again lacks what it wrote
 * there and the server holds back. @events: the stream with it, of which @before was in front of them */
static void
check_seen (SimDevice *device, const GPtrArray *before, const GPtrArray *events, const char *token)
{
  Sim *sim = device->machine.sim;
  g_autoptr (GHashTable) present = sim_list_present (sim, events);

  if (sim_has_unclear (sim, before)
      || (sim->n_restores > 0 && sim->n_rollbacks > 0 && sim_names_another (sim, before)))
    return;
  for (guint i = 0; i < before->len; i++)
    {
      g_autofree char *seen = sim_find_token (g_ptr_array_index (before, i));

      if (seen != NULL && !sim_comes_after (sim, token, seen, present))
        sim_fail (sim, "I15", "%s: %s was written with %s in sight, and does not say so",
                  device->name, token, seen);
    }
}

static void
know_events (Sim *sim, const GPtrArray *events)
{
  for (guint i = 0; i < events->len; i++)
    {
      const AmendsEvent *event = g_ptr_array_index (events, i);
      g_autofree char *token = sim_find_token (event);

      sim_know_id (sim, event->feed, &event->id, token != NULL ? token : "");
    }
  sim_facts_fill (sim, events);
}

/* The act is said to be saved. */
static void
take_outcome (SimDevice *device, const AmendsId *stream, const GPtrArray *before)
{
  g_autoptr (GPtrArray) events = NULL;
  GHashTableIter iter;
  gpointer token;

  if (!test_disk_is_stopped (device->machine.disk))
    {
      test_disk_pause (device->machine.disk, TRUE);
      events = sim_read_case (device->store, stream);
      test_disk_pause (device->machine.disk, FALSE);
    }
  if (events != NULL)
    know_events (device->machine.sim, events);
  g_hash_table_iter_init (&iter, device->unsure);
  while (g_hash_table_iter_next (&iter, &token, NULL))
    {
      g_hash_table_add (device->holding->tokens, g_strdup (token));
      if (events != NULL && before != NULL)
        check_seen (device, before, events, token);
    }
  g_hash_table_remove_all (device->unsure);
}

static json_t *
make_intake (SimDevice *device, guint act, const char *scheme)
{
  Sim *sim = device->machine.sim;
  g_autofree char *name = g_strdup_printf ("t%u", act);
  json_t *issues = json_array ();
  json_t *intake;
  guint n_issues = 1 + sim_draw (sim, 2), part = 0;

  expect (device, act, 0, FALSE);
  for (guint i = 0; i < n_issues; i++)
    {
      g_autofree char *what = g_strdup_printf ("t%u.%u", act, ++part);

      json_array_append_new (issues, json_pack ("{s:s}", "what", what));
      expect (device, act, part, FALSE);
    }
  intake = json_pack ("{s:s, s:s, s:s, s:s, s:{s:s}, s:o}", "kind", "complaint", "scheme", scheme,
                      "received", "2026-11-20", "channel", "in-person", "complainant", "name", name,
                      "issues", issues);
  if (sim_draw (sim, 3) == 0)
    {
      g_autofree char *detail = g_strdup_printf ("t%u.%u", act, ++part);

      json_object_set_new (intake, "adjustments",
                           json_pack ("[{s:s, s:s}]", "need", "large-print", "detail", detail));
      expect (device, act, part, FALSE);
    }
  return intake;
}

static void
record (SimDevice *device, guint act)
{
  Sim *sim = device->machine.sim;
  const char *scheme = sim_draw (sim, 3) == 0 ? "elm" : "oak";
  json_auto_t *intake = make_intake (device, act, scheme);
  g_autofree char *feed = g_strconcat ("s.", scheme, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (AmendsOutcome) outcome = amends_store_record (device->store, intake, &error);

  if (outcome != NULL)
    {
      sim_say (sim, "%s records t%u as %s", device->name, act, outcome->reference);
      take_outcome (device, &outcome->id, NULL);
    }
  else
    check_refusal (device, feed, error);
}

static json_t *
make_act (SimDevice *device, guint act, const AmendsCase *complaint, SimDeed deed)
{
  g_autofree char *token = g_strdup_printf ("t%u", act);
  const AmendsField *home = amends_fields_get (amends_case_get_fields (complaint), HOME);

  if (deed == SIM_SETTLE && home != NULL && amends_field_is_in_conflict (home))
    {
      expect (device, act, 0, TRUE);
      return json_pack ("{s:s, s:s, s:s}", "type", "conflict.settled", "field", HOME, "value",
                        token);
    }
  expect (device, act, 0, deed == SIM_MOVE || deed == SIM_SETTLE);
  if (deed == SIM_MOVE || deed == SIM_SETTLE)
    return json_pack ("{s:s, s:s}", "type", "contact.changed", "home", token);
  if (deed == SIM_ADD_ISSUE)
    return json_pack ("{s:s, s:s}", "type", "issue.added", "what", token);
  if (deed == SIM_CONSENT)
    return json_pack ("{s:s, s:s, s:s}", "type", "consent.given", "purpose",
                      "share-with-contractor", "to", token);
  return json_pack ("{s:s, s:s}", "type", "case.noted", "text", token);
}

/* A case at random, as somebody would find it in the list. */
static gboolean
pick_case (SimDevice *device, AmendsId *ret_id, char **ret_feed)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = amends_store_list_cases (device->store, NULL, FALSE, 0, 0, &error);
  const AmendsCaseRow *row;

  if (rows == NULL)
    check_refusal (device, "staff", error);
  if (rows == NULL || rows->len == 0)
    return FALSE;
  row = g_ptr_array_index (rows, sim_draw (device->machine.sim, rows->len));
  *ret_id = row->id;
  *ret_feed = g_strdup (row->feed);
  return TRUE;
}

static GPtrArray *
look_at (SimDevice *device, const AmendsId *id)
{
  GPtrArray *events;

  test_disk_pause (device->machine.disk, TRUE);
  events = sim_read_case (device->store, id);
  test_disk_pause (device->machine.disk, FALSE);
  return events;
}

static void
act_on_case (SimDevice *device, guint act, const AmendsId *id, const char *feed, SimDeed deed)
{
  Sim *sim = device->machine.sim;
  g_autoptr (GPtrArray) before = look_at (device, id);
  g_autoptr (AmendsCase) complaint =
      amends_case_new ((AmendsEvent *const *) before->pdata, before->len);
  json_auto_t *json = make_act (device, act, complaint, deed);
  g_autoptr (GError) error = NULL;
  g_autoptr (AmendsOutcome) outcome = amends_store_act (device->store, id, json, &error);

  if (outcome != NULL)
    {
      sim_say (sim, "%s does t%u: %s", device->name, act,
               json_string_value (json_object_get (json, "type")));
      take_outcome (device, id, before);
    }
  else
    check_refusal (device, feed, error);
}

/* To the other scheme than the one where it is. */
static void
move_case (SimDevice *device, guint act, const AmendsId *id, const char *from)
{
  Sim *sim = device->machine.sim;
  const char *to = g_str_equal (from, "s.elm") ? "oak" : "elm";
  g_autofree char *goal = g_strconcat ("s.", to, NULL);
  g_autofree char *token = g_strdup_printf ("t%u", act);
  json_auto_t *json =
      json_pack ("{s:s, s:s, s:s}", "type", "case.moved", "to", to, "because", token);
  g_autoptr (GPtrArray) before = look_at (device, id);
  g_autoptr (GError) error = NULL;
  g_autoptr (AmendsOutcome) outcome = NULL;

  expect (device, act, 0, FALSE);
  outcome = amends_store_act (device->store, id, json, &error);
  if (outcome != NULL)
    {
      sim_say (sim, "%s moves a case to %s: t%u", device->name, to, act);
      take_outcome (device, id, before);
    }
  else
    check_refusal (device, may_write_in (device, goal) ? from : goal, error);
}

/* What another has asked for on another device, if anything. */
static gboolean
waits_for_another (SimDevice *device, const AmendsCase *complaint)
{
  for (guint i = 0; i < amends_case_get_n_erasures (complaint); i++)
    {
      const AmendsCaseErasure *erasure = amends_case_get_erasure (complaint, i);

      if (erasure->agreed == NULL && erasure->n_left > 0
          && strcmp (erasure->asked->event->id.code, sim_device_get_code (device)) != 0)
        return TRUE;
    }
  return FALSE;
}

/* All of the case, or one record of it. */
static json_t *
ask_to_erase (SimDevice *device, guint act, const AmendsCase *complaint)
{
  g_autofree char *token = g_strdup_printf ("t%u", act);
  json_t *json = json_pack ("{s:s, s:s, s:s}", "type", "case.erasure-asked", "because", "other",
                            "detail", token);
  g_autoptr (GArray) all = amends_erase_list_all (complaint);

  expect (device, act, 0, FALSE);
  if (all->len > 0 && sim_draw (device->machine.sim, 3) == 0)
    {
      guint n = sim_draw (device->machine.sim, all->len);

      json_object_set_new (json, "events",
                           json_pack ("[o]",
                                      amends_id_to_json (&g_array_index (all, AmendsId, n))));
    }
  return json;
}

/* Somebody agrees to what another has asked for; else, now and then, asks. */
static void
erase (SimDevice *device, guint act, const AmendsId *id, const char *feed)
{
  Sim *sim = device->machine.sim;
  g_autoptr (GPtrArray) before = look_at (device, id);
  g_autoptr (AmendsCase) complaint =
      amends_case_new ((AmendsEvent *const *) before->pdata, before->len);
  g_autoptr (GError) error = NULL;
  g_autoptr (AmendsOutcome) outcome = NULL;
  json_auto_t *json = NULL;

  if (waits_for_another (device, complaint))
    json = json_pack ("{s:s}", "type", "case.erasure-agreed");
  else if (sim_draw (sim, 2) == 0)
    json = ask_to_erase (device, act, complaint);
  else
    return;
  outcome = amends_store_act (device->store, id, json, &error);
  if (outcome != NULL)
    {
      sim_say (sim, "%s does %s: t%u", device->name,
               json_string_value (json_object_get (json, "type")), act);
      take_outcome (device, id, before);
    }
  else if (g_error_matches (error, AMENDS_CORE_ERROR, AMENDS_CORE_ERROR_REFUSED))
    sim_say (sim, "%s is told: %s", device->name, error->message);
  else
    check_refusal (device, feed, error);
}

/**
 * sim_people_move_all:
 *
 * Somebody who holds both schemes settles where each case is that two moved apart, and brings what was left behind.
 * Returns: whether there was any
 */
gboolean
sim_people_move_all (SimDevice *device)
{
  Sim *sim = device->machine.sim;
  gboolean has_moved = FALSE;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = amends_store_list_cases (device->store, NULL, FALSE, 0, 0, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < rows->len; i++)
    {
      const AmendsId *id = &((const AmendsCaseRow *) g_ptr_array_index (rows, i))->id;
      g_autoptr (AmendsCase) complaint = amends_store_get_case (device->store, id, &error);
      const char *scheme = amends_case_get_text (complaint, "scheme");
      json_auto_t *json = NULL;
      g_autoptr (AmendsOutcome) outcome = NULL;

      g_assert_no_error (error);
      if (amends_case_get_n_places (complaint) == 1 && amends_case_count_behind (complaint) == 0)
        continue;
      sim_say (sim, "%s brings together a case in %u places, %u behind", device->name,
               amends_case_get_n_places (complaint), amends_case_count_behind (complaint));
      json = json_pack ("{s:s, s:s, s:s}", "type", "case.moved", "to", scheme, "because",
                        "As was said");
      outcome = amends_store_act (device->store, id, json, &error);
      g_assert_no_error (error);
      has_moved = TRUE;
    }
  return has_moved;
}

/**
 * sim_people_do:
 * @deed: of %SIM_SETTLE, a move where nothing is in conflict
 *
 * Somebody does it there, about any case; or records one if there is none.
 */
void
sim_people_do (SimDevice *device, SimDeed deed)
{
  Sim *sim = device->machine.sim;
  g_autofree char *feed = NULL;
  AmendsId id;

  if (device->store == NULL || test_disk_is_stopped (device->machine.disk))
    return;
  g_hash_table_remove_all (device->unsure);
  if (deed == SIM_RECORD || !pick_case (device, &id, &feed))
    record (device, ++sim->n_acts);
  else if (deed == SIM_MOVE_CASE)
    move_case (device, ++sim->n_acts, &id, feed);
  else if (deed == SIM_ERASE)
    erase (device, ++sim->n_acts, &id, feed);
  else
    act_on_case (device, ++sim->n_acts, &id, feed, deed);
  sim_device_after (device);
}

/**
 * sim_people_act:
 *
 * Somebody records a complaint there, or does something about one, or settles a conflict.
 */
void
sim_people_act (SimDevice *device)
{
  static const SimDeed deeds[] = { SIM_RECORD, SIM_SETTLE,    SIM_MOVE,    SIM_MOVE, SIM_MOVE,
                                   SIM_NOTE,   SIM_ADD_ISSUE, SIM_CONSENT, SIM_NOTE };

  sim_people_do (device, deeds[sim_draw (device->machine.sim, G_N_ELEMENTS (deeds))]);
}

/**
 * sim_people_join:
 *
 * A member of staff more.
 */
void
sim_people_join (SimDevice *device)
{
  Sim *sim = device->machine.sim;
  g_autofree char *name = g_strdup_printf ("t%u", ++sim->n_acts);
  g_autoptr (GError) error = NULL;
  AmendsId id;

  g_hash_table_remove_all (device->unsure);
  expect (device, sim->n_acts, 0, FALSE);
  if (amends_store_add_staff (device->store, name, TEST_PASSPHRASE, &id, &error))
    take_outcome (device, &id, NULL);
  else
    check_refusal (device, "staff", error);
  sim_device_after (device);
}

static GPtrArray *
append (SimDevice *device, const AmendsId *id, const char *feed, json_t *body, GError **error)
{
  g_auto (AmendsTransaction) transaction = AMENDS_TRANSACTION_INIT;
  g_autoptr (GPtrArray) bodies = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_autoptr (AmendsCase) complaint = amends_store_get_case (device->store, id, error);
  g_autoptr (GPtrArray) events = NULL;
  g_autofree AmendsId *heads = NULL;
  guint n_heads;

  if (complaint == NULL)
    return NULL;
  heads = amends_case_get_heads (complaint, &n_heads);
  g_ptr_array_add (bodies, amends_json_dump (body));
  if (!amends_transaction_begin (&transaction, amends_store_get_db (device->store), error))
    return NULL;
  events = amends_log_append (device->store, feed, id, heads, n_heads, bodies, error);
  if (events == NULL || !amends_transaction_commit (&transaction, error))
    return NULL;
  return g_steal_pointer (&events);
}

/**
 * sim_people_write_ahead:
 *
 * A version of Amends that is not written yet records something that this one does not know.
 */
void
sim_people_write_ahead (SimDevice *device)
{
  Sim *sim = device->machine.sim;
  g_autofree char *feed = NULL;
  g_autofree char *token = NULL;
  g_autoptr (GPtrArray) before = NULL, events = NULL;
  g_autoptr (GError) error = NULL;
  json_auto_t *body = NULL;
  AmendsId id;

  if (device->store == NULL || test_disk_is_stopped (device->machine.disk))
    return;
  g_hash_table_remove_all (device->unsure);
  if (pick_case (device, &id, &feed))
    {
      token = g_strdup_printf ("t%u", ++sim->n_acts);
      body = json_pack ("{s:s, s:s, s:s}", "type", "case.foretold", "at", "2031-01-01T00:00:00Z",
                        "words", token);
      expect (device, sim->n_acts, 0, FALSE);
      before = look_at (device, &id);
      events = append (device, &id, feed, body, &error);
      if (events != NULL)
        take_outcome (device, &id, before);
      else
        check_refusal (device, feed, error);
      sim_say (sim, "%s of a later version writes %s", device->name, token);
    }
  sim_device_after (device);
}
