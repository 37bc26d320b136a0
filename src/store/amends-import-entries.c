/* amends-import-entries.c: homes, people and staff taken into the log
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A landlord keeps its registers in other programs, too: what a row says of an entry otherwise than it stands here is
 * recorded, and what was there before stays in the history. What a row does not say stays. */

#include "store/amends-import-private.h"

#include "core/amends-error.h"
#include "core/amends-fold.h"

/* @ret_problems: (element-type GError): all that is wrong with it */
gboolean
amends_import_entry_check (AmendsImportWork *self,
                           const AmendsImportRow *one,
                           GPtrArray *ret_problems)
{
  guint n_before = ret_problems->len;
  json_auto_t *taken =
      amends_register_take (self->import->kind, one->said, (const char *const *) self->schemes,
                            &self->moment, ret_problems, NULL);

  if (json_array_size (json_object_get (taken, "roles")) > 0 && self->no_roles != NULL)
    g_ptr_array_add (ret_problems, g_error_copy (self->no_roles));
  return ret_problems->len == n_before;
}

/* Writes what a row says after @events of the entry, into the stream of the first, or into a new one. @events: (nullable).
 * @ret_problem: (out): what is wrong with it */
static gboolean
write_entry (AmendsImportWork *self,
             const AmendsImportRow *one,
             GPtrArray *events,
             AmendsId *ret_id,
             GError **ret_problem,
             GError **error)
{
  AmendsId actor;
  json_auto_t *taken =
      amends_register_take (self->import->kind, one->said, (const char *const *) self->schemes,
                            &self->moment, NULL, ret_problem);
  g_autoptr (AmendsDecision) decision = NULL;
  g_autoptr (AmendsFold) fold = NULL;
  g_autofree AmendsId *heads = NULL;
  g_autoptr (GPtrArray) written = NULL;
  const AmendsId *id = NULL;
  guint n_heads = 0;

  amends_store_get_actor (self->store, &actor);
  decision = taken != NULL ? amends_decide_register (self->import->kind, taken, &actor,
                                                     &self->moment, ret_problem)
                           : NULL;
  if (decision == NULL || !amends_store_check_serves (self->store, decision->feed, ret_problem))
    return FALSE;
  if (events != NULL)
    {
      id = &((const AmendsEvent *) g_ptr_array_index (events, 0))->stream;
      fold = amends_fold_new ((AmendsEvent *const *) events->pdata, events->len);
      heads = amends_fold_get_heads (fold, &n_heads);
    }
  written =
      amends_log_append (self->store, decision->feed, id, heads, n_heads, decision->bodies, error);
  if (written == NULL)
    return FALSE;
  if (ret_id != NULL)
    *ret_id = ((const AmendsEvent *) g_ptr_array_index (written, 0))->stream;
  return TRUE;
}

/* What stands in an entry may be less than what is here of it: then all that the row says is recorded. */
gboolean
amends_import_entry_compare (AmendsImportWork *self,
                             const AmendsImportRow *one,
                             const GArray *streams,
                             GError **error)
{
  g_autoptr (GPtrArray) events =
      amends_known_read (self->store, self->import->kind, streams, error);
  g_autoptr (AmendsRegistered) entry = NULL;
  g_autoptr (GError) problem = NULL;
  json_auto_t *taken = NULL;

  if (events == NULL)
    return FALSE;
  taken = amends_register_take (self->import->kind, one->said, (const char *const *) self->schemes,
                                &self->moment, NULL, &problem);
  if (taken != NULL && events->len > 0)
    entry = amends_registered_new (self->import->kind, (AmendsEvent *const *) events->pdata,
                                   events->len);
  if (taken != NULL && entry != NULL && amends_import_has_all (entry->said, taken))
    {
      self->result->n_already_here++;
      return TRUE;
    }
  if (taken != NULL
      && write_entry (self, one, events->len > 0 ? events : NULL, NULL, &problem, error))
    {
      self->result->n_updated++;
      return TRUE;
    }
  return problem != NULL
         && amends_import_work_note (self, one->line, AMENDS_EVENT_UNKNOWN,
                                     g_steal_pointer (&problem), error);
}

gboolean
amends_import_entry_take_new (AmendsImportWork *self, const AmendsImportRow *one, GError **error)
{
  g_autoptr (GError) problem = NULL;
  AmendsImportedRow *imported;
  AmendsId id;

  if (!write_entry (self, one, NULL, &id, &problem, error))
    return problem != NULL
           && amends_import_work_note (self, one->line, AMENDS_EVENT_UNKNOWN,
                                       g_steal_pointer (&problem), error);
  imported = g_new0 (AmendsImportedRow, 1);
  imported->line = one->line;
  imported->key = g_strdup (amends_import_row_get_key (self->import, one));
  imported->warnings = g_ptr_array_new_with_free_func (g_free);
  imported->id = id;
  g_ptr_array_add (self->result->rows, imported);
  return TRUE;
}
