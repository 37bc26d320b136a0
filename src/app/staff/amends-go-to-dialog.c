/* amends-go-to-dialog.c: a reference, a name, a home, a page or an act is typed, and Return goes there
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Cases are found by the search of the store, which knows what this device may read and nothing else. Pages and
 * the acts of the case that is open are matched here. Where a result leads is an action of the window behind. */

#include "config.h"

#include "app/staff/amends-go-to-dialog.h"

#include <string.h>

#include <glib/gi18n.h>

#include "app/amends-act-words.h"
#include "app/amends-words.h"
#include "app/model/amends-case-item.h"
#include "app/staff/amends-act-menu.h"
#include "app/staff/amends-case-line.h"
#include "app/staff/amends-sidebar.h"
#include "app/widgets/amends-label.h"
#include "app/widgets/amends-lock-key.h"
#include "app/widgets/amends-weak.h"

/* Pixels; less on a small screen. */
#define DIALOG_WIDTH 520
#define RESULTS_HEIGHT 400
/* What stands above the results, and what of the window behind is to be seen. */
#define HEAD_HEIGHT 200

/* One letter would find nearly everything. */
#define SEARCH_MIN_CHARS 2

/* In the order in which they are listed: who somebody is looked for comes before what may be done. */
typedef enum
{
  GROUP_REFERENCE,
  GROUP_PERSON,
  GROUP_HOME,
  GROUP_ACT,
  GROUP_PAGE,
  GROUP_SAID,
} Group;

/* @words: what else somebody may call it
 * @view: the argument of @action; -1 for none
 * @file: (nullable): the argument of @action, where it is a kind of spreadsheet */
static const struct
{
  const char *title;
  const char *words;
  const char *action;
  int view;
  const char *file;
} pages[] = {
  { N_ ("Today"), N_ ("plan, new from the kiosk, kiosk queue, overdue, unfinished"), "win.view",
    AMENDS_VIEW_TODAY },
  { N_ ("Cases"), N_ ("complaints, list, all"), "win.view", AMENDS_VIEW_CASES },
  { N_ ("Conflicts"), N_ ("two versions, compare, settle"), "win.view", AMENDS_VIEW_CONFLICTS },
  { N_ ("Policies"), N_ ("policy, time limits, Code, rules"), "win.view", AMENDS_VIEW_POLICIES },
  { N_ ("New record"), N_ ("record a complaint, intake"), "win.new", -1 },
  { N_ ("Send now"), N_ ("sync, head office"), "win.sync", -1 },
  { N_ ("Carry by hand"), N_ ("stick, head office"), "win.carry", -1 },
  { N_ ("PIN for the kiosk"), N_ ("sign in, staff, help a resident"), "win.pin", -1 },
  { N_ ("Homes from a spreadsheet"), N_ ("import, CSV, first day"), "win.import", -1, "homes" },
  { N_ ("People from a spreadsheet"), N_ ("import, CSV, first day, residents, tenants"),
    "win.import", -1, "people" },
  { N_ ("Staff from a spreadsheet"), N_ ("import, CSV, first day, roles, colleagues"), "win.import",
    -1, "staff" },
  { N_ ("Numbers to ring from a spreadsheet"),
    N_ ("import, CSV, first day, opening hours, telephone"), "win.import", -1, "numbers" },
  { N_ ("A test letter"), N_ ("printer, print, first day"), "win.test-letter", -1 },
  { N_ ("Running cases from a spreadsheet"), N_ ("import, CSV, first day"), "win.import", -1,
    "running-cases" },
  { N_ ("A form that came back"), N_ ("scan, code, paper, signed"), "win.find-scan", -1 },
  { N_ ("Keyboard shortcuts"), N_ ("keys, help"), "win.show-help-overlay", -1 },
};

struct _AmendsGoToDialog
{
  AdwWindow parent_instance;

  AmendsSession *session;
  GPtrArray *acts;        /* element-type AmendsActWords: what is open in the case behind */
  gboolean has_case;      /* there is one behind */
  GCancellable *search;   /* (nullable) (owned): what is looked for now */
  gboolean opens_first;   /* Return was pressed before anything was found */
  char *searched;         /* (nullable) (owned): what was looked for last */
  gboolean is_up_to_date; /* what is listed is of what stands in the field */

  GtkSearchEntry *entry; /* from the template, as all below */
  GtkLabel *status_label;
  GtkScrolledWindow *scroller;
  GtkStack *stack;
  GtkListBox *list;
};

G_DEFINE_FINAL_TYPE (AmendsGoToDialog, amends_go_to_dialog, ADW_TYPE_WINDOW)

/* Where a row leads. */
typedef struct
{
  Group group;
  const char *action; /* (static) */
  GVariant *target;   /* (nullable) (owned) */
} Goal;

static void
goal_free (gpointer data)
{
  Goal *self = data;

  g_clear_pointer (&self->target, g_variant_unref);
  g_free (self);
}

static const Goal *
get_goal (GtkListBoxRow *row)
{
  return g_object_get_data (G_OBJECT (row), "amends-goal");
}

static const char *
get_group_title (Group group)
{
  switch (group)
    {
    case GROUP_PAGE:
      return _ ("Pages");
    case GROUP_ACT:
      return _ ("In the case that is open");
    case GROUP_REFERENCE:
      return _ ("References");
    case GROUP_PERSON:
      return _ ("People");
    case GROUP_HOME:
      return _ ("Homes");
    case GROUP_SAID:
      break;
    }
  return _ ("What was said");
}

/* ---------------------------------------------------------------- rows */

/* @target: (nullable): floating
 * @sentence: what is read out of it */
static void
add_row (AmendsGoToDialog *self,
         Group group,
         GtkWidget *child,
         const char *sentence,
         const char *action,
         GVariant *target)
{
  GtkWidget *row = gtk_list_box_row_new ();
  Goal *goal = g_new0 (Goal, 1);

  goal->group = group;
  goal->action = action;
  goal->target = target != NULL ? g_variant_ref_sink (target) : NULL;
  g_object_set_data_full (G_OBJECT (row), "amends-goal", goal, goal_free);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), child);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, sentence,
                                  -1);
  gtk_list_box_append (self->list, row);
}

static GtkWidget *
make_line (const char *title)
{
  GtkWidget *label = amends_label_new (title, NULL);

  gtk_widget_set_margin_start (label, 12);
  gtk_widget_set_margin_end (label, 12);
  gtk_widget_set_margin_top (label, 12);
  gtk_widget_set_margin_bottom (label, 12);
  return label;
}

static gboolean
is_writing (const char *action)
{
  return g_str_equal (action, "win.new") || g_str_equal (action, "win.import");
}

/* (nullable): floating */
static GVariant *
make_target (guint page)
{
  if (pages[page].file != NULL)
    return g_variant_new_string (pages[page].file);
  return pages[page].view >= 0 ? g_variant_new_int32 (pages[page].view) : NULL;
}

static void
add_pages (AmendsGoToDialog *self, const char *text)
{
  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      const char *title = _ (pages[i].title);
      g_autofree char *words = g_strconcat (title, " ", _ (pages[i].words), NULL);

      if (g_str_match_string (text, words, TRUE)
          && (!is_writing (pages[i].action) || !amends_session_get_read_only (self->session)))
        add_row (self, GROUP_PAGE, make_line (title), title, pages[i].action, make_target (i));
    }
}

static void
add_acts (AmendsGoToDialog *self, const char *text)
{
  const char *person = _ ("The resident, and what may be said to whom");

  if (self->has_case && g_str_match_string (text, person, TRUE))
    add_row (self, GROUP_ACT, make_line (person), person, "win.person", NULL);
  for (guint i = 0; i < self->acts->len; i++)
    {
      const AmendsActWords *act = g_ptr_array_index (self->acts, i);
      const char *title = _ (act->title);

      if (g_str_match_string (text, title, TRUE))
        add_row (self, GROUP_ACT, make_line (title), title, "win.act",
                 g_variant_new_string (amends_event_type_to_string (act->type)));
    }
}

/* With and without its dashes. */
static gboolean
is_reference (const char *reference, const char *text)
{
  g_auto (GStrv) typed = g_strsplit_set (text, "- ", -1);
  g_auto (GStrv) parts = g_strsplit (reference, "-", -1);
  g_autofree char *joined = g_strjoinv ("", typed);
  g_autofree char *whole = g_strjoinv ("", parts);

  return *joined != '\0' && g_ascii_strncasecmp (whole, joined, strlen (joined)) == 0;
}

/* By what of it somebody found a case. */
static Group
find_group (const AmendsCaseRow *row, const char *text)
{
  const char *name = row->complainant != NULL ? row->complainant : "";
  const char *home = row->home != NULL ? row->home : "";
  g_autofree char *both = g_strconcat (name, " ", home, NULL);

  if (row->reference != NULL && is_reference (row->reference, text))
    return GROUP_REFERENCE;
  if (g_str_match_string (text, home, FALSE))
    return GROUP_HOME;
  return g_str_match_string (text, both, TRUE) ? GROUP_PERSON : GROUP_SAID;
}

static void
add_case (AmendsGoToDialog *self, Group group, const AmendsCaseRow *row)
{
  g_autoptr (AmendsCaseItem) item = amends_case_item_new_case ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *line = amends_case_line_new ();
  g_autofree char *reference = amends_words_isolate (row->reference != NULL ? row->reference : "");
  GtkWidget *label = amends_label_new (reference, "small", "second", "numeric", NULL);
  char id[AMENDS_ID_BUFFER];
  g_autofree char *sentence = NULL;

  amends_case_item_set_row (item, row);
  amends_id_format_to (&row->id, id);
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  gtk_widget_set_margin_bottom (label, 6);
  gtk_box_append (GTK_BOX (box), line);
  gtk_box_append (GTK_BOX (box), label);
  amends_case_line_set_item (AMENDS_CASE_LINE (line), item);
  sentence = amends_words_join (", ", amends_case_item_get_sentence (item), reference, NULL);
  add_row (self, group, box, sentence, "win.open-case", g_variant_new_string (id));
}

/* @rows: (nullable) (element-type AmendsCaseRow) */
static void
add_cases (AmendsGoToDialog *self, Group group, const char *text, const GPtrArray *rows)
{
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    if (find_group (g_ptr_array_index (rows, i), text) == group)
      add_case (self, group, g_ptr_array_index (rows, i));
}

static void
add_group (AmendsGoToDialog *self, Group group, const char *text, const GPtrArray *rows)
{
  if (group == GROUP_PAGE)
    add_pages (self, text);
  else if (group == GROUP_ACT)
    add_acts (self, text);
  else
    add_cases (self, group, text, rows);
}

static void
head_cb (GtkListBoxRow *row, GtkListBoxRow *before, gpointer user_data)
{
  Group group = get_goal (row)->group;
  GtkWidget *label;

  if (before != NULL && get_goal (before)->group == group)
    {
      gtk_list_box_row_set_header (row, NULL);
      return;
    }
  label = amends_label_new (get_group_title (group), "heading", NULL);
  gtk_widget_set_margin_start (label, 12);
  gtk_widget_set_margin_end (label, 12);
  gtk_widget_set_margin_top (label, before != NULL ? 18 : 6);
  gtk_widget_set_margin_bottom (label, 6);
  gtk_list_box_row_set_header (row, label);
}

/* ---------------------------------------------------------------- what is found */

static void
keep_focus (AmendsGoToDialog *self)
{
  gtk_text_grab_focus_without_selecting (
      GTK_TEXT (gtk_editable_get_delegate (GTK_EDITABLE (self->entry))));
}

/* There is no announcement in GTK 4.8: a screen reader reads the description of where the keyboard is when it
 * changes. */
static void
tell (AmendsGoToDialog *self, const char *sentence)
{
  gtk_label_set_text (self->status_label, sentence);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  sentence, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (
                                      gtk_editable_get_delegate (GTK_EDITABLE (self->entry))),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, sentence, -1);
}

static void
clear_list (AmendsGoToDialog *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, child);
}

static guint
count_rows (AmendsGoToDialog *self)
{
  guint n_rows = 0;

  while (gtk_list_box_get_row_at_index (self->list, (int) n_rows) != NULL)
    n_rows++;
  return n_rows;
}

static void
go (AmendsGoToDialog *self, GtkListBoxRow *row)
{
  const Goal *goal = get_goal (row);
  const char *action = goal->action;
  g_autoptr (GVariant) target = goal->target != NULL ? g_variant_ref (goal->target) : NULL;
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (self));

  g_object_ref (parent);
  gtk_window_destroy (GTK_WINDOW (self));
  gtk_widget_activate_action_variant (GTK_WIDGET (parent), action, target);
  g_object_unref (parent);
}

/* What was looked for last; "" while it is too short to be looked for. */
static char *
dup_searched (AmendsGoToDialog *self)
{
  g_autofree char *text = g_strstrip (g_strdup (self->searched));

  return g_utf8_strlen (text, -1) >= SEARCH_MIN_CHARS ? g_steal_pointer (&text) : g_strdup ("");
}

/* @error: (nullable): why the store could not look; pages and acts are found all the same */
static char *
describe (AmendsGoToDialog *self, const char *text, guint n_rows, const GError *error)
{
  g_autofree char *count = NULL;

  if (error != NULL)
    return amends_words_error (error);
  if (*text == '\0')
    return g_strdup ("");
  count = g_strdup_printf (ngettext ("%u result", "%u results", n_rows), n_rows);
  return amends_words_join (" · ", count,
                            amends_words_search_reach (
                                amends_session_get_search_reach (self->session)),
                            NULL);
}

/* @rows: (nullable) (element-type AmendsCaseRow): what the store found
 * @error: (nullable): why it found nothing */
static void
show_results (AmendsGoToDialog *self, const GPtrArray *rows, const GError *error)
{
  g_autofree char *text = dup_searched (self);
  g_autofree char *sentence = NULL;
  guint n_rows;

  keep_focus (self);
  clear_list (self);
  for (Group group = GROUP_REFERENCE; *text != '\0' && group <= GROUP_SAID; group++)
    add_group (self, group, text, rows);
  self->is_up_to_date =
      g_strcmp0 (self->searched, gtk_editable_get_text (GTK_EDITABLE (self->entry))) == 0;
  n_rows = count_rows (self);
  gtk_list_box_select_row (self->list, gtk_list_box_get_row_at_index (self->list, 0));
  gtk_stack_set_visible_child_name (self->stack, n_rows > 0                       ? "list"
                                                 : *text == '\0' || error != NULL ? "empty"
                                                                                  : "none");
  sentence = describe (self, text, n_rows, error);
  tell (self, sentence);
  if (self->opens_first && n_rows > 0 && error == NULL)
    go (self, gtk_list_box_get_row_at_index (self->list, 0));
  else
    self->opens_first = FALSE;
}

static void
found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (AmendsGoToDialog) self = amends_weak_take (user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows =
      amends_session_search_finish (AMENDS_SESSION (source), result, &error);

  if (self == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)
      || !gtk_widget_get_realized (GTK_WIDGET (self)))
    return; /* something else was typed, or it is closed */
  show_results (self, rows, error);
}

static void
search_cb (AmendsGoToDialog *self)
{
  g_autofree char *text = NULL;

  g_cancellable_cancel (self->search);
  g_clear_object (&self->search);
  g_free (self->searched);
  self->searched = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entry)));
  text = dup_searched (self);
  if (*text == '\0')
    {
      show_results (self, NULL, NULL);
      return;
    }
  self->search = g_cancellable_new ();
  amends_session_search_async (self->session, text, self->search, found_cb, amends_weak_new (self));
}

/* More may be found than there is yet; but what somebody is choosing from stays as it is. */
static void
reach_cb (AmendsGoToDialog *self)
{
  GtkListBoxRow *chosen = gtk_list_box_get_selected_row (self->list);

  if (self->searched != NULL && (chosen == NULL || gtk_list_box_row_get_index (chosen) == 0))
    search_cb (self);
}

static void
changed_cb (AmendsGoToDialog *self)
{
  self->is_up_to_date = FALSE;
  self->opens_first = FALSE;
}

/* What was typed and not looked for yet is looked for first. */
static void
activate_cb (AmendsGoToDialog *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);

  if (self->is_up_to_date && row != NULL)
    {
      go (self, row);
      return;
    }
  self->opens_first = !self->is_up_to_date;
  if (!self->is_up_to_date)
    search_cb (self);
}

static void
row_activated_cb (AmendsGoToDialog *self, GtkListBoxRow *row)
{
  go (self, row);
}

/* ---------------------------------------------------------------- keys */

/* The first is chosen while something is typed: from there one goes on to the second. */
static gboolean
key_cb (AmendsGoToDialog *self, guint keyval, guint keycode, GdkModifierType state)
{
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->list, 1);

  if (keyval != GDK_KEY_Down && keyval != GDK_KEY_KP_Down)
    return GDK_EVENT_PROPAGATE;
  if (row == NULL)
    row = gtk_list_box_get_row_at_index (self->list, 0);
  if (row == NULL)
    return GDK_EVENT_PROPAGATE;
  gtk_list_box_select_row (self->list, row);
  gtk_widget_grab_focus (GTK_WIDGET (row));
  return GDK_EVENT_STOP;
}

static gboolean
keynav_cb (AmendsGoToDialog *self, GtkDirectionType direction)
{
  if (direction != GTK_DIR_UP)
    return FALSE;
  keep_focus (self);
  return TRUE;
}

static void
stop_cb (AmendsGoToDialog *self)
{
  gtk_window_close (GTK_WINDOW (self));
}

/* Nothing of it stays in front of the lock. */
static void
state_cb (AmendsGoToDialog *self)
{
  if (amends_session_get_state (self->session) != AMENDS_SESSION_OPEN)
    gtk_window_destroy (GTK_WINDOW (self));
}

/* ---------------------------------------------------------------- object */

static void
amends_go_to_dialog_dispose (GObject *object)
{
  AmendsGoToDialog *self = AMENDS_GO_TO_DIALOG (object);

  g_cancellable_cancel (self->search);
  g_clear_object (&self->search);
  g_clear_pointer (&self->searched, g_free);
  g_clear_pointer (&self->acts, g_ptr_array_unref);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (amends_go_to_dialog_parent_class)->dispose (object);
}

static void
amends_go_to_dialog_class_init (AmendsGoToDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = amends_go_to_dialog_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/amends/Amends/staff/amends-go-to-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, AmendsGoToDialog, entry);
  gtk_widget_class_bind_template_child (widget_class, AmendsGoToDialog, status_label);
  gtk_widget_class_bind_template_child (widget_class, AmendsGoToDialog, scroller);
  gtk_widget_class_bind_template_child (widget_class, AmendsGoToDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, AmendsGoToDialog, list);
  gtk_widget_class_bind_template_callback (widget_class, search_cb);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, keynav_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  amends_lock_key_install (widget_class);
}

static void
amends_go_to_dialog_init (AmendsGoToDialog *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->acts = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_list_box_set_header_func (self->list, head_cb, NULL, NULL);
  gtk_search_entry_set_key_capture_widget (self->entry, GTK_WIDGET (self));
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->entry), keys);
}

static void
take_acts (AmendsGoToDialog *self, const AmendsCaseFile *file)
{
  guint n_acts;
  const AmendsActWords *acts = amends_act_words_get_all (&n_acts);

  if (file == NULL || amends_session_get_read_only (self->session))
    return;
  for (guint i = 0; i < n_acts; i++)
    if (amends_act_menu_is_open (file, acts[i].type))
      g_ptr_array_add (self->acts, (gpointer) &acts[i]);
}

/**
 * amends_go_to_dialog_new:
 * @session: where cases are looked for
 * @file: (nullable): the case that is open
 * @parent: the window it belongs to, whose actions "win.view", "win.open-case", "win.act" and others go there
 *
 * Returns: a window that closes itself once something is chosen
 */
GtkWidget *
amends_go_to_dialog_new (AmendsSession *session, const AmendsCaseFile *file, GtkWindow *parent)
{
  AmendsGoToDialog *self;

  g_return_val_if_fail (AMENDS_IS_SESSION (session), NULL);

  self = g_object_new (AMENDS_TYPE_GO_TO_DIALOG, "transient-for", parent, "modal", TRUE,
                       "destroy-with-parent", TRUE, NULL);
  self->session = g_object_ref (session);
  take_acts (self, file);
  self->has_case = file != NULL;
  /* There is room for results from the beginning: nothing grows under what is typed. */
  gtk_window_set_default_size (GTK_WINDOW (self),
                               MIN (DIALOG_WIDTH, gtk_widget_get_width (GTK_WIDGET (parent))), -1);
  gtk_scrolled_window_set_min_content_height (
      self->scroller,
      CLAMP (gtk_widget_get_height (GTK_WIDGET (parent)) - HEAD_HEIGHT, 60, RESULTS_HEIGHT));
  g_signal_connect_object (session, "notify::state", G_CALLBACK (state_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::search-reach", G_CALLBACK (reach_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
  return GTK_WIDGET (self);
}
