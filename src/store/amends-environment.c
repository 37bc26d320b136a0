/* amends-environment.c: what a program hands to store and sync of the world
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "store/amends-environment.h"

#include <sodium.h>

static gint64
system_now (gpointer user_data)
{
  return g_get_real_time ();
}

static void
system_random (guint8 *bytes, gsize n_bytes, gpointer user_data)
{
  randombytes_buf (bytes, n_bytes);
}

/**
 * amends_environment_get_system:
 *
 * Returns: (transfer none): the real world
 */
const AmendsEnvironment *
amends_environment_get_system (void)
{
  static const AmendsEnvironment environment = { .now = system_now,
                                                 .random = system_random,
                                                 .keyring = TRUE };

  /* The first thing that every program asks store and sync for, and the crypto of both needs it. */
  if (sodium_init () < 0)
    g_error ("libsodium cannot be used on this machine");
  return &environment;
}
