/* amends-import.c: what a landlord has already, from the rows of a spreadsheet
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/amends-import-private.h"

#include <stdio.h>
#include <string.h>

#include "core/amends-codes.h"
#include "core/amends-csv.h"
#include "core/amends-error.h"

/* A header is longer than this only by mistake. */
#define NAME_MAX_BYTES 128

typedef struct
{
  char *label;                     /* as the header has it */
  AmendsEventType act;             /* or the type of the event that records the row */
  char *path;                      /* of the field: "issues.0.what"; NULL for what is left out */
  const AmendsSchemaField *schema; /* of its last part */
} Column;

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
row_free (AmendsImportRow *self)
{
  json_decref (self->said);
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
find_path (const AmendsImportOf *of, const char *name)
{
  for (const AmendsImportName *one = of->names; one->name != NULL; one++)
    if (g_str_equal (one->name, name))
      return one->path;
  return name;
}

/* Steps over "case.acknowledged." if that is what @path begins with. */
static AmendsEventType
take_act (const AmendsImportOf *of, const char **path)
{
  for (const AmendsEventType *act = of->acts; *act != AMENDS_EVENT_UNKNOWN; act++)
    {
      g_autofree char *word = dup_name (amends_event_type_to_string (*act));
      gsize n_word = strlen (word);

      if (strncmp (*path, word, n_word) == 0 && (*path)[n_word] == '.')
        {
          *path += n_word + 1;
          return *act;
        }
    }
  return of->type;
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

/* @said: what it is to be taken for: its label, or what a person chose. */
static Column *
column_new (AmendsRegisterKind kind, const char *label, const char *said)
{
  const AmendsImportOf *of = amends_import_get_of (kind);
  Column *self = g_new0 (Column, 1);
  g_autofree char *name = NULL;
  const char *path;

  self->label = g_strdup (label);
  if (strlen (said) <= NAME_MAX_BYTES)
    {
      name = dup_name (said);
      path = find_path (of, name);
      self->act = take_act (of, &path);
      if (resolve (self, amends_import_of_get_fields (kind, self->act), path))
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

      if (column != NULL && column->act == act && g_strcmp0 (column->path, path) == 0)
        return column;
    }
  return NULL;
}

static Column *
column_new_left_out (const char *label)
{
  Column *self = g_new0 (Column, 1);

  self->label = g_strdup (label);
  return self;
}

/* Returns: (transfer full) (nullable): %NULL for a column with no name */
static Column *
take_column (AmendsImport *self,
             const char *label,
             const char *said,
             guint line,
             GPtrArray *problems)
{
  Column *column;

  if (said[0] == '\0')
    return said == label ? NULL : column_new_left_out (label);
  column = column_new (self->kind, label, said);
  if (column == NULL)
    add_problem (problems, line, label,
                 "“%s” is no column that there is: give it the name of a field, or take it out",
                 label);
  else if (find_column (self, column->act, column->path) != NULL)
    {
      add_problem (problems, line, label, "“%s” says what a column before it says", label);
      g_clear_pointer (&column, column_free);
    }
  return column;
}

static void
take_header (AmendsImport *self,
             const AmendsCsvRow *header,
             const char *const *choices,
             GPtrArray *problems)
{
  const AmendsImportOf *of = amends_import_get_of (self->kind);
  guint n_choices = choices != NULL ? g_strv_length ((GStrv) choices) : 0;

  for (guint i = 0; i < header->cells->len; i++)
    {
      const char *label = g_ptr_array_index (header->cells, i);

      g_ptr_array_add (self->columns, take_column (self, label, i < n_choices ? choices[i] : label,
                                                   header->line, problems));
    }
  for (guint i = 0; of->needed[i] != NULL; i++)
    if (find_column (self, of->type, of->needed[i]) == NULL)
      add_problem (problems, header->line, of->needed[i], "The column “%s” is missing",
                   of->needed[i]);
}

/* A spreadsheet in Britain writes 30/11/2026 for what is 2026-11-30 here. */
static json_t *
load_day (const char *text)
{
  guint day, month, year;
  int n_read = 0;

  /* So few digits are always a number that fits. NOLINTNEXTLINE(cert-err34-c) */
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

/* Puts what a cell says where its column belongs. */
static gboolean
take_cell (const Column *column, const char *cell, json_t *parts[AMENDS_EVENT_N_TYPES])
{
  if (cell[strspn (cell, " \t\r\n")] == '\0')
    return TRUE;
  if (column == NULL)
    return FALSE;
  if (column->path == NULL)
    return TRUE; /* left out */
  if (parts[column->act] == NULL)
    parts[column->act] = json_pack ("{s:s}", "type", amends_event_type_to_string (column->act));
  set_at (parts[column->act], column->path, load_cell (column->schema, cell));
  return TRUE;
}

static void
take_row (AmendsImport *self, const AmendsCsvRow *row, GPtrArray *problems)
{
  const AmendsImportOf *of = amends_import_get_of (self->kind);
  json_t *parts[AMENDS_EVENT_N_TYPES] = { NULL };
  AmendsImportRow *one;

  if (row->cells->len > self->columns->len)
    {
      add_problem (
          problems, row->line, NULL,
          "There are %u cells below %u columns: a text with a comma in it stands in quotes",
          row->cells->len, self->columns->len);
      return;
    }
  one = g_new0 (AmendsImportRow, 1);
  one->line = row->line;
  one->said = json_object ();
  one->acts = json_array ();
  parts[of->type] = one->said;
  for (guint i = 0; i < row->cells->len; i++)
    if (!take_cell (g_ptr_array_index (self->columns, i), g_ptr_array_index (row->cells, i), parts))
      add_problem (problems, row->line, NULL, "Cell %u says something in a column with no name",
                   i + 1);
  if (self->kind == AMENDS_REGISTER_CASES && json_object_get (one->said, "kind") == NULL)
    json_object_set_new (one->said, "kind", json_string ("complaint"));
  for (const AmendsEventType *act = of->acts; *act != AMENDS_EVENT_UNKNOWN; act++)
    if (parts[*act] != NULL)
      add_act (one->acts, parts[*act]);
  g_ptr_array_add (self->rows, one);
}

/**
 * amends_import_new:
 * @kind: what the rows are
 * @rows: (element-type AmendsCsvRow): of a file, the header first
 * @choices: (nullable) (array zero-terminated=1): what each column is to be taken for, as a person chose it:
 *   the name of a field, or "" for what is left out; %NULL to go by the header
 * @problems: (element-type AmendsImportProblem): where what is wrong is added
 *
 * What the cells say is not judged here.
 * Returns: (transfer full): the rows; of a file whose header is wrong none
 */
AmendsImport *
amends_import_new (AmendsRegisterKind kind,
                   const GPtrArray *rows,
                   const char *const *choices,
                   GPtrArray *problems)
{
  AmendsImport *self = g_new0 (AmendsImport, 1);
  guint n_before = problems->len;
  gboolean is_known;

  self->kind = kind;
  self->columns = g_ptr_array_new_with_free_func ((GDestroyNotify) column_free);
  self->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) row_free);
  if (rows->len == 0)
    {
      add_problem (problems, 1, NULL, "The file is empty: its first row names the columns");
      return self;
    }
  take_header (self, g_ptr_array_index (rows, 0), choices, problems);
  is_known = problems->len == n_before;
  for (guint i = 1; i < rows->len && is_known; i++)
    take_row (self, g_ptr_array_index (rows, i), problems);
  return self;
}

/**
 * amends_import_dup_guess:
 * @kind: what the rows are
 * @label: of a column
 *
 * Returns: (transfer full) (nullable): the name of the field that it would be taken for: of two columns "issues.what"
 *   and "Issue" the same; %NULL if there is none
 */
char *
amends_import_dup_guess (AmendsRegisterKind kind, const char *label)
{
  Column *column = label[0] != '\0' ? column_new (kind, label, label) : NULL;
  char *name = NULL;

  if (column == NULL)
    return NULL;
  if (column->act == amends_import_get_of (kind)->type)
    name = g_strdup (column->path);
  else
    name = g_strdup_printf ("%s.%s", amends_event_type_to_string (column->act), column->path);
  column_free (column);
  return name;
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
  g_ptr_array_unref (self->rows);
  g_free (self);
}

/**
 * amends_import_dup_column:
 * @act: what was refused; %AMENDS_EVENT_UNKNOWN for what records the row
 * @field: (nullable): of it
 *
 * Returns: (transfer full): the header of the column that says it, or the name that one would have
 */
char *
amends_import_dup_column (const AmendsImport *self, AmendsEventType act, const char *field)
{
  AmendsEventType type = amends_import_get_of (self->kind)->type;
  const Column *column;

  act = act != AMENDS_EVENT_UNKNOWN ? act : type;
  column = field != NULL ? find_column (self, act, field) : NULL;
  if (column != NULL)
    return g_strdup (column->label);
  if (act == type)
    return g_strdup (field);
  return field != NULL ? g_strdup_printf ("%s.%s", amends_event_type_to_string (act), field)
                       : g_strdup (amends_event_type_to_string (act));
}

/**
 * amends_import_row_get_key:
 *
 * Returns: (nullable): what the landlord knows it by
 */
const char *
amends_import_row_get_key (const AmendsImport *self, const AmendsImportRow *row)
{
  return json_string_value (json_object_get (row->said, amends_import_get_of (self->kind)->key));
}

/**
 * amends_import_row_get_scheme:
 *
 * Returns: (nullable): where it is known by that; "" where that is everywhere
 */
const char *
amends_import_row_get_scheme (const AmendsImport *self, const AmendsImportRow *row)
{
  const char *field = amends_import_get_of (self->kind)->scheme;

  return field != NULL ? json_string_value (json_object_get (row->said, field)) : "";
}

/**
 * amends_import_row_set_issue:
 * @act: an act; its findings, if it has any, are each about the issue in the same place
 * @issues: (array length=n_issues): of the case
 */
void
amends_import_row_set_issue (json_t *act, const AmendsId *issues, guint n_issues)
{
  json_t *findings = json_object_get (act, "findings");

  for (guint i = 0; i < MIN (json_array_size (findings), n_issues); i++)
    {
      g_autofree char *id = amends_id_format (&issues[i]);

      json_object_set_new (json_array_get (findings, i), "issue", json_string (id));
    }
}
