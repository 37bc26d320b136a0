/* test-pages.c: windows and pages over a session
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "find.h"
#include "session-fixture.h"

#include <adwaita.h>

#include "app/staff/amends-go-to-dialog.h"
#include "app/staff/amends-hand-dialog.h"
#include "app/staff/amends-window.h"
#include "app/staff/pages/amends-case-page.h"
#include "app/staff/pages/amends-intake-page.h"
#include "app/staff/pages/amends-sealed-page.h"
#include "core/amends-csv.h"
#include "store/amends-log.h"
#include "store/amends-store-private.h"

static void
count_cb (guint *n_times)
{
  (*n_times)++;
}

/* Behind what a page has asked for. */
static void
let_pages_read (Fixture *fixture)
{
  amends_session_list_drafts_async (fixture->session, NULL, result_cb, fixture);
  g_ptr_array_unref (
      amends_session_list_drafts_finish (fixture->session, wait_result (fixture), NULL));
}

/* Parts that come and go change what is said of attachments, and nothing else of the page. */
static void
test_page_stays (Fixture *fixture, gconstpointer data)
{
  g_autoptr (AmendsCasePage) page = g_object_ref_sink (g_object_new (AMENDS_TYPE_CASE_PAGE, NULL));
  g_autoptr (AmendsOutcome) outcome = NULL;
  guint n_loaded = 0;

  open_session (fixture);
  outcome = record (fixture, "The lift stopped.", NULL, NULL);
  count_waiting (fixture);
  amends_case_page_set_session (page, fixture->session);
  g_signal_connect_swapped (page, "loaded", G_CALLBACK (count_cb), &n_loaded);
  amends_case_page_open (page, &outcome->id);
  let_pages_read (fixture);
  g_assert_cmpuint (n_loaded, ==, 1);
  g_signal_emit_by_name (fixture->session, "carried");
  let_pages_read (fixture);
  g_assert_cmpuint (n_loaded, ==, 1);
  g_signal_emit_by_name (fixture->session, "case-changed");
  g_signal_emit_by_name (fixture->session, "carried"); /* takes the place of the one before */
  let_pages_read (fixture);
  g_assert_cmpuint (n_loaded, ==, 2);
}

static void
drop_files (GtkWidget *page, GFile *first, GFile *second)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (page);
  g_auto (GValue) value = G_VALUE_INIT;
  GSList tail = { second, NULL };
  GSList files = { first, &tail };
  gboolean is_taken = FALSE;

  g_value_init (&value, GDK_TYPE_FILE_LIST);
  g_value_set_boxed (&value, &files);
  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GObject) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_DROP_TARGET (controller))
        g_signal_emit_by_name (controller, "drop", &value, 0.0, 0.0, &is_taken);
    }
  g_assert_true (is_taken);
}

/* Of two files one cannot be taken: that is still said when the other has been. */
static void
test_refused_file_is_said (Fixture *fixture, gconstpointer data)
{
  g_autoptr (AmendsCasePage) page = g_object_ref_sink (g_object_new (AMENDS_TYPE_CASE_PAGE, NULL));
  g_autofree char *empty_path = g_build_filename (fixture->folder, "empty.txt", NULL);
  g_autofree char *path = g_build_filename (fixture->folder, "letter.txt", NULL);
  g_autoptr (GFile) empty = g_file_new_for_path (empty_path);
  g_autoptr (GFile) letter = g_file_new_for_path (path);
  g_autofree char *text = g_strnfill (4 * 1024 * 1024, 'a');
  g_autoptr (AmendsOutcome) outcome = NULL;
  guint64 n_waiting;

  g_assert_true (g_file_set_contents (empty_path, "", 0, NULL));
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  open_session (fixture);
  outcome = record (fixture, "The lift stopped.", NULL, NULL);
  n_waiting = count_waiting (fixture);
  amends_case_page_set_session (page, fixture->session);
  amends_case_page_open (page, &outcome->id);
  let_pages_read (fixture);
  drop_files (GTK_WIDGET (page), empty, letter);
  while (amends_session_get_status (fixture->session)->n_waiting == n_waiting
         || !says (GTK_WIDGET (page), "letter.txt"))
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (says (GTK_WIDGET (page), "empty"));
  g_assert_false (says (GTK_WIDGET (page), "Taking it in"));
}

static gboolean
is_shown (GtkWidget *widget)
{
  return gtk_widget_get_visible (gtk_widget_get_ancestor (widget, GTK_TYPE_INFO_BAR));
}

/* Whoever signs in next does not undo their way to what was looked for before. */
static void
test_typing_is_forgotten (Fixture *fixture, gconstpointer data)
{
  GtkWidget *window = amends_window_new (NULL, fixture->session, NULL);
  GtkEditable *search;
  int position = 0;

  open_session (fixture);
  search = GTK_EDITABLE (find_widget (window, GTK_TYPE_SEARCH_ENTRY, NULL));
  gtk_editable_insert_text (search, "Hathersage", -1, &position);
  amends_session_lock (fixture->session);
  g_assert_cmpstr (gtk_editable_get_text (search), ==, "");
  gtk_widget_activate_action (GTK_WIDGET (gtk_editable_get_delegate (search)), "text.undo", NULL);
  g_assert_cmpstr (gtk_editable_get_text (search), ==, "");
  gtk_window_destroy (GTK_WINDOW (window));
}

/* What befell head office while nobody looked stands on top of the window, and not behind the lock, until somebody says
 * that it is read; and then it does not come back. */
static void
test_news (Fixture *fixture, gconstpointer data)
{
  AmendsStore *store = test_store_new (&fixture->world, fixture->path, "7K");
  json_t *state =
      json_pack ("{s:{s:s, s:i}}", "restored", "at", "2026-11-20T14:02:00Z", "again", 14);
  GtkWidget *window = amends_window_new (NULL, fixture->session, NULL);
  GtkWidget *read_button = find_button (window, "I have read it");
  GtkWidget *bar;
  GtkLabel *label;

  amends_log_set_sync_state (store, state);
  json_decref (state);
  amends_store_close (store);
  amends_session_start (fixture->session);
  wait_state (fixture, AMENDS_SESSION_LOCKED);
  g_assert_false (is_shown (read_button));
  g_assert_true (unlock (fixture, TEST_PASSPHRASE, NULL));
  g_assert_true (is_shown (read_button));
  bar = gtk_widget_get_ancestor (read_button, GTK_TYPE_INFO_BAR);
  label = GTK_LABEL (find_widget (bar, GTK_TYPE_LABEL, NULL));
  g_assert_nonnull (
      strstr (gtk_label_get_text (label), "Head office was restored: 14 records sent again"));

  g_signal_emit_by_name (read_button, "clicked");
  while (is_shown (read_button))
    g_main_context_iteration (NULL, TRUE);
  amends_session_lock (fixture->session);
  g_assert_true (unlock (fixture, TEST_PASSPHRASE, NULL));
  g_assert_false (is_shown (read_button));
  gtk_window_destroy (GTK_WINDOW (window));
}

/* One that may tell the safeguarding lead, and read nothing of it. */
static void
open_session_that_tells (Fixture *fixture)
{
  static const AmendsFeed feeds[] = {
    { .feed = "org", .may_read = TRUE },
    { .feed = "staff", .may_read = TRUE, .may_write = TRUE },
    { .feed = "s.oak", .may_read = TRUE, .may_write = TRUE },
    { .feed = "r.oak", .may_write = TRUE },
  };
  g_autoptr (AmendsIdentity) who = test_identity_new (&fixture->world, "7K", "Office laptop");
  g_autoptr (GError) error = NULL;
  g_autoptr (AmendsStore) store =
      amends_store_create (fixture->path, &fixture->world.environment, "test", who, feeds,
                           G_N_ELEMENTS (feeds), TEST_STAFF, TEST_PASSPHRASE, &error);

  g_assert_no_error (error);
  g_clear_pointer (&store, amends_store_close);
  amends_session_start (fixture->session);
  wait_state (fixture, AMENDS_SESSION_LOCKED);
  g_assert_true (unlock (fixture, TEST_PASSPHRASE, NULL));
}

/* What was locked just after it was saved is saved behind the lock: it does not come in front of it, and whoever
 * wrote it does not find it again as unsaved. */
static void
test_locked_while_saving (Fixture *fixture, gconstpointer data)
{
  GtkWidget *window = amends_window_new (NULL, fixture->session, NULL);
  json_auto_t *intake = make_intake ("He reads my letters.");
  AmendsIntakePage *page;
  guint n_sealed = 0;

  json_object_set_new (intake, "kind", json_string ("safeguarding"));
  open_session_that_tells (fixture);
  gtk_widget_activate_action (window, "win.new", NULL);
  page = AMENDS_INTAKE_PAGE (find_widget (window, AMENDS_TYPE_INTAKE_PAGE, NULL));
  g_signal_connect_swapped (page, "sealed", G_CALLBACK (count_cb), &n_sealed);
  g_signal_connect_swapped (page, "recorded", G_CALLBACK (count_cb), &n_sealed);
  amends_intake_page_begin (page, 0, intake);
  g_assert_true (amends_intake_page_is_unsaved (page));
  amends_intake_page_save (page);
  amends_session_lock (fixture->session);
  g_assert_true (amends_intake_page_has_aside (page));
  while (n_sealed == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_null (find_widget (window, AMENDS_TYPE_SEALED_PAGE, NULL));
  g_assert_false (amends_intake_page_has_unsaved (page));
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
import_numbers (AmendsStore *store)
{
  static const char text[] = "Who,Scheme,Telephone,Role\n"
                             "Office,oak,01632 960100,\n"
                             "Ines Pym,oak,01632 960101,line-manager\n";
  g_autoptr (GPtrArray) problems = g_ptr_array_new ();
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, sizeof text - 1);
  g_autoptr (GPtrArray) rows = amends_csv_parse (bytes, NULL);
  g_autoptr (AmendsImport) sheet =
      amends_import_new (AMENDS_REGISTER_NUMBERS, rows, NULL, problems);
  g_autoptr (AmendsImported) imported =
      amends_store_import (store, sheet, TRUE, NULL, NULL, problems, NULL);

  g_assert_cmpuint (problems->len, ==, 0);
  g_assert_nonnull (imported);
}

/* Read anew meanwhile, a case is shown behind whatever was asked for at the same time. */
static void
open_case (AmendsCasePage *page, const AmendsId *id)
{
  guint n_loaded = 0;
  gulong handler = g_signal_connect_swapped (page, "loaded", G_CALLBACK (count_cb), &n_loaded);

  amends_case_page_open (page, id);
  while (n_loaded == 0)
    g_main_context_iteration (NULL, TRUE);
  g_signal_handler_disconnect (page, handler);
}

/* What is about somebody who works there says whom to ring if it cannot wait; what is for everybody does not. */
static void
test_whom_to_ring (Fixture *fixture, gconstpointer data)
{
  static const AmendsFeed feeds[] = {
    { .feed = "org", .may_read = TRUE },
    { .feed = "staff", .may_read = TRUE, .may_write = TRUE },
    { .feed = "s.oak", .may_read = TRUE, .may_write = TRUE },
    { .feed = "c.oak", .may_read = TRUE, .may_write = TRUE },
    { .feed = "k.oak", .may_read = TRUE, .may_write = TRUE },
  };
  g_autoptr (AmendsIdentity) who = test_identity_new (&fixture->world, "7K", "Line manager");
  g_autoptr (AmendsStore) store =
      amends_store_create (fixture->path, &fixture->world.environment, "test", who, feeds,
                           G_N_ELEMENTS (feeds), TEST_STAFF, TEST_PASSPHRASE, NULL);
  g_autoptr (AmendsCasePage) page = g_object_ref_sink (g_object_new (AMENDS_TYPE_CASE_PAGE, NULL));
  json_auto_t *intake = make_intake ("He shouts.");
  g_autoptr (AmendsOutcome) about_staff = NULL;
  AmendsId other;

  import_numbers (store);
  json_object_set_new (intake, "about", json_pack ("[{s:s}]", "who", "staff"));
  about_staff = amends_store_record (store, intake, NULL);
  other = test_record (store, "Wren Ashdown", "No heating");
  g_clear_pointer (&store, amends_store_close);
  amends_session_start (fixture->session);
  wait_state (fixture, AMENDS_SESSION_LOCKED);
  g_assert_true (unlock (fixture, TEST_PASSPHRASE, NULL));
  amends_case_page_set_session (page, fixture->session);
  open_case (page, &about_staff->id);
  g_assert_true (says (GTK_WIDGET (page), "Ring Ines Pym on"));
  g_assert_false (says (GTK_WIDGET (page), "960100"));
  open_case (page, &other);
  g_assert_false (says (GTK_WIDGET (page), "Ines Pym"));
}

/* Who closed the window of a search is not kept waiting for with it. */
static void
test_go_to_is_closed (Fixture *fixture, gconstpointer data)
{
  GtkWidget *window = amends_window_new (NULL, fixture->session, NULL);
  GtkWidget *dialog, *entry;

  open_session (fixture);
  dialog = amends_go_to_dialog_new (fixture->session, NULL, GTK_WINDOW (window));
  g_object_add_weak_pointer (G_OBJECT (dialog), (gpointer *) &dialog);
  entry = find_widget (dialog, GTK_TYPE_SEARCH_ENTRY, NULL);
  gtk_editable_set_text (GTK_EDITABLE (entry), "Hathersage");
  g_signal_emit_by_name (entry, "search-changed");
  gtk_window_destroy (GTK_WINDOW (dialog));
  g_assert_null (dialog);
  let_pages_read (fixture);
  gtk_window_destroy (GTK_WINDOW (window));
}

/* Two sticks, as a kiosk wrote them down; of the second nothing came. */
static void
write_carriages (AmendsStore *store)
{
  static const char *const bodies[] = {
    "{\"type\":\"queue.carried\",\"at\":\"2026-11-20T14:20:00Z\",\"staff\":\"2M.7\","
    "\"scheme\":\"oak\",\"name\":\"Ines Pym\",\"stick\":\"OFFICE\",\"records\":3,"
    "\"oldest\":\"2026-11-18T09:05:00Z\"}",
    "{\"type\":\"queue.carried\",\"at\":\"2026-11-20T15:20:00Z\",\"staff\":\"2M.7\","
    "\"scheme\":\"oak\",\"name\":\"Ines Pym\",\"stick\":\"SPARE\",\"records\":1,"
    "\"oldest\":\"2026-11-20T15:05:00Z\",\"failed\":true}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      g_autoptr (GPtrArray) one = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
      g_autoptr (GPtrArray) written = NULL;
      g_auto (AmendsTransaction) transaction = AMENDS_TRANSACTION_INIT;

      g_ptr_array_add (one, g_bytes_new_static (bodies[i], strlen (bodies[i])));
      g_assert_true (amends_transaction_begin (&transaction, store->db, NULL));
      written = amends_log_append (store, "s.oak", NULL, NULL, 0, one, NULL);
      g_assert_nonnull (written);
      g_assert_true (amends_transaction_commit (&transaction, NULL));
    }
}

/* Who carries records by hand reads who carried away what waited at the kiosks: who, on what, how many, since when. */
static void
test_carried_from_kiosks (Fixture *fixture, gconstpointer data)
{
  g_autoptr (AmendsStore) store = test_store_new (&fixture->world, fixture->path, "7K");
  GtkWidget *parent = gtk_window_new ();
  GtkWidget *dialog;

  write_carriages (store);
  g_clear_pointer (&store, amends_store_close);
  amends_session_start (fixture->session);
  wait_state (fixture, AMENDS_SESSION_LOCKED);
  g_assert_true (unlock (fixture, TEST_PASSPHRASE, NULL));
  dialog = amends_hand_dialog_new (fixture->session, GTK_WINDOW (parent));
  gtk_window_present (GTK_WINDOW (dialog));
  let_pages_read (fixture);
  g_assert_true (says (dialog, "took 3 records on the stick"));
  g_assert_true (says (dialog, "Ines Pym"));
  g_assert_true (says (dialog, "OFFICE"));
  g_assert_true (says (dialog, "The oldest had waited since"));
  g_assert_true (says (dialog, "wanted to take 1 record on the stick"));
  g_assert_true (says (dialog, "the kiosk kept it"));
  gtk_window_destroy (GTK_WINDOW (dialog));
  gtk_window_destroy (GTK_WINDOW (parent));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_set_nonfatal_assertions ();
  ADD ("/session/typing-is-forgotten", test_typing_is_forgotten);
  ADD ("/session/locked-while-saving", test_locked_while_saving);
  ADD ("/session/news", test_news);
  ADD ("/session/page/stays", test_page_stays);
  ADD ("/session/page/refused-file-is-said", test_refused_file_is_said);
  ADD ("/session/page/whom-to-ring", test_whom_to_ring);
  ADD ("/session/go-to-is-closed", test_go_to_is_closed);
  ADD ("/session/page/carried-from-kiosks", test_carried_from_kiosks);
  return g_test_run ();
}
