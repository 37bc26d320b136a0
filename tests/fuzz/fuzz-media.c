/* fuzz-media.c: files as they come; what is taken out of a picture stays out
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/amends-media.h"
#include "fuzz/fuzz.h"

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  const AmendsMedia *media = amends_media_recognise (data, size, NULL);
  g_autoptr (GBytes) clean = NULL;
  g_autoptr (GBytes) again = NULL;

  if (media == NULL || !media->can_be_cleaned)
    return 0;
  clean = amends_media_clean (media, data, size, NULL);
  if (clean == NULL)
    return 0;
  again =
      amends_media_clean (media, g_bytes_get_data (clean, NULL), g_bytes_get_size (clean), NULL);
  g_assert_nonnull (again);
  g_assert_true (g_bytes_equal (again, clean));
  return 0;
}
