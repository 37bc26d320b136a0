/* amends-history-row.h: one record of what has happened
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>
#include <jansson.h>

#include "app/amends-session.h"

G_BEGIN_DECLS

#define AMENDS_TYPE_HISTORY_ROW (amends_history_row_get_type ())
G_DECLARE_FINAL_TYPE (AmendsHistoryRow, amends_history_row, AMENDS, HISTORY_ROW, AdwBin)

GtkWidget *amends_history_row_new (const AmendsCaseFile *file, const json_t *entry);
GtkWidget *amends_history_row_new_notice (const char *icon, const char *sentence);
const char *amends_history_row_get_event (AmendsHistoryRow *self);
gboolean amends_history_row_get_open (AmendsHistoryRow *self);
void amends_history_row_set_open (AmendsHistoryRow *self, gboolean is_open);
gboolean amends_history_row_grab (AmendsHistoryRow *self);

G_END_DECLS
