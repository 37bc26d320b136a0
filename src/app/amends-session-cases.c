/* amends-session-cases.c: reading cases, recording, acts and drafts
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/amends-session-private.h"

#include "core/amends-case-clocks.h"
#include "store/amends-attachments.h"

static void
unref_array (gpointer data)
{
  g_ptr_array_unref (data);
}

/* ---------------------------------------------------------------- reading */

typedef struct
{
  gboolean only_conflicts;
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
  rows = amends_store_list_cases (self->store, NULL, input->only_conflicts, input->limit,
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
 * @limit: 0 for all
 */
void
amends_session_list_cases_async (AmendsSession *self,
                                 gboolean only_conflicts,
                                 guint limit,
                                 guint offset,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  const ListInput input = { only_conflicts, limit, offset };

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
  return amends_session_require_store (self, error) ? amends_store_search (self->store, data, error)
                                                    : NULL;
}

/**
 * amends_session_search_async:
 * @text: two letters or more
 *
 * Cancel the one before with its @cancellable: it is then never begun.
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
}

GPtrArray *
amends_session_search_finish (AmendsSession *self, GAsyncResult *result, GError **error)
{
  return amends_session_finish_job (self, result, error);
}

void
amends_case_file_free (AmendsCaseFile *self)
{
  g_clear_pointer (&self->complaint, amends_case_free);
  g_clear_pointer (&self->history, json_decref);
  g_clear_pointer (&self->attachments, json_decref);
  g_clear_pointer (&self->answers, g_ptr_array_unref);
  g_clear_pointer (&self->dues, amends_dues_unref);
  g_free (self->scheme_name);
  g_free (self->reference);
  g_free (self);
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
  amends_editions_get_rules (amends_store_get_editions (self->store), file->complaint, &rules);
  file->dues =
      amends_dues_new (&rules, amends_case_compute_clocks (file->complaint, &rules, today), today);
  amends_dues_take_reasons (file->dues, file->complaint);
}

static gpointer
run_get_case (AmendsSession *self, gpointer data, GError **error)
{
  g_autoptr (AmendsCaseFile) file = g_new0 (AmendsCaseFile, 1);
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
                                               (GDestroyNotify) amends_case_file_free },
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

typedef struct
{
  AmendsId id;
  gint64 draft;
  json_t *json;
} ActInput;

static void
act_input_free (gpointer data)
{
  ActInput *input = data;

  json_decref (input->json);
  g_free (input);
}

static ActInput *
act_input_new (const json_t *json, gint64 draft)
{
  ActInput *input = g_new0 (ActInput, 1);

  /* jansson counts references without a lock: each thread has its own. */
  input->json = json_deep_copy (json);
  input->draft = draft;
  return input;
}

static gpointer
run_record (AmendsSession *self, gpointer data, GError **error)
{
  const ActInput *input = data;
  AmendsOutcome *outcome;

  if (!amends_session_require_store (self, error))
    return NULL;
  outcome = amends_store_record (self->store, input->json, error);
  /* The record is safe; a draft that stays can be thrown away by hand. */
  if (outcome != NULL && input->draft != 0)
    amends_store_delete_draft (self->store, input->draft, NULL);
  return outcome;
}

/**
 * amends_session_record_async:
 * @intake: as in the contract of the command line
 * @draft: what it was kept as until now; 0 if it was not
 */
void
amends_session_record_async (AmendsSession *self,
                             const json_t *intake,
                             gint64 draft,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_return_if_fail (AMENDS_IS_SESSION (self) && intake != NULL);

  amends_session_push_job (self,
                           (AmendsSessionJob){ run_record, act_input_new (intake, draft),
                                               act_input_free, (GDestroyNotify) amends_outcome_free,
                                               .is_change = TRUE },
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

  return amends_session_require_store (self, error)
             ? amends_store_act (self->store, &input->id, input->json, error)
             : NULL;
}

void
amends_session_act_async (AmendsSession *self,
                          const AmendsId *id,
                          const json_t *act,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  ActInput *input;

  g_return_if_fail (AMENDS_IS_SESSION (self) && id != NULL && act != NULL);

  input = act_input_new (act, 0);
  input->id = *id;
  amends_session_push_job (self,
                           (AmendsSessionJob){ run_act, input, act_input_free,
                                               (GDestroyNotify) amends_outcome_free,
                                               .is_change = TRUE },
                           NULL, callback, user_data);
}

AmendsOutcome *
amends_session_act_finish (AmendsSession *self, GAsyncResult *result, GError **error)
{
  return amends_session_finish_job (self, result, error);
}

/* ---------------------------------------------------------------- drafts */

static gpointer
run_save_draft (AmendsSession *self, gpointer data, GError **error)
{
  ActInput *input = data;

  if (!amends_session_require_store (self, error)
      || !amends_store_save_draft (self->store, &input->draft, input->json, error))
    return NULL;
  return g_memdup2 (&input->draft, sizeof input->draft);
}

/**
 * amends_session_save_draft_async:
 * @draft: which; 0 for a new one
 * @intake: whatever stands in the form, valid or not
 */
void
amends_session_save_draft_async (AmendsSession *self,
                                 gint64 draft,
                                 const json_t *intake,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  g_return_if_fail (AMENDS_IS_SESSION (self) && intake != NULL);

  amends_session_push_job (self,
                           (AmendsSessionJob){ run_save_draft, act_input_new (intake, draft),
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

  if (amends_session_require_store (self, error))
    amends_store_delete_draft (self->store, input->draft, error);
  return NULL;
}

/**
 * amends_session_delete_draft:
 * @draft: which
 *
 * Throws a draft away. One that cannot be deleted stays in the list.
 */
void
amends_session_delete_draft (AmendsSession *self, gint64 draft)
{
  g_return_if_fail (AMENDS_IS_SESSION (self));

  amends_session_push_job (self,
                           (AmendsSessionJob){ run_delete_draft, act_input_new (NULL, draft),
                                               act_input_free, NULL, .is_change = TRUE },
                           NULL, NULL, NULL);
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
