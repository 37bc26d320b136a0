/* amends-recording.h: a letter to listen to
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/amends-letter.h"

G_BEGIN_DECLS

#define AMENDS_RECORDING_MAX_SECONDS (30 * 60) /* 76 MiB; six times the longest letter */

gboolean amends_recording_is_there (void);
GBytes *amends_recording_make (const AmendsLetter *letter, const char *text, GError **error);

G_END_DECLS
