/* amends-act-words.h: what people can do with a case, and the fields of it, in words
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

#include "core/amends-event.h"
#include "core/amends-schema.h"

G_BEGIN_DECLS

/**
 * AmendsActGroup:
 *
 * What acts are about, in the order of a menu.
 */
typedef enum
{
  AMENDS_ACT_GROUP_HANDLING,
  AMENDS_ACT_GROUP_INQUIRY,
  AMENDS_ACT_GROUP_PROMISES,
  AMENDS_ACT_GROUP_STAGE2,
  AMENDS_ACT_GROUP_RECORD,
  AMENDS_ACT_GROUP_OUTSIDE,
  AMENDS_ACT_GROUP_ENDING,
  AMENDS_ACT_GROUP_PEOPLE,
} AmendsActGroup;

#define AMENDS_ACT_N_GROUPS (AMENDS_ACT_GROUP_PEOPLE + 1)

/**
 * AmendsActWords:
 * @type: of its event
 * @group: what it is about
 * @title: what is done, "Extend the response"
 * @hint: what to know before it is filled in
 */
typedef struct
{
  AmendsEventType type;
  AmendsActGroup group;
  const char *title;
  const char *hint;
} AmendsActWords;

const AmendsActWords *amends_act_words_get_all (guint *ret_n_acts);
const AmendsActWords *amends_act_words_find (AmendsEventType type);
const char *amends_act_words_group (AmendsActGroup group);
const char *amends_act_words_title (AmendsEventType type);
char *amends_act_words_field (AmendsEventType type, const char *path);
const char *amends_act_words_help (AmendsEventType type, const char *path);

G_END_DECLS
