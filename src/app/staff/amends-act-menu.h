/* amends-act-menu.h: what can be done with a case now, as a menu
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "app/amends-act-words.h"
#include "app/amends-session.h"

G_BEGIN_DECLS

gboolean amends_act_menu_is_open (const AmendsCaseFile *file, AmendsEventType type);
GMenuModel *amends_act_menu_new (const AmendsCaseFile *file,
                                 AmendsActGroup first,
                                 AmendsActGroup last,
                                 AmendsEventType without);

void amends_act_menu_set (GtkMenuButton *button, GMenuModel *menu);

G_END_DECLS
