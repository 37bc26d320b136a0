/* test-letter-forms.c: forms that come back, and what is said beside a complaint
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * All was received on Friday 20 November 2026. */

#include "core/letter-desk.h"

#define APPOINTED(day, from, who)                                                          \
  {                                                                                        \
    "appointed",                                                                           \
        "\"on\":\"2026-11-25\",\"what\":\"To see the lift\",\"day\":\"" day "\",\"from\":" \
        "\"" from "\",\"until\":\"18:30\",\"where\":\"Flat 12\",\"comes\":{\"name\":"      \
        "\"Tamsin Roe\"},\"ring\":\"01632 960011\"" who                                    \
  }
#define OTHERS ",\"others\":[{\"name\":\"Kit Fenn\",\"relation\":\"household-member\"}]"
#define KAY ",\"representative\":{\"name\":\"Kay Marsh\",\"relation\":\"daughter\"}"

/* What is said beside a complaint stands where it is recorded, and nowhere else. */
static void
test_beside (void)
{
  static const struct
  {
    AmendsLetterKind kind;
    TestAct act;
    const char *missing;
    const char *says; /* (nullable) */
  } acts_beside[] = {
    { AMENDS_LETTER_WITHDRAWAL, LIFT, "withdrawn", NULL },
    { AMENDS_LETTER_WITHDRAWAL,
      { "withdrawn", "\"on\":\"2026-11-24\",\"channel\":\"telephone\"" },
      "",
      "You told us on 24 November 2026 that you do not want to go on" },
    { AMENDS_LETTER_APPOINTMENT, LIFT, "appointment", NULL },
    { AMENDS_LETTER_FORWARDING, LIFT, "forwarded", NULL },
    { AMENDS_LETTER_FORWARDING,
      { "forwarded", "\"on\":\"2026-11-24\",\"forwarded_to\":\"the repairs team\"" },
      "",
      "On 24 November 2026 we passed it on to the repairs team." },
    { AMENDS_LETTER_FORWARDING,
      { "referred", "\"on\":\"2026-11-25\",\"to\":\"insurer\",\"by_complainant\":false" },
      "",
      "On 25 November 2026 we passed it on to an insurer." },
    { AMENDS_LETTER_FORWARDING,
      { "referred", "\"on\":\"2026-11-25\",\"to\":\"other\",\"to_detail\":\"the parish\","
                    "\"by_complainant\":false" },
      "",
      "On 25 November 2026 we passed it on to the parish." },
    /* They went there themselves. */
    { AMENDS_LETTER_FORWARDING,
      { "referred", "\"on\":\"2026-11-25\",\"to\":\"council\",\"by_complainant\":true" },
      "forwarded",
      NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (acts_beside); i++)
    {
      const TestAct acts[MAX_ACTS] = { acts_beside[i].act };
      g_autofree char *missing = NULL;
      Desk desk;

      set_up (&desk, "wdh", acts);
      write_letter (&desk, acts_beside[i].kind, "2026-11-30");
      missing = list_missing (desk.letter);
      g_assert_cmpstr (missing, ==, acts_beside[i].missing);
      g_assert_cmpstr (desk.letter->code, ==, "7K-0001-H");
      if (acts_beside[i].says != NULL)
        assert_says (desk.letter, acts_beside[i].says);
      put_away (&desk);
    }
}

/* Passed on twice, they are told of both. */
static void
test_forwarded (void)
{
  static const TestAct acts[MAX_ACTS] = {
    { "forwarded", "\"on\":\"2026-11-24\",\"forwarded_to\":\"the repairs team\"" },
    { "referred", "\"on\":\"2026-11-25\",\"to\":\"insurer\",\"by_complainant\":false" },
  };
  Desk desk;

  set_up (&desk, "wdh", acts);
  write_letter (&desk, AMENDS_LETTER_FORWARDING, "2026-11-30");
  assert_says (desk.letter, "On 24 November 2026 we passed it on to the repairs team.\n"
                            "On 25 November 2026 we passed it on to an insurer.\n"
                            "You need not send anything again.");
  put_away (&desk);
}

/* What is to come, the earliest first, of whoever reads it; not what is over or called off, nor what another has. */
static void
test_appointment (void)
{
  static const TestAct acts[MAX_ACTS] = {
    LIFT,
    APPOINTED ("2026-12-09", "12:00", ""),
    APPOINTED ("2026-12-03", "00:05", ""),
    APPOINTED ("2026-11-29", "09:00", ""),
    APPOINTED ("2026-12-04", "09:00", ""),
    { "appointment-ended",
      "\"appointment\":\"2A.6\",\"on\":\"2026-11-27\",\"outcome\":\"cancelled-by-us\"" },
    APPOINTED ("2026-12-05", "09:00", ",\"who\":\"Kit Fenn\""),
    { "adjustment.added", "\"need\":\"somebody-with-me\",\"detail\":\"My sister\"" },
    { "adjustment.added", "\"need\":\"large-print\"" },
    { "adjustment.added", "\"need\":\"quiet-room\",\"who\":\"Kit Fenn\"" },
  };
  static const AmendsLetterTo kit = { .who = "Kit Fenn" };
  AmendsRules rules;
  Desk desk;

  set_up_with (&desk, "wdh", RECORDED OTHERS, acts);
  write_letter (&desk, AMENDS_LETTER_APPOINTMENT, "2026-11-30");
  g_assert_cmpuint (amends_letter_count_missing (desk.letter), ==, 0);
  g_assert_cmpstr (desk.letter->code, ==, "7K-0001-H");
  g_assert_nonnull (desk.letter->farewell);
  assert_says (desk.letter,
               "When and where\n"
               "• Day: Thursday 3 December 2026\n"
               "• Time: between 12:05 in the morning and 6:30 in the evening\n"
               "• Place: Flat 12\n• What for: To see the lift\n• Who comes: Tamsin Roe\n"
               "• Day: Wednesday 9 December 2026\n"
               "• Time: between 12:00 in the afternoon and 6:30 in the evening\n"
               "• Place: Flat 12\n• What for: To see the lift\n• Who comes: Tamsin Roe\n\n"
               "If you cannot be there\nRing 01632 960011, or tell us in any way you like");
  assert_says (desk.letter, "When we meet we keep to this:\n• Somebody with you: My sister\n\n");
  assert_says (desk.letter, "0300 111 3000");

  rules = (AmendsRules){ desk.policy, desk.code, desk.calendar, NULL };
  amends_letter_free (desk.letter);
  desk.letter = amends_letter_new_to (desk.complaint, &rules, desk.texts, AMENDS_LETTER_APPOINTMENT,
                                      &kit, "Tamsin Roe", day_of ("2026-11-30"));
  assert_says (desk.letter, "Dear Kit Fenn");
  assert_says (desk.letter, "When and where\n• Day: Saturday 5 December 2026\n"
                            "• Time: between 9:00 in the morning and 6:30 in the evening\n"
                            "• Place: Flat 12\n• What for: To see the lift\n"
                            "• Who comes: Tamsin Roe\n\n");
  assert_says (desk.letter, "When we meet we keep to this:\n• A quiet room\n\n");
  put_away (&desk);
}

/* What another asked for stands in no letter to who acts for them. */
static void
test_representative_adjustments (void)
{
  static const TestAct acts[MAX_ACTS] = {
    LIFT,
    { "adjustment.added", "\"need\":\"other\",\"detail\":\"Knock loudly\"" },
    { "adjustment.added", "\"need\":\"other\",\"detail\":\"Ring twice\",\"who\":\"Kay Marsh\"" },
  };
  static const AmendsLetterTo kay = { .representative = "kay marsh" };
  g_autofree char *text = NULL;
  AmendsRules rules;
  Desk desk;

  set_up_with (&desk, "wdh", RECORDED KAY, acts);
  rules = (AmendsRules){ desk.policy, desk.code, desk.calendar, NULL };
  desk.letter =
      amends_letter_new_to (desk.complaint, &rules, desk.texts, AMENDS_LETTER_ACKNOWLEDGEMENT, &kay,
                            "Tamsin Roe", day_of ("2026-11-30"));
  assert_says (desk.letter, "Ring twice");
  text = amends_letter_to_text (desk.letter);
  g_assert_null (strstr (text, "Knock loudly"));
  put_away (&desk);
}

/* Who acts for somebody has it in the size that they need, whatever the complainant does. */
static void
test_representative_needs (void)
{
  static const TestAct acts[MAX_ACTS] = {
    LIFT,
    { "adjustment.added", "\"need\":\"easy-read\"" },
    { "adjustment.added",
      "\"need\":\"large-print\",\"detail\":\"24 point\",\"who\":\"Kay Marsh\"" },
  };
  static const AmendsLetterTo kay = { .representative = "kay marsh" };
  AmendsRules rules;
  Desk desk;

  set_up_with (&desk, "wdh", RECORDED KAY, acts);
  rules = (AmendsRules){ desk.policy, desk.code, desk.calendar, NULL };
  desk.letter = amends_letter_new_to (desk.complaint, &rules, desk.texts, AMENDS_LETTER_UPDATE,
                                      &kay, "Tamsin Roe", day_of ("2026-11-30"));
  g_assert_cmpuint (desk.letter->print_size, ==, AMENDS_LETTER_LARGEST_PRINT);
  g_assert_cmpuint (g_strv_length (desk.letter->formats), ==, 1);
  g_assert_false (amends_letter_is_easy (desk.letter));
  write_letter (&desk, AMENDS_LETTER_UPDATE, "2026-11-30");
  g_assert_cmpuint (desk.letter->print_size, ==, AMENDS_LETTER_LARGE_PRINT);
  g_assert_true (amends_letter_is_easy (desk.letter));
  put_away (&desk);
}

/* A form has lines to write on and boxes to tick, brings its case back, and is signed by the resident. */
static void
test_forms (void)
{
  static const struct
  {
    AmendsLetterKind kind;
    guint n_choices;
    guint n_fields;
    const char *first; /* of the fields */
  } forms[] = {
    { AMENDS_LETTER_AUTHORITY_FORM, 4, 8, "Their name" },
    { AMENDS_LETTER_SHARING_FORM, 17, 4, "Your name" },
    { AMENDS_LETTER_LOSS_FORM, 0, 7, "What it was" },
  };
  static const TestAct acts[MAX_ACTS] = { LIFT };
  Desk desk;

  set_up (&desk, "reliance", acts);
  for (gsize i = 0; i < G_N_ELEMENTS (forms); i++)
    {
      g_autoptr (GPtrArray) lines = NULL;
      guint n_choices = 0, n_fields = 0;

      write_letter (&desk, forms[i].kind, "2026-11-30");
      g_assert_cmpuint (amends_letter_count_missing (desk.letter), ==, 0);
      g_assert_cmpstr (desk.letter->code, ==, "7K-0001-H");
      g_assert_null (desk.letter->farewell);
      g_assert_null (desk.letter->sender);
      lines = amends_letter_list_lines (desk.letter, NULL);
      for (guint k = 0; k < lines->len; k++)
        {
          const AmendsLetterLine *line = g_ptr_array_index (lines, k);

          n_choices += line->kind == AMENDS_LETTER_LINE_CHOICE;
          if (line->kind == AMENDS_LETTER_LINE_FIELD && n_fields++ == 0)
            g_assert_cmpstr (line->text, ==, forms[i].first);
          g_assert_null (strchr (line->text, '_'));
          g_assert_null (strstr (line->text, "☐"));
        }
      g_assert_cmpuint (n_choices, ==, forms[i].n_choices);
      g_assert_cmpuint (n_fields, ==, forms[i].n_fields);
      assert_says (desk.letter, "0300 111 3000");
    }
  /* A letter is not one. */
  write_letter (&desk, AMENDS_LETTER_UPDATE, "2026-11-30");
  g_assert_null (desk.letter->code);
  put_away (&desk);
}

/* Who is to speak for them is written in where it is known. */
static void
test_representative (void)
{
  static const TestAct acts[MAX_ACTS] = { LIFT };
  Desk desk;

  set_up_with (&desk, "wdh", RECORDED KAY, acts);
  write_letter (&desk, AMENDS_LETTER_AUTHORITY_FORM, "2026-11-30");
  assert_says (desk.letter, "You told us that Kay Marsh speaks for you.");
  g_assert_cmpuint (find_block (desk.letter, "authority-who")->fields->len, ==, 2);
  put_away (&desk);
}

/* Whoever writes for somebody is told that it came. That is the whole letter: no number, no word of a complaint,
 * and nothing of how the complainant is written to. */
static void
test_receipt (void)
{
  static const TestAct acts[MAX_ACTS] = {
    LIFT,
    { "adjustment.added", "\"need\":\"large-print\",\"detail\":\"24 point\"" },
  };
  static const char whole[] =
      "WDH\nKay Marsh\n30 November 2026\n\nWe have your message\n\nDear Kay Marsh\n\n"
      "What you sent us\nThank you. What you told us has come to the right place, and somebody "
      "will "
      "read it.\n\n"
      "What we can tell you\nWe speak about somebody’s affairs only with them, or with whoever "
      "they "
      "have asked to speak for them. So this letter says nothing more, whether or not there is "
      "something to say.\nIf you would like to speak for somebody, ask them to tell us. There is a "
      "form for it, and we help them to fill it in.\n\n"
      "The Housing Ombudsman\nWhoever rents or owns a home of a landlord like us can ask the "
      "Housing "
      "Ombudsman Service for advice:\n• Telephone 0300 111 3000\n"
      "• Website www.housing-ombudsman.org.uk\n"
      "• Post PO Box 1484, Unit D, Preston PR2 0ET\n\nYours sincerely\nTamsin Roe\n";
  g_autofree char *text = NULL;
  g_autofree char *missing = NULL;
  Desk desk;

  set_up_with (&desk, "wdh", RECORDED KAY, acts);
  write_letter (&desk, AMENDS_LETTER_RECEIPT, "2026-11-30");
  text = amends_letter_to_text (desk.letter);
  g_assert_cmpstr (text, ==, whole);
  g_assert_null (desk.letter->reference);
  g_assert_null (desk.letter->code);
  g_assert_null (desk.letter->formats[0]);
  g_assert_cmpuint (desk.letter->print_size, ==, AMENDS_LETTER_PRINT);
  g_assert_cmpuint (desk.letter->warnings->len, ==, 0);
  put_away (&desk);

  /* To nobody it goes not. */
  set_up (&desk, "wdh", acts);
  write_letter (&desk, AMENDS_LETTER_RECEIPT, "2026-11-30");
  missing = list_missing (desk.letter);
  g_assert_cmpstr (missing, ==, "receipt");
  put_away (&desk);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/letter/beside", test_beside);
  g_test_add_func ("/letter/forwarded", test_forwarded);
  g_test_add_func ("/letter/appointment", test_appointment);
  g_test_add_func ("/letter/forms", test_forms);
  g_test_add_func ("/letter/representative", test_representative);
  g_test_add_func ("/letter/representative-adjustments", test_representative_adjustments);
  g_test_add_func ("/letter/representative-needs", test_representative_needs);
  g_test_add_func ("/letter/receipt", test_receipt);
  return g_test_run ();
}
