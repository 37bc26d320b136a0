/* every.c: the disk fails, stops or fills up at every single operation of a scenario
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The set is finite, so it is finished. A scenario runs once on a sound disk, which counts its operations, and
 * then once for each of them and each kind of failure; after each run the faults stop and every invariant is
 * checked, as after a seed. */

#include <locale.h>
#include <stdio.h>

#include "sim/scenarios.h"

#define N_DEVICES 3
#define SEED 1

typedef struct
{
  const char *name;
  TestDiskFault fault;
  TestDiskLoss loss;
} Kind;

static const Kind kinds[] = {
  { "fails", TEST_DISK_FAILS, TEST_LOSS_SOME },
  { "sync-fails", TEST_DISK_SYNC_FAILS, TEST_LOSS_SOME },
  { "full", TEST_DISK_FULL, TEST_LOSS_SOME },
  { "killed", TEST_DISK_STOPS, TEST_LOSS_NOTHING },
  { "power-cut", TEST_DISK_STOPS, TEST_LOSS_ALL },
  { "torn", TEST_DISK_STOPS, TEST_LOSS_SOME },
  { "read-fails", TEST_DISK_READ_FAILS, TEST_LOSS_SOME },
};

static char *option_scenario;
static int option_stride = 1;
static int option_from;
static gboolean option_verbose;

static const GOptionEntry entries[] = {
  { "scenario", 0, 0, G_OPTION_ARG_STRING, &option_scenario, "This one alone", "NAME" },
  { "stride", 0, 0, G_OPTION_ARG_INT, &option_stride, "One operation of so many", "N" },
  { "from", 0, 0, G_OPTION_ARG_INT, &option_from, "Begin with this operation", "N" },
  { "verbose", 'v', 0, G_OPTION_ARG_NONE, &option_verbose, "Tell what happens", NULL },
  G_OPTION_ENTRY_NULL,
};

/* An office that has worked for a while. */
static Sim *
make_office (const SimScenario *scenario)
{
  Sim *sim = sim_new_calm (SEED, N_DEVICES);

  sim->is_verbose = option_verbose;
  sim_make_image (g_ptr_array_index (sim->devices, 0));
  for (guint round = 0; round < 2; round++)
    for (guint i = 0; i < N_DEVICES; i++)
      {
        SimDevice *device = g_ptr_array_index (sim->devices, i);
        AmendsSyncReport report;

        sim_people_do (device, SIM_RECORD);
        sim_people_do (device, SIM_MOVE);
        sim_device_sync (device, &report);
      }
  sim_back_up (sim);
  if (scenario->prepare != NULL)
    scenario->prepare (sim);
  return sim;
}

static SimMachine *
get_machine (Sim *sim, const SimScenario *scenario)
{
  return scenario->on_server ? &sim->server_machine
                             : &((SimDevice *) g_ptr_array_index (sim->devices, 0))->machine;
}

/* Returns: how many invariants did not hold; @ret_counts: the scenario's operations, and its reads */
static guint
run_once (const SimScenario *scenario, const Kind *kind, guint n_good, guint ret_counts[2])
{
  g_autoptr (Sim) sim = make_office (scenario);
  SimMachine *machine = get_machine (sim, scenario);

  sim->loss = (int) kind->loss;
  sim_machine_set_fault (machine, kind->fault, n_good);
  scenario->act (sim);
  ret_counts[0] = test_disk_get_n_operations (machine->disk);
  ret_counts[1] = test_disk_get_n_reads (machine->disk);
  sim_finish (sim);
  if (sim->n_failures > 0)
    fprintf (stderr, "Replay it: tests/sim/run --every --scenario %s --from %u --verbose (%s)\n",
             scenario->name, n_good, kind->name);
  return sim->n_failures;
}

static gboolean
run_scenario (const SimScenario *scenario, guint *ret_n_runs)
{
  guint counts[2], ignored[2];
  guint n_failed = run_once (scenario, &kinds[0], G_MAXUINT / 2, counts) > 0;

  ++*ret_n_runs;
  if (option_verbose)
    printf ("# %s: %u operations, %u reads\n", scenario->name, counts[0], counts[1]);
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      guint n_operations = counts[kinds[i].fault == TEST_DISK_READ_FAILS];
      /* With a stride no two kinds take the same operations. */
      guint first = (guint) option_from + i * (guint) option_stride / G_N_ELEMENTS (kinds);

      if (option_stride > 1 && n_operations > 0)
        first %= n_operations;
      for (guint n = first; n < n_operations; n += (guint) option_stride)
        {
          n_failed += run_once (scenario, &kinds[i], n, ignored) > 0;
          ++*ret_n_runs;
        }
    }
  return n_failed == 0;
}

int
main (int argc, char *argv[])
{
  g_autoptr (GOptionContext) context = g_option_context_new ("- every operation fails once");
  g_autoptr (GError) error = NULL;
  guint n_failed = 0, n_shown = 0;

  setlocale (LC_ALL, "");
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error) || option_stride < 1)
    {
      fprintf (stderr, "%s\n", error != NULL ? error->message : "A stride is at least 1");
      return 2;
    }
  g_log_set_always_fatal (G_LOG_LEVEL_WARNING | G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_ERROR);
  for (guint i = 0; i < sim_n_scenarios; i++)
    {
      const SimScenario *scenario = &sim_scenarios[i];
      guint n_runs = 0;
      gboolean held;

      if (option_scenario != NULL && !g_str_equal (option_scenario, scenario->name))
        continue;
      held = run_scenario (scenario, &n_runs);
      n_failed += !held;
      printf ("%s %u /every/%s # %u runs\n", held ? "ok" : "not ok", ++n_shown, scenario->name,
              n_runs);
      fflush (stdout);
    }
  printf ("1..%u\n", n_shown);
  return n_failed == 0 ? 0 : 1;
}
