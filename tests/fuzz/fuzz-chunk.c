/* fuzz-chunk.c: requests about chunks; what is taken is the same when written again
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "fuzz/fuzz.h"
#include "sync/amends-wire-chunk.h"

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  for (int verb = 0; verb < AMENDS_CHUNK_N_VERBS; verb++)
    {
      g_autoptr (AmendsChunkRequest) request =
          amends_chunk_request_read ((AmendsChunkVerb) verb, data, size, NULL);
      g_autoptr (GBytes) bytes = NULL;

      if (request == NULL)
        continue;
      bytes = amends_chunk_request_to_bytes (request);
      g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), data, size);
    }
  return 0;
}
