/* amends-act-menu.c: what can be done with a case now, as a menu
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What would be refused is not offered: it stands, with its reason, among what is not open yet. */

#include "config.h"

#include "app/staff/amends-act-menu.h"

#include <glib/gi18n.h>

/* Whether the state of the case lets it be. */
gboolean
amends_act_menu_is_open (const AmendsCaseFile *file, AmendsEventType type)
{
  if (type == AMENDS_EVENT_CASE_MOVED && file->goals->len == 0)
    return FALSE; /* there is nowhere to choose */
  for (guint i = 0; i < file->answers->len; i++)
    {
      const AmendsActAnswer *answer = g_ptr_array_index (file->answers, i);

      if (answer->type == type)
        return answer->is_open;
    }
  return FALSE;
}

static GMenu *
make_section (const AmendsCaseFile *file, AmendsActGroup group, AmendsEventType without)
{
  GMenu *section = g_menu_new ();
  guint n_acts;
  const AmendsActWords *acts = amends_act_words_get_all (&n_acts);

  for (guint i = 0; i < n_acts; i++)
    {
      g_autofree char *label = NULL;
      g_autofree char *action = NULL;

      if (acts[i].group != group || acts[i].type == without
          || !amends_act_menu_is_open (file, acts[i].type))
        continue;
      /* Translators: what can be done, in a menu; a form follows. */
      label = g_strdup_printf (_ ("%s…"), _ (acts[i].title));
      action = g_strdup_printf ("case.act::%s", amends_event_type_to_string (acts[i].type));
      g_menu_append (section, label, action);
    }
  return section;
}

/**
 * amends_act_menu_new:
 * @first: the first group of acts
 * @last: the last
 * @without: an act that stands elsewhere; %AMENDS_EVENT_UNKNOWN for none
 *
 * Returns: (transfer full): a section for each group that has an open act; some under a title of their
 * own
 */
GMenuModel *
amends_act_menu_new (const AmendsCaseFile *file,
                     AmendsActGroup first,
                     AmendsActGroup last,
                     AmendsEventType without)
{
  GMenu *menu = g_menu_new ();

  for (int group = (int) first; group <= (int) last; group++)
    {
      g_autoptr (GMenu) section = make_section (file, (AmendsActGroup) group, without);

      const char *title = amends_act_words_group ((AmendsActGroup) group);

      if (g_menu_model_get_n_items (G_MENU_MODEL (section)) == 0)
        continue;
      g_menu_append_section (menu, title, G_MENU_MODEL (section));
    }
  return G_MENU_MODEL (menu);
}

static gboolean
has_same_attributes (GMenuModel *a, GMenuModel *b, int item)
{
  static const char *const names[] = { G_MENU_ATTRIBUTE_LABEL, G_MENU_ATTRIBUTE_ACTION,
                                       G_MENU_ATTRIBUTE_TARGET };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GVariant) of_a = g_menu_model_get_item_attribute_value (a, item, names[i], NULL);
      g_autoptr (GVariant) of_b = g_menu_model_get_item_attribute_value (b, item, names[i], NULL);

      if ((of_a == NULL) != (of_b == NULL) || (of_a != NULL && !g_variant_equal (of_a, of_b)))
        return FALSE;
    }
  return TRUE;
}

static gboolean
is_same (GMenuModel *a, GMenuModel *b)
{
  int n_items = g_menu_model_get_n_items (a);

  if (n_items != g_menu_model_get_n_items (b))
    return FALSE;
  for (int item = 0; item < n_items; item++)
    {
      g_autoptr (GMenuModel) of_a = g_menu_model_get_item_link (a, item, G_MENU_LINK_SECTION);
      g_autoptr (GMenuModel) of_b = g_menu_model_get_item_link (b, item, G_MENU_LINK_SECTION);

      if (!has_same_attributes (a, b, item) || (of_a == NULL) != (of_b == NULL)
          || (of_a != NULL && !is_same (of_a, of_b)))
        return FALSE;
    }
  return TRUE;
}

/**
 * amends_act_menu_set:
 * @menu: what @button opens from now on
 *
 * A menu with other acts than before closes. One with the same stays as it is, so that what comes from head office
 * takes no menu away from whoever is choosing.
 */
void
amends_act_menu_set (GtkMenuButton *button, GMenuModel *menu)
{
  GMenuModel *before = gtk_menu_button_get_menu_model (button);

  if (before == NULL || !is_same (before, menu))
    gtk_menu_button_set_menu_model (button, menu);
}
