/* amends-import-window.h: what a landlord has already comes from a spreadsheet
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "app/amends-session.h"

G_BEGIN_DECLS

#define AMENDS_TYPE_IMPORT_WINDOW (amends_import_window_get_type ())
G_DECLARE_FINAL_TYPE (AmendsImportWindow, amends_import_window, AMENDS, IMPORT_WINDOW, AdwWindow)

GtkWidget *amends_import_window_new (AmendsSession *session, const char *kind, GtkWindow *parent);

G_END_DECLS
