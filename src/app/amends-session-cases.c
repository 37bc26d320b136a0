/* amends-session-cases.c: reading cases: lists, the plan of a day, search, one case
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
#define MAX_PEOPLE 3

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
  g_clear_pointer (&self->people, g_ptr_array_unref);
  g_clear_pointer (&self->person, amends_person_free);
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
  file->people = amends_store_list_people_alike (self->store, file->complaint, MAX_PEOPLE, NULL);
  if (file->people == NULL)
    file->people = g_ptr_array_new ();
  file->person = amends_store_get_registered_person (self->store, file->complaint, NULL);
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
