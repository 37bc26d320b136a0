/* amends-session-registers.c: homes, people and staff, and what comes of them from spreadsheets
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/amends-session-private.h"

#include "core/amends-csv.h"
#include "store/amends-known.h"
#include "store/amends-numbers.h"

static gpointer
run_list_homes (AmendsSession *self, gpointer data, GError **error)
{
  if (!amends_session_require_store (self, error))
    return NULL;
  return amends_store_list_homes (self->store, error);
}

/**
 * amends_session_list_homes_async:
 * @callback: for amends_session_list_homes_finish()
 *
 * Those that are let or may be.
 */
void
amends_session_list_homes_async (AmendsSession *self,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  g_return_if_fail (AMENDS_IS_SESSION (self));

  amends_session_push_job (self,
                           (AmendsSessionJob){ run_list_homes,
                                               .free_result = (GDestroyNotify) g_ptr_array_unref },
                           cancellable, callback, user_data);
}

/* Returns: (transfer full) (element-type AmendsHome) */
GPtrArray *
amends_session_list_homes_finish (AmendsSession *self, GAsyncResult *result, GError **error)
{
  return amends_session_finish_job (self, result, error);
}

/**
 * amends_places_free:
 * @self: (nullable) (transfer full)
 */
void
amends_places_free (AmendsPlaces *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->homes, g_ptr_array_unref);
  g_clear_pointer (&self->numbers, g_ptr_array_unref);
  g_strfreev (self->colleagues);
  g_free (self);
}

static gpointer
run_list_places (AmendsSession *self, gpointer data, GError **error)
{
  g_autoptr (AmendsPlaces) places = g_new0 (AmendsPlaces, 1);

  if (!amends_session_require_store (self, error)
      || (places->homes = amends_store_list_homes (self->store, error)) == NULL
      || (places->numbers = amends_store_list_numbers (self->store, error)) == NULL
      || (places->colleagues = amends_store_list_staff_names (self->store, error)) == NULL)
    return NULL;
  return g_steal_pointer (&places);
}

/**
 * amends_session_list_places_async:
 * @callback: for amends_session_list_places_finish()
 *
 * The homes that are let or may be, whom to ring, and who works there.
 */
void
amends_session_list_places_async (AmendsSession *self,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  g_return_if_fail (AMENDS_IS_SESSION (self));

  amends_session_push_job (self,
                           (AmendsSessionJob){ run_list_places,
                                               .free_result = (GDestroyNotify) amends_places_free },
                           NULL, callback, user_data);
}

/* Returns: (transfer full): freed with amends_places_free() */
AmendsPlaces *
amends_session_list_places_finish (AmendsSession *self, GAsyncResult *result, GError **error)
{
  return amends_session_finish_job (self, result, error);
}

static gpointer
run_list_numbers (AmendsSession *self, gpointer data, GError **error)
{
  if (!amends_session_require_store (self, error))
    return NULL;
  return amends_store_list_numbers (self->store, error);
}

/**
 * amends_session_list_numbers_async:
 * @cancellable: (nullable)
 * @callback: for amends_session_list_numbers_finish()
 *
 * Whom to ring.
 */
void
amends_session_list_numbers_async (AmendsSession *self,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  g_return_if_fail (AMENDS_IS_SESSION (self));

  amends_session_push_job (self,
                           (AmendsSessionJob){ run_list_numbers,
                                               .free_result = (GDestroyNotify) g_ptr_array_unref },
                           cancellable, callback, user_data);
}

/* Returns: (transfer full) (element-type AmendsNumber) */
GPtrArray *
amends_session_list_numbers_finish (AmendsSession *self, GAsyncResult *result, GError **error)
{
  return amends_session_finish_job (self, result, error);
}

static gpointer
run_count_entries (AmendsSession *self, gpointer data, GError **error)
{
  g_autofree AmendsEntryCounts *counts = g_new0 (AmendsEntryCounts, 1);

  if (!amends_session_require_store (self, error)
      || !amends_store_count_entries (self->store, AMENDS_REGISTER_HOMES, &counts->n_homes, error)
      || !amends_store_count_entries (self->store, AMENDS_REGISTER_PEOPLE, &counts->n_people, error)
      || !amends_store_count_entries (self->store, AMENDS_REGISTER_STAFF, &counts->n_staff, error)
      || !amends_store_count_entries (self->store, AMENDS_REGISTER_NUMBERS, &counts->n_numbers,
                                      error))
    return NULL;
  return g_steal_pointer (&counts);
}

/**
 * amends_session_count_entries_async:
 * @callback: for amends_session_count_entries_finish()
 *
 * How much there is in the registers.
 */
void
amends_session_count_entries_async (AmendsSession *self,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data)
{
  g_return_if_fail (AMENDS_IS_SESSION (self));

  amends_session_push_job (self, (AmendsSessionJob){ run_count_entries, .free_result = g_free },
                           NULL, callback, user_data);
}

/* Returns: (transfer full): freed with g_free() */
AmendsEntryCounts *
amends_session_count_entries_finish (AmendsSession *self, GAsyncResult *result, GError **error)
{
  return amends_session_finish_job (self, result, error);
}

/* ---------------------------------------------------------------- a spreadsheet */

typedef struct
{
  GPtrArray *rows;
  AmendsRegisterKind kind;
  GStrv choices;
  gboolean may_apply;
  GCancellable *cancellable; /* (nullable) */
} Sheet;

static void
sheet_free (gpointer data)
{
  Sheet *self = data;

  g_ptr_array_unref (self->rows);
  g_strfreev (self->choices);
  g_clear_object (&self->cancellable);
  g_free (self);
}

/**
 * amends_import_answer_free:
 * @self: (nullable) (transfer full): what came of a spreadsheet
 */
void
amends_import_answer_free (AmendsImportAnswer *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->problems);
  amends_imported_free (self->imported);
  g_free (self);
}

typedef struct
{
  AmendsSession *session;
  GCancellable *cancellable; /* (nullable) */
} Watch;

static gboolean
row_done_cb (guint n_done, guint n_rows, gpointer user_data)
{
  const Watch *watch = user_data;

  g_atomic_int_set (&watch->session->n_import_done, (int) n_done);
  return watch->cancellable == NULL || !g_cancellable_is_cancelled (watch->cancellable);
}

static gpointer
run_import (AmendsSession *self, gpointer data, GError **error)
{
  const Sheet *sheet = data;
  Watch watch = { self, sheet->cancellable };
  g_autoptr (AmendsImportAnswer) answer = g_new0 (AmendsImportAnswer, 1);
  g_autoptr (AmendsImport) import = NULL;

  answer->problems = g_ptr_array_new_with_free_func ((GDestroyNotify) amends_import_problem_free);
  if (!amends_session_require_store (self, error))
    return NULL;
  import = amends_import_new (sheet->kind, sheet->rows, (const char *const *) sheet->choices,
                              answer->problems);
  answer->imported =
      amends_store_import (self->store, import, sheet->may_apply && answer->problems->len == 0,
                           row_done_cb, &watch, answer->problems, error);
  return answer->imported != NULL ? g_steal_pointer (&answer) : NULL;
}

/**
 * amends_session_import_async:
 * @rows: (element-type AmendsCsvRow): of a file, the header first; not changed by anybody from now on
 * @kind: what they are
 * @choices: (array zero-terminated=1): what each column is taken for
 * @may_apply: whether to record it if nothing is wrong with it; else it is only found out what would be
 * @cancellable: (nullable): stops it, and then nothing of it is recorded
 * @callback: for amends_session_import_finish()
 */
void
amends_session_import_async (AmendsSession *self,
                             GPtrArray *rows,
                             AmendsRegisterKind kind,
                             const char *const *choices,
                             gboolean may_apply,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  Sheet *sheet;

  g_return_if_fail (AMENDS_IS_SESSION (self) && rows != NULL);

  sheet = g_new0 (Sheet, 1);
  sheet->rows = g_ptr_array_ref (rows);
  sheet->kind = kind;
  sheet->choices = g_strdupv ((GStrv) choices);
  sheet->may_apply = may_apply;
  g_set_object (&sheet->cancellable, cancellable);
  g_atomic_int_set (&self->n_import_done, 0);
  amends_session_push_job (self,
                           (AmendsSessionJob){ run_import, sheet, sheet_free,
                                               (GDestroyNotify) amends_import_answer_free,
                                               .is_change = may_apply },
                           NULL, callback, user_data);
}

/* Returns: (transfer full): what came of it */
AmendsImportAnswer *
amends_session_import_finish (AmendsSession *self, GAsyncResult *result, GError **error)
{
  return amends_session_finish_job (self, result, error);
}

/**
 * amends_session_get_n_imported:
 *
 * Returns: how many rows of the spreadsheet under way were gone through
 */
guint
amends_session_get_n_imported (AmendsSession *self)
{
  g_return_val_if_fail (AMENDS_IS_SESSION (self), 0);

  return (guint) g_atomic_int_get (&self->n_import_done);
}
