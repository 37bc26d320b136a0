/* amends-event.h: one act of one person, written once and never changed
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <jansson.h>

#include "core/amends-id.h"

G_BEGIN_DECLS

#define AMENDS_DIGEST_BYTES 32
#define AMENDS_SALT_BYTES 12
#define AMENDS_KEY_BYTES 32       /* an Ed25519 public key */
#define AMENDS_SIGNATURE_BYTES 64 /* an Ed25519 signature */

/* An act has at most a few texts of 64 KiB; four of them with their frame is the most one event
 * carries. */
#define AMENDS_EVENT_MAX_BODY_BYTES (256 * 1024)

/* The largest body with its salt, padded to a step, in a sealed box: amends-box.c. */
#define AMENDS_EVENT_MAX_BOX_BYTES (AMENDS_EVENT_MAX_BODY_BYTES + 4096 + 48)

/* Heads: one for each device that wrote while apart. */
#define AMENDS_EVENT_MAX_AFTER 64

#define AMENDS_FEED_MAX_BYTES 40

/* jansson recurses; no body of ours is deeper than five. */
#define AMENDS_JSON_MAX_DEPTH 32

/**
 * AmendsEventType:
 *
 * What an event records; its word stands in the body. A word that this version does not know is
 * %AMENDS_EVENT_UNKNOWN: kept, forwarded, shown as recorded by a newer version. Append only.
 */
typedef enum
{
  AMENDS_EVENT_UNKNOWN = 0,
  AMENDS_EVENT_CASE_RECORDED = 1,
  AMENDS_EVENT_CASE_NOTED = 2,
  AMENDS_EVENT_CASE_ACKNOWLEDGED = 3,
  AMENDS_EVENT_CONTACT_CHANGED = 4,
  AMENDS_EVENT_ISSUE_ADDED = 5,
  AMENDS_EVENT_CONSENT_GIVEN = 6,
  AMENDS_EVENT_CONSENT_REFUSED = 7,
  AMENDS_EVENT_CONSENT_DEFERRED = 8,
  AMENDS_EVENT_CONSENT_WITHDRAWN = 9,
  AMENDS_EVENT_ADJUSTMENT_ADDED = 10,
  AMENDS_EVENT_ADJUSTMENT_ENDED = 11,
  AMENDS_EVENT_AUTHORITY_GIVEN = 12,
  AMENDS_EVENT_AUTHORITY_WITHDRAWN = 13,
  AMENDS_EVENT_CONFLICT_SETTLED = 14,
  AMENDS_EVENT_STAFF_RECORDED = 15,
  AMENDS_EVENT_DEVICE_FORKED = 16,
  AMENDS_EVENT_SERVER_BEGAN = 17,
  AMENDS_EVENT_SERVER_RESTORED = 18,
  AMENDS_EVENT_SCHEME_RECORDED = 19,
  AMENDS_EVENT_DEVICE_ENROLLED = 20,
  AMENDS_EVENT_DEVICE_GRANTED = 21,
  AMENDS_EVENT_DEVICE_UNGRANTED = 22,
  AMENDS_EVENT_DEVICE_REVOKED = 23,
  AMENDS_EVENT_DEVICE_RECODED = 24,
  AMENDS_EVENT_POLICY_PUBLISHED = 25,
  AMENDS_EVENT_CALENDAR_PUBLISHED = 26,
  AMENDS_EVENT_CASE_EDITION_MOVED = 27,
  AMENDS_EVENT_CASE_ACCEPTED = 28,
  AMENDS_EVENT_CASE_DECLINED = 29,
  AMENDS_EVENT_CASE_WITHDRAWN = 30,
  AMENDS_EVENT_CASE_REOPENED = 31,
  AMENDS_EVENT_CASE_ASSIGNED = 32,
  AMENDS_EVENT_CASE_CONTACTED = 33,
  AMENDS_EVENT_CASE_EXTENDED = 34,
  AMENDS_EVENT_CASE_UPDATED = 35,
  AMENDS_EVENT_CASE_RESPONDED = 36,
  AMENDS_EVENT_CASE_DELIVERED = 37,
  AMENDS_EVENT_CASE_ESCALATION_REQUESTED = 38,
  AMENDS_EVENT_CASE_ESCALATION_REFUSED = 39,
  AMENDS_EVENT_CASE_STAGE2_ACKNOWLEDGED = 40,
  AMENDS_EVENT_CASE_STAGE2_ASSIGNED = 41,
  AMENDS_EVENT_CASE_STAGE2_CONTACTED = 42,
  AMENDS_EVENT_CASE_STAGE2_UPDATED = 43,
  AMENDS_EVENT_CASE_STAGE2_EXTENDED = 44,
  AMENDS_EVENT_CASE_STAGE2_RESPONDED = 45,
  AMENDS_EVENT_CASE_STAGE2_CLOSED = 46,
  AMENDS_EVENT_CASE_CLOSURE_CONTACT = 47,
  AMENDS_EVENT_CASE_CLOSED = 48,
  AMENDS_EVENT_CASE_PANEL_REQUESTED = 49,
  AMENDS_EVENT_CASE_PANEL_DECIDED = 50,
  AMENDS_EVENT_CASE_DISCLOSED = 51,
  AMENDS_EVENT_CASE_DEPARTURE = 52,
  AMENDS_EVENT_CASE_UNDERSTANDING = 53,
  AMENDS_EVENT_CASE_DISSATISFIED = 54,
  AMENDS_EVENT_CASE_PROMOTED = 55,
  AMENDS_EVENT_CASE_REQUEST_RESOLVED = 56,
  AMENDS_EVENT_CASE_HAZARD_REPORTED = 57,
  AMENDS_EVENT_CASE_HAZARD_INVESTIGATED = 58,
  AMENDS_EVENT_CASE_HAZARD_SUMMARY_SENT = 59,
  AMENDS_EVENT_CASE_HAZARD_MADE_SAFE = 60,
  AMENDS_EVENT_CASE_ERASURE_ASKED = 61,
  AMENDS_EVENT_CASE_ERASURE_AGREED = 62,
  AMENDS_EVENT_BODY_ERASED = 63,
  AMENDS_EVENT_CASE_CORRECTED = 64,
  AMENDS_EVENT_CASE_CORRECTION_ANSWERED = 65,
  AMENDS_EVENT_CASE_ATTACHED = 66,
  AMENDS_EVENT_CASE_TRIAGED = 67,
  AMENDS_EVENT_CASE_DEFINED = 68,
  AMENDS_EVENT_CASE_STAGE2_DEFINED = 69,
  AMENDS_EVENT_CASE_INVESTIGATED = 70,
  AMENDS_EVENT_CASE_STAGE2_INVESTIGATED = 71,
  AMENDS_EVENT_CASE_INFORMATION_REQUESTED = 72,
  AMENDS_EVENT_CASE_INFORMATION_ANSWERED = 73,
  AMENDS_EVENT_CASE_FINDING = 74,
  AMENDS_EVENT_CASE_STAGE2_FINDING = 75,
  AMENDS_EVENT_CASE_REMEDY_OFFERED = 76,
  AMENDS_EVENT_CASE_REMEDY_ANSWERED = 77,
  AMENDS_EVENT_CASE_REMEDY_GIVEN = 78,
  AMENDS_EVENT_CASE_ACTION_ADDED = 79,
  AMENDS_EVENT_CASE_ACTION_DONE = 80,
  AMENDS_EVENT_CASE_DRAFTED = 81,
  AMENDS_EVENT_CASE_APPROVED = 82,
  AMENDS_EVENT_CASE_SENT = 83,
  AMENDS_EVENT_CASE_STAGE2_DRAFTED = 84,
  AMENDS_EVENT_CASE_STAGE2_APPROVED = 85,
  AMENDS_EVENT_CASE_STAGE2_SENT = 86,
  AMENDS_EVENT_CASE_LEARNING = 87,
  AMENDS_EVENT_CASE_SURVEY = 88,
  AMENDS_EVENT_CASE_REFERRED = 89,
  AMENDS_EVENT_CASE_DETERMINATION = 90,
  AMENDS_EVENT_CASE_ORDER = 91,
  AMENDS_EVENT_CASE_ORDER_DONE = 92,
  AMENDS_EVENT_CASE_BEHAVIOUR_RESTRICTION = 93,
  AMENDS_EVENT_CASE_BEHAVIOUR_REVIEWED = 94,
  AMENDS_EVENT_CASE_PANEL_RECOMMENDED = 95,
  AMENDS_EVENT_CASE_MATCHED = 96,
  AMENDS_EVENT_CASE_JOINED = 97,
  AMENDS_EVENT_CASE_SPLIT = 98,
  AMENDS_EVENT_CASE_FORWARDED = 99,
  AMENDS_EVENT_CASE_MOVED = 100,
  AMENDS_EVENT_PERSON_ADJUSTMENT_DECIDED = 101,
  AMENDS_EVENT_PERSON_ADJUSTMENT_MADE = 102,
  AMENDS_EVENT_PERSON_ADJUSTMENT_REVIEWED = 103,
  AMENDS_EVENT_PERSON_DISABILITY_DISCLOSED = 104,
  AMENDS_EVENT_PERSON_PREFERENCE = 105,
  AMENDS_EVENT_CASE_CARRIED = 106,
  AMENDS_EVENT_HOME_RECORDED = 107,
  AMENDS_EVENT_PERSON_RECORDED = 108,
  AMENDS_EVENT_PIN_RECORDED = 109,
  AMENDS_EVENT_NUMBER_RECORDED = 110,
  AMENDS_EVENT_CASE_APPOINTED = 111,
  AMENDS_EVENT_CASE_APPOINTMENT_ENDED = 112,
  AMENDS_EVENT_CASE_COMPLAINANT_JOINED = 113,
  AMENDS_EVENT_CASE_ASK_FIRST = 114,
  AMENDS_EVENT_CASE_TRANSCRIBED = 115,
  AMENDS_EVENT_QUEUE_CARRIED = 116,
  AMENDS_EVENT_CASE_PARTED = 117,
  AMENDS_EVENT_PERSON_CAPACITY_ASSESSED = 118,
} AmendsEventType;

#define AMENDS_EVENT_N_TYPES 119

/**
 * AmendsEvent:
 * @id: whose, and which of theirs
 * @stream: the event that began the thing it is about; its own id if it began it
 * @n_after: how many heads of the stream its author had seen, at most %AMENDS_EVENT_MAX_AFTER
 * @after: (array length=n_after): those heads
 * @feed: where it was written, which is who may have it
 * @body: (nullable): the bytes as first written; %NULL once erased, or in a box
 * @salt: random; kept and erased with the body
 * @box: (nullable): salt and body in a box that only the organisation's intake key opens: amends-box.h
 * @has_body_hash: whether @body_hash says anything: where salt and body are in a box, or are not here
 * @body_hash: the hash of salt and body; with it the digest proves the four fields of what has no body
 * @digest: over the four fields and the hash of salt and body; stays when they go
 *
 * Immutable, counted, shared between threads.
 */
typedef struct
{
  gatomicrefcount ref_count;
  AmendsId id;
  AmendsId stream;
  guint n_after;
  AmendsId *after;
  char *feed;
  GBytes *body;
  guint8 salt[AMENDS_SALT_BYTES];
  GBytes *box;
  gboolean has_body_hash;
  guint8 body_hash[AMENDS_DIGEST_BYTES];
  guint8 digest[AMENDS_DIGEST_BYTES];
  json_t *json; /* (nullable): for amends_event_get_json() alone */
} AmendsEvent;

AmendsEvent *amends_event_new (const AmendsId *id,
                               const char *feed,
                               const AmendsId *stream,
                               const AmendsId *after,
                               guint n_after,
                               const guint8 salt[AMENDS_SALT_BYTES],
                               GBytes *body,
                               GError **error);
AmendsEvent *amends_event_new_erased (const AmendsId *id,
                                      const char *feed,
                                      const AmendsId *stream,
                                      const AmendsId *after,
                                      guint n_after,
                                      const guint8 digest[AMENDS_DIGEST_BYTES],
                                      GError **error);
AmendsEvent *amends_event_new_bodiless (const AmendsId *id,
                                        const char *feed,
                                        const AmendsId *stream,
                                        const AmendsId *after,
                                        guint n_after,
                                        const guint8 body_hash[AMENDS_DIGEST_BYTES],
                                        GError **error);
AmendsEvent *amends_event_strip (const AmendsEvent *self);
AmendsEvent *amends_event_new_boxed (const AmendsId *id,
                                     const char *feed,
                                     const AmendsId *stream,
                                     const AmendsId *after,
                                     guint n_after,
                                     const guint8 body_hash[AMENDS_DIGEST_BYTES],
                                     GBytes *box,
                                     GError **error);
AmendsEvent *amends_event_ref (AmendsEvent *self);
void amends_event_unref (AmendsEvent *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AmendsEvent, amends_event_unref)

AmendsEvent *amends_event_parse_line (const char *line,
                                      gsize n_bytes,
                                      const guint8 salt[AMENDS_SALT_BYTES],
                                      GError **error);
char *amends_event_format_header (const AmendsEvent *self);
char *amends_event_format_line (const AmendsEvent *self);
char *amends_after_format (const AmendsId *after, guint n_after);
AmendsId *amends_after_parse (const char *text, gsize n_bytes, guint *ret_n_after, GError **error);

gboolean amends_feed_is_valid (const char *feed);
const char *amends_feed_get_scheme (const char *feed);

gboolean amends_event_is_proved (const AmendsEvent *self);
void amends_event_get_body_hash (const AmendsEvent *self, guint8 ret_hash[AMENDS_DIGEST_BYTES]);
const char *amends_event_type_to_string (AmendsEventType type);
gboolean amends_event_type_is_handling (AmendsEventType type);
AmendsEventType amends_event_type_from_string (const char *word);
json_t *amends_event_load_body (const AmendsEvent *self, GError **error);
const json_t *amends_event_get_json (AmendsEvent *self);
AmendsEventType amends_body_get_type (const json_t *body);
gint64 amends_body_get_at (const json_t *body);
gboolean amends_body_is_envelope (const char *key);
gboolean amends_body_reports_hazard (const json_t *body);
gboolean amends_body_get_by (const json_t *body, AmendsId *ret_by);
json_t *amends_json_load (const char *bytes, gsize n_bytes, GError **error);
GBytes *amends_json_dump (const json_t *value);

G_END_DECLS
