/* amends-staff-page.h: the views, the list of one of them, and the case beside it
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "app/amends-session.h"
#include "app/staff/amends-sidebar.h"

G_BEGIN_DECLS

#define AMENDS_TYPE_STAFF_PAGE (amends_staff_page_get_type ())
G_DECLARE_FINAL_TYPE (AmendsStaffPage, amends_staff_page, AMENDS, STAFF_PAGE, AdwBin)

void amends_staff_page_set_session (AmendsStaffPage *self, AmendsSession *session);
void amends_staff_page_show_view (AmendsStaffPage *self, AmendsView view);
void amends_staff_page_open_case (AmendsStaffPage *self, const AmendsId *id, gboolean goes_there);
void amends_staff_page_close_case (AmendsStaffPage *self);
void amends_staff_page_clear (AmendsStaffPage *self);
void amends_staff_page_reload (AmendsStaffPage *self);
void amends_staff_page_find (AmendsStaffPage *self);
void amends_staff_page_act (AmendsStaffPage *self, const char *act);
void amends_staff_page_go_back (AmendsStaffPage *self);
void amends_staff_page_go_to_next_pane (AmendsStaffPage *self);
void amends_staff_page_toggle_sidebar (AmendsStaffPage *self);
void amends_staff_page_note_call (AmendsStaffPage *self);
void amends_staff_page_focus_case (AmendsStaffPage *self);
void amends_staff_page_focus_list (AmendsStaffPage *self);

gboolean amends_staff_page_get_case_id (AmendsStaffPage *self, AmendsId *ret_id);
AmendsDues *amends_staff_page_get_dues (AmendsStaffPage *self);
const char *amends_staff_page_get_reference (AmendsStaffPage *self);
const AmendsCaseFile *amends_staff_page_get_file (AmendsStaffPage *self);

G_END_DECLS
