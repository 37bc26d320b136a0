/* amends-act-offers.h: what of a case or its policy a form offers to choose from
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "app/amends-session.h"
#include "core/amends-schema.h"

G_BEGIN_DECLS

/**
 * AmendsActOffer:
 * @AMENDS_ACT_OFFER_GROUND: the exclusions of the policy
 * @AMENDS_ACT_OFFER_CONSENT: the agreements that stand
 * @AMENDS_ACT_OFFER_ADJUSTMENT: the adjustments that stand
 * @AMENDS_ACT_OFFER_ISSUE: the whole complaint, or one of its issues
 * @AMENDS_ACT_OFFER_WRITTEN: what was written down in one value, with what was corrected since
 * @AMENDS_ACT_OFFER_CORRECTION: the corrections that wait for somebody to agree
 * @AMENDS_ACT_OFFER_ONE_ISSUE: one of its issues
 * @AMENDS_ACT_OFFER_PART: what the act follows up
 * @AMENDS_ACT_OFFER_HAZARD: the hazards that were told of
 * @AMENDS_ACT_OFFER_SCHEME: the schemes to which it may be moved
 * @AMENDS_ACT_OFFER_COMPLAINANT: each who complains, and first all of them where that may be
 */
typedef enum
{
  AMENDS_ACT_OFFER_GROUND,
  AMENDS_ACT_OFFER_CONSENT,
  AMENDS_ACT_OFFER_ADJUSTMENT,
  AMENDS_ACT_OFFER_ISSUE,
  AMENDS_ACT_OFFER_WRITTEN,
  AMENDS_ACT_OFFER_CORRECTION,
  AMENDS_ACT_OFFER_ONE_ISSUE,
  AMENDS_ACT_OFFER_PART,
  AMENDS_ACT_OFFER_HAZARD,
  AMENDS_ACT_OFFER_SCHEME,
  AMENDS_ACT_OFFER_COMPLAINANT,
} AmendsActOffer;

json_t *amends_act_offers_list (const AmendsCaseFile *file,
                                AmendsEventType act,
                                AmendsActOffer offer,
                                GtkStringList *labels);
AmendsEventType amends_act_offers_get_opening (AmendsEventType act, const char **ret_key);
char *
amends_act_offers_dup_correction (const AmendsCase *complaint, const AmendsCorrection *correction);
const AmendsSchemaField *
amends_act_offers_find_shape (const AmendsCase *complaint, const json_t *written);
char *amends_act_offers_dup_issue (const AmendsIssue *issue);

G_END_DECLS
