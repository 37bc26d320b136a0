/* amends-attachment-list.c: what is attached to a case, and how far it has come
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/staff/amends-attachment-list.h"

#include <string.h>

#include <glib/gi18n.h>

#include "app/amends-words.h"
#include "app/widgets/amends-label.h"
#include "core/amends-instant.h"

#define PICTURE_SIZE 56 /* pixels of the screen: a face is known, and a row stays a row */

struct _AmendsAttachmentList
{
  AdwBin parent_instance;

  AmendsSession *session; /* (nullable) (owned) */
  GHashTable *
      pictures; /* (owned): by the id of an event: #GdkTexture, or %NULL where nothing can be drawn */
  GHashTable *reasons; /* (owned): by the id of an event: why there is none, a sentence */
  GHashTable *images;  /* (owned): by the id of an event: #GtkImage, of the rows that are shown */
  GQueue waiting;      /* of ids: what is to be drawn, one after the other */
  char *drawing;       /* (nullable) (owned): the one that is */
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
    { "photograph", "image-x-generic-symbolic" }, { "scan", "scanner-symbolic" },
    { "recording", "audio-x-generic-symbolic" },  { "signature", "document-edit-symbolic" },
    { "video", "video-x-generic-symbolic" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (icons); i++)
    if (g_str_equal (icons[i].what, text_of (attachment, "what")))
      return icons[i].icon;
  return "text-x-generic-symbolic";
}

static gboolean
is_whole (const json_t *attachment)
{
  return is_in_state (attachment, "held") || is_in_state (attachment, "waiting")
         || is_in_state (attachment, "sending");
}

static gboolean
can_be_drawn (const json_t *attachment)
{
  return is_whole (attachment) && amends_small_picture_is_for (text_of (attachment, "media"))
         && number_of (attachment, "size") <= (gint64) AMENDS_SMALL_PICTURE_MAX_BYTES;
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
  gboolean can_open = is_whole (attachment);
  g_autofree char *label =
      g_strdup_printf (can_open ? _ ("Open %s outside Amends") : _ ("Fetch %s now"), name);
  GtkWidget *button = gtk_button_new_with_label (can_open ? _ ("Open") : _ ("Fetch"));

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button),
                                  can_open ? "case.open-attachment" : "case.fetch-attachment");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", text_of (attachment, "id"));
  gtk_widget_set_tooltip_text (button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  return button;
}

/* ---------------------------------------------------------------- small pictures */

/* @picture: (nullable): %NULL where nothing can be drawn */
static void
show_picture (GtkImage *image, GdkTexture *picture, const char *name)
{
  g_autofree char *label =
      g_strdup_printf (picture != NULL ? _ ("Small picture of %s") : _ ("No preview of %s"), name);

  if (picture != NULL)
    {
      gtk_image_set_from_paintable (image, GDK_PAINTABLE (picture));
      gtk_image_set_pixel_size (image, PICTURE_SIZE);
    }
  gtk_accessible_update_property (GTK_ACCESSIBLE (image), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_widget_set_tooltip_text (GTK_WIDGET (image), picture != NULL ? NULL : label);
}

/* In the row, if it is still there. */
static void
show_drawn (AmendsAttachmentList *self, const char *id)
{
  GtkWidget *image = g_hash_table_lookup (self->images, id);
  GdkTexture *picture = g_hash_table_lookup (self->pictures, id);
  GtkWidget *row = image != NULL ? gtk_widget_get_ancestor (image, ADW_TYPE_ACTION_ROW) : NULL;
  g_autofree char *subtitle = NULL;
  const char *reason;

  if (row == NULL)
    return;
  show_picture (GTK_IMAGE (image), picture,
                adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)));
  if (picture != NULL)
    return;
  reason = g_hash_table_lookup (self->reasons, id);
  subtitle = amends_words_join (" · ", adw_action_row_get_subtitle (ADW_ACTION_ROW (row)),
                                reason != NULL ? reason : _ ("No preview"), NULL);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
}

static void draw_next (AmendsAttachmentList *self);

static void
drawn_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (AmendsAttachmentList) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (AmendsSmallPicture) picture =
      amends_session_picture_finish (AMENDS_SESSION (source), result, &error);
  g_autofree char *id = g_steal_pointer (&self->drawing);

  /* Of one that is gone from the list, as of any once the door is locked, nothing is kept. */
  if (g_hash_table_contains (self->images, id)
      && (picture != NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA)
          || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED)))
    {
      GdkTexture *texture =
          picture != NULL
              ? gdk_memory_texture_new ((int) picture->width, (int) picture->height,
                                        GDK_MEMORY_R8G8B8, picture->pixels, picture->width * 3)
              : NULL;

      g_hash_table_insert (self->pictures, g_strdup (id), texture);
      if (error != NULL)
        g_hash_table_insert (self->reasons, g_strdup (id), g_strdup (error->message));
      show_drawn (self, id);
    }
  draw_next (self);
}

/* One at a time: each is a program that may take all that a processor has. */
static void
draw_next (AmendsAttachmentList *self)
{
  AmendsId event;

  while (self->drawing == NULL && (self->drawing = g_queue_pop_head (&self->waiting)) != NULL)
    if (amends_id_parse_len (self->drawing, strlen (self->drawing), &event))
      amends_session_picture_async (self->session, &event, NULL, drawn_cb, g_object_ref (self));
    else
      g_clear_pointer (&self->drawing, g_free);
}

static gboolean
is_not_listed (gpointer id, gpointer picture, gpointer images)
{
  return !g_hash_table_contains (images, id);
}

static void
draw_all (AmendsAttachmentList *self, const json_t *attachments)
{
  g_queue_clear_full (&self->waiting, g_free);
  g_hash_table_foreach_remove (self->pictures, is_not_listed, self->images);
  g_hash_table_foreach_remove (self->reasons, is_not_listed, self->images);
  for (gsize i = 0; i < json_array_size (attachments); i++)
    {
      const json_t *attachment = json_array_get (attachments, i);
      const char *id = text_of (attachment, "id");

      if (g_hash_table_contains (self->pictures, id))
        show_drawn (self, id);
      else if (self->session != NULL && can_be_drawn (attachment)
               && g_strcmp0 (self->drawing, id) != 0)
        g_queue_push_tail (&self->waiting, g_strdup (id));
    }
  draw_next (self);
}

/* ---------------------------------------------------------------- rows */

static GtkWidget *
make_row (AmendsAttachmentList *self, const json_t *attachment)
{
  g_autofree char *subtitle = amends_attachment_list_describe (attachment);
  g_autofree char *name = amends_words_isolate (text_of (attachment, "name"));
  const char *caption = text_of (attachment, "caption");
  GtkWidget *row = amends_row_new (*caption != '\0' ? caption : name, subtitle);
  GtkWidget *image = gtk_image_new_from_icon_name (get_icon (attachment));

  gtk_widget_set_size_request (image, PICTURE_SIZE, -1); /* names stand under each other */
  g_hash_table_insert (self->images, g_strdup (text_of (attachment, "id")), image);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), image);
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
 * amends_attachment_list_set_session:
 * @session: (transfer none): what draws the small pictures of what is shown from now on
 */
void
amends_attachment_list_set_session (AmendsAttachmentList *self, AmendsSession *session)
{
  g_return_if_fail (AMENDS_IS_ATTACHMENT_LIST (self));

  g_set_object (&self->session, session);
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
  g_hash_table_remove_all (self->images);
  for (gsize i = 0; i < json_array_size (attachments); i++)
    gtk_list_box_append (self->list, make_row (self, json_array_get (attachments, i)));
  gtk_widget_set_visible (GTK_WIDGET (self->list), json_array_size (attachments) > 0);
  draw_all (self, attachments);
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

/* What is drawn meanwhile finds no row. */
static void
amends_attachment_list_dispose (GObject *object)
{
  AmendsAttachmentList *self = AMENDS_ATTACHMENT_LIST (object);

  g_queue_clear_full (&self->waiting, g_free);
  g_hash_table_remove_all (self->images);
  G_OBJECT_CLASS (amends_attachment_list_parent_class)->dispose (object);
}

static void
amends_attachment_list_finalize (GObject *object)
{
  AmendsAttachmentList *self = AMENDS_ATTACHMENT_LIST (object);

  g_hash_table_unref (self->pictures);
  g_hash_table_unref (self->reasons);
  g_hash_table_unref (self->images);
  g_free (self->drawing);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (amends_attachment_list_parent_class)->finalize (object);
}

static void
unref_picture (gpointer picture)
{
  if (picture != NULL)
    g_object_unref (picture);
}

static void
amends_attachment_list_class_init (AmendsAttachmentListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = amends_attachment_list_dispose;
  G_OBJECT_CLASS (klass)->finalize = amends_attachment_list_finalize;
}

static void
amends_attachment_list_init (AmendsAttachmentList *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  self->reasons = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->pictures = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, unref_picture);
  self->images = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
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
