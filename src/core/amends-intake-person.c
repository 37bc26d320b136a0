/* amends-intake-person.c: the fields of the acts about a person: what they need, told us, and prefer
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * As in amends-intake.c the order of a table is the order of the keys in the body of the event. An adjustment
 * is named by its need: one of each stands at a time. */

#include "core/amends-intake-private.h"

#include <string.h>

#define NEED                                                    \
  {                                                             \
    "need", AMENDS_SCHEMA_CODE, REQUIRED, .codes = "adjustment" \
  }

/* Source: Complaint Handling Code 2024, 5.10; Housing 21, 6.2. */
static const AmendsSchemaField decided_fields[] = {
  NEED,
  ON,
  { "agreed", AMENDS_SCHEMA_BOOLEAN, REQUIRED },
  { "reasons", AMENDS_SCHEMA_TEXT },
  { "advice", AMENDS_SCHEMA_TEXT },
  { "done_by", AMENDS_SCHEMA_OBJECT, .members = amends_person_fields },
  { "due", AMENDS_SCHEMA_DAY, .not_before = "on" },
  { "review", AMENDS_SCHEMA_DAY, .not_before = "on" },
  { "told_on", AMENDS_SCHEMA_PAST_DAY },
  WHO,
  { NULL },
};

static const AmendsSchemaField made_fields[] = {
  NEED,
  ON,
  { "text", AMENDS_SCHEMA_TEXT },
  { "review", AMENDS_SCHEMA_DAY, .not_before = "on" },
  WHO,
  { NULL },
};

static const AmendsSchemaField reviewed_fields[] = {
  NEED,
  ON,
  { "outcome", AMENDS_SCHEMA_CODE, REQUIRED, .codes = "adjustment-review" },
  { "text", AMENDS_SCHEMA_TEXT },
  { "review", AMENDS_SCHEMA_DAY, .not_before = "on" },
  WHO,
  { NULL },
};

/* Special category data: with what it is kept for, and in an event of its own. Source: UK GDPR, Articles
 * 5(1)(b) and 9; One Housing, 8.5.1. */
static const AmendsSchemaField disclosed_fields[] = {
  ON,
  { "what", AMENDS_SCHEMA_TEXT, REQUIRED },
  { "purpose", AMENDS_SCHEMA_LINE, REQUIRED },
  { NULL },
};

/* For this complaint, on this day: nobody is without capacity once and for all. Source: Mental Capacity Act 2005,
 * sections 1 to 4. */
static const AmendsSchemaField capacity_fields[] = {
  ON,
  { "decides", AMENDS_SCHEMA_BOOLEAN, REQUIRED },
  { "done_by", AMENDS_SCHEMA_OBJECT, REQUIRED, .members = amends_person_fields },
  { "ground", AMENDS_SCHEMA_TEXT, REQUIRED },
  { "own_view", AMENDS_SCHEMA_TEXT },
  { "help", AMENDS_SCHEMA_TEXT },
  { "review", AMENDS_SCHEMA_DAY, .not_before = "on" },
  WHO,
  { NULL },
};

/**
 * amends_intake_get_person_fields:
 * @type: of an event
 *
 * Returns: (transfer none) (nullable): the table of such an act, if it is one of these
 */
const AmendsSchemaField *
amends_intake_get_person_fields (AmendsEventType type)
{
  static const AmendsSchemaField *const tables[AMENDS_EVENT_N_TYPES] = {
    [AMENDS_EVENT_PERSON_ADJUSTMENT_DECIDED] = decided_fields,
    [AMENDS_EVENT_PERSON_ADJUSTMENT_MADE] = made_fields,
    [AMENDS_EVENT_PERSON_ADJUSTMENT_REVIEWED] = reviewed_fields,
    [AMENDS_EVENT_PERSON_DISABILITY_DISCLOSED] = disclosed_fields,
    [AMENDS_EVENT_PERSON_CAPACITY_ASSESSED] = capacity_fields,
    [AMENDS_EVENT_PERSON_PREFERENCE] = amends_preference_fields,
  };

  return tables[type];
}

/* What is written down under the name of an act that was there before. */
static const struct
{
  const char *word;
  AmendsEventType type;
} names[] = {
  { "case.issue-added", AMENDS_EVENT_ISSUE_ADDED },
  { "person.recorded", AMENDS_EVENT_CONTACT_CHANGED },
  { "person.corrected", AMENDS_EVENT_CASE_CORRECTED },
  { "person.adjustment-requested", AMENDS_EVENT_ADJUSTMENT_ADDED },
  { "person.authority-given", AMENDS_EVENT_AUTHORITY_GIVEN },
  { "person.authority-withdrawn", AMENDS_EVENT_AUTHORITY_WITHDRAWN },
  { "person.consent-given", AMENDS_EVENT_CONSENT_GIVEN },
  { "person.consent-refused", AMENDS_EVENT_CONSENT_REFUSED },
  { "person.consent-withdrawn", AMENDS_EVENT_CONSENT_WITHDRAWN },
};

/**
 * amends_act_type_from_string:
 * @word: (nullable): what an act is called: "case.noted", "person.consent-given"
 *
 * Of two names for one act either is taken; the event has one.
 *
 * Returns: the type of the event that it records, or %AMENDS_EVENT_UNKNOWN
 */
AmendsEventType
amends_act_type_from_string (const char *word)
{
  if (word == NULL)
    return AMENDS_EVENT_UNKNOWN;
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (strcmp (names[i].word, word) == 0)
      return names[i].type;
  return amends_event_type_from_string (word);
}
