/* amends-record-words.h: all that stands in a record, field by field
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/amends-session.h"
#include "core/amends-schema.h"

G_BEGIN_DECLS

/**
 * AmendsRecordLine:
 * @label: (owned): what the field is called, as the form of its act calls it
 * @text: (owned): what stands in it, whole
 */
typedef struct
{
  char *label;
  char *text;
} AmendsRecordLine;

GPtrArray *amends_record_words_list (const AmendsCaseFile *file, const json_t *entry);
GPtrArray *amends_record_words_list_in (const AmendsCaseFile *file,
                                        AmendsEventType type,
                                        const json_t *body,
                                        const char *const *left_out);
GPtrArray *amends_record_words_list_standing (const AmendsCaseFile *file, const char *const *names);

G_END_DECLS
