/* amends-complainant-round.h: what is done for each of several who complain again and again
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/amends-complainant.h"

G_BEGIN_DECLS

/**
 * AmendsRound: what was done for each who waited for it
 * @place: of the event with which nobody waited any more
 * @body: (owned): as it counts for all of them
 */
typedef struct
{
  guint place;
  json_t *body;
} AmendsRound;

/* Returns: (transfer full) (nullable): what the act at @place says */
typedef json_t *(*AmendsRoundBody) (const AmendsCase *complaint, guint place, gpointer data);

GArray *amends_case_list_rounds (const AmendsCase *self,
                                 AmendsEventType type,
                                 AmendsRoundBody body_of,
                                 gpointer data);

G_END_DECLS
