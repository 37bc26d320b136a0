/* amends-case-item.h: a line of the list of cases
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "store/amends-store.h"

G_BEGIN_DECLS

#define AMENDS_TYPE_CASE_ITEM (amends_case_item_get_type ())
G_DECLARE_FINAL_TYPE (AmendsCaseItem, amends_case_item, AMENDS, CASE_ITEM, GObject)

AmendsCaseItem *amends_case_item_new_case (void);
void amends_case_item_set_row (AmendsCaseItem *self, const AmendsCaseRow *row);

const AmendsId *amends_case_item_get_id (AmendsCaseItem *self);
const char *amends_case_item_get_name (AmendsCaseItem *self);
const char *amends_case_item_get_place (AmendsCaseItem *self);
const char *amends_case_item_get_summary (AmendsCaseItem *self);
const char *amends_case_item_get_when (AmendsCaseItem *self);
const char *amends_case_item_get_sentence (AmendsCaseItem *self);
gboolean amends_case_item_get_late (AmendsCaseItem *self);
guint amends_case_item_get_n_conflicts (AmendsCaseItem *self);
guint amends_case_item_get_n_waiting (AmendsCaseItem *self);

G_END_DECLS
