/* amends-cases.c: what people do with cases: record, list, read
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "core/amends-decide.h"
#include "core/amends-error.h"
#include "core/amends-instant.h"
#include "core/amends-json.h"
#include "core/amends-retention.h"
#include "store/amends-erasure.h"
#include "store/amends-log.h"
#include "store/amends-moves.h"
#include "store/amends-read.h"
#include "store/amends-shipped.h"

#define ROW_COLUMNS                                                                        \
  "SELECT id, reference, kind, scheme, feed, complainant, home, summary, received, state," \
  " n_conflicts, recorded_at, changed_at, channel, due FROM case_row"

/* Newest received first, then reference: index case_row_by_received. Cases whose day is not known
 * come last. */
static const char sql_list[] =
    ROW_COLUMNS " WHERE (:state IS NULL OR state = :state)"
                " AND (:only_conflicts = 0 OR n_conflicts > 0)"
                " ORDER BY received DESC, reference LIMIT :n_max OFFSET :n_skip";
/* Index case_row_by_due. */
static const char sql_list_by_due[] =
    ROW_COLUMNS " ORDER BY due, reference LIMIT :n_max OFFSET :n_skip";
static const char sql_get_row[] = ROW_COLUMNS " WHERE id = :id";
static const char sql_by_reference[] = ROW_COLUMNS " WHERE reference = :reference ORDER BY id";
static const char sql_id_by_reference[] =
    "SELECT min (id), count(*) FROM case_row WHERE reference = :reference";
/* A stream has few events, this device may have many waiting: index event_by_stream, by the plus signs. */
static const char sql_count_waiting[] =
    "SELECT count(*) FROM event WHERE +code = :code AND +number > :number AND stream = :stream";
static const char sql_get_staff[] = "SELECT name FROM staff_row WHERE id = :id";
static const char sql_get_name[] = "SELECT name FROM device WHERE code = :code";
static const char sql_get_scheme[] = "SELECT name FROM scheme WHERE code = :code";
static const char sql_server_time[] =
    "SELECT entry.logged_at FROM entry, feed WHERE entry.feed = feed.feed"
    " AND feed.name = :feed AND entry.code = :code AND entry.kind = 1"
    " AND entry.number <= :number ORDER BY entry.number DESC LIMIT 1";
static const char sql_verified[] =
    "SELECT chain.verified FROM chain, feed WHERE chain.feed = feed.feed"
    " AND feed.name = :feed AND chain.code = :code";

/**
 * amends_outcome_free:
 * @self: (nullable) (transfer full): an outcome
 */
void
amends_outcome_free (AmendsOutcome *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->events, g_ptr_array_unref);
  g_clear_pointer (&self->warnings, g_ptr_array_unref);
  g_free (self->reference);
  g_free (self);
}

/**
 * amends_store_get_moment:
 * @ret_moment: (out): now; the newest instant that was certainly reached is the last receipt's
 */
void
amends_store_get_moment (AmendsStore *self, AmendsMoment *ret_moment)
{
  json_auto_t *state = amends_log_get_sync_state (self);
  const char *at = json_string_value (json_object_get (json_object_get (state, "receipt"), "at"));
  gint64 received_at = 0;

  if (at == NULL || !amends_instant_parse (at, &received_at, NULL))
    received_at = 0;
  ret_moment->now = amends_environment_now (&self->environment);
  ret_moment->known = MAX (received_at, (gint64) AMENDS_BUILD_INSTANT);
}

/**
 * amends_store_get_today:
 *
 * Returns: the civil day in London that acts are judged by
 */
AmendsDay
amends_store_get_today (AmendsStore *self)
{
  AmendsMoment moment;

  amends_store_get_moment (self, &moment);
  return amends_moment_get_today (&moment);
}

/**
 * amends_store_append_decision:
 * @decision: what is to be written
 * @stream: (nullable): what it is about, where it does not begin it
 * @after: (array length=n_after): the heads seen
 * @reference: of the case
 *
 * In the caller's transaction.
 * Returns: (transfer full): what was written
 */
AmendsOutcome *
amends_store_append_decision (AmendsStore *self,
                              AmendsDecision *decision,
                              const AmendsId *stream,
                              const AmendsId *after,
                              guint n_after,
                              const char *reference,
                              GError **error)
{
  g_autoptr (AmendsOutcome) outcome = g_new0 (AmendsOutcome, 1);

  outcome->events = amends_log_append (self, decision->feed, decision->begins ? NULL : stream,
                                       after, n_after, decision->bodies, error);
  if (outcome->events == NULL)
    return NULL;
  outcome->id = ((AmendsEvent *) g_ptr_array_index (outcome->events, 0))->stream;
  outcome->reference = g_strdup (reference);
  outcome->warnings = g_ptr_array_ref (decision->warnings);
  return g_steal_pointer (&outcome);
}

/**
 * amends_outcome_is_sealed:
 *
 * Returns: whether it was written so that this device cannot open it, and keeps nothing of it
 */
gboolean
amends_outcome_is_sealed (const AmendsOutcome *self)
{
  return ((const AmendsEvent *) g_ptr_array_index (self->events, 0))->box != NULL;
}

/* Members of staff, devices and schemes have streams too: it is the feed of the event that began the
 * stream that says, or of any event where that one is not here. */
static gboolean
are_of_a_case (GPtrArray *events)
{
  const AmendsEvent *root = NULL;

  for (guint i = 0; i < events->len; i++)
    {
      const AmendsEvent *event = g_ptr_array_index (events, i);

      if (root == NULL || amends_id_equal (&event->id, &event->stream))
        root = event;
    }
  return root != NULL && amends_feed_get_scheme (root->feed) != NULL && root->feed[0] != 'k';
}

/**
 * amends_store_get_case:
 * @id: its stream
 *
 * Errors: %AMENDS_CORE_ERROR_NOT_FOUND; %AMENDS_STORE_ERROR_DAMAGED.
 * Returns: (transfer full): the case, folded from the log; of one that was moved to where this device may not read
 * only that
 */
AmendsCase *
amends_store_get_case (AmendsStore *self, const AmendsId *id, GError **error)
{
  g_autoptr (GPtrArray) events = amends_log_read_stream (self, id, error);
  gboolean may_show;

  if (events == NULL || !amends_log_may_show (self, id, &may_show, error))
    return NULL;
  if (!may_show || !are_of_a_case (events))
    {
      amends_set_error (error, AMENDS_CORE_ERROR_NOT_FOUND, "reference", NULL,
                        "There is no such case on this device");
      return NULL;
    }
  return amends_moves_fold (self, events, error);
}

/**
 * amends_case_row_free:
 * @self: (nullable) (transfer full): a row
 */
void
amends_case_row_free (AmendsCaseRow *self)
{
  if (self == NULL)
    return;
  g_free (self->reference);
  g_free (self->kind);
  g_free (self->scheme);
  g_free (self->feed);
  g_free (self->complainant);
  g_free (self->home);
  g_free (self->summary);
  g_free (self->received);
  g_free (self->channel);
  g_free (self->state);
  g_free (self);
}

/**
 * amends_case_row_to_json:
 *
 * Returns: (transfer full): the row as the commands `list` and `search` print it
 */
json_t *
amends_case_row_to_json (const AmendsCaseRow *self)
{
  char id[AMENDS_ID_BUFFER];

  amends_id_format_to (&self->id, id);
  return json_pack ("{s:s, s:s?, s:s?, s:s?, s:s, s:s?, s:s?, s:s, s:s?, s:s, s:i, s:i, s:o, s:o}",
                    "id", id, "reference", self->reference, "kind", self->kind, "scheme",
                    self->scheme, "feed", self->feed, "complainant", self->complainant, "home",
                    self->home, "summary", self->summary, "received", self->received, "state",
                    self->state, "conflicts", (int) self->n_conflicts, "waiting",
                    (int) self->n_waiting, "recorded_at",
                    amends_instant_to_json (self->recorded_at), "changed_at",
                    amends_instant_to_json (self->changed_at));
}

static guint
count_waiting (AmendsStore *self, const char *stream)
{
  sqlite3_stmt *stmt = amends_db_prepare (self->db, sql_count_waiting, NULL);
  gint64 acknowledged;
  guint n_waiting = 0;

  if (stmt == NULL || !amends_meta_get_number (self, "acknowledged", &acknowledged, NULL))
    return 0;
  amends_db_bind_text (stmt, 1, self->identity->code);
  sqlite3_bind_int64 (stmt, 2, acknowledged);
  amends_db_bind_text (stmt, 3, stream);
  if (amends_db_step (self->db, stmt, NULL) == SQLITE_ROW)
    {
      n_waiting = (guint) sqlite3_column_int64 (stmt, 0);
      sqlite3_reset (stmt);
    }
  return n_waiting;
}

static AmendsCaseRow *
load_row (AmendsStore *self, sqlite3_stmt *stmt)
{
  const char *id = (const char *) sqlite3_column_text (stmt, 0);
  AmendsCaseRow *row = g_new0 (AmendsCaseRow, 1);

  amends_id_parse_len (id, strlen (id), &row->id);
  row->reference = amends_db_dup_text (stmt, 1);
  row->kind = amends_db_dup_text (stmt, 2);
  row->scheme = amends_db_dup_text (stmt, 3);
  row->feed = amends_db_dup_text (stmt, 4);
  row->complainant = amends_db_dup_text (stmt, 5);
  row->home = amends_db_dup_text (stmt, 6);
  row->summary = amends_db_dup_text (stmt, 7);
  row->received = amends_db_dup_text (stmt, 8);
  row->state = amends_db_dup_text (stmt, 9);
  row->n_conflicts = (guint) sqlite3_column_int (stmt, 10);
  row->recorded_at = sqlite3_column_int64 (stmt, 11);
  row->changed_at = sqlite3_column_int64 (stmt, 12);
  row->channel = amends_db_dup_text (stmt, 13);
  row->n_waiting = count_waiting (self, id);
  row->due_day = sqlite3_column_int (stmt, 14);
  if (row->due_day == AMENDS_READ_NO_DAY)
    row->due_day = AMENDS_DAY_NONE;
  return row;
}

static GPtrArray *
load_rows (AmendsStore *self, sqlite3_stmt *stmt, GError **error)
{
  g_autoptr (GPtrArray) rows =
      g_ptr_array_new_with_free_func ((GDestroyNotify) amends_case_row_free);
  int found;

  while ((found = amends_db_step (self->read->list, stmt, error)) == SQLITE_ROW)
    g_ptr_array_add (rows, load_row (self, stmt));
  return found == SQLITE_DONE ? g_steal_pointer (&rows) : NULL;
}

/**
 * amends_store_list_cases:
 * @state: (nullable): "open" or "closed"; %NULL for all
 * @only_conflicts: whether only those in conflict
 * @limit: how many at most; 0 for all
 * @offset: how many to pass over
 *
 * Returns: (transfer full) (element-type AmendsCaseRow): newest received first, then reference
 */
GPtrArray *
amends_store_list_cases (AmendsStore *self,
                         const char *state,
                         gboolean only_conflicts,
                         guint limit,
                         guint offset,
                         GError **error)
{
  sqlite3_stmt *stmt;

  if (!amends_read_ensure (self, error))
    return NULL;
  stmt = amends_db_prepare (self->read->list, sql_list, error);
  if (stmt == NULL)
    return NULL;
  amends_db_bind_text (stmt, 1, state);
  sqlite3_bind_int (stmt, 2, only_conflicts);
  sqlite3_bind_int64 (stmt, 3, limit > 0 ? (gint64) limit : -1);
  sqlite3_bind_int64 (stmt, 4, offset);
  return load_rows (self, stmt, error);
}

/**
 * amends_store_list_cases_by_due:
 * @limit: how many at most; 0 for all
 * @offset: how many to pass over
 *
 * Returns: (transfer full) (element-type AmendsCaseRow): those that owe something first by their day, at the
 *   end those that owe nothing by a day
 */
GPtrArray *
amends_store_list_cases_by_due (AmendsStore *self, guint limit, guint offset, GError **error)
{
  sqlite3_stmt *stmt;

  if (!amends_read_ensure (self, error))
    return NULL;
  stmt = amends_db_prepare (self->read->list, sql_list_by_due, error);
  if (stmt == NULL)
    return NULL;
  sqlite3_bind_int64 (stmt, 1, limit > 0 ? (gint64) limit : -1);
  sqlite3_bind_int64 (stmt, 2, offset);
  return load_rows (self, stmt, error);
}

/**
 * amends_read_get_row:
 *
 * Returns: (transfer full) (nullable): the row of one case; %NULL without @error if there is none
 */
AmendsCaseRow *
amends_read_get_row (AmendsStore *store, const char *id, GError **error)
{
  sqlite3_stmt *stmt = amends_db_prepare (store->read->list, sql_get_row, error);
  AmendsCaseRow *row = NULL;

  if (stmt == NULL)
    return NULL;
  amends_db_bind_text (stmt, 1, id);
  if (amends_db_step (store->read->list, stmt, error) == SQLITE_ROW)
    {
      row = load_row (store, stmt);
      sqlite3_reset (stmt);
    }
  return row;
}

/**
 * amends_store_find_cases:
 * @reference: as a person says it
 *
 * Returns: (transfer full) (element-type AmendsCaseRow): the cases that carry it, seldom more than one
 */
GPtrArray *
amends_store_find_cases (AmendsStore *self, const char *reference, GError **error)
{
  g_autofree char *canonical = NULL;
  sqlite3_stmt *stmt;

  if (!amends_reference_parse (reference, &canonical, error) || !amends_read_ensure (self, error))
    return NULL;
  stmt = amends_db_prepare (self->read->list, sql_by_reference, error);
  if (stmt == NULL)
    return NULL;
  amends_db_bind_text (stmt, 1, canonical);
  return load_rows (self, stmt, error);
}

/**
 * amends_store_find_case:
 * @reference_or_id: a reference, or the id of the case
 * @ret_id: (out): the case
 *
 * Errors: %AMENDS_CORE_ERROR_NOT_FOUND, %AMENDS_CORE_ERROR_AMBIGUOUS, %AMENDS_CORE_ERROR_INVALID.
 * Returns: %TRUE on success
 */
gboolean
amends_store_find_case (AmendsStore *self,
                        const char *reference_or_id,
                        AmendsId *ret_id,
                        GError **error)
{
  g_autofree char *reference = NULL;
  sqlite3_stmt *stmt;
  int n_cases;

  if (amends_id_parse_len (reference_or_id, strlen (reference_or_id), ret_id))
    {
      g_autoptr (AmendsCase) complaint = amends_store_get_case (self, ret_id, error);

      return complaint != NULL;
    }
  if (!amends_reference_parse (reference_or_id, &reference, error)
      || !amends_read_ensure (self, error))
    return FALSE;
  stmt = amends_db_prepare (self->read->list, sql_id_by_reference, error);
  if (stmt == NULL)
    return FALSE;
  amends_db_bind_text (stmt, 1, reference);
  if (amends_db_step (self->read->list, stmt, error) != SQLITE_ROW)
    return FALSE;
  n_cases = sqlite3_column_int (stmt, 1);
  if (n_cases == 1)
    {
      const char *id = (const char *) sqlite3_column_text (stmt, 0);

      amends_id_parse_len (id, strlen (id), ret_id);
    }
  sqlite3_reset (stmt);
  if (n_cases == 1)
    return TRUE;
  amends_set_error (error, n_cases == 0 ? AMENDS_CORE_ERROR_NOT_FOUND : AMENDS_CORE_ERROR_AMBIGUOUS,
                    "reference", NULL,
                    n_cases == 0 ? "There is no case with that reference on this device"
                                 : "Two cases carry that reference; name one by its id");
  return FALSE;
}

static guint64
count_rows (AmendsStore *self, const char *sql, GError **error)
{
  sqlite3_stmt *stmt;
  guint64 n_cases = 0;

  if (!amends_read_ensure (self, error))
    return 0;
  stmt = amends_db_prepare (self->read->list, sql, error);
  if (stmt != NULL && amends_db_step (self->read->list, stmt, error) == SQLITE_ROW)
    {
      n_cases = (guint64) sqlite3_column_int64 (stmt, 0);
      sqlite3_reset (stmt);
    }
  return n_cases;
}

/**
 * amends_store_count_cases:
 *
 * Returns: how many cases this device holds
 */
guint64
amends_store_count_cases (AmendsStore *self, GError **error)
{
  return count_rows (self, "SELECT count(*) FROM case_row", error);
}

/**
 * amends_store_count_cases_in_conflict:
 *
 * Returns: how many cases hold two versions of something
 */
guint64
amends_store_count_cases_in_conflict (AmendsStore *self, GError **error)
{
  return count_rows (self, "SELECT count(*) FROM case_row WHERE n_conflicts > 0", error);
}

/**
 * amends_store_dup_staff_name:
 *
 * Returns: (transfer full): what to call them; their id if their name has not arrived
 */
char *
amends_store_dup_staff_name (AmendsStore *self, const AmendsId *staff)
{
  g_autofree char *id = amends_id_format (staff);
  sqlite3_stmt *stmt;

  if (!amends_read_ensure (self, NULL))
    return g_steal_pointer (&id);
  stmt = amends_db_prepare (self->read->list, sql_get_staff, NULL);
  if (stmt == NULL)
    return g_steal_pointer (&id);
  amends_db_bind_text (stmt, 1, id);
  if (amends_db_step (self->read->list, stmt, NULL) == SQLITE_ROW)
    {
      char *name = amends_db_dup_text (stmt, 0);

      sqlite3_reset (stmt);
      return name;
    }
  return g_steal_pointer (&id);
}

static char *
dup_sealed_name (AmendsStore *self, const char *sql, const char *purpose, const char *code)
{
  sqlite3_stmt *stmt = amends_db_prepare (self->db, sql, NULL);
  char *name = NULL;

  if (stmt == NULL)
    return g_strdup (code);
  amends_db_bind_text (stmt, 1, code);
  if (amends_db_step (self->db, stmt, NULL) == SQLITE_ROW)
    {
      name = amends_store_unseal_text (self, purpose, sqlite3_column_blob (stmt, 0),
                                       (gsize) sqlite3_column_bytes (stmt, 0));
      sqlite3_reset (stmt);
    }
  return name != NULL ? name : g_strdup (code);
}

/**
 * amends_store_dup_device_name:
 *
 * Returns: (transfer full): what people call the device; its code if that is not known
 */
char *
amends_store_dup_device_name (AmendsStore *self, const char *code)
{
  return dup_sealed_name (self, sql_get_name, "device-name", code);
}

/**
 * amends_store_dup_scheme_name:
 *
 * Returns: (transfer full): what people call the scheme; its code if that is not known
 */
char *
amends_store_dup_scheme_name (AmendsStore *self, const char *scheme)
{
  return dup_sealed_name (self, sql_get_scheme, "scheme-name", scheme);
}

/**
 * amends_store_list_schemes:
 * @writable: whether only those where cases can be recorded
 *
 * Returns: (transfer full): codes of the schemes whose cases this device has
 */
GStrv
amends_store_list_schemes (AmendsStore *self, gboolean writable, GError **error)
{
  g_autoptr (GArray) feeds = amends_store_list_feeds (self, error);
  g_autoptr (GStrvBuilder) codes = g_strv_builder_new ();

  if (feeds == NULL)
    return NULL;
  for (guint i = 0; i < feeds->len; i++)
    {
      const AmendsFeed *feed = &g_array_index (feeds, AmendsFeed, i);

      if (g_str_has_prefix (feed->feed, "s.") && (feed->may_write || (!writable && feed->may_read)))
        g_strv_builder_add (codes, amends_feed_get_scheme (feed->feed));
    }
  return g_strv_builder_end (codes);
}

static json_t *
retention_to_json (AmendsStore *self, const AmendsCase *complaint)
{
  const AmendsEditions *editions = amends_store_get_editions (self);
  AmendsRules rules = { NULL };
  AmendsRetention retention;

  if (editions != NULL)
    amends_editions_get_rules (editions, complaint, &rules);
  retention = amends_case_compute_retention (complaint, rules.policy);
  return amends_retention_to_json (&retention);
}

/**
 * amends_store_case_to_json:
 *
 * Returns: (transfer full): the case as the command `show` prints it
 */
json_t *
amends_store_case_to_json (AmendsStore *self, const AmendsCase *complaint, GError **error)
{
  json_t *json = amends_case_to_json (complaint);
  const char *former_reference = amends_case_get_text (complaint, "former_reference");
  char id[AMENDS_ID_BUFFER];
  AmendsId stream;

  amends_case_get_id (complaint, &stream);
  amends_id_format_to (&stream, id);
  json_object_set_new (json, "former_reference",
                       former_reference != NULL ? json_string (former_reference) : json_null ());
  json_object_set_new (json, "waiting", json_integer (count_waiting (self, id)));
  json_object_set_new (json, "edition", amends_store_edition_to_json (self, complaint));
  json_object_set_new (json, "retention", retention_to_json (self, complaint));
  return json;
}

static gint64
get_number (AmendsStore *self, const char *sql, const AmendsEvent *event, gboolean with_number)
{
  sqlite3_stmt *stmt = amends_db_prepare (self->db, sql, NULL);
  gint64 number = 0;

  if (stmt == NULL)
    return 0;
  amends_db_bind_text (stmt, 1, event->feed);
  amends_db_bind_text (stmt, 2, event->id.code);
  if (with_number)
    sqlite3_bind_int64 (stmt, 3, (gint64) event->id.number);
  if (amends_db_step (self->db, stmt, NULL) == SQLITE_ROW)
    {
      number = sqlite3_column_int64 (stmt, 0);
      sqlite3_reset (stmt);
    }
  return number;
}

/**
 * amends_store_get_event_state:
 * @event: held here
 * @ret_state: (out): what became of it
 */
void
amends_store_get_event_state (AmendsStore *self,
                              const AmendsEvent *event,
                              AmendsEventState *ret_state)
{
  gboolean is_own = g_str_equal (event->id.code, self->identity->code);
  gint64 acknowledged = 0;

  amends_meta_get_number (self, "acknowledged", &acknowledged, NULL);
  ret_state->is_sent = !is_own || event->id.number <= (guint64) acknowledged;
  ret_state->is_verified =
      event->id.number <= (guint64) get_number (self, sql_verified, event, FALSE);
  ret_state->server_at =
      ret_state->is_sent ? get_number (self, sql_server_time, event, TRUE) * G_USEC_PER_SEC : 0;
}

/**
 * amends_history_get_safe_at:
 * @history: of amends_store_history_to_json()
 *
 * Returns: when the server logged the last of it, microseconds since 1970 UTC; 0 where some of it waits, or it is not
 *   known of all
 */
gint64
amends_history_get_safe_at (const json_t *history)
{
  gint64 safe_at = 0;
  gsize i;
  json_t *entry;

  json_array_foreach ((json_t *) history, i, entry)
    {
      const char *text = json_string_value (json_object_get (entry, "server_at"));
      gint64 at;

      if (text == NULL || !amends_instant_parse (text, &at, NULL))
        return 0;
      safe_at = MAX (safe_at, at);
    }
  return safe_at;
}

static json_t *
entry_to_json (AmendsStore *self, const AmendsHistoryEntry *entry)
{
  const AmendsEvent *event = entry->event;
  g_autofree char *id = amends_id_format (&event->id);
  g_autofree char *by = entry->by.number != 0 ? amends_id_format (&entry->by) : NULL;
  g_autofree char *by_name =
      entry->by.number != 0 ? amends_store_dup_staff_name (self, &entry->by) : NULL;
  g_autofree char *device = amends_store_dup_device_name (self, event->id.code);
  const char *type = json_string_value (json_object_get (entry->written, "type"));
  json_auto_t *body = entry->written != NULL ? json_copy ((json_t *) entry->written) : NULL;
  json_t *after = json_array ();
  json_t *object;
  AmendsEventState state;

  for (guint i = 0; i < event->n_after; i++)
    {
      g_autofree char *parent = amends_id_format (&event->after[i]);

      json_array_append_new (after, json_string (parent));
    }
  amends_store_get_event_state (self, event, &state);
  if (entry->type == AMENDS_EVENT_CASE_ATTACHED)
    json_object_del (body, "key"); /* opens the file to whoever has its chunks */
  object = json_pack ("{s:s, s:s?, s:o, s:{s:s?, s:s?}, s:{s:s, s:s}, s:o, s:O?, s:b, s:b, s:b,"
                      " s:b, s:o}",
                      "id", id, "type", type, "at", amends_instant_to_json (entry->at), "by", "id",
                      by, "name", by_name, "device", "code", event->id.code, "name", device,
                      "after", after, "body", body, "known", entry->type != AMENDS_EVENT_UNKNOWN,
                      "erased", event->body == NULL, "verified", state.is_verified, "sent",
                      state.is_sent, "server_at", amends_instant_to_json (state.server_at));
  if (entry->type == AMENDS_EVENT_CASE_MOVED)
    {
      const char *to = json_string_value (json_object_get (entry->body, "to"));
      g_autofree char *scheme = amends_store_dup_scheme_name (self, to != NULL ? to : "");

      json_object_set_new (object, "to_name", json_string (scheme));
    }
  if (entry->carrier != NULL)
    json_object_set_new (object, "carried_by", json_string (entry->carrier->id.code));
  return object;
}

/**
 * amends_store_history_to_json:
 *
 * Returns: (transfer full): the case's events in the fold's order, as the command `history` prints
 */
json_t *
amends_store_history_to_json (AmendsStore *self, const AmendsCase *complaint, GError **error)
{
  json_t *list = json_array ();

  for (guint i = 0; i < amends_case_get_n_history (complaint); i++)
    json_array_append_new (list, entry_to_json (self, amends_case_get_history (complaint, i)));
  return list;
}
