/* test-case-correct.c: what was written down wrongly, and what stands in its place
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * All was received on Friday 20 November 2026 by one member of staff, 2M.7; 2M.8 is another. */

#include <string.h>

#include "core/amends-case-clocks.h"
#include "core/amends-decide.h"
#include "core/amends-error.h"
#include "core/amends-instant.h"
#include "core/days.h"
#include "core/policy-files.h"
#include "support/case.h"

#define MAX_ACTS 8
#define RECORDED "\"complaint\",\"complainant\":{\"name\":\"Wren Ashdown\"}"
#define ISSUE                                             \
  {                                                       \
    "issue.added", "\"what\":\"a\",\"arose\":\"2026-10\"" \
  }
/* 2A.3: by Friday 27 November it is in time. */
#define ACKNOWLEDGED                                               \
  {                                                                \
    "acknowledged", "\"on\":\"2026-11-30\",\"channel\":\"letter\"" \
  }
#define CORRECTED(event, field, to, by)                                                          \
  "\"event\":\"" event "\",\"field\":\"" field "\",\"to\":" to ",\"because\":\"a\",\"by\":\"" by \
  "\""
#define ANSWERED(correction, agreed, by) \
  "\"correction\":\"" correction "\",\"agreed\":" agreed ",\"by\":\"" by "\""

static const struct
{
  const char *name;
  TestAct acts[MAX_ACTS];
  const char *acknowledged; /* "on" of what stands, or NULL */
  const char *row;          /* of the clock of the acknowledgement */
  guint n_conflicts;
  guint n_waiting;
} rows[] = {
  { "as-written", { ISSUE, ACKNOWLEDGED }, "2026-11-30", "met-late !", 0, 0 },
  { "proposed",
    { ISSUE, ACKNOWLEDGED, { "corrected", CORRECTED ("2A.3", "on", "\"2026-11-24\"", "2M.7") } },
    "2026-11-30",
    "met-late !",
    0,
    1 },
  { "agreed",
    { ISSUE,
      ACKNOWLEDGED,
      { "corrected", CORRECTED ("2A.3", "on", "\"2026-11-24\"", "2M.7") },
      { "correction-answered", ANSWERED ("2A.4", "true", "2M.8") } },
    "2026-11-24",
    "met was",
    0,
    0 },
  /* Whoever proposed it does not agree to it, whatever their device writes. */
  { "agreed-by-the-author",
    { ISSUE,
      ACKNOWLEDGED,
      { "corrected", CORRECTED ("2A.3", "on", "\"2026-11-24\"", "2M.7") },
      { "correction-answered", ANSWERED ("2A.4", "true", "2M.7") } },
    "2026-11-30",
    "met-late !",
    0,
    1 },
  { "not-agreed",
    { ISSUE,
      ACKNOWLEDGED,
      { "corrected", CORRECTED ("2A.3", "on", "\"2026-11-24\"", "2M.7") },
      { "correction-answered", ANSWERED ("2A.4", "false", "2M.8") } },
    "2026-11-30",
    "met-late !",
    0,
    0 },
  /* Agreed by somebody who had not seen what they agree to. */
  { "agreed-apart",
    { ISSUE,
      ACKNOWLEDGED,
      { "corrected", CORRECTED ("2A.3", "on", "\"2026-11-24\"", "2M.7"), "2A.4", "2A.3" },
      { "correction-answered", ANSWERED ("2A.4", "true", "2M.8"), "7K.1", "2A.3" } },
    "2026-11-30",
    "met-late !",
    0,
    1 },
  /* What no clock reads stands at once. */
  { "what-no-clock-reads",
    { ISSUE,
      ACKNOWLEDGED,
      { "corrected", CORRECTED ("2A.1", "complainant.name", "\"Wren Ashton\"", "2M.7") } },
    "2026-11-30",
    "met-late !",
    0,
    0 },
  /* Two that were made apart: a conflict, and late by the later. */
  { "apart",
    { ISSUE,
      ACKNOWLEDGED,
      { "corrected", CORRECTED ("2A.3", "on", "\"2026-11-24\"", "2M.7"), "2A.4", "2A.3" },
      { "correction-answered", ANSWERED ("2A.4", "true", "2M.8"), "2A.5", "2A.4" },
      { "corrected", CORRECTED ("2A.3", "on", "\"2026-12-01\"", "2M.8"), "7K.1", "2A.3" },
      { "correction-answered", ANSWERED ("7K.1", "true", "2M.7"), "7K.2", "7K.1" } },
    "2026-11-24",
    "met-late !",
    1,
    0 },
  { "apart-and-settled",
    { ISSUE,
      ACKNOWLEDGED,
      { "corrected", CORRECTED ("2A.3", "on", "\"2026-11-24\"", "2M.7"), "2A.4", "2A.3" },
      { "correction-answered", ANSWERED ("2A.4", "true", "2M.8"), "2A.5", "2A.4" },
      { "corrected", CORRECTED ("2A.3", "on", "\"2026-12-01\"", "2M.8"), "7K.1", "2A.3" },
      { "correction-answered", ANSWERED ("7K.1", "true", "2M.7"), "7K.2", "7K.1" },
      { "conflict.settled", "\"field\":\"corrected.2A.3.on\",\"value\":\"2026-11-24\"", "2A.6",
        "2A.5,7K.2" } },
    "2026-11-24",
    "met was",
    0,
    0 },
  /* One person settles nothing to what no two had agreed to. */
  { "settled-by-one",
    { ISSUE,
      ACKNOWLEDGED,
      { "conflict.settled", "\"field\":\"corrected.2A.3.on\",\"value\":\"2026-11-24\"" } },
    "2026-11-30",
    "met-late !",
    0,
    0 },
  { "apart-and-settled-to-a-third",
    { ISSUE,
      ACKNOWLEDGED,
      { "corrected", CORRECTED ("2A.3", "on", "\"2026-11-24\"", "2M.7"), "2A.4", "2A.3" },
      { "correction-answered", ANSWERED ("2A.4", "true", "2M.8"), "2A.5", "2A.4" },
      { "corrected", CORRECTED ("2A.3", "on", "\"2026-12-01\"", "2M.8"), "7K.1", "2A.3" },
      { "correction-answered", ANSWERED ("7K.1", "true", "2M.7"), "7K.2", "7K.1" },
      { "conflict.settled", "\"field\":\"corrected.2A.3.on\",\"value\":\"2026-11-23\"", "2A.6",
        "2A.5,7K.2" } },
    "2026-11-24",
    "met-late !",
    1,
    0 },
  /* Nor does one make somebody anonymous, who is owed no acknowledgement: not by what holds it all… */
  { "anonymous-by-one",
    { ISSUE,
      ACKNOWLEDGED,
      { "corrected", CORRECTED ("2A.1", "complainant", "{\"anonymous\":true}", "2M.7") } },
    "2026-11-30",
    "met-late !",
    0,
    1 },
  /* … and not by taking the name away. */
  { "nameless-by-one",
    { ISSUE,
      ACKNOWLEDGED,
      { "corrected", CORRECTED ("2A.1", "complainant.name", "null", "2M.7") } },
    "2026-11-30",
    "met-late !",
    0,
    0 },
  /* Two of two fields of one act stand beside each other. */
  { "apart-of-two-fields",
    { ISSUE,
      ACKNOWLEDGED,
      { "corrected", CORRECTED ("2A.3", "on", "\"2026-11-24\"", "2M.7"), "2A.4", "2A.3" },
      { "correction-answered", ANSWERED ("2A.4", "true", "2M.8"), "2A.5", "2A.4" },
      { "corrected", CORRECTED ("2A.3", "channel", "\"email\"", "2M.7"), "7K.1", "2A.3" },
      { "correction-answered", ANSWERED ("7K.1", "true", "2M.8"), "7K.2", "7K.1" } },
    "2026-11-24",
    "met was",
    0,
    0 },
  /* Received earlier than was written: what was in time is late. */
  { "received-earlier",
    { ISSUE,
      { "acknowledged", "\"on\":\"2026-11-27\",\"channel\":\"letter\"" },
      { "corrected", CORRECTED ("2A.1", "received", "\"2026-11-13\"", "2M.7") },
      { "correction-answered", ANSWERED ("2A.4", "true", "2M.8") } },
    "2026-11-27",
    "met-late !",
    0,
    0 },
  /* The second takes the place of the first, also of one that still waits. */
  { "again",
    { ISSUE,
      ACKNOWLEDGED,
      { "corrected", CORRECTED ("2A.3", "on", "\"2026-11-23\"", "2M.7") },
      { "corrected", CORRECTED ("2A.3", "on", "\"2026-11-24\"", "2M.7") },
      { "correction-answered", ANSWERED ("2A.5", "true", "2M.8") } },
    "2026-11-24",
    "met was",
    0,
    0 },
  /* Not of what is recorded anew, and not of what is not there. */
  { "of-nothing",
    { ISSUE,
      ACKNOWLEDGED,
      { "corrected", CORRECTED ("9Z.3", "on", "\"2026-11-24\"", "2M.7") },
      { "correction-answered", ANSWERED ("2A.4", "true", "2M.8") } },
    "2026-11-30",
    "met-late !",
    0,
    0 },
};

static AmendsRules
load_rules (void)
{
  return (AmendsRules){ .policy = load_policy ("one-housing"),
                        .code = load_policy ("code-2024"),
                        .calendar = load_calendar () };
}

static void
clear_rules (AmendsRules *rules)
{
  amends_policy_unref (rules->policy);
  amends_policy_unref (rules->code);
  amends_calendar_unref ((AmendsCalendar *) rules->calendar);
}

static char *
describe_acknowledgement (const AmendsCase *complaint, const AmendsRules *rules)
{
  g_autoptr (GPtrArray) clocks =
      amends_case_compute_clocks (complaint, rules, day_of ("2026-12-02"));

  for (guint i = 0; i < clocks->len; i++)
    {
      const AmendsClockRow *row = g_ptr_array_index (clocks, i);

      if (row->source == AMENDS_CLOCK_SOURCE_POLICY && row->clock->name == AMENDS_CLOCK_ACKNOWLEDGE)
        return g_strdup_printf ("%s%s", amends_clock_state_get_name (row->state),
                                row->is_breached    ? " !"
                                : row->was_breached ? " was"
                                                    : "");
    }
  return NULL;
}

static void
test_rows (void)
{
  AmendsRules rules = load_rules ();

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (AmendsCase) complaint = test_case_new (RECORDED, rows[i].acts, MAX_ACTS);
      g_autofree char *row = describe_acknowledgement (complaint, &rules);
      const json_t *standing = amends_case_get_value (complaint, "acknowledged");
      guint n_waiting = 0;

      g_test_message ("%s", rows[i].name);
      for (guint n = 0; n < amends_case_get_n_corrections (complaint); n++)
        n_waiting += amends_case_get_correction (complaint, n)->state == AMENDS_CORRECTION_WAITS;
      g_assert_cmpstr (json_string_value (json_object_get (standing, "on")), ==,
                       rows[i].acknowledged);
      g_assert_cmpstr (row, ==, rows[i].row);
      g_assert_cmpuint (amends_case_get_n_conflicts (complaint), ==, rows[i].n_conflicts);
      g_assert_cmpuint (n_waiting, ==, rows[i].n_waiting);
    }
  clear_rules (&rules);
}

/* The case reads what was corrected, the history what was written. */
static void
test_history (void)
{
  const TestAct acts[] = {
    ISSUE,
    ACKNOWLEDGED,
    { "corrected", CORRECTED ("2A.2", "what", "\"b\"", "2M.7") },
    { "corrected", CORRECTED ("2A.1", "complainant.name", "null", "2M.7") },
  };
  g_autoptr (AmendsCase) complaint = test_case_new (RECORDED, acts, G_N_ELEMENTS (acts));
  json_auto_t *list = amends_case_corrections_to_json (complaint);

  g_assert_cmpstr (amends_case_get_issue (complaint, 0)->what, ==, "b");
  g_assert_false (amends_case_holds (complaint, "complainant.name"));
  g_assert_cmpstr (json_string_value (
                       json_object_get (amends_case_get_history (complaint, 1)->written, "what")),
                   ==, "a");
  g_assert_cmpuint (json_array_size (list), ==, 2);
  g_assert_cmpstr (json_string_value (json_object_get (json_array_get (list, 0), "state")), ==,
                   "stands");
}

/* When it happened, and when they knew: the age limit runs from it. */
static void
test_age (void)
{
  const TestAct acts[] = {
    ISSUE,
    { "corrected", CORRECTED ("2A.2", "arose", "\"2025-01\"", "2M.7") },
    { "corrected", CORRECTED ("2A.2", "aware", "\"2026-11\"", "2M.7") },
    { "correction-answered", ANSWERED ("2A.4", "true", "2M.8") },
  };
  g_autoptr (AmendsCase) complaint = test_case_new (RECORDED, acts, G_N_ELEMENTS (acts));

  g_assert_cmpstr (amends_case_get_issue (complaint, 0)->arose, ==, "2026-10");
  g_assert_cmpstr (amends_case_get_issue (complaint, 0)->aware, ==, "2026-11");
}

static const struct
{
  const char *act;     /* without its type and its reason */
  const char *by;      /* or NULL: nobody is signed in */
  const char *field;   /* NULL: it is taken */
  int code;            /* of the refusal */
  const char *warning; /* part of one, or NULL */
} decisions[] = {
  { "'event':'2A.3','field':'on','to':'2026-11-24'", "2M.7", NULL, 0,
    "“acknowledge” was due 2026-11-27, late, and is due 2026-11-27" },
  { "'event':'2A.3','field':'on','to':'2026-11-24'", "2M.7", NULL, 0, "until somebody else" },
  { "'event':'2A.3','field':'on','to':'2026-11-24'", "2M.7", NULL, 0, "write to them again" },
  { "'event':'2A.3','field':'on','from':'2026-11-30','to':'2026-11-24'", "2M.7", NULL, 0, NULL },
  { "'event':'2A.3','field':'on','from':'2026-11-29','to':'2026-11-24'", "2M.7", "from",
    AMENDS_CORE_ERROR_REFUSED, NULL },
  { "'event':'2A.3','field':'on','to':'2026-11-30'", "2M.7", "to", AMENDS_CORE_ERROR_REFUSED,
    NULL },
  { "'event':'2A.3','field':'on','to':'2026-11-24'", NULL, "type", AMENDS_CORE_ERROR_REFUSED,
    NULL },
  { "'event':'2A.3','field':'on','to':'2026-11-31'", "2M.7", "to", AMENDS_CORE_ERROR_INVALID,
    NULL },
  { "'event':'2A.3','field':'on','to':'2027-11-24'", "2M.7", "to", AMENDS_CORE_ERROR_INVALID,
    NULL },
  { "'event':'2A.3','field':'on','to':null", "2M.7", "to", AMENDS_CORE_ERROR_INVALID, NULL },
  { "'event':'2A.3','field':'on'", "2M.7", "to", AMENDS_CORE_ERROR_INVALID, NULL },
  /* Before it was received; and received after it was acknowledged. */
  { "'event':'2A.3','field':'on','to':'2026-11-19'", "2M.7", "to", AMENDS_CORE_ERROR_INVALID,
    NULL },
  { "'event':'2A.1','field':'received','to':'2026-12-01'", "2M.7", "to", AMENDS_CORE_ERROR_INVALID,
    NULL },
  { "'event':'2A.1','field':'received','to':'2026-11-13'", "2M.7", NULL, 0,
    "“acknowledge” was due 2026-11-27, late, and is due 2026-11-20, late" },
  { "'event':'2A.1','field':'kind','to':'compliment'", "2M.7", "field", AMENDS_CORE_ERROR_INVALID,
    NULL },
  { "'event':'2A.1','field':'scheme','to':'elm'", "2M.7", "field", AMENDS_CORE_ERROR_INVALID,
    NULL },
  { "'event':'2A.1','field':'colour','to':'red'", "2M.7", "field", AMENDS_CORE_ERROR_INVALID,
    NULL },
  { "'event':'2A.1','field':'complainant.name','to':'Wren Ashton'", NULL, NULL, 0, NULL },
  { "'event':'2A.2','field':'what','to':'b'", NULL, NULL, 0, NULL },
  { "'event':'2A.2','field':'what','to':null", NULL, "to", AMENDS_CORE_ERROR_INVALID, NULL },
  { "'event':'2A.4','field':'text','to':'b'", "2M.7", "field", AMENDS_CORE_ERROR_INVALID, NULL },
  { "'event':'9Z.4','field':'on','to':'2026-11-24'", "2M.7", "event", AMENDS_CORE_ERROR_INVALID,
    NULL },
};

static AmendsDecision *
decide (const AmendsCase *complaint,
        const char *type,
        const char *members,
        const char *by,
        GError **error)
{
  g_autofree char *text = g_strdup_printf ("{'type':'%s','because':'a',%s}", type, members);
  g_autofree char *quoted = g_strdelimit (g_steal_pointer (&text), "'", '"');
  json_auto_t *act = json_loads (quoted, 0, NULL);
  AmendsRules rules = load_rules ();
  AmendsActor actor = { 0 };
  AmendsMoment moment = { 0, 0 };
  AmendsDecision *decision;

  g_assert_nonnull (act);
  g_assert_true (amends_instant_parse ("2026-12-02T12:00:00Z", &moment.now, NULL));
  if (by != NULL)
    g_assert_true (amends_id_parse (by, &actor.id, NULL));
  decision = amends_decide_act (complaint, &rules, act, by != NULL ? &actor : NULL, &moment, error);
  clear_rules (&rules);
  return decision;
}

static gboolean
is_warned (const AmendsDecision *decision, const char *part)
{
  for (guint i = 0; i < decision->warnings->len; i++)
    if (strstr (g_ptr_array_index (decision->warnings, i), part) != NULL)
      return TRUE;
  return FALSE;
}

static void
test_decide (void)
{
  const TestAct acts[] = { ISSUE, ACKNOWLEDGED, { "noted", "\"text\":\"a\"" } };

  for (guint i = 0; i < G_N_ELEMENTS (decisions); i++)
    {
      g_autoptr (AmendsCase) complaint = test_case_new (RECORDED, acts, G_N_ELEMENTS (acts));
      g_autoptr (GError) error = NULL;
      g_autoptr (AmendsDecision) decision =
          decide (complaint, "case.corrected", decisions[i].act, decisions[i].by, &error);

      g_test_message ("%s", decisions[i].act);
      g_assert_cmpstr (error != NULL ? amends_error_get_field (error) : NULL, ==,
                       decisions[i].field);
      if (decisions[i].field != NULL)
        g_assert_error (error, AMENDS_CORE_ERROR, decisions[i].code);
      else if (decisions[i].warning != NULL)
        g_assert_true (is_warned (decision, decisions[i].warning));
    }
}

/* Who is asked to agree sees before they do what they are told once they have. */
static void
test_preview (void)
{
  const TestAct acts[] = {
    ISSUE,
    ACKNOWLEDGED,
    { "corrected", CORRECTED ("2A.3", "on", "\"2026-11-24\"", "2M.7") },
  };
  g_autoptr (AmendsCase) complaint = test_case_new (RECORDED, acts, G_N_ELEMENTS (acts));
  AmendsRules rules = load_rules ();
  AmendsMoment moment = { 0, 0 };
  g_autoptr (GPtrArray) sentences = NULL;

  g_assert_true (amends_instant_parse ("2026-12-02T12:00:00Z", &moment.now, NULL));
  g_assert_cmpuint (amends_case_get_n_corrections (complaint), ==, 1);
  sentences =
      amends_decide_preview_correction (complaint, amends_case_get_correction (complaint, 0),
                                        &rules, amends_day_from_instant (moment.now));
  g_assert_cmpuint (sentences->len, >, 0);
  g_assert_nonnull (
      strstr (g_ptr_array_index (sentences, 0), "“acknowledge” was due 2026-11-27, late"));
  clear_rules (&rules);
}

static void
test_answer (void)
{
  static const struct
  {
    const char *members;
    const char *by;
    const char *field; /* NULL: it is taken */
  } answers[] = {
    { "'correction':'2A.4','agreed':true", "2M.8", NULL },
    { "'correction':'2A.4','agreed':true", "2M.7", "agreed" },
    { "'correction':'2A.4','agreed':true", NULL, "type" },
    { "'correction':'2A.4','agreed':false", "2M.7", NULL },
    { "'correction':'2A.3','agreed':true", "2M.8", "correction" },
    { "'correction':'9Z.3','agreed':true", "2M.8", "correction" },
    { "'correction':'2A.4'", "2M.8", "agreed" },
  };
  const TestAct acts[] = {
    ISSUE,
    ACKNOWLEDGED,
    { "corrected", CORRECTED ("2A.3", "on", "\"2026-11-24\"", "2M.7") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      g_autoptr (AmendsCase) complaint = test_case_new (RECORDED, acts, G_N_ELEMENTS (acts));
      g_autoptr (GError) error = NULL;
      g_autoptr (AmendsDecision) decision =
          decide (complaint, "case.correction-answered", answers[i].members, answers[i].by, &error);

      g_test_message ("%s", answers[i].members);
      g_assert_cmpstr (error != NULL ? amends_error_get_field (error) : NULL, ==, answers[i].field);
      g_assert_cmpint (decision == NULL, ==, answers[i].field != NULL);
      if (i == 0)
        g_assert_true (is_warned (decision, "“acknowledge” was due 2026-11-27, late"));
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();

  g_test_add_func ("/case-correct/rows", test_rows);
  g_test_add_func ("/case-correct/history", test_history);
  g_test_add_func ("/case-correct/age", test_age);
  g_test_add_func ("/case-correct/decide", test_decide);
  g_test_add_func ("/case-correct/preview", test_preview);
  g_test_add_func ("/case-correct/answer", test_answer);
  return g_test_run ();
}
