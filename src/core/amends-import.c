/* amends-import.c: running cases from the rows of a spreadsheet
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/amends-import.h"

#include <stdio.h>
#include <string.h>

#include "core/amends-codes.h"
#include "core/amends-csv.h"
#include "core/amends-error.h"
#include "core/amends-intake.h"

/* A header is longer than this only by mistake. */
#define NAME_MAX_BYTES 128

typedef struct
{
  char *label;                     /* as the header has it */
  AmendsEventType act;             /* %AMENDS_EVENT_CASE_RECORDED for the intake */
  char *path;                      /* of the field: "issues.0.what" */
  const AmendsSchemaField *schema; /* of its last part */
} Column;

/* What a running case can have behind it, in the order of a day on which two of them were done. */
static const AmendsEventType acts[] = {
  AMENDS_EVENT_CASE_ASSIGNED,         AMENDS_EVENT_CASE_ACKNOWLEDGED,
  AMENDS_EVENT_CASE_CONTACTED,        AMENDS_EVENT_CASE_DEFINED,
  AMENDS_EVENT_CASE_EXTENDED,         AMENDS_EVENT_CASE_UPDATED,
  AMENDS_EVENT_CASE_RESPONDED,        AMENDS_EVENT_CASE_ESCALATION_REQUESTED,
  AMENDS_EVENT_CASE_STAGE2_ASSIGNED,  AMENDS_EVENT_CASE_STAGE2_ACKNOWLEDGED,
  AMENDS_EVENT_CASE_STAGE2_DEFINED,   AMENDS_EVENT_CASE_STAGE2_CONTACTED,
  AMENDS_EVENT_CASE_STAGE2_EXTENDED,  AMENDS_EVENT_CASE_STAGE2_UPDATED,
  AMENDS_EVENT_CASE_STAGE2_RESPONDED, AMENDS_EVENT_CASE_NOTED,
};

/* What people call it. Both sides in small letters, "_" for what is between words. */
static const struct
{
  const char *name;
  const char *path;
} synonyms[] = {
  { "reference", "former_reference" },
  { "old_reference", "former_reference" },
  { "our_reference", "former_reference" },
  { "case_reference", "former_reference" },
  { "date_received", "received" },
  { "received_on", "received" },
  { "complainant", "complainant.name" },
  { "name", "complainant.name" },
  { "home", "complainant.home" },
  { "address", "complainant.home" },
  { "phone", "complainant.phone" },
  { "telephone", "complainant.phone" },
  { "email", "complainant.email" },
  { "relation", "complainant.relation" },
  { "language", "complainant.language" },
  { "preferred_contact", "complainant.preferred_contact" },
  { "representative", "representative.name" },
  { "issue", "issues.what" },
  { "complaint", "issues.what" },
  { "description", "issues.what" },
  { "category", "issues.category" },
  { "outcome_sought", "issues.outcome_sought" },
  { "adjustment", "adjustments.need" },
  { "assigned", "case.assigned.on" },
  { "assigned_to", "case.assigned.to.name" },
  { "acknowledged", "case.acknowledged.on" },
  { "acknowledged_by", "case.acknowledged.channel" },
  { "date_acknowledged", "case.acknowledged.on" },
  { "extended", "case.extended.on" },
  { "stage_1_response", "case.responded.on" },
  { "stage_1_sent", "case.responded.on" },
  { "escalated", "case.escalation_requested.on" },
  { "date_escalated", "case.escalation_requested.on" },
  { "stage_2_acknowledged", "case.stage2_acknowledged.on" },
  { "stage_2_extended", "case.stage2_extended.on" },
  { "stage_2_response", "case.stage2_responded.on" },
  { "stage_2_sent", "case.stage2_responded.on" },
  { "note", "case.noted.text" },
};

static void
column_free (Column *self)
{
  if (self == NULL)
    return;
  g_free (self->label);
  g_free (self->path);
  g_free (self);
}

static void
case_free (AmendsImportCase *self)
{
  json_decref (self->intake);
  json_decref (self->acts);
  g_free (self);
}

/**
 * amends_import_problem_new:
 * @line: of the file
 * @column: (nullable): in which it is
 * @error: (transfer full): what is wrong
 *
 * Returns: (transfer full): the three together
 */
AmendsImportProblem *
amends_import_problem_new (guint line, const char *column, GError *error)
{
  AmendsImportProblem *self = g_new0 (AmendsImportProblem, 1);

  self->line = line;
  self->column = g_strdup (column);
  self->error = error;
  return self;
}

/**
 * amends_import_problem_free:
 * @self: (transfer full): a problem
 */
void
amends_import_problem_free (AmendsImportProblem *self)
{
  g_free (self->column);
  g_error_free (self->error);
  g_free (self);
}

static void G_GNUC_PRINTF (4, 5)
    add_problem (GPtrArray *problems, guint line, const char *column, const char *format, ...)
{
  g_autofree char *sentence = NULL;
  GError *error = NULL;
  va_list args;

  va_start (args, format);
  sentence = g_strdup_vprintf (format, args);
  va_end (args);
  amends_set_error (&error, AMENDS_CORE_ERROR_INVALID, column, NULL, "%s", sentence);
  g_ptr_array_add (problems, amends_import_problem_new (line, column, error));
}

/* In small letters, "_" for each run of what is between words. */
static char *
dup_name (const char *label)
{
  g_autoptr (GString) name = g_string_new (NULL);

  for (const char *p = label; *p != '\0'; p++)
    {
      if (strchr (" _-\t\r\n", *p) == NULL)
        g_string_append_c (name, g_ascii_tolower (*p));
      else if (name->len > 0 && name->str[name->len - 1] != '_')
        g_string_append_c (name, '_');
    }
  if (name->len > 0 && name->str[name->len - 1] == '_')
    g_string_truncate (name, name->len - 1);
  return g_string_free (g_steal_pointer (&name), FALSE);
}

static const char *
find_synonym (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (synonyms); i++)
    if (g_str_equal (synonyms[i].name, name))
      return synonyms[i].path;
  return name;
}

/* Steps over "case.acknowledged." if that is what @path begins with. */
static AmendsEventType
take_act (const char **path)
{
  for (guint i = 0; i < G_N_ELEMENTS (acts); i++)
    {
      g_autofree char *word = dup_name (amends_event_type_to_string (acts[i]));
      gsize n_word = strlen (word);

      if (strncmp (*path, word, n_word) == 0 && (*path)[n_word] == '.')
        {
          *path += n_word + 1;
          return acts[i];
        }
    }
  return AMENDS_EVENT_CASE_RECORDED;
}

static const AmendsSchemaField *
find_field (const AmendsSchemaField *fields, const char *name)
{
  for (; fields != NULL && fields->name != NULL; fields++)
    if (g_str_equal (fields->name, name))
      return fields;
  return NULL;
}

/* The number of an entry in a list: "1" is the second; where none is given it is the first. */
static gboolean
take_place (char ***parts, guint max, guint *ret_place)
{
  guint64 place;

  *ret_place = 0;
  if (**parts == NULL || !g_ascii_isdigit ((**parts)[0]))
    return TRUE;
  if (!g_ascii_string_to_unsigned (**parts, 10, 0, max - 1, &place, NULL))
    return FALSE;
  *ret_place = (guint) place;
  (*parts)++;
  return TRUE;
}

/* Finds what @path names, and its full path with the place in each list. */
static gboolean
resolve (Column *self, const AmendsSchemaField *fields, const char *path)
{
  g_auto (GStrv) words = g_strsplit (path, ".", -1);
  g_autoptr (GString) full = g_string_new (NULL);
  const AmendsSchemaField *field = NULL;
  char **part = words;

  while (*part != NULL)
    {
      field = find_field (fields, *part++);
      if (field == NULL)
        return FALSE;
      g_string_append_printf (full, "%s%s", full->len > 0 ? "." : "", field->name);
      fields = NULL;
      if (field->kind == AMENDS_SCHEMA_OBJECT || field->kind == AMENDS_SCHEMA_OBJECTS)
        fields = field->members;
      if (field->kind == AMENDS_SCHEMA_OBJECTS)
        {
          guint place;

          if (!take_place (&part, field->max, &place))
            return FALSE;
          g_string_append_printf (full, ".%u", place);
        }
    }
  if (field == NULL || fields != NULL || field->kind == AMENDS_SCHEMA_ANY)
    return FALSE;
  self->schema = field;
  self->path = g_string_free (g_steal_pointer (&full), FALSE);
  return TRUE;
}

static Column *
column_new (const char *label)
{
  Column *self = g_new0 (Column, 1);
  g_autofree char *name = NULL;
  const char *path;

  self->label = g_strdup (label);
  if (strlen (label) <= NAME_MAX_BYTES)
    {
      name = dup_name (label);
      path = find_synonym (name);
      self->act = take_act (&path);
      if (resolve (self,
                   self->act == AMENDS_EVENT_CASE_RECORDED
                       ? amends_intake_get_fields ()
                       : amends_intake_get_act_fields (self->act),
                   path))
        return self;
    }
  column_free (self);
  return NULL;
}

static const Column *
find_column (const AmendsImport *self, AmendsEventType act, const char *path)
{
  for (guint i = 0; i < self->columns->len; i++)
    {
      const Column *column = g_ptr_array_index (self->columns, i);

      if (column != NULL && column->act == act && g_str_equal (column->path, path))
        return column;
    }
  return NULL;
}

static void
take_header (AmendsImport *self, const AmendsCsvRow *header, GPtrArray *problems)
{
  static const char *const needed[] = { "former_reference", "scheme", "received", "channel",
                                        "issues.0.what" };

  for (guint i = 0; i < header->cells->len; i++)
    {
      const char *label = g_ptr_array_index (header->cells, i);
      Column *column = column_new (label);

      if (label[0] == '\0')
        g_clear_pointer (&column, column_free); /* spreadsheets write columns of nothing, too */
      else if (column == NULL)
        add_problem (problems, header->line, label,
                     "“%s” is no column that there is: give it the name of a field, or take it out",
                     label);
      else if (find_column (self, column->act, column->path) != NULL)
        {
          add_problem (problems, header->line, label, "“%s” says what a column before it says",
                       label);
          g_clear_pointer (&column, column_free);
        }
      g_ptr_array_add (self->columns, column);
    }
  for (guint i = 0; i < G_N_ELEMENTS (needed); i++)
    if (find_column (self, AMENDS_EVENT_CASE_RECORDED, needed[i]) == NULL)
      add_problem (problems, header->line, needed[i], "The column “%s” is missing", needed[i]);
}

/* A spreadsheet in Britain writes 30/11/2026 for what is 2026-11-30 here. */
static json_t *
load_day (const char *text)
{
  guint day, month, year;
  int n_read = 0;

  if (sscanf (text, "%2u/%2u/%4u%n", &day, &month, &year, &n_read) == 3 && text[n_read] == '\0'
      && year >= 1000)
    return json_sprintf ("%04u-%02u-%02u", year, month, day);
  return json_string (text);
}

/* By its code, or as people read it. */
static json_t *
load_code (const AmendsSchemaField *field, const char *text)
{
  const AmendsCodeList *list = amends_codes_get_list (field->codes);
  g_autofree char *name = dup_name (text);

  for (guint i = 0; i < list->n_codes; i++)
    {
      g_autofree char *code = dup_name (list->codes[i].code);
      g_autofree char *label = dup_name (list->codes[i].label);

      if (g_str_equal (name, code) || g_str_equal (name, label))
        return json_string (list->codes[i].code);
    }
  return json_string (text);
}

/* (nullable) */
static json_t *
load_answer (const char *text)
{
  static const char *const yes[] = { "yes", "y", "true", NULL };
  static const char *const no[] = { "no", "n", "false", NULL };
  g_autofree char *name = dup_name (text);

  if (g_strv_contains (yes, name))
    return json_true ();
  return g_strv_contains (no, name) ? json_false () : NULL;
}

static json_t *
load_list (const AmendsSchemaField *field, const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, ";", -1);
  json_t *list = json_array ();

  for (guint i = 0; parts[i] != NULL; i++)
    {
      const char *part = g_strstrip (parts[i]);

      if (part[0] != '\0')
        json_array_append_new (list, field->kind == AMENDS_SCHEMA_CODES ? load_code (field, part)
                                                                        : json_string (part));
    }
  return list;
}

/* What the cell says, or the text itself where it is nothing that may stand there: the schema says why. */
static json_t *
load_cell (const AmendsSchemaField *field, const char *text)
{
  gint64 number;
  json_t *answer;

  switch (field->kind)
    {
    case AMENDS_SCHEMA_DAY:
    case AMENDS_SCHEMA_PAST_DAY:
    case AMENDS_SCHEMA_PARTIAL_DAY:
      return load_day (text);
    case AMENDS_SCHEMA_CODE:
      return load_code (field, text);
    case AMENDS_SCHEMA_CODES:
    case AMENDS_SCHEMA_LINES:
      return load_list (field, text);
    case AMENDS_SCHEMA_BOOLEAN:
    case AMENDS_SCHEMA_BOOLEAN_OR_TEXT:
      answer = load_answer (text);
      return answer != NULL ? answer : json_string (text);
    case AMENDS_SCHEMA_ANSWER:
    case AMENDS_SCHEMA_ANSWER_OR_OBJECT:
      answer = load_answer (text);
      return answer != NULL ? answer : load_code (field, text);
    case AMENDS_SCHEMA_INTEGER:
      return g_ascii_string_to_signed (text, 10, G_MININT32, G_MAXINT32, &number, NULL)
                 ? json_integer (number)
                 : json_string (text);
    case AMENDS_SCHEMA_TEXT:
    case AMENDS_SCHEMA_LINE:
    case AMENDS_SCHEMA_EMAIL:
    case AMENDS_SCHEMA_PHONE:
    case AMENDS_SCHEMA_SCHEME:
    case AMENDS_SCHEMA_TIME:
    case AMENDS_SCHEMA_ID:
    case AMENDS_SCHEMA_OBJECT:
    case AMENDS_SCHEMA_OBJECTS:
    case AMENDS_SCHEMA_ANY:
      return json_string (text);
    }
  g_assert_not_reached ();
}

/* Puts @value (transfer full) at @path, with the objects and lists that lead there. */
static void
set_at (json_t *root, const char *path, json_t *value)
{
  g_auto (GStrv) parts = g_strsplit (path, ".", -1);
  json_t *at = root;

  for (guint i = 0; parts[i + 1] != NULL; i++)
    {
      gboolean is_list = g_ascii_isdigit (parts[i + 1][0]);
      json_t *next;

      if (json_is_array (at))
        {
          gsize place = (gsize) g_ascii_strtoull (parts[i], NULL, 10);

          while (json_array_size (at) <= place)
            json_array_append_new (at, json_object ());
          at = json_array_get (at, place);
          continue;
        }
      next = json_object_get (at, parts[i]);
      if (next == NULL)
        {
          next = is_list ? json_array () : json_object ();
          json_object_set_new (at, parts[i], next);
        }
      at = next;
    }
  json_object_set_new (at, parts[g_strv_length (parts) - 1], value);
}

/* Acts without a day, as a note, come last. */
static void
add_act (json_t *list, json_t *act)
{
  const char *on = json_string_value (json_object_get (act, "on"));
  gsize place = json_array_size (list);

  while (on != NULL && place > 0)
    {
      const char *before =
          json_string_value (json_object_get (json_array_get (list, place - 1), "on"));

      if (before != NULL && strcmp (before, on) <= 0)
        break;
      place--;
    }
  json_array_insert_new (list, place, act);
}

static void
take_row (AmendsImport *self, const AmendsCsvRow *row, GPtrArray *problems)
{
  json_t *parts[AMENDS_EVENT_N_TYPES] = { NULL };
  AmendsImportCase *one;

  if (row->cells->len > self->columns->len)
    {
      add_problem (
          problems, row->line, NULL,
          "There are %u cells below %u columns: a text with a comma in it stands in quotes",
          row->cells->len, self->columns->len);
      return;
    }
  one = g_new0 (AmendsImportCase, 1);
  one->line = row->line;
  one->intake = json_object ();
  one->acts = json_array ();
  parts[AMENDS_EVENT_CASE_RECORDED] = one->intake;
  for (guint i = 0; i < row->cells->len; i++)
    {
      const Column *column = g_ptr_array_index (self->columns, i);
      const char *cell = g_ptr_array_index (row->cells, i);

      if (cell[strspn (cell, " \t\r\n")] == '\0')
        continue;
      if (column == NULL)
        {
          add_problem (problems, row->line, NULL, "Cell %u says something in a column with no name",
                       i + 1);
          continue;
        }
      if (parts[column->act] == NULL)
        parts[column->act] = json_pack ("{s:s}", "type", amends_event_type_to_string (column->act));
      set_at (parts[column->act], column->path, load_cell (column->schema, cell));
    }
  if (json_object_get (one->intake, "kind") == NULL)
    json_object_set_new (one->intake, "kind", json_string ("complaint"));
  for (guint i = 0; i < G_N_ELEMENTS (acts); i++)
    if (parts[acts[i]] != NULL)
      add_act (one->acts, parts[acts[i]]);
  g_ptr_array_add (self->cases, one);
}

/**
 * amends_import_new:
 * @rows: (element-type AmendsCsvRow): of a file, the header first
 * @problems: (element-type AmendsImportProblem): where what is wrong is added
 *
 * What the cells say is not judged here.
 * Returns: (transfer full): the cases; of a file whose header is wrong none
 */
AmendsImport *
amends_import_new (const GPtrArray *rows, GPtrArray *problems)
{
  AmendsImport *self = g_new0 (AmendsImport, 1);
  guint n_before = problems->len;
  gboolean is_known;

  self->columns = g_ptr_array_new_with_free_func ((GDestroyNotify) column_free);
  self->cases = g_ptr_array_new_with_free_func ((GDestroyNotify) case_free);
  if (rows->len == 0)
    {
      add_problem (problems, 1, NULL, "The file is empty: its first row names the columns");
      return self;
    }
  take_header (self, g_ptr_array_index (rows, 0), problems);
  is_known = problems->len == n_before;
  for (guint i = 1; i < rows->len && is_known; i++)
    take_row (self, g_ptr_array_index (rows, i), problems);
  return self;
}

/**
 * amends_import_free:
 * @self: (nullable) (transfer full): an import
 */
void
amends_import_free (AmendsImport *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->columns);
  g_ptr_array_unref (self->cases);
  g_free (self);
}

/**
 * amends_import_get_template:
 *
 * Returns: a header with the usual columns
 */
const char *
amends_import_get_template (void)
{
  return "former_reference,scheme,kind,received,channel,complainant.name,complainant.relation,"
         "complainant.home,complainant.phone,complainant.email,complainant.preferred_contact,"
         "issues.what,issues.arose,issues.outcome_sought,adjustments.need,adjustments.detail,"
         "case.assigned.on,case.assigned.to.name,case.assigned.to.role,case.acknowledged.on,"
         "case.acknowledged.channel,case.extended.on,case.extended.told_on,case.extended.channel,"
         "case.extended.working_days,case.extended.reason,case.extended.agreed,"
         "case.extended.ombudsman_details,case.extended.next_update,case.responded.on,"
         "case.responded.channel,case.responded.findings.finding,case.responded.author.name,"
         "case.responded.author.role,case.responded.escalation_told,"
         "case.responded.ombudsman_details,case.escalation-requested.on,"
         "case.escalation-requested.channel,case.stage2-acknowledged.on,"
         "case.stage2-acknowledged.channel,case.noted.text";
}

/**
 * amends_import_dup_column:
 * @act: what was refused; %AMENDS_EVENT_CASE_RECORDED for the intake
 * @field: (nullable): of it
 *
 * Returns: (transfer full): the header of the column that says it, or the name that one would have
 */
char *
amends_import_dup_column (const AmendsImport *self, AmendsEventType act, const char *field)
{
  const Column *column = field != NULL ? find_column (self, act, field) : NULL;

  if (column != NULL)
    return g_strdup (column->label);
  if (act == AMENDS_EVENT_CASE_RECORDED)
    return g_strdup (field);
  return field != NULL ? g_strdup_printf ("%s.%s", amends_event_type_to_string (act), field)
                       : g_strdup (amends_event_type_to_string (act));
}

/**
 * amends_import_case_get_key:
 *
 * Returns: (nullable): the reference under which the landlord knew it before
 */
const char *
amends_import_case_get_key (const AmendsImportCase *self)
{
  return json_string_value (json_object_get (self->intake, "former_reference"));
}

/**
 * amends_import_case_set_issue:
 * @act: an act; its findings, if it has any, are each about the issue in the same place
 * @issues: (array length=n_issues): of the case
 */
void
amends_import_case_set_issue (json_t *act, const AmendsId *issues, guint n_issues)
{
  json_t *findings = json_object_get (act, "findings");

  for (guint i = 0; i < MIN (json_array_size (findings), n_issues); i++)
    {
      g_autofree char *id = amends_id_format (&issues[i]);

      json_object_set_new (json_array_get (findings, i), "issue", json_string (id));
    }
}
