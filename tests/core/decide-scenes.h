/* decide-scenes.h: cases in which something is requested, and requests
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "support/case.h"

#define MAX_ACTS 8
#define WHO ",\"complainant\":{\"name\":\"Wren Ashdown\"}"
#define COMPLAINT "\"complaint\"" WHO

#define KIT ",\"others\":[{\"name\":\"Kit Marsh\",\"relation\":\"household-member\"}]"

/* Scenes. The first issue is 2A.2, in scenes that have one. */
#define ISSUE                                             \
  {                                                       \
    "issue.added", "\"what\":\"a\",\"arose\":\"2026-10\"" \
  }
#define OLD_ISSUE                                         \
  {                                                       \
    "issue.added", "\"what\":\"a\",\"arose\":\"2024-05\"" \
  }
#define ACKNOWLEDGED                                               \
  {                                                                \
    "acknowledged", "\"on\":\"2026-11-24\",\"channel\":\"letter\"" \
  }
#define ASSIGNED                                                                             \
  {                                                                                          \
    "assigned", "\"on\":\"2026-11-24\",\"to\":{\"name\":\"Tamsin Roe\",\"staff\":\"2A.50\"}" \
  }
#define RESPONDED                                                                                  \
  {                                                                                                \
    "responded", "\"on\":\"2026-12-01\",\"channel\":\"letter\",\"author\":{\"name\":\"Kit Fenn\"}" \
  }
#define REQUESTED                                                         \
  {                                                                       \
    "escalation-requested", "\"on\":\"2026-12-02\",\"channel\":\"email\"" \
  }
#define TO_CLOSE(reached)                                                                     \
  {                                                                                           \
    "closure-contact", "\"on\":\"2026-12-02\",\"channel\":\"telephone\",\"reached\":" reached \
  }

#define FOUND                                                                         \
  {                                                                                   \
    "finding", "\"on\":\"2026-11-27\",\"issue\":\"2A.2\",\"finding\":\"not-upheld\"," \
               "\"done_by\":{\"name\":\"Tamsin Roe\",\"staff\":\"2A.50\"}"            \
  }
#define DRAFT                                                             \
  {                                                                       \
    "drafted", "\"on\":\"2026-11-30\",\"text\":\"a\","                    \
               "\"author\":{\"name\":\"Tamsin Roe\",\"staff\":\"2A.50\"}" \
  }
#define OFFER                                                                \
  {                                                                          \
    "remedy-offered", "\"on\":\"2026-11-30\",\"remedy\":\"financial-loss\"," \
                      "\"gross_pence\":5000,\"due\":\"2026-12-04\""          \
  }
#define OFFER_TAKEN                                                                        \
  {                                                                                        \
    "remedy-answered", "\"remedy\":\"2A.5\",\"on\":\"2026-12-02\",\"answer\":\"accepted\"" \
  }
#define TO_DO                                                                     \
  {                                                                               \
    "action-added", "\"on\":\"2026-11-30\",\"what\":\"a\",\"due\":\"2026-12-04\"" \
  }

#define KEY_OF_A_FILE "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="
#define VOICE                                                                                   \
  {                                                                                             \
    "attached", "\"name\":\"a.ogg\",\"media\":\"audio/ogg\",\"what\":\"recording\",\"size\":1," \
                "\"key\":\"" KEY_OF_A_FILE "\",\"root\":\"" KEY_OF_A_FILE "\""                  \
  }

typedef struct
{
  const char *name;
  const char *recorded;
  TestAct acts[MAX_ACTS];
} TestScene;

static const TestScene scenes[] = {
  { "new", COMPLAINT, { ISSUE, ACKNOWLEDGED } },
  { "old", COMPLAINT, { OLD_ISSUE, ACKNOWLEDGED } },
  /* Between the six months of two landlords and the twelve of the Code. */
  { "eight-months", COMPLAINT, { { "issue.added", "\"what\":\"a\",\"arose\":\"2026-03-01\"" } } },
  /* Two years ago, and known since last month. */
  { "known-later",
    COMPLAINT,
    { { "issue.added", "\"what\":\"a\",\"arose\":\"2024-05\",\"aware\":\"2026-10\"" } } },
  { "undated", COMPLAINT, { { "issue.added", "\"what\":\"a\"" } } },
  { "old-and-new",
    COMPLAINT,
    { OLD_ISSUE, { "issue.added", "\"what\":\"b\",\"arose\":\"2026-10\"" } } },
  { "extended",
    COMPLAINT,
    { ISSUE, ACKNOWLEDGED, { "extended", "\"on\":\"2026-11-30\",\"working_days\":8" } } },
  { "assigned", COMPLAINT, { ISSUE, ACKNOWLEDGED, ASSIGNED } },
  { "answered", COMPLAINT, { ISSUE, ACKNOWLEDGED, ASSIGNED, RESPONDED } },
  { "answered-apart",
    COMPLAINT,
    { ISSUE,
      ACKNOWLEDGED,
      ASSIGNED,
      { "responded", "\"on\":\"2026-12-01\",\"channel\":\"letter\"", "2A.5", "2A.4" },
      { "responded", "\"on\":\"2026-12-02\",\"channel\":\"email\"", "7K.1", "2A.4" } } },
  { "answered-and-asked",
    COMPLAINT,
    { ISSUE, ACKNOWLEDGED, ASSIGNED, RESPONDED, TO_CLOSE ("true") } },
  { "answered-and-tried-twice",
    COMPLAINT,
    { ISSUE, ACKNOWLEDGED, RESPONDED, TO_CLOSE ("false"), TO_CLOSE ("false") } },
  { "answered-and-tried-thrice",
    COMPLAINT,
    { ISSUE, ACKNOWLEDGED, RESPONDED, TO_CLOSE ("false"), TO_CLOSE ("false"),
      TO_CLOSE ("false") } },
  { "answered-and-departed",
    COMPLAINT,
    { ISSUE,
      ACKNOWLEDGED,
      RESPONDED,
      TO_CLOSE ("true"),
      { "departure", "\"on\":\"2026-12-01\",\"clause\":\"6.5.1\",\"reason\":\"a\"" } } },
  { "escalated", COMPLAINT, { ISSUE, ACKNOWLEDGED, ASSIGNED, RESPONDED, REQUESTED } },
  { "stage-2-extended",
    COMPLAINT,
    { ISSUE,
      ACKNOWLEDGED,
      RESPONDED,
      REQUESTED,
      { "stage2-acknowledged", "\"on\":\"2026-12-03\",\"channel\":\"letter\"" },
      { "stage2-extended", "\"on\":\"2026-12-04\",\"working_days\":15" } } },
  { "stage-2-answered",
    COMPLAINT,
    { ISSUE,
      ACKNOWLEDGED,
      RESPONDED,
      REQUESTED,
      { "stage2-responded", "\"on\":\"2026-12-10\",\"channel\":\"letter\"" } } },
  { "panel", COMPLAINT, { ISSUE, ASSIGNED, RESPONDED, { "panel-requested", "\"stage\":1" } } },
  { "declined", COMPLAINT, { ISSUE, { "declined", "\"on\":\"2026-11-24\"" } } },
  { "issue-declined",
    COMPLAINT,
    { ISSUE, ACKNOWLEDGED, { "declined", "\"on\":\"2026-11-24\",\"issue\":\"2A.2\"" } } },
  { "issue-reopened",
    COMPLAINT,
    { ISSUE,
      { "declined", "\"on\":\"2026-11-24\",\"issue\":\"2A.2\"" },
      { "reopened",
        "\"on\":\"2026-11-25\",\"issue\":\"2A.2\",\"because\":\"refusal-overturned\"" } } },
  { "declined-and-asked",
    COMPLAINT,
    { ISSUE, { "declined", "\"on\":\"2026-11-24\"" }, REQUESTED } },
  { "request",
    "\"service-request\"" WHO,
    { ISSUE, { "dissatisfied", "\"on\":\"2026-11-25\",\"channel\":\"telephone\"" } } },
  { "about-staff",
    COMPLAINT ",\"about\":[{\"who\":\"staff\",\"name\":\"Odile Marsh\"}]",
    { ISSUE } },
  { "hazard", COMPLAINT ",\"hazard\":\"Mould in the bedroom\"", { ISSUE } },
  { "hazard-request", "\"service-request\"" WHO ",\"hazard_emergency\":true", { ISSUE } },
  { "hazard-told-later",
    "\"service-request\"" WHO,
    { ISSUE, { "hazard-reported", "\"on\":\"2026-11-24\",\"what\":\"a\",\"emergency\":false" } } },
  { "hazard-found",
    "\"service-request\"" WHO ",\"hazard\":true",
    { ISSUE, { "hazard-investigated", "\"on\":\"2026-11-25\",\"found\":true,\"text\":\"a\"" } } },
  { "hazard-none",
    "\"service-request\"" WHO ",\"hazard\":true",
    { ISSUE, { "hazard-investigated", "\"on\":\"2026-11-25\",\"found\":false,\"text\":\"a\"" } } },
  { "hazard-safe",
    "\"service-request\"" WHO ",\"hazard\":true",
    { ISSUE, { "hazard-made-safe", "\"on\":\"2026-11-25\",\"text\":\"a\"" } } },
  /* Somebody made it safe while another took down a second hazard. */
  { "hazard-told-apart",
    "\"service-request\"" WHO ",\"hazard\":true",
    { ISSUE,
      { "hazard-made-safe", "\"on\":\"2026-11-25\",\"text\":\"a\"", "2A.3", "2A.2" },
      { "hazard-reported", "\"on\":\"2026-11-24\",\"what\":\"b\",\"emergency\":true", "7K.1",
        "2A.2" } } },
  { "hazards",
    "\"service-request\"" WHO ",\"hazard\":true",
    { ISSUE, { "hazard-reported", "\"on\":\"2026-11-24\",\"what\":\"b\",\"emergency\":true" } } },
  { "hazards-one-safe",
    "\"service-request\"" WHO ",\"hazard\":true",
    { ISSUE,
      { "hazard-reported", "\"on\":\"2026-11-24\",\"what\":\"b\",\"emergency\":true" },
      { "hazard-made-safe", "\"on\":\"2026-11-25\",\"text\":\"a\",\"hazard\":\"2A.3\"" } } },
  { "hazards-safe",
    "\"service-request\"" WHO ",\"hazard\":true",
    { ISSUE,
      { "hazard-reported", "\"on\":\"2026-11-24\",\"what\":\"b\",\"emergency\":true" },
      { "hazard-made-safe", "\"on\":\"2026-11-25\",\"text\":\"a\",\"hazard\":\"2A.3\"" },
      { "hazard-made-safe", "\"on\":\"2026-11-25\",\"text\":\"a\",\"hazard\":\"2A.1\"" } } },
  { "hazard-answered", COMPLAINT ",\"hazard\":true", { ISSUE, ACKNOWLEDGED, ASSIGNED, RESPONDED } },
  /* Two say differently on which day it became a complaint. */
  { "promoted-apart",
    "\"service-request\"" WHO,
    { ISSUE,
      { "promoted", "\"on\":\"2026-11-27\"", "2A.3", "2A.2" },
      { "promoted", "\"on\":\"2026-11-24\"", "7K.1", "2A.2" } } },
  { "request-unhappy-before",
    "\"service-request\"" WHO,
    { ISSUE, { "dissatisfied", "\"on\":\"2026-11-18\",\"channel\":\"telephone\"" } } },
  { "stage-2-panel",
    COMPLAINT,
    { ISSUE,
      RESPONDED,
      REQUESTED,
      { "stage2-assigned", "\"on\":\"2026-12-03\",\"to\":{\"name\":\"Odile Marsh\"},"
                           "\"supporters\":[{\"name\":\"Petra Quill\"}]" },
      { "panel-requested", "\"stage\":2" },
      { "panel-decided",
        "\"stage\":2,\"on\":\"2026-12-04\",\"members\":[{\"name\":\"Idris Holt\"}]" } } },
  /* What is done before a response, and at stage 2: 2A.5 is what stands last. */
  { "found", COMPLAINT, { ISSUE, ACKNOWLEDGED, ASSIGNED, FOUND } },
  { "drafted", COMPLAINT, { ISSUE, ACKNOWLEDGED, FOUND, DRAFT } },
  { "approved",
    COMPLAINT,
    { ISSUE,
      ACKNOWLEDGED,
      FOUND,
      DRAFT,
      { "approved", "\"draft\":\"2A.5\",\"on\":\"2026-11-30\",\"agreed\":true,"
                    "\"approved_by\":{\"name\":\"Idris Holt\",\"role\":\"approver\"}" } } },
  { "sent-back",
    COMPLAINT,
    { ISSUE,
      ACKNOWLEDGED,
      FOUND,
      DRAFT,
      { "approved", "\"draft\":\"2A.5\",\"on\":\"2026-11-30\",\"agreed\":false" } } },
  { "asked-others",
    COMPLAINT,
    { ISSUE,
      ACKNOWLEDGED,
      ASSIGNED,
      { "information-requested", "\"on\":\"2026-11-25\",\"from\":\"Oak Lifts "
                                 "Ltd\",\"what\":\"a\",\"due\":\"2026-11-30\"" } } },
  { "to-meet",
    COMPLAINT ",\"about\":[{\"who\":\"staff\",\"name\":\"Odile Marsh\"}]",
    { ISSUE,
      ACKNOWLEDGED,
      ASSIGNED,
      { "appointed", "\"on\":\"2026-11-25\",\"what\":\"a\",\"day\":\"2026-11-30\",\"from\":"
                     "\"14:00\",\"where\":\"a\",\"comes\":{\"name\":\"Tamsin Roe\"},\"ring\":"
                     "\"a\"" } } },
  { "offered", COMPLAINT, { ISSUE, ACKNOWLEDGED, ASSIGNED, OFFER, RESPONDED, TO_CLOSE ("true") } },
  { "offer-taken",
    COMPLAINT,
    { ISSUE, ACKNOWLEDGED, ASSIGNED, OFFER, RESPONDED, OFFER_TAKEN, TO_CLOSE ("true") } },
  { "offer-given",
    COMPLAINT,
    { ISSUE,
      ACKNOWLEDGED,
      ASSIGNED,
      OFFER,
      RESPONDED,
      OFFER_TAKEN,
      { "remedy-given", "\"remedy\":\"2A.5\",\"on\":\"2026-12-03\"" },
      TO_CLOSE ("true") } },
  { "to-do", COMPLAINT, { ISSUE, ACKNOWLEDGED, ASSIGNED, TO_DO, RESPONDED, TO_CLOSE ("true") } },
  { "done",
    COMPLAINT,
    { ISSUE,
      ACKNOWLEDGED,
      ASSIGNED,
      TO_DO,
      { "action-done", "\"action\":\"2A.5\",\"on\":\"2026-12-01\"" },
      RESPONDED,
      TO_CLOSE ("true") } },
  { "escalated-and-found",
    COMPLAINT,
    { ISSUE,
      ACKNOWLEDGED,
      FOUND,
      RESPONDED,
      REQUESTED,
      { "stage2-finding", "\"on\":\"2026-12-03\",\"issue\":\"2A.2\",\"finding\":\"upheld\","
                          "\"changes_stage1\":true" },
      { "stage2-drafted", "\"on\":\"2026-12-03\",\"author\":{\"name\":\"Odile Marsh\"}" } } },
  { "closed",
    COMPLAINT,
    { ISSUE, ACKNOWLEDGED, RESPONDED, { "closed", "\"on\":\"2026-12-03\"" } } },
  { "opted-out", COMPLAINT, { ISSUE, RESPONDED, { "survey", "\"step\":\"opted-out\"" } } },
  { "survey-refused",
    COMPLAINT,
    { ISSUE, RESPONDED, { "consent.refused", "\"purpose\":\"contact-for-survey\"" } } },
  { "asked", COMPLAINT, { ISSUE, RESPONDED, { "survey", "\"step\":\"sent\"" } } },
  { "referred",
    COMPLAINT,
    { ISSUE, ACKNOWLEDGED, { "referred", "\"to\":\"housing-ombudsman\"" } } },
  { "ordered",
    COMPLAINT,
    { ISSUE,
      ACKNOWLEDGED,
      RESPONDED,
      { "order", "\"on\":\"2026-12-02\",\"what\":\"a\",\"due\":\"2026-12-11\"" } } },
  { "ask-first",
    COMPLAINT,
    { ISSUE, { "ask-first", "\"on\":\"2026-11-24\",\"ask\":{\"name\":\"Idris Holt\"}" } } },
  { "voice", COMPLAINT, { ISSUE, VOICE } },
  { "voice-agreed",
    COMPLAINT,
    { ISSUE, VOICE, { "consent.given", "\"purpose\":\"keep-recording\"" } } },
  { "voice-refused",
    COMPLAINT,
    { ISSUE, VOICE, { "consent.refused", "\"purpose\":\"keep-recording\"" } } },
  { "restricted",
    COMPLAINT,
    { ISSUE, { "behaviour-restriction", "\"on\":\"2026-11-24\",\"what\":\"a\"" } } },
  { "panel-recommended",
    COMPLAINT,
    { ISSUE,
      RESPONDED,
      { "panel-requested", "\"stage\":1" },
      { "panel-recommended", "\"stage\":1,\"members\":[{\"name\":\"Petra Quill\"}]" } } },
  { "split",
    COMPLAINT,
    { OLD_ISSUE,
      { "issue.added", "\"what\":\"b\",\"arose\":\"2026-10\"" },
      { "split", "\"on\":\"2026-11-24\",\"issue\":\"2A.2\",\"with\":\"7K-2026-9\"" } } },
  { "split-answered",
    COMPLAINT,
    { OLD_ISSUE,
      { "issue.added", "\"what\":\"b\",\"arose\":\"2026-10\"" },
      { "split", "\"on\":\"2026-11-24\",\"issue\":\"2A.2\",\"with\":\"7K-2026-9\"" },
      RESPONDED } },
  { "linked",
    COMPLAINT,
    { ISSUE,
      { "matched", "\"on\":\"2026-11-24\",\"with\":\"7K-2026-9\",\"as\":\"same-person\"" } } },
  { "linked-closed",
    COMPLAINT,
    { ISSUE,
      { "joined", "\"on\":\"2026-11-24\",\"with\":\"7K-2026-9\",\"received\":\"2026-11-19\"" },
      { "closed", "\"on\":\"2026-11-25\",\"closure\":\"other-procedure\"" } } },
  { "parted",
    COMPLAINT,
    { ISSUE,
      { "matched", "\"on\":\"2026-11-24\",\"with\":\"7K-2026-9\",\"as\":\"same-person\"" },
      { "parted", "\"on\":\"2026-11-24\",\"event\":\"2A.3\",\"because\":\"a\"" } } },
  { "reads-badly",
    COMPLAINT,
    { ISSUE, ACKNOWLEDGED, { "adjustment.added", "\"need\":\"read-aloud-in-person\"" } } },
  { "reads-badly-at-stage-2",
    COMPLAINT,
    { ISSUE,
      ACKNOWLEDGED,
      RESPONDED,
      REQUESTED,
      { "adjustment.added", "\"need\":\"read-aloud-in-person\"" } } },
#define NEEDS                                                                      \
  {                                                                                \
    "adjustment.added", "\"need\":\"large-print\",\"requested_on\":\"2026-11-23\"" \
  }
#define DECIDED(how)                                                                              \
  {                                                                                               \
    "person.adjustment-decided", "\"need\":\"large-print\",\"on\":\"2026-11-24\",\"agreed\":" how \
  }
  { "adjustment-agreed", COMPLAINT, { ISSUE, NEEDS, DECIDED ("true,\"due\":\"2026-11-30\"") } },
  { "adjustment-declined", COMPLAINT, { ISSUE, NEEDS, DECIDED ("false") } },
  { "adjustment-reviewed-away",
    COMPLAINT,
    { ISSUE,
      NEEDS,
      { "person.adjustment-reviewed",
        "\"need\":\"large-print\",\"on\":\"2026-11-26\",\"outcome\":\"ended\"" } } },
  /* Ended, and asked for anew: what was decided before says nothing of it. */
  { "adjustment-anew",
    COMPLAINT,
    { ISSUE,
      NEEDS,
      DECIDED ("false"),
      { "adjustment.ended", "\"need\":\"large-print\"" },
      NEEDS } },
  { "keeps-no-needs",
    COMPLAINT,
    { ISSUE, { "consent.refused", "\"purpose\":\"keep-adjustments\"" } } },
#define REPRESENTATIVE(authority)                    \
  COMPLAINT ",\"representative\":{\"name\":\"Fenna " \
            "Ashdown\",\"relation\":\"daughter\",\"authority\":{" authority "}}"
  { "representative-unasked",
    COMPLAINT ",\"representative\":{\"name\":\"Fenna Ashdown\"}",
    { ISSUE } },
  { "representative-none", REPRESENTATIVE ("\"type\":\"none-yet\""), { ISSUE } },
  { "representative-spoken",
    REPRESENTATIVE ("\"type\":\"spoken-consent\",\"given\":true"),
    { ISSUE } },
  { "representative-written",
    REPRESENTATIVE (
        "\"type\":\"written-permission\",\"given\":true,\"evidence\":\"copy-attached\""),
    { ISSUE } },
  { "representative-paper-to-follow",
    REPRESENTATIVE ("\"type\":\"written-permission\",\"given\":true,\"evidence\":\"to-follow\""),
    { ISSUE } },
  { "representative-run-out",
    REPRESENTATIVE ("\"type\":\"written-permission\",\"given\":true,\"until\":\"2026-11-30\""),
    { ISSUE } },
  { "representative-to-come",
    REPRESENTATIVE ("\"type\":\"written-permission\",\"given\":true,\"from\":\"2027-01-01\""),
    { ISSUE } },
  { "representative-accompanies",
    REPRESENTATIVE ("\"type\":\"written-permission\",\"given\":true,\"scope\":[\"accompany\"]"),
    { ISSUE } },
/* A letter to her lies approved here. */
#define TO_FENNA                                                                               \
  COMPLAINT ",\"representative\":{\"name\":\"Fenna Ashdown\",\"reply_to\":\"representative\"," \
            "\"authority\":{\"type\":\"spoken-consent\"}}"
#define TELL_FENNA "\"purpose\":\"share-with-representative\",\"to\":\"Fenna Ashdown\""
#define APPROVED(draft)                                                           \
  {                                                                               \
    "approved", "\"draft\":\"" draft "\",\"on\":\"2026-11-30\",\"agreed\":true,"  \
                "\"approved_by\":{\"name\":\"Idris Holt\",\"role\":\"approver\"}" \
  }
  { "approved-to-representative",
    TO_FENNA,
    { ISSUE, ACKNOWLEDGED, FOUND, DRAFT, APPROVED ("2A.5") } },
  { "approved-and-withdrawn",
    TO_FENNA,
    { ISSUE,
      ACKNOWLEDGED,
      FOUND,
      DRAFT,
      APPROVED ("2A.5"),
      { "authority.withdrawn", "", "7K.1", "2A.2" } } },
  { "approved-and-consent-withdrawn",
    TO_FENNA,
    { { "consent.given", TELL_FENNA },
      ISSUE,
      ACKNOWLEDGED,
      { "finding", "\"on\":\"2026-11-27\",\"issue\":\"2A.3\",\"finding\":\"not-upheld\"" },
      DRAFT,
      APPROVED ("2A.6"),
      { "consent.withdrawn", TELL_FENNA, "7K.1", "2A.2" } } },
#define TO_HER(draft)                                                                              \
  {                                                                                                \
    "drafted", "\"on\":\"2026-11-30\",\"text\":\"a\",\"reply_to\":\"representative\"" draft, NULL, \
        NULL                                                                                       \
  }
#define OF_HERS ",\"reply_to_name\":\"Fenna Ashdown\""
  /* Who is shown as the representative is another when it goes. */
  { "approved-to-the-first-of-two",
    TO_FENNA,
    { ISSUE,
      ACKNOWLEDGED,
      FOUND,
      TO_HER (OF_HERS),
      APPROVED ("2A.5"),
      { "authority.given", "\"name\":\"Odd Ashdown\",\"authority\":{\"type\":\"none-yet\"}" } } },
  { "approved-to-the-first-who-is-gone",
    TO_FENNA,
    { ISSUE,
      ACKNOWLEDGED,
      FOUND,
      TO_HER (OF_HERS),
      APPROVED ("2A.5"),
      { "authority.given", "\"name\":\"Odd Ashdown\",\"authority\":{\"type\":\"spoken-consent\"}" },
      { "authority.withdrawn", "\"name\":\"Fenna Ashdown\"" } } },
  { "approved-to-one-of-two-names",
    TO_FENNA,
    { ISSUE,
      ACKNOWLEDGED,
      FOUND,
      TO_HER (""),
      APPROVED ("2A.5"),
      { "authority.given", "\"name\":\"Odd Ashdown\",\"authority\":{\"type\":\"spoken-consent\"}" },
      { "authority.given", "\"name\":\"Bo Ashdown\",\"authority\":{\"type\":\"spoken-consent\"}",
        "7K.1", "2A.6" } } },
  { "two-complain", COMPLAINT KIT, { ISSUE, ACKNOWLEDGED, FOUND } },
  { "two-complain-and-one-stopped",
    COMPLAINT KIT,
    { ISSUE,
      ACKNOWLEDGED,
      FOUND,
      { "withdrawn", "\"on\":\"2026-11-27\",\"who\":\"Kit Marsh\"" } } },
  { "two-complain-and-one-is-told",
    COMPLAINT KIT,
    { ISSUE,
      ACKNOWLEDGED,
      FOUND,
      { "extended", "\"on\":\"2026-11-30\",\"working_days\":1,\"reason\":\"a\",\"who\":\"Kit "
                    "Marsh\"" } } },
  { "two-complain-and-one-is-told-more",
    COMPLAINT KIT,
    { ISSUE,
      ACKNOWLEDGED,
      FOUND,
      { "extended", "\"on\":\"2026-11-27\",\"working_days\":4,\"reason\":\"a\"" },
      { "extended", "\"on\":\"2026-11-30\",\"working_days\":2,\"reason\":\"a\",\"who\":\"Kit "
                    "Marsh\"" } } },
  { "two-complain-and-one-is-told-before-an-issue",
    COMPLAINT KIT,
    { ISSUE,
      ACKNOWLEDGED,
      FOUND,
      { "extended", "\"on\":\"2026-11-27\",\"working_days\":2,\"reason\":\"a\",\"who\":\"Kit "
                    "Marsh\"" },
      { "reopened",
        "\"on\":\"2026-11-30\",\"because\":\"new-information\",\"issue\":\"2A.2\"" } } },
  { "two-complain-and-one-is-answered",
    COMPLAINT KIT,
    { ISSUE,
      ACKNOWLEDGED,
      FOUND,
      { "responded", "\"on\":\"2026-11-30\",\"channel\":\"letter\",\"who\":\"Kit Marsh\"" } } },
  { "two-complain-and-drafted-for-one",
    COMPLAINT KIT,
    { ISSUE,
      ACKNOWLEDGED,
      FOUND,
      { "drafted", "\"on\":\"2026-11-30\",\"text\":\"a\",\"who\":\"Kit Marsh\"" } } },
  { "approved-for-one-and-the-other-is-represented",
    REPRESENTATIVE ("\"type\":\"none-yet\"") KIT,
    { ISSUE,
      ACKNOWLEDGED,
      FOUND,
      { "drafted", "\"on\":\"2026-11-30\",\"text\":\"a\",\"who\":\"Kit Marsh\",\"reply_to\":"
                   "\"both\"" },
      { "approved", "\"draft\":\"2A.5\",\"on\":\"2026-11-30\",\"agreed\":true,\"approved_by\":{"
                    "\"name\":\"Idris Holt\",\"role\":\"approver\"}" } } },
  { "petition", COMPLAINT KIT ",\"petition\":true", { ISSUE, ACKNOWLEDGED, FOUND } },
  { "petition-whose-first-stopped",
    REPRESENTATIVE ("\"type\":\"spoken-consent\"") KIT ",\"petition\":true",
    { ISSUE,
      ACKNOWLEDGED,
      FOUND,
      { "withdrawn", "\"on\":\"2026-11-27\",\"who\":\"complainant\"" } } },
  { "drafted-to-representative",
    REPRESENTATIVE ("\"type\":\"none-yet\""),
    { ISSUE,
      ACKNOWLEDGED,
      FOUND,
      { "drafted", "\"on\":\"2026-11-30\",\"text\":\"a\",\"reply_to\":\"both\"" },
      APPROVED ("2A.5") } },
  { "carer-complained-about",
    COMPLAINT ",\"about\":[{\"who\":\"staff\",\"name\":\"Fenna Ashdown\"}]",
    { ISSUE } },
  { "two-represent",
    REPRESENTATIVE ("\"type\":\"spoken-consent\""),
    { ISSUE,
      { "authority.given",
        "\"name\":\"Odd Ashdown\",\"authority\":{\"type\":\"spoken-consent\"}" } } },
  { "two-represent-and-one-never-did",
    REPRESENTATIVE ("\"type\":\"spoken-consent\""),
    { ISSUE,
      { "authority.given", "\"name\":\"Odd Ashdown\",\"authority\":{\"type\":\"none-yet\"}" } } },
  { "is-written-to",
    COMPLAINT,
    { ISSUE, ACKNOWLEDGED, { "adjustment.added", "\"need\":\"letter-not-telephone\"" } } },
  { "is-rung",
    COMPLAINT,
    { ISSUE, ACKNOWLEDGED, { "adjustment.added", "\"need\":\"telephone-not-letter\"" } } },
  { "is-rung-no-more",
    COMPLAINT,
    { ISSUE,
      ACKNOWLEDGED,
      { "adjustment.added", "\"need\":\"telephone-not-letter\"" },
      { "person.adjustment-decided",
        "\"need\":\"telephone-not-letter\",\"on\":\"2026-11-25\",\"agreed\":false" } } },
  { "is-emailed",
    COMPLAINT,
    { ISSUE, ACKNOWLEDGED, { "adjustment.added", "\"need\":\"email-not-letter\"" } } },
  { "anonymous", "\"complaint\",\"anonymous\":true", { ISSUE } },
  { "nameless", "\"complaint\",\"complainant\":{\"home\":\"Flat 2\"}", { ISSUE } },
  { "representative-withdrawn",
    REPRESENTATIVE ("\"type\":\"written-permission\",\"given\":true"),
    { ISSUE, { "authority.withdrawn", "" } } },
  /* One withdraws it while another takes down a new one. */
  { "representative-withdrawn-apart",
    REPRESENTATIVE ("\"type\":\"written-permission\",\"given\":true"),
    { ISSUE,
      { "authority.withdrawn", "" },
      { "authority.given",
        "\"name\":\"Fenna Ashdown\",\"authority\":{\"type\":\"written-permission\",\"given\":true}",
        "7K.1", "2A.2" } } },
  { "consents",
    COMPLAINT,
    { ISSUE,
      { "consent.given", "\"purpose\":\"share-with-contractor\",\"to\":\"Oak Lifts Ltd\"" },
      { "consent.given",
        "\"purpose\":\"share-with-relative\",\"to\":\"Her son\",\"until\":\"2026-11-30\"" },
      { "consent.refused", "\"purpose\":\"share-with-insurer\"" },
      { "consent.deferred", "\"purpose\":\"share-with-interpreter\"" } } },
};

/* Requests that are taken in their scene by every landlord whom a row names. */
static const char decline[] =
    "{'type':'case.declined','on':'2026-11-24','ground':'older-than-limit','reasons':'a',"
    "'exceptions':'none','discretion':'none','decided_by':{'name':'Idris Holt','role':'approver'},"
    "'told_on':'2026-11-24','ombudsman_details':true}";
static const char refuse_stage_2[] =
    "{'type':'case.escalation-refused','on':'2026-12-03','ground':'already-considered',"
    "'reasons':'a','decided_by':{'name':'Idris Holt','role':'approver'},'told_on':'2026-12-03',"
    "'ombudsman_details':true}";
static const char arrived[] = "{'type':'case.delivered','stage':1,'on':'2026-12-02'}";
static const char extend[] =
    "{'type':'case.extended','on':'2026-12-01','told_on':'2026-12-01','channel':'letter',"
    "'working_days':10,'reason':'a','agreed':false,'ombudsman_details':true,"
    "'next_update':'2026-12-08'}";
static const char extend_stage_2[] =
    "{'type':'case.stage2-extended','on':'2026-12-04','told_on':'2026-12-04','channel':'letter',"
    "'working_days':5,'reason':'a','agreed':true,'ombudsman_details':true,"
    "'next_update':'2026-12-08'}";
static const char respond[] =
    "{'type':'case.responded','on':'2026-12-01','channel':'letter',"
    "'findings':[{'issue':'2A.2','finding':'upheld'}],"
    "'author':{'name':'Tamsin Roe','staff':'2A.50'},"
    "'approved_by':{'name':'Idris Holt','role':'approver','staff':'2A.51'},"
    "'escalation_told':true,'ombudsman_details':true}";
static const char respond_stage_2[] =
    "{'type':'case.stage2-responded','on':'2026-12-04','channel':'letter',"
    "'findings':[{'issue':'2A.2','finding':'not-upheld'}],'author':{'name':'Odile Marsh'},"
    "'ombudsman_details':true}";
static const char acknowledge[] =
    "{'type':'case.acknowledged','on':'2026-11-24','channel':'letter'}";
static const char ask[] =
    "{'type':'case.escalation-requested','on':'2026-12-02','channel':'email'}";
static const char assign[] =
    "{'type':'case.assigned','on':'2026-11-24','to':{'name':'Tamsin Roe'}}";
static const char assign_stage_2[] =
    "{'type':'case.stage2-assigned','on':'2026-12-03','to':{'name':'Odile Marsh','staff':'2A.60'},"
    "'supporters':[{'name':'Petra Quill'}]}";
static const char close_case[] =
    "{'type':'case.closed','on':'2026-12-04','closure':'resolved-agreed','agreed':true,"
    "'actions_outstanding':false}";
static const char close_stage_2[] =
    "{'type':'case.stage2-closed','on':'2026-12-11','closure':'final-response',"
    "'actions_outstanding':false}";
static const char decide_panel[] =
    "{'type':'case.panel-decided','stage':1,'on':'2026-12-04','outcome':'higher',"
    "'members':[{'name':'Petra Quill'}],'accepted':true}";
static const char disclose[] =
    "{'type':'case.disclosed','on':'2026-12-04','to':'Fenna Ashdown','representative':true,"
    "'what':'The response'}";
static const char share[] =
    "{'type':'case.disclosed','on':'2026-12-04','to':'Oak Lifts Ltd','what':'Her flat',"
    "'purpose':'share-with-contractor'}";
static const char depart[] =
    "{'type':'case.departure','on':'2026-12-01','clause':'6.5.1','reason':'a',"
    "'authorised_by':{'name':'Idris Holt','role':'senior-lead'},'told_on':'2026-12-01'}";
static const char settle_response[] =
    "{'type':'conflict.settled','field':'responded','value':{'on':'2026-12-01','channel':'letter',"
    "'findings':[{'issue':'2A.2','finding':'upheld'}],"
    "'author':{'name':'Tamsin Roe','staff':'2A.50'},"
    "'approved_by':{'name':'Idris Holt','role':'approver','staff':'2A.51'},"
    "'escalation_told':true,'ombudsman_details':true}}";
static const char reopen[] =
    "{'type':'case.reopened','on':'2026-12-03','because':'refusal-overturned'}";
static const char resolve[] =
    "{'type':'case.request-resolved','on':'2026-12-01','outcome':'a','agreed':true}";
static const char report_hazard[] =
    "{'type':'case.hazard-reported','on':'2026-11-24','what':'a','emergency':true}";
static const char investigate[] =
    "{'type':'case.hazard-investigated','on':'2026-11-25','found':true,'text':'a'}";
static const char summarise[] =
    "{'type':'case.hazard-summary-sent','on':'2026-11-26','channel':'letter'}";
static const char make_safe[] = "{'type':'case.hazard-made-safe','on':'2026-11-26','text':'a'}";
static const char promote[] = "{'type':'case.promoted','on':'2026-11-25'}";

/* What is done between the acknowledgement and the response. */
static const char triage_it[] =
    "{'type':'case.triaged','on':'2026-11-24','complexity':false,'vulnerability':false,"
    "'risk':false,'extension_likely':false,'investigation':'a'}";
static const char define[] =
    "{'type':'case.defined','on':'2026-11-24','understanding':'a','outcome_sought':'a',"
    "'not_ours':false,'told_on':'2026-11-24'}";
static const char define_stage_2[] =
    "{'type':'case.stage2-defined','on':'2026-12-03','understanding':'a','outcome_sought':'a',"
    "'not_ours':false,'told_on':'2026-12-03'}";
static const char look_into[] =
    "{'type':'case.investigated','on':'2026-11-30','what':'a','complete':true,"
    "'done_by':{'name':'Tamsin Roe','staff':'2A.50'}}";
static const char look_into_at_stage_2[] =
    "{'type':'case.stage2-investigated','on':'2026-12-03','what':'a',"
    "'done_by':{'name':'Odile Marsh'}}";
static const char ask_others[] =
    "{'type':'case.information-requested','on':'2026-11-25','from':'Oak Lifts Ltd','what':'a',"
    "'due':'2026-12-01'}";
static const char others_answer[] =
    "{'type':'case.information-answered','request':'2A.5','on':'2026-11-30','text':'a'}";
static const char join_in[] =
    "{'type':'case.complainant-joined','on':'2026-11-27','name':'Odd Roe'}";
static const char come_back[] = "{'type':'case.reopened','on':'2026-11-30','because':"
                                "'wants-to-go-on','who':'kit MARSH'}";
static const char large_print[] = "{'type':'person.adjustment-requested','need':'large-print'}";
static const char meet[] =
    "{'type':'case.appointed','on':'2026-11-25','what':'a','day':'2026-12-03','from':'14:00',"
    "'until':'16:00','where':'a','comes':{'name':'Tamsin Roe'},'ring':'a'}";
static const char met[] = "{'type':'case.appointment-ended','appointment':'2A.5',"
                          "'on':'2026-11-30','outcome':'kept'}";
static const char find[] =
    "{'type':'case.finding','issue':'2A.2','on':'2026-11-27','finding':'upheld','reasons':'a'}";
static const char find_at_stage_2[] =
    "{'type':'case.stage2-finding','issue':'2A.2','on':'2026-12-03','finding':'upheld',"
    "'reasons':'a','changes_stage1':true,'done_by':{'name':'Odile Marsh'}}";
static const char offer[] =
    "{'type':'case.remedy-offered','on':'2026-12-01','remedy':'apology','impact':'a',"
    "'owner':{'name':'Tamsin Roe'},'due':'2026-12-04'}";
static const char offer_money[] =
    "{'type':'case.remedy-offered','on':'2026-12-01','remedy':'financial-loss','impact':'a',"
    "'gross_pence':5000,'evidence':'a','owner':{'name':'Tamsin Roe'},'due':'2026-12-04'}";
static const char answer_offer[] =
    "{'type':'case.remedy-answered','remedy':'2A.5','on':'2026-12-02','answer':'accepted'}";
static const char give[] =
    "{'type':'case.remedy-given','remedy':'2A.5','on':'2026-12-03','paid_pence':5000,'proof':'a'}";
static const char add_action[] =
    "{'type':'case.action-added','on':'2026-12-01','what':'a','owner':{'name':'Tamsin Roe'},"
    "'due':'2026-12-04'}";
static const char do_action[] =
    "{'type':'case.action-done','action':'2A.5','on':'2026-12-03','text':'a',"
    "'told_on':'2026-12-03'}";
static const char write_draft[] = "{'type':'case.drafted','on':'2026-11-30','text':'a',"
                                  "'author':{'name':'Tamsin Roe','staff':'2A.50'}}";
static const char approve[] =
    "{'type':'case.approved','draft':'2A.5','on':'2026-12-01','agreed':true,"
    "'approved_by':{'name':'Idris Holt','role':'approver','staff':'2A.51'}}";
static const char post[] =
    "{'type':'case.sent','draft':'2A.5','on':'2026-12-01','channel':'letter',"
    "'escalation_told':true,'ombudsman_details':true}";
static const char write_stage_2_draft[] =
    "{'type':'case.stage2-drafted','on':'2026-12-03','text':'a','author':{'name':'Odile Marsh'}}";
static const char post_stage_2[] =
    "{'type':'case.stage2-sent','draft':'2A.8','on':'2026-12-04','channel':'letter',"
    "'ombudsman_details':true}";

/* What a person needs. */
static const char agree_adjustment[] =
    "{'type':'person.adjustment-decided','need':'read-aloud-in-person','on':'2026-11-25',"
    "'agreed':true,'due':'2026-12-01','told_on':'2026-11-25'}";
static const char make_adjustment[] =
    "{'type':'person.adjustment-made','need':'large-print','on':'2026-11-26','text':'a'}";
static const char review_adjustment[] =
    "{'type':'person.adjustment-reviewed','need':'large-print','on':'2026-11-26','outcome':'kept',"
    "'review':'2027-05-26'}";
static const char ring[] =
    "{'type':'case.updated','on':'2026-12-01','channel':'telephone','text':'a'}";
static const char authorise[] =
    "{'type':'authority.given','name':'Fenna Ashdown','relation':'daughter',"
    "'authority':{'type':'written-permission','evidence':'copy-attached'}}";
static const char disclose_disability[] =
    "{'type':'person.disability-disclosed','on':'2026-11-24','what':'a','purpose':'a'}";
static const char assess_capacity[] =
    "{'type':'person.capacity-assessed','on':'2026-11-24','decides':false,'ground':'a',"
    "'done_by':{'name':'Idris Holt'},'own_view':'a','help':'a'}";
static const char prefer[] =
    "{'type':'person.preference','preferred_contact':'letter','language':'Welsh'}";

/* What comes after the answer, and what stands beside a complaint. */
static const char learn[] = "{'type':'case.learning','on':'2026-12-04','what':'a','for':'both',"
                            "'owner':{'name':'Idris Holt'},'due':'2027-03-01'}";
static const char survey[] = "{'type':'case.survey','step':'sent','on':'2026-12-04'}";
static const char refer[] =
    "{'type':'case.referred','on':'2026-12-04','to':'housing-ombudsman','by_complainant':true,"
    "'due':'2026-12-18'}";
static const char determine[] =
    "{'type':'case.determination','on':'2026-12-04','determination':'reasonable-redress',"
    "'issue':'2A.2'}";
static const char order_it[] = "{'type':'case.order','on':'2026-12-04','what':'a','binding':true,"
                               "'owner':{'name':'Idris Holt'},'due':'2026-12-18'}";
static const char do_order[] = "{'type':'case.order-done','order':'2A.5','on':'2026-12-04',"
                               "'text':'a','told_on':'2026-12-04'}";
static const char restrict_contact[] =
    "{'type':'case.behaviour-restriction','on':'2026-12-01','what':'a','reasons':'a',"
    "'evidence':'a','equality':'a','review':'2027-03-01',"
    "'decided_by':{'name':'Idris Holt','role':'approver'},'told_on':'2026-12-01'}";
static const char review_restriction[] =
    "{'type':'case.behaviour-reviewed','restriction':'2A.3','on':'2026-12-04','outcome':'ended',"
    "'reasons':'a'}";
static const char recommend[] =
    "{'type':'case.panel-recommended','stage':1,'on':'2026-12-04','outcome':'higher',"
    "'members':[{'name':'Petra Quill'}]}";
static const char match[] =
    "{'type':'case.matched','on':'2026-11-24','with':'7K-2026-9','as':'background'}";
static const char join[] =
    "{'type':'case.joined','on':'2026-11-24','with':'7K-2026-9','received':'2026-11-19'}";
static const char split[] =
    "{'type':'case.split','on':'2026-11-24','issue':'2A.2','with':'7K-2026-9'}";
static const char part[] =
    "{'type':'case.parted','on':'2026-11-26','event':'2A.3','because':'Another Mrs Marsh.'}";
static const char ask_first[] =
    "{'type':'case.ask-first','on':'2026-11-24','ask':{'name':'Idris Holt','staff':'2A.90'}}";
static const char transcribe[] =
    "{'type':'case.transcribed','attachment':'2A.3','on':'2026-11-24','text':'It drips.',"
    "'done_by':{'name':'Tamsin Roe'}}";
static const char forward[] =
    "{'type':'case.forwarded','on':'2026-11-21','forwarded_to':'A','told_on':'2026-11-21'}";
