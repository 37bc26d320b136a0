/* amends-letter-recipient.c: to whom a letter goes, and how it is made for them
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/amends-letter-private.h"

#include <string.h>

#include "core/amends-codes.h"
#include "core/amends-complainant.h"
#include "core/amends-ledger.h"

/* A number above it is no size of letters: a year, a street. */
#define MAX_POINTS 96

static const char *const formats[] = { "large-print", AMENDS_LETTER_EASY_READ,
                                       "braille",     "audio",
                                       "plain-text",  "coloured-paper",
                                       "translation", NULL };

/**
 * amends_letter_is_for_recipient:
 *
 * What another who complains asked for is theirs alone, and so is what somebody needs who acts for one of them.
 *
 * Returns: whether whoever gets the letter asked for it
 */
gboolean
amends_letter_is_for_recipient (const AmendsLetterWriter *self, const AmendsAdjustment *adjustment)
{
  return self->to.representative != NULL
             ? amends_ledger_is_same_name (adjustment->who, self->to.representative)
             : amends_complainant_is (adjustment->who, self->to.who);
}

static gboolean
is_theirs (const AmendsLetterWriter *self, const AmendsAdjustment *adjustment)
{
  return amends_adjustment_stands (adjustment) && amends_letter_is_for_recipient (self, adjustment);
}

static const char *
get_of_complainant (const AmendsLetterWriter *self, const char *key)
{
  return amends_complainant_get_text (self->complaint, self->to.who, key);
}

static char **
list_formats (const AmendsLetterWriter *self)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < amends_case_get_n_adjustments (self->complaint); i++)
    {
      const AmendsAdjustment *adjustment = amends_case_get_adjustment (self->complaint, i);

      if (is_theirs (self, adjustment) && g_strv_contains (formats, adjustment->need))
        g_strv_builder_add (builder, adjustment->need);
    }
  return g_strv_builder_end (builder);
}

/* Points: the largest number in @detail that can be a size, "Arial, 20 point". */
static guint
find_number (const char *detail)
{
  guint64 largest = 0;

  while (detail != NULL && *detail != '\0')
    {
      char *end = NULL;
      guint64 number = g_ascii_isdigit (*detail) ? g_ascii_strtoull (detail, &end, 10) : 0;

      if (!g_ascii_isdigit (*detail))
        detail++;
      else
        {
          largest = number <= MAX_POINTS ? MAX (largest, number) : largest;
          detail = end;
        }
    }
  return (guint) largest;
}

/* Nothing is printed smaller than they asked for it, up to the largest there is. */
static guint
find_print_size (const AmendsLetterWriter *self)
{
  guint size = AMENDS_LETTER_PRINT;

  for (guint i = 0; i < amends_case_get_n_adjustments (self->complaint); i++)
    {
      const AmendsAdjustment *adjustment = amends_case_get_adjustment (self->complaint, i);

      if (is_theirs (self, adjustment) && strcmp (adjustment->need, AMENDS_LETTER_EASY_READ) == 0)
        size = MAX (size, AMENDS_LETTER_LARGE_PRINT);
      if (!is_theirs (self, adjustment) || strcmp (adjustment->need, "large-print") != 0)
        continue;
      size = MAX (size, find_number (adjustment->detail) > AMENDS_LETTER_LARGE_PRINT
                            ? AMENDS_LETTER_LARGEST_PRINT
                            : AMENDS_LETTER_LARGE_PRINT);
    }
  return size;
}

static void warn (AmendsLetterWriter *self, const char *format, ...) G_GNUC_PRINTF (2, 3);

static void
warn (AmendsLetterWriter *self, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  g_ptr_array_add (self->letter->warnings, g_strdup_vprintf (format, args));
  va_end (args);
}

static void
append_lines (GString *text, const char *label, const json_t *lines)
{
  for (gsize i = 0; i < json_array_size (lines); i++)
    g_string_append_printf (text, "%s%s%s", text->len > 0 ? "; " : "", i == 0 ? label : "",
                            json_string_value (json_array_get (lines, i)));
}

static gboolean
is_in_conflict (const AmendsLetterWriter *self, const char *field)
{
  for (guint i = 0; i < amends_case_get_n_conflicts (self->complaint); i++)
    if (strcmp (amends_case_get_conflict (self->complaint, i)->name, field) == 0)
      return TRUE;
  return FALSE;
}

/* What they said of how they can be reached safely is read by whoever sends it: it is in their own words. Of two versions
 * nothing may be left that both allow, and that is not the same as nothing said. */
static void
check_safe_contact (AmendsLetterWriter *self)
{
  const json_t *safe = amends_complainant_get_value (self->complaint, self->to.who, "safe_contact");
  g_autofree char *field = amends_complainant_dup_field (self->to.who, "safe_contact");
  g_autoptr (GString) text = g_string_new (NULL);

  if (is_in_conflict (self, field))
    warn (self, "The records differ on how they may be reached safely: settle that first");
  append_lines (text, "safe: ", json_object_get (safe, "methods"));
  append_lines (text, "when: ", json_object_get (safe, "times"));
  append_lines (text, "not: ", json_object_get (safe, "not"));
  append_lines (text, "others who see it: ", json_object_get (safe, "shared_with"));
  if (text->len > 0)
    warn (self, "They said how they can be reached safely (%s): look whether a letter is",
          text->str);
}

static void
check_adjustments (AmendsLetterWriter *self)
{
  for (guint i = 0; i < amends_case_get_n_adjustments (self->complaint); i++)
    {
      const AmendsAdjustment *adjustment = amends_case_get_adjustment (self->complaint, i);
      gboolean is_of_letters = g_strv_contains (formats, adjustment->need)
                               || strcmp (adjustment->need, "telephone-not-letter") == 0
                               || strcmp (adjustment->need, "email-not-letter") == 0
                               || strcmp (adjustment->need, "read-aloud-in-person") == 0
                               || strcmp (adjustment->need, "copies-to-representative") == 0;

      if (is_theirs (self, adjustment) && is_of_letters)
        warn (self, "They asked for: %s",
              amends_codes_get_label (amends_codes_get_list ("adjustment"), adjustment->need));
    }
}

/**
 * amends_letter_is_asked_in:
 * @complaint: a case
 * @who: (nullable): of several who complain; %NULL for the first
 * @texts: the words, in a language
 *
 * Returns: whether they asked to be written to in that language: as they prefer, or as an adjustment
 */
gboolean
amends_letter_is_asked_in (const AmendsCase *complaint,
                           const char *who,
                           const AmendsLetterTexts *texts)
{
  const char *preferred = amends_complainant_get_text (complaint, who, "language");

  g_return_val_if_fail (texts != NULL, FALSE);

  for (guint i = 0; i < amends_case_get_n_adjustments (complaint); i++)
    {
      const AmendsAdjustment *adjustment = amends_case_get_adjustment (complaint, i);

      if (amends_adjustment_stands (adjustment) && amends_complainant_is (adjustment->who, who)
          && strcmp (adjustment->need, "translation") == 0 && adjustment->detail != NULL
          && amends_letter_texts_is_called (texts, adjustment->detail))
        return TRUE;
    }
  return preferred != NULL && amends_letter_texts_is_called (texts, preferred);
}

/* Whether an adjustment names a language that these words are not in. */
static gboolean
is_to_be_translated (const AmendsLetterWriter *self)
{
  for (guint i = 0; i < amends_case_get_n_adjustments (self->complaint); i++)
    {
      const AmendsAdjustment *adjustment = amends_case_get_adjustment (self->complaint, i);

      if (is_theirs (self, adjustment) && strcmp (adjustment->need, "translation") == 0)
        return TRUE;
    }
  return FALSE;
}

/**
 * amends_letter_is_asked_otherwise:
 *
 * Returns: whether whoever gets it asked for another language than it is in
 */
gboolean
amends_letter_is_asked_otherwise (const AmendsLetterWriter *self)
{
  return self->is_theirs && !amends_letter_is_asked_in (self->complaint, self->to.who, self->texts)
         && (get_of_complainant (self, "language") != NULL || is_to_be_translated (self));
}

/* What is recorded stands in the letter as it was written down, whatever its own words are in. */
static void
check_language (AmendsLetterWriter *self)
{
  const AmendsLetterTexts *texts = self->texts;
  const char *asked = get_of_complainant (self, "language");

  if (!amends_letter_texts_is_checked (texts))
    warn (self, "Nobody whose language it is has checked the words in %s: have them read first",
          amends_letter_texts_get_name (texts));
  if (strcmp (self->letter->language, "en") != 0)
    warn (self, "What was recorded stands in it as it was written down: look whether it wants a "
                "translation");
  if (asked != NULL && self->is_theirs
      && !amends_letter_is_asked_in (self->complaint, self->to.who, texts))
    warn (self, "They asked for another language than this letter is in: “%s”", asked);
}

static void
check_settled (AmendsLetterWriter *self, const char *field)
{
  if (is_in_conflict (self, field))
    warn (self, "Two people wrote different things of “%s”: settle which holds", field);
}

/* (nullable): what is recorded of who acts for them, where it is of the one who gets the letter */
static const char *
get_of_representative (const AmendsLetterWriter *self, const char *field)
{
  const char *shown = amends_case_get_text (self->complaint, "representative.name");

  return amends_ledger_is_same_name (shown, self->to.representative)
             ? amends_case_get_text (self->complaint, field)
             : NULL;
}

static void
check_representative (AmendsLetterWriter *self)
{
  if (get_of_representative (self, "representative.contact") == NULL)
    warn (self, "Nothing is recorded of how %s is reached: ask them, and write it on the letter",
          self->to.representative);
  check_settled (self, "representative.contact");
  check_settled (self, "representative.organisation");
}

/**
 * amends_letter_check_recipient:
 *
 * Writes into the letter what to look at before it goes out.
 */
void
amends_letter_check_recipient (AmendsLetterWriter *self)
{
  const char *representative = amends_case_get_text (self->complaint, "representative.name");

  check_language (self);
  if (self->to.representative != NULL)
    {
      check_representative (self);
      check_adjustments (self);
      return;
    }
  check_safe_contact (self);
  if (!self->is_theirs)
    return;
  check_adjustments (self);
  if (self->letter->addressee == NULL)
    warn (self, "They gave no name, so that it can be sent to nobody: keep it with the case");
  if (representative != NULL && self->to.other == NULL && self->to.who == NULL)
    warn (self, "%s acts for them: look whether this goes to them, or a copy", representative);
  if (self->to.who == NULL)
    {
      check_settled (self, "complainant.name");
      check_settled (self, "complainant.home");
    }
}

/* Where they asked to be written to; where the complainant lives is no address of theirs. */
static void
set_representative (AmendsLetterWriter *self)
{
  const char *organisation = get_of_representative (self, "representative.organisation");
  const char *contact = get_of_representative (self, "representative.contact");

  self->letter->addressee = g_strdup (self->to.representative);
  if (organisation != NULL && contact != NULL)
    self->letter->home = g_strdup_printf ("%s, %s", organisation, contact);
  else
    self->letter->home = g_strdup (organisation != NULL ? organisation : contact);
}

/**
 * amends_letter_set_opening:
 *
 * Who acts for somebody reads in whose name it is written, and who it is about; and each of two that the other
 * has it, too.
 */
void
amends_letter_set_opening (AmendsLetterWriter *self)
{
  const char *name = amends_case_get_text (self->complaint, "complainant.name");
  g_autofree char *other = NULL;

  if (self->to.other != NULL)
    other = amends_letter_texts_fill (self->texts, "opening.other", "name", self->to.other, NULL);
  if (self->to.representative == NULL)
    self->letter->opening = g_steal_pointer (&other);
  else
    {
      g_autofree char *acting =
          name != NULL
              ? amends_letter_texts_fill (self->texts, "opening.acting", "name", name, NULL)
              : g_strdup (amends_letter_texts_get (self->texts, "opening.acting-nobody"));

      self->letter->opening =
          other != NULL ? g_strjoin (" ", acting, other, NULL) : g_steal_pointer (&acting);
    }
}

/**
 * amends_letter_set_recipient:
 * @reference: (nullable): of the case
 *
 * To whom it goes, and how it is made for them. Whoever writes for somebody is told nothing of them: neither that
 * there is a case, nor where they live, nor what they asked for.
 */
void
amends_letter_set_recipient (AmendsLetterWriter *self, const char *reference)
{
  AmendsLetter *letter = self->letter;
  gboolean is_known = self->is_theirs || self->to.representative != NULL;

  letter->formats = is_known ? list_formats (self) : g_new0 (char *, 1);
  letter->print_size = is_known ? find_print_size (self) : AMENDS_LETTER_PRINT;
  if (self->to.representative != NULL)
    set_representative (self);
  else if (!self->is_theirs)
    {
      letter->addressee = g_strdup (amends_case_get_text (self->complaint, "representative.name"));
      return;
    }
  else
    {
      letter->addressee = g_strdup (get_of_complainant (self, "name"));
      letter->home = g_strdup (get_of_complainant (self, "home"));
    }
  if (reference != NULL)
    letter->reference =
        amends_letter_texts_fill (self->texts, "words.reference", "reference", reference, NULL);
}
