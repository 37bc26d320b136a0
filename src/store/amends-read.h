/* amends-read.h: what lists and search show: a cache of the fold, in memory
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "store/amends-store-private.h"

G_BEGIN_DECLS

/* Goes up whenever the same events would give other rows. */
#define AMENDS_FOLD_VERSION 22

/* Behind every day, so that what has none comes last. */
#define AMENDS_READ_NO_DAY (AMENDS_DAY_LAST + 1)

/* How many events the snapshot may lag behind the log: each is some microseconds to fold in. */
#define AMENDS_READ_MAX_LAG 500

struct _AmendsRead
{
  AmendsDb *list;
  AmendsDb *search;      /* (nullable): made when first searched */
  gint64 place;          /* the list holds all events up to here */
  gint64 snapshot_place; /* and the snapshot up to here */
  AmendsDay as_of;       /* its duties are those of this day */
  AmendsDay clock_day;   /* what the clock said then */
  guint32 next_document;
  char search_reached[AMENDS_ID_BUFFER]; /* up to this id what is read in now is found */
  AmendsSearchReach search_reach;
};

AmendsCaseRow *amends_read_get_row (AmendsStore *store, const char *id, GError **error);

gboolean amends_read_lists (const AmendsCase *complaint);
gboolean amends_read_get_last_place (AmendsStore *store, gint64 *ret_place, GError **error);
char *amends_read_dup_mark (AmendsStore *store, gint64 place);

/* Duties (amends-duties.c). */
gboolean amends_duties_put (AmendsStore *store,
                            const AmendsCase *complaint,
                            AmendsDay *ret_first_day,
                            AmendsDay *ret_turns_day,
                            GError **error);

/* How many conflicts there are (amends-conflicts.c). */
void amends_conflicts_forget (AmendsStore *store);

/* Search (amends-search.c). */
gboolean amends_search_update (AmendsStore *store, const AmendsCase *complaint, GError **error);

G_END_DECLS
