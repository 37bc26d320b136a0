/* amends-carriages.h: who carried away what waits at a kiosk
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "store/amends-store.h"

G_BEGIN_DECLS

/**
 * AmendsCarrier: who stands before a kiosk, and where what waits is to go
 * @staff: by their stream
 * @name: theirs
 * @scheme: where the kiosk stands
 * @stick: by its name
 */
typedef struct
{
  AmendsId staff;
  const char *name;
  const char *scheme;
  const char *stick;
} AmendsCarrier;

/**
 * AmendsCarriage: what somebody carried away, as the kiosk wrote it. All texts are owned.
 * @code: of the kiosk
 * @device: what people call the kiosk; its code where that is not known
 * @staff: by their stream; number 0 where that cannot be read
 * @name: theirs
 * @scheme: where the kiosk stands
 * @stick: by its name
 * @n_records: how many records waited
 * @oldest_at: when the oldest of them was made, microseconds since 1970 UTC; 0 unknown
 * @at: when the file was written, as @oldest_at
 * @is_failed: whether no file came of it
 */
typedef struct
{
  char *code;
  char *device;
  AmendsId staff;
  char *name;
  char *scheme;
  char *stick;
  guint n_records;
  gint64 oldest_at;
  gint64 at;
  gboolean is_failed;
} AmendsCarriage;

void amends_carriage_free (AmendsCarriage *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AmendsCarriage, amends_carriage_free)

gboolean amends_store_begin_carriage (AmendsStore *self,
                                      const AmendsCarrier *carrier,
                                      AmendsId *ret_id,
                                      GError **error);
gboolean amends_store_fail_carriage (AmendsStore *self,
                                     const AmendsCarrier *carrier,
                                     const AmendsId *id,
                                     GError **error);
GPtrArray *amends_store_list_carriages (AmendsStore *self, guint n_max, GError **error);
json_t *amends_carriage_to_json (const AmendsCarriage *self);

G_END_DECLS
