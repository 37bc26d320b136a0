/* life.c: what befalls devices and server
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gstdio.h>
#include <string.h>

#include "core/amends-instant.h"
#include "sim/sim.h"

#define YEARS(n) ((gint64) (n) *365 * 86400 * G_USEC_PER_SEC)

/**
 * sim_image_free:
 * @self: (nullable) (transfer full): an image
 */
void
sim_image_free (SimImage *self)
{
  if (self == NULL)
    return;
  sim_holding_free (self->holding);
  g_free (self->path);
  g_free (self);
}

static SimDevice *
pick_device (Sim *self)
{
  return g_ptr_array_index (self->devices, sim_draw (self, self->devices->len));
}

/* Whether nothing is under way on it. */
static gboolean
is_idle (SimDevice *device)
{
  return !device->is_syncing && !test_disk_is_stopped (device->machine.disk);
}

/* What an administrator asks of a server whose disk is sound is done. */
static void
check_done (Sim *self, gboolean done, const char *what, const GError *error)
{
  gboolean may_fail = test_disk_has_failed (self->server_machine.disk);

  if (!done)
    sim_say (self, "%s fails: %s", what, error != NULL ? error->message : "no error");
  if (!done && !may_fail)
    sim_fail (self, "I13", "%s fails on a sound disk: %s", what,
              error != NULL ? error->message : "no error");
  sim_server_after (self);
}

/**
 * sim_make_image:
 *
 * A copy of its disk is kept.
 */
void
sim_make_image (SimDevice *device)
{
  Sim *self = device->machine.sim;

  sim_image_free (device->image);
  device->image = g_new0 (SimImage, 1);
  device->image->path = g_strdup_printf ("%s/image-%s", self->folder, device->name);
  device->image->holding = sim_holding_copy (device->holding);
  test_folder_copy (device->machine.path, device->image->path);
  sim_say (self, "an image is made of %s", device->name);
}

/**
 * sim_put_image_back:
 *
 * Its disk is as it was when the copy was made, if there is one.
 */
void
sim_put_image_back (SimDevice *device)
{
  Sim *self = device->machine.sim;

  if (device->image == NULL)
    return;
  g_clear_pointer (&device->store, amends_store_close);
  test_folder_copy (device->image->path, device->machine.path);
  test_disk_settle (device->machine.disk);
  sim_machine_set_fault (&device->machine, TEST_DISK_SOUND, 0);
  sim_holding_free (device->holding);
  device->holding = sim_holding_copy (device->image->holding);
  g_hash_table_remove_all (device->unsure);
  self->n_rollbacks++;
  sim_say (self, "%s is restored from its image", device->name);
  sim_device_start (device);
}

/**
 * sim_clone:
 *
 * Returns: (transfer none) (nullable): another with the same disk; %NULL if there are enough
 */
SimDevice *
sim_clone (SimDevice *device)
{
  Sim *self = device->machine.sim;
  g_autofree char *name = g_strdup_printf ("d%u", self->devices->len);
  SimDevice *clone;

  if (self->devices->len >= SIM_MAX_DEVICES)
    return NULL;
  clone = sim_device_new (self, name);
  test_folder_copy (device->machine.path, clone->machine.path);
  test_disk_settle (clone->machine.disk);
  sim_holding_free (clone->holding);
  clone->holding = sim_holding_copy (device->holding);
  g_ptr_array_add (self->devices, clone);
  self->n_rollbacks++;
  sim_say (self, "%s is a clone of %s", name, device->name);
  sim_device_start (clone);
  return clone;
}

/**
 * sim_back_up:
 *
 * The server is backed up while it serves.
 */
void
sim_back_up (Sim *self)
{
  SimImage *backup;
  g_autoptr (GError) error = NULL;
  json_auto_t *report = NULL;

  if (self->server == NULL)
    return;
  backup = g_new0 (SimImage, 1);
  backup->path = g_strdup_printf ("%s/backup-%u", self->folder, ++self->n_backups);
  backup->holding = sim_holding_copy (self->server_holding);
  report = amends_server_back_up (self->server, backup->path, &error);
  sim_say (self, "the server is backed up: %s", report != NULL ? "done" : error->message);
  check_done (self, report != NULL, "a backup", error);
  if (report == NULL)
    {
      sim_image_free (backup);
      return;
    }
  g_ptr_array_add (self->backups, backup);
  if (self->backups->len > SIM_MAX_BACKUPS)
    {
      g_remove (((SimImage *) g_ptr_array_index (self->backups, 0))->path);
      g_ptr_array_remove_index (self->backups, 0);
    }
}

/**
 * sim_restore:
 *
 * The server is as in any of the backups. If its machine stops on the way the administrator does it again.
 */
void
sim_restore (Sim *self)
{
  const SimImage *backup;
  SimMachine *machine = &self->server_machine;
  guint n_older = 0;
  json_t *report = NULL;

  if (self->backups->len == 0)
    return;
  /* One that was dropped since is older than all that are left. */
  if (self->first_backup == NULL || !g_ptr_array_find (self->backups, self->first_backup, &n_older))
    n_older = 0;
  backup =
      g_ptr_array_index (self->backups, n_older + sim_draw (self, self->backups->len - n_older));
  sim_server_stop (self);
  for (guint i = 0; report == NULL && i < 3; i++)
    {
      g_autoptr (GError) error = NULL;

      report = amends_server_restore (machine->path, backup->path, &machine->environment, &error);
      if (report == NULL && i == 2)
        sim_fail (self, "I6", "the server cannot be restored: %s", error->message);
      if (test_disk_is_stopped (machine->disk))
        {
          g_clear_pointer (&report, json_decref);
          test_disk_start (machine->disk, sim_draw_loss (self), self->dice);
        }
      if (test_disk_has_failed (machine->disk))
        sim_machine_set_fault (machine, TEST_DISK_SOUND, 0);
    }
  json_decref (report);
  sim_holding_free (self->server_holding);
  self->server_holding = sim_holding_copy (backup->holding);
  self->n_restores++;
  sim_say (self, "the server is restored from %s", strrchr (backup->path, '/') + 1);
  sim_server_start (self);
}

/**
 * sim_change_grant:
 *
 * The device gains the feed, or loses it if it has it.
 */
void
sim_change_grant (SimDevice *device, const char *feed)
{
  Sim *self = device->machine.sim;
  const char *code = sim_device_get_code (device);
  g_autofree char *word = g_strdup_printf ("%s %s", code, feed);
  g_autofree char *kiosk_feed = g_strdup_printf ("k.%s", feed + 2);
  g_autofree char *kiosk_word = g_strdup_printf ("%s %s", code, kiosk_feed);
  g_autofree char *at = amends_instant_format (self->now);
  gboolean has = g_hash_table_contains (self->server_holding->access, word);
  g_autoptr (GError) error = NULL;
  gboolean done;

  if (self->server == NULL || !g_hash_table_contains (self->server_holding->codes, code))
    return;
  done = has ? amends_server_ungrant (self->server, code, feed, &error)
             : amends_server_grant (self->server, code, feed, &error);
  sim_say (self, "%s %s %s", code, has ? "loses" : "gains", feed);
  g_hash_table_add (self->said, g_strdup_printf ("%s %s %s", code, has ? "loses" : "gains", feed));
  g_hash_table_add (self->said, g_strdup_printf ("%s gains %s", code, kiosk_feed));
  g_hash_table_insert (self->last, g_strdup (word),
                       g_strdup_printf ("%s %s %s %s", code, has ? "loses" : "gains", feed, at));
  if (has)
    g_hash_table_remove (self->server_holding->access, word);
  if (!has || !done)
    {
      GHashTable *words = done ? self->server_holding->access : self->perhaps;

      g_hash_table_add (words, g_strdup (word));
      g_hash_table_add (words, g_strdup (kiosk_word));
    }
  check_done (self, done, "a grant", error);
}

/**
 * sim_revoke:
 *
 * The device is withdrawn, unless too many are.
 */
void
sim_revoke (SimDevice *device)
{
  Sim *self = device->machine.sim;
  const char *code = sim_device_get_code (device);
  g_autoptr (GError) error = NULL;
  gboolean done;

  if (self->server == NULL || !g_hash_table_contains (self->server_holding->codes, code)
      || 4 * g_hash_table_size (self->server_holding->revoked) > self->devices->len)
    return;
  done = amends_server_revoke (self->server, code, &error);
  sim_say (self, "%s is withdrawn", code);
  g_hash_table_add (self->said, g_strdup_printf ("%s withdrawn", code));
  if (done)
    g_hash_table_add (self->server_holding->revoked, g_strdup (code));
  else
    g_hash_table_add (self->perhaps, g_strdup_printf ("%s withdrawn", code));
  check_done (self, done, "a withdrawal", error);
}

static void
enrol_device (Sim *self)
{
  static const char *const choices[] = { "s.oak", "s.elm", "s.oak,s.elm" };

  if (self->server != NULL && self->devices->len < SIM_MAX_DEVICES)
    sim_device_enrol (self, "staff", choices[sim_draw (self, G_N_ELEMENTS (choices))]);
}

static void
trouble_disk (Sim *self, SimMachine *machine, const char *name)
{
  static const TestDiskFault faults[] = {
    TEST_DISK_SOUND,      TEST_DISK_FULL,  TEST_DISK_FAILS, TEST_DISK_SYNC_FAILS,
    TEST_DISK_READ_FAILS, TEST_DISK_STOPS, TEST_DISK_STOPS,
  };
  TestDiskFault fault = faults[sim_draw (self, G_N_ELEMENTS (faults))];
  guint n_good = sim_draw (self, fault == TEST_DISK_READ_FAILS ? 200 : 60);

  if (test_disk_is_stopped (machine->disk))
    return;
  sim_machine_set_fault (machine, fault, n_good);
  sim_say (self, "the disk of %s: fault %d after %u", name, fault, n_good);
}

static void
turn_clock (Sim *self)
{
  SimMachine *machine = &pick_device (self)->machine;

  machine->stands_at = 0;
  switch (sim_draw (self, 5))
    {
    case 0:
      machine->offset = YEARS (10);
      break;
    case 1:
      machine->offset = -YEARS (10);
      break;
    case 2:
      machine->offset -= (gint64) sim_draw (self, 86400 * 30) * G_USEC_PER_SEC;
      break;
    case 3:
      machine->stands_at = self->now + machine->offset;
      break;
    default:
      machine->offset = 0;
      break;
    }
  sim_say (self, "a clock is turned");
}

/**
 * sim_life:
 *
 * What may befall anybody befalls somebody, or not.
 */
void
sim_life (Sim *self)
{
  const SimClimate *climate = &self->climate;
  SimDevice *device = pick_device (self);

  if (sim_chance (self, climate->disk))
    trouble_disk (self, &device->machine, device->name);
  if (sim_chance (self, climate->server_disk))
    trouble_disk (self, &self->server_machine, "the server");
  if (sim_chance (self, climate->clock))
    turn_clock (self);
  if (sim_chance (self, climate->clone) && is_idle (device))
    sim_clone (device);
  if (sim_chance (self, climate->rollback) && is_idle (device))
    sim_draw (self, 2) == 0 ? sim_make_image (device) : sim_put_image_back (device);
  if (sim_chance (self, climate->backup))
    sim_back_up (self);
  if (sim_chance (self, climate->restore))
    sim_restore (self);
  if (sim_chance (self, climate->grant))
    sim_change_grant (device, sim_draw (self, 2) == 0 ? "s.oak" : "s.elm");
  if (sim_chance (self, climate->revoke))
    sim_revoke (device);
  if (sim_chance (self, climate->enrol))
    enrol_device (self);
  if (climate->hand > 0 && sim_chance (self, climate->hand))
    sim_carry (device);
  if (climate->move > 0 && sim_chance (self, climate->move))
    sim_people_do (device, SIM_MOVE_CASE);
  if (climate->erase > 0 && sim_chance (self, climate->erase))
    sim_people_do (device, SIM_ERASE);
  if (self->server != NULL && device->is_forgotten && device->store != NULL && !device->is_syncing
      && sim_draw (self, 3) == 0)
    sim_device_enrol_again (device);
}
