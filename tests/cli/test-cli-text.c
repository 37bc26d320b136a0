/* test-cli-text.c: what people read on a terminal is never interpreted by it
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "cli/amends-cli-text.h"

static const struct
{
  const char *text;
  const char *escaped;
} escape_rows[] = {
  { "", "" },
  { "Flat 12, Oak Court", "Flat 12, Oak Court" },
  { "Ashmère – “lift”", "Ashmère – “lift”" },
  { "one\ntwo", "one\\ntwo" },
  { "\x1b[31mred", "\\u{1b}[31mred" },
  { "a\tb\rc", "a\\u{9}b\\u{d}c" },
  { "\xc2\x85"
    "next",
    "\\u{85}next" },                                /* a line break of the second control block */
  { "\u202Eelap\u202C", "\\u{202e}elap\\u{202c}" }, /* turns a line around */
  { "\u2028", "\\u{2028}" },
  { "a\u200bb", "a\\u{200b}b" }, /* invisible */
  { "\xff", "\ufffd" },          /* no UTF-8 */
};

static void
test_escape (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (escape_rows); i++)
    {
      g_autofree char *escaped = amends_text_escape (escape_rows[i].text);

      g_assert_cmpstr (escaped, ==, escape_rows[i].escaped);
    }
}

static const struct
{
  const char *text;
  int n_columns;
  const char *fitted;
} fit_rows[] = {
  { "abc", 5, "abc  " },
  { "abcde", 5, "abcde" },
  { "abcdef", 5, "abcd…" },
  { NULL, 3, "–  " },
  { "", 3, "–  " },
  { "日本語", 6, "日本語" }, /* two columns each */
  { "日本語", 5, "日本…" },
  { "日本語", 4, "日… " },
  { "e\u0301e\u0301", 3, "e\u0301e\u0301 " }, /* an accent takes no column */
  { "a\nb", 4, "a\\nb" },
};

static void
test_fit (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (fit_rows); i++)
    {
      g_autofree char *fitted = amends_text_fit (fit_rows[i].text, fit_rows[i].n_columns);

      g_assert_cmpstr (fitted, ==, fit_rows[i].fitted);
    }
}

static void
test_value (void)
{
  static const struct
  {
    const char *json;
    const char *text;
  } rows[] = {
    { "\"Flat 12\"", "Flat 12" },
    { "null", "–" },
    { "true", "true" },
    { "{\"answer\":\"given\"}", "{\"answer\":\"given\"}" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      json_auto_t *value = json_loads (rows[i].json, JSON_DECODE_ANY, NULL);
      g_autofree char *text = amends_text_of_value (value);

      g_assert_cmpstr (text, ==, rows[i].text);
    }
}

/* An hour ahead of UTC, as in a British summer. */
static void
test_instant (void)
{
  static const char *const rows[][2] = {
    { "2026-07-01T12:00:59Z", "2026-07-01 13:00" },
    { "2026-12-31T23:30:00Z", "2027-01-01 00:30" },
    { "some day", "some day" },
    { NULL, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = amends_text_of_instant (rows[i][0]);

      g_assert_cmpstr (text, ==, rows[i][1]);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();

  g_setenv ("TZ", "+01:00", TRUE);
  g_test_add_func ("/cli-text/escape", test_escape);
  g_test_add_func ("/cli-text/fit", test_fit);
  g_test_add_func ("/cli-text/value", test_value);
  g_test_add_func ("/cli-text/instant", test_instant);
  return g_test_run ();
}
