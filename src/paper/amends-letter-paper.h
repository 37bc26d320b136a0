/* amends-letter-paper.h: a letter as the pages that it will be
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <cairo.h>

#include "core/amends-letter.h"

G_BEGIN_DECLS

typedef struct _AmendsLetterPaper AmendsLetterPaper; /* of one thread */

AmendsLetterPaper *
amends_letter_paper_new (const AmendsLetter *letter, const char *text, guint print_size);
void amends_letter_paper_free (AmendsLetterPaper *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AmendsLetterPaper, amends_letter_paper_free)

guint amends_letter_paper_get_n_pages (const AmendsLetterPaper *self);
void amends_letter_paper_draw (const AmendsLetterPaper *self, cairo_t *cr, guint page);
GBytes *amends_letter_paper_to_pdf (const AmendsLetterPaper *self, GError **error);

G_END_DECLS
