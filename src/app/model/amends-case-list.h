/* amends-case-list.h: the cases, read a page at a time
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/amends-session.h"
#include "app/model/amends-case-item.h"

G_BEGIN_DECLS

#define AMENDS_TYPE_CASE_LIST (amends_case_list_get_type ())
G_DECLARE_FINAL_TYPE (AmendsCaseList, amends_case_list, AMENDS, CASE_LIST, GObject)

AmendsCaseList *amends_case_list_new (AmendsSession *session, gboolean only_conflicts);
void amends_case_list_set_order (AmendsCaseList *self, AmendsCaseOrder order);
void amends_case_list_reload (AmendsCaseList *self);
void amends_case_list_clear (AmendsCaseList *self);
gboolean amends_case_list_is_loaded (AmendsCaseList *self);

G_END_DECLS
