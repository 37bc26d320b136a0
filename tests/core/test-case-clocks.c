/* test-case-clocks.c: the clocks of a case, from its acts
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * All was received on Friday 20 November 2026. Christmas Day is a Friday, Boxing Day is kept on Monday
 * the 28th. */

#include <string.h>

#include "core/amends-case-clocks.h"
#include "core/days.h"
#include "core/policy-files.h"
#include "support/case.h"

#define MAX_ACTS 7
#define LETTER "\"channel\":\"letter\""
#define DAY(day) "\"on\":\"2026-" day "\""
#define WHO ",\"complainant\":{\"name\":\"Wren Ashdown\"}"
#define BY_LETTER(day) DAY (day) "," LETTER

static const AmendsClockRow *
find_row (const GPtrArray *rows, const char *source, const char *clock)
{
  for (guint i = 0; i < rows->len; i++)
    {
      const AmendsClockRow *row = g_ptr_array_index (rows, i);

      if (g_str_equal (amends_clock_source_get_name (row->source), source)
          && g_str_equal (amends_clock_name_get_name (row->clock->name), clock))
        return row;
    }
  return NULL;
}

/* "due state met", of what there is; "-" for no row. */
static char *
describe (const AmendsClockRow *row)
{
  char due[AMENDS_DAY_TEXT_SIZE] = "-";
  char met[AMENDS_DAY_TEXT_SIZE] = "";

  if (row == NULL)
    return g_strdup ("-");
  if (row->due_day != AMENDS_DAY_NONE)
    amends_day_format_to (row->due_day, due);
  if (row->met_day != AMENDS_DAY_NONE)
    amends_day_format_to (row->met_day, met);
  return g_strchomp (g_strdup_printf ("%s %s%s %s", due, amends_clock_state_get_name (row->state),
                                      row->is_breached ? "!" : "", met));
}

static const struct
{
  const char *name;
  const char *policy;
  const char *recorded; /* its kind and what follows; NULL: that event has not arrived */
  TestAct acts[MAX_ACTS];
  const char *as_of;
  const char *source;
  const char *clock;
  const char *row; /* due day, state, "!" for a breach, the day it was met */
} rows[] = {
  { "received",
    "one-housing",
    "\"complaint\"" WHO,
    { { NULL } },
    "2026-11-21",
    "policy",
    "acknowledge",
    "2026-11-27 running" },
  { "without-an-edition",
    NULL,
    "\"complaint\"" WHO,
    { { NULL } },
    "2026-11-21",
    "code",
    "acknowledge",
    "2026-11-27 running" },
  { "without-an-edition-none-of-it",
    NULL,
    "\"complaint\"" WHO,
    { { NULL } },
    "2026-11-21",
    "policy",
    "acknowledge",
    "-" },
  { "acknowledged",
    "one-housing",
    "\"complaint\"" WHO,
    { { "acknowledged", BY_LETTER ("11-24"), "2A.2", "2A.1" } },
    "2026-11-24",
    "policy",
    "respond",
    "2026-12-08 running" },
  /* Two days, nobody knows which: the response is due by the earlier, acknowledged was it by the later. */
  { "acknowledged-apart-response",
    "one-housing",
    "\"complaint\"" WHO,
    { { "acknowledged", BY_LETTER ("11-23"), "2A.2", "2A.1" },
      { "acknowledged", BY_LETTER ("11-24"), "7K.1", "2A.1" } },
    "2026-11-24",
    "policy",
    "respond",
    "2026-12-07 running" },
  { "acknowledged-apart",
    "one-housing",
    "\"complaint\"" WHO,
    { { "acknowledged", BY_LETTER ("11-23"), "2A.2", "2A.1" },
      { "acknowledged", BY_LETTER ("11-24"), "7K.1", "2A.1" } },
    "2026-11-24",
    "policy",
    "acknowledge",
    "2026-11-27 met 2026-11-24" },
  { "acknowledged-apart-one-late",
    "one-housing",
    "\"complaint\"" WHO,
    { { "acknowledged", BY_LETTER ("11-26"), "2A.2", "2A.1" },
      { "acknowledged", BY_LETTER ("11-30"), "7K.1", "2A.1" } },
    "2026-11-30",
    "policy",
    "acknowledge",
    "2026-11-27 met-late! 2026-11-30" },
  /* In time by either pair of days, and late by the earlier start and the later end. */
  { "acknowledged-and-responded-apart",
    "one-housing",
    "\"complaint\"" WHO,
    { { "acknowledged", BY_LETTER ("11-23"), "2A.2", "2A.1" },
      { "acknowledged", BY_LETTER ("11-26"), "7K.1", "2A.1" },
      { "responded", BY_LETTER ("12-07"), "2A.3", "2A.2,7K.1" },
      { "responded", BY_LETTER ("12-08"), "7K.2", "2A.2,7K.1" } },
    "2026-12-09",
    "policy",
    "respond",
    "2026-12-07 met-late! 2026-12-08" },
  { "acknowledged-apart-settled",
    "one-housing",
    "\"complaint\"" WHO,
    { { "acknowledged", BY_LETTER ("11-23"), "2A.2", "2A.1" },
      { "acknowledged", BY_LETTER ("11-24"), "7K.1", "2A.1" },
      { "conflict.settled", "\"field\":\"acknowledged\",\"value\":{" BY_LETTER ("11-24") "}",
        "2A.3", "2A.2,7K.1" } },
    "2026-11-24",
    "policy",
    "respond",
    "2026-12-08 running" },
  { "withdrawn-and-promoted",
    "one-housing",
    "\"service-request\"" WHO,
    { { "dissatisfied", BY_LETTER ("11-23"), "2A.2", "2A.1" },
      { "withdrawn", DAY ("11-24"), "2A.3", "2A.2" },
      { "promoted", DAY ("11-23"), "2A.4", "2A.3" } },
    "2026-11-25",
    "policy",
    "acknowledge",
    "2026-11-30 running" },
  /* By telephone first, then the letter: only the letter counts here. */
  { "acknowledged-by-telephone",
    "rosebery",
    "\"complaint\"" WHO,
    { { "acknowledged", DAY ("11-23") ",\"channel\":\"telephone\"", "2A.2", "2A.1" },
      { "acknowledged", BY_LETTER ("11-24"), "2A.3", "2A.2" } },
    "2026-11-24",
    "policy",
    "acknowledge",
    "2026-11-24 met 2026-11-24" },
  { "received-apart",
    "one-housing",
    "\"service-request\"" WHO,
    { { "promoted", DAY ("11-24"), "2A.2", "2A.1" },
      { "promoted", DAY ("11-23"), "7K.1", "2A.1" } },
    "2026-11-24",
    "policy",
    "acknowledge",
    "2026-11-30 running" },
  { "extended",
    "one-housing",
    "\"complaint\"" WHO,
    { { "acknowledged", BY_LETTER ("11-24"), "2A.2", "2A.1" },
      { "extended", DAY ("12-01") ",\"working_days\":3", "2A.3", "2A.2" },
      { "extended", DAY ("12-02") ",\"working_days\":2", "2A.4", "2A.3" } },
    "2026-12-02",
    "policy",
    "respond",
    "2026-12-15 running" },
  { "extended-apart",
    "one-housing",
    "\"complaint\"" WHO,
    { { "acknowledged", BY_LETTER ("11-24"), "2A.2", "2A.1" },
      { "extended", DAY ("12-01") ",\"working_days\":10", "2A.3", "2A.2" },
      { "extended", DAY ("12-02") ",\"working_days\":5", "7K.1", "2A.2" } },
    "2026-12-02",
    "policy",
    "respond",
    "2026-12-15 running" },
  { "extended-apart-by-as-much",
    "one-housing",
    "\"complaint\"" WHO,
    { { "acknowledged", BY_LETTER ("11-24"), "2A.2", "2A.1" },
      { "extended", DAY ("12-01") ",\"working_days\":5", "2A.3", "2A.2" },
      { "extended", DAY ("12-01") ",\"working_days\":5", "7K.1", "2A.2" } },
    "2026-12-02",
    "policy",
    "respond",
    "2026-12-15 running" },
  { "contact-that-reached-nobody",
    "one-housing",
    "\"complaint\"" WHO,
    { { "assigned", DAY ("11-23"), "2A.2", "2A.1" },
      { "contacted", DAY ("11-24") ",\"reached\":false", "2A.3", "2A.2" },
      { "contacted", DAY ("11-25"), "2A.4", "2A.3" } },
    "2026-11-25",
    "policy",
    "contact",
    "2026-11-26 met 2026-11-25" },
  /* Strange histories, as a sync may leave them. */
  { "root-not-arrived",
    "one-housing",
    NULL,
    { { "acknowledged", BY_LETTER ("11-24"), "2A.2", "2A.1" } },
    "2026-11-24",
    "policy",
    "acknowledge",
    "-" },
  { "answered-before-it-was-received",
    "one-housing",
    "\"complaint\"" WHO,
    { { "acknowledged", BY_LETTER ("11-24"), "2A.2", "2A.1" },
      { "responded", BY_LETTER ("11-08"), "2A.3", "2A.2" } },
    "2026-11-24",
    "policy",
    "respond",
    "2026-12-08 running" },
  { "stage-2-without-a-request",
    "one-housing",
    "\"complaint\"" WHO,
    { { "stage2-acknowledged", BY_LETTER ("11-24"), "2A.2", "2A.1" },
      { "stage2-extended", DAY ("11-24") ",\"working_days\":-4", "2A.3", "2A.2" } },
    "2026-11-24",
    "policy",
    "stage2-respond",
    "-" },
  { "in-the-future",
    "one-housing",
    "\"complaint\"" WHO,
    { { "acknowledged", BY_LETTER ("12-24"), "2A.2", "2A.1" } },
    "2026-11-24",
    "policy",
    "acknowledge",
    "2026-11-27 running" },
  /* The window opens when the letter has arrived. */
  { "delivered",
    "rosebery",
    "\"complaint\"" WHO,
    { { "acknowledged", BY_LETTER ("11-24"), "2A.2", "2A.1" },
      { "responded", BY_LETTER ("12-08"), "2A.3", "2A.2" },
      { "delivered", DAY ("12-10") ",\"stage\":1", "2A.4", "2A.3" },
      { "delivered", DAY ("12-09") ",\"stage\":2", "2A.5", "2A.4" } },
    "2026-12-10",
    "policy",
    "escalate",
    "2027-01-12 open" },
  { "escalated",
    "one-housing",
    "\"complaint\"" WHO,
    { { "responded", BY_LETTER ("11-24"), "2A.2", "2A.1" },
      { "escalation-requested", BY_LETTER ("11-25"), "2A.3", "2A.2" } },
    "2026-11-25",
    "policy",
    "stage2-acknowledge",
    "2026-12-02 running" },
  { "escalation-refused",
    "one-housing",
    "\"complaint\"" WHO,
    { { "responded", BY_LETTER ("11-24"), "2A.2", "2A.1" },
      { "escalation-requested", BY_LETTER ("11-25"), "2A.3", "2A.2" },
      { "escalation-refused", DAY ("11-26"), "2A.4", "2A.3" } },
    "2026-11-26",
    "policy",
    "stage2-acknowledge",
    "2026-12-02 ended" },
  { "escalation-refused-and-asked-again",
    "one-housing",
    "\"complaint\"" WHO,
    { { "responded", BY_LETTER ("11-24"), "2A.2", "2A.1" },
      { "escalation-requested", BY_LETTER ("11-25"), "2A.3", "2A.2" },
      { "escalation-refused", DAY ("11-26"), "2A.4", "2A.3" },
      { "escalation-requested", BY_LETTER ("11-27"), "2A.5", "2A.4" } },
    "2026-11-27",
    "policy",
    "stage2-acknowledge",
    "2026-12-04 running" },
  { "escalation-refused-then-begun",
    "one-housing",
    "\"complaint\"" WHO,
    { { "responded", BY_LETTER ("11-24"), "2A.2", "2A.1" },
      { "escalation-requested", BY_LETTER ("11-25"), "2A.3", "2A.2" },
      { "escalation-refused", DAY ("11-26"), "2A.4", "2A.3" },
      { "stage2-acknowledged", BY_LETTER ("11-27"), "2A.5", "2A.4" } },
    "2026-11-27",
    "policy",
    "stage2-acknowledge",
    "2026-12-02 met 2026-11-27" },
  /* Stage 1 is not answered yet: a refusal of stage 2 ends nothing of it. */
  { "escalation-refused-early",
    "one-housing",
    "\"complaint\"" WHO,
    { { "acknowledged", BY_LETTER ("11-24"), "2A.2", "2A.1" },
      { "escalation-requested", BY_LETTER ("11-25"), "2A.3", "2A.2" },
      { "escalation-refused", DAY ("11-26"), "2A.4", "2A.3" } },
    "2026-11-26",
    "policy",
    "respond",
    "2026-12-08 running" },
  { "refused-without-a-request",
    "one-housing",
    "\"complaint\"" WHO,
    { { "acknowledged", BY_LETTER ("11-24"), "2A.2", "2A.1" },
      { "escalation-refused", DAY ("11-26"), "2A.3", "2A.2" } },
    "2026-11-26",
    "policy",
    "respond",
    "2026-12-08 running" },
  /* A hazard that came with a service request: its clocks are those of the request's day. */
  { "hazard",
    "housing-21",
    "\"service-request\"" WHO ",\"hazard\":\"Mould\"",
    { { NULL } },
    "2026-11-21",
    "policy",
    "hazard-investigate",
    "2026-12-04 running" },
  /* What was drafted and sent is the response. */
  { "sent",
    "one-housing",
    "\"complaint\"" WHO,
    { { "acknowledged", BY_LETTER ("11-24"), "2A.2", "2A.1" },
      { "drafted", DAY ("11-30"), "2A.3", "2A.2" },
      { "approved", DAY ("11-30") ",\"draft\":\"2A.3\",\"agreed\":true", "2A.4", "2A.3" },
      { "sent", BY_LETTER ("12-01") ",\"draft\":\"2A.3\"", "2A.5", "2A.4" } },
    "2026-12-02",
    "policy",
    "respond",
    "2026-12-08 met 2026-12-01" },
  { "drafted-and-approved",
    "one-housing",
    "\"complaint\"" WHO,
    { { "acknowledged", BY_LETTER ("11-24"), "2A.2", "2A.1" },
      { "drafted", DAY ("11-30"), "2A.3", "2A.2" },
      { "approved", DAY ("11-30") ",\"draft\":\"2A.3\",\"agreed\":true", "2A.4", "2A.3" } },
    "2026-12-02",
    "policy",
    "respond",
    "2026-12-08 running" },
  { "stage-2-sent",
    "one-housing",
    "\"complaint\"" WHO,
    { { "acknowledged", BY_LETTER ("11-24"), "2A.2", "2A.1" },
      { "sent", BY_LETTER ("12-01"), "2A.3", "2A.2" },
      { "escalation-requested", DAY ("12-02"), "2A.4", "2A.3" },
      { "stage2-acknowledged", BY_LETTER ("12-03"), "2A.5", "2A.4" },
      { "stage2-sent", BY_LETTER ("12-10"), "2A.6", "2A.5" } },
    "2026-12-11",
    "code",
    "stage2-respond",
    "2027-01-05 met 2026-12-10" },
  { "hazard-emergency",
    "housing-21",
    "\"service-request\"" WHO ",\"hazard\":\"Gas\",\"hazard_emergency\":true",
    { { NULL } },
    "2026-11-22",
    "policy",
    "hazard-emergency",
    "2026-11-21 overdue!" },
  { "hazard-emergency-made-safe",
    "housing-21",
    "\"service-request\"" WHO ",\"hazard_emergency\":true",
    { { "hazard-made-safe", DAY ("11-21"), "2A.2", "2A.1" } },
    "2026-11-22",
    "policy",
    "hazard-emergency",
    "2026-11-21 met 2026-11-21" },
  { "hazard-told-later",
    "housing-21",
    "\"service-request\"" WHO,
    { { "hazard-reported", DAY ("11-24") ",\"emergency\":true", "2A.2", "2A.1" } },
    "2026-11-24",
    "policy",
    "hazard-emergency",
    "2026-11-25 running" },
  /* Another one, on the day on which the first was made safe: it is not safe by that. */
  { "hazard-told-on-the-day-of-safety",
    "housing-21",
    "\"service-request\"" WHO ",\"hazard\":true",
    { { "hazard-made-safe", DAY ("11-24"), "2A.2", "2A.1" },
      { "hazard-reported", DAY ("11-24") ",\"emergency\":true", "2A.3", "2A.2" } },
    "2026-11-26",
    "policy",
    "hazard-emergency",
    "2026-11-25 overdue!" },
  { "hazard-told-apart-on-the-day-of-safety",
    "housing-21",
    "\"service-request\"" WHO ",\"hazard\":true",
    { { "hazard-made-safe", DAY ("11-24"), "2A.2", "2A.1" },
      { "hazard-reported", DAY ("11-24") ",\"emergency\":true", "7K.1", "2A.1" } },
    "2026-11-26",
    "policy",
    "hazard-emergency",
    "2026-11-25 overdue!" },
  { "hazard-told-and-safe-twice-a-day",
    "housing-21",
    "\"service-request\"" WHO ",\"hazard\":true",
    { { "hazard-made-safe", DAY ("11-24"), "2A.2", "2A.1" },
      { "hazard-reported", DAY ("11-24") ",\"emergency\":true", "2A.3", "2A.2" },
      { "hazard-made-safe", DAY ("11-24"), "2A.4", "2A.3" } },
    "2026-11-26",
    "policy",
    "hazard-emergency",
    "2026-11-25 met 2026-11-24" },
  { "hazard-told-and-safe-within-a-day",
    "housing-21",
    "\"service-request\"" WHO,
    { { "hazard-reported", DAY ("11-24") ",\"emergency\":true", "2A.2", "2A.1" },
      { "hazard-made-safe", DAY ("11-24"), "2A.3", "2A.2" } },
    "2026-11-26",
    "policy",
    "hazard-emergency",
    "2026-11-25 met 2026-11-24" },
  { "hazard-told-once-the-request-was-resolved",
    "housing-21",
    "\"service-request\"" WHO ",\"hazard\":true",
    { { "hazard-made-safe", DAY ("11-23"), "2A.2", "2A.1" },
      { "request-resolved", DAY ("11-24"), "2A.3", "2A.2" },
      { "hazard-reported", DAY ("11-24") ",\"emergency\":true", "2A.4", "2A.3" } },
    "2026-11-26",
    "policy",
    "hazard-emergency",
    "2026-11-25 overdue!" },
  /* Two beside each other: what is done about one is not done about the other. */
  { "hazards-first-safe",
    "housing-21",
    "\"service-request\"" WHO ",\"hazard_emergency\":true",
    { { "hazard-reported", DAY ("11-24") ",\"emergency\":true", "2A.2", "2A.1" },
      { "hazard-made-safe", DAY ("11-24") ",\"hazard\":\"2A.1\"", "2A.3", "2A.2" } },
    "2026-11-26",
    "policy",
    "hazard-emergency",
    "2026-11-25 overdue!" },
  { "hazards-second-safe",
    "housing-21",
    "\"service-request\"" WHO ",\"hazard_emergency\":true",
    { { "hazard-reported", DAY ("11-24") ",\"emergency\":true", "2A.2", "2A.1" },
      { "hazard-made-safe", DAY ("11-24") ",\"hazard\":\"2A.2\"", "2A.3", "2A.2" } },
    "2026-11-26",
    "policy",
    "hazard-emergency",
    "2026-11-21 overdue!" },
  { "hazards-both-safe",
    "housing-21",
    "\"service-request\"" WHO ",\"hazard_emergency\":true",
    { { "hazard-reported", DAY ("11-24") ",\"emergency\":true", "2A.2", "2A.1" },
      { "hazard-made-safe", DAY ("11-24") ",\"hazard\":\"2A.2\"", "2A.3", "2A.2" },
      { "hazard-made-safe", DAY ("11-21") ",\"hazard\":\"2A.1\"", "2A.4", "2A.3" } },
    "2026-11-26",
    "policy",
    "hazard-emergency",
    "2026-11-25 met 2026-11-24" },
  /* As it was written before hazards were told apart: all that whoever did it knew of. */
  { "hazards-unnamed",
    "housing-21",
    "\"service-request\"" WHO ",\"hazard_emergency\":true",
    { { "hazard-reported", DAY ("11-24") ",\"emergency\":true", "2A.2", "2A.1" },
      { "hazard-made-safe", DAY ("11-25"), "2A.3", "2A.2" } },
    "2026-11-26",
    "policy",
    "hazard-emergency",
    "2026-11-25 met! 2026-11-25" },
  /* Somebody made the first one safe who did not know of the other. */
  { "hazards-told-apart",
    "housing-21",
    "\"service-request\"" WHO ",\"hazard\":true",
    { { "hazard-made-safe", DAY ("11-25"), "2A.2", "2A.1" },
      { "hazard-reported", DAY ("11-24") ",\"emergency\":true", "7K.1", "2A.1" } },
    "2026-11-26",
    "policy",
    "hazard-emergency",
    "2026-11-25 overdue!" },
  { "hazard-investigated",
    "housing-21",
    "\"service-request\"" WHO ",\"hazard\":true",
    { { "hazard-investigated", DAY ("11-24") ",\"found\":true", "2A.2", "2A.1" } },
    "2026-11-25",
    "policy",
    "hazard-make-safe",
    "2026-12-01 running" },
  { "hazard-none",
    "housing-21",
    "\"service-request\"" WHO ",\"hazard\":true",
    { { "hazard-investigated", DAY ("11-24") ",\"found\":false", "2A.2", "2A.1" } },
    "2026-11-25",
    "policy",
    "hazard-make-safe",
    "-" },
  /* Two looked apart, on one day, and one of them found it. */
  { "hazard-investigated-apart",
    "housing-21",
    "\"service-request\"" WHO ",\"hazard\":true",
    { { "hazard-investigated", DAY ("11-24") ",\"found\":false", "2A.2", "2A.1" },
      { "hazard-investigated", DAY ("11-24") ",\"found\":true", "7K.1", "2A.1" } },
    "2026-11-25",
    "policy",
    "hazard-make-safe",
    "2026-12-01 running" },
  /* Two say differently when: investigated at the latest, the summary due from the earliest. */
  { "hazard-summary-apart",
    "housing-21",
    "\"service-request\"" WHO ",\"hazard\":true",
    { { "hazard-investigated", DAY ("11-24") ",\"found\":true", "2A.2", "2A.1" },
      { "hazard-investigated", DAY ("11-26") ",\"found\":true", "7K.1", "2A.1" },
      { "hazard-summary-sent", BY_LETTER ("11-30"), "2A.3", "2A.2,7K.1" } },
    "2026-12-01",
    "policy",
    "hazard-written-summary",
    "2026-11-27 met-late! 2026-11-30" },
  { "hazard-summary",
    "housing-21",
    "\"service-request\"" WHO ",\"hazard\":true",
    { { "hazard-investigated", DAY ("11-24") ",\"found\":true", "2A.2", "2A.1" },
      { "hazard-summary-sent", BY_LETTER ("11-27"), "2A.3", "2A.2" } },
    "2026-12-01",
    "policy",
    "hazard-written-summary",
    "2026-11-27 met 2026-11-27" },
  /* Taking the complaint back takes no hazard back. */
  { "hazard-withdrawn",
    "housing-21",
    "\"complaint\"" WHO ",\"hazard\":true",
    { { "withdrawn", DAY ("11-24"), "2A.2", "2A.1" } },
    "2026-12-07",
    "policy",
    "hazard-investigate",
    "2026-12-04 overdue!" },
  /* The quick resolution has its own clock, and the complaint begins when they were unhappy with it. */
  { "request",
    "rosebery",
    "\"service-request\"" WHO,
    { { "request-resolved", DAY ("11-24"), "2A.2", "2A.1" } },
    "2026-11-24",
    "policy",
    "service-request",
    "2026-11-25 met 2026-11-24" },
  { "request-promoted",
    "rosebery",
    "\"service-request\"" WHO,
    { { "request-resolved", DAY ("11-24"), "2A.2", "2A.1" },
      { "dissatisfied", BY_LETTER ("11-25"), "2A.3", "2A.2" },
      { "promoted", DAY ("11-25"), "2A.4", "2A.3" } },
    "2026-11-26",
    "policy",
    "acknowledge",
    "2026-11-27 running" },
  /* Nobody has made it a complaint, and the Code's clock runs all the same. */
  { "dissatisfied",
    "rosebery",
    "\"service-request\"" WHO,
    { { "dissatisfied", BY_LETTER ("11-25"), "2A.2", "2A.1" } },
    "2026-11-26",
    "code",
    "acknowledge",
    "2026-12-02 running" },
  { "informal",
    "wdh",
    "\"informal\"" WHO,
    { { "promoted", DAY ("11-25"), "2A.2", "2A.1" } },
    "2026-11-26",
    "policy",
    "acknowledge",
    "2026-12-02 running" },
  { "informal-by-the-code",
    "wdh",
    "\"informal\"" WHO,
    { { "promoted", DAY ("11-25"), "2A.2", "2A.1" } },
    "2026-11-26",
    "code",
    "acknowledge",
    "2026-11-27 running" },
  { "informal-beside-it",
    "wdh",
    "\"informal\"" WHO,
    { { NULL } },
    "2026-11-26",
    "policy",
    "service-request",
    "2026-12-01 running" },
  { "request-to-escalate",
    "one-housing",
    "\"escalation-request\"" WHO,
    { { NULL } },
    "2026-11-21",
    "policy",
    "acknowledge",
    "2026-11-27 running" },
  { "anonymous",
    "one-housing",
    "\"complaint\",\"anonymous\":true" WHO,
    { { NULL } },
    "2026-11-21",
    "policy",
    "acknowledge",
    "-" },
  { "nobody-named",
    "one-housing",
    "\"complaint\"",
    { { NULL } },
    "2026-11-21",
    "policy",
    "acknowledge",
    "-" },
  { "nobody-named-but-a-number",
    "one-housing",
    "\"complaint\"",
    { { "contact.changed", "\"phone\":\"0200\"", "2A.2", "2A.1" } },
    "2026-11-21",
    "policy",
    "acknowledge",
    "2026-11-27 running" },
  { "member-of-parliament",
    "one-housing",
    "\"elected-member-enquiry\"" WHO,
    { { "responded", BY_LETTER ("12-03"), "2A.2", "2A.1" } },
    "2026-12-04",
    "policy",
    "enquiry",
    "2026-12-04 met 2026-12-03" },
  { "data-protection",
    "one-housing",
    "\"data-protection-complaint\"" WHO,
    { { "acknowledged", BY_LETTER ("12-03"), "2A.2", "2A.1" } },
    "2026-12-04",
    "policy",
    "data-complaint",
    "2026-12-21 met 2026-12-03" },
  /* The last of the issues counts, and a month until its end. */
  { "issues",
    "rosebery",
    "\"complaint\"" WHO,
    { { "issue.added", "\"what\":\"a\",\"arose\":\"2024\"", "2A.2", "2A.1" },
      { "issue.added", "\"what\":\"b\",\"arose\":\"2026-05\"", "2A.3", "2A.2" } },
    "2026-11-21",
    "policy",
    "age-limit",
    "2026-11-30 ended 2026-11-20" },
  { "issue-known-later",
    "wdh",
    "\"complaint\"" WHO,
    { { "issue.added", "\"what\":\"a\",\"arose\":\"2025-10\",\"aware\":\"2026-01-04\"", "2A.2",
        "2A.1" } },
    "2026-11-21",
    "policy",
    "age-limit",
    "2026-07-06 lapsed 2026-11-20" },
  { "withdrawn",
    "one-housing",
    "\"complaint\"" WHO,
    { { "withdrawn", DAY ("11-24"), "2A.2", "2A.1" } },
    "2026-11-24",
    "policy",
    "acknowledge",
    "2026-11-27 ended" },
  /* One issue was declined, not the complaint. */
  { "issue-declined",
    "one-housing",
    "\"complaint\"" WHO,
    { { "declined", DAY ("11-24") ",\"issue\":\"2A.9\"", "2A.2", "2A.1" } },
    "2026-11-24",
    "policy",
    "acknowledge",
    "2026-11-27 running" },
  { "refusal-overturned",
    "one-housing",
    "\"complaint\"" WHO,
    { { "declined", DAY ("11-24"), "2A.2", "2A.1" },
      { "reopened", DAY ("11-25") ",\"because\":\"refusal-overturned\"", "2A.3", "2A.2" } },
    "2026-11-25",
    "policy",
    "acknowledge",
    "2026-12-02 running" },
};

static void
test_rows (gconstpointer data)
{
  guint n = GPOINTER_TO_UINT (data);
  g_autoptr (AmendsPolicy) policy = rows[n].policy != NULL ? load_policy (rows[n].policy) : NULL;
  g_autoptr (AmendsPolicy) code = load_policy ("code-2024");
  g_autoptr (AmendsCalendar) calendar = load_calendar ();
  AmendsRules rules = { .policy = policy, .code = code, .calendar = calendar };
  g_autoptr (AmendsCase) complaint = test_case_new (rows[n].recorded, rows[n].acts, MAX_ACTS);
  g_autoptr (GPtrArray) computed = NULL;
  g_autofree char *row = NULL;
  AmendsDay as_of;

  g_assert_true (amends_day_parse (rows[n].as_of, &as_of, NULL));
  computed = amends_case_compute_clocks (complaint, &rules, as_of);
  row = describe (find_row (computed, rows[n].source, rows[n].clock));
  g_assert_cmpstr (row, ==, rows[n].row);
}

/* Acts of every kind with members of every kind: there are rows, and never a failure. */
static void
test_hostile (void)
{
  static const char *const members[] = { "on",      "channel",     "working_days", "delivered_on",
                                         "because", "good_reason", "stage",        "step",
                                         "issue",   "reached",     "field",        "value" };
  static const char *const values[] = { "null",
                                        "true",
                                        "-1",
                                        "99999999999",
                                        "\"\"",
                                        "\"2026-11-24\"",
                                        "\"2026-11-31\"",
                                        "\"1899-01-01\"",
                                        "\"2199-12-31\"",
                                        "[[]]",
                                        "{\"on\":7}",
                                        "\"acknowledged\"",
                                        "1",
                                        "2" };
  g_autoptr (AmendsPolicy) policy = load_policy ("rosebery");
  g_autoptr (AmendsPolicy) code = load_policy ("code-2024");
  g_autoptr (AmendsCalendar) calendar = load_calendar ();
  AmendsRules rules = { .policy = policy, .code = code, .calendar = calendar };
  AmendsDay as_of;

  g_assert_true (amends_day_parse ("2026-12-24", &as_of, NULL));
  for (guint round = 0; round < 500; round++)
    {
      TestAct acts[MAX_ACTS] = { { NULL } };
      g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
      g_autoptr (AmendsCase) complaint = NULL;
      g_autoptr (GPtrArray) computed = NULL;
      g_autoptr (GArray) events = NULL;
      g_autoptr (GError) error = NULL;

      for (guint i = 0; i < MAX_ACTS; i++)
        {
          GString *text = g_string_new ("\"on\":\"2026-11-24\"");

          for (guint m = 1; m < G_N_ELEMENTS (members); m++)
            if (g_test_rand_bit ())
              g_string_append_printf (text, ",\"%s\":%s", members[m],
                                      values[g_test_rand_int_range (0, G_N_ELEMENTS (values))]);
          g_ptr_array_add (texts, g_string_free (text, FALSE));
          g_ptr_array_add (texts,
                           g_strdup_printf ("%s.%u", g_test_rand_bit () ? "2A" : "7K", i + 2));
          acts[i] =
              (TestAct){ .id = g_ptr_array_index (texts, texts->len - 1),
                         .after = "2A.1",
                         .type = amends_event_type_to_string (
                             (AmendsEventType) g_test_rand_int_range (1, AMENDS_EVENT_N_TYPES)),
                         .members = g_ptr_array_index (texts, texts->len - 2) };
        }
      complaint = test_case_new ("\"complaint\"" WHO, acts, MAX_ACTS);
      events = amends_case_dup_clock_events (complaint, NULL);
      amends_clock_history_tidy (events, as_of);
      g_assert_nonnull (amends_clock_history_take (events, as_of, &error));
      g_assert_no_error (error);
      computed = amends_case_compute_clocks (complaint, &rules, as_of);
      g_assert_nonnull (computed);
      g_assert_nonnull (find_row (computed, "code", "acknowledge"));
    }
}

/* Each of three hazards beside each other is looked at once, however they are ordered. */
static void
test_three_hazards (void)
{
  static const TestAct acts[] = {
    { "hazard-reported", DAY ("11-24") ",\"emergency\":true", "2A.2", "2A.1" },
    { "hazard-reported", DAY ("11-25") ",\"emergency\":true", "2A.3", "2A.2" },
    { "hazard-made-safe", DAY ("11-25") ",\"hazard\":\"2A.3\"", "2A.4", "2A.3" },
  };
  g_autoptr (AmendsCase) complaint =
      test_case_new ("\"service-request\"" WHO ",\"hazard_emergency\":true", acts,
                     G_N_ELEMENTS (acts));
  g_autoptr (AmendsPolicy) policy = load_policy ("housing-21");
  g_autoptr (AmendsPolicy) code = load_policy ("code-2024");
  g_autoptr (AmendsCalendar) calendar = load_calendar ();
  const AmendsRules rules = { policy, code, calendar, NULL };
  g_autoptr (GPtrArray) clocks =
      amends_case_compute_clocks (complaint, &rules, day_of ("2026-11-26"));
  guint n_found = 0;

  for (guint i = 0; i < clocks->len; i++)
    {
      const AmendsClockRow *row = g_ptr_array_index (clocks, i);

      if (row->clock->name != AMENDS_CLOCK_HAZARD_EMERGENCY)
        continue;
      n_found++;
      g_assert_nonnull (row->earlier);
      g_assert_cmpuint (row->earlier->len, ==, 2);
    }
  g_assert_cmpuint (n_found, >, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strconcat ("/case-clocks/", rows[i].name, NULL);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_rows);
    }
  g_test_add_func ("/case-clocks/hostile", test_hostile);
  g_test_add_func ("/case-clocks/three-hazards", test_three_hazards);
  return g_test_run ();
}
