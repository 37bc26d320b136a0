/* amends-server-options.h: what may be said to amends-server besides a command
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * AmendsServerOptions:
 * @data: (nullable): the folder of the store; or, beside a database, of the keys that are not in it
 * @store: (nullable): where the database is, postgresql://…
 * @gb_per_device: gigabytes; 0 if it was not given
 * @gb_of_all: the same
 *
 * What was not given is %NULL, 0 or %FALSE. Each field is a row of the table in the .c file, and from
 * that comes what is read, what the help shows and what is freed.
 */
typedef struct
{
  char *data;
  char *store;
  gboolean json;
  gboolean help;
  gboolean version;

  char *organisation;
  char **hosts;
  char *name;
  char *listen;
  char *kind;
  char *feeds;
  char *reply;
  char *reason;
  double gb_per_device;
  double gb_of_all;
} AmendsServerOptions;

void
amends_server_options_add (AmendsServerOptions *self, GOptionContext *context, const char *call);
void amends_server_options_clear (AmendsServerOptions *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (AmendsServerOptions, amends_server_options_clear)

G_END_DECLS
