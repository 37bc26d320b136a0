/* amends-draft-path.c: from the draft of a response to what is sent
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A response is drafted by one, approved by another where the landlord has that, and sent. */

#include "config.h"

#include "app/staff/amends-draft-path.h"

/**
 * amends_draft_path_asks_approval:
 * @drafted: %AMENDS_EVENT_CASE_DRAFTED or %AMENDS_EVENT_CASE_STAGE2_DRAFTED
 *
 * Returns: whether the landlord has responses of that stage approved before they are sent
 */
gboolean
amends_draft_path_asks_approval (const AmendsCaseFile *file, AmendsEventType drafted)
{
  const AmendsPolicy *policy = file->dues->rules.policy;
  const char *stage = drafted == AMENDS_EVENT_CASE_STAGE2_DRAFTED ? "2" : "1";
  const AmendsPolicyRule *rule =
      policy != NULL ? amends_policy_find_rule (policy, "stage", stage) : NULL;
  const char *approver = rule != NULL ? amends_policy_rule_get (rule, "approver") : NULL;

  return approver != NULL && *approver != '\0';
}

/**
 * amends_draft_path_find_newest:
 * @drafted: %AMENDS_EVENT_CASE_DRAFTED or %AMENDS_EVENT_CASE_STAGE2_DRAFTED
 *
 * Returns: (transfer none) (nullable): the newest draft of that stage, which stands for those before it
 */
const AmendsHistoryEntry *
amends_draft_path_find_newest (const AmendsCaseFile *file, AmendsEventType drafted)
{
  return amends_case_find_newest_draft (file->complaint, drafted);
}

/**
 * amends_draft_path_get_next:
 * @drafted: %AMENDS_EVENT_CASE_DRAFTED or %AMENDS_EVENT_CASE_STAGE2_DRAFTED
 *
 * Returns: the act that the newest draft waits for; @drafted where there is none, or none that could still be sent
 */
AmendsEventType
amends_draft_path_get_next (const AmendsCaseFile *file, AmendsEventType drafted)
{
  gboolean is_stage_2 = drafted == AMENDS_EVENT_CASE_STAGE2_DRAFTED;
  AmendsEventType sent = is_stage_2 ? AMENDS_EVENT_CASE_STAGE2_SENT : AMENDS_EVENT_CASE_SENT;
  const AmendsHistoryEntry *draft = amends_draft_path_find_newest (file, drafted);

  if (draft == NULL)
    return drafted;
  switch (amends_case_get_draft_state (file->complaint, draft))
    {
    case AMENDS_DRAFT_WRITTEN:
      if (!amends_draft_path_asks_approval (file, drafted))
        return sent;
      return is_stage_2 ? AMENDS_EVENT_CASE_STAGE2_APPROVED : AMENDS_EVENT_CASE_APPROVED;
    case AMENDS_DRAFT_APPROVED:
      return sent;
    case AMENDS_DRAFT_SENT_BACK:
    case AMENDS_DRAFT_SENT:
      break;
    }
  return drafted;
}
