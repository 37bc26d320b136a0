/* scenarios.c: what is done with every single operation of a disk failing
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Three devices of an office, who have worked and synced; each scenario is one thing more. */

#include "sim/scenarios.h"

#include <glib/gstdio.h>
#include <string.h>

#include "core/amends-error.h"

static SimDevice *
device (Sim *sim, guint n)
{
  return g_ptr_array_index (sim->devices, n);
}

static void
sync_device (Sim *sim, guint n)
{
  AmendsSyncReport report;

  sim_device_sync (device (sim, n), &report);
}

static void
sync_all (Sim *sim)
{
  for (guint round = 0; round < 2; round++)
    for (guint i = 0; i < sim->devices->len; i++)
      sync_device (sim, i);
}

/* What a disk that failed may refuse. */
static void
check (Sim *sim, gboolean done, const char *what, const GError *error)
{
  SimDevice *first = device (sim, 0);

  if (!done && !test_disk_has_failed (first->machine.disk))
    sim_fail (sim, "I13", "%s fails on a sound disk: %s", what,
              error != NULL ? error->message : "no error");
  sim_device_after (first);
}

/* Work of both on one case, apart; the first device has not seen the second's. */
static void
prepare_conflict (Sim *sim)
{
  sim_people_do (device (sim, 0), SIM_MOVE);
  sim_people_do (device (sim, 1), SIM_MOVE);
  sync_device (sim, 1);
}

static void
prepare_seen_conflict (Sim *sim)
{
  prepare_conflict (sim);
  sync_all (sim);
}

static void
prepare_waiting (Sim *sim)
{
  for (guint i = 0; i < 6; i++)
    sim_people_do (device (sim, 0), (SimDeed) i);
}

static void
prepare_news (Sim *sim)
{
  for (guint i = 0; i < 6; i++)
    sim_people_do (device (sim, 1), (SimDeed) i);
  sync_device (sim, 1);
}

static void
prepare_both_ways (Sim *sim)
{
  prepare_waiting (sim);
  prepare_news (sim);
}

static void
prepare_restored_server (Sim *sim)
{
  sim_back_up (sim);
  prepare_both_ways (sim);
  sync_all (sim);
  sim_people_do (device (sim, 0), SIM_NOTE);
  sim_restore (sim);
}

static void
prepare_image (Sim *sim)
{
  sim_make_image (device (sim, 0));
  prepare_waiting (sim);
  sync_all (sim);
}

static void
prepare_restored_device (Sim *sim)
{
  prepare_image (sim);
  sim_put_image_back (device (sim, 0));
  sim_people_do (device (sim, 0), SIM_NOTE);
}

static void
prepare_clone (Sim *sim)
{
  SimDevice *clone = sim_clone (device (sim, 0));

  sim_people_do (device (sim, 0), SIM_NOTE);
  sim_people_do (clone, SIM_RECORD);
  sync_device (sim, sim->devices->len - 1);
}

static void
prepare_gained (Sim *sim)
{
  sim_change_grant (device (sim, 0), "s.elm");
  sync_all (sim);
  prepare_news (sim);
  sim_change_grant (device (sim, 0), "s.elm");
}

static void
prepare_lost (Sim *sim)
{
  prepare_both_ways (sim);
  sim_change_grant (device (sim, 0), "s.oak");
}

static void
prepare_revoked (Sim *sim)
{
  prepare_both_ways (sim);
  sim_revoke (device (sim, 0));
}

static void
prepare_held (Sim *sim)
{
  prepare_lost (sim);
  sync_all (sim);
}

static void
prepare_empty (Sim *sim)
{
  sim_put_image_back (device (sim, 0)); /* as it was when it enrolled */
}

static void
prepare_ahead (Sim *sim)
{
  sim_people_write_ahead (device (sim, 1));
  sync_device (sim, 1);
}

static void
record (Sim *sim)
{
  sim_people_do (device (sim, 0), SIM_RECORD);
}

static void
note (Sim *sim)
{
  sim_people_do (device (sim, 0), SIM_NOTE);
}

static void
settle (Sim *sim)
{
  sim_people_do (device (sim, 0), SIM_SETTLE);
}

static void
consent (Sim *sim)
{
  sim_people_do (device (sim, 0), SIM_CONSENT);
}

static void
write_ahead (Sim *sim)
{
  sim_people_write_ahead (device (sim, 0));
}

static void
join (Sim *sim)
{
  sim_people_join (device (sim, 0));
}

static void
sync_first (Sim *sim)
{
  sync_device (sim, 0);
}

static void
sync_twice (Sim *sim)
{
  sync_device (sim, 0);
  sync_device (sim, 0);
}

static void
sign_out (Sim *sim)
{
  sim_device_stop (device (sim, 0));
}

static void
sign_in (Sim *sim)
{
  sim_device_start (device (sim, 0));
}

static void
draft (Sim *sim)
{
  json_auto_t *intake = json_pack ("{s:s}", "kind", "complaint");
  g_autoptr (GError) error = NULL;
  gint64 number = 0;
  gboolean done = amends_store_save_draft (device (sim, 0)->store, &number, intake, &error)
                  && amends_store_delete_draft (device (sim, 0)->store, number, &error);

  check (sim, done, "a draft", error);
}

static void
rebuild (Sim *sim)
{
  g_autoptr (GError) error = NULL;
  AmendsRebuilt rebuilt;
  gboolean done = amends_store_rebuild (device (sim, 0)->store, &rebuilt, &error);

  check (sim, done, "a rebuild", error);
}

static void
back_up_device (Sim *sim)
{
  g_autofree char *file = g_build_filename (sim->folder, "device-backup", NULL);
  g_autoptr (GError) error = NULL;
  gboolean done = amends_store_backup (device (sim, 0)->store, file, &error);

  check (sim, done, "a device's backup", error);
}

static void
enrol (Sim *sim)
{
  sim_device_enrol (sim, "staff", "s.oak,s.elm");
}

static void
change_grant (Sim *sim)
{
  sim_change_grant (device (sim, 0), "s.oak");
}

static void
withdraw (Sim *sim)
{
  sim_revoke (device (sim, 0));
}

static void
release (Sim *sim)
{
  g_autoptr (GError) error = NULL;
  json_auto_t *report =
      amends_server_release (sim->server, sim_device_get_code (device (sim, 0)), &error);

  if (report == NULL && !test_disk_has_failed (sim->server_machine.disk))
    sim_fail (sim, "I13", "a release fails on a sound disk: %s", error->message);
  sim_server_after (sim);
}

const SimScenario sim_scenarios[] = {
  { "record", NULL, record, FALSE },
  { "note", NULL, note, FALSE },
  { "consent", NULL, consent, FALSE },
  { "settle", prepare_seen_conflict, settle, FALSE },
  { "write-ahead", NULL, write_ahead, FALSE },
  { "join", NULL, join, FALSE },
  { "draft", NULL, draft, FALSE },
  { "sign-out", prepare_both_ways, sign_out, FALSE },
  { "sign-in", sign_out, sign_in, FALSE },
  { "rebuild", NULL, rebuild, FALSE },
  { "back-up-device", NULL, back_up_device, FALSE },
  { "nothing-to-do", NULL, sync_first, FALSE },
  { "upload", prepare_waiting, sync_first, FALSE },
  { "download", prepare_news, sync_first, FALSE },
  { "both-ways", prepare_both_ways, sync_twice, FALSE },
  { "conflict", prepare_conflict, sync_first, FALSE },
  { "download-ahead", prepare_ahead, sync_first, FALSE },
  { "first-download", prepare_empty, sync_first, FALSE },
  { "server-restored", prepare_restored_server, sync_first, FALSE },
  { "device-restored", prepare_restored_device, sync_first, FALSE },
  { "device-cloned", prepare_clone, sync_first, FALSE },
  { "grant-gained", prepare_gained, sync_twice, FALSE },
  { "grant-lost", prepare_lost, sync_twice, FALSE },
  { "revoked", prepare_revoked, sync_first, FALSE },
  { "take-upload", prepare_waiting, sync_first, TRUE },
  { "take-hand-in", prepare_restored_server, sync_first, TRUE },
  { "take-recode", prepare_restored_device, sync_first, TRUE },
  { "take-revoked", prepare_revoked, sync_first, TRUE },
  { "enrol", NULL, enrol, TRUE },
  { "grant", NULL, change_grant, TRUE },
  { "withdraw", NULL, withdraw, TRUE },
  { "release", prepare_held, release, TRUE },
  { "back-up", prepare_image, sim_back_up, TRUE },
  { "restore", prepare_image, sim_restore, TRUE },
};
const guint sim_n_scenarios = G_N_ELEMENTS (sim_scenarios);
