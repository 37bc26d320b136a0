/* amends-kiosk-print.h: from memory to a printer
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A document goes through a pipe to the command that the deployment names, such as "lp -d slips": no dialog
 * asks anything, and no file is written on the way. */

#pragma once

#include <gio/gio.h>

#include "app/kiosk/amends-kiosk-receipt.h"

G_BEGIN_DECLS

/* How long a printer may take, in milliseconds, before it is said to be gone. */
#define AMENDS_KIOSK_PRINTER_PATIENCE_MS 20000

void amends_kiosk_print_async (const char *command,
                               GBytes *document,
                               guint patience_ms,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
gboolean amends_kiosk_print_finish (GAsyncResult *result, GError **error);
void amends_kiosk_print_notice (const char *command, const AmendsKioskReceipt *receipt);

G_END_DECLS
