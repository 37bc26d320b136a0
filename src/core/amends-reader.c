/* amends-reader.c: for whom a letter of a case is, and whether it may go to them
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Who writes a letter, who looks at it and who sends it ask the same question, so that none of them shows to
 * somebody, or sends, what the others would refuse. */

#include "core/amends-reader.h"

#include <string.h>

#include "core/amends-complainant.h"

/**
 * amends_reader_find:
 * @act: (nullable): what is said of the letter
 * @draft: (nullable): what was said of it as it was drafted
 * @ret_reader: (out): for whom it is; where neither says, as they asked
 *
 * The record says for whom a letter is, by name: somebody else may be shown as the representative before it goes.
 */
void
amends_reader_find (const AmendsCase *complaint,
                    const json_t *act,
                    const json_t *draft,
                    AmendsReader *ret_reader)
{
  const AmendsField *name =
      amends_fields_get (amends_case_get_fields (complaint), "representative.name");
  const json_t *said[] = { act, draft };
  AmendsReader reader = { NULL, NULL, name != NULL && amends_field_is_in_conflict (name) };

  for (guint i = 0; i < G_N_ELEMENTS (said); i++)
    {
      if (reader.reply_to == NULL)
        reader.reply_to = json_string_value (json_object_get (said[i], "reply_to"));
      if (reader.name == NULL)
        reader.name = json_string_value (json_object_get (said[i], "reply_to_name"));
    }
  if (reader.reply_to == NULL)
    reader.reply_to = amends_case_get_text (complaint, "representative.reply_to");
  if (reader.name == NULL && !reader.is_in_doubt)
    reader.name = amends_case_get_text (complaint, "representative.name");
  *ret_reader = reader;
}

/**
 * amends_reader_is_another:
 *
 * Returns: whether it goes to who acts for the complainant, alone or beside them
 */
gboolean
amends_reader_is_another (const AmendsReader *self)
{
  return self->reply_to != NULL && strcmp (self->reply_to, "complainant") != 0;
}

/**
 * amends_reader_are_both:
 *
 * Returns: whether the complainant gets it as well as who acts for them
 */
gboolean
amends_reader_are_both (const AmendsReader *self)
{
  return g_strcmp0 (self->reply_to, "both") == 0;
}

/**
 * amends_reader_may_be_told:
 * @policy: (nullable): the landlord's edition
 * @day: on which it goes
 * @today: today
 * @ret_answer: (out): why not, and what would change it; not touched where it goes to the complainant
 *
 * Source: Complaint Handling Code 2024, 3.6; the landlord's clauses on authority.
 * Returns: whether it may go on @day to whom it is for
 */
gboolean
amends_reader_may_be_told (const AmendsReader *self,
                           const AmendsCase *complaint,
                           const AmendsPolicy *policy,
                           AmendsDay day,
                           AmendsDay today,
                           AmendsLedgerAnswer *ret_answer)
{
  g_autoptr (AmendsLedger) ledger = NULL;

  if (!amends_reader_is_another (self))
    return TRUE;
  if (self->is_in_doubt)
    {
      *ret_answer = (AmendsLedgerAnswer){
        .kind = AMENDS_LEDGER_AUTHORITY,
        .state = AMENDS_LEDGER_NOTHING,
        .provision = "3.6",
        .reason = "Two names are written down for them",
        .change = "settle which of the two it is",
      };
      return FALSE;
    }
  ledger = amends_ledger_new (complaint, policy, day, today);
  amends_ledger_may_tell (ledger, self->name, ret_answer);
  return ret_answer->may;
}

static void
add_complainants (GArray *list, const GArray *complainants, gboolean are_withdrawn)
{
  for (guint i = 0; i < complainants->len; i++)
    {
      const AmendsComplainant *each = &g_array_index (complainants, AmendsComplainant, i);
      AmendsLetterTo to = { .who = amends_complainant_is (each->who, NULL) ? NULL : each->who };

      if ((each->withdrawn != NULL) == are_withdrawn)
        g_array_append_val (list, to);
    }
}

/* Each who complains, then who has stopped, to whom that is confirmed; of a petition its lead. */
static GArray *
list_complainants (const AmendsCase *complaint)
{
  GArray *list = g_array_new (FALSE, TRUE, sizeof (AmendsLetterTo));
  g_autoptr (GArray) complainants = amends_case_is_joint (complaint)
                                        ? amends_case_list_complainants (complaint)
                                        : amends_case_list_addressed (complaint);

  add_complainants (list, complainants, FALSE);
  add_complainants (list, complainants, TRUE);
  return list;
}

/* Of a letter that was written for one of them alone, they alone are left. */
static void
keep_only (GArray *list, const char *who)
{
  for (guint i = 0; who != NULL && i < list->len; i++)
    if (amends_complainant_is (who, g_array_index (list, AmendsLetterTo, i).who))
      {
        g_array_remove_range (list, i + 1, list->len - i - 1);
        g_array_remove_range (list, 0, i);
      }
}

/**
 * amends_reader_list:
 * @policy: (nullable): the landlord's edition
 * @draft: (nullable): what was said of the letter as it was drafted
 * @today: on which it would go
 * @ret_asked: (out): which of them it goes to first
 * @ret_answer: (out): why who acts for the complainant is not among them, with a reason, and what would change it
 *
 * Returns: (transfer full) (element-type AmendsLetterTo): to whom it can be written: each who complains, the first
 *   first, or of a petition its lead, or whom alone it was drafted for; then who acts for the first and may be told
 */
GArray *
amends_reader_list (const AmendsCase *complaint,
                    const AmendsPolicy *policy,
                    const json_t *draft,
                    AmendsDay today,
                    guint *ret_asked,
                    AmendsLedgerAnswer *ret_answer)
{
  GArray *list = list_complainants (complaint);
  AmendsLetterTo *first;
  AmendsLetterTo representative = { NULL };
  AmendsReader acting;
  AmendsReader asked;

  *ret_asked = 0;
  keep_only (list, json_string_value (json_object_get (draft, "who")));
  first = &g_array_index (list, AmendsLetterTo, 0);
  amends_reader_find (complaint, NULL, draft, &asked);
  acting = asked;
  acting.reply_to = "representative";
  *ret_answer = (AmendsLedgerAnswer){ .may = FALSE };
  if (!amends_reader_may_be_told (&acting, complaint, policy, today, today, ret_answer)
      || acting.name == NULL || first->who != NULL)
    return list;
  representative.representative = acting.name;
  if (amends_reader_are_both (&asked))
    {
      first->other = acting.name;
      representative.other = amends_case_get_text (complaint, "complainant.name");
    }
  g_array_append_val (list, representative);
  if (amends_reader_is_another (&asked))
    *ret_asked = list->len - 1;
  return list;
}
