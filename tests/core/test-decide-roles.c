/* test-decide-roles.c: by whose hand each act is done, for every act, landlord and role
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Who is signed in has one role recorded, and nobody is named in the request: so it is they who did it. */

#include "core/amends-decide-private.h"
#include "core/amends-intake.h"
#include "core/decide-rows.h"

static const char *const roles[] = {
  "scheme-manager",    "line-manager",    "investigator",    "approver",
  "complaints-team",   "senior-lead",     "stage2-reviewer", "panel-member",
  "safeguarding-lead", "data-protection", "executive-lead",  "member-responsible",
  "administrator",     "relief",
};

/* Who of them may, by landlord, in the order of policy_ids; NULL: the case does not let it be there. */
typedef const char *Sets[5];

#define LEADS " senior-lead executive-lead"
#define APPROVERS "approver" LEADS
#define ERASERS "data-protection member-responsible" LEADS
#define OF_ALL(set)         \
  {                         \
    set, set, set, set, set \
  }

/* One Housing, 6.5.1; Housing 21, 7.2 and App A; Rosebery, 8.1; WDH, 2.12; Reliance, 4.0. */
static const Sets handlers = {
  "investigator" LEADS,
  "scheme-manager line-manager investigator" LEADS,
  "investigator" LEADS,
  "line-manager" LEADS,
  "investigator complaints-team" LEADS,
};
/* One Housing, 6.4.1: the complaints team; Rosebery, 8.1: a member of the team. */
static const Sets preparers = {
  "investigator complaints-team" LEADS, "scheme-manager line-manager investigator" LEADS,
  "investigator complaints-team" LEADS, "line-manager" LEADS,
  "investigator complaints-team" LEADS,
};
/* One Housing, 6.5.2; Housing 21, 7.5; Rosebery, 9.2; WDH, 2.17: Customer Relations; Reliance, 4.0. */
static const Sets reviewers = {
  "stage2-reviewer" LEADS, "stage2-reviewer" LEADS,
  "stage2-reviewer" LEADS, "stage2-reviewer complaints-team" LEADS,
  "stage2-reviewer" LEADS,
};
/* Housing 21, 7.6: the Strategic Operations Team asks and defines; Rosebery, 9.2: supported by the officer. */
static const Sets helpers = {
  "stage2-reviewer complaints-team" LEADS,
  "stage2-reviewer complaints-team" LEADS,
  "stage2-reviewer investigator" LEADS,
  "stage2-reviewer complaints-team" LEADS,
  "stage2-reviewer" LEADS,
};
/* Only complaints-team or above; Housing 21, 9.2: the Head of Service; Rosebery, 2u: its manager. */
static const Sets refusers = {
  "complaints-team " APPROVERS, "approver", "approver senior-lead", "complaints-team " APPROVERS,
  "complaints-team " APPROVERS,
};
static const Sets escalation_refusers = {
  "complaints-team " APPROVERS, "approver", NULL, NULL, "complaints-team " APPROVERS,
};
/* Housing 21, 6.2; One Housing, 6.4.1; the others say nothing of who decides. */
#define EVERY                                                                      \
  "scheme-manager line-manager investigator approver complaints-team senior-lead " \
  "stage2-reviewer panel-member safeguarding-lead data-protection executive-lead " \
  "member-responsible administrator relief"
static const Sets adjusters = {
  "investigator complaints-team" LEADS,
  "scheme-manager line-manager investigator" LEADS,
  EVERY,
  EVERY,
  EVERY,
};
static const Sets adjusters_at_stage_2 = {
  "investigator complaints-team stage2-reviewer" LEADS,
  "scheme-manager line-manager investigator complaints-team stage2-reviewer" LEADS,
  EVERY,
  EVERY,
  EVERY,
};
/* In this scene a Head of Service approved, which is not whom Housing 21 has do it. */
static const Sets senders = {
  "investigator" LEADS,
  NULL,
  "investigator" LEADS,
  "line-manager" LEADS,
  "investigator complaints-team" LEADS,
};
/* Housing 21, 7.3: the line manager; Rosebery, 8.1: the Customer Experience Manager. */
static const Sets approvers = { APPROVERS, "line-manager", "approver", APPROVERS, APPROVERS };
static const Sets approvers_of_all = OF_ALL (APPROVERS);
static const Sets behaviour = { NULL, NULL, APPROVERS, NULL, NULL };
static const Sets offsetters = { NULL, NULL, NULL, APPROVERS, NULL };
static const Sets erasers = OF_ALL (ERASERS);

#define THEIRS "{'name':'A','staff':'2A.90'}"

typedef enum
{
  BY_BOTH,
  BY_NAME,     /* nobody decides alone: another is named */
  BY_RECORDED, /* the act names nobody */
} How;

static const struct
{
  const char *scene;
  const char *request;
  const char *change;
  const Sets *sets; /* NULL: anybody, in every role */
  const char *key;  /* where the act names who did it */
  How how;
} rows[] = {
  /* Whom the policy has do it. */
  { "new", assign, "{'to':" THEIRS "}", &handlers, "to", BY_BOTH },
  { "assigned", look_into, "{'done_by':null}", &handlers, "done_by", BY_BOTH },
  { "assigned", find, "{}", &handlers, "done_by", BY_BOTH },
  { "found", write_draft, "{'author':null}", &handlers, "author", BY_BOTH },
  { "assigned", respond, "{'author':null}", &handlers, "author", BY_BOTH },
  { "approved", post, "{'author':" THEIRS "}", &senders, "author", BY_BOTH },
  { "escalated", assign_stage_2, "{'to':" THEIRS "}", &reviewers, "to", BY_BOTH },
  { "escalated", look_into_at_stage_2, "{'done_by':null}", &reviewers, "done_by", BY_BOTH },
  { "escalated", find_at_stage_2, "{'done_by':null}", &reviewers, "done_by", BY_BOTH },
  { "escalated", write_stage_2_draft, "{'author':null}", &reviewers, "author", BY_BOTH },
  { "escalated", respond_stage_2, "{'author':null}", &reviewers, "author", BY_BOTH },
  { "escalated-and-found", post_stage_2, "{'author':" THEIRS "}", &reviewers, "author", BY_BOTH },
  { "new", triage_it, "{}", &preparers, "done_by", BY_BOTH },
  { "new", define, "{}", &preparers, "done_by", BY_BOTH },
  { "escalated", define_stage_2, "{}", &helpers, "done_by", BY_BOTH },

  { "reads-badly", agree_adjustment, "{}", &adjusters, "done_by", BY_BOTH },
  { "reads-badly-at-stage-2", agree_adjustment, "{}", &adjusters_at_stage_2, "done_by", BY_BOTH },

  /* Whoever may decide it, with its reasons. */
  { "old", decline, "{'decided_by':null}", &refusers, "decided_by", BY_BOTH },
  { "escalated", refuse_stage_2, "{'decided_by':null}", &escalation_refusers, "decided_by",
    BY_BOTH },
  { "drafted", approve, "{'approved_by':null}", &approvers, "approved_by", BY_NAME },
  { "escalated-and-found",
    "{'type':'case.stage2-approved','draft':'2A.8','on':'2026-12-03','agreed':true}", "{}",
    &approvers_of_all, "approved_by", BY_NAME },
  { "new", extend, "{'working_days':11,'good_reason':true}", &approvers_of_all, "approved_by",
    BY_NAME },
  { "stage-2-extended", extend_stage_2, "{'working_days':11,'good_reason':true}", &approvers_of_all,
    "approved_by", BY_NAME },
  { "new", depart, "{'authorised_by':null}", &approvers_of_all, "authorised_by", BY_NAME },
  { "new", restrict_contact, "{'decided_by':null}", &approvers_of_all, "decided_by", BY_BOTH },
  { "answered", close_case, "{'closure':'behaviour','evidence':'a','ombudsman_details':true}",
    &behaviour, "approved_by", BY_NAME },
  { "assigned", offer_money, "{'offset_pence':100,'offset_debt':'a'}", &offsetters, "authorised_by",
    BY_NAME },
  { "new", "{'type':'case.erasure-asked','because':'asked-by-person'}", "{}", &erasers, "type",
    BY_RECORDED },
  /* Within its cap an extension asks for nobody's leave, nor does closing that was agreed. */
  { "new", extend, "{}", NULL, NULL, BY_BOTH },
  { "stage-2-extended", extend_stage_2, "{}", NULL, NULL, BY_BOTH },
  { "answered", close_case, "{}", NULL, NULL, BY_BOTH },
  { "stage-2-answered", close_stage_2, "{}", NULL, NULL, BY_BOTH },
  { "assigned", offer, "{}", NULL, NULL, BY_BOTH },
  /* The members of a panel: /decide-roles/panel. */
  { "panel", decide_panel, "{}", NULL, NULL, BY_BOTH },
  { "panel", recommend, "{}", NULL, NULL, BY_BOTH },

  /* What somebody said, wants or is told. */
  { "new", "{'type':'case.noted','text':'a'}", "{}", NULL, NULL, BY_BOTH },
  { "new", "{'type':'contact.changed','phone':'01632 960012'}", "{}", NULL, NULL, BY_BOTH },
  { "new", "{'type':'issue.added','what':'a'}", "{}", NULL, NULL, BY_BOTH },
  { "new", "{'type':'consent.given','purpose':'contact-for-survey'}", "{}", NULL, NULL, BY_BOTH },
  { "new", "{'type':'consent.refused','purpose':'contact-for-survey'}", "{}", NULL, NULL, BY_BOTH },
  { "new", "{'type':'consent.deferred','purpose':'contact-for-survey'}", "{}", NULL, NULL,
    BY_BOTH },
  { "consents",
    "{'type':'consent.withdrawn','purpose':'share-with-contractor','to':'Oak Lifts Ltd'}", "{}",
    NULL, NULL, BY_BOTH },
  { "new", "{'type':'adjustment.added','need':'large-print'}", "{}", NULL, NULL, BY_BOTH },
  { "reads-badly", "{'type':'adjustment.ended','need':'read-aloud-in-person'}", "{}", NULL, NULL,
    BY_BOTH },
  { "new",
    "{'type':'authority.given','name':'Fenna Ashdown','relation':'daughter',"
    "'authority':{'type':'written-permission','given':true}}",
    "{}", NULL, NULL, BY_BOTH },
  { "representative-written", "{'type':'authority.withdrawn'}", "{}", NULL, NULL, BY_BOTH },
  { "new", disclose_disability, "{}", NULL, NULL, BY_BOTH },
  { "new", assess_capacity, "{}", NULL, NULL, BY_BOTH },
  { "new", prefer, "{}", NULL, NULL, BY_BOTH },
  { "new", "{'type':'case.withdrawn','on':'2026-12-01'}", "{}", NULL, NULL, BY_BOTH },
  { "request", "{'type':'case.dissatisfied','on':'2026-12-01','channel':'letter'}", "{}", NULL,
    NULL, BY_BOTH },
  { "answered", ask, "{}", NULL, NULL, BY_BOTH },
  { "answered", "{'type':'case.panel-requested','stage':1,'on':'2026-12-03'}", "{}", NULL, NULL,
    BY_BOTH },
  { "offered", answer_offer, "{}", NULL, NULL, BY_BOTH },
  { "request", report_hazard, "{}", NULL, NULL, BY_BOTH },
  { "new", forward, "{}", NULL, NULL, BY_BOTH },
  { "new", match, "{}", NULL, NULL, BY_BOTH },
  { "new", ask_first, "{}", NULL, NULL, BY_BOTH },
  { "voice", transcribe, "{}", NULL, NULL, BY_BOTH },

  /* In time counts for more than by whom. */
  { "new", acknowledge, "{}", NULL, NULL, BY_BOTH },
  { "new", "{'type':'case.accepted','on':'2026-11-24'}", "{}", NULL, NULL, BY_BOTH },
  { "request", promote, "{}", NULL, NULL, BY_BOTH },
  { "declined", reopen, "{}", NULL, NULL, BY_BOTH },
  { "new", "{'type':'case.contacted','on':'2026-11-24','channel':'telephone'}", "{}", NULL, NULL,
    BY_BOTH },
  { "new", "{'type':'case.updated','on':'2026-11-24','channel':'email'}", "{}", NULL, NULL,
    BY_BOTH },
  { "answered",
    "{'type':'case.closure-contact','on':'2026-12-02','channel':'telephone','reached':true}", "{}",
    NULL, NULL, BY_BOTH },
  { "answered", "{'type':'case.delivered','stage':1,'on':'2026-12-02'}", "{}", NULL, NULL,
    BY_BOTH },
  { "escalated", "{'type':'case.understanding','step':'sent','on':'2026-12-03'}", "{}", NULL, NULL,
    BY_BOTH },
  { "escalated", "{'type':'case.stage2-acknowledged','on':'2026-12-03','channel':'letter'}", "{}",
    NULL, NULL, BY_BOTH },
  { "escalated", "{'type':'case.stage2-contacted','on':'2026-12-03','channel':'telephone'}", "{}",
    NULL, NULL, BY_BOTH },
  { "escalated", "{'type':'case.stage2-updated','on':'2026-12-03','channel':'letter'}", "{}", NULL,
    NULL, BY_BOTH },

  /* What was done, by whoever did it. */
  { "request", resolve, "{}", NULL, NULL, BY_BOTH },
  { "hazard", investigate, "{}", NULL, NULL, BY_BOTH },
  { "hazard-found", summarise, "{}", NULL, NULL, BY_BOTH },
  { "hazard-found", make_safe, "{}", NULL, NULL, BY_BOTH },
  { "offer-taken", give, "{}", NULL, NULL, BY_BOTH },
  { "assigned", add_action, "{}", NULL, NULL, BY_BOTH },
  { "adjustment-agreed", make_adjustment, "{}", NULL, NULL, BY_BOTH },
  { "adjustment-agreed", review_adjustment, "{}", NULL, NULL, BY_BOTH },
  { "to-do", do_action, "{}", NULL, NULL, BY_BOTH },
  { "ordered", do_order, "{}", NULL, NULL, BY_BOTH },
  { "assigned", ask_others, "{}", NULL, NULL, BY_BOTH },
  { "asked-others", others_answer, "{}", NULL, NULL, BY_BOTH },
  { "assigned", join_in, "{}", NULL, NULL, BY_BOTH },
  { "assigned", meet, "{}", NULL, NULL, BY_BOTH },
  { "to-meet", met, "{}", NULL, NULL, BY_BOTH },
  { "consents", share, "{}", NULL, NULL, BY_BOTH },
  { "representative-written", disclose, "{}", NULL, NULL, BY_BOTH },
  { "restricted", review_restriction, "{}", NULL, NULL, BY_BOTH },
  { "answered", learn, "{}", NULL, NULL, BY_BOTH },
  { "closed", survey, "{}", NULL, NULL, BY_BOTH },

  /* What others decided, and how the records hang together. */
  { "answered", refer, "{}", NULL, NULL, BY_BOTH },
  { "referred", determine, "{}", NULL, NULL, BY_BOTH },
  { "referred", order_it, "{}", NULL, NULL, BY_BOTH },
  { "new", join, "{}", NULL, NULL, BY_BOTH },
  { "old-and-new", split, "{}", NULL, NULL, BY_BOTH },
  { "linked", part, "{}", NULL, NULL, BY_BOTH },
  { "answered-apart", settle_response, "{'value':{'on':'2026-12-01','channel':'letter'}}", NULL,
    NULL, BY_BOTH },
};

/* Of these the case holds no more than an id, and other tests say who may: two people, whatever their roles
 * (/correct, /erase), whoever keeps the editions, and whoever has both schemes
 * (/move). */
static const AmendsEventType elsewhere[] = {
  AMENDS_EVENT_CASE_MOVED,
  AMENDS_EVENT_CASE_CORRECTED,
  AMENDS_EVENT_CASE_CORRECTION_ANSWERED,
  AMENDS_EVENT_CASE_ERASURE_AGREED,
  AMENDS_EVENT_CASE_EDITION_MOVED,
};

static gboolean
is_listed (AmendsEventType type)
{
  const char *word = amends_event_type_to_string (type);

  for (guint i = 0; i < G_N_ELEMENTS (elsewhere); i++)
    if (elsewhere[i] == type)
      return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      json_auto_t *act = load (rows[i].request);

      if (g_strcmp0 (json_string_value (json_object_get (act, "type")), word) == 0)
        return TRUE;
    }
  return FALSE;
}

/* What a person can do is in the table, and in the program's own. */
static void
test_complete (void)
{
  for (guint type = 0; type < AMENDS_EVENT_N_TYPES; type++)
    if (amends_intake_get_act_fields ((AmendsEventType) type) != NULL)
      {
        g_test_message ("%s", amends_event_type_to_string ((AmendsEventType) type));
        g_assert_true (is_listed ((AmendsEventType) type));
        g_assert_true (amends_decide_says_who ((AmendsEventType) type));
      }
}

/* (transfer full) (nullable): what is wrong with it; NULL if it is taken. */
static GError *
ask_whether (guint row, guint policy, const char *role, How how)
{
  const char *const recorded[] = { how == BY_RECORDED ? role : NULL, NULL };
  const AmendsActor by = { { "2A", 90 }, recorded };
  g_autoptr (AmendsCase) complaint = make_case (rows[row].scene);
  AmendsRules rules = rules_of (policy_ids[policy]);
  AmendsMoment moment = moment_of ("2026-12-31");
  g_autoptr (AmendsDecision) decision = NULL;
  json_auto_t *act = load (rows[row].request);
  json_auto_t *change = load (rows[row].change);
  GError *error = NULL;

  json_object_update (act, change);
  /* Housing 21 has its line manager approve; Rosebery the Customer Experience Manager. */
  if (json_object_get (act, "findings") != NULL && strcmp (policy_ids[policy], "housing-21") == 0
      && json_object_get (act, "approved_by") != NULL)
    json_object_set_new (json_object_get (act, "approved_by"), "role",
                         json_string ("line-manager"));
  if (how == BY_NAME && role != NULL)
    json_object_set_new (act, rows[row].key, json_pack ("{s:s, s:s}", "name", "B", "role", role));
  decision = amends_decide_act (complaint, &rules, act, &by, &moment, &error);
  return error;
}

static gboolean
is_of (const char *set, const char *role)
{
  g_auto (GStrv) names = g_strsplit (set, " ", -1);

  return g_strv_contains ((const char *const *) names, role);
}

static void
check_asked (guint row, guint policy, const char *role, How how)
{
  const char *set = (*rows[row].sets)[policy];
  g_autofree char *named = g_strconcat (rows[row].key, ".role", NULL);
  g_autoptr (GError) error = ask_whether (row, policy, role, how);

  if (set == NULL)
    g_assert_error (error, AMENDS_CORE_ERROR, AMENDS_CORE_ERROR_REFUSED);
  else if (is_of (set, role))
    g_assert_no_error (error);
  else
    {
      g_assert_error (error, AMENDS_CORE_ERROR, AMENDS_CORE_ERROR_REFUSED);
      g_assert_cmpstr (amends_error_get_field (error), ==, how == BY_NAME ? named : rows[row].key);
      if (how == BY_NAME) /* erasing is law, and no landlord's clause */
        g_assert_nonnull (amends_error_get_clause (error));
    }
}

/* As if nobody's role were known. */
static gboolean
check_open (guint row, guint policy, const char *role)
{
  g_autoptr (GError) without = ask_whether (row, policy, NULL, BY_RECORDED);
  g_autoptr (GError) with = ask_whether (row, policy, role, BY_RECORDED);

  g_assert_cmpstr (with != NULL ? with->message : NULL, ==,
                   without != NULL ? without->message : NULL);
  return with == NULL;
}

static void
test_matrix (void)
{
  for (guint row = 0; row < G_N_ELEMENTS (rows); row++)
    {
      guint n_open = 0;

      for (guint policy = 0; policy < G_N_ELEMENTS (handlers); policy++)
        for (guint r = 0; r < G_N_ELEMENTS (roles); r++)
          {
            g_test_message ("%s: %.40s, %s", policy_ids[policy], rows[row].request, roles[r]);
            if (rows[row].sets == NULL)
              n_open += check_open (row, policy, roles[r]) ? 1 : 0;
            if (rows[row].sets != NULL && rows[row].how != BY_RECORDED)
              check_asked (row, policy, roles[r], BY_NAME);
            if (rows[row].sets != NULL && rows[row].how != BY_NAME)
              check_asked (row, policy, roles[r], BY_RECORDED);
          }
      if (rows[row].sets == NULL) /* otherwise it would say nothing */
        g_assert_cmpuint (n_open, >, 0);
    }
}

/* Where no role is recorded for anybody, nobody is locked out; nor where another is named, of whom none is
 * said. Who is signed in cannot claim another role than theirs. */
static void
test_unknown (void)
{
  static const char *const manager[] = { "scheme-manager", NULL };
  static const struct
  {
    const char *const *roles;
    const char *done_by; /* what the request says */
    const char *field;   /* NULL: it is taken */
  } actors[] = {
    { NULL, "{}", NULL },
    { NULL, "{'done_by':{'name':'B'}}", NULL },
    { manager, "{}", "done_by" },
    { manager, "{'done_by':{'name':'A','staff':'2A.90'}}", "done_by" },
    { manager, "{'done_by':{'name':'B','staff':'2A.91'}}", NULL },
    { manager, "{'done_by':{'name':'B','staff':'2A.91','role':'investigator'}}", NULL },
    { manager, "{'done_by':{'name':'A','staff':'2A.90','role':'investigator'}}", "done_by.role" },
    { NULL, "{'done_by':{'name':'A','staff':'2A.90','role':'investigator'}}", NULL },
    { NULL, "{'done_by':{'name':'A','staff':'2A.90','role':'relief'}}", "done_by.role" },
  };
  AmendsRules rules = rules_of ("one-housing");
  AmendsMoment moment = moment_of ("2026-12-31");

  for (guint i = 0; i < G_N_ELEMENTS (actors); i++)
    {
      const AmendsActor by = { { "2A", 90 }, actors[i].roles };
      g_autoptr (AmendsCase) complaint = make_case ("assigned");
      g_autoptr (AmendsDecision) decision = NULL;
      g_autoptr (GError) error = NULL;
      json_auto_t *act = load (find);
      json_auto_t *change = load (actors[i].done_by);

      json_object_update (act, change);
      decision = amends_decide_act (complaint, &rules, act, &by, &moment, &error);
      g_assert_cmpstr (error != NULL ? amends_error_get_field (error) : NULL, ==, actors[i].field);
      if (actors[i].field != NULL)
        g_assert_cmpstr (amends_error_get_clause (error), ==, "6.4.1, 6.5.1");
    }
}

/* One Housing, 6.5.1: independent. */
static void
test_panel (void)
{
  AmendsMoment moment = moment_of ("2026-12-31");
  AmendsRules rules = rules_of ("one-housing");

  for (guint r = 0; r < G_N_ELEMENTS (roles); r++)
    {
      g_autoptr (AmendsCase) complaint = make_case ("panel");
      g_autoptr (AmendsDecision) decision = NULL;
      g_autoptr (GError) error = NULL;
      json_auto_t *act = load (decide_panel);

      json_object_set_new (act, "members",
                           json_pack ("[{s:s, s:s}]", "name", "Petra Quill", "role", roles[r]));
      decision = amends_decide_act (complaint, &rules, act, NULL, &moment, &error);
      g_assert_cmpint (decision != NULL, ==, g_str_equal (roles[r], "panel-member"));
      if (error != NULL)
        {
          g_assert_cmpstr (amends_error_get_field (error), ==, "members.0.role");
          g_assert_cmpstr (amends_error_get_clause (error), ==, "6.5.1, 6.5.2");
        }
    }
}

/* Before anybody has written anything: who does it is said, and that it was done may be written down. */
static void
test_told (void)
{
  static const char *const relief[] = { "relief", NULL };
  static const char *const investigator[] = { "investigator", NULL };
  const AmendsActor others[] = { { { "2A", 90 }, relief }, { { "2A", 90 }, investigator } };
  AmendsRules rules = rules_of ("rosebery");
  AmendsMoment moment = moment_of ("2026-12-31");

  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    {
      g_autoptr (AmendsCase) complaint = make_case ("assigned");
      g_autoptr (GPtrArray) answers =
          amends_decide_list_acts (complaint, &rules, &others[i], &moment);
      gboolean is_found = FALSE;

      for (guint n = 0; n < answers->len; n++)
        {
          const AmendsActAnswer *answer = g_ptr_array_index (answers, n);

          if (answer->type != AMENDS_EVENT_CASE_FINDING)
            continue;
          is_found = TRUE;
          g_assert_true (answer->is_open);
          g_assert_cmpint (is_cited (answer->warnings, "8.1, 8.3"), ==, i == 0);
          g_assert_cmpint (is_cited (answer->warnings, "Senior Customer Experience Officer"), ==,
                           i == 0);
        }
      g_assert_true (is_found);
    }
}

int
main (int argc, char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();

  g_test_add_func ("/decide-roles/complete", test_complete);
  g_test_add_func ("/decide-roles/matrix", test_matrix);
  g_test_add_func ("/decide-roles/unknown", test_unknown);
  g_test_add_func ("/decide-roles/panel", test_panel);
  g_test_add_func ("/decide-roles/told", test_told);
  status = g_test_run ();
  clear_shelf ();
  return status;
}
