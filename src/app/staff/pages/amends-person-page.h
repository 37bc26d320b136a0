/* amends-person-page.h: who complains: how to treat them rightly, and what may be said to whom
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "app/amends-session.h"

G_BEGIN_DECLS

#define AMENDS_TYPE_PERSON_PAGE (amends_person_page_get_type ())
G_DECLARE_FINAL_TYPE (AmendsPersonPage, amends_person_page, AMENDS, PERSON_PAGE, AdwBin)

void amends_person_page_set_session (AmendsPersonPage *self, AmendsSession *session);
void amends_person_page_open (AmendsPersonPage *self, const AmendsId *id);
void amends_person_page_clear (AmendsPersonPage *self);

G_END_DECLS
