/* test-kiosk-queue.c: what staff are told of what waits at a kiosk, and of the room for it
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/amends-words.h"
#include "app/kiosk/amends-kiosk-queue.h"

#include "support/device.h"

#define MIB ((guint64) 1 << 20)

/* 2026-11-20, a Friday, and noon of it. */
#define FRIDAY 20777
#define FRIDAY_NOON ((gint64) FRIDAY * G_TIME_SPAN_DAY + 12 * G_TIME_SPAN_HOUR)

static const struct
{
  guint n_sealed;
  guint64 n_free;
  AmendsDay today;
  const char *said; /* (nullable) */
  gint64 last_sync;
} rows[] = {
  { 0, G_MAXUINT64, FRIDAY, NULL },
  { 5000, G_MAXUINT64, FRIDAY, NULL },     /* just recorded */
  { 5000, G_MAXUINT64, FRIDAY + 2, NULL }, /* over a weekend */
  { 1, G_MAXUINT64, FRIDAY + 3, "Staff: 1 record waits to be sent" },
  { 5000, G_MAXUINT64, FRIDAY + 3, "Staff: 5000 records wait to be sent" },
  /* Restricted records are not counted, and do not wait unseen: of whatever waits, it is out of touch. */
  { 0, G_MAXUINT64, FRIDAY + 2, NULL, FRIDAY_NOON },
  { 0, G_MAXUINT64, FRIDAY + 3,
    "Staff: not in touch with head office since " AMENDS_ISOLATE_BEGIN
    "Fri 20 Nov 2026" AMENDS_ISOLATE_END,
    FRIDAY_NOON },
  { 1, G_MAXUINT64, FRIDAY + 3, "Staff: 1 record waits to be sent", FRIDAY_NOON },
  { 0, 0, FRIDAY + 3, "Staff: There is room for about 0 more records. Make room on its disk.",
    FRIDAY_NOON },
  /* It is said of an empty queue as well, and long before there is no room. */
  { 0, 1000 * MIB, FRIDAY, NULL },
  { 0, 1000 * MIB - 1, FRIDAY,
    "Staff: There is room for about 999 more records. Make room on its disk." },
  { 5000, 500 * MIB, FRIDAY + 3,
    "Staff: There is room for about 500 more records. Make room on its disk." },
  { 0, 1 * MIB, FRIDAY, "Staff: There is room for about 1 more record. Make room on its disk." },
  { 0, 0, FRIDAY, "Staff: There is room for about 0 more records. Make room on its disk." },
};

static void
test_said (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = g_build_filename (folder, "store", NULL);
  g_autoptr (AmendsStore) store = NULL;
  TestWorld world;
  AmendsStatus status;

  test_world_init (&world);
  store = test_store_new (&world, path, "7K");
  g_assert_true (amends_store_get_status (store, &status, NULL));
  g_assert_cmpuint (status.n_free, >, 0);
  g_assert_cmpuint (status.n_free, <, G_MAXUINT64);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *said = NULL;

      status.n_sealed = rows[i].n_sealed;
      status.sealed_at = rows[i].n_sealed > 0 ? FRIDAY_NOON : 0;
      status.n_free = rows[i].n_free;
      status.last_sync = rows[i].last_sync;
      said = amends_kiosk_queue_describe (&status, amends_store_get_editions (store), "oak",
                                          rows[i].today);
      g_assert_cmpstr (said, ==, rows[i].said);
      g_assert_cmpint (amends_kiosk_queue_has_room (&status), ==, rows[i].n_free >= MIB);
    }
  amends_status_clear (&status);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/kiosk-queue/said", test_said);

  return g_test_run ();
}
