/* test-due-words.c: what is owed and why, as people read it
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/amends-due-words.h"
#include "app/amends-policy-words.h"
#include "app/amends-why-words.h"
#include "app/amends-words.h"
#include "app/widgets/amends-weeks.h"
#include "core/clock-histories.h"
#include "core/policy-files.h"

/* The isolates say nothing to a reader of a table. */
static char *
without_isolates (char *text)
{
  g_auto (GStrv) begins = g_strsplit (text, AMENDS_ISOLATE_BEGIN, -1);
  g_autofree char *half = g_strjoinv ("", begins);
  g_auto (GStrv) ends = g_strsplit (half, AMENDS_ISOLATE_END, -1);

  g_free (text);
  return g_strjoinv ("", ends);
}

#define CLOSURE "[closures:rosebery]\n2026-12-31=Christmas closure\n"

typedef struct
{
  AmendsCalendar *calendar;
  AmendsPolicy *policy;
  AmendsPolicy *code;
  AmendsDues *dues;
} Case;

static void
case_init (Case *self, const char *policy_id, const char *history, const char *today)
{
  json_t *input = history_of (history);
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) events = amends_clock_history_parse (input, day_of (today), &error);
  AmendsRules rules = { 0 };

  g_assert_no_error (error);
  self->calendar = load_calendar_with (CLOSURE);
  self->policy = policy_id != NULL ? load_policy (policy_id) : NULL;
  self->code = load_policy ("code-2024");
  rules.policy = self->policy;
  rules.code = self->code;
  rules.calendar = self->calendar;
  self->dues = amends_dues_new (&rules,
                                amends_clocks_compute (rules.policy, rules.code, rules.calendar,
                                                       events, day_of (today)),
                                day_of (today));
  json_decref (input);
}

static void
case_clear (Case *self)
{
  amends_dues_unref (self->dues);
  g_clear_pointer (&self->policy, amends_policy_unref);
  amends_policy_unref (self->code);
  amends_calendar_unref (self->calendar);
}

#define ACKNOWLEDGED "received 2026-12-10, acknowledged 2026-12-15"
#define EXTENDED ACKNOWLEDGED ", extended 2026-12-29 working_days=5"

/* What stands on the card of a case: days left first, never a bare date. */
static const struct
{
  const char *policy;
  const char *history;
  const char *today;
  const char *headline;
  const char *left;
  const char *reason;
  const char *agreement;
} owed_rows[] = {
  { "housing-21", EXTENDED, "2027-01-05", "Stage 1 response by Friday 8 January",
    "3 working days left", "10 working days from the acknowledgement, and 5 more",
    "Policy and Code agree" },
  { "housing-21", EXTENDED, "2027-01-07", "Stage 1 response by Friday 8 January",
    "1 working day left", "10 working days from the acknowledgement, and 5 more",
    "Policy and Code agree" },
  { "housing-21", EXTENDED, "2027-01-08", "Stage 1 response by Friday 8 January", "Due today",
    "10 working days from the acknowledgement, and 5 more", "Policy and Code agree" },
  { "housing-21", EXTENDED, "2027-01-11", "Stage 1 response by Friday 8 January",
    "1 working day late", "10 working days from the acknowledgement, and 5 more",
    "Policy and Code agree" },
  { NULL, "received 2026-12-10", "2026-12-11", "Acknowledgement by Thursday 17 December",
    "4 working days left", "5 working days from the day it was received", "" },
  { "reliance", "received 2026-12-10", "2026-12-11", "Acknowledgement by Wednesday 16 December",
    "3 working days left", "5 working days from the day it was received",
    "The policy’s date governs: it is the earlier" },
  /* Acknowledged late: the last day is still counted from the last day to acknowledge. */
  { "housing-21", "received 2026-12-10, acknowledged 2026-12-22", "2027-01-04",
    "Stage 1 response by Tuesday 5 January", "1 working day left",
    "Counted from the last day to acknowledge: a late acknowledgement buys no time",
    "Policy and Code agree" },
  { "housing-21", "received 2026-12-10, acknowledged 2026-12-22", "2027-01-06",
    "Stage 1 response by Tuesday 5 January", "1 working day late",
    "Counted from the last day to acknowledge: a late acknowledgement buys no time",
    "Policy and Code agree" },
  /* An acknowledgement by telephone is none to a policy that asks for a written one. */
  { "rosebery", "received 2026-12-10, acknowledged 2026-12-11 medium=telephone", "2026-12-11",
    "Acknowledgement by Monday 14 December", "1 working day left",
    "2 working days from the day it was received",
    "The Code’s is done; the policy’s is still owed" },
  /* Closed on 31 December: that is no day of the landlord's own clock, nor one of those left. */
  { "rosebery", "received 2026-12-29", "2026-12-30", "Acknowledgement by Monday 4 January",
    "1 working day left", "2 working days from the day it was received",
    "The policy’s date governs: it is the earlier" },
};

static void
test_owed (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (owed_rows); i++)
    {
      const AmendsClockPair *owed;
      Case complaint;

      g_test_message ("%s on %s", owed_rows[i].history, owed_rows[i].today);
      case_init (&complaint, owed_rows[i].policy, owed_rows[i].history, owed_rows[i].today);
      owed = amends_dues_get_owed (complaint.dues);
      g_assert_nonnull (owed);

      g_autofree char *headline =
          without_isolates (amends_due_words_headline (owed, complaint.dues->today));
      g_autofree char *left = amends_due_words_left (owed->governing, complaint.dues);
      g_autofree char *reason = amends_due_words_reason (owed->governing);
      g_autofree char *agreement = amends_due_words_agreement (owed);

      g_assert_cmpstr (headline, ==, owed_rows[i].headline);
      g_assert_cmpstr (left, ==, owed_rows[i].left);
      g_assert_cmpstr (reason, ==, owed_rows[i].reason);
      g_assert_cmpstr (agreement, ==, owed_rows[i].agreement);
      case_clear (&complaint);
    }
}

static const struct
{
  const char *policy;
  const char *history;
  const char *today;
  AmendsClockName clock;
  const char *text;
} why_rows[] = {
  { "housing-21", EXTENDED, "2027-01-05", AMENDS_CLOCK_RESPOND,
    "7K-0042-P · Stage 1 response by Friday 8 January 2027\n"
    "\n"
    "1. Acknowledged on Tuesday 15 December 2026. Counting starts the next day\n"
    "2. 10 working days end on Thursday 31 December 2026 (policy 7.3, Code 6.3)\n"
    "3. Not counted: weekends, Christmas Day, Boxing Day (substitute day), New Year’s Day. England "
    "and Wales, known to the end of 2028\n"
    "4. Extended by 5 working days to Friday 8 January 2027. Counted on from the day it was due "
    "before (policy 7.4, Code 6.4)\n"
    "\n"
    "Policy of Housing 21: Fri 8 Jan 2027, In time, 3 working days left (policy 7.3, 7.4)\n"
    "Complaint Handling Code: Fri 8 Jan 2027, In time, 3 working days left (Code 6.3, 6.4)\n"
    "Policy and Code agree.\n"
    "The document contradicts itself: beside clause 7.4 it says “a maximum (App A)”. It is read as "
    "the Code has it.\n" },
  /* Nobody acknowledged it: a day is owed all the same. */
  { NULL, "received 2026-12-21", "2027-01-05", AMENDS_CLOCK_RESPOND,
    "7K-0042-P · Stage 1 response by Thursday 14 January 2027\n"
    "\n"
    "1. Begins with the acknowledgement (Code 6.3)\n"
    "2. Counted from the last day to acknowledge it is Thursday 14 January 2027. A late "
    "acknowledgement buys no time\n"
    "\n"
    "Complaint Handling Code: Thu 14 Jan 2027, Not begun (Code 6.3)\n" },
  /* Twelve months end on a holiday; only what is different is said of the other source. */
  { "rosebery", "issue_arose 2025-12-25, received 2026-12-10", "2026-12-11", AMENDS_CLOCK_AGE_LIMIT,
    "7K-0042-P · Time in which to complain by Tuesday 29 December 2026\n"
    "\n"
    "1. It happened on Thursday 25 December 2025\n"
    "2. 12 months end on Tuesday 29 December 2026 (Code 2.3)\n"
    "3. It runs on to Tuesday 29 December 2026. The last day, Friday 25 December 2026, is no "
    "working day: Christmas Day\n"
    "\n"
    "Policy of Town and Country Housing (legacy Rosebery): Thu 25 Jun 2026, Passed: somebody "
    "decides on the merits (policy 2u)\n"
    "Complaint Handling Code: Tue 29 Dec 2026, Ended Thu 10 Dec (Code 2.3)\n"
    "The Code’s date governs: it is the later, and better for them.\n" },
};

/* What is done says on which day, and by how much that was late. */
static const struct
{
  const char *policy;
  const char *history;
  AmendsClockName clock;
  const char *words;
} done_rows[] = {
  { "housing-21", ACKNOWLEDGED, AMENDS_CLOCK_ACKNOWLEDGE, "Done in time, Tue 15 Dec" },
  { "housing-21", "received 2026-12-10, acknowledged 2026-12-18", AMENDS_CLOCK_ACKNOWLEDGE,
    "Done 1 working day late, Fri 18 Dec" },
  { "housing-21", "received 2026-12-10, acknowledged 2026-12-22", AMENDS_CLOCK_ACKNOWLEDGE,
    "Done 3 working days late, Tue 22 Dec" },
  /* Two working days by the policy, and in time by the Code: the earlier of the two is told. */
  { "rosebery", "received 2026-12-10, acknowledged 2026-12-16", AMENDS_CLOCK_ACKNOWLEDGE,
    "Done 2 working days late, Wed 16 Dec" },
  /* Due on 31 December, and extended when that had passed. */
  { "housing-21", ACKNOWLEDGED ", extended 2027-01-04 working_days=5, responded 2027-01-06",
    AMENDS_CLOCK_RESPOND, "Broken before; done Wed 6 Jan" },
};

static void
test_done (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (done_rows); i++)
    {
      g_auto (AmendsDueState) state = { 0 };
      g_autofree char *words = NULL;
      Case complaint;

      case_init (&complaint, done_rows[i].policy, done_rows[i].history, "2027-01-07");
      amends_due_words_state (amends_dues_find (complaint.dues, done_rows[i].clock)->governing,
                              complaint.dues, &state);
      words = without_isolates (g_strdup (state.words));
      g_assert_cmpstr (words, ==, done_rows[i].words);
      case_clear (&complaint);
    }
}

static void
test_why (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (why_rows); i++)
    {
      const AmendsClockPair *pair;
      Case complaint;

      g_test_message ("%s", why_rows[i].history);
      case_init (&complaint, why_rows[i].policy, why_rows[i].history, why_rows[i].today);
      pair = amends_dues_find (complaint.dues, why_rows[i].clock);
      g_assert_nonnull (pair);

      g_autofree char *text =
          without_isolates (amends_why_words_text (pair, complaint.dues, "7K-0042-P"));

      g_assert_cmpstr (text, ==, why_rows[i].text);
      case_clear (&complaint);
    }
}

/* A rule is said in words, never by its name in a file. */
static const struct
{
  const char *policy;
  const char *kind;
  const char *name;
  const char *title;
  const char *value;
} rule_rows[] = {
  { "housing-21", "clock", "respond", "Stage 1 response",
    "10 working days from the acknowledgement" },
  { "housing-21", "extension", "1", "Extension at stage 1",
    "Generally up to 10 more working days. More only for: good reason, and an approver. With: "
    "contact first, agreement preferred, confirmed in writing, ombudsman details" },
  { "housing-21", "exclusion", "first-request", "First request",
    "A first request for a service. Instead: the procedure for that service. Decided by: approver. "
    "By the Code: allowed" },
  { "housing-21", "rule", "definition", "Definition", "Any dissatisfaction" },
};

static void
test_rules (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rule_rows); i++)
    {
      g_autoptr (AmendsPolicy) policy = load_policy (rule_rows[i].policy);
      const AmendsPolicyRule *rule =
          amends_policy_find_rule (policy, rule_rows[i].kind, rule_rows[i].name);
      g_autofree char *title = amends_policy_words_rule (rule);
      g_autofree char *value = amends_policy_words_value (policy, rule);

      g_assert_cmpstr (title, ==, rule_rows[i].title);
      g_assert_cmpstr (value, ==, rule_rows[i].value);
    }
}

/* Two rules of one number that are not of one strength are not called alike. */
static void
test_measure (void)
{
  static const struct
  {
    const char *policy;
    const char *measure;
  } measures[] = {
    { "housing-21", "generally up to 10 more working days" },
    { "code-2024", "up to 10 more working days" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (measures); i++)
    {
      g_autoptr (AmendsPolicy) policy = load_policy (measures[i].policy);
      g_autofree char *measure =
          amends_policy_words_measure (policy, amends_policy_find_rule (policy, "extension", "1"));

      g_assert_cmpstr (measure, ==, measures[i].measure);
    }
}

/* Every rule of every policy that ships has a title, a group and no code left in what it says. */
static void
test_all_rules (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (policy_ids); i++)
    {
      g_autoptr (AmendsPolicy) policy = load_policy (policy_ids[i]);

      for (guint j = 0; j < amends_policy_get_n_rules (policy); j++)
        {
          const AmendsPolicyRule *rule = amends_policy_get_rule (policy, j);
          g_autofree char *title = amends_policy_words_rule (rule);
          g_autofree char *value = amends_policy_words_value (policy, rule);
          g_autofree char *reading = amends_due_words_reading (rule);

          g_test_message ("%s: %s:%s", policy_ids[i], rule->kind, rule->name);
          g_assert_cmpstr (title, !=, "");
          g_assert_cmpstr (amends_policy_words_group (rule->kind), !=, rule->kind);
          g_assert_null (strchr (value, '_'));
          g_assert_cmpint (*reading == '\0', ==, rule->status == AMENDS_POLICY_STATUS_EXACT);
        }
    }
}

#define BETTER "This is the reading better for the resident that the Code allows."

/* Every clock and extension of the five landlords that their document leaves open or contradicts itself in,
 * but for those of statutes: whether the reading is the better for the resident is told by what else it could be. */
static const struct
{
  const char *policy;
  const char *rule;
  gboolean is_better;
  const char *words; /* (nullable): of the sentence */
} reading_rows[] = {
  { "housing-21", "clock:stage2-update", FALSE, "counted from the acknowledgement (7.7)" },
  { "housing-21", "extension:1", FALSE, "as the Code has it" }, /* a maximum would be better */
  { "housing-21", "extension:2", FALSE, "as the Code has it" },
  { "one-housing", "clock:close", TRUE, NULL },          /* it closes not by itself */
  { "one-housing", "clock:stage2-respond", TRUE, NULL }, /* from the request, the earlier */
  { "one-housing", "clock:age-limit", TRUE, NULL },      /* 12 months, not 6 */
  { "one-housing", "extension:1", FALSE,
    "as the Code has it" }, /* calendar days would end sooner */
  { "one-housing", "extension:2", FALSE, "as the Code has it" },
  { "rosebery", "clock:acknowledge", TRUE, NULL },        /* in writing, too */
  { "rosebery", "clock:escalate", TRUE, NULL },           /* working days are the longer */
  { "rosebery", "clock:stage2-acknowledge", TRUE, NULL }, /* from the request */
  { "rosebery", "clock:stage2-respond", FALSE, "(8.2), and so does the Code at stage 2 (6.14)" },
  { "rosebery", "clock:service-request", TRUE, NULL },
  { "rosebery", "extension:1", FALSE, "as the Code has it" },
  { "wdh", "clock:acknowledge", FALSE, "as the Code has it" }, /* the only one there is */
  { "wdh", "clock:respond", FALSE, "the earlier of the two governs" },
  { "wdh", "clock:stage2-acknowledge", TRUE, NULL }, /* at stage 2 as well */
  { "wdh", "clock:stage2-respond", FALSE, "stage 2 begins when it is asked for" },
  { "wdh", "clock:service-request", TRUE, NULL },
  { "reliance", "clock:acknowledge", TRUE, NULL },    /* the day of receipt is day 1 */
  { "reliance", "clock:escalate", TRUE, NULL },       /* the longest of four */
  { "reliance", "clock:stage2-respond", TRUE, NULL }, /* the earliest of three */
};

static guint
count_open (const char *id)
{
  g_autoptr (AmendsPolicy) policy = load_policy (id);
  guint n_open = 0;

  for (guint j = 0; j < amends_policy_get_n_rules (policy); j++)
    {
      const AmendsPolicyRule *rule = amends_policy_get_rule (policy, j);

      n_open += (g_str_equal (rule->kind, "clock") || g_str_equal (rule->kind, "extension"))
                && (rule->status == AMENDS_POLICY_STATUS_READ
                    || rule->status == AMENDS_POLICY_STATUS_CONFLICT)
                && g_strcmp0 (amends_policy_rule_get (rule, "taken"), "statute") != 0;
    }
  return n_open;
}

/* A sentence claims no more than the policy says of the reading that was taken. */
static void
test_reading (void)
{
  guint n_open = 0;

  for (guint i = 0; i < G_N_ELEMENTS (reading_rows); i++)
    {
      g_autoptr (AmendsPolicy) policy = load_policy (reading_rows[i].policy);
      g_auto (GStrv) parts = g_strsplit (reading_rows[i].rule, ":", 2);
      const AmendsPolicyRule *rule = amends_policy_find_rule (policy, parts[0], parts[1]);
      g_autofree char *reading = amends_due_words_reading (rule);

      g_test_message ("%s %s: %s", reading_rows[i].policy, reading_rows[i].rule, reading);
      g_assert_cmpint (strstr (reading, BETTER) != NULL, ==, reading_rows[i].is_better);
      if (reading_rows[i].words != NULL)
        g_assert_nonnull (strstr (reading, reading_rows[i].words));
      g_assert_null (strstr (reading, "reading that was taken"));
    }
  for (guint i = 0; i < G_N_ELEMENTS (policy_ids); i++)
    n_open += count_open (policy_ids[i]);
  g_assert_cmpuint (n_open, ==, G_N_ELEMENTS (reading_rows));
}

#define ANSWERED ACKNOWLEDGED ", responded 2026-12-24"

/* After its answer every landlord's card says that they may ask for stage 2, and until when. */
static const struct
{
  const char *policy;
  const char *history;
  const char *today;
  const char *words;
} stage_2_rows[] = {
  { "one-housing", ANSWERED, "2027-01-05",
    "They may ask for stage 2: the policy sets no last day for it (Code 6.10)." },
  { "wdh", ANSWERED, "2027-01-05",
    "They may ask for stage 2: the policy sets no last day for it (Code 6.10)." },
  { "housing-21", ANSWERED, "2027-01-05",
    "They may ask for stage 2 until Thursday 24 June (policy 7.5)." },
  { "rosebery", ANSWERED, "2027-01-05",
    "They may ask for stage 2 until Wednesday 27 January (policy 9.1)." },
  { "reliance", ANSWERED, "2027-01-05",
    "They may ask for stage 2 until Tuesday 26 January (policy 4.0)." },
  { NULL, ANSWERED, "2027-01-05",
    "They may ask for stage 2: the Code sets no last day for it (Code 6.10)." },
  { "reliance", ANSWERED, "2027-01-27",
    "They could ask for stage 2 until Tuesday 26 January (policy 4.0). A later request is recorded "
    "too, and a named person decides." },
  /* Not yet, not again, and not somebody whom nobody knows. */
  { "housing-21", ACKNOWLEDGED, "2027-01-05", "" },
  { "housing-21", ANSWERED ", escalation_requested 2027-01-04", "2027-01-05", "" },
  { "one-housing", ANSWERED ", escalation_requested 2027-01-04", "2027-01-05", "" },
  { "housing-21", "received 2026-12-10 anonymous=yes, responded 2026-12-24", "2027-01-05", "" },
};

static void
test_stage_2 (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (stage_2_rows); i++)
    {
      Case complaint;

      g_test_message ("%s: %s", stage_2_rows[i].policy, stage_2_rows[i].history);
      case_init (&complaint, stage_2_rows[i].policy, stage_2_rows[i].history,
                 stage_2_rows[i].today);

      g_autofree char *words = without_isolates (amends_due_words_stage_2 (complaint.dues));

      g_assert_cmpstr (words, ==, stage_2_rows[i].words);
      case_clear (&complaint);
    }
}

/* Whole weeks, from the Monday before the start to the Sunday after the due day; no calendar where
 * nobody would count with a finger, or nothing is counted yet. */
static const struct
{
  const char *history;
  AmendsClockName clock;
  guint n_weeks; /* 0: none is drawn */
} weeks_rows[] = {
  { EXTENDED, AMENDS_CLOCK_RESPOND, 4 },
  { "received 2026-12-10", AMENDS_CLOCK_ACKNOWLEDGE,
    2 }, /* today is too far behind it to be drawn */
  { "received 2026-12-30", AMENDS_CLOCK_ACKNOWLEDGE, 2 },
  { "received 2026-12-30", AMENDS_CLOCK_RESPOND, 0 },                     /* not begun */
  { "issue_arose 2026-12-01, " ACKNOWLEDGED, AMENDS_CLOCK_AGE_LIMIT, 0 }, /* 12 months */
};

static guint
count_cells (GtkWidget *weeks, const char *style)
{
  guint n = 0;

  for (GtkWidget *cell = gtk_widget_get_first_child (weeks); cell != NULL;
       cell = gtk_widget_get_next_sibling (cell))
    if (style == NULL || gtk_widget_has_css_class (cell, style))
      n++;
  return n;
}

static void
test_weeks (void)
{
  GtkWidget *weeks = g_object_ref_sink (g_object_new (AMENDS_TYPE_WEEKS, NULL));
  Case complaint;

  gtk_test_accessible_assert_role (weeks, GTK_ACCESSIBLE_ROLE_IMG);
  for (guint i = 0; i < G_N_ELEMENTS (weeks_rows); i++)
    {
      gboolean is_drawn;

      g_test_message ("%s", weeks_rows[i].history);
      case_init (&complaint, "housing-21", weeks_rows[i].history, "2027-01-05");
      is_drawn = amends_weeks_set_clock (AMENDS_WEEKS (weeks),
                                         amends_dues_find (complaint.dues, weeks_rows[i].clock),
                                         complaint.dues);
      g_assert_cmpint (is_drawn, ==, weeks_rows[i].n_weeks > 0);
      g_assert_cmpuint (count_cells (weeks, NULL), ==,
                        is_drawn ? 7 * (1 + weeks_rows[i].n_weeks) : 0);
      if (i == 0)
        {
          g_assert_cmpuint (count_cells (weeks, "counted"), ==, 10);
          g_assert_cmpuint (count_cells (weeks, "extended"), ==, 5);
          g_assert_cmpuint (count_cells (weeks, "skipped"), ==, 9);
          g_assert_cmpuint (count_cells (weeks, "first-due"), ==, 1);
          g_assert_cmpuint (count_cells (weeks, "today"), ==, 1);
          g_assert_cmpuint (count_cells (weeks, "due"), ==, 1);
          g_assert_cmpuint (count_cells (weeks, "passed"), ==, 0);
        }
      case_clear (&complaint);
    }
  g_object_unref (weeks);
}

/* Why the date was moved stands with the date. */
static void
test_extension_reason (void)
{
  Case self = { 0 };
  g_autoptr (GPtrArray) steps = NULL;
  gboolean is_told = FALSE;

  case_init (&self, "housing-21", EXTENDED, "2026-12-29");
  self.dues->extension_reasons[0] = g_strdup ("The lift engineer is away.");
  steps = amends_why_words_steps (amends_dues_find (self.dues, AMENDS_CLOCK_RESPOND), self.dues);
  for (guint i = 0; i < steps->len; i++)
    is_told |= strstr (((const AmendsWhyStep *) g_ptr_array_index (steps, i))->detail,
                       "The lift engineer is away.")
               != NULL;
  g_assert_true (is_told);
  case_clear (&self);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  g_test_add_func ("/due-words/owed", test_owed);
  g_test_add_func ("/due-words/done", test_done);
  g_test_add_func ("/due-words/why", test_why);
  g_test_add_func ("/due-words/rules", test_rules);
  g_test_add_func ("/due-words/measure", test_measure);
  g_test_add_func ("/due-words/reading", test_reading);
  g_test_add_func ("/due-words/stage-2", test_stage_2);
  g_test_add_func ("/due-words/all-rules", test_all_rules);
  gtk_init ();
  g_test_add_func ("/due-words/extension-reason", test_extension_reason);
  g_test_add_func ("/due-words/weeks", test_weeks);
  return g_test_run ();
}
