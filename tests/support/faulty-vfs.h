/* faulty-vfs.h: a disk that fills up, or loses its power, at a chosen write
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define TEST_FAULTY_VFS "amends-faulty"

/**
 * TestDisk:
 * @TEST_DISK_SOUND: nothing happens
 * @TEST_DISK_FULL: after so many writes each fails with SQLITE_FULL
 * @TEST_DISK_LOST: after so many writes none reaches the disk any more, and nobody is told: what a
 *   killed machine leaves that had written everything in order
 * @TEST_DISK_POWER_CUT: as that, and what was not synced before is lost too
 */
typedef enum
{
  TEST_DISK_SOUND,
  TEST_DISK_FULL,
  TEST_DISK_LOST,
  TEST_DISK_POWER_CUT,
} TestDisk;

void test_faulty_vfs_register (void);
void test_faulty_vfs_set (TestDisk disk, guint n_writes);
void test_faulty_vfs_cut_power (void);
guint test_faulty_vfs_get_n_writes (void);
guint test_faulty_vfs_get_n_syncs (void);
gboolean test_faulty_vfs_has_failed (void);

G_END_DECLS
