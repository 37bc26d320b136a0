/* amends-schema.h: what a JSON object from outside may hold, as a table
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One mechanism reads every intake and every act: a table says which keys there are and what may
 * stand in each, and all else is refused. What is taken comes out in the order of the table, in
 * Unicode NFC, with nothing that says nothing. */

#pragma once

#include <jansson.h>

#include "core/amends-day.h"

G_BEGIN_DECLS

#define AMENDS_TEXT_MAX_BYTES (64 * 1024) /* a long letter; what is longer is attached */
#define AMENDS_LINE_MAX_BYTES 1024        /* a name, an address on one line */

/**
 * AmendsSchemaKind:
 * @AMENDS_SCHEMA_TEXT: what somebody said, with line breaks
 * @AMENDS_SCHEMA_LINE: a text on one line
 * @AMENDS_SCHEMA_LINES: a list of texts on one line each; one alone is taken as a list of one
 * @AMENDS_SCHEMA_EMAIL: a text on one line with an @ inside
 * @AMENDS_SCHEMA_PHONE: a text on one line with a digit in it
 * @AMENDS_SCHEMA_SCHEME: the code of a scheme that may be written to
 * @AMENDS_SCHEMA_CODE: a code of the list
 * @AMENDS_SCHEMA_CODES: a list of different codes of the list
 * @AMENDS_SCHEMA_DAY: a whole date
 * @AMENDS_SCHEMA_PAST_DAY: a whole date that is not in the future
 * @AMENDS_SCHEMA_PARTIAL_DAY: a date, a month or a year that is not wholly in the future
 * @AMENDS_SCHEMA_TIME: a time of day, "14:05"
 * @AMENDS_SCHEMA_BOOLEAN: true or false
 * @AMENDS_SCHEMA_ANSWER: true, false or a code of the list; its "yes" and "no" mean the same
 * @AMENDS_SCHEMA_BOOLEAN_OR_TEXT: true, false or a text that says more
 * @AMENDS_SCHEMA_INTEGER: a whole number from @min to @max
 * @AMENDS_SCHEMA_ID: the id of an event
 * @AMENDS_SCHEMA_OBJECT: an object with @members
 * @AMENDS_SCHEMA_OBJECTS: a list of objects with @members
 * @AMENDS_SCHEMA_ANSWER_OR_OBJECT: an answer, or an object with @members that says more
 * @AMENDS_SCHEMA_ANY: whatever it is; who asked for it checks it
 */
typedef enum
{
  AMENDS_SCHEMA_TEXT,
  AMENDS_SCHEMA_LINE,
  AMENDS_SCHEMA_LINES,
  AMENDS_SCHEMA_EMAIL,
  AMENDS_SCHEMA_PHONE,
  AMENDS_SCHEMA_SCHEME,
  AMENDS_SCHEMA_CODE,
  AMENDS_SCHEMA_CODES,
  AMENDS_SCHEMA_DAY,
  AMENDS_SCHEMA_PAST_DAY,
  AMENDS_SCHEMA_PARTIAL_DAY,
  AMENDS_SCHEMA_TIME,
  AMENDS_SCHEMA_BOOLEAN,
  AMENDS_SCHEMA_ANSWER,
  AMENDS_SCHEMA_BOOLEAN_OR_TEXT,
  AMENDS_SCHEMA_INTEGER,
  AMENDS_SCHEMA_ID,
  AMENDS_SCHEMA_OBJECT,
  AMENDS_SCHEMA_OBJECTS,
  AMENDS_SCHEMA_ANSWER_OR_OBJECT,
  AMENDS_SCHEMA_ANY,
} AmendsSchemaKind;

/**
 * AmendsSchemaFlags:
 * @AMENDS_SCHEMA_REQUIRED: it must be there and say something
 * @AMENDS_SCHEMA_CLEARABLE: null is kept, and means that it holds no more
 */
typedef enum
{
  AMENDS_SCHEMA_OPTIONAL = 0,
  AMENDS_SCHEMA_REQUIRED = 1 << 0,
  AMENDS_SCHEMA_CLEARABLE = 1 << 1,
} AmendsSchemaFlags;

typedef struct _AmendsSchemaField AmendsSchemaField;

/**
 * AmendsSchemaField:
 * @name: the key; %NULL ends a table
 * @kind: what may stand there
 * @flags: whether it must be there
 * @min: the least a number is
 * @max: the most a list holds, or the most a number is; 0 where neither
 * @codes: (nullable): the code list
 * @detail: (nullable): the key beside it that must say more where the code alone says nothing
 * @not_before: (nullable): the key beside it of a date that this one must not be before
 * @members: (nullable): the table of an object
 */
struct _AmendsSchemaField
{
  const char *name;
  AmendsSchemaKind kind;
  AmendsSchemaFlags flags;
  guint min;
  guint max;
  const char *codes;
  const char *detail;
  const char *not_before;
  const AmendsSchemaField *members;
};

/**
 * AmendsSchemaContext:
 * @today: the last day that is not in the future
 * @takes_future: whether a later day is taken all the same, with a warning
 * @schemes: (nullable) (array zero-terminated=1): the schemes that may be written to
 * @warnings: (nullable) (element-type utf8): where warnings go
 * @problems: (nullable) (element-type GError): where all problems go; %NULL to stop at the first
 */
typedef struct
{
  AmendsDay today;
  gboolean takes_future;
  const char *const *schemes;
  GPtrArray *warnings;
  GPtrArray *problems;
} AmendsSchemaContext;

json_t *amends_schema_take (const AmendsSchemaField *fields,
                            const json_t *object,
                            const AmendsSchemaContext *context,
                            GError **error);
json_t *amends_schema_take_value (const AmendsSchemaField *field,
                                  const char *path,
                                  const json_t *value,
                                  const AmendsSchemaContext *context,
                                  GError **error);
const AmendsSchemaField *amends_schema_find (const AmendsSchemaField *fields, const char *path);
json_t *amends_schema_describe (const AmendsSchemaField *fields);
char *amends_schema_dup_outline (const AmendsSchemaField *fields);

G_END_DECLS
