/* test-decide.c: which acts are taken, and the bodies they become
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "core/amends-decide.h"
#include "core/amends-error.h"
#include "core/amends-instant.h"
#include "core/amends-schema.h"

static const char *const schemes[] = { "oak", "elm", NULL };

static const AmendsRules rules; /* nothing is published */

/* The events of one case, in order; their bytes are fixtures. */
static const char *const story[] = { "case.recorded",
                                     "issue.added",
                                     "consent.given",
                                     "consent.refused",
                                     "consent.deferred",
                                     "adjustment.added",
                                     "case.noted",
                                     "case.acknowledged",
                                     "contact.changed",
                                     "authority.given",
                                     "consent.withdrawn",
                                     "adjustment.ended",
                                     "authority.withdrawn",
                                     "conflict.settled",
                                     "case.declined",
                                     "case.reopened",
                                     "case.accepted",
                                     "case.assigned",
                                     "case.contacted",
                                     "case.updated",
                                     "case.extended",
                                     "case.departure",
                                     "case.disclosed",
                                     "case.responded",
                                     "case.delivered",
                                     "case.panel-requested",
                                     "case.panel-decided",
                                     "case.closure-contact",
                                     "case.closed",
                                     "case.escalation-requested",
                                     "case.escalation-refused",
                                     "case.understanding",
                                     "case.stage2-acknowledged",
                                     "case.stage2-assigned",
                                     "case.stage2-contacted",
                                     "case.stage2-updated",
                                     "case.stage2-extended",
                                     "case.stage2-responded",
                                     "case.stage2-closed",
                                     "case.withdrawn" };

/* A service request that becomes a complaint. */
static const char *const request_story[] = { "case.request-resolved", "case.dissatisfied",
                                             "case.promoted" };
static const char request_line[] =
    "7K.60\ts.oak\t7K.60\t\t{\"type\":\"case.recorded\",\"at\":\"2026-11-20T10:00:00Z\","
    "\"kind\":\"service-request\",\"scheme\":\"oak\",\"received\":\"2026-11-20\"}";

/* What is done between the acknowledgement and the response, and again at stage 2. */
static const char *const work_story[] = {
  "case.triaged",
  "case.defined",
  "case.information-requested",
  "case.information-answered",
  "case.investigated",
  "case.finding",
  "case.remedy-offered",
  "case.remedy-answered",
  "case.remedy-given",
  "case.action-added",
  "case.action-done",
  "case.drafted",
  "case.approved",
  "case.sent",
  "case.stage2-defined",
  "case.stage2-investigated",
  "case.stage2-finding",
  "case.stage2-drafted",
  "case.stage2-approved",
  "case.stage2-sent",
};
/* Somebody is met, beside all that. */
static const char *const meeting_story[] = { "case.appointed", "case.appointment-ended",
                                             "case.complainant-joined" };
static const char *const work_lines[] = {
  "7K.101\ts.oak\t7K.101\t\t{\"type\":\"case.recorded\",\"at\":\"2026-11-20T10:00:00Z\","
  "\"kind\":\"complaint\",\"scheme\":\"oak\",\"received\":\"2026-11-20\"}",
  "7K.102\ts.oak\t7K.101\t7K.101\t{\"type\":\"issue.added\",\"at\":\"2026-11-20T10:00:00Z\","
  "\"what\":\"The lift stops\"}",
  /* In the order of the fold after the response. */
  "7K.900\ts.oak\t7K.101\t7K.116\t{\"type\":\"case.escalation-requested\","
  "\"at\":\"2027-01-04T10:00:00Z\",\"on\":\"2027-01-04\",\"channel\":\"letter\"}",
};

/* What stands beside a complaint, and what comes after its answer. */
static const char *const after_story[] = {
  "case.forwarded",
  "case.matched",
  "case.joined",
  "case.split",
  "case.behaviour-restriction",
  "case.behaviour-reviewed",
  "case.panel-recommended",
  "case.referred",
  "case.determination",
  "case.order",
  "case.order-done",
  "case.learning",
  "case.survey",
};
static const char *const after_lines[] = {
  "7K.201\ts.oak\t7K.201\t\t{\"type\":\"case.recorded\",\"at\":\"2026-11-20T10:00:00Z\","
  "\"kind\":\"complaint\",\"scheme\":\"oak\",\"received\":\"2026-11-20\"}",
  "7K.202\ts.oak\t7K.201\t7K.201\t{\"type\":\"issue.added\",\"at\":\"2026-11-20T10:00:00Z\","
  "\"what\":\"The lift stops\"}",
  "7K.203\ts.oak\t7K.201\t7K.202\t{\"type\":\"issue.added\",\"at\":\"2026-11-20T10:00:00Z\","
  "\"what\":\"The service charge\"}",
  "7K.901\ts.oak\t7K.201\t7K.209\t{\"type\":\"case.panel-requested\","
  "\"at\":\"2027-03-01T10:00:00Z\",\"stage\":1,\"on\":\"2027-03-01\"}",
};

/* What a person needs, and prefers. */
static const char *const person_story[] = {
  "person.adjustment-decided",   "person.adjustment-made", "person.adjustment-reviewed",
  "person.disability-disclosed", "person.preference",      "person.capacity-assessed",
};
static const char *const person_lines[] = {
  "7K.301\ts.oak\t7K.301\t\t{\"type\":\"case.recorded\",\"at\":\"2026-11-20T10:00:00Z\","
  "\"kind\":\"complaint\",\"scheme\":\"oak\",\"received\":\"2026-11-20\"}",
  "7K.302\ts.oak\t7K.301\t7K.301\t{\"type\":\"adjustment.added\","
  "\"at\":\"2026-11-20T10:00:00Z\",\"need\":\"large-print\"}",
};

#define SETTLED 13 /* its place in the story */
#define N_INTAKE 6 /* the events that one intake becomes */
#define N_STORY G_N_ELEMENTS (story)

static AmendsMoment
moment_of (const char *now)
{
  AmendsMoment moment = { 0, 0 };

  g_assert_true (amends_instant_parse (now, &moment.now, NULL));
  moment.known = moment.now;
  return moment;
}

static json_t *
load (const char *text)
{
  g_autoptr (GError) error = NULL;
  json_t *value = amends_json_load (text, strlen (text), &error);

  g_assert_no_error (error);
  return value;
}

static AmendsEvent *
load_fixture (const char *word)
{
  g_autofree char *name = g_strconcat (word, ".event", NULL);
  g_autofree char *path =
      g_test_build_filename (G_TEST_DIST, "tests", "fixtures", "events", name, NULL);
  g_autofree char *contents = NULL;
  g_auto (GStrv) lines = NULL;
  g_autoptr (GError) error = NULL;
  static const guint8 salt[AMENDS_SALT_BYTES] = { 0 };
  AmendsEvent *event;

  g_file_get_contents (path, &contents, NULL, &error);
  g_assert_no_error (error);
  lines = g_strsplit (contents, "\n", -1);
  event = amends_event_parse_line (lines[1], strlen (lines[1]), salt, &error);
  g_assert_no_error (error);
  return event;
}

/* A case and the events it is folded from. */
typedef struct
{
  GPtrArray *events;
  AmendsCase *complaint;
} Scene;

static void
scene_clear (Scene *scene)
{
  g_clear_pointer (&scene->complaint, amends_case_free);
  g_clear_pointer (&scene->events, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Scene, scene_clear)

/* The first @n_events of the story, and one more line if there is one. */
static Scene
scene_new (guint n_events, const char *line)
{
  static const guint8 salt[AMENDS_SALT_BYTES] = { 0 };
  Scene scene = { g_ptr_array_new_with_free_func ((GDestroyNotify) amends_event_unref), NULL };
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < n_events; i++)
    g_ptr_array_add (scene.events, load_fixture (story[i]));
  if (line != NULL)
    g_ptr_array_add (scene.events, amends_event_parse_line (line, strlen (line), salt, &error));
  g_assert_no_error (error);
  scene.complaint = amends_case_new ((AmendsEvent *const *) scene.events->pdata, scene.events->len);
  return scene;
}

static void
assert_body (const AmendsDecision *decision, guint n, const AmendsEvent *event)
{
  GBytes *bytes = g_ptr_array_index (decision->bodies, n);
  g_autofree char *body = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  g_autofree char *expected =
      g_strndup (g_bytes_get_data (event->body, NULL), g_bytes_get_size (event->body));

  g_assert_cmpstr (body, ==, expected);
}

static json_t *
part_of (const AmendsEvent *event)
{
  json_t *part = amends_event_load_body (event, NULL);

  json_object_del (part, "type");
  json_object_del (part, "at");
  json_object_del (part, "by");
  return part;
}

static json_t *
consent_of (const AmendsEvent *event, json_t *given)
{
  json_t *part = part_of (event);

  json_object_set_new (part, "given", given);
  return part;
}

/* The intake of the story becomes exactly the bytes of the fixtures. */
static void
test_record (void)
{
  g_auto (Scene) scene = scene_new (N_INTAKE, NULL);
  AmendsEvent *const *events = (AmendsEvent *const *) scene.events->pdata;
  AmendsMoment moment = moment_of ("2026-11-21T10:02:11Z");
  AmendsId by;
  g_autoptr (GError) error = NULL;
  g_autoptr (AmendsDecision) decision = NULL;
  json_t *intake = part_of (events[0]);

  g_assert_true (amends_id_parse ("2M.7", &by, NULL));
  json_object_del (intake, "reference");
  json_object_set_new (intake, "issues", json_pack ("[o]", part_of (events[1])));
  json_object_set_new (intake, "consents",
                       json_pack ("[o, o, o]", consent_of (events[2], json_true ()),
                                  consent_of (events[3], json_false ()),
                                  consent_of (events[4], json_string ("ask-me"))));
  json_object_set_new (intake, "adjustments", json_pack ("[o]", part_of (events[5])));

  decision = amends_decide_record (intake, schemes, NULL, "7K-0001-H", &by, &moment, &error);
  json_decref (intake);
  g_assert_no_error (error);
  g_assert_true (decision->begins);
  g_assert_cmpstr (decision->feed, ==, "s.oak");
  g_assert_cmpuint (decision->warnings->len, ==, 0);
  g_assert_cmpuint (decision->bodies->len, ==, N_INTAKE);
  for (guint i = 0; i < N_INTAKE; i++)
    assert_body (decision, i, events[i]);
}

/* The act that @event records, on the case as it stood, becomes exactly its bytes. */
static void
assert_act (const AmendsCase *complaint, const AmendsEvent *event)
{
  g_autoptr (AmendsDecision) decision = NULL;
  g_autoptr (GError) error = NULL;
  AmendsMoment moment = { 0, 0 };
  AmendsActor by = { .roles = NULL };
  json_t *act = amends_event_load_body (event, &error);

  g_assert_no_error (error);
  moment.now = moment.known = amends_body_get_at (act);
  g_assert_true (amends_body_get_by (act, &by.id));
  json_object_del (act, "at");
  json_object_del (act, "by");

  decision = amends_decide_act (complaint, &rules, act, &by, &moment, &error);
  json_decref (act);
  g_assert_no_error (error);
  g_assert_false (decision->begins);
  g_assert_cmpstr (decision->feed, ==, "s.oak");
  g_assert_cmpuint (decision->bodies->len, ==, 1);
  assert_body (decision, 0, event);
}

/* An older device wrote a withdrawal that names nobody where two act for them: today it has to say whose. */
static void
assert_named (const AmendsCase *complaint, const AmendsEvent *event)
{
  json_auto_t *act = json_pack ("{s:s}", "type", "authority.withdrawn");
  AmendsMoment moment = { 0, 0 };
  g_autoptr (GError) error = NULL;

  moment.now = moment.known = amends_body_get_at (amends_event_get_json ((AmendsEvent *) event));
  g_assert_null (amends_decide_act (complaint, &rules, act, NULL, &moment, &error));
  g_assert_error (error, AMENDS_CORE_ERROR, AMENDS_CORE_ERROR_INVALID);
  g_assert_cmpstr (amends_error_get_field (error), ==, "name");
}

static void
test_act (const void *user_data)
{
  guint n = GPOINTER_TO_UINT (user_data);
  const char *line = n == SETTLED ? "3F.2\ts.oak\t7K.1\t7K.8\t{\"type\":\"contact.changed\","
                                    "\"at\":\"2026-11-21T10:13:00Z\",\"phone\":\"01632 960014\"}"
                                  : NULL;
  g_auto (Scene) scene = scene_new (n, line);
  g_autoptr (AmendsEvent) event = load_fixture (story[n]);

  if (g_str_equal (story[n], "authority.withdrawn"))
    assert_named (scene.complaint, event);
  else
    assert_act (scene.complaint, event);
}

static void
play (const char *const *lines, guint n_lines, const char *const *words, guint n_words)
{
  g_autoptr (GPtrArray) events =
      g_ptr_array_new_with_free_func ((GDestroyNotify) amends_event_unref);
  static const guint8 salt[AMENDS_SALT_BYTES] = { 0 };

  for (guint i = 0; i < n_lines; i++)
    {
      AmendsEvent *event = amends_event_parse_line (lines[i], strlen (lines[i]), salt, NULL);

      g_assert_nonnull (event);
      g_ptr_array_add (events, event);
    }
  for (guint i = 0; i < n_words; i++)
    {
      g_autoptr (AmendsCase) complaint =
          amends_case_new ((AmendsEvent *const *) events->pdata, events->len);
      g_autoptr (AmendsEvent) event = load_fixture (words[i]);

      g_test_message ("%s", words[i]);
      assert_act (complaint, event);
      g_ptr_array_add (events, g_steal_pointer (&event));
    }
}

static void
test_request (void)
{
  static const char *const lines[] = { request_line };

  play (lines, G_N_ELEMENTS (lines), request_story, G_N_ELEMENTS (request_story));
}

static void
test_after (void)
{
  play (after_lines, G_N_ELEMENTS (after_lines), after_story, G_N_ELEMENTS (after_story));
}

static void
test_person (void)
{
  play (person_lines, G_N_ELEMENTS (person_lines), person_story, G_N_ELEMENTS (person_story));
}

static void
test_work (void)
{
  play (work_lines, G_N_ELEMENTS (work_lines), work_story, G_N_ELEMENTS (work_story));
}

static void
test_meeting (void)
{
  play (work_lines, 2, meeting_story, G_N_ELEMENTS (meeting_story));
}

static const char smallest[] =
    "{\"kind\":\"complaint\",\"scheme\":\"oak\",\"received\":\"2026-11-20\","
    "\"channel\":\"telephone\",\"issues\":[{\"what\":\"The door sticks\"}]}";

static void
test_smallest (void)
{
  AmendsMoment moment = moment_of ("2026-11-21T10:02:11Z");
  AmendsId nobody = { "", 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (AmendsDecision) decision = NULL;
  g_autofree char *body = NULL;
  GBytes *bytes;
  json_t *intake = load (smallest);

  decision = amends_decide_record (intake, schemes, NULL, "7K-0001-H", &nobody, &moment, &error);
  json_decref (intake);
  g_assert_no_error (error);
  g_assert_cmpuint (decision->bodies->len, ==, 2);
  bytes = g_ptr_array_index (decision->bodies, 0);
  body = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  g_assert_cmpstr (body, ==,
                   "{\"type\":\"case.recorded\",\"at\":\"2026-11-21T10:02:11Z\","
                   "\"reference\":\"7K-0001-H\",\"kind\":\"complaint\",\"scheme\":\"oak\","
                   "\"received\":\"2026-11-20\",\"channel\":\"telephone\"}");
}

/* Source: ARCHITECTURE.md, "Restricted is a place, not a mark". */
static const struct
{
  const char *restricted;
  const char *about; /* who, between commas */
  const char *kind;
  const char *feed;
} restricted_rows[] = {
  { NULL, NULL, "complaint", "s.oak" },
  { "safety", NULL, "complaint", "r.oak" },
  { "conduct", NULL, "complaint", "c.oak" },
  { NULL, "staff", "complaint", "c.oak" },
  { NULL, "contractor,staff", "service-request", "c.oak" },
  { NULL, "contractor,neighbour", "complaint", "s.oak" },
  { NULL, "policy", "complaint", "s.oak" },
  { NULL, NULL, "safeguarding", "r.oak" },
  { "safety", "staff", "complaint", "c.oak" },   /* whom they fear may read r.oak */
  { NULL, "staff", "safeguarding", "c.oak" },    /* the same */
  { NULL, "staff", "compliment", "s.oak" },      /* who is thanked hears of it */
  { "conduct", "staff", "compliment", "c.oak" }, /* unless it is asked for */
};

static void
set_about (json_t *intake, const char *who)
{
  g_auto (GStrv) codes = g_strsplit (who != NULL ? who : "", ",", -1);
  json_t *about = json_array ();

  for (guint i = 0; codes[i] != NULL; i++)
    json_array_append_new (about, json_pack ("{s:s}", "who", codes[i]));
  json_object_set_new (intake, "about", about);
}

/* It stands in one feed, and no event says so beside. */
static void
test_restricted (void)
{
  AmendsMoment moment = moment_of ("2026-11-21T10:02:11Z");

  for (gsize i = 0; i < G_N_ELEMENTS (restricted_rows); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (AmendsDecision) decision = NULL;
      json_t *intake = load (smallest);

      if (restricted_rows[i].restricted != NULL)
        json_object_set_new (intake, "restricted", json_string (restricted_rows[i].restricted));
      if (restricted_rows[i].about != NULL)
        set_about (intake, restricted_rows[i].about);
      json_object_set_new (intake, "kind", json_string (restricted_rows[i].kind));
      decision = amends_decide_record (intake, schemes, NULL, "7K-0001-H", NULL, &moment, &error);
      json_decref (intake);
      g_assert_no_error (error);
      g_assert_cmpstr (decision->feed, ==, restricted_rows[i].feed);
      for (guint j = 0; j < decision->bodies->len; j++)
        {
          GBytes *bytes = g_ptr_array_index (decision->bodies, j);
          g_autofree char *body =
              g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));

          g_assert_null (strstr (body, "restricted"));
        }
    }
}

static const char *const anonymous_rows[] = {
  "null",
  "{}",
  "{\"anonymous\":true}",
  "{\"relation\":\"neighbour\"}",
  "{\"relation\":\"not-stated\",\"name\":null}",
};

static void
test_anonymous (void)
{
  AmendsMoment moment = moment_of ("2026-11-21T10:02:11Z");

  for (gsize i = 0; i < G_N_ELEMENTS (anonymous_rows); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (AmendsDecision) decision = NULL;
      json_t *intake = load (smallest);

      json_object_set_new (intake, "complainant",
                           json_loads (anonymous_rows[i], JSON_DECODE_ANY, NULL));
      decision = amends_decide_record (intake, schemes, NULL, "7K-0001-H", NULL, &moment, &error);
      json_decref (intake);
      g_assert_no_error (error);
      g_assert_nonnull (decision);
    }
}

static const struct
{
  const char *key;
  const char *value; /* NULL: taken away */
  const char *field;
} refused_rows[] = {
  { "kind", NULL, "kind" },
  { "kind", "\"\"", "kind" },
  { "kind", "\"grievance\"", "kind" },
  { "scheme", NULL, "scheme" },
  { "scheme", "\"ash\"", "scheme" },
  { "restricted", "\"secret\"", "restricted" },
  { "received", NULL, "received" },
  { "received", "\"2026-11-31\"", "received" },
  { "received", "\"2026-11-22\"", "received" },
  { "received", "\"2026-11\"", "received" },
  { "channel", NULL, "channel" },
  { "channel", "\"telepathy\"", "channel" },
  { "channel", "\"other\"", "channel_detail" },
  { "issues", NULL, "issues" },
  { "issues", "[]", "issues" },
  { "issues", "[{}]", "issues.0.what" },
  { "issues", "[{\"what\":\"a\"},{\"what\":\" \"}]", "issues.1.what" },
  { "issues", "[{\"what\":\"a\",\"arose\":\"2027-01\"}]", "issues.0.arose" },
  { "issues", "[{\"what\":\"a\",\"colour\":\"red\"}]", "issues.0.colour" },
  { "issues", "\"a\"", "issues" },
  { "complainant", "{\"relation\":\"friend\"}", "complainant.relation" },
  { "complainant", "{\"email\":\"x\"}", "complainant.email" },
  { "complainant", "{\"safe_contact\":{\"when\":\"never\"}}", "complainant.safe_contact.when" },
  { "complainant", "\"Aldra\"", "complainant" },
  { "representative", "{\"authority\":{\"given\":true}}", "representative.authority.type" },
  { "representative", "{\"authority\":{\"type\":\"none-yet\",\"scope\":\"this-case\"}}",
    "representative.authority.scope" },
  { "representative",
    "{\"authority\":{\"type\":\"none-yet\",\"from\":\"2026-11-20\",\"until\":\"2026-11-19\"}}",
    "representative.authority.until" },
  { "consents", "[{\"purpose\":\"share-with-contractor\"}]", "consents.0.given" },
  { "consents", "[{\"purpose\":\"share-with-moon\",\"given\":true}]", "consents.0.purpose" },
  { "adjustments", "[{\"need\":\"other\"}]", "adjustments.0.detail" },
  { "told_before", "\"perhaps\"", "told_before" },
  { "told_before", "{\"who\":\"The warden\"}", "told_before.answer" },
  { "safeguarding", "\"something\"", "safeguarding" }, /* a record of its own, never a field */
  { "reference", "\"7K-0001-H\"", "reference" },
};

static void
test_record_refuses (void)
{
  AmendsMoment moment = moment_of ("2026-11-21T10:02:11Z");

  for (gsize i = 0; i < G_N_ELEMENTS (refused_rows); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (AmendsDecision) decision = NULL;
      g_autoptr (GPtrArray) problems =
          g_ptr_array_new_with_free_func ((GDestroyNotify) g_error_free);
      json_t *intake = load (smallest);

      g_test_message ("%s: %s", refused_rows[i].key, refused_rows[i].value);
      json_object_del (intake, refused_rows[i].key);
      if (refused_rows[i].value != NULL)
        json_object_set_new (intake, refused_rows[i].key,
                             json_loads (refused_rows[i].value, JSON_DECODE_ANY, NULL));

      decision = amends_decide_record (intake, schemes, NULL, "7K-0001-H", NULL, &moment, &error);
      g_assert_null (decision);
      g_assert_error (error, AMENDS_CORE_ERROR, AMENDS_CORE_ERROR_INVALID);
      g_assert_cmpstr (amends_error_get_field (error), ==, refused_rows[i].field);

      g_assert_false (amends_decide_check_intake (intake, schemes, &moment, problems));
      g_assert_cmpuint (problems->len, ==, 1);
      json_decref (intake);
    }
}

/* London's day, not the device's zone; a clock far behind what is known takes the future. */
static void
test_today (void)
{
  static const struct
  {
    const char *now;
    const char *known;
    const char *received;
    gboolean is_taken;
    guint n_warnings;
  } rows[] = {
    { "2026-11-21T10:00:00Z", "2026-11-01T00:00:00Z", "2026-11-21", TRUE, 0 },
    { "2026-11-21T10:00:00Z", "2026-11-01T00:00:00Z", "2026-11-22", FALSE, 0 },
    { "2026-06-20T22:59:59Z", "2026-06-01T00:00:00Z", "2026-06-21", FALSE, 0 },
    { "2026-06-20T23:00:00Z", "2026-06-01T00:00:00Z", "2026-06-21", TRUE, 0 }, /* summer time */
    { "2026-11-21T10:00:00Z", "2026-11-22T09:00:00Z", "2026-11-22", TRUE, 0 }, /* slow, not wrong */
    { "2026-11-21T10:00:00Z", "2026-11-22T09:00:00Z", "2026-11-23", FALSE, 0 },
    { "2019-01-01T00:00:00Z", "2026-11-22T09:00:00Z", "2026-11-22", TRUE, 0 },
    { "2019-01-01T00:00:00Z", "2026-11-22T09:00:00Z", "2026-12-24", TRUE, 1 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      AmendsMoment moment = moment_of (rows[i].now);
      g_autoptr (GError) error = NULL;
      g_autoptr (AmendsDecision) decision = NULL;
      json_t *intake = load (smallest);

      g_assert_true (amends_instant_parse (rows[i].known, &moment.known, NULL));
      json_object_set_new (intake, "received", json_string (rows[i].received));
      decision = amends_decide_record (intake, schemes, NULL, "7K-0001-H", NULL, &moment, &error);
      json_decref (intake);

      g_assert_cmpint (decision != NULL, ==, rows[i].is_taken);
      if (decision != NULL)
        g_assert_cmpuint (decision->warnings->len, ==, rows[i].n_warnings);
      else
        g_assert_error (error, AMENDS_CORE_ERROR, AMENDS_CORE_ERROR_INVALID);
    }
}

/* Each text keeps to its limit; all of them are still too much for one event. */
static void
test_too_large (void)
{
  AmendsMoment moment = moment_of ("2026-11-21T10:02:11Z");
  g_autofree char *text = g_strnfill (AMENDS_TEXT_MAX_BYTES, '"');
  g_autoptr (GError) error = NULL;
  json_t *intake = load (smallest);

  json_object_set_new (intake, "issues",
                       json_pack ("[{s:s}, {s:s, s:s, s:s}]", "what", "a", "what", text,
                                  "outcome_sought", text, "effect", text));
  g_assert_null (amends_decide_record (intake, schemes, NULL, "7K-0001-H", NULL, &moment, &error));
  json_decref (intake);
  g_assert_error (error, AMENDS_CORE_ERROR, AMENDS_CORE_ERROR_TOO_LARGE);
  g_assert_cmpstr (amends_error_get_field (error), ==, "issues.1");
}

static const struct
{
  guint n_events; /* of the story, that stand */
  int code;
  const char *act;
  const char *field;
} refused_acts[] = {
  { 8, AMENDS_CORE_ERROR_INVALID, "[]", NULL },
  { 8, AMENDS_CORE_ERROR_INVALID, "{}", "type" },
  { 8, AMENDS_CORE_ERROR_INVALID, "{\"type\":7}", "type" },
  { 8, AMENDS_CORE_ERROR_INVALID, "{\"type\":\"case.exploded\"}", "type" },
  { 8, AMENDS_CORE_ERROR_INVALID, "{\"type\":\"unknown\"}", "type" },
  { 8, AMENDS_CORE_ERROR_INVALID, "{\"type\":\"case.recorded\"}", "type" },
  { 8, AMENDS_CORE_ERROR_INVALID, "{\"type\":\"device.revoked\",\"device\":\"7K\"}", "type" },
  { 8, AMENDS_CORE_ERROR_INVALID, "{\"type\":\"case.noted\"}", "text" },
  { 8, AMENDS_CORE_ERROR_INVALID, "{\"type\":\"case.noted\",\"text\":\"a\",\"at\":\"x\"}", "at" },
  { 8, AMENDS_CORE_ERROR_INVALID, "{\"type\":\"case.noted\",\"text\":\"a\",\"by\":\"x\"}", "by" },
  { 7, AMENDS_CORE_ERROR_INVALID,
    "{\"type\":\"case.acknowledged\",\"on\":\"2026-11-19\",\"channel\":\"letter\"}",
    "on" }, /* before it was received */
  { 7, AMENDS_CORE_ERROR_INVALID,
    "{\"type\":\"case.acknowledged\",\"on\":\"2026-11-22\",\"channel\":\"letter\"}",
    "on" }, /* tomorrow */
  { 7, AMENDS_CORE_ERROR_INVALID, "{\"type\":\"case.acknowledged\",\"on\":\"2026-11-21\"}",
    "channel" },
  { 8, AMENDS_CORE_ERROR_INVALID, "{\"type\":\"contact.changed\"}", "phone" },
  { 8, AMENDS_CORE_ERROR_INVALID, "{\"type\":\"contact.changed\",\"name\":\"a\"}", "name" },
  { 8, AMENDS_CORE_ERROR_INVALID, "{\"type\":\"issue.added\"}", "what" },
  { 8, AMENDS_CORE_ERROR_INVALID,
    "{\"type\":\"consent.given\",\"purpose\":\"share-with-relative\"}", "to" },
  { 8, AMENDS_CORE_ERROR_INVALID, "{\"type\":\"consent.given\",\"to\":\"a\"}", "purpose" },
  { 8, AMENDS_CORE_ERROR_REFUSED,
    "{\"type\":\"consent.withdrawn\",\"purpose\":\"share-with-contractor\",\"to\":\"Elm Lifts\"}",
    "purpose" }, /* to somebody else */
  { 8, AMENDS_CORE_ERROR_REFUSED,
    "{\"type\":\"consent.withdrawn\",\"purpose\":\"share-with-relative\",\"to\":\"Her son\"}",
    "purpose" }, /* it was refused */
  { 11, AMENDS_CORE_ERROR_REFUSED,
    "{\"type\":\"consent.withdrawn\",\"purpose\":\"share-with-contractor\","
    "\"to\":\"Oak Lifts Ltd\"}",
    "purpose" }, /* it is withdrawn */
  { 8, AMENDS_CORE_ERROR_INVALID, "{\"type\":\"adjustment.added\",\"need\":\"other\"}", "detail" },
  { 8, AMENDS_CORE_ERROR_REFUSED, "{\"type\":\"adjustment.ended\",\"need\":\"audio\"}", "need" },
  { 12, AMENDS_CORE_ERROR_REFUSED, "{\"type\":\"adjustment.ended\",\"need\":\"large-print\"}",
    "need" },
  { 8, AMENDS_CORE_ERROR_INVALID,
    "{\"type\":\"authority.given\",\"name\":\"a\",\"relation\":\"friend\"}", "authority" },
  { 13, AMENDS_CORE_ERROR_INVALID, "{\"type\":\"authority.withdrawn\",\"name\":\"Jorren Kelmere\"}",
    "name" }, /* it is withdrawn */
  { 12, AMENDS_CORE_ERROR_INVALID, "{\"type\":\"authority.withdrawn\",\"why\":\"a\"}", "why" },
  { 8, AMENDS_CORE_ERROR_REFUSED,
    "{\"type\":\"conflict.settled\",\"field\":\"complainant.phone\",\"value\":\"1\"}", "field" },
  { 8, AMENDS_CORE_ERROR_INVALID, "{\"type\":\"conflict.settled\",\"value\":\"1\"}", "field" },
};

static void
test_act_refuses (void)
{
  AmendsMoment moment = moment_of ("2026-11-21T11:00:00Z");

  for (gsize i = 0; i < G_N_ELEMENTS (refused_acts); i++)
    {
      g_auto (Scene) scene = scene_new (refused_acts[i].n_events, NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (AmendsDecision) decision = NULL;
      json_t *act = load (refused_acts[i].act);

      g_test_message ("%s", refused_acts[i].act);
      decision = amends_decide_act (scene.complaint, &rules, act, NULL, &moment, &error);
      json_decref (act);
      g_assert_null (decision);
      g_assert_error (error, AMENDS_CORE_ERROR, refused_acts[i].code);
      g_assert_cmpstr (amends_error_get_field (error), ==, refused_acts[i].field);
    }
}

/* Two telephone numbers, and who settles which: one that stands, another that is one, none. */
static void
test_settle (void)
{
  static const char line[] = "3F.2\ts.oak\t7K.1\t7K.8\t{\"type\":\"contact.changed\","
                             "\"at\":\"2026-11-21T10:13:00Z\",\"phone\":\"01632 960014\"}";
  static const struct
  {
    const char *value;
    const char *kept;
    const char *field;
  } rows[] = {
    { "\"01632 960013\"", "\"01632 960013\"", NULL },
    { "\" 01632 960099 \"", "\"01632 960099\"", NULL },
    { "null", "null", NULL },
    { "\"none\"", NULL, "value" },
    { "7", NULL, "value" },
    { NULL, NULL, "value" },
  };
  g_auto (Scene) scene = scene_new (9, line);
  AmendsMoment moment = moment_of ("2026-11-21T11:00:00Z");

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (AmendsDecision) decision = NULL;
      json_t *act = load ("{\"type\":\"conflict.settled\",\"field\":\"complainant.phone\"}");

      if (rows[i].value != NULL)
        json_object_set_new (act, "value", json_loads (rows[i].value, JSON_DECODE_ANY, NULL));
      decision = amends_decide_act (scene.complaint, &rules, act, NULL, &moment, &error);
      json_decref (act);

      g_assert_cmpstr (amends_error_get_field (error), ==, rows[i].field);
      if (rows[i].kept != NULL)
        {
          GBytes *bytes = g_ptr_array_index (decision->bodies, 0);
          g_autofree char *body =
              g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
          g_autofree char *end = g_strconcat ("\"value\":", rows[i].kept, "}", NULL);

          g_assert_true (g_str_has_suffix (body, end));
        }
    }
}

/* What is left out stays, what is null goes. */
static void
test_safe_contact (void)
{
  static const char line[] = "3F.2\ts.oak\t7K.1\t7K.8\t{\"type\":\"person.preference\","
                             "\"at\":\"2026-11-21T10:13:00Z\",\"safe_contact\":"
                             "{\"methods\":[\"a note\"],\"not\":[\"the landline\"]}}";
  g_auto (Scene) scene = scene_new (9, line);
  AmendsMoment moment = moment_of ("2026-11-21T11:00:00Z");
  g_autoptr (AmendsDecision) decision = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *body = NULL;
  json_t *act = load ("{\"type\":\"person.preference\",\"safe_contact\":"
                      "{\"times\":[\"Mornings\"],\"methods\":null}}");
  GBytes *bytes;

  decision = amends_decide_act (scene.complaint, &rules, act, NULL, &moment, &error);
  json_decref (act);
  g_assert_no_error (error);
  bytes = g_ptr_array_index (decision->bodies, 0);
  body = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  g_assert_nonnull (strstr (body, "\"times\":[\"Mornings\"]"));
  g_assert_nonnull (strstr (body, "\"not\":[\"the landline\"]"));
  g_assert_null (strstr (body, "a note"));
}

/* Of two that stand apart neither is written over by who says a part of it. */
static void
test_safe_contact_apart (void)
{
  static const guint8 salt[AMENDS_SALT_BYTES] = { 0 };
  static const char *const lines[] = {
    "3F.2\ts.oak\t7K.1\t7K.8\t{\"type\":\"person.preference\",\"at\":\"2026-11-21T10:13:00Z\","
    "\"safe_contact\":{\"not\":[\"the landline\"]}}",
    "5H.2\ts.oak\t7K.1\t7K.8\t{\"type\":\"person.preference\",\"at\":\"2026-11-21T10:14:00Z\","
    "\"safe_contact\":{\"methods\":[\"a note\"]}}",
  };
  g_auto (Scene) scene = scene_new (9, lines[0]);
  AmendsMoment moment = moment_of ("2026-11-21T11:00:00Z");
  g_autoptr (AmendsDecision) decision = NULL;
  g_autoptr (GError) error = NULL;
  json_t *act =
      load ("{\"type\":\"person.preference\",\"safe_contact\":{\"times\":[\"Mornings\"]}}");

  g_ptr_array_add (scene.events,
                   amends_event_parse_line (lines[1], strlen (lines[1]), salt, &error));
  g_assert_no_error (error);
  amends_case_free (scene.complaint);
  scene.complaint = amends_case_new ((AmendsEvent *const *) scene.events->pdata, scene.events->len);
  decision = amends_decide_act (scene.complaint, &rules, act, NULL, &moment, &error);
  json_decref (act);
  g_assert_null (decision);
  g_assert_error (error, AMENDS_CORE_ERROR, AMENDS_CORE_ERROR_REFUSED);
  g_assert_cmpstr (amends_error_get_field (error), ==, "safe_contact");
}

/* Two people answered at once; while any version holds the consent, it can be withdrawn. */
static void
test_withdraw_in_conflict (void)
{
  static const char line[] =
      "3F.2\ts.oak\t7K.1\t7K.2\t{\"type\":\"consent.given\",\"at\":\"2026-11-21T10:13:00Z\","
      "\"purpose\":\"share-with-relative\",\"to\":\"Her son\"}";
  g_auto (Scene) scene = scene_new (8, line);
  AmendsMoment moment = moment_of ("2026-11-21T11:00:00Z");
  g_autoptr (GError) error = NULL;
  g_autoptr (AmendsDecision) decision = NULL;
  json_t *act = load ("{\"type\":\"consent.withdrawn\",\"purpose\":\"share-with-relative\","
                      "\"to\":\"Her son\"}");

  g_assert_cmpuint (amends_case_get_n_conflicts (scene.complaint), ==, 1);
  decision = amends_decide_act (scene.complaint, &rules, act, NULL, &moment, &error);
  json_decref (act);
  g_assert_no_error (error);
  g_assert_nonnull (decision);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();

  g_test_add_func ("/decide/record", test_record);
  g_test_add_func ("/decide/smallest", test_smallest);
  g_test_add_func ("/decide/restricted", test_restricted);
  g_test_add_func ("/decide/anonymous", test_anonymous);
  g_test_add_func ("/decide/record-refuses", test_record_refuses);
  g_test_add_func ("/decide/today", test_today);
  g_test_add_func ("/decide/too-large", test_too_large);
  for (guint n = 1; n < N_STORY; n++)
    {
      g_autofree char *path = g_strconcat ("/decide/act/", story[n], NULL);

      g_test_add_data_func (path, GUINT_TO_POINTER (n), test_act);
    }
  g_test_add_func ("/decide/request", test_request);
  g_test_add_func ("/decide/work", test_work);
  g_test_add_func ("/decide/meeting", test_meeting);
  g_test_add_func ("/decide/after", test_after);
  g_test_add_func ("/decide/person", test_person);
  g_test_add_func ("/decide/act-refuses", test_act_refuses);
  g_test_add_func ("/decide/safe-contact", test_safe_contact);
  g_test_add_func ("/decide/safe-contact/apart", test_safe_contact_apart);
  g_test_add_func ("/decide/settle", test_settle);
  g_test_add_func ("/decide/withdraw-in-conflict", test_withdraw_in_conflict);
  return g_test_run ();
}
