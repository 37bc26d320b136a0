/* test-codes.c: the code lists are those of data/codes.ini
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "core/amends-codes.h"

static GKeyFile *
load_codes (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "codes.ini", NULL);
  GKeyFile *file = g_key_file_new ();
  g_autoptr (GError) error = NULL;

  g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, &error);
  g_assert_no_error (error);
  return file;
}

static gboolean
is_marked (GKeyFile *file, const char *list, const char *mark, const char *code)
{
  g_auto (GStrv) codes = g_key_file_get_string_list (file, list, mark, NULL, NULL);

  return codes != NULL && g_strv_contains ((const char *const *) codes, code);
}

/* The written table and the file are the same: run data/make-codes.py when this fails. */
static void
test_table (void)
{
  g_autoptr (GKeyFile) file = load_codes ();
  g_auto (GStrv) groups = g_key_file_get_groups (file, NULL);

  g_assert_cmpuint (g_strv_length (groups), ==, amends_n_code_lists);
  for (guint i = 0; groups[i] != NULL; i++)
    {
      const AmendsCodeList *list = &amends_code_lists[i];
      g_auto (GStrv) keys = g_key_file_get_keys (file, groups[i], NULL, NULL);
      guint n_codes = 0;

      g_assert_cmpstr (list->name, ==, groups[i]);
      for (guint j = 0; keys[j] != NULL; j++)
        {
          const AmendsCode *code = &list->codes[n_codes];
          g_autofree char *label = g_key_file_get_string (file, groups[i], keys[j], NULL);

          if (g_str_equal (keys[j], "common") || g_str_equal (keys[j], "needs-detail"))
            continue;
          g_assert_cmpuint (n_codes++, <, list->n_codes);
          g_assert_cmpstr (code->code, ==, keys[j]);
          g_assert_cmpstr (code->label, ==, label);
          g_assert_cmpint (code->is_common, ==, is_marked (file, groups[i], "common", keys[j]));
          g_assert_cmpint (code->needs_detail, ==,
                           is_marked (file, groups[i], "needs-detail", keys[j]));
        }
      g_assert_cmpuint (n_codes, ==, list->n_codes);
    }
}

static void
test_kebab_case (void)
{
  for (guint i = 0; i < amends_n_code_lists; i++)
    for (guint j = 0; j < amends_code_lists[i].n_codes; j++)
      {
        const char *code = amends_code_lists[i].codes[j].code;

        g_assert_cmpuint (strspn (code, "abcdefghijklmnopqrstuvwxyz0123456789-"), ==,
                          strlen (code));
        g_assert_true (g_unichar_isupper (g_utf8_get_char (amends_code_lists[i].codes[j].label)));
      }
}

/* "other" says nothing without a word beside it, in every list that has it. */
static void
test_other (void)
{
  for (guint i = 0; i < amends_n_code_lists; i++)
    {
      const AmendsCode *other = amends_codes_find (&amends_code_lists[i], "other");

      if (other != NULL)
        g_assert_true (other->needs_detail);
    }
}

static void
test_look_up (void)
{
  const AmendsCodeList *list = amends_codes_get_list ("channel");

  g_assert_nonnull (list);
  g_assert_null (amends_codes_get_list ("chanel"));
  g_assert_cmpuint (list->n_codes, ==, 21);
  g_assert_cmpstr (list->codes[0].code, ==, "in-person");
  g_assert_cmpstr (amends_codes_find (list, "home-visit")->label, ==, "Home visit");
  g_assert_null (amends_codes_find (list, "Home-visit"));
  g_assert_null (amends_codes_find (list, ""));
  g_assert_cmpstr (amends_codes_get_label (list, "telephone"), ==, "Telephone");
  g_assert_cmpstr (amends_codes_get_label (list, "hologram"), ==, "hologram");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();

  g_test_add_func ("/codes/table", test_table);
  g_test_add_func ("/codes/kebab-case", test_kebab_case);
  g_test_add_func ("/codes/other", test_other);
  g_test_add_func ("/codes/look-up", test_look_up);
  return g_test_run ();
}
