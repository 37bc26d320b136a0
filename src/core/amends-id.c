/* amends-id.c: the name of an event, and the reference people say
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/amends-id.h"

#include <string.h>

#include "core/amends-error.h"

/* Crockford's base 32: no I, L, O or U, so that nothing is misread or misheard. */
static const char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/* The check character is a weighted sum modulo 31, a prime, so that it has a letter of the alphabet
 * for every value and shows every single mistyped digit and every swap of two neighbours. */
#define CHECK_MODULUS 31
#define CHECK_WEIGHT 3

/**
 * amends_base32_to_char:
 * @value: from 0 to 31
 *
 * Returns: its character, a digit or a capital letter
 */
char
amends_base32_to_char (guint value)
{
  g_return_val_if_fail (value < 32, '\0');

  return alphabet[value];
}

/**
 * amends_base32_from_char:
 * @c: as a person typed it: small letters, O for 0, I or L for 1 are taken
 *
 * Returns: its value, or -1 if it is not of the alphabet
 */
int
amends_base32_from_char (char c)
{
  const char *at;

  c = g_ascii_toupper (c);
  if (c == 'O')
    c = '0';
  if (c == 'I' || c == 'L')
    c = '1';
  at = c != '\0' ? strchr (alphabet, c) : NULL;
  return at != NULL ? (int) (at - alphabet) : -1;
}

/**
 * amends_code_is_valid:
 * @code: a device code
 *
 * Returns: whether @code is "0" (the server) or two to four characters of the alphabet
 */
gboolean
amends_code_is_valid (const char *code)
{
  gsize n = strnlen (code, 5);

  if (n == 1)
    return code[0] == '0';
  if (n < 2 || n > 4)
    return FALSE;
  for (gsize i = 0; i < n; i++)
    if (strchr (alphabet, code[i]) == NULL)
      return FALSE;
  return TRUE;
}

/**
 * amends_id_init:
 * @self: (out): where to put it
 * @code: a device code
 * @number: from 1
 *
 * Returns: %FALSE, with @self untouched, if either is out of range
 */
gboolean
amends_id_init (AmendsId *self, const char *code, guint64 number)
{
  if (number == 0 || number > AMENDS_ID_MAX_NUMBER || !amends_code_is_valid (code))
    return FALSE;

  memset (self->code, 0, sizeof self->code);
  g_strlcpy (self->code, code, sizeof self->code);
  self->number = number;
  return TRUE;
}

/**
 * amends_id_parse_len:
 * @text: "7K.41", need not end in a zero byte
 * @n_bytes: its length
 * @ret_id: (out): the id
 *
 * Takes the one canonical form only: no sign, no leading zero, capitals.
 * Returns: whether @text is an id
 */
gboolean
amends_id_parse_len (const char *text, gsize n_bytes, AmendsId *ret_id)
{
  char code[5] = { 0 };
  const char *dot = memchr (text, '.', MIN (n_bytes, 5));
  guint64 number = 0;

  if (dot == NULL || dot == text || n_bytes >= AMENDS_ID_BUFFER)
    return FALSE;
  memcpy (code, text, (gsize) (dot - text));

  for (const char *p = dot + 1; p < text + n_bytes; p++)
    {
      if (!g_ascii_isdigit (*p) || (number == 0 && *p == '0'))
        return FALSE;
      number = number * 10 + (guint64) (*p - '0');
      if (number > AMENDS_ID_MAX_NUMBER)
        return FALSE;
    }
  return amends_id_init (ret_id, code, number);
}

/**
 * amends_id_parse:
 * @text: "7K.41"
 * @ret_id: (out): the id
 *
 * Errors: %AMENDS_CORE_ERROR_INVALID if @text is not an id.
 * Returns: %TRUE on success
 */
gboolean
amends_id_parse (const char *text, AmendsId *ret_id, GError **error)
{
  if (amends_id_parse_len (text, strlen (text), ret_id))
    return TRUE;

  amends_set_error (error, AMENDS_CORE_ERROR_INVALID, NULL, NULL,
                    "An id is a device code, a dot and a number, such as 7K.41");
  return FALSE;
}

/**
 * amends_id_format_to:
 * @self: the id
 * @buffer: (out): its text
 */
void
amends_id_format_to (const AmendsId *self, char buffer[AMENDS_ID_BUFFER])
{
  char digits[AMENDS_ID_BUFFER];
  gsize at = sizeof digits;
  gsize n_code = strnlen (self->code, sizeof self->code - 1);
  guint64 number = self->number;

  /* By hand: every event that is read, written or hashed is named some times. */
  do
    digits[--at] = (char) ('0' + number % 10);
  while ((number /= 10) > 0);
  memcpy (buffer, self->code, n_code);
  buffer[n_code] = '.';
  memcpy (buffer + n_code + 1, digits + at, sizeof digits - at);
  buffer[n_code + 1 + sizeof digits - at] = '\0';
}

/**
 * amends_id_format:
 * @self: the id
 *
 * Returns: (transfer full): its text
 */
char *
amends_id_format (const AmendsId *self)
{
  char buffer[AMENDS_ID_BUFFER];

  amends_id_format_to (self, buffer);
  return g_strdup (buffer);
}

/**
 * amends_id_compare:
 *
 * Returns: less than, equal to or greater than 0, by code and then by number
 */
int
amends_id_compare (const AmendsId *a, const AmendsId *b)
{
  int by_code = strcmp (a->code, b->code);

  if (by_code != 0)
    return by_code;
  return a->number < b->number ? -1 : a->number > b->number;
}

/**
 * amends_id_equal:
 *
 * Returns: whether both name the same event; for hash tables
 */
gboolean
amends_id_equal (gconstpointer a, gconstpointer b)
{
  return amends_id_compare (a, b) == 0;
}

/**
 * amends_id_hash:
 *
 * Returns: a hash for #GHashTable
 */
guint
amends_id_hash (gconstpointer id)
{
  const AmendsId *self = id;
  guint hash = (guint) self->number * 2654435761u;

  for (const char *c = self->code; *c != '\0'; c++)
    hash = hash * 33 + (guint) *c;
  return hash;
}

/**
 * amends_id_copy:
 *
 * Returns: (transfer full): a copy, freed with g_free()
 */
AmendsId *
amends_id_copy (const AmendsId *self)
{
  return g_memdup2 (self, sizeof *self);
}

static char
check_character (const char *code, guint64 counter)
{
  guint64 sum = 0;
  char digits[24];

  g_snprintf (digits, sizeof digits, "%s%04" G_GUINT64_FORMAT, code, counter);
  for (const char *c = digits; *c != '\0'; c++)
    sum = (sum * CHECK_WEIGHT + (guint64) amends_base32_from_char (*c)) % CHECK_MODULUS;
  return alphabet[sum];
}

/**
 * amends_reference_format:
 * @code: the device that gave it
 * @counter: that device's count of cases, from 1
 *
 * A reference is made with no network and never changes: "7K-0042-P", the last a check character
 * that shows one mistyped or two swapped characters.
 *
 * Returns: (transfer full): the reference
 */
char *
amends_reference_format (const char *code, guint64 counter)
{
  g_return_val_if_fail (amends_code_is_valid (code) && counter > 0, NULL);

  return g_strdup_printf ("%s-%04" G_GUINT64_FORMAT "-%c", code, counter,
                          check_character (code, counter));
}

/* Folds what is easily misread, in place. */
static gboolean
fold_code (char *code)
{
  for (char *c = code; *c != '\0'; c++)
    {
      int value = amends_base32_from_char (*c);

      if (value < 0)
        return FALSE;
      *c = amends_base32_to_char ((guint) value);
    }
  return strlen (code) >= 2 && amends_code_is_valid (code);
}

static gboolean
fold_counter (const char *text, guint64 *ret_counter)
{
  guint64 counter = 0;

  if (strlen (text) < 1 || strlen (text) > 12)
    return FALSE;
  for (const char *c = text; *c != '\0'; c++)
    {
      if (amends_base32_from_char (*c) < 0 || amends_base32_from_char (*c) > 9)
        return FALSE;
      counter = counter * 10 + (guint64) amends_base32_from_char (*c);
    }
  *ret_counter = counter;
  return counter > 0;
}

/**
 * amends_reference_parse:
 * @text: what a person said or typed: small letters, O for 0, I or L for 1, and spaces for the
 *   dashes are taken
 * @ret_canonical: (out) (transfer full): the reference as amends_reference_format() writes it
 *
 * Errors: %AMENDS_CORE_ERROR_INVALID if it has not the shape, or its check character does not fit.
 * Returns: %TRUE on success
 */
gboolean
amends_reference_parse (const char *text, char **ret_canonical, GError **error)
{
  g_autofree char *folded = g_ascii_strup (text, -1);
  g_autofree char *plain = NULL;
  g_auto (GStrv) parts = NULL;
  guint64 counter = 0;

  g_strstrip (g_strdelimit (folded, " _-", ' '));
  parts = g_strsplit (folded, " ", 4);
  if (g_strv_length (parts) == 3 && strlen (parts[2]) == 1
      && amends_base32_from_char (parts[2][0]) >= 0 && fold_code (parts[0])
      && fold_counter (parts[1], &counter))
    plain = amends_reference_format (parts[0], counter);

  if (plain == NULL || plain[strlen (plain) - 1] != alphabet[amends_base32_from_char (parts[2][0])])
    {
      amends_set_error (error, AMENDS_CORE_ERROR_INVALID, "reference", NULL,
                        "That is not a reference: one looks like 7K-0042-P, and its last character "
                        "checks the others");
      return FALSE;
    }

  *ret_canonical = g_steal_pointer (&plain);
  return TRUE;
}
