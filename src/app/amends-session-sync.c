/* amends-session-sync.c: the exchange with the server, in a thread of its own
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/amends-session-private.h"

#include "sync/amends-backoff.h"
#include "sync/amends-engine.h"

/* How often it is said that parts of attachments came or went. */
#define CARRIED_MS 500

static gboolean
sync_due_cb (gpointer user_data)
{
  AmendsSession *self = user_data;

  self->sync_source = 0;
  amends_session_sync (self);
  return G_SOURCE_REMOVE;
}

/**
 * amends_session_schedule_sync:
 * @delay_ms: from now; what was scheduled before is forgotten
 */
void
amends_session_schedule_sync (AmendsSession *self, guint delay_ms)
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
  g_object_notify (G_OBJECT (self), "progress");
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

static gboolean
show_carried_cb (gpointer user_data)
{
  AmendsSession *self = user_data;

  g_atomic_int_set (&self->carried_pending, FALSE);
  g_signal_emit_by_name (self, "carried");
  return G_SOURCE_REMOVE;
}

/* As progress_cb(), and seldom enough for a person to read. */
static void
carried_cb (const AmendsId *event, gpointer user_data)
{
  AmendsSession *self = user_data;

  if (g_atomic_int_compare_and_exchange (&self->carried_pending, FALSE, TRUE))
    g_timeout_add_full (G_PRIORITY_DEFAULT_IDLE, CARRIED_MS, show_carried_cb, g_object_ref (self),
                        g_object_unref);
}

/* What an exchange holds the store with, and says how far it has come. */
AmendsSyncHooks
amends_session_get_hooks (AmendsSession *self)
{
  return (AmendsSyncHooks){ .enter = enter_cb,
                            .leave = leave_cb,
                            .progress = progress_cb,
                            .carried = carried_cb,
                            .hurry = self->hurry,
                            .user_data = self };
}

static void
sync_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  AmendsSession *self = source;
  const AmendsSyncHooks hooks = amends_session_get_hooks (self);
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

/* One exchange at a time, over the network or by hand. */
void
amends_session_begin_exchange (AmendsSession *self)
{
  g_clear_handle_id (&self->sync_source, g_source_remove);
  self->is_syncing = TRUE;
  self->is_more_due = amends_session_get_hold_ms (self) > 0;
  self->sync_cancellable = g_cancellable_new ();
  g_object_notify (G_OBJECT (self), "syncing");
}

/* What is held back is sent as soon as it may be, also where that was while an exchange went on. */
static guint
get_next_ms (AmendsSession *self)
{
  guint interval_ms = self->sync_interval_min * 60 * 1000;
  guint hold_ms = amends_session_get_hold_ms (self);

  if (self->n_failures > 0)
    return amends_backoff_delay_ms (self->n_failures,
                                    (guint) g_atomic_int_get (&self->retry_after_s),
                                    g_random_int ());
  if (hold_ms > 0)
    return MIN (hold_ms, interval_ms);
  return self->is_more_due ? AMENDS_SYNC_SOON_MS : interval_ms;
}

void
amends_session_end_exchange (AmendsSession *self)
{
  g_clear_object (&self->sync_cancellable);
  self->is_syncing = FALSE;
  self->progress = 0.0;
  g_object_notify (G_OBJECT (self), "syncing");

  if (amends_session_begin_hand (self))
    return;
  if (self->is_lock_pending)
    {
      amends_session_drop_keys (self);
      return;
    }
  amends_session_schedule_sync (self, get_next_ms (self));
  amends_session_look_again (self);
}

static void
sync_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  AmendsSession *self = AMENDS_SESSION (source);
  g_autoptr (GError) error = NULL;
  gboolean is_cancelled;

  g_task_propagate_boolean (G_TASK (result), &error);
  is_cancelled = g_cancellable_is_cancelled (self->sync_cancellable);
  self->n_failures = error == NULL ? 0 : is_cancelled ? self->n_failures : self->n_failures + 1;
  amends_session_end_exchange (self);
}

/**
 * amends_session_sync:
 *
 * Exchanges with the server now, or once more where it does already, unless nobody has signed in. Failure is no
 * error here: it stands in the status, and it is tried again by itself.
 */
void
amends_session_sync (AmendsSession *self)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (AMENDS_IS_SESSION (self));

  /* An attachment under way gives way to what was recorded just now. */
  if (self->is_syncing)
    {
      g_cancellable_cancel (self->hurry);
      self->is_more_due = TRUE;
    }
  if (self->is_syncing || self->state != AMENDS_SESSION_OPEN || self->is_read_only)
    return;
  amends_session_begin_exchange (self);
  task = g_task_new (self, self->sync_cancellable, sync_cb, NULL);
  g_task_set_return_on_cancel (task, FALSE);
  g_task_set_check_cancellable (task, FALSE);
  g_task_run_in_thread (task, sync_thread);
}
