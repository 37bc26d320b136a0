/* amends-kiosk-queue.h: a queue that nobody sees
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/amends-edition.h"
#include "store/amends-store.h"

G_BEGIN_DECLS

char *amends_kiosk_queue_describe (const AmendsStatus *status,
                                   const AmendsEditions *editions,
                                   const char *scheme,
                                   AmendsDay today);

gboolean amends_kiosk_queue_has_room (const AmendsStatus *status);
char *amends_kiosk_queue_describe_room (const AmendsStatus *status);

G_END_DECLS
