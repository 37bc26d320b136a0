/* amends-case-notices.h: what of a case waits for somebody to settle or answer it
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "app/amends-session.h"

G_BEGIN_DECLS

#define AMENDS_TYPE_CASE_NOTICES (amends_case_notices_get_type ())
G_DECLARE_FINAL_TYPE (AmendsCaseNotices, amends_case_notices, AMENDS, CASE_NOTICES, AdwBin)

void amends_case_notices_set_file (AmendsCaseNotices *self, const AmendsCaseFile *file);

G_END_DECLS
