/* office.h: a real server in the process, devices, and the line between them
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "server/amends-server.h"
#include "support/device.h"
#include "sync/amends-engine.h"

G_BEGIN_DECLS

/**
 * TestFault: what happens to one exchange
 * @TEST_FAULT_NONE: nothing
 * @TEST_FAULT_AWAY: no answer; nothing reaches the server
 * @TEST_FAULT_CUT_UP: only the first bytes of the request reach the server
 * @TEST_FAULT_CUT_DOWN: only the first bytes of the reply come back
 * @TEST_FAULT_REPEAT: the request reaches the server twice, and its first reply comes back
 * @TEST_FAULT_BUSY: the server asks to come back later
 * @TEST_FAULT_HTML: a captive portal's page, told apart by its media type
 * @TEST_FAULT_HTML_AS_OURS: the same under our media type
 * @TEST_FAULT_OLD_REPLY: the reply to the exchange before comes back once more
 * @TEST_FAULT_FLIP: one bit of the reply is another
 * @TEST_FAULT_FORGED: the reply that TestLine.forged holds comes back
 */
typedef enum
{
  TEST_FAULT_NONE,
  TEST_FAULT_AWAY,
  TEST_FAULT_CUT_UP,
  TEST_FAULT_CUT_DOWN,
  TEST_FAULT_REPEAT,
  TEST_FAULT_BUSY,
  TEST_FAULT_HTML,
  TEST_FAULT_HTML_AS_OURS,
  TEST_FAULT_OLD_REPLY,
  TEST_FAULT_FLIP,
  TEST_FAULT_FORGED,
} TestFault;

/**
 * TestOffice:
 * @world: clock and random numbers of all; the clock goes on a second with each exchange
 * @folder: (owned): holds the server's folder and the devices'
 * @server: (owned)
 */
typedef struct
{
  TestWorld world;
  TestFolder *folder;
  AmendsServer *server;
  guint n_devices;
} TestOffice;

/**
 * TestLine:
 * @fault: what happens to the exchange that comes next but @n_sound; then it is over
 * @at: which byte, where the fault asks for one
 * @n_calls: exchanges so far
 * @n_bytes_up: bytes of frames and heads that left the device so far
 * @n_chunk_calls: those about chunks; @n_chunk_bytes_up: and their bodies' bytes
 * @before: (nullable): called with each exchange before anything is done with it
 * @request: (nullable) (owned): the last one's body
 * @reply: (nullable) (owned): the last one's whole reply
 */
typedef struct _TestLine TestLine;
struct _TestLine
{
  AmendsTransport base;
  TestOffice *office;
  TestFault fault;
  guint n_sound;
  gsize at;
  guint n_calls;
  guint64 n_bytes_up;
  guint n_chunk_calls;
  guint64 n_chunk_bytes_up;
  void (*before) (TestLine *self, const AmendsCall *call);
  gpointer user_data;
  GBytes *request;
  GBytes *reply;
  GBytes *forged;
  guint64 last_request;
};

void test_office_init (TestOffice *self);
void test_office_clear (TestOffice *self);
void test_office_restart (TestOffice *self);
void test_office_back_up (TestOffice *self);
void test_office_restore (TestOffice *self);
void test_office_assert_whole (TestOffice *self);
guint64 test_office_count_events (TestOffice *self, const char *code);

/* Enrolled, granted @feeds, unlocked; its folder is named @name. */
AmendsStore *
test_office_enrol (TestOffice *self, const char *name, const char *kind, const char *feeds);

/* What a server that was restored has forgotten, with its own key and code. Fails the test if it is refused. */
void test_office_enrol_again (TestOffice *self, AmendsStore *store, const char *feeds);

/* Devices named Office A, Office B and so on, of staff, with s.oak. */
void test_office_enrol_staff (TestOffice *self, AmendsStore **ret_stores, guint n_stores);
/* Each fails the test if one is refused. */
void test_office_grant_all (TestOffice *self,
                            AmendsStore *const *stores,
                            guint n_stores,
                            const char *feed);
void test_sync_all (TestOffice *self, AmendsStore *const *stores, guint n_stores, guint n_rounds);

AmendsIdentity *test_enrol (AmendsServer *server,
                            const AmendsEnvironment *environment,
                            const char *kind,
                            const char *granted,
                            const char *name,
                            const AmendsIdentity *before,
                            GArray *feeds,
                            GError **error);

AmendsExchange *test_begin_exchange (AmendsServer *server, AmendsCall *call, GError **error);
void test_set_refusal (AmendsCall *call, const GError *refusal, GError **error);

TestLine *test_line_new (TestOffice *office);
void test_line_free (TestLine *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TestLine, test_line_free)
/* An office of two devices of staff that have synced, with a line for the first. */
void test_office_init_pair (TestOffice *self,
                            AmendsStore **ret_a,
                            AmendsStore **ret_b,
                            TestLine **ret_line);
void test_office_clear_pair (TestOffice *self, AmendsStore *a, AmendsStore *b, TestLine *line);

/* What tests begin with whose fixture is no more than this. */

#define TEST_THREE 3

/**
 * TestThree: an office of three devices of staff that have synced
 * @id: a case that all hold
 */
typedef struct
{
  TestOffice office;
  AmendsStore *stores[TEST_THREE];
  AmendsId id;
} TestThree;

void test_three_set_up (TestThree *self, gconstpointer data);
void test_three_tear_down (TestThree *self, gconstpointer data);
void test_three_sync (TestThree *self, guint n_rounds);

/* An office of a kiosk and a laptop of staff that have synced. */
typedef struct
{
  TestOffice office;
  AmendsStore *kiosk;
  AmendsStore *laptop;
} TestKiosk;

void test_kiosk_set_up (TestKiosk *self, gconstpointer data);
void test_kiosk_tear_down (TestKiosk *self, gconstpointer data);

void test_line_set_fault (TestLine *self, TestFault fault, gsize at);

/* Fails the test if it fails. */
AmendsSyncReport test_sync (TestOffice *office, AmendsStore *store);
AmendsSyncReport test_sync_over (TestLine *line, AmendsStore *store);
/* Fails the test if it does not fail. */
GError *test_sync_fails (TestLine *line, AmendsStore *store);

G_END_DECLS
