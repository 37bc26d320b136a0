/* amends-paper-view.h: a letter as the pages that it will be, one under the other
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "paper/amends-letter-paper.h"

G_BEGIN_DECLS

#define AMENDS_TYPE_PAPER_VIEW (amends_paper_view_get_type ())
G_DECLARE_FINAL_TYPE (AmendsPaperView, amends_paper_view, AMENDS, PAPER_VIEW, GtkWidget)

void amends_paper_view_take_paper (AmendsPaperView *self, AmendsLetterPaper *paper);

G_END_DECLS
