/* amends-environment.h: what a program hands to store and sync of the world
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Store and sync read no clock and draw no random number of their own: a test, and a simulator, hand
 * in theirs. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * AmendsEnvironment:
 * @now: microseconds since 1970, UTC
 * @random: fills @bytes
 * @user_data: for both
 * @vfs: (nullable): name of the SQLite VFS of log.db; %NULL for the system's
 * @keyring: whether the person's keyring may be asked for the device secret
 * @database: (nullable): address of the PostgreSQL database of a server; %NULL for a file in its folder
 * @stretch_ops: of Argon2id for slots that are made; 0 for what a real store takes
 * @stretch_mem: as @stretch_ops, bytes: a slot carries both, so that whoever opens it need not know
 */
typedef struct
{
  gint64 (*now) (gpointer user_data);
  void (*random) (guint8 *bytes, gsize n_bytes, gpointer user_data);
  gpointer user_data;
  const char *vfs;
  gboolean keyring;
  const char *database;
  guint64 stretch_ops;
  gsize stretch_mem;
} AmendsEnvironment;

/* The real clock, the system's random numbers and the system's files. */
const AmendsEnvironment *amends_environment_get_system (void);

static inline gint64
amends_environment_now (const AmendsEnvironment *self)
{
  return self->now (self->user_data);
}

static inline void
amends_environment_random (const AmendsEnvironment *self, guint8 *bytes, gsize n_bytes)
{
  self->random (bytes, n_bytes, self->user_data);
}

G_END_DECLS
