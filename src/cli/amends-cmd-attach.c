/* amends-cmd-attach.c: attaches a file to a case, lists what is attached, and hands it out
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>

#include "cli/amends-cli-text.h"
#include "cli/amends-cmd.h"
#include "core/amends-error.h"
#include "core/amends-media.h"
#include "store/amends-attachments.h"

static gboolean keeps_metadata;
static gboolean is_third_party;
static char *what;
static char *caption;

static const GOptionEntry attach_options[] = {
  { "keep-metadata", 0, 0, G_OPTION_ARG_NONE, &keeps_metadata,
    N_ ("Leave in a picture what it says of camera, place and time"), NULL },
  { "what", 0, 0, G_OPTION_ARG_STRING, &what,
    N_ ("photograph, scan, letter, recording, video, text or other"), N_ ("KIND") },
  { "caption", 0, 0, G_OPTION_ARG_STRING, &caption, N_ ("What it shows"), N_ ("TEXT") },
  { "third-party", 0, 0, G_OPTION_ARG_NONE, &is_third_party,
    N_ ("It tells of somebody who is not the complainant"), NULL },
  { NULL },
};

static json_t *
get_facts (void)
{
  json_t *facts = json_object ();

  if (what != NULL)
    json_object_set_new (facts, "what", json_string (what));
  if (caption != NULL)
    json_object_set_new (facts, "caption", json_string (caption));
  if (is_third_party)
    json_object_set_new (facts, "third_party", json_true ());
  return facts;
}

/* Of kinds that cannot be cleaned it is said that they were not. */
static void
warn_of_metadata (const json_t *facts)
{
  const AmendsMedia *media = amends_media_find (amends_text_of_key (facts, "media"));

  if (g_strcmp0 (amends_text_of_key (facts, "metadata"), "removed") != 0 && media != NULL
      && (media->may_tell || media->can_be_cleaned))
    amends_text_print ("%s", _ ("It may say who made it, when and where; that stays in it."));
}

static gboolean
run_attach (AmendsCli *cli, char **arguments, GError **error)
{
  g_autoptr (AmendsAttachmentWriter) writer = NULL;
  g_autoptr (AmendsOutcome) outcome = NULL;
  json_auto_t *facts = get_facts ();
  json_auto_t *answer = NULL;
  AmendsId id;

  if (!amends_cli_open (cli, error) || !amends_cli_find_case (cli, arguments[0], &id, error))
    return FALSE;
  writer = amends_attachment_writer_new (cli->store, error);
  if (writer == NULL
      || !amends_attachment_writer_take_file (writer, arguments[1], keeps_metadata, NULL, facts,
                                              error)
      || !(outcome = amends_store_attach (cli->store, &id, writer, facts, error)))
    return FALSE;

  if (cli->is_json)
    {
      answer = amends_cmd_outcome_to_json (outcome);
      json_object_set (answer, "attachment", facts);
      return amends_cli_print_json (cli, answer, error);
    }
  amends_text_print (_ ("Saved on this device: %s, attached to %s"),
                     amends_text_of_key (facts, "name"), outcome->reference);
  warn_of_metadata (facts);
  return TRUE;
}

static char *
describe_state (const json_t *attachment)
{
  const char *state = amends_text_of_key (attachment, "state");
  gint64 n_parts = json_integer_value (json_object_get (attachment, "parts"));
  gint64 n_here = json_integer_value (json_object_get (attachment, "here"));
  gint64 n_there = json_integer_value (json_object_get (attachment, "there"));
  g_autofree char *since = amends_text_of_instant (amends_text_of_key (attachment, "there_at"));

  if (g_strcmp0 (state, "held") == 0)
    return g_strdup_printf (_ ("at head office since %s"), since);
  if (g_strcmp0 (state, "sending") == 0)
    return g_strdup_printf (_ ("%d %% sent"), (int) (100 * n_there / n_parts));
  if (g_strcmp0 (state, "waiting") == 0)
    return g_strdup (_ ("waiting to be sent"));
  if (g_strcmp0 (state, "arriving") == 0)
    return g_strdup_printf (_ ("%ld of %ld parts have arrived"), (long) n_here, (long) n_parts);
  if (g_strcmp0 (state, "large") == 0)
    return g_strdup (_ ("large: comes when you fetch it"));
  if (g_strcmp0 (state, "unopenable") == 0)
    return g_strdup (_ ("cannot be opened on any device: ask for the file again"));
  return g_strdup (_ ("has not arrived yet"));
}

void
amends_cmd_print_attachments (const json_t *attachments)
{
  for (gsize i = 0; i < json_array_size (attachments); i++)
    {
      const json_t *attachment = json_array_get (attachments, i);
      g_autofree char *size =
          g_format_size ((guint64) json_integer_value (json_object_get (attachment, "size")));
      g_autofree char *state = describe_state (attachment);
      g_autofree char *line =
          g_strdup_printf ("%s  %s · %s · %s · %s", amends_text_of_key (attachment, "id"),
                           amends_text_of_key (attachment, "name"),
                           amends_text_or_dash (
                               amends_text_of_code ("attachment-what",
                                                    amends_text_of_key (attachment, "what"))),
                           size, state);

      amends_text_print_field (_ ("Attached"), line);
    }
}

static gboolean
run_attachments (AmendsCli *cli, char **arguments, GError **error)
{
  g_autoptr (AmendsCase) complaint = NULL;
  json_auto_t *json = NULL;

  if (!amends_cli_open (cli, error) || !(complaint = amends_cli_get_case (cli, arguments[0], error))
      || !(json = amends_store_attachments_to_json (cli->store, complaint, error)))
    return FALSE;
  if (cli->is_json)
    return amends_cli_print_json (cli, json, error);
  if (json_array_size (json) == 0)
    amends_text_print ("%s", _ ("Nothing is attached to this case"));
  amends_cmd_print_attachments (json);
  return TRUE;
}

/* The attachment of that id in that case. */
static const AmendsAttachment *
find_attachment (const AmendsCase *complaint, const char *text, GError **error)
{
  AmendsId id;

  for (guint i = 0;
       amends_id_parse (text, &id, NULL) && i < amends_case_get_n_attachments (complaint); i++)
    if (amends_id_equal (&amends_case_get_attachment (complaint, i)->id, &id))
      return amends_case_get_attachment (complaint, i);
  amends_set_error (
      error, AMENDS_CORE_ERROR_NOT_FOUND, "id", NULL, "%s",
      _ ("There is no such attachment in that case: amendsctl attachments lists them"));
  return NULL;
}

static gboolean
set_not_whole (AmendsCli *cli,
               const AmendsAttachment *attachment,
               const AmendsAttachmentState *state,
               GError **error)
{
  if (state->is_unopenable)
    {
      amends_set_error (
          error, AMENDS_CORE_ERROR_REFUSED, "id", NULL, "%s",
          _ ("What arrived does not open with the key that it was recorded with, on this "
             "device or on any other: ask for the file again"));
      return FALSE;
    }
  if (!amends_store_want_attachment (cli->store, &attachment->id, error))
    return FALSE;
  amends_set_error (
      error, AMENDS_CORE_ERROR_REFUSED, "id", NULL,
      _ ("It has not arrived yet: %u of %u parts are here. It comes first at the next "
         "sync"),
      state->n_here, state->n_parts);
  return FALSE;
}

static gboolean
run_fetch (AmendsCli *cli, char **arguments, GError **error)
{
  g_autoptr (AmendsCase) complaint = NULL;
  const AmendsAttachment *attachment;
  AmendsAttachmentState state;
  json_auto_t *json = NULL;

  if (!amends_cli_open (cli, error) || !(complaint = amends_cli_get_case (cli, arguments[0], error))
      || !(attachment = find_attachment (complaint, arguments[1], error))
      || !amends_store_get_attachment_state (cli->store, attachment, &state, error))
    return FALSE;
  if (!state.is_whole)
    return set_not_whole (cli, attachment, &state, error);
  if (!amends_store_export_attachment (cli->store, attachment, arguments[2], FALSE, error))
    return FALSE;
  if (cli->is_json)
    {
      g_autofree char *name = g_filename_display_name (arguments[2]);

      json = json_pack ("{s:s, s:I}", "file", name, "size", (json_int_t) attachment->size);
      return amends_cli_print_json (cli, json, error);
    }
  amends_text_print ("%s", _ ("Written, in the clear: delete it when you have done with it"));
  return TRUE;
}

const AmendsCommand amends_cmd_attach = {
  "attach",
  N_ ("REFERENCE FILE"),
  N_ ("Attach a file to a case"),
  2,
  2,
  attach_options,
  run_attach,
  .more =
      N_ ("What a picture says of camera, place, time and people is taken out of it, unless it is\n"
          "kept on purpose. A file takes 2 GB at the most."),
};

const AmendsCommand amends_cmd_attachments = {
  "attachments", N_ ("REFERENCE"), N_ ("List what is attached to a case"), 1, 1,
  NULL,          run_attachments,
};

const AmendsCommand amends_cmd_fetch = {
  "fetch", N_ ("REFERENCE ID FILE"), N_ ("Write an attachment to a file"), 3, 3, NULL, run_fetch,
};
