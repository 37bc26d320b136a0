/* hand.c: what is carried by hand: late, twice, in any order, and over the line as well
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Sticks lie about. Any of them may be taken to the server at any time, again and again, and so may the
 * answers to the devices; or they are never seen again. */

#include "sim/sim.h"
#include "sync/amends-by-hand.h"

#define MAX_STICKS 16

/**
 * sim_stick_free:
 * @self: (transfer full): a stick
 */
void
sim_stick_free (SimStick *self)
{
  g_free (self->path);
  g_free (self->reply);
  g_free (self);
}

static void
write_stick (Sim *sim, SimDevice *device)
{
  g_autoptr (GError) error = NULL;
  SimStick *stick = g_new0 (SimStick, 1);
  AmendsHandExport export = { 0 };
  gboolean written;

  stick->device = device;
  stick->path = g_strdup_printf ("%s/stick-%u", sim->folder, sim->n_sticks++);
  stick->reply = g_strconcat (stick->path, ".answer", NULL);
  written = amends_hand_export (device->store, stick->path, NULL, NULL, NULL, &export, &error);
  sim_say (sim, "%s writes stick %u: %s, %" G_GUINT64_FORMAT " events", device->name,
           sim->n_sticks - 1, written ? "done" : error->message, export.n_events);
  sim_device_after (device);

  /* Where the device stopped after the file had its name, the file is as good as any. */
  if (!g_file_test (stick->path, G_FILE_TEST_EXISTS))
    {
      sim_stick_free (stick);
      return;
    }
  if (sim->sticks->len >= MAX_STICKS)
    g_ptr_array_remove_index (sim->sticks, sim_draw (sim, MAX_STICKS));
  g_ptr_array_add (sim->sticks, stick);
}

/* A copy with one bit changed, or an end missing. */
static char *
damage (Sim *sim, const char *path)
{
  g_autofree char *copy = g_strconcat (sim->folder, "/damaged", NULL);
  g_autofree char *bytes = NULL;
  gsize n_bytes;
  gsize at;

  g_assert_true (g_file_get_contents (path, &bytes, &n_bytes, NULL));
  at = sim_draw (sim, (guint) n_bytes);
  bytes[at] ^= (char) (1 << sim_draw (sim, 8));
  if (sim_draw (sim, 2) == 0)
    n_bytes = at;
  g_assert_true (g_file_set_contents (copy, bytes, (gssize) n_bytes, NULL));
  return g_steal_pointer (&copy);
}

static void
check_refused (const SimMachine *machine, gboolean is_taken, const GError *error)
{
  Sim *sim = machine->sim;

  /* A server that has forgotten the device says so before it reads on, and so does whoever cannot read on. */
  if (is_taken
      || (error->domain != AMENDS_BUNDLE_ERROR
          && !(error->domain == AMENDS_STORE_ERROR && test_disk_has_failed (machine->disk))
          && !g_error_matches (error, AMENDS_SERVER_ERROR, AMENDS_SERVER_ERROR_UNKNOWN_DEVICE)))
    sim_fail (sim, "I11", "a damaged file is taken: %s", is_taken ? "all of it" : error->message);
}

static void
check_whole (Sim *sim, const GError *error)
{
  if (g_error_matches (error, AMENDS_BUNDLE_ERROR, AMENDS_BUNDLE_ERROR_CUT)
      || g_error_matches (error, AMENDS_BUNDLE_ERROR, AMENDS_BUNDLE_ERROR_ALTERED)
      || g_error_matches (error, AMENDS_BUNDLE_ERROR, AMENDS_BUNDLE_ERROR_FORMAT))
    sim_fail (sim, "I1", "a whole file is not taken: %s", error->message);
}

static void
give_stick (Sim *sim, const SimStick *stick)
{
  gboolean is_damaged = sim_chance (sim, 200);
  g_autofree char *path = is_damaged ? damage (sim, stick->path) : g_strdup (stick->path);
  g_autoptr (GError) error = NULL;
  json_auto_t *result = NULL;

  if (sim->server == NULL)
    return;
  sim->follows_lost = TRUE;
  result =
      amends_server_import_bundle (sim->server, path, is_damaged ? NULL : stick->reply, &error);
  sim_say (sim, "the server reads a stick of %s%s: %s", stick->device->name,
           is_damaged ? ", damaged" : "", result != NULL ? "done" : error->message);
  if (is_damaged)
    check_refused (&sim->server_machine, result != NULL, error);
  else
    check_whole (sim, error);
  sim_server_after (sim);
  sim_follow_lost (sim);
}

static void
bring_answer (Sim *sim, const SimStick *stick)
{
  SimDevice *device = stick->device;
  gboolean is_damaged = sim_chance (sim, 200);
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;
  AmendsSyncReport report;
  gboolean is_old;
  gboolean taken;

  if (!g_file_test (stick->reply, G_FILE_TEST_EXISTS))
    return;
  path = is_damaged ? damage (sim, stick->reply) : g_strdup (stick->reply);
  taken = amends_hand_import (device->store, path, NULL, NULL, &report, &is_old, &error);
  sim_say (sim,
           "%s reads an answer%s: %s%s; received %" G_GUINT64_FORMAT ", waiting %" G_GUINT64_FORMAT,
           device->name, is_damaged ? ", damaged" : "", taken ? "done" : error->message,
           is_old ? ", old" : "", report.n_received, report.n_waiting);
  if (is_damaged)
    check_refused (&device->machine, taken, error);
  else
    check_whole (sim, error);
  if (g_error_matches (error, AMENDS_BUNDLE_ERROR, AMENDS_BUNDLE_ERROR_LINE)
      && sim->n_rollbacks == 0)
    sim_fail (sim, "I8", "%s takes itself for restored or cloned, and never was", device->name);
  sim_device_check_report (device, &report);
  sim_device_after (device);
  if (device->store != NULL)
    sim_device_look (device);
}

/**
 * sim_carry:
 * @device: whose turn it is
 *
 * Somebody does something with a stick.
 */
void
sim_carry (SimDevice *device)
{
  Sim *sim = device->machine.sim;
  guint what = sim_draw (sim, 3);
  const SimStick *stick;

  if (sim->sticks->len == 0 || what == 0)
    {
      if (device->store != NULL && !device->is_syncing)
        write_stick (sim, device);
      return;
    }
  stick = g_ptr_array_index (sim->sticks, sim_draw (sim, sim->sticks->len));
  if (what == 1)
    give_stick (sim, stick);
  else if (stick->device->store != NULL && !stick->device->is_syncing)
    bring_answer (sim, stick);
}
