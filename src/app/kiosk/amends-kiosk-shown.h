/* amends-kiosk-shown.h: what a visitor showed to the screen, or said to it
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>
#include <jansson.h>

G_BEGIN_DECLS

/* For each question: whoever has more to show is helped by staff. */
#define AMENDS_KIOSK_SHOWN_MAX 6

typedef struct _AmendsKioskShown AmendsKioskShown;

AmendsKioskShown *amends_kiosk_shown_new (json_t *answers);
void amends_kiosk_shown_free (AmendsKioskShown *self);
void amends_kiosk_shown_clear (AmendsKioskShown *self);
void
amends_kiosk_shown_add (AmendsKioskShown *self, const char *id, const char *kind, GBytes *file);
void amends_kiosk_shown_remove (AmendsKioskShown *self, const char *id, const char *kind, guint i);
GBytes *amends_kiosk_shown_nth (AmendsKioskShown *self, const char *id, const char *kind, guint i);
guint amends_kiosk_shown_count (const GPtrArray *files, const char *what);
GPtrArray *amends_kiosk_shown_get_files (AmendsKioskShown *self, const json_t *asked);

G_END_DECLS
