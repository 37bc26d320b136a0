/* test-case.c: the case that events make, in whatever order they arrive
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Design, 3, "Fold": where two people wrote different things at once both stand, and the case says so
 * until somebody who has seen both writes the field again. */

#include <string.h>

#include "core/amends-case.h"
#include "support/graph.h"

/* One event of a case: @members is what its body holds beside type, at and by. */
typedef struct
{
  const char *id;
  const char *after;
  const char *type;
  const char *members;
} Act;

#define MAX_ACTS 7

#define RECORDED                                                                 \
  {                                                                              \
    TEST_STREAM, "", "case.recorded",                                            \
        "\"reference\":\"2A-0001-B\",\"kind\":\"complaint\",\"scheme\":\"oak\"," \
        "\"received\":\"2026-11-20\",\"channel\":\"in-person\","                 \
        "\"complainant\":{\"name\":\"Wren Ashdown\",\"phone\":\"0100\"}"         \
  }

static AmendsEvent *
make_event (const Act *act, guint n)
{
  g_autofree char *body =
      g_strdup_printf ("{\"type\":\"%s\",\"at\":\"2026-11-21T10:00:%02uZ\",\"by\":\"2A.9\"%s%s}",
                       act->type, n, *act->members != '\0' ? "," : "", act->members);

  return test_event_new (act->id, act->after, body);
}

static GPtrArray *
make_events (const Act *acts, guint n_acts)
{
  GPtrArray *events = g_ptr_array_new_with_free_func ((GDestroyNotify) amends_event_unref);

  for (guint i = 0; i < n_acts && acts[i].id != NULL; i++)
    g_ptr_array_add (events, make_event (&acts[i], i));
  return events;
}

static char *
dump_case (AmendsEvent *const *events, guint n_events)
{
  g_autoptr (AmendsCase) complaint = amends_case_new (events, n_events);
  json_auto_t *json = amends_case_to_json (complaint);
  char *text = json_dumps (json, JSON_COMPACT);
  char *copy = g_strdup (text);

  free (text);
  return copy;
}

/* What stands in @field, the values between bars in the fold's order; "-" if nothing. */
static char *
describe_conflict (const AmendsCase *complaint, const char *name)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < amends_case_get_n_conflicts (complaint); i++)
    {
      const AmendsField *field = amends_case_get_conflict (complaint, i);

      if (!g_str_equal (field->name, name))
        continue;
      for (guint w = 0; w < field->writes->len; w++)
        {
          g_autoptr (GBytes) value =
              amends_json_dump (g_array_index (field->writes, AmendsWrite, w).value);

          g_string_append_printf (text, "%s%.*s", w > 0 ? "|" : "", (int) g_bytes_get_size (value),
                                  (const char *) g_bytes_get_data (value, NULL));
        }
    }
  if (text->len == 0)
    g_string_append_c (text, '-');
  return g_string_free (text, FALSE);
}

static const struct
{
  const char *name;
  Act acts[MAX_ACTS];
  const char *field;    /* which is asked about */
  const char *conflict; /* what stands in conflict there */
  guint n_conflicts;    /* in the whole case */
} rows[] = {
  { "one-writes",
    { RECORDED, { "7K.1", "2A.1", "contact.changed", "\"phone\":\"0200\"" } },
    "complainant.phone",
    "-",
    0 },
  { "concurrent-different",
    { RECORDED,
      { "7K.1", "2A.1", "contact.changed", "\"phone\":\"0200\"" },
      { "9M.1", "2A.1", "contact.changed", "\"phone\":\"0300\"" } },
    "complainant.phone",
    "\"0200\"|\"0300\"",
    1 },
  { "concurrent-equal",
    { RECORDED,
      { "7K.1", "2A.1", "contact.changed", "\"phone\":\"0200\"" },
      { "9M.1", "2A.1", "contact.changed", "\"phone\":\"0200\"" } },
    "complainant.phone",
    "-",
    0 },
  { "other-fields-do-not-meet",
    { RECORDED,
      { "7K.1", "2A.1", "contact.changed", "\"phone\":\"0200\"" },
      { "9M.1", "2A.1", "contact.changed", "\"email\":\"w@example.org\"" } },
    "complainant.phone",
    "-",
    0 },
  { "edition-moved-apart",
    { RECORDED,
      { "7K.1", "2A.1", "case.edition-moved", "\"edition\":\"AD.1\",\"because\":\"asked\"" },
      { "9M.1", "2A.1", "case.edition-moved", "\"edition\":\"AD.2\",\"because\":\"told\"" } },
    "edition",
    "\"AD.1\"|\"AD.2\"",
    1 },
  { "edition-moved-alike",
    { RECORDED,
      { "7K.1", "2A.1", "case.edition-moved", "\"edition\":\"AD.1\",\"because\":\"asked\"" },
      { "9M.1", "2A.1", "case.edition-moved", "\"edition\":\"AD.1\",\"because\":\"told\"" } },
    "edition",
    "-",
    0 },
  { "edition-moved-on",
    { RECORDED,
      { "7K.1", "2A.1", "case.edition-moved", "\"edition\":\"AD.1\",\"because\":\"asked\"" },
      { "9M.1", "7K.1", "case.edition-moved", "\"edition\":\"AD.2\",\"because\":\"told\"" } },
    "edition",
    "-",
    0 },
  /* "A later note never does." */
  { "note-ends-nothing",
    { RECORDED,
      { "7K.1", "2A.1", "contact.changed", "\"phone\":\"0200\"" },
      { "9M.1", "2A.1", "contact.changed", "\"phone\":\"0300\"" },
      { "2A.2", "7K.1,9M.1", "case.noted", "\"text\":\"rang both\"" } },
    "complainant.phone",
    "\"0200\"|\"0300\"",
    1 },
  { "write-that-knows-all",
    { RECORDED,
      { "7K.1", "2A.1", "contact.changed", "\"phone\":\"0200\"" },
      { "9M.1", "2A.1", "contact.changed", "\"phone\":\"0300\"" },
      { "2A.2", "7K.1,9M.1", "contact.changed", "\"phone\":\"0300\"" } },
    "complainant.phone",
    "-",
    0 },
  { "write-that-knows-some",
    { RECORDED,
      { "7K.1", "2A.1", "contact.changed", "\"phone\":\"0200\"" },
      { "9M.1", "2A.1", "contact.changed", "\"phone\":\"0300\"" },
      { "2A.2", "7K.1", "contact.changed", "\"phone\":\"0400\"" } },
    "complainant.phone",
    "\"0400\"|\"0300\"",
    1 },
  { "settled",
    { RECORDED,
      { "7K.1", "2A.1", "contact.changed", "\"phone\":\"0200\"" },
      { "9M.1", "2A.1", "contact.changed", "\"phone\":\"0300\"" },
      { "2A.2", "7K.1,9M.1", "conflict.settled",
        "\"field\":\"complainant.phone\",\"value\":\"0200\"" } },
    "complainant.phone",
    "-",
    0 },
  /* Two settle it apart, and differently: that is a conflict again. */
  { "settled-apart",
    { RECORDED,
      { "7K.1", "2A.1", "contact.changed", "\"phone\":\"0200\"" },
      { "9M.1", "2A.1", "contact.changed", "\"phone\":\"0300\"" },
      { "2A.2", "7K.1,9M.1", "conflict.settled",
        "\"field\":\"complainant.phone\",\"value\":\"0200\"" },
      { "3C.1", "7K.1,9M.1", "conflict.settled",
        "\"field\":\"complainant.phone\",\"value\":\"0300\"" } },
    "complainant.phone",
    "\"0200\"|\"0300\"",
    1 },
  /* A later change of one of three leaves the other two. */
  { "three-apart",
    { RECORDED,
      { "3C.1", "2A.1", "contact.changed", "\"phone\":\"0200\"" },
      { "7K.1", "2A.1", "contact.changed", "\"phone\":\"0300\"" },
      { "9M.1", "2A.1", "contact.changed", "\"phone\":\"0400\"" },
      { "9M.2", "7K.1,9M.1", "contact.changed", "\"phone\":\"0500\"" } },
    "complainant.phone",
    "\"0200\"|\"0500\"",
    1 },
  { "acknowledged-apart",
    { RECORDED,
      { "7K.1", "2A.1", "case.acknowledged", "\"on\":\"2026-11-21\",\"channel\":\"letter\"" },
      { "9M.1", "2A.1", "case.acknowledged", "\"on\":\"2026-11-22\",\"channel\":\"letter\"" } },
    "acknowledged",
    "{\"on\":\"2026-11-21\",\"channel\":\"letter\"}|{\"on\":\"2026-11-22\",\"channel\":\"letter\"}",
    1 },
  { "notes-and-issues-never-meet",
    { RECORDED,
      { "7K.1", "2A.1", "case.noted", "\"text\":\"one\"" },
      { "9M.1", "2A.1", "case.noted", "\"text\":\"two\"" },
      { "7K.2", "7K.1", "issue.added", "\"what\":\"damp\"" },
      { "9M.2", "9M.1", "issue.added", "\"what\":\"mould\"" } },
    "issues",
    "-",
    0 },
  { "consent-given-and-withdrawn-apart",
    { RECORDED,
      { "2A.2", "2A.1", "consent.given", "\"purpose\":\"share\",\"to\":\"Oak Lifts\"" },
      { "7K.1", "2A.2", "consent.withdrawn", "\"purpose\":\"share\",\"to\":\"Oak Lifts\"" },
      { "9M.1", "2A.2", "consent.given", "\"purpose\":\"share\",\"to\":\"Oak Lifts\"" } },
    "consents.share.oak lifts",
    "{\"answer\":\"withdrawn\"}|{\"answer\":\"given\",\"until\":null}",
    1 },
  /* Both spellings that the withdrawal had seen are one consent, and it says of it one thing. */
  { "consents-withdrawn-at-once-and-given-apart",
    { RECORDED,
      { "7K.1", "2A.1", "consent.given", "\"purpose\":\"share\",\"to\":\"Oak Lifts\"" },
      { "9M.1", "2A.1", "consent.given", "\"purpose\":\"share\",\"to\":\"oak lifts\"" },
      { "2A.2", "7K.1,9M.1", "consent.withdrawn", "\"purpose\":\"share\"" },
      { "7K.2", "7K.1,9M.1", "consent.given", "\"purpose\":\"share\",\"to\":\"Oak Lifts\"" } },
    "consents.share.oak lifts",
    "{\"answer\":\"withdrawn\"}|{\"answer\":\"given\",\"until\":null}",
    1 },
  { "consent-to-others-apart",
    { RECORDED,
      { "7K.1", "2A.1", "consent.given", "\"purpose\":\"share\",\"to\":\"Oak Lifts\"" },
      { "9M.1", "2A.1", "consent.refused", "\"purpose\":\"share\",\"to\":\"Elm Drains\"" } },
    "consents.share.oak lifts",
    "-",
    0 },
  { "adjustment-ended-and-changed-apart",
    { RECORDED,
      { "2A.2", "2A.1", "adjustment.added", "\"need\":\"large-print\"" },
      { "7K.1", "2A.2", "adjustment.ended", "\"need\":\"large-print\"" },
      { "9M.1", "2A.2", "adjustment.added", "\"need\":\"large-print\",\"detail\":\"18 point\"" } },
    "adjustments.large-print",
    "{\"ended\":true}|{\"ended\":false,\"detail\":\"18 point\"}",
    1 },
  /* Authority withdrawn while somebody else takes down a new one: both are seen, and what was withdrawn
   * is what its author had seen. */
  { "authority-withdrawn-and-given-apart",
    { RECORDED,
      { "2A.2", "2A.1", "authority.given",
        "\"name\":\"Ivo "
        "Marsh\",\"relation\":\"son\",\"authority\":{\"type\":\"written-permission\","
        "\"given\":true}" },
      { "3C.1", "2A.2", "authority.given",
        "\"name\":\"Ivo Marsh\",\"relation\":\"son\",\"authority\":{\"type\":\"power-of-attorney\","
        "\"given\":true}" },
      { "7K.1", "2A.2", "authority.withdrawn", "" } },
    "representative.authority",
    "{\"type\":\"power-of-attorney\",\"given\":true}|{\"type\":\"written-permission\",\"given\":"
    "true,\"withdrawn\":\"2026-11-21\"}",
    1 },
  { "authority-refused-then-given",
    { RECORDED,
      { "7K.1", "2A.1", "authority.given",
        "\"name\":\"Ivo Marsh\",\"relation\":\"son\",\"authority\":{\"given\":false}" },
      { "9M.1", "7K.1", "authority.given",
        "\"name\":\"Ivo Marsh\",\"relation\":\"son\",\"authority\":{\"given\":true}" } },
    "representative.authority",
    "-",
    0 },
};

/* Pitfall 25: the same case, to the byte, for every order of arrival. */
static void
test_fold (gconstpointer data)
{
  guint n = GPOINTER_TO_UINT (data);
  g_autoptr (GPtrArray) events = make_events (rows[n].acts, MAX_ACTS);
  g_autoptr (AmendsCase) complaint =
      amends_case_new ((AmendsEvent *const *) events->pdata, events->len);
  g_autofree char *conflict = describe_conflict (complaint, rows[n].field);
  g_autofree char *first = dump_case ((AmendsEvent *const *) events->pdata, events->len);
  g_autofree gpointer *arrived = g_memdup2 (events->pdata, events->len * sizeof (gpointer));
  g_autofree guint *order = g_new (guint, events->len);

  g_assert_cmpstr (conflict, ==, rows[n].conflict);
  g_assert_cmpuint (amends_case_get_n_conflicts (complaint), ==, rows[n].n_conflicts);
  for (guint i = 0; i < events->len; i++)
    order[i] = i;
  while (test_permute (order, events->len))
    {
      g_autofree char *text = NULL;

      for (guint i = 0; i < events->len; i++)
        arrived[i] = events->pdata[order[i]];
      text = dump_case ((AmendsEvent *const *) arrived, events->len);
      g_assert_cmpstr (text, ==, first);
    }
}

/* A whole story in random order, some of it twice. */
static void
test_story (void)
{
  static const Act acts[] = {
    RECORDED,
    { "2A.2", "2A.1", "issue.added", "\"what\":\"No heating\",\"arose\":\"2026-10\"" },
    { "2A.3", "2A.2", "consent.deferred", "\"purpose\":\"share\"" },
    { "2A.4", "2A.3", "adjustment.added", "\"need\":\"large-print\"" },
    { "7K.1", "2A.4", "case.acknowledged", "\"on\":\"2026-11-21\",\"channel\":\"letter\"" },
    { "9M.1", "2A.4", "case.noted", "\"text\":\"Rang twice\"" },
    { "7K.2", "7K.1", "contact.changed", "\"phone\":\"0200\",\"home\":\"Flat 12\"" },
    { "9M.2", "9M.1", "contact.changed", "\"phone\":\"0300\"" },
    { "7K.3", "7K.2,9M.2", "conflict.settled",
      "\"field\":\"complainant.phone\",\"value\":\"0300\"" },
    { "3C.1", "2A.2", "case.of-the-future", "\"x\":{\"y\":[1]}" },
    { "9M.3", "7K.3", "adjustment.ended", "\"need\":\"large-print\"" },
  };
  g_autoptr (GPtrArray) events = make_events (acts, G_N_ELEMENTS (acts));
  g_autofree char *first = dump_case ((AmendsEvent *const *) events->pdata, events->len);
  guint n_events = events->len;

  for (guint i = 0; i < 3; i++)
    g_ptr_array_add (events, amends_event_ref (events->pdata[i * 2]));
  for (guint round = 0; round < 500; round++)
    {
      g_autofree char *text = NULL;

      test_shuffle (events->pdata, events->len);
      text = dump_case ((AmendsEvent *const *) events->pdata, events->len);
      g_assert_cmpstr (text, ==, first);
    }
  g_assert_nonnull (strstr (first, "\"unknown_events\":1"));
  g_assert_nonnull (strstr (first, "\"conflicts\":[]"));
  g_assert_cmpuint (n_events, ==, 11);
}

static AmendsCase *
make_case (const Act *acts, guint n_acts, GPtrArray **ret_events)
{
  *ret_events = make_events (acts, n_acts);
  return amends_case_new ((AmendsEvent *const *) (*ret_events)->pdata, (*ret_events)->len);
}

/* Consent and adjustment as parts: given, withdrawn or ended with the day, taken up again. */
static void
test_parts (void)
{
  static const Act acts[] = {
    RECORDED,
    { "2A.2", "2A.1", "consent.given", "\"purpose\":\"share\",\"until\":\"2027-05-20\"" },
    { "2A.3", "2A.2", "consent.withdrawn", "\"purpose\":\"share\"" },
    { "2A.4", "2A.3", "adjustment.added", "\"need\":\"large-print\",\"detail\":\"18 point\"" },
    { "2A.5", "2A.4", "adjustment.ended", "\"need\":\"large-print\"" },
    { "2A.6", "2A.5", "adjustment.added", "\"need\":\"large-print\"" },
    { "2A.7", "2A.6", "consent.refused", "\"purpose\":\"photograph\"" },
  };
  g_autoptr (GPtrArray) events = NULL;
  g_autoptr (AmendsCase) complaint = make_case (acts, G_N_ELEMENTS (acts), &events);

  g_assert_cmpuint (amends_case_get_n_consents (complaint), ==, 2);
  g_assert_cmpstr (amends_case_get_consent (complaint, 0)->withdrawn, ==, "2026-11-21");
  g_assert_cmpstr (amends_case_get_consent (complaint, 0)->until, ==, "2027-05-20");
  g_assert_cmpstr (amends_case_get_consent (complaint, 1)->answer, ==, "refused");
  g_assert_null (amends_case_get_consent (complaint, 1)->withdrawn);
  g_assert_cmpuint (amends_case_get_n_adjustments (complaint), ==, 1);
  g_assert_null (amends_case_get_adjustment (complaint, 0)->ended);
  g_assert_null (amends_case_get_adjustment (complaint, 0)->detail);
}

/* A withdrawal ends the consent whatever the letters of the name; where it names nobody, all of that purpose, and no
 * other. */
static void
test_withdrawn_parts (void)
{
  static const Act acts[] = {
    RECORDED,
    { "2A.2", "2A.1", "consent.given", "\"purpose\":\"share\",\"to\":\"Citizens Advice\"" },
    { "2A.3", "2A.2", "consent.given", "\"purpose\":\"photograph\",\"to\":\"The Clarion\"" },
    { "2A.4", "2A.3", "consent.given", "\"purpose\":\"print\",\"to\":\"The Clarion\"" },
    { "2A.5", "2A.4", "consent.given", "\"purpose\":\"print\",\"to\":\"The Argus\"" },
    { "2A.6", "2A.5", "consent.withdrawn", "\"purpose\":\"share\",\"to\":\"citizens advice\"" },
    { "2A.7", "2A.6", "consent.withdrawn", "\"purpose\":\"print\"" },
    { "7K.1", "2A.5", "consent.given", "\"purpose\":\"print\",\"to\":\"The Clarion\"" },
  };
  static const gboolean is_withdrawn[] = { TRUE, FALSE, TRUE, FALSE };
  static const char *const to[] = { "Citizens Advice", "The Clarion", "The Argus", "The Clarion" };
  g_autoptr (GPtrArray) events = NULL;
  g_autoptr (AmendsCase) complaint = make_case (acts, G_N_ELEMENTS (acts), &events);

  g_assert_cmpuint (amends_case_get_n_consents (complaint), ==, G_N_ELEMENTS (to));
  for (guint i = 0; i < G_N_ELEMENTS (to); i++)
    {
      g_assert_cmpstr (amends_case_get_consent (complaint, i)->to, ==, to[i]);
      g_assert_cmpint (amends_case_get_consent (complaint, i)->withdrawn != NULL, ==,
                       is_withdrawn[i]);
    }
  /* Given anew apart from the withdrawal, which did not name it. */
  g_assert_cmpuint (amends_case_get_n_conflicts (complaint), ==, 1);
  g_assert_cmpstr (amends_case_get_conflict (complaint, 0)->name, ==, "consents.print.the clarion");
}

/* A conflict over a consent is settled by an answer; its purpose stays what it was. */
static void
test_settled_part (void)
{
  static const Act acts[] = {
    RECORDED,
    { "7K.1", "2A.1", "consent.given", "\"purpose\":\"share\"" },
    { "9M.1", "2A.1", "consent.refused", "\"purpose\":\"share\"" },
    { "2A.2", "7K.1,9M.1", "conflict.settled",
      "\"field\":\"consents.share\",\"value\":{\"answer\":\"refused\",\"purpose\":7}" },
  };
  g_autoptr (GPtrArray) events = NULL;
  g_autoptr (AmendsCase) complaint = make_case (acts, G_N_ELEMENTS (acts), &events);

  g_assert_cmpuint (amends_case_get_n_conflicts (complaint), ==, 0);
  g_assert_cmpuint (amends_case_get_n_consents (complaint), ==, 1);
  g_assert_cmpstr (amends_case_get_consent (complaint, 0)->answer, ==, "refused");
  g_assert_cmpstr (amends_case_get_consent (complaint, 0)->purpose, ==, "share");
}

static void
assert_asked (const AmendsCase *complaint, const char *expected)
{
  g_autoptr (GPtrArray) names = amends_case_list_ask_first (complaint);
  g_autofree char *text = NULL;

  g_ptr_array_add (names, NULL);
  text = g_strjoinv ("|", (char **) names->pdata);
  g_assert_cmpstr (text, ==, expected);
}

/* Security, I15: what is about safety does not disappear by a merge, whoever's id is lower, until a person settles it. */
static void
test_safety_first (void)
{
  static const char *const apart[][2] = { { "7K.1", "9M.1" }, { "9M.1", "7K.1" } };

  for (guint i = 0; i < G_N_ELEMENTS (apart); i++)
    {
      const Act acts[] = {
        RECORDED,
        { apart[i][0], "2A.1", "case.ask-first",
          "\"on\":\"2026-11-21\",\"ask\":{\"name\":\"Tamsin Roe\"}" },
        { apart[i][1], "2A.1", "case.ask-first", "\"on\":\"2026-11-21\",\"ask\":null" },
        { "2A.2", "7K.1,9M.1", "conflict.settled",
          "\"field\":\"ask_first\",\"value\":{\"on\":\"2026-11-21\"}" },
      };
      g_autoptr (GPtrArray) events = NULL, all = NULL;
      g_autoptr (AmendsCase) complaint = make_case (acts, 3, &events);
      g_autoptr (AmendsCase) settled = make_case (acts, G_N_ELEMENTS (acts), &all);

      assert_asked (complaint, "Tamsin Roe");
      g_assert_cmpuint (amends_case_get_n_conflicts (complaint), ==, 1);
      assert_asked (settled, "");
      g_assert_cmpuint (amends_case_get_n_conflicts (settled), ==, 0);
    }
}

/* Of two who were named apart both know something; who was named twice is one. */
static void
test_ask_either (void)
{
  static const struct
  {
    const char *name;
    const char *asked;
  } pairs[] = { { "Jo Lane", "Tamsin Roe|Jo Lane" }, { "Tamsin Roe", "Tamsin Roe" } };

  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      g_autofree char *other =
          g_strdup_printf ("\"on\":\"2026-11-22\",\"ask\":{\"name\":\"%s\"}", pairs[i].name);
      const Act acts[] = {
        RECORDED,
        { "7K.1", "2A.1", "case.ask-first",
          "\"on\":\"2026-11-21\",\"ask\":{\"name\":\"Tamsin Roe\"}" },
        { "9M.1", "2A.1", "case.ask-first", other },
      };
      g_autoptr (GPtrArray) events = NULL;
      g_autoptr (AmendsCase) complaint = make_case (acts, G_N_ELEMENTS (acts), &events);

      assert_asked (complaint, pairs[i].asked);
    }
}

static char *
dup_lines (const AmendsCase *complaint, const char *key)
{
  const json_t *safe = amends_case_get_value (complaint, "complainant.safe_contact");
  const json_t *lines = json_object_get (safe, key);
  GString *text = g_string_new (NULL);

  for (gsize i = 0; i < json_array_size (lines); i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "|" : "",
                            json_string_value (json_array_get (lines, i)));
  return g_string_free (text, FALSE);
}

/* Of two versions of how somebody is reached safely all counts that is not safe, and what both say is. */
static void
test_safe_contact_first (void)
{
  static const char *const apart[][2] = { { "7K.1", "9M.1" }, { "9M.1", "7K.1" } };

  for (guint i = 0; i < G_N_ELEMENTS (apart); i++)
    {
      const Act acts[] = {
        RECORDED,
        { apart[i][0], "2A.1", "person.preference",
          "\"safe_contact\":{\"methods\":[\"0200\",\"in person\"],\"not\":[\"letters\"]}" },
        { apart[i][1], "2A.1", "person.preference",
          "\"safe_contact\":{\"methods\":[\"in person\"],\"not\":[\"0200\"],"
          "\"shared_with\":[\"his brother\"]}" },
      };
      g_autoptr (GPtrArray) events = NULL;
      g_autoptr (AmendsCase) complaint = make_case (acts, G_N_ELEMENTS (acts), &events);
      g_autofree char *not = dup_lines (complaint, "not");
      g_autofree char *methods = dup_lines (complaint, "methods");
      g_autofree char *shared = dup_lines (complaint, "shared_with");

      g_assert_cmpstr (not, ==, i == 0 ? "letters|0200" : "0200|letters");
      g_assert_cmpstr (methods, ==, "in person");
      g_assert_cmpstr (shared, ==, "his brother");
      g_assert_cmpuint (amends_case_get_n_conflicts (complaint), ==, 1);
    }
}

/* Also where it was settled by the letters in which the name was written. */
static void
test_settled_in_letters (void)
{
  static const Act acts[] = {
    RECORDED,
    { "7K.1", "2A.1", "consent.given", "\"purpose\":\"share\",\"to\":\"Oak Lifts\"" },
    { "9M.1", "2A.1", "consent.refused", "\"purpose\":\"share\",\"to\":\"Oak Lifts\"" },
    { "2A.2", "7K.1,9M.1", "conflict.settled",
      "\"field\":\"consents.share.Oak Lifts\",\"value\":{\"answer\":\"refused\"}" },
  };
  g_autoptr (GPtrArray) events = NULL;
  g_autoptr (AmendsCase) complaint = make_case (acts, G_N_ELEMENTS (acts), &events);

  g_assert_cmpuint (amends_case_get_n_conflicts (complaint), ==, 0);
  g_assert_cmpuint (amends_case_get_n_consents (complaint), ==, 1);
  g_assert_cmpstr (amends_case_get_consent (complaint, 0)->answer, ==, "refused");
}

/* Design, 5: the event that began the case may not be here; what is here still shows. Pitfall 19. */
static void
test_without_root (void)
{
  static const Act acts[] = {
    { "7K.1", "2A.1", "issue.added", "\"what\":\"damp\"" },
    { "9M.1", "2A.5,7K.1", "case.noted", "\"text\":\"seen\"" },
  };
  g_autoptr (GPtrArray) events = NULL;
  g_autoptr (AmendsCase) complaint = make_case (acts, G_N_ELEMENTS (acts), &events);
  g_autofree char *summary = amends_case_dup_summary (complaint);
  json_auto_t *json = amends_case_to_json (complaint);

  g_assert_false (amends_case_is_recorded (complaint));
  g_assert_cmpuint (amends_case_get_n_missing (complaint), ==, 2);
  g_assert_cmpstr (summary, ==, "damp");
  g_assert_true (json_is_null (json_object_get (json, "reference")));
  g_assert_cmpint (json_integer_value (json_object_get (json, "missing_events")), ==, 2);
}

/* A second "case.recorded" in the stream, from a broken device, says nothing of this case. */
static void
test_recorded_twice (void)
{
  static const Act acts[] = {
    RECORDED,
    { "1A.1", "", "case.recorded", "\"kind\":\"other\",\"reference\":\"1A-0001-A\"" },
  };
  g_autoptr (GPtrArray) events = NULL;
  g_autoptr (AmendsCase) complaint = make_case (acts, G_N_ELEMENTS (acts), &events);

  g_assert_cmpstr (amends_case_get_text (complaint, "kind"), ==, "complaint");
  g_assert_cmpint (amends_case_get_recorded_at (complaint), ==,
                   amends_body_get_at (amends_case_get_history (complaint, 1)->body));
}

/* Unknown types are shown and inert; an erased body is a place in the history. */
static void
test_unknown_and_erased (void)
{
  static const Act acts[] = {
    RECORDED,
    { "7K.1", "2A.1", "case.of-the-future", "\"phone\":\"0\"" },
  };
  g_autoptr (GPtrArray) events = make_events (acts, G_N_ELEMENTS (acts));
  g_autoptr (AmendsCase) complaint = NULL;

  g_ptr_array_add (events, test_event_new_erased ("9M.1", "7K.1"));
  complaint = amends_case_new ((AmendsEvent *const *) events->pdata, events->len);
  g_assert_cmpuint (amends_case_get_n_unknown (complaint), ==, 1);
  g_assert_cmpuint (amends_case_get_n_history (complaint), ==, 3);
  g_assert_null (amends_case_get_history (complaint, 2)->body);
  g_assert_cmpint (amends_case_get_history (complaint, 1)->type, ==, AMENDS_EVENT_UNKNOWN);
  g_assert_cmpstr (amends_case_get_text (complaint, "complainant.phone"), ==, "0100");
}

static const struct
{
  const char *what; /* as JSON text */
  const char *summary;
} summary_rows[] = {
  { "No heating", "No heating" },
  { "  \\n No heating\\nsince May", "No heating" },
  { "No heating\\r\\nsince May", "No heating" },
  { "", "" },
  { "\\n\\n", "" },
};

static char *
summarise (const char *what)
{
  g_autofree char *members = g_strdup_printf ("\"what\":\"%s\"", what);
  const Act acts[] = { RECORDED, { "2A.2", "2A.1", "issue.added", members } };
  g_autoptr (GPtrArray) events = NULL;
  g_autoptr (AmendsCase) complaint = make_case (acts, G_N_ELEMENTS (acts), &events);

  return amends_case_dup_summary (complaint);
}

/* A summary is never cut within a character, nor between a letter and its accents. */
static void
test_summary (void)
{
  static const char *const letters[] = { "a", "é", "ש", "好", "🏠", "e\xcc\x81", "\xcc\x81" };

  for (guint i = 0; i < G_N_ELEMENTS (summary_rows); i++)
    {
      g_autofree char *summary = summarise (summary_rows[i].what);

      g_assert_cmpstr (summary, ==, summary_rows[i].summary);
    }
  for (guint i = 0; i < G_N_ELEMENTS (letters); i++)
    for (guint n_before = 0; n_before < 3; n_before++)
      {
        GString *what = g_string_new (NULL);
        g_autofree char *summary = NULL;
        g_autofree char *text = NULL;
        long n_chars;

        for (guint n = 0; n < n_before; n++)
          g_string_append_c (what, 'x');
        for (guint n = 0; n < 300; n++)
          g_string_append (what, letters[i]);
        text = g_string_free (what, FALSE);
        summary = summarise (text);
        g_assert_true (g_utf8_validate (summary, -1, NULL));
        g_assert_true (g_str_has_prefix (text, summary));
        n_chars = g_utf8_strlen (summary, -1);
        g_assert_cmpint (n_chars, <=, AMENDS_SUMMARY_MAX_CHARS);
        if (i < 5)
          g_assert_cmpint (n_chars, ==, AMENDS_SUMMARY_MAX_CHARS);
        if (i == 5)
          g_assert_cmpint ((n_chars - n_before) % 2, ==, 0);
      }
}

/* Every member of every body as every JSON type: whatever a broken device writes is passed over and
 * still stands in the history. */
static void
test_hostile (void)
{
  static const char *const members[] = {
    "at",       "by",    "reference", "kind",      "complainant", "representative", "purpose",
    "to",       "until", "need",      "detail",    "what",        "text",           "on",
    "channel",  "name",  "relation",  "authority", "field",       "value",          "phone",
    "received", "",      "id",        "stage",     "step",        "clause",         "issue",
    "because"
  };
  static const char *const values[] = { "null",
                                        "true",
                                        "-1",
                                        "1e300",
                                        "\"\"",
                                        "\"complainant.phone\"",
                                        "\"consents.\"",
                                        "[[]]",
                                        "{}",
                                        "{\"\":null}",
                                        "{\"name\":{\"x\":[]},\"phone\":7}",
                                        "{\"answer\":[],\"ended\":true}" };

  for (guint round = 0; round < 3000; round++)
    {
      g_autoptr (GPtrArray) events =
          g_ptr_array_new_with_free_func ((GDestroyNotify) amends_event_unref);
      g_autofree char *text = NULL;
      guint n_events = (guint) g_test_rand_int_range (1, 6);

      for (guint i = 0; i < n_events; i++)
        {
          GString *body = g_string_new (NULL);
          g_autofree char *body_text = NULL;
          g_autofree char *id = g_strdup_printf ("2A.%u", i + 1);
          gboolean has[G_N_ELEMENTS (members)] = { FALSE };

          g_string_append_printf (
              body, "{\"type\":\"%s\"",
              amends_event_type_to_string (
                  i == 0 ? AMENDS_EVENT_CASE_RECORDED
                         : (AmendsEventType) g_test_rand_int_range (0, AMENDS_EVENT_N_TYPES)));
          for (guint m = 0; m < 8; m++)
            {
              int which = g_test_rand_int_range (0, G_N_ELEMENTS (members));

              if (!has[which])
                g_string_append_printf (body, ",\"%s\":%s", members[which],
                                        values[g_test_rand_int_range (0, G_N_ELEMENTS (values))]);
              has[which] = TRUE;
            }
          g_string_append_c (body, '}');
          body_text = g_string_free (body, FALSE);
          g_ptr_array_add (events, test_event_new (id, i > 0 ? "2A.1" : "", body_text));
        }
      text = dump_case ((AmendsEvent *const *) events->pdata, events->len);
      g_assert_nonnull (text);
    }
}

/* Bodies that are no JSON at all: nesting, keys twice, numbers out of range. */
static void
test_not_json (void)
{
  static const char *const bodies[] = { "{}", "{\"type\":\"case.noted\",\"type\":\"x\"}", "{]}",
                                        "{\"a\":1e999}", "{\"type\":7}" };

  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      g_autoptr (AmendsEvent) event = test_event_new (TEST_STREAM, "", bodies[i]);
      g_autoptr (AmendsCase) complaint = amends_case_new (&event, 1);

      g_assert_false (amends_case_is_recorded (complaint));
      g_assert_cmpuint (amends_case_get_n_history (complaint), ==, 1);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strconcat ("/case/fold/", rows[i].name, NULL);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_fold);
    }
  g_test_add_func ("/case/story", test_story);
  g_test_add_func ("/case/parts", test_parts);
  g_test_add_func ("/case/withdrawn-parts", test_withdrawn_parts);
  g_test_add_func ("/case/settled-part", test_settled_part);
  g_test_add_func ("/case/settled-in-letters", test_settled_in_letters);
  g_test_add_func ("/case/safety-first", test_safety_first);
  g_test_add_func ("/case/ask-either", test_ask_either);
  g_test_add_func ("/case/safe-contact-first", test_safe_contact_first);
  g_test_add_func ("/case/without-root", test_without_root);
  g_test_add_func ("/case/recorded-twice", test_recorded_twice);
  g_test_add_func ("/case/unknown-and-erased", test_unknown_and_erased);
  g_test_add_func ("/case/summary", test_summary);
  g_test_add_func ("/case/hostile", test_hostile);
  g_test_add_func ("/case/not-json", test_not_json);
  return g_test_run ();
}
