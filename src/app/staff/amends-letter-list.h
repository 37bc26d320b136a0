/* amends-letter-list.h: the letters that were drafted in a case, and where each stands
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "app/amends-session.h"
#include "core/amends-letter.h"

G_BEGIN_DECLS

#define AMENDS_TYPE_LETTER_LIST (amends_letter_list_get_type ())
G_DECLARE_FINAL_TYPE (AmendsLetterList, amends_letter_list, AMENDS, LETTER_LIST, AdwBin)

void amends_letter_list_set_file (AmendsLetterList *self, const AmendsCaseFile *file);

GtkWidget *amends_letter_list_open (AmendsSession *session,
                                    const AmendsCaseFile *file,
                                    const char *draft,
                                    GtkWindow *parent);

G_END_DECLS
