/* amends-cmd-ledger.c: who may act for a complainant, what may be shared, and whether somebody may be told
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * It answers a question and does nothing: what is told is an act of its own, and is recorded. */

#include "config.h"

#include <glib/gi18n.h>

#include "cli/amends-cli-text.h"
#include "cli/amends-cmd.h"
#include "core/amends-codes.h"
#include "core/amends-json.h"
#include "core/amends-ledger.h"

static json_t *
entry_to_json (const AmendsLedgerEntry *entry)
{
  gboolean is_authority = entry->kind == AMENDS_LEDGER_AUTHORITY;

  return json_pack ("{s:o, s:s, s:s?, s:s?, s:s?, s:O?, s:O?, s:o, s:o, s:o, s:o, s:s, s:b}", "id",
                    amends_id_to_json (&entry->id), "entry", is_authority ? "authority" : "consent",
                    "who", entry->who, "relation", entry->relation,
                    is_authority ? "type" : "purpose", entry->code, "scope",
                    json_object_get (entry->details, "scope"), "evidence",
                    json_object_get (entry->details, "evidence"), "recorded",
                    amends_day_to_json (entry->recorded), "from", amends_day_to_json (entry->from),
                    "until", amends_day_to_json (entry->until), "withdrawn",
                    amends_day_to_json (entry->withdrawn), "state",
                    amends_ledger_state_to_string (entry->state), "replaced", entry->is_replaced);
}

static json_t *
answer_to_json (const AmendsLedgerAnswer *answer, const char *name)
{
  g_autofree char *cited = amends_policy_cite (answer->clause, answer->provision);

  return json_pack ("{s:s, s:b, s:s, s:s?, s:s?, s:s?}", "who", name, "may", answer->may, "state",
                    amends_ledger_state_to_string (answer->state), "reason", answer->reason,
                    "change", answer->change, "clause", answer->may ? NULL : cited);
}

static void
print_entry (const AmendsLedgerEntry *entry)
{
  gboolean is_authority = entry->kind == AMENDS_LEDGER_AUTHORITY;
  const char *what =
      entry->code != NULL ? amends_codes_get_label (
          amends_codes_get_list (is_authority ? "authority" : "consent-purpose"), entry->code)
                          : _ ("Nobody asked by what right");
  g_autofree char *until =
      entry->until != AMENDS_DAY_NONE ? amends_day_format (entry->until) : g_strdup ("");

  amends_text_print ("%-12s  %s  %s  %s%s", amends_ledger_state_to_string (entry->state),
                     entry->who != NULL ? entry->who : "–", what, until,
                     entry->is_replaced ? _ ("  (another is in its place)") : "");
}

static void
print_answer (const AmendsLedgerAnswer *answer, const char *name)
{
  g_autofree char *cited = amends_policy_cite (answer->clause, answer->provision);

  if (answer->may)
    amends_text_print (_ ("%s may be told, as far as their authority goes"), name);
  else
    amends_text_print (_ ("%s is told nothing private. %s: %s (%s)"), name,
                       g_dpgettext2 (NULL, "ledger", answer->reason),
                       g_dpgettext2 (NULL, "ledger", answer->change), cited);
}

static gboolean
run (AmendsCli *cli, char **arguments, GError **error)
{
  g_autoptr (AmendsCase) complaint = NULL;
  g_autoptr (AmendsLedger) ledger = NULL;
  json_auto_t *json = NULL;
  AmendsLedgerAnswer answer;
  AmendsRules rules;
  AmendsDay today;
  AmendsId id;

  if (!amends_cli_open (cli, error) || !amends_cli_find_case (cli, arguments[0], &id, error))
    return FALSE;
  complaint = amends_store_get_case (cli->store, &id, error);
  if (complaint == NULL)
    return FALSE;
  amends_editions_get_rules (amends_store_get_editions (cli->store), complaint, &rules);
  today = amends_store_get_today (cli->store);
  ledger = amends_ledger_new (complaint, rules.policy, today, today);
  json = json_pack ("{s:o, s:[], s:n}", "day", amends_day_to_json (today), "entries", "answer");
  for (guint i = 0; i < amends_ledger_get_n_entries (ledger); i++)
    {
      const AmendsLedgerEntry *entry = amends_ledger_get_entry (ledger, i);

      json_array_append_new (json_object_get (json, "entries"), entry_to_json (entry));
      if (!cli->is_json)
        print_entry (entry);
    }
  if (arguments[1] != NULL)
    {
      amends_ledger_may_tell (ledger, arguments[1], &answer);
      json_object_set_new (json, "answer", answer_to_json (&answer, arguments[1]));
      if (!cli->is_json)
        print_answer (&answer, arguments[1]);
    }
  return !cli->is_json || amends_cli_print_json (cli, json, error);
}

const AmendsCommand amends_cmd_ledger = {
  "ledger",
  N_ ("REFERENCE [NAME]"),
  N_ ("Say who may act for a complainant and what may be shared, and whether NAME may be told"),
  1,
  2,
  NULL,
  run,
};
