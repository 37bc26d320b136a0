/* amends-intake-after.c: the fields of the acts around a complaint and after its answer
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * As in amends-intake.c the order of a table is the order of the keys in the body of the event. */

#include "core/amends-intake-private.h"

/* Source: Complaint Handling Code 2024, 9.1 and 9.2; for the landlord, its agent, or both: Reliance, App 1. */
static const AmendsSchemaField learning_fields[] = {
  ON,
  { "what", AMENDS_SCHEMA_TEXT, REQUIRED },
  { "for", AMENDS_SCHEMA_CODE, .codes = "learning-for" },
  { "change", AMENDS_SCHEMA_TEXT },
  { "issue", AMENDS_SCHEMA_ID },
  { "owner", AMENDS_SCHEMA_OBJECT, .members = amends_person_fields },
  { "due", AMENDS_SCHEMA_DAY, .not_before = "on" },
  { NULL },
};

static const AmendsSchemaField survey_fields[] = {
  { "step", AMENDS_SCHEMA_CODE, REQUIRED, .codes = "survey-step" },
  ON,
  CHANNEL_IF_ANY,
  { "satisfied", AMENDS_SCHEMA_CODE, .codes = "satisfaction" },
  { "text", AMENDS_SCHEMA_TEXT },
  { NULL },
};

static const AmendsSchemaField referred_fields[] = {
  ON,
  { "to", AMENDS_SCHEMA_CODE, REQUIRED, .codes = "external-body", .detail = "to_detail" },
  { "to_detail", AMENDS_SCHEMA_LINE },
  { "by_complainant", AMENDS_SCHEMA_BOOLEAN, REQUIRED },
  { "reference", AMENDS_SCHEMA_LINE },
  { "due", AMENDS_SCHEMA_DAY, .not_before = "on" },
  { "text", AMENDS_SCHEMA_TEXT },
  { NULL },
};

static const AmendsSchemaField determination_fields[] = {
  ON,
  { "determination", AMENDS_SCHEMA_CODE, REQUIRED, .codes = "determination" },
  { "issue", AMENDS_SCHEMA_ID },
  { "reference", AMENDS_SCHEMA_LINE },
  { "text", AMENDS_SCHEMA_TEXT },
  { NULL },
};

/* An order binds, a recommendation does not. */
static const AmendsSchemaField order_fields[] = {
  ON,
  { "what", AMENDS_SCHEMA_TEXT, REQUIRED },
  { "binding", AMENDS_SCHEMA_BOOLEAN, REQUIRED },
  { "order", AMENDS_SCHEMA_CODE, .codes = "order" },
  { "owner", AMENDS_SCHEMA_OBJECT, REQUIRED, .members = amends_person_fields },
  { "due", AMENDS_SCHEMA_DAY, REQUIRED, .not_before = "on" },
  { NULL },
};

static const AmendsSchemaField order_done_fields[] = {
  { "order", AMENDS_SCHEMA_ID, REQUIRED }, ON,       { "text", AMENDS_SCHEMA_TEXT, REQUIRED },
  { "told_on", AMENDS_SCHEMA_PAST_DAY },   { NULL },
};

/* Source: Complaint Handling Code 2024, 5.14 and 5.15. */
static const AmendsSchemaField behaviour_restriction_fields[] = {
  ON,
  { "what", AMENDS_SCHEMA_TEXT, REQUIRED },
  { "reasons", AMENDS_SCHEMA_TEXT, REQUIRED },
  { "evidence", AMENDS_SCHEMA_TEXT },
  { "equality", AMENDS_SCHEMA_TEXT },
  { "review", AMENDS_SCHEMA_DAY, .not_before = "on" },
  { "decided_by", AMENDS_SCHEMA_OBJECT, .members = amends_decider_fields },
  { "told_on", AMENDS_SCHEMA_PAST_DAY },
  { NULL },
};

static const AmendsSchemaField behaviour_reviewed_fields[] = {
  { "restriction", AMENDS_SCHEMA_ID, REQUIRED },
  ON,
  { "outcome", AMENDS_SCHEMA_CODE, REQUIRED, .codes = "restriction-review" },
  { "reasons", AMENDS_SCHEMA_TEXT, REQUIRED },
  { "review", AMENDS_SCHEMA_DAY, .not_before = "on" },
  { NULL },
};

static const AmendsSchemaField panel_recommended_fields[] = {
  STAGE,
  ON,
  { "outcome", AMENDS_SCHEMA_CODE, REQUIRED, .codes = "panel-outcome" },
  { "text", AMENDS_SCHEMA_TEXT },
  { "members", AMENDS_SCHEMA_OBJECTS, REQUIRED, .max = MAX_LINES, .members = amends_person_fields },
  { NULL },
};

/* Another case by its reference: it may not have arrived on this device. */
static const AmendsSchemaField matched_fields[] = {
  ON,
  { "with", AMENDS_SCHEMA_LINE, REQUIRED },
  { "as", AMENDS_SCHEMA_CODE, REQUIRED, .codes = "match" },
  { "because", AMENDS_SCHEMA_TEXT },
  { NULL },
};

/* Source: Complaint Handling Code 2024, 6.8. */
static const AmendsSchemaField joined_fields[] = {
  ON,
  { "with", AMENDS_SCHEMA_LINE, REQUIRED },
  { "received", AMENDS_SCHEMA_PAST_DAY, REQUIRED },
  { "because", AMENDS_SCHEMA_TEXT },
  { NULL },
};

static const AmendsSchemaField split_fields[] = {
  { "issue", AMENDS_SCHEMA_ID, REQUIRED }, ON,       { "with", AMENDS_SCHEMA_LINE, REQUIRED },
  { "because", AMENDS_SCHEMA_TEXT },       { NULL },
};

static const AmendsSchemaField parted_fields[] = {
  { "event", AMENDS_SCHEMA_ID, REQUIRED },
  ON,
  { "because", AMENDS_SCHEMA_TEXT, REQUIRED },
  { NULL },
};

/* Source: Housing 21, 5.2 and App A: told of, and no clock begins anew with it. */
static const AmendsSchemaField forwarded_fields[] = {
  ON,
  { "forwarded_to", AMENDS_SCHEMA_LINE, REQUIRED },
  { "because", AMENDS_SCHEMA_TEXT },
  { "told_on", AMENDS_SCHEMA_PAST_DAY },
  CHANNEL_IF_ANY,
  { NULL },
};

/* Whether this device may write there is for the store to say, which knows its feeds. */
static const AmendsSchemaField moved_fields[] = {
  { "to", AMENDS_SCHEMA_SCHEME, REQUIRED },
  { "because", AMENDS_SCHEMA_TEXT, REQUIRED },
  { NULL },
};

/* A name and nothing else: a role, or why, would tell of what is kept elsewhere on purpose. */
static const AmendsSchemaField asked_fields[] = {
  { "name", AMENDS_SCHEMA_LINE, REQUIRED },
  { "staff", AMENDS_SCHEMA_ID },
  { NULL },
};

/* Source: Housing 21, App B. Without somebody to ask nobody has to be any more. */
static const AmendsSchemaField ask_first_fields[] = {
  ON,
  { "ask", AMENDS_SCHEMA_OBJECT, .members = asked_fields },
  { NULL },
};

static const AmendsSchemaField transcribed_fields[] = {
  { "attachment", AMENDS_SCHEMA_ID, REQUIRED },
  ON,
  { "text", AMENDS_SCHEMA_TEXT, REQUIRED },
  { "done_by", AMENDS_SCHEMA_OBJECT, .members = amends_person_fields },
  { NULL },
};

/**
 * amends_intake_get_after_fields:
 * @type: of an event
 *
 * Returns: (transfer none) (nullable): the table of such an act, if it is one of these
 */
const AmendsSchemaField *
amends_intake_get_after_fields (AmendsEventType type)
{
  static const AmendsSchemaField *const tables[AMENDS_EVENT_N_TYPES] = {
    [AMENDS_EVENT_CASE_LEARNING] = learning_fields,
    [AMENDS_EVENT_CASE_SURVEY] = survey_fields,
    [AMENDS_EVENT_CASE_REFERRED] = referred_fields,
    [AMENDS_EVENT_CASE_DETERMINATION] = determination_fields,
    [AMENDS_EVENT_CASE_ORDER] = order_fields,
    [AMENDS_EVENT_CASE_ORDER_DONE] = order_done_fields,
    [AMENDS_EVENT_CASE_BEHAVIOUR_RESTRICTION] = behaviour_restriction_fields,
    [AMENDS_EVENT_CASE_BEHAVIOUR_REVIEWED] = behaviour_reviewed_fields,
    [AMENDS_EVENT_CASE_PANEL_RECOMMENDED] = panel_recommended_fields,
    [AMENDS_EVENT_CASE_MATCHED] = matched_fields,
    [AMENDS_EVENT_CASE_JOINED] = joined_fields,
    [AMENDS_EVENT_CASE_SPLIT] = split_fields,
    [AMENDS_EVENT_CASE_PARTED] = parted_fields,
    [AMENDS_EVENT_CASE_FORWARDED] = forwarded_fields,
    [AMENDS_EVENT_CASE_MOVED] = moved_fields,
    [AMENDS_EVENT_CASE_ASK_FIRST] = ask_first_fields,
    [AMENDS_EVENT_CASE_TRANSCRIBED] = transcribed_fields,
  };

  return tables[type];
}
