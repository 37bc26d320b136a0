/* fuzz-intake.c: any bytes as an intake and as an act
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/amends-decide.h"
#include "core/amends-error.h"
#include "fuzz/fuzz.h"

static const char *const schemes[] = { "oak", NULL };

static const AmendsRules rules; /* nothing is published */

/* What was decided must be what a log takes. */
static void
check_decision (const AmendsDecision *decision)
{
  static const guint8 salt[AMENDS_SALT_BYTES] = { 0 };
  AmendsId id = { "7K", 1 };

  g_assert (decision->bodies->len > 0);
  for (guint i = 0; i < decision->bodies->len; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (AmendsEvent) event =
          amends_event_new (&id, decision->feed, &id, NULL, 0, salt,
                            g_ptr_array_index (decision->bodies, i), &error);

      g_assert_no_error (error);
    }
}

static AmendsCase *
case_new (void)
{
  static const char recorded[] = "{\"type\":\"case.recorded\",\"at\":\"2026-11-21T10:00:00Z\","
                                 "\"reference\":\"7K-0001-H\",\"received\":\"2026-11-20\"}";
  static const guint8 salt[AMENDS_SALT_BYTES] = { 0 };
  AmendsId id = { "7K", 1 };
  g_autoptr (GBytes) body = g_bytes_new_static (recorded, sizeof recorded - 1);
  g_autoptr (AmendsEvent) event = amends_event_new (&id, "s.oak", &id, NULL, 0, salt, body, NULL);
  AmendsEvent *events[] = { event };

  return amends_case_new (events, 1);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  /* 2026-11-21T11:00:00Z */
  static const AmendsMoment moment = { G_GINT64_CONSTANT (1795258800000000),
                                       G_GINT64_CONSTANT (1795258800000000) };
  json_t *value = amends_json_load ((const char *) data, size, NULL);
  g_autoptr (AmendsDecision) recorded = NULL;
  g_autoptr (AmendsDecision) acted = NULL;
  g_autoptr (AmendsCase) complaint = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func ((GDestroyNotify) g_error_free);
  gboolean is_fit;

  if (value == NULL)
    return 0;

  complaint = case_new ();
  recorded = amends_decide_record (value, schemes, NULL, "7K-0001-H", NULL, &moment, &error);
  is_fit = amends_decide_check_intake (value, schemes, &moment, problems);
  g_assert (is_fit == (problems->len == 0));
  if (recorded != NULL)
    check_decision (recorded);
  else
    g_assert (!is_fit || error->code == AMENDS_CORE_ERROR_TOO_LARGE);

  acted = amends_decide_act (complaint, &rules, value, NULL, &moment, NULL);
  if (acted != NULL)
    check_decision (acted);
  json_decref (value);
  return 0;
}
