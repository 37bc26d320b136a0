/* paper-main.c: check-letter PDF LETTER: whether a PDF holds what “amendsctl letter” says of it, and is tagged
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "support/paper.h"

int
main (int argc, char *argv[])
{
  json_auto_t *letter = argc == 3 ? json_load_file (argv[2], 0, NULL) : NULL;
  g_autofree char *text = NULL;
  g_autofree char *flat = NULL;

  if (letter == NULL)
    return 2;
  g_assert_cmpint (json_integer_value (json_object_get (letter, "missing")), ==, 0);
  test_paper_assert_document (argv[1], letter, 0);
  text = test_paper_ask ("pdftotext", "-q", argv[1], "-");
  flat = test_paper_flatten (text);
  test_paper_assert_blocks (flat, letter);
  test_paper_assert_holds (flat, json_string_value (json_object_get (letter, "title")));
  test_paper_assert_holds (flat, json_string_value (json_object_get (letter, "landlord")));
  test_paper_assert_holds (flat, json_string_value (json_object_get (letter, "to")));
  return 0;
}
