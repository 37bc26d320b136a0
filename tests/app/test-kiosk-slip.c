/* test-kiosk-slip.c: what a kiosk prints, and that it is printed
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * With AMENDS_SLIPS=DIR in the environment every slip is written there, to be looked at. */

#include <string.h>

#include <gio/gio.h>
#include <glib/gstdio.h>

#include "app/kiosk/amends-kiosk-language.h"
#include "app/kiosk/amends-kiosk-print.h"
#include "app/kiosk/amends-kiosk-slip.h"

/* Milliseconds: no command of these tests takes so long unless it fails. */
#define PATIENCE_MS 60000

static AmendsDay
parse_day (const char *text)
{
  AmendsDay day;

  g_assert_true (amends_day_parse (text, &day, NULL));
  return day;
}

static void
make_receipt (AmendsKioskReceipt *receipt)
{
  *receipt = (AmendsKioskReceipt){ .kind = "complaint",
                                   .way = "telephone",
                                   .organisation = g_strdup ("Larchfield Homes"),
                                   .scheme = g_strdup ("Oak Court"),
                                   .reference = g_strdup ("7K-0042-P"),
                                   .today = parse_day ("2026-11-20"),
                                   .acknowledge_day = parse_day ("2026-11-27"),
                                   .respond_day = parse_day ("2026-12-11"),
                                   .ombudsman = g_strdup ("Housing Ombudsman Service"),
                                   .ombudsman_telephone = g_strdup ("0300 111 3000"),
                                   .ombudsman_web = g_strdup ("www.housing-ombudsman.org.uk") };
}

static char *
dup_plain (AmendsKioskSlip slip, const AmendsKioskReceipt *receipt)
{
  g_autofree char *text = amends_kiosk_slip_dup_text (slip, receipt);
  g_autoptr (GRegex) isolates = g_regex_new ("[\u2066\u2068\u2069]", 0, 0, NULL);

  return g_regex_replace_literal (isolates, text, -1, 0, "", 0, NULL);
}

static void
assert_lines (AmendsKioskSlip slip, const AmendsKioskReceipt *receipt, const char *expected)
{
  g_autofree char *text = dup_plain (slip, receipt);

  g_assert_cmpstr (text, ==, expected);
}

/* Complaint Handling Code 2024, 6.2 and 6.3: five and ten working days. */
static void
test_whole (void)
{
  AmendsKioskReceipt receipt;

  make_receipt (&receipt);
  assert_lines (AMENDS_KIOSK_SLIP_WHOLE, &receipt,
                "Larchfield Homes\n"
                "Oak Court\n"
                "Thank you. It is recorded.\n"
                "Your number\n"
                "7K-0042-P\n"
                "7, K, 0, 0, 4, 2, P\n"
                "Recorded on\n"
                "Friday 20 November 2026\n"
                "You hear from us by\n"
                "Friday 27 November 2026\n"
                "We ring you, as you asked.\n"
                "You get our answer by\n"
                "Friday 11 December 2026\n"
                "You get it in writing.\n"
                "Recorded, but not sent yet\n"
                "Housing Ombudsman Service\n"
                "0300 111 3000\n"
                "Not happy with our answer? You can ask for a second look (stage 2). The Housing "
                "Ombudsman helps free of charge, now or later.\n"
                "www.housing-ombudsman.org.uk");
  amends_kiosk_receipt_clear (&receipt);
}

/* Who speaks for somebody has a form with it, and no other slip has. */
static void
test_form (void)
{
  AmendsKioskReceipt receipt;

  make_receipt (&receipt);
  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *whole = NULL, *private = NULL, *staff = NULL;

      receipt.needs_form = i == 1;
      whole = dup_plain (AMENDS_KIOSK_SLIP_WHOLE, &receipt);
      private = dup_plain (AMENDS_KIOSK_SLIP_PRIVATE, &receipt);
      staff = dup_plain (AMENDS_KIOSK_SLIP_STAFF, &receipt);
      g_assert_cmpint (g_str_has_suffix (whole, "Name of who speaks for me\n"
                                                "My name\n"
                                                "My signature\n"
                                                "Today's date\n"
                                                "I can take this back at any time."),
                       ==, receipt.needs_form);
      g_assert_null (strstr (private, "signature"));
      g_assert_null (strstr (staff, "signature"));
    }
  amends_kiosk_receipt_clear (&receipt);
}

/* Nothing but a place, a number and a day; and no day where it could tell somebody something. */
static void
test_private (void)
{
  AmendsKioskReceipt receipt;

  make_receipt (&receipt);
  assert_lines (AMENDS_KIOSK_SLIP_PRIVATE, &receipt,
                "Oak Court\n7K-0042-P\nFriday 27 November 2026");
  receipt.is_discreet = TRUE;
  assert_lines (AMENDS_KIOSK_SLIP_PRIVATE, &receipt, "Oak Court\n7K-0042-P");
  amends_kiosk_receipt_clear (&receipt);
}

static void
test_staff (void)
{
  AmendsKioskReceipt receipt;

  make_receipt (&receipt);
  amends_kiosk_language_use ("ur");
  assert_lines (
      AMENDS_KIOSK_SLIP_STAFF, &receipt,
      "For staff\nRecorded at the kiosk\n7K-0042-P\nAcknowledge by\nFriday 27 November 2026");
  amends_kiosk_language_use ("en");
  amends_kiosk_receipt_clear (&receipt);
}

static void
keep (const char *folder,
      const char *language,
      AmendsKioskSlip slip,
      gboolean is_large,
      GBytes *pdf)
{
  g_autofree char *name =
      g_strdup_printf ("slip-%s-%d%s.pdf", language, slip, is_large ? "-large" : "");
  g_autofree char *path = g_build_filename (folder, name, NULL);

  g_assert_true (g_file_set_contents (path, g_bytes_get_data (pdf, NULL),
                                      (gssize) g_bytes_get_size (pdf), NULL));
}

static void
test_pdf (void)
{
  const char *folder = g_getenv ("AMENDS_SLIPS");
  const AmendsKioskLanguage *language;
  AmendsKioskReceipt receipt;

  make_receipt (&receipt);
  for (guint i = 0; (language = amends_kiosk_language_nth (i)) != NULL; i++)
    for (AmendsKioskSlip slip = AMENDS_KIOSK_SLIP_WHOLE; slip <= AMENDS_KIOSK_SLIP_STAFF; slip++)
      for (int is_large = FALSE; is_large <= TRUE; is_large++)
        {
          g_autoptr (GBytes) pdf = NULL;

          amends_kiosk_language_use (language->code);
          pdf = amends_kiosk_slip_to_pdf (slip, &receipt, is_large, NULL);
          g_assert_nonnull (pdf);
          g_assert_cmpuint (g_bytes_get_size (pdf), >, 1000);
          g_assert_true (memcmp (g_bytes_get_data (pdf, NULL), "%PDF-", 5) == 0);
          g_assert_cmpfloat (amends_kiosk_slip_measure (slip, &receipt, TRUE), >,
                             amends_kiosk_slip_measure (slip, &receipt, FALSE));
          if (folder != NULL)
            keep (folder, language->code, slip, is_large, pdf);
        }
  amends_kiosk_language_use ("en");
  amends_kiosk_receipt_clear (&receipt);
}

/* ------------------------------------------------------------ printing */

static void
printed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static gboolean
print (const char *command,
       GBytes *document,
       guint patience_ms,
       GCancellable *cancellable,
       GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  amends_kiosk_print_async (command, document, patience_ms, cancellable, printed_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return amends_kiosk_print_finish (result, error);
}

/* A name with a space in it; no file but the command's own. */
static void
test_print (void)
{
  g_autofree char *folder = g_dir_make_tmp ("amends-slip-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "the slip.pdf", NULL);
  g_autofree char *command = g_strdup_printf ("dd 'of=%s'", path);
  g_autofree char *printed = g_strnfill (200000, 'a');
  g_autoptr (GBytes) document = g_bytes_new (printed, strlen (printed));
  g_autoptr (GError) error = NULL;
  g_autofree char *contents = NULL;
  gsize length;

  g_assert_true (print (command, document, PATIENCE_MS, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &contents, &length, NULL));
  g_assert_cmpmem (contents, length, g_bytes_get_data (document, NULL),
                   g_bytes_get_size (document));
  g_assert_cmpint (g_unlink (path), ==, 0);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

static void
test_print_fails (void)
{
  static const struct
  {
    const char *command;
    guint patience_ms;
    gboolean is_printed;
  } rows[] = {
    { "false", PATIENCE_MS, FALSE },
    { "/nonexistent/printer", PATIENCE_MS, FALSE },
    { "lp 'slips", PATIENCE_MS, FALSE },
    { "", PATIENCE_MS, FALSE },
    { "sleep 600", 1, FALSE }, /* hangs, and reads nothing */
    { "sh -c 'cat >/dev/null; exit 3'", PATIENCE_MS, FALSE },
    { "true", PATIENCE_MS, TRUE }, /* reads nothing; it has to know */
  };
  g_autofree char *large = g_strnfill (1 << 20, 'a');
  g_autoptr (GBytes) document = g_bytes_new_static (large, 1 << 20);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", rows[i].command);
      g_assert_true (print (rows[i].command, document, rows[i].patience_ms, NULL, &error)
                     == rows[i].is_printed);
      g_assert_true ((error == NULL) == rows[i].is_printed);
    }
}

static gboolean
cancel_cb (gpointer user_data)
{
  g_cancellable_cancel (user_data);
  return G_SOURCE_REMOVE;
}

static void
test_print_cancelled (void)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GBytes) document = g_bytes_new_static ("a", 1);
  g_autoptr (GError) error = NULL;

  g_idle_add (cancel_cb, cancellable);
  g_assert_false (print ("sleep 600", document, PATIENCE_MS, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/kiosk-slip/whole", test_whole);
  g_test_add_func ("/kiosk-slip/form", test_form);
  g_test_add_func ("/kiosk-slip/private", test_private);
  g_test_add_func ("/kiosk-slip/staff", test_staff);
  g_test_add_func ("/kiosk-slip/pdf", test_pdf);
  g_test_add_func ("/kiosk-print/printed", test_print);
  g_test_add_func ("/kiosk-print/fails", test_print_fails);
  g_test_add_func ("/kiosk-print/cancelled", test_print_cancelled);

  return g_test_run ();
}
