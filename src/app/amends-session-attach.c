/* amends-session-attach.c: files taken in, opened and asked for
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A film takes a while to be sealed, and to be opened: that runs in a thread of its own, and has the store only
 * for the moment before and after. */

#include "config.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>

#include "app/amends-session-private.h"
#include "core/amends-media.h"
#include "store/amends-attachments.h"

typedef struct
{
  AmendsId id;
  char *path;
  gboolean keeps_metadata;
  gboolean is_scrap; /* the file is ours, and goes */
} AttachInput;

static void
attach_input_free (gpointer data)
{
  AttachInput *input = data;

  if (input->is_scrap)
    g_unlink (input->path);
  g_free (input->path);
  g_free (input);
}

static AmendsAttachmentWriter *
begin_writing (AmendsSession *self, GError **error)
{
  AmendsAttachmentWriter *writer = NULL;

  g_mutex_lock (&self->store_mutex);
  if (amends_session_require_store (self, error))
    writer = amends_attachment_writer_new (self->store, error);
  g_mutex_unlock (&self->store_mutex);
  return writer;
}

static AmendsOutcome *
end_writing (AmendsSession *self,
             const AttachInput *input,
             AmendsAttachmentWriter *writer,
             const json_t *facts,
             gboolean is_taken,
             GError **error)
{
  AmendsOutcome *outcome = NULL;

  g_mutex_lock (&self->store_mutex);
  if (is_taken && amends_session_require_store (self, error))
    outcome = amends_store_attach (self->store, &input->id, writer, facts, error);
  amends_attachment_writer_free (writer);
  g_mutex_unlock (&self->store_mutex);
  return outcome;
}

static void
attach_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  AmendsSession *self = source;
  const AttachInput *input = task_data;
  json_auto_t *facts = json_object ();
  AmendsAttachmentWriter *writer;
  AmendsOutcome *outcome;
  GError *error = NULL;
  gboolean is_taken;

  writer = begin_writing (self, &error);
  if (writer == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  is_taken = amends_attachment_writer_take_file (writer, input->path, input->keeps_metadata,
                                                 cancellable, facts, &error);
  outcome = end_writing (self, input, writer, facts, is_taken, &error);
  if (outcome == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, outcome, (GDestroyNotify) amends_outcome_free);
}

/**
 * amends_session_attach_async:
 * @id: the case
 * @path: a file
 * @keeps_metadata: whether what a picture says of camera, place and time stays in it
 * @is_scrap: whether the file is deleted afterwards
 */
void
amends_session_attach_async (AmendsSession *self,
                             const AmendsId *id,
                             const char *path,
                             gboolean keeps_metadata,
                             gboolean is_scrap,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  AttachInput *input;

  g_return_if_fail (AMENDS_IS_SESSION (self) && id != NULL && path != NULL);

  input = g_new0 (AttachInput, 1);
  input->id = *id;
  input->path = g_strdup (path);
  input->keeps_metadata = keeps_metadata;
  input->is_scrap = is_scrap;
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_task_data (task, input, attach_input_free);
  g_task_set_return_on_cancel (task, FALSE);
  g_task_run_in_thread (task, attach_thread);
}

/* What was written; the lists and the case are told, and it is sent soon. */
AmendsOutcome *
amends_session_attach_finish (AmendsSession *self, GAsyncResult *result, GError **error)
{
  AmendsOutcome *outcome = g_task_propagate_pointer (G_TASK (result), error);

  if (outcome != NULL)
    amends_session_report_change (self);
  return outcome;
}

/* Opening. */

/* For what is shown outside of the application: in memory on most systems, of this person alone. It is named
 * by the store, so that whoever has that next finds what a run left that was cut off. */
static char *
dup_shown_folder (AmendsSession *self)
{
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, self->path, -1);
  g_autofree char *name = g_strdup_printf ("amends-%.16s", hash);

  return g_build_filename (g_get_user_runtime_dir (), name, NULL);
}

/**
 * amends_session_forget_shown:
 *
 * Removes the copies of attachments that were opened: when the door is locked, when the program ends, and when
 * it begins. In any thread.
 */
void
amends_session_forget_shown (AmendsSession *self)
{
  g_autofree char *folder = dup_shown_folder (self);
  g_autoptr (GDir) dir = NULL;
  const char *name;

  g_atomic_int_inc (
      &self->n_forgotten); /* before: what is written now is removed by who writes it */
  dir = g_dir_open (folder, 0, NULL);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (folder);
}

/**
 * amends_session_dup_scrap_path:
 * @name: of a file, with no folder in it
 *
 * Returns: (transfer full): where it may stand for a moment, in a folder that goes when the door is locked
 */
char *
amends_session_dup_scrap_path (AmendsSession *self, const char *name)
{
  g_autofree char *folder = dup_shown_folder (self);

  g_mkdir_with_parents (folder, 0700);
  return g_build_filename (folder, name, NULL);
}

typedef struct
{
  AmendsId event;
  int n_forgotten; /* when it was asked for */
} ShowInput;

/* Returns: (transfer full) (nullable): what reads it; its texts are in @ret_details */
static AmendsAttachmentReader *
begin_reading (AmendsSession *self,
               const AmendsId *event,
               AmendsAttachment *ret_attachment,
               json_t **ret_details,
               GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->store_mutex);

  if (!amends_session_require_store (self, error)
      || !amends_store_get_attachment (self->store, event, ret_attachment, ret_details, error))
    return NULL;
  return amends_attachment_reader_new (self->store, ret_attachment, error);
}

static gboolean
check_not_forgotten (AmendsSession *self, const ShowInput *input, GError **error)
{
  if (g_atomic_int_get (&self->n_forgotten) == input->n_forgotten)
    return TRUE;
  g_set_error_literal (error, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_LOCKED, "The store is locked");
  return FALSE;
}

/* What may not be shown any more, since the door was locked or the feed taken meanwhile, is not left there. */
static void
end_reading (AmendsSession *self, const ShowInput *input, GError **inout_error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->store_mutex);
  g_autoptr (GError) cause = NULL;
  json_auto_t *details = NULL;
  AmendsAttachment attachment;

  if (!check_not_forgotten (self, input, &cause) || !amends_session_require_store (self, &cause)
      || !amends_store_get_attachment (self->store, &input->event, &attachment, &details, &cause))
    {
      g_clear_error (inout_error);
      g_propagate_error (inout_error, g_steal_pointer (&cause));
    }
  else if (g_error_matches (*inout_error, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_DAMAGED))
    amends_store_drop_damaged (self->store, &attachment);
}

static void
show_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  AmendsSession *self = source;
  const ShowInput *input = task_data;
  GError *error = NULL;
  json_auto_t *details = NULL;
  AmendsAttachment attachment;
  g_autoptr (AmendsAttachmentReader) reader =
      begin_reading (self, &input->event, &attachment, &details, &error);
  g_autofree char *name = NULL;
  g_autofree char *path = NULL;

  if (reader != NULL)
    {
      name = amends_media_dup_file_name (attachment.media, attachment.name);
      path = amends_session_dup_scrap_path (self, name);
      amends_attachment_reader_export (reader, path, TRUE, &error);
      end_reading (self, input, &error);
      if (error != NULL)
        g_unlink (path);
    }
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, g_steal_pointer (&path), g_free);
}

static ShowInput *
create_show_input (AmendsSession *self, const AmendsId *event)
{
  ShowInput *input = g_new0 (ShowInput, 1);

  input->event = *event;
  input->n_forgotten = g_atomic_int_get (&self->n_forgotten);
  return input;
}

/* What takes longer than an exchange may wait, of one file: on a thread of its own. */
static void
run_apart (AmendsSession *self,
           const AmendsId *event,
           GTaskThreadFunc thread,
           GCancellable *cancellable,
           GAsyncReadyCallback callback,
           gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_task_data (task, create_show_input (self, event), g_free);
  g_task_run_in_thread (task, thread);
}

/**
 * amends_session_show_attachment_async:
 * @event: that says it
 *
 * Writes a copy that other programs can open, until the door is locked.
 */
void
amends_session_show_attachment_async (AmendsSession *self,
                                      const AmendsId *event,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data)
{
  g_return_if_fail (AMENDS_IS_SESSION (self) && event != NULL);

  run_apart (self, event, show_thread, NULL, callback, user_data);
}

/**
 * amends_session_show_attachment_finish:
 *
 * Errors: %AMENDS_STORE_ERROR_LOCKED, also if the door was locked meanwhile; of
 * amends_store_export_attachment().
 * Returns: (transfer full): its path
 */
char *
amends_session_show_attachment_finish (AmendsSession *self, GAsyncResult *result, GError **error)
{
  g_autofree char *path = g_task_propagate_pointer (G_TASK (result), error);

  if (path == NULL || self->state == AMENDS_SESSION_OPEN)
    return g_steal_pointer (&path);
  g_set_error_literal (error, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_LOCKED, "The store is locked");
  return NULL;
}

/* Small pictures. */

/* @parts: (element-type GBytes): where the file goes: into memory, and no further */
static gboolean
read_parts (AmendsAttachmentReader *reader, GPtrArray *parts, GError **error)
{
  GBytes *part = NULL;

  while (amends_attachment_reader_next (reader, &part, error))
    {
      if (part == NULL)
        return TRUE;
      g_ptr_array_add (parts, part);
    }
  return FALSE;
}

static void
picture_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  AmendsSession *self = source;
  const ShowInput *input = task_data;
  GError *error = NULL;
  json_auto_t *details = NULL;
  AmendsAttachment attachment;
  g_autoptr (AmendsAttachmentReader) reader =
      begin_reading (self, &input->event, &attachment, &details, &error);
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_autoptr (AmendsSmallPicture) picture = NULL;

  if (reader != NULL)
    {
      if (attachment.size > AMENDS_SMALL_PICTURE_MAX_BYTES)
        g_set_error_literal (&error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, _ ("No preview"));
      else if (read_parts (reader, parts, &error))
        picture = amends_small_picture_make (attachment.media, parts, &error);
      end_reading (self, input, &error);
    }
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, g_steal_pointer (&picture),
                           (GDestroyNotify) amends_small_picture_free);
}

/**
 * amends_session_picture_async:
 * @event: that says it
 *
 * Draws it as small as a row shows it; nothing of it is written anywhere.
 */
void
amends_session_picture_async (AmendsSession *self,
                              const AmendsId *event,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_return_if_fail (AMENDS_IS_SESSION (self) && event != NULL);

  run_apart (self, event, picture_thread, cancellable, callback, user_data);
}

/**
 * amends_session_picture_finish:
 *
 * Errors: %AMENDS_STORE_ERROR_LOCKED, also if the door was locked meanwhile; of amends_small_picture_make().
 * Returns: (transfer full): the picture
 */
AmendsSmallPicture *
amends_session_picture_finish (AmendsSession *self, GAsyncResult *result, GError **error)
{
  g_autoptr (AmendsSmallPicture) picture = g_task_propagate_pointer (G_TASK (result), error);

  if (picture == NULL || self->state == AMENDS_SESSION_OPEN)
    return g_steal_pointer (&picture);
  g_set_error_literal (error, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_LOCKED, "The store is locked");
  return NULL;
}

static gpointer
run_want (AmendsSession *self, gpointer data, GError **error)
{
  if (amends_session_require_store (self, error))
    amends_store_want_attachment (self->store, data, error);
  return NULL;
}

/**
 * amends_session_want_attachment:
 * @event: that says it
 *
 * It comes first, and the sync begins now.
 */
void
amends_session_want_attachment (AmendsSession *self, const AmendsId *event)
{
  g_return_if_fail (AMENDS_IS_SESSION (self) && event != NULL);

  amends_session_push_job (self,
                           (AmendsSessionJob){ run_want, amends_id_copy (event), g_free,
                                               .is_change = TRUE },
                           NULL, NULL, NULL);
  amends_session_sync (self);
}
