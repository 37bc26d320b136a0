/* graph.h: events of one stream from a line of text
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/amends-event.h"

G_BEGIN_DECLS

/* All events of these belong to the stream that this id begins, in the feed s.oak. */
#define TEST_STREAM "2A.1"

AmendsEvent *test_event_new (const char *id, const char *after, const char *body);
AmendsEvent *test_event_new_erased (const char *id, const char *after);
GPtrArray *test_graph_new (const char *text);
char *test_ids_format (AmendsEvent *const *events, guint n_events);
gboolean test_permute (guint *order, guint n);
void test_shuffle (gpointer *items, guint n_items);

G_END_DECLS
