/* amends-complainant.c: who complains in a case, and what was done for each of them
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Several may complain together: two tenants of one home, or all who signed a petition. The one who is recorded as
 * the complainant is the first; the others stand in “others”. An act about one of them says who (“who”), and its
 * field is theirs: "withdrawn.Kit Fenn", "others.Kit Fenn.language". What is recorded of one is never read for
 * another, also where they share a home.
 *
 * What is done for each counts for the case once it is done for all whom it is owed: an acknowledgement or an answer
 * for each who has not taken their complaint back, and the complaint is taken back once each of them has. The Code
 * owes an acknowledgement (6.2) and an answer in writing (6.3, 6.9; at stage 2 6.14, 6.19) to a resident and not to a
 * home, and no landlord's edition says otherwise; so a clock that stops with the first letter would leave whoever
 * waits for the second with nothing owed. It stops on the day of the last, or on which who still waited took theirs
 * back. Whoever comes back, or joins later, is owed what is still to come, and undoes nothing: what was done for all the
 * others before stays done, since nobody waited for more. A petition is one complaint whose letters go to its lead
 * alone (One Housing, 6.7.1; WDH, 2.4): what its lead got counts for all who signed, and once a lead stops, the next
 * who has not leads. */

#include "core/amends-complainant.h"

#include <string.h>

#include "core/amends-case-private.h"
#include "core/amends-complainant-round.h"
#include "core/amends-json.h"

static const char *
get_text (const json_t *object, const char *key)
{
  return json_string_value (json_object_get (object, key));
}

/**
 * amends_case_find_joined:
 *
 * Finds who joined later, once for all who ask: a body that was corrected says another name.
 */
void
amends_case_find_joined (AmendsCase *self)
{
  for (guint place = 0; place < self->history->len; place++)
    {
      const AmendsHistoryEntry *entry = amends_case_get_history (self, place);
      const char *name = get_text (entry->body, "name");

      if (entry->type != AMENDS_EVENT_CASE_COMPLAINANT_JOINED || name == NULL)
        continue;
      if (!g_hash_table_contains (self->joined_by_name, name))
        g_hash_table_insert (self->joined_by_name, (gpointer) name,
                             GUINT_TO_POINTER (self->joined->len));
      g_array_append_val (self->joined, place);
    }
}

/* Where somebody of that name joined, the first who was not joined by mistake; %G_MAXUINT for nobody. */
static guint
find_joined (const AmendsCase *complaint, const char *who)
{
  gpointer first;

  if (who == NULL || !g_hash_table_lookup_extended (complaint->joined_by_name, who, NULL, &first))
    return G_MAXUINT;
  for (guint i = GPOINTER_TO_UINT (first); i < complaint->joined->len; i++)
    {
      guint place = g_array_index (complaint->joined, guint, i);
      const AmendsHistoryEntry *entry = amends_case_get_history (complaint, place);

      if (g_strcmp0 (get_text (entry->body, "name"), who) == 0
          && amends_case_is_joined_by (complaint, entry))
        return place;
    }
  return G_MAXUINT;
}

/* (nullable): what was recorded of one of the others as they began to complain, then or later; the first of a name
 * counts. @ret_place: (out) (optional): of how they joined; G_MAXUINT for who did not. */
static const json_t *
find_other (const AmendsCase *complaint, const char *who, guint *ret_place)
{
  const json_t *others = amends_case_get_value (complaint, "others");
  guint place;

  if (ret_place != NULL)
    *ret_place = G_MAXUINT;
  for (gsize i = 0; i < json_array_size (others); i++)
    if (g_strcmp0 (get_text (json_array_get (others, i), "name"), who) == 0)
      return json_array_get (others, i);
  place = find_joined (complaint, who);
  if (place == G_MAXUINT)
    return NULL;
  if (ret_place != NULL)
    *ret_place = place;
  return amends_case_get_history (complaint, place)->body;
}

/**
 * amends_complainant_get_joined:
 *
 * Returns: the place of the event by which they joined; %G_MAXUINT for who is of the record
 */
guint
amends_complainant_get_joined (const AmendsCase *complaint, const char *who)
{
  guint place;

  find_other (complaint, who, &place);
  return place;
}

/**
 * amends_complainant_is:
 * @who: (nullable): what an act calls somebody by; %NULL for the first
 * @other: (nullable): likewise
 *
 * Returns: whether they are one
 */
gboolean
amends_complainant_is (const char *who, const char *other)
{
  return strcmp (who != NULL ? who : AMENDS_COMPLAINANT_FIRST,
                 other != NULL ? other : AMENDS_COMPLAINANT_FIRST)
         == 0;
}

/**
 * amends_complainant_dup_field:
 * @who: (nullable): what acts call them by; %NULL for the first
 * @key: "language"
 *
 * Returns: (transfer full): the dotted name of the field in which it is recorded of them
 */
char *
amends_complainant_dup_field (const char *who, const char *key)
{
  return amends_complainant_is (who, NULL) ? g_strconcat ("complainant.", key, NULL)
                                           : g_strjoin (".", "others", who, key, NULL);
}

/**
 * amends_complainant_get_value:
 * @who: (nullable): what acts call them by; %NULL for the first
 * @key: "language"
 *
 * Returns: (transfer none) (nullable): what is recorded of them there, and of nobody else
 */
const json_t *
amends_complainant_get_value (const AmendsCase *complaint, const char *who, const char *key)
{
  gboolean is_first = amends_complainant_is (who, NULL);
  g_autofree char *field = amends_complainant_dup_field (who, key);

  if (is_first || amends_fields_get (amends_case_get_fields (complaint), field) != NULL)
    return amends_case_get_value (complaint, field);
  return json_object_get (find_other (complaint, who, NULL), key);
}

const char *
amends_complainant_get_text (const AmendsCase *complaint, const char *who, const char *key)
{
  return json_string_value (amends_complainant_get_value (complaint, who, key));
}

/**
 * amends_complainant_get_act:
 * @act: the field that it writes, "responded"
 *
 * Returns: (transfer none) (nullable): what stands there for them alone
 */
const json_t *
amends_complainant_get_act (const AmendsCase *complaint, const char *who, const char *act)
{
  g_autofree char *field = g_strjoin (".", act, who != NULL ? who : AMENDS_COMPLAINANT_FIRST, NULL);
  const json_t *value = amends_case_get_value (complaint, field);

  return json_is_object (value) ? value : NULL;
}

static void
add (const AmendsCase *self, GArray *list, const char *who)
{
  AmendsComplainant complainant = { who, amends_complainant_get_text (self, who, "name"),
                                    amends_complainant_get_text (self, who, "relation"), FALSE,
                                    amends_complainant_get_act (self, who, "withdrawn") };

  g_array_append_val (list, complainant);
}

/**
 * amends_case_list_complainants:
 *
 * Of others only those who are named are known: nobody can write to the rest, or hear that they stop.
 *
 * Source: One Housing, 6.7.1; WDH, 2.4.
 * Returns: (transfer full) (element-type AmendsComplainant): all who complain or did, the first first; whoever is
 *   named first leads where it is not said who does, and whoever goes on once a lead has stopped
 */
GArray *
amends_case_list_complainants (const AmendsCase *self)
{
  GArray *list = g_array_new (FALSE, TRUE, sizeof (AmendsComplainant));
  const json_t *others = amends_case_get_value (self, "others");
  guint lead = 0;

  add (self, list, AMENDS_COMPLAINANT_FIRST);
  for (gsize i = 0; i < json_array_size (others); i++)
    {
      const json_t *other = json_array_get (others, i);

      if (get_text (other, "name") == NULL
          || find_other (self, get_text (other, "name"), NULL) != other)
        continue;
      if (lead == 0 && json_is_true (json_object_get (other, "lead")))
        lead = list->len;
      add (self, list, get_text (other, "name"));
    }
  for (guint i = 0; i < self->joined->len; i++)
    {
      guint place = g_array_index (self->joined, guint, i);
      const json_t *joined = amends_case_get_history (self, place)->body;

      if (find_other (self, get_text (joined, "name"), NULL) == joined)
        add (self, list, get_text (joined, "name"));
    }
  for (guint i = 0; i < list->len; i++)
    if (g_array_index (list, AmendsComplainant, lead).withdrawn != NULL
        && g_array_index (list, AmendsComplainant, i).withdrawn == NULL)
      lead = i;
  g_array_index (list, AmendsComplainant, lead).is_lead = TRUE;
  return list;
}

static gboolean
is_petition (const AmendsCase *self, const GArray *list)
{
  return list->len > 1 && json_is_true (amends_case_get_value (self, "petition"));
}

/**
 * amends_case_is_petition:
 *
 * Returns: whether several signed it, whose letters go to their lead
 */
gboolean
amends_case_is_petition (const AmendsCase *self)
{
  g_autoptr (GArray) list = amends_case_list_complainants (self);

  return is_petition (self, list);
}

/**
 * amends_case_is_joint:
 *
 * Returns: whether several complain, each of whom gets letters of their own
 */
gboolean
amends_case_is_joint (const AmendsCase *self)
{
  g_autoptr (GArray) list = amends_case_list_complainants (self);

  return list->len > 1 && !is_petition (self, list);
}

/**
 * amends_case_list_addressed:
 *
 * Returns: (transfer full) (element-type AmendsComplainant): to whom a letter is owed: each who has not taken their
 *   complaint back, or of a petition its lead; where there is none of them, as of a case that was withdrawn, the first
 */
GArray *
amends_case_list_addressed (const AmendsCase *self)
{
  GArray *list = amends_case_list_complainants (self);
  gboolean is_of_lead = is_petition (self, list);
  AmendsComplainant first = g_array_index (list, AmendsComplainant, 0);

  for (guint i = list->len; i-- > 0;)
    {
      const AmendsComplainant *each = &g_array_index (list, AmendsComplainant, i);

      if (is_of_lead ? !each->is_lead : each->withdrawn != NULL)
        g_array_remove_index (list, i);
    }
  if (list->len == 0)
    g_array_append_val (list, first);
  return list;
}

/* ---------------------------------------------------------------- what counts for all */

static const char *const acts_for_each[] = {
  "withdrawn",   "acknowledged", "responded", "stage2_acknowledged", "stage2_responded",
  "delivered.1", "delivered.2",  "extended",  "stage2_extended"
};

static AmendsDay
get_day (const json_t *act)
{
  return amends_day_from_json (act, "on");
}

/* Of what was written in @field before @cut and of @last what was done on the later day; @place is that of the last
 * event of either. Returns: whether there is any of @field */
static gboolean
take_later (const AmendsCase *self, const char *field, guint cut, const json_t **last, guint *place)
{
  const AmendsField *written = amends_fields_get (amends_case_get_fields (self), field);
  gboolean is_any = FALSE;

  for (guint i = 0; written != NULL && i < written->writes->len; i++)
    {
      const AmendsWrite *write = &g_array_index (written->writes, AmendsWrite, i);

      if (!json_is_object (write->value) || write->place >= cut)
        continue;
      is_any = TRUE;
      if (*last == NULL || get_day (write->value) >= get_day (*last))
        *last = write->value;
      *place = MAX (*place, write->place);
    }
  return is_any;
}

/* Whether anybody wrote the field of the case since: what was taken up again, or recorded for all at once, stands. */
static gboolean
is_written_since (const AmendsCase *self, const char *act, guint place)
{
  const AmendsField *field = amends_fields_get (amends_case_get_fields (self), act);

  for (guint i = 0; field != NULL && i < field->writes->len; i++)
    if (g_array_index (field->writes, AmendsWrite, i).place >= place)
      return TRUE;
  return FALSE;
}

/* Whether something of what was done for @who was written before @cut. */
static gboolean
is_written_before (const AmendsCase *self, const char *who, const char *act, guint cut)
{
  g_autofree char *name = g_strjoin (".", act, who, NULL);
  const json_t *any = NULL;
  guint place = 0;

  return take_later (self, name, cut, &any, &place);
}

/* (nullable): when what was sent to one of them arrived, as it was said with it or after. */
static json_t *
find_delivery (const AmendsCase *self, const char *who, const char *act)
{
  const json_t *done = amends_complainant_get_act (self, who, act);
  const char *after = g_str_equal (act, "responded")          ? "delivered.1"
                      : g_str_equal (act, "stage2_responded") ? "delivered.2"
                                                              : NULL;
  json_t *day = json_object_get (done, "delivered_on");

  return day != NULL || after == NULL
             ? day
             : json_object_get (amends_complainant_get_act (self, who, after), "on");
}

/* It has arrived once the last of the letters has, whichever was sent first; and has not while one is not known to
 * have, unless whoever it is for waits for none, or came when all the others had it. */
static void
take_last_delivery (const AmendsCase *self,
                    const GArray *list,
                    const char *act,
                    guint cut,
                    json_t *value)
{
  json_t *last = NULL;
  AmendsDay last_day = AMENDS_DAY_NONE;

  json_object_del (value, "delivered_on");
  for (guint i = 0; i < list->len; i++)
    {
      const AmendsComplainant *each = &g_array_index (list, AmendsComplainant, i);
      const json_t *done = amends_complainant_get_act (self, each->who, act);
      json_t *text = find_delivery (self, each->who, act);
      AmendsDay day;

      if (done == NULL || (text == NULL && each->withdrawn != NULL)
          || !is_written_before (self, each->who, act, cut))
        continue;
      if (text == NULL || !amends_day_parse (json_string_value (text), &day, NULL))
        return;
      if (last == NULL || day > last_day)
        {
          last = text;
          last_day = day;
        }
    }
  if (last != NULL)
    json_object_set (value, "delivered_on", last);
}

/* What was done for each, taken together.
 * @done: (nullable): as it was done last
 * @step: (nullable): that from which on nobody waited for it: it was done, or who still waited took theirs back
 * @place: of the last event of it all
 * @cut: what was written from there on, when another came, is none of it */
typedef struct
{
  const json_t *done;
  const json_t *step;
  guint place;
  guint cut;
} Together;

/* The place of the event by which they came back after they had stopped; G_MAXUINT for who did not. */
static guint
find_return (const AmendsCase *self, const AmendsComplainant *each)
{
  g_autofree char *name = g_strjoin (".", "withdrawn", each->who, NULL);
  const AmendsField *field = amends_fields_get (self->fields, name);
  guint place = G_MAXUINT;

  for (guint i = 0; each->withdrawn == NULL && field != NULL && i < field->writes->len; i++)
    place = g_array_index (field->writes, AmendsWrite, i).place;
  return place;
}

/**
 * amends_complainant_get_arrival:
 *
 * Returns: the place of the event by which they joined, or came back last; %G_MAXUINT for who was always there
 */
guint
amends_complainant_get_arrival (const AmendsCase *complaint, const AmendsComplainant *each)
{
  guint joined = amends_complainant_get_joined (complaint, each->who);
  guint back = find_return (complaint, each);

  return joined == G_MAXUINT || (back != G_MAXUINT && back > joined) ? back : joined;
}

/* How who has come back since had stopped, where that was before @cut. Returns: whether it was */
static gboolean
take_stop_before (const AmendsCase *self,
                  const AmendsComplainant *each,
                  guint cut,
                  Together *together)
{
  guint back = find_return (self, each);

  for (guint i = back != G_MAXUINT && back >= cut ? back : 0; i-- > 0;)
    {
      const AmendsHistoryEntry *entry = amends_case_get_history (self, i);

      if (entry->type != AMENDS_EVENT_CASE_WITHDRAWN
          || g_strcmp0 (get_text (entry->body, "who"), each->who) != 0)
        continue;
      if (i >= cut)
        return FALSE; /* until then they waited */
      if (together->step == NULL || get_day (entry->body) >= get_day (together->step))
        together->step = entry->body;
      together->place = MAX (together->place, i);
      return TRUE;
    }
  return FALSE;
}

/* Whether @each did not wait at @cut for what was not done for them: they had stopped, or had not joined. */
static gboolean
take_absent (const AmendsCase *self, const AmendsComplainant *each, guint cut, Together *together)
{
  g_autofree char *withdrawn = g_strjoin (".", "withdrawn", each->who, NULL);
  guint joined;

  find_other (self, each->who, &joined);
  if (joined != G_MAXUINT && joined >= cut)
    return TRUE;
  if (each->withdrawn != NULL)
    return take_later (self, withdrawn, cut, &together->step, &together->place);
  return take_stop_before (self, each, cut, together);
}

/* As it was before the event at @cut; G_MAXUINT for all there is. Returns: whether nobody waited */
static gboolean
gather (const AmendsCase *self, const GArray *list, const char *act, guint cut, Together *together)
{
  gboolean is_lead_enough = is_petition (self, list) && !g_str_equal (act, "withdrawn");

  *together = (Together){ .cut = cut };
  for (guint i = 0; i < list->len; i++)
    {
      const AmendsComplainant *each = &g_array_index (list, AmendsComplainant, i);
      g_autofree char *field = g_strjoin (".", act, each->who, NULL);
      const json_t *theirs = NULL;
      guint place = 0;
      gboolean is_done = amends_complainant_get_act (self, each->who, act) != NULL
                         && take_later (self, field, cut, &theirs, &place);

      /* What one who signed got is not what the petition waits for. */
      if (is_lead_enough && (!is_done || (!each->is_lead && each->withdrawn == NULL)))
        continue;
      if (is_done)
        {
          take_later (self, field, cut, &together->step, &together->place);
          take_later (self, field, cut, &together->done, &together->place);
        }
      else if (!take_absent (self, each, cut, together))
        return FALSE;
    }
  return together->done != NULL;
}

/* Whether it was done for all who were there then before some one came back or joined: that stands, whoever came
 * before or after. The earliest such time counts: from then on nobody waited. */
static gboolean
gather_before (const AmendsCase *self, const GArray *list, const char *act, Together *together)
{
  guint earliest = G_MAXUINT;
  Together found;

  for (guint i = 0; i < list->len && !g_str_equal (act, "withdrawn"); i++)
    {
      const AmendsComplainant *each = &g_array_index (list, AmendsComplainant, i);
      guint cuts[2] = { find_return (self, each) };

      find_other (self, each->who, &cuts[1]);
      for (gsize n = 0; n < G_N_ELEMENTS (cuts); n++)
        if (cuts[n] < earliest && gather (self, list, act, cuts[n], &found))
          {
            earliest = cuts[n];
            *together = found;
          }
    }
  return earliest != G_MAXUINT;
}

/* @act: as it was done last; its day is that from which on nobody waited for it */
static void
complete (AmendsCase *self, const GArray *list, const char *act)
{
  Together together;
  json_t *value;

  if (!gather_before (self, list, act, &together)
      && !gather (self, list, act, G_MAXUINT, &together))
    return;
  if (is_written_since (self, act, together.place))
    return;
  value = json_copy ((json_t *) together.done);
  json_object_del (value, "who");
  json_object_set (value, "on", json_object_get (together.step, "on"));
  take_last_delivery (self, list, act, together.cut, value);
  amends_fields_write (self->fields, act, together.place, value);
}

static json_t *
get_body (const AmendsCase *self, guint place, gpointer data)
{
  return json_incref ((json_t *) amends_case_get_history (self, place)->body);
}

/* Of what may be done again the last time counts that it was done for each. */
static void
complete_again (AmendsCase *self, AmendsEventType type)
{
  g_autoptr (GArray) rounds = amends_case_list_rounds (self, type, get_body, NULL);
  const AmendsRound *last =
      rounds->len > 0 ? &g_array_index (rounds, AmendsRound, rounds->len - 1) : NULL;
  g_autofree char *field = amends_act_dup_field (type, NULL);
  json_t *value;

  if (last == NULL || is_written_since (self, field, last->place))
    return;
  value = amends_act_dup_facts (last->body);
  amends_fields_write (self->fields, field, last->place, value);
}

/**
 * amends_case_complete_for_all:
 *
 * Writes what was done for each of several as done in the case, once nobody waits for it.
 */
void
amends_case_complete_for_all (AmendsCase *self)
{
  g_autoptr (GArray) list = amends_case_list_complainants (self);

  /* One who is left alone, since another was joined by mistake, may have had letters of their own. */
  for (gsize i = 0; i < G_N_ELEMENTS (acts_for_each); i++)
    {
      AmendsEventType type = amends_act_get_type_of_field (acts_for_each[i]);

      if (amends_act_is_extension (type))
        complete_again (self, type);
      else
        complete (self, list, acts_for_each[i]);
    }
}

/**
 * amends_complainant_is_act_for_one:
 * @field: of a case
 *
 * Returns: whether it says what was done for one of several, and not in the case
 */
gboolean
amends_complainant_is_act_for_one (const char *field)
{
  for (gsize i = 0; i < G_N_ELEMENTS (acts_for_each); i++)
    {
      gsize length = strlen (acts_for_each[i]);

      if (strncmp (field, acts_for_each[i], length) == 0 && field[length] == '.')
        return TRUE;
    }
  return FALSE;
}

/**
 * amends_case_list_for_all:
 *
 * Returns: (transfer container) (element-type AmendsField): what stands as done in the case because it was done for
 *   each of several; of what may be done again see amends_case_list_rounds()
 */
GPtrArray *
amends_case_list_for_all (const AmendsCase *self)
{
  GPtrArray *fields = g_ptr_array_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (acts_for_each); i++)
    {
      const AmendsField *field =
          amends_fields_get (amends_case_get_fields (self), acts_for_each[i]);
      const AmendsWrite *write = field != NULL && field->writes->len > 0
                                     ? &g_array_index (field->writes, AmendsWrite, 0)
                                     : NULL;

      if (write != NULL && json_is_object (write->value)
          && !amends_act_is_extension (amends_act_get_type_of_field (acts_for_each[i]))
          && get_text (amends_case_get_history (self, write->place)->body, "who") != NULL)
        g_ptr_array_add (fields, (gpointer) field);
    }
  return fields;
}
