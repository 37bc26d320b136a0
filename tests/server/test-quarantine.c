/* test-quarantine.c: events that are held back, shown and released
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <sodium.h>

#include "client.h"
#include "core/amends-error.h"

static guint64
get_number (const json_t *object, const char *key)
{
  return (guint64) json_integer_value (json_object_get (object, key));
}

static gsize
count_held (TestWorld *world)
{
  g_autoptr (GError) error = NULL;
  json_t *list = amends_server_list_quarantine (world->server, &error);
  gsize n_held = json_array_size (list);

  g_assert_no_error (error);
  json_decref (list);
  return n_held;
}

static void
assert_released (TestWorld *world, const char *what, guint64 n_released, guint64 n_held)
{
  g_autoptr (GError) error = NULL;
  json_t *result = amends_server_release (world->server, what, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (get_number (result, "released"), ==, n_released);
  g_assert_cmpuint (get_number (result, "held"), ==, n_held);
  json_decref (result);
}

static void
assert_not_released (TestWorld *world, const char *what, AmendsCoreError code)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (amends_server_release (world->server, what, &error));
  g_assert_error (error, AMENDS_CORE_ERROR, (int) code);
}

static void
test_list (void)
{
  g_autoptr (TestWorld) world = test_world_new ();
  g_autoptr (TestDevice) device = test_device_new (world, "staff", "s.oak");
  g_autoptr (AmendsReplyHead) head = NULL;
  g_autofree char *id = g_strconcat (device->code, ".2", NULL);
  json_t *list;
  json_t *event;

  g_assert_cmpuint (count_held (world), ==, 0);
  test_device_write (device, "s.oak", 1);
  test_device_write (device, "s.elm", 1);
  head = test_device_send (device, 1, 2);
  list = amends_server_list_quarantine (world->server, NULL);
  g_assert_cmpuint (json_array_size (list), ==, 1);
  event = json_array_get (list, 0);
  g_assert_cmpstr (json_string_value (json_object_get (event, "id")), ==, id);
  g_assert_cmpstr (json_string_value (json_object_get (event, "device")), ==, device->code);
  g_assert_cmpstr (json_string_value (json_object_get (event, "feed")), ==, "s.elm");
  g_assert_cmpstr (json_string_value (json_object_get (event, "stream")), ==, id);
  json_decref (list);
}

/* What a revoked device wrote comes to its readers, whose chains go on over it. */
static void
test_release (void)
{
  g_autoptr (TestWorld) world = test_world_new ();
  g_autoptr (TestDevice) device = test_device_new (world, "staff", "s.oak");
  g_autoptr (TestDevice) other = test_device_new (world, "staff", "s.oak");
  g_autoptr (AmendsReplyHead) sent = NULL;
  g_autoptr (AmendsReplyHead) late = NULL;
  g_autoptr (AmendsReplyHead) before = NULL;
  g_autoptr (AmendsReplyHead) after = NULL;
  g_autoptr (AmendsReplyHead) told = NULL;
  guint n_verified;

  test_device_write (device, "s.oak", 2);
  sent = test_device_send (device, 1, 2);
  g_assert_true (amends_server_revoke (world->server, device->code, NULL));
  test_device_write (device, "s.oak", 1);
  test_device_write (device, "staff", 1);
  test_device_write (device, "s.oak", 1);
  late = test_device_send (device, 3, 5);
  g_assert_cmpuint (late->quarantined, ==, 3);
  before = test_device_send (other, 0, 0);
  g_assert_cmpuint (test_device_count (other, device->code), ==, 2);
  n_verified = other->n_verified;

  assert_released (world, device->code, 3, 0);
  assert_released (world, device->code, 0, 0); /* nothing to do */
  g_assert_cmpuint (count_held (world), ==, 0);
  after = test_device_send (other, 0, 0);
  g_assert_cmpuint (test_device_count (other, device->code), ==, 5);
  g_assert_cmpuint (other->n_verified, ==, n_verified + 2); /* s.oak and staff */
  told = test_device_send (device, 0, 0);
  g_assert_cmpuint (told->quarantined, ==, 0);
  test_world_assert_verified (world, 0);
}

/* One event, wherever it stands among those held back in its feed. */
static void
test_release_one (void)
{
  g_autoptr (TestWorld) world = test_world_new ();
  g_autoptr (TestDevice) device = test_device_new (world, "staff", "s.oak");
  g_autoptr (TestDevice) other = test_device_new (world, "staff", "s.oak,s.elm");
  g_autofree char *first = g_strconcat (device->code, ".1", NULL);
  g_autofree char *second = g_strconcat (device->code, ".2", NULL);
  g_autoptr (AmendsReplyHead) sent = NULL;
  g_autoptr (AmendsReplyHead) between = NULL;
  g_autoptr (AmendsReplyHead) received = NULL;

  test_device_write (device, "s.elm", 2);
  sent = test_device_send (device, 1, 2);
  assert_released (world, second, 1, 1);
  assert_not_released (world, second, AMENDS_CORE_ERROR_NOT_FOUND);
  between = test_device_send (other, 0, 0);
  g_assert_cmpuint (test_device_count (other, device->code), ==, 1);
  assert_released (world, first, 1, 0);
  received = test_device_send (other, 0, 0);
  g_assert_cmpuint (test_device_count (other, device->code), ==, 2);
  test_world_assert_verified (world, 0);
}

/* What is for all devices is written by the kind admin. */
static void
test_org (void)
{
  static const struct
  {
    const char *kind;
    guint n_held;
  } rows[] = { { "admin", 0 }, { "staff", 1 }, { "kiosk", 2 } };
  g_autoptr (TestWorld) world = test_world_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (TestDevice) device = test_device_new (world, rows[i].kind, "org,s.oak");
      g_autoptr (AmendsReplyHead) sent = NULL;

      test_device_write (device, "org", 1);
      sent = test_device_send (device, 1, 1);
      g_assert_cmpuint (count_held (world), ==, rows[i].n_held);
    }
  test_world_assert_verified (world, 2);
}

/* What readers passed over comes to them behind what was written later, in whatever order; whoever reads from the
 * beginning has the same. */
static void
test_release_late (void)
{
  g_autoptr (TestWorld) world = test_world_new ();
  g_autoptr (TestDevice) device = test_device_new (world, "staff", "s.oak");
  g_autoptr (TestDevice) reader = test_device_new (world, "staff", "s.elm");
  g_autoptr (TestDevice) fresh = test_device_new (world, "staff", "s.elm");
  g_autofree char *second = g_strconcat (device->code, ".2", NULL);
  g_autoptr (AmendsReplyHead) held = NULL;
  g_autoptr (AmendsReplyHead) taken = NULL;
  g_autoptr (AmendsReplyHead) before = NULL;
  g_autoptr (AmendsReplyHead) after = NULL;
  g_autoptr (AmendsReplyHead) all = NULL;

  test_device_write (device, "s.elm", 3);
  held = test_device_send (device, 1, 3);
  g_assert_true (amends_server_grant (world->server, device->code, "s.elm", NULL));
  test_device_write (device, "s.elm", 2);
  taken = test_device_send (device, 4, 5);
  before = test_device_send (reader, 0, 0);
  g_assert_cmpuint (test_device_count (reader, device->code), ==, 2);
  assert_released (world, second, 1, 2);
  assert_released (world, device->code, 2, 0);
  after = test_device_send (reader, 0, 0);
  g_assert_cmpuint (test_device_count (reader, device->code), ==, 5);
  all = test_device_send (fresh, 0, 0);
  g_assert_cmpuint (test_device_count (fresh, device->code), ==, 5);
  test_world_assert_verified (world, 0);
}

/* Nobody writes ctl but the server. */
static void
test_not_released (void)
{
  g_autoptr (TestWorld) world = test_world_new ();
  g_autoptr (TestDevice) forger = test_device_new (world, "staff", "s.oak");
  g_autoptr (AmendsReplyHead) forged = NULL;

  test_device_write (forger, "ctl", 1);
  forged = test_device_send (forger, 1, 1);
  g_assert_cmpuint (forged->quarantined, ==, 1);
  assert_not_released (world, forger->code, AMENDS_CORE_ERROR_REFUSED);
  assert_not_released (world, "ZZZZ", AMENDS_CORE_ERROR_NOT_FOUND);
  g_assert_cmpuint (count_held (world), ==, 1);
  test_world_assert_verified (world, 1);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  g_assert_cmpint (sodium_init (), >=, 0);

  g_test_add_func ("/quarantine/list", test_list);
  g_test_add_func ("/quarantine/release", test_release);
  g_test_add_func ("/quarantine/release-one", test_release_one);
  g_test_add_func ("/quarantine/release-late", test_release_late);
  g_test_add_func ("/quarantine/org", test_org);
  g_test_add_func ("/quarantine/not-released", test_not_released);

  return g_test_run ();
}
