/* amends-lock-key.h: the key that locks, in windows on top of the first
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void amends_lock_key_install (GtkWidgetClass *widget_class);

G_END_DECLS
