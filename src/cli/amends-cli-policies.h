/* amends-cli-policies.h: the editions and calendars that ship, and those in files
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/amends-calendar.h"
#include "core/amends-policy.h"

G_BEGIN_DECLS

GBytes *amends_cli_read_policy (const char *path, GError **error);
GBytes *amends_cli_find_policy (const char *name, GError **error);
AmendsPolicy *amends_cli_load_policy (const char *name, GError **error);
GBytes *amends_cli_find_calendar (const char *name, GError **error);
AmendsCalendar *amends_cli_load_calendar (const char *name, GError **error);

G_END_DECLS
