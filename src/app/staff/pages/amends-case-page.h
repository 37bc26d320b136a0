/* amends-case-page.h: the file on one complaint, and what can be done with it
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "app/amends-session.h"

G_BEGIN_DECLS

#define AMENDS_TYPE_CASE_PAGE (amends_case_page_get_type ())
G_DECLARE_FINAL_TYPE (AmendsCasePage, amends_case_page, AMENDS, CASE_PAGE, AdwBin)

void amends_case_page_set_session (AmendsCasePage *self, AmendsSession *session);
void amends_case_page_open (AmendsCasePage *self, const AmendsId *id);
void amends_case_page_offer (AmendsCasePage *self, const AmendsDuty *duty);
void amends_case_page_go_on (AmendsCasePage *self, AmendsEventType act, gint64 draft);
void amends_case_page_close (AmendsCasePage *self);
gboolean amends_case_page_is_open (AmendsCasePage *self);
void amends_case_page_get_id (AmendsCasePage *self, AmendsId *ret_id);
void amends_case_page_set_folded (AmendsCasePage *self, gboolean is_folded);
AmendsDues *amends_case_page_get_dues (AmendsCasePage *self);
const char *amends_case_page_get_reference (AmendsCasePage *self);
const AmendsCaseFile *amends_case_page_get_file (AmendsCasePage *self);

G_END_DECLS
