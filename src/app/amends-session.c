/* amends-session.c: the one door of the application to store and sync
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The store is for one thread at a time. Jobs run one after another in the store thread and hold
 * store_mutex while they do; the sync thread takes the same mutex in its hooks, never over the network.
 * All else in the session belongs to the main thread. */

#include "config.h"

#include "app/amends-session.h"

#include "app/amends-words.h"
#include "core/amends-decide.h"
#include "sync/amends-backoff.h"
#include "sync/amends-engine.h"

/* What a person has just saved is sent soon, together with what follows at once. */
#define SYNC_SOON_MS 1000

/* So many cases are indexed between two other jobs; a key typed meanwhile waits a few milliseconds. */
#define SEARCH_SLICE_CASES 100

struct _AmendsSession
{
  GObject parent_instance;

  GThreadPool *jobs;
  GMutex store_mutex;
  AmendsStore *store; /* (nullable) (owned); under store_mutex */
  char *path;

  AmendsSessionState state;
  char *reason; /* (nullable) why it failed or may only be read */
  gboolean is_read_only;
  AmendsStatus status;
  GStrv staff;
  char *organisation;
  char *device_name;
  char *actor_name;
  GPtrArray *schemes; /* element-type AmendsScheme */

  guint sync_interval_min;
  guint n_failures;
  int retry_after_s; /* atomic: what the server asked for in the last exchange */
  guint sync_source;
  gboolean is_syncing;
  gboolean is_lock_pending;
  double progress;
  int progress_pending; /* atomic */
  GCancellable *sync_cancellable;
};

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
  N_PROPERTIES
};

enum
{
  SIGNAL_LIST_CHANGED,
  SIGNAL_CASE_CHANGED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPERTIES];
static guint signals[N_SIGNALS];

/* ---------------------------------------------------------------- jobs of the store thread */

typedef gpointer (*JobFunc) (AmendsSession *self, gpointer input, GError **error);

typedef struct
{
  JobFunc run;
  gpointer input;
  GDestroyNotify free_input;
  GDestroyNotify free_result; /* (nullable) */
  gboolean is_change;         /* whether cases differ once it is done */
} Job;

static void refresh_status (AmendsSession *self);
static void schedule_sync (AmendsSession *self, guint delay_ms);

static void
job_free (gpointer data)
{
  Job *job = data;

  if (job->free_input != NULL)
    job->free_input (job->input);
  g_free (job);
}

static gboolean
report_change_cb (gpointer user_data)
{
  AmendsSession *self = user_data;

  g_signal_emit (self, signals[SIGNAL_LIST_CHANGED], 0);
  g_signal_emit (self, signals[SIGNAL_CASE_CHANGED], 0);
  refresh_status (self);
  if (self->n_failures == 0)
    schedule_sync (self, SYNC_SOON_MS);
  return G_SOURCE_REMOVE;
}

static void
run_job (gpointer data, gpointer user_data)
{
  g_autoptr (GTask) task = data;
  AmendsSession *self = g_task_get_source_object (task);
  Job *job = g_task_get_task_data (task);
  GError *error = NULL;
  gpointer result;

  if (g_task_return_error_if_cancelled (task))
    return;

  g_mutex_lock (&self->store_mutex);
  result = job->run (self, job->input, &error);
  g_mutex_unlock (&self->store_mutex);

  if (error == NULL && job->is_change)
    g_idle_add_full (G_PRIORITY_DEFAULT, report_change_cb, g_object_ref (self), g_object_unref);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, result, job->free_result);
}

/* Queues a job. @input is freed by @free_input; a result that nobody takes by @free_result. */
static void
push_job (AmendsSession *self,
          Job job,
          GCancellable *cancellable,
          GAsyncReadyCallback callback,
          gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_task_data (task, g_memdup2 (&job, sizeof job), job_free);
  g_thread_pool_push (self->jobs, task, NULL);
}

static gboolean
require_store (AmendsSession *self, GError **error)
{
  if (self->store != NULL)
    return TRUE;
  g_set_error (error, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_NOT_ENROLLED, "No store is open");
  return FALSE;
}

static gpointer
finish_job (AmendsSession *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
unref_array (gpointer data)
{
  g_ptr_array_unref (data);
}

/* ---------------------------------------------------------------- state */

static void
set_state (AmendsSession *self, AmendsSessionState state)
{
  if (self->state == state)
    return;
  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}

static void
set_read_only (AmendsSession *self, gboolean is_read_only, const char *reason)
{
  g_free (self->reason);
  self->reason = g_strdup (reason);
  if (self->is_read_only == is_read_only)
    return;
  self->is_read_only = is_read_only;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_READ_ONLY]);
}

static void
take_status (AmendsSession *self, AmendsStatus *status)
{
  amends_status_clear (&self->status);
  self->status = *status;
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

  if (!require_store (self, error))
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
  AmendsStatus *status = finish_job (self, result, NULL);

  if (status == NULL)
    return; /* locked meanwhile: what was known last still holds */
  take_status (self, status);
  status_free (status);
}

static void
refresh_status (AmendsSession *self)
{
  push_job (self, (Job){ run_get_status, .free_result = status_free }, NULL, status_cb, NULL);
}

/* ---------------------------------------------------------------- opening */

typedef struct
{
  gboolean is_locked;
  gboolean is_read_only;
  char *reason;
  GStrv staff;
  AmendsStatus status;
  char *organisation;
  char *device_name;
  char *actor_name;
  GPtrArray *schemes;
} Opened;

static void
opened_free (gpointer data)
{
  Opened *opened = data;

  g_free (opened->reason);
  g_strfreev (opened->staff);
  amends_status_clear (&opened->status);
  g_free (opened->organisation);
  g_free (opened->device_name);
  g_free (opened->actor_name);
  g_clear_pointer (&opened->schemes, g_ptr_array_unref);
  g_free (opened);
}

static void
scheme_free (gpointer data)
{
  AmendsScheme *scheme = data;

  g_free (scheme->code);
  g_free (scheme->name);
  g_free (scheme);
}

static GPtrArray *
list_schemes (AmendsStore *store)
{
  GPtrArray *schemes = g_ptr_array_new_with_free_func (scheme_free);
  g_auto (GStrv) codes = amends_store_list_schemes (store, TRUE, NULL);

  for (guint i = 0; codes != NULL && codes[i] != NULL; i++)
    {
      AmendsScheme *scheme = g_new0 (AmendsScheme, 1);

      scheme->code = g_strdup (codes[i]);
      scheme->name = amends_store_dup_scheme_name (store, codes[i]);
      g_ptr_array_add (schemes, scheme);
    }
  return schemes;
}

/* What screens show of an open store; only names, if it is locked. */
static Opened *
look_around (AmendsSession *self, const char *reason)
{
  Opened *opened = g_new0 (Opened, 1);
  const AmendsIdentity *identity;
  AmendsId actor;

  opened->is_locked = amends_store_is_locked (self->store);
  opened->is_read_only = amends_store_is_read_only (self->store);
  opened->reason = g_strdup (reason);
  opened->staff = amends_store_list_slots (self->store, NULL);
  amends_store_get_status (self->store, &opened->status, NULL);
  if (opened->is_locked)
    return opened;

  identity = amends_store_get_identity (self->store);
  amends_store_get_actor (self->store, &actor);
  opened->organisation = g_strdup (identity->organisation_name);
  opened->device_name = g_strdup (identity->name);
  opened->actor_name = amends_store_dup_staff_name (self->store, &actor);
  opened->schemes = list_schemes (self->store);
  return opened;
}

static void
take_opened (AmendsSession *self, Opened *opened)
{
  g_strfreev (self->staff);
  self->staff = g_steal_pointer (&opened->staff);
  take_status (self, &opened->status);
  set_read_only (self, opened->is_read_only, opened->reason);
  if (!opened->is_locked)
    {
      g_free (self->organisation);
      self->organisation = g_steal_pointer (&opened->organisation);
      g_free (self->device_name);
      self->device_name = g_steal_pointer (&opened->device_name);
      g_free (self->actor_name);
      self->actor_name = g_steal_pointer (&opened->actor_name);
      g_clear_pointer (&self->schemes, g_ptr_array_unref);
      self->schemes = g_steal_pointer (&opened->schemes);
    }
  set_state (self, opened->is_locked ? AMENDS_SESSION_LOCKED : AMENDS_SESSION_OPEN);
}

static gpointer
run_look_around (AmendsSession *self, gpointer input, GError **error)
{
  if (!require_store (self, error) || amends_store_is_locked (self->store))
    return NULL;
  return look_around (self, self->is_read_only ? self->reason : NULL);
}

/* Names of schemes and of people come with the exchange. */
static void
looked_around_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  AmendsSession *self = AMENDS_SESSION (source);
  Opened *opened = finish_job (self, result, NULL);

  if (opened == NULL)
    return;
  if (self->state == AMENDS_SESSION_OPEN && !opened->is_locked)
    take_opened (self, opened);
  opened_free (opened);
  g_signal_emit (self, signals[SIGNAL_LIST_CHANGED], 0);
  g_signal_emit (self, signals[SIGNAL_CASE_CHANGED], 0);
}

/* A damaged store, or one on a full or read-only disk, can still be read. */
static gboolean
may_be_read (const GError *error)
{
  return g_error_matches (error, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_DAMAGED)
         || g_error_matches (error, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_FULL)
         || g_error_matches (error, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_READ_ONLY);
}

static gpointer
run_open (AmendsSession *self, gpointer input, GError **error)
{
  const AmendsEnvironment *environment = amends_environment_get_system ();
  g_autoptr (GError) failure = NULL;
  g_autofree char *reason = NULL;

  if (self->store == NULL)
    self->store = amends_store_open (self->path, environment, "amends", FALSE, &failure);
  if (self->store == NULL && may_be_read (failure))
    {
      reason = amends_words_error (failure);
      self->store = amends_store_open (self->path, environment, "amends", TRUE, NULL);
    }
  if (self->store == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return NULL;
    }
  return look_around (self, reason);
}

static void
open_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  AmendsSession *self = AMENDS_SESSION (source);
  g_autoptr (GError) error = NULL;
  Opened *opened = finish_job (self, result, &error);

  if (opened != NULL)
    {
      take_opened (self, opened);
      opened_free (opened);
    }
  else if (g_error_matches (error, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_NOT_ENROLLED))
    set_state (self, AMENDS_SESSION_NO_STORE);
  else
    {
      g_free (self->reason);
      self->reason = amends_words_error (error);
      set_state (self, AMENDS_SESSION_FAILED);
    }
}

/**
 * amends_session_start:
 *
 * Opens the store, or tries again; what came of it is in the property "state".
 */
void
amends_session_start (AmendsSession *self)
{
  g_return_if_fail (AMENDS_IS_SESSION (self));

  set_state (self, AMENDS_SESSION_STARTING);
  push_job (self, (Job){ run_open, .free_result = opened_free }, NULL, open_cb, NULL);
}

/* ---------------------------------------------------------------- searching, in the background */

static void push_search_step (AmendsSession *self);

static gpointer
run_search_step (AmendsSession *self, gpointer input, GError **error)
{
  if (!require_store (self, error) || amends_store_is_locked (self->store))
    return NULL;
  return amends_store_search_step (self->store, SEARCH_SLICE_CASES, error) ? self : NULL;
}

static void
search_step_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  AmendsSession *self = AMENDS_SESSION (source);

  if (finish_job (self, result, NULL) != NULL)
    push_search_step (self);
}

static void
push_search_step (AmendsSession *self)
{
  push_job (self, (Job){ run_search_step }, NULL, search_step_cb, NULL);
}

/* ---------------------------------------------------------------- sync */

static gboolean
sync_due_cb (gpointer user_data)
{
  AmendsSession *self = user_data;

  self->sync_source = 0;
  amends_session_sync (self);
  return G_SOURCE_REMOVE;
}

static void
schedule_sync (AmendsSession *self, guint delay_ms)
{
  g_clear_handle_id (&self->sync_source, g_source_remove);
  if (self->state == AMENDS_SESSION_OPEN && !self->is_read_only)
    self->sync_source = g_timeout_add (delay_ms, sync_due_cb, self);
}

static void
enter_cb (gpointer user_data)
{
  AmendsSession *self = user_data;

  g_mutex_lock (&self->store_mutex);
}

static void
leave_cb (gpointer user_data)
{
  AmendsSession *self = user_data;

  g_mutex_unlock (&self->store_mutex);
}

static gboolean
show_progress_cb (gpointer user_data)
{
  AmendsSession *self = user_data;
  int per_mille = g_atomic_int_get (&self->progress_pending) - 1;

  g_atomic_int_set (&self->progress_pending, 0);
  self->progress = CLAMP (per_mille, 0, 1000) / 1000.0;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PROGRESS]);
  return G_SOURCE_REMOVE;
}

/* From the sync thread: at most one report waits for the main thread. */
static void
progress_cb (double fraction, guint64 n_left, gpointer user_data)
{
  AmendsSession *self = user_data;
  int next = 1 + (int) (fraction * 1000);

  if (g_atomic_int_compare_and_exchange (&self->progress_pending, 0, next))
    g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, show_progress_cb, g_object_ref (self),
                     g_object_unref);
  else
    g_atomic_int_set (&self->progress_pending, next);
}

static void
sync_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  AmendsSession *self = source;
  const AmendsSyncHooks hooks = { enter_cb, leave_cb, progress_cb, self };
  g_autoptr (AmendsTransport) transport = NULL;
  AmendsSyncReport report = { 0 };
  GError *error = NULL;

  g_mutex_lock (&self->store_mutex);
  transport = amends_sync_new_transport (self->store, &error);
  g_mutex_unlock (&self->store_mutex);

  if (transport != NULL)
    amends_sync_run (self->store, transport, &hooks, cancellable, &report, &error);
  g_atomic_int_set (&self->retry_after_s, (int) report.retry_after_s);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

static gpointer
run_lock (AmendsSession *self, gpointer input, GError **error)
{
  if (self->store != NULL)
    amends_store_lock (self->store);
  return NULL;
}

static void
sync_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  AmendsSession *self = AMENDS_SESSION (source);
  g_autoptr (GError) error = NULL;
  gboolean is_cancelled;

  g_task_propagate_boolean (G_TASK (result), &error);
  is_cancelled = g_cancellable_is_cancelled (self->sync_cancellable);
  g_clear_object (&self->sync_cancellable);
  self->is_syncing = FALSE;
  self->progress = 0.0;
  self->n_failures = error == NULL ? 0 : is_cancelled ? self->n_failures : self->n_failures + 1;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SYNCING]);

  if (self->is_lock_pending)
    {
      self->is_lock_pending = FALSE;
      push_job (self, (Job){ run_lock }, NULL, NULL, NULL);
      return;
    }
  schedule_sync (self,
                 self->n_failures > 0
                     ? amends_backoff_delay_ms (self->n_failures,
                                                (guint) g_atomic_int_get (&self->retry_after_s),
                                                g_random_int ())
                     : self->sync_interval_min * 60 * 1000);
  push_job (self, (Job){ run_look_around, .free_result = opened_free }, NULL, looked_around_cb,
            NULL);
}

/**
 * amends_session_sync:
 *
 * Exchanges with the server now, unless it does already or nobody has signed in. Failure is no
 * error here: it stands in the status, and it is tried again by itself.
 */
void
amends_session_sync (AmendsSession *self)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (AMENDS_IS_SESSION (self));

  if (self->is_syncing || self->state != AMENDS_SESSION_OPEN || self->is_read_only)
    return;
  g_clear_handle_id (&self->sync_source, g_source_remove);
  self->is_syncing = TRUE;
  self->sync_cancellable = g_cancellable_new ();
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SYNCING]);

  task = g_task_new (self, self->sync_cancellable, sync_cb, NULL);
  g_task_set_return_on_cancel (task, FALSE);
  g_task_set_check_cancellable (task, FALSE);
  g_task_run_in_thread (task, sync_thread);
}

static void
network_changed_cb (AmendsSession *self, gboolean is_available)
{
  if (is_available)
    amends_session_sync (self);
}

/* ---------------------------------------------------------------- enrolment, sign-in, locking */

typedef struct
{
  char *texts[5];
  GCancellable *cancellable;
} EnrolInput;

static void
erase_text (char *text)
{
  if (text != NULL)
    explicit_bzero (text, strlen (text));
  g_free (text);
}

static void
enrol_input_free (gpointer data)
{
  EnrolInput *input = data;

  for (guint i = 0; i < G_N_ELEMENTS (input->texts); i++)
    erase_text (input->texts[i]);
  g_clear_object (&input->cancellable);
  g_free (input);
}

static gpointer
run_enrol (AmendsSession *self, gpointer data, GError **error)
{
  const EnrolInput *input = data;
  const AmendsEnvironment *environment = amends_environment_get_system ();
  g_autoptr (GArray) feeds = NULL;
  g_autoptr (AmendsIdentity) identity = NULL;

  if (!amends_store_check_passphrase (input->texts[4], error))
    return NULL;
  identity = amends_enrol (input->texts[0], input->texts[1], input->texts[2], environment,
                           input->cancellable, &feeds, error);
  if (identity == NULL)
    return NULL;
  self->store = amends_store_create (self->path, environment, "amends", identity,
                                     (const AmendsFeed *) feeds->data, feeds->len, input->texts[3],
                                     input->texts[4], error);
  return self->store != NULL ? look_around (self, NULL) : NULL;
}

static gboolean
finish_opening (AmendsSession *self, GAsyncResult *result, GError **error)
{
  Opened *opened = finish_job (self, result, error);

  if (opened == NULL)
    return FALSE;
  take_opened (self, opened);
  opened_free (opened);
  push_search_step (self);
  amends_session_sync (self);
  return TRUE;
}

/**
 * amends_session_enrol_async:
 * @enrolment: what the person typed
 *
 * Enrols this device and makes its store. When it has finished the store is open, and its first
 * exchange begins.
 */
void
amends_session_enrol_async (AmendsSession *self,
                            const AmendsEnrolment *enrolment,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  EnrolInput *input;

  g_return_if_fail (AMENDS_IS_SESSION (self) && enrolment != NULL);

  input = g_new0 (EnrolInput, 1);
  input->texts[0] = g_strdup (enrolment->server);
  input->texts[1] = g_strdup (enrolment->code);
  input->texts[2] = g_strdup (enrolment->device_name);
  input->texts[3] = g_strdup (enrolment->staff_name);
  input->texts[4] = g_strdup (enrolment->passphrase);
  input->cancellable = cancellable != NULL ? g_object_ref (cancellable) : NULL;
  push_job (self, (Job){ run_enrol, input, enrol_input_free, opened_free }, cancellable, callback,
            user_data);
}

gboolean
amends_session_enrol_finish (AmendsSession *self, GAsyncResult *result, GError **error)
{
  return finish_opening (self, result, error);
}

/* What is sealed shows its damage only once the key is there: then nothing more is written. */
static gboolean
reopen_to_read (AmendsSession *self, const EnrolInput *input, GError **error)
{
  g_clear_pointer (&self->store, amends_store_close);
  self->store =
      amends_store_open (self->path, amends_environment_get_system (), "amends", TRUE, error);
  return self->store != NULL
         && amends_store_unlock (self->store, input->texts[0], input->texts[1], error);
}

static gpointer
run_unlock (AmendsSession *self, gpointer data, GError **error)
{
  const EnrolInput *input = data;

  g_autoptr (GError) damage = NULL;
  g_autofree char *reason = NULL;

  if (!require_store (self, error)
      || !amends_store_unlock (self->store, input->texts[0], input->texts[1], error))
    return NULL;
  amends_store_count_cases (self->store, &damage);
  if (damage == NULL || amends_store_is_read_only (self->store))
    return look_around (self, self->is_read_only ? self->reason : NULL);

  reason = amends_words_error (damage);
  if (!may_be_read (damage) || !reopen_to_read (self, input, error))
    return NULL;
  return look_around (self, reason);
}

/**
 * amends_session_unlock_async:
 * @staff_name: (nullable): who signs in, where there are several
 * @passphrase: theirs
 *
 * Errors: %AMENDS_STORE_ERROR_PASSPHRASE if no slot opens.
 */
void
amends_session_unlock_async (AmendsSession *self,
                             const char *staff_name,
                             const char *passphrase,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  EnrolInput *input;

  g_return_if_fail (AMENDS_IS_SESSION (self) && passphrase != NULL);

  self->is_lock_pending = FALSE; /* whether the keys go is decided anew */
  input = g_new0 (EnrolInput, 1);
  input->texts[0] = g_strdup (staff_name);
  input->texts[1] = g_strdup (passphrase);
  push_job (self, (Job){ run_unlock, input, enrol_input_free, opened_free }, NULL, callback,
            user_data);
}

/* Keys go as soon as a running exchange has let go of the store. */
static void
drop_keys (AmendsSession *self)
{
  self->is_lock_pending = self->is_syncing;
  if (self->is_syncing)
    g_cancellable_cancel (self->sync_cancellable);
  else
    push_job (self, (Job){ run_lock }, NULL, NULL, NULL);
}

gboolean
amends_session_unlock_finish (AmendsSession *self, GAsyncResult *result, GError **error)
{
  if (finish_opening (self, result, error))
    return TRUE;
  drop_keys (self);
  return FALSE;
}

/**
 * amends_session_lock:
 *
 * Closes the door: the state is locked at once, the keys are gone as soon as what is queued is saved
 * and a running exchange has let go of the store.
 */
void
amends_session_lock (AmendsSession *self)
{
  g_return_if_fail (AMENDS_IS_SESSION (self));

  if (self->state != AMENDS_SESSION_OPEN)
    return;
  g_clear_handle_id (&self->sync_source, g_source_remove);
  set_state (self, AMENDS_SESSION_LOCKED);
  drop_keys (self);
}

/* ---------------------------------------------------------------- reading */

typedef struct
{
  gboolean only_conflicts;
  guint limit;
  guint offset;
} ListInput;

void
amends_case_slice_free (AmendsCaseSlice *self)
{
  g_ptr_array_unref (self->rows);
  g_free (self);
}

static gpointer
run_list_cases (AmendsSession *self, gpointer data, GError **error)
{
  const ListInput *input = data;
  GPtrArray *rows;
  AmendsCaseSlice *slice;

  if (!require_store (self, error))
    return NULL;
  rows = amends_store_list_cases (self->store, NULL, input->only_conflicts, input->limit,
                                  input->offset, error);
  if (rows == NULL)
    return NULL;
  slice = g_new0 (AmendsCaseSlice, 1);
  slice->rows = rows;
  slice->n_cases = amends_store_count_cases (self->store, NULL);
  return slice;
}

/**
 * amends_session_list_cases_async:
 * @limit: 0 for all
 */
void
amends_session_list_cases_async (AmendsSession *self,
                                 gboolean only_conflicts,
                                 guint limit,
                                 guint offset,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  const ListInput input = { only_conflicts, limit, offset };

  g_return_if_fail (AMENDS_IS_SESSION (self));

  push_job (self,
            (Job){ run_list_cases, g_memdup2 (&input, sizeof input), g_free,
                   (GDestroyNotify) amends_case_slice_free },
            cancellable, callback, user_data);
}

AmendsCaseSlice *
amends_session_list_cases_finish (AmendsSession *self, GAsyncResult *result, GError **error)
{
  return finish_job (self, result, error);
}

static gpointer
run_search (AmendsSession *self, gpointer data, GError **error)
{
  return require_store (self, error) ? amends_store_search (self->store, data, error) : NULL;
}

/**
 * amends_session_search_async:
 * @text: two letters or more
 *
 * Cancel the one before with its @cancellable: it is then never begun.
 */
void
amends_session_search_async (AmendsSession *self,
                             const char *text,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_return_if_fail (AMENDS_IS_SESSION (self) && text != NULL);

  push_job (self, (Job){ run_search, g_strdup (text), g_free, unref_array }, cancellable, callback,
            user_data);
}

GPtrArray *
amends_session_search_finish (AmendsSession *self, GAsyncResult *result, GError **error)
{
  return finish_job (self, result, error);
}

void
amends_case_file_free (AmendsCaseFile *self)
{
  g_clear_pointer (&self->complaint, amends_case_free);
  g_clear_pointer (&self->history, json_decref);
  g_free (self->scheme_name);
  g_free (self->reference);
  g_free (self);
}

static gpointer
run_get_case (AmendsSession *self, gpointer data, GError **error)
{
  g_autoptr (AmendsCaseFile) file = g_new0 (AmendsCaseFile, 1);
  const char *scheme;
  gsize i;
  json_t *entry;

  if (!require_store (self, error))
    return NULL;
  file->complaint = amends_store_get_case (self->store, data, error);
  if (file->complaint == NULL)
    return NULL;
  file->history = amends_store_history_to_json (self->store, file->complaint, error);
  if (file->history == NULL)
    return NULL;

  scheme = amends_case_get_text (file->complaint, "scheme");
  file->scheme_name = amends_store_dup_scheme_name (self->store, scheme != NULL ? scheme : "");
  file->reference = g_strdup (amends_case_get_text (file->complaint, "reference"));
  json_array_foreach (file->history, i, entry)
    if (json_is_false (json_object_get (entry, "sent")))
      file->n_waiting++;
  return g_steal_pointer (&file);
}

void
amends_session_get_case_async (AmendsSession *self,
                               const AmendsId *id,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_return_if_fail (AMENDS_IS_SESSION (self) && id != NULL);

  push_job (self,
            (Job){ run_get_case, amends_id_copy (id), g_free,
                   (GDestroyNotify) amends_case_file_free },
            cancellable, callback, user_data);
}

AmendsCaseFile *
amends_session_get_case_finish (AmendsSession *self, GAsyncResult *result, GError **error)
{
  return finish_job (self, result, error);
}

/* ---------------------------------------------------------------- acts */

typedef struct
{
  AmendsId id;
  gint64 draft;
  json_t *json;
} ActInput;

static void
act_input_free (gpointer data)
{
  ActInput *input = data;

  json_decref (input->json);
  g_free (input);
}

static ActInput *
act_input_new (const json_t *json, gint64 draft)
{
  ActInput *input = g_new0 (ActInput, 1);

  /* jansson counts references without a lock: each thread has its own. */
  input->json = json_deep_copy (json);
  input->draft = draft;
  return input;
}

static gpointer
run_record (AmendsSession *self, gpointer data, GError **error)
{
  const ActInput *input = data;
  AmendsOutcome *outcome;

  if (!require_store (self, error))
    return NULL;
  outcome = amends_store_record (self->store, input->json, error);
  /* The record is safe; a draft that stays can be thrown away by hand. */
  if (outcome != NULL && input->draft != 0)
    amends_store_delete_draft (self->store, input->draft, NULL);
  return outcome;
}

/**
 * amends_session_record_async:
 * @intake: as in the contract of the command line
 * @draft: what it was kept as until now; 0 if it was not
 */
void
amends_session_record_async (AmendsSession *self,
                             const json_t *intake,
                             gint64 draft,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_return_if_fail (AMENDS_IS_SESSION (self) && intake != NULL);

  push_job (self,
            (Job){ run_record, act_input_new (intake, draft), act_input_free,
                   (GDestroyNotify) amends_outcome_free, .is_change = TRUE },
            NULL, callback, user_data);
}

AmendsOutcome *
amends_session_record_finish (AmendsSession *self, GAsyncResult *result, GError **error)
{
  return finish_job (self, result, error);
}

static gpointer
run_act (AmendsSession *self, gpointer data, GError **error)
{
  const ActInput *input = data;

  return require_store (self, error)
             ? amends_store_act (self->store, &input->id, input->json, error)
             : NULL;
}

void
amends_session_act_async (AmendsSession *self,
                          const AmendsId *id,
                          const json_t *act,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  ActInput *input;

  g_return_if_fail (AMENDS_IS_SESSION (self) && id != NULL && act != NULL);

  input = act_input_new (act, 0);
  input->id = *id;
  push_job (self,
            (Job){ run_act, input, act_input_free, (GDestroyNotify) amends_outcome_free,
                   .is_change = TRUE },
            NULL, callback, user_data);
}

AmendsOutcome *
amends_session_act_finish (AmendsSession *self, GAsyncResult *result, GError **error)
{
  return finish_job (self, result, error);
}

/* ---------------------------------------------------------------- drafts */

static gpointer
run_save_draft (AmendsSession *self, gpointer data, GError **error)
{
  ActInput *input = data;

  if (!require_store (self, error)
      || !amends_store_save_draft (self->store, &input->draft, input->json, error))
    return NULL;
  return g_memdup2 (&input->draft, sizeof input->draft);
}

/**
 * amends_session_save_draft_async:
 * @draft: which; 0 for a new one
 * @intake: whatever stands in the form, valid or not
 */
void
amends_session_save_draft_async (AmendsSession *self,
                                 gint64 draft,
                                 const json_t *intake,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  g_return_if_fail (AMENDS_IS_SESSION (self) && intake != NULL);

  push_job (self, (Job){ run_save_draft, act_input_new (intake, draft), act_input_free, g_free },
            NULL, callback, user_data);
}

/* Returns: its number; 0 on failure. */
gint64
amends_session_save_draft_finish (AmendsSession *self, GAsyncResult *result, GError **error)
{
  g_autofree gint64 *draft = finish_job (self, result, error);

  return draft != NULL ? *draft : 0;
}

static gpointer
run_delete_draft (AmendsSession *self, gpointer data, GError **error)
{
  const ActInput *input = data;

  if (require_store (self, error))
    amends_store_delete_draft (self->store, input->draft, error);
  return NULL;
}

/**
 * amends_session_delete_draft:
 * @draft: which
 *
 * Throws a draft away. One that cannot be deleted stays in the list.
 */
void
amends_session_delete_draft (AmendsSession *self, gint64 draft)
{
  g_return_if_fail (AMENDS_IS_SESSION (self));

  push_job (self,
            (Job){ run_delete_draft, act_input_new (NULL, draft), act_input_free, NULL,
                   .is_change = TRUE },
            NULL, NULL, NULL);
}

static gpointer
run_list_drafts (AmendsSession *self, gpointer data, GError **error)
{
  return require_store (self, error) ? amends_store_list_drafts (self->store, error) : NULL;
}

void
amends_session_list_drafts_async (AmendsSession *self,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  g_return_if_fail (AMENDS_IS_SESSION (self));

  push_job (self, (Job){ run_list_drafts, .free_result = unref_array }, cancellable, callback,
            user_data);
}

GPtrArray *
amends_session_list_drafts_finish (AmendsSession *self, GAsyncResult *result, GError **error)
{
  return finish_job (self, result, error);
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
  g_mutex_clear (&self->store_mutex);
  amends_status_clear (&self->status);
  g_strfreev (self->staff);
  g_clear_pointer (&self->schemes, g_ptr_array_unref);
  g_free (self->organisation);
  g_free (self->device_name);
  g_free (self->actor_name);
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
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);

  signals[SIGNAL_LIST_CHANGED] =
      g_signal_new ("list-changed", AMENDS_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 0);
  signals[SIGNAL_CASE_CHANGED] =
      g_signal_new ("case-changed", AMENDS_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 0);
}

static void
amends_session_init (AmendsSession *self)
{
  g_mutex_init (&self->store_mutex);
  self->jobs = g_thread_pool_new (run_job, NULL, 1, TRUE, NULL);
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

const char *
amends_session_get_actor_name (AmendsSession *self)
{
  return self->actor_name;
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
