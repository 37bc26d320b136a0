/* kiosk-answers.h: what a visitor answers, without a screen
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/kiosk/amends-kiosk-answers.h"

#define TODAY 20777 /* 2026-11-20 */

static inline void
choose (json_t *answers, const char *id, const char *code)
{
  amends_kiosk_answers_choose (answers, id, code, TRUE);
}

/* @key: (nullable): of a line, where there are several */
static inline void
say (json_t *answers, const char *id, const char *key, const char *text)
{
  amends_kiosk_answers_set_text (answers, id, key, text);
}
