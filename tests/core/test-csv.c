/* test-csv.c: a file as a spreadsheet writes it
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "core/amends-csv.h"
#include "core/amends-error.h"

/* Each row as "line: cell|cell", one a line. */
static const struct
{
  const char *name;
  const char *text;
  const char *rows;
} taken_rows[] = {
  { "plain", "a,b\n1,2\n", "1: a|b\n2: 1|2\n" },
  { "no-last-line-end", "a,b\n1,2", "1: a|b\n2: 1|2\n" },
  { "crlf", "a,b\r\n1,2\r\n\r\n3,4\r\n", "1: a|b\n2: 1|2\n4: 3|4\n" },
  { "cr", "a,b\r1,2\r", "1: a|b\n2: 1|2\n" },
  { "mark", "\xef\xbb\xbf\"a\",b\n", "1: a|b\n" },
  { "quotes", "\"a, b\",\"say \"\"when\"\"\"\n", "1: a, b|say \"when\"\n" },
  { "line-feeds", "h\n\"one\ntwo\r\nthree\",4\nx,y\n", "1: h\n2: one\ntwo\r\nthree|4\n5: x|y\n" },
  { "later-cell-over-lines", "h,i\n1,\"a\nb\"\n2,c\n", "1: h|i\n2: 1|a\nb\n4: 2|c\n" },
  { "empty-cells", "a,,c\n,,\n,,3\n\n", "1: a||c\n3: ||3\n" },
  { "blanks", "  a  , b c ,\" d \"\n", "1: a|b c| d \n" },
  { "welsh", "D\xc5\xb5r\n", "1: D\xc5\xb5r\n" },
  { "one-cell", "a", "1: a\n" },
  { "last-cell", "a\n\"b\nc\"", "1: a\n2: b\nc\n" },
  { "nothing", "", "" },
  { "blank-lines", "\n\n\r\n", "" },
};

static char *
dup_rows (const GPtrArray *rows)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < rows->len; i++)
    {
      const AmendsCsvRow *row = g_ptr_array_index (rows, i);

      g_string_append_printf (text, "%u: ", row->line);
      for (guint n = 0; n < row->cells->len; n++)
        g_string_append_printf (text, "%s%s", n > 0 ? "|" : "",
                                (const char *) g_ptr_array_index (row->cells, n));
      g_string_append_c (text, '\n');
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
test_taken (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (taken_rows); i++)
    {
      g_autoptr (GBytes) bytes =
          g_bytes_new_static (taken_rows[i].text, strlen (taken_rows[i].text));
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) rows = amends_csv_parse (bytes, &error);
      g_autofree char *found = NULL;

      g_test_message ("%s", taken_rows[i].name);
      g_assert_no_error (error);
      found = dup_rows (rows);
      g_assert_cmpstr (found, ==, taken_rows[i].rows);
    }
}

static const struct
{
  const char *text;
  const char *message;
} refused_rows[] = {
  { "a,b\n1,\"2\" 3\n", "Line 2: a quote stands where none may" },
  { "a,b\n\n1,say \"when\"\n", "Line 3: a quote stands where none may" },
  { "a,b\n1,\"2\n", "The file ends inside a cell" },
  { "a,b\n\xe9t\xe9,2\n", "Line 2: byte 1 of the line is no UTF-8" },
  { "a\r\rbc\xff\n", "Line 3: byte 3 of the line is no UTF-8" },
  { "\xff\xfe"
    "a",
    "Line 1: byte 1 of the line is no UTF-8" },
};

static void
assert_refused (GBytes *bytes, int code, const char *message)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = amends_csv_parse (bytes, &error);

  g_assert_null (rows);
  g_assert_error (error, AMENDS_CORE_ERROR, code);
  g_assert_true (g_str_has_prefix (error->message, message));
}

static void
test_refused (void)
{
  g_autoptr (GBytes) with_nul = g_bytes_new_static ("a\n\0", 3);

  for (guint i = 0; i < G_N_ELEMENTS (refused_rows); i++)
    {
      g_autoptr (GBytes) bytes =
          g_bytes_new_static (refused_rows[i].text, strlen (refused_rows[i].text));

      assert_refused (bytes, AMENDS_CORE_ERROR_INVALID, refused_rows[i].message);
    }
  assert_refused (with_nul, AMENDS_CORE_ERROR_INVALID, "Line 2: byte 1 ");
}

/* @n times @unit behind @head. */
static void
assert_limit (const char *head, const char *unit, gsize n, gboolean is_taken, const char *message)
{
  GString *text = g_string_new (head);
  g_autoptr (GBytes) bytes = NULL;

  for (gsize i = 0; i < n; i++)
    g_string_append (text, unit);
  bytes = g_string_free_to_bytes (text);
  if (is_taken)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) rows = amends_csv_parse (bytes, &error);

      g_assert_no_error (error);
    }
  else
    assert_refused (bytes, AMENDS_CORE_ERROR_TOO_LARGE, message);
}

static void
test_limits (void)
{
  assert_limit ("h\n", "x", AMENDS_CSV_MAX_CELL_BYTES, TRUE, NULL);
  assert_limit ("h\n", "x", AMENDS_CSV_MAX_CELL_BYTES + 1, FALSE, "Line 2: a cell holds more");
  assert_limit ("h", ",", AMENDS_CSV_MAX_COLUMNS - 1, TRUE, NULL);
  assert_limit ("h", ",", AMENDS_CSV_MAX_COLUMNS, FALSE, "Line 1: there are more columns");
  assert_limit ("", "r\n", AMENDS_CSV_MAX_ROWS, TRUE, NULL);
  assert_limit ("", "r\n", AMENDS_CSV_MAX_ROWS + 1, FALSE, "Line 20001: there are more rows");
  assert_limit ("", "\n", AMENDS_CSV_MAX_BYTES, TRUE, NULL);
  assert_limit ("", "\n", AMENDS_CSV_MAX_BYTES + 1, FALSE, "The file is larger");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/csv/taken", test_taken);
  g_test_add_func ("/csv/refused", test_refused);
  g_test_add_func ("/csv/limits", test_limits);
  return g_test_run ();
}
