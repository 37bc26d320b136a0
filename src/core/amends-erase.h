/* amends-erase.h: erasing what is held about a person: one asks, another agrees, the trace stays
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Two events of the case, "case.erasure-asked" and "case.erasure-agreed", by two members of staff on two
 * devices. They name events, never what was in them, and are not erased themselves. */

#pragma once

#include "core/amends-case.h"

G_BEGIN_DECLS

/* A case of more events than anybody ever wrote; their ids fit the head of a request. */
#define AMENDS_ERASE_MAX_EVENTS 2000

GArray *amends_erase_read_ids (const json_t *ids);
gboolean amends_case_is_to_go (const AmendsCase *self, const AmendsId *id);
GArray *amends_erase_list_all (const AmendsCase *complaint);

G_END_DECLS
