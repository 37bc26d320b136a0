/* amends-small-picture.h: what is attached, as small as a row shows it
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What is larger is opened outside; the program that draws it takes no more. */
#define AMENDS_SMALL_PICTURE_MAX_BYTES ((guint64) 64 * 1024 * 1024)

/**
 * AmendsSmallPicture:
 * @width: in pixels
 * @height: in pixels
 * @pixels: red, green and blue, a byte each, row by row
 */
typedef struct
{
  guint width;
  guint height;
  GBytes *pixels;
} AmendsSmallPicture;

gboolean amends_small_picture_is_for (const char *media);
AmendsSmallPicture *
amends_small_picture_make (const char *media, const GPtrArray *parts, GError **error);
void amends_small_picture_free (AmendsSmallPicture *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AmendsSmallPicture, amends_small_picture_free)

G_END_DECLS
