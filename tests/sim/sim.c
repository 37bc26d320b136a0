/* sim.c: the world: its time, its chance, and what happens next
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "sim/sim.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>

#define SHARED_MEMORY "/dev/shm"

static gint64
machine_now (gpointer user_data)
{
  const SimMachine *self = user_data;

  return self->stands_at != 0 ? self->stands_at : self->sim->now + self->offset;
}

static void
machine_random (guint8 *bytes, gsize n_bytes, gpointer user_data)
{
  Sim *sim = ((SimMachine *) user_data)->sim;

  for (gsize i = 0; i < n_bytes; i++)
    bytes[i] = (guint8) (test_world_mix (&sim->noise) >> 24);
}

/**
 * sim_machine_init:
 * @path: of the one folder on its disk
 */
void
sim_machine_init (SimMachine *self, Sim *sim, const char *path)
{
  self->sim = sim;
  self->path = g_strdup (path);
  self->disk = test_disk_mount (path);
  self->environment = (AmendsEnvironment){ .now = machine_now,
                                           .random = machine_random,
                                           .user_data = self,
                                           .vfs = TEST_DISK_VFS,
                                           .stretch_ops = crypto_pwhash_OPSLIMIT_MIN,
                                           .stretch_mem = crypto_pwhash_MEMLIMIT_MIN };
}

/**
 * sim_machine_clear:
 *
 * Nothing may use it any more.
 */
void
sim_machine_clear (SimMachine *self)
{
  g_clear_pointer (&self->disk, test_disk_unmount);
  g_clear_pointer (&self->path, g_free);
}

/**
 * sim_machine_set_fault:
 *
 * As test_disk_set_fault().
 */
void
sim_machine_set_fault (SimMachine *self, TestDiskFault fault, guint n_good)
{
  self->fault = fault;
  test_disk_set_fault (self->disk, fault, n_good);
}

/**
 * sim_draw:
 * @n: at least 1
 *
 * Returns: a number below @n
 */
guint
sim_draw (Sim *self, guint n)
{
  return (guint) (test_world_mix (&self->dice) % MAX (n, 1));
}

/**
 * sim_chance:
 *
 * Returns: whether it happens, @per_mille times in a thousand
 */
gboolean
sim_chance (Sim *self, guint per_mille)
{
  return sim_draw (self, 1000) < per_mille;
}

/**
 * sim_draw_loss:
 *
 * Returns: what a machine that stops loses
 */
TestDiskLoss
sim_draw_loss (Sim *self)
{
  return self->loss >= 0 ? (TestDiskLoss) self->loss : (TestDiskLoss) sim_draw (self, 3);
}

static void
put_line (Sim *self, const char *text, FILE *file)
{
  fprintf (file, "%*s%" G_GINT64_FORMAT " %s\n", (int) self->depth * 2, "",
           (self->now - TEST_NOW) / G_USEC_PER_SEC, text);
}

/**
 * sim_say:
 *
 * Tells what happens, to whoever replays the seed.
 */
void
sim_say (Sim *self, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list arguments;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  self->trace = (self->trace ^ g_str_hash (text)) * G_GUINT64_CONSTANT (0x100000001b3);
  if (self->is_verbose)
    put_line (self, text, stdout);
}

/**
 * sim_fail:
 * @invariant: which one does not hold
 */
void
sim_fail (Sim *self, const char *invariant, const char *format, ...)
{
  g_autofree char *text = NULL;
  g_autofree char *line = NULL;
  va_list arguments;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  line = g_strdup_printf ("FAIL %s, seed %" G_GUINT64_FORMAT ", step %u: %s", invariant, self->seed,
                          self->n_steps, text);
  self->n_failures++;
  put_line (self, line, stderr);
}

/* Not every seed has every trouble: where one is absent more may be asked of the rest. */
static guint
draw_climate (Sim *self, guint most)
{
  return sim_draw (self, 3) == 0 ? 0 : 1 + sim_draw (self, most);
}

/* Of which kind a life is its seed says: a million of each. */
static gboolean
is_life_of (const Sim *self, guint64 first)
{
  return self->seed >= first && self->seed < first + 1000000;
}

static void
draw_climates (Sim *self)
{
  self->climate.line = draw_climate (self, 500);
  self->climate.wait = draw_climate (self, 200);
  self->climate.disk = draw_climate (self, 150);
  self->climate.server_disk = draw_climate (self, 60);
  self->climate.clock = draw_climate (self, 40);
  self->climate.clone = draw_climate (self, 10);
  self->climate.rollback = draw_climate (self, 60);
  self->climate.restore = draw_climate (self, 20);
  self->climate.backup = 10 + sim_draw (self, 60);
  self->climate.grant = draw_climate (self, 40);
  self->climate.revoke = draw_climate (self, 10);
  self->climate.enrol = draw_climate (self, 10);
  /* Without a draw: the seeds below live the lives that they always did. */
  self->climate.hand = self->seed >= SIM_FIRST_BY_HAND ? 150 : 0;
  self->climate.move =
      is_life_of (self, SIM_FIRST_MOVES) || is_life_of (self, SIM_FIRST_BOTH) ? 120 : 0;
  self->climate.erase =
      is_life_of (self, SIM_FIRST_ERASURES) || is_life_of (self, SIM_FIRST_BOTH) ? 120 : 0;
}

static void
make_server (Sim *self)
{
  static const char *const hosts[] = { "localhost", NULL };
  g_autofree char *path = g_build_filename (self->folder, "server", NULL);
  g_autoptr (GError) error = NULL;

  sim_machine_init (&self->server_machine, self, path);
  amends_server_create (path, "Meadow Homes", hosts, &self->server_machine.environment, &error);
  g_assert_no_error (error);
  sim_server_start (self);
  g_assert_true (amends_server_add_scheme (self->server, "oak", "Oak Court", &error));
  g_assert_true (amends_server_add_scheme (self->server, "elm", "Elm Row", &error));
  test_disk_settle (self->server_machine.disk);
}

static Sim *
new_world (guint64 seed)
{
  g_autofree char *template = g_build_filename (SHARED_MEMORY, "amends-sim-XXXXXX", NULL);
  Sim *self = g_new0 (Sim, 1);

  g_assert_cmpint (sodium_init (), >=, 0);
  self->seed = self->dice = self->noise = seed;
  test_world_mix (&self->noise);
  self->now = TEST_NOW;
  self->loss = -1;
  self->folder = g_mkdtemp (template) != NULL ? g_steal_pointer (&template) : test_folder_new ();
  self->server_holding = sim_holding_new ();
  self->exchanges = g_ptr_array_new ();
  self->backups = g_ptr_array_new_with_free_func ((GDestroyNotify) sim_image_free);
  self->letters = g_ptr_array_new_with_free_func ((GDestroyNotify) sim_letter_free);
  self->devices = g_ptr_array_new_with_free_func ((GDestroyNotify) sim_device_free);
  self->sticks = g_ptr_array_new_with_free_func ((GDestroyNotify) sim_stick_free);
  self->perhaps = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->said = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->last = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->erased = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->gone = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->left = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->ids =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_hash_table_unref);
  self->facts =
      g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) sim_facts_free);
  return self;
}

static void
enrol_first (Sim *self, guint n_devices)
{
  for (guint i = 0; i < n_devices; i++)
    sim_device_enrol (self, i == 0 ? "admin" : "staff", i % 3 == 1 ? "s.oak" : "s.oak,s.elm");
}

/**
 * sim_new:
 * @is_verbose: whether to tell what happens
 *
 * Returns: (transfer full): an organisation with a server and some devices
 */
Sim *
sim_new (guint64 seed, gboolean is_verbose)
{
  Sim *self = new_world (seed);
  guint n_devices;

  self->is_verbose = is_verbose;
  draw_climates (self);
  make_server (self);
  n_devices = 2 + sim_draw (self, 3);
  if (sim_draw (self, 8) == 0)
    n_devices = 5 + sim_draw (self, 8);
  if (sim_draw (self, 40) == 0)
    n_devices = 13 + sim_draw (self, SIM_MAX_DEVICES - 12);
  enrol_first (self, n_devices);
  return self;
}

/**
 * sim_new_calm:
 * @n_devices: how many
 *
 * Returns: (transfer full): as sim_new(), where nothing befalls anybody by itself
 */
Sim *
sim_new_calm (guint64 seed, guint n_devices)
{
  Sim *self = new_world (seed);

  self->is_calm = TRUE;
  make_server (self);
  enrol_first (self, n_devices);
  return self;
}

/**
 * sim_free:
 * @self: (nullable) (transfer full): a world
 */
void
sim_free (Sim *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->devices);
  sim_server_stop (self);
  sim_machine_clear (&self->server_machine);
  sim_holding_free (self->server_holding);
  g_ptr_array_unref (self->exchanges);
  g_ptr_array_unref (self->backups);
  g_ptr_array_unref (self->letters);
  g_ptr_array_unref (self->sticks);
  g_hash_table_unref (self->facts);
  g_hash_table_unref (self->said);
  g_hash_table_unref (self->last);
  g_hash_table_unref (self->erased);
  g_hash_table_unref (self->gone);
  g_hash_table_unref (self->left);
  g_hash_table_unref (self->ids);
  g_hash_table_unref (self->perhaps);
  test_folder_remove (self->folder);
  g_free (self);
}

static void
turn_on_or_off (Sim *self, SimDevice *device)
{
  if (device->is_syncing)
    return;
  if (device->store == NULL)
    {
      sim_say (self, "%s is switched on", device->name);
      sim_device_start (device);
    }
  else
    {
      sim_say (self, "%s is switched off", device->name);
      sim_device_stop (device);
    }
}

/**
 * sim_step:
 *
 * The next thing happens.
 */
void
sim_step (Sim *self)
{
  SimDevice *device = g_ptr_array_index (self->devices, sim_draw (self, self->devices->len));
  guint what = sim_draw (self, 1000);
  AmendsSyncReport report;

  self->n_steps++;
  self->now += (gint64) sim_draw (self, 120) * G_USEC_PER_SEC;
  if (what < 420)
    sim_people_act (device);
  else if (what < 440)
    sim_people_write_ahead (device);
  else if (what < 840)
    {
      if (device->next_sync_at <= self->now)
        sim_device_sync (device, &report);
    }
  else if (what < 880)
    self->now += (gint64) sim_draw (self, 3 * 86400) * G_USEC_PER_SEC;
  else if (what < 930)
    turn_on_or_off (self, device);
  else if (what < 950)
    sim_deliver_letter (self);
  else if (what < 970)
    sim_server_start (self);
  sim_life (self);
}

/**
 * sim_wait:
 *
 * While somebody waits for the line the others go on.
 */
void
sim_wait (Sim *self)
{
  guint n_steps;

  if (self->depth >= SIM_MAX_DEPTH)
    return;
  self->depth++;
  n_steps = 1 + sim_draw (self, 4);
  for (guint i = 0; i < n_steps; i++)
    sim_step (self);
  self->depth--;
}

/**
 * sim_run:
 * @ret_trace: (out): the same for the same seed
 *
 * Returns: whether every invariant held
 */
gboolean
sim_run (guint64 seed, gboolean is_verbose, guint64 *ret_trace)
{
  g_autoptr (Sim) self = sim_new (seed, is_verbose);
  guint n_steps = 100 + sim_draw (self, 200);

  while (self->n_steps < n_steps && self->n_failures == 0)
    sim_step (self);
  if (self->n_failures == 0)
    sim_finish (self);
  *ret_trace = self->trace;
  return self->n_failures == 0;
}
