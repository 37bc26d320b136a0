/* amends-keeper.c: keeps what is being typed as a draft
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Every two seconds while something changes, and at once when the session says that the screen goes. The form
 * it works for owns it and outlives it. */

#include "config.h"

#include "app/staff/amends-keeper.h"

#include <glib/gi18n.h>

#include "app/amends-words.h"

/* What was typed is kept so long after it was, also while more is typed. */
#define DRAFT_DELAY_MS 2000

struct _AmendsKeeper
{
  GObject parent_instance;

  AmendsSession *session; /* (owned) */
  AmendsKeeperCollect collect;
  AmendsKeeperSaid said;
  gpointer user_data;
  AmendsKeptDraft *kept; /* (nullable) (owned): what it is kept as; %NULL while nothing is typed */
  guint source;
  gboolean is_changed; /* since it was last kept */
  gboolean is_paused;  /* it is being saved for good, or nothing of it is to be kept */
};

G_DEFINE_FINAL_TYPE (AmendsKeeper, amends_keeper, G_TYPE_OBJECT)

/* A keeper, and what it was keeping when it asked. */
typedef struct
{
  AmendsKeeper *keeper;
  AmendsKeptDraft *kept;
} Keeping;

static void
keeping_free (Keeping *self)
{
  g_object_unref (self->keeper);
  amends_kept_draft_unref (self->kept);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Keeping, keeping_free)

static void
kept_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Keeping) keeping = user_data;
  AmendsKeeper *self = keeping->keeper;
  g_autoptr (GError) error = NULL;
  g_autofree char *sentence = NULL;
  g_autofree char *time = NULL;

  amends_session_save_draft_finish (AMENDS_SESSION (source), result, &error);
  if (error != NULL)
    {
      sentence = amends_words_error (error);
      if (self->kept != keeping->kept)
        {
          amends_session_say_not_kept (AMENDS_SESSION (source), sentence);
          return;
        }
      self->is_changed = TRUE;
      self->said (sentence, TRUE, self->user_data);
      return;
    }
  if (self->kept != keeping->kept)
    return; /* another is being written by now */
  time = amends_words_time (g_get_real_time (), TRUE);
  sentence = g_strdup_printf (_ ("Draft saved on this laptop at %s"), time);
  self->said (sentence, FALSE, self->user_data);
}

/**
 * amends_keeper_flush:
 *
 * Keeps what was typed now, if anything was. It is sealed before whatever is asked of the session next.
 */
void
amends_keeper_flush (AmendsKeeper *self)
{
  Keeping *keeping;
  json_t *form;

  g_return_if_fail (AMENDS_IS_KEEPER (self));

  g_clear_handle_id (&self->source, g_source_remove);
  if (self->kept == NULL || !self->is_changed || self->is_paused)
    return;
  form = self->collect (self->user_data);
  if (form == NULL)
    return;
  self->is_changed = FALSE;
  keeping = g_new0 (Keeping, 1);
  keeping->keeper = g_object_ref (self);
  keeping->kept = amends_kept_draft_ref (self->kept);
  amends_session_save_draft_async (self->session, self->kept, form, kept_cb, keeping);
  json_decref (form);
}

static gboolean
due_cb (gpointer user_data)
{
  AmendsKeeper *self = user_data;

  self->source = 0;
  amends_keeper_flush (self);
  return G_SOURCE_REMOVE;
}

/* Something was typed. */
void
amends_keeper_touch (AmendsKeeper *self)
{
  g_return_if_fail (AMENDS_IS_KEEPER (self));

  self->is_changed = TRUE;
  self->is_paused = FALSE;
  if (self->source == 0 && self->kept != NULL)
    self->source = g_timeout_add (DRAFT_DELAY_MS, due_cb, self);
}

/**
 * amends_keeper_pause:
 *
 * It is being saved for good: a draft that were kept from now on would outlive that. What was typed is kept before,
 * since the saving may fail behind the lock. Until something is typed again, or amends_keeper_resume().
 */
void
amends_keeper_pause (AmendsKeeper *self)
{
  g_return_if_fail (AMENDS_IS_KEEPER (self));

  amends_keeper_flush (self);
  self->is_paused = TRUE;
}

/* It could not be saved. */
void
amends_keeper_resume (AmendsKeeper *self)
{
  g_return_if_fail (AMENDS_IS_KEEPER (self));

  self->is_paused = FALSE;
}

/**
 * amends_keeper_begin:
 * @draft: what it was kept as; 0 for what is new
 */
void
amends_keeper_begin (AmendsKeeper *self, gint64 draft)
{
  g_return_if_fail (AMENDS_IS_KEEPER (self));

  amends_keeper_end (self);
  self->kept = amends_kept_draft_new (draft);
}

/* What is typed from now on is nothing's. What was typed must have been kept before. */
void
amends_keeper_end (AmendsKeeper *self)
{
  g_return_if_fail (AMENDS_IS_KEEPER (self));

  g_clear_handle_id (&self->source, g_source_remove);
  self->is_changed = FALSE;
  self->is_paused = FALSE;
  g_clear_pointer (&self->kept, amends_kept_draft_unref);
}

/* (nullable) (transfer none): what is typed is kept as this. */
AmendsKeptDraft *
amends_keeper_get_kept (AmendsKeeper *self)
{
  return self->kept;
}

static void
amends_keeper_dispose (GObject *object)
{
  AmendsKeeper *self = AMENDS_KEEPER (object);

  amends_keeper_end (self);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (amends_keeper_parent_class)->dispose (object);
}

static void
amends_keeper_class_init (AmendsKeeperClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = amends_keeper_dispose;
}

static void
amends_keeper_init (AmendsKeeper *self)
{
}

/**
 * amends_keeper_new:
 * @session: where drafts are
 * @collect: what stands in the form
 * @said: what is said of the draft
 * @user_data: for both; must outlive what is being kept: see amends_keeper_end()
 */
AmendsKeeper *
amends_keeper_new (AmendsSession *session,
                   AmendsKeeperCollect collect,
                   AmendsKeeperSaid said,
                   gpointer user_data)
{
  AmendsKeeper *self;

  g_return_val_if_fail (AMENDS_IS_SESSION (session), NULL);

  self = g_object_new (AMENDS_TYPE_KEEPER, NULL);
  self->session = g_object_ref (session);
  self->collect = collect;
  self->said = said;
  self->user_data = user_data;
  g_signal_connect_object (session, "keep", G_CALLBACK (amends_keeper_flush), self,
                           G_CONNECT_SWAPPED);
  return self;
}
