/* amends-case.c: the file on one complaint, folded from its events
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/amends-case-private.h"

#include <string.h>

static void
clear_part (gpointer data)
{
  AmendsCasePart *part = data;

  g_free (part->key);
  json_decref (part->details);
}

static void
body_free (gpointer data)
{
  json_decref (data);
}

/**
 * amends_case_new:
 * @events: (array length=n_events): all events held of one stream, in any order
 * @n_events: at least 1
 *
 * Returns: (transfer full): the case that they make; it holds a reference on each
 */
AmendsCase *
amends_case_new (AmendsEvent *const *events, guint n_events)
{
  g_autoptr (GPtrArray) opened = NULL;
  AmendsCase *self;

  g_return_val_if_fail (n_events > 0, NULL);

  self = g_new0 (AmendsCase, 1);
  self->id = events[0]->stream;
  opened = amends_case_open_carried (self, events, n_events);
  self->fold = amends_fold_new ((AmendsEvent *const *) opened->pdata, opened->len);
  self->fields = amends_fields_new (self->fold);
  self->bodies = g_ptr_array_new_with_free_func (body_free);
  self->history = g_array_new (FALSE, TRUE, sizeof (AmendsHistoryEntry));
  self->joined = g_array_new (FALSE, FALSE, sizeof (guint));
  self->joined_by_name = g_hash_table_new (g_str_hash, g_str_equal);
  self->to_go = g_hash_table_new (amends_id_hash, amends_id_equal);
  self->issues = g_array_new (FALSE, TRUE, sizeof (AmendsIssue));
  self->notes = g_array_new (FALSE, TRUE, sizeof (AmendsNote));
  self->attachments = g_array_new (FALSE, TRUE, sizeof (AmendsAttachment));
  self->consents = g_array_new (FALSE, TRUE, sizeof (AmendsConsent));
  self->adjustments = g_array_new (FALSE, TRUE, sizeof (AmendsAdjustment));
  self->corrections = g_array_new (FALSE, TRUE, sizeof (AmendsCorrection));
  self->conflicts = g_ptr_array_new ();
  for (int i = 0; i < 2; i++)
    {
      self->parts[i] = g_array_new (FALSE, TRUE, sizeof (AmendsCasePart));
      g_array_set_clear_func (self->parts[i], clear_part);
    }

  amends_case_fold (self);
  return self;
}

/**
 * amends_case_free:
 * @self: (nullable) (transfer full): a case
 */
void
amends_case_free (AmendsCase *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->conflicts);
  g_hash_table_unref (self->to_go);
  g_ptr_array_unref (self->erasures);
  g_hash_table_unref (self->joined_by_name);
  g_array_unref (self->joined);
  g_array_unref (self->corrections);
  g_array_unref (self->issues);
  g_array_unref (self->notes);
  g_array_unref (self->attachments);
  g_array_unref (self->consents);
  g_array_unref (self->adjustments);
  g_array_unref (self->parts[AMENDS_CASE_CONSENTS]);
  g_array_unref (self->parts[AMENDS_CASE_ADJUSTMENTS]);
  g_array_unref (self->history);
  g_ptr_array_unref (self->bodies);
  amends_fields_free (self->fields);
  amends_fold_free (self->fold);
  g_ptr_array_unref (self->places);
  g_hash_table_unref (self->carriers);
  g_hash_table_unref (self->copies);
  g_hash_table_unref (self->present);
  g_free (self);
}

/**
 * amends_case_is_recorded:
 *
 * Returns: whether the event that began it is here and is a case
 */
gboolean
amends_case_is_recorded (const AmendsCase *self)
{
  return self->is_recorded;
}

/**
 * amends_case_get_id:
 * @ret_id: (out): the id of its stream
 */
void
amends_case_get_id (const AmendsCase *self, AmendsId *ret_id)
{
  *ret_id = self->id;
}

/**
 * amends_case_get_feed:
 *
 * Returns: (transfer none): the feed it is in; of two to which it was moved apart the one shown
 */
const char *
amends_case_get_feed (const AmendsCase *self)
{
  return amends_case_get_place (self, 0);
}

/**
 * amends_case_get_value:
 * @field: its dotted name, "complainant.phone"
 *
 * Returns: (transfer none) (nullable): what stands there; of a conflict the value with the lowest id, or, of what is about
 *   safety, what amends_field_get_value() makes of all
 */
const json_t *
amends_case_get_value (const AmendsCase *self, const char *field)
{
  const AmendsField *found = amends_fields_get (self->fields, field);

  return found != NULL ? amends_field_get_value (found, self->fold) : NULL;
}

/**
 * amends_case_get_text:
 *
 * Returns: (transfer none) (nullable): amends_case_get_value(), if it is text
 */
const char *
amends_case_get_text (const AmendsCase *self, const char *field)
{
  return json_string_value (amends_case_get_value (self, field));
}

/**
 * amends_case_get_edition:
 * @ret_id: (out): the event that published the landlord's edition by which it is judged
 *
 * Of two in conflict that with the lowest id, as everywhere where there is room for one;
 * amends_editions_get_rules() judges by the stricter.
 * Returns: whether it names one
 */
gboolean
amends_case_get_edition (const AmendsCase *self, AmendsId *ret_id)
{
  const char *edition = amends_case_get_text (self, "edition");

  return edition != NULL && amends_id_parse_len (edition, strlen (edition), ret_id);
}

/**
 * amends_case_dup_summary:
 *
 * Returns: (transfer full): the first line of the first issue, of %AMENDS_SUMMARY_MAX_CHARS at most,
 * never cut within a character
 */
char *
amends_case_dup_summary (const AmendsCase *self)
{
  const char *what, *end, *base;
  int n_chars = 0;

  if (self->issues->len == 0)
    return g_strdup ("");
  what = g_array_index (self->issues, AmendsIssue, 0).what;
  while (g_ascii_isspace (*what))
    what++;

  for (end = base = what; *end != '\0' && *end != '\n' && *end != '\r';
       end = g_utf8_next_char (end))
    {
      gboolean is_mark = g_unichar_ismark (g_utf8_get_char (end));

      if (!is_mark)
        base = end;
      if (++n_chars > AMENDS_SUMMARY_MAX_CHARS)
        {
          end = is_mark && base > what ? base : end; /* a letter goes with its accents */
          break;
        }
    }
  return g_strndup (what, (gsize) (end - what));
}

/**
 * amends_case_get_n_issues:
 *
 * Returns: how many issues it holds
 */
guint
amends_case_get_n_issues (const AmendsCase *self)
{
  return self->issues->len;
}

/**
 * amends_case_get_issue:
 *
 * Returns: (transfer none): the issue, in the order of recording
 */
const AmendsIssue *
amends_case_get_issue (const AmendsCase *self, guint n)
{
  g_return_val_if_fail (n < self->issues->len, NULL);
  return &g_array_index (self->issues, AmendsIssue, n);
}

/**
 * amends_case_get_n_consents:
 *
 * Returns: how many answers about sharing stand
 */
guint
amends_case_get_n_consents (const AmendsCase *self)
{
  return self->consents->len;
}

/**
 * amends_case_get_consent:
 *
 * Returns: (transfer none): the answer, with whether it was withdrawn since
 */
const AmendsConsent *
amends_case_get_consent (const AmendsCase *self, guint n)
{
  g_return_val_if_fail (n < self->consents->len, NULL);
  return &g_array_index (self->consents, AmendsConsent, n);
}

/**
 * amends_case_get_n_adjustments:
 *
 * Returns: how many adjustments stand or stood
 */
guint
amends_case_get_n_adjustments (const AmendsCase *self)
{
  return self->adjustments->len;
}

/**
 * amends_case_get_adjustment:
 *
 * Returns: (transfer none): the adjustment, with whether it was ended since
 */
const AmendsAdjustment *
amends_case_get_adjustment (const AmendsCase *self, guint n)
{
  g_return_val_if_fail (n < self->adjustments->len, NULL);
  return &g_array_index (self->adjustments, AmendsAdjustment, n);
}

/**
 * amends_adjustment_stands:
 *
 * What nobody has decided on yet is acted on: it is for whoever declines it to say why not.
 *
 * Source: Complaint Handling Code 2024, 3.1 and 5.10; Equality Act 2010, s.20.
 * Returns: whether it was neither ended nor declined
 */
gboolean
amends_adjustment_stands (const AmendsAdjustment *self)
{
  return self->ended == NULL && !json_is_false (json_object_get (self->decided, "agreed"));
}

/**
 * amends_case_get_n_notes:
 *
 * Returns: how many notes it holds
 */
guint
amends_case_get_n_notes (const AmendsCase *self)
{
  return self->notes->len;
}

/**
 * amends_case_get_note:
 *
 * Returns: (transfer none): the note, in the order of the fold
 */
const AmendsNote *
amends_case_get_note (const AmendsCase *self, guint n)
{
  g_return_val_if_fail (n < self->notes->len, NULL);
  return &g_array_index (self->notes, AmendsNote, n);
}

/**
 * amends_case_get_n_attachments:
 *
 * Returns: how many files belong to it
 */
guint
amends_case_get_n_attachments (const AmendsCase *self)
{
  return self->attachments->len;
}

/**
 * amends_case_get_attachment:
 *
 * Returns: (transfer none): what is said of the file, in the order of the fold
 */
const AmendsAttachment *
amends_case_get_attachment (const AmendsCase *self, guint n)
{
  g_return_val_if_fail (n < self->attachments->len, NULL);
  return &g_array_index (self->attachments, AmendsAttachment, n);
}

/**
 * amends_case_get_n_history:
 *
 * Returns: how many events it is folded from
 */
guint
amends_case_get_n_history (const AmendsCase *self)
{
  return self->history->len;
}

/**
 * amends_case_get_history:
 *
 * Returns: (transfer none): the entry at that place of the fold
 */
const AmendsHistoryEntry *
amends_case_get_history (const AmendsCase *self, guint n)
{
  g_return_val_if_fail (n < self->history->len, NULL);
  return &g_array_index (self->history, AmendsHistoryEntry, n);
}

/**
 * amends_case_is_before:
 * @earlier: a place in its history
 * @later: another
 *
 * Returns: whether the author of what stands at @later had seen what stands at @earlier
 */
gboolean
amends_case_is_before (const AmendsCase *self, guint earlier, guint later)
{
  return amends_fold_is_before (self->fold, earlier, later);
}

/**
 * amends_case_get_fields:
 *
 * Returns: (transfer none): all that stands in it
 */
const AmendsFields *
amends_case_get_fields (const AmendsCase *self)
{
  return self->fields;
}

/**
 * amends_case_get_n_conflicts:
 *
 * Returns: in how many fields two different values stand
 */
guint
amends_case_get_n_conflicts (const AmendsCase *self)
{
  return self->conflicts->len;
}

/**
 * amends_case_get_conflict:
 *
 * Returns: (transfer none): the field in which two values stand
 */
const AmendsField *
amends_case_get_conflict (const AmendsCase *self, guint n)
{
  g_return_val_if_fail (n < self->conflicts->len, NULL);
  return g_ptr_array_index (self->conflicts, n);
}

/**
 * amends_case_get_author:
 * @write: of one of its fields
 *
 * Returns: (transfer none): the entry that wrote it
 */
const AmendsHistoryEntry *
amends_case_get_author (const AmendsCase *self, const AmendsWrite *write)
{
  return amends_case_get_history (self, write->place);
}

/**
 * amends_case_get_n_unknown:
 *
 * Returns: how many events a newer version recorded
 */
guint
amends_case_get_n_unknown (const AmendsCase *self)
{
  return self->n_unknown;
}

/**
 * amends_case_get_n_missing:
 *
 * Returns: how many earlier events have not arrived
 */
guint
amends_case_get_n_missing (const AmendsCase *self)
{
  return amends_fold_get_n_missing (self->fold);
}

/**
 * amends_case_get_recorded_at:
 *
 * Returns: when its author's clock said it was recorded, microseconds since 1970 UTC
 */
gint64
amends_case_get_recorded_at (const AmendsCase *self)
{
  return amends_case_get_history (self, self->root)->at;
}

/**
 * amends_case_get_changed_at:
 *
 * Returns: the instant on the last event in the fold's order, microseconds since 1970 UTC
 */
gint64
amends_case_get_changed_at (const AmendsCase *self)
{
  return amends_case_get_history (self, self->history->len - 1)->at;
}
