/* test-erase.c: one asks, another agrees on another device, and what keeps it from being
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * UK GDPR, Article 17: erasure; 17(3)(e): not what a legal claim needs. */

#include <string.h>

#include "core/amends-decide.h"
#include "core/amends-erase.h"
#include "core/amends-error.h"
#include "support/case.h"
#include "support/graph.h"

#define ASK "\"because\":\"asked-by-person\",\"events\":[\"2A.1\",\"2A.2\"]"

static const char *const manager[] = { "scheme-manager", NULL };
static const char *const protection[] = { "relief", "data-protection", NULL };

static const TestAct nothing[] = { { "noted", "\"text\":\"Rang\"", NULL, NULL }, { NULL } };
static const TestAct asked[] = { { "noted", "\"text\":\"Rang\"", NULL, NULL },
                                 { "erasure-asked", ASK, NULL, NULL },
                                 { NULL } };
static const TestAct agreed[] = { { "noted", "\"text\":\"Rang\"", NULL, NULL },
                                  { "erasure-asked", ASK, NULL, NULL },
                                  { "erasure-agreed", "\"ask\":\"2A.3\",\"by\":\"3F.1\"", "3F.9",
                                    "2A.3" },
                                  { NULL } };

static const TestAct moved[] = { { "noted", "\"text\":\"Rang\"", NULL, NULL },
                                 { "erasure-asked", ASK, NULL, NULL },
                                 { "moved", "\"to\":\"elm\",\"because\":\"a\"", NULL, NULL },
                                 { NULL } };

#define MOVE "{\"type\":\"case.moved\",\"to\":\"elm\",\"because\":\"a\"}"

/* Who asks is 2A.90 on the device 2A. */
static const struct
{
  const char *name;
  const char *recorded;
  const TestAct *acts;
  const char *act;
  const char *by;
  const char *device;
  const char *const *roles;
  int code; /* 0: it is taken */
} rows[] = {
  { "ask", "\"complaint\"", nothing,
    "{\"type\":\"case.erasure-asked\",\"because\":\"never-needed\"}", "2A.90", "2A", NULL, 0 },
  { "ask-some", "\"complaint\"", nothing,
    "{\"type\":\"case.erasure-asked\",\"because\":\"never-needed\",\"events\":[\"2A.2\"]}", "2A.90",
    "2A", NULL, 0 },
  { "ask-another-case", "\"complaint\"", nothing,
    "{\"type\":\"case.erasure-asked\",\"because\":\"never-needed\",\"events\":[\"9Z.1\"]}", "2A.90",
    "2A", NULL, AMENDS_CORE_ERROR_INVALID },
  { "ask-twice-named", "\"complaint\"", nothing,
    "{\"type\":\"case.erasure-asked\",\"because\":\"never-needed\",\"events\":[\"2A.2\",\"2A.2\"]}",
    "2A.90", "2A", NULL, AMENDS_CORE_ERROR_INVALID },
  { "ask-without-reason", "\"complaint\"", nothing, "{\"type\":\"case.erasure-asked\"}", "2A.90",
    "2A", NULL, AMENDS_CORE_ERROR_INVALID },
  { "ask-other-reason-unsaid", "\"complaint\"", nothing,
    "{\"type\":\"case.erasure-asked\",\"because\":\"other\"}", "2A.90", "2A", NULL,
    AMENDS_CORE_ERROR_INVALID },
  { "ask-nobody", "\"complaint\"", nothing,
    "{\"type\":\"case.erasure-asked\",\"because\":\"never-needed\"}", NULL, "2A", NULL,
    AMENDS_CORE_ERROR_REFUSED },
  { "ask-role", "\"complaint\"", nothing,
    "{\"type\":\"case.erasure-asked\",\"because\":\"never-needed\"}", "2A.90", "2A", manager,
    AMENDS_CORE_ERROR_REFUSED },
  { "ask-data-protection", "\"complaint\"", nothing,
    "{\"type\":\"case.erasure-asked\",\"because\":\"never-needed\"}", "2A.90", "2A", protection,
    0 },
  { "ask-claim", "\"complaint\",\"legal_claim_filed\":true", nothing,
    "{\"type\":\"case.erasure-asked\",\"because\":\"never-needed\"}", "2A.90", "2A", NULL,
    AMENDS_CORE_ERROR_REFUSED },
  { "agree-unasked", "\"complaint\"", nothing, "{\"type\":\"case.erasure-agreed\"}", "3F.1", "3F",
    NULL, AMENDS_CORE_ERROR_REFUSED },
  { "agree", "\"complaint\"", asked, "{\"type\":\"case.erasure-agreed\"}", "3F.1", "3F", NULL, 0 },
  { "agree-named", "\"complaint\"", asked, "{\"type\":\"case.erasure-agreed\",\"ask\":\"2A.3\"}",
    "3F.1", "3F", NULL, 0 },
  { "agree-misnamed", "\"complaint\"", asked, "{\"type\":\"case.erasure-agreed\",\"ask\":\"2A.2\"}",
    "3F.1", "3F", NULL, AMENDS_CORE_ERROR_INVALID },
  { "agree-same-person", "\"complaint\"", asked, "{\"type\":\"case.erasure-agreed\"}", "2A.90",
    "3F", NULL, AMENDS_CORE_ERROR_REFUSED },
  { "agree-same-device", "\"complaint\"", asked, "{\"type\":\"case.erasure-agreed\"}", "3F.1", "2A",
    NULL, AMENDS_CORE_ERROR_REFUSED },
  { "agree-claim", "\"complaint\",\"legal_claim_filed\":true", asked,
    "{\"type\":\"case.erasure-agreed\"}", "3F.1", "3F", NULL, AMENDS_CORE_ERROR_REFUSED },
  { "agree-role", "\"complaint\"", asked, "{\"type\":\"case.erasure-agreed\"}", "3F.1", "3F",
    manager, AMENDS_CORE_ERROR_REFUSED },
  { "agree-again", "\"complaint\"", agreed, "{\"type\":\"case.erasure-agreed\"}", "4G.1", "4G",
    NULL, AMENDS_CORE_ERROR_REFUSED },
  { "agree-moved", "\"complaint\"", moved, "{\"type\":\"case.erasure-agreed\"}", "3F.1", "3F", NULL,
    AMENDS_CORE_ERROR_REFUSED },
  { "ask-moved", "\"complaint\"", moved,
    "{\"type\":\"case.erasure-asked\",\"because\":\"never-needed\"}", "2A.90", "2A", NULL, 0 },
  { "move-asked", "\"complaint\"", asked, MOVE, "3F.1", "3F", NULL, 0 },
  { "move-agreed", "\"complaint\"", agreed, MOVE, "3F.1", "3F", NULL, 0 },
};

static AmendsDecision *
decide (gsize n, GError **error)
{
  g_autoptr (AmendsCase) complaint = test_case_new (rows[n].recorded, rows[n].acts, 8);
  const AmendsMoment moment = { G_GINT64_CONSTANT (1795255200) * G_USEC_PER_SEC, 0 };
  const AmendsRules rules = { 0 };
  AmendsActor actor = { .roles = rows[n].roles, .device = rows[n].device };
  json_auto_t *act = json_loads (rows[n].act, 0, NULL);

  g_assert_nonnull (act);
  if (rows[n].by != NULL)
    g_assert_true (amends_id_parse (rows[n].by, &actor.id, NULL));
  return amends_decide_act (complaint, &rules, act, &actor, &moment, error);
}

static void
test_rows (void)
{
  for (gsize n = 0; n < G_N_ELEMENTS (rows); n++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (AmendsDecision) decision = decide (n, &error);

      g_test_message ("%s: %s", rows[n].name, error != NULL ? error->message : "taken");
      if (rows[n].code == 0)
        g_assert_no_error (error);
      else
        g_assert_error (error, AMENDS_CORE_ERROR, rows[n].code);
      g_assert_cmpint (decision != NULL, ==, rows[n].code == 0);
    }
}

/* Where nothing is named all of the case is, and by what name it was known; and the newest request. */
static void
test_completes (void)
{
  g_autoptr (AmendsDecision) ask = decide (0, NULL);
  g_autoptr (AmendsDecision) agree = decide (11, NULL);
  const char *asks = g_bytes_get_data (g_ptr_array_index (ask->bodies, 0), NULL);
  const char *agrees = g_bytes_get_data (g_ptr_array_index (agree->bodies, 0), NULL);

  g_assert_nonnull (strstr (asks, "\"events\":[\"2A.1\",\"2A.2\"]"));
  g_assert_nonnull (strstr (agrees, "\"ask\":\"2A.3\""));
}

/* A correction says what stood there before, and what should; what was written down of a recording holds all its words:
 * each goes with what it repeats. */
static void
test_what_repeats (void)
{
  static const TestAct acts[] = {
    { "issue.added", "\"what\":\"Wren Ashdown shouts\",\"arose\":\"2026-10\"", NULL, NULL },
    { "corrected",
      "\"event\":\"2A.2\",\"field\":\"what\",\"to\":\"Somebody shouts\",\"because\":\"a\"", NULL,
      NULL },
    { "noted", "\"text\":\"Rang\"", NULL, NULL },
    { "attached", "\"name\":\"call.ogg\",\"media\":\"audio/ogg\"", NULL, NULL },
    { "transcribed", "\"attachment\":\"2A.5\",\"text\":\"Wren Ashdown shouts\"", NULL, NULL },
    { "corrected",
      "\"event\":\"2A.6\",\"field\":\"text\",\"to\":\"Somebody shouts\",\"because\":\"a\"", NULL,
      NULL },
    { "transcribed", "\"attachment\":\"2A.9\",\"text\":\"Rain\"", NULL, NULL },
    { NULL }
  };
  static const struct
  {
    const char *named;
    const char *events;
  } asks[] = {
    { "[\"2A.2\"]", "[\"2A.2\",\"2A.3\"]" }, { "[\"2A.3\",\"2A.2\"]", "[\"2A.3\",\"2A.2\"]" },
    { "[\"2A.4\"]", "[\"2A.4\"]" },          { "[\"2A.5\"]", "[\"2A.5\",\"2A.6\",\"2A.7\"]" },
    { "[\"2A.6\"]", "[\"2A.6\",\"2A.7\"]" },
  };
  g_autoptr (AmendsCase) complaint = test_case_new ("\"complaint\"", acts, 8);
  const AmendsMoment moment = { G_GINT64_CONSTANT (1795255200) * G_USEC_PER_SEC, 0 };
  const AmendsRules rules = { 0 };
  AmendsActor actor = { .device = "2A" };

  g_assert_cmpuint (amends_case_get_n_corrections (complaint), ==, 2);
  g_assert_true (amends_id_parse ("2A.90", &actor.id, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (asks); i++)
    {
      json_auto_t *named = json_loads (asks[i].named, 0, NULL);
      json_auto_t *act = json_pack ("{s:s, s:s, s:O}", "type", "case.erasure-asked", "because",
                                    "recorded-in-error", "events", named);
      g_autofree char *events = g_strconcat ("\"events\":", asks[i].events, NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (AmendsDecision) ask =
          amends_decide_act (complaint, &rules, act, &actor, &moment, &error);
      const char *body;

      g_assert_no_error (error);
      body = g_bytes_get_data (g_ptr_array_index (ask->bodies, 0), NULL);
      g_assert_nonnull (strstr (body, events));
    }
}

/* Two by one person, or on one device, do not count as agreed, whoever wrote them. */
static void
test_pairs (void)
{
  static const TestAct same_device[] = { { "erasure-asked", ASK, "2A.3", "2A.1" },
                                         { "erasure-agreed", "\"ask\":\"2A.3\",\"by\":\"3F.1\"",
                                           "2A.9", "2A.3" },
                                         { NULL } };
  static const TestAct same_person[] = { { "erasure-asked", ASK, "2A.3", "2A.1" },
                                         { "erasure-agreed", "\"ask\":\"2A.3\"", "3F.9", "2A.3" },
                                         { NULL } };
  const TestAct *const stories[] = { agreed, same_device, same_person };

  for (guint i = 0; i < G_N_ELEMENTS (stories); i++)
    {
      g_autoptr (AmendsCase) complaint = test_case_new ("\"complaint\"", stories[i], 8);

      g_assert_cmpuint (amends_case_get_n_erasures (complaint), ==, 1);
      g_assert_cmpint (amends_case_get_erasure (complaint, 0)->agreed != NULL, ==, i == 0);
      g_assert_cmpuint (amends_case_get_erasure (complaint, 0)->n_left, >, 0);
      g_assert_false (amends_case_is_erased (complaint));
    }
}

static void
test_ids (void)
{
  json_auto_t *ids = json_loads ("[\"7K.1\",\"7K.1\",\"no id\",7,null,\"3F.2\"]", 0, NULL);
  g_autoptr (GArray) read = amends_erase_read_ids (ids);
  g_autoptr (GArray) none = amends_erase_read_ids (NULL);

  g_assert_cmpuint (read->len, ==, 2);
  g_assert_cmpuint (none->len, ==, 0);
}

/* What some device wrote of the case in another feed the server erases with nothing, so it is not named. */
static void
test_other_feed (void)
{
  static const char body[] = "{\"type\":\"case.noted\",\"text\":\"Rang\"}";
  const guint8 salt[AMENDS_SALT_BYTES] = { 0 };
  g_autoptr (GBytes) bytes = g_bytes_new_static (body, strlen (body));
  g_autoptr (AmendsEvent) root =
      test_event_new (TEST_STREAM, "", "{\"type\":\"case.recorded\",\"kind\":\"complaint\"}");
  g_autoptr (AmendsEvent) note = test_event_new ("2A.2", TEST_STREAM, body);
  g_autoptr (AmendsEvent) stray = NULL;
  g_autoptr (AmendsCase) complaint = NULL;
  g_autoptr (GArray) all = NULL;
  AmendsId id;

  amends_id_init (&id, "3F", 1);
  stray = amends_event_new (&id, "s.elm", &root->stream, &root->id, 1, salt, bytes, NULL);
  g_assert_nonnull (stray);
  complaint = amends_case_new ((AmendsEvent *const[]){ root, note, stray }, 3);
  all = amends_erase_list_all (complaint);
  g_assert_cmpuint (all->len, ==, 2);
  for (guint i = 0; i < all->len; i++)
    g_assert_cmpstr (g_array_index (all, AmendsId, i).code, ==, "2A");
}

/* What two agreed on may stand before the event that began the case, where what is between has not arrived. As long as
 * that has a body the case is not erased. */
static void
test_before_root (void)
{
  g_autoptr (AmendsEvent) root =
      test_event_new ("2A.1", "", "{\"type\":\"case.recorded\",\"kind\":\"complaint\"}");
  g_autoptr (AmendsEvent) ask = test_event_new ("11.5", "2A.7",
                                                "{\"type\":\"case.erasure-asked\",\"by\":\"11.1\","
                                                "\"reference\":\"X\",\"events\":[\"2A.1\"]}");
  g_autoptr (AmendsEvent) agree =
      test_event_new ("12.5", "11.5",
                      "{\"type\":\"case.erasure-agreed\",\"by\":\"12.1\",\"ask\":\"11.5\"}");
  g_autoptr (AmendsEvent) gone = test_event_new_erased ("2A.1", "");
  g_autoptr (AmendsCase) here = amends_case_new ((AmendsEvent *const[]){ root, ask, agree }, 3);
  g_autoptr (AmendsCase) erased = amends_case_new ((AmendsEvent *const[]){ gone, ask, agree }, 3);
  g_autoptr (AmendsCase) nowhere = amends_case_new ((AmendsEvent *const[]){ ask, agree }, 2);

  g_assert_true (amends_id_equal (&amends_case_get_history (here, 0)->event->id, &ask->id));
  g_assert_false (amends_case_is_erased (here));
  g_assert_null (amends_case_get_text (here, "reference"));
  g_assert_true (amends_case_is_erased (erased));
  g_assert_cmpstr (amends_case_get_text (erased, "reference"), ==, "X");
  g_assert_true (amends_case_is_erased (nowhere));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();

  g_test_add_func ("/erase/decides", test_rows);
  g_test_add_func ("/erase/completes", test_completes);
  g_test_add_func ("/erase/what-repeats", test_what_repeats);
  g_test_add_func ("/erase/pairs", test_pairs);
  g_test_add_func ("/erase/ids", test_ids);
  g_test_add_func ("/erase/other-feed", test_other_feed);
  g_test_add_func ("/erase/before-root", test_before_root);
  return g_test_run ();
}
