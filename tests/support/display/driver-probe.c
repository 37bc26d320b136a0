/* driver-probe.c: one widget of each kind, for the self-test of the driver
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Every widget writes what happened to it in the label "Status", so that the test can tell a
 * deed that was done from one that was only asked for. */

#include <adwaita.h>

static GtkLabel *status_label;
static GtkStack *page_stack;

static const char *const fruits[] = { "Apple", "Pear", "Quince", "Medlar", NULL };

static void
show_status (const char *kind, const char *value)
{
  g_autofree char *text = g_strdup_printf ("%s: %s", kind, value);

  gtk_label_set_text (status_label, text);
}

static void
entry_changed_cb (GtkEditable *editable)
{
  show_status ("name", gtk_editable_get_text (editable));
}

static void
password_changed_cb (GtkEditable *editable)
{
  show_status ("passphrase", gtk_editable_get_text (editable));
}

static void
text_changed_cb (GtkTextBuffer *buffer)
{
  g_autofree char *text = NULL;

  g_object_get (buffer, "text", &text, NULL);
  show_status ("notes", text);
}

static void
button_clicked_cb (GtkButton *button)
{
  show_status ("clicked", gtk_button_get_label (button));
}

static void
check_toggled_cb (GtkCheckButton *check)
{
  show_status ("agreed", gtk_check_button_get_active (check) ? "yes" : "no");
}

static void
switch_changed_cb (GtkSwitch *toggle)
{
  show_status ("switched", gtk_switch_get_active (toggle) ? "on" : "off");
}

static void
spin_changed_cb (GtkSpinButton *spin)
{
  g_autofree char *days = g_strdup_printf ("%d", gtk_spin_button_get_value_as_int (spin));

  show_status ("days", days);
}

static void
drop_down_changed_cb (GtkDropDown *drop_down)
{
  show_status ("fruit", fruits[gtk_drop_down_get_selected (drop_down)]);
}

static void
combo_changed_cb (AdwComboRow *combo)
{
  show_status ("preserve", fruits[adw_combo_row_get_selected (combo)]);
}

static void
list_activated_cb (GtkListView *list, guint position)
{
  show_status ("opened", fruits[position]);
}

static void
selection_changed_cb (GtkSingleSelection *selection)
{
  show_status ("selected", fruits[gtk_single_selection_get_selected (selection)]);
}

static void
row_activated_cb (AdwActionRow *row)
{
  show_status ("row", adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)));
}

static void
response_cb (AdwMessageDialog *dialog, const char *response)
{
  show_status ("answered", response);
}

static void
ask_clicked_cb (GtkButton *button)
{
  GtkWidget *dialog =
      adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (button))), "Remove it?",
                              "It is not removed in this test.");

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "keep", "_Keep", "remove",
                                    "_Remove", NULL);
  g_signal_connect (dialog, "response", G_CALLBACK (response_cb), NULL);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
menu_activated_cb (GSimpleAction *action)
{
  show_status ("menu", g_action_get_name (G_ACTION (action)));
}

static gboolean
answer_later_cb (gpointer data)
{
  show_status ("late", "here");
  return G_SOURCE_REMOVE;
}

static void
later_clicked_cb (void)
{
  g_timeout_add (150, answer_later_cb, NULL);
}

static void
turn_clicked_cb (void)
{
  gboolean is_first = g_strcmp0 (gtk_stack_get_visible_child_name (page_stack), "list") == 0;

  gtk_stack_set_visible_child_name (page_stack, is_first ? "other" : "list");
}

static void
setup_item_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  gtk_list_item_set_child (item, gtk_label_new (NULL));
}

/* A row has no name of its own in GTK 4.8: its widget gets the text as a label. */
static void
bind_item_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  GtkWidget *label = gtk_list_item_get_child (item);
  const char *text = gtk_string_object_get_string (gtk_list_item_get_item (item));

  gtk_label_set_text (GTK_LABEL (label), text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_parent (label)),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
}

static GtkWidget *
make_list (void)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkSingleSelection *selection =
      gtk_single_selection_new (G_LIST_MODEL (gtk_string_list_new (fruits)));
  GtkWidget *list;

  g_signal_connect (factory, "setup", G_CALLBACK (setup_item_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_item_cb), NULL);
  g_signal_connect (selection, "notify::selected", G_CALLBACK (selection_changed_cb), NULL);
  list = gtk_list_view_new (GTK_SELECTION_MODEL (selection), factory);
  g_signal_connect (list, "activate", G_CALLBACK (list_activated_cb), NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  "Fruit list", -1);
  return list;
}

static void
add_labelled (GtkBox *box, const char *text, GtkWidget *widget)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label = gtk_label_new_with_mnemonic (text);

  gtk_label_set_mnemonic_widget (GTK_LABEL (label), widget);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_RELATION_LABELLED_BY,
                                  label, NULL, -1);
  gtk_box_append (GTK_BOX (row), label);
  gtk_box_append (GTK_BOX (row), widget);
  gtk_box_append (box, row);
}

static void
add_entries (GtkBox *box)
{
  GtkWidget *entry = gtk_entry_new ();
  GtkWidget *password = gtk_password_entry_new ();
  GtkWidget *notes = gtk_text_view_new ();

  g_signal_connect (entry, "changed", G_CALLBACK (entry_changed_cb), NULL);
  add_labelled (box, "_Name", entry);
  g_signal_connect (password, "changed", G_CALLBACK (password_changed_cb), NULL);
  add_labelled (box, "_Passphrase", password);
  g_signal_connect (gtk_text_view_get_buffer (GTK_TEXT_VIEW (notes)), "changed",
                    G_CALLBACK (text_changed_cb), NULL);
  gtk_widget_set_hexpand (notes, TRUE);
  add_labelled (box, "N_otes", notes);
}

static void
add_button (GtkBox *box, const char *label, GCallback callback, gboolean is_sensitive)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  g_signal_connect (button, "clicked", callback, NULL);
  gtk_widget_set_sensitive (button, is_sensitive);
  gtk_box_append (box, button);
}

static void
add_buttons (GtkBox *box)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *menu_button = gtk_menu_button_new ();
  g_autoptr (GMenu) menu = g_menu_new ();

  add_button (GTK_BOX (row), "Save", G_CALLBACK (button_clicked_cb), TRUE);
  add_button (GTK_BOX (row), "Not Yet", G_CALLBACK (button_clicked_cb), FALSE);
  add_button (GTK_BOX (row), "Ask", G_CALLBACK (ask_clicked_cb), TRUE);
  add_button (GTK_BOX (row), "Later", G_CALLBACK (later_clicked_cb), TRUE);
  add_button (GTK_BOX (row), "Turn", G_CALLBACK (turn_clicked_cb), TRUE);

  g_menu_append (menu, "_Print", "app.print");
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (menu_button), G_MENU_MODEL (menu));
  gtk_accessible_update_property (GTK_ACCESSIBLE (menu_button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  "Menu", -1);
  gtk_box_append (GTK_BOX (row), menu_button);
  gtk_box_append (box, row);
}

static void
add_choices (GtkBox *box)
{
  GtkWidget *check = gtk_check_button_new_with_label ("I agree");
  GtkWidget *toggle = gtk_switch_new ();
  GtkWidget *spin = gtk_spin_button_new_with_range (0, 260, 1);
  GtkWidget *drop_down = gtk_drop_down_new_from_strings (fruits);

  g_signal_connect (check, "toggled", G_CALLBACK (check_toggled_cb), NULL);
  gtk_box_append (box, check);
  g_signal_connect (toggle, "notify::active", G_CALLBACK (switch_changed_cb), NULL);
  add_labelled (box, "_Reminders", toggle);
  g_signal_connect (spin, "value-changed", G_CALLBACK (spin_changed_cb), NULL);
  add_labelled (box, "_Days", spin);
  g_signal_connect (drop_down, "notify::selected", G_CALLBACK (drop_down_changed_cb), NULL);
  add_labelled (box, "_Fruit", drop_down);
}

static void
add_rows (GtkBox *box)
{
  GtkWidget *list = gtk_list_box_new ();
  GtkWidget *combo = adw_combo_row_new ();
  GtkWidget *row = adw_action_row_new ();
  g_autoptr (GtkStringList) model = gtk_string_list_new (fruits);

  gtk_widget_add_css_class (list, "boxed-list");
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (combo), "Preserve");
  adw_combo_row_set_model (ADW_COMBO_ROW (combo), G_LIST_MODEL (model));
  g_signal_connect (combo, "notify::selected", G_CALLBACK (combo_changed_cb), NULL);
  gtk_list_box_append (GTK_LIST_BOX (list), combo);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), "Open the jar");
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_signal_connect (row, "activated", G_CALLBACK (row_activated_cb), NULL);
  gtk_list_box_append (GTK_LIST_BOX (list), row);
  gtk_box_append (box, list);
}

static GtkWidget *
make_stack (void)
{
  page_stack = GTK_STACK (gtk_stack_new ());
  gtk_stack_add_named (page_stack, make_list (), "list");
  gtk_stack_add_named (page_stack, gtk_button_new_with_label ("On the Other Page"), "other");
  return GTK_WIDGET (page_stack);
}

static void
activate_cb (GtkApplication *app)
{
  GtkWidget *window = adw_application_window_new (app);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  status_label = GTK_LABEL (gtk_label_new ("nothing yet"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (status_label),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, "Status", -1);

  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  add_entries (GTK_BOX (box));
  add_buttons (GTK_BOX (box));
  add_choices (GTK_BOX (box));
  add_rows (GTK_BOX (box));
  gtk_box_append (GTK_BOX (box), make_stack ());
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (status_label));

  gtk_window_set_title (GTK_WINDOW (window), "Driver probe");
  gtk_window_set_default_size (GTK_WINDOW (window), 480, 720);
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (window), box);
  gtk_window_present (GTK_WINDOW (window));
}

int
main (int argc, char **argv)
{
  g_autoptr (AdwApplication) app =
      adw_application_new ("org.amends.DriverProbe", G_APPLICATION_NON_UNIQUE);
  g_autoptr (GSimpleAction) print = g_simple_action_new ("print", NULL);

  g_signal_connect (print, "activate", G_CALLBACK (menu_activated_cb), NULL);
  g_action_map_add_action (G_ACTION_MAP (app), G_ACTION (print));
  g_signal_connect (app, "activate", G_CALLBACK (activate_cb), NULL);
  return g_application_run (G_APPLICATION (app), argc, argv);
}
