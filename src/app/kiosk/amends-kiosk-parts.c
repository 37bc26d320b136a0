/* amends-kiosk-parts.c: the parts of which the pages of a kiosk are made
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/kiosk/amends-kiosk-parts.h"

#include "app/kiosk/amends-kiosk-language.h"

#define GAP 14

/* ------------------------------------------------------------ texts */

/**
 * amends_kiosk_label:
 * @text: plain text
 * @css_class: how it looks
 *
 * Returns: (transfer floating): a label that wraps and begins where lines begin
 */
GtkWidget *
amends_kiosk_label (const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, css_class);
  return label;
}

/**
 * amends_kiosk_line:
 * @text: plain text that is not broken, such as a number
 * @css_class: how it looks
 *
 * Returns: (transfer floating): a label on one line
 */
GtkWidget *
amends_kiosk_line (const char *text, const char *css_class)
{
  GtkWidget *label = amends_kiosk_label (text, css_class);

  gtk_label_set_wrap (GTK_LABEL (label), FALSE);
  return label;
}

#define NAME "kiosk-name"

/**
 * amends_kiosk_set_name:
 * @name: what is said of @widget, by a screen reader and by the kiosk
 */
void
amends_kiosk_set_name (GtkWidget *widget, const char *name)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_object_set_data_full (G_OBJECT (widget), NAME, g_strdup (name), g_free);
}

/**
 * amends_kiosk_dup_name:
 * @widget: that has a name, or a label
 *
 * Returns: (transfer full): what is said of it, and whether it is chosen
 */
char *
amends_kiosk_dup_name (GtkWidget *widget)
{
  const char *name = g_object_get_data (G_OBJECT (widget), NAME);

  if (name == NULL && GTK_IS_BUTTON (widget))
    name = gtk_button_get_label (GTK_BUTTON (widget));
  if (name == NULL)
    name = "";
  if (GTK_IS_CHECK_BUTTON (widget) && gtk_check_button_get_active (GTK_CHECK_BUTTON (widget)))
    return g_strdup_printf ("%s. %s", name, K_ ("Chosen"));
  return g_strdup (name);
}

/* ------------------------------------------------------------ buttons */

/**
 * amends_kiosk_button:
 * @label: what it does
 * @css_class: (nullable): how it looks besides
 * @clicked: what is called with @owner last
 * @owner: a #GObject; once it is gone, nothing is called
 *
 * Returns: (transfer floating): a button as wide as there is room
 */
GtkWidget *
amends_kiosk_button (const char *label, const char *css_class, GCallback clicked, gpointer owner)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_widget_add_css_class (button, "plain");
  if (css_class != NULL)
    gtk_widget_add_css_class (button, css_class);
  gtk_widget_set_hexpand (button, TRUE);
  g_signal_connect_object (button, "clicked", clicked, owner, 0);
  return button;
}

/**
 * amends_kiosk_card:
 * @child: what stands on it
 * @name: what is said of it
 * @group: (nullable): another, of which one alone can be chosen; %NULL for none
 * @is_chosen: whether it is
 *
 * Returns: (transfer floating): a choice: all of it is felt
 */
GtkWidget *
amends_kiosk_card (GtkWidget *child, const char *name, GtkWidget *group, gboolean is_chosen)
{
  GtkWidget *button = gtk_check_button_new ();

  gtk_widget_set_valign (child, GTK_ALIGN_CENTER);
  gtk_widget_set_hexpand (child, TRUE);
  gtk_check_button_set_child (GTK_CHECK_BUTTON (button), child);
  gtk_check_button_set_group (GTK_CHECK_BUTTON (button), (GtkCheckButton *) group);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (button), is_chosen);
  gtk_widget_add_css_class (button, "card");
  amends_kiosk_set_name (button, name);
  return button;
}

/* How long a button that means something else now is not felt: the second of two touches was meant for what it was. */
#define MEANT_US (G_USEC_PER_SEC / 2)

static gint64 *
get_meant (GtkWidget *button)
{
  gint64 *since_us = g_object_get_data (G_OBJECT (button), "meant-since");

  if (since_us == NULL)
    {
      since_us = g_new0 (gint64, 1);
      g_object_set_data_full (G_OBJECT (button), "meant-since", since_us, g_free);
    }
  return since_us;
}

/**
 * amends_kiosk_set_meaning:
 * @label: (nullable): what @button does from now on, which it may have done before; %NULL for nothing: it is not seen
 *
 * For a button that does one thing after the other. It asks amends_kiosk_is_meant() before it does any.
 */
void
amends_kiosk_set_meaning (GtkWidget *button, const char *label)
{
  gboolean is_seen = gtk_widget_get_visible (button);

  if (label != NULL
      && (!is_seen || g_strcmp0 (gtk_button_get_label (GTK_BUTTON (button)), label) != 0))
    {
      gtk_button_set_label (GTK_BUTTON (button), label);
      *get_meant (button) = g_get_monotonic_time ();
    }
  gtk_widget_set_visible (button, label != NULL);
}

/**
 * amends_kiosk_is_meant:
 *
 * Returns: whether @button has meant the same for so long that whoever pressed it has seen what it is
 */
gboolean
amends_kiosk_is_meant (GtkWidget *button)
{
  return g_get_monotonic_time () - *get_meant (button) >= MEANT_US;
}

/* ------------------------------------------------------------ pages */

/**
 * amends_kiosk_make_page:
 * @box: that is a page from now on: one thing below the other
 */
void
amends_kiosk_make_page (GtkBox *box)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (box), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (box, GAP);
  gtk_widget_add_css_class (GTK_WIDGET (box), "page");
}

/**
 * amends_kiosk_spare:
 *
 * Returns: (transfer floating): what takes the room that is left above what can be touched, so that it is in reach
 */
GtkWidget *
amends_kiosk_spare (void)
{
  GtkWidget *spare = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_widget_set_vexpand (spare, TRUE);
  return spare;
}
