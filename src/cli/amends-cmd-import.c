/* amends-cmd-import.c: what a landlord has already, from the files of a spreadsheet
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "cli/amends-cli-text.h"
#include "cli/amends-cmd.h"
#include "core/amends-csv.h"
#include "core/amends-error.h"
#include "core/amends-json.h"
#include "store/amends-import.h"

/* Whoever has more than these to mend looks at the file as a whole. */
#define MAX_PROBLEMS 1000

static gboolean is_check;
static gboolean is_apply;
static gboolean is_template;

static const GOptionEntry options[] = {
  { "check", 0, 0, G_OPTION_ARG_NONE, &is_check,
    N_ ("Say what would be recorded, and every line that is wrong"), NULL },
  { "apply", 0, 0, G_OPTION_ARG_NONE, &is_apply, N_ ("Record all of it, or nothing"), NULL },
  { "template", 0, 0, G_OPTION_ARG_NONE, &is_template,
    N_ ("Print the names of the usual columns instead"), NULL },
  { NULL },
};

static json_t *
problem_to_json (const AmendsImportProblem *problem)
{
  return json_pack ("{s:i, s:s?, s:s, s:s, s:s?}", "line", (int) problem->line, "column",
                    problem->column, "code", amends_error_get_code_name (problem->error), "message",
                    problem->error->message, "clause", amends_error_get_clause (problem->error));
}

static json_t *
problems_to_json (const GPtrArray *problems)
{
  json_t *list = json_array ();

  for (guint i = 0; i < MIN (problems->len, MAX_PROBLEMS); i++)
    json_array_append_new (list, problem_to_json (g_ptr_array_index (problems, i)));
  return list;
}

/* How many of them are in no list. */
static int
count_left_out (const GPtrArray *problems)
{
  return (int) problems->len - (int) MIN (problems->len, MAX_PROBLEMS);
}

static json_t *
warnings_to_json (const AmendsImportedRow *one)
{
  json_t *warnings = json_array ();

  for (guint n = 0; n < one->warnings->len; n++)
    json_array_append_new (warnings, json_string (g_ptr_array_index (one->warnings, n)));
  return warnings;
}

static json_t *
rows_to_json (const AmendsImported *imported, AmendsRegisterKind kind)
{
  json_t *list = json_array ();

  for (guint i = 0; imported != NULL && i < imported->rows->len; i++)
    {
      const AmendsImportedRow *one = g_ptr_array_index (imported->rows, i);
      json_t *row =
          json_pack ("{s:i, s:s, s:o}", "line", (int) one->line,
                     kind == AMENDS_REGISTER_CASES ? "former_reference" : "key", one->key, "id",
                     imported->is_applied ? amends_id_to_json (&one->id) : json_null ());

      if (kind == AMENDS_REGISTER_CASES)
        {
          json_object_set_new (row, "reference",
                               imported->is_applied ? json_string (one->reference) : json_null ());
          json_object_set_new (row, "warnings", warnings_to_json (one));
        }
      json_array_append_new (list, row);
    }
  return list;
}

static void
print_problem (const AmendsImportProblem *problem)
{
  const char *clause = amends_error_get_clause (problem->error);
  g_autofree char *what = amends_text_escape (problem->error->message);
  g_autofree char *column = amends_text_escape (problem->column != NULL ? problem->column : "");
  g_autofree char *of_clause = clause != NULL ? g_strdup_printf (" (%s)", clause) : g_strdup ("");

  if (column[0] != '\0')
    amends_text_print (_ ("Line %u, %s: %s%s"), problem->line, column, what, of_clause);
  else
    amends_text_print (_ ("Line %u: %s%s"), problem->line, what, of_clause);
}

static void
print_warnings (const AmendsImported *imported)
{
  for (guint i = 0; i < imported->rows->len; i++)
    {
      const AmendsImportedRow *one = g_ptr_array_index (imported->rows, i);

      for (guint n = 0; n < one->warnings->len; n++)
        {
          g_autofree char *what = amends_text_escape (g_ptr_array_index (one->warnings, n));

          amends_text_print (_ ("Line %u, taken all the same: %s"), one->line, what);
        }
    }
}

/* (transfer full) */
static char *
dup_count (AmendsRegisterKind kind, gboolean is_applied, guint n)
{
  switch (kind)
    {
    case AMENDS_REGISTER_HOMES:
      return g_strdup_printf (is_applied ? ngettext ("%u home recorded", "%u homes recorded", n)
                                         : ngettext ("%u home would be recorded",
                                                     "%u homes would be recorded", n),
                              n);
    case AMENDS_REGISTER_PEOPLE:
      return g_strdup_printf (is_applied ? ngettext ("%u person recorded", "%u people recorded", n)
                                         : ngettext ("%u person would be recorded",
                                                     "%u people would be recorded", n),
                              n);
    case AMENDS_REGISTER_STAFF:
      return g_strdup_printf (is_applied ? ngettext ("%u member of staff recorded",
                                                     "%u members of staff recorded", n)
                                         : ngettext ("%u member of staff would be recorded",
                                                     "%u members of staff would be recorded", n),
                              n);
    case AMENDS_REGISTER_NUMBERS:
      return g_strdup_printf (is_applied ? ngettext ("%u number recorded", "%u numbers recorded", n)
                                         : ngettext ("%u number would be recorded",
                                                     "%u numbers would be recorded", n),
                              n);
    case AMENDS_REGISTER_PINS: /* never from a spreadsheet */
    case AMENDS_REGISTER_CARRIAGES:
    case AMENDS_REGISTER_CASES:
      break;
    }
  return g_strdup_printf (is_applied ? ngettext ("%u case recorded", "%u cases recorded", n)
                                     : ngettext ("%u case would be recorded",
                                                 "%u cases would be recorded", n),
                          n);
}

static void
print_result (const AmendsImported *imported, AmendsRegisterKind kind, const GPtrArray *problems)
{
  g_autofree char *count = NULL;

  for (guint i = 0; i < MIN (problems->len, MAX_PROBLEMS); i++)
    print_problem (g_ptr_array_index (problems, i));
  if (imported == NULL || problems->len > 0)
    return;
  for (guint i = 0; i < imported->changed->len; i++)
    print_problem (g_ptr_array_index (imported->changed, i));
  print_warnings (imported);
  count = dup_count (kind, imported->is_applied, imported->rows->len);
  amends_text_print ("%s", count);
  if (imported->n_updated > 0)
    amends_text_print (imported->is_applied
                           ? ngettext ("%u brought up to date", "%u brought up to date",
                                       imported->n_updated)
                           : ngettext ("%u would be brought up to date",
                                       "%u would be brought up to date", imported->n_updated),
                       imported->n_updated);
  amends_text_print (ngettext ("%u is here already", "%u are here already",
                               imported->n_already_here),
                     imported->n_already_here);
}

/* What is refused by policy or state alone is no mistake in the file. */
static GError *
sum_up (const GPtrArray *problems)
{
  int code = AMENDS_CORE_ERROR_REFUSED;
  GError *error = NULL;

  for (guint i = 0; i < problems->len; i++)
    {
      const AmendsImportProblem *problem = g_ptr_array_index (problems, i);

      if (problem->error->code != AMENDS_CORE_ERROR_REFUSED)
        code = AMENDS_CORE_ERROR_INVALID;
    }
  amends_set_error (&error, (AmendsCoreError) code,
                    ((AmendsImportProblem *) g_ptr_array_index (problems, 0))->column, NULL,
                    ngettext ("Nothing was recorded: %u thing is wrong with the file",
                              "Nothing was recorded: %u things are wrong with the file",
                              problems->len),
                    problems->len);
  return error;
}

static gboolean
answer (AmendsCli *cli,
        const AmendsImported *imported,
        AmendsRegisterKind kind,
        const GPtrArray *problems,
        GError **error)
{
  g_autoptr (GError) sum = problems->len > 0 ? sum_up (problems) : NULL;
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  const GPtrArray *changed = imported != NULL ? imported->changed : none;
  json_auto_t *json = NULL;

  if (!cli->is_json)
    print_result (imported, kind, problems);
  else
    {
      json =
          json_pack ("{s:b, s:i, s:i, s:i, s:o, s:i, s:o, s:o, s:o, s:i, s:o}", "applied",
                     imported != NULL && imported->is_applied, "new",
                     imported != NULL ? (int) imported->rows->len : 0, "already_here",
                     imported != NULL ? (int) imported->n_already_here : 0, "updated",
                     imported != NULL ? (int) imported->n_updated : 0, "changed",
                     problems_to_json (changed), "changed_left_out", count_left_out (changed),
                     "cases",
                     kind == AMENDS_REGISTER_CASES ? rows_to_json (imported, kind) : json_array (),
                     "entries",
                     kind != AMENDS_REGISTER_CASES ? rows_to_json (imported, kind) : json_array (),
                     "bad", problems_to_json (problems), "bad_left_out", count_left_out (problems),
                     "error", sum != NULL ? amends_cli_describe_error (cli, sum) : json_null ());
      if (!amends_cli_print_json (cli, json, error))
        return FALSE;
    }
  if (sum == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&sum));
  return FALSE;
}

static gboolean
run_file (AmendsCli *cli, AmendsRegisterKind kind, const char *file, GError **error)
{
  g_autoptr (GBytes) bytes = amends_cli_read_bytes (file, error);
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GPtrArray) problems =
      g_ptr_array_new_with_free_func ((GDestroyNotify) amends_import_problem_free);
  g_autoptr (AmendsImport) import = NULL;
  g_autoptr (AmendsImported) imported = NULL;

  rows = bytes != NULL ? amends_csv_parse (bytes, error) : NULL;
  if (rows == NULL || !amends_cli_open (cli, error))
    return FALSE;
  import = amends_import_new (kind, rows, NULL, problems);
  imported = amends_store_import (cli->store, import, is_apply && problems->len == 0, NULL, NULL,
                                  problems, error);
  return imported != NULL && answer (cli, imported, kind, problems, error);
}

static gboolean
run (AmendsCli *cli, char **arguments, GError **error)
{
  gboolean has_file = arguments[1] != NULL;
  g_autofree char *template = NULL;
  AmendsRegisterKind kind;

  if (!amends_import_find_kind (arguments[0], &kind) || is_check + is_apply + is_template != 1
      || has_file == is_template)
    {
      g_set_error_literal (error, AMENDS_CLI_ERROR, AMENDS_CLI_ERROR_USAGE,
                           _ ("“import” takes “homes”, “people”, “staff” or “running-cases”, a "
                              "file, and one of --check and --apply; or --template and no file"));
      return FALSE;
    }
  if (!is_template)
    return run_file (cli, kind, arguments[1], error);
  template = amends_import_dup_template (kind);
  amends_text_print ("%s", template);
  return TRUE;
}

const AmendsCommand amends_cmd_import = {
  "import",
  N_ ("homes|people|staff|numbers|running-cases FILE.csv|-"),
  N_ ("Record what there was before Amends, from a spreadsheet"),
  1,
  2,
  options,
  run,
  .needed_options = N_ ("--check|--apply"),
  .more = N_ (
      "Each row is a home, a person, a member of staff or a case; --template prints the columns\n"
      "of each. A home has a reference, a scheme and an address; a person a former_reference, a\n"
      "scheme and a name; a member of staff a name, and roles with “;” between them, which only\n"
      "an administrator records. By reference and scheme, or name, a row is known again: what it\n"
      "says otherwise then is recorded, and what it does not say stays.\n\n"
      "The columns of cases have the names of the fields of an intake, such as complainant.name\n"
      "and issues.what, and those of acts after their types, such as case.acknowledged.on;\n"
      "amendsctl schema and amendsctl schema --acts list them. A second issue is issues.1.what.\n"
      "A case that is here already is left as it is. Days are 2026-11-30 or 30/11/2026."),
};
