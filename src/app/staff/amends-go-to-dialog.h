/* amends-go-to-dialog.h: a reference, a name, a home, a page or an act is typed, and Return goes there
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "app/amends-session.h"

G_BEGIN_DECLS

#define AMENDS_TYPE_GO_TO_DIALOG (amends_go_to_dialog_get_type ())
G_DECLARE_FINAL_TYPE (AmendsGoToDialog, amends_go_to_dialog, AMENDS, GO_TO_DIALOG, AdwWindow)

GtkWidget *
amends_go_to_dialog_new (AmendsSession *session, const AmendsCaseFile *file, GtkWindow *parent);

G_END_DECLS
