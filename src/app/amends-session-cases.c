/* amends-session-cases.c: reading cases, recording, acts and drafts
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/amends-session-private.h"

#include "app/amends-number-words.h"
#include "core/amends-case-clocks.h"
#include "core/amends-error.h"
#include "store/amends-attachments.h"
#include "store/amends-numbers.h"

/* As many as somebody compares; who has more of them finds the others by name. */
#define MAX_ALIKE 3

static void
unref_array (gpointer data)
{
  g_ptr_array_unref (data);
}

/* ---------------------------------------------------------------- reading */

typedef struct
{
  gboolean only_conflicts;
  AmendsCaseOrder order;
  guint limit;
  guint offset;
} ListInput;

void
amends_case_slice_free (AmendsCaseSlice *self)
{
  g_ptr_array_unref (self->rows);
  g_free (self);
}

static gpointer
run_list_cases (AmendsSession *self, gpointer data, GError **error)
{
  const ListInput *input = data;
  GPtrArray *rows;
  AmendsCaseSlice *slice;

  if (!amends_session_require_store (self, error))
    return NULL;
  rows = input->order == AMENDS_CASES_DUE
             ? amends_store_list_cases_by_due (self->store, input->limit, input->offset, error)
             : amends_store_list_cases (self->store, NULL, input->only_conflicts, input->limit,
                                        input->offset, error);
  if (rows == NULL)
    return NULL;
  slice = g_new0 (AmendsCaseSlice, 1);
  slice->rows = rows;
  slice->n_cases = input->only_conflicts ? amends_store_count_cases_in_conflict (self->store, NULL)
                                         : amends_store_count_cases (self->store, NULL);
  return slice;
}

/**
 * amends_session_list_cases_async:
 * @only_conflicts: only those that hold two versions of something; then in the order of their receipt
 * @order: which comes first
 * @limit: 0 for all
 */
void
amends_session_list_cases_async (AmendsSession *self,
                                 gboolean only_conflicts,
                                 AmendsCaseOrder order,
                                 guint limit,
                                 guint offset,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  const ListInput input = { only_conflicts, order, limit, offset };

  g_return_if_fail (AMENDS_IS_SESSION (self));

  amends_session_push_job (self,
                           (AmendsSessionJob){ run_list_cases, g_memdup2 (&input, sizeof input),
                                               g_free, (GDestroyNotify) amends_case_slice_free },
                           cancellable, callback, user_data);
}

AmendsCaseSlice *
amends_session_list_cases_finish (AmendsSession *self, GAsyncResult *result, GError **error)
{
  return amends_session_finish_job (self, result, error);
}

typedef struct
{
  char *scheme; /* (nullable) */
  gboolean only_mine;
  guint limit;
} WorkInput;

static void
work_input_free (gpointer data)
{
  WorkInput *input = data;

  g_free (input->scheme);
  g_free (input);
}

static gpointer
run_get_work (AmendsSession *self, gpointer data, GError **error)
{
  const WorkInput *input = data;

  if (!amends_session_require_store (self, error))
    return NULL;
  return amends_store_get_work (self->store, input->scheme, input->only_mine, input->limit,
                                amends_store_get_today (self->store), error);
}

/**
 * amends_session_get_work_async:
 * @scheme: (nullable): only of this one
 * @only_mine: whether only what whoever is signed in has in hand
 * @limit: how many of each group; 0 for all
 *
 * The plan of today, as amends_store_get_work().
 */
void
amends_session_get_work_async (AmendsSession *self,
                               const char *scheme,
                               gboolean only_mine,
                               guint limit,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  WorkInput *input;

  g_return_if_fail (AMENDS_IS_SESSION (self));

  input = g_new0 (WorkInput, 1);
  input->scheme = g_strdup (scheme);
  input->only_mine = only_mine;
  input->limit = limit;
  amends_session_push_job (self,
                           (AmendsSessionJob){ run_get_work, input, work_input_free,
                                               (GDestroyNotify) amends_work_free },
                           cancellable, callback, user_data);
}

AmendsWork *
amends_session_get_work_finish (AmendsSession *self, GAsyncResult *result, GError **error)
{
  return amends_session_finish_job (self, result, error);
}

static gpointer
run_search (AmendsSession *self, gpointer data, GError **error)
{
  return amends_session_require_store (self, error)
             ? amends_store_search_so_far (self->store, data, error)
             : NULL;
}

/**
 * amends_session_search_async:
 * @text: two letters or more
 *
 * Cancel the one before with its @cancellable: it is then never begun. It waits for nothing to be read in: by what all
 * cases are found says the property "search-reach".
 */
void
amends_session_search_async (AmendsSession *self,
                             const char *text,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_return_if_fail (AMENDS_IS_SESSION (self) && text != NULL);

  amends_session_push_job (self,
                           (AmendsSessionJob){ run_search, g_strdup (text), g_free, unref_array },
                           cancellable, callback, user_data);
  amends_session_read_in (self); /* lists that were made anew are read in anew */
}

GPtrArray *
amends_session_search_finish (AmendsSession *self, GAsyncResult *result, GError **error)
{
  return amends_session_finish_job (self, result, error);
}

AmendsCaseFile *
amends_case_file_ref (const AmendsCaseFile *self)
{
  return g_atomic_rc_box_acquire ((AmendsCaseFile *) self);
}

static void
clear_file (gpointer data)
{
  AmendsCaseFile *self = data;

  g_clear_pointer (&self->complaint, amends_case_free);
  g_clear_pointer (&self->history, json_decref);
  g_clear_pointer (&self->attachments, json_decref);
  g_clear_pointer (&self->answers, g_ptr_array_unref);
  g_clear_pointer (&self->dues, amends_dues_unref);
  g_clear_pointer (&self->duties, g_ptr_array_unref);
  g_clear_pointer (&self->goals, g_ptr_array_unref);
  g_free (self->scheme_name);
  g_free (self->reference);
  g_clear_pointer (&self->alike, g_ptr_array_unref);
  g_strfreev (self->colleagues);
  g_free (self->ring);
}

void
amends_case_file_unref (AmendsCaseFile *self)
{
  g_atomic_rc_box_release_full (self, clear_file);
}

/* The clocks of the case, and what they and its policy let be done: by the day, and in the roles, that an act
 * will be judged by. Of a store that is damaged what can be read is shown, and nothing can be done. */
static void
judge (AmendsSession *self, const AmendsId *id, AmendsCaseFile *file)
{
  AmendsDay today = amends_store_get_today (self->store);
  AmendsRules rules;

  file->answers = amends_store_list_acts (self->store, id, NULL);
  if (file->answers == NULL)
    file->answers = g_ptr_array_new ();
  file->duties = amends_store_list_duties (self->store, id, NULL);
  if (file->duties == NULL)
    file->duties = g_ptr_array_new ();
  amends_editions_get_rules (amends_store_get_editions (self->store), file->complaint, &rules);
  file->dues =
      amends_dues_new (&rules, amends_case_compute_clocks (file->complaint, &rules, today), today);
  amends_dues_take_reasons (file->dues, file->complaint);
}

static void
goal_free (gpointer data)
{
  AmendsScheme *goal = data;

  g_free (goal->code);
  g_free (goal->name);
  g_free (goal);
}

/* The schemes that this device may write, but for the one where the case is; and that one where some of it is not
 * there yet. */
static GPtrArray *
list_goals (AmendsSession *self, const AmendsCase *complaint)
{
  GPtrArray *goals = g_ptr_array_new_with_free_func (goal_free);
  g_auto (GStrv) codes = amends_store_list_schemes (self->store, TRUE, NULL);
  const char *here = amends_feed_get_scheme (amends_case_get_feed (complaint));
  gboolean is_whole =
      amends_case_get_n_places (complaint) == 1 && amends_case_count_behind (complaint) == 0;

  if (codes == NULL || here == NULL || !g_strv_contains ((const char *const *) codes, here))
    return goals;
  for (guint i = 0; codes[i] != NULL; i++)
    {
      AmendsScheme *goal;

      if (is_whole && g_str_equal (codes[i], here))
        continue;
      goal = g_new0 (AmendsScheme, 1);
      goal->code = g_strdup (codes[i]);
      goal->name = amends_store_dup_scheme_name (self->store, codes[i]);
      g_ptr_array_add (goals, goal);
    }
  return goals;
}

/* (nullable): whom to ring of what is for those who are named for it alone; %NULL of what is for everybody. */
static char *
dup_ring (AmendsSession *self, const AmendsCase *complaint)
{
  const char *feed = amends_case_get_feed (complaint);
  g_autoptr (GPtrArray) numbers = NULL;

  if (!g_str_has_prefix (feed, "c.") && !g_str_has_prefix (feed, "r."))
    return NULL;
  numbers = amends_store_list_numbers (self->store, NULL);
  return amends_number_words_ring (numbers, amends_feed_get_scheme (feed),
                                   *feed == 'r' ? "safeguarding-lead" : "line-manager");
}

static gpointer
run_get_case (AmendsSession *self, gpointer data, GError **error)
{
  g_autoptr (AmendsCaseFile) file = g_atomic_rc_box_new0 (AmendsCaseFile);
  const char *scheme;
  gsize i;
  json_t *entry;

  if (!amends_session_require_store (self, error))
    return NULL;
  file->complaint = amends_store_get_case (self->store, data, error);
  if (file->complaint == NULL)
    return NULL;
  file->history = amends_store_history_to_json (self->store, file->complaint, error);
  if (file->history == NULL)
    return NULL;
  file->attachments = amends_store_attachments_to_json (self->store, file->complaint, error);
  if (file->attachments == NULL)
    return NULL;

  scheme = amends_case_get_text (file->complaint, "scheme");
  file->scheme_name = amends_store_dup_scheme_name (self->store, scheme != NULL ? scheme : "");
  file->reference = g_strdup (amends_case_get_text (file->complaint, "reference"));
  json_array_foreach (file->history, i, entry)
    if (json_is_false (json_object_get (entry, "sent")))
      file->n_waiting++;
  judge (self, data, file);
  file->goals = list_goals (self, file->complaint);
  if (amends_case_is_untouched (file->complaint))
    file->alike = amends_store_list_alike (self->store, file->complaint, MAX_ALIKE, NULL);
  file->colleagues = amends_store_list_staff_names (self->store, NULL);
  file->ring = dup_ring (self, file->complaint);
  return g_steal_pointer (&file);
}

void
amends_session_get_case_async (AmendsSession *self,
                               const AmendsId *id,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_return_if_fail (AMENDS_IS_SESSION (self) && id != NULL);

  amends_session_push_job (self,
                           (AmendsSessionJob){ run_get_case, amends_id_copy (id), g_free,
                                               (GDestroyNotify) amends_case_file_unref },
                           cancellable, callback, user_data);
}

AmendsCaseFile *
amends_session_get_case_finish (AmendsSession *self, GAsyncResult *result, GError **error)
{
  return amends_session_finish_job (self, result, error);
}

static gpointer
run_get_editions (AmendsSession *self, gpointer data, GError **error)
{
  const AmendsEditions *editions;

  if (!amends_session_require_store (self, error))
    return NULL;
  editions = amends_store_get_editions (self->store);
  return editions != NULL ? amends_editions_ref (editions) : NULL;
}

/**
 * amends_session_get_editions_async:
 *
 * What the landlord has published, for amends_session_get_editions_finish(): (transfer full)
 * (nullable), %NULL while locked.
 */
void
amends_session_get_editions_async (AmendsSession *self,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  g_return_if_fail (AMENDS_IS_SESSION (self));

  amends_session_push_job (self,
                           (AmendsSessionJob){ run_get_editions,
                                               .free_result =
                                                   (GDestroyNotify) amends_editions_unref },
                           cancellable, callback, user_data);
}

AmendsEditions *
amends_session_get_editions_finish (AmendsSession *self, GAsyncResult *result, GError **error)
{
  return amends_session_finish_job (self, result, error);
}

/* ---------------------------------------------------------------- acts */

struct _AmendsKeptDraft
{
  gint64 draft; /* 0 until it is saved first */
};

/**
 * amends_kept_draft_new:
 * @draft: what it was kept as before; 0 for what is new
 */
AmendsKeptDraft *
amends_kept_draft_new (gint64 draft)
{
  AmendsKeptDraft *self = g_atomic_rc_box_new0 (AmendsKeptDraft);

  self->draft = draft;
  return self;
}

AmendsKeptDraft *
amends_kept_draft_ref (AmendsKeptDraft *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
amends_kept_draft_unref (AmendsKeptDraft *self)
{
  g_atomic_rc_box_release (self);
}

typedef struct
{
  AmendsId id;
  AmendsKeptDraft *kept; /* (nullable) */
  json_t *json;
} ActInput;

static void
act_input_free (gpointer data)
{
  ActInput *input = data;

  json_decref (input->json);
  g_clear_pointer (&input->kept, amends_kept_draft_unref);
  g_free (input);
}

static ActInput *
act_input_new (const json_t *json, AmendsKeptDraft *kept)
{
  ActInput *input = g_new0 (ActInput, 1);

  /* jansson counts references without a lock: each thread has its own. */
  input->json = json_deep_copy (json);
  input->kept = kept != NULL ? amends_kept_draft_ref (kept) : NULL;
  return input;
}

/* What was saved last can be taken back for a while; what was saved before it, no more. */
static void
hold (AmendsSession *self, const AmendsOutcome *outcome, const json_t *intake)
{
  g_clear_pointer (&self->held, amends_outcome_free);
  json_decref (self->held_intake);
  amends_store_hold (self->store, outcome);
  self->held = g_new0 (AmendsOutcome, 1);
  self->held->id = outcome->id;
  self->held->events = g_ptr_array_ref (outcome->events);
  self->held->warnings = g_ptr_array_ref (outcome->warnings);
  self->held_intake = json_deep_copy (intake);
}

typedef struct
{
  json_t *intake;
  GPtrArray *files; /* element-type AmendsNewBytes */
} SubmitInput;

static void
submit_input_free (gpointer data)
{
  SubmitInput *input = data;

  json_decref (input->intake);
  g_ptr_array_unref (input->files);
  g_free (input);
}

/**
 * amends_new_bytes_free:
 * @data: (transfer full): an AmendsNewBytes
 */
void
amends_new_bytes_free (gpointer data)
{
  AmendsNewBytes *file = data;

  g_bytes_unref (file->bytes);
  json_decref (file->facts);
  g_free (file);
}

/* Sealed as it is written; what is not recorded then is removed with @writers. */
static AmendsAttachmentWriter *
write_file (AmendsSession *self, const AmendsNewBytes *file, GError **error)
{
  g_autoptr (AmendsAttachmentWriter) writer = amends_attachment_writer_new (self->store, error);

  return writer != NULL
                 && amends_attachment_writer_take_bytes (writer, file->bytes, file->facts, error)
             ? g_steal_pointer (&writer)
             : NULL;
}

static gpointer
run_submit (AmendsSession *self, gpointer data, GError **error)
{
  const SubmitInput *input = data;
  g_autoptr (GPtrArray) writers =
      g_ptr_array_new_with_free_func ((GDestroyNotify) amends_attachment_writer_free);
  g_autofree AmendsNewFile *files = g_new0 (AmendsNewFile, MAX (1, input->files->len));

  if (!amends_session_require_store (self, error))
    return NULL;
  for (guint i = 0; i < input->files->len; i++)
    {
      const AmendsNewBytes *file = g_ptr_array_index (input->files, i);
      AmendsAttachmentWriter *writer = write_file (self, file, error);

      if (writer == NULL)
        return NULL;
      g_ptr_array_add (writers, writer);
      files[i] = (AmendsNewFile){ writer, file->facts };
    }
  return amends_store_record_with (self->store, input->intake, files, writers->len, error);
}

static SubmitInput *
submit_input_new (const json_t *intake, const GPtrArray *files)
{
  SubmitInput *input = g_new0 (SubmitInput, 1);

  input->intake = json_deep_copy (intake);
  input->files = g_ptr_array_new_with_free_func (amends_new_bytes_free);
  for (guint i = 0; files != NULL && i < files->len; i++)
    {
      const AmendsNewBytes *file = g_ptr_array_index (files, i);
      AmendsNewBytes *copy = g_new0 (AmendsNewBytes, 1);

      copy->bytes = g_bytes_ref (file->bytes);
      copy->facts = json_deep_copy (file->facts);
      g_ptr_array_add (input->files, copy);
    }
  return input;
}

/**
 * amends_session_submit_async:
 * @intake: as in the contract of the command line
 * @files: (nullable) (element-type AmendsNewBytes): what was shown with it
 *
 * Records what a visitor submits: it is not taken back, may be sent at once, and the session keeps no copy of it.
 */
void
amends_session_submit_async (AmendsSession *self,
                             const json_t *intake,
                             const GPtrArray *files,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_return_if_fail (AMENDS_IS_SESSION (self) && intake != NULL);

  amends_session_push_job (self,
                           (AmendsSessionJob){
                               run_submit, submit_input_new (intake, files), submit_input_free,
                               (GDestroyNotify) amends_outcome_free, .is_change = TRUE },
                           NULL, callback, user_data);
}

AmendsOutcome *
amends_session_submit_finish (AmendsSession *self, GAsyncResult *result, GError **error)
{
  return amends_session_finish_job (self, result, error);
}

static gpointer
run_record (AmendsSession *self, gpointer data, GError **error)
{
  const ActInput *input = data;
  AmendsOutcome *outcome;

  if (!amends_session_require_store (self, error))
    return NULL;
  outcome = amends_store_record (self->store, input->json, error);
  if (outcome != NULL)
    hold (self, outcome, input->json);
  /* The record is safe; a draft that stays can be thrown away by hand. */
  if (outcome != NULL && input->kept != NULL && input->kept->draft != 0)
    amends_store_delete_draft (self->store, input->kept->draft, NULL);
  return outcome;
}

/**
 * amends_session_record_async:
 * @intake: as in the contract of the command line
 * @kept: (nullable): what it was kept as until now
 */
void
amends_session_record_async (AmendsSession *self,
                             const json_t *intake,
                             AmendsKeptDraft *kept,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_return_if_fail (AMENDS_IS_SESSION (self) && intake != NULL);

  amends_session_push_job (self,
                           (AmendsSessionJob){ run_record, act_input_new (intake, kept),
                                               act_input_free, (GDestroyNotify) amends_outcome_free,
                                               .is_change = TRUE, .is_held = TRUE },
                           NULL, callback, user_data);
}

AmendsOutcome *
amends_session_record_finish (AmendsSession *self, GAsyncResult *result, GError **error)
{
  return amends_session_finish_job (self, result, error);
}

static gpointer
run_act (AmendsSession *self, gpointer data, GError **error)
{
  const ActInput *input = data;
  AmendsOutcome *outcome;

  if (!amends_session_require_store (self, error))
    return NULL;
  outcome = amends_store_act (self->store, &input->id, input->json, error);
  if (outcome != NULL)
    hold (self, outcome, NULL);
  if (outcome != NULL && input->kept != NULL && input->kept->draft != 0)
    amends_store_delete_draft (self->store, input->kept->draft, NULL);
  return outcome;
}

/**
 * amends_session_act_async:
 * @id: the case
 * @act: as in the contract of the command line
 * @kept: (nullable): what its form was kept as until now
 */
void
amends_session_act_async (AmendsSession *self,
                          const AmendsId *id,
                          const json_t *act,
                          AmendsKeptDraft *kept,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  ActInput *input;

  g_return_if_fail (AMENDS_IS_SESSION (self) && id != NULL && act != NULL);

  input = act_input_new (act, kept);
  input->id = *id;
  amends_session_push_job (self,
                           (AmendsSessionJob){ run_act, input, act_input_free,
                                               (GDestroyNotify) amends_outcome_free,
                                               .is_change = TRUE, .is_held = TRUE },
                           NULL, callback, user_data);
}

AmendsOutcome *
amends_session_act_finish (AmendsSession *self, GAsyncResult *result, GError **error)
{
  return amends_session_finish_job (self, result, error);
}

void
amends_undone_free (AmendsUndone *self)
{
  json_decref (self->intake);
  g_free (self);
}

/* The words of a record are kept before it goes: whatever happens in between, they are there. Of what is sealed
 * nothing is kept. */
static gpointer
run_undo (AmendsSession *self, gpointer data, GError **error)
{
  g_autoptr (AmendsUndone) undone = g_new0 (AmendsUndone, 1);

  if (!amends_session_require_store (self, error))
    return NULL;
  if (self->held == NULL)
    {
      amends_set_error (error, AMENDS_CORE_ERROR_REFUSED, "type", NULL,
                        "There is nothing to take back");
      return NULL;
    }
  undone->intake =
      json_incref (self->held_intake); /* once more, should it fail now and work later */
  if (undone->intake != NULL && !amends_outcome_is_sealed (self->held)
      && !amends_store_save_draft (self->store, &undone->draft, undone->intake, error))
    return NULL;
  if (!amends_store_take_back (self->store, self->held, error))
    {
      if (undone->draft != 0)
        amends_store_delete_draft (self->store, undone->draft, NULL);
      return NULL;
    }
  g_clear_pointer (&self->held, amends_outcome_free);
  g_clear_pointer (&self->held_intake, json_decref);
  return g_steal_pointer (&undone);
}

/**
 * amends_session_undo_async:
 *
 * Takes back what was saved last, within the ten seconds in which it is held. A record becomes a draft again; one that
 * was sealed is given back, and kept nowhere.
 */
void
amends_session_undo_async (AmendsSession *self, GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (AMENDS_IS_SESSION (self));

  amends_session_push_job (self,
                           (AmendsSessionJob){ run_undo,
                                               .free_result = (GDestroyNotify) amends_undone_free,
                                               .is_change = TRUE },
                           NULL, callback, user_data);
}

/* Errors: %AMENDS_CORE_ERROR_REFUSED if it is too late. */
AmendsUndone *
amends_session_undo_finish (AmendsSession *self, GAsyncResult *result, GError **error)
{
  return amends_session_finish_job (self, result, error);
}

/* ---------------------------------------------------------------- drafts */

static gpointer
run_save_draft (AmendsSession *self, gpointer data, GError **error)
{
  ActInput *input = data;

  if (!amends_session_require_store (self, error)
      || !amends_store_save_draft (self->store, &input->kept->draft, input->json, error))
    return NULL;
  return g_memdup2 (&input->kept->draft, sizeof input->kept->draft);
}

/**
 * amends_session_save_draft_async:
 * @kept: what it is kept as
 * @intake: whatever stands in the form, valid or not
 *
 * Of several that are asked for one after the other the last stands, whether or not the others have finished.
 */
void
amends_session_save_draft_async (AmendsSession *self,
                                 AmendsKeptDraft *kept,
                                 const json_t *intake,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  g_return_if_fail (AMENDS_IS_SESSION (self) && kept != NULL && intake != NULL);

  amends_session_push_job (self,
                           (AmendsSessionJob){ run_save_draft, act_input_new (intake, kept),
                                               act_input_free, g_free },
                           NULL, callback, user_data);
}

/* Returns: its number; 0 on failure. */
gint64
amends_session_save_draft_finish (AmendsSession *self, GAsyncResult *result, GError **error)
{
  g_autofree gint64 *draft = amends_session_finish_job (self, result, error);

  return draft != NULL ? *draft : 0;
}

static gpointer
run_delete_draft (AmendsSession *self, gpointer data, GError **error)
{
  const ActInput *input = data;

  if (amends_session_require_store (self, error) && input->kept->draft != 0)
    amends_store_delete_draft (self->store, input->kept->draft, error);
  return NULL;
}

/**
 * amends_session_delete_draft:
 * @kept: which
 *
 * Throws a draft away. One that cannot be deleted stays in the list.
 */
void
amends_session_delete_draft (AmendsSession *self, AmendsKeptDraft *kept)
{
  g_return_if_fail (AMENDS_IS_SESSION (self) && kept != NULL);

  amends_session_push_job (self,
                           (AmendsSessionJob){ run_delete_draft, act_input_new (NULL, kept),
                                               act_input_free, NULL, .is_change = TRUE },
                           NULL, NULL, NULL);
}

static gpointer
run_forget_draft (AmendsSession *self, gpointer data, GError **error)
{
  const ActInput *input = data;

  if (amends_session_require_store (self, error)
      && amends_store_forget_draft (self->store, input->kept->draft, error))
    input->kept->draft = 0;
  return NULL;
}

/**
 * amends_session_forget_draft:
 * @kept: which
 *
 * As amends_session_delete_draft(), and nothing of it is in any file: see amends_store_forget_draft(). Kept
 * again, it is another.
 */
void
amends_session_forget_draft (AmendsSession *self, AmendsKeptDraft *kept)
{
  g_return_if_fail (AMENDS_IS_SESSION (self) && kept != NULL);

  amends_session_push_job (self,
                           (AmendsSessionJob){ run_forget_draft, act_input_new (NULL, kept),
                                               act_input_free, NULL, .is_change = TRUE },
                           NULL, NULL, NULL);
}

static gpointer
run_throw_draft (AmendsSession *self, gpointer data, GError **error)
{
  const ActInput *input = data;
  g_autoptr (AmendsDraft) thrown = NULL;

  if (!amends_session_require_store (self, error))
    return NULL;
  thrown = amends_store_throw_draft (self->store, input->kept->draft, error);
  if (thrown == NULL)
    return NULL;
  json_decref (self->thrown);
  self->thrown = g_steal_pointer (&thrown->intake);
  return self; /* it is only asked whether there is something */
}

static void
thrown_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  AmendsSession *self = AMENDS_SESSION (source);

  if (amends_session_finish_job (self, result, NULL) != NULL)
    amends_session_say_thrown (self);
}

/**
 * amends_session_throw_draft:
 * @kept: which
 *
 * As amends_session_delete_draft(), of what a person throws away: “thrown” is said once it is, and until the
 * store is locked, or the next is thrown, amends_session_take_up_draft() brings it back.
 */
void
amends_session_throw_draft (AmendsSession *self, AmendsKeptDraft *kept)
{
  g_return_if_fail (AMENDS_IS_SESSION (self) && kept != NULL);

  amends_session_push_job (self,
                           (AmendsSessionJob){ run_throw_draft, act_input_new (NULL, kept),
                                               act_input_free, NULL, .is_change = TRUE },
                           NULL, thrown_cb, NULL);
}

static gpointer
run_take_up_draft (AmendsSession *self, gpointer data, GError **error)
{
  gint64 draft = 0;

  if (amends_session_require_store (self, error) && self->thrown != NULL
      && amends_store_save_draft (self->store, &draft, self->thrown, error))
    {
      json_decref (self->thrown);
      self->thrown = NULL;
    }
  return NULL;
}

/**
 * amends_session_take_up_draft:
 *
 * Brings back what was thrown away last.
 */
void
amends_session_take_up_draft (AmendsSession *self)
{
  g_return_if_fail (AMENDS_IS_SESSION (self));

  amends_session_push_job (self, (AmendsSessionJob){ run_take_up_draft, .is_change = TRUE }, NULL,
                           NULL, NULL);
}

static gpointer
run_list_drafts (AmendsSession *self, gpointer data, GError **error)
{
  return amends_session_require_store (self, error) ? amends_store_list_drafts (self->store, error)
                                                    : NULL;
}

void
amends_session_list_drafts_async (AmendsSession *self,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  g_return_if_fail (AMENDS_IS_SESSION (self));

  amends_session_push_job (self, (AmendsSessionJob){ run_list_drafts, .free_result = unref_array },
                           cancellable, callback, user_data);
}

GPtrArray *
amends_session_list_drafts_finish (AmendsSession *self, GAsyncResult *result, GError **error)
{
  return amends_session_finish_job (self, result, error);
}
