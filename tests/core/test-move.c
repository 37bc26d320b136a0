/* test-move.c: a case that is carried to another scheme, and who folds it
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "core/amends-decide.h"
#include "core/amends-error.h"
#include "core/amends-move.h"
#include "support/graph.h"

#define AT "\"at\":\"2026-11-23T09:00:00Z\""

static const char recorded[] =
    "{\"type\":\"case.recorded\"," AT
    ",\"kind\":\"complaint\",\"scheme\":\"oak\",\"reference\":\"2A-0001-X\","
    "\"received\":\"2026-11-20\"}";
static const char issue[] =
    "{\"type\":\"issue.added\"," AT ",\"what\":\"“Damp”, she says\\n\\\\ \"}";
static const char to_elm[] =
    "{\"type\":\"case.moved\"," AT ",\"to\":\"elm\",\"because\":\"Elm looks after it\","
    "\"reference\":\"2A-0001-X\"}";
static const char to_ash[] =
    "{\"type\":\"case.moved\"," AT
    ",\"to\":\"ash\",\"because\":\"Ash does\",\"reference\":\"2A-0001-X\"}";
static const char to_oak[] =
    "{\"type\":\"case.moved\"," AT
    ",\"to\":\"oak\",\"because\":\"Oak does\",\"reference\":\"2A-0001-X\"}";
static const char settled[] =
    "{\"type\":\"conflict.settled\"," AT ",\"field\":\"scheme\",\"value\":\"ash\"}";
static const char note[] = "{\"type\":\"case.noted\"," AT ",\"text\":\"She rang\"}";

static GPtrArray *
events_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) amends_event_unref);
}

/* @carrier: its id; written in @feed */
static AmendsEvent *
carry (const AmendsEvent *event, const char *carrier, const char *feed)
{
  static const guint8 salt[AMENDS_SALT_BYTES] = { 7 };
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) body = amends_carry_wrap (event, NULL, 0, &error);
  AmendsEvent *carried;
  AmendsId id;

  g_assert_no_error (error);
  g_assert_true (amends_id_parse (carrier, &id, NULL));
  carried = amends_event_new (&id, feed, &event->stream, &event->stream, 1, salt, body, &error);
  g_assert_no_error (error);
  return carried;
}

static char *
dump (const AmendsCase *complaint)
{
  json_auto_t *json = amends_case_to_json (complaint);
  char *text = json_dumps (json, JSON_COMPACT);
  char *copy = g_strdup (text);

  free (text);
  return copy;
}

static AmendsCase *
fold (GPtrArray *events)
{
  return amends_case_new ((AmendsEvent *const *) events->pdata, events->len);
}

/* What is opened is what was carried, byte for byte; of what was erased the digest. */
static void
test_open (void)
{
  static const char *const bodies[] = { recorded, issue, to_elm, note };
  g_autoptr (AmendsEvent) erased = test_event_new_erased ("2A.9", "2A.1");

  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      g_autoptr (AmendsEvent) event = test_event_new ("3F.5", "2A.1,2A.2", bodies[i]);
      g_autoptr (AmendsEvent) carrier = carry (event, "9T.1", "s.elm");
      g_autoptr (AmendsEvent) opened = amends_carry_open (carrier);
      g_autofree char *line = amends_event_format_line (event);
      g_autofree char *again = amends_event_format_line (opened);

      g_assert_cmpstr (again, ==, line);
      g_assert_cmpmem (opened->digest, AMENDS_DIGEST_BYTES, event->digest, AMENDS_DIGEST_BYTES);
      g_assert_null (amends_carry_open (event));
    }
  {
    g_autoptr (AmendsEvent) carrier = carry (erased, "9T.1", "s.elm");
    g_autoptr (AmendsEvent) opened = amends_carry_open (carrier);

    g_assert_null (opened->body);
    g_assert_cmpmem (opened->digest, AMENDS_DIGEST_BYTES, erased->digest, AMENDS_DIGEST_BYTES);
  }
}

static AmendsEvent *
event_in_elm (const char *text)
{
  static const guint8 salt[AMENDS_SALT_BYTES] = { 0 };
  g_autofree char *line = g_strconcat ("9T.1\ts.elm\t2A.1\t2A.1\t", text, NULL);
  g_autoptr (GError) error = NULL;
  AmendsEvent *event = amends_event_parse_line (line, strlen (line), salt, &error);

  g_assert_no_error (error);
  return event;
}

/* Bodies come from anywhere: what carries nothing that can be an event stands for itself. */
static void
test_not_carried (void)
{
  static const char *const bodies[] = {
    "{\"type\":\"case.carried\"}",
    "{\"type\":\"case.carried\",\"event\":\"2A.2\",\"feed\":\"s.oak\",\"after\":\"2A.1\"}",
    "{\"type\":\"case.carried\",\"event\":\"2A.2\",\"feed\":\"oak\",\"after\":\"2A.1\","
    "\"salt\":\"AAAAAAAAAAAAAAAA\",\"body\":\"{}\"}",
    "{\"type\":\"case.carried\",\"event\":\"2A.2\",\"feed\":\"s.oak\",\"after\":\"2A.7\","
    "\"salt\":\"AAAAAAAAAAAAAAAA\",\"body\":\"{}\"}",
    "{\"type\":\"case.carried\",\"event\":\"2A.2\",\"feed\":\"s.oak\",\"after\":\"2A.1\","
    "\"salt\":\"AAAA\",\"body\":\"{}\"}",
    "{\"type\":\"case.carried\",\"event\":\"2A.2\",\"feed\":\"s.oak\",\"after\":\"2A.1\","
    "\"salt\":\"AAAAAAAAAAAAAAAA\",\"body\":\"a\\tb\"}",
    "{\"type\":\"case.carried\",\"event\":2,\"feed\":[],\"after\":null}",
    /* Where it was written it is, or it is not; and what is restricted does not travel. */
    "{\"type\":\"case.carried\",\"event\":\"2A.2\",\"feed\":\"s.elm\",\"after\":\"2A.1\","
    "\"salt\":\"AAAAAAAAAAAAAAAA\",\"body\":\"{}\"}",
    "{\"type\":\"case.carried\",\"event\":\"2A.2\",\"feed\":\"r.oak\",\"after\":\"2A.1\","
    "\"salt\":\"AAAAAAAAAAAAAAAA\",\"body\":\"{}\"}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      g_autoptr (AmendsEvent) root = test_event_new ("2A.1", "", recorded);
      g_autoptr (AmendsEvent) event = event_in_elm (bodies[i]);
      g_autoptr (AmendsCase) complaint = amends_case_new ((AmendsEvent *const[]){ root, event }, 2);

      g_test_message ("%s", bodies[i]);
      g_assert_null (amends_carry_open (event));
      g_assert_cmpuint (amends_case_get_n_history (complaint), ==, 2);
      g_assert_cmpstr (amends_case_get_feed (complaint), ==, "s.oak");
    }
}

/* Any of what is held in the one feed and carried to the other, in any order, and some of it twice, makes the same
 * case, as long as each event is there once. */
static void
test_any_order (void)
{
  g_autoptr (GPtrArray) whole = events_new ();
  g_autofree char *wanted = NULL;

  g_ptr_array_add (whole, test_event_new ("2A.1", "", recorded));
  g_ptr_array_add (whole, test_event_new ("2A.2", "2A.1", issue));
  g_ptr_array_add (whole, test_event_new ("9T.1", "2A.2", to_elm));
  g_ptr_array_add (whole, test_event_new ("3F.1", "2A.2", note));
  for (guint round = 0; round < 200; round++)
    {
      g_autoptr (GPtrArray) events = events_new ();
      g_autoptr (AmendsCase) complaint = NULL;
      json_auto_t *json = NULL;

      for (guint i = 0; i < whole->len; i++)
        {
          AmendsEvent *event = g_ptr_array_index (whole, i);
          guint how = round == 0 ? 1 : (guint) g_test_rand_int_range (1, 8);
          g_autofree char *first = g_strdup_printf ("9T.%u", 20 + i);
          g_autofree char *second = g_strdup_printf ("8M.%u", 20 + i);

          if (how & 1)
            g_ptr_array_add (events, amends_event_ref (event));
          if (how & 2)
            g_ptr_array_add (events, carry (event, first, "s.elm"));
          if (how & 4)
            g_ptr_array_add (events, carry (event, second, "s.elm"));
        }
      test_shuffle (events->pdata, events->len);
      complaint = fold (events);
      json = amends_case_to_json (complaint);
      json_object_del (json_object_get (json, "moved"), "behind"); /* that is of the feeds */
      {
        char *text = json_dumps (json, JSON_COMPACT);

        if (wanted == NULL)
          wanted = g_strdup (text);
        g_assert_cmpstr (text, ==, wanted);
        free (text);
      }
      g_assert_cmpstr (amends_case_get_feed (complaint), ==, "s.elm");
      g_assert_cmpstr (amends_case_get_text (complaint, "reference"), ==, "2A-0001-X");
    }
}

/* What a feed lacks: all of it where the case is, and where it was that it has moved. */
static void
test_lacking (void)
{
  g_autoptr (GPtrArray) events = events_new ();
  g_autoptr (AmendsCase) before = NULL;
  g_autoptr (AmendsCase) after = NULL;
  g_autoptr (GPtrArray) of_elm = NULL;
  g_autoptr (GPtrArray) of_oak = NULL;

  g_ptr_array_add (events, test_event_new ("2A.1", "", recorded));
  g_ptr_array_add (events, test_event_new ("2A.2", "2A.1", issue));
  g_ptr_array_add (events, test_event_new ("9T.1", "2A.2", to_elm));
  before = fold (events);
  of_elm = amends_case_list_lacking (before, "s.elm");
  of_oak = amends_case_list_lacking (before, "s.oak");
  g_assert_cmpuint (of_elm->len, ==, 3);
  g_assert_cmpuint (((AmendsEvent *) of_elm->pdata[0])->id.number, ==, 1);
  g_assert_cmpstr (((AmendsEvent *) of_elm->pdata[0])->id.code, ==, "9T"); /* that it has moved */
  g_assert_cmpuint (of_oak->len, ==, 0);
  g_assert_cmpuint (amends_case_count_behind (before), ==, 3);

  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *id = g_strdup_printf ("9T.%u", i + 2);

      g_ptr_array_add (events, carry (events->pdata[i], id, "s.elm"));
    }
  g_ptr_array_add (events, test_event_new ("3F.1", "2A.2", note)); /* who had not heard of it */
  after = fold (events);
  g_assert_cmpuint (amends_case_count_behind (after), ==, 1);
  g_assert_cmpuint (amends_case_get_n_notes (after), ==, 1);
}

/* Where an event was written it is, or the server holds it back: who knows it only as it was carried elsewhere does not
 * carry it back there. Nobody could open that, and the case would go on growing. */
static void
test_not_back (void)
{
  g_autoptr (GPtrArray) events = events_new ();
  g_autoptr (AmendsEvent) held_back = test_event_new ("3F.1", "2A.1", note);
  g_autoptr (AmendsCase) complaint = NULL;
  g_autoptr (GPtrArray) of_oak = NULL;
  g_autoptr (GPtrArray) of_elm = NULL;
  guint n_heads;
  g_autofree AmendsId *heads = NULL;

  g_ptr_array_add (events, test_event_new ("2A.1", "", recorded));
  g_ptr_array_add (events, test_event_new ("9T.1", "2A.1", to_elm));
  g_ptr_array_add (events, test_event_new ("9T.2", "9T.1", to_oak));
  g_ptr_array_add (events, carry (held_back, "3F.3", "s.elm"));
  complaint = fold (events);
  g_assert_cmpuint (amends_case_get_n_notes (complaint), ==, 1);
  g_assert_cmpstr (amends_case_get_feed (complaint), ==, "s.oak");
  of_oak = amends_case_list_lacking (complaint, "s.oak");
  g_assert_cmpuint (of_oak->len, ==, 0);
  g_assert_cmpuint (amends_case_count_behind (complaint), ==, 0);

  /* What is written next comes after it all the same: by the name of what was carried, not of what carries it. */
  heads = amends_case_get_heads (complaint, &n_heads);
  g_assert_cmpuint (n_heads, ==, 2);
  g_assert_true (amends_id_equal (&heads[0], &held_back->id));
  of_elm = amends_case_list_lacking (complaint, "s.elm");
  g_assert_cmpuint (of_elm->len, ==, 2); /* the moves */
}

/* What is restricted is written nowhere else, though it stands in a case that moves; and what carries is never
 * carried. */
static void
test_never_carried (void)
{
  static const char restricted[] =
      "3F.1\tr.oak\t2A.1\t2A.1\t{\"type\":\"case.noted\"," AT ",\"text\":\"He has a key\"}";
  static const char carrier[] = "3F.2\ts.oak\t2A.1\t2A.1\t{\"type\":\"case.carried\"}";
  static const guint8 salt[AMENDS_SALT_BYTES] = { 0 };
  const char *const lines[] = { restricted, carrier };

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autoptr (GPtrArray) events = events_new ();
      g_autoptr (AmendsCase) complaint = NULL;
      g_autoptr (GPtrArray) of_elm = NULL;

      g_ptr_array_add (events, test_event_new ("2A.1", "", recorded));
      g_ptr_array_add (events, amends_event_parse_line (lines[i], strlen (lines[i]), salt, NULL));
      g_ptr_array_add (events, test_event_new ("9T.1", "2A.1", to_elm));
      g_ptr_array_add (events, carry (events->pdata[0], "9T.2", "s.elm"));
      g_ptr_array_add (events, carry (events->pdata[2], "9T.3", "s.elm"));
      complaint = fold (events);
      g_assert_cmpuint (amends_case_get_n_history (complaint), ==, 3);
      of_elm = amends_case_list_lacking (complaint, "s.elm");
      g_assert_cmpuint (of_elm->len, ==, 0);
      g_assert_cmpuint (amends_case_count_behind (complaint), ==, 0);
    }
}

/* Two moved it apart: both places hold until a person settles it, and then only one does. */
static void
test_apart (void)
{
  g_autoptr (GPtrArray) events = events_new ();
  g_autoptr (AmendsCase) apart = NULL;
  g_autoptr (AmendsCase) same = NULL;
  g_autoptr (AmendsCase) one = NULL;
  g_autoptr (GPtrArray) of_elm = NULL;

  g_ptr_array_add (events, test_event_new ("2A.1", "", recorded));
  g_ptr_array_add (events, test_event_new ("8M.1", "2A.1", to_elm));
  g_ptr_array_add (events, test_event_new ("9T.1", "2A.1", to_elm));
  same = fold (events);
  g_assert_cmpuint (amends_case_get_n_conflicts (same), ==, 0);
  g_assert_cmpuint (amends_case_get_n_places (same), ==, 1);

  g_ptr_array_add (events, test_event_new ("9T.2", "9T.1", to_ash));
  apart = fold (events);
  g_assert_cmpuint (amends_case_get_n_conflicts (apart), ==, 1);
  g_assert_cmpstr (amends_case_get_conflict (apart, 0)->name, ==, "scheme");
  g_assert_cmpuint (amends_case_get_n_places (apart), ==, 2);
  g_assert_cmpstr (amends_case_get_feed (apart), ==, "s.elm");

  g_ptr_array_add (events, test_event_new ("8M.2", "8M.1,9T.2", settled));
  one = fold (events);
  g_assert_cmpuint (amends_case_get_n_conflicts (one), ==, 0);
  g_assert_cmpuint (amends_case_get_n_places (one), ==, 1);
  g_assert_cmpstr (amends_case_get_feed (one), ==, "s.ash");
  of_elm = amends_case_list_lacking (one, "s.elm");
  g_assert_cmpuint (of_elm->len, ==,
                    4); /* the three moves and the settling, and no word of the case */
}

/* Who may not read where it is sees that it was moved, where and why, and nothing that was said. */
static void
test_away (void)
{
  g_autoptr (GPtrArray) events = events_new ();
  g_autoptr (AmendsCase) whole = NULL;
  g_autoptr (AmendsCase) away = NULL;
  g_autofree char *text = NULL;

  g_ptr_array_add (events, test_event_new ("2A.1", "", recorded));
  g_ptr_array_add (events, test_event_new ("2A.2", "2A.1", issue));
  g_ptr_array_add (events, test_event_new ("9T.1", "2A.2", to_elm));
  whole = fold (events);
  away = amends_case_new_away (whole);
  text = dump (away);
  g_assert_true (amends_case_is_away (away));
  g_assert_cmpstr (amends_case_get_text (away, "reference"), ==, "2A-0001-X");
  g_assert_cmpstr (amends_case_get_feed (away), ==, "s.elm");
  g_assert_cmpstr (amends_case_get_state (away), ==, "closed");
  g_assert_cmpuint (amends_case_get_n_history (away), ==, 1);
  g_assert_null (strstr (text, "Damp"));
}

/* They see where it is now, though what was written between two moves, which says which of them is the later, is not
 * theirs to see. */
static void
test_away_again (void)
{
  g_autoptr (GPtrArray) events = events_new ();
  g_autoptr (AmendsCase) whole = NULL;
  g_autoptr (AmendsCase) away = NULL;
  g_autofree char *text = NULL;

  g_ptr_array_add (events, test_event_new ("2A.1", "", recorded));
  g_ptr_array_add (events, test_event_new ("9T.1", "2A.1", to_elm));
  g_ptr_array_add (events, test_event_new ("8M.1", "2A.1", to_elm));
  g_ptr_array_add (events, test_event_new ("3F.1", "8M.1,9T.1", note));
  g_ptr_array_add (events, test_event_new ("8M.2", "3F.1", to_ash));
  whole = fold (events);
  away = amends_case_new_away (whole);
  g_assert_cmpuint (amends_case_get_n_conflicts (away), ==, 0);
  g_assert_cmpuint (amends_case_get_n_places (away), ==, 1);
  g_assert_cmpstr (amends_case_get_feed (away), ==, "s.ash");
  g_assert_cmpuint (amends_case_get_n_history (away), ==, 3);
  text = dump (away);
  g_assert_null (strstr (text, "3F.1"));
  g_assert_nonnull (strstr (text, "\"missing_events\":0"));
}

/* Who reads only where it was knows which of two moves is the later, though what was written between, which the later
 * one comes after, never goes there. */
static void
test_names_moves (void)
{
  g_autoptr (GPtrArray) events = events_new ();
  g_autoptr (GPtrArray) of_elm = events_new ();
  g_autoptr (AmendsCase) apart = NULL;
  g_autoptr (AmendsCase) there = NULL;
  g_autofree AmendsId *heads = NULL;
  g_autofree char *after = NULL;
  guint n_heads;

  g_ptr_array_add (events, test_event_new ("2A.1", "", recorded));
  g_ptr_array_add (events, test_event_new ("8M.1", "2A.1", to_elm));
  g_ptr_array_add (events, test_event_new ("9T.1", "2A.1", to_ash));
  g_ptr_array_add (events, test_event_new ("3F.1", "8M.1,9T.1", note));
  apart = fold (events);
  heads = amends_case_get_heads (apart, &n_heads);
  after = amends_after_format (heads, n_heads);
  g_assert_cmpstr (after, ==, "3F.1,8M.1,9T.1");
  g_ptr_array_add (events, test_event_new ("2A.5", after, to_ash));

  for (guint i = 0; i < events->len; i++)
    {
      g_autofree char *id = g_strdup_printf ("4C.%u", 2 + i);

      if (i != 3) /* the note is not of elm */
        g_ptr_array_add (of_elm, carry (g_ptr_array_index (events, i), id, "s.elm"));
    }
  there = fold (of_elm);
  g_assert_cmpuint (amends_case_get_n_places (there), ==, 1);
  g_assert_cmpstr (amends_case_get_feed (there), ==, "s.ash");
}

/* What is restricted is where it was written, whatever anybody says. */
static void
test_restricted (void)
{
  static const char line[] = "2A.1\tr.oak\t2A.1\t\t{\"type\":\"case.recorded\"," AT
                             ",\"kind\":\"complaint\",\"scheme\":\"oak\"}";
  static const guint8 salt[AMENDS_SALT_BYTES] = { 0 };
  const AmendsMoment moment = { 1795600000000000, 1795600000000000 };
  const AmendsRules rules = { NULL };
  json_auto_t *act =
      json_pack ("{s:s, s:s, s:s}", "type", "case.moved", "to", "elm", "because", "x");
  g_autoptr (AmendsEvent) root = amends_event_parse_line (line, strlen (line), salt, NULL);
  g_autoptr (AmendsEvent) moved = test_event_new ("9T.1", "2A.1", to_elm);
  g_autoptr (AmendsCase) plain = amends_case_new (&root, 1);
  g_autoptr (AmendsCase) forged = amends_case_new ((AmendsEvent *const[]){ root, moved }, 2);
  g_autoptr (GError) error = NULL;

  g_assert_cmpstr (amends_case_get_feed (forged), ==, "r.oak");
  g_assert_false (amends_case_was_moved (forged));
  g_assert_null (amends_decide_act (plain, &rules, act, NULL, &moment, &error));
  g_assert_error (error, AMENDS_CORE_ERROR, AMENDS_CORE_ERROR_REFUSED);
}

static void
assert_decided (AmendsCase *complaint, const char *to, const char *because, int code)
{
  const AmendsMoment moment = { 1795600000000000, 1795600000000000 };
  const AmendsRules rules = { NULL };
  json_auto_t *act =
      json_pack ("{s:s, s:s, s:s*}", "type", "case.moved", "to", to, "because", because);
  g_autoptr (GError) error = NULL;
  g_autoptr (AmendsDecision) decision =
      amends_decide_act (complaint, &rules, act, NULL, &moment, &error);

  if (code == 0)
    g_assert_no_error (error);
  else
    g_assert_error (error, AMENDS_CORE_ERROR, code);
  g_assert_true ((decision != NULL) == (code == 0));
}

/* It goes somewhere else, and for a reason; of one that has gone nothing more is recorded here. */
static void
test_decide (void)
{
  g_autoptr (AmendsEvent) root = test_event_new ("2A.1", "", recorded);
  g_autoptr (AmendsEvent) moved = test_event_new ("9T.1", "2A.1", to_elm);
  g_autoptr (AmendsEvent) carried = carry (root, "9T.2", "s.elm");
  g_autoptr (AmendsEvent) told = carry (moved, "9T.3", "s.elm");
  g_autoptr (AmendsCase) new = amends_case_new (&root, 1);
  g_autoptr (AmendsCase) left = amends_case_new ((AmendsEvent *const[]){ root, moved }, 2);
  g_autoptr (AmendsCase) there =
      amends_case_new ((AmendsEvent *const[]){ root, moved, carried, told }, 4);
  g_autoptr (AmendsCase) away = amends_case_new_away (there);

  assert_decided (new, "elm", "Elm looks after it", 0);
  assert_decided (new, "elm", NULL, AMENDS_CORE_ERROR_INVALID);
  assert_decided (new, "oak", "It is there", AMENDS_CORE_ERROR_REFUSED);
  assert_decided (new, "s.elm", "No code of a scheme", AMENDS_CORE_ERROR_INVALID);
  assert_decided (left, "elm", "Some of it is not there yet", 0);
  assert_decided (there, "elm", "It is there", AMENDS_CORE_ERROR_REFUSED);
  assert_decided (there, "oak", "Back again", 0);
  assert_decided (away, "oak", "Nobody here can", AMENDS_CORE_ERROR_REFUSED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/move/open", test_open);
  g_test_add_func ("/move/not-carried", test_not_carried);
  g_test_add_func ("/move/any-order", test_any_order);
  g_test_add_func ("/move/lacking", test_lacking);
  g_test_add_func ("/move/not-back", test_not_back);
  g_test_add_func ("/move/never-carried", test_never_carried);
  g_test_add_func ("/move/apart", test_apart);
  g_test_add_func ("/move/away", test_away);
  g_test_add_func ("/move/away-again", test_away_again);
  g_test_add_func ("/move/names-moves", test_names_moves);
  g_test_add_func ("/move/restricted", test_restricted);
  g_test_add_func ("/move/decide", test_decide);
  return g_test_run ();
}
