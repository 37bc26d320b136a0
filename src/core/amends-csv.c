/* amends-csv.c: rows of comma-separated values
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * libcsv finds the cells, and is strict about quotes. It counts no lines, so it is fed one line of the file at a
 * time. */

#include "core/amends-csv.h"

#include <csv.h>
#include <string.h>

#include "core/amends-error.h"

#define BYTE_ORDER_MARK "\xef\xbb\xbf"

typedef struct
{
  GPtrArray *rows;
  AmendsCsvRow *row; /* (nullable): the one that is read */
  guint line;        /* that is fed */
  GError *error;     /* (nullable) */
} Reader;

static void
row_free (AmendsCsvRow *self)
{
  g_ptr_array_unref (self->cells);
  g_free (self);
}

/* The end of the line that begins at @from, its line end with it. */
static gsize
find_line_end (const char *text, gsize n_bytes, gsize from)
{
  for (gsize i = from; i < n_bytes; i++)
    if (text[i] == '\n' || (text[i] == '\r' && (i + 1 == n_bytes || text[i + 1] != '\n')))
      return i + 1;
  return n_bytes;
}

static guint
count_line_ends (const char *text, gsize n_bytes)
{
  guint n = 0;

  for (gsize i = 0; i < n_bytes; i++)
    if (text[i] == '\n' || (text[i] == '\r' && (i + 1 == n_bytes || text[i + 1] != '\n')))
      n++;
  return n;
}

static void
refuse (Reader *self, const char *sentence, int limit)
{
  if (self->error == NULL)
    amends_set_error (&self->error, AMENDS_CORE_ERROR_TOO_LARGE, NULL, NULL, "Line %u: %s %d",
                      self->line, sentence, limit);
}

static void
take_cell_cb (void *bytes, size_t n_bytes, void *data)
{
  Reader *self = data;

  if (self->row == NULL)
    {
      self->row = g_new0 (AmendsCsvRow, 1);
      self->row->cells = g_ptr_array_new_with_free_func (g_free);
      self->row->line = self->line - count_line_ends (bytes, n_bytes);
    }
  if (n_bytes > AMENDS_CSV_MAX_CELL_BYTES)
    refuse (self, "a cell holds more bytes than", AMENDS_CSV_MAX_CELL_BYTES);
  else if (self->row->cells->len == AMENDS_CSV_MAX_COLUMNS)
    refuse (self, "there are more columns than", AMENDS_CSV_MAX_COLUMNS);
  else
    g_ptr_array_add (self->row->cells, g_strndup (bytes, n_bytes));
}

static gboolean
says_something (const AmendsCsvRow *row)
{
  for (guint i = 0; i < row->cells->len; i++)
    if (((const char *) g_ptr_array_index (row->cells, i))[0] != '\0')
      return TRUE;
  return FALSE;
}

/* Spreadsheets write rows of nothing but commas below the last that says something. */
static void
take_row_cb (int end G_GNUC_UNUSED, void *data)
{
  Reader *self = data;

  if (self->row == NULL)
    return;
  if (!says_something (self->row))
    row_free (self->row);
  else if (self->rows->len == AMENDS_CSV_MAX_ROWS)
    {
      refuse (self, "there are more rows than", AMENDS_CSV_MAX_ROWS);
      row_free (self->row);
    }
  else
    g_ptr_array_add (self->rows, self->row);
  self->row = NULL;
}

static gboolean
check_text (const char *text, gsize n_bytes, GError **error)
{
  const char *bad;
  gsize line_start = 0;
  guint line = 1;

  if (g_utf8_validate_len (text, n_bytes, &bad))
    return TRUE;
  for (gsize end = 0; (end = find_line_end (text, (gsize) (bad - text), line_start)) > line_start;
       line_start = end)
    {
      if (text[end - 1] != '\n' && text[end - 1] != '\r')
        break;
      line++;
    }
  amends_set_error (error, AMENDS_CORE_ERROR_INVALID, NULL, NULL,
                    "Line %u: byte %u of the line is no UTF-8: save the file as CSV in UTF-8", line,
                    (guint) ((gsize) (bad - text) - line_start) + 1);
  return FALSE;
}

static gboolean
feed (Reader *self, struct csv_parser *parser, const char *text, gsize n_bytes)
{
  for (gsize at = 0; at < n_bytes && self->error == NULL;)
    {
      gsize end = find_line_end (text, n_bytes, at);

      if (csv_parse (parser, text + at, end - at, take_cell_cb, take_row_cb, self) != end - at
          && self->error == NULL)
        amends_set_error (&self->error, AMENDS_CORE_ERROR_INVALID, NULL, NULL,
                          "Line %u: a quote stands where none may: put the cell in quotes, and "
                          "each quote in it twice",
                          self->line);
      at = end;
      if (at < n_bytes && self->error == NULL)
        self->line++; /* the end of the file ends a row of its last line */
    }
  if (self->error == NULL && csv_fini (parser, take_cell_cb, take_row_cb, self) != 0
      && self->error == NULL)
    amends_set_error (&self->error, AMENDS_CORE_ERROR_INVALID, NULL, NULL,
                      "The file ends inside a cell: a closing quote is missing");
  return self->error == NULL;
}

/**
 * amends_csv_parse:
 * @bytes: a file
 *
 * A row in which nothing stands is left out; rows may have different numbers of cells.
 * Source: RFC 4180.
 * Errors: %AMENDS_CORE_ERROR_INVALID for what is no UTF-8, or quoted so that nobody can tell where a cell ends;
 * %AMENDS_CORE_ERROR_TOO_LARGE. The message names the line.
 * Returns: (transfer full) (element-type AmendsCsvRow): the rows, the header among them; maybe none
 */
GPtrArray *
amends_csv_parse (GBytes *bytes, GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) row_free);
  Reader reader = { rows, NULL, 1, NULL };
  struct csv_parser parser;
  gsize n_bytes;
  const char *text;

  g_return_val_if_fail (bytes != NULL, NULL);

  text = g_bytes_get_data (bytes, &n_bytes);
  if (n_bytes > AMENDS_CSV_MAX_BYTES)
    {
      amends_set_error (error, AMENDS_CORE_ERROR_TOO_LARGE, NULL, NULL,
                        "The file is larger than %d MiB: divide it",
                        AMENDS_CSV_MAX_BYTES / 1024 / 1024);
      return NULL;
    }
  if (n_bytes >= strlen (BYTE_ORDER_MARK)
      && memcmp (text, BYTE_ORDER_MARK, strlen (BYTE_ORDER_MARK)) == 0)
    {
      text += strlen (BYTE_ORDER_MARK);
      n_bytes -= strlen (BYTE_ORDER_MARK);
    }
  if (!check_text (text, n_bytes, error))
    return NULL;

  if (csv_init (&parser, CSV_STRICT | CSV_STRICT_FINI) != 0)
    g_error ("libcsv could not begin");
  feed (&reader, &parser, text, n_bytes);
  csv_free (&parser);
  g_clear_pointer (&reader.row, row_free);
  if (reader.error != NULL)
    {
      g_propagate_error (error, reader.error);
      return NULL;
    }
  return g_steal_pointer (&rows);
}
