/* amends-why-page.h: why a due day is what it is
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "app/model/amends-dues.h"

G_BEGIN_DECLS

#define AMENDS_TYPE_WHY_PAGE (amends_why_page_get_type ())
G_DECLARE_FINAL_TYPE (AmendsWhyPage, amends_why_page, AMENDS, WHY_PAGE, AdwBin)

void amends_why_page_open (AmendsWhyPage *self,
                           AmendsDues *dues,
                           AmendsClockName clock,
                           const char *reference);
void amends_why_page_clear (AmendsWhyPage *self);

G_END_DECLS
