/* amends-tell.h: what went wrong after its window was closed
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/amends-session.h"

G_BEGIN_DECLS

void amends_tell_aside (AmendsSession *session, const char *heading, const char *sentence);

G_END_DECLS
