/* test-keys.c: the server's keys and certificates
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <sodium.h>

#include "client.h"

static GTlsCertificate *
get_certificate (TestWorld *world)
{
  g_autofree char *certificates = NULL;
  g_autofree char *key = NULL;
  g_autoptr (GError) error = NULL;
  GTlsCertificate *certificate;

  g_assert_true (amends_server_get_tls (world->server, &certificates, &key, &error));
  g_assert_no_error (error);
  certificate = g_tls_certificate_new_from_pem (certificates, -1, &error);
  g_assert_no_error (error);
  return certificate;
}

/* Two years, and renewed when sixty days are left, by the same authority. */
static void
test_renewal (void)
{
  g_autoptr (TestWorld) world = test_world_new ();
  g_autoptr (GTlsCertificate) first = get_certificate (world);
  g_autoptr (GTlsCertificate) same = NULL;
  g_autoptr (GTlsCertificate) renewed = NULL;
  g_autoptr (GTlsCertificate) authority = NULL;
  g_autoptr (GSocketConnectable) host = g_network_address_new ("localhost", 443);
  g_autoptr (GSocketConnectable) address = g_network_address_new ("127.0.0.1", 443);
  g_autoptr (GSocketConnectable) other = g_network_address_new ("example.org", 443);
  g_autoptr (GDateTime) ends = NULL;
  gint64 began = world->now;
  GTlsCertificateFlags flags;

  world->now = began + 669 * G_TIME_SPAN_DAY;
  same = get_certificate (world);
  g_assert_true (g_tls_certificate_is_same (first, same));

  world->now = began + 671 * G_TIME_SPAN_DAY;
  renewed = get_certificate (world);
  g_assert_false (g_tls_certificate_is_same (first, renewed));
  ends = g_tls_certificate_get_not_valid_after (renewed);
  g_assert_cmpint (g_date_time_to_unix (ends), ==,
                   (world->now + 730 * G_TIME_SPAN_DAY) / G_USEC_PER_SEC);

  /* The real clock is not the world's, so of the flags only these two say anything. */
  authority =
      g_tls_certificate_new_from_pem (amends_server_get_authority (world->server), -1, NULL);
  flags = g_tls_certificate_verify (renewed, host, authority);
  g_assert_cmpuint (flags & (G_TLS_CERTIFICATE_UNKNOWN_CA | G_TLS_CERTIFICATE_BAD_IDENTITY), ==, 0);
  flags = g_tls_certificate_verify (renewed, address, authority);
  g_assert_cmpuint (flags & G_TLS_CERTIFICATE_BAD_IDENTITY, ==, 0);
  flags = g_tls_certificate_verify (renewed, other, authority);
  g_assert_cmpuint (flags & G_TLS_CERTIFICATE_BAD_IDENTITY, !=, 0);
}

/* Nobody else on the machine reads the folder, the store or the recovery key. */
static void
test_modes (void)
{
  static const char *const names[] = { "", "recovery.key" };
  static const int modes[] = { 0700, 0600 };
  g_autoptr (TestWorld) world = test_world_new ();

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (world->folder, names[i], NULL);
      GStatBuf status;

      g_assert_cmpint (g_stat (path, &status), ==, 0);
      g_assert_cmpint ((int) status.st_mode & 0777, ==, modes[i]);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  g_assert_cmpint (sodium_init (), >=, 0);

  g_test_add_func ("/keys/renewal", test_renewal);
  g_test_add_func ("/keys/modes", test_modes);

  return g_test_run ();
}
