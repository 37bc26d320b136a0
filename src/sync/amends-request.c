/* amends-request.c: a signed request, sent
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "sync/amends-request.h"

#include "sync/amends-wire.h"

/**
 * amends_request_send:
 * @path: the route; a constant
 * @content_type: of @body; a constant
 * @number: reserved for this request
 * @body: what is sent
 * @ret_call: (out): what came of it; valid until the next call
 *
 * Source: PROTOCOL.md 2.
 * Errors: #AmendsSyncError; %G_IO_ERROR_CANCELLED.
 * Returns: (transfer full): the reply's bytes
 */
GInputStream *
amends_request_send (AmendsStore *store,
                     AmendsTransport *transport,
                     const char *path,
                     const char *content_type,
                     guint64 number,
                     GBytes *body,
                     AmendsCall *ret_call,
                     GCancellable *cancellable,
                     GError **error)
{
  const AmendsIdentity *who = amends_store_get_identity (store);
  g_autofree char *hash_text = NULL;
  g_autofree char *signature_text = NULL;
  g_autofree char *code = g_strdup (who->code);
  guint8 signature[AMENDS_SIGNATURE_BYTES];
  GInputStream *stream;
  AmendsDigest hash;

  amends_request_body_hash (g_bytes_get_data (body, NULL), g_bytes_get_size (body), &hash);
  amends_request_sign (who->organisation_id, path, who->code, number, &hash, who->secret_key,
                       signature);
  hash_text = amends_base64 (hash.bytes, sizeof hash.bytes);
  signature_text = amends_base64 (signature, sizeof signature);
  *ret_call = (AmendsCall){ .path = path,
                            .content_type = content_type,
                            .body = body,
                            .device = code,
                            .request = number,
                            .body_hash = hash_text,
                            .signature = signature_text };
  stream = transport->send (transport, ret_call, cancellable, error);

  /* They do not outlive this function. */
  ret_call->body = NULL;
  ret_call->device = NULL;
  ret_call->body_hash = NULL;
  ret_call->signature = NULL;
  return stream;
}
