/* amends-cli-report.c: what an error means to a script and to a person
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>

#include "cli/amends-cli-text.h"
#include "cli/amends-cli.h"
#include "core/amends-error.h"
#include "sync/amends-bundle.h"
#include "sync/amends-transport.h"

G_DEFINE_QUARK (amends - cli - error - quark, amends_cli_error)

static int
status_of_core (AmendsCoreError code)
{
  switch (code)
    {
    case AMENDS_CORE_ERROR_REFUSED:
    case AMENDS_CORE_ERROR_CALENDAR_ENDS:
      return AMENDS_EXIT_REFUSED;
    case AMENDS_CORE_ERROR_INVALID:
    case AMENDS_CORE_ERROR_NOT_FOUND:
    case AMENDS_CORE_ERROR_AMBIGUOUS:
    case AMENDS_CORE_ERROR_TOO_LARGE:
      return AMENDS_EXIT_USAGE;
    }
  return AMENDS_EXIT_USAGE;
}

static int
status_of_sync (AmendsSyncError code)
{
  switch (code)
    {
    case AMENDS_SYNC_ERROR_REVOKED:
    case AMENDS_SYNC_ERROR_CODE:
    case AMENDS_SYNC_ERROR_FORGOTTEN:
    case AMENDS_SYNC_ERROR_FULL:
    case AMENDS_SYNC_ERROR_NOT_HELD:
    case AMENDS_SYNC_ERROR_FORBIDDEN:
    case AMENDS_SYNC_ERROR_NO_ROUTE:
      return AMENDS_EXIT_REFUSED;
    case AMENDS_SYNC_ERROR_OFFLINE:
    case AMENDS_SYNC_ERROR_PORTAL:
    case AMENDS_SYNC_ERROR_CERTIFICATE:
    case AMENDS_SYNC_ERROR_CLOCK:
    case AMENDS_SYNC_ERROR_FOREIGN_SERVER:
    case AMENDS_SYNC_ERROR_BUSY:
    case AMENDS_SYNC_ERROR_PROTOCOL:
    case AMENDS_SYNC_ERROR_CUT:
      return AMENDS_EXIT_NETWORK;
    }
  return AMENDS_EXIT_NETWORK;
}

/* A file that cannot be taken is malformed input; nothing is wrong with the store or the line. */
static int
status_of_bundle (AmendsBundleError code)
{
  switch (code)
    {
    case AMENDS_BUNDLE_ERROR_WRITE:
      return AMENDS_EXIT_STORE;
    case AMENDS_BUNDLE_ERROR_LINE:
      return AMENDS_EXIT_NETWORK;
    case AMENDS_BUNDLE_ERROR_READ:
    case AMENDS_BUNDLE_ERROR_EXISTS:
    case AMENDS_BUNDLE_ERROR_FORMAT:
    case AMENDS_BUNDLE_ERROR_NEWER:
    case AMENDS_BUNDLE_ERROR_WAY:
    case AMENDS_BUNDLE_ERROR_ORGANISATION:
    case AMENDS_BUNDLE_ERROR_RECIPIENT:
    case AMENDS_BUNDLE_ERROR_CUT:
    case AMENDS_BUNDLE_ERROR_ALTERED:
      return AMENDS_EXIT_USAGE;
    }
  return AMENDS_EXIT_USAGE;
}

/**
 * amends_cli_get_exit_status:
 * @error: of any layer
 *
 * Returns: what the program leaves with
 */
int
amends_cli_get_exit_status (const GError *error)
{
  if (error->domain == AMENDS_CORE_ERROR)
    return status_of_core ((AmendsCoreError) error->code);
  if (error->domain == AMENDS_SYNC_ERROR)
    return status_of_sync ((AmendsSyncError) error->code);
  if (error->domain == AMENDS_BUNDLE_ERROR)
    return status_of_bundle ((AmendsBundleError) error->code);
  if (g_error_matches (error, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_EXISTS))
    return AMENDS_EXIT_REFUSED;
  if (error->domain == AMENDS_STORE_ERROR
      || g_error_matches (error, AMENDS_CLI_ERROR, AMENDS_CLI_ERROR_OUTPUT))
    return AMENDS_EXIT_STORE;
  if (error->domain == AMENDS_CLI_ERROR || error->domain == G_OPTION_ERROR
      || error->domain == G_FILE_ERROR)
    return AMENDS_EXIT_USAGE;
  /* What GIO says beside these is of the network: a name that is not known, a route that is not
   * there. */
  return AMENDS_EXIT_NETWORK;
}

static const char *
code_name_of (const GError *error)
{
  if (error->domain == AMENDS_CORE_ERROR)
    return amends_error_get_code_name (error);
  if (error->domain == AMENDS_SYNC_ERROR)
    return amends_sync_error_get_code_name (error);
  if (error->domain == AMENDS_BUNDLE_ERROR)
    return amends_bundle_error_get_code_name (error);
  if (error->domain == AMENDS_STORE_ERROR)
    return amends_store_error_get_code_name (error);
  if (g_error_matches (error, AMENDS_CLI_ERROR, AMENDS_CLI_ERROR_INPUT)
      || error->domain == G_FILE_ERROR)
    return "input";
  if (g_error_matches (error, AMENDS_CLI_ERROR, AMENDS_CLI_ERROR_OUTPUT))
    return "output";
  if (error->domain == AMENDS_CLI_ERROR || error->domain == G_OPTION_ERROR)
    return "usage";
  return "offline";
}

/**
 * amends_cli_describe_error:
 * @self: what was asked
 * @error: what came of it
 *
 * Returns: (transfer full): `{"code","message","field","clause"}`, and the "ids" of an ambiguous
 * reference
 */
json_t *
amends_cli_describe_error (const AmendsCli *self, const GError *error)
{
  g_autofree char *message = g_utf8_make_valid (error->message, -1);
  json_t *json = json_pack ("{s:s, s:s, s:s?, s:s?}", "code", code_name_of (error), "message",
                            message, "field", amends_error_get_field (error), "clause",
                            amends_error_get_clause (error));

  if (g_error_matches (error, AMENDS_CORE_ERROR, AMENDS_CORE_ERROR_AMBIGUOUS)
      && self->ambiguous != NULL)
    json_object_set (json, "ids", self->ambiguous);
  return json;
}

/**
 * amends_cli_report:
 * @self: what was asked
 * @error: what came of it
 *
 * The sentence goes to standard error; with --json the error goes to standard output as well, unless
 * a result stands there already.
 *
 * Returns: what the program leaves with
 */
int
amends_cli_report (AmendsCli *self, const GError *error)
{
  g_autofree char *sentence = amends_text_escape (error->message);

  if (self->is_json && !self->json_printed)
    {
      json_auto_t *json = json_pack ("{s:o}", "error", amends_cli_describe_error (self, error));

      amends_cli_print_json (self, json, NULL);
    }
  g_printerr ("amendsctl: %s\n", sentence);
  return amends_cli_get_exit_status (error);
}
