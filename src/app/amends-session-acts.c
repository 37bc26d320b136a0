/* amends-session-acts.c: recording, acts and drafts
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/amends-session-private.h"

#include "core/amends-error.h"
#include "store/amends-attachments.h"

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
  AmendsId *seen; /* (owned) (array length=n_seen) */
  guint n_seen;
  AmendsKeptDraft *kept; /* (nullable) */
  json_t *json;
} ActInput;

static void
act_input_free (gpointer data)
{
  ActInput *input = data;

  json_decref (input->json);
  g_clear_pointer (&input->kept, amends_kept_draft_unref);
  g_free (input->seen);
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
  outcome = amends_store_act_seen (self->store, &input->id, input->seen, input->n_seen, input->json,
                                   error);
  if (outcome != NULL)
    hold (self, outcome, NULL);
  if (outcome != NULL && input->kept != NULL && input->kept->draft != 0)
    amends_store_delete_draft (self->store, input->kept->draft, NULL);
  return outcome;
}

/**
 * amends_session_act_async:
 * @id: the case
 * @seen: (array length=n_seen): its heads as whoever acts had it before them
 * @act: as in the contract of the command line
 * @kept: (nullable): what its form was kept as until now
 */
void
amends_session_act_async (AmendsSession *self,
                          const AmendsId *id,
                          const AmendsId *seen,
                          guint n_seen,
                          const json_t *act,
                          AmendsKeptDraft *kept,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  ActInput *input;

  g_return_if_fail (AMENDS_IS_SESSION (self) && id != NULL && act != NULL);

  input = act_input_new (act, kept);
  input->id = *id;
  input->seen = g_memdup2 (seen, n_seen * sizeof *seen);
  input->n_seen = n_seen;
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

  amends_session_push_job (self,
                           (AmendsSessionJob){ run_list_drafts,
                                               .free_result = (GDestroyNotify) g_ptr_array_unref },
                           cancellable, callback, user_data);
}

GPtrArray *
amends_session_list_drafts_finish (AmendsSession *self, GAsyncResult *result, GError **error)
{
  return amends_session_finish_job (self, result, error);
}
