/* decide-rows.h: requests on cases, and what the gate says of each, as rows of a table
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <string.h>

#include "core/amends-decide.h"
#include "core/amends-error.h"
#include "core/amends-instant.h"
#include "core/decide-scenes.h"
#include "core/policy-files.h"

#define TAKEN NULL, NULL

/* A request that is taken as it stands, with what is changed in it: null takes a member away. */
typedef struct
{
  const char *policy; /* NULL: the landlord has published none */
  const char *scene;
  const char *request;
  const char *change;
  const char *field;   /* NULL: it is taken */
  const char *clause;  /* by which it is refused, or NULL */
  const char *warning; /* a clause that a warning cites, or NULL */
} DecideRow;

static AmendsMoment
moment_of (const char *day)
{
  g_autofree char *now = g_strconcat (day, "T12:00:00Z", NULL);
  AmendsMoment moment = { 0, 0 };

  g_assert_true (amends_instant_parse (now, &moment.now, NULL));
  moment.known = moment.now;
  return moment;
}

/* With the quotation marks of a row. */
static json_t *
load (const char *text)
{
  g_autofree char *quoted = g_strdelimit (g_strdup (text), "'", '"');
  json_t *value = json_loads (quoted, JSON_REJECT_DUPLICATES, NULL);

  g_assert_nonnull (value);
  return value;
}

static const TestScene *
find_scene (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (scenes); i++)
    if (g_str_equal (scenes[i].name, name))
      return &scenes[i];
  g_error ("There is no scene %s", name);
}

static AmendsCase *
make_case (const char *name)
{
  const TestScene *scene = find_scene (name);

  return test_case_new (scene->recorded, scene->acts, MAX_ACTS);
}

/* The parts of a landlord's rules, and what holds them. */
typedef struct
{
  AmendsPolicy *policies[G_N_ELEMENTS (policy_ids)];
  AmendsCalendar *calendar;
} Shelf;

static Shelf shelf;

static AmendsRules
rules_of (const char *policy)
{
  AmendsRules rules = { .calendar = shelf.calendar };

  for (guint i = 0; i < G_N_ELEMENTS (policy_ids); i++)
    {
      if (shelf.policies[i] == NULL)
        shelf.policies[i] = load_policy (policy_ids[i]);
      if (g_strcmp0 (policy_ids[i], policy) == 0)
        rules.policy = shelf.policies[i];
      if (g_str_equal (policy_ids[i], "code-2024"))
        rules.code = shelf.policies[i];
    }
  if (shelf.calendar == NULL)
    rules.calendar = shelf.calendar = load_calendar ();
  return rules;
}

static gboolean
is_cited (const GPtrArray *warnings, const char *clause)
{
  for (guint i = 0; i < warnings->len; i++)
    if (strstr (g_ptr_array_index (warnings, i), clause) != NULL)
      return TRUE;
  return FALSE;
}

static void
clear_shelf (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (policy_ids); i++)
    g_clear_pointer (&shelf.policies[i], amends_policy_unref);
  g_clear_pointer (&shelf.calendar, amends_calendar_unref);
}

static G_GNUC_UNUSED void
check_rows (const DecideRow *rows, guint n_rows)
{
  const AmendsActor by = { .id = { "2A", 90 } };
  AmendsMoment moment = moment_of ("2026-12-31");

  for (guint i = 0; i < n_rows; i++)
    {
      g_autoptr (AmendsCase) complaint = make_case (rows[i].scene);
      AmendsRules rules = rules_of (rows[i].policy);
      g_autoptr (AmendsDecision) decision = NULL;
      g_autoptr (GError) error = NULL;
      json_auto_t *act = load (rows[i].request);
      json_auto_t *change = load (rows[i].change);

      g_test_message ("%u: %s, %s: %.30s %s", i, rows[i].policy, rows[i].scene, rows[i].request,
                      rows[i].change);
      json_object_update (act, change);
      decision = amends_decide_act (complaint, &rules, act, &by, &moment, &error);
      g_assert_cmpstr (error != NULL ? amends_error_get_field (error) : NULL, ==, rows[i].field);
      g_assert_cmpstr (amends_error_get_clause (error), ==, rows[i].clause);
      g_assert_cmpint (decision == NULL, ==, rows[i].field != NULL);
      if (rows[i].field != NULL)
        {
          gboolean is_refused = rows[i].clause != NULL || g_str_equal (rows[i].field, "type");

          g_assert_cmpint (error->code, ==,
                           is_refused ? AMENDS_CORE_ERROR_REFUSED : AMENDS_CORE_ERROR_INVALID);
        }
      if (decision != NULL && rows[i].warning != NULL)
        g_assert_true (is_cited (decision->warnings, rows[i].warning));
      if (decision != NULL && rows[i].warning == NULL)
        g_assert_cmpuint (decision->warnings->len, ==, 0);
    }
}
