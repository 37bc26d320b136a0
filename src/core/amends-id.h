/* amends-id.h: the name of an event, and the reference people say
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Crockford's base 32: no I, L, O or U, so that nothing is misread or misheard. */
char amends_base32_to_char (guint value);
int amends_base32_from_char (char c);

/* Longest text of an id: four characters, a dot, the digits of 2^53 and the zero byte. */
#define AMENDS_ID_BUFFER 24

/* Numbers stop here: JSON readers everywhere hold them exactly, and no device writes so many. */
#define AMENDS_ID_MAX_NUMBER ((guint64) 1 << 53)

/**
 * AmendsId:
 * @code: the device: two to four characters of Crockford's base 32; "0" is the server
 * @number: that device's own number, from 1 with no gaps; 0 is no id
 *
 * Ids order by code, then by number. By value: it owns nothing.
 */
typedef struct
{
  char code[5];
  guint64 number;
} AmendsId;

gboolean amends_code_is_valid (const char *code);
gboolean amends_id_init (AmendsId *self, const char *code, guint64 number);
gboolean amends_id_parse (const char *text, AmendsId *ret_id, GError **error);
gboolean amends_id_parse_len (const char *text, gsize n_bytes, AmendsId *ret_id);
void amends_id_format_to (const AmendsId *self, char buffer[AMENDS_ID_BUFFER]);
char *amends_id_format (const AmendsId *self);
int amends_id_compare (const AmendsId *a, const AmendsId *b);
gboolean amends_id_equal (gconstpointer a, gconstpointer b);
guint amends_id_hash (gconstpointer id);
AmendsId *amends_id_copy (const AmendsId *self);

char *amends_reference_format (const char *code, guint64 counter);
gboolean amends_reference_parse (const char *text, char **ret_canonical, GError **error);

G_END_DECLS
