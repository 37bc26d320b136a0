/* amends-act-homes.h: the homes that there are, where the form of an act asks for one
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/amends-session.h"

G_BEGIN_DECLS

void amends_act_homes_offer (const GPtrArray *fields,
                             AmendsSession *session,
                             const AmendsCase *complaint);

G_END_DECLS
