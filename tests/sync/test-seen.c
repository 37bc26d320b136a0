/* test-seen.c: a form is open while others go on with its case
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "core/amends-error.h"
#include "support/office.h"

typedef struct
{
  TestOffice office;
  AmendsStore *a; /* where the form is open */
  AmendsStore *b; /* who goes on meanwhile */
  TestLine *line;
  AmendsId id;
  AmendsId *seen; /* by whoever the form is open for */
  guint n_seen;
} Fixture;

static void
bring (Fixture *fixture, AmendsStore *from, AmendsStore *to)
{
  test_sync (&fixture->office, from);
  test_sync (&fixture->office, to);
}

static void
open_form (Fixture *fixture)
{
  g_autoptr (AmendsCase) complaint = amends_store_get_case (fixture->a, &fixture->id, NULL);

  g_free (fixture->seen);
  fixture->seen = amends_case_get_heads (complaint, &fixture->n_seen);
}

static AmendsOutcome *
save_form (Fixture *fixture, const char *act, GError **error)
{
  json_auto_t *json = test_json (act);

  return amends_store_act_seen (fixture->a, &fixture->id, fixture->seen, fixture->n_seen, json,
                                error);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  test_office_init_pair (&fixture->office, &fixture->a, &fixture->b, &fixture->line);
  fixture->id = test_record (fixture->a, "Wren Ashdown", "No heating");
  bring (fixture, fixture->a, fixture->b);
  open_form (fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_free (fixture->seen);
  test_office_clear_pair (&fixture->office, fixture->a, fixture->b, fixture->line);
}

static gboolean
holds (AmendsStore *store, const AmendsId *id, AmendsEventType type)
{
  g_autoptr (AmendsCase) complaint = amends_store_get_case (store, id, NULL);
  gboolean found = FALSE;

  for (guint i = 0; i < amends_case_get_n_history (complaint) && !found; i++)
    found = amends_case_get_history (complaint, i)->type == type;
  return found;
}

/* What another device wrote meanwhile is not written over: both values stand, on both. */
static void
test_same_field (Fixture *fixture, gconstpointer data)
{
  g_autoptr (AmendsOutcome) outcome = NULL;

  test_act (fixture->b, &fixture->id, "{\"type\":\"contact.changed\",\"phone\":\"0300\"}");
  bring (fixture, fixture->b, fixture->a);
  outcome = save_form (fixture, "{\"type\":\"contact.changed\",\"phone\":\"0200\"}", NULL);
  g_assert_nonnull (outcome);
  g_assert_false (outcome->is_apart);
  g_assert_cmpint (amends_store_count_conflicts (fixture->a, NULL), ==, 1);
  bring (fixture, fixture->a, fixture->b);
  g_assert_cmpint (amends_store_count_conflicts (fixture->b, NULL), ==, 1);
  test_assert_whole (fixture->a);
}

/* What was right when its form opened, and is not by now, is recorded as what happened. */
static void
test_right_before (Fixture *fixture, gconstpointer data)
{
  static const char assigned[] = "{\"type\":\"case.assigned\",\"on\":\"2026-11-21\",\"to\":{"
                                 "\"name\":\"Juno Marle\"},\"conflict_of_interest\":false}";
  g_autoptr (AmendsOutcome) outcome = NULL;
  g_autoptr (GError) error = NULL;
  json_auto_t *now = test_json (assigned);

  test_act (fixture->b, &fixture->id,
            "{\"type\":\"case.withdrawn\",\"on\":\"2026-11-21\",\"channel\":\"telephone\"}");
  bring (fixture, fixture->b, fixture->a);
  g_assert_null (amends_store_act (fixture->a, &fixture->id, now, &error));
  g_assert_error (error, AMENDS_CORE_ERROR, AMENDS_CORE_ERROR_REFUSED);
  outcome = save_form (fixture, assigned, NULL);
  g_assert_nonnull (outcome);
  g_assert_true (outcome->is_apart);
  g_assert_nonnull (strstr (g_ptr_array_index (outcome->warnings, 0), error->message));
  bring (fixture, fixture->a, fixture->b);
  g_assert_true (holds (fixture->b, &fixture->id, AMENDS_EVENT_CASE_ASSIGNED));
  g_assert_true (holds (fixture->b, &fixture->id, AMENDS_EVENT_CASE_WITHDRAWN));
}

/* A recording, attached on @store; returns the event that says it. */
static AmendsId
attach_voice (AmendsStore *store, const AmendsId *id)
{
  static const guint8 voice[] = "OggS";
  g_autoptr (GError) error = NULL;
  g_autoptr (AmendsAttachmentWriter) writer = amends_attachment_writer_new (store, &error);
  g_autoptr (AmendsOutcome) outcome = NULL;
  json_auto_t *facts =
      test_json ("{\"name\":\"a.ogg\",\"media\":\"audio/ogg\",\"what\":\"recording\"}");

  g_assert_no_error (error);
  g_assert_true (amends_attachment_writer_add (writer, voice, sizeof voice, &error));
  g_assert_true (amends_attachment_writer_finish (writer, &error));
  outcome = amends_store_attach (store, id, writer, facts, &error);
  g_assert_no_error (error);
  return ((const AmendsEvent *) g_ptr_array_index (outcome->events, 0))->id;
}

/* What may be kept, and what they may be asked, counts as it stands, and not as it stood when the form opened. */
static const struct
{
  AmendsEventType type;
  const char *meanwhile;
  const char *act; /* where it is of a recording, up to the attachment */
} guarded_rows[] = {
  { AMENDS_EVENT_CASE_TRANSCRIBED, "{\"type\":\"consent.refused\",\"purpose\":\"keep-recording\"}",
    "{\"type\":\"case.transcribed\",\"on\":\"2026-11-20\",\"text\":\"It drips\",\"attachment\":" },
  { AMENDS_EVENT_CASE_SURVEY, "{\"type\":\"consent.refused\",\"purpose\":\"contact-for-survey\"}",
    "{\"type\":\"case.survey\",\"on\":\"2026-11-20\",\"step\":\"sent\"}" },
};

static void
test_guarded (Fixture *fixture, gconstpointer data)
{
  AmendsId voice = attach_voice (fixture->a, &fixture->id);
  g_autofree char *text = amends_id_format (&voice);

  for (guint i = 0; i < G_N_ELEMENTS (guarded_rows); i++)
    {
      gboolean is_open = g_str_has_suffix (guarded_rows[i].act, ":");
      g_autofree char *act = is_open ? g_strdup_printf ("%s\"%s\"}", guarded_rows[i].act, text)
                                     : g_strdup (guarded_rows[i].act);
      g_autoptr (AmendsOutcome) outcome = NULL;
      g_autoptr (GError) error = NULL;

      bring (fixture, fixture->a, fixture->b);
      open_form (fixture);
      test_act (fixture->b, &fixture->id, guarded_rows[i].meanwhile);
      bring (fixture, fixture->b, fixture->a);
      outcome = save_form (fixture, act, &error);
      g_assert_null (outcome);
      g_assert_error (error, AMENDS_CORE_ERROR, AMENDS_CORE_ERROR_REFUSED);
      g_assert_false (holds (fixture->a, &fixture->id, guarded_rows[i].type));
    }
}

/* What this device wrote itself since, whoever acts here has before them or wrote. */
static void
test_own (Fixture *fixture, gconstpointer data)
{
  g_autoptr (AmendsOutcome) outcome = NULL;
  g_autoptr (AmendsOutcome) refused = NULL;
  g_autoptr (GError) error = NULL;

  test_act (fixture->a, &fixture->id, "{\"type\":\"contact.changed\",\"phone\":\"0300\"}");
  outcome = save_form (fixture, "{\"type\":\"contact.changed\",\"phone\":\"0200\"}", NULL);
  g_assert_nonnull (outcome);
  g_assert_cmpint (amends_store_count_conflicts (fixture->a, NULL), ==, 0);
  test_act (fixture->a, &fixture->id,
            "{\"type\":\"case.withdrawn\",\"on\":\"2026-11-21\",\"channel\":\"telephone\"}");
  refused = save_form (fixture,
                       "{\"type\":\"case.assigned\",\"on\":\"2026-11-21\",\"to\":{\"name\":\"Juno "
                       "Marle\"},\"conflict_of_interest\":false}",
                       &error);
  g_assert_null (refused);
  g_assert_error (error, AMENDS_CORE_ERROR, AMENDS_CORE_ERROR_REFUSED);
}

/* Heads that are not here are those of another store: the case is taken as it stands. */
static void
test_strange_heads (Fixture *fixture, gconstpointer data)
{
  g_autoptr (AmendsOutcome) outcome = NULL;

  for (guint i = 0; i < fixture->n_seen; i++)
    fixture->seen[i].number += 1000;
  outcome = save_form (fixture, "{\"type\":\"contact.changed\",\"phone\":\"0200\"}", NULL);
  g_assert_nonnull (outcome);
  g_assert_false (outcome->is_apart);
  g_assert_cmpint (amends_store_count_conflicts (fixture->a, NULL), ==, 0);
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  ADD ("/seen/same-field", test_same_field);
  ADD ("/seen/right-before", test_right_before);
  ADD ("/seen/guarded", test_guarded);
  ADD ("/seen/own", test_own);
  ADD ("/seen/strange-heads", test_strange_heads);
  return g_test_run ();
}
