/* amends-letter-box.h: what a letter must hold, and its words from what is recorded
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "app/amends-session.h"
#include "core/amends-letter.h"

G_BEGIN_DECLS

#define AMENDS_TYPE_LETTER_BOX (amends_letter_box_get_type ())
G_DECLARE_FINAL_TYPE (AmendsLetterBox, amends_letter_box, AMENDS, LETTER_BOX, AdwBin)

GtkWidget *amends_letter_box_new (AmendsSession *session,
                                  const AmendsCaseFile *file,
                                  AmendsLetterKind kind,
                                  const GPtrArray *fields);

G_END_DECLS
