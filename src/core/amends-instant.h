/* amends-instant.h: instants, as text and back
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* An instant is a gint64: microseconds of UTC since 1970-01-01T00:00:00Z, without leap seconds. */

#define AMENDS_INSTANT_TEXT_SIZE (20 + 1) /* YYYY-MM-DDTHH:MM:SSZ and its NUL, in bytes */

gboolean amends_instant_parse (const char *text, gint64 *ret_instant, GError **error);
char *amends_instant_format (gint64 instant);
void amends_instant_format_to (gint64 instant, char buffer[AMENDS_INSTANT_TEXT_SIZE]);

G_END_DECLS
