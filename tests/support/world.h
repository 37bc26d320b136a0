/* world.h: a clock, random numbers and a disk that a test holds in its hand
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "store/amends-environment.h"

G_BEGIN_DECLS

/* 2026-11-21T10:00:00Z: the day after the build date, so that no clock here is plainly wrong. */
#define TEST_NOW (G_GINT64_CONSTANT (1795255200) * G_USEC_PER_SEC)

/**
 * TestWorld:
 * @environment: hand this to store and server
 * @now: microseconds since 1970 UTC; moved by hand
 * @state: of the random numbers, from the seed that g_test prints
 *
 * Must not move while something uses it.
 */
typedef struct
{
  AmendsEnvironment environment;
  gint64 now;
  guint64 state;
} TestWorld;

void test_world_init (TestWorld *self);
void test_world_pass (TestWorld *self, gint64 seconds);
guint64 test_world_mix (guint64 *state);

/* A scratch folder, removed with all in it by test_folder_remove(). */
typedef char TestFolder;
TestFolder *test_folder_new (void);
void test_folder_remove (TestFolder *path);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TestFolder, test_folder_remove)

void test_folder_copy (const char *from, const char *to);
GPtrArray *test_folder_list (const char *path);
gboolean test_folder_contains (const char *path, const char *bytes, gsize n_bytes);

G_END_DECLS
