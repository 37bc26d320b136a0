/* amends-duty-act.c: what does that which is owed
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/staff/amends-duty-act.h"

#include "app/staff/amends-act-menu.h"
#include "app/staff/amends-act-offers.h"
#include "app/staff/amends-draft-path.h"
#include "core/amends-complainant.h"

/* What meets a clock, or begins what does; of several the first that is open.
 * @is_only: whether nothing else does it */
static const struct
{
  AmendsClockName clock;
  AmendsEventType act;
  gboolean is_only;
} of_clocks[] = {
  { AMENDS_CLOCK_ACKNOWLEDGE, AMENDS_EVENT_CASE_ACKNOWLEDGED, TRUE },
  { AMENDS_CLOCK_CONTACT, AMENDS_EVENT_CASE_CONTACTED, TRUE },
  { AMENDS_CLOCK_RESPOND, AMENDS_EVENT_CASE_DRAFTED, FALSE },
  { AMENDS_CLOCK_CLOSE, AMENDS_EVENT_CASE_CLOSED, FALSE },
  { AMENDS_CLOCK_CLOSE, AMENDS_EVENT_CASE_CLOSURE_CONTACT, FALSE },
  { AMENDS_CLOCK_STAGE2_ACKNOWLEDGE, AMENDS_EVENT_CASE_STAGE2_ACKNOWLEDGED, TRUE },
  { AMENDS_CLOCK_STAGE2_CONTACT, AMENDS_EVENT_CASE_STAGE2_CONTACTED, TRUE },
  { AMENDS_CLOCK_STAGE2_UPDATE, AMENDS_EVENT_CASE_STAGE2_UPDATED, TRUE },
  { AMENDS_CLOCK_STAGE2_RESPOND, AMENDS_EVENT_CASE_STAGE2_DRAFTED, FALSE },
  { AMENDS_CLOCK_SERVICE_REQUEST, AMENDS_EVENT_CASE_REQUEST_RESOLVED, TRUE },
  { AMENDS_CLOCK_ENQUIRY, AMENDS_EVENT_CASE_RESPONDED, TRUE },
  { AMENDS_CLOCK_DATA_COMPLAINT, AMENDS_EVENT_CASE_ACKNOWLEDGED, TRUE },
  { AMENDS_CLOCK_HAZARD_EMERGENCY, AMENDS_EVENT_CASE_HAZARD_MADE_SAFE, TRUE },
  { AMENDS_CLOCK_HAZARD_INVESTIGATE, AMENDS_EVENT_CASE_HAZARD_INVESTIGATED, TRUE },
  { AMENDS_CLOCK_HAZARD_WRITTEN_SUMMARY, AMENDS_EVENT_CASE_HAZARD_SUMMARY_SENT, TRUE },
  { AMENDS_CLOCK_HAZARD_MAKE_SAFE, AMENDS_EVENT_CASE_HAZARD_MADE_SAFE, TRUE },
};

/* The same of what is no clock. Two versions, what fits nothing and what is not sent yet have notices and letters of
 * their own. Who looks at what came in, or to somebody's safety, does so first by speaking with them. */
static const struct
{
  AmendsDutyKind kind;
  AmendsEventType act;
  gboolean is_only;
} of_kinds[] = {
  { AMENDS_DUTY_UPDATE, AMENDS_EVENT_CASE_STAGE2_UPDATED, TRUE },
  { AMENDS_DUTY_UPDATE, AMENDS_EVENT_CASE_UPDATED, TRUE },
  { AMENDS_DUTY_TELL, AMENDS_EVENT_CASE_DEPARTURE, FALSE },
  { AMENDS_DUTY_REVIEW, AMENDS_EVENT_PERSON_ADJUSTMENT_REVIEWED, TRUE },
  { AMENDS_DUTY_AUTHORITY, AMENDS_EVENT_AUTHORITY_GIVEN, FALSE },
  { AMENDS_DUTY_CONSENT, AMENDS_EVENT_CONSENT_GIVEN, FALSE },
  { AMENDS_DUTY_INFORMATION, AMENDS_EVENT_CASE_INFORMATION_ANSWERED, TRUE },
  { AMENDS_DUTY_RESTRICTION, AMENDS_EVENT_CASE_BEHAVIOUR_REVIEWED, TRUE },
  { AMENDS_DUTY_ADJUSTMENT, AMENDS_EVENT_PERSON_ADJUSTMENT_MADE, TRUE },
  { AMENDS_DUTY_APPOINTMENT, AMENDS_EVENT_CASE_APPOINTMENT_ENDED, TRUE },
  { AMENDS_DUTY_SAFETY, AMENDS_EVENT_CASE_CONTACTED, FALSE },
  { AMENDS_DUTY_SAFETY, AMENDS_EVENT_CASE_NOTED, FALSE },
  { AMENDS_DUTY_LOOK, AMENDS_EVENT_CASE_CONTACTED, FALSE },
  { AMENDS_DUTY_LOOK, AMENDS_EVENT_CASE_NOTED, FALSE },
};

/* An action, an order and a remedy are each done by an act of their own. */
static AmendsEventType
get_end_of_promise (AmendsEventType promise)
{
  return promise == AMENDS_EVENT_CASE_ACTION_ADDED ? AMENDS_EVENT_CASE_ACTION_DONE
         : promise == AMENDS_EVENT_CASE_ORDER      ? AMENDS_EVENT_CASE_ORDER_DONE
                                                   : AMENDS_EVENT_CASE_REMEDY_GIVEN;
}

/* (nullable): What was promised, and is not done yet. */
static const AmendsHistoryEntry *
find_promise (const AmendsCaseFile *file, const AmendsDuty *duty)
{
  for (guint i = 0; i < amends_case_get_n_history (file->complaint); i++)
    {
      const AmendsHistoryEntry *entry = amends_case_get_history (file->complaint, i);

      if (entry->body != NULL && amends_case_is_open_promise (file->complaint, entry)
          && g_strcmp0 (amends_case_describe_promise (entry), duty->what) == 0)
        return entry;
    }
  return NULL;
}

/* A response goes by its draft. */
static AmendsEventType
find_next (const AmendsCaseFile *file, AmendsEventType act)
{
  if (act == AMENDS_EVENT_CASE_DRAFTED || act == AMENDS_EVENT_CASE_STAGE2_DRAFTED)
    return amends_draft_path_get_next (file, act);
  return act;
}

static AmendsEventType
find (const AmendsCaseFile *file, const AmendsDuty *duty, gboolean *ret_is_only)
{
  const AmendsHistoryEntry *promise =
      duty->kind == AMENDS_DUTY_PROMISE ? find_promise (file, duty) : NULL;

  *ret_is_only = promise != NULL;
  if (promise != NULL && amends_act_menu_is_open (file, get_end_of_promise (promise->type)))
    return get_end_of_promise (promise->type);
  if (duty->kind == AMENDS_DUTY_PASS_ON)
    {
      AmendsEventType told = amends_act_get_type_of_field (duty->what);

      return amends_act_menu_is_open (file, told) ? told : AMENDS_EVENT_UNKNOWN;
    }
  for (guint i = 0; duty->kind == AMENDS_DUTY_CLOCK && i < G_N_ELEMENTS (of_clocks); i++)
    {
      AmendsEventType act = find_next (file, of_clocks[i].act);

      *ret_is_only = of_clocks[i].is_only;
      if (of_clocks[i].clock == duty->clock && amends_act_menu_is_open (file, act))
        return act;
    }
  for (guint i = 0; i < G_N_ELEMENTS (of_kinds); i++)
    {
      *ret_is_only = of_kinds[i].is_only;
      if (of_kinds[i].kind == duty->kind && amends_act_menu_is_open (file, of_kinds[i].act))
        return of_kinds[i].act;
    }
  return AMENDS_EVENT_UNKNOWN;
}

/**
 * amends_duty_act_find:
 * @duty: what is owed in the case
 *
 * Returns: the act that does it, or the first of several; %AMENDS_EVENT_UNKNOWN if none is open that does
 */
AmendsEventType
amends_duty_act_find (const AmendsCaseFile *file, const AmendsDuty *duty)
{
  gboolean is_only;

  return find (file, duty, &is_only);
}

/**
 * amends_duty_act_find_only:
 * @duty: what is owed in the case
 *
 * Returns: the act whose form opens for it: there is no other, its day has come where it has a day to come, and
 *   somebody has looked at the case before; else %AMENDS_EVENT_UNKNOWN
 */
AmendsEventType
amends_duty_act_find_only (const AmendsCaseFile *file, const AmendsDuty *duty)
{
  gboolean is_only;
  AmendsEventType act = find (file, duty, &is_only);

  if (!is_only || amends_case_is_untouched (file->complaint)
      || (duty->kind == AMENDS_DUTY_APPOINTMENT && duty->day > file->dues->today))
    return AMENDS_EVENT_UNKNOWN;
  return act;
}

/* Whether it is what the duty is about: whom it was asked, what was promised, restricted or agreed. */
static gboolean
is_about (const AmendsHistoryEntry *entry, const AmendsDuty *duty)
{
  static const char *const keys[] = { "what", "from", "remedy" };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    if (duty->what != NULL
        && g_strcmp0 (json_string_value (json_object_get (entry->body, keys[i])), duty->what) == 0)
      return TRUE;
  return FALSE;
}

/* (nullable): Whom of several it is owed to. */
static const char *
get_whom (const AmendsDuty *duty)
{
  return duty->kind == AMENDS_DUTY_UPDATE    ? duty->what
         : duty->kind == AMENDS_DUTY_PASS_ON ? duty->detail
                                             : NULL;
}

/* What is done for one is not taken for all. */
static void
begin_with_whom (json_t *beginning, const AmendsCase *complaint, const char *name)
{
  g_autoptr (GArray) list = amends_case_list_complainants (complaint);

  for (guint i = 0; name != NULL && i < list->len; i++)
    {
      const AmendsComplainant *each = &g_array_index (list, AmendsComplainant, i);

      if (g_strcmp0 (each->name, name) == 0)
        json_object_set_new (beginning, "who", json_string (each->who));
    }
}

/**
 * amends_duty_act_begin:
 * @act: what does the duty
 *
 * Returns: (transfer full): what is known of it, for amends_act_dialog_new()
 */
json_t *
amends_duty_act_begin (const AmendsCaseFile *file, const AmendsDuty *duty, AmendsEventType act)
{
  json_t *beginning = json_object ();
  const char *key;
  AmendsEventType opening = amends_act_offers_get_opening (act, &key);

  if (duty->what != NULL
      && (duty->kind == AMENDS_DUTY_REVIEW || duty->kind == AMENDS_DUTY_ADJUSTMENT))
    json_object_set_new (beginning, "need", json_string (duty->what));
  begin_with_whom (beginning, file->complaint, get_whom (duty));
  for (guint i = 0; key != NULL && i < amends_case_get_n_history (file->complaint); i++)
    {
      const AmendsHistoryEntry *entry = amends_case_get_history (file->complaint, i);
      g_autofree char *id = amends_id_format (&entry->event->id);

      if (entry->type == opening && entry->body != NULL && is_about (entry, duty)
          && amends_case_get_follow_up (file->complaint, act, &entry->event->id) == NULL)
        {
          json_object_set_new (beginning, key, json_string (id));
          break;
        }
    }
  return beginning;
}
