/* amends-numbers.h: whom to ring at a scheme, and when somebody is there
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "store/amends-store.h"

G_BEGIN_DECLS

/**
 * AmendsNumber: somebody to ring, or an office. All is owned.
 * @scheme: whose
 * @name: theirs
 * @phone: as it is dialled
 * @hours: (nullable): when somebody is there, in words
 * @role: (nullable): the code of a role, "line-manager", that says for what they are rung
 */
typedef struct
{
  char *scheme;
  char *name;
  char *phone;
  char *hours;
  char *role;
} AmendsNumber;

void amends_number_free (AmendsNumber *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AmendsNumber, amends_number_free)

GPtrArray *amends_store_list_numbers (AmendsStore *self, GError **error);

G_END_DECLS
