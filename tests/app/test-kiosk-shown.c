/* test-kiosk-shown.c: what is shown to a kiosk answers its question, and goes where the answer goes
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/amends-session.h"
#include "app/kiosk/amends-kiosk-intake.h"
#include "app/kiosk/amends-kiosk-shown.h"

/* Friday 20 November 2026. */
#define TODAY (amends_day_from_ymd (2026, 11, 20))

#define PHOTOGRAPHS AMENDS_KIOSK_PHOTOGRAPHS

static void
add (AmendsKioskShown *shown, const char *id, const char *kind, const char *file)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (file, strlen (file));

  amends_kiosk_shown_add (shown, id, kind, bytes);
}

static const char *
get_fact (const GPtrArray *files, guint i, const char *key)
{
  const AmendsNewBytes *file = g_ptr_array_index (files, i);

  return json_string_value (json_object_get (file->facts, key));
}

/* What happened may be shown instead of written; taken away again it is an answer no more. */
static void
test_answers (void)
{
  json_auto_t *answers = json_object ();
  AmendsKioskShown *shown = amends_kiosk_shown_new (answers);
  const AmendsKioskQuestion *what = amends_kiosk_flow_find ("what");
  g_autofree char *said = NULL;

  g_assert_nonnull (amends_kiosk_flow_check (what, answers, TODAY));
  add (shown, "what", PHOTOGRAPHS, "first");
  add (shown, "behalf", PHOTOGRAPHS, "paper");
  add (shown, "what", PHOTOGRAPHS, "second");
  g_assert_null (amends_kiosk_flow_check (what, answers, TODAY));
  said = amends_kiosk_flow_dup_answer (what, answers);
  g_assert_cmpstr (said, ==, "Photos: 2");
  amends_kiosk_shown_remove (shown, "what", PHOTOGRAPHS, 0);
  g_assert_cmpmem (g_bytes_get_data (amends_kiosk_shown_nth (shown, "what", PHOTOGRAPHS, 0), NULL),
                   6, "second", 6);
  amends_kiosk_shown_remove (shown, "what", PHOTOGRAPHS, 0);
  amends_kiosk_shown_remove (shown, "what", PHOTOGRAPHS, 0); /* there is none */
  g_assert_nonnull (amends_kiosk_flow_check (what, answers, TODAY));
  g_assert_nonnull (amends_kiosk_shown_nth (shown, "behalf", PHOTOGRAPHS, 0));
  amends_kiosk_shown_clear (shown);
  g_assert_null (amends_kiosk_shown_nth (shown, "behalf", PHOTOGRAPHS, 0));
  amends_kiosk_shown_free (shown);
}

/* Who says in the end that they speak for themselves sends no paper of another. */
static void
test_files (void)
{
  json_auto_t *answers = json_object ();
  AmendsKioskShown *shown = amends_kiosk_shown_new (answers);
  g_autoptr (GPtrArray) both = NULL;
  g_autoptr (GPtrArray) own = NULL;

  add (shown, "behalf", PHOTOGRAPHS, "paper");
  add (shown, "what", PHOTOGRAPHS, "damp");
  amends_kiosk_answers_choose (answers, "who", "speaks-for-somebody", TRUE);
  both = amends_kiosk_intake_get_files (answers, shown);
  g_assert_cmpuint (both->len, ==, 2);
  g_assert_cmpstr (get_fact (both, 0, "what"), ==, "scan");
  g_assert_cmpstr (get_fact (both, 0, "name"), ==, "Paper 1");
  g_assert_nonnull (get_fact (both, 0, "caption"));
  g_assert_cmpstr (get_fact (both, 1, "what"), ==, "photograph");
  g_assert_cmpstr (get_fact (both, 1, "name"), ==, "Photograph 2");
  g_assert_null (get_fact (both, 1, "caption"));

  amends_kiosk_answers_choose (answers, "who", "speaks-for-somebody", FALSE);
  own = amends_kiosk_intake_get_files (answers, shown);
  g_assert_cmpuint (own->len, ==, 1);
  g_assert_cmpstr (get_fact (own, 0, "what"), ==, "photograph");
  amends_kiosk_shown_free (shown);
}

/* Whoever says no name sends no signature, nor does who does not feel safe. */
static void
test_signature (void)
{
  static const struct
  {
    const char *id;
    const char *code;
    guint n_files;
  } rows[] = {
    { "who", "current-tenant", 1 },
    { "who", "not-stated", 0 },
    { "danger", "not-safe", 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      json_auto_t *answers = json_object ();
      AmendsKioskShown *shown = amends_kiosk_shown_new (answers);
      g_autoptr (GPtrArray) files = NULL;

      add (shown, "send", AMENDS_KIOSK_SIGNATURES, "drawn");
      amends_kiosk_answers_choose (answers, "confirm", "read", TRUE);
      amends_kiosk_flow_take_change (answers, amends_kiosk_flow_find ("send"));
      g_assert_true (amends_kiosk_answers_has (answers, "confirm", "read"));
      amends_kiosk_answers_choose (answers, rows[i].id, rows[i].code, TRUE);
      g_assert_cmpint (amends_kiosk_flow_takes_others (amends_kiosk_flow_find ("send"), answers),
                       ==, rows[i].n_files > 0);
      files = amends_kiosk_intake_get_files (answers, shown);
      g_assert_cmpuint (files->len, ==, rows[i].n_files);
      if (rows[i].n_files > 0)
        g_assert_cmpstr (get_fact (files, 0, "what"), ==, "signature");
      amends_kiosk_shown_free (shown);
    }
}

/* Staff read that nothing was written. */
static void
test_intake (void)
{
  json_auto_t *answers = json_object ();
  AmendsKioskShown *shown = amends_kiosk_shown_new (answers);
  json_auto_t *intake = NULL;
  const json_t *issue;

  add (shown, "what", PHOTOGRAPHS, "damp");
  add (shown, "behalf", PHOTOGRAPHS, "paper");
  amends_kiosk_answers_choose (answers, "who", "speaks-for-somebody", TRUE);
  intake = amends_kiosk_intake_new (answers, "oak", TODAY);
  issue = json_array_get (json_object_get (intake, "issues"), 0);
  g_assert_cmpstr (json_string_value (json_object_get (issue, "words")), ==, "shown");
  g_assert_nonnull (strstr (json_string_value (json_object_get (issue, "what")), "photographs"));
  amends_kiosk_shown_free (shown);
}

/* A paper is one where they said that they have one, and a voice consents where they said so: all else is still to come,
 * and goes with it. */
static void
test_authority (void)
{
  static const struct
  {
    const char *claim;
    const char *kind;
    const char *evidence;
  } rows[] = {
    { "lpa-property", PHOTOGRAPHS, "copy-attached" },
    { "written-permission", PHOTOGRAPHS, "copy-attached" },
    { "agreed", PHOTOGRAPHS, "to-follow" },
    { "not-yet", PHOTOGRAPHS, "to-follow" },
    { "agreed", AMENDS_KIOSK_RECORDINGS, "recorded-voice" },
    { "lpa-property", AMENDS_KIOSK_RECORDINGS, "to-follow" },
    { "not-yet", AMENDS_KIOSK_RECORDINGS, "to-follow" },
    { "agreed", AMENDS_KIOSK_SIGNATURES, "copy-attached" },
    { "lpa-property", AMENDS_KIOSK_SIGNATURES, "to-follow" },
    { "not-yet", AMENDS_KIOSK_SIGNATURES, "to-follow" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      json_auto_t *answers = json_object ();
      AmendsKioskShown *shown = amends_kiosk_shown_new (answers);
      json_auto_t *intake = NULL;
      g_autoptr (GPtrArray) files = NULL;
      const json_t *authority;

      add (shown, "behalf", rows[i].kind, "that");
      amends_kiosk_answers_choose (answers, "who", "speaks-for-somebody", TRUE);
      amends_kiosk_answers_choose (answers, "behalf", rows[i].claim, TRUE);
      intake = amends_kiosk_intake_new (answers, "oak", TODAY);
      files = amends_kiosk_intake_get_files (answers, shown);
      authority = json_object_get (json_object_get (intake, "representative"), "authority");
      g_assert_cmpstr (json_string_value (json_object_get (authority, "evidence")), ==,
                       rows[i].evidence);
      g_assert_cmpuint (files->len, ==, 1);
      amends_kiosk_shown_free (shown);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/kiosk-shown/answers", test_answers);
  g_test_add_func ("/kiosk-shown/files", test_files);
  g_test_add_func ("/kiosk-shown/signature", test_signature);
  g_test_add_func ("/kiosk-shown/intake", test_intake);
  g_test_add_func ("/kiosk-shown/authority", test_authority);

  return g_test_run ();
}
