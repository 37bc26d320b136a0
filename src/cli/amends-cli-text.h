/* amends-cli-text.h: what people read on a terminal
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What others wrote is never interpreted: control and direction characters are shown as escapes, so
 * that no text moves the cursor, changes a colour or turns a line around. */

#pragma once

#include <jansson.h>

#include "core/amends-codes.h"

G_BEGIN_DECLS

char *amends_text_escape (const char *text);
char *amends_text_fit (const char *text, int n_columns);
void amends_text_print (const char *format, ...) G_GNUC_PRINTF (1, 2);
void amends_text_print_field (const char *label, const char *value);
void amends_text_print_block (const char *text);
char *amends_text_of_instant (const char *text);
char *amends_text_of_value (const json_t *value);
const char *amends_text_of_code (const char *list, const char *code);
const char *amends_text_or_dash (const char *text);
const char *amends_text_of_key (const json_t *object, const char *key);

G_END_DECLS
