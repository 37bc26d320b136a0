/* amends-wire-enrol.c: enrolment codes, and what they sign (PROTOCOL.md 7)
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "sync/amends-wire-private.h"

#include <sodium.h>
#include <string.h>

#define LOOKUP_CHARACTERS 4
#define SECRET_CHARACTERS 16
#define CODE_CHARACTERS (LOOKUP_CHARACTERS + SECRET_CHARACTERS)
#define GROUP_CHARACTERS 4

/**
 * amends_enrol_code_format:
 * @random: random bytes, of which 100 bits are used
 *
 * Returns: (transfer full): an enrolment code, "ABCD-EFGH-JKMN-PQRS-TVWX"
 */
char *
amends_enrol_code_format (const guint8 random[AMENDS_ENROL_RANDOM_BYTES])
{
  GString *code = g_string_new (NULL);
  guint bits = 0;
  guint n_bits = 0;
  gsize at = 0;

  for (guint i = 0; i < CODE_CHARACTERS; i++)
    {
      if (i > 0 && i % GROUP_CHARACTERS == 0)
        g_string_append_c (code, '-');
      if (n_bits < 5)
        {
          bits = bits << 8 | random[at++];
          n_bits += 8;
        }
      n_bits -= 5;
      g_string_append_c (code, amends_base32_to_char (bits >> n_bits & 31));
    }
  return g_string_free (code, FALSE);
}

/**
 * amends_enrol_code_parse:
 * @text: what a person typed: small letters, O for 0, I or L for 1, and spaces are taken
 * @ret_lookup: (out): its first four characters
 * @ret_key: (out): K, made of the other sixteen
 *
 * Source: PROTOCOL.md 7.
 * Errors: %AMENDS_CORE_ERROR_INVALID if it is not twenty characters.
 * Returns: %TRUE on success
 */
gboolean
amends_enrol_code_parse (const char *text,
                         char ret_lookup[AMENDS_ENROL_LOOKUP_SIZE],
                         AmendsDigest *ret_key,
                         GError **error)
{
  static const char domain[] = "amends-enrol-key-1";
  g_auto (AmendsSecret) folded = { { 0 } };
  crypto_generichash_state state;
  gsize n = 0;
  int value;

  for (const char *c = text; *c != '\0'; c++)
    {
      if (*c == '-' || *c == ' ')
        continue;
      value = amends_base32_from_char (*c);
      if (n == CODE_CHARACTERS || value < 0)
        {
          n = 0;
          break;
        }
      folded.bytes[n++] = (guint8) amends_base32_to_char ((guint) value);
    }
  if (n != CODE_CHARACTERS)
    return amends_wire_invalid (error, "code", "An enrolment code is twenty letters and digits");

  memcpy (ret_lookup, folded.bytes, LOOKUP_CHARACTERS);
  ret_lookup[LOOKUP_CHARACTERS] = '\0';
  crypto_generichash_init (&state, NULL, 0, sizeof ret_key->bytes);
  crypto_generichash_update (&state, (const guint8 *) domain, strlen (domain));
  crypto_generichash_update (&state, folded.bytes + LOOKUP_CHARACTERS, SECRET_CHARACTERS);
  crypto_generichash_final (&state, ret_key->bytes, sizeof ret_key->bytes);
  return TRUE;
}

static void
compute_mac (const AmendsDigest *key, const char *text, AmendsDigest *ret_mac)
{
  crypto_generichash (ret_mac->bytes, sizeof ret_mac->bytes, (const guint8 *) text, strlen (text),
                      key->bytes, sizeof key->bytes);
}

/**
 * amends_enrol_request_mac:
 * @key: K of the code
 * @lookup: its look-up characters
 * @public_key: the device's public key in base 64
 * @name: what people call the device
 * @device_code: (nullable): the code that the device had before the server forgot it
 * @ret_mac: (out): what shows that the device has the code
 */
void
amends_enrol_request_mac (const AmendsDigest *key,
                          const char *lookup,
                          const char *public_key,
                          const char *name,
                          const char *device_code,
                          AmendsDigest *ret_mac)
{
  g_autofree char *text =
      g_strdup_printf ("amends-enrol-request-1\n%s\n%s\n%s\n%s%s", lookup, public_key, name,
                       device_code != NULL ? device_code : "", device_code != NULL ? "\n" : "");

  compute_mac (key, text, ret_mac);
}

/**
 * amends_enrol_reply_mac:
 * @manifest: the manifest's text, as it is sent
 * @ret_mac: (out): what shows that the server has the code
 */
void
amends_enrol_reply_mac (const AmendsDigest *key,
                        const char *lookup,
                        const char *public_key,
                        const char *manifest,
                        AmendsDigest *ret_mac)
{
  g_autofree char *text =
      g_strdup_printf ("amends-enrol-reply-1\n%s\n%s\n%s", lookup, public_key, manifest);

  compute_mac (key, text, ret_mac);
}
