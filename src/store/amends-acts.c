/* amends-acts.c: acts on cases: judged, and written behind what their author had before them
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "core/amends-decide.h"
#include "core/amends-error.h"
#include "store/amends-erasure.h"
#include "store/amends-log.h"
#include "store/amends-moves.h"
#include "store/amends-read.h"
#include "store/amends-shipped.h"

/* What an act asks for beside its events, in its transaction. */
static gboolean
note_events (AmendsStore *self, const AmendsOutcome *outcome, GError **error)
{
  gboolean moves = FALSE;

  for (guint i = 0; i < outcome->events->len; i++)
    {
      AmendsEvent *event = g_ptr_array_index (outcome->events, i);
      AmendsEventType type = amends_body_get_type (amends_event_get_json (event));

      /* Whoever agreed follows the case too: what carries a record that was named may come later. */
      if (type == AMENDS_EVENT_CASE_ERASURE_AGREED
          && !(amends_erasure_note_agreed (self, &outcome->id, error)
               && amends_moves_carry (self, &outcome->id, NULL, error)))
        return FALSE;
      moves |= type == AMENDS_EVENT_CASE_MOVED;
    }
  return !moves || amends_moves_carry (self, &outcome->id, outcome->events, error);
}

/* @seen: the case as whoever decided had it before them */
static AmendsOutcome *
write_behind (AmendsStore *self,
              AmendsDecision *decision,
              const AmendsCase *complaint,
              const AmendsCase *seen,
              GError **error)
{
  g_auto (AmendsTransaction) transaction = AMENDS_TRANSACTION_INIT;
  g_autoptr (AmendsOutcome) outcome = NULL;
  g_autofree AmendsId *heads = NULL;
  AmendsId id;
  guint n_heads;

  amends_case_get_id (complaint, &id);
  heads = amends_case_get_heads (seen, &n_heads);
  if (!amends_moves_choose_feed (self, complaint, &decision->feed, error)
      || !amends_transaction_begin (&transaction, self->db, error))
    return NULL;
  outcome = amends_store_append_decision (self, decision, &id, heads, n_heads,
                                          amends_case_get_text (complaint, "reference"), error);
  if (outcome == NULL || !note_events (self, outcome, error)
      || !amends_transaction_commit (&transaction, error))
    return NULL;
  /* What is in two feeds is read from them. */
  if (amends_case_was_moved (complaint) || outcome->events->len > decision->bodies->len)
    amends_read_touch (self);
  else
    amends_read_follow (self, complaint, outcome->events);
  return g_steal_pointer (&outcome);
}

/**
 * amends_store_write_decision:
 * @decision: about a case
 * @complaint: as it stood for the decision
 *
 * In a transaction of its own.
 * Errors: store errors.
 * Returns: (transfer full): what was written
 */
AmendsOutcome *
amends_store_write_decision (AmendsStore *self,
                             AmendsDecision *decision,
                             const AmendsCase *complaint,
                             GError **error)
{
  return write_behind (self, decision, complaint, complaint, error);
}

/* What an act on a case is judged by, and by whom it is done. */
typedef struct
{
  const AmendsEditions *editions;
  AmendsCase *complaint;
  AmendsStaff *staff; /* (nullable): nobody is signed in, or their record is not here */
  AmendsActor actor;
  AmendsMoment moment;
  AmendsRules rules;
} Bench;

static void
bench_clear (Bench *self)
{
  g_clear_pointer (&self->complaint, amends_case_free);
  g_clear_pointer (&self->staff, amends_staff_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Bench, bench_clear)

static gboolean
bench_load (AmendsStore *self, const AmendsId *id, Bench *bench, GError **error)
{
  bench->editions = amends_store_load_editions (self, error);
  if (bench->editions == NULL)
    return FALSE;
  bench->complaint = amends_store_get_case (self, id, error);
  if (bench->complaint == NULL)
    return FALSE;
  bench->actor.id = self->actor;
  bench->actor.device = self->identity->code;
  if (self->actor.number != 0)
    bench->staff = amends_store_get_staff (self, &self->actor, NULL);
  if (bench->staff != NULL)
    bench->actor.roles = (const char *const *) bench->staff->roles;
  amends_store_get_moment (self, &bench->moment);
  amends_editions_get_rules (bench->editions, bench->complaint, &bench->rules);
  bench->rules.letters = amends_shipped_get_all_letters ();
  return TRUE;
}

/* ---------------------------------------------------------------- what its author had not seen */

/* Adds to @known what leads to what is in @open, which it empties. */
static void
follow_back (GHashTable *held, GPtrArray *open, GHashTable *known)
{
  while (open->len > 0)
    {
      AmendsEvent *event = g_ptr_array_steal_index_fast (open, open->len - 1);

      if (!g_hash_table_add (known, event))
        continue;
      for (guint i = 0; i < event->n_after; i++)
        {
          AmendsEvent *before = g_hash_table_lookup (held, &event->after[i]);

          if (before != NULL)
            g_ptr_array_add (open, before);
        }
    }
}

/* (transfer full) (nullable): the case as it was before whoever saw it up to @seen, and wrote what this device did;
 * %NULL if that is as it stands. */
static AmendsCase *
fold_seen (AmendsStore *self, const AmendsCase *complaint, const AmendsId *seen, guint n_seen)
{
  guint n_events = amends_case_get_n_history (complaint);
  g_autoptr (GHashTable) held = g_hash_table_new (amends_id_hash, amends_id_equal);
  g_autoptr (GHashTable) known = g_hash_table_new (NULL, NULL);
  g_autoptr (GPtrArray) open = g_ptr_array_new ();
  g_autoptr (GPtrArray) events = g_ptr_array_new ();

  for (guint i = 0; i < n_events; i++)
    {
      AmendsEvent *event = amends_case_get_history (complaint, i)->event;

      g_hash_table_insert (held, &event->id, event);
      if (strcmp (event->id.code, self->identity->code) == 0)
        g_ptr_array_add (open, event);
    }
  for (guint i = 0; i < n_seen; i++)
    if (g_hash_table_contains (held, &seen[i]))
      g_ptr_array_add (open, g_hash_table_lookup (held, &seen[i]));
  follow_back (held, open, known);
  if (g_hash_table_size (known) == 0 || g_hash_table_size (known) == n_events)
    return NULL;
  for (guint i = 0; i < n_events; i++)
    if (g_hash_table_contains (known, amends_case_get_history (complaint, i)->event))
      g_ptr_array_add (events, amends_case_get_history (complaint, i)->event);
  return amends_case_new ((AmendsEvent *const *) events->pdata, events->len);
}

/* Whether what such an act guards against may have come while its form was open: who else was to agree, what may be
 * sent to whom or asked of them, what may be kept, where the case is. It is refused however right it was. */
static gboolean
is_guarded (const json_t *act)
{
  static const AmendsEventType guarded[] = {
    AMENDS_EVENT_CASE_MOVED,          AMENDS_EVENT_CASE_ERASURE_ASKED,
    AMENDS_EVENT_CASE_ERASURE_AGREED, AMENDS_EVENT_CASE_CORRECTION_ANSWERED,
    AMENDS_EVENT_CASE_DISCLOSED,      AMENDS_EVENT_CASE_SENT,
    AMENDS_EVENT_CASE_STAGE2_SENT,    AMENDS_EVENT_CASE_TRANSCRIBED,
    AMENDS_EVENT_CASE_SURVEY,
  };
  AmendsEventType type =
      amends_event_type_from_string (json_string_value (json_object_get (act, "type")));

  for (guint i = 0; i < G_N_ELEMENTS (guarded); i++)
    if (type == guarded[i])
      return TRUE;
  return FALSE;
}

/* What was right by what was seen happened, and stands beside what others did meanwhile. @refusal: why it does not
 * fit that; taken where it is recorded all the same. */
static AmendsDecision *
decide_as_seen (const Bench *bench, const AmendsCase *seen, const json_t *act, GError **refusal)
{
  AmendsRules rules;
  AmendsDecision *decision;

  if (is_guarded (act) || !g_error_matches (*refusal, AMENDS_CORE_ERROR, AMENDS_CORE_ERROR_REFUSED))
    return NULL;
  amends_editions_get_rules (bench->editions, seen, &rules);
  rules.letters = bench->rules.letters;
  decision = amends_decide_act (seen, &rules, act, &bench->actor, &bench->moment, NULL);
  if (decision != NULL)
    {
      g_ptr_array_insert (decision->warnings, 0,
                          g_strdup_printf ("Others went on with this case meanwhile, and what "
                                           "you recorded no longer fits: %s",
                                           (*refusal)->message));
      g_clear_error (refusal);
    }
  return decision;
}

/**
 * amends_store_act_seen:
 * @id: the case
 * @seen: (array length=n_seen): the heads of the case as its author had it before them; none for as it stands
 * @act: what is done, by its type
 *
 * As amends_store_act(), and behind what its author had seen: what others changed meanwhile stands beside it, as
 * where two are apart. What was right then and is not by now is recorded as what happened, with a warning first.
 * Errors: as amends_store_act().
 * Returns: (transfer full): what was written
 */
AmendsOutcome *
amends_store_act_seen (AmendsStore *self,
                       const AmendsId *id,
                       const AmendsId *seen,
                       guint n_seen,
                       const json_t *act,
                       GError **error)
{
  g_auto (Bench) bench = { NULL };
  g_autoptr (AmendsDecision) decision = NULL;
  g_autoptr (AmendsCase) before = NULL;
  g_autoptr (GError) refusal = NULL;
  gboolean is_apart = FALSE;
  AmendsOutcome *outcome;

  if (!amends_store_check_writable (self, error) || !bench_load (self, id, &bench, error))
    return NULL;
  if (n_seen > 0 && !amends_case_was_moved (bench.complaint))
    before = fold_seen (self, bench.complaint, seen, n_seen);
  decision =
      amends_decide_act (bench.complaint, &bench.rules, act, &bench.actor, &bench.moment, &refusal);
  if (decision == NULL && before != NULL)
    {
      decision = decide_as_seen (&bench, before, act, &refusal);
      is_apart = decision != NULL;
    }
  if (decision == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&refusal));
      return NULL;
    }
  if (g_strcmp0 (json_string_value (json_object_get (act, "type")),
                 amends_event_type_to_string (AMENDS_EVENT_CASE_MOVED))
          == 0
      && !amends_moves_check (self, bench.complaint, act, error))
    return NULL;
  outcome = write_behind (self, decision, bench.complaint,
                          before != NULL ? before : bench.complaint, error);
  if (outcome != NULL)
    outcome->is_apart = is_apart;
  return outcome;
}

/**
 * amends_store_act:
 * @id: the case
 * @act: what is done, by its type
 *
 * Errors: what amends_decide_act() refuses; %AMENDS_CORE_ERROR_NOT_FOUND; store errors.
 * Returns: (transfer full): what was written
 */
AmendsOutcome *
amends_store_act (AmendsStore *self, const AmendsId *id, const json_t *act, GError **error)
{
  return amends_store_act_seen (self, id, NULL, 0, act, error);
}

/**
 * amends_store_list_acts:
 * @id: the case
 *
 * Errors: %AMENDS_CORE_ERROR_NOT_FOUND; store errors.
 * Returns: (transfer full) (element-type AmendsActAnswer): as amends_decide_list_acts()
 */
GPtrArray *
amends_store_list_acts (AmendsStore *self, const AmendsId *id, GError **error)
{
  g_auto (Bench) bench = { NULL };

  if (!bench_load (self, id, &bench, error))
    return NULL;
  return amends_decide_list_acts (bench.complaint, &bench.rules, &bench.actor, &bench.moment);
}
