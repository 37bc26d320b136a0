/* test-session-attach.c: what is attached, and copies of it that are opened outside
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "session-fixture.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

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

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  ADD ("/session/attached-waits", test_attached_waits);
  ADD ("/session/shown/meanwhile", test_shown_meanwhile);
  ADD ("/session/shown/until-lock", test_shown_until_lock);
  ADD ("/session/shown-name", test_shown_name);
  ADD ("/session/shown/cut-off", test_shown_and_cut_off);
  return g_test_run ();
}
