/* test-several.c: of several who complain together, each is written to, asked of and shown apart
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "find.h"
#include "open-session.h"

#include <adwaita.h>

#include "app/amends-words.h"
#include "app/staff/amends-act-dialog.h"
#include "app/staff/amends-duty-act.h"
#include "app/staff/amends-people-list.h"
#include "core/amends-complainant.h"

#define INTAKE                                                                                     \
  "{\"kind\":\"complaint\",\"scheme\":\"oak\",\"received\":\"2026-11-20\",\"channel\":"            \
  "\"in-person\",\"complainant\":{\"name\":\"Ivy Marsh\",\"home\":\"Flat 12\",\"safe_contact\":{"  \
  "\"methods\":[\"her mobile\"]}},\"others\":[{\"name\":\"Kit Fenn\",\"relation\":\"neighbour\"}]" \
  ",\"issues\":[{\"what\":\"The lift stands still\"}]}"

static void
record_several (Fixture *fixture)
{
  json_auto_t *intake = json_loads (INTAKE, 0, NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (AmendsOutcome) outcome = NULL;

  amends_session_record_async (fixture->session, intake, NULL, result_cb, &result);
  wait_for_result (&result);
  outcome = amends_session_record_finish (fixture->session, result, &error);
  g_assert_no_error (error);
  fixture->id = outcome->id;
}

/* The row with that title, in or below @widget. */
static AdwComboRow *
find_row (GtkWidget *widget, const char *title)
{
  AdwComboRow *found = NULL;

  if (ADW_IS_COMBO_ROW (widget)
      && g_strcmp0 (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)), title) == 0)
    return ADW_COMBO_ROW (widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); found == NULL && child != NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_row (child, title);
  return found;
}

static GtkEditable *
find_entry (GtkWidget *widget, const char *title)
{
  GtkEditable *found = NULL;

  if (ADW_IS_ENTRY_ROW (widget)
      && g_strcmp0 (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)), title) == 0)
    return GTK_EDITABLE (widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); found == NULL && child != NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_entry (child, title);
  return found;
}

static void
choose (GtkWidget *dialog, const char *title, guint selected)
{
  AdwComboRow *row = find_row (dialog, title);

  g_assert_nonnull (row);
  adw_combo_row_set_selected (row, selected);
}

static GtkTextBuffer *
get_buffer (GtkWidget *dialog)
{
  GtkWidget *view = find_widget (dialog, GTK_TYPE_TEXT_VIEW, NULL);

  return gtk_text_view_get_buffer (GTK_TEXT_VIEW (view));
}

static char *
dup_text (GtkWidget *dialog)
{
  char *text;

  g_object_get (get_buffer (dialog), "text", &text, NULL);
  return text;
}

static void
assert_written (GtkWidget *dialog, const char *words, const char *not_words)
{
  g_autofree char *text = dup_text (dialog);

  if (strstr (text, words) == NULL)
    g_error ("“%s” is not in:\n%s", words, text);
  g_assert_null (strstr (text, not_words));
}

/* The form goes once the store has said what was kept of it before. */
static void
close_both (GtkWidget *dialog, GtkWidget *parent)
{
  g_object_add_weak_pointer (G_OBJECT (dialog), (gpointer *) &dialog);
  gtk_window_destroy (GTK_WINDOW (dialog));
  while (dialog != NULL)
    g_main_context_iteration (NULL, TRUE);
  gtk_window_destroy (GTK_WINDOW (parent));
}

#define WHO "Which of those who complain"
#define WRITE "_Write it from the record"

/* A draft is written to whom it is for, and what was written before goes to whoever is chosen since. */
static void
test_draft (Fixture *fixture, gconstpointer data)
{
  g_autoptr (AmendsCaseFile) file = NULL;
  GtkWidget *parent = gtk_window_new ();
  GtkWidget *dialog;

  record_several (fixture);
  do_act (fixture, "{\"type\":\"authority.given\",\"name\":\"Kay Marsh\",\"relation\":\"daughter\","
                   "\"authority\":{\"type\":\"written-permission\",\"evidence\":\"original-seen\"}"
                   "}");
  do_act (fixture, "{\"type\":\"authority.given\",\"name\":\"Ann Quill\",\"relation\":\"friend\","
                   "\"authority\":{\"type\":\"written-permission\",\"evidence\":\"original-seen\"}"
                   "}");
  file = get_file (fixture);
  dialog = amends_act_dialog_new (fixture->session, file, AMENDS_EVENT_CASE_DRAFTED, NULL,
                                  GTK_WINDOW (parent));
  g_clear_pointer (&file, amends_case_file_unref);
  choose (dialog, WHO, 2);
  g_signal_emit_by_name (find_button (dialog, WRITE), "clicked");
  assert_written (dialog, "Dear Kit Fenn", "Flat 12");
  choose (dialog, WHO, 1);
  assert_written (dialog, "Dear Ivy Marsh", "Kit Fenn");
  assert_written (dialog, "Flat 12", "Kit Fenn");
  gtk_text_buffer_set_text (get_buffer (dialog), "", -1);
  choose (dialog, "Who gets it", 2);
  g_signal_emit_by_name (find_button (dialog, WRITE), "clicked");
  assert_written (dialog, "Dear Ann Quill", "Dear Ivy");
  /* Who is meant is typed where several act. */
  gtk_editable_set_text (find_entry (dialog, "The name of who acts for them"), "Kay Marsh");
  assert_written (dialog, "Dear Kay Marsh", "Dear Ann");
  /* While there is nobody of that name it goes to nobody but her. */
  gtk_editable_set_text (find_entry (dialog, "The name of who acts for them"), "Kay Mar");
  assert_written (dialog, "Dear Ivy Marsh", "Dear Kay");
  close_both (dialog, parent);
}

static void
assert_text (GtkWidget *dialog, const char *expected)
{
  g_autofree char *text = dup_text (dialog);

  g_assert_cmpstr (text, ==, expected);
}

static const char *
get_method (Fixture *fixture, const char *who)
{
  g_autoptr (AmendsCaseFile) file = get_file (fixture);
  const json_t *safe = amends_complainant_get_value (file->complaint, who, "safe_contact");

  return g_intern_string (
      json_string_value (json_array_get (json_object_get (safe, "methods"), 0)));
}

#define ISOLATED(text) AMENDS_ISOLATE_BEGIN text AMENDS_ISOLATE_END

/* One is saved at a time: whoever saves is told what that leaves out, once. */
static void
test_left_out (Fixture *fixture, gconstpointer data)
{
  g_autoptr (AmendsCaseFile) file = NULL;
  GtkWidget *parent = gtk_window_new ();
  GtkWidget *dialog;

  record_several (fixture);
  file = get_file (fixture);
  dialog = amends_act_dialog_new (fixture->session, file, AMENDS_EVENT_PERSON_PREFERENCE, NULL,
                                  GTK_WINDOW (parent));
  gtk_window_present (GTK_WINDOW (parent));
  gtk_window_present (GTK_WINDOW (dialog));
  gtk_text_buffer_set_text (get_buffer (dialog), "her sister", -1);
  choose (dialog, WHO, 1);
  gtk_text_buffer_set_text (get_buffer (dialog), "his email", -1);
  g_object_add_weak_pointer (G_OBJECT (dialog), (gpointer *) &dialog);
  g_signal_emit_by_name (find_button (dialog, "Save"), "clicked");
  g_assert_true (says (dialog, "What you typed for " ISOLATED ("Ivy Marsh") " is not saved"));
  g_assert_cmpstr (get_method (fixture, "Kit Fenn"), ==, NULL);
  /* Of who is left out since nothing was said yet. */
  choose (dialog, WHO, 0);
  assert_text (dialog, "her sister");
  g_signal_emit_by_name (find_button (dialog, "Save"), "clicked");
  g_assert_true (says (dialog, "What you typed for " ISOLATED ("Kit Fenn") " is not saved"));
  g_assert_cmpstr (get_method (fixture, NULL), ==, "her mobile");
  choose (dialog, WHO, 1);
  g_signal_emit_by_name (find_button (dialog, "Save"), "clicked");
  g_assert_true (says (dialog, "What you typed for " ISOLATED ("Ivy Marsh") " is not saved"));
  g_signal_emit_by_name (find_button (dialog, "Save"), "clicked");
  while (dialog != NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpstr (get_method (fixture, "Kit Fenn"), ==, "his email");
  g_assert_cmpstr (get_method (fixture, NULL), ==, "her mobile");
  gtk_window_destroy (GTK_WINDOW (parent));
}

/* What was typed of one is not said of another, and is not lost. */
static void
test_safe_contact (Fixture *fixture, gconstpointer data)
{
  g_autoptr (AmendsCaseFile) file = NULL;
  GtkWidget *parent = gtk_window_new ();
  GtkWidget *dialog;

  record_several (fixture);
  file = get_file (fixture);
  dialog = amends_act_dialog_new (fixture->session, file, AMENDS_EVENT_PERSON_PREFERENCE, NULL,
                                  GTK_WINDOW (parent));
  assert_text (dialog, "her mobile");
  gtk_text_buffer_set_text (get_buffer (dialog), "her mobile\nher sister", -1);
  choose (dialog, WHO, 1);
  assert_text (dialog, "");
  gtk_text_buffer_set_text (get_buffer (dialog), "his email", -1);
  choose (dialog, WHO, 0);
  assert_text (dialog, "her mobile\nher sister");
  choose (dialog, WHO, 1);
  assert_text (dialog, "his email");
  close_both (dialog, parent);
}

/* Whoever has stopped is offered where somebody comes back, and nobody who goes on. */
static void
test_come_back (Fixture *fixture, gconstpointer data)
{
  g_autoptr (AmendsCaseFile) file = NULL;
  GtkWidget *parent = gtk_window_new ();
  GListModel *names;
  GtkWidget *dialog;

  record_several (fixture);
  do_act (fixture, "{\"type\":\"case.withdrawn\",\"on\":\"2026-11-24\",\"who\":\"Kit Fenn\"}");
  file = get_file (fixture);
  dialog = amends_act_dialog_new (fixture->session, file, AMENDS_EVENT_CASE_REOPENED, NULL,
                                  GTK_WINDOW (parent));
  names = adw_combo_row_get_model (find_row (dialog, WHO));
  g_assert_cmpuint (g_list_model_get_n_items (names), ==, 2);
  g_assert_cmpstr (gtk_string_list_get_string (GTK_STRING_LIST (names), 1), ==, "Kit Fenn");
  close_both (dialog, parent);
}

/* What somebody needs who acts for them is recorded as theirs. */
static void
test_needs (Fixture *fixture, gconstpointer data)
{
  g_autoptr (AmendsCaseFile) file = NULL;
  GtkWidget *parent = gtk_window_new ();
  GListModel *names;
  GtkWidget *dialog;

  do_act (fixture, "{\"type\":\"authority.given\",\"name\":\"Kay Marsh\",\"relation\":\"daughter\","
                   "\"authority\":{\"type\":\"written-permission\",\"evidence\":\"original-seen\"}"
                   "}");
  file = get_file (fixture);
  dialog = amends_act_dialog_new (fixture->session, file, AMENDS_EVENT_ADJUSTMENT_ADDED, NULL,
                                  GTK_WINDOW (parent));
  names = adw_combo_row_get_model (find_row (dialog, WHO));
  g_assert_cmpuint (g_list_model_get_n_items (names), ==, 2);
  g_assert_cmpstr (gtk_string_list_get_string (GTK_STRING_LIST (names), 1), ==, "Kay Marsh");
  close_both (dialog, parent);
}

/* How each is reached stands with the people of the case, what is safe first. */
static void
test_people (Fixture *fixture, gconstpointer data)
{
  GtkWidget *list = g_object_ref_sink (g_object_new (AMENDS_TYPE_PEOPLE_LIST, NULL));
  g_autoptr (AmendsCaseFile) file = NULL;
  int safe = -1, phone = -1, home = -1;
  GtkWidget *box;
  GtkListBoxRow *row;

  record_several (fixture);
  do_act (fixture, "{\"type\":\"person.preference\",\"who\":\"Kit Fenn\",\"safe_contact\":{\"not\":"
                   "[\"the landline\"]}}");
  do_act (fixture, "{\"type\":\"contact.changed\",\"who\":\"Kit Fenn\",\"phone\":\"01632 960222\","
                   "\"home\":\"Flat 14\"}");
  file = get_file (fixture);
  amends_people_list_set_file (AMENDS_PEOPLE_LIST (list), file);
  box = find_widget (list, GTK_TYPE_LIST_BOX, NULL);
  for (int i = 0; (row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (box), i)) != NULL; i++)
    {
      safe = says (GTK_WIDGET (row), "Not: the landline") ? i : safe;
      phone = says (GTK_WIDGET (row), "960222") ? i : phone;
      home = says (GTK_WIDGET (row), "Flat 14") ? i : home;
    }
  g_assert_cmpint (safe, >, 0);
  g_assert_cmpint (phone, ==, safe + 1);
  g_assert_cmpint (home, ==, safe + 2);
  g_object_unref (list);
}

/* What is owed to one of several begins with them, and is not taken for all. */
static void
test_owed_to_one (Fixture *fixture, gconstpointer data)
{
  const AmendsDuty update = { .kind = AMENDS_DUTY_UPDATE, .what = (char *) "Kit Fenn" };
  const AmendsDuty later = { .kind = AMENDS_DUTY_PASS_ON,
                             .what = (char *) "acknowledged",
                             .detail = (char *) "Kit Fenn" };
  g_autoptr (AmendsCaseFile) file = NULL;
  json_auto_t *told = NULL;
  json_auto_t *passed_on = NULL;

  record_several (fixture);
  file = get_file (fixture);
  told = amends_duty_act_begin (file, &update, AMENDS_EVENT_CASE_UPDATED);
  passed_on = amends_duty_act_begin (file, &later, AMENDS_EVENT_CASE_ACKNOWLEDGED);
  g_assert_cmpstr (json_string_value (json_object_get (told, "who")), ==, "Kit Fenn");
  g_assert_cmpstr (json_string_value (json_object_get (passed_on, "who")), ==, "Kit Fenn");
}

#define ADD(name, test) g_test_add ("/several/" name, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  ADD ("draft", test_draft);
  ADD ("safe-contact", test_safe_contact);
  ADD ("left-out", test_left_out);
  ADD ("come-back", test_come_back);
  ADD ("needs", test_needs);
  ADD ("owed-to-one", test_owed_to_one);
  ADD ("people", test_people);
  return g_test_run ();
}
