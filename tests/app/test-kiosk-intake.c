/* test-kiosk-intake.c: where each answer to a kiosk is kept
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "kiosk-answers.h"

#include "app/kiosk/amends-kiosk-flow.h"
#include "app/kiosk/amends-kiosk-intake.h"
#include "core/amends-decide.h"
#include "support/device.h"

/* Nothing that somebody may answer is refused when it is written down. */
static json_t *
make_intake (const json_t *answers)
{
  static const char *const schemes[] = { "oak", NULL };
  AmendsMoment moment = { TEST_NOW, TEST_NOW };
  json_t *intake = amends_kiosk_intake_new (answers, "oak", TODAY);
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func ((GDestroyNotify) g_error_free);
  gboolean is_taken = amends_decide_check_intake (intake, schemes, &moment, problems);

  for (guint i = 0; i < problems->len; i++)
    g_test_message ("%s", ((const GError *) g_ptr_array_index (problems, i))->message);
  g_assert_true (is_taken);
  return intake;
}

/* What is asked beside what happened, and where it is kept. */
static void
test_more_of_it (void)
{
  json_auto_t *answers = json_object ();
  json_auto_t *intake = NULL;
  json_auto_t *issue = test_json (
      "{\"what\":\"Damp\",\"words\":\"verbatim\",\"arose\":\"2026-10\",\"aware\":\"2026-11-03\","
      "\"effect\":\"I cough.\\nOthers at home: my son\",\"loss\":\"A carpet\"}");
  json_auto_t *told = test_json ("{\"answer\":true,\"who\":\"The office\",\"when\":\"2026-02\","
                                 "\"reference\":\"R 12\"}");
  json_auto_t *care = test_json ("{\"methods\":[\"Say first: heron\"],\"times\":[\"mornings\"],"
                                 "\"not\":[\"after six\"],\"shared_with\":[\"my son\"]}");
  json_auto_t *disabilities = test_json (
      "[{\"what\":\"I am deaf\",\"purpose\":\"So that letters, calls and visits suit them\"}]");
  const json_t *complainant;

  say (answers, "what", NULL, "Damp");
  say (answers, "when", "day", "5");
  say (answers, "when", "month", "10");
  say (answers, "when", "year", "2026");
  choose (answers, "when", "about"); /* and so not that day */
  say (answers, "aware", "day", "3");
  say (answers, "aware", "month", "11");
  say (answers, "aware", "year", "2026");
  choose (answers, "told", "yes");
  say (answers, "told", "who", "The office");
  say (answers, "told", "when", "2/2026");
  say (answers, "told", "reference", "R 12");
  say (answers, "effect", NULL, "I cough.");
  say (answers, "loss", "loss", "A carpet");
  say (answers, "loss", "household", "my son");
  say (answers, "disability", NULL, "I am deaf");
  choose (answers, "contact", "text-message");
  say (answers, "care", "times", "mornings");
  say (answers, "care", "not", "after six");
  say (answers, "care", "shared", "my son");
  say (answers, "care", "words", "heron");
  intake = make_intake (answers);
  complainant = json_object_get (intake, "complainant");
  g_assert_true (json_equal (json_array_get (json_object_get (intake, "issues"), 0), issue));
  g_assert_true (json_equal (json_object_get (intake, "told_before"), told));
  g_assert_true (json_equal (json_object_get (complainant, "safe_contact"), care));
  g_assert_cmpstr (json_string_value (json_object_get (complainant, "preferred_contact")), ==,
                   "text-message");
  g_assert_true (json_equal (json_object_get (intake, "disabilities_disclosed"), disabilities));
}

static const struct
{
  const char *said;
  const char *until; /* (nullable): as a day */
  const char *how;
} written_rows[] = {
  { "", NULL, "kiosk" },
  { "2027", "2027-12-31", "kiosk" },
  { "2/2027", "2027-02-28", "kiosk" },
  { "3. 2. 2027", "2027-02-03", "kiosk" },
  { "Easter", NULL, "kiosk, until: Easter" },
  { "31 2 2027", NULL, "kiosk, until: 31 2 2027" },
  { "1 2 3 2027", NULL, "kiosk, until: 1 2 3 2027" },
  { "2019", NULL, "kiosk, until: 2019" }, /* it is over */
  { "2026", "2026-12-31", "kiosk" },
};

/* A day that somebody writes on one line is one, and anything else keeps its words. */
static void
test_written_days (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (written_rows); i++)
    {
      json_auto_t *answers = json_object ();
      json_auto_t *intake = NULL;
      const json_t *consent;
      const json_t *refused;

      say (answers, "what", NULL, "Damp");
      say (answers, "sharing", "share-with-contractor", "yes");
      say (answers, "sharing", "until", written_rows[i].said);
      intake = make_intake (answers);
      consent = json_array_get (json_object_get (intake, "consents"), 0);
      refused = json_array_get (json_object_get (intake, "consents"), 1);
      g_test_message ("row %u", i);
      g_assert_cmpstr (json_string_value (json_object_get (consent, "until")), ==,
                       written_rows[i].until);
      g_assert_cmpstr (json_string_value (json_object_get (consent, "how")), ==,
                       written_rows[i].how);
      g_assert_null (json_object_get (refused, "until"));
    }
}

static const struct
{
  const char *said;
  const char *who; /* (nullable) */
  const char *when;
} told_rows[] = {
  { "", "The office", NULL },
  { "5 2 2026", "The office", "2026-02-05" },
  { "last spring", "The office, last spring", NULL },
  { "2027", "The office, 2027", NULL }, /* it has not come yet */
};

static void
test_told (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (told_rows); i++)
    {
      json_auto_t *answers = json_object ();
      json_auto_t *intake = NULL;
      const json_t *told;

      say (answers, "what", NULL, "Damp");
      choose (answers, "told", "yes");
      say (answers, "told", "who", "The office");
      say (answers, "told", "when", told_rows[i].said);
      intake = make_intake (answers);
      told = json_object_get (intake, "told_before");
      g_test_message ("row %u", i);
      g_assert_cmpstr (json_string_value (json_object_get (told, "who")), ==, told_rows[i].who);
      g_assert_cmpstr (json_string_value (json_object_get (told, "when")), ==, told_rows[i].when);
    }
}

/* A long time ago is told all the same, and they hear that it is. */
static void
test_long_ago (void)
{
  static const struct
  {
    const char *year;
    const char *month;
    gboolean is_noted;
  } years[] = { { "2026", "", FALSE },
                { "2025", "12", FALSE },
                { "2025", "10", TRUE },
                { "2019", "", TRUE },
                { "", "", FALSE } };

  for (guint i = 0; i < G_N_ELEMENTS (years); i++)
    {
      json_auto_t *answers = json_object ();
      const AmendsKioskQuestion *when = amends_kiosk_flow_find ("when");

      say (answers, "when", "year", years[i].year);
      say (answers, "when", "month", years[i].month);
      g_test_message ("row %u", i);
      g_assert_null (amends_kiosk_flow_check (when, answers, TODAY));
      g_assert_cmpint (amends_kiosk_flow_get_note (when, answers, TODAY) != NULL, ==,
                       years[i].is_noted);
      g_assert_null (amends_kiosk_flow_get_note (amends_kiosk_flow_find ("told"), answers, TODAY));
    }
}

/* Each thing is an issue of its own; one more is asked after each, and what is not asked any more is not sent. */
static void
test_several (void)
{
  json_auto_t *answers = json_object ();
  json_auto_t *intake = NULL;
  json_auto_t *fewer = NULL;
  json_auto_t *issues =
      test_json ("[{\"what\":\"Damp\",\"words\":\"verbatim\"},"
                 "{\"what\":\"The lift\",\"words\":\"verbatim\",\"outcome_sought\":\"Mend it\"},"
                 "{\"what\":\"The bins\",\"words\":\"verbatim\"},"
                 "{\"what\":\"The gate\",\"words\":\"verbatim\"}]");
  const AmendsKioskQuestion *second = amends_kiosk_flow_find ("more-2");
  const AmendsKioskQuestion *third = amends_kiosk_flow_find ("more-3");

  say (answers, "what", NULL, "Damp");
  g_assert_false (amends_kiosk_flow_is_asked (second, answers));
  say (answers, "more", NULL, "The lift");
  say (answers, "more", "outcome", "Mend it");
  g_assert_true (amends_kiosk_flow_is_asked (second, answers));
  g_assert_false (amends_kiosk_flow_is_asked (third, answers));
  say (answers, "more-2", NULL, "The bins");
  g_assert_true (amends_kiosk_flow_is_asked (third, answers));
  say (answers, "more-3", NULL, "The gate");
  intake = make_intake (answers);
  g_assert_true (json_equal (json_object_get (intake, "issues"), issues));

  say (answers, "more", NULL, "");
  fewer = make_intake (answers);
  g_assert_cmpuint (json_array_size (json_object_get (fewer, "issues")), ==, 1);
}

static const struct
{
  const char *danger;
  gboolean is_emergency;
  gboolean is_slow; /* the ordinary clock of a hazard */
} hazard_rows[] = {
  { "no", FALSE, FALSE },         { "fire", TRUE, FALSE },         { "gas", TRUE, FALSE },
  { "electricity", TRUE, FALSE }, { "water", TRUE, FALSE },        { "heating", FALSE, TRUE },
  { "damp", FALSE, TRUE },        { "unsafe-place", FALSE, TRUE },
};

/* What cannot wait has the clock of an emergency. */
static void
test_hazard (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (hazard_rows); i++)
    {
      json_auto_t *answers = json_object ();
      json_auto_t *intake = NULL;

      g_test_message ("%s", hazard_rows[i].danger);
      choose (answers, "danger", hazard_rows[i].danger);
      say (answers, "what", NULL, "In the hall.");
      intake = make_intake (answers);
      g_assert_cmpint (json_is_true (json_object_get (intake, "hazard_emergency")), ==,
                       hazard_rows[i].is_emergency);
      g_assert_cmpint (json_object_get (intake, "hazard") != NULL, ==,
                       hazard_rows[i].is_emergency || hazard_rows[i].is_slow);
    }
}

static const struct
{
  const char *behalf;   /* (nullable) */
  const char *relation; /* (nullable) */
  const char *other;    /* (nullable): written on the line */
  const char *authority;
  const char *recorded; /* (nullable): the relation */
  const char *detail;   /* (nullable) */
  gboolean needs_form;
} behalf_rows[] = {
  { NULL, NULL, NULL, "none-yet", NULL, NULL, TRUE },
  { "not-yet", "son", NULL, "none-yet", "son", NULL, TRUE },
  { "agreed", "friend", NULL, "spoken-consent", "friend", NULL, FALSE },
  { "written-permission", "friend", "her bridge partner", "written-permission", "other",
    "Friend, her bridge partner", FALSE },
  { "lpa-property", NULL, "her nephew", "lpa-property", "other", "her nephew", FALSE },
  { "lpa-health", "carer", NULL, "lpa-health", "carer", NULL, FALSE },
  { "deputy-court-of-protection", "solicitor", NULL, "deputy-court-of-protection", "solicitor",
    NULL, FALSE },
  { "executor-or-administrator", "daughter", NULL, "executor-or-administrator", "daughter", NULL,
    FALSE },
  { "not-yet", "mp", NULL, "elected-representative", "mp", NULL, FALSE },
  { "agreed", "councillor", NULL, "spoken-consent", "councillor", NULL, FALSE },
};

static void
assert_representative (guint i)
{
  json_auto_t *answers = json_object ();
  json_auto_t *intake = NULL;
  json_auto_t *expected =
      json_pack ("{s:s, s:s, s:s*, s:s*, s:{s:s, s:b, s:s}}", "name", "Rowan Pike", "contact",
                 "01632 960 119", "relation", behalf_rows[i].recorded, "relation_detail",
                 behalf_rows[i].detail, "authority", "type", behalf_rows[i].authority, "given",
                 FALSE, "evidence", "to-follow");

  choose (answers, "want", "complain");
  say (answers, "what", NULL, "No heating");
  choose (answers, "who", "speaks-for-somebody");
  say (answers, "name", "name", "Rowan Pike");
  say (answers, "contact", "phone", "01632 960 119");
  if (behalf_rows[i].behalf != NULL)
    choose (answers, "behalf", behalf_rows[i].behalf);
  if (behalf_rows[i].relation != NULL)
    choose (answers, "relation", behalf_rows[i].relation);
  if (behalf_rows[i].other != NULL)
    say (answers, "relation", "other", behalf_rows[i].other);
  intake = make_intake (answers);
  g_test_message ("row %u", i);
  g_assert_true (json_equal (json_object_get (intake, "representative"), expected));
  g_assert_cmpint (amends_kiosk_intake_needs_form (answers), ==, behalf_rows[i].needs_form);
  choose (answers, "want", "conduct"); /* the form would go by the staff whom it is about */
  g_assert_false (amends_kiosk_intake_needs_form (answers));
  choose (answers, "danger", "not-safe"); /* then nobody is asked for whom they speak */
  g_assert_false (amends_kiosk_intake_needs_form (answers));
}

/* Who speaks for somebody else is written down as what they say that they are, and given nothing yet. */
static void
test_representative (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (behalf_rows); i++)
    assert_representative (i);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/kiosk-intake/more-of-it", test_more_of_it);
  g_test_add_func ("/kiosk-intake/written-days", test_written_days);
  g_test_add_func ("/kiosk-intake/told", test_told);
  g_test_add_func ("/kiosk-intake/long-ago", test_long_ago);
  g_test_add_func ("/kiosk-intake/several", test_several);
  g_test_add_func ("/kiosk-intake/hazard", test_hazard);
  g_test_add_func ("/kiosk-intake/representative", test_representative);

  return g_test_run ();
}
