/* amends-compare-page.h: two versions of one fact, and a person who chooses
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "app/amends-session.h"

G_BEGIN_DECLS

#define AMENDS_TYPE_COMPARE_PAGE (amends_compare_page_get_type ())
G_DECLARE_FINAL_TYPE (AmendsComparePage, amends_compare_page, AMENDS, COMPARE_PAGE, AdwBin)

void amends_compare_page_set_session (AmendsComparePage *self, AmendsSession *session);
void amends_compare_page_open (AmendsComparePage *self, const AmendsId *id, const char *field);
void amends_compare_page_clear (AmendsComparePage *self);

G_END_DECLS
