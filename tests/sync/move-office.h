/* move-office.h: devices that read one scheme or all of them, and a case that moves between these
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "support/office.h"

#define N_STORES 4

typedef struct
{
  TestOffice office;
  AmendsStore *region;  /* reads and writes all schemes */
  AmendsStore *another; /* as that */
  AmendsStore *oak;
  AmendsStore *elm;
} Fixture;

static inline void
set_up (Fixture *fixture, gconstpointer data)
{
  test_office_init (&fixture->office);
  g_assert_true (amends_server_add_scheme (fixture->office.server, "ash", "Ash House", NULL));
  fixture->region = test_office_enrol (&fixture->office, "region", "staff", "s.oak,s.elm,s.ash");
  fixture->another = test_office_enrol (&fixture->office, "another", "staff", "s.oak,s.elm,s.ash");
  fixture->oak = test_office_enrol (&fixture->office, "oak", "staff", "s.oak");
  fixture->elm = test_office_enrol (&fixture->office, "elm", "staff", "s.elm");
}

static inline void
tear_down (Fixture *fixture, gconstpointer data)
{
  AmendsStore *stores[N_STORES] = { fixture->region, fixture->another, fixture->oak, fixture->elm };

  test_office_assert_whole (&fixture->office);
  for (guint i = 0; i < N_STORES; i++)
    {
      test_assert_whole (stores[i]);
      amends_store_close (stores[i]);
    }
  test_office_clear (&fixture->office);
}

/* All have written and heard what the others wrote, and what was carried because of it. */
static inline void
sync_all (Fixture *fixture)
{
  AmendsStore *stores[N_STORES] = { fixture->oak, fixture->elm, fixture->region, fixture->another };

  test_sync_all (&fixture->office, stores, N_STORES, 4);
}

static inline AmendsOutcome *
try_move (AmendsStore *store, const AmendsId *id, const char *to, GError **error)
{
  json_auto_t *act = json_pack ("{s:s, s:s, s:s}", "type", "case.moved", "to", to, "because",
                                "The home is theirs since the first of November");

  return amends_store_act (store, id, act, error);
}

static inline void
move (AmendsStore *store, const AmendsId *id, const char *to)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AmendsOutcome) outcome = try_move (store, id, to, &error);

  g_assert_no_error (error);
}

static inline AmendsCase *
get_case (AmendsStore *store, const AmendsId *id)
{
  g_autoptr (GError) error = NULL;
  AmendsCase *complaint = amends_store_get_case (store, id, &error);

  g_assert_no_error (error);
  return complaint;
}

static inline gboolean
is_away (AmendsStore *store, const AmendsId *id)
{
  g_autoptr (AmendsCase) complaint = get_case (store, id);

  return amends_case_is_away (complaint);
}
