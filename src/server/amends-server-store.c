/* amends-server-store.c: what the server asks of a database
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "server/amends-server-store.h"

#include <sodium.h>

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
