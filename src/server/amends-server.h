/* amends-server.h: what devices hand in, kept, numbered and passed on
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Knows no HTTP. It may be called from several threads: every function takes the server's lock for
 * itself, and none for longer than a frame. */

#pragma once

#include "store/amends-environment.h"
#include "sync/amends-wire-chunk.h"
#include "sync/amends-wire.h"

G_BEGIN_DECLS

/**
 * AmendsServerError:
 *
 * What PROTOCOL.md 1 answers a request that is refused, by the same names; and, answered as busy too,
 * %AMENDS_SERVER_ERROR_CONFLICT for what did not happen because of what another process did at the same time.
 */
typedef enum
{
  AMENDS_SERVER_ERROR_MALFORMED = 1,
  AMENDS_SERVER_ERROR_UNKNOWN_DEVICE,
  AMENDS_SERVER_ERROR_SIGNATURE,
  AMENDS_SERVER_ERROR_CODE_UNKNOWN,
  AMENDS_SERVER_ERROR_CODE_USED,
  AMENDS_SERVER_ERROR_CODE_EXPIRED,
  AMENDS_SERVER_ERROR_CODE_TAKEN,
  AMENDS_SERVER_ERROR_NO_ROUTE,
  AMENDS_SERVER_ERROR_METHOD,
  AMENDS_SERVER_ERROR_TYPE,
  AMENDS_SERVER_ERROR_REPLAYED,
  AMENDS_SERVER_ERROR_TOO_LARGE,
  AMENDS_SERVER_ERROR_BUSY,
  AMENDS_SERVER_ERROR_CONFLICT,
  AMENDS_SERVER_ERROR_FORBIDDEN,
  AMENDS_SERVER_ERROR_NOT_HELD,
  AMENDS_SERVER_ERROR_FULL,
} AmendsServerError;

#define AMENDS_SERVER_ERROR (amends_server_error_quark ())
GQuark amends_server_error_quark (void);
const char *amends_server_error_get_code_name (const GError *error);
guint amends_server_error_get_status (const GError *error);

gboolean amends_server_tries_again (guint *inout_n_tries, GError **inout_error);

typedef struct _AmendsServer AmendsServer;

gboolean amends_server_create (const char *folder,
                               const char *organisation,
                               const char *const *hosts,
                               const AmendsEnvironment *environment,
                               GError **error);
AmendsServer *
amends_server_open (const char *folder, const AmendsEnvironment *environment, GError **error);
void amends_server_close (AmendsServer *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AmendsServer, amends_server_close)

const char *amends_server_get_folder (AmendsServer *self);
const char *amends_server_get_organisation (AmendsServer *self);
const char *amends_server_get_epoch (AmendsServer *self);
const char *amends_server_get_authority (AmendsServer *self);
void amends_server_get_signing_key (AmendsServer *self, guint8 ret_key[AMENDS_KEY_BYTES]);
gboolean
amends_server_get_tls (AmendsServer *self, char **ret_certificates, char **ret_key, GError **error);
gboolean amends_server_is_well (AmendsServer *self);
char *amends_server_get_metrics (AmendsServer *self, GError **error);

/* Enrolment. */
gboolean amends_server_invite (AmendsServer *self,
                               const char *kind,
                               const char *feeds,
                               char **ret_code,
                               GError **error);
gboolean amends_server_enrol (AmendsServer *self,
                              const char *body,
                              gsize n_bytes,
                              char **ret_reply,
                              GError **error);

/* An exchange: fed as it arrives, read as the peer takes it. */
typedef struct _AmendsExchange AmendsExchange;

AmendsExchange *amends_exchange_new (AmendsServer *server,
                                     const char *code,
                                     guint64 request,
                                     const AmendsDigest *body_hash,
                                     const guint8 signature[AMENDS_SIGNATURE_BYTES],
                                     guint64 *ret_last,
                                     GError **error);
gboolean
amends_exchange_feed (AmendsExchange *self, const guint8 *bytes, gsize n_bytes, GError **error);
gboolean amends_exchange_finish (AmendsExchange *self, GError **error);
gssize amends_exchange_read (AmendsExchange *self, guint8 *buffer, gsize n_bytes, GError **error);
void amends_exchange_unread (AmendsExchange *self, const guint8 *bytes, gsize n_bytes);
void amends_exchange_end_early (AmendsExchange *self);
void amends_exchange_free (AmendsExchange *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AmendsExchange, amends_exchange_free)

/* A request about chunks: fed as it arrives, answered at its end. */
typedef struct _AmendsChunkCall AmendsChunkCall;

AmendsChunkCall *amends_chunk_call_new (AmendsServer *server,
                                        AmendsChunkVerb verb,
                                        const char *code,
                                        guint64 request,
                                        const AmendsDigest *body_hash,
                                        const guint8 signature[AMENDS_SIGNATURE_BYTES],
                                        guint64 *ret_last,
                                        GError **error);
gboolean
amends_chunk_call_feed (AmendsChunkCall *self, const guint8 *bytes, gsize n_bytes, GError **error);
GBytes *amends_chunk_call_finish (AmendsChunkCall *self, GError **error);
void amends_chunk_call_free (AmendsChunkCall *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AmendsChunkCall, amends_chunk_call_free)

/**
 * AmendsServerLimits: how much room there is for attachments, in bytes
 * @per_device: what one device may hand in
 * @all: what all of them may
 * @reserve: what stays free on the disk of a store in a file, for events
 */
typedef struct
{
  guint64 per_device;
  guint64 all;
  guint64 reserve;
} AmendsServerLimits;

void amends_server_get_limits (AmendsServer *self, AmendsServerLimits *ret_limits);
void amends_server_set_limits (AmendsServer *self, const AmendsServerLimits *limits);

/* What an administrator does. */
gboolean
amends_server_add_scheme (AmendsServer *self, const char *code, const char *name, GError **error);
json_t *amends_server_list_schemes (AmendsServer *self, GError **error);
json_t *amends_server_list_devices (AmendsServer *self, GError **error);
gboolean amends_server_revoke (AmendsServer *self, const char *code, GError **error);
gboolean
amends_server_grant (AmendsServer *self, const char *code, const char *feed, GError **error);
gboolean
amends_server_ungrant (AmendsServer *self, const char *code, const char *feed, GError **error);
json_t *amends_server_list_leaving (AmendsServer *self, GError **error);
json_t *
amends_server_erase (AmendsServer *self, const char *ids, const char *reason, GError **error);
json_t *amends_server_list_erasures (AmendsServer *self, GError **error);
json_t *amends_server_list_quarantine (AmendsServer *self, GError **error);
json_t *amends_server_release (AmendsServer *self, const char *what, GError **error);
json_t *amends_server_import_bundle (AmendsServer *self,
                                     const char *path,
                                     const char *reply_path,
                                     GError **error);
json_t *amends_server_verify (AmendsServer *self, GError **error);
json_t *amends_server_back_up (AmendsServer *self, const char *path, GError **error);
json_t *amends_server_restore (const char *folder,
                               const char *path,
                               const AmendsEnvironment *environment,
                               GError **error);

G_END_DECLS
