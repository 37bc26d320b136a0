/* amends-session-private.h: what the files of the session share
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The store is for one thread at a time. Jobs run one after another in the store thread and hold
 * store_mutex while they do; the sync thread takes the same mutex in its hooks, never over the network.
 * All else in the session belongs to the main thread. */

#pragma once

#include "app/amends-session.h"
#include "sync/amends-by-hand.h"

G_BEGIN_DECLS

/* What a person has just saved is sent soon, together with what follows at once. */
#define AMENDS_SYNC_SOON_MS 1000

struct _AmendsSession
{
  GObject parent_instance;

  GThreadPool *jobs;
  GMutex store_mutex;
  AmendsStore *store; /* (nullable) (owned); under store_mutex */
  int n_forgotten;    /* atomic: how often copies that were opened were removed */
  AmendsOutcome
      *held; /* (nullable) (owned): what was saved last and may be taken back; under store_mutex */
  json_t *held_intake; /* (nullable) (owned): where it is a record; as @held */
  json_t *thrown;      /* (nullable) (owned): the draft that was thrown away last; as @held */
  char *path;

  gint64 held_until; /* monotonic, microseconds: then what was saved last may be sent */
  AmendsSessionState state;
  char *reason; /* (nullable) why it failed or may only be read */
  gboolean is_read_only;
  AmendsStatus status;
  gboolean has_status; /* it was read once: a locked store does not tell */
  GStrv staff;
  char *organisation;
  char *device_name;
  char device_code[5];
  char *actor_name;
  GStrv actor_roles;  /* (nullable) */
  GPtrArray *schemes; /* element-type AmendsScheme */

  AmendsDay day; /* that lists and cases were last said to be of */
  guint sync_interval_min;
  guint n_failures;
  int retry_after_s; /* atomic: what the server asked for in the last exchange */
  guint sync_source;
  gboolean is_syncing;
  gboolean is_more_due; /* what the exchange under way may not have taken along */
  gboolean is_lock_pending;
  double progress;
  int progress_pending; /* atomic */
  GCancellable *sync_cancellable;
  GTask *hand_task;       /* (nullable) (owned): an exchange by hand that waits for its turn */
  GCancellable *hurry;    /* of the sync under way */
  int carried_pending;    /* atomic */
  gboolean is_reading_in; /* what search looks through */
  AmendsSearchReach search_reach;
  int n_import_done; /* atomic: rows of the spreadsheet under way that were gone through */
};

typedef gpointer (*AmendsSessionJobFunc) (AmendsSession *self, gpointer input, GError **error);

/**
 * AmendsSessionJob: what the store thread is to do
 * @run: does it, with the store to itself
 * @input: (nullable): what it needs
 * @free_input: (nullable): frees @input
 * @free_result: (nullable): frees a result that nobody takes
 * @is_change: whether cases differ once it is done
 * @is_held: whether what it writes is held back for a while, and can be taken back
 */
typedef struct
{
  AmendsSessionJobFunc run;
  gpointer input;
  GDestroyNotify free_input;
  GDestroyNotify free_result;
  gboolean is_change;
  gboolean is_held;
} AmendsSessionJob;

/* amends-session.c: the queue, and what the object says of itself */
void amends_session_push_job (AmendsSession *self,
                              AmendsSessionJob job,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
gpointer amends_session_finish_job (AmendsSession *self, GAsyncResult *result, GError **error);
gboolean amends_session_require_store (AmendsSession *self, GError **error);
void amends_session_set_state (AmendsSession *self, AmendsSessionState state);
void amends_session_set_read_only (AmendsSession *self, gboolean is_read_only, const char *reason);
void amends_session_take_status (AmendsSession *self, AmendsStatus *status);
void amends_session_say_changed (AmendsSession *self);
void amends_session_report_change (AmendsSession *self);
guint amends_session_get_hold_ms (AmendsSession *self);
void amends_session_say_thrown (AmendsSession *self);
void amends_session_set_search_reach (AmendsSession *self, AmendsSearchReach reach);

/* amends-session-open.c */
void amends_session_look_again (AmendsSession *self);
void amends_session_drop_keys (AmendsSession *self);
void amends_session_read_in (AmendsSession *self);

/* amends-session-sync.c */
void amends_session_schedule_sync (AmendsSession *self, guint delay_ms);
AmendsSyncHooks amends_session_get_hooks (AmendsSession *self);
void amends_session_begin_exchange (AmendsSession *self);
void amends_session_end_exchange (AmendsSession *self);

/* amends-session-hand.c */
gboolean amends_session_begin_hand (AmendsSession *self);

G_END_DECLS
