/* amends-today-page.c: what must be done now, and by whom
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The groups are the plan of the day. A group of more than a person takes in at once shows its beginning. */

#include "config.h"

#include "app/staff/pages/amends-today-page.h"

#include <glib/gi18n.h>

#include "app/amends-words.h"
#include "app/staff/amends-first-day.h"

/* More than a person takes in at once; the others are in Cases. */
#define GROUP_SHOWN 50

/* With more schemes than these, the one that is meant is chosen from a list. */
#define SCHEME_BUTTONS 3

struct _AmendsTodayPage
{
  AdwBin parent_instance;

  AmendsSession *session;    /* (nullable) (owned) */
  AmendsWork *work;          /* (nullable) (owned): what is shown */
  GCancellable *cancellable; /* (nullable) (owned): of what is being read */
  AmendsDutyForm form;
  char *scheme; /* (nullable): the only one that is shown */
  gboolean only_mine;
  AmendsId selected_id; /* the case that is open; number 0 if none */
  GPtrArray *lists;     /* element-type GtkListBox: those on the page */
  gboolean is_selecting;

  GtkStack *stack; /* from the template, as all below */
  GtkScrolledWindow *scroller;
  AdwClamp *clamp;
  GtkBox *content;
  GtkBox *head;
  GtkLabel *summary_label;
  GtkBox *filter_box;
  GtkBox *groups_box;
  GtkBox *nothing_box;
  GtkLabel *nothing_label;
  GtkWidget *record_button;
  AmendsFirstDay *first_day;
};

G_DEFINE_FINAL_TYPE (AmendsTodayPage, amends_today_page, ADW_TYPE_BIN)

enum
{
  SIGNAL_OPEN_DUTY,
  SIGNAL_OPEN_DRAFT,
  SIGNAL_SHOW_ALL,
  SIGNAL_LOADED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* ---------------------------------------------------------------- groups */

static const struct
{
  const char *title;
  const char *hint; /* (nullable) */
} groups[AMENDS_WORK_N_GROUPS] = {
  [AMENDS_WORK_NEW] = { N_ ("New, not yet looked at"),
                        N_ ("From the kiosk, the post and other systems") },
  [AMENDS_WORK_OVERDUE] = { N_ ("Overdue"), NULL },
  [AMENDS_WORK_TODAY] = { N_ ("Today"), NULL },
  [AMENDS_WORK_WEEK] = { N_ ("This week"), NULL },
  [AMENDS_WORK_UNSENT] = { N_ ("Approved, not sent"), N_ ("The clock runs until they are sent") },
  [AMENDS_WORK_UNDATED] = { N_ ("To settle or ask"), N_ ("These have no day of their own") },
};

static GtkWidget *
make_heading (AmendsTodayPage *self,
              const char *title,
              const char *hint,
              guint n_items,
              gboolean is_late)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  g_autofree char *count = g_strdup_printf ("%u", n_items);
  g_autofree char *sentence = g_strdup_printf ("%s, %u", title, n_items);
  GtkWidget *label = gtk_label_new (title);
  GtkWidget *badge = gtk_label_new (count);
  GtkWidget *more;

  gtk_widget_add_css_class (label, "heading");
  if (is_late)
    gtk_widget_add_css_class (label, "error");
  gtk_accessible_update_property (GTK_ACCESSIBLE (label), GTK_ACCESSIBLE_PROPERTY_LABEL, sentence,
                                  -1);
  gtk_widget_add_css_class (badge, "badge");
  gtk_widget_add_css_class (badge, "numeric");
  gtk_widget_set_valign (badge, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), badge);
  gtk_widget_set_margin_start (box, self->form == AMENDS_DUTY_FORM_PANE ? 8 : 3);
  if (hint == NULL || self->form != AMENDS_DUTY_FORM_WIDE)
    return box;
  more = gtk_label_new (hint);
  gtk_label_set_ellipsize (GTK_LABEL (more), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (more, "second");
  gtk_widget_add_css_class (more, "small");
  gtk_box_append (GTK_BOX (box), more);
  return box;
}

static void
activated_cb (GtkListBox *list, GtkListBoxRow *row, gpointer user_data)
{
  AmendsTodayPage *self = user_data;
  const AmendsDutyRow *duty;
  const AmendsUnfinished *unfinished;

  if (self->is_selecting || !AMENDS_IS_DUTY_LINE (row))
    return;
  duty = amends_duty_line_get_duty (AMENDS_DUTY_LINE (row));
  unfinished = amends_duty_line_get_unfinished (AMENDS_DUTY_LINE (row));
  if (duty != NULL)
    g_signal_emit (self, signals[SIGNAL_OPEN_DUTY], 0, duty);
  else if (unfinished != NULL)
    g_signal_emit (self, signals[SIGNAL_OPEN_DRAFT], 0, unfinished->draft->draft,
                   unfinished->draft->intake);
}

/* Arrows go on from the last row of a group to the first of the next. */
static gboolean
keynav_failed_cb (GtkWidget *list, GtkDirectionType direction, gpointer user_data)
{
  AmendsTodayPage *self = user_data;
  guint place;

  if ((direction != GTK_DIR_UP && direction != GTK_DIR_DOWN)
      || !g_ptr_array_find (self->lists, list, &place))
    return FALSE;
  if (direction == GTK_DIR_DOWN && place + 1 < self->lists->len)
    return gtk_widget_child_focus (g_ptr_array_index (self->lists, place + 1), GTK_DIR_DOWN);
  if (direction == GTK_DIR_UP && place > 0)
    return gtk_widget_child_focus (g_ptr_array_index (self->lists, place - 1), GTK_DIR_UP);
  return FALSE;
}

static GtkListBox *
add_list (AmendsTodayPage *self, GtkWidget *heading, const char *title)
{
  gboolean is_pane = self->form == AMENDS_DUTY_FORM_PANE;
  GtkWidget *group = gtk_box_new (GTK_ORIENTATION_VERTICAL, is_pane ? 3 : 6);
  GtkWidget *list = gtk_list_box_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list),
                                   is_pane ? GTK_SELECTION_SINGLE : GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, is_pane ? "navigation-sidebar" : "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  g_signal_connect_object (list, "row-activated", G_CALLBACK (activated_cb), self, 0);
  g_signal_connect_object (list, "keynav-failed", G_CALLBACK (keynav_failed_cb), self, 0);
  gtk_box_append (GTK_BOX (group), heading);
  gtk_box_append (GTK_BOX (group), list);
  gtk_box_append (self->groups_box, group);
  g_ptr_array_add (self->lists, list);
  return GTK_LIST_BOX (list);
}

static void
show_all_cb (AmendsTodayPage *self)
{
  g_signal_emit (self, signals[SIGNAL_SHOW_ALL], 0);
}

static void
add_show_all (AmendsTodayPage *self, GtkListBox *list, guint n_items)
{
  g_autofree char *label = g_strdup_printf (_ ("Show all %u"), n_items);
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  g_signal_connect_object (button, "clicked", G_CALLBACK (show_all_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (gtk_widget_get_parent (GTK_WIDGET (list))), button);
}

static void
add_group (AmendsTodayPage *self, AmendsWorkGroup group)
{
  const GPtrArray *rows = self->work->groups[group];
  guint n_duties = self->work->n_duties[group];
  const char *title = _ (groups[group].title);
  const char *hint = groups[group].hint != NULL ? _ (groups[group].hint) : NULL;
  GtkListBox *list;

  if (n_duties == 0)
    return;
  list = add_list (self, make_heading (self, title, hint, n_duties, group == AMENDS_WORK_OVERDUE),
                   title);
  for (guint i = 0; i < rows->len; i++)
    {
      const AmendsDutyRow *row = g_ptr_array_index (rows, i);
      g_autoptr (AmendsWorkLine) line = amends_work_line_new (row, self->work->today);
      GtkWidget *widget = amends_duty_line_new (line, self->form);

      amends_duty_line_set_duty (AMENDS_DUTY_LINE (widget), row);
      gtk_list_box_append (list, widget);
    }
  if (rows->len < n_duties)
    add_show_all (self, list, n_duties);
}

static void
add_unfinished (AmendsTodayPage *self)
{
  const GPtrArray *drafts = self->work->unfinished;
  const char *title = _ ("Unfinished");
  GtkListBox *list;

  if (drafts->len == 0)
    return;
  list = add_list (self, make_heading (self, title, NULL, drafts->len, FALSE), title);
  for (guint i = 0; i < drafts->len; i++)
    {
      const AmendsUnfinished *unfinished = g_ptr_array_index (drafts, i);
      g_autoptr (AmendsWorkLine) line =
          amends_work_line_new_unfinished (unfinished, self->work->today);
      GtkWidget *widget = amends_duty_line_new (line, self->form);

      amends_duty_line_set_unfinished (AMENDS_DUTY_LINE (widget), unfinished, line, self->form);
      gtk_list_box_append (list, widget);
    }
}

/* ---------------------------------------------------------------- the page */

/* A line that has the keyboard, or is to have it. */
typedef struct
{
  gboolean is_set;
  AmendsId id;
  AmendsDutyKind kind;
  AmendsClockName clock;
  gint64 draft;
} Place;

static void
get_place (AmendsTodayPage *self, Place *ret_place)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  const AmendsUnfinished *unfinished;
  const AmendsDutyRow *duty;

  if (focus == NULL || !gtk_widget_is_ancestor (focus, GTK_WIDGET (self->groups_box))
      || !AMENDS_IS_DUTY_LINE (focus))
    return;
  duty = amends_duty_line_get_duty (AMENDS_DUTY_LINE (focus));
  unfinished = amends_duty_line_get_unfinished (AMENDS_DUTY_LINE (focus));
  *ret_place =
      (Place){ .is_set = TRUE, .draft = unfinished != NULL ? unfinished->draft->draft : 0 };
  if (duty != NULL)
    {
      ret_place->id = duty->complaint->id;
      ret_place->kind = duty->duty.kind;
      ret_place->clock = duty->duty.clock;
    }
}

static gboolean
is_at (const Place *place, AmendsDutyLine *line, gboolean is_exact)
{
  const AmendsUnfinished *unfinished = amends_duty_line_get_unfinished (line);
  const AmendsDutyRow *duty = amends_duty_line_get_duty (line);

  if (unfinished != NULL)
    return place->draft == unfinished->draft->draft;
  return duty != NULL && amends_id_equal (&duty->complaint->id, &place->id)
         && (!is_exact || (duty->duty.kind == place->kind && duty->duty.clock == place->clock));
}

static AmendsDutyLine *
find_line (AmendsTodayPage *self, const Place *place, gboolean is_exact)
{
  for (guint i = 0; i < self->lists->len; i++)
    {
      GtkListBox *list = g_ptr_array_index (self->lists, i);
      GtkListBoxRow *row;

      for (int n = 0; (row = gtk_list_box_get_row_at_index (list, n)) != NULL; n++)
        if (is_at (place, AMENDS_DUTY_LINE (row), is_exact))
          return AMENDS_DUTY_LINE (row);
    }
  return NULL;
}

/* The keyboard stays where it was while lines are made anew. */
static void
restore_place (AmendsTodayPage *self, const Place *place)
{
  AmendsDutyLine *line = NULL;

  if (!place->is_set)
    return;
  line = find_line (self, place, TRUE);
  if (line == NULL)
    line = find_line (self, place, FALSE);
  if (line != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (line));
}

static void
clear_groups (AmendsTodayPage *self)
{
  GtkWidget *child;

  g_ptr_array_set_size (self->lists, 0);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->groups_box))) != NULL)
    gtk_box_remove (self->groups_box, child);
}

static void
show_spacing (AmendsTodayPage *self)
{
  gboolean is_pane = self->form == AMENDS_DUTY_FORM_PANE;
  int edge = is_pane ? 0 : self->form == AMENDS_DUTY_FORM_NARROW ? 12 : 24;

  gtk_widget_set_margin_start (GTK_WIDGET (self->content), edge);
  gtk_widget_set_margin_end (GTK_WIDGET (self->content), edge);
  gtk_widget_set_margin_top (GTK_WIDGET (self->content), 12);
  gtk_widget_set_margin_bottom (GTK_WIDGET (self->content), is_pane ? 6 : 18);
  gtk_box_set_spacing (self->groups_box, is_pane ? 9 : 12);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->head), self->form == AMENDS_DUTY_FORM_WIDE
                                                                   ? GTK_ORIENTATION_HORIZONTAL
                                                                   : GTK_ORIENTATION_VERTICAL);
  gtk_widget_set_visible (GTK_WIDGET (self->head), !is_pane);
  gtk_widget_set_visible (self->record_button, !is_pane);
  gtk_widget_set_margin_start (GTK_WIDGET (self->nothing_label), is_pane ? 14 : 3);
  gtk_widget_set_margin_end (GTK_WIDGET (self->nothing_label), is_pane ? 14 : 3);
}

static void
show_work (AmendsTodayPage *self)
{
  g_autofree char *summary = NULL;
  gboolean is_first_day;
  Place place = { FALSE };

  get_place (self, &place);
  clear_groups (self);
  show_spacing (self);
  if (self->work == NULL)
    return;
  is_first_day = self->work->n_cases == 0 && self->work->unfinished->len == 0;
  gtk_stack_set_visible_child_name (self->stack, is_first_day ? "first-day" : "work");
  if (is_first_day)
    amends_first_day_show (self->first_day);
  for (guint i = 0; i < AMENDS_WORK_N_GROUPS; i++)
    add_group (self, (AmendsWorkGroup) i);
  add_unfinished (self);

  summary = amends_work_words_summary (self->work);
  gtk_label_set_text (self->summary_label,
                      *summary != '\0' ? summary : _ ("Nothing is owed today"));
  gtk_widget_set_visible (GTK_WIDGET (self->nothing_box), *summary == '\0');
  if (*summary == '\0')
    {
      g_autofree char *next = amends_work_words_nothing (self->work);
      gboolean is_pane = self->form == AMENDS_DUTY_FORM_PANE;
      g_autofree char *both =
          amends_words_join (". ", is_pane ? _ ("Nothing is owed today") : "", next, NULL);

      gtk_label_set_text (self->nothing_label, both);
    }
  amends_today_page_select (self, &self->selected_id);
  restore_place (self, &place);
}

/**
 * amends_today_page_focus:
 * @id: a case
 *
 * Brings the keyboard to a line of it, if there is one.
 * Returns: whether there is
 */
gboolean
amends_today_page_focus (AmendsTodayPage *self, const AmendsId *id)
{
  const Place place = { .is_set = TRUE, .id = *id };
  AmendsDutyLine *line;

  g_return_val_if_fail (AMENDS_IS_TODAY_PAGE (self), FALSE);

  line = find_line (self, &place, FALSE);
  return line != NULL && gtk_widget_grab_focus (GTK_WIDGET (line));
}

/* A plan that cannot be read is not an empty one, nor the one before. */
static void
show_problem (AmendsTodayPage *self, const GError *error)
{
  const char *title = _ ("The plan of the day could not be read");
  g_autofree char *sentence = amends_words_error (error);
  g_autofree char *both = amends_words_join (". ", title, sentence, NULL);

  g_clear_pointer (&self->work, amends_work_free);
  clear_groups (self);
  show_spacing (self);
  gtk_stack_set_visible_child_name (self->stack, "work");
  gtk_label_set_text (self->summary_label, title);
  gtk_label_set_text (self->nothing_label, self->form == AMENDS_DUTY_FORM_PANE ? both : sentence);
  gtk_widget_set_visible (GTK_WIDGET (self->nothing_box), TRUE);
}

static void
work_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (AmendsTodayPage) self = user_data;
  g_autoptr (GError) error = NULL;
  AmendsWork *work = amends_session_get_work_finish (AMENDS_SESSION (source), result, &error);
  AmendsWork *before = self->work; /* its rows are shown until there are others */

  if (work == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)
          && !g_error_matches (error, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_LOCKED)
          && !g_error_matches (error, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_NOT_ENROLLED))
        show_problem (self, error);
      return; /* else it is locked, or was asked for again meanwhile */
    }
  self->work = work;
  show_work (self);
  g_clear_pointer (&before, amends_work_free);
  g_signal_emit (self, signals[SIGNAL_LOADED], 0);
}

static void
throw_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  AmendsTodayPage *self = AMENDS_TODAY_PAGE (widget);
  g_autoptr (AmendsKeptDraft) kept = amends_kept_draft_new (g_variant_get_int64 (parameter));

  if (!amends_session_get_read_only (self->session))
    amends_session_throw_draft (self->session, kept);
}

/* ---------------------------------------------------------------- filters */

static void
choose (AmendsTodayPage *self, const char *scheme, gboolean only_mine)
{
  g_autofree char *copy = g_strdup (scheme);

  g_free (self->scheme);
  self->scheme = g_steal_pointer (&copy);
  self->only_mine = only_mine;
  amends_today_page_reload (self);
}

static void
filter_cb (GtkToggleButton *button, gpointer user_data)
{
  AmendsTodayPage *self = user_data;
  const char *code = g_object_get_data (G_OBJECT (button), "scheme");
  gboolean only_mine = g_object_get_data (G_OBJECT (button), "mine") != NULL;

  if (gtk_toggle_button_get_active (button))
    choose (self, code, only_mine);
}

static void
add_filter (AmendsTodayPage *self, const char *label, const char *scheme, gboolean only_mine)
{
  GtkWidget *first = gtk_widget_get_first_child (GTK_WIDGET (self->filter_box));
  GtkWidget *button = gtk_toggle_button_new_with_label (label);

  if (first != NULL)
    gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (button), GTK_TOGGLE_BUTTON (first));
  g_object_set_data_full (G_OBJECT (button), "scheme", g_strdup (scheme), g_free);
  if (only_mine)
    g_object_set_data (G_OBJECT (button), "mine", button);
  gtk_box_append (self->filter_box, button);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button),
                                only_mine == self->only_mine
                                    && g_strcmp0 (scheme, self->scheme) == 0);
  g_signal_connect_object (button, "toggled", G_CALLBACK (filter_cb), self, 0);
}

static void
scheme_chosen_cb (GtkDropDown *drop_down, GParamSpec *pspec, gpointer user_data)
{
  AmendsTodayPage *self = user_data;
  const GPtrArray *schemes = amends_session_get_schemes (self->session);
  guint selected = gtk_drop_down_get_selected (drop_down);

  if (schemes == NULL || selected > schemes->len)
    return;
  choose (self,
          selected == 0 ? NULL
                        : ((const AmendsScheme *) g_ptr_array_index (schemes, selected - 1))->code,
          self->only_mine);
}

/* Many schemes do not fit in a row of buttons. */
static void
add_scheme_list (AmendsTodayPage *self, const GPtrArray *schemes)
{
  GtkStringList *names = gtk_string_list_new (NULL);
  GtkWidget *drop_down;
  guint selected = 0;

  gtk_string_list_append (names, _ ("All schemes"));
  for (guint i = 0; i < schemes->len; i++)
    {
      const AmendsScheme *scheme = g_ptr_array_index (schemes, i);

      gtk_string_list_append (names, scheme->name);
      if (g_strcmp0 (scheme->code, self->scheme) == 0)
        selected = i + 1;
    }
  drop_down = gtk_drop_down_new (G_LIST_MODEL (names), NULL);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (drop_down), selected);
  gtk_accessible_update_property (GTK_ACCESSIBLE (drop_down), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Scheme"), -1);
  g_signal_connect_object (drop_down, "notify::selected", G_CALLBACK (scheme_chosen_cb), self, 0);
  gtk_box_append (self->filter_box, drop_down);
}

static char *
describe_schemes (AmendsTodayPage *self, const GPtrArray *schemes)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; schemes != NULL && i < schemes->len; i++)
    {
      const AmendsScheme *scheme = g_ptr_array_index (schemes, i);

      g_string_append_printf (text, "%s=%s\n", scheme->code, scheme->name);
    }
  return g_string_free (text, FALSE);
}

/* Mine, each scheme where there are few, and all; nothing happens while the schemes are the same. */
static void
show_filters (AmendsTodayPage *self)
{
  const GPtrArray *schemes = amends_session_get_schemes (self->session);
  g_autofree char *described = describe_schemes (self, schemes);
  guint n_schemes = schemes != NULL ? schemes->len : 0;
  GtkWidget *child;

  if (g_strcmp0 (g_object_get_data (G_OBJECT (self->filter_box), "schemes"), described) == 0)
    return;
  g_object_set_data_full (G_OBJECT (self->filter_box), "schemes", g_steal_pointer (&described),
                          g_free);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->filter_box))) != NULL)
    gtk_box_remove (self->filter_box, child);
  add_filter (self, _ ("Mine"), NULL, TRUE);
  if (n_schemes > 1 && n_schemes <= SCHEME_BUTTONS)
    for (guint i = 0; i < n_schemes; i++)
      {
        const AmendsScheme *scheme = g_ptr_array_index (schemes, i);

        add_filter (self, scheme->name, scheme->code, FALSE);
      }
  /* Where there is one scheme it is all there is, and has a name. */
  add_filter (self,
              n_schemes == 1 ? ((const AmendsScheme *) g_ptr_array_index (schemes, 0))->name
                             : _ ("All"),
              NULL, FALSE);
  if (n_schemes > SCHEME_BUTTONS)
    add_scheme_list (self, schemes);
}

/* ---------------------------------------------------------------- object */

static void
state_cb (AmendsTodayPage *self)
{
  if (amends_session_get_state (self->session) == AMENDS_SESSION_OPEN)
    return;
  g_cancellable_cancel (self->cancellable);
  clear_groups (self);
  g_clear_pointer (&self->work, amends_work_free);
  gtk_label_set_text (self->summary_label, "");
  gtk_label_set_text (self->nothing_label, "");
  self->selected_id = (AmendsId){ 0 };
  choose (self, NULL, FALSE);
  g_object_set_data (G_OBJECT (self->filter_box), "schemes", NULL);
}

static void
amends_today_page_dispose (GObject *object)
{
  AmendsTodayPage *self = AMENDS_TODAY_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->lists, g_ptr_array_unref);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (amends_today_page_parent_class)->dispose (object);
}

static void
amends_today_page_finalize (GObject *object)
{
  AmendsTodayPage *self = AMENDS_TODAY_PAGE (object);

  g_clear_pointer (&self->work, amends_work_free);
  g_free (self->scheme);
  G_OBJECT_CLASS (amends_today_page_parent_class)->finalize (object);
}

static void
add_signals (void)
{
  signals[SIGNAL_OPEN_DUTY] = g_signal_new ("open-duty", AMENDS_TYPE_TODAY_PAGE, G_SIGNAL_RUN_LAST,
                                            0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[SIGNAL_OPEN_DRAFT] =
      g_signal_new ("open-draft", AMENDS_TYPE_TODAY_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 2, G_TYPE_INT64, G_TYPE_POINTER);
  signals[SIGNAL_SHOW_ALL] = g_signal_new ("show-all", AMENDS_TYPE_TODAY_PAGE, G_SIGNAL_RUN_LAST, 0,
                                           NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_LOADED] = g_signal_new ("loaded", AMENDS_TYPE_TODAY_PAGE, G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
amends_today_page_class_init (AmendsTodayPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = amends_today_page_dispose;
  object_class->finalize = amends_today_page_finalize;
  add_signals ();

  gtk_widget_class_install_action (widget_class, "today.throw", "x", throw_cb);
  g_type_ensure (AMENDS_TYPE_FIRST_DAY);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/amends/Amends/staff/pages/amends-today-page.ui");
  gtk_widget_class_bind_template_child (widget_class, AmendsTodayPage, stack);
  gtk_widget_class_bind_template_child (widget_class, AmendsTodayPage, scroller);
  gtk_widget_class_bind_template_child (widget_class, AmendsTodayPage, clamp);
  gtk_widget_class_bind_template_child (widget_class, AmendsTodayPage, content);
  gtk_widget_class_bind_template_child (widget_class, AmendsTodayPage, head);
  gtk_widget_class_bind_template_child (widget_class, AmendsTodayPage, summary_label);
  gtk_widget_class_bind_template_child (widget_class, AmendsTodayPage, filter_box);
  gtk_widget_class_bind_template_child (widget_class, AmendsTodayPage, groups_box);
  gtk_widget_class_bind_template_child (widget_class, AmendsTodayPage, nothing_box);
  gtk_widget_class_bind_template_child (widget_class, AmendsTodayPage, nothing_label);
  gtk_widget_class_bind_template_child (widget_class, AmendsTodayPage, record_button);
  gtk_widget_class_bind_template_child (widget_class, AmendsTodayPage, first_day);
}

static void
amends_today_page_init (AmendsTodayPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->lists = g_ptr_array_new ();
}

/**
 * amends_today_page_set_session:
 * @session: where the cases are; set once
 */
void
amends_today_page_set_session (AmendsTodayPage *self, AmendsSession *session)
{
  g_return_if_fail (AMENDS_IS_TODAY_PAGE (self) && self->session == NULL);

  self->session = g_object_ref (session);
  amends_first_day_set_session (self->first_day, session);
  g_signal_connect_object (session, "notify::state", G_CALLBACK (state_cb), self,
                           G_CONNECT_SWAPPED);
}

/**
 * amends_today_page_set_form:
 * @form: how its lines look from now on
 */
void
amends_today_page_set_form (AmendsTodayPage *self, AmendsDutyForm form)
{
  g_return_if_fail (AMENDS_IS_TODAY_PAGE (self));

  if (self->form == form)
    return;
  self->form = form;
  show_work (self);
}

/**
 * amends_today_page_reload:
 *
 * Reads the plan again, after what was asked of the session before.
 */
void
amends_today_page_reload (AmendsTodayPage *self)
{
  g_return_if_fail (AMENDS_IS_TODAY_PAGE (self));

  if (self->session == NULL || amends_session_get_state (self->session) != AMENDS_SESSION_OPEN)
    return;
  show_filters (self);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  amends_session_get_work_async (self->session, self->scheme, self->only_mine, GROUP_SHOWN,
                                 self->cancellable, work_cb, g_object_ref (self));
}

/**
 * amends_today_page_select:
 * @id: (nullable): the case that is open
 *
 * Beside a case the row of it looks chosen: the first, where it owes several things.
 */
void
amends_today_page_select (AmendsTodayPage *self, const AmendsId *id)
{
  Place place = { .is_set = TRUE };
  AmendsDutyLine *line;

  g_return_if_fail (AMENDS_IS_TODAY_PAGE (self));

  self->selected_id = id != NULL ? *id : (AmendsId){ 0 };
  place.id = self->selected_id;
  if (self->form != AMENDS_DUTY_FORM_PANE)
    return;
  self->is_selecting = TRUE;
  for (guint i = 0; i < self->lists->len; i++)
    gtk_list_box_unselect_all (g_ptr_array_index (self->lists, i));
  line = self->selected_id.number != 0 ? find_line (self, &place, FALSE) : NULL;
  if (line != NULL)
    gtk_list_box_select_row (GTK_LIST_BOX (gtk_widget_get_parent (GTK_WIDGET (line))),
                             GTK_LIST_BOX_ROW (line));
  self->is_selecting = FALSE;
}

/* (nullable) (transfer none): the plan that is shown. */
const AmendsWork *
amends_today_page_get_work (AmendsTodayPage *self)
{
  return self->work;
}

/* How many lines the plan has. */
guint
amends_today_page_count (AmendsTodayPage *self)
{
  guint n_lines = 0;

  if (self->work == NULL)
    return 0;
  for (guint i = 0; i < AMENDS_WORK_N_GROUPS; i++)
    n_lines += self->work->n_duties[i];
  return n_lines + self->work->unfinished->len;
}
