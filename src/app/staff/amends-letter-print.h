/* amends-letter-print.h: a letter to a printer
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "app/amends-session.h"
#include "paper/amends-letter-paper.h"

G_BEGIN_DECLS

GtkPrintOperation *
amends_letter_print_new (AmendsLetterPaper *paper, const char *reference, AmendsSession *session);

G_END_DECLS
