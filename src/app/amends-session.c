/* amends-session.c: the one door of the application to store and sync
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * This file has the object, its queue and what it says of itself; amends-session-open.c begins and ends
 * the session, amends-session-sync.c exchanges with the server, amends-session-cases.c reads and
 * records. */

#include "config.h"

#include "app/amends-session-private.h"

#include "core/amends-decide.h"

/* The clocks of two threads differ by less. */
#define HOLD_MARGIN_MS 200

G_DEFINE_FINAL_TYPE (AmendsSession, amends_session, G_TYPE_OBJECT)

G_DEFINE_ENUM_TYPE (AmendsSessionState,
                    amends_session_state,
                    G_DEFINE_ENUM_VALUE (AMENDS_SESSION_STARTING, "starting"),
                    G_DEFINE_ENUM_VALUE (AMENDS_SESSION_NO_STORE, "no-store"),
                    G_DEFINE_ENUM_VALUE (AMENDS_SESSION_LOCKED, "locked"),
                    G_DEFINE_ENUM_VALUE (AMENDS_SESSION_OPEN, "open"),
                    G_DEFINE_ENUM_VALUE (AMENDS_SESSION_FAILED, "failed"))

enum
{
  PROP_STATE = 1,
  PROP_READ_ONLY,
  PROP_WAITING,
  PROP_LAST_SYNC,
  PROP_SYNCING,
  PROP_PROGRESS,
  PROP_ERROR_CODE,
  PROP_SEARCH_REACH,
  N_PROPERTIES
};

enum
{
  SIGNAL_LIST_CHANGED,
  SIGNAL_CASE_CHANGED,
  SIGNAL_CARRIED,
  SIGNAL_SAVED,
  SIGNAL_KEEP,
  SIGNAL_THROWN,
  SIGNAL_NOT_KEPT,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPERTIES];
static guint signals[N_SIGNALS];

/* ---------------------------------------------------------------- jobs of the store thread */

static void refresh_status (AmendsSession *self);

static void
job_free (gpointer data)
{
  AmendsSessionJob *job = data;

  if (job->free_input != NULL)
    job->free_input (job->input);
  g_free (job);
}

/**
 * amends_session_say_changed:
 *
 * Says that lists and cases may look different now.
 */
void
amends_session_say_changed (AmendsSession *self)
{
  g_signal_emit (self, signals[SIGNAL_LIST_CHANGED], 0);
  g_signal_emit (self, signals[SIGNAL_CASE_CHANGED], 0);
}

/**
 * amends_session_keep_drafts:
 *
 * Has everything kept that is being typed, before the screen is taken away. It is sealed before whatever is
 * asked of the session next.
 */
void
amends_session_keep_drafts (AmendsSession *self)
{
  g_return_if_fail (AMENDS_IS_SESSION (self));

  g_signal_emit (self, signals[SIGNAL_KEEP], 0);
}

/* Says that a draft was thrown away, and can be taken up again. */
void
amends_session_say_thrown (AmendsSession *self)
{
  g_signal_emit (self, signals[SIGNAL_THROWN], 0);
}

/**
 * amends_session_say_not_kept:
 * @sentence: why
 *
 * Says that what was typed could not be kept, where the form that held it is gone.
 */
void
amends_session_say_not_kept (AmendsSession *self, const char *sentence)
{
  g_return_if_fail (AMENDS_IS_SESSION (self) && sentence != NULL);

  g_signal_emit (self, signals[SIGNAL_NOT_KEPT], 0, sentence);
}

/**
 * amends_session_check_day:
 *
 * Says that lists and cases may look different, if the day is another since it was asked last: days pass
 * while a window is open, or a laptop asleep.
 */
void
amends_session_check_day (AmendsSession *self)
{
  AmendsDay day = amends_day_from_instant (g_get_real_time ());

  g_return_if_fail (AMENDS_IS_SESSION (self));

  if (self->day != day && self->day != AMENDS_DAY_NONE && self->state == AMENDS_SESSION_OPEN)
    amends_session_say_changed (self);
  self->day = day;
}

/**
 * amends_session_get_hold_ms:
 *
 * Returns: in how many milliseconds all that was saved may be sent; 0 if it may be now
 */
guint
amends_session_get_hold_ms (AmendsSession *self)
{
  gint64 left_us = self->held_until - g_get_monotonic_time ();

  return left_us > 0 ? (guint) (left_us / 1000 + HOLD_MARGIN_MS) : 0;
}

/**
 * amends_session_report_change:
 *
 * Something was written: lists and cases differ, more waits, and it is sent soon.
 */
void
amends_session_report_change (AmendsSession *self)
{
  amends_session_say_changed (self);
  refresh_status (self);
  self->is_more_due |= self->is_syncing;
  if (self->n_failures == 0)
    amends_session_schedule_sync (self,
                                  MAX (AMENDS_SYNC_SOON_MS, amends_session_get_hold_ms (self)));
}

static gboolean
report_change_cb (gpointer user_data)
{
  amends_session_report_change (user_data);
  return G_SOURCE_REMOVE;
}

static gboolean
report_saved_cb (gpointer user_data)
{
  AmendsSession *self = user_data;

  self->held_until = g_get_monotonic_time () + AMENDS_HOLD_US;
  g_signal_emit (self, signals[SIGNAL_SAVED], 0);
  return report_change_cb (self);
}

static void
run_job (gpointer data, gpointer user_data)
{
  g_autoptr (GTask) task = data;
  AmendsSession *self = g_task_get_source_object (task);
  AmendsSessionJob *job = g_task_get_task_data (task);
  GError *error = NULL;
  gpointer result;

  if (g_task_return_error_if_cancelled (task))
    return;

  g_mutex_lock (&self->store_mutex);
  result = job->run (self, job->input, &error);
  g_mutex_unlock (&self->store_mutex);

  if (error == NULL && job->is_change)
    g_idle_add_full (G_PRIORITY_DEFAULT, job->is_held ? report_saved_cb : report_change_cb,
                     g_object_ref (self), g_object_unref);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, result, job->free_result);
}

/**
 * amends_session_push_job:
 * @job: what to do; its input belongs to the queue from now on
 * @callback: (nullable): for amends_session_finish_job(), in the main thread
 *
 * Queues a job for the store thread. One that is cancelled before its turn is never begun.
 */
void
amends_session_push_job (AmendsSession *self,
                         AmendsSessionJob job,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_task_data (task, g_memdup2 (&job, sizeof job), job_free);
  g_thread_pool_push (self->jobs, task, NULL);
}

typedef struct
{
  GMutex mutex;
  GCond cond;
  gboolean is_settled; /* under @mutex */
} Settling;

static gpointer
run_settle (AmendsSession *self, gpointer input, GError **error)
{
  Settling *settling = input;

  g_mutex_lock (&settling->mutex);
  settling->is_settled = TRUE;
  g_cond_signal (&settling->cond);
  g_mutex_unlock (&settling->mutex);
  return NULL;
}

/**
 * amends_session_settle:
 *
 * Before the program ends: returns once all that was asked of the store is done, such as keeping what was typed
 * last. Whoever asked hears nothing of it any more.
 */
void
amends_session_settle (AmendsSession *self)
{
  Settling settling = { 0 };

  g_return_if_fail (AMENDS_IS_SESSION (self));

  g_mutex_init (&settling.mutex);
  g_cond_init (&settling.cond);
  amends_session_push_job (self, (AmendsSessionJob){ run_settle, &settling }, NULL, NULL, NULL);
  g_mutex_lock (&settling.mutex);
  while (!settling.is_settled)
    g_cond_wait (&settling.cond, &settling.mutex);
  g_mutex_unlock (&settling.mutex);
  g_mutex_clear (&settling.mutex);
  g_cond_clear (&settling.cond);
}

/**
 * amends_session_require_store:
 *
 * For jobs. Errors: %AMENDS_STORE_ERROR_NOT_ENROLLED.
 * Returns: whether a store is open, locked or not
 */
gboolean
amends_session_require_store (AmendsSession *self, GError **error)
{
  if (self->store != NULL)
    return TRUE;
  g_set_error (error, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_NOT_ENROLLED, "No store is open");
  return FALSE;
}

/**
 * amends_session_finish_job:
 *
 * Returns: (transfer full) (nullable): what the job returned
 */
gpointer
amends_session_finish_job (AmendsSession *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* ---------------------------------------------------------------- state */

/* Says so, if it is a different one. */
void
amends_session_set_state (AmendsSession *self, AmendsSessionState state)
{
  if (self->state == state)
    return;
  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}

/* @reason: (nullable): a sentence for people */
void
amends_session_set_read_only (AmendsSession *self, gboolean is_read_only, const char *reason)
{
  g_free (self->reason);
  self->reason = g_strdup (reason);
  if (self->is_read_only == is_read_only)
    return;
  self->is_read_only = is_read_only;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_READ_ONLY]);
}

/* Takes what is in @status, and leaves it empty. */
void
amends_session_take_status (AmendsSession *self, AmendsStatus *status)
{
  amends_status_clear (&self->status);
  self->status = *status;
  self->has_status = TRUE;
  *status = (AmendsStatus){ 0 };

  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_WAITING]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LAST_SYNC]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ERROR_CODE]);
}

static void
status_free (gpointer data)
{
  amends_status_clear (data);
  g_free (data);
}

static gpointer
run_get_status (AmendsSession *self, gpointer input, GError **error)
{
  AmendsStatus *status;

  if (!amends_session_require_store (self, error))
    return NULL;
  status = g_new0 (AmendsStatus, 1);
  if (amends_store_get_status (self->store, status, error))
    return status;
  status_free (status);
  return NULL;
}

static void
status_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  AmendsSession *self = AMENDS_SESSION (source);
  AmendsStatus *status = amends_session_finish_job (self, result, NULL);

  if (status == NULL)
    return; /* locked meanwhile: what was known last still holds */
  amends_session_take_status (self, status);
  status_free (status);
}

static void
refresh_status (AmendsSession *self)
{
  amends_session_push_job (self, (AmendsSessionJob){ run_get_status, .free_result = status_free },
                           NULL, status_cb, NULL);
}

static gpointer
run_put_news_away (AmendsSession *self, gpointer input, GError **error)
{
  if (!amends_session_require_store (self, error))
    return NULL;
  amends_store_put_news_away (self->store, input);
  return run_get_status (self, NULL, error);
}

/**
 * amends_session_put_news_away:
 *
 * Somebody has read what befell this laptop or head office: it is not told any longer.
 */
void
amends_session_put_news_away (AmendsSession *self)
{
  AmendsNews *seen = g_memdup2 (&self->status.news, sizeof self->status.news);

  amends_session_push_job (self, (AmendsSessionJob){ run_put_news_away, seen, g_free, status_free },
                           NULL, status_cb, NULL);
}

/* ---------------------------------------------------------------- object */

static void
amends_session_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  AmendsSession *self = AMENDS_SESSION (object);

  switch (id)
    {
    case PROP_STATE:
      g_value_set_enum (value, self->state);
      break;
    case PROP_READ_ONLY:
      g_value_set_boolean (value, self->is_read_only);
      break;
    case PROP_WAITING:
      g_value_set_uint64 (value, self->status.n_waiting);
      break;
    case PROP_LAST_SYNC:
      g_value_set_int64 (value, self->status.last_sync);
      break;
    case PROP_SYNCING:
      g_value_set_boolean (value, self->is_syncing);
      break;
    case PROP_PROGRESS:
      g_value_set_double (value, self->progress);
      break;
    case PROP_ERROR_CODE:
      g_value_set_string (value, self->status.last_error_code);
      break;
    case PROP_SEARCH_REACH:
      g_value_set_uint (value, self->search_reach);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
amends_session_finalize (GObject *object)
{
  AmendsSession *self = AMENDS_SESSION (object);

  g_clear_handle_id (&self->sync_source, g_source_remove);
  /* Every job holds a reference on the session, so none is left. */
  g_thread_pool_free (self->jobs, FALSE, TRUE);
  g_clear_pointer (&self->store, amends_store_close);
  g_clear_pointer (&self->held, amends_outcome_free);
  json_decref (self->held_intake);
  json_decref (self->thrown);
  g_mutex_clear (&self->store_mutex);
  g_clear_object (&self->hurry);
  amends_status_clear (&self->status);
  g_strfreev (self->staff);
  g_clear_pointer (&self->schemes, g_ptr_array_unref);
  g_free (self->organisation);
  g_free (self->device_name);
  g_free (self->actor_name);
  g_strfreev (self->actor_roles);
  g_free (self->reason);
  g_free (self->path);

  G_OBJECT_CLASS (amends_session_parent_class)->finalize (object);
}

static void
amends_session_class_init (AmendsSessionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = amends_session_get_property;
  object_class->finalize = amends_session_finalize;

  properties[PROP_STATE] = g_param_spec_enum ("state", NULL, NULL, AMENDS_TYPE_SESSION_STATE,
                                              AMENDS_SESSION_STARTING, flags);
  properties[PROP_READ_ONLY] = g_param_spec_boolean ("read-only", NULL, NULL, FALSE, flags);
  properties[PROP_WAITING] = g_param_spec_uint64 ("waiting", NULL, NULL, 0, G_MAXUINT64, 0, flags);
  properties[PROP_LAST_SYNC] =
      g_param_spec_int64 ("last-sync", NULL, NULL, G_MININT64, G_MAXINT64, 0, flags);
  properties[PROP_SYNCING] = g_param_spec_boolean ("syncing", NULL, NULL, FALSE, flags);
  properties[PROP_PROGRESS] = g_param_spec_double ("progress", NULL, NULL, 0.0, 1.0, 0.0, flags);
  properties[PROP_ERROR_CODE] = g_param_spec_string ("error-code", NULL, NULL, NULL, flags);
  /* AmendsSearchReach */
  properties[PROP_SEARCH_REACH] =
      g_param_spec_uint ("search-reach", NULL, NULL, 0, AMENDS_SEARCH_REACH_ALL,
                         AMENDS_SEARCH_REACH_NOTHING, flags);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);

  signals[SIGNAL_LIST_CHANGED] =
      g_signal_new ("list-changed", AMENDS_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 0);
  /* A part of some attachment was sent or fetched. */
  signals[SIGNAL_CARRIED] = g_signal_new ("carried", AMENDS_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_SAVED] = g_signal_new ("saved", AMENDS_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL,
                                        NULL, NULL, G_TYPE_NONE, 0);
  /* What is typed is about to leave the screen: whoever shows some keeps it now. */
  signals[SIGNAL_KEEP] = g_signal_new ("keep", AMENDS_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL,
                                       NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_THROWN] = g_signal_new ("thrown", AMENDS_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL,
                                         NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_NOT_KEPT] = g_signal_new ("not-kept", AMENDS_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0,
                                           NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SIGNAL_CASE_CHANGED] =
      g_signal_new ("case-changed", AMENDS_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 0);
}

static void
amends_session_init (AmendsSession *self)
{
  g_mutex_init (&self->store_mutex);
  self->hurry = g_cancellable_new ();
  self->day = AMENDS_DAY_NONE;
  self->status.n_free = G_MAXUINT64;
  self->jobs = g_thread_pool_new (run_job, NULL, 1, TRUE, NULL);
}

static void
network_changed_cb (AmendsSession *self, gboolean is_available)
{
  if (is_available)
    amends_session_sync (self);
}

/**
 * amends_session_new:
 * @path: the folder of the store, which need not be there yet
 * @sync_interval_min: minutes between two exchanges when all is well
 *
 * Returns: (transfer full): a session that waits for amends_session_start()
 */
AmendsSession *
amends_session_new (const char *path, guint sync_interval_min)
{
  AmendsSession *self;

  g_return_val_if_fail (path != NULL && sync_interval_min > 0, NULL);

  self = g_object_new (AMENDS_TYPE_SESSION, NULL);
  self->path = g_strdup (path);
  self->sync_interval_min = sync_interval_min;
  g_signal_connect_object (g_network_monitor_get_default (), "network-changed",
                           G_CALLBACK (network_changed_cb), self, G_CONNECT_SWAPPED);
  return self;
}

AmendsSessionState
amends_session_get_state (AmendsSession *self)
{
  return self->state;
}

/* By what every case is found; what is looked for meanwhile is looked for again when it changes. */
AmendsSearchReach
amends_session_get_search_reach (AmendsSession *self)
{
  return self->search_reach;
}

void
amends_session_set_search_reach (AmendsSession *self, AmendsSearchReach reach)
{
  if (self->search_reach == reach)
    return;
  self->search_reach = reach;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SEARCH_REACH]);
}

/* (nullable): a sentence, if the store failed or may only be read. */
const char *
amends_session_get_reason (AmendsSession *self)
{
  return self->reason;
}

gboolean
amends_session_get_read_only (AmendsSession *self)
{
  return self->is_read_only;
}

/* (nullable): as it was when the store was last open; %NULL before the first sign-in. */
const AmendsStatus *
amends_session_get_known_status (AmendsSession *self)
{
  return self->has_status ? &self->status : NULL;
}

const AmendsStatus *
amends_session_get_status (AmendsSession *self)
{
  return &self->status;
}

gboolean
amends_session_get_syncing (AmendsSession *self)
{
  return self->is_syncing;
}

double
amends_session_get_progress (AmendsSession *self)
{
  return self->progress;
}

/* (nullable): the names of those who can sign in. */
const char *const *
amends_session_get_staff (AmendsSession *self)
{
  return (const char *const *) self->staff;
}

const char *
amends_session_get_organisation (AmendsSession *self)
{
  return self->organisation;
}

const char *
amends_session_get_device_name (AmendsSession *self)
{
  return self->device_name;
}

/* "7K"; "" before anybody signed in. After a restore it may be an earlier one until the next sign-in. */
const char *
amends_session_get_device_code (AmendsSession *self)
{
  return self->device_code;
}

const char *
amends_session_get_actor_name (AmendsSession *self)
{
  return self->actor_name;
}

/* (nullable) (array zero-terminated=1): codes of the roles that are recorded for who is signed in. */
const char *const *
amends_session_get_actor_roles (AmendsSession *self)
{
  return (const char *const *) self->actor_roles;
}

/* (nullable) (element-type AmendsScheme): those that may be written to, once somebody signed in. */
const GPtrArray *
amends_session_get_schemes (AmendsSession *self)
{
  return self->schemes;
}

/**
 * amends_session_check_intake:
 * @intake: what stands in the form
 * @ret_problems: (element-type GError): where the problems go
 *
 * Returns: whether it could be recorded as it is
 */
gboolean
amends_session_check_intake (AmendsSession *self, const json_t *intake, GPtrArray *ret_problems)
{
  g_autoptr (GPtrArray) codes = g_ptr_array_new ();
  const AmendsMoment moment = { g_get_real_time (), self->status.receipt_at };

  g_return_val_if_fail (AMENDS_IS_SESSION (self), FALSE);

  for (guint i = 0; self->schemes != NULL && i < self->schemes->len; i++)
    g_ptr_array_add (codes, ((AmendsScheme *) g_ptr_array_index (self->schemes, i))->code);
  g_ptr_array_add (codes, NULL);
  return amends_decide_check_intake (intake, (const char *const *) codes->pdata, &moment,
                                     ret_problems);
}
