/* amends-complainant-round.c: what is done for each of several who complain again and again
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Whoever is told that their answer comes later, or how things stand, may be told so again: no field stands for all of
 * it. So the history is gone through, and each time that every one who is there has been told, that is a round. It is
 * of the day of the last, since the clock of each who was not told yet stands as it did, and of the fewest days that
 * one of them was given. Who stops is not waited for; who comes back, or joins, waits for the next round.
 *
 * Source: Complaint Handling Code 2024, 5.9, 6.4, 6.5, 6.15 and 6.16. */

#include "core/amends-complainant-round.h"

#include <string.h>

#include "core/amends-case-private.h"
#include "core/amends-json.h"

#define NONE G_MAXUINT /* the place of what was done before they were there */

/* @joined: the place where they joined; %NONE for who is of the record
 * @places: (element-type guint): of what was done for them, the first first */
typedef struct
{
  const char *who;
  guint joined;
  gboolean is_here;
  gboolean may_be_told; /* of a petition its lead, or who once was */
  GArray *places;
} Waiter;

typedef struct
{
  const AmendsCase *complaint;
  AmendsRoundBody body_of;
  gpointer data;
  GArray *waiters;
  gboolean is_of_lead;
  guint n_whole; /* how many rounds are */
  GArray *rounds;
} Teller;

static void
clear_waiter (gpointer data)
{
  g_array_unref (((Waiter *) data)->places);
}

static void
clear_round (gpointer data)
{
  json_decref (((AmendsRound *) data)->body);
}

static GArray *
list_waiters (const AmendsCase *complaint, gboolean is_of_lead)
{
  g_autoptr (GArray) list = amends_case_list_complainants (complaint);
  GArray *waiters = g_array_new (FALSE, TRUE, sizeof (Waiter));

  g_array_set_clear_func (waiters, clear_waiter);
  for (guint i = 0; i < list->len; i++)
    {
      const AmendsComplainant *each = &g_array_index (list, AmendsComplainant, i);
      guint joined = amends_complainant_get_joined (complaint, each->who);
      Waiter waiter = { each->who, joined, joined == NONE,
                        !is_of_lead || each->is_lead || each->withdrawn != NULL,
                        g_array_new (FALSE, FALSE, sizeof (guint)) };

      g_array_append_val (waiters, waiter);
    }
  return waiters;
}

/* ---------------------------------------------------------------- who is there */

static gboolean
is_anybody_here (const Teller *self)
{
  for (guint i = 0; i < self->waiters->len; i++)
    if (g_array_index (self->waiters, Waiter, i).is_here)
      return TRUE;
  return FALSE;
}

/* Where all had stopped, all who joined before @place are back. */
static void
take_all_in (Teller *self, guint place)
{
  gboolean are_back = !is_anybody_here (self);

  for (guint i = 0; are_back && i < self->waiters->len; i++)
    {
      Waiter *waiter = &g_array_index (self->waiters, Waiter, i);

      if (waiter->joined == NONE || waiter->joined < place)
        waiter->is_here = TRUE;
    }
}

/* The whole is taken up again: what was told some of them alone counts no more. */
static void
begin_anew (Teller *self)
{
  for (guint i = 0; i < self->waiters->len; i++)
    {
      Waiter *waiter = &g_array_index (self->waiters, Waiter, i);

      g_array_set_size (waiter->places, MIN (waiter->places->len, self->n_whole));
    }
}

/* As amends_case_apply_act() takes back that they had stopped. */
static void
note_presence (Teller *self, guint place, const AmendsHistoryEntry *entry)
{
  const char *who = json_string_value (json_object_get (entry->body, "who"));
  gboolean is_back = entry->type == AMENDS_EVENT_CASE_REOPENED;
  gboolean is_anew = is_back && who == NULL && json_object_get (entry->body, "issue") == NULL;

  if (is_anew)
    begin_anew (self);
  if (is_anew || entry->type == AMENDS_EVENT_CASE_PROMOTED
      || entry->type == AMENDS_EVENT_CASE_DISSATISFIED)
    take_all_in (self, place);
  for (guint i = 0; i < self->waiters->len; i++)
    {
      Waiter *waiter = &g_array_index (self->waiters, Waiter, i);

      if (waiter->joined == place
          || (is_back && who != NULL && amends_complainant_is (who, waiter->who)))
        waiter->is_here = TRUE;
      if (entry->type == AMENDS_EVENT_CASE_WITHDRAWN && !entry->is_overruled
          && (who == NULL || amends_complainant_is (who, waiter->who)))
        waiter->is_here = FALSE;
    }
}

/* ---------------------------------------------------------------- what was told */

static json_int_t
get_n_days (const AmendsCase *complaint, guint place)
{
  const json_t *body = amends_case_get_history (complaint, place)->body;
  const json_t *settled = json_object_get (body, "value");

  return json_integer_value (json_object_get (settled != NULL ? settled : body, "working_days"));
}

/* Two that were done for one of them apart are one, by the fewer days. */
static void
add_told (Teller *self, Waiter *waiter, guint place)
{
  guint *last = waiter->places->len > 0
                    ? &g_array_index (waiter->places, guint, waiter->places->len - 1)
                    : NULL;

  if (last == NULL || *last == NONE || amends_case_is_before (self->complaint, *last, place))
    g_array_append_val (waiter->places, place);
  else if (get_n_days (self->complaint, place) < get_n_days (self->complaint, *last))
    *last = place;
}

/* (nullable): whom an act is for, also where it settles two versions: "extended.Kit Fenn". */
static const char *
get_who (AmendsEventType type, const AmendsHistoryEntry *entry)
{
  const char *field = json_string_value (json_object_get (entry->body, "field"));

  if (entry->is_overruled)
    return NULL;
  if (entry->type == type)
    return json_string_value (json_object_get (entry->body, "who"));
  if (entry->type != AMENDS_EVENT_CONFLICT_SETTLED || field == NULL || strchr (field, '.') == NULL
      || amends_act_get_type_of_field (field) != type)
    return NULL;
  return strchr (field, '.') + 1;
}

/* Also of whom one is left, since another was corrected away. */
static gboolean
is_anybody_told (const AmendsCase *complaint, AmendsEventType type)
{
  for (guint place = 0; place < amends_case_get_n_history (complaint); place++)
    {
      const AmendsHistoryEntry *entry = amends_case_get_history (complaint, place);

      if (entry->body != NULL && get_who (type, entry) != NULL)
        return TRUE;
    }
  return FALSE;
}

/* A petition is one: whatever its lead was told. */
static void
note_told (Teller *self, guint place, const char *who)
{
  for (guint i = 0; i < self->waiters->len; i++)
    {
      Waiter *waiter = &g_array_index (self->waiters, Waiter, i);

      if (amends_complainant_is (who, waiter->who) && waiter->may_be_told)
        add_told (self, self->is_of_lead ? &g_array_index (self->waiters, Waiter, 0) : waiter,
                  place);
    }
}

/* ---------------------------------------------------------------- a round */

static guint
get_place (const Waiter *waiter, guint n)
{
  return n < waiter->places->len ? g_array_index (waiter->places, guint, n) : NONE;
}

static gboolean
is_whole (const Teller *self)
{
  gboolean is_any = FALSE;

  for (guint i = 0; i < self->waiters->len; i++)
    {
      const Waiter *waiter = &g_array_index (self->waiters, Waiter, i);

      if (!self->is_of_lead && waiter->is_here && waiter->places->len <= self->n_whole)
        return FALSE;
      is_any |= get_place (waiter, self->n_whole) != NONE;
    }
  return is_any;
}

/* @key: a day; @sign: 1 for the later of two, -1 for the earlier */
static void
take_day (json_t *body, const json_t *other, const char *key, int sign)
{
  AmendsDay day = amends_day_from_json (other, key);

  if (day != AMENDS_DAY_NONE
      && (amends_day_from_json (body, key) == AMENDS_DAY_NONE
          || (day - amends_day_from_json (body, key)) * sign > 0))
    json_object_set (body, key, json_object_get (other, key));
}

/* What counts for all of what was told two: no more days, and no better reason, than each was given. */
static void
take_together (json_t *body, const json_t *other)
{
  static const char *const yes[] = { "good_reason", "agreed", "ombudsman_details" };

  take_day (body, other, "on", 1);
  take_day (body, other, "told_on", 1);
  take_day (body, other, "next_update", -1);
  if (json_integer_value (json_object_get (other, "working_days"))
      < json_integer_value (json_object_get (body, "working_days")))
    json_object_set (body, "working_days", json_object_get (other, "working_days"));
  for (gsize i = 0; i < G_N_ELEMENTS (yes); i++)
    if (json_is_true (json_object_get (body, yes[i]))
        && !json_is_true (json_object_get (other, yes[i])))
      json_object_del (body, yes[i]);
}

/* (transfer full) (nullable): what one was told at @place. */
static json_t *
dup_told (const Teller *self, guint place)
{
  const AmendsHistoryEntry *entry =
      place != NONE ? amends_case_get_history (self->complaint, place) : NULL;

  if (entry == NULL)
    return NULL;
  if (entry->type == AMENDS_EVENT_CONFLICT_SETTLED)
    return json_incref (json_object_get (entry->body, "value"));
  return self->body_of (self->complaint, place, self->data);
}

/* Who still waited, and stopped at @place, waited until then. */
static json_t *
dup_round (const Teller *self, guint place, guint n)
{
  const AmendsHistoryEntry *step = amends_case_get_history (self->complaint, place);
  json_t *round = NULL;

  for (guint i = 0; i < self->waiters->len; i++)
    {
      const Waiter *waiter = &g_array_index (self->waiters, Waiter, i);
      json_auto_t *body = dup_told (self, get_place (waiter, n));

      if (body != NULL && round == NULL)
        round = json_copy (body);
      else if (body != NULL)
        take_together (round, body);
    }
  json_object_del (round, "who");
  if (round != NULL && step->type == AMENDS_EVENT_CASE_WITHDRAWN)
    take_day (round, step->body, "on", 1);
  return round;
}

/* Who was not there has no part in it, whatever they are told later. */
static void
note_rounds (Teller *self, guint place)
{
  const guint none = NONE;

  while (is_whole (self))
    {
      AmendsRound round = { place, NULL };

      g_array_append_val (self->rounds, round);
      self->n_whole++;
      for (guint i = 0; i < self->waiters->len; i++)
        if (g_array_index (self->waiters, Waiter, i).places->len < self->n_whole)
          g_array_append_val (g_array_index (self->waiters, Waiter, i).places, none);
    }
}

/* Once all is known: what was done apart, for fewer days, may stand later in the order than the round. */
static void
make_bodies (Teller *self)
{
  for (guint n = self->rounds->len; n-- > 0;)
    {
      AmendsRound *round = &g_array_index (self->rounds, AmendsRound, n);

      round->body = dup_round (self, round->place, n);
      if (round->body == NULL)
        g_array_remove_index (self->rounds, n);
    }
}

/**
 * amends_case_list_rounds:
 * @type: of an act that may be done for each again and again
 * @body_of: reads the act at a place
 *
 * What was recorded for all of them at once is no round: it stands in the history for itself.
 *
 * Returns: (transfer full) (element-type AmendsRound): what was done so for each who was there, the first first
 */
GArray *
amends_case_list_rounds (const AmendsCase *self,
                         AmendsEventType type,
                         AmendsRoundBody body_of,
                         gpointer data)
{
  gboolean is_of_lead = amends_case_is_petition (self);
  g_autoptr (GArray) waiters = list_waiters (self, is_of_lead);
  Teller teller = {
    self, body_of, data, waiters, is_of_lead, 0, g_array_new (FALSE, FALSE, sizeof (AmendsRound))
  };

  g_array_set_clear_func (teller.rounds, clear_round);
  if (!is_anybody_told (self, type))
    return teller.rounds;
  for (guint place = 0; place < amends_case_get_n_history (self); place++)
    {
      const AmendsHistoryEntry *entry = amends_case_get_history (self, place);
      const char *who = entry->body != NULL ? get_who (type, entry) : NULL;

      if (entry->body == NULL)
        continue;
      note_presence (&teller, place, entry);
      if (who != NULL)
        note_told (&teller, place, who);
      note_rounds (&teller, place);
    }
  make_bodies (&teller);
  return teller.rounds;
}
