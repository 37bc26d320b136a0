/* amends-kiosk-numbers.h: whom a visitor may ring
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the landlord has recorded of the place (store/amends-numbers.h) is the one source. Numbers of the whole country,
 * such as 999, are none of it. */

#pragma once

#include <jansson.h>

#include "store/amends-numbers.h"

G_BEGIN_DECLS

/* Of a longer list those that come first by name: a page and the noticeboard have room for as many. */
#define AMENDS_KIOSK_NUMBERS_MAX 3

GPtrArray *
amends_kiosk_numbers_choose (const GPtrArray *numbers, const char *scheme, const json_t *answers);
char *amends_kiosk_numbers_describe (const AmendsNumber *number);

G_END_DECLS
