/* amends-server-verify.c: proves the whole store again, from the first event
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Every body against its digest, and none missing that nobody erased; every digest against its chain and trunk,
 * every statement against its chain, every entry against its feed hash and position, every chunk against its
 * hash. The first that does not fit is named.
 * Each device and each feed is verified as it is when its turn comes, under the server's lock; between
 * them exchanges of this process go on, and those of others all the time. */

#include <string.h>

#include "server/amends-server-private.h"
#include "store/amends-db.h"

#define CHUNKS_IN_TURN 64

typedef struct
{
  gint64 feed;
  char name[AMENDS_FEED_MAX_BYTES + 1];
  AmendsServerChain chain;
} FeedChain;

/* Where a chain stood when its device signed it. What else the statement speaks of may be lost: of a device that was
 * restored with the server its other feeds went another way. */
typedef struct
{
  AmendsServerLeaf place;
  AmendsStatement *statement; /* (owned) */
} Leaf;

typedef struct
{
  AmendsServer *server;
  guint64 n_events;
  guint64 n_quarantined;
  guint64 n_checked; /* events, entries and statements */
  guint64 safe;
  char *bad_id;
  char *bad_what;
  GError *error;

  /* Where it is: a device and a number, or a feed and a position. */
  char place[AMENDS_FEED_MAX_BYTES + 1];

  const AmendsServerDevice *device; /* the one being verified */
  GPtrArray *chains;                /* of it */
  GArray *leaves;                   /* of Leaf: of it, feed by feed */
  GHashTable *erased;               /* guint64 *: of its numbers, those whose body was erased */
  guint n_leaves_passed;
  guint64 number;
  AmendsDigest trunk;

  const AmendsServerFeed *feed;
  guint64 position;
  AmendsDigest hash;

  gint64 event;            /* the last chunk verified: of which event, */
  AmendsDigest chunk_hash; /* and which */
  guint n_in_turn;
} Verify;

/* Returns: %FALSE, so that the walk stops */
static gboolean
bad (Verify *self, const char *code, guint64 number, const char *what)
{
  if (self->bad_id == NULL)
    {
      self->bad_id = g_strdup_printf ("%s.%" G_GUINT64_FORMAT, code, number);
      self->bad_what = g_strdup (what);
    }
  return FALSE;
}

static FeedChain *
need_chain (Verify *self, gint64 feed, const char *name)
{
  FeedChain *chain;

  for (guint i = 0; i < self->chains->len; i++)
    {
      chain = self->chains->pdata[i];
      if (chain->feed == feed)
        return chain;
    }
  chain = g_new0 (FeedChain, 1);
  chain->feed = feed;
  g_strlcpy (chain->name, name, sizeof chain->name);
  amends_chain_begin (&chain->chain.hash, self->server->organisation, self->device->key, name);
  g_ptr_array_add (self->chains, chain);
  return chain;
}

static int
compare_leaves (gconstpointer a, gconstpointer b)
{
  const Leaf *one = a;
  const Leaf *other = b;

  if (one->place.feed != other->place.feed)
    return one->place.feed < other->place.feed ? -1 : 1;
  return one->place.nth < other->place.nth ? -1 : one->place.nth > other->place.nth;
}

/* What was signed of @chain where it stands now. */
static gboolean
check_statement (Verify *self, const FeedChain *chain)
{
  const Leaf wanted = { { chain->feed, chain->chain.nth }, NULL };
  guint index;
  const AmendsStatement *statement;

  if (!g_array_binary_search (self->leaves, &wanted, compare_leaves, &index))
    return TRUE;
  statement = g_array_index (self->leaves, Leaf, index).statement;
  self->n_leaves_passed++;
  self->n_checked++;
  if (!amends_statement_verify (statement, self->device->key))
    return bad (self, statement->code, statement->number, "statement: its signature does not fit");
  if (!amends_statement_has (statement, chain->name, &chain->chain.hash))
    return bad (self, statement->code, statement->number, "statement: no chain comes to it");
  return TRUE;
}

static gboolean
verify_event (const AmendsServerEvent *record, const AmendsEvent *event, gpointer user_data)
{
  Verify *self = user_data;
  const char *code = self->device->code;
  FeedChain *chain;

  self->n_events++;
  self->n_checked++;
  /* Of what was handed in as a digest alone the body may still come. */
  if (event->body == NULL && event->box == NULL
      && !(record->form == AMENDS_SERVER_FORM_DIGEST && record->is_quarantined)
      && !g_hash_table_contains (self->erased, &record->number))
    return bad (self, code, record->number, "body: it is missing, and nobody erased it");
  if (record->is_quarantined && record->form != AMENDS_SERVER_FORM_DIGEST)
    self->n_quarantined++;
  if (record->number <= self->device->number)
    {
      if (record->number != self->number + 1)
        return bad (self, code, self->number + 1, "event: it is missing");
      self->number = record->number;
      amends_chain_step (&self->trunk, record->digest);
    }
  chain = need_chain (self, record->feed, event->feed);
  if (record->nth != chain->chain.nth + 1)
    return bad (self, code, record->number, "event: the one before it in its feed is missing");
  chain->chain.nth = record->nth;
  chain->chain.number = record->number;
  amends_chain_step (&chain->chain.hash, record->digest);
  return check_statement (self, chain);
}

static gboolean
collect_leaf (const AmendsServerLeaf *place, const AmendsStatement *statement, gpointer user_data)
{
  Leaf leaf = { *place, amends_statement_copy (statement) };

  g_array_append_val (user_data, leaf);
  return TRUE;
}

static void
leaf_clear (gpointer data)
{
  g_clear_pointer (&((Leaf *) data)->statement, amends_statement_free);
}

static gboolean
collect_erased (const char *code, guint64 number, gpointer user_data)
{
  g_hash_table_add (user_data, g_memdup2 (&number, sizeof number));
  return TRUE;
}

static gboolean
check_chains (Verify *self)
{
  AmendsServerStore *store = self->server->store;

  for (guint i = 0; i < self->chains->len; i++)
    {
      const FeedChain *chain = self->chains->pdata[i];
      AmendsServerChain stored;

      if (!store->get_chain (store, self->device->id, chain->feed, &stored, &self->error))
        return FALSE;
      if (stored.number != chain->chain.number || stored.nth != chain->chain.nth
          || memcmp (&stored.hash, &chain->chain.hash, sizeof stored.hash) != 0)
        return bad (self, self->device->code, chain->chain.number,
                    "chain: it does not come to what is recorded");
    }
  return TRUE;
}

static gboolean
verify_device (Verify *self, const AmendsServerDevice *device)
{
  AmendsServerStore *store = self->server->store;
  g_autoptr (GPtrArray) chains = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GArray) leaves = g_array_new (FALSE, FALSE, sizeof (Leaf));
  g_autoptr (GHashTable) erased = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);

  g_array_set_clear_func (leaves, leaf_clear);
  self->device = device;
  g_strlcpy (self->place, device->code, sizeof self->place);
  self->chains = chains;
  self->leaves = leaves;
  self->erased = erased;
  self->n_leaves_passed = 0;
  self->number = 0;
  amends_chain_begin (&self->trunk, self->server->organisation, device->key, "");
  if (!store->each_leaf (store, device->id, collect_leaf, leaves, &self->error)
      || !store->each_erased (store, device->code, 1, AMENDS_ID_MAX_NUMBER, collect_erased, erased,
                              &self->error)
      || !store->each_event (store, device->id, 1, AMENDS_ID_MAX_NUMBER, TRUE, verify_event, self,
                             &self->error)
      || self->bad_id != NULL)
    return FALSE;
  if (self->number != device->number)
    return bad (self, device->code, self->number + 1, "event: it is missing");
  if (memcmp (&self->trunk, &device->trunk, sizeof self->trunk) != 0)
    return bad (self, device->code, device->number, "trunk: it does not come to what is recorded");
  if (self->n_leaves_passed < leaves->len)
    return bad (self, device->code, device->number, "statement: what it speaks of is missing");
  return check_chains (self);
}

static gboolean
verify_entry (const AmendsServerEntry *stored, gpointer user_data)
{
  Verify *self = user_data;
  AmendsEntry entry = { .kind = stored->kind, .event = stored->event, .id = stored->id };
  AmendsDigest digest;

  self->n_checked++;
  if (stored->position != self->position + 1)
    return bad (self, self->feed->name, self->position + 1, "position: it is missing");
  self->position = stored->position;
  amends_entry_digest (&entry, &digest);
  amends_chain_step (&self->hash, digest.bytes);
  if (memcmp (&self->hash, &stored->hash, sizeof self->hash) != 0)
    return bad (self, self->feed->name, self->position, "feed hash: it does not fit");
  return TRUE;
}

static gboolean
verify_feed (Verify *self, const AmendsServerFeed *feed)
{
  AmendsServerStore *store = self->server->store;

  self->feed = feed;
  g_strlcpy (self->place, feed->name, sizeof self->place);
  self->position = 0;
  self->safe += feed->safe;
  memset (&self->hash, 0, sizeof self->hash);
  if (!store->each_entry (store, feed->id, 1, 0, verify_entry, self, &self->error)
      || self->bad_id != NULL)
    return FALSE;
  if (self->position != feed->position || memcmp (&self->hash, &feed->hash, sizeof self->hash) != 0)
    return bad (self, feed->name, feed->position, "feed: it does not come to what is recorded");
  return TRUE;
}

static gboolean
verify_chunk (const AmendsServerChunk *chunk, gpointer user_data)
{
  Verify *self = user_data;
  AmendsDigest hash;

  self->n_checked++;
  self->n_in_turn++;
  self->event = chunk->event;
  self->chunk_hash = chunk->hash;
  amends_chunk_hash (g_bytes_get_data (chunk->bytes, NULL), g_bytes_get_size (chunk->bytes), &hash);
  if (memcmp (&hash, &chunk->hash, sizeof hash) == 0)
    return TRUE;
  if (self->bad_id == NULL)
    {
      self->bad_id = g_strdup (chunk->stream);
      self->bad_what = g_strdup ("attachment: a chunk does not fit its hash");
    }
  return FALSE;
}

static gboolean
verify_chunks_in_turn (Verify *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->server->lock);
  g_auto (AmendsServerWork) work = AMENDS_SERVER_WORK_INIT;
  AmendsServerStore *store = self->server->store;

  self->n_in_turn = 0;
  return amends_server_work_begin (&work, store, AMENDS_SERVER_READ, &self->error)
         && store->each_chunk (store, self->event, &self->chunk_hash, CHUNKS_IN_TURN, verify_chunk,
                               self, &self->error);
}

/* A few at a time, so that exchanges have their turn. */
static gboolean
verify_chunks (Verify *self)
{
  do
    {
      g_thread_yield ();
      if (!verify_chunks_in_turn (self))
        return FALSE;
    }
  while (self->bad_id == NULL && self->n_in_turn == CHUNKS_IN_TURN);
  return self->bad_id == NULL;
}

static gboolean
collect_code (const AmendsServerDevice *device, gpointer user_data)
{
  g_ptr_array_add (user_data, g_strdup (device->code));
  return TRUE;
}

static gboolean
collect_name (const AmendsServerFeed *feed, gpointer user_data)
{
  g_ptr_array_add (user_data, g_strdup (feed->name));
  return TRUE;
}

/* What there is to verify: neither devices nor feeds are ever deleted. */
static gboolean
collect (Verify *self, GPtrArray *codes, GPtrArray *names)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->server->lock);
  g_auto (AmendsServerWork) work = AMENDS_SERVER_WORK_INIT;
  AmendsServerStore *store = self->server->store;

  return amends_server_work_begin (&work, store, AMENDS_SERVER_READ, &self->error)
         && store->each_device (store, collect_code, codes, &self->error)
         && store->each_feed (store, collect_name, names, &self->error);
}

/* The device with that @code or the feed with that @name, the other being %NULL. */
static gboolean
verify_one (Verify *self, const char *code, const char *name)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->server->lock);
  g_auto (AmendsServerWork) work = AMENDS_SERVER_WORK_INIT;
  AmendsServerStore *store = self->server->store;
  AmendsServerDevice device;
  AmendsServerFeed feed;

  if (!amends_server_work_begin (&work, store, AMENDS_SERVER_READ, &self->error))
    return FALSE;
  if (code != NULL)
    return store->get_device (store, code, &device, &self->error) && verify_device (self, &device);
  return store->get_feed (store, name, &feed, &self->error) && verify_feed (self, &feed);
}

static gboolean
verify_all (Verify *self)
{
  g_autoptr (GPtrArray) codes = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  gboolean goes_on = collect (self, codes, names);

  for (guint i = 0; goes_on && i < codes->len + names->len; i++)
    {
      g_thread_yield (); /* whoever waits for the lock has its turn */
      goes_on = i < codes->len ? verify_one (self, codes->pdata[i], NULL)
                               : verify_one (self, NULL, names->pdata[i - codes->len]);
    }
  return goes_on && verify_chunks (self);
}

/**
 * amends_server_verify:
 *
 * Damage is an answer, and no error: "ok" is then false and "first_bad" names it.
 *
 * Errors: of the store, where it cannot be read.
 * Returns: (transfer full): {"ok","events","checked","first_bad":{"id","what"},"safe","quarantined"}
 */
json_t *
amends_server_verify (AmendsServer *self, GError **error)
{
  Verify verify = { .server = self };
  gboolean walked = verify_all (&verify);
  json_t *first_bad = NULL;

  /* A record that cannot be read is damage as well; its error says which. */
  if (verify.error != NULL
      && g_error_matches (verify.error, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_DAMAGED)
      && verify.bad_id == NULL)
    bad (&verify, verify.place, verify.feed != NULL ? verify.position + 1 : verify.number + 1,
         verify.error->message);
  else if (verify.error != NULL || (!walked && verify.bad_id == NULL))
    {
      g_propagate_error (error, verify.error);
      return NULL;
    }
  g_clear_error (&verify.error);
  if (verify.bad_id != NULL)
    first_bad = json_pack ("{s:s, s:s}", "id", verify.bad_id, "what", verify.bad_what);
  g_free (verify.bad_id);
  g_free (verify.bad_what);
  return json_pack ("{s:b, s:I, s:I, s:o?, s:I, s:I}", "ok", first_bad == NULL, "events",
                    (json_int_t) verify.n_events, "checked", (json_int_t) verify.n_checked,
                    "first_bad", first_bad, "safe", (json_int_t) verify.safe, "quarantined",
                    (json_int_t) verify.n_quarantined);
}
