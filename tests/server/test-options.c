/* test-options.c: what may be said to amends-server besides a command
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "server/amends-server-options.h"

#include <string.h>

static void
parse (AmendsServerOptions *options, const char *const *words)
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_auto (GStrv) arguments = g_strdupv ((char **) words);
  g_autoptr (GError) error = NULL;

  amends_server_options_add (options, context, NULL);
  g_option_context_parse_strv (context, &arguments, &error);
  g_assert_no_error (error);
}

static void
test_read (void)
{
  static const char *const words[] = {
    "amends-server",
    "--data=data",
    "--store=store",
    "--json",
    "--organisation=landlord",
    "--host=one",
    "--host=two",
    "--name=name",
    "--listen=there",
    "--kind=kind",
    "--feeds=feeds",
    "--reply=reply",
    "--reason=why",
    "--attachments=2",
    "--attachments-per-device=1",
    NULL,
  };
  g_auto (AmendsServerOptions) options = { 0 };

  parse (&options, words);
  g_assert_cmpstr (options.data, ==, "data");
  g_assert_cmpstr (options.store, ==, "store");
  g_assert_true (options.json);
  g_assert_false (options.version);
  g_assert_cmpstr (options.organisation, ==, "landlord");
  g_assert_cmpstrv (options.hosts, ((const char *const[]){ "one", "two", NULL }));
  g_assert_cmpstr (options.name, ==, "name");
  g_assert_cmpstr (options.listen, ==, "there");
  g_assert_cmpstr (options.kind, ==, "kind");
  g_assert_cmpstr (options.feeds, ==, "feeds");
  g_assert_cmpstr (options.reply, ==, "reply");
  g_assert_cmpstr (options.reason, ==, "why");
  g_assert_cmpfloat_with_epsilon (options.gb_of_all, 2, 1e-9);
  g_assert_cmpfloat_with_epsilon (options.gb_per_device, 1, 1e-9);
}

/* Whatever was said, no text is left of it. */
static void
test_clear (void)
{
  static const char *const words[] = {
    "amends-server", "--data=a", "--store=b", "--organisation=c", "--host=d",   "--name=e",
    "--listen=f",    "--kind=g", "--feeds=h", "--reply=i",        "--reason=j", NULL,
  };
  static const AmendsServerOptions nothing = { 0 };
  AmendsServerOptions options = { 0 };

  parse (&options, words);
  g_assert_cmpstr (options.reason, ==, "j");
  amends_server_options_clear (&options);
  g_assert_cmpmem (&options, sizeof options, &nothing, sizeof nothing);
}

/* The help of a command shows its own options and those of all. */
static void
test_help (void)
{
  g_auto (AmendsServerOptions) options = { 0 };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autofree char *help = NULL;

  amends_server_options_add (&options, context, "CODE --name NAME");
  help = g_option_context_get_help (context, TRUE, NULL);
  g_assert_nonnull (strstr (help, "--name"));
  g_assert_nonnull (strstr (help, "--data"));
  g_assert_null (strstr (help, "--reason"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/options/read", test_read);
  g_test_add_func ("/options/clear", test_clear);
  g_test_add_func ("/options/help", test_help);
  return g_test_run ();
}
