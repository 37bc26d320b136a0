/* amends-question.h: what is asked, and beside or below it an answer of few words
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "app/widgets/amends-choice.h"

G_BEGIN_DECLS

#define AMENDS_TYPE_QUESTION (amends_question_get_type ())
G_DECLARE_FINAL_TYPE (AmendsQuestion, amends_question, AMENDS, QUESTION, AdwBin)

const char *amends_question_get_word (AmendsQuestion *self);
void amends_question_set_word (AmendsQuestion *self, const char *word);
AmendsChoice *amends_question_get_choice (AmendsQuestion *self);

G_END_DECLS
