/* amends-cmd-record.c: records an intake
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>

#include "cli/amends-cmd.h"
#include "store/amends-attachments.h"

static gboolean is_lines;
static char **paths; /* (nullable) */

static const GOptionEntry options[] = {
  { "attach", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &paths,
    N_ ("Attach FILE as well; may be repeated"), N_ ("FILE") },
  { "lines", 0, 0, G_OPTION_ARG_NONE, &is_lines, N_ ("Take one intake a line"), NULL },
  { NULL },
};

static AmendsAttachmentWriter *
write_file (AmendsCli *cli, const char *path, json_t *facts, GError **error)
{
  g_autoptr (AmendsAttachmentWriter) writer = amends_attachment_writer_new (cli->store, error);

  return writer != NULL
                 && amends_attachment_writer_take_file (writer, path, FALSE, NULL, facts, error)
             ? g_steal_pointer (&writer)
             : NULL;
}

/* One act: a record without its files is none. */
static AmendsOutcome *
take (AmendsCli *cli, const json_t *value, GError **error)
{
  guint n = paths != NULL ? g_strv_length (paths) : 0;
  g_autofree AmendsNewFile *files = g_new0 (AmendsNewFile, n + 1);
  g_autoptr (GPtrArray) writers =
      g_ptr_array_new_with_free_func ((GDestroyNotify) amends_attachment_writer_free);
  json_auto_t *facts = json_array ();

  for (guint i = 0; i < n; i++)
    {
      AmendsAttachmentWriter *writer;

      json_array_append_new (facts, json_object ());
      files[i].facts = json_array_get (facts, i);
      writer = write_file (cli, paths[i], json_array_get (facts, i), error);
      if (writer == NULL)
        return NULL;
      g_ptr_array_add (writers, writer);
      files[i].writer = writer;
    }
  return amends_store_record_with (cli->store, value, files, n, error);
}

static gboolean
run (AmendsCli *cli, char **arguments, GError **error)
{
  g_autoptr (AmendsOutcome) outcome = NULL;
  json_auto_t *intake = NULL;
  json_auto_t *answer = NULL;

  if (is_lines)
    return amends_cli_open (cli, error) && amends_cmd_take_lines (cli, arguments[0], take, error);

  intake = amends_cli_read_json (arguments[0], error);
  if (intake == NULL || !amends_cli_open (cli, error))
    return FALSE;
  outcome = take (cli, intake, error);
  if (outcome == NULL)
    return FALSE;

  /* Printed with or without --json: a script that records always needs the reference. */
  amends_cmd_print_warnings (outcome);
  answer = amends_cmd_outcome_to_json (outcome);
  return amends_cli_print_json (cli, answer, error);
}

const AmendsCommand amends_cmd_record = {
  "record",
  N_ ("FILE|-"),
  N_ ("Record a case from an intake in JSON"),
  1,
  1,
  options,
  run,
  .more = N_ ("The least that an intake holds:\n"
              "  {\"kind\": \"complaint\", \"scheme\": \"oak\", \"received\": \"2026-11-20\",\n"
              "   \"channel\": \"in-person\", \"issues\": [{\"what\": \"The lift is stuck.\"}]}\n"
              "amendsctl schema prints all that it may hold."),
};
