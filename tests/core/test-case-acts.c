/* test-case-acts.c: where a case stands after the acts of complaint handling
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "core/amends-case.h"
#include "core/amends-intake.h"
#include "support/case.h"

#define MAX_ACTS 8
#define ON "\"on\":\"2026-11-21\""

/* "2A" and "7K" are two devices; each event of a device comes after its earlier ones. */
static const struct
{
  const char *name;
  const char *kind;
  TestAct acts[MAX_ACTS];
  const char *state;
  const char *stage;
  guint n_conflicts;
} rows[] = {
  { "request", "service-request", { { NULL } }, "open", "service-request", 0 },
  { "compliment", "compliment", { { NULL } }, "open", "compliment", 0 },
  { "complaint", "complaint", { { NULL } }, "open", "stage-1", 0 },
  { "request-to-escalate", "escalation-request", { { NULL } }, "open", "stage-1", 0 },
  { "request-promoted",
    "service-request",
    { { "request-resolved", ON, "2A.2", "2A.1" },
      { "dissatisfied", ON, "2A.3", "2A.2" },
      { "promoted", ON, "2A.4", "2A.3" } },
    "open",
    "stage-1",
    0 },
  { "request-closed-and-unhappy",
    "service-request",
    { { "closed", ON, "2A.2", "2A.1" }, { "dissatisfied", ON, "2A.3", "2A.2" } },
    "open",
    "service-request",
    0 },
  { "request-withdrawn-and-unhappy",
    "service-request",
    { { "withdrawn", ON, "2A.2", "2A.1" }, { "dissatisfied", ON, "2A.3", "2A.2" } },
    "open",
    "service-request",
    0 },
  { "request-withdrawn-and-promoted",
    "service-request",
    { { "withdrawn", ON, "2A.2", "2A.1" }, { "promoted", ON, "2A.3", "2A.2" } },
    "open",
    "stage-1",
    0 },
  { "declined", "complaint", { { "declined", ON, "2A.2", "2A.1" } }, "closed", "closed", 0 },
  /* One issue of several: the others go on. */
  { "issue-declined",
    "complaint",
    { { "declined", ON ",\"issue\":\"2A.9\"", "2A.2", "2A.1" } },
    "open",
    "stage-1",
    0 },
  /* Asked for after it was refused: open until somebody has answered that. */
  { "declined-then-escalated",
    "complaint",
    { { "declined", ON, "2A.2", "2A.1" }, { "escalation-requested", ON, "2A.3", "2A.2" } },
    "open",
    "stage-1",
    0 },
  { "declined-and-escalated-apart",
    "complaint",
    { { "declined", ON, "2A.2", "2A.1" }, { "escalation-requested", ON, "7K.1", "2A.1" } },
    "open",
    "stage-1",
    0 },
  { "declined-knowing-of-the-request",
    "complaint",
    { { "escalation-requested", ON, "2A.2", "2A.1" }, { "declined", ON, "2A.3", "2A.2" } },
    "closed",
    "closed",
    0 },
  { "declined-then-escalated-then-refused",
    "complaint",
    { { "declined", ON, "2A.2", "2A.1" },
      { "escalation-requested", ON, "2A.3", "2A.2" },
      { "escalation-refused", ON, "2A.4", "2A.3" } },
    "closed",
    "closed",
    0 },
  { "declined-then-escalated-then-taken",
    "complaint",
    { { "declined", ON, "2A.2", "2A.1" },
      { "escalation-requested", ON, "2A.3", "2A.2" },
      { "stage2-acknowledged", ON, "2A.4", "2A.3" } },
    "open",
    "stage-2",
    0 },
  { "withdrawn-then-escalated",
    "complaint",
    { { "withdrawn", ON, "2A.2", "2A.1" }, { "escalation-requested", ON, "2A.3", "2A.2" } },
    "open",
    "stage-1",
    0 },
  /* One issue is taken up again: neither the case nor its days begin anew. */
  { "issue-reopened",
    "complaint",
    { { "acknowledged", ON, "2A.2", "2A.1" },
      { "declined", ON ",\"issue\":\"2A.9\"", "2A.3", "2A.2" },
      { "reopened", ON ",\"issue\":\"2A.9\",\"because\":\"refusal-overturned\"", "2A.4", "2A.3" } },
    "open",
    "stage-1",
    0 },
  { "refusal-overturned",
    "complaint",
    { { "declined", ON, "2A.2", "2A.1" },
      { "reopened", ON ",\"because\":\"refusal-overturned\"", "2A.3", "2A.2" } },
    "open",
    "stage-1",
    0 },
  { "withdrawn", "complaint", { { "withdrawn", ON, "2A.2", "2A.1" } }, "closed", "closed", 0 },
  { "answered", "complaint", { { "responded", ON, "2A.2", "2A.1" } }, "open", "stage-1", 0 },
  { "closed",
    "complaint",
    { { "responded", ON, "2A.2", "2A.1" }, { "closed", ON, "2A.3", "2A.2" } },
    "closed",
    "closed",
    0 },
  /* Closing never ends the right to escalate. */
  { "closed-then-escalated",
    "complaint",
    { { "responded", ON, "2A.2", "2A.1" },
      { "closed", ON, "2A.3", "2A.2" },
      { "escalation-requested", ON, "2A.4", "2A.3" } },
    "open",
    "stage-2",
    0 },
  /* Nor where one closes it on one device while another takes down the request on a second. */
  { "closed-and-escalated-apart",
    "complaint",
    { { "responded", ON, "2A.2", "2A.1" },
      { "closed", ON, "2A.3", "2A.2" },
      { "escalation-requested", ON, "7K.1", "2A.2" } },
    "open",
    "stage-2",
    0 },
  { "escalation-refused",
    "complaint",
    { { "responded", ON, "2A.2", "2A.1" },
      { "closed", ON, "2A.3", "2A.2" },
      { "escalation-requested", ON, "2A.4", "2A.3" },
      { "escalation-refused", ON, "2A.5", "2A.4" } },
    "closed",
    "closed",
    0 },
  { "escalation-refused-and-asked-again",
    "complaint",
    { { "responded", ON, "2A.2", "2A.1" },
      { "escalation-requested", ON, "2A.3", "2A.2" },
      { "escalation-refused", ON, "2A.4", "2A.3" },
      { "escalation-requested", ON, "2A.5", "2A.4" } },
    "open",
    "stage-2",
    0 },
  /* One refuses the request while another takes it down again, which nobody has refused. */
  { "escalation-refused-and-asked-apart",
    "complaint",
    { { "responded", ON, "2A.2", "2A.1" },
      { "escalation-requested", ON, "2A.3", "2A.2" },
      { "escalation-refused", ON, "2A.4", "2A.3" },
      { "escalation-requested", ON ",\"reasons\":\"Still broken\"", "7K.1", "2A.3" } },
    "open",
    "stage-2",
    0 },
  { "escalation-refused-and-begun-after-all",
    "complaint",
    { { "responded", ON, "2A.2", "2A.1" },
      { "closed", ON, "2A.3", "2A.2" },
      { "escalation-requested", ON, "2A.4", "2A.3" },
      { "escalation-refused", ON, "2A.5", "2A.4" },
      { "stage2-acknowledged", ON, "2A.6", "2A.5" } },
    "open",
    "stage-2",
    0 },
  /* A request that came before the response waits for it. */
  { "escalated-early",
    "complaint",
    { { "escalation-requested", ON, "2A.2", "2A.1" } },
    "open",
    "stage-1",
    0 },
  { "escalated-early-and-begun",
    "complaint",
    { { "escalation-requested", ON, "2A.2", "2A.1" },
      { "stage2-acknowledged", ON, "2A.3", "2A.2" } },
    "open",
    "stage-2",
    0 },
  { "stage-2-closed",
    "complaint",
    { { "responded", ON, "2A.2", "2A.1" },
      { "escalation-requested", ON, "2A.3", "2A.2" },
      { "stage2-responded", ON, "2A.4", "2A.3" },
      { "stage2-closed", ON, "2A.5", "2A.4" } },
    "closed",
    "closed",
    0 },
  { "stage-2-reopened",
    "complaint",
    { { "responded", ON, "2A.2", "2A.1" },
      { "escalation-requested", ON, "2A.3", "2A.2" },
      { "stage2-responded", ON, "2A.4", "2A.3" },
      { "stage2-closed", ON, "2A.5", "2A.4" },
      { "reopened", ON ",\"because\":\"actions-unfinished\"", "2A.6", "2A.5" } },
    "open",
    "stage-2",
    0 },
  /* Stage 1 anew: what was answered before is history. */
  { "ombudsman-instruction",
    "complaint",
    { { "responded", ON, "2A.2", "2A.1" },
      { "escalation-requested", ON, "2A.3", "2A.2" },
      { "stage2-responded", ON, "2A.4", "2A.3" },
      { "stage2-closed", ON, "2A.5", "2A.4" },
      { "reopened", ON ",\"because\":\"ombudsman-instruction\"", "2A.6", "2A.5" } },
    "open",
    "stage-1",
    0 },
  /* What one closed and another took up again, apart: open, and the case says that both stand. */
  { "closed-and-reopened-apart",
    "complaint",
    { { "closed", ON, "2A.2", "2A.1" },
      { "closed", "\"on\":\"2026-11-22\"", "2A.3", "2A.2" },
      { "reopened", ON ",\"because\":\"new-information\"", "7K.1", "2A.2" } },
    "open",
    "stage-1",
    1 },
  { "closed-and-reopened-settled",
    "complaint",
    { { "closed", ON, "2A.2", "2A.1" },
      { "closed", "\"on\":\"2026-11-22\"", "2A.3", "2A.2" },
      { "reopened", ON ",\"because\":\"new-information\"", "7K.1", "2A.2" },
      { "conflict.settled", "\"field\":\"closed\",\"value\":{" ON "}", "2A.4", "2A.3,7K.1" } },
    "closed",
    "closed",
    0 },
  { "assigned-apart",
    "complaint",
    { { "assigned", ON ",\"to\":{\"name\":\"Tamsin Roe\"}", "2A.2", "2A.1" },
      { "assigned", ON ",\"to\":{\"name\":\"Idris Holt\"}", "7K.1", "2A.1" } },
    "open",
    "stage-1",
    1 },
  { "sent-and-escalated",
    "complaint",
    { { "drafted", ON, "2A.2", "2A.1" },
      { "sent", ON ",\"draft\":\"2A.2\"", "2A.3", "2A.2" },
      { "escalation-requested", ON, "2A.4", "2A.3" } },
    "open",
    "stage-2",
    0 },
  /* A response that was written down and one that was sent are two versions of one. */
  { "responded-and-sent-apart",
    "complaint",
    { { "responded", ON, "2A.2", "2A.1" }, { "sent", "\"on\":\"2026-11-22\"", "7K.1", "2A.1" } },
    "open",
    "stage-1",
    1 },
  /* Of each issue a finding; of one issue two that were found apart. */
  { "found-apart",
    "complaint",
    { { "finding", ON ",\"issue\":\"2A.9\",\"finding\":\"upheld\"", "2A.2", "2A.1" },
      { "finding", ON ",\"issue\":\"2A.8\",\"finding\":\"upheld\"", "7K.1", "2A.1" },
      { "finding", ON ",\"issue\":\"2A.9\",\"finding\":\"not-upheld\"", "7K.2", "7K.1" } },
    "open",
    "stage-1",
    1 },
  /* Promises outlive the closing, and hold nothing open by themselves. */
  { "closed-with-an-action",
    "complaint",
    { { "responded", ON, "2A.2", "2A.1" },
      { "action-added", ON ",\"what\":\"a\"", "2A.3", "2A.2" },
      { "closed", ON, "2A.4", "2A.3" } },
    "closed",
    "closed",
    0 },
  /* Contacts, updates and disclosures stand for themselves. */
  { "contacted-apart",
    "complaint",
    { { "contacted", ON, "2A.2", "2A.1" },
      { "contacted", ON ",\"reached\":false", "7K.1", "2A.1" },
      { "updated", ON, "7K.2", "7K.1" },
      { "disclosed", ON ",\"to\":\"Oak Lifts Ltd\"", "2A.3", "2A.2" } },
    "open",
    "stage-1",
    0 },
  { "delivered-of-two-stages-apart",
    "complaint",
    { { "delivered", ON ",\"stage\":1", "2A.2", "2A.1" },
      { "delivered", ON ",\"stage\":2", "7K.1", "2A.1" } },
    "open",
    "stage-1",
    0 },
  /* The request was received on one day, the complaint on another; two say differently which. */
  { "promoted-apart",
    "service-request",
    { { "promoted", ON, "2A.2", "2A.1" }, { "promoted", "\"on\":\"2026-11-22\"", "7K.1", "2A.1" } },
    "open",
    "stage-1",
    1 },
};

static void
test_state (gconstpointer data)
{
  guint n = GPOINTER_TO_UINT (data);
  g_autofree char *recorded = g_strdup_printf ("\"%s\"", rows[n].kind);
  g_autoptr (AmendsCase) complaint = test_case_new (recorded, rows[n].acts, MAX_ACTS);

  g_assert_cmpstr (amends_case_get_state (complaint), ==, rows[n].state);
  g_assert_cmpstr (amends_case_get_stage (complaint), ==, rows[n].stage);
  g_assert_cmpuint (amends_case_get_n_conflicts (complaint), ==, rows[n].n_conflicts);
}

/* Every act of complaint handling has a table of what may be said. */
static void
test_tables (void)
{
  for (guint i = 0; i < AMENDS_EVENT_N_TYPES; i++)
    if (amends_event_type_is_handling ((AmendsEventType) i))
      g_assert_nonnull (amends_intake_get_act_fields ((AmendsEventType) i));
}

#define JOIN(with) "joined", ON ",\"with\":\"" with "\",\"received\":\"2026-11-19\""
#define PART(event) "parted", ON ",\"event\":\"" event "\",\"because\":\"Next door\""

/* What was joined by mistake never was; what was joined before it, or apart from it, stands. */
static void
test_parted (void)
{
  static const struct
  {
    TestAct acts[MAX_ACTS];
    const char *with; /* (nullable): the case it is answered in */
    guint n_conflicts;
  } parted[] = {
    { { { JOIN ("A") } }, "A", 0 },
    { { { JOIN ("A") }, { PART ("2A.2") } }, NULL, 0 },
    { { { JOIN ("A") }, { JOIN ("B") }, { PART ("2A.3") } }, "A", 0 },
    { { { JOIN ("A") }, { JOIN ("B") }, { PART ("2A.2") } }, "B", 0 },
    { { { JOIN ("A") }, { JOIN ("B") }, { PART ("2A.2") }, { PART ("2A.3") } }, NULL, 0 },
    { { { JOIN ("A"), "2A.2", "2A.1" },
        { PART ("2A.2"), "2A.3", "2A.2" },
        { JOIN ("B"), "7K.1", "2A.2" } },
      "B",
      1 },
    { { { JOIN ("A") }, { PART ("7K.9") } }, "A", 0 },
    { { { JOIN ("A") }, { PART ("2A.2") }, { JOIN ("B") }, { PART ("2A.2") } }, "B", 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (parted); i++)
    {
      g_autoptr (AmendsCase) complaint = test_case_new ("\"complaint\"", parted[i].acts, MAX_ACTS);

      g_assert_cmpuint (amends_case_get_n_conflicts (complaint), ==, parted[i].n_conflicts);
      g_assert_cmpint (amends_case_holds (complaint, "joined"), ==, parted[i].with != NULL);
      if (parted[i].n_conflicts == 0)
        g_assert_cmpstr (json_string_value (
                             json_object_get (amends_case_get_value (complaint, "joined"), "with")),
                         ==, parted[i].with);
    }
}

static void
test_promoted_received (void)
{
  const TestAct acts[MAX_ACTS] = {
    { "promoted", "\"on\":\"2026-11-22\",\"entry\":\"asked-for\"", "2A.2", "2A.1" },
  };
  g_autoptr (AmendsCase) complaint = test_case_new ("\"informal\"", acts, MAX_ACTS);

  g_assert_cmpstr (amends_case_get_text (complaint, "kind"), ==, "complaint");
  g_assert_cmpstr (amends_case_get_text (complaint, "received"), ==, "2026-11-22");
  g_assert_cmpstr (amends_case_get_text (complaint, "stage_1_entry"), ==, "asked-for");
}

/* Only the acts that the person who settled it had seen are put aside, and only those that stood. */
static void
test_overruled (void)
{
  const TestAct acts[MAX_ACTS] = {
    { "acknowledged", ON ",\"channel\":\"telephone\"", "2A.2", "2A.1" },
    { "acknowledged", "\"on\":\"2026-11-23\",\"channel\":\"letter\"", "2A.3", "2A.2" },
    { "acknowledged", "\"on\":\"2026-11-24\",\"channel\":\"letter\"", "7K.1", "2A.2" },
    { "conflict.settled",
      "\"field\":\"acknowledged\",\"value\":{\"on\":\"2026-11-24\",\"channel\":\"letter\"}", "2A.4",
      "2A.3,7K.1" },
  };
  static const struct
  {
    const char *id;
    gboolean is_overruled;
  } expected[] = {
    { "2A.1", FALSE }, { "2A.2", FALSE }, { "2A.3", TRUE }, { "7K.1", TRUE }, { "2A.4", FALSE }
  };
  g_autoptr (AmendsCase) complaint = test_case_new ("\"complaint\"", acts, MAX_ACTS);

  g_assert_cmpuint (amends_case_get_n_history (complaint), ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      const AmendsHistoryEntry *entry = amends_case_get_history (complaint, i);
      g_autofree char *id = amends_id_format (&entry->event->id);

      g_assert_cmpstr (id, ==, expected[i].id);
      g_assert_cmpint (entry->is_overruled, ==, expected[i].is_overruled);
    }
}

/* From a device that writes what it should not: the answer that can be read stands. */
static void
test_settled_unreadable (void)
{
  const TestAct acts[MAX_ACTS] = {
    { "consent.given", "\"purpose\":\"share-with-insurer\"", "2A.2", "2A.1" },
    { "conflict.settled", "\"field\":\"consents.share-with-insurer\",\"value\":{\"answer\":5}",
      "2A.3", "2A.2" },
  };
  g_autoptr (AmendsCase) complaint = test_case_new ("\"complaint\"", acts, MAX_ACTS);

  g_assert_cmpuint (amends_case_get_n_consents (complaint), ==, 1);
  g_assert_cmpstr (amends_case_get_consent (complaint, 0)->answer, ==, "given");
}

/* As scripts read it: the facts under their names, what goes by stage or clause within one, what stands
 * for itself in lists. */
static void
test_json (void)
{
  const TestAct acts[MAX_ACTS] = {
    { "responded", ON ",\"channel\":\"letter\"", "2A.2", "2A.1" },
    { "delivered", ON ",\"stage\":1", "2A.3", "2A.2" },
    { "departure", ON ",\"clause\":\"6.5.1\"", "2A.4", "2A.3" },
    { "declined", ON ",\"issue\":\"2A.9\"", "2A.5", "2A.4" },
    { "closure-contact", ON ",\"reached\":false", "2A.6", "2A.5" },
  };
  g_autoptr (AmendsCase) complaint = test_case_new ("\"complaint\"", acts, MAX_ACTS);
  json_auto_t *json = amends_case_to_json (complaint);
  const char *stage, *responded, *delivered, *clause, *declined;
  json_t *contact;
  int reached;

  g_assert_cmpint (json_unpack (json,
                                "{s:s, s:{s:s}, s:{s:{s:s}}, s:{s:{s:s}}, s:{s:{s:s}}, s:[o]}",
                                "stage", &stage, "responded", "on", &responded, "delivered", "1",
                                "on", &delivered, "departures", "6.5.1", "clause", &clause,
                                "declined_issues", "2A.9", "on", &declined, "closure_contacts",
                                &contact),
                   ==, 0);
  g_assert_cmpstr (stage, ==, "stage-1");
  g_assert_cmpstr (clause, ==, "6.5.1");
  g_assert_cmpint (json_unpack (contact, "{s:b}", "reached", &reached), ==, 0);
  g_assert_false (reached);
  g_assert_null (json_object_get (json, "declined"));
}

/* What follows something up stands beside it, and nowhere else. */
static void
test_follow_ups (void)
{
  const TestAct acts[MAX_ACTS] = {
    { "action-added", ON ",\"what\":\"a\"", "2A.2", "2A.1" },
    { "action-added", ON ",\"what\":\"b\"", "2A.3", "2A.2" },
    { "action-done", ON ",\"action\":\"2A.2\",\"text\":\"c\"", "2A.4", "2A.3" },
    { "remedy-offered", ON ",\"remedy\":\"apology\"", "2A.5", "2A.4" },
    { "remedy-answered", ON ",\"remedy\":\"2A.5\",\"answer\":\"declined\"", "2A.6", "2A.5" },
    { "remedy-answered", ON ",\"remedy\":\"2A.5\",\"answer\":\"accepted\"", "2A.7", "2A.6" },
    { "finding", ON ",\"issue\":\"2A.9\",\"finding\":\"upheld\"", "2A.8", "2A.7" },
  };
  const AmendsId action = { "2A", 2 };
  g_autoptr (AmendsCase) complaint = test_case_new ("\"complaint\"", acts, MAX_ACTS);
  json_auto_t *json = amends_case_to_json (complaint);
  const char *done, *answer, *finding;
  const char *key;
  json_t *open, *given;

  g_assert_cmpint (json_unpack (json, "{s:[{s:{s:s}}, {s:o}], s:[{s:{s:s}, s:o}], s:{s:{s:s}}}",
                                "actions", "done", "text", &done, "done", &open, "remedies",
                                "answered", "answer", &answer, "given", &given, "findings", "2A.9",
                                "finding", &finding),
                   ==, 0);
  g_assert_cmpstr (done, ==, "c");
  g_assert_cmpstr (answer, ==, "accepted");
  g_assert_cmpstr (finding, ==, "upheld");
  g_assert_true (json_is_null (open) && json_is_null (given));
  g_assert_null (json_object_get (json, "actions_done"));
  g_assert_cmpuint (amends_case_count_open_promises (complaint), ==, 2);
  g_assert_cmpint (amends_act_get_opening (AMENDS_EVENT_CASE_ACTION_DONE, &key), ==,
                   AMENDS_EVENT_CASE_ACTION_ADDED);
  g_assert_cmpstr (key, ==, "action");
  g_assert_nonnull (amends_case_get_follow_up (complaint, AMENDS_EVENT_CASE_ACTION_DONE, &action));
  g_assert_null (amends_case_find_act (complaint, AMENDS_EVENT_CASE_ACTION_ADDED, "2A.5"));
  g_assert_null (amends_case_find_act (complaint, AMENDS_EVENT_CASE_ACTION_ADDED, "x"));
}

/* Stage 1 begins anew: so does what was found in it, of each issue. */
static void
test_findings_begin_anew (void)
{
  const TestAct acts[MAX_ACTS] = {
    { "delivered", ON ",\"stage\":2", "2A.2", "2A.1" },
    { "finding", ON ",\"issue\":\"2A.9\",\"finding\":\"upheld\"", "2A.3", "2A.2" },
    { "sent", ON, "2A.4", "2A.3" },
    { "closed", ON, "2A.5", "2A.4" },
    { "reopened", ON ",\"because\":\"ombudsman-instruction\"", "2A.6", "2A.5" },
  };
  g_autoptr (AmendsCase) complaint = test_case_new ("\"complaint\"", acts, MAX_ACTS);

  g_assert_false (amends_case_holds (complaint, "findings.2A.9"));
  g_assert_false (amends_case_holds (complaint, "responded"));
  g_assert_false (amends_case_holds (complaint, "delivered.2"));
  g_assert_cmpstr (amends_case_get_state (complaint), ==, "open");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strconcat ("/case-acts/state/", rows[i].name, NULL);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_state);
    }
  g_test_add_func ("/case-acts/tables", test_tables);
  g_test_add_func ("/case-acts/parted", test_parted);
  g_test_add_func ("/case-acts/promoted-received", test_promoted_received);
  g_test_add_func ("/case-acts/overruled", test_overruled);
  g_test_add_func ("/case-acts/settled-unreadable", test_settled_unreadable);
  g_test_add_func ("/case-acts/json", test_json);
  g_test_add_func ("/case-acts/follow-ups", test_follow_ups);
  g_test_add_func ("/case-acts/findings-begin-anew", test_findings_begin_anew);
  return g_test_run ();
}
