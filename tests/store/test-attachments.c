/* test-attachments.c: a file is kept whole or not at all, and shown whole or not at all
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Pitfalls of attachments: one cut short that is accepted, and a disk that fills up. */

#include <glib/gstdio.h>
#include <string.h>

#include "core/amends-error.h"
#include "store/amends-scrub.h"
#include "support/device.h"
#include "support/disk.h"

typedef struct
{
  TestWorld world;
  TestFolder *folder;
  char *path;
  char *blobs;
  AmendsStore *store;
  AmendsId id;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  test_world_init (&fixture->world);
  fixture->folder = test_folder_new ();
  fixture->path = g_build_filename (fixture->folder, "store", NULL);
  fixture->blobs = g_build_filename (fixture->path, "blobs", NULL);
  fixture->store = test_store_new (&fixture->world, fixture->path, "7K");
  fixture->id = test_record (fixture->store, "Wren Ashdown", "Damp behind the bed");
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  amends_store_close (fixture->store);
  g_free (fixture->blobs);
  g_free (fixture->path);
  test_folder_remove (fixture->folder);
}

static void
reopen (Fixture *fixture)
{
  g_clear_pointer (&fixture->store, amends_store_close);
  fixture->store = test_store_open (&fixture->world, fixture->path);
}

static guint
count_files (const Fixture *fixture)
{
  g_autoptr (GPtrArray) files = test_folder_list (fixture->blobs);

  return files->len - 1; /* the folder itself */
}

/* The chunk of that part of the only attachment. */
static char *
dup_chunk_path (const Fixture *fixture, guint part)
{
  g_autoptr (GPtrArray) files = test_folder_list (fixture->blobs);
  g_autofree char *ending = g_strdup_printf (".%u", part);

  for (guint i = 0; i < files->len; i++)
    if (g_str_has_suffix (g_ptr_array_index (files, i), ending))
      {
        g_autofree char *name = g_path_get_basename (g_ptr_array_index (files, i));

        return g_build_filename (fixture->blobs, name, NULL);
      }
  g_assert_not_reached ();
}

static void
assert_fetched (AmendsStore *store, const AmendsId *id, gsize n_bytes, guint seed)
{
  g_autoptr (GBytes) expected = test_file_bytes (n_bytes, seed);
  g_autoptr (GBytes) bytes = test_fetch (store, id);

  g_assert_nonnull (bytes);
  g_assert_true (g_bytes_equal (bytes, expected));
}

static const struct
{
  gsize n_bytes;
  guint n_parts;
} sizes[] = {
  { 1, 1 },
  { AMENDS_PART_BYTES - 1, 1 },
  { AMENDS_PART_BYTES, 1 },
  { AMENDS_PART_BYTES + 1, 2 },
  { 3 * AMENDS_PART_BYTES + 17, 4 },
};

static void
test_sizes (Fixture *fixture, gconstpointer data)
{
  guint n_files = 0;

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      AmendsId id = test_attach (fixture->store, &fixture->id, "wall.jpg", sizes[i].n_bytes, i);
      AmendsAttachmentState state;

      n_files += sizes[i].n_parts + 1;
      g_assert_cmpuint (count_files (fixture), ==, n_files);
      assert_fetched (fixture->store, &id, sizes[i].n_bytes, i);
      reopen (fixture);
      g_assert_cmpuint (count_files (fixture), ==, n_files);
      assert_fetched (fixture->store, &id, sizes[i].n_bytes, i);
      state = test_attachment_state (fixture->store, &id);
      g_assert_true (state.is_whole);
      g_assert_false (state.is_sent);
      g_assert_cmpuint (state.n_parts, ==, sizes[i].n_parts);
      g_assert_cmpuint (state.n_here, ==, sizes[i].n_parts);
      g_assert_cmpint (state.there_at, ==, 0);
    }
  test_assert_whole (fixture->store);
}

/* Of what was attached, the disk has neither bytes nor name. */
static void
test_sealed (Fixture *fixture, gconstpointer data)
{
  static const char canary[] = "a canary that nobody but this test would write";
  g_autoptr (GError) error = NULL;
  g_autoptr (AmendsAttachmentWriter) writer = amends_attachment_writer_new (fixture->store, &error);
  g_autoptr (AmendsOutcome) outcome = NULL;
  json_auto_t *facts = json_pack ("{s:s, s:s, s:s, s:s}", "name", "canary-in-a-name.jpg", "media",
                                  "image/jpeg", "what", "photograph", "caption", canary);

  g_assert_true (amends_attachment_writer_add (writer, canary, sizeof canary, &error));
  g_assert_true (amends_attachment_writer_finish (writer, &error));
  outcome = amends_store_attach (fixture->store, &fixture->id, writer, facts, &error);
  g_assert_no_error (error);
  g_clear_pointer (&writer, amends_attachment_writer_free);
  g_clear_pointer (&fixture->store, amends_store_close);
  g_assert_false (test_folder_contains (fixture->path, canary, sizeof canary - 1));
  g_assert_false (test_folder_contains (fixture->path, "canary-in-a-name", 16));
  fixture->store = test_store_open (&fixture->world, fixture->path);
}

static void
test_refused (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  AmendsAttachmentWriter *writer = amends_attachment_writer_new (fixture->store, &error);
  guint64 n_events = test_count_events (fixture->store);

  g_assert_false (amends_attachment_writer_finish (writer, &error));
  g_assert_error (error, AMENDS_CORE_ERROR, AMENDS_CORE_ERROR_INVALID);
  g_clear_error (&error);
  amends_attachment_writer_free (writer);

  writer = amends_attachment_writer_new (fixture->store, &error);
  g_assert_true (amends_attachment_writer_add (writer, "x", 1, &error));
  g_assert_false (amends_attachment_writer_add (writer, "", AMENDS_ATTACHMENT_MAX_BYTES, &error));
  g_assert_error (error, AMENDS_CORE_ERROR, AMENDS_CORE_ERROR_TOO_LARGE);
  amends_attachment_writer_free (writer);

  g_assert_cmpuint (test_count_events (fixture->store), ==, n_events);
  g_assert_cmpuint (count_files (fixture), ==, 0);
}

static const struct
{
  const char *facts;
  const char *field;
} wrong_facts[] = {
  { "{\"media\":\"image/jpeg\",\"what\":\"scan\"}", "name" },
  { "{\"name\":\"a.jpg\",\"what\":\"scan\"}", "media" },
  { "{\"name\":\"a.jpg\",\"media\":\"image/jpeg\"}", "what" },
  { "{\"name\":\"a.jpg\",\"media\":\"image/jpeg\",\"what\":\"secret\"}", "what" },
  { "{\"name\":\"a.jpg\",\"media\":\"image/jpeg\",\"what\":\"scan\",\"else\":1}", "else" },
};

/* Refused, and then nothing of it stays on the disk. */
static void
test_wrong_facts (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (wrong_facts); i++)
    {
      g_autoptr (GError) error = NULL;
      AmendsAttachmentWriter *writer = amends_attachment_writer_new (fixture->store, NULL);
      json_auto_t *facts = test_json (wrong_facts[i].facts);

      amends_attachment_writer_add (writer, "x", 1, NULL);
      g_assert_true (amends_attachment_writer_finish (writer, NULL));
      g_assert_null (amends_store_attach (fixture->store, &fixture->id, writer, facts, &error));
      g_assert_error (error, AMENDS_CORE_ERROR, AMENDS_CORE_ERROR_INVALID);
      g_assert_cmpstr (amends_error_get_field (error), ==, wrong_facts[i].field);
      amends_attachment_writer_free (writer);
      g_assert_cmpuint (count_files (fixture), ==, 0);
    }
}

static void
damage (const char *path, const char *how)
{
  g_autofree char *contents = NULL;
  gsize n_bytes;

  if (g_str_equal (how, "gone"))
    {
      g_unlink (path);
      return;
    }
  g_assert_true (g_file_get_contents (path, &contents, &n_bytes, NULL));
  if (g_str_equal (how, "bit"))
    contents[n_bytes / 2] ^= 1;
  g_file_set_contents (path, contents,
                       (gssize) (g_str_equal (how, "cut")     ? n_bytes - 1
                                 : g_str_equal (how, "empty") ? 0
                                                              : n_bytes),
                       NULL);
}

/* Each kind of damage to the list and to each part: named by fsck, never handed out, and asked for again. */
static void
test_damage (Fixture *fixture, gconstpointer data)
{
  static const char *const kinds[] = { "bit", "cut", "empty", "gone" };
  g_autofree char *to = g_build_filename (fixture->folder, "out.jpg", NULL);
  AmendsId id = test_attach (fixture->store, &fixture->id, "wall.jpg", AMENDS_PART_BYTES + 9, 1);
  g_autofree char *said = amends_id_format (&id);
  json_auto_t *details = NULL;
  AmendsAttachment attachment;

  g_assert_true (amends_store_get_attachment (fixture->store, &id, &attachment, &details, NULL));
  amends_store_set_there (fixture->store, &attachment, 3, TRUE, NULL);
  for (guint i = 0; i < 3 * G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *path = dup_chunk_path (fixture, i % 3);
      g_autofree char *aside = g_build_filename (fixture->folder, "aside", NULL);
      g_autoptr (GError) error = NULL;
      AmendsFsck fsck = { 0 };

      test_folder_copy (fixture->blobs, aside);
      damage (path, kinds[i / 3]);
      g_assert_true (amends_store_fsck (fixture->store, &fsck, NULL));
      g_assert_cmpstr (fsck.first_bad, ==, said);
      amends_fsck_clear (&fsck);
      g_assert_false (
          amends_store_export_attachment (fixture->store, &attachment, to, FALSE, &error));
      g_assert_nonnull (error);
      g_assert_false (g_file_test (to, G_FILE_TEST_EXISTS));
      if (!g_str_equal (kinds[i / 3], "gone"))
        g_assert_false (test_attachment_state (fixture->store, &id).is_whole);

      test_folder_copy (aside, fixture->blobs);
      amends_store_set_whole (fixture->store, &attachment, TRUE, NULL);
      test_assert_whole (fixture->store);
      test_folder_remove (g_steal_pointer (&aside));
    }
  g_assert_true (amends_store_export_attachment (fixture->store, &attachment, to, FALSE, NULL));
  g_assert_false (amends_store_export_attachment (fixture->store, &attachment, to, FALSE, NULL));
  g_assert_true (amends_store_export_attachment (fixture->store, &attachment, to, TRUE, NULL));
}

/* What the server does not hold is nowhere else: what is damaged of it stays, and so does the wish to send it. */
static void
test_damage_unsent (Fixture *fixture, gconstpointer data)
{
  g_autofree char *to = g_build_filename (fixture->folder, "out.jpg", NULL);
  AmendsId id = test_attach (fixture->store, &fixture->id, "wall.jpg", AMENDS_PART_BYTES + 9, 1);
  g_autofree char *list = dup_chunk_path (fixture, 0);
  g_autofree char *part = dup_chunk_path (fixture, 2);
  g_autoptr (GError) error = NULL;
  json_auto_t *details = NULL;
  AmendsAttachment attachment;

  g_assert_true (amends_store_get_attachment (fixture->store, &id, &attachment, &details, NULL));
  damage (part, "bit");
  g_assert_false (amends_store_export_attachment (fixture->store, &attachment, to, FALSE, &error));
  g_assert_error (error, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_DAMAGED);
  g_assert_true (g_file_test (part, G_FILE_TEST_EXISTS));
  g_clear_error (&error);
  damage (list, "bit");
  g_assert_false (amends_store_export_attachment (fixture->store, &attachment, to, FALSE, &error));
  g_assert_error (error, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_DAMAGED);
  g_assert_true (g_file_test (list, G_FILE_TEST_EXISTS));
  g_assert_true (test_attachment_state (fixture->store, &id).is_whole);
}

/* Writing a file beside others changes none of them. */
static void
test_export_beside (Fixture *fixture, gconstpointer data)
{
  g_autofree char *to = g_build_filename (fixture->folder, "out.jpg", NULL);
  g_autofree char *beside = g_strconcat (to, ".partial", NULL);
  AmendsId id = test_attach (fixture->store, &fixture->id, "wall.jpg", 10, 1);
  g_autofree char *contents = NULL;
  json_auto_t *details = NULL;
  AmendsAttachment attachment;

  g_file_set_contents (beside, "mine", -1, NULL);
  g_assert_true (amends_store_get_attachment (fixture->store, &id, &attachment, &details, NULL));
  g_assert_true (amends_store_export_attachment (fixture->store, &attachment, to, FALSE, NULL));
  g_assert_true (g_file_get_contents (beside, &contents, NULL, NULL));
  g_assert_cmpstr (contents, ==, "mine");
}

static void
run_sql (AmendsStore *store, const char *sql)
{
  g_autoptr (GError) error = NULL;

  amends_db_exec (amends_store_get_db (store), sql, &error);
  g_assert_no_error (error);
}

/* What nothing names is swept: at opening, and not while it is being written. */
static void
test_sweep (Fixture *fixture, gconstpointer data)
{
  AmendsId id = test_attach (fixture->store, &fixture->id, "wall.jpg", 10, 1);
  g_autofree char *stray =
      g_build_filename (fixture->blobs, "00112233445566778899aabbccddeeff.1", NULL);
  AmendsAttachmentWriter *writer = amends_attachment_writer_new (fixture->store, NULL);
  g_autoptr (GBytes) bytes = test_file_bytes (AMENDS_PART_BYTES, 5);

  g_file_set_contents (stray, "x", 1, NULL);
  amends_attachment_writer_add (writer, g_bytes_get_data (bytes, NULL), AMENDS_PART_BYTES, NULL);
  g_assert_cmpuint (count_files (fixture), ==, 4);
  g_assert_true (amends_store_sweep_attachments (fixture->store, NULL));
  g_assert_cmpuint (count_files (fixture), ==, 3);
  amends_attachment_writer_free (writer);
  g_assert_cmpuint (count_files (fixture), ==, 2);

  g_file_set_contents (stray, "x", 1, NULL);
  reopen (fixture);
  g_assert_cmpuint (count_files (fixture), ==, 2);
  assert_fetched (fixture->store, &id, 10, 1);
}

/* A store that proves to be damaged is closed and opened again, whatever is being written. */
static void
test_closed (Fixture *fixture, gconstpointer data)
{
  AmendsAttachmentWriter *writer = amends_attachment_writer_new (fixture->store, NULL);

  g_assert_true (amends_attachment_writer_add (writer, "x", 1, NULL));
  reopen (fixture);
  g_assert_true (amends_attachment_writer_finish (writer, NULL));
  amends_attachment_writer_free (writer);
  g_assert_cmpuint (count_files (fixture), ==, 0);
}

/* A folder of files that cannot be read keeps nobody from recording. */
static void
test_no_folder (Fixture *fixture, gconstpointer data)
{
  AmendsId id = test_attach (fixture->store, &fixture->id, "wall.jpg", 10, 1);
  g_autofree char *aside = g_build_filename (fixture->folder, "aside", NULL);

  g_clear_pointer (&fixture->store, amends_store_close);
  g_assert_cmpint (g_rename (fixture->blobs, aside), ==, 0);
  g_assert_true (g_file_set_contents (fixture->blobs, "", 0, NULL));
  fixture->store = test_store_open (&fixture->world, fixture->path);
  g_assert_false (amends_store_sweep_attachments (fixture->store, NULL));
  test_record (fixture->store, "Wren Ashdown", "The heating is off");

  g_assert_cmpint (g_unlink (fixture->blobs), ==, 0);
  g_assert_cmpint (g_rename (aside, fixture->blobs), ==, 0);
  reopen (fixture);
  assert_fetched (fixture->store, &id, 10, 1);
}

/* With the body of its event an attachment goes too: nothing opens it, and no file is left. */
static void
test_erased (Fixture *fixture, gconstpointer data)
{
  AmendsId id = test_attach (fixture->store, &fixture->id, "wall.jpg", 10, 1);
  AmendsId other = test_attach (fixture->store, &fixture->id, "door.jpg", 10, 2);
  g_autofree char *sql =
      g_strdup_printf ("UPDATE event SET sealed = NULL WHERE number = %" G_GUINT64_FORMAT,
                       id.number);

  run_sql (fixture->store, sql);
  g_assert_true (amends_store_sweep_attachments (fixture->store, NULL));
  g_assert_null (test_fetch (fixture->store, &id));
  g_assert_cmpuint (count_files (fixture), ==, 2);
  assert_fetched (fixture->store, &other, 10, 2);

  run_sql (fixture->store, "DELETE FROM event");
  g_assert_true (amends_store_sweep_attachments (fixture->store, NULL));
  g_assert_cmpuint (count_files (fixture), ==, 0);
}

/* What is scrubbed of the log, for ever or because it left, leaves no chunk on the disk. */
static void
test_scrubbed (Fixture *fixture, gconstpointer data)
{
  AmendsId id = test_attach (fixture->store, &fixture->id, "wall.jpg", 10, 1);
  AmendsId other;

  run_sql (fixture->store, "BEGIN");
  g_assert_true (amends_scrub_bodies (fixture->store, &id, 1, 1, NULL));
  run_sql (fixture->store, "COMMIT");
  g_assert_cmpuint (count_files (fixture), ==, 2);
  g_assert_true (amends_scrub_finish (fixture->store, NULL));
  g_assert_cmpuint (count_files (fixture), ==, 0);

  other = test_attach (fixture->store, &fixture->id, "door.jpg", 10, 2);
  run_sql (fixture->store, "BEGIN");
  g_assert_true (amends_scrub_stream (fixture->store, &fixture->id, NULL));
  run_sql (fixture->store, "COMMIT");
  g_assert_true (amends_scrub_finish (fixture->store, NULL));
  g_assert_null (test_fetch (fixture->store, &other));
  g_assert_cmpuint (count_files (fixture), ==, 0);
}

/* A store of a version that did not know attachments has been sent one. */
static void
test_noted_later (Fixture *fixture, gconstpointer data)
{
  AmendsId id = test_attach (fixture->store, &fixture->id, "wall.jpg", 10, 1);
  AmendsAttachmentCounts counts;

  run_sql (fixture->store, "DELETE FROM attachment");
  run_sql (fixture->store, "DELETE FROM meta WHERE name = 'attachments-noted'");
  reopen (fixture);
  g_assert_true (amends_store_count_attachments (fixture->store, &counts, NULL));
  g_assert_cmpuint (counts.n_to_send, ==, 1);
  g_assert_cmpuint (counts.n_bytes_to_send, ==, 10);
  assert_fetched (fixture->store, &id, 10, 1);
}

static void
assert_transfers (AmendsStore *store, gboolean up, const char *expected)
{
  AmendsTransferPlace place = { .is_begun = FALSE };
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) list = amends_store_list_transfers (store, up, &place, 100, &error);
  g_autoptr (GString) names = g_string_new (NULL);
  g_autoptr (GString) one_by_one = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < list->len; i++)
    {
      g_autoptr (GPtrArray) next = amends_store_list_transfers (store, up, &place, 1, &error);
      const AmendsTransfer *transfer = g_ptr_array_index (next, 0);

      g_string_append_printf (names, "%s ",
                              ((AmendsTransfer *) g_ptr_array_index (list, i))->attachment.name);
      g_string_append_printf (one_by_one, "%s ", transfer->attachment.name);
      place = transfer->place;
    }
  g_assert_cmpstr (names->str, ==, expected);
  g_assert_cmpstr (one_by_one->str, ==, expected);
}

/* Small before large; only what is acknowledged goes up; what somebody asked for comes down first, and
 * only then a large one at all. */
static void
test_order (Fixture *fixture, gconstpointer data)
{
  AmendsId large = test_attach (fixture->store, &fixture->id, "large", 3000, 1);

  test_attach (fixture->store, &fixture->id, "small", 10, 2);
  test_attach (fixture->store, &fixture->id, "middle", 200, 3);
  assert_transfers (fixture->store, TRUE, "");
  g_assert_true (amends_log_set_acknowledged (fixture->store, large.number + 1, NULL));
  assert_transfers (fixture->store, TRUE, "small large ");
  g_assert_true (amends_log_set_acknowledged (fixture->store, large.number + 2, NULL));
  assert_transfers (fixture->store, TRUE, "small middle large ");

  assert_transfers (fixture->store, FALSE, "");
  run_sql (fixture->store, "UPDATE attachment SET whole = 0");
  assert_transfers (fixture->store, TRUE, "");
  assert_transfers (fixture->store, FALSE, "small middle large ");
  run_sql (fixture->store, "UPDATE attachment SET size = 16777217 WHERE size = 3000");
  assert_transfers (fixture->store, FALSE, "small middle ");
  g_assert_true (amends_store_want_attachment (fixture->store, &large, NULL));
  assert_transfers (fixture->store, FALSE, "large small middle ");
}

/* Takes a file in as a program does. */
static gboolean
try_attach (AmendsStore *store, const AmendsId *id, GBytes *bytes, AmendsId *ret_id, GError **error)
{
  g_autoptr (AmendsAttachmentWriter) writer = amends_attachment_writer_new (store, error);
  g_autoptr (AmendsOutcome) outcome = NULL;
  json_auto_t *facts =
      json_pack ("{s:s, s:s, s:s}", "name", "a.jpg", "media", "image/jpeg", "what", "scan");

  if (writer == NULL
      || !amends_attachment_writer_add (writer, g_bytes_get_data (bytes, NULL),
                                        g_bytes_get_size (bytes), error)
      || !amends_attachment_writer_finish (writer, error)
      || !(outcome = amends_store_attach (store, id, writer, facts, error)))
    return FALSE;
  *ret_id = ((const AmendsEvent *) g_ptr_array_index (outcome->events, 0))->id;
  return TRUE;
}

/* Until one goes through: where the log is in doubt, only once it was opened anew. Then the power goes. */
static void
attach_and_stop (Fixture *fixture, TestDisk *disk, GBytes *bytes, AmendsId *ret_id)
{
  g_autoptr (GError) error = NULL;

  if (!try_attach (fixture->store, &fixture->id, bytes, ret_id, NULL))
    {
      g_clear_pointer (&fixture->store, amends_store_close);
      fixture->store = test_store_open (&fixture->world, fixture->path);
      g_assert_true (try_attach (fixture->store, &fixture->id, bytes, ret_id, &error));
      g_assert_no_error (error);
    }
  test_disk_stop (disk);
}

/* At every operation of the disk: what was said to be saved is there whole, what was not leaves nothing,
 * and the next attempt goes through; what that says outlives the power, whatever a sync before it failed for. */
static void
test_disk (Fixture *fixture, gconstpointer data)
{
  const TestTrouble *trouble = data;
  g_autoptr (TestDisk) disk = test_disk_mount (fixture->path);
  g_autoptr (GBytes) bytes = test_file_bytes (AMENDS_PART_BYTES + 5, 9);
  gboolean has_failed = TRUE;

  g_clear_pointer (&fixture->store, amends_store_close);
  fixture->world.environment.vfs = TEST_DISK_VFS;
  for (guint n = 0; has_failed; n++)
    {
      g_autoptr (GError) error = NULL;
      gboolean goes_on =
          trouble->fault == TEST_DISK_SYNC_FAILS && trouble->loss != TEST_LOSS_NOTHING;
      AmendsId id = { "", 0 }, next = { "", 0 };
      guint n_before;
      gboolean saved;

      fixture->store = test_store_open (&fixture->world, fixture->path);
      n_before = count_files (fixture);
      test_disk_settle (disk);
      test_disk_set_fault (disk, trouble->fault, n);
      saved = try_attach (fixture->store, &fixture->id, bytes, &id, &error);
      has_failed = test_disk_has_failed (disk);
      g_assert_true (saved || has_failed);
      if (!saved && trouble->fault == TEST_DISK_FULL)
        g_assert_error (error, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_FULL);
      if (!test_disk_is_stopped (disk))
        test_disk_set_fault (disk, TEST_DISK_SOUND, 0);
      if (goes_on)
        attach_and_stop (fixture, disk, bytes, &next);
      g_clear_pointer (&fixture->store, amends_store_close);
      test_disk_start (disk, trouble->loss, n);

      fixture->store = test_store_open (&fixture->world, fixture->path);
      test_assert_whole (fixture->store);
      if (saved)
        assert_fetched (fixture->store, &id, AMENDS_PART_BYTES + 5, 9);
      if (goes_on)
        assert_fetched (fixture->store, &next, AMENDS_PART_BYTES + 5, 9);
      else if (!saved)
        g_assert_true (count_files (fixture) == n_before || count_files (fixture) == n_before + 3);
      g_clear_pointer (&fixture->store, amends_store_close);
    }
  fixture->world.environment.vfs = NULL;
  fixture->store = test_store_open (&fixture->world, fixture->path);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();

#define ADD(path, data, function) \
  g_test_add ("/attachments/" path, Fixture, data, set_up, function, tear_down)
  ADD ("sizes", NULL, test_sizes);
  ADD ("sealed", NULL, test_sealed);
  ADD ("refused", NULL, test_refused);
  ADD ("wrong-facts", NULL, test_wrong_facts);
  ADD ("damage", NULL, test_damage);
  ADD ("damage-unsent", NULL, test_damage_unsent);
  ADD ("export-beside", NULL, test_export_beside);
  ADD ("sweep", NULL, test_sweep);
  ADD ("closed", NULL, test_closed);
  ADD ("no-folder", NULL, test_no_folder);
  ADD ("erased", NULL, test_erased);
  ADD ("scrubbed", NULL, test_scrubbed);
  ADD ("noted-later", NULL, test_noted_later);
  ADD ("order", NULL, test_order);
  ADD ("disk/full", &test_trouble_full, test_disk);
  ADD ("disk/fails", &test_trouble_fails, test_disk);
  ADD ("disk/sync-fails", &test_trouble_sync_fails, test_disk);
  ADD ("disk/sync-fails-power", &test_trouble_sync_fails_power, test_disk);
  ADD ("disk/sync-fails-some", &test_trouble_sync_fails_some, test_disk);
  ADD ("disk/killed", &test_trouble_killed, test_disk);
  ADD ("disk/power", &test_trouble_power, test_disk);
  ADD ("disk/power-some", &test_trouble_power_some, test_disk);
#undef ADD
  return g_test_run ();
}
