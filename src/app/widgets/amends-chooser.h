/* amends-chooser.h: a window asks for a file, one at a time
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef void (*AmendsChosen) (GtkWindow *window, GFile *file);

GtkFileChooser *amends_chooser_new (GtkWindow *window,
                                    const char *title,
                                    GtkFileChooserAction action,
                                    const char *accept,
                                    AmendsChosen chosen);
void amends_chooser_add_filter (GtkFileChooser *self, const char *name, const char *ending);
void amends_chooser_show (GtkFileChooser *self);

G_END_DECLS
