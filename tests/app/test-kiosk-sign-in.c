/* test-kiosk-sign-in.c: a member of staff signs in at a kiosk
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "find.h"
#include "open-session.h"

#include <adwaita.h>

#include "app/kiosk/amends-kiosk-sign-in.h"

#define PIN "370415"

/* Who has a PIN there as well. */
#define COLLEAGUE "Ruth Castellan"
#define PIN_OF_COLLEAGUE "904417"

typedef struct
{
  Fixture open;
  GtkWidget *window;
  GtkWidget *colleague;
  char *signed_in; /* (nullable): who has signed in */
} Page;

static void
signed_in_cb (AmendsKioskSignIn *sign_in, const char *name, const char *id, gpointer user_data)
{
  Page *page = user_data;

  g_free (page->signed_in);
  page->signed_in = g_strdup (name);
}

static const AmendsFeed feeds[] = {
  { .feed = "org", .may_read = TRUE },
  { .feed = "staff", .may_read = TRUE, .may_write = TRUE },
  { .feed = "s.oak", .may_read = TRUE, .may_write = TRUE },
  { .feed = "k.oak", .may_read = TRUE, .may_write = TRUE },
};

static void
add_colleague (AmendsStore *store)
{
  static const char *const schemes[] = { "oak", NULL };
  g_autoptr (GError) error = NULL;

  amends_store_add_staff (store, COLLEAGUE, TEST_PASSPHRASE, NULL, &error);
  g_assert_no_error (error);
  amends_store_lock (store);
  amends_store_unlock (store, COLLEAGUE, TEST_PASSPHRASE, &error);
  g_assert_no_error (error);
  amends_store_set_pin (store, schemes, PIN_OF_COLLEAGUE, &error);
  g_assert_no_error (error);
}

/* A laptop that serves the scheme of a kiosk, and knows whoever unlocks it. */
static void
set_up_session (Fixture *open)
{
  g_autoptr (AmendsIdentity) who = NULL;
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;
  AmendsStore *store;

  test_world_init (&open->world);
  open->folder = test_folder_new ();
  path = g_build_filename (open->folder, "store", NULL);
  who = test_identity_new (&open->world, "7K", "Office laptop");
  store = amends_store_create (path, &open->world.environment, "test", who, feeds,
                               G_N_ELEMENTS (feeds), TEST_STAFF, TEST_PASSPHRASE, &error);
  g_assert_no_error (error);
  add_colleague (store);
  amends_store_close (store);
  open->session = amends_session_new (path, 15);
  amends_session_start (open->session);
  unlock (open->session);
}

/* A page with two names on it. Returns: (transfer none): that of who unlocked the laptop */
static GtkWidget *
set_up_page (Page *page)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GtkWidget *sign_in;

  set_up_session (&page->open);
  amends_session_set_pin_async (page->open.session, PIN, result_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  amends_session_set_pin_finish (page->open.session, result, &error);
  g_assert_no_error (error);
  sign_in = amends_kiosk_sign_in_new (page->open.session);
  g_signal_connect (sign_in, "signed-in", G_CALLBACK (signed_in_cb), page);
  page->window = gtk_window_new ();
  gtk_window_set_child (GTK_WINDOW (page->window), sign_in);
  gtk_window_present (GTK_WINDOW (page->window));
  page->colleague = wait_for (page->window, GTK_TYPE_CHECK_BUTTON, COLLEAGUE);
  return wait_for (page->window, GTK_TYPE_CHECK_BUTTON, TEST_STAFF);
}

static void
tear_down_page (Page *page)
{
  gtk_window_destroy (GTK_WINDOW (page->window));
  g_free (page->signed_in);
  tear_down (&page->open, NULL);
}

static void
type_pin (Page *page, const char *pin)
{
  gtk_editable_set_text (GTK_EDITABLE (find_widget (page->window, GTK_TYPE_ENTRY, NULL)), pin);
  touch (page->window, "Sign in");
}

/* While a PIN is looked at nobody else can be chosen, and whoever then signs in is whose PIN it was. */
static void
test_who_was_asked_about (void)
{
  Page page = { 0 };
  GtkWidget *name = set_up_page (&page);

  gtk_check_button_set_active (GTK_CHECK_BUTTON (name), TRUE);
  type_pin (&page, PIN_OF_COLLEAGUE);
  g_assert_false (gtk_widget_is_sensitive (name));
  g_assert_false (gtk_widget_is_sensitive (page.colleague));
  /* Not even where it could be: the PIN that is looked at is that of the first. */
  gtk_check_button_set_active (GTK_CHECK_BUTTON (page.colleague), TRUE);
  while (!says (page.window, "That is not the PIN of " TEST_STAFF ". Try again."))
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (gtk_widget_is_sensitive (name));
  gtk_check_button_set_active (GTK_CHECK_BUTTON (name), TRUE);
  type_pin (&page, PIN);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (page.colleague), TRUE);
  while (page.signed_in == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpstr (page.signed_in, ==, TEST_STAFF);
  tear_down_page (&page);
}

/* A PIN that was taken away while the page stood is not one that was mistyped. */
static void
test_has_none (void)
{
  Page page = { 0 };
  GtkWidget *name = set_up_page (&page);
  AmendsPinHolder *holder = g_object_get_data (G_OBJECT (name), "holder");

  holder->staff.number += 1000; /* nobody's */
  gtk_check_button_set_active (GTK_CHECK_BUTTON (name), TRUE);
  type_pin (&page, PIN);
  while (!says (page.window, TEST_STAFF " has no PIN for this kiosk any more. They set a new one"))
    {
      g_assert_false (says (page.window, "That is not the PIN"));
      g_main_context_iteration (NULL, TRUE);
    }
  g_assert_null (page.signed_in);
  tear_down_page (&page);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/kiosk-sign-in/who-was-asked-about", test_who_was_asked_about);
  g_test_add_func ("/kiosk-sign-in/has-none", test_has_none);
  return g_test_run ();
}
