/* amends-record-box.h: all that stands in a record
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

GtkWidget *amends_record_box_new (const GPtrArray *lines);

G_END_DECLS
