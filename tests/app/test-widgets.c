/* test-widgets.c: every template can be made, and our own widgets do as they say
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <adwaita.h>

#include "app/amends-words.h"
#include "app/staff/amends-act-dialog.h"
#include "app/staff/amends-act-field.h"
#include "app/staff/amends-act-menu.h"
#include "app/staff/amends-adjustment-editor.h"
#include "app/staff/amends-case-line.h"
#include "app/staff/amends-case-notices.h"
#include "app/staff/amends-clock-list.h"
#include "app/staff/amends-closed-list.h"
#include "app/staff/amends-consent-editor.h"
#include "app/staff/amends-duty-line.h"
#include "app/staff/amends-facts-box.h"
#include "app/staff/amends-first-day.h"
#include "app/staff/amends-history-list.h"
#include "app/staff/amends-history-row.h"
#include "app/staff/amends-intake-form.h"
#include "app/staff/amends-issue-editor.h"
#include "app/staff/amends-list-pane.h"
#include "app/staff/amends-owed-card.h"
#include "app/staff/amends-people-list.h"
#include "app/staff/amends-question.h"
#include "app/staff/amends-sidebar.h"
#include "app/staff/amends-step-line.h"
#include "app/staff/amends-sync-button.h"
#include "app/staff/amends-verdict-box.h"
#include "app/staff/amends-window.h"
#include "app/staff/amends-words-box.h"
#include "app/staff/pages/amends-case-page.h"
#include "app/staff/pages/amends-compare-page.h"
#include "app/staff/pages/amends-enrol-page.h"
#include "app/staff/pages/amends-intake-page.h"
#include "app/staff/pages/amends-policy-page.h"
#include "app/staff/pages/amends-sign-in-page.h"
#include "app/staff/pages/amends-staff-page.h"
#include "app/staff/pages/amends-today-page.h"
#include "app/staff/pages/amends-why-page.h"
#include "app/widgets/amends-choice.h"
#include "app/widgets/amends-chooser.h"
#include "app/widgets/amends-code-row.h"
#include "app/widgets/amends-columns.h"
#include "app/widgets/amends-date-row.h"
#include "app/widgets/amends-day-cell.h"
#include "app/widgets/amends-fit.h"
#include "app/widgets/amends-problem-row.h"
#include "app/widgets/amends-text-card.h"
#include "app/widgets/amends-weeks.h"
#include "find.h"
#include "support/case.h"

/* A widget whose template does not fit its class warns, and a warning fails the test. */
static void
test_templates (void)
{
  const GType types[] = {
    AMENDS_TYPE_PROBLEM_ROW,    AMENDS_TYPE_DATE_ROW,    AMENDS_TYPE_TEXT_CARD,
    AMENDS_TYPE_CASE_LINE,      AMENDS_TYPE_SYNC_BUTTON, AMENDS_TYPE_ISSUE_EDITOR,
    AMENDS_TYPE_CONSENT_EDITOR, AMENDS_TYPE_HISTORY_ROW, AMENDS_TYPE_ADJUSTMENT_EDITOR,
    AMENDS_TYPE_LIST_PANE,      AMENDS_TYPE_CASE_PAGE,   AMENDS_TYPE_COMPARE_PAGE,
    AMENDS_TYPE_ENROL_PAGE,     AMENDS_TYPE_INTAKE_PAGE, AMENDS_TYPE_SIGN_IN_PAGE,
    AMENDS_TYPE_INTAKE_FORM,    AMENDS_TYPE_CLOCK_LIST,  AMENDS_TYPE_CLOSED_LIST,
    AMENDS_TYPE_OWED_CARD,      AMENDS_TYPE_PEOPLE_LIST, AMENDS_TYPE_STEP_LINE,
    AMENDS_TYPE_VERDICT_BOX,    AMENDS_TYPE_POLICY_PAGE, AMENDS_TYPE_WHY_PAGE,
    AMENDS_TYPE_WEEKS,          AMENDS_TYPE_DAY_CELL,    AMENDS_TYPE_ACT_DIALOG,
    AMENDS_TYPE_WINDOW,         AMENDS_TYPE_SIDEBAR,     AMENDS_TYPE_TODAY_PAGE,
    AMENDS_TYPE_STAFF_PAGE,     AMENDS_TYPE_FIRST_DAY,   AMENDS_TYPE_FIT,
    AMENDS_TYPE_CASE_NOTICES,   AMENDS_TYPE_FACTS_BOX,   AMENDS_TYPE_HISTORY_LIST,
    AMENDS_TYPE_WORDS_BOX,
  };
  g_autoptr (GtkBuilder) builder = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    {
      GtkWidget *widget = g_object_new (types[i], NULL);

      g_test_message ("%s", g_type_name (types[i]));
      g_assert_true (G_TYPE_CHECK_INSTANCE_TYPE (widget, types[i]));
      if (GTK_IS_WINDOW (widget))
        gtk_window_destroy (GTK_WINDOW (widget));
      else
        {
          g_object_ref_sink (widget);
          g_object_unref (widget);
        }
    }
  builder = gtk_builder_new_from_resource ("/org/amends/Amends/gtk/help-overlay.ui");
  g_assert_true (GTK_IS_SHORTCUTS_WINDOW (gtk_builder_get_object (builder, "help_overlay")));
}

static void
count_cb (guint *n_changes)
{
  (*n_changes)++;
}

/* None is chosen until it is asked; at most one is; pressing it again takes it back. */
static void
test_choice (void)
{
  GtkWidget *widget = g_object_ref_sink (amends_choice_new ());
  AmendsChoice *choice = AMENDS_CHOICE (widget);
  guint n_changes = 0;
  GtkWidget *yes;

  amends_choice_add (choice, "yes", "Yes");
  amends_choice_add (choice, "no", "No");
  g_signal_connect_swapped (choice, "changed", G_CALLBACK (count_cb), &n_changes);
  gtk_test_accessible_assert_role (widget, GTK_ACCESSIBLE_ROLE_GROUP);
  g_assert_null (amends_choice_get_word (choice));

  yes = gtk_widget_get_first_child (widget);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (yes), TRUE);
  g_assert_cmpstr (amends_choice_get_word (choice), ==, "yes");
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (gtk_widget_get_next_sibling (yes)), TRUE);
  g_assert_cmpstr (amends_choice_get_word (choice), ==, "no");
  g_assert_false (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (yes)));
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (gtk_widget_get_next_sibling (yes)), FALSE);
  g_assert_null (amends_choice_get_word (choice));
  g_assert_cmpuint (n_changes, ==, 3);

  amends_choice_set_word (choice, "perhaps");
  g_assert_null (amends_choice_get_word (choice));
  g_object_unref (widget);
}

/* The commonest come first, and the whole list is there. */
static void
test_code_row (void)
{
  AmendsCodeRow *row = g_object_ref_sink (g_object_new (AMENDS_TYPE_CODE_ROW, NULL));
  GListModel *model;

  amends_code_row_set_list (row, "channel", "Not asked yet");
  model = adw_combo_row_get_model (ADW_COMBO_ROW (row));
  g_assert_cmpuint (g_list_model_get_n_items (model), ==, 1 + 21);
  g_assert_null (amends_code_row_get_code (row));
  adw_combo_row_set_selected (ADW_COMBO_ROW (row), 1);
  g_assert_cmpstr (amends_code_row_get_code (row), ==, "in-person");
  amends_code_row_set_code (row, "ombudsman-or-regulator");
  g_assert_cmpstr (amends_code_row_get_code (row), ==, "ombudsman-or-regulator");
  g_assert_false (amends_code_row_needs_detail (row));
  amends_code_row_set_code (row, "other");
  g_assert_true (amends_code_row_needs_detail (row));
  amends_code_row_set_code (row, "pigeon-post");
  g_assert_null (amends_code_row_get_code (row));
  g_assert_false (adw_combo_row_get_use_subtitle (ADW_COMBO_ROW (row)));
  amends_code_row_set_list (row, "authority", NULL);
  amends_code_row_set_code (row, "lpa-health");
  g_assert_cmpstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (row)), ==,
                   "Lasting power of attorney, health and welfare");
  g_object_unref (row);
}

/* The time of now stands for today alone, unless somebody says when it was. */
static void
test_date_row_time (void)
{
  g_autoptr (AmendsDateRow) row = g_object_ref_sink (g_object_new (AMENDS_TYPE_DATE_ROW, NULL));
  g_autoptr (GtkWidget) time = g_object_ref_sink (gtk_entry_new ());
  GtkEditable *entry = GTK_EDITABLE (time);

  amends_date_row_set_day (row, amends_words_today ());
  gtk_editable_set_text (entry, "14:10");
  amends_date_row_set_time (row, entry);
  amends_date_row_set_text (row, "2026-03-26");
  g_assert_cmpstr (gtk_editable_get_text (entry), ==, "");
  amends_date_row_set_text (row, "next week");
  g_assert_cmpstr (gtk_editable_get_text (entry), ==, "");
  amends_date_row_set_day (row, amends_words_today ());
  g_assert_cmpstr (gtk_editable_get_text (entry), ==, "14:10");

  gtk_editable_set_text (entry, "9:30");
  amends_date_row_set_text (row, "2026-03-26");
  g_assert_cmpstr (gtk_editable_get_text (entry), ==, "9:30");
  amends_date_row_set_time (row, NULL);
  gtk_editable_set_text (entry, "");
  amends_date_row_set_day (row, amends_words_today ());
  g_assert_cmpstr (gtk_editable_get_text (entry), ==, "");
}

static void
test_date_row (void)
{
  AmendsDateRow *row = g_object_ref_sink (g_object_new (AMENDS_TYPE_DATE_ROW, NULL));
  g_autofree char *whole = NULL;
  g_autofree char *broken = NULL;
  g_autofree char *empty = NULL;

  amends_date_row_set_text (row, "2026-11-20");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (row)), ==, "Fri 20 Nov 2026");
  whole = amends_date_row_dup_text (row);
  g_assert_cmpstr (whole, ==, "2026-11-20");
  amends_date_row_set_text (row, "next week");
  broken = amends_date_row_dup_text (row);
  g_assert_cmpstr (broken, ==, "next week");
  amends_date_row_set_text (row, NULL);
  empty = amends_date_row_dup_text (row);
  g_assert_cmpstr (empty, ==, "");
  g_object_unref (row);
}

/* In what, or why, is said beside the answer, and with yes alone. */
static void
test_yes_more (void)
{
  AmendsActField field = { .path = (char *) "risk", .kind = AMENDS_ACT_FIELD_YES_MORE };
  json_auto_t *act = json_object ();
  json_auto_t *kept = NULL;
  AmendsChoice *choice;

  field.row = g_object_ref_sink (
      amends_act_field_make_row (&field, AMENDS_EVENT_CASE_TRIAGED, "Risk", NULL));
  choice = g_object_get_data (G_OBJECT (field.row), "choice");
  amends_act_field_collect (&field, act);
  g_assert_null (json_object_get (act, "risk"));
  gtk_editable_set_text (GTK_EDITABLE (field.row), "No heating at 84");
  g_assert_cmpstr (amends_choice_get_word (choice), ==, "yes");
  amends_act_field_collect (&field, act);
  g_assert_cmpstr (json_string_value (json_object_get (act, "risk")), ==, "No heating at 84");
  kept = amends_act_field_save (&field);
  amends_choice_set_word (choice, "no");
  g_signal_emit_by_name (choice, "changed");
  g_assert_false (gtk_editable_get_editable (GTK_EDITABLE (field.row)));
  amends_act_field_collect (&field, act);
  g_assert_true (json_is_false (json_object_get (act, "risk")));
  amends_act_field_load (&field, kept);
  amends_act_field_collect (&field, act);
  g_assert_cmpstr (json_string_value (json_object_get (act, "risk")), ==, "No heating at 84");
  g_object_unref (field.row);
}

static void
test_problem_row (void)
{
  GtkWidget *field = g_object_ref_sink (adw_entry_row_new ());
  AmendsProblemRow *row = AMENDS_PROBLEM_ROW (g_object_ref_sink (amends_problem_row_new (field)));

  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (row)));
  amends_problem_row_set_text (row, "It is missing. Write it.");
  /* The rows of a list below one that takes no keyboard are not reached with Tab. */
  g_assert_true (gtk_widget_get_focusable (GTK_WIDGET (row)));
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (row)));
  g_assert_true (gtk_widget_has_css_class (field, "error"));
  gtk_test_accessible_assert_state (field, GTK_ACCESSIBLE_STATE_INVALID,
                                    GTK_ACCESSIBLE_INVALID_TRUE);
  gtk_test_accessible_assert_relation (field, GTK_ACCESSIBLE_RELATION_ERROR_MESSAGE,
                                       gtk_widget_get_last_child (
                                           gtk_list_box_row_get_child (GTK_LIST_BOX_ROW (row))));
  amends_problem_row_set_text (row, NULL);
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (row)));
  g_assert_false (gtk_widget_has_css_class (field, "error"));
  g_object_unref (row);
  g_object_unref (field);
}

static json_t *
adjustments_of (const char *json)
{
  return json_loads (json, 0, NULL);
}

/* What goes into a form comes out of it. */
static void
test_editors (void)
{
  AmendsAdjustmentEditor *adjustments =
      g_object_ref_sink (g_object_new (AMENDS_TYPE_ADJUSTMENT_EDITOR, NULL));
  AmendsConsentEditor *consent = AMENDS_CONSENT_EDITOR (
      g_object_ref_sink (amends_consent_editor_new ("share-with-contractor", "<i>Us</i> & Co")));
  AmendsIssueEditor *issue =
      AMENDS_ISSUE_EDITOR (g_object_ref_sink (amends_issue_editor_new (TRUE)));
  const char *texts[] = {
    "[{\"need\":\"large-print\",\"detail\":\"18 point\"},{\"need\":\"braille\"}]",
    "{\"purpose\":\"share-with-contractor\",\"to\":\"<i>Us</i> & Co\",\"given\":true,"
    "\"until\":\"2027-05-20\"}",
    "{\"what\":\"A & <b>\\nB\",\"outcome_sought\":\"C\"}",
  };
  json_t *given[3], *taken[3];

  for (guint i = 0; i < 3; i++)
    given[i] = adjustments_of (texts[i]);
  amends_adjustment_editor_load (adjustments, given[0]);
  amends_consent_editor_load (consent, given[1]);
  amends_issue_editor_load (issue, given[2]);
  taken[0] = amends_adjustment_editor_collect (adjustments);
  taken[1] = amends_consent_editor_collect (consent);
  taken[2] = amends_issue_editor_collect (issue);
  for (guint i = 0; i < 3; i++)
    {
      g_assert_true (json_equal (given[i], taken[i]));
      json_decref (given[i]);
      json_decref (taken[i]);
    }
  g_object_unref (adjustments);
  g_object_unref (consent);
  g_object_unref (issue);
}

static GtkWidget *
add_box (GtkWidget *columns, int column, int width, int height)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_widget_set_size_request (box, width, height);
  gtk_widget_set_parent (box, columns);
  g_object_set (gtk_layout_manager_get_layout_child (gtk_widget_get_layout_manager (columns), box),
                "column", column, NULL);
  return box;
}

static GdkRectangle
bounds_of (GtkWidget *widget)
{
  graphene_rect_t bounds;

  g_assert_true (gtk_widget_compute_bounds (widget, gtk_widget_get_parent (widget), &bounds));
  return (GdkRectangle){ (int) bounds.origin.x, (int) bounds.origin.y, (int) bounds.size.width,
                         (int) bounds.size.height };
}

/* Two columns while both fit, else one in the children's own order; never by a number of pixels. */
static void
test_columns (void)
{
  GtkWidget *columns = g_object_ref_sink (g_object_new (AMENDS_TYPE_COLUMNS, NULL));
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (columns);
  GtkWidget *card, *people, *words;
  GdkRectangle bounds;
  int height;

  g_object_set (layout, "first-chars", 1, "second-chars", 1, "column-spacing", 20, "row-spacing",
                10, NULL);
  card = add_box (columns, 0, 300, 100);
  people = add_box (columns, 1, 200, 250);
  words = add_box (columns, 0, 300, 80);

  gtk_widget_measure (columns, GTK_ORIENTATION_VERTICAL, 600, &height, NULL, NULL, NULL);
  g_assert_cmpint (height, ==, 250);
  gtk_widget_allocate (columns, 600, height, -1, NULL);
  bounds = bounds_of (people);
  g_assert_cmpint (bounds.x, ==, 400);
  g_assert_cmpint (bounds.width, ==, 200);
  bounds = bounds_of (words);
  g_assert_cmpint (bounds.x, ==, 0);
  g_assert_cmpint (bounds.y, ==, 110);
  g_assert_cmpint (bounds.width, ==, 380);

  gtk_widget_measure (columns, GTK_ORIENTATION_VERTICAL, 519, &height, NULL, NULL, NULL);
  g_assert_cmpint (height, ==, 100 + 10 + 250 + 10 + 80);
  gtk_widget_allocate (columns, 519, height, -1, NULL);
  bounds = bounds_of (people);
  g_assert_cmpint (bounds.x, ==, 0);
  g_assert_cmpint (bounds.y, ==, 110);
  bounds = bounds_of (words);
  g_assert_cmpint (bounds.y, ==, 370);

  gtk_widget_set_direction (columns, GTK_TEXT_DIR_RTL);
  gtk_widget_measure (columns, GTK_ORIENTATION_VERTICAL, 600, &height, NULL, NULL, NULL);
  gtk_widget_allocate (columns, 600, height, -1, NULL);
  bounds = bounds_of (card);
  g_assert_cmpint (bounds.x, ==, 220);
  bounds = bounds_of (people);
  g_assert_cmpint (bounds.x, ==, 0);

  gtk_widget_set_visible (card, FALSE);
  gtk_widget_set_visible (words, FALSE);
  gtk_widget_measure (columns, GTK_ORIENTATION_VERTICAL, 600, &height, NULL, NULL, NULL);
  gtk_widget_allocate (columns, 600, height, -1, NULL);
  bounds = bounds_of (people);
  g_assert_cmpint (bounds.width, ==, 600);
  g_object_unref (columns);
}

/* Tab goes down the first column before the second, whatever stands higher. */
static void
test_columns_focus (void)
{
  GtkWidget *window = gtk_window_new ();
  GtkWidget *columns = g_object_new (AMENDS_TYPE_COLUMNS, NULL);
  GtkWidget *buttons[3];

  for (int i = 0; i < 3; i++)
    {
      GtkWidget *box = add_box (columns, i / 2, 100, i == 0 ? 400 : 50);

      buttons[i] = gtk_button_new ();
      gtk_box_append (GTK_BOX (box), buttons[i]);
    }
  gtk_window_set_child (GTK_WINDOW (window), columns);
  gtk_window_present (GTK_WINDOW (window));

  gtk_widget_grab_focus (buttons[0]);
  for (int i = 1; i < 3; i++)
    {
      gtk_widget_child_focus (window, GTK_DIR_TAB_FORWARD);
      g_assert_true (gtk_window_get_focus (GTK_WINDOW (window)) == buttons[i]);
    }
  gtk_widget_child_focus (window, GTK_DIR_TAB_BACKWARD);
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (window)) == buttons[1]);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
run_idles (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

/* Narrow is where the wide form's own minimum does not fit, and while it is pinned. */
static void
test_fit (void)
{
  GtkWidget *fit = g_object_ref_sink (g_object_new (AMENDS_TYPE_FIT, NULL));
  GtkWidget *child = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  int minimum;

  gtk_widget_set_size_request (child, 700, 10);
  g_object_set (fit, "child", child, NULL);
  gtk_widget_measure (fit, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  g_assert_cmpint (minimum, ==, 340);
  gtk_widget_allocate (fit, 700, 10, -1, NULL);
  run_idles ();
  g_assert_false (amends_fit_get_narrow (AMENDS_FIT (fit)));
  gtk_widget_allocate (fit, 699, 10, -1, NULL);
  run_idles ();
  g_assert_true (amends_fit_get_narrow (AMENDS_FIT (fit)));
  gtk_widget_set_size_request (child, 300, 10);
  gtk_widget_measure (fit, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  gtk_widget_allocate (fit, 699, 10, -1, NULL);
  run_idles ();
  g_assert_true (amends_fit_get_narrow (AMENDS_FIT (fit)));
  gtk_widget_allocate (fit, 700, 10, -1, NULL);
  run_idles ();
  g_assert_false (amends_fit_get_narrow (AMENDS_FIT (fit)));
  g_object_set (fit, "pinned", TRUE, NULL);
  g_assert_true (amends_fit_get_narrow (AMENDS_FIT (fit)));
  gtk_widget_measure (fit, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  g_assert_cmpint (minimum, ==, 340);
  gtk_widget_set_size_request (child, 500, 10); /* large text */
  gtk_widget_measure (fit, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  g_assert_cmpint (minimum, ==, 500);
  g_object_unref (fit);
}

/* A line says the whole of it once, whatever its form: to a screen reader it is one sentence. */
static void
test_duty_line (void)
{
  AmendsCaseRow complaint = { .reference = (char *) "7K-0039-D",
                              .kind = (char *) "complaint",
                              .complainant = (char *) "Ms Bridget Farrow",
                              .home = (char *) "Flat 21",
                              .summary = (char *) "Leak through the ceiling" };
  const AmendsDutyRow row = {
    .complaint = &complaint,
    .duty = { .kind = AMENDS_DUTY_UPDATE, .day = 20000 },
    .n_working_days_left = -1,
    .is_mine = TRUE,
  };
  g_autoptr (AmendsWorkLine) line = amends_work_line_new (&row, 20001);

  g_assert_true (line->is_late);
  g_assert_cmpstr (line->sentence, ==,
                   "Ms Bridget Farrow, Flat 21, Leak through the ceiling, Update promised, "
                   "\342\201\2507K-0039-D\342\201\251, 1 working day late, was \342\201\250Fri 4 "
                   "Oct\342\201\251, You");
  for (int form = AMENDS_DUTY_FORM_WIDE; form <= AMENDS_DUTY_FORM_PANE; form++)
    {
      GtkWidget *widget = g_object_ref_sink (amends_duty_line_new (line, (AmendsDutyForm) form));

      gtk_test_accessible_assert_property (widget, GTK_ACCESSIBLE_PROPERTY_LABEL, line->sentence);
      amends_duty_line_set_duty (AMENDS_DUTY_LINE (widget), &row);
      g_assert_true (amends_duty_line_get_duty (AMENDS_DUTY_LINE (widget)) == &row);
      g_object_unref (widget);
    }
}

static void
set_menu (GtkMenuButton *button, const AmendsCaseFile *file)
{
  g_autoptr (GMenuModel) menu = amends_act_menu_new (file, AMENDS_ACT_GROUP_RECORD,
                                                     AMENDS_ACT_GROUP_ENDING, AMENDS_EVENT_UNKNOWN);

  amends_act_menu_set (button, menu);
}

/* A case read again takes no menu away; one in which something else can be done has another. */
static void
test_act_menu (void)
{
  GtkMenuButton *button = GTK_MENU_BUTTON (g_object_ref_sink (gtk_menu_button_new ()));
  g_autoptr (GPtrArray) answers = g_ptr_array_new ();
  AmendsActAnswer added = { .type = AMENDS_EVENT_ISSUE_ADDED, .is_open = TRUE };
  AmendsActAnswer closed = { .type = AMENDS_EVENT_CASE_CLOSED, .is_open = FALSE };
  g_autoptr (GPtrArray) goals = g_ptr_array_new ();
  AmendsCaseFile file = { .answers = answers, .goals = goals };
  GMenuModel *first;

  g_ptr_array_add (answers, &added);
  g_ptr_array_add (answers, &closed);
  set_menu (button, &file);
  first = gtk_menu_button_get_menu_model (button);
  g_assert_cmpint (g_menu_model_get_n_items (first), ==, 1);
  set_menu (button, &file);
  g_assert_true (gtk_menu_button_get_menu_model (button) == first);
  closed.is_open = TRUE;
  set_menu (button, &file);
  g_assert_true (gtk_menu_button_get_menu_model (button) != first);
  g_object_unref (button);
}

#define APART(n) n, "2A.1"

/* Of two versions that leave nothing safe it is said that nothing is; a list that was written empty says nothing. */
static void
test_nothing_left (void)
{
  static const TestAct acts[] = {
    { "person.preference",
      "\"safe_contact\":{\"methods\":[\"in person\"],\"times\":[\"Mornings\"]}", APART ("7K.1") },
    { "person.preference", "\"safe_contact\":{\"methods\":[\"0200\"]}", APART ("9M.1") },
  };
  g_autoptr (AmendsCase) complaint = test_case_new ("\"complaint\"", acts, G_N_ELEMENTS (acts));
  const json_t *safe = amends_case_get_value (complaint, "complainant.safe_contact");
  json_auto_t *empty = json_pack ("{s:[]}", "methods");
  g_autofree char *text = amends_people_list_describe_safe_contact (safe, TRUE);
  g_autofree char *none = amends_people_list_describe_safe_contact (empty, FALSE);

  g_assert_cmpstr (text, ==, "Safe: nothing that both say\nWhen: Mornings");
  g_assert_cmpstr (none, ==, "");
}

/* Of two who were named apart either may know it. */
static void
test_ask_either (void)
{
  static const TestAct acts[] = {
    { "ask-first", "\"on\":\"2026-11-21\",\"ask\":{\"name\":\"Tamsin Roe\"}", APART ("7K.1") },
    { "ask-first", "\"on\":\"2026-11-21\",\"ask\":{\"name\":\"Jo Lane\"}", APART ("9M.1") },
  };
  g_autoptr (AmendsCase) complaint = test_case_new ("\"complaint\"", acts, G_N_ELEMENTS (acts));
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  AmendsCaseFile file = { .complaint = complaint, .answers = none, .goals = none, .duties = none };
  GtkWidget *notices = g_object_ref_sink (g_object_new (AMENDS_TYPE_CASE_NOTICES, NULL));

  amends_case_notices_set_file (AMENDS_CASE_NOTICES (notices), &file);
  g_assert_true (is_named (notices, "Ask " AMENDS_ISOLATE_BEGIN "Tamsin Roe" AMENDS_ISOLATE_END
                                    " or " AMENDS_ISOLATE_BEGIN "Jo Lane" AMENDS_ISOLATE_END
                                    " before you ring, visit or write: they know more."));
  g_object_unref (notices);
}

static gboolean
swallows (GtkWidget *window, guint keyval)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (window);
  gboolean is_handled = FALSE;

  for (guint i = 0; !is_handled && i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GObject) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_EVENT_CONTROLLER_KEY (controller))
        g_signal_emit_by_name (controller, "key-pressed", keyval, 0,
                               GDK_CONTROL_MASK | GDK_SHIFT_MASK, &is_handled);
    }
  return is_handled;
}

static gboolean
is_watched (GtkWidget *window)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (window);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GObject) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_EVENT_CONTROLLER_LEGACY (controller))
        return TRUE;
    }
  return FALSE;
}

/* Whoever writes in a form, which is a window of its own, is not locked out as one who went away; and it shows
 * no more of the program than the window does. */
static void
test_forms_are_watched (void)
{
  GtkWidget *window = g_object_new (AMENDS_TYPE_WINDOW, NULL);
  GtkWidget *form = g_object_new (AMENDS_TYPE_ACT_DIALOG, NULL);

  g_assert_true (is_watched (window));
  g_assert_true (swallows (window, GDK_KEY_I));
  g_assert_false (swallows (window, GDK_KEY_K));
  g_assert_true (is_watched (form));
  g_assert_true (swallows (form, GDK_KEY_I));
  g_assert_false (swallows (form, GDK_KEY_K));
  gtk_window_destroy (GTK_WINDOW (form));
  gtk_window_destroy (GTK_WINDOW (window));
}

static GtkWidget *
find_text (GtkWidget *widget, const char *text)
{
  if (GTK_IS_TEXT (widget) && g_str_equal (gtk_editable_get_text (GTK_EDITABLE (widget)), text))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_text (child, text);

      if (found != NULL)
        return found;
    }
  return NULL;
}

/* Undo brings back what this person typed, and nothing of who was here before. */
static void
test_intake_undo (void)
{
  AmendsIntakeForm *form = g_object_ref_sink (g_object_new (AMENDS_TYPE_INTAKE_FORM, NULL));
  json_t *intake = json_pack ("{s:{s:s}}", "complainant", "name", "Ivy");
  GtkWidget *name;

  amends_intake_form_begin (form, intake, NULL, NULL);
  name = find_text (GTK_WIDGET (form), "Ivy");
  g_assert_nonnull (name);
  gtk_editable_set_text (GTK_EDITABLE (name), "Ivy Marsh");
  gtk_editable_set_text (GTK_EDITABLE (name), "");
  gtk_widget_activate_action (name, "text.undo", NULL);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (name)), !=, "");

  amends_intake_form_begin (form, NULL, NULL, NULL);
  for (int i = 0; i < 4; i++)
    {
      gtk_widget_activate_action (name, "text.undo", NULL);
      g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (name)), ==, "");
    }
  json_decref (intake);
  g_object_unref (form);
}

/* A concern begins with who may be unsafe, and now; what was kept says when it was taken down. */
static void
test_intake_begins_now (void)
{
  AmendsIntakeForm *form = g_object_ref_sink (g_object_new (AMENDS_TYPE_INTAKE_FORM, NULL));
  json_auto_t *intake = json_pack ("{s:{s:s}}", "complainant", "name", "Ivy");
  json_auto_t *now = NULL;
  json_auto_t *kept = NULL;
  json_auto_t *earlier = NULL;
  g_autofree char *today = amends_words_plain_day (amends_words_today ());
  GtkWidget *day;

  amends_intake_form_begin (form, intake, NULL, "Ada Thorn");
  now = amends_intake_form_collect (form, FALSE);
  g_assert_nonnull (json_object_get (now, "received"));
  g_assert_nonnull (json_object_get (now, "received_time"));
  g_assert_cmpstr (json_string_value (json_object_get (now, "received_by")), ==, "Ada Thorn");

  /* The time of now is of today. */
  day = find_text (GTK_WIDGET (form), today);
  g_assert_nonnull (day);
  gtk_editable_set_text (GTK_EDITABLE (day), "20 Nov 2020");
  earlier = amends_intake_form_collect (form, FALSE);
  g_assert_null (json_object_get (earlier, "received_time"));

  amends_intake_form_begin (form, intake, NULL, NULL);
  kept = amends_intake_form_collect (form, FALSE);
  g_assert_null (json_object_get (kept, "received"));
  g_object_unref (form);
}

/* Whoever says that somebody may be unsafe does not save it by oversight with nobody told. */
static void
test_intake_asks_safety (void)
{
  AmendsIntakeForm *form = g_object_ref_sink (g_object_new (AMENDS_TYPE_INTAKE_FORM, NULL));
  json_auto_t *concern = json_pack ("{s:s}", "kind", "safeguarding");
  AmendsQuestion *question =
      AMENDS_QUESTION (gtk_widget_get_template_child (GTK_WIDGET (form), AMENDS_TYPE_INTAKE_FORM,
                                                      "unsafe_question"));

  amends_intake_form_begin (form, NULL, NULL, NULL);
  g_assert_true (amends_intake_form_ask_safety (form));
  amends_question_set_word (question, "yes");
  g_assert_false (amends_intake_form_ask_safety (form));
  g_assert_true (amends_intake_form_ask_safety (form));
  amends_intake_form_begin (form, NULL, NULL, NULL);
  amends_question_set_word (question, "yes");
  g_assert_false (amends_intake_form_ask_safety (form));
  amends_intake_form_begin (form, concern, NULL, NULL);
  amends_question_set_word (question, "yes");
  g_assert_true (amends_intake_form_ask_safety (form));
  g_object_unref (form);
}

static void
not_chosen_cb (GtkWindow *window, GFile *file)
{
  g_assert_not_reached ();
}

static GtkFileChooser *
ask_for_file (GtkWindow *window)
{
  return amends_chooser_new (window, "Choose", GTK_FILE_CHOOSER_ACTION_OPEN, "Choose",
                             not_chosen_cb);
}

/* A window asks for one file at a time, and takes what is open away with itself. */
static void
test_chooser (void)
{
  GtkWindow *window = GTK_WINDOW (gtk_window_new ());
  GtkFileChooser *chooser = ask_for_file (window);

  g_assert_nonnull (chooser);
  g_object_add_weak_pointer (G_OBJECT (chooser), (gpointer *) &chooser);
  g_assert_null (ask_for_file (window));
  g_signal_emit_by_name (chooser, "response", GTK_RESPONSE_CANCEL);
  g_assert_null (chooser);

  chooser = ask_for_file (window);
  g_assert_nonnull (chooser);
  g_object_add_weak_pointer (G_OBJECT (chooser), (gpointer *) &chooser);
  gtk_window_destroy (window);
  g_assert_null (chooser);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  adw_init ();
  g_test_add_func ("/widgets/templates", test_templates);
  g_test_add_func ("/widgets/choice", test_choice);
  g_test_add_func ("/widgets/code-row", test_code_row);
  g_test_add_func ("/widgets/date-row", test_date_row);
  g_test_add_func ("/widgets/date-row-time", test_date_row_time);
  g_test_add_func ("/widgets/yes-more", test_yes_more);
  g_test_add_func ("/widgets/problem-row", test_problem_row);
  g_test_add_func ("/widgets/editors", test_editors);
  g_test_add_func ("/widgets/columns", test_columns);
  g_test_add_func ("/widgets/fit", test_fit);
  g_test_add_func ("/widgets/act-menu", test_act_menu);
  g_test_add_func ("/widgets/nothing-left", test_nothing_left);
  g_test_add_func ("/widgets/ask-either", test_ask_either);
  g_test_add_func ("/widgets/duty-line", test_duty_line);
  g_test_add_func ("/widgets/columns-focus", test_columns_focus);
  g_test_add_func ("/widgets/intake-undo", test_intake_undo);
  g_test_add_func ("/widgets/intake-begins-now", test_intake_begins_now);
  g_test_add_func ("/widgets/intake-asks-safety", test_intake_asks_safety);
  g_test_add_func ("/widgets/chooser", test_chooser);
  g_test_add_func ("/window/forms-are-watched", test_forms_are_watched);
  return g_test_run ();
}
