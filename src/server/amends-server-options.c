/* amends-server-options.c: what may be said to amends-server besides a command
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "server/amends-server-options.h"

#include <glib/gi18n.h>
#include <string.h>

/* Where in AmendsServerOptions a value goes. */
#define AT(field) GSIZE_TO_POINTER (G_STRUCT_OFFSET (AmendsServerOptions, field))

/* Of some commands; those first, as the help shows them. */
static const GOptionEntry special[] = {
  { "organisation", 0, 0, G_OPTION_ARG_STRING, AT (organisation), N_ ("The landlord's name"),
    N_ ("NAME") },
  { "host", 0, 0, G_OPTION_ARG_STRING_ARRAY, AT (hosts),
    N_ ("A name or address that devices reach the server by"), N_ ("HOST") },
  { "name", 0, 0, G_OPTION_ARG_STRING, AT (name), N_ ("The scheme's name"), N_ ("NAME") },
  { "listen", 0, 0, G_OPTION_ARG_STRING, AT (listen), N_ ("Where to serve"), N_ ("HOST:PORT") },
  { "kind", 0, 0, G_OPTION_ARG_STRING, AT (kind), N_ ("staff, kiosk or admin"), N_ ("KIND") },
  { "feeds", 0, 0, G_OPTION_ARG_STRING, AT (feeds), N_ ("What the device may have"),
    N_ ("FEED,…") },
  { "reply", 0, 0, G_OPTION_ARG_FILENAME, AT (reply), N_ ("Where the answer for the device goes"),
    N_ ("FILE") },
  { "reason", 0, 0, G_OPTION_ARG_STRING, AT (reason), N_ ("erase: why"), N_ ("WHY") },
  { "attachments", 0, 0, G_OPTION_ARG_DOUBLE, AT (gb_of_all),
    N_ ("What attachments may take in all"), N_ ("GB") },
  { "attachments-per-device", 0, 0, G_OPTION_ARG_DOUBLE, AT (gb_per_device),
    N_ ("What one device may hand in"), N_ ("GB") },
};

static const GOptionEntry common[] = {
  { "data", 0, 0, G_OPTION_ARG_FILENAME, AT (data), N_ ("The server's folder"), N_ ("DIR") },
  { "store", 0, 0, G_OPTION_ARG_STRING, AT (store), N_ ("The server's database"),
    "postgresql://…" },
  { "json", 0, 0, G_OPTION_ARG_NONE, AT (json), N_ ("Print one JSON value"), NULL },
  { "help", 'h', 0, G_OPTION_ARG_NONE, AT (help), N_ ("Show this help"), NULL },
  { "version", 0, 0, G_OPTION_ARG_NONE, AT (version), N_ ("Show the version"), NULL },
};

static gpointer
get_place (AmendsServerOptions *self, const GOptionEntry *row)
{
  return (char *) self + GPOINTER_TO_SIZE (row->arg_data);
}

static void
add_row (AmendsServerOptions *self,
         GOptionContext *context,
         const GOptionEntry *row,
         gboolean is_shown)
{
  GOptionEntry entries[] = { *row, { NULL } };

  entries[0].arg_data = get_place (self, row);
  entries[0].flags |= is_shown ? 0 : G_OPTION_FLAG_HIDDEN;
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
}

/**
 * amends_server_options_add:
 * @self: what @context reads into, until the end of its life
 * @call: (nullable): what follows a command, as its help says it: an option that is not in it is
 *   understood, but not shown
 */
void
amends_server_options_add (AmendsServerOptions *self, GOptionContext *context, const char *call)
{
  for (guint i = 0; i < G_N_ELEMENTS (special); i++)
    {
      g_autofree char *option = g_strconcat ("--", special[i].long_name, NULL);

      add_row (self, context, &special[i], call != NULL && strstr (call, option) != NULL);
    }
  for (guint i = 0; i < G_N_ELEMENTS (common); i++)
    add_row (self, context, &common[i], TRUE);
}

static void
clear_row (AmendsServerOptions *self, const GOptionEntry *row)
{
  gpointer place = get_place (self, row);

  if (row->arg == G_OPTION_ARG_STRING || row->arg == G_OPTION_ARG_FILENAME)
    g_clear_pointer ((char **) place, g_free);
  else if (row->arg == G_OPTION_ARG_STRING_ARRAY || row->arg == G_OPTION_ARG_FILENAME_ARRAY)
    g_clear_pointer ((char ***) place, g_strfreev);
}

void
amends_server_options_clear (AmendsServerOptions *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (special); i++)
    clear_row (self, &special[i]);
  for (guint i = 0; i < G_N_ELEMENTS (common); i++)
    clear_row (self, &common[i]);
}
