/* amends-test-letter.h: a letter of no case, to see what a printer makes of one
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "app/amends-session.h"
#include "paper/amends-letter-paper.h"

G_BEGIN_DECLS

AmendsLetterPaper *amends_test_letter_new (AmendsDay today);
void amends_test_letter_print (AmendsSession *session, GtkWindow *parent);

G_END_DECLS
