/* amends-record.c: what a person said becomes a case, with what they showed
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/amends-decide.h"
#include "core/amends-error.h"
#include "store/amends-attachments.h"
#include "store/amends-log.h"
#include "store/amends-read.h"
#include "store/amends-store-private.h"

/* A device that was enrolled before such feeds were given with the others hears of them in its next exchange. What
 * was to go there never goes anywhere else. */
static gboolean
check_may_write (AmendsStore *self, const char *feed, GError **error)
{
  AmendsFeed given;

  if (!amends_store_get_feed (self, feed, &given, error))
    return FALSE;
  if (!given.may_write)
    amends_set_error (
        error, AMENDS_CORE_ERROR_REFUSED, feed[0] == 'c' ? "about" : "restricted", NULL,
        feed[0] == 'c'
            ? "This device may not write what is said of somebody who works there. It is "
              "allowed when it has been in touch with the server once more"
            : "This device may not write what is said of somebody’s safety. It is allowed "
              "when it has been in touch with the server once more");
  return given.may_write;
}

/**
 * amends_store_record:
 * @intake: what a person said
 *
 * One event for the case and one for each issue, consent and adjustment, all in one transaction:
 * when it returns they are durable. Where this device may not read the cases of its scheme, as a kiosk, it
 * keeps what it wrote so that it cannot open it; so does every device that may not read what is restricted.
 * Errors: what amends_decide_record() refuses; %AMENDS_CORE_ERROR_REFUSED if the device may not write where it
 * belongs; %AMENDS_STORE_ERROR_FULL and the other store errors.
 * Returns: (transfer full): the case's id and reference
 */
AmendsOutcome *
amends_store_record (AmendsStore *self, const json_t *intake, GError **error)
{
  return amends_store_record_with (self, intake, NULL, 0, error);
}

static gboolean
add_files (AmendsStore *self,
           AmendsDecision *decision,
           const AmendsNewFile *files,
           guint n_files,
           const AmendsMoment *moment,
           GError **error)
{
  const AmendsActor actor = { .id = self->actor };

  for (guint i = 0; i < n_files; i++)
    {
      json_auto_t *described = amends_attachment_writer_describe (files[i].writer, files[i].facts);

      if (!amends_decide_add_attached (decision, described, &actor, moment, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * amends_store_record_with:
 * @intake: what a person said
 * @files: (array length=n_files): what they showed
 *
 * As amends_store_record(), with the files in the same transaction: a record without them is none. Where the record is
 * put in a box, the keys of the files are in it as well, and what travels of them is kept beside it.
 * Errors: as amends_store_record(), and what amends_decide_add_attached() refuses. The writers then still remove what
 * they wrote.
 * Returns: (transfer full): the case's id and reference
 */
AmendsOutcome *
amends_store_record_with (AmendsStore *self,
                          const json_t *intake,
                          const AmendsNewFile *files,
                          guint n_files,
                          GError **error)
{
  g_auto (AmendsTransaction) transaction = AMENDS_TRANSACTION_INIT;
  g_auto (GStrv) schemes = NULL;
  g_autofree char *reference = NULL;
  g_autoptr (AmendsDecision) decision = NULL;
  g_autoptr (AmendsOutcome) outcome = NULL;
  AmendsMoment moment;
  const AmendsEditions *editions;
  gboolean is_noted;
  gint64 counter;

  if (!amends_store_check_writable (self, error))
    return NULL;
  editions = amends_store_load_editions (self, error);
  if (editions == NULL)
    return NULL;
  schemes = amends_store_list_schemes (self, TRUE, error);
  if (schemes == NULL)
    return NULL;
  amends_store_get_moment (self, &moment);
  if (!amends_meta_get_number (self, "reference-counter", &counter, error))
    return NULL;
  counter++;
  reference = amends_reference_format (self->identity->code, (guint64) counter);
  decision = amends_decide_record (intake, (const char *const *) schemes, editions, reference,
                                   &self->actor, &moment, error);
  if (decision == NULL || !check_may_write (self, decision->feed, error)
      || !add_files (self, decision, files, n_files, &moment, error)
      || !amends_transaction_begin (&transaction, self->db, error))
    return NULL;
  outcome = amends_store_append_decision (self, decision, NULL, NULL, 0, reference, error);
  if (outcome == NULL)
    return NULL;
  /* What goes past the staff of a place must not show there, not even as a count. */
  is_noted = amends_outcome_is_sealed (outcome) && amends_intake_get_restriction (intake) == NULL;
  if (!amends_meta_set_number (self, "reference-counter", counter, error)
      || (is_noted && !amends_waiting_note (self, moment.now, error))
      || !amends_transaction_commit (&transaction, error))
    return NULL;
  for (guint i = 0; i < n_files; i++)
    amends_attachment_writer_set_recorded (files[i].writer);
  if (amends_outcome_is_sealed (outcome))
    amends_read_touch (self); /* it is not a case that this device can show */
  else
    amends_read_follow (self, NULL, outcome->events);
  return g_steal_pointer (&outcome);
}
