/* amends-policy-page.h: the policies that are held, and what they say
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "app/amends-session.h"

G_BEGIN_DECLS

#define AMENDS_TYPE_POLICY_PAGE (amends_policy_page_get_type ())
G_DECLARE_FINAL_TYPE (AmendsPolicyPage, amends_policy_page, AMENDS, POLICY_PAGE, AdwBin)

void amends_policy_page_set_session (AmendsPolicyPage *self, AmendsSession *session);
void amends_policy_page_open (AmendsPolicyPage *self);
void amends_policy_page_find (AmendsPolicyPage *self);
void amends_policy_page_clear (AmendsPolicyPage *self);

G_END_DECLS
