/* amends-policy.h: what a landlord owes a complainant, and by when, clause by clause
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/amends-clock-event.h"

G_BEGIN_DECLS

#define AMENDS_POLICY_MAX_BYTES (256 * 1024)     /* ten times the longest edition that ships */
#define AMENDS_POLICY_VALUE_MAX_BYTES (4 * 1024) /* a paragraph */
#define AMENDS_POLICY_CLOCK_MAX_LENGTH 1000      /* working days of four years */

/**
 * AmendsPolicyStatus:
 * @AMENDS_POLICY_STATUS_EXACT: the clause says it
 * @AMENDS_POLICY_STATUS_READ: the clause leaves it open; this is how it was read
 * @AMENDS_POLICY_STATUS_CONFLICT: the document contradicts itself; the others are alternatives
 * @AMENDS_POLICY_STATUS_SILENT: the document does not say
 *
 * How a rule stands in the document. Where it was read, or is in conflict, its keys "taken" and "because" say
 * why this reading was taken, if anything is claimed of that: both may be missing.
 */
typedef enum
{
  AMENDS_POLICY_STATUS_EXACT,
  AMENDS_POLICY_STATUS_READ,
  AMENDS_POLICY_STATUS_CONFLICT,
  AMENDS_POLICY_STATUS_SILENT,
} AmendsPolicyStatus;

/**
 * AmendsClockName:
 *
 * The clocks, in the order of their rows.
 */
typedef enum
{
  AMENDS_CLOCK_ACKNOWLEDGE,
  AMENDS_CLOCK_CONTACT,
  AMENDS_CLOCK_RESPOND,
  AMENDS_CLOCK_ESCALATE,
  AMENDS_CLOCK_CLOSE,
  AMENDS_CLOCK_STAGE2_ACKNOWLEDGE,
  AMENDS_CLOCK_STAGE2_CONTACT,
  AMENDS_CLOCK_STAGE2_UPDATE,
  AMENDS_CLOCK_STAGE2_RESPOND,
  AMENDS_CLOCK_SERVICE_REQUEST,
  AMENDS_CLOCK_ENQUIRY,
  AMENDS_CLOCK_AGE_LIMIT,
  AMENDS_CLOCK_DATA_COMPLAINT,
  AMENDS_CLOCK_HAZARD_EMERGENCY,
  AMENDS_CLOCK_HAZARD_INVESTIGATE,
  AMENDS_CLOCK_HAZARD_WRITTEN_SUMMARY,
  AMENDS_CLOCK_HAZARD_MAKE_SAFE,
} AmendsClockName;

#define AMENDS_CLOCK_N_NAMES (AMENDS_CLOCK_HAZARD_MAKE_SAFE + 1)

typedef enum
{
  AMENDS_CLOCK_UNIT_WORKING_DAYS,
  AMENDS_CLOCK_UNIT_CALENDAR_DAYS,
  AMENDS_CLOCK_UNIT_MONTHS,
  AMENDS_CLOCK_UNIT_HOURS, /* a history knows days: they end with the day they end on */
} AmendsClockUnit;

/**
 * AmendsClockPurpose:
 * @AMENDS_CLOCK_PURPOSE_DUTY: what the landlord owes; late is a breach
 * @AMENDS_CLOCK_PURPOSE_WINDOW: what the complainant may do; late asks for a decision
 * @AMENDS_CLOCK_PURPOSE_PROMPT: what the landlord means to look at; never a breach
 */
typedef enum
{
  AMENDS_CLOCK_PURPOSE_DUTY,
  AMENDS_CLOCK_PURPOSE_WINDOW,
  AMENDS_CLOCK_PURPOSE_PROMPT,
} AmendsClockPurpose;

/**
 * AmendsPolicyValue:
 * @key: a key of the group
 * @value: as it stands in the file
 */
typedef struct
{
  char *key;
  char *value;
} AmendsPolicyValue;

/**
 * AmendsPolicyRule:
 * @kind: the word before the colon of its group, "clock"
 * @name: the word after it, "respond"
 * @n_line: where the group begins in the file, from 1
 * @clause: as it is cited: "6.5.1"; empty where the document is silent
 * @status: how it stands in the document
 * @alternatives: (array zero-terminated=1): the other readings; empty unless in conflict, or read
 * @rows: (array zero-terminated=1): the rows of the reading of the document that it accounts for
 * @values: (element-type AmendsPolicyValue): everything else, in the order of the file
 *
 * One group of a file.
 */
typedef struct
{
  char *kind;
  char *name;
  int n_line;
  char *clause;
  AmendsPolicyStatus status;
  char **alternatives;
  char **rows;
  GArray *values;
} AmendsPolicyRule;

/**
 * AmendsPolicyClock:
 * @rule: the group it stands in
 * @name: which clock
 * @start: what it starts on
 * @length: how long, in @unit
 * @unit: what is counted
 * @end: what it ends on
 * @purpose: what being late means
 * @is_same_day: whether the day of the start is day 1, if it is a working day
 * @needs_writing: whether only a written end counts
 * @starts_delivered: whether it starts when what was sent has arrived, where that is known
 * @ends_delivered: whether it ends when what was sent has arrived
 * @is_statutory: whether the law sets it: then no closure of the landlord lengthens it
 * @n_postal_working_days: how much earlier a letter is sent, where @ends_delivered
 */
typedef struct
{
  const AmendsPolicyRule *rule;
  AmendsClockName name;
  AmendsClockEventKind start;
  int length;
  AmendsClockUnit unit;
  AmendsClockEventKind end;
  AmendsClockPurpose purpose;
  gboolean is_same_day;
  gboolean needs_writing;
  gboolean starts_delivered;
  gboolean ends_delivered;
  gboolean is_statutory;
  int n_postal_working_days;
} AmendsPolicyClock;

/**
 * AmendsPolicyExtension:
 * @rule: the group it stands in
 * @n_cap_working_days: how much may be added without good reason; 0 where the document is silent
 * @is_firm: %FALSE where the cap holds only "generally"
 */
typedef struct
{
  const AmendsPolicyRule *rule;
  int n_cap_working_days;
  gboolean is_firm;
} AmendsPolicyExtension;

typedef struct _AmendsPolicy AmendsPolicy; /* immutable once parsed; shared between threads */

AmendsPolicy *
amends_policy_parse (GBytes *bytes, const char *file_name, GPtrArray *problems, GError **error);
AmendsPolicy *amends_policy_ref (AmendsPolicy *self);
void amends_policy_unref (AmendsPolicy *self);

const char *amends_policy_get_id (const AmendsPolicy *self);
const char *amends_policy_get_landlord (const AmendsPolicy *self);
const char *amends_policy_get_title (const AmendsPolicy *self);
const char *amends_policy_get_version (const AmendsPolicy *self);
const char *amends_policy_get_calendar_id (const AmendsPolicy *self);
AmendsDay amends_policy_get_effective_day (const AmendsPolicy *self);
AmendsDay amends_policy_get_review_day (const AmendsPolicy *self);

const AmendsPolicyClock *amends_policy_get_clock (const AmendsPolicy *self, AmendsClockName name);
const AmendsPolicyExtension *amends_policy_get_extension (const AmendsPolicy *self, int stage);

guint amends_policy_get_n_rules (const AmendsPolicy *self);
const AmendsPolicyRule *amends_policy_get_rule (const AmendsPolicy *self, guint i);
const AmendsPolicyRule *
amends_policy_find_rule (const AmendsPolicy *self, const char *kind, const char *name);
const char *amends_policy_rule_get (const AmendsPolicyRule *rule, const char *key);
gboolean amends_policy_rule_is_confirmed (const AmendsPolicyRule *rule);
char **amends_policy_rule_get_list (const AmendsPolicyRule *rule, const char *key);
const GArray *amends_policy_get_later (const AmendsPolicy *self);

char *amends_policy_cite (const char *clause, const char *provision);
const char *amends_policy_status_get_name (AmendsPolicyStatus status);
const char *amends_clock_name_get_name (AmendsClockName name);
const char *amends_clock_unit_get_name (AmendsClockUnit unit);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (AmendsPolicy, amends_policy_unref)

G_END_DECLS
