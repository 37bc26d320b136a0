/* test-kiosk-end.c: the end of a visit waits for what is being written down, a full disk loses nothing, and a kiosk that
 * cannot record says so
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "find.h"

#include <adwaita.h>
#include <signal.h>
#include <sys/resource.h>

#include "app/amends-session-private.h"
#include "app/kiosk/amends-kiosk-frame.h"
#include "app/kiosk/amends-kiosk-window.h"
#include "support/device.h"

/* Looks at the clock, several a second, in which the program would have ended. */
#define N_LOOKS 10

#define WORDS "The lift stops"
#define START "Touch here to start"
#define CLOSED "This screen cannot be used now. Please ask our staff."
#define SEND "Are you ready to send it?"
#define SLIP "A slip to take with you"
#define DONE "Thank you. It is recorded."

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
                                        SEND };

  touch (window, START);
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

/* Returns: (transfer none): the window, with nobody there */
static GtkWidget *
show_window (Visit *visit)
{
  GtkWidget *window =
      GTK_WIDGET (amends_kiosk_window_new (visit->application, visit->session, get_now, visit));

  visit->window = window;
  gtk_window_present (GTK_WINDOW (window));
  g_object_notify (G_OBJECT (visit->session), "state");
  return window;
}

/* Returns: (transfer none): the window, before it is sent */
static GtkWidget *
begin_visit (Visit *visit)
{
  GtkWidget *window = show_window (visit);

  say_thank_you (window);
  return window;
}

static void
press (GtkWidget *window, guint keyval, guint n_times)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (window);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) keys = g_list_model_get_item (controllers, i);
      gboolean is_taken;

      if (GTK_IS_EVENT_CONTROLLER_KEY (keys)
          && gtk_event_controller_get_propagation_phase (keys) == GTK_PHASE_CAPTURE)
        for (guint n = 0; n < n_times; n++)
          g_signal_emit_by_name (keys, "key-pressed", keyval, 0, 0, &is_taken);
    }
}

/* All that Tab reaches, until it goes round, is @names. */
static void
check_reach (GtkWidget *window, const char *const *names)
{
  GtkWidget *first = NULL;
  guint n = 0;

  gtk_window_set_focus (GTK_WINDOW (window), NULL);
  for (;;)
    {
      GtkWidget *focus;
      gboolean is_known = FALSE;

      gtk_widget_child_focus (window, GTK_DIR_TAB_FORWARD);
      focus = gtk_window_get_focus (GTK_WINDOW (window));
      if (focus == NULL || focus == first)
        break;
      first = first != NULL ? first : focus;
      if (GTK_IS_SCROLLED_WINDOW (focus)) /* whoever has no pointer scrolls there */
        continue;
      for (guint i = 0; names[i] != NULL; i++)
        is_known = is_known || is_named (focus, names[i]);
      g_assert_true (is_known);
      g_assert_cmpuint (++n, <=, g_strv_length ((char **) names));
    }
  g_assert_cmpuint (n, ==, g_strv_length ((char **) names));
}

/* Says that it cannot be used and where there is help; nobody begins there, by hand or by key. */
static void
check_closed (GtkWidget *window)
{
  static const char *const reached[] = { "Leave", "Help", "Read aloud", "Text size", NULL };

  wait_for (window, GTK_TYPE_LABEL, CLOSED);
  g_assert_true (says (window, "ring 999"));
  g_assert_null (find_widget (window, GTK_TYPE_BUTTON, START));
  g_assert_false (says (window, WORDS));
  check_reach (window, reached);
  gtk_window_set_focus (GTK_WINDOW (window), NULL);
  press (window, GDK_KEY_Return, 1);
  press (window, GDK_KEY_space, 1);
  g_assert_nonnull (find_widget (window, GTK_TYPE_LABEL, CLOSED));
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
  g_assert_null (find_widget (window, GTK_TYPE_LABEL, DONE));
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  touch (window, "Send it");
  wait_for (window, GTK_TYPE_LABEL, DONE);
  touch (window, "Finish");
}

/* What decides whether something can be recorded: each way in which nothing can be, and back. */
static void
set_failed (Visit *visit, gboolean is_shut)
{
  amends_session_set_state (visit->session, is_shut ? AMENDS_SESSION_FAILED : AMENDS_SESSION_OPEN);
}

static void
set_read_only (Visit *visit, gboolean is_shut)
{
  amends_session_set_read_only (visit->session, is_shut, is_shut ? "The disk is damaged" : NULL);
}

static void
set_no_scheme (Visit *visit, gboolean is_shut)
{
  static GPtrArray *kept = NULL;

  if (is_shut)
    kept = g_steal_pointer (&visit->session->schemes);
  else
    visit->session->schemes = g_steal_pointer (&kept);
  g_signal_emit_by_name (visit->session, "list-changed");
}

static void (*const shuts[]) (Visit *visit, gboolean is_shut) = { set_failed, set_read_only,
                                                                  set_no_scheme };

/* The next visitor finds that nothing can be recorded before they have written anything, and the first page once it can
 * be. Help is there meanwhile, and the way back from it. */
static void
closed_at_start_cb (GApplication *application, gpointer user_data)
{
  Visit *visit = user_data;
  GtkWidget *window = show_window (visit);

  for (guint i = 0; i < G_N_ELEMENTS (shuts); i++)
    {
      wait_for (window, GTK_TYPE_BUTTON, START);
      shuts[i](visit, TRUE);
      check_closed (window);
      touch (window, "Help");
      wait_for (window, GTK_TYPE_LABEL,
                "Ask our staff to come to this screen. They can read to "
                "you and write for you.");
      g_assert_null (find_widget (window, GTK_TYPE_BUTTON, "A member of staff signs in here"));
      touch (window, "Back");
      check_closed (window);
      shuts[i](visit, FALSE);
    }
  wait_for (window, GTK_TYPE_BUTTON, START);
  g_application_quit (application);
}

/* Whatever the session finds anew meanwhile. */
static gboolean
fill_cb (gpointer user_data)
{
  Visit *visit = user_data;

  visit->session->status.n_free = 4096;
  return G_SOURCE_CONTINUE;
}

/* With no room for one more record nobody begins one; staff can still have their page. */
static void
no_room_cb (GApplication *application, gpointer user_data)
{
  Visit *visit = user_data;
  GtkWidget *window = show_window (visit);
  guint fill = g_timeout_add (1, fill_cb, visit);

  check_closed (window);
  g_assert_true (says (window, "Make room on its disk"));
  g_signal_emit_by_name (find_widget (window, AMENDS_TYPE_KIOSK_FRAME, NULL), "held");
  wait_for (window, GTK_TYPE_BUTTON, "Send now");
  touch (window, "First page");
  check_closed (window);
  g_source_remove (fill);
  visit->session->status.n_free = G_MAXUINT64;
  wait_for (window, GTK_TYPE_BUTTON, START);
  g_application_quit (application);
}

/* Whoever leaves then leaves nothing, by hand or by key: what stands behind the page goes with them. */
static void
leave_closed (Visit *visit, gboolean is_by_key)
{
  GtkWidget *window = begin_visit (visit);

  set_failed (visit, TRUE);
  check_closed (window);
  if (is_by_key)
    press (window, GDK_KEY_Shift_L, 3);
  else
    touch (window, "Leave");
  wait_for (window, GTK_TYPE_BUTTON, "First page");
  g_assert_null (find_widget (window, GTK_TYPE_LABEL, CLOSED));
  /* The noticeboard stays, whatever becomes of the store. */
  set_failed (visit, FALSE);
  g_assert_nonnull (find_widget (window, GTK_TYPE_BUTTON, "First page"));
  visit->ahead_us = G_TIME_SPAN_HOUR;
}

static void
leave_closed_cb (GApplication *application, gpointer user_data)
{
  leave_closed (user_data, FALSE);
}

static void
leave_closed_by_key_cb (GApplication *application, gpointer user_data)
{
  leave_closed (user_data, TRUE);
}

/* The page closes while what was sent is being written: it is written, they get their number, and what stood behind the
 * page does not come back. */
static void
closed_while_sent_cb (GApplication *application, gpointer user_data)
{
  Visit *visit = user_data;
  GtkWidget *window = begin_visit (visit);

  g_mutex_lock (&visit->session->store_mutex);
  touch (window, "Send it");
  set_failed (visit, TRUE);
  check_closed (window);
  g_mutex_unlock (&visit->session->store_mutex);
  wait_for (window, GTK_TYPE_LABEL, DONE);
  set_failed (visit, FALSE);
  visit->ahead_us += 61 * G_USEC_PER_SEC;
  touch (window, "Yes, I am still here");
  g_assert_null (find_widget (window, GTK_TYPE_LABEL, SEND));
  wait_for (window, GTK_TYPE_LABEL, DONE);
  touch (window, "Finish");
}

/* Whoever says on the page of the slip that they are still there is not asked again at once. */
static void
still_there_cb (GApplication *application, gpointer user_data)
{
  static const char *const asked[] = { SLIP, DONE };
  Visit *visit = user_data;
  GtkWidget *window = begin_visit (visit);

  amends_kiosk_window_set_printers (AMENDS_KIOSK_WINDOW (window), "true", NULL);
  touch (window, "Send it");
  wait_for (window, GTK_TYPE_LABEL, DONE);
  touch (window, "Print a slip");
  for (guint i = 0; i < G_N_ELEMENTS (asked); i++)
    {
      wait_for (window, GTK_TYPE_LABEL, asked[i]);
      visit->ahead_us += 61 * G_USEC_PER_SEC;
      touch (window, "Yes, I am still here");
      visit->n_looks = 0;
      while (visit->n_looks < N_LOOKS)
        g_main_context_iteration (NULL, TRUE);
      wait_for (window, GTK_TYPE_LABEL, asked[i]);
      g_assert_null (find_widget (window, GTK_TYPE_LABEL, "Are you still there?"));
      if (i == 0)
        touch (window, "Back");
    }
  touch (window, "Finish");
}

/* The page closes while what was sent cannot be written: it is all there when it opens again, and is sent then. */
static void
closed_and_full_cb (GApplication *application, gpointer user_data)
{
  Visit *visit = user_data;
  GtkWidget *window = begin_visit (visit);
  struct rlimit limit, full;

  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  full = (struct rlimit){ 1, limit.rlim_max };
  signal (SIGXFSZ, SIG_IGN);
  g_mutex_lock (&visit->session->store_mutex);
  touch (window, "Send it");
  set_read_only (visit, TRUE);
  check_closed (window);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &full), ==, 0);
  g_mutex_unlock (&visit->session->store_mutex);
  while (!gtk_widget_is_sensitive (find_button (window, "Send it")))
    g_main_context_iteration (NULL, TRUE);
  check_closed (window);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  set_read_only (visit, FALSE);
  wait_for (window, GTK_TYPE_LABEL, SEND);
  touch (window, "Send it");
  wait_for (window, GTK_TYPE_LABEL, DONE);
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

  for (guint i = 0; i < G_N_ELEMENTS (shuts); i++)
    {
      shuts[i](visit, TRUE);
      check_closed (window);
      shuts[i](visit, FALSE);
      wait_for (window, GTK_TYPE_LABEL, SEND);
    }
  touch (window, "Back");
  wait_for (window, GTK_TYPE_LABEL, "Check what you have told us");
  touch (window, "Continue");
  wait_for (window, GTK_TYPE_LABEL, SEND);
  for (guint i = 0; i < 6; i++)
    touch (window, "Back");
  buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (wait_for (window, GTK_TYPE_TEXT_VIEW, NULL)));
  gtk_text_buffer_get_bounds (buffer, &start, &end);
  words = gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
  g_assert_cmpstr (words, ==, WORDS);
  for (guint i = 0; i < 6; i++)
    touch (window, "Continue");
  touch (window, "Send it");
  wait_for (window, GTK_TYPE_LABEL, DONE);
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

/* One visit, which ends with what was said on record, or with nothing. */
typedef struct
{
  const char *name;
  Activate activate;
  gboolean is_recorded;
} Row;

static void
test_visit (gconstpointer data)
{
  const Row *row = data;
  g_autoptr (AdwApplication) application =
      adw_application_new ("org.amends.TestKioskEnd", G_APPLICATION_NON_UNIQUE);
  Visit visit = { .folder = test_folder_new (), .application = GTK_APPLICATION (application) };
  AmendsStore *store;
  g_autofree char *list = NULL;
  gpointer session;

  visit.path = g_build_filename (visit.folder, "store", NULL);
  test_world_init (&visit.world);
  open_session (&visit);
  g_signal_connect (application, "activate", G_CALLBACK (row->activate), &visit);
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
  g_assert_cmpint (strstr (list, "compliment") != NULL, ==, row->is_recorded);
  g_free (visit.path);
  amends_store_close (store);
  test_folder_remove (visit.folder);
}

int
main (int argc, char *argv[])
{
  static const Row rows[] = {
    { "/kiosk-end/waits", leave_while_sent_cb, TRUE },
    { "/kiosk-end/full", send_when_full_cb, TRUE },
    { "/kiosk-end/closed", closed_for_a_while_cb, TRUE },
    { "/kiosk-end/closed-at-start", closed_at_start_cb, FALSE },
    { "/kiosk-end/no-room", no_room_cb, FALSE },
    { "/kiosk-end/left-closed", leave_closed_cb, FALSE },
    { "/kiosk-end/left-closed-by-key", leave_closed_by_key_cb, FALSE },
    { "/kiosk-end/closed-while-sent", closed_while_sent_cb, TRUE },
    { "/kiosk-end/closed-and-full", closed_and_full_cb, TRUE },
    { "/kiosk-end/still-there", still_there_cb, TRUE },
  };

  gtk_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    g_test_add_data_func (rows[i].name, &rows[i], test_visit);
  return g_test_run ();
}
