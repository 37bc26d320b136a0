/* amends-backoff.h: when to try again
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define AMENDS_BACKOFF_BASE_S 5
#define AMENDS_BACKOFF_CAP_S 900

guint amends_backoff_delay_ms (guint n_failures, guint retry_after_s, guint32 random);

G_END_DECLS
