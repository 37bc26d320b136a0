/* amends-kiosk-said.h: the pages of a kiosk that ask nothing
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "core/amends-edition.h"

G_BEGIN_DECLS

/**
 * AmendsKioskReceipt: what a person is told once their words are safe
 * @kind: of the record, as the code lists have it
 * @reference: (owned): its number
 * @today: the day on which it was said
 * @acknowledge_day: by when they hear, or %AMENDS_DAY_NONE where nobody promises it
 * @respond_day: by when they are answered, or the same
 * @is_discreet: whether they do not feel safe: no day is named, nor what it is
 * @is_sent: whether the server has acknowledged it
 */
typedef struct
{
  const char *kind;
  char *reference;
  AmendsDay today;
  AmendsDay acknowledge_day;
  AmendsDay respond_day;
  gboolean is_discreet;
  gboolean is_sent;
} AmendsKioskReceipt;

void amends_kiosk_receipt_set_days (AmendsKioskReceipt *self,
                                    const AmendsEditions *editions,
                                    const char *scheme);

GtkWidget *amends_kiosk_said_start (GCallback start, gpointer user_data);
GtkWidget *amends_kiosk_said_done (const AmendsKioskReceipt *receipt, int percent);
GtkWidget *
amends_kiosk_said_idle (GCallback stay, GCallback more, gpointer user_data, GtkWidget **ret_left);
GtkWidget *amends_kiosk_said_noticeboard (void);
GtkWidget *amends_kiosk_said_closed (const char *reason);

G_END_DECLS
