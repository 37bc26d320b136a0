/* amends-kiosk-receipt.h: what a person is told once their words are safe
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

#include "app/kiosk/amends-kiosk-flow.h"
#include "core/amends-edition.h"

G_BEGIN_DECLS

/**
 * AmendsKioskReceipt: by value; all zero but the days, which are %AMENDS_DAY_NONE: nothing is recorded
 * @kind: of the record, as the code lists have it
 * @way: (nullable): how they asked to be reached, of the list of channels
 * @organisation: (owned) (nullable): whose kiosk it is
 * @scheme: (owned) (nullable): where it stands
 * @reference: (owned): its number
 * @n_shown: how much went with it that was said, shown or chosen
 * @today: the day on which it was said
 * @acknowledge_day: by when they hear, or %AMENDS_DAY_NONE where nobody promises it
 * @respond_day: by when they are answered, or the same
 * @ombudsman: (owned) (nullable): who helps free of charge
 * @ombudsman_telephone: (owned) (nullable)
 * @ombudsman_web: (owned) (nullable)
 * @is_discreet: whether they do not feel safe: no day is named, nor what it is
 * @is_restricted: whether the staff of the place may not know of it
 * @needs_form: whether whom they speak for has still to let them
 * @is_sent: whether the server has acknowledged it
 */
typedef struct
{
  const char *kind;
  const char *way;
  char *organisation;
  char *scheme;
  char *reference;
  guint n_shown[AMENDS_KIOSK_N_OTHERS];
  AmendsDay today;
  AmendsDay acknowledge_day;
  AmendsDay respond_day;
  char *ombudsman;
  char *ombudsman_telephone;
  char *ombudsman_web;
  gboolean is_discreet;
  gboolean is_restricted;
  gboolean needs_form;
  gboolean is_sent;
} AmendsKioskReceipt;

void amends_kiosk_receipt_clear (AmendsKioskReceipt *self);
void amends_kiosk_receipt_set_days (AmendsKioskReceipt *self,
                                    const AmendsEditions *editions,
                                    const char *scheme);
const char *amends_kiosk_receipt_say_way (const AmendsKioskReceipt *self);
char *amends_kiosk_receipt_dup_signs (const AmendsKioskReceipt *self);

G_END_DECLS
