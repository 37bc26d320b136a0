/* amends-numbers.c: whom to ring at a scheme, and when somebody is there
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "store/amends-numbers.h"

#include <string.h>

#include "store/amends-known.h"
#include "store/amends-log.h"
#include "store/amends-store-private.h"

/**
 * amends_number_free:
 * @self: (nullable) (transfer full): a number
 */
void
amends_number_free (AmendsNumber *self)
{
  if (self == NULL)
    return;
  g_free (self->scheme);
  g_free (self->name);
  g_free (self->phone);
  g_free (self->hours);
  g_free (self->role);
  g_free (self);
}

static int
compare_numbers (gconstpointer a, gconstpointer b)
{
  const AmendsNumber *one = *(const AmendsNumber *const *) a;
  const AmendsNumber *other = *(const AmendsNumber *const *) b;
  int order = strcmp (one->scheme, other->scheme);

  return order != 0 ? order : g_utf8_collate (one->name, other->name);
}

/* (nullable): of one that has not ended. */
static AmendsNumber *
make_number (const AmendsRegistered *entry, AmendsDay today)
{
  const char *ended = amends_registered_get_text (entry, "ended");
  const char *phone = amends_registered_get_text (entry, "phone");
  const char *scheme = amends_registered_get_text (entry, "scheme");
  AmendsNumber *number;
  AmendsDay day;

  if (phone == NULL || scheme == NULL
      || (ended != NULL && amends_day_parse (ended, &day, NULL) && day < today))
    return NULL;
  number = g_new0 (AmendsNumber, 1);
  number->scheme = g_strdup (scheme);
  number->name = g_strdup (amends_registered_get_text (entry, "name"));
  number->phone = g_strdup (phone);
  number->hours = g_strdup (amends_registered_get_text (entry, "hours"));
  number->role = g_strdup (amends_registered_get_text (entry, "role"));
  return number;
}

/**
 * amends_store_list_numbers:
 *
 * Errors: those of amends_read_ensure().
 * Returns: (transfer full) (element-type AmendsNumber): those that have not ended, by scheme, then by name
 */
GPtrArray *
amends_store_list_numbers (AmendsStore *self, GError **error)
{
  g_autoptr (GPtrArray) numbers =
      g_ptr_array_new_with_free_func ((GDestroyNotify) amends_number_free);
  g_autoptr (GHashTable) known = amends_known_load (self, AMENDS_REGISTER_NUMBERS, error);
  GHashTableIter iter;
  gpointer streams;

  if (known == NULL)
    return NULL;
  g_hash_table_iter_init (&iter, known);
  while (g_hash_table_iter_next (&iter, NULL, &streams))
    {
      g_autoptr (GPtrArray) events =
          amends_known_read (self, AMENDS_REGISTER_NUMBERS, streams, error);
      g_autoptr (AmendsRegistered) entry = NULL;
      AmendsNumber *number;

      if (events == NULL)
        return NULL;
      if (events->len > 0)
        entry = amends_registered_new (AMENDS_REGISTER_NUMBERS,
                                       (AmendsEvent *const *) events->pdata, events->len);
      number = entry != NULL ? make_number (entry, amends_store_get_today (self)) : NULL;
      if (number != NULL)
        g_ptr_array_add (numbers, number);
    }
  g_ptr_array_sort (numbers, compare_numbers);
  return g_steal_pointer (&numbers);
}
