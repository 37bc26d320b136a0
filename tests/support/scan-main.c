/* scan-main.c: scan-store FOLDER PASSPHRASE TEXT: whether a text is anywhere in a store, sealed or not
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Exits with 0 if it is, with 1 if it is nowhere, with 2 if the store cannot be opened. Nothing is changed. */

#include <glib.h>

#include "support/scan.h"

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  AmendsStore *store;
  guint8 key[32];

  if (argc != 4)
    return 2;
  store = amends_store_open (argv[1], amends_environment_get_system (), "scan", TRUE, &error);
  if (store == NULL || !amends_store_unlock (store, NULL, argv[2], &error))
    {
      g_printerr ("%s\n", error->message);
      amends_store_close (store);
      return 2;
    }
  test_scan_get_key (store, key);
  amends_store_close (store);
  return test_scan_finds (argv[1], key, argv[3]) ? 0 : 1;
}
