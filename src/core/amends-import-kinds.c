/* amends-import-kinds.c: what a spreadsheet can hold, and what its columns are called
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/amends-import-private.h"

#include <string.h>

#include "core/amends-intake.h"

/* What a running case can have behind it, in the order of a day on which two of them were done. */
static const AmendsEventType case_acts[] = {
  AMENDS_EVENT_CASE_ASSIGNED,
  AMENDS_EVENT_CASE_ACKNOWLEDGED,
  AMENDS_EVENT_CASE_CONTACTED,
  AMENDS_EVENT_CASE_DEFINED,
  AMENDS_EVENT_CASE_EXTENDED,
  AMENDS_EVENT_CASE_UPDATED,
  AMENDS_EVENT_CASE_RESPONDED,
  AMENDS_EVENT_CASE_ESCALATION_REQUESTED,
  AMENDS_EVENT_CASE_STAGE2_ASSIGNED,
  AMENDS_EVENT_CASE_STAGE2_ACKNOWLEDGED,
  AMENDS_EVENT_CASE_STAGE2_DEFINED,
  AMENDS_EVENT_CASE_STAGE2_CONTACTED,
  AMENDS_EVENT_CASE_STAGE2_EXTENDED,
  AMENDS_EVENT_CASE_STAGE2_UPDATED,
  AMENDS_EVENT_CASE_STAGE2_RESPONDED,
  AMENDS_EVENT_CASE_NOTED,
  AMENDS_EVENT_UNKNOWN,
};

/* What people call it. Both sides in small letters, "_" for what is between words. */
static const AmendsImportName case_names[] = {
  { "reference", "former_reference" },
  { "old_reference", "former_reference" },
  { "our_reference", "former_reference" },
  { "case_reference", "former_reference" },
  { "date_received", "received" },
  { "received_on", "received" },
  { "complainant", "complainant.name" },
  { "name", "complainant.name" },
  { "home", "complainant.home" },
  { "address", "complainant.home" },
  { "phone", "complainant.phone" },
  { "telephone", "complainant.phone" },
  { "email", "complainant.email" },
  { "relation", "complainant.relation" },
  { "language", "complainant.language" },
  { "preferred_contact", "complainant.preferred_contact" },
  { "representative", "representative.name" },
  { "issue", "issues.what" },
  { "complaint", "issues.what" },
  { "description", "issues.what" },
  { "category", "issues.category" },
  { "outcome_sought", "issues.outcome_sought" },
  { "adjustment", "adjustments.need" },
  { "assigned", "case.assigned.on" },
  { "assigned_to", "case.assigned.to.name" },
  { "acknowledged", "case.acknowledged.on" },
  { "acknowledged_by", "case.acknowledged.channel" },
  { "date_acknowledged", "case.acknowledged.on" },
  { "extended", "case.extended.on" },
  { "stage_1_response", "case.responded.on" },
  { "stage_1_sent", "case.responded.on" },
  { "escalated", "case.escalation_requested.on" },
  { "date_escalated", "case.escalation_requested.on" },
  { "stage_2_acknowledged", "case.stage2_acknowledged.on" },
  { "stage_2_extended", "case.stage2_extended.on" },
  { "stage_2_response", "case.stage2_responded.on" },
  { "stage_2_sent", "case.stage2_responded.on" },
  { "note", "case.noted.text" },
  { NULL, NULL },
};

static const AmendsImportName home_names[] = {
  { "home_reference", "reference" },
  { "property_reference", "reference" },
  { "uprn", "reference" },
  { "our_reference", "reference" },
  { "id", "reference" },
  { "home", "address" },
  { "flat", "address" },
  { "property", "address" },
  { "door", "address" },
  { "until", "ended" },
  { "end_date", "ended" },
  { NULL, NULL },
};

static const AmendsImportName person_names[] = {
  { "reference", "former_reference" },
  { "old_reference", "former_reference" },
  { "our_reference", "former_reference" },
  { "tenancy_reference", "former_reference" },
  { "resident", "name" },
  { "full_name", "name" },
  { "address", "home" },
  { "flat", "home" },
  { "contact", "preferred_contact" },
  { "contact_preference", "preferred_contact" },
  { NULL, NULL },
};

static const AmendsImportName staff_names[] = {
  { "full_name", "name" },
  { "member_of_staff", "name" },
  { "role", "roles" },
  { NULL, NULL },
};

static const AmendsImportName number_names[] = {
  { "who", "name" },
  { "office", "name" },
  { "telephone", "phone" },
  { "number", "phone" },
  { "opening_hours", "hours" },
  { "open", "hours" },
  { "until", "ended" },
  { NULL, NULL },
};

static const AmendsEventType no_acts[] = { AMENDS_EVENT_UNKNOWN };

static const char *const case_needed[] = { "former_reference", "scheme",        "received",
                                           "channel",          "issues.0.what", NULL };
static const char *const home_needed[] = { "reference", "scheme", "address", NULL };
static const char *const person_needed[] = { "former_reference", "scheme", "name", NULL };
static const char *const staff_needed[] = { "name", NULL };
static const char *const number_needed[] = { "name", "scheme", "phone", NULL };

static const char *const case_usual[] = {
  "former_reference",
  "scheme",
  "kind",
  "received",
  "channel",
  "complainant.name",
  "complainant.relation",
  "complainant.home",
  "complainant.phone",
  "complainant.email",
  "complainant.preferred_contact",
  "issues.what",
  "issues.arose",
  "issues.outcome_sought",
  "adjustments.need",
  "adjustments.detail",
  "case.assigned.on",
  "case.assigned.to.name",
  "case.assigned.to.role",
  "case.acknowledged.on",
  "case.acknowledged.channel",
  "case.extended.on",
  "case.extended.told_on",
  "case.extended.channel",
  "case.extended.working_days",
  "case.extended.reason",
  "case.extended.agreed",
  "case.extended.ombudsman_details",
  "case.extended.next_update",
  "case.responded.on",
  "case.responded.channel",
  "case.responded.findings.finding",
  "case.responded.author.name",
  "case.responded.author.role",
  "case.responded.escalation_told",
  "case.responded.ombudsman_details",
  "case.escalation-requested.on",
  "case.escalation-requested.channel",
  "case.stage2-acknowledged.on",
  "case.stage2-acknowledged.channel",
  "case.noted.text",
  NULL,
};
static const char *const home_usual[] = { "reference", "scheme", "address", "ended", NULL };
static const char *const person_usual[] = {
  "former_reference", "scheme", "name", "home", "language", "preferred_contact", NULL
};
static const char *const staff_usual[] = { "name", "roles", NULL };
static const char *const number_usual[] = { "name", "scheme", "phone", "hours",
                                            "role", "ended",  NULL };

static const AmendsImportOf kinds[AMENDS_REGISTER_N_IMPORTED] = {
  [AMENDS_REGISTER_CASES] = { "running-cases", AMENDS_EVENT_CASE_RECORDED, "former_reference",
                              "scheme", case_acts, case_names, case_needed, case_usual },
  [AMENDS_REGISTER_HOMES] = { "homes", AMENDS_EVENT_HOME_RECORDED, "reference", "scheme", no_acts,
                              home_names, home_needed, home_usual },
  [AMENDS_REGISTER_PEOPLE] = { "people", AMENDS_EVENT_PERSON_RECORDED, "former_reference", "scheme",
                               no_acts, person_names, person_needed, person_usual },
  [AMENDS_REGISTER_STAFF] = { "staff", AMENDS_EVENT_STAFF_RECORDED, "name", NULL, no_acts,
                              staff_names, staff_needed, staff_usual },
  [AMENDS_REGISTER_NUMBERS] = { "numbers", AMENDS_EVENT_NUMBER_RECORDED, "name", "scheme", no_acts,
                                number_names, number_needed, number_usual },
};

/* Returns: what a file of @kind holds */
const AmendsImportOf *
amends_import_get_of (AmendsRegisterKind kind)
{
  g_return_val_if_fail (kind < AMENDS_REGISTER_N_IMPORTED, NULL);

  return &kinds[kind];
}

/* Returns: the table of what @type says in such a file */
const AmendsSchemaField *
amends_import_of_get_fields (AmendsRegisterKind kind, AmendsEventType type)
{
  if (kind != AMENDS_REGISTER_CASES)
    return amends_register_get (kind)->fields;
  return type == AMENDS_EVENT_CASE_RECORDED ? amends_intake_get_fields ()
                                            : amends_intake_get_act_fields (type);
}

/**
 * amends_import_get_word:
 *
 * Returns: what a file of @kind is called in a command: "running-cases"
 */
const char *
amends_import_get_word (AmendsRegisterKind kind)
{
  return amends_import_get_of (kind)->word;
}

/**
 * amends_import_find_kind:
 * @word: as in a command
 * @ret_kind: (out): what it is
 *
 * Returns: whether there is such a kind
 */
gboolean
amends_import_find_kind (const char *word, AmendsRegisterKind *ret_kind)
{
  for (int kind = 0; kind < AMENDS_REGISTER_N_IMPORTED; kind++)
    if (g_str_equal (kinds[kind].word, word))
      {
        *ret_kind = (AmendsRegisterKind) kind;
        return TRUE;
      }
  return FALSE;
}

/**
 * amends_import_get_usual:
 *
 * Returns: (array zero-terminated=1): the names of the usual columns of a file of @kind
 */
const char *const *
amends_import_get_usual (AmendsRegisterKind kind)
{
  return amends_import_get_of (kind)->usual;
}

/**
 * amends_import_dup_template:
 *
 * Returns: (transfer full): a header with the usual columns
 */
char *
amends_import_dup_template (AmendsRegisterKind kind)
{
  return g_strjoinv (",", (char **) amends_import_get_usual (kind));
}
