/* amends-kiosk-flow-private.h: what the questions and the intake share
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/kiosk/amends-kiosk-flow.h"

G_BEGIN_DECLS

/* Whether one may speak for somebody else: they said so, or nobody knows yet. The other answers are codes of the list
 * of authorities. */
#define AMENDS_KIOSK_AGREED "agreed"
#define AMENDS_KIOSK_NOT_YET "not-yet"

/* Beside the purposes for which something may be shared. */
#define AMENDS_KIOSK_UNTIL "until"

/* The questions after something else that they want to tell, in their order, and the line on each that says what would
 * put it right. */
#define AMENDS_KIOSK_N_MORE 3
extern const char *const amends_kiosk_more_ids[AMENDS_KIOSK_N_MORE];
#define AMENDS_KIOSK_OUTCOME "outcome"

/* What the answers say so far. */
gboolean amends_kiosk_is_thanks (const json_t *answers);
gboolean amends_kiosk_is_carried_on (const json_t *answers);
gboolean amends_kiosk_is_about_conduct (const json_t *answers);
gboolean amends_kiosk_is_about_helper (const json_t *answers);
gboolean amends_kiosk_is_for_another (const json_t *answers);
gboolean amends_kiosk_is_named (const json_t *answers);
gboolean amends_kiosk_is_named_and_not_discreet (const json_t *answers);
gboolean amends_kiosk_is_named_and_whole (const json_t *answers);

char *amends_kiosk_flow_dup_when (const json_t *answers, const char *id, AmendsDay today);
char *amends_kiosk_flow_dup_written_day (const char *text);
void amends_kiosk_flow_add_part (GString *text, const char *part);
json_t *amends_kiosk_flow_copy_asked (const json_t *answers);

G_END_DECLS
