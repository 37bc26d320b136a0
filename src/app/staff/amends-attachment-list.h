/* amends-attachment-list.h: what is attached to a case, and how far it has come
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "app/amends-session.h"

G_BEGIN_DECLS

#define AMENDS_TYPE_ATTACHMENT_LIST (amends_attachment_list_get_type ())
G_DECLARE_FINAL_TYPE (AmendsAttachmentList, amends_attachment_list, AMENDS, ATTACHMENT_LIST, AdwBin)

void amends_attachment_list_set_session (AmendsAttachmentList *self, AmendsSession *session);
void amends_attachment_list_set_attachments (AmendsAttachmentList *self, const json_t *attachments);
void amends_attachment_list_say (AmendsAttachmentList *self, const char *sentence);

char *amends_attachment_list_describe (const json_t *attachment);

G_END_DECLS
