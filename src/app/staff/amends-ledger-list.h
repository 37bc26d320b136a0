/* amends-ledger-list.h: who may act for somebody, or what may be shared of them, with all that does not hold any more
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "core/amends-ledger.h"

G_BEGIN_DECLS

#define AMENDS_TYPE_LEDGER_LIST (amends_ledger_list_get_type ())
G_DECLARE_FINAL_TYPE (AmendsLedgerList, amends_ledger_list, AMENDS, LEDGER_LIST, AdwBin)

GtkWidget *amends_ledger_list_new (AmendsLedgerKind kind);
void amends_ledger_list_set_ledger (AmendsLedgerList *self, const AmendsLedger *ledger);

G_END_DECLS
