/* amends-people-list.h: who a case is about, and how to treat them rightly
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "app/amends-session.h"

G_BEGIN_DECLS

#define AMENDS_TYPE_PEOPLE_LIST (amends_people_list_get_type ())
G_DECLARE_FINAL_TYPE (AmendsPeopleList, amends_people_list, AMENDS, PEOPLE_LIST, AdwBin)

char *amends_people_list_describe_safe_contact (const json_t *safe, gboolean is_of_several);
void amends_people_list_set_file (AmendsPeopleList *self, const AmendsCaseFile *file);

G_END_DECLS
