/* amends-moves.c: cases that are moved between schemes, on this device
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Only a device that may read and write in both feeds moves a case: in one transaction it says so where the case is,
 * and carries what the other feed lacks (core/amends-move.h). What others write where the case was, before they hear
 * of it, reaches this device with a later exchange and is carried then; whatever device holds both feeds can do it in
 * this one's place. Nothing in the exchange or on the server knows of it: what is carried are events like others. */

#include "store/amends-moves.h"

#include <string.h>

#include "core/amends-error.h"
#include "core/amends-json.h"
#include "core/amends-move.h"
#include "store/amends-attachments.h"
#include "store/amends-erasure.h"
#include "store/amends-log.h"
#include "store/amends-store-private.h"

/* What this device has carried, sealed: "streams", each with the place in the log up to which that is done; "codes",
 * its own and those that it had before it began again; and "searched", the place up to which the log was looked
 * through for what they carried. Where it is missing it is made anew. */
#define META_CARRIED "moves-carried"

static const char sql_last_place[] = "SELECT max (place) FROM event";
/* Index event_by_stream. */
static const char sql_last_of_stream[] = "SELECT max (place) FROM event WHERE stream = :stream";
/* Index event_by_id, whose entries have the place; then event_by_stream. */
static const char sql_list_carried[] =
    "SELECT stream FROM (SELECT DISTINCT stream FROM event WHERE code = :code AND place > :place)"
    " AS one WHERE 1 < (SELECT count (DISTINCT feed) FROM event"
    "                    WHERE +code = :code AND stream = one.stream)";

static gboolean
has_access (const GArray *feeds, const char *feed, gboolean writes)
{
  for (guint i = 0; i < feeds->len; i++)
    {
      const AmendsFeed *one = &g_array_index (feeds, AmendsFeed, i);

      if (g_str_equal (one->feed, feed))
        return one->may_read && (one->may_write || !writes);
    }
  return FALSE;
}

/**
 * amends_moves_fold:
 * @events: (element-type AmendsEvent): all that is held of a stream, at least one
 *
 * Errors: of the store.
 * Returns: (transfer full): the case; where it was moved to what this device may not read no more than that
 */
AmendsCase *
amends_moves_fold (AmendsStore *self, GPtrArray *events, GError **error)
{
  g_autoptr (AmendsCase) complaint =
      amends_case_new ((AmendsEvent *const *) events->pdata, events->len);
  g_autoptr (GArray) feeds = NULL;

  if (!amends_case_was_moved (complaint))
    return g_steal_pointer (&complaint);
  feeds = amends_store_list_feeds (self, error);
  if (feeds == NULL)
    return NULL;
  for (guint i = 0; i < amends_case_get_n_places (complaint); i++)
    if (has_access (feeds, amends_case_get_place (complaint, i), FALSE))
      return g_steal_pointer (&complaint);
  return amends_case_new_away (complaint);
}

/**
 * amends_moves_choose_feed:
 * @inout_feed: where something is to be written about @complaint
 *
 * Of a case that two moved apart, whichever of the two this device may write in.
 * Errors: %AMENDS_CORE_ERROR_REFUSED if it was moved to where it may not.
 * Returns: %TRUE on success
 */
gboolean
amends_moves_choose_feed (AmendsStore *self,
                          const AmendsCase *complaint,
                          char **inout_feed,
                          GError **error)
{
  g_autoptr (GArray) feeds = NULL;

  if (!amends_case_was_moved (complaint))
    return TRUE;
  feeds = amends_store_list_feeds (self, error);
  if (feeds == NULL)
    return FALSE;
  for (guint i = 0; i < amends_case_get_n_places (complaint); i++)
    if (has_access (feeds, amends_case_get_place (complaint, i), TRUE))
      {
        g_free (*inout_feed);
        *inout_feed = g_strdup (amends_case_get_place (complaint, i));
        return TRUE;
      }
  amends_set_error (error, AMENDS_CORE_ERROR_REFUSED, "type", NULL,
                    "It was moved to another scheme: what is to be recorded is recorded there");
  return FALSE;
}

/* What is not here cannot be handed on, and nobody in the other scheme could fetch it. */
static gboolean
check_files (AmendsStore *self, const AmendsCase *complaint, GError **error)
{
  for (guint i = 0; i < amends_case_get_n_attachments (complaint); i++)
    {
      AmendsAttachmentState state;

      if (!amends_store_get_attachment_state (self, amends_case_get_attachment (complaint, i),
                                              &state, error))
        return FALSE;
      if (state.is_whole || state.is_unopenable)
        continue;
      amends_set_error (
          error, AMENDS_CORE_ERROR_REFUSED, "to", NULL,
          "A file of the case is not on this device yet: fetch it, then move the case");
      return FALSE;
    }
  return TRUE;
}

/**
 * amends_moves_check:
 * @act: "case.moved", as somebody asks for it
 *
 * Errors: %AMENDS_CORE_ERROR_REFUSED, with a sentence, if this device may not both read and write where the case is and
 * where it is to go, or has not all of its files. Records that have not arrived hold nothing up: they are carried when
 * they do.
 * Returns: whether this device can move the case there
 */
gboolean
amends_moves_check (AmendsStore *self,
                    const AmendsCase *complaint,
                    const json_t *act,
                    GError **error)
{
  const char *to = json_string_value (json_object_get (act, "to"));
  g_autofree char *goal = g_strconcat ("s.", to, NULL);
  g_autoptr (GArray) feeds = amends_store_list_feeds (self, error);
  gboolean may;

  if (feeds == NULL)
    return FALSE;
  may = has_access (feeds, goal, TRUE);
  if (!may)
    {
      amends_set_error (error, AMENDS_CORE_ERROR_REFUSED, "to", NULL,
                        "This device may not write the cases of that scheme: a case is moved where "
                        "both schemes may be written, as in a regional office");
      return FALSE;
    }
  for (guint i = 0; i < amends_case_get_n_places (complaint) && may; i++)
    may = has_access (feeds, amends_case_get_place (complaint, i), TRUE);
  if (!may)
    {
      amends_set_error (error, AMENDS_CORE_ERROR_REFUSED, "to", NULL,
                        "The case is in two schemes, and this device may not write in one of them");
      return FALSE;
    }
  return check_files (self, complaint, error);
}

/* Which streams. */

static gboolean
save_carried (AmendsStore *self, const json_t *carried, GError **error)
{
  g_autoptr (GBytes) bytes = amends_json_dump (carried);

  return amends_meta_set (self, META_CARRIED, g_bytes_get_data (bytes, NULL),
                          g_bytes_get_size (bytes), error);
}

/* Returns: (transfer full) (nullable): as above; %NULL on failure */
static json_t *
load_carried (AmendsStore *self, GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (GBytes) bytes = amends_meta_get (self, META_CARRIED, &failure);

  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return NULL;
    }
  if (bytes == NULL)
    return json_pack ("{s:{}, s:[s], s:i}", "streams", "codes", self->identity->code, "searched",
                      0);
  return amends_json_load (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), error);
}

/**
 * amends_moves_begin_again:
 * @before: the code that this device had
 *
 * Under the new one it goes on with what it carried under all that it had. Ids have changed, and what it wrote on
 * another branch comes from the server: it is looked for again in the log, and in all that arrives.
 * Returns: %TRUE on success
 */
gboolean
amends_moves_begin_again (AmendsStore *self, const char *before, GError **error)
{
  json_auto_t *carried = load_carried (self, error);
  json_auto_t *anew = json_pack ("{s:{}, s:[s, s], s:i}", "streams", "codes", self->identity->code,
                                 before, "searched", 0);
  const json_t *codes = json_object_get (carried, "codes");

  for (gsize i = 1; i < json_array_size (codes); i++)
    json_array_append (json_object_get (anew, "codes"), json_array_get (codes, i));
  return carried != NULL && save_carried (self, anew, error);
}

static gboolean
get_place (AmendsStore *self,
           const char *sql,
           const char *stream,
           gint64 *ret_place,
           GError **error)
{
  sqlite3_stmt *stmt = amends_db_prepare (self->db, sql, error);
  int found;

  if (stmt == NULL)
    return FALSE;
  if (stream != NULL)
    amends_db_bind_text (stmt, 1, stream);
  found = amends_db_step (self->db, stmt, error);
  *ret_place = found == SQLITE_ROW ? sqlite3_column_int64 (stmt, 0) : 0;
  sqlite3_reset (stmt);
  return found == SQLITE_ROW;
}

static gboolean
add_streams (AmendsStore *self, json_t *streams, const char *code, gint64 place, GError **error)
{
  sqlite3_stmt *stmt = amends_db_prepare (self->db, sql_list_carried, error);
  int found;

  if (stmt == NULL)
    return FALSE;
  amends_db_bind_text (stmt, 1, code);
  sqlite3_bind_int64 (stmt, 2, place);
  while ((found = amends_db_step (self->db, stmt, error)) == SQLITE_ROW)
    {
      const char *stream = (const char *) sqlite3_column_text (stmt, 0);

      if (json_object_get (streams, stream) == NULL)
        json_object_set_new (streams, stream, json_integer (0));
    }
  return found == SQLITE_DONE;
}

/* What this device carries under its own code it notes as it does so. */
static gboolean
search_log (AmendsStore *self, json_t *carried, GError **error)
{
  const json_t *codes = json_object_get (carried, "codes");
  gint64 searched = json_integer_value (json_object_get (carried, "searched"));
  gint64 last;
  gsize i;
  json_t *code;

  if (searched > 0 && json_array_size (codes) == 1)
    return TRUE;
  if (!get_place (self, sql_last_place, NULL, &last, error))
    return FALSE;
  if (last == searched)
    return TRUE;
  json_array_foreach (codes, i, code)
    if (!add_streams (self, json_object_get (carried, "streams"), json_string_value (code),
                      searched, error))
      return FALSE;
  json_object_set_new (carried, "searched", json_integer (last));
  return save_carried (self, carried, error);
}

static gboolean
note_carried (AmendsStore *self, const AmendsId *stream, GError **error)
{
  json_auto_t *carried = load_carried (self, error);
  char text[AMENDS_ID_BUFFER];
  gint64 place;

  amends_id_format_to (stream, text);
  if (carried == NULL || !get_place (self, sql_last_of_stream, text, &place, error))
    return FALSE;
  json_object_set_new (json_object_get (carried, "streams"), text, json_integer (place));
  return save_carried (self, carried, error);
}

/* Of places that are given again no mark says anything. Returns: whether @mark was beyond @last */
static gboolean
step_back_to (json_t *mark, gint64 last)
{
  return json_integer_value (mark) > last && json_integer_set (mark, last) == 0;
}

/**
 * amends_moves_step_back:
 *
 * In the caller's transaction, in which events were cut off the end of the log: what comes next has their places, and
 * is not carried yet.
 * Returns: %TRUE on success
 */
gboolean
amends_moves_step_back (AmendsStore *self, GError **error)
{
  json_auto_t *carried = load_carried (self, error);
  gboolean has_moved;
  const char *text;
  json_t *mark;
  gint64 last;

  if (carried == NULL || !get_place (self, sql_last_place, NULL, &last, error))
    return FALSE;
  has_moved = step_back_to (json_object_get (carried, "searched"), last);
  json_object_foreach (json_object_get (carried, "streams"), text, mark)
    has_moved |= step_back_to (mark, last);
  return !has_moved || save_carried (self, carried, error);
}

/* Carrying. */

static gboolean
carry_to (AmendsStore *self,
          const AmendsCase *complaint,
          const char *feed,
          GPtrArray *ret_events,
          GError **error)
{
  g_autoptr (GPtrArray) lacking = amends_case_list_lacking (complaint, feed);
  g_autoptr (GPtrArray) bodies = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_autoptr (GPtrArray) events = NULL;
  g_autofree AmendsId *heads = NULL;
  AmendsId stream;
  guint n_heads;

  for (guint i = 0; i < lacking->len; i++)
    {
      g_autoptr (GError) failure = NULL;
      GBytes *body = amends_carry_wrap (g_ptr_array_index (lacking, i), &self->actor,
                                        amends_environment_now (&self->environment), &failure);

      if (body != NULL)
        g_ptr_array_add (bodies, body);
      else if (ret_events != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&failure));
          return FALSE;
        } /* else nobody is asked, and it is counted as left behind */
    }
  if (bodies->len == 0)
    return TRUE;
  amends_case_get_id (complaint, &stream);
  heads = amends_case_get_heads (complaint, &n_heads);
  events = amends_log_append (self, feed, &stream, heads, n_heads, bodies, error);
  if (events == NULL)
    return FALSE;
  if (ret_events != NULL)
    g_ptr_array_extend (ret_events, events, (GCopyFunc) amends_event_ref, NULL);
  return TRUE;
}

static gboolean
note_erasures (AmendsStore *self, const AmendsCase *complaint, GError **error)
{
  AmendsId stream;

  amends_case_get_id (complaint, &stream);
  for (guint i = 0; i < amends_case_get_n_erasures (complaint); i++)
    {
      const AmendsCaseErasure *erasure = amends_case_get_erasure (complaint, i);

      if (erasure->agreed != NULL && erasure->n_left > 0)
        return amends_erasure_note_agreed (self, &stream, error);
    }
  return TRUE;
}

/**
 * amends_moves_carry:
 * @stream: a case
 * @ret_events: (nullable): where what is written is added
 *
 * In the caller's transaction: what the feeds lack in which the case is or was, as far as this device may read and
 * write them.
 * Errors: %AMENDS_CORE_ERROR_TOO_LARGE; store errors.
 * Returns: %TRUE on success
 */
gboolean
amends_moves_carry (AmendsStore *self,
                    const AmendsId *stream,
                    GPtrArray *ret_events,
                    GError **error)
{
  g_autoptr (GPtrArray) events = amends_log_read_stream (self, stream, error);
  g_autoptr (GArray) access = amends_store_list_feeds (self, error);
  g_autoptr (AmendsCase) complaint = NULL;
  g_autoptr (GPtrArray) feeds = NULL;

  if (events == NULL || access == NULL)
    return FALSE;
  if (events->len == 0)
    return TRUE;
  complaint = amends_case_new ((AmendsEvent *const *) events->pdata, events->len);
  feeds = amends_case_list_feeds (complaint);
  for (guint i = 0; i < feeds->len; i++)
    if (has_access (access, g_ptr_array_index (feeds, i), TRUE)
        && !carry_to (self, complaint, g_ptr_array_index (feeds, i), ret_events, error))
      return FALSE;
  return note_erasures (self, complaint, error) && note_carried (self, stream, error);
}

static gboolean
follow_stream (AmendsStore *self, const char *text, GError **error)
{
  g_auto (AmendsTransaction) transaction = AMENDS_TRANSACTION_INIT;
  AmendsId stream;

  return !amends_id_parse_len (text, strlen (text), &stream)
         || (amends_transaction_begin (&transaction, self->db, error)
             && amends_moves_carry (self, &stream, NULL, error)
             && amends_transaction_commit (&transaction, error));
}

/**
 * amends_moves_follow:
 *
 * After an exchange: carries what has come since of cases that this device has carried before.
 * Errors: store errors.
 * Returns: %TRUE on success
 */
gboolean
amends_moves_follow (AmendsStore *self, GError **error)
{
  json_auto_t *carried = load_carried (self, error);
  const char *text;
  json_t *value;

  if (carried == NULL || !search_log (self, carried, error))
    return FALSE;
  json_object_foreach (json_object_get (carried, "streams"), text, value)
    {
      gint64 place;

      if (!get_place (self, sql_last_of_stream, text, &place, error)
          || (place > json_integer_value (value) && !follow_stream (self, text, error)))
        return FALSE;
    }
  return TRUE;
}
