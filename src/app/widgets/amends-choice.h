/* amends-choice.h: an answer of few words, none chosen until it is asked
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define AMENDS_TYPE_CHOICE (amends_choice_get_type ())
G_DECLARE_FINAL_TYPE (AmendsChoice, amends_choice, AMENDS, CHOICE, GtkWidget)

GtkWidget *amends_choice_new (void);
void amends_choice_add (AmendsChoice *self, const char *word, const char *label);
const char *amends_choice_get_word (AmendsChoice *self);
void amends_choice_set_word (AmendsChoice *self, const char *word);

G_END_DECLS
