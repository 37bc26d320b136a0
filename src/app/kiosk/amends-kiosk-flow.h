/* amends-kiosk-flow.h: what a kiosk asks, and in which order
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One question a page. A page is a row of the table in amends-kiosk-flow.c: what it asks, how it is
 * answered, when it is asked at all. The answers are one JSON object in memory, a member for each
 * question, and become an intake (amends-kiosk-intake.h) when they are sent; nothing else is ever written. */

#pragma once

#include <glib.h>
#include <jansson.h>

#include "app/kiosk/amends-kiosk-answers.h"
#include "core/amends-day.h"

G_BEGIN_DECLS

/**
 * AmendsKioskKind:
 * @AMENDS_KIOSK_TELL: something is said and nothing asked
 * @AMENDS_KIOSK_ONE: one of some choices
 * @AMENDS_KIOSK_MANY: any of some choices
 * @AMENDS_KIOSK_WORDS: in their own words
 * @AMENDS_KIOSK_EACH: yes, no or ask me first, for each of some purposes
 * @AMENDS_KIOSK_CHECK: all answers, each with a way to change it
 */
typedef enum
{
  AMENDS_KIOSK_TELL,
  AMENDS_KIOSK_ONE,
  AMENDS_KIOSK_MANY,
  AMENDS_KIOSK_WORDS,
  AMENDS_KIOSK_EACH,
  AMENDS_KIOSK_CHECK,
} AmendsKioskKind;

/* What the kiosk itself says in the answers, as if it were a question: whether what is about the safety of a
 * person, or the conduct of somebody who works there, can be written down here. */
#define AMENDS_KIOSK_PLACE "place"
#define AMENDS_KIOSK_TAKES_SAFETY "takes-safety"
#define AMENDS_KIOSK_TAKES_CONDUCT "takes-conduct"

/* And who of the staff has signed in on top of the visit: their name, and their stream. */
#define AMENDS_KIOSK_STAFF "staff"
#define AMENDS_KIOSK_STAFF_NAME "name"
#define AMENDS_KIOSK_STAFF_ID "id"

/* And beside what was chosen on the page "comfort": that they have a ring since they pressed a switch. */
#define AMENDS_KIOSK_BEGUN_BY_KEY "begun-by-key"

/* What can be shown to the screen, or said to it: how many there are stands beside the other members of an answer. */
#define AMENDS_KIOSK_PHOTOGRAPHS "photographs"
#define AMENDS_KIOSK_RECORDINGS "recordings"
#define AMENDS_KIOSK_SIGNATURES "signatures"

/* Other ways to answer than on the page of the question, in the order in which they stand there. */
typedef enum
{
  AMENDS_KIOSK_OTHER_MICROPHONE,
  AMENDS_KIOSK_OTHER_CAMERA,
  AMENDS_KIOSK_OTHER_PICTURES,
  AMENDS_KIOSK_OTHER_PAD,
  AMENDS_KIOSK_N_OTHERS,
} AmendsKioskOther;

/* Texts are in English; amends_kiosk_say() has them in the language in use. */
typedef struct
{
  const char *code;
  const char *label;
  const char *hint;                            /* (nullable) */
  gboolean (*applies) (const json_t *answers); /* (nullable): whether it is offered; %NULL always */
} AmendsKioskOption;

typedef struct
{
  const char *key;
  const char *label;
  gboolean is_number;
} AmendsKioskLine;

/**
 * AmendsKioskQuestion:
 * @id: names it in the answers
 * @title: the question
 * @how: (nullable): how to answer
 * @why: (nullable): why it is asked
 * @go: (nullable): the word on the way on, where it is another than Continue
 * @others: the word on the button of each other way in which it can be answered; %NULL where it cannot
 * @signing: (nullable): what is signed, where it can be
 * @options: (nullable) (array length=n_options): of %AMENDS_KIOSK_WORDS those of %AMENDS_KIOSK_OTHER_PICTURES, of which
 *   each has a drawing
 * @lines: (nullable) (array length=n_lines): short texts; a date above the options, others below
 * @n_columns: of the options
 * @is_numbered: whether it counts as a question
 * @is_private: whether one may not want to answer it before somebody else
 * @says_numbers: whether it also says whom to ring
 * @takes_others: (nullable): whether it can be answered in other ways, after these answers; %NULL always
 * @applies: (nullable): whether it is asked, after these answers; %NULL always
 */
typedef struct
{
  const char *id;
  AmendsKioskKind kind;
  const char *title;
  const char *how;
  const char *why;
  const char *go;
  const char *others[AMENDS_KIOSK_N_OTHERS];
  const char *signing;
  const AmendsKioskOption *options;
  const AmendsKioskLine *lines;
  guint n_options;
  guint n_lines;
  guint n_columns;
  gboolean is_numbered;
  gboolean is_private;
  gboolean says_numbers;
  gboolean (*takes_others) (const json_t *answers);
  gboolean (*applies) (const json_t *answers);
} AmendsKioskQuestion;

const AmendsKioskQuestion *amends_kiosk_flow_find (const char *id);
const AmendsKioskQuestion *amends_kiosk_flow_nth (guint i);
void amends_kiosk_flow_say_place (json_t *answers, gboolean takes_safety, gboolean takes_conduct);
gboolean amends_kiosk_flow_is_asked (const AmendsKioskQuestion *question, const json_t *answers);
gboolean
amends_kiosk_flow_takes_others (const AmendsKioskQuestion *question, const json_t *answers);
const AmendsKioskQuestion *
amends_kiosk_flow_next (const AmendsKioskQuestion *question, const json_t *answers);
const AmendsKioskQuestion *
amends_kiosk_flow_before (const AmendsKioskQuestion *question, const json_t *answers);
const AmendsKioskQuestion *amends_kiosk_flow_find_new (const json_t *before,
                                                       const json_t *answers,
                                                       const AmendsKioskQuestion *question);
gboolean
amends_kiosk_flow_is_behind (const AmendsKioskQuestion *question, const AmendsKioskQuestion *other);
const AmendsKioskQuestion *amends_kiosk_flow_find_problem (const AmendsKioskQuestion *until,
                                                           const json_t *answers,
                                                           AmendsDay today);
void amends_kiosk_flow_take_change (json_t *answers, const AmendsKioskQuestion *question);
gboolean amends_kiosk_flow_may_sign_out (const json_t *answers);
void amends_kiosk_flow_sign_out (json_t *answers);
void amends_kiosk_flow_count (const AmendsKioskQuestion *question,
                              const json_t *answers,
                              guint *ret_number,
                              guint *ret_n_about);

const char *amends_kiosk_flow_check (const AmendsKioskQuestion *question,
                                     const json_t *answers,
                                     AmendsDay today);
const char *amends_kiosk_flow_get_note (const AmendsKioskQuestion *question,
                                        const json_t *answers,
                                        AmendsDay today);
const char *amends_kiosk_flow_get_chosen (const json_t *answers, const char *id);
char *amends_kiosk_flow_dup_progress (const AmendsKioskQuestion *question, const json_t *answers);
gboolean amends_kiosk_flow_is_private (const AmendsKioskQuestion *question, const json_t *answers);
gboolean amends_kiosk_flow_is_discreet (const json_t *answers);
const char *amends_kiosk_flow_get_staff (const json_t *answers);
guint amends_kiosk_flow_count_other (const AmendsKioskQuestion *question,
                                     const json_t *answers,
                                     AmendsKioskOther other);
char *amends_kiosk_flow_dup_shown (const guint n[AMENDS_KIOSK_N_OTHERS]);
char *amends_kiosk_flow_dup_chosen (const AmendsKioskQuestion *question, const json_t *answers);
char *amends_kiosk_flow_dup_answer (const AmendsKioskQuestion *question, const json_t *answers);

G_END_DECLS
