/* device.c: a device's store with no server behind it, and what people do with it
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "support/device.h"

#include <sodium.h>
#include <string.h>

static void
make_key (TestWorld *world, guint8 ret_key[AMENDS_KEY_BYTES], guint8 ret_secret_key[64])
{
  guint8 seed[crypto_sign_SEEDBYTES];

  amends_environment_random (&world->environment, seed, sizeof seed);
  crypto_sign_seed_keypair (ret_key, ret_secret_key, seed);
}

/**
 * test_identity_new:
 * @code: the device's
 * @name: the device's
 *
 * Returns: (transfer full): what enrolment would have given
 */
AmendsIdentity *
test_identity_new (TestWorld *world, const char *code, const char *name)
{
  AmendsIdentity *who = amends_identity_new ();
  guint8 secret[64], seed[32];

  who->organisation_id = g_strdup ("org-1");
  who->organisation_name = g_strdup ("Meadow Homes");
  who->server = g_strdup ("https://localhost:1");
  who->authority = g_strdup ("no authority");
  who->kind = g_strdup ("staff");
  who->name = g_strdup (name);
  g_strlcpy (who->code, code, sizeof who->code);
  memset (who->epoch, 'e', sizeof who->epoch - 1);
  make_key (world, who->server_key, secret);
  make_key (world, who->key, who->secret_key);
  amends_environment_random (&world->environment, seed, sizeof seed);
  crypto_box_seed_keypair (who->recovery_key, secret, seed);
  crypto_box_seed_keypair (who->intake_key, secret, seed);
  return who;
}

static const AmendsFeed feeds[] = {
  { .feed = "ctl", .may_read = TRUE },
  { .feed = "org", .may_read = TRUE },
  { .feed = "staff", .may_read = TRUE, .may_write = TRUE },
  { .feed = "s.oak", .may_read = TRUE, .may_write = TRUE },
};

/**
 * test_store_new:
 * @path: where; must not hold one
 * @code: the device's
 *
 * Returns: (transfer full): a new store, unlocked by %TEST_STAFF
 */
AmendsStore *
test_store_new (TestWorld *world, const char *path, const char *code)
{
  g_autoptr (AmendsIdentity) who = test_identity_new (world, code, "Office laptop");
  g_autoptr (GError) error = NULL;
  AmendsStore *store =
      amends_store_create (path, &world->environment, "test", who, feeds, G_N_ELEMENTS (feeds),
                           TEST_STAFF, TEST_PASSPHRASE, &error);

  g_assert_no_error (error);
  return store;
}

/**
 * test_store_open:
 *
 * Returns: (transfer full): the store, unlocked by the one member of staff
 */
AmendsStore *
test_store_open (TestWorld *world, const char *path)
{
  g_autoptr (GError) error = NULL;
  AmendsStore *store = amends_store_open (path, &world->environment, "test", FALSE, &error);

  g_assert_no_error (error);
  amends_store_unlock (store, NULL, TEST_PASSPHRASE, &error);
  g_assert_no_error (error);
  return store;
}

/**
 * test_store_reopen:
 * @store: (transfer full): is closed
 *
 * Returns: (transfer full): the same, opened again
 */
AmendsStore *
test_store_reopen (AmendsStore *store, TestWorld *world)
{
  g_autofree char *path = g_strdup (amends_store_get_path (store));

  amends_store_close (store);
  return test_store_open (world, path);
}

/**
 * test_json:
 *
 * Returns: (transfer full): the value of @text
 */
json_t *
test_json (const char *text)
{
  g_autoptr (GError) error = NULL;
  json_t *json = amends_json_load (text, strlen (text), &error);

  g_assert_no_error (error);
  return json;
}

/**
 * test_record:
 * @complainant: a name
 * @what: what happened
 *
 * Returns: the case
 */
AmendsId
test_record (AmendsStore *store, const char *complainant, const char *what)
{
  json_auto_t *intake =
      json_pack ("{s:s, s:s, s:s, s:s, s:{s:s}, s:[{s:s}]}", "kind", "complaint", "scheme", "oak",
                 "received", "2026-11-20", "channel", "in-person", "complainant", "name",
                 complainant, "issues", "what", what);
  g_autoptr (GError) error = NULL;
  g_autoptr (AmendsOutcome) outcome = amends_store_record (store, intake, &error);

  g_assert_no_error (error);
  return outcome->id;
}

/**
 * test_policy_text:
 * @policy: its id
 * @length: working days for the stage 1 response
 *
 * Returns: (transfer full): a policy
 */
char *
test_policy_text (const char *policy, int length)
{
  return g_strdup_printf ("[policy]\nid=%s\nlandlord=Meadow Homes\ntitle=Complaints policy\n"
                          "version=1\ncalendar=england-and-wales\n\n[clock:respond]\n"
                          "start=acknowledged\nlength=%d\nunit=working-days\nend=responded\n"
                          "clause=4.1\nstatus=exact\n",
                          policy, length);
}

/**
 * test_publish:
 * @policy: its id
 * @length: working days for the stage 1 response
 * @from: the first day on which it is in force
 * @scheme: (nullable): where; %NULL for everywhere
 *
 * Returns: the edition
 */
AmendsId
test_publish (AmendsStore *store,
              const char *policy,
              int length,
              const char *from,
              const char *scheme)
{
  const char *const schemes[] = { scheme, NULL };
  g_autofree char *text = test_policy_text (policy, length);
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;
  g_autoptr (AmendsOutcome) outcome = NULL;
  AmendsDay from_day = AMENDS_DAY_NONE;

  g_assert_true (amends_day_parse (from, &from_day, NULL));
  outcome = amends_store_publish_policy (store, bytes, "test.policy", from_day,
                                         scheme != NULL ? schemes : NULL, &error);
  g_assert_no_error (error);
  return outcome->id;
}

/**
 * test_act:
 * @act: its JSON
 */
void
test_act (AmendsStore *store, const AmendsId *id, const char *act)
{
  json_auto_t *json = test_json (act);
  g_autoptr (GError) error = NULL;
  g_autoptr (AmendsOutcome) outcome = amends_store_act (store, id, json, &error);

  g_assert_no_error (error);
  g_assert_nonnull (outcome);
}

/**
 * test_note:
 * @text: of the note
 */
void
test_note (AmendsStore *store, const AmendsId *id, const char *text)
{
  g_autofree char *act = g_strdup_printf ("{\"type\":\"case.noted\",\"text\":\"%s\"}", text);

  test_act (store, id, act);
}

/**
 * test_file_bytes:
 *
 * Returns: (transfer full): the bytes of a file that no other @seed has
 */
GBytes *
test_file_bytes (gsize n_bytes, guint seed)
{
  guint8 *bytes = g_malloc (n_bytes);
  guint64 state = seed + 1;

  for (gsize i = 0; i < n_bytes; i++)
    bytes[i] = (guint8) (i % 8 == 0 ? test_world_mix (&state) : state >> (i % 8));
  return g_bytes_new_take (bytes, n_bytes);
}

/**
 * test_attach:
 * @id: a case
 *
 * Returns: the event that says the attachment
 */
AmendsId
test_attach (AmendsStore *store, const AmendsId *id, const char *name, gsize n_bytes, guint seed)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AmendsAttachmentWriter) writer = amends_attachment_writer_new (store, &error);
  g_autoptr (GBytes) bytes = test_file_bytes (n_bytes, seed);
  g_autoptr (AmendsOutcome) outcome = NULL;
  json_auto_t *facts =
      json_pack ("{s:s, s:s, s:s}", "name", name, "media", "image/jpeg", "what", "photograph");

  g_assert_no_error (error);
  amends_attachment_writer_add (writer, g_bytes_get_data (bytes, NULL), n_bytes, &error);
  g_assert_no_error (error);
  amends_attachment_writer_finish (writer, &error);
  g_assert_no_error (error);
  outcome = amends_store_attach (store, id, writer, facts, &error);
  g_assert_no_error (error);
  return ((const AmendsEvent *) g_ptr_array_index (outcome->events, 0))->id;
}

static gboolean
append_part (GBytes *part, gpointer user_data, GError **error)
{
  g_byte_array_append (user_data, g_bytes_get_data (part, NULL), (guint) g_bytes_get_size (part));
  return TRUE;
}

/**
 * test_fetch:
 * @id: of the event that says the attachment
 *
 * Returns: (transfer full) (nullable): its bytes; %NULL if it is not here, or not whole
 */
GBytes *
test_fetch (AmendsStore *store, const AmendsId *id)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  json_auto_t *details = NULL;
  AmendsAttachment attachment;

  if (!amends_store_get_attachment (store, id, &attachment, &details, NULL)
      || !amends_store_read_attachment (store, &attachment, append_part, bytes, NULL))
    return NULL;
  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}

/**
 * test_attachment_state:
 * @id: of an event that says an attachment
 *
 * Returns: how far it has travelled
 */
AmendsAttachmentState
test_attachment_state (AmendsStore *store, const AmendsId *id)
{
  g_autoptr (GError) error = NULL;
  AmendsAttachmentState state = { 0 };
  json_auto_t *details = NULL;
  AmendsAttachment attachment;

  amends_store_get_attachment (store, id, &attachment, &details, &error);
  g_assert_no_error (error);
  amends_store_get_attachment_state (store, &attachment, &state, &error);
  g_assert_no_error (error);
  return state;
}

static char *
dump (json_t *json)
{
  char *text = json_dumps (json, JSON_COMPACT);
  char *copy = g_strdup (text);

  free (text);
  json_decref (json);
  return copy;
}

/**
 * test_show:
 *
 * Returns: (transfer full): the case as `show` prints it
 */
char *
test_show (AmendsStore *store, const AmendsId *id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AmendsCase) complaint = amends_store_get_case (store, id, &error);

  g_assert_no_error (error);
  return dump (amends_store_case_to_json (store, complaint, NULL));
}

/**
 * test_policy_of:
 *
 * Returns: (transfer full): the policy that the case is judged by; "-" if there is none
 */
char *
test_policy_of (AmendsStore *store, const AmendsId *id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AmendsCase) complaint = amends_store_get_case (store, id, &error);
  AmendsRules rules;

  g_assert_no_error (error);
  amends_editions_get_rules (amends_store_get_editions (store), complaint, &rules);
  return g_strdup (rules.policy != NULL ? amends_policy_get_id (rules.policy) : "-");
}

/**
 * test_list:
 *
 * Returns: (transfer full): all cases as `list` prints them
 */
char *
test_list (AmendsStore *store)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = amends_store_list_cases (store, NULL, FALSE, 0, 0, &error);
  json_t *list = json_array ();

  g_assert_no_error (error);
  for (guint i = 0; i < rows->len; i++)
    json_array_append_new (list, amends_case_row_to_json (g_ptr_array_index (rows, i)));
  return dump (list);
}

/**
 * test_state_hash:
 *
 * Returns: (transfer full): equal on devices with equal events
 */
char *
test_state_hash (AmendsStore *store)
{
  AmendsRebuilt rebuilt;
  char hex[2 * AMENDS_DIGEST_BYTES + 1];
  g_autoptr (GError) error = NULL;

  amends_store_rebuild (store, &rebuilt, &error);
  g_assert_no_error (error);
  sodium_bin2hex (hex, sizeof hex, rebuilt.state_hash.bytes, sizeof rebuilt.state_hash.bytes);
  return g_strdup (hex);
}

/**
 * test_count_events:
 *
 * Returns: how many events the store holds, of whatever device
 */
guint64
test_count_events (AmendsStore *store)
{
  AmendsStatus status = { 0 };
  g_autoptr (GError) error = NULL;
  guint64 n_events;

  amends_store_get_status (store, &status, &error);
  g_assert_no_error (error);
  n_events = status.n_events;
  amends_status_clear (&status);
  return n_events;
}

/**
 * test_assert_whole:
 *
 * Fails the test if fsck finds anything.
 */
void
test_assert_whole (AmendsStore *store)
{
  g_autoptr (GError) error = NULL;
  AmendsFsck fsck = { 0 };

  amends_store_fsck (store, &fsck, &error);
  g_assert_no_error (error);
  if (fsck.first_bad != NULL)
    g_test_message ("%s: %s", fsck.first_bad, fsck.what);
  g_assert_null (fsck.first_bad);
  g_assert_cmpuint (fsck.n_checked, ==, fsck.n_events);
  g_assert_cmpuint (fsck.n_safe, ==, fsck.n_events);
  amends_fsck_clear (&fsck);
}
