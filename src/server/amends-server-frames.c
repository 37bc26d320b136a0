/* amends-server-frames.c: a frame from a device, checked and committed (PROTOCOL.md 4 and 6)
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A frame is of the device's own events, or it hands in what others wrote and the server lost. Either
 * way its events fall into runs, one for each author and feed; a run goes on where the chain that the
 * server holds ends, or repeats some of it, and at its end a statement of the author must say the same
 * hash. Nothing is stored before all of that is known.
 *
 * A digest that stands before an event in its run is kept as such: without it nobody could follow the author's chain
 * to that event. So is one of the device's own, which it has given up and the server lost since. It comes with what it
 * is a digest of, but for the body's hash: so the statement that proves it proves under which number, and in which
 * stream, it stands. One of another's with nothing but a name on it would keep what has that name in truth from ever
 * being taken. What it says may come later, from its author, and then has its place behind what was
 * there first. */

#include <string.h>

#include "core/amends-error.h"
#include "server/amends-server-private.h"

/* Whose events are in the frame. */
typedef struct
{
  AmendsServerDevice device;
  guint64 first_number;
  guint64 last_number;
  GHashTable
      *known; /* number -> AmendsServerEvent *: of the frame's numbers, those that the store has */
  GHashTable *erased; /* guint64 *: of the frame's numbers, those whose body was erased */
} Author;

typedef struct
{
  Author *author;
  AmendsServerFeed *feed;
  AmendsServerChain known;   /* what the store has */
  AmendsServerChain running; /* after the frame's last event of this run */
  AmendsServerChain stored;  /* after its last event that is more than a digest */
  gboolean is_quarantined;
  guint64 last_placed;     /* nth of the last that has a place; %G_MAXUINT64 not looked up yet */
  GArray *digests;         /* of NewEvent: since then, not in the store */
  gboolean has_unproved;   /* whether one of these is under a name that it does not prove */
  gboolean ends_in_digest; /* so that what its statement speaks of is not here yet */
  guint n_new;
  AmendsStatement *statement; /* (not owned) the one that fits */
} Run;

typedef struct
{
  Run *run;
  AmendsEvent *event;       /* (not owned) */
  AmendsServerEvent record; /* its row is not 0 where the store has the digest */
} NewEvent;

typedef struct
{
  AmendsServer *server;
  AmendsServerDevice *device;
  const AmendsFrame *frame;
  gboolean is_own;
  GPtrArray *authors;
  GPtrArray *feeds;
  GPtrArray *runs;
  GArray *new_events;
  GHashTable
      *opened; /* number of an entry that came in a box -> AmendsEvent *, or NULL where it did
                       * not open */
  const char **refusal;
} FrameWork;

static void
author_free (gpointer data)
{
  Author *self = data;

  g_hash_table_unref (self->known);
  g_hash_table_unref (self->erased);
  g_free (self);
}

static void
run_free (gpointer data)
{
  Run *self = data;

  g_array_unref (self->digests);
  g_free (self);
}

static void
unref_opened (AmendsEvent *event)
{
  if (event != NULL)
    amends_event_unref (event);
}

static void
open_box (FrameWork *self, guint i)
{
  AmendsEvent *event = g_array_index (self->frame->entries, AmendsEntry, i).event;

  if (event != NULL && event->box != NULL)
    g_hash_table_insert (self->opened, GUINT_TO_POINTER (i),
                         amends_event_unbox (event, self->server->intake_key,
                                             self->server->intake_secret, NULL));
}

static void
frame_work_init (FrameWork *self)
{
  self->authors = g_ptr_array_new_with_free_func (author_free);
  self->feeds = g_ptr_array_new_with_free_func (g_free);
  self->runs = g_ptr_array_new_with_free_func (run_free);
  self->new_events = g_array_new (FALSE, FALSE, sizeof (NewEvent));
  self->opened = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) unref_opened);
  for (guint i = 0; i < self->frame->entries->len; i++)
    open_box (self, i);
}

static void
frame_work_clear (FrameWork *self)
{
  g_ptr_array_unref (self->authors);
  g_ptr_array_unref (self->feeds);
  g_ptr_array_unref (self->runs);
  g_array_unref (self->new_events);
  g_hash_table_unref (self->opened);
}

/* Says why the bytes are refused. Returns: %FALSE, with no error */
static gboolean
refuse (FrameWork *self, const char *why)
{
  *self->refusal = why;
  return FALSE;
}

/* Out of its box where it came in one that opens. In a frame without a feed each entry has one. */
static AmendsEvent *
get_event (const FrameWork *self, guint i)
{
  AmendsEvent *event = g_hash_table_lookup (self->opened, GUINT_TO_POINTER (i));

  if (event == NULL)
    event = g_array_index (self->frame->entries, AmendsEntry, i).event;
  g_assert (event != NULL);
  return event;
}

static AmendsServerForm
get_form (const FrameWork *self, guint i)
{
  if (!g_hash_table_contains (self->opened, GUINT_TO_POINTER (i)))
    return AMENDS_SERVER_FORM_OPEN;
  return get_event (self, i)->box == NULL ? AMENDS_SERVER_FORM_UNBOXED : AMENDS_SERVER_FORM_BOXED;
}

static gboolean
is_digest (const FrameWork *self, guint i)
{
  return g_array_index (self->frame->entries, AmendsEntry, i).kind == AMENDS_ENTRY_DIGEST;
}

/* Events of "0" that are handed in are the server's own from before it was restored, and its log is
 * what it has now. */
static gboolean
is_passed_over (const AmendsEvent *event)
{
  return g_str_equal (event->id.code, "0");
}

static Author *
find_author (const FrameWork *self, const char *code)
{
  for (guint i = self->authors->len; i > 0; i--)
    {
      Author *author = self->authors->pdata[i - 1];

      if (strcmp (author->device.code, code) == 0)
        return author;
    }
  return NULL;
}

static Author *
add_author (FrameWork *self, const AmendsId *id)
{
  Author *author = g_new0 (Author, 1);

  g_strlcpy (author->device.code, id->code, sizeof author->device.code);
  author->first_number = author->last_number = id->number;
  author->known = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, g_free);
  author->erased = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_ptr_array_add (self->authors, author);
  return author;
}

static int
compare_authors (gconstpointer a, gconstpointer b)
{
  const Author *const *one = a;
  const Author *const *other = b;

  return strcmp ((*one)->device.code, (*other)->device.code);
}

/* Nobody else writes what these devices have, until this work ends. */
static gboolean
hold_devices (FrameWork *self, GError **error)
{
  AmendsServerStore *store = self->server->store;
  g_autofree char *own_code = g_strdup (self->device->code);
  gboolean own_is_held = FALSE;

  g_ptr_array_sort (self->authors, compare_authors);
  for (guint i = 0; i <= self->authors->len; i++)
    {
      Author *author = i < self->authors->len ? self->authors->pdata[i] : NULL;

      if (!own_is_held && (author == NULL || strcmp (own_code, author->device.code) <= 0))
        {
          if (!store->hold_device (store, own_code, self->device, error))
            return FALSE;
          own_is_held = TRUE;
        }
      if (author == NULL)
        continue;
      if (g_str_equal (own_code, author->device.code))
        author->device = *self->device;
      else if (!store->hold_device (store, author->device.code, &author->device, error))
        return FALSE;
      if (author->device.id == 0)
        return refuse (self, "author");
    }
  return TRUE;
}

static gboolean
collect_known (const AmendsServerEvent *record, const AmendsEvent *event, gpointer user_data)
{
  AmendsServerEvent *known = g_memdup2 (record, sizeof *record);

  g_hash_table_insert (user_data, &known->number, known);
  return TRUE;
}

/* Whose events there are. */
static gboolean
load_authors (FrameWork *self, GError **error)
{
  for (guint i = 0; i < self->frame->entries->len; i++)
    {
      const AmendsEvent *event = get_event (self, i);
      Author *author = find_author (self, event->id.code);

      if (is_passed_over (event))
        continue;
      if (author == NULL)
        author = add_author (self, &event->id);
      author->first_number = MIN (author->first_number, event->id.number);
      author->last_number = MAX (author->last_number, event->id.number);
    }
  return hold_devices (self, error);
}

static gboolean
collect_erased (const char *code, guint64 number, gpointer user_data)
{
  g_hash_table_add (user_data, g_memdup2 (&number, sizeof number));
  return TRUE;
}

/* Which of the frame's numbers the store has, and which were erased. */
static gboolean
load_known (FrameWork *self, GError **error)
{
  AmendsServerStore *store = self->server->store;

  for (guint i = 0; i < self->authors->len; i++)
    {
      Author *author = self->authors->pdata[i];

      if (!store->each_event (store, author->device.id, author->first_number, author->last_number,
                              FALSE, collect_known, author->known, error)
          || !store->each_erased (store, author->device.code, author->first_number,
                                  author->last_number, collect_erased, author->erased, error))
        return FALSE;
    }
  return TRUE;
}

/* The feed's record, made if it is not there. A feed of a scheme that the server does not know is
 * refused, or a device could make records of feeds without end. Where the scheme was lost with a
 * restore, the device sends the frame again until the scheme is added again. */
static gboolean
load_feed (FrameWork *self, const char *name, AmendsServerFeed *ret_feed, GError **error)
{
  AmendsServerStore *store = self->server->store;
  const char *scheme = amends_feed_get_scheme (name);
  gboolean has = TRUE;

  if (!store->get_feed (store, name, ret_feed, error))
    return FALSE;
  if (ret_feed->id != 0)
    return TRUE;
  if (scheme != NULL && !store->has_scheme (store, scheme, &has, error))
    return FALSE;
  if (!has)
    return refuse (self, "malformed");
  return amends_server_need_feed (store, name, ret_feed, error);
}

static AmendsServerFeed *
need_feed (FrameWork *self, const char *name, GError **error)
{
  g_autofree AmendsServerFeed *feed = NULL;

  for (guint i = 0; i < self->feeds->len; i++)
    {
      AmendsServerFeed *known = self->feeds->pdata[i];

      if (strcmp (known->name, name) == 0)
        return known;
    }
  feed = g_new0 (AmendsServerFeed, 1);
  if (!load_feed (self, name, feed, error))
    return NULL;
  g_ptr_array_add (self->feeds, feed);
  return g_steal_pointer (&feed);
}

typedef struct
{
  gint64 feed;
  AmendsServerChain *chain;
} ChainWalk;

static gboolean
step_chain (const AmendsServerEvent *record, const AmendsEvent *event, gpointer user_data)
{
  ChainWalk *walk = user_data;

  if (record->feed != walk->feed)
    return TRUE;
  amends_chain_step (&walk->chain->hash, record->digest);
  walk->chain->number = record->number;
  walk->chain->nth = record->nth;
  return TRUE;
}

/* Sets the run to where its chain stood before event @number: where the store's ends, or, if the
 * frame repeats some of that, from the beginning again. */
static gboolean
begin_run (FrameWork *self, Run *run, guint64 number, GError **error)
{
  AmendsServerStore *store = self->server->store;
  const AmendsServerDevice *device = &run->author->device;
  ChainWalk walk = { run->feed->id, &run->running };
  AmendsServerAccess access;

  if (!store->get_access (store, device->id, run->feed->id, &access, error)
      || !store->get_chain (store, device->id, run->feed->id, &run->known, error))
    return FALSE;
  run->is_quarantined = !access.may_write || device->revoked || self->device->revoked;
  if (run->known.nth > 0 && run->known.number < number)
    {
      run->running = run->known;
      return TRUE;
    }
  amends_chain_begin (&run->running.hash, self->server->organisation, device->key, run->feed->name);
  return run->known.nth == 0
         || store->each_event (store, device->id, 1, number - 1, FALSE, step_chain, &walk, error);
}

static Run *
need_run (FrameWork *self, const AmendsEvent *event, GError **error)
{
  Run *run;

  for (guint i = self->runs->len; i > 0; i--)
    {
      Run *known = self->runs->pdata[i - 1];

      if (strcmp (known->feed->name, event->feed) == 0
          && strcmp (known->author->device.code, event->id.code) == 0)
        return known;
    }
  run = g_new0 (Run, 1);
  run->author = find_author (self, event->id.code);
  run->last_placed = G_MAXUINT64;
  run->digests = g_array_new (FALSE, FALSE, sizeof (NewEvent));
  g_ptr_array_add (self->runs, run);
  run->feed = need_feed (self, event->feed, error);
  return run->feed != NULL && begin_run (self, run, event->id.number, error) ? run : NULL;
}

/* Whether it only carries its author's chain on. So does what another hands in without a body, unless it was erased
 * and its digest proves what is said of it: whoever has the digest could make the rest, and what the event says is not
 * lost by it. */
static gboolean
is_digest_only (const FrameWork *self, guint i, const Author *author)
{
  const AmendsEvent *event = get_event (self, i);

  return is_digest (self, i)
         || (!self->is_own && event->body == NULL && event->box == NULL
             && (!amends_event_is_proved (event)
                 || !g_hash_table_contains (author->erased, &event->id.number)));
}

/* What is to be stored of an event over which its run has moved. Behind too many without a place it gets none either.
 * @known: (nullable): what the store has of it */
static gboolean
add_new_event (FrameWork *self,
               Run *run,
               guint i,
               const AmendsServerEvent *known,
               gboolean is_digest_alone)
{
  NewEvent new_event = { run, get_event (self, i), { 0 } };
  AmendsServerEvent *record = &new_event.record;

  record->row = known != NULL ? known->row : 0;
  record->device = run->author->device.id;
  record->number = new_event.event->id.number;
  record->feed = run->feed->id;
  record->nth = run->running.nth;
  record->form = is_digest_alone ? AMENDS_SERVER_FORM_DIGEST : get_form (self, i);
  record->is_quarantined = run->is_quarantined || record->form == AMENDS_SERVER_FORM_BOXED
                           || record->form == AMENDS_SERVER_FORM_DIGEST
                           || record->nth > run->last_placed + AMENDS_SERVER_MAX_DIGESTS + 1;
  record->is_late = known != NULL && !record->is_quarantined && record->nth < run->last_placed;
  if (!record->is_quarantined)
    run->last_placed = MAX (run->last_placed, record->nth);
  memcpy (record->digest, new_event.event->digest, sizeof record->digest);
  if (known == NULL)
    collect_known (record, NULL, run->author->known);
  if (run->ends_in_digest)
    {
      run->has_unproved |= !amends_event_is_proved (new_event.event);
      g_array_append_val (run->digests, new_event);
      return TRUE;
    }
  if (run->has_unproved)
    return refuse (self, "signature");
  g_array_append_vals (self->new_events, run->digests->data, run->digests->len);
  g_array_append_val (self->new_events, new_event);
  run->n_new++;
  return TRUE;
}

/* Whether @event is what stands where its run is now: a number stands in one feed, at one place of its author's chain
 * there. @known: (nullable): what the store has of it */
static gboolean
fits (const Run *run, const AmendsEvent *event, const AmendsServerEvent *known)
{
  if (known == NULL)
    return event->id.number > MAX (run->author->device.number, run->known.number);
  return known->feed == run->feed->id && known->nth == run->running.nth + 1
         && memcmp (known->digest, event->digest, sizeof known->digest) == 0;
}

/* Moves the event's run over it. */
static gboolean
add_event (FrameWork *self, guint i, GError **error)
{
  AmendsEvent *event = get_event (self, i);
  Run *run = need_run (self, event, error);
  const AmendsServerEvent *known;
  gboolean is_new, is_digest_alone;

  if (run == NULL)
    return FALSE;
  if (event->id.number <= run->running.number)
    return refuse (self, "gap");
  known = g_hash_table_lookup (run->author->known, &event->id.number);
  if (!fits (run, event, known))
    return refuse (self, "fork");

  amends_chain_step (&run->running.hash, event->digest);
  run->running.number = event->id.number;
  run->running.nth++;
  is_digest_alone = is_digest_only (self, i, run->author);
  is_new = known == NULL || (known->form == AMENDS_SERVER_FORM_DIGEST && !is_digest_alone);
  run->ends_in_digest = is_digest_alone && !self->is_own;
  if (is_new && (!run->is_quarantined || known != NULL || (is_digest_alone && self->is_own))
      && run->last_placed == G_MAXUINT64
      && !amends_server_find_last_placed (self->server, run->author->device.id, run->feed->id,
                                          run->known.nth, &run->last_placed, error))
    return FALSE;
  if (is_new && is_digest_alone && self->is_own
      && run->running.nth > run->last_placed + AMENDS_SERVER_MAX_DIGESTS)
    return refuse (self, "malformed");
  if (is_new && !add_new_event (self, run, i, known, is_digest_alone))
    return FALSE;
  if (!run->ends_in_digest)
    {
      run->stored = run->running;
      g_array_set_size (run->digests, 0);
      run->has_unproved = FALSE;
    }
  return TRUE;
}

/* The statement of the run's author that says where the run came to. */
static gboolean
find_statement (FrameWork *self, Run *run)
{
  const AmendsServerDevice *device = &run->author->device;

  for (guint i = 0; i < self->frame->statements->len; i++)
    {
      AmendsStatement *statement = self->frame->statements->pdata[i];

      if (strcmp (statement->code, device->code) == 0 && statement->number >= run->running.number
          && amends_statement_has (statement, run->feed->name, &run->running.hash)
          && amends_statement_verify (statement, device->key))
        {
          run->statement = statement;
          return TRUE;
        }
    }
  return refuse (self, "signature");
}

/* Own events stand in the order of their numbers without gaps. */
static gboolean
check_own (FrameWork *self)
{
  const AmendsEvent *first = get_event (self, 0);

  if (first->id.number > self->device->number + 1)
    return refuse (self, "gap");
  for (guint i = 0; i < self->frame->entries->len; i++)
    {
      const AmendsEvent *event = get_event (self, i);

      if (strcmp (event->id.code, self->device->code) != 0)
        return refuse (self, "malformed");
      if (event->id.number != first->id.number + i)
        return refuse (self, "gap");
    }
  return TRUE;
}

static gboolean
check_frame (FrameWork *self, GError **error)
{
  const AmendsFrame *frame = self->frame;

  if (frame->feed != NULL || frame->entries->len == 0)
    return refuse (self, "malformed");
  self->is_own = strcmp (get_event (self, 0)->id.code, self->device->code) == 0;
  if (!load_authors (self, error) || (self->is_own && !check_own (self))
      || !load_known (self, error))
    return FALSE;
  for (guint i = 0; i < frame->entries->len; i++)
    {
      const AmendsEvent *event = get_event (self, i);

      if (!self->is_own && strcmp (event->id.code, self->device->code) == 0)
        return refuse (self, "malformed");
      if (!is_passed_over (event) && !add_event (self, i, error))
        return FALSE;
    }
  for (guint i = 0; i < self->runs->len; i++)
    {
      Run *run = self->runs->pdata[i];

      if (run->n_new > 0 && !find_statement (self, run))
        return FALSE;
    }
  return TRUE;
}

static gboolean
put_event (FrameWork *self, NewEvent *new_event, const AmendsEvent *event, GError **error)
{
  AmendsServerStore *store = self->server->store;

  return new_event->record.row != 0 ? store->fill_event (store, &new_event->record, event, error)
                                    : store->add_event (store, &new_event->record, event, error);
}

/* What was erased stays so, whoever hands it in again. That its author hands it in without a body after a restore in
 * which all else of an erasure was lost is how the server learns of it; so none that it has is without a reason. */
static gboolean
store_event (FrameWork *self, NewEvent *new_event, GError **error)
{
  AmendsServerStore *store = self->server->store;
  const AmendsEvent *event = new_event->event;
  g_autoptr (AmendsEvent) rest = amends_event_strip (event);

  if (new_event->record.form == AMENDS_SERVER_FORM_DIGEST
      || g_hash_table_contains (new_event->run->author->erased, &event->id.number))
    return put_event (self, new_event, rest, error);
  return put_event (self, new_event, event, error)
         && (event->body != NULL || event->box != NULL
             || store->erase_event (store, &event->id, 0, NULL, error));
}

static gboolean
store_events (FrameWork *self, GError **error)
{
  for (guint i = 0; i < self->new_events->len; i++)
    {
      NewEvent *new_event = &g_array_index (self->new_events, NewEvent, i);

      if (!store_event (self, new_event, error))
        return FALSE;
      if (new_event->record.is_quarantined && new_event->record.form != AMENDS_SERVER_FORM_DIGEST)
        new_event->run->author->device.n_quarantined++;
    }
  return TRUE;
}

static gboolean
store_chains (FrameWork *self, GError **error)
{
  AmendsServerStore *store = self->server->store;

  for (guint i = 0; i < self->runs->len; i++)
    {
      Run *run = self->runs->pdata[i];

      if (run->stored.nth > run->known.nth
          && !store->put_chain (store, run->author->device.id, run->feed->id, &run->stored, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
store_statements (FrameWork *self, GError **error)
{
  AmendsServerStore *store = self->server->store;

  for (guint i = 0; i < self->frame->statements->len; i++)
    {
      AmendsStatement *statement = self->frame->statements->pdata[i];
      g_autoptr (GArray) leaves = g_array_new (FALSE, FALSE, sizeof (AmendsServerLeaf));
      gint64 device = 0;

      for (guint r = 0; r < self->runs->len; r++)
        {
          const Run *run = self->runs->pdata[r];
          AmendsServerLeaf leaf = { run->feed->id, run->running.nth };

          if (run->statement != statement || run->ends_in_digest)
            continue;
          device = run->author->device.id;
          g_array_append_val (leaves, leaf);
        }
      if (leaves->len > 0
          && !store->add_statement (store, device, statement,
                                    &g_array_index (leaves, AmendsServerLeaf, 0), leaves->len,
                                    error))
        return FALSE;
    }
  return TRUE;
}

/* The device's own number and trunk move over its own frame only. */
static gboolean
store_authors (FrameWork *self, guint64 request, GError **error)
{
  AmendsServerStore *store = self->server->store;

  for (guint i = 0; i < self->authors->len; i++)
    {
      Author *author = self->authors->pdata[i];

      if (!self->is_own && !store->put_device (store, &author->device, error))
        return FALSE;
      if (self->is_own)
        self->device->n_quarantined = author->device.n_quarantined;
    }
  for (guint i = 0; self->is_own && i < self->frame->entries->len; i++)
    {
      const AmendsEvent *event = get_event (self, i);

      if (event->id.number <= self->device->number)
        continue;
      self->device->number = event->id.number;
      amends_chain_step (&self->device->trunk, event->digest);
    }
  self->device->request = MAX (self->device->request, request);
  self->device->seen_at = amends_environment_now (&self->server->environment);
  return store->put_device (store, self->device, error);
}

static int
compare_feeds (gconstpointer a, gconstpointer b)
{
  const AmendsServerFeed *const *one = a;
  const AmendsServerFeed *const *other = b;

  return strcmp ((*one)->name, (*other)->name);
}

/* Gives the new events of one feed their positions. */
static gboolean
store_entries (FrameWork *self, AmendsServerFeed *feed, GError **error)
{
  AmendsServerStore *store = self->server->store;
  gboolean is_held = FALSE;

  for (guint i = 0; i < self->new_events->len; i++)
    {
      const NewEvent *new_event = &g_array_index (self->new_events, NewEvent, i);

      if (new_event->run->feed != feed || new_event->record.is_quarantined)
        continue;
      if (!is_held && !store->hold_feed (store, feed->name, feed, error))
        return FALSE;
      is_held = TRUE;
      if (!amends_server_append_event (self->server, feed, &new_event->record, new_event->event,
                                       error))
        return FALSE;
    }
  return !is_held || store->put_feed (store, feed, error);
}

static gboolean
store_feeds (FrameWork *self, GError **error)
{
  g_ptr_array_sort (self->feeds, compare_feeds);
  for (guint i = 0; i < self->feeds->len; i++)
    if (!store_entries (self, self->feeds->pdata[i], error))
      return FALSE;
  return TRUE;
}

/* @device is held and moved on. Called in a transaction, which the caller rolls back if the bytes are
 * refused. @ret_n_new: how many events were not held before. Returns: %TRUE if everything is stored;
 * %FALSE with @ret_refusal or with @error */
gboolean
amends_server_commit_frame (AmendsServer *self,
                            AmendsServerDevice *device,
                            guint64 request,
                            const AmendsFrame *frame,
                            guint *ret_n_new,
                            const char **ret_refusal,
                            GError **error)
{
  FrameWork work = { .server = self, .device = device, .frame = frame, .refusal = ret_refusal };
  gboolean stored;

  *ret_refusal = NULL;
  if (frame->is_lost)
    return amends_server_commit_lost (self, device, request, frame, ret_n_new, ret_refusal, error);
  frame_work_init (&work);
  stored = check_frame (&work, error) && store_events (&work, error) && store_chains (&work, error)
           && store_statements (&work, error) && store_authors (&work, request, error)
           && store_feeds (&work, error);
  *ret_n_new = work.new_events->len;
  frame_work_clear (&work);
  return stored;
}

typedef struct
{
  guint64 first;
  AmendsDigest trunk;
  GArray *trunks;
} TrunkWalk;

static gboolean
step_trunk (const AmendsServerEvent *record, const AmendsEvent *event, gpointer user_data)
{
  TrunkWalk *walk = user_data;

  amends_chain_step (&walk->trunk, record->digest);
  if (record->number >= walk->first)
    g_array_append_val (walk->trunks, walk->trunk);
  return TRUE;
}

/* The device's trunks from @first to @last, or as far as the server has them. */
gboolean
amends_server_get_trunks (AmendsServer *self,
                          const AmendsServerDevice *device,
                          guint64 first,
                          guint64 last,
                          GArray *trunks,
                          GError **error)
{
  TrunkWalk walk = { .first = first, .trunks = trunks };

  amends_chain_begin (&walk.trunk, self->organisation, device->key, "");
  return self->store->each_event (self->store, device->id, 1, MIN (last, device->number), FALSE,
                                  step_trunk, &walk, error);
}
