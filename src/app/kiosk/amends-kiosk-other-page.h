/* amends-kiosk-other-page.h: a question is answered in another way than on its page
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "app/kiosk/amends-kiosk-flow.h"
#include "app/kiosk/amends-kiosk-shown.h"

G_BEGIN_DECLS

#define AMENDS_TYPE_KIOSK_OTHER_PAGE (amends_kiosk_other_page_get_type ())
G_DECLARE_DERIVABLE_TYPE (AmendsKioskOtherPage,
                          amends_kiosk_other_page,
                          AMENDS,
                          KIOSK_OTHER_PAGE,
                          GtkBox)

struct _AmendsKioskOtherPageClass
{
  GtkBoxClass parent_class;
};

void amends_kiosk_other_page_begin (AmendsKioskOtherPage *self,
                                    const AmendsKioskQuestion *question,
                                    const char *title,
                                    AmendsKioskShown *shown,
                                    const char *kind);
GBytes *amends_kiosk_other_page_nth (AmendsKioskOtherPage *self, guint i);
void amends_kiosk_other_page_add (AmendsKioskOtherPage *self, GBytes *file);
void amends_kiosk_other_page_remove (AmendsKioskOtherPage *self, guint i);
void amends_kiosk_other_page_say (AmendsKioskOtherPage *self, const char *said);
void amends_kiosk_other_page_say_changed (AmendsKioskOtherPage *self);

G_END_DECLS
