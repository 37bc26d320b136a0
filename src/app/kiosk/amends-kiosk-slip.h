/* amends-kiosk-slip.h: what a kiosk prints
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One list of lines is drawn on the screen and on paper, and is what a screen reader reads: whoever looks at a
 * slip before it is printed sees what will be on it. */

#pragma once

#include <cairo.h>
#include <glib.h>

#include "app/kiosk/amends-kiosk-receipt.h"

G_BEGIN_DECLS

/**
 * AmendsKioskSlip:
 * @AMENDS_KIOSK_SLIP_WHOLE: for who keeps it: number, days, the Ombudsman, the second look
 * @AMENDS_KIOSK_SLIP_PRIVATE: for who is looked at: place, number, a day where one is promised. Nothing says
 *   what it is.
 * @AMENDS_KIOSK_SLIP_STAFF: for staff: number and the day by which to acknowledge; in the language of the
 *   machine
 */
typedef enum
{
  AMENDS_KIOSK_SLIP_WHOLE,
  AMENDS_KIOSK_SLIP_PRIVATE,
  AMENDS_KIOSK_SLIP_STAFF,
} AmendsKioskSlip;

/* Points: the paper of a roll of 80 mm. */
#define AMENDS_KIOSK_SLIP_WIDTH (80 * 72 / 25.4)

double amends_kiosk_slip_draw (cairo_t *cr,
                               AmendsKioskSlip slip,
                               const AmendsKioskReceipt *receipt,
                               gboolean is_large);
double amends_kiosk_slip_measure (AmendsKioskSlip slip,
                                  const AmendsKioskReceipt *receipt,
                                  gboolean is_large);
char *amends_kiosk_slip_dup_text (AmendsKioskSlip slip, const AmendsKioskReceipt *receipt);
GBytes *amends_kiosk_slip_to_pdf (AmendsKioskSlip slip,
                                  const AmendsKioskReceipt *receipt,
                                  gboolean is_large,
                                  GError **error);

G_END_DECLS
