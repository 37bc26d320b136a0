/* amends-intake-path.h: what stands where in an intake
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>
#include <jansson.h>

G_BEGIN_DECLS

const json_t *amends_intake_path_get (const json_t *object, const char *path);
void amends_intake_path_set (json_t *object, const char *path, const char *text);
gboolean amends_intake_path_has_scope (const json_t *intake, const char *word);
const char *amends_intake_path_get_text (const json_t *object, const char *key);
const json_t *amends_intake_path_get_about_staff (const json_t *intake);

G_END_DECLS
