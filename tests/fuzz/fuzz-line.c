/* fuzz-line.c: events as lines; what is taken is written again as it was
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "core/amends-event.h"
#include "fuzz/fuzz.h"

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  static const guint8 salt[AMENDS_SALT_BYTES] = { 0 };
  g_autoptr (AmendsEvent) event = amends_event_parse_line ((const char *) data, size, salt, NULL);
  g_autofree char *line = NULL;

  if (event == NULL)
    return 0;
  line = amends_event_format_line (event);
  g_assert_cmpmem (line, strlen (line), data, size);
  return 0;
}
