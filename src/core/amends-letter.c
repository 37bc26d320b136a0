/* amends-letter.c: a letter about a case, and what it must hold
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A letter is made of blocks. What a block says is taken from what is recorded in the case, so that a letter
 * and the record cannot differ; a block for which nothing is recorded says what is missing and stands in the
 * letter as a gap. Which blocks a letter must hold is the Code's to say and the landlord's: a landlord's own
 * texts can say them otherwise, and cannot leave one out. */

#include "core/amends-letter-private.h"

#include <string.h>

#include "core/amends-codes.h"
#include "core/amends-complainant.h"

#define MAX_BLOCKS 16

/* A block of a letter, and what of the Code asks for it there; NULL for none. */
typedef struct
{
  const char *name;
  const char *provision;
} Wanted;

/* @sent: what a clock takes the sending for; @key: where an edition lists what else it must hold, or NULL */
typedef struct
{
  const char *name;
  int stage;
  AmendsClockEventKind sent;
  const char *key;
  enum
  {
    TO_COMPLAINANT,
    TO_COMPLAINANT_AND_BACK, /* a form */
    TO_REPRESENTATIVE,
  } way;
  Wanted blocks[MAX_BLOCKS];
} LetterKind;

/* Source: Complaint Handling Code 2024. Where a letter closes a stage the Ombudsman stands last (6.19). */
static const LetterKind kinds[AMENDS_LETTER_N_KINDS] = {
  [AMENDS_LETTER_ACKNOWLEDGEMENT] = { "acknowledgement",
                                      1,
                                      AMENDS_CLOCK_EVENT_ACKNOWLEDGED,
                                      "acknowledgement_blocks",
                                      TO_COMPLAINANT,
                                      { { "understanding", "6.2" },
                                        { "outcome", "6.2" },
                                        { "ours", "5.7" },
                                        { "handler", NULL },
                                        { "steps", NULL },
                                        { "when", NULL },
                                        { "adjustments", NULL },
                                        { "ombudsman", "3.7" } } },
  [AMENDS_LETTER_REFUSAL] = { "refusal",
                              1,
                              AMENDS_CLOCK_EVENT_NONE,
                              NULL,
                              TO_COMPLAINANT,
                              { { "ground", "2.4" },
                                { "instead", NULL },
                                { "ombudsman", "2.4" } } },
  [AMENDS_LETTER_EXTENSION] = { "extension",
                                1,
                                AMENDS_CLOCK_EVENT_NONE,
                                NULL,
                                TO_COMPLAINANT,
                                { { "reason", "6.4" },
                                  { "until", "6.4" },
                                  { "next-update", "5.9" },
                                  { "ombudsman", "6.5" } } },
  [AMENDS_LETTER_UPDATE] = { "update",
                             1,
                             AMENDS_CLOCK_EVENT_NONE,
                             NULL,
                             TO_COMPLAINANT,
                             { { "news", "6.6" },
                               { "actions", NULL },
                               { "next-update", NULL },
                               { "ombudsman", "3.7" } } },
  [AMENDS_LETTER_RESPONSE] = { "response",
                               1,
                               AMENDS_CLOCK_EVENT_RESPONDED,
                               "response_blocks",
                               TO_COMPLAINANT,
                               { { "stage", "6.9" },
                                 { "understanding", "6.9" },
                                 { "decision", "6.9" },
                                 { "reasons", "6.9" },
                                 { "remedies", "6.9" },
                                 { "actions", "6.9" },
                                 { "no-admission", NULL },
                                 { "escalate", "6.9" },
                                 { "ombudsman", "3.7" } } },
  [AMENDS_LETTER_CLOSURE] = { "closure",
                              1,
                              AMENDS_CLOCK_EVENT_NONE,
                              NULL,
                              TO_COMPLAINANT,
                              { { "closure", NULL }, { "ombudsman", "3.7" } } },
  [AMENDS_LETTER_STAGE2_ACKNOWLEDGEMENT] = { "stage2-acknowledgement",
                                             2,
                                             AMENDS_CLOCK_EVENT_STAGE2_ACKNOWLEDGED,
                                             "acknowledgement_blocks",
                                             TO_COMPLAINANT,
                                             { { "understanding", "6.11" },
                                               { "why-unhappy", NULL },
                                               { "outcome", "6.11" },
                                               { "ours", "5.7" },
                                               { "handler", NULL },
                                               { "steps", NULL },
                                               { "when", NULL },
                                               { "adjustments", NULL },
                                               { "ombudsman", "3.7" } } },
  [AMENDS_LETTER_ESCALATION_REFUSAL] = { "escalation-refusal",
                                         2,
                                         AMENDS_CLOCK_EVENT_NONE,
                                         NULL,
                                         TO_COMPLAINANT,
                                         { { "ground", "2.4" },
                                           { "instead", NULL },
                                           { "ombudsman", "2.4" } } },
  [AMENDS_LETTER_STAGE2_EXTENSION] = { "stage2-extension",
                                       2,
                                       AMENDS_CLOCK_EVENT_NONE,
                                       NULL,
                                       TO_COMPLAINANT,
                                       { { "reason", "6.15" },
                                         { "until", "6.15" },
                                         { "next-update", "5.9" },
                                         { "ombudsman", "6.16" } } },
  [AMENDS_LETTER_STAGE2_RESPONSE] = { "stage2-response",
                                      2,
                                      AMENDS_CLOCK_EVENT_NONE,
                                      "response_blocks",
                                      TO_COMPLAINANT,
                                      { { "stage", "6.19" },
                                        { "understanding", "6.19" },
                                        { "why-unhappy", NULL },
                                        { "decision", "6.19" },
                                        { "reasons", "6.19" },
                                        { "remedies", "6.19" },
                                        { "actions", "6.19" },
                                        { "no-admission", NULL },
                                        { "ombudsman", "6.19" } } },
  [AMENDS_LETTER_STAGE2_CLOSURE] = { "stage2-closure",
                                     2,
                                     AMENDS_CLOCK_EVENT_NONE,
                                     NULL,
                                     TO_COMPLAINANT,
                                     { { "closure", NULL }, { "ombudsman", "6.19" } } },
  [AMENDS_LETTER_THANKS] = { "thanks",
                             1,
                             AMENDS_CLOCK_EVENT_NONE,
                             NULL,
                             TO_COMPLAINANT,
                             { { "thanks", NULL }, { "ombudsman", NULL } } },
  [AMENDS_LETTER_APPOINTMENT] = { "appointment",
                                  1,
                                  AMENDS_CLOCK_EVENT_NONE,
                                  NULL,
                                  TO_COMPLAINANT,
                                  { { "appointment", NULL },
                                    { "appointment-change", NULL },
                                    { "visit", NULL },
                                    { "ombudsman", "3.7" } } },
  [AMENDS_LETTER_WITHDRAWAL] = { "withdrawal",
                                 1,
                                 AMENDS_CLOCK_EVENT_NONE,
                                 NULL,
                                 TO_COMPLAINANT,
                                 { { "withdrawn", NULL },
                                   { "again", NULL },
                                   { "ombudsman", "3.7" } } },
  [AMENDS_LETTER_FORWARDING] = { "forwarding",
                                 1,
                                 AMENDS_CLOCK_EVENT_NONE,
                                 NULL,
                                 TO_COMPLAINANT,
                                 { { "forwarded", NULL }, { "ombudsman", "3.7" } } },
  [AMENDS_LETTER_RECEIPT] = { "receipt",
                              1,
                              AMENDS_CLOCK_EVENT_NONE,
                              NULL,
                              TO_REPRESENTATIVE,
                              { { "receipt", NULL }, { "private", NULL }, { "ombudsman", NULL } } },
  [AMENDS_LETTER_AUTHORITY_FORM] = { "authority-form",
                                     1,
                                     AMENDS_CLOCK_EVENT_NONE,
                                     NULL,
                                     TO_COMPLAINANT_AND_BACK,
                                     { { "authority", NULL },
                                       { "authority-who", NULL },
                                       { "authority-what", NULL },
                                       { "authority-until", NULL },
                                       { "sign", NULL },
                                       { "ombudsman", NULL } } },
  [AMENDS_LETTER_SHARING_FORM] = { "sharing-form",
                                   1,
                                   AMENDS_CLOCK_EVENT_NONE,
                                   NULL,
                                   TO_COMPLAINANT_AND_BACK,
                                   { { "sharing", NULL },
                                     { "sharing-what", NULL },
                                     { "sign", NULL },
                                     { "ombudsman", NULL } } },
  [AMENDS_LETTER_LOSS_FORM] = { "loss-form",
                                1,
                                AMENDS_CLOCK_EVENT_NONE,
                                NULL,
                                TO_COMPLAINANT_AND_BACK,
                                { { "loss", NULL },
                                  { "loss-evidence", NULL },
                                  { "loss-what", NULL },
                                  { "sign", NULL },
                                  { "ombudsman", NULL } } },
};

/* What the landlords' editions call a block, and which of ours it is. */
static const struct
{
  const char *key;
  const char *asked;
  const char *name;
} landlords_words[] = {
  { "acknowledgement_blocks", "definition", "understanding" },
  { "acknowledgement_blocks", "understanding", "understanding" },
  { "acknowledgement_blocks", "issues-and-outcome", "understanding" },
  { "acknowledgement_blocks", "issues-and-outcome", "outcome" },
  { "acknowledgement_blocks", "preferred-outcomes", "outcome" },
  { "acknowledgement_blocks", "desired-outcome", "outcome" },
  { "acknowledgement_blocks", "whose-responsibility", "ours" },
  { "acknowledgement_blocks", "actions-needed", "steps" },
  { "acknowledgement_blocks", "lead-officer", "handler" },
  { "acknowledgement_blocks", "who-deals-with-it", "handler" },
  { "acknowledgement_blocks", "response-timescale", "when" },
  { "acknowledgement_blocks", "vulnerabilities-and-adjustments", "adjustments" },
  { "response_blocks", "stage", "stage" },
  { "response_blocks", "complaint", "understanding" },
  { "response_blocks", "full-response", "decision" },
  { "response_blocks", "full-response", "reasons" },
  { "response_blocks", "outcome", "decision" },
  { "response_blocks", "remedy", "remedies" },
  { "response_blocks", "right-to-escalate", "escalate" },
};

/* As they run for @who once the letter has gone, today: from then on it is counted by when they are answered and
 * until when they may ask for more. */
static GPtrArray *
compute_clocks (const AmendsCase *complaint,
                const AmendsRules *rules,
                AmendsLetterKind kind,
                const char *who,
                AmendsDay today)
{
  const AmendsClockEvent sent = {
    .kind = kinds[kind].sent,
    .day = today,
    .delivered_day = AMENDS_DAY_NONE,
  };
  g_autoptr (GArray) events =
      amends_case_dup_clock_events (complaint, who != NULL ? who : AMENDS_COMPLAINANT_FIRST);

  if (sent.kind != AMENDS_CLOCK_EVENT_NONE)
    g_array_append_val (events, sent);
  amends_clock_history_tidy (events, today);
  return amends_clocks_compute (rules->policy, rules->code, rules->calendar, events, today);
}

/* What the landlord asks for. */

/* A landlord names the blocks of both stages once where they are the same. */
static const AmendsPolicyRule *
find_stage (const AmendsLetterWriter *self, const char *key)
{
  const AmendsPolicyRule *rule =
      self->rules->policy != NULL
          ? amends_policy_find_rule (self->rules->policy, "stage", self->stage == 2 ? "2" : "1")
          : NULL;

  if (rule != NULL && amends_policy_rule_get (rule, key) == NULL && self->stage == 2)
    rule = amends_policy_find_rule (self->rules->policy, "stage", "1");
  return rule;
}

/* (nullable): the clause by which the landlord asks for a block. */
static char *
find_clause (const AmendsLetterWriter *self, const char *name)
{
  const char *key = kinds[self->letter->kind].key;
  const AmendsPolicyRule *rule = key != NULL ? find_stage (self, key) : NULL;
  g_auto (GStrv) asked = rule != NULL ? amends_policy_rule_get_list (rule, key) : NULL;

  for (gsize i = 0; asked != NULL && i < G_N_ELEMENTS (landlords_words); i++)
    if (strcmp (landlords_words[i].key, key) == 0 && strcmp (landlords_words[i].name, name) == 0
        && g_strv_contains ((const char *const *) asked, landlords_words[i].asked))
      return g_strdup (rule->clause);
  return NULL;
}

static char *
find_rule_clause (const AmendsLetterWriter *self, const char *kind, const char *name)
{
  const AmendsPolicyRule *rule = self->rules->policy != NULL
                                     ? amends_policy_find_rule (self->rules->policy, kind, name)
                                     : NULL;

  return rule != NULL && *rule->clause != '\0' ? g_strdup (rule->clause) : NULL;
}

/* What stands elsewhere in an edition than in its list of blocks. */
static char *
find_other_clause (const AmendsLetterWriter *self, const char *name)
{
  if (strcmp (name, "no-admission") == 0)
    return find_rule_clause (self, "letter", "no-admission");
  if (strcmp (name, "ombudsman") == 0)
    return find_rule_clause (self, "rule", "ombudsman-told");
  return NULL;
}

static gboolean
is_known_word (const char *key, const char *word)
{
  for (gsize i = 0; i < G_N_ELEMENTS (landlords_words); i++)
    if (strcmp (landlords_words[i].key, key) == 0 && strcmp (landlords_words[i].asked, word) == 0)
      return TRUE;
  return FALSE;
}

static void
add_unknown_words (const AmendsPolicyRule *rule, const char *key, GPtrArray *words)
{
  g_auto (GStrv) asked = rule != NULL ? amends_policy_rule_get_list (rule, key) : NULL;

  for (gsize i = 0; asked != NULL && asked[i] != NULL; i++)
    if (!is_known_word (key, asked[i])
        && !g_ptr_array_find_with_equal_func (words, asked[i], g_str_equal, NULL))
      g_ptr_array_add (words, g_strdup (asked[i]));
}

/**
 * amends_letter_list_unknown_words:
 * @policy: an edition
 *
 * What a landlord asks for under a word that nothing is written under is a gap in each such letter, which then can be
 * neither approved nor sent: whoever publishes it is to know.
 * Returns: (transfer full) (element-type utf8): those words
 */
GPtrArray *
amends_letter_list_unknown_words (const AmendsPolicy *policy)
{
  static const char *const keys[] = { "acknowledgement_blocks", "response_blocks" };
  static const char *const stages[] = { "1", "2" };
  GPtrArray *words = g_ptr_array_new_with_free_func (g_free);

  for (gsize s = 0; s < G_N_ELEMENTS (stages); s++)
    for (gsize k = 0; k < G_N_ELEMENTS (keys); k++)
      add_unknown_words (amends_policy_find_rule (policy, "stage", stages[s]), keys[k], words);
  return words;
}

static AmendsLetterBlock *
create_block (void)
{
  AmendsLetterBlock *block = g_new0 (AmendsLetterBlock, 1);

  block->paragraphs = g_ptr_array_new_with_free_func (g_free);
  block->items = g_ptr_array_new_with_free_func (g_free);
  block->choices = g_ptr_array_new_with_free_func (g_free);
  block->fields = g_ptr_array_new_with_free_func (g_free);
  return block;
}

static void
free_block (AmendsLetterBlock *block)
{
  g_ptr_array_unref (block->paragraphs);
  g_ptr_array_unref (block->items);
  g_ptr_array_unref (block->choices);
  g_ptr_array_unref (block->fields);
  g_free (block->clause);
  g_free (block->missing);
  g_free (block);
}

/* What the landlord asks for under a word that nothing here is written under is a gap, and not a silence. */
static void
add_unknown_blocks (AmendsLetterWriter *self)
{
  const char *key = kinds[self->letter->kind].key;
  const AmendsPolicyRule *rule = key != NULL ? find_stage (self, key) : NULL;
  g_auto (GStrv) asked = rule != NULL ? amends_policy_rule_get_list (rule, key) : NULL;

  for (gsize i = 0; asked != NULL && asked[i] != NULL; i++)
    if (!is_known_word (key, asked[i]))
      {
        AmendsLetterBlock *block = create_block ();

        block->name = "unknown";
        block->clause = g_strdup (rule->clause);
        block->missing =
            g_strdup_printf ("The landlord asks for “%s”, for which there is no text", asked[i]);
        g_ptr_array_add (self->letter->blocks, block);
      }
}

/* Two people wrote different things, and nobody has settled which is right: a letter says neither. */
static void
check_settled (AmendsLetterWriter *self, AmendsLetterBlock *block)
{
  for (guint i = 0; i < amends_case_get_n_conflicts (self->complaint); i++)
    {
      const char *name = amends_case_get_conflict (self->complaint, i)->name;

      if (g_ptr_array_find_with_equal_func (self->read, name, g_str_equal, NULL))
        amends_letter_lack (block, "Two people wrote different things of “%s”: settle which holds",
                            name);
    }
}

static gboolean
is_empty (const AmendsLetterBlock *block)
{
  return block->paragraphs->len + block->items->len + block->choices->len + block->fields->len == 0;
}

/* A block that nobody asks for stands if there is something to say. The first is what the letter is about. */
static void
add_block (AmendsLetterWriter *self, const Wanted *wanted)
{
  AmendsLetterBlock *block = create_block ();
  g_autofree char *heading = g_strconcat (wanted->name, ".heading", NULL);
  g_autofree char *question = g_strconcat (wanted->name, ".question", NULL);
  gboolean is_asked;

  block->name = wanted->name;
  block->heading = amends_letter_texts_get (self->texts, heading);
  block->question = amends_letter_texts_get (self->texts, question);
  block->provision = wanted->provision;
  block->clause = find_clause (self, wanted->name);
  if (block->clause == NULL)
    block->clause = find_other_clause (self, wanted->name);
  g_ptr_array_set_size (self->read, 0);
  amends_letter_get_fill (wanted->name) (self, block);
  check_settled (self, block);

  is_asked = block->clause != NULL || block->provision != NULL
             || wanted == kinds[self->letter->kind].blocks;
  if (!is_asked
      && (block->missing != NULL || is_empty (block) || strcmp (wanted->name, "no-admission") == 0))
    free_block (block);
  else
    g_ptr_array_add (self->letter->blocks, block);
}

/* What was refused is told of by itself, and what goes on in another case is answered there. */
static GPtrArray *
list_issues (const AmendsCase *complaint)
{
  static const char *const gone[] = { "declined_issues.", "split_issues." };
  GPtrArray *issues = g_ptr_array_new ();

  for (guint i = 0; i < amends_case_get_n_issues (complaint); i++)
    {
      const AmendsIssue *issue = amends_case_get_issue (complaint, i);
      g_autofree char *id = amends_id_format (&issue->id);
      gboolean is_gone = FALSE;

      for (gsize n = 0; n < G_N_ELEMENTS (gone); n++)
        {
          g_autofree char *field = g_strconcat (gone[n], id, NULL);

          is_gone = is_gone || json_is_object (amends_case_get_value (complaint, field));
        }
      if (!is_gone)
        g_ptr_array_add (issues, (gpointer) issue);
    }
  return issues;
}

/* What somebody brings back, rings about or sends on, so that its case is found; not what goes to whoever writes for
 * them, who is not told that there is one. */
static gboolean
has_code (AmendsLetterKind kind)
{
  return kinds[kind].way == TO_COMPLAINANT_AND_BACK || kind == AMENDS_LETTER_APPOINTMENT
         || kind == AMENDS_LETTER_WITHDRAWAL || kind == AMENDS_LETTER_FORWARDING;
}

static void
write_head (AmendsLetterWriter *self, const char *sender)
{
  AmendsLetter *letter = self->letter;
  const LetterKind *kind = &kinds[letter->kind];
  const char *reference = amends_case_get_text (self->complaint, "reference");

  letter->language = g_strdup (amends_letter_texts_get_language (self->texts));
  letter->title = amends_letter_texts_dup_named (self->texts, "title", kind->name);
  amends_letter_set_recipient (self, reference);
  letter->day = amends_letter_texts_dup_day (self->texts, self->today);
  letter->greeting =
      letter->addressee != NULL
          ? amends_letter_texts_fill (self->texts, "words.greeting", "name", letter->addressee,
                                      NULL)
          : g_strdup (amends_letter_texts_get (self->texts, "words.greeting-nobody"));
  amends_letter_set_opening (self);
  if (kind->way != TO_COMPLAINANT_AND_BACK)
    {
      letter->farewell = g_strdup (amends_letter_texts_get (self->texts, "words.farewell"));
      letter->sender = g_strdup (sender);
    }
  if (has_code (letter->kind))
    letter->code = g_strdup (reference);
  if (self->rules->policy != NULL)
    letter->landlord = g_strdup (amends_policy_get_landlord (self->rules->policy));
}

/**
 * amends_letter_new_to:
 * @complaint: the case
 * @rules: what it is judged by
 * @texts: the words, in the language in which it is written; they must outlive the letter
 * @kind: which letter
 * @to: to whom; what goes to somebody who writes for them anyway, and a form, is not asked about it
 * @sender: (nullable): who writes it
 * @today: its date
 *
 * Source: Complaint Handling Code 2024, 2.4, 3.7, 5.6 to 5.9, 6.2 to 6.19; One Housing 6.4.1; Housing 21, 7.2;
 * Rosebery 8.1; WDH 2.24; Reliance 4.1.1.
 * Returns: (transfer full): the letter, with its gaps where something is missing
 */
AmendsLetter *
amends_letter_new_to (const AmendsCase *complaint,
                      const AmendsRules *rules,
                      const AmendsLetterTexts *texts,
                      AmendsLetterKind kind,
                      const AmendsLetterTo *to,
                      const char *sender,
                      AmendsDay today)
{
  AmendsLetter *letter = g_new0 (AmendsLetter, 1);
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GPtrArray) issues = NULL;
  g_autoptr (GPtrArray) read = g_ptr_array_new_with_free_func (g_free);
  AmendsLetterWriter self = { complaint, rules, texts,    letter, NULL, NULL,
                              read,      1,     { NULL }, TRUE,   today };

  g_return_val_if_fail (complaint != NULL && rules != NULL && texts != NULL, NULL);
  g_return_val_if_fail ((guint) kind < AMENDS_LETTER_N_KINDS, NULL);

  rows = compute_clocks (complaint, rules, kind, to->who, today);
  self.rows = rows;
  issues = list_issues (complaint);
  self.issues = issues;
  self.stage = kinds[kind].stage;
  if (kinds[kind].way == TO_COMPLAINANT)
    self.to = *to;
  self.is_theirs = amends_letter_kind_is_theirs (kind) && self.to.representative == NULL;
  letter->kind = kind;
  letter->blocks = g_ptr_array_new_with_free_func ((GDestroyNotify) free_block);
  letter->warnings = g_ptr_array_new_with_free_func (g_free);
  write_head (&self, sender);
  for (const Wanted *wanted = kinds[kind].blocks; wanted->name != NULL; wanted++)
    add_block (&self, wanted);
  add_unknown_blocks (&self);
  amends_letter_check_recipient (&self);
  letter->is_asked_otherwise = amends_letter_is_asked_otherwise (&self);
  return letter;
}

/**
 * amends_letter_new:
 *
 * As amends_letter_new_to(), to the first complainant alone.
 */
AmendsLetter *
amends_letter_new (const AmendsCase *complaint,
                   const AmendsRules *rules,
                   const AmendsLetterTexts *texts,
                   AmendsLetterKind kind,
                   const char *sender,
                   AmendsDay today)
{
  const AmendsLetterTo to = { NULL };

  return amends_letter_new_to (complaint, rules, texts, kind, &to, sender, today);
}

/**
 * amends_letter_free:
 * @self: (nullable) (transfer full): a letter
 */
void
amends_letter_free (AmendsLetter *self)
{
  if (self == NULL)
    return;
  g_free (self->language);
  g_free (self->title);
  g_free (self->addressee);
  g_free (self->home);
  g_free (self->reference);
  g_free (self->code);
  g_free (self->day);
  g_free (self->greeting);
  g_free (self->opening);
  g_free (self->farewell);
  g_free (self->sender);
  g_free (self->landlord);
  g_ptr_array_unref (self->blocks);
  g_ptr_array_unref (self->warnings);
  g_strfreev (self->formats);
  g_free (self);
}

/**
 * amends_letter_count_missing:
 *
 * Returns: how many blocks that somebody asks for are missing; a letter with any is not whole
 */
guint
amends_letter_count_missing (const AmendsLetter *self)
{
  guint n_missing = 0;

  for (guint i = 0; i < self->blocks->len; i++)
    n_missing += ((AmendsLetterBlock *) g_ptr_array_index (self->blocks, i))->missing != NULL;
  return n_missing;
}

/* Showing. */

static json_t *
texts_to_json (const GPtrArray *texts)
{
  json_t *list = json_array ();

  for (guint i = 0; i < texts->len; i++)
    json_array_append_new (list, json_string (g_ptr_array_index (texts, i)));
  return list;
}

static json_t *
block_to_json (const AmendsLetterBlock *block)
{
  return json_pack ("{s:s, s:s?, s:o, s:o, s:o, s:o, s:s?, s:s?, s:s?}", "block", block->name,
                    "heading", block->heading, "paragraphs", texts_to_json (block->paragraphs),
                    "items", texts_to_json (block->items), "choices",
                    texts_to_json (block->choices), "fields", texts_to_json (block->fields),
                    "clause", block->clause, "provision", block->provision, "missing",
                    block->missing);
}

/**
 * amends_letter_to_json:
 *
 * Returns: (transfer full): the letter, block by block, with what asks for each
 */
json_t *
amends_letter_to_json (const AmendsLetter *self)
{
  json_t *blocks = json_array ();
  json_t *list = json_array ();

  for (guint i = 0; i < self->blocks->len; i++)
    json_array_append_new (blocks, block_to_json (g_ptr_array_index (self->blocks, i)));
  for (gsize i = 0; self->formats[i] != NULL; i++)
    json_array_append_new (list, json_string (self->formats[i]));
  return json_pack (
      "{s:s, s:s, s:s, s:s?, s:s?, s:s?, s:s?, s:s, s:s, s:s?, s:s?, s:s?, s:s?, s:o, s:i, "
      "s:o, s:i, s:o}",
      "letter", amends_letter_kind_to_string (self->kind), "language", self->language, "title",
      self->title, "to", self->addressee, "home", self->home, "reference", self->reference, "code",
      self->code, "day", self->day, "greeting", self->greeting, "opening", self->opening,
      "farewell", self->farewell, "from", self->sender, "landlord", self->landlord, "blocks",
      blocks, "missing", (int) amends_letter_count_missing (self), "formats", list, "print_size",
      (int) self->print_size, "warnings", texts_to_json (self->warnings));
}

static void
append_line (GString *text, const char *line)
{
  if (line != NULL)
    g_string_append_printf (text, "%s\n", line);
}

static void
append_block (GString *text, const AmendsLetterBlock *block)
{
  append_line (text, block->heading);
  for (guint i = 0; i < block->paragraphs->len; i++)
    append_line (text, g_ptr_array_index (block->paragraphs, i));
  for (guint i = 0; i < block->items->len; i++)
    g_string_append_printf (text, "• %s\n", (const char *) g_ptr_array_index (block->items, i));
  for (guint i = 0; i < block->choices->len; i++)
    g_string_append_printf (text, AMENDS_LETTER_CHOICE "%s\n",
                            (const char *) g_ptr_array_index (block->choices, i));
  for (guint i = 0; i < block->fields->len; i++)
    g_string_append_printf (text, "%s" AMENDS_LETTER_FIELD "\n",
                            (const char *) g_ptr_array_index (block->fields, i));
  if (block->missing != NULL)
    g_string_append_printf (text, "[%s]\n", block->missing);
  g_string_append_c (text, '\n');
}

/**
 * amends_letter_set_sender:
 * @sender: (nullable): who writes it
 *
 * Names somebody else at its end.
 */
void
amends_letter_set_sender (AmendsLetter *self, const char *sender)
{
  g_free (self->sender);
  self->sender = g_strdup (sender);
}

/**
 * amends_letter_to_text:
 *
 * Returns: (transfer full): the letter as plain text; a gap stands in square brackets
 */
char *
amends_letter_to_text (const AmendsLetter *self)
{
  g_autoptr (GString) text = g_string_new (NULL);

  append_line (text, self->landlord);
  append_line (text, self->addressee);
  append_line (text, self->home);
  append_line (text, self->day);
  append_line (text, self->reference);
  g_string_append_printf (text, "\n%s\n\n%s\n\n", self->title, self->greeting);
  if (self->opening != NULL)
    g_string_append_printf (text, "%s\n\n", self->opening);
  for (guint i = 0; i < self->blocks->len; i++)
    append_block (text, g_ptr_array_index (self->blocks, i));
  append_line (text, self->farewell);
  append_line (text, self->sender);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/**
 * amends_letter_is_print_size:
 * @size: points
 *
 * Returns: whether letters are printed in that size
 */
gboolean
amends_letter_is_print_size (int size)
{
  return size == AMENDS_LETTER_PRINT || size == AMENDS_LETTER_LARGE_PRINT
         || size == AMENDS_LETTER_LARGEST_PRINT;
}

/**
 * amends_letter_kind_to_string:
 *
 * Returns: (transfer none): "stage2-response"
 */
const char *
amends_letter_kind_to_string (AmendsLetterKind kind)
{
  g_return_val_if_fail ((guint) kind < AMENDS_LETTER_N_KINDS, NULL);

  return kinds[kind].name;
}

/**
 * amends_letter_kind_is_theirs:
 *
 * Returns: whether it goes to the complainant; else to somebody who writes for them, and is told nothing of them
 */
gboolean
amends_letter_kind_is_theirs (AmendsLetterKind kind)
{
  g_return_val_if_fail ((guint) kind < AMENDS_LETTER_N_KINDS, FALSE);

  return kinds[kind].way != TO_REPRESENTATIVE;
}

/**
 * amends_letter_kind_is_to_complainant:
 *
 * Returns: whether it is about the complaint, and goes to the complainant or to who acts for them: no form, and no
 *   receipt for somebody who writes for them
 */
gboolean
amends_letter_kind_is_to_complainant (AmendsLetterKind kind)
{
  g_return_val_if_fail ((guint) kind < AMENDS_LETTER_N_KINDS, FALSE);

  return kinds[kind].way == TO_COMPLAINANT;
}

/**
 * amends_letter_kind_from_string:
 * @name: "stage2-response"
 * @ret_kind: (out): which it is
 *
 * Returns: whether there is such a letter
 */
gboolean
amends_letter_kind_from_string (const char *name, AmendsLetterKind *ret_kind)
{
  for (guint i = 0; i < AMENDS_LETTER_N_KINDS; i++)
    if (strcmp (kinds[i].name, name) == 0)
      {
        *ret_kind = (AmendsLetterKind) i;
        return TRUE;
      }
  return FALSE;
}
