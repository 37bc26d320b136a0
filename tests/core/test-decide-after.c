/* test-decide-after.c: what comes after the answer, and what stands beside a complaint
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * All was received on Friday 20 November 2026. */

#include "core/decide-rows.h"

static const DecideRow rows[] = {
  /* Learning. Code 9.1: somebody sees to it, by a day. */
  { "rosebery", "answered", learn, "{}", TAKEN, NULL },
  { "rosebery", "closed", learn, "{}", TAKEN, NULL },
  { "rosebery", "answered", learn, "{'owner':null}", "owner", "12.1; Code 9.1", NULL },
  { "one-housing", "answered", learn, "{'due':null}", "due", "6.4.1, 11.1, 11.2; Code 9.1", NULL },
  { "wdh", "answered", learn, "{'due':null}", "due", "Code 9.1", NULL },
  { "reliance", "answered", learn, "{'for':null}", "for", "App 1; Code 9.1", NULL },
  { "reliance", "answered", learn, "{}", TAKEN, NULL },
  { "wdh", "answered", learn, "{'issue':'2A.9'}", "issue", NULL, NULL },

  /* Surveys: of nobody who does not want it; at Reliance after closing. */
  { "housing-21", "answered", survey, "{}", TAKEN, NULL },
  { "housing-21", "opted-out", survey, "{}", "step", "12.1, 12.2", NULL },
  { "housing-21", "survey-refused", survey, "{}", "step", "12.1, 12.2", NULL },
  { "reliance", "answered", survey, "{}", "step", "6.1", NULL },
  { "reliance", "closed", survey, "{}", TAKEN, NULL },
  { "wdh", "answered", survey, "{'step':'answered'}", "step", NULL, NULL },
  { "wdh", "asked", survey, "{'step':'answered','satisfied':'fairly-satisfied'}", TAKEN, NULL },
  { "one-housing", "asked", survey, "{'step':'answered','satisfied':'very-dissatisfied'}", TAKEN,
    "11.3; Code 1.6" },

  /* Whom to ask first: a name, and no word of why or in what role, whoever writes it. Housing 21, App B. */
  { "housing-21", "new", ask_first, "{}", TAKEN, NULL },
  { "housing-21", "closed", ask_first, "{}", TAKEN, NULL },
  { "housing-21", "ask-first", ask_first, "{'ask':{'name':'Tamsin Roe'}}", TAKEN, NULL },
  { "housing-21", "ask-first", ask_first, "{'ask':null}", TAKEN, NULL },
  { "housing-21", "new", ask_first, "{'ask':null}", "ask.name", NULL, NULL },
  { "housing-21", "new", ask_first, "{'because':'a'}", "because", NULL, NULL },
  { "housing-21", "new", ask_first, "{'text':'a'}", "text", NULL, NULL },
  { "housing-21", "new", ask_first, "{'ask':{'name':'A','role':'safeguarding-lead'}}", "ask.role",
    NULL, NULL },

  /* A recording, word for word, unless they do not want it to be kept. */
  { "wdh", "voice-agreed", transcribe, "{}", TAKEN, NULL },
  { "wdh", "voice", transcribe, "{}", TAKEN, "ask them" },
  { "wdh", "voice-refused", transcribe, "{}", "type", NULL, NULL },
  { "wdh", "voice", transcribe, "{'attachment':'2A.2'}", "attachment", NULL, NULL },
  { "wdh", "new", transcribe, "{}", "type", NULL, NULL },
  { "wdh", "voice", transcribe, "{'text':null}", "text", NULL, NULL },

  /* The Ombudsman, at any time, whatever a policy says. */
  { "one-housing", "new", refer, "{}", TAKEN, NULL },
  { "one-housing", "new", refer, "{'due':null}", TAKEN, "Code 5.12" },
  { "reliance", "new", refer, "{}", TAKEN, "4.1.3.1; Code 3.7" },
  { "reliance", "stage-2-answered", refer, "{}", TAKEN, NULL },
  { "reliance", "new", refer, "{'to':'insurer'}", TAKEN, NULL },
  { "wdh", "new", refer, "{'to':'other'}", "to_detail", NULL, NULL },
  { "one-housing", "referred", determine, "{}", TAKEN, NULL },
  { "one-housing", "new", determine, "{}", TAKEN, "No referral" },
  { "one-housing", "referred", determine, "{'issue':'2A.9'}", "issue", NULL, NULL },
  { "wdh", "referred", determine, "{'determination':'service-failure'}", TAKEN, "front" },
  { "one-housing", "referred", determine, "{'determination':'severe-maladministration'}", TAKEN,
    "Code 9.7" },
  { "one-housing", "referred", order_it, "{}", TAKEN, NULL },
  { "wdh", "referred", order_it, "{'order':'complaint-handling-failure'}", TAKEN, "front" },
  { "one-housing", "referred", order_it, "{'due':null}", "due", NULL, NULL },
  { "one-housing", "referred", order_it, "{'binding':null}", "binding", NULL, NULL },
  { "one-housing", "ordered", do_order, "{}", TAKEN, NULL },
  { "one-housing", "ordered", do_order, "{'told_on':null}", TAKEN, "Code 9.7" },
  { "one-housing", "ordered", do_order, "{'on':'2026-12-12'}", TAKEN, "Code 9.7" },
  { "one-housing", "ordered", do_order, "{'on':'2026-12-01'}", "on", NULL, NULL },
  { "one-housing", "referred", do_order, "{}", "type", NULL, NULL },
  { "reliance", "ordered", close_case, "{}", "type", "App 1; Code 6.6", NULL },

  /* Behaviour. Code 5.14 and 5.15: on evidence, considered, reviewed. */
  { "one-housing", "new", restrict_contact, "{}", TAKEN, NULL },
  { "one-housing", "new", restrict_contact, "{'evidence':null}", "evidence", "6.8; Code 5.14",
    NULL },
  { "housing-21", "new", restrict_contact, "{'equality':null}", "equality", "13.1, 13.4; Code 5.15",
    NULL },
  { "wdh", "new", restrict_contact, "{'review':null}", "review", "2.5; Code 5.14", NULL },
  { "rosebery", "new", restrict_contact, "{'review':null}", "review", "Code 5.14", NULL },
  { "wdh", "new", restrict_contact, "{'decided_by':null}", "decided_by", "2.5; Code 5.14", NULL },
  { "wdh", "new", restrict_contact, "{'decided_by':{'name':'A','role':'investigator'}}",
    "decided_by.role", "2.5; Code 5.14", NULL },
  { "wdh", "about-staff", restrict_contact,
    "{'decided_by':{'name':'Odile Marsh','role':'approver'}}", "decided_by", "Code 5.8", NULL },
  { "wdh", "new", restrict_contact, "{'told_on':null}", TAKEN, "2.5; Code 5.14" },
  { "wdh", "restricted", review_restriction, "{}", TAKEN, NULL },
  { "wdh", "restricted", review_restriction, "{'outcome':'kept'}", "review", "2.5; Code 5.14",
    NULL },
  { "wdh", "restricted", review_restriction, "{'outcome':'eased','review':'2027-03-01'}", TAKEN,
    NULL },
  { "wdh", "new", review_restriction, "{}", "type", NULL, NULL },

  /* What the panel recommends. */
  { "one-housing", "panel", recommend, "{}", TAKEN, NULL },
  { "one-housing", "panel", recommend, "{'members':[{'name':'Kit Fenn'}]}", "members.0",
    "6.5.1, 6.5.2; Code 6.13", NULL },
  { "one-housing", "stage-2-panel", recommend, "{'stage':2,'members':[{'name':'Petra Quill'}]}",
    "members.0", "6.5.1, 6.5.2; Code 6.13", NULL },
  { "one-housing", "answered", recommend, "{}", "type", NULL, NULL },
  /* The same people recommend, and decide. */
  { "one-housing", "panel-recommended", decide_panel, "{}", TAKEN, NULL },

  /* Other cases. Code 6.8: together before the response, and no day is lost. */
  { "one-housing", "declined", match, "{}", TAKEN, NULL },
  { "one-housing", "new", join, "{}", TAKEN, NULL },
  { "one-housing", "new", join, "{'received':'2026-11-20'}", TAKEN, NULL },
  { "one-housing", "new", join, "{'received':'2026-11-21'}", "received", "6.5.1; Code 6.8", NULL },
  { "reliance", "new", join, "{'received':'2026-11-21'}", "received", "2.3; Code 6.8", NULL },
  { "wdh", "new", join, "{'received':'2026-11-21'}", "received", "Code 6.8", NULL },
  { "one-housing", "answered", join, "{}", "type", "6.5.1; Code 6.8", NULL },
  { "wdh", "answered", join, "{}", "type", "Code 6.8", NULL },
  { "wdh", "declined", join, "{}", "type", NULL, NULL },
  { "one-housing", "old-and-new", split, "{}", TAKEN, NULL },
  { "one-housing", "new", split, "{}", "issue", "6.5.1; Code 6.8", NULL },
  { "one-housing", "split", split, "{'issue':'2A.3'}", "issue", "6.5.1; Code 6.8", NULL },
  { "one-housing", "old-and-new", split, "{'issue':'2A.9'}", "issue", NULL, NULL },

  /* What was joined by mistake is parted once, with its reason; what that leaves to do is said. */
  { "one-housing", "linked", part, "{}", TAKEN, NULL },
  { "one-housing", "linked", part, "{'because':null}", "because", NULL, NULL },
  { "one-housing", "linked", part, "{'event':'2A.2'}", "event", NULL, NULL },
  { "one-housing", "linked", part, "{'on':'2026-11-23'}", "on", NULL, NULL },
  { "one-housing", "parted", part, "{}", "type", NULL, NULL },
  { "one-housing", "new", part, "{}", "type", NULL, NULL },
  { "one-housing", "linked-closed", part, "{}", TAKEN, "take it up again" },
  { "one-housing", "split", part, "{'event':'2A.4'}", TAKEN, NULL },
  { "one-housing", "split-answered", part, "{'event':'2A.4','on':'2026-12-02'}", TAKEN,
    "6.5.1; Code 6.8" },
  /* What is answered elsewhere needs no finding here. */
  { "one-housing", "split", respond, "{'findings':[{'issue':'2A.3','finding':'upheld'}]}", TAKEN,
    NULL },
  { "one-housing", "old-and-new", respond, "{'findings':[{'issue':'2A.3','finding':'upheld'}]}",
    "findings", "6.4.1, 6.5.1; Code 6.7", NULL },
  { "housing-21", "new", forward, "{}", TAKEN, NULL },
  { "housing-21", "new", forward, "{'told_on':null}", "told_on", "5.2, App A; Code 6.2", NULL },
  { "wdh", "new", forward, "{'told_on':null}", TAKEN, "Code 6.2" },
};

static void
test_rows (void)
{
  check_rows (rows, G_N_ELEMENTS (rows));
}

int
main (int argc, char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();

  g_test_add_func ("/decide-after/rows", test_rows);
  status = g_test_run ();
  clear_shelf ();
  return status;
}
