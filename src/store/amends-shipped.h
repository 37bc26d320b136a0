/* amends-shipped.h: the policies, calendars and texts of letters inside the program
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/amends-calendar.h"
#include "core/amends-letter-texts.h"
#include "core/amends-policy.h"

G_BEGIN_DECLS

#define AMENDS_SHIPPED_CODE "code-2024"

char **amends_shipped_list_policies (void);
char **amends_shipped_list_calendars (void);
GBytes *amends_shipped_load_policy (const char *id);
GBytes *amends_shipped_load_calendar (const char *id);
AmendsPolicy *amends_shipped_get_code (void);
GPtrArray *amends_shipped_get_calendars (void);
char **amends_shipped_list_letters (void);
AmendsLetterTexts *amends_shipped_get_letters (const char *language);
const AmendsLetterTexts *const *amends_shipped_get_all_letters (void);
char *amends_shipped_dup_digest (void);

G_END_DECLS
