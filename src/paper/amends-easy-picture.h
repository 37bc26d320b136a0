/* amends-easy-picture.h: the pictures beside an Easy Read letter
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <cairo.h>
#include <glib.h>

G_BEGIN_DECLS

gboolean amends_easy_picture_draw (cairo_t *cr, const char *block, double x, double y, double size);

G_END_DECLS
