/* amends-server-commands.h: an administrator's commands, here or through the server that runs
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A command is a JSON object on one line, {"command":"invite",…}; its answer is {"result":…} or
 * {"error":{"code","message","field","clause"},"exit":n}. */

#pragma once

#include <gio/gio.h>

#include "server/amends-server.h"

G_BEGIN_DECLS

#define AMENDS_ADMIN_SOCKET_NAME "admin.sock"

json_t *amends_server_answer_error (const GError *error);
json_t *amends_server_run_command (AmendsServer *self, const json_t *command);
json_t *amends_server_ask (const char *folder, const json_t *command, gboolean *ret_served);

typedef struct _AmendsAdmin AmendsAdmin;

AmendsAdmin *amends_admin_new (AmendsServer *server, GError **error);
void amends_admin_free (AmendsAdmin *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AmendsAdmin, amends_admin_free)

G_END_DECLS
