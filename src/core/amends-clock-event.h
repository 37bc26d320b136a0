/* amends-clock-event.h: what starts and ends the clocks of a complaint
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <jansson.h>

#include "core/amends-day.h"

G_BEGIN_DECLS

#define AMENDS_CLOCK_HISTORY_MAX_EVENTS 2000 /* a case of ten years with four entries a week */
#define AMENDS_CLOCK_EXTENSION_MAX_WORKING_DAYS 260 /* a year of them */

/**
 * AmendsClockEventKind:
 *
 * Named in files and input as amends_clock_event_get_name() says. The order is that in which two
 * things of one day are taken to have happened.
 */
typedef enum
{
  AMENDS_CLOCK_EVENT_NONE = 0,
  AMENDS_CLOCK_EVENT_ISSUE_AROSE,
  AMENDS_CLOCK_EVENT_ISSUE_AWARE,
  AMENDS_CLOCK_EVENT_HAZARD_REPORTED,
  AMENDS_CLOCK_EVENT_HAZARD_INVESTIGATED,
  AMENDS_CLOCK_EVENT_HAZARD_SUMMARY_SENT,
  AMENDS_CLOCK_EVENT_HAZARD_MADE_SAFE,
  AMENDS_CLOCK_EVENT_ENQUIRY_RECEIVED,
  AMENDS_CLOCK_EVENT_ENQUIRY_REPLIED,
  AMENDS_CLOCK_EVENT_DATA_COMPLAINT_RECEIVED,
  AMENDS_CLOCK_EVENT_DATA_COMPLAINT_ACKNOWLEDGED,
  AMENDS_CLOCK_EVENT_SERVICE_REQUEST_OPENED,
  AMENDS_CLOCK_EVENT_INFORMAL_OPENED,
  AMENDS_CLOCK_EVENT_SERVICE_REQUEST_RESOLVED,
  AMENDS_CLOCK_EVENT_DISSATISFIED,
  AMENDS_CLOCK_EVENT_RECEIVED,
  AMENDS_CLOCK_EVENT_DECLINED,
  AMENDS_CLOCK_EVENT_REOPENED,
  AMENDS_CLOCK_EVENT_ACKNOWLEDGED,
  AMENDS_CLOCK_EVENT_ASSIGNED,
  AMENDS_CLOCK_EVENT_CONTACTED,
  AMENDS_CLOCK_EVENT_UPDATED,
  AMENDS_CLOCK_EVENT_EXTENDED,
  AMENDS_CLOCK_EVENT_RESPONDED,
  AMENDS_CLOCK_EVENT_PANEL_REQUESTED,
  AMENDS_CLOCK_EVENT_PANEL_DECIDED,
  AMENDS_CLOCK_EVENT_CLOSURE_CONTACT,
  AMENDS_CLOCK_EVENT_CLOSED,
  AMENDS_CLOCK_EVENT_ESCALATION_REQUESTED,
  AMENDS_CLOCK_EVENT_UNDERSTANDING_SENT,
  AMENDS_CLOCK_EVENT_UNDERSTANDING_CONFIRMED,
  AMENDS_CLOCK_EVENT_STAGE2_ACKNOWLEDGED,
  AMENDS_CLOCK_EVENT_STAGE2_ASSIGNED,
  AMENDS_CLOCK_EVENT_STAGE2_CONTACTED,
  AMENDS_CLOCK_EVENT_STAGE2_UPDATED,
  AMENDS_CLOCK_EVENT_STAGE2_EXTENDED,
  AMENDS_CLOCK_EVENT_STAGE2_RESPONDED,
  AMENDS_CLOCK_EVENT_DELIVERED,
  AMENDS_CLOCK_EVENT_STAGE2_CLOSED,
  AMENDS_CLOCK_EVENT_WITHDRAWN,
} AmendsClockEventKind;

#define AMENDS_CLOCK_EVENT_LAST AMENDS_CLOCK_EVENT_WITHDRAWN

/**
 * AmendsClockMedium:
 * @AMENDS_CLOCK_MEDIUM_WRITTEN: by letter, email or message; also where nothing is said
 * @AMENDS_CLOCK_MEDIUM_TELEPHONE: by telephone
 * @AMENDS_CLOCK_MEDIUM_IN_PERSON: by word of mouth, or by hand
 */
typedef enum
{
  AMENDS_CLOCK_MEDIUM_WRITTEN = 0,
  AMENDS_CLOCK_MEDIUM_TELEPHONE,
  AMENDS_CLOCK_MEDIUM_IN_PERSON,
} AmendsClockMedium;

/**
 * AmendsClockEvent:
 * @kind: what happened
 * @day: when; the last day of the period where only that is known
 * @n_working_days: of an extension, 1 to 260
 * @medium: how
 * @delivered_day: when what was sent arrived, or %AMENDS_DAY_NONE
 * @has_good_reason: of an extension: that there was good reason to go over the cap
 * @is_anonymous: of a receipt: that nobody can be answered
 * @restarts: of a reopening: that it starts stage 1 anew
 * @is_emergency: of a hazard: that it is to be made safe in 24 hours
 * @is_no_hazard: of an investigation: that there is none
 * @hazards: of what concerns hazards: a bit for each hazard, that of the one which is reported, or those of all that
 * it is about; 0 where that is not known
 * @turn: of what concerns hazards: how many of that day were told of after an earlier one was over, up to this;
 * 0 where that is not known. What is of a later turn happened later that day
 */
typedef struct
{
  AmendsClockEventKind kind;
  AmendsDay day;
  int n_working_days;
  AmendsClockMedium medium;
  AmendsDay delivered_day;
  gboolean has_good_reason;
  gboolean is_anonymous;
  gboolean restarts;
  gboolean is_emergency;
  gboolean is_no_hazard;
  guint64 hazards;
  guint turn;
} AmendsClockEvent;

const char *amends_clock_event_get_name (AmendsClockEventKind kind);
AmendsClockEventKind amends_clock_event_from_name (const char *name);

GArray *amends_clock_history_parse (const json_t *input, AmendsDay as_of, GError **error);
GArray *amends_clock_history_take (GArray *events, AmendsDay as_of, GError **error);
void amends_clock_history_tidy (GArray *events, AmendsDay as_of);

G_END_DECLS
