/* amends-owed-card.h: what is owed next, by both verdicts, and the act that does it
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "app/amends-session.h"

G_BEGIN_DECLS

#define AMENDS_TYPE_OWED_CARD (amends_owed_card_get_type ())
G_DECLARE_FINAL_TYPE (AmendsOwedCard, amends_owed_card, AMENDS, OWED_CARD, AdwBin)

void
amends_owed_card_set_file (AmendsOwedCard *self, const AmendsCaseFile *file, gboolean is_read_only);
void amends_owed_card_clear (AmendsOwedCard *self);
void amends_owed_card_focus (AmendsOwedCard *self, gboolean prefers_owed);

G_END_DECLS
