/* amends-ledger-words.c: who may act and what may be shared, in words
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/amends-ledger-words.h"

#include <glib/gi18n.h>

#include "app/amends-policy-words.h"
#include "app/amends-words.h"

/**
 * amends_ledger_words_state:
 *
 * Returns: (transfer none): how it stands, in a word or two
 */
const char *
amends_ledger_words_state (AmendsLedgerKind kind, AmendsLedgerState state)
{
  switch (state)
    {
    case AMENDS_LEDGER_IN_FORCE:
      return kind == AMENDS_LEDGER_AUTHORITY ? C_ ("ledger", "In force") : C_ ("ledger", "Given");
    case AMENDS_LEDGER_NOTHING:
    case AMENDS_LEDGER_TO_BE_ASKED:
      return C_ ("ledger", "To be asked");
    case AMENDS_LEDGER_REFUSED:
      return C_ ("ledger", "Refused");
    case AMENDS_LEDGER_TO_COME:
      return C_ ("ledger", "Not begun");
    case AMENDS_LEDGER_ENDED:
      return C_ ("ledger", "Ended");
    case AMENDS_LEDGER_WITHDRAWN:
      return C_ ("ledger", "Withdrawn");
    case AMENDS_LEDGER_SUSPENDED:
      return C_ ("ledger", "Suspended");
    case AMENDS_LEDGER_UNWRITTEN:
      return C_ ("ledger", "Spoken only");
    case AMENDS_LEDGER_UNSEEN:
      return C_ ("ledger", "Paper not seen");
    case AMENDS_LEDGER_OF_BENEFITS:
      return C_ ("ledger", "Benefits only");
    case AMENDS_LEDGER_TOO_NARROW:
      return C_ ("ledger", "May only accompany them");
    }
  return "";
}

/**
 * amends_ledger_words_entry:
 *
 * Returns: (transfer none): how it stands, in a word or two; what held until another took its place does no more
 */
const char *
amends_ledger_words_entry (const AmendsLedgerEntry *entry)
{
  if (entry->is_replaced && entry->state == AMENDS_LEDGER_IN_FORCE)
    return C_ ("ledger", "Replaced");
  return amends_ledger_words_state (entry->kind, entry->state);
}

/**
 * amends_ledger_words_icon:
 *
 * Returns: (transfer none): what stands beside the word
 */
const char *
amends_ledger_words_icon (AmendsLedgerState state)
{
  switch (state)
    {
    case AMENDS_LEDGER_IN_FORCE:
      return "emblem-ok-symbolic";
    case AMENDS_LEDGER_NOTHING:
    case AMENDS_LEDGER_TO_BE_ASKED:
    case AMENDS_LEDGER_UNWRITTEN:
    case AMENDS_LEDGER_UNSEEN:
      return "dialog-question-symbolic";
    case AMENDS_LEDGER_TO_COME:
    case AMENDS_LEDGER_ENDED:
      return "document-open-recent-symbolic";
    case AMENDS_LEDGER_WITHDRAWN:
      return "edit-undo-symbolic";
    case AMENDS_LEDGER_SUSPENDED:
      return "dialog-warning-symbolic";
    case AMENDS_LEDGER_REFUSED:
    case AMENDS_LEDGER_OF_BENEFITS:
    case AMENDS_LEDGER_TOO_NARROW:
      break;
    }
  return "action-unavailable-symbolic";
}

/**
 * amends_ledger_words_who:
 *
 * Returns: (transfer full): "Fenna Ashdown, daughter", or with whom something is shared
 */
char *
amends_ledger_words_who (const AmendsLedgerEntry *entry)
{
  const char *relation = entry->relation_detail != NULL
                             ? entry->relation_detail
                             : amends_words_code ("representative-relation", entry->relation);

  if (entry->kind == AMENDS_LEDGER_CONSENT)
    return g_strdup (entry->who != NULL ? entry->who
                                        : amends_words_code ("consent-purpose", entry->code));
  return amends_words_join (" · ", entry->who != NULL ? entry->who : _ ("Somebody"), relation,
                            NULL);
}

static char *
describe_codes (const char *list, const json_t *codes)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (gsize i = 0; i < json_array_size (codes); i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "; " : "",
                            amends_words_code (list,
                                               json_string_value (json_array_get (codes, i))));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/**
 * amends_ledger_words_what:
 *
 * Returns: (transfer full): what it is for
 */
char *
amends_ledger_words_what (const AmendsLedgerEntry *entry)
{
  g_autofree char *scope =
      describe_codes ("authority-scope", json_object_get (entry->details, "scope"));
  g_autofree char *covers =
      describe_codes ("consent-covers", json_object_get (entry->details, "covers"));
  const char *replaced = entry->is_replaced ? _ ("another is in its place") : "";

  if (entry->kind == AMENDS_LEDGER_AUTHORITY)
    return amends_words_join (" · ",
                              entry->code != NULL ? amends_words_code ("authority", entry->code)
                                                  : _ ("Nobody asked by what right"),
                              scope, replaced, NULL);
  return amends_words_join (" · ",
                            entry->who != NULL ? amends_words_code ("consent-purpose", entry->code)
                                               : "",
                            covers, replaced, NULL);
}

/**
 * amends_ledger_words_evidence:
 *
 * Returns: (transfer full): the paper, or how they were asked; "" if nothing is said
 */
char *
amends_ledger_words_evidence (const AmendsLedgerEntry *entry)
{
  const char *evidence = json_string_value (json_object_get (entry->details, "evidence"));
  const char *how = json_string_value (json_object_get (entry->details, "how"));

  if (entry->kind == AMENDS_LEDGER_AUTHORITY)
    return g_strdup (amends_words_code ("authority-evidence", evidence));
  return g_strdup (how != NULL ? how : "");
}

/**
 * amends_ledger_words_answer:
 * @code: the Code
 * @name: who asks
 *
 * Returns: (transfer full): whether they may be told, and if not why, by which clause, and what would change it
 */
char *
amends_ledger_words_answer (const AmendsPolicy *code,
                            const AmendsLedgerAnswer *answer,
                            const char *name)
{
  g_autofree char *isolated = amends_words_isolate (name);
  g_autofree char *clauses = amends_policy_cite (answer->clause, answer->provision);
  g_autofree char *cited = amends_policy_words_cite (code, clauses);
  const char *reason, *change;

  if (answer->may)
    return g_strdup_printf (_ ("%s may be told how the case stands."), isolated);
  reason = g_dpgettext2 (NULL, "ledger", answer->reason);
  change = g_dpgettext2 (NULL, "ledger", answer->change);
  if (clauses == NULL || *clauses == '\0')
    /* Translators: a name, why they may not be told, and what would change that. */
    return g_strdup_printf (_ ("%s is told nothing private. %s: %s."), isolated, reason, change);
  /* Translators: a name, why they may not be told, what would change that, and the clauses that say so. */
  return g_strdup_printf (_ ("%s is told nothing private. %s: %s (%s)."), isolated, reason, change,
                          cited);
}
