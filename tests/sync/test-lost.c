/* test-lost.c: what a restored server has lost of its own log comes back from whoever has read it
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * PROTOCOL.md 6: nobody who was withdrawn is let in again, nobody who enrolled is forgotten, in whatever order
 * and however often, and what an administrator has said since stands. */

#include <glib/gstdio.h>
#include <string.h>

#include "core/amends-error.h"
#include "core/amends-event.h"
#include "support/disk.h"
#include "support/office.h"
#include "sync/amends-by-hand.h"

#define N_DEVICES 3

typedef struct
{
  TestOffice office;
  AmendsStore *stores[N_DEVICES];
  AmendsId id; /* a case that all hold */
} Fixture;

static void
sync_all (Fixture *fixture, guint n_rounds)
{
  for (guint round = 0; round < n_rounds; round++)
    for (guint i = 0; i < N_DEVICES; i++)
      test_sync (&fixture->office, fixture->stores[i]);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  test_office_init (&fixture->office);
  for (guint i = 0; i < N_DEVICES; i++)
    {
      g_autofree char *name = g_strdup_printf ("Office %c", 'A' + (char) i);

      fixture->stores[i] = test_office_enrol (&fixture->office, name, "staff", "s.oak");
    }
  fixture->id = test_record (fixture->stores[0], "Wren Ashdown", "No heating");
  sync_all (fixture, 2);
  test_office_back_up (&fixture->office);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < N_DEVICES; i++)
    amends_store_close (fixture->stores[i]);
  test_office_clear (&fixture->office);
}

static const char *
code_of (AmendsStore *store)
{
  return amends_store_get_identity (store)->code;
}

/* What the administrator says, a second after what was said before. */
static void
say (Fixture *fixture, const char *what, AmendsStore *store, const char *feed)
{
  g_autoptr (GError) error = NULL;
  AmendsServer *server = fixture->office.server;

  test_world_pass (&fixture->office.world, 1);
  if (g_str_equal (what, "revoke"))
    amends_server_revoke (server, code_of (store), &error);
  else if (g_str_equal (what, "grant"))
    amends_server_grant (server, code_of (store), feed, &error);
  else
    amends_server_ungrant (server, code_of (store), feed, &error);
  g_assert_no_error (error);
}

static json_t *
find_device (Fixture *fixture, const char *code)
{
  g_autoptr (GError) error = NULL;
  json_auto_t *devices = amends_server_list_devices (fixture->office.server, &error);
  gsize i;
  json_t *device;

  g_assert_no_error (error);
  json_array_foreach (devices, i, device)
    if (g_strcmp0 (json_string_value (json_object_get (device, "code")), code) == 0)
      return json_incref (device);
  return NULL;
}

static gboolean
is_known (Fixture *fixture, const char *code)
{
  json_auto_t *device = find_device (fixture, code);

  return device != NULL;
}

static char *
dup_recoded_from (Fixture *fixture, const char *code)
{
  json_auto_t *device = find_device (fixture, code);

  return g_strdup (json_string_value (json_object_get (device, "recoded_from")));
}

static gboolean
is_revoked (Fixture *fixture, const char *code)
{
  json_auto_t *device = find_device (fixture, code);

  return json_is_true (json_object_get (device, "revoked"));
}

static gboolean
has_feed (Fixture *fixture, AmendsStore *store, const char *name)
{
  json_auto_t *device = find_device (fixture, code_of (store));
  gsize i;
  json_t *feed;

  json_array_foreach (json_object_get (device, "feeds"), i, feed)
    if (g_strcmp0 (json_string_value (json_object_get (feed, "feed")), name) == 0)
      return json_is_true (json_object_get (feed, "read"));
  return FALSE;
}

static guint
count_notes (Fixture *fixture, AmendsStore *store)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AmendsCase) complaint = amends_store_get_case (store, &fixture->id, &error);

  g_assert_no_error (error);
  return amends_case_get_n_notes (complaint);
}

/* How long the server's own log is, as the device has it. */
static guint64
count_log (AmendsStore *store)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) feeds = amends_store_list_feeds (store, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < feeds->len; i++)
    if (g_str_equal (g_array_index (feeds, AmendsFeed, i).feed, "ctl"))
      return g_array_index (feeds, AmendsFeed, i).position;
  g_assert_not_reached ();
}

/* A laptop is stolen and withdrawn; then the server is restored. It is let in until somebody comes who knew, and
 * then never again, however many come. */
static void
test_revoked (Fixture *fixture, gconstpointer data)
{
  g_autoptr (TestLine) line = test_line_new (&fixture->office);
  const char *code = code_of (fixture->stores[0]);
  g_autoptr (GError) refusal = NULL;
  guint64 n_events;

  say (fixture, "revoke", fixture->stores[0], NULL);
  test_sync (&fixture->office, fixture->stores[1]);
  test_sync (&fixture->office, fixture->stores[2]);
  test_office_restore (&fixture->office);
  g_assert_false (is_revoked (fixture, code));

  test_sync (&fixture->office, fixture->stores[1]);
  g_assert_true (is_revoked (fixture, code));
  n_events = count_log (fixture->stores[1]);
  refusal = test_sync_fails (line, fixture->stores[0]);
  g_assert_error (refusal, AMENDS_SYNC_ERROR, AMENDS_SYNC_ERROR_REVOKED);
  g_clear_error (&refusal);

  /* Known once is enough, and it is handed in once. */
  test_sync (&fixture->office, fixture->stores[2]);
  g_assert_cmpuint (count_log (fixture->stores[2]), ==, n_events);
  for (guint i = 1; i < N_DEVICES; i++)
    g_assert_cmpuint (test_sync (&fixture->office, fixture->stores[i]).n_requests, ==, 1);

  /* Restored again, it comes back again, as what was recorded anew. */
  test_office_restore (&fixture->office);
  test_sync (&fixture->office, fixture->stores[2]);
  refusal = test_sync_fails (line, fixture->stores[0]);
  g_assert_error (refusal, AMENDS_SYNC_ERROR, AMENDS_SYNC_ERROR_REVOKED);
  test_office_assert_whole (&fixture->office);
}

/* So many that, with a name that does not shrink, they do not go up in one request. */
#define N_SCHEMES 9000

static void
lengthen_log (Fixture *fixture, guint n_schemes)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (1);

  for (guint i = 0; i < n_schemes; i++)
    {
      g_autofree char *code = g_strdup_printf ("scheme-%u", i);
      g_autofree char *name = NULL;
      g_autoptr (GError) error = NULL;
      guint32 words[36];

      for (guint k = 0; k < G_N_ELEMENTS (words); k++)
        words[k] = g_rand_int (random);
      name = g_base64_encode ((const guchar *) words, sizeof words);
      amends_server_add_scheme (fixture->office.server, code, name, &error);
      g_assert_no_error (error);
    }
}

/* Of one that was withdrawn a copy alone has heard of it; then the server is restored, and who has not heard writes on.
 * Under no other code is the copy let in: all that it has heard, however much, goes before all that it asks for itself. */
static void
test_revoked_copy (Fixture *fixture, gconstpointer data)
{
  g_autoptr (TestLine) line = test_line_new (&fixture->office);
  g_autofree char *path = g_build_filename (fixture->office.folder, "copy", NULL);
  g_autofree char *code = g_strdup (code_of (fixture->stores[0]));
  g_autoptr (GError) refusal = NULL;
  json_auto_t *devices = NULL;
  AmendsStore *copy;

  test_folder_copy (amends_store_get_path (fixture->stores[0]), path);
  copy = test_store_open (&fixture->office.world, path);
  lengthen_log (fixture, GPOINTER_TO_UINT (data));
  test_sync (&fixture->office, copy);
  say (fixture, "revoke", copy, NULL);
  refusal = test_sync_fails (line, copy);
  g_assert_error (refusal, AMENDS_SYNC_ERROR, AMENDS_SYNC_ERROR_REVOKED);
  g_clear_error (&refusal);
  test_office_restore (&fixture->office);
  test_note (fixture->stores[0], &fixture->id, "has not heard");
  test_sync (&fixture->office, fixture->stores[0]);

  for (guint i = 0; i < 2; i++)
    {
      refusal = test_sync_fails (line, i == 0 ? copy : fixture->stores[0]);
      g_assert_error (refusal, AMENDS_SYNC_ERROR, AMENDS_SYNC_ERROR_REVOKED);
      g_clear_error (&refusal);
    }
  g_assert_true (is_revoked (fixture, code));
  g_assert_cmpstr (code_of (copy), ==, code);
  devices = amends_server_list_devices (fixture->office.server, NULL);
  g_assert_cmpuint (json_array_size (devices), ==, N_DEVICES);
  amends_store_close (copy);
  test_sync (&fixture->office, fixture->stores[1]);
  g_assert_cmpuint (count_notes (fixture, fixture->stores[1]), ==, 1);
  test_office_assert_whole (&fixture->office);
}

/* A feed that was taken, one that was given, and a scheme. */
static void
test_access (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  json_auto_t *schemes = NULL;

  g_assert_true (amends_server_add_scheme (fixture->office.server, "ash", "Ash Walk", &error));
  say (fixture, "grant", fixture->stores[1], "s.ash");
  say (fixture, "ungrant", fixture->stores[0], "s.oak");
  sync_all (fixture, 1);
  test_office_restore (&fixture->office);
  g_assert_true (has_feed (fixture, fixture->stores[0], "s.oak"));

  test_sync (&fixture->office, fixture->stores[2]);
  g_assert_false (has_feed (fixture, fixture->stores[0], "s.oak"));
  g_assert_true (has_feed (fixture, fixture->stores[1], "s.ash"));
  schemes = amends_server_list_schemes (fixture->office.server, &error);
  g_assert_cmpuint (json_array_size (schemes), ==, 3);
  sync_all (fixture, 2);
  test_office_assert_whole (&fixture->office);
}

/* What was written under a grant that was lost goes out before its device knows of the restore. It is held back, and
 * taken in once the grant is back. */
static void
test_held_back (Fixture *fixture, gconstpointer data)
{
  json_auto_t *intake =
      test_json ("{\"kind\":\"complaint\",\"scheme\":\"elm\",\"received\":\"2026-11-20\","
                 "\"channel\":\"in-person\",\"complainant\":{\"name\":\"Ivy Marsh\"},"
                 "\"issues\":[{\"what\":\"Damp\"}]}");
  g_autoptr (AmendsOutcome) outcome = NULL;
  g_autoptr (AmendsCase) complaint = NULL;
  g_autoptr (AmendsStore) reader = NULL;
  g_autoptr (GError) error = NULL;
  json_auto_t *held = NULL;

  say (fixture, "grant", fixture->stores[0], "s.elm");
  sync_all (fixture, 1);
  outcome = amends_store_record (fixture->stores[0], intake, &error);
  g_assert_no_error (error);
  test_office_restore (&fixture->office);
  g_assert_false (has_feed (fixture, fixture->stores[0], "s.elm"));
  test_sync (&fixture->office, fixture->stores[0]);
  g_assert_true (has_feed (fixture, fixture->stores[0], "s.elm"));
  held = amends_server_list_quarantine (fixture->office.server, NULL);
  g_assert_cmpuint (json_array_size (held), ==, 0);
  reader = test_office_enrol (&fixture->office, "Office D", "staff", "s.elm");
  test_sync (&fixture->office, reader);
  complaint = amends_store_get_case (reader, &outcome->id, &error);
  g_assert_no_error (error);
  test_office_assert_whole (&fixture->office);
}

/* A device enrolled after the backup goes on by itself, and what it wrote is everybody's without it. */
static void
test_enrolled (Fixture *fixture, gconstpointer data)
{
  g_autoptr (TestLine) line = test_line_new (&fixture->office);
  AmendsStore *since = test_office_enrol (&fixture->office, "Office D", "staff", "s.oak");
  g_autofree char *code = g_strdup (code_of (since));
  g_autoptr (GError) refusal = NULL;
  AmendsStore *fresh;

  test_sync (&fixture->office, since);
  test_note (since, &fixture->id, "from D");
  test_sync (&fixture->office, since);
  sync_all (fixture, 1);
  test_office_restore (&fixture->office);
  refusal = test_sync_fails (line, since);
  g_assert_error (refusal, AMENDS_SYNC_ERROR, AMENDS_SYNC_ERROR_FORGOTTEN);

  test_sync (&fixture->office, fixture->stores[1]);
  g_assert_true (is_known (fixture, code));
  fresh = test_office_enrol (&fixture->office, "Office E", "staff", "s.oak");
  test_sync (&fixture->office, fresh);
  g_assert_cmpuint (count_notes (fixture, fresh), ==, 1);
  g_assert_cmpstr (code_of (fresh), !=, code);
  amends_store_close (fresh);

  test_note (since, &fixture->id, "goes on");
  g_assert_cmpstr (test_sync (&fixture->office, since).recoded_to, ==, "");
  g_assert_cmpstr (code_of (since), ==, code);
  sync_all (fixture, 2);
  for (guint i = 0; i < N_DEVICES; i++)
    g_assert_cmpuint (count_notes (fixture, fixture->stores[i]), ==, 2);
  test_assert_whole (since);
  amends_store_close (since);
  test_office_assert_whole (&fixture->office);
}

/* A device that got a new code after the backup is itself put back to before it had it: what it wrote under that code
 * is on one other device alone, and nobody has its key any more. */
static void
test_recoded (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_strdup (amends_store_get_path (fixture->stores[0]));
  g_autofree char *old = g_build_filename (fixture->office.folder, "old-copy", NULL);
  g_autofree char *older = g_build_filename (fixture->office.folder, "older-copy", NULL);
  g_autofree char *code = g_strdup (code_of (fixture->stores[0]));
  g_autofree char *renewed = NULL;
  g_autofree char *before = NULL;

  test_folder_copy (path, older);
  test_note (fixture->stores[0], &fixture->id, "sent, and forgotten");
  test_sync (&fixture->office, fixture->stores[0]);
  test_office_back_up (&fixture->office);
  g_clear_pointer (&fixture->stores[0], amends_store_close);
  test_folder_copy (older, path);
  fixture->stores[0] = test_store_open (&fixture->office.world, path);
  test_folder_copy (path, old);
  test_note (fixture->stores[0], &fixture->id, "as another");
  g_assert_cmpstr (test_sync (&fixture->office, fixture->stores[0]).recoded_to, !=, "");
  renewed = g_strdup (code_of (fixture->stores[0]));
  test_note (fixture->stores[0], &fixture->id, "under the new code");
  test_sync (&fixture->office, fixture->stores[0]);
  test_sync (&fixture->office, fixture->stores[1]);
  g_assert_cmpuint (count_notes (fixture, fixture->stores[1]), ==, 3);

  test_office_restore (&fixture->office);
  g_clear_pointer (&fixture->stores[0], amends_store_close);
  test_folder_copy (old, path);
  fixture->stores[0] = test_store_open (&fixture->office.world, path);
  test_sync (&fixture->office, fixture->stores[1]);
  before = dup_recoded_from (fixture, renewed);
  g_assert_cmpstr (before, ==, code);
  sync_all (fixture, 3);
  for (guint i = 0; i < N_DEVICES; i++)
    g_assert_cmpuint (count_notes (fixture, fixture->stores[i]), ==, 3);
  test_office_assert_whole (&fixture->office);
}

/* What an administrator says after the restore: a lost grant does not come against it, a lost withdrawal does, once. */
static const struct
{
  const char *name;
  const char *lost;  /* said after the backup, of s.elm: G grant, U ungrant */
  const char *since; /* said after the restore */
  gboolean has;      /* once all has come back */
} conflict_rows[] = {
  { "grant", "G", "", TRUE },
  { "grant-and-take", "GU", "", FALSE },
  { "give-take-give", "GUG", "", TRUE },
  { "grant-against-taking", "G", "GU", FALSE },
  { "taking-against-grant", "GU", "G", FALSE },
  { "grant-with-grant", "G", "G", TRUE },
};

static void
say_all (Fixture *fixture, const char *words)
{
  for (const char *word = words; *word != '\0'; word++)
    say (fixture, *word == 'G' ? "grant" : "ungrant", fixture->stores[0], "s.elm");
}

static void
test_conflicts (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (conflict_rows); i++)
    {
      g_test_message ("%s", conflict_rows[i].name);
      say_all (fixture, conflict_rows[i].lost);
      sync_all (fixture, 2);
      test_office_restore (&fixture->office);
      say_all (fixture, conflict_rows[i].since);
      test_sync (&fixture->office, fixture->stores[1]);
      g_assert_cmpint (has_feed (fixture, fixture->stores[0], "s.elm"), ==, conflict_rows[i].has);

      /* Taken against a grant, it is given again by whoever meant it, and then stays. */
      if (!conflict_rows[i].has)
        say_all (fixture, "G");
      sync_all (fixture, 2);
      g_assert_true (has_feed (fixture, fixture->stores[0], "s.elm"));

      /* The next row begins where the first did. */
      say_all (fixture, "U");
      sync_all (fixture, 2);
      test_office_back_up (&fixture->office);
    }
  test_office_assert_whole (&fixture->office);
}

/* One has read less of what was lost than another: it comes to the same, whoever is first. */
static void
test_parts (Fixture *fixture, gconstpointer data)
{
  guint first = GPOINTER_TO_UINT (data);

  say_all (fixture, "G");
  test_sync (&fixture->office, fixture->stores[1]);
  test_sync (&fixture->office, fixture->stores[2]);
  test_office_back_up (&fixture->office);
  say_all (fixture, "U");
  test_sync (&fixture->office, fixture->stores[1]);
  say_all (fixture, "G");
  test_sync (&fixture->office, fixture->stores[2]);
  test_office_restore (&fixture->office);

  test_sync (&fixture->office, fixture->stores[first]);
  test_sync (&fixture->office, fixture->stores[3 - first]);
  sync_all (fixture, 2);
  g_assert_true (has_feed (fixture, fixture->stores[0], "s.elm"));
  test_office_assert_whole (&fixture->office);
}

/* Restored twice from one backup, so that two logs were lost, which begin alike: each device has read another. */
static void
test_two_branches (Fixture *fixture, gconstpointer data)
{
  guint first = GPOINTER_TO_UINT (data);
  AmendsStore *one, *other;
  g_autofree char *code_of_one = NULL;
  g_autofree char *code_of_other = NULL;

  one = test_office_enrol (&fixture->office, "Office D", "staff", "s.oak");
  code_of_one = g_strdup (code_of (one));
  test_sync (&fixture->office, one);
  test_note (one, &fixture->id, "from D");
  test_sync (&fixture->office, one);
  test_sync (&fixture->office, fixture->stores[1]);
  test_office_restore (&fixture->office);
  other = test_office_enrol (&fixture->office, "Office E", "staff", "s.oak");
  code_of_other = g_strdup (code_of (other));
  test_sync (&fixture->office, other);
  test_note (other, &fixture->id, "from E");
  test_sync (&fixture->office, other);
  say (fixture, "revoke", fixture->stores[0], NULL);
  test_sync (&fixture->office, fixture->stores[2]);
  test_office_restore (&fixture->office);

  test_sync (&fixture->office, fixture->stores[first]);
  test_sync (&fixture->office, fixture->stores[3 - first]);
  g_assert_true (is_known (fixture, code_of_one));
  g_assert_true (is_known (fixture, code_of_other));
  g_assert_true (is_revoked (fixture, code_of (fixture->stores[0])));
  for (guint round = 0; round < 2; round++)
    {
      test_sync (&fixture->office, one);
      test_sync (&fixture->office, other);
      test_sync (&fixture->office, fixture->stores[1]);
      test_sync (&fixture->office, fixture->stores[2]);
    }
  g_assert_cmpuint (count_notes (fixture, one), ==, 2);
  g_assert_cmpuint (count_notes (fixture, fixture->stores[2]), ==, 2);
  amends_store_close (one);
  amends_store_close (other);
  test_office_assert_whole (&fixture->office);
}

/* So much that what is common with a log that is lost is in its first half. */
static void
say_much (Fixture *fixture)
{
  for (guint64 n = 0; n < 2 * count_log (fixture->stores[2]); n++)
    say (fixture, n % 2 == 0 ? "grant" : "ungrant", fixture->stores[2], "s.elm");
}

/* Restored twice from one backup, and each log went on for long: whoever has read the first finds what is common by
 * halves, and hands in all that came after it. */
static void
test_found_by_halves (Fixture *fixture, gconstpointer data)
{
  g_autofree char *code = NULL;
  AmendsStore *since;

  test_office_restore (&fixture->office);
  since = test_office_enrol (&fixture->office, "Office D", "staff", "s.oak");
  code = g_strdup (code_of (since));
  amends_store_close (since);
  say_much (fixture);
  test_sync (&fixture->office, fixture->stores[0]);
  test_office_restore (&fixture->office);
  say_much (fixture);
  g_assert_false (is_known (fixture, code));
  test_sync (&fixture->office, fixture->stores[0]);
  g_assert_true (is_known (fixture, code));
  test_office_assert_whole (&fixture->office);
}

/* Restored from a backup that has all that a device has read, and the line is cut before it hears more. Then from an older
 * one: what it has read is proved as it was. */
static void
test_nothing_cut_off (Fixture *fixture, gconstpointer data)
{
  g_autofree char *backup = g_build_filename (fixture->office.folder, "server-backup.db", NULL);
  g_autofree char *older = g_build_filename (fixture->office.folder, "older-backup.db", NULL);
  g_autoptr (TestLine) line = test_line_new (&fixture->office);
  AmendsSyncReport report;

  g_assert_cmpint (g_rename (backup, older), ==, 0);
  say (fixture, "revoke", fixture->stores[2], NULL);
  test_sync (&fixture->office, fixture->stores[0]);
  test_office_back_up (&fixture->office);
  test_office_restore (&fixture->office);
  test_line_set_fault (line, TEST_FAULT_CUT_DOWN, 0);
  line->n_sound = 1;
  g_assert_false (amends_sync_run (fixture->stores[0], &line->base, NULL, NULL, &report, NULL));
  g_assert_true (report.server_restored);

  g_assert_cmpint (g_rename (older, backup), ==, 0);
  test_office_restore (&fixture->office);
  g_assert_false (is_revoked (fixture, code_of (fixture->stores[2])));
  test_sync (&fixture->office, fixture->stores[0]);
  g_assert_true (is_revoked (fixture, code_of (fixture->stores[2])));
  test_office_assert_whole (&fixture->office);
}

/* A device enrolled after the backup, and others have handed in what it wrote. An image of it, from before some of that,
 * is put back: the server's pages name its events by their numbers alone, and it has others under these, or none. It
 * goes on under a new code, and both branches stand. */
static void
test_image_of_forgotten (Fixture *fixture, gconstpointer data)
{
  guint n_written = GPOINTER_TO_UINT (data);
  AmendsStore *late = test_office_enrol (&fixture->office, "Office D", "staff", "s.oak");
  g_autofree char *path = g_strdup (amends_store_get_path (late));
  g_autofree char *image = g_strconcat (path, "-image", NULL);
  AmendsSyncReport report;

  test_sync (&fixture->office, late);
  test_note (late, &fixture->id, "Before the image");
  test_sync (&fixture->office, late);
  test_folder_copy (path, image);
  test_note (late, &fixture->id, "Since the image");
  test_sync (&fixture->office, late);
  test_sync (&fixture->office, fixture->stores[1]);
  amends_store_close (late);
  test_office_restore (&fixture->office);
  test_sync (&fixture->office, fixture->stores[1]);

  late = test_store_open (&fixture->office.world, image);
  for (guint i = 0; i < n_written; i++)
    test_note (late, &fixture->id, "Where the image was put back");
  report = test_sync (&fixture->office, late);
  g_assert_cmpstr (report.recoded_to, !=, "");
  sync_all (fixture, 2);
  test_sync (&fixture->office, late);
  g_assert_cmpuint (count_notes (fixture, late), ==, 2 + n_written);
  g_assert_cmpuint (count_notes (fixture, fixture->stores[2]), ==, 2 + n_written);
  test_assert_whole (late);
  amends_store_close (late);
  test_office_assert_whole (&fixture->office);
}

/* A grant was lost long ago; it comes back after another restore, when it had been taken in a log that was not lost. */
static void
test_late (Fixture *fixture, gconstpointer data)
{
  say_all (fixture, "G");
  test_sync (&fixture->office, fixture->stores[1]);
  test_office_restore (&fixture->office);
  say_all (fixture, "GU");
  test_office_back_up (&fixture->office);
  test_office_restore (&fixture->office);
  test_sync (&fixture->office, fixture->stores[1]);
  g_assert_false (has_feed (fixture, fixture->stores[0], "s.elm"));
  sync_all (fixture, 2);
  g_assert_false (has_feed (fixture, fixture->stores[0], "s.elm"));
  test_office_assert_whole (&fixture->office);
}

/* Nothing is left of the server but its backup: its disk is another. */
static void
lose_server (TestOffice *office)
{
  static const char *const names[] = { "server.db", "server.db-wal", "restored-code" };
  g_autofree char *folder = g_build_filename (office->folder, "server", NULL);

  g_clear_pointer (&office->server, amends_server_close);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (folder, names[i], NULL);

      g_unlink (path);
    }
}

/* Restored twice from one backup: a code that was given in between is not given again, and the device that
 * has it enrols again under it. @data: 1: each time on another disk */
static void
test_codes (Fixture *fixture, gconstpointer data)
{
  gboolean is_lost = GPOINTER_TO_UINT (data) != 0;
  AmendsStore *stores[2] = { NULL, NULL };

  test_office_back_up (&fixture->office);
  for (guint i = 0; i < G_N_ELEMENTS (stores); i++)
    {
      g_autofree char *name = g_strdup_printf ("Office %u", i);

      if (is_lost)
        lose_server (&fixture->office);
      test_office_restore (&fixture->office);
      stores[i] = test_office_enrol (&fixture->office, name, "staff", "s.oak");
    }
  g_assert_cmpstr (amends_store_get_identity (stores[0])->code, !=,
                   amends_store_get_identity (stores[1])->code);
  test_office_enrol_again (&fixture->office, stores[0], "s.oak");
  for (guint i = 0; i < G_N_ELEMENTS (stores); i++)
    {
      test_sync (&fixture->office, stores[i]);
      amends_store_close (stores[i]);
    }
}

/* Enrolled again by hand before anybody brought it back: what the administrator gave it then stands. */
static void
test_enrolled_again (Fixture *fixture, gconstpointer data)
{
  AmendsStore *since = test_office_enrol (&fixture->office, "Office D", "staff", "s.oak,s.elm");

  test_sync (&fixture->office, since);
  sync_all (fixture, 1);
  test_office_restore (&fixture->office);
  test_office_enrol_again (&fixture->office, since, "s.oak");
  sync_all (fixture, 2);
  g_assert_true (has_feed (fixture, since, "s.oak"));
  g_assert_false (has_feed (fixture, since, "s.elm"));
  test_sync (&fixture->office, since);
  test_assert_whole (since);

  /* Withdrawn under the code that it has, in a log that is lost in its turn. */
  test_office_back_up (&fixture->office);
  say (fixture, "revoke", since, NULL);
  sync_all (fixture, 1);
  test_office_restore (&fixture->office);
  sync_all (fixture, 1);
  g_assert_true (is_revoked (fixture, code_of (since)));
  amends_store_close (since);
  test_office_assert_whole (&fixture->office);
}

/* More than one frame holds. */
static void
test_long (Fixture *fixture, gconstpointer data)
{
  AmendsStore *since;
  AmendsSyncReport report;

  for (guint i = 0; i < 1100; i++)
    say_all (fixture, i % 2 == 0 ? "G" : "U");
  since = test_office_enrol (&fixture->office, "Office D", "staff", "s.oak");
  say_all (fixture, "G");
  sync_all (fixture, 1);
  test_office_restore (&fixture->office);
  report = test_sync (&fixture->office, fixture->stores[2]);
  g_assert_cmpuint (report.n_requests, <=, 5);
  g_assert_true (is_known (fixture, code_of (since)));
  g_assert_true (has_feed (fixture, fixture->stores[0], "s.elm"));
  g_assert_cmpuint (count_log (fixture->stores[2]), <, 60);
  sync_all (fixture, 2);
  test_sync (&fixture->office, since);
  amends_store_close (since);
  test_office_assert_whole (&fixture->office);
}

/* The line is cut, or the power goes, at any point while it is handed in. */
static void
test_cut (Fixture *fixture, gconstpointer data)
{
  g_autoptr (TestLine) line = test_line_new (&fixture->office);

  for (guint i = 0; i < 24; i++)
    {
      AmendsStore *since = test_office_enrol (&fixture->office, "Office D", "staff", "s.oak");
      g_autofree char *path = g_strdup (amends_store_get_path (since));
      AmendsSyncReport report;

      sync_all (fixture, 1);
      test_office_restore (&fixture->office);
      test_line_set_fault (line, i % 2 == 0 ? TEST_FAULT_CUT_UP : TEST_FAULT_CUT_DOWN,
                           (gsize) g_test_rand_int_range (0, 3000));
      line->n_sound = i % 3;
      amends_sync_run (fixture->stores[0], &line->base, NULL, NULL, &report, NULL);
      test_line_set_fault (line, TEST_FAULT_NONE, 0);
      test_sync (&fixture->office, fixture->stores[0]);
      g_assert_true (is_known (fixture, code_of (since)));
      test_sync (&fixture->office, since);
      amends_store_close (since);
      test_folder_remove (g_steal_pointer (&path));
      test_office_back_up (&fixture->office);
    }
  sync_all (fixture, 2);
  test_office_assert_whole (&fixture->office);
}

static void
carry (Fixture *fixture, AmendsStore *store)
{
  g_autofree char *path = g_build_filename (fixture->office.folder, "stick", NULL);
  g_autofree char *answer = g_strconcat (path, ".answer", NULL);
  g_autoptr (GError) error = NULL;
  json_auto_t *result = NULL;
  AmendsHandExport export;
  AmendsSyncReport report;
  gboolean is_old;

  amends_hand_export (store, path, NULL, NULL, NULL, &export, &error);
  g_assert_no_error (error);
  result = amends_server_import_bundle (fixture->office.server, path, answer, &error);
  g_assert_no_error (error);
  amends_hand_import (store, answer, NULL, NULL, &report, &is_old, &error);
  g_assert_no_error (error);
  g_assert_false (is_old);
}

/* By hand it takes two ways there and back: the first tells of the restore, the second hands in. */
static void
test_by_hand (Fixture *fixture, gconstpointer data)
{
  AmendsStore *since = test_office_enrol (&fixture->office, "Office D", "staff", "s.oak");
  AmendsStore *fresh;
  guint64 n_events;

  say (fixture, "revoke", fixture->stores[0], NULL);
  test_sync (&fixture->office, since);
  test_note (since, &fixture->id, "from D");
  test_sync (&fixture->office, since);
  test_sync (&fixture->office, fixture->stores[1]);
  test_office_restore (&fixture->office);
  carry (fixture, fixture->stores[1]);
  g_assert_false (is_revoked (fixture, code_of (fixture->stores[0])));
  carry (fixture, fixture->stores[1]);
  g_assert_true (is_revoked (fixture, code_of (fixture->stores[0])));
  g_assert_true (is_known (fixture, code_of (since)));
  fresh = test_office_enrol (&fixture->office, "Office E", "staff", "s.oak");
  test_sync (&fixture->office, fresh);
  g_assert_cmpuint (count_notes (fixture, fresh), ==, 1);
  amends_store_close (fresh);
  carry (fixture, fixture->stores[1]);

  n_events = count_log (fixture->stores[1]);
  carry (fixture, fixture->stores[1]);
  g_assert_cmpuint (count_log (fixture->stores[1]), ==, n_events);
  test_sync (&fixture->office, since);
  amends_store_close (since);
  test_office_assert_whole (&fixture->office);
}

static void
add (const char *name, guint data, void (*func) (Fixture *, gconstpointer))
{
  g_autofree char *path = g_strconcat ("/lost/", name, NULL);

  g_test_add (path, Fixture, GUINT_TO_POINTER (data), set_up, func, tear_down);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  add ("revoked", 0, test_revoked);
  add ("revoked-copy", 0, test_revoked_copy);
  add ("revoked-copy-long", N_SCHEMES, test_revoked_copy);
  add ("access", 0, test_access);
  add ("held-back", 0, test_held_back);
  add ("enrolled", 0, test_enrolled);
  add ("recoded", 0, test_recoded);
  add ("conflicts", 0, test_conflicts);
  add ("parts/less-first", 1, test_parts);
  add ("parts/more-first", 2, test_parts);
  add ("two-branches/older-first", 1, test_two_branches);
  add ("two-branches/newer-first", 2, test_two_branches);
  add ("found-by-halves", 0, test_found_by_halves);
  add ("nothing-cut-off", 0, test_nothing_cut_off);
  add ("image-of-forgotten", 0, test_image_of_forgotten);
  add ("image-of-forgotten/with-others", 1, test_image_of_forgotten);
  add ("image-of-forgotten/with-more", 2, test_image_of_forgotten);
  add ("late", 0, test_late);
  add ("enrolled-again", 0, test_enrolled_again);
  add ("codes", 0, test_codes);
  add ("codes/nothing-left", 1, test_codes);
  add ("long", 0, test_long);
  add ("cut", 0, test_cut);
  add ("by-hand", 0, test_by_hand);
  return g_test_run ();
}
