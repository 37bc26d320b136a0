/* amends-case-private.h: what a case is made of, for the files that fold and read it
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/amends-case.h"

G_BEGIN_DECLS

/* A part stands until another of the same key is added by somebody who had seen it. */
typedef struct
{
  guint place;
  char *key;
  json_t *details; /* the body of the event, or what settled a conflict */
  char ended[11];  /* "" while it holds */
} AmendsCasePart;

struct _AmendsCase
{
  AmendsFold *fold;
  AmendsFields *fields;
  AmendsId id;
  GPtrArray *places; /* element-type utf8: the feeds in which it is, the one that is shown first */
  GHashTable *carriers; /* AmendsId * -> AmendsEvent that carried it, of what is not held itself */
  GHashTable *
      copies; /* AmendsId * -> GPtrArray of AmendsEvent: all that carry it, whether one of them counts or not */
  GHashTable *present; /* "feed id": in which feeds each event is held or was carried to */
  gboolean was_moved;
  gboolean is_away; /* it is where this device may not read */
  gboolean is_recorded;
  gboolean is_erased; /* the event that began it is */
  guint root;         /* place of the event that began it; 0 if that is not here */
  guint n_unknown;
  GPtrArray *bodies;          /* element-type json_t (nullable), by place */
  GArray *history;            /* element-type AmendsHistoryEntry */
  GArray *joined;             /* element-type guint: the places of who joined */
  GHashTable *joined_by_name; /* of a body's text -> GUINT_TO_POINTER of the first in @joined */
  GHashTable *to_go;          /* AmendsId * of what two agreed to erase, into the erasures */
  GArray *issues;             /* element-type AmendsIssue */
  GArray *notes;              /* element-type AmendsNote */
  GArray *attachments;        /* element-type AmendsAttachment */
  GArray *consents;           /* element-type AmendsConsent */
  GArray *adjustments;        /* element-type AmendsAdjustment */
  GArray *parts[2];           /* element-type AmendsCasePart: consents, adjustments */
  GArray *corrections;        /* element-type AmendsCorrection */
  GPtrArray *conflicts;       /* element-type AmendsField (not owned) */
  GPtrArray *erasures;        /* element-type AmendsCaseErasure */
};

enum
{
  AMENDS_CASE_CONSENTS,
  AMENDS_CASE_ADJUSTMENTS,
};

void amends_case_fold (AmendsCase *self);
GPtrArray *amends_case_open_carried (AmendsCase *self, AmendsEvent *const *events, guint n_events);
void amends_case_apply_moved (AmendsCase *self, guint place, const json_t *body);
void amends_case_find_joined (AmendsCase *self);
void amends_case_complete_for_all (AmendsCase *self);
void amends_case_find_places (AmendsCase *self);
void amends_case_apply_corrections (AmendsCase *self);
void amends_case_apply_act (AmendsCase *self, guint place, const AmendsHistoryEntry *entry);
void amends_case_find_erasures (AmendsCase *self);
json_t *amends_act_dup_facts (const json_t *body);
void amends_case_overrule (AmendsCase *self, guint place, const char *name);

G_END_DECLS
