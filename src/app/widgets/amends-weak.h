/* amends-weak.h: a widget that may be gone when an answer comes
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

gpointer amends_weak_new (gpointer object);
gpointer amends_weak_take (gpointer weak);

G_END_DECLS
