/* amends-today-page.h: what must be done now, and by whom
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "app/amends-session.h"
#include "app/staff/amends-duty-line.h"

G_BEGIN_DECLS

#define AMENDS_TYPE_TODAY_PAGE (amends_today_page_get_type ())
G_DECLARE_FINAL_TYPE (AmendsTodayPage, amends_today_page, AMENDS, TODAY_PAGE, AdwBin)

void amends_today_page_set_session (AmendsTodayPage *self, AmendsSession *session);
void amends_today_page_set_form (AmendsTodayPage *self, AmendsDutyForm form);
void amends_today_page_reload (AmendsTodayPage *self);
gboolean amends_today_page_focus (AmendsTodayPage *self, const AmendsId *id);
void amends_today_page_select (AmendsTodayPage *self, const AmendsId *id);
const AmendsWork *amends_today_page_get_work (AmendsTodayPage *self);
guint amends_today_page_count (AmendsTodayPage *self);

G_END_DECLS
