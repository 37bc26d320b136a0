/* clocks.c: how many clocks are computed in a second
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Usage: bench-clocks DATA [ROUNDS]
 *
 * DATA is the folder with policies and calendars. Every round computes all clocks of each history below
 * by each landlord's policy and the Code, received on another day of the years that the calendar covers.
 * A clock is a row that comes out, earlier runs not counted. Prints one JSON object: "clocks",
 * "histories", "wall_us", "per_second". The histories are parsed before the time starts: a device has
 * them as a case. */

#include <stdlib.h>

#include "core/amends-clock.h"

#define N_ROUNDS 2000
#define N_DAYS 3500 /* of ten years, with what a complaint of three months needs */

static const char *const landlords[] = { "one-housing", "housing-21", "rosebery", "wdh",
                                         "reliance" };

typedef struct
{
  AmendsClockEventKind kind;
  int n_days; /* since it was received */
  int n_working_days;
} Step;

#define END                       \
  {                               \
    AMENDS_CLOCK_EVENT_NONE, 0, 0 \
  }

/* Most end at stage 1; one goes all the way, one waits, one was a request first, one is not even a
 * complaint. */
static const Step histories[][16] = {
  { { AMENDS_CLOCK_EVENT_ISSUE_AROSE, -40, 0 },
    { AMENDS_CLOCK_EVENT_RECEIVED, 0, 0 },
    { AMENDS_CLOCK_EVENT_ACKNOWLEDGED, 3, 0 },
    { AMENDS_CLOCK_EVENT_ASSIGNED, 3, 0 },
    { AMENDS_CLOCK_EVENT_CONTACTED, 5, 0 },
    { AMENDS_CLOCK_EVENT_UPDATED, 10, 0 },
    { AMENDS_CLOCK_EVENT_RESPONDED, 15, 0 },
    { AMENDS_CLOCK_EVENT_CLOSURE_CONTACT, 35, 0 },
    { AMENDS_CLOCK_EVENT_CLOSED, 40, 0 },
    END },
  { { AMENDS_CLOCK_EVENT_RECEIVED, 0, 0 },
    { AMENDS_CLOCK_EVENT_ACKNOWLEDGED, 7, 0 },
    { AMENDS_CLOCK_EVENT_ASSIGNED, 7, 0 },
    { AMENDS_CLOCK_EVENT_CONTACTED, 9, 0 },
    { AMENDS_CLOCK_EVENT_EXTENDED, 18, 5 },
    { AMENDS_CLOCK_EVENT_RESPONDED, 27, 0 },
    { AMENDS_CLOCK_EVENT_ESCALATION_REQUESTED, 33, 0 },
    { AMENDS_CLOCK_EVENT_STAGE2_ACKNOWLEDGED, 37, 0 },
    { AMENDS_CLOCK_EVENT_STAGE2_ASSIGNED, 37, 0 },
    { AMENDS_CLOCK_EVENT_STAGE2_CONTACTED, 40, 0 },
    { AMENDS_CLOCK_EVENT_STAGE2_UPDATED, 51, 0 },
    { AMENDS_CLOCK_EVENT_STAGE2_EXTENDED, 60, 10 },
    { AMENDS_CLOCK_EVENT_STAGE2_RESPONDED, 75, 0 },
    { AMENDS_CLOCK_EVENT_STAGE2_CLOSED, 85, 0 },
    END },
  { { AMENDS_CLOCK_EVENT_RECEIVED, 0, 0 },
    { AMENDS_CLOCK_EVENT_ACKNOWLEDGED, 4, 0 },
    { AMENDS_CLOCK_EVENT_ASSIGNED, 6, 0 },
    END },
  { { AMENDS_CLOCK_EVENT_SERVICE_REQUEST_OPENED, -30, 0 },
    { AMENDS_CLOCK_EVENT_HAZARD_REPORTED, -30, 0 },
    { AMENDS_CLOCK_EVENT_HAZARD_INVESTIGATED, -18, 0 },
    { AMENDS_CLOCK_EVENT_HAZARD_SUMMARY_SENT, -16, 0 },
    { AMENDS_CLOCK_EVENT_DISSATISFIED, 0, 0 },
    { AMENDS_CLOCK_EVENT_RECEIVED, 0, 0 },
    { AMENDS_CLOCK_EVENT_ACKNOWLEDGED, 2, 0 },
    { AMENDS_CLOCK_EVENT_RESPONDED, 20, 0 },
    { AMENDS_CLOCK_EVENT_WITHDRAWN, 25, 0 },
    END },
  { { AMENDS_CLOCK_EVENT_ENQUIRY_RECEIVED, 0, 0 },
    { AMENDS_CLOCK_EVENT_ENQUIRY_REPLIED, 9, 0 },
    { AMENDS_CLOCK_EVENT_DATA_COMPLAINT_RECEIVED, 0, 0 },
    END },
};

static GBytes *
read_file (const char *folder, const char *kind, const char *id, const char *suffix)
{
  g_autofree char *name = g_strconcat (id, suffix, NULL);
  g_autofree char *path = g_build_filename (folder, kind, name, NULL);
  g_autoptr (GError) error = NULL;
  char *contents;
  gsize length;

  if (!g_file_get_contents (path, &contents, &length, &error))
    g_error ("%s", error->message);
  return g_bytes_new_take (contents, length);
}

static AmendsPolicy *
read_policy (const char *folder, const char *id)
{
  g_autoptr (GBytes) bytes = read_file (folder, "policies", id, ".policy");
  g_autoptr (GError) error = NULL;
  AmendsPolicy *policy = amends_policy_parse (bytes, id, NULL, &error);

  if (policy == NULL)
    g_error ("%s", error->message);
  return policy;
}

static AmendsCalendar *
read_calendar (const char *folder)
{
  g_autoptr (GBytes) bytes = read_file (folder, "calendars", "england-and-wales", ".calendar");
  g_autoptr (GError) error = NULL;
  AmendsCalendar *calendar = amends_calendar_parse (bytes, "calendar", NULL, &error);

  if (calendar == NULL)
    g_error ("%s", error->message);
  return calendar;
}

static AmendsDay
move_history (GArray *events, const Step *steps, AmendsDay received)
{
  AmendsDay last = received;

  g_array_set_size (events, 0);
  for (; steps->kind != AMENDS_CLOCK_EVENT_NONE; steps++)
    {
      const AmendsClockEvent event = { .kind = steps->kind,
                                       .day = received + steps->n_days,
                                       .n_working_days = steps->n_working_days,
                                       .delivered_day = AMENDS_DAY_NONE };

      g_array_append_val (events, event);
      last = MAX (last, event.day);
    }
  return last;
}

int
main (int argc, char *argv[])
{
  guint64 n_rounds = argc > 2 ? g_ascii_strtoull (argv[2], NULL, 10) : N_ROUNDS;
  g_autoptr (GArray) events = g_array_new (FALSE, FALSE, sizeof (AmendsClockEvent));
  g_autoptr (AmendsCalendar) calendar = NULL;
  g_autoptr (AmendsPolicy) code = NULL;
  AmendsPolicy *policies[G_N_ELEMENTS (landlords)];
  gint64 n_clocks = 0, n_histories = 0, wall_us = 0;

  if (argc < 2 || argc > 3)
    {
      g_printerr ("Usage: bench-clocks DATA [ROUNDS]\n");
      return 2;
    }
  calendar = read_calendar (argv[1]);
  code = read_policy (argv[1], "code-2024");
  for (guint i = 0; i < G_N_ELEMENTS (landlords); i++)
    policies[i] = read_policy (argv[1], landlords[i]);

  for (guint64 round = 0; round < n_rounds; round++)
    for (guint i = 0; i < G_N_ELEMENTS (histories); i++)
      {
        AmendsDay received = amends_calendar_get_first_day (calendar) + (int) (round % N_DAYS);
        AmendsDay as_of = move_history (events, histories[i], received) + 5;
        gint64 started_us = g_get_monotonic_time ();

        for (guint j = 0; j < G_N_ELEMENTS (landlords); j++)
          {
            g_autoptr (GPtrArray) rows =
                amends_clocks_compute (policies[j], code, calendar, events, as_of);

            n_clocks += rows->len;
            n_histories++;
          }
        wall_us += g_get_monotonic_time () - started_us;
      }

  g_print ("{\"clocks\": %" G_GINT64_FORMAT ", \"histories\": %" G_GINT64_FORMAT
           ", \"wall_us\": %" G_GINT64_FORMAT ", \"per_second\": %.0f}\n",
           n_clocks, n_histories, wall_us, (double) n_clocks * G_USEC_PER_SEC / (double) wall_us);
  for (guint i = 0; i < G_N_ELEMENTS (landlords); i++)
    amends_policy_unref (policies[i]);
  return EXIT_SUCCESS;
}
