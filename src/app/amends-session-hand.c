/* amends-session-hand.c: the exchange that is carried on a stick
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * It takes the place of an exchange over the network: never both at once. One that runs is stopped for
 * it, since a person waits; the network is tried again afterwards by itself. */

#include "config.h"

#include "app/amends-session-private.h"

#include "store/amends-log.h"

typedef struct
{
  char *path;
  AmendsCarrier carrier; /* its texts are owned; @stick is NULL where nobody is named */
  gboolean is_import;
  GCancellable *cancellable; /* (nullable) before it begins */
} Work;

static void
work_free (gpointer data)
{
  Work *self = data;

  g_clear_object (&self->cancellable);
  g_free (self->path);
  g_free ((char *) self->carrier.name);
  g_free ((char *) self->carrier.scheme);
  g_free ((char *) self->carrier.stick);
  g_free (self);
}

static void
hand_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  const Work *work = task_data;
  const AmendsSyncHooks hooks = amends_session_get_hooks (source);
  AmendsSession *self = source;
  AmendsHandResult *result = g_new0 (AmendsHandResult, 1);
  AmendsHandExport export = { 0 };
  AmendsSyncReport report = { 0 };
  GError *error = NULL;
  gboolean done;

  if (work->is_import)
    done = amends_hand_import (self->store, work->path, &hooks, work->cancellable, &report,
                               &result->is_old, &error);
  else
    done = amends_hand_export (self->store, work->path,
                               work->carrier.stick != NULL ? &work->carrier : NULL, &hooks,
                               work->cancellable, &export, &error);
  result->n_events = work->is_import ? report.n_acknowledged : export.n_events;
  result->n_received = report.n_received;
  result->n_waiting = report.n_waiting;
  result->server_restored = report.server_restored;
  if (done)
    {
      g_task_return_pointer (task, result, g_free);
      return;
    }
  g_free (result);
  g_task_return_error (task, error);
}

/**
 * amends_session_begin_hand:
 *
 * Begins what waits for its turn, if nothing else is exchanged.
 * Returns: whether something did
 */
gboolean
amends_session_begin_hand (AmendsSession *self)
{
  g_autoptr (GTask) task = g_steal_pointer (&self->hand_task);

  if (task == NULL)
    return FALSE;
  if (self->state != AMENDS_SESSION_OPEN)
    {
      g_task_return_new_error (task, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_LOCKED,
                               "The store is locked");
      return FALSE;
    }
  amends_session_begin_exchange (self);
  ((Work *) g_task_get_task_data (task))->cancellable = g_object_ref (self->sync_cancellable);
  g_task_run_in_thread (task, hand_thread);
  return TRUE;
}

/* The result waits in @task for whoever asked; the session goes on at once. */
static void
hand_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  AmendsSession *self = AMENDS_SESSION (source);
  g_autoptr (GTask) asked = user_data;
  GError *error = NULL;
  const Work *work = g_task_get_task_data (G_TASK (result));
  gpointer found = g_task_propagate_pointer (G_TASK (result), &error);

  if (work->cancellable != NULL) /* else it never began */
    amends_session_end_exchange (self);
  if (error != NULL)
    g_task_return_error (asked, error);
  else
    g_task_return_pointer (asked, found, g_free);
}

static void
begin (AmendsSession *self,
       const char *path,
       const AmendsCarrier *carrier,
       gboolean is_import,
       GAsyncReadyCallback callback,
       gpointer user_data)
{
  GTask *asked = g_task_new (self, NULL, callback, user_data);
  Work *work = g_new0 (Work, 1);

  if (self->hand_task != NULL || self->state != AMENDS_SESSION_OPEN || self->is_read_only)
    {
      work_free (work);
      g_task_return_new_error (asked, AMENDS_STORE_ERROR,
                               self->is_read_only ? AMENDS_STORE_ERROR_READ_ONLY
                                                  : AMENDS_STORE_ERROR_LOCKED,
                               "Nothing can be exchanged now");
      g_object_unref (asked);
      return;
    }
  work->path = g_strdup (path);
  if (carrier != NULL)
    work->carrier = (AmendsCarrier){ carrier->staff, g_strdup (carrier->name),
                                     g_strdup (carrier->scheme), g_strdup (carrier->stick) };
  work->is_import = is_import;
  self->hand_task = g_task_new (self, NULL, hand_cb, asked);
  g_task_set_task_data (self->hand_task, work, work_free);
  if (self->is_syncing)
    g_cancellable_cancel (self->sync_cancellable);
  else
    amends_session_begin_hand (self);
}

/**
 * amends_session_hand_export_async:
 * @path: where the file goes
 * @carrier: (nullable): who carries what waits at a kiosk, which is written down; %NULL on a device of theirs
 * @callback: for amends_session_hand_finish()
 *
 * Writes what waits into a file that is carried to head office.
 */
void
amends_session_hand_export_async (AmendsSession *self,
                                  const char *path,
                                  const AmendsCarrier *carrier,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  g_return_if_fail (AMENDS_IS_SESSION (self) && path != NULL);

  begin (self, path, carrier, FALSE, callback, user_data);
}

/**
 * amends_session_hand_import_async:
 * @path: the answer
 * @callback: for amends_session_hand_finish()
 *
 * Reads what head office wrote for this device.
 */
void
amends_session_hand_import_async (AmendsSession *self,
                                  const char *path,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  g_return_if_fail (AMENDS_IS_SESSION (self) && path != NULL);

  begin (self, path, NULL, TRUE, callback, user_data);
}

/**
 * amends_session_hand_finish:
 *
 * Errors: #AmendsBundleError; those of sync and store.
 * Returns: (transfer full) (nullable): what came of it; free it with g_free()
 */
AmendsHandResult *
amends_session_hand_finish (AmendsSession *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

static gpointer
run_list_carriages (AmendsSession *self, gpointer data, GError **error)
{
  if (!amends_session_require_store (self, error))
    return NULL;
  return amends_store_list_carriages (self->store, GPOINTER_TO_UINT (data), error);
}

/**
 * amends_session_list_carriages_async:
 * @n_max: how many are wanted
 * @callback: for amends_session_list_carriages_finish()
 *
 * Who carried away what waited at the kiosks.
 */
void
amends_session_list_carriages_async (AmendsSession *self,
                                     guint n_max,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data)
{
  g_return_if_fail (AMENDS_IS_SESSION (self));

  amends_session_push_job (self,
                           (AmendsSessionJob){ run_list_carriages, GUINT_TO_POINTER (n_max),
                                               .free_result = (GDestroyNotify) g_ptr_array_unref },
                           NULL, callback, user_data);
}

/* Returns: (transfer full) (element-type AmendsCarriage): the newest first */
GPtrArray *
amends_session_list_carriages_finish (AmendsSession *self, GAsyncResult *result, GError **error)
{
  return amends_session_finish_job (self, result, error);
}
