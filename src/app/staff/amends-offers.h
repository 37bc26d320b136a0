/* amends-offers.h: the homes or the colleagues that there are, offered below the field in which one is typed
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define AMENDS_TYPE_OFFERS (amends_offers_get_type ())
G_DECLARE_FINAL_TYPE (AmendsOffers, amends_offers, AMENDS, OFFERS, GObject)

AmendsOffers *amends_offers_new (GtkWidget *row, GtkWidget *after, const char *icon_name);
AmendsOffers *
amends_offers_new_for_lines (GtkTextView *view, GtkListBox *list, const char *icon_name);
void amends_offers_set_names (AmendsOffers *self, const char *const *names);
void amends_offers_set_homes (AmendsOffers *self, GPtrArray *homes);
void amends_offers_set_scheme (AmendsOffers *self, const char *scheme);
void amends_offers_hide (AmendsOffers *self);

G_END_DECLS
