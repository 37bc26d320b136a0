/* test-letter.c: what a letter says, and what it must hold
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * All was received on Friday 20 November 2026. */

#include "core/letter-desk.h"

#define DOOR                                                                                 \
  {                                                                                          \
    "issue.added", "\"what\":\"The door sticks\\nIt is heavy\",\"outcome_sought\":\"A door " \
                   "that opens\""                                                            \
  }
#define SHOWN                                                             \
  {                                                                       \
    "issue.added", "\"what\":\"They wrote nothing.\",\"words\":\"shown\"" \
  }
#define CHOSEN                                                                        \
  {                                                                                   \
    "issue.added", "\"what\":\"The lift\",\"words\":\"chosen\",\"chosen\":[\"lift\"]" \
  }
#define ACKNOWLEDGED                                               \
  {                                                                \
    "acknowledged", "\"on\":\"2026-11-24\",\"channel\":\"letter\"" \
  }
#define ASSIGNED                                                                  \
  {                                                                               \
    "assigned", "\"on\":\"2026-11-24\",\"to\":{\"name\":\"Tamsin Roe\",\"role\":" \
                "\"investigator\"},\"conflict_of_interest\":false"                \
  }
#define DEFINED                                                                                \
  {                                                                                            \
    "defined", "\"on\":\"2026-11-24\",\"understanding\":\"The lift stood still for a month\"," \
               "\"outcome_sought\":\"A lift that goes\",\"not_ours\":\"The road outside\""     \
  }
#define FOUND(issue, finding)                                                         \
  {                                                                                   \
    "finding", "\"on\":\"2026-11-27\",\"issue\":\"" issue "\",\"finding\":\"" finding \
               "\",\"reasons\":\"The sheets of the visits show it.\""                 \
  }
#define OFFER                                                                                \
  {                                                                                          \
    "remedy-offered", "\"on\":\"2026-11-30\",\"remedy\":\"financial-loss\",\"what\":\"Taxi " \
                      "fares.\",\"gross_pence\":5005,\"due\":\"2026-12-04\""                 \
  }
#define TO_DO                                                                                  \
  {                                                                                            \
    "action-added", "\"on\":\"2026-11-30\",\"what\":\"A new motor. \",\"due\":\"2027-01-08\"," \
                    "\"owner\":{\"name\":\"Kit Fenn\"}"                                        \
  }

typedef struct
{
  const char *policy;
  AmendsLetterKind kind;
  const char *today;
  TestAct acts[MAX_ACTS];
  const char *missing;
} Row;

static const Row rows[] = {
  /* The Code asks for what was understood and sought; the landlords for more. */
  { NULL, AMENDS_LETTER_ACKNOWLEDGEMENT, "2026-11-24", { LIFT }, "ours" },
  { "wdh", AMENDS_LETTER_ACKNOWLEDGEMENT, "2026-11-24", { LIFT }, "ours" },
  { "housing-21", AMENDS_LETTER_ACKNOWLEDGEMENT, "2026-11-24", { LIFT, DEFINED }, "" },
  { "reliance", AMENDS_LETTER_ACKNOWLEDGEMENT, "2026-11-24", { LIFT }, "ours handler" },
  { "reliance", AMENDS_LETTER_ACKNOWLEDGEMENT, "2026-11-24", { LIFT, ASSIGNED, DEFINED }, "" },
  { "one-housing", AMENDS_LETTER_ACKNOWLEDGEMENT, "2026-11-24", { LIFT, ASSIGNED }, "ours" },
  { "one-housing", AMENDS_LETTER_ACKNOWLEDGEMENT, "2026-11-24", { LIFT, ASSIGNED, DEFINED }, "" },
  { NULL, AMENDS_LETTER_ACKNOWLEDGEMENT, "2026-11-24", { { NULL } }, "understanding ours" },
  /* Who wrote nothing is not told that they told us so: somebody says first what it is. */
  { NULL, AMENDS_LETTER_ACKNOWLEDGEMENT, "2026-11-24", { SHOWN }, "understanding ours" },
  { NULL, AMENDS_LETTER_ACKNOWLEDGEMENT, "2026-11-24", { SHOWN, DEFINED }, "" },
  { NULL, AMENDS_LETTER_ACKNOWLEDGEMENT, "2026-11-24", { CHOSEN }, "understanding ours" },
  { NULL, AMENDS_LETTER_ACKNOWLEDGEMENT, "2026-11-24", { CHOSEN, DEFINED }, "" },

  /* Code 6.9: each of the seven. */
  { NULL, AMENDS_LETTER_RESPONSE, "2026-11-30", { LIFT, ACKNOWLEDGED }, "decision reasons" },
  { NULL,
    AMENDS_LETTER_RESPONSE,
    "2026-11-30",
    { LIFT, ACKNOWLEDGED, FOUND ("2A.2", "not-upheld") },
    "" },
  { NULL,
    AMENDS_LETTER_RESPONSE,
    "2026-11-30",
    { LIFT, ACKNOWLEDGED, FOUND ("2A.2", "upheld") },
    "remedies" },
  { "wdh",
    AMENDS_LETTER_RESPONSE,
    "2026-11-30",
    { LIFT, ACKNOWLEDGED, FOUND ("2A.2", "upheld"), OFFER },
    "" },
  /* Of two issues each is decided. */
  { "wdh",
    AMENDS_LETTER_RESPONSE,
    "2026-11-30",
    { LIFT, DOOR, ACKNOWLEDGED, FOUND ("2A.2", "upheld"), OFFER },
    "decision reasons" },
  /* The finding of stage 1 is none of stage 2. */
  { "wdh",
    AMENDS_LETTER_STAGE2_RESPONSE,
    "2026-12-10",
    { LIFT,
      ACKNOWLEDGED,
      FOUND ("2A.2", "upheld"),
      OFFER,
      { "responded", "\"on\":\"2026-12-01\",\"channel\":\"letter\"" },
      { "escalation-requested", "\"on\":\"2026-12-02\",\"channel\":\"email\"" } },
    "decision reasons" },

  { "wdh", AMENDS_LETTER_EXTENSION, "2026-12-04", { LIFT }, "reason until next-update" },
  { "wdh",
    AMENDS_LETTER_EXTENSION,
    "2026-12-04",
    { LIFT,
      ACKNOWLEDGED,
      { "extended",
        "\"on\":\"2026-12-04\",\"working_days\":5,\"reason\":\"The report is late.\"" } },
    "next-update" },
  { "wdh", AMENDS_LETTER_REFUSAL, "2026-12-04", { LIFT }, "ground" },
  { "wdh",
    AMENDS_LETTER_REFUSAL,
    "2026-12-04",
    { LIFT, { "declined", "\"on\":\"2026-11-24\",\"reasons\":\"A court has it.\"" } },
    "" },
  { "wdh", AMENDS_LETTER_ESCALATION_REFUSAL, "2026-12-04", { LIFT }, "ground" },
  { "wdh", AMENDS_LETTER_UPDATE, "2026-12-04", { LIFT }, "news" },
  { "wdh",
    AMENDS_LETTER_UPDATE,
    "2026-12-04",
    { LIFT, { "updated", "\"on\":\"2026-12-04\",\"text\":\"The motor is ordered.\"" } },
    "" },
  { "wdh", AMENDS_LETTER_CLOSURE, "2026-12-04", { LIFT }, "closure" },
  { "wdh", AMENDS_LETTER_THANKS, "2026-12-04", { LIFT }, "thanks" },

  /* Acknowledged so late that the day by which it was to be answered is gone. */
  { "wdh",
    AMENDS_LETTER_EXTENSION,
    "2027-03-01",
    { LIFT,
      ACKNOWLEDGED,
      { "extended", "\"on\":\"2026-12-04\",\"working_days\":5,\"reason\":\"The report is late.\","
                    "\"next_update\":\"2026-12-09\"" } },
    "until next-update" },
  /* What was refused, or went on elsewhere, is not answered here. */
  { "wdh",
    AMENDS_LETTER_RESPONSE,
    "2026-11-30",
    { LIFT,
      DOOR,
      { "declined", "\"on\":\"2026-11-24\",\"issue\":\"2A.3\",\"reasons\":\"Not ours.\"" },
      ACKNOWLEDGED,
      FOUND ("2A.2", "not-upheld") },
    "" },
  { "wdh",
    AMENDS_LETTER_REFUSAL,
    "2026-11-30",
    { LIFT,
      DOOR,
      { "declined", "\"on\":\"2026-11-24\",\"issue\":\"2A.3\",\"reasons\":\"Not ours.\"" } },
    "" },
  { "wdh",
    AMENDS_LETTER_RESPONSE,
    "2026-11-30",
    { LIFT,
      DOOR,
      { "split", "\"on\":\"2026-11-24\",\"issue\":\"2A.3\",\"with\":\"7K-0002-A\"" },
      ACKNOWLEDGED,
      FOUND ("2A.2", "not-upheld") },
    "" },
  /* Two people found differently, apart. */
  { "wdh",
    AMENDS_LETTER_RESPONSE,
    "2026-11-30",
    { LIFT,
      { "finding",
        "\"on\":\"2026-11-27\",\"issue\":\"2A.2\",\"finding\":\"upheld\",\"reasons\":\"a\"", "2A.3",
        "2A.2" },
      { "finding",
        "\"on\":\"2026-11-27\",\"issue\":\"2A.2\",\"finding\":\"not-upheld\",\"reasons\":"
        "\"b\"",
        "7K.1", "2A.2" } },
    "decision reasons remedies" },
  /* An update of stage 2 is one. */
  { "wdh",
    AMENDS_LETTER_UPDATE,
    "2026-12-04",
    { LIFT, { "stage2-updated", "\"on\":\"2026-12-04\",\"text\":\"The motor is ordered.\"" } },
    "" },
};

static void
test_missing (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      Desk desk;
      g_autofree char *missing = NULL;

      g_test_message ("Row %" G_GSIZE_FORMAT, i);
      set_up (&desk, rows[i].policy, rows[i].acts);
      write_letter (&desk, rows[i].kind, rows[i].today);
      missing = list_missing (desk.letter);
      g_assert_cmpstr (missing, ==, rows[i].missing);
      put_away (&desk);
    }
}

/* Every landlord, every letter: the Ombudsman is in it, as he is reached today, and never where the printed
 * documents say. */
static void
test_ombudsman (void)
{
  static const TestAct acts[MAX_ACTS] = { LIFT };

  for (gsize i = 0; i < G_N_ELEMENTS (policy_ids); i++)
    {
      Desk desk;

      set_up (&desk, policy_ids[i], acts);
      for (guint kind = 0; kind < AMENDS_LETTER_N_KINDS; kind++)
        {
          const AmendsLetterBlock *block;

          write_letter (&desk, (AmendsLetterKind) kind, "2026-11-24");
          block = find_block (desk.letter, "ombudsman");
          g_assert_nonnull (block);
          g_assert_null (block->missing);
          g_assert_true (block
                         == g_ptr_array_index (desk.letter->blocks, desk.letter->blocks->len - 1));
          assert_says (desk.letter, "0300 111 3000");
          assert_says (desk.letter, "PO Box 1484, Unit D, Preston PR2 0ET");
          g_assert_cmpuint (desk.letter->warnings->len, ==, 0);
        }
      put_away (&desk);
    }
}

/* Whatever a landlord's edition asks for has a text. */
static void
test_landlords_words (void)
{
  static const TestAct acts[MAX_ACTS] = { LIFT };

  for (gsize i = 0; i < G_N_ELEMENTS (policy_ids); i++)
    {
      Desk desk;

      set_up (&desk, policy_ids[i], acts);
      for (guint kind = 0; kind < AMENDS_LETTER_N_KINDS; kind++)
        {
          write_letter (&desk, (AmendsLetterKind) kind, "2026-11-24");
          g_assert_null (find_block (desk.letter, "unknown"));
        }
      put_away (&desk);
    }
}

static void
test_acknowledgement (void)
{
  static const TestAct acts[MAX_ACTS] = {
    LIFT,
    DOOR,
    ASSIGNED,
    { "adjustment.added", "\"need\":\"large-print\",\"detail\":\"24 point\"" },
  };
  const AmendsLetterBlock *block;
  Desk desk;

  set_up (&desk, "reliance", acts);
  write_letter (&desk, AMENDS_LETTER_ACKNOWLEDGEMENT, "2026-11-24");
  assert_says (desk.letter, "Reliance Social Housing");
  assert_says (desk.letter, "24 November 2026");
  assert_says (desk.letter, "Our reference: 7K-0001-H");
  assert_says (desk.letter, "Dear Ivy <b>Marsh</b>\n");
  assert_says (desk.letter, "You told us on 20 November 2026.");
  assert_says (desk.letter, "• The lift stands still\n• The door sticks\nIt is heavy\n");
  assert_says (desk.letter, "• A door that opens");
  assert_says (desk.letter, "Tamsin Roe is looking into it: investigator.");
  assert_says (desk.letter, "• Large print: 24 point");
  /* Acknowledged today, answered ten working days later. */
  assert_says (desk.letter, "We will answer in writing by 8 December 2026.");
  g_assert_cmpstr (desk.letter->formats[0], ==, "large-print");
  g_assert_null (desk.letter->formats[1]);
  g_assert_cmpuint (desk.letter->print_size, ==, AMENDS_LETTER_LARGEST_PRINT);

  block = find_block (desk.letter, "handler");
  g_assert_cmpstr (block->clause, ==, "4.1.1");
  g_assert_null (block->provision);
  block = find_block (desk.letter, "understanding");
  g_assert_cmpstr (block->clause, ==, "4.1.1");
  g_assert_cmpstr (block->provision, ==, "6.2");
  put_away (&desk);
}

/* What was declined is not acted on. */
static void
test_declined_format (void)
{
  static const TestAct acts[MAX_ACTS] = {
    LIFT,
    { "adjustment.added", "\"need\":\"large-print\"" },
    { "person.adjustment-decided",
      "\"need\":\"large-print\",\"on\":\"2026-11-25\",\"agreed\":false,\"reasons\":\"a\"" },
  };
  Desk desk;

  set_up (&desk, "reliance", acts);
  write_letter (&desk, AMENDS_LETTER_ACKNOWLEDGEMENT, "2026-11-26");
  g_assert_null (desk.letter->formats[0]);
  g_assert_cmpuint (desk.letter->print_size, ==, AMENDS_LETTER_PRINT);
  put_away (&desk);
}

/* As they prefer, or as an adjustment that stands. */
static void
test_asked_in (void)
{
  static const struct
  {
    TestAct act;
    gboolean is_asked;
  } asked[] = {
    { { NULL }, FALSE },
    { { "person.preference", "\"language\":\"Welsh\"" }, TRUE },
    { { "person.preference", "\"language\":\"Polish\"" }, FALSE },
    { { "adjustment.added", "\"need\":\"translation\",\"detail\":\"Cymraeg\"" }, TRUE },
    { { "adjustment.added", "\"need\":\"large-print\",\"detail\":\"Welsh\"" }, FALSE },
  };
  g_autoptr (GBytes) bytes = load_data ("letters", "cy.letters");
  g_autoptr (AmendsLetterTexts) texts = amends_letter_texts_parse (bytes, "cy.letters", NULL, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (asked); i++)
    {
      g_autoptr (AmendsCase) complaint = test_case_new ("\"complaint\"", &asked[i].act, 1);

      g_assert_cmpint (amends_letter_is_asked_in (complaint, NULL, texts), ==, asked[i].is_asked);
    }
}

static void
test_response (void)
{
  static const TestAct acts[MAX_ACTS] = {
    LIFT,  DOOR,  ACKNOWLEDGED, DEFINED, FOUND ("2A.2", "upheld"), FOUND ("2A.3", "not-upheld"),
    OFFER, TO_DO,
  };
  Desk desk;

  set_up (&desk, "wdh", acts);
  write_letter (&desk, AMENDS_LETTER_RESPONSE, "2026-11-30");
  g_assert_cmpuint (amends_letter_count_missing (desk.letter), ==, 0);
  assert_says (desk.letter, "as we have set it down:\n• The lift stood still for a month");
  assert_says (desk.letter, "• About “The lift stands still”: We agree with you, and uphold this.");
  assert_says (desk.letter, "• About “The door sticks”: We do not uphold this.");
  assert_says (desk.letter, "• We pay what it cost you: Taxi fares: £50.05, by 4 December 2026");
  assert_says (desk.letter, "• A new motor, by 8 January 2027");
  assert_says (desk.letter, "not an admission");
  assert_says (desk.letter, "You need not say why.");
  g_assert_cmpstr (find_block (desk.letter, "no-admission")->clause, ==, "2.24");
  put_away (&desk);

  /* Nobody else's document says that. */
  set_up (&desk, "rosebery", acts);
  write_letter (&desk, AMENDS_LETTER_RESPONSE, "2026-11-30");
  g_assert_null (find_block (desk.letter, "no-admission"));
  put_away (&desk);
}

/* What was declined is offered no more, what was done is said to be, and what is set off is named. */
static void
test_remedies (void)
{
  static const TestAct acts[MAX_ACTS] = {
    LIFT,
    ACKNOWLEDGED,
    FOUND ("2A.2", "upheld"),
    OFFER,
    { "remedy-answered", "\"remedy\":\"2A.5\",\"on\":\"2026-12-01\",\"answer\":\"declined\"" },
    { "remedy-offered", "\"on\":\"2026-12-01\",\"remedy\":\"financial-distress-inconvenience\","
                        "\"gross_pence\":30000,\"offset_pence\":25000,\"net_pence\":5000" },
    { "remedy-offered", "\"on\":\"2026-11-30\",\"remedy\":\"apology\"" },
    { "remedy-given", "\"remedy\":\"2A.8\",\"on\":\"2026-12-02\"" },
    { "remedy-offered",
      "\"on\":\"2026-12-02\",\"remedy\":\"of-a-newer-version\",\"what\":\"A bench\"" },
  };
  Desk desk;

  set_up (&desk, "wdh", acts);
  write_letter (&desk, AMENDS_LETTER_RESPONSE, "2026-12-03");
  g_assert_cmpuint (amends_letter_count_missing (desk.letter), ==, 0);
  assert_silent (desk.letter, "Taxi fares");
  assert_says (desk.letter, "£300.00. Of this £250.00 goes to what you owe us, and £50.00 to you");
  assert_says (desk.letter, "• We are sorry: done on 2 December 2026");
  assert_says (desk.letter, "• We do this: A bench");
  put_away (&desk);
}

/* Code 6.14: what the letter answers is the request to look again. */
static void
test_stage_2 (void)
{
  static const TestAct acts[MAX_ACTS] = {
    LIFT,
    ACKNOWLEDGED,
    DEFINED,
    FOUND ("2A.2", "not-upheld"),
    { "responded", "\"on\":\"2026-12-01\",\"channel\":\"letter\"" },
    { "escalation-requested", "\"on\":\"2026-12-02\",\"channel\":\"email\",\"reasons\":\"It broke "
                              "again.\"" },
  };
  Desk desk;

  set_up (&desk, "one-housing", acts);
  write_letter (&desk, AMENDS_LETTER_STAGE2_ACKNOWLEDGEMENT, "2026-12-03");
  assert_says (desk.letter, "You told us on 2 December 2026.");
  assert_says (desk.letter, "• The lift stood still for a month");
  assert_says (desk.letter, "Why you asked us to look again\nIt broke again.");
  put_away (&desk);
}

/* The window of stage 2 is told as the day it ends on. */
static void
test_window (void)
{
  static const TestAct acts[MAX_ACTS] = { LIFT, ACKNOWLEDGED, FOUND ("2A.2", "not-upheld") };
  static const struct
  {
    const char *policy;
    const char *text;
  } windows[] = {
    { "housing-21", "Tell us in any way you like by 1 June 2027," },
    { "reliance", "Tell us in any way you like by 30 December 2026," },
    { "one-housing", "Tell us in any way you like, and" },
    { NULL, "Tell us in any way you like, and" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (windows); i++)
    {
      Desk desk;

      set_up (&desk, windows[i].policy, acts);
      write_letter (&desk, AMENDS_LETTER_RESPONSE, "2026-11-30");
      assert_says (desk.letter, windows[i].text);
      put_away (&desk);
    }
}

static void
test_warnings (void)
{
  static const TestAct acts[MAX_ACTS] = {
    LIFT,
    { "adjustment.added", "\"need\":\"telephone-not-letter\"" },
  };
  Desk desk;

  set_up (&desk, NULL, acts);
  write_letter (&desk, AMENDS_LETTER_ACKNOWLEDGEMENT, "2026-11-24");
  g_assert_cmpuint (desk.letter->warnings->len, ==, 1);
  g_assert_cmpstr (g_ptr_array_index (desk.letter->warnings, 0), ==,
                   "They asked for: Telephone, not letter");
  /* An address is not believed for ever. */
  write_letter (&desk, AMENDS_LETTER_ACKNOWLEDGEMENT, "2027-11-23");
  g_assert_cmpuint (desk.letter->warnings->len, ==, 2);
  put_away (&desk);
}

static char *
replace (const char *text, const char *what, const char *with)
{
  g_auto (GStrv) parts = g_strsplit (text, what, 2);

  g_assert_nonnull (parts[1]);
  return g_strconcat (parts[0], with, parts[1], NULL);
}

/* A file of texts that is wrong says where, and is not used. */
static void
test_texts (void)
{
  static const struct
  {
    const char *what;
    const char *with;
    const char *problem;
  } changes[] = {
    { "by {day}. If", "soon. If", "[when] day: needs {day} once" },
    { "by {day}. If", "by {day}, {day}. If", "[when] day: needs {day} once" },
    { "by {day}. If", "by {day}{name}. If", "[when] day: has braces" },
    { "by {day}. If", "by {day}}. If", "[when] day: has braces" },
    { "[when]\nheading=", "[when]\nheadings=", "[when] heading: needs a text" },
    { "[when]\nheading=", "[when]\nalso=1\nheading=", "[when] also: there is no such key" },
    { "[when]", "[whenever]", "[whenever]: there is no such group" },
    { "December\n", "December;Yule\n", "[words] months: needs 12 names" },
    { "weekdays=Monday;", "weekdays=", "[words] weekdays: needs 7 names" },
    { "quiet-room=A quiet room", "", "[adjustment] quiet-room: needs a text" },
    { "checked=yes", "checked=perhaps", "[letters] checked: is “yes” or “no”" },
    { "quiet-room=", "loud-room=", "[adjustment] loud-room: there is no such key" },
  };
  g_autoptr (GBytes) bytes = load_data ("letters", "en.letters");
  g_autofree char *text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));

  for (gsize i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      g_autofree char *changed = replace (text, changes[i].what, changes[i].with);
      g_autoptr (GBytes) file = g_bytes_new (changed, strlen (changed));
      g_autoptr (GPtrArray) problems =
          g_ptr_array_new_with_free_func ((GDestroyNotify) g_error_free);
      g_autoptr (GError) error = NULL;
      gboolean is_told = FALSE;

      g_test_message ("%s", changes[i].problem);
      g_assert_null (amends_letter_texts_parse (file, "xx.letters", problems, &error));
      g_assert_true (g_str_has_prefix (error->message, "xx.letters:"));
      for (guint k = 0; k < problems->len; k++)
        is_told =
            is_told
            || strstr (((GError *) g_ptr_array_index (problems, k))->message, changes[i].problem)
                   != NULL;
      g_assert_true (is_told);
    }
}

/* What is filled in is never filled itself. */
static void
test_fill (void)
{
  g_autoptr (GBytes) bytes = load_data ("letters", "en.letters");
  g_autoptr (AmendsLetterTexts) texts = amends_letter_texts_parse (bytes, "en", NULL, NULL);
  g_autofree char *greeting =
      amends_letter_texts_fill (texts, "words.greeting", "name", "{name}{day}", NULL);
  g_autofree char *day = amends_letter_texts_dup_day (texts, day_of ("2028-02-29"));

  g_assert_cmpstr (greeting, ==, "Dear {name}{day}");
  g_assert_cmpstr (day, ==, "29 February 2028");
  g_assert_cmpstr (amends_letter_texts_get_language (texts), ==, "en");
}

/* Among words that run from right to left, what runs the other way is set apart, and nothing else is. */
static void
test_apart (void)
{
  g_autoptr (GBytes) bytes = load_data ("letters", "ur.letters");
  g_autoptr (AmendsLetterTexts) texts = amends_letter_texts_parse (bytes, "ur", NULL, NULL);
  g_autofree char *reference =
      amends_letter_texts_fill (texts, "words.reference", "reference", "7K-0001-H", NULL);
  g_autofree char *greeting =
      amends_letter_texts_fill (texts, "words.greeting", "name", "عائشہ", NULL);
  g_autofree char *day = amends_letter_texts_dup_day (texts, day_of ("2028-02-29"));

  g_assert_cmpstr (reference, ==, "ہمارا حوالہ نمبر: \u20687K-0001-H\u2069");
  g_assert_cmpstr (greeting, ==, "محترم عائشہ");
  g_assert_cmpstr (day, ==, "29 فروری 2028");
}

/* ---- Easy Read */

/* One thing a line, a question over each part; nothing is left out, and no name is cut in two. */
static void
test_easy (void)
{
  static const TestAct acts[MAX_ACTS] = {
    LIFT,
    { "updated",
      "\"on\":\"2026-11-30\",\"text\":\"Mr. Fenn has ordered it. It comes on 4 December. Is "
      "that right?\"" },
    { "adjustment.added", "\"need\":\"easy-read\"" },
  };
  static const char *const wanted[] = { "Mr. Fenn has ordered it.", "It comes on 4 December.",
                                        "Is that right?" };
  g_autoptr (GPtrArray) lines = NULL;
  guint n = 0, n_questions = 0;
  Desk desk;

  set_up (&desk, "wdh", acts);
  write_letter (&desk, AMENDS_LETTER_UPDATE, "2026-11-30");
  g_assert_true (amends_letter_is_easy (desk.letter));
  g_assert_cmpuint (desk.letter->print_size, ==, AMENDS_LETTER_LARGE_PRINT);
  lines = amends_letter_list_lines (desk.letter, NULL);
  for (guint i = 0; i < lines->len; i++)
    {
      const AmendsLetterLine *line = g_ptr_array_index (lines, i);

      if (n < G_N_ELEMENTS (wanted) && line->kind == AMENDS_LETTER_LINE_TEXT
          && g_str_equal (line->text, wanted[n]))
        n++;
      if (line->kind != AMENDS_LETTER_LINE_HEADING)
        continue;
      n_questions++;
      g_assert_true (g_str_has_suffix (line->text, "?"));
      g_assert_nonnull (line->block);
    }
  g_assert_cmpuint (n, ==, G_N_ELEMENTS (wanted));
  g_assert_cmpuint (n_questions, >=, 2);

  /* A form keeps its lines, and another's letter is not made so. */
  write_letter (&desk, AMENDS_LETTER_AUTHORITY_FORM, "2026-11-30");
  g_assert_false (amends_letter_is_easy (desk.letter));
  write_letter (&desk, AMENDS_LETTER_RECEIPT, "2026-11-30");
  g_assert_false (amends_letter_is_easy (desk.letter));
  put_away (&desk);
}

/* What a landlord asks for under a word of their own is told before it bars a letter. */
static void
test_unknown_words (void)
{
  g_autoptr (GBytes) bytes = load_data ("policies", "rosebery.policy");
  g_autofree char *text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  g_auto (GStrv) parts = g_strsplit (text, "response_blocks=", 2);
  g_autofree char *changed = g_strjoinv ("response_blocks=a-poem;outcome;a-poem;", parts);
  g_autoptr (GBytes) odd = g_bytes_new (changed, strlen (changed));
  g_autoptr (GError) error = NULL;
  g_autoptr (AmendsPolicy) policy = amends_policy_parse (odd, "odd.policy", NULL, &error);
  g_autoptr (GPtrArray) words = NULL;

  g_assert_no_error (error);
  words = amends_letter_list_unknown_words (policy);
  g_assert_cmpuint (words->len, ==, 1);
  g_assert_cmpstr (g_ptr_array_index (words, 0), ==, "a-poem");
  for (gsize i = 0; i < G_N_ELEMENTS (policy_ids); i++)
    {
      g_autoptr (AmendsPolicy) shipped = load_policy (policy_ids[i]);
      g_autoptr (GPtrArray) none = amends_letter_list_unknown_words (shipped);

      g_assert_cmpuint (none->len, ==, 0);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/letter/easy", test_easy);
  g_test_add_func ("/letter/unknown-words", test_unknown_words);
  g_test_add_func ("/letter/missing", test_missing);
  g_test_add_func ("/letter/declined-format", test_declined_format);
  g_test_add_func ("/letter/asked-in", test_asked_in);
  g_test_add_func ("/letter/ombudsman", test_ombudsman);
  g_test_add_func ("/letter/landlords-words", test_landlords_words);
  g_test_add_func ("/letter/acknowledgement", test_acknowledgement);
  g_test_add_func ("/letter/response", test_response);
  g_test_add_func ("/letter/window", test_window);
  g_test_add_func ("/letter/warnings", test_warnings);
  g_test_add_func ("/letter/remedies", test_remedies);
  g_test_add_func ("/letter/stage-2", test_stage_2);
  g_test_add_func ("/letter/texts", test_texts);
  g_test_add_func ("/letter/fill", test_fill);
  g_test_add_func ("/letter/apart", test_apart);
  return g_test_run ();
}
