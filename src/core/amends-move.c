/* amends-move.c: a case that is moved to another scheme
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/amends-move.h"

#include <string.h>

#include "core/amends-case-private.h"
#include "core/amends-decide-private.h"
#include "core/amends-erase.h"
#include "core/amends-error.h"
#include "core/amends-instant.h"
#include "core/amends-json.h"

/* What is carried. */

static json_t *
bytes_to_json (const guint8 *bytes, gsize n_bytes)
{
  g_autofree char *text = g_base64_encode (bytes, n_bytes);

  return json_string (text);
}

static gboolean
read_bytes (const json_t *object, const char *key, guint8 *ret_bytes, gsize n_bytes)
{
  const char *text = json_string_value (json_object_get (object, key));
  gsize n_found = 0;
  g_autofree guchar *found =
      text != NULL && strlen (text) <= 2 * n_bytes ? g_base64_decode (text, &n_found) : NULL;

  if (found == NULL || n_found != n_bytes)
    return FALSE;
  memcpy (ret_bytes, found, n_bytes);
  return TRUE;
}

/**
 * amends_carry_wrap:
 * @event: of a case; not in a box
 * @by: (nullable): who carries it
 * @at: when, microseconds since 1970 UTC
 *
 * The body stands in a string: whatever writes that again, as a device that begins anew does, keeps each of its bytes.
 * Of an event that was erased its digest is carried.
 * Errors: %AMENDS_CORE_ERROR_TOO_LARGE if it does not fit.
 * Returns: (transfer full): the body of the event that carries it
 */
GBytes *
amends_carry_wrap (const AmendsEvent *event, const AmendsId *by, gint64 at, GError **error)
{
  g_autofree char *instant = amends_instant_format (at);
  g_autofree char *after = amends_after_format (event->after, event->n_after);
  json_auto_t *body = NULL;
  g_autoptr (GBytes) bytes = NULL;

  g_return_val_if_fail (event->box == NULL, NULL);

  body = json_pack ("{s:s, s:s, s:o*, s:o, s:s, s:s}", "type",
                    amends_event_type_to_string (AMENDS_EVENT_CASE_CARRIED), "at", instant, "by",
                    by != NULL && by->number != 0 ? amends_id_to_json (by) : NULL, "event",
                    amends_id_to_json (&event->id), "feed", event->feed, "after", after);
  if (event->body != NULL)
    {
      json_object_set_new (body, "salt", bytes_to_json (event->salt, sizeof event->salt));
      json_object_set_new (body, "body",
                           json_stringn (g_bytes_get_data (event->body, NULL),
                                         g_bytes_get_size (event->body)));
    }
  else
    json_object_set_new (body, "digest", bytes_to_json (event->digest, sizeof event->digest));
  bytes = amends_json_dump (body);
  if (g_bytes_get_size (bytes) <= AMENDS_EVENT_MAX_BODY_BYTES)
    return g_steal_pointer (&bytes);
  amends_set_error (error, AMENDS_CORE_ERROR_TOO_LARGE, "to", NULL,
                    "One record of the case is too long to be carried to another scheme");
  return NULL;
}

static gboolean
is_of_scheme (const char *feed)
{
  return g_str_has_prefix (feed, "s.");
}

/**
 * amends_carry_open:
 * @carrier: any event
 *
 * Between schemes, and not into the one where it was written: there it is, or it is not.
 * What is opened is as its carrier says; that its author wrote it is proved where it was written.
 * Returns: (transfer full) (nullable): the event that it carries; %NULL if it carries none that can be one
 */
AmendsEvent *
amends_carry_open (AmendsEvent *carrier)
{
  const json_t *body = amends_event_get_json (carrier);
  const char *id_text = json_string_value (json_object_get (body, "event"));
  const char *feed = json_string_value (json_object_get (body, "feed"));
  const char *after_text = json_string_value (json_object_get (body, "after"));
  const json_t *text = json_object_get (body, "body");
  g_autofree AmendsId *after = NULL;
  g_autoptr (GBytes) bytes = NULL;
  guint8 salt[AMENDS_SALT_BYTES], digest[AMENDS_DIGEST_BYTES];
  AmendsId id;
  guint n_after;

  if (body == NULL || amends_body_get_type (body) != AMENDS_EVENT_CASE_CARRIED || id_text == NULL
      || feed == NULL || after_text == NULL || !is_of_scheme (feed) || !is_of_scheme (carrier->feed)
      || strcmp (feed, carrier->feed) == 0 || !amends_id_parse_len (id_text, strlen (id_text), &id)
      || (after = amends_after_parse (after_text, strlen (after_text), &n_after, NULL)) == NULL)
    return NULL;
  if (!json_is_string (text))
    return read_bytes (body, "digest", digest, sizeof digest)
               ? amends_event_new_erased (&id, feed, &carrier->stream, after, n_after, digest, NULL)
               : NULL;
  if (!read_bytes (body, "salt", salt, sizeof salt))
    return NULL;
  bytes = g_bytes_new (json_string_value (text), json_string_length (text));
  return amends_event_new (&id, feed, &carrier->stream, after, n_after, salt, bytes, NULL);
}

/* What a case is folded from. */

static gboolean
is_of (AmendsEvent *event, AmendsEventType type)
{
  const char *word = json_string_value (json_object_get (amends_event_get_json (event), "type"));

  return word != NULL && strcmp (word, amends_event_type_to_string (type)) == 0;
}

static char *
dup_place (const char *feed, const AmendsId *id)
{
  char text[AMENDS_ID_BUFFER];

  amends_id_format_to (id, text);
  return g_strconcat (feed, " ", text, NULL);
}

/* Which of two carriers of one event is believed: one that says that it was erased, then the one with the lower id.
 * Any rule will do that does not depend on which came first. */
static gboolean
is_better (const AmendsEvent *event,
           const AmendsEvent *carrier,
           const AmendsEvent *than,
           const AmendsEvent *than_carrier)
{
  if ((event->body == NULL) != (than->body == NULL))
    return event->body == NULL;
  return amends_id_compare (&carrier->id, &than_carrier->id) < 0;
}

static void
add_copy (AmendsCase *self, const AmendsId *id, AmendsEvent *carrier)
{
  GPtrArray *copies = g_hash_table_lookup (self->copies, id);

  if (copies == NULL)
    {
      copies = g_ptr_array_new_with_free_func ((GDestroyNotify) amends_event_unref);
      g_hash_table_insert (self->copies, amends_id_copy (id), copies);
    }
  g_ptr_array_add (copies, amends_event_ref (carrier));
}

static void
take_carried (AmendsCase *self, GHashTable *by_id, AmendsEvent *carrier)
{
  AmendsEvent *event = amends_carry_open (carrier);
  AmendsEvent *than;

  if (event == NULL)
    {
      g_hash_table_replace (by_id, &carrier->id, amends_event_ref (carrier));
      return;
    }
  g_hash_table_add (self->present, dup_place (carrier->feed, &event->id));
  add_copy (self, &event->id, carrier);
  than = g_hash_table_lookup (by_id, &event->id);
  if (than != NULL
      && (g_hash_table_lookup (self->carriers, &event->id) == NULL
          || !is_better (event, carrier, than, g_hash_table_lookup (self->carriers, &event->id))))
    {
      amends_event_unref (event);
      return;
    }
  g_hash_table_replace (by_id, &event->id, event);
  g_hash_table_replace (self->carriers, amends_id_copy (&event->id), amends_event_ref (carrier));
}

/**
 * amends_case_open_carried:
 * @events: (array length=n_events): all events held of the stream
 *
 * Returns: (transfer full) (element-type AmendsEvent): those that the case is folded from, each once: as it is held,
 * or as it was carried
 */
GPtrArray *
amends_case_open_carried (AmendsCase *self, AmendsEvent *const *events, guint n_events)
{
  GPtrArray *opened = g_ptr_array_new_with_free_func ((GDestroyNotify) amends_event_unref);
  g_autoptr (GHashTable) by_id = g_hash_table_new_full (amends_id_hash, amends_id_equal, NULL,
                                                        (GDestroyNotify) amends_event_unref);
  gboolean has_moved = FALSE;
  GHashTableIter iter;
  gpointer event;

  self->carriers = g_hash_table_new_full (amends_id_hash, amends_id_equal, g_free,
                                          (GDestroyNotify) amends_event_unref);
  self->copies = g_hash_table_new_full (amends_id_hash, amends_id_equal, g_free,
                                        (GDestroyNotify) g_ptr_array_unref);
  self->present = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < n_events; i++)
    has_moved |=
        is_of (events[i], AMENDS_EVENT_CASE_CARRIED) || is_of (events[i], AMENDS_EVENT_CASE_MOVED);
  for (guint i = 0; i < n_events; i++)
    if (!has_moved) /* as nearly all: there is nothing to open */
      g_ptr_array_add (opened, amends_event_ref (events[i]));
    else if (!is_of (events[i], AMENDS_EVENT_CASE_CARRIED))
      {
        g_hash_table_replace (by_id, &events[i]->id, amends_event_ref (events[i]));
        g_hash_table_add (self->present, dup_place (events[i]->feed, &events[i]->id));
      }
  for (guint i = 0; has_moved && i < n_events; i++)
    if (is_of (events[i], AMENDS_EVENT_CASE_CARRIED))
      take_carried (self, by_id, events[i]);
  g_hash_table_iter_init (&iter, by_id);
  while (g_hash_table_iter_next (&iter, NULL, &event))
    g_ptr_array_add (opened, amends_event_ref (event));
  return opened;
}

/* Where it is. */

static char *
dup_feed_of (const json_t *scheme)
{
  const char *code = json_string_value (scheme);
  g_autofree char *feed = code != NULL ? g_strconcat ("s.", code, NULL) : NULL;

  return feed != NULL && amends_feed_is_valid (feed) ? g_steal_pointer (&feed) : NULL;
}

static void
add_feed (GPtrArray *feeds, char *feed)
{
  if (feed != NULL && !g_ptr_array_find_with_equal_func (feeds, feed, g_str_equal, NULL))
    g_ptr_array_add (feeds, feed);
  else
    g_free (feed);
}

/**
 * amends_case_apply_moved:
 * @place: of the event, in the fold's order
 * @body: its body
 *
 * Where it is known only that the case has moved, its reference is known by that too. What is restricted is where it
 * was written, whatever anybody says.
 */
void
amends_case_apply_moved (AmendsCase *self, guint place, const json_t *body)
{
  json_t *to = json_object_get (body, "to");
  json_t *reference = json_object_get (body, "reference");
  const AmendsEvent *event = amends_fold_get_event (self->fold, place);
  g_autofree char *feed = dup_feed_of (to);

  if (feed == NULL || !is_of_scheme (event->feed))
    return;
  amends_fields_write (self->fields, "scheme", place, json_incref (to));
  self->was_moved = TRUE;
  if (json_is_string (reference)
      && !amends_id_equal (&amends_fold_get_event (self->fold, self->root)->id, &self->id))
    amends_fields_write (self->fields, "reference", place, json_incref (reference));
}

/**
 * amends_case_find_places:
 *
 * Finds where the case is: where it was begun, until it is moved; in two places where it was moved apart.
 */
void
amends_case_find_places (AmendsCase *self)
{
  const AmendsField *scheme = amends_fields_get (self->fields, "scheme");
  const char *begun = amends_fold_get_event (self->fold, self->root)->feed;

  self->places = g_ptr_array_new_with_free_func (g_free);
  self->was_moved = self->was_moved && is_of_scheme (begun);
  if (self->was_moved && scheme != NULL)
    {
      add_feed (self->places, dup_feed_of (amends_field_get_shown (scheme, self->fold)->value));
      for (guint i = 0; i < scheme->writes->len; i++)
        add_feed (self->places, dup_feed_of (g_array_index (scheme->writes, AmendsWrite, i).value));
    }
  if (self->places->len == 0)
    g_ptr_array_add (self->places, g_strdup (begun));
}

/**
 * amends_case_was_moved:
 *
 * Returns: whether it was moved from where it began, as far as is known here
 */
gboolean
amends_case_was_moved (const AmendsCase *self)
{
  return self->was_moved;
}

/**
 * amends_case_get_n_places:
 *
 * Returns: in how many feeds it is: one, unless two moved it apart
 */
guint
amends_case_get_n_places (const AmendsCase *self)
{
  return self->places->len;
}

/**
 * amends_case_get_place:
 * @n: from 0; the first is that of amends_case_get_feed()
 *
 * Returns: (transfer none): a feed in which it is
 */
const char *
amends_case_get_place (const AmendsCase *self, guint n)
{
  return g_ptr_array_index (self->places, n);
}

/**
 * amends_case_list_feeds:
 *
 * Returns: (transfer full) (element-type utf8): the feeds in which it is or ever was
 */
GPtrArray *
amends_case_list_feeds (const AmendsCase *self)
{
  GPtrArray *feeds = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < self->places->len; i++)
    add_feed (feeds, g_strdup (amends_case_get_place (self, i)));
  for (guint i = 0; i < self->history->len; i++)
    {
      const AmendsHistoryEntry *entry = amends_case_get_history (self, i);

      if (!is_of_scheme (entry->event->feed))
        continue;
      add_feed (feeds, g_strdup (entry->event->feed));
      if (entry->type == AMENDS_EVENT_CASE_MOVED)
        add_feed (feeds, dup_feed_of (json_object_get (entry->body, "to")));
    }
  return feeds;
}

/**
 * amends_body_says_where:
 * @body: (nullable): of an event of a case
 *
 * Returns: whether it says in which scheme the case is
 */
gboolean
amends_body_says_where (const json_t *body)
{
  const char *field = json_string_value (json_object_get (body, "field"));
  AmendsEventType type = amends_body_get_type (body);

  return type == AMENDS_EVENT_CASE_MOVED
         || (type == AMENDS_EVENT_CONFLICT_SETTLED && g_strcmp0 (field, "scheme") == 0);
}

static gboolean
says_where (const AmendsHistoryEntry *entry)
{
  return amends_body_says_where (entry->body);
}

static gboolean
is_place (const AmendsCase *self, const char *feed)
{
  return g_ptr_array_find_with_equal_func (self->places, feed, g_str_equal, NULL);
}

/* What came in a box, or is restricted, is written nowhere else; what carries is never carried, nor what two agreed to
 * erase. */
static gboolean
may_be_carried (const AmendsCase *self, const AmendsHistoryEntry *entry, const char *feed)
{
  return entry->event->box == NULL && !amends_case_is_to_go (self, &entry->event->id)
         && is_of_scheme (entry->event->feed) && !g_str_equal (entry->event->feed, feed)
         && entry->type != AMENDS_EVENT_CASE_CARRIED;
}

/**
 * amends_case_list_lacking:
 * @feed: of a scheme in which it is or was
 *
 * Where the case is all of it belongs; where it was no more than that it has moved. The latter comes first, so that
 * whoever gets half of it knows where it is.
 * Returns: (transfer container) (element-type AmendsEvent): what of that is not in @feed, as far as is known here
 */
GPtrArray *
amends_case_list_lacking (const AmendsCase *self, const char *feed)
{
  GPtrArray *lacking = g_ptr_array_new ();

  for (guint pass = 0; self->was_moved && pass < 2; pass++)
    for (guint i = 0; i < self->history->len; i++)
      {
        const AmendsHistoryEntry *entry = amends_case_get_history (self, i);
        g_autofree char *place = dup_place (feed, &entry->event->id);

        if (says_where (entry) == (pass == 0) && (pass == 0 || is_place (self, feed))
            && may_be_carried (self, entry, feed) && !g_hash_table_contains (self->present, place))
          g_ptr_array_add (lacking, entry->event);
      }
  return lacking;
}

/**
 * amends_case_count_behind:
 *
 * What was erased nobody misses; what has carried it and was erased with it cannot be told from it.
 * Returns: how many of its events are not yet where it is, as far as is known here
 */
guint
amends_case_count_behind (const AmendsCase *self)
{
  guint n_behind = 0;

  for (guint i = 0; i < self->places->len; i++)
    {
      g_autoptr (GPtrArray) lacking =
          amends_case_list_lacking (self, amends_case_get_place (self, i));
      guint n_lacking = 0;

      for (guint e = 0; e < lacking->len; e++)
        n_lacking += ((const AmendsEvent *) g_ptr_array_index (lacking, e))->body != NULL;
      n_behind = MAX (n_behind, n_lacking);
    }
  return n_behind;
}

/* Returns: the ids of those @places, which are in the fold's order, that no other of them comes after; ascending */
static GArray *
list_last (const AmendsCase *self, const GArray *places)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (AmendsId));
  g_autoptr (GArray) seen = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = places->len; i-- > 0 && seen->len < AMENDS_EVENT_MAX_AFTER;)
    {
      guint place = g_array_index (places, guint, i);
      gboolean is_last = TRUE;

      for (guint s = 0; is_last && s < seen->len; s++)
        is_last = !amends_fold_is_before (self->fold, place, g_array_index (seen, guint, s));
      if (is_last)
        {
          g_array_append_val (seen, place);
          g_array_append_val (ids, amends_fold_get_event (self->fold, place)->id);
        }
    }
  g_array_sort (ids, (GCompareFunc) amends_id_compare);
  return ids;
}

/* The event at @place as it stands among the @kept alone: it names those of them that its author had seen last, though
 * what it named itself may not be among them. */
static AmendsEvent *
dup_among (const AmendsCase *self, guint place, const GArray *kept)
{
  const AmendsEvent *event = amends_fold_get_event (self->fold, place);
  g_autoptr (GArray) seen = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GArray) after = NULL;

  for (guint i = 0; i < kept->len; i++)
    if (amends_fold_is_before (self->fold, g_array_index (kept, guint, i), place))
      g_array_append_val (seen, g_array_index (kept, guint, i));
  after = list_last (self, seen);
  return amends_event_new (&event->id, event->feed, &event->stream, (const AmendsId *) after->data,
                           after->len, event->salt, event->body, NULL);
}

/**
 * amends_case_get_heads:
 *
 * Of a case that was moved what says last where it is, too: who reads only a feed in which it was does not have what
 * was written since, and would not know which of two moves is the later.
 * Returns: (transfer full) (array length=ret_n_heads): what a new event comes after, ascending; at most
 *   %AMENDS_EVENT_MAX_AFTER
 */
AmendsId *
amends_case_get_heads (const AmendsCase *self, guint *ret_n_heads)
{
  g_autofree AmendsId *heads = amends_fold_get_heads (self->fold, ret_n_heads);
  g_autoptr (GArray) moves = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GArray) ids = NULL;
  guint n_moves;

  if (!self->was_moved)
    return g_steal_pointer (&heads);
  for (guint i = 0; i < self->history->len; i++)
    if (says_where (amends_case_get_history (self, i)))
      g_array_append_val (moves, i);
  ids = list_last (self, moves);
  n_moves = ids->len;
  for (guint i = *ret_n_heads; i-- > 0 && ids->len < AMENDS_EVENT_MAX_AFTER;)
    if (bsearch (&heads[i], ids->data, n_moves, sizeof heads[i], (GCompareFunc) amends_id_compare)
        == NULL)
      g_array_append_val (ids, heads[i]);
  g_array_sort (ids, (GCompareFunc) amends_id_compare);
  *ret_n_heads = ids->len;
  return (AmendsId *) g_array_free (g_steal_pointer (&ids), FALSE);
}

/**
 * amends_case_new_away:
 * @self: a case that was moved to where who asks may not read
 *
 * Returns: (transfer full): what there is to see of it: that it was moved, where, by whom and why
 */
AmendsCase *
amends_case_new_away (const AmendsCase *self)
{
  g_autoptr (GPtrArray) events =
      g_ptr_array_new_with_free_func ((GDestroyNotify) amends_event_unref);
  g_autoptr (GArray) kept = g_array_new (FALSE, FALSE, sizeof (guint));
  AmendsCase *away;

  g_return_val_if_fail (self->was_moved, NULL);

  for (guint i = 0; i < self->history->len; i++)
    if (says_where (amends_case_get_history (self, i)))
      {
        g_ptr_array_add (events, dup_among (self, i, kept));
        g_array_append_val (kept, i);
      }
  away = amends_case_new ((AmendsEvent *const *) events->pdata, events->len);
  away->is_away = TRUE;
  return away;
}

/**
 * amends_case_is_away:
 *
 * Returns: whether it was moved to where this device may not read
 */
gboolean
amends_case_is_away (const AmendsCase *self)
{
  return self->is_away;
}

/* Whether it may be moved. */

/**
 * amends_decide_may_move:
 *
 * Returns: whether the case is one that moves
 */
gboolean
amends_decide_may_move (AmendsQuestion *self, GError **error)
{
  if (!is_of_scheme (amends_case_get_feed (self->complaint)))
    return amends_question_refuse (self, error, "type", NULL, NULL,
                                   "It is restricted: it stays with those who were told of it");
  amends_question_warn (self, NULL, NULL,
                        "The people of the scheme it leaves see from then on only that it was "
                        "moved, where and why");
  return TRUE;
}

/**
 * amends_decide_check_move:
 *
 * What was recorded elsewhere since it was moved may be fetched by moving it there once more.
 * Returns: whether it is moved to somewhere else than it is
 */
gboolean
amends_decide_check_move (AmendsQuestion *self, GError **error)
{
  g_autofree char *feed = dup_feed_of (json_object_get (self->act, "to"));

  if (feed == NULL)
    {
      amends_set_error (error, AMENDS_CORE_ERROR_INVALID, "to", NULL,
                        "“to” is the code of a scheme, such as elm");
      return FALSE;
    }
  if (amends_case_get_n_places (self->complaint) > 1
      || !g_str_equal (feed, amends_case_get_feed (self->complaint))
      || amends_case_count_behind (self->complaint) > 0)
    return TRUE;
  amends_set_error (error, AMENDS_CORE_ERROR_REFUSED, "to", NULL,
                    "The case is with that scheme already");
  return FALSE;
}

/**
 * amends_decide_complete_move:
 * @act: as it was taken; where the case comes from and by what name it is known are added
 */
void
amends_decide_complete_move (const AmendsCase *complaint, AmendsEventType type, json_t *act)
{
  const char *reference = amends_case_get_text (complaint, "reference");
  const char *from = amends_feed_get_scheme (amends_case_get_feed (complaint));

  if (type != AMENDS_EVENT_CASE_MOVED)
    return;
  if (from != NULL)
    json_object_set_new (act, "from", json_string (from));
  if (reference != NULL)
    json_object_set_new (act, "reference", json_string (reference));
}
