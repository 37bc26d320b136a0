/* amends-cli.h: what every command shares: the store, the passphrase, input and output
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>
#include <jansson.h>

#include "store/amends-store.h"

G_BEGIN_DECLS

/* What a command comes to, for scripts. */
enum
{
  AMENDS_EXIT_DONE = 0,
  AMENDS_EXIT_REFUSED = 1, /* by policy, state or the server */
  AMENDS_EXIT_USAGE = 2,   /* used wrongly, malformed input, not found */
  AMENDS_EXIT_NETWORK = 3, /* network or server away, nothing lost */
  AMENDS_EXIT_STORE = 4,   /* the store cannot be used, or is damaged */
};

/**
 * AmendsCli:
 * @store_path: (nullable): --store
 * @passphrase_file: (nullable): --passphrase-file
 * @staff_name: (nullable): --as
 * @is_json: --json
 * @json_printed: whether the one JSON value stands on standard output already
 * @exit_status: what a command that printed its result leaves with
 * @ambiguous: (nullable): the ids of the cases that carry the reference asked for
 * @store: (nullable): once it is open
 */
typedef struct
{
  char *store_path;
  char *passphrase_file;
  char *staff_name;
  gboolean is_json;
  gboolean json_printed;
  int exit_status;
  json_t *ambiguous;
  AmendsStore *store;
} AmendsCli;

/**
 * AmendsCommand:
 * @name: the word on the command line
 * @arguments: what follows it, for the help
 * @summary: one line of help, marked for translation
 * @n_min: how many arguments it takes at the least
 * @n_max: and at the most
 * @options: (nullable): its own options
 * @run: does it; %FALSE with an error
 * @needs_no_store: whether it can do without one
 * @needed_options: (nullable): those of its own that it cannot do without, for the help
 * @more: (nullable): what else there is to know, marked for translation
 */
typedef struct
{
  const char *name;
  const char *arguments;
  const char *summary;
  int n_min;
  int n_max;
  const GOptionEntry *options;
  gboolean (*run) (AmendsCli *cli, char **arguments, GError **error);
  gboolean needs_no_store;
  const char *needed_options;
  const char *more;
} AmendsCommand;

/**
 * AmendsCliError:
 * @AMENDS_CLI_ERROR_USAGE: the command line is not one that there is
 * @AMENDS_CLI_ERROR_INPUT: a file that was named cannot be read
 * @AMENDS_CLI_ERROR_OUTPUT: standard output cannot be written to
 */
typedef enum
{
  AMENDS_CLI_ERROR_USAGE = 1,
  AMENDS_CLI_ERROR_INPUT,
  AMENDS_CLI_ERROR_OUTPUT,
} AmendsCliError;

#define AMENDS_CLI_ERROR (amends_cli_error_quark ())
GQuark amends_cli_error_quark (void);

void amends_cli_clear (AmendsCli *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (AmendsCli, amends_cli_clear)

gboolean amends_cli_need_store_path (AmendsCli *self, GError **error);
gboolean amends_cli_open (AmendsCli *self, GError **error);
gboolean amends_cli_find_case (AmendsCli *self, const char *name, AmendsId *ret_id, GError **error);
AmendsCase *amends_cli_get_case (AmendsCli *self, const char *name, GError **error);

char *amends_cli_ask_passphrase (const char *file, const char *question, GError **error);
/* Whether a secret may be one; what it says is wrong with it holds nothing of it. */
typedef gboolean (*AmendsCliCheck) (const char *secret, GError **error);

char *amends_cli_ask_new_secret (const char *file,
                                 const char *question,
                                 AmendsCliCheck check,
                                 const char *field,
                                 const char *differ,
                                 GError **error);
char *amends_cli_ask_new_passphrase (const char *file, const char *name, GError **error);

GInputStream *amends_cli_open_input (const char *name, GError **error);
GBytes *amends_cli_read_bytes (const char *name, GError **error);
json_t *amends_cli_read_json (const char *name, GError **error);
char *amends_cli_read_line (GDataInputStream *stream, gsize *ret_n_bytes, GError **error);

gboolean amends_cli_print_json (AmendsCli *self, const json_t *value, GError **error);
gboolean amends_cli_print_json_line (const json_t *value, GError **error);

/* The one place that says what an error means to a script and to a person. */
int amends_cli_get_exit_status (const GError *error);
json_t *amends_cli_describe_error (const AmendsCli *self, const GError *error);
int amends_cli_report (AmendsCli *self, const GError *error);

G_END_DECLS
