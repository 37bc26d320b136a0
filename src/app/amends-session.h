/* amends-session.h: the one door of the application to store and sync
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * All calls are for the main thread and return at once. What touches the store waits in one queue for
 * one thread; the exchange with the server has a thread of its own and takes the store only for
 * moments, so that saving never waits for the network. */

#pragma once

#include <gio/gio.h>

#include "app/amends-small-picture.h"
#include "app/model/amends-dues.h"
#include "core/amends-decide.h"
#include "core/amends-edition.h"
#include "store/amends-carriages.h"
#include "store/amends-import.h"
#include "store/amends-people.h"
#include "store/amends-pins.h"

G_BEGIN_DECLS

/**
 * AmendsSessionState:
 * @AMENDS_SESSION_STARTING: the store is being opened
 * @AMENDS_SESSION_NO_STORE: this device is not enrolled
 * @AMENDS_SESSION_LOCKED: nobody has signed in
 * @AMENDS_SESSION_OPEN: somebody has; perhaps only to read
 * @AMENDS_SESSION_FAILED: the store cannot be used; amends_session_get_reason() says why
 */
typedef enum
{
  AMENDS_SESSION_STARTING,
  AMENDS_SESSION_NO_STORE,
  AMENDS_SESSION_LOCKED,
  AMENDS_SESSION_OPEN,
  AMENDS_SESSION_FAILED,
} AmendsSessionState;

#define AMENDS_TYPE_SESSION_STATE (amends_session_state_get_type ())
GType amends_session_state_get_type (void);

/* A scheme that may be written to; and whether what is about the safety of its people, or the conduct of its
 * staff, may be too. */
typedef struct
{
  char *code;
  char *name;
  gboolean takes_safety;
  gboolean takes_conduct;
} AmendsScheme;

/**
 * AmendsCaseFile: a case as a page shows it
 * @complaint: (owned): the case
 * @history: (owned): as amends_store_history_to_json(): an entry for each place in the fold, with the
 *   names of people and devices
 * @scheme_name: (owned): for people
 * @reference: (owned): for people
 * @n_waiting: how many of its events the server has not acknowledged
 * @answers: (owned) (element-type AmendsActAnswer): which acts are open, and why the others are not
 * @attachments: (owned): as amends_store_attachments_to_json()
 * @dues: (owned): its clocks, by the landlord's edition and the Code, as of today
 * @duties: (owned) (element-type AmendsDutyRow): what is owed in it, as the plan of today has it
 * @goals: (owned) (element-type AmendsScheme): where this device may move it; empty if it may not
 * @alike: (nullable) (owned) (element-type AmendsCaseRow): of what nobody has looked at, cases of the same name or home
 * @colleagues: (nullable) (owned): the names in the register of staff
 * @people: (owned) (element-type AmendsPerson): of the register, who whoever complains may be, as
 *   amends_store_list_people_alike()
 * @person: (nullable) (owned): who they are in it, where somebody said so
 * @ring: (nullable) (owned): of what is for those who are named for it alone, whom to ring, "" if no number is known
 *
 * Counted, and immutable but for its attachments: a form keeps what it was begun with while the page goes on to a newer
 * one.
 */
typedef struct
{
  AmendsCase *complaint;
  json_t *history;
  char *scheme_name;
  char *reference;
  guint n_waiting;
  GPtrArray *answers;
  json_t *attachments;
  AmendsDues *dues;
  GPtrArray *duties;
  GPtrArray *goals;
  GPtrArray *alike;
  GStrv colleagues;
  GPtrArray *people;
  AmendsPerson *person;
  char *ring;
} AmendsCaseFile;

AmendsCaseFile *amends_case_file_ref (const AmendsCaseFile *self);
void amends_case_file_unref (AmendsCaseFile *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AmendsCaseFile, amends_case_file_unref)

/**
 * AmendsCaseOrder:
 * @AMENDS_CASES_NEWEST: newest received first
 * @AMENDS_CASES_DUE: what is owed first by a day at the head
 */
typedef enum
{
  AMENDS_CASES_NEWEST,
  AMENDS_CASES_DUE,
} AmendsCaseOrder;

/**
 * AmendsCaseSlice: some lines of the list of cases
 * @rows: (owned) (element-type AmendsCaseRow)
 * @n_cases: how many cases there are in all
 */
typedef struct
{
  GPtrArray *rows;
  guint64 n_cases;
} AmendsCaseSlice;

void amends_case_slice_free (AmendsCaseSlice *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AmendsCaseSlice, amends_case_slice_free)

/* What enrolment asks a person for. Texts are borrowed. */
typedef struct
{
  const char *server;
  const char *code;
  const char *device_name;
  const char *staff_name;
  const char *passphrase;
} AmendsEnrolment;

#define AMENDS_TYPE_SESSION (amends_session_get_type ())
G_DECLARE_FINAL_TYPE (AmendsSession, amends_session, AMENDS, SESSION, GObject)

AmendsSession *amends_session_new (const char *path, guint sync_interval_min);
void amends_session_start (AmendsSession *self);

AmendsSessionState amends_session_get_state (AmendsSession *self);
const char *amends_session_get_reason (AmendsSession *self);
gboolean amends_session_get_read_only (AmendsSession *self);
const AmendsStatus *amends_session_get_status (AmendsSession *self);
const AmendsStatus *amends_session_get_known_status (AmendsSession *self);
gboolean amends_session_get_syncing (AmendsSession *self);
double amends_session_get_progress (AmendsSession *self);
const char *const *amends_session_get_staff (AmendsSession *self);
const char *amends_session_get_organisation (AmendsSession *self);
const char *amends_session_get_device_name (AmendsSession *self);
const char *amends_session_get_device_code (AmendsSession *self);
const char *amends_session_get_actor_name (AmendsSession *self);
const char *const *amends_session_get_actor_roles (AmendsSession *self);
const GPtrArray *amends_session_get_schemes (AmendsSession *self);
gboolean
amends_session_check_intake (AmendsSession *self, const json_t *intake, GPtrArray *ret_problems);

void amends_session_sync (AmendsSession *self);
void amends_session_put_news_away (AmendsSession *self);
void amends_session_check_day (AmendsSession *self);

/**
 * AmendsHandResult: what came of an exchange by hand
 * @n_events: this device's events in the file that was written; or those that an answer says have arrived
 * @n_received: what an answer brought of others
 * @n_waiting: this device's events that still wait after an answer
 * @is_old: whether this device has heard of head office since the answer was written
 * @server_restored: whether head office lacks what it once had: the next file brings it
 */
typedef struct
{
  guint64 n_events;
  guint64 n_received;
  guint64 n_waiting;
  gboolean is_old;
  gboolean server_restored;
} AmendsHandResult;

void amends_session_hand_export_async (AmendsSession *self,
                                       const char *path,
                                       const AmendsCarrier *carrier,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);
void amends_session_hand_import_async (AmendsSession *self,
                                       const char *path,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);
AmendsHandResult *
amends_session_hand_finish (AmendsSession *self, GAsyncResult *result, GError **error);
void amends_session_list_carriages_async (AmendsSession *self,
                                          guint n_max,
                                          GAsyncReadyCallback callback,
                                          gpointer user_data);
GPtrArray *
amends_session_list_carriages_finish (AmendsSession *self, GAsyncResult *result, GError **error);

void amends_session_enrol_async (AmendsSession *self,
                                 const AmendsEnrolment *enrolment,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
gboolean amends_session_enrol_finish (AmendsSession *self, GAsyncResult *result, GError **error);

void amends_session_enrol_again_async (AmendsSession *self,
                                       const char *code,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);
gboolean
amends_session_enrol_again_finish (AmendsSession *self, GAsyncResult *result, GError **error);

void amends_session_unlock_async (AmendsSession *self,
                                  const char *staff_name,
                                  const char *passphrase,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
gboolean amends_session_unlock_finish (AmendsSession *self, GAsyncResult *result, GError **error);
void amends_session_lock (AmendsSession *self);

void amends_session_list_cases_async (AmendsSession *self,
                                      gboolean only_conflicts,
                                      AmendsCaseOrder order,
                                      guint limit,
                                      guint offset,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
AmendsCaseSlice *
amends_session_list_cases_finish (AmendsSession *self, GAsyncResult *result, GError **error);

void amends_session_get_work_async (AmendsSession *self,
                                    const char *scheme,
                                    gboolean only_mine,
                                    guint limit,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
AmendsWork *
amends_session_get_work_finish (AmendsSession *self, GAsyncResult *result, GError **error);

void amends_session_search_async (AmendsSession *self,
                                  const char *text,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
GPtrArray *amends_session_search_finish (AmendsSession *self, GAsyncResult *result, GError **error);
AmendsSearchReach amends_session_get_search_reach (AmendsSession *self);

void amends_session_get_case_async (AmendsSession *self,
                                    const AmendsId *id,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
AmendsCaseFile *
amends_session_get_case_finish (AmendsSession *self, GAsyncResult *result, GError **error);

void amends_session_get_editions_async (AmendsSession *self,
                                        GCancellable *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data);
AmendsEditions *
amends_session_get_editions_finish (AmendsSession *self, GAsyncResult *result, GError **error);

/**
 * AmendsKeptDraft:
 *
 * What one record is kept as while it is written: saved again and again, and gone once it is recorded. Counted;
 * its number belongs to the store thread.
 */
typedef struct _AmendsKeptDraft AmendsKeptDraft;

AmendsKeptDraft *amends_kept_draft_new (gint64 draft);
AmendsKeptDraft *amends_kept_draft_ref (AmendsKeptDraft *self);
void amends_kept_draft_unref (AmendsKeptDraft *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AmendsKeptDraft, amends_kept_draft_unref)

/**
 * AmendsNewBytes: a file that comes with what a visitor submits
 * @bytes: (owned): what is in it: it was never on a disk
 * @facts: (owned): as for amends_attachment_writer_take_bytes()
 */
typedef struct
{
  GBytes *bytes;
  json_t *facts;
} AmendsNewBytes;

void amends_new_bytes_free (gpointer data);

void amends_session_submit_async (AmendsSession *self,
                                  const json_t *intake,
                                  const GPtrArray *files,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
AmendsOutcome *
amends_session_submit_finish (AmendsSession *self, GAsyncResult *result, GError **error);
void amends_session_record_async (AmendsSession *self,
                                  const json_t *intake,
                                  AmendsKeptDraft *kept,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
AmendsOutcome *
amends_session_record_finish (AmendsSession *self, GAsyncResult *result, GError **error);

void amends_session_act_async (AmendsSession *self,
                               const AmendsId *id,
                               const AmendsId *seen,
                               guint n_seen,
                               const json_t *act,
                               AmendsKeptDraft *kept,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
AmendsOutcome *
amends_session_act_finish (AmendsSession *self, GAsyncResult *result, GError **error);

void amends_session_attach_async (AmendsSession *self,
                                  const AmendsId *id,
                                  const char *path,
                                  gboolean keeps_metadata,
                                  gboolean is_scrap,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
AmendsOutcome *
amends_session_attach_finish (AmendsSession *self, GAsyncResult *result, GError **error);
void amends_session_show_attachment_async (AmendsSession *self,
                                           const AmendsId *event,
                                           GAsyncReadyCallback callback,
                                           gpointer user_data);
char *
amends_session_show_attachment_finish (AmendsSession *self, GAsyncResult *result, GError **error);
void amends_session_picture_async (AmendsSession *self,
                                   const AmendsId *event,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
AmendsSmallPicture *
amends_session_picture_finish (AmendsSession *self, GAsyncResult *result, GError **error);
void amends_session_want_attachment (AmendsSession *self, const AmendsId *event);
void amends_session_forget_shown (AmendsSession *self);
char *amends_session_dup_scrap_path (AmendsSession *self, const char *name);

/**
 * AmendsUndone:
 * @draft: what a record that was taken back is kept as; 0 where it was an act on a case, or sealed
 * @intake: (owned) (nullable): what was recorded
 */
typedef struct
{
  gint64 draft;
  json_t *intake;
} AmendsUndone;

void amends_undone_free (AmendsUndone *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AmendsUndone, amends_undone_free)

void
amends_session_undo_async (AmendsSession *self, GAsyncReadyCallback callback, gpointer user_data);
AmendsUndone *
amends_session_undo_finish (AmendsSession *self, GAsyncResult *result, GError **error);

void amends_session_save_draft_async (AmendsSession *self,
                                      AmendsKeptDraft *kept,
                                      const json_t *intake,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
gint64 amends_session_save_draft_finish (AmendsSession *self, GAsyncResult *result, GError **error);
void amends_session_delete_draft (AmendsSession *self, AmendsKeptDraft *kept);
void amends_session_forget_draft (AmendsSession *self, AmendsKeptDraft *kept);
void amends_session_throw_draft (AmendsSession *self, AmendsKeptDraft *kept);
void amends_session_take_up_draft (AmendsSession *self);
void amends_session_keep_drafts (AmendsSession *self);
void amends_session_say_not_kept (AmendsSession *self, const char *sentence);
void amends_session_settle (AmendsSession *self);
void amends_session_list_drafts_async (AmendsSession *self,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);
GPtrArray *
amends_session_list_drafts_finish (AmendsSession *self, GAsyncResult *result, GError **error);

/**
 * AmendsPinAnswer: what came of a PIN that was typed
 * @is_right: whether it is theirs
 * @has_none: whether they have none any more, so that none is right
 * @wait_s: for how long none is looked at now, in seconds; 0 for not at all
 */
typedef struct
{
  gboolean is_right;
  gboolean has_none;
  guint wait_s;
} AmendsPinAnswer;

/* By what a kiosk knows a member of staff (amends-session-pins.c). */
void amends_session_list_pins_async (AmendsSession *self,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
GPtrArray *
amends_session_list_pins_finish (AmendsSession *self, GAsyncResult *result, GError **error);
void amends_session_set_pin_async (AmendsSession *self,
                                   const char *pin,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
gboolean amends_session_set_pin_finish (AmendsSession *self, GAsyncResult *result, GError **error);
void amends_session_check_pin_async (AmendsSession *self,
                                     const AmendsPinHolder *holder,
                                     const char *pin,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
AmendsPinAnswer *
amends_session_check_pin_finish (AmendsSession *self, GAsyncResult *result, GError **error);

/* Homes, people and staff (amends-session-registers.c). */
void amends_session_list_homes_async (AmendsSession *self,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
GPtrArray *
amends_session_list_homes_finish (AmendsSession *self, GAsyncResult *result, GError **error);

/* How much there is in the registers. */
typedef struct
{
  guint n_homes;
  guint n_people;
  guint n_staff;
  guint n_numbers;
} AmendsEntryCounts;

/**
 * AmendsPlaces: what is known of the schemes. All is owned.
 * @homes: (element-type AmendsHome): those that are let or may be
 * @numbers: (element-type AmendsNumber): whom to ring
 * @colleagues: the names in the register of staff
 */
typedef struct
{
  GPtrArray *homes;
  GPtrArray *numbers;
  GStrv colleagues;
} AmendsPlaces;

void amends_places_free (AmendsPlaces *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AmendsPlaces, amends_places_free)
void amends_session_list_places_async (AmendsSession *self,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);
AmendsPlaces *
amends_session_list_places_finish (AmendsSession *self, GAsyncResult *result, GError **error);

void amends_session_list_numbers_async (AmendsSession *self,
                                        GCancellable *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data);
GPtrArray *
amends_session_list_numbers_finish (AmendsSession *self, GAsyncResult *result, GError **error);

void amends_session_count_entries_async (AmendsSession *self,
                                         GAsyncReadyCallback callback,
                                         gpointer user_data);
AmendsEntryCounts *
amends_session_count_entries_finish (AmendsSession *self, GAsyncResult *result, GError **error);

/**
 * AmendsImportAnswer: what came of a spreadsheet
 * @imported: (owned): what is recorded, or would be
 * @problems: (owned) (element-type AmendsImportProblem): what is wrong with it; where there is any, nothing is recorded
 */
typedef struct
{
  AmendsImported *imported;
  GPtrArray *problems;
} AmendsImportAnswer;

void amends_import_answer_free (AmendsImportAnswer *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AmendsImportAnswer, amends_import_answer_free)

void amends_session_import_async (AmendsSession *self,
                                  GPtrArray *rows,
                                  AmendsRegisterKind kind,
                                  const char *const *choices,
                                  gboolean may_apply,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
AmendsImportAnswer *
amends_session_import_finish (AmendsSession *self, GAsyncResult *result, GError **error);
guint amends_session_get_n_imported (AmendsSession *self);

G_END_DECLS
