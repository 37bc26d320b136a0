/* amends-case.h: the file on one complaint, folded from its events
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A case is whole in its own stream: complainant, representative, authority, consents and
 * adjustments as they stand for it. Single facts are *fields* under dotted names ("received",
 * "complainant.phone"); what is added one by one (issues, notes, attachments) are *parts*, each named by the
 * event that added it and so never in conflict. */

#pragma once

#include "core/amends-attachment.h"
#include "core/amends-fold.h"

G_BEGIN_DECLS

/* The most the line about a case in a list holds, in characters. */
#define AMENDS_SUMMARY_MAX_CHARS 120

typedef struct _AmendsCase AmendsCase;

/**
 * AmendsIssue: one thing complained of, in the resident's words
 * AmendsConsent: what may be shared, for one purpose, with one recipient
 * AmendsAdjustment: a reasonable adjustment for a need
 * AmendsNote: what was noted, by whom, when
 *
 * Texts are owned by the case. @details holds all that was recorded, as a JSON object.
 */
typedef struct
{
  AmendsId id;
  const char *what;
  const char *arose;          /* (nullable) ISO, may be partial: "2026-10" */
  const char *aware;          /* (nullable) as @arose */
  const char *outcome_sought; /* (nullable) */
  const json_t *details;
} AmendsIssue;

typedef struct
{
  AmendsId id;
  const char *purpose;
  const char *to;        /* (nullable) */
  const char *answer;    /* "given", "refused" or "ask-me" */
  const char *until;     /* (nullable) ISO day */
  const char *withdrawn; /* (nullable) ISO day on which it was withdrawn */
  const json_t *details;
} AmendsConsent;

typedef struct
{
  AmendsId id;
  const char *need;
  const char *detail; /* (nullable) */
  const char *who;    /* (nullable) of several who complain, whose it is; NULL for the first */
  const char *ended;  /* (nullable) ISO day on which it was ended */
  const json_t *details;
  const json_t *decided; /* (nullable) whether it was agreed; of two versions the first, as below */
  const json_t *made;    /* (nullable) when it was made */
  const json_t *reviewed; /* (nullable) when it was looked at again, and with what outcome */
} AmendsAdjustment;

gboolean amends_adjustment_stands (const AmendsAdjustment *self);

typedef struct
{
  AmendsId id;
  gint64 at; /* microseconds since 1970 UTC, by its author's clock */
  AmendsId by;
  const char *text;
} AmendsNote;

/**
 * AmendsHistoryEntry:
 * @event: the event
 * @type: %AMENDS_EVENT_UNKNOWN if a newer version recorded it
 * @body: (nullable): with what was corrected in it since; %NULL if it is erased or not readable
 * @written: (nullable): as it was written
 * @at: by its author's clock, microseconds since 1970 UTC; 0 unknown
 * @by: the member of staff; number 0 unknown
 * @in_cycle: whether its place is by id only
 * @is_overruled: whether it is an act that a person who settled a conflict put another value in place of
 * @carrier: (nullable): the event that carried it here, where only that is held
 */
typedef struct
{
  AmendsEvent *event;
  AmendsEventType type;
  const json_t *body;
  const json_t *written;
  gint64 at;
  AmendsId by;
  gboolean in_cycle;
  gboolean is_overruled;
  const AmendsEvent *carrier;
} AmendsHistoryEntry;

/* Where the draft of a response stands: only what was sent ends a clock. */
typedef enum
{
  AMENDS_DRAFT_WRITTEN,
  AMENDS_DRAFT_SENT_BACK,
  AMENDS_DRAFT_APPROVED,
  AMENDS_DRAFT_SENT,
} AmendsDraftState;

/**
 * AmendsCaseErasure: that something of the case be erased
 * @asked: who asked, and why
 * @agreed: (nullable): who agreed: another person on another device
 * @events: (element-type AmendsId): what was named
 * @left: (element-type AmendsEvent): those of them that are here and still have a body, and what carries one of them
 *   to another scheme, whoever carried it and when
 * @n_left: how many those are
 */
typedef struct
{
  const AmendsHistoryEntry *asked;
  const AmendsHistoryEntry *agreed;
  GArray *events;
  GPtrArray *left;
  guint n_left;
} AmendsCaseErasure;

/**
 * AmendsCorrectionState:
 * @AMENDS_CORRECTION_STANDS: it is read in place of what was written, or was
 * @AMENDS_CORRECTION_WAITS: for somebody else to agree
 * @AMENDS_CORRECTION_DROPPED: somebody did not agree, or another one took its place
 */
typedef enum
{
  AMENDS_CORRECTION_STANDS,
  AMENDS_CORRECTION_WAITS,
  AMENDS_CORRECTION_DROPPED,
} AmendsCorrectionState;

/**
 * AmendsCorrection:
 * @place: of its event in the history
 * @target: of the event that it corrects
 * @path: of the field of that event
 * @body: of its event
 */
typedef struct
{
  guint place;
  guint target;
  const char *path;
  const json_t *body;
  AmendsCorrectionState state;
} AmendsCorrection;

AmendsCase *amends_case_new (AmendsEvent *const *events, guint n_events);
void amends_case_free (AmendsCase *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AmendsCase, amends_case_free)

gboolean amends_case_is_recorded (const AmendsCase *self);
void amends_case_get_id (const AmendsCase *self, AmendsId *ret_id);
const char *amends_case_get_feed (const AmendsCase *self);
gboolean amends_case_was_moved (const AmendsCase *self);
guint amends_case_get_n_places (const AmendsCase *self);
const char *amends_case_get_place (const AmendsCase *self, guint n);
GPtrArray *amends_case_list_feeds (const AmendsCase *self);
GPtrArray *amends_case_list_lacking (const AmendsCase *self, const char *feed);
guint amends_case_count_behind (const AmendsCase *self);
AmendsCase *amends_case_new_away (const AmendsCase *self);
gboolean amends_case_is_away (const AmendsCase *self);
const char *amends_case_get_state (const AmendsCase *self);
const char *amends_case_get_stage (const AmendsCase *self);
gboolean amends_case_is_complaint (const AmendsCase *self);
gboolean amends_case_stands (const AmendsCase *self, const char *name);
GPtrArray *amends_case_list_ask_first (const AmendsCase *self);
gboolean amends_case_holds (const AmendsCase *self, const char *name);
const char *amends_case_get_text (const AmendsCase *self, const char *field);
const json_t *amends_case_get_value (const AmendsCase *self, const char *field);
gboolean amends_case_get_edition (const AmendsCase *self, AmendsId *ret_id);
char *amends_case_dup_summary (const AmendsCase *self);

guint amends_case_get_n_issues (const AmendsCase *self);
const AmendsIssue *amends_case_get_issue (const AmendsCase *self, guint n);
guint amends_case_get_n_consents (const AmendsCase *self);
const AmendsConsent *amends_case_get_consent (const AmendsCase *self, guint n);
guint amends_case_get_n_adjustments (const AmendsCase *self);
const AmendsAdjustment *amends_case_get_adjustment (const AmendsCase *self, guint n);
guint amends_case_get_n_notes (const AmendsCase *self);
const AmendsNote *amends_case_get_note (const AmendsCase *self, guint n);
guint amends_case_get_n_attachments (const AmendsCase *self);
const AmendsAttachment *amends_case_get_attachment (const AmendsCase *self, guint n);
guint amends_case_get_n_history (const AmendsCase *self);
const AmendsHistoryEntry *amends_case_get_history (const AmendsCase *self, guint n);

guint amends_case_get_n_erasures (const AmendsCase *self);
const AmendsCaseErasure *amends_case_get_erasure (const AmendsCase *self, guint n);
gboolean amends_case_is_erased (const AmendsCase *self);
guint amends_case_get_n_corrections (const AmendsCase *self);
const AmendsCorrection *amends_case_get_correction (const AmendsCase *self, guint n);
json_t *amends_case_dup_body (const AmendsCase *self, guint place, gboolean latest);
gboolean amends_correction_is_of (AmendsEventType type);
gboolean amends_correction_needs_another (AmendsEventType type, const char *path);
gboolean amends_correction_is_field (const char *name);
char *amends_correction_dup_field (const char *event, const char *path);
const char *amends_correction_get_path (const char *name, AmendsId *ret_event);
const json_t *amends_body_get_path (const json_t *body, const char *path);

gboolean amends_case_is_before (const AmendsCase *self, guint earlier, guint later);

gboolean amends_act_restarts (const json_t *body);
gboolean amends_act_is_extension (AmendsEventType type);
char *amends_act_dup_field (AmendsEventType type, const json_t *body);
AmendsEventType amends_act_get_type_of_field (const char *name);
gboolean amends_act_begins_stage_2 (AmendsEventType type);
gboolean amends_case_is_joined_by (const AmendsCase *self, const AmendsHistoryEntry *entry);
AmendsEventType amends_act_get_opening (AmendsEventType type, const char **ret_key);
gboolean amends_act_is_of_needs (AmendsEventType type);
const char *amends_act_get_follow_up_word (AmendsEventType type);
AmendsDraftState
amends_case_get_draft_state (const AmendsCase *self, const AmendsHistoryEntry *draft);
const AmendsHistoryEntry *
amends_case_find_newest_draft (const AmendsCase *self, AmendsEventType type);
const AmendsHistoryEntry *amends_case_find_unsent (const AmendsCase *self, AmendsEventType type);
const AmendsHistoryEntry *
amends_case_find_act (const AmendsCase *self, AmendsEventType type, const char *id);
const json_t *
amends_case_get_follow_up (const AmendsCase *self, AmendsEventType type, const AmendsId *opening);
gboolean amends_case_reports_hazard (const AmendsHistoryEntry *entry);
gboolean amends_case_is_open_promise (const AmendsCase *self, const AmendsHistoryEntry *entry);
const char *amends_case_describe_promise (const AmendsHistoryEntry *entry);
guint amends_case_count_open_promises (const AmendsCase *self);

const AmendsFields *amends_case_get_fields (const AmendsCase *self);
guint amends_case_get_n_conflicts (const AmendsCase *self);
const AmendsField *amends_case_get_conflict (const AmendsCase *self, guint n);
const AmendsHistoryEntry *amends_case_get_author (const AmendsCase *self, const AmendsWrite *write);

AmendsId *amends_case_get_heads (const AmendsCase *self, guint *ret_n_heads);
guint amends_case_get_n_unknown (const AmendsCase *self);
guint amends_case_get_n_missing (const AmendsCase *self);
gint64 amends_case_get_recorded_at (const AmendsCase *self);
gint64 amends_case_get_changed_at (const AmendsCase *self);

json_t *amends_case_corrections_to_json (const AmendsCase *self);
json_t *amends_case_conflicts_to_json (const AmendsCase *self);
json_t *amends_case_to_json (const AmendsCase *self);

G_END_DECLS
