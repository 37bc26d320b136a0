/* paper.h: what other programs read in the PDF of a letter
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>
#include <jansson.h>

G_BEGIN_DECLS

char *test_paper_run (const char *const *argv);
char *
test_paper_ask (const char *program, const char *option, const char *path, const char *output);
char *test_paper_flatten (const char *text);
guint test_paper_count (const char *text, const char *word);
void test_paper_assert_holds (const char *flat, const char *text);
void test_paper_assert_blocks (const char *flat, const json_t *letter);
void test_paper_assert_document (const char *path, const json_t *letter, guint n_pages);

G_END_DECLS
