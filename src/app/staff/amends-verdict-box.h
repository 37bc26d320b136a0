/* amends-verdict-box.h: one source's word on a due day
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "app/model/amends-dues.h"

G_BEGIN_DECLS

/**
 * AmendsVerdictDetail:
 * @AMENDS_VERDICT_REASON: a line of reason under the day
 * @AMENDS_VERDICT_STATE: how it stands under the day
 */
typedef enum
{
  AMENDS_VERDICT_REASON,
  AMENDS_VERDICT_STATE,
} AmendsVerdictDetail;

#define AMENDS_TYPE_VERDICT_BOX (amends_verdict_box_get_type ())
G_DECLARE_FINAL_TYPE (AmendsVerdictBox, amends_verdict_box, AMENDS, VERDICT_BOX, AdwBin)

void amends_verdict_box_set_row (AmendsVerdictBox *self,
                                 const AmendsClockRow *row,
                                 const AmendsDues *dues,
                                 gboolean governs,
                                 AmendsVerdictDetail detail);

G_END_DECLS
