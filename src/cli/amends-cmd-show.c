/* amends-cmd-show.c: shows a case
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>

#include "cli/amends-cli-text.h"
#include "cli/amends-cmd.h"
#include "core/amends-json.h"
#include "store/amends-attachments.h"

/* Returns: (nullable): the versions of @path, where two people wrote different ones */
static const json_t *
find_conflict (const json_t *complaint, const char *path)
{
  const json_t *conflicts = json_object_get (complaint, "conflicts");

  for (gsize i = 0; i < json_array_size (conflicts); i++)
    {
      const json_t *conflict = json_array_get (conflicts, i);

      if (g_strcmp0 (amends_text_of_key (conflict, "field"), path) == 0)
        return conflict;
    }
  return NULL;
}

/* @path: "received" or "complainant.phone" */
static const json_t *
get_value (const json_t *complaint, const char *path)
{
  g_auto (GStrv) names = g_strsplit (path, ".", 2);
  const json_t *value = json_object_get (complaint, names[0]);

  return names[1] != NULL ? json_object_get (value, names[1]) : value;
}

static char *
describe (const json_t *value, const char *list)
{
  const char *label = list != NULL ? amends_text_of_code (list, json_string_value (value)) : NULL;

  return label != NULL ? g_strdup (label) : amends_text_of_value (value);
}

/* A fact of the case: none of its versions passes for the one that is right.
 * @list: (nullable): whose code it is */
static void
print_fact (const json_t *complaint, const char *label, const char *path, const char *list)
{
  const json_t *value = get_value (complaint, path);
  const json_t *versions = json_object_get (find_conflict (complaint, path), "values");
  g_autoptr (GString) text = g_string_new (NULL);

  if (versions == NULL && (value == NULL || json_is_null (value)))
    return;
  for (gsize i = 0; i < json_array_size (versions); i++)
    {
      g_autofree char *version =
          describe (json_object_get (json_array_get (versions, i), "value"), list);

      g_string_append_printf (text, "%s%s", i > 0 ? _ (" or ") : "", version);
    }
  if (versions != NULL)
    g_string_append (text, _ ("  (to be settled)"));
  else
    {
      g_autofree char *only = describe (value, list);

      g_string_append (text, only);
    }
  amends_text_print_field (label, text->str);
}

static void
print_complainant (const json_t *complaint)
{
  if (json_is_null (get_value (complaint, "complainant.name"))
      && find_conflict (complaint, "complainant.name") == NULL)
    amends_text_print_field (_ ("Complainant"), _ ("Not named"));
  print_fact (complaint, _ ("Complainant"), "complainant.name", NULL);
  print_fact (complaint, _ ("Relation"), "complainant.relation", "complainant-relation");
  print_fact (complaint, _ ("Home"), "complainant.home", NULL);
  print_fact (complaint, _ ("Telephone"), "complainant.phone", NULL);
  print_fact (complaint, _ ("Email"), "complainant.email", NULL);
  print_fact (complaint, _ ("Prefers"), "complainant.preferred_contact", "channel");
}

static void
print_representative (const json_t *complaint)
{
  const json_t *authority = get_value (complaint, "representative.authority");
  const char *withdrawn = amends_text_of_key (authority, "withdrawn");

  print_fact (complaint, _ ("Representative"), "representative.name", NULL);
  print_fact (complaint, _ ("Relation"), "representative.relation", "representative-relation");
  amends_text_print_field (_ ("Authority"),
                           amends_text_of_code ("authority",
                                                amends_text_of_key (authority, "type")));
  amends_text_print_field (_ ("Until"), amends_text_of_key (authority, "until"));
  amends_text_print_field (_ ("Withdrawn"), withdrawn);
}

/* When it may be destroyed, or why it may not. */
static void
print_retention (const json_t *retention)
{
  static const struct
  {
    const char *state;
    const char *sentence;
  } sentences[] = {
    { "tenancy-runs", N_ ("while the tenancy runs") },
    { "held", N_ ("a claim was filed at court: nothing is destroyed") },
    { "open", N_ ("until it is over") },
    { "tenancy-unknown", N_ ("nobody has said when the tenancy ended") },
    { "no-rule", N_ ("the policy sets no time") },
  };
  const char *state = amends_text_of_key (retention, "state");
  const char *until = amends_text_of_key (retention, "until");
  const char *clause = amends_text_of_key (retention, "clause");
  g_autoptr (GString) text = g_string_new (NULL);

  if (until != NULL)
    g_string_printf (text, _ ("may be destroyed after %s"), until);
  for (guint i = 0; state != NULL && until == NULL && i < G_N_ELEMENTS (sentences); i++)
    if (g_str_equal (sentences[i].state, state))
      g_string_assign (text, _ (sentences[i].sentence));
  if (clause != NULL)
    g_string_append_printf (text, " (%s)", clause);
  if (text->len > 0)
    amends_text_print_field (_ ("Kept"), text->str);
}

static void
print_chosen (const json_t *chosen)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (gsize i = 0; i < json_array_size (chosen); i++)
    g_string_append_printf (text, "%s%s", i > 0 ? ", " : "",
                            amends_text_of_code ("matter",
                                                 json_string_value (json_array_get (chosen, i))));
  if (text->len > 0)
    amends_text_print_field (_ ("Chosen from pictures"), text->str);
}

static void
print_issues (const json_t *issues)
{
  for (gsize i = 0; i < json_array_size (issues); i++)
    {
      const json_t *issue = json_array_get (issues, i);

      g_print ("\n%s\n", _ ("What happened"));
      amends_text_print_block (amends_text_or_dash (amends_text_of_key (issue, "what")));
      print_chosen (json_object_get (issue, "chosen"));
      amends_text_print_field (_ ("Arose"), amends_text_of_key (issue, "arose"));
      if (amends_text_of_key (issue, "outcome_sought") != NULL)
        {
          g_print ("%s\n", _ ("What would put it right"));
          amends_text_print_block (amends_text_of_key (issue, "outcome_sought"));
        }
    }
}

static char *
describe_consent (const json_t *consent)
{
  const json_t *given = json_object_get (consent, "given");
  const char *withdrawn = amends_text_of_key (consent, "withdrawn");
  const char *until = amends_text_of_key (consent, "until");
  const char *to = amends_text_of_key (consent, "to");
  g_autoptr (GString) text = g_string_new (
      amends_text_of_code ("consent-purpose", amends_text_of_key (consent, "purpose")));

  if (to != NULL)
    g_string_append_printf (text, ", %s", to);
  g_string_append (text, ": ");
  if (withdrawn != NULL)
    g_string_append_printf (text, _ ("withdrawn on %s"), withdrawn);
  else if (json_is_true (given))
    g_string_append (text, _ ("given"));
  else if (json_is_false (given))
    g_string_append (text, _ ("refused"));
  else
    g_string_append (text, _ ("ask first"));
  if (until != NULL)
    g_string_append_printf (text, _ (", until %s"), until);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
print_parts (const json_t *complaint)
{
  const json_t *consents = json_object_get (complaint, "consents");
  const json_t *adjustments = json_object_get (complaint, "adjustments");
  const json_t *notes = json_object_get (complaint, "notes");

  for (gsize i = 0; i < json_array_size (consents); i++)
    {
      g_autofree char *text = describe_consent (json_array_get (consents, i));

      amends_text_print_field (_ ("Consent"), text);
    }
  for (gsize i = 0; i < json_array_size (adjustments); i++)
    {
      const json_t *adjustment = json_array_get (adjustments, i);

      amends_text_print_field (_ ("Adjustment"),
                               amends_text_of_code ("adjustment",
                                                    amends_text_of_key (adjustment, "need")));
      amends_text_print_field (_ ("Detail"), amends_text_of_key (adjustment, "detail"));
      amends_text_print_field (_ ("Ended"), amends_text_of_key (adjustment, "ended"));
    }
  for (gsize i = 0; i < json_array_size (notes); i++)
    {
      const json_t *note = json_array_get (notes, i);
      g_autofree char *at = amends_text_of_instant (amends_text_of_key (note, "at"));

      g_print ("\n");
      amends_text_print_field (_ ("Noted"), at);
      amends_text_print_block (amends_text_or_dash (amends_text_of_key (note, "text")));
    }
}

static void
print_conflicts (AmendsCli *cli, const json_t *conflicts)
{
  for (gsize i = 0; i < json_array_size (conflicts); i++)
    {
      const json_t *conflict = json_array_get (conflicts, i);

      g_print ("\n");
      amends_text_print_field (_ ("To be settled"), amends_text_of_key (conflict, "field"));
      amends_cmd_print_versions (cli, conflict);
    }
}

static void
print_number (const char *label, const json_t *complaint, const char *key)
{
  json_int_t number = json_integer_value (json_object_get (complaint, key));
  g_autofree char *text = g_strdup_printf ("%" JSON_INTEGER_FORMAT, number);

  if (number > 0)
    amends_text_print_field (label, text);
}

static void
print_edition (const json_t *edition)
{
  const char *policy = amends_text_of_key (edition, "policy");
  g_autofree char *text = NULL;

  if (json_is_null (edition))
    return;
  text =
      policy != NULL
          ? g_strdup_printf (_ ("%s, from %s (%s)"), policy, amends_text_of_key (edition, "from"),
                             amends_text_of_key (edition, "id"))
          : g_strdup_printf (_ ("%s, not held here"), amends_text_of_key (edition, "id"));
  amends_text_print_field (_ ("Policy"), text);
}

/* Where it is, if it was moved, and what of it is not there yet. */
static void
print_moved (AmendsCli *cli, const json_t *moved)
{
  const json_t *schemes = json_object_get (moved, "schemes");
  guint n_behind = (guint) json_integer_value (json_object_get (moved, "behind"));
  gboolean is_away = json_is_true (json_object_get (moved, "away"));

  for (gsize i = 0; i < json_array_size (schemes); i++)
    {
      const char *code = json_string_value (json_array_get (schemes, i));
      g_autofree char *name = amends_store_dup_scheme_name (cli->store, code);

      amends_text_print_field (_ ("Moved to"), name);
    }
  if (is_away)
    g_print ("%s\n", _ ("It is recorded there: no more of it is shown on this device."));
  if (!is_away && n_behind > 0)
    {
      g_autofree char *sentence = g_strdup_printf (
          ngettext ("%u record is not there yet: moving it there once more brings it",
                    "%u records are not there yet: moving it there once more brings them",
                    n_behind),
          n_behind);

      g_print ("%s\n", sentence);
    }
}

/* The receipt of the whole of it. */
static void
print_safe (const json_t *json)
{
  g_autofree char *since = amends_text_of_instant (amends_text_of_key (json, "safe_at"));

  if (since != NULL)
    amends_text_print (_ ("Safe at head office since %s"), since);
}

static gboolean
run (AmendsCli *cli, char **arguments, GError **error)
{
  g_autoptr (AmendsCase) complaint = NULL;
  json_auto_t *attachments = NULL;
  json_auto_t *json = NULL;
  json_auto_t *history = NULL;

  if (!amends_cli_open (cli, error))
    return FALSE;
  complaint = amends_cli_get_case (cli, arguments[0], error);
  if (complaint == NULL)
    return FALSE;
  json = amends_store_case_to_json (cli->store, complaint, error);
  if (json == NULL)
    return FALSE;
  attachments = amends_store_attachments_to_json (cli->store, complaint, error);
  if (attachments == NULL)
    return FALSE;
  json_object_set (json, "attachments", attachments);
  history = amends_store_history_to_json (cli->store, complaint, error);
  if (history == NULL)
    return FALSE;
  json_object_set_new (json, "safe_at",
                       amends_instant_to_json (amends_history_get_safe_at (history)));
  if (cli->is_json)
    return amends_cli_print_json (cli, json, error);

  amends_text_print_field (_ ("Reference"), amends_text_of_key (json, "reference"));
  print_fact (json, _ ("Kind"), "kind", "kind");
  amends_text_print_field (_ ("State"), amends_text_of_key (json, "state"));
  amends_text_print_field (_ ("Stage"), amends_text_of_key (json, "stage"));
  print_fact (json, _ ("Received"), "received", NULL);
  print_fact (json, _ ("How it came in"), "channel", "channel");
  print_moved (cli, json_object_get (json, "moved"));
  print_edition (json_object_get (json, "edition"));
  print_complainant (json);
  print_representative (json);
  print_issues (json_object_get (json, "issues"));
  print_parts (json);
  print_retention (json_object_get (json, "retention"));
  amends_cmd_print_attachments (attachments);
  print_conflicts (cli, json_object_get (json, "conflicts"));
  print_number (_ ("By newer versions"), json, "unknown_events");
  print_number (_ ("Not arrived yet"), json, "missing_events");
  print_number (_ ("Not sent yet"), json, "waiting");
  print_safe (json);
  return TRUE;
}

const AmendsCommand amends_cmd_show = {
  "show", N_ ("REFERENCE"), N_ ("Show a case"), 1, 1, NULL, run,
};
