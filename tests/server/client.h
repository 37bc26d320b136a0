/* client.h: a world with a clock, and devices that exchange with a server in it
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Built on the wire format alone: what a device checks of a reply, this checks. */

#pragma once

#include "server/amends-server-http.h"

G_BEGIN_DECLS

/**
 * TestWorld:
 *
 * A server in a folder of its own, a clock that stands until it is moved, and random numbers from a
 * seed. Beside a cluster (support/database.h) the server's store is a database.
 */
typedef struct
{
  AmendsEnvironment environment;
  gint64 now;
  GRand *rand;
  char *folder;
  char *database; /* NULL: its store is a file in the folder */
  AmendsServer *server;
} TestWorld;

TestWorld *test_world_new (void);
TestWorld *test_world_new_at (gint64 now);
void test_world_free (TestWorld *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TestWorld, test_world_free)
void test_world_reopen (TestWorld *self);
void test_world_restore (TestWorld *self, const char *path);
char *test_world_keep (TestWorld *self);
void test_world_go_back (TestWorld *self, const char *kept);
void test_world_assert_verified (TestWorld *self, guint64 n_quarantined);

GString *test_say (AmendsHttp *http, const char *bytes, gsize n_bytes);

/**
 * TestDevice:
 * @own: (element-type AmendsEvent): what it wrote, by number
 * @others: AmendsId -> AmendsEvent: what it was given
 * @digests: AmendsId -> AmendsEvent: of what it was given the digest, be it that the event came later; @n_digests: how
 *   often it was given one
 * @cursors: feed -> AmendsCursor
 * @chains: "code feed" -> AmendsDigest: as far as pages brought them
 * @statements: (element-type AmendsStatement): that pages brought
 * @is_old: whether it reads digests without what they prove alone, as devices once did
 */
typedef struct
{
  TestWorld *world;
  char code[5];
  guint8 key[AMENDS_KEY_BYTES];
  guint8 secret[64];
  guint64 request;
  char epoch[AMENDS_EPOCH_BYTES + 1];
  GPtrArray *own;
  GHashTable *others;
  GHashTable *digests;
  GHashTable *cursors;
  GHashTable *keys;
  GHashTable *chains;
  GPtrArray *statements;
  guint n_verified;
  guint n_digests;
  gboolean is_old;
} TestDevice;

TestDevice *test_device_new (TestWorld *world, const char *kind, const char *feeds);
TestDevice *test_device_clone (const TestDevice *self);
void test_device_free (TestDevice *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TestDevice, test_device_free)

void test_device_write (TestDevice *self, const char *feed, guint n_events);
void test_device_write_body (TestDevice *self,
                             const char *feed,
                             const AmendsId *stream,
                             const char *text);
void test_device_write_about (TestDevice *self, const char *feed, const AmendsId *stream);
void test_device_get_trunk (const TestDevice *self, guint64 number, AmendsDigest *ret_trunk);
GBytes *test_device_make_frame (const TestDevice *self, guint64 first, guint64 last);
GBytes *test_device_hand_in (const TestDevice *self, const char *code, guint64 after);
AmendsRequestHead *test_device_make_head (const TestDevice *self);
GByteArray *
test_make_message (const AmendsRequestHead *head, GBytes *const *frames, guint n_frames);
AmendsExchange *
test_device_begin (TestDevice *self, const GByteArray *message, guint64 *ret_last, GError **error);
GByteArray *test_device_post (TestDevice *self, const GByteArray *message, GError **error);
AmendsReplyHead *test_device_take (TestDevice *self, const GByteArray *reply, gboolean *ret_more);
AmendsReplyHead *test_device_exchange (TestDevice *self, GBytes *const *frames, guint n_frames);
AmendsReplyHead *test_device_send (TestDevice *self, guint64 first, guint64 last);
guint test_device_count (const TestDevice *self, const char *code);

G_END_DECLS
