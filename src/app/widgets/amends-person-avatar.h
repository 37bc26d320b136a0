/* amends-person-avatar.h: somebody, by the initials of their name
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

GtkWidget *amends_person_avatar_new (const char *name, int size);

G_END_DECLS
