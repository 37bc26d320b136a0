/* amends-duties.c: what is owed in all cases: the plan of a day
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The table holds days and no counts. What is late, and how many working days are left, is worked out for the
 * day that is asked about, by the calendars that hold then. */

#include "store/amends-read.h"

#include <string.h>

#include "core/amends-json.h"

#define DUTY_COLUMNS                                                                       \
  "SELECT case_id, kind, clock, what, detail, due, is_prompt, is_new, calendar, closures," \
  " whose, whose_name,"                                                                    \
  " coalesce (whose = :me, whose_name = :my_name COLLATE NOCASE, 0) AS is_mine FROM duty"

/* Whoever has it is known by id, or by name where they were named and not chosen. */
#define CHOSEN                             \
  " (:scheme IS NULL OR scheme = :scheme)" \
  " AND (:only_mine = 0"                   \
  "      OR coalesce (whose = :me, whose_name = :my_name COLLATE NOCASE, 0))"

/* Its clock stands among what is due; that it only has to be sent stands in a group of its own. */
#define NOT_SEND " kind <> 13"
G_STATIC_ASSERT (AMENDS_DUTY_SEND == 13);

#define IS_NEW "is_new AND n = 0 AND (due IS NULL OR due > :today)"
#define IS_OVERDUE "due < :today AND NOT is_prompt AND" NOT_SEND
#define IS_TO_LOOK_AT "due < :today AND is_prompt AND" NOT_SEND
#define IS_DUE_TODAY "due = :today AND" NOT_SEND
#define IS_TODAY "(" IS_DUE_TODAY " OR " IS_TO_LOOK_AT ")"
#define IS_THIS_WEEK "due > :today AND due <= :sunday AND NOT is_new AND" NOT_SEND
#define IS_UNSENT "kind = 13"
#define IS_UNDATED "due IS NULL AND NOT is_new AND" NOT_SEND
#define IS_LATER "due > :sunday AND NOT is_new AND" NOT_SEND

/* Index duty_by_day gives the order, and ends a list at its limit; duty_by_new for what is new, duty_by_prompt for
 * what is to be looked at. Counts are of some thousands of rows, however many duties there are. */
#define ROWS(condition) DUTY_COLUMNS " WHERE " condition " AND" CHOSEN
#define IN_ORDER " ORDER BY due, kind, case_id LIMIT :n_max"
#define LIST(condition) ROWS (condition) IN_ORDER
#define COUNT(condition) \
  "SELECT coalesce (sum (n_duties), 0) FROM duty_count WHERE " condition " AND" CHOSEN

static const char *const sql_lists[AMENDS_WORK_N_GROUPS] = {
  [AMENDS_WORK_NEW] = LIST (IS_NEW),
  [AMENDS_WORK_OVERDUE] = LIST (IS_OVERDUE),
  [AMENDS_WORK_TODAY] = ROWS (IS_TO_LOOK_AT) " UNION ALL " ROWS (IS_DUE_TODAY) IN_ORDER,
  [AMENDS_WORK_WEEK] = LIST (IS_THIS_WEEK),
  [AMENDS_WORK_UNSENT] = LIST (IS_UNSENT),
  [AMENDS_WORK_UNDATED] = LIST (IS_UNDATED),
};
static const char *const sql_counts[AMENDS_WORK_N_GROUPS] = {
  [AMENDS_WORK_NEW] = COUNT (IS_NEW),       [AMENDS_WORK_OVERDUE] = COUNT (IS_OVERDUE),
  [AMENDS_WORK_TODAY] = COUNT (IS_TODAY),   [AMENDS_WORK_WEEK] = COUNT (IS_THIS_WEEK),
  [AMENDS_WORK_UNSENT] = COUNT (IS_UNSENT), [AMENDS_WORK_UNDATED] = COUNT (IS_UNDATED),
};
static const char sql_next[] = LIST (IS_LATER);
/* The primary key; a case has some tens of duties at most, so they are sorted in memory. */
static const char sql_case[] =
    DUTY_COLUMNS " WHERE case_id = :case_id ORDER BY due IS NULL, due, kind, n";
static const char sql_drop[] = "DELETE FROM duty WHERE case_id = :case_id";
static const char sql_put[] =
    "INSERT INTO duty (case_id, n, kind, clock, what, detail, due, is_prompt, is_new, scheme, "
    "calendar,"
    " closures, whose, whose_name) VALUES (:case_id, :n, :kind, :clock, :what, :detail, :due,"
    " :is_prompt, :is_new, :scheme, :calendar, :closures, :whose, :whose_name)";

/* A home is known by its address, by the beginning of that, or by the landlord's reference; where no home of a scheme
 * is known, none is unknown. Index home_row_by_scheme: homes of a scheme are some hundred. */
static const char sql_strange_home[] =
    "SELECT 1 WHERE EXISTS (SELECT 1 FROM home_row WHERE scheme = :scheme)"
    " AND NOT EXISTS (SELECT 1 FROM home_row WHERE scheme = :scheme"
    " AND (address = :said COLLATE NOCASE OR reference = :said COLLATE NOCASE"
    " OR substr (address, 1, length (:said) + 1) = :said || ',' COLLATE NOCASE))";
/* Index case_row_by_reference. */
static const char sql_strange_case[] =
    "SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM case_row WHERE reference = upper (:said))";

/* ---------------------------------------------------------------- putting */

static int
at (sqlite3_stmt *stmt, const char *name)
{
  return sqlite3_bind_parameter_index (stmt, name);
}

static void
bind_duty (sqlite3_stmt *stmt, const AmendsDuty *duty, const AmendsRules *rules)
{
  const char *calendar = amends_calendar_get_id (rules->calendar);

  sqlite3_bind_int (stmt, at (stmt, ":kind"), duty->kind);
  sqlite3_bind_int (stmt, at (stmt, ":clock"), duty->clock);
  amends_db_bind_text (stmt, at (stmt, ":what"), duty->what);
  amends_db_bind_text (stmt, at (stmt, ":detail"), duty->detail);
  if (duty->day != AMENDS_DAY_NONE)
    sqlite3_bind_int (stmt, at (stmt, ":due"), duty->day);
  sqlite3_bind_int (stmt, at (stmt, ":is_prompt"), duty->is_prompt);
  amends_db_bind_text (stmt, at (stmt, ":calendar"), calendar);
  if (duty->keeps_closures && rules->policy != NULL)
    amends_db_bind_text (stmt, at (stmt, ":closures"), amends_policy_get_id (rules->policy));
  amends_db_bind_text (stmt, at (stmt, ":whose"), duty->whose);
  amends_db_bind_text (stmt, at (stmt, ":whose_name"), duty->whose_name);
}

static gboolean
put_duty (AmendsStore *store,
          const AmendsCase *complaint,
          guint n,
          const AmendsDuty *duty,
          const AmendsRules *rules,
          GError **error)
{
  sqlite3_stmt *stmt = amends_db_prepare (store->read->list, sql_put, error);
  char id[AMENDS_ID_BUFFER];
  AmendsId stream;

  if (stmt == NULL)
    return FALSE;
  amends_case_get_id (complaint, &stream);
  amends_id_format_to (&stream, id);
  amends_db_bind_text (stmt, at (stmt, ":case_id"), id);
  sqlite3_bind_int64 (stmt, at (stmt, ":n"), n);
  sqlite3_bind_int (stmt, at (stmt, ":is_new"), amends_case_is_untouched (complaint));
  amends_db_bind_text (stmt, at (stmt, ":scheme"), amends_case_get_text (complaint, "scheme"));
  bind_duty (stmt, duty, rules);
  return amends_db_run (store->read->list, stmt, error);
}

/* What arrived says of @field something that fits nothing here. */
static gboolean
add_unmatched (AmendsStore *store,
               const AmendsCase *complaint,
               const char *field,
               const char *sql,
               GPtrArray *duties,
               GError **error)
{
  const char *said = amends_case_get_unsettled (complaint, field);
  sqlite3_stmt *stmt;
  AmendsDuty *duty;
  int found;

  if (said == NULL)
    return TRUE;
  stmt = amends_db_prepare (store->read->list, sql, error);
  if (stmt == NULL)
    return FALSE;
  amends_db_bind_text (stmt, at (stmt, ":said"), said);
  if (at (stmt, ":scheme") > 0)
    amends_db_bind_text (stmt, at (stmt, ":scheme"), amends_case_get_text (complaint, "scheme"));
  found = amends_db_step (store->read->list, stmt, error);
  if (found == SQLITE_ROW)
    {
      sqlite3_reset (stmt);
      duty = g_new0 (AmendsDuty, 1);
      duty->kind = AMENDS_DUTY_MATCH;
      duty->what = g_strdup (field);
      duty->detail = g_strdup (said);
      duty->day = AMENDS_DAY_NONE;
      g_ptr_array_add (duties, duty);
    }
  return found == SQLITE_ROW || found == SQLITE_DONE;
}

/**
 * amends_duties_put:
 * @complaint: as it is now
 * @ret_first_day: (out): until when what is owed first is in time; %AMENDS_DAY_NONE if nothing has a day
 * @ret_turns_day: (out): as amends_case_list_duties()
 *
 * In the list's transaction, if there is one.
 * Returns: %TRUE once the list has its duties and no others of it
 */
gboolean
amends_duties_put (AmendsStore *store,
                   const AmendsCase *complaint,
                   AmendsDay *ret_first_day,
                   AmendsDay *ret_turns_day,
                   GError **error)
{
  sqlite3_stmt *stmt = amends_db_prepare (store->read->list, sql_drop, error);
  g_autoptr (GPtrArray) duties = NULL;
  char id[AMENDS_ID_BUFFER];
  AmendsRules rules;
  AmendsId stream;

  if (stmt == NULL)
    return FALSE;
  amends_case_get_id (complaint, &stream);
  amends_id_format_to (&stream, id);
  amends_db_bind_text (stmt, 1, id);
  if (!amends_db_run (store->read->list, stmt, error))
    return FALSE;
  amends_editions_get_rules (amends_store_get_editions (store), complaint, &rules);
  duties = amends_case_list_duties (complaint, &rules, store->read->as_of, ret_turns_day);
  if (!add_unmatched (store, complaint, "complainant.home", sql_strange_home, duties, error)
      || !add_unmatched (store, complaint, "previous_case", sql_strange_case, duties, error))
    return FALSE;
  *ret_first_day =
      duties->len > 0 ? ((AmendsDuty *) g_ptr_array_index (duties, 0))->day : AMENDS_DAY_NONE;
  for (guint i = 0; i < duties->len; i++)
    if (!put_duty (store, complaint, i, g_ptr_array_index (duties, i), &rules, error))
      return FALSE;
  return TRUE;
}

/* ---------------------------------------------------------------- reading */

/**
 * amends_duty_row_free:
 * @self: (nullable) (transfer full): a row
 */
void
amends_duty_row_free (AmendsDutyRow *self)
{
  if (self == NULL)
    return;
  amends_case_row_free (self->complaint);
  g_free (self->duty.what);
  g_free (self->duty.detail);
  g_free (self->duty.whose);
  g_free (self->duty.whose_name);
  g_free (self);
}

/**
 * amends_unfinished_free:
 * @self: (nullable) (transfer full): a draft
 */
void
amends_unfinished_free (AmendsUnfinished *self)
{
  if (self == NULL)
    return;
  amends_draft_free (self->draft);
  amends_case_row_free (self->complaint);
  g_free (self);
}

/**
 * amends_work_free:
 * @self: (nullable) (transfer full): a plan
 */
void
amends_work_free (AmendsWork *self)
{
  if (self == NULL)
    return;
  for (guint i = 0; i < AMENDS_WORK_N_GROUPS; i++)
    g_clear_pointer (&self->groups[i], g_ptr_array_unref);
  g_clear_pointer (&self->unfinished, g_ptr_array_unref);
  amends_duty_row_free (self->next);
  g_free (self);
}

/* Who asks, and for what. */
typedef struct
{
  const char *scheme; /* (nullable) */
  gboolean only_mine;
  guint limit;
  AmendsDay today;
  char me[AMENDS_ID_BUFFER];
  char *my_name;
  char case_id[AMENDS_ID_BUFFER]; /* of the duties of one case */
} Wish;

static void
wish_clear (Wish *self)
{
  g_clear_pointer (&self->my_name, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Wish, wish_clear)

static void
say_who_asks (AmendsStore *self, Wish *wish)
{
  if (self->actor.number == 0)
    return;
  amends_id_format_to (&self->actor, wish->me);
  wish->my_name = amends_store_dup_staff_name (self, &self->actor);
}

/* A parameter that a statement does not have is passed over. */
static void
bind_wish (sqlite3_stmt *stmt, const Wish *wish, guint limit)
{
  AmendsDay sunday = wish->today + (AmendsDay) (G_DATE_SUNDAY - amends_day_weekday (wish->today));

  amends_db_bind_text (stmt, at (stmt, ":scheme"), wish->scheme);
  sqlite3_bind_int (stmt, at (stmt, ":only_mine"), wish->only_mine);
  amends_db_bind_text (stmt, at (stmt, ":me"), wish->me);
  amends_db_bind_text (stmt, at (stmt, ":my_name"), wish->my_name);
  amends_db_bind_text (stmt, at (stmt, ":case_id"), wish->case_id);
  sqlite3_bind_int (stmt, at (stmt, ":today"), wish->today);
  sqlite3_bind_int (stmt, at (stmt, ":sunday"), sunday);
  sqlite3_bind_int64 (stmt, at (stmt, ":n_max"), limit > 0 ? (gint64) limit : -1);
}

/* The calendar that a row names; the Code's own where it is not held any more. */
static const AmendsCalendar *
get_calendar (AmendsStore *store, const char *id, const char *closures)
{
  const AmendsEditions *editions = amends_store_get_editions (store);
  const AmendsCalendar *calendar = amends_editions_get_calendar (editions, id);
  AmendsPolicy *code = amends_editions_get_code (editions);

  if (calendar == NULL)
    calendar = amends_editions_get_calendar (editions, amends_policy_get_calendar_id (code));
  return closures != NULL ? amends_calendar_get_for_policy (calendar, closures) : calendar;
}

/* (nullable): %NULL without @error if the case is not in the list. */
static AmendsDutyRow *
load_row (AmendsStore *self, sqlite3_stmt *stmt, AmendsDay today, GError **error)
{
  g_autoptr (AmendsDutyRow) row = g_new0 (AmendsDutyRow, 1);
  AmendsDuty *duty = &row->duty;

  row->complaint = amends_read_get_row (self, (const char *) sqlite3_column_text (stmt, 0), error);
  if (row->complaint == NULL)
    return NULL;
  duty->kind = (AmendsDutyKind) sqlite3_column_int (stmt, 1);
  duty->clock = (AmendsClockName) sqlite3_column_int (stmt, 2);
  duty->what = amends_db_dup_text (stmt, 3);
  duty->detail = amends_db_dup_text (stmt, 4);
  duty->day =
      sqlite3_column_type (stmt, 5) != SQLITE_NULL ? sqlite3_column_int (stmt, 5) : AMENDS_DAY_NONE;
  duty->is_prompt = sqlite3_column_int (stmt, 6) != 0;
  row->is_new = sqlite3_column_int (stmt, 7) != 0;
  duty->keeps_closures = sqlite3_column_type (stmt, 9) != SQLITE_NULL;
  duty->whose = amends_db_dup_text (stmt, 10);
  duty->whose_name = amends_db_dup_text (stmt, 11);
  row->is_mine = sqlite3_column_int (stmt, 12) != 0;
  if (duty->day != AMENDS_DAY_NONE)
    row->n_working_days_left =
        amends_calendar_count_left (get_calendar (self,
                                                  (const char *) sqlite3_column_text (stmt, 8),
                                                  (const char *) sqlite3_column_text (stmt, 9)),
                                    today, duty->day);
  return g_steal_pointer (&row);
}

static GPtrArray *
list_rows (AmendsStore *self, const char *sql, const Wish *wish, guint limit, GError **error)
{
  g_autoptr (GPtrArray) rows =
      g_ptr_array_new_with_free_func ((GDestroyNotify) amends_duty_row_free);
  sqlite3_stmt *stmt = amends_db_prepare (self->read->list, sql, error);
  int found;

  if (stmt == NULL)
    return NULL;
  bind_wish (stmt, wish, limit);
  while ((found = amends_db_step (self->read->list, stmt, error)) == SQLITE_ROW)
    {
      AmendsDutyRow *row = load_row (self, stmt, wish->today, error);

      if (row == NULL)
        {
          sqlite3_reset (stmt);
          return NULL;
        }
      g_ptr_array_add (rows, row);
    }
  return found == SQLITE_DONE ? g_steal_pointer (&rows) : NULL;
}

static gboolean
count (AmendsStore *self, const char *sql, const Wish *wish, guint64 *ret_n, GError **error)
{
  sqlite3_stmt *stmt = amends_db_prepare (self->read->list, sql, error);

  if (stmt == NULL)
    return FALSE;
  bind_wish (stmt, wish, 0);
  if (amends_db_step (self->read->list, stmt, error) != SQLITE_ROW)
    return FALSE;
  *ret_n = (guint64) sqlite3_column_int64 (stmt, 0);
  sqlite3_reset (stmt);
  return TRUE;
}

static gboolean
load_groups (AmendsStore *self, const Wish *wish, AmendsWork *work, GError **error)
{
  g_autoptr (GPtrArray) next = NULL;

  for (guint i = 0; i < AMENDS_WORK_N_GROUPS; i++)
    {
      guint64 n_duties;

      work->groups[i] = list_rows (self, sql_lists[i], wish, wish->limit, error);
      if (work->groups[i] == NULL || !count (self, sql_counts[i], wish, &n_duties, error))
        return FALSE;
      work->n_duties[i] = (guint) n_duties;
    }
  next = list_rows (self, sql_next, wish, 1, error);
  if (next == NULL)
    return FALSE;
  if (next->len > 0)
    work->next = g_ptr_array_steal_index (next, 0);
  return TRUE;
}

/* ---------------------------------------------------------------- what is unfinished */

static gboolean
is_complaint (const json_t *intake)
{
  const char *kind = json_string_value (json_object_get (intake, "kind"));

  return kind == NULL || g_str_equal (kind, "complaint");
}

/* Takes the draft. Of an act its case stands for it: the clocks of that are in the plan by themselves. */
static AmendsUnfinished *
unfinished_new (AmendsStore *self, AmendsDraft *draft, AmendsDay today)
{
  AmendsUnfinished *unfinished = g_new0 (AmendsUnfinished, 1);
  AmendsEventType act;
  AmendsId id;
  const char *scheme = json_string_value (json_object_get (draft->intake, "scheme"));
  AmendsDay received = amends_day_from_json (draft->intake, "received");
  const AmendsCalendar *calendar;

  unfinished->draft = draft;
  unfinished->acknowledge_day = AMENDS_DAY_NONE;
  if (amends_draft_get_act (draft->intake, &id, &act) != NULL)
    {
      char text[AMENDS_ID_BUFFER];

      amends_id_format_to (&id, text);
      unfinished->complaint = amends_read_get_row (self, text, NULL);
      return unfinished;
    }
  if (received == AMENDS_DAY_NONE || received > today || !is_complaint (draft->intake))
    return unfinished;
  unfinished->acknowledge_day =
      amends_editions_get_acknowledge_day (amends_store_get_editions (self), scheme, received,
                                           &calendar);
  if (unfinished->acknowledge_day != AMENDS_DAY_NONE)
    unfinished->n_working_days_left =
        amends_calendar_count_left (calendar, today, unfinished->acknowledge_day);
  return unfinished;
}

static gboolean
load_unfinished (AmendsStore *self, const Wish *wish, AmendsWork *work, GError **error)
{
  g_autoptr (GPtrArray) drafts = amends_store_list_drafts (self, error);

  if (drafts == NULL)
    return FALSE;
  while (drafts->len > 0)
    {
      AmendsDraft *draft = g_ptr_array_steal_index (drafts, 0);

      g_ptr_array_add (work->unfinished, unfinished_new (self, draft, wish->today));
    }
  return TRUE;
}

static gboolean
load_counts (AmendsStore *self, AmendsWork *work, GError **error)
{
  g_autoptr (GError) failure = NULL;

  work->n_cases = amends_store_count_cases (self, &failure);
  if (failure == NULL)
    work->n_conflicts = amends_store_count_cases_in_conflict (self, &failure);
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

/**
 * amends_store_get_work:
 * @scheme: (nullable): only of this one
 * @only_mine: whether only what whoever is signed in has in hand
 * @limit: how many of each group at most; 0 for all
 * @today: the day it is asked for, as amends_store_get_today()
 *
 * What is unfinished on this device is everybody's who signs in here, and stands in every choice.
 * Errors: %AMENDS_STORE_ERROR_LOCKED, %AMENDS_STORE_ERROR_DAMAGED.
 * Returns: (transfer full): the plan of the day
 */
AmendsWork *
amends_store_get_work (AmendsStore *self,
                       const char *scheme,
                       gboolean only_mine,
                       guint limit,
                       AmendsDay today,
                       GError **error)
{
  g_autoptr (AmendsWork) work = g_new0 (AmendsWork, 1);
  g_auto (Wish) wish = { .scheme = scheme, .only_mine = only_mine, .limit = limit, .today = today };

  g_return_val_if_fail (today >= AMENDS_DAY_FIRST, NULL);

  if (!amends_read_ensure (self, error))
    return NULL;
  say_who_asks (self, &wish);
  work->today = today;
  work->unfinished = g_ptr_array_new_with_free_func ((GDestroyNotify) amends_unfinished_free);
  if (!load_counts (self, work, error) || !load_groups (self, &wish, work, error)
      || !load_unfinished (self, &wish, work, error))
    return NULL;
  return g_steal_pointer (&work);
}

/**
 * amends_store_list_duties:
 * @id: of the case
 *
 * What is owed in one case, as the plan of today has it.
 * Errors: as amends_store_get_work().
 * Returns: (transfer full) (element-type AmendsDutyRow): by day, then by kind; what has no day comes last
 */
GPtrArray *
amends_store_list_duties (AmendsStore *self, const AmendsId *id, GError **error)
{
  g_auto (Wish) wish = { .today = amends_store_get_today (self) };

  if (!amends_read_ensure (self, error))
    return NULL;
  say_who_asks (self, &wish);
  amends_id_format_to (id, wish.case_id);
  return list_rows (self, sql_case, &wish, 0, error);
}
