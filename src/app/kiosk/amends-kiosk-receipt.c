/* amends-kiosk-receipt.c: what a person is told once their words are safe
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/kiosk/amends-kiosk-receipt.h"

#include "app/kiosk/amends-kiosk-language.h"
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

/* What was answered somewhere else, and not here: the clocks of a second look count from the day on which it is asked
 * for, whatever the days before were. */
static json_t *
make_history (gboolean is_second, const char *day)
{
  static const char *const before[] = { "received", "acknowledged", "responded",
                                        "escalation_requested" };
  json_t *events = json_array ();

  for (guint i = 0; i < (is_second ? G_N_ELEMENTS (before) : 1); i++)
    json_array_append_new (events, json_pack ("{s:s, s:s}", "event", before[i], "on", day));
  return json_pack ("{s:o}", "events", events);
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
 * either day, and who asks for a second look at one those of that.
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
  gboolean is_second = g_strcmp0 (self->kind, "escalation-request") == 0;
  json_auto_t *history = make_history (is_second, day);
  g_autoptr (GArray) events = amends_clock_history_parse (history, self->today, NULL);
  g_autoptr (AmendsDues) dues = NULL;

  set_ombudsman (self, code);
  self->acknowledge_day = AMENDS_DAY_NONE;
  self->respond_day = AMENDS_DAY_NONE;
  if (events == NULL || (!is_second && g_strcmp0 (self->kind, "complaint") != 0))
    return;
  dues = amends_dues_new (&rules,
                          amends_clocks_compute (policy, code, rules.calendar, events, self->today),
                          self->today);
  self->acknowledge_day =
      get_day (dues, is_second ? AMENDS_CLOCK_STAGE2_ACKNOWLEDGE : AMENDS_CLOCK_ACKNOWLEDGE);
  self->respond_day =
      get_day (dues, is_second ? AMENDS_CLOCK_STAGE2_RESPOND : AMENDS_CLOCK_RESPOND);
}

/**
 * amends_kiosk_receipt_say_way:
 *
 * As the code lists have the ways in which a person may be reached.
 *
 * Returns: (transfer none) (nullable): how they hear from us, translated; %NULL where they did not say
 */
const char *
amends_kiosk_receipt_say_way (const AmendsKioskReceipt *self)
{
  const char *way = self->way;

  if (g_strcmp0 (way, "telephone") == 0)
    return K_ ("We ring you, as you asked.");
  if (g_strcmp0 (way, "text-message") == 0)
    return K_ ("We send you a text message, as you asked.");
  if (g_strcmp0 (way, "letter") == 0)
    return K_ ("We write you a letter, as you asked.");
  if (g_strcmp0 (way, "email") == 0)
    return K_ ("We send you an email, as you asked.");
  if (g_strcmp0 (way, "in-person") == 0)
    return K_ ("We speak to you here, as you asked.");
  return NULL;
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
