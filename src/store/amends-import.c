/* amends-import.c: what a landlord has already, taken into the log: all of a file or none
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One transaction. To check a file is to do all of it and to undo it, so that what is found out is what would be. A row
 * is known again by what the landlord knows it by, wherever it was imported: amends-known.c. */

#include "store/amends-import-private.h"

#include <gio/gio.h>
#include <string.h>

#include "core/amends-error.h"
#include "store/amends-known.h"
#include "store/amends-read.h"

/* What is done with a row of each kind. */
static const struct
{
  gboolean (*check) (AmendsImportWork *self, const AmendsImportRow *one, GPtrArray *ret_problems);
  gboolean (*compare) (AmendsImportWork *self,
                       const AmendsImportRow *one,
                       const GArray *streams,
                       GError **error);
  gboolean (*take_new) (AmendsImportWork *self, const AmendsImportRow *one, GError **error);
} gates[AMENDS_REGISTER_N_IMPORTED] = {
  [AMENDS_REGISTER_CASES] = { amends_import_case_check, amends_import_case_compare,
                              amends_import_case_take_new },
  [AMENDS_REGISTER_HOMES] = { amends_import_entry_check, amends_import_entry_compare,
                              amends_import_entry_take_new },
  [AMENDS_REGISTER_PEOPLE] = { amends_import_entry_check, amends_import_entry_compare,
                               amends_import_entry_take_new },
  [AMENDS_REGISTER_STAFF] = { amends_import_entry_check, amends_import_entry_compare,
                              amends_import_entry_take_new },
  [AMENDS_REGISTER_NUMBERS] = { amends_import_entry_check, amends_import_entry_compare,
                                amends_import_entry_take_new },
};

static void
work_clear (AmendsImportWork *self)
{
  g_clear_pointer (&self->schemes, g_strfreev);
  g_clear_pointer (&self->known, g_hash_table_unref);
  g_clear_pointer (&self->lines, g_hash_table_unref);
  g_clear_error (&self->no_roles);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (AmendsImportWork, work_clear)

/* @self: (transfer full) */
void
amends_imported_row_free (AmendsImportedRow *self)
{
  g_free (self->key);
  g_free (self->reference);
  g_ptr_array_unref (self->warnings);
  g_free (self);
}

/**
 * amends_imported_free:
 * @self: (nullable) (transfer full): what came of an import
 */
void
amends_imported_free (AmendsImported *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->rows);
  g_ptr_array_unref (self->changed);
  g_free (self);
}

/* @problem: (transfer full). What is wrong with a row ends the import only where it is the store that is. */
gboolean
amends_import_work_note (AmendsImportWork *self,
                         guint line,
                         AmendsEventType act,
                         GError *problem,
                         GError **error)
{
  g_autofree char *column = NULL;

  if (problem->domain != AMENDS_CORE_ERROR)
    {
      g_propagate_error (error, problem);
      return FALSE;
    }
  column = amends_import_dup_column (self->import, act, amends_error_get_field (problem));
  g_ptr_array_add (self->problems, amends_import_problem_new (line, column, problem));
  return TRUE;
}

gboolean
amends_import_work_refuse (GPtrArray *list, guint line, const char *column, const char *format, ...)
{
  g_autofree char *sentence = NULL;
  GError *problem = NULL;
  va_list args;

  va_start (args, format);
  sentence = g_strdup_vprintf (format, args);
  va_end (args);
  amends_set_error (&problem, AMENDS_CORE_ERROR_INVALID, column, NULL, "%s", sentence);
  g_ptr_array_add (list, amends_import_problem_new (line, column, problem));
  return TRUE;
}

/* Whether @said has all that is in @wanted, at whatever depth: a file with fewer columns says less, not otherwise. */
gboolean
amends_import_has_all (const json_t *said, const json_t *wanted)
{
  const char *key;
  json_t *value;
  gsize i;

  if (json_is_array (said) && json_is_array (wanted)
      && json_array_size (said) == json_array_size (wanted))
    {
      json_array_foreach (wanted, i, value)
        {
          if (!amends_import_has_all (json_array_get (said, i), value))
            return FALSE;
        }
      return TRUE;
    }
  if (!json_is_object (said) || !json_is_object (wanted))
    return json_equal (said, wanted);
  json_object_foreach ((json_t *) wanted, key, value)
    {
      if (!amends_import_has_all (json_object_get (said, key), value))
        return FALSE;
    }
  return TRUE;
}

static gboolean
check (AmendsImportWork *self, const AmendsImportRow *one)
{
  g_autoptr (GPtrArray) problems = g_ptr_array_new ();

  if (gates[self->import->kind].check (self, one, problems))
    return TRUE;
  for (guint i = 0; i < problems->len; i++)
    amends_import_work_note (self, one->line, AMENDS_EVENT_UNKNOWN, g_ptr_array_index (problems, i),
                             NULL);
  return FALSE;
}

static gboolean
take_row (AmendsImportWork *self, const AmendsImportRow *one, GError **error)
{
  const char *reference = amends_import_row_get_key (self->import, one);
  g_autofree char *key =
      amends_known_make_key (reference, amends_import_row_get_scheme (self->import, one));
  const GArray *streams;
  guint before;

  if (reference == NULL && self->import->kind == AMENDS_REGISTER_CASES)
    {
      g_autofree char *column =
          amends_import_dup_column (self->import, AMENDS_EVENT_UNKNOWN, "former_reference");

      amends_import_work_refuse (self->problems, one->line, column,
                                 "The row has no reference, by which it would be known again");
    }
  if (!check (self, one) || key == NULL)
    return TRUE;
  before = GPOINTER_TO_UINT (g_hash_table_lookup (self->lines, key));
  if (before != 0)
    return amends_import_work_refuse (self->problems, one->line, NULL,
                                      self->import->kind == AMENDS_REGISTER_STAFF
                                          ? "Line %u has the same name"
                                          : "Line %u has the same reference in the same scheme",
                                      before);
  streams = g_hash_table_lookup (self->known, key);
  g_hash_table_insert (self->lines, g_steal_pointer (&key), GUINT_TO_POINTER (one->line));
  return streams != NULL ? gates[self->import->kind].compare (self, one, streams, error)
                         : gates[self->import->kind].take_new (self, one, error);
}

/* In a transaction, which ends with it. */
static gboolean
import_all (AmendsImportWork *self, gboolean may_apply, GError **error)
{
  g_auto (AmendsTransaction) transaction = AMENDS_TRANSACTION_INIT;
  guint n_before = self->problems->len;

  if (!amends_transaction_begin (&transaction, self->store->db, error))
    return FALSE;
  for (guint i = 0; i < self->import->rows->len; i++)
    {
      if (!take_row (self, g_ptr_array_index (self->import->rows, i), error))
        return FALSE;
      if (self->said != NULL && !self->said (i + 1, self->import->rows->len, self->user_data))
        {
          g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "The import was stopped");
          return FALSE;
        }
    }
  if (!may_apply || self->problems->len > n_before)
    return TRUE;
  if (!amends_transaction_commit (&transaction, error))
    return FALSE;
  self->result->is_applied = TRUE;
  return TRUE;
}

/* What was undone had places in the log, which are given to others. */
static void
step_back (AmendsStore *store)
{
  gint64 last;

  if (amends_read_get_last_place (store, &last, NULL))
    amends_org_step_back (store, last);
}

/* All that is asked of the list, which follows only at the end of a transaction. */
static gboolean
prepare (AmendsImportWork *self, GError **error)
{
  if (!amends_store_check_writable (self->store, error))
    return FALSE;
  self->editions = amends_store_load_editions (self->store, error);
  if (self->editions == NULL)
    return FALSE;
  self->schemes = amends_store_list_schemes (self->store, TRUE, error);
  self->known =
      self->schemes != NULL ? amends_known_load (self->store, self->import->kind, error) : NULL;
  if (self->known == NULL)
    return FALSE;
  amends_store_get_moment (self->store, &self->moment);
  if (self->import->kind != AMENDS_REGISTER_STAFF
      || amends_store_check_may_set_roles (self->store, &self->no_roles)
      || self->no_roles->domain == AMENDS_CORE_ERROR)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&self->no_roles));
  return FALSE;
}

/**
 * amends_store_import:
 * @import: the rows of a file
 * @may_apply: whether to apply it if nothing is wrong with it; else it is only found out what would be
 * @said: (nullable): told of each row that was gone through, and says whether to go on
 * @user_data: for @said
 * @problems: (element-type AmendsImportProblem): where what is wrong with rows is added; nothing is applied then
 *
 * One transaction: whatever ends it, the whole file is in the log or nothing of it. A case that is here already stays
 * as it is; in a register what a row says of an entry otherwise is recorded. So the same file imported again changes
 * nothing.
 * Errors: %G_IO_ERROR_CANCELLED where @said does not go on; store errors.
 * Returns: (transfer full): what came of it, or would
 */
AmendsImported *
amends_store_import (AmendsStore *self,
                     const AmendsImport *import,
                     gboolean may_apply,
                     AmendsImportFunc said,
                     gpointer user_data,
                     GPtrArray *problems,
                     GError **error)
{
  g_auto (AmendsImportWork) work = {
    .store = self, .import = import, .problems = problems, .said = said, .user_data = user_data
  };
  g_autoptr (AmendsImported) result = g_new0 (AmendsImported, 1);

  result->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) amends_imported_row_free);
  result->changed = g_ptr_array_new_with_free_func ((GDestroyNotify) amends_import_problem_free);
  work.result = result;
  work.lines = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  if (!prepare (&work, error))
    return NULL;
  if (!import_all (&work, may_apply, error))
    {
      step_back (self);
      return NULL;
    }
  if (result->is_applied)
    amends_read_touch (self);
  else
    step_back (self);
  return g_steal_pointer (&result);
}
