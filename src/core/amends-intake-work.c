/* amends-intake-work.c: the fields of the acts between the acknowledgement and the response
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * As in amends-intake.c the order of a table is the order of the keys in the body of the event. An act
 * that opens a matter (a request for information, a remedy, an action, a draft) is named by its event in
 * the act that follows it up. */

#include "core/amends-intake-private.h"

/* Ten million pounds: what is more is a slip of the hand. */
#define MAX_PENCE (10 * 1000 * 1000 * 100)

/* Source: Complaint Handling Code 2024, 6.1; the form of Housing 21, 7.3. */
static const AmendsSchemaField triaged_fields[] = {
  ON,
  { "complexity", AMENDS_SCHEMA_BOOLEAN_OR_TEXT },
  { "vulnerability", AMENDS_SCHEMA_BOOLEAN_OR_TEXT },
  { "risk", AMENDS_SCHEMA_BOOLEAN_OR_TEXT },
  { "extension_likely", AMENDS_SCHEMA_BOOLEAN_OR_TEXT },
  { "investigation", AMENDS_SCHEMA_TEXT },
  { "text", AMENDS_SCHEMA_TEXT },
  { "done_by", AMENDS_SCHEMA_OBJECT, .members = amends_person_fields },
  { NULL },
};

/* Source: Complaint Handling Code 2024, 5.6, 5.7, 6.2 and 6.11. */
#define DEFINITION                                        \
  ON, { "understanding", AMENDS_SCHEMA_TEXT, REQUIRED },  \
      { "outcome_sought", AMENDS_SCHEMA_TEXT, REQUIRED }, \
  {                                                       \
    "not_ours", AMENDS_SCHEMA_BOOLEAN_OR_TEXT             \
  }

static const AmendsSchemaField defined_fields[] = {
  DEFINITION,
  { "told_on", AMENDS_SCHEMA_PAST_DAY },
  { "done_by", AMENDS_SCHEMA_OBJECT, .members = amends_person_fields },
  { NULL },
};

static const AmendsSchemaField stage2_defined_fields[] = {
  DEFINITION,
  { "why_unhappy", AMENDS_SCHEMA_TEXT },
  { "told_on", AMENDS_SCHEMA_PAST_DAY },
  { "done_by", AMENDS_SCHEMA_OBJECT, .members = amends_person_fields },
  { NULL },
};

/* Each step of it; the last one says that it is complete. */
static const AmendsSchemaField investigated_fields[] = {
  ON,
  { "what", AMENDS_SCHEMA_TEXT, REQUIRED },
  { "evidence", AMENDS_SCHEMA_TEXT },
  { "done_by", AMENDS_SCHEMA_OBJECT, .members = amends_person_fields },
  { "complete", AMENDS_SCHEMA_BOOLEAN },
  { NULL },
};

static const AmendsSchemaField information_requested_fields[] = {
  ON,
  { "from", AMENDS_SCHEMA_LINE, REQUIRED },
  { "what", AMENDS_SCHEMA_TEXT, REQUIRED },
  { "due", AMENDS_SCHEMA_DAY, REQUIRED, .not_before = "on" },
  CHANNEL_IF_ANY,
  { NULL },
};

static const AmendsSchemaField information_answered_fields[] = {
  { "request", AMENDS_SCHEMA_ID, REQUIRED },
  ON,
  { "text", AMENDS_SCHEMA_TEXT, REQUIRED },
  { NULL },
};

/* Whoever opens the door knows when, who, what for, and whom to ring. */
static const AmendsSchemaField appointed_fields[] = {
  ON,
  { "what", AMENDS_SCHEMA_TEXT, REQUIRED },
  { "day", AMENDS_SCHEMA_DAY, REQUIRED, .not_before = "on" },
  { "from", AMENDS_SCHEMA_TIME, REQUIRED },
  { "until", AMENDS_SCHEMA_TIME },
  { "where", AMENDS_SCHEMA_LINE, REQUIRED },
  { "comes", AMENDS_SCHEMA_OBJECT, REQUIRED, .members = amends_person_fields },
  { "ring", AMENDS_SCHEMA_LINE, REQUIRED },
  CHANNEL_IF_ANY,
  WHO,
  { NULL },
};

static const AmendsSchemaField appointment_ended_fields[] = {
  { "appointment", AMENDS_SCHEMA_ID, REQUIRED },
  ON,
  { "outcome", AMENDS_SCHEMA_CODE, REQUIRED, .codes = "appointment-outcome" },
  { "text", AMENDS_SCHEMA_TEXT },
  { NULL },
};

/* Source: Complaint Handling Code 2024, 6.7 and 6.18. */
#define FINDING                                                        \
  { "issue", AMENDS_SCHEMA_ID, REQUIRED }, ON,                         \
      { "finding", AMENDS_SCHEMA_CODE, REQUIRED, .codes = "finding" }, \
      { "reasons", AMENDS_SCHEMA_TEXT },                               \
  {                                                                    \
    "done_by", AMENDS_SCHEMA_OBJECT, .members = amends_person_fields   \
  }

static const AmendsSchemaField finding_fields[] = {
  FINDING,
  { NULL },
};

static const AmendsSchemaField stage2_finding_fields[] = {
  FINDING,
  { "changes_stage1", AMENDS_SCHEMA_BOOLEAN },
  { NULL },
};

/* Source: Complaint Handling Code 2024, 7.1 to 7.4. Whole pence: what is offered, what of it is set off
 * against a debt, and what is left to pay. */
static const AmendsSchemaField remedy_offered_fields[] = {
  ON,
  { "remedy", AMENDS_SCHEMA_CODE, REQUIRED, .codes = "remedy", .detail = "detail" },
  { "detail", AMENDS_SCHEMA_LINE },
  { "issue", AMENDS_SCHEMA_ID },
  { "what", AMENDS_SCHEMA_TEXT },
  { "impact", AMENDS_SCHEMA_TEXT },
  { "gross_pence", AMENDS_SCHEMA_INTEGER, .min = 1, .max = MAX_PENCE },
  { "offset_pence", AMENDS_SCHEMA_INTEGER, .min = 0, .max = MAX_PENCE },
  { "net_pence", AMENDS_SCHEMA_INTEGER, .min = 0, .max = MAX_PENCE },
  { "offset_debt", AMENDS_SCHEMA_LINE },
  { "ordered", AMENDS_SCHEMA_BOOLEAN },
  { "authorised_by", AMENDS_SCHEMA_OBJECT, .members = amends_decider_fields },
  { "evidence", AMENDS_SCHEMA_TEXT },
  { "owner", AMENDS_SCHEMA_OBJECT, .members = amends_person_fields },
  { "due", AMENDS_SCHEMA_DAY, .not_before = "on" },
  { NULL },
};

static const AmendsSchemaField remedy_answered_fields[] = {
  { "remedy", AMENDS_SCHEMA_ID, REQUIRED },
  ON,
  { "answer", AMENDS_SCHEMA_CODE, REQUIRED, .codes = "remedy-answer" },
  CHANNEL_IF_ANY,
  { "text", AMENDS_SCHEMA_TEXT },
  { NULL },
};

static const AmendsSchemaField remedy_given_fields[] = {
  { "remedy", AMENDS_SCHEMA_ID, REQUIRED },
  ON,
  { "paid_pence", AMENDS_SCHEMA_INTEGER, .min = 0, .max = MAX_PENCE },
  { "proof", AMENDS_SCHEMA_LINE },
  { "text", AMENDS_SCHEMA_TEXT },
  { NULL },
};

/* Source: Complaint Handling Code 2024, 6.6. */
static const AmendsSchemaField action_added_fields[] = {
  ON,
  { "what", AMENDS_SCHEMA_TEXT, REQUIRED },
  { "issue", AMENDS_SCHEMA_ID },
  { "owner", AMENDS_SCHEMA_OBJECT, REQUIRED, .members = amends_person_fields },
  { "agent", AMENDS_SCHEMA_LINE },
  { "due", AMENDS_SCHEMA_DAY, REQUIRED, .not_before = "on" },
  { NULL },
};

static const AmendsSchemaField action_done_fields[] = {
  { "action", AMENDS_SCHEMA_ID, REQUIRED }, ON,       { "text", AMENDS_SCHEMA_TEXT, REQUIRED },
  { "told_on", AMENDS_SCHEMA_PAST_DAY },    { NULL },
};

static const AmendsSchemaField drafted_fields[] = {
  ON,
  { "text", AMENDS_SCHEMA_TEXT },
  { "attachment", AMENDS_SCHEMA_ID },
  { "author", AMENDS_SCHEMA_OBJECT, .members = amends_person_fields },
  REPLY_TO,
  WHO,
  { NULL },
};

/* What is sent back is recorded too, with what is to be changed. */
static const AmendsSchemaField approved_fields[] = {
  { "draft", AMENDS_SCHEMA_ID, REQUIRED },
  ON,
  { "agreed", AMENDS_SCHEMA_BOOLEAN, REQUIRED },
  { "text", AMENDS_SCHEMA_TEXT },
  { "approved_by", AMENDS_SCHEMA_OBJECT, .members = amends_decider_fields },
  { NULL },
};

/**
 * amends_intake_get_work_fields:
 * @type: of an event
 *
 * Returns: (transfer none) (nullable): the table of such an act, if it is one of these
 */
const AmendsSchemaField *
amends_intake_get_work_fields (AmendsEventType type)
{
  static const AmendsSchemaField *const tables[AMENDS_EVENT_N_TYPES] = {
    [AMENDS_EVENT_CASE_TRIAGED] = triaged_fields,
    [AMENDS_EVENT_CASE_DEFINED] = defined_fields,
    [AMENDS_EVENT_CASE_STAGE2_DEFINED] = stage2_defined_fields,
    [AMENDS_EVENT_CASE_INVESTIGATED] = investigated_fields,
    [AMENDS_EVENT_CASE_STAGE2_INVESTIGATED] = investigated_fields,
    [AMENDS_EVENT_CASE_INFORMATION_REQUESTED] = information_requested_fields,
    [AMENDS_EVENT_CASE_INFORMATION_ANSWERED] = information_answered_fields,
    [AMENDS_EVENT_CASE_APPOINTED] = appointed_fields,
    [AMENDS_EVENT_CASE_APPOINTMENT_ENDED] = appointment_ended_fields,
    [AMENDS_EVENT_CASE_FINDING] = finding_fields,
    [AMENDS_EVENT_CASE_STAGE2_FINDING] = stage2_finding_fields,
    [AMENDS_EVENT_CASE_REMEDY_OFFERED] = remedy_offered_fields,
    [AMENDS_EVENT_CASE_REMEDY_ANSWERED] = remedy_answered_fields,
    [AMENDS_EVENT_CASE_REMEDY_GIVEN] = remedy_given_fields,
    [AMENDS_EVENT_CASE_ACTION_ADDED] = action_added_fields,
    [AMENDS_EVENT_CASE_ACTION_DONE] = action_done_fields,
    [AMENDS_EVENT_CASE_DRAFTED] = drafted_fields,
    [AMENDS_EVENT_CASE_APPROVED] = approved_fields,
    [AMENDS_EVENT_CASE_STAGE2_DRAFTED] = drafted_fields,
    [AMENDS_EVENT_CASE_STAGE2_APPROVED] = approved_fields,
  };

  return tables[type];
}
