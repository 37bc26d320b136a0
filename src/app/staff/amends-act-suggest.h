/* amends-act-suggest.h: the homes and the colleagues that there are, where the form of an act asks for one
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/staff/amends-act-field.h"

G_BEGIN_DECLS

void amends_act_suggest_homes (const GPtrArray *fields,
                               AmendsSession *session,
                               const AmendsCase *complaint);
void
amends_act_suggest_colleagues (AmendsActField *field, GtkListBox *list, const AmendsCaseFile *file);

G_END_DECLS
