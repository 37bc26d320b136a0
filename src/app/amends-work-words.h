/* amends-work-words.h: what is owed, in a line of a work list
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "store/amends-store.h"

G_BEGIN_DECLS

/**
 * AmendsWorkLine: a line of a work list, as a person reads it. All texts are owned.
 * @name: who
 * @place: their home; may be empty
 * @summary: what is complained of
 * @duty: what is owed
 * @duty_detail: of what stage and case
 * @when: "3 working days"; empty where it has no day
 * @when_detail: "Fri 8 Jan", "was Mon 4 Jan"
 * @day: the day alone
 * @whose: by whose hand; "Nobody yet"
 * @sentence: the whole of it, as a screen reader says it
 * @is_late: whether its day has passed
 * @is_today: whether today is the last
 * @is_given: whether somebody has it in hand
 */
typedef struct
{
  char *name;
  char *place;
  char *summary;
  char *duty;
  char *duty_detail;
  char *when;
  char *when_detail;
  char *day;
  char *whose;
  char *sentence;
  gboolean is_late;
  gboolean is_today;
  gboolean is_given;
} AmendsWorkLine;

void amends_work_line_free (AmendsWorkLine *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AmendsWorkLine, amends_work_line_free)

AmendsWorkLine *amends_work_line_new (const AmendsDutyRow *row, AmendsDay today);
AmendsWorkLine *amends_work_line_new_owed (const AmendsDutyRow *row, AmendsDay today);
AmendsWorkLine *
amends_work_line_new_unfinished (const AmendsUnfinished *unfinished, AmendsDay today);

char *amends_work_words_summary (const AmendsWork *work);
char *amends_work_words_nothing (const AmendsWork *work);
char *amends_work_words_left (int n_working_days_left, gboolean is_late);

G_END_DECLS
