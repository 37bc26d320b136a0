/* amends-session-open.c: opening the store, enrolment, sign-in and locking
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/amends-session-private.h"

#include <glib/gi18n.h>

#include "app/amends-words.h"
#include "sync/amends-engine.h"

/* So many cases are indexed between two other jobs; a key typed meanwhile waits a few milliseconds. */
#define SEARCH_SLICE_CASES 100

/* ---------------------------------------------------------------- opening */

typedef struct
{
  gboolean is_locked;
  gboolean is_read_only;
  char *reason;
  GStrv staff;
  gboolean has_status;
  AmendsStatus status;
  char *organisation;
  char *device_name;
  char device_code[5];
  char *actor_name;
  GStrv actor_roles;
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
  g_strfreev (opened->actor_roles);
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

static gboolean
may_write (const GArray *feeds, const char *kind, const char *scheme)
{
  g_autofree char *name = g_strconcat (kind, scheme, NULL);

  for (guint i = 0; feeds != NULL && i < feeds->len; i++)
    {
      const AmendsFeed *feed = &g_array_index (feeds, AmendsFeed, i);

      if (feed->may_write && g_str_equal (feed->feed, name))
        return TRUE;
    }
  return FALSE;
}

static GPtrArray *
list_schemes (AmendsStore *store)
{
  GPtrArray *schemes = g_ptr_array_new_with_free_func (scheme_free);
  g_auto (GStrv) codes = amends_store_list_schemes (store, TRUE, NULL);
  g_autoptr (GArray) feeds = amends_store_list_feeds (store, NULL);

  for (guint i = 0; codes != NULL && codes[i] != NULL; i++)
    {
      AmendsScheme *scheme = g_new0 (AmendsScheme, 1);

      scheme->code = g_strdup (codes[i]);
      scheme->name = amends_store_dup_scheme_name (store, codes[i]);
      scheme->takes_safety = may_write (feeds, "r.", codes[i]);
      scheme->takes_conduct = may_write (feeds, "c.", codes[i]);
      g_ptr_array_add (schemes, scheme);
    }
  return schemes;
}

static GStrv
list_roles (AmendsStore *store, const AmendsId *actor)
{
  g_autoptr (AmendsStaff) staff =
      actor->number != 0 ? amends_store_get_staff (store, actor, NULL) : NULL;

  return staff != NULL ? g_strdupv (staff->roles) : NULL;
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
  opened->has_status = amends_store_get_status (self->store, &opened->status, NULL);
  if (opened->is_locked)
    return opened;

  identity = amends_store_get_identity (self->store);
  amends_store_get_actor (self->store, &actor);
  opened->organisation = g_strdup (identity->organisation_name);
  opened->device_name = g_strdup (identity->name);
  g_strlcpy (opened->device_code, identity->code, sizeof opened->device_code);
  opened->actor_name = amends_store_dup_staff_name (self->store, &actor);
  opened->actor_roles = list_roles (self->store, &actor);
  opened->schemes = list_schemes (self->store);
  return opened;
}

static void
take_opened (AmendsSession *self, Opened *opened)
{
  g_strfreev (self->staff);
  self->staff = g_steal_pointer (&opened->staff);
  if (opened->has_status)
    amends_session_take_status (self, &opened->status);
  amends_session_set_read_only (self, opened->is_read_only, opened->reason);
  if (!opened->is_locked)
    {
      g_free (self->organisation);
      self->organisation = g_steal_pointer (&opened->organisation);
      g_free (self->device_name);
      self->device_name = g_steal_pointer (&opened->device_name);
      g_strlcpy (self->device_code, opened->device_code, sizeof self->device_code);
      g_free (self->actor_name);
      self->actor_name = g_steal_pointer (&opened->actor_name);
      g_strfreev (self->actor_roles);
      self->actor_roles = g_steal_pointer (&opened->actor_roles);
      g_clear_pointer (&self->schemes, g_ptr_array_unref);
      self->schemes = g_steal_pointer (&opened->schemes);
    }
  amends_session_set_state (self, opened->is_locked ? AMENDS_SESSION_LOCKED : AMENDS_SESSION_OPEN);
}

static gpointer
run_look_around (AmendsSession *self, gpointer input, GError **error)
{
  if (!amends_session_require_store (self, error) || amends_store_is_locked (self->store))
    return NULL;
  return look_around (self, self->is_read_only ? self->reason : NULL);
}

static void
looked_around_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  AmendsSession *self = AMENDS_SESSION (source);
  Opened *opened = amends_session_finish_job (self, result, NULL);

  if (opened == NULL)
    return;
  if (self->state == AMENDS_SESSION_OPEN && !opened->is_locked)
    take_opened (self, opened);
  opened_free (opened);
  amends_session_say_changed (self);
}

/**
 * amends_session_look_again:
 *
 * Reads anew what screens show of the store: names of schemes and of people come with the exchange.
 */
void
amends_session_look_again (AmendsSession *self)
{
  amends_session_push_job (self, (AmendsSessionJob){ run_look_around, .free_result = opened_free },
                           NULL, looked_around_cb, NULL);
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
  amends_session_forget_shown (self); /* of a run that was cut off */
  /* A kiosk's: nobody is there to sign in. */
  if (amends_store_is_locked (self->store) && amends_store_opens_itself (self->store)
      && !amends_store_unlock_itself (self->store, error))
    return NULL;
  return look_around (self, reason);
}

static char *
describe_failure (AmendsSession *self, const GError *error)
{
  g_autofree char *holder = NULL;

  if (g_error_matches (error, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_HELD))
    holder = amends_store_dup_holder (self->path);
  if (holder == NULL)
    return amends_words_error (error);
  /* Translators: a program and the number of its process, such as "amendsctl (process 4711)". */
  return g_strdup_printf (
      _ ("Another program has these records open: %s. Close it, then try again."), holder);
}

static void
open_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  AmendsSession *self = AMENDS_SESSION (source);
  g_autoptr (GError) error = NULL;
  Opened *opened = amends_session_finish_job (self, result, &error);

  if (opened != NULL)
    {
      take_opened (self, opened);
      if (!opened->is_locked)
        amends_session_sync (self);
      opened_free (opened);
    }
  else if (g_error_matches (error, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_NOT_ENROLLED))
    amends_session_set_state (self, AMENDS_SESSION_NO_STORE);
  else
    {
      g_free (self->reason);
      self->reason = describe_failure (self, error);
      amends_session_set_state (self, AMENDS_SESSION_FAILED);
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

  amends_session_set_state (self, AMENDS_SESSION_STARTING);
  amends_session_push_job (self, (AmendsSessionJob){ run_open, .free_result = opened_free }, NULL,
                           open_cb, NULL);
}

/* ---------------------------------------------------------------- searching, in the background */

/* What is reached, and 1 more: nothing is returned where it cannot go on. */
static gpointer
run_search_step (AmendsSession *self, gpointer input, GError **error)
{
  g_autoptr (GError) failure = NULL;

  if (!amends_session_require_store (self, error) || amends_store_is_locked (self->store))
    return NULL;
  amends_store_search_step (self->store, SEARCH_SLICE_CASES, &failure);
  if (failure == NULL)
    return GUINT_TO_POINTER (amends_store_get_search_reach (self->store) + 1);
  g_propagate_error (error, g_steal_pointer (&failure));
  return NULL;
}

static void
search_step_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  AmendsSession *self = AMENDS_SESSION (source);
  gpointer step = amends_session_finish_job (self, result, NULL);

  self->is_reading_in = FALSE;
  if (step == NULL)
    return;
  amends_session_set_search_reach (self, (AmendsSearchReach) (GPOINTER_TO_UINT (step) - 1));
  if (self->search_reach < AMENDS_SEARCH_REACH_ALL)
    amends_session_read_in (self);
}

/* Reads in what search looks through, unless that is done or under way: a slice after what is queued now. */
void
amends_session_read_in (AmendsSession *self)
{
  if (self->is_reading_in)
    return;
  self->is_reading_in = TRUE;
  amends_session_push_job (self, (AmendsSessionJob){ run_search_step }, NULL, search_step_cb, NULL);
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
  Opened *opened = amends_session_finish_job (self, result, error);

  if (opened == NULL)
    return FALSE;
  take_opened (self, opened);
  opened_free (opened);
  amends_session_read_in (self);
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
  amends_session_push_job (self,
                           (AmendsSessionJob){ run_enrol, input, enrol_input_free, opened_free },
                           cancellable, callback, user_data);
}

gboolean
amends_session_enrol_finish (AmendsSession *self, GAsyncResult *result, GError **error)
{
  return finish_opening (self, result, error);
}

typedef struct
{
  AmendsIdentity *identity;
  char *code;
} AgainInput;

static void
again_input_free (gpointer data)
{
  AgainInput *input = data;

  amends_identity_free (input->identity);
  erase_text (input->code);
  g_free (input);
}

/* Takes the store for a moment only: saving never waits for the network. */
static void
enrol_again_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  AmendsSession *self = source;
  AgainInput *input = data;
  GError *error = NULL;

  g_mutex_lock (&self->store_mutex);
  if (amends_session_require_store (self, &error) && !amends_store_is_locked (self->store))
    input->identity = amends_identity_copy (amends_store_get_identity (self->store));
  g_mutex_unlock (&self->store_mutex);

  if (input->identity != NULL
      && amends_enrol_again (input->identity, input->identity->server, input->code, cancellable,
                             &error))
    g_task_return_boolean (task, TRUE);
  else if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, FALSE); /* locked meanwhile */
}

/**
 * amends_session_enrol_again_async:
 * @code: a new enrolment code
 *
 * For a device that its restored server has forgotten. When it has finished, the next exchange hands in
 * what the server lost; amends_session_sync() begins it.
 */
void
amends_session_enrol_again_async (AmendsSession *self,
                                  const char *code,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  AgainInput *input;

  g_return_if_fail (AMENDS_IS_SESSION (self) && code != NULL);

  input = g_new0 (AgainInput, 1);
  input->code = g_strdup (code);
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_task_data (task, input, again_input_free);
  g_task_run_in_thread (task, enrol_again_thread);
}

gboolean
amends_session_enrol_again_finish (AmendsSession *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
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

  if (!amends_session_require_store (self, error)
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
  amends_session_push_job (self,
                           (AmendsSessionJob){ run_unlock, input, enrol_input_free, opened_free },
                           NULL, callback, user_data);
}

/* What was saved last and may be taken back, and copies that a job behind the lock still made. */
static gpointer
run_forget (AmendsSession *self, gpointer input, GError **error)
{
  g_clear_pointer (&self->held, amends_outcome_free);
  g_clear_pointer (&self->held_intake, json_decref);
  g_clear_pointer (&self->thrown, json_decref);
  amends_session_forget_shown (self);
  return NULL;
}

static gpointer
run_lock (AmendsSession *self, gpointer input, GError **error)
{
  run_forget (self, NULL, NULL);
  if (self->store != NULL)
    amends_store_lock (self->store);
  return NULL;
}

/**
 * amends_session_drop_keys:
 *
 * Keys go as soon as a running exchange has let go of the store; what stands in the clear does not wait for it.
 */
void
amends_session_drop_keys (AmendsSession *self)
{
  amends_session_forget_shown (self);
  self->is_lock_pending = self->is_syncing;
  if (self->is_syncing)
    g_cancellable_cancel (self->sync_cancellable);
  amends_session_push_job (self, (AmendsSessionJob){ self->is_syncing ? run_forget : run_lock },
                           NULL, NULL, NULL);
}

gboolean
amends_session_unlock_finish (AmendsSession *self, GAsyncResult *result, GError **error)
{
  if (finish_opening (self, result, error))
    return TRUE;
  amends_session_drop_keys (self);
  return FALSE;
}

/**
 * amends_session_lock:
 *
 * Closes the door: what is being typed is kept, the state is locked at once, the keys are gone as soon as
 * what is queued is saved and a running exchange has let go of the store.
 */
void
amends_session_lock (AmendsSession *self)
{
  g_return_if_fail (AMENDS_IS_SESSION (self));

  if (self->state != AMENDS_SESSION_OPEN)
    return;
  g_clear_handle_id (&self->sync_source, g_source_remove);
  amends_session_keep_drafts (self);
  amends_session_set_state (self, AMENDS_SESSION_LOCKED);
  amends_session_drop_keys (self);
}
