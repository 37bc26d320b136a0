/* amends-bundle.h: the file in which an exchange is carried by hand (PROTOCOL.md 10)
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A body of any length, sealed to the one who is to read it and signed by the one who wrote it. Knows
 * nothing of what the body says. */

#pragma once

#include <gio/gio.h>

#include "core/amends-chain.h"
#include "core/amends-event.h"
#include "store/amends-environment.h"

G_BEGIN_DECLS

#define AMENDS_BUNDLE_CHUNK_BYTES 65536

/**
 * AmendsBundleError:
 * @AMENDS_BUNDLE_ERROR_READ: the file is not there, or the stick does not give it
 * @AMENDS_BUNDLE_ERROR_WRITE: the stick is full, read-only, or gone; there is no half file
 * @AMENDS_BUNDLE_ERROR_EXISTS: something else stands in its place
 * @AMENDS_BUNDLE_ERROR_FORMAT: it is not a file of this kind
 * @AMENDS_BUNDLE_ERROR_NEWER: a newer version of Amends wrote it
 * @AMENDS_BUNDLE_ERROR_WAY: it goes the other way: an answer given to the server, or a request to a device
 * @AMENDS_BUNDLE_ERROR_ORGANISATION: it is another organisation's
 * @AMENDS_BUNDLE_ERROR_RECIPIENT: it is whole, and sealed for somebody else
 * @AMENDS_BUNDLE_ERROR_CUT: its end is missing
 * @AMENDS_BUNDLE_ERROR_ALTERED: it is not as it was written
 * @AMENDS_BUNDLE_ERROR_LINE: what it says can be settled only over the network
 *
 * After each of them nothing of the file was taken, and nothing is lost.
 */
typedef enum
{
  AMENDS_BUNDLE_ERROR_READ = 1,
  AMENDS_BUNDLE_ERROR_WRITE,
  AMENDS_BUNDLE_ERROR_EXISTS,
  AMENDS_BUNDLE_ERROR_FORMAT,
  AMENDS_BUNDLE_ERROR_NEWER,
  AMENDS_BUNDLE_ERROR_WAY,
  AMENDS_BUNDLE_ERROR_ORGANISATION,
  AMENDS_BUNDLE_ERROR_RECIPIENT,
  AMENDS_BUNDLE_ERROR_CUT,
  AMENDS_BUNDLE_ERROR_ALTERED,
  AMENDS_BUNDLE_ERROR_LINE,
} AmendsBundleError;

#define AMENDS_BUNDLE_ERROR (amends_bundle_error_quark ())
GQuark amends_bundle_error_quark (void);
const char *amends_bundle_error_get_code_name (const GError *error);

/**
 * AmendsBundleKind:
 * @AMENDS_BUNDLE_REQUEST: from a device to the server
 * @AMENDS_BUNDLE_REPLY: back
 */
typedef enum
{
  AMENDS_BUNDLE_REQUEST,
  AMENDS_BUNDLE_REPLY,
} AmendsBundleKind;

/**
 * AmendsBundleClaim: what a file says of itself, to the one it is for
 * @code: the device that asks or is answered
 * @request: the number of the request
 * @n_bytes: of the body
 * @hash: of the body
 * @signature: over all but @n_bytes
 */
typedef struct
{
  char code[5];
  guint64 request;
  guint64 n_bytes;
  AmendsDigest hash;
  guint8 signature[AMENDS_SIGNATURE_BYTES];
} AmendsBundleClaim;

gboolean amends_bundle_claim_verify (const AmendsBundleClaim *self,
                                     AmendsBundleKind kind,
                                     const char *organisation,
                                     const guint8 key[AMENDS_KEY_BYTES]);

/* Writing. Nothing of that name is there before it is whole and on the disk. */
typedef struct _AmendsBundleWriter AmendsBundleWriter;

AmendsBundleWriter *amends_bundle_writer_new (const char *path,
                                              AmendsBundleKind kind,
                                              const char *organisation,
                                              const guint8 recipient[32],
                                              const AmendsEnvironment *environment,
                                              GError **error);
gboolean amends_bundle_writer_write (AmendsBundleWriter *self,
                                     const guint8 *bytes,
                                     gsize n_bytes,
                                     GError **error);
gboolean amends_bundle_writer_gather (AmendsBundleWriter *self, const char *folder, GError **error);
gboolean amends_bundle_writer_seal (AmendsBundleWriter *self,
                                    const char *code,
                                    guint64 request,
                                    const guint8 secret_key[64],
                                    GError **error);
gboolean
amends_bundle_writer_place (AmendsBundleWriter *self, GCancellable *cancellable, GError **error);
gboolean amends_bundle_writer_finish (AmendsBundleWriter *self,
                                      const char *code,
                                      guint64 request,
                                      const guint8 secret_key[64],
                                      GError **error);
void amends_bundle_writer_free (AmendsBundleWriter *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AmendsBundleWriter, amends_bundle_writer_free)

/* Reading, twice: to check all of it, then to take it. */
typedef struct _AmendsBundleReader AmendsBundleReader;

AmendsBundleReader *amends_bundle_reader_new (const char *path,
                                              AmendsBundleKind kind,
                                              const char *organisation,
                                              const guint8 public_key[32],
                                              const guint8 secret_key[32],
                                              GError **error);
const AmendsBundleClaim *amends_bundle_reader_get_claim (const AmendsBundleReader *self);
gboolean amends_bundle_reader_check (AmendsBundleReader *self,
                                     const guint8 key[AMENDS_KEY_BYTES],
                                     GError **error);
gssize
amends_bundle_reader_read (AmendsBundleReader *self, guint8 *buffer, gsize n_bytes, GError **error);
void amends_bundle_reader_free (AmendsBundleReader *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AmendsBundleReader, amends_bundle_reader_free)

G_END_DECLS
