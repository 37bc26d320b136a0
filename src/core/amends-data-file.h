/* amends-data-file.h: a file of groups and keys that says where it is wrong
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define AMENDS_DATA_FILE_MAX_LINES 10000 /* ten times the longest that ships */

/**
 * AmendsDataFile:
 * @keys: (owned): the groups and keys
 * @file_name: (not owned): what messages call the file
 * @lines: (owned): "[group]" or "[group]key" to its line, from 1
 * @problems: (nullable) (not owned) (element-type GError): where all problems go
 * @first: (nullable) (owned): the first problem
 *
 * One reading of one file. Zeroed, it is empty.
 */
typedef struct
{
  GKeyFile *keys;
  const char *file_name;
  GHashTable *lines;
  GPtrArray *problems;
  GError *first;
} AmendsDataFile;

gboolean amends_data_file_load (AmendsDataFile *self,
                                GBytes *bytes,
                                gsize n_max_bytes,
                                const char *what,
                                const char *file_name,
                                GPtrArray *problems);
int amends_data_file_get_line (const AmendsDataFile *self, const char *group, const char *key);
gboolean amends_data_file_complain (AmendsDataFile *self,
                                    int n_line,
                                    const char *group,
                                    const char *key,
                                    const char *format,
                                    ...) G_GNUC_PRINTF (5, 6);
gboolean amends_data_file_is_word (const char *text);
char *amends_data_file_shorten (const char *text);
void amends_data_file_clear (AmendsDataFile *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (AmendsDataFile, amends_data_file_clear)

G_END_DECLS
