/* test-golden.c: a log that was once folded folds to the same for ever
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/fixtures/golden/cases.log holds events, a line each; cases.json what they came to when they were
 * first folded, a case a line, in the order of their ids. Both are never made again. A later version may say
 * more of a case than stands there, and nothing else. Two releases, two machines or two orders of arrival
 * that disagree would show two people two cases (pitfall 25). */

#include <sodium.h>
#include <string.h>

#include "core/amends-case.h"
#include "support/graph.h"

#define N_SHUFFLES 200

static char *
read_fixture (const char *name)
{
  g_autofree char *path =
      g_test_build_filename (G_TEST_DIST, "tests", "fixtures", "golden", name, NULL);
  g_autoptr (GError) error = NULL;
  char *text = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  return text;
}

static GPtrArray *
read_log (void)
{
  static const guint8 salt[AMENDS_SALT_BYTES] = { 0 };
  g_autofree char *text = read_fixture ("cases.log");
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  GPtrArray *events = g_ptr_array_new_with_free_func ((GDestroyNotify) amends_event_unref);

  for (guint i = 0; *lines[i] != '\0'; i++)
    {
      g_autoptr (GError) error = NULL;

      g_ptr_array_add (events, amends_event_parse_line (lines[i], strlen (lines[i]), salt, &error));
      g_assert_no_error (error);
    }
  return events;
}

static int
compare_ids (gconstpointer a, gconstpointer b)
{
  return amends_id_compare (a, b);
}

/* Each once, in the order of their ids, whether the event that began it is here or not. */
static GArray *
list_streams (GPtrArray *events)
{
  g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (AmendsId));
  GArray *streams = g_array_new (FALSE, FALSE, sizeof (AmendsId));

  for (guint i = 0; i < events->len; i++)
    g_array_append_val (all, ((AmendsEvent *) events->pdata[i])->stream);
  g_array_sort (all, compare_ids);
  for (guint i = 0; i < all->len; i++)
    if (i == 0
        || !amends_id_equal (&g_array_index (all, AmendsId, i),
                             &g_array_index (all, AmendsId, i - 1)))
      g_array_append_val (streams, g_array_index (all, AmendsId, i));
  return streams;
}

static json_t *
fold_stream (GPtrArray *events, const AmendsId *stream)
{
  g_autoptr (GPtrArray) mine = g_ptr_array_new ();
  g_autoptr (AmendsCase) complaint = NULL;

  for (guint i = 0; i < events->len; i++)
    if (amends_id_equal (&((AmendsEvent *) events->pdata[i])->stream, stream))
      g_ptr_array_add (mine, events->pdata[i]);
  complaint = amends_case_new ((AmendsEvent *const *) mine->pdata, mine->len);
  return amends_case_to_json (complaint);
}

/* All cases, a line each. */
static char *
fold_all (GPtrArray *events)
{
  g_autoptr (GArray) streams = list_streams (events);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < streams->len; i++)
    {
      json_t *json = fold_stream (events, &g_array_index (streams, AmendsId, i));
      char *line = json_dumps (json, JSON_COMPACT | JSON_SORT_KEYS | JSON_ENSURE_ASCII);

      g_string_append_printf (text, "%s\n", line);
      free (line);
      json_decref (json);
    }
  return g_string_free (text, FALSE);
}

/* Whether all of @golden is in @found. */
static gboolean
is_within (json_t *golden, json_t *found)
{
  const char *name;
  json_t *member;
  gsize i;

  if (json_is_object (golden) && json_is_object (found))
    {
      json_object_foreach (golden, name, member)
        {
          if (is_within (member, json_object_get (found, name)))
            continue;
          g_test_message ("“%s” is another", name);
          return FALSE;
        }
      return TRUE;
    }
  if (json_is_array (golden) && json_array_size (golden) == json_array_size (found))
    {
      json_array_foreach (golden, i, member)
        {
          if (!is_within (member, json_array_get (found, i)))
            return FALSE;
        }
      return TRUE;
    }
  return json_equal (golden, found);
}

static void
test_as_it_was (void)
{
  g_autoptr (GPtrArray) events = read_log ();
  g_autofree char *text = fold_all (events);
  g_autofree char *golden_text = read_fixture ("cases.json");
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_auto (GStrv) golden_lines = g_strsplit (golden_text, "\n", -1);

  g_assert_cmpuint (g_strv_length (lines), ==, g_strv_length (golden_lines));
  for (guint i = 0; *golden_lines[i] != '\0'; i++)
    {
      json_auto_t *golden = amends_json_load (golden_lines[i], strlen (golden_lines[i]), NULL);
      json_auto_t *found = amends_json_load (lines[i], strlen (lines[i]), NULL);

      g_assert_nonnull (golden);
      if (!is_within (golden, found))
        {
          g_test_message ("case %u is now %s", i, lines[i]);
          g_test_fail ();
        }
    }
}

static void
hash_text (const char *text, char ret_hex[2 * AMENDS_DIGEST_BYTES + 1])
{
  guint8 hash[AMENDS_DIGEST_BYTES];

  crypto_generichash (hash, sizeof hash, (const guint8 *) text, strlen (text), NULL, 0);
  sodium_bin2hex (ret_hex, 2 * AMENDS_DIGEST_BYTES + 1, hash, sizeof hash);
}

static void
test_shuffled (void)
{
  g_autoptr (GPtrArray) events = read_log ();
  g_autofree char *text = fold_all (events);
  char first[2 * AMENDS_DIGEST_BYTES + 1];

  hash_text (text, first);
  g_test_message ("state hash %s", first);
  for (guint i = 0; i < N_SHUFFLES; i++)
    {
      g_autofree char *again = NULL;
      char hash[2 * AMENDS_DIGEST_BYTES + 1];

      test_shuffle (events->pdata, events->len);
      again = fold_all (events);
      hash_text (again, hash);
      g_assert_cmpstr (hash, ==, first);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();

  g_test_add_func ("/golden/as-it-was", test_as_it_was);
  g_test_add_func ("/golden/shuffled", test_shuffled);
  return g_test_run ();
}
