/* frame.h: when a window was painted, and what its program holds in memory
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Time is counted from BENCH_BEGAN in the environment, which is when whoever measures began the program, in
 * microseconds of the monotonic clock: with what the loader takes. */

#pragma once

#include <gtk/gtk.h>
#include <stdlib.h>
#include <string.h>

/* Returns: milliseconds since the program was begun */
static inline double
frame_since_ms (void)
{
  const char *began = g_getenv ("BENCH_BEGAN");

  return (double) (g_get_monotonic_time () - (began != NULL ? atoll (began) : 0)) / 1000.0;
}

/* Returns: memory of this process alone, with its share of what others hold too, in KiB */
static inline long
frame_pss_kb (void)
{
  g_autofree char *text = NULL;
  const char *line;

  if (!g_file_get_contents ("/proc/self/smaps_rollup", &text, NULL, NULL))
    return 0;
  line = strstr (text, "\nPss:");
  return line != NULL ? atol (line + strlen ("\nPss:")) : 0;
}

typedef void (*FramePainted) (GdkFrameClock *clock, gpointer user_data);

typedef struct
{
  FramePainted painted;
  gpointer user_data;
} FrameWatch;

static inline void
frame_realize_cb (GtkWidget *window, FrameWatch *watch)
{
  g_signal_connect (gtk_widget_get_frame_clock (window), "after-paint", G_CALLBACK (watch->painted),
                    watch->user_data);
}

static inline void
frame_watch_free (gpointer watch, GClosure *closure)
{
  g_free (watch);
}

/* Calls @painted after each frame of @window, from the first on. */
static inline void
frame_watch (GtkWidget *window, FramePainted painted, gpointer user_data)
{
  FrameWatch *watch = g_new0 (FrameWatch, 1);

  *watch = (FrameWatch){ painted, user_data };
  g_signal_connect_data (window, "realize", G_CALLBACK (frame_realize_cb), watch, frame_watch_free,
                         G_CONNECT_AFTER);
}
