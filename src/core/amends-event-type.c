/* amends-event-type.c: the words by which events say what they are
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/amends-event.h"

static const char *const type_words[AMENDS_EVENT_N_TYPES] = {
  [AMENDS_EVENT_UNKNOWN] = "unknown",
  [AMENDS_EVENT_CASE_RECORDED] = "case.recorded",
  [AMENDS_EVENT_CASE_NOTED] = "case.noted",
  [AMENDS_EVENT_CASE_ACKNOWLEDGED] = "case.acknowledged",
  [AMENDS_EVENT_CONTACT_CHANGED] = "contact.changed",
  [AMENDS_EVENT_ISSUE_ADDED] = "issue.added",
  [AMENDS_EVENT_CONSENT_GIVEN] = "consent.given",
  [AMENDS_EVENT_CONSENT_REFUSED] = "consent.refused",
  [AMENDS_EVENT_CONSENT_DEFERRED] = "consent.deferred",
  [AMENDS_EVENT_CONSENT_WITHDRAWN] = "consent.withdrawn",
  [AMENDS_EVENT_ADJUSTMENT_ADDED] = "adjustment.added",
  [AMENDS_EVENT_ADJUSTMENT_ENDED] = "adjustment.ended",
  [AMENDS_EVENT_AUTHORITY_GIVEN] = "authority.given",
  [AMENDS_EVENT_AUTHORITY_WITHDRAWN] = "authority.withdrawn",
  [AMENDS_EVENT_CONFLICT_SETTLED] = "conflict.settled",
  [AMENDS_EVENT_STAFF_RECORDED] = "staff.recorded",
  [AMENDS_EVENT_DEVICE_FORKED] = "device.forked",
  [AMENDS_EVENT_SERVER_BEGAN] = "server.began",
  [AMENDS_EVENT_SERVER_RESTORED] = "server.restored",
  [AMENDS_EVENT_SCHEME_RECORDED] = "scheme.recorded",
  [AMENDS_EVENT_DEVICE_ENROLLED] = "device.enrolled",
  [AMENDS_EVENT_DEVICE_GRANTED] = "device.granted",
  [AMENDS_EVENT_DEVICE_UNGRANTED] = "device.ungranted",
  [AMENDS_EVENT_DEVICE_REVOKED] = "device.revoked",
  [AMENDS_EVENT_DEVICE_RECODED] = "device.recoded",
  [AMENDS_EVENT_POLICY_PUBLISHED] = "policy.published",
  [AMENDS_EVENT_CALENDAR_PUBLISHED] = "calendar.published",
  [AMENDS_EVENT_CASE_EDITION_MOVED] = "case.edition-moved",
  [AMENDS_EVENT_CASE_ACCEPTED] = "case.accepted",
  [AMENDS_EVENT_CASE_DECLINED] = "case.declined",
  [AMENDS_EVENT_CASE_WITHDRAWN] = "case.withdrawn",
  [AMENDS_EVENT_CASE_REOPENED] = "case.reopened",
  [AMENDS_EVENT_CASE_ASSIGNED] = "case.assigned",
  [AMENDS_EVENT_CASE_CONTACTED] = "case.contacted",
  [AMENDS_EVENT_CASE_EXTENDED] = "case.extended",
  [AMENDS_EVENT_CASE_UPDATED] = "case.updated",
  [AMENDS_EVENT_CASE_RESPONDED] = "case.responded",
  [AMENDS_EVENT_CASE_DELIVERED] = "case.delivered",
  [AMENDS_EVENT_CASE_ESCALATION_REQUESTED] = "case.escalation-requested",
  [AMENDS_EVENT_CASE_ESCALATION_REFUSED] = "case.escalation-refused",
  [AMENDS_EVENT_CASE_STAGE2_ACKNOWLEDGED] = "case.stage2-acknowledged",
  [AMENDS_EVENT_CASE_STAGE2_ASSIGNED] = "case.stage2-assigned",
  [AMENDS_EVENT_CASE_STAGE2_CONTACTED] = "case.stage2-contacted",
  [AMENDS_EVENT_CASE_STAGE2_UPDATED] = "case.stage2-updated",
  [AMENDS_EVENT_CASE_STAGE2_EXTENDED] = "case.stage2-extended",
  [AMENDS_EVENT_CASE_STAGE2_RESPONDED] = "case.stage2-responded",
  [AMENDS_EVENT_CASE_STAGE2_CLOSED] = "case.stage2-closed",
  [AMENDS_EVENT_CASE_CLOSURE_CONTACT] = "case.closure-contact",
  [AMENDS_EVENT_CASE_CLOSED] = "case.closed",
  [AMENDS_EVENT_CASE_PANEL_REQUESTED] = "case.panel-requested",
  [AMENDS_EVENT_CASE_PANEL_DECIDED] = "case.panel-decided",
  [AMENDS_EVENT_CASE_DISCLOSED] = "case.disclosed",
  [AMENDS_EVENT_CASE_DEPARTURE] = "case.departure",
  [AMENDS_EVENT_CASE_UNDERSTANDING] = "case.understanding",
  [AMENDS_EVENT_CASE_DISSATISFIED] = "case.dissatisfied",
  [AMENDS_EVENT_CASE_PROMOTED] = "case.promoted",
  [AMENDS_EVENT_CASE_REQUEST_RESOLVED] = "case.request-resolved",
  [AMENDS_EVENT_CASE_HAZARD_REPORTED] = "case.hazard-reported",
  [AMENDS_EVENT_CASE_HAZARD_INVESTIGATED] = "case.hazard-investigated",
  [AMENDS_EVENT_CASE_HAZARD_SUMMARY_SENT] = "case.hazard-summary-sent",
  [AMENDS_EVENT_CASE_HAZARD_MADE_SAFE] = "case.hazard-made-safe",
  [AMENDS_EVENT_CASE_ERASURE_ASKED] = "case.erasure-asked",
  [AMENDS_EVENT_CASE_ERASURE_AGREED] = "case.erasure-agreed",
  [AMENDS_EVENT_BODY_ERASED] = "body.erased",
  [AMENDS_EVENT_CASE_CORRECTED] = "case.corrected",
  [AMENDS_EVENT_CASE_CORRECTION_ANSWERED] = "case.correction-answered",
  [AMENDS_EVENT_CASE_ATTACHED] = "case.attached",
  [AMENDS_EVENT_CASE_TRIAGED] = "case.triaged",
  [AMENDS_EVENT_CASE_DEFINED] = "case.defined",
  [AMENDS_EVENT_CASE_STAGE2_DEFINED] = "case.stage2-defined",
  [AMENDS_EVENT_CASE_INVESTIGATED] = "case.investigated",
  [AMENDS_EVENT_CASE_STAGE2_INVESTIGATED] = "case.stage2-investigated",
  [AMENDS_EVENT_CASE_INFORMATION_REQUESTED] = "case.information-requested",
  [AMENDS_EVENT_CASE_INFORMATION_ANSWERED] = "case.information-answered",
  [AMENDS_EVENT_CASE_FINDING] = "case.finding",
  [AMENDS_EVENT_CASE_STAGE2_FINDING] = "case.stage2-finding",
  [AMENDS_EVENT_CASE_REMEDY_OFFERED] = "case.remedy-offered",
  [AMENDS_EVENT_CASE_REMEDY_ANSWERED] = "case.remedy-answered",
  [AMENDS_EVENT_CASE_REMEDY_GIVEN] = "case.remedy-given",
  [AMENDS_EVENT_CASE_ACTION_ADDED] = "case.action-added",
  [AMENDS_EVENT_CASE_ACTION_DONE] = "case.action-done",
  [AMENDS_EVENT_CASE_DRAFTED] = "case.drafted",
  [AMENDS_EVENT_CASE_APPROVED] = "case.approved",
  [AMENDS_EVENT_CASE_SENT] = "case.sent",
  [AMENDS_EVENT_CASE_STAGE2_DRAFTED] = "case.stage2-drafted",
  [AMENDS_EVENT_CASE_STAGE2_APPROVED] = "case.stage2-approved",
  [AMENDS_EVENT_CASE_STAGE2_SENT] = "case.stage2-sent",
  [AMENDS_EVENT_CASE_LEARNING] = "case.learning",
  [AMENDS_EVENT_CASE_SURVEY] = "case.survey",
  [AMENDS_EVENT_CASE_REFERRED] = "case.referred",
  [AMENDS_EVENT_CASE_DETERMINATION] = "case.determination",
  [AMENDS_EVENT_CASE_ORDER] = "case.order",
  [AMENDS_EVENT_CASE_ORDER_DONE] = "case.order-done",
  [AMENDS_EVENT_CASE_BEHAVIOUR_RESTRICTION] = "case.behaviour-restriction",
  [AMENDS_EVENT_CASE_BEHAVIOUR_REVIEWED] = "case.behaviour-reviewed",
  [AMENDS_EVENT_CASE_PANEL_RECOMMENDED] = "case.panel-recommended",
  [AMENDS_EVENT_CASE_MATCHED] = "case.matched",
  [AMENDS_EVENT_CASE_JOINED] = "case.joined",
  [AMENDS_EVENT_CASE_SPLIT] = "case.split",
  [AMENDS_EVENT_CASE_FORWARDED] = "case.forwarded",
  [AMENDS_EVENT_CASE_MOVED] = "case.moved",
  [AMENDS_EVENT_PERSON_ADJUSTMENT_DECIDED] = "person.adjustment-decided",
  [AMENDS_EVENT_PERSON_ADJUSTMENT_MADE] = "person.adjustment-made",
  [AMENDS_EVENT_PERSON_ADJUSTMENT_REVIEWED] = "person.adjustment-reviewed",
  [AMENDS_EVENT_PERSON_DISABILITY_DISCLOSED] = "person.disability-disclosed",
  [AMENDS_EVENT_PERSON_PREFERENCE] = "person.preference",
  [AMENDS_EVENT_CASE_CARRIED] = "case.carried",
  [AMENDS_EVENT_HOME_RECORDED] = "home.recorded",
  [AMENDS_EVENT_PERSON_RECORDED] = "person.recorded",
  [AMENDS_EVENT_PIN_RECORDED] = "pin.recorded",
  [AMENDS_EVENT_NUMBER_RECORDED] = "number.recorded",
  [AMENDS_EVENT_CASE_APPOINTED] = "case.appointed",
  [AMENDS_EVENT_CASE_APPOINTMENT_ENDED] = "case.appointment-ended",
  [AMENDS_EVENT_CASE_COMPLAINANT_JOINED] = "case.complainant-joined",
  [AMENDS_EVENT_CASE_ASK_FIRST] = "case.ask-first",
  [AMENDS_EVENT_CASE_TRANSCRIBED] = "case.transcribed",
  [AMENDS_EVENT_QUEUE_CARRIED] = "queue.carried",
  [AMENDS_EVENT_CASE_PARTED] = "case.parted",
  [AMENDS_EVENT_PERSON_CAPACITY_ASSESSED] = "person.capacity-assessed",
};

/* One mechanism folds, judges and shows these. */
static const gboolean is_handling[AMENDS_EVENT_N_TYPES] = {
  [AMENDS_EVENT_CASE_ACKNOWLEDGED] = TRUE,
  [AMENDS_EVENT_CASE_ACCEPTED] = TRUE,
  [AMENDS_EVENT_CASE_DECLINED] = TRUE,
  [AMENDS_EVENT_CASE_WITHDRAWN] = TRUE,
  [AMENDS_EVENT_CASE_REOPENED] = TRUE,
  [AMENDS_EVENT_CASE_ASSIGNED] = TRUE,
  [AMENDS_EVENT_CASE_CONTACTED] = TRUE,
  [AMENDS_EVENT_CASE_EXTENDED] = TRUE,
  [AMENDS_EVENT_CASE_UPDATED] = TRUE,
  [AMENDS_EVENT_CASE_RESPONDED] = TRUE,
  [AMENDS_EVENT_CASE_DELIVERED] = TRUE,
  [AMENDS_EVENT_CASE_ESCALATION_REQUESTED] = TRUE,
  [AMENDS_EVENT_CASE_ESCALATION_REFUSED] = TRUE,
  [AMENDS_EVENT_CASE_STAGE2_ACKNOWLEDGED] = TRUE,
  [AMENDS_EVENT_CASE_STAGE2_ASSIGNED] = TRUE,
  [AMENDS_EVENT_CASE_STAGE2_CONTACTED] = TRUE,
  [AMENDS_EVENT_CASE_STAGE2_UPDATED] = TRUE,
  [AMENDS_EVENT_CASE_STAGE2_EXTENDED] = TRUE,
  [AMENDS_EVENT_CASE_STAGE2_RESPONDED] = TRUE,
  [AMENDS_EVENT_CASE_STAGE2_CLOSED] = TRUE,
  [AMENDS_EVENT_CASE_CLOSURE_CONTACT] = TRUE,
  [AMENDS_EVENT_CASE_CLOSED] = TRUE,
  [AMENDS_EVENT_CASE_PANEL_REQUESTED] = TRUE,
  [AMENDS_EVENT_CASE_PANEL_DECIDED] = TRUE,
  [AMENDS_EVENT_CASE_DISCLOSED] = TRUE,
  [AMENDS_EVENT_CASE_DEPARTURE] = TRUE,
  [AMENDS_EVENT_CASE_UNDERSTANDING] = TRUE,
  [AMENDS_EVENT_CASE_DISSATISFIED] = TRUE,
  [AMENDS_EVENT_CASE_PROMOTED] = TRUE,
  [AMENDS_EVENT_CASE_REQUEST_RESOLVED] = TRUE,
  [AMENDS_EVENT_CASE_HAZARD_REPORTED] = TRUE,
  [AMENDS_EVENT_CASE_HAZARD_INVESTIGATED] = TRUE,
  [AMENDS_EVENT_CASE_HAZARD_SUMMARY_SENT] = TRUE,
  [AMENDS_EVENT_CASE_HAZARD_MADE_SAFE] = TRUE,
  [AMENDS_EVENT_CASE_TRIAGED] = TRUE,
  [AMENDS_EVENT_CASE_DEFINED] = TRUE,
  [AMENDS_EVENT_CASE_STAGE2_DEFINED] = TRUE,
  [AMENDS_EVENT_CASE_INVESTIGATED] = TRUE,
  [AMENDS_EVENT_CASE_STAGE2_INVESTIGATED] = TRUE,
  [AMENDS_EVENT_CASE_INFORMATION_REQUESTED] = TRUE,
  [AMENDS_EVENT_CASE_INFORMATION_ANSWERED] = TRUE,
  [AMENDS_EVENT_CASE_APPOINTED] = TRUE,
  [AMENDS_EVENT_CASE_APPOINTMENT_ENDED] = TRUE,
  [AMENDS_EVENT_CASE_COMPLAINANT_JOINED] = TRUE,
  [AMENDS_EVENT_CASE_FINDING] = TRUE,
  [AMENDS_EVENT_CASE_STAGE2_FINDING] = TRUE,
  [AMENDS_EVENT_CASE_REMEDY_OFFERED] = TRUE,
  [AMENDS_EVENT_CASE_REMEDY_ANSWERED] = TRUE,
  [AMENDS_EVENT_CASE_REMEDY_GIVEN] = TRUE,
  [AMENDS_EVENT_CASE_ACTION_ADDED] = TRUE,
  [AMENDS_EVENT_CASE_ACTION_DONE] = TRUE,
  [AMENDS_EVENT_CASE_DRAFTED] = TRUE,
  [AMENDS_EVENT_CASE_APPROVED] = TRUE,
  [AMENDS_EVENT_CASE_SENT] = TRUE,
  [AMENDS_EVENT_CASE_STAGE2_DRAFTED] = TRUE,
  [AMENDS_EVENT_CASE_STAGE2_APPROVED] = TRUE,
  [AMENDS_EVENT_CASE_STAGE2_SENT] = TRUE,
  [AMENDS_EVENT_CASE_LEARNING] = TRUE,
  [AMENDS_EVENT_CASE_SURVEY] = TRUE,
  [AMENDS_EVENT_CASE_REFERRED] = TRUE,
  [AMENDS_EVENT_CASE_DETERMINATION] = TRUE,
  [AMENDS_EVENT_CASE_ORDER] = TRUE,
  [AMENDS_EVENT_CASE_ORDER_DONE] = TRUE,
  [AMENDS_EVENT_CASE_BEHAVIOUR_RESTRICTION] = TRUE,
  [AMENDS_EVENT_CASE_BEHAVIOUR_REVIEWED] = TRUE,
  [AMENDS_EVENT_CASE_PANEL_RECOMMENDED] = TRUE,
  [AMENDS_EVENT_CASE_ASK_FIRST] = TRUE,
  [AMENDS_EVENT_CASE_TRANSCRIBED] = TRUE,
  [AMENDS_EVENT_CASE_MATCHED] = TRUE,
  [AMENDS_EVENT_CASE_JOINED] = TRUE,
  [AMENDS_EVENT_CASE_SPLIT] = TRUE,
  [AMENDS_EVENT_CASE_PARTED] = TRUE,
  [AMENDS_EVENT_PERSON_CAPACITY_ASSESSED] = TRUE,
  [AMENDS_EVENT_CASE_FORWARDED] = TRUE,
  [AMENDS_EVENT_PERSON_ADJUSTMENT_DECIDED] = TRUE,
  [AMENDS_EVENT_PERSON_ADJUSTMENT_MADE] = TRUE,
  [AMENDS_EVENT_PERSON_ADJUSTMENT_REVIEWED] = TRUE,
  [AMENDS_EVENT_PERSON_DISABILITY_DISCLOSED] = TRUE,
};

/**
 * amends_event_type_to_string:
 *
 * Returns: (transfer none): the word that stands in a body; "unknown" also of a number that no type has
 */
const char *
amends_event_type_to_string (AmendsEventType type)
{
  g_return_val_if_fail ((guint) type < AMENDS_EVENT_N_TYPES, NULL);

  return type_words[type] != NULL ? type_words[type] : type_words[AMENDS_EVENT_UNKNOWN];
}

/**
 * amends_event_type_is_handling:
 *
 * Returns: whether it is an act of complaint handling: a step of the respondent's, or a wish of the
 * complainant's about the case as a whole
 */
gboolean
amends_event_type_is_handling (AmendsEventType type)
{
  g_return_val_if_fail ((guint) type < AMENDS_EVENT_N_TYPES, FALSE);

  return is_handling[type];
}

/**
 * amends_event_type_from_string:
 *
 * Returns: the type, or %AMENDS_EVENT_UNKNOWN
 */
AmendsEventType
amends_event_type_from_string (const char *word)
{
  for (guint i = 1; i < AMENDS_EVENT_N_TYPES; i++)
    if (g_strcmp0 (word, type_words[i]) == 0)
      return (AmendsEventType) i;
  return AMENDS_EVENT_UNKNOWN;
}
