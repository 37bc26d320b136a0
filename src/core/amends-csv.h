/* amends-csv.h: rows of comma-separated values
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * As RFC 4180 has them: quotes, line feeds between quotes, CRLF or LF. The text is UTF-8, with or without the mark of
 * byte order that spreadsheets put before it. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A landlord's register of some ten thousand rows; a header wider than any that there are names for. */
#define AMENDS_CSV_MAX_BYTES (16 * 1024 * 1024)
#define AMENDS_CSV_MAX_ROWS 20000
#define AMENDS_CSV_MAX_COLUMNS 256
#define AMENDS_CSV_MAX_CELL_BYTES (64 * 1024) /* as the longest text of an event */

/**
 * AmendsCsvRow:
 * @line: of the file, from 1, on which it begins
 * @cells: (element-type utf8): without blanks around what stands in no quotes
 */
typedef struct
{
  guint line;
  GPtrArray *cells;
} AmendsCsvRow;

GPtrArray *amends_csv_parse (GBytes *bytes, GError **error);

G_END_DECLS
