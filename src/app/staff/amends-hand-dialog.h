/* amends-hand-dialog.h: records are carried to head office on a stick
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "app/amends-session.h"

G_BEGIN_DECLS

#define AMENDS_TYPE_HAND_DIALOG (amends_hand_dialog_get_type ())
G_DECLARE_FINAL_TYPE (AmendsHandDialog, amends_hand_dialog, AMENDS, HAND_DIALOG, AdwWindow)

GtkWidget *amends_hand_dialog_new (AmendsSession *session, GtkWindow *parent);

G_END_DECLS
