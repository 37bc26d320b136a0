/* amends-sign-in-page.h: opening what is on this device, without a network
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "app/amends-session.h"

G_BEGIN_DECLS

#define AMENDS_TYPE_SIGN_IN_PAGE (amends_sign_in_page_get_type ())
G_DECLARE_FINAL_TYPE (AmendsSignInPage, amends_sign_in_page, AMENDS, SIGN_IN_PAGE, AdwBin)

void amends_sign_in_page_set_session (AmendsSignInPage *self, AmendsSession *session);

G_END_DECLS
