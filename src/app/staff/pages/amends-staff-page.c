/* amends-staff-page.c: the views, the list of one of them, and the case beside it
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A list stands alone at full width until something in it is opened; then it is the narrow list beside the case,
 * and the views give way. */

#include "config.h"

#include "app/staff/pages/amends-staff-page.h"

#include "app/staff/amends-list-pane.h"
#include "app/staff/pages/amends-case-page.h"
#include "app/staff/pages/amends-policy-page.h"

struct _AmendsStaffPage
{
  AdwBin parent_instance;

  AmendsSession *session; /* (nullable) (owned) */
  AmendsView view;
  AmendsPolicyPage *policy_page; /* (nullable): made when first shown */

  AdwFlap *flap; /* from the template, as all below */
  AmendsSidebar *sidebar;
  GtkStack *body;
  AdwLeaflet *leaflet;
  AmendsListPane *list_pane;
  GtkWidget *separator;
  AmendsCasePage *case_page;
};

G_DEFINE_FINAL_TYPE (AmendsStaffPage, amends_staff_page, ADW_TYPE_BIN)

enum
{
  SIGNAL_OPEN_DRAFT,
  SIGNAL_COMPARE,
  SIGNAL_WHY,
  SIGNAL_CHANGED,
  SIGNAL_LOADED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* ---------------------------------------------------------------- what stands beside what */

static void
place (AmendsStaffPage *self)
{
  gboolean is_open = amends_case_page_is_open (self->case_page);
  gboolean is_folded = adw_leaflet_get_folded (self->leaflet);

  gtk_widget_set_visible (self->separator, is_open);
  gtk_widget_set_visible (GTK_WIDGET (self->case_page), is_open);
  amends_list_pane_set_beside (self->list_pane, is_open && !is_folded);
  amends_case_page_set_folded (self->case_page, is_folded);
}

static void
folded_cb (AmendsStaffPage *self)
{
  place (self);
}

static void
flap_cb (AmendsStaffPage *self)
{
  gboolean is_shown = adw_flap_get_reveal_flap (self->flap) && !adw_flap_get_folded (self->flap);

  amends_list_pane_set_sidebar_shown (self->list_pane, is_shown);
}

static void
say_changed (AmendsStaffPage *self)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* Back to what was there before: a case that was open still is. */
static void
policy_closed_cb (AmendsStaffPage *self)
{
  amends_policy_page_clear (self->policy_page);
  self->view = amends_list_pane_get_view (self->list_pane);
  amends_sidebar_set_view (self->sidebar, self->view);
  gtk_stack_set_visible_child_name (self->body, "cases");
  /* What had the keyboard there is gone, and keys would reach nobody. */
  gtk_widget_child_focus (GTK_WIDGET (self->list_pane), GTK_DIR_TAB_FORWARD);
}

/**
 * amends_staff_page_close_case:
 *
 * Takes the case off the screen: the list has all of the page.
 */
void
amends_staff_page_close_case (AmendsStaffPage *self)
{
  gboolean was_open = amends_case_page_is_open (self->case_page);
  AmendsId id;

  amends_case_page_get_id (self->case_page, &id);
  amends_case_page_close (self->case_page);
  amends_list_pane_select (self->list_pane, NULL);
  adw_leaflet_set_visible_child_name (self->leaflet, "list");
  place (self);
  if (was_open && !adw_flap_get_folded (self->flap))
    adw_flap_set_reveal_flap (self->flap, TRUE);
  if (was_open)
    amends_list_pane_focus (self->list_pane, &id);
  say_changed (self);
}

/**
 * amends_staff_page_open_case:
 * @id: which
 * @goes_there: whether a narrow window shows it in place of the list
 */
void
amends_staff_page_open_case (AmendsStaffPage *self, const AmendsId *id, gboolean goes_there)
{
  gboolean was_open = amends_case_page_is_open (self->case_page);

  if (self->view == AMENDS_VIEW_POLICIES)
    policy_closed_cb (self);
  amends_case_page_open (self->case_page, id);
  amends_list_pane_select (self->list_pane, id);
  if (!was_open || adw_flap_get_folded (self->flap))
    adw_flap_set_reveal_flap (self->flap, FALSE);
  place (self);
  if (goes_there)
    adw_leaflet_set_visible_child_name (self->leaflet, "detail");
  say_changed (self);
}

static void
open_case_cb (AmendsStaffPage *self, gpointer id, gboolean goes_there)
{
  const AmendsId copy = *(const AmendsId *) id;

  amends_staff_page_open_case (self, &copy, goes_there);
}

/* One press to the act: the case opens, and the form of what alone does the duty. */
static void
open_duty_cb (AmendsStaffPage *self, gpointer data)
{
  const AmendsDutyRow *row = data;
  const AmendsId id = row->complaint->id;
  AmendsDutyKind kind = row->duty.kind;
  g_autofree char *field = kind == AMENDS_DUTY_SETTLE ? g_strdup (row->duty.what) : NULL;

  amends_case_page_offer (self->case_page, &row->duty);
  amends_staff_page_open_case (self, &id, TRUE);
  if (field != NULL)
    g_signal_emit (self, signals[SIGNAL_COMPARE], 0, field);
}

/* An act is gone on with in its case, a record on its own page. */
static void
open_draft_cb (AmendsStaffPage *self, gint64 draft, gpointer intake)
{
  AmendsEventType act;
  AmendsId id;

  if (amends_draft_get_act (intake, &id, &act) != NULL)
    {
      amends_case_page_go_on (self->case_page, act, draft);
      amends_staff_page_open_case (self, &id, TRUE);
      return;
    }
  g_signal_emit (self, signals[SIGNAL_OPEN_DRAFT], 0, draft, intake);
}

static void
compare_cb (AmendsStaffPage *self, const char *field)
{
  g_signal_emit (self, signals[SIGNAL_COMPARE], 0, field);
}

static void
why_cb (AmendsStaffPage *self, int clock)
{
  g_signal_emit (self, signals[SIGNAL_WHY], 0, clock);
}

/* ---------------------------------------------------------------- views */

static void
loaded_cb (AmendsStaffPage *self)
{
  amends_sidebar_set_count (self->sidebar, AMENDS_VIEW_TODAY,
                            amends_list_pane_count (self->list_pane, AMENDS_VIEW_TODAY));
  amends_sidebar_set_count (self->sidebar, AMENDS_VIEW_CONFLICTS,
                            amends_list_pane_count (self->list_pane, AMENDS_VIEW_CONFLICTS));
  g_signal_emit (self, signals[SIGNAL_LOADED], 0);
}

static void
show_policies (AmendsStaffPage *self)
{
  if (self->policy_page == NULL)
    {
      self->policy_page = g_object_new (AMENDS_TYPE_POLICY_PAGE, NULL);
      amends_policy_page_set_session (self->policy_page, self->session);
      gtk_stack_add_named (self->body, GTK_WIDGET (self->policy_page), "policies");
      g_signal_connect_object (self->policy_page, "closed", G_CALLBACK (policy_closed_cb), self,
                               G_CONNECT_SWAPPED);
    }
  gtk_stack_set_visible_child_name (self->body, "policies");
  amends_policy_page_open (self->policy_page);
}

/**
 * amends_staff_page_show_view:
 * @view: what is shown from now on
 */
void
amends_staff_page_show_view (AmendsStaffPage *self, AmendsView view)
{
  g_return_if_fail (AMENDS_IS_STAFF_PAGE (self));

  if (self->policy_page != NULL && view != AMENDS_VIEW_POLICIES)
    amends_policy_page_clear (self->policy_page);
  self->view = view;
  amends_sidebar_set_view (self->sidebar, view);
  if (view == AMENDS_VIEW_POLICIES)
    show_policies (self);
  else
    {
      amends_staff_page_close_case (self);
      amends_list_pane_set_view (self->list_pane, view);
      gtk_stack_set_visible_child_name (self->body, "cases");
    }
  if (adw_flap_get_folded (self->flap))
    adw_flap_set_reveal_flap (self->flap, FALSE);
}

static void
view_chosen_cb (AmendsStaffPage *self, int view)
{
  amends_staff_page_show_view (self, (AmendsView) view);
}

/* ---------------------------------------------------------------- keys */

void
amends_staff_page_toggle_sidebar (AmendsStaffPage *self)
{
  adw_flap_set_reveal_flap (self->flap, !adw_flap_get_reveal_flap (self->flap));
}

/* Brings the keyboard to the search of what is shown. */
void
amends_staff_page_find (AmendsStaffPage *self)
{
  if (self->view == AMENDS_VIEW_POLICIES)
    {
      amends_policy_page_find (self->policy_page);
      return;
    }
  adw_leaflet_set_visible_child_name (self->leaflet, "list");
  amends_list_pane_find (self->list_pane);
}

/* @act: what opens the form of, in the case that is open */
void
amends_staff_page_act (AmendsStaffPage *self, const char *act)
{
  if (self->view == AMENDS_VIEW_POLICIES)
    policy_closed_cb (self);
  if (amends_case_page_is_open (self->case_page))
    gtk_widget_activate_action (GTK_WIDGET (self->case_page), "case.act", "s", act);
}

/* One step towards the list alone. */
void
amends_staff_page_go_back (AmendsStaffPage *self)
{
  if (self->view == AMENDS_VIEW_POLICIES)
    policy_closed_cb (self);
  else if (!amends_list_pane_stop_search (self->list_pane))
    amends_staff_page_close_case (self);
}

void
amends_staff_page_go_to_next_pane (AmendsStaffPage *self)
{
  GtkWidget *panes[] = { GTK_WIDGET (self->sidebar), GTK_WIDGET (self->list_pane),
                         GTK_WIDGET (self->case_page) };
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self)));
  guint at = 0;

  if (self->view == AMENDS_VIEW_POLICIES)
    panes[1] = GTK_WIDGET (self->policy_page);
  for (guint i = 0; focus != NULL && i < G_N_ELEMENTS (panes); i++)
    if (gtk_widget_is_ancestor (focus, panes[i]))
      at = i;
  for (guint i = 1; i <= G_N_ELEMENTS (panes); i++)
    {
      GtkWidget *pane = panes[(at + i) % G_N_ELEMENTS (panes)];

      if (gtk_widget_get_mapped (pane) && gtk_widget_get_child_visible (pane)
          && (pane != panes[0] || adw_flap_get_reveal_flap (self->flap))
          && gtk_widget_child_focus (pane, GTK_DIR_TAB_FORWARD))
        return;
    }
}

void
amends_staff_page_note_call (AmendsStaffPage *self)
{
  if (amends_case_page_is_open (self->case_page))
    gtk_widget_activate_action (GTK_WIDGET (self->case_page), "case.note-call", NULL);
}

/* Brings the keyboard into the list of what is shown. */
void
amends_staff_page_focus_list (AmendsStaffPage *self)
{
  const AmendsId none = { 0 };

  amends_list_pane_focus (self->list_pane, &none);
}

void
amends_staff_page_focus_case (AmendsStaffPage *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->case_page));
}

/* ---------------------------------------------------------------- what is shown */

/* Nothing of anybody's stays on the screen. */
void
amends_staff_page_clear (AmendsStaffPage *self)
{
  amends_staff_page_show_view (self, AMENDS_VIEW_TODAY);
  amends_sidebar_set_count (self->sidebar, AMENDS_VIEW_TODAY, 0);
  amends_sidebar_set_count (self->sidebar, AMENDS_VIEW_CONFLICTS, 0);
}

void
amends_staff_page_reload (AmendsStaffPage *self)
{
  amends_list_pane_reload (self->list_pane);
}

/* Whether a case is open. */
gboolean
amends_staff_page_get_case_id (AmendsStaffPage *self, AmendsId *ret_id)
{
  amends_case_page_get_id (self->case_page, ret_id);
  return amends_case_page_is_open (self->case_page);
}

/* (nullable) (transfer none): of the case that is open. */
AmendsDues *
amends_staff_page_get_dues (AmendsStaffPage *self)
{
  return amends_case_page_get_dues (self->case_page);
}

/* (nullable) (transfer none): of the case that is open. */
const char *
amends_staff_page_get_reference (AmendsStaffPage *self)
{
  return amends_case_page_get_reference (self->case_page);
}

/* (nullable) (transfer none): the case that is open. */
const AmendsCaseFile *
amends_staff_page_get_file (AmendsStaffPage *self)
{
  return amends_case_page_get_file (self->case_page);
}

/* ---------------------------------------------------------------- object */

static void
amends_staff_page_dispose (GObject *object)
{
  AmendsStaffPage *self = AMENDS_STAFF_PAGE (object);

  g_clear_object (&self->session);
  G_OBJECT_CLASS (amends_staff_page_parent_class)->dispose (object);
}

static void
add_signals (void)
{
  signals[SIGNAL_OPEN_DRAFT] =
      g_signal_new ("open-draft", AMENDS_TYPE_STAFF_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 2, G_TYPE_INT64, G_TYPE_POINTER);
  signals[SIGNAL_COMPARE] = g_signal_new ("compare", AMENDS_TYPE_STAFF_PAGE, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SIGNAL_WHY] = g_signal_new ("why", AMENDS_TYPE_STAFF_PAGE, G_SIGNAL_RUN_LAST, 0, NULL,
                                      NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", AMENDS_TYPE_STAFF_PAGE, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_LOADED] = g_signal_new ("loaded", AMENDS_TYPE_STAFF_PAGE, G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
amends_staff_page_class_init (AmendsStaffPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = amends_staff_page_dispose;
  add_signals ();
  g_type_ensure (AMENDS_TYPE_CASE_PAGE);
  g_type_ensure (AMENDS_TYPE_LIST_PANE);
  g_type_ensure (AMENDS_TYPE_SIDEBAR);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/amends/Amends/staff/pages/amends-staff-page.ui");
  gtk_widget_class_bind_template_child (widget_class, AmendsStaffPage, flap);
  gtk_widget_class_bind_template_child (widget_class, AmendsStaffPage, sidebar);
  gtk_widget_class_bind_template_child (widget_class, AmendsStaffPage, body);
  gtk_widget_class_bind_template_child (widget_class, AmendsStaffPage, leaflet);
  gtk_widget_class_bind_template_child (widget_class, AmendsStaffPage, list_pane);
  gtk_widget_class_bind_template_child (widget_class, AmendsStaffPage, separator);
  gtk_widget_class_bind_template_child (widget_class, AmendsStaffPage, case_page);
  gtk_widget_class_bind_template_callback (widget_class, folded_cb);
  gtk_widget_class_bind_template_callback (widget_class, flap_cb);
  gtk_widget_class_bind_template_callback (widget_class, view_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, open_case_cb);
  gtk_widget_class_bind_template_callback (widget_class, open_duty_cb);
  gtk_widget_class_bind_template_callback (widget_class, open_draft_cb);
  gtk_widget_class_bind_template_callback (widget_class, loaded_cb);
  gtk_widget_class_bind_template_callback (widget_class, compare_cb);
  gtk_widget_class_bind_template_callback (widget_class, why_cb);
  gtk_widget_class_bind_template_callback (widget_class, say_changed);
}

static void
amends_staff_page_init (AmendsStaffPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  amends_sidebar_set_view (self->sidebar, AMENDS_VIEW_TODAY);
  place (self);
  flap_cb (self);
}

/**
 * amends_staff_page_set_session:
 * @session: where the cases are; set once
 */
void
amends_staff_page_set_session (AmendsStaffPage *self, AmendsSession *session)
{
  g_return_if_fail (AMENDS_IS_STAFF_PAGE (self) && self->session == NULL);

  self->session = g_object_ref (session);
  amends_sidebar_set_session (self->sidebar, session);
  amends_list_pane_set_session (self->list_pane, session);
  amends_case_page_set_session (self->case_page, session);
}
