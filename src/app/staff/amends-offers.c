/* amends-offers.c: the homes or the colleagues that there are, offered below the field in which one is typed
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * They stand in the list of the form itself: a popover would cover what is typed next, and would have to be told where
 * it is on a narrow screen. Tab goes past them, for whoever types on; the arrow down goes into them. */

#include "config.h"

#include "app/staff/amends-offers.h"

#include <glib/gi18n.h>

#include "app/amends-homes.h"

#define N_OFFERS 4

struct _AmendsOffers
{
  GObject parent_instance;

  GtkWidget *field;          /* (nullable) (weak): editable, or a text with one name on each line */
  GtkWidget *rows[N_OFFERS]; /* (nullable) (weak): of the same list */
  guint left_source;         /* looks where the focus has gone */
  GPtrArray *homes;          /* (nullable) (owned) (element-type AmendsHome) */
  char *scheme;              /* (nullable) (owned): of the homes that are offered */
  GStrv names;               /* (nullable) (owned): of people, where they are offered */
};

G_DEFINE_FINAL_TYPE (AmendsOffers, amends_offers, G_TYPE_OBJECT)

/* What is not offered any more is not kept either: hidden, it would stay behind the lock.
 * @homes: (nullable) */
static void
show (AmendsOffers *self, const char *const *homes)
{
  guint n_homes = homes != NULL ? g_strv_length ((char **) homes) : 0;

  for (guint i = 0; i < N_OFFERS; i++)
    if (self->rows[i] != NULL)
      {
        adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->rows[i]),
                                       i < n_homes ? homes[i] : "");
        gtk_widget_set_visible (self->rows[i], i < n_homes);
      }
}

/**
 * amends_offers_hide:
 *
 * Offers nothing until something is typed.
 */
void
amends_offers_hide (AmendsOffers *self)
{
  show (self, NULL);
}

static gboolean
has_focus (AmendsOffers *self)
{
  if (gtk_widget_get_state_flags (self->field) & GTK_STATE_FLAG_FOCUS_WITHIN)
    return TRUE;
  for (guint i = 0; i < N_OFFERS; i++)
    if (self->rows[i] != NULL && gtk_widget_has_focus (self->rows[i]))
      return TRUE;
  return FALSE;
}

/* Those of which each word typed begins one; none once a name stands there as it is. */
static GStrv
find_names (const char *const *names, const char *text)
{
  g_autoptr (GStrvBuilder) found = g_strv_builder_new ();
  guint n_found = 0;

  for (guint i = 0; *text != '\0' && names[i] != NULL && n_found < N_OFFERS; i++)
    {
      if (g_str_equal (names[i], text))
        return NULL;
      if (!g_str_match_string (text, names[i], TRUE))
        continue;
      g_strv_builder_add (found, names[i]);
      n_found++;
    }
  return g_strv_builder_end (found);
}

/* The line on which somebody writes. */
static GtkTextBuffer *
get_line (AmendsOffers *self, GtkTextIter *ret_start, GtkTextIter *ret_end)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->field));

  gtk_text_buffer_get_iter_at_mark (buffer, ret_start, gtk_text_buffer_get_insert (buffer));
  gtk_text_iter_set_line_offset (ret_start, 0);
  *ret_end = *ret_start;
  if (!gtk_text_iter_ends_line (ret_end))
    gtk_text_iter_forward_to_line_end (ret_end);
  return buffer;
}

static char *
dup_typed (AmendsOffers *self)
{
  GtkTextBuffer *buffer;
  GtkTextIter start, end;

  if (GTK_IS_EDITABLE (self->field))
    return g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->field)));
  buffer = get_line (self, &start, &end);
  return g_strstrip (gtk_text_buffer_get_text (buffer, &start, &end, FALSE));
}

static void
put_typed (AmendsOffers *self, const char *text)
{
  GtkTextBuffer *buffer;
  GtkTextIter start, end;

  if (GTK_IS_EDITABLE (self->field))
    {
      gtk_editable_set_text (GTK_EDITABLE (self->field), text);
      gtk_editable_set_position (GTK_EDITABLE (self->field), -1);
      return;
    }
  buffer = get_line (self, &start, &end);
  gtk_text_buffer_begin_user_action (buffer);
  gtk_text_buffer_delete (buffer, &start, &end);
  gtk_text_buffer_insert (buffer, &start, text, -1);
  gtk_text_buffer_place_cursor (buffer, &start);
  gtk_text_buffer_end_user_action (buffer);
}

static void
offer (AmendsOffers *self)
{
  g_auto (GStrv) found = NULL;

  if (self->field != NULL && has_focus (self))
    {
      g_autofree char *typed = dup_typed (self);

      found = self->names != NULL ? find_names ((const char *const *) self->names, typed)
                                  : amends_homes_find (self->homes, self->scheme, typed, N_OFFERS);
    }
  show (self, (const char *const *) found);
}

static void
changed_cb (AmendsOffers *self)
{
  offer (self);
}

static void
chosen_cb (AmendsOffers *self, AdwActionRow *row)
{
  g_autofree char *chosen = g_strdup (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)));

  gtk_widget_grab_focus (self->field);
  put_typed (self, chosen);
  amends_offers_hide (self);
}

static gboolean
key_cb (GtkEventControllerKey *controller,
        guint key,
        guint code,
        GdkModifierType state,
        gpointer user_data)
{
  AmendsOffers *self = user_data;

  if (!gtk_widget_get_visible (self->rows[0]))
    return GDK_EVENT_PROPAGATE;
  if (key == GDK_KEY_Down || key == GDK_KEY_KP_Down)
    {
      gtk_widget_grab_focus (self->rows[0]);
      return GDK_EVENT_STOP;
    }
  if (key != GDK_KEY_Escape && key != GDK_KEY_Tab)
    return GDK_EVENT_PROPAGATE;
  amends_offers_hide (self);
  return key == GDK_KEY_Escape ? GDK_EVENT_STOP : GDK_EVENT_PROPAGATE;
}

/* Esc goes back to what was typed, and not out of the form. */
static gboolean
row_key_cb (GtkEventControllerKey *controller,
            guint key,
            guint code,
            GdkModifierType state,
            gpointer user_data)
{
  AmendsOffers *self = user_data;

  if (key != GDK_KEY_Escape)
    return GDK_EVENT_PROPAGATE;
  gtk_widget_grab_focus (self->field);
  amends_offers_hide (self);
  return GDK_EVENT_STOP;
}

/* The focus may have gone from the one to the other: that is known once it is there. */
static gboolean
left_idle_cb (gpointer user_data)
{
  AmendsOffers *self = user_data;

  self->left_source = 0;
  if (self->field != NULL && !has_focus (self))
    amends_offers_hide (self);
  return G_SOURCE_REMOVE;
}

static void
left_cb (AmendsOffers *self)
{
  if (self->left_source == 0)
    self->left_source = g_idle_add (left_idle_cb, self);
}

static void
amends_offers_dispose (GObject *object)
{
  AmendsOffers *self = AMENDS_OFFERS (object);

  g_clear_handle_id (&self->left_source, g_source_remove);
  g_clear_weak_pointer (&self->field);
  for (guint i = 0; i < N_OFFERS; i++)
    g_clear_weak_pointer (&self->rows[i]);
  G_OBJECT_CLASS (amends_offers_parent_class)->dispose (object);
}

static void
amends_offers_finalize (GObject *object)
{
  AmendsOffers *self = AMENDS_OFFERS (object);

  g_clear_pointer (&self->homes, g_ptr_array_unref);
  g_free (self->scheme);
  g_strfreev (self->names);
  G_OBJECT_CLASS (amends_offers_parent_class)->finalize (object);
}

static void
amends_offers_class_init (AmendsOffersClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = amends_offers_dispose;
  G_OBJECT_CLASS (klass)->finalize = amends_offers_finalize;
}

static void
amends_offers_init (AmendsOffers *self)
{
}

static void
watch (AmendsOffers *self, GtkWidget *widget, GCallback keys)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();
  GtkEventController *key = gtk_event_controller_key_new ();

  g_signal_connect_object (focus, "leave", G_CALLBACK (left_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (widget, focus);
  gtk_event_controller_set_propagation_phase (key, GTK_PHASE_CAPTURE);
  g_signal_connect_object (key, "key-pressed", keys, self, 0);
  gtk_widget_add_controller (widget, key);
}

static GtkWidget *
make_row (AmendsOffers *self, const char *icon_name)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *icon = gtk_image_new_from_icon_name (icon_name);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  gtk_widget_add_css_class (icon, "dim-label");
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), icon);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_widget_set_visible (row, FALSE);
  g_signal_connect_object (row, "activated", G_CALLBACK (chosen_cb), self, G_CONNECT_SWAPPED);
  return row;
}

/* @list: where they are offered, from its row @place on */
static AmendsOffers *
create (GtkWidget *field, GtkListBox *list, int place, const char *icon_name)
{
  AmendsOffers *self = g_object_new (AMENDS_TYPE_OFFERS, NULL);

  g_set_weak_pointer (&self->field, field);
  for (guint i = 0; i < N_OFFERS; i++)
    {
      g_set_weak_pointer (&self->rows[i], make_row (self, icon_name));
      gtk_list_box_insert (list, self->rows[i], place + (int) i);
      watch (self, self->rows[i], G_CALLBACK (row_key_cb));
    }
  watch (self, field, G_CALLBACK (key_cb));
  return self;
}

/**
 * amends_offers_new:
 * @row: the field, in a list
 * @after: a row of that list: they are offered below it
 * @icon_name: what stands before each
 *
 * Returns: (transfer full): what offers them, to be kept as long as the field is
 */
AmendsOffers *
amends_offers_new (GtkWidget *row, GtkWidget *after, const char *icon_name)
{
  AmendsOffers *self =
      create (row, GTK_LIST_BOX (gtk_widget_get_parent (after)),
              gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (after)) + 1, icon_name);

  g_signal_connect_object (row, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  return self;
}

/**
 * amends_offers_new_for_lines:
 * @view: the field, in which a name stands on each line
 * @list: an empty list below it
 * @icon_name: what stands before each
 *
 * They are offered for the line on which somebody writes.
 * Returns: (transfer full): what offers them, to be kept as long as the field is
 */
AmendsOffers *
amends_offers_new_for_lines (GtkTextView *view, GtkListBox *list, const char *icon_name)
{
  AmendsOffers *self = create (GTK_WIDGET (view), list, 0, icon_name);

  g_object_bind_property (self->rows[0], "visible", list, "visible", G_BINDING_SYNC_CREATE);
  g_signal_connect_object (gtk_text_view_get_buffer (view), "notify::cursor-position",
                           G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  return self;
}

static void
describe_field (AmendsOffers *self, const char *sentence)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->field), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  sentence, -1);
}

/**
 * amends_offers_set_names:
 * @names: (nullable): of the people that there are
 */
void
amends_offers_set_names (AmendsOffers *self, const char *const *names)
{
  g_return_if_fail (AMENDS_IS_OFFERS (self));

  g_strfreev (self->names);
  self->names = g_strdupv ((GStrv) names);
  describe_field (self, names != NULL && *names != NULL
                            ? _ ("Type, then arrow down for the people that there are")
                            : "");
}

/**
 * amends_offers_set_homes:
 * @homes: (nullable) (element-type AmendsHome): those that there are
 */
void
amends_offers_set_homes (AmendsOffers *self, GPtrArray *homes)
{
  g_return_if_fail (AMENDS_IS_OFFERS (self));

  g_clear_pointer (&self->homes, g_ptr_array_unref);
  self->homes = homes != NULL ? g_ptr_array_ref (homes) : NULL;
  if (self->field == NULL)
    return; /* the form was closed while they were read */
  describe_field (self, homes != NULL && homes->len > 0
                            ? _ ("Type, then arrow down for the homes that there are")
                            : "");
  offer (self);
}

/**
 * amends_offers_set_scheme:
 * @scheme: (nullable): its code; %NULL for the homes of all of them
 */
void
amends_offers_set_scheme (AmendsOffers *self, const char *scheme)
{
  g_return_if_fail (AMENDS_IS_OFFERS (self));

  g_free (self->scheme);
  self->scheme = g_strdup (scheme);
  offer (self);
}
