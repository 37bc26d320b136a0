/* test-reading.c: what was recorded can be read, whole and in words
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "find.h"
#include "open-session.h"

#include <adwaita.h>

#include "app/amends-act-words.h"
#include "app/amends-record-words.h"
#include "app/staff/amends-act-dialog.h"
#include "app/staff/amends-case-notices.h"
#include "app/staff/amends-closed-list.h"
#include "app/staff/amends-duty-act.h"
#include "app/staff/amends-facts-box.h"
#include "app/staff/amends-handler-line.h"
#include "app/staff/amends-history-list.h"
#include "app/staff/amends-history-row.h"
#include "app/staff/amends-people-list.h"
#include "app/staff/amends-words-box.h"
#include "app/staff/pages/amends-case-page.h"
#include "core/amends-csv.h"
#include "core/amends-error.h"

#define INTAKE                                                                                    \
  "{\"kind\":\"complaint\",\"scheme\":\"oak\",\"received\":\"2026-11-20\",\"channel\":"           \
  "\"kiosk\",\"complainant\":{\"name\":\"Ivy Marsh\",\"home\":\"Flat 12\",\"safe_contact\":{"     \
  "\"methods\":[\"her mobile\"]}},\"told_before\":{\"answer\":\"yes\",\"who\":\"the caretaker\"," \
  "\"when\":\"2026-10\"},\"hazard\":\"The stairs are dark\",\"managing_agent\":\"Tarnwick\","     \
  "\"care_related\":false,\"disabilities_disclosed\":[{\"what\":\"She cannot see well\","         \
  "\"purpose\":\"Large print\"}],\"issues\":[{\"what\":\"The lift stands still\",\"effect\":"     \
  "\"I carry shopping up four floors\",\"arose\":\"2026-10\",\"ongoing\":true,"                   \
  "\"outcome_sought\":\"A lift that runs\"}]}"

/* Longer than a line of the history, and of two lines. */
#define LONG_TEXT                                                                                 \
  "She is eighty-two and lives alone on the fourth floor, where the lift has not come since the " \
  "first of October.\\nHer daughter brings the shopping."

static void
record_as (Fixture *fixture, const char *kind)
{
  json_auto_t *intake = json_loads (INTAKE, 0, NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (AmendsOutcome) outcome = NULL;

  json_object_set_new (intake, "kind", json_string (kind));
  amends_session_record_async (fixture->session, intake, NULL, result_cb, &result);
  wait_for_result (&result);
  outcome = amends_session_record_finish (fixture->session, result, &error);
  g_assert_no_error (error);
  fixture->id = outcome->id;
}

static void
record_all (Fixture *fixture)
{
  record_as (fixture, "complaint");
}

static void
triage (Fixture *fixture)
{
  do_act (fixture, "{\"type\":\"case.triaged\",\"on\":\"2026-11-20\",\"complexity\":true,"
                   "\"extension_likely\":false,\"vulnerability\":"
                   "\"" LONG_TEXT "\",\"risk\":false,\"done_by\":{\"name\":\"Tamsin Roe\","
                   "\"role\":\"scheme-manager\"}}");
}

/* The last of that type. */
static const json_t *
find_entry (const AmendsCaseFile *file, const char *type)
{
  const json_t *found = NULL;
  gsize i;
  json_t *entry;

  json_array_foreach (file->history, i, entry)
    if (g_strcmp0 (json_string_value (json_object_get (entry, "type")), type) == 0)
      found = entry;
  g_assert_nonnull (found);
  return found;
}

/* (nullable) */
static const char *
find_text (const GPtrArray *lines, const char *label)
{
  for (guint i = 0; i < lines->len; i++)
    {
      const AmendsRecordLine *line = g_ptr_array_index (lines, i);

      if (g_str_equal (line->label, label))
        return line->text;
    }
  return NULL;
}

/* Each field by the name that its form has, codes and days in words, people by name, and a long text whole. */
static void
test_lines (Fixture *fixture, gconstpointer data)
{
  g_autoptr (AmendsCaseFile) file = NULL;
  g_autoptr (GPtrArray) triaged = NULL;
  g_autoptr (GPtrArray) recorded = NULL;
  g_autoptr (GPtrArray) finding = NULL;
  g_autofree char *text = g_strcompress (LONG_TEXT);
  const json_t *issue;
  g_autofree char *asked = NULL;

  record_all (fixture);
  triage (fixture);
  file = get_file (fixture);
  issue = find_entry (file, "issue.added");
  asked = g_strdup_printf ("{\"type\":\"case.learning\",\"on\":\"2026-11-20\",\"what\":\"Look at "
                           "the lift\",\"for\":\"both\",\"issue\":\"%s\",\"due\":\"2026-12-01\","
                           "\"owner\":{\"name\":\"Tamsin Roe\",\"role\":\"scheme-manager\"}}",
                           json_string_value (json_object_get (issue, "id")));
  do_act (fixture, asked);
  g_clear_pointer (&file, amends_case_file_unref);
  file = get_file (fixture);

  triaged = amends_record_words_list (file, find_entry (file, "case.triaged"));
  g_assert_cmpstr (find_text (triaged, "Is anybody vulnerable?"), ==, text);
  g_assert_cmpstr (find_text (triaged, "Is anybody at risk?"), ==, "No");
  g_assert_cmpstr (find_text (triaged, "By whom"), ==, "Tamsin Roe, Scheme manager");
  g_assert_null (find_text (triaged, "As"));
  g_assert_cmpuint (triaged->len, ==, 6);

  recorded = amends_record_words_list (file, find_entry (file, "case.recorded"));
  g_assert_cmpstr (find_text (recorded, "Recorded as"), ==, "Complaint");
  g_assert_cmpstr (find_text (recorded, "Safe ways to reach them"), ==, "her mobile");
  g_assert_cmpstr (find_text (recorded, "Whom they told"), ==, "the caretaker");
  g_assert_cmpstr (find_text (recorded, "When they told us"), ==, "\u2068October 2026\u2069");
  g_assert_cmpstr (find_text (recorded, "Is anything in the home dangerous?"), ==,
                   "The stairs are dark");
  g_assert_cmpstr (find_text (recorded, "Disabilities told to us"), ==,
                   "Kept apart, on the resident’s page");

  finding = amends_record_words_list (file, find_entry (file, "case.learning"));
  g_assert_cmpstr (find_text (finding, "Of what"), ==, "Issue: “The lift stands still”");
  g_assert_cmpstr (find_text (finding, "By"), ==, "\u2068Tue 1 Dec 2026\u2069");
  g_assert_cmpstr (find_text (finding, "Who sees to it"), ==, "Tamsin Roe, Scheme manager");
}

/* What is erased, or only a newer version knows, has no more than its line. */
static void
test_withheld (Fixture *fixture, gconstpointer data)
{
  static const char *const entries[] = {
    "{\"id\":\"7K-90\",\"type\":\"case.noted\",\"known\":true,\"erased\":true,\"body\":null}",
    "{\"id\":\"7K-91\",\"type\":\"case.telepathy\",\"known\":false,\"body\":{\"text\":\"Hm\"}}",
  };
  g_autoptr (AmendsCaseFile) file = get_file (fixture);

  for (guint i = 0; i < G_N_ELEMENTS (entries); i++)
    {
      json_auto_t *entry = json_loads (entries[i], 0, NULL);
      g_autoptr (GPtrArray) lines = amends_record_words_list (file, entry);
      GtkWidget *row = g_object_ref_sink (amends_history_row_new (file, entry));

      g_assert_cmpuint (lines->len, ==, 0);
      amends_history_row_set_open (AMENDS_HISTORY_ROW (row), TRUE);
      g_assert_false (amends_history_row_get_open (AMENDS_HISTORY_ROW (row)));
      g_object_unref (row);
    }
}

/* What another version of Amends, or another hand, wrote otherwise than expected is shown and breaks nothing. */
static void
test_strange (Fixture *fixture, gconstpointer data)
{
  static const char entry[] =
      "{\"id\":\"7K-92\",\"type\":\"case.remedy-offered\",\"known\":true,\"body\":{\"on\":7,"
      "\"remedy\":[\"apology\",3],\"owner\":\"Tamsin\",\"gross_pence\":\"<b>much</b>\","
      "\"authorised_by\":{\"name\":{}},\"issue\":\"7K-999\",\"net_pence\":1205}}";
  g_autoptr (AmendsCaseFile) file = get_file (fixture);
  json_auto_t *strange = json_loads (entry, 0, NULL);
  g_autoptr (GPtrArray) lines = amends_record_words_list (file, strange);

  g_assert_cmpstr (find_text (lines, "Sum, in pounds"), ==, "<b>much</b>");
  g_assert_cmpstr (find_text (lines, "They get, in pounds"), ==, "£12.05");
  g_assert_cmpstr (find_text (lines, "Of what"), ==, "A record that has not arrived here");
}

static GtkWidget *
find_open_button (GtkWidget *widget)
{
  GtkWidget *found = NULL;

  if (GTK_IS_BUTTON (widget) && gtk_widget_get_visible (widget)
      && g_strcmp0 (gtk_widget_get_tooltip_text (widget), "All of it") == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); found == NULL && child != NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_open_button (child);
  return found;
}

/* One press opens a record, the state is said, and it stays open when another record arrives. */
static void
test_row (Fixture *fixture, gconstpointer data)
{
  GtkWidget *window = gtk_window_new ();
  GtkWidget *list = g_object_new (AMENDS_TYPE_HISTORY_LIST, NULL);
  g_autoptr (AmendsCaseFile) file = NULL;
  g_autofree char *text = g_strcompress (LONG_TEXT);
  GtkWidget *button;

  record_all (fixture);
  triage (fixture);
  file = get_file (fixture);
  gtk_window_set_child (GTK_WINDOW (window), list);
  gtk_window_present (GTK_WINDOW (window));
  amends_history_list_set_file (AMENDS_HISTORY_LIST (list), file);
  g_assert_false (says (list, "Her daughter brings the shopping."));
  button = find_open_button (list);
  gtk_test_accessible_assert_state (button, GTK_ACCESSIBLE_STATE_EXPANDED, FALSE);
  g_assert_true (gtk_widget_grab_focus (button));
  g_signal_emit_by_name (button, "clicked");
  gtk_test_accessible_assert_state (button, GTK_ACCESSIBLE_STATE_EXPANDED, TRUE);
  g_assert_true (says (list, text));

  do_act (fixture, "{\"type\":\"case.noted\",\"text\":\"She rang.\"}");
  g_clear_pointer (&file, amends_case_file_unref);
  file = get_file (fixture);
  amends_history_list_set_file (AMENDS_HISTORY_LIST (list), file);
  g_assert_true (says (list, text));
  g_assert_true (GTK_IS_BUTTON (gtk_root_get_focus (GTK_ROOT (window))));
  gtk_test_accessible_assert_state (gtk_root_get_focus (GTK_ROOT (window)),
                                    GTK_ACCESSIBLE_STATE_EXPANDED, TRUE);
  amends_history_list_set_file (AMENDS_HISTORY_LIST (list), NULL);
  gtk_window_destroy (GTK_WINDOW (window));
}

/* What they answered at the kiosk, or on a form that was read in, stands on the page of the case. */
static void
test_answers (Fixture *fixture, gconstpointer data)
{
  static const char *const said[] = {
    "I carry shopping up four floors",
    "\u2068October 2026\u2069",
    "Is it still going on?",
    "the caretaker",
    "The stairs are dark",
  };
  static const char *const known[] = { "Managing agent", "Tarnwick", "Is it about care?" };
  GtkWidget *words = g_object_ref_sink (g_object_new (AMENDS_TYPE_WORDS_BOX, NULL));
  GtkWidget *facts = g_object_ref_sink (g_object_new (AMENDS_TYPE_FACTS_BOX, NULL));
  GtkWidget *people = g_object_ref_sink (g_object_new (AMENDS_TYPE_PEOPLE_LIST, NULL));
  g_autoptr (AmendsCaseFile) file = NULL;

  record_all (fixture);
  file = get_file (fixture);
  amends_words_box_set_file (AMENDS_WORDS_BOX (words), file);
  amends_facts_box_set_file (AMENDS_FACTS_BOX (facts), file);
  amends_people_list_set_file (AMENDS_PEOPLE_LIST (people), file);
  for (guint i = 0; i < G_N_ELEMENTS (said); i++)
    {
      g_test_message ("%s", said[i]);
      g_assert_true (is_named (words, said[i]));
    }
  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    {
      g_test_message ("%s", known[i]);
      g_assert_true (is_named (facts, known[i]));
    }
  g_assert_false (is_named (facts, "Of which property"));
  g_assert_true (is_named (people, "Told us in confidence"));
  g_object_unref (words);
  g_object_unref (facts);
  g_object_unref (people);
}

/* Who has it stands on the page of the case; while nobody does, the act that gives it to somebody stands beside. */
static void
test_handler (Fixture *fixture, gconstpointer data)
{
  GtkWidget *line = g_object_ref_sink (g_object_new (AMENDS_TYPE_HANDLER_LINE, NULL));
  g_autoptr (AmendsCaseFile) file = get_file (fixture);
  GtkWidget *button;

  amends_handler_line_set_file (AMENDS_HANDLER_LINE (line), file, FALSE);
  g_assert_true (is_named (line, "Nobody has it yet"));
  button = find_button (line, "Give it to somebody");
  g_assert_true (gtk_widget_get_visible (button));
  amends_handler_line_set_file (AMENDS_HANDLER_LINE (line), file, TRUE);
  g_assert_false (gtk_widget_get_sensitive (button));

  do_act (fixture, "{\"type\":\"case.assigned\",\"on\":\"2026-11-20\",\"to\":{\"name\":"
                   "\"Tamsin Roe\",\"role\":\"scheme-manager\"},\"conflict_of_interest\":false}");
  g_clear_pointer (&file, amends_case_file_unref);
  file = get_file (fixture);
  amends_handler_line_set_file (AMENDS_HANDLER_LINE (line), file, FALSE);
  g_assert_true (is_named (line, "With \u2068Tamsin Roe\u2069, Scheme manager"));
  g_assert_false (gtk_widget_get_visible (button));
  amends_handler_line_set_file (AMENDS_HANDLER_LINE (line), NULL, TRUE);
  g_assert_false (gtk_widget_get_visible (line));
  g_object_unref (line);
}

/* What is owed has its act; where no other does it, its form opens for it, once somebody has looked at the case. */
static void
test_duties (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    AmendsDuty duty;
    AmendsEventType act;
    gboolean is_only;
  } rows[] = {
    { { .kind = AMENDS_DUTY_CLOCK, .clock = AMENDS_CLOCK_ACKNOWLEDGE },
      AMENDS_EVENT_CASE_ACKNOWLEDGED,
      TRUE },
    { { .kind = AMENDS_DUTY_CLOCK, .clock = AMENDS_CLOCK_RESPOND },
      AMENDS_EVENT_CASE_DRAFTED,
      FALSE },
    { { .kind = AMENDS_DUTY_CLOCK, .clock = AMENDS_CLOCK_CLOSE }, AMENDS_EVENT_CASE_CLOSED, FALSE },
    { { .kind = AMENDS_DUTY_CLOCK, .clock = AMENDS_CLOCK_DATA_COMPLAINT },
      AMENDS_EVENT_CASE_ACKNOWLEDGED,
      TRUE },
    { { .kind = AMENDS_DUTY_CLOCK, .clock = AMENDS_CLOCK_ENQUIRY },
      AMENDS_EVENT_CASE_RESPONDED,
      TRUE },
    { { .kind = AMENDS_DUTY_CLOCK, .clock = AMENDS_CLOCK_HAZARD_INVESTIGATE },
      AMENDS_EVENT_CASE_HAZARD_INVESTIGATED,
      TRUE },
    { { .kind = AMENDS_DUTY_CLOCK, .clock = AMENDS_CLOCK_HAZARD_EMERGENCY },
      AMENDS_EVENT_CASE_HAZARD_MADE_SAFE,
      TRUE },
    { { .kind = AMENDS_DUTY_UPDATE }, AMENDS_EVENT_CASE_UPDATED, TRUE },
    { { .kind = AMENDS_DUTY_SAFETY }, AMENDS_EVENT_CASE_CONTACTED, FALSE },
    { { .kind = AMENDS_DUTY_LOOK }, AMENDS_EVENT_CASE_CONTACTED, FALSE },
    { { .kind = AMENDS_DUTY_SETTLE }, AMENDS_EVENT_UNKNOWN, FALSE },
    { { .kind = AMENDS_DUTY_PROMISE, .what = (char *) "Mend the lift" },
      AMENDS_EVENT_CASE_ACTION_DONE,
      TRUE },
  };
  const AmendsDuty of_clock = { .kind = AMENDS_DUTY_CLOCK,
                                .clock = AMENDS_CLOCK_HAZARD_INVESTIGATE };
  g_autoptr (AmendsCaseFile) file = NULL;
  json_auto_t *beginning = NULL;

  record_all (fixture);
  file = get_file (fixture);
  g_assert_cmpint (amends_duty_act_find_only (file, &of_clock), ==, AMENDS_EVENT_UNKNOWN);
  g_clear_pointer (&file, amends_case_file_unref);
  do_act (fixture, "{\"type\":\"case.action-added\",\"on\":\"2026-11-20\",\"what\":\"Light the "
                   "stairs\",\"owner\":{\"name\":\"Tamsin Roe\"},\"due\":\"2026-11-25\"}");
  do_act (fixture, "{\"type\":\"case.action-added\",\"on\":\"2026-11-20\",\"what\":\"Mend the "
                   "lift\",\"owner\":{\"name\":\"Tamsin Roe\"},\"due\":\"2026-11-25\"}");
  file = get_file (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_test_message ("%u", i);
      g_assert_cmpint (amends_duty_act_find (file, &rows[i].duty), ==, rows[i].act);
      g_assert_cmpint (amends_duty_act_find_only (file, &rows[i].duty), ==,
                       rows[i].is_only ? rows[i].act : AMENDS_EVENT_UNKNOWN);
    }
  beginning = amends_duty_act_begin (file, &rows[G_N_ELEMENTS (rows) - 1].duty,
                                     AMENDS_EVENT_CASE_ACTION_DONE);
  g_assert_cmpstr (json_string_value (json_object_get (beginning, "action")), ==,
                   json_string_value (
                       json_object_get (find_entry (file, "case.action-added"), "id")));
}

/* (nullable) */
static GtkWidget *
find_dialog (void)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *link = windows; link != NULL; link = link->next)
    if (AMENDS_IS_ACT_DIALOG (link->data))
      return link->data;
  return NULL;
}

static void
leave (GtkWidget *dialog, GtkWidget *window)
{
  g_object_add_weak_pointer (G_OBJECT (dialog), (gpointer *) &dialog);
  gtk_window_destroy (GTK_WINDOW (dialog));
  while (dialog != NULL) /* what it still reads keeps it, and it must go before its parent */
    g_main_context_iteration (NULL, TRUE);
  gtk_window_destroy (GTK_WINDOW (window));
}

/* One press of what is owed opens the form of what does it, over the case. */
static void
test_one_press (Fixture *fixture, gconstpointer data)
{
  const AmendsDuty duty = { .kind = AMENDS_DUTY_UPDATE };
  GtkWidget *window = gtk_window_new ();
  GtkWidget *page = g_object_new (AMENDS_TYPE_CASE_PAGE, NULL);
  GtkWidget *dialog;

  record_all (fixture);
  triage (fixture);
  amends_case_page_set_session (AMENDS_CASE_PAGE (page), fixture->session);
  gtk_window_set_child (GTK_WINDOW (window), page);
  gtk_window_present (GTK_WINDOW (window));
  amends_case_page_offer (AMENDS_CASE_PAGE (page), &duty);
  amends_case_page_open (AMENDS_CASE_PAGE (page), &fixture->id);
  while ((dialog = find_dialog ()) == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (is_named (dialog, "Record an update"));
  leave (dialog, window);
}

/* What a clause closes stands with it, whatever it is about, and not only what is done with a letter. */
static void
test_closed (Fixture *fixture, gconstpointer data)
{
  GtkWidget *list = g_object_ref_sink (g_object_new (AMENDS_TYPE_CLOSED_LIST, NULL));
  g_autoptr (AmendsCaseFile) file = NULL;
  guint n_closed = 0;

  record_as (fixture, "service-request"); /* no response is drafted for it. Source: the Code, 1.4 */
  file = get_file (fixture);
  amends_closed_list_set_file (AMENDS_CLOSED_LIST (list), file);
  for (guint i = 0; i < file->answers->len; i++)
    {
      const AmendsActAnswer *answer = g_ptr_array_index (file->answers, i);
      const AmendsActWords *act = amends_act_words_find (answer->type);

      if (act == NULL || answer->refusal == NULL
          || amends_error_get_clause (answer->refusal) == NULL
          || (act->group != AMENDS_ACT_GROUP_INQUIRY && act->group != AMENDS_ACT_GROUP_PROMISES
              && act->group != AMENDS_ACT_GROUP_OUTSIDE))
        continue;
      g_test_message ("%s", act->title);
      g_assert_true (is_named (list, act->title));
      n_closed++;
    }
  g_assert_cmpuint (n_closed, >, 0);
  g_object_unref (list);
}

/* What nobody has looked at is read for a hazard and for fear first, with the acts beside. */
static void
test_hazard_or_fear (Fixture *fixture, gconstpointer data)
{
  GtkWidget *notices = g_object_ref_sink (g_object_new (AMENDS_TYPE_CASE_NOTICES, NULL));
  g_autoptr (AmendsCaseFile) file = NULL;

  record_all (fixture);
  file = get_file (fixture);
  amends_case_notices_set_file (AMENDS_CASE_NOTICES (notices), file);
  g_assert_nonnull (find_button (notices, "Record a hazard…"));
  g_assert_nonnull (find_button (notices, "Tell the safeguarding lead…"));
  triage (fixture);
  g_clear_pointer (&file, amends_case_file_unref);
  file = get_file (fixture);
  amends_case_notices_set_file (AMENDS_CASE_NOTICES (notices), file);
  g_assert_null (find_button (notices, "Record a hazard…"));
  g_object_unref (notices);
}

static void
import_homes (AmendsStore *store)
{
  static const char text[] = "Reference,Scheme,Flat,Ended\nH/12,oak,\"Flat 12, Linden House\",\n";
  g_autoptr (GPtrArray) problems = g_ptr_array_new ();
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, sizeof text - 1);
  g_autoptr (GPtrArray) rows = amends_csv_parse (bytes, NULL);
  g_autoptr (AmendsImport) sheet = amends_import_new (AMENDS_REGISTER_HOMES, rows, NULL, problems);
  g_autoptr (AmendsImported) imported =
      amends_store_import (store, sheet, TRUE, NULL, NULL, problems, NULL);

  g_assert_cmpuint (problems->len, ==, 0);
  g_assert_nonnull (imported);
}

/* On a device that may write the register. */
static void
set_up_homes (Fixture *fixture, gconstpointer data)
{
  static const AmendsFeed feeds[] = {
    { .feed = "org", .may_read = TRUE },
    { .feed = "staff", .may_read = TRUE, .may_write = TRUE },
    { .feed = "s.oak", .may_read = TRUE, .may_write = TRUE },
    { .feed = "k.oak", .may_read = TRUE, .may_write = TRUE },
  };
  g_autoptr (AmendsIdentity) who = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  g_autoptr (AmendsStore) store = NULL;

  test_world_init (&fixture->world);
  fixture->folder = test_folder_new ();
  path = g_build_filename (fixture->folder, "store", NULL);
  who = test_identity_new (&fixture->world, "7K", "Office laptop");
  store = amends_store_create (path, &fixture->world.environment, "test", who, feeds,
                               G_N_ELEMENTS (feeds), TEST_STAFF, TEST_PASSPHRASE, &error);
  g_assert_no_error (error);
  fixture->id = test_record (store, "Ivy Marsh", "The lift stands still");
  import_homes (store);
  g_clear_pointer (&store, amends_store_close);
  fixture->session = amends_session_new (path, 15);
  amends_session_start (fixture->session);
  unlock (fixture->session);
}

/* (nullable) */
static GtkEditable *
find_entry_row (GtkWidget *widget, const char *title)
{
  GtkEditable *found = NULL;

  if (ADW_IS_ENTRY_ROW (widget)
      && g_strcmp0 (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)), title) == 0)
    return GTK_EDITABLE (widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); found == NULL && child != NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_entry_row (child, title);
  return found;
}

static GtkWidget *
open_dialog (Fixture *fixture, GtkWidget *window, AmendsEventType act)
{
  g_autoptr (AmendsCaseFile) file = get_file (fixture);
  GtkWidget *dialog =
      amends_act_dialog_new (fixture->session, file, act, NULL, GTK_WINDOW (window));

  gtk_window_present (GTK_WINDOW (dialog));
  return dialog;
}

/* Whose home fits none that is known is given one of those that there are. */
static void
test_homes (Fixture *fixture, gconstpointer data)
{
  GtkWidget *window = gtk_window_new ();
  GtkWidget *dialog = open_dialog (fixture, window, AMENDS_EVENT_CONTACT_CHANGED);
  GtkEditable *home = find_entry_row (dialog, "Home");

  g_assert_nonnull (home);
  gtk_widget_grab_focus (GTK_WIDGET (home));
  gtk_editable_set_text (home, "12");
  while (!says (dialog, "Flat 12, Linden House"))
    g_main_context_iteration (NULL, TRUE);
  leave (dialog, window);
}

/* Before somebody agrees that a day was another one, the form says what that does to the dates. */
static void
test_agree (Fixture *fixture, gconstpointer data)
{
  GtkWidget *window = gtk_window_new ();
  g_autoptr (AmendsCaseFile) file = NULL;
  g_autofree char *act = NULL;
  GtkWidget *dialog;

  record_all (fixture);
  file = get_file (fixture);
  act = g_strdup_printf ("{\"type\":\"case.corrected\",\"event\":\"%s\",\"field\":\"received\","
                         "\"from\":\"2026-11-20\",\"to\":\"2026-11-18\",\"because\":\"The stamp "
                         "says so\"}",
                         json_string_value (
                             json_object_get (find_entry (file, "case.recorded"), "id")));
  do_act (fixture, act);
  dialog = open_dialog (fixture, window, AMENDS_EVENT_CASE_CORRECTION_ANSWERED);
  g_assert_true (says (dialog, "If you agree:"));
  g_assert_true (says (dialog, "The clock “acknowledge” was due"));
  leave (dialog, window);
}

#define ADD(name, function) \
  g_test_add ("/reading/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  ADD ("lines", test_lines);
  ADD ("withheld", test_withheld);
  ADD ("strange", test_strange);
  ADD ("row", test_row);
  ADD ("answers", test_answers);
  ADD ("handler", test_handler);
  ADD ("duties", test_duties);
  ADD ("one-press", test_one_press);
  ADD ("closed", test_closed);
  ADD ("hazard-or-fear", test_hazard_or_fear);
  ADD ("agree", test_agree);
  g_test_add ("/reading/homes", Fixture, NULL, set_up_homes, test_homes, tear_down);
  return g_test_run ();
}
