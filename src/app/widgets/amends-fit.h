/* amends-fit.h: a child that has a narrow form, and takes it where the other does not fit
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define AMENDS_TYPE_FIT (amends_fit_get_type ())
G_DECLARE_FINAL_TYPE (AmendsFit, amends_fit, AMENDS, FIT, GtkWidget)

gboolean amends_fit_get_narrow (AmendsFit *self);

G_END_DECLS
