/* amends-server-pages.c: pages of a feed, going down (PROTOCOL.md 4)
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "server/amends-server-private.h"

/* Own events that a device has take no room, so a page of them ends by count: the server's lock is
 * held while it is read. */
#define MAX_PAGE_ENTRIES 20000

/* Whose chain the page goes along, and from where to where. */
typedef struct
{
  gint64 device;
  char code[AMENDS_SERVER_CODE_SIZE];
  guint64 first_nth;
  guint64 last_nth;
} PageAuthor;

typedef struct
{
  AmendsServer *server;
  const AmendsServerDevice *device; /* who asks */
  const AmendsRequestHead *head;
  const AmendsServerFeed *feed;
  guint64 whole_number; /* of its own events up to here it has the digests alone */
  guint64 end;          /* the last position that it is given */
  AmendsFrameWriter *writer;
  guint n_max;
  guint n_entries;
  AmendsServerPlace place; /* after what was written */
  GHashTable *authors;     /* &device -> PageAuthor * */
  guint64 own_first;       /* a run of own events not yet written; 0 none */
  guint64 own_count;
  guint64 own_nth; /* of its last */
  gint64 own_logged_at_s;
  gint64 event_logged_at_s; /* of the entry whose event is being loaded */
  GError *error;
} Page;

static void
flush_own (Page *self)
{
  if (self->own_first == 0)
    return;
  amends_frame_writer_add_own (self->writer, self->own_first, self->own_count,
                               self->own_logged_at_s);
  self->own_first = 0;
}

/* A run counts the device's events in this feed one after the other, so it ends where one of them has
 * no position. */
static void
add_own (Page *self, const AmendsServerEntry *entry)
{
  if (self->own_first != 0 && entry->nth == self->own_nth + 1
      && entry->logged_at_s == self->own_logged_at_s)
    self->own_count++;
  else
    {
      flush_own (self);
      self->own_first = entry->id.number;
      self->own_count = 1;
      self->own_logged_at_s = entry->logged_at_s;
    }
  self->own_nth = entry->nth;
}

typedef struct
{
  guint64 nth;        /* of the one after */
  guint64 passed_nth; /* of the last that is not asked for */
  GPtrArray *rest;    /* (element-type AmendsEvent): without what they say */
} QuarantineWalk;

static gboolean
collect_quarantined (const AmendsServerEvent *record, const AmendsEvent *event, gpointer user_data)
{
  QuarantineWalk *walk = user_data;

  if (record->nth != walk->nth - 1 || record->nth <= walk->passed_nth)
    return FALSE;
  walk->nth = record->nth;
  g_ptr_array_add (walk->rest, amends_event_strip (event));
  return TRUE;
}

/* What a device of before there were proofs reads of an event that is not here. */
static void
write_rest (Page *self, const AmendsEvent *rest)
{
  g_autoptr (AmendsEvent) bare = self->head->hashes ? NULL : amends_entry_bare_event (rest);

  amends_frame_writer_add_digest (self->writer, bare != NULL ? bare : rest);
}

/* Digests of the events before this one in its chain that are held back, or came after it, so that a reader can
 * follow the chain over them. What is late itself needs none: a reader had them with a later event. However many there
 * are, a page is one that readers take: the rest goes on the next one, from where this one ends. @ret_all: whether all
 * are written */
static gboolean
add_quarantined (Page *self, const AmendsServerEntry *entry, gboolean *ret_all)
{
  g_autoptr (GPtrArray) rest = g_ptr_array_new_with_free_func ((GDestroyNotify) amends_event_unref);
  QuarantineWalk walk = { entry->nth, self->place.passed_nth, rest };
  AmendsServerStore *store = self->server->store;
  guint n_left;

  if (!store->each_unplaced (store, entry->device, self->feed->id, entry->nth, TRUE,
                             collect_quarantined, &walk, &self->error))
    return FALSE;
  for (n_left = rest->len; n_left > 0 && !amends_frame_writer_is_full (self->writer); n_left--)
    write_rest (self, rest->pdata[n_left - 1]);
  *ret_all = n_left == 0;
  self->place.passed_nth = n_left < rest->len ? entry->nth - 1 - n_left : self->place.passed_nth;
  return TRUE;
}

/* @ret_all: whether all is written that has to stand before the entry */
static gboolean
add_author (Page *self, const AmendsServerEntry *entry, gboolean *ret_all)
{
  PageAuthor *author = g_hash_table_lookup (self->authors, &entry->device);

  if (author == NULL)
    {
      author = g_new0 (PageAuthor, 1);
      author->device = entry->device;
      g_strlcpy (author->code, entry->id.code, sizeof author->code);
      author->first_nth = entry->nth;
      g_hash_table_insert (self->authors, &author->device, author);
    }
  if (!entry->is_late && entry->nth != author->last_nth + 1
      && !add_quarantined (self, entry, ret_all))
    return FALSE;
  if (!*ret_all)
    return TRUE;
  author->first_nth = MIN (author->first_nth, entry->nth);
  author->last_nth = MAX (author->last_nth, entry->nth);
  return TRUE;
}

static gboolean
write_event (const AmendsServerEvent *record, const AmendsEvent *event, gpointer user_data)
{
  Page *self = user_data;
  g_autoptr (AmendsEvent) erased = NULL;

  if (!self->head->hashes && event->body == NULL && event->box == NULL)
    erased = amends_event_new_erased (&event->id, event->feed, &event->stream, event->after,
                                      event->n_after, event->digest, NULL);
  amends_frame_writer_add_event (self->writer, erased != NULL ? erased : event,
                                 self->event_logged_at_s);
  return TRUE;
}

/* @ret_added: %FALSE if the page is full before it */
static gboolean
add_event (Page *self, const AmendsServerEntry *entry, gboolean *ret_added)
{
  AmendsServerStore *store = self->server->store;

  /* What came here from another feed belongs to the chain there. */
  if (entry->written_in == self->feed->id && !add_author (self, entry, ret_added))
    return FALSE;
  if (!*ret_added)
    return TRUE;
  self->event_logged_at_s = entry->logged_at_s;
  if (entry->event != NULL)
    return write_event (NULL, entry->event, self);
  return store->each_event (store, entry->device, entry->id.number, entry->id.number, TRUE,
                            write_event, self, &self->error);
}

/* What a device wrote in a box it cannot open: it is given it as it is given everybody else's. */
static gboolean
add_entry (const AmendsServerEntry *entry, gpointer user_data)
{
  Page *self = user_data;
  gboolean is_added = TRUE;

  if (entry->position > self->end || self->n_entries == self->n_max
      || amends_frame_writer_is_full (self->writer)
      || g_hash_table_size (self->authors) == AMENDS_WIRE_MAX_STATEMENTS)
    return FALSE;
  if (entry->kind == AMENDS_ENTRY_EVENT && entry->device == self->device->id
      && entry->written_in == self->feed->id && entry->id.number <= self->head->number
      && entry->id.number > self->whole_number && entry->form == AMENDS_SERVER_FORM_OPEN)
    add_own (self, entry);
  else
    {
      flush_own (self);
      if (entry->kind == AMENDS_ENTRY_LEFT)
        amends_frame_writer_add_left (self->writer, &entry->id, entry->logged_at_s);
      else if (entry->kind == AMENDS_ENTRY_ERASED)
        amends_frame_writer_add_erased (self->writer, &entry->id, entry->logged_at_s);
      else if (!add_event (self, entry, &is_added) || !is_added)
        return FALSE;
    }
  self->place = (AmendsServerPlace){ .position = entry->position, .hash = entry->hash };
  self->n_entries++;
  return TRUE;
}

/* For each author the newest statement that the page reaches. @ret_fit: whether the page has room
 * for all of them. */
static gboolean
add_statements (Page *self, gboolean *ret_fit)
{
  AmendsServerStore *store = self->server->store;
  GHashTableIter iter;
  gpointer value;

  *ret_fit = TRUE;
  g_hash_table_iter_init (&iter, self->authors);
  while (*ret_fit && g_hash_table_iter_next (&iter, NULL, &value))
    {
      const PageAuthor *author = value;
      g_autoptr (AmendsStatement) statement = NULL;
      guint64 nth;

      if (!store->get_statement (store, author->device, self->feed->id, author->first_nth,
                                 author->last_nth, &statement, &nth, &self->error))
        return FALSE;
      if (statement != NULL)
        *ret_fit = amends_frame_writer_add_statement (self->writer, statement);
    }
  return TRUE;
}

/* Writes from @place on, at most @n_max entries. */
static gboolean
write_page (Page *self, const AmendsServerPlace *place, guint n_max, gboolean *ret_fit)
{
  AmendsServerStore *store = self->server->store;

  g_clear_pointer (&self->writer, amends_frame_writer_free);
  self->writer = amends_frame_writer_new (self->feed->name, place->position + 1);
  self->place = *place;
  g_hash_table_remove_all (self->authors);
  self->n_max = n_max;
  self->n_entries = 0;
  self->own_first = 0;
  if (!store->each_entry (store, self->feed->id, place->position + 1, self->device->id, add_entry,
                          self, &self->error)
      || self->error != NULL)
    return FALSE;
  flush_own (self);
  return add_statements (self, ret_fit);
}

gboolean
amends_server_read_page (AmendsServer *self,
                         const AmendsServerDevice *device,
                         const AmendsRequestHead *head,
                         const char *feed_name,
                         guint64 whole_number,
                         guint64 end,
                         AmendsServerPlace *inout_place,
                         GBytes **ret_frame,
                         GError **error)
{
  AmendsServerFeed feed;
  Page page = {
    .server = self,
    .device = device,
    .head = head,
    .feed = &feed,
    .whole_number = whole_number,
    .end = end,
  };
  guint n_max = MAX_PAGE_ENTRIES;
  gboolean fits = FALSE;
  gboolean written = TRUE;

  *ret_frame = NULL;
  if (!self->store->get_feed (self->store, feed_name, &feed, error))
    return FALSE;
  if (feed.id == 0 || inout_place->position >= MIN (end, feed.position))
    return TRUE;

  page.authors = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, g_free);
  while (written && !fits)
    {
      written = write_page (&page, inout_place, n_max, &fits);
      /* One author's statement always fits, so this ends. */
      n_max = MAX (page.n_entries / 2, 1);
    }
  if (written)
    {
      *inout_place = page.place;
      *ret_frame = amends_frame_writer_finish (g_steal_pointer (&page.writer), &page.place.hash);
    }
  amends_frame_writer_free (page.writer);
  g_hash_table_unref (page.authors);
  if (!written)
    g_propagate_error (error, page.error);
  return written;
}
