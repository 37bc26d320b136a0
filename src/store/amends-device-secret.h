/* amends-device-secret.h: what makes a copied store useless elsewhere
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * 32 random bytes that are mixed into every slot. They lie in the person's keyring (Secret Service),
 * or, where there is none, in a file of the store, and status says which. */

#pragma once

#include "store/amends-environment.h"

G_BEGIN_DECLS

#define AMENDS_DEVICE_SECRET_BYTES 32

/* Where it is kept if there is no keyring. */
#define AMENDS_DEVICE_SECRET_FILE "device.secret"

const char *amends_device_secret_create (const AmendsEnvironment *environment,
                                         const char *store_path,
                                         const char *store_id,
                                         guint8 ret_secret[AMENDS_DEVICE_SECRET_BYTES],
                                         GError **error);
const char *amends_device_secret_load (const char *store_path,
                                       const char *store_id,
                                       guint8 ret_secret[AMENDS_DEVICE_SECRET_BYTES],
                                       GError **error);

G_END_DECLS
