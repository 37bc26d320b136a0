/* amends-codes.h: the code lists: what may stand in a field, and its label for people
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Source: data/codes.ini. Events hold codes; people read labels. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * AmendsCode:
 * @code: the word that events hold, in kebab case
 * @label: for people, in English
 * @is_common: whether a form offers it first
 * @needs_detail: whether it says nothing without a word beside it
 */
typedef struct
{
  const char *code;
  const char *label;
  gboolean is_common;
  gboolean needs_detail;
} AmendsCode;

/**
 * AmendsCodeList:
 * @name: "kind", "channel" and so on
 * @codes: (array length=n_codes): in the order of the screen
 * @n_codes: at least 1
 */
typedef struct
{
  const char *name;
  const AmendsCode *codes;
  guint n_codes;
} AmendsCodeList;

extern const AmendsCodeList amends_code_lists[];
extern const guint amends_n_code_lists;

const AmendsCodeList *amends_codes_get_list (const char *name);
const AmendsCode *amends_codes_find (const AmendsCodeList *list, const char *word);
const char *amends_codes_get_label (const AmendsCodeList *list, const char *word);

G_END_DECLS
