/* amends-act-dialog.h: the small form of one act on a case
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "app/amends-session.h"

G_BEGIN_DECLS

#define AMENDS_TYPE_ACT_DIALOG (amends_act_dialog_get_type ())
G_DECLARE_FINAL_TYPE (AmendsActDialog, amends_act_dialog, AMENDS, ACT_DIALOG, AdwWindow)

GtkWidget *amends_act_dialog_new (AmendsSession *session,
                                  const AmendsCaseFile *file,
                                  AmendsEventType act,
                                  const json_t *beginning,
                                  GtkWindow *parent);
void amends_act_dialog_go_on (AmendsActDialog *self, gint64 draft);

G_END_DECLS
