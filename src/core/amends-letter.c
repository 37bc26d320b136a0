/* amends-letter.c: a letter about a case, and what it must hold
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A letter is made of blocks. What a block says is taken from what is recorded in the case, so that a letter
 * and the record cannot differ; a block for which nothing is recorded says what is missing and stands in the
 * letter as a gap. Which blocks a letter must hold is the Code's to say and the landlord's: a landlord's own
 * texts can say them otherwise, and cannot leave one out. */

#include "core/amends-letter.h"

#include <string.h>

#include "core/amends-codes.h"
#include "core/amends-json.h"

#define MAX_BLOCKS 16
#define ISSUE_MAX_CHARS 80 /* of an issue, where only its beginning names it */
#define CHECKED_MONTHS 12  /* how old an address may be */

typedef struct
{
  const AmendsCase *complaint;
  const AmendsRules *rules;
  const AmendsLetterTexts *texts;
  AmendsLetter *letter;
  GPtrArray *rows;
  int stage;
  AmendsDay today;
} Writer;

/* Fills a block, or says why it cannot. */
typedef void (*Fill) (Writer *self, AmendsLetterBlock *block);

typedef struct
{
  const char *name;
  Fill fill;
} BlockKind;

/* A block of a letter, and what of the Code asks for it there; NULL for none. */
typedef struct
{
  const char *name;
  const char *provision;
} Wanted;

/* @sent: what a clock takes the sending for */
typedef struct
{
  const char *name;
  int stage;
  AmendsClockEventKind sent;
  Wanted blocks[MAX_BLOCKS];
} LetterKind;

/* Source: Complaint Handling Code 2024. Where a letter closes a stage the Ombudsman stands last (6.19). */
static const LetterKind kinds[AMENDS_LETTER_N_KINDS] = {
  [AMENDS_LETTER_ACKNOWLEDGEMENT] = { "acknowledgement",
                                      1,
                                      AMENDS_CLOCK_EVENT_ACKNOWLEDGED,
                                      { { "understanding", "6.2" },
                                        { "outcome", "6.2" },
                                        { "ours", NULL },
                                        { "handler", NULL },
                                        { "steps", NULL },
                                        { "when", NULL },
                                        { "adjustments", NULL },
                                        { "ombudsman", "3.7" } } },
  [AMENDS_LETTER_REFUSAL] = { "refusal",
                              1,
                              AMENDS_CLOCK_EVENT_NONE,
                              { { "ground", "2.4" },
                                { "instead", NULL },
                                { "ombudsman", "2.4" } } },
  [AMENDS_LETTER_EXTENSION] = { "extension",
                                1,
                                AMENDS_CLOCK_EVENT_NONE,
                                { { "reason", "6.4" },
                                  { "until", "6.4" },
                                  { "next-update", "5.12" },
                                  { "ombudsman", "6.5" } } },
  [AMENDS_LETTER_UPDATE] = { "update",
                             1,
                             AMENDS_CLOCK_EVENT_NONE,
                             { { "news", "6.6" },
                               { "actions", NULL },
                               { "next-update", NULL },
                               { "ombudsman", "3.7" } } },
  [AMENDS_LETTER_RESPONSE] = { "response",
                               1,
                               AMENDS_CLOCK_EVENT_RESPONDED,
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
                              { { "closure", NULL }, { "ombudsman", "3.7" } } },
  [AMENDS_LETTER_STAGE2_ACKNOWLEDGEMENT] = { "stage2-acknowledgement",
                                             2,
                                             AMENDS_CLOCK_EVENT_STAGE2_ACKNOWLEDGED,
                                             { { "understanding", "6.11" },
                                               { "outcome", "6.11" },
                                               { "ours", NULL },
                                               { "handler", NULL },
                                               { "steps", NULL },
                                               { "when", NULL },
                                               { "adjustments", NULL },
                                               { "ombudsman", "3.7" } } },
  [AMENDS_LETTER_ESCALATION_REFUSAL] = { "escalation-refusal",
                                         2,
                                         AMENDS_CLOCK_EVENT_NONE,
                                         { { "ground", "2.4" },
                                           { "instead", NULL },
                                           { "ombudsman", "2.4" } } },
  [AMENDS_LETTER_STAGE2_EXTENSION] = { "stage2-extension",
                                       2,
                                       AMENDS_CLOCK_EVENT_NONE,
                                       { { "reason", "6.15" },
                                         { "until", "6.15" },
                                         { "next-update", "5.12" },
                                         { "ombudsman", "6.16" } } },
  [AMENDS_LETTER_STAGE2_RESPONSE] = { "stage2-response",
                                      2,
                                      AMENDS_CLOCK_EVENT_NONE,
                                      { { "stage", "6.19" },
                                        { "understanding", "6.19" },
                                        { "decision", "6.19" },
                                        { "reasons", "6.19" },
                                        { "remedies", "6.19" },
                                        { "actions", "6.19" },
                                        { "no-admission", NULL },
                                        { "ombudsman", "6.19" } } },
  [AMENDS_LETTER_STAGE2_CLOSURE] = { "stage2-closure",
                                     2,
                                     AMENDS_CLOCK_EVENT_NONE,
                                     { { "closure", NULL }, { "ombudsman", "6.19" } } },
  [AMENDS_LETTER_THANKS] = { "thanks",
                             1,
                             AMENDS_CLOCK_EVENT_NONE,
                             { { "thanks", NULL }, { "ombudsman", NULL } } },
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

/* Saying things. */

static void
say (AmendsLetterBlock *block, const char *text)
{
  g_ptr_array_add (block->paragraphs, g_strdup (text));
}

static void
take (GPtrArray *texts, char *text)
{
  g_ptr_array_add (texts, text);
}

static void lack (AmendsLetterBlock *block, const char *format, ...) G_GNUC_PRINTF (2, 3);

/* The first reason stands: it is the one to begin with. */
static void
lack (AmendsLetterBlock *block, const char *format, ...)
{
  va_list args;

  if (block->missing != NULL)
    return;
  va_start (args, format);
  block->missing = g_strdup_vprintf (format, args);
  va_end (args);
}

static const char *
get_text (const json_t *body, const char *key)
{
  const char *text = json_string_value (json_object_get (body, key));

  return text != NULL && *text != '\0' ? text : NULL;
}

static const json_t *
get_act (const Writer *self, const char *at_stage_1, const char *at_stage_2)
{
  return amends_case_get_value (self->complaint, self->stage == 2 ? at_stage_2 : at_stage_1);
}

static char *
dup_day_of (const Writer *self, const json_t *body, const char *key)
{
  AmendsDay day = amends_day_from_json (body, key);

  return day != AMENDS_DAY_NONE ? amends_letter_texts_dup_day (self->texts, day) : NULL;
}

static char *
dup_received (const Writer *self)
{
  AmendsDay day;

  if (amends_day_parse (amends_case_get_text (self->complaint, "received"), &day, NULL))
    return amends_letter_texts_dup_day (self->texts, day);
  return g_strdup ("—");
}

/* As much of an issue as names it: its first line, and no more than goes into a sentence. */
static char *
dup_issue_name (const AmendsIssue *issue)
{
  g_autofree char *line = g_strndup (issue->what, strcspn (issue->what, "\n"));
  g_autofree char *start = NULL;

  g_strstrip (line);
  if (g_utf8_strlen (line, -1) <= ISSUE_MAX_CHARS)
    return g_steal_pointer (&line);
  start = g_utf8_substring (line, 0, ISSUE_MAX_CHARS - 1);
  return g_strconcat (start, "…", NULL);
}

static char *
dup_named (const Writer *self, const char *group, const char *code)
{
  g_autofree char *name = g_strdup_printf ("%s.%s", group, code);

  return g_strdup (amends_letter_texts_get (self->texts, name));
}

/* The clocks. */

static const AmendsClockRow *
find_row (const Writer *self, AmendsClockSource source, AmendsClockName name)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      const AmendsClockRow *row = g_ptr_array_index (self->rows, i);

      if (row->source == source && row->clock->name == name)
        return row;
    }
  return NULL;
}

/* The earlier day of the landlord's and the Code's; %AMENDS_DAY_NONE if neither has that clock. */
static AmendsDay
get_due_day (const Writer *self, AmendsClockName name)
{
  AmendsDay earliest = AMENDS_DAY_NONE;

  for (AmendsClockSource source = AMENDS_CLOCK_SOURCE_POLICY; source <= AMENDS_CLOCK_SOURCE_CODE;
       source++)
    {
      const AmendsClockRow *row = find_row (self, source, name);
      AmendsDay day = row != NULL ? amends_clock_row_get_governing_day (row) : AMENDS_DAY_NONE;

      if (day != AMENDS_DAY_NONE && (earliest == AMENDS_DAY_NONE || day < earliest))
        earliest = day;
    }
  return earliest;
}

static AmendsDay
get_response_day (const Writer *self)
{
  return get_due_day (self, self->stage == 2 ? AMENDS_CLOCK_STAGE2_RESPOND : AMENDS_CLOCK_RESPOND);
}

/* As they run once the letter has gone, today: from then on it is counted by when they are answered and until
 * when they may ask for more. */
static GPtrArray *
compute_clocks (const AmendsCase *complaint,
                const AmendsRules *rules,
                AmendsLetterKind kind,
                AmendsDay today)
{
  const AmendsClockEvent sent = {
    .kind = kinds[kind].sent,
    .day = today,
    .delivered_day = AMENDS_DAY_NONE,
  };
  g_autoptr (GArray) events = amends_case_dup_clock_events (complaint);

  if (sent.kind != AMENDS_CLOCK_EVENT_NONE)
    g_array_append_val (events, sent);
  amends_clock_history_tidy (events, today);
  return amends_clocks_compute (rules->policy, rules->code, rules->calendar, events, today);
}

/* The blocks. */

static void
fill_stage (Writer *self, AmendsLetterBlock *block)
{
  say (block,
       amends_letter_texts_get (self->texts, self->stage == 2 ? "stage.stage2" : "stage.stage1"));
}

static void
fill_understanding (Writer *self, AmendsLetterBlock *block)
{
  const json_t *defined = get_act (self, "defined", "stage2_defined");
  const char *agreed = get_text (defined, "understanding");
  g_autofree char *received = dup_received (self);

  take (block->paragraphs, amends_letter_texts_fill (self->texts,
                                                     agreed != NULL ? "understanding.agreed"
                                                                    : "understanding.recorded",
                                                     "received", received, NULL));
  if (agreed != NULL)
    take (block->items, g_strdup (agreed));
  for (guint i = 0; agreed == NULL && i < amends_case_get_n_issues (self->complaint); i++)
    take (block->items, g_strdup (amends_case_get_issue (self->complaint, i)->what));
  if (block->items->len == 0)
    lack (block, "No issue is recorded: say what the complaint is");
}

static void
fill_outcome (Writer *self, AmendsLetterBlock *block)
{
  const char *agreed = get_text (get_act (self, "defined", "stage2_defined"), "outcome_sought");

  if (agreed != NULL)
    take (block->items, g_strdup (agreed));
  for (guint i = 0; agreed == NULL && i < amends_case_get_n_issues (self->complaint); i++)
    {
      const AmendsIssue *issue = amends_case_get_issue (self->complaint, i);

      if (issue->outcome_sought != NULL)
        take (block->items, g_strdup (issue->outcome_sought));
    }
  say (block, amends_letter_texts_get (self->texts, block->items->len > 0 ? "outcome.sought"
                                                                          : "outcome.unknown"));
}

static void
fill_ours (Writer *self, AmendsLetterBlock *block)
{
  const json_t *not_ours =
      json_object_get (get_act (self, "defined", "stage2_defined"), "not_ours");

  if (json_is_string (not_ours))
    take (block->paragraphs, amends_letter_texts_fill (self->texts, "ours.part", "text",
                                                       json_string_value (not_ours), NULL));
  else if (json_is_false (not_ours))
    say (block, amends_letter_texts_get (self->texts, "ours.all"));
  else
    lack (block, "Nobody has said yet which of it is the landlord's to put right: agree what the "
                 "complaint is");
}

static void
fill_handler (Writer *self, AmendsLetterBlock *block)
{
  const json_t *person = json_object_get (get_act (self, "assigned", "stage2_assigned"), "to");
  const char *name = get_text (person, "name");
  const char *role = get_text (person, "role");
  g_autofree char *role_text = role != NULL ? dup_named (self, "role", role) : NULL;

  if (name == NULL)
    lack (block, "Nobody has it in hand yet: assign it");
  else if (role_text != NULL)
    take (block->paragraphs, amends_letter_texts_fill (self->texts, "handler.role", "name", name,
                                                       "role", role_text, NULL));
  else
    take (block->paragraphs,
          amends_letter_texts_fill (self->texts, "handler.named", "name", name, NULL));
}

static void
fill_day (Writer *self, AmendsLetterBlock *block, AmendsDay day, const char *text)
{
  g_autofree char *shown = amends_letter_texts_dup_day (self->texts, day);

  take (block->paragraphs, amends_letter_texts_fill (self->texts, text, "day", shown, NULL));
}

static void
fill_when (Writer *self, AmendsLetterBlock *block)
{
  AmendsDay day = get_response_day (self);

  if (day == AMENDS_DAY_NONE)
    lack (block, "No clock says by when it is to be answered");
  else
    fill_day (self, block, day, "when.day");
}

static void
fill_adjustments (Writer *self, AmendsLetterBlock *block)
{
  for (guint i = 0; i < amends_case_get_n_adjustments (self->complaint); i++)
    {
      const AmendsAdjustment *adjustment = amends_case_get_adjustment (self->complaint, i);
      g_autofree char *need = dup_named (self, "adjustment", adjustment->need);

      if (adjustment->ended != NULL || need == NULL)
        continue;
      take (block->items, adjustment->detail != NULL
                              ? amends_letter_texts_fill (self->texts, "words.part", "text", need,
                                                          "more", adjustment->detail, NULL)
                              : g_strdup (need));
    }
  say (block, amends_letter_texts_get (self->texts, block->items->len > 0 ? "adjustments.asked"
                                                                          : "adjustments.none"));
}

static const json_t *
get_finding (const Writer *self, const AmendsIssue *issue)
{
  g_autofree char *id = amends_id_format (&issue->id);
  g_autofree char *name =
      g_strconcat (self->stage == 2 ? "stage2_findings." : "findings.", id, NULL);

  return amends_case_get_value (self->complaint, name);
}

static char *
dup_about (const Writer *self, const AmendsIssue *issue, const char *text)
{
  g_autofree char *name = NULL;

  if (amends_case_get_n_issues (self->complaint) == 1)
    return g_strdup (text);
  name = dup_issue_name (issue);
  return amends_letter_texts_fill (self->texts, "words.issue", "issue", name, "text", text, NULL);
}

static void
fill_decision (Writer *self, AmendsLetterBlock *block)
{
  for (guint i = 0; i < amends_case_get_n_issues (self->complaint); i++)
    {
      const AmendsIssue *issue = amends_case_get_issue (self->complaint, i);
      const char *finding = get_text (get_finding (self, issue), "finding");
      g_autofree char *text = finding != NULL ? dup_named (self, "finding", finding) : NULL;
      g_autofree char *name = dup_issue_name (issue);

      if (text != NULL)
        take (block->items, dup_about (self, issue, text));
      else
        lack (block, "Nothing is found yet about “%s”: record the finding", name);
    }
}

static void
fill_reasons (Writer *self, AmendsLetterBlock *block)
{
  for (guint i = 0; i < amends_case_get_n_issues (self->complaint); i++)
    {
      const AmendsIssue *issue = amends_case_get_issue (self->complaint, i);
      const char *reasons = get_text (get_finding (self, issue), "reasons");
      g_autofree char *name = dup_issue_name (issue);

      if (reasons != NULL)
        take (block->items, dup_about (self, issue, reasons));
      else
        lack (block, "No reasons are recorded for “%s”: record them with the finding", name);
    }
}

static gboolean
is_anything_upheld (const Writer *self)
{
  for (guint i = 0; i < amends_case_get_n_issues (self->complaint); i++)
    {
      const char *finding =
          get_text (get_finding (self, amends_case_get_issue (self->complaint, i)), "finding");

      if (g_strcmp0 (finding, "upheld") == 0 || g_strcmp0 (finding, "partly-upheld") == 0)
        return TRUE;
    }
  return FALSE;
}

/* "What: more, by day" of what was promised. */
static char *
dup_promise (const Writer *self, const char *what, const json_t *body)
{
  g_autofree char *day = dup_day_of (self, body, "due");

  return day != NULL ? amends_letter_texts_fill (self->texts, "words.by-day", "text", what, "day",
                                                 day, NULL)
                     : g_strdup (what);
}

static char *
dup_money (const Writer *self, const json_t *body)
{
  const json_t *pence = json_object_get (body, "net_pence");
  g_autofree char *amount = NULL;

  if (!json_is_integer (pence))
    pence = json_object_get (body, "gross_pence");
  if (!json_is_integer (pence))
    return NULL;
  amount = g_strdup_printf ("%" JSON_INTEGER_FORMAT ".%02d", json_integer_value (pence) / 100,
                            (int) (json_integer_value (pence) % 100));
  return amends_letter_texts_fill (self->texts, "words.money", "amount", amount, NULL);
}

static char *
dup_remedy (const Writer *self, const json_t *body)
{
  g_autofree char *kind = dup_named (self, "remedy", get_text (body, "remedy"));
  g_autofree char *money = dup_money (self, body);
  const char *what =
      get_text (body, "what") != NULL ? get_text (body, "what") : get_text (body, "detail");
  g_autofree char *with_what = NULL;
  g_autofree char *whole = NULL;

  if (what == NULL)
    what = money;
  with_what = what != NULL ? amends_letter_texts_fill (self->texts, "words.part", "text", kind,
                                                       "more", what, NULL)
                           : g_strdup (kind);
  whole = what != money && money != NULL
              ? amends_letter_texts_fill (self->texts, "words.part", "text", with_what, "more",
                                          money, NULL)
              : g_strdup (with_what);
  return dup_promise (self, whole, body);
}

static const AmendsHistoryEntry *
get_act_at (const Writer *self, guint i, AmendsEventType type)
{
  const AmendsHistoryEntry *entry = amends_case_get_history (self->complaint, i);

  return entry->type == type && entry->body != NULL && !entry->is_overruled ? entry : NULL;
}

static void
fill_remedies (Writer *self, AmendsLetterBlock *block)
{
  gboolean is_none = FALSE;

  for (guint i = 0; i < amends_case_get_n_history (self->complaint); i++)
    {
      const AmendsHistoryEntry *entry = get_act_at (self, i, AMENDS_EVENT_CASE_REMEDY_OFFERED);

      if (entry == NULL)
        continue;
      if (g_strcmp0 (get_text (entry->body, "remedy"), "none") == 0)
        is_none = TRUE;
      else
        take (block->items, dup_remedy (self, entry->body));
    }
  if (block->items->len > 0)
    return;
  if (is_none || !is_anything_upheld (self))
    say (block, amends_letter_texts_get (self->texts, "remedies.none"));
  else
    lack (block,
          "Something is upheld and nothing is offered: record a remedy, or that there is none");
}

static const char *
get_promise (const AmendsHistoryEntry *entry)
{
  return entry->type == AMENDS_EVENT_CASE_ACTION_ADDED || entry->type == AMENDS_EVENT_CASE_ORDER
             ? get_text (entry->body, "what")
             : NULL;
}

static void
list_actions (Writer *self, AmendsLetterBlock *block)
{
  for (guint i = 0; i < amends_case_get_n_history (self->complaint); i++)
    {
      const AmendsHistoryEntry *entry = amends_case_get_history (self->complaint, i);
      const char *what = entry->body != NULL ? get_promise (entry) : NULL;

      if (what == NULL || entry->is_overruled
          || !amends_case_is_open_promise (self->complaint, entry))
        continue;
      take (block->items, dup_promise (self, what, entry->body));
      if (amends_day_from_json (entry->body, "due") == AMENDS_DAY_NONE)
        lack (block, "“%s” has no date: say by when it is done", what);
    }
}

static void
fill_actions (Writer *self, AmendsLetterBlock *block)
{
  list_actions (self, block);
  if (block->items->len == 0)
    say (block, amends_letter_texts_get (self->texts, "actions.none"));
}

static void
fill_steps (Writer *self, AmendsLetterBlock *block)
{
  say (block, amends_letter_texts_get (self->texts, "steps.text"));
  list_actions (self, block);
}

/* Only the landlord's edition has a window, and not each. */
static void
fill_escalate (Writer *self, AmendsLetterBlock *block)
{
  const AmendsClockRow *row = find_row (self, AMENDS_CLOCK_SOURCE_POLICY, AMENDS_CLOCK_ESCALATE);

  if (row != NULL && row->due_day != AMENDS_DAY_NONE)
    fill_day (self, block, row->due_day, "escalate.day");
  else
    say (block, amends_letter_texts_get (self->texts, "escalate.any"));
}

static void
fill_no_admission (Writer *self, AmendsLetterBlock *block)
{
  say (block, amends_letter_texts_get (self->texts, "no-admission.text"));
}

static void
fill_reason (Writer *self, AmendsLetterBlock *block)
{
  const char *reason = get_text (get_act (self, "extended", "stage2_extended"), "reason");

  if (reason != NULL)
    say (block, reason);
  else
    lack (block, "No extension is recorded: decide it, with its reason");
}

static void
fill_until (Writer *self, AmendsLetterBlock *block)
{
  AmendsDay day = get_response_day (self);

  if (get_act (self, "extended", "stage2_extended") == NULL || day == AMENDS_DAY_NONE)
    lack (block, "No extension is recorded: decide it, with its length");
  else
    fill_day (self, block, day, "until.day");
}

/* The last update; there are many. */
static const json_t *
find_update (const Writer *self)
{
  const json_t *update = NULL;

  for (guint i = 0; i < amends_case_get_n_history (self->complaint); i++)
    {
      const AmendsHistoryEntry *entry = get_act_at (self, i, AMENDS_EVENT_CASE_UPDATED);

      if (entry != NULL)
        update = entry->body;
    }
  return update;
}

static void
fill_next_update (Writer *self, AmendsLetterBlock *block)
{
  const json_t *body = self->letter->kind == AMENDS_LETTER_UPDATE
                           ? find_update (self)
                           : get_act (self, "extended", "stage2_extended");
  AmendsDay day = amends_day_from_json (body, "next_update");

  if (day == AMENDS_DAY_NONE)
    lack (block, "No day is agreed on which they hear next: record it");
  else
    fill_day (self, block, day, "next-update.day");
}

static void
fill_news (Writer *self, AmendsLetterBlock *block)
{
  const char *text = get_text (find_update (self), "text");

  if (text != NULL)
    say (block, text);
  else
    lack (block, "No update is recorded: write what there is to say");
}

static const json_t *
get_refusal (const Writer *self)
{
  return amends_case_get_value (self->complaint,
                                self->letter->kind == AMENDS_LETTER_ESCALATION_REFUSAL
                                    ? "escalation_refused"
                                    : "declined");
}

static void
fill_ground (Writer *self, AmendsLetterBlock *block)
{
  const char *reasons = get_text (get_refusal (self), "reasons");

  if (reasons != NULL)
    say (block, reasons);
  else
    lack (block, "No refusal is recorded: decide it, with its reasons");
}

static void
fill_instead (Writer *self, AmendsLetterBlock *block)
{
  const char *instead = get_text (get_refusal (self), "instead");

  if (instead != NULL)
    say (block, instead);
  else
    lack (block, "Nothing is recorded that they can do instead");
}

static void
fill_closure (Writer *self, AmendsLetterBlock *block)
{
  const char *text = get_text (get_act (self, "closed", "stage2_closed"), "text");

  if (text != NULL)
    say (block, text);
  else
    lack (block, "It is not closed with a word on why: close it, and say why");
}

static void
fill_thanks (Writer *self, AmendsLetterBlock *block)
{
  g_autofree char *received = dup_received (self);

  take (block->paragraphs,
        amends_letter_texts_fill (self->texts, "thanks.text", "received", received, NULL));
  for (guint i = 0; i < amends_case_get_n_issues (self->complaint); i++)
    take (block->items, g_strdup (amends_case_get_issue (self->complaint, i)->what));
}

/* The landlord's own entry if it can be used: printed documents bear addresses that are no longer. */
static const AmendsPolicyRule *
find_ombudsman (const Writer *self)
{
  const AmendsPolicyRule *own =
      self->rules->policy != NULL
          ? amends_policy_find_rule (self->rules->policy, "external", "housing-ombudsman")
          : NULL;

  if (own != NULL && amends_policy_rule_get (own, "stale") == NULL
      && amends_policy_rule_get (own, "telephone") != NULL
      && amends_policy_rule_get (own, "address") != NULL)
    return own;
  return amends_policy_find_rule (self->rules->code, "external", "housing-ombudsman");
}

static void
check_ombudsman (Writer *self, const AmendsPolicyRule *rule)
{
  const char *checked = amends_policy_rule_get (rule, "checked_on");
  AmendsDay day;

  if (checked == NULL || !amends_day_parse (checked, &day, NULL)
      || amends_day_add_months (day, CHECKED_MONTHS) < self->today)
    take (self->letter->warnings,
          g_strdup_printf ("The Ombudsman's details were last checked on %s: look whether they "
                           "still hold",
                           checked != NULL ? checked : "no day that is known"));
}

static void
fill_ombudsman (Writer *self, AmendsLetterBlock *block)
{
  static const char *const ways[] = { "telephone", "web", "address" };
  const AmendsPolicyRule *rule = find_ombudsman (self);
  const char *text = "ombudsman.advice";

  if (rule == NULL || amends_policy_rule_get (rule, "name") == NULL)
    {
      lack (block,
            "The Ombudsman's details stand neither in the landlord's edition nor in the Code");
      return;
    }
  if (self->letter->kind == AMENDS_LETTER_REFUSAL
      || self->letter->kind == AMENDS_LETTER_ESCALATION_REFUSAL)
    text = "ombudsman.decision";
  else if (self->letter->kind == AMENDS_LETTER_STAGE2_RESPONSE
           || self->letter->kind == AMENDS_LETTER_STAGE2_CLOSURE)
    text = "ombudsman.final";
  take (block->paragraphs, amends_letter_texts_fill (self->texts, text, "body",
                                                     amends_policy_rule_get (rule, "name"), NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (ways); i++)
    {
      const char *value = amends_policy_rule_get (rule, ways[i]);
      g_autofree char *name = g_strconcat ("ombudsman.", ways[i], NULL);

      if (value != NULL)
        take (block->items, amends_letter_texts_fill (self->texts, name, "text", value, NULL));
    }
  if (block->items->len == 0)
    lack (block, "Nothing says how the Ombudsman is reached");
  check_ombudsman (self, rule);
}

static const BlockKind block_kinds[] = {
  { "stage", fill_stage },
  { "understanding", fill_understanding },
  { "outcome", fill_outcome },
  { "ours", fill_ours },
  { "handler", fill_handler },
  { "steps", fill_steps },
  { "when", fill_when },
  { "adjustments", fill_adjustments },
  { "decision", fill_decision },
  { "reasons", fill_reasons },
  { "remedies", fill_remedies },
  { "actions", fill_actions },
  { "no-admission", fill_no_admission },
  { "escalate", fill_escalate },
  { "reason", fill_reason },
  { "until", fill_until },
  { "next-update", fill_next_update },
  { "news", fill_news },
  { "ground", fill_ground },
  { "instead", fill_instead },
  { "closure", fill_closure },
  { "thanks", fill_thanks },
  { "ombudsman", fill_ombudsman },
};

static Fill
get_fill (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (block_kinds); i++)
    if (strcmp (block_kinds[i].name, name) == 0)
      return block_kinds[i].fill;
  g_assert_not_reached ();
}

/* What the landlord asks for. */

static const char *
get_key_of (AmendsLetterKind kind)
{
  switch (kind)
    {
    case AMENDS_LETTER_ACKNOWLEDGEMENT:
    case AMENDS_LETTER_STAGE2_ACKNOWLEDGEMENT:
      return "acknowledgement_blocks";
    case AMENDS_LETTER_RESPONSE:
    case AMENDS_LETTER_STAGE2_RESPONSE:
      return "response_blocks";
    case AMENDS_LETTER_REFUSAL:
    case AMENDS_LETTER_EXTENSION:
    case AMENDS_LETTER_UPDATE:
    case AMENDS_LETTER_CLOSURE:
    case AMENDS_LETTER_ESCALATION_REFUSAL:
    case AMENDS_LETTER_STAGE2_EXTENSION:
    case AMENDS_LETTER_STAGE2_CLOSURE:
    case AMENDS_LETTER_THANKS:
      return NULL;
    }
  return NULL;
}

/* A landlord names the blocks of both stages once where they are the same. */
static const AmendsPolicyRule *
find_stage (const Writer *self, const char *key)
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
find_clause (const Writer *self, const char *name)
{
  const char *key = get_key_of (self->letter->kind);
  const AmendsPolicyRule *rule = key != NULL ? find_stage (self, key) : NULL;
  g_auto (GStrv) asked = rule != NULL ? amends_policy_rule_get_list (rule, key) : NULL;

  for (gsize i = 0; asked != NULL && i < G_N_ELEMENTS (landlords_words); i++)
    if (strcmp (landlords_words[i].key, key) == 0 && strcmp (landlords_words[i].name, name) == 0
        && g_strv_contains ((const char *const *) asked, landlords_words[i].asked))
      return g_strdup (rule->clause);
  return NULL;
}

static char *
find_rule_clause (const Writer *self, const char *kind, const char *name)
{
  const AmendsPolicyRule *rule = self->rules->policy != NULL
                                     ? amends_policy_find_rule (self->rules->policy, kind, name)
                                     : NULL;

  return rule != NULL && *rule->clause != '\0' ? g_strdup (rule->clause) : NULL;
}

/* What stands elsewhere in an edition than in its list of blocks. */
static char *
find_other_clause (const Writer *self, const char *name)
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

/* What the landlord asks for under a word that nothing here is written under is a gap, and not a silence. */
static void
add_unknown_blocks (Writer *self)
{
  const char *key = get_key_of (self->letter->kind);
  const AmendsPolicyRule *rule = key != NULL ? find_stage (self, key) : NULL;
  g_auto (GStrv) asked = rule != NULL ? amends_policy_rule_get_list (rule, key) : NULL;

  for (gsize i = 0; asked != NULL && asked[i] != NULL; i++)
    if (!is_known_word (key, asked[i]))
      {
        AmendsLetterBlock *block = g_new0 (AmendsLetterBlock, 1);

        block->name = "unknown";
        block->paragraphs = g_ptr_array_new_with_free_func (g_free);
        block->items = g_ptr_array_new_with_free_func (g_free);
        block->clause = g_strdup (rule->clause);
        block->missing =
            g_strdup_printf ("The landlord asks for “%s”, for which there is no text", asked[i]);
        g_ptr_array_add (self->letter->blocks, block);
      }
}

static void
free_block (AmendsLetterBlock *block)
{
  g_ptr_array_unref (block->paragraphs);
  g_ptr_array_unref (block->items);
  g_free (block->clause);
  g_free (block->missing);
  g_free (block);
}

/* A block that nobody asks for stands if there is something to say. */
static void
add_block (Writer *self, const Wanted *wanted)
{
  AmendsLetterBlock *block = g_new0 (AmendsLetterBlock, 1);
  g_autofree char *heading = g_strconcat (wanted->name, ".heading", NULL);
  gboolean is_asked;

  block->name = wanted->name;
  block->heading = amends_letter_texts_get (self->texts, heading);
  block->provision = wanted->provision;
  block->paragraphs = g_ptr_array_new_with_free_func (g_free);
  block->items = g_ptr_array_new_with_free_func (g_free);
  block->clause = find_clause (self, wanted->name);
  if (block->clause == NULL)
    block->clause = find_other_clause (self, wanted->name);
  get_fill (wanted->name) (self, block);

  is_asked = block->clause != NULL || block->provision != NULL;
  if ((block->missing != NULL || strcmp (wanted->name, "no-admission") == 0) && !is_asked)
    free_block (block);
  else
    g_ptr_array_add (self->letter->blocks, block);
}

/* To whom, and how. */

static const char *const formats[] = { "large-print", "easy-read",      "braille",     "audio",
                                       "plain-text",  "coloured-paper", "translation", NULL };

static char **
list_formats (const Writer *self)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < amends_case_get_n_adjustments (self->complaint); i++)
    {
      const AmendsAdjustment *adjustment = amends_case_get_adjustment (self->complaint, i);

      if (adjustment->ended == NULL && g_strv_contains (formats, adjustment->need))
        g_strv_builder_add (builder, adjustment->need);
    }
  return g_strv_builder_end (builder);
}

/* What was agreed of how to reach them is said before a letter goes where somebody else opens it. */
static void
check_contact (Writer *self)
{
  const json_t *safe = amends_case_get_value (self->complaint, "complainant.safe_contact");
  const json_t *methods = json_object_get (safe, "methods");
  gboolean has_letter = FALSE;

  for (gsize i = 0; i < json_array_size (methods); i++)
    has_letter =
        has_letter || g_strcmp0 (json_string_value (json_array_get (methods, i)), "letter") == 0;
  if (json_array_size (methods) > 0 && !has_letter)
    take (self->letter->warnings,
          g_strdup ("A letter is not among the safe ways to reach them: ask before you send it"));
  if (self->letter->addressee == NULL)
    take (self->letter->warnings,
          g_strdup ("They gave no name, so that it can be sent to nobody: keep it with the case"));
  for (guint i = 0; i < amends_case_get_n_adjustments (self->complaint); i++)
    {
      const AmendsAdjustment *adjustment = amends_case_get_adjustment (self->complaint, i);

      if (adjustment->ended == NULL
          && (strcmp (adjustment->need, "telephone-not-letter") == 0
              || strcmp (adjustment->need, "email-not-letter") == 0))
        take (self->letter->warnings,
              g_strdup_printf ("They asked for: %s",
                               amends_codes_get_label (amends_codes_get_list ("adjustment"),
                                                       adjustment->need)));
    }
}

static void
write_head (Writer *self, const char *sender)
{
  AmendsLetter *letter = self->letter;
  const LetterKind *kind = &kinds[letter->kind];
  const char *reference = amends_case_get_text (self->complaint, "reference");

  letter->language = g_strdup (amends_letter_texts_get_language (self->texts));
  letter->title = dup_named (self, "title", kind->name);
  letter->addressee = g_strdup (amends_case_get_text (self->complaint, "complainant.name"));
  letter->home = g_strdup (amends_case_get_text (self->complaint, "complainant.home"));
  letter->reference = reference != NULL ? amends_letter_texts_fill (self->texts, "words.reference",
                                                                    "reference", reference, NULL)
                                        : NULL;
  letter->day = amends_letter_texts_dup_day (self->texts, self->today);
  letter->greeting =
      letter->addressee != NULL
          ? amends_letter_texts_fill (self->texts, "words.greeting", "name", letter->addressee,
                                      NULL)
          : g_strdup (amends_letter_texts_get (self->texts, "words.greeting-nobody"));
  letter->farewell = g_strdup (amends_letter_texts_get (self->texts, "words.farewell"));
  letter->sender = g_strdup (sender);
  if (self->rules->policy != NULL)
    letter->landlord = g_strdup (amends_policy_get_landlord (self->rules->policy));
}

/**
 * amends_letter_new:
 * @complaint: the case
 * @rules: what it is judged by
 * @texts: the words, in the language in which it is written; they must outlive the letter
 * @kind: which letter
 * @sender: (nullable): who writes it
 * @today: its date
 *
 * Source: Complaint Handling Code 2024, 2.4, 3.7, 5.12, 6.2 to 6.19; One Housing 6.4.1; Housing 21, 7.2;
 * Rosebery 8.1; WDH 2.24; Reliance 4.1.1.
 * Returns: (transfer full): the letter, with its gaps where something is missing
 */
AmendsLetter *
amends_letter_new (const AmendsCase *complaint,
                   const AmendsRules *rules,
                   const AmendsLetterTexts *texts,
                   AmendsLetterKind kind,
                   const char *sender,
                   AmendsDay today)
{
  AmendsLetter *letter = g_new0 (AmendsLetter, 1);
  g_autoptr (GPtrArray) rows = NULL;
  Writer self = { complaint, rules, texts, letter, NULL, 1, today };

  g_return_val_if_fail (complaint != NULL && rules != NULL && texts != NULL, NULL);
  g_return_val_if_fail ((guint) kind < AMENDS_LETTER_N_KINDS, NULL);

  rows = compute_clocks (complaint, rules, kind, today);
  self.rows = rows;
  self.stage = kinds[kind].stage;
  letter->kind = kind;
  letter->blocks = g_ptr_array_new_with_free_func ((GDestroyNotify) free_block);
  letter->warnings = g_ptr_array_new_with_free_func (g_free);
  letter->formats = list_formats (&self);
  write_head (&self, sender);
  for (const Wanted *wanted = kinds[kind].blocks; wanted->name != NULL; wanted++)
    add_block (&self, wanted);
  add_unknown_blocks (&self);
  check_contact (&self);
  return letter;
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
  g_free (self->day);
  g_free (self->greeting);
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
 * Returns: how many blocks that somebody asks for say nothing; a letter with any cannot be issued
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
  return json_pack ("{s:s, s:s?, s:o, s:o, s:s?, s:s?, s:s?}", "block", block->name, "heading",
                    block->heading, "paragraphs", texts_to_json (block->paragraphs), "items",
                    texts_to_json (block->items), "clause", block->clause, "provision",
                    block->provision, "missing", block->missing);
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
      "{s:s, s:s, s:s, s:s?, s:s?, s:s?, s:s, s:s, s:s, s:s?, s:s?, s:o, s:i, s:o, s:o}", "letter",
      amends_letter_kind_to_string (self->kind), "language", self->language, "title", self->title,
      "to", self->addressee, "home", self->home, "reference", self->reference, "day", self->day,
      "greeting", self->greeting, "farewell", self->farewell, "from", self->sender, "landlord",
      self->landlord, "blocks", blocks, "missing", (int) amends_letter_count_missing (self),
      "formats", list, "warnings", texts_to_json (self->warnings));
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
  if (block->missing != NULL)
    g_string_append_printf (text, "[%s]\n", block->missing);
  g_string_append_c (text, '\n');
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
  for (guint i = 0; i < self->blocks->len; i++)
    append_block (text, g_ptr_array_index (self->blocks, i));
  append_line (text, self->farewell);
  append_line (text, self->sender);
  return g_string_free (g_steal_pointer (&text), FALSE);
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
