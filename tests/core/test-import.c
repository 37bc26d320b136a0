/* test-import.c: what a row of a spreadsheet becomes
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "core/amends-csv.h"
#include "core/amends-error.h"
#include "core/amends-import.h"

#define BASE "reference,scheme,received,channel,issue"
#define CELLS "C/1,oak,2026-11-02,letter,Damp"

static AmendsImport *
import_as (AmendsRegisterKind kind,
           const char *text,
           const char *const *choices,
           GPtrArray *problems)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GPtrArray) rows = amends_csv_parse (bytes, NULL);

  g_assert_nonnull (rows);
  return amends_import_new (kind, rows, choices, problems);
}

static AmendsImport *
import (const char *text, GPtrArray *problems)
{
  return import_as (AMENDS_REGISTER_CASES, text, NULL, problems);
}

static GPtrArray *
problems_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) amends_import_problem_free);
}

/* A column and a cell beside those above, and where its value stands: in the intake or among the acts. */
static const struct
{
  const char *column;
  const char *cell;
  const char *intake; /* (nullable) */
  const char *acts;   /* (nullable) */
} taken_rows[] = {
  { "Complainant", "Aldra Ashmère", "\"complainant\":{\"name\":\"Aldra Ashmère\"}", NULL },
  { "complainant.name", "Aldra", "\"complainant\":{\"name\":\"Aldra\"}", NULL },
  { "PREFERRED CONTACT", "letter", "\"complainant\":{\"preferred_contact\":\"letter\"}", NULL },
  { "Relation", "Shared owner", "\"complainant\":{\"relation\":\"shared-owner\"}", NULL },
  { "issues.1.what", "Noise", "\"issues\":[{\"what\":\"Damp\"},{\"what\":\"Noise\"}]", NULL },
  { "issues.arose", "01/09/2026", "\"arose\":\"2026-09-01\"", NULL },
  { "issues.arose", "2026-09", "\"arose\":\"2026-09\"", NULL },
  { "issues.arose", "1/9/26", "\"arose\":\"1/9/26\"", NULL },
  { "issues.ongoing", "Yes", "\"ongoing\":true", NULL },
  { "told_before", "n", "\"told_before\":false", NULL },
  { "vulnerabilities", "lives alone; 81", "\"vulnerabilities\":[\"lives alone\",\"81\"]", NULL },
  { "channel_detail", "  ", "\"channel\":\"letter\",\"issues\"", NULL },
  { "Acknowledged", "05/11/2026", NULL, "{\"type\":\"case.acknowledged\",\"on\":\"2026-11-05\"}" },
  { "Stage 2 sent", "2026-11-05", NULL,
    "{\"type\":\"case.stage2-responded\",\"on\":\"2026-11-05\"}" },
  { "Case.Escalation Requested.On", "2026-11-05", NULL,
    "{\"type\":\"case.escalation-requested\",\"on\":\"2026-11-05\"}" },
  { "case.extended.working_days", "10", NULL, "\"working_days\":10" },
  { "case.extended.working_days", "ten", NULL, "\"working_days\":\"ten\"" },
  { "case.responded.findings.finding", "Partly upheld", NULL,
    "\"findings\":[{\"finding\":\"partly-upheld\"}]" },
};

static void
test_taken (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (taken_rows); i++)
    {
      g_autofree char *text =
          g_strdup_printf (BASE ",%s\n" CELLS ",%s\n", taken_rows[i].column, taken_rows[i].cell);
      g_autoptr (GPtrArray) problems = problems_new ();
      g_autoptr (AmendsImport) cases = import (text, problems);
      const AmendsImportRow *one;
      g_autofree char *intake = NULL;
      g_autofree char *acts = NULL;

      g_test_message ("%s: %s", taken_rows[i].column, taken_rows[i].cell);
      g_assert_cmpuint (problems->len, ==, 0);
      g_assert_cmpuint (cases->rows->len, ==, 1);
      one = g_ptr_array_index (cases->rows, 0);
      g_assert_cmpuint (one->line, ==, 2);
      g_assert_cmpstr (amends_import_row_get_key (cases, one), ==, "C/1");
      intake = json_dumps (one->said, JSON_COMPACT);
      acts = json_dumps (one->acts, JSON_COMPACT);
      g_assert_true (taken_rows[i].intake == NULL || strstr (intake, taken_rows[i].intake) != NULL);
      g_assert_true (taken_rows[i].acts == NULL || strstr (acts, taken_rows[i].acts) != NULL);
      g_assert_true (taken_rows[i].acts != NULL || g_str_equal (acts, "[]"));
      g_assert_nonnull (strstr (intake, "\"kind\":\"complaint\""));
    }
}

/* Acts come in the order of their days, on one day in the order of a complaint, and a note at the end. */
static void
test_order (void)
{
  static const char *const wanted[] = { "case.assigned", "case.acknowledged", "case.updated",
                                        "case.extended", "case.noted" };
  g_autoptr (GPtrArray) problems = problems_new ();
  g_autoptr (AmendsImport) cases =
      import (BASE ",note,case.extended.on,case.updated.on,acknowledged,assigned\n" CELLS
                   ",Rang,2026-11-09,2026-11-06,2026-11-05,2026-11-05\n",
              problems);
  const AmendsImportRow *one = g_ptr_array_index (cases->rows, 0);

  g_assert_cmpuint (json_array_size (one->acts), ==, G_N_ELEMENTS (wanted));
  for (guint i = 0; i < G_N_ELEMENTS (wanted); i++)
    g_assert_cmpstr (json_string_value (json_object_get (json_array_get (one->acts, i), "type")),
                     ==, wanted[i]);
}

static const struct
{
  const char *text;
  guint line;
  const char *column;
} refused_rows[] = {
  { "", 1, NULL },
  { BASE ",hat size\n", 1, "hat size" },
  { BASE ",case.closed.on\n", 1, "case.closed.on" }, /* it is not running */
  { BASE ",issues.what\n", 1, "issues.what" },       /* the same as "issue" */
  { BASE ",issues.999.what\n", 1, "issues.999.what" },
  { BASE ",complainant.\n", 1, "complainant." },
  { BASE ",case.acknowledged\n", 1, "case.acknowledged" }, /* which of its fields? */
  { "scheme,received,channel,issue\n", 1, "former_reference" },
  { BASE "\n" CELLS ",more\n", 2, NULL },
  { BASE ",\n" CELLS ",more\n", 2, NULL },
};

static void
test_refused (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (refused_rows); i++)
    {
      g_autoptr (GPtrArray) problems = problems_new ();
      g_autoptr (AmendsImport) cases = import (refused_rows[i].text, problems);
      const AmendsImportProblem *problem;

      g_test_message ("%s", refused_rows[i].text);
      g_assert_cmpuint (problems->len, ==, 1);
      problem = g_ptr_array_index (problems, 0);
      g_assert_cmpuint (problem->line, ==, refused_rows[i].line);
      g_assert_cmpstr (problem->column, ==, refused_rows[i].column);
      g_assert_error (problem->error, AMENDS_CORE_ERROR, AMENDS_CORE_ERROR_INVALID);
    }
}

/* What is printed as a template is a header that is taken, and its names are what each column is. */
static void
test_template (void)
{
  for (int kind = 0; kind < AMENDS_REGISTER_N_IMPORTED; kind++)
    {
      g_autofree char *template = amends_import_dup_template ((AmendsRegisterKind) kind);
      const char *const *usual = amends_import_get_usual ((AmendsRegisterKind) kind);
      g_autoptr (GPtrArray) problems = problems_new ();
      g_autoptr (AmendsImport) rows =
          import_as ((AmendsRegisterKind) kind, template, NULL, problems);
      AmendsRegisterKind found;

      g_assert_cmpuint (problems->len, ==, 0);
      g_assert_cmpuint (rows->rows->len, ==, 0);
      g_assert_true (
          amends_import_find_kind (amends_import_get_word ((AmendsRegisterKind) kind), &found));
      g_assert_cmpint (found, ==, kind);
      for (guint i = 0; usual[i] != NULL; i++)
        {
          g_autofree char *guess = amends_import_dup_guess ((AmendsRegisterKind) kind, usual[i]);

          g_assert_nonnull (guess);
        }
    }
}

/* A file, what its columns were chosen to be, and what its first row says then. */
static const struct
{
  AmendsRegisterKind kind;
  const char *text;
  const char *choices; /* (nullable): between commas */
  const char *said;    /* (nullable): nothing, since the header is wrong */
} register_rows[] = {
  { AMENDS_REGISTER_HOMES, "Reference,Scheme,Flat,Ended\nH/1,oak,Flat 1,31/01/2026\n", NULL,
    "{\"reference\":\"H/1\",\"scheme\":\"oak\",\"address\":\"Flat 1\","
    "\"ended\":\"2026-01-31\"}" },
  { AMENDS_REGISTER_HOMES, "UPRN,Scheme,Rent\nH/1,oak,90\n", NULL, NULL },
  { AMENDS_REGISTER_HOMES, "No.,Rent,Where,Site\nH/1,90,Flat 1,oak\n", "reference,,address,scheme",
    "{\"reference\":\"H/1\",\"address\":\"Flat 1\",\"scheme\":\"oak\"}" },
  { AMENDS_REGISTER_HOMES, "a,b,c\nH/1,oak,Flat 1\n", "reference,scheme,reference", NULL },
  { AMENDS_REGISTER_PEOPLE, "Tenancy reference,Scheme,Resident,contact\nT/1,oak,Wren,letter\n",
    NULL,
    "{\"former_reference\":\"T/1\",\"scheme\":\"oak\",\"name\":\"Wren\","
    "\"preferred_contact\":\"letter\"}" },
  { AMENDS_REGISTER_PEOPLE, "Reference,Scheme,Name,Disability\nT/1,oak,Wren,none\n", NULL, NULL },
  { AMENDS_REGISTER_STAFF, "Full name,Role\nWren,Senior lead; approver\n", NULL,
    "{\"name\":\"Wren\",\"roles\":[\"senior-lead\",\"approver\"]}" },
};

static void
test_registers (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (register_rows); i++)
    {
      g_auto (GStrv) choices =
          register_rows[i].choices != NULL ? g_strsplit (register_rows[i].choices, ",", -1) : NULL;
      g_autoptr (GPtrArray) problems = problems_new ();
      g_autoptr (AmendsImport) rows = import_as (register_rows[i].kind, register_rows[i].text,
                                                 (const char *const *) choices, problems);
      g_autofree char *said = NULL;

      g_test_message ("%s", register_rows[i].text);
      g_assert_cmpint (problems->len > 0, ==, register_rows[i].said == NULL);
      g_assert_cmpuint (rows->rows->len, ==, register_rows[i].said != NULL ? 1 : 0);
      if (rows->rows->len == 1)
        said = json_dumps (((AmendsImportRow *) g_ptr_array_index (rows->rows, 0))->said,
                           JSON_COMPACT);
      g_assert_cmpstr (said, ==, register_rows[i].said);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/import/taken", test_taken);
  g_test_add_func ("/import/order", test_order);
  g_test_add_func ("/import/refused", test_refused);
  g_test_add_func ("/import/template", test_template);
  g_test_add_func ("/import/registers", test_registers);
  return g_test_run ();
}
