/* amends-intake-private.h: what the tables of acts have in common
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/amends-intake.h"

G_BEGIN_DECLS

/* More than anybody complains of at once; a person is still able to look through as many. */
#define MAX_PARTS 100
#define MAX_PEOPLE 100
#define MAX_LINES 20

#define REQUIRED .flags = AMENDS_SCHEMA_REQUIRED
#define CLEARABLE .flags = AMENDS_SCHEMA_CLEARABLE

#define ON                                 \
  {                                        \
    "on", AMENDS_SCHEMA_PAST_DAY, REQUIRED \
  }
#define CHANNEL                                                                                \
  { "channel", AMENDS_SCHEMA_CODE, REQUIRED, .codes = "channel", .detail = "channel_detail" }, \
  {                                                                                            \
    "channel_detail", AMENDS_SCHEMA_LINE                                                       \
  }
#define CHANNEL_IF_ANY                                                               \
  { "channel", AMENDS_SCHEMA_CODE, .codes = "channel", .detail = "channel_detail" }, \
  {                                                                                  \
    "channel_detail", AMENDS_SCHEMA_LINE                                             \
  }
#define STAGE                                                    \
  {                                                              \
    "stage", AMENDS_SCHEMA_INTEGER, REQUIRED, .min = 1, .max = 2 \
  }
#define REPLY_TO                                           \
  { "reply_to", AMENDS_SCHEMA_CODE, .codes = "reply-to" }, \
  {                                                        \
    "reply_to_name", AMENDS_SCHEMA_LINE                    \
  }

/* Of several who complain together, for whom it is: by their name, or “complainant” for the first. */
#define WHO                   \
  {                           \
    "who", AMENDS_SCHEMA_LINE \
  }

extern const AmendsSchemaField amends_person_fields[];
extern const AmendsSchemaField amends_decider_fields[];
extern const AmendsSchemaField amends_preference_fields[];

const AmendsSchemaField *amends_intake_get_work_fields (AmendsEventType type);
const AmendsSchemaField *amends_intake_get_person_fields (AmendsEventType type);
const AmendsSchemaField *amends_intake_get_after_fields (AmendsEventType type);

G_END_DECLS
