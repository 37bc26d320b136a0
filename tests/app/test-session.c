/* test-session.c: the session with a real store and no server
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "app/amends-session.h"

#include <adwaita.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/amends-sync-words.h"
#include "app/model/amends-case-list.h"
#include "app/staff/amends-keeper.h"
#include "app/staff/amends-window.h"
#include "app/staff/pages/amends-case-page.h"
#include "app/staff/pages/amends-intake-page.h"
#include "app/staff/pages/amends-sealed-page.h"
#include "core/amends-error.h"
#include "support/device.h"
#include "sync/amends-backoff.h"
#include "sync/amends-bundle.h"

typedef struct
{
  TestWorld world;
  TestFolder *folder;
  char *path;
  AmendsSession *session;
  GAsyncResult *result;
} Fixture;

static void
result_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Fixture *fixture = user_data;

  fixture->result = g_object_ref (result);
}

static GAsyncResult *
wait_result (Fixture *fixture)
{
  g_clear_object (&fixture->result);
  while (fixture->result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return fixture->result;
}

static void
wait_state (Fixture *fixture, AmendsSessionState state)
{
  while (amends_session_get_state (fixture->session) != state)
    g_main_context_iteration (NULL, TRUE);
}

static void
wait_cases (AmendsCaseList *list, guint n_cases)
{
  while (!amends_case_list_is_loaded (list)
         || g_list_model_get_n_items (G_LIST_MODEL (list)) != n_cases)
    g_main_context_iteration (NULL, TRUE);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = test_folder_new ();
  fixture->path = g_build_filename (fixture->folder, "store", NULL);
  test_world_init (&fixture->world);
  fixture->session = amends_session_new (fixture->path, 15);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_object (&fixture->result);
  g_clear_object (&fixture->session);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_free (fixture->path);
  test_folder_remove (fixture->folder);
}

/* A store as an earlier run of the application left it. */
static void
make_store (Fixture *fixture)
{
  g_autoptr (AmendsStore) store = test_store_new (&fixture->world, fixture->path, "7K");

  test_record (store, "Mrs Doreen Hathersage", "The heating is off.");
}

static gboolean
unlock (Fixture *fixture, const char *passphrase, GError **error)
{
  amends_session_unlock_async (fixture->session, NULL, passphrase, result_cb, fixture);
  return amends_session_unlock_finish (fixture->session, wait_result (fixture), error);
}

static void
open_session (Fixture *fixture)
{
  make_store (fixture);
  amends_session_start (fixture->session);
  wait_state (fixture, AMENDS_SESSION_LOCKED);
  g_assert_true (unlock (fixture, TEST_PASSPHRASE, NULL));
}

/* What another device calls a file leads nowhere else, and is no program. */
static void
test_shown_name (Fixture *fixture, gconstpointer data)
{
  g_autoptr (AmendsStore) store = test_store_new (&fixture->world, fixture->path, "7K");
  AmendsId id = test_record (store, "Wren Ashdown", "Damp behind the bed");
  AmendsId attached = test_attach (store, &id, "../wall.desktop", 10, 1);
  g_autofree char *path = NULL;
  g_autofree char *name = NULL;
  g_autofree char *folder = NULL;

  g_clear_pointer (&store, amends_store_close);
  amends_session_start (fixture->session);
  wait_state (fixture, AMENDS_SESSION_LOCKED);
  g_assert_true (unlock (fixture, TEST_PASSPHRASE, NULL));
  amends_session_show_attachment_async (fixture->session, &attached, result_cb, fixture);
  path = amends_session_show_attachment_finish (fixture->session, wait_result (fixture), NULL);
  g_assert_nonnull (path);
  name = g_path_get_basename (path);
  folder = g_path_get_dirname (path);
  g_assert_cmpstr (name, ==, "wall.desktop.jpg");
  g_assert_null (strstr (folder, ".."));
  g_assert_true (g_file_test (path, G_FILE_TEST_IS_REGULAR));
  amends_session_lock (fixture->session);
  wait_state (fixture, AMENDS_SESSION_LOCKED);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
}

static void
test_no_store (Fixture *fixture, gconstpointer data)
{
  amends_session_start (fixture->session);
  wait_state (fixture, AMENDS_SESSION_NO_STORE);
  g_assert_null (amends_session_get_staff (fixture->session));
}

static void
test_held (Fixture *fixture, gconstpointer data)
{
  AmendsStore *store = test_store_new (&fixture->world, fixture->path, "7K");

  amends_session_start (fixture->session);
  wait_state (fixture, AMENDS_SESSION_FAILED);
  g_assert_nonnull (strstr (amends_session_get_reason (fixture->session), "Another program"));
  g_assert_nonnull (strstr (amends_session_get_reason (fixture->session), "test (process "));
  amends_store_close (store);
  amends_session_start (fixture->session);
  wait_state (fixture, AMENDS_SESSION_LOCKED);
}

static void
test_unlock (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  make_store (fixture);
  amends_session_start (fixture->session);
  wait_state (fixture, AMENDS_SESSION_LOCKED);
  g_assert_cmpstr (amends_session_get_staff (fixture->session)[0], ==, TEST_STAFF);
  g_assert_null (amends_session_get_known_status (fixture->session));

  g_assert_false (unlock (fixture, "not the three words", &error));
  g_assert_error (error, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_PASSPHRASE);
  g_assert_cmpint (amends_session_get_state (fixture->session), ==, AMENDS_SESSION_LOCKED);

  g_assert_true (unlock (fixture, TEST_PASSPHRASE, NULL));
  g_assert_cmpint (amends_session_get_state (fixture->session), ==, AMENDS_SESSION_OPEN);
  g_assert_cmpstr (amends_session_get_actor_name (fixture->session), ==, TEST_STAFF);

  amends_session_lock (fixture->session);
  g_assert_cmpint (amends_session_get_state (fixture->session), ==, AMENDS_SESSION_LOCKED);
  g_assert_cmpuint (amends_session_get_known_status (fixture->session)->n_waiting, >, 0);
  g_assert_true (unlock (fixture, TEST_PASSPHRASE, NULL));
}

static json_t *
make_intake (const char *what)
{
  return json_pack ("{s:s, s:s, s:s, s:s, s:[{s:s}]}", "kind", "complaint", "scheme", "oak",
                    "received", "2026-11-20", "channel", "telephone", "issues", "what", what);
}

static AmendsOutcome *
record (Fixture *fixture, const char *what, AmendsKeptDraft *kept, GError **error)
{
  json_t *intake = make_intake (what);

  amends_session_record_async (fixture->session, intake, kept, result_cb, fixture);
  json_decref (intake);
  return amends_session_record_finish (fixture->session, wait_result (fixture), error);
}

/* A record is in the list and in its own page, and a draft that it came from is gone. */
static void
test_record_and_list (Fixture *fixture, gconstpointer data)
{
  g_autoptr (AmendsCaseList) list = NULL;
  g_autoptr (AmendsOutcome) outcome = NULL;
  g_autoptr (AmendsCaseFile) file = NULL;
  g_autoptr (GPtrArray) drafts = NULL;
  json_t *unfinished = json_pack ("{s:s}", "received", "next week");
  g_autoptr (AmendsKeptDraft) kept = amends_kept_draft_new (0);

  open_session (fixture);
  list = amends_case_list_new (fixture->session, FALSE);
  amends_case_list_reload (list);
  wait_cases (list, 1);

  amends_session_save_draft_async (fixture->session, kept, unfinished, result_cb, fixture);
  g_assert_cmpint (amends_session_save_draft_finish (fixture->session, wait_result (fixture), NULL),
                   !=, 0);
  json_decref (unfinished);

  outcome = record (fixture, "The lift stopped.", kept, NULL);
  g_assert_nonnull (outcome);
  amends_case_list_reload (list);
  wait_cases (list, 2);

  amends_session_get_case_async (fixture->session, &outcome->id, NULL, result_cb, fixture);
  file = amends_session_get_case_finish (fixture->session, wait_result (fixture), NULL);
  g_assert_cmpstr (file->reference, ==, outcome->reference);
  g_assert_cmpuint (amends_case_get_n_issues (file->complaint), ==, 1);
  g_assert_cmpuint (file->n_waiting, ==, outcome->events->len);

  amends_session_list_drafts_async (fixture->session, NULL, result_cb, fixture);
  drafts = amends_session_list_drafts_finish (fixture->session, wait_result (fixture), NULL);
  g_assert_cmpuint (drafts->len, ==, 0);
}

static void
count_changes_cb (GListModel *model, guint position, guint n_removed, guint n_added, guint *ret)
{
  ret[0]++;
  ret[1] = position;
  ret[2] = n_removed;
  ret[3] = n_added;
}

/* What did not change is not announced, so that a place in a long list is kept. */
static void
test_list_changes_little (Fixture *fixture, gconstpointer data)
{
  g_autoptr (AmendsCaseList) list = NULL;
  guint changes[4] = { 0 };

  open_session (fixture);
  for (int i = 0; i < 3; i++)
    {
      g_autoptr (AmendsOutcome) outcome = record (fixture, "The lift stopped.", NULL, NULL);

      g_assert_nonnull (outcome);
    }
  list = amends_case_list_new (fixture->session, FALSE);
  amends_case_list_reload (list);
  wait_cases (list, 4);
  g_signal_connect (list, "items-changed", G_CALLBACK (count_changes_cb), changes);

  amends_case_list_reload (list);
  g_autoptr (AmendsOutcome) outcome = record (fixture, "One more.", NULL, NULL);
  amends_case_list_reload (list);
  wait_cases (list, 5);
  g_assert_cmpuint (changes[0], ==, 1);
  g_assert_cmpuint (changes[2], ==, 0);
  g_assert_cmpuint (changes[3], ==, 1);
}

static void
test_search_is_interrupted (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GPtrArray) none = NULL;

  open_session (fixture);
  amends_session_search_async (fixture->session, "hea", cancellable, result_cb, fixture);
  g_cancellable_cancel (cancellable);
  none = amends_session_search_finish (fixture->session, wait_result (fixture), &error);
  g_assert_null (none);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  amends_session_search_async (fixture->session, "hather", NULL, result_cb, fixture);
  rows = amends_session_search_finish (fixture->session, wait_result (fixture), NULL);
  g_assert_cmpuint (rows->len, ==, 1);
}

/* What was saved last goes away again, and the words of a record with it nowhere but into a draft. */
static void
test_undo (Fixture *fixture, gconstpointer data)
{
  g_autoptr (AmendsCaseList) list = NULL;
  g_autoptr (AmendsOutcome) outcome = NULL;
  g_autoptr (AmendsUndone) undone = NULL;
  g_autoptr (AmendsUndone) twice = NULL;
  g_autoptr (GPtrArray) drafts = NULL;
  g_autoptr (GError) error = NULL;

  open_session (fixture);
  outcome = record (fixture, "The lift stopped.", NULL, NULL);
  amends_session_undo_async (fixture->session, result_cb, fixture);
  undone = amends_session_undo_finish (fixture->session, wait_result (fixture), &error);
  g_assert_no_error (error);
  g_assert_cmpint (undone->draft, !=, 0);
  list = amends_case_list_new (fixture->session, FALSE);
  amends_case_list_reload (list);
  wait_cases (list, 1);
  amends_session_list_drafts_async (fixture->session, NULL, result_cb, fixture);
  drafts = amends_session_list_drafts_finish (fixture->session, wait_result (fixture), NULL);
  g_assert_cmpuint (drafts->len, ==, 1);
  g_assert_true (
      json_equal (((AmendsDraft *) g_ptr_array_index (drafts, 0))->intake, undone->intake));

  amends_session_undo_async (fixture->session, result_cb, fixture);
  twice = amends_session_undo_finish (fixture->session, wait_result (fixture), &error);
  g_assert_null (twice);
  g_assert_error (error, AMENDS_CORE_ERROR, AMENDS_CORE_ERROR_REFUSED);
}

/* What a visitor submits is nobody's to take back. */
static void
test_submit (Fixture *fixture, gconstpointer data)
{
  json_t *intake = make_intake ("The lift stopped.");
  g_autoptr (AmendsOutcome) outcome = NULL;
  g_autoptr (AmendsUndone) undone = NULL;
  g_autoptr (GError) error = NULL;

  open_session (fixture);
  amends_session_submit_async (fixture->session, intake, result_cb, fixture);
  json_decref (intake);
  outcome = amends_session_submit_finish (fixture->session, wait_result (fixture), &error);
  g_assert_no_error (error);
  g_assert_nonnull (outcome->reference);

  amends_session_undo_async (fixture->session, result_cb, fixture);
  undone = amends_session_undo_finish (fixture->session, wait_result (fixture), &error);
  g_assert_null (undone);
  g_assert_error (error, AMENDS_CORE_ERROR, AMENDS_CORE_ERROR_REFUSED);
}

/* A disk that is full for a moment keeps it from being taken back, and takes no word of it away. */
static void
test_undo_disk_full (Fixture *fixture, gconstpointer data)
{
  g_autoptr (AmendsOutcome) outcome = NULL;
  g_autoptr (AmendsUndone) undone = NULL;
  g_autoptr (GError) error = NULL;
  struct rlimit limit, full;

  open_session (fixture);
  outcome = record (fixture, "The lift stopped.", NULL, NULL);
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  full = (struct rlimit){ 1, limit.rlim_max };
  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &full), ==, 0);
  amends_session_undo_async (fixture->session, result_cb, fixture);
  undone = amends_session_undo_finish (fixture->session, wait_result (fixture), &error);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  g_assert_null (undone);
  g_assert_nonnull (error);

  g_clear_error (&error);
  amends_session_undo_async (fixture->session, result_cb, fixture);
  undone = amends_session_undo_finish (fixture->session, wait_result (fixture), &error);
  g_assert_no_error (error);
  g_assert_cmpint (undone->draft, !=, 0);
}

/* Its words are not kept behind the lock to be taken back, by whoever comes next. */
static void
test_undo_behind_lock (Fixture *fixture, gconstpointer data)
{
  g_autoptr (AmendsOutcome) outcome = NULL;
  g_autoptr (AmendsUndone) undone = NULL;
  g_autoptr (GError) error = NULL;

  open_session (fixture);
  outcome = record (fixture, "The lift stopped.", NULL, NULL);
  amends_session_lock (fixture->session);
  g_assert_true (unlock (fixture, TEST_PASSPHRASE, NULL));
  amends_session_undo_async (fixture->session, result_cb, fixture);
  undone = amends_session_undo_finish (fixture->session, wait_result (fixture), &error);
  g_assert_null (undone);
  g_assert_error (error, AMENDS_CORE_ERROR, AMENDS_CORE_ERROR_REFUSED);
}

static AmendsId
attach (Fixture *fixture, const AmendsId *id)
{
  g_autofree char *path = g_build_filename (fixture->folder, "letter.txt", NULL);
  g_autoptr (AmendsOutcome) outcome = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (path, "I am afraid of him.", -1, NULL));
  amends_session_attach_async (fixture->session, id, path, FALSE, FALSE, NULL, result_cb, fixture);
  outcome = amends_session_attach_finish (fixture->session, wait_result (fixture), &error);
  g_assert_no_error (error);
  return ((const AmendsEvent *) g_ptr_array_index (outcome->events, 0))->id;
}

static char *
show (Fixture *fixture, GError **error)
{
  return amends_session_show_attachment_finish (fixture->session, wait_result (fixture), error);
}

/* How many wait, once the session knows all that it has asked for itself. */
static guint64
count_waiting (Fixture *fixture)
{
  while (amends_session_get_syncing (fixture->session))
    g_main_context_iteration (NULL, TRUE);
  for (guint i = 0; i < 2; i++)
    {
      amends_session_list_drafts_async (fixture->session, NULL, result_cb, fixture);
      g_ptr_array_unref (
          amends_session_list_drafts_finish (fixture->session, wait_result (fixture), NULL));
    }
  return amends_session_get_status (fixture->session)->n_waiting;
}

/* A picture waits to be sent as all that is recorded does. */
static void
test_attached_waits (Fixture *fixture, gconstpointer data)
{
  g_autoptr (AmendsOutcome) outcome = NULL;
  guint64 n_waiting;

  open_session (fixture);
  outcome = record (fixture, "The lift stopped.", NULL, NULL);
  n_waiting = count_waiting (fixture);
  attach (fixture, &outcome->id);
  g_assert_cmpuint (count_waiting (fixture), ==, n_waiting + 1);
}

/* The only part of the only attachment. */
static char *
dup_part_path (Fixture *fixture)
{
  g_autofree char *blobs = g_build_filename (fixture->path, "blobs", NULL);
  g_autoptr (GPtrArray) files = test_folder_list (blobs);

  for (guint i = 0; i < files->len; i++)
    if (g_str_has_suffix (g_ptr_array_index (files, i), ".1"))
      return g_strdup (g_ptr_array_index (files, i));
  g_assert_not_reached ();
}

typedef struct
{
  Fixture *fixture;
  gboolean is_done;
} Wait;

static void
shown_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Wait *wait = user_data;
  g_autoptr (GError) error = NULL;

  g_assert_null (amends_session_show_attachment_finish (AMENDS_SESSION (source), result, &error));
  g_assert_error (error, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_DAMAGED);
  wait->is_done = TRUE;
}

/* While a copy is made that takes long, here as its part comes through a pipe, all else goes on. */
static void
test_shown_meanwhile (Fixture *fixture, gconstpointer data)
{
  g_autoptr (AmendsOutcome) outcome = NULL;
  g_autoptr (AmendsOutcome) other = NULL;
  g_autofree char *part = NULL;
  Wait wait = { fixture, FALSE };
  AmendsId event;
  int pipe;

  open_session (fixture);
  outcome = record (fixture, "The lift stopped.", NULL, NULL);
  event = attach (fixture, &outcome->id);
  part = dup_part_path (fixture);
  g_assert_cmpint (g_unlink (part), ==, 0);
  g_assert_cmpint (mkfifo (part, 0600), ==, 0);
  pipe = open (part, O_RDWR | O_CLOEXEC); /* so that whoever reads waits */
  g_assert_cmpint (pipe, >=, 0);
  amends_session_show_attachment_async (fixture->session, &event, shown_cb, &wait);
  other = record (fixture, "The light is out.", NULL, NULL);
  g_assert_nonnull (other);
  g_assert_false (wait.is_done);

  /* More than any chunk has: the last of it is only taken by who reads. */
  for (gsize n = 0; n <= AMENDS_CHUNK_MAX_BYTES; n++)
    g_assert_cmpint (write (pipe, "x", 1), ==, 1);
  while (!wait.is_done)
    g_main_context_iteration (NULL, TRUE);
  close (pipe);
  g_assert_cmpint (g_unlink (part), ==, 0);
}

/* A copy that was opened outside is there until the lock, also where it was asked for just before. */
static void
test_shown_until_lock (Fixture *fixture, gconstpointer data)
{
  g_autoptr (AmendsOutcome) outcome = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  g_autofree char *late = NULL;
  AmendsId event;

  open_session (fixture);
  outcome = record (fixture, "The lift stopped.", NULL, NULL);
  event = attach (fixture, &outcome->id);
  amends_session_show_attachment_async (fixture->session, &event, result_cb, fixture);
  path = show (fixture, &error);
  g_assert_no_error (error);
  g_assert_true (g_file_test (path, G_FILE_TEST_IS_REGULAR));

  amends_session_lock (fixture->session);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  g_assert_true (unlock (fixture, TEST_PASSPHRASE, NULL));
  amends_session_show_attachment_async (fixture->session, &event, result_cb, fixture);
  amends_session_lock (fixture->session);
  late = show (fixture, &error);
  g_assert_null (late);
  g_assert_error (error, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_LOCKED);
  g_assert_true (unlock (fixture, TEST_PASSPHRASE, NULL));
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
}

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

static gboolean
says (GtkWidget *widget, const char *words)
{
  if (GTK_IS_LABEL (widget) && gtk_widget_get_visible (widget)
      && strstr (gtk_label_get_text (GTK_LABEL (widget)), words) != NULL)
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (says (child, words))
      return TRUE;
  return FALSE;
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

static GtkWidget *
find_search (GtkWidget *widget)
{
  GtkWidget *found = GTK_IS_SEARCH_ENTRY (widget) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); found == NULL && child != NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_search (child);
  return found;
}

/* Whoever signs in next does not undo their way to what was looked for before. */
static void
test_typing_is_forgotten (Fixture *fixture, gconstpointer data)
{
  GtkWidget *window = amends_window_new (NULL, fixture->session, NULL);
  GtkEditable *search;
  int position = 0;

  open_session (fixture);
  search = GTK_EDITABLE (find_search (window));
  gtk_editable_insert_text (search, "Hathersage", -1, &position);
  amends_session_lock (fixture->session);
  g_assert_cmpstr (gtk_editable_get_text (search), ==, "");
  gtk_widget_activate_action (GTK_WIDGET (gtk_editable_get_delegate (search)), "text.undo", NULL);
  g_assert_cmpstr (gtk_editable_get_text (search), ==, "");
  gtk_window_destroy (GTK_WINDOW (window));
}

/* (nullable) */
static GtkWidget *
find_widget (GtkWidget *widget, GType type)
{
  GtkWidget *found = G_TYPE_CHECK_INSTANCE_TYPE (widget, type) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); found == NULL && child != NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_widget (child, type);
  return found;
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
  page = AMENDS_INTAKE_PAGE (find_widget (window, AMENDS_TYPE_INTAKE_PAGE));
  g_signal_connect_swapped (page, "sealed", G_CALLBACK (count_cb), &n_sealed);
  g_signal_connect_swapped (page, "recorded", G_CALLBACK (count_cb), &n_sealed);
  amends_intake_page_begin (page, 0, intake);
  g_assert_true (amends_intake_page_is_unsaved (page));
  amends_intake_page_save (page);
  amends_session_lock (fixture->session);
  g_assert_true (amends_intake_page_has_aside (page));
  while (n_sealed == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_null (find_widget (window, AMENDS_TYPE_SEALED_PAGE));
  g_assert_false (amends_intake_page_has_unsaved (page));
  gtk_window_destroy (GTK_WINDOW (window));
}

/* What a run left that was cut off goes when the next begins. */
static void
test_shown_and_cut_off (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = NULL;

  make_store (fixture);
  path = amends_session_dup_scrap_path (fixture->session, "letter.txt");
  g_assert_true (g_file_set_contents (path, "I am afraid of him.", -1, NULL));
  amends_session_start (fixture->session);
  wait_state (fixture, AMENDS_SESSION_LOCKED);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
}

static guint
count_drafts (Fixture *fixture)
{
  g_autoptr (GPtrArray) drafts = NULL;

  amends_session_list_drafts_async (fixture->session, NULL, result_cb, fixture);
  drafts = amends_session_list_drafts_finish (fixture->session, wait_result (fixture), NULL);
  return drafts->len;
}

/* A draft that is thrown away comes back until the store is locked; an act takes its own along. */
static void
test_thrown (Fixture *fixture, gconstpointer data)
{
  g_autoptr (AmendsKeptDraft) first = amends_kept_draft_new (0);
  g_autoptr (AmendsKeptDraft) kept = amends_kept_draft_new (0);
  g_autoptr (AmendsOutcome) outcome = NULL;
  g_autoptr (AmendsOutcome) acted = NULL;
  json_t *json = json_pack ("{s:i}", "n", 1);

  open_session (fixture);
  outcome = record (fixture, "The lift stopped.", NULL, NULL);
  amends_session_save_draft_async (fixture->session, first, json, NULL, NULL);
  amends_session_throw_draft (fixture->session, first);
  g_assert_cmpuint (count_drafts (fixture), ==, 0);
  amends_session_take_up_draft (fixture->session);
  amends_session_take_up_draft (fixture->session);
  g_assert_cmpuint (count_drafts (fixture), ==, 1);

  amends_session_save_draft_async (fixture->session, kept, json, NULL, NULL);
  g_assert_cmpuint (count_drafts (fixture), ==, 2);
  amends_session_throw_draft (fixture->session, kept);
  amends_session_lock (fixture->session);
  g_assert_true (unlock (fixture, TEST_PASSPHRASE, NULL));
  amends_session_take_up_draft (fixture->session);
  g_assert_cmpuint (count_drafts (fixture), ==, 1);

  amends_kept_draft_unref (kept);
  kept = amends_kept_draft_new (0);
  amends_session_save_draft_async (fixture->session, kept, json, NULL, NULL);
  json_decref (json);
  json = json_pack ("{s:s, s:s}", "type", "case.noted", "text", "Rang back.");
  amends_session_act_async (fixture->session, &outcome->id, json, kept, result_cb, fixture);
  acted = amends_session_act_finish (fixture->session, wait_result (fixture), NULL);
  json_decref (json);
  g_assert_nonnull (acted);
  g_assert_cmpuint (count_drafts (fixture), ==, 1);
}

static json_t *
collect_cb (gpointer user_data)
{
  return make_intake ("The lift stopped.");
}

static void
said_cb (const char *sentence, gboolean is_error, gpointer user_data)
{
}

/* What is locked or ended while it is saved does not stand among what is unfinished afterwards; what was not saved
 * does. */
static void
test_keeper_pauses (Fixture *fixture, gconstpointer data)
{
  g_autoptr (AmendsKeeper) keeper = NULL;
  json_auto_t *intake = make_intake ("The lift stopped.");

  open_session (fixture);
  keeper = amends_keeper_new (fixture->session, collect_cb, said_cb, NULL);
  for (int i = 0; i < 2; i++)
    {
      g_autoptr (AmendsOutcome) outcome = NULL;

      json_object_set_new (intake, "kind", json_string (i == 0 ? "complaint" : "no kind"));
      amends_keeper_begin (keeper, 0);
      amends_keeper_touch (keeper);
      amends_keeper_pause (keeper);
      amends_session_record_async (fixture->session, intake, amends_keeper_get_kept (keeper),
                                   result_cb, fixture);
      amends_session_keep_drafts (fixture->session);
      outcome = amends_session_record_finish (fixture->session, wait_result (fixture), NULL);
      g_assert_true ((outcome != NULL) == (i == 0));
      g_assert_cmpuint (count_drafts (fixture), ==, i);
    }
}

static void
not_kept_cb (guint *n_times, const char *sentence)
{
  g_assert_cmpstr (sentence, !=, "");
  (*n_times)++;
}

/* The words of a form that is closed are not lost without a word. */
static void
test_keeper_disk_full (Fixture *fixture, gconstpointer data)
{
  g_autoptr (AmendsKeeper) keeper = NULL;
  struct rlimit limit, full;
  guint n_times = 0;

  open_session (fixture);
  g_signal_connect_swapped (fixture->session, "not-kept", G_CALLBACK (not_kept_cb), &n_times);
  keeper = amends_keeper_new (fixture->session, collect_cb, said_cb, NULL);
  amends_keeper_begin (keeper, 0);
  amends_keeper_touch (keeper);
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  full = (struct rlimit){ 1, limit.rlim_max };
  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &full), ==, 0);
  amends_keeper_flush (keeper);
  amends_keeper_end (keeper);
  (void) count_drafts (fixture);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  g_assert_cmpuint (n_times, ==, 1);
}

/* Of two savings of one record that nobody waited for, one draft comes, with the later words. */
static void
test_drafts_overtake (Fixture *fixture, gconstpointer data)
{
  g_autoptr (AmendsKeptDraft) kept = amends_kept_draft_new (0);
  g_autoptr (GPtrArray) drafts = NULL;
  json_t *intake;

  open_session (fixture);
  for (int i = 0; i < 2; i++)
    {
      intake = json_pack ("{s:i}", "n", i);
      amends_session_save_draft_async (fixture->session, kept, intake, NULL, NULL);
      json_decref (intake);
    }
  amends_session_list_drafts_async (fixture->session, NULL, result_cb, fixture);
  drafts = amends_session_list_drafts_finish (fixture->session, wait_result (fixture), NULL);
  g_assert_cmpuint (drafts->len, ==, 1);
  intake = ((AmendsDraft *) g_ptr_array_index (drafts, 0))->intake;
  g_assert_cmpint (json_integer_value (json_object_get (intake, "n")), ==, 1);
}

static void
test_work (Fixture *fixture, gconstpointer data)
{
  g_autoptr (AmendsWork) work = NULL;

  open_session (fixture);
  amends_session_get_work_async (fixture->session, "oak", FALSE, 50, NULL, result_cb, fixture);
  work = amends_session_get_work_finish (fixture->session, wait_result (fixture), NULL);
  g_assert_nonnull (work);
  g_assert_cmpuint (work->n_cases, ==, 1);
}

static void
test_check_intake (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func ((GDestroyNotify) g_error_free);
  json_t *intake = make_intake ("It leaks.");

  open_session (fixture);
  g_assert_true (amends_session_check_intake (fixture->session, intake, problems));
  json_object_set_new (intake, "scheme", json_string ("elm"));
  json_object_set_new (intake, "issues", json_array ());
  g_assert_false (amends_session_check_intake (fixture->session, intake, problems));
  g_assert_cmpuint (problems->len, ==, 2);
  json_decref (intake);
}

/* Nothing is asked of a store that is not there, and nothing crashes. */
static void
test_before_opening (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AmendsOutcome) outcome = record (fixture, "It leaks.", NULL, &error);

  g_assert_null (outcome);
  g_assert_error (error, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_NOT_ENROLLED);
  amends_session_sync (fixture->session);
  g_assert_false (amends_session_get_syncing (fixture->session));
}

/* Pitfall 11: after whatever failure the next attempt is armed, once, and comes within the limit. */
static void
assert_armed (AmendsSession *session)
{
  GSource *source = g_main_context_find_source_by_user_data (NULL, session);
  gint64 in_us;

  g_assert_nonnull (source);
  in_us = g_source_get_ready_time (source) - g_get_monotonic_time ();
  g_assert_cmpint (in_us, <=, AMENDS_BACKOFF_CAP_S * G_USEC_PER_SEC);
}

static void
test_tries_again (Fixture *fixture, gconstpointer data)
{
  open_session (fixture);
  for (guint i = 0; i < 12; i++)
    {
      amends_session_sync (fixture->session);
      amends_session_sync (fixture->session); /* one at a time */
      while (amends_session_get_syncing (fixture->session))
        g_main_context_iteration (NULL, TRUE);
      assert_armed (fixture->session);
    }
  amends_session_lock (fixture->session);
  wait_state (fixture, AMENDS_SESSION_LOCKED);
  g_assert_null (g_main_context_find_source_by_user_data (NULL, fixture->session));
}

/* No server answers: the exchange fails, and saving never waited for it. */
static void
test_offline (Fixture *fixture, gconstpointer data)
{
  g_autoptr (AmendsOutcome) outcome = NULL;

  open_session (fixture);
  amends_session_sync (fixture->session);
  g_assert_true (amends_session_get_syncing (fixture->session));
  outcome = record (fixture, "It leaks.", NULL, NULL);
  g_assert_nonnull (outcome);
  while (amends_session_get_syncing (fixture->session)
         || amends_session_get_status (fixture->session)->n_waiting == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (amends_session_get_status (fixture->session)->last_sync, ==, 0);
}

#define ADD(name, test) g_test_add (name, Fixture, NULL, set_up, test, tear_down)

/* Carried by hand: while an exchange over a network that is not there is being tried, and by itself. */
static void
test_by_hand (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "stick", NULL);
  g_autofree AmendsHandResult *saved = NULL;
  g_autofree char *sentence = NULL;
  g_autofree char *problem = NULL;
  g_autofree char *carried = NULL;
  g_autoptr (GError) error = NULL;

  open_session (fixture);
  g_assert_cmpstr (amends_session_get_device_code (fixture->session), ==, "7K");
  amends_session_sync (fixture->session);
  amends_session_hand_export_async (fixture->session, path, result_cb, fixture);
  saved = amends_session_hand_finish (fixture->session, wait_result (fixture), &error);
  g_assert_no_error (error);
  g_assert_true (g_file_test (path, G_FILE_TEST_IS_REGULAR));
  g_assert_cmpuint (saved->n_events, ==,
                    amends_session_get_known_status (fixture->session)->n_waiting);
  sentence = amends_sync_words_saved (saved);
  g_assert_nonnull (strstr (sentence, "stay marked as waiting until the receipt comes back"));
  while (amends_session_get_known_status (fixture->session)->n_carried == 0)
    g_main_context_iteration (NULL, TRUE);
  carried = amends_sync_words_carried (amends_session_get_known_status (fixture->session));
  g_assert_nonnull (strstr (carried, "records are in the file saved"));

  /* It is on its way to head office, and no answer. */
  amends_session_hand_import_async (fixture->session, path, result_cb, fixture);
  g_assert_null (amends_session_hand_finish (fixture->session, wait_result (fixture), &error));
  g_assert_error (error, AMENDS_BUNDLE_ERROR, AMENDS_BUNDLE_ERROR_WAY);
  problem = amends_sync_words_hand_error (error);
  g_assert_nonnull (strstr (problem, "on its way to head office"));
  g_clear_error (&error);

  amends_session_lock (fixture->session);
  amends_session_hand_export_async (fixture->session, path, result_cb, fixture);
  g_assert_null (amends_session_hand_finish (fixture->session, wait_result (fixture), &error));
  g_assert_error (error, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_LOCKED);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_set_nonfatal_assertions ();
  ADD ("/session/no-store", test_no_store);
  ADD ("/session/held", test_held);
  ADD ("/session/unlock", test_unlock);
  ADD ("/session/record-and-list", test_record_and_list);
  ADD ("/session/list-changes-little", test_list_changes_little);
  ADD ("/session/search-is-interrupted", test_search_is_interrupted);
  ADD ("/session/undo", test_undo);
  ADD ("/session/submit", test_submit);
  ADD ("/session/undo/disk-full", test_undo_disk_full);
  ADD ("/session/undo/behind-lock", test_undo_behind_lock);
  ADD ("/session/attached-waits", test_attached_waits);
  ADD ("/session/shown/meanwhile", test_shown_meanwhile);
  ADD ("/session/shown/until-lock", test_shown_until_lock);
  ADD ("/session/typing-is-forgotten", test_typing_is_forgotten);
  ADD ("/session/locked-while-saving", test_locked_while_saving);
  ADD ("/session/page/stays", test_page_stays);
  ADD ("/session/page/refused-file-is-said", test_refused_file_is_said);
  ADD ("/session/shown/cut-off", test_shown_and_cut_off);
  ADD ("/session/drafts-overtake", test_drafts_overtake);
  ADD ("/session/keeper/pauses", test_keeper_pauses);
  ADD ("/session/keeper/disk-full", test_keeper_disk_full);
  ADD ("/session/thrown", test_thrown);
  ADD ("/session/work", test_work);
  ADD ("/session/shown-name", test_shown_name);
  ADD ("/session/check-intake", test_check_intake);
  ADD ("/session/before-opening", test_before_opening);
  ADD ("/session/offline", test_offline);
  ADD ("/session/tries-again", test_tries_again);
  ADD ("/session/by-hand", test_by_hand);
  return g_test_run ();
}
