/* test-letter-list.c: what comes next of a draft, and what is shown of it
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "find.h"

#include <adwaita.h>

#include "app/staff/amends-act-offers.h"
#include "app/staff/amends-draft-path.h"
#include "app/staff/amends-letter-list.h"
#include "core/amends-case-clocks.h"
#include "core/days.h"
#include "core/policy-files.h"
#include "support/case.h"

#define RECORDED                                                                            \
  "\"complaint\",\"reference\":\"7K-0001-H\",\"scheme\":\"oak\",\"channel\":\"telephone\"," \
  "\"complainant\":{\"name\":\"Ivy Marsh\",\"home\":\"Flat 12\"}"
#define ON "\"on\":\"2026-11-23\""
#define DRAFTED                                         \
  {                                                     \
    "drafted", ON ",\"text\":\"We are sorry.\"", "2A.2" \
  }
#define APPROVED                                         \
  {                                                      \
    "approved", ON ",\"draft\":\"2A.2\",\"agreed\":true" \
  }
#define SENT_BACK                                         \
  {                                                       \
    "approved", ON ",\"draft\":\"2A.2\",\"agreed\":false" \
  }
#define SENT                                                \
  {                                                         \
    "sent", ON ",\"draft\":\"2A.2\",\"channel\":\"letter\"" \
  }
#define REOPENED                               \
  {                                            \
    "reopened", ON ",\"reason\":\"New facts\"" \
  }
#define N_ACTS 4

typedef struct
{
  AmendsPolicy *policy;
  AmendsPolicy *code;
  AmendsCalendar *calendar;
  AmendsCaseFile file;
} Scene;

static void
begin (Scene *self, const char *policy, const TestAct *acts)
{
  const AmendsDay today = day_of ("2026-11-30");

  *self = (Scene){ load_policy (policy), load_policy ("code-2024"), load_calendar () };
  self->file.complaint = test_case_new (RECORDED, acts, N_ACTS);
  self->file.reference = (char *) "7K-0001-H";
  self->file.answers = g_ptr_array_new ();
  self->file.goals = g_ptr_array_new ();
  const AmendsRules rules = { self->policy, self->code, self->calendar, NULL };
  self->file.dues =
      amends_dues_new (&rules, amends_case_compute_clocks (self->file.complaint, &rules, today),
                       today);
}

static void
end (Scene *self)
{
  amends_dues_unref (self->file.dues);
  g_ptr_array_unref (self->file.goals);
  g_ptr_array_unref (self->file.answers);
  amends_case_free (self->file.complaint);
  amends_calendar_unref (self->calendar);
  amends_policy_unref (self->code);
  amends_policy_unref (self->policy);
}

static void
test_next (void)
{
  static const struct
  {
    const char *policy;
    TestAct acts[N_ACTS];
    AmendsEventType next;
  } rows[] = {
    { "housing-21", { { NULL } }, AMENDS_EVENT_CASE_DRAFTED },
    { "housing-21", { DRAFTED }, AMENDS_EVENT_CASE_APPROVED },
    { "wdh", { DRAFTED }, AMENDS_EVENT_CASE_SENT }, /* it names nobody who approves */
    { "housing-21", { DRAFTED, SENT_BACK }, AMENDS_EVENT_CASE_DRAFTED },
    { "housing-21", { DRAFTED, APPROVED }, AMENDS_EVENT_CASE_SENT },
    { "housing-21", { DRAFTED, APPROVED, SENT, REOPENED }, AMENDS_EVENT_CASE_DRAFTED },
    { "wdh", { DRAFTED, SENT, REOPENED }, AMENDS_EVENT_CASE_DRAFTED },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      Scene scene;

      g_test_message ("row %u", i);
      begin (&scene, rows[i].policy, rows[i].acts);
      g_assert_cmpint (amends_draft_path_get_next (&scene.file, AMENDS_EVENT_CASE_DRAFTED), ==,
                       rows[i].next);
      g_assert_cmpint (amends_draft_path_get_next (&scene.file, AMENDS_EVENT_CASE_STAGE2_DRAFTED),
                       ==, AMENDS_EVENT_CASE_STAGE2_DRAFTED);
      end (&scene);
    }
}

/* What lacks something today is printed no more, but for what went out so. */
static void
test_open (void)
{
  static const struct
  {
    TestAct acts[N_ACTS];
    gboolean is_shown;
    gboolean can_print;
  } rows[] = {
    { { DRAFTED, APPROVED }, TRUE, FALSE },
    { { DRAFTED, APPROVED, SENT }, TRUE, TRUE },
    { { { "drafted", ON ",\"attachment\":\"2A.9\"" }, APPROVED }, FALSE, FALSE },
  };
  g_autoptr (AmendsSession) session = amends_session_new ("/nowhere", 15);
  GtkWidget *parent = gtk_window_new ();

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      Scene scene;
      GtkWidget *window;

      g_test_message ("row %u", i);
      begin (&scene, "housing-21", rows[i].acts);
      window = amends_letter_list_open (session, &scene.file, "2A.2", GTK_WINDOW (parent));
      g_assert_cmpint (window != NULL, ==, rows[i].is_shown);
      if (window != NULL)
        {
          GtkWidget *print = find_button (window, "_Print…");

          g_assert_cmpint (gtk_widget_get_sensitive (print), ==, rows[i].can_print);
          gtk_window_destroy (GTK_WINDOW (window));
        }
      end (&scene);
    }
  gtk_window_destroy (GTK_WINDOW (parent));
}

/* Of one scheme that one is offered; of several none before somebody says which, but for what was left behind: that
 * goes where the case is. */
static void
test_goals (void)
{
  static const struct
  {
    TestAct acts[N_ACTS];
    guint n_goals;
    guint n_offers;
    const char *first;
  } rows[] = {
    { { { NULL } }, 1, 1, "ash" },
    { { { NULL } }, 2, 3, NULL },
    { { { "moved", "\"to\":\"elm\",\"because\":\"Elm has it\"" } }, 2, 2, "elm" },
  };
  AmendsScheme goals[] = { { .code = (char *) "ash", .name = (char *) "Ash Court" },
                           { .code = (char *) "elm", .name = (char *) "Elm Court" } };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);
      json_auto_t *offers = NULL;
      Scene scene;

      g_test_message ("row %u", i);
      begin (&scene, "wdh", rows[i].acts);
      for (guint n = 0; n < rows[i].n_goals; n++)
        g_ptr_array_add (scene.file.goals, &goals[n]);
      offers = amends_act_offers_list (&scene.file, AMENDS_EVENT_CASE_MOVED,
                                       AMENDS_ACT_OFFER_SCHEME, labels);
      g_assert_cmpuint (json_array_size (offers), ==, rows[i].n_offers);
      g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (labels)), ==, rows[i].n_offers);
      g_assert_cmpstr (json_string_value (json_object_get (json_array_get (offers, 0), "to")), ==,
                       rows[i].first);
      end (&scene);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  adw_init ();
  g_test_add_func ("/letter-list/next", test_next);
  g_test_add_func ("/letter-list/open", test_open);
  g_test_add_func ("/letter-list/goals", test_goals);
  return g_test_run ();
}
