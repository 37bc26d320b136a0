/* amends-media.h: what a file is, by what is in it, and what it says besides
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Pure: bytes in, values out. Nothing is decoded: only what comes before and between the pixels is read. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Whoever opens a picture needs some bytes a pixel for it, on the oldest laptop. */
#define AMENDS_MEDIA_MAX_PIXELS ((guint64) 40 * 1000 * 1000)

/* Enough to know every kind by; of a JPEG also its size, which comes behind what its camera says. */
#define AMENDS_MEDIA_HEAD_BYTES (1024 * 1024)

/* A picture from which something is removed is in memory meanwhile. */
#define AMENDS_MEDIA_MAX_PICTURE_BYTES (128 * 1024 * 1024)

/**
 * AmendsMedia:
 * @type: "image/jpeg"
 * @what: the code of the list "attachment-what" that is most likely
 * @endings: (array zero-terminated=1): that a name may have, the usual first: ".jpg"
 * @can_be_cleaned: whether amends_media_clean() removes what it says besides
 * @may_tell: whether it may say who made it, when or where, and that stays
 */
typedef struct
{
  const char *type;
  const char *what;
  const char *endings[4];
  gboolean can_be_cleaned;
  gboolean may_tell;
} AmendsMedia;

const AmendsMedia *amends_media_recognise (const guint8 *head, gsize n_head, GError **error);
const AmendsMedia *amends_media_find (const char *type);
char *amends_media_fit_name (const AmendsMedia *self, const char *name);
char *amends_media_dup_file_name (const char *type, const char *name);
GBytes *
amends_media_clean (const AmendsMedia *self, const guint8 *bytes, gsize n_bytes, GError **error);

G_END_DECLS
