/* amends-act-suggest.c: the homes and the colleagues that there are, where the form of an act asks for one
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/staff/amends-act-suggest.h"

#include "app/staff/amends-act-form.h"
#include "app/staff/amends-offers.h"
#include "app/widgets/amends-text-card.h"

static void
keep_with (AmendsActField *field, AmendsOffers *offers)
{
  g_object_set_data_full (G_OBJECT (field->row), "offers", offers, g_object_unref);
}

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
 * amends_act_suggest_homes:
 * @fields: (element-type AmendsActField): of a form, with their rows in it
 * @session: where the homes are
 * @complaint: the case: those of its scheme are offered
 */
void
amends_act_suggest_homes (const GPtrArray *fields,
                          AmendsSession *session,
                          const AmendsCase *complaint)
{
  for (guint n = 0; n < fields->len; n++)
    {
      AmendsActField *field = g_ptr_array_index (fields, n);
      AmendsOffers *offers;

      if (field->kind != AMENDS_ACT_FIELD_LINE || !g_str_equal (field->path, "home"))
        continue;
      offers = amends_offers_new (field->row, GTK_WIDGET (field->problem), "go-home-symbolic");
      amends_offers_set_scheme (offers, amends_case_get_text (complaint, "scheme"));
      keep_with (field, offers);
      amends_session_list_places_async (session, places_cb, g_object_ref (offers));
    }
}

/**
 * amends_act_suggest_colleagues:
 * @field: of a form, with its row in it; passed over where it asks for nobody
 * @list: (nullable): where they are offered below a field of several lines
 * @file: the case: who there is
 *
 * Offered as one types, and never asked for: somebody outside may have it.
 */
void
amends_act_suggest_colleagues (AmendsActField *field, GtkListBox *list, const AmendsCaseFile *file)
{
  static const char icon_name[] = "avatar-default-symbolic";
  AmendsOffers *offers;

  if (!amends_act_form_is_colleague (field))
    return;
  if (list != NULL)
    offers = amends_offers_new_for_lines (amends_text_card_get_view (AMENDS_TEXT_CARD (field->row)),
                                          list, icon_name);
  else
    offers = amends_offers_new (field->row, GTK_WIDGET (field->problem), icon_name);
  amends_offers_set_names (offers, (const char *const *) file->colleagues);
  keep_with (field, offers);
}
