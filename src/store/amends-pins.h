/* amends-pins.h: by what a kiosk knows a member of staff
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A PIN opens nothing: it says to the kiosks of a scheme who stands before them. Each sets their own, on a device on
 * which they sign in; the kiosks have verifiers (Argon2id), beside the homes. */

#pragma once

#include "store/amends-store.h"

G_BEGIN_DECLS

/* Digits: the kiosk has a row of them, and nobody has to remember how something is spelt. */
#define AMENDS_PIN_MIN_DIGITS 6
#define AMENDS_PIN_MAX_DIGITS 12

/* So many may be wrong before there is a wait; each wrong one after them doubles it. */
#define AMENDS_PIN_N_FREE 3
#define AMENDS_PIN_FIRST_WAIT_S 30
#define AMENDS_PIN_LONGEST_WAIT_S 3600

/**
 * AmendsPinHolder: somebody who has a PIN. All is owned.
 * @staff: their stream
 * @name: theirs
 * @scheme: whose kiosks know it
 */
typedef struct
{
  AmendsId staff;
  char *name;
  char *scheme;
} AmendsPinHolder;

void amends_pin_holder_free (AmendsPinHolder *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AmendsPinHolder, amends_pin_holder_free)

gboolean amends_pin_check_digits (const char *pin, GError **error);
gboolean amends_store_set_pin (AmendsStore *self,
                               const char *const *schemes,
                               const char *pin,
                               GError **error);
gboolean amends_store_remove_pin (AmendsStore *self,
                                  const char *scheme,
                                  const AmendsId *staff,
                                  GError **error);
GPtrArray *amends_store_list_pins (AmendsStore *self, GError **error);
gboolean amends_store_check_pin (AmendsStore *self,
                                 const char *scheme,
                                 const AmendsId *staff,
                                 const char *pin,
                                 guint *ret_wait_s,
                                 GError **error);

G_END_DECLS
