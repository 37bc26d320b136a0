/* amends-facts-box.h: how a case came, and who recorded it
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "app/amends-session.h"

G_BEGIN_DECLS

#define AMENDS_TYPE_FACTS_BOX (amends_facts_box_get_type ())
G_DECLARE_FINAL_TYPE (AmendsFactsBox, amends_facts_box, AMENDS, FACTS_BOX, AdwBin)

void amends_facts_box_set_file (AmendsFactsBox *self, const AmendsCaseFile *file);

G_END_DECLS
