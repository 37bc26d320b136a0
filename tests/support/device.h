/* device.h: a device's store with no server behind it, and what people do with it
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "store/amends-attachments.h"
#include "store/amends-log.h"
#include "support/world.h"

G_BEGIN_DECLS

#define TEST_PASSPHRASE "three words of mine"
#define TEST_STAFF "Ada Thorn"

AmendsIdentity *test_identity_new (TestWorld *world, const char *code, const char *name);
AmendsStore *test_store_new (TestWorld *world, const char *path, const char *code);
AmendsStore *test_store_open (TestWorld *world, const char *path);
AmendsStore *test_store_reopen (AmendsStore *store, TestWorld *world);

/* Each fails the test if it is refused. */
AmendsId test_record (AmendsStore *store, const char *complainant, const char *what);
void test_note (AmendsStore *store, const AmendsId *id, const char *text);
void test_act (AmendsStore *store, const AmendsId *id, const char *act);
AmendsId test_publish (AmendsStore *store,
                       const char *policy,
                       int length,
                       const char *from,
                       const char *scheme);
char *test_policy_text (const char *policy, int length);
json_t *test_json (const char *text);

/* A file of so many bytes that only @seed has, attached to the case; returns the event that says it. */
AmendsId
test_attach (AmendsStore *store, const AmendsId *id, const char *name, gsize n_bytes, guint seed);
GBytes *test_file_bytes (gsize n_bytes, guint seed);
/* Its bytes; NULL while it cannot be opened. */
GBytes *test_fetch (AmendsStore *store, const AmendsId *id);
AmendsAttachmentState test_attachment_state (AmendsStore *store, const AmendsId *id);

/* What there is. */
char *test_show (AmendsStore *store, const AmendsId *id);
char *test_policy_of (AmendsStore *store, const AmendsId *id);
char *test_list (AmendsStore *store);
char *test_state_hash (AmendsStore *store);
guint64 test_count_events (AmendsStore *store);
void test_assert_whole (AmendsStore *store);

G_END_DECLS
