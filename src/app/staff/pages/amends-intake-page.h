/* amends-intake-page.h: taking a complaint while the person is talking
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "app/amends-session.h"

G_BEGIN_DECLS

#define AMENDS_TYPE_INTAKE_PAGE (amends_intake_page_get_type ())
G_DECLARE_FINAL_TYPE (AmendsIntakePage, amends_intake_page, AMENDS, INTAKE_PAGE, AdwBin)

void amends_intake_page_set_session (AmendsIntakePage *self, AmendsSession *session);
void amends_intake_page_begin (AmendsIntakePage *self, gint64 draft, const json_t *intake);
void amends_intake_page_begin_concern (AmendsIntakePage *self,
                                       const json_t *of,
                                       const char *scheme,
                                       const char *reference);
json_t *amends_intake_page_collect (AmendsIntakePage *self);
void amends_intake_page_flush (AmendsIntakePage *self);
gboolean amends_intake_page_is_unsaved (AmendsIntakePage *self);
gboolean amends_intake_page_has_aside (AmendsIntakePage *self);
gboolean amends_intake_page_has_unsaved (AmendsIntakePage *self);
gboolean amends_intake_page_may_give_way (AmendsIntakePage *self);
void amends_intake_page_save (AmendsIntakePage *self);
void amends_intake_page_set_aside (AmendsIntakePage *self);
json_t *amends_intake_page_take_aside (AmendsIntakePage *self);
void amends_intake_page_clear (AmendsIntakePage *self);

G_END_DECLS
