/* test-edition.c: which edition is in force, and what a case is judged by
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "core/amends-edition.h"
#include "core/amends-error.h"
#include "core/amends-instant.h"
#include "core/amends-publish.h"
#include "policy-files.h"

#define POLICY                                                                     \
  "[policy]\nid=%s\nlandlord=Tarnwick Homes\ntitle=Complaints policy\nversion=1\n" \
  "calendar=england-and-wales\n\n[clock:respond]\nstart=acknowledged\nlength=%d\n" \
  "unit=working-days\nend=responded\nclause=4.1\nstatus=exact\n"
#define CALENDAR                                                                              \
  "[calendar]\nid=england-and-wales\nname=England and Wales\nfirst_year=%d\nlast_year=%d\n\n" \
  "[holidays]\n%d-12-29=A day that was added\n"

static char *
kind_of (const char *code, gpointer user_data)
{
  if (g_str_equal (code, "2M"))
    return g_strdup ("staff");
  return g_str_equal (code, "0X") ? NULL : g_strdup ("admin");
}

static json_t *
policy_body (const char *policy, int length, const char *from, const char *schemes)
{
  g_autofree char *text = g_strdup_printf (POLICY, policy, length);

  return json_pack ("{s:s, s:s, s:s, s:s, s:s, s:o}", "type", "policy.published", "at",
                    "2026-11-20T09:00:00Z", "policy", policy, "text", text, "from", from, "schemes",
                    schemes != NULL ? json_loads (schemes, 0, NULL) : json_null ());
}

static json_t *
calendar_body (int first_year, int last_year, int year)
{
  g_autofree char *text = g_strdup_printf (CALENDAR, first_year, last_year, year);

  return json_pack ("{s:s, s:s, s:s, s:s}", "type", "calendar.published", "at",
                    "2026-11-20T09:00:00Z", "calendar", "england-and-wales", "text", text);
}

/* An event that comes after none begins a stream; @body is taken. */
static AmendsEvent *
publish (const char *id_text, const char *after_text, json_t *body)
{
  static const guint8 salt[AMENDS_SALT_BYTES] = { 0 };
  static const guint8 digest[AMENDS_DIGEST_BYTES] = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = body != NULL ? amends_json_dump (body) : NULL;
  g_autofree AmendsId *after = NULL;
  AmendsEvent *event;
  AmendsId id;
  guint n_after;

  g_assert_true (amends_id_parse (id_text, &id, NULL));
  after = amends_after_parse (after_text, strlen (after_text), &n_after, &error);
  g_assert_no_error (error);
  event = bytes != NULL ? amends_event_new (&id, "org", n_after > 0 ? &after[0] : &id, after,
                                            n_after, salt, bytes, &error)
                        : amends_event_new_erased (&id, "org", n_after > 0 ? &after[0] : &id, after,
                                                   n_after, digest, &error);
  g_assert_no_error (error);
  if (body != NULL)
    json_decref (body);
  return event;
}

typedef struct
{
  GPtrArray *events;
  GPtrArray *calendars;
  AmendsPolicy *code;
  GArray *damaged;
} Held;

static void
held_init (Held *held)
{
  held->events = g_ptr_array_new_with_free_func ((GDestroyNotify) amends_event_unref);
  held->calendars = g_ptr_array_new_with_free_func ((GDestroyNotify) amends_calendar_unref);
  held->damaged = g_array_new (FALSE, FALSE, sizeof (AmendsId));
  held->code = load_policy ("code-2024");
  g_ptr_array_add (held->calendars, load_calendar ());
}

static void
held_clear (Held *held)
{
  g_ptr_array_unref (held->events);
  g_ptr_array_unref (held->calendars);
  g_array_unref (held->damaged);
  amends_policy_unref (held->code);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Held, held_clear)

static AmendsEditions *
fold (const Held *held)
{
  const AmendsEditionsSource source = { .events = held->events,
                                        .damaged = held->damaged,
                                        .code = held->code,
                                        .calendars = held->calendars,
                                        .kind_of = kind_of };

  return amends_editions_new (&source);
}

static AmendsDay
day_of (const char *text)
{
  AmendsDay day = AMENDS_DAY_NONE;

  g_assert_true (amends_day_parse (text, &day, NULL));
  return day;
}

static void
assert_id (const AmendsId *id, const char *expected)
{
  g_autofree char *text = id->number != 0 ? amends_id_format (id) : g_strdup ("-");

  g_assert_cmpstr (text, ==, expected);
}

static void
assert_in_force (const AmendsEditions *editions,
                 const char *scheme,
                 const char *day,
                 const char *expected)
{
  static const AmendsId none = { "", 0 };
  const AmendsEdition *edition = amends_editions_get_in_force (editions, scheme, day_of (day));

  assert_id (edition != NULL ? &edition->id : &none, expected);
}

static const struct
{
  const char *scheme;
  const char *day;
  const char *edition;
} in_force_rows[] = {
  { "oak", "2025-12-31", "-" },                                     /* before any */
  { "oak", "2026-01-01", "AD.1" },                                  /* the first day itself */
  { "oak", "2026-01-31", "AD.1" }, { "oak", "2026-02-01", "AD.3" }, /* it names the scheme */
  { "oak", "2026-05-01", "AD.3" }, /* also when a later one is for all */
  { "oak", "2026-06-01", "AD.4" }, /* until another names it */
  { "elm", "2026-03-31", "AD.1" }, { "elm", "2026-04-01", "AD.2" }, { "elm", "2026-06-01", "AD.4" },
  { "yew", "2026-06-01", "AD.2" }, { NULL, "2026-06-01", "AD.2" },
};

static void
test_in_force (void)
{
  g_auto (Held) held = { 0 };
  g_autoptr (AmendsEditions) editions = NULL;

  held_init (&held);
  g_ptr_array_add (held.events, publish ("AD.1", "", policy_body ("a", 10, "2026-01-01", NULL)));
  g_ptr_array_add (held.events,
                   publish ("AD.2", "AD.1", policy_body ("b", 10, "2026-04-01", NULL)));
  g_ptr_array_add (held.events,
                   publish ("AD.3", "AD.1", policy_body ("c", 10, "2026-02-01", "[\"oak\"]")));
  g_ptr_array_add (held.events,
                   publish ("AD.4", "AD.1",
                            policy_body ("d", 10, "2026-06-01", "[\"elm\", \"oak\"]")));
  editions = fold (&held);
  g_assert_cmpuint (amends_editions_get_n_editions (editions), ==, 4);
  for (gsize i = 0; i < G_N_ELEMENTS (in_force_rows); i++)
    {
      g_test_message ("row %" G_GSIZE_FORMAT, i);
      assert_in_force (editions, in_force_rows[i].scheme, in_force_rows[i].day,
                       in_force_rows[i].edition);
    }
}

/* The day and the place of both are the same. What one who had seen the other publishes stands, however
 * their devices are called; of two apart the later in the fold, and both say so. */
static const struct
{
  const char *first, *first_schemes;
  const char *second, *after, *second_schemes;
  int second_length;
  const char *in_force;
  gboolean are_rivals;
} tie_rows[] = {
  { "9Z.1", NULL, "AD.1", "9Z.1", NULL, 5, "AD.1", FALSE },
  { "AD.1", NULL, "9Z.1", "AD.1", NULL, 5, "9Z.1", FALSE },
  { "9Z.1", NULL, "AD.1", "", NULL, 5, "AD.1", TRUE },
  { "AD.1", NULL, "9Z.1", "", NULL, 5, "AD.1", TRUE },
  { "9Z.1", NULL, "AD.1", "", NULL, 10, "AD.1", FALSE }, /* the same text */
  { "9Z.1", "[\"oak\"]", "AD.1", "", NULL, 5, "9Z.1", FALSE },
  { "9Z.1", "[\"oak\"]", "AD.1", "", "[\"elm\"]", 5, "9Z.1", FALSE },
  { "9Z.1", "[\"oak\"]", "AD.1", "", "[\"elm\", \"oak\"]", 5, "AD.1", TRUE },
  { "9Z.1", NULL, "9Z.2", "", NULL, 5, "9Z.2", FALSE }, /* a device knows its own */
};

static void
test_ties (void)
{
  static const AmendsId none = { "", 0 };

  for (gsize i = 0; i < G_N_ELEMENTS (tie_rows); i++)
    {
      g_auto (Held) held = { 0 };
      g_autoptr (AmendsEditions) editions = NULL;
      AmendsEvent *first, *second;

      g_test_message ("row %" G_GSIZE_FORMAT, i);
      held_init (&held);
      first = publish (tie_rows[i].first, "",
                       policy_body ("a", 10, "2026-01-01", tie_rows[i].first_schemes));
      second = publish (tie_rows[i].second, tie_rows[i].after,
                        policy_body ("a", tie_rows[i].second_length, "2026-01-01",
                                     tie_rows[i].second_schemes));
      g_ptr_array_add (held.events, first);
      g_ptr_array_add (held.events, second);
      editions = fold (&held);
      assert_in_force (editions, "oak", "2026-05-01", tie_rows[i].in_force);
      g_assert_true (amends_id_equal (&amends_editions_find (editions, &first->id)->rival,
                                      tie_rows[i].are_rivals ? &second->id : &none));
      g_assert_true (amends_id_equal (&amends_editions_find (editions, &second->id)->rival,
                                      tie_rows[i].are_rivals ? &first->id : &none));
    }
}

/* Two admin devices begin a register while apart; who has seen both joins them, in whatever order
 * the events arrive. */
static void
test_apart (void)
{
  for (int turn = 0; turn < 3; turn++)
    {
      g_auto (Held) held = { 0 };
      g_autoptr (AmendsEditions) editions = NULL;
      g_autofree AmendsId *heads = NULL;
      AmendsEvent *events[3];
      AmendsId stream;
      guint n_heads;

      held_init (&held);
      events[0] = publish ("AD.4", "", policy_body ("a", 10, "2026-01-01", NULL));
      events[1] = publish ("9Z.2", "", policy_body ("b", 10, "2026-01-01", NULL));
      events[2] = publish ("AD.5", "9Z.2,AD.4", policy_body ("c", 10, "2026-01-01", NULL));
      for (int i = 0; i < 3; i++)
        g_ptr_array_add (held.events, events[(turn + i) % 3]);
      editions = fold (&held);
      assert_in_force (editions, "oak", "2026-05-01", "AD.5");
      for (guint i = 0; i < 3; i++)
        g_assert_cmpuint (amends_editions_get_nth (editions, i)->rival.number, ==, 0);
      g_assert_true (amends_editions_get_stream (editions, &stream));
      assert_id (&stream, "9Z.2");
      heads = amends_editions_get_heads (editions, &n_heads);
      g_assert_cmpuint (n_heads, ==, 1);
      assert_id (&heads[0], "AD.5");
    }
}

/* Two were published apart; a third, whose author had seen both, settles it only for its own day and
 * place. */
static const struct
{
  const char *schemes;
  const char *from;
  const char *third_schemes;
  const char *after;
  gboolean is_settled;
} settled_rows[] = {
  { NULL, "2026-01-01", NULL, "9Z.2,AD.4", TRUE },
  { NULL, "2026-01-01", NULL, "AD.4", FALSE },      /* had seen one */
  { NULL, "2026-02-01", NULL, "9Z.2,AD.4", FALSE }, /* from another day on */
  { NULL, "2026-01-01", "[\"oak\"]", "9Z.2,AD.4", FALSE },
  { "[\"elm\", \"oak\"]", "2026-01-01", "[\"oak\"]", "9Z.2,AD.4", FALSE },
  { "[\"elm\", \"oak\"]", "2026-01-01", "[\"oak\", \"elm\"]", "9Z.2,AD.4", TRUE },
};

static void
test_settled (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (settled_rows); i++)
    {
      g_auto (Held) held = { 0 };
      g_autoptr (AmendsEditions) editions = NULL;
      AmendsId id = { "AD", 4 };

      g_test_message ("row %" G_GSIZE_FORMAT, i);
      held_init (&held);
      g_ptr_array_add (held.events,
                       publish ("AD.4", "",
                                policy_body ("a", 10, "2026-01-01", settled_rows[i].schemes)));
      g_ptr_array_add (held.events,
                       publish ("9Z.2", "",
                                policy_body ("b", 10, "2026-01-01", settled_rows[i].schemes)));
      g_ptr_array_add (held.events, publish ("BX.5", settled_rows[i].after,
                                             policy_body ("c", 10, settled_rows[i].from,
                                                          settled_rows[i].third_schemes)));
      editions = fold (&held);
      g_assert_true ((amends_editions_find (editions, &id)->rival.number == 0)
                     == settled_rows[i].is_settled);
    }
}

static json_t *
without (json_t *body, const char *key)
{
  json_object_del (body, key);
  return body;
}

static json_t *
with (json_t *body, const char *key, json_t *value)
{
  json_object_set_new (body, key, value);
  return body;
}

static void
assert_problem (const char *id, json_t *body, const char *problem)
{
  g_auto (Held) held = { 0 };
  g_autoptr (AmendsEditions) editions = NULL;
  const AmendsEdition *bad = NULL;

  g_test_message ("%s", problem);
  held_init (&held);
  g_ptr_array_add (held.events, publish ("AD.1", "", policy_body ("a", 10, "2026-01-01", NULL)));
  g_ptr_array_add (held.events, publish (id, "AD.1", body));
  editions = fold (&held);
  g_assert_cmpuint (amends_editions_get_n_editions (editions), ==, 2);
  for (guint i = 0; i < 2; i++)
    {
      const AmendsEdition *edition = amends_editions_get_nth (editions, i);

      if (edition->problem != NULL)
        bad = edition;
    }
  g_assert_nonnull (bad);
  assert_id (&bad->id, id);
  g_assert_nonnull (strstr (bad->problem, problem));
  g_assert_null (amends_editions_find (editions, &bad->id));
  assert_in_force (editions, "oak", "2026-11-20", "AD.1");
}

/* What cannot be used is listed and says why, and stops nothing else. */
static void
test_problems (void)
{
#define GOOD policy_body ("b", 10, "2026-02-01", NULL)
  assert_problem ("AD.2", with (GOOD, "text", json_string ("[policy]\n")), "b:");
  assert_problem ("AD.2", with (GOOD, "text", json_string ("\001")), "b:");
  assert_problem ("AD.2", without (GOOD, "text"), "missing");
  assert_problem ("AD.2", without (GOOD, "policy"), "missing");
  assert_problem ("AD.2", with (GOOD, "policy", json_string ("c")), "another policy");
  assert_problem ("AD.2", without (GOOD, "from"), "from which day");
  assert_problem ("AD.2", with (GOOD, "from", json_string ("2026-02-30")), "from which day");
  assert_problem ("AD.2", with (GOOD, "schemes", json_array ()), "which schemes");
  assert_problem ("AD.2", with (GOOD, "schemes", json_pack ("[i]", 1)), "which schemes");
  assert_problem ("AD.2", with (GOOD, "schemes", json_string ("oak")), "which schemes");
  assert_problem ("AD.2", NULL, "erased");
  assert_problem ("2M.2", GOOD, "may not publish"); /* a device of staff */
  assert_problem ("0X.2", GOOD, "may not publish"); /* a device that nobody knows */
  assert_problem ("AD.2", with (calendar_body (2027, 2027, 2027), "text", json_string ("x")),
                  "a line is written key=value");
  assert_problem ("AD.2",
                  with (calendar_body (2027, 2027, 2027), "calendar", json_string ("scotland")),
                  "another calendar");
  assert_problem ("AD.2", calendar_body (2031, 2031, 2031), "do not join");
#undef GOOD
}

static void
test_damaged (void)
{
  g_auto (Held) held = { 0 };
  g_autoptr (AmendsEditions) editions = NULL;
  AmendsId damaged = { "AD", 2 };

  held_init (&held);
  g_ptr_array_add (held.events,
                   publish ("AD.3", "AD.2", policy_body ("a", 10, "2026-01-01", NULL)));
  g_array_append_val (held.damaged, damaged);
  editions = fold (&held);
  g_assert_cmpuint (amends_editions_get_n_editions (editions), ==, 2);
  assert_id (&amends_editions_get_nth (editions, 1)->id, "AD.2");
  g_assert_nonnull (amends_editions_get_nth (editions, 1)->problem);
  assert_in_force (editions, "oak", "2026-11-20", "AD.3");
}

/* Other things that `org` holds are no publications, and have no say in what comes after what. */
static void
test_others (void)
{
  g_auto (Held) held = { 0 };
  g_autoptr (AmendsEditions) editions = NULL;
  AmendsId stream;

  held_init (&held);
  g_ptr_array_add (held.events, publish ("AD.1", "", json_pack ("{s:s}", "type", "letter.made")));
  editions = fold (&held);
  g_assert_cmpuint (amends_editions_get_n_editions (editions), ==, 0);
  g_assert_false (amends_editions_get_stream (editions, &stream));
}

static const struct
{
  const char *day;
  const char *holiday; /* NULL for none */
} overlay_rows[] = {
  { "2026-12-28", "Boxing Day (substitute day)" }, /* as it ships */
  { "2027-12-29", "A day that was added" },        /* the year that was published, whole */
  { "2027-12-27", NULL },
  { "2028-12-25", "Christmas Day" },
  { "2029-12-29", "A day that was added" }, /* a year beyond what ships */
};

static void
test_calendars (void)
{
  g_auto (Held) held = { 0 };
  g_autoptr (AmendsEditions) editions = NULL;
  const AmendsCalendar *calendar;

  held_init (&held);
  g_ptr_array_add (held.events, publish ("AD.1", "", calendar_body (2027, 2028, 2027)));
  /* It has no day in 2028, and is not used. */
  g_ptr_array_add (held.events, publish ("AD.2", "AD.1", calendar_body (2027, 2027, 2027)));
  g_ptr_array_add (held.events, publish ("AD.3", "AD.1,AD.2", calendar_body (2029, 2029, 2029)));
  editions = fold (&held);
  g_assert_nonnull (amends_editions_get_nth (editions, 0)->problem);
  calendar = amends_editions_get_calendar (editions, "england-and-wales");
  for (gsize i = 0; i < G_N_ELEMENTS (overlay_rows); i++)
    g_assert_cmpstr (amends_calendar_get_holiday (calendar, day_of (overlay_rows[i].day)), ==,
                     overlay_rows[i].holiday);
  g_assert_cmpint (amends_calendar_get_first_day (calendar), ==, day_of ("2019-01-01"));
  g_assert_cmpint (amends_calendar_get_last_day (calendar), ==, day_of ("2029-12-31"));
  g_assert_null (amends_editions_get_calendar (editions, "scotland"));
}

/* A case that begins under @edition, and is moved to @others, each apart. */
static AmendsCase *
make_case (const char *edition, const char *const *others)
{
  static const guint8 salt[AMENDS_SALT_BYTES] = { 0 };
  static const char *const codes[] = { "7K", "9M" };
  g_autoptr (GPtrArray) events =
      g_ptr_array_new_with_free_func ((GDestroyNotify) amends_event_unref);
  json_auto_t *body = json_pack ("{s:s, s:s*}", "type", "case.recorded", "edition", edition);
  g_autoptr (GBytes) bytes = amends_json_dump (body);
  AmendsId root = { "7K", 1 };

  g_ptr_array_add (events, amends_event_new (&root, "s.oak", &root, NULL, 0, salt, bytes, NULL));
  for (guint i = 0; others[i] != NULL; i++)
    {
      json_auto_t *moved = json_pack ("{s:s, s:s, s:s}", "type", "case.edition-moved", "edition",
                                      others[i], "because", "They asked");
      g_autoptr (GBytes) moved_bytes = amends_json_dump (moved);
      AmendsId id;

      amends_id_init (&id, codes[i], 2);
      g_ptr_array_add (events,
                       amends_event_new (&id, "s.oak", &root, &root, 1, salt, moved_bytes, NULL));
    }
  return amends_case_new ((AmendsEvent *const *) events->pdata, events->len);
}

static const struct
{
  const char *edition;
  const char *others[3];
  const char *policy; /* NULL: only the Code */
} rules_rows[] = {
  { "AD.1", { NULL }, "slow" },
  { NULL, { NULL }, NULL },
  { "AD.9", { NULL }, NULL }, /* not held here */
  { "AD.3", { NULL }, NULL }, /* a calendar */
  { "no id", { NULL }, NULL },
  { NULL, { "AD.2", NULL }, "quick" },
  { "AD.1", { "AD.2", NULL }, "quick" },
  { "AD.2", { "AD.1", NULL }, "slow" },
  { NULL, { "AD.1", "AD.2" }, "quick" }, /* in conflict: the stricter on the landlord */
  { NULL, { "AD.2", "AD.1" }, "quick" },
  { NULL, { "AD.9", "AD.1" }, "slow" }, /* as far as it is held */
};

static void
test_rules (void)
{
  g_auto (Held) held = { 0 };
  g_autoptr (AmendsEditions) editions = NULL;

  held_init (&held);
  g_ptr_array_add (held.events, publish ("AD.1", "", policy_body ("slow", 10, "2026-01-01", NULL)));
  g_ptr_array_add (held.events,
                   publish ("AD.2", "AD.1", policy_body ("quick", 5, "2026-02-01", NULL)));
  g_ptr_array_add (held.events, publish ("AD.3", "AD.1,AD.2", calendar_body (2027, 2027, 2027)));
  editions = fold (&held);
  for (gsize i = 0; i < G_N_ELEMENTS (rules_rows); i++)
    {
      g_autoptr (AmendsCase) complaint = make_case (rules_rows[i].edition, rules_rows[i].others);
      AmendsRules rules;

      g_test_message ("row %" G_GSIZE_FORMAT, i);
      amends_editions_get_rules (editions, complaint, &rules);
      g_assert_cmpstr (rules.policy != NULL ? amends_policy_get_id (rules.policy) : NULL, ==,
                       rules_rows[i].policy);
      g_assert_true (rules.code == held.code);
      g_assert_true (rules.editions == editions);
      g_assert_cmpstr (amends_calendar_get_holiday (rules.calendar, day_of ("2027-12-29")), ==,
                       "A day that was added");
    }
}

static const char *const known_schemes[] = { "oak", "elm", NULL };
static const char *const oak[] = { "oak", NULL };
static const char *const yew[] = { "oak", "yew", NULL };

static const struct
{
  const char *text;
  const char *kind;
  const char *const *schemes;
  const char *from;
  int code; /* 0: taken */
  const char *field;
  const char *ret_from;
} publish_rows[] = {
  { POLICY, "admin", oak, "2026-04-01", 0, NULL, "2026-04-01" },
  { POLICY, "admin", NULL, NULL, 0, NULL, "2026-11-21" }, /* it names no day: today */
  { "[policy]\nid=%s\nlandlord=L\ntitle=T\nversion=%d\ncalendar=england-and-wales\n"
    "effective_from=2026-10-01\n",
    "admin", NULL, NULL, 0, NULL, "2026-10-01" },
  { POLICY, "staff", oak, NULL, AMENDS_CORE_ERROR_REFUSED, "kind", NULL },
  { POLICY, "kiosk", oak, NULL, AMENDS_CORE_ERROR_REFUSED, "kind", NULL },
  { POLICY, "admin", yew, NULL, AMENDS_CORE_ERROR_INVALID, "schemes", NULL },
  { "[policy]\nid=%s\nlandlord=L\ntitle=T\nversion=%d\ncalendar=scotland\n", "admin", NULL, NULL,
    AMENDS_CORE_ERROR_NOT_FOUND, "policy.calendar", NULL },
  { "[policy]\nid=%s\nversion=%d\n", "admin", NULL, NULL, AMENDS_CORE_ERROR_INVALID,
    "policy.landlord", NULL },
};

static AmendsMoment
now (void)
{
  AmendsMoment moment = { 0, 0 };

  g_assert_true (amends_instant_parse ("2026-11-21T10:02:11Z", &moment.now, NULL));
  moment.known = moment.now;
  return moment;
}

static json_t *
load_body (const AmendsDecision *decision, guint n)
{
  GBytes *bytes = g_ptr_array_index (decision->bodies, n);

  return amends_json_load (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), NULL);
}

static void
assert_published (const AmendsDecision *decision, gsize row, const char *text)
{
  json_auto_t *body = load_body (decision, 0);

  g_assert_cmpstr (decision->feed, ==, "org");
  g_assert_true (decision->begins);
  g_assert_cmpuint (decision->bodies->len, ==, 1);
  g_assert_cmpstr (json_string_value (json_object_get (body, "text")), ==, text);
  g_assert_cmpstr (json_string_value (json_object_get (body, "from")), ==,
                   publish_rows[row].ret_from);
  g_assert_cmpstr (json_string_value (json_object_get (body, "by")), ==, "2M.7");
  g_assert_true (json_is_null (json_object_get (body, "schemes"))
                 == (publish_rows[row].schemes == NULL));
}

static void
test_publish (void)
{
  g_auto (Held) held = { 0 };
  g_autoptr (AmendsEditions) editions = NULL;
  AmendsMoment moment = now ();
  AmendsId by = { "2M", 7 };

  held_init (&held);
  editions = fold (&held);
  for (gsize i = 0; i < G_N_ELEMENTS (publish_rows); i++)
    {
      AmendsPublication publication = { .file_name = "a.policy",
                                        .from_day = AMENDS_DAY_NONE,
                                        .schemes = publish_rows[i].schemes,
                                        .known_schemes = known_schemes,
                                        .kind = publish_rows[i].kind };
      g_autoptr (AmendsDecision) decision = NULL;
      g_autoptr (GString) text = g_string_new (publish_rows[i].text);
      g_autoptr (GError) error = NULL;

      g_test_message ("row %" G_GSIZE_FORMAT, i);
      g_string_replace (text, "%s", "a", 0);
      g_string_replace (text, "%d", "10", 0);
      publication.text = g_bytes_new (text->str, text->len);
      if (publish_rows[i].from != NULL)
        publication.from_day = day_of (publish_rows[i].from);
      decision = amends_decide_publish_policy (editions, &publication, &by, &moment, &error);
      g_bytes_unref (publication.text);
      if (publish_rows[i].code != 0)
        {
          g_assert_null (decision);
          g_assert_error (error, AMENDS_CORE_ERROR, publish_rows[i].code);
          g_assert_cmpstr (amends_error_get_field (error), ==, publish_rows[i].field);
          continue;
        }
      g_assert_no_error (error);
      assert_published (decision, i, text->str);
    }
}

/* A text within the limit of policies that does not fit an event, since JSON escapes its quotes. */
static void
test_publish_too_large (void)
{
  g_auto (Held) held = { 0 };
  g_autoptr (AmendsEditions) editions = NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (AmendsDecision) decision = NULL;
  g_autoptr (GError) error = NULL;
  AmendsMoment moment = now ();
  AmendsPublication publication = { .file_name = "a.policy",
                                    .from_day = AMENDS_DAY_NONE,
                                    .known_schemes = known_schemes,
                                    .kind = "admin" };

  held_init (&held);
  editions = fold (&held);
  g_string_printf (text, POLICY, "a", 10);
  for (int i = 0; i < 2000; i++)
    {
      g_autofree char *quotes = g_strnfill (100, '"');

      g_string_append_printf (text, "#%s\n", quotes);
    }
  g_assert_cmpuint (text->len, <, AMENDS_POLICY_MAX_BYTES);
  publication.text = g_bytes_new (text->str, text->len);
  decision = amends_decide_publish_policy (editions, &publication, NULL, &moment, &error);
  g_bytes_unref (publication.text);
  g_assert_null (decision);
  g_assert_error (error, AMENDS_CORE_ERROR, AMENDS_CORE_ERROR_TOO_LARGE);
  g_assert_cmpstr (amends_error_get_field (error), ==, "text");
}

static const struct
{
  int first_year, last_year, year;
  const char *kind;
  int code; /* 0: taken */
  const char *field;
} publish_calendar_rows[] = {
  { 2027, 2027, 2027, "admin", 0, NULL },
  { 2029, 2029, 2029, "admin", 0, NULL },
  { 2018, 2018, 2018, "admin", 0, NULL },
  { 2030, 2030, 2030, "admin", AMENDS_CORE_ERROR_INVALID, "first_year" },
  { 2017, 2017, 2017, "admin", AMENDS_CORE_ERROR_INVALID, "first_year" },
  { 2027, 2028, 2027, "admin", AMENDS_CORE_ERROR_INVALID, "holidays.2028" },
  { 2027, 2027, 2027, "staff", AMENDS_CORE_ERROR_REFUSED, "kind" },
};

static void
test_publish_calendar (void)
{
  g_auto (Held) held = { 0 };
  g_autoptr (AmendsEditions) editions = NULL;
  AmendsMoment moment = now ();

  held_init (&held);
  g_ptr_array_add (held.events, publish ("AD.1", "", policy_body ("a", 10, "2026-01-01", NULL)));
  editions = fold (&held);
  for (gsize i = 0; i < G_N_ELEMENTS (publish_calendar_rows); i++)
    {
      g_autofree char *text =
          g_strdup_printf (CALENDAR, publish_calendar_rows[i].first_year,
                           publish_calendar_rows[i].last_year, publish_calendar_rows[i].year);
      g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
      AmendsPublication publication = { .text = bytes,
                                        .file_name = "a.calendar",
                                        .kind = publish_calendar_rows[i].kind };
      g_autoptr (GError) error = NULL;
      g_autoptr (AmendsDecision) decision =
          amends_decide_publish_calendar (editions, &publication, NULL, &moment, &error);

      g_test_message ("row %" G_GSIZE_FORMAT, i);
      if (publish_calendar_rows[i].code == 0)
        {
          g_assert_no_error (error);
          g_assert_false (decision->begins); /* the register has begun */
          continue;
        }
      g_assert_null (decision);
      g_assert_error (error, AMENDS_CORE_ERROR, publish_calendar_rows[i].code);
      g_assert_cmpstr (amends_error_get_field (error), ==, publish_calendar_rows[i].field);
    }
}

static const struct
{
  const char *scheme;
  const char *received;
  const char *edition; /* NULL: the body has no such key */
} record_rows[] = {
  { "oak", "2026-01-31", NULL },   { "oak", "2026-02-01", "AD.1" }, { "oak", "2026-11-20", "AD.1" },
  { "oak", "2026-11-21", "AD.3" }, { "elm", "2026-11-20", "AD.2" }, { "elm", "2026-11-21", "AD.2" },
};

/* A case begins under what is in force in its scheme on the day of receipt. */
static void
test_record (void)
{
  g_auto (Held) held = { 0 };
  g_autoptr (AmendsEditions) editions = NULL;
  AmendsMoment moment = now ();

  held_init (&held);
  g_ptr_array_add (held.events, publish ("AD.1", "", policy_body ("a", 10, "2026-02-01", NULL)));
  g_ptr_array_add (held.events,
                   publish ("AD.2", "AD.1", policy_body ("b", 10, "2026-02-01", "[\"elm\"]")));
  g_ptr_array_add (held.events,
                   publish ("AD.3", "AD.1,AD.2", policy_body ("c", 10, "2026-11-21", NULL)));
  editions = fold (&held);
  for (gsize i = 0; i < G_N_ELEMENTS (record_rows); i++)
    {
      json_auto_t *intake =
          json_pack ("{s:s, s:s, s:s, s:s, s:[{s:s}]}", "kind", "complaint", "scheme",
                     record_rows[i].scheme, "received", record_rows[i].received, "channel",
                     "letter", "issues", "what", "The door sticks");
      g_autoptr (GError) error = NULL;
      g_autoptr (AmendsDecision) decision =
          amends_decide_record (intake, known_schemes, editions, "7K-0001-H", NULL, &moment,
                                &error);
      json_auto_t *body = NULL;

      g_test_message ("row %" G_GSIZE_FORMAT, i);
      g_assert_no_error (error);
      body = load_body (decision, 0);
      g_assert_cmpstr (json_string_value (json_object_get (body, "edition")), ==,
                       record_rows[i].edition);
    }
}

static const struct
{
  const char *edition;
  const char *others[3];
  const char *wanted;
  const char *because;
  int code; /* 0: taken */
  const char *field;
} move_rows[] = {
  { "AD.1", { NULL }, "AD.2", "She asked for it", 0, NULL },
  { NULL, { NULL }, "AD.2", "It began before any was published", 0, NULL },
  { "AD.9", { NULL }, "AD.2", "It was never held here", 0, NULL },
  { "AD.1", { "AD.2", NULL }, "AD.1", "A mistake", 0, NULL },
  { NULL, { "AD.1", "AD.2" }, "AD.1", "Both were moved", 0, NULL }, /* which settles it */
  { "AD.1", { NULL }, "AD.1", "x", AMENDS_CORE_ERROR_REFUSED, "edition" },
  { "AD.1", { "AD.2", NULL }, "AD.2", "x", AMENDS_CORE_ERROR_REFUSED, "edition" },
  { "AD.1", { NULL }, "AD.9", "x", AMENDS_CORE_ERROR_NOT_FOUND, "edition" },
  { "AD.1", { NULL }, "AD.3", "x", AMENDS_CORE_ERROR_NOT_FOUND, "edition" }, /* a calendar */
  { "AD.1", { NULL }, "b", "x", AMENDS_CORE_ERROR_NOT_FOUND, "edition" },
  { "AD.1", { NULL }, "AD.2", NULL, AMENDS_CORE_ERROR_INVALID, "because" },
  { "AD.1", { NULL }, "AD.2", " ", AMENDS_CORE_ERROR_INVALID, "because" },
  { "AD.1", { NULL }, NULL, "x", AMENDS_CORE_ERROR_INVALID, "edition" },
};

static void
test_move (void)
{
  g_auto (Held) held = { 0 };
  g_autoptr (AmendsEditions) editions = NULL;
  AmendsMoment moment = now ();

  held_init (&held);
  g_ptr_array_add (held.events, publish ("AD.1", "", policy_body ("a", 10, "2026-01-01", NULL)));
  g_ptr_array_add (held.events, publish ("AD.2", "AD.1", policy_body ("b", 5, "2026-02-01", NULL)));
  g_ptr_array_add (held.events, publish ("AD.3", "AD.1,AD.2", calendar_body (2027, 2027, 2027)));
  editions = fold (&held);
  for (gsize i = 0; i < G_N_ELEMENTS (move_rows); i++)
    {
      g_autoptr (AmendsCase) complaint = make_case (move_rows[i].edition, move_rows[i].others);
      json_auto_t *act = json_pack ("{s:s, s:s*, s:s*}", "type", "case.edition-moved", "edition",
                                    move_rows[i].wanted, "because", move_rows[i].because);
      g_autoptr (AmendsDecision) decision = NULL;
      g_autoptr (GError) error = NULL;
      json_auto_t *body = NULL;
      AmendsRules rules;

      g_test_message ("row %" G_GSIZE_FORMAT, i);
      amends_editions_get_rules (editions, complaint, &rules);
      decision = amends_decide_act (complaint, &rules, act, NULL, &moment, &error);
      if (move_rows[i].code != 0)
        {
          g_assert_null (decision);
          g_assert_error (error, AMENDS_CORE_ERROR, move_rows[i].code);
          g_assert_cmpstr (amends_error_get_field (error), ==, move_rows[i].field);
          continue;
        }
      g_assert_no_error (error);
      body = load_body (decision, 0);
      g_assert_cmpstr (json_string_value (json_object_get (body, "edition")), ==,
                       move_rows[i].wanted);
      g_assert_cmpstr (json_string_value (json_object_get (body, "because")), ==,
                       move_rows[i].because);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();

  g_test_add_func ("/edition/in-force", test_in_force);
  g_test_add_func ("/edition/ties", test_ties);
  g_test_add_func ("/edition/apart", test_apart);
  g_test_add_func ("/edition/settled", test_settled);
  g_test_add_func ("/edition/problems", test_problems);
  g_test_add_func ("/edition/damaged", test_damaged);
  g_test_add_func ("/edition/others", test_others);
  g_test_add_func ("/edition/calendars", test_calendars);
  g_test_add_func ("/edition/rules", test_rules);
  g_test_add_func ("/edition/publish", test_publish);
  g_test_add_func ("/edition/publish-too-large", test_publish_too_large);
  g_test_add_func ("/edition/publish-calendar", test_publish_calendar);
  g_test_add_func ("/edition/record", test_record);
  g_test_add_func ("/edition/move", test_move);
  return g_test_run ();
}
