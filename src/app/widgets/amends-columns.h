/* amends-columns.h: two columns that become one when they do not fit
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define AMENDS_TYPE_COLUMNS_LAYOUT (amends_columns_layout_get_type ())
G_DECLARE_FINAL_TYPE (AmendsColumnsLayout,
                      amends_columns_layout,
                      AMENDS,
                      COLUMNS_LAYOUT,
                      GtkLayoutManager)

#define AMENDS_TYPE_COLUMNS_LAYOUT_CHILD (amends_columns_layout_child_get_type ())
G_DECLARE_FINAL_TYPE (AmendsColumnsLayoutChild,
                      amends_columns_layout_child,
                      AMENDS,
                      COLUMNS_LAYOUT_CHILD,
                      GtkLayoutChild)

/* A widget with that layout, in which Tab goes from child to child in their order. */
#define AMENDS_TYPE_COLUMNS (amends_columns_get_type ())
G_DECLARE_FINAL_TYPE (AmendsColumns, amends_columns, AMENDS, COLUMNS, GtkWidget)

G_END_DECLS
