/* amends-policy-words.c: the rules of a policy as a person reads them
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a landlord's file says in words is shown as it stands. What it says in codes is put into words
 * here, or shown as the words that the code is made of. */

#include "config.h"

#include "app/amends-policy-words.h"

#include <string.h>

#include <glib/gi18n.h>

#include "app/amends-due-words.h"
#include "app/amends-words.h"

#define CODE "Code " /* before its provision, in what is cited */

static const struct
{
  const char *kind;
  const char *title;
} groups[] = {
  { "clock", N_ ("Time limits") },
  { "extension", N_ ("Extensions") },
  { "stage", N_ ("Stages") },
  { "rule", N_ ("What the landlord promises") },
  { "type", N_ ("Kinds of record") },
  { "exclusion", N_ ("What may be declined") },
  { "authority", N_ ("Acting for somebody") },
  { "role", N_ ("Who decides") },
  { "closure", N_ ("Closing") },
  { "remedy", N_ ("Putting it right") },
  { "letter", N_ ("Letters") },
  { "external", N_ ("Where else to turn") },
  { "kpi", N_ ("What is measured") },
  { "retention", N_ ("How long it is kept") },
};

/**
 * amends_policy_words_group:
 * @kind: the kind of a rule, "clock"
 *
 * Returns: the heading that such rules stand under
 */
const char *
amends_policy_words_group (const char *kind)
{
  for (guint i = 0; i < G_N_ELEMENTS (groups); i++)
    if (g_str_equal (groups[i].kind, kind))
      return _ (groups[i].title);
  return kind;
}

static char *
capitalise (const char *text)
{
  g_autofree char *plain = amends_due_words_plain (text);
  g_autofree char *first = g_utf8_substring (plain, 0, MIN (1, g_utf8_strlen (plain, -1)));
  g_autofree char *upper = g_utf8_strup (first, -1);

  return g_strconcat (upper, g_utf8_next_char (plain), NULL);
}

static gboolean
find_clock (const char *name, AmendsClockName *ret_clock)
{
  for (int clock = 0; clock < AMENDS_CLOCK_N_NAMES; clock++)
    if (g_str_equal (amends_clock_name_get_name ((AmendsClockName) clock), name))
      {
        *ret_clock = (AmendsClockName) clock;
        return TRUE;
      }
  return FALSE;
}

static char *
name_rule (const char *kind, const char *name)
{
  AmendsClockName clock;

  if (g_str_equal (kind, "clock") && find_clock (name, &clock))
    return g_strdup (amends_due_words_clock (clock));
  if (g_str_equal (kind, "extension"))
    return g_strdup_printf (_ ("Extension at stage %s"), name);
  if (g_str_equal (kind, "stage"))
    return g_strdup_printf (_ ("Stage %s"), name);
  return *name != '\0' ? capitalise (name) : g_strdup (amends_policy_words_group (kind));
}

/**
 * amends_policy_words_rule:
 * @rule: a rule
 *
 * Returns: (transfer full): what it is about
 */
char *
amends_policy_words_rule (const AmendsPolicyRule *rule)
{
  return name_rule (rule->kind, rule->name);
}

/**
 * amends_policy_words_topic:
 * @topic: of a verdict, "clock:respond"
 *
 * Returns: (transfer full): what it is about
 */
char *
amends_policy_words_topic (const char *topic)
{
  const char *colon = strchr (topic, ':');
  g_autofree char *kind = colon != NULL ? g_strndup (topic, (gsize) (colon - topic)) : NULL;

  return kind != NULL ? name_rule (kind, colon + 1) : g_strdup (topic);
}

/* ---------------------------------------------------------------- values */

/* Values that stand at the head without a name, in this order. */
static const char *const leading[] = { "text", "name", "title", "when" };

/* What is shown in a way of its own, or says nothing to a person. */
static const char *const silent[] = {
  "clause", "status", "alternatives", "rows",   "levels",     "provisions",      "aliases",
  "codes",  "start",  "length",       "unit",   "end",        "purpose",         "cap",
  "value",  "firm",   "count_from",   "medium", "to_confirm", "start_delivered", "end_delivered",
  "taken",  "because"
};

static const struct
{
  const char *key;
  const char *label;
} labels[] = {
  { "exceptions", N_ ("Except") },
  { "instead", N_ ("Instead") },
  { "decided_by", N_ ("Decided by") },
  { "code", N_ ("By the Code") },
  { "handler", N_ ("Handled by") },
  { "approver", N_ ("Approved by") },
  { "reviewer", N_ ("Reviewed by") },
  { "supporter", N_ ("Supported by") },
  { "independent", N_ ("Apart from stage 1") },
  { "over_cap", N_ ("More only for") },
  { "needs", N_ ("With") },
  { "acknowledgement_blocks", N_ ("The acknowledgement has") },
  { "response_blocks", N_ ("The response has") },
  { "postal_days", N_ ("Working days for the post") },
  { "stale", N_ ("No longer so") },
  { "note", N_ ("Note") },
};

static gboolean
is_one_of (const char *key, const char *const *keys, guint n_keys)
{
  for (guint i = 0; i < n_keys; i++)
    if (g_str_equal (keys[i], key))
      return TRUE;
  return FALSE;
}

static const char *
find_label (const char *key)
{
  for (guint i = 0; i < G_N_ELEMENTS (labels); i++)
    if (g_str_equal (labels[i].key, key))
      return _ (labels[i].label);
  return NULL;
}

/* A list in a file, each of its words put plainly. */
static char *
put_plainly (const char *key, const char *value)
{
  g_auto (GStrv) parts = NULL;
  GString *joined = NULL;

  if (g_str_equal (key, "code"))
    return g_strdup (g_str_equal (value, "allowed") ? _ ("allowed")
                                                    : _ ("not among its grounds: take care"));
  parts = g_strsplit (value, ";", -1);
  joined = g_string_new (NULL);
  for (guint i = 0; parts[i] != NULL; i++)
    {
      g_autofree char *plain = amends_due_words_plain (g_strstrip (parts[i]));

      g_string_append_printf (joined, "%s%s", i > 0 ? ", " : "", plain);
    }
  return g_string_free (joined, FALSE);
}

static void
append_sentence (GString *text, const char *sentence)
{
  if (*sentence == '\0')
    return;
  if (text->len > 0)
    g_string_append (text, g_str_has_suffix (text->str, ".") ? " " : ". ");
  g_string_append (text, sentence);
}

/**
 * amends_policy_words_ground:
 * @rule: what the policy lets be declined
 *
 * Returns: (transfer full): the ground, as the policy says it where it does
 */
char *
amends_policy_words_ground (const AmendsPolicyRule *rule)
{
  const char *text = amends_policy_rule_get (rule, "text");

  return text != NULL ? g_strdup (text) : amends_policy_words_rule (rule);
}

/**
 * amends_policy_words_measure:
 * @policy: the edition that @rule is of
 * @rule: a rule
 *
 * Returns: (transfer full): what it comes to in a few words, "10 working days from the acknowledgement";
 *   "" where it takes a sentence
 */
char *
amends_policy_words_measure (const AmendsPolicy *policy, const AmendsPolicyRule *rule)
{
  const char *cap = amends_policy_rule_get (rule, "cap");
  const char *value = amends_policy_rule_get (rule, "value");
  AmendsClockName name;

  if (g_str_equal (rule->kind, "clock") && find_clock (rule->name, &name))
    {
      const AmendsPolicyClock *clock = amends_policy_get_clock (policy, name);
      g_autofree char *length = amends_due_words_length (clock);

      return g_strdup_printf (_ ("%s from %s"), length, amends_due_words_start (clock->start));
    }
  if (g_str_equal (rule->kind, "extension") && cap != NULL)
    {
      int n = (int) g_ascii_strtoll (cap, NULL, 10);
      gboolean is_firm = g_strcmp0 (amends_policy_rule_get (rule, "firm"), "false") != 0;

      /* What holds only generally is weaker than the same number that always holds. */
      return g_strdup_printf (is_firm
                                  ? ngettext ("up to %d more working day",
                                              "up to %d more working days", (gulong) n)
                                  : ngettext ("generally up to %d more working day",
                                              "generally up to %d more working days", (gulong) n),
                              n);
    }
  return value != NULL ? amends_due_words_plain (value) : g_strdup ("");
}

/**
 * amends_policy_words_value:
 * @policy: the edition that @rule is of
 * @rule: a rule
 *
 * Returns: (transfer full): what it says, in sentences
 */
char *
amends_policy_words_value (const AmendsPolicy *policy, const AmendsPolicyRule *rule)
{
  GString *text = g_string_new (NULL);
  g_autofree char *measure = amends_policy_words_measure (policy, rule);
  g_autofree char *first = *measure != '\0' ? capitalise (measure) : g_strdup ("");

  append_sentence (text, first);
  for (guint i = 0; i < G_N_ELEMENTS (leading); i++)
    {
      const char *value = amends_policy_rule_get (rule, leading[i]);
      g_autofree char *plain = value != NULL ? capitalise (value) : NULL;

      append_sentence (text, plain != NULL ? plain : "");
    }
  for (guint i = 0; i < rule->values->len; i++)
    {
      const AmendsPolicyValue *each = &g_array_index (rule->values, AmendsPolicyValue, i);
      const char *label = find_label (each->key);
      g_autofree char *name = NULL;
      g_autofree char *plain = NULL;
      g_autofree char *sentence = NULL;

      if (is_one_of (each->key, leading, G_N_ELEMENTS (leading))
          || is_one_of (each->key, silent, G_N_ELEMENTS (silent)))
        continue;
      name = label != NULL ? g_strdup (label) : capitalise (each->key);
      plain = put_plainly (each->key, each->value);
      /* Translators: the name of a value of a policy, and the value. */
      sentence = g_strdup_printf (_ ("%s: %s"), name, plain);
      append_sentence (text, sentence);
    }
  return g_string_free (text, FALSE);
}

/**
 * amends_policy_words_verdict:
 * @kind: how a policy stands to a provision of the Code
 *
 * Returns: that in words, and which of the two applies
 */
const char *
amends_policy_words_verdict (AmendsVerdictKind kind)
{
  switch (kind)
    {
    case AMENDS_VERDICT_WEAKER:
      return _ ("Weaker: the Code applies");
    case AMENDS_VERDICT_STRICTER:
      return _ ("Stricter: the policy applies");
    case AMENDS_VERDICT_SILENT:
      return _ ("Silent: the Code applies");
    }
  return "";
}

static gboolean
is_confirmed (const AmendsPolicy *code, const char *provision)
{
  for (guint i = 0; i < amends_policy_get_n_rules (code); i++)
    {
      const AmendsPolicyRule *rule = amends_policy_get_rule (code, i);

      if (g_str_equal (rule->clause, provision) && !amends_policy_rule_is_confirmed (rule))
        return FALSE;
    }
  return TRUE;
}

/**
 * amends_policy_words_cite:
 * @code: the Complaint Handling Code
 * @clauses: (nullable): as amends_policy_cite() gives them, "8.1; Code 6.9"
 *
 * Returns: (transfer full) (nullable): the same, saying where the Code's words are still to be confirmed;
 * set apart from what stands around it
 */
char *
amends_policy_words_cite (const AmendsPolicy *code, const char *clauses)
{
  const char *provision = clauses != NULL ? strstr (clauses, CODE) : NULL;
  g_autofree char *noted = NULL;

  if (provision == NULL || is_confirmed (code, provision + strlen (CODE)))
    return amends_words_isolate (clauses);
  /* Translators: clauses, "8.1; Code 6.9". */
  noted = g_strdup_printf (_ ("%s, to be confirmed"), clauses);
  return amends_words_isolate (noted);
}
