/* amends-list-pane.c: the plan of today, the cases, and search
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One of the views fills the pane. Words that are looked for put what is found in its place, and the view is
 * there again once they are gone. */

#include "config.h"

#include "app/staff/amends-list-pane.h"

#include <glib/gi18n.h>

#include "app/amends-words.h"
#include "app/model/amends-case-list.h"
#include "app/staff/amends-case-line.h"
#include "app/staff/amends-sync-button.h"
#include "app/staff/pages/amends-today-page.h"
#include "app/widgets/amends-fit.h"

/* One letter would find nearly everything. */
#define SEARCH_MIN_CHARS 2

/* As wide as the list beside a case is. */
#define BESIDE_WIDTH 300
#define ALONE_WIDTH 340

/* The row of the open case is looked for so far down: reading all of them to find it would cost more than it is
 * worth. */
#define FOLLOW_MAX 200

struct _AmendsListPane
{
  AdwBin parent_instance;

  AmendsSession *session; /* (nullable) (owned) */
  AmendsView view;
  gboolean is_beside; /* a case is open at its side */
  AmendsCaseList *cases;
  AmendsCaseList *conflicts;
  GListStore *found; /* element-type AmendsCaseItem */
  GtkSingleSelection *selection;
  GCancellable *search;  /* (nullable) (owned): the search that runs */
  AmendsId selected_id;  /* the case that is open; number 0 if none */
  gboolean is_selecting; /* the selection follows what is open, and opens nothing */
  char *opens_first;     /* (nullable) (owned): the first that is found by this text is opened */

  AmendsFit *fit; /* from the template, as all below */
  AdwHeaderBar *header_bar;
  GtkWidget *sidebar_button;
  GtkToggleButton *search_button;
  GtkWidget *new_button;
  GtkWidget *plus_button;
  GtkBox *search_slot;
  GtkSearchBar *search_bar;
  GtkSearchEntry *search_entry;
  AdwWindowTitle *title;
  AmendsSyncButton *header_sync_button;
  GtkStack *stack;
  AmendsTodayPage *today_page;
  GtkWidget *order_box;
  GtkToggleButton *due_button;
  GtkListView *list_view;
  AdwStatusPage *empty_page;
  GtkLabel *reach_label;
  AdwStatusPage *nothing_page;
  GtkWidget *foot;
  AmendsSyncButton *sync_button;
};

G_DEFINE_FINAL_TYPE (AmendsListPane, amends_list_pane, ADW_TYPE_BIN)

enum
{
  SIGNAL_OPEN_CASE,
  SIGNAL_OPEN_DUTY,
  SIGNAL_OPEN_DRAFT,
  SIGNAL_SHOW_VIEW,
  SIGNAL_LOADED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* ---------------------------------------------------------------- rows */

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *list_item)
{
  gtk_list_item_set_child (list_item, g_object_new (AMENDS_TYPE_CASE_LINE, NULL));
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *list_item)
{
  amends_case_line_set_item (AMENDS_CASE_LINE (gtk_list_item_get_child (list_item)),
                             gtk_list_item_get_item (list_item));
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
  if (item == NULL || amends_case_item_get_id (item)->number == 0)
    return;
  self->selected_id = *amends_case_item_get_id (item);
  g_signal_emit (self, signals[SIGNAL_OPEN_CASE], 0, amends_case_item_get_id (item), is_pressed);
}

static void
activate_cb (AmendsListPane *self, guint position)
{
  g_autoptr (AmendsCaseItem) item =
      g_list_model_get_item (G_LIST_MODEL (self->selection), position);

  open_item (self, item, TRUE);
}

/* Beside a case the arrows go from one to the next; alone in the window they only choose. */
static void
selected_cb (AmendsListPane *self)
{
  if (!self->is_selecting && self->is_beside)
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

static gboolean
is_searching (AmendsListPane *self)
{
  return g_utf8_strlen (gtk_editable_get_text (GTK_EDITABLE (self->search_entry)), -1)
         >= SEARCH_MIN_CHARS;
}

static GListModel *
get_model (AmendsListPane *self)
{
  if (is_searching (self))
    return G_LIST_MODEL (self->found);
  return G_LIST_MODEL (self->view == AMENDS_VIEW_CONFLICTS ? self->conflicts : self->cases);
}

/* The row of the open case looks chosen, wherever it now is. */
static void
follow_selection (AmendsListPane *self)
{
  GListModel *model = gtk_single_selection_get_model (self->selection);
  guint n_items = model != NULL ? MIN (g_list_model_get_n_items (model), FOLLOW_MAX) : 0;
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
show_empty (AmendsListPane *self)
{
  gboolean is_conflicts = self->view == AMENDS_VIEW_CONFLICTS;

  adw_status_page_set_title (self->empty_page,
                             is_conflicts ? _ ("Nothing to settle") : _ ("No cases yet"));
  adw_status_page_set_description (
      self->empty_page,
      is_conflicts
          ? _ ("Where two people write different things while apart, both stand here until a "
               "person settles it.")
          : NULL);
}

static void
show_reach (AmendsListPane *self)
{
  AmendsSearchReach reach = amends_session_get_search_reach (self->session);
  gboolean is_whole = reach == AMENDS_SEARCH_REACH_ALL;
  const char *sentence = amends_words_search_reach (reach);

  gtk_label_set_text (self->reach_label, sentence);
  gtk_widget_set_visible (GTK_WIDGET (self->reach_label),
                          is_searching (self) && !is_whole
                              && g_list_model_get_n_items (G_LIST_MODEL (self->found)) > 0);
  adw_status_page_set_title (self->nothing_page,
                             is_whole ? _ ("Nothing found") : _ ("Nothing found yet"));
  adw_status_page_set_description (
      self->nothing_page,
      is_whole ? _ ("Try another word: part of a name, a home or a reference is enough.")
               : sentence);
}

/* What fills the pane: a view, or what is found. */
static void
show_list (AmendsListPane *self)
{
  gboolean is_today = self->view == AMENDS_VIEW_TODAY && !is_searching (self);
  GListModel *model = get_model (self);

  show_reach (self);
  if (is_today)
    {
      gtk_stack_set_visible_child_name (self->stack, "today");
      return;
    }
  if (gtk_single_selection_get_model (self->selection) != model)
    {
      self->is_selecting = TRUE;
      gtk_single_selection_set_model (self->selection, model);
      self->is_selecting = FALSE;
    }
  follow_selection (self);
  show_empty (self);
  gtk_widget_set_visible (self->order_box, self->view == AMENDS_VIEW_CASES && !is_searching (self));
  gtk_stack_set_visible_child_name (self->stack, g_list_model_get_n_items (model) > 0 ? "list"
                                                 : is_searching (self) ? "nothing-found"
                                                                       : "empty");
}

static void
found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (AmendsListPane) self = user_data;
  g_autoptr (GPtrArray) rows = amends_session_search_finish (AMENDS_SESSION (source), result, NULL);
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);

  if (rows == NULL || !is_searching (self))
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
  show_list (self);
  if (self->opens_first != NULL && items->len > 0)
    open_item (self, g_ptr_array_index (items, 0), TRUE);
  /* What is not read in yet may be found in a moment. */
  if (items->len > 0
      || amends_session_get_search_reach (self->session) != AMENDS_SEARCH_REACH_NOTHING)
    g_clear_pointer (&self->opens_first, g_free);
}

static void
search_cb (AmendsListPane *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->search_entry));

  g_cancellable_cancel (self->search);
  g_clear_object (&self->search);
  if (g_strcmp0 (self->opens_first, text) != 0)
    g_clear_pointer (&self->opens_first, g_free);
  if (!is_searching (self))
    {
      show_list (self);
      return;
    }
  self->search = g_cancellable_new ();
  amends_session_search_async (self->session, text, self->search, found_cb, g_object_ref (self));
}

static void
reach_cb (AmendsListPane *self)
{
  if (is_searching (self))
    search_cb (self);
}

/* Return goes to the first that is found: a reference or a name that somebody knows. */
static void
search_activate_cb (AmendsListPane *self)
{
  if (!is_searching (self))
    return;
  g_free (self->opens_first);
  self->opens_first = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->search_entry)));
  search_cb (self);
}

static void
stop_search_cb (AmendsListPane *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search_entry), "");
  gtk_toggle_button_set_active (self->search_button, FALSE);
  show_list (self);
}

static void
order_cb (AmendsListPane *self)
{
  amends_case_list_set_order (self->cases, gtk_toggle_button_get_active (self->due_button)
                                               ? AMENDS_CASES_DUE
                                               : AMENDS_CASES_NEWEST);
}

/* ---------------------------------------------------------------- forms of the pane */

static void
show_title (AmendsListPane *self)
{
  AmendsDay today = amends_words_today ();
  g_autofree char *day = amends_fit_get_narrow (self->fit) ? amends_words_near_day (today, today)
                                                           : amends_words_long_day (today);

  adw_window_title_set_title (self->title, amends_view_get_title (self->view));
  adw_window_title_set_subtitle (self->title, self->view == AMENDS_VIEW_TODAY ? day : "");
}

/* The one field in which words are typed stands in the bar, or below it where there is no room. */
static void
place_search (AmendsListPane *self, gboolean is_narrow)
{
  GtkWidget *entry = GTK_WIDGET (self->search_entry);
  gboolean is_below = gtk_search_bar_get_child (self->search_bar) == entry;

  if (is_below == is_narrow)
    return;
  g_object_ref (entry);
  if (is_below)
    {
      gtk_search_bar_set_child (self->search_bar, NULL);
      gtk_box_append (self->search_slot, entry);
    }
  else
    {
      gtk_box_remove (self->search_slot, entry);
      gtk_search_bar_set_child (self->search_bar, entry);
      gtk_toggle_button_set_active (self->search_button, is_searching (self));
    }
  g_object_unref (entry);
}

/* Where the title would be cut off for them, of the buttons of the window the one that closes it is left. */
static void
place_window_buttons (AmendsListPane *self, gboolean is_narrow)
{
  g_autofree char *usual = NULL;
  g_autoptr (GString) layout = NULL;

  g_object_get (gtk_widget_get_settings (GTK_WIDGET (self)), "gtk-decoration-layout", &usual, NULL);
  layout = g_string_new (usual);
  g_string_replace (layout, "minimize", "", 0);
  g_string_replace (layout, "maximize", "", 0);
  adw_header_bar_set_decoration_layout (self->header_bar, is_narrow ? layout->str : NULL);
  adw_header_bar_set_show_end_title_buttons (self->header_bar, !self->is_beside);
}

static void
narrow_cb (AmendsListPane *self)
{
  gboolean is_narrow = amends_fit_get_narrow (self->fit);

  place_search (self, is_narrow);
  gtk_widget_set_visible (GTK_WIDGET (self->search_button), is_narrow);
  gtk_widget_set_visible (GTK_WIDGET (self->search_bar), is_narrow);
  gtk_widget_set_visible (GTK_WIDGET (self->search_slot), !is_narrow);
  gtk_widget_set_visible (self->new_button, !is_narrow);
  gtk_widget_set_visible (self->plus_button, is_narrow);
  gtk_widget_set_visible (GTK_WIDGET (self->header_sync_button), !is_narrow);
  gtk_widget_set_visible (self->foot, is_narrow);
  place_window_buttons (self, is_narrow);
  amends_today_page_set_form (self->today_page, self->is_beside ? AMENDS_DUTY_FORM_PANE
                                                : is_narrow     ? AMENDS_DUTY_FORM_NARROW
                                                                : AMENDS_DUTY_FORM_WIDE);
  show_title (self);
}

/**
 * amends_list_pane_set_beside:
 * @is_beside: whether a case is open at its side
 */
void
amends_list_pane_set_beside (AmendsListPane *self, gboolean is_beside)
{
  g_return_if_fail (AMENDS_IS_LIST_PANE (self));

  if (self->is_beside == is_beside)
    return;
  self->is_beside = is_beside;
  gtk_widget_set_hexpand (GTK_WIDGET (self), !is_beside);
  g_object_set (self->fit, "pinned", is_beside, "narrow-width",
                is_beside ? BESIDE_WIDTH : ALONE_WIDTH, NULL);
  narrow_cb (self);
}

/**
 * amends_list_pane_set_sidebar_shown:
 * @is_shown: whether the views stand beside the list: then there is nothing to show them with
 */
void
amends_list_pane_set_sidebar_shown (AmendsListPane *self, gboolean is_shown)
{
  g_return_if_fail (AMENDS_IS_LIST_PANE (self));

  gtk_widget_set_visible (self->sidebar_button, !is_shown);
}

/* ---------------------------------------------------------------- Today */

static void
open_duty_cb (AmendsListPane *self, gpointer duty)
{
  g_signal_emit (self, signals[SIGNAL_OPEN_DUTY], 0, duty);
}

static void
open_draft_cb (AmendsListPane *self, gint64 draft, gpointer intake)
{
  g_signal_emit (self, signals[SIGNAL_OPEN_DRAFT], 0, draft, intake);
}

/* All of a long group stand in Cases, what is due first at the head. */
static void
show_all_cb (AmendsListPane *self)
{
  gtk_toggle_button_set_active (self->due_button, TRUE);
  g_signal_emit (self, signals[SIGNAL_SHOW_VIEW], 0, AMENDS_VIEW_CASES);
}

static void
today_loaded_cb (AmendsListPane *self)
{
  show_title (self);
  g_signal_emit (self, signals[SIGNAL_LOADED], 0);
}

/* ---------------------------------------------------------------- loading */

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
  amends_today_page_reload (self->today_page);
  if (self->view == AMENDS_VIEW_CONFLICTS)
    amends_case_list_reload (self->conflicts);
  else if (self->view == AMENDS_VIEW_CASES)
    amends_case_list_reload (self->cases);
  if (is_searching (self))
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
  gtk_editable_set_text (GTK_EDITABLE (self->search_entry), "");
  g_list_store_remove_all (self->found);
  amends_case_list_clear (self->cases);
  amends_case_list_clear (self->conflicts);
  show_list (self);
}

/* ---------------------------------------------------------------- object */

static void
amends_list_pane_dispose (GObject *object)
{
  AmendsListPane *self = AMENDS_LIST_PANE (object);

  g_cancellable_cancel (self->search);
  g_clear_object (&self->search);
  g_clear_pointer (&self->opens_first, g_free);
  g_clear_object (&self->cases);
  g_clear_object (&self->conflicts);
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
  signals[SIGNAL_OPEN_DUTY] = g_signal_new ("open-duty", AMENDS_TYPE_LIST_PANE, G_SIGNAL_RUN_LAST,
                                            0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[SIGNAL_OPEN_DRAFT] =
      g_signal_new ("open-draft", AMENDS_TYPE_LIST_PANE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 2, G_TYPE_INT64, G_TYPE_POINTER);
  signals[SIGNAL_SHOW_VIEW] = g_signal_new ("show-view", AMENDS_TYPE_LIST_PANE, G_SIGNAL_RUN_LAST,
                                            0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);
  signals[SIGNAL_LOADED] = g_signal_new ("loaded", AMENDS_TYPE_LIST_PANE, G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, AmendsListPane, fit);
  gtk_widget_class_bind_template_child (widget_class, AmendsListPane, header_bar);
  gtk_widget_class_bind_template_child (widget_class, AmendsListPane, sidebar_button);
  gtk_widget_class_bind_template_child (widget_class, AmendsListPane, search_button);
  gtk_widget_class_bind_template_child (widget_class, AmendsListPane, new_button);
  gtk_widget_class_bind_template_child (widget_class, AmendsListPane, plus_button);
  gtk_widget_class_bind_template_child (widget_class, AmendsListPane, search_slot);
  gtk_widget_class_bind_template_child (widget_class, AmendsListPane, search_bar);
  gtk_widget_class_bind_template_child (widget_class, AmendsListPane, search_entry);
  gtk_widget_class_bind_template_child (widget_class, AmendsListPane, title);
  gtk_widget_class_bind_template_child (widget_class, AmendsListPane, header_sync_button);
  gtk_widget_class_bind_template_child (widget_class, AmendsListPane, stack);
  gtk_widget_class_bind_template_child (widget_class, AmendsListPane, today_page);
  gtk_widget_class_bind_template_child (widget_class, AmendsListPane, order_box);
  gtk_widget_class_bind_template_child (widget_class, AmendsListPane, due_button);
  gtk_widget_class_bind_template_child (widget_class, AmendsListPane, list_view);
  gtk_widget_class_bind_template_child (widget_class, AmendsListPane, empty_page);
  gtk_widget_class_bind_template_child (widget_class, AmendsListPane, reach_label);
  gtk_widget_class_bind_template_child (widget_class, AmendsListPane, nothing_page);
  gtk_widget_class_bind_template_child (widget_class, AmendsListPane, foot);
  gtk_widget_class_bind_template_child (widget_class, AmendsListPane, sync_button);
}

static void
amends_list_pane_class_init (AmendsListPaneClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = amends_list_pane_dispose;
  add_signals ();

  g_type_ensure (AMENDS_TYPE_FIT);
  g_type_ensure (AMENDS_TYPE_SYNC_BUTTON);
  g_type_ensure (AMENDS_TYPE_TODAY_PAGE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/amends/Amends/staff/amends-list-pane.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, search_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_search_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, released_cb);
  gtk_widget_class_bind_template_callback (widget_class, order_cb);
  gtk_widget_class_bind_template_callback (widget_class, narrow_cb);
  gtk_widget_class_bind_template_callback (widget_class, open_duty_cb);
  gtk_widget_class_bind_template_callback (widget_class, open_draft_cb);
  gtk_widget_class_bind_template_callback (widget_class, show_all_cb);
  gtk_widget_class_bind_template_callback (widget_class, today_loaded_cb);
}

static void
amends_list_pane_init (AmendsListPane *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->found = g_list_store_new (AMENDS_TYPE_CASE_ITEM);
  narrow_cb (self);
}

static void
set_up_list (AmendsListPane *self)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  self->selection = gtk_single_selection_new (NULL);
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  g_signal_connect_object (self->selection, "notify::selected", G_CALLBACK (selected_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cb), NULL);
  gtk_list_view_set_factory (self->list_view, factory);
  gtk_list_view_set_model (self->list_view, GTK_SELECTION_MODEL (self->selection));
}

/**
 * amends_list_pane_set_session:
 * @session: where the cases are; set once
 */
void
amends_list_pane_set_session (AmendsListPane *self, AmendsSession *session)
{
  g_return_if_fail (AMENDS_IS_LIST_PANE (self) && self->session == NULL);

  self->session = g_object_ref (session);
  self->cases = amends_case_list_new (session, FALSE);
  self->conflicts = amends_case_list_new (session, TRUE);
  g_signal_connect_object (self->cases, "items-changed", G_CALLBACK (show_list), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_object (self->conflicts, "items-changed", G_CALLBACK (show_list), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  set_up_list (self);
  amends_today_page_set_session (self->today_page, session);
  amends_sync_button_set_session (self->header_sync_button, session);
  amends_sync_button_set_session (self->sync_button, session);
  g_signal_connect_object (session, "list-changed", G_CALLBACK (amends_list_pane_reload), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::state", G_CALLBACK (state_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::search-reach", G_CALLBACK (reach_cb), self,
                           G_CONNECT_SWAPPED);
}

/**
 * amends_list_pane_set_view:
 * @view: what fills the pane from now on
 */
void
amends_list_pane_set_view (AmendsListPane *self, AmendsView view)
{
  g_return_if_fail (AMENDS_IS_LIST_PANE (self) && view != AMENDS_VIEW_POLICIES);

  amends_list_pane_stop_search (self);
  self->view = view;
  show_title (self);
  show_list (self);
  amends_list_pane_reload (self);
}

AmendsView
amends_list_pane_get_view (AmendsListPane *self)
{
  return self->view;
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

  if (amends_fit_get_narrow (self->fit))
    gtk_toggle_button_set_active (self->search_button, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->search_entry));
}

/* Whether there was a search to end. */
gboolean
amends_list_pane_stop_search (AmendsListPane *self)
{
  if (*gtk_editable_get_text (GTK_EDITABLE (self->search_entry)) == '\0')
    return FALSE;
  stop_search_cb (self);
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
  amends_today_page_select (self->today_page, id);
  if (self->selection != NULL)
    follow_selection (self);
}

/**
 * amends_list_pane_focus:
 * @id: a case
 *
 * Brings the keyboard to its line, or into the list.
 */
void
amends_list_pane_focus (AmendsListPane *self, const AmendsId *id)
{
  g_return_if_fail (AMENDS_IS_LIST_PANE (self));

  if (self->view != AMENDS_VIEW_TODAY || is_searching (self))
    gtk_widget_grab_focus (GTK_WIDGET (self->list_view));
  else if (!amends_today_page_focus (self->today_page, id))
    gtk_widget_child_focus (GTK_WIDGET (self->today_page), GTK_DIR_TAB_FORWARD);
}

/**
 * amends_list_pane_count:
 * @view: Today or Conflicts
 *
 * Returns: how much stands in it, as it was read last
 */
guint
amends_list_pane_count (AmendsListPane *self, AmendsView view)
{
  const AmendsWork *work = amends_today_page_get_work (self->today_page);

  if (view == AMENDS_VIEW_TODAY)
    return amends_today_page_count (self->today_page);
  return work != NULL && view == AMENDS_VIEW_CONFLICTS ? (guint) work->n_conflicts : 0;
}
