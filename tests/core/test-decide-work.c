/* test-decide-work.c: what is done between the acknowledgement and the response, and what is promised
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * All was received on Friday 20 November 2026. */

#include "core/amends-letter.h"
#include "core/decide-rows.h"

static const DecideRow rows[] = {
  /* Triage. Code 6.1; Housing 21 has a form. */
  { "one-housing", "new", triage_it, "{}", TAKEN, NULL },
  { "one-housing", "new", triage_it, "{'vulnerability':null}", "vulnerability", "1.3; Code 6.1",
    NULL },
  { "one-housing", "new", triage_it, "{'investigation':null}", TAKEN, NULL },
  { "one-housing", "new", triage_it, "{'complexity':'Two landlords'}", TAKEN, NULL },
  { "housing-21", "new", triage_it, "{'investigation':null}", "investigation", "7.3; Code 6.1",
    NULL },
  { "housing-21", "new", triage_it, "{'extension_likely':null}", "extension_likely",
    "7.3; Code 6.1", NULL },
  { "wdh", "new", triage_it, "{'risk':null}", "risk", "Code 6.1", NULL },
  { NULL, "new", triage_it, "{'complexity':null}", "complexity", "Code 6.1", NULL },
  { "wdh", "request", triage_it, "{}", "type", "Code 1.4", NULL },
  { "wdh", "new", triage_it, "{'on':'2026-11-19'}", "on", NULL, NULL },

  /* The definition. Code 5.6, 5.7 and 6.2. */
  { "one-housing", "new", define, "{}", TAKEN, NULL },
  { "one-housing", "new", define, "{'not_ours':'The road'}", TAKEN, NULL },
  { "one-housing", "new", define, "{'not_ours':null}", "not_ours", "6.4.1, 6.5.1; Code 5.7", NULL },
  { "housing-21", "new", define, "{'not_ours':null}", "not_ours", "7.2, 7.3; Code 5.7", NULL },
  { "rosebery", "new", define, "{'not_ours':null}", "not_ours", "8.1, 8.3; Code 5.7", NULL },
  { "wdh", "new", define, "{'not_ours':null}", "not_ours", "2.12; Code 5.7", NULL },
  { "reliance", "new", define, "{'not_ours':null}", "not_ours", "4.1.1; Code 5.7", NULL },
  { NULL, "new", define, "{'not_ours':null}", "not_ours", "Code 5.7", NULL },
  { "wdh", "new", define, "{'understanding':null}", "understanding", NULL, NULL },
  { "wdh", "new", define, "{'outcome_sought':null}", "outcome_sought", NULL, NULL },
  { "wdh", "new", define, "{'told_on':null}", TAKEN, "2.12; Code 5.6" },
  /* Due by 27 November. */
  { "wdh", "new", define, "{'on':'2026-11-27'}", TAKEN, NULL },
  { "wdh", "new", define, "{'on':'2026-11-30'}", TAKEN, "Code 6.2" },
  { "wdh", "escalated", define_stage_2, "{}", TAKEN, NULL },
  { "wdh", "escalated", define_stage_2, "{'on':'2026-12-10'}", TAKEN, "Code 6.11" },
  { "wdh", "escalated", define_stage_2, "{'not_ours':null}", "not_ours", "2.17; Code 5.7", NULL },
  { "wdh", "answered", define_stage_2, "{}", "type", "Code 6.10", NULL },

  /* The investigation: by whoever may, at Reliance within nine working days. */
  { "one-housing", "new", look_into, "{}", TAKEN, NULL },
  { "reliance", "new", look_into, "{'on':'2026-12-07'}", TAKEN, NULL },
  { "reliance", "new", look_into, "{'on':'2026-12-08'}", TAKEN, "App 1" },
  { "reliance", "new", look_into, "{'on':'2026-12-08','complete':false}", TAKEN, NULL },
  { "wdh", "about-staff", look_into, "{'done_by':{'name':'Odile Marsh'}}", "done_by", "Code 5.8",
    NULL },
  { "wdh", "escalated", look_into_at_stage_2, "{}", TAKEN, NULL },
  { "wdh", "escalated", look_into_at_stage_2, "{'done_by':{'name':'Tamsin Roe'}}", "done_by",
    "2.17; Code 6.13", NULL },
  { "rosebery", "escalated", look_into_at_stage_2, "{'done_by':{'name':'kit fenn'}}", "done_by",
    "9.2; Code 6.13", NULL },

  /* What others know, by a day that leaves time to answer: the response is due on 8 December. */
  { "one-housing", "new", ask_others, "{}", TAKEN, NULL },
  { "one-housing", "new", ask_others, "{'due':'2026-12-09'}", TAKEN, "2.3, 5.2.6; Code 5.4" },
  { "wdh", "new", ask_others, "{'due':'2026-12-09'}", TAKEN, "Code 5.4" },
  { "wdh", "new", ask_others, "{'due':null}", "due", NULL, NULL },
  { "wdh", "new", ask_others, "{'due':'2026-11-24'}", "due", NULL, NULL },
  { "wdh", "declined", ask_others, "{}", "type", NULL, NULL },
  { "one-housing", "asked-others", others_answer, "{}", TAKEN, NULL },
  { "one-housing", "asked-others", others_answer, "{'on':'2026-12-01'}", TAKEN,
    "2.3, 5.2.6; Code 5.4" },
  { "one-housing", "asked-others", others_answer, "{'on':'2026-11-24'}", "on", NULL, NULL },
  { "one-housing", "asked-others", others_answer, "{'request':'2A.3'}", "request", NULL, NULL },
  { "one-housing", "new", others_answer, "{}", "type", NULL, NULL },

  /* A day, a time, a place, who comes, and whom to ring: whoever opens the door needs each. */
  { "wdh", "new", meet, "{}", TAKEN, NULL },
  { NULL, "new", meet, "{}", TAKEN, NULL },
  { "wdh", "new", meet, "{'until':null}", TAKEN, NULL },
  { "wdh", "new", meet, "{'until':'14:00'}", "until", NULL, NULL },
  { "wdh", "new", meet, "{'until':'9:00'}", "until", NULL, NULL },
  { "wdh", "new", meet, "{'day':null}", "day", NULL, NULL },
  { "wdh", "new", meet, "{'day':'2026-11-24'}", "day", NULL, NULL },
  { "wdh", "new", meet, "{'day':'2027-02-29'}", "day", NULL, NULL },
  { "wdh", "new", meet, "{'day':'2028-02-29'}", TAKEN, NULL },
  { "wdh", "new", meet, "{'from':null}", "from", NULL, NULL },
  { "wdh", "new", meet, "{'where':null}", "where", NULL, NULL },
  { "wdh", "new", meet, "{'comes':null}", "comes", NULL, NULL },
  { "wdh", "new", meet, "{'ring':null}", "ring", NULL, NULL },
  { "wdh", "to-meet", meet, "{'comes':{'name':'Odile Marsh'}}", TAKEN, "Code 5.8" },
  { "wdh", "declined", meet, "{}", TAKEN, NULL },
  { "wdh", "to-meet", met, "{}", TAKEN, NULL },
  { "wdh", "to-meet", met, "{'on':'2026-11-27'}", "on", NULL, NULL },
  { "wdh", "to-meet", met, "{'on':'2026-11-27','outcome':'cancelled-by-them'}", TAKEN, NULL },
  { "wdh", "to-meet", met, "{'on':'2026-11-24','outcome':'cancelled-by-us'}", "on", NULL, NULL },
  { "wdh", "to-meet", met, "{'appointment':'2A.3'}", "appointment", NULL, NULL },
  { "wdh", "new", met, "{}", "type", NULL, NULL },

  /* What was found. Code 6.7: each point, with the reasons. */
  { "one-housing", "new", find, "{}", TAKEN, NULL },
  { "one-housing", "new", find, "{'reasons':null}", "reasons", "6.4.1, 6.5.1; Code 6.7", NULL },
  { "rosebery", "new", find, "{'reasons':null}", "reasons", "8.1, 8.3; Code 6.7", NULL },
  { "reliance", "new", find, "{'reasons':null}", "reasons", "4.1.1; Code 6.7", NULL },
  { NULL, "new", find, "{'reasons':null}", "reasons", "Code 6.7", NULL },
  { "wdh", "new", find, "{'issue':'2A.9'}", "issue", NULL, NULL },
  { "wdh", "new", find, "{'finding':'proved'}", "finding", NULL, NULL },
  { "wdh", "issue-declined", find, "{}", "issue", "2.12; Code 2.1", NULL },
  { "wdh", "answered", find, "{}", "type", "Code 6.10", NULL },
  { "wdh", "about-staff", find, "{'done_by':{'name':'odile marsh'}}", "done_by", "Code 5.8", NULL },
  { "wdh", "escalated", find_at_stage_2, "{}", TAKEN, NULL },
  { "wdh", "escalated", find_at_stage_2, "{'changes_stage1':null}", "changes_stage1",
    "2.17; Code 6.18", NULL },
  { "wdh", "escalated-and-found", find_at_stage_2, "{'changes_stage1':false}", "changes_stage1",
    "2.17; Code 6.18", NULL },
  { "wdh", "escalated-and-found", find_at_stage_2,
    "{'changes_stage1':false,'finding':'not-upheld'}", TAKEN, NULL },
  { "wdh", "escalated", find_at_stage_2, "{'done_by':{'name':'Kit Fenn'}}", "done_by",
    "2.17; Code 6.13", NULL },
  { "wdh", "stage-2-answered", find_at_stage_2, "{}", "type", "Code 6.19", NULL },
  /* A response needs not say again what was found. */
  { "one-housing", "found", respond, "{'findings':null}", TAKEN, NULL },
  { "one-housing", "escalated-and-found", respond_stage_2, "{'findings':null}", TAKEN, NULL },

  /* Remedies. Code 7.1 to 7.3: what, why, who and by when. */
  { "one-housing", "new", offer, "{}", TAKEN, NULL },
  { "one-housing", "declined", offer, "{}", TAKEN, NULL },
  { "one-housing", "new", offer, "{'impact':null}", "impact", "Code 7.2", NULL },
  { "wdh", "new", offer, "{'impact':null}", "impact", "2.22; Code 7.2", NULL },
  { "wdh", "new", offer, "{'owner':null}", "owner", "Code 7.3", NULL },
  { "wdh", "new", offer, "{'due':null}", "due", "Code 7.3", NULL },
  { "wdh", "new", offer, "{'remedy':'none','impact':null,'owner':null,'due':null}", TAKEN, NULL },
  { "wdh", "new", offer, "{'remedy':'other'}", "detail", NULL, NULL },
  { "wdh", "new", offer, "{'issue':'2A.9'}", "issue", NULL, NULL },
  { "wdh", "new", offer, "{'due':'2026-11-30'}", "due", NULL, NULL },
  { "wdh", "new", offer, "{'gross_pence':100}", "gross_pence", NULL, NULL },
  { "wdh", "about-staff", offer, "{'owner':{'name':'Odile Marsh'}}", "owner", "Code 5.8", NULL },
  /* What the landlord's policy does not list. */
  { "one-housing", "new", offer, "{'remedy':'practical-action'}", TAKEN, "4.2; Code 7.1" },
  { "wdh", "new", offer, "{'remedy':'record-amended'}", TAKEN, "2.23; Code 7.1" },
  { "rosebery", "new", offer, "{'remedy':'record-amended'}", TAKEN, NULL },
  /* Money. WDH, 2.25 and 2.28, sets payments off, and asks for evidence. */
  { "wdh", "new", offer_money, "{}", TAKEN, NULL },
  { "wdh", "new", offer_money, "{'gross_pence':null}", "gross_pence", NULL, NULL },
  { "wdh", "new", offer_money, "{'evidence':null}", TAKEN, "2.28; Code 7.2" },
  { "rosebery", "new", offer_money, "{'evidence':null}", TAKEN, NULL },
  { "wdh", "new", offer_money, "{'net_pence':4000}", "net_pence", NULL, NULL },
  { "wdh", "new", offer_money, "{'offset_pence':5001}", "offset_pence", NULL, NULL },
  { "rosebery", "new", offer_money, "{'offset_pence':1000}", "offset_pence", "Code 7.2", NULL },
  { "wdh", "new", offer_money, "{'offset_pence':1000}", "offset_debt", "2.25; Code 7.2", NULL },
  { "wdh", "new", offer_money, "{'offset_pence':1000,'offset_debt':'Rent'}", "authorised_by",
    "2.25; Code 7.2", NULL },
  { "wdh", "new", offer_money,
    "{'offset_pence':1000,'offset_debt':'Rent','authorised_by':{'name':'A','role':'investigator'}}",
    "authorised_by.role", "2.25; Code 7.2", NULL },
  { "wdh", "new", offer_money,
    "{'offset_pence':1000,'net_pence':4000,'offset_debt':'Rent',"
    "'authorised_by':{'name':'A','role':'approver'}}",
    TAKEN, "2.25; Code 7.2" },
  { "wdh", "new", offer_money,
    "{'offset_pence':1000,'offset_debt':'Rent','ordered':true,"
    "'authorised_by':{'name':'A','role':'approver'}}",
    "offset_pence", "2.25; Code 7.2", NULL },
  { "one-housing", "offered", answer_offer, "{}", TAKEN, NULL },
  { "one-housing", "offered", answer_offer, "{'answer':'declined'}", TAKEN, "6.5.1, 6.5.2" },
  { "wdh", "offered", answer_offer, "{'answer':'declined'}", TAKEN, "Code 6.10" },
  { "wdh", "offered", answer_offer, "{'remedy':'2A.2'}", "remedy", NULL, NULL },
  { "wdh", "offered", answer_offer, "{'on':'2026-11-29'}", "on", NULL, NULL },
  { "wdh", "new", answer_offer, "{}", "type", NULL, NULL },
  { "wdh", "offer-taken", give, "{}", TAKEN, NULL },
  { "wdh", "offer-taken", give, "{'paid_pence':null}", "paid_pence", "Code 7.3", NULL },
  { "wdh", "offer-taken", give, "{'proof':null}", "proof", "Code 7.3", NULL },
  { "wdh", "offer-taken", give, "{'paid_pence':4000}", TAKEN, "Code 7.3" },
  { "wdh", "offer-taken", give, "{'on':'2026-12-05'}", TAKEN, "Code 7.3" },
  { "wdh", "offer-given", give, "{}", "type", NULL, NULL },

  /* Actions, and closing while something that was promised is open. */
  { "one-housing", "new", add_action, "{}", TAKEN, NULL },
  { "one-housing", "declined", add_action, "{}", TAKEN, NULL },
  { "one-housing", "new", add_action, "{'owner':null}", "owner", NULL, NULL },
  { "one-housing", "new", add_action, "{'due':null}", "due", NULL, NULL },
  { "one-housing", "new", add_action, "{'issue':'2A.9'}", "issue", NULL, NULL },
  { "one-housing", "about-staff", add_action, "{'owner':{'name':'Odile Marsh'}}", "owner",
    "Code 5.8", NULL },
  { "one-housing", "to-do", do_action, "{}", TAKEN, NULL },
  { "one-housing", "to-do", do_action, "{'told_on':null}", TAKEN, "6.5.2; Code 6.6" },
  { "rosebery", "to-do", do_action, "{'on':'2026-12-05'}", TAKEN, "8.5, 9.8; Code 6.6" },
  { "wdh", "to-do", do_action, "{'action':'2A.2'}", "action", NULL, NULL },
  { "wdh", "done", do_action, "{}", "type", NULL, NULL },
  { "reliance", "to-do", close_case, "{}", "type", "App 1; Code 6.6", NULL },
  { "reliance", "offer-taken", close_case, "{}", "type", "App 1; Code 6.6", NULL },
  { "reliance", "offered", close_case, "{}", TAKEN, NULL },
  { "reliance", "done", close_case, "{}", TAKEN, NULL },
  { "reliance", "offer-given", close_case, "{}", TAKEN, NULL },
  { "wdh", "to-do", close_case, "{}", "actions_outstanding", "Code 6.6", NULL },
  { "wdh", "to-do", close_case, "{'actions_outstanding':true}", TAKEN, "Code 6.6" },
  { "one-housing", "to-do", close_case, "{'actions_outstanding':true}", TAKEN, "6.5.2; Code 6.6" },

  /* Drafting, approving, sending: by two, and the clock ends with what is sent. */
  { "rosebery", "found", write_draft, "{}", TAKEN, NULL },
  { "rosebery", "found", write_draft, "{'text':null}", "text", NULL, NULL },
  { "rosebery", "found", write_draft, "{'text':null,'attachment':'2A.9'}", TAKEN, NULL },
  { "rosebery", "answered", write_draft, "{}", "type", "Code 6.10", NULL },
  { "rosebery", "about-staff", write_draft, "{'author':{'name':'Odile Marsh'}}", "author",
    "Code 5.8", NULL },
  { "rosebery", "drafted", approve, "{}", TAKEN, NULL },
  { "rosebery", "drafted", approve, "{'approved_by':{'name':'Tamsin Roe','role':'approver'}}",
    "approved_by", "8.1, 8.3; Code 5.8", NULL },
  { "rosebery", "drafted", approve, "{'approved_by':{'name':'A','role':'line-manager'}}",
    "approved_by.role", "8.1, 8.3", NULL },
  { "housing-21", "drafted", approve, "{}", "approved_by.role", "7.2, 7.3", NULL },
  { "housing-21", "drafted", approve, "{'approved_by':{'name':'A','role':'line-manager'}}", TAKEN,
    NULL },
  { "wdh", "drafted", approve, "{'approved_by':{'name':'A','role':'scheme-manager'}}",
    "approved_by.role", "2.12", NULL },
  { "wdh", "drafted", approve, "{'approved_by':null}", "approved_by.role", "2.12", NULL },
  { "wdh", "drafted", approve, "{'agreed':false}", "text", "2.12", NULL },
  { "wdh", "drafted", approve, "{'agreed':false,'text':'Say when'}", TAKEN, NULL },
  { "wdh", "drafted", approve, "{'draft':'2A.2'}", "draft", NULL, NULL },
  { "wdh", "found", approve, "{}", "type", NULL, NULL },
  { "rosebery", "approved", post, "{}", TAKEN, NULL },
  { "rosebery", "drafted", post, "{}", "draft", "8.1, 8.3; Code 5.8", NULL },
  { "housing-21", "drafted", post, "{}", "draft", "7.2, 7.3; Code 5.8", NULL },
  { "wdh", "drafted", post, "{}", TAKEN, NULL },
  { "wdh", "sent-back", post, "{}", "draft", "2.12; Code 5.8", NULL },
  /* To a representative only while they may be told: on the day on which it goes, whatever was approved. */
  { "rosebery", "approved-to-representative", post, "{}", TAKEN, NULL },
  { "rosebery", "approved-and-withdrawn", post, "{}", "reply_to", "5.2; Code 3.6", NULL },
  { "rosebery", "approved-and-withdrawn", post, "{'reply_to':'complainant'}", TAKEN, NULL },
  { "rosebery", "approved-and-consent-withdrawn", post, "{'draft':'2A.6'}", "reply_to", "2u",
    NULL },
  { "rosebery", "approved-and-consent-withdrawn", post, "{'draft':'2A.6','reply_to':'complainant'}",
    TAKEN, NULL },
  { "rosebery", "approved-to-the-first-of-two", post, "{}", TAKEN, NULL },
  { "rosebery", "approved-to-the-first-of-two", post, "{'reply_to_name':'Odd Ashdown'}", "reply_to",
    "5.2; Code 3.6", NULL },
  { "rosebery", "approved-to-the-first-who-is-gone", post, "{}", "reply_to", "5.2; Code 3.6",
    NULL },
  { "rosebery", "approved-to-the-first-who-is-gone", post, "{'reply_to_name':'Odd Ashdown'}", TAKEN,
    NULL },
  { "rosebery", "approved-to-one-of-two-names", post, "{}", "reply_to", "Code 3.6", NULL },
  { "rosebery", "approved-to-one-of-two-names", post, "{'reply_to':'complainant'}", TAKEN, NULL },
  { "rosebery", "drafted-to-representative", post, "{}", "reply_to", "5.2; Code 3.6", NULL },
  { "rosebery", "approved", post, "{'reply_to':'both'}", "reply_to", "5.2; Code 3.6", NULL },
  { "rosebery", "approved-to-representative", write_draft, "{}", TAKEN, NULL },
  { "rosebery", "approved-and-withdrawn", write_draft, "{}", "reply_to", "5.2; Code 3.6", NULL },
  { "rosebery", "approved-and-withdrawn", write_draft, "{'reply_to':'complainant'}", TAKEN, NULL },
  { "rosebery", "approved", write_draft, "{'reply_to':'both'}", "reply_to", "5.2; Code 3.6", NULL },
  { "rosebery", "approved", post, "{'draft':'2A.2'}", "draft", NULL, NULL },
  /* Each of several gets an answer of their own; of one alone nobody needs to say who. */
  { "wdh", "two-complain", respond, "{}", "who", "Code 6.9", NULL },
  { "wdh", "two-complain", respond, "{'who':'kit MARSH'}", TAKEN, NULL },
  { "wdh", "two-complain", extend, "{}", "who", "Code 6.4", NULL },
  { "wdh", "two-complain", extend, "{'who':'Kit Marsh'}", TAKEN, NULL },
  { "wdh", "two-complain-and-one-stopped", extend, "{'who':'Kit Marsh'}", "who", "Code 6.4", NULL },
  { "wdh", "two-complain-and-one-is-told", extend, "{'who':'Kit Marsh'}", "good_reason",
    "2.12; Code 6.4", NULL },
  { "wdh", "two-complain-and-one-is-told", extend, "{'who':'Wren Ashdown'}", TAKEN, NULL },
  /* What all were told counts with it, and an issue that is taken up again takes none of it back. */
  { "wdh", "two-complain-and-one-is-told-more", extend, "{'who':'Kit Marsh','working_days':6}",
    "good_reason", "2.12; Code 6.4", NULL },
  { "wdh", "two-complain-and-one-is-told-more", extend, "{'who':'Kit Marsh','working_days':4}",
    TAKEN, NULL },
  { "wdh", "two-complain-and-one-is-told-before-an-issue", extend, "{'who':'Kit Marsh'}",
    "good_reason", "2.12; Code 6.4", NULL },
  { "wdh", "two-complain-and-one-is-answered", arrived, "{'who':'Kit Marsh'}", TAKEN, NULL },
  { "wdh", "two-complain-and-one-is-answered", arrived, "{}", "who", "Code 6.9", NULL },
  { "wdh", "two-complain-and-one-is-answered", arrived, "{'who':'Wren Ashdown'}", "stage", NULL,
    NULL },
  { "wdh", "two-complain", respond, "{'who':'Wren Ashdown'}", TAKEN, NULL },
  { "wdh", "two-complain", respond, "{'who':'Odd Roe'}", "who", NULL, NULL },
  { "wdh", "found", respond, "{'who':'Wren Ashdown'}", TAKEN, NULL },
  { "wdh", "two-complain-and-one-is-answered", respond, "{'who':'Kit Marsh'}", "who", "Code 6.9",
    NULL },
  { "wdh", "two-complain-and-one-is-answered", respond, "{'who':'complainant'}", TAKEN, NULL },
  { "wdh", "two-complain-and-one-stopped", respond, "{'who':'Kit Marsh'}", "who", "Code 6.9",
    NULL },
  /* Who stopped comes back, and who is another joins; both are told apart by name. */
  { "wdh", "two-complain-and-one-stopped", come_back, "{}", TAKEN, NULL },
  { "wdh", "two-complain-and-one-stopped", come_back, "{'who':'complainant'}", "who", NULL, NULL },
  { "wdh", "two-complain-and-one-stopped", come_back, "{'who':'Odd Roe'}", "who", NULL, NULL },
  { "wdh", "two-complain-and-one-stopped", come_back, "{'who':null}", "issue", NULL, NULL },
  { "wdh", "two-complain-and-one-stopped", come_back, "{'because':'ombudsman-instruction'}",
    "because", NULL, NULL },
  { "wdh", "two-complain-and-one-stopped", come_back, "{'issue':'2A.2'}", "issue", NULL, NULL },
  { "wdh", "two-complain", come_back, "{}", "type", NULL, NULL },
  { "wdh", "two-complain", join_in, "{}", TAKEN, "Code 6.2" },
  { "wdh", "new", join_in, "{}", TAKEN, "Code 6.2" },
  { "wdh", "two-complain", join_in, "{'name':'kit MARSH'}", "name", NULL, NULL },
  { "wdh", "two-complain", join_in, "{'name':'wren ashdown'}", "name", NULL, NULL },
  { "wdh", "two-complain", join_in, "{'name':null}", "name", NULL, NULL },
  { "wdh", "two-complain", join_in, "{'on':'2026-11-19'}", "on", NULL, NULL },
  { "wdh", "declined", join_in, "{}", "type", NULL, NULL },
  { "wdh", "two-complain-and-drafted-for-one", post, "{}", TAKEN, NULL },
  /* Who acts for the first acts for nobody else. */
  { "wdh", "two-complain", respond, "{'who':'Kit Marsh','reply_to':'representative'}", "reply_to",
    "Code 3.6", NULL },
  { "wdh", "two-complain", respond, "{'who':'Kit Marsh','reply_to':'complainant'}", TAKEN, NULL },
  { "wdh", "two-complain-and-drafted-for-one", post, "{'reply_to':'both'}", "reply_to", "Code 3.6",
    NULL },
  { "wdh", "two-complain", write_draft, "{'who':'Kit Marsh','reply_to':'representative'}",
    "reply_to", "Code 3.6", NULL },
  { "wdh", "petition", respond, "{}", TAKEN, NULL },
  { "wdh", "petition", respond, "{'who':'complainant'}", TAKEN, NULL },
  { "wdh", "petition", respond, "{'who':'Kit Marsh'}", "who", "2.4", NULL },
  { "wdh", "petition-whose-first-stopped", respond, "{'reply_to':'representative'}", "reply_to",
    "Code 3.6", NULL },
  { "wdh", "petition-whose-first-stopped", respond, "{}", TAKEN, NULL },
  { "rosebery", "approved", post, "{'on':'2026-11-29'}", "on", NULL, NULL },
  { "rosebery", "approved", post, "{'escalation_told':null}", "escalation_told",
    "8.1, 8.3; Code 6.9", NULL },
  { "rosebery", "found", post, "{}", "type", NULL, NULL },
  { "wdh", "escalated", write_stage_2_draft, "{}", TAKEN, NULL },
  { "wdh", "escalated", write_stage_2_draft, "{'author':{'name':'Kit Fenn'}}", "author",
    "2.17; Code 6.13", NULL },
  { "wdh", "escalated-and-found", post_stage_2, "{}", TAKEN, NULL },
  { "wdh", "escalated-and-found", post_stage_2, "{'ombudsman_details':null}", "ombudsman_details",
    "2.17; Code 6.19", NULL },

  /* What a person needs. Code 5.10: agreed ones are on record, and kept under review. */
  { "one-housing", "reads-badly", agree_adjustment, "{}", TAKEN, NULL },
  { "housing-21", "reads-badly", agree_adjustment, "{'told_on':null}", TAKEN, "6.2; Code 5.10" },
  { "housing-21", "reads-badly", agree_adjustment, "{'due':null}", "due", "6.2; Code 5.10", NULL },
  { "wdh", "reads-badly", agree_adjustment, "{'agreed':false}", "reasons", "Code 5.10", NULL },
  { "wdh", "reads-badly", agree_adjustment, "{'agreed':false,'reasons':'a'}", TAKEN, NULL },
  { "wdh", "reads-badly", agree_adjustment, "{'need':'braille'}", "need", NULL, NULL },
  { "wdh", "reads-badly", agree_adjustment, "{'need':'other'}", "need", NULL, NULL },
  { "housing-21", "reads-badly", agree_adjustment, "{'done_by':{'name':'A','role':'relief'}}",
    "done_by.role", "6.2", NULL },
  { "wdh", "reads-badly", agree_adjustment, "{'done_by':{'name':'A','role':'relief'}}", TAKEN,
    NULL },
  { "one-housing", "new", agree_adjustment, "{}", "type", "6.4.1, 8.5.1; Code 5.10", NULL },
  { "one-housing", "adjustment-agreed", make_adjustment, "{}", TAKEN, NULL },
  { "one-housing", "adjustment-agreed", make_adjustment, "{'on':'2026-12-01'}", TAKEN,
    "6.4.1, 8.5.1; Code 5.10" },
  { "one-housing", "adjustment-agreed", make_adjustment, "{'on':'2026-11-22'}", "on", NULL, NULL },
  { "one-housing", "adjustment-declined", make_adjustment, "{}", "type", "6.4.1, 8.5.1; Code 5.10",
    NULL },
  { "one-housing", "adjustment-anew", make_adjustment, "{}", TAKEN, NULL },
  { "one-housing", "adjustment-agreed", review_adjustment, "{}", TAKEN, NULL },
  { "one-housing", "adjustment-agreed", review_adjustment, "{'review':null}", "review",
    "6.4.1, 8.5.1; Code 5.10", NULL },
  { "one-housing", "adjustment-agreed", review_adjustment, "{'outcome':'changed'}", "text",
    "6.4.1, 8.5.1; Code 5.10", NULL },
  { "one-housing", "adjustment-agreed", review_adjustment, "{'outcome':'ended','review':null}",
    TAKEN, NULL },
  { "one-housing", "adjustment-reviewed-away", review_adjustment, "{}", "type",
    "6.4.1, 8.5.1; Code 5.10", NULL },
  { "one-housing", "new", disclose_disability, "{}", TAKEN, NULL },
  { "one-housing", "declined", disclose_disability, "{}", TAKEN, NULL },
  { "one-housing", "new", disclose_disability, "{'purpose':null}", "purpose", NULL, NULL },
  { "one-housing", "keeps-no-needs", disclose_disability, "{}", TAKEN, "keep this only where" },
  { "one-housing", "new", assess_capacity, "{}", TAKEN, NULL },
  { "one-housing", "declined", assess_capacity, "{}", TAKEN, NULL },
  { "one-housing", "new", assess_capacity, "{'ground':null}", "ground", NULL, NULL },
  { "one-housing", "new", assess_capacity, "{'done_by':null}", "done_by", NULL, NULL },
  { "one-housing", "new", assess_capacity, "{'help':null}", TAKEN, "until all that can help" },
  { "one-housing", "new", assess_capacity, "{'own_view':null}", TAKEN, "Their own view counts" },
  { "one-housing", "new", assess_capacity, "{'decides':true,'own_view':null,'help':null}", TAKEN,
    NULL },
  { "one-housing", "new", prefer, "{}", TAKEN, NULL },
  { "one-housing", "new", prefer, "{'preferred_contact':null,'language':null}", TAKEN, NULL },
  { "one-housing", "new", "{'type':'person.preference'}", "{}", "preferred_contact", NULL, NULL },
  /* What is called otherwise in the list of acts is the act that there is. */
  { "one-housing", "new", "{'type':'person.adjustment-requested','need':'large-print'}", "{}",
    TAKEN, NULL },
  { "one-housing", "new", "{'type':'person.consent-given','purpose':'contact-for-survey'}", "{}",
    TAKEN, NULL },
  { "one-housing", "new", "{'type':'person.consent-refused','purpose':'contact-for-survey'}", "{}",
    TAKEN, NULL },
  { "one-housing", "consents",
    "{'type':'person.consent-withdrawn','purpose':'share-with-contractor','to':'Oak Lifts Ltd'}",
    "{}", TAKEN, NULL },
  { "one-housing", "new",
    "{'type':'person.authority-given','name':'Fenna Ashdown','relation':'daughter',"
    "'authority':{'type':'written-permission','given':true}}",
    "{}", TAKEN, NULL },
  { "one-housing", "representative-written", "{'type':'person.authority-withdrawn'}", "{}", TAKEN,
    NULL },
  { "one-housing", "new", "{'type':'person.recorded','phone':'01632 960012'}", "{}", TAKEN, NULL },
  /* How they are reached is said where it was done otherwise, and recorded all the same. */
  { "housing-21", "is-rung", ring, "{}", TAKEN, NULL },
  { "housing-21", "is-rung", ring, "{'channel':'letter'}", TAKEN, "6.2; Code 5.10" },
  { "housing-21", "is-rung", ring, "{'channel':'email'}", TAKEN, "6.2; Code 5.10" },
  { "housing-21", "is-rung", ring, "{'channel':'home-visit'}", TAKEN, NULL },
  { "housing-21", "is-written-to", ring, "{}", TAKEN, "6.2; Code 5.10" },
  { "housing-21", "is-written-to", ring, "{'channel':'email'}", TAKEN, NULL },
  { "housing-21", "is-written-to", ring, "{'channel':'in-person'}", TAKEN, NULL },
  { "wdh", "is-emailed", ring, "{}", TAKEN, NULL },
  { "housing-21", "is-rung-no-more", ring, "{'channel':'letter'}", TAKEN, NULL },
  { "wdh", "is-emailed", ring, "{'channel':'letter'}", TAKEN,
    "by email and not by post (Code 5.10)" },
  /* Who did not say who they are may say so later; a name that is wrong is corrected. */
  { "one-housing", "nameless", "{'type':'person.recorded','name':'Wren Ashdown'}", "{}", TAKEN,
    NULL },
  { "one-housing", "anonymous", "{'type':'person.recorded','name':'Wren Ashdown'}", "{}", TAKEN,
    "no acknowledgement is owed" },
  { "one-housing", "new", "{'type':'person.recorded','name':'Odd Ashdown'}", "{}", "name", NULL,
    NULL },
  /* Who is complained about acts again once the line manager says so. */
  { "one-housing", "carer-complained-about", authorise, "{}", TAKEN, "suspended" },
  { "one-housing", "carer-complained-about", authorise,
    "{'decided_by':{'name':'Ada Thorn','role':'line-manager'}}", TAKEN, NULL },
  { "one-housing", "carer-complained-about", authorise,
    "{'decided_by':{'name':'Ada Thorn','role':'scheme-manager'}}", "decided_by.role",
    "8.4.1; Code 5.8", NULL },
  { "one-housing", "carer-complained-about", authorise,
    "{'decided_by':{'name':'Fenna Ashdown','role':'line-manager'}}", "decided_by", "Code 5.8",
    NULL },
  { "one-housing", "consents",
    "{'type':'consent.withdrawn','purpose':'share-with-contractor','to':'OAK lifts ltd'}", "{}",
    TAKEN, NULL },
  { "one-housing", "consents", "{'type':'consent.withdrawn','purpose':'share-with-contractor'}",
    "{}", TAKEN, NULL },
  { "one-housing", "two-represent", "{'type':'authority.withdrawn'}", "{}", "name", NULL, NULL },
  { "one-housing", "two-represent-and-one-never-did", "{'type':'authority.withdrawn'}", "{}", TAKEN,
    NULL },
  { "one-housing", "two-represent", "{'type':'authority.withdrawn','name':'Fenna Ashdown'}", "{}",
    TAKEN, NULL },
  { "one-housing", "two-represent", "{'type':'authority.withdrawn','name':'Wren Ashdown'}", "{}",
    "name", NULL, NULL },
  { "one-housing", "new",
    "{'type':'person.corrected','event':'2A.1','field':'complainant.name','from':'Wren Ashdown',"
    "'to':'Wren Ashdowne','because':'a'}",
    "{}", TAKEN, NULL },
};

static void
test_rows (void)
{
  check_rows (rows, G_N_ELEMENTS (rows));
}

/* The body that @request becomes in @scene, with @by signed in. */
static json_t *
take (const char *policy, const char *scene, const char *request, const AmendsActor *by)
{
  g_autoptr (AmendsCase) complaint = make_case (scene);
  AmendsRules rules = rules_of (policy);
  AmendsMoment moment = moment_of ("2026-12-31");
  g_autoptr (AmendsDecision) decision = NULL;
  g_autoptr (GError) error = NULL;
  json_auto_t *act = load (request);
  gsize n_bytes;
  const char *bytes;

  decision = amends_decide_act (complaint, &rules, act, by, &moment, &error);
  g_assert_no_error (error);
  bytes = g_bytes_get_data (g_ptr_array_index (decision->bodies, 0), &n_bytes);
  return amends_json_load (bytes, n_bytes, NULL);
}

/* A case in which all of a response is recorded, and a draft, which is approved.
 * @more: of the record, in JSON */
static AmendsCase *
make_whole_of (const char *text, const char *more)
{
  g_autofree char *quoted = NULL;
  g_autofree char *draft = NULL;
  json_auto_t *words = json_string (text);

  quoted = json_dumps (words, JSON_ENCODE_ANY);
  draft = g_strdup_printf ("\"on\":\"2026-11-30\",\"text\":%s,\"author\":{\"name\":\"Tamsin Roe\","
                           "\"staff\":\"2A.50\"}",
                           quoted);
  {
    const TestAct acts[] = {
      ISSUE,
      ACKNOWLEDGED,
      { "defined", "\"on\":\"2026-11-24\",\"understanding\":\"a\",\"outcome_sought\":\"b\",\"not_"
                   "ours\":false" },
      { "finding",
        "\"on\":\"2026-11-27\",\"issue\":\"2A.2\",\"finding\":\"upheld\",\"reasons\":\"a\"" },
      OFFER,
      TO_DO,
      { "noted", "\"text\":\"a\"" },
      { "drafted", draft },
      { "approved", "\"draft\":\"2A.9\",\"on\":\"2026-11-30\",\"agreed\":true,\"approved_by\":{"
                    "\"name\":\"Idris Holt\",\"role\":\"approver\"}" },
    };

    g_autofree char *recorded =
        g_strconcat (strstr (more, "complainant") != NULL ? "\"complaint\"" : COMPLAINT, more,
                     NULL);

    return test_case_new (recorded, acts, G_N_ELEMENTS (acts));
  }
}

static AmendsCase *
make_whole (const char *text)
{
  return make_whole_of (text, "");
}

/* The response as the record has it, without the line @cut, or nothing but a line. */
static char *
dup_letter (const AmendsRules *rules, const AmendsLetterTexts *texts, const char *cut)
{
  g_autoptr (AmendsCase) complaint = make_whole ("a");
  g_autoptr (AmendsLetter) letter =
      amends_letter_new (complaint, rules, texts, AMENDS_LETTER_RESPONSE, NULL, 20787);
  g_autofree char *text = amends_letter_to_text (letter);
  g_auto (GStrv) parts = NULL;

  g_assert_cmpuint (amends_letter_count_missing (letter), ==, 0);
  if (cut == NULL)
    return g_strdup ("We are sorry.");
  if (*cut == '\0')
    return g_steal_pointer (&text);
  parts = g_strsplit (text, cut, -1);
  g_assert_cmpuint (g_strv_length (parts), >, 1);
  return g_strjoinv ("-", parts);
}

static void
assert_holds (const json_t *body, const char *text)
{
  json_auto_t *expected = load (text);
  const char *key;
  json_t *value;

  json_object_foreach (expected, key, value)
    {
      g_test_message ("%s", key);
      g_assert_true (json_equal (json_object_get (body, key), value));
    }
}

#define N_OF_WORDS 2

/* What is answered to each of two acts that look at the words of the draft.
 * @texts: (nullable): the letters that there are
 * @n: which act
 * Returns: (transfer full) (nullable): with @error where it is refused */
static AmendsDecision *
decide_of_words (const AmendsCase *complaint,
                 const AmendsLetterTexts *texts,
                 guint n,
                 GError **error)
{
  static const char *const requests[N_OF_WORDS] = { approve, post };
  const AmendsLetterTexts *const all[] = { texts, NULL };
  const AmendsActor by = { .id = { "2A", 90 } };
  AmendsMoment moment = moment_of ("2026-12-31");
  AmendsRules rules = rules_of ("rosebery");
  json_auto_t *act = load (requests[n]);

  json_object_set_new (act, "draft", json_string ("2A.9"));
  rules.letters = texts != NULL ? all : NULL;
  g_test_message ("%s", requests[n]);
  return amends_decide_act (complaint, &rules, act, &by, &moment, error);
}

/* A letter with every part is approved and sent; what of it was cut is named, and one that was drafted in another
 * form than ours has all to be put back. Only where there are words to look at. */
static void
test_whole (void)
{
  static const struct
  {
    const char *cut; /* a heading that is taken out; "" for nothing, NULL for all but a line */
    gboolean is_looked_at;
    const char *said;
  } letters[] = {
    { "", TRUE, NULL },
    { "What we decided", TRUE, "“What we decided” is not in the words with something under it" },
    { "The Housing Ombudsman", TRUE, "“The Housing Ombudsman” is not in the words" },
    { NULL, TRUE, "is not in the words" },
    { NULL, FALSE, NULL },
  };
  g_autoptr (GBytes) bytes = load_data ("letters", "en.letters");
  g_autoptr (AmendsLetterTexts) texts = amends_letter_texts_parse (bytes, "en.letters", NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (letters) * N_OF_WORDS; i++)
    {
      guint row = i / N_OF_WORDS;
      AmendsRules rules = rules_of ("rosebery");
      g_autofree char *text = dup_letter (&rules, texts, letters[row].cut);
      g_autoptr (AmendsCase) complaint = make_whole (text);
      g_autoptr (GError) error = NULL;
      g_autoptr (AmendsDecision) decision =
          decide_of_words (complaint, letters[row].is_looked_at ? texts : NULL, i % N_OF_WORDS,
                           &error);

      g_test_message ("%s", letters[row].cut);
      if (letters[row].said == NULL)
        {
          g_assert_no_error (error);
          g_assert_nonnull (decision);
          continue;
        }
      g_assert_error (error, AMENDS_CORE_ERROR, AMENDS_CORE_ERROR_REFUSED);
      g_assert_cmpstr (amends_error_get_field (error), ==, "draft");
      g_assert_nonnull (strstr (amends_error_get_clause (error), "Code "));
      g_assert_nonnull (strstr (error->message, letters[row].said));
    }
}

/* The record of what is sent says whole what was sent, without being told again. */
static void
test_completed (void)
{
  json_auto_t *sent = take ("rosebery", "approved", post, NULL);
  json_auto_t *sent_at_stage_2 = take ("wdh", "escalated-and-found", post_stage_2, NULL);

  assert_holds (sent, "{'findings':[{'issue':'2A.2','finding':'not-upheld'}],"
                      "'author':{'name':'Tamsin Roe','staff':'2A.50'},"
                      "'approved_by':{'name':'Idris Holt','role':'approver'}}");
  assert_holds (sent_at_stage_2, "{'findings':[{'issue':'2A.2','finding':'upheld'}],"
                                 "'author':{'name':'Odile Marsh'},'changes_stage1':true}");
}

/* Whose it is stands in it as the record calls them, and where one person complains, nowhere. */
static void
test_who (void)
{
  static const struct
  {
    const char *scene;
    const char *request;
    const char *change;
    const char *who; /* (nullable) */
  } acts[] = {
    { "two-complain", respond, "{'who':'kit marsh'}", "Kit Marsh" },
    { "two-complain", respond, "{'who':'Wren Ashdown'}", "complainant" },
    { "two-complain-and-drafted-for-one", post, NULL, "Kit Marsh" },
    { "two-complain", "{'type':'person.preference','language':'Welsh','who':'wren ashdown'}", NULL,
      NULL },
    { "two-complain", "{'type':'person.preference','language':'Welsh','who':'kit marsh'}", NULL,
      "Kit Marsh" },
    { "found", respond, "{'who':'Wren Ashdown'}", NULL },
    { "two-complain-and-one-stopped", come_back, NULL, "Kit Marsh" },
    { "representative-unasked", large_print, "{'who':'fenna ashdown'}", "Fenna Ashdown" },
    { "representative-unasked", large_print, "{'who':'Wren Ashdown'}", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (acts); i++)
    {
      json_auto_t *request = load (acts[i].request);
      json_auto_t *change = load (acts[i].change != NULL ? acts[i].change : "{}");
      g_autofree char *text = NULL;
      json_auto_t *body = NULL;

      json_object_update (request, change);
      text = json_dumps (request, 0);
      body = take ("wdh", acts[i].scene, text, NULL);
      g_assert_cmpstr (json_string_value (json_object_get (body, "who")), ==, acts[i].who);
    }
}

/* A letter in a language in which there are none is in words of its own, which whoever approves it has read; for who
 * asked for no other language it is none. */
static void
test_own_words (void)
{
  static const struct
  {
    const char *more;
    const char *field; /* (nullable): of the refusal */
  } letters[] = {
    { ",\"complainant\":{\"name\":\"Wren Ashdown\",\"language\":\"Polish\"}", NULL },
    { ",\"complainant\":{\"name\":\"Wren Ashdown\",\"language\":\"English\"}", "draft" },
    { ",\"complainant\":{\"name\":\"Wren Ashdown\"}", "draft" },
  };
  g_autoptr (GBytes) bytes = load_data ("letters", "en.letters");
  g_autoptr (AmendsLetterTexts) texts = amends_letter_texts_parse (bytes, "en.letters", NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (letters) * N_OF_WORDS; i++)
    {
      guint row = i / N_OF_WORDS;
      g_autoptr (AmendsCase) complaint = make_whole_of ("Przepraszamy.", letters[row].more);
      g_autoptr (GError) error = NULL;
      g_autoptr (AmendsDecision) decision =
          decide_of_words (complaint, texts, i % N_OF_WORDS, &error);

      g_assert_cmpstr (error != NULL ? amends_error_get_field (error) : NULL, ==,
                       letters[row].field);
      if (decision != NULL)
        g_assert_cmpuint (decision->warnings->len, >=, 1);
    }
}

/* What was drafted or sent says for whom it is, whoever is shown as the representative later. */
static void
test_recipient (void)
{
  static const struct
  {
    const char *scene;
    const char *request;
    const char *said;
  } letters[] = {
    { "approved-to-representative", write_draft,
      "{'reply_to':'representative','reply_to_name':'Fenna Ashdown'}" },
    { "approved-to-representative", post,
      "{'reply_to':'representative','reply_to_name':'Fenna Ashdown'}" },
    { "approved-to-representative", respond,
      "{'reply_to':'representative','reply_to_name':'Fenna Ashdown'}" },
    { "approved-to-the-first-of-two", post,
      "{'reply_to':'representative','reply_to_name':'Fenna Ashdown'}" },
    { "two-represent-and-one-never-did", "{'type':'authority.withdrawn'}",
      "{'name':'Fenna Ashdown'}" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (letters); i++)
    {
      json_auto_t *body = take ("rosebery", letters[i].scene, letters[i].request, NULL);

      assert_holds (body, letters[i].said);
    }
}

/* Whoever is signed in and may approve needs not be named; nobody approves what they drafted. */
static void
test_approver (void)
{
  static const char *const roles[] = { "scheme-manager", "approver", NULL };
  static const char request[] =
      "{'type':'case.approved','draft':'2A.5','on':'2026-12-01','agreed':true}";
  const AmendsActor head = { { "2A", 91 }, roles };
  const AmendsActor author = { { "2A", 50 }, roles };
  json_auto_t *approved = take ("rosebery", "drafted", request, &head);
  json_auto_t *act = load (request);
  g_autoptr (AmendsCase) complaint = make_case ("drafted");
  AmendsRules rules = rules_of ("rosebery");
  AmendsMoment moment = moment_of ("2026-12-31");
  g_autoptr (GError) error = NULL;

  assert_holds (approved, "{'approved_by':{'staff':'2A.91','role':'approver'}}");
  g_assert_null (amends_decide_act (complaint, &rules, act, &author, &moment, &error));
  g_assert_cmpstr (amends_error_get_field (error), ==, "approved_by");
  g_assert_cmpstr (amends_error_get_clause (error), ==, "8.1, 8.3; Code 5.8");
}

int
main (int argc, char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();

  g_test_add_func ("/decide-work/who", test_who);
  g_test_add_func ("/decide-work/own-words", test_own_words);
  g_test_add_func ("/decide-work/rows", test_rows);
  g_test_add_func ("/decide-work/whole", test_whole);
  g_test_add_func ("/decide-work/completed", test_completed);
  g_test_add_func ("/decide-work/recipient", test_recipient);
  g_test_add_func ("/decide-work/approver", test_approver);
  status = g_test_run ();
  clear_shelf ();
  return status;
}
