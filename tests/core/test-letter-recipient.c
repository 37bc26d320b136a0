/* test-letter-recipient.c: to whom a letter goes, in whose language, and how it may reach them
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * All was received on Friday 20 November 2026. */

#include "core/letter-desk.h"

/* ---- to who acts for them */

#define FENNA                                                                                 \
  RECORDED                                                                                    \
  ",\"representative\":{\"name\":\"Fenna Marsh\",\"relation\":\"daughter\",\"organisation\":" \
  "\"Marsh and Daughters\",\"contact\":\"3 Mill Row\",\"reply_to\":\"%s\",\"authority\":{"    \
  "\"type\":\"%s\",\"evidence\":\"original-seen\"%s}}"

static void
write_to (Desk *desk, const AmendsLetterTo *to)
{
  const AmendsRules rules = { desk->policy, desk->code, desk->calendar, NULL };

  amends_letter_free (desk->letter);
  desk->letter = amends_letter_new_to (desk->complaint, &rules, desk->texts, AMENDS_LETTER_UPDATE,
                                       to, "Tamsin Roe", day_of ("2026-11-30"));
}

/* To whom it can be written, and to whom it goes first: “both” gets it where the authority stands, and the
 * complainant alone where it does not. */
static void
test_readers (void)
{
  static const struct
  {
    const char *reply_to;
    const char *authority;
    const char *more;
    guint n;
    guint asked;
    const char *other;
    AmendsLedgerState state;
  } asked[] = {
    { "complainant", "written-permission", "", 2, 0, NULL, AMENDS_LEDGER_IN_FORCE },
    { "representative", "written-permission", "", 2, 1, NULL, AMENDS_LEDGER_IN_FORCE },
    { "both", "written-permission", "", 2, 1, "Fenna Marsh", AMENDS_LEDGER_IN_FORCE },
    { "both", "none-yet", "", 1, 0, NULL, AMENDS_LEDGER_TO_BE_ASKED },
    { "representative", "written-permission", ",\"until\":\"2026-11-25\"", 1, 0, NULL,
      AMENDS_LEDGER_ENDED },
    { "representative", "dwp-appointee", "", 1, 0, NULL, AMENDS_LEDGER_OF_BENEFITS },
  };
  static const TestAct acts[MAX_ACTS] = { LIFT };

  for (gsize i = 0; i < G_N_ELEMENTS (asked); i++)
    {
      g_autofree char *recorded =
          g_strdup_printf (FENNA, asked[i].reply_to, asked[i].authority, asked[i].more);
      g_autoptr (AmendsCase) complaint = test_case_new (recorded, acts, MAX_ACTS);
      AmendsLedgerAnswer answer;
      guint first;
      g_autoptr (GArray) list =
          amends_reader_list (complaint, NULL, NULL, day_of ("2026-11-30"), &first, &answer);

      g_test_message ("Row %" G_GSIZE_FORMAT, i);
      g_assert_cmpuint (list->len, ==, asked[i].n);
      g_assert_cmpuint (first, ==, asked[i].asked);
      g_assert_cmpstr (g_array_index (list, AmendsLetterTo, 0).other, ==, asked[i].other);
      g_assert_cmpint (answer.state, ==, asked[i].state);
      g_assert_cmpint (answer.may, ==, asked[i].n == 2);
    }
}

/* Who acts reads in whose name it is written, where they asked to be written to; not where the complainant lives,
 * and in no size that is theirs. */
static void
test_acting (void)
{
  static const TestAct acts[MAX_ACTS] = {
    LIFT,
    { "updated", "\"on\":\"2026-11-30\",\"text\":\"The motor is ordered.\"" },
    { "adjustment.added", "\"need\":\"large-print\"" },
  };
  const AmendsLetterTo alone = { "Fenna Marsh", NULL };
  const AmendsLetterTo another = { "Odd Marsh", NULL };
  const AmendsLetterTo beside = { "Fenna Marsh", "Ivy Marsh" };
  const AmendsLetterTo copied = { NULL, "Fenna Marsh" };
  g_autofree char *recorded = g_strdup_printf (FENNA, "both", "written-permission", "");
  Desk desk;

  set_up_with (&desk, "wdh", recorded, acts);
  write_to (&desk, &alone);
  assert_says (desk.letter, "\nFenna Marsh\nMarsh and Daughters, 3 Mill Row\n30 November 2026\n");
  assert_says (desk.letter, "Our reference: 7K-0001-H");
  assert_says (
      desk.letter,
      "Dear Fenna Marsh\n\nWe write to you because you act for Ivy <b>Marsh</b>. Where this "
      "letter says “you”, it means them.\n\n");
  assert_silent (desk.letter, "Flat 12");
  g_assert_cmpuint (desk.letter->print_size, ==, AMENDS_LETTER_PRINT);
  g_assert_null (desk.letter->formats[0]);
  g_assert_cmpuint (desk.letter->warnings->len, ==, 0);

  /* What is recorded is how another is reached. */
  write_to (&desk, &another);
  assert_says (desk.letter, "\nOdd Marsh\n30 November 2026\n");
  g_assert_cmpuint (desk.letter->warnings->len, ==, 1);

  write_to (&desk, &beside);
  assert_says (desk.letter, "it means them. Ivy Marsh gets this letter too.\n\n");
  write_to (&desk, &copied);
  assert_says (desk.letter, "\nFlat 12\n");
  assert_says (desk.letter, "Marsh</b>\n\nFenna Marsh gets this letter too.\n\n");
  g_assert_cmpuint (desk.letter->print_size, ==, AMENDS_LETTER_LARGE_PRINT);
  put_away (&desk);
}

/* What a person went on with goes to each under a head of their own. */
static void
test_readdress (void)
{
  static const TestAct acts[MAX_ACTS] = {
    LIFT,
    { "updated", "\"on\":\"2026-11-30\",\"text\":\"The motor is ordered.\"" },
  };
  const AmendsLetterTo to[] = { { "Fenna Marsh", "Ivy Marsh" }, { NULL, "Fenna Marsh" } };
  g_autofree char *recorded = g_strdup_printf (FENNA, "both", "written-permission", "");
  g_auto (GStrv) whole = g_new0 (char *, 3);
  AmendsLetter *letters[2];
  Desk desk;

  set_up_with (&desk, "wdh", recorded, acts);
  for (guint i = 0; i < 2; i++)
    {
      write_to (&desk, &to[i]);
      letters[i] = g_steal_pointer (&desk.letter);
      whole[i] = amends_letter_to_text (letters[i]);
    }
  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *other = amends_letter_readdress (letters[1 - i], letters[i], whole[i]);
      g_autofree char *own = amends_letter_readdress (letters[i], letters[i], whole[i]);
      g_autofree char *alien = amends_letter_readdress (letters[i], letters[1 - i], "Some words");

      g_assert_cmpstr (other, ==, whole[1 - i]);
      g_assert_cmpstr (own, ==, whole[i]);
      g_assert_cmpstr (alien, ==, "Some words");
    }
  amends_letter_free (letters[0]);
  amends_letter_free (letters[1]);
  put_away (&desk);
}

/* A letter in the language they asked for; what it holds of the record stands as it was written down. */
static void
test_language (void)
{
  static const struct
  {
    const char *file;
    const char *asked; /* (nullable) */
    guint n_warnings;
    const char *title;
  } languages[] = {
    { "en.letters", NULL, 0, "Our answer to your complaint: stage 1" },
    { "en.letters", "english", 0, "Our answer to your complaint: stage 1" },
    { "en.letters", "Welsh", 1, "Our answer to your complaint: stage 1" },
    { "cy.letters", " welsh ", 2, "Ein hateb i’ch cwyn: cam 1" },
    { "cy.letters", "Cymraeg", 2, "Ein hateb i’ch cwyn: cam 1" },
    { "cy.letters", NULL, 2, "Ein hateb i’ch cwyn: cam 1" },
    { "ur.letters", "ur", 2, "آپ کی شکایت کا ہمارا جواب: مرحلہ 1" },
    { "ur.letters", "Polish", 3, "آپ کی شکایت کا ہمارا جواب: مرحلہ 1" },
  };
  static const TestAct acts[MAX_ACTS] = { LIFT };

  for (gsize i = 0; i < G_N_ELEMENTS (languages); i++)
    {
      g_autofree char *recorded =
          languages[i].asked != NULL
              ? g_strdup_printf ("\"complaint\",\"reference\":\"7K-0001-H\",\"scheme\":\"oak\","
                                 "\"channel\":\"telephone\",\"complainant\":{\"name\":\"Ivy\","
                                 "\"language\":\"%s\"}",
                                 languages[i].asked)
              : g_strdup (RECORDED);
      g_autoptr (GBytes) bytes = load_data ("letters", languages[i].file);
      g_autoptr (GError) error = NULL;
      Desk desk;

      set_up_with (&desk, "wdh", recorded, acts);
      amends_letter_texts_unref (desk.texts);
      desk.texts = amends_letter_texts_parse (bytes, languages[i].file, NULL, &error);
      g_assert_no_error (error);
      write_letter (&desk, AMENDS_LETTER_RESPONSE, "2026-11-30");
      g_assert_cmpstr (desk.letter->title, ==, languages[i].title);
      g_assert_cmpuint (desk.letter->warnings->len, ==, languages[i].n_warnings);
      put_away (&desk);
    }
}

/* What was agreed as an adjustment is asked for like what they prefer: a letter in either warns of no other. */
static void
test_translation (void)
{
  static const TestAct acts[MAX_ACTS] = {
    LIFT,
    { "adjustment.added", "\"need\":\"translation\",\"detail\":\"English\"" },
  };
  Desk desk;

  set_up_with (&desk, "wdh",
               "\"complaint\",\"reference\":\"7K-0001-H\",\"scheme\":\"oak\",\"channel\":"
               "\"telephone\",\"complainant\":{\"name\":\"Ivy\",\"language\":\"Urdu\"}",
               acts);
  write_letter (&desk, AMENDS_LETTER_RESPONSE, "2026-11-30");
  for (guint i = 0; i < desk.letter->warnings->len; i++)
    g_assert_null (strstr (g_ptr_array_index (desk.letter->warnings, i), "another language"));
  put_away (&desk);
}

/* How they can be reached safely is said, in their own words. */
static void
test_safe_contact (void)
{
  static const TestAct acts[MAX_ACTS] = { LIFT };
  Desk desk;

  set_up (&desk, NULL, acts);
  amends_case_free (desk.complaint);
  desk.complaint =
      test_case_new ("\"complaint\",\"complainant\":{\"name\":\"Ivy Marsh\",\"safe_contact\":"
                     "{\"methods\":[\"A text\"],\"not\":[\"Letters to the flat\"]}}",
                     acts, MAX_ACTS);
  write_letter (&desk, AMENDS_LETTER_ACKNOWLEDGEMENT, "2026-11-24");
  g_assert_cmpuint (desk.letter->warnings->len, ==, 1);
  g_assert_cmpstr (g_ptr_array_index (desk.letter->warnings, 0), ==,
                   "They said how they can be reached safely (safe: A text; not: Letters to the "
                   "flat): look whether a letter is");
  put_away (&desk);
}

/* Also where two wrote it apart, and nothing is left that both allow; and where an hour alone is safe. */
static void
test_safe_contact_apart (void)
{
  static const TestAct apart[MAX_ACTS] = {
    { "person.preference", "\"safe_contact\":{\"methods\":[\"in person\"]}", "7K.1", "2A.1" },
    { "person.preference", "\"safe_contact\":{\"methods\":[\"0200\"]}", "9M.1", "2A.1" },
  };
  static const TestAct hour[MAX_ACTS] = {
    { "person.preference", "\"safe_contact\":{\"times\":[\"Mornings\"]}" },
  };
  static const struct
  {
    const TestAct *acts;
    const char *warning;
  } cases[] = {
    { apart, "The records differ on how they may be reached safely: settle that first" },
    { hour, "They said how they can be reached safely (when: Mornings): look whether a letter is" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      Desk desk;

      set_up (&desk, NULL, cases[i].acts);
      write_letter (&desk, AMENDS_LETTER_ACKNOWLEDGEMENT, "2026-11-24");
      g_assert_cmpuint (desk.letter->warnings->len, ==, 1);
      g_assert_cmpstr (g_ptr_array_index (desk.letter->warnings, 0), ==, cases[i].warning);
      put_away (&desk);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/letter-recipient/readers", test_readers);
  g_test_add_func ("/letter-recipient/acting", test_acting);
  g_test_add_func ("/letter-recipient/readdress", test_readdress);
  g_test_add_func ("/letter-recipient/language", test_language);
  g_test_add_func ("/letter-recipient/translation", test_translation);
  g_test_add_func ("/letter-recipient/safe-contact", test_safe_contact);
  g_test_add_func ("/letter-recipient/safe-contact/apart", test_safe_contact_apart);
  return g_test_run ();
}
