/* amends-import-cases.c: running cases taken into the log
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Each row goes through the same gates as what a person records and does. A case that was erased is not known again:
 * nothing is left to know it by. */

#include "store/amends-import-private.h"

#include "core/amends-error.h"
#include "core/amends-intake.h"

/* @ret_problems: (element-type GError): all that is wrong with what is recorded */
gboolean
amends_import_case_check (AmendsImportWork *self,
                          const AmendsImportRow *one,
                          GPtrArray *ret_problems)
{
  return amends_decide_check_intake (one->said, (const char *const *) self->schemes, &self->moment,
                                     ret_problems);
}

/* Whether some event of that type says all that @wanted does; the scheme is one that it was known by. */
static gboolean
is_said (const AmendsCase *complaint, AmendsEventType type, const json_t *wanted)
{
  for (guint i = 0; i < amends_case_get_n_history (complaint); i++)
    {
      const AmendsHistoryEntry *entry = amends_case_get_history (complaint, i);
      gboolean says_all = entry->type == type && entry->written != NULL;
      const char *key;
      json_t *value;

      json_object_foreach ((json_t *) wanted, key, value)
        {
          if (!amends_body_is_envelope (key) && !g_str_equal (key, "reference")
              && !g_str_equal (key, "edition") && !g_str_equal (key, "scheme"))
            says_all =
                says_all && amends_import_has_all (json_object_get (entry->written, key), value);
        }
      if (says_all)
        return TRUE;
    }
  return FALSE;
}

/* Whether the intake is what was recorded; @ret_differs: (out): else the type of the event that is not. */
static gboolean
is_intake_said (AmendsImportWork *self,
                const AmendsCase *complaint,
                const json_t *intake,
                AmendsEventType *ret_differs,
                GError **error)
{
  g_autoptr (AmendsDecision) decision =
      amends_decide_record (intake, (const char *const *) self->schemes, self->editions, "", NULL,
                            &self->moment, error);

  for (guint i = 0; decision != NULL && i < decision->bodies->len; i++)
    {
      GBytes *bytes = g_ptr_array_index (decision->bodies, i);
      json_auto_t *body =
          amends_json_load (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), NULL);

      *ret_differs = amends_body_get_type (body);
      if (!is_said (complaint, *ret_differs, body))
        return FALSE;
    }
  return decision != NULL;
}

/* The same of an act, taken as its gate takes it. */
static gboolean
is_act_said (AmendsImportWork *self,
             const AmendsCase *complaint,
             const json_t *act,
             AmendsEventType type,
             GError **error)
{
  const AmendsSchemaContext context = {
    .today = amends_moment_get_today (&self->moment),
    .takes_future = amends_moment_is_plainly_wrong (&self->moment),
  };
  json_auto_t *request = json_deep_copy (act);
  json_auto_t *taken = NULL;
  g_autoptr (GArray) issues = g_array_new (FALSE, FALSE, sizeof (AmendsId));

  for (guint i = 0; i < amends_case_get_n_issues (complaint); i++)
    g_array_append_val (issues, amends_case_get_issue (complaint, i)->id);
  amends_import_row_set_issue (request, (const AmendsId *) issues->data, issues->len);
  json_object_del (request, "type");
  taken = amends_schema_take (amends_intake_get_act_fields (type), request, &context, error);
  return taken != NULL && is_said (complaint, type, taken);
}

/* It stays as it is, since people have worked on it; what a row says anew is named. */
gboolean
amends_import_case_compare (AmendsImportWork *self,
                            const AmendsImportRow *one,
                            const GArray *streams,
                            GError **error)
{
  const AmendsId *id = &g_array_index (streams, AmendsId, 0);
  g_autoptr (AmendsCase) complaint = amends_store_get_case (self->store, id, error);
  g_autoptr (GError) problem = NULL;
  AmendsEventType differs = AMENDS_EVENT_CASE_RECORDED;
  gboolean is_same;

  if (complaint == NULL)
    return FALSE;
  is_same = is_intake_said (self, complaint, one->said, &differs, &problem);
  for (gsize i = 0; is_same && i < json_array_size (one->acts); i++)
    {
      const json_t *act = json_array_get (one->acts, i);

      differs = amends_body_get_type (act);
      is_same = is_act_said (self, complaint, act, differs, &problem);
    }
  if (problem != NULL)
    return amends_import_work_note (self, one->line, differs, g_steal_pointer (&problem), error);
  if (is_same)
    self->result->n_already_here++;
  else
    amends_import_work_refuse (
        self->result->changed, one->line, amends_event_type_to_string (differs),
        "The case is here as %s, and this row says something else of it: it was left as it is",
        amends_case_get_text (complaint, "reference"));
  return TRUE;
}

static void
add_warnings (AmendsImportedRow *imported, const AmendsOutcome *outcome)
{
  for (guint i = 0; outcome->warnings != NULL && i < outcome->warnings->len; i++)
    g_ptr_array_add (imported->warnings, g_strdup (g_ptr_array_index (outcome->warnings, i)));
}

/* (element-type AmendsId) */
static GArray *
list_issues (const AmendsOutcome *outcome)
{
  GArray *issues = g_array_new (FALSE, FALSE, sizeof (AmendsId));

  for (guint i = 0; i < outcome->events->len; i++)
    {
      AmendsEvent *event = g_ptr_array_index (outcome->events, i);

      if (amends_body_get_type (amends_event_get_json (event)) == AMENDS_EVENT_ISSUE_ADDED)
        g_array_append_val (issues, event->id);
    }
  return issues;
}

static gboolean
do_acts (AmendsImportWork *self,
         const AmendsImportRow *one,
         const AmendsOutcome *recorded,
         AmendsImportedRow *imported,
         AmendsEventType *ret_at,
         GError **error)
{
  g_autoptr (GArray) issues = list_issues (recorded);

  for (gsize i = 0; i < json_array_size (one->acts); i++)
    {
      json_auto_t *act = json_deep_copy (json_array_get (one->acts, i));
      g_autoptr (AmendsOutcome) outcome = NULL;

      *ret_at = amends_body_get_type (act);
      amends_import_row_set_issue (act, (const AmendsId *) issues->data, issues->len);
      outcome = amends_store_act (self->store, &recorded->id, act, error);
      if (outcome == NULL)
        return FALSE;
      add_warnings (imported, outcome);
    }
  return TRUE;
}

/* What this device cannot read it could not know again. */
static gboolean
check_is_read (const AmendsOutcome *outcome, GError **error)
{
  if (!amends_outcome_is_sealed (outcome))
    return TRUE;
  amends_set_error (error, AMENDS_CORE_ERROR_REFUSED, "restricted", NULL,
                    "This device may not read such cases: import them on one that may");
  return FALSE;
}

gboolean
amends_import_case_take_new (AmendsImportWork *self, const AmendsImportRow *one, GError **error)
{
  g_auto (AmendsTransaction) step = AMENDS_TRANSACTION_INIT;
  g_autoptr (AmendsOutcome) outcome = NULL;
  g_autoptr (GError) problem = NULL;
  AmendsEventType at = AMENDS_EVENT_CASE_RECORDED;
  AmendsImportedRow *imported;

  if (!amends_transaction_begin (&step, self->store->db, error))
    return FALSE;
  imported = g_new0 (AmendsImportedRow, 1);
  imported->line = one->line;
  imported->key = g_strdup (amends_import_row_get_key (self->import, one));
  imported->warnings = g_ptr_array_new_with_free_func (g_free);
  outcome = amends_store_record (self->store, one->said, &problem);
  if (outcome != NULL)
    add_warnings (imported, outcome);
  if (outcome == NULL || !check_is_read (outcome, &problem)
      || !do_acts (self, one, outcome, imported, &at, &problem))
    {
      amends_imported_row_free (imported);
      return amends_import_work_note (self, one->line, at, g_steal_pointer (&problem), error);
    }
  imported->id = outcome->id;
  imported->reference = g_strdup (outcome->reference);
  g_ptr_array_add (self->result->rows, imported);
  return amends_transaction_commit (&step, error);
}
