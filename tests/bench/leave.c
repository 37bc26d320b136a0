/* leave.c: how long it takes until nothing of a visitor is on the screen
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Usage: bench-leave STORE, of a kiosk that has exchanged with its server
 *
 * A kiosk's window on a page with words, and Leave: from the touch to the end of the first frame with the
 * noticeboard; and the same while its camera sees something. The floor is a window of the same size in which one empty
 * box takes the place of another. A stall is how long the main loop was busy at one time in a whole visit, with a
 * picture that is taken and sent. Prints one JSON object: "runs"; of each "…_p50_ms" and "…_max_ms"; "ratio", of the
 * medians. */

#include <stdlib.h>
#include <time.h>

#include <adwaita.h>

#include "app/amends-session.h"
#include "app/find.h"
#include "app/kiosk/amends-kiosk-window.h"

#define N_RUNS 30

/* That somebody looks at before they take the picture. */
#define N_FRAMES 20

typedef struct
{
  GtkApplication *application;
  const char *path;
} Bench;

static gint64
get_now (gpointer user_data)
{
  return g_get_monotonic_time ();
}

/* ------------------------------------------------------------ frames */

static void
painted_cb (GdkFrameClock *clock, gpointer user_data)
{
  *(gint64 *) user_data = g_get_monotonic_time ();
}

/* Returns: milliseconds from @began to the end of the next frame */
static double
wait_frame (GtkWidget *window, gint64 began)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (window);
  gint64 painted = 0;
  gulong handler = g_signal_connect (clock, "after-paint", G_CALLBACK (painted_cb), &painted);

  while (painted == 0)
    g_main_context_iteration (NULL, TRUE);
  g_signal_handler_disconnect (clock, handler);
  return (double) (painted - began) / 1000.0;
}

static void
settle (GtkWidget *window)
{
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  gtk_widget_queue_draw (window);
  wait_frame (window, 0);
}

/* ------------------------------------------------------------ what is measured */

/* Returns: (transfer none): a window at the question what happened */
static GtkWidget *
begin_visit (Bench *self, AmendsSession *session)
{
  GtkWidget *window =
      GTK_WIDGET (amends_kiosk_window_new (self->application, session, get_now, NULL));
  static const char *const titles[] = { "How would you like to use this screen?",
                                        "You can leave at any time", "What would you like to do?",
                                        "Is anyone in danger now?", "What happened?" };

  gtk_window_present (GTK_WINDOW (window));
  g_object_notify (G_OBJECT (session), "state");
  touch (window, "Touch here to start");
  for (guint i = 0; i < G_N_ELEMENTS (titles); i++)
    {
      if (g_str_equal (titles[i], "Is anyone in danger now?"))
        gtk_check_button_set_active (GTK_CHECK_BUTTON (wait_for (window, GTK_TYPE_CHECK_BUTTON,
                                                                 "Tell us something is wrong")),
                                     TRUE);
      touch (window, "Continue");
      wait_for (window, GTK_TYPE_LABEL, titles[i]);
    }
  return window;
}

static void
show_to_camera (GtkWidget *window)
{
  g_signal_emit_by_name (wait_for (window, GTK_TYPE_BUTTON, "Add a photo"), "clicked");
  wait_for (window, GTK_TYPE_LABEL,
            "Hold it before the camera, and touch the button. Nobody sees it until you send it.");
}

static double
measure_leave (Bench *self, AmendsSession *session, gboolean sees)
{
  GtkWidget *window = begin_visit (self, session);
  GtkWidget *words = wait_for (window, GTK_TYPE_TEXT_VIEW, NULL);
  gint64 began;
  double ms;

  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (words)), "The lift stops", -1);
  if (sees)
    show_to_camera (window);
  settle (window);
  began = g_get_monotonic_time ();
  touch (window, "Leave");
  ms = wait_frame (window, began);
  g_assert (find_widget (window, GTK_TYPE_TEXT_VIEW, NULL) == NULL);
  gtk_window_destroy (GTK_WINDOW (window));
  return ms;
}

/* ------------------------------------------------------------ stalls */

/* By the clock, and in time of the processor: what others took on a busy machine is not in the second. */
typedef struct
{
  gint64 clock_us;
  gint64 busy_us;
} Instant;

static Instant poll_ended;
static Instant stall;

static Instant
look (void)
{
  struct timespec busy;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &busy);
  return (Instant){ g_get_monotonic_time (), busy.tv_sec * G_USEC_PER_SEC + busy.tv_nsec / 1000 };
}

static int
poll_cb (GPollFD *fds, guint n_fds, int timeout_ms)
{
  int n;

  if (poll_ended.clock_us != 0)
    {
      Instant now = look ();

      stall.clock_us = MAX (stall.clock_us, now.clock_us - poll_ended.clock_us);
      stall.busy_us = MAX (stall.busy_us, now.busy_us - poll_ended.busy_us);
    }
  n = g_poll (fds, n_fds, timeout_ms);
  poll_ended = look ();
  return n;
}

/* Returns: the longest stall of a whole visit, in milliseconds, and in @ret_busy in time of the processor */
static double
measure_stall (Bench *self, AmendsSession *session, double *ret_busy)
{
  static const char *const titles[] = { "When did it happen?",
                                        "Have you told us about this before?",
                                        "How has it affected you?",
                                        "What would put it right?",
                                        "Who are you?",
                                        "What is your name, and where do you live?",
                                        "Who may we talk to about this?",
                                        "What would make this easier for you?",
                                        "How may we reach you?",
                                        "Check what you have told us",
                                        "Are you ready to send it?" };
  GtkWidget *window;

  window = begin_visit (self, session);
  poll_ended = stall = (Instant){ 0 };
  g_main_context_set_poll_func (NULL, poll_cb);
  show_to_camera (window);
  for (guint i = 0; i < N_FRAMES; i++)
    wait_frame (window, 0);
  touch (window, "Take the picture");
  wait_for (window, GTK_TYPE_LABEL, "Is it good? You can take it again.");
  touch (window, "Use it");
  touch (window, "Continue");
  wait_for (window, GTK_TYPE_LABEL, "What happened?");
  for (guint i = 0; i < G_N_ELEMENTS (titles); i++)
    {
      touch (window, "Continue");
      wait_for (window, GTK_TYPE_LABEL, titles[i]);
    }
  touch (window, "Send it");
  wait_for (window, GTK_TYPE_LABEL, "Thank you. It is recorded.");
  touch (window, "Leave");
  wait_frame (window, 0);
  g_main_context_set_poll_func (NULL, NULL);
  gtk_window_destroy (GTK_WINDOW (window));
  *ret_busy = (double) stall.busy_us / 1000.0;
  return (double) stall.clock_us / 1000.0;
}

static double
measure_floor (Bench *self)
{
  GtkWidget *window = adw_application_window_new (self->application);
  gint64 began;
  double ms;

  gtk_window_set_default_size (GTK_WINDOW (window), 1280, 1024);
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (window),
                                      gtk_box_new (GTK_ORIENTATION_VERTICAL, 0));
  gtk_window_present (GTK_WINDOW (window));
  settle (window);
  began = g_get_monotonic_time ();
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (window),
                                      gtk_box_new (GTK_ORIENTATION_VERTICAL, 0));
  ms = wait_frame (window, began);
  gtk_window_destroy (GTK_WINDOW (window));
  return ms;
}

static int
compare (gconstpointer a, gconstpointer b)
{
  double one = *(const double *) a;
  double other = *(const double *) b;

  return (one > other) - (one < other);
}

static void
activate_cb (GApplication *application, gpointer user_data)
{
  Bench *self = user_data;
  g_autoptr (AmendsSession) session = amends_session_new (self->path, 60);
  double leave_ms[N_RUNS], seen_ms[N_RUNS], floor_ms[N_RUNS], stall_ms[N_RUNS], busy_ms[N_RUNS];

  g_application_hold (application);
  amends_session_start (session);
  while (amends_session_get_state (session) == AMENDS_SESSION_STARTING)
    g_main_context_iteration (NULL, TRUE);
  g_assert (amends_session_get_state (session) == AMENDS_SESSION_OPEN);
  for (guint i = 0; i < N_RUNS; i++)
    {
      leave_ms[i] = measure_leave (self, session, FALSE);
      seen_ms[i] = measure_leave (self, session, TRUE);
      stall_ms[i] = measure_stall (self, session, &busy_ms[i]);
      floor_ms[i] = measure_floor (self);
    }
  qsort (leave_ms, N_RUNS, sizeof *leave_ms, compare);
  qsort (seen_ms, N_RUNS, sizeof *seen_ms, compare);
  qsort (stall_ms, N_RUNS, sizeof *stall_ms, compare);
  qsort (busy_ms, N_RUNS, sizeof *busy_ms, compare);
  qsort (floor_ms, N_RUNS, sizeof *floor_ms, compare);
  g_print ("{\"runs\": %d, \"leave_p50_ms\": %.1f, \"leave_max_ms\": %.1f, \"floor_p50_ms\": %.1f, "
           "\"floor_max_ms\": %.1f, \"ratio\": %.2f, \"seen_p50_ms\": %.1f, \"seen_max_ms\": %.1f, "
           "\"stall_p50_ms\": %.1f, \"stall_max_ms\": %.1f, \"busy_p50_ms\": %.1f, "
           "\"busy_max_ms\": %.1f}\n",
           N_RUNS, leave_ms[N_RUNS / 2], leave_ms[N_RUNS - 1], floor_ms[N_RUNS / 2],
           floor_ms[N_RUNS - 1], leave_ms[N_RUNS / 2] / floor_ms[N_RUNS / 2], seen_ms[N_RUNS / 2],
           seen_ms[N_RUNS - 1], stall_ms[N_RUNS / 2], stall_ms[N_RUNS - 1], busy_ms[N_RUNS / 2],
           busy_ms[N_RUNS - 1]);
  g_application_release (application);
  g_application_quit (application);
}

int
main (int argc, char *argv[])
{
  g_autoptr (AdwApplication) application =
      adw_application_new ("org.amends.BenchLeave", G_APPLICATION_NON_UNIQUE);
  Bench self = { GTK_APPLICATION (application), argc == 2 ? argv[1] : NULL };

  if (self.path == NULL)
    {
      g_printerr ("Usage: bench-leave STORE\n");
      return EXIT_FAILURE;
    }
  g_signal_connect (application, "activate", G_CALLBACK (activate_cb), &self);
  return g_application_run (G_APPLICATION (application), 1, argv);
}
