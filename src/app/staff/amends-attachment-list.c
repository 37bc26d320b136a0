/* amends-attachment-list.c: what is attached to a case, and how far it has come
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/staff/amends-attachment-list.h"

#include <glib/gi18n.h>

#include "app/amends-words.h"
#include "app/widgets/amends-label.h"
#include "core/amends-instant.h"

struct _AmendsAttachmentList
{
  AdwBin parent_instance;

  GtkListBox *list;
  GtkLabel *said; /* what could not be taken, and why */
};

G_DEFINE_FINAL_TYPE (AmendsAttachmentList, amends_attachment_list, ADW_TYPE_BIN)

static const char *
text_of (const json_t *attachment, const char *key)
{
  const char *text = json_string_value (json_object_get (attachment, key));

  return text != NULL ? text : "";
}

static gint64
number_of (const json_t *attachment, const char *key)
{
  return json_integer_value (json_object_get (attachment, key));
}

static gboolean
is_in_state (const json_t *attachment, const char *state)
{
  return g_str_equal (text_of (attachment, "state"), state);
}

static char *
describe_state (const json_t *attachment)
{
  gint64 at = 0;

  if (is_in_state (attachment, "sending"))
    return g_strdup_printf (
        /* Translators: an attachment on its way to head office. */
        _ ("%d %% sent"),
        (int) (100 * number_of (attachment, "there") / MAX (number_of (attachment, "parts"), 1)));
  if (is_in_state (attachment, "waiting"))
    return g_strdup (_ ("waiting to be sent"));
  if (is_in_state (attachment, "arriving"))
    return g_strdup_printf (_ ("%d of %d parts have arrived"), (int) number_of (attachment, "here"),
                            (int) number_of (attachment, "parts"));
  if (is_in_state (attachment, "large"))
    return g_strdup (_ ("large: not fetched yet"));
  if (is_in_state (attachment, "to-fetch"))
    return g_strdup (_ ("has not arrived yet"));
  if (is_in_state (attachment, "unopenable"))
    return g_strdup (_ ("cannot be opened on any device: ask for the file again"));
  if (amends_instant_parse (text_of (attachment, "there_at"), &at, NULL))
    {
      g_autofree char *since = amends_words_instant (at);

      return g_strdup_printf (_ ("safe at head office since %s"), since);
    }
  return g_strdup ("");
}

/**
 * amends_attachment_list_describe:
 * @attachment: one of amends_store_attachments_to_json()
 *
 * Returns: (transfer full): "Photograph · 2.1 MB · waiting to be sent"
 */
char *
amends_attachment_list_describe (const json_t *attachment)
{
  g_autofree char *size = g_format_size ((guint64) number_of (attachment, "size"));
  g_autofree char *state = describe_state (attachment);
  const json_t *about = json_object_get (attachment, "third_party");
  gboolean is_of_others = json_is_true (about) || json_is_string (about);

  return amends_words_join (" · ",
                            amends_words_code ("attachment-what", text_of (attachment, "what")),
                            size, state, is_of_others ? _ ("tells of somebody else") : "", NULL);
}

static const char *
get_icon (const json_t *attachment)
{
  static const struct
  {
    const char *what;
    const char *icon;
  } icons[] = {
    { "photograph", "image-x-generic-symbolic" },
    { "scan", "scanner-symbolic" },
    { "recording", "audio-x-generic-symbolic" },
    { "video", "video-x-generic-symbolic" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (icons); i++)
    if (g_str_equal (icons[i].what, text_of (attachment, "what")))
      return icons[i].icon;
  return "text-x-generic-symbolic";
}

static double
get_fraction (const json_t *attachment)
{
  double n_parts = (double) MAX (number_of (attachment, "parts"), 1);

  return (double) number_of (attachment, is_in_state (attachment, "sending") ? "there" : "here")
         / n_parts;
}

static GtkWidget *
make_button (const json_t *attachment, const char *name)
{
  gboolean is_whole = is_in_state (attachment, "held") || is_in_state (attachment, "waiting")
                      || is_in_state (attachment, "sending");
  g_autofree char *label =
      g_strdup_printf (is_whole ? _ ("Open %s outside Amends") : _ ("Fetch %s now"), name);
  GtkWidget *button = gtk_button_new_with_label (is_whole ? _ ("Open") : _ ("Fetch"));

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button),
                                  is_whole ? "case.open-attachment" : "case.fetch-attachment");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", text_of (attachment, "id"));
  gtk_widget_set_tooltip_text (button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  return button;
}

static GtkWidget *
make_row (const json_t *attachment)
{
  g_autofree char *subtitle = amends_attachment_list_describe (attachment);
  g_autofree char *name = amends_words_isolate (text_of (attachment, "name"));
  const char *caption = text_of (attachment, "caption");
  GtkWidget *row = amends_row_new (*caption != '\0' ? caption : name, subtitle);

  adw_action_row_add_prefix (ADW_ACTION_ROW (row),
                             gtk_image_new_from_icon_name (get_icon (attachment)));
  if (is_in_state (attachment, "sending") || is_in_state (attachment, "arriving"))
    {
      GtkWidget *bar = gtk_progress_bar_new ();

      gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (bar), get_fraction (attachment));
      gtk_widget_set_valign (bar, GTK_ALIGN_CENTER);
      gtk_widget_set_size_request (bar, 48, -1);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), bar);
    }
  if (!is_in_state (attachment, "unopenable"))
    adw_action_row_add_suffix (ADW_ACTION_ROW (row), make_button (attachment, name));
  return row;
}

/**
 * amends_attachment_list_set_attachments:
 * @attachments: (nullable): as amends_store_attachments_to_json(); %NULL for none
 */
void
amends_attachment_list_set_attachments (AmendsAttachmentList *self, const json_t *attachments)
{
  GtkWidget *row;

  g_return_if_fail (AMENDS_IS_ATTACHMENT_LIST (self));

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, row);
  for (gsize i = 0; i < json_array_size (attachments); i++)
    gtk_list_box_append (self->list, make_row (json_array_get (attachments, i)));
  gtk_widget_set_visible (GTK_WIDGET (self->list), json_array_size (attachments) > 0);
  if (attachments == NULL)
    amends_attachment_list_say (self, NULL);
}

/**
 * amends_attachment_list_say:
 * @sentence: (nullable): what a person should know of the last file; %NULL for nothing
 */
void
amends_attachment_list_say (AmendsAttachmentList *self, const char *sentence)
{
  g_return_if_fail (AMENDS_IS_ATTACHMENT_LIST (self));

  gtk_label_set_text (self->said, sentence != NULL ? sentence : "");
  gtk_widget_set_visible (GTK_WIDGET (self->said), sentence != NULL);
}

static void
amends_attachment_list_class_init (AmendsAttachmentListClass *klass)
{
}

static void
amends_attachment_list_init (AmendsAttachmentList *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Pictures and files"), -1);
  self->said = GTK_LABEL (amends_label_new ("", "small", NULL));
  gtk_widget_set_visible (GTK_WIDGET (self->said), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->list), FALSE);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->list));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->said));
  adw_bin_set_child (ADW_BIN (self), box);
}
