/* amends-handler-line.h: who has a case
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "app/amends-session.h"

G_BEGIN_DECLS

#define AMENDS_TYPE_HANDLER_LINE (amends_handler_line_get_type ())
G_DECLARE_FINAL_TYPE (AmendsHandlerLine, amends_handler_line, AMENDS, HANDLER_LINE, AdwBin)

void amends_handler_line_set_file (AmendsHandlerLine *self,
                                   const AmendsCaseFile *file,
                                   gboolean is_read_only);

G_END_DECLS
