/* fuzz-attachment.c: bodies of case.attached, and names of files
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "core/amends-attachment.h"
#include "fuzz/fuzz.h"

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *name = g_strndup ((const char *) data, size);
  g_autofree char *clean = amends_attachment_clean_name (name);
  g_autofree char *again = amends_attachment_clean_name (clean);
  json_t *body = amends_json_load ((const char *) data, size, NULL);
  AmendsAttachment attachment;

  g_assert_cmpuint (strlen (clean), >=, 1);
  g_assert_cmpuint (strlen (clean), <=, AMENDS_ATTACHMENT_NAME_MAX_BYTES);
  g_assert_true (g_utf8_validate (clean, -1, NULL));
  g_assert_null (strpbrk (clean, "/\\\n\r\t"));
  g_assert_cmpstr (again, ==, clean);
  if (amends_attachment_read (body, &attachment))
    {
      g_assert_cmpuint (attachment.n_parts, >=, 1);
      g_assert_cmpuint (attachment.n_parts, <=, AMENDS_ATTACHMENT_MAX_PARTS);
      g_assert_cmpuint (amends_attachment_get_part_bytes (&attachment, attachment.n_parts), >=, 1);
    }
  json_decref (body);
  return 0;
}
