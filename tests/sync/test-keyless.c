/* test-keyless.c: a photograph that a kiosk was shown goes through to who may see it, and no kiosk can open it again
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Against a real server in the process. */

#include <glib/gstdio.h>
#include <string.h>

#include "core/amends-error.h"
#include "store/amends-store-private.h"
#include "support/office.h"
#include "support/scan.h"

/* Two parts, and so three chunks. */
#define N_BYTES (AMENDS_PART_BYTES + 10)

#define CANARY "wall-behind-the-bed-of-flat-3.jpg"

static AmendsAttachmentWriter *
write_file (AmendsStore *store, guint seed)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = test_file_bytes (N_BYTES, seed);
  AmendsAttachmentWriter *writer = amends_attachment_writer_new (store, &error);

  g_assert_no_error (error);
  amends_attachment_writer_add (writer, g_bytes_get_data (bytes, NULL), N_BYTES, &error);
  g_assert_no_error (error);
  amends_attachment_writer_finish (writer, &error);
  g_assert_no_error (error);
  return writer;
}

static AmendsOutcome *
record_with (AmendsStore *store, AmendsAttachmentWriter *writer, GError **error)
{
  json_auto_t *intake = test_json ("{\"kind\":\"complaint\",\"scheme\":\"oak\",\"received\":\"2026-"
                                   "11-20\",\"channel\":\"kiosk\","
                                   "\"issues\":[{\"what\":\"Damp behind the bed\"}]}");
  json_auto_t *facts =
      json_pack ("{s:s, s:s, s:s}", "name", CANARY, "media", "image/jpeg", "what", "photograph");
  const AmendsNewFile file = { writer, facts };

  return amends_store_record_with (store, intake, &file, 1, error);
}

/* Returns: the event that says the photograph */
static AmendsId
show (AmendsStore *store, guint seed)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AmendsAttachmentWriter) writer = write_file (store, seed);
  g_autoptr (AmendsOutcome) outcome = record_with (store, writer, &error);

  g_assert_no_error (error);
  g_assert_true (amends_outcome_is_sealed (outcome));
  return ((const AmendsEvent *) g_ptr_array_index (outcome->events, outcome->events->len - 1))->id;
}

static guint64
count_to_send (AmendsStore *store)
{
  AmendsAttachmentCounts counts;

  g_assert_true (amends_store_count_attachments (store, &counts, NULL));
  return counts.n_to_send;
}

static gboolean
has_file (AmendsStore *store, const AmendsId *id, guint seed)
{
  g_autoptr (GBytes) expected = test_file_bytes (N_BYTES, seed);
  g_autoptr (GBytes) bytes = test_fetch (store, id);

  if (bytes != NULL)
    g_assert_true (g_bytes_equal (bytes, expected)); /* whole, or not at all */
  return bytes != NULL;
}

static void
assert_cannot_open (AmendsStore *kiosk, const AmendsId *id)
{
  g_autoptr (GError) error = NULL;
  json_auto_t *details = NULL;
  AmendsAttachment attachment;
  guint8 key[32];

  g_assert_false (amends_store_get_attachment (kiosk, id, &attachment, &details, &error));
  g_assert_error (error, AMENDS_CORE_ERROR, AMENDS_CORE_ERROR_NOT_FOUND);
  test_scan_get_key (kiosk, key);
  g_assert_false (test_scan_finds (amends_store_get_path (kiosk), key, CANARY));
}

static void
assert_all_whole (TestKiosk *fixture)
{
  test_assert_whole (fixture->kiosk);
  test_assert_whole (fixture->laptop);
  test_office_assert_whole (&fixture->office);
}

/* It waits while there is no network, also when the kiosk begins anew; then it goes, and staff open it. */
static void
test_photograph (TestKiosk *fixture, gconstpointer data)
{
  AmendsId id = show (fixture->kiosk, 1);
  AmendsSyncReport report;

  assert_cannot_open (fixture->kiosk, &id);
  g_assert_cmpuint (count_to_send (fixture->kiosk), ==, 1);
  fixture->kiosk = test_store_reopen (fixture->kiosk, &fixture->office.world);
  assert_cannot_open (fixture->kiosk, &id);
  test_assert_whole (fixture->kiosk);

  report = test_sync (&fixture->office, fixture->kiosk);
  g_assert_cmpuint (report.n_chunks_sent, ==, 3);
  g_assert_cmpuint (report.n_attachments_sent, ==, 1);
  g_assert_cmpuint (count_to_send (fixture->kiosk), ==, 0);
  report = test_sync (&fixture->office, fixture->kiosk);
  g_assert_cmpuint (report.n_chunks_sent, ==, 0);

  report = test_sync (&fixture->office, fixture->laptop);
  g_assert_cmpuint (report.n_attachments_received, ==, 1);
  g_assert_true (has_file (fixture->laptop, &id, 1));
  assert_cannot_open (fixture->kiosk, &id);
  assert_all_whole (fixture);
}

/* What is shown of somebody who works there goes past the laptop that it was shown to. */
static void
test_restricted (TestKiosk *fixture, gconstpointer data)
{
  AmendsStore *manager = test_office_enrol (&fixture->office, "Manager", "staff", "c.oak");
  g_autoptr (GError) error = NULL;
  g_autoptr (AmendsAttachmentWriter) writer = write_file (fixture->laptop, 2);
  json_auto_t *intake = test_json (
      "{\"kind\":\"complaint\",\"scheme\":\"oak\",\"received\":\"2026-11-20\",\"channel\":"
      "\"in-person\",\"about\":[{\"who\":\"staff\"}],\"issues\":[{\"what\":\"He shouts\"}]}");
  json_auto_t *facts =
      json_pack ("{s:s, s:s, s:s}", "name", CANARY, "media", "image/jpeg", "what", "photograph");
  const AmendsNewFile file = { writer, facts };
  g_autoptr (AmendsOutcome) outcome =
      amends_store_record_with (fixture->laptop, intake, &file, 1, &error);
  AmendsId id;

  g_assert_no_error (error);
  id = ((const AmendsEvent *) g_ptr_array_index (outcome->events, outcome->events->len - 1))->id;
  assert_cannot_open (fixture->laptop, &id);
  test_sync (&fixture->office, fixture->laptop);
  test_sync (&fixture->office, manager);
  g_assert_true (has_file (manager, &id, 2));
  assert_cannot_open (fixture->laptop, &id);
  assert_all_whole (fixture);
  amends_store_close (manager);
}

/* Of a server that lost it, it is given again. */
static void
test_restored (TestKiosk *fixture, gconstpointer data)
{
  AmendsId id = show (fixture->kiosk, 3);

  test_office_back_up (&fixture->office);
  test_sync (&fixture->office, fixture->kiosk);
  test_office_restore (&fixture->office);
  test_sync (&fixture->office, fixture->kiosk);
  test_sync (&fixture->office, fixture->kiosk);
  test_sync (&fixture->office, fixture->laptop);
  g_assert_true (has_file (fixture->laptop, &id, 3));
  assert_all_whole (fixture);
}

static guint
count_chunks (AmendsStore *store)
{
  g_autofree char *blobs = g_build_filename (amends_store_get_path (store), "blobs", NULL);
  g_autoptr (GDir) dir = g_dir_open (blobs, 0, NULL);
  guint n_chunks = 0;

  while (dir != NULL && g_dir_read_name (dir) != NULL)
    n_chunks++;
  return n_chunks;
}

/* What a backup is known to have is given up, and that backup has it: the one that has a later event of the kiosk. */
static void
test_backed_up (TestKiosk *fixture, gconstpointer data)
{
  AmendsId id = show (fixture->kiosk, 8);

  test_sync (&fixture->office, fixture->kiosk);
  test_office_back_up (&fixture->office);
  test_sync (&fixture->office, fixture->kiosk);
  g_assert_cmpuint (count_chunks (fixture->kiosk), ==, 3);

  test_record (fixture->kiosk, "Rowan Pike", "The lift stops");
  test_sync (&fixture->office, fixture->kiosk);
  g_assert_cmpuint (count_chunks (fixture->kiosk), ==, 3);
  test_office_back_up (&fixture->office);
  test_sync (&fixture->office, fixture->kiosk);
  g_assert_cmpuint (count_chunks (fixture->kiosk), ==, 0);
  g_assert_cmpuint (count_to_send (fixture->kiosk), ==, 0);
  assert_cannot_open (fixture->kiosk, &id);
  fixture->kiosk = test_store_reopen (fixture->kiosk, &fixture->office.world);
  assert_all_whole (fixture);

  test_office_restore (&fixture->office);
  for (guint i = 0; i < 2; i++)
    g_assert_cmpuint (test_sync (&fixture->office, fixture->kiosk).n_chunks_sent, ==, 0);
  g_assert_cmpuint (count_to_send (fixture->kiosk), ==, 0);
  test_sync (&fixture->office, fixture->laptop);
  g_assert_true (has_file (fixture->laptop, &id, 8));
  assert_all_whole (fixture);
}

/* For the hook of a line. */
static void
back_up_before_chunks (TestLine *line, const AmendsCall *call)
{
  guint *n_backups = line->user_data;

  if (*n_backups == 0 && g_str_has_prefix (call->path, "/v1/chunk/"))
    {
      test_office_back_up (line->office);
      ++*n_backups;
    }
}

/* A backup that was made between an event and its chunks has the one and not the other: all is kept, and given again. */
static void
test_backed_up_between (TestKiosk *fixture, gconstpointer data)
{
  AmendsId id = show (fixture->kiosk, 9);
  g_autoptr (TestLine) line = test_line_new (&fixture->office);
  guint n_backups = 0;

  line->before = back_up_before_chunks;
  line->user_data = &n_backups;
  test_sync_over (line, fixture->kiosk);
  g_assert_cmpuint (n_backups, ==, 1);
  test_record (fixture->kiosk, "Rowan Pike", "The lift stops");
  for (guint i = 0; i < 2; i++)
    test_sync (&fixture->office, fixture->kiosk);
  g_assert_cmpuint (count_chunks (fixture->kiosk), ==, 3);

  test_office_restore (&fixture->office);
  for (guint i = 0; i < 2; i++)
    test_sync (&fixture->office, fixture->kiosk);
  test_sync (&fixture->office, fixture->laptop);
  g_assert_true (has_file (fixture->laptop, &id, 9));
  assert_all_whole (fixture);
}

static guint
count_files_of_laptop (TestKiosk *fixture)
{
  g_autoptr (GPtrArray) rows = amends_store_list_cases (fixture->laptop, NULL, FALSE, 0, 0, NULL);
  guint n_files = 0;

  for (guint i = 0; i < rows->len; i++)
    {
      const AmendsCaseRow *row = g_ptr_array_index (rows, i);
      g_autoptr (AmendsCase) complaint = amends_store_get_case (fixture->laptop, &row->id, NULL);
      json_auto_t *files = amends_store_attachments_to_json (fixture->laptop, complaint, NULL);
      const json_t *file;
      gsize n;

      json_array_foreach (files, n, file)
        {
          AmendsId id;

          g_assert_true (
              amends_id_parse (json_string_value (json_object_get (file, "id")), &id, NULL));
          n_files += has_file (fixture->laptop, &id, 4) || has_file (fixture->laptop, &id, 5);
        }
    }
  return n_files;
}

/* A kiosk that begins again under another code takes along what it was shown and could not open. */
static void
test_cloned (TestKiosk *fixture, gconstpointer data)
{
  const char *path = amends_store_get_path (fixture->kiosk);
  g_autofree char *twin_path = g_strconcat (path, "-twin", NULL);
  AmendsStore *twin;

  test_folder_copy (path, twin_path);
  show (fixture->kiosk, 4);
  test_sync (&fixture->office, fixture->kiosk);
  twin = test_store_open (&fixture->office.world, twin_path);
  test_record (twin, "Rowan Pike", "The lift stops");
  show (twin, 4);
  test_sync (&fixture->office, twin);
  test_sync (&fixture->office, twin);
  g_assert_cmpuint (count_to_send (twin), ==, 0);
  test_assert_whole (twin);
  amends_store_close (twin);

  test_sync (&fixture->office, fixture->laptop);
  g_assert_cmpuint (count_files_of_laptop (fixture), ==, 2);
  assert_all_whole (fixture);
}

/* Where a part is gone before it is recorded nothing is, and whoever showed it is told. */
static void
test_part_gone (TestKiosk *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AmendsAttachmentWriter) writer = write_file (fixture->kiosk, 6);
  g_autofree char *blobs = g_build_filename (amends_store_get_path (fixture->kiosk), "blobs", NULL);
  guint64 n_events = test_count_events (fixture->kiosk);
  g_autoptr (GDir) dir = g_dir_open (blobs, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (blobs, name, NULL);

      g_assert_cmpint (g_unlink (path), ==, 0);
    }
  g_assert_null (record_with (fixture->kiosk, writer, &error));
  g_assert_error (error, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_DAMAGED);
  g_assert_cmpuint (test_count_events (fixture->kiosk), ==, n_events);
  g_assert_cmpuint (count_to_send (fixture->kiosk), ==, 0);
  test_assert_whole (fixture->kiosk);
}

/* A row that cannot be right is none, and the check of the store names it. */
static void
test_damaged_row (TestKiosk *fixture, gconstpointer data)
{
  AmendsFsck fsck = { 0 };

  show (fixture->kiosk, 7);
  g_assert_true (amends_db_exec (fixture->kiosk->db, "UPDATE attachment SET size = 1", NULL));
  g_assert_true (amends_store_fsck (fixture->kiosk, &fsck, NULL));
  g_assert_nonnull (fsck.first_bad);
  amends_fsck_clear (&fsck);
  g_assert_cmpuint (test_sync (&fixture->office, fixture->kiosk).n_chunks_sent, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/keyless/photograph", TestKiosk, NULL, test_kiosk_set_up, test_photograph,
              test_kiosk_tear_down);
  g_test_add ("/keyless/restricted", TestKiosk, NULL, test_kiosk_set_up, test_restricted,
              test_kiosk_tear_down);
  g_test_add ("/keyless/restored", TestKiosk, NULL, test_kiosk_set_up, test_restored,
              test_kiosk_tear_down);
  g_test_add ("/keyless/backed-up", TestKiosk, NULL, test_kiosk_set_up, test_backed_up,
              test_kiosk_tear_down);
  g_test_add ("/keyless/backed-up-between", TestKiosk, NULL, test_kiosk_set_up,
              test_backed_up_between, test_kiosk_tear_down);
  g_test_add ("/keyless/cloned", TestKiosk, NULL, test_kiosk_set_up, test_cloned,
              test_kiosk_tear_down);
  g_test_add ("/keyless/part-gone", TestKiosk, NULL, test_kiosk_set_up, test_part_gone,
              test_kiosk_tear_down);
  g_test_add ("/keyless/damaged-row", TestKiosk, NULL, test_kiosk_set_up, test_damaged_row,
              test_kiosk_tear_down);
  return g_test_run ();
}
