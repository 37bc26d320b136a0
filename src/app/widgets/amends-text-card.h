/* amends-text-card.h: room for a text of several lines
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define AMENDS_TYPE_TEXT_CARD (amends_text_card_get_type ())
G_DECLARE_FINAL_TYPE (AmendsTextCard, amends_text_card, AMENDS, TEXT_CARD, AdwBin)

GtkWidget *amends_text_card_new (const char *label, int height);
GtkTextView *amends_text_card_get_view (AmendsTextCard *self);
char *amends_text_card_dup_text (AmendsTextCard *self);
void amends_text_card_set_text (AmendsTextCard *self, const char *text);
void amends_text_card_append_text (AmendsTextCard *self, const char *text);

G_END_DECLS
