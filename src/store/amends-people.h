/* amends-people.h: who of the register whoever complains may be
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/amends-case.h"
#include "store/amends-store.h"

G_BEGIN_DECLS

/**
 * AmendsPerson: somebody of the register of people. All is owned.
 * @reference: by what the landlord knows them
 * @home: (nullable): in the landlord's words
 * @language: (nullable)
 * @preferred_contact: (nullable)
 * @has_name: whether their name is one that the complainant wrote, or says the same with more or fewer words
 * @has_home: whether they live where the complainant says
 */
typedef struct
{
  char *reference;
  char *name;
  char *home;
  char *language;
  char *preferred_contact;
  gboolean has_name;
  gboolean has_home;
} AmendsPerson;

void amends_person_free (AmendsPerson *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AmendsPerson, amends_person_free)
GPtrArray *amends_store_list_people_alike (AmendsStore *self,
                                           const AmendsCase *complaint,
                                           guint n_max,
                                           GError **error);
AmendsPerson *
amends_store_get_registered_person (AmendsStore *self, const AmendsCase *complaint, GError **error);

G_END_DECLS
