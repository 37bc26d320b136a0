/* amends-server-exchange.h: an exchange, as its own files see it
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <sodium.h>

#include "server/amends-server-private.h"

G_BEGIN_DECLS

/* How far the pages of a feed have been sent. */
typedef struct
{
  char feed[AMENDS_FEED_MAX_BYTES + 1];
  AmendsServerPlace place;
  guint64 end; /* as all feeds stood together: what the pages have of an author is in ctl's */
  guint64 whole_number;
} AmendsExchangeCursor;

struct _AmendsExchange
{
  crypto_generichash_state hashed; /* of the body so far; aligned more widely than the rest */
  AmendsServer *server;
  AmendsServerDevice device; /* as it was last seen */
  guint64 request;
  AmendsDigest body_hash;
  gboolean is_by_hand;
  guint64 n_new; /* events that were not held before */

  AmendsMessageReader *reader;
  AmendsRequestHead *head; /* NULL until it has arrived */
  int n_frames;
  int refused_frame; /* -1: none */
  char *refused_code;

  GArray *unknown;              /* of AmendsServerFeed: what it holds and was never given */
  gboolean has_news_of_leaving; /* the request says of a feed that was taken what is not recorded */
  gboolean lacks_grants;        /* it was enrolled before what goes with its feeds did */
  guint64 confirmed;            /* the position of ctl that it names and that fits; 0: none */
  GArray *cursors; /* of AmendsExchangeCursor, a feed whose pages are still to be sent */
  guint cursor;
  GByteArray *out;
  gsize out_at;
  gsize n_sent;
  gboolean ends_early; /* after the page that is in @out */
  gboolean is_ended;   /* the trailer is in @out */
};

gboolean amends_exchange_says_how_it_stands (const AmendsExchange *self);
AmendsReplyHead *amends_exchange_make_reply (AmendsExchange *self, GError **error);

G_END_DECLS
