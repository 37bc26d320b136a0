/* amends-import-private.h: what the files of the import share
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/amends-import.h"

G_BEGIN_DECLS

/* @name: what people call it; @path: of the field */
typedef struct
{
  const char *name;
  const char *path;
} AmendsImportName;

/**
 * AmendsImportOf: what a file of one kind holds
 * @word: what it is called in a command
 * @type: of the event that records a row
 * @key: the field by which a row is known again, in its scheme
 * @scheme: (nullable): the field of that
 * @acts: what may have been done since, up to %AMENDS_EVENT_UNKNOWN
 * @names: what people call the fields
 * @needed: (array zero-terminated=1): columns that must be there
 * @usual: (array zero-terminated=1): columns that it mostly has
 */
typedef struct
{
  const char *word;
  AmendsEventType type;
  const char *key;
  const char *scheme;
  const AmendsEventType *acts;
  const AmendsImportName *names;
  const char *const *needed;
  const char *const *usual;
} AmendsImportOf;

const AmendsImportOf *amends_import_get_of (AmendsRegisterKind kind);
const AmendsSchemaField *
amends_import_of_get_fields (AmendsRegisterKind kind, AmendsEventType type);

G_END_DECLS
