/* amends-edition.c: what the landlord has published: editions of its policy, and calendars
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * All publications are one register and folded as one stream, whatever they are about: what is
 * published by somebody who had seen another comes after it and stands before it. Two that begin a
 * register while apart are two streams; the next publication names the heads of both.
 *
 *   {"type":"policy.published", …, "policy":"housing-21", "text":"[policy]…", "from":"2026-04-01",
 *    "schemes":["oak"] or null for everywhere}
 *   {"type":"calendar.published", …, "calendar":"england-and-wales", "text":"[calendar]…"}
 *
 * Which edition is in force for a scheme on a day: of those that name the scheme, the one with the latest
 * first day not after that day; only where none names it, of those for all schemes likewise. Where two
 * have the same first day the later in the fold stands; if neither author had seen the other's,
 * both say so, until somebody who has seen both publishes for that day again.
 *
 * Which days are working days: the calendars of one id lie on top of each other, at the bottom the one
 * that ships, then those published in the order of the fold. Each year is taken whole from the topmost
 * that covers it, with the landlord's own closure days in it; so a landlord can publish a single year,
 * and a longer table that ships with a later version still serves the years beyond. */

#include "core/amends-edition.h"

#include <string.h>

struct _AmendsEditions
{
  gatomicrefcount ref_count;
  AmendsFold *fold;
  GArray *editions;  /* element-type AmendsEdition, in the order of the fold; the damaged last */
  GArray *places;    /* element-type guint: of each but the damaged, in the fold */
  GHashTable *by_id; /* AmendsId * -> index + 1 */
  GHashTable *calendars; /* id -> AmendsCalendar: as they lie on top of each other */
  AmendsPolicy *code;
};

static void
clear_edition (gpointer data)
{
  AmendsEdition *edition = data;

  g_clear_pointer (&edition->policy, amends_policy_unref);
  g_clear_pointer (&edition->calendar, amends_calendar_unref);
  g_clear_pointer (&edition->schemes, g_strfreev);
  g_free (edition->name);
  g_free (edition->text);
  g_free (edition->problem);
}

/**
 * amends_device_kind_may_publish:
 * @kind: (nullable): of a device
 *
 * Source: design, 5: `org` is read by all and written by the kind admin.
 * Returns: whether what such a device publishes counts
 */
gboolean
amends_device_kind_may_publish (const char *kind)
{
  return g_strcmp0 (kind, "admin") == 0;
}

static gboolean
is_publication (AmendsEventType type)
{
  return type == AMENDS_EVENT_POLICY_PUBLISHED || type == AMENDS_EVENT_CALENDAR_PUBLISHED;
}

static gboolean
read_schemes (AmendsEdition *edition, const json_t *schemes)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  gsize i;
  json_t *scheme;

  if (schemes == NULL || json_is_null (schemes))
    return TRUE;
  if (json_array_size (schemes) == 0)
    return FALSE;
  json_array_foreach (schemes, i, scheme)
    {
      if (!json_is_string (scheme))
        return FALSE;
      g_strv_builder_add (builder, json_string_value (scheme));
    }
  edition->schemes = g_strv_builder_end (builder);
  return TRUE;
}

static void
read_policy (AmendsEdition *edition, const json_t *body)
{
  const char *from = json_string_value (json_object_get (body, "from"));
  g_autoptr (GBytes) bytes = g_bytes_new_static (edition->text, strlen (edition->text));
  g_autoptr (GError) error = NULL;

  if (from == NULL || !amends_day_parse (from, &edition->from_day, NULL))
    {
      edition->problem = g_strdup ("It does not say from which day it is in force");
      return;
    }
  if (!read_schemes (edition, json_object_get (body, "schemes")))
    {
      edition->problem = g_strdup ("It does not say for which schemes it is");
      return;
    }
  edition->policy = amends_policy_parse (bytes, edition->name, NULL, &error);
  if (edition->policy == NULL)
    edition->problem = g_strdup (error->message);
  else if (!g_str_equal (amends_policy_get_id (edition->policy), edition->name))
    edition->problem = g_strdup ("Its text is of another policy");
}

static void
read_calendar (AmendsEdition *edition)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (edition->text, strlen (edition->text));
  g_autoptr (GError) error = NULL;

  edition->calendar = amends_calendar_parse (bytes, edition->name, NULL, &error);
  if (edition->calendar == NULL)
    edition->problem = g_strdup (error->message);
  else if (!g_str_equal (amends_calendar_get_id (edition->calendar), edition->name))
    edition->problem = g_strdup ("Its text is of another calendar");
}

/* What the body says, as far as it can be read. */
static void
read_body (AmendsEdition *edition, const json_t *body)
{
  gboolean is_policy = amends_body_get_type (body) == AMENDS_EVENT_POLICY_PUBLISHED;
  const char *name = json_string_value (json_object_get (body, is_policy ? "policy" : "calendar"));
  const char *text = json_string_value (json_object_get (body, "text"));

  edition->type = amends_body_get_type (body);
  edition->at = amends_body_get_at (body);
  amends_body_get_by (body, &edition->by);
  edition->name = g_strdup (name);
  edition->text = g_strdup (text);
  if (name == NULL || text == NULL)
    edition->problem = g_strdup ("Its name or its text is missing");
  else if (is_policy)
    read_policy (edition, body);
  else
    read_calendar (edition);
}

static AmendsEdition *
append_edition (AmendsEditions *self, const AmendsId *id)
{
  AmendsEdition edition = { .id = *id, .from_day = AMENDS_DAY_NONE };

  g_array_append_val (self->editions, edition);
  return &g_array_index (self->editions, AmendsEdition, self->editions->len - 1);
}

static void
add_edition (AmendsEditions *self, guint place, const AmendsEditionsSource *source)
{
  const AmendsEvent *event = amends_fold_get_event (self->fold, place);
  json_auto_t *body = event->body != NULL ? amends_event_load_body (event, NULL) : NULL;
  g_autofree char *kind = NULL;
  AmendsEdition *edition;

  if (body != NULL && !is_publication (amends_body_get_type (body)))
    return; /* something else of `org` */
  edition = append_edition (self, &event->id);
  g_array_append_val (self->places, place);
  if (body == NULL)
    edition->problem = g_strdup (event->body == NULL ? "It was erased" : "It cannot be read");
  else
    read_body (edition, body);

  kind = source->kind_of (event->id.code, source->user_data);
  if (amends_device_kind_may_publish (kind))
    return;
  g_free (edition->problem);
  edition->problem = g_strdup ("The device that wrote it may not publish");
}

static void
add_damaged (AmendsEditions *self, const GArray *damaged)
{
  for (guint i = 0; damaged != NULL && i < damaged->len; i++)
    append_edition (self, &g_array_index (damaged, AmendsId, i))->problem =
        g_strdup ("It is damaged on this device");
}

static void
lay_calendar (AmendsEditions *self, AmendsEdition *edition)
{
  const char *id = amends_calendar_get_id (edition->calendar);
  const AmendsCalendar *below = g_hash_table_lookup (self->calendars, id);
  g_autoptr (AmendsCalendar) laid = NULL;
  g_autoptr (GError) error = NULL;

  if (below != NULL)
    laid = amends_calendar_overlay (below, edition->calendar, &error);
  else
    laid = amends_calendar_ref (edition->calendar);
  if (error != NULL)
    edition->problem = g_strdup (error->message);
  else
    g_hash_table_insert (self->calendars, g_strdup (id), g_steal_pointer (&laid));
}

static gboolean
names_scheme (const AmendsEdition *edition, const char *scheme)
{
  return edition->schemes != NULL && scheme != NULL
         && g_strv_contains ((const char *const *) edition->schemes, scheme);
}

/* Whether both are for all schemes, or some scheme is named by both. */
static gboolean
share_place (const AmendsEdition *a, const AmendsEdition *b)
{
  if (a->schemes == NULL || b->schemes == NULL)
    return a->schemes == b->schemes;
  for (guint i = 0; a->schemes[i] != NULL; i++)
    if (names_scheme (b, a->schemes[i]))
      return TRUE;
  return FALSE;
}

static gboolean
is_used_policy (const AmendsEdition *edition)
{
  return edition->policy != NULL && edition->problem == NULL;
}

static gboolean
had_seen (const AmendsEditions *self, guint later, guint earlier)
{
  return amends_fold_is_before (self->fold, g_array_index (self->places, guint, earlier),
                                g_array_index (self->places, guint, later));
}

/* Whether @edition is for every scheme that @a and @b both are for. */
static gboolean
has_place_of_both (const AmendsEdition *edition, const AmendsEdition *a, const AmendsEdition *b)
{
  if (a->schemes == NULL || b->schemes == NULL)
    return edition->schemes == NULL;
  for (guint i = 0; a->schemes[i] != NULL; i++)
    if (names_scheme (b, a->schemes[i]) && !names_scheme (edition, a->schemes[i]))
      return FALSE;
  return TRUE;
}

/* Whether somebody who had seen both has published for the same day and place since. */
static gboolean
is_settled (const AmendsEditions *self, guint a, guint b)
{
  const AmendsEdition *first = &g_array_index (self->editions, AmendsEdition, a);
  const AmendsEdition *second = &g_array_index (self->editions, AmendsEdition, b);

  for (guint i = 0; i < self->places->len; i++)
    {
      const AmendsEdition *edition = &g_array_index (self->editions, AmendsEdition, i);

      if (is_used_policy (edition) && edition->from_day == first->from_day
          && has_place_of_both (edition, first, second) && had_seen (self, i, a)
          && had_seen (self, i, b))
        return TRUE;
    }
  return FALSE;
}

static gboolean
are_rivals (const AmendsEditions *self, guint a, guint b)
{
  const AmendsEdition *first = &g_array_index (self->editions, AmendsEdition, a);
  const AmendsEdition *second = &g_array_index (self->editions, AmendsEdition, b);

  return is_used_policy (first) && is_used_policy (second) && first->from_day == second->from_day
         && share_place (first, second) && !g_str_equal (first->text, second->text)
         && !had_seen (self, b, a) && !is_settled (self, a, b);
}

/* Two that were published apart for one day and place, and differ. */
static void
find_rivals (AmendsEditions *self)
{
  for (guint i = 0; i < self->places->len; i++)
    for (guint j = 0; j < i; j++)
      {
        AmendsEdition *later = &g_array_index (self->editions, AmendsEdition, i);
        AmendsEdition *earlier = &g_array_index (self->editions, AmendsEdition, j);

        if (!are_rivals (self, j, i))
          continue;
        later->rival = earlier->id;
        earlier->rival = later->id;
      }
}

/* Streams of `org` that publish nothing have their own heads and no say in the order here. */
static AmendsFold *
fold_register (const GPtrArray *events)
{
  g_autoptr (GHashTable) streams = g_hash_table_new (amends_id_hash, amends_id_equal);
  g_autoptr (GPtrArray) published = g_ptr_array_new ();

  for (guint i = 0; i < events->len; i++)
    {
      AmendsEvent *event = g_ptr_array_index (events, i);
      json_auto_t *body = event->body != NULL ? amends_event_load_body (event, NULL) : NULL;

      if (is_publication (amends_body_get_type (body)))
        g_hash_table_add (streams, &event->stream);
    }
  for (guint i = 0; i < events->len; i++)
    if (g_hash_table_contains (streams, &((AmendsEvent *) g_ptr_array_index (events, i))->stream))
      g_ptr_array_add (published, g_ptr_array_index (events, i));
  return amends_fold_new ((AmendsEvent *const *) published->pdata, published->len);
}

/**
 * amends_editions_new:
 * @source: what they are made of
 *
 * Total: what cannot be read is listed with its problem and stops none of the others.
 * Returns: (transfer full): all that is held
 */
AmendsEditions *
amends_editions_new (const AmendsEditionsSource *source)
{
  AmendsEditions *self;

  g_return_val_if_fail (source != NULL && source->code != NULL, NULL);

  self = g_new0 (AmendsEditions, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->code = amends_policy_ref (source->code);
  self->editions = g_array_new (FALSE, TRUE, sizeof (AmendsEdition));
  g_array_set_clear_func (self->editions, clear_edition);
  self->places = g_array_new (FALSE, FALSE, sizeof (guint));
  self->by_id = g_hash_table_new_full (amends_id_hash, amends_id_equal, g_free, NULL);
  self->calendars = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                           (GDestroyNotify) amends_calendar_unref);
  for (guint i = 0; i < source->calendars->len; i++)
    {
      AmendsCalendar *calendar = g_ptr_array_index (source->calendars, i);

      g_hash_table_insert (self->calendars, g_strdup (amends_calendar_get_id (calendar)),
                           amends_calendar_ref (calendar));
    }

  self->fold = fold_register (source->events);
  for (guint place = 0; place < amends_fold_get_n_events (self->fold); place++)
    add_edition (self, place, source);
  add_damaged (self, source->damaged);
  for (guint i = 0; i < self->editions->len; i++)
    {
      AmendsEdition *edition = &g_array_index (self->editions, AmendsEdition, i);

      g_hash_table_insert (self->by_id, amends_id_copy (&edition->id), GUINT_TO_POINTER (i + 1));
      if (edition->calendar != NULL && edition->problem == NULL)
        lay_calendar (self, edition);
    }
  find_rivals (self);
  return self;
}

/**
 * amends_editions_ref:
 *
 * Returns: (transfer full): @self
 */
AmendsEditions *
amends_editions_ref (const AmendsEditions *self)
{
  AmendsEditions *counted = (AmendsEditions *) self;

  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&counted->ref_count);
  return counted;
}

/**
 * amends_editions_unref:
 * @self: (transfer full): editions
 */
void
amends_editions_unref (AmendsEditions *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  amends_fold_free (self->fold);
  g_array_unref (self->editions);
  g_array_unref (self->places);
  g_hash_table_unref (self->by_id);
  g_hash_table_unref (self->calendars);
  amends_policy_unref (self->code);
  g_free (self);
}

/**
 * amends_editions_get_n_editions:
 *
 * Returns: how many publications are held, those that are not used among them
 */
guint
amends_editions_get_n_editions (const AmendsEditions *self)
{
  return self->editions->len;
}

/**
 * amends_editions_get_nth:
 * @n: from 0, in the order of the fold
 *
 * Returns: (transfer none): the publication
 */
const AmendsEdition *
amends_editions_get_nth (const AmendsEditions *self, guint n)
{
  g_return_val_if_fail (n < self->editions->len, NULL);

  return &g_array_index (self->editions, AmendsEdition, n);
}

/**
 * amends_editions_find:
 * @id: the event that published it
 *
 * Returns: (transfer none) (nullable): the edition of a policy, if it is held and used
 */
const AmendsEdition *
amends_editions_find (const AmendsEditions *self, const AmendsId *id)
{
  guint found = GPOINTER_TO_UINT (g_hash_table_lookup (self->by_id, id));
  const AmendsEdition *edition =
      found > 0 ? &g_array_index (self->editions, AmendsEdition, found - 1) : NULL;

  return edition != NULL && is_used_policy (edition) ? edition : NULL;
}

/**
 * amends_editions_get_in_force:
 * @scheme: (nullable): a scheme; %NULL asks only for what is in force everywhere
 * @day: a day
 *
 * By the rule at the top of this file.
 * Returns: (transfer none) (nullable): the edition under which a case that is received on @day begins
 */
const AmendsEdition *
amends_editions_get_in_force (const AmendsEditions *self, const char *scheme, AmendsDay day)
{
  const AmendsEdition *found = NULL;

  for (guint i = 0; i < self->editions->len; i++)
    {
      const AmendsEdition *edition = &g_array_index (self->editions, AmendsEdition, i);
      gboolean is_named = names_scheme (edition, scheme);

      if (!is_used_policy (edition) || edition->from_day > day
          || (edition->schemes != NULL && !is_named))
        continue;
      if (found == NULL || is_named > names_scheme (found, scheme)
          || (is_named == names_scheme (found, scheme) && edition->from_day >= found->from_day))
        found = edition;
    }
  return found;
}

/**
 * amends_editions_get_code:
 *
 * Returns: (transfer none): the Code that ships
 */
AmendsPolicy *
amends_editions_get_code (const AmendsEditions *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->code;
}

/**
 * amends_editions_get_calendar:
 * @id: "england-and-wales"
 *
 * Returns: (transfer none) (nullable): the calendar, as it ships and as it was published since
 */
const AmendsCalendar *
amends_editions_get_calendar (const AmendsEditions *self, const char *id)
{
  return g_hash_table_lookup (self->calendars, id);
}

/* How many hours a landlord gives itself, so that it can be compared across units: a week has five working
 * days, and a month 30.4 days. */
static int
weigh_clock (const AmendsPolicy *policy, AmendsClockName name)
{
  const AmendsPolicyClock *clock = amends_policy_get_clock (policy, name);

  if (clock == NULL)
    return G_MAXINT;
  switch (clock->unit)
    {
    case AMENDS_CLOCK_UNIT_WORKING_DAYS:
      return clock->length * 24 * 7 / 5;
    case AMENDS_CLOCK_UNIT_CALENDAR_DAYS:
      return clock->length * 24;
    case AMENDS_CLOCK_UNIT_MONTHS:
      return clock->length * 24 * 304 / 10;
    case AMENDS_CLOCK_UNIT_HOURS:
      return clock->length;
    }
  return G_MAXINT;
}

static gboolean
is_stricter (const AmendsPolicy *a, const AmendsPolicy *b)
{
  static const AmendsClockName names[] = { AMENDS_CLOCK_RESPOND, AMENDS_CLOCK_STAGE2_RESPOND,
                                           AMENDS_CLOCK_ACKNOWLEDGE,
                                           AMENDS_CLOCK_STAGE2_ACKNOWLEDGE };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (weigh_clock (a, names[i]) != weigh_clock (b, names[i]))
      return weigh_clock (a, names[i]) < weigh_clock (b, names[i]);
  return FALSE;
}

/* Where two moved the case to different editions while apart, the stricter on the landlord counts. */
static const AmendsEdition *
find_strictest (const AmendsEditions *self, const AmendsCase *complaint)
{
  const AmendsField *field = amends_fields_get (amends_case_get_fields (complaint), "edition");
  const AmendsEdition *found = NULL;

  for (guint i = 0; field != NULL && i < field->writes->len; i++)
    {
      const char *text = json_string_value (g_array_index (field->writes, AmendsWrite, i).value);
      const AmendsEdition *edition = NULL;
      AmendsId id;

      if (text != NULL && amends_id_parse_len (text, strlen (text), &id))
        edition = amends_editions_find (self, &id);
      if (edition != NULL && (found == NULL || is_stricter (edition->policy, found->policy)))
        found = edition;
    }
  return found;
}

/**
 * amends_editions_get_rules:
 * @complaint: a case
 * @ret_rules: (out): what it is judged by; the policy is %NULL where it names no edition, or none
 *   that is held here
 */
void
amends_editions_get_rules (const AmendsEditions *self,
                           const AmendsCase *complaint,
                           AmendsRules *ret_rules)
{
  const AmendsEdition *edition = find_strictest (self, complaint);
  const AmendsCalendar *calendar = NULL;

  if (edition != NULL)
    calendar = amends_editions_get_calendar (self, amends_policy_get_calendar_id (edition->policy));
  if (calendar == NULL)
    calendar = amends_editions_get_calendar (self, amends_policy_get_calendar_id (self->code));

  *ret_rules = (AmendsRules){
    .policy = edition != NULL ? edition->policy : NULL,
    .code = self->code,
    .calendar = calendar,
    .editions = self,
  };
}

/**
 * amends_editions_get_stream:
 * @ret_stream: (out): where the next publication is written
 *
 * Returns: whether there is one: %FALSE before the first publication
 */
gboolean
amends_editions_get_stream (const AmendsEditions *self, AmendsId *ret_stream)
{
  gboolean found = FALSE;

  for (guint place = 0; place < amends_fold_get_n_events (self->fold); place++)
    {
      const AmendsEvent *event = amends_fold_get_event (self->fold, place);

      if (!found || amends_id_compare (&event->stream, ret_stream) < 0)
        *ret_stream = event->stream;
      found = TRUE;
    }
  return found;
}

/**
 * amends_editions_get_heads:
 * @ret_n_heads: (out): how many
 *
 * Returns: (transfer full) (array length=ret_n_heads): what the next publication comes after
 */
AmendsId *
amends_editions_get_heads (const AmendsEditions *self, guint *ret_n_heads)
{
  return amends_fold_get_heads (self->fold, ret_n_heads);
}
