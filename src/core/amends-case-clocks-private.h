/* amends-case-clocks-private.h: how what was done apart is read for the clocks
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/amends-case-clocks.h"

G_BEGIN_DECLS

/**
 * AmendsReading: which counts of two versions of an act
 * @AMENDS_READING_EARLIEST: the earlier
 * @AMENDS_READING_LATEST: the later
 * @AMENDS_READING_LONGEST: of what begins a clock the earlier, of what ends one the later
 * @AMENDS_READING_WRITTEN: the earlier, as if nothing had been corrected
 */
typedef enum
{
  AMENDS_READING_EARLIEST,
  AMENDS_READING_LATEST,
  AMENDS_READING_LONGEST,
  AMENDS_READING_WRITTEN,
} AmendsReading;

GArray *
amends_case_read_clock_events (const AmendsCase *self, AmendsReading reading, const char *who);

G_END_DECLS
