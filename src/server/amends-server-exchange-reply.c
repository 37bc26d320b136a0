/* amends-server-exchange-reply.c: the head of a reply, and which pages follow it (PROTOCOL.md 5 and 6)
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "server/amends-server-exchange.h"

#include <string.h>

#include "core/amends-instant.h"

/* Where the cursor of a feed does not fit: the last position that may be common. */
static gboolean
find_common (AmendsServer *server,
             const AmendsRequestHead *head,
             const AmendsServerFeed *feed,
             const AmendsCursor *cursor,
             gboolean *ret_fits,
             AmendsCursor *ret_common,
             GError **error)
{
  AmendsServerStore *store = server->store;
  gboolean same_epoch = g_str_equal (head->epoch, server->epoch);
  guint64 common = feed->position;
  guint64 ordinal = 0;
  gboolean found;
  AmendsDigest hash = { { 0 } };

  if (!same_epoch && head->epoch[0] != '\0'
      && (!store->get_epoch (store, head->epoch, &ordinal, error)
          || (ordinal != 0 && !store->get_common_position (store, ordinal, feed, &common, error))))
    return FALSE;
  common = MIN (common, cursor->position);
  if (!store->get_entry_hash (store, feed->id, common, &found, &hash, error))
    return FALSE;
  *ret_fits =
      same_epoch && common == cursor->position && memcmp (&hash, &cursor->hash, sizeof hash) == 0;

  /* Other entries stand at the same position: half as far they may be the same. */
  if (!*ret_fits && same_epoch && common == cursor->position)
    {
      common /= 2;
      memset (&hash, 0, sizeof hash);
      if (!store->get_entry_hash (store, feed->id, common, &found, &hash, error))
        return FALSE;
    }
  g_strlcpy (ret_common->feed, feed->name, sizeof ret_common->feed);
  ret_common->position = common;
  ret_common->hash = hash;
  return TRUE;
}

static const AmendsCursor *
get_cursor (const GArray *cursors, const char *feed)
{
  for (guint i = 0; i < cursors->len; i++)
    {
      const AmendsCursor *cursor = &g_array_index (cursors, AmendsCursor, i);

      if (strcmp (cursor->feed, feed) == 0)
        return cursor;
    }
  return NULL;
}

static int
compare_access (gconstpointer a, gconstpointer b)
{
  const char *one = ((const AmendsServerFeedAccess *) a)->feed.name;
  const char *other = ((const AmendsServerFeedAccess *) b)->feed.name;

  /* ctl comes first in every reply: what it says decides what the device does with the rest. */
  if (g_str_equal (one, "ctl") || g_str_equal (other, "ctl"))
    return g_str_equal (other, "ctl") - g_str_equal (one, "ctl");
  return strcmp (one, other);
}

/* Adds the feed's pages to the reply, or says where they can begin. */
static gboolean
plan_feed (AmendsExchange *self,
           const AmendsServerFeed *feed,
           AmendsReplyHead *reply,
           GError **error)
{
  AmendsServer *server = self->server;
  const AmendsCursor *asked = get_cursor (self->head->cursors, feed->name);
  const AmendsCursor *whole = get_cursor (self->head->whole, feed->name);
  AmendsCursor common = { 0 };
  gboolean fits = TRUE;
  AmendsExchangeCursor cursor = { 0 };

  g_strlcpy (cursor.feed, feed->name, sizeof cursor.feed);
  cursor.end = feed->position;
  cursor.whole_number = whole != NULL ? whole->position : 0;
  if (asked != NULL && asked->position > 0)
    {
      if (!find_common (server, self->head, feed, asked, &fits, &common, error))
        return FALSE;
      cursor.place.position = asked->position;
      cursor.place.hash = asked->hash;
    }
  if (fits)
    {
      if (g_str_equal (feed->name, "ctl"))
        self->confirmed = cursor.place.position;
      g_array_append_val (self->cursors, cursor);
      return TRUE;
    }
  server->metrics.n_resumes++;
  if (asked->position > feed->position && g_str_equal (self->head->epoch, server->epoch))
    {
      server->metrics.n_rolled_back++;
      g_printerr ("store rolled back: device %s holds %" G_GUINT64_FORMAT
                  " entries of a feed, the server %" G_GUINT64_FORMAT "\n",
                  self->device.code, asked->position, feed->position);
    }
  g_array_append_val (reply->resume, common);
  return TRUE;
}

/**
 * amends_exchange_says_how_it_stands:
 *
 * A request that comes by hand may be older than what the device has said over the network since.
 *
 * Returns: whether the request is the last that the device made
 */
gboolean
amends_exchange_says_how_it_stands (const AmendsExchange *self)
{
  return !self->is_by_hand || self->request > self->device.request;
}

/* Of a feed that was taken there are no pages; but where the server was restored, the device is told what of it
 * is there still, so that it hands in the rest. */
static gboolean
plan_taken (AmendsExchange *self,
            const AmendsServerFeed *feed,
            AmendsReplyHead *reply,
            GError **error)
{
  const AmendsCursor *asked = get_cursor (self->head->cursors, feed->name);
  AmendsCursor common = { 0 };
  gboolean fits = TRUE;

  if (asked == NULL || asked->position == 0 || self->head->hold)
    return TRUE;
  if (!find_common (self->server, self->head, feed, asked, &fits, &common, error))
    return FALSE;
  if (!fits)
    g_array_append_val (reply->resume, common);
  return TRUE;
}

static gboolean
is_known (const GArray *known, const char *feed)
{
  for (guint i = 0; i < known->len; i++)
    if (g_str_equal (g_array_index (known, AmendsServerFeedAccess, i).feed.name, feed))
      return TRUE;
  return FALSE;
}

/* Feeds that the device holds and was never given, as far as is known: a restored server forgot that it was, or it
 * goes on under a new code. It is told what is safe and where to go back to. That it holds the feed its cursor
 * proves; who guesses one is told nothing, not even that there is such a feed.
 * A cursor of another epoch proves nothing, and is good enough for all but the restricted feeds. */
static gboolean
add_unknown (AmendsExchange *self, const GArray *known, AmendsReplyHead *reply, GError **error)
{
  const AmendsRequestHead *head = self->head;
  gboolean same_epoch = g_str_equal (head->epoch, self->server->epoch);

  for (guint i = 0; i < head->cursors->len; i++)
    {
      const AmendsCursor *cursor = &g_array_index (head->cursors, AmendsCursor, i);
      AmendsCursor safe = *cursor, common = { 0 };
      gboolean fits = FALSE;
      AmendsServerFeed feed;

      if (cursor->position == 0 || is_known (known, cursor->feed))
        continue;
      if (!self->server->store->get_feed (self->server->store, cursor->feed, &feed, error)
          || (feed.id != 0
              && !find_common (self->server, head, &feed, cursor, &fits, &common, error)))
        return FALSE;
      if (feed.id == 0 || (!fits && (same_epoch || feed.name[0] == 'r' || feed.name[0] == 'c')))
        continue;
      g_array_append_val (self->unknown, feed);
      if (!fits)
        g_array_append_val (reply->resume, common);
      safe.position = feed.safe;
      g_array_append_val (reply->safe, safe);
    }
  return TRUE;
}

/* A device that was only ever allowed to write in a feed learns nothing of it, not even how much is there: it holds
 * what it wrote itself alone, and of that safe_number tells it. */
static gboolean
holds_nothing_of (const AmendsServerAccess *access)
{
  return access->may_write && !access->may_read && access->taken_at == 0;
}

static gboolean
plan_pages (AmendsExchange *self, AmendsReplyHead *reply, GError **error)
{
  g_autoptr (GArray) feeds = g_array_new (FALSE, FALSE, sizeof (AmendsServerFeedAccess));
  g_autoptr (GArray) lacking = NULL;
  AmendsServerStore *store = self->server->store;
  const AmendsRequestHead *head = self->head;
  gboolean knows_ctl = FALSE;
  gboolean has_forked = head->number < self->device.number
                        || (head->number == self->device.number
                            && memcmp (&head->trunk, &self->device.trunk, sizeof head->trunk) != 0);

  if (!store->each_access (store, self->device.id, amends_server_collect_access, feeds, error)
      || (amends_exchange_says_how_it_stands (self) && !add_unknown (self, feeds, reply, error)))
    return FALSE;
  lacking = amends_server_list_lacking (&self->device, feeds);
  self->lacks_grants = lacking->len > 0;
  g_array_sort (feeds, compare_access);
  for (guint i = 0; i < feeds->len; i++)
    {
      const AmendsServerFeedAccess *both = &g_array_index (feeds, AmendsServerFeedAccess, i);
      AmendsCursor safe = { .position = both->feed.safe };
      gboolean is_ctl = g_str_equal (both->feed.name, "ctl");
      gboolean is_gone, is_given;

      if (holds_nothing_of (&both->access))
        continue;
      /* Also of what was taken: it is deleted where it is safe. */
      g_strlcpy (safe.feed, both->feed.name, sizeof safe.feed);
      g_array_append_val (reply->safe, safe);
      if (amends_exchange_says_how_it_stands (self)
          && amends_server_has_news_of (&self->device, head, &both->feed, &both->access, &is_gone))
        self->has_news_of_leaving = TRUE;
      is_given = both->access.may_read && (!self->device.revoked || is_ctl);
      if (!is_given && !is_ctl && !plan_taken (self, &both->feed, reply, error))
        return FALSE;
      if (is_given && !head->hold && !plan_feed (self, &both->feed, reply, error))
        return FALSE;
      if (is_ctl)
        knows_ctl = self->cursors->len > 0;
    }
  /* Whoever has another ctl does not know what it is given; whoever was restored or cloned goes on under another code. */
  if (!knows_ctl || has_forked)
    g_array_set_size (self->cursors, 0);
  return TRUE;
}

/* A request of before the restore may arrive once more, and its number is then not known as used: the
 * device has its code already, and another with the same key would shut it out. */
static gboolean
may_recode (const AmendsExchange *self)
{
  return self->head->recode && !self->device.revoked
         && g_str_equal (self->head->epoch, self->server->epoch);
}

static gboolean
fill_reply (AmendsExchange *self, AmendsReplyHead *reply, GError **error)
{
  AmendsServer *server = self->server;
  const AmendsRequestHead *head = self->head;
  AmendsReceipt *receipt = &reply->receipt;

  if (!server->store->get_device (server->store, self->device.code, &self->device, error)
      || !plan_pages (self, reply, error))
    return FALSE;
  if (head->probe_from > 0
      && !amends_server_get_trunks (server, &self->device, head->probe_from, head->probe_to,
                                    reply->trunks, error))
    return FALSE;
  if (may_recode (self)
      && !amends_server_recode (server, &self->device, head->recode_key, reply->recoded, error))
    return FALSE;
  reply->refused_frame = self->refused_frame;
  reply->refused_code = g_strdup (self->refused_code);
  reply->quarantined = self->device.n_quarantined;
  reply->revoked = self->device.revoked;
  reply->safe_number = self->device.safe;

  g_strlcpy (receipt->epoch, server->epoch, sizeof receipt->epoch);
  receipt->request = self->request;
  receipt->number = self->device.number;
  receipt->trunk = self->device.trunk;
  amends_instant_format_to (amends_environment_now (&server->environment), receipt->at);
  amends_receipt_sign (receipt, server->organisation, self->device.code, server->signing_secret);
  return TRUE;
}

/* A new code is written; anything else is only read. */
static AmendsReplyHead *
try_reply (AmendsExchange *self, GError **error)
{
  g_autoptr (AmendsReplyHead) reply = amends_reply_head_new ();
  g_auto (AmendsServerWork) work = AMENDS_SERVER_WORK_INIT;
  AmendsServerWorkKind kind = may_recode (self) ? AMENDS_SERVER_WRITE : AMENDS_SERVER_READ;

  g_array_set_size (self->cursors, 0);
  g_array_set_size (self->unknown, 0);
  self->has_news_of_leaving = FALSE;
  self->confirmed = 0;
  if (!amends_server_work_begin (&work, self->server->store, kind, error)
      || !fill_reply (self, reply, error) || !amends_server_work_commit (&work, error))
    return NULL;
  return g_steal_pointer (&reply);
}

static gboolean
give_lacking (AmendsExchange *self, GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->server->lock);

  return amends_server_give_lacking (self->server, self->device.code, error);
}

static AmendsReplyHead *
make_reply (AmendsExchange *self, GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->server->lock);
  g_autoptr (GError) local_error = NULL;
  AmendsReplyHead *reply;
  guint n_tries = 0;

  do
    reply = try_reply (self, &local_error);
  while (reply == NULL && amends_server_tries_again (&n_tries, &local_error));
  if (reply == NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));
  return reply;
}

/**
 * amends_exchange_make_reply:
 * @self: an exchange whose body has been fed to its end
 *
 * Plans the pages of the reply, too. A device that was enrolled before what goes with its feeds did is given it
 * now, and told in this reply. A server that cannot write, as its disk is full, serves on: it is given at a later
 * exchange.
 *
 * Errors: of the store.
 * Returns: (transfer full): the head of the reply
 */
AmendsReplyHead *
amends_exchange_make_reply (AmendsExchange *self, GError **error)
{
  g_autoptr (AmendsReplyHead) reply = make_reply (self, error);
  g_autoptr (GError) local_error = NULL;

  if (reply == NULL || !self->lacks_grants)
    return g_steal_pointer (&reply);
  if (give_lacking (self, &local_error))
    return make_reply (self, error);
  g_printerr ("what goes with the feeds of %s could not be granted: %s\n", self->device.code,
              local_error->message);
  return g_steal_pointer (&reply);
}
