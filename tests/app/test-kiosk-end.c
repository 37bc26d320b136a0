/* test-kiosk-end.c: the end of a visit waits for what is being written down, and a full disk loses nothing
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "find.h"

#include <adwaita.h>
#include <signal.h>
#include <sys/resource.h>

#include "app/amends-session-private.h"
#include "app/kiosk/amends-kiosk-window.h"
#include "support/device.h"

/* Looks at the clock, several a second, in which the program would have ended. */
#define N_LOOKS 10

#define WORDS "The lift stops"

typedef struct
{
  TestWorld world;
  TestFolder *folder;
  char *path;
  GtkApplication *application;
  AmendsSession *session;
  GtkWidget *window;
  gint64 ahead_us;
  guint n_looks;
  gboolean is_held; /* what is written waits for its turn */
} Visit;

typedef void (*Activate) (GApplication *application, gpointer user_data);

static gint64
get_now (gpointer user_data)
{
  Visit *visit = user_data;

  visit->n_looks++;
  return g_get_monotonic_time () + visit->ahead_us;
}

/* ------------------------------------------------------------ a visitor */

static void
go_on_to (GtkWidget *window, const char *title)
{
  touch (window, "Continue");
  wait_for (window, GTK_TYPE_LABEL, title);
}

static void
say_thank_you (GtkWidget *window)
{
  static const char *const titles[] = { "Who are you?",
                                        "What is your name, and where do you live?",
                                        "What would make this easier for you?",
                                        "How may we reach you?",
                                        "Check what you have told us",
                                        "Are you ready to send it?" };

  touch (window, "Touch here to start");
  go_on_to (window, "How would you like to use this screen?");
  go_on_to (window, "You can leave at any time");
  go_on_to (window, "What would you like to do?");
  gtk_check_button_set_active (GTK_CHECK_BUTTON (
                                   wait_for (window, GTK_TYPE_CHECK_BUTTON, "Say thank you")),
                               TRUE);
  go_on_to (window, "What happened?");
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (
                                GTK_TEXT_VIEW (wait_for (window, GTK_TYPE_TEXT_VIEW, NULL))),
                            WORDS, -1);
  for (guint i = 0; i < G_N_ELEMENTS (titles); i++)
    go_on_to (window, titles[i]);
}

/* ------------------------------------------------------------ the end of it */

/* The program has had every reason to end: now what was sent is written. */
static gboolean
let_go_cb (gpointer user_data)
{
  Visit *visit = user_data;

  if (visit->n_looks < N_LOOKS)
    return G_SOURCE_CONTINUE;
  visit->is_held = FALSE;
  g_mutex_unlock (&visit->session->store_mutex);
  return G_SOURCE_REMOVE;
}

/* Returns: (transfer none): the window, before it is sent */
static GtkWidget *
begin_visit (Visit *visit)
{
  GtkWidget *window =
      GTK_WIDGET (amends_kiosk_window_new (visit->application, visit->session, get_now, visit));

  visit->window = window;
  gtk_window_present (GTK_WINDOW (window));
  g_object_notify (G_OBJECT (visit->session), "state");
  say_thank_you (window);
  return window;
}

/* A disk that is full is said, and what was written is sent once there is room. */
static void
send_when_full_cb (GApplication *application, gpointer user_data)
{
  GtkWidget *window = begin_visit (user_data);
  struct rlimit limit, full;

  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  full = (struct rlimit){ 1, limit.rlim_max };
  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &full), ==, 0);
  touch (window, "Send it");
  wait_for (
      window, GTK_TYPE_LABEL,
      "It could not be written down. Nothing of it is lost yet: ask our staff to help you here.");
  g_assert_null (find_widget (window, GTK_TYPE_LABEL, "Thank you. It is recorded."));
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  touch (window, "Send it");
  wait_for (window, GTK_TYPE_LABEL, "Thank you. It is recorded.");
  touch (window, "Finish");
}

/* Where nothing can be recorded for a while that is said; then they are where they were, with what they wrote. */
static void
closed_for_a_while_cb (GApplication *application, gpointer user_data)
{
  Visit *visit = user_data;
  GtkWidget *window = begin_visit (visit);
  GtkTextBuffer *buffer;
  g_autofree char *words = NULL;
  GtkTextIter start, end;

  for (guint i = 0; i < 2; i++)
    {
      amends_session_set_state (visit->session, AMENDS_SESSION_FAILED);
      wait_for (window, GTK_TYPE_LABEL, "This screen cannot be used now. Please ask our staff.");
      amends_session_set_state (visit->session, AMENDS_SESSION_OPEN);
      wait_for (window, GTK_TYPE_LABEL, "Are you ready to send it?");
    }
  touch (window, "Back");
  wait_for (window, GTK_TYPE_LABEL, "Check what you have told us");
  touch (window, "Continue");
  wait_for (window, GTK_TYPE_LABEL, "Are you ready to send it?");
  for (guint i = 0; i < 6; i++)
    touch (window, "Back");
  buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (wait_for (window, GTK_TYPE_TEXT_VIEW, NULL)));
  gtk_text_buffer_get_bounds (buffer, &start, &end);
  words = gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
  g_assert_cmpstr (words, ==, WORDS);
  for (guint i = 0; i < 6; i++)
    touch (window, "Continue");
  touch (window, "Send it");
  wait_for (window, GTK_TYPE_LABEL, "Thank you. It is recorded.");
  touch (window, "Finish");
}

static void
leave_while_sent_cb (GApplication *application, gpointer user_data)
{
  Visit *visit = user_data;
  GtkWidget *window = begin_visit (visit);

  /* Nothing of it is written yet when the visitor leaves, and when the noticeboard goes. */
  g_mutex_lock (&visit->session->store_mutex);
  visit->is_held = TRUE;
  touch (window, "Send it");
  touch (window, "Leave");
  visit->ahead_us = G_TIME_SPAN_HOUR;
  visit->n_looks = 0;
  g_timeout_add (10, let_go_cb, visit);
}

static void
result_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(gboolean *) user_data = amends_session_unlock_finish (AMENDS_SESSION (source), result, NULL);
}

static void
open_session (Visit *visit)
{
  AmendsStore *store = test_store_new (&visit->world, visit->path, "7K");
  gboolean is_open = FALSE;

  amends_store_close (store);
  visit->session = amends_session_new (visit->path, 3600);
  amends_session_start (visit->session);
  while (amends_session_get_state (visit->session) != AMENDS_SESSION_LOCKED)
    g_main_context_iteration (NULL, TRUE);
  amends_session_unlock_async (visit->session, NULL, TEST_PASSPHRASE, result_cb, &is_open);
  while (!is_open || amends_session_get_state (visit->session) != AMENDS_SESSION_OPEN)
    g_main_context_iteration (NULL, TRUE);
}

/* One visit, which ends with what was said on record. */
static void
test_visit (gconstpointer data)
{
  g_autoptr (AdwApplication) application =
      adw_application_new ("org.amends.TestKioskEnd", G_APPLICATION_NON_UNIQUE);
  Visit visit = { .folder = test_folder_new (), .application = GTK_APPLICATION (application) };
  AmendsStore *store;
  g_autofree char *list = NULL;
  gpointer session;

  visit.path = g_build_filename (visit.folder, "store", NULL);
  test_world_init (&visit.world);
  open_session (&visit);
  g_signal_connect (application, "activate", G_CALLBACK (*(Activate const *) data), &visit);
  g_assert_cmpint (g_application_run (G_APPLICATION (application), 0, NULL), ==, 0);
  g_assert_false (visit.is_held); /* else it has not waited */
  gtk_window_destroy (GTK_WINDOW (visit.window));
  /* What it was asked last may still be on its way. */
  session = visit.session;
  g_object_add_weak_pointer (G_OBJECT (visit.session), &session);
  g_clear_object (&visit.session);
  while (session != NULL)
    g_main_context_iteration (NULL, TRUE);
  store = test_store_open (&visit.world, visit.path);
  list = test_list (store);
  g_assert_nonnull (strstr (list, "compliment"));
  g_free (visit.path);
  amends_store_close (store);
  test_folder_remove (visit.folder);
}

int
main (int argc, char *argv[])
{
  static const Activate leave_while_sent = leave_while_sent_cb;
  static const Activate send_when_full = send_when_full_cb;
  static const Activate closed_for_a_while = closed_for_a_while_cb;

  gtk_test_init (&argc, &argv, NULL);

  g_test_add_data_func ("/kiosk-end/waits", &leave_while_sent, test_visit);
  g_test_add_data_func ("/kiosk-end/full", &send_when_full, test_visit);
  g_test_add_data_func ("/kiosk-end/closed", &closed_for_a_while, test_visit);

  return g_test_run ();
}
