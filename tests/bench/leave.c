/* leave.c: how long it takes until nothing of a visitor is on the screen
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Usage: bench-leave STORE, of a kiosk that has exchanged with its server
 *
 * A kiosk's window on a page with words, and Leave: from the touch to the end of the first frame with the
 * noticeboard; and the same while its camera sees something and five pictures were taken. The floor is a window of the same size in which one empty
 * box takes the place of another. A stall is how long the main loop was busy at one time in a whole visit, with a
 * five pictures that are taken and sent. Prints one JSON object: "runs"; of each "…_p50_ms" and "…_max_ms"; "ratio", of the
 * medians. */

#include <stdlib.h>
#include <time.h>

#include <adwaita.h>

#include "app/amends-session.h"
#include "app/find.h"
#include "app/kiosk/amends-kiosk-window.h"

#define N_RUNS 15

/* That somebody looks at before they take a picture. */
#define N_FRAMES 4

#define N_PICTURES 5

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

/* ------------------------------------------------------------ time */

/* By the clock, and in time of the processor: what others took on a busy machine is not in the second. */
typedef struct
{
  gint64 clock_us;
  gint64 busy_us;
} Instant;

static Instant
look (void)
{
  struct timespec busy;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &busy);
  return (Instant){ g_get_monotonic_time (), busy.tv_sec * G_USEC_PER_SEC + busy.tv_nsec / 1000 };
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

/* A button that has just become another is not felt for a moment. */
static void
touch_until (GtkWidget *window, const char *name, GType type, const char *shows)
{
  while (find_widget (window, type, shows) == NULL)
    {
      GtkWidget *button = find_widget (window, GTK_TYPE_BUTTON, name);

      if (button != NULL)
        g_signal_emit_by_name (button, "clicked");
      g_main_context_iteration (NULL, TRUE);
    }
}

#define SEES "Hold it before the camera, and touch the button. Nobody sees it until you send it."

static void
take_pictures (GtkWidget *window)
{
  for (guint i = 0; i < N_PICTURES; i++)
    {
      touch_until (window, i == 0 ? "Add a photo" : "Another photo", GTK_TYPE_LABEL, SEES);
      for (guint n = 0; n < N_FRAMES; n++)
        wait_frame (window, 0);
      touch_until (window, "Take the picture", GTK_TYPE_LABEL,
                   "Is it good? You can take it again.");
      touch_until (window, "Use it", GTK_TYPE_BUTTON, "Another photo");
    }
}

/* Returns: milliseconds by the clock, and in @ret_busy in time of the processor */
static double
measure_leave (Bench *self, AmendsSession *session, gboolean sees, double *ret_busy)
{
  GtkWidget *window = begin_visit (self, session);
  GtkWidget *words = wait_for (window, GTK_TYPE_TEXT_VIEW, NULL);
  Instant began;
  double ms;

  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (words)), "The lift stops", -1);
  if (sees)
    {
      take_pictures (window);
      touch_until (window, "Another photo", GTK_TYPE_LABEL, SEES);
    }
  settle (window);
  began = look ();
  touch (window, "Leave");
  ms = wait_frame (window, began.clock_us);
  *ret_busy = (double) (look ().busy_us - began.busy_us) / 1000.0;
  g_assert (find_widget (window, GTK_TYPE_TEXT_VIEW, NULL) == NULL);
  gtk_window_destroy (GTK_WINDOW (window));
  return ms;
}

/* ------------------------------------------------------------ stalls */

static Instant poll_ended;
static Instant stall;

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
  take_pictures (window);
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

/* One of what is measured. */
typedef struct
{
  const char *name;
  double ms[N_RUNS];
} Row;

static void
activate_cb (GApplication *application, gpointer user_data)
{
  Bench *self = user_data;
  g_autoptr (AmendsSession) session = amends_session_new (self->path, 60);
  Row rows[] = { { "leave" }, { "leave_busy" }, { "seen" }, { "seen_busy" },
                 { "stall" }, { "busy" },       { "floor" } };

  g_application_hold (application);
  amends_session_start (session);
  while (amends_session_get_state (session) == AMENDS_SESSION_STARTING)
    g_main_context_iteration (NULL, TRUE);
  g_assert (amends_session_get_state (session) == AMENDS_SESSION_OPEN);
  for (guint i = 0; i < N_RUNS; i++)
    {
      rows[0].ms[i] = measure_leave (self, session, FALSE, &rows[1].ms[i]);
      rows[2].ms[i] = measure_leave (self, session, TRUE, &rows[3].ms[i]);
      rows[4].ms[i] = measure_stall (self, session, &rows[5].ms[i]);
      rows[6].ms[i] = measure_floor (self);
    }
  g_print ("{\"runs\": %d", N_RUNS);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      qsort (rows[i].ms, N_RUNS, sizeof *rows[i].ms, compare);
      g_print (", \"%s_p50_ms\": %.1f, \"%s_max_ms\": %.1f", rows[i].name, rows[i].ms[N_RUNS / 2],
               rows[i].name, rows[i].ms[N_RUNS - 1]);
    }
  g_print (", \"ratio\": %.2f}\n", rows[0].ms[N_RUNS / 2] / rows[6].ms[N_RUNS / 2]);
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
