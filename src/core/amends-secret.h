/* amends-secret.h: secrets in memory, wiped as they leave scope
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What holds a passphrase, a secret key or what either is made of is declared as one of these, so that no
 * way out of a function forgets it. */

#pragma once

#include <jansson.h>

#include "core/amends-event.h"

G_BEGIN_DECLS

/**
 * AmendsSecret: a key, seed or code on the stack: g_auto (AmendsSecret)
 */
typedef struct
{
  guint8 bytes[64];
} AmendsSecret;

void amends_secret_clear (AmendsSecret *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (AmendsSecret, amends_secret_clear)

/* The same on the heap: g_autoptr (AmendsSecretText) is a text of GLib's, AmendsSecretBytes bytes that
 * nobody else holds, AmendsSecretJson an object whose texts nobody else holds. */
typedef char AmendsSecretText;
typedef GBytes AmendsSecretBytes;
typedef json_t AmendsSecretJson;

void amends_secret_text_free (char *text);
void amends_secret_bytes_free (GBytes *bytes);
void amends_secret_json_free (json_t *object);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AmendsSecretText, amends_secret_text_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AmendsSecretBytes, amends_secret_bytes_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AmendsSecretJson, amends_secret_json_free)

/* Keys as text. */
char *amends_base64 (const guint8 *bytes, gsize n_bytes);
gboolean amends_base64_decode (const char *text, guint8 *ret_bytes, gsize n_bytes);

G_END_DECLS
