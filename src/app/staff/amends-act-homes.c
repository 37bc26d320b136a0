/* amends-act-homes.c: the homes that there are, where the form of an act asks for one
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/staff/amends-act-homes.h"

#include "app/staff/amends-act-field.h"
#include "app/staff/amends-offers.h"

/* Without them a home is typed. */
static void
places_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (AmendsOffers) offers = user_data;
  g_autoptr (AmendsPlaces) places =
      amends_session_list_places_finish (AMENDS_SESSION (source), result, NULL);

  if (places != NULL)
    amends_offers_set_homes (offers, places->homes);
}

/**
 * amends_act_homes_offer:
 * @fields: (element-type AmendsActField): of a form, with their rows in it
 * @session: where the homes are
 * @complaint: the case: those of its scheme are offered
 */
void
amends_act_homes_offer (const GPtrArray *fields,
                        AmendsSession *session,
                        const AmendsCase *complaint)
{
  for (guint n = 0; n < fields->len; n++)
    {
      const AmendsActField *field = g_ptr_array_index (fields, n);
      AmendsOffers *offers;

      if (field->kind != AMENDS_ACT_FIELD_LINE || !g_str_equal (field->path, "home"))
        continue;
      offers = amends_offers_new (field->row, GTK_WIDGET (field->problem), "go-home-symbolic");
      amends_offers_set_scheme (offers, amends_case_get_text (complaint, "scheme"));
      g_object_set_data_full (G_OBJECT (field->row), "offers", offers, g_object_unref);
      amends_session_list_places_async (session, places_cb, g_object_ref (offers));
    }
}
