/* amends-who-box.h: who of the register whoever complains may be, side by side
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "app/amends-session.h"

G_BEGIN_DECLS

GtkWidget *amends_who_box_new (const AmendsCaseFile *file);

G_END_DECLS
