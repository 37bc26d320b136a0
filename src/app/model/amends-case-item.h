/* amends-case-item.h: a line of the list: a case, a draft, or the heading of a group
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "store/amends-store.h"

G_BEGIN_DECLS

/**
 * AmendsCaseItemKind:
 * @AMENDS_CASE_ITEM_HEADING: the name of a group, with how many it has
 * @AMENDS_CASE_ITEM_CASE: a case; its line may not have been read yet
 * @AMENDS_CASE_ITEM_DRAFT: what was kept for later
 */
typedef enum
{
  AMENDS_CASE_ITEM_HEADING,
  AMENDS_CASE_ITEM_CASE,
  AMENDS_CASE_ITEM_DRAFT,
} AmendsCaseItemKind;

#define AMENDS_TYPE_CASE_ITEM (amends_case_item_get_type ())
G_DECLARE_FINAL_TYPE (AmendsCaseItem, amends_case_item, AMENDS, CASE_ITEM, GObject)

AmendsCaseItem *amends_case_item_new_heading (const char *title, guint n_items);
AmendsCaseItem *amends_case_item_new_case (void);
AmendsCaseItem *amends_case_item_new_draft (const AmendsDraft *draft);
void amends_case_item_set_row (AmendsCaseItem *self, const AmendsCaseRow *row);

AmendsCaseItemKind amends_case_item_get_kind (AmendsCaseItem *self);
const AmendsId *amends_case_item_get_id (AmendsCaseItem *self);
gint64 amends_case_item_get_draft (AmendsCaseItem *self);
const json_t *amends_case_item_get_intake (AmendsCaseItem *self);
const char *amends_case_item_get_name (AmendsCaseItem *self);
const char *amends_case_item_get_place (AmendsCaseItem *self);
const char *amends_case_item_get_summary (AmendsCaseItem *self);
const char *amends_case_item_get_when (AmendsCaseItem *self);
const char *amends_case_item_get_sentence (AmendsCaseItem *self);
guint amends_case_item_get_n_conflicts (AmendsCaseItem *self);
guint amends_case_item_get_n_waiting (AmendsCaseItem *self);

G_END_DECLS
