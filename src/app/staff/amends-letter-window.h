/* amends-letter-window.h: a letter as it will be, to be looked at, printed and kept
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "app/amends-session.h"
#include "app/staff/amends-letter-sheet.h"

G_BEGIN_DECLS

#define AMENDS_TYPE_LETTER_WINDOW (amends_letter_window_get_type ())
G_DECLARE_FINAL_TYPE (AmendsLetterWindow, amends_letter_window, AMENDS, LETTER_WINDOW, AdwWindow)

GtkWidget *amends_letter_window_new (AmendsSession *session,
                                     AmendsLetterSheet *sheet,
                                     const char *text,
                                     GtkWindow *parent);
void
amends_letter_window_set_next (AmendsLetterWindow *self, const char *sentence, AmendsEventType act);
void amends_letter_window_set_sent (AmendsLetterWindow *self);
void amends_letter_window_print (AmendsLetterWindow *self,
                                 GtkPrintOperationAction action,
                                 const char *export_path);
void amends_letter_window_record (AmendsLetterWindow *self, const char *path);

G_END_DECLS
