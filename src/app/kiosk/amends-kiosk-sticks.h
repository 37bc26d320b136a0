/* amends-kiosk-sticks.h: the sticks that a kiosk may write to
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* More are not offered: nobody has so many plugs. */
#define AMENDS_KIOSK_STICKS_MAX 8

GStrv amends_kiosk_sticks_list (const char *folder);
char *amends_kiosk_sticks_dup_request_path (const char *folder,
                                            const char *stick,
                                            const char *device_code,
                                            GDateTime *now);
GStrv
amends_kiosk_sticks_list_files (const char *folder, const char *stick, const char *device_code);

G_END_DECLS
