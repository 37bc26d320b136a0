/* amends-decide-role.c: by whose hand each act is done
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * All may record. Where a landlord's policy says who looks into a complaint, who reviews it and who helps
 * them, somebody in another role does not do it in their place; whoever answers for the service may do what
 * they have others do. An act names who did it, and the log who wrote it down: so the role that counts is
 * that of whoever is named, or of who is signed in where nobody is. Where no role is known nobody is locked
 * out. */

#include "core/amends-decide-private.h"

#include <string.h>

typedef enum
{
  WHO_UNSAID, /* of no act */
  WHO_ANYBODY,
  WHO_HANDLER,  /* whom the policy has look into the stage and answer it */
  WHO_PREPARER, /* or whoever helps them */
  WHO_ADJUSTER, /* the same, where the policy has a clause on adjustments */
  WHO_PANEL,
  WHO_DECIDER, /* asked for with its reasons, where the act is judged */
  WHO_ANOTHER, /* whoever did not do the first half */
} Who;

/* Below each group stands why it is open, or which file asks. */
static const Who who_does[AMENDS_EVENT_N_TYPES] = {
  /* The policies have one person look into a complaint and answer for it: One Housing, 6.4.1 and 6.5;
   * Housing 21, 7.2, 7.3 and 7.5; Rosebery, 8.1, 8.2 and 9.2; WDH, 2.12 and 2.17; Reliance, 4.0. */
  [AMENDS_EVENT_CASE_ASSIGNED] = WHO_HANDLER,
  [AMENDS_EVENT_CASE_INVESTIGATED] = WHO_HANDLER,
  [AMENDS_EVENT_CASE_FINDING] = WHO_HANDLER,
  [AMENDS_EVENT_CASE_DRAFTED] = WHO_HANDLER,
  [AMENDS_EVENT_CASE_SENT] = WHO_HANDLER,
  [AMENDS_EVENT_CASE_RESPONDED] = WHO_HANDLER,
  [AMENDS_EVENT_CASE_STAGE2_ASSIGNED] = WHO_HANDLER,
  [AMENDS_EVENT_CASE_STAGE2_INVESTIGATED] = WHO_HANDLER,
  [AMENDS_EVENT_CASE_STAGE2_FINDING] = WHO_HANDLER,
  [AMENDS_EVENT_CASE_STAGE2_DRAFTED] = WHO_HANDLER,
  [AMENDS_EVENT_CASE_STAGE2_SENT] = WHO_HANDLER,
  [AMENDS_EVENT_CASE_STAGE2_RESPONDED] = WHO_HANDLER,

  /* One Housing, 6.4.1, and Housing 21, 7.6: the complaints team defines it, and weighs what it needs. */
  [AMENDS_EVENT_CASE_TRIAGED] = WHO_PREPARER,
  [AMENDS_EVENT_CASE_DEFINED] = WHO_PREPARER,
  [AMENDS_EVENT_CASE_STAGE2_DEFINED] = WHO_PREPARER,

  /* Housing 21, 6.2: the complaint handler; One Housing, 6.4.1: the complaints team or the lead officer. */
  [AMENDS_EVENT_PERSON_ADJUSTMENT_DECIDED] = WHO_ADJUSTER,

  /* One Housing, 6.5.1: independent, and so in no other role. */
  [AMENDS_EVENT_CASE_PANEL_RECOMMENDED] = WHO_PANEL,
  [AMENDS_EVENT_CASE_PANEL_DECIDED] = WHO_PANEL,

  /* Judged with their grounds: -refuse, -send, -close, -after, -answer. An extension asks only over its
   * cap, closing only because of behaviour, a remedy only where a sum is set off. */
  [AMENDS_EVENT_CASE_DECLINED] = WHO_DECIDER,
  [AMENDS_EVENT_CASE_ESCALATION_REFUSED] = WHO_DECIDER,
  [AMENDS_EVENT_CASE_APPROVED] = WHO_DECIDER,
  [AMENDS_EVENT_CASE_STAGE2_APPROVED] = WHO_DECIDER,
  [AMENDS_EVENT_CASE_EXTENDED] = WHO_DECIDER,
  [AMENDS_EVENT_CASE_STAGE2_EXTENDED] = WHO_DECIDER,
  [AMENDS_EVENT_CASE_CLOSED] = WHO_DECIDER,
  [AMENDS_EVENT_CASE_STAGE2_CLOSED] = WHO_DECIDER,
  [AMENDS_EVENT_CASE_DEPARTURE] = WHO_DECIDER,
  [AMENDS_EVENT_CASE_BEHAVIOUR_RESTRICTION] = WHO_DECIDER,
  [AMENDS_EVENT_CASE_REMEDY_OFFERED] = WHO_DECIDER,

  /* Two people, whatever their roles: -correct, amends-erase.c. */
  [AMENDS_EVENT_CASE_CORRECTED] = WHO_ANOTHER,
  [AMENDS_EVENT_CASE_CORRECTION_ANSWERED] = WHO_ANOTHER,
  [AMENDS_EVENT_CASE_ERASURE_ASKED] = WHO_ANOTHER,
  [AMENDS_EVENT_CASE_ERASURE_AGREED] = WHO_ANOTHER,

  /* What somebody said, wants or is told, and what came in: whoever hears of it takes it down, Housing 21,
   * 5.1 and 5.2; One Housing, 6.3.1; Complaint Handling Code 2024, 3.2. */
  [AMENDS_EVENT_CASE_NOTED] = WHO_ANYBODY,
  [AMENDS_EVENT_CASE_ATTACHED] = WHO_ANYBODY,
  [AMENDS_EVENT_CONTACT_CHANGED] = WHO_ANYBODY,
  [AMENDS_EVENT_ISSUE_ADDED] = WHO_ANYBODY,
  [AMENDS_EVENT_CONSENT_GIVEN] = WHO_ANYBODY,
  [AMENDS_EVENT_CONSENT_REFUSED] = WHO_ANYBODY,
  [AMENDS_EVENT_CONSENT_DEFERRED] = WHO_ANYBODY,
  [AMENDS_EVENT_CONSENT_WITHDRAWN] = WHO_ANYBODY,
  [AMENDS_EVENT_ADJUSTMENT_ADDED] = WHO_ANYBODY,
  [AMENDS_EVENT_ADJUSTMENT_ENDED] = WHO_ANYBODY,
  [AMENDS_EVENT_AUTHORITY_GIVEN] = WHO_ANYBODY,
  [AMENDS_EVENT_AUTHORITY_WITHDRAWN] = WHO_ANYBODY,
  [AMENDS_EVENT_PERSON_DISABILITY_DISCLOSED] = WHO_ANYBODY,
  [AMENDS_EVENT_PERSON_CAPACITY_ASSESSED] = WHO_ANYBODY,
  [AMENDS_EVENT_PERSON_PREFERENCE] = WHO_ANYBODY,
  [AMENDS_EVENT_CASE_WITHDRAWN] = WHO_ANYBODY,
  [AMENDS_EVENT_CASE_COMPLAINANT_JOINED] = WHO_ANYBODY,
  [AMENDS_EVENT_CASE_DISSATISFIED] = WHO_ANYBODY,
  [AMENDS_EVENT_CASE_ESCALATION_REQUESTED] = WHO_ANYBODY,
  [AMENDS_EVENT_CASE_PANEL_REQUESTED] = WHO_ANYBODY,
  [AMENDS_EVENT_CASE_REMEDY_ANSWERED] = WHO_ANYBODY,
  [AMENDS_EVENT_CASE_HAZARD_REPORTED] = WHO_ANYBODY,
  [AMENDS_EVENT_CASE_FORWARDED] = WHO_ANYBODY,
  [AMENDS_EVENT_CASE_MATCHED] = WHO_ANYBODY,
  [AMENDS_EVENT_CASE_ASK_FIRST] = WHO_ANYBODY,
  [AMENDS_EVENT_CASE_TRANSCRIBED] = WHO_ANYBODY,

  /* In time counts for more than by whom: any of them acknowledges, rings and writes, Rosebery, 7.1.1 and
   * 8.1; Housing 21, 5.2 and App A; and nobody needs leave to take a complaint, Code 1.4 and 2.1. */
  [AMENDS_EVENT_CASE_ACKNOWLEDGED] = WHO_ANYBODY,
  [AMENDS_EVENT_CASE_ACCEPTED] = WHO_ANYBODY,
  [AMENDS_EVENT_CASE_PROMOTED] = WHO_ANYBODY,
  [AMENDS_EVENT_CASE_REOPENED] = WHO_ANYBODY,
  [AMENDS_EVENT_CASE_CONTACTED] = WHO_ANYBODY,
  [AMENDS_EVENT_CASE_UPDATED] = WHO_ANYBODY,
  [AMENDS_EVENT_CASE_CLOSURE_CONTACT] = WHO_ANYBODY,
  [AMENDS_EVENT_CASE_DELIVERED] = WHO_ANYBODY,
  [AMENDS_EVENT_CASE_UNDERSTANDING] = WHO_ANYBODY,
  [AMENDS_EVENT_CASE_STAGE2_ACKNOWLEDGED] = WHO_ANYBODY,
  [AMENDS_EVENT_CASE_STAGE2_CONTACTED] = WHO_ANYBODY,
  [AMENDS_EVENT_CASE_STAGE2_UPDATED] = WHO_ANYBODY,

  /* What was done, by whoever did it: no policy says whose hand mends a lift, settles a request or makes a
   * home safe, and each promise names its own owner. */
  [AMENDS_EVENT_CASE_REQUEST_RESOLVED] = WHO_ANYBODY,
  [AMENDS_EVENT_CASE_HAZARD_INVESTIGATED] = WHO_ANYBODY,
  [AMENDS_EVENT_CASE_HAZARD_SUMMARY_SENT] = WHO_ANYBODY,
  [AMENDS_EVENT_CASE_HAZARD_MADE_SAFE] = WHO_ANYBODY,
  [AMENDS_EVENT_CASE_REMEDY_GIVEN] = WHO_ANYBODY,
  [AMENDS_EVENT_PERSON_ADJUSTMENT_MADE] = WHO_ANYBODY,
  [AMENDS_EVENT_PERSON_ADJUSTMENT_REVIEWED] = WHO_ANYBODY,
  [AMENDS_EVENT_CASE_ACTION_ADDED] = WHO_ANYBODY,
  [AMENDS_EVENT_CASE_ACTION_DONE] = WHO_ANYBODY,
  [AMENDS_EVENT_CASE_ORDER_DONE] = WHO_ANYBODY,
  [AMENDS_EVENT_CASE_INFORMATION_REQUESTED] = WHO_ANYBODY,
  [AMENDS_EVENT_CASE_INFORMATION_ANSWERED] = WHO_ANYBODY,
  [AMENDS_EVENT_CASE_APPOINTED] = WHO_ANYBODY,
  [AMENDS_EVENT_CASE_APPOINTMENT_ENDED] = WHO_ANYBODY,
  [AMENDS_EVENT_CASE_DISCLOSED] = WHO_ANYBODY,
  [AMENDS_EVENT_CASE_BEHAVIOUR_REVIEWED] = WHO_ANYBODY,
  [AMENDS_EVENT_CASE_LEARNING] = WHO_ANYBODY,
  [AMENDS_EVENT_CASE_SURVEY] = WHO_ANYBODY,

  /* What others decided, and how the records hang together. */
  [AMENDS_EVENT_CASE_REFERRED] = WHO_ANYBODY,
  [AMENDS_EVENT_CASE_DETERMINATION] = WHO_ANYBODY,
  [AMENDS_EVENT_CASE_ORDER] = WHO_ANYBODY,
  [AMENDS_EVENT_CASE_JOINED] = WHO_ANYBODY,
  [AMENDS_EVENT_CASE_SPLIT] = WHO_ANYBODY,
  [AMENDS_EVENT_CASE_PARTED] = WHO_ANYBODY,
  [AMENDS_EVENT_CASE_EDITION_MOVED] = WHO_ANYBODY,
  /* Whose device may write in both schemes: that is given by an administrator. */
  [AMENDS_EVENT_CASE_MOVED] = WHO_ANYBODY,
  /* Judged as the act that is put in the place of the others. */
  [AMENDS_EVENT_CONFLICT_SETTLED] = WHO_ANYBODY,
};

static const char *const answering[] = { "senior-lead", "executive-lead" };

static void
add_named (GPtrArray *roles, const AmendsPolicyRule *rule, const char *key)
{
  g_auto (GStrv) named = amends_policy_rule_get_list (rule, key);

  for (guint i = 0; named[i] != NULL; i++)
    if (!g_ptr_array_find_with_equal_func (roles, named[i], g_str_equal, NULL))
      g_ptr_array_add (roles, g_strdup (named[i]));
}

/* Whom the landlord names for a stage. */
static void
add_stage (const AmendsQuestion *self, GPtrArray *roles, int stage, Who who)
{
  const AmendsPolicyRule *rule = amends_question_find_rule (self, "stage", stage == 2 ? "2" : "1");

  if (rule == NULL)
    return;
  add_named (roles, rule, "handler");
  if (stage == 2)
    add_named (roles, rule, "reviewer");
  if (who != WHO_HANDLER)
    add_named (roles, rule, "supporter");
}

/* (transfer full) (nullable): NULL where the landlord's policy names nobody. */
static char **
list_roles (const AmendsQuestion *self, Who who)
{
  g_autoptr (GPtrArray) roles = g_ptr_array_new_with_free_func (g_free);

  if (who == WHO_PANEL)
    {
      if (strcmp (amends_question_get_value (self, "compensation-panel"), "yes") == 0)
        g_ptr_array_add (roles, g_strdup ("panel-member"));
    }
  else if (who == WHO_ADJUSTER)
    {
      /* What a person needs is of no stage: whoever has the case at stage 2 decides it as well. */
      add_stage (self, roles, 1, who);
      if (strcmp (amends_case_get_stage (self->complaint), "stage-2") == 0)
        add_stage (self, roles, 2, who);
    }
  else
    add_stage (self, roles, self->stage, who);
  if (roles->len == 0)
    return NULL;
  for (guint i = 0; who != WHO_PANEL && i < G_N_ELEMENTS (answering); i++)
    if (!g_ptr_array_find_with_equal_func (roles, answering[i], g_str_equal, NULL))
      g_ptr_array_add (roles, g_strdup (answering[i]));
  g_ptr_array_add (roles, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (&roles), FALSE);
}

/* Under which the act names who did it. */
static const char *
get_key (AmendsEventType type)
{
  switch ((int) type)
    {
    case AMENDS_EVENT_CASE_ASSIGNED:
    case AMENDS_EVENT_CASE_STAGE2_ASSIGNED:
      return "to";
    case AMENDS_EVENT_CASE_DRAFTED:
    case AMENDS_EVENT_CASE_SENT:
    case AMENDS_EVENT_CASE_RESPONDED:
    case AMENDS_EVENT_CASE_STAGE2_DRAFTED:
    case AMENDS_EVENT_CASE_STAGE2_SENT:
    case AMENDS_EVENT_CASE_STAGE2_RESPONDED:
      return "author";
    default:
      return "done_by";
    }
}

static const char *
get_clause (const AmendsQuestion *self, Who who)
{
  return who == WHO_ADJUSTER ? amends_question_get_clause (self, "type", "adjustments")
                             : amends_question_get_stage_clause (self);
}

static gboolean
is_asked (const AmendsQuestion *self, Who who)
{
  if (self->code == NULL || self->policy == NULL || !amends_case_is_complaint (self->complaint))
    return FALSE;
  return who == WHO_HANDLER || who == WHO_PREPARER || who == WHO_PANEL
         || (who == WHO_ADJUSTER && get_clause (self, who) != NULL);
}

/* Who sits on a panel sits there in that role; whose role is not said is taken at their name. */
static gboolean
check_members (AmendsQuestion *self, const char *const *roles, GError **error)
{
  const json_t *members = json_object_get (self->act, "members");
  const char *clause = amends_question_get_clause (self, "rule", "compensation-panel");

  for (gsize i = 0; i < json_array_size (members); i++)
    {
      const char *role = json_string_value (json_object_get (json_array_get (members, i), "role"));
      g_autofree char *field = g_strdup_printf ("members.%" G_GSIZE_FORMAT ".role", i);

      if (role != NULL && !g_strv_contains (roles, role))
        return amends_question_refuse (self, error, field, clause, NULL,
                                       "The panel is independent: its members sit on it in no "
                                       "other role");
    }
  return TRUE;
}

/**
 * amends_decide_check_role:
 *
 * Source: the landlord's [stage:1] and [stage:2]; One Housing, 6.5.1 and 8.1.1.
 * Errors: %AMENDS_CORE_ERROR_REFUSED, with the dotted path where whoever did it is named.
 * Returns: whether whoever did it may, as far as their role is known
 */
gboolean
amends_decide_check_role (AmendsQuestion *self, GError **error)
{
  Who who = who_does[self->type];
  g_auto (GStrv) roles = is_asked (self, who) ? list_roles (self, who) : NULL;

  if (roles == NULL)
    return TRUE;
  if (who == WHO_PANEL)
    return check_members (self, (const char *const *) roles, error);
  return amends_question_check_doer (self, get_key (self->type), (const char *const *) roles,
                                     get_clause (self, who), error);
}

/**
 * amends_decide_note_role:
 *
 * Warns who is signed in that somebody else does this: they may write down that it was done, by whom.
 */
void
amends_decide_note_role (AmendsQuestion *self)
{
  Who who = who_does[self->type];
  g_auto (GStrv) roles = is_asked (self, who) && who != WHO_PANEL ? list_roles (self, who) : NULL;

  if (roles != NULL)
    amends_question_note_doer (self, (const char *const *) roles, get_clause (self, who));
}

/**
 * amends_decide_says_who:
 * @type: of an act
 *
 * Returns: whether it is known by whose hand such an act is done, anybody's also
 */
gboolean
amends_decide_says_who (AmendsEventType type)
{
  g_return_val_if_fail ((guint) type < AMENDS_EVENT_N_TYPES, FALSE);

  return who_does[type] != WHO_UNSAID;
}
