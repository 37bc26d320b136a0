/* amends-kiosk-paper.h: the questions of the kiosk on paper
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * For who would rather write than touch. The same questions with the same numbers, from the same table as the
 * pages: whoever copies it in finds each answer where the screen asks for it. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

GBytes *amends_kiosk_paper_to_pdf (gboolean is_large, GError **error);

G_END_DECLS
