/* amends-decide-correct.c: correcting what was written down wrongly
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Whoever corrects is shown the dates before and after, computed on a copy of the case in which the
 * correction stands. */

#include "core/amends-decide-private.h"

#include <string.h>

#include "core/amends-error.h"
#include "core/amends-intake.h"
#include "core/amends-json.h"

/* Two devices and two members of staff that there are not, for what is only tried. */
#define TRIED_BY "ZZZZ.1"
#define TRIED_WITH "ZZZY.1"

static const char *
get_text (const json_t *object, const char *key)
{
  return json_string_value (json_object_get (object, key));
}

static const AmendsHistoryEntry *
find_entry (const AmendsCase *complaint, const char *text)
{
  AmendsId id;

  for (guint i = 0; amends_id_parse (text, &id, NULL) && i < amends_case_get_n_history (complaint);
       i++)
    {
      const AmendsHistoryEntry *entry = amends_case_get_history (complaint, i);

      if (amends_id_equal (&entry->event->id, &id))
        return entry;
    }
  return NULL;
}

static gboolean
is_excluded (AmendsEventType type, const char *path)
{
  /* What it is, where it is and what has events of its own. */
  static const char *const of_intake[] = { "kind",     "scheme",      "issues",
                                           "consents", "adjustments", NULL };

  return type == AMENDS_EVENT_CASE_RECORDED && g_strv_contains (of_intake, path);
}

static const AmendsSchemaField *
find_shape (AmendsEventType type, const char *path)
{
  const AmendsSchemaField *fields = type == AMENDS_EVENT_CASE_RECORDED
                                        ? amends_intake_get_fields ()
                                        : amends_intake_get_act_fields (type);
  const char *dot = strchr (path, '.');

  if (!amends_correction_is_of (type) || is_excluded (type, path)
      || (dot != NULL && strchr (dot + 1, '.') != NULL))
    return NULL;
  return amends_schema_find (fields, path);
}

static gboolean
refuse (GError **error, int code, const char *field, const char *what)
{
  amends_set_error (error, code, field, NULL, "%s", what);
  return FALSE;
}

/* Takes the new value as the table of the event takes it; null takes one away that need not be there. */
static gboolean
take_value (json_t *act,
            const AmendsSchemaField *shape,
            const AmendsSchemaContext *context,
            GError **error)
{
  const json_t *to = json_object_get (act, "to");
  gboolean is_required = (shape->flags & AMENDS_SCHEMA_REQUIRED) != 0;
  json_t *taken;

  if (to == NULL || (json_is_null (to) && is_required))
    return refuse (error, AMENDS_CORE_ERROR_INVALID, "to",
                   is_required ? "“to” is missing: give what is right"
                               : "“to” is missing: give what is right, or null for nothing");
  if (json_is_null (to))
    return TRUE;
  taken = amends_schema_take_value (shape, "to", to, context, error);
  if (taken == NULL)
    return FALSE;
  json_object_set_new (act, "to", taken);
  return TRUE;
}

/**
 * amends_decide_take_correction:
 * @act: (inout): the correction; what stands there now is put into it
 *
 * Errors: %AMENDS_CORE_ERROR_INVALID; %AMENDS_CORE_ERROR_REFUSED if nothing would change, or if something
 * else stands there than the author thought.
 * Returns: whether there is such a field, and such a value for it
 */
gboolean
amends_decide_take_correction (const AmendsCase *complaint,
                               json_t *act,
                               const AmendsSchemaContext *context,
                               GError **error)
{
  const AmendsHistoryEntry *entry = find_entry (complaint, get_text (act, "event"));
  const char *path = get_text (act, "field");
  const json_t *from = json_object_get (act, "from");
  const AmendsSchemaField *shape;
  const json_t *standing;
  json_t *now;

  if (entry == NULL || entry->body == NULL)
    return refuse (error, AMENDS_CORE_ERROR_INVALID, "event",
                   "That is no record of this case: give the id of one that its history lists");
  shape = find_shape (entry->type, path);
  if (shape == NULL)
    return refuse (error, AMENDS_CORE_ERROR_INVALID, "field",
                   amends_correction_is_of (entry->type)
                       ? "That record has no such field that can be corrected"
                       : "That is not corrected: record it again, and the new one stands");
  if (!take_value (act, shape, context, error))
    return FALSE;

  standing = amends_body_get_path (entry->body, path);
  now = standing != NULL ? json_incref ((json_t *) standing) : json_null ();
  if (from != NULL && !json_equal (from, now))
    {
      json_decref (now);
      return refuse (error, AMENDS_CORE_ERROR_REFUSED, "from",
                     "Something else stands there now: look at it again");
    }
  if (json_equal (json_object_get (act, "to"), now))
    {
      json_decref (now);
      return refuse (error, AMENDS_CORE_ERROR_REFUSED, "to", "That is what stands there already");
    }
  json_object_set_new (act, "from", now);
  return TRUE;
}

static AmendsEvent *
try_event (const AmendsCase *complaint, json_t *body, const char *id_text)
{
  static const guint8 salt[AMENDS_SALT_BYTES] = { 0 };
  g_autoptr (GBytes) bytes = amends_json_dump (body);
  g_autofree AmendsId *heads = NULL;
  AmendsId stream, id;
  guint n_heads;

  json_decref (body);
  amends_case_get_id (complaint, &stream);
  heads = amends_case_get_heads (complaint, &n_heads);
  if (!amends_id_parse (id_text, &id, NULL))
    return NULL;
  return amends_event_new (&id, amends_case_get_feed (complaint), &stream, heads,
                           MIN (n_heads, AMENDS_EVENT_MAX_AFTER), salt, bytes, NULL);
}

/* (transfer full) (nullable): the case with these events after all that it has. */
static AmendsCase *
append (const AmendsCase *complaint, json_t *body, const char *id)
{
  g_autoptr (AmendsEvent) tried = try_event (complaint, body, id);
  g_autoptr (GPtrArray) events = g_ptr_array_new ();

  if (tried == NULL)
    return NULL;
  for (guint i = 0; i < amends_case_get_n_history (complaint); i++)
    g_ptr_array_add (events, amends_case_get_history (complaint, i)->event);
  g_ptr_array_add (events, tried);
  return amends_case_new ((AmendsEvent *const *) events->pdata, events->len);
}

/* (transfer full) (nullable): the case as it is once the correction stands. */
static AmendsCase *
try_correction (const AmendsQuestion *self)
{
  json_t *body = json_copy ((json_t *) self->act);
  g_autoptr (AmendsCase) proposed = NULL;

  json_object_set_new (body, "type",
                       json_string (amends_event_type_to_string (AMENDS_EVENT_CASE_CORRECTED)));
  json_object_set_new (body, "by", json_string (TRIED_BY));
  proposed = append (self->complaint, body, TRIED_BY);
  if (proposed == NULL)
    return NULL;
  return append (proposed,
                 json_pack ("{s:s, s:s, s:s, s:b}", "type",
                            amends_event_type_to_string (AMENDS_EVENT_CASE_CORRECTION_ANSWERED),
                            "by", TRIED_WITH, "correction", TRIED_BY, "agreed", 1),
                 TRIED_WITH);
}

/* How much of what happened cannot have been, by the days that stand. */
static guint
count_impossible (const AmendsCase *complaint, AmendsDay today)
{
  g_autoptr (GArray) events = amends_case_dup_clock_events (complaint, NULL);
  guint n = events->len;

  amends_clock_history_tidy (events, today);
  return n - events->len;
}

static const AmendsClockRow *
find_row (const GPtrArray *rows, const AmendsClockRow *like)
{
  for (guint i = 0; i < rows->len; i++)
    {
      const AmendsClockRow *row = g_ptr_array_index (rows, i);

      if (row->source == like->source && row->clock->name == like->clock->name)
        return row;
    }
  return NULL;
}

/* "due 2026-12-08, late"; "not begun". */
static char *
describe (const AmendsClockRow *row)
{
  AmendsDay due = row != NULL ? amends_clock_row_get_governing_day (row) : AMENDS_DAY_NONE;
  char day[AMENDS_DAY_TEXT_SIZE];

  if (due == AMENDS_DAY_NONE)
    return g_strdup ("not begun");
  amends_day_format_to (due, day);
  return g_strdup_printf ("due %s%s", day, row->is_breached ? ", late" : "");
}

/* Returns whether a day is another one. */
static gboolean
warn_of_row (AmendsQuestion *self, const AmendsClockRow *before, const AmendsClockRow *after)
{
  const AmendsClockRow *row = before != NULL ? before : after;
  g_autofree char *was = describe (before);
  g_autofree char *is = describe (after);
  gboolean is_code = row->source == AMENDS_CLOCK_SOURCE_CODE;

  if (strcmp (was, is) == 0)
    return FALSE;
  amends_question_warn (self, is_code ? NULL : row->clock->rule->clause,
                        is_code ? row->clock->rule->clause : NULL,
                        "The clock “%s” was %s, and is %s with this correction",
                        amends_clock_name_get_name (row->clock->name), was, is);
  return before != NULL && row->started_day != AMENDS_DAY_NONE;
}

/* What they were sent may name a day. */
static gboolean
was_told (const AmendsCase *complaint)
{
  static const char *const letters[] = { "acknowledged", "extended", "stage2_acknowledged",
                                         "stage2_extended" };

  for (guint i = 0; i < G_N_ELEMENTS (letters); i++)
    if (amends_case_holds (complaint, letters[i]))
      return TRUE;
  return FALSE;
}

static void
warn_of_days (AmendsQuestion *self, const AmendsCase *corrected)
{
  const AmendsRules rules = { self->policy, self->code, self->calendar, NULL };
  g_autoptr (GPtrArray) before = NULL;
  g_autoptr (GPtrArray) after = NULL;
  gboolean is_other = FALSE;

  if (self->code == NULL || self->calendar == NULL)
    return;
  before = amends_case_compute_clocks (self->complaint, &rules, self->today);
  after = amends_case_compute_clocks (corrected, &rules, self->today);
  for (guint i = 0; i < before->len; i++)
    is_other |= warn_of_row (self, g_ptr_array_index (before, i),
                             find_row (after, g_ptr_array_index (before, i)));
  for (guint i = 0; i < after->len; i++)
    if (find_row (before, g_ptr_array_index (after, i)) == NULL)
      is_other |= warn_of_row (self, NULL, g_ptr_array_index (after, i));
  if (is_other && was_told (self->complaint))
    amends_question_warn (self, NULL, NULL,
                          "What they were sent may name the day before: write to them again, and "
                          "record that as an update");
}

/**
 * amends_decide_check_correction:
 *
 * Warns of every date that it moves, and of what was late and is no longer.
 *
 * Errors: %AMENDS_CORE_ERROR_INVALID if something that is recorded could not have been on such a day;
 * %AMENDS_CORE_ERROR_REFUSED if nobody is signed in whom another could agree with.
 * Returns: whether it may be corrected so
 */
gboolean
amends_decide_check_correction (AmendsQuestion *self, GError **error)
{
  const AmendsHistoryEntry *entry = find_entry (self->complaint, get_text (self->act, "event"));
  g_autoptr (AmendsCase) corrected = NULL;

  if (entry == NULL)
    return FALSE;
  if (amends_correction_needs_another (entry->type, get_text (self->act, "field")))
    {
      if (self->actor == NULL || self->actor->id.number == 0)
        return refuse (
            error, AMENDS_CORE_ERROR_REFUSED, "type",
            "Somebody else has to agree to it: sign in, so that it is known who you are");
      amends_question_warn (self, NULL, NULL,
                            "A clock reads it, or others rely on it: what stood there stands until "
                            "somebody else agrees");
    }
  corrected = try_correction (self);
  if (corrected == NULL)
    return refuse (error, AMENDS_CORE_ERROR_INVALID, "to", "That cannot be read");
  if (count_impossible (corrected, self->today) > count_impossible (self->complaint, self->today))
    return refuse (
        error, AMENDS_CORE_ERROR_INVALID, "to",
        "With that day something else that is recorded could not have been: correct that "
        "first");
  warn_of_days (self, corrected);
  return TRUE;
}

static const AmendsCorrection *
find_waiting (const AmendsCase *complaint, const char *id)
{
  const AmendsHistoryEntry *entry = id != NULL ? find_entry (complaint, id) : NULL;

  for (guint i = 0; i < amends_case_get_n_corrections (complaint); i++)
    {
      const AmendsCorrection *correction = amends_case_get_correction (complaint, i);

      if (correction->state == AMENDS_CORRECTION_WAITS
          && (id == NULL || amends_case_get_history (complaint, correction->place) == entry))
        return correction;
    }
  return NULL;
}

/**
 * amends_decide_may_answer_correction:
 *
 * Errors: %AMENDS_CORE_ERROR_REFUSED.
 * Returns: whether a correction waits for somebody to agree
 */
gboolean
amends_decide_may_answer_correction (AmendsQuestion *self, GError **error)
{
  return find_waiting (self->complaint, NULL) != NULL
         || refuse (error, AMENDS_CORE_ERROR_REFUSED, "type", "No correction waits for an answer");
}

/**
 * amends_decide_check_correction_answer:
 *
 * Errors: %AMENDS_CORE_ERROR_INVALID; %AMENDS_CORE_ERROR_REFUSED if who proposed it agrees to it.
 * Returns: whether that answers it
 */
gboolean
amends_decide_check_correction_answer (AmendsQuestion *self, GError **error)
{
  const AmendsCorrection *correction =
      find_waiting (self->complaint, get_text (self->act, "correction"));
  AmendsQuestion proposed = *self;
  g_autoptr (AmendsCase) corrected = NULL;
  const AmendsId *author;

  if (correction == NULL)
    return refuse (error, AMENDS_CORE_ERROR_INVALID, "correction",
                   "That correction waits for no answer: give the id of one that does");
  proposed.act = correction->body;
  author = &amends_case_get_history (self->complaint, correction->place)->by;
  if (!amends_question_is_true (self, "agreed"))
    return TRUE;
  if (self->actor == NULL || self->actor->id.number == 0)
    return refuse (error, AMENDS_CORE_ERROR_REFUSED, "type",
                   "Sign in, so that it is known who agrees");
  if (author->number == 0 || amends_id_equal (author, &self->actor->id))
    return refuse (error, AMENDS_CORE_ERROR_REFUSED, "agreed",
                   "Whoever proposed it does not agree to it: somebody else does");
  corrected = try_correction (&proposed);
  if (corrected != NULL)
    warn_of_days (self, corrected);
  return TRUE;
}

/**
 * amends_decide_preview_correction:
 * @correction: one that waits for somebody to agree
 * @rules: by which the case is judged
 *
 * Whoever is asked to agree sees what that does before they say so, and the same again once they have.
 *
 * Returns: (transfer full) (element-type utf8): a sentence for every date that it moves, from what to what; none where
 *   it moves none
 */
GPtrArray *
amends_decide_preview_correction (const AmendsCase *complaint,
                                  const AmendsCorrection *correction,
                                  const AmendsRules *rules,
                                  AmendsDay today)
{
  GPtrArray *sentences = g_ptr_array_new_with_free_func (g_free);
  AmendsQuestion question = {
    .complaint = complaint,
    .policy = rules->policy,
    .code = rules->code,
    .calendar = rules->calendar,
    .today = today,
    .type = AMENDS_EVENT_CASE_CORRECTED,
    .act = correction->body,
    .warnings = sentences,
  };
  g_autoptr (AmendsCase) corrected = try_correction (&question);

  if (corrected != NULL)
    warn_of_days (&question, corrected);
  return sentences;
}
