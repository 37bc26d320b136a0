/* amends-dues.h: every clock of one case on one day, as screens show them
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

#include "core/amends-case.h"
#include "core/amends-clock-pair.h"
#include "core/amends-rules.h"

G_BEGIN_DECLS

/**
 * AmendsDues:
 * @rules: what the case is judged by
 * @editions: (owned) (nullable): what @rules borrow from
 * @rows: (owned) (element-type AmendsClockRow): the clocks
 * @pairs: (owned) (element-type AmendsClockPair): policy and Code beside each other
 * @today: the day they were computed for
 * @extension_reasons: (owned) (nullable): why stage 1, and why stage 2, was extended, as it was told
 *
 * Immutable and counted: a page keeps what it shows while the case moves on.
 */
typedef struct
{
  AmendsRules rules;
  AmendsEditions *editions;
  GPtrArray *rows;
  GArray *pairs;
  AmendsDay today;
  char *extension_reasons[2];
} AmendsDues;

AmendsDues *amends_dues_new (const AmendsRules *rules, GPtrArray *rows, AmendsDay today);
void amends_dues_take_reasons (AmendsDues *self, const AmendsCase *complaint);
AmendsDues *amends_dues_ref (AmendsDues *self);
void amends_dues_unref (AmendsDues *self);

const AmendsClockPair *amends_dues_find (const AmendsDues *self, AmendsClockName clock);
const AmendsClockPair *amends_dues_get_owed (const AmendsDues *self);
gboolean amends_dues_is_late (const AmendsDues *self, const AmendsClockRow *row);
int amends_dues_count_left (const AmendsDues *self, const AmendsClockRow *row);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (AmendsDues, amends_dues_unref)

G_END_DECLS
