/* amends-handler-line.c: who has a case
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/staff/amends-handler-line.h"

#include <glib/gi18n.h>

#include "app/amends-act-words.h"
#include "app/amends-words.h"
#include "app/staff/amends-act-menu.h"
#include "app/widgets/amends-label.h"

struct _AmendsHandlerLine
{
  AdwBin parent_instance;

  GtkLabel *label;
  GtkButton *button;
};

G_DEFINE_FINAL_TYPE (AmendsHandlerLine, amends_handler_line, ADW_TYPE_BIN)

/* "Tamsin Roe, Scheme manager"; "" if nobody has it. */
static char *
describe_handler (const AmendsCaseFile *file, const char *field)
{
  const json_t *to = json_object_get (amends_case_get_value (file->complaint, field), "to");
  const char *name = json_string_value (json_object_get (to, "name"));
  const char *role = json_string_value (json_object_get (to, "role"));
  g_autofree char *isolated = amends_words_isolate (name);

  return amends_words_join (", ", isolated, amends_words_code ("role", role), NULL);
}

/**
 * amends_handler_line_set_file:
 * @file: (nullable): the case to show from now on
 * @is_read_only: whether nothing can be done here
 *
 * Of what is nobody's to take, as a compliment, it says nothing.
 */
void
amends_handler_line_set_file (AmendsHandlerLine *self,
                              const AmendsCaseFile *file,
                              gboolean is_read_only)
{
  gboolean is_stage_2 =
      file != NULL && g_str_equal (amends_case_get_stage (file->complaint), "stage-2");
  AmendsEventType act = is_stage_2 ? AMENDS_EVENT_CASE_STAGE2_ASSIGNED : AMENDS_EVENT_CASE_ASSIGNED;
  gboolean is_open = file != NULL && amends_act_menu_is_open (file, act);
  g_autofree char *handler =
      file != NULL ? describe_handler (file, is_stage_2 ? "stage2_assigned" : "assigned")
                   : g_strdup ("");
  g_autofree char *has_it = NULL;

  g_return_if_fail (AMENDS_IS_HANDLER_LINE (self));

  /* Translators: the name of a colleague and their role: who looks into a case, or into stage 2 of it. */
  has_it = g_strdup_printf (is_stage_2 ? _ ("Stage 2 is with %s") : _ ("With %s"), handler);
  gtk_label_set_text (self->label, *handler != '\0' ? has_it
                                   : is_stage_2     ? _ ("Nobody has stage 2 yet")
                                                    : _ ("Nobody has it yet"));
  gtk_widget_set_visible (GTK_WIDGET (self), *handler != '\0' || is_open);
  gtk_button_set_label (self->button, amends_act_words_title (act));
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->button), "s",
                                    amends_event_type_to_string (act));
  gtk_widget_set_visible (GTK_WIDGET (self->button), *handler == '\0' && is_open);
  gtk_widget_set_sensitive (GTK_WIDGET (self->button), !is_read_only);
}

static void
amends_handler_line_class_init (AmendsHandlerLineClass *klass)
{
}

static void
amends_handler_line_init (AmendsHandlerLine *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *image = gtk_image_new_from_icon_name ("avatar-default-symbolic");
  GtkWidget *button = gtk_button_new ();

  self->label = GTK_LABEL (amends_label_new ("", NULL));
  self->button = GTK_BUTTON (button);
  gtk_widget_add_css_class (image, "dim-label");
  gtk_widget_add_css_class (button, "flat");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "case.act");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", "");
  gtk_box_append (GTK_BOX (box), image);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->label));
  gtk_box_append (GTK_BOX (box), button);
  adw_bin_set_child (ADW_BIN (self), box);
}
