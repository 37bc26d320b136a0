/* amends-known.h: by what a row of a spreadsheet is known again, and the registers as lists
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/amends-register.h"
#include "store/amends-store.h"

G_BEGIN_DECLS

char *amends_known_make_key (const char *reference, const char *scheme);
GHashTable *amends_known_load (AmendsStore *store, AmendsRegisterKind kind, GError **error);
GPtrArray *amends_known_read (AmendsStore *store,
                              AmendsRegisterKind kind,
                              const GArray *streams,
                              GError **error);
GPtrArray *amends_known_read_one (AmendsStore *store,
                                  AmendsRegisterKind kind,
                                  const char *scheme,
                                  const char *reference,
                                  GError **error);

/* As the list is folded (amends-read.c). */
gboolean amends_known_put_case (AmendsStore *store, const AmendsCase *complaint, GError **error);
gboolean amends_known_put_entry (AmendsStore *store, const AmendsRegistered *entry, GError **error);
gboolean amends_known_drop (AmendsStore *store, const char *id, GError **error);

/**
 * AmendsHome: where somebody lives, and nothing of who does. All is owned.
 * @scheme: its code
 * @reference: the landlord's
 * @address: as people say it
 */
typedef struct
{
  char *scheme;
  char *reference;
  char *address;
} AmendsHome;

void amends_home_free (AmendsHome *self);

GPtrArray *amends_store_list_homes (AmendsStore *self, GError **error);
gboolean amends_store_count_entries (AmendsStore *self,
                                     AmendsRegisterKind kind,
                                     guint *ret_n,
                                     GError **error);

G_END_DECLS
