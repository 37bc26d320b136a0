/* fold.c: how long it takes to fold a long case
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Usage: bench-fold [EVENTS [ROUNDS]]
 *
 * Two devices take turns at one case, a few events each, apart as often as together: notes, contacts,
 * updates, issues, and who is to do it. The floor reads the same bodies as JSON
 * and does nothing else. Both take turns, round by round, beginning with the lines as they are kept. Prints one JSON
 * object: "events", "rounds"; medians "floor_ms", "fold_ms", "half_ms", of as many events by half; "ratio", the median
 * of the rounds' ratios to the floor, and "ratio_min", "ratio_max"; "growth", of the medians: 2 is what grows with the
 * number of events. */

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "core/amends-case.h"

#define N_EVENTS 500
#define N_ROUNDS 200
#define N_TOGETHER 5 /* events of one device, before the other goes on */

static const char *const words =
    "The engineer came at ten, found the part out of stock and ordered another. The resident was "
    "rung twice, and "
    "asked for a text before the next visit, since the bell does not ring.";

static char *
make_body (guint i)
{
  static const char head[] = "\"at\":\"2026-11-21T10:00:00Z\",\"by\":\"2A.9999\"";

  switch (i % 10)
    {
    case 0:
      return g_strdup_printf ("{\"type\":\"issue.added\",%s,\"what\":\"%u: %s\"}", head, i, words);
    case 3:
      return g_strdup_printf ("{\"type\":\"case.contacted\",%s,\"on\":\"2026-11-24\",\"channel\":"
                              "\"telephone\",\"text\":\"%s\"}",
                              head, words);
    case 1:
    case 6:
      return g_strdup_printf (
          "{\"type\":\"case.assigned\",%s,\"on\":\"2026-11-24\",\"to\":{\"name\":"
          "\"Hesta Penwick %u\"}}",
          head, i);
    case 8:
      return g_strdup_printf (
          "{\"type\":\"case.updated\",%s,\"on\":\"2026-11-24\",\"text\":\"%s\"}", head, words);
    default:
      return g_strdup_printf ("{\"type\":\"case.noted\",%s,\"text\":\"%u: %s\"}", head, i, words);
    }
}

/* Every other change of hands a device has not yet heard of the other's last events. */
static GPtrArray *
make_lines (guint n_events)
{
  static const char *const codes[] = { "2A", "7K" };
  GPtrArray *lines = g_ptr_array_new_with_free_func (g_free);
  guint n_of[] = { 1, 0 };
  guint n_known[] = { 1, 0 }; /* of the other's, in turn */

  g_ptr_array_add (lines, g_strdup ("2A.1\ts.oak\t2A.1\t\t{\"type\":\"case.recorded\",\"at\":"
                                    "\"2026-11-20T10:00:00Z\",\"received\":\"2026-11-20\",\"kind\":"
                                    "\"complaint\",\"complainant\":{\"name\":\"Wren Ashdown\"}}"));
  for (guint i = 1; i < n_events; i++)
    {
      guint own = i / N_TOGETHER % 2, other = 1 - own;
      gboolean has_heard = i / N_TOGETHER % 4 < 2;
      g_autofree char *body = make_body (i);
      GString *after = g_string_new (NULL);

      if (i == 1 || (i % N_TOGETHER == 0 && has_heard))
        n_known[other] = n_of[other];
      if (n_known[0] > 0 && own == 1)
        g_string_append_printf (after, "2A.%u", n_known[0]);
      if (n_of[own] > 0)
        g_string_append_printf (after, "%s%s.%u", after->len > 0 ? "," : "", codes[own], n_of[own]);
      if (n_known[1] > 0 && own == 0)
        g_string_append_printf (after, ",7K.%u", n_known[1]);
      n_of[own]++;
      g_ptr_array_add (lines, g_strdup_printf ("%s.%u\ts.oak\t2A.1\t%s\t%s", codes[own], n_of[own],
                                               after->str, body));
      g_string_free (after, TRUE);
    }
  return lines;
}

/* Of the processor, whatever else it does besides. */
static double
now_ms (void)
{
  struct timespec now;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &now);
  return (double) now.tv_sec * 1e3 + (double) now.tv_nsec / 1e6;
}

static double
time_floor (const GPtrArray *lines, guint n_events)
{
  double began = now_ms ();

  for (guint i = 0; i < n_events; i++)
    {
      const char *body = strrchr (g_ptr_array_index (lines, i), '\t') + 1;
      json_t *json = json_loadb (body, strlen (body), 0, NULL);

      g_assert (json != NULL);
      json_decref (json);
    }
  return now_ms () - began;
}

static double
time_fold (const GPtrArray *lines, guint n_events)
{
  static const guint8 salt[AMENDS_SALT_BYTES] = { 0 };
  double began = now_ms ();
  g_autoptr (GPtrArray) events =
      g_ptr_array_new_with_free_func ((GDestroyNotify) amends_event_unref);
  g_autoptr (AmendsCase) complaint = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < n_events; i++)
    {
      const char *line = g_ptr_array_index (lines, i);
      AmendsEvent *event = amends_event_parse_line (line, strlen (line), salt, &error);

      if (event == NULL)
        g_error ("%s: %s", line, error->message);
      g_ptr_array_add (events, event);
    }
  complaint = amends_case_new ((AmendsEvent *const *) events->pdata, events->len);
  g_assert (amends_case_get_n_history (complaint) == n_events);
  return now_ms () - began;
}

static int
compare (gconstpointer a, gconstpointer b)
{
  double one = *(const double *) a;
  double other = *(const double *) b;

  return (one > other) - (one < other);
}

static double
median (GArray *values)
{
  g_array_sort (values, compare);
  return g_array_index (values, double, values->len / 2);
}

int
main (int argc, char *argv[])
{
  guint n_events = argc > 1 ? (guint) atoi (argv[1]) : N_EVENTS;
  guint n_rounds = argc > 2 ? (guint) atoi (argv[2]) : N_ROUNDS;
  g_autoptr (GPtrArray) lines = NULL;
  GArray *values[4]; /* the floor, the fold, of half as many, the ratio */

  if (n_events < 2 || n_rounds == 0)
    {
      g_printerr ("Usage: bench-fold [EVENTS [ROUNDS]]\n");
      return EXIT_FAILURE;
    }
  lines = make_lines (n_events);
  for (guint k = 0; k < G_N_ELEMENTS (values); k++)
    values[k] = g_array_new (FALSE, FALSE, sizeof (double));
  for (guint i = 0; i < n_rounds; i++)
    {
      const double ms[] = { time_floor (lines, n_events), time_fold (lines, n_events),
                            time_fold (lines, n_events / 2) };
      double ratio = ms[1] / ms[0];

      for (guint k = 0; k < G_N_ELEMENTS (ms); k++)
        g_array_append_val (values[k], ms[k]);
      g_array_append_val (values[3], ratio);
    }
  for (guint k = 0; k < G_N_ELEMENTS (values); k++)
    (void) median (values[k]);
  g_print ("{\"events\": %u, \"rounds\": %u, \"floor_ms\": %.2f, \"fold_ms\": %.2f, \"half_ms\": "
           "%.2f, \"ratio\": "
           "%.2f, \"ratio_min\": %.2f, \"ratio_max\": %.2f, \"growth\": %.2f}\n",
           n_events, n_rounds, median (values[0]), median (values[1]), median (values[2]),
           median (values[3]), g_array_index (values[3], double, 0),
           g_array_index (values[3], double, n_rounds - 1),
           median (values[1]) / median (values[2]));
  for (guint k = 0; k < G_N_ELEMENTS (values); k++)
    g_array_unref (values[k]);
  return EXIT_SUCCESS;
}
