/* amends-case-json.c: a case as scripts read it
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "core/amends-complainant.h"
#include "core/amends-json.h"

static json_t *
value_to_json (const AmendsCase *self, const char *field)
{
  const json_t *value = amends_case_get_value (self, field);

  return value != NULL ? json_incref ((json_t *) value) : json_null ();
}

/* An object of the named members of @prefix, each present, then whatever else was recorded. */
static json_t *
members_to_json (const AmendsCase *self, const char *prefix, const char *const *names)
{
  const AmendsFields *fields = amends_case_get_fields (self);
  json_t *object = json_object ();
  gsize n_prefix = strlen (prefix);

  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autofree char *field = g_strdup_printf ("%s.%s", prefix, names[i]);

      json_object_set_new (object, names[i], value_to_json (self, field));
    }
  for (guint i = 0; i < amends_fields_get_n_fields (fields); i++)
    {
      const AmendsField *field = amends_fields_get_nth (fields, i);

      if (strncmp (field->name, prefix, n_prefix) == 0 && field->name[n_prefix] == '.'
          && json_object_get (object, field->name + n_prefix + 1) == NULL)
        json_object_set_new (object, field->name + n_prefix + 1, value_to_json (self, field->name));
    }
  return object;
}

static json_t *
representative_to_json (const AmendsCase *self)
{
  static const char *const names[] = { "name", "relation", NULL };
  static const char *const parts[] = { "type", "given", "from", "until", "scope", "withdrawn" };
  const json_t *authority = amends_case_get_value (self, "representative.authority");
  json_t *object, *all;

  if (authority == NULL && amends_case_get_value (self, "representative.name") == NULL)
    return json_null ();

  all = json_object ();
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    json_object_set_new (all, parts[i], json_null ());
  if (json_is_object (authority))
    json_object_update (all, (json_t *) authority);

  object = members_to_json (self, "representative", names);
  json_object_set_new (object, "authority", all);
  return object;
}

static json_t *
issues_to_json (const AmendsCase *self)
{
  static const char *const names[] = { "what", "arose", "aware", "outcome_sought" };
  json_t *list = json_array ();

  for (guint i = 0; i < amends_case_get_n_issues (self); i++)
    {
      const AmendsIssue *issue = amends_case_get_issue (self, i);
      json_t *object = json_object ();
      const char *key;
      json_t *value;

      json_object_set_new (object, "id", amends_id_to_json (&issue->id));
      for (guint n = 0; n < G_N_ELEMENTS (names); n++)
        json_object_set_new (object, names[n], json_null ());
      json_object_foreach ((json_t *) issue->details, key, value)
        if (!amends_body_is_envelope (key))
          json_object_set (object, key, value);
      json_array_append_new (list, object);
    }
  return list;
}

static json_t *
given_to_json (const char *answer)
{
  if (g_strcmp0 (answer, "ask-me") == 0)
    return json_string ("ask-me");
  return json_boolean (g_strcmp0 (answer, "given") == 0);
}

static json_t *
consents_to_json (const AmendsCase *self)
{
  json_t *list = json_array ();

  for (guint i = 0; i < amends_case_get_n_consents (self); i++)
    {
      const AmendsConsent *consent = amends_case_get_consent (self, i);

      json_array_append_new (list, json_pack ("{s:o, s:s, s:s?, s:o, s:s?, s:s?}", "id",
                                              amends_id_to_json (&consent->id), "purpose",
                                              consent->purpose, "to", consent->to, "given",
                                              given_to_json (consent->answer), "until",
                                              consent->until, "withdrawn", consent->withdrawn));
    }
  return list;
}

static json_t *
adjusting_to_json (const json_t *step)
{
  return step != NULL ? json_incref ((json_t *) step) : json_null ();
}

static json_t *
adjustments_to_json (const AmendsCase *self)
{
  json_t *list = json_array ();

  for (guint i = 0; i < amends_case_get_n_adjustments (self); i++)
    {
      const AmendsAdjustment *adjustment = amends_case_get_adjustment (self, i);

      json_array_append_new (list,
                             json_pack ("{s:o, s:s, s:s?, s:s*, s:s?, s:o, s:o, s:o}", "id",
                                        amends_id_to_json (&adjustment->id), "need",
                                        adjustment->need, "detail", adjustment->detail, "who",
                                        adjustment->who, "ended", adjustment->ended, "decided",
                                        adjusting_to_json (adjustment->decided), "made",
                                        adjusting_to_json (adjustment->made), "reviewed",
                                        adjusting_to_json (adjustment->reviewed)));
    }
  return list;
}

static json_t *
notes_to_json (const AmendsCase *self)
{
  json_t *list = json_array ();

  for (guint i = 0; i < amends_case_get_n_notes (self); i++)
    {
      const AmendsNote *note = amends_case_get_note (self, i);

      json_array_append_new (list,
                             json_pack ("{s:o, s:o, s:o, s:s}", "id", amends_id_to_json (&note->id),
                                        "at", amends_instant_to_json (note->at), "by",
                                        amends_id_to_json (&note->by), "text", note->text));
    }
  return list;
}

/**
 * amends_case_conflicts_to_json:
 *
 * Returns: (transfer full): an array, an object for each field in conflict
 */
json_t *
amends_case_conflicts_to_json (const AmendsCase *self)
{
  json_t *list = json_array ();
  AmendsId id;

  amends_case_get_id (self, &id);

  for (guint i = 0; i < amends_case_get_n_conflicts (self); i++)
    {
      const AmendsField *field = amends_case_get_conflict (self, i);
      json_t *values = json_array ();

      for (guint w = 0; w < field->writes->len; w++)
        {
          const AmendsWrite *write = &g_array_index (field->writes, AmendsWrite, w);
          const AmendsHistoryEntry *author = amends_case_get_author (self, write);

          json_array_append_new (values,
                                 json_pack ("{s:o, s:O, s:o, s:s, s:o}", "event",
                                            amends_id_to_json (&author->event->id), "value",
                                            write->value, "by", amends_id_to_json (&author->by),
                                            "device", author->event->id.code, "at",
                                            amends_instant_to_json (author->at)));
        }
      json_array_append_new (list, json_pack ("{s:o, s:o, s:s, s:o}", "reference",
                                              value_to_json (self, "reference"), "case",
                                              amends_id_to_json (&id), "field", field->name,
                                              "values", values));
    }
  return list;
}

static json_t *
heads_to_json (const AmendsCase *self)
{
  json_t *list = json_array ();
  guint n_heads;
  g_autofree AmendsId *heads = amends_case_get_heads (self, &n_heads);

  for (guint i = 0; i < n_heads; i++)
    json_array_append_new (list, amends_id_to_json (&heads[i]));
  return list;
}

/* What followed an act up: "done" of an action, null before it is. */
static void
add_follow_ups (const AmendsCase *self, const AmendsHistoryEntry *opening, json_t *object)
{
  for (int type = 0; type < AMENDS_EVENT_N_TYPES; type++)
    {
      const json_t *value;

      if (opening->type == AMENDS_EVENT_UNKNOWN
          || amends_act_get_opening ((AmendsEventType) type, NULL) != opening->type)
        continue;
      value = amends_case_get_follow_up (self, (AmendsEventType) type, &opening->event->id);
      json_object_set_new (object, amends_act_get_follow_up_word ((AmendsEventType) type),
                           value != NULL ? json_incref ((json_t *) value) : json_null ());
    }
}

/* The acts of which each stands for itself. */
static json_t *
acts_to_json (const AmendsCase *self, AmendsEventType type)
{
  json_t *list = json_array ();

  for (guint i = 0; i < amends_case_get_n_history (self); i++)
    {
      const AmendsHistoryEntry *entry = amends_case_get_history (self, i);
      json_t *object;
      const char *key;
      json_t *value;

      if (entry->type != type)
        continue;
      object = json_pack ("{s:o, s:o}", "id", amends_id_to_json (&entry->event->id), "by",
                          amends_id_to_json (&entry->by));
      json_object_foreach ((json_t *) entry->body, key, value)
        if (!amends_body_is_envelope (key))
          json_object_set (object, key, value);
      add_follow_ups (self, entry, object);
      json_array_append_new (list, object);
    }
  return list;
}

/* The lists of acts that each stand for themselves, in the order in which they are printed. */
static const struct
{
  const char *name;
  AmendsEventType type;
} act_lists[] = {
  { "extensions", AMENDS_EVENT_CASE_EXTENDED },
  { "stage2_extensions", AMENDS_EVENT_CASE_STAGE2_EXTENDED },
  { "contacts", AMENDS_EVENT_CASE_CONTACTED },
  { "stage2_contacts", AMENDS_EVENT_CASE_STAGE2_CONTACTED },
  { "updates", AMENDS_EVENT_CASE_UPDATED },
  { "stage2_updates", AMENDS_EVENT_CASE_STAGE2_UPDATED },
  { "closure_contacts", AMENDS_EVENT_CASE_CLOSURE_CONTACT },
  { "disclosures", AMENDS_EVENT_CASE_DISCLOSED },
  { "investigations", AMENDS_EVENT_CASE_INVESTIGATED },
  { "stage2_investigations", AMENDS_EVENT_CASE_STAGE2_INVESTIGATED },
  { "information_requests", AMENDS_EVENT_CASE_INFORMATION_REQUESTED },
  { "appointments", AMENDS_EVENT_CASE_APPOINTED },
  { "complainants_joined", AMENDS_EVENT_CASE_COMPLAINANT_JOINED },
  { "remedies", AMENDS_EVENT_CASE_REMEDY_OFFERED },
  { "actions", AMENDS_EVENT_CASE_ACTION_ADDED },
  { "drafts", AMENDS_EVENT_CASE_DRAFTED },
  { "stage2_drafts", AMENDS_EVENT_CASE_STAGE2_DRAFTED },
  { "disabilities", AMENDS_EVENT_PERSON_DISABILITY_DISCLOSED },
  { "capacity", AMENDS_EVENT_PERSON_CAPACITY_ASSESSED },
  { "learning", AMENDS_EVENT_CASE_LEARNING },
  { "referrals", AMENDS_EVENT_CASE_REFERRED },
  { "orders", AMENDS_EVENT_CASE_ORDER },
  { "restrictions", AMENDS_EVENT_CASE_BEHAVIOUR_RESTRICTION },
  { "matches", AMENDS_EVENT_CASE_MATCHED },
  { "forwardings", AMENDS_EVENT_CASE_FORWARDED },
  { "hazards", AMENDS_EVENT_CASE_HAZARD_REPORTED },
  { "dissatisfactions", AMENDS_EVENT_CASE_DISSATISFIED },
};

/* All but the key: who may open the case may have the file, and nobody needs the key for that. */
static json_t *
attachments_to_json (const AmendsCase *self)
{
  json_t *list = json_array ();

  for (guint i = 0; i < amends_case_get_n_attachments (self); i++)
    {
      const AmendsAttachment *attachment = amends_case_get_attachment (self, i);
      json_t *object = json_pack ("{s:o, s:o}", "id", amends_id_to_json (&attachment->id), "by",
                                  amends_id_to_json (&attachment->by));
      const char *key;
      json_t *value;

      json_object_foreach ((json_t *) attachment->details, key, value)
        if (!amends_body_is_envelope (key) && !g_str_equal (key, "key")
            && !g_str_equal (key, "root"))
          json_object_set (object, key, value);
      json_object_set (object, "at", json_object_get (attachment->details, "at"));
      json_array_append_new (list, object);
    }
  return list;
}

/* Whether it stands beside what it follows up. */
static gboolean
is_follow_up (const char *field)
{
  AmendsEventType type = amends_act_get_type_of_field (field);

  return type != AMENDS_EVENT_UNKNOWN
         && amends_act_get_opening (type, NULL) != AMENDS_EVENT_UNKNOWN;
}

/* Whatever else was recorded, under its own name; "delivered.1" as "1" in "delivered". */
static void
add_other_fields (const AmendsCase *self, json_t *object)
{
  const AmendsFields *fields = amends_case_get_fields (self);

  for (guint i = 0; i < amends_fields_get_n_fields (fields); i++)
    {
      const AmendsField *field = amends_fields_get_nth (fields, i);
      const char *dot = strchr (field->name, '.');
      g_autofree char *name =
          dot != NULL ? g_strndup (field->name, (gsize) (dot - field->name)) : NULL;
      json_t *group = dot != NULL ? json_object_get (object, name) : NULL;

      if (dot == NULL && json_object_get (object, field->name) == NULL)
        json_object_set_new (object, field->name, value_to_json (self, field->name));
      /* What was done for one of several stands beside them. */
      if (dot == NULL || amends_act_get_type_of_field (field->name) == AMENDS_EVENT_UNKNOWN
          || is_follow_up (field->name) || amends_complainant_is_act_for_one (field->name))
        continue;
      if (group == NULL)
        {
          group = json_object ();
          json_object_set_new (object, name, group);
        }
      json_object_set_new (group, dot + 1, value_to_json (self, field->name));
    }
}

/* Who and when of a step of an erasure; null before it. */
static json_t *
step_to_json (const AmendsHistoryEntry *step)
{
  if (step == NULL)
    return json_null ();
  return json_pack ("{s:o, s:o, s:o, s:s}", "id", amends_id_to_json (&step->event->id), "by",
                    step->by.number != 0 ? amends_id_to_json (&step->by) : json_null (), "at",
                    amends_instant_to_json (step->at), "device", step->event->id.code);
}

static json_t *
erasures_to_json (const AmendsCase *self)
{
  json_t *list = json_array ();

  for (guint i = 0; i < amends_case_get_n_erasures (self); i++)
    {
      const AmendsCaseErasure *erasure = amends_case_get_erasure (self, i);
      const json_t *body = erasure->asked->body;
      json_t *events = json_array ();

      for (guint e = 0; e < erasure->events->len; e++)
        json_array_append_new (events,
                               amends_id_to_json (&g_array_index (erasure->events, AmendsId, e)));
      json_array_append_new (list, json_pack ("{s:O?, s:O?, s:o, s:o, s:o, s:i}", "because",
                                              json_object_get (body, "because"), "detail",
                                              json_object_get (body, "detail"), "asked",
                                              step_to_json (erasure->asked), "agreed",
                                              step_to_json (erasure->agreed), "events", events,
                                              "left", (int) erasure->n_left));
    }
  return list;
}

/* Only of a case that was: what stands of the others stays as it is. */
static json_t *
moved_to_json (const AmendsCase *self)
{
  json_t *places = json_array ();

  for (guint i = 0; i < amends_case_get_n_places (self); i++)
    json_array_append_new (places,
                           json_string (amends_feed_get_scheme (amends_case_get_place (self, i))));
  return json_pack ("{s:o, s:b, s:i}", "schemes", places, "away", amends_case_is_away (self),
                    "behind", (int) amends_case_count_behind (self));
}

/* Of a case in which one complains nothing. */
static void
add_complainants (const AmendsCase *self, json_t *object)
{
  static const char *const for_each[] = { "acknowledged",        "extended",
                                          "responded",           "delivered.1",
                                          "stage2_acknowledged", "stage2_extended",
                                          "stage2_responded",    "delivered.2" };
  g_autoptr (GArray) list = amends_case_list_complainants (self);
  json_t *complainants;

  if (list->len == 1)
    return;
  complainants = json_array ();
  for (guint i = 0; i < list->len; i++)
    {
      const AmendsComplainant *each = &g_array_index (list, AmendsComplainant, i);

      json_t *one = json_pack ("{s:s, s:s?, s:s?, s:b, s:O?}", "who", each->who, "name", each->name,
                               "relation", each->relation, "lead", each->is_lead, "withdrawn",
                               each->withdrawn);

      for (gsize n = 0; n < G_N_ELEMENTS (for_each); n++)
        {
          const json_t *act = amends_complainant_get_act (self, each->who, for_each[n]);

          json_object_set_new (one, for_each[n],
                               act != NULL ? json_incref ((json_t *) act) : json_null ());
        }
      json_array_append_new (complainants, one);
    }
  json_object_set_new (object, "complainants", complainants);
}

/**
 * amends_case_to_json:
 *
 * Returns: (transfer full): the case as the command `show` prints it; "waiting" is 0 and
 * "edition" an id, since only the store knows what was sent and what was published
 */
json_t *
amends_case_to_json (const AmendsCase *self)
{
  static const char *const person[] = { "person", "name",  "relation",          "home",
                                        "phone",  "email", "preferred_contact", NULL };
  json_t *object = json_object ();
  AmendsId id;

  amends_case_get_id (self, &id);
  json_object_set_new (object, "id", amends_id_to_json (&id));
  json_object_set_new (object, "reference", value_to_json (self, "reference"));
  json_object_set_new (object, "kind", value_to_json (self, "kind"));
  json_object_set_new (object, "scheme", value_to_json (self, "scheme"));
  json_object_set_new (object, "feed", json_string (amends_case_get_feed (self)));
  json_object_set_new (object, "state", json_string (amends_case_get_state (self)));
  json_object_set_new (object, "stage", json_string (amends_case_get_stage (self)));
  json_object_set_new (object, "received", value_to_json (self, "received"));
  json_object_set_new (object, "channel", value_to_json (self, "channel"));
  json_object_set_new (object, "told_before", value_to_json (self, "told_before"));
  json_object_set_new (object, "helped_by", value_to_json (self, "helped_by"));
  json_object_set_new (object, "assisted_by", value_to_json (self, "assisted_by"));
  json_object_set_new (object, "acknowledged", value_to_json (self, "acknowledged"));
  json_object_set_new (object, "edition", value_to_json (self, "edition"));
  json_object_set_new (object, "complainant", members_to_json (self, "complainant", person));
  json_object_set_new (object, "representative", representative_to_json (self));
  json_object_set_new (object, "issues", issues_to_json (self));
  json_object_set_new (object, "consents", consents_to_json (self));
  json_object_set_new (object, "adjustments", adjustments_to_json (self));
  json_object_set_new (object, "notes", notes_to_json (self));
  json_object_set_new (object, "attachments", attachments_to_json (self));
  for (guint i = 0; i < G_N_ELEMENTS (act_lists); i++)
    json_object_set_new (object, act_lists[i].name, acts_to_json (self, act_lists[i].type));
  json_object_set_new (object, "erased", json_boolean (amends_case_is_erased (self)));
  json_object_set_new (object, "erasures", erasures_to_json (self));
  json_object_set_new (object, "corrections", amends_case_corrections_to_json (self));
  json_object_set_new (object, "conflicts", amends_case_conflicts_to_json (self));
  json_object_set_new (object, "heads", heads_to_json (self));
  json_object_set_new (object, "unknown_events", json_integer (amends_case_get_n_unknown (self)));
  json_object_set_new (object, "missing_events", json_integer (amends_case_get_n_missing (self)));
  json_object_set_new (object, "waiting", json_integer (0));
  if (amends_case_was_moved (self))
    json_object_set_new (object, "moved", moved_to_json (self));
  add_complainants (self, object);
  add_other_fields (self, object);
  return object;
}
