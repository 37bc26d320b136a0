/* amends-scan-dialog.h: the case of a form that came back
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "app/amends-session.h"

G_BEGIN_DECLS

#define AMENDS_TYPE_SCAN_DIALOG (amends_scan_dialog_get_type ())

G_DECLARE_FINAL_TYPE (AmendsScanDialog, amends_scan_dialog, AMENDS, SCAN_DIALOG, AdwWindow)

GtkWidget *amends_scan_dialog_new (AmendsSession *session, GtkWindow *parent);
void amends_scan_dialog_read (AmendsScanDialog *self, const char *path);

G_END_DECLS
