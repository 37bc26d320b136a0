/* amends-decide-send.c: a response that is drafted by one, approved by another, and sent
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is sent is a response as any other, so the clock ends with it. What it does not say by itself is
 * taken from what stands in the case: what was found of each issue, who wrote the draft and who approved
 * it. So the record of the sending says whole what was sent. */

#include "core/amends-decide-private.h"

#include <string.h>

#include "core/amends-complainant.h"
#include "core/amends-error.h"
#include "core/amends-json.h"
#include "core/amends-letter.h"
#include "core/amends-reader.h"

typedef struct
{
  AmendsEventType drafted;
  AmendsEventType approved;
  AmendsEventType sent;
  AmendsEventType responded; /* without a draft */
  const char *findings;      /* of the case, before the id of the issue */
  AmendsLetterKind letter;
} Path;

static const Path paths[] = {
  { AMENDS_EVENT_CASE_DRAFTED, AMENDS_EVENT_CASE_APPROVED, AMENDS_EVENT_CASE_SENT,
    AMENDS_EVENT_CASE_RESPONDED, "findings.", AMENDS_LETTER_RESPONSE },
  { AMENDS_EVENT_CASE_STAGE2_DRAFTED, AMENDS_EVENT_CASE_STAGE2_APPROVED,
    AMENDS_EVENT_CASE_STAGE2_SENT, AMENDS_EVENT_CASE_STAGE2_RESPONDED, "stage2_findings.",
    AMENDS_LETTER_STAGE2_RESPONSE },
};

static const Path *
get_path (const AmendsQuestion *self)
{
  return &paths[self->stage - 1];
}

static const AmendsHistoryEntry *
find_draft (const AmendsQuestion *self)
{
  return amends_case_find_act (self->complaint, get_path (self)->drafted,
                               amends_question_get_text (self, "draft"));
}

static json_t *
person_of (const AmendsId *staff)
{
  char id[AMENDS_ID_BUFFER];

  amends_id_format_to (staff, id);
  return json_pack ("{s:s}", "staff", id);
}

/* (transfer full) (nullable): whoever is named in an act under @key, or whoever did it. */
static json_t *
dup_person (const AmendsHistoryEntry *entry, const char *key)
{
  json_t *named = json_object_get (entry->body, key);

  if (named != NULL)
    return json_incref (named);
  return entry->by.number != 0 ? person_of (&entry->by) : NULL;
}

static const json_t *
find_approval (const AmendsQuestion *self, const AmendsHistoryEntry *draft)
{
  return amends_case_get_follow_up (self->complaint, get_path (self)->approved, &draft->event->id);
}

static void
set_unless_said (json_t *act, const char *key, json_t *value)
{
  if (value == NULL)
    return;
  if (json_object_get (act, key) == NULL)
    json_object_set (act, key, value);
  json_decref (value);
}

/* The finding of each issue that has one; NULL if none has. The reasons stand where it was found. */
static json_t *
list_findings (const AmendsQuestion *self)
{
  json_t *list = json_array ();

  for (guint i = 0; i < amends_case_get_n_issues (self->complaint); i++)
    {
      g_autofree char *issue = amends_id_format (&amends_case_get_issue (self->complaint, i)->id);
      g_autofree char *name = g_strconcat (get_path (self)->findings, issue, NULL);
      const char *finding = json_string_value (
          json_object_get (amends_case_get_value (self->complaint, name), "finding"));

      if (finding != NULL)
        json_array_append_new (list, json_pack ("{s:s, s:s}", "issue", issue, "finding", finding));
    }
  if (json_array_size (list) > 0)
    return list;
  json_decref (list);
  return NULL;
}

/* Whether any finding of stage 2 says so; NULL if there is none. */
static json_t *
find_change (const AmendsQuestion *self)
{
  json_t *changes = NULL;

  for (guint i = 0; i < amends_case_get_n_issues (self->complaint); i++)
    {
      g_autofree char *issue = amends_id_format (&amends_case_get_issue (self->complaint, i)->id);
      g_autofree char *name = g_strconcat (get_path (self)->findings, issue, NULL);
      const json_t *of_issue =
          json_object_get (amends_case_get_value (self->complaint, name), "changes_stage1");

      if (json_is_boolean (of_issue) && !json_is_true (changes))
        changes = json_boolean (json_is_true (of_issue));
    }
  return changes;
}

static void
complete_sending (const AmendsQuestion *self, json_t *act)
{
  const AmendsHistoryEntry *draft = find_draft (self);
  const json_t *approval = draft != NULL ? find_approval (self, draft) : NULL;

  if (draft == NULL)
    return;
  set_unless_said (act, "findings", list_findings (self));
  set_unless_said (act, "author", dup_person (draft, "author"));
  if (json_is_true (json_object_get (approval, "agreed")))
    set_unless_said (act, "approved_by", json_incref (json_object_get (approval, "approved_by")));
  if (self->stage == 2)
    set_unless_said (act, "changes_stage1", find_change (self));
}

/* Who acts, acts for the first of several; of a draft, whoever it was written for; of a petition, who leads. */
static gboolean
is_for_another (const AmendsQuestion *self, const AmendsHistoryEntry *draft)
{
  const char *who = amends_question_get_text (self, "who");

  if (who == NULL && draft != NULL)
    who = json_string_value (json_object_get (draft->body, "who"));
  if (who == NULL && !amends_case_is_joint (self->complaint))
    {
      g_autoptr (GArray) addressed = amends_case_list_addressed (self->complaint);

      who = g_array_index (addressed, AmendsComplainant, 0).who;
    }
  return !amends_complainant_is (who, NULL);
}

/* Of an act that is asked about; of none, of what waits to be sent. */
static AmendsReader
find_reader (const AmendsQuestion *self)
{
  const AmendsHistoryEntry *draft =
      self->act != NULL ? find_draft (self)
                        : amends_case_find_unsent (self->complaint, get_path (self)->drafted);
  AmendsReader reader;

  amends_reader_find (self->complaint, self->act, draft != NULL ? draft->body : NULL, &reader);
  if (is_for_another (self, draft))
    reader.reply_to = NULL;
  return reader;
}

/* A letter to another of several is not sent to who acts for the first. */
static gboolean
check_who_is_acted_for (AmendsQuestion *self, GError **error)
{
  const AmendsReader asked = { .reply_to = amends_question_get_text (self, "reply_to") };

  return self->code == NULL || !is_for_another (self, find_draft (self))
         || !amends_reader_is_another (&asked)
         || amends_question_refuse (self, error, "reply_to", NULL, "3.6",
                                    "The representative acts for the first who complains, and for "
                                    "nobody else: send it to whom it is for alone, and write the "
                                    "representative a letter of their own");
}

/* The record says for whom it is, by name: somebody else may be shown as the representative before it goes. */
static void
complete_recipient (const AmendsQuestion *self, json_t *act)
{
  AmendsReader reader = find_reader (self);

  if (reader.reply_to != NULL)
    set_unless_said (act, "reply_to", json_string (reader.reply_to));
  if (amends_reader_is_another (&reader) && reader.name != NULL)
    set_unless_said (act, "reply_to_name", json_string (reader.name));
}

/* The roles that approve a response of this landlord; of one that names none, those that approve at all. */
static char **
list_approvers (const AmendsQuestion *self)
{
  const AmendsPolicyRule *rule =
      amends_question_find_rule (self, "stage", self->stage == 2 ? "2" : "1");
  g_auto (GStrv) named = rule != NULL ? amends_policy_rule_get_list (rule, "approver") : NULL;

  return named != NULL && named[0] != NULL ? g_steal_pointer (&named)
                                           : g_strdupv ((char **) amends_approver_roles);
}

/* Whoever is signed in and has a role that approves needs not be named. */
static void
complete_approval (const AmendsQuestion *self, json_t *act)
{
  g_auto (GStrv) approvers = list_approvers (self);
  const char *const *roles = self->actor != NULL ? self->actor->roles : NULL;
  json_t *person;

  if (json_object_get (act, "approved_by") != NULL || self->actor == NULL
      || self->actor->id.number == 0)
    return;
  person = person_of (&self->actor->id);
  for (guint i = 0; roles != NULL && roles[i] != NULL; i++)
    if (g_strv_contains ((const char *const *) approvers, roles[i])
        && json_object_get (person, "role") == NULL)
      json_object_set_new (person, "role", json_string (roles[i]));
  json_object_set_new (act, "approved_by", person);
}

/**
 * amends_decide_complete_sending:
 * @act: (inout): the act that is asked about, as its table takes it
 *
 * Writes into an approval who approves, into a response that is sent what stands in the case about it, and into
 * whatever is drafted or sent for whom it is.
 */
void
amends_decide_complete_sending (AmendsQuestion *self, json_t *act)
{
  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      self->stage = (int) i + 1;
      if (self->type == paths[i].sent)
        complete_sending (self, act);
      else if (self->type == paths[i].approved)
        complete_approval (self, act);
      if (self->type == paths[i].drafted || self->type == paths[i].sent
          || self->type == paths[i].responded)
        complete_recipient (self, act);
    }
}

/**
 * amends_decide_has_draft:
 *
 * Errors: %AMENDS_CORE_ERROR_REFUSED.
 * Returns: whether a response was drafted that could be sent
 */
gboolean
amends_decide_has_draft (AmendsQuestion *self, GError **error)
{
  for (guint i = 0; i < amends_case_get_n_history (self->complaint); i++)
    {
      const AmendsHistoryEntry *entry = amends_case_get_history (self->complaint, i);

      if (entry->type == get_path (self)->drafted && entry->body != NULL)
        return TRUE;
    }
  return amends_question_refuse (self, error, "type", NULL, NULL,
                                 "No draft is recorded that "
                                 "could be sent");
}

/**
 * amends_decide_check_draft:
 *
 * Source: Complaint Handling Code 2024, 5.8 and 6.13.
 * Errors: %AMENDS_CORE_ERROR_INVALID, %AMENDS_CORE_ERROR_REFUSED.
 * Returns: whether that is a draft, and its author may write it
 */
gboolean
amends_decide_check_draft (AmendsQuestion *self, GError **error)
{
  const json_t *author = json_object_get (self->act, "author");

  if (amends_question_get_text (self, "text") == NULL
      && amends_question_get_text (self, "attachment") == NULL)
    {
      amends_set_error (error, AMENDS_CORE_ERROR_INVALID, "text", NULL,
                        "Nothing is drafted: write the response first");
      return FALSE;
    }
  if (!amends_decide_check_recipient (self, error))
    return FALSE;
  return self->code == NULL || self->stage == 1 || author == NULL
         || amends_decide_check_independence (self, author, "author",
                                              amends_question_get_stage_clause (self), error);
}

/* The letter as the record has it, in the language in which @text is written, which its title tells; of words that
 * have none, in the one that they asked for, if there are letters in it. */
static AmendsLetter *
write_letter (const AmendsQuestion *self, const char *text, const char *who)
{
  const AmendsRules rules = { self->policy, self->code, self->calendar };
  const AmendsLetterTo to = { .who = amends_complainant_is (who, NULL) ? NULL : who };
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  AmendsLetter *best = NULL;

  for (guint i = 0; self->letters[i] != NULL; i++)
    {
      AmendsLetter *letter = amends_letter_new_to (self->complaint, &rules, self->letters[i],
                                                   get_path (self)->letter, &to, NULL, self->today);
      gboolean is_it = g_strv_contains ((const char *const *) lines, letter->title);

      if (is_it || best == NULL || (best->is_asked_otherwise && !letter->is_asked_otherwise))
        {
          amends_letter_free (best);
          best = letter;
        }
      else
        amends_letter_free (letter);
      if (is_it)
        break;
    }
  return best;
}

/* (nullable) (transfer full): what to do about a part that the letter must hold and does not. */
static char *
describe_gap (const AmendsLetterBlock *block, GPtrArray *cut)
{
  if (block->missing != NULL && (block->clause != NULL || block->provision != NULL))
    return g_strdup (block->missing);
  if (!g_ptr_array_find (cut, block, NULL))
    return NULL;
  return block->heading != NULL
             ? g_strdup_printf ("“%s” is not in the words with something under it: put it back",
                                block->heading)
             : g_strdup_printf ("The part “%s” is not in the words: put it back", block->name);
}

/* Whatever it was begun in: what lacks a part that the policy or the Code asks for is neither approved nor sent.
 * Words that are in an attachment are read by whoever approves them. */
static gboolean
check_whole (AmendsQuestion *self, const AmendsHistoryEntry *draft, GError **error)
{
  const char *text = json_string_value (json_object_get (draft->body, "text"));
  g_autoptr (AmendsLetter) letter = NULL;
  g_autoptr (GPtrArray) cut = NULL;

  if (self->code == NULL || self->letters == NULL || text == NULL
      || !amends_case_is_complaint (self->complaint))
    return TRUE;
  letter = write_letter (self, text, json_string_value (json_object_get (draft->body, "who")));
  if (letter != NULL && amends_letter_is_in_own_words (letter, text))
    amends_question_warn (
        self, NULL, "5.10",
        "It is in another language, as they asked: have somebody who reads it say "
        "that no part is missing");
  cut = letter != NULL ? amends_letter_list_cut (letter, text) : NULL;
  for (guint i = 0; letter != NULL && i < letter->blocks->len; i++)
    {
      const AmendsLetterBlock *block = g_ptr_array_index (letter->blocks, i);
      g_autofree char *gap = describe_gap (block, cut);

      if (gap != NULL)
        return amends_question_refuse (self, error, "draft", block->clause, block->provision,
                                       "The letter lacks a part. %s", gap);
    }
  return TRUE;
}

/**
 * amends_decide_check_approval:
 *
 * Source: Complaint Handling Code 2024, 5.8; Housing 21, 7.3; Rosebery, 8.1.
 * Errors: %AMENDS_CORE_ERROR_INVALID, %AMENDS_CORE_ERROR_REFUSED.
 * Returns: whether somebody else than the author approves it, or sends it back, who may, and it is whole
 */
gboolean
amends_decide_check_approval (AmendsQuestion *self, GError **error)
{
  const AmendsHistoryEntry *draft = amends_decide_check_follow_up (self, error);
  const char *clause = amends_question_get_stage_clause (self);
  const json_t *person = json_object_get (self->act, "approved_by");
  g_auto (GStrv) approvers = list_approvers (self);
  json_auto_t *author = draft != NULL ? dup_person (draft, "author") : NULL;

  if (draft == NULL)
    return FALSE;
  if (self->code == NULL)
    return TRUE;
  if (person == NULL)
    return amends_question_refuse (self, error, "approved_by", clause, "5.8",
                                   "Name who approved it: nobody approves their own");
  if (amends_decide_is_same_person (person, author))
    return amends_question_refuse (self, error, "approved_by", clause, "5.8",
                                   "Whoever wrote it does not approve it: name another");
  if (!json_is_true (json_object_get (self->act, "agreed"))
      && amends_question_get_text (self, "text") == NULL)
    return amends_question_refuse (self, error, "text", clause, NULL,
                                   "Say what has to be changed in it");
  return amends_question_check_person (self, "approved_by", (const char *const *) approvers, clause,
                                       NULL, error)
         && (!json_is_true (json_object_get (self->act, "agreed"))
             || check_whole (self, draft, error));
}

static gboolean
check_path (AmendsQuestion *self, const AmendsHistoryEntry *draft, GError **error)
{
  const AmendsPolicyRule *rule =
      amends_question_find_rule (self, "stage", self->stage == 2 ? "2" : "1");
  g_auto (GStrv) approvers = rule != NULL ? amends_policy_rule_get_list (rule, "approver") : NULL;
  const json_t *approval = find_approval (self, draft);
  const char *clause = rule != NULL ? rule->clause : NULL;

  if (approval == NULL && approvers != NULL && approvers[0] != NULL)
    return amends_question_refuse (self, error, "draft", clause, "5.8",
                                   "It is not approved: somebody else looks at it first");
  if (approval != NULL && !json_is_true (json_object_get (approval, "agreed")))
    return amends_question_refuse (self, error, "draft", clause, "5.8",
                                   "It was sent back: change it, and have it approved");
  return TRUE;
}

/* Whether it may go on @day to whom it is for; what the ledger answers, if it is for the representative. */
static gboolean
may_reach (const AmendsQuestion *self, AmendsDay day, AmendsLedgerAnswer *ret_answer)
{
  AmendsReader reader = find_reader (self);

  return self->code == NULL
         || amends_reader_may_be_told (&reader, self->complaint, self->policy, day, self->today,
                                       ret_answer);
}

/**
 * amends_decide_check_recipient:
 *
 * A letter that tells of the case goes to whoever may be told on the day on which it goes, whatever stood when
 * it was written or approved; and none is begun for who may be told nothing.
 *
 * Source: Complaint Handling Code 2024, 3.6; Rosebery, 5.2; the landlord's clauses on authority.
 * Errors: %AMENDS_CORE_ERROR_REFUSED, with the paper that would change it.
 * Returns: whether it may go to whom it is for
 */
gboolean
amends_decide_check_recipient (AmendsQuestion *self, GError **error)
{
  AmendsLedgerAnswer answer;

  if (!check_who_is_acted_for (self, error))
    return FALSE;
  return may_reach (self, amends_question_get_day (self, "on"), &answer)
         || amends_question_refuse (self, error, "reply_to", answer.clause, answer.provision,
                                    "It is to go to the representative. %s: %s. It may go to the "
                                    "complainant alone",
                                    answer.reason, answer.change);
}

/**
 * amends_decide_note_recipient:
 *
 * Warns whoever is about to send a letter that it may not go to the representative any more, or not yet.
 */
void
amends_decide_note_recipient (AmendsQuestion *self)
{
  AmendsLedgerAnswer answer;

  if ((self->type == AMENDS_EVENT_CASE_SENT || self->type == AMENDS_EVENT_CASE_STAGE2_SENT)
      && !may_reach (self, self->today, &answer))
    amends_question_warn (self, answer.clause, answer.provision,
                          "It was to go to the representative. %s: %s", answer.reason,
                          answer.change);
}

/**
 * amends_decide_check_sending:
 *
 * Source: as for amends_decide_check_response().
 * Errors: %AMENDS_CORE_ERROR_INVALID, %AMENDS_CORE_ERROR_REFUSED.
 * Returns: whether that draft may be sent as the response
 */
gboolean
amends_decide_check_sending (AmendsQuestion *self, GError **error)
{
  const AmendsHistoryEntry *draft = find_draft (self);
  AmendsDay drafted = draft != NULL ? amends_day_from_json (draft->body, "on") : AMENDS_DAY_NONE;

  if (draft == NULL)
    {
      amends_set_error (error, AMENDS_CORE_ERROR_INVALID, "draft", NULL,
                        "This case has no such draft: give the id of one that “show” lists");
      return FALSE;
    }
  if (amends_question_get_day (self, "on") < drafted)
    {
      amends_set_error (error, AMENDS_CORE_ERROR_INVALID, "on", NULL,
                        "It was drafted on a later day: correct the date");
      return FALSE;
    }
  return (self->code == NULL || check_path (self, draft, error))
         && amends_decide_check_response (self, error) && check_whole (self, draft, error);
}
