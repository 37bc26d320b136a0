/* amends-adjustment-editor.c: what would make it easier, as chips, and a list to add from
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/staff/amends-adjustment-editor.h"

#include <glib/gi18n.h>

#include "app/amends-words.h"
#include "core/amends-codes.h"

struct _AmendsAdjustmentEditor
{
  GtkListBoxRow parent_instance;

  json_t *adjustments;    /* (owned): as an intake has them */
  GtkWidget *empty_label; /* from the template, as all below */
  GtkFlowBox *chips;
  GtkMenuButton *add_button;
  GtkSearchEntry *search_entry;
  GtkListBox *needs;
  GtkEditable *detail_entry;
  GtkWidget *detail_problem;
  GtkWidget *take_button;
};

G_DEFINE_FINAL_TYPE (AmendsAdjustmentEditor, amends_adjustment_editor, GTK_TYPE_LIST_BOX_ROW)

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void show_chips (AmendsAdjustmentEditor *self);

/* ---------------------------------------------------------------- chips */

static char *
describe (const json_t *adjustment)
{
  const char *need = json_string_value (json_object_get (adjustment, "need"));
  const char *detail = json_string_value (json_object_get (adjustment, "detail"));

  return amends_words_join (", ", amends_words_code ("adjustment", need),
                            detail != NULL ? detail : "", NULL);
}

static void
remove_chip_cb (AmendsAdjustmentEditor *self, GtkWidget *button)
{
  GtkWidget *chip = gtk_widget_get_ancestor (button, GTK_TYPE_FLOW_BOX_CHILD);

  json_array_remove (self->adjustments,
                     (gsize) gtk_flow_box_child_get_index (GTK_FLOW_BOX_CHILD (chip)));
  show_chips (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->add_button));
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static GtkWidget *
make_chip (AmendsAdjustmentEditor *self, const json_t *adjustment)
{
  g_autofree char *text = describe (adjustment);
  g_autofree char *sentence = g_strdup_printf (_ ("Take away: %s"), text);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *label = gtk_label_new (text);
  GtkWidget *button = gtk_button_new_from_icon_name ("window-close-symbolic");
  GtkWidget *child = gtk_flow_box_child_new ();

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 36);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "circular");
  gtk_widget_set_tooltip_text (button, sentence);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, sentence,
                                  -1);
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (remove_chip_cb), self);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), button);
  gtk_widget_add_css_class (box, "chip");
  gtk_flow_box_child_set_child (GTK_FLOW_BOX_CHILD (child), box);
  gtk_widget_set_focusable (child, FALSE);
  gtk_widget_set_halign (child, GTK_ALIGN_START);
  return child;
}

static void
show_chips (AmendsAdjustmentEditor *self)
{
  GtkWidget *child;
  gsize i;
  json_t *adjustment;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->chips))) != NULL)
    gtk_flow_box_remove (self->chips, child);
  json_array_foreach (self->adjustments, i, adjustment)
    gtk_flow_box_append (self->chips, make_chip (self, adjustment));
  gtk_widget_set_visible (self->empty_label, json_array_size (self->adjustments) == 0);
}

/* ---------------------------------------------------------------- adding */

static const AmendsCode *
code_of (GtkListBoxRow *row)
{
  return row != NULL ? g_object_get_data (G_OBJECT (row), "code") : NULL;
}

static gboolean
filter_cb (GtkListBoxRow *row, gpointer user_data)
{
  AmendsAdjustmentEditor *self = user_data;
  const char *label = amends_words_code ("adjustment", code_of (row)->code);

  return g_str_match_string (gtk_editable_get_text (GTK_EDITABLE (self->search_entry)), label,
                             TRUE);
}

static void
search_cb (AmendsAdjustmentEditor *self)
{
  gtk_list_box_invalidate_filter (self->needs);
}

static void
chosen_cb (AmendsAdjustmentEditor *self)
{
  gtk_widget_set_sensitive (self->take_button, gtk_list_box_get_selected_row (self->needs) != NULL);
  gtk_widget_set_visible (self->detail_problem, FALSE);
}

static void
activated_cb (AmendsAdjustmentEditor *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->detail_entry));
}

static void
take_cb (AmendsAdjustmentEditor *self)
{
  const AmendsCode *code = code_of (gtk_list_box_get_selected_row (self->needs));
  g_autofree char *detail = g_strstrip (g_strdup (gtk_editable_get_text (self->detail_entry)));
  json_t *adjustment;

  if (code == NULL)
    return;
  if (code->needs_detail && *detail == '\0')
    {
      gtk_widget_set_visible (self->detail_problem, TRUE);
      gtk_widget_grab_focus (GTK_WIDGET (self->detail_entry));
      return;
    }
  adjustment = json_pack ("{s:s}", "need", code->code);
  if (*detail != '\0')
    json_object_set_new (adjustment, "detail", json_string (detail));
  json_array_append_new (self->adjustments, adjustment);
  show_chips (self);
  gtk_menu_button_popdown (self->add_button);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
opening_cb (AmendsAdjustmentEditor *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search_entry), "");
  gtk_editable_set_text (self->detail_entry, "");
  gtk_list_box_unselect_all (self->needs);
  chosen_cb (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->search_entry));
}

static void
fill_needs (AmendsAdjustmentEditor *self)
{
  const AmendsCodeList *list = amends_codes_get_list ("adjustment");

  for (int is_common = TRUE; is_common >= FALSE; is_common--)
    for (guint i = 0; i < list->n_codes; i++)
      {
        const AmendsCode *code = &list->codes[i];
        GtkWidget *row, *label;

        if (code->is_common != is_common)
          continue;
        row = gtk_list_box_row_new ();
        label = gtk_label_new (amends_codes_get_label (list, code->code));
        gtk_label_set_xalign (GTK_LABEL (label), 0);
        gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), label);
        gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                        amends_codes_get_label (list, code->code), -1);
        g_object_set_data (G_OBJECT (row), "code", (gpointer) code);
        gtk_list_box_append (self->needs, row);
      }
  gtk_list_box_set_filter_func (self->needs, filter_cb, self, NULL);
}

/* ---------------------------------------------------------------- object */

static void
amends_adjustment_editor_dispose (GObject *object)
{
  AmendsAdjustmentEditor *self = AMENDS_ADJUSTMENT_EDITOR (object);

  /* The list loses its selection as it goes, when the other children may have gone before it. */
  if (self->needs != NULL)
    g_signal_handlers_disconnect_by_data (self->needs, self);
  self->needs = NULL;
  G_OBJECT_CLASS (amends_adjustment_editor_parent_class)->dispose (object);
}

static void
amends_adjustment_editor_finalize (GObject *object)
{
  json_decref (AMENDS_ADJUSTMENT_EDITOR (object)->adjustments);
  G_OBJECT_CLASS (amends_adjustment_editor_parent_class)->finalize (object);
}

static void
amends_adjustment_editor_class_init (AmendsAdjustmentEditorClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = amends_adjustment_editor_dispose;
  G_OBJECT_CLASS (klass)->finalize = amends_adjustment_editor_finalize;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", AMENDS_TYPE_ADJUSTMENT_EDITOR,
                                          G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/amends/Amends/staff/amends-adjustment-editor.ui");
  gtk_widget_class_bind_template_child (widget_class, AmendsAdjustmentEditor, empty_label);
  gtk_widget_class_bind_template_child (widget_class, AmendsAdjustmentEditor, chips);
  gtk_widget_class_bind_template_child (widget_class, AmendsAdjustmentEditor, add_button);
  gtk_widget_class_bind_template_child (widget_class, AmendsAdjustmentEditor, search_entry);
  gtk_widget_class_bind_template_child (widget_class, AmendsAdjustmentEditor, needs);
  gtk_widget_class_bind_template_child (widget_class, AmendsAdjustmentEditor, detail_entry);
  gtk_widget_class_bind_template_child (widget_class, AmendsAdjustmentEditor, detail_problem);
  gtk_widget_class_bind_template_child (widget_class, AmendsAdjustmentEditor, take_button);
  gtk_widget_class_bind_template_callback (widget_class, search_cb);
  gtk_widget_class_bind_template_callback (widget_class, chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, take_cb);
  gtk_widget_class_bind_template_callback (widget_class, opening_cb);
}

static void
amends_adjustment_editor_init (AmendsAdjustmentEditor *self)
{
  self->adjustments = json_array ();
  gtk_widget_init_template (GTK_WIDGET (self));
  fill_needs (self);
  show_chips (self);
}

/* (transfer full): as an intake has them in "adjustments". */
json_t *
amends_adjustment_editor_collect (AmendsAdjustmentEditor *self)
{
  g_return_val_if_fail (AMENDS_IS_ADJUSTMENT_EDITOR (self), NULL);

  return json_deep_copy (self->adjustments);
}

/* @adjustments: (nullable) */
void
amends_adjustment_editor_load (AmendsAdjustmentEditor *self, const json_t *adjustments)
{
  g_return_if_fail (AMENDS_IS_ADJUSTMENT_EDITOR (self));

  json_decref (self->adjustments);
  self->adjustments = json_is_array (adjustments) ? json_deep_copy (adjustments) : json_array ();
  show_chips (self);
}
