/* amends-kiosk-answers.h: what a visitor has said so far
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One JSON object in memory, a member for each question by its id. */

#pragma once

#include <glib.h>
#include <jansson.h>

G_BEGIN_DECLS

gboolean amends_kiosk_answers_has (const json_t *answers, const char *id, const char *code);
const char *amends_kiosk_answers_get_text (const json_t *answers, const char *id, const char *key);
void
amends_kiosk_answers_choose (json_t *answers, const char *id, const char *code, gboolean is_on);
void
amends_kiosk_answers_set_text (json_t *answers, const char *id, const char *key, const char *text);
guint amends_kiosk_answers_get_number (const json_t *answers, const char *id, const char *key);
void
amends_kiosk_answers_set_number (json_t *answers, const char *id, const char *key, guint number);

G_END_DECLS
