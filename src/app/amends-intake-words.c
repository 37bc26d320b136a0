/* amends-intake-words.c: as what something is taken, in words
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/amends-intake-words.h"

#include <glib/gi18n.h>

/* What each kind of record is, for who has to choose one while somebody talks.
 * Source: Complaint Handling Code 2024, 1.2 to 1.6; the landlords' own definitions are no narrower. */
static const struct
{
  const char *code;
  const char *words;
} kinds[] = {
  { "complaint", N_ ("They are unhappy, in whatever words, and want an answer. It has days to be "
                     "acknowledged and answered in.") },
  { "service-request",
    N_ ("They ask for something to be done, and it is raised for the first time. "
        "If they are unhappy with the answer it becomes a complaint.") },
  { "enquiry", N_ ("They ask a question, and nothing went wrong.") },
  { "informal", N_ ("They are unhappy and would rather have it put right at once. The Code counts "
                    "its days as a complaint’s.") },
  { "compliment", N_ ("They are pleased. Whoever it is about is told.") },
  { "not-pursued", N_ ("They are unhappy and want no more done. It stays on record, and they can "
                       "come back to it.") },
  { "policy-feedback", N_ ("About what the policy says, and not about what was done.") },
  { "escalation-request",
    N_ ("They want stage 2 of a complaint that was recorded before. Where that "
        "is here, record it there.") },
  { "elected-member-enquiry",
    N_ ("An MP or a councillor asks for somebody. Their name and office go "
        "under “Speaks for the resident”.") },
  { "data-protection-complaint", N_ ("About how we use what we know of them. It has days of its "
                                     "own.") },
  { "external-body-contact",
    N_ ("The Ombudsman, a regulator or a court has written about a case.") },
  { "safeguarding",
    N_ ("Somebody may be hurt or neglected, or is afraid. Only those who are chosen "
        "for it read it, and this laptop keeps nothing of it.") },
};

/**
 * amends_intake_words_kind:
 * @kind: (nullable): a code
 *
 * Returns: (transfer none): what such a record is; "" of one that is not known
 */
const char *
amends_intake_words_kind (const char *kind)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_strcmp0 (kinds[i].code, kind) == 0)
      return _ (kinds[i].words);
  return "";
}

/**
 * amends_intake_words_is_from_outside:
 * @kind: (nullable): a code
 *
 * Returns: whether it is asked by somebody who has an office and a reference of their own
 */
gboolean
amends_intake_words_is_from_outside (const char *kind)
{
  static const char *const outside[] = { "elected-member-enquiry", "data-protection-complaint",
                                         "external-body-contact", NULL };

  return kind != NULL && g_strv_contains (outside, kind);
}

static gboolean
is_lesser (const char *kind)
{
  static const char *const lesser[] = { "service-request", "enquiry", "informal", "not-pursued",
                                        NULL };

  return kind != NULL && g_strv_contains (lesser, kind);
}

/**
 * amends_intake_words_advice:
 * @kind: (nullable): as what it is about to be recorded
 * @wants: (nullable): what they want: a code, or %NULL if nobody has asked
 * @told_before: (nullable): "yes", "no" or "not-sure"
 * @satisfied: (nullable): whether what is proposed satisfies them: "yes" or "no"
 *
 * The questions are those of the landlords' own flow charts. They advise, and refuse nothing: whether it is a
 * complaint is for whoever is unhappy to say.
 *
 * Source: Complaint Handling Code 2024, 1.2 to 1.6; Housing 21's policy, Appendix A.
 * Returns: (transfer none): what to ask or do; "" if it may well be what it is
 */
const char *
amends_intake_words_advice (const char *kind,
                            const char *wants,
                            const char *told_before,
                            const char *satisfied)
{
  if (!is_lesser (kind) || g_strcmp0 (wants, "not-pursued") == 0)
    return "";
  if (g_strcmp0 (wants, "complaint") == 0)
    return _ ("They want it taken as a complaint, and that is for them to say.");
  if (g_strcmp0 (told_before, "yes") == 0)
    return _ ("It was raised before: ask whether they would like it taken as a complaint.");
  if (g_strcmp0 (satisfied, "no") == 0)
    return _ ("What is proposed does not satisfy them: ask whether they would like it taken as a "
              "complaint.");
  return "";
}

/**
 * amends_intake_words_answer:
 * @word: of an answer to one of the questions that a record begins with
 *
 * Returns: (transfer none): what stands on its button
 */
const char *
amends_intake_words_answer (const char *word)
{
  static const struct
  {
    const char *word;
    const char *label;
  } answers[] = {
    { "yes", N_ ("Yes") },
    { "no", N_ ("No") },
    { "not-sure", N_ ("Not sure") },
    { "put-right-first", N_ ("Put right first") },
    { "complaint", N_ ("A complaint") },
    { "not-pursued", N_ ("Go no further") },
    { "undecided", N_ ("Not sure") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    if (g_str_equal (word, answers[i].word))
      return _ (answers[i].label);
  return word;
}
