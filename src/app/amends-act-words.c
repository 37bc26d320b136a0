/* amends-act-words.c: what people can do with a case, and the fields of it, in words
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Which fields an act has, and what may stand in them, says its schema in core; here is only what they
 * are called. */

#include "config.h"

#include "app/amends-act-words.h"

#include <string.h>

#include <glib/gi18n.h>

static const AmendsActWords acts[] = {
  { AMENDS_EVENT_CASE_ACKNOWLEDGED, AMENDS_ACT_GROUP_HANDLING, N_ ("Acknowledge"),
    N_ ("What was sent or said to them to acknowledge the complaint.") },
  { AMENDS_EVENT_CASE_ASSIGNED, AMENDS_ACT_GROUP_HANDLING, N_ ("Give it to somebody"),
    N_ ("Who looks into it. Whoever had a part in it before is not the right one.") },
  { AMENDS_EVENT_CASE_CONTACTED, AMENDS_ACT_GROUP_HANDLING, N_ ("Record a contact"),
    N_ ("An attempt that reached nobody is recorded too.") },
  { AMENDS_EVENT_CASE_UPDATED, AMENDS_ACT_GROUP_HANDLING, N_ ("Record an update"),
    N_ ("What they were told of how it is going.") },
  { AMENDS_EVENT_CASE_EXTENDED, AMENDS_ACT_GROUP_HANDLING, N_ ("Extend the response"),
    N_ ("Only this moves the date. They are told why, and how to reach the Ombudsman.") },
  { AMENDS_EVENT_CASE_RESPONDED, AMENDS_ACT_GROUP_HANDLING, N_ ("Record the stage 1 response"),
    N_ ("What was sent to answer the complaint. The clock ends with it.") },
  { AMENDS_EVENT_CASE_TRIAGED, AMENDS_ACT_GROUP_INQUIRY, N_ ("Triage it"),
    N_ ("How complex it is, who is vulnerable, what is at risk: looked at before anything else.") },
  { AMENDS_EVENT_CASE_DEFINED, AMENDS_ACT_GROUP_INQUIRY, N_ ("Say what it is about"),
    N_ ("What you understand, and what would put it right. They are told, and can say that it is "
        "not so.") },
  { AMENDS_EVENT_CASE_INFORMATION_REQUESTED, AMENDS_ACT_GROUP_INQUIRY,
    N_ ("Ask others for information"),
    N_ ("A contractor, another team. The days run on while they are asked.") },
  { AMENDS_EVENT_CASE_INFORMATION_ANSWERED, AMENDS_ACT_GROUP_INQUIRY, N_ ("The information came"),
    N_ ("What they say is evidence. The answer to the complaint is ours.") },
  { AMENDS_EVENT_CASE_APPOINTED, AMENDS_ACT_GROUP_INQUIRY, N_ ("Make an appointment"),
    N_ ("A day and a time on which they are met. The letter that they keep is made from it.") },
  { AMENDS_EVENT_CASE_APPOINTMENT_ENDED, AMENDS_ACT_GROUP_INQUIRY,
    N_ ("What became of an appointment"),
    N_ ("Another day is another appointment: make it once this one is called off.") },
  { AMENDS_EVENT_CASE_INVESTIGATED, AMENDS_ACT_GROUP_INQUIRY, N_ ("Record the investigation"),
    N_ ("Each step of it: what was looked at, who was spoken to.") },
  { AMENDS_EVENT_CASE_FINDING, AMENDS_ACT_GROUP_INQUIRY, N_ ("Record a finding"),
    N_ ("One for each issue, with its reasons.") },
  { AMENDS_EVENT_CASE_DRAFTED, AMENDS_ACT_GROUP_INQUIRY, N_ ("Draft the stage 1 response"),
    N_ ("What is to be sent. Somebody else looks at it first.") },
  { AMENDS_EVENT_CASE_APPROVED, AMENDS_ACT_GROUP_INQUIRY, N_ ("Approve a draft"),
    N_ ("Never your own. What is not right yet goes back, with what to change.") },
  { AMENDS_EVENT_CASE_SENT, AMENDS_ACT_GROUP_INQUIRY, N_ ("The draft was sent"),
    N_ ("The clock ends with it. Findings, author and approval are taken from the record.") },
  { AMENDS_EVENT_CASE_REMEDY_OFFERED, AMENDS_ACT_GROUP_PROMISES, N_ ("Offer a remedy"),
    N_ ("It fits what it did to them. Somebody sees to it, by a day.") },
  { AMENDS_EVENT_CASE_REMEDY_ANSWERED, AMENDS_ACT_GROUP_PROMISES, N_ ("They answer an offer"),
    N_ ("Taken as it is said. Declining takes away no right.") },
  { AMENDS_EVENT_CASE_REMEDY_GIVEN, AMENDS_ACT_GROUP_PROMISES, N_ ("A remedy was given"),
    N_ ("What shows that they had it.") },
  { AMENDS_EVENT_CASE_ACTION_ADDED, AMENDS_ACT_GROUP_PROMISES, N_ ("Promise an action"),
    N_ ("Who does it, and by when. It is followed to its end, also when the case is closed.") },
  { AMENDS_EVENT_CASE_ACTION_DONE, AMENDS_ACT_GROUP_PROMISES, N_ ("An action was done"),
    N_ ("What was done, and when they were told.") },
  { AMENDS_EVENT_CASE_STAGE2_DEFINED, AMENDS_ACT_GROUP_STAGE2, N_ ("Say what stage 2 is about"),
    N_ ("What you understand, why they are still unhappy, and what would put it right.") },
  { AMENDS_EVENT_CASE_STAGE2_INVESTIGATED, AMENDS_ACT_GROUP_STAGE2,
    N_ ("Record the investigation at stage 2"),
    N_ ("Each step of it, by somebody who had no part before.") },
  { AMENDS_EVENT_CASE_STAGE2_FINDING, AMENDS_ACT_GROUP_STAGE2, N_ ("Record a finding of stage 2"),
    N_ ("One for each issue, with its reasons, and whether it changes what stage 1 found.") },
  { AMENDS_EVENT_CASE_STAGE2_DRAFTED, AMENDS_ACT_GROUP_STAGE2, N_ ("Draft the stage 2 response"),
    N_ ("What is to be sent. Somebody else looks at it first.") },
  { AMENDS_EVENT_CASE_STAGE2_APPROVED, AMENDS_ACT_GROUP_STAGE2, N_ ("Approve a draft of stage 2"),
    N_ ("Never your own. What is not right yet goes back, with what to change.") },
  { AMENDS_EVENT_CASE_STAGE2_SENT, AMENDS_ACT_GROUP_STAGE2, N_ ("The draft of stage 2 was sent"),
    N_ ("The clock ends with it. Findings, author and approval are taken from the record.") },
  { AMENDS_EVENT_CASE_LEARNING, AMENDS_ACT_GROUP_OUTSIDE, N_ ("Record what was learned"),
    N_ ("What is done otherwise from now on, by whom, and by when.") },
  { AMENDS_EVENT_CASE_REFERRED, AMENDS_ACT_GROUP_OUTSIDE, N_ ("It went to the Ombudsman or others"),
    N_ ("They may go to the Ombudsman at any time.") },
  { AMENDS_EVENT_CASE_DETERMINATION, AMENDS_ACT_GROUP_OUTSIDE, N_ ("The Ombudsman decided"),
    N_ ("One for each issue, or for the whole complaint.") },
  { AMENDS_EVENT_CASE_ORDER, AMENDS_ACT_GROUP_OUTSIDE, N_ ("Record an order"),
    N_ ("An order binds us, a recommendation does not. Both have somebody who sees to them.") },
  { AMENDS_EVENT_CASE_ORDER_DONE, AMENDS_ACT_GROUP_OUTSIDE, N_ ("An order was done"),
    N_ ("What was done, and when the Ombudsman was told.") },
  { AMENDS_EVENT_CASE_SURVEY, AMENDS_ACT_GROUP_OUTSIDE, N_ ("Record a survey"),
    N_ ("Nobody is asked who does not want to be.") },
  { AMENDS_EVENT_CASE_MATCHED, AMENDS_ACT_GROUP_OUTSIDE, N_ ("Link it with another case"),
    N_ ("Both go on as they are.") },
  { AMENDS_EVENT_CASE_JOINED, AMENDS_ACT_GROUP_OUTSIDE, N_ ("Answer it in another case"),
    N_ ("In the one that was received first, so that no day is lost.") },
  { AMENDS_EVENT_CASE_SPLIT, AMENDS_ACT_GROUP_OUTSIDE, N_ ("Answer an issue in another case"),
    N_ ("The others are answered here.") },
  { AMENDS_EVENT_CASE_PARTED, AMENDS_ACT_GROUP_OUTSIDE, N_ ("Part what was joined by mistake"),
    N_ ("Another case, an issue or a person that does not belong here. It goes on as if it had "
        "never been joined; what was written stays in the history.") },
  { AMENDS_EVENT_CASE_FORWARDED, AMENDS_ACT_GROUP_OUTSIDE, N_ ("Pass it on"),
    N_ ("They are told who has it now. The days run from when anybody first had it.") },
  { AMENDS_EVENT_CASE_MOVED, AMENDS_ACT_GROUP_OUTSIDE, N_ ("Move it to another scheme"),
    N_ ("All of it goes: every record, file, date and its reference. The people of the scheme it "
        "leaves see from then on only that it was moved, where and why.") },
  { AMENDS_EVENT_CASE_BEHAVIOUR_RESTRICTION, AMENDS_ACT_GROUP_OUTSIDE, N_ ("Restrict contact"),
    N_ ("The complaint goes on, and nothing keeps them from making another.") },
  { AMENDS_EVENT_CASE_BEHAVIOUR_REVIEWED, AMENDS_ACT_GROUP_OUTSIDE, N_ ("Review a restriction"),
    N_ ("Whether it is still needed, and fits their needs.") },
  { AMENDS_EVENT_CASE_PANEL_RECOMMENDED, AMENDS_ACT_GROUP_RECORD,
    N_ ("The compensation panel recommended"),
    N_ ("Who sat on it had no part in the case before.") },
  { AMENDS_EVENT_CASE_DECLINED, AMENDS_ACT_GROUP_HANDLING, N_ ("Decline it"),
    N_ ("They are told the ground, and that they may go to the Ombudsman.") },
  { AMENDS_EVENT_CASE_ESCALATION_REQUESTED, AMENDS_ACT_GROUP_STAGE2,
    N_ ("Record a request for stage 2"), N_ ("Taken as it is said. Nobody has to give a reason.") },
  { AMENDS_EVENT_CASE_STAGE2_ACKNOWLEDGED, AMENDS_ACT_GROUP_STAGE2, N_ ("Acknowledge stage 2"),
    N_ ("What was sent or said to them to acknowledge the request.") },
  { AMENDS_EVENT_CASE_STAGE2_ASSIGNED, AMENDS_ACT_GROUP_STAGE2, N_ ("Give stage 2 to somebody"),
    N_ ("Somebody who had no part in it before.") },
  { AMENDS_EVENT_CASE_STAGE2_CONTACTED, AMENDS_ACT_GROUP_STAGE2, N_ ("Record a contact at stage 2"),
    N_ ("An attempt that reached nobody is recorded too.") },
  { AMENDS_EVENT_CASE_STAGE2_UPDATED, AMENDS_ACT_GROUP_STAGE2, N_ ("Record an update at stage 2"),
    N_ ("What they were told of how it is going.") },
  { AMENDS_EVENT_CASE_STAGE2_EXTENDED, AMENDS_ACT_GROUP_STAGE2, N_ ("Extend the stage 2 response"),
    N_ ("Only this moves the date. They are told why, and how to reach the Ombudsman.") },
  { AMENDS_EVENT_CASE_STAGE2_RESPONDED, AMENDS_ACT_GROUP_STAGE2, N_ ("Record the stage 2 response"),
    N_ ("What was sent to answer the request. The clock ends with it.") },
  { AMENDS_EVENT_CASE_ESCALATION_REFUSED, AMENDS_ACT_GROUP_STAGE2, N_ ("Refuse stage 2"),
    N_ ("They are told the ground, and that they may go to the Ombudsman.") },
  { AMENDS_EVENT_CASE_ASK_FIRST, AMENDS_ACT_GROUP_RECORD, N_ ("Say whom to ask first"),
    N_ ("Before anybody rings, visits or writes. Write nothing of why: they tell whoever asks. "
        "Nobody is named once nobody needs to be asked.") },
  { AMENDS_EVENT_CASE_TRANSCRIBED, AMENDS_ACT_GROUP_RECORD, N_ ("Write down a recording"),
    N_ ("Word for word, as it is heard. It stands in the case as written down from the "
        "recording.") },
  { AMENDS_EVENT_CASE_NOTED, AMENDS_ACT_GROUP_RECORD, N_ ("Note a call"),
    N_ ("Whoever rang or was rung. The words come first; the rest stands there already.") },
  { AMENDS_EVENT_CASE_HAZARD_REPORTED, AMENDS_ACT_GROUP_RECORD, N_ ("Record a hazard"),
    N_ ("In an emergency ring the repairs line now: a record makes nobody safe.") },
  { AMENDS_EVENT_CASE_HAZARD_INVESTIGATED, AMENDS_ACT_GROUP_RECORD, N_ ("Hazard investigated"),
    N_ ("What whoever looked at it found.") },
  { AMENDS_EVENT_CASE_HAZARD_SUMMARY_SENT, AMENDS_ACT_GROUP_RECORD,
    N_ ("Hazard: written summary sent"),
    N_ ("What they were sent about the investigation, and what is done about it.") },
  { AMENDS_EVENT_CASE_HAZARD_MADE_SAFE, AMENDS_ACT_GROUP_RECORD, N_ ("Hazard made safe"),
    N_ ("Nobody is in danger any more. What is still to be repaired goes on.") },
  { AMENDS_EVENT_CASE_CORRECTED, AMENDS_ACT_GROUP_RECORD, N_ ("Correct what was written"),
    N_ ("What was written stays in the history. Where a clock reads it, it stands until somebody "
        "else agrees.") },
  { AMENDS_EVENT_CASE_CORRECTION_ANSWERED, AMENDS_ACT_GROUP_RECORD, N_ ("Answer a correction"),
    N_ ("Never your own. Look at what it rests on first.") },
  { AMENDS_EVENT_CASE_REQUEST_RESOLVED, AMENDS_ACT_GROUP_ENDING, N_ ("The request is dealt with"),
    N_ ("What was done about it. If they are unhappy with it, it becomes a complaint.") },
  { AMENDS_EVENT_CASE_CLOSURE_CONTACT, AMENDS_ACT_GROUP_ENDING, N_ ("Ask whether it can be closed"),
    N_ ("They are asked before it is closed. Three attempts that reach nobody count.") },
  { AMENDS_EVENT_CASE_CLOSED, AMENDS_ACT_GROUP_ENDING, N_ ("Close the case"),
    N_ ("Closing it never ends their right to ask for more.") },
  { AMENDS_EVENT_CASE_STAGE2_CLOSED, AMENDS_ACT_GROUP_ENDING, N_ ("Close stage 2"),
    N_ ("Closing it never ends their right to go to the Ombudsman.") },
  { AMENDS_EVENT_CASE_WITHDRAWN, AMENDS_ACT_GROUP_ENDING, N_ ("They withdraw it"),
    N_ ("Only if they say so themselves.") },
  { AMENDS_EVENT_CASE_COMPLAINANT_JOINED, AMENDS_ACT_GROUP_PEOPLE,
    N_ ("Somebody joins the complaint"),
    N_ ("From now on they have letters of their own, in their own format. No date moves.") },
  { AMENDS_EVENT_CASE_REOPENED, AMENDS_ACT_GROUP_ENDING, N_ ("Take it up again"),
    N_ ("What was late before stays late.") },
  { AMENDS_EVENT_CASE_ERASURE_ASKED, AMENDS_ACT_GROUP_ENDING, N_ ("Erase the case"),
    N_ ("Names, what happened, every note and every letter of this case go from all devices and "
        "from "
        "head office, and cannot be brought back. The reference, who asked, who agreed and why "
        "stays. "
        "Nothing goes until somebody else has agreed on another device.") },
  { AMENDS_EVENT_CASE_ERASURE_AGREED, AMENDS_ACT_GROUP_ENDING, N_ ("Agree to erase"),
    N_ ("Somebody else has asked for it. What was recorded goes from all devices and from head "
        "office "
        "as each next connects, and cannot be brought back. The reference, who asked, who agreed "
        "and "
        "why stays.") },
  { AMENDS_EVENT_ISSUE_ADDED, AMENDS_ACT_GROUP_RECORD, N_ ("Add an issue"),
    N_ ("Write it as it is said. Correct nothing.") },
  { AMENDS_EVENT_CASE_DISSATISFIED, AMENDS_ACT_GROUP_RECORD,
    N_ ("They are unhappy with the answer"), N_ ("What they say is taken as it is said.") },
  { AMENDS_EVENT_CASE_PROMOTED, AMENDS_ACT_GROUP_RECORD, N_ ("Make it a complaint"),
    N_ ("Its days begin when they first said that they were unhappy with our answer.") },
  { AMENDS_EVENT_CASE_DELIVERED, AMENDS_ACT_GROUP_RECORD, N_ ("The response arrived"),
    N_ ("Some days count from when they had it in hand.") },
  { AMENDS_EVENT_CASE_UNDERSTANDING, AMENDS_ACT_GROUP_STAGE2, N_ ("Agree what stage 2 is about"),
    N_ ("It helps, and holds up nothing: the days run on.") },
  { AMENDS_EVENT_CASE_PANEL_REQUESTED, AMENDS_ACT_GROUP_RECORD,
    N_ ("They ask for the compensation panel"), N_ ("Taken as it is said.") },
  { AMENDS_EVENT_CASE_PANEL_DECIDED, AMENDS_ACT_GROUP_RECORD, N_ ("The compensation panel decided"),
    N_ ("Who sat on it had no part in the case before.") },
  { AMENDS_EVENT_CASE_DEPARTURE, AMENDS_ACT_GROUP_RECORD, N_ ("Depart from the policy"),
    N_ ("Somebody senior authorises it, and the complainant is told as soon as possible.") },
  { AMENDS_EVENT_CASE_DISCLOSED, AMENDS_ACT_GROUP_RECORD, N_ ("Record what was shared"),
    N_ ("With whom, and on what ground.") },
  { AMENDS_EVENT_CONTACT_CHANGED, AMENDS_ACT_GROUP_PEOPLE, N_ ("Change contact details"),
    N_ ("What was there before stays in the history.") },
  { AMENDS_EVENT_CONSENT_GIVEN, AMENDS_ACT_GROUP_PEOPLE, N_ ("Record what may be shared"),
    N_ ("What they said when they were asked.") },
  { AMENDS_EVENT_CONSENT_WITHDRAWN, AMENDS_ACT_GROUP_PEOPLE, N_ ("Agreement withdrawn"),
    N_ ("From now on it is not shared. What was shared before stays in the history.") },
  { AMENDS_EVENT_ADJUSTMENT_ADDED, AMENDS_ACT_GROUP_PEOPLE, N_ ("Add an adjustment"),
    N_ ("What makes it easier for them.") },
  { AMENDS_EVENT_PERSON_ADJUSTMENT_DECIDED, AMENDS_ACT_GROUP_PEOPLE, N_ ("Decide on an adjustment"),
    N_ ("Agreed, and by when; or declined, and why.") },
  { AMENDS_EVENT_PERSON_ADJUSTMENT_MADE, AMENDS_ACT_GROUP_PEOPLE, N_ ("Adjustment made"),
    N_ ("They have what was agreed.") },
  { AMENDS_EVENT_PERSON_ADJUSTMENT_REVIEWED, AMENDS_ACT_GROUP_PEOPLE, N_ ("Review an adjustment"),
    N_ ("Whether it still fits, and when it is looked at again.") },
  { AMENDS_EVENT_PERSON_DISABILITY_DISCLOSED, AMENDS_ACT_GROUP_PEOPLE,
    N_ ("A disability they told us of"),
    N_ ("Only what is needed, and for what: it is kept apart from the complaint.") },
  { AMENDS_EVENT_PERSON_CAPACITY_ASSESSED, AMENDS_ACT_GROUP_PEOPLE,
    N_ ("Whether they can decide for themselves"),
    N_ ("About this complaint, today. It is taken whatever stands here.") },
  { AMENDS_EVENT_PERSON_PREFERENCE, AMENDS_ACT_GROUP_PEOPLE, N_ ("How they want to be reached"),
    N_ ("What was there before stays in the history.") },
  { AMENDS_EVENT_ADJUSTMENT_ENDED, AMENDS_ACT_GROUP_PEOPLE, N_ ("End an adjustment"),
    N_ ("They need it no longer.") },
  { AMENDS_EVENT_AUTHORITY_GIVEN, AMENDS_ACT_GROUP_PEOPLE, N_ ("Somebody acts for them"),
    N_ ("Taken all the same, with or without a paper.") },
  { AMENDS_EVENT_AUTHORITY_WITHDRAWN, AMENDS_ACT_GROUP_PEOPLE, N_ ("Authority withdrawn"),
    N_ ("From now on nobody acts for them. What was said and sent before stays in the history.") },
};

/**
 * amends_act_words_get_all:
 * @ret_n_acts: (out): how many there are
 *
 * Returns: (transfer none): the acts that have a form, in the order of a menu
 */
const AmendsActWords *
amends_act_words_get_all (guint *ret_n_acts)
{
  *ret_n_acts = G_N_ELEMENTS (acts);
  return acts;
}

/* (nullable) (transfer none): %NULL if it has no form. */
const AmendsActWords *
amends_act_words_find (AmendsEventType type)
{
  for (guint i = 0; i < G_N_ELEMENTS (acts); i++)
    if (acts[i].type == type)
      return &acts[i];
  return NULL;
}

/* (nullable): the title of a group of acts in a menu, if it has one. */
const char *
amends_act_words_group (AmendsActGroup group)
{
  switch (group)
    {
    case AMENDS_ACT_GROUP_INQUIRY:
      return _ ("Look into it, and answer");
    case AMENDS_ACT_GROUP_PROMISES:
      return _ ("Remedies and actions");
    case AMENDS_ACT_GROUP_OUTSIDE:
      return _ ("Ombudsman, learning, other cases");
    case AMENDS_ACT_GROUP_HANDLING:
    case AMENDS_ACT_GROUP_STAGE2:
    case AMENDS_ACT_GROUP_RECORD:
    case AMENDS_ACT_GROUP_ENDING:
    case AMENDS_ACT_GROUP_PEOPLE:
      break;
    }
  return NULL;
}

/* (nullable): what is done; %NULL if it has no form. */
const char *
amends_act_words_title (AmendsEventType type)
{
  const AmendsActWords *act = amends_act_words_find (type);

  return act != NULL ? _ (act->title) : NULL;
}

/* ---------------------------------------------------------------- fields */

/* @type: of the act; %AMENDS_EVENT_UNKNOWN for all that have no line of their own above it */
static const struct
{
  AmendsEventType type;
  const char *path;
  const char *title;
  const char *help;
} fields[] = {
  { AMENDS_EVENT_CASE_RECORDED, "kind", N_ ("Recorded as"), NULL },
  { AMENDS_EVENT_CASE_RECORDED, "received_time", N_ ("At about"), NULL },
  { AMENDS_EVENT_CASE_RECORDED, "received_by", N_ ("First heard by"), NULL },
  { AMENDS_EVENT_CASE_RECORDED, "channel", N_ ("How it came"), NULL },
  { AMENDS_EVENT_CASE_RECORDED, "recorded_from", N_ ("Written down from"), NULL },
  { AMENDS_EVENT_CASE_RECORDED, "reference", N_ ("Its reference"), NULL },
  { AMENDS_EVENT_CASE_RECORDED, "complainant.from", N_ ("Lives here from"), NULL },
  { AMENDS_EVENT_CASE_RECORDED, "complainant.until", N_ ("Lives here until"), NULL },
  { AMENDS_EVENT_CASE_RECORDED, "complainant.relation", N_ ("Lives here as"), NULL },
  { AMENDS_EVENT_CASE_RECORDED, "others.relation", N_ ("Lives here as"), NULL },
  { AMENDS_EVENT_CASE_RECORDED, "relation_detail", N_ ("As what, in a word"), NULL },
  { AMENDS_EVENT_CASE_RECORDED, "others.name", N_ ("Complains too"), NULL },
  { AMENDS_EVENT_CASE_RECORDED, "lead", N_ ("Do they lead the petition?"), NULL },
  { AMENDS_EVENT_CASE_RECORDED, "representative.name", N_ ("Speaks for the resident"), NULL },
  { AMENDS_EVENT_CASE_RECORDED, "organisation", N_ ("Their office or organisation"), NULL },
  { AMENDS_EVENT_CASE_RECORDED, "contact", N_ ("How to reach them"), NULL },
  { AMENDS_EVENT_CASE_RECORDED, "capacity", N_ ("In what capacity"), NULL },
  { AMENDS_EVENT_CASE_RECORDED, "about.who", N_ ("It is about"), NULL },
  { AMENDS_EVENT_CASE_RECORDED, "about.name", N_ ("Who it is about"), NULL },
  { AMENDS_EVENT_CASE_RECORDED, "told_before", N_ ("Told us before?"), NULL },
  { AMENDS_EVENT_CASE_RECORDED, "told_before.who", N_ ("Whom they told"), NULL },
  { AMENDS_EVENT_CASE_RECORDED, "told_before.when", N_ ("When they told us"), NULL },
  { AMENDS_EVENT_CASE_RECORDED, "told_before.answer", N_ ("Told us before?"), NULL },
  { AMENDS_EVENT_CASE_RECORDED, "complaint_explained", N_ ("Was it said what a complaint is?"),
    NULL },
  { AMENDS_EVENT_CASE_RECORDED, "property", N_ ("Of which property"), NULL },
  { AMENDS_EVENT_CASE_RECORDED, "managing_agent", N_ ("Managing agent"), NULL },
  { AMENDS_EVENT_CASE_RECORDED, "tenure", N_ ("Tenure"), NULL },
  { AMENDS_EVENT_CASE_RECORDED, "tenure_detail", N_ ("Tenure, in a word"), NULL },
  { AMENDS_EVENT_CASE_RECORDED, "care_related", N_ ("Is it about care?"), NULL },
  { AMENDS_EVENT_CASE_RECORDED, "helped_by", N_ ("Helped by"), NULL },
  { AMENDS_EVENT_CASE_RECORDED, "hazard", N_ ("Is anything in the home dangerous?"), NULL },
  { AMENDS_EVENT_CASE_RECORDED, "hazard_emergency", N_ ("Is it an emergency?"), NULL },
  { AMENDS_EVENT_CASE_RECORDED, "vulnerabilities", N_ ("What makes it harder for them"), NULL },
  { AMENDS_EVENT_CASE_RECORDED, "disabilities_disclosed", N_ ("Disabilities told to us"), NULL },
  { AMENDS_EVENT_CASE_RECORDED, "previous_case", N_ ("The case they quote"), NULL },
  { AMENDS_EVENT_CASE_RECORDED, "legal_claim_filed", N_ ("Has a claim been filed at court?"),
    NULL },
  { AMENDS_EVENT_CASE_RECORDED, "public", N_ ("Was it said in public?"), NULL },
  { AMENDS_EVENT_CASE_RECORDED, "former_reference", N_ ("Its reference before"), NULL },
  { AMENDS_EVENT_CASE_RECORDED, "assisted_by.name", N_ ("Staff at the kiosk"), NULL },
  { AMENDS_EVENT_CASE_RECORDED, "words", N_ ("Added by staff at the kiosk"), NULL },
  { AMENDS_EVENT_CASE_RECORDED, "confirmed", N_ ("How they agreed to it"), NULL },
  { AMENDS_EVENT_CASE_RECORDED, "their_reference", N_ ("Their reference"), NULL },
  { AMENDS_EVENT_CASE_RECORDED, "reply_by", N_ ("They ask for an answer by"), NULL },
  { AMENDS_EVENT_CASE_RECORDED, "purpose", N_ ("What it is kept for"), NULL },
  { AMENDS_EVENT_CASE_NOTED, "with", N_ ("With whom"), NULL },
  { AMENDS_EVENT_CASE_NOTED, "phone", N_ ("Number"), NULL },
  { AMENDS_EVENT_CASE_NOTED, "time", N_ ("At about"), NULL },
  { AMENDS_EVENT_CASE_EXTENDED, "on", N_ ("Decided on"), NULL },
  { AMENDS_EVENT_CASE_STAGE2_EXTENDED, "on", N_ ("Decided on"), NULL },
  { AMENDS_EVENT_CASE_EXTENDED, "approved_by.name", N_ ("Approved by"),
    N_ ("Beyond what the policy lets you add, somebody else approves it.") },
  { AMENDS_EVENT_CASE_STAGE2_EXTENDED, "approved_by.name", N_ ("Approved by"),
    N_ ("Beyond what the policy lets you add, somebody else approves it.") },
  { AMENDS_EVENT_CASE_RESPONDED, "on", N_ ("Sent on"), NULL },
  { AMENDS_EVENT_CASE_STAGE2_RESPONDED, "on", N_ ("Sent on"), NULL },
  { AMENDS_EVENT_CASE_DECLINED, "on", N_ ("Decided on"), NULL },
  { AMENDS_EVENT_CASE_ESCALATION_REFUSED, "on", N_ ("Decided on"), NULL },
  { AMENDS_EVENT_CASE_DECLINED, "instead", N_ ("What they can do instead"), NULL },
  { AMENDS_EVENT_CASE_WITHDRAWN, "because", N_ ("What they said"), NULL },
  { AMENDS_EVENT_CASE_REOPENED, "because", N_ ("Why"), NULL },
  { AMENDS_EVENT_CASE_COMPLAINANT_JOINED, "on", N_ ("Agreed on"), NULL },
  { AMENDS_EVENT_CASE_COMPLAINANT_JOINED, "name", N_ ("Their name"), NULL },
  { AMENDS_EVENT_CASE_COMPLAINANT_JOINED, "home", N_ ("Where they live"), NULL },
  { AMENDS_EVENT_CASE_CORRECTED, "event", N_ ("What is wrong"), NULL },
  { AMENDS_EVENT_CASE_CORRECTED, "to", N_ ("What is right"), NULL },
  { AMENDS_EVENT_CASE_CORRECTED, "because", N_ ("How we know"), NULL },
  { AMENDS_EVENT_CASE_CORRECTION_ANSWERED, "correction", N_ ("Which"), NULL },
  { AMENDS_EVENT_CASE_CORRECTION_ANSWERED, "agreed", N_ ("Do you agree?"), NULL },
  { AMENDS_EVENT_CASE_PROMOTED, "on", N_ ("First unhappy on"),
    N_ ("When did they first say that they were unhappy with our response?") },
  { AMENDS_EVENT_CASE_PROMOTED, "entry", N_ ("Why it is a complaint"), NULL },
  { AMENDS_EVENT_CASE_DELIVERED, "on", N_ ("Arrived on"), NULL },
  { AMENDS_EVENT_CASE_DELIVERED, "how", N_ ("How we know"), NULL },
  { AMENDS_EVENT_CASE_UNDERSTANDING, "step", N_ ("What happened"), NULL },
  { AMENDS_EVENT_CASE_UNDERSTANDING, "text", N_ ("What stage 2 is about"), NULL },
  { AMENDS_EVENT_CASE_PANEL_REQUESTED, "on", N_ ("Asked on"), NULL },
  { AMENDS_EVENT_CASE_PANEL_REQUESTED, "text", N_ ("What they said"), NULL },
  { AMENDS_EVENT_CASE_PANEL_DECIDED, "on", N_ ("Decided on"), NULL },
  { AMENDS_EVENT_CASE_PANEL_DECIDED, "outcome", N_ ("What the panel says"), NULL },
  { AMENDS_EVENT_CASE_PANEL_DECIDED, "members", N_ ("Who sat on the panel"),
    N_ ("One name on each line.") },
  { AMENDS_EVENT_CASE_PANEL_DECIDED, "accepted", N_ ("Do we do what it says?"), NULL },
  { AMENDS_EVENT_CASE_PANEL_DECIDED, "exception", N_ ("If not, what is exceptional"), NULL },
  { AMENDS_EVENT_CASE_DEPARTURE, "on", N_ ("Decided on"), NULL },
  { AMENDS_EVENT_CASE_DEPARTURE, "clause", N_ ("Clause, such as 6.5.1"), NULL },
  { AMENDS_EVENT_CASE_DEPARTURE, "reason", N_ ("Why it is departed from"), NULL },
  { AMENDS_EVENT_CASE_DEPARTURE, "authorised_by.name", N_ ("Authorised by"),
    N_ ("Never the one who writes this.") },
  { AMENDS_EVENT_CASE_DEPARTURE, "authorised_by.role", N_ ("As"), NULL },
  { AMENDS_EVENT_CASE_REOPENED, "issue", N_ ("What is taken up"), NULL },
  { AMENDS_EVENT_CASE_DECLINED, "issue", N_ ("What is declined"), NULL },
  { AMENDS_EVENT_CASE_INFORMATION_REQUESTED, "on", N_ ("Asked on"), NULL },
  { AMENDS_EVENT_CASE_INFORMATION_REQUESTED, "from", N_ ("Who is asked"), NULL },
  { AMENDS_EVENT_CASE_INFORMATION_REQUESTED, "what", N_ ("What we need to know"), NULL },
  { AMENDS_EVENT_CASE_INFORMATION_REQUESTED, "due", N_ ("By"),
    N_ ("Early enough to answer the complaint in time.") },
  { AMENDS_EVENT_CASE_INFORMATION_ANSWERED, "request", N_ ("What was asked"), NULL },
  { AMENDS_EVENT_CASE_INFORMATION_ANSWERED, "text", N_ ("What they say"), NULL },
  { AMENDS_EVENT_CASE_APPOINTED, "on", N_ ("Agreed on"), NULL },
  { AMENDS_EVENT_CASE_APPOINTED, "what", N_ ("What for"), NULL },
  { AMENDS_EVENT_CASE_APPOINTED, "day", N_ ("Day"), NULL },
  { AMENDS_EVENT_CASE_APPOINTED, "from", N_ ("From"), N_ ("Such as 14:00.") },
  { AMENDS_EVENT_CASE_APPOINTED, "until", N_ ("Until"), NULL },
  { AMENDS_EVENT_CASE_APPOINTED, "where", N_ ("Where"), NULL },
  { AMENDS_EVENT_CASE_APPOINTED, "comes.name", N_ ("Who comes"), NULL },
  { AMENDS_EVENT_CASE_APPOINTED, "comes.role", N_ ("As"), NULL },
  { AMENDS_EVENT_CASE_APPOINTED, "ring", N_ ("Whom to ring to change it"),
    N_ ("A number, and for whom to ask.") },
  { AMENDS_EVENT_CASE_APPOINTMENT_ENDED, "appointment", N_ ("Which"), NULL },
  { AMENDS_EVENT_CASE_APPOINTMENT_ENDED, "outcome", N_ ("What became of it"), NULL },
  { AMENDS_EVENT_CASE_APPOINTMENT_ENDED, "text", N_ ("Anything else"), NULL },
  { AMENDS_EVENT_CASE_INVESTIGATED, "what", N_ ("What was done"), NULL },
  { AMENDS_EVENT_CASE_INVESTIGATED, "evidence", N_ ("What it rests on"), NULL },
  { AMENDS_EVENT_CASE_STAGE2_INVESTIGATED, "what", N_ ("What was done"), NULL },
  { AMENDS_EVENT_CASE_STAGE2_INVESTIGATED, "evidence", N_ ("What it rests on"), NULL },
  { AMENDS_EVENT_CASE_TRIAGED, "text", N_ ("Anything else"), NULL },
  { AMENDS_EVENT_CASE_REMEDY_OFFERED, "on", N_ ("Offered on"), NULL },
  { AMENDS_EVENT_CASE_REMEDY_OFFERED, "what", N_ ("What it is, in their words"), NULL },
  { AMENDS_EVENT_CASE_REMEDY_OFFERED, "detail", N_ ("Which, in a word"), NULL },
  { AMENDS_EVENT_CASE_REMEDY_OFFERED, "evidence", N_ ("Evidence of the loss"), NULL },
  { AMENDS_EVENT_CASE_REMEDY_OFFERED, "authorised_by.name", N_ ("The setting off was allowed by"),
    N_ ("Only where something is set off against a debt.") },
  { AMENDS_EVENT_CASE_REMEDY_OFFERED, "authorised_by.role", N_ ("As"), NULL },
  { AMENDS_EVENT_CASE_REMEDY_ANSWERED, "remedy", N_ ("Which offer"), NULL },
  { AMENDS_EVENT_CASE_REMEDY_ANSWERED, "answer", N_ ("They"), NULL },
  { AMENDS_EVENT_CASE_REMEDY_GIVEN, "remedy", N_ ("Which offer"), NULL },
  { AMENDS_EVENT_CASE_REMEDY_GIVEN, "on", N_ ("Given on"), NULL },
  { AMENDS_EVENT_CASE_REMEDY_GIVEN, "text", N_ ("Anything else"), NULL },
  { AMENDS_EVENT_CASE_ACTION_ADDED, "on", N_ ("Promised on"), NULL },
  { AMENDS_EVENT_CASE_ACTION_ADDED, "what", N_ ("What will be done"), NULL },
  { AMENDS_EVENT_CASE_ACTION_DONE, "action", N_ ("Which"), NULL },
  { AMENDS_EVENT_CASE_ACTION_DONE, "on", N_ ("Done on"), NULL },
  { AMENDS_EVENT_CASE_ACTION_DONE, "text", N_ ("What was done"), NULL },
  { AMENDS_EVENT_CASE_DRAFTED, "text", N_ ("The response"), NULL },
  { AMENDS_EVENT_CASE_STAGE2_DRAFTED, "text", N_ ("The response"), NULL },
  { AMENDS_EVENT_CASE_APPROVED, "agreed", N_ ("Can it be sent as it is?"), NULL },
  { AMENDS_EVENT_CASE_STAGE2_APPROVED, "agreed", N_ ("Can it be sent as it is?"), NULL },
  { AMENDS_EVENT_CASE_APPROVED, "text", N_ ("What to change"), NULL },
  { AMENDS_EVENT_CASE_STAGE2_APPROVED, "text", N_ ("What to change"), NULL },
  { AMENDS_EVENT_CASE_SENT, "on", N_ ("Sent on"), NULL },
  { AMENDS_EVENT_CASE_STAGE2_SENT, "on", N_ ("Sent on"), NULL },
  { AMENDS_EVENT_CASE_LEARNING, "what", N_ ("What was learned"), NULL },
  { AMENDS_EVENT_CASE_LEARNING, "for", N_ ("Who learns from it"), NULL },
  { AMENDS_EVENT_CASE_LEARNING, "change", N_ ("What is done otherwise"), NULL },
  { AMENDS_EVENT_CASE_SURVEY, "step", N_ ("What happened"), NULL },
  { AMENDS_EVENT_CASE_SURVEY, "text", N_ ("What they say"), NULL },
  { AMENDS_EVENT_CASE_REFERRED, "to", N_ ("To whom"), NULL },
  { AMENDS_EVENT_CASE_REFERRED, "to_detail", N_ ("To whom, in a word"), NULL },
  { AMENDS_EVENT_CASE_REFERRED, "due", N_ ("They want the case file by"), NULL },
  { AMENDS_EVENT_CASE_REFERRED, "text", N_ ("What they ask for"), NULL },
  { AMENDS_EVENT_CASE_DETERMINATION, "on", N_ ("Decided on"), NULL },
  { AMENDS_EVENT_CASE_DETERMINATION, "text", N_ ("What it says, in short"), NULL },
  { AMENDS_EVENT_CASE_ORDER, "what", N_ ("What has to be done"), NULL },
  { AMENDS_EVENT_CASE_ORDER, "order", N_ ("Is it an order about complaint handling?"), NULL },
  { AMENDS_EVENT_CASE_ORDER_DONE, "order", N_ ("Which"), NULL },
  { AMENDS_EVENT_CASE_ORDER_DONE, "on", N_ ("Done on"), NULL },
  { AMENDS_EVENT_CASE_ORDER_DONE, "text", N_ ("What was done"), NULL },
  { AMENDS_EVENT_CASE_ORDER_DONE, "told_on", N_ ("The Ombudsman was told on"), NULL },
  { AMENDS_EVENT_CASE_BEHAVIOUR_RESTRICTION, "on", N_ ("Decided on"), NULL },
  { AMENDS_EVENT_CASE_BEHAVIOUR_RESTRICTION, "what", N_ ("What is restricted"), NULL },
  { AMENDS_EVENT_CASE_BEHAVIOUR_RESTRICTION, "evidence", N_ ("What it rests on"), NULL },
  { AMENDS_EVENT_CASE_BEHAVIOUR_REVIEWED, "restriction", N_ ("Which"), NULL },
  { AMENDS_EVENT_CASE_BEHAVIOUR_REVIEWED, "outcome", N_ ("It is"), NULL },
  { AMENDS_EVENT_CASE_PANEL_RECOMMENDED, "outcome", N_ ("What the panel says"), NULL },
  { AMENDS_EVENT_CASE_PANEL_RECOMMENDED, "text", N_ ("Its reasons"), NULL },
  { AMENDS_EVENT_CASE_PANEL_RECOMMENDED, "members", N_ ("Who sat on the panel"),
    N_ ("One name on each line.") },
  { AMENDS_EVENT_CASE_MOVED, "to", N_ ("To which scheme"), NULL },
  { AMENDS_EVENT_CASE_MOVED, "because", N_ ("Why"), NULL },
  { AMENDS_EVENT_CASE_MATCHED, "as", N_ ("It is"), NULL },
  { AMENDS_EVENT_CASE_PARTED, "event", N_ ("What was joined"), NULL },
  { AMENDS_EVENT_CASE_PARTED, "because", N_ ("How we know"), NULL },
  { AMENDS_EVENT_CASE_ASK_FIRST, "ask.name", N_ ("Who knows more"), NULL },
  { AMENDS_EVENT_CASE_TRANSCRIBED, "attachment", N_ ("Which recording"), NULL },
  { AMENDS_EVENT_CASE_TRANSCRIBED, "text", N_ ("What is heard"), NULL },
  { AMENDS_EVENT_CASE_TRANSCRIBED, "done_by.name", N_ ("Who wrote it down"), NULL },
  { AMENDS_EVENT_CASE_JOINED, "received", N_ ("The other was received on"), NULL },
  { AMENDS_EVENT_CASE_MATCHED, "with",
    N_ ("Reference of the other case or in the register, or what fits nothing"), NULL },
  { AMENDS_EVENT_UNKNOWN, "with", N_ ("Reference of the other case"), NULL },
  { AMENDS_EVENT_UNKNOWN, "forwarded_to", N_ ("Who has it now"), NULL },
  { AMENDS_EVENT_UNKNOWN, "satisfied", N_ ("How they found it"), NULL },
  { AMENDS_EVENT_UNKNOWN, "by_complainant", N_ ("Did they go there themselves?"), NULL },
  { AMENDS_EVENT_UNKNOWN, "reference", N_ ("Their reference"), NULL },
  { AMENDS_EVENT_UNKNOWN, "determination", N_ ("Determination"), NULL },
  { AMENDS_EVENT_UNKNOWN, "binding", N_ ("Does it bind us?"),
    N_ ("An order does, a recommendation does not.") },
  { AMENDS_EVENT_PERSON_ADJUSTMENT_DECIDED, "on", N_ ("Decided on"), NULL },
  { AMENDS_EVENT_PERSON_ADJUSTMENT_DECIDED, "agreed", N_ ("Is it agreed?"), NULL },
  { AMENDS_EVENT_PERSON_ADJUSTMENT_DECIDED, "reasons", N_ ("Why not, and what is done instead"),
    N_ ("Only where it is declined.") },
  { AMENDS_EVENT_PERSON_ADJUSTMENT_DECIDED, "advice", N_ ("Whose advice was asked for"), NULL },
  { AMENDS_EVENT_PERSON_ADJUSTMENT_DECIDED, "done_by.name", N_ ("Decided by"), NULL },
  { AMENDS_EVENT_PERSON_ADJUSTMENT_DECIDED, "due", N_ ("They have it by"), NULL },
  { AMENDS_EVENT_PERSON_ADJUSTMENT_MADE, "on", N_ ("Made on"), NULL },
  { AMENDS_EVENT_PERSON_ADJUSTMENT_MADE, "text", N_ ("What was done"), NULL },
  { AMENDS_EVENT_PERSON_ADJUSTMENT_REVIEWED, "outcome", N_ ("It is"), NULL },
  { AMENDS_EVENT_PERSON_ADJUSTMENT_REVIEWED, "text", N_ ("What is done otherwise"), NULL },
  { AMENDS_EVENT_PERSON_DISABILITY_DISCLOSED, "on", N_ ("They told us on"), NULL },
  { AMENDS_EVENT_PERSON_DISABILITY_DISCLOSED, "what", N_ ("What they told us"), NULL },
  { AMENDS_EVENT_PERSON_DISABILITY_DISCLOSED, "purpose", N_ ("What it is kept for"), NULL },
  { AMENDS_EVENT_PERSON_CAPACITY_ASSESSED, "on", N_ ("Looked at on"), NULL },
  { AMENDS_EVENT_PERSON_CAPACITY_ASSESSED, "decides", N_ ("Can they decide about this themselves?"),
    N_ ("Yes, unless somebody who knows how has looked and found otherwise.") },
  { AMENDS_EVENT_PERSON_CAPACITY_ASSESSED, "done_by.name", N_ ("Who looked at it"), NULL },
  { AMENDS_EVENT_PERSON_CAPACITY_ASSESSED, "ground", N_ ("On what ground"), NULL },
  { AMENDS_EVENT_PERSON_CAPACITY_ASSESSED, "own_view", N_ ("What they say themselves"), NULL },
  { AMENDS_EVENT_PERSON_CAPACITY_ASSESSED, "help", N_ ("What was done to help them say it"), NULL },
  { AMENDS_EVENT_PERSON_CAPACITY_ASSESSED, "review", N_ ("Looked at again on"), NULL },
  { AMENDS_EVENT_ADJUSTMENT_ADDED, "need", N_ ("What they need"), NULL },
  { AMENDS_EVENT_UNKNOWN, "need", N_ ("Which adjustment"), NULL },
  { AMENDS_EVENT_UNKNOWN, "language", N_ ("Language"), NULL },
  { AMENDS_EVENT_UNKNOWN, "interpreter", N_ ("Do they need an interpreter?"), NULL },
  { AMENDS_EVENT_UNKNOWN, "equality", N_ ("How their needs were considered"),
    N_ ("A disability, what they live with, what the Equality Act asks of us.") },
  { AMENDS_EVENT_UNKNOWN, "review", N_ ("It is looked at again on"), NULL },
  { AMENDS_EVENT_UNKNOWN, "draft", N_ ("Which draft"), NULL },
  { AMENDS_EVENT_UNKNOWN, "complexity", N_ ("Is it complex?"), NULL },
  { AMENDS_EVENT_UNKNOWN, "vulnerability", N_ ("Is anybody vulnerable?"), NULL },
  { AMENDS_EVENT_UNKNOWN, "risk", N_ ("Is anybody at risk?"), NULL },
  { AMENDS_EVENT_UNKNOWN, "extension_likely", N_ ("Is it likely to need longer?"), NULL },
  { AMENDS_EVENT_UNKNOWN, "investigation", N_ ("What has to be looked into"), NULL },
  { AMENDS_EVENT_UNKNOWN, "understanding", N_ ("What we understand"), NULL },
  { AMENDS_EVENT_UNKNOWN, "not_ours", N_ ("Is a part of it not ours?"), NULL },
  { AMENDS_EVENT_UNKNOWN, "why_unhappy", N_ ("Why they are still unhappy"),
    N_ ("Nobody has to give a reason.") },
  { AMENDS_EVENT_UNKNOWN, "done_by.name", N_ ("By whom"), NULL },
  { AMENDS_EVENT_UNKNOWN, "done_by.role", N_ ("As"), NULL },
  { AMENDS_EVENT_UNKNOWN, "complete", N_ ("Is it complete?"), NULL },
  { AMENDS_EVENT_UNKNOWN, "finding", N_ ("Found"), NULL },
  { AMENDS_EVENT_UNKNOWN, "remedy", N_ ("Remedy"), NULL },
  { AMENDS_EVENT_UNKNOWN, "impact", N_ ("What it did to them"), NULL },
  { AMENDS_EVENT_UNKNOWN, "gross_pence", N_ ("Sum, in pounds"), NULL },
  { AMENDS_EVENT_UNKNOWN, "offset_pence", N_ ("Of it set off against a debt, in pounds"), NULL },
  { AMENDS_EVENT_UNKNOWN, "net_pence", N_ ("They get, in pounds"), NULL },
  { AMENDS_EVENT_UNKNOWN, "paid_pence", N_ ("Paid, in pounds"), NULL },
  { AMENDS_EVENT_UNKNOWN, "offset_debt", N_ ("Which debt"), NULL },
  { AMENDS_EVENT_UNKNOWN, "ordered", N_ ("Did the Ombudsman order it?"), NULL },
  { AMENDS_EVENT_UNKNOWN, "proof", N_ ("What shows it"), NULL },
  { AMENDS_EVENT_UNKNOWN, "owner.name", N_ ("Who sees to it"), NULL },
  { AMENDS_EVENT_UNKNOWN, "owner.role", N_ ("As"), NULL },
  { AMENDS_EVENT_UNKNOWN, "due", N_ ("By"), NULL },
  { AMENDS_EVENT_UNKNOWN, "agent", N_ ("Managing agent, if it is theirs to do"), NULL },
  { AMENDS_EVENT_UNKNOWN, "issue", N_ ("Of what"), NULL },
  { AMENDS_EVENT_UNKNOWN, "hazard", N_ ("Which hazard"), NULL },
  { AMENDS_EVENT_UNKNOWN, "stage", N_ ("Of which stage"), NULL },
  { AMENDS_EVENT_UNKNOWN, "supporters", N_ ("Who helps them"), N_ ("One name on each line.") },
  { AMENDS_EVENT_UNKNOWN, "received", N_ ("Received on"), NULL },
  { AMENDS_EVENT_CASE_HAZARD_REPORTED, "on", N_ ("They told us on"), NULL },
  { AMENDS_EVENT_CASE_HAZARD_REPORTED, "what", N_ ("What the danger is"), NULL },
  { AMENDS_EVENT_CASE_HAZARD_REPORTED, "emergency", N_ ("Is it an emergency?"),
    N_ ("Somebody may come to harm within a day: it is made safe in 24 hours.") },
  { AMENDS_EVENT_CASE_HAZARD_INVESTIGATED, "found", N_ ("Is there a hazard?"), NULL },
  { AMENDS_EVENT_CASE_HAZARD_INVESTIGATED, "text", N_ ("What was found"), NULL },
  { AMENDS_EVENT_CASE_HAZARD_SUMMARY_SENT, "on", N_ ("Sent on"), NULL },
  { AMENDS_EVENT_CASE_HAZARD_SUMMARY_SENT, "text", N_ ("What it says, in short"), NULL },
  { AMENDS_EVENT_CASE_HAZARD_MADE_SAFE, "text", N_ ("What was done"), NULL },
  { AMENDS_EVENT_CASE_REQUEST_RESOLVED, "outcome", N_ ("What was done"), NULL },
  { AMENDS_EVENT_CASE_DISCLOSED, "to", N_ ("With whom"), NULL },
  { AMENDS_EVENT_CASE_DISCLOSED, "what", N_ ("What was shared"), NULL },
  { AMENDS_EVENT_CASE_DISCLOSED, "because", N_ ("Why"), NULL },
  { AMENDS_EVENT_CASE_ERASURE_ASKED, "detail", N_ ("In a few words"),
    N_ ("This stays, on every device: name nobody, and say nothing about them.") },
  { AMENDS_EVENT_CONSENT_GIVEN, "to", N_ ("With whom"), NULL },
  { AMENDS_EVENT_CONSENT_GIVEN, "purpose", N_ ("What for"), NULL },
  { AMENDS_EVENT_CONSENT_GIVEN, "how", N_ ("How they said it"), NULL },
  { AMENDS_EVENT_UNKNOWN, "authority.evidence", N_ ("The paper"),
    N_ ("A power of attorney or a court’s order has to be seen.") },
  { AMENDS_EVENT_UNKNOWN, "authority.scope", N_ ("What for"), NULL },
  { AMENDS_EVENT_UNKNOWN, "authority.from", N_ ("From (today, if empty)"), NULL },
  { AMENDS_EVENT_AUTHORITY_GIVEN, "decided_by.name", N_ ("The line manager who lets it stand"),
    N_ ("Only where they are complained about themselves: until then it is suspended.") },
  { AMENDS_EVENT_AUTHORITY_WITHDRAWN, "name", N_ ("Whose"),
    N_ ("Only where several act for them.") },
  { AMENDS_EVENT_CONTACT_CHANGED, "name", N_ ("Their name"),
    N_ ("Only of somebody who had not said it. A name that is wrong is corrected.") },
  { AMENDS_EVENT_UNKNOWN, "safe_contact.methods", N_ ("Safe ways to reach them"),
    N_ ("One on a line, such as a number at work. Empty it where none is any more.") },
  { AMENDS_EVENT_UNKNOWN, "safe_contact.times", N_ ("When it is safe"), N_ ("One on a line.") },
  { AMENDS_EVENT_UNKNOWN, "safe_contact.not", N_ ("What is not safe"),
    N_ ("One on a line, such as letters to the home.") },
  { AMENDS_EVENT_UNKNOWN, "safe_contact.shared_with", N_ ("Who else sees what reaches them"),
    N_ ("One on a line.") },
  { AMENDS_EVENT_UNKNOWN, "who", N_ ("Which of those who complain"),
    N_ ("Each has letters, and ways to be reached, of their own.") },
  { AMENDS_EVENT_UNKNOWN, "reply_to", N_ ("Who gets it"),
    N_ ("A representative only while they may be told.") },
  { AMENDS_EVENT_UNKNOWN, "reply_to_name", N_ ("The name of who acts for them"),
    N_ ("Only where it goes to somebody else than the representative whom the case shows.") },
  { AMENDS_EVENT_AUTHORITY_GIVEN, "relation_detail", N_ ("Their what, in a word"), NULL },
  { AMENDS_EVENT_ADJUSTMENT_ADDED, "detail", N_ ("In detail, such as 18 point"), NULL },
  { AMENDS_EVENT_ISSUE_ADDED, "what", N_ ("What happened"), NULL },
  { AMENDS_EVENT_UNKNOWN, "on", N_ ("On"), NULL },
  { AMENDS_EVENT_UNKNOWN, "channel", N_ ("How"), NULL },
  { AMENDS_EVENT_UNKNOWN, "channel_detail", N_ ("How, in a word"), NULL },
  { AMENDS_EVENT_UNKNOWN, "told_on", N_ ("They were told on"), NULL },
  { AMENDS_EVENT_UNKNOWN, "delivered_on", N_ ("Arrived on, if that is known"), NULL },
  { AMENDS_EVENT_UNKNOWN, "working_days", N_ ("Working days more"),
    N_ ("Counted on from the day it is due now.") },
  { AMENDS_EVENT_UNKNOWN, "reason", N_ ("Reason"), N_ ("As it is told to them.") },
  { AMENDS_EVENT_UNKNOWN, "reasons", N_ ("Reasons"), NULL },
  { AMENDS_EVENT_UNKNOWN, "agreed", N_ ("Did they agree?"), NULL },
  { AMENDS_EVENT_UNKNOWN, "good_reason", N_ ("Is there good reason for more?"),
    N_ ("Only where it is more than the policy or the Code lets you add.") },
  { AMENDS_EVENT_UNKNOWN, "ombudsman_details", N_ ("Did it say how to reach the Ombudsman?"),
    NULL },
  { AMENDS_EVENT_UNKNOWN, "next_update", N_ ("They hear from us again on"), NULL },
  { AMENDS_EVENT_UNKNOWN, "ground", N_ ("Ground"), N_ ("One that the policy allows.") },
  { AMENDS_EVENT_UNKNOWN, "exceptions", N_ ("Exceptions that were weighed"), NULL },
  { AMENDS_EVENT_UNKNOWN, "discretion", N_ ("Why none was made"), NULL },
  { AMENDS_EVENT_UNKNOWN, "claim_filed", N_ ("Has a claim been filed at court?"), NULL },
  { AMENDS_EVENT_UNKNOWN, "instead", N_ ("What is done instead"), NULL },
  { AMENDS_EVENT_UNKNOWN, "decided_by.name", N_ ("Decided by"), NULL },
  { AMENDS_EVENT_UNKNOWN, "decided_by.role", N_ ("As"), NULL },
  { AMENDS_EVENT_UNKNOWN, "approved_by.name", N_ ("Approved by"),
    N_ ("Never the one who wrote it.") },
  { AMENDS_EVENT_UNKNOWN, "approved_by.role", N_ ("As"), NULL },
  { AMENDS_EVENT_UNKNOWN, "author.name", N_ ("Written by"), NULL },
  { AMENDS_EVENT_UNKNOWN, "author.role", N_ ("As"), NULL },
  { AMENDS_EVENT_UNKNOWN, "to.name", N_ ("To whom"), NULL },
  { AMENDS_EVENT_UNKNOWN, "to.role", N_ ("As"), NULL },
  { AMENDS_EVENT_UNKNOWN, "conflict_of_interest", N_ ("Have they a conflict of interest?"),
    N_ ("They say so themselves: a part in it, or somebody close to them.") },
  { AMENDS_EVENT_UNKNOWN, "summary", N_ ("What it says, in short"), NULL },
  { AMENDS_EVENT_UNKNOWN, "actions_outstanding", N_ ("Is anything still to be done?"), NULL },
  { AMENDS_EVENT_UNKNOWN, "escalation_told", N_ ("Did it say how to ask for stage 2?"), NULL },
  { AMENDS_EVENT_UNKNOWN, "changes_stage1", N_ ("Does it change what stage 1 found?"), NULL },
  { AMENDS_EVENT_UNKNOWN, "chosen", N_ ("Chosen from pictures"), NULL },
  { AMENDS_EVENT_UNKNOWN, "outcome_sought", N_ ("What would put it right"), NULL },
  { AMENDS_EVENT_UNKNOWN, "reached", N_ ("Were they reached?"), NULL },
  { AMENDS_EVENT_UNKNOWN, "text", N_ ("What was said"), NULL },
  { AMENDS_EVENT_UNKNOWN, "closure", N_ ("How it ends"), NULL },
  { AMENDS_EVENT_UNKNOWN, "evidence", N_ ("How we know"), NULL },
  { AMENDS_EVENT_UNKNOWN, "detail", N_ ("In detail"), NULL },
  { AMENDS_EVENT_UNKNOWN, "because", N_ ("Why"), NULL },
  { AMENDS_EVENT_UNKNOWN, "wants", N_ ("They want"), NULL },
  { AMENDS_EVENT_UNKNOWN, "arose", N_ ("When it happened"), NULL },
  { AMENDS_EVENT_UNKNOWN, "aware", N_ ("When they knew"), NULL },
  { AMENDS_EVENT_UNKNOWN, "until", N_ ("Until (no end, if empty)"), NULL },
  { AMENDS_EVENT_UNKNOWN, "name", N_ ("Name"), NULL },
  { AMENDS_EVENT_UNKNOWN, "relation", N_ ("Who is their"), NULL },
  { AMENDS_EVENT_UNKNOWN, "authority.type", N_ ("Authority"), NULL },
  { AMENDS_EVENT_UNKNOWN, "authority.until", N_ ("Until (no end, if empty)"), NULL },
  { AMENDS_EVENT_UNKNOWN, "purpose", N_ ("What for"), NULL },
  { AMENDS_EVENT_UNKNOWN, "representative", N_ ("Do they act for the complainant?"), NULL },
  { AMENDS_EVENT_UNKNOWN, "told_complainant", N_ ("Was the complainant told?"), NULL },
  { AMENDS_EVENT_UNKNOWN, "anonymous", N_ ("Anonymous"), NULL },
  { AMENDS_EVENT_UNKNOWN, "petition", N_ ("A petition"), NULL },
  { AMENDS_EVENT_UNKNOWN, "scheme", N_ ("Scheme"), NULL },
  { AMENDS_EVENT_UNKNOWN, "restricted", N_ ("Kept for"), NULL },
  { AMENDS_EVENT_UNKNOWN, "relation_detail", N_ ("As what, in a word"), NULL },
  { AMENDS_EVENT_UNKNOWN, "given", N_ ("Did they give it?"), NULL },
  { AMENDS_EVENT_UNKNOWN, "checked_by", N_ ("Who saw the paper"), NULL },
  { AMENDS_EVENT_ISSUE_ADDED, "effect", N_ ("What it did to them"), NULL },
  { AMENDS_EVENT_ISSUE_ADDED, "loss", N_ ("What they lost"), NULL },
  { AMENDS_EVENT_ISSUE_ADDED, "ongoing", N_ ("Is it still going on?"), NULL },
  { AMENDS_EVENT_ISSUE_ADDED, "recurring", N_ ("Does it come back?"), NULL },
  { AMENDS_EVENT_ISSUE_ADDED, "category", N_ ("What kind of thing it is"), NULL },
  { AMENDS_EVENT_ISSUE_ADDED, "words", N_ ("Whose words these are"), NULL },
  { AMENDS_EVENT_UNKNOWN, "asked_on", N_ ("Asked on"), NULL },
  { AMENDS_EVENT_UNKNOWN, "how", N_ ("How they said it"), NULL },
  { AMENDS_EVENT_UNKNOWN, "covers", N_ ("It covers"), NULL },
  { AMENDS_EVENT_UNKNOWN, "requested_on", N_ ("Asked for on"), NULL },
  { AMENDS_EVENT_ADJUSTMENT_ADDED, "for", N_ ("What for"), NULL },
  { AMENDS_EVENT_UNKNOWN, "attachment", N_ ("Which file"), NULL },
  { AMENDS_EVENT_UNKNOWN, "edition", N_ ("Which edition"), NULL },
  { AMENDS_EVENT_UNKNOWN, "field", N_ ("Of what"), NULL },
  { AMENDS_EVENT_UNKNOWN, "value", N_ ("What stands now"), NULL },
  { AMENDS_EVENT_CASE_CORRECTED, "from", N_ ("What was written"), NULL },
  { AMENDS_EVENT_UNKNOWN, "events", N_ ("What is erased"), NULL },
  { AMENDS_EVENT_UNKNOWN, "ask", N_ ("What was asked"), NULL },
  { AMENDS_EVENT_UNKNOWN, "findings", N_ ("Findings"), NULL },
  { AMENDS_EVENT_UNKNOWN, "to", N_ ("With whom"), NULL },
  { AMENDS_EVENT_UNKNOWN, "phone", N_ ("Telephone"), NULL },
  { AMENDS_EVENT_UNKNOWN, "email", N_ ("Email"), NULL },
  { AMENDS_EVENT_UNKNOWN, "home", N_ ("Home"), NULL },
  { AMENDS_EVENT_UNKNOWN, "preferred_contact", N_ ("Prefers to hear by"), NULL },
};

/* What an act calls a field goes before what every act calls it, wherever the two stand. */
static guint
find_field (AmendsEventType type, const char *path)
{
  guint of_all = G_N_ELEMENTS (fields);

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    if (g_str_equal (fields[i].path, path))
      {
        if (fields[i].type == type)
          return i;
        if (fields[i].type == AMENDS_EVENT_UNKNOWN)
          of_all = i;
      }
  return of_all;
}

/**
 * amends_act_words_field:
 * @type: of an act
 * @path: of a field of it, "decided_by.name"
 *
 * Returns: (transfer full): what it is called; of a part that has no words of its own what such a part of anything is called,
 *   and of one that has no words yet at all the words of its name
 */
char *
amends_act_words_field (AmendsEventType type, const char *path)
{
  guint i = find_field (type, path);

  for (const char *dot = strchr (path, '.'); i == G_N_ELEMENTS (fields) && dot != NULL;
       dot = strchr (dot + 1, '.'))
    i = find_field (type, dot + 1);
  if (i < G_N_ELEMENTS (fields))
    return g_strdup (_ (fields[i].title));
  return g_strdelimit (g_strdup (path), "._", ' ');
}

/* (nullable): what to know about a field. */
const char *
amends_act_words_help (AmendsEventType type, const char *path)
{
  guint i = find_field (type, path);

  return i < G_N_ELEMENTS (fields) && fields[i].help != NULL ? _ (fields[i].help) : NULL;
}
