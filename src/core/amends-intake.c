/* amends-intake.c: the fields of an intake and of each act
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The order of a table is the order of the keys in the body of the event, which is written once:
 * append, never reorder. data/intake.schema.json describes the tables to those who write files, and
 * the test "schema" fails when the two differ. */

#include "core/amends-intake.h"

#include "core/amends-clock-event.h"
#include "core/amends-erase.h"
#include "core/amends-intake-private.h"

static const AmendsSchemaField safe_contact_fields[] = {
  { "methods", AMENDS_SCHEMA_LINES, .max = MAX_LINES },
  { "times", AMENDS_SCHEMA_LINES, .max = MAX_LINES },
  { "not", AMENDS_SCHEMA_LINES, .max = MAX_LINES },
  { "shared_with", AMENDS_SCHEMA_LINES, .max = MAX_LINES },
  { NULL },
};

static const AmendsSchemaField complainant_fields[] = {
  { "anonymous", AMENDS_SCHEMA_BOOLEAN },
  { "name", AMENDS_SCHEMA_LINE },
  { "relation", AMENDS_SCHEMA_CODE, .codes = "complainant-relation", .detail = "relation_detail" },
  { "relation_detail", AMENDS_SCHEMA_LINE },
  { "home", AMENDS_SCHEMA_LINE },
  { "phone", AMENDS_SCHEMA_PHONE },
  { "email", AMENDS_SCHEMA_EMAIL },
  { "preferred_contact", AMENDS_SCHEMA_LINE },
  { "language", AMENDS_SCHEMA_LINE },
  { "interpreter", AMENDS_SCHEMA_BOOLEAN_OR_TEXT },
  { "safe_contact", AMENDS_SCHEMA_OBJECT, .members = safe_contact_fields },
  { "from", AMENDS_SCHEMA_DAY },
  { "until", AMENDS_SCHEMA_DAY, .not_before = "from" },
  { NULL },
};

static const AmendsSchemaField authority_fields[] = {
  { "type", AMENDS_SCHEMA_CODE, REQUIRED, .codes = "authority" },
  { "given", AMENDS_SCHEMA_BOOLEAN },
  { "from", AMENDS_SCHEMA_DAY },
  { "until", AMENDS_SCHEMA_DAY, .not_before = "from" },
  { "scope", AMENDS_SCHEMA_CODES, .codes = "authority-scope" },
  { "evidence", AMENDS_SCHEMA_CODE, .codes = "authority-evidence" },
  { "checked_by", AMENDS_SCHEMA_LINE },
  { NULL },
};

static const AmendsSchemaField representative_fields[] = {
  { "name", AMENDS_SCHEMA_LINE },
  { "relation", AMENDS_SCHEMA_CODE, .codes = "representative-relation",
    .detail = "relation_detail" },
  { "relation_detail", AMENDS_SCHEMA_LINE },
  { "authority", AMENDS_SCHEMA_OBJECT, .members = authority_fields },
  { "organisation", AMENDS_SCHEMA_LINE },
  { "contact", AMENDS_SCHEMA_LINE },
  { "reply_to", AMENDS_SCHEMA_CODE, .codes = "reply-to" },
  { "capacity", AMENDS_SCHEMA_LINE },
  { NULL },
};

static const AmendsSchemaField about_fields[] = {
  { "who", AMENDS_SCHEMA_CODE, REQUIRED, .codes = "about-who" },
  { "name", AMENDS_SCHEMA_LINE },
  { NULL },
};

static const AmendsSchemaField other_fields[] = {
  { "name", AMENDS_SCHEMA_LINE },
  { "relation", AMENDS_SCHEMA_CODE, .codes = "complainant-relation", .detail = "relation_detail" },
  { "relation_detail", AMENDS_SCHEMA_LINE },
  { "home", AMENDS_SCHEMA_LINE },
  { "lead", AMENDS_SCHEMA_BOOLEAN },
  { NULL },
};

static const AmendsSchemaField told_before_fields[] = {
  { "answer", AMENDS_SCHEMA_ANSWER, REQUIRED, .codes = "told-before" },
  { "who", AMENDS_SCHEMA_LINE },
  { "when", AMENDS_SCHEMA_PARTIAL_DAY },
  { "reference", AMENDS_SCHEMA_LINE },
  { NULL },
};

/* Who signed in at a kiosk beside the complainant, what they added, and how the complainant agreed to it all. */
static const AmendsSchemaField assisted_by_fields[] = {
  { "name", AMENDS_SCHEMA_LINE, REQUIRED },
  { "staff", AMENDS_SCHEMA_ID },
  { "words", AMENDS_SCHEMA_TEXT },
  { "confirmed", AMENDS_SCHEMA_CODE, .codes = "confirmed" },
  { NULL },
};

static const AmendsSchemaField disability_fields[] = {
  { "what", AMENDS_SCHEMA_TEXT, REQUIRED },
  { "purpose", AMENDS_SCHEMA_LINE },
  { NULL },
};

static const AmendsSchemaField issue_fields[] = {
  { "what", AMENDS_SCHEMA_TEXT, REQUIRED },
  { "arose", AMENDS_SCHEMA_PARTIAL_DAY },
  { "aware", AMENDS_SCHEMA_PARTIAL_DAY },
  { "outcome_sought", AMENDS_SCHEMA_TEXT },
  { "effect", AMENDS_SCHEMA_TEXT },
  { "loss", AMENDS_SCHEMA_TEXT },
  { "ongoing", AMENDS_SCHEMA_BOOLEAN },
  { "recurring", AMENDS_SCHEMA_BOOLEAN },
  { "category", AMENDS_SCHEMA_LINE },
  { "words", AMENDS_SCHEMA_CODE, .codes = "words" },
  { "chosen", AMENDS_SCHEMA_CODES,
    .codes = "matter" }, /* from pictures, beside words of theirs or in their place */
  { NULL },
};

#define CONSENT_FIELDS                                                    \
  { "until", AMENDS_SCHEMA_DAY }, { "asked_on", AMENDS_SCHEMA_PAST_DAY }, \
      { "how", AMENDS_SCHEMA_LINE },                                      \
  {                                                                       \
    "covers", AMENDS_SCHEMA_CODES, .codes = "consent-covers"              \
  }

static const AmendsSchemaField intake_consent_fields[] = {
  { "purpose", AMENDS_SCHEMA_CODE, REQUIRED, .codes = "consent-purpose" },
  { "to", AMENDS_SCHEMA_LINE },
  { "given", AMENDS_SCHEMA_ANSWER, REQUIRED, .codes = "consent-answer" },
  CONSENT_FIELDS,
  { "withdrawn", AMENDS_SCHEMA_PAST_DAY },
  { NULL },
};

static const AmendsSchemaField consent_given_fields[] = {
  { "purpose", AMENDS_SCHEMA_CODE, REQUIRED, .codes = "consent-purpose", .detail = "to" },
  { "to", AMENDS_SCHEMA_LINE },
  CONSENT_FIELDS,
  { NULL },
};

static const AmendsSchemaField consent_withdrawn_fields[] = {
  { "purpose", AMENDS_SCHEMA_CODE, REQUIRED, .codes = "consent-purpose" },
  { "to", AMENDS_SCHEMA_LINE },
  { NULL },
};

#define ADJUSTMENT                                                                        \
  { "need", AMENDS_SCHEMA_CODE, REQUIRED, .codes = "adjustment", .detail = "detail" },    \
      { "detail", AMENDS_SCHEMA_TEXT }, { "for", AMENDS_SCHEMA_LINES, .max = MAX_LINES }, \
      { "requested_on", AMENDS_SCHEMA_PAST_DAY },                                         \
  {                                                                                       \
    "review", AMENDS_SCHEMA_DAY                                                           \
  }

static const AmendsSchemaField adjustment_fields[] = { ADJUSTMENT, { NULL } };
static const AmendsSchemaField adjustment_added_fields[] = { ADJUSTMENT, WHO, { NULL } };

/* Source: the intake form; safeguarding is never a field here, but a record of its own. */
static const AmendsSchemaField intake_fields[] = {
  { "kind", AMENDS_SCHEMA_CODE, REQUIRED, .codes = "kind" },
  { "scheme", AMENDS_SCHEMA_SCHEME, REQUIRED },
  { "restricted", AMENDS_SCHEMA_CODE, .codes = "restricted" },
  { "received", AMENDS_SCHEMA_PAST_DAY, REQUIRED },
  { "received_time", AMENDS_SCHEMA_TIME },
  { "received_by", AMENDS_SCHEMA_LINE },
  { "channel", AMENDS_SCHEMA_CODE, REQUIRED, .codes = "channel", .detail = "channel_detail" },
  { "channel_detail", AMENDS_SCHEMA_LINE },
  { "recorded_from", AMENDS_SCHEMA_CODE, .codes = "recorded-from" },
  { "anonymous", AMENDS_SCHEMA_BOOLEAN },
  { "petition", AMENDS_SCHEMA_BOOLEAN },
  { "complainant", AMENDS_SCHEMA_OBJECT, .members = complainant_fields },
  { "representative", AMENDS_SCHEMA_OBJECT, .members = representative_fields },
  { "issues", AMENDS_SCHEMA_OBJECTS, REQUIRED, .max = MAX_PARTS, .members = issue_fields },
  { "consents", AMENDS_SCHEMA_OBJECTS, .max = MAX_PARTS, .members = intake_consent_fields },
  { "adjustments", AMENDS_SCHEMA_OBJECTS, .max = MAX_PARTS, .members = adjustment_fields },
  { "told_before", AMENDS_SCHEMA_ANSWER_OR_OBJECT, .codes = "told-before",
    .members = told_before_fields },
  { "wants", AMENDS_SCHEMA_CODE, .codes = "wants" },
  { "complaint_explained", AMENDS_SCHEMA_BOOLEAN },
  { "about", AMENDS_SCHEMA_OBJECTS, .max = MAX_PEOPLE, .members = about_fields },
  { "property", AMENDS_SCHEMA_LINE },
  { "managing_agent", AMENDS_SCHEMA_LINE },
  { "tenure", AMENDS_SCHEMA_CODE, .codes = "tenure", .detail = "tenure_detail" },
  { "tenure_detail", AMENDS_SCHEMA_LINE },
  { "care_related", AMENDS_SCHEMA_BOOLEAN },
  { "others", AMENDS_SCHEMA_OBJECTS, .max = MAX_PEOPLE, .members = other_fields },
  { "helped_by", AMENDS_SCHEMA_LINE },
  { "hazard", AMENDS_SCHEMA_BOOLEAN_OR_TEXT },
  { "vulnerabilities", AMENDS_SCHEMA_LINES, .max = MAX_LINES },
  { "disabilities_disclosed", AMENDS_SCHEMA_OBJECTS, .max = MAX_LINES,
    .members = disability_fields },
  { "previous_case", AMENDS_SCHEMA_LINE },
  { "legal_claim_filed", AMENDS_SCHEMA_BOOLEAN },
  { "public", AMENDS_SCHEMA_BOOLEAN },
  { "hazard_emergency", AMENDS_SCHEMA_BOOLEAN },
  { "former_reference", AMENDS_SCHEMA_LINE },
  { "assisted_by", AMENDS_SCHEMA_OBJECT, .members = assisted_by_fields },
  { "their_reference",
    AMENDS_SCHEMA_LINE },            /* of whoever asks from outside: an MP, a council, a body */
  { "reply_by", AMENDS_SCHEMA_DAY }, /* when they ask for an answer, which is no clock of ours */
  { NULL },
};

/* Of a call: with whom, on which number, when. */
static const AmendsSchemaField noted_fields[] = {
  { "text", AMENDS_SCHEMA_TEXT, REQUIRED }, { "with", AMENDS_SCHEMA_LINE },
  { "phone", AMENDS_SCHEMA_PHONE },         { "on", AMENDS_SCHEMA_PAST_DAY },
  { "time", AMENDS_SCHEMA_TIME },           { NULL },
};

static const AmendsSchemaField acknowledged_fields[] = {
  ON,
  CHANNEL,
  WHO,
  { NULL },
};

/* Who had a part in it. The id finds them again under another name; the role is the one in which they
 * acted. */
const AmendsSchemaField amends_person_fields[] = {
  { "name", AMENDS_SCHEMA_LINE, REQUIRED },
  { "role", AMENDS_SCHEMA_CODE, .codes = "role" },
  { "staff", AMENDS_SCHEMA_ID },
  { NULL },
};

const AmendsSchemaField amends_decider_fields[] = {
  { "name", AMENDS_SCHEMA_LINE, REQUIRED },
  { "role", AMENDS_SCHEMA_CODE, REQUIRED, .codes = "role" },
  { "staff", AMENDS_SCHEMA_ID },
  { NULL },
};

static const AmendsSchemaField accepted_fields[] = {
  ON,
  { "because", AMENDS_SCHEMA_TEXT },
  { NULL },
};

/* Source: Complaint Handling Code 2024, 2.1 to 2.4 and 5.11. The ground is an exclusion of the
 * landlord's edition, so no code list has it. */
#define REFUSAL                                                                            \
  { "ground", AMENDS_SCHEMA_LINE, REQUIRED }, { "reasons", AMENDS_SCHEMA_TEXT, REQUIRED }, \
      { "exceptions", AMENDS_SCHEMA_TEXT }, { "discretion", AMENDS_SCHEMA_TEXT },          \
      { "claim_filed", AMENDS_SCHEMA_BOOLEAN }, { "instead", AMENDS_SCHEMA_TEXT },         \
      { "decided_by", AMENDS_SCHEMA_OBJECT, .members = amends_decider_fields },            \
      { "told_on", AMENDS_SCHEMA_PAST_DAY }, CHANNEL_IF_ANY,                               \
  {                                                                                        \
    "ombudsman_details", AMENDS_SCHEMA_BOOLEAN                                             \
  }

static const AmendsSchemaField declined_fields[] = {
  ON,
  REFUSAL,
  { "issue", AMENDS_SCHEMA_ID },
  { NULL },
};

static const AmendsSchemaField escalation_refused_fields[] = {
  ON,
  REFUSAL,
  { NULL },
};

static const AmendsSchemaField withdrawn_fields[] = {
  ON, CHANNEL_IF_ANY, { "because", AMENDS_SCHEMA_TEXT }, WHO, { NULL },
};

static const AmendsSchemaField complainant_joined_fields[] = {
  ON,
  CHANNEL_IF_ANY,
  { "name", AMENDS_SCHEMA_LINE, REQUIRED },
  { "relation", AMENDS_SCHEMA_CODE, .codes = "complainant-relation", .detail = "relation_detail" },
  { "relation_detail", AMENDS_SCHEMA_LINE },
  { "home", AMENDS_SCHEMA_LINE },
  { "phone", AMENDS_SCHEMA_PHONE },
  { "email", AMENDS_SCHEMA_EMAIL },
  { "language", AMENDS_SCHEMA_LINE },
  { NULL },
};

static const AmendsSchemaField reopened_fields[] = {
  ON,
  { "because", AMENDS_SCHEMA_CODE, REQUIRED, .codes = "reopening" },
  { "detail", AMENDS_SCHEMA_TEXT },
  { "issue", AMENDS_SCHEMA_ID },
  WHO,
  { NULL },
};

/* Source: Complaint Handling Code 2024, 5.8: whoever deals with it says that they have no conflict of
 * interest. Only stage 2 has supporters. */
static const AmendsSchemaField assigned_fields[] = {
  ON,
  { "to", AMENDS_SCHEMA_OBJECT, REQUIRED, .members = amends_person_fields },
  { "conflict_of_interest", AMENDS_SCHEMA_BOOLEAN_OR_TEXT },
  { NULL },
};

static const AmendsSchemaField stage2_assigned_fields[] = {
  ON,
  { "to", AMENDS_SCHEMA_OBJECT, REQUIRED, .members = amends_person_fields },
  { "supporters", AMENDS_SCHEMA_OBJECTS, .max = MAX_LINES, .members = amends_person_fields },
  { "conflict_of_interest", AMENDS_SCHEMA_BOOLEAN_OR_TEXT },
  { NULL },
};

/* An attempt that reached nobody is recorded too: three of them let a case be closed. */
static const AmendsSchemaField contacted_fields[] = {
  ON, CHANNEL, { "reached", AMENDS_SCHEMA_BOOLEAN }, { "text", AMENDS_SCHEMA_TEXT }, { NULL },
};

static const AmendsSchemaField closure_contact_fields[] = {
  ON,       CHANNEL, { "reached", AMENDS_SCHEMA_BOOLEAN, REQUIRED }, { "text", AMENDS_SCHEMA_TEXT },
  { NULL },
};

/* Source: Complaint Handling Code 2024, 5.9, 6.4, 6.5, 6.15 and 6.16. */
static const AmendsSchemaField extended_fields[] = {
  ON,
  { "told_on", AMENDS_SCHEMA_PAST_DAY },
  CHANNEL_IF_ANY,
  { "working_days", AMENDS_SCHEMA_INTEGER, REQUIRED, .min = 1,
    .max = AMENDS_CLOCK_EXTENSION_MAX_WORKING_DAYS },
  { "reason", AMENDS_SCHEMA_TEXT, REQUIRED },
  { "agreed", AMENDS_SCHEMA_BOOLEAN },
  { "good_reason", AMENDS_SCHEMA_BOOLEAN },
  { "approved_by", AMENDS_SCHEMA_OBJECT, .members = amends_decider_fields },
  { "ombudsman_details", AMENDS_SCHEMA_BOOLEAN },
  { "next_update", AMENDS_SCHEMA_DAY, .not_before = "on" },
  WHO,
  { NULL },
};

static const AmendsSchemaField updated_fields[] = {
  ON,
  CHANNEL,
  { "text", AMENDS_SCHEMA_TEXT },
  { "next_update", AMENDS_SCHEMA_DAY, .not_before = "on" },
  WHO,
  { NULL },
};

static const AmendsSchemaField finding_fields[] = {
  { "issue", AMENDS_SCHEMA_ID, REQUIRED },
  { "finding", AMENDS_SCHEMA_CODE, REQUIRED, .codes = "finding" },
  { "reasons", AMENDS_SCHEMA_TEXT },
  { NULL },
};

/* Source: Complaint Handling Code 2024, 6.7, 6.9, 6.18 and 6.19. */
#define RESPONSE                                                                          \
  ON, CHANNEL, { "delivered_on", AMENDS_SCHEMA_PAST_DAY, .not_before = "on" },            \
      { "findings", AMENDS_SCHEMA_OBJECTS, .max = MAX_PARTS, .members = finding_fields }, \
      { "summary", AMENDS_SCHEMA_TEXT },                                                  \
      { "author", AMENDS_SCHEMA_OBJECT, .members = amends_person_fields },                \
      { "approved_by", AMENDS_SCHEMA_OBJECT, .members = amends_decider_fields },          \
      { "actions_outstanding", AMENDS_SCHEMA_BOOLEAN },                                   \
  {                                                                                       \
    "ombudsman_details", AMENDS_SCHEMA_BOOLEAN                                            \
  }

static const AmendsSchemaField responded_fields[] = {
  RESPONSE, { "escalation_told", AMENDS_SCHEMA_BOOLEAN }, REPLY_TO, WHO, { NULL },
};

static const AmendsSchemaField stage2_responded_fields[] = {
  RESPONSE, { "changes_stage1", AMENDS_SCHEMA_BOOLEAN }, REPLY_TO, WHO, { NULL },
};

/* What was drafted and approved, on its way: what it does not say is taken from those. */
static const AmendsSchemaField sent_fields[] = {
  { "draft", AMENDS_SCHEMA_ID, REQUIRED },
  RESPONSE,
  { "escalation_told", AMENDS_SCHEMA_BOOLEAN },
  REPLY_TO,
  WHO,
  { NULL },
};

static const AmendsSchemaField stage2_sent_fields[] = {
  { "draft", AMENDS_SCHEMA_ID, REQUIRED },
  RESPONSE,
  { "changes_stage1", AMENDS_SCHEMA_BOOLEAN },
  REPLY_TO,
  WHO,
  { NULL },
};

static const AmendsSchemaField delivered_fields[] = {
  STAGE, ON, { "how", AMENDS_SCHEMA_LINE }, WHO, { NULL },
};

/* Source: Complaint Handling Code 2024, 6.12: no reason may be asked for. */
static const AmendsSchemaField escalation_requested_fields[] = {
  ON,       CHANNEL, { "reasons", AMENDS_SCHEMA_TEXT }, { "outcome_sought", AMENDS_SCHEMA_TEXT },
  { NULL },
};

static const AmendsSchemaField closed_fields[] = {
  ON,
  { "closure", AMENDS_SCHEMA_CODE, REQUIRED, .codes = "closure" },
  { "agreed", AMENDS_SCHEMA_BOOLEAN },
  { "actions_outstanding", AMENDS_SCHEMA_BOOLEAN },
  { "evidence", AMENDS_SCHEMA_TEXT },
  { "approved_by", AMENDS_SCHEMA_OBJECT, .members = amends_decider_fields },
  { "ombudsman_details", AMENDS_SCHEMA_BOOLEAN },
  { "text", AMENDS_SCHEMA_TEXT },
  { NULL },
};

static const AmendsSchemaField panel_requested_fields[] = {
  STAGE, ON, CHANNEL_IF_ANY, { "text", AMENDS_SCHEMA_TEXT }, { NULL },
};

static const AmendsSchemaField panel_decided_fields[] = {
  STAGE,
  ON,
  { "outcome", AMENDS_SCHEMA_CODE, REQUIRED, .codes = "panel-outcome" },
  { "members", AMENDS_SCHEMA_OBJECTS, REQUIRED, .max = MAX_LINES, .members = amends_person_fields },
  { "accepted", AMENDS_SCHEMA_BOOLEAN, REQUIRED },
  { "exception", AMENDS_SCHEMA_TEXT },
  { NULL },
};

static const AmendsSchemaField disclosed_fields[] = {
  ON,
  { "to", AMENDS_SCHEMA_LINE, REQUIRED },
  { "representative", AMENDS_SCHEMA_BOOLEAN },
  { "what", AMENDS_SCHEMA_TEXT, REQUIRED },
  { "purpose", AMENDS_SCHEMA_CODE, .codes = "consent-purpose" },
  { "ground", AMENDS_SCHEMA_CODE, .codes = "consent-ground", .detail = "because" },
  { "because", AMENDS_SCHEMA_TEXT },
  { "told_complainant", AMENDS_SCHEMA_BOOLEAN },
  { NULL },
};

static const AmendsSchemaField departure_fields[] = {
  ON,
  { "clause", AMENDS_SCHEMA_LINE, REQUIRED },
  { "reason", AMENDS_SCHEMA_TEXT, REQUIRED },
  { "authorised_by", AMENDS_SCHEMA_OBJECT, .members = amends_decider_fields },
  { "told_on", AMENDS_SCHEMA_PAST_DAY },
  { NULL },
};

static const AmendsSchemaField understanding_fields[] = {
  { "step", AMENDS_SCHEMA_CODE, REQUIRED, .codes = "understanding" },
  ON,
  CHANNEL_IF_ANY,
  { "text", AMENDS_SCHEMA_TEXT },
  { NULL },
};

static const AmendsSchemaField dissatisfied_fields[] = {
  ON,
  CHANNEL,
  { "text", AMENDS_SCHEMA_TEXT },
  { "wants", AMENDS_SCHEMA_CODE, .codes = "wants" },
  { NULL },
};

static const AmendsSchemaField promoted_fields[] = {
  ON,
  { "entry", AMENDS_SCHEMA_CODE, .codes = "stage-1-entry" },
  { NULL },
};

static const AmendsSchemaField request_resolved_fields[] = {
  ON,
  { "outcome", AMENDS_SCHEMA_TEXT, REQUIRED },
  { "agreed", AMENDS_SCHEMA_BOOLEAN },
  { NULL },
};

/* Source: SI 2025/1042 (Awaab's Law). A hazard that is told of after the intake, or another one. */
static const AmendsSchemaField hazard_reported_fields[] = {
  ON,
  CHANNEL_IF_ANY,
  { "what", AMENDS_SCHEMA_TEXT, REQUIRED },
  { "emergency", AMENDS_SCHEMA_BOOLEAN, REQUIRED },
  { NULL },
};

/* The event that told of it; needed only where there are several. */
#define HAZARD                 \
  {                            \
    "hazard", AMENDS_SCHEMA_ID \
  }

static const AmendsSchemaField hazard_investigated_fields[] = {
  ON,
  { "found", AMENDS_SCHEMA_BOOLEAN, REQUIRED },
  { "text", AMENDS_SCHEMA_TEXT, REQUIRED },
  HAZARD,
  { NULL },
};

static const AmendsSchemaField hazard_summary_fields[] = {
  ON, CHANNEL, { "text", AMENDS_SCHEMA_TEXT }, HAZARD, { NULL },
};

static const AmendsSchemaField hazard_made_safe_fields[] = {
  ON,
  { "text", AMENDS_SCHEMA_TEXT, REQUIRED },
  HAZARD,
  { NULL },
};

static const AmendsSchemaField contact_fields[] = {
  { "phone", AMENDS_SCHEMA_PHONE, CLEARABLE },
  { "email", AMENDS_SCHEMA_EMAIL, CLEARABLE },
  { "home", AMENDS_SCHEMA_LINE, CLEARABLE },
  { "preferred_contact", AMENDS_SCHEMA_LINE, CLEARABLE },
  { "name", AMENDS_SCHEMA_LINE },
  WHO,
  { NULL },
};

static const AmendsSchemaField safe_contact_changes[] = {
  { "methods", AMENDS_SCHEMA_LINES, CLEARABLE, .max = MAX_LINES },
  { "times", AMENDS_SCHEMA_LINES, CLEARABLE, .max = MAX_LINES },
  { "not", AMENDS_SCHEMA_LINES, CLEARABLE, .max = MAX_LINES },
  { "shared_with", AMENDS_SCHEMA_LINES, CLEARABLE, .max = MAX_LINES },
  { NULL },
};

/* How they want to be reached, and in what words. */
const AmendsSchemaField amends_preference_fields[] = {
  { "preferred_contact", AMENDS_SCHEMA_LINE, CLEARABLE },
  { "language", AMENDS_SCHEMA_LINE, CLEARABLE },
  { "interpreter", AMENDS_SCHEMA_BOOLEAN_OR_TEXT },
  { "safe_contact", AMENDS_SCHEMA_OBJECT, .members = safe_contact_changes },
  WHO,
  { NULL },
};

static const AmendsSchemaField adjustment_ended_fields[] = {
  { "need", AMENDS_SCHEMA_CODE, REQUIRED, .codes = "adjustment" },
  WHO,
  { NULL },
};

static const AmendsSchemaField authority_given_fields[] = {
  { "name", AMENDS_SCHEMA_LINE, REQUIRED },
  { "relation", AMENDS_SCHEMA_CODE, REQUIRED, .codes = "representative-relation",
    .detail = "relation_detail" },
  { "relation_detail", AMENDS_SCHEMA_LINE },
  { "authority", AMENDS_SCHEMA_OBJECT, REQUIRED, .members = authority_fields },
  { "decided_by", AMENDS_SCHEMA_OBJECT, .members = amends_decider_fields },
  { NULL },
};

/* Where several act for them, whose it is. */
static const AmendsSchemaField authority_withdrawn_fields[] = {
  { "name", AMENDS_SCHEMA_LINE },
  { NULL },
};

static const AmendsSchemaField edition_fields[] = {
  { "edition", AMENDS_SCHEMA_LINE, REQUIRED },
  { "because", AMENDS_SCHEMA_TEXT, REQUIRED },
  { NULL },
};

/* What is named is erased; where nothing is, all of the case. */
static const AmendsSchemaField erasure_asked_fields[] = {
  { "because", AMENDS_SCHEMA_CODE, REQUIRED, .codes = "erasure-reason", .detail = "detail" },
  { "detail", AMENDS_SCHEMA_LINE },
  { "events", AMENDS_SCHEMA_LINES, .max = AMENDS_ERASE_MAX_EVENTS },
  { NULL },
};

static const AmendsSchemaField erasure_agreed_fields[] = {
  { "ask", AMENDS_SCHEMA_ID },
  { NULL },
};

static const AmendsSchemaField settled_fields[] = {
  { "field", AMENDS_SCHEMA_LINE, REQUIRED },
  { "value", AMENDS_SCHEMA_ANY, CLEARABLE },
  { NULL },
};

/* The old value stands in it too, so that the record says by itself what was changed. */
static const AmendsSchemaField corrected_fields[] = {
  { "event", AMENDS_SCHEMA_ID, REQUIRED },     { "field", AMENDS_SCHEMA_LINE, REQUIRED },
  { "from", AMENDS_SCHEMA_ANY, CLEARABLE },    { "to", AMENDS_SCHEMA_ANY, CLEARABLE },
  { "because", AMENDS_SCHEMA_TEXT, REQUIRED }, { NULL },
};

static const AmendsSchemaField correction_answered_fields[] = {
  { "correction", AMENDS_SCHEMA_ID, REQUIRED },
  { "agreed", AMENDS_SCHEMA_BOOLEAN, REQUIRED },
  { "because", AMENDS_SCHEMA_TEXT },
  { NULL },
};

/* What a case holds beside what its intake wrote. */
static const AmendsSchemaField later_fields[] = {
  { "acknowledged", AMENDS_SCHEMA_OBJECT, .members = acknowledged_fields },
  { "accepted", AMENDS_SCHEMA_OBJECT, .members = accepted_fields },
  { "declined", AMENDS_SCHEMA_OBJECT, .members = declined_fields },
  { "withdrawn", AMENDS_SCHEMA_OBJECT, .members = withdrawn_fields },
  { "reopened", AMENDS_SCHEMA_OBJECT, .members = reopened_fields },
  { "assigned", AMENDS_SCHEMA_OBJECT, .members = assigned_fields },
  { "extended", AMENDS_SCHEMA_OBJECT, .members = extended_fields },
  { "responded", AMENDS_SCHEMA_OBJECT, .members = responded_fields },
  { "escalation_requested", AMENDS_SCHEMA_OBJECT, .members = escalation_requested_fields },
  { "escalation_refused", AMENDS_SCHEMA_OBJECT, .members = escalation_refused_fields },
  { "stage2_acknowledged", AMENDS_SCHEMA_OBJECT, .members = acknowledged_fields },
  { "stage2_assigned", AMENDS_SCHEMA_OBJECT, .members = stage2_assigned_fields },
  { "stage2_extended", AMENDS_SCHEMA_OBJECT, .members = extended_fields },
  { "stage2_responded", AMENDS_SCHEMA_OBJECT, .members = stage2_responded_fields },
  { "stage2_closed", AMENDS_SCHEMA_OBJECT, .members = closed_fields },
  { "closed", AMENDS_SCHEMA_OBJECT, .members = closed_fields },
  { "request_resolved", AMENDS_SCHEMA_OBJECT, .members = request_resolved_fields },
  { "hazard_investigated", AMENDS_SCHEMA_OBJECT, .members = hazard_investigated_fields },
  { "hazard_summary", AMENDS_SCHEMA_OBJECT, .members = hazard_summary_fields },
  { "hazard_made_safe", AMENDS_SCHEMA_OBJECT, .members = hazard_made_safe_fields },
  { NULL },
};

/**
 * amends_intake_get_fields:
 *
 * Returns: (transfer none): the table of an intake
 */
const AmendsSchemaField *
amends_intake_get_fields (void)
{
  return intake_fields;
}

/**
 * amends_intake_get_act_fields:
 * @type: of an event
 *
 * Returns: (transfer none) (nullable): the table of the act that such an event records, without its
 * "type"; %NULL if it is no act of a person on a case
 */
const AmendsSchemaField *
amends_intake_get_act_fields (AmendsEventType type)
{
  static const AmendsSchemaField *const tables[AMENDS_EVENT_N_TYPES] = {
    [AMENDS_EVENT_CASE_NOTED] = noted_fields,
    [AMENDS_EVENT_CASE_ACKNOWLEDGED] = acknowledged_fields,
    [AMENDS_EVENT_CONTACT_CHANGED] = contact_fields,
    [AMENDS_EVENT_ISSUE_ADDED] = issue_fields,
    [AMENDS_EVENT_CONSENT_GIVEN] = consent_given_fields,
    [AMENDS_EVENT_CONSENT_REFUSED] = consent_given_fields,
    [AMENDS_EVENT_CONSENT_DEFERRED] = consent_given_fields,
    [AMENDS_EVENT_CONSENT_WITHDRAWN] = consent_withdrawn_fields,
    [AMENDS_EVENT_ADJUSTMENT_ADDED] = adjustment_added_fields,
    [AMENDS_EVENT_ADJUSTMENT_ENDED] = adjustment_ended_fields,
    [AMENDS_EVENT_AUTHORITY_GIVEN] = authority_given_fields,
    [AMENDS_EVENT_AUTHORITY_WITHDRAWN] = authority_withdrawn_fields,
    [AMENDS_EVENT_CONFLICT_SETTLED] = settled_fields,
    [AMENDS_EVENT_CASE_EDITION_MOVED] = edition_fields,
    [AMENDS_EVENT_CASE_ACCEPTED] = accepted_fields,
    [AMENDS_EVENT_CASE_DECLINED] = declined_fields,
    [AMENDS_EVENT_CASE_WITHDRAWN] = withdrawn_fields,
    [AMENDS_EVENT_CASE_REOPENED] = reopened_fields,
    [AMENDS_EVENT_CASE_COMPLAINANT_JOINED] = complainant_joined_fields,
    [AMENDS_EVENT_CASE_ASSIGNED] = assigned_fields,
    [AMENDS_EVENT_CASE_CONTACTED] = contacted_fields,
    [AMENDS_EVENT_CASE_EXTENDED] = extended_fields,
    [AMENDS_EVENT_CASE_UPDATED] = updated_fields,
    [AMENDS_EVENT_CASE_RESPONDED] = responded_fields,
    [AMENDS_EVENT_CASE_DELIVERED] = delivered_fields,
    [AMENDS_EVENT_CASE_ESCALATION_REQUESTED] = escalation_requested_fields,
    [AMENDS_EVENT_CASE_ESCALATION_REFUSED] = escalation_refused_fields,
    [AMENDS_EVENT_CASE_STAGE2_ACKNOWLEDGED] = acknowledged_fields,
    [AMENDS_EVENT_CASE_STAGE2_ASSIGNED] = stage2_assigned_fields,
    [AMENDS_EVENT_CASE_STAGE2_CONTACTED] = contacted_fields,
    [AMENDS_EVENT_CASE_STAGE2_UPDATED] = updated_fields,
    [AMENDS_EVENT_CASE_STAGE2_EXTENDED] = extended_fields,
    [AMENDS_EVENT_CASE_STAGE2_RESPONDED] = stage2_responded_fields,
    [AMENDS_EVENT_CASE_STAGE2_CLOSED] = closed_fields,
    [AMENDS_EVENT_CASE_CLOSURE_CONTACT] = closure_contact_fields,
    [AMENDS_EVENT_CASE_CLOSED] = closed_fields,
    [AMENDS_EVENT_CASE_PANEL_REQUESTED] = panel_requested_fields,
    [AMENDS_EVENT_CASE_PANEL_DECIDED] = panel_decided_fields,
    [AMENDS_EVENT_CASE_DISCLOSED] = disclosed_fields,
    [AMENDS_EVENT_CASE_DEPARTURE] = departure_fields,
    [AMENDS_EVENT_CASE_UNDERSTANDING] = understanding_fields,
    [AMENDS_EVENT_CASE_DISSATISFIED] = dissatisfied_fields,
    [AMENDS_EVENT_CASE_PROMOTED] = promoted_fields,
    [AMENDS_EVENT_CASE_REQUEST_RESOLVED] = request_resolved_fields,
    [AMENDS_EVENT_CASE_CORRECTED] = corrected_fields,
    [AMENDS_EVENT_CASE_CORRECTION_ANSWERED] = correction_answered_fields,
    [AMENDS_EVENT_CASE_HAZARD_REPORTED] = hazard_reported_fields,
    [AMENDS_EVENT_CASE_HAZARD_INVESTIGATED] = hazard_investigated_fields,
    [AMENDS_EVENT_CASE_HAZARD_SUMMARY_SENT] = hazard_summary_fields,
    [AMENDS_EVENT_CASE_HAZARD_MADE_SAFE] = hazard_made_safe_fields,
    [AMENDS_EVENT_CASE_ERASURE_ASKED] = erasure_asked_fields,
    [AMENDS_EVENT_CASE_ERASURE_AGREED] = erasure_agreed_fields,
    [AMENDS_EVENT_CASE_SENT] = sent_fields,
    [AMENDS_EVENT_CASE_STAGE2_SENT] = stage2_sent_fields,
  };

  g_return_val_if_fail ((guint) type < AMENDS_EVENT_N_TYPES, NULL);

  if (tables[type] != NULL)
    return tables[type];
  if (amends_intake_get_person_fields (type) != NULL)
    return amends_intake_get_person_fields (type);
  return amends_intake_get_work_fields (type) != NULL ? amends_intake_get_work_fields (type)
                                                      : amends_intake_get_after_fields (type);
}

/**
 * amends_intake_find_settled_field:
 * @path: of a field of a case that is in conflict
 *
 * Returns: (transfer none) (nullable): what may be written to it; %NULL if only a value that already
 * stands there
 */
const AmendsSchemaField *
amends_intake_find_settled_field (const char *path)
{
  const AmendsSchemaField *field = amends_schema_find (intake_fields, path);

  return field != NULL ? field : amends_schema_find (later_fields, path);
}

static json_t *
begin_schema (const char *title)
{
  return json_pack ("{s:s, s:s}", "$schema", "https://json-schema.org/draft/2020-12/schema",
                    "title", title);
}

/**
 * amends_intake_describe:
 *
 * Returns: (transfer full): the JSON Schema of an intake
 */
json_t *
amends_intake_describe (void)
{
  json_t *schema = begin_schema ("Amends: the intake of a case");
  json_t *object = amends_schema_describe (intake_fields);

  json_object_update (schema, object);
  json_decref (object);
  return schema;
}

/* The schema of an act: its "type", and the fields of its table. */
static json_t *
describe_act (AmendsEventType type)
{
  json_t *object = amends_schema_describe (amends_intake_get_act_fields (type));
  json_t *properties = json_pack ("{s:{s:s}}", "type", "const", amends_event_type_to_string (type));
  json_t *required = json_pack ("[s]", "type");

  json_object_update (properties, json_object_get (object, "properties"));
  json_object_set_new (object, "properties", properties);
  json_array_extend (required, json_object_get (object, "required"));
  json_object_set_new (object, "required", required);
  return object;
}

/**
 * amends_intake_describe_act:
 * @type: of an event
 *
 * Returns: (transfer full) (nullable): the JSON Schema of the act that such an event records; %NULL if
 * it is no act of a person on a case
 */
json_t *
amends_intake_describe_act (AmendsEventType type)
{
  g_autofree char *title = NULL;
  json_t *schema, *object;

  if (amends_intake_get_act_fields (type) == NULL)
    return NULL;
  title = g_strdup_printf ("Amends: the act %s", amends_event_type_to_string (type));
  schema = begin_schema (title);
  object = describe_act (type);
  json_object_update (schema, object);
  json_decref (object);
  return schema;
}

/**
 * amends_intake_describe_acts:
 *
 * Returns: (transfer full): the JSON Schema of an act on a case, whichever it is
 */
json_t *
amends_intake_describe_acts (void)
{
  json_t *schema = begin_schema ("Amends: an act on a case");
  json_t *choices = json_array ();

  for (int type = 0; type < AMENDS_EVENT_N_TYPES; type++)
    if (amends_intake_get_act_fields ((AmendsEventType) type) != NULL)
      json_array_append_new (choices, describe_act ((AmendsEventType) type));
  json_object_set_new (schema, "oneOf", choices);
  return schema;
}

/**
 * amends_intake_dup_act_names:
 *
 * Returns: (transfer full): "case.noted, case.acknowledged, …"
 */
char *
amends_intake_dup_act_names (void)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (int type = 0; type < AMENDS_EVENT_N_TYPES; type++)
    if (amends_intake_get_act_fields ((AmendsEventType) type) != NULL)
      g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "",
                              amends_event_type_to_string ((AmendsEventType) type));
  return g_string_free (g_steal_pointer (&text), FALSE);
}
