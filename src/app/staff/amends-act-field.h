/* amends-act-field.h: a field of the form of an act, and what is read from it
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>
#include <jansson.h>

#include "app/amends-session.h"
#include "app/widgets/amends-problem-row.h"

G_BEGIN_DECLS

/* On a row that asks for texts of one of several: with what it began, for whoever is chosen. */
#define AMENDS_ACT_FIELD_BEGUN "begun"

/**
 * AmendsActFieldKind:
 * @AMENDS_ACT_FIELD_LINE: a text on one line
 * @AMENDS_ACT_FIELD_TEXT: a text of several lines
 * @AMENDS_ACT_FIELD_DAY: a day, empty on arrival
 * @AMENDS_ACT_FIELD_TODAY: a day, today on arrival
 * @AMENDS_ACT_FIELD_NOW: a time of the day, now on arrival
 * @AMENDS_ACT_FIELD_TIME: a time of a day, empty on arrival
 * @AMENDS_ACT_FIELD_CODE: a code of @list
 * @AMENDS_ACT_FIELD_CODES: the same, of which the act holds a list
 * @AMENDS_ACT_FIELD_NUMBER: a whole number; 0 says nothing
 * @AMENDS_ACT_FIELD_YES_NO: yes or no, neither on arrival
 * @AMENDS_ACT_FIELD_YES_MORE: yes or no, neither on arrival, and with yes a line that says in what
 * @AMENDS_ACT_FIELD_GROUND: one of the exclusions that the case's policy has
 * @AMENDS_ACT_FIELD_ANSWER: yes, no or ask me: which of three acts it is
 * @AMENDS_ACT_FIELD_CONSENT: one of the agreements that stand
 * @AMENDS_ACT_FIELD_ADJUSTMENT: one of the adjustments that stand
 * @AMENDS_ACT_FIELD_ISSUE: the whole complaint, or one of its issues
 * @AMENDS_ACT_FIELD_STAGE: stage 1 or 2, on arrival the one it is in
 * @AMENDS_ACT_FIELD_FINDING: what was found of one issue
 * @AMENDS_ACT_FIELD_PEOPLE: names, one on a line
 * @AMENDS_ACT_FIELD_LINES: texts, one on a line
 * @AMENDS_ACT_FIELD_WRITTEN: one of what was written down
 * @AMENDS_ACT_FIELD_CORRECTION: one of the corrections that wait for somebody to agree
 * @AMENDS_ACT_FIELD_ONE_ISSUE: one of the issues
 * @AMENDS_ACT_FIELD_HAZARD: one of the hazards that were told of
 * @AMENDS_ACT_FIELD_SCHEME: one of the schemes to which it may be moved
 * @AMENDS_ACT_FIELD_COMPLAINANT: one of several who complain together
 * @AMENDS_ACT_FIELD_PART: one of the acts that this one follows up: a draft, an offer, an action
 * @AMENDS_ACT_FIELD_MONEY: pounds and pence
 */
typedef enum
{
  AMENDS_ACT_FIELD_LINE,
  AMENDS_ACT_FIELD_TEXT,
  AMENDS_ACT_FIELD_DAY,
  AMENDS_ACT_FIELD_TODAY,
  AMENDS_ACT_FIELD_NOW,
  AMENDS_ACT_FIELD_TIME,
  AMENDS_ACT_FIELD_CODE,
  AMENDS_ACT_FIELD_CODES,
  AMENDS_ACT_FIELD_NUMBER,
  AMENDS_ACT_FIELD_YES_NO,
  AMENDS_ACT_FIELD_YES_MORE,
  AMENDS_ACT_FIELD_GROUND,
  AMENDS_ACT_FIELD_ANSWER,
  AMENDS_ACT_FIELD_CONSENT,
  AMENDS_ACT_FIELD_ADJUSTMENT,
  AMENDS_ACT_FIELD_ISSUE,
  AMENDS_ACT_FIELD_STAGE,
  AMENDS_ACT_FIELD_FINDING,
  AMENDS_ACT_FIELD_PEOPLE,
  AMENDS_ACT_FIELD_LINES,
  AMENDS_ACT_FIELD_WRITTEN,
  AMENDS_ACT_FIELD_CORRECTION,
  AMENDS_ACT_FIELD_ONE_ISSUE,
  AMENDS_ACT_FIELD_PART,
  AMENDS_ACT_FIELD_HAZARD,
  AMENDS_ACT_FIELD_SCHEME,
  AMENDS_ACT_FIELD_COMPLAINANT,
  AMENDS_ACT_FIELD_MONEY,
} AmendsActFieldKind;

/**
 * AmendsActField:
 * @path: (owned): of the value in the act, "decided_by.name"
 * @kind: how it is asked
 * @list: (nullable): the code list
 * @now: (nullable): the field of the case that it begins with
 * @given: (nullable): the field of the case that stands there on arrival
 * @takes_nothing: whether what is left empty says that nothing stands there
 * @n_max: of a number
 * @is_optional: whether no code can be chosen
 * @row: where it is asked
 * @problem: what is wrong with it
 * @begun: (owned) (nullable): what stood there on arrival
 * @offered: (owned) (nullable): what each choice writes
 * @issue: (owned) (nullable): the issue that was found of
 * @title: (owned) (nullable): what it is called, where that is not for its path to say
 */
typedef struct
{
  char *path;
  AmendsActFieldKind kind;
  const char *list;
  const char *now;
  const char *given;
  gboolean takes_nothing;
  guint n_max;
  gboolean is_optional;
  GtkWidget *row;
  AmendsProblemRow *problem;
  char *begun;
  json_t *offered;
  char *issue;
  char *title;
} AmendsActField;

void amends_act_field_free (gpointer data);
AmendsActField *
amends_act_field_find (const GPtrArray *fields, const char *path, gboolean only_shown);
GtkWidget *amends_act_field_make_row (AmendsActField *field,
                                      AmendsEventType act,
                                      const char *title,
                                      const AmendsCaseFile *file);
const char *amends_act_field_get_choice (const AmendsActField *field);
char *amends_act_field_dup_text (const AmendsActField *field);
void amends_act_field_collect (const AmendsActField *field, json_t *act);
json_t *amends_act_field_save (const AmendsActField *field);
void amends_act_field_load (AmendsActField *field, const json_t *saved);
gboolean amends_act_field_begin (AmendsActField *field, const json_t *beginning);

G_END_DECLS
