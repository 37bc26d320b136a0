/* case.h: a case from a few words
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/amends-case.h"

G_BEGIN_DECLS

/**
 * TestAct:
 * @type: of the event, without "case." where it begins so; %NULL ends a list
 * @members: what its body holds beside type and at; where it does not say by whom, it is by 2A.90
 * @id: of the event; %NULL for the next one of device 2A
 * @after: what it comes after; %NULL for the event before it
 */
typedef struct
{
  const char *type;
  const char *members;
  const char *id;
  const char *after;
} TestAct;

AmendsCase *test_case_new (const char *recorded, const TestAct *acts, guint n_max);

G_END_DECLS
