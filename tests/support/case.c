/* case.c: a case from a few words
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "support/case.h"

#include <string.h>

#include "support/graph.h"

/* Received on Friday 20 November 2026. @recorded is its kind, and what follows that in the body; %NULL where
 * that event has not arrived. */
AmendsCase *
test_case_new (const char *recorded, const TestAct *acts, guint n_max)
{
  g_autoptr (GPtrArray) events =
      g_ptr_array_new_with_free_func ((GDestroyNotify) amends_event_unref);
  g_autofree char *before = g_strdup (TEST_STREAM);

  if (recorded != NULL)
    {
      g_autofree char *body =
          g_strdup_printf ("{\"type\":\"case.recorded\",\"at\":\"2026-11-20T10:00:00Z\","
                           "\"received\":\"2026-11-20\",\"kind\":%s}",
                           recorded);

      g_ptr_array_add (events, test_event_new (TEST_STREAM, "", body));
    }
  for (guint i = 0; i < n_max && acts[i].type != NULL; i++)
    {
      gboolean is_whole = strchr (acts[i].type, '.') != NULL;
      g_autofree char *id =
          acts[i].id != NULL ? g_strdup (acts[i].id) : g_strdup_printf ("2A.%u", i + 2);
      gboolean has_author = strstr (acts[i].members, "\"by\":") != NULL;
      g_autofree char *body =
          g_strdup_printf ("{\"type\":\"%s%s\",\"at\":\"2026-11-21T10:00:00Z\"%s%s%s}",
                           is_whole ? "" : "case.", acts[i].type,
                           has_author ? "" : ",\"by\":\"2A.90\"",
                           *acts[i].members != '\0' ? "," : "", acts[i].members);

      g_ptr_array_add (events,
                       test_event_new (id, acts[i].after != NULL ? acts[i].after : before, body));
      g_free (before);
      before = g_strdup (id);
    }
  return amends_case_new ((AmendsEvent *const *) events->pdata, events->len);
}
