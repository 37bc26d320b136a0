/* amends-enrol-page.h: connecting this device to its server, once
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "app/amends-session.h"

G_BEGIN_DECLS

#define AMENDS_TYPE_ENROL_PAGE (amends_enrol_page_get_type ())
G_DECLARE_FINAL_TYPE (AmendsEnrolPage, amends_enrol_page, AMENDS, ENROL_PAGE, AdwBin)

void amends_enrol_page_set_session (AmendsEnrolPage *self, AmendsSession *session);

G_END_DECLS
