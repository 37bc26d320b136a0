/* disk.h: a disk that fills up, fails, or loses its power, at a chosen operation
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The one model of a disk. A folder is mounted; everything that SQLite does with the files in it
 * through the VFS %TEST_DISK_VFS goes over the model, and so do rename(), unlink() and fsync() of whoever
 * calls them. What is written stands in real files, where every program finds it; what was not synced is
 * remembered, and lost when the power goes. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define TEST_DISK_VFS "amends-disk"

/**
 * TestDiskFault: what happens after so many more operations: writes, truncations, syncs, renames, deletions
 * @TEST_DISK_SOUND: nothing
 * @TEST_DISK_FULL: no write has room any more
 * @TEST_DISK_FAILS: one operation fails, then the disk is sound
 * @TEST_DISK_SYNC_FAILS: one sync fails, and what it should have synced is lost with the power even if a
 *   later sync says otherwise: what Linux does
 * @TEST_DISK_READ_FAILS: one read fails; here reads alone are counted
 * @TEST_DISK_STOPS: the machine stops: nothing is done any more until test_disk_start()
 */
typedef enum
{
  TEST_DISK_SOUND,
  TEST_DISK_FULL,
  TEST_DISK_FAILS,
  TEST_DISK_SYNC_FAILS,
  TEST_DISK_READ_FAILS,
  TEST_DISK_STOPS,
} TestDiskFault;

/**
 * TestDiskLoss: what a machine that stopped has lost
 * @TEST_LOSS_NOTHING: its program was killed: all that was written is there
 * @TEST_LOSS_ALL: its power went: of what was not synced nothing is there
 * @TEST_LOSS_SOME: as that, but of each write all is there, or nothing, or any of its sectors; what
 *   was done to names is lost from the last one on, as a journal keeps it
 */
typedef enum
{
  TEST_LOSS_NOTHING,
  TEST_LOSS_ALL,
  TEST_LOSS_SOME,
} TestDiskLoss;

/**
 * TestTrouble: what becomes of a disk, and what it has lost then
 */
typedef struct
{
  TestDiskFault fault;
  TestDiskLoss loss;
} TestTrouble;

extern const TestTrouble test_trouble_full;
extern const TestTrouble test_trouble_fails;
extern const TestTrouble test_trouble_sync_fails;
extern const TestTrouble test_trouble_sync_fails_power;
extern const TestTrouble test_trouble_sync_fails_some;
extern const TestTrouble test_trouble_killed;
extern const TestTrouble test_trouble_power;
extern const TestTrouble test_trouble_power_some;

typedef struct _TestDisk TestDisk;

TestDisk *test_disk_mount (const char *folder);
void test_disk_unmount (TestDisk *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TestDisk, test_disk_unmount)

void test_disk_set_fault (TestDisk *self, TestDiskFault fault, guint n_good);
void test_disk_settle (TestDisk *self);
void test_disk_pause (TestDisk *self, gboolean is_paused);
void test_disk_stop (TestDisk *self);
void test_disk_start (TestDisk *self, TestDiskLoss loss, guint64 seed);
guint test_disk_get_n_operations (const TestDisk *self);
guint test_disk_get_n_syncs (const TestDisk *self);
guint test_disk_get_n_reads (const TestDisk *self);
gboolean test_disk_has_failed (const TestDisk *self);
gboolean test_disk_is_stopped (const TestDisk *self);

G_END_DECLS
