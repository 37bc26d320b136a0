/* amends-import-words.c: a spreadsheet, and what came of it, as people read it
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/amends-import-words.h"

#include <string.h>

#include <glib/gi18n.h>

#include "app/amends-act-words.h"
#include "app/amends-words.h"
#include "core/amends-error.h"

/* @title: in a list; @about: what stands in such a file, and what becomes of it */
static const struct
{
  const char *title;
  const char *about;
} kinds[AMENDS_REGISTER_N_IMPORTED] = {
  [AMENDS_REGISTER_CASES] = { N_ ("Running cases"),
                              N_ ("The complaints that are under way, with the days of what was "
                                  "done, so that their dates are right at once.") },
  [AMENDS_REGISTER_HOMES] = { N_ ("Homes"),
                              N_ ("A reference, the scheme and the address of each, and nothing of "
                                  "who lives there. They are offered where a home is typed, at the "
                                  "kiosk too.") },
  [AMENDS_REGISTER_PEOPLE] = { N_ ("People"),
                               N_ ("Names and homes, the language, and how each prefers to hear "
                                   "from you. Leave out all else: what somebody needs is for them "
                                   "to say.") },
  [AMENDS_REGISTER_STAFF] = { N_ ("Staff"),
                              N_ ("Names, and the roles of each. Only an administrator records "
                                  "roles.") },
  [AMENDS_REGISTER_NUMBERS] = { N_ ("Numbers to ring"),
                                N_ ("Whom to ring at a scheme, on which number, and when somebody "
                                    "is "
                                    "there. The role says for what: the line manager is shown "
                                    "where "
                                    "it is about somebody who works there.") },
};

/* Of homes, people and staff, and of a case what is in no form under that name. */
static const struct
{
  const char *name;
  const char *title;
} fields[] = {
  { "reference", N_ ("Reference") },
  { "former_reference", N_ ("Your reference") },
  { "scheme", N_ ("Scheme, its code") },
  { "address", N_ ("Address") },
  { "ended", N_ ("Let until") },
  { "name", N_ ("Name") },
  { "home", N_ ("Home") },
  { "language", N_ ("Language") },
  { "preferred_contact", N_ ("Prefers to hear by") },
  { "phone", N_ ("Telephone") },
  { "hours", N_ ("Opening hours") },
  { "role", N_ ("Role") },
  { "roles", N_ ("Roles, with “;” between them") },
  { "kind", N_ ("Recorded as") },
  { "received", N_ ("Received on") },
  { "channel", N_ ("How it came") },
  { "complainant.name", N_ ("Name of the resident") },
  { "complainant.relation", N_ ("Lives here as") },
  { "complainant.home", N_ ("Home of the resident") },
  { "complainant.phone", N_ ("Telephone") },
  { "complainant.email", N_ ("Email") },
  { "complainant.preferred_contact", N_ ("Prefers to hear by") },
  { "complainant.language", N_ ("Language") },
  { "issues.0.what", N_ ("What happened") },
  { "issues.0.arose", N_ ("When it happened") },
  { "issues.0.outcome_sought", N_ ("What would put it right") },
  { "issues.0.category", N_ ("Category") },
  { "adjustments.0.need", N_ ("Adjustment") },
  { "adjustments.0.detail", N_ ("Adjustment, in words") },
  { "representative.name", N_ ("Speaks for the resident") },
};

/**
 * amends_import_words_kind:
 *
 * Returns: what a file of @kind holds, as a heading
 */
const char *
amends_import_words_kind (AmendsRegisterKind kind)
{
  return _ (kinds[kind].title);
}

/**
 * amends_import_words_about:
 *
 * Returns: what stands in such a file, and what becomes of it
 */
const char *
amends_import_words_about (AmendsRegisterKind kind)
{
  return _ (kinds[kind].about);
}

/* "case.acknowledged.on": the act, and its field. */
static char *
describe_act_field (const char *name)
{
  guint n_acts;
  const AmendsActWords *acts = amends_act_words_get_all (&n_acts);

  for (guint i = 0; i < n_acts; i++)
    {
      const char *word = amends_event_type_to_string (acts[i].type);
      gsize n_word = strlen (word);
      g_autofree char *field = NULL;

      if (strncmp (name, word, n_word) != 0 || name[n_word] != '.')
        continue;
      field = amends_act_words_field (acts[i].type, name + n_word + 1);
      /* Translators: an act, and a field of it, such as "Acknowledge: On". */
      return g_strdup_printf (_ ("%s: %s"), _ (acts[i].title), field);
    }
  return NULL;
}

/**
 * amends_import_words_field:
 * @name: of a field, as amends_import_dup_guess() gives it
 *
 * Returns: (transfer full): what a column is taken for
 */
char *
amends_import_words_field (AmendsRegisterKind kind, const char *name)
{
  char *act;

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    if (g_str_equal (fields[i].name, name))
      return g_strdup (_ (fields[i].title));
  act = kind == AMENDS_REGISTER_CASES ? describe_act_field (name) : NULL;
  return act != NULL ? act : g_strdelimit (g_strdup (name), "._", ' ');
}

static char *
describe_schemes (const GPtrArray *schemes)
{
  g_autoptr (GString) codes = g_string_new (NULL);

  for (guint i = 0; schemes != NULL && i < schemes->len; i++)
    g_string_append_printf (codes, "%s%s", i > 0 ? ", " : "",
                            ((const AmendsScheme *) g_ptr_array_index (schemes, i))->code);
  if (codes->len == 0)
    return g_strdup (_ ("This laptop writes to no scheme yet. Ask head office which it may."));
  /* Translators: the codes of schemes, such as "oak, ash". */
  return g_strdup_printf (_ ("This laptop writes to no such scheme. Write the code of one that it "
                             "does: %s."),
                          codes->str);
}

/* What a form would say of a field speaks of what stands beside it on the screen; here it is a cell of a file. */
static char *
describe (const GError *problem, const GPtrArray *schemes)
{
  const char *field = amends_error_get_field (problem);

  if (field == NULL || !g_str_has_prefix (problem->message, "“"))
    return amends_words_sentence (problem->message);
  if (g_str_equal (field, "scheme"))
    return describe_schemes (schemes);
  if (g_str_equal (field, "ended"))
    return g_strdup (_ ("This is no day. Write it as 31/01/2027, or leave it empty."));
  if (g_str_equal (field, "reference") || g_str_equal (field, "former_reference"))
    return g_strdup (_ ("No reference stands here, by which it would be known again. Write it."));
  if (g_str_equal (field, "address"))
    return g_strdup (_ ("No address stands here. Write it as people say it."));
  return amends_words_problem (problem, amends_words_today ());
}

/**
 * amends_import_words_problem:
 * @schemes: (nullable) (element-type AmendsScheme): those that may be written to
 *
 * Returns: (transfer full): where it is, and what is wrong with it
 */
char *
amends_import_words_problem (const AmendsImportProblem *problem, const GPtrArray *schemes)
{
  g_autofree char *said = describe (problem->error, schemes);
  const char *clause = amends_error_get_clause (problem->error);
  g_autofree char *what =
      clause != NULL ? g_strdup_printf ("%s (%s)", said, clause) : g_strdup (said);
  g_autofree char *column = NULL;

  if (problem->column == NULL)
    /* Translators: the line of a file, and what is wrong with it. */
    return g_strdup_printf (_ ("Line %u: %s"), problem->line, what);
  column = amends_words_isolate (problem->column);
  /* Translators: the line of a file, the column, and what is wrong there. */
  return g_strdup_printf (_ ("Line %u, %s: %s"), problem->line, column, what);
}

static char *
count_new (AmendsRegisterKind kind, gboolean is_applied, guint n)
{
  switch (kind)
    {
    case AMENDS_REGISTER_HOMES:
      return g_strdup_printf (is_applied
                                  ? ngettext ("%u home is recorded.", "%u homes are recorded.", n)
                                  : ngettext ("%u home would be recorded.",
                                              "%u homes would be recorded.", n),
                              n);
    case AMENDS_REGISTER_PEOPLE:
      return g_strdup_printf (is_applied ? ngettext ("%u person is recorded.",
                                                     "%u people are recorded.", n)
                                         : ngettext ("%u person would be recorded.",
                                                     "%u people would be recorded.", n),
                              n);
    case AMENDS_REGISTER_STAFF:
      return g_strdup_printf (is_applied ? ngettext ("%u member of staff is recorded.",
                                                     "%u members of staff are recorded.", n)
                                         : ngettext ("%u member of staff would be recorded.",
                                                     "%u members of staff would be recorded.", n),
                              n);
    case AMENDS_REGISTER_NUMBERS:
      return g_strdup_printf (is_applied ? ngettext ("%u number is recorded.",
                                                     "%u numbers are recorded.", n)
                                         : ngettext ("%u number would be recorded.",
                                                     "%u numbers would be recorded.", n),
                              n);
    case AMENDS_REGISTER_PINS: /* never from a spreadsheet */
    case AMENDS_REGISTER_CARRIAGES:
    case AMENDS_REGISTER_CASES:
      break;
    }
  return g_strdup_printf (is_applied
                              ? ngettext ("%u case is recorded.", "%u cases are recorded.", n)
                              : ngettext ("%u case would be recorded.",
                                          "%u cases would be recorded.", n),
                          n);
}

/**
 * amends_import_words_result:
 *
 * Returns: (transfer full): what was recorded, or would be, in sentences
 */
char *
amends_import_words_result (AmendsRegisterKind kind, const AmendsImported *imported)
{
  g_autofree char *new = count_new (kind, imported->is_applied, imported->rows->len);
  g_autoptr (GString) text = g_string_new (new);
  guint n;

  if ((n = imported->n_updated) > 0)
    g_string_append_printf (text,
                            imported->is_applied
                                ? ngettext (" %u that was here is brought up to date.",
                                            " %u that were here are brought up to date.", n)
                                : ngettext (" %u that is here would be brought up to date.",
                                            " %u that are here would be brought up to date.", n),
                            n);
  if ((n = imported->n_already_here) > 0)
    g_string_append_printf (text,
                            ngettext (" %u is here already and stays as it is.",
                                      " %u are here already and stay as they are.", n),
                            n);
  if ((n = imported->changed->len) > 0)
    g_string_append_printf (
        text,
        ngettext (" %u case is here and the file says something else of it: it stays as it is.",
                  " %u cases are here and the file says something else of them: they stay as they "
                  "are.",
                  n),
        n);
  return g_string_free (g_steal_pointer (&text), FALSE);
}
