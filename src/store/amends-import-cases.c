/* amends-import-cases.c: running cases taken into the log, all of them or none
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Each row goes through the same gates as what a person records and does, in one transaction. To check a file is to do
 * all of it and to undo it, so that what is found out is what would be. A row is known again by the reference that the
 * landlord gave it before and its scheme, wherever it was imported; a case that was moved, by each scheme in which it
 * was. A case that was erased is not known again: nothing is left to know it by. */

#include "store/amends-import-cases.h"

#include <string.h>

#include "core/amends-error.h"
#include "core/amends-intake.h"
#include "store/amends-log.h"
#include "store/amends-moves.h"
#include "store/amends-read.h"

/* Both read the whole log once: no index says what begins a stream, which has its id, nor what lacks that or is in more
 * than one feed, as a case that was moved. */
static const char sql_roots[] =
    AMENDS_LOG_EVENT_COLUMNS " AND event.stream = event.code || '.' || event.number";
static const char sql_moved[] =
    "SELECT stream FROM event WHERE feed IN (SELECT feed FROM feed WHERE name GLOB 's.*')"
    " GROUP BY stream"
    " HAVING count (DISTINCT feed) > 1 OR total (stream = code || '.' || number) = 0";

typedef struct
{
  AmendsStore *store;
  const AmendsImport *import;
  AmendsImported *result;
  GPtrArray *problems;
  const AmendsEditions *editions;
  GStrv schemes;
  AmendsMoment moment;
  GHashTable *known; /* element-type utf8 AmendsId: cases that are here */
  GHashTable *lines; /* element-type utf8 guint: rows of the file */
} Work;

static void
work_clear (Work *self)
{
  g_clear_pointer (&self->schemes, g_strfreev);
  g_clear_pointer (&self->known, g_hash_table_unref);
  g_clear_pointer (&self->lines, g_hash_table_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Work, work_clear)

static void
imported_case_free (AmendsImportedCase *self)
{
  g_free (self->former_reference);
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
  g_ptr_array_unref (self->cases);
  g_ptr_array_unref (self->changed);
  g_free (self);
}

/* Returns: (transfer full) (nullable): %NULL if either is */
static char *
make_key (const char *reference, const char *scheme)
{
  g_autofree char *plain = NULL;

  if (reference == NULL || scheme == NULL)
    return NULL;
  plain = g_utf8_normalize (reference, -1, G_NORMALIZE_NFC);
  return plain != NULL ? g_strconcat (scheme, "\t", g_strstrip (plain), NULL) : NULL;
}

/* (nullable): of an intake, or of the body of the event that it became. */
static char *
dup_key (const json_t *intake)
{
  return make_key (json_string_value (json_object_get (intake, "former_reference")),
                   json_string_value (json_object_get (intake, "scheme")));
}

/* @key: (transfer full) (nullable) */
static void
add_known (Work *self, char *key, const AmendsId *id)
{
  if (key != NULL)
    g_hash_table_insert (self->known, key, g_memdup2 (id, sizeof *id));
}

static gboolean
add_moved (Work *self, const AmendsId *id, GError **error)
{
  g_autoptr (GPtrArray) events = amends_log_read_stream (self->store, id, error);
  g_autoptr (AmendsCase) complaint = NULL;
  g_autoptr (GPtrArray) feeds = NULL;

  if (events == NULL)
    return FALSE;
  if (events->len == 0)
    return TRUE;
  complaint = amends_moves_fold (self->store, events, error);
  if (complaint == NULL)
    return FALSE;
  if (!amends_case_was_moved (complaint))
    return TRUE;
  feeds = amends_case_list_feeds (complaint);
  for (guint i = 0; i < feeds->len; i++)
    add_known (self,
               make_key (amends_case_get_text (complaint, "former_reference"),
                         (const char *) g_ptr_array_index (feeds, i) + strlen ("s.")),
               id);
  return TRUE;
}

/* What may have been moved: where only the new scheme is read, what began it is within what carried it. */
static gboolean
find_moved (Work *self, GError **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (AmendsId));
  sqlite3_stmt *stmt = amends_db_prepare (self->store->db, sql_moved, error);
  int found;

  if (stmt == NULL)
    return FALSE;
  while ((found = amends_db_step (self->store->db, stmt, error)) == SQLITE_ROW)
    {
      const char *text = (const char *) sqlite3_column_text (stmt, 0);
      AmendsId id;

      if (text != NULL && amends_id_parse_len (text, strlen (text), &id))
        g_array_append_val (ids, id);
    }
  if (found != SQLITE_DONE)
    return FALSE;
  for (guint i = 0; i < ids->len; i++)
    if (!add_moved (self, &g_array_index (ids, AmendsId, i), error))
      return FALSE;
  return TRUE;
}

static gboolean
find_known (Work *self, GError **error)
{
  sqlite3_stmt *stmt = amends_db_prepare (self->store->db, sql_roots, error);
  int found;

  if (stmt == NULL)
    return FALSE;
  while ((found = amends_db_step (self->store->db, stmt, error)) == SQLITE_ROW)
    {
      g_autoptr (AmendsEvent) event = amends_log_load_event (self->store, stmt, error);
      const json_t *body;

      if (event == NULL)
        {
          sqlite3_reset (stmt);
          return FALSE;
        }
      body = event->body != NULL ? amends_event_get_json (event) : NULL;
      if (body != NULL && amends_body_get_type (body) == AMENDS_EVENT_CASE_RECORDED)
        add_known (self, dup_key (body), &event->id);
    }
  return found == SQLITE_DONE;
}

/* @problem: (transfer full). What is wrong with a row ends the import only where it is the store that is. */
static gboolean
note (Work *self, guint line, AmendsEventType act, GError *problem, GError **error)
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

static gboolean G_GNUC_PRINTF (4, 5)
    refuse (GPtrArray *list, guint line, const char *column, const char *format, ...)
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
static gboolean
has_all (const json_t *said, const json_t *wanted)
{
  const char *key;
  json_t *value;
  gsize i;

  if (json_is_array (said) && json_is_array (wanted)
      && json_array_size (said) == json_array_size (wanted))
    {
      json_array_foreach (wanted, i, value)
        {
          if (!has_all (json_array_get (said, i), value))
            return FALSE;
        }
      return TRUE;
    }
  if (!json_is_object (said) || !json_is_object (wanted))
    return json_equal (said, wanted);
  json_object_foreach ((json_t *) wanted, key, value)
    {
      if (!has_all (json_object_get (said, key), value))
        return FALSE;
    }
  return TRUE;
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
            says_all = says_all && has_all (json_object_get (entry->written, key), value);
        }
      if (says_all)
        return TRUE;
    }
  return FALSE;
}

/* Whether the intake is what was recorded; @ret_differs: (out): else the type of the event that is not. */
static gboolean
is_intake_said (Work *self,
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
is_act_said (Work *self,
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
  amends_import_case_set_issue (request, (const AmendsId *) issues->data, issues->len);
  json_object_del (request, "type");
  taken = amends_schema_take (amends_intake_get_act_fields (type), request, &context, error);
  return taken != NULL && is_said (complaint, type, taken);
}

/* It stays as it is; what a row says anew is named. */
static gboolean
compare (Work *self, const AmendsImportCase *one, const AmendsId *id, GError **error)
{
  g_autoptr (AmendsCase) complaint = amends_store_get_case (self->store, id, error);
  g_autoptr (GError) problem = NULL;
  AmendsEventType differs = AMENDS_EVENT_CASE_RECORDED;
  gboolean is_same;

  if (complaint == NULL)
    return FALSE;
  is_same = is_intake_said (self, complaint, one->intake, &differs, &problem);
  for (gsize i = 0; is_same && i < json_array_size (one->acts); i++)
    {
      const json_t *act = json_array_get (one->acts, i);

      differs = amends_body_get_type (act);
      is_same = is_act_said (self, complaint, act, differs, &problem);
    }
  if (problem != NULL)
    return note (self, one->line, differs, g_steal_pointer (&problem), error);
  if (is_same)
    self->result->n_already_here++;
  else
    refuse (self->result->changed, one->line, amends_event_type_to_string (differs),
            "The case is here as %s, and this row says something else of it: it was left as it is",
            amends_case_get_text (complaint, "reference"));
  return TRUE;
}

static void
add_warnings (AmendsImportedCase *imported, const AmendsOutcome *outcome)
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
do_acts (Work *self,
         const AmendsImportCase *one,
         const AmendsOutcome *recorded,
         AmendsImportedCase *imported,
         AmendsEventType *ret_at,
         GError **error)
{
  g_autoptr (GArray) issues = list_issues (recorded);

  for (gsize i = 0; i < json_array_size (one->acts); i++)
    {
      json_auto_t *act = json_deep_copy (json_array_get (one->acts, i));
      g_autoptr (AmendsOutcome) outcome = NULL;

      *ret_at = amends_body_get_type (act);
      amends_import_case_set_issue (act, (const AmendsId *) issues->data, issues->len);
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

static gboolean
take_new (Work *self, const AmendsImportCase *one, GError **error)
{
  g_auto (AmendsTransaction) step = AMENDS_TRANSACTION_INIT;
  g_autoptr (AmendsOutcome) outcome = NULL;
  g_autoptr (GError) problem = NULL;
  AmendsEventType at = AMENDS_EVENT_CASE_RECORDED;
  AmendsImportedCase *imported;

  if (!amends_transaction_begin (&step, self->store->db, error))
    return FALSE;
  imported = g_new0 (AmendsImportedCase, 1);
  imported->line = one->line;
  imported->former_reference = g_strdup (amends_import_case_get_key (one));
  imported->warnings = g_ptr_array_new_with_free_func (g_free);
  outcome = amends_store_record (self->store, one->intake, &problem);
  if (outcome != NULL)
    add_warnings (imported, outcome);
  if (outcome == NULL || !check_is_read (outcome, &problem)
      || !do_acts (self, one, outcome, imported, &at, &problem))
    {
      imported_case_free (imported);
      return note (self, one->line, at, g_steal_pointer (&problem), error);
    }
  imported->id = outcome->id;
  imported->reference = g_strdup (outcome->reference);
  g_ptr_array_add (self->result->cases, imported);
  return amends_transaction_commit (&step, error);
}

static gboolean
take_case (Work *self, const AmendsImportCase *one, GError **error)
{
  g_autoptr (GPtrArray) problems = g_ptr_array_new ();
  g_autofree char *key = dup_key (one->intake);
  g_autofree char *column = NULL;
  const AmendsId *id;
  guint before;

  if (amends_import_case_get_key (one) == NULL)
    {
      column =
          amends_import_dup_column (self->import, AMENDS_EVENT_CASE_RECORDED, "former_reference");
      refuse (self->problems, one->line, column,
              "The row has no reference, by which it would be known again");
    }
  if (!amends_decide_check_intake (one->intake, (const char *const *) self->schemes, &self->moment,
                                   problems))
    {
      for (guint i = 0; i < problems->len; i++)
        note (self, one->line, AMENDS_EVENT_CASE_RECORDED, g_ptr_array_index (problems, i), NULL);
      return TRUE;
    }
  if (key == NULL)
    return TRUE;
  before = GPOINTER_TO_UINT (g_hash_table_lookup (self->lines, key));
  if (before != 0)
    return refuse (self->problems, one->line, NULL,
                   "Line %u has the same reference in the same scheme", before);
  id = g_hash_table_lookup (self->known, key);
  g_hash_table_insert (self->lines, g_steal_pointer (&key), GUINT_TO_POINTER (one->line));
  return id != NULL ? compare (self, one, id, error) : take_new (self, one, error);
}

/* In a transaction, which ends with it. */
static gboolean
import_all (Work *self, gboolean may_apply, GError **error)
{
  g_auto (AmendsTransaction) transaction = AMENDS_TRANSACTION_INIT;
  guint n_before = self->problems->len;

  if (!amends_transaction_begin (&transaction, self->store->db, error) || !find_moved (self, error)
      || !find_known (self, error))
    return FALSE;
  for (guint i = 0; i < self->import->cases->len; i++)
    if (!take_case (self, g_ptr_array_index (self->import->cases, i), error))
      return FALSE;
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

/**
 * amends_store_import_cases:
 * @import: the rows of a file
 * @may_apply: whether to apply it if nothing is wrong with it; else it is only found out what would be
 * @problems: (element-type AmendsImportProblem): where what is wrong with rows is added; nothing is applied then
 *
 * One transaction: whatever ends it, the whole file is in the log or nothing of it. What is here already stays as it
 * is, so that the same file imported again changes nothing.
 * Errors: store errors.
 * Returns: (transfer full): what came of it, or would
 */
AmendsImported *
amends_store_import_cases (AmendsStore *self,
                           const AmendsImport *import,
                           gboolean may_apply,
                           GPtrArray *problems,
                           GError **error)
{
  g_auto (Work) work = { .store = self, .import = import, .problems = problems };
  g_autoptr (AmendsImported) result = g_new0 (AmendsImported, 1);

  result->cases = g_ptr_array_new_with_free_func ((GDestroyNotify) imported_case_free);
  result->changed = g_ptr_array_new_with_free_func ((GDestroyNotify) amends_import_problem_free);
  work.result = result;
  work.known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  work.lines = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  if (!amends_store_check_writable (self, error))
    return NULL;
  work.editions = amends_store_load_editions (self, error);
  if (work.editions != NULL)
    work.schemes = amends_store_list_schemes (self, TRUE, error);
  if (work.schemes == NULL)
    return NULL;
  amends_store_get_moment (self, &work.moment);
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
