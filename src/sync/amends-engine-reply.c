/* amends-engine-reply.c: what the head of a reply means for this device
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * PROTOCOL.md 5 and 6: the receipt moves what is acknowledged; where device or server was restored or cloned it says
 * so, and what the next request asks is kept in the sync: trunks, a new code, own events one by one. */

#include "sync/amends-engine-private.h"

#include <sodium.h>
#include <string.h>

#include "core/amends-instant.h"
#include "store/amends-attachments.h"
#include "store/amends-log.h"
#include "sync/amends-upload.h"

void
amends_sync_set_protocol_error (GError **error, const char *what)
{
  g_set_error (error, AMENDS_SYNC_ERROR, AMENDS_SYNC_ERROR_PROTOCOL,
               "The server's answer does not verify: %s", what);
}

gboolean
amends_sync_check_receipt (Sync *self, const Exchange *exchange, GError **error)
{
  const AmendsIdentity *who = amends_store_get_identity (self->store);
  const AmendsReceipt *receipt = &exchange->head->receipt;

  if (receipt->request != exchange->request)
    {
      amends_sync_set_protocol_error (error, "it answers another request");
      return FALSE;
    }
  if (!amends_receipt_verify (receipt, who->organisation_id, who->code, who->server_key))
    {
      amends_sync_set_protocol_error (error, "its signature is not our server's");
      return FALSE;
    }
  return TRUE;
}

gboolean
amends_sync_get_standing (Sync *self,
                          const AmendsReceipt *receipt,
                          AmendsStanding *ret_standing,
                          GError **error)
{
  AmendsDigest trunk;
  gboolean is_same = TRUE;
  AmendsHead head;

  if (!amends_log_get_head (self->store, &head, error))
    return FALSE;
  if (receipt->number <= head.number)
    {
      if (!amends_log_get_trunk_at (self->store, receipt->number, &trunk, error))
        return FALSE;
      is_same = memcmp (trunk.bytes, receipt->trunk.bytes, sizeof trunk.bytes) == 0;
    }
  *ret_standing = amends_plan_compare (head.number, head.acknowledged, receipt->number, is_same);
  return TRUE;
}

/* The receipt moves what is acknowledged, forward or, after a restore, back. */
gboolean
amends_sync_keep_receipt (Sync *self,
                          const Exchange *exchange,
                          AmendsStanding standing,
                          GError **error)
{
  g_auto (AmendsTransaction) transaction = AMENDS_TRANSACTION_INIT;
  const AmendsReceipt *receipt = &exchange->head->receipt;
  gint64 server_instant = 0;
  AmendsHead head;

  if (!amends_log_get_head (self->store, &head, error))
    return FALSE;
  if (receipt->number > head.acknowledged)
    {
      self->report->n_acknowledged += receipt->number - head.acknowledged;
      self->report->n_sent_again +=
          MIN (receipt->number, self->again_to) - MIN (head.acknowledged, self->again_to);
    }
  if (standing == AMENDS_STANDING_SERVER_BEHIND)
    {
      self->report->server_restored = TRUE;
      self->again_to = MAX (self->again_to, head.acknowledged);
    }
  if (amends_instant_parse (receipt->at, &server_instant, NULL))
    self->server_instant = server_instant;
  if (receipt->number == head.acknowledged && !amends_log_is_unsure (self->store))
    return TRUE;
  return amends_transaction_begin (&transaction, amends_store_get_db (self->store), error)
         && amends_log_set_acknowledged (self->store, receipt->number, error)
         && amends_log_set_unsure (self->store, FALSE, error)
         && amends_transaction_commit (&transaction, error);
}

/* A cursor that did not fit goes back to the last common position, or half as far. */
static gboolean
step_back (Sync *self, const AmendsCursor *resume, GError **error)
{
  guint64 position = resume->position;
  guint64 lost_from = position;
  AmendsDigest hash;

  if (!amends_log_hash_at (self->store, resume->feed, position, &hash, NULL)
      || memcmp (hash.bytes, resume->hash.bytes, sizeof hash.bytes) != 0)
    {
      position = amends_plan_step_back (position);
      /* It may go back further yet, and what is cut off then could not be proved any more. */
      lost_from = 0;
      if (!amends_log_hash_at (self->store, resume->feed, position, &hash, NULL))
        {
          position = 0;
          memset (hash.bytes, 0, sizeof hash.bytes);
        }
    }
  if (g_str_equal (resume->feed, "ctl") && !amends_upload_keep_lost (self->store, lost_from, error))
    return FALSE;
  return amends_log_forget_entries (self->store, resume->feed, position, error)
         && amends_log_set_cursor (self->store, resume->feed, position, &hash, error);
}

static GPtrArray *
list_resumed (const AmendsReplyHead *head)
{
  GPtrArray *feeds = g_ptr_array_new ();

  for (guint i = 0; i < head->resume->len; i++)
    g_ptr_array_add (feeds, g_array_index (head->resume, AmendsCursor, i).feed);
  return feeds;
}

gboolean
amends_sync_follow_epoch (Sync *self, const AmendsReplyHead *head, GError **error)
{
  g_auto (AmendsTransaction) transaction = AMENDS_TRANSACTION_INIT;
  const AmendsIdentity *who = amends_store_get_identity (self->store);
  gboolean is_new_epoch = strcmp (who->epoch, head->receipt.epoch) != 0;
  g_autoptr (GPtrArray) resumed = list_resumed (head);

  if (!is_new_epoch && head->resume->len == 0)
    return TRUE;
  if (!amends_transaction_begin (&transaction, amends_store_get_db (self->store), error)
      || (is_new_epoch && !amends_log_set_stale (self->store, resumed, error)))
    return FALSE;
  for (guint i = 0; i < head->resume->len; i++)
    if (!step_back (self, &g_array_index (head->resume, AmendsCursor, i), error))
      return FALSE;
  if (is_new_epoch
      && (!amends_log_set_epoch (self->store, head->receipt.epoch, error)
          || !amends_store_forget_there (self->store, error)))
    return FALSE;
  self->report->server_restored = TRUE;
  self->is_done = FALSE;
  return amends_transaction_commit (&transaction, error);
}

static gboolean
begin_probe (Sync *self, const AmendsReceipt *receipt, GError **error)
{
  AmendsHead head;

  if (!amends_log_get_head (self->store, &head, error))
    return FALSE;
  self->common = 0;
  self->probe_from =
      head.acknowledged > 0 && head.acknowledged <= receipt->number ? head.acknowledged : 1;
  self->probe_end = MIN (head.number, receipt->number);
  self->probe_to = MIN (self->probe_end, self->probe_from + AMENDS_WIRE_MAX_PROBE - 1);
  self->wants_probe = self->probe_to >= self->probe_from;
  self->wants_recode = !self->wants_probe;
  return TRUE;
}

/* Returns: how many frames of the server's lost log it has taken, or never will */
guint
amends_sync_count_lost_done (const Exchange *exchange)
{
  const AmendsReplyHead *head = exchange->head;

  if (head->refused_code == NULL || head->refused_frame < 0)
    return exchange->n_lost;
  return MIN (exchange->n_lost, (guint) head->refused_frame + 1);
}

/* What the server has lost of its own log goes first, whoever was restored or cloned as well, in as many requests as it
 * takes: the last may say that this device was withdrawn, and is to have no new code. Each request leaves less. */
static gboolean
take_fork (Sync *self, Exchange *exchange, GError **error)
{
  guint n_lost = 0;

  if (!exchange->is_hold
      && (!amends_sync_follow_epoch (self, exchange->head, error)
          || !amends_log_count_lost (self->store, &n_lost, error)))
    return FALSE;
  if (n_lost > amends_sync_count_lost_done (exchange))
    {
      exchange->is_held_up = exchange->n_lost > 0;
      exchange->is_forked = !exchange->is_held_up;
      return TRUE;
    }
  return begin_probe (self, &exchange->head->receipt, error);
}

/* Compares a range of trunks; goes on to the next range, or back to the beginning, or ends. */
static gboolean
take_probe (Sync *self, const AmendsReplyHead *head, GError **error)
{
  guint64 n_asked = self->probe_to - self->probe_from + 1;
  g_autoptr (GArray) own = g_array_new (FALSE, FALSE, sizeof (AmendsDigest));
  guint64 common;

  if (head->trunks->len != n_asked)
    {
      amends_sync_set_protocol_error (error, "it did not answer what was asked");
      return FALSE;
    }
  if (!amends_log_get_trunks (self->store, self->probe_from, self->probe_to, own, error))
    return FALSE;
  common = amends_plan_find_common ((AmendsDigest *) own->data, (AmendsDigest *) head->trunks->data,
                                    own->len, self->probe_from);
  if (common == 0 && self->common == 0 && self->probe_from > 1)
    {
      self->probe_from = 1;
      self->probe_to = MIN (self->probe_end, AMENDS_WIRE_MAX_PROBE);
      return TRUE;
    }
  if (common > 0)
    self->common = common;
  self->wants_probe = common == self->probe_to && self->probe_to < self->probe_end;
  self->wants_recode = !self->wants_probe;
  if (self->wants_probe)
    {
      self->probe_from = self->probe_to + 1;
      self->probe_to = MIN (self->probe_end, self->probe_from + AMENDS_WIRE_MAX_PROBE - 1);
    }
  return TRUE;
}

/* A revoked device hands in what it wrote, and is then told; one that was restored or cloned as well gets no
 * new code, and keeps what it wrote since. Returns: %FALSE */
gboolean
amends_sync_end_revoked (Sync *self, GError **error)
{
  AmendsHead head;

  if (!amends_log_get_head (self->store, &head, error))
    return FALSE;
  g_set_error_literal (
      error, AMENDS_SYNC_ERROR, AMENDS_SYNC_ERROR_REVOKED,
      head.number > head.acknowledged
          ? "This device was withdrawn at head office, and not all that it wrote could be handed "
            "in. What is left is kept here."
          : "This device was withdrawn at head office. What it wrote has been handed in; what it "
            "holds is deleted once head office has a backup of it.");
  return FALSE;
}

/* It gets no code under which it could hand in what it wrote past the last common number: none of that is taken for
 * acknowledged, whatever a server said before it was restored, none is deleted, and none is sent again and again. */
static gboolean
keep_branch (Sync *self, GError **error)
{
  g_auto (AmendsTransaction) transaction = AMENDS_TRANSACTION_INIT;
  AmendsHead head;

  if (!amends_log_get_head (self->store, &head, error)
      || !amends_transaction_begin (&transaction, amends_store_get_db (self->store), error)
      || (head.acknowledged > self->common
          && !amends_log_set_acknowledged (self->store, self->common, error))
      || !amends_log_set_refused (self->store, error)
      || !amends_transaction_commit (&transaction, error))
    return FALSE;
  return amends_sync_end_revoked (self, error);
}

static gboolean
take_recode (Sync *self, const AmendsReplyHead *head, GError **error)
{
  const AmendsIdentity *who = amends_store_get_identity (self->store);
  g_auto (AmendsSecret) seed = { { 0 } };
  g_auto (AmendsSecret) secret_key = { { 0 } };
  guint8 key[AMENDS_KEY_BYTES];

  if (head->recoded[0] == '\0' && head->revoked)
    return keep_branch (self, error);
  if (head->recoded[0] == '\0')
    {
      amends_sync_set_protocol_error (error, "it gave no new code");
      return FALSE;
    }
  if (!amends_log_get_recode_seed (self->store, head->receipt.epoch, seed.bytes, error))
    return FALSE;
  crypto_sign_seed_keypair (key, secret_key.bytes, seed.bytes);
  g_strlcpy (self->report->recoded_from, who->code, sizeof self->report->recoded_from);
  g_strlcpy (self->report->recoded_to, head->recoded, sizeof self->report->recoded_to);
  self->wants_recode = FALSE;
  self->again_to = 0; /* numbers begin again */
  return amends_log_recode (self->store, self->common, head->recoded, key, secret_key.bytes, error);
}

gboolean
amends_sync_keep_safe (Sync *self, const AmendsReplyHead *head, GError **error)
{
  for (guint i = 0; i < head->safe->len; i++)
    {
      const AmendsCursor *safe = &g_array_index (head->safe, AmendsCursor, i);

      if (!amends_log_set_safe (self->store, safe->feed, safe->position, error))
        return FALSE;
    }
  return amends_log_set_safe_number (self->store, head->safe_number, error);
}

/* Where the server does not take what another device wrote, that stays here, and the others' goes on: a
 * device that enrolled after the backup was made is unknown to a restored server until it has enrolled
 * again; one that was restored as the server was may have written others under the same numbers.
 * Returns: whether that is so */
static gboolean
leave_out (Sync *self, const Exchange *exchange)
{
  int frame = exchange->head->refused_frame;
  const char *refused = exchange->head->refused_code;
  const char *chain;

  if (refused == NULL || exchange->n_sent > 0 || frame < 0
      || (guint) frame >= exchange->chains->len)
    return FALSE;
  self->wants_hand_in = TRUE;
  self->is_done = FALSE;
  chain = g_ptr_array_index (exchange->chains, frame);
  g_hash_table_add (self->left_out, g_str_equal (refused, "fork")
                                        ? g_strdup (chain)
                                        : g_strndup (chain, strcspn (chain, " ")));
  return TRUE;
}

/* The server refused a frame of own events; of one that was restored a gap is no wonder, and is not asked
 * about here. Where it holds another event under a number of this device, which somebody handed in, this
 * device was restored or cloned too: the last number that both share is found by sending one by one. */
static gboolean
take_refusal (Sync *self, Exchange *exchange, GError **error)
{
  const AmendsReplyHead *head = exchange->head;

  if (g_str_equal (head->refused_code, "fork"))
    {
      self->wants_recode = self->is_one_by_one;
      self->common = head->receipt.number;
      self->is_one_by_one = TRUE;
      self->is_done = FALSE;
      exchange->is_forked = TRUE;
      return TRUE;
    }
  g_set_error (error, AMENDS_SYNC_ERROR, AMENDS_SYNC_ERROR_PROTOCOL,
               "The server could not read what was sent (%s)", head->refused_code);
  return FALSE;
}

/* Afterwards is_done says whether pages alone remain. */
gboolean
amends_sync_take_head (Sync *self, Exchange *exchange, GError **error)
{
  const AmendsReplyHead *head = exchange->head;
  AmendsStanding standing;

  if (exchange->is_by_hand)
    return amends_sync_take_head_by_hand (self, exchange, error);
  if (!amends_sync_check_receipt (self, exchange, error)
      || !amends_log_overtake_carried (self->store, error))
    return FALSE;
  self->quarantined = head->quarantined;
  self->is_revoked = head->revoked;
  self->receipt = head->receipt;
  if (self->wants_recode)
    return take_recode (self, head, error);
  if (self->wants_probe)
    return take_probe (self, head, error);
  if (!amends_sync_get_standing (self, &head->receipt, &standing, error))
    return FALSE;
  exchange->is_forked = standing == AMENDS_STANDING_FORKED;
  if (exchange->is_forked)
    return take_fork (self, exchange, error);

  self->is_done = !exchange->is_hold; /* what was held back is still to be asked for */
  /* A reply to a request that holds back answers no cursor: of a new epoch the next one tells. */
  if (!amends_sync_keep_receipt (self, exchange, standing, error)
      || (!exchange->is_hold && !amends_sync_follow_epoch (self, head, error))
      || !amends_sync_keep_safe (self, head, error))
    return FALSE;
  return head->refused_code == NULL || leave_out (self, exchange)
         || standing == AMENDS_STANDING_SERVER_BEHIND || exchange->n_lost > 0
         || take_refusal (self, exchange, error);
}
