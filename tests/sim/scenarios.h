/* scenarios.h: what is done with every single operation of a disk failing
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "sim/sim.h"

G_BEGIN_DECLS

/**
 * SimScenario:
 * @name: as --scenario takes it
 * @prepare: (nullable): what comes before, on sound disks
 * @act: what is done while the disk fails
 * @on_server: whether it is the server's disk that fails, and not that of the first device
 */
typedef struct
{
  const char *name;
  void (*prepare) (Sim *sim);
  void (*act) (Sim *sim);
  gboolean on_server;
} SimScenario;

extern const SimScenario sim_scenarios[];
extern const guint sim_n_scenarios;

G_END_DECLS
