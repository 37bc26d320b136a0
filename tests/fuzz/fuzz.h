/* fuzz.h: what a fuzzer defines
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

/* Takes any bytes and returns 0. Whatever it allocates, it frees. */
int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);
