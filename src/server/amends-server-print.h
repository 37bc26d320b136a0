/* amends-server-print.h: what a command found, for a person
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Each takes the "result" that its command answers with, and puts it on standard output in words. */

#pragma once

#include <jansson.h>

#include <glib.h>

G_BEGIN_DECLS

void amends_server_print_init (const json_t *result);
void amends_server_print_invite (const json_t *result);
void amends_server_print_scheme (const json_t *result);
void amends_server_print_schemes (const json_t *result);
void amends_server_print_devices (const json_t *result);
void amends_server_print_revoked (const json_t *result);
void amends_server_print_grant (const json_t *result);
void amends_server_print_leaving (const json_t *result);
void amends_server_print_erase (const json_t *result);
void amends_server_print_erasures (const json_t *result);
void amends_server_print_quarantine (const json_t *result);
void amends_server_print_release (const json_t *result);
void amends_server_print_verify (const json_t *result);
void amends_server_print_backup (const json_t *result);
void amends_server_print_restore (const json_t *result);
void amends_server_print_bundle (const json_t *result);

G_END_DECLS
