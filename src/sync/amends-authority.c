/* amends-authority.c: the transport to a store's own server, and the authority that it trusts
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "sync/amends-engine.h"

/**
 * amends_sync_new_transport:
 * @store: unlocked
 *
 * Returns: (transfer full): a transport to the store's own server, trusting its authority alone
 */
AmendsTransport *
amends_sync_new_transport (AmendsStore *store, GError **error)
{
  const AmendsIdentity *who = amends_store_get_identity (store);
  g_autofree char *file = g_build_filename (amends_store_get_path (store), "authority.pem", NULL);
  g_autofree char *found = NULL;
  g_autoptr (GError) cause = NULL;

  /* The sealed copy is the one that counts: whatever lies in the folder is put right by it. */
  if (!g_file_get_contents (file, &found, NULL, NULL) || strcmp (found, who->authority) != 0)
    if (!g_file_set_contents_full (file, who->authority, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600,
                                   &cause))
      {
        if (g_error_matches (cause, G_FILE_ERROR, G_FILE_ERROR_NOSPC))
          g_set_error (error, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_FULL,
                       "The disk is full. Nothing is lost; make room and try again.");
        else
          g_set_error (error, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_FAILED,
                       "The server's authority could not be kept: %s", cause->message);
        return NULL;
      }
  return amends_transport_new_https (who->server, file, error);
}
