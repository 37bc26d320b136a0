/* amends-wire.h: the bytes of an exchange, in PROTOCOL.md's words
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Pure: bytes in, values out; no I/O, no clock. */

#pragma once

#include "core/amends-chain.h"
#include "core/amends-event.h"
#include "core/amends-secret.h"

G_BEGIN_DECLS

#define AMENDS_WIRE_MAX_REQUEST_BYTES (4 * 1024 * 1024)
#define AMENDS_WIRE_MAX_REPLY_BYTES (16 * 1024 * 1024) /* the server ends a reply at half of it */
#define AMENDS_WIRE_MAX_HEAD_BYTES 65536
#define AMENDS_WIRE_MAX_TRAILER_BYTES 4096
#define AMENDS_WIRE_MAX_FRAME_BYTES 393216 /* compressed: the largest event that does not shrink */
#define AMENDS_WIRE_MAX_INFLATED_BYTES 1572864
#define AMENDS_WIRE_MAX_STATEMENTS 256
#define AMENDS_WIRE_MAX_LOST 1000 /* bodies of a lost log in one frame */
#define AMENDS_WIRE_MAX_STATEMENT_BYTES \
  49152 /* of all in a frame: they do not shrink, so this is \
                                                 what a full frame leaves of its limit */
#define AMENDS_WIRE_MAX_PROBE 2000
#define AMENDS_WIRE_MAX_ERASED 2000 /* events of one erasure; their ids fit the head */
#define AMENDS_EPOCH_BYTES 32       /* hexadecimal digits */

/**
 * AmendsEntry:
 * @kind: what it is
 * @logged_at_s: when the server logged it, Unix seconds; 0 unknown
 * @event: (nullable) (owned): of %AMENDS_ENTRY_EVENT and %AMENDS_ENTRY_DIGEST
 * @id: the stream that left, or the event erased
 * @first_number: of %AMENDS_ENTRY_OWN
 * @count: how many positions it takes: 1, the length of the run, 0 for %AMENDS_ENTRY_DIGEST
 */
typedef struct
{
  AmendsEntryKind kind;
  gint64 logged_at_s;
  AmendsEvent *event;
  AmendsId id;
  guint64 first_number;
  guint64 count;
} AmendsEntry;

/**
 * AmendsFrame:
 * @feed: (nullable): the feed whose entries these are; %NULL going up
 * @first_position: of its first entry; 0 going up
 * @entries: (element-type AmendsEntry)
 * @statements: (element-type AmendsStatement)
 * @feed_hash: after the last entry; zeroes going up; of a lost log the server's chain before the first
 * @is_lost: whether it is of a log that the server lost: of its own events in ctl, their numbers rising by one
 */
typedef struct
{
  char *feed;
  guint64 first_position;
  GArray *entries;
  GPtrArray *statements;
  AmendsDigest feed_hash;
  gboolean is_lost;
} AmendsFrame;

AmendsFrame *amends_frame_read (const guint8 *bytes, gsize n_bytes, GError **error);
void amends_frame_free (AmendsFrame *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AmendsFrame, amends_frame_free)

AmendsEvent *amends_entry_bare_event (const AmendsEvent *event);
void amends_entry_digest (const AmendsEntry *self, AmendsDigest *ret_digest);

typedef struct _AmendsFrameWriter AmendsFrameWriter;

AmendsFrameWriter *amends_frame_writer_new (const char *feed, guint64 first_position);
void amends_frame_writer_add_event (AmendsFrameWriter *self,
                                    const AmendsEvent *event,
                                    gint64 logged_at_s);
void amends_frame_writer_add_digest (AmendsFrameWriter *self, const AmendsEvent *event);
void amends_frame_writer_add_own (AmendsFrameWriter *self,
                                  guint64 first_number,
                                  guint64 count,
                                  gint64 logged_at_s);
void
amends_frame_writer_add_left (AmendsFrameWriter *self, const AmendsId *stream, gint64 logged_at_s);
void
amends_frame_writer_add_erased (AmendsFrameWriter *self, const AmendsId *event, gint64 logged_at_s);
gboolean
amends_frame_writer_add_statement (AmendsFrameWriter *self, const AmendsStatement *statement);
gboolean amends_frame_writer_is_full (const AmendsFrameWriter *self);
guint amends_frame_writer_get_n_entries (const AmendsFrameWriter *self);
GBytes *amends_frame_writer_finish (AmendsFrameWriter *self, const AmendsDigest *feed_hash);
void amends_frame_writer_free (AmendsFrameWriter *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AmendsFrameWriter, amends_frame_writer_free)

/* A message is written by appending to a byte array. */
void amends_message_append_head (GByteArray *message, const json_t *head);
void amends_message_append_frame (GByteArray *message, GBytes *frame);
void amends_message_append_trailer (GByteArray *message, const json_t *trailer);

/**
 * AmendsMessagePart:
 * @AMENDS_MESSAGE_NEEDS_MORE: feed more bytes
 * @AMENDS_MESSAGE_HEAD: the head has arrived
 * @AMENDS_MESSAGE_FRAME: a frame has arrived, still compressed
 * @AMENDS_MESSAGE_END: the trailer has arrived; nothing may follow
 */
typedef enum
{
  AMENDS_MESSAGE_NEEDS_MORE,
  AMENDS_MESSAGE_HEAD,
  AMENDS_MESSAGE_FRAME,
  AMENDS_MESSAGE_END,
} AmendsMessagePart;

typedef struct _AmendsMessageReader AmendsMessageReader;

AmendsMessageReader *amends_message_reader_new (void);
void amends_message_reader_feed (AmendsMessageReader *self, const guint8 *bytes, gsize n_bytes);
gboolean amends_message_reader_next (AmendsMessageReader *self,
                                     AmendsMessagePart *ret_part,
                                     json_t **ret_json,
                                     GBytes **ret_frame,
                                     GError **error);
gboolean amends_message_reader_is_whole (const AmendsMessageReader *self);
void amends_message_reader_free (AmendsMessageReader *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AmendsMessageReader, amends_message_reader_free)

/**
 * AmendsCursor:
 * @feed: which feed
 * @position: the last entry held; 0 none
 * @hash: the feed hash there; zeroes at 0
 */
typedef struct
{
  char feed[AMENDS_FEED_MAX_BYTES + 1];
  guint64 position;
  AmendsDigest hash;
} AmendsCursor;

/**
 * AmendsWireErase: what a device asks to be erased
 * @stream: of the case
 * @ask: the event by which one device asked
 * @agree: the event by which this device agreed
 * @events: (element-type AmendsId): what goes
 */
typedef struct
{
  AmendsId stream;
  AmendsId ask;
  AmendsId agree;
  GArray *events;
} AmendsWireErase;

void amends_wire_erase_free (AmendsWireErase *self);

/**
 * AmendsRequestHead:
 * @epoch: "" if none is known yet
 * @number: the device's last number
 * @trunk: its trunk there
 * @cursors: (element-type AmendsCursor)
 * @probe_from: 0 if it does not probe; else from 1
 * @probe_to: the last number asked about
 * @recode: whether it asks for a new code
 * @recode_key: the key of the new code
 * @hold: whether it asks for no pages
 * @gone: (element-type utf8): feeds that were taken away and of which it holds nothing any more
 * @whole: (element-type AmendsCursor): up to which number it wants its own events of a feed whole, having kept
 *   their digests alone
 * @erase: (nullable) (owned): what it asks to be erased
 * @hashes: whether it reads digests with what they prove; a device of before that does not
 * @scrubbing: whether what was taken out of it may still be in one of its files: its cursor in ctl is no
 *   confirmation yet
 */
typedef struct
{
  char epoch[AMENDS_EPOCH_BYTES + 1];
  guint64 number;
  AmendsDigest trunk;
  GArray *cursors;
  guint64 probe_from;
  guint64 probe_to;
  gboolean recode;
  guint8 recode_key[AMENDS_KEY_BYTES];
  gboolean hold;
  GPtrArray *gone;
  GArray *whole;
  AmendsWireErase *erase;
  gboolean hashes;
  gboolean scrubbing;
} AmendsRequestHead;

AmendsRequestHead *amends_request_head_new (void);
void amends_request_head_free (AmendsRequestHead *self);
json_t *amends_request_head_to_json (const AmendsRequestHead *self);
AmendsRequestHead *amends_request_head_from_json (const json_t *json, GError **error);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AmendsRequestHead, amends_request_head_free)

/**
 * AmendsReceipt:
 * @epoch: the server's
 * @request: the request it answers
 * @number: the server holds the device's events up to here
 * @trunk: and they hash to this
 * @at: when, UTC as text
 * @signature: the server's
 */
typedef struct
{
  char epoch[AMENDS_EPOCH_BYTES + 1];
  guint64 request;
  guint64 number;
  AmendsDigest trunk;
  char at[32];
  guint8 signature[AMENDS_SIGNATURE_BYTES];
} AmendsReceipt;

void amends_receipt_sign (AmendsReceipt *self,
                          const char *organisation,
                          const char *code,
                          const guint8 secret_key[64]);
gboolean amends_receipt_verify (const AmendsReceipt *self,
                                const char *organisation,
                                const char *code,
                                const guint8 key[AMENDS_KEY_BYTES]);

/**
 * AmendsReplyHead:
 * @receipt: the acknowledgement, with the epoch
 * @safe: (element-type AmendsCursor): hash unused
 * @safe_number: up to here a verified backup has the device's own events
 * @resume: (element-type AmendsCursor): cursors that did not fit
 * @trunks: (element-type AmendsDigest): answer to a probe
 * @recoded: "" or the new code
 * @refused_frame: the first frame that was not applied, from 0
 * @refused_code: (nullable): why frame @refused_frame and those after it were not applied
 * @refused_message: (nullable): the same as a sentence
 * @quarantined: how many of the device's events are held back
 * @revoked: whether the device is revoked
 */
typedef struct
{
  AmendsReceipt receipt;
  GArray *safe;
  guint64 safe_number;
  GArray *resume;
  GArray *trunks;
  char recoded[5];
  int refused_frame;
  char *refused_code;
  char *refused_message;
  guint64 quarantined;
  gboolean revoked;
} AmendsReplyHead;

AmendsReplyHead *amends_reply_head_new (void);
void amends_reply_head_free (AmendsReplyHead *self);
json_t *amends_reply_head_to_json (const AmendsReplyHead *self);
AmendsReplyHead *amends_reply_head_from_json (const json_t *json, GError **error);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AmendsReplyHead, amends_reply_head_free)

/* Signed requests (PROTOCOL.md 2) and enrolment (7). */
void amends_request_body_hash (const guint8 *body, gsize n_bytes, AmendsDigest *ret_hash);
void amends_request_sign (const char *organisation,
                          const char *path,
                          const char *code,
                          guint64 number,
                          const AmendsDigest *body_hash,
                          const guint8 secret_key[64],
                          guint8 ret_signature[AMENDS_SIGNATURE_BYTES]);
gboolean amends_request_verify (const char *organisation,
                                const char *path,
                                const char *code,
                                guint64 number,
                                const AmendsDigest *body_hash,
                                const guint8 signature[AMENDS_SIGNATURE_BYTES],
                                const guint8 key[AMENDS_KEY_BYTES]);

#define AMENDS_ENROL_LOOKUP_SIZE (4 + 1) /* bytes, with the zero byte */
#define AMENDS_ENROL_RANDOM_BYTES 13     /* 100 bits of these: 20 characters */

char *amends_enrol_code_format (const guint8 random[AMENDS_ENROL_RANDOM_BYTES]);
gboolean amends_enrol_code_parse (const char *text,
                                  char ret_lookup[AMENDS_ENROL_LOOKUP_SIZE],
                                  AmendsDigest *ret_key,
                                  GError **error);
void amends_enrol_request_mac (const AmendsDigest *key,
                               const char *lookup,
                               const char *public_key,
                               const char *name,
                               const char *device_code,
                               AmendsDigest *ret_mac);
void amends_enrol_reply_mac (const AmendsDigest *key,
                             const char *lookup,
                             const char *public_key,
                             const char *manifest,
                             AmendsDigest *ret_mac);

G_END_DECLS
