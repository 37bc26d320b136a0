/* test-import-registers.c: homes, people and staff from a spreadsheet: all of them or none, and once
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "import-desk.h"

#include "core/amends-error.h"
#include "store/amends-known.h"
#include "store/amends-log.h"
#include "store/amends-numbers.h"
#include "store/amends-people.h"
#include "store/amends-read.h"
#include "store/amends-scrub.h"

#define HOMES                             \
  "Reference,Scheme,Flat,Ended\n"         \
  "H/12,oak,\"Flat 12, Linden House\",\n" \
  "H/2,oak,\"Flat 2, Linden House\",\n"   \
  "H/3,oak,\"Flat 3, Linden House\",2026-01-31\n"
#define PEOPLE                                            \
  "Tenancy reference,Scheme,Name,Flat,Language,Contact\n" \
  "T/1,oak,Aldra Ashmère,Flat 12,Welsh,letter\n"         \
  "T/2,oak,Tarn Wexcombe,Flat 2,,\n"
#define STAFF                              \
  "Name,Roles\n"                           \
  "Hesta Penwick,approver; investigator\n" \
  "Wren Tallow,\n"

static void
set_up (Fixture *fixture, gconstpointer data)
{
  static const AmendsFeed feeds[] = {
    { .feed = "ctl", .may_read = TRUE },
    { .feed = "org", .may_read = TRUE },
    { .feed = "staff", .may_read = TRUE, .may_write = TRUE },
    { .feed = "s.oak", .may_read = TRUE, .may_write = TRUE },
    { .feed = "s.elm", .may_read = TRUE, .may_write = TRUE },
    { .feed = "k.oak", .may_read = TRUE, .may_write = TRUE },
  };

  set_up_device (fixture, "staff", feeds, G_N_ELEMENTS (feeds));
}

static AmendsImported *
import (Fixture *fixture,
        AmendsRegisterKind kind,
        const char *text,
        gboolean may_apply,
        AmendsImportFunc said,
        gpointer user_data,
        GError **error)
{
  g_ptr_array_set_size (fixture->problems, 0);
  return import_sheet (fixture->store, kind, text, may_apply, said, user_data, fixture->problems,
                       error);
}

static void
apply (Fixture *fixture,
       AmendsRegisterKind kind,
       const char *text,
       guint n_new,
       guint n_updated,
       guint n_already_here)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AmendsImported) imported = import (fixture, kind, text, TRUE, NULL, NULL, &error);

  g_assert_no_error (error);
  assert_applied (fixture, imported, n_new, n_already_here);
  g_assert_cmpuint (imported->n_updated, ==, n_updated);
}

/* It must be refused, and nothing of it be here: the first that is wrong with it. */
static void
refuse (Fixture *fixture,
        AmendsRegisterKind kind,
        const char *text,
        guint line,
        const char *column,
        int code)
{
  guint64 n_events = test_count_events (fixture->store);
  g_autoptr (GError) error = NULL;
  g_autoptr (AmendsImported) imported = import (fixture, kind, text, TRUE, NULL, NULL, &error);
  const AmendsImportProblem *problem;

  g_assert_no_error (error);
  g_assert_false (imported->is_applied);
  g_assert_cmpuint (fixture->problems->len, >, 0);
  problem = g_ptr_array_index (fixture->problems, 0);
  g_test_message ("%s", problem->error->message);
  g_assert_cmpuint (problem->line, ==, line);
  g_assert_cmpstr (problem->column, ==, column);
  g_assert_error (problem->error, AMENDS_CORE_ERROR, code);
  g_assert_cmpuint (test_count_events (fixture->store), ==, n_events);
}

static void
assert_homes (AmendsStore *store, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) homes = amends_store_list_homes (store, &error);
  g_autoptr (GString) text = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < homes->len; i++)
    {
      const AmendsHome *home = g_ptr_array_index (homes, i);

      g_string_append_printf (text, "%s %s %s\n", home->scheme, home->reference, home->address);
    }
  g_assert_cmpstr (text->str, ==, expected);
}

static guint
count (AmendsStore *store, AmendsRegisterKind kind)
{
  guint n = 0;

  g_assert_true (amends_store_count_entries (store, kind, &n, NULL));
  return n;
}

/* As people count doors, without what has ended; the same file again changes nothing, another says what is new. */
static void
test_homes (Fixture *fixture, gconstpointer data)
{
  guint64 n_events;

  assert_homes (fixture->store, "");
  apply (fixture, AMENDS_REGISTER_HOMES, HOMES, 3, 0, 0);
  assert_homes (fixture->store, "oak H/2 Flat 2, Linden House\noak H/12 Flat 12, Linden House\n");
  g_assert_cmpuint (count (fixture->store, AMENDS_REGISTER_HOMES), ==, 3);
  n_events = test_count_events (fixture->store);
  apply (fixture, AMENDS_REGISTER_HOMES, HOMES, 0, 0, 3);
  g_assert_cmpuint (test_count_events (fixture->store), ==, n_events);
  apply (fixture, AMENDS_REGISTER_HOMES,
         "reference,scheme,address\n H/12 ,oak,Flat 12a\nH/2,oak,\"Flat 2, Linden House\"\n", 0, 1,
         1);
  assert_homes (fixture->store, "oak H/2 Flat 2, Linden House\noak H/12 Flat 12a\n");
  fixture->store = test_store_reopen (fixture->store, &fixture->world);
  assert_homes (fixture->store, "oak H/2 Flat 2, Linden House\noak H/12 Flat 12a\n");
  apply (fixture, AMENDS_REGISTER_HOMES,
         "reference,scheme,address,ended\nH/2,oak,Flat 2,2026-02-01\n", 0, 1, 0);
  assert_homes (fixture->store, "oak H/12 Flat 12a\n");
}

/* To check a file leaves nothing behind, in the log or the list. */
static void
test_check (Fixture *fixture, gconstpointer data)
{
  guint64 n_events = test_count_events (fixture->store);
  g_autoptr (AmendsImported) imported =
      import (fixture, AMENDS_REGISTER_HOMES, HOMES, FALSE, NULL, NULL, NULL);

  g_assert_false (imported->is_applied);
  g_assert_cmpuint (imported->rows->len, ==, 3);
  g_assert_cmpuint (test_count_events (fixture->store), ==, n_events);
  assert_homes (fixture->store, "");
  apply (fixture, AMENDS_REGISTER_PEOPLE, PEOPLE, 2, 0, 0);
  assert_homes (fixture->store, "");
}

static const struct
{
  AmendsRegisterKind kind;
  const char *text;
  guint line;
  const char *column;
  int code;
} bad_rows[] = {
  { AMENDS_REGISTER_HOMES, "Reference,Scheme,Flat\nH/1,oak,1\nH/2,ash,2\n", 3, "Scheme",
    AMENDS_CORE_ERROR_INVALID },
  { AMENDS_REGISTER_HOMES, "Reference,Scheme,Flat\nH/1,oak,1\nH/2,elm,2\n", 3, "Scheme",
    AMENDS_CORE_ERROR_REFUSED }, /* the kiosk's feed of elm was not given */
  { AMENDS_REGISTER_HOMES, "Reference,Scheme,Flat\nH/1,oak,1\n,oak,2\n", 3, "Reference",
    AMENDS_CORE_ERROR_INVALID },
  { AMENDS_REGISTER_HOMES, "Reference,Scheme,Flat\nH/1,oak,1\n H/1,oak,2\n", 3, NULL,
    AMENDS_CORE_ERROR_INVALID },
  { AMENDS_REGISTER_HOMES, "Reference,Scheme,Flat,Ended\nH/1,oak,1,soon\n", 2, "Ended",
    AMENDS_CORE_ERROR_INVALID },
  { AMENDS_REGISTER_PEOPLE, "Reference,Scheme,Name\nT/1,oak,Wren\nT/2,oak,\n", 3, "Name",
    AMENDS_CORE_ERROR_INVALID },
  { AMENDS_REGISTER_STAFF, "Name,Role\nWren,king\n", 2, "Role", AMENDS_CORE_ERROR_INVALID },
  { AMENDS_REGISTER_STAFF, "Name,Role\nWren,approver\nWren,\n", 3, NULL,
    AMENDS_CORE_ERROR_INVALID },
};

static void
test_bad (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (bad_rows); i++)
    refuse (fixture, bad_rows[i].kind, bad_rows[i].text, bad_rows[i].line, bad_rows[i].column,
            bad_rows[i].code);
  assert_homes (fixture->store, "");
}

/* People are no cases: no list has them, and what they say is known again. */
static void
test_people (Fixture *fixture, gconstpointer data)
{
  AmendsRebuilt rebuilt;

  apply (fixture, AMENDS_REGISTER_PEOPLE, PEOPLE, 2, 0, 0);
  apply (fixture, AMENDS_REGISTER_PEOPLE, PEOPLE, 0, 0, 2);
  apply (fixture, AMENDS_REGISTER_PEOPLE,
         "Reference,Scheme,Name,Contact\nT/2,oak,Tarn Wexcombe,email\n", 0, 1, 0);
  g_assert_cmpuint (count (fixture->store, AMENDS_REGISTER_PEOPLE), ==, 2);
  g_assert_cmpuint (amends_store_count_cases (fixture->store, NULL), ==, 0);
  g_assert_true (amends_store_rebuild (fixture->store, &rebuilt, NULL));
  g_assert_cmpuint (rebuilt.n_cases, ==, 0);
  apply (fixture, AMENDS_REGISTER_PEOPLE, PEOPLE, 0, 0, 2);
}

/* By scheme and name; what has ended is rung no more, and a number that changed is the new one. */
static void
test_numbers (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GPtrArray) numbers = NULL;
  g_autoptr (GError) error = NULL;

  apply (fixture, AMENDS_REGISTER_NUMBERS,
         "Who,Scheme,Telephone,Opening hours,Role,Until\n"
         "Office,oak,01632 960100,\"Monday to Friday, 9 to 5\",,\n"
         "Ines Pym,oak,01632 960101,,line-manager,\n"
         "Old office,oak,01632 960102,,,2020-01-31\n",
         3, 0, 0);
  apply (fixture, AMENDS_REGISTER_NUMBERS, "Who,Scheme,Telephone\nInes Pym,oak,01632 960109\n", 0,
         1, 0);
  numbers = amends_store_list_numbers (fixture->store, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < numbers->len; i++)
    {
      const AmendsNumber *number = g_ptr_array_index (numbers, i);

      g_string_append_printf (text, "%s %s %s %s %s\n", number->scheme, number->name, number->phone,
                              number->hours != NULL ? number->hours : "-",
                              number->role != NULL ? number->role : "-");
    }
  g_assert_cmpstr (text->str, ==,
                   "oak Ines Pym 01632 960109 - line-manager\n"
                   "oak Office 01632 960100 Monday to Friday, 9 to 5 -\n");
  refuse (fixture, AMENDS_REGISTER_NUMBERS, "Who,Scheme,Telephone\nOffice,elm,none\n", 2,
          "Telephone", AMENDS_CORE_ERROR_INVALID);
}

/* Whoever has a name in the register has the roles that the file says; from then on only an administrator says so. */
static void
test_staff (Fixture *fixture, gconstpointer data)
{
  static const char *const administrator[] = { "administrator", NULL };
  g_autoptr (AmendsStaff) staff = NULL;
  g_autofree char *roles = NULL;
  g_autoptr (GError) error = NULL;
  guint64 n_events;
  AmendsId id, added;

  apply (fixture, AMENDS_REGISTER_STAFF, STAFF, 2, 0, 0);
  apply (fixture, AMENDS_REGISTER_STAFF, STAFF, 0, 0, 2);
  g_assert_true (amends_store_find_staff (fixture->store, "Hesta Penwick", &id, NULL));
  staff = amends_store_get_staff (fixture->store, &id, NULL);
  roles = g_strjoinv (" ", staff->roles);
  g_assert_cmpstr (roles, ==, "investigator approver");

  g_assert_true (
      amends_store_add_staff (fixture->store, "Hesta Penwick", TEST_PASSPHRASE, &added, NULL));
  g_assert_true (amends_id_equal (&added, &id));
  /* As on another device, which gave them a slot: whoever is added there is another Hesta Penwick. */
  g_assert_true (amends_db_exec (amends_store_get_db (fixture->store),
                                 "DELETE FROM slot WHERE slot = (SELECT max (slot) FROM slot)",
                                 NULL));
  n_events = test_count_events (fixture->store);
  g_assert_false (
      amends_store_add_staff (fixture->store, "Hesta Penwick", TEST_PASSPHRASE, &added, &error));
  g_assert_error (error, AMENDS_CORE_ERROR, AMENDS_CORE_ERROR_REFUSED);
  g_assert_cmpstr (amends_error_get_field (error), ==, "name");
  g_assert_nonnull (strstr (error->message, "Add to the name"));
  g_assert_cmpuint (test_count_events (fixture->store), ==, n_events);
  g_assert_true (amends_store_set_roles (fixture->store, &id, administrator, NULL));
  refuse (fixture, AMENDS_REGISTER_STAFF, "Name,Role\nTarn Wexcombe,approver\n", 2, "Role",
          AMENDS_CORE_ERROR_REFUSED);
  apply (fixture, AMENDS_REGISTER_STAFF, "Name\nTarn Wexcombe\n", 1, 0, 0);

  /* To who may record no roles a name is only a name. */
  g_assert_true (amends_store_find_staff (fixture->store, "Wren Tallow", &id, NULL));
  g_assert_true (
      amends_store_add_staff (fixture->store, "Wren Tallow", TEST_PASSPHRASE, &added, NULL));
  g_assert_false (amends_id_equal (&added, &id));
}

/* Says a number of the office in the stream of @stream, or in one of its own, after @after. Returns: the event */
static AmendsId
say_number (Fixture *fixture,
            const char *phone,
            const AmendsId *stream,
            const AmendsId *after,
            guint n_after)
{
  g_autofree char *body =
      g_strdup_printf ("{\"type\":\"number.recorded\",\"at\":\"2026-01-02T09:00:00Z\","
                       "\"name\":\"Office\",\"scheme\":\"oak\",\"phone\":\"%s\"}",
                       phone);
  g_autoptr (GPtrArray) bodies = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_autoptr (GPtrArray) written = NULL;
  g_autoptr (GError) error = NULL;

  g_ptr_array_add (bodies, g_bytes_new (body, strlen (body)));
  written = amends_log_append (fixture->store, "k.oak", stream, after, n_after, bodies, &error);
  g_assert_no_error (error);
  amends_read_touch (fixture->store);
  return ((const AmendsEvent *) g_ptr_array_index (written, 0))->id;
}

static void
assert_number (Fixture *fixture, const char *phone)
{
  g_autoptr (GPtrArray) numbers = amends_store_list_numbers (fixture->store, NULL);

  g_assert_cmpuint (numbers->len, ==, 1);
  g_assert_cmpstr (((const AmendsNumber *) g_ptr_array_index (numbers, 0))->phone, ==, phone);
}

/* Where a device that was cloned or replaced goes on under another code, one number has two streams, and so it has where
 * two devices recorded it apart. It is one number; what was said last counts, in whichever stream, and what a file says
 * takes the place of both. */
static void
test_number_twice (Fixture *fixture, gconstpointer data)
{
  AmendsId heads[2];

  heads[0] = say_number (fixture, "01632 960100", NULL, NULL, 0);
  heads[1] = say_number (fixture, "01632 960200", NULL, NULL, 0);
  say_number (fixture, "01632 960300", &heads[1], heads, 2);
  assert_number (fixture, "01632 960300");
  apply (fixture, AMENDS_REGISTER_NUMBERS, "Who,Scheme,Telephone\nOffice,oak,01632 960300\n", 0, 0,
         1);
  apply (fixture, AMENDS_REGISTER_NUMBERS, "Who,Scheme,Telephone\nOffice,oak,01632 960400\n", 0, 1,
         0);
  assert_number (fixture, "01632 960400");
}

/* What was written while apart: two entries of one home, of which the first has ended. */
static void
test_home_twice (Fixture *fixture, gconstpointer data)
{
  static const char *const homes[] = {
    "{\"type\":\"home.recorded\",\"at\":\"2026-01-02T09:00:00Z\",\"reference\":\"H/"
    "2\",\"scheme\":\"oak\","
    "\"address\":\"Flat 2\",\"ended\":\"2020-01-01\"}",
    "{\"type\":\"home.recorded\",\"at\":\"2026-01-02T09:00:00Z\",\"reference\":\"H/"
    "2\",\"scheme\":\"oak\","
    "\"address\":\"Flat 2\"}",
    "{\"type\":\"home.recorded\",\"at\":\"2026-01-02T09:00:00Z\",\"reference\":\"H/"
    "3\",\"scheme\":\"oak\","
    "\"address\":\"Flat 3\"}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (homes); i++)
    {
      g_autoptr (GPtrArray) bodies =
          g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
      g_autoptr (GPtrArray) written = NULL;

      g_ptr_array_add (bodies, g_bytes_new_static (homes[i], strlen (homes[i])));
      written = amends_log_append (fixture->store, "k.oak", NULL, NULL, 0, bodies, NULL);
      g_assert_nonnull (written);
    }
  amends_read_touch (fixture->store);
  assert_homes (fixture->store, "oak H/3 Flat 3\n");
}

/* The event at @place of the entry of that key goes, as an administrator has it erased. */
static void
erase (Fixture *fixture, AmendsRegisterKind kind, const char *key, guint place)
{
  g_autoptr (GHashTable) known = amends_known_load (fixture->store, kind, NULL);
  const GArray *streams = g_hash_table_lookup (known, key);
  g_autoptr (GPtrArray) events = NULL;
  g_auto (AmendsTransaction) transaction = AMENDS_TRANSACTION_INIT;
  const AmendsEvent *event;

  g_assert_nonnull (streams);
  events = amends_log_read_stream (fixture->store, &g_array_index (streams, AmendsId, 0), NULL);
  g_assert_cmpuint (events->len, >, place);
  event = g_ptr_array_index (events, place);
  g_assert_true (
      amends_transaction_begin (&transaction, amends_store_get_db (fixture->store), NULL));
  g_assert_true (amends_scrub_bodies (fixture->store, &event->id, 1, 1, NULL));
  g_assert_true (amends_transaction_commit (&transaction, NULL));
  g_assert_true (amends_scrub_finish (fixture->store, NULL));
}

/* What is erased of a register is no case, and what stood before it does not come back. */
static void
test_erased (Fixture *fixture, gconstpointer data)
{
  apply (fixture, AMENDS_REGISTER_HOMES, HOMES, 3, 0, 0);
  apply (fixture, AMENDS_REGISTER_HOMES, "Reference,Scheme,Flat\nH/12,oak,Flat 12a\n", 0, 1, 0);
  apply (fixture, AMENDS_REGISTER_PEOPLE, PEOPLE, 2, 0, 0);
  apply (fixture, AMENDS_REGISTER_PEOPLE,
         "Reference,Scheme,Name\nT/1,oak,Aldra Thorn\nT/2,oak,Tarn Holm\n", 0, 2, 0);

  /* The first of two goes: what was said since stands. */
  erase (fixture, AMENDS_REGISTER_HOMES, "oak\tH/12", 0);
  assert_homes (fixture->store, "oak H/2 Flat 2, Linden House\noak H/12 Flat 12a\n");
  erase (fixture, AMENDS_REGISTER_PEOPLE, "oak\tT/1", 0);
  g_assert_cmpuint (count (fixture->store, AMENDS_REGISTER_PEOPLE), ==, 2);
  apply (fixture, AMENDS_REGISTER_PEOPLE, "Reference,Scheme,Name\nT/1,oak,Aldra Thorn\n", 0, 0, 1);
  g_assert_cmpuint (amends_store_count_cases (fixture->store, NULL), ==, 0);

  /* The last of two, and the only one. */
  erase (fixture, AMENDS_REGISTER_HOMES, "oak\tH/12", 1);
  erase (fixture, AMENDS_REGISTER_HOMES, "oak\tH/2", 0);
  assert_homes (fixture->store, "");
  erase (fixture, AMENDS_REGISTER_PEOPLE, "oak\tT/1", 1);
  erase (fixture, AMENDS_REGISTER_PEOPLE, "oak\tT/2", 1);
  g_assert_cmpuint (count (fixture->store, AMENDS_REGISTER_PEOPLE), ==, 0);
  g_assert_cmpuint (amends_store_count_cases (fixture->store, NULL), ==, 0);
  fixture->store = test_store_reopen (fixture->store, &fixture->world);
  g_assert_cmpuint (count (fixture->store, AMENDS_REGISTER_PEOPLE), ==, 0);
  g_assert_cmpuint (amends_store_count_cases (fixture->store, NULL), ==, 0);
}

static gboolean
stop_at_second_cb (guint n_done, guint n_rows, gpointer user_data)
{
  guint *n_said = user_data;

  (*n_said)++;
  g_assert_cmpuint (n_rows, ==, 3);
  g_assert_cmpuint (n_done, ==, *n_said);
  return n_done < 2;
}

/* Whoever stops it has nothing of it. */
static void
test_stopped (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  guint n_said = 0;

  g_assert_null (
      import (fixture, AMENDS_REGISTER_HOMES, HOMES, TRUE, stop_at_second_cb, &n_said, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (n_said, ==, 2);
  assert_homes (fixture->store, "");
  apply (fixture, AMENDS_REGISTER_HOMES, HOMES, 3, 0, 0);
}

/* Returns: what of a case fits nothing that is known, "home Flat 77; case 9Z-0001-A" */
static char *
dup_unmatched (Fixture *fixture, const AmendsId *id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = amends_store_list_duties (fixture->store, id, &error);
  g_autoptr (GString) text = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < rows->len; i++)
    {
      const AmendsDuty *duty = &((AmendsDutyRow *) g_ptr_array_index (rows, i))->duty;

      if (duty->kind == AMENDS_DUTY_MATCH)
        g_string_append_printf (text, "%s%s %s", text->len > 0 ? "; " : "",
                                g_str_equal (duty->what, "previous_case") ? "case" : "home",
                                duty->detail);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
assert_unmatched (Fixture *fixture, const AmendsId *id, const char *wanted)
{
  g_autofree char *unmatched = dup_unmatched (fixture, id);

  g_assert_cmpstr (unmatched, ==, wanted);
}

static AmendsId
arrive (Fixture *fixture, const char *channel, const char *home, const char *quoted)
{
  json_auto_t *intake = json_pack ("{s:s, s:s, s:s, s:s, s:[{s:s}], s:{s:s, s:s}, s:s*}", "kind",
                                   "complaint", "scheme", "oak", "received", "2026-11-20",
                                   "channel", channel, "issues", "what", "It leaks.", "complainant",
                                   "name", "Ivy Marsh", "home", home, "previous_case", quoted);
  g_autoptr (GError) error = NULL;
  g_autoptr (AmendsOutcome) outcome = amends_store_record (fixture->store, intake, &error);

  g_assert_no_error (error);
  return outcome->id;
}

/* Of what arrived a home, or a case that is quoted, stays listed until it fits, or somebody says that it never will. */
static void
test_unmatched (Fixture *fixture, gconstpointer data)
{
  AmendsId id = arrive (fixture, "kiosk", "Flat 77", NULL);
  AmendsId heard = arrive (fixture, "telephone", "Flat 77", "9Z-0001-A");
  AmendsId known = arrive (fixture, "paper-form", "flat 12", NULL);
  AmendsId later = arrive (fixture, "letter", "h/2", "9Z-0001-A");
  g_autoptr (AmendsCase) complaint = amends_store_get_case (fixture->store, &known, NULL);
  AmendsId quoting = arrive (fixture, "kiosk", "Flat 12, Linden House",
                             amends_case_get_text (complaint, "reference"));

  assert_unmatched (fixture, &id, ""); /* no home is known yet, so none is unknown */
  assert_unmatched (fixture, &later, "case 9Z-0001-A");
  apply (fixture, AMENDS_REGISTER_HOMES, HOMES, 3, 0, 0);
  assert_unmatched (fixture, &id, "home Flat 77");
  assert_unmatched (fixture, &heard, "");
  assert_unmatched (fixture, &known, "");
  assert_unmatched (fixture, &later, "case 9Z-0001-A");
  assert_unmatched (fixture, &quoting, "");

  test_act (fixture->store, &id,
            "{\"type\":\"case.matched\",\"on\":\"2026-11-20\",\"with\":\"Flat "
            "77\",\"as\":\"fits-none\"}");
  assert_unmatched (fixture, &id, "");
  test_act (fixture->store, &id, "{\"type\":\"contact.changed\",\"home\":\"Flat 78\"}");
  assert_unmatched (fixture, &id, "home Flat 78");
  test_act (fixture->store, &id, "{\"type\":\"contact.changed\",\"home\":\"Flat 2\"}");
  assert_unmatched (fixture, &id, "");
  test_act (fixture->store, &id, "{\"type\":\"contact.changed\",\"home\":\"Flat 78\"}");
  apply (fixture, AMENDS_REGISTER_HOMES,
         "Reference,Scheme,Flat,Ended\nH/78,oak,\"Flat 78, Linden House\",\n", 1, 0, 0);
  assert_unmatched (fixture, &id, "");
  test_act (fixture->store, &later,
            "{\"type\":\"case.matched\",\"on\":\"2026-11-20\",\"with\":\"9Z-0001-A\",\"as\":\"same-"
            "complaint\"}");
  assert_unmatched (fixture, &later, "");
}

/* Returns: who of the register it may be, "P/1 name home; P/2 name" */
static char *
dup_people (Fixture *fixture, const AmendsId *id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AmendsCase) complaint = amends_store_get_case (fixture->store, id, &error);
  g_autoptr (GPtrArray) people = NULL;
  g_autoptr (GString) text = g_string_new (NULL);

  g_assert_no_error (error);
  people = amends_store_list_people_alike (fixture->store, complaint, 3, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < people->len; i++)
    {
      const AmendsPerson *person = g_ptr_array_index (people, i);

      g_string_append_printf (text, "%s%s%s%s", text->len > 0 ? "; " : "", person->reference,
                              person->has_name ? " name" : "", person->has_home ? " home" : "");
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
assert_people (Fixture *fixture, const AmendsId *id, const char *wanted)
{
  g_autofree char *people = dup_people (fixture, id);

  g_assert_cmpstr (people, ==, wanted);
}

/* Who is found in the register; "-" where nobody is. */
static void
assert_registered (Fixture *fixture, const AmendsId *id, const char *wanted)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AmendsCase) complaint = amends_store_get_case (fixture->store, id, &error);
  g_autoptr (AmendsPerson) person = NULL;

  g_assert_no_error (error);
  person = amends_store_get_registered_person (fixture->store, complaint, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (person != NULL ? person->name : "-", ==, wanted);
}

static void
match (Fixture *fixture, const AmendsId *id, const char *with, const char *as, AmendsId *ret_event)
{
  g_autofree char *act = g_strdup_printf (
      "{\"type\":\"case.matched\",\"on\":\"2026-11-20\",\"with\":\"%s\",\"as\":\"%s\"}", with, as);
  json_auto_t *request = json_loads (act, 0, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (AmendsOutcome) outcome = amends_store_act (fixture->store, id, request, &error);

  g_assert_no_error (error);
  *ret_event = ((const AmendsEvent *) g_ptr_array_index (outcome->events, 0))->id;
}

static void
part (Fixture *fixture, const AmendsId *id, const AmendsId *event)
{
  g_autofree char *named = amends_id_format (event);
  g_autofree char *act = g_strdup_printf ("{\"type\":\"case.parted\",\"event\":\"%s\",\"on\":"
                                          "\"2026-11-20\",\"because\":\"Another of that name\"}",
                                          named);

  test_act (fixture->store, id, act);
}

/* Of what arrived who it may be is asked until somebody says so, and again where that was a mistake. */
static void
test_people_alike (Fixture *fixture, gconstpointer data)
{
  AmendsId id = arrive (fixture, "kiosk", "Flat 77", NULL);
  AmendsId heard = arrive (fixture, "telephone", "Flat 77", NULL);
  AmendsId event;

  assert_people (fixture, &id, "");
  apply (fixture, AMENDS_REGISTER_PEOPLE,
         "Tenancy reference,Scheme,Resident,Address\n"
         "P/1,oak,Miss Ivy Marsh,\"Flat 2, Linden Row\"\n"
         "P/2,oak,Aldra Pym,\"FLAT 77, Linden Row\"\n"
         "P/3,oak,ivy marsh,Flat 77\n"
         "P/4,oak,Ivy Marshall,Flat 7\n"
         "P/5,oak,Wren Marsh,\n",
         5, 0, 0);
  assert_people (fixture, &id, "P/3 name home; P/1 name; P/2 home");
  assert_people (fixture, &heard, ""); /* somebody spoke with them */

  match (fixture, &id, "P/1", "in-register", &event);
  assert_people (fixture, &id, "");
  assert_registered (fixture, &id, "Miss Ivy Marsh");
  part (fixture, &id, &event);
  assert_registered (fixture, &id, "-");
  assert_people (fixture, &id, "P/3 name home; P/1 name; P/2 home");

  match (fixture, &id, "P/9", "in-register", &event); /* not on this device */
  assert_registered (fixture, &id, "-");
  assert_people (fixture, &id, "");
  part (fixture, &id, &event);
  match (fixture, &id, "Ivy Marsh", "fits-none", &event);
  assert_people (fixture, &id, "");
  part (fixture, &id, &event);
  test_act (fixture->store, &id, "{\"type\":\"contact.changed\",\"home\":\"Flat 2\"}");
  assert_people (fixture, &id, "P/1 name home; P/3 name");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/import-registers/homes", Fixture, NULL, set_up, test_homes, tear_down);
  g_test_add ("/import-registers/check", Fixture, NULL, set_up, test_check, tear_down);
  g_test_add ("/import-registers/bad", Fixture, NULL, set_up, test_bad, tear_down);
  g_test_add ("/import-registers/people", Fixture, NULL, set_up, test_people, tear_down);
  g_test_add ("/import-registers/staff", Fixture, NULL, set_up, test_staff, tear_down);
  g_test_add ("/import-registers/numbers", Fixture, NULL, set_up, test_numbers, tear_down);
  g_test_add ("/import-registers/number-twice", Fixture, NULL, set_up, test_number_twice,
              tear_down);
  g_test_add ("/import-registers/home-twice", Fixture, NULL, set_up, test_home_twice, tear_down);
  g_test_add ("/import-registers/erased", Fixture, NULL, set_up, test_erased, tear_down);
  g_test_add ("/import-registers/unmatched", Fixture, NULL, set_up, test_unmatched, tear_down);
  g_test_add ("/import-registers/people-alike", Fixture, NULL, set_up, test_people_alike,
              tear_down);
  g_test_add ("/import-registers/stopped", Fixture, NULL, set_up, test_stopped, tear_down);
  return g_test_run ();
}
