/* amends-recode.c: a device that was restored or cloned goes on under a new code
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What it wrote past the last number that the server shares is written again under the new code, ids
 * replaced, so that both branches of its history stand. Other devices' events never name these, since
 * they were never sent. */

#include <sodium.h>
#include <string.h>

#include "core/amends-error.h"
#include "core/amends-json.h"
#include "core/amends-secret.h"
#include "store/amends-log.h"
#include "store/amends-moves.h"
#include "store/amends-store-private.h"

typedef struct
{
  GPtrArray *events;   /* own events past the common number, in order */
  GHashTable *renamed; /* AmendsId * -> AmendsId * */
  GHashTable *
      keyless; /* AmendsId * -> AmendsKeyless *: of what goes with events that are in their boxes */
} Branch;

static gboolean
collect_event (AmendsEvent *event, gpointer user_data)
{
  g_ptr_array_add (user_data, amends_event_ref (event));
  return TRUE;
}

/* What was erased, or left this device, is not written again. */
static gboolean
collect_written (AmendsEvent *event, gpointer user_data)
{
  return (event->body == NULL && event->box == NULL) || collect_event (event, user_data);
}

static void
rename_id (const Branch *branch, AmendsId *id)
{
  const AmendsId *to = g_hash_table_lookup (branch->renamed, id);

  if (to != NULL)
    *id = *to;
}

/* The members that hold ids, in a body and in what it holds: the people whom an act names, and the
 * findings of a response. */
static void
rename_in_body (const Branch *branch, json_t *body)
{
  static const char *const members[] = { "by", "person", "case", "issue", "edition", "staff" };
  const char *key;
  json_t *member;
  gsize n;

  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    {
      const char *text = json_string_value (json_object_get (body, members[i]));
      g_autofree char *renamed = NULL;
      AmendsId id;

      if (text == NULL || !amends_id_parse_len (text, strlen (text), &id))
        continue;
      rename_id (branch, &id);
      renamed = amends_id_format (&id);
      json_object_set_new (body, members[i], json_string (renamed));
    }
  json_object_foreach (body, key, member)
    rename_in_body (branch, member);
  json_array_foreach (body, n, member)
    rename_in_body (branch, member);
}

static int
compare_ids (gconstpointer a, gconstpointer b)
{
  return amends_id_compare (a, b);
}

static gboolean
run_for_code (AmendsStore *self, const char *sql, const char *code, guint64 number, GError **error)
{
  sqlite3_stmt *stmt = amends_db_prepare (self->db, sql, error);

  if (stmt == NULL)
    return FALSE;
  amends_db_bind_text (stmt, sqlite3_bind_parameter_index (stmt, ":code"), code);
  sqlite3_bind_int64 (stmt, sqlite3_bind_parameter_index (stmt, ":number"), (gint64) number);
  return amends_db_run (self->db, stmt, error);
}

/* The old code's rows, as they are on every other device: events up to the common number, chains
 * computed again from them, and signed once more before the key goes. */
static gboolean
cut_branch (AmendsStore *self, guint64 common, GError **error)
{
  static const char sql_cut[] = "DELETE FROM event WHERE code = :code AND number > :number";
  static const char sql_forget[] = "DELETE FROM chain WHERE code = :code AND number > :number";
  static const char sql_no_base[] = "UPDATE chain SET base = NULL WHERE code = :code"
                                    " AND number <= :number";
  g_autoptr (GPtrArray) kept = g_ptr_array_new_with_free_func ((GDestroyNotify) amends_event_unref);

  if (!run_for_code (self, sql_cut, self->identity->code, common, error)
      || !run_for_code (self, sql_forget, self->identity->code, common, error)
      || !run_for_code (self, sql_no_base, self->identity->code, common, error)
      || !amends_log_foreach_own (self, 1, collect_event, kept, error))
    return FALSE;
  return amends_log_rebuild_own_chains (self, kept, error);
}

/* What is carried was wrapped as its author wrote it: of another device it stays so, and of this one it is what is
 * written again. */
static void
rename_carried (const Branch *branch, json_t *body)
{
  const char *event = json_string_value (json_object_get (body, "event"));
  const char *after_text = json_string_value (json_object_get (body, "after"));
  const json_t *text = json_object_get (body, "body");
  g_autofree AmendsId *after = NULL;
  g_autofree char *renamed = NULL;
  json_auto_t *inner = NULL;
  g_autoptr (GBytes) bytes = NULL;
  guint n_after;
  AmendsId id;

  if (event == NULL || after_text == NULL || !amends_id_parse_len (event, strlen (event), &id)
      || g_hash_table_lookup (branch->renamed, &id) == NULL
      || (after = amends_after_parse (after_text, strlen (after_text), &n_after, NULL)) == NULL)
    return;
  rename_id (branch, &id);
  for (guint i = 0; i < n_after; i++)
    rename_id (branch, &after[i]);
  if (n_after > 1)
    qsort (after, n_after, sizeof *after, compare_ids);
  json_object_set_new (body, "event", amends_id_to_json (&id));
  renamed = amends_after_format (after, n_after);
  json_object_set_new (body, "after", json_string (renamed));
  if (!json_is_string (text))
    return;
  inner = amends_json_load (json_string_value (text), json_string_length (text), NULL);
  if (inner == NULL)
    return;
  rename_in_body (branch, inner);
  bytes = amends_json_dump (inner);
  json_object_set_new (body, "body",
                       json_stringn (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes)));
}

static AmendsEvent *
rename_event (AmendsStore *self, const Branch *branch, AmendsEvent *event, GError **error)
{
  AmendsId id = event->id, stream = event->stream;
  g_autofree AmendsId *after =
      event->n_after > 0 ? g_memdup2 (event->after, event->n_after * sizeof *after) : NULL;
  json_auto_t *json = event->box == NULL ? amends_event_load_body (event, error) : NULL;
  g_autoptr (GBytes) body = NULL;
  guint8 salt[AMENDS_SALT_BYTES];

  if (json == NULL && event->box == NULL)
    return NULL;
  rename_id (branch, &id);
  rename_id (branch, &stream);
  for (guint i = 0; i < event->n_after; i++)
    rename_id (branch, &after[i]);
  if (event->n_after > 1)
    qsort (after, event->n_after, sizeof *after, compare_ids);
  /* Nobody here can open it. Kiosks write whole cases, which name nothing of their own. */
  if (event->box != NULL)
    return amends_event_new_boxed (&id, event->feed, &stream, after, event->n_after,
                                   event->body_hash, event->box, error);
  rename_in_body (branch, json);
  if (amends_body_get_type (json) == AMENDS_EVENT_CASE_CARRIED)
    rename_carried (branch, json);
  body = amends_json_dump (json);
  amends_environment_random (&self->environment, salt, sizeof salt);
  return amends_event_new (&id, event->feed, &stream, after, event->n_after, salt, body, error);
}

/* How well a feed says that a device was forked: the register, else a scheme's cases, else any. */
static int
rank_for_fork (const char *feed)
{
  if (g_str_equal (feed, "staff"))
    return 0;
  return g_str_has_prefix (feed, "s.") ? 1 : 2;
}

/* Which feed says that the device was forked: one that it may write in and that people read. Of a device that may write
 * nowhere any more, one in which it wrote what goes again: what becomes of that at the server becomes of both.
 * @ret_feed: (transfer full) (nullable): %NULL if there is neither, and nothing that people would have to be told of */
static gboolean
find_fork_feed (AmendsStore *self,
                const Branch *branch,
                char **ret_feed,
                gboolean *ret_may_write,
                GError **error)
{
  g_autoptr (GArray) feeds = amends_store_list_feeds (self, error);
  const char *found = NULL;

  if (feeds == NULL)
    return FALSE;
  for (guint i = 0; i < feeds->len; i++)
    {
      const AmendsFeed *feed = &g_array_index (feeds, AmendsFeed, i);

      if (feed->may_write && (found == NULL || rank_for_fork (feed->feed) < rank_for_fork (found)))
        found = feed->feed;
    }
  *ret_may_write = found != NULL;
  if (found == NULL && branch->events->len > 0)
    found = ((const AmendsEvent *) g_ptr_array_index (branch->events, 0))->feed;
  *ret_feed = g_strdup (found);
  return TRUE;
}

static gboolean
write_fork_late (AmendsStore *self, const char *feed, GBytes *body, GError **error)
{
  g_autoptr (AmendsEvent) event = NULL;
  guint8 salt[AMENDS_SALT_BYTES];
  AmendsId id;

  amends_id_init (&id, self->identity->code, 1);
  amends_environment_random (&self->environment, salt, sizeof salt);
  event = amends_event_new (&id, feed, &id, NULL, 0, salt, body, error);
  return event != NULL && amends_log_append_event (self, event, error);
}

static gboolean
write_fork (AmendsStore *self,
            const Branch *branch,
            const char *old_code,
            guint64 common,
            GError **error)
{
  gboolean may_write;
  g_autofree char *feed = NULL;
  g_autofree char *at = amends_store_dup_now (self);
  json_auto_t *body =
      json_pack ("{s:s, s:s, s:s, s:I, s:i}", "type",
                 amends_event_type_to_string (AMENDS_EVENT_DEVICE_FORKED), "at", at, "from",
                 old_code, "common", (json_int_t) common, "again", (int) branch->events->len);
  g_autoptr (GPtrArray) bodies = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_autoptr (GPtrArray) events = NULL;

  g_ptr_array_add (bodies, amends_json_dump (body));
  if (!find_fork_feed (self, branch, &feed, &may_write, error))
    return FALSE;
  if (feed == NULL)
    return TRUE;
  if (!may_write)
    return write_fork_late (self, feed, g_ptr_array_index (bodies, 0), error);
  events = amends_log_append (self, feed, NULL, NULL, 0, bodies, error);
  return events != NULL;
}

/* A member of staff first known by an event that was written again has a new id. */
static gboolean
rename_staff_slots (AmendsStore *self, const Branch *branch, GError **error)
{
  sqlite3_stmt *stmt =
      amends_db_prepare (self->db, "SELECT slot, staff FROM slot WHERE kind = 'staff'", error);
  g_autoptr (GArray) slots = g_array_new (FALSE, TRUE, sizeof (gint64));
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  int found;

  if (stmt == NULL)
    return FALSE;
  while ((found = amends_db_step (self->db, stmt, error)) == SQLITE_ROW)
    {
      gint64 slot = sqlite3_column_int64 (stmt, 0);

      g_array_append_val (slots, slot);
      g_ptr_array_add (names,
                       amends_store_unseal_text (self, "slot-staff", sqlite3_column_blob (stmt, 1),
                                                 (gsize) sqlite3_column_bytes (stmt, 1)));
    }
  if (found != SQLITE_DONE)
    return FALSE;
  for (guint i = 0; i < slots->len; i++)
    {
      const char *text = g_ptr_array_index (names, i);
      g_autofree char *renamed = NULL;
      g_autoptr (GBytes) sealed = NULL;
      AmendsId id;

      if (text == NULL || !amends_id_parse_len (text, strlen (text), &id))
        continue;
      rename_id (branch, &id);
      renamed = amends_id_format (&id);
      sealed = amends_store_seal_text (self, "slot-staff", renamed);
      stmt =
          amends_db_prepare (self->db, "UPDATE slot SET staff = :staff WHERE slot = :slot", error);
      if (stmt == NULL)
        return FALSE;
      amends_db_bind_blob (stmt, 1, g_bytes_get_data (sealed, NULL), g_bytes_get_size (sealed));
      sqlite3_bind_int64 (stmt, 2, g_array_index (slots, gint64, i));
      if (!amends_db_run (self->db, stmt, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
begin_again (AmendsStore *self,
             const char *new_code,
             const guint8 key[AMENDS_KEY_BYTES],
             const guint8 secret_key[64],
             GError **error)
{
  AmendsIdentity *who = self->identity;
  AmendsDigest trunk;
  sqlite3_stmt *stmt =
      amends_db_prepare (self->db,
                         "INSERT OR REPLACE INTO device (code, kind, key, name, revoked)"
                         " VALUES (:code, :kind, :key, :name, 0)",
                         error);
  g_autoptr (GBytes) name = amends_store_seal_text (self, "device-name", who->name);

  if (stmt == NULL)
    return FALSE;
  g_strlcpy (who->code, new_code, sizeof who->code);
  memcpy (who->key, key, AMENDS_KEY_BYTES);
  memcpy (who->secret_key, secret_key, sizeof who->secret_key);
  amends_chain_begin (&trunk, who->organisation_id, who->key, "");
  amends_db_bind_text (stmt, 1, new_code);
  amends_db_bind_text (stmt, 2, who->kind);
  amends_db_bind_blob (stmt, 3, key, AMENDS_KEY_BYTES);
  amends_db_bind_blob (stmt, 4, g_bytes_get_data (name, NULL), g_bytes_get_size (name));
  return amends_db_run (self->db, stmt, error) && amends_store_save_identity (self, error)
         && amends_meta_set_plain (self, "trunk", trunk.bytes, sizeof trunk.bytes, error)
         && amends_meta_set_plain (self, "acknowledged-trunk", trunk.bytes, sizeof trunk.bytes,
                                   error)
         && amends_meta_set_number (self, "acknowledged", 0, error);
}

/* What no event here says goes along with the one in whose box it is said. */
static gboolean
write_keyless (AmendsStore *self, const Branch *branch, guint i, const AmendsId *to, GError **error)
{
  const AmendsEvent *event = g_ptr_array_index (branch->events, i);
  const AmendsKeyless *keyless = g_hash_table_lookup (branch->keyless, &event->id);

  return keyless == NULL || amends_keyless_put (self, to, keyless, error);
}

/* Before the events go, and their rows with them. */
static gboolean
collect_keyless (AmendsStore *self, const Branch *branch, GError **error)
{
  for (guint i = 0; i < branch->events->len; i++)
    {
      const AmendsEvent *event = g_ptr_array_index (branch->events, i);
      g_autoptr (GError) failure = NULL;
      AmendsKeyless *keyless =
          event->box != NULL ? amends_keyless_get (self, &event->id, &failure) : NULL;

      if (failure != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&failure));
          return FALSE;
        }
      if (keyless != NULL)
        g_hash_table_insert (branch->keyless, amends_id_copy (&event->id), keyless);
    }
  return TRUE;
}

static gboolean
write_branch (AmendsStore *self, const Branch *branch, GError **error)
{
  for (guint i = 0; i < branch->events->len; i++)
    {
      g_autoptr (AmendsEvent) event =
          rename_event (self, branch, g_ptr_array_index (branch->events, i), error);

      if (event == NULL || !amends_log_append_event (self, event, error)
          || !write_keyless (self, branch, i, &event->id, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
recode (AmendsStore *self,
        Branch *branch,
        guint64 common,
        const char *new_code,
        const guint8 key[AMENDS_KEY_BYTES],
        const guint8 secret_key[64],
        GError **error)
{
  g_auto (AmendsTransaction) transaction = AMENDS_TRANSACTION_INIT;
  g_autofree char *old_code = g_strdup (self->identity->code);

  for (guint i = 0; i < branch->events->len; i++)
    {
      const AmendsEvent *event = g_ptr_array_index (branch->events, i);
      AmendsId to;

      amends_id_init (&to, new_code, i + 2); /* 1 says that it was forked */
      g_hash_table_insert (branch->renamed, amends_id_copy (&event->id), amends_id_copy (&to));
    }
  if (!amends_transaction_begin (&transaction, self->db, error) || !cut_branch (self, common, error)
      || !begin_again (self, new_code, key, secret_key, error)
      || !write_fork (self, branch, old_code, common, error) || !write_branch (self, branch, error)
      || !rename_staff_slots (self, branch, error)
      || !amends_meta_set (self, "recode-seed", "", 0, error)
      || !amends_moves_begin_again (self, old_code, error)
      || !amends_log_set_unsure (self, FALSE, error))
    return FALSE;
  if (!amends_transaction_commit (&transaction, error))
    return FALSE;
  rename_id (branch, &self->actor);
  return TRUE;
}

static AmendsIdentity *
copy_key_and_code (const AmendsIdentity *from)
{
  AmendsIdentity *copy = amends_identity_new ();

  memcpy (copy->code, from->code, sizeof copy->code);
  memcpy (copy->key, from->key, sizeof copy->key);
  memcpy (copy->secret_key, from->secret_key, sizeof copy->secret_key);
  return copy;
}

/**
 * amends_log_recode:
 * @common: the last number that the server shares; 0 if none
 * @new_code: what the server gave
 * @key: the new public key
 * @secret_key: and its secret key
 *
 * One transaction: all of it, or nothing and the device is as before.
 * Returns: %TRUE on success
 */
gboolean
amends_log_recode (AmendsStore *self,
                   guint64 common,
                   const char *new_code,
                   const guint8 key[AMENDS_KEY_BYTES],
                   const guint8 secret_key[64],
                   GError **error)
{
  g_autoptr (GPtrArray) events =
      g_ptr_array_new_with_free_func ((GDestroyNotify) amends_event_unref);
  g_autoptr (GHashTable) renamed =
      g_hash_table_new_full (amends_id_hash, amends_id_equal, g_free, g_free);
  g_autoptr (GHashTable) keyless = g_hash_table_new_full (amends_id_hash, amends_id_equal, g_free,
                                                          (GDestroyNotify) amends_keyless_free);
  Branch branch = { events, renamed, keyless };
  g_autoptr (AmendsIdentity) before = NULL;

  if (!amends_store_check_writable (self, error)
      || !amends_log_foreach_own (self, common + 1, collect_written, events, error)
      || !collect_keyless (self, &branch, error))
    return FALSE;
  before = copy_key_and_code (self->identity);
  if (!recode (self, &branch, common, new_code, key, secret_key, error))
    {
      memcpy (self->identity->code, before->code, sizeof before->code);
      memcpy (self->identity->key, before->key, sizeof before->key);
      memcpy (self->identity->secret_key, before->secret_key, sizeof before->secret_key);
      return FALSE;
    }
  amends_read_forget (self);
  return TRUE;
}

/**
 * amends_log_get_recode_seed:
 * @epoch: the server's, under which the new code is asked for
 * @ret_seed: (out): the same in that epoch until this device has a new code; another in each epoch, so that no key
 *     has two codes of a server that was restored in between
 *
 * Returns: %TRUE once what it is made of is kept
 */
gboolean
amends_log_get_recode_seed (AmendsStore *self,
                            const char *epoch,
                            guint8 ret_seed[32],
                            GError **error)
{
  g_autoptr (AmendsSecretBytes) kept = amends_meta_get (self, "recode-seed", error);
  g_auto (AmendsSecret) root = { { 0 } };

  if (kept != NULL && g_bytes_get_size (kept) == crypto_sign_SEEDBYTES)
    memcpy (root.bytes, g_bytes_get_data (kept, NULL), crypto_sign_SEEDBYTES);
  else if (error != NULL && *error != NULL)
    return FALSE;
  else
    {
      amends_environment_random (&self->environment, root.bytes, crypto_sign_SEEDBYTES);
      if (!amends_meta_set (self, "recode-seed", root.bytes, crypto_sign_SEEDBYTES, error))
        return FALSE;
    }
  crypto_generichash (ret_seed, crypto_sign_SEEDBYTES, (const guint8 *) epoch, strlen (epoch),
                      root.bytes, crypto_sign_SEEDBYTES);
  return TRUE;
}
