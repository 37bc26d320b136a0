/* main.c: lives of an organisation, one after the other
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <locale.h>
#include <stdio.h>

#include "sim/sim.h"

static gint64 option_seed = -1;
static gint64 option_first = 1;
static int option_seeds = 100;
static gboolean option_verbose;
static gboolean option_twice;

static const GOptionEntry entries[] = {
  { "seed", 0, 0, G_OPTION_ARG_INT64, &option_seed, "Run this seed alone", "N" },
  { "seeds", 0, 0, G_OPTION_ARG_INT, &option_seeds, "Run so many", "N" },
  { "first", 0, 0, G_OPTION_ARG_INT64, &option_first, "Begin with this one", "N" },
  { "verbose", 'v', 0, G_OPTION_ARG_NONE, &option_verbose, "Tell what happens", NULL },
  { "twice", 0, 0, G_OPTION_ARG_NONE, &option_twice, "Run each twice: both must be the same",
    NULL },
  G_OPTION_ENTRY_NULL,
};

/* A warning of GLib's is a failure, and the seed is named by the last line before it. */
static gboolean
run_one (guint64 seed)
{
  guint64 trace = 0, again = 0;
  gboolean held = sim_run (seed, option_verbose, &trace);

  if (option_twice)
    {
      sim_run (seed, FALSE, &again);
      if (trace != again)
        {
          fprintf (stderr, "FAIL seed %" G_GUINT64_FORMAT ": not the same twice\n", seed);
          held = FALSE;
        }
    }
  if (option_verbose)
    printf ("trace %016" G_GINT64_MODIFIER "x\n", trace);
  if (!held)
    fprintf (stderr, "Replay it: tests/sim/run --seed %" G_GUINT64_FORMAT " --verbose\n", seed);
  return held;
}

int
main (int argc, char *argv[])
{
  g_autoptr (GOptionContext) context = g_option_context_new ("- lives of an organisation");
  g_autoptr (GError) error = NULL;
  guint64 first, n_seeds, n_failed = 0;

  setlocale (LC_ALL, "");
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    {
      fprintf (stderr, "%s\n", error->message);
      return 2;
    }
  g_log_set_always_fatal (G_LOG_LEVEL_WARNING | G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_ERROR);
  first = (guint64) (option_seed >= 0 ? option_seed : option_first);
  n_seeds = option_seed >= 0 ? 1 : (guint64) MAX (option_seeds, 1);
  printf ("1..1\n# seeds %" G_GUINT64_FORMAT " to %" G_GUINT64_FORMAT "\n", first,
          first + n_seeds - 1);
  for (guint64 seed = first; seed < first + n_seeds; seed++)
    {
      fprintf (stderr, "# seed %" G_GUINT64_FORMAT "\n", seed);
      n_failed += !run_one (seed);
    }
  printf ("%s 1 /sim/seeds\n# %" G_GUINT64_FORMAT " of %" G_GUINT64_FORMAT " failed\n",
          n_failed == 0 ? "ok" : "not ok", n_failed, n_seeds);
  return n_failed == 0 ? 0 : 1;
}
