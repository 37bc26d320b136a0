/* amends-server-cmd.h: what amends-server can be told to do
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <jansson.h>

#include "server/amends-server-options.h"
#include "store/amends-environment.h"

G_BEGIN_DECLS

#define AMENDS_SERVER_EXIT_DAMAGED 4

typedef struct _AmendsServerCmd AmendsServerCmd;

/**
 * AmendsServerCmd:
 * @words: one or two, on the command line
 * @takes: what follows them, each by its key in what the server is asked
 * @call: the same and the options for the help; an option that is not in it is none of the command's
 * @summary: one line of help
 * @more: (nullable): what else there is to know
 * @ask: (nullable): the command of the server's, if that is not @words
 * @print: puts what it found in words
 * @run: (nullable): where there is more to it than asking; @arguments are as many as @takes.
 *   Returns what the program exits with
 */
struct _AmendsServerCmd
{
  const char *words[3];
  const char *takes[3];
  const char *call;
  const char *summary;
  const char *more;
  const char *ask;
  void (*print) (const json_t *result);
  int (*run) (const AmendsServerCmd *self,
              const AmendsServerOptions *options,
              const char *const *arguments);
};

const AmendsServerCmd *amends_server_cmd_get_all (guint *ret_n);
int amends_server_cmd_run (const AmendsServerCmd *self,
                           const AmendsServerOptions *options,
                           const char *const *arguments);

/* What the program says and exits with, the same for all commands. */
AmendsEnvironment amends_server_cmd_get_environment (const AmendsServerOptions *options);
int amends_server_cmd_fail (const AmendsServerOptions *options, const GError *error);
int amends_server_cmd_fail_usage (const AmendsServerOptions *options,
                                  const char *field,
                                  const char *message);

int amends_server_cmd_serve (const AmendsServerCmd *self,
                             const AmendsServerOptions *options,
                             const char *const *arguments);

G_END_DECLS
