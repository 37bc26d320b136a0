/* amends-weeks.h: the weeks of a count, drawn as a calendar
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "app/model/amends-dues.h"

G_BEGIN_DECLS

#define AMENDS_TYPE_WEEKS (amends_weeks_get_type ())
G_DECLARE_FINAL_TYPE (AmendsWeeks, amends_weeks, AMENDS, WEEKS, GtkWidget)

gboolean
amends_weeks_set_clock (AmendsWeeks *self, const AmendsClockPair *pair, const AmendsDues *dues);

G_END_DECLS
