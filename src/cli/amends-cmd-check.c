/* amends-cmd-check.c: checks a store, computes its lists again, copies it
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>

#include "cli/amends-cli-text.h"
#include "cli/amends-cmd.h"
#include "core/amends-intake.h"
#include "store/amends-attachments.h"

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (AmendsFsck, amends_fsck_clear)

static gboolean
run_fsck (AmendsCli *cli, char **arguments, GError **error)
{
  g_auto (AmendsFsck) fsck = { 0 };
  json_auto_t *json = NULL;
  gboolean is_whole;

  if (!amends_cli_open (cli, error) || !amends_store_fsck (cli->store, &fsck, error))
    return FALSE;

  is_whole = fsck.first_bad == NULL && fsck.what == NULL;
  if (!is_whole)
    cli->exit_status = AMENDS_EXIT_STORE;
  json = json_pack ("{s:b, s:I, s:I, s:o, s:I}", "ok", is_whole, "events",
                    (json_int_t) fsck.n_events, "checked", (json_int_t) fsck.n_checked, "first_bad",
                    is_whole ? json_null ()
                             : json_pack ("{s:s?, s:s?}", "id", fsck.first_bad, "what", fsck.what),
                    "safe", (json_int_t) fsck.n_safe);
  if (!is_whole)
    {
      /* SQLite says what it finds on lines of its own. */
      g_autofree char *lines = g_strdelimit (g_strdup (amends_text_or_dash (fsck.what)), "\n", ' ');
      g_autofree char *what = amends_text_escape (lines);

      g_printerr (_ ("amendsctl: The store is damaged: %s\n"), what);
      g_printerr ("%s\n",
                  _ ("Record nothing more in it. What was sent is safe at the server; for the "
                     "rest put a backup in its place."));
    }
  if (cli->is_json)
    return amends_cli_print_json (cli, json, error);
  if (is_whole)
    g_print (ngettext ("%lu record was checked: it is whole\n",
                       "%lu records were checked: all are whole\n", (gulong) fsck.n_checked),
             (gulong) fsck.n_checked);
  else
    amends_text_print (_ ("First damaged record: %s; records before it: %lu"),
                       amends_text_or_dash (fsck.first_bad), (gulong) fsck.n_safe);
  return TRUE;
}

static char *
digest_to_hex (const AmendsDigest *digest)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (gsize i = 0; i < sizeof digest->bytes; i++)
    g_string_append_printf (text, "%02x", digest->bytes[i]);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static gboolean
run_rebuild (AmendsCli *cli, char **arguments, GError **error)
{
  AmendsRebuilt rebuilt = { 0 };
  g_autofree char *hash = NULL;
  json_auto_t *json = NULL;

  if (!amends_cli_open (cli, error) || !amends_store_rebuild (cli->store, &rebuilt, error))
    return FALSE;

  hash = digest_to_hex (&rebuilt.state_hash);
  json = json_pack ("{s:I, s:I, s:i, s:s}", "events", (json_int_t) rebuilt.n_events, "cases",
                    (json_int_t) rebuilt.n_cases, "fold", rebuilt.fold_version, "state_hash", hash);
  if (cli->is_json)
    return amends_cli_print_json (cli, json, error);
  g_print (ngettext ("%lu case was computed again\n", "%lu cases were computed again\n",
                     (gulong) rebuilt.n_cases),
           (gulong) rebuilt.n_cases);
  amends_text_print_field (_ ("State"), hash);
  return TRUE;
}

static gboolean
run_backup (AmendsCli *cli, char **arguments, GError **error)
{
  AmendsAttachmentCounts counts;
  json_auto_t *json = NULL;

  if (!amends_cli_open (cli, error) || !amends_store_count_attachments (cli->store, &counts, error)
      || !amends_store_backup (cli->store, arguments[0], error))
    return FALSE;
  if (cli->is_json)
    {
      g_autofree char *name = g_filename_display_name (arguments[0]);

      json = json_pack ("{s:s, s:I}", "file", name, "attachments_only_here",
                        (json_int_t) counts.n_to_send);
      return amends_cli_print_json (cli, json, error);
    }
  g_print ("%s\n",
           _ ("The log was copied. The copy is sealed: put back in the place of log.db in this "
              "store, it opens with the same passphrase."));
  if (counts.n_to_send > 0)
    amends_text_print (
        ngettext ("%lu attachment is on this device alone, and not in the copy: sync "
                  "first",
                  "%lu attachments are on this device alone, and not in the copy: sync "
                  "first",
                  (gulong) counts.n_to_send),
        (gulong) counts.n_to_send);
  return TRUE;
}

static gboolean is_acts;

static const GOptionEntry schema_options[] = {
  { "acts", 0, 0, G_OPTION_ARG_NONE, &is_acts, N_ ("List the acts on a case with their fields"),
    NULL },
  { NULL },
};

static void
print_acts (void)
{
  for (int type = 0; type < AMENDS_EVENT_N_TYPES; type++)
    {
      const AmendsSchemaField *fields = amends_intake_get_act_fields ((AmendsEventType) type);
      g_autofree char *outline = fields != NULL ? amends_schema_dup_outline (fields) : NULL;

      if (fields != NULL)
        amends_text_print ("%s%s%s", amends_event_type_to_string ((AmendsEventType) type),
                           *outline != '\0' ? ": " : "", outline);
    }
}

static json_t *
find_schema (const char *act, GError **error)
{
  json_t *schema;

  if (is_acts)
    return amends_intake_describe_acts ();
  if (act == NULL)
    return amends_intake_describe ();
  schema = amends_intake_describe_act (amends_act_type_from_string (act));
  if (schema == NULL)
    g_set_error_literal (error, AMENDS_CLI_ERROR, AMENDS_CLI_ERROR_USAGE,
                         _ ("There is no such act: see amendsctl schema --acts"));
  return schema;
}

static gboolean
run_schema (AmendsCli *cli, char **arguments, GError **error)
{
  json_auto_t *schema = NULL;
  char *text;

  if (is_acts && arguments[0] != NULL)
    {
      g_set_error_literal (error, AMENDS_CLI_ERROR, AMENDS_CLI_ERROR_USAGE,
                           _ ("Name one act, or list them all with --acts"));
      return FALSE;
    }
  if (is_acts && !cli->is_json)
    {
      print_acts ();
      return TRUE;
    }
  schema = find_schema (arguments[0], error);
  if (schema == NULL)
    return FALSE;
  text = json_dumps (schema, JSON_INDENT (2));
  cli->json_printed = TRUE;
  g_print ("%s\n", text);
  free (text);
  return TRUE;
}

const AmendsCommand amends_cmd_fsck = {
  "fsck", "", N_ ("Check that every record is whole and as it was written"), 0, 0, NULL, run_fsck,
};

const AmendsCommand amends_cmd_rebuild = {
  "rebuild", "", N_ ("Compute all lists again from the records"), 0, 0, NULL, run_rebuild,
};

const AmendsCommand amends_cmd_backup = {
  "backup", N_ ("FILE"), N_ ("Copy the store to a file"), 1, 1, NULL, run_backup,
};

const AmendsCommand amends_cmd_schema = {
  "schema",
  N_ ("[ACT]"),
  N_ ("Print the JSON Schema of an intake, or of an act"),
  0,
  1,
  schema_options,
  run_schema,
  TRUE,
};
