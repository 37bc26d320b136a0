/* test-kiosk-flow.c: what a kiosk asks, and the intake that it makes of the answers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "kiosk-answers.h"

#include "app/kiosk/amends-kiosk-comfort.h"
#include "app/kiosk/amends-kiosk-drawing.h"
#include "app/kiosk/amends-kiosk-flow.h"
#include "app/kiosk/amends-kiosk-intake.h"
#include "app/kiosk/amends-kiosk-style.h"
#include "core/amends-codes.h"
#include "core/amends-decide.h"
#include "core/amends-intake.h"
#include "support/device.h"

/* The ids of the pages, in their order, between spaces. */
static char *
list_pages (const json_t *answers)
{
  GString *list = g_string_new (NULL);

  for (const AmendsKioskQuestion *question = amends_kiosk_flow_find (NULL); question != NULL;
       question = amends_kiosk_flow_next (question, answers))
    g_string_append_printf (list, "%s%s", list->len > 0 ? " " : "", question->id);
  return g_string_free (list, FALSE);
}

static const struct
{
  const char *want;
  const char *who;
  const char *pages;
  gboolean is_discreet;
} flow_rows[] = {
  { "complain", "current-tenant",
    "language comfort leaving want danger what when aware told effect loss right more who name "
    "sharing adjustments disability contact care "
    "check send" },
  { "complain", "not-stated",
    "language comfort leaving want danger what when aware told effect loss right more who check "
    "send" },
  { "complain", "speaks-for-somebody",
    "language comfort leaving want danger what when aware told effect loss right more who name "
    "relation behalf "
    "sharing adjustments disability contact check send" },
  { "thank", "current-tenant",
    "language comfort leaving want what who name adjustments contact check send" },
  { "carry-on", "current-tenant",
    "language comfort leaving want reference danger what when aware told effect loss right more "
    "who name "
    "sharing adjustments disability contact care check send" },
  { "conduct", "current-tenant",
    "language comfort leaving want danger what when aware told effect loss right more who name "
    "sharing adjustments disability contact care check send" },
  /* Who does not feel safe is asked little, whatever they answered before they said so. */
  { "complain", NULL, "language comfort leaving want danger what safe name check send", TRUE },
  { "complain", "not-stated", "language comfort leaving want danger what safe name check send",
    TRUE },
  { "conduct", "speaks-for-somebody",
    "language comfort leaving want danger what safe name check send", TRUE },
};

static void
test_flow (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (flow_rows); i++)
    {
      json_auto_t *answers = json_object ();
      g_autofree char *pages = NULL;
      const AmendsKioskQuestion *question = amends_kiosk_flow_find ("send");
      g_autoptr (GString) back = g_string_new ("send");

      choose (answers, "want", flow_rows[i].want);
      if (flow_rows[i].who != NULL)
        choose (answers, "who", flow_rows[i].who);
      if (flow_rows[i].is_discreet)
        choose (answers, "danger", "not-safe");
      pages = list_pages (answers);
      g_assert_cmpstr (pages, ==, flow_rows[i].pages);

      /* Back goes over the same pages. */
      while ((question = amends_kiosk_flow_before (question, answers)) != NULL)
        {
          g_string_prepend_c (back, ' ');
          g_string_prepend (back, question->id);
        }
      g_assert_cmpstr (back->str, ==, flow_rows[i].pages);
    }
}

static void
test_count (void)
{
  json_auto_t *answers = json_object ();
  guint number, n_about;

  amends_kiosk_flow_count (amends_kiosk_flow_find ("what"), answers, &number, &n_about);
  g_assert_cmpuint (number, ==, 3);
  g_assert_cmpuint (n_about, ==, 17);
  amends_kiosk_flow_count (amends_kiosk_flow_find ("check"), answers, &number, &n_about);
  g_assert_cmpuint (number, ==, 0);
}

static const struct
{
  const char *want;
  gboolean is_discreet;
  const char *restricted;
} restricted_rows[] = {
  { "complain", FALSE, NULL },
  { "complain", TRUE, "safety" },
  { "conduct", FALSE, "conduct" },
  { "conduct", TRUE, "conduct" }, /* whom they fear may work there */
};

/* Where it is written; and of somebody who does not feel safe nothing but how they are reached. */
static void
test_restricted (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (restricted_rows); i++)
    {
      json_auto_t *answers = json_object ();
      json_auto_t *intake = NULL;
      const json_t *complainant;

      choose (answers, "want", restricted_rows[i].want);
      choose (answers, "contact", "letter");
      say (answers, "contact", "email", "somebody@example.org");
      if (restricted_rows[i].is_discreet)
        choose (answers, "danger", "not-safe");
      choose (answers, "safe", "telephone");
      say (answers, "safe", "phone", "01632 960014");
      say (answers, "safe", "times", "mornings");
      say (answers, "safe", "not", "my son");
      intake = amends_kiosk_intake_new (answers, "oak", TODAY);
      complainant = json_object_get (intake, "complainant");
      g_assert_cmpstr (json_string_value (json_object_get (intake, "restricted")), ==,
                       restricted_rows[i].restricted);
      g_assert_true ((json_object_get (complainant, "email") == NULL)
                     == restricted_rows[i].is_discreet);
      if (restricted_rows[i].is_discreet)
        {
          json_auto_t *safe = json_pack ("{s:[s], s:[s], s:[s]}", "methods", "telephone", "times",
                                         "mornings", "not", "my son");

          g_assert_true (json_equal (json_object_get (complainant, "safe_contact"), safe));
        }
    }
}

/* What a place cannot take is not offered. */
static void
test_offered (void)
{
  json_auto_t *answers = json_object ();
  const AmendsKioskQuestion *danger = amends_kiosk_flow_find ("danger");
  const AmendsKioskOption *option = &danger->options[danger->n_options - 1];

  g_assert_cmpstr (option->code, ==, "not-safe");
  g_assert_false (option->applies (answers));
  choose (answers, AMENDS_KIOSK_PLACE, AMENDS_KIOSK_TAKES_SAFETY);
  g_assert_true (option->applies (answers));
}

/* Dates as people write them; what is empty is no error, and being unsure always goes on. */
static const struct
{
  const char *day;
  const char *month;
  const char *year;
  gboolean is_unsure;
  const char *arose; /* NULL: an error */
} when_rows[] = {
  { "3", "11", "2026", FALSE, "2026-11-03" },
  { "", "11", "2026", FALSE, "2026-11" },
  { "", "", "2019", FALSE, "2019" },
  { "20", "11", "2026", FALSE, "2026-11-20" },
  { "", "", "", FALSE, "" },
  { "21", "11", "2026", FALSE, NULL }, /* it has not come yet */
  { "31", "2", "2026", FALSE, NULL },  /* there is none */
  { "3", "", "2026", FALSE, NULL },    /* of which month? */
  { "3", "11", "", FALSE, NULL },      /* of which year? */
  { "3", "11", "26", FALSE, NULL },    /* of which century? */
  { "three", "11", "2026", FALSE, NULL },
  { "0", "11", "2026", FALSE, NULL },
  { "31", "2", "2026", TRUE, "" },
};

static void
test_when (void)
{
  const AmendsKioskQuestion *question = amends_kiosk_flow_find ("when");

  for (guint i = 0; i < G_N_ELEMENTS (when_rows); i++)
    {
      json_auto_t *answers = json_object ();
      json_auto_t *intake = NULL;
      const char *arose;

      say (answers, "when", "day", when_rows[i].day);
      say (answers, "when", "month", when_rows[i].month);
      say (answers, "when", "year", when_rows[i].year);
      say (answers, "what", NULL, "No heating");
      if (when_rows[i].is_unsure)
        choose (answers, "when", "unsure");
      g_test_message ("row %u", i);
      g_assert_true ((amends_kiosk_flow_check (question, answers, TODAY) != NULL)
                     == (when_rows[i].arose == NULL));
      intake = amends_kiosk_intake_new (answers, "oak", TODAY);
      arose = json_string_value (
          json_object_get (json_array_get (json_object_get (intake, "issues"), 0), "arose"));
      if (when_rows[i].arose != NULL)
        g_assert_cmpstr (arose != NULL ? arose : "", ==, when_rows[i].arose);
    }
}

/* Nothing but what happened must be said. */
static void
test_compulsory (void)
{
  for (const AmendsKioskQuestion *question = amends_kiosk_flow_find (NULL); question != NULL;
       question = amends_kiosk_flow_next (question, json_null ()))
    {
      json_auto_t *answers = json_object ();
      gboolean must = g_str_equal (question->id, "what");

      g_test_message ("%s", question->id);
      g_assert_true ((amends_kiosk_flow_check (question, answers, TODAY) != NULL) == must);
    }
}

static void
assert_recorded (const json_t *answers, const char *expected)
{
  json_auto_t *intake = amends_kiosk_intake_new (answers, "oak", TODAY);
  json_auto_t *wanted = test_json (expected);
  static const char *const schemes[] = { "oak", NULL };
  AmendsMoment moment = { TEST_NOW, TEST_NOW };
  AmendsId nobody = { "", 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (AmendsDecision) decision = NULL;
  g_autofree char *text = json_dumps (intake, JSON_COMPACT | JSON_SORT_KEYS);
  g_autofree char *wanted_text = json_dumps (wanted, JSON_COMPACT | JSON_SORT_KEYS);

  g_assert_cmpstr (text, ==, wanted_text);
  decision = amends_decide_record (intake, schemes, NULL, "7K-0001-Y", &nobody, &moment, &error);
  g_assert_no_error (error);
}

static void
test_least (void)
{
  json_auto_t *answers = json_object ();

  choose (answers, "want", "complain");
  say (answers, "what", NULL, "  The lift stops.\n");
  choose (answers, "who", "not-stated");
  say (answers, "name", "name", "never asked in the end");
  choose (answers, "adjustments", "braille");
  assert_recorded (answers,
                   "{\"kind\":\"complaint\",\"scheme\":\"oak\",\"received\":\"2026-11-20\","
                   "\"channel\":\"kiosk\",\"complainant\":{\"anonymous\":true,"
                   "\"relation\":\"not-stated\"},\"issues\":[{\"what\":\"The lift stops.\","
                   "\"words\":\"verbatim\"}]}");
}

/* What was only shown or said is told apart from words of theirs, and named as what it is. */
static void
test_only_shown (void)
{
  static const struct
  {
    guint n_photographs;
    guint n_recordings;
    const char *what;
  } cases[] = {
    { 2, 0, "They wrote nothing. What happened is in the photographs that are attached." },
    { 0, 1, "They wrote nothing. What happened is in the recordings that are attached." },
    { 1, 1,
      "They wrote nothing. What happened is in the photographs and recordings that are attached." },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      json_auto_t *answers = json_object ();
      g_autofree char *recorded = g_strdup_printf (
          "{\"kind\":\"complaint\",\"scheme\":\"oak\",\"received\":\"2026-11-20\","
          "\"channel\":\"kiosk\",\"complainant\":{\"anonymous\":true,\"relation\":\"not-stated\"},"
          "\"issues\":[{\"what\":\"%s\",\"words\":\"shown\"}]}",
          cases[i].what);

      choose (answers, "want", "complain");
      choose (answers, "who", "not-stated");
      amends_kiosk_answers_set_number (answers, "what", AMENDS_KIOSK_PHOTOGRAPHS,
                                       cases[i].n_photographs);
      amends_kiosk_answers_set_number (answers, "what", AMENDS_KIOSK_RECORDINGS,
                                       cases[i].n_recordings);
      assert_recorded (answers, recorded);
    }
}

/* What was chosen from pictures answers by itself, is kept apart from words of theirs, and is so no more once it is
 * pressed again. */
static void
test_pictures (void)
{
  static const char head[] =
      "{\"kind\":\"complaint\",\"scheme\":\"oak\",\"received\":\"2026-11-20\","
      "\"channel\":\"kiosk\",\"complainant\":{\"anonymous\":true,\"relation\":\"not-stated\"},"
      "\"issues\":[";
  g_autofree char *alone = g_strconcat (head,
                                        "{\"what\":\"Damp or mould, The lift\",\"words\":"
                                        "\"chosen\",\"chosen\":[\"damp\",\"lift\"]}]}",
                                        NULL);
  g_autofree char *beside = g_strconcat (head,
                                         "{\"what\":\"It smells.\",\"words\":\"verbatim\","
                                         "\"chosen\":[\"damp\"]}]}",
                                         NULL);
  const AmendsKioskQuestion *what = amends_kiosk_flow_find ("what");
  json_auto_t *answers = json_object ();
  g_autofree char *both = NULL;
  g_autofree char *said = NULL;

  choose (answers, "want", "complain");
  choose (answers, "who", "not-stated");
  g_assert_nonnull (amends_kiosk_flow_check (what, answers, TODAY));
  choose (answers, "what", "lift");
  choose (answers, "what", "damp");
  g_assert_null (amends_kiosk_flow_check (what, answers, TODAY));
  g_assert_cmpuint (amends_kiosk_flow_count_other (what, answers, AMENDS_KIOSK_OTHER_PICTURES), ==,
                    2);
  both = amends_kiosk_flow_dup_answer (what, answers);
  g_assert_cmpstr (both, ==, "Chosen from pictures: Damp or mould, The lift");
  assert_recorded (answers, alone);
  amends_kiosk_answers_choose (answers, "what", "lift", FALSE);
  say (answers, "what", NULL, "It smells.");
  said = amends_kiosk_flow_dup_answer (what, answers);
  g_assert_cmpstr (said, ==, "It smells.\nChosen from pictures: Damp or mould");
  assert_recorded (answers, beside);
}

/* Each is a code of the list, with the same word for staff, and drawn. */
static void
test_matters (void)
{
  const AmendsKioskQuestion *what = amends_kiosk_flow_find ("what");
  const AmendsCodeList *matters = amends_codes_get_list ("matter");
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_A8, 48, 48);
  cairo_t *cr = cairo_create (surface);

  g_assert_cmpuint (what->n_options, ==, 12);
  g_assert_cmpuint (matters->n_codes, ==, what->n_options);
  for (guint i = 0; i < what->n_options; i++)
    {
      const char *code = what->options[i].code;

      g_assert_cmpstr (amends_codes_get_label (matters, code), ==, what->options[i].label);
      g_assert_nonnull (amends_codes_find (matters, code));
      g_assert_true (amends_kiosk_drawing_draw (cr, code, 0, 0, 48));
    }
  g_assert_false (amends_kiosk_drawing_draw (cr, "no-such-matter", 0, 0, 48));
  g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
}

static void
test_whole (void)
{
  json_auto_t *answers = json_object ();

  choose (answers, "comfort", "helped");
  choose (answers, "want", "complain");
  choose (answers, "danger", "damp");
  say (answers, "what", NULL, "Mould in the bedroom.");
  choose (answers, "when", "ongoing");
  say (answers, "when", "year", "2025");
  choose (answers, "told", "unsure");
  say (answers, "told", "who", "The office");
  say (answers, "effect", NULL, "I cough.");
  choose (answers, "right", "fix");
  say (answers, "right", "other", "A new window");
  choose (answers, "who", "current-tenant");
  say (answers, "name", "name", "Wren Ashdown");
  say (answers, "name", "home", "Flat 3");
  say (answers, "sharing", "share-with-contractor", "yes");
  say (answers, "sharing", "share-with-relative", "ask");
  choose (answers, "adjustments", "large-print");
  say (answers, "adjustments", "other", "Knock loudly");
  choose (answers, "contact", "telephone");
  say (answers, "contact", "phone", "01632 960 119");
  say (answers, "care", "not", "Not before ten");
  assert_recorded (
      answers,
      "{\"kind\":\"complaint\",\"scheme\":\"oak\",\"received\":\"2026-11-20\",\"channel\":"
      "\"kiosk\","
      "\"helped_by\":\"Somebody beside them at the kiosk\",\"hazard\":\"Damp or mould\","
      "\"complainant\":{\"name\":\"Wren Ashdown\",\"home\":\"Flat 3\",\"relation\":"
      "\"current-tenant\",\"phone\":\"01632 960 119\",\"preferred_contact\":\"telephone\","
      "\"safe_contact\":{\"not\":[\"Not before ten\"]}},\"issues\":[{\"what\":"
      "\"Mould in the bedroom.\",\"words\":\"verbatim\",\"arose\":\"2025\",\"ongoing\":true,"
      "\"effect\":\"I cough.\",\"outcome_sought\":\"Fix the problem, A new window\"}],"
      "\"told_before\":{\"answer\":\"not-sure\",\"who\":\"The office\"},\"consents\":["
      "{\"purpose\":\"share-with-contractor\",\"given\":true,\"how\":\"kiosk\"},"
      "{\"purpose\":\"share-with-local-authority\",\"given\":false,\"how\":\"kiosk\"},"
      "{\"purpose\":\"share-with-relative\",\"given\":\"ask-me\",\"how\":\"kiosk\"},"
      "{\"purpose\":\"share-with-advice-agency\",\"given\":false,\"how\":\"kiosk\"},"
      "{\"purpose\":\"share-with-elected-member\",\"given\":false,\"how\":\"kiosk\"}],"
      "\"adjustments\":[{\"need\":\"large-print\"},{\"need\":\"other\",\"detail\":"
      "\"Knock loudly\"}]}");
}

/* Who helped is on record beside who was helped, and their words are told from the visitor's; the visitor sees so
 * before it is sent, and may answer alone what is theirs alone. */
static void
test_helped (void)
{
  json_auto_t *answers = json_object ();
  const AmendsKioskQuestion *page = amends_kiosk_flow_find ("helper");
  g_autofree char *shown = NULL;

  choose (answers, "want", "complain");
  g_assert_false (amends_kiosk_flow_is_asked (page, answers));
  g_assert_false (amends_kiosk_flow_is_private (amends_kiosk_flow_find ("effect"), answers));
  choose (answers, "comfort", "helped");
  g_assert_true (amends_kiosk_flow_is_asked (page, answers));
  for (guint i = 0; (page = amends_kiosk_flow_nth (i)) != NULL; i++)
    g_assert_cmpint (amends_kiosk_flow_is_private (page, answers), ==,
                     strstr (" about danger safe effect loss who name relation behalf sharing "
                             "adjustments disability contact care check confirm ",
                             page->id)
                         != NULL);
  page = amends_kiosk_flow_find ("helper");
  for (guint i = 0; i < page->n_options; i++)
    {
      json_auto_t *intake = NULL;

      choose (answers, "helper", page->options[i].code);
      intake = amends_kiosk_intake_new (answers, "oak", TODAY);
      g_assert_nonnull (strchr (json_string_value (json_object_get (intake, "helped_by")), ','));
      amends_kiosk_answers_choose (answers, "helper", page->options[i].code, FALSE);
    }
  choose (answers, "helper", "staff");
  choose (answers, "helper", "writes");
  say (answers, "helper", "name", "Ada Thorn");
  shown = amends_kiosk_flow_dup_answer (amends_kiosk_flow_find ("helper"), answers);
  g_assert_cmpstr (shown, ==, "Ada Thorn, Somebody who works here, They write it in their words");
  say (answers, "what", NULL, "The lift stops.");
  choose (answers, "who", "not-stated");
  assert_recorded (
      answers, "{\"kind\":\"complaint\",\"scheme\":\"oak\",\"received\":\"2026-11-20\",\"channel\":"
               "\"kiosk\",\"helped_by\":"
               "\"Ada Thorn, Somebody who works there, Wrote in their own words\",\"complainant\":"
               "{\"relation\":\"not-stated\",\"anonymous\":true},\"issues\":[{\"what\":\"The lift "
               "stops.\",\"words\":\"summary\"}]}");
}

static void
sign_in (json_t *answers)
{
  say (answers, "staff", "name", "Ada Thorn");
  say (answers, "staff", "id", "7K.1");
}

static const struct
{
  const char *want;
  gboolean is_discreet;
  const char *pages;
} assisted_rows[] = {
  { "complain", FALSE,
    "language comfort leaving want danger what when aware told effect loss right more staff-words "
    "who name "
    "sharing adjustments disability contact care check confirm send" },
  { "thank", FALSE,
    "language comfort leaving want what staff-words who name adjustments contact check confirm "
    "send" },
  /* What is said of one of them is nothing for another to add to. */
  { "conduct", FALSE,
    "language comfort leaving want about danger what when aware told effect loss right more who "
    "name "
    "sharing adjustments disability contact care check confirm send" },
  { "complain", TRUE, "language comfort leaving want danger what safe name check confirm send" },
  { "conduct", TRUE,
    "language comfort leaving want about danger what safe name check confirm send" },
};

/* Who helps adds their words on a page of their own, and the visitor says before it is sent that all of it is so. */
static void
test_assisted (void)
{
  const AmendsKioskQuestion *confirm = amends_kiosk_flow_find ("confirm");

  for (guint i = 0; i < G_N_ELEMENTS (assisted_rows); i++)
    {
      json_auto_t *answers = json_object ();
      g_autofree char *pages = NULL;

      sign_in (answers);
      choose (answers, "want", assisted_rows[i].want);
      if (assisted_rows[i].is_discreet)
        choose (answers, "danger", "not-safe");
      pages = list_pages (answers);
      g_assert_cmpstr (pages, ==, assisted_rows[i].pages);
      g_assert_true (amends_kiosk_flow_is_private (amends_kiosk_flow_find ("danger"), answers));
      g_assert_nonnull (amends_kiosk_flow_check (confirm, answers, TODAY));
      choose (answers, "confirm", "heard");
      g_assert_null (amends_kiosk_flow_check (confirm, answers, TODAY));
    }
}

/* What was confirmed is asked again after each change, and its own answer is no change. */
static void
test_confirmed_as_it_stood (void)
{
  json_auto_t *answers = json_object ();

  choose (answers, "confirm", "read");
  amends_kiosk_flow_take_change (answers, amends_kiosk_flow_find ("confirm"));
  g_assert_cmpstr (amends_kiosk_flow_get_chosen (answers, "confirm"), ==, "read");
  amends_kiosk_flow_take_change (answers, amends_kiosk_flow_find ("staff-words"));
  g_assert_null (amends_kiosk_flow_get_chosen (answers, "confirm"));
}

static const struct
{
  const char *want;
  const char *at;
  const char *asked; /* (nullable) */
} late_rows[] = {
  { "conduct", "want", NULL },           { "conduct", "about", NULL },
  { "conduct", "what", "about" },        { "conduct", "send", "about" },
  { "complain", "what", NULL },          { "complain", "contact", "staff-words" },
  { "complain", "send", "staff-words" },
};

/* Staff may sign in at any page: what would have been asked on the way is asked then. */
static void
test_signed_in_late (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (late_rows); i++)
    {
      json_auto_t *before = json_object ();
      json_auto_t *answers = NULL;
      const AmendsKioskQuestion *asked;

      choose (before, "want", late_rows[i].want);
      answers = json_deep_copy (before);
      sign_in (answers);
      asked =
          amends_kiosk_flow_find_new (before, answers, amends_kiosk_flow_find (late_rows[i].at));
      g_assert_cmpstr (asked != NULL ? asked->id : NULL, ==, late_rows[i].asked);
    }
}

/* Whether it is about who helps must be said: what is passed with Back is asked again before it is sent. */
static void
test_passed (void)
{
  const AmendsKioskQuestion *about = amends_kiosk_flow_find ("about");
  const AmendsKioskQuestion *check = amends_kiosk_flow_find ("check");
  json_auto_t *answers = json_object ();

  choose (answers, "want", "conduct");
  say (answers, "what", NULL, "They shout.");
  g_assert_null (amends_kiosk_flow_find_problem (check, answers, TODAY));
  sign_in (answers);
  g_assert_true (amends_kiosk_flow_find_problem (check, answers, TODAY) == about);
  g_assert_null (amends_kiosk_flow_find_problem (about, answers, TODAY));
  choose (answers, "about", "unsure");
  g_assert_null (amends_kiosk_flow_find_problem (check, answers, TODAY));
  g_assert_true (amends_kiosk_flow_is_behind (amends_kiosk_flow_find ("send"), check));
  g_assert_false (amends_kiosk_flow_is_behind (check, check));
}

/* Nothing that the one said stands under the name of the next; what the visitor said stays. */
static void
test_signed_out (void)
{
  json_auto_t *answers = json_object ();
  json_auto_t *expected = json_object ();

  say (answers, "what", NULL, "The lift");
  say (expected, "what", NULL, "The lift");
  sign_in (answers);
  choose (answers, "about", "yes");
  say (answers, "staff-words", NULL, "She means Perrin.");
  choose (answers, "confirm", "read");
  g_assert_true (amends_kiosk_flow_may_sign_out (answers));
  choose (answers, "want", "conduct");
  g_assert_false (amends_kiosk_flow_may_sign_out (answers)); /* it is about them */
  json_object_del (answers, "want");
  amends_kiosk_flow_sign_out (answers);
  g_assert_true (json_equal (answers, expected));
}

static void
test_assisted_intake (void)
{
  json_auto_t *answers = json_object ();

  sign_in (answers);
  choose (answers, "want", "thank");
  say (answers, "what", NULL, "The warden was kind.");
  say (answers, "staff-words", NULL, "She means Perrin.");
  choose (answers, "who", "not-stated");
  choose (answers, "confirm", "read");
  assert_recorded (answers,
                   "{\"kind\":\"compliment\",\"scheme\":\"oak\",\"received\":\"2026-11-20\","
                   "\"channel\":\"kiosk\",\"complainant\":{\"relation\":\"not-stated\","
                   "\"anonymous\":true},\"issues\":[{\"what\":\"The warden was kind.\",\"words\":"
                   "\"verbatim\"}],\"assisted_by\":{\"name\":\"Ada Thorn\",\"staff\":\"7K.1\","
                   "\"words\":\"She means Perrin.\",\"confirmed\":\"read\"}}");
}

/* It goes past the scheme and names whom it is about; what they may have typed before goes with it nowhere. */
static void
test_about_who_helps (void)
{
  static const char *const names[] = { "yes", "no", "unsure" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      json_auto_t *answers = json_object ();
      json_auto_t *intake = NULL;
      const json_t *about;

      sign_in (answers);
      say (answers, "staff-words", NULL, "All is well.");
      choose (answers, "want", "conduct");
      choose (answers, "about", names[i]);
      say (answers, "what", NULL, "They shout.");
      intake = amends_kiosk_intake_new (answers, "oak", TODAY);
      g_assert_cmpstr (json_string_value (json_object_get (intake, "restricted")), ==, "conduct");
      about = json_array_get (json_object_get (intake, "about"), 0);
      g_assert_cmpstr (json_string_value (json_object_get (about, "name")), ==,
                       i == 0 ? "Ada Thorn" : NULL);
      about = json_object_get (intake, "assisted_by");
      g_assert_cmpstr (json_string_value (json_object_get (about, "name")), ==, "Ada Thorn");
      g_assert_null (json_object_get (about, "words"));
    }
}

/* Who speaks for somebody else is written down, and given nothing yet. */
static void
test_behalf (void)
{
  json_auto_t *answers = json_object ();

  choose (answers, "want", "complain");
  say (answers, "what", NULL, "No heating");
  choose (answers, "who", "speaks-for-somebody");
  say (answers, "name", "name", "Rowan Pike");
  say (answers, "behalf", "name", "Wren Ashdown");
  say (answers, "behalf", "home", "Flat 3");
  choose (answers, "relation", "daughter");
  choose (answers, "behalf", "lpa-property");
  say (answers, "sharing", "share-with-contractor", "no");
  say (answers, "contact", "phone", "01632 960 119");
  assert_recorded (
      answers,
      "{\"kind\":\"complaint\",\"scheme\":\"oak\",\"received\":\"2026-11-20\",\"channel\":"
      "\"kiosk\","
      "\"complainant\":{\"name\":\"Wren Ashdown\",\"home\":\"Flat 3\"},\"representative\":{"
      "\"name\":\"Rowan Pike\",\"relation\":\"daughter\",\"contact\":\"01632 960 "
      "119\",\"authority\":{\"type\":"
      "\"lpa-property\",\"given\":false,\"evidence\":\"to-follow\"}},\"issues\":[{\"what\":"
      "\"No heating\",\"words\":\"verbatim\"}],\"consents\":["
      "{\"purpose\":\"share-with-contractor\",\"given\":false,\"how\":\"kiosk\"},"
      "{\"purpose\":\"share-with-local-authority\",\"given\":false,\"how\":\"kiosk\"},"
      "{\"purpose\":\"share-with-relative\",\"given\":false,\"how\":\"kiosk\"},"
      "{\"purpose\":\"share-with-advice-agency\",\"given\":false,\"how\":\"kiosk\"},"
      "{\"purpose\":\"share-with-elected-member\",\"given\":false,\"how\":\"kiosk\"}]}");
}

static void
test_answers_in_words (void)
{
  json_auto_t *answers = json_object ();
  g_autofree char *none = NULL, *some = NULL, *each = NULL;

  none = amends_kiosk_flow_dup_answer (amends_kiosk_flow_find ("right"), answers);
  g_assert_null (none);
  choose (answers, "right", "sorry");
  say (answers, "right", "other", "Tea");
  some = amends_kiosk_flow_dup_answer (amends_kiosk_flow_find ("right"), answers);
  g_assert_cmpstr (some, ==, "Tea, Say sorry");
  say (answers, "sharing", "share-with-relative", "ask");
  each = amends_kiosk_flow_dup_answer (amends_kiosk_flow_find ("sharing"), answers);
  g_assert_cmpstr (each, ==, "A relative: ask me first");
}

static void
test_style (void)
{
  g_autofree char *css = amends_kiosk_style_make (".a { font-size: @22; padding: 3px; } @x", 150);

  g_assert_cmpstr (css, ==, ".a { font-size: 33px; padding: 3px; } @x");
}

/* What is chosen on the page of switches, and how they work then. */
static const struct
{
  const char *chosen; /* (nullable) */
  AmendsKioskSwitches switches;
  guint step_ms;
} switch_rows[] = {
  { NULL, AMENDS_KIOSK_ONE_SWITCH, 2000 },    { "8000", AMENDS_KIOSK_ONE_SWITCH, 8000 },
  { "4000", AMENDS_KIOSK_ONE_SWITCH, 4000 },  { "2000", AMENDS_KIOSK_ONE_SWITCH, 2000 },
  { "1000", AMENDS_KIOSK_ONE_SWITCH, 1000 },  { "500", AMENDS_KIOSK_ONE_SWITCH, 500 },
  { "two", AMENDS_KIOSK_TWO_SWITCHES, 2000 },
};

static void
test_switches (void)
{
  const AmendsKioskQuestion *page = amends_kiosk_flow_find ("switches");

  g_assert_cmpuint (page->n_options, ==, G_N_ELEMENTS (switch_rows) - 1);
  for (guint i = 0; i < G_N_ELEMENTS (switch_rows); i++)
    {
      json_auto_t *answers = json_object ();
      AmendsKioskComfort comfort;

      amends_kiosk_comfort_clear (&comfort);
      g_assert_false (amends_kiosk_flow_is_asked (page, answers));
      choose (answers, "comfort", "switches");
      g_assert_true (amends_kiosk_flow_is_asked (page, answers));
      if (switch_rows[i].chosen != NULL)
        choose (answers, "switches", switch_rows[i].chosen);
      amends_kiosk_comfort_take (&comfort, page, answers, FALSE);
      g_assert_cmpint (comfort.switches, ==, switch_rows[i].switches);
      g_assert_cmpuint (comfort.step_ms, ==, switch_rows[i].step_ms);
      amends_kiosk_answers_choose (answers, "comfort", "switches", FALSE);
      amends_kiosk_comfort_take (&comfort, amends_kiosk_flow_find ("comfort"), answers, FALSE);
      g_assert_cmpint (comfort.switches, ==, AMENDS_KIOSK_NO_SWITCH);
    }
}

/* Whoever begins with a switch has a ring until another key; one that they chose stays. */
static void
test_begun_by_a_switch (void)
{
  json_auto_t *answers = json_object ();
  AmendsKioskComfort comfort;

  amends_kiosk_comfort_clear (&comfort);
  g_assert_false (amends_kiosk_comfort_take_key (&comfort, GDK_KEY_Tab, TRUE, answers));
  g_assert_false (amends_kiosk_comfort_take_key (&comfort, GDK_KEY_space, FALSE, answers));
  g_assert_true (amends_kiosk_comfort_take_key (&comfort, GDK_KEY_space, TRUE, answers));
  g_assert_cmpint (comfort.switches, ==, AMENDS_KIOSK_ONE_SWITCH);
  g_assert_false (amends_kiosk_comfort_take_key (&comfort, GDK_KEY_Shift_L, FALSE, answers));
  g_assert_true (amends_kiosk_comfort_take_key (&comfort, GDK_KEY_a, FALSE, answers));
  g_assert_cmpint (comfort.switches, ==, AMENDS_KIOSK_NO_SWITCH);
  g_assert_false (amends_kiosk_answers_has (answers, "comfort", "switches"));

  g_assert_true (amends_kiosk_comfort_take_key (&comfort, GDK_KEY_Return, TRUE, answers));
  amends_kiosk_comfort_take (&comfort, amends_kiosk_flow_find ("switches"), answers, TRUE);
  g_assert_false (amends_kiosk_comfort_take_key (&comfort, GDK_KEY_a, FALSE, answers));
  g_assert_cmpint (comfort.switches, ==, AMENDS_KIOSK_ONE_SWITCH);
}

/* Nobody who has one switch and nothing else chooses with it that it does nothing any more. */
static void
test_no_way_out (void)
{
  json_auto_t *answers = json_object ();
  const AmendsKioskQuestion *page = amends_kiosk_flow_find ("comfort");
  AmendsKioskComfort comfort;

  amends_kiosk_comfort_clear (&comfort);
  g_assert_true (amends_kiosk_comfort_take_key (&comfort, GDK_KEY_space, TRUE, answers));
  g_assert_false (amends_kiosk_answers_has (answers, "comfort", "switches"));
  g_assert_true (amends_kiosk_flow_is_asked (amends_kiosk_flow_find ("switches"), answers));
  for (guint i = 0; i < 4; i++)
    {
      amends_kiosk_answers_choose (answers, "comfort", "switches", i % 2 == 0);
      amends_kiosk_comfort_take (&comfort, page, answers, TRUE);
      g_assert_cmpint (comfort.switches, ==, AMENDS_KIOSK_ONE_SWITCH);
      g_assert_true (amends_kiosk_flow_is_asked (amends_kiosk_flow_find ("switches"), answers));
    }
  /* Something else is touched for them; and then a finger takes it away. */
  choose (answers, "comfort", "slower");
  amends_kiosk_comfort_take (&comfort, page, answers, FALSE);
  g_assert_cmpint (comfort.switches, ==, AMENDS_KIOSK_ONE_SWITCH);
  for (guint i = 0; i < 2; i++)
    {
      amends_kiosk_answers_choose (answers, "comfort", "switches", i == 0);
      amends_kiosk_comfort_take (&comfort, page, answers, FALSE);
    }
  g_assert_cmpint (comfort.switches, ==, AMENDS_KIOSK_NO_SWITCH);
}

/* Two switches that were chosen with one are two once the other was pressed. */
static void
test_the_other_switch (void)
{
  static const guint keys[][2] = { { GDK_KEY_space, GDK_KEY_Return },
                                   { GDK_KEY_KP_Enter, GDK_KEY_space } };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      json_auto_t *answers = json_object ();
      const AmendsKioskQuestion *page = amends_kiosk_flow_find ("switches");
      AmendsKioskComfort comfort;

      amends_kiosk_comfort_clear (&comfort);
      amends_kiosk_comfort_take_key (&comfort, keys[i][0], TRUE, answers);
      choose (answers, "switches", "two");
      amends_kiosk_comfort_take (&comfort, page, answers, TRUE);
      g_assert_cmpint (comfort.switches, ==, AMENDS_KIOSK_ONE_SWITCH);
      g_assert_false (amends_kiosk_comfort_take_key (&comfort, keys[i][0], FALSE, answers));
      g_assert_true (amends_kiosk_comfort_take_key (&comfort, keys[i][1], FALSE, answers));
      g_assert_cmpint (comfort.switches, ==, AMENDS_KIOSK_TWO_SWITCHES);
      /* On the last page the answers are gone already. */
      json_object_clear (answers);
      g_assert_false (amends_kiosk_comfort_take_key (&comfort, keys[i][0], FALSE, answers));
      g_assert_cmpint (comfort.switches, ==, AMENDS_KIOSK_TWO_SWITCHES);
    }
}

/* How large everything is, with "Larger words" and without, and by "Text size". */
static void
test_size (void)
{
  static const struct
  {
    int percent; /* by "Text size" */
    gboolean is_large;
    const char *code; /* that is touched */
    int expected;
  } rows[] = {
    { 100, FALSE, "large", 125 },  { 200, FALSE, "large", 200 }, { 200, TRUE, "large", 100 },
    { 200, FALSE, "slower", 200 }, { 150, TRUE, "slower", 150 }, { 100, FALSE, "slower", 100 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      json_auto_t *answers = json_object ();
      const AmendsKioskQuestion *page = amends_kiosk_flow_find ("comfort");
      AmendsKioskComfort comfort;

      amends_kiosk_comfort_clear (&comfort);
      if (rows[i].is_large)
        choose (answers, "comfort", "large");
      amends_kiosk_comfort_take (&comfort, page, answers, FALSE);
      while (comfort.percent != rows[i].percent)
        amends_kiosk_comfort_step_text (&comfort);
      amends_kiosk_answers_choose (answers, "comfort", rows[i].code,
                                   !amends_kiosk_answers_has (answers, "comfort", rows[i].code));
      amends_kiosk_comfort_take (&comfort, page, answers, FALSE);
      g_assert_cmpint (comfort.percent, ==, rows[i].expected);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  g_test_add_func ("/kiosk/flow", test_flow);
  g_test_add_func ("/kiosk/restricted", test_restricted);
  g_test_add_func ("/kiosk/offered", test_offered);
  g_test_add_func ("/kiosk/count", test_count);
  g_test_add_func ("/kiosk/when", test_when);
  g_test_add_func ("/kiosk/compulsory", test_compulsory);
  g_test_add_func ("/kiosk/least", test_least);
  g_test_add_func ("/kiosk/only-shown", test_only_shown);
  g_test_add_func ("/kiosk/pictures", test_pictures);
  g_test_add_func ("/kiosk/matters", test_matters);
  g_test_add_func ("/kiosk/whole", test_whole);
  g_test_add_func ("/kiosk/helped", test_helped);
  g_test_add_func ("/kiosk/assisted", test_assisted);
  g_test_add_func ("/kiosk/confirmed-as-it-stood", test_confirmed_as_it_stood);
  g_test_add_func ("/kiosk/signed-in-late", test_signed_in_late);
  g_test_add_func ("/kiosk/passed", test_passed);
  g_test_add_func ("/kiosk/signed-out", test_signed_out);
  g_test_add_func ("/kiosk/assisted-intake", test_assisted_intake);
  g_test_add_func ("/kiosk/about-who-helps", test_about_who_helps);
  g_test_add_func ("/kiosk/behalf", test_behalf);
  g_test_add_func ("/kiosk/answers-in-words", test_answers_in_words);
  g_test_add_func ("/kiosk/switches", test_switches);
  g_test_add_func ("/kiosk/begun-by-a-switch", test_begun_by_a_switch);
  g_test_add_func ("/kiosk/no-way-out", test_no_way_out);
  g_test_add_func ("/kiosk/the-other-switch", test_the_other_switch);
  g_test_add_func ("/kiosk/size", test_size);
  g_test_add_func ("/kiosk/style", test_style);
  return g_test_run ();
}
