/* amends-decide-person.c: what a person needs, and who acts for them
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * That somebody needs something, and what they live with, is taken down whatever the state of the case. What is
 * agreed is a promise: it is owed until it is made, and looked at again while it stands. */

#include "core/amends-decide-private.h"

#include <string.h>

#include "core/amends-complainant.h"
#include "core/amends-error.h"
#include "core/amends-json.h"
#include "core/amends-ledger.h"

/* The adjustment of that need that stands for whom the act is about; of two versions the first. */
static const AmendsAdjustment *
find_standing (const AmendsQuestion *self, const char *need)
{
  for (guint i = 0; i < amends_case_get_n_adjustments (self->complaint); i++)
    {
      const AmendsAdjustment *adjustment = amends_case_get_adjustment (self->complaint, i);

      if (adjustment->ended == NULL
          && (need == NULL
              || (g_strcmp0 (adjustment->need, need) == 0
                  && amends_complainant_is (adjustment->who,
                                            amends_question_get_text (self, "who")))))
        return adjustment;
    }
  return NULL;
}

static const char *
get_clause (const AmendsQuestion *self)
{
  return amends_question_get_clause (self, "type", "adjustments");
}

static gboolean
was_declined (const AmendsAdjustment *adjustment)
{
  return json_is_false (json_object_get (adjustment->decided, "agreed"));
}

/**
 * amends_decide_may_decide_adjustment:
 *
 * Errors: %AMENDS_CORE_ERROR_REFUSED.
 * Returns: whether an adjustment was asked for that could be decided on, or looked at again
 */
gboolean
amends_decide_may_decide_adjustment (AmendsQuestion *self, GError **error)
{
  return find_standing (self, NULL) != NULL
         || amends_question_refuse (self, error, "type", get_clause (self), "5.10",
                                    "No reasonable adjustment stands: record first what they need");
}

/**
 * amends_decide_may_make_adjustment:
 *
 * Errors: %AMENDS_CORE_ERROR_REFUSED.
 * Returns: whether there is one that was not declined
 */
gboolean
amends_decide_may_make_adjustment (AmendsQuestion *self, GError **error)
{
  if (!amends_decide_may_decide_adjustment (self, error))
    return FALSE;
  for (guint i = 0; i < amends_case_get_n_adjustments (self->complaint); i++)
    {
      const AmendsAdjustment *adjustment = amends_case_get_adjustment (self->complaint, i);

      if (adjustment->ended == NULL && !was_declined (adjustment))
        return TRUE;
    }
  return amends_question_refuse (self, error, "type", get_clause (self), "5.10",
                                 "What they asked for was declined: decide on it anew first");
}

/* (transfer none) (nullable): what the act is about, if it stands and was asked for by then. */
static const AmendsAdjustment *
check_standing (AmendsQuestion *self, GError **error)
{
  const AmendsAdjustment *adjustment =
      find_standing (self, amends_question_get_text (self, "need"));
  AmendsDay asked = adjustment != NULL ? amends_day_from_json (adjustment->details, "requested_on")
                                       : AMENDS_DAY_NONE;

  if (adjustment == NULL)
    amends_set_error (error, AMENDS_CORE_ERROR_INVALID, "need", NULL,
                      "No reasonable adjustment for that need stands: record it first");
  else if (asked != AMENDS_DAY_NONE && amends_question_get_day (self, "on") < asked)
    {
      amends_set_error (error, AMENDS_CORE_ERROR_INVALID, "on", NULL,
                        "They asked for it on a later day: correct the date");
      return NULL;
    }
  return adjustment;
}

/**
 * amends_decide_check_adjustment_decision:
 *
 * Source: Complaint Handling Code 2024, 5.10; Equality Act 2010, s.20; Housing 21, 6.2.
 * Errors: %AMENDS_CORE_ERROR_INVALID, %AMENDS_CORE_ERROR_REFUSED.
 * Returns: whether it may be agreed or declined so
 */
gboolean
amends_decide_check_adjustment_decision (AmendsQuestion *self, GError **error)
{
  gboolean is_agreed = amends_question_is_true (self, "agreed");

  if (check_standing (self, error) == NULL)
    return FALSE;
  if (self->code == NULL)
    return TRUE;
  if (!is_agreed && amends_question_get_text (self, "reasons") == NULL)
    return amends_question_refuse (self, error, "reasons", get_clause (self), "5.10",
                                   "Say why it is not reasonable, and what is done instead");
  if (is_agreed && amends_question_get_day (self, "due") == AMENDS_DAY_NONE)
    return amends_question_refuse (self, error, "due", get_clause (self), "5.10",
                                   "Say by when it is made");
  if (amends_question_get_day (self, "told_on") == AMENDS_DAY_NONE)
    amends_question_warn (self, get_clause (self), "5.10", "Tell them what was decided");
  return TRUE;
}

/**
 * amends_decide_check_adjustment_made:
 *
 * Errors: %AMENDS_CORE_ERROR_INVALID, %AMENDS_CORE_ERROR_REFUSED.
 * Returns: whether that can have been made on that day
 */
gboolean
amends_decide_check_adjustment_made (AmendsQuestion *self, GError **error)
{
  const AmendsAdjustment *adjustment = check_standing (self, error);
  AmendsDay due;

  if (adjustment == NULL)
    return FALSE;
  if (was_declined (adjustment))
    return amends_question_refuse (self, error, "need", get_clause (self), "5.10",
                                   "It was declined: decide on it anew first");
  due = amends_day_from_json (adjustment->decided, "due");
  if (self->code != NULL && due != AMENDS_DAY_NONE && amends_question_get_day (self, "on") > due)
    amends_question_warn (self, get_clause (self), "5.10", "It was agreed for an earlier day");
  return TRUE;
}

/**
 * amends_decide_check_adjustment_review:
 *
 * Source: Complaint Handling Code 2024, 5.10: adjustments are kept under active review.
 * Errors: %AMENDS_CORE_ERROR_INVALID, %AMENDS_CORE_ERROR_REFUSED.
 * Returns: whether it was looked at again, and is looked at again while it stands
 */
gboolean
amends_decide_check_adjustment_review (AmendsQuestion *self, GError **error)
{
  const char *outcome = amends_question_get_text (self, "outcome");

  if (check_standing (self, error) == NULL)
    return FALSE;
  if (self->code == NULL || strcmp (outcome, "ended") == 0)
    return TRUE;
  if (strcmp (outcome, "changed") == 0 && amends_question_get_text (self, "text") == NULL)
    return amends_question_refuse (self, error, "text", get_clause (self), "5.10",
                                   "Say what is done otherwise from now on");
  return amends_question_get_day (self, "review") != AMENDS_DAY_NONE
         || amends_question_refuse (self, error, "review", get_clause (self), "5.10",
                                    "While it stands it is looked at again: say on which day");
}

/**
 * amends_decide_check_disability:
 *
 * Source: UK GDPR, Article 9; One Housing, 8.5.1.
 * Errors: none.
 * Returns: %TRUE; warns where they said that nothing about their needs may be kept
 */
gboolean
amends_decide_check_disability (AmendsQuestion *self, GError **error)
{
  for (guint i = 0; self->code != NULL && i < amends_case_get_n_consents (self->complaint); i++)
    {
      const AmendsConsent *consent = amends_case_get_consent (self->complaint, i);

      if (g_strcmp0 (consent->purpose, "keep-adjustments") == 0
          && (consent->withdrawn != NULL || strcmp (consent->answer, "refused") == 0))
        amends_question_warn (self, NULL, NULL,
                              "They do not want their needs kept on record: keep this only where "
                              "the law lets you, and say for what");
    }
  return TRUE;
}

/**
 * amends_decide_check_capacity:
 *
 * Source: Mental Capacity Act 2005, sections 1(3), 2(4) and 4(6).
 * Errors: none.
 * Returns: %TRUE; warns where the person does not decide, and it is not said what they think themselves or how they
 * were helped to say it. The complaint is taken all the same
 */
gboolean
amends_decide_check_capacity (AmendsQuestion *self, GError **error)
{
  if (amends_question_is_true (self, "decides"))
    return TRUE;
  if (amends_question_get_text (self, "help") == NULL)
    amends_question_warn (self, NULL, NULL,
                          "Nobody is taken to be unable to decide until all that can help them was "
                          "tried: write what was done to help them say it");
  if (amends_question_get_text (self, "own_view") == NULL)
    amends_question_warn (self, NULL, NULL,
                          "Their own view counts whoever decides: write what they say themselves");
  return TRUE;
}

/* How they are not reached, and in what words it is said what to do instead. Whoever is not to be written to may be
 * called on. */
static const struct
{
  const char *need;
  const char *ruled_out[10];
  const char *words;
} ways[] = {
  { "telephone-not-letter",
    { "letter", "email", "web-form", "portal", "webchat", "text-message", "social-media-public",
      "social-media-private", "paper-form" },
    "They are to be rung and not written to" },
  { "letter-not-telephone",
    { "telephone", "voicemail" },
    "They are to be written to and not rung" },
  { "email-not-letter",
    { "letter", "paper-form" },
    "They are to be written to by email and not by post" },
};

/* The acts by which they are told something. */
static gboolean
is_telling (AmendsEventType type)
{
  static const AmendsEventType types[] = {
    AMENDS_EVENT_CASE_ACKNOWLEDGED,
    AMENDS_EVENT_CASE_CONTACTED,
    AMENDS_EVENT_CASE_UPDATED,
    AMENDS_EVENT_CASE_EXTENDED,
    AMENDS_EVENT_CASE_DECLINED,
    AMENDS_EVENT_CASE_RESPONDED,
    AMENDS_EVENT_CASE_SENT,
    AMENDS_EVENT_CASE_CLOSURE_CONTACT,
    AMENDS_EVENT_CASE_STAGE2_ACKNOWLEDGED,
    AMENDS_EVENT_CASE_STAGE2_CONTACTED,
    AMENDS_EVENT_CASE_STAGE2_UPDATED,
    AMENDS_EVENT_CASE_STAGE2_EXTENDED,
    AMENDS_EVENT_CASE_ESCALATION_REFUSED,
    AMENDS_EVENT_CASE_STAGE2_RESPONDED,
    AMENDS_EVENT_CASE_STAGE2_SENT,
    AMENDS_EVENT_CASE_APPOINTED,
  };

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    if (types[i] == type)
      return TRUE;
  return FALSE;
}

/**
 * amends_decide_note_channel:
 *
 * Warns how they are to be reached, before anybody has said how they were, or where it was done otherwise. That
 * it was is recorded all the same.
 *
 * Source: Complaint Handling Code 2024, 5.10; Equality Act 2010, s.20.
 */
void
amends_decide_note_channel (AmendsQuestion *self)
{
  const char *channel = amends_question_get_text (self, "channel");

  if (self->code == NULL || !is_telling (self->type) || (self->act != NULL && channel == NULL))
    return;
  for (guint i = 0; i < amends_case_get_n_adjustments (self->complaint); i++)
    {
      const AmendsAdjustment *adjustment = amends_case_get_adjustment (self->complaint, i);

      if (!amends_complainant_is (adjustment->who, amends_question_get_text (self, "who")))
        continue;
      for (guint n = 0; amends_adjustment_stands (adjustment) && n < G_N_ELEMENTS (ways); n++)
        if (strcmp (adjustment->need, ways[n].need) == 0
            && (channel == NULL || g_strv_contains (ways[n].ruled_out, channel)))
          amends_question_warn (self, get_clause (self), "5.10", "%s", ways[n].words);
    }
}

/**
 * amends_decide_check_name:
 *
 * Who complained and did not say who they are may say so later. What was written wrongly is corrected instead, so
 * that both stand in the history.
 *
 * Errors: %AMENDS_CORE_ERROR_INVALID, if they have a name.
 * Returns: whether they can be named; warns that nothing is owed to them by that alone
 */
gboolean
amends_decide_check_name (AmendsQuestion *self, GError **error)
{
  if (amends_question_get_text (self, "name") == NULL)
    return TRUE;
  if (amends_case_holds (self->complaint, "complainant.name"))
    {
      amends_set_error (error, AMENDS_CORE_ERROR_INVALID, "name", NULL,
                        "They have a name already: if it is wrong, correct it");
      return FALSE;
    }
  if (json_is_true (amends_case_get_value (self->complaint, "anonymous"))
      || json_is_true (amends_case_get_value (self->complaint, "complainant.anonymous")))
    amends_question_warn (self, NULL, NULL,
                          "They were taken down as anonymous, so that no acknowledgement is owed: "
                          "correct that too, if they are to be answered");
  return TRUE;
}

/* ---------------------------------------------------------------- who acts for them */

/* Who decides whether somebody who is complained about goes on to act. */
static const char *const manager_roles[] = { "line-manager", "complaints-team", "senior-lead",
                                             "executive-lead", NULL };

/**
 * amends_decide_check_authority:
 *
 * That somebody has an authority is always taken down. If they are complained about it is suspended, until the
 * line manager has decided.
 *
 * Errors: %AMENDS_CORE_ERROR_REFUSED.
 * Returns: whether who decided that it stands may
 */
gboolean
amends_decide_check_authority (AmendsQuestion *self, GError **error)
{
  const char *clause = amends_question_get_clause (self, "authority", "disclosure");

  if (self->code == NULL)
    return TRUE;
  if (json_object_get (self->act, "decided_by") != NULL)
    return amends_question_check_person (self, "decided_by", manager_roles, clause, "5.8", error);
  if (amends_ledger_is_complained_about (self->complaint, amends_question_get_text (self, "name")))
    amends_question_warn (self, clause, "5.8",
                          "They are complained about: it is suspended until the line manager "
                          "decides whether it stands");
  return TRUE;
}

/* That somebody shall not speak for them any more is taken down also where nobody asked by what right they did.
 * @name: (nullable): anybody's */
static gboolean
has_authority (const AmendsQuestion *self, const char *name)
{
  g_autoptr (AmendsLedger) ledger =
      amends_ledger_new (self->complaint, self->policy, self->today, self->today);

  for (guint i = 0; i < amends_ledger_get_n_entries (ledger); i++)
    {
      const AmendsLedgerEntry *entry = amends_ledger_get_entry (ledger, i);

      if (entry->kind == AMENDS_LEDGER_AUTHORITY && !entry->is_replaced
          && entry->withdrawn == AMENDS_DAY_NONE
          && (name == NULL || amends_ledger_is_same_name (entry->who, name)))
        return TRUE;
    }
  return FALSE;
}

/* Of two versions one that is not withdrawn can be. */
static gboolean
is_any_version_standing (const AmendsQuestion *self)
{
  const AmendsField *field =
      amends_fields_get (amends_case_get_fields (self->complaint), "representative.authority");

  for (guint i = 0; field != NULL && i < field->writes->len; i++)
    {
      const json_t *value = g_array_index (field->writes, AmendsWrite, i).value;

      if (json_is_object (value) && json_object_get (value, "withdrawn") == NULL)
        return TRUE;
    }
  return FALSE;
}

/**
 * amends_decide_may_withdraw_authority:
 *
 * Errors: %AMENDS_CORE_ERROR_REFUSED.
 * Returns: whether anybody acts for them
 */
gboolean
amends_decide_may_withdraw_authority (AmendsQuestion *self, GError **error)
{
  return is_any_version_standing (self) || has_authority (self, NULL)
         || amends_question_refuse (self, error, "type", NULL, NULL,
                                    "No representative’s authority stands, so none can be "
                                    "withdrawn");
}

/* Whether a withdrawal that names nobody may mean what @entry says: @in_force: only if it is worth something, and
 * not only written down. */
static gboolean
may_be_meant (const AmendsLedgerEntry *entry, gboolean in_force)
{
  if (entry->kind != AMENDS_LEDGER_AUTHORITY || entry->is_replaced || entry->who == NULL
      || entry->withdrawn != AMENDS_DAY_NONE)
    return FALSE;
  return !in_force
         || (entry->state != AMENDS_LEDGER_TO_BE_ASKED && entry->state != AMENDS_LEDGER_REFUSED
             && entry->state != AMENDS_LEDGER_ENDED);
}

/* How many people a withdrawal that names nobody may mean, of whom @ret_name is one. */
static guint
count_meant (const AmendsLedger *ledger, gboolean in_force, const char **ret_name)
{
  guint n_people = 0;

  for (guint i = 0; i < amends_ledger_get_n_entries (ledger); i++)
    {
      const AmendsLedgerEntry *entry = amends_ledger_get_entry (ledger, i);

      if (!may_be_meant (entry, in_force)
          || (n_people > 0 && amends_ledger_is_same_name (entry->who, *ret_name)))
        continue;
      n_people++;
      *ret_name = entry->who;
    }
  return n_people;
}

/* Whom it means: of those whose authority is worth something the only one; where nobody’s is, the only one there is. */
static guint
count_whose (const AmendsQuestion *self, const char **ret_name)
{
  g_autoptr (AmendsLedger) ledger =
      amends_ledger_new (self->complaint, self->policy, self->today, self->today);
  guint n_people = count_meant (ledger, TRUE, ret_name);

  return n_people > 0 ? n_people : count_meant (ledger, FALSE, ret_name);
}

/**
 * amends_decide_complete_authority_withdrawn:
 * @act: (inout): the act that is asked about, as its table takes it
 *
 * Writes into a withdrawal whose authority it is, where only one person’s it can be: whoever is recorded later
 * changes nothing of what was meant.
 */
void
amends_decide_complete_authority_withdrawn (const AmendsQuestion *self, json_t *act)
{
  const char *name = NULL;

  if (self->type == AMENDS_EVENT_AUTHORITY_WITHDRAWN && json_object_get (act, "name") == NULL
      && count_whose (self, &name) == 1)
    json_object_set_new (act, "name", json_string (name));
}

/**
 * amends_decide_check_authority_withdrawn:
 *
 * Errors: %AMENDS_CORE_ERROR_INVALID.
 * Returns: whether it is clear whose authority it is: of somebody who acts for them
 */
gboolean
amends_decide_check_authority_withdrawn (AmendsQuestion *self, GError **error)
{
  const char *name = amends_question_get_text (self, "name");
  const char *any = NULL;

  if (name == NULL && count_whose (self, &any) > 1)
    {
      amends_set_error (error, AMENDS_CORE_ERROR_INVALID, "name", NULL,
                        "More than one person acts for them: say whose authority is withdrawn");
      return FALSE;
    }
  if (name == NULL || has_authority (self, name))
    return TRUE;
  amends_set_error (error, AMENDS_CORE_ERROR_INVALID, "name", NULL,
                    "Nobody of that name acts for them: give the name as it stands in the case");
  return FALSE;
}
