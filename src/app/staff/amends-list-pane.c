/* amends-list-pane.c: the list of cases, what is unfinished, and search
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/staff/amends-list-pane.h"

#include <glib/gi18n.h>

#include "app/model/amends-case-list.h"
#include "app/staff/amends-case-line.h"
#include "app/staff/amends-sync-button.h"

/* One letter would find nearly everything. */
#define SEARCH_MIN_CHARS 2

struct _AmendsListPane
{
  AdwBin parent_instance;

  AmendsSession *session; /* (nullable) (owned) */
  GListStore *conflicts;  /* element-type AmendsCaseItem, after its heading */
  GListStore *drafts;     /* element-type AmendsCaseItem, after its heading */
  GListStore *heading;    /* the heading of the cases, where there are other groups */
  AmendsCaseList *cases;
  GListModel *everything; /* all of them, one after the other */
  GListStore *found;      /* element-type AmendsCaseItem */
  GtkSingleSelection *selection;
  GCancellable *search;  /* (nullable) (owned): the search that runs */
  AmendsId selected_id;  /* the case that is open; number 0 if none */
  gboolean is_selecting; /* the selection follows what is open, and opens nothing */
  gboolean has_reported; /* whether "loaded" was emitted */

  AdwWindowTitle *title; /* from the template, as all below */
  GtkSearchEntry *search_entry;
  GtkStack *stack;
  GtkListView *list_view;
  AmendsSyncButton *sync_button;
  GtkWidget *foot;
};

G_DEFINE_FINAL_TYPE (AmendsListPane, amends_list_pane, ADW_TYPE_BIN)

enum
{
  SIGNAL_OPEN_CASE,
  SIGNAL_OPEN_DRAFT,
  SIGNAL_LOADED,
  N_SIGNALS
};

enum
{
  PROP_FOOT_VISIBLE = 1,
  N_PROPERTIES
};

static guint signals[N_SIGNALS];
static GParamSpec *properties[N_PROPERTIES];

/* ---------------------------------------------------------------- rows */

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *list_item)
{
  gtk_list_item_set_child (list_item, g_object_new (AMENDS_TYPE_CASE_LINE, NULL));
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *list_item)
{
  AmendsCaseItem *item = gtk_list_item_get_item (list_item);
  gboolean is_heading = amends_case_item_get_kind (item) == AMENDS_CASE_ITEM_HEADING;

  gtk_list_item_set_selectable (list_item, !is_heading);
  gtk_list_item_set_activatable (list_item, !is_heading);
  amends_case_line_set_item (AMENDS_CASE_LINE (gtk_list_item_get_child (list_item)), item);
}

static void
unbind_cb (GtkSignalListItemFactory *factory, GtkListItem *list_item)
{
  amends_case_line_set_item (AMENDS_CASE_LINE (gtk_list_item_get_child (list_item)), NULL);
}

/* @is_pressed: whether a person pressed it, and wants to be taken there */
static void
open_item (AmendsListPane *self, AmendsCaseItem *item, gboolean is_pressed)
{
  if (item == NULL)
    return;
  if (amends_case_item_get_kind (item) == AMENDS_CASE_ITEM_CASE
      && amends_case_item_get_id (item)->number != 0)
    {
      self->selected_id = *amends_case_item_get_id (item);
      g_signal_emit (self, signals[SIGNAL_OPEN_CASE], 0, amends_case_item_get_id (item),
                     is_pressed);
    }
  else if (amends_case_item_get_kind (item) == AMENDS_CASE_ITEM_DRAFT && is_pressed)
    g_signal_emit (self, signals[SIGNAL_OPEN_DRAFT], 0, amends_case_item_get_draft (item),
                   amends_case_item_get_intake (item));
}

static void
activate_cb (AmendsListPane *self, guint position)
{
  g_autoptr (AmendsCaseItem) item =
      g_list_model_get_item (G_LIST_MODEL (self->selection), position);

  open_item (self, item, TRUE);
}

static void
selected_cb (AmendsListPane *self)
{
  if (!self->is_selecting)
    open_item (self, gtk_single_selection_get_selected_item (self->selection), FALSE);
}

/* One press opens, as a person expects of a list beside a page; the list view itself asks for two. */
static void
released_cb (GtkGestureClick *gesture, int n_press, double x, double y, gpointer user_data)
{
  AmendsListPane *self = user_data;
  GtkWidget *picked = gtk_widget_pick (GTK_WIDGET (self->list_view), x, y, GTK_PICK_DEFAULT);
  GtkWidget *line = NULL;

  if (picked == NULL)
    return;
  line = gtk_widget_get_ancestor (picked, AMENDS_TYPE_CASE_LINE);
  /* The margin around the line belongs to its row. */
  if (line == NULL && AMENDS_IS_CASE_LINE (gtk_widget_get_first_child (picked)))
    line = gtk_widget_get_first_child (picked);
  if (line != NULL)
    open_item (self, amends_case_line_get_item (AMENDS_CASE_LINE (line)), TRUE);
}

/* ---------------------------------------------------------------- what is listed */

static void
show_list (AmendsListPane *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->search_entry));
  gboolean is_searching = g_utf8_strlen (text, -1) >= SEARCH_MIN_CHARS;
  GListModel *model = is_searching ? G_LIST_MODEL (self->found) : self->everything;
  gboolean is_empty = g_list_model_get_n_items (model) == 0;

  gtk_stack_set_visible_child_name (self->stack, !is_empty      ? "list"
                                                 : is_searching ? "nothing-found"
                                                                : "empty");
}

/* The row of the open case looks chosen, wherever it now is. */
static void
follow_selection (AmendsListPane *self)
{
  GListModel *model = gtk_single_selection_get_model (self->selection);
  guint n_items = MIN (g_list_model_get_n_items (model), 200);
  guint position = GTK_INVALID_LIST_POSITION;

  for (guint i = 0; i < n_items && self->selected_id.number != 0; i++)
    {
      g_autoptr (AmendsCaseItem) item = g_list_model_get_item (model, i);

      if (amends_id_equal (amends_case_item_get_id (item), &self->selected_id))
        position = i;
    }
  self->is_selecting = TRUE;
  gtk_single_selection_set_selected (self->selection, position);
  self->is_selecting = FALSE;
}

static void
show_model (AmendsListPane *self, GListModel *model)
{
  self->is_selecting = TRUE;
  gtk_single_selection_set_model (self->selection, model);
  self->is_selecting = FALSE;
  follow_selection (self);
}

static void
found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (AmendsListPane) self = user_data;
  g_autoptr (GPtrArray) rows = amends_session_search_finish (AMENDS_SESSION (source), result, NULL);
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);

  if (rows == NULL)
    return; /* the next key has interrupted it */
  for (guint i = 0; i < rows->len; i++)
    {
      AmendsCaseItem *item = amends_case_item_new_case ();

      amends_case_item_set_row (item, g_ptr_array_index (rows, i));
      g_ptr_array_add (items, item);
    }
  self->is_selecting = TRUE;
  g_list_store_splice (self->found, 0, g_list_model_get_n_items (G_LIST_MODEL (self->found)),
                       items->pdata, items->len);
  self->is_selecting = FALSE;
  show_model (self, G_LIST_MODEL (self->found));
  show_list (self);
}

static void
search_cb (AmendsListPane *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->search_entry));

  g_cancellable_cancel (self->search);
  g_clear_object (&self->search);
  if (g_utf8_strlen (text, -1) < SEARCH_MIN_CHARS)
    {
      if (gtk_single_selection_get_model (self->selection) != self->everything)
        show_model (self, self->everything);
      show_list (self);
      return;
    }
  self->search = g_cancellable_new ();
  amends_session_search_async (self->session, text, self->search, found_cb, g_object_ref (self));
}

static void
fill_group (GListStore *store, GPtrArray *items, const char *title)
{
  if (items->len > 0)
    g_ptr_array_insert (items, 0, amends_case_item_new_heading (title, items->len));
  g_list_store_splice (store, 0, g_list_model_get_n_items (G_LIST_MODEL (store)), items->pdata,
                       items->len);
}

/* Cases have a heading of their own only below another group. */
static void
show_heading (AmendsListPane *self)
{
  guint n_others = g_list_model_get_n_items (G_LIST_MODEL (self->conflicts))
                   + g_list_model_get_n_items (G_LIST_MODEL (self->drafts));
  guint n_cases = g_list_model_get_n_items (G_LIST_MODEL (self->cases));
  g_autoptr (AmendsCaseItem) item = NULL;

  if (n_others > 0 && n_cases > 0)
    item = amends_case_item_new_heading (_ ("Cases"), n_cases);
  g_list_store_splice (self->heading, 0, g_list_model_get_n_items (G_LIST_MODEL (self->heading)),
                       (gpointer *) &item, item != NULL ? 1 : 0);
}

static void
report (AmendsListPane *self)
{
  show_heading (self);
  follow_selection (self);
  show_list (self);
  self->has_reported = TRUE;
  g_signal_emit (self, signals[SIGNAL_LOADED], 0);
}

static void
drafts_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (AmendsListPane) self = user_data;
  g_autoptr (GPtrArray) drafts =
      amends_session_list_drafts_finish (AMENDS_SESSION (source), result, NULL);
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);

  if (drafts == NULL)
    return;
  for (guint i = 0; i < drafts->len; i++)
    g_ptr_array_add (items, amends_case_item_new_draft (g_ptr_array_index (drafts, i)));
  fill_group (self->drafts, items, _ ("Unfinished"));
  report (self);
}

static void
conflicts_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (AmendsListPane) self = user_data;
  g_autoptr (AmendsCaseSlice) slice =
      amends_session_list_cases_finish (AMENDS_SESSION (source), result, NULL);
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);

  if (slice == NULL)
    return;
  for (guint i = 0; i < slice->rows->len; i++)
    {
      AmendsCaseItem *item = amends_case_item_new_case ();

      amends_case_item_set_row (item, g_ptr_array_index (slice->rows, i));
      g_ptr_array_add (items, item);
    }
  fill_group (self->conflicts, items, _ ("Two versions to settle"));
}

static void
show_scheme (AmendsListPane *self)
{
  const GPtrArray *schemes = amends_session_get_schemes (self->session);

  if (schemes != NULL && schemes->len == 1)
    adw_window_title_set_subtitle (self->title,
                                   ((const AmendsScheme *) g_ptr_array_index (schemes, 0))->name);
  else
    adw_window_title_set_subtitle (self->title,
                                   amends_session_get_organisation (self->session) != NULL
                                       ? amends_session_get_organisation (self->session)
                                       : "");
}

/**
 * amends_list_pane_reload:
 *
 * Reads again what is listed, after what was asked of the session before.
 */
void
amends_list_pane_reload (AmendsListPane *self)
{
  if (amends_session_get_state (self->session) != AMENDS_SESSION_OPEN)
    return;
  show_scheme (self);
  amends_session_list_cases_async (self->session, TRUE, 0, 0, NULL, conflicts_cb,
                                   g_object_ref (self));
  amends_case_list_reload (self->cases);
  /* The queue is in order: when the drafts are there, so are the others. */
  amends_session_list_drafts_async (self->session, NULL, drafts_cb, g_object_ref (self));
  if (gtk_single_selection_get_model (self->selection) == G_LIST_MODEL (self->found))
    search_cb (self);
}

static void
state_cb (AmendsListPane *self)
{
  if (amends_session_get_state (self->session) == AMENDS_SESSION_OPEN)
    {
      amends_list_pane_reload (self);
      return;
    }
  self->selected_id = (AmendsId){ 0 };
  self->has_reported = FALSE;
  gtk_editable_set_text (GTK_EDITABLE (self->search_entry), "");
  show_model (self, self->everything);
  g_list_store_remove_all (self->found);
  g_list_store_remove_all (self->conflicts);
  g_list_store_remove_all (self->drafts);
  g_list_store_remove_all (self->heading);
  amends_case_list_clear (self->cases);
}

/* ---------------------------------------------------------------- object */

static void
amends_list_pane_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  g_value_set_boolean (value, gtk_widget_get_visible (AMENDS_LIST_PANE (object)->foot));
}

static void
amends_list_pane_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  gtk_widget_set_visible (AMENDS_LIST_PANE (object)->foot, g_value_get_boolean (value));
}

static void
amends_list_pane_dispose (GObject *object)
{
  AmendsListPane *self = AMENDS_LIST_PANE (object);

  g_cancellable_cancel (self->search);
  g_clear_object (&self->search);
  g_clear_object (&self->conflicts);
  g_clear_object (&self->drafts);
  g_clear_object (&self->heading);
  g_clear_object (&self->cases);
  g_clear_object (&self->everything);
  g_clear_object (&self->found);
  g_clear_object (&self->selection);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (amends_list_pane_parent_class)->dispose (object);
}

static void
add_signals (void)
{
  signals[SIGNAL_OPEN_CASE] =
      g_signal_new ("open-case", AMENDS_TYPE_LIST_PANE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 2, G_TYPE_POINTER, G_TYPE_BOOLEAN);
  signals[SIGNAL_OPEN_DRAFT] =
      g_signal_new ("open-draft", AMENDS_TYPE_LIST_PANE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 2, G_TYPE_INT64, G_TYPE_POINTER);
  signals[SIGNAL_LOADED] = g_signal_new ("loaded", AMENDS_TYPE_LIST_PANE, G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
amends_list_pane_class_init (AmendsListPaneClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = amends_list_pane_get_property;
  object_class->set_property = amends_list_pane_set_property;
  object_class->dispose = amends_list_pane_dispose;
  properties[PROP_FOOT_VISIBLE] = g_param_spec_boolean ("foot-visible", NULL, NULL, TRUE, flags);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
  add_signals ();

  g_type_ensure (AMENDS_TYPE_SYNC_BUTTON);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/amends/Amends/staff/amends-list-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, AmendsListPane, title);
  gtk_widget_class_bind_template_child (widget_class, AmendsListPane, search_entry);
  gtk_widget_class_bind_template_child (widget_class, AmendsListPane, stack);
  gtk_widget_class_bind_template_child (widget_class, AmendsListPane, list_view);
  gtk_widget_class_bind_template_child (widget_class, AmendsListPane, sync_button);
  gtk_widget_class_bind_template_child (widget_class, AmendsListPane, foot);
  gtk_widget_class_bind_template_callback (widget_class, search_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, released_cb);
}

static void
amends_list_pane_init (AmendsListPane *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->conflicts = g_list_store_new (AMENDS_TYPE_CASE_ITEM);
  self->drafts = g_list_store_new (AMENDS_TYPE_CASE_ITEM);
  self->heading = g_list_store_new (AMENDS_TYPE_CASE_ITEM);
  self->found = g_list_store_new (AMENDS_TYPE_CASE_ITEM);
}

/**
 * amends_list_pane_set_session:
 * @session: where the cases are; set once
 */
void
amends_list_pane_set_session (AmendsListPane *self, AmendsSession *session)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();
  GListStore *groups = g_list_store_new (G_TYPE_LIST_MODEL);

  g_return_if_fail (AMENDS_IS_LIST_PANE (self) && self->session == NULL);

  self->session = g_object_ref (session);
  self->cases = amends_case_list_new (session);
  g_list_store_append (groups, self->conflicts);
  g_list_store_append (groups, self->drafts);
  g_list_store_append (groups, self->heading);
  g_list_store_append (groups, self->cases);
  self->everything = G_LIST_MODEL (gtk_flatten_list_model_new (G_LIST_MODEL (groups)));

  self->selection = gtk_single_selection_new (NULL);
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  gtk_single_selection_set_model (self->selection, self->everything);
  g_signal_connect_object (self->selection, "notify::selected", G_CALLBACK (selected_cb), self,
                           G_CONNECT_SWAPPED);

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cb), NULL);
  gtk_list_view_set_factory (self->list_view, factory);
  gtk_list_view_set_model (self->list_view, GTK_SELECTION_MODEL (self->selection));

  amends_sync_button_set_session (self->sync_button, session);
  g_signal_connect_object (session, "list-changed", G_CALLBACK (amends_list_pane_reload), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::state", G_CALLBACK (state_cb), self,
                           G_CONNECT_SWAPPED);
}

/**
 * amends_list_pane_find:
 *
 * Brings the keyboard to the search.
 */
void
amends_list_pane_find (AmendsListPane *self)
{
  g_return_if_fail (AMENDS_IS_LIST_PANE (self));

  gtk_widget_grab_focus (GTK_WIDGET (self->search_entry));
}

/* Whether it is known that there is nothing at all. */
gboolean
amends_list_pane_is_empty (AmendsListPane *self)
{
  return self->has_reported && g_list_model_get_n_items (self->everything) == 0;
}

/* Whether there was a search to end. */
gboolean
amends_list_pane_stop_search (AmendsListPane *self)
{
  if (*gtk_editable_get_text (GTK_EDITABLE (self->search_entry)) == '\0')
    return FALSE;
  gtk_editable_set_text (GTK_EDITABLE (self->search_entry), "");
  return TRUE;
}

/**
 * amends_list_pane_select:
 * @id: (nullable): the case that is open
 */
void
amends_list_pane_select (AmendsListPane *self, const AmendsId *id)
{
  g_return_if_fail (AMENDS_IS_LIST_PANE (self));

  self->selected_id = id != NULL ? *id : (AmendsId){ 0 };
  follow_selection (self);
}
