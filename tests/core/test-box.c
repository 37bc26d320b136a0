/* test-box.c: what a device writes and cannot read again
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <sodium.h>
#include <string.h>

#include "core/amends-box.h"
#include "core/amends-error.h"

#define STEP 4096

static guint8 intake_key[AMENDS_BOX_KEY_BYTES];
static guint8 intake_secret[AMENDS_BOX_KEY_BYTES];

/* An event whose body has exactly @n_body bytes. */
static AmendsEvent *
make_event (const char *id_text, gsize n_body)
{
  static const guint8 salt[AMENDS_SALT_BYTES] = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12 };
  g_autofree char *text = g_malloc (n_body);
  g_autoptr (GBytes) body = NULL;
  g_autoptr (GError) error = NULL;
  AmendsEvent *event;
  AmendsId id;

  g_assert_cmpuint (n_body, >=, 2);
  memset (text, ' ', n_body);
  text[0] = '{';
  text[n_body - 1] = '}';
  body = g_bytes_new (text, n_body);
  g_assert_true (amends_id_parse_len (id_text, strlen (id_text), &id));
  event = amends_event_new (&id, "s.oak", &id, NULL, 0, salt, body, &error);
  g_assert_no_error (error);
  return event;
}

static AmendsEvent *
make_boxed (const AmendsEvent *event, guint8 seed_byte)
{
  guint8 seed[AMENDS_BOX_SEED_BYTES];
  g_autoptr (GError) error = NULL;
  AmendsEvent *boxed;

  memset (seed, seed_byte, sizeof seed);
  boxed = amends_event_box (event, intake_key, seed, &error);
  g_assert_no_error (error);
  return boxed;
}

static void
test_there_and_back (void)
{
  static const gsize sizes[] = { 2,         3,         400,
                                 STEP - 13, STEP - 12, STEP - 11,
                                 STEP,      3 * STEP,  AMENDS_EVENT_MAX_BODY_BYTES };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr (AmendsEvent) event = make_event ("7K.1", sizes[i]);
      g_autoptr (AmendsEvent) boxed = make_boxed (event, 1);
      g_autoptr (AmendsEvent) opened = NULL;
      g_autoptr (GError) error = NULL;
      gsize n_box = g_bytes_get_size (boxed->box);

      g_assert_null (boxed->body);
      g_assert_cmpmem (boxed->digest, AMENDS_DIGEST_BYTES, event->digest, AMENDS_DIGEST_BYTES);
      g_assert_cmpuint ((n_box - crypto_box_SEALBYTES) % STEP, ==, 0);
      g_assert_cmpuint (n_box, <=, AMENDS_EVENT_MAX_BOX_BYTES);

      opened = amends_event_unbox (boxed, intake_key, intake_secret, &error);
      g_assert_no_error (error);
      g_assert_true (g_bytes_equal (opened->body, event->body));
      g_assert_cmpmem (opened->salt, AMENDS_SALT_BYTES, event->salt, AMENDS_SALT_BYTES);
      g_assert_null (opened->box);
    }
}

/* How long a text is does not show, and one text in two boxes does not either. */
static void
test_tells_nothing (void)
{
  g_autoptr (AmendsEvent) one = make_event ("7K.1", 20);
  g_autoptr (AmendsEvent) other = make_event ("7K.1", STEP - 20);
  g_autoptr (AmendsEvent) boxed = make_boxed (one, 1), again = make_boxed (one, 2),
                          longer = make_boxed (other, 3);

  g_assert_cmpuint (g_bytes_get_size (boxed->box), ==, g_bytes_get_size (longer->box));
  g_assert_false (g_bytes_equal (boxed->box, again->box));
}

static void
test_does_not_open (const AmendsEvent *boxed, const guint8 *secret)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AmendsEvent) opened = amends_event_unbox (boxed, intake_key, secret, &error);

  g_assert_null (opened);
  g_assert_error (error, AMENDS_CORE_ERROR, AMENDS_CORE_ERROR_INVALID);
  g_assert_cmpstr (amends_error_get_field (error), ==, "body");
}

static AmendsEvent *
replace_box (const AmendsEvent *boxed, const char *id_text, GBytes *box)
{
  g_autoptr (GError) error = NULL;
  AmendsEvent *event;
  AmendsId id;

  g_assert_true (amends_id_parse_len (id_text, strlen (id_text), &id));
  event = amends_event_new_boxed (&id, "s.oak", &id, NULL, 0, boxed->body_hash, box, &error);
  g_assert_no_error (error);
  return event;
}

static void
test_altered (void)
{
  g_autoptr (AmendsEvent) event = make_event ("7K.1", 60);
  g_autoptr (AmendsEvent) boxed = make_boxed (event, 1);
  gsize n_box;
  const guint8 *box = g_bytes_get_data (boxed->box, &n_box);

  for (gsize i = 0; i < n_box; i += 7)
    {
      g_autofree guint8 *copy = g_memdup2 (box, n_box);
      g_autoptr (GBytes) altered_box = NULL;
      g_autoptr (AmendsEvent) altered = NULL;

      copy[i] ^= 1;
      altered_box = g_bytes_new (copy, n_box);
      altered = replace_box (boxed, "7K.1", altered_box);
      test_does_not_open (altered, intake_secret);
    }
  for (gsize n = 0; n < n_box; n += 97)
    {
      g_autoptr (GBytes) cut_box = g_bytes_new (box, n);
      g_autoptr (AmendsEvent) cut = replace_box (boxed, "7K.1", cut_box);

      test_does_not_open (cut, intake_secret);
    }
}

/* The box of one event in the place of another's. */
static void
test_another (void)
{
  g_autoptr (AmendsEvent) one = make_event ("7K.1", 60), other = make_event ("7K.1", 61);
  g_autoptr (AmendsEvent) boxed = make_boxed (one, 1), other_boxed = make_boxed (other, 2);
  g_autoptr (AmendsEvent) swapped = replace_box (boxed, "7K.1", other_boxed->box);
  g_autoptr (AmendsEvent) renumbered = replace_box (boxed, "7K.2", boxed->box);
  g_autoptr (AmendsEvent) opened = NULL;
  g_autoptr (GError) error = NULL;
  guint8 wrong_secret[AMENDS_BOX_KEY_BYTES] = { 9 };

  test_does_not_open (swapped, intake_secret);
  test_does_not_open (boxed, wrong_secret);

  /* A device that begins again under a new code numbers its boxes anew, and they open all the same. */
  opened = amends_event_unbox (renumbered, intake_key, intake_secret, &error);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (opened->body, one->body));
}

static void
test_refused (void)
{
  g_autoptr (AmendsEvent) event = make_event ("7K.1", 60);
  g_autofree guint8 *bytes = g_malloc0 (AMENDS_EVENT_MAX_BOX_BYTES + 1);
  g_autoptr (GBytes) box = g_bytes_new (bytes, AMENDS_EVENT_MAX_BOX_BYTES + 1);
  guint8 no_key[AMENDS_BOX_KEY_BYTES] = { 0 }, seed[AMENDS_BOX_SEED_BYTES] = { 1 };
  guint8 hash[AMENDS_DIGEST_BYTES];
  g_autoptr (GError) error = NULL;

  g_assert_null (amends_event_box (event, no_key, seed, &error));
  g_assert_error (error, AMENDS_CORE_ERROR, AMENDS_CORE_ERROR_INVALID);
  g_assert_cmpstr (amends_error_get_field (error), ==, "intake_key");
  g_clear_error (&error);

  amends_event_get_body_hash (event, hash);
  g_assert_null (
      amends_event_new_boxed (&event->id, "s.oak", &event->id, NULL, 0, hash, box, &error));
  g_assert_error (error, AMENDS_CORE_ERROR, AMENDS_CORE_ERROR_TOO_LARGE);
}

int
main (int argc, char **argv)
{
  guint8 seed[AMENDS_BOX_SEED_BYTES] = { 42 };

  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  if (sodium_init () < 0)
    return 1;
  crypto_box_seed_keypair (intake_key, intake_secret, seed);
  g_test_add_func ("/box/there-and-back", test_there_and_back);
  g_test_add_func ("/box/tells-nothing", test_tells_nothing);
  g_test_add_func ("/box/altered", test_altered);
  g_test_add_func ("/box/another", test_another);
  g_test_add_func ("/box/refused", test_refused);
  return g_test_run ();
}
