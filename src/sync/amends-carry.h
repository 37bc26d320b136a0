/* amends-carry.h: chunks of attachments, carried to the server and from it
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "sync/amends-engine.h"

G_BEGIN_DECLS

/**
 * AmendsCarrier:
 * @send_events: sends what events wait, before each chunk; says whether there were any
 * @only_up: whether nothing is fetched: a revoked device may only hand in
 * @n_gave_way: how often in a row a chunk was given up for events
 * @user_data: for @send_events
 */
typedef struct
{
  AmendsStore *store;
  AmendsTransport *transport;
  const AmendsSyncHooks *hooks;
  GCancellable *cancellable;
  AmendsSyncReport *report;
  gboolean (*send_events) (gpointer user_data, gboolean *ret_sent, GError **error);
  gboolean only_up;
  guint n_gave_way;
  gpointer user_data;
} AmendsCarrier;

gboolean amends_carry (AmendsCarrier *self, GError **error);

G_END_DECLS
