/* amends-move.h: a case that is moved to another scheme
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * An event stays where it was written, for ever: its feed is in its digest and in its author's chain. So a case is
 * moved by two things that are events themselves. "case.moved" is a fact of the case: it writes the field "scheme",
 * and where that points is where the case is. "case.carried" is an event in the feed of the other scheme, in the
 * stream of the case, whose body holds another event of the case whole: id, feed, heads, salt and body. Whoever folds
 * the case opens what was carried and takes each event once, wherever it was met and however often. */

#pragma once

#include "core/amends-case.h"

G_BEGIN_DECLS

GBytes *amends_carry_wrap (const AmendsEvent *event, const AmendsId *by, gint64 at, GError **error);
AmendsEvent *amends_carry_open (AmendsEvent *carrier);
gboolean amends_body_says_where (const json_t *body);

G_END_DECLS
