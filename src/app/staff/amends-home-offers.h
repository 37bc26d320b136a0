/* amends-home-offers.h: the homes that there are, offered below the field in which one is typed
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define AMENDS_TYPE_HOME_OFFERS (amends_home_offers_get_type ())
G_DECLARE_FINAL_TYPE (AmendsHomeOffers, amends_home_offers, AMENDS, HOME_OFFERS, GObject)

AmendsHomeOffers *amends_home_offers_new (GtkListBox *list, GtkWidget *row, GtkWidget *after);
void amends_home_offers_set_homes (AmendsHomeOffers *self, GPtrArray *homes);
void amends_home_offers_set_scheme (AmendsHomeOffers *self, const char *scheme);
void amends_home_offers_hide (AmendsHomeOffers *self);

G_END_DECLS
