/* amends-pin-dialog.h: a member of staff sets the PIN by which kiosks know them
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "app/amends-session.h"

G_BEGIN_DECLS

#define AMENDS_TYPE_PIN_DIALOG (amends_pin_dialog_get_type ())
G_DECLARE_FINAL_TYPE (AmendsPinDialog, amends_pin_dialog, AMENDS, PIN_DIALOG, AdwWindow)

GtkWidget *amends_pin_dialog_new (AmendsSession *session, GtkWindow *parent);

G_END_DECLS
