/* amends-intake.c: the fields of an intake and of each act
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The order of a table is the order of the keys in the body of the event, which is written once:
 * append, never reorder. data/intake.schema.json describes the tables to those who write files, and
 * the test "schema" fails when the two differ. */

#include "core/amends-intake.h"

/* More than anybody complains of at once; a person is still able to look through as many. */
#define MAX_PARTS 100
#define MAX_PEOPLE 100
#define MAX_LINES 20

#define REQUIRED .flags = AMENDS_SCHEMA_REQUIRED
#define CLEARABLE .flags = AMENDS_SCHEMA_CLEARABLE

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

static const AmendsSchemaField adjustment_fields[] = {
  { "need", AMENDS_SCHEMA_CODE, REQUIRED, .codes = "adjustment", .detail = "detail" },
  { "detail", AMENDS_SCHEMA_TEXT },
  { "for", AMENDS_SCHEMA_LINES, .max = MAX_LINES },
  { "requested_on", AMENDS_SCHEMA_PAST_DAY },
  { "review", AMENDS_SCHEMA_DAY },
  { NULL },
};

/* Source: the intake form; safeguarding is never a field here, but a record of its own. */
static const AmendsSchemaField intake_fields[] = {
  { "kind", AMENDS_SCHEMA_CODE, REQUIRED, .codes = "kind" },
  { "scheme", AMENDS_SCHEMA_SCHEME, REQUIRED },
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
  { NULL },
};

static const AmendsSchemaField noted_fields[] = {
  { "text", AMENDS_SCHEMA_TEXT, REQUIRED },
  { NULL },
};

static const AmendsSchemaField acknowledged_fields[] = {
  { "on", AMENDS_SCHEMA_PAST_DAY, REQUIRED },
  { "channel", AMENDS_SCHEMA_CODE, REQUIRED, .codes = "channel", .detail = "channel_detail" },
  { "channel_detail", AMENDS_SCHEMA_LINE },
  { NULL },
};

static const AmendsSchemaField contact_fields[] = {
  { "phone", AMENDS_SCHEMA_PHONE, CLEARABLE },
  { "email", AMENDS_SCHEMA_EMAIL, CLEARABLE },
  { "home", AMENDS_SCHEMA_LINE, CLEARABLE },
  { "preferred_contact", AMENDS_SCHEMA_LINE, CLEARABLE },
  { NULL },
};

static const AmendsSchemaField adjustment_ended_fields[] = {
  { "need", AMENDS_SCHEMA_CODE, REQUIRED, .codes = "adjustment" },
  { NULL },
};

static const AmendsSchemaField authority_given_fields[] = {
  { "name", AMENDS_SCHEMA_LINE, REQUIRED },
  { "relation", AMENDS_SCHEMA_CODE, REQUIRED, .codes = "representative-relation",
    .detail = "relation_detail" },
  { "relation_detail", AMENDS_SCHEMA_LINE },
  { "authority", AMENDS_SCHEMA_OBJECT, REQUIRED, .members = authority_fields },
  { NULL },
};

static const AmendsSchemaField edition_fields[] = {
  { "edition", AMENDS_SCHEMA_LINE, REQUIRED },
  { "because", AMENDS_SCHEMA_TEXT, REQUIRED },
  { NULL },
};

static const AmendsSchemaField no_fields[] = {
  { NULL },
};

static const AmendsSchemaField settled_fields[] = {
  { "field", AMENDS_SCHEMA_LINE, REQUIRED },
  { "value", AMENDS_SCHEMA_ANY, CLEARABLE },
  { NULL },
};

/* What a case holds beside what its intake wrote. */
static const AmendsSchemaField later_fields[] = {
  { "acknowledged", AMENDS_SCHEMA_OBJECT, REQUIRED, .members = acknowledged_fields },
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
    [AMENDS_EVENT_ADJUSTMENT_ADDED] = adjustment_fields,
    [AMENDS_EVENT_ADJUSTMENT_ENDED] = adjustment_ended_fields,
    [AMENDS_EVENT_AUTHORITY_GIVEN] = authority_given_fields,
    [AMENDS_EVENT_AUTHORITY_WITHDRAWN] = no_fields,
    [AMENDS_EVENT_CONFLICT_SETTLED] = settled_fields,
    [AMENDS_EVENT_CASE_EDITION_MOVED] = edition_fields,
  };

  g_return_val_if_fail ((guint) type < AMENDS_EVENT_N_TYPES, NULL);

  return tables[type];
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

/**
 * amends_intake_describe:
 *
 * Returns: (transfer full): the JSON Schema of an intake
 */
json_t *
amends_intake_describe (void)
{
  json_t *schema =
      json_pack ("{s:s, s:s}", "$schema", "https://json-schema.org/draft/2020-12/schema", "title",
                 "Amends: the intake of a case");
  json_t *object = amends_schema_describe (intake_fields);

  json_object_update (schema, object);
  json_decref (object);
  return schema;
}
