/* amends-words-box.h: what a complaint is about, in the words of whoever made it
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "app/amends-session.h"

G_BEGIN_DECLS

#define AMENDS_TYPE_WORDS_BOX (amends_words_box_get_type ())
G_DECLARE_FINAL_TYPE (AmendsWordsBox, amends_words_box, AMENDS, WORDS_BOX, AdwBin)

void amends_words_box_set_file (AmendsWordsBox *self, const AmendsCaseFile *file);

G_END_DECLS
