/* amends-case-correct.c: what was written down wrongly, and what stands in its place
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A correction names an event and a field of it. What was first written stays in the history; the case,
 * its clocks and what it is judged by read the event with the value that stands. That value is a field of
 * its own, "corrected.7K.12.on", so that two corrections that were made apart are a conflict, and what
 * settles it is what settles any.
 *
 * What moves a clock is read by nobody until somebody else has agreed: a correction proposed and its answer
 * are two events of two people, on whatever device. Whether the rule is kept is judged here again, since
 * bodies come from other devices. */

#include "core/amends-case-private.h"

#include <string.h>

#include "core/amends-json.h"

#define PREFIX "corrected."

/* What a clock reads, in whichever event: days, and what decides which of them counts. */
static const char *const guarded[] = {
  "received",     "on",           "told_on",
  "delivered_on", "channel",      "stage",
  "step",         "working_days", "good_reason",
  "because",      "reached",      "found",
  "emergency",    "hazard",       "hazard_emergency",
  "anonymous",    "issue",        "complainant.anonymous",
  NULL,
};

/* And in an issue: the age limit runs from them. */
static const char *const guarded_of_issue[] = { "arose", "aware", NULL };

/* Whether @path is such a field, or the object that holds one. */
static gboolean
is_among (const char *const *fields, const char *path)
{
  gsize n_bytes = strlen (path);

  for (guint i = 0; fields[i] != NULL; i++)
    if (strncmp (fields[i], path, n_bytes) == 0
        && (fields[i][n_bytes] == '\0' || fields[i][n_bytes] == '.'))
      return TRUE;
  return FALSE;
}

/* What somebody else has approved, or was told and relies on: all of it. */
static const AmendsEventType relied_on[] = {
  AMENDS_EVENT_CASE_DRAFTED,
  AMENDS_EVENT_CASE_APPROVED,
  AMENDS_EVENT_CASE_SENT,
  AMENDS_EVENT_CASE_STAGE2_DRAFTED,
  AMENDS_EVENT_CASE_STAGE2_APPROVED,
  AMENDS_EVENT_CASE_STAGE2_SENT,
  AMENDS_EVENT_CASE_FINDING,
  AMENDS_EVENT_CASE_STAGE2_FINDING,
  AMENDS_EVENT_CASE_REMEDY_OFFERED,
  AMENDS_EVENT_CASE_REMEDY_GIVEN,
};

/**
 * amends_correction_needs_another:
 * @type: of the event that is corrected
 * @path: of the field
 *
 * Returns: whether somebody else has to agree, because a clock reads it or others rely on it
 */
gboolean
amends_correction_needs_another (AmendsEventType type, const char *path)
{
  if (type == AMENDS_EVENT_ISSUE_ADDED)
    return is_among (guarded_of_issue, path);
  for (guint i = 0; i < G_N_ELEMENTS (relied_on); i++)
    if (relied_on[i] == type)
      return TRUE;
  return (type == AMENDS_EVENT_CASE_RECORDED || amends_event_type_is_handling (type))
         && is_among (guarded, path);
}

/**
 * amends_correction_is_of:
 * @type: of an event
 *
 * Consents, adjustments, authority and contact details are recorded anew, and that takes their place.
 *
 * Returns: whether what stands in such an event can be corrected
 */
gboolean
amends_correction_is_of (AmendsEventType type)
{
  return type == AMENDS_EVENT_CASE_RECORDED || type == AMENDS_EVENT_ISSUE_ADDED
         || amends_event_type_is_handling (type);
}

/**
 * amends_correction_dup_field:
 * @event: the id of an event, in text
 * @path: of a field of it
 *
 * Returns: (transfer full): the field of the case that holds what stands there
 */
char *
amends_correction_dup_field (const char *event, const char *path)
{
  return g_strconcat (PREFIX, event, ".", path, NULL);
}

/**
 * amends_correction_is_field:
 *
 * Returns: whether @name is a field of a case that holds a corrected value
 */
gboolean
amends_correction_is_field (const char *name)
{
  return g_str_has_prefix (name, PREFIX);
}

/**
 * amends_correction_get_path:
 * @name: "corrected.7K.12.complainant.name"
 * @ret_event: (out): the event that is corrected
 *
 * Returns: (transfer none) (nullable): the path of the field of it, "complainant.name"
 */
const char *
amends_correction_get_path (const char *name, AmendsId *ret_event)
{
  const char *id = name + strlen (PREFIX);
  const char *dot = amends_correction_is_field (name) ? strchr (id, '.') : NULL;
  const char *end = dot != NULL ? strchr (dot + 1, '.') : NULL;

  if (end == NULL || !amends_id_parse_len (id, (gsize) (end - id), ret_event))
    return NULL;
  return end + 1;
}

/**
 * amends_body_get_path:
 * @path: "complainant.name"
 *
 * Returns: (transfer none) (nullable): what @body holds there
 */
const json_t *
amends_body_get_path (const json_t *body, const char *path)
{
  const char *dot = strchr (path, '.');
  g_autofree char *outer = dot != NULL ? g_strndup (path, (gsize) (dot - path)) : NULL;

  return dot != NULL ? json_object_get (json_object_get (body, outer), dot + 1)
                     : json_object_get (body, path);
}

/* @value: null takes it away */
static void
set_path (json_t *body, const char *path, const json_t *value)
{
  const char *dot = strchr (path, '.');
  g_autofree char *outer = dot != NULL ? g_strndup (path, (gsize) (dot - path)) : NULL;
  json_t *inner = body;

  if (dot != NULL)
    {
      const json_t *standing = json_object_get (body, outer);

      inner = json_is_object (standing) ? json_copy ((json_t *) standing) : json_object ();
      json_object_set_new (body, outer, inner);
      path = dot + 1;
    }
  if (json_is_null (value))
    json_object_del (inner, path);
  else
    json_object_set (inner, path, (json_t *) value);
}

static const char *
get_text (const json_t *object, const char *key)
{
  return json_string_value (json_object_get (object, key));
}

static gboolean
find_place (const AmendsCase *self, const char *text, guint before, guint *ret_place)
{
  AmendsId id;

  if (text == NULL || !amends_id_parse_len (text, strlen (text), &id))
    return FALSE;
  for (guint i = 0; i < before; i++)
    if (amends_id_equal (&amends_fold_get_event (self->fold, i)->id, &id))
      {
        *ret_place = i;
        return amends_fold_is_before (self->fold, i, before);
      }
  return FALSE;
}

static AmendsHistoryEntry *
nth_entry (AmendsCase *self, guint place)
{
  return &g_array_index (self->history, AmendsHistoryEntry, place);
}

/* What stands now takes the place of what was proposed before it for the same field. */
static void
write_value (AmendsCase *self, guint place, const json_t *correction)
{
  g_autofree char *name =
      amends_correction_dup_field (get_text (correction, "event"), get_text (correction, "field"));
  json_t *to = json_object_get (correction, "to");

  for (guint i = 0; i < self->corrections->len; i++)
    {
      AmendsCorrection *other = &g_array_index (self->corrections, AmendsCorrection, i);

      if (other->state == AMENDS_CORRECTION_WAITS && other->body != correction
          && json_equal (json_object_get (other->body, "event"),
                         json_object_get (correction, "event"))
          && strcmp (other->path, get_text (correction, "field")) == 0
          && amends_fold_is_before (self->fold, other->place, place))
        other->state = AMENDS_CORRECTION_DROPPED;
    }
  amends_fields_write (self->fields, name, place, to != NULL ? json_incref (to) : json_null ());
}

static void
apply_correction (AmendsCase *self, guint place, const AmendsHistoryEntry *entry)
{
  AmendsCorrection correction = { .place = place, .state = AMENDS_CORRECTION_STANDS };
  const char *path = get_text (entry->body, "field");

  if (path == NULL || !find_place (self, get_text (entry->body, "event"), place, &correction.target)
      || !amends_correction_is_of (nth_entry (self, correction.target)->type))
    return;
  correction.path = path;
  correction.body = entry->body;
  if (amends_correction_needs_another (nth_entry (self, correction.target)->type, path))
    correction.state = AMENDS_CORRECTION_WAITS;
  else
    write_value (self, place, entry->body);
  g_array_append_val (self->corrections, correction);
}

/* Only somebody else agrees; whoever proposed it may take it back. */
static void
apply_answer (AmendsCase *self, guint place, const AmendsHistoryEntry *entry)
{
  gboolean is_agreed = json_is_true (json_object_get (entry->body, "agreed"));
  guint proposed;

  if (!find_place (self, get_text (entry->body, "correction"), place, &proposed))
    return;
  for (guint i = 0; i < self->corrections->len; i++)
    {
      AmendsCorrection *correction = &g_array_index (self->corrections, AmendsCorrection, i);
      const AmendsId *author = &nth_entry (self, proposed)->by;

      if (correction->place != proposed || correction->state == AMENDS_CORRECTION_STANDS)
        continue;
      if (!is_agreed && correction->state == AMENDS_CORRECTION_WAITS)
        correction->state = AMENDS_CORRECTION_DROPPED;
      if (!is_agreed || entry->by.number == 0 || author->number == 0
          || amends_id_equal (&entry->by, author))
        continue;
      correction->state = AMENDS_CORRECTION_STANDS;
      write_value (self, place, correction->body);
    }
}

/* What settles two corrections is one of the two: a value that nobody agreed to stands nowhere. */
static void
apply_settled (AmendsCase *self, guint place, const char *name, json_t *value)
{
  const AmendsField *field = amends_fields_get (self->fields, name);

  for (guint i = 0; field != NULL && i < field->writes->len; i++)
    if (json_equal (g_array_index (field->writes, AmendsWrite, i).value, value))
      {
        amends_fields_write (self->fields, name, place, json_incref (value));
        return;
      }
}

/* The body with what stands in place of what was written in it. */
static json_t *
correct_body (const AmendsCase *self, const AmendsField *field, const char *path, json_t *body)
{
  json_t *corrected = json_copy (body);

  set_path (corrected, path, amends_field_get_shown (field, self->fold)->value);
  return corrected;
}

/**
 * amends_case_apply_corrections:
 *
 * Reads all corrections, before anything else is read, and puts into each entry of the history the body
 * that stands.
 */
void
amends_case_apply_corrections (AmendsCase *self)
{
  for (guint place = 0; place < self->history->len; place++)
    {
      const AmendsHistoryEntry *entry = nth_entry (self, place);
      const char *settled = get_text (entry->body, "field");
      json_t *value = json_object_get (entry->body, "value");

      if (entry->type == AMENDS_EVENT_CASE_CORRECTED)
        apply_correction (self, place, entry);
      else if (entry->type == AMENDS_EVENT_CASE_CORRECTION_ANSWERED)
        apply_answer (self, place, entry);
      else if (entry->type == AMENDS_EVENT_CONFLICT_SETTLED && settled != NULL && value != NULL
               && amends_correction_is_field (settled))
        apply_settled (self, place, settled, value);
    }

  for (guint i = 0; i < amends_fields_get_n_fields (self->fields); i++)
    {
      const AmendsField *field = amends_fields_get_nth (self->fields, i);
      AmendsId id;
      const char *path = amends_correction_get_path (field->name, &id);

      for (guint place = 0; path != NULL && place < self->history->len; place++)
        {
          AmendsHistoryEntry *entry = nth_entry (self, place);

          if (entry->body == NULL || !amends_id_equal (&entry->event->id, &id))
            continue;
          entry->body = correct_body (self, field, path, (json_t *) entry->body);
          g_ptr_array_add (self->bodies, (json_t *) entry->body);
        }
    }
}

/**
 * amends_case_get_n_corrections:
 *
 * Returns: how many corrections were made or proposed
 */
guint
amends_case_get_n_corrections (const AmendsCase *self)
{
  return self->corrections->len;
}

/**
 * amends_case_get_correction:
 *
 * Returns: (transfer none): the correction, in the order of the fold
 */
const AmendsCorrection *
amends_case_get_correction (const AmendsCase *self, guint n)
{
  g_return_val_if_fail (n < self->corrections->len, NULL);
  return &g_array_index (self->corrections, AmendsCorrection, n);
}

/* Of two values the earlier day first; what is no day in the order of the fold. */
static gboolean
is_later (const json_t *a, const json_t *b)
{
  AmendsDay day_a, day_b;

  return json_is_string (a) && json_is_string (b)
         && amends_day_parse (json_string_value (a), &day_a, NULL)
         && amends_day_parse (json_string_value (b), &day_b, NULL) && day_a > day_b;
}

/**
 * amends_case_dup_body:
 * @place: of an event in its history
 * @latest: which version of a day stands where two were made apart
 *
 * Returns: (transfer full) (nullable): the body of the event, as @latest says
 */
json_t *
amends_case_dup_body (const AmendsCase *self, guint place, gboolean latest)
{
  const AmendsHistoryEntry *entry = amends_case_get_history (self, place);
  json_t *body = json_incref ((json_t *) entry->body);

  for (guint i = 0; body != NULL && i < self->conflicts->len; i++)
    {
      const AmendsField *field = g_ptr_array_index (self->conflicts, i);
      const json_t *read = NULL;
      AmendsId id;
      const char *path = amends_correction_get_path (field->name, &id);
      json_t *corrected;

      if (path == NULL || !amends_id_equal (&id, &entry->event->id))
        continue;
      for (guint w = 0; w < field->writes->len; w++)
        {
          const json_t *value = g_array_index (field->writes, AmendsWrite, w).value;

          if (read == NULL || (latest ? !is_later (read, value) : is_later (read, value)))
            read = value;
        }
      corrected = json_copy (body);
      set_path (corrected, path, read);
      json_decref (body);
      body = corrected;
    }
  return body;
}

static const char *
get_state_name (AmendsCorrectionState state)
{
  static const char *const names[] = { "stands", "waits", "dropped" };

  return names[state];
}

/**
 * amends_case_corrections_to_json:
 *
 * Returns: (transfer full): an array, an object for each correction in the order of the fold
 */
json_t *
amends_case_corrections_to_json (const AmendsCase *self)
{
  json_t *list = json_array ();

  for (guint i = 0; i < self->corrections->len; i++)
    {
      const AmendsCorrection *correction = amends_case_get_correction (self, i);
      const AmendsHistoryEntry *entry = amends_case_get_history (self, correction->place);

      json_array_append_new (list,
                             json_pack ("{s:o, s:s?, s:s, s:O?, s:O?, s:s?, s:o, s:o, s:s}", "id",
                                        amends_id_to_json (&entry->event->id), "event",
                                        get_text (entry->body, "event"), "field", correction->path,
                                        "from", json_object_get (entry->body, "from"), "to",
                                        json_object_get (entry->body, "to"), "because",
                                        get_text (entry->body, "because"), "by",
                                        amends_id_to_json (&entry->by), "at",
                                        amends_instant_to_json (entry->at), "state",
                                        get_state_name (correction->state)));
    }
  return list;
}
