/* test-decide-acts.c: what a landlord's policy and the Code let be, and by which clauses they do not
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * All was received on Friday 20 November 2026. A row is a request that is taken as it stands, with what is
 * changed in it: null takes a member away. */

#include <string.h>

#include "core/amends-decide.h"
#include "core/amends-error.h"
#include "core/amends-instant.h"
#include "core/decide-rows.h"

static const DecideRow rows[] = {
  /* Which grounds there are. Code 2.1: a complaint is accepted unless there is a valid reason. */
  { "one-housing", "old", decline, "{}", TAKEN, NULL },
  { "one-housing", "old", decline, "{'ground':'insurance'}", "ground", "2.4; Code 2.1", NULL },
  { "housing-21", "old", decline, "{'ground':'vexatious'}", "ground", "9.1; Code 2.1", NULL },
  { "rosebery", "old", decline, "{'ground':'insurance'}", "ground", "2u; Code 2.1", NULL },
  { "wdh", "old", decline, "{'ground':'anonymous'}", "ground", "2.6; Code 2.1", NULL },
  { "reliance", "old", decline, "{'ground':'staff-conduct'}", "ground", "3.2.1.1; Code 2.1", NULL },
  { NULL, "old", decline, "{'ground':'vexatious'}", "ground", "Code 2.1", NULL },
  { NULL, "old", decline, "{}", TAKEN, NULL },
  /* Refusing stage 2 has its own grounds. */
  { "wdh", "old", decline, "{'ground':'escalation-upheld'}", "ground", "2.6; Code 2.1", NULL },
  /* A ground that only the landlord has: it is warned of. */
  { "wdh", "new", decline, "{'ground':'vexatious'}", TAKEN, "2.6; Code 2.1, 2.5" },
  { "reliance", "new", decline, "{'ground':'policy-content'}", TAKEN, "3.2.1.6; Code 2.1, 2.5" },
  { "housing-21", "new", decline, "{'ground':'insurance'}", TAKEN, "9.1; Code 2.1, 2.5" },

  /* The age limit: the later of two governs, and the Code's is twelve months from knowing. */
  { "one-housing", "new", decline, "{}", "ground", "2.4; Code 2.3", NULL },
  { "rosebery", "eight-months", decline, "{}", "ground", "2u; Code 2.3", NULL },
  { "wdh", "eight-months", decline, "{}", "ground", "2.6; Code 2.3", NULL },
  { "reliance", "known-later", decline, "{}", "ground", "3.2.1.8; Code 2.3", NULL },
  { "rosebery", "undated", decline, "{}", "ground", "2u; Code 2.3", NULL },
  { "one-housing", "old-and-new", decline, "{}", "ground", "2.4; Code 2.3", NULL },
  { "one-housing", "old-and-new", decline, "{'issue':'2A.2'}", TAKEN, NULL },
  { "one-housing", "old-and-new", decline, "{'issue':'2A.3'}", "ground", "2.4; Code 2.3", NULL },
  { "one-housing", "old-and-new", decline, "{'issue':'2A.9'}", "issue", NULL, NULL },
  { "reliance", "old", decline, "{'discretion':null}", "discretion", "3.2.1.8; Code 2.3", NULL },
  { NULL, "old", decline, "{'discretion':null}", "discretion", "Code 2.3", NULL },
  { "wdh", "old", decline, "{}", TAKEN, NULL },

  /* Its exceptions, and what they can do instead. */
  { "one-housing", "old", decline, "{'exceptions':null}", "exceptions", "2.4; Code 2.1", NULL },
  { "housing-21", "old", decline, "{'exceptions':null}", "exceptions", "9.1; Code 2.1", NULL },
  { "rosebery", "old", decline, "{'exceptions':null}", "exceptions", "2u; Code 2.1", NULL },
  { "reliance", "old", decline, "{'exceptions':null}", "exceptions", "3.2.1.8; Code 2.1", NULL },
  { "housing-21", "new", decline, "{'ground':'data-breach'}", "instead", "9.1", NULL },
  { "housing-21", "new", decline, "{'ground':'data-breach','instead':'Its own procedure'}", TAKEN,
    "9.1; Code 2.1, 2.5" },

  /* Legal proceedings: a claim that is filed at court, whatever the landlord says. */
  { "one-housing", "new", decline, "{'ground':'legal-proceedings'}", "claim_filed", "2.4; Code 2.2",
    NULL },
  { "housing-21", "new", decline, "{'ground':'legal-proceedings','claim_filed':false}",
    "claim_filed", "9.1; Code 2.2", NULL },
  { "rosebery", "new", decline, "{'ground':'legal-proceedings','claim_filed':false}", "claim_filed",
    "2u; Code 2.2", NULL },
  { "wdh", "new", decline, "{'ground':'legal-proceedings','claim_filed':false}", "claim_filed",
    "2.6; Code 2.2", NULL },
  { "wdh", "new", decline, "{'ground':'legal-proceedings','claim_filed':true}", TAKEN, NULL },
  { NULL, "new", decline, "{'ground':'legal-proceedings','claim_filed':false}", "claim_filed",
    "Code 2.2", NULL },

  /* Who decides. */
  { "one-housing", "old", decline, "{'decided_by':{'name':'A','role':'scheme-manager'}}",
    "decided_by.role", "2.4; Code 2.1", NULL },
  { "one-housing", "old", decline, "{'decided_by':{'name':'A','role':'complaints-team'}}", TAKEN,
    NULL },
  { "housing-21", "old", decline, "{'decided_by':{'name':'A','role':'complaints-team'}}",
    "decided_by.role", "9.2; Code 2.1", NULL },
  { "rosebery", "old", decline, "{'decided_by':{'name':'A','role':'complaints-team'}}",
    "decided_by.role", "8.1; Code 2.1", NULL },
  { "rosebery", "old", decline, "{'decided_by':{'name':'A','role':'senior-lead'}}", TAKEN, NULL },
  { "wdh", "old", decline, "{'decided_by':null}", "decided_by", "2.6; Code 2.1", NULL },

  /* The letter. Code 2.4: reasons, and the right to go to the Ombudsman. */
  { "one-housing", "old", decline, "{'told_on':null}", "told_on", "6.4.1; Code 2.4", NULL },
  { "one-housing", "old", decline, "{'ombudsman_details':null}", "ombudsman_details",
    "6.4.1; Code 2.4", NULL },
  { "housing-21", "old", decline, "{'ombudsman_details':false}", "ombudsman_details",
    "9.2; Code 2.4", NULL },
  { "rosebery", "old", decline, "{'ombudsman_details':false}", "ombudsman_details", "2u; Code 2.4",
    NULL },
  { "wdh", "old", decline, "{'ombudsman_details':false}", "ombudsman_details", "2.7; Code 2.4",
    NULL },
  { "reliance", "old", decline, "{'ombudsman_details':false}", "ombudsman_details",
    "3.2.1; Code 2.4", NULL },

  /* The state: what was answered was taken, what is no complaint cannot be refused as one. */
  { "one-housing", "answered", decline, "{}", "type", "Code 2.1", NULL },
  { "one-housing", "request", decline, "{}", "type", "Code 1.4", NULL },
  { "one-housing", "declined", decline, "{}", "type", NULL, NULL },

  /* Refusing stage 2. Code 5.11: only as a complaint may be refused. */
  { "one-housing", "escalated", refuse_stage_2, "{}", TAKEN, NULL },
  { "one-housing", "answered", refuse_stage_2, "{}", "type", "Code 6.10", NULL },
  { "one-housing", "stage-2-answered", refuse_stage_2, "{}", "type", "Code 5.11", NULL },
  { "one-housing", "escalated", refuse_stage_2, "{'ground':'unhappy'}", "ground", "2.4; Code 5.11",
    NULL },
  { "one-housing", "escalated", refuse_stage_2,
    "{'ground':'escalation-outcome','instead':'A smaller step'}", TAKEN, "6.5.2; Code 5.11, 6.10" },
  { "wdh", "escalated", refuse_stage_2, "{'ground':'escalation-upheld'}", TAKEN,
    "2.15; Code 5.11, 6.10" },
  { "wdh", "escalated", refuse_stage_2,
    "{'ground':'escalation-upheld','decided_by':{'name':'A','role':'complaints-team'}}",
    "decided_by.role", "2.15; Code 5.11", NULL },
  { "reliance", "escalated", refuse_stage_2, "{'ombudsman_details':null}", "ombudsman_details",
    "3.2.1; Code 2.4", NULL },
  { "rosebery", "escalated", refuse_stage_2, "{'ground':'late-escalation'}", "ground",
    "9.1; Code 6.10", NULL },
  { "one-housing", "escalated", refuse_stage_2, "{'ground':'late-escalation'}", "ground",
    "Code 6.10", NULL },

  /* Extending. Code 6.4: ten working days without good reason, whatever the landlord says. */
  { "one-housing", "new", extend, "{}", TAKEN, NULL },
  { "wdh", "new", extend, "{}", TAKEN, NULL },
  { NULL, "new", extend, "{}", TAKEN, NULL },
  { "one-housing", "new", extend, "{'working_days':11}", "good_reason", "6.5.1; Code 6.4", NULL },
  { "housing-21", "new", extend, "{'working_days':11}", "good_reason", "7.4; Code 6.4", NULL },
  { "rosebery", "new", extend, "{'working_days':11}", "good_reason", "8.2; Code 6.4", NULL },
  { "wdh", "new", extend, "{'working_days':11}", "good_reason", "2.12; Code 6.4", NULL },
  { "reliance", "new", extend, "{'working_days':11}", "good_reason", "4.1.1; Code 6.4", NULL },
  { NULL, "new", extend, "{'working_days':11}", "good_reason", "Code 6.4", NULL },
  { "one-housing", "extended", extend, "{'working_days':2}", TAKEN, NULL },
  { "one-housing", "extended", extend, "{'working_days':3}", "good_reason", "6.5.1; Code 6.4",
    NULL },
  { "one-housing", "new", extend, "{'working_days':11,'good_reason':true}", "approved_by",
    "6.5.1; Code 6.4", NULL },
  { "one-housing", "new", extend,
    "{'working_days':11,'good_reason':true,'approved_by':{'name':'A','role':'investigator'}}",
    "approved_by.role", "6.5.1; Code 6.4", NULL },
  { "one-housing", "new", extend,
    "{'working_days':11,'good_reason':true,"
    "'approved_by':{'name':'A','role':'senior-lead','staff':'2A.90'}}",
    "approved_by", "6.5.1; Code 6.4", NULL },
  { "one-housing", "new", extend,
    "{'working_days':11,'good_reason':true,'approved_by':{'name':'A','role':'senior-lead'}}", TAKEN,
    NULL },
  { "one-housing", "new", extend, "{'told_on':null}", "told_on", "6.5.1; Code 6.4", NULL },
  { "one-housing", "new", extend, "{'agreed':null}", "agreed", "6.5.1; Code 6.4", NULL },
  { "one-housing", "new", extend, "{'ombudsman_details':false}", "ombudsman_details",
    "6.5.1; Code 6.5", NULL },
  { "reliance", "new", extend, "{'ombudsman_details':false}", "ombudsman_details",
    "4.1.1; Code 6.5", NULL },
  { "one-housing", "new", extend, "{'next_update':null}", "next_update", "6.5.1; Code 5.9", NULL },
  { "one-housing", "new", extend, "{'channel':'telephone'}", TAKEN, NULL },
  { "housing-21", "new", extend, "{'channel':'telephone'}", "channel", "7.4", NULL },
  { "rosebery", "new", extend, "{'channel':null}", "channel", "8.2", NULL },
  { "reliance", "new", extend, "{'channel':'telephone'}", "channel", "4.1.1", NULL },
  { "wdh", "new", extend, "{'channel':'telephone'}", TAKEN, NULL },
  /* After the due day, 8 December: it is recorded, and takes back no breach. */
  { "one-housing", "new", extend,
    "{'on':'2026-12-09','told_on':'2026-12-09','next_update':'2026-12-10'}", TAKEN,
    "6.5.1; Code 6.4" },
  { "one-housing", "new", extend, "{'on':'2026-11-19'}", "on", NULL, NULL },
  { "one-housing", "answered", extend, "{}", "type", "Code 6.4", NULL },
  { "one-housing", "request", extend, "{}", "type", "Code 1.4", NULL },
  /* Stage 2: twenty. */
  { "one-housing", "stage-2-extended", extend_stage_2, "{}", TAKEN, NULL },
  { "one-housing", "stage-2-extended", extend_stage_2, "{'working_days':6}", "good_reason",
    "6.5.2; Code 6.15", NULL },
  { "rosebery", "stage-2-extended", extend_stage_2, "{'working_days':6}", "good_reason",
    "9; Code 6.15", NULL },
  { "wdh", "stage-2-extended", extend_stage_2, "{'ombudsman_details':null}", "ombudsman_details",
    "2.17; Code 6.16", NULL },
  { "one-housing", "answered", extend_stage_2, "{}", "type", "Code 6.10", NULL },
  { "one-housing", "stage-2-answered", extend_stage_2, "{}", "type", "Code 6.15", NULL },

  /* Answering. Code 6.7 and 6.9: each point, in writing, and how to go on. */
  { "one-housing", "assigned", respond, "{}", TAKEN, NULL },
  { "one-housing", "assigned", respond, "{'findings':null}", "findings", "6.4.1, 6.5.1; Code 6.7",
    NULL },
  { "one-housing", "assigned", respond, "{'findings':[{'issue':'2A.3','finding':'upheld'}]}",
    "findings.0.issue", NULL, NULL },
  { "one-housing", "assigned", respond, "{'escalation_told':null}", "escalation_told",
    "6.4.1, 6.5.1; Code 6.9", NULL },
  { "reliance", "assigned", respond, "{'escalation_told':null}", "escalation_told",
    "4.1.1; Code 6.9", NULL },
  { "one-housing", "assigned", respond, "{'ombudsman_details':null}", TAKEN, NULL },
  { "housing-21", "assigned", respond,
    "{'ombudsman_details':null,'approved_by':{'name':'A','role':'line-manager'}}",
    "ombudsman_details", "8.1; Code 3.7", NULL },
  { "one-housing", "assigned", respond, "{'channel':'telephone'}", "channel",
    "6.4.1, 6.5.1; Code 6.9", NULL },
  { "reliance", "assigned", respond, "{'channel':'in-person'}", TAKEN, "4.1.1; Code 6.9" },
  { "one-housing", "reads-badly", respond, "{'channel':'home-visit'}", TAKEN,
    "6.4.1, 6.5.1; Code 6.9" },
  { "one-housing", "assigned", respond, "{'approved_by':null}", TAKEN, NULL },
  { "rosebery", "assigned", respond, "{}", TAKEN, NULL },
  { "rosebery", "assigned", respond, "{'approved_by':null}", "approved_by", "8.1, 8.3; Code 5.8",
    NULL },
  { "rosebery", "assigned", respond, "{'approved_by':{'name':'A','role':'line-manager'}}",
    "approved_by.role", "8.1, 8.3", NULL },
  { "housing-21", "assigned", respond, "{}", "approved_by.role", "7.2, 7.3", NULL },
  { "housing-21", "assigned", respond,
    "{'approved_by':{'name':'Tamsin Roe','role':'line-manager','staff':'2A.50'}}", "approved_by",
    "7.2, 7.3; Code 5.8", NULL },
  { "wdh", "assigned", respond, "{'approved_by':{'name':'Tamsin Roe','role':'approver'}}",
    "approved_by", "Code 5.8", NULL },
  { "one-housing", "answered", respond, "{}", TAKEN, "the first counts" },
  { "one-housing", "request", respond, "{}", "type", "Code 1.4", NULL },
  { "one-housing", "assigned", respond, "{'on':'2026-11-19'}", "on", NULL, NULL },
  { "one-housing", "about-staff", respond, "{'author':{'name':'odile marsh'}}", "author",
    "Code 5.8", NULL },
  { "wdh", "assigned", respond, "{'approved_by':{'name':'tamsin roe','role':'approver'}}",
    "approved_by", "Code 5.8", NULL },
  { "one-housing", "declined", respond, "{}", "type", NULL, NULL },
  { "one-housing", "escalated", respond_stage_2, "{}", TAKEN, NULL },
  { "one-housing", "escalated", respond_stage_2, "{'ombudsman_details':null}", "ombudsman_details",
    "6.5.2; Code 6.19", NULL },
  { "one-housing", "escalated", respond_stage_2, "{'findings':null}", "findings",
    "6.5.2; Code 6.18", NULL },
  { "wdh", "escalated", respond_stage_2, "{'author':{'name':'kit fenn'}}", "author",
    "2.17; Code 6.13", NULL },
  { "one-housing", "answered", respond_stage_2, "{}", "type", "Code 6.10", NULL },

  { "one-housing", "escalated", respond_stage_2, "{'on':'2026-12-01'}", "on", NULL, NULL },

  /* What settles two versions of an act is one of them, or is judged as that act is. */
  { "rosebery", "answered-apart", settle_response, "{}", TAKEN, NULL },
  { "rosebery", "answered-apart", settle_response,
    "{'value':{'on':'2026-12-02','channel':'email'}}", TAKEN, NULL },
  { "rosebery", "answered-apart", settle_response,
    "{'value':{'on':'2026-12-03','channel':'email'}}", "value", "8.1, 8.3; Code 6.7", NULL },
  { NULL, "answered-apart", settle_response, "{'value':{'on':'2026-11-19','channel':'email'}}",
    "value", NULL, NULL },

  /* The order in which things happen. A request that cannot be of that day is taken all the same. */
  { "one-housing", "new", acknowledge, "{'on':'2026-11-19'}", "on", NULL, NULL },
  { "one-housing", "promoted-apart", acknowledge, "{'on':'2026-11-24'}", TAKEN, NULL },
  { "one-housing", "promoted-apart", acknowledge, "{'on':'2026-11-23'}", "on", NULL, NULL },
  { "one-housing", "answered", ask, "{'on':'2026-11-19'}", TAKEN, "it starts no clock" },
  { "one-housing", "escalated", assign_stage_2, "{'on':'2026-12-01'}", "on", NULL, NULL },

  /* Who deals with it. */
  { "one-housing", "new", assign, "{}", TAKEN, NULL },
  { "one-housing", "about-staff", assign, "{'to':{'name':'Odile Marsh'}}", "to", "Code 5.8", NULL },
  { "one-housing", "new", assign, "{'conflict_of_interest':'Her sister'}", TAKEN, "Code 5.8" },
  { "one-housing", "declined", assign, "{}", "type", NULL, NULL },
  { "one-housing", "escalated", assign_stage_2, "{}", TAKEN, NULL },
  { "one-housing", "escalated", assign_stage_2, "{'to':{'name':'T. Roe','staff':'2A.50'}}", "to",
    "6.5.2; Code 6.13", NULL },
  { "housing-21", "escalated", assign_stage_2, "{'to':{'name':'Kit Fenn'}}", "to", "7.5; Code 6.13",
    NULL },
  { "rosebery", "escalated", assign_stage_2, "{'supporters':[{'name':'Kit Fenn'}]}", "supporters.0",
    "9.2; Code 6.13", NULL },
  { "wdh", "escalated", assign_stage_2, "{'to':{'name':'Tamsin Roe'}}", "to", "2.17; Code 6.13",
    NULL },
  { "reliance", "escalated", assign_stage_2, "{'to':{'name':'Kit Fenn','staff':'2A.70'}}", "to",
    "4.0; Code 6.13", NULL },
  { NULL, "escalated", assign_stage_2, "{'to':{'name':'Kit Fenn'}}", "to", "Code 6.13", NULL },
  /* Of one name, and two records: two people. */
  { "one-housing", "escalated", assign_stage_2, "{'to':{'name':'Tamsin Roe','staff':'2A.60'}}",
    TAKEN, NULL },
  { "housing-21", "escalated", assign_stage_2,
    "{'to':{'name':'Odile Marsh','role':'executive-lead'}}", TAKEN, "7.5; Code 6.13" },
  { "one-housing", "answered", assign_stage_2, "{}", "type", "Code 6.10", NULL },

  /* Closing. */
  { "one-housing", "answered-and-asked", close_case, "{}", TAKEN, "6.5.1; Code 6.10" },
  { "one-housing", "answered", close_case, "{}", "type", "6.4.1", NULL },
  { "one-housing", "answered-and-tried-twice", close_case, "{}", "type", "6.4.1", NULL },
  { "one-housing", "answered-and-tried-thrice", close_case, "{}", TAKEN, "6.5.1; Code 6.10" },
  { "one-housing", "answered-and-departed", close_case, "{}", "type", "1.2, 10.1", NULL },
  { "wdh", "answered-and-departed", close_case, "{}", "type", "6.5.1", NULL },
  { "wdh", "answered", close_case, "{}", TAKEN, NULL },
  { "wdh", "assigned", close_case, "{}", "closure", "Code 6.3", NULL },
  { "wdh", "assigned", close_case, "{'closure':'other-procedure'}", TAKEN, NULL },
  { "rosebery", "answered", close_case, "{'agreed':null}", "agreed", "8.5; Code 6.10", NULL },
  { "wdh", "answered", close_case, "{'agreed':false}", "agreed", "Code 6.10", NULL },
  { "rosebery", "answered", close_case, "{'closure':'unable-to-agree'}", "closure",
    "8.5; Code 6.10", NULL },
  { "wdh", "answered", close_case, "{'closure':'unable-to-agree'}", TAKEN, NULL },
  { "one-housing", "answered-and-asked", close_case, "{'closure':'no-escalation-28-days'}",
    "closure", "6.5.1; Code 6.10", NULL },
  /* 1 December and 28 days is the 29th. */
  { "one-housing", "answered-and-asked", close_case,
    "{'closure':'no-escalation-28-days','on':'2026-12-29'}", "closure", "6.5.1; Code 6.10", NULL },
  { "one-housing", "answered-and-asked", close_case,
    "{'closure':'no-escalation-28-days','on':'2026-12-30'}", TAKEN, "6.5.1; Code 6.10" },
  { "wdh", "answered", close_case, "{'closure':'no-escalation-28-days'}", "closure", "Code 6.10",
    NULL },
  { "reliance", "answered", close_case, "{}", TAKEN, NULL },
  { "reliance", "answered", close_case, "{'actions_outstanding':null}", "actions_outstanding",
    "App 1; Code 6.6", NULL },
  { "reliance", "answered", close_case, "{'actions_outstanding':true}", "actions_outstanding",
    "App 1; Code 6.6", NULL },
  { "wdh", "answered", close_case, "{'actions_outstanding':true}", TAKEN, "Code 6.6" },
  { "wdh", "answered", close_case, "{'closure':'declined'}", "closure", "Code 2.4", NULL },
  { "wdh", "answered", close_case, "{'closure':'withdrawn'}", "closure", "Code 2.1", NULL },
  { "wdh", "answered", close_case, "{'closure':'final-response'}", "closure", "Code 6.10", NULL },
  { "wdh", "answered", close_case, "{'closure':'behaviour'}", "closure", "Code 5.14", NULL },
  { "rosebery", "answered", close_case, "{'closure':'behaviour'}", "approved_by", "10.2; Code 5.14",
    NULL },
  { "rosebery", "answered", close_case,
    "{'closure':'behaviour','approved_by':{'name':'A','role':'approver'}}", "evidence",
    "10.2; Code 5.14", NULL },
  { "rosebery", "answered", close_case,
    "{'closure':'behaviour','approved_by':{'name':'A','role':'approver'},'evidence':'a'}",
    "ombudsman_details", "10.2; Code 5.14", NULL },
  { "rosebery", "answered", close_case,
    "{'closure':'behaviour','approved_by':{'name':'A','role':'approver'},'evidence':'a',"
    "'ombudsman_details':true}",
    TAKEN, "10.2; Code 5.14" },
  { "wdh", "escalated", close_case, "{}", "type", "Code 6.10", NULL },
  { "wdh", "declined", close_case, "{}", "type", NULL, NULL },
  { "wdh", "stage-2-answered", close_stage_2, "{}", TAKEN, NULL },
  { "wdh", "escalated", close_stage_2, "{}", "closure", "Code 6.14", NULL },
  { "one-housing", "stage-2-answered", close_stage_2, "{}", "type", "6.4.1", NULL },
  { "wdh", "answered", close_stage_2, "{}", "type", "Code 6.10", NULL },

  /* The panel. */
  { "one-housing", "panel", decide_panel, "{}", TAKEN, NULL },
  { "one-housing", "panel", decide_panel, "{'members':[{'name':'Kit Fenn'}]}", "members.0",
    "6.5.1, 6.5.2; Code 6.13", NULL },
  { "one-housing", "stage-2-panel", decide_panel, "{'stage':2,'members':[{'name':'Odile Marsh'}]}",
    "members.0", "6.5.1, 6.5.2; Code 6.13", NULL },
  { "one-housing", "stage-2-panel", decide_panel, "{'stage':2,'members':[{'name':'Petra Quill'}]}",
    "members.0", "6.5.1, 6.5.2; Code 6.13", NULL },
  /* What the panel decided is written down again. */
  { "one-housing", "stage-2-panel", decide_panel, "{'stage':2,'members':[{'name':'Idris Holt'}]}",
    TAKEN, NULL },
  { "one-housing", "panel", decide_panel, "{'accepted':false}", "exception", "6.5.1, 6.5.2", NULL },
  { "one-housing", "panel", decide_panel, "{'accepted':false,'exception':'a'}", TAKEN, NULL },
  { "one-housing", "answered", decide_panel, "{}", "type", NULL, NULL },

  /* Telling a representative. What they say is recorded all the same. */
  { "one-housing", "new", disclose, "{}", "representative", "2.2; Code 3.6", NULL },
  { "one-housing", "representative-none", disclose, "{}", "representative", "2.2; Code 3.6", NULL },
  { "housing-21", "representative-none", disclose, "{}", "representative", "4.2; Code 3.6", NULL },
  { "rosebery", "representative-none", disclose, "{}", "representative", "5.2; Code 3.6", NULL },
  { "wdh", "representative-none", disclose, "{}", "representative", "2.3; Code 3.6", NULL },
  { "reliance", "representative-none", disclose, "{}", "representative", "3.1.5; Code 3.6", NULL },
  { NULL, "representative-none", disclose, "{}", "representative", "Code 3.6", NULL },
  { "one-housing", "representative-spoken", disclose, "{}", "representative", "2.2; Code 3.6",
    NULL },
  { "reliance", "representative-spoken", disclose, "{}", "representative", "3.1.5; Code 3.6",
    NULL },
  { "housing-21", "representative-spoken", disclose, "{}", TAKEN, NULL },
  { "wdh", "representative-spoken", disclose, "{}", TAKEN, NULL },
  { "one-housing", "representative-written", disclose, "{}", TAKEN, NULL },
  { "one-housing", "representative-paper-to-follow", disclose, "{}", "representative",
    "2.2; Code 3.6", NULL },
  { "wdh", "representative-paper-to-follow", disclose, "{}", TAKEN, NULL },
  { "wdh", "representative-run-out", disclose, "{}", "representative", "2.3; Code 3.6", NULL },
  { "wdh", "representative-run-out", disclose, "{'on':'2026-11-30'}", TAKEN, NULL },
  { "wdh", "representative-to-come", disclose, "{}", "representative", "2.3; Code 3.6", NULL },
  { "wdh", "representative-accompanies", disclose, "{}", "representative", "2.3; Code 3.6", NULL },
  { "wdh", "representative-withdrawn", disclose, "{}", "representative", "2.3; Code 3.6", NULL },
  { "wdh", "representative-withdrawn-apart", disclose, "{}", "representative", "2.3; Code 3.6",
    NULL },
  { "wdh", "representative-withdrawn", disclose, "{'ground':'protect-adult-at-risk'}", TAKEN,
    NULL },
  /* Sharing with others. */
  { "one-housing", "consents", share, "{}", TAKEN, NULL },
  { "one-housing", "consents", share, "{'to':'Elm Lifts Ltd'}", "purpose", "8.4.1", NULL },
  { "housing-21", "consents", share, "{'purpose':null}", "purpose", "4.2", NULL },
  { "rosebery", "consents", share, "{'purpose':'share-with-relative','to':'Her son'}", "purpose",
    "2u", NULL },
  { "rosebery", "consents", share,
    "{'purpose':'share-with-relative','to':'Her son','on':'2026-11-30'}", TAKEN, NULL },
  { "wdh", "consents", share, "{'purpose':'share-with-insurer'}", "purpose", "3.2", NULL },
  { "reliance", "consents", share, "{'purpose':'share-with-interpreter'}", "purpose", "7.1", NULL },
  { "reliance", "consents", share, "{'purpose':null,'ground':'legal-duty'}", TAKEN, NULL },

  /* Departing from the policy. */
  { "one-housing", "new", depart, "{}", TAKEN, NULL },
  { "one-housing", "new", depart, "{'told_on':null}", TAKEN, "1.2, 10.1" },
  { "one-housing", "new", depart, "{'authorised_by':null}", "authorised_by", "1.2, 10.1", NULL },
  { "one-housing", "new", depart, "{'authorised_by':{'name':'A','role':'investigator'}}",
    "authorised_by.role", "1.2, 10.1", NULL },
  { "wdh", "new", depart, "{'authorised_by':null}", "authorised_by", "6.5.1", NULL },

  /* Taking it up again: the whole, or an issue of an open case that was refused. */
  { "one-housing", "declined", reopen, "{}", TAKEN, NULL },
  { "one-housing", "declined-and-asked", reopen, "{}", TAKEN, NULL },
  { "one-housing", "new", reopen, "{}", "type", NULL, NULL },
  { "one-housing", "issue-declined", reopen, "{}", "issue", NULL, NULL },
  { "one-housing", "issue-declined", reopen, "{'issue':'2A.2'}", TAKEN, NULL },
  { "one-housing", "issue-declined", reopen, "{'issue':'2A.3'}", "issue", NULL, NULL },
  { "one-housing", "issue-reopened", reopen, "{'issue':'2A.2'}", "type", NULL, NULL },
  { "one-housing", "declined", reopen, "{'issue':'2A.2'}", "issue", NULL, NULL },
  /* Asked for after it was refused: that is answered, or it is taken up again. */
  { "one-housing", "declined-and-asked", refuse_stage_2, "{}", TAKEN, NULL },
  { "one-housing", "declined-and-asked", assign_stage_2, "{}", TAKEN, NULL },
  { "one-housing", "declined-and-asked", respond, "{}", "type", NULL, NULL },
  { "one-housing", "declined-and-asked", decline, "{}", "type", NULL, NULL },

  /* A hazard, SI 2025/1042: what is told is taken; it is looked into, told of in writing, made safe. */
  { "housing-21", "request", report_hazard, "{}", TAKEN, NULL },
  { "housing-21", "declined", report_hazard, "{}", TAKEN, NULL },
  { "housing-21", "request", report_hazard, "{'emergency':null}", "emergency", NULL, NULL },
  { "housing-21", "hazard", investigate, "{}", TAKEN, NULL },
  { "housing-21", "hazard-told-later", investigate, "{}", TAKEN, NULL },
  { "housing-21", "hazard-told-later", investigate, "{'on':'2026-11-23'}", "on", NULL, NULL },
  { "housing-21", "hazard", investigate, "{'on':'2026-11-19'}", "on", NULL, NULL },
  { "housing-21", "hazard", investigate, "{'found':null}", "found", NULL, NULL },
  { "housing-21", "request", investigate, "{}", "type", "SI 2025/1042, reg. 6", NULL },
  { "wdh", "hazard-found", summarise, "{}", TAKEN, NULL },
  { "wdh", "hazard-none", summarise, "{}", TAKEN, NULL },
  { "wdh", "hazard-found", summarise, "{'channel':'telephone'}", "channel", "SI 2025/1042, reg. 9",
    NULL },
  { "wdh", "hazard-found", summarise, "{'on':'2026-11-24'}", "on", NULL, NULL },
  { "wdh", "hazard", summarise, "{}", "type", "SI 2025/1042, reg. 9", NULL },
  { "one-housing", "hazard-request", make_safe, "{}", TAKEN, NULL },
  { "one-housing", "hazard-found", make_safe, "{}", TAKEN, NULL },
  { "one-housing", "new", make_safe, "{}", "type", "SI 2025/1042, reg. 11", NULL },
  { "one-housing", "hazard-told-later", make_safe, "{'on':'2026-11-23'}", "on", NULL, NULL },
  { NULL, "new", make_safe, "{}", "type", NULL, NULL },
  /* Of two that are open it is said which is meant; making one safe leaves the other. */
  { "one-housing", "hazards", make_safe, "{}", "hazard", "SI 2025/1042, reg. 11", NULL },
  { "one-housing", "hazards", investigate, "{}", "hazard", "SI 2025/1042, reg. 6", NULL },
  { "one-housing", "hazards", make_safe, "{'hazard':'2A.3'}", TAKEN, NULL },
  { "one-housing", "hazards", make_safe, "{'hazard':'2A.3','on':'2026-11-23'}", "on", NULL, NULL },
  { "one-housing", "hazards", make_safe, "{'hazard':'2A.1','on':'2026-11-23'}", TAKEN, NULL },
  { "one-housing", "hazards", make_safe, "{'hazard':'2A.2'}", "hazard", NULL, NULL },
  { "one-housing", "hazards-one-safe", make_safe, "{}", TAKEN, NULL },
  { "one-housing", "hazards-one-safe", resolve, "{}", "type", "SI 2025/1042, reg. 11", NULL },
  { "one-housing", "hazards-safe", resolve, "{}", TAKEN, NULL },
  /* Until then the request that it came with is not dealt with. */
  { "rosebery", "request", resolve, "{}", TAKEN, NULL },
  { "rosebery", "hazard", resolve, "{}", "type", "SI 2025/1042, reg. 11", NULL },
  { "rosebery", "hazard-told-later", resolve, "{}", "type", "SI 2025/1042, reg. 11", NULL },
  { "rosebery", "hazard-found", resolve, "{}", "type", "SI 2025/1042, reg. 11", NULL },
  { "rosebery", "hazard-told-apart", resolve, "{}", "type", "SI 2025/1042, reg. 11", NULL },
  { "rosebery", "hazard-none", resolve, "{}", TAKEN, NULL },
  { "rosebery", "hazard-safe", resolve, "{}", TAKEN, NULL },
  { "reliance", "hazard-answered", close_case, "{}", TAKEN, "SI 2025/1042, reg. 11" },

  /* Making it a complaint: on the day on which they said that they were unhappy. */
  { "rosebery", "request", promote, "{}", TAKEN, NULL },
  { "rosebery", "request", promote, "{'on':'2026-11-26'}", "on", NULL, NULL },
  { "rosebery", "request", promote, "{'on':'2026-11-19'}", "on", NULL, NULL },
  /* What they said before the request was about something else. */
  { "rosebery", "request-unhappy-before", promote, "{}", TAKEN, NULL },
  { "rosebery", "request-unhappy-before", promote, "{'on':'2026-11-18'}", "on", NULL, NULL },
  { "rosebery", "new", promote, "{}", "type", NULL, NULL },
};

static void
test_rows (void)
{
  check_rows (rows, G_N_ELEMENTS (rows));
}

/* What a person says is recorded, whatever the state of the case and whoever asks. */
static void
test_never_refused (void)
{
  static const char *const said[] = {
    "{'type':'case.escalation-requested','on':'2026-12-31','channel':'telephone'}",
    "{'type':'case.withdrawn','on':'2026-12-31'}",
    "{'type':'case.dissatisfied','on':'2026-12-31','channel':'telephone'}",
    "{'type':'case.panel-requested','stage':1,'on':'2026-12-31'}",
    "{'type':'case.contacted','on':'2026-12-31','channel':'telephone'}",
    "{'type':'case.updated','on':'2026-12-31','channel':'telephone'}",
    "{'type':'case.hazard-reported','on':'2026-12-31','what':'a','emergency':true}",
    "{'type':'case.noted','text':'a'}",
    "{'type':'issue.added','what':'a'}",
  };
  AmendsMoment moment = moment_of ("2026-12-31");

  for (guint s = 0; s < G_N_ELEMENTS (scenes); s++)
    for (guint p = 0; p < G_N_ELEMENTS (policy_ids); p++)
      for (guint i = 0; i < G_N_ELEMENTS (said); i++)
        {
          g_autoptr (AmendsCase) complaint = make_case (scenes[s].name);
          AmendsRules rules = rules_of (policy_ids[p]);
          g_autoptr (AmendsDecision) decision = NULL;
          g_autoptr (GError) error = NULL;
          json_auto_t *act = load (said[i]);

          decision = amends_decide_act (complaint, &rules, act, NULL, &moment, &error);
          g_assert_no_error (error);
          g_assert_nonnull (decision);
        }
}

/* After the landlord's window: it is taken with a warning, and to refuse it is a decision on its merits. */
static void
test_late_escalation (void)
{
  static const struct
  {
    const char *policy;
    const char *day; /* on which it is asked for; the response was on 1 December */
    const char *warning;
  } windows[] = {
    { "rosebery", "2026-12-31", NULL },
    { "rosebery", "2027-01-04", "9.1; Code 6.10" }, /* 20 working days end on 31 December */
    { "reliance", "2027-01-04", "4.0" },
    { "housing-21", "2027-05-28", NULL },
    { "housing-21", "2027-06-02", "7.5; Code 6.10" }, /* six months: 1 June */
    { "one-housing", "2027-06-02", NULL },
    { "wdh", "2027-06-02", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (windows); i++)
    {
      g_autoptr (AmendsCase) complaint = make_case ("answered");
      AmendsRules rules = rules_of (windows[i].policy);
      AmendsMoment moment = moment_of (windows[i].day);
      g_autoptr (AmendsDecision) decision = NULL;
      g_autoptr (GError) error = NULL;
      json_auto_t *act = json_pack ("{s:s, s:s, s:s}", "type", "case.escalation-requested", "on",
                                    windows[i].day, "channel", "letter");

      g_test_message ("%s %s", windows[i].policy, windows[i].day);
      decision = amends_decide_act (complaint, &rules, act, NULL, &moment, &error);
      g_assert_no_error (error);
      if (windows[i].warning != NULL)
        g_assert_true (is_cited (decision->warnings, windows[i].warning));
      else
        g_assert_cmpuint (decision->warnings->len, ==, 0);
    }
}

static void
test_late_escalation_refused (void)
{
  const TestAct acts[] = {
    ISSUE,
    ACKNOWLEDGED,
    RESPONDED,
    { "escalation-requested", "\"on\":\"2027-01-04\",\"channel\":\"email\"" },
  };
  g_autoptr (AmendsCase) complaint = test_case_new (COMPLAINT, acts, G_N_ELEMENTS (acts));
  AmendsRules rules = rules_of ("rosebery");
  AmendsMoment moment = moment_of ("2027-01-05");
  g_autoptr (AmendsDecision) decision = NULL;
  g_autoptr (GError) error = NULL;
  json_auto_t *act = load (refuse_stage_2);

  json_object_set_new (act, "on", json_string ("2027-01-05"));
  json_object_set_new (act, "told_on", json_string ("2027-01-05"));
  json_object_set_new (act, "ground", json_string ("late-escalation"));
  g_assert_null (amends_decide_act (complaint, &rules, act, NULL, &moment, &error));
  g_assert_cmpstr (amends_error_get_field (error), ==, "discretion");
  g_assert_cmpstr (amends_error_get_clause (error), ==, "9.1; Code 6.10");
  g_clear_error (&error);

  json_object_set_new (act, "discretion", json_string ("Nothing is new"));
  decision = amends_decide_act (complaint, &rules, act, NULL, &moment, &error);
  g_assert_no_error (error);
  g_assert_true (is_cited (decision->warnings, "9.1; Code 6.10"));
}

/* Who is signed in decides in a role that is recorded for them and in no other; where none is recorded the
 * act says in which. */
static void
test_roles (void)
{
  static const char *const none[] = { NULL };
  static const char *const manager[] = { "scheme-manager", NULL };
  static const char *const head[] = { "scheme-manager", "approver", NULL };
  static const struct
  {
    const char *const *roles;
    const char *decided_by; /* null: nobody is named */
    const char *field;      /* NULL: it is taken */
  } actors[] = {
    { NULL, "{'decided_by':null}", "decided_by" },
    { none, "{'decided_by':null}", "decided_by" },
    { manager, "{'decided_by':null}", "decided_by" },
    { head, "{'decided_by':null}", NULL },
    { NULL, "{'decided_by':{'name':'A','role':'approver','staff':'2A.90'}}", NULL },
    { none, "{'decided_by':{'name':'A','role':'approver','staff':'2A.90'}}", NULL },
    { manager, "{'decided_by':{'name':'A','role':'approver','staff':'2A.90'}}", "decided_by.role" },
    { manager, "{'decided_by':{'name':'B','role':'approver','staff':'2A.91'}}", NULL },
    { head, "{'decided_by':{'name':'A','role':'approver','staff':'2A.90'}}", NULL },
    { head, "{'decided_by':{'name':'A','role':'scheme-manager','staff':'2A.90'}}",
      "decided_by.role" },
  };
  AmendsRules rules = rules_of ("housing-21");
  AmendsMoment moment = moment_of ("2026-12-31");

  for (guint i = 0; i < G_N_ELEMENTS (actors); i++)
    {
      const AmendsActor by = { { "2A", 90 }, actors[i].roles };
      g_autoptr (AmendsCase) complaint = make_case ("old");
      g_autoptr (AmendsDecision) decision = NULL;
      g_autoptr (GError) error = NULL;
      json_auto_t *act = load (decline);
      json_auto_t *change = load (actors[i].decided_by);

      json_object_update (act, change);
      decision = amends_decide_act (complaint, &rules, act, &by, &moment, &error);
      g_assert_cmpstr (error != NULL ? amends_error_get_field (error) : NULL, ==, actors[i].field);
      if (actors[i].field != NULL)
        g_assert_cmpstr (amends_error_get_clause (error), ==, "9.2; Code 2.1");
    }
}

static const char *const hostile_members[] = {
  "'need':'read-aloud-in-person'",
  "'need':'large-print'",
  "'need':1",
  "'outcome':'kept'",
  "'hazard':'2A.1'",
  "'hazard':'2A.3'",
  "'on':'2026-12-04'",
  "'channel':'letter'",
  "'channel':'in-person'",
  "'stage':2",
  "'stage':1",
  "'reasons':'a'",
  "'reason':'a'",
  "'ground':'older-than-limit'",
  "'ground':'late-escalation'",
  "'ground':'\\u00e9'",
  "'discretion':'a'",
  "'exceptions':'a'",
  "'claim_filed':true",
  "'decided_by':{'name':'A','role':'approver','staff':'2A.90'}",
  "'told_on':'2026-12-04'",
  "'ombudsman_details':true",
  "'issue':'2A.2'",
  "'because':'actions-unfinished'",
  "'to':{'name':'A'}",
  "'to':'A'",
  "'working_days':260",
  "'agreed':false",
  "'good_reason':true",
  "'next_update':'2026-12-08'",
  "'findings':[{'issue':'2A.2','finding':'upheld'}]",
  "'author':{'name':'A','staff':'2A.90'}",
  "'approved_by':{'name':'A','role':'approver'}",
  "'closure':'resolved-agreed'",
  "'closure':'behaviour'",
  "'closure':'no-escalation-28-days'",
  "'actions_outstanding':false",
  "'reached':true",
  "'members':[{'name':'A'}]",
  "'outcome':'higher'",
  "'outcome':'a'",
  "'accepted':false",
  "'what':'a'",
  "'purpose':'share-with-relative'",
  "'representative':true",
  "'clause':'1.2'",
  "'authorised_by':{'name':'A','role':'senior-lead'}",
  "'step':'sent'",
  "'text':'a'",
  "'escalation_told':true",
  "'found':false",
  "'emergency':true",
  "'field':'closed'",
  "'draft':'2A.5'",
  "'restriction':'2A.3'",
  "'order':'2A.5'",
  "'order':'complaint-handling-failure'",
  "'binding':true",
  "'determination':'maladministration'",
  "'by_complainant':false",
  "'with':'A'",
  "'as':'background'",
  "'received':'2026-11-25'",
  "'forwarded_to':'A'",
  "'outcome':'ended'",
  "'to':'housing-ombudsman'",
  "'step':'answered'",
  "'satisfied':'very-dissatisfied'",
  "'equality':'a'",
  "'evidence':'a'",
  "'review':'2027-01-01'",
  "'remedy':'2A.5'",
  "'remedy':'financial-loss'",
  "'gross_pence':100",
  "'offset_pence':100",
  "'impact':'a'",
  "'owner':{'name':'A'}",
  "'due':'2026-12-05'",
  "'action':'2A.5'",
  "'request':'2A.5'",
  "'finding':'upheld'",
  "'changes_stage1':false",
  "'not_ours':true",
  "'done_by':{'name':'Kit Fenn'}",
  "'from':'A'",
  "'understanding':'a'",
  "'outcome_sought':'a'",
  "'value':null",
};

/* Whatever is asked for of whatever case: it is taken or refused, and what is refused names a field. */
static void
test_hostile (void)
{
  AmendsMoment moment = moment_of ("2026-12-31");

  for (guint round = 0; round < 3000; round++)
    {
      const TestScene *scene = &scenes[g_test_rand_int_range (0, G_N_ELEMENTS (scenes))];
      AmendsRules rules =
          rules_of (policy_ids[g_test_rand_int_range (0, G_N_ELEMENTS (policy_ids))]);
      g_autoptr (AmendsCase) complaint = make_case (scene->name);
      g_autoptr (AmendsDecision) decision = NULL;
      g_autoptr (GError) error = NULL;
      json_auto_t *act = json_object ();

      for (guint m = 0; m < G_N_ELEMENTS (hostile_members); m++)
        if (g_test_rand_int_range (0, 3) == 0)
          {
            g_autofree char *text = g_strdup_printf ("{%s}", hostile_members[m]);
            json_auto_t *member = load (text);

            json_object_update (act, member);
          }
      json_object_set_new (act, "type",
                           json_string (amends_event_type_to_string (
                               (AmendsEventType) g_test_rand_int_range (1, AMENDS_EVENT_N_TYPES))));
      decision = amends_decide_act (complaint, &rules, act, NULL, &moment, &error);
      g_assert_cmpint (decision == NULL, ==, error != NULL);
      if (error != NULL)
        g_assert_nonnull (amends_error_get_field (error));
    }
}

/* "May I do this?": one answer an act, with the clause. */
static const struct
{
  const char *policy;
  const char *scene;
  const char *act;
  gboolean is_open;
  const char *clause;
  const char *warning; /* or NULL */
} answers[] = {
  { "one-housing", "new", "case.noted", TRUE, NULL, NULL },
  { "one-housing", "new", "case.accepted", TRUE, NULL, NULL },
  { "one-housing", "new", "case.declined", TRUE, NULL, NULL },
  { "one-housing", "answered", "case.declined", FALSE, "Code 2.1", NULL },
  { "one-housing", "new", "case.reopened", FALSE, NULL, NULL },
  { "one-housing", "declined", "case.reopened", TRUE, NULL, NULL },
  { "one-housing", "declined", "case.accepted", FALSE, NULL, NULL },
  { "one-housing", "answered", "case.extended", FALSE, "Code 6.4", NULL },
  { "one-housing", "new", "case.stage2-acknowledged", FALSE, "Code 6.10", NULL },
  { "one-housing", "escalated", "case.stage2-acknowledged", TRUE, NULL, NULL },
  { "rosebery", "escalated", "case.stage2-acknowledged", TRUE, NULL, "9.4; Code 6.12" },
  { "one-housing", "answered", "case.closed", FALSE, "6.4.1", NULL },
  { "one-housing", "answered-and-asked", "case.closed", TRUE, NULL, "6.5.1; Code 6.10" },
  { "one-housing", "escalated", "case.closed", FALSE, "Code 6.10", NULL },
  { "one-housing", "new", "case.escalation-requested", TRUE, NULL, "6.5.2; Code 6.10" },
  { "one-housing", "answered", "case.escalation-requested", TRUE, NULL, NULL },
  { "one-housing", "request", "case.escalation-requested", TRUE, NULL, "Code 1.5" },
  { "one-housing", "declined", "case.escalation-requested", TRUE, NULL, "Code 2.4" },
  { "one-housing", "new", "case.delivered", FALSE, NULL, NULL },
  { "one-housing", "new", "case.promoted", FALSE, NULL, NULL },
  { "one-housing", "request", "case.promoted", TRUE, NULL, NULL },
  { "one-housing", "request", "case.request-resolved", TRUE, NULL, NULL },
  { "one-housing", "new", "case.request-resolved", FALSE, NULL, NULL },
  { "one-housing", "hazard", "case.request-resolved", FALSE, "SI 2025/1042, reg. 11", NULL },
  { "one-housing", "hazard-safe", "case.request-resolved", TRUE, NULL, NULL },
  { "one-housing", "new", "case.hazard-reported", TRUE, NULL, NULL },
  { "one-housing", "new", "case.hazard-made-safe", FALSE, "SI 2025/1042, reg. 11", NULL },
  { "one-housing", "hazard", "case.hazard-investigated", TRUE, NULL, NULL },
  { "one-housing", "answered", "case.panel-requested", TRUE, NULL, NULL },
  { "wdh", "answered", "case.panel-requested", TRUE, NULL, "no compensation panel" },
  { "one-housing", "answered", "case.panel-decided", FALSE, NULL, NULL },
  { "reliance", "new", "case.acknowledged", TRUE, NULL, "4.0" },
  { "rosebery", "new", "case.acknowledged", TRUE, NULL, "8.1" },
  { "one-housing", "representative-spoken", "case.disclosed", TRUE, NULL, "2.2; Code 3.6" },
  { "one-housing", "representative-written", "case.disclosed", TRUE, NULL, NULL },
  { "rosebery", "approved-to-representative", "case.sent", TRUE, NULL, NULL },
  { "rosebery", "approved-and-withdrawn", "case.sent", TRUE, NULL, "5.2; Code 3.6" },
  { "rosebery", "drafted-to-representative", "case.sent", TRUE, NULL, "5.2; Code 3.6" },
  { "rosebery", "approved-for-one-and-the-other-is-represented", "case.sent", TRUE, NULL, NULL },
  { "one-housing", "new", "case.understanding", FALSE, "Code 6.10", NULL },
  { "one-housing", "new", "consent.withdrawn", FALSE, NULL, NULL },
  { "one-housing", "consents", "consent.withdrawn", TRUE, NULL, NULL },
  { "one-housing", "new", "adjustment.ended", FALSE, NULL, NULL },
  { "one-housing", "reads-badly", "adjustment.ended", TRUE, NULL, NULL },
  { "one-housing", "new", "authority.withdrawn", FALSE, NULL, NULL },
  { "one-housing", "representative-written", "authority.withdrawn", TRUE, NULL, NULL },
  { "one-housing", "representative-unasked", "authority.withdrawn", TRUE, NULL, NULL },
  { "one-housing", "representative-withdrawn", "authority.withdrawn", FALSE, NULL, NULL },
  { "one-housing", "new", "conflict.settled", FALSE, NULL, NULL },
  { "one-housing", "representative-withdrawn-apart", "conflict.settled", TRUE, NULL, NULL },
};

static void
test_list (void)
{
  AmendsMoment moment = moment_of ("2026-12-04");

  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      g_autoptr (AmendsCase) complaint = make_case (answers[i].scene);
      AmendsRules rules = rules_of (answers[i].policy);
      g_autoptr (GPtrArray) list = amends_decide_list_acts (complaint, &rules, NULL, &moment);
      const AmendsActAnswer *found = NULL;

      g_test_message ("%s, %s: %s", answers[i].policy, answers[i].scene, answers[i].act);
      for (guint n = 0; n < list->len; n++)
        {
          const AmendsActAnswer *answer = g_ptr_array_index (list, n);

          g_assert_cmpint (answer->is_open, ==, answer->refusal == NULL);
          if (g_str_equal (amends_event_type_to_string (answer->type), answers[i].act))
            found = answer;
        }
      g_assert_nonnull (found);
      g_assert_cmpint (found->is_open, ==, answers[i].is_open);
      g_assert_cmpstr (amends_error_get_clause (found->refusal), ==, answers[i].clause);
      if (answers[i].warning != NULL)
        g_assert_true (is_cited (found->warnings, answers[i].warning));
      else
        g_assert_cmpuint (found->warnings->len, ==, 0);
    }
}

int
main (int argc, char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();

  g_test_add_func ("/decide-acts/rows", test_rows);
  g_test_add_func ("/decide-acts/never-refused", test_never_refused);
  g_test_add_func ("/decide-acts/late-escalation", test_late_escalation);
  g_test_add_func ("/decide-acts/late-escalation-refused", test_late_escalation_refused);
  g_test_add_func ("/decide-acts/roles", test_roles);
  g_test_add_func ("/decide-acts/hostile", test_hostile);
  g_test_add_func ("/decide-acts/list", test_list);
  status = g_test_run ();
  clear_shelf ();
  return status;
}
