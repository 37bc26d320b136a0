/* test-kiosk-receipt.c: by when a person hears, after each thing that a kiosk records
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/kiosk/amends-kiosk-receipt.h"
#include "support/device.h"

/* Complaint Handling Code 2024, 6.2 and 6.3, 6.11 and 6.14: five working days to acknowledge at either stage, then ten
 * for the answer, or twenty. 25 and 28 December 2026 are none. */
static const struct
{
  const char *kind;
  const char *received;
  const char *acknowledge; /* (nullable): nobody promises it */
  const char *respond;     /* (nullable) */
} rows[] = {
  { "complaint", "2026-11-20", "2026-11-27", "2026-12-11" },
  { "escalation-request", "2026-11-20", "2026-11-27", "2026-12-29" },
  { "escalation-request", "2026-04-20", "2026-04-27", "2026-05-27" }, /* over two bank holidays */
  { "compliment", "2026-11-20", NULL, NULL },
  { "service-request", "2026-11-20", NULL, NULL },
};

static void
assert_day (AmendsDay day, const char *expected)
{
  g_autofree char *text = day != AMENDS_DAY_NONE ? amends_day_format (day) : NULL;

  g_assert_cmpstr (text, ==, expected);
}

static void
test_days (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = g_build_filename (folder, "store", NULL);
  g_autoptr (AmendsStore) store = NULL;
  TestWorld world;

  test_world_init (&world);
  store = test_store_new (&world, path, "7K");
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      AmendsKioskReceipt receipt = { .kind = rows[i].kind };

      g_test_message ("row %u", i);
      g_assert_true (amends_day_parse (rows[i].received, &receipt.today, NULL));
      amends_kiosk_receipt_set_days (&receipt, amends_store_get_editions (store), "oak");
      assert_day (receipt.acknowledge_day, rows[i].acknowledge);
      assert_day (receipt.respond_day, rows[i].respond);
      amends_kiosk_receipt_clear (&receipt);
    }
}

/* Each way that can be chosen is said again. */
static void
test_ways (void)
{
  static const char *const ways[] = { "telephone", "text-message", "letter", "email", "in-person" };
  AmendsKioskReceipt receipt = { .way = NULL };

  g_assert_null (amends_kiosk_receipt_say_way (&receipt));
  for (guint i = 0; i < G_N_ELEMENTS (ways); i++)
    {
      receipt.way = ways[i];
      g_assert_nonnull (amends_kiosk_receipt_say_way (&receipt));
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/kiosk-receipt/days", test_days);
  g_test_add_func ("/kiosk-receipt/ways", test_ways);

  return g_test_run ();
}
