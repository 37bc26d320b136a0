/* amends-staff.h: a member of staff, folded from their events
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/amends-event.h"

G_BEGIN_DECLS

/**
 * AmendsStaff:
 * @id: their stream
 * @name: as first written, or anew since
 * @roles: (array zero-terminated=1): codes of the list "role"; of two versions what both hold
 */
typedef struct
{
  AmendsId id;
  char *name;
  char **roles;
} AmendsStaff;

AmendsStaff *amends_staff_new (AmendsEvent *const *events, guint n_events);
void amends_staff_free (AmendsStaff *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AmendsStaff, amends_staff_free)

G_END_DECLS
