/* amends-server-store.c: what the server asks of a database
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "server/amends-server-store.h"

#include <sodium.h>
#include <string.h>

#include "store/amends-db.h"

/**
 * amends_server_work_begin:
 * @kind: whether anything will be put
 *
 * Returns: %TRUE on success
 */
gboolean
amends_server_work_begin (AmendsServerWork *self,
                          AmendsServerStore *store,
                          AmendsServerWorkKind kind,
                          GError **error)
{
  g_return_val_if_fail (self->store == NULL, FALSE);

  if (!store->begin (store, kind, error))
    return FALSE;
  self->store = store;
  return TRUE;
}

/**
 * amends_server_work_commit:
 *
 * Returns: %TRUE once everything since the beginning is durable
 */
gboolean
amends_server_work_commit (AmendsServerWork *self, GError **error)
{
  g_return_val_if_fail (self->store != NULL, FALSE);

  if (!self->store->commit (self->store, error))
    return FALSE;
  self->store = NULL;
  return TRUE;
}

/**
 * amends_server_work_clear:
 *
 * Rolls back what was not committed; called as the work leaves scope.
 */
void
amends_server_work_clear (AmendsServerWork *self)
{
  if (self->store != NULL)
    self->store->roll_back (self->store);
  self->store = NULL;
}

gboolean
amends_server_store_set_damaged (GError **error)
{
  g_set_error (error, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_DAMAGED,
               "The server's store is damaged: a record cannot be read");
  return FALSE;
}

void
amends_server_store_split_event (const AmendsEvent *event,
                                 const void **ret_salt,
                                 gsize *ret_n_salt,
                                 const void **ret_body,
                                 gsize *ret_n_body)
{
  GBytes *body = event->box != NULL ? event->box : event->body;

  *ret_n_body = 0;
  *ret_body = body != NULL ? g_bytes_get_data (body, ret_n_body) : NULL;
  *ret_salt = NULL;
  if (event->has_body_hash)
    *ret_salt = event->body_hash;
  else if (body != NULL)
    *ret_salt = event->salt;
  *ret_n_salt = event->has_body_hash ? sizeof event->body_hash : sizeof event->salt;
}

/* @salt and @body of an event of which more is here than its digest. Returns: (nullable) */
static AmendsEvent *
make_proved (const AmendsServerEvent *record,
             const AmendsId *id,
             const char *feed,
             const AmendsId *stream,
             const AmendsId *after,
             guint n_after,
             GBytes *salt,
             GBytes *body)
{
  gboolean is_closed = body == NULL || record->form == AMENDS_SERVER_FORM_BOXED;
  gsize n_salt = 0;
  const guint8 *bytes = salt != NULL ? g_bytes_get_data (salt, &n_salt) : NULL;

  if (n_salt != (is_closed ? AMENDS_DIGEST_BYTES : AMENDS_SALT_BYTES))
    return NULL;
  if (body == NULL)
    return amends_event_new_bodiless (id, feed, stream, after, n_after, bytes, NULL);
  return is_closed ? amends_event_new_boxed (id, feed, stream, after, n_after, bytes, body, NULL)
                   : amends_event_new (id, feed, stream, after, n_after, bytes, body, NULL);
}

AmendsEvent *
amends_server_store_make_event (const AmendsServerEvent *record,
                                const char *code,
                                const char *feed,
                                const char *stream_text,
                                const char *after_text,
                                GBytes *salt,
                                GBytes *body,
                                GError **error)
{
  g_autofree AmendsId *after = NULL;
  AmendsEvent *event = NULL;
  AmendsId id, stream;
  guint n_after;

  if (!amends_id_init (&id, code, record->number) || !amends_id_parse (stream_text, &stream, NULL))
    {
      amends_server_store_set_damaged (error);
      return NULL;
    }
  after = amends_after_parse (after_text, strlen (after_text), &n_after, NULL);
  if (after != NULL && body == NULL && salt == NULL)
    event = amends_event_new_erased (&id, feed, &stream, after, n_after, record->digest, NULL);
  else if (after != NULL)
    event = make_proved (record, &id, feed, &stream, after, n_after, salt, body);
  if (event == NULL || memcmp (event->digest, record->digest, sizeof event->digest) != 0)
    {
      g_clear_pointer (&event, amends_event_unref);
      g_set_error (error, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_DAMAGED,
                   "Event %s.%" G_GUINT64_FORMAT " does not fit its digest", id.code, id.number);
    }
  return event;
}

void
amends_server_entry_set_record (AmendsServerEntry *self,
                                const AmendsServerEvent *record,
                                const char *code)
{
  self->row = record->row;
  self->device = record->device;
  self->written_in = record->feed;
  self->form = record->form;
  self->is_late = record->is_late;
  self->nth = record->nth;
  self->id.number = record->number;
  g_strlcpy (self->id.code, code, sizeof self->id.code);
}

/**
 * amends_server_invite_clear:
 *
 * Frees what @self owns, and forgets its key.
 */
void
amends_server_invite_clear (AmendsServerInvite *self)
{
  sodium_memzero (&self->key, sizeof self->key);
  g_clear_pointer (&self->feeds, g_free);
  g_clear_pointer (&self->manifest, g_free);
}
