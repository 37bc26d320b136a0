/* test-policy.c: the editions that ship, what they account for, and files that are refused
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/amends-policy.h"

#include <string.h>

#include "core/amends-data-file.h"
#include "core/amends-error.h"
#include "core/amends-verdict.h"
#include "core/policy-files.h"

#define HEAD             \
  "[policy]\n"           \
  "id=oak\n"             \
  "landlord=Oak Homes\n" \
  "title=Complaints\n"   \
  "version=1\n"          \
  "calendar=england-and-wales\n" /* six lines */

#define CLOCK            \
  "[clock:respond]\n"    \
  "start=acknowledged\n" \
  "length=10\n"          \
  "unit=working-days\n"  \
  "end=responded\n"      \
  "clause=4\n"           \
  "status=exact\n"

static AmendsPolicy *
parse (const char *text, GPtrArray *problems, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

  return amends_policy_parse (bytes, "oak.policy", problems, error);
}

static void
test_small (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AmendsPolicy) policy =
      parse (HEAD "effective_from=2026-04-01\n" CLOCK "[later]\nS9-1=a thing to do\n", NULL,
             &error);
  const AmendsPolicyClock *clock;

  g_assert_no_error (error);
  g_assert_cmpstr (amends_policy_get_id (policy), ==, "oak");
  g_assert_cmpstr (amends_policy_get_landlord (policy), ==, "Oak Homes");
  g_assert_cmpstr (amends_policy_get_title (policy), ==, "Complaints");
  g_assert_cmpstr (amends_policy_get_version (policy), ==, "1");
  g_assert_cmpstr (amends_policy_get_calendar_id (policy), ==, "england-and-wales");
  g_assert_cmpint (amends_policy_get_effective_day (policy), ==, amends_day_from_ymd (2026, 4, 1));
  g_assert_cmpint (amends_policy_get_review_day (policy), ==, AMENDS_DAY_NONE);
  clock = amends_policy_get_clock (policy, AMENDS_CLOCK_RESPOND);
  g_assert_nonnull (clock);
  g_assert_cmpint (clock->length, ==, 10);
  g_assert_cmpint (clock->unit, ==, AMENDS_CLOCK_UNIT_WORKING_DAYS);
  g_assert_cmpint (clock->start, ==, AMENDS_CLOCK_EVENT_ACKNOWLEDGED);
  g_assert_cmpint (clock->rule->n_line, ==, 8);
  g_assert_null (amends_policy_get_clock (policy, AMENDS_CLOCK_ESCALATE));
  g_assert_null (amends_policy_get_extension (policy, 1));
  g_assert_cmpuint (amends_policy_get_later (policy)->len, ==, 1);
}

/* What is wrong, and where: file, line, group and key. */
static const struct
{
  const char *text;
  const char *field;
  const char *begins;
} refused_rows[] = {
  { "[policy]\nid=oak\n", "policy.landlord", "oak.policy:1: [policy] landlord: is missing" },
  { HEAD "colour=red\n", "policy.colour", "oak.policy:7: [policy] colour: there is no such key" },
  { HEAD "title[cy]=Cwynion\n", "policy.title[cy]",
    "oak.policy:7: [policy] title[cy]: there is no" },
  { HEAD "review_by=2026-02-30\n", "policy.review_by", "oak.policy:7: [policy] review_by: “2026" },
  { HEAD "id=elm\n", "policy.id", "oak.policy:7: [policy] id: stands twice, first in line 2" },
  { HEAD "[clocks]\n", "clocks", "oak.policy:7: [clocks]: there is no such group" },
  { HEAD "[clock:tea]\nstart=received\nlength=1\nunit=months\nend=closed\nclause=1\nstatus=exact\n",
    "clock:tea", "oak.policy:7: [clock:tea]: there is no clock of this name" },
  { HEAD CLOCK CLOCK, "clock:respond", "oak.policy:14: [clock:respond]: stands twice" },
  { HEAD CLOCK "length=11\n", "clock:respond.length", "oak.policy:14: [clock:respond] length: st" },
  { HEAD CLOCK "count_from=noon\n", "clock:respond.count_from",
    "oak.policy:14: [clock:respond] count_from: “noon” is none of: next-day same-day" },
  { HEAD CLOCK "purpose=window\n", "clock:respond.purpose",
    "oak.policy:14: [clock:respond] purpose: this clock is a duty" },
  { HEAD CLOCK "postal_days=2\n", "clock:respond.postal_days",
    "oak.policy:14: [clock:respond] postal_days: are only for" },
  { HEAD CLOCK "alternatives=5\n", "clock:respond.alternatives",
    "oak.policy:14: [clock:respond] alternatives: contradict the status" },
  { HEAD CLOCK "taken=better\n", "clock:respond.taken",
    "oak.policy:14: [clock:respond] taken: contradicts the status" },
  { HEAD CLOCK "because=it is so\n", "clock:respond.because",
    "oak.policy:14: [clock:respond] because: contradicts the status" },
  { HEAD "[rule:published]\nvalue=yes\nclause=1\nstatus=read\ntaken=best\n", "rule:published.taken",
    "oak.policy:11: [rule:published] taken: “best” is none of: better code beside statute" },
  { HEAD "[clock:respond]\nstart=closed\nlength=0\nunit=weeks\nend=done\nclause=1\nstatus=sure\n",
    "clock:respond.length", "oak.policy:9: [clock:respond] length: “0” is no number from 1 to" },
  { HEAD "[clock:respond]\nstart=closed\nlength=9\nunit=months\nend=responded\nclause=1\n"
         "status=exact\n",
    "clock:respond.start", "oak.policy:8: [clock:respond] start: this clock does not start on" },
  { HEAD "[clock:respond]\nstart=received\nlength=9\nunit=months\nend=closed\nclause=1\n"
         "status=exact\n",
    "clock:respond.end", "oak.policy:11: [clock:respond] end: this clock ends on “responded”" },
  { HEAD "[rule:published]\nvalue=yes\nstatus=exact\n", "rule:published.clause",
    "oak.policy:7: [rule:published] clause: is missing: only what is silent" },
  { HEAD "[rule:published]\nvalue=yes\nclause=1\nstatus=conflict\n", "rule:published.alternatives",
    "oak.policy:7: [rule:published] alternatives: are missing" },
  { HEAD "[rule:published]\nclause=1\nstatus=exact\n", "rule:published.value",
    "oak.policy:7: [rule:published] value: is missing: only what is silent" },
  { HEAD "[external:ombudsman]\nname=O\ntelephone=1\nclause=1\nstatus=exact\n",
    "external:ombudsman.checked_on",
    "oak.policy:7: [external:ombudsman] checked_on: is missing: the day its details" },
  { HEAD "[extension:3]\nstatus=silent\n", "extension:3",
    "oak.policy:7: [extension:3]: there are" },
  { HEAD "[extension:1]\nclause=1\nstatus=exact\n", "extension:1.cap",
    "oak.policy:7: [extension:1] cap: is missing" },
  { HEAD "[stage:3]\nclause=1\nstatus=exact\n", "stage:3",
    "oak.policy:7: [stage:3]: a policy has two stages, 1 and 2 (Complaint Handling Code 2024, "
    "5.3)" },
  { "id=oak\n", ".id", "oak.policy:1: [] id: stands before the first group" },
  { HEAD "loose\n", "policy.loose", "oak.policy:7: [policy] loose: a line is written key=value" },
  { HEAD "[open\n", "[open", "oak.policy:7: [[open]: a group is written [name]" },
};

static void
test_refused (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (refused_rows); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (parse (refused_rows[i].text, NULL, &error));
      g_assert_error (error, AMENDS_CORE_ERROR, AMENDS_CORE_ERROR_INVALID);
      g_test_message ("%s", error->message);
      g_assert_cmpstr (amends_error_get_field (error), ==, refused_rows[i].field);
      g_assert_true (g_str_has_prefix (error->message, refused_rows[i].begins));
    }
}

static void
test_all_problems (void)
{
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func ((GDestroyNotify) g_error_free);
  g_autoptr (GError) error = NULL;

  g_assert_null (parse (HEAD "[clock:respond]\nstart=soon\nlength=0\nunit=weeks\nend=done\n"
                             "status=sure\n",
                        problems, &error));
  g_assert_cmpuint (problems->len, ==, 5);
  g_assert_cmpstr (error->message, ==, ((GError *) g_ptr_array_index (problems, 0))->message);
}

static void
test_limits (void)
{
  g_autofree char *large = g_strnfill (AMENDS_POLICY_MAX_BYTES + 1, '#');
  g_autofree char *lines = g_strnfill (AMENDS_DATA_FILE_MAX_LINES + 1, '\n');
  g_autofree char *value = g_strnfill (AMENDS_POLICY_VALUE_MAX_BYTES + 1, 'x');
  g_autofree char *text = g_strconcat (HEAD "document_dates=", value, "\n", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_null (parse (large, NULL, &error));
  g_assert_error (error, AMENDS_CORE_ERROR, AMENDS_CORE_ERROR_TOO_LARGE);
  g_clear_error (&error);
  g_assert_null (parse (lines, NULL, &error));
  g_assert_error (error, AMENDS_CORE_ERROR, AMENDS_CORE_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_null (parse (text, NULL, &error));
  g_assert_cmpstr (amends_error_get_field (error), ==, "policy.document_dates");
  g_clear_error (&error);
  g_assert_null (parse ("", NULL, &error));
  g_assert_error (error, AMENDS_CORE_ERROR, AMENDS_CORE_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_null (parse ("[policy]\nid=\xff\n", NULL, &error));
  g_assert_error (error, AMENDS_CORE_ERROR, AMENDS_CORE_ERROR_INVALID);
}

static char *
load_fixture (const char *name)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "tests", "fixtures", name, NULL);
  g_autoptr (GError) error = NULL;
  char *contents;

  if (!g_file_get_contents (path, &contents, NULL, &error))
    g_error ("%s", error->message);
  return contents;
}

static void
name_row (GHashTable *named, const char *row, const char *id)
{
  if (!g_hash_table_insert (named, g_strdup (row), (char *) id))
    g_error ("%s is named twice", row);
}

/* Every row of the reading of the documents is a rule, or listed as later work, exactly once. */
static void
test_rows (void)
{
  g_autoptr (GHashTable) named = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *fixture = load_fixture ("policy-rows.txt");
  g_auto (GStrv) lines = g_strsplit (fixture, "\n", -1);
  guint n_rows = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (policy_ids); i++)
    {
      g_autoptr (AmendsPolicy) policy = load_policy (policy_ids[i]);
      const GArray *later = amends_policy_get_later (policy);

      for (guint j = 0; j < amends_policy_get_n_rules (policy); j++)
        for (char **row = amends_policy_get_rule (policy, j)->rows; *row != NULL; row++)
          name_row (named, *row, policy_ids[i]);
      for (guint j = 0; j < later->len; j++)
        name_row (named, g_array_index (later, AmendsPolicyValue, j).key, policy_ids[i]);
    }

  for (guint i = 0; lines[i] != NULL; i++)
    if (lines[i][0] != '\0' && lines[i][0] != '#')
      {
        n_rows++;
        if (!g_hash_table_contains (named, lines[i]))
          {
            g_test_message ("%s is in no policy file", lines[i]);
            g_test_fail ();
          }
      }
  g_assert_cmpuint (n_rows, >, 300);
  g_assert_cmpuint (n_rows, ==, g_hash_table_size (named));
}

/* Proof-read against the clauses. */
static void
test_verdicts (void)
{
  g_autoptr (AmendsPolicy) code = load_policy ("code-2024");
  g_autofree char *fixture = load_fixture ("verdicts.tsv");
  g_autoptr (GString) text = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (policy_ids); i++)
    {
      g_autoptr (AmendsPolicy) policy = load_policy (policy_ids[i]);
      g_autoptr (GPtrArray) problems =
          g_ptr_array_new_with_free_func ((GDestroyNotify) g_error_free);
      g_autoptr (GPtrArray) verdicts =
          amends_verdicts_compute (policy, code, policy_ids[i], problems);

      g_assert_cmpuint (problems->len, ==, 0);
      for (guint j = 0; j < verdicts->len; j++)
        {
          const AmendsVerdict *verdict = g_ptr_array_index (verdicts, j);

          g_string_append_printf (text, "%s\t%s\t%s\t%s\n", policy_ids[i], verdict->clause,
                                  verdict->provision, amends_verdict_kind_get_name (verdict->kind));
        }
    }
  g_assert_cmpstr (text->str, ==, fixture);
}

/* A change of one value changes the verdict: the lines are computed, not kept. */
static const struct
{
  const char *rule;
  const char *verdict; /* NULL: none */
} verdict_rows[] = {
  { "[clock:acknowledge]\nstart=received\nlength=5\nunit=working-days\nend=acknowledged\n", NULL },
  { "[clock:acknowledge]\nstart=received\nlength=4\nunit=working-days\nend=acknowledged\n",
    "stricter 1 6.2" },
  { "[clock:acknowledge]\nstart=received\nlength=6\nunit=working-days\nend=acknowledged\n",
    "weaker 1 6.2" },
  { "[clock:acknowledge]\nstart=received\nlength=5\nunit=calendar-days\nend=acknowledged\n",
    "weaker 1 6.2" },
  { "[clock:respond]\nstart=received\nlength=10\nunit=working-days\nend=responded\n",
    "stricter 1 6.3" },
  { "[clock:age-limit]\nstart=issue_arose\nlength=11\nunit=months\nend=received\n",
    "weaker 1 2.3" },
  { "[clock:age-limit]\nstart=issue_aware\nlength=12\nunit=months\nend=received\n", NULL },
  /* Nothing of when somebody knew. */
  { "[clock:age-limit]\nstart=issue_arose\nlength=12\nunit=months\nend=received\n",
    "weaker 1 2.3" },
  { "[extension:2]\ncap=21\n", "weaker 1 6.15" },
  { "[extension:2]\ncap=20\n", NULL },
  { "[extension:2]\ncap=20\nfirm=false\n", "weaker 1 6.15" },
  { "[extension:2]\ncap=19\n", "stricter 1 6.15" },
  { "[rule:published]\nvalue=no\n", "weaker 1 3.4" },
  { "[rule:published]\nvalue=yes\n", NULL },
};

static void
test_verdict_of_one (void)
{
  g_autoptr (AmendsPolicy) code = load_policy ("code-2024");

  for (gsize i = 0; i < G_N_ELEMENTS (verdict_rows); i++)
    {
      g_autofree char *text =
          g_strconcat (HEAD, verdict_rows[i].rule, "clause=1\nstatus=exact\n", NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (AmendsPolicy) policy = parse (text, NULL, &error);
      g_autoptr (GPtrArray) verdicts = NULL;
      g_autofree char *found = NULL;

      g_assert_no_error (error);
      verdicts = amends_verdicts_compute (policy, code, "oak.policy", NULL);
      g_assert_cmpuint (verdicts->len, <=, 1);
      if (verdicts->len == 1)
        {
          const AmendsVerdict *verdict = g_ptr_array_index (verdicts, 0);

          found = g_strdup_printf ("%s %s %s", amends_verdict_kind_get_name (verdict->kind),
                                   verdict->clause, verdict->provision);
        }
      g_test_message ("%s", verdict_rows[i].rule);
      g_assert_cmpstr (found, ==, verdict_rows[i].verdict);
    }
}

static void
test_unknown_rule (void)
{
  g_autoptr (AmendsPolicy) code = load_policy ("code-2024");
  g_autoptr (AmendsPolicy) policy =
      parse (HEAD "[rule:tea]\nvalue=hot\nclause=1\nstatus=exact\n"
                  "[rule:published]\nvalue=often\nclause=1\nstatus=exact\n",
             NULL, NULL);
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func ((GDestroyNotify) g_error_free);
  g_autoptr (GPtrArray) verdicts = amends_verdicts_compute (policy, code, "oak.policy", problems);

  g_assert_cmpuint (verdicts->len, ==, 0);
  g_assert_cmpuint (problems->len, ==, 2);
  g_assert_cmpstr (amends_error_get_field (g_ptr_array_index (problems, 0)), ==, "rule:tea");
  g_assert_cmpstr (amends_error_get_field (g_ptr_array_index (problems, 1)), ==,
                   "rule:published.value");
}

#define HAZARDS "hazard-emergency hazard-investigate hazard-written-summary hazard-make-safe "

/* Each landlord's file has the clocks that its document has, and no other. */
static const struct
{
  const char *id;
  const char *clocks;
} clock_rows[] = {
  { "one-housing", "acknowledge contact respond close stage2-acknowledge stage2-contact "
                   "stage2-respond enquiry age-limit data-complaint " HAZARDS },
  { "housing-21", "acknowledge respond escalate stage2-acknowledge stage2-update stage2-respond "
                  "age-limit data-complaint " HAZARDS },
  { "rosebery", "acknowledge contact respond escalate stage2-acknowledge stage2-respond "
                "service-request age-limit data-complaint " HAZARDS },
  { "wdh", "acknowledge respond stage2-acknowledge stage2-respond service-request age-limit "
           "data-complaint " HAZARDS },
  { "reliance", "acknowledge respond escalate stage2-acknowledge stage2-respond age-limit "
                "data-complaint " HAZARDS },
  { "code-2024", "acknowledge respond stage2-acknowledge stage2-respond age-limit " },
};

static void
test_clocks (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (clock_rows); i++)
    {
      g_autoptr (AmendsPolicy) policy = load_policy (clock_rows[i].id);
      g_autoptr (GString) found = g_string_new (NULL);

      for (guint j = 0; j < AMENDS_CLOCK_N_NAMES; j++)
        if (amends_policy_get_clock (policy, (AmendsClockName) j) != NULL)
          g_string_append_printf (found, "%s ", amends_clock_name_get_name ((AmendsClockName) j));
      g_assert_cmpstr (found->str, ==, clock_rows[i].clocks);
    }
}

/* What a screen labels as to be confirmed: provisions whose own text nobody here has seen, and bodies
 * outside whose details are not known to be right. */
static const struct
{
  const char *id;
  const char *rules;
} unconfirmed_rows[] = {
  { "one-housing", "" },
  { "housing-21", "" },
  { "rosebery", "" },
  { "wdh", "external:regulator external:tribunal " },
  { "reliance", "" },
  { "code-2024",
    "exclusion:legal-proceedings exclusion:already-considered rule:surveys rule:legal-proceedings "
    "rule:adjustment-register rule:behaviour-closure rule:extension-ombudsman-2 "
    "rule:many-complaints rule:stage-1-letter rule:stage-2-letter rule:escalation-window "
    "rule:closure-keeps-escalation rule:reasons-to-escalate rule:understanding-first "
    "rule:reviewer-independent rule:member-responsible rule:board-reports " },
};

static void
test_unconfirmed (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (unconfirmed_rows); i++)
    {
      g_autoptr (AmendsPolicy) policy = load_policy (unconfirmed_rows[i].id);
      g_autoptr (GString) found = g_string_new (NULL);

      for (guint j = 0; j < amends_policy_get_n_rules (policy); j++)
        {
          const AmendsPolicyRule *rule = amends_policy_get_rule (policy, j);

          if (!amends_policy_rule_is_confirmed (rule))
            g_string_append_printf (found, "%s:%s ", rule->kind, rule->name);
        }
      g_assert_cmpstr (found->str, ==, unconfirmed_rows[i].rules);
    }
}

/* No address or number that the documents print and that is out of date. */
static void
test_stale_details (void)
{
  static const char *const stale[] = {
    "L33 7WQ",  "L337WQ",        "South Colonnades", "E14 4PU",      "81 Aldwych",
    "WC2B 4HN", "020 7831 1942", "Commissioner",     "0300 616 162", "info@housing-ombudsman"
  };

  for (gsize i = 0; i < G_N_ELEMENTS (policy_ids); i++)
    {
      g_autofree char *file = g_strconcat (policy_ids[i], ".policy", NULL);
      g_autoptr (GBytes) bytes = load_data ("policies", file);
      g_autofree char *text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));

      for (gsize j = 0; j < G_N_ELEMENTS (stale); j++)
        if (strstr (text, stale[j]) != NULL)
          {
            g_test_message ("%s: %s", policy_ids[i], stale[j]);
            g_test_fail ();
          }
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/policy/small", test_small);
  g_test_add_func ("/policy/refused", test_refused);
  g_test_add_func ("/policy/all-problems", test_all_problems);
  g_test_add_func ("/policy/limits", test_limits);
  g_test_add_func ("/policy/clocks", test_clocks);
  g_test_add_func ("/policy/unconfirmed", test_unconfirmed);
  g_test_add_func ("/policy/stale-details", test_stale_details);
  g_test_add_func ("/policy/rows", test_rows);
  g_test_add_func ("/verdict/all", test_verdicts);
  g_test_add_func ("/verdict/one", test_verdict_of_one);
  g_test_add_func ("/verdict/unknown-rule", test_unknown_rule);

  return g_test_run ();
}
