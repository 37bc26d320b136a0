/* model.c: what the simulation remembers of what people were told
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Deliberately plain: sets of words. Each event that a person causes holds a *token*, words that no other
 * event has, and is known by it whatever id it gets, since a device that is restored or cloned gives new
 * ones. A store's *holding* is the set of tokens that it was said to hold. */

#include <string.h>

#include "sim/sim.h"
#include "store/amends-log.h"
#include "store/amends-store-private.h"

static GHashTable *
words_new (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

static void
add_words (GHashTable *to, GHashTable *from)
{
  GHashTableIter iter;
  gpointer word;

  g_hash_table_iter_init (&iter, from);
  while (g_hash_table_iter_next (&iter, &word, NULL))
    g_hash_table_add (to, g_strdup (word));
}

static GHashTable *
words_copy (GHashTable *from)
{
  GHashTable *to = words_new ();

  add_words (to, from);
  return to;
}

/**
 * sim_holding_new:
 *
 * Returns: (transfer full): nothing
 */
SimHolding *
sim_holding_new (void)
{
  SimHolding *self = g_new0 (SimHolding, 1);

  self->tokens = words_new ();
  self->access = words_new ();
  self->revoked = words_new ();
  self->codes = words_new ();
  self->heard = words_new ();
  return self;
}

/**
 * sim_holding_copy:
 *
 * Returns: (transfer full): what a copy of that store holds
 */
SimHolding *
sim_holding_copy (const SimHolding *from)
{
  SimHolding *self = g_new0 (SimHolding, 1);

  self->tokens = words_copy (from->tokens);
  self->access = words_copy (from->access);
  self->revoked = words_copy (from->revoked);
  self->codes = words_copy (from->codes);
  self->heard = words_copy (from->heard);
  return self;
}

/**
 * sim_holding_free:
 * @self: (nullable) (transfer full): a holding
 */
void
sim_holding_free (SimHolding *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->tokens);
  g_hash_table_unref (self->access);
  g_hash_table_unref (self->revoked);
  g_hash_table_unref (self->codes);
  g_hash_table_unref (self->heard);
  g_free (self);
}

/**
 * sim_facts_add:
 * @token: of an event that a person is about to cause
 * @act: which of all acts
 *
 * Returns: (transfer none): what is remembered of it
 */
SimFacts *
sim_facts_add (Sim *self, const char *token, guint act)
{
  SimFacts *facts = g_new0 (SimFacts, 1);

  facts->token = g_strdup (token);
  facts->act = act;
  g_hash_table_insert (self->facts, facts->token, facts);
  return facts;
}

/**
 * sim_facts_get:
 *
 * Returns: (transfer none) (nullable): what is remembered of that event
 */
const SimFacts *
sim_facts_get (Sim *self, const char *token)
{
  return g_hash_table_lookup (self->facts, token);
}

/**
 * sim_facts_free:
 * @self: (transfer full): facts
 */
void
sim_facts_free (SimFacts *self)
{
  g_free (self->token);
  g_free (self->of_case);
  g_free (self->feed);
  g_clear_pointer (&self->after, g_ptr_array_unref);
  g_free (self);
}

static char *
find_token_in (const char *text, gsize n_bytes)
{
  const char *end = text + n_bytes;

  for (const char *at = text; (at = memmem (at, (gsize) (end - at), "\"t", 2)) != NULL; at++)
    {
      const char *word = at + 1;
      gsize n = 1;

      while (word + n < end && (g_ascii_isdigit (word[n]) || word[n] == '.'))
        n++;
      if (n > 1 && word + n < end && word[n] == '"')
        return g_strndup (word, n);
    }
  return NULL;
}

/**
 * sim_find_token:
 *
 * Returns: (transfer full) (nullable): the words by which the event is known; %NULL of one that the
 * product wrote by itself
 */
char *
sim_find_token (const AmendsEvent *event)
{
  gsize n_bytes;
  const char *text;

  if (event->body == NULL)
    return NULL;
  text = g_bytes_get_data (event->body, &n_bytes);
  return find_token_in (text, n_bytes);
}

/**
 * sim_get_tokens_of:
 * @place: "feed id"
 *
 * Returns: (transfer none) (nullable) (element-type utf8): what was ever seen there
 */
GHashTable *
sim_get_tokens_of (Sim *self, const char *place)
{
  return g_hash_table_lookup (self->ids, place);
}

/**
 * sim_know_id:
 * @token: what the event there holds, "" if nothing
 *
 * Remembers what was ever seen under an id.
 */
void
sim_know_id (Sim *self, const char *feed, const AmendsId *id, const char *token)
{
  g_autofree char *text = amends_id_format (id);
  g_autofree char *place = g_strconcat (feed, " ", text, NULL);
  GHashTable *tokens = sim_get_tokens_of (self, place);

  if (*token == '\0')
    return;
  if (tokens == NULL)
    {
      tokens = words_new ();
      g_hash_table_insert (self->ids, g_steal_pointer (&place), tokens);
    }
  g_hash_table_add (tokens, g_strdup (token));
  if (g_hash_table_contains (self->erased, text))
    g_hash_table_add (self->gone, g_strdup (token));
}

/**
 * sim_know_erased:
 *
 * The server's log says that the body of that event was erased.
 */
void
sim_know_erased (Sim *self, const AmendsId *id)
{
  static const char *const feeds[] = { "s.oak", "s.elm" };
  char *text = amends_id_format (id);

  for (guint i = 0; i < G_N_ELEMENTS (feeds); i++)
    {
      g_autofree char *place = g_strconcat (feeds[i], " ", text, NULL);
      GHashTable *tokens = sim_get_tokens_of (self, place);

      if (tokens != NULL)
        add_words (self->gone, tokens);
    }
  g_hash_table_add (self->erased, text);
}

/* What stands for the event in what comes after what: its token, the one that it had before it was erased, or its id. */
static char *
find_word (Sim *self, const AmendsEvent *event)
{
  g_autofree char *id = amends_id_format (&event->id);
  g_autofree char *place = g_strconcat (event->feed, " ", id, NULL);
  char *token = sim_find_token (event);

  if (token == NULL && event->body == NULL && sim_get_tokens_of (self, place) != NULL)
    {
      GHashTableIter iter;
      gpointer first;

      g_hash_table_iter_init (&iter, sim_get_tokens_of (self, place));
      if (g_hash_table_iter_next (&iter, &first, NULL))
        token = g_strdup (first);
    }
  return token != NULL ? token : g_strconcat ("#", id, NULL);
}

/**
 * sim_read_case:
 * @id: a stream
 *
 * Returns: (transfer full) (nullable) (element-type AmendsEvent): what a store holds of it, with what was carried there
 */
GPtrArray *
sim_read_case (AmendsStore *store, const AmendsId *id)
{
  g_autoptr (GPtrArray) events = amends_log_read_stream (store, id, NULL);
  g_autoptr (AmendsCase) complaint = NULL;
  GPtrArray *opened;

  if (events == NULL || events->len == 0)
    return g_steal_pointer (&events);
  opened = g_ptr_array_new_with_free_func ((GDestroyNotify) amends_event_unref);
  complaint = amends_case_new ((AmendsEvent *const *) events->pdata, events->len);
  for (guint i = 0; i < amends_case_get_n_history (complaint); i++)
    g_ptr_array_add (opened, amends_event_ref (amends_case_get_history (complaint, i)->event));
  return opened;
}

/* A store may hold a part of a stream: of the rest it was not given, or it has left. */
static gboolean
has_all_before (const AmendsEvent *event, GHashTable *ids)
{
  for (guint i = 0; i < event->n_after; i++)
    if (!g_hash_table_contains (ids, &event->after[i]))
      return FALSE;
  return TRUE;
}

/**
 * sim_facts_fill:
 * @events: (element-type AmendsEvent): a stream, as some store holds it
 *
 * Remembers what the events in it name that were not met before.
 */
void
sim_facts_fill (Sim *self, const GPtrArray *events)
{
  g_autoptr (GHashTable) tokens =
      g_hash_table_new_full (amends_id_hash, amends_id_equal, NULL, g_free);
  g_autoptr (GHashTable) ids = g_hash_table_new (amends_id_hash, amends_id_equal);
  const char *root = NULL;

  for (guint i = 0; i < events->len; i++)
    {
      const AmendsEvent *event = g_ptr_array_index (events, i);
      char *token = find_word (self, event);

      g_hash_table_add (ids, (gpointer) &event->id);
      g_hash_table_insert (tokens, (gpointer) &event->id, token);
      if (amends_id_equal (&event->id, &event->stream))
        root = token;
    }
  for (guint i = 0; i < events->len; i++)
    {
      const AmendsEvent *event = g_ptr_array_index (events, i);
      const char *token = g_hash_table_lookup (tokens, &event->id);
      SimFacts *facts = g_hash_table_lookup (self->facts, token);

      if (facts == NULL && *token == '#')
        facts = sim_facts_add (self, token, 0);
      if (facts == NULL || facts->after != NULL || !has_all_before (event, ids))
        continue;
      facts->after = g_ptr_array_new_with_free_func (g_free);
      facts->feed = g_strdup (event->feed);
      facts->of_case = g_strdup (root);
      for (guint a = 0; a < event->n_after; a++)
        if (g_hash_table_contains (tokens, &event->after[a]))
          g_ptr_array_add (facts->after, g_strdup (g_hash_table_lookup (tokens, &event->after[a])));
    }
}

static GPtrArray *
list_streams (AmendsStore *store)
{
  static const char sql[] = "SELECT DISTINCT stream FROM event ORDER BY stream";
  GPtrArray *streams = g_ptr_array_new_with_free_func (g_free);
  AmendsDb *db = amends_store_get_db (store);
  sqlite3_stmt *stmt = amends_db_prepare (db, sql, NULL);

  while (stmt != NULL && amends_db_step (db, stmt, NULL) == SQLITE_ROW)
    g_ptr_array_add (streams, g_strdup ((const char *) sqlite3_column_text (stmt, 0)));
  return streams;
}

/**
 * sim_read_tokens:
 * @ret_ids: (out) (optional) (transfer full): "feed id" -> token, "" where the event has none
 *
 * Returns: (transfer full) (nullable): token -> how often it is there; %NULL if the store cannot be read
 */
GHashTable *
sim_read_tokens (Sim *self, AmendsStore *store, GHashTable **ret_ids)
{
  g_autoptr (GHashTable) tokens = words_new ();
  g_autoptr (GHashTable) ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GPtrArray) streams = list_streams (store);

  for (guint i = 0; i < streams->len; i++)
    {
      const char *text = g_ptr_array_index (streams, i);
      g_autoptr (GPtrArray) events = NULL;
      AmendsId stream;

      if (!amends_id_parse_len (text, strlen (text), &stream))
        return NULL;
      events = amends_log_read_stream (store, &stream, NULL);
      if (events != NULL)
        sim_facts_fill (self, events);
      for (guint e = 0; events != NULL && e < events->len; e++)
        {
          const AmendsEvent *event = g_ptr_array_index (events, e);
          g_autofree char *id = amends_id_format (&event->id);
          char *token = sim_find_token (event);

          g_hash_table_insert (ids, g_strdup_printf ("%s %s", event->feed, id),
                               g_strdup (token != NULL ? token : ""));
          if (token != NULL)
            g_hash_table_insert (tokens, token,
                                 GUINT_TO_POINTER (
                                     GPOINTER_TO_UINT (g_hash_table_lookup (tokens, token)) + 1));
        }
      if (events == NULL)
        return NULL;
    }
  if (ret_ids != NULL)
    *ret_ids = g_steal_pointer (&ids);
  return g_steal_pointer (&tokens);
}

/**
 * sim_read_set_aside:
 * @tokens: (element-type utf8): those of events that the store has set aside are added
 */
void
sim_read_set_aside (AmendsStore *store, GHashTable *tokens)
{
  AmendsDb *db = amends_store_get_db (store);
  sqlite3_stmt *stmt = amends_db_prepare (db, "SELECT sealed FROM set_aside", NULL);

  while (stmt != NULL && amends_db_step (db, stmt, NULL) == SQLITE_ROW)
    {
      g_autoptr (GBytes) plain =
          amends_unseal (store->key, "set-aside", sqlite3_column_blob (stmt, 0),
                         (gsize) sqlite3_column_bytes (stmt, 0), NULL);
      char *token = plain != NULL
                        ? find_token_in (g_bytes_get_data (plain, NULL), g_bytes_get_size (plain))
                        : NULL;

      if (token != NULL)
        g_hash_table_add (tokens, token);
    }
}

/* What the device of @event wrote before it in the stream. */
static char *
find_own_before (Sim *self, const GPtrArray *events, const AmendsEvent *event)
{
  guint64 nearest = 0;
  char *found = NULL;

  for (guint i = 0; i < events->len; i++)
    {
      const AmendsEvent *other = g_ptr_array_index (events, i);
      char *token;

      if (!g_str_equal (other->id.code, event->id.code) || other->id.number <= nearest
          || other->id.number >= event->id.number)
        continue;
      token = find_word (self, other);
      g_free (found);
      found = token;
      nearest = other->id.number;
    }
  return found;
}

/**
 * sim_list_present:
 * @events: (element-type AmendsEvent): of a stream
 *
 * Returns: (transfer full): token, or "#id" where there is none -> the one that its device wrote before it there, or
 * %NULL; for sim_comes_after()
 */
GHashTable *
sim_list_present (Sim *self, const GPtrArray *events)
{
  GHashTable *present = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  for (guint i = 0; i < events->len; i++)
    {
      const AmendsEvent *event = g_ptr_array_index (events, i);

      g_hash_table_insert (present, find_word (self, event), find_own_before (self, events, event));
    }
  return present;
}

/**
 * sim_comes_after:
 * @later: a token
 * @earlier: another
 * @present: tokens through which alone the one leads to the other, as of sim_list_present()
 *
 * Returns: whether the author of @later had seen @earlier, as far as what events name and a device's own numbers
 *     can show it
 */
gboolean
sim_comes_after (Sim *self, const char *later, const char *earlier, GHashTable *present)
{
  g_autoptr (GHashTable) seen = words_new ();
  g_autoptr (GPtrArray) left = g_ptr_array_new ();

  g_ptr_array_add (left, (gpointer) later);
  while (left->len > 0)
    {
      const char *token = g_ptr_array_steal_index_fast (left, left->len - 1);
      const SimFacts *facts = sim_facts_get (self, token);
      const char *own = g_hash_table_lookup (present, token);

      if (own != NULL && g_str_equal (own, earlier))
        return TRUE;
      if (own != NULL && g_hash_table_add (seen, g_strdup (own)))
        g_ptr_array_add (left, (gpointer) own);
      for (guint i = 0; facts != NULL && facts->after != NULL && i < facts->after->len; i++)
        {
          char *before = g_ptr_array_index (facts->after, i);

          if (g_str_equal (before, earlier))
            return TRUE;
          if (!g_hash_table_contains (present, before))
            continue;
          if (g_hash_table_add (seen, g_strdup (before)))
            g_ptr_array_add (left, before);
        }
    }
  return FALSE;
}

/**
 * sim_has_unclear:
 * @events: (element-type AmendsEvent): of a stream
 *
 * A device that was put back, or cloned, wrote twice under one id. Of an event without its body nothing then says which
 * of the two it is, and so what the other words of the case had in sight.
 * Returns: whether that is so of one of them
 */
gboolean
sim_has_unclear (Sim *self, const GPtrArray *events)
{
  for (guint i = 0; i < events->len; i++)
    {
      const AmendsEvent *event = g_ptr_array_index (events, i);
      g_autofree char *id = amends_id_format (&event->id);
      g_autofree char *place = g_strconcat (event->feed, " ", id, NULL);
      GHashTable *tokens = sim_get_tokens_of (self, place);

      if (event->body == NULL && tokens != NULL && g_hash_table_size (tokens) > 1)
        return TRUE;
    }
  return FALSE;
}

static const AmendsEvent *
find_event (const GPtrArray *events, const AmendsId *id)
{
  for (guint i = 0; i < events->len; i++)
    if (amends_id_equal (&((const AmendsEvent *) events->pdata[i])->id, id))
      return events->pdata[i];
  return NULL;
}

static gboolean
is_named (const AmendsEvent *event, const AmendsId *id)
{
  for (guint n = 0; n < event->n_after; n++)
    if (amends_id_equal (&event->after[n], id))
      return TRUE;
  return FALSE;
}

/* Whether what the author of @event had seen is there under an id that it does not name. */
static gboolean
is_elsewhere (const GPtrArray *events, const AmendsEvent *event, const GPtrArray *seen)
{
  for (guint i = 0; i < events->len; i++)
    {
      const AmendsEvent *other = events->pdata[i];
      g_autofree char *token = sim_find_token (other);

      if (token != NULL
          && g_ptr_array_find_with_equal_func ((GPtrArray *) seen, token, g_str_equal, NULL)
          && !is_named (event, &other->id))
        return TRUE;
    }
  return FALSE;
}

/**
 * sim_names_another:
 * @events: (element-type AmendsEvent): of a stream
 *
 * Clones wrote both, and the server that was restored in between took the other, or gave the one another id.
 * Returns: whether an event names one that is not the one that has that id now
 */
gboolean
sim_names_another (Sim *self, const GPtrArray *events)
{
  for (guint i = 0; i < events->len; i++)
    {
      const AmendsEvent *event = events->pdata[i];
      g_autofree char *token = sim_find_token (event);
      const SimFacts *facts = token != NULL ? sim_facts_get (self, token) : NULL;

      for (guint n = 0; facts != NULL && facts->after != NULL && n < event->n_after; n++)
        {
          const AmendsEvent *named = find_event (events, &event->after[n]);
          g_autofree char *seen = named != NULL ? sim_find_token (named) : NULL;

          if (seen != NULL
                  ? !g_ptr_array_find_with_equal_func (facts->after, seen, g_str_equal, NULL)
                  : named == NULL && is_elsewhere (events, event, facts->after))
            return TRUE;
        }
    }
  return FALSE;
}
