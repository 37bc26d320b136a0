/* paper.c: what other programs read in the PDF of a letter
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "support/paper.h"

#include <string.h>

/* Returns: (transfer full): what it said */
char *
test_paper_run (const char *const *argv)
{
  g_autofree char *errors = NULL;
  g_autoptr (GError) error = NULL;
  char *answer = NULL;
  int status;

  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &answer, &errors,
                &status, &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
  g_assert_cmpstr (errors, ==, "");
  return answer;
}

char *
test_paper_ask (const char *program, const char *option, const char *path, const char *output)
{
  const char *argv[] = { program, option, path, output, NULL };

  return test_paper_run (argv);
}

/* @text with one space wherever any white space is, and without the feet of pages. */
char *
test_paper_flatten (const char *text)
{
  GString *flat = g_string_new (NULL);
  g_auto (GStrv) lines = g_strsplit_set (text, "\n\f", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      if (g_regex_match_simple ("^Our reference: \\S+ · \\d+/\\d+$", lines[i], 0, 0))
        continue;
      for (const char *at = lines[i]; *at != '\0'; at = g_utf8_next_char (at))
        if (!g_unichar_isspace (g_utf8_get_char (at)))
          g_string_append_unichar (flat, g_utf8_get_char (at));
        else if (flat->len > 0 && flat->str[flat->len - 1] != ' ')
          g_string_append_c (flat, ' ');
      if (flat->len > 0 && flat->str[flat->len - 1] != ' ')
        g_string_append_c (flat, ' ');
    }
  return g_string_free (flat, FALSE);
}

void
test_paper_assert_holds (const char *flat, const char *text)
{
  g_autofree char *wanted = test_paper_flatten (text);

  g_strstrip (wanted);
  if (strstr (flat, wanted) == NULL)
    g_error ("“%s” is not in:\n%s", wanted, flat);
}

/* @before: what stands before each */
static void
assert_texts (const char *flat, const json_t *block, const char *key, const char *before)
{
  const json_t *texts = json_object_get (block, key);

  for (gsize i = 0; i < json_array_size (texts); i++)
    {
      g_autofree char *text =
          g_strconcat (before, json_string_value (json_array_get (texts, i)), NULL);

      test_paper_assert_holds (flat, text);
    }
}

/**
 * test_paper_assert_blocks:
 * @flat: what is read of it, of test_paper_flatten()
 * @letter: as amends_letter_to_json() has it
 *
 * Each block stands in it with all that it says, or with what it lacks.
 */
void
test_paper_assert_blocks (const char *flat, const json_t *letter)
{
  const json_t *blocks = json_object_get (letter, "blocks");

  g_assert_cmpuint (json_array_size (blocks), >, 0);
  for (gsize i = 0; i < json_array_size (blocks); i++)
    {
      const json_t *block = json_array_get (blocks, i);
      const char *heading = json_string_value (json_object_get (block, "heading"));
      const char *missing = json_string_value (json_object_get (block, "missing"));

      if (heading != NULL)
        test_paper_assert_holds (flat, heading);
      assert_texts (flat, block, "paragraphs", "");
      assert_texts (flat, block, "items", "");
      assert_texts (flat, block, "choices", "☐ ");
      assert_texts (flat, block, "fields", "");
      if (missing != NULL)
        test_paper_assert_holds (flat, missing);
    }
}

guint
test_paper_count (const char *text, const char *word)
{
  guint n = 0;

  for (text = strstr (text, word); text != NULL; text = strstr (text + 1, word))
    n++;
  return n;
}

static gboolean
has_bytes (const char *bytes, gsize length, const char *text)
{
  gsize n = strlen (text);

  for (gsize i = 0; i + n <= length; i++)
    if (memcmp (bytes + i, text, n) == 0)
      return TRUE;
  return FALSE;
}

/**
 * test_paper_assert_document:
 * @path: of the PDF
 * @letter: as amends_letter_to_json() has it
 * @n_pages: 0 where that is not known
 *
 * It is tagged A4 under its title and in its language, with one heading above and one for each part.
 */
void
test_paper_assert_document (const char *path, const json_t *letter, guint n_pages)
{
  g_autofree char *info = test_paper_ask ("pdfinfo", "-isodates", path, NULL);
  g_autofree char *structure = test_paper_ask ("pdfinfo", "-struct", path, NULL);
  g_autofree char *title = g_strdup_printf ("\nTitle:           %s\n",
                                            json_string_value (json_object_get (letter, "title")));
  g_autofree char *pages = g_strdup_printf ("\nPages:           %u\n", n_pages);
  g_autofree char *whole = g_strconcat ("\n", info, NULL);
  g_autofree char *flat = test_paper_flatten (info);
  g_autofree char *bytes = NULL;
  g_autofree char *lang =
      g_strdup_printf ("/Lang (%s)", json_string_value (json_object_get (letter, "language")));
  gsize length;

  test_paper_assert_holds (flat, "Tagged: yes");
  g_assert_nonnull (strstr (whole, title));
  if (n_pages > 0)
    g_assert_nonnull (strstr (whole, pages));
  g_assert_nonnull (strstr (whole, "(A4)"));
  g_assert_true (g_str_has_prefix (structure, "Document"));
  g_assert_cmpuint (test_paper_count (structure, "H1"), ==, 1);
  if (json_array_size (json_object_get (letter, "blocks")) > 1)
    g_assert_cmpuint (test_paper_count (structure, "H2"), >=, 1);
  g_assert_cmpuint (test_paper_count (structure, "  P"), >, 3);
  g_file_get_contents (path, &bytes, &length, NULL);
  g_assert_true (has_bytes (bytes, length, lang));
  g_assert_true (has_bytes (bytes, length, "/DisplayDocTitle true"));
}
