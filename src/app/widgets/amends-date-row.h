/* amends-date-row.h: a day that is typed or picked
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "core/amends-day.h"

G_BEGIN_DECLS

#define AMENDS_TYPE_DATE_ROW (amends_date_row_get_type ())
G_DECLARE_FINAL_TYPE (AmendsDateRow, amends_date_row, AMENDS, DATE_ROW, AdwEntryRow)

void amends_date_row_set_time (AmendsDateRow *self, GtkEditable *time);
void amends_date_row_set_day (AmendsDateRow *self, AmendsDay day);
char *amends_date_row_dup_text (AmendsDateRow *self);
void amends_date_row_set_text (AmendsDateRow *self, const char *text);

G_END_DECLS
