/* amends-who-box.c: who of the register whoever complains may be, side by side
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * First what they wrote, then each who may be meant, with what is the same marked. Nothing is chosen beforehand. */

#include "config.h"

#include "app/staff/amends-who-box.h"

#include <glib/gi18n.h>

#include "app/amends-words.h"
#include "app/widgets/amends-columns.h"
#include "app/widgets/amends-label.h"
#include "store/amends-people.h"

/* @is_same: as they wrote it, which is said by a sign and in its name, and not by colour alone */
static void
add_fact (GtkBox *card, const char *text, gboolean is_same)
{
  GtkWidget *line, *label, *image;
  g_autofree char *isolated = NULL;

  if (text == NULL || *text == '\0')
    return;
  isolated = amends_words_isolate (text);
  label = amends_label_new (isolated, NULL);
  if (!is_same)
    {
      gtk_box_append (card, label);
      return;
    }
  line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  image = gtk_image_new_from_icon_name ("emblem-ok-symbolic");
  gtk_widget_set_valign (image, GTK_ALIGN_START);
  gtk_widget_add_css_class (image, "success");
  gtk_widget_set_tooltip_text (image, _ ("As they wrote it"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (image), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("As they wrote it"), -1);
  gtk_box_append (GTK_BOX (line), image);
  gtk_box_append (GTK_BOX (line), label);
  gtk_box_append (card, line);
}

static GtkWidget *
make_card (const char *title)
{
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);

  gtk_widget_add_css_class (card, "card");
  gtk_widget_add_css_class (card, "who");
  gtk_box_append (GTK_BOX (card), amends_label_new (title, "second", "small", NULL));
  return card;
}

static void
add_button (GtkBox *card, const char *label, const char *name, const char *action, const char *said)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_widget_set_valign (button, GTK_ALIGN_END);
  gtk_widget_set_vexpand (button, TRUE);
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  gtk_widget_set_margin_top (button, 6);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", said);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_box_append (card, button);
}

static GtkWidget *
make_written (const AmendsCase *complaint)
{
  const char *name = amends_case_get_text (complaint, "complainant.name");
  GtkWidget *card = make_card (_ ("They wrote"));

  add_fact (GTK_BOX (card), name, FALSE);
  add_fact (GTK_BOX (card), amends_case_get_text (complaint, "complainant.home"), FALSE);
  add_fact (GTK_BOX (card), amends_case_get_text (complaint, "complainant.language"), FALSE);
  add_button (GTK_BOX (card), _ ("None of these…"), _ ("None of these…"), "case.fits-none", name);
  return card;
}

static GtkWidget *
make_person (const AmendsPerson *person)
{
  g_autofree char *title = g_strdup_printf (_ ("In the register: %s"), person->reference);
  json_auto_t *preferred =
      person->preferred_contact != NULL ? json_string (person->preferred_contact) : NULL;
  g_autofree char *prefers =
      preferred != NULL ? amends_words_value ("complainant.preferred_contact", preferred) : NULL;
  g_autofree char *says =
      prefers != NULL ? g_strdup_printf (_ ("prefers to hear by: %s"), prefers) : NULL;
  g_autofree char *name = NULL;
  GtkWidget *card = make_card (title);

  /* Translators: said of somebody in the register; their name. */
  name = g_strdup_printf (_ ("This is them: %s"), person->name);
  add_fact (GTK_BOX (card), person->name, person->has_name);
  add_fact (GTK_BOX (card), person->home, person->has_home);
  add_fact (GTK_BOX (card), person->language, FALSE);
  add_fact (GTK_BOX (card), says, FALSE);
  add_button (GTK_BOX (card), _ ("This is them…"), name, "case.in-register", person->reference);
  return card;
}

/* Tab goes from one to the next, which it does not in a flow box. */
static GtkWidget *
make_columns (void)
{
  GtkWidget *columns = g_object_new (AMENDS_TYPE_COLUMNS, NULL);

  g_object_set (gtk_widget_get_layout_manager (columns), "equal", TRUE, "column-spacing", 9,
                "row-spacing", 9, "first-chars", 24, "second-chars", 24, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (columns), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Who is it?"), -1);
  return columns;
}

static void
add_beside (GtkWidget *columns, GtkWidget *card, guint place)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (columns);

  gtk_widget_set_parent (card, columns);
  g_object_set (gtk_layout_manager_get_layout_child (layout, card), "column", (int) place % 2,
                NULL);
}

/**
 * amends_who_box_new:
 * @file: a case of which somebody of the register may be the complainant
 */
GtkWidget *
amends_who_box_new (const AmendsCaseFile *file)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *columns = make_columns ();

  gtk_widget_set_vexpand (box, FALSE);
  gtk_box_append (GTK_BOX (box), amends_label_new (_ ("Who is it?"), "heading", NULL));
  add_beside (columns, make_written (file->complaint), 0);
  for (guint i = 0; i < file->people->len; i++)
    add_beside (columns, make_person (g_ptr_array_index (file->people, i)), i + 1);
  gtk_box_append (GTK_BOX (box), columns);
  return box;
}
