/* amends-box.c: what a device writes and cannot read again
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/amends-box.h"

#include <sodium.h>
#include <string.h>

#include "core/amends-error.h"
#include "core/amends-secret.h"

/* A short complaint and a long one look alike. */
#define STEP_BYTES 4096

G_STATIC_ASSERT (AMENDS_BOX_KEY_BYTES == crypto_box_PUBLICKEYBYTES);
G_STATIC_ASSERT (AMENDS_BOX_SEED_BYTES == crypto_box_SEEDBYTES);
G_STATIC_ASSERT (AMENDS_EVENT_MAX_BODY_BYTES % STEP_BYTES == 0);
G_STATIC_ASSERT (AMENDS_EVENT_MAX_BOX_BYTES
                 == AMENDS_EVENT_MAX_BODY_BYTES + STEP_BYTES + crypto_box_SEALBYTES);

/* Salt, body, one byte 0x80, zeroes. The salt is shorter than a step, so that the largest body takes one
 * step more than its own. */
static guint8 *
pad (const AmendsEvent *event, gsize *ret_n_padded)
{
  gsize n_body;
  const void *body = g_bytes_get_data (event->body, &n_body);
  gsize n_plain = AMENDS_SALT_BYTES + n_body;
  gsize n_padded = (n_plain / STEP_BYTES + 1) * STEP_BYTES;
  guint8 *padded = g_malloc (n_padded);

  memcpy (padded, event->salt, AMENDS_SALT_BYTES);
  memcpy (padded + AMENDS_SALT_BYTES, body, n_body);
  sodium_pad (ret_n_padded, padded, n_plain, STEP_BYTES, n_padded);
  return padded;
}

/* The nonce of a sealed box, as libsodium's crypto_box_seal_open() expects it. */
static void
derive_nonce (const guint8 *one_time_key, const guint8 *intake_key, guint8 *ret_nonce)
{
  crypto_generichash_state state;

  crypto_generichash_init (&state, NULL, 0, crypto_box_NONCEBYTES);
  crypto_generichash_update (&state, one_time_key, crypto_box_PUBLICKEYBYTES);
  crypto_generichash_update (&state, intake_key, crypto_box_PUBLICKEYBYTES);
  crypto_generichash_final (&state, ret_nonce, crypto_box_NONCEBYTES);
}

/**
 * amends_event_box:
 * @self: an event with its body
 * @intake_key: the organisation's, public
 * @seed: random, for this box alone: whoever has it opens the box
 *
 * Errors: %AMENDS_CORE_ERROR_INVALID, field intake_key, if it is no key.
 * Returns: (transfer full): the same event with a box in the place of salt and body
 */
AmendsEvent *
amends_event_box (const AmendsEvent *self,
                  const guint8 intake_key[AMENDS_BOX_KEY_BYTES],
                  const guint8 seed[AMENDS_BOX_SEED_BYTES],
                  GError **error)
{
  guint8 nonce[crypto_box_NONCEBYTES], body_hash[AMENDS_DIGEST_BYTES];
  g_auto (AmendsSecret) one_time_secret = { { 0 } };
  g_autofree guint8 *padded = NULL;
  g_autoptr (GBytes) box = NULL;
  gsize n_padded;
  guint8 *sealed;
  int boxed;

  g_return_val_if_fail (self->body != NULL, NULL);

  padded = pad (self, &n_padded);
  sealed = g_malloc (crypto_box_SEALBYTES + n_padded);
  box = g_bytes_new_take (sealed, crypto_box_SEALBYTES + n_padded);
  crypto_box_seed_keypair (sealed, one_time_secret.bytes, seed);
  derive_nonce (sealed, intake_key, nonce);
  boxed = crypto_box_easy (sealed + crypto_box_PUBLICKEYBYTES, padded, n_padded, nonce, intake_key,
                           one_time_secret.bytes);
  sodium_memzero (padded, n_padded);
  if (boxed != 0)
    {
      amends_set_error (error, AMENDS_CORE_ERROR_INVALID, "intake_key", NULL,
                        "The organisation's intake key cannot be used");
      return NULL;
    }
  amends_event_get_body_hash (self, body_hash);
  return amends_event_new_boxed (&self->id, self->feed, &self->stream, self->after, self->n_after,
                                 body_hash, box, error);
}

/**
 * amends_event_unbox:
 * @self: an event in a box
 * @intake_key: the organisation's, public
 * @intake_secret: and its secret half
 *
 * Errors: %AMENDS_CORE_ERROR_INVALID, field body, if the box does not open, or holds something else than
 * the event's digest says.
 * Returns: (transfer full): the event with its body
 */
AmendsEvent *
amends_event_unbox (const AmendsEvent *self,
                    const guint8 intake_key[AMENDS_BOX_KEY_BYTES],
                    const guint8 intake_secret[AMENDS_BOX_KEY_BYTES],
                    GError **error)
{
  g_autoptr (AmendsEvent) event = NULL;
  g_autofree guint8 *plain = NULL;
  g_autoptr (GBytes) body = NULL;
  gsize n_box, n_padded = 0, n_plain = 0;
  const guint8 *box;

  g_return_val_if_fail (self->box != NULL, NULL);

  box = g_bytes_get_data (self->box, &n_box);
  if (n_box > crypto_box_SEALBYTES)
    {
      n_padded = n_box - crypto_box_SEALBYTES;
      plain = g_malloc (n_padded);
      if (crypto_box_seal_open (plain, box, n_box, intake_key, intake_secret) != 0
          || sodium_unpad (&n_plain, plain, n_padded, STEP_BYTES) != 0)
        n_plain = 0;
    }
  if (n_plain > AMENDS_SALT_BYTES)
    {
      body = g_bytes_new (plain + AMENDS_SALT_BYTES, n_plain - AMENDS_SALT_BYTES);
      event = amends_event_new (&self->id, self->feed, &self->stream, self->after, self->n_after,
                                plain, body, NULL);
    }
  if (plain != NULL)
    sodium_memzero (plain, n_padded);
  if (event != NULL && memcmp (event->digest, self->digest, sizeof event->digest) == 0)
    return g_steal_pointer (&event);
  amends_set_error (error, AMENDS_CORE_ERROR_INVALID, "body", NULL,
                    "A sealed record does not open with the organisation's intake key");
  return NULL;
}
