/* amends-page.c: takes one page of a feed into the store
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A page and its cursor are one transaction. It stands only if the feed hash comes out as the server
 * says, and if each author's statement fits the chain where it was made: the server can withhold,
 * but neither alter nor forge. */

#include "sync/amends-page.h"

#include <string.h>

#include "sync/amends-transport.h"

/* Entries of one device in a row, not yet kept. */
typedef struct
{
  guint64 position;
  guint64 n;
  AmendsId id;
  gint64 logged_at_s;
  guint64 last_number; /* 0: nothing may be added to it */
} Run;

typedef struct
{
  AmendsStore *store;
  const AmendsFrame *page;
  guint64 position; /* of the next entry */
  AmendsDigest hash;
  Run run;
  gboolean *is_checked; /* by statement */
  const char *misfit;   /* (nullable): the author of a statement that is its own and does not fit */
  guint64 n_new;
} Applier;

static void
set_untrue (const char *feed, const char *what, GError **error)
{
  g_set_error (error, AMENDS_SYNC_ERROR, AMENDS_SYNC_ERROR_PROTOCOL,
               "What the server sent of %s does not verify: %s", feed, what);
}

static gboolean
flush_run (Applier *self, GError **error)
{
  Run run = self->run;

  self->run.n = 0;
  return run.n == 0
         || amends_log_add_entry (self->store, self->page->feed, run.position, run.n,
                                  AMENDS_ENTRY_EVENT, &run.id, run.logged_at_s, error);
}

/* A run counts a device's events in the feed one after the other, so it ends where one of them has no
 * position, or another one: a body held back at first, and let go later. */
static gboolean
goes_on (Applier *self,
         const AmendsId *id,
         gint64 logged_at_s,
         gboolean *ret_goes_on,
         GError **error)
{
  const Run *run = &self->run;
  gboolean may = run->n > 0 && strcmp (run->id.code, id->code) == 0
                 && run->logged_at_s == logged_at_s && run->last_number > 0
                 && id->number > run->last_number;

  *ret_goes_on = may && id->number == run->last_number + 1;
  return !may || *ret_goes_on
         || amends_log_is_next (self->store, self->page->feed, id, run->last_number, ret_goes_on,
                                error);
}

/* @last_number: 0 for a run of which only the first number is known */
static gboolean
add_to_run (Applier *self,
            const AmendsId *id,
            guint64 n,
            guint64 last_number,
            gint64 logged_at_s,
            GError **error)
{
  gboolean is_next;

  if (!goes_on (self, id, logged_at_s, &is_next, error) || (!is_next && !flush_run (self, error)))
    return FALSE;
  if (self->run.n == 0)
    self->run = (Run){ .position = self->position, .id = *id, .logged_at_s = logged_at_s };
  self->run.n += n;
  self->run.last_number = last_number;
  self->position += n;
  return TRUE;
}

/* Holds @statement against its author's chain, which stands where it was made. */
static gboolean
check_statement (Applier *self, guint n, GError **error)
{
  const AmendsStatement *statement = g_ptr_array_index (self->page->statements, n);
  guint8 key[AMENDS_KEY_BYTES];
  AmendsDigest chain;
  guint64 number;

  self->is_checked[n] = TRUE;
  if (!amends_log_get_chain (self->store, statement->code, self->page->feed, &number, &chain, error)
      || !amends_log_get_device_key (self->store, statement->code, key, error))
    return FALSE;
  if (number > statement->number)
    return TRUE; /* more is held already; a newer statement comes with it */
  if (!amends_statement_verify (statement, key)
      || !amends_statement_has (statement, self->page->feed, &chain))
    {
      self->misfit = statement->code;
      set_untrue (self->page->feed, "a device's signature does not fit its events", error);
      return FALSE;
    }
  return amends_log_set_statement (self->store, self->page->feed, statement, error);
}

/* Statements made before @event was written are checked before its chain moves on. */
static gboolean
check_statements_before (Applier *self, const AmendsEvent *event, GError **error)
{
  for (guint i = 0; i < self->page->statements->len; i++)
    {
      const AmendsStatement *statement = g_ptr_array_index (self->page->statements, i);

      if (!self->is_checked[i] && strcmp (statement->code, event->id.code) == 0
          && statement->number < event->id.number && !check_statement (self, i, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
apply_event (Applier *self, const AmendsEntry *entry, GError **error)
{
  AmendsEvent *event = entry->event;
  gboolean is_new;

  if (strcmp (event->feed, self->page->feed) != 0)
    {
      set_untrue (self->page->feed, "an event of another feed is among it", error);
      return FALSE;
    }
  if (g_str_equal (self->page->feed, "ctl") && !g_str_equal (event->id.code, "0"))
    {
      set_untrue (self->page->feed, "somebody else has written in the server's own log", error);
      return FALSE;
    }
  if (!check_statements_before (self, event, error)
      || !amends_log_receive (self->store, event, entry->kind == AMENDS_ENTRY_DIGEST, &is_new,
                              error))
    return FALSE;
  if (entry->kind == AMENDS_ENTRY_DIGEST)
    return TRUE;

  self->n_new += is_new;
  amends_chain_step (&self->hash, event->digest);
  return add_to_run (self, &event->id, 1, event->id.number, entry->logged_at_s, error);
}

static gboolean
apply_own (Applier *self, const AmendsEntry *entry, GError **error)
{
  g_autoptr (GArray) digests = g_array_new (FALSE, FALSE, sizeof (AmendsDigest));
  AmendsId id;

  if (!amends_id_init (&id, amends_store_get_identity (self->store)->code, entry->first_number)
      || !amends_log_digests_of_own (self->store, self->page->feed, entry->first_number,
                                     entry->count, digests, error))
    return FALSE;
  for (guint i = 0; i < digests->len; i++)
    amends_chain_step (&self->hash, g_array_index (digests, AmendsDigest, i).bytes);
  return add_to_run (self, &id, entry->count, 0, entry->logged_at_s, error);
}

static gboolean
apply_other (Applier *self, const AmendsEntry *entry, GError **error)
{
  AmendsDigest digest;

  amends_entry_digest (entry, &digest);
  amends_chain_step (&self->hash, digest.bytes);
  return flush_run (self, error)
         && amends_log_add_entry (self->store, self->page->feed, self->position++, 1,
                                  (int) entry->kind, &entry->id, entry->logged_at_s, error);
}

static gboolean
apply_entry (Applier *self, const AmendsEntry *entry, GError **error)
{
  switch (entry->kind)
    {
    case AMENDS_ENTRY_EVENT:
    case AMENDS_ENTRY_DIGEST:
      return apply_event (self, entry, error);
    case AMENDS_ENTRY_OWN:
      return apply_own (self, entry, error);
    case AMENDS_ENTRY_LEFT:
    case AMENDS_ENTRY_ERASED:
      return apply_other (self, entry, error);
    }
  g_return_val_if_reached (FALSE);
}

static gboolean
find_cursor (Applier *self, GError **error)
{
  g_autoptr (GArray) feeds = amends_store_list_feeds (self->store, error);

  if (feeds == NULL)
    return FALSE;
  for (guint i = 0; i < feeds->len; i++)
    {
      const AmendsFeed *feed = &g_array_index (feeds, AmendsFeed, i);

      if (!g_str_equal (feed->feed, self->page->feed) || !feed->may_read)
        continue;
      self->position = feed->position + 1;
      self->hash = feed->hash;
      if (self->page->first_position == self->position)
        return TRUE;
      set_untrue (self->page->feed, "it does not go on where this device is", error);
      return FALSE;
    }
  set_untrue (self->page->feed, "this device was not granted that feed", error);
  return FALSE;
}

/**
 * amends_page_fits:
 * @page: of one feed
 *
 * Returns: whether it begins where this device is in a feed that it may read
 */
gboolean
amends_page_fits (AmendsStore *store, const AmendsFrame *page)
{
  Applier self = { .store = store, .page = page };

  return page->feed != NULL && find_cursor (&self, NULL);
}

static gboolean
apply_all (Applier *self, GError **error)
{
  const AmendsFrame *page = self->page;

  for (guint i = 0; i < page->entries->len; i++)
    if (!apply_entry (self, &g_array_index (page->entries, AmendsEntry, i), error))
      return FALSE;
  for (guint i = 0; i < page->statements->len; i++)
    if (!self->is_checked[i] && !check_statement (self, i, error))
      return FALSE;
  if (!flush_run (self, error))
    return FALSE;
  if (memcmp (self->hash.bytes, page->feed_hash.bytes, sizeof self->hash.bytes) != 0)
    {
      set_untrue (page->feed, "its hash is another", error);
      return FALSE;
    }
  if (g_str_equal (page->feed, "ctl") && !amends_log_follow_ctl (self->store, error))
    return FALSE;
  return amends_log_set_cursor (self->store, page->feed, self->position - 1, &self->hash, error);
}

/* Whether the page gives @event a place, or its digest. */
static gboolean
is_in_page (AmendsEvent *event, gpointer user_data)
{
  const AmendsFrame *page = user_data;

  for (guint i = 0; i < page->entries->len; i++)
    {
      const AmendsEvent *given = g_array_index (page->entries, AmendsEntry, i).event;

      if (given != NULL && amends_id_equal (&given->id, &event->id)
          && memcmp (given->digest, event->digest, sizeof event->digest) == 0)
        return TRUE;
    }
  return FALSE;
}

/* @aside: (nullable): an author of whom this device holds what the server will never have */
static gboolean
apply (Applier *self, const char *aside, GError **error)
{
  g_auto (AmendsTransaction) transaction = AMENDS_TRANSACTION_INIT;
  const AmendsFrame *page = self->page;

  return amends_transaction_begin (&transaction, amends_store_get_db (self->store), error)
         && (aside == NULL
             || amends_log_set_aside_unplaced (self->store, aside, page->feed, is_in_page,
                                               (gpointer) page, error))
         && find_cursor (self, error) && apply_all (self, error)
         && amends_transaction_commit (&transaction, error);
}

/**
 * amends_page_apply:
 * @page: of one feed, from the device's cursor on
 * @ret_n_new: (out): how many events were not held before
 *
 * Where the server was restored, and another device with it, its chain may go on past events that only this
 * device holds: they are set aside if the page verifies without them.
 * Errors: %AMENDS_SYNC_ERROR_PROTOCOL if it does not verify: nothing of it is kept; store errors.
 * Returns: %TRUE once it is durable
 */
gboolean
amends_page_apply (AmendsStore *store, const AmendsFrame *page, guint64 *ret_n_new, GError **error)
{
  g_autofree gboolean *is_checked = g_new0 (gboolean, page->statements->len + 1);
  Applier first = { .store = store, .page = page, .is_checked = is_checked };
  Applier again = first;
  g_autoptr (GError) cause = NULL;

  if (page->feed == NULL || page->entries->len == 0)
    {
      set_untrue (page->feed != NULL ? page->feed : "a feed", "a page without entries", error);
      return FALSE;
    }
  if (apply (&first, NULL, &cause))
    {
      *ret_n_new = first.n_new;
      return TRUE;
    }
  if (first.misfit == NULL || !amends_log_is_rewound (store))
    {
      g_propagate_error (error, g_steal_pointer (&cause));
      return FALSE;
    }
  memset (is_checked, 0, page->statements->len * sizeof *is_checked);
  if (!apply (&again, first.misfit, error))
    return FALSE;
  *ret_n_new = again.n_new;
  return TRUE;
}
