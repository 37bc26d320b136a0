/* complainant-acts.h: what is done for one of several who complain together
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "support/case.h"

#define MAX_ACTS 8

#define TWO                                                                                  \
  "\"complaint\",\"complainant\":{\"name\":\"Ivy Marsh\",\"home\":\"Flat 12\",\"language\":" \
  "\"Welsh\"},\"others\":[{\"name\":\"Kit Fenn\",\"relation\":\"household-member\"}]"
#define PETITION TWO ",\"petition\":true"

#define ACKNOWLEDGED(who, day)                                                           \
  {                                                                                      \
    "acknowledged", "\"on\":\"2026-" day "\",\"channel\":\"letter\",\"who\":\"" who "\"" \
  }
#define RESPONDED(who, day)                                                           \
  {                                                                                   \
    "responded", "\"on\":\"2026-" day "\",\"channel\":\"letter\",\"who\":\"" who "\"" \
  }
#define WITHDRAWN(who, day)                                    \
  {                                                            \
    "withdrawn", "\"on\":\"2026-" day "\",\"who\":\"" who "\"" \
  }
#define IVY "complainant"
#define KIT "Kit Fenn"

#define BACK(who, day)                                                                       \
  {                                                                                          \
    "reopened", "\"on\":\"2026-" day "\",\"because\":\"wants-to-go-on\",\"who\":\"" who "\"" \
  }
#define REOPENED(because)                                           \
  {                                                                 \
    "reopened", "\"on\":\"2026-12-05\",\"because\":\"" because "\"" \
  }
#define JOINED_AS(who, day)                                                                   \
  {                                                                                           \
    "complainant-joined", "\"on\":\"2026-" day "\",\"name\":\"" who "\",\"home\":\"Flat 14\"" \
  }
#define JOINED(day) JOINED_AS (KIT, day)
#define ODD "Odd Roe"

static inline void
assert_on (const AmendsCase *complaint, const char *act, const char *day)
{
  const json_t *value = amends_case_get_value (complaint, act);

  g_assert_cmpstr (json_string_value (json_object_get (value, "on")), ==, day);
}
