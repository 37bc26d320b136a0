/* amends-people.c: who of the register whoever complains may be
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A question for a person, from which nothing follows by itself: neighbours have one name, and two who share a home
 * complain apart. People write their names with a title or without, so that what is compared are words; a home is held
 * against homes as it is where one fits no home at all. */

#include "store/amends-people.h"

#include <string.h>

#include "core/amends-duty.h"
#include "core/amends-register.h"
#include "store/amends-read.h"

/* Index person_row_by_scheme: people of a scheme are some hundred. Of one who was imported twice the lower id is the one
 * that is gone on with. */
static const char sql_list[] =
    "SELECT reference, name, home, language, preferred_contact, min (id) FROM person_row"
    " WHERE scheme = :scheme AND (:reference IS NULL OR reference = :reference)"
    " GROUP BY reference";

/**
 * amends_person_free:
 * @self: (nullable) (transfer full)
 */
void
amends_person_free (AmendsPerson *self)
{
  if (self == NULL)
    return;
  g_free (self->reference);
  g_free (self->name);
  g_free (self->home);
  g_free (self->language);
  g_free (self->preferred_contact);
  g_free (self);
}

/* Whether each word of the shorter name is one of the other. */
static gboolean
is_name_alike (const char *name, const char *other)
{
  g_auto (GStrv) words = g_str_tokenize_and_fold (name, NULL, NULL);
  g_auto (GStrv) others = g_str_tokenize_and_fold (other, NULL, NULL);
  gboolean is_shorter = g_strv_length (words) <= g_strv_length (others);
  char **few = is_shorter ? words : others;
  char **many = is_shorter ? others : words;

  for (guint i = 0; few[i] != NULL; i++)
    if (!g_strv_contains ((const char *const *) many, few[i]))
      return FALSE;
  return few[0] != NULL;
}

static gboolean
begins_so (const char *address, const char *said)
{
  return g_str_has_prefix (address, said)
         && (address[strlen (said)] == '\0' || address[strlen (said)] == ',');
}

static gboolean
is_home_alike (const char *home, const char *said)
{
  g_autofree char *one = home != NULL ? g_utf8_casefold (home, -1) : NULL;
  g_autofree char *other = said != NULL ? g_utf8_casefold (said, -1) : NULL;

  return one != NULL && other != NULL && (begins_so (one, other) || begins_so (other, one));
}

/* Who fits in more comes first; a name says more than a home. */
static int
compare_people (gconstpointer a, gconstpointer b)
{
  const AmendsPerson *one = *(const AmendsPerson *const *) a;
  const AmendsPerson *other = *(const AmendsPerson *const *) b;
  int fits = 2 * other->has_name + other->has_home - 2 * one->has_name - one->has_home;
  int order = fits != 0 ? fits : g_utf8_collate (one->name, other->name);

  return order != 0 ? order : strcmp (one->reference, other->reference);
}

/* @reference: (nullable): whom alone; in Unicode NFC */
static GPtrArray *
list_people (AmendsStore *store, const AmendsCase *complaint, const char *reference, GError **error)
{
  g_autoptr (GPtrArray) people =
      g_ptr_array_new_with_free_func ((GDestroyNotify) amends_person_free);
  const char *name = amends_case_get_text (complaint, "complainant.name");
  const char *home = amends_case_get_text (complaint, "complainant.home");
  sqlite3_stmt *stmt;
  int found;

  if (!amends_read_ensure (store, error))
    return NULL;
  stmt = amends_db_prepare (store->read->list, sql_list, error);
  if (stmt == NULL)
    return NULL;
  amends_db_bind_text (stmt, 1, amends_case_get_text (complaint, "scheme"));
  amends_db_bind_text (stmt, 2, reference);
  while ((found = amends_db_step (store->read->list, stmt, error)) == SQLITE_ROW)
    {
      AmendsPerson *person = g_new0 (AmendsPerson, 1);

      person->reference = amends_db_dup_text (stmt, 0);
      person->name = amends_db_dup_text (stmt, 1);
      person->home = amends_db_dup_text (stmt, 2);
      person->language = amends_db_dup_text (stmt, 3);
      person->preferred_contact = amends_db_dup_text (stmt, 4);
      person->has_name = name != NULL && is_name_alike (person->name, name);
      person->has_home = is_home_alike (person->home, home);
      g_ptr_array_add (people, person);
    }
  return found == SQLITE_DONE ? g_steal_pointer (&people) : NULL;
}

/**
 * amends_store_list_people_alike:
 * @complaint: a case
 * @n_max: how many at most
 *
 * Of the register of the same scheme, whose name or home is that of whoever complains.
 *
 * Errors: those of amends_read_ensure().
 * Returns: (transfer full) (element-type AmendsPerson): who fits best first; nobody where it is no open case that came in
 *   without a conversation, or where somebody has said who it is, or that it is nobody of the register
 */
GPtrArray *
amends_store_list_people_alike (AmendsStore *self,
                                const AmendsCase *complaint,
                                guint n_max,
                                GError **error)
{
  g_autoptr (GPtrArray) people = NULL;

  if (amends_case_get_unsettled (complaint, "complainant.name") == NULL)
    return g_ptr_array_new ();
  people = list_people (self, complaint, NULL, error);
  if (people == NULL)
    return NULL;
  for (guint i = people->len; i-- > 0;)
    {
      const AmendsPerson *person = g_ptr_array_index (people, i);

      if (!person->has_name && !person->has_home)
        g_ptr_array_remove_index_fast (people, i);
    }
  g_ptr_array_sort (people, compare_people);
  if (people->len > n_max)
    g_ptr_array_set_size (people, (int) n_max);
  return g_steal_pointer (&people);
}

/**
 * amends_store_get_registered_person:
 * @complaint: a case
 *
 * Errors: those of amends_read_ensure().
 * Returns: (transfer full) (nullable): who whoever complains is in the register, where somebody said so; %NULL without an
 *   error where nobody did, or where this device does not have them
 */
AmendsPerson *
amends_store_get_registered_person (AmendsStore *self, const AmendsCase *complaint, GError **error)
{
  const char *said = amends_case_get_register_reference (complaint);
  g_autofree char *reference = said != NULL ? amends_register_dup_reference (said) : NULL;
  g_autoptr (GPtrArray) people = NULL;

  if (reference == NULL)
    return NULL;
  people = list_people (self, complaint, reference, error);
  return people != NULL && people->len > 0 ? g_ptr_array_steal_index (people, 0) : NULL;
}
