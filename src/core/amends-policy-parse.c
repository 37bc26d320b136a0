/* amends-policy-parse.c: an edition of a policy, read from its file
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * An edition of a policy is a GKeyFile:
 *
 *   [policy]
 *   id=one-housing
 *   landlord=One Housing
 *   title=Complaints Policy
 *   version=5
 *   effective_from=2024-04-01
 *   review_by=2025-04-01
 *   calendar=england-and-wales
 *
 *   [clock:respond]
 *   start=acknowledged
 *   length=10
 *   unit=working-days
 *   end=responded
 *   clause=6.5.1
 *   status=exact
 *   rows=S0-K3
 *
 *   [later]
 *   S0-25=a panel looks at offers of compensation on request
 *
 * Every group but [policy] and [later] is a rule: it carries the clause that it rests on and how it
 * stands there, and names the rows of the reading of the document that it accounts for. Where the document
 * leaves it open or contradicts itself, "taken" says why this reading was taken: it is the better for the
 * resident that the Code allows, or the Code's own, or the Code's date beside it counts the other, or it
 * is read from a statute; "because" says it in words. Without them nothing is claimed of it. [later] lists
 * the rows that nothing computes yet. What a group may hold says the table below; anything else is
 * refused, with the line. */

#include "core/amends-policy-private.h"

#include <string.h>

#include "core/amends-data-file.h"
#include "core/amends-error.h"

#define GROUP_POLICY "policy"
#define GROUP_LATER "later"

typedef enum
{
  VALUE_TEXT,
  VALUE_LIST,
  VALUE_WORD,
  VALUE_NUMBER,
  VALUE_BOOLEAN,
  VALUE_DAY,
  VALUE_EVENT,
} ValueType;

typedef struct
{
  const char *name;
  ValueType type;
  gboolean is_required;
  const char *words; /* (nullable) those there are, each between spaces */
} Key;

#define END \
  {         \
    NULL    \
  }
#define WORDS_UNIT " working-days calendar-days months hours "
#define WORDS_PURPOSE " duty window prompt "
#define WORDS_COUNT " next-day same-day "

static const Key policy_keys[] = {
  { "id", VALUE_WORD, TRUE },       { "landlord", VALUE_TEXT, TRUE }, { "title", VALUE_TEXT, TRUE },
  { "version", VALUE_TEXT, TRUE },  { "effective_from", VALUE_DAY },  { "review_by", VALUE_DAY },
  { "calendar", VALUE_WORD, TRUE }, { "document_dates", VALUE_TEXT }, END,
};

static const Key common_keys[] = {
  { "clause", VALUE_TEXT },
  { "status", VALUE_WORD, TRUE, " exact read conflict silent " },
  { "alternatives", VALUE_LIST },
  { "taken", VALUE_WORD, FALSE, " better code beside statute " },
  { "because", VALUE_TEXT },
  { "note", VALUE_TEXT },
  { "rows", VALUE_LIST },
  { "to_confirm", VALUE_BOOLEAN },
  END,
};

static const Key clock_keys[] = {
  { "start", VALUE_EVENT, TRUE },
  { "length", VALUE_NUMBER, TRUE },
  { "unit", VALUE_WORD, TRUE, WORDS_UNIT },
  { "end", VALUE_EVENT, TRUE },
  { "purpose", VALUE_WORD, FALSE, WORDS_PURPOSE },
  { "count_from", VALUE_WORD, FALSE, WORDS_COUNT },
  { "medium", VALUE_WORD, FALSE, " written " },
  { "start_delivered", VALUE_BOOLEAN },
  { "end_delivered", VALUE_BOOLEAN },
  { "postal_days", VALUE_NUMBER },
  END,
};

static const Key extension_keys[] = {
  { "cap", VALUE_NUMBER },   { "unit", VALUE_WORD, FALSE, " working-days " },
  { "firm", VALUE_BOOLEAN }, { "over_cap", VALUE_TEXT },
  { "needs", VALUE_LIST },   END,
};

static const Key exclusion_keys[] = {
  { "text", VALUE_TEXT, TRUE },
  { "exceptions", VALUE_LIST },
  { "decided_by", VALUE_LIST },
  { "instead", VALUE_TEXT },
  { "code", VALUE_WORD, FALSE, " allowed warn " },
  END,
};

static const Key stage_keys[] = {
  { "handler", VALUE_LIST },
  { "approver", VALUE_LIST },
  { "reviewer", VALUE_LIST },
  { "supporter", VALUE_LIST },
  { "independent", VALUE_WORD, FALSE, " strict warn " },
  { "acknowledgement_blocks", VALUE_LIST },
  { "response_blocks", VALUE_LIST },
  END,
};

static const Key role_keys[] = { { "title", VALUE_TEXT, TRUE }, { "aliases", VALUE_LIST }, END };

static const Key rule_keys[] = {
  { "value", VALUE_WORD },
  { "levels", VALUE_LIST },
  { "provisions", VALUE_LIST },
  END,
};

static const Key external_keys[] = {
  { "name", VALUE_TEXT, TRUE }, { "when", VALUE_TEXT },
  { "telephone", VALUE_TEXT },  { "web", VALUE_TEXT },
  { "address", VALUE_TEXT },    { "checked_on", VALUE_DAY },
  { "stale", VALUE_TEXT },      END,
};

static const Key retention_keys[] = {
  { "text", VALUE_TEXT, TRUE },
  { "tenancy_months", VALUE_NUMBER },
  { "last_event_months", VALUE_NUMBER },
  END,
};

static const Key text_keys[] = { { "text", VALUE_TEXT, TRUE }, { "codes", VALUE_LIST }, END };

/* The kinds of rule. Those with a text alone say what is so; nothing computes with it. */
static const struct
{
  const char *kind;
  const Key *keys;
} kinds[] = {
  { "clock", clock_keys },         { "extension", extension_keys }, { "exclusion", exclusion_keys },
  { "stage", stage_keys },         { "role", role_keys },           { "rule", rule_keys },
  { "external", external_keys },   { "authority", text_keys },      { "remedy", text_keys },
  { "route", text_keys },          { "type", text_keys },           { "kpi", text_keys },
  { "retention", retention_keys }, { "letter", text_keys },         { "closure", text_keys },
};

static const char *const purpose_names[] = { "duty", "window", "prompt" };

/* One reading of one file. */
typedef struct
{
  AmendsPolicy *policy;
  AmendsDataFile *file;
} Reader;

#define complain(reader, ...) amends_data_file_complain ((reader)->file, __VA_ARGS__)

static const Key *
find_key (const Key *keys, const char *name)
{
  for (const Key *key = keys; key->name != NULL; key++)
    if (strcmp (key->name, name) == 0)
      return key;
  return NULL;
}

static gboolean
check_word (Reader *reader, const char *group, const Key *key, const char *value)
{
  g_autofree char *between = g_strdup_printf (" %s ", value);
  g_autofree char *shown = amends_data_file_shorten (value);

  if (!amends_data_file_is_word (value))
    return complain (reader, 0, group, key->name, "“%s” is no word of a-z, 0-9 and -", shown);
  if (key->words != NULL && strstr (key->words, between) == NULL)
    return complain (reader, 0, group, key->name, "“%s” is none of:%s", shown, key->words);
  return TRUE;
}

static gboolean
check_value (Reader *reader, const char *group, const Key *key, const char *value)
{
  g_autofree char *shown = amends_data_file_shorten (value);
  guint64 number;
  AmendsDay day;

  if (*value == '\0')
    return complain (reader, 0, group, key->name, "says nothing");
  if (strlen (value) > AMENDS_POLICY_VALUE_MAX_BYTES)
    return complain (reader, 0, group, key->name, "is longer than %d bytes",
                     AMENDS_POLICY_VALUE_MAX_BYTES);

  switch (key->type)
    {
    case VALUE_TEXT:
    case VALUE_LIST:
      return TRUE;
    case VALUE_WORD:
      return check_word (reader, group, key, value);
    case VALUE_NUMBER:
      if (!g_ascii_string_to_unsigned (value, 10, 1, AMENDS_POLICY_CLOCK_MAX_LENGTH, &number, NULL))
        return complain (reader, 0, group, key->name, "“%s” is no number from 1 to %d", shown,
                         AMENDS_POLICY_CLOCK_MAX_LENGTH);
      return TRUE;
    case VALUE_BOOLEAN:
      if (strcmp (value, "true") != 0 && strcmp (value, "false") != 0)
        return complain (reader, 0, group, key->name, "“%s” is neither true nor false", shown);
      return TRUE;
    case VALUE_DAY:
      if (!amends_day_parse (value, &day, NULL))
        return complain (reader, 0, group, key->name, "“%s” is no date YYYY-MM-DD", shown);
      return TRUE;
    case VALUE_EVENT:
      if (amends_clock_event_from_name (value) == AMENDS_CLOCK_EVENT_NONE)
        return complain (reader, 0, group, key->name, "“%s” is no event of a complaint", shown);
      return TRUE;
    }
  return FALSE;
}

static gboolean
check_required (Reader *reader, const char *group, const Key *keys)
{
  gboolean is_whole = TRUE;

  for (const Key *key = keys; key->name != NULL; key++)
    if (key->is_required && !g_key_file_has_key (reader->file->keys, group, key->name, NULL))
      is_whole = complain (reader, 0, group, key->name, "is missing");
  return is_whole;
}

/* All values of a group that keys, or the keys that every rule has, allow; NULL once one is wrong. */
static AmendsPolicyRule *
read_group (Reader *reader, const char *group, const Key *keys, const Key *more_keys)
{
  AmendsPolicyRule *rule = g_new0 (AmendsPolicyRule, 1);
  g_auto (GStrv) names = g_key_file_get_keys (reader->file->keys, group, NULL, NULL);
  gboolean is_good = check_required (reader, group, keys);

  if (more_keys != NULL)
    is_good &= check_required (reader, group, more_keys);
  rule->n_line = amends_data_file_get_line (reader->file, group, NULL);
  rule->values = amends_policy_values_new ();
  for (gsize i = 0; names != NULL && names[i] != NULL; i++)
    {
      g_autoptr (GError) problem = NULL;
      g_autofree char *value =
          g_key_file_get_string (reader->file->keys, group, names[i], &problem);
      const Key *key = find_key (keys, names[i]);
      AmendsPolicyValue kept;

      if (key == NULL && more_keys != NULL)
        key = find_key (more_keys, names[i]);
      if (key == NULL)
        is_good = complain (reader, 0, group, names[i], "there is no such key in this group");
      else if (value == NULL)
        is_good = complain (reader, 0, group, names[i], "cannot be read: %s", problem->message);
      else if (!check_value (reader, group, key, g_strstrip (value)))
        is_good = FALSE;
      else
        {
          kept = (AmendsPolicyValue){ g_strdup (names[i]), g_steal_pointer (&value) };
          g_array_append_val (rule->values, kept);
        }
    }
  if (is_good)
    return rule;
  amends_policy_rule_free (rule);
  return NULL;
}

static guint
index_of (const char *const *words, guint n_words, const char *word)
{
  for (guint i = 0; word != NULL && i < n_words; i++)
    if (strcmp (words[i], word) == 0)
      return i;
  return 0;
}

static int
get_number (const AmendsPolicyRule *rule, const char *key)
{
  const char *value = amends_policy_rule_get (rule, key);
  guint64 number = 0;

  if (value != NULL)
    g_ascii_string_to_unsigned (value, 10, 1, AMENDS_POLICY_CLOCK_MAX_LENGTH, &number, NULL);
  return (int) number;
}

static gboolean
is_true (const AmendsPolicyRule *rule, const char *key)
{
  return g_strcmp0 (amends_policy_rule_get (rule, key), "true") == 0;
}

static void
read_status (Reader *reader, const char *group, AmendsPolicyRule *rule)
{
  static const char *const reasons[] = { "taken", "because" };

  rule->status = (AmendsPolicyStatus) index_of (amends_policy_status_names,
                                                G_N_ELEMENTS (amends_policy_status_names),
                                                amends_policy_rule_get (rule, "status"));
  rule->clause = g_strdup (amends_policy_rule_get (rule, "clause"));
  rule->alternatives = amends_policy_split_list (amends_policy_rule_get (rule, "alternatives"));
  rule->rows = amends_policy_split_list (amends_policy_rule_get (rule, "rows"));

  if (rule->clause == NULL && rule->status != AMENDS_POLICY_STATUS_SILENT)
    complain (reader, 0, group, "clause", "is missing: only what is silent has no clause");
  if (rule->status == AMENDS_POLICY_STATUS_CONFLICT && rule->alternatives[0] == NULL)
    complain (reader, 0, group, "alternatives", "are missing: a conflict has at least one");
  if ((rule->status == AMENDS_POLICY_STATUS_EXACT || rule->status == AMENDS_POLICY_STATUS_SILENT)
      && rule->alternatives[0] != NULL)
    complain (reader, 0, group, "alternatives", "contradict the status: it is not open");
  for (guint i = 0; i < G_N_ELEMENTS (reasons); i++)
    if ((rule->status == AMENDS_POLICY_STATUS_EXACT || rule->status == AMENDS_POLICY_STATUS_SILENT)
        && amends_policy_rule_get (rule, reasons[i]) != NULL)
      complain (reader, 0, group, reasons[i], "contradicts the status: no reading was chosen");
  if (rule->clause == NULL)
    rule->clause = g_strdup ("");
}

static gboolean
may_start_on (AmendsClockName name, AmendsClockEventKind start)
{
  for (guint i = 0; i < G_N_ELEMENTS (amends_policy_clock_forms[name].starts); i++)
    if (amends_policy_clock_forms[name].starts[i] == start)
      return start != AMENDS_CLOCK_EVENT_NONE;
  return FALSE;
}

static void
check_clock (Reader *reader, const char *group, const AmendsPolicyClock *clock)
{
  if (!may_start_on (clock->name, clock->start))
    complain (reader, 0, group, "start", "this clock does not start on “%s”",
              amends_clock_event_get_name (clock->start));
  if (clock->end != amends_policy_clock_forms[clock->name].end)
    complain (reader, 0, group, "end", "this clock ends on “%s”",
              amends_clock_event_get_name (amends_policy_clock_forms[clock->name].end));
  if (clock->purpose != amends_policy_clock_forms[clock->name].purpose)
    complain (reader, 0, group, "purpose", "this clock is a %s",
              purpose_names[amends_policy_clock_forms[clock->name].purpose]);
  if (clock->is_same_day && clock->unit != AMENDS_CLOCK_UNIT_WORKING_DAYS)
    complain (reader, 0, group, "count_from", "only working days count from the same day");
  if (clock->n_postal_working_days > 0 && !clock->ends_delivered)
    complain (reader, 0, group, "postal_days", "are only for a clock that ends on delivery");
}

static void
take_clock (Reader *reader, const char *group, const AmendsPolicyRule *rule)
{
  AmendsPolicyClock *clock;
  const char *purpose = amends_policy_rule_get (rule, "purpose");
  guint name;

  for (name = 0; name < AMENDS_CLOCK_N_NAMES; name++)
    if (strcmp (amends_policy_clock_forms[name].name, rule->name) == 0)
      break;
  if (name == AMENDS_CLOCK_N_NAMES)
    {
      complain (reader, 0, group, NULL, "there is no clock of this name");
      return;
    }

  clock = &reader->policy->clocks[name];
  clock->rule = rule;
  clock->name = (AmendsClockName) name;
  clock->start = amends_clock_event_from_name (amends_policy_rule_get (rule, "start"));
  clock->end = amends_clock_event_from_name (amends_policy_rule_get (rule, "end"));
  clock->length = get_number (rule, "length");
  clock->unit =
      (AmendsClockUnit) index_of (amends_clock_unit_names, G_N_ELEMENTS (amends_clock_unit_names),
                                  amends_policy_rule_get (rule, "unit"));
  clock->purpose =
      purpose == NULL
          ? amends_policy_clock_forms[name].purpose
          : (AmendsClockPurpose) index_of (purpose_names, G_N_ELEMENTS (purpose_names), purpose);
  clock->is_same_day = g_strcmp0 (amends_policy_rule_get (rule, "count_from"), "same-day") == 0;
  clock->needs_writing = amends_policy_rule_get (rule, "medium") != NULL;
  clock->starts_delivered = is_true (rule, "start_delivered");
  clock->ends_delivered = is_true (rule, "end_delivered");
  clock->is_statutory = amends_policy_clock_forms[name].is_statutory;
  clock->n_postal_working_days = get_number (rule, "postal_days");
  check_clock (reader, group, clock);
}

static void
take_extension (Reader *reader, const char *group, const AmendsPolicyRule *rule)
{
  AmendsPolicyExtension *extension;

  if (strcmp (rule->name, "1") != 0 && strcmp (rule->name, "2") != 0)
    {
      complain (reader, 0, group, NULL, "there are two stages, 1 and 2");
      return;
    }
  extension = &reader->policy->extensions[rule->name[0] - '1'];
  extension->rule = rule;
  extension->n_cap_working_days = get_number (rule, "cap");
  extension->is_firm = g_strcmp0 (amends_policy_rule_get (rule, "firm"), "false") != 0;
  if (extension->n_cap_working_days == 0 && rule->status != AMENDS_POLICY_STATUS_SILENT)
    complain (reader, 0, group, "cap", "is missing: only a document that is silent has none");
}

static const Key *
keys_of_kind (const char *kind)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (strcmp (kinds[i].kind, kind) == 0)
      return kinds[i].keys;
  return NULL;
}

static void
check_rule_value (Reader *reader, const char *group, const AmendsPolicyRule *rule)
{
  const char *value = amends_policy_rule_get (rule, "value");
  g_auto (GStrv) levels = amends_policy_split_list (amends_policy_rule_get (rule, "levels"));

  if (value == NULL && rule->status != AMENDS_POLICY_STATUS_SILENT)
    complain (reader, 0, group, "value", "is missing: only what is silent has none");
  if (value != NULL && levels[0] != NULL && !g_strv_contains ((const char *const *) levels, value))
    complain (reader, 0, group, "value", "“%s” is none of the levels", value);
}

/* What nobody has checked for a year goes into no letter: a detail carries the day it was looked up. */
static void
check_external (Reader *reader, const char *group, const AmendsPolicyRule *rule)
{
  static const char *const details[] = { "telephone", "web", "address" };

  for (guint i = 0; i < G_N_ELEMENTS (details); i++)
    if (amends_policy_rule_get (rule, details[i]) != NULL
        && amends_policy_rule_get (rule, "checked_on") == NULL)
      {
        complain (reader, 0, group, "checked_on", "is missing: the day its details were checked");
        return;
      }
}

static void
read_rule (Reader *reader, const char *group)
{
  g_auto (GStrv) parts = g_strsplit (group, ":", 2);
  const Key *keys = parts[0] != NULL ? keys_of_kind (parts[0]) : NULL;
  AmendsPolicyRule *rule;

  if (keys == NULL || parts[1] == NULL || !amends_data_file_is_word (parts[1]))
    {
      complain (reader, 0, group, NULL, "there is no such group in a policy");
      return;
    }
  if (strcmp (parts[0], "stage") == 0 && strcmp (parts[1], "1") != 0 && strcmp (parts[1], "2") != 0)
    {
      complain (reader, 0, group, NULL,
                "a policy has two stages, 1 and 2 (Complaint Handling Code 2024, 5.3)");
      return;
    }
  rule = read_group (reader, group, keys, common_keys);
  if (rule == NULL)
    return;

  rule->kind = g_strdup (parts[0]);
  rule->name = g_strdup (parts[1]);
  g_ptr_array_add (reader->policy->rules, rule);
  g_hash_table_insert (reader->policy->by_name, g_strdup (group), rule);
  read_status (reader, group, rule);
  if (keys == clock_keys)
    take_clock (reader, group, rule);
  else if (keys == extension_keys)
    take_extension (reader, group, rule);
  else if (keys == rule_keys)
    check_rule_value (reader, group, rule);
  else if (keys == external_keys)
    check_external (reader, group, rule);
}

static void
read_later (Reader *reader)
{
  g_auto (GStrv) names = g_key_file_get_keys (reader->file->keys, GROUP_LATER, NULL, NULL);
  static const Key any = { "", VALUE_TEXT };

  for (gsize i = 0; names != NULL && names[i] != NULL; i++)
    {
      g_autofree char *value =
          g_key_file_get_string (reader->file->keys, GROUP_LATER, names[i], NULL);
      Key key = any;
      AmendsPolicyValue kept;

      key.name = names[i];
      if (value == NULL)
        complain (reader, 0, GROUP_LATER, names[i], "cannot be read");
      else if (check_value (reader, GROUP_LATER, &key, g_strstrip (value)))
        {
          kept = (AmendsPolicyValue){ g_strdup (names[i]), g_steal_pointer (&value) };
          g_array_append_val (reader->policy->later, kept);
        }
    }
}

static void
read_head (Reader *reader)
{
  AmendsPolicy *policy = reader->policy;
  const char *day;

  policy->head = read_group (reader, GROUP_POLICY, policy_keys, NULL);
  if (policy->head == NULL)
    return;

  policy->head->kind = g_strdup (GROUP_POLICY);
  policy->head->name = g_strdup ("");
  policy->head->clause = g_strdup ("");
  day = amends_policy_rule_get (policy->head, "effective_from");
  if (day != NULL)
    amends_day_parse (day, &policy->effective_day, NULL);
  day = amends_policy_rule_get (policy->head, "review_by");
  if (day != NULL)
    amends_day_parse (day, &policy->review_day, NULL);
}

static void
read_policy (Reader *reader)
{
  g_auto (GStrv) groups = g_key_file_get_groups (reader->file->keys, NULL);

  read_head (reader);
  for (gsize i = 0; groups[i] != NULL; i++)
    if (strcmp (groups[i], GROUP_LATER) == 0)
      read_later (reader);
    else if (strcmp (groups[i], GROUP_POLICY) != 0)
      read_rule (reader, groups[i]);
}

/**
 * amends_policy_parse:
 * @bytes: a policy file, at most %AMENDS_POLICY_MAX_BYTES
 * @file_name: what messages call it
 * @problems: (nullable) (element-type GError): where all problems go, not only the first
 *
 * Reads the form described at the top of this file. Unknown groups and keys are refused, and so are a
 * key that stands twice, a status without its clause or alternatives, and a third stage.
 *
 * Errors: %AMENDS_CORE_ERROR_TOO_LARGE over the limit; %AMENDS_CORE_ERROR_INVALID otherwise, with
 * group and key as its field and file and line in its message.
 * Returns: (transfer full): the edition, or %NULL
 */
AmendsPolicy *
amends_policy_parse (GBytes *bytes, const char *file_name, GPtrArray *problems, GError **error)
{
  g_autoptr (AmendsPolicy) self = NULL;
  g_auto (AmendsDataFile) file = { 0 };
  Reader reader = { .file = &file };

  g_return_val_if_fail (bytes != NULL && file_name != NULL, NULL);

  reader.policy = self = amends_policy_new ();
  if (amends_data_file_load (&file, bytes, AMENDS_POLICY_MAX_BYTES, "a policy", file_name,
                             problems))
    read_policy (&reader);
  if (file.first != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&file.first));
      return NULL;
    }
  return g_steal_pointer (&self);
}
