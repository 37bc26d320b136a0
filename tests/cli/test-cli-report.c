/* test-cli-report.c: which error ends the program with which status
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "cli/amends-cli.h"
#include "core/amends-error.h"
#include "sync/amends-transport.h"

/* The contract: 1 refused by policy, state or the server; 2 used wrongly; 3 network or server away,
 * nothing lost; 4 the store cannot be used. */
static void
test_exit_status (void)
{
  const struct
  {
    GQuark domain;
    int code;
    int status;
    const char *name; /* NULL: not fixed here */
  } rows[] = {
    { AMENDS_CORE_ERROR, AMENDS_CORE_ERROR_INVALID, 2, "invalid" },
    { AMENDS_CORE_ERROR, AMENDS_CORE_ERROR_TOO_LARGE, 2, "too-large" },
    { AMENDS_CORE_ERROR, AMENDS_CORE_ERROR_NOT_FOUND, 2, "not-found" },
    { AMENDS_CORE_ERROR, AMENDS_CORE_ERROR_AMBIGUOUS, 2, "ambiguous" },
    { AMENDS_CORE_ERROR, AMENDS_CORE_ERROR_REFUSED, 1, "refused" },
    { AMENDS_SYNC_ERROR, AMENDS_SYNC_ERROR_OFFLINE, 3, "offline" },
    { AMENDS_SYNC_ERROR, AMENDS_SYNC_ERROR_PORTAL, 3, "portal" },
    { AMENDS_SYNC_ERROR, AMENDS_SYNC_ERROR_CERTIFICATE, 3, "certificate" },
    { AMENDS_SYNC_ERROR, AMENDS_SYNC_ERROR_CLOCK, 3, "clock" },
    { AMENDS_SYNC_ERROR, AMENDS_SYNC_ERROR_FOREIGN_SERVER, 3, "foreign-server" },
    { AMENDS_SYNC_ERROR, AMENDS_SYNC_ERROR_BUSY, 3, "busy" },
    { AMENDS_SYNC_ERROR, AMENDS_SYNC_ERROR_CUT, 3, NULL },
    { AMENDS_SYNC_ERROR, AMENDS_SYNC_ERROR_PROTOCOL, 3, NULL },
    { AMENDS_SYNC_ERROR, AMENDS_SYNC_ERROR_REVOKED, 1, "revoked" },
    { AMENDS_SYNC_ERROR, AMENDS_SYNC_ERROR_CODE, 1, NULL },
    { AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_HELD, 4, NULL },
    { AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_PASSPHRASE, 4, NULL },
    { AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_DAMAGED, 4, NULL },
    { AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_FULL, 4, NULL },
    { AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_NOT_ENROLLED, 4, NULL },
    { AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_EXISTS, 1, NULL },
    { AMENDS_CLI_ERROR, AMENDS_CLI_ERROR_USAGE, 2, "usage" },
    { AMENDS_CLI_ERROR, AMENDS_CLI_ERROR_INPUT, 2, "input" },
    { AMENDS_CLI_ERROR, AMENDS_CLI_ERROR_OUTPUT, 4, "output" },
    { G_OPTION_ERROR, G_OPTION_ERROR_UNKNOWN_OPTION, 2, "usage" },
  };
  const AmendsCli cli = { 0 };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = g_error_new_literal (rows[i].domain, rows[i].code, "A sentence");
      json_auto_t *json = amends_cli_describe_error (&cli, error);
      const char *name = json_string_value (json_object_get (json, "code"));

      g_test_message ("%s", error->message);
      g_assert_cmpint (amends_cli_get_exit_status (error), ==, rows[i].status);
      g_assert_nonnull (name);
      if (rows[i].name != NULL)
        g_assert_cmpstr (name, ==, rows[i].name);
    }
}

static void
test_describe (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) ambiguous = NULL;
  AmendsCli cli = { .ambiguous = json_pack ("[s, s]", "3F.2", "7K.2") };
  json_auto_t *json = NULL;
  json_auto_t *with_ids = NULL;
  json_auto_t *expected = json_pack ("{s:s, s:s, s:s, s:s}", "code", "refused", "message",
                                     "Not yet", "field", "on", "clause", "policy 4.2");

  amends_set_error (&error, AMENDS_CORE_ERROR_REFUSED, "on", "policy 4.2", "Not yet");
  json = amends_cli_describe_error (&cli, error);
  g_assert_true (json_equal (json, expected));

  amends_set_error (&ambiguous, AMENDS_CORE_ERROR_AMBIGUOUS, "reference", NULL, "Two");
  with_ids = amends_cli_describe_error (&cli, ambiguous);
  g_assert_true (json_is_null (json_object_get (with_ids, "clause")));
  g_assert_true (json_equal (json_object_get (with_ids, "ids"), cli.ambiguous));
  amends_cli_clear (&cli);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();

  g_test_add_func ("/cli-report/exit-status", test_exit_status);
  g_test_add_func ("/cli-report/describe", test_describe);
  return g_test_run ();
}
