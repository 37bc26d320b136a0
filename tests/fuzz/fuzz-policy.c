/* fuzz-policy.c: policy files from outside
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "core/amends-error.h"
#include "core/amends-verdict.h"
#include "fuzz/fuzz.h"

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (data, size);
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func ((GDestroyNotify) g_error_free);
  g_autoptr (GError) error = NULL;
  g_autoptr (AmendsPolicy) policy = amends_policy_parse (bytes, "file.policy", problems, &error);
  g_autoptr (GPtrArray) verdicts = NULL;

  /* It is taken whole, or everything that is wrong with it is said, and where. */
  g_assert_true ((policy == NULL) == (error != NULL));
  g_assert_true ((policy == NULL) == (problems->len > 0));
  for (guint i = 0; i < problems->len; i++)
    g_assert_true (
        g_str_has_prefix (((GError *) g_ptr_array_index (problems, i))->message, "file.policy:"));
  if (policy == NULL)
    return 0;

  /* Held against itself, nothing is weaker or stricter by its clocks. */
  g_assert_cmpstr (amends_policy_get_id (policy), !=, "");
  verdicts = amends_verdicts_compute (policy, policy, "file.policy", NULL);
  for (guint i = 0; i < verdicts->len; i++)
    {
      const AmendsVerdict *verdict = g_ptr_array_index (verdicts, i);

      g_assert_false (g_str_has_prefix (verdict->topic, "clock:")
                      && verdict->kind == AMENDS_VERDICT_STRICTER);
    }
  return 0;
}
