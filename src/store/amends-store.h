/* amends-store.h: a device's store: the sealed log, who may open it, what lists show
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A store is a folder: log.db, list.snap, blobs/, lock, and the server's authority. One program owns it
 * at a time. Everything here is synchronous and for one thread at a time. */

#pragma once

#include "core/amends-case.h"
#include "core/amends-chain.h"
#include "core/amends-duty.h"
#include "core/amends-edition.h"
#include "core/amends-staff.h"
#include "store/amends-db.h"
#include "store/amends-environment.h"

G_BEGIN_DECLS

/* A passphrase is long rather than odd (NCSC); its upper limit only bounds the work. */
#define AMENDS_PASSPHRASE_MIN_CHARS 15
#define AMENDS_PASSPHRASE_MAX_BYTES 1024

typedef struct
{
  char feed[AMENDS_FEED_MAX_BYTES + 1];
  gboolean may_read;
  gboolean may_write;
  guint64 position;
  AmendsDigest hash;
  guint64 safe;
} AmendsFeed;

/**
 * AmendsIdentity:
 *
 * What enrolment gave this device, and its own key. Texts are owned.
 */
typedef struct
{
  char *organisation_id;
  char *organisation_name;
  char *server;    /* "https://host:port" */
  char *authority; /* PEM: the one authority that this device trusts */
  guint8 server_key[AMENDS_KEY_BYTES];
  guint8 intake_key[AMENDS_KEY_BYTES];
  guint8 recovery_key[AMENDS_KEY_BYTES];
  char code[5];
  char *kind; /* staff, kiosk or admin */
  char *name;
  guint8 key[AMENDS_KEY_BYTES];
  guint8 secret_key[64];
  char epoch[33];
} AmendsIdentity;

AmendsIdentity *amends_identity_new (void);
AmendsIdentity *amends_identity_copy (const AmendsIdentity *from);
void amends_identity_free (AmendsIdentity *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AmendsIdentity, amends_identity_free)

typedef struct _AmendsStore AmendsStore;

/* Opening, and who may. */
AmendsStore *amends_store_create (const char *path,
                                  const AmendsEnvironment *environment,
                                  const char *program,
                                  const AmendsIdentity *identity,
                                  const AmendsFeed *feeds,
                                  guint n_feeds,
                                  const char *staff_name,
                                  const char *passphrase,
                                  GError **error);
AmendsStore *amends_store_open (const char *path,
                                const AmendsEnvironment *environment,
                                const char *program,
                                gboolean read_only,
                                GError **error);
char *amends_store_dup_holder (const char *path);
void amends_store_close (AmendsStore *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AmendsStore, amends_store_close)

gboolean amends_store_check_passphrase (const char *passphrase, GError **error);
GStrv amends_store_list_slots (AmendsStore *self, GError **error);
gboolean amends_store_unlock (AmendsStore *self,
                              const char *staff_name,
                              const char *passphrase,
                              GError **error);
gboolean amends_store_opens_itself (AmendsStore *self);
gboolean amends_store_unlock_itself (AmendsStore *self, GError **error);
gboolean amends_store_recover (AmendsStore *self,
                               const guint8 recovery_secret[32],
                               const char *staff_name,
                               const char *passphrase,
                               GError **error);
void amends_store_lock (AmendsStore *self);
gboolean amends_store_is_locked (const AmendsStore *self);
gboolean amends_store_is_read_only (const AmendsStore *self);
gboolean amends_store_add_staff (AmendsStore *self,
                                 const char *name,
                                 const char *passphrase,
                                 AmendsId *ret_id,
                                 GError **error);
AmendsStaff *amends_store_get_staff (AmendsStore *self, const AmendsId *staff, GError **error);
gboolean
amends_store_find_staff (AmendsStore *self, const char *name, AmendsId *ret_id, GError **error);
gboolean amends_store_check_may_set_roles (AmendsStore *self, GError **error);
gboolean amends_store_set_roles (AmendsStore *self,
                                 const AmendsId *staff,
                                 const char *const *roles,
                                 GError **error);
const AmendsIdentity *amends_store_get_identity (AmendsStore *self);
gboolean amends_store_set_server (AmendsStore *self, const char *server, GError **error);
void amends_store_get_actor (AmendsStore *self, AmendsId *ret_staff);
const char *amends_store_get_secret_place (AmendsStore *self); /* "keyring" or "file" */
const char *amends_store_get_path (AmendsStore *self);
const AmendsEnvironment *amends_store_get_environment (AmendsStore *self);

/* Names of things, for people. (transfer full), never NULL: the code or id if nothing better is known. */
GStrv amends_store_list_staff_names (AmendsStore *self, GError **error);
char *amends_store_dup_staff_name (AmendsStore *self, const AmendsId *staff);
char *amends_store_dup_device_name (AmendsStore *self, const char *code);
char *amends_store_dup_scheme_name (AmendsStore *self, const char *scheme);
GStrv amends_store_list_schemes (AmendsStore *self, gboolean writable, GError **error);

/**
 * AmendsOutcome:
 * @id: the case
 * @reference: (owned)
 * @events: (owned) (element-type AmendsEvent): what was written
 * @warnings: (owned) (element-type utf8): sentences for a person: taken all the same
 * @is_apart: whether it fits what its author had seen alone, and not what others did meanwhile
 */
typedef struct
{
  AmendsId id;
  char *reference;
  GPtrArray *events;
  GPtrArray *warnings;
  gboolean is_apart;
} AmendsOutcome;

void amends_outcome_free (AmendsOutcome *self);
gboolean amends_outcome_is_sealed (const AmendsOutcome *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AmendsOutcome, amends_outcome_free)

/* For so long what was saved can be taken back, and is not sent. */
#define AMENDS_HOLD_US (10 * G_USEC_PER_SEC)

void amends_store_hold (AmendsStore *self, const AmendsOutcome *outcome);
gboolean amends_store_take_back (AmendsStore *self, const AmendsOutcome *outcome, GError **error);

/* Acts of people: decided, sealed, signed and durable when they return. */
AmendsOutcome *amends_store_record (AmendsStore *self, const json_t *intake, GError **error);
AmendsOutcome *
amends_store_act (AmendsStore *self, const AmendsId *id, const json_t *act, GError **error);
AmendsOutcome *amends_store_act_seen (AmendsStore *self,
                                      const AmendsId *id,
                                      const AmendsId *seen,
                                      guint n_seen,
                                      const json_t *act,
                                      GError **error);
GPtrArray *amends_store_list_acts (AmendsStore *self, const AmendsId *id, GError **error);

/* What the landlord publishes to all its devices. */
const AmendsEditions *amends_store_get_editions (AmendsStore *self);
json_t *amends_store_editions_to_json (AmendsStore *self, AmendsDay as_of, GError **error);
AmendsDay amends_store_get_today (AmendsStore *self);
AmendsOutcome *amends_store_publish_policy (AmendsStore *self,
                                            GBytes *text,
                                            const char *file_name,
                                            AmendsDay from_day,
                                            const char *const *schemes,
                                            GError **error);
AmendsOutcome *amends_store_publish_calendar (AmendsStore *self,
                                              GBytes *text,
                                              const char *file_name,
                                              GError **error);

/* Reading. */
AmendsCase *amends_store_get_case (AmendsStore *self, const AmendsId *id, GError **error);
gboolean amends_store_find_case (AmendsStore *self,
                                 const char *reference_or_id,
                                 AmendsId *ret_id,
                                 GError **error);
GPtrArray *amends_store_find_cases (AmendsStore *self, const char *reference, GError **error);
json_t *amends_store_case_to_json (AmendsStore *self, const AmendsCase *complaint, GError **error);
json_t *
amends_store_history_to_json (AmendsStore *self, const AmendsCase *complaint, GError **error);

/**
 * AmendsEventState: what became of an event
 * @is_sent: the server is known to hold it
 * @is_verified: a statement of its device covers it
 * @server_at: when the server logged it, microseconds since 1970 UTC; 0 unknown
 */
typedef struct
{
  gboolean is_sent;
  gboolean is_verified;
  gint64 server_at;
} AmendsEventState;

gint64 amends_history_get_safe_at (const json_t *history);
void amends_store_get_event_state (AmendsStore *self,
                                   const AmendsEvent *event,
                                   AmendsEventState *ret_state);

/**
 * AmendsCaseRow: the line about a case in a list. Texts are owned.
 */
typedef struct
{
  AmendsId id;
  char *reference; /* (nullable) */
  char *kind;      /* (nullable) */
  char *scheme;    /* (nullable) */
  char *feed;
  char *complainant; /* (nullable) */
  char *home;        /* (nullable) */
  char *summary;
  char *received; /* (nullable) ISO day */
  char *channel;  /* (nullable) how it came */
  char *state;
  guint n_conflicts;
  guint n_waiting;
  gint64 recorded_at; /* microseconds since 1970 UTC */
  gint64 changed_at;  /* microseconds since 1970 UTC */
  AmendsDay
      due_day; /* what is owed first is in time until then; AMENDS_DAY_NONE if nothing has a day */
} AmendsCaseRow;

void amends_case_row_free (AmendsCaseRow *self);
json_t *amends_case_row_to_json (const AmendsCaseRow *self);
/* (element-type AmendsCaseRow): newest received first, then reference. @state: (nullable); @limit: 0 for
 * all. */
GPtrArray *amends_store_list_cases (AmendsStore *self,
                                    const char *state,
                                    gboolean only_conflicts,
                                    guint limit,
                                    guint offset,
                                    GError **error);
/* As amends_store_list_cases(), what is owed first by a day at the head. */
GPtrArray *
amends_store_list_cases_by_due (AmendsStore *self, guint limit, guint offset, GError **error);
/**
 * AmendsSearchReach: by what every case is found
 * @AMENDS_SEARCH_REACH_NOTHING: names are being read in
 * @AMENDS_SEARCH_REACH_NAMES: reference, name, home and the first words; the others are being read in
 * @AMENDS_SEARCH_REACH_ALL: all that is looked through
 */
typedef enum
{
  AMENDS_SEARCH_REACH_NOTHING,
  AMENDS_SEARCH_REACH_NAMES,
  AMENDS_SEARCH_REACH_ALL,
} AmendsSearchReach;

/* As amends_store_list_cases(); two letters or more; so many at most; newest first. */
#define AMENDS_SEARCH_MAX_HITS 50
GPtrArray *amends_store_search (AmendsStore *self, const char *text, GError **error);
GPtrArray *amends_store_search_so_far (AmendsStore *self, const char *text, GError **error);
gboolean amends_store_search_step (AmendsStore *self, guint n_cases, GError **error);
AmendsSearchReach amends_store_get_search_reach (AmendsStore *self);
GPtrArray *amends_store_list_alike (AmendsStore *self,
                                    const AmendsCase *complaint,
                                    guint n_max,
                                    GError **error);
guint64 amends_store_count_cases (AmendsStore *self, GError **error);
guint64 amends_store_count_cases_in_conflict (AmendsStore *self, GError **error);

/**
 * AmendsDraft: what is unfinished: sealed, never synced
 * @draft: its number
 * @changed_at: when it was kept last
 * @intake: (owned): what was typed: an intake, or the form of an act, as amends_draft_pack_act()
 */
typedef struct
{
  gint64 draft;
  gint64 changed_at;
  json_t *intake;
} AmendsDraft;

void amends_draft_free (AmendsDraft *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AmendsDraft, amends_draft_free)

json_t *
amends_draft_pack_act (const AmendsId *id, const char *scheme, AmendsEventType act, json_t *form);
json_t *amends_draft_get_act (const json_t *draft, AmendsId *ret_id, AmendsEventType *ret_act);
gboolean
amends_store_save_draft (AmendsStore *self, gint64 *draft, const json_t *intake, GError **error);
GPtrArray *amends_store_list_drafts (AmendsStore *self, GError **error);
gboolean amends_store_delete_draft (AmendsStore *self, gint64 draft, GError **error);
gboolean amends_store_forget_draft (AmendsStore *self, gint64 draft, GError **error);
AmendsDraft *amends_store_throw_draft (AmendsStore *self, gint64 draft, GError **error);

/**
 * AmendsDutyRow: a line of a work list. All is owned.
 * @complaint: the case
 * @duty: what is owed in it
 * @n_working_days_left: until its day, 0 on the day, negative once it has passed; 0 where it has no day
 * @is_mine: whether whoever is signed in has it in hand
 * @is_new: whether nobody has looked at the case yet
 */
typedef struct
{
  AmendsCaseRow *complaint;
  AmendsDuty duty;
  int n_working_days_left;
  gboolean is_mine;
  gboolean is_new;
} AmendsDutyRow;

void amends_duty_row_free (AmendsDutyRow *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AmendsDutyRow, amends_duty_row_free)

/**
 * AmendsWorkGroup:
 * @AMENDS_WORK_NEW: nobody has looked at the case yet, and nothing of it is pressing: its first duty
 * @AMENDS_WORK_OVERDUE: its day has passed
 * @AMENDS_WORK_TODAY: today is the last day
 * @AMENDS_WORK_WEEK: by the end of this week, a Sunday
 * @AMENDS_WORK_UNSENT: a response that is approved and not sent
 * @AMENDS_WORK_UNDATED: to be settled or asked; it has no day of its own
 *
 * The parts of the plan of a day: each duty stands in one of them at most.
 */
typedef enum
{
  AMENDS_WORK_NEW,
  AMENDS_WORK_OVERDUE,
  AMENDS_WORK_TODAY,
  AMENDS_WORK_WEEK,
  AMENDS_WORK_UNSENT,
  AMENDS_WORK_UNDATED,
} AmendsWorkGroup;

#define AMENDS_WORK_N_GROUPS (AMENDS_WORK_UNDATED + 1)

/**
 * AmendsUnfinished: a draft, and by when it is to be acknowledged once it is recorded
 * @draft: (owned)
 * @complaint: (owned) (nullable): of an act: the case, if it is held here
 * @acknowledge_day: %AMENDS_DAY_NONE where its day is not known, or it is no complaint
 * @n_working_days_left: as in #AmendsDutyRow
 */
typedef struct
{
  AmendsDraft *draft;
  AmendsCaseRow *complaint;
  AmendsDay acknowledge_day;
  int n_working_days_left;
} AmendsUnfinished;

void amends_unfinished_free (AmendsUnfinished *self);

/**
 * AmendsWork: the plan of a day
 * @today: the day it is for
 * @groups: (owned) (element-type AmendsDutyRow): by day, then by kind; no more of each than were asked for
 * @n_duties: how many there are in each
 * @unfinished: (owned) (element-type AmendsUnfinished): the newest first
 * @next: (owned) (nullable): what comes after this week
 * @n_cases: how many cases there are at all
 * @n_conflicts: how many cases hold two versions of something
 */
typedef struct
{
  AmendsDay today;
  GPtrArray *groups[AMENDS_WORK_N_GROUPS];
  guint n_duties[AMENDS_WORK_N_GROUPS];
  GPtrArray *unfinished;
  AmendsDutyRow *next;
  guint64 n_cases;
  guint64 n_conflicts;
} AmendsWork;

void amends_work_free (AmendsWork *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AmendsWork, amends_work_free)

AmendsWork *amends_store_get_work (AmendsStore *self,
                                   const char *scheme,
                                   gboolean only_mine,
                                   guint limit,
                                   AmendsDay today,
                                   GError **error);
GPtrArray *amends_store_list_duties (AmendsStore *self, const AmendsId *id, GError **error);

/* A signature of the whole: state hash equal on devices with equal events. */
typedef struct
{
  guint64 n_events;
  guint64 n_cases;
  int fold_version;
  AmendsDigest state_hash;
} AmendsRebuilt;

gboolean amends_store_rebuild (AmendsStore *self, AmendsRebuilt *ret_rebuilt, GError **error);

/**
 * AmendsFsck:
 * @first_bad: (nullable): id of the first bad event, @what says how
 * @n_safe: events before it in order of arrival that are whole
 */
typedef struct
{
  guint64 n_events;
  guint64 n_checked;
  char *first_bad;
  char *what;
  guint64 n_safe;
} AmendsFsck;

void amends_fsck_clear (AmendsFsck *self);
gboolean amends_store_fsck (AmendsStore *self, AmendsFsck *ret_fsck, GError **error);
gboolean amends_store_backup (AmendsStore *self, const char *file, GError **error);

/* A scheme's name is 200 bytes at most. */
#define AMENDS_TAKEN_NAME_SIZE 256

/**
 * AmendsTakenFeed: a feed that the server took from this device
 * @name: of its scheme, or "" where it is of none
 * @taken_at: when it did, microseconds since 1970 UTC
 * @gone_at: since when nothing of it is here; 0 if something may be
 * @is_here: whether something of it is here; hidden, and kept until it cannot be lost
 * @n_unsent: how many of this device's own events in it are not acknowledged
 * @n_unsent_files: how many attachments of this device's own in it the server does not hold whole
 * @n_unsafe: how many events in it are in no backup yet, as far as is known
 * @safe: up to which position a backup has it
 * @is_settled: whether all that a restored server lacked was handed in
 */
typedef struct
{
  char feed[AMENDS_FEED_MAX_BYTES + 1];
  char name[AMENDS_TAKEN_NAME_SIZE];
  gint64 taken_at;
  gint64 gone_at;
  gboolean is_here;
  guint64 n_unsent;
  guint64 n_unsent_files;
  guint64 n_unsafe;
  guint64 safe;
  gboolean is_settled;
} AmendsTakenFeed;

/**
 * AmendsNews: what befell this device or its server, until somebody has read it
 * @recoded_at: when it was found that this device had been restored or copied, microseconds since 1970 UTC; 0 it was not
 * @recoded_to: its code since
 * @restored_at: when it was found that the server had been restored; 0 it was not
 * @n_sent_again: how many records that the server had lost were sent to it again from here
 */
typedef struct
{
  gint64 recoded_at;
  char recoded_to[5];
  gint64 restored_at;
  guint64 n_sent_again;
} AmendsNews;

/**
 * AmendsStatus:
 * @taken: (element-type AmendsTakenFeed)
 * @withdrawn_at: when this device was withdrawn, microseconds since 1970 UTC; 0 if it was not
 */
typedef struct
{
  guint64 n_events;
  guint64 n_waiting;
  guint64 n_set_aside;
  guint64 n_quarantined;
  guint64 n_conflicts;
  guint64 receipt_number; /* 0 if there is none yet */
  gint64 receipt_at;      /* microseconds since 1970 UTC; 0 */
  gint64 last_attempt;
  gint64 last_sync;
  char *
      last_error_code; /* (nullable) offline, portal, certificate, clock, foreign-server, revoked, busy */
  char *last_error_message; /* (nullable) */
  char *attachment_problem; /* (nullable) why attachments wait: full, disk-full, no-route */
  gint64 clock_skew_s;
  guint64 n_carried; /* waiting events that are in a file on its way to the server by hand; 0 */
  gint64 carried_at; /* when that file was written; 0 */
  guint n_sealed; /* records that wait and cannot be read here, as on a kiosk; no restricted ones */
  gint64 sealed_at; /* when the oldest of them was recorded; 0 */
  guint64 n_free;   /* bytes that its disk still has for it; G_MAXUINT64 where that is not known */
  GArray *taken;
  gint64 withdrawn_at;
  AmendsNews news;
} AmendsStatus;

void amends_status_clear (AmendsStatus *self);
gboolean amends_status_is_clock_wrong (const AmendsStatus *self);
gboolean amends_store_get_status (AmendsStore *self, AmendsStatus *ret_status, GError **error);
void amends_store_put_news_away (AmendsStore *self, const AmendsNews *seen);
gboolean
amends_store_get_feed (AmendsStore *self, const char *name, AmendsFeed *ret_feed, GError **error);
GArray *amends_store_list_feeds (AmendsStore *self, GError **error); /* element-type AmendsFeed */

GArray *amends_store_list_taken (AmendsStore *self, GError **error);
gint64 amends_store_get_withdrawn_at (AmendsStore *self);

G_END_DECLS
