/* amends-sidebar.c: the views, and who is signed in
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/staff/amends-sidebar.h"

#include <glib/gi18n.h>

#include "app/amends-words.h"

struct _AmendsSidebar
{
  AdwBin parent_instance;

  AmendsSession *session; /* (nullable) (owned) */
  GtkLabel *badges[AMENDS_N_VIEWS];
  guint counts[AMENDS_N_VIEWS];

  AdwWindowTitle *title; /* from the template, as all below */
  GtkListBox *list;
  AdwAvatar *avatar;
  GtkLabel *name_label;
  GtkLabel *role_label;
};

G_DEFINE_FINAL_TYPE (AmendsSidebar, amends_sidebar, ADW_TYPE_BIN)

enum
{
  SIGNAL_CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static const struct
{
  const char *title;
  const char *icon;
} views[AMENDS_N_VIEWS] = {
  [AMENDS_VIEW_TODAY] = { N_ ("Today"), "x-office-calendar-symbolic" },
  [AMENDS_VIEW_CASES] = { N_ ("Cases"), "view-list-symbolic" },
  [AMENDS_VIEW_CONFLICTS] = { N_ ("Conflicts"), "view-dual-symbolic" },
  [AMENDS_VIEW_POLICIES] = { N_ ("Policies"), "x-office-document-symbolic" },
};

/* What a view is called. */
const char *
amends_view_get_title (AmendsView view)
{
  g_return_val_if_fail ((guint) view < AMENDS_N_VIEWS, "");

  return _ (views[view].title);
}

static void
show_count (AmendsSidebar *self, AmendsView view)
{
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->list, (int) view);
  g_autofree char *count = g_strdup_printf ("%u", self->counts[view]);
  const char *title = _ (views[view].title);
  g_autofree char *name =
      self->counts[view] > 0 ? g_strdup_printf ("%s, %s", title, count) : g_strdup (title);

  gtk_label_set_text (self->badges[view], count);
  gtk_widget_set_visible (GTK_WIDGET (self->badges[view]), self->counts[view] > 0);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
add_view (AmendsSidebar *self, AmendsView view)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", _ (views[view].title), "xalign", 0.0,
                                   "hexpand", TRUE, "ellipsize", PANGO_ELLIPSIZE_END,
                                   "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
  GtkWidget *badge = g_object_new (GTK_TYPE_LABEL, "valign", GTK_ALIGN_CENTER, "accessible-role",
                                   GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);

  gtk_widget_add_css_class (badge, "badge");
  gtk_widget_add_css_class (badge, "numeric");
  if (view == AMENDS_VIEW_CONFLICTS)
    gtk_widget_add_css_class (badge, "to-settle");
  self->badges[view] = GTK_LABEL (badge);
  gtk_box_append (GTK_BOX (box),
                  g_object_new (GTK_TYPE_IMAGE, "icon-name", views[view].icon, "accessible-role",
                                GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL));
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), badge);
  gtk_list_box_append (self->list, box);
  show_count (self, view);
}

static void
activated_cb (AmendsSidebar *self, GtkListBoxRow *row)
{
  g_signal_emit (self, signals[SIGNAL_CHOSEN], 0, gtk_list_box_row_get_index (row));
}

static void
show_who (AmendsSidebar *self)
{
  const GPtrArray *schemes = amends_session_get_schemes (self->session);
  const char *name = amends_session_get_actor_name (self->session);
  const char *const *roles = amends_session_get_actor_roles (self->session);
  const char *place = schemes != NULL && schemes->len == 1
                          ? ((const AmendsScheme *) g_ptr_array_index (schemes, 0))->name
                          : amends_session_get_organisation (self->session);
  gboolean is_open = amends_session_get_state (self->session) == AMENDS_SESSION_OPEN;
  const char *role =
      is_open && roles != NULL && roles[0] != NULL ? amends_words_code ("role", roles[0]) : "";

  adw_window_title_set_subtitle (self->title, is_open && place != NULL ? place : "");
  gtk_label_set_text (self->name_label, is_open && name != NULL ? name : "");
  gtk_label_set_text (self->role_label, role);
  gtk_widget_set_visible (GTK_WIDGET (self->role_label), *role != '\0');
  adw_avatar_set_text (self->avatar, is_open ? name : NULL);
}

static void
amends_sidebar_dispose (GObject *object)
{
  AmendsSidebar *self = AMENDS_SIDEBAR (object);

  g_clear_object (&self->session);
  G_OBJECT_CLASS (amends_sidebar_parent_class)->dispose (object);
}

static void
amends_sidebar_class_init (AmendsSidebarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = amends_sidebar_dispose;
  signals[SIGNAL_CHOSEN] = g_signal_new ("chosen", AMENDS_TYPE_SIDEBAR, G_SIGNAL_RUN_LAST, 0, NULL,
                                         NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/amends/Amends/staff/amends-sidebar.ui");
  gtk_widget_class_bind_template_child (widget_class, AmendsSidebar, title);
  gtk_widget_class_bind_template_child (widget_class, AmendsSidebar, list);
  gtk_widget_class_bind_template_child (widget_class, AmendsSidebar, avatar);
  gtk_widget_class_bind_template_child (widget_class, AmendsSidebar, name_label);
  gtk_widget_class_bind_template_child (widget_class, AmendsSidebar, role_label);
  gtk_widget_class_bind_template_callback (widget_class, activated_cb);
}

static void
amends_sidebar_init (AmendsSidebar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint i = 0; i < AMENDS_N_VIEWS; i++)
    add_view (self, (AmendsView) i);
}

/**
 * amends_sidebar_set_session:
 * @session: who is signed in; set once
 */
void
amends_sidebar_set_session (AmendsSidebar *self, AmendsSession *session)
{
  g_return_if_fail (AMENDS_IS_SIDEBAR (self) && self->session == NULL);

  self->session = g_object_ref (session);
  g_signal_connect_object (session, "notify::state", G_CALLBACK (show_who), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "list-changed", G_CALLBACK (show_who), self, G_CONNECT_SWAPPED);
}

/**
 * amends_sidebar_set_view:
 * @view: which is shown
 */
void
amends_sidebar_set_view (AmendsSidebar *self, AmendsView view)
{
  g_return_if_fail (AMENDS_IS_SIDEBAR (self) && (guint) view < AMENDS_N_VIEWS);

  gtk_list_box_select_row (self->list, gtk_list_box_get_row_at_index (self->list, (int) view));
}

/**
 * amends_sidebar_set_count:
 * @view: which
 * @count: how much stands in it; 0 shows none
 */
void
amends_sidebar_set_count (AmendsSidebar *self, AmendsView view, guint count)
{
  g_return_if_fail (AMENDS_IS_SIDEBAR (self) && (guint) view < AMENDS_N_VIEWS);

  self->counts[view] = count;
  show_count (self, view);
}
