/* amends-fold.h: the order of a stream, and which writes stand in it
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A fold is total: any set of events of one stream, in any order of arrival, gives one order and one
 * set of standing writes. The order is topological by "after", ties by id. Beside the heads that it
 * names an event comes after every earlier event of its own device in the stream. A parent that is
 * not held is counted as missing and otherwise ignored. What stands in a cycle is marked, heeds none of
 * the others in it but its own device's, and so is taken in id order. No clock has a say. */

#pragma once

#include "core/amends-event.h"

G_BEGIN_DECLS

typedef struct _AmendsFold AmendsFold;

AmendsFold *amends_fold_new (AmendsEvent *const *events, guint n_events);
void amends_fold_free (AmendsFold *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AmendsFold, amends_fold_free)

guint amends_fold_get_n_events (const AmendsFold *self);
AmendsEvent *amends_fold_get_event (const AmendsFold *self, guint place);
gboolean amends_fold_is_in_cycle (const AmendsFold *self, guint place);
gboolean amends_fold_is_before (const AmendsFold *self, guint ancestor, guint descendant);
guint amends_fold_get_n_missing (const AmendsFold *self);
AmendsId *amends_fold_get_heads (const AmendsFold *self, guint *ret_n_heads);

/**
 * AmendsWrite:
 * @place: of the event that wrote it, in the fold's order
 * @value: (owned): what it wrote
 */
typedef struct
{
  guint place;
  json_t *value;
} AmendsWrite;

/**
 * AmendsField:
 *
 * The writes to one field that no other write to it comes after. Two different values are a
 * conflict.
 */
typedef struct
{
  char *name;
  GArray *writes; /* element-type AmendsWrite, in the fold's order */
  json_t *
      cautious; /* (nullable) (owned): what is shown while its writes are in conflict, and it is about safety */
} AmendsField;

typedef struct _AmendsFields AmendsFields;

AmendsFields *amends_fields_new (const AmendsFold *fold);
void amends_fields_free (AmendsFields *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AmendsFields, amends_fields_free)

void amends_fields_write (AmendsFields *self, const char *name, guint place, json_t *value);
const AmendsField *amends_fields_get (const AmendsFields *self, const char *name);
const AmendsField *amends_fields_get_nth (const AmendsFields *self, guint n);
guint amends_fields_get_n_fields (const AmendsFields *self);
gboolean amends_field_is_in_conflict (const AmendsField *field);
const AmendsWrite *amends_field_get_shown (const AmendsField *field, const AmendsFold *fold);
const json_t *amends_field_get_value (const AmendsField *field, const AmendsFold *fold);

G_END_DECLS
