/* amends-sealed-page.h: what became of what was saved and cannot be opened here
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define AMENDS_TYPE_SEALED_PAGE (amends_sealed_page_get_type ())
G_DECLARE_FINAL_TYPE (AmendsSealedPage, amends_sealed_page, AMENDS, SEALED_PAGE, AdwBin)

void amends_sealed_page_show (AmendsSealedPage *self,
                              const char *reference,
                              const char *ring,
                              gboolean is_beside_case);

G_END_DECLS
