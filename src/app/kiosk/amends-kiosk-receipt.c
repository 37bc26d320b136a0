/* amends-kiosk-receipt.c: what a person is told once their words are safe
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/kiosk/amends-kiosk-receipt.h"

#include "app/model/amends-dues.h"
#include "core/amends-clock-event.h"

/**
 * amends_kiosk_receipt_clear:
 *
 * Frees what it holds; nothing is recorded from now on.
 */
void
amends_kiosk_receipt_clear (AmendsKioskReceipt *self)
{
  g_free (self->organisation);
  g_free (self->scheme);
  g_free (self->reference);
  g_free (self->ombudsman);
  g_free (self->ombudsman_telephone);
  g_free (self->ombudsman_web);
  *self = (AmendsKioskReceipt){ .today = AMENDS_DAY_NONE,
                                .acknowledge_day = AMENDS_DAY_NONE,
                                .respond_day = AMENDS_DAY_NONE };
}

static AmendsDay
get_day (const AmendsDues *dues, AmendsClockName clock)
{
  const AmendsClockPair *pair = amends_dues_find (dues, clock);

  return pair != NULL && pair->governing != NULL
             ? amends_clock_row_get_governing_day (pair->governing)
             : AMENDS_DAY_NONE;
}

static void
set_ombudsman (AmendsKioskReceipt *self, const AmendsPolicy *code)
{
  const AmendsPolicyRule *rule =
      code != NULL ? amends_policy_find_rule (code, "external", "housing-ombudsman") : NULL;

  g_clear_pointer (&self->ombudsman, g_free);
  g_clear_pointer (&self->ombudsman_telephone, g_free);
  g_clear_pointer (&self->ombudsman_web, g_free);
  if (rule == NULL)
    return;
  self->ombudsman = g_strdup (amends_policy_rule_get (rule, "name"));
  self->ombudsman_telephone = g_strdup (amends_policy_rule_get (rule, "telephone"));
  self->ombudsman_web = g_strdup (amends_policy_rule_get (rule, "web"));
}

/**
 * amends_kiosk_receipt_set_days:
 * @editions: what the landlord has published
 * @scheme: where the kiosk stands
 *
 * The days by which the policy in force, or the Code where it is stricter, promises to acknowledge and to
 * answer what was received on @self's day, and the Ombudsman as the Code has it. Only a complaint is promised
 * either day.
 */
void
amends_kiosk_receipt_set_days (AmendsKioskReceipt *self,
                               const AmendsEditions *editions,
                               const char *scheme)
{
  const AmendsEdition *edition = amends_editions_get_in_force (editions, scheme, self->today);
  AmendsPolicy *policy = edition != NULL ? edition->policy : NULL;
  AmendsPolicy *code = amends_editions_get_code (editions);
  const char *calendar = amends_policy_get_calendar_id (policy != NULL ? policy : code);
  AmendsRules rules = { policy, code, amends_editions_get_calendar (editions, calendar), editions };
  g_autofree char *day = amends_day_format (self->today);
  json_auto_t *history = json_pack ("{s:[{s:s, s:s}]}", "events", "event", "received", "on", day);
  g_autoptr (GArray) events = amends_clock_history_parse (history, self->today, NULL);
  g_autoptr (AmendsDues) dues = NULL;

  set_ombudsman (self, code);
  self->acknowledge_day = AMENDS_DAY_NONE;
  self->respond_day = AMENDS_DAY_NONE;
  if (events == NULL || g_strcmp0 (self->kind, "complaint") != 0)
    return;
  dues = amends_dues_new (&rules,
                          amends_clocks_compute (policy, code, rules.calendar, events, self->today),
                          self->today);
  self->acknowledge_day = get_day (dues, AMENDS_CLOCK_ACKNOWLEDGE);
  self->respond_day = get_day (dues, AMENDS_CLOCK_RESPOND);
}

/**
 * amends_kiosk_receipt_dup_signs:
 *
 * Returns: (transfer full): the number sign by sign, as it is said: "7, K, 0, 0, 4, 2, P"
 */
char *
amends_kiosk_receipt_dup_signs (const AmendsKioskReceipt *self)
{
  GString *signs = g_string_new (NULL);

  for (const char *at = self->reference; *at != '\0'; at++)
    {
      if (*at == '-')
        continue;
      if (signs->len > 0)
        g_string_append (signs, ", ");
      g_string_append_c (signs, *at);
    }
  return g_string_free (signs, FALSE);
}
