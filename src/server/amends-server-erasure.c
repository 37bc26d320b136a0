/* amends-server-erasure.c: bodies that are erased, everywhere and for ever (PROTOCOL.md 11)
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What was erased is known in three places, for three who may forget it: the store, so that an event which is
 * handed in again is kept without its body; ctl, so that each device erases and its cursor says that it has;
 * and a ledger beside the store, one line an erasure and nothing but ids and reasons, for a store that went
 * back to before it. A line is on the disk before the erasure is committed. Whatever the ledger has and the
 * store has not is erased anew when the server is opened, before anybody is served. */

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "core/amends-erase.h"
#include "core/amends-error.h"
#include "core/amends-instant.h"
#include "core/amends-json.h"
#include "core/amends-move.h"
#include "server/amends-server-private.h"
#include "store/amends-db.h"
#include "store/amends-file.h"

#define LEDGER_FILE "erasures"

/* A setting: "1" from the transaction that erases until no page of the file holds what it erased. */
#define SCRUB_DUE "scrub-due"

/* Two thousand ids and what goes with them. */
#define MAX_LINE_BYTES (128 * 1024)
#define MAX_LEDGER_BYTES (64 * 1024 * 1024)
#define MAX_REASON_BYTES 200

typedef struct
{
  AmendsServer *server;
  AmendsServerLog log;
  json_t *body;     /* of the event of ctl, but for its events */
  json_t *events;   /* ids, those that were not erased before */
  GPtrArray *marks; /* AmendsEvent *: those that stand in a feed, by feed */
  const char *refusal;
  const json_t *named; /* (nullable): ids, what is asked for */
  gboolean is_again;   /* what may not be erased is passed over */
} Erasing;

static gboolean
refuse (GError **error, const char *field, const char *message)
{
  amends_set_error (error, AMENDS_CORE_ERROR_REFUSED, field, NULL, "%s", message);
  return FALSE;
}

/* The ledger. */

static char *
ledger_path (const AmendsServer *self)
{
  return g_build_filename (self->folder, LEDGER_FILE, NULL);
}

/* A line that a crash cut off is ended, so that the next is one of its own. */
static gboolean
append_line (AmendsServer *self, const json_t *line, GError **error)
{
  g_autofree char *path = ledger_path (self);
  g_autoptr (GBytes) bytes = amends_json_dump (line);
  g_autofree char *text = g_strdup_printf ("\n%.*s\n", (int) g_bytes_get_size (bytes),
                                           (const char *) g_bytes_get_data (bytes, NULL));
  int fd = g_open (path, O_WRONLY | O_APPEND | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);
  gboolean written = fd >= 0 && amends_file_write_all (fd, text, strlen (text)) && fsync (fd) == 0;

  if (fd >= 0)
    close (fd);
  if (written && amends_file_sync_path (self->folder))
    return TRUE;
  g_set_error (error, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_FAILED,
               "The ledger of erasures could not be written: %s", g_strerror (errno));
  return FALSE;
}

static gboolean
is_line (const json_t *line)
{
  const json_t *events = json_object_get (line, "events");
  gsize i;
  json_t *event;

  if (json_array_size (events) == 0 || json_array_size (events) > AMENDS_WIRE_MAX_ERASED)
    return FALSE;
  json_array_foreach ((json_t *) events, i, event)
    {
      AmendsId id;

      if (!json_is_string (event) || !amends_id_parse (json_string_value (event), &id, NULL))
        return FALSE;
    }
  return TRUE;
}

/* Returns: (transfer full): what the ledger has, oldest first. What a crash cut off is not in it: nothing of it
 * was committed. */
static json_t *
read_ledger (AmendsServer *self, GError **error)
{
  g_autofree char *path = ledger_path (self);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  g_autoptr (GError) local_error = NULL;
  json_t *list = json_array ();
  gsize n_bytes;

  if (!g_file_get_contents (path, &text, &n_bytes, &local_error))
    {
      if (g_error_matches (local_error, G_FILE_ERROR, G_FILE_ERROR_NOENT))
        return list;
      g_set_error (error, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_FAILED,
                   "The ledger of erasures could not be read: %s", local_error->message);
      json_decref (list);
      return NULL;
    }
  if (n_bytes > MAX_LEDGER_BYTES)
    {
      g_set_error (error, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_DAMAGED,
                   "The ledger of erasures is damaged: it is too long");
      json_decref (list);
      return NULL;
    }
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      gsize n_line = strlen (lines[i]);
      json_t *line =
          n_line > 0 && n_line <= MAX_LINE_BYTES ? amends_json_load (lines[i], n_line, NULL) : NULL;

      if (is_line (line))
        json_array_append (list, line);
      json_decref (line);
    }
  return list;
}

/* Erasing. */

typedef struct
{
  AmendsEvent *event; /* (nullable) */
  AmendsServerEvent record;
} Found;

static gboolean
take_found (const AmendsServerEvent *record, const AmendsEvent *event, gpointer user_data)
{
  Found *found = user_data;

  found->record = *record;
  found->event = amends_event_ref ((AmendsEvent *) event);
  return FALSE;
}

/* @ret_event: (nullable) (transfer full): %NULL if it is not here */
static gboolean
find_event (AmendsServer *self,
            const AmendsId *id,
            AmendsServerDevice *ret_author,
            AmendsServerEvent *ret_record,
            AmendsEvent **ret_event,
            GError **error)
{
  AmendsServerStore *store = self->store;
  Found found = { NULL };

  *ret_event = NULL;
  if (!store->get_device (store, id->code, ret_author, error))
    return FALSE;
  if (ret_author->id == 0)
    return TRUE;
  if (!store->each_event (store, ret_author->id, id->number, id->number, TRUE, take_found, &found,
                          error))
    {
      g_clear_pointer (&found.event, amends_event_unref);
      return FALSE;
    }
  *ret_record = found.record;
  *ret_event = found.event;
  return TRUE;
}

/* Only feeds of cases hold what is erased: what a device may do, who works here and what is published are no
 * records of a person's complaint. */
static gboolean
is_of_case (const char *feed)
{
  return g_str_has_prefix (feed, "s.") || g_str_has_prefix (feed, "r.")
         || g_str_has_prefix (feed, "c.");
}

static int
compare_feeds (gconstpointer a, gconstpointer b)
{
  const AmendsEvent *const *one = a;
  const AmendsEvent *const *other = b;
  int by_feed = strcmp ((*one)->feed, (*other)->feed);

  return by_feed != 0 ? by_feed : amends_id_compare (&(*one)->id, &(*other)->id);
}

static gboolean
mark_one (const char *code, guint64 number, gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
  return FALSE;
}

/* What two devices say may be erased, and where it must be. */
typedef struct
{
  const AmendsId *stream;
  char feed[AMENDS_FEED_MAX_BYTES + 1]; /* where they are themselves */
  gint64 device;                        /* which asks for it */
  GHashTable *named;                    /* AmendsId: by who asked, whom the other agreed with */
} Scope;

static void
scope_clear (Scope *self)
{
  g_clear_pointer (&self->named, g_hash_table_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Scope, scope_clear)

/* What is in @record, in @feed: where the two are; or with another scheme where the device reads and writes that asks: it
 * could have moved the case to the two, or did. */
static gboolean
is_in_scope (AmendsServer *self,
             const Scope *scope,
             const AmendsServerEvent *record,
             const char *feed,
             gboolean *ret_is_in,
             GError **error)
{
  AmendsServerAccess access = { 0 };

  *ret_is_in = strcmp (feed, scope->feed) == 0;
  if (*ret_is_in || !g_str_has_prefix (feed, "s.") || !g_str_has_prefix (scope->feed, "s."))
    return TRUE;
  if (!self->store->get_access (self->store, scope->device, record->feed, &access, error))
    return FALSE;
  *ret_is_in = access.may_read && access.may_write;
  return TRUE;
}

static gboolean
has_text (const json_t *list, const AmendsId *id)
{
  char text[AMENDS_ID_BUFFER];

  amends_id_format_to (id, text);
  for (gsize i = 0; i < json_array_size (list); i++)
    if (g_strcmp0 (json_string_value (json_array_get (list, i)), text) == 0)
      return TRUE;
  return FALSE;
}

/* What says where a case is goes on an administrator's word alone, and with the case: without it the scheme that it left
 * would see the rest again. */
static gboolean
check_where (const Erasing *self, const AmendsEvent *event, GError **error)
{
  g_autoptr (AmendsEvent) root = NULL;
  AmendsServerEvent record;
  AmendsServerDevice author;

  if (has_text (self->named, &event->stream))
    return TRUE;
  if (!find_event (self->server, &event->stream, &author, &record, &root, error))
    return FALSE;
  return root == NULL || root->body == NULL
         || refuse (error, "events",
                    "One of these says where a case is: name all of the case with it, or the "
                    "scheme that it left would see the rest again");
}

/* Whether the event may go: it is named by the two, or carries what is. Without @scope it is an administrator's word.
 * What says where a case is stays without a word: a device of the version before names it with the rest of its case. */
static gboolean
may_go (const Erasing *self,
        const Scope *scope,
        AmendsEvent *event,
        gboolean *ret_stays,
        GError **error)
{
  g_autoptr (AmendsEvent) carried = amends_carry_open (event);
  AmendsEvent *meant = carried != NULL ? carried : event;

  if (scope != NULL && !g_hash_table_contains (scope->named, &event->id)
      && !g_hash_table_contains (scope->named, &meant->id))
    return refuse (error, "events", "The two have not agreed on one of these");
  if (!amends_body_says_where (amends_event_get_json (meant)))
    return TRUE;
  *ret_stays = scope != NULL;
  return *ret_stays || check_where (self, event, error);
}

/* One body, also one that is not here and may yet come. @scope: (nullable): what it must be, and where */
static gboolean
erase_one (Erasing *self, const AmendsId *id, const Scope *scope, GError **error)
{
  AmendsServerStore *store = self->server->store;
  g_autoptr (AmendsEvent) event = NULL;
  g_autoptr (AmendsEvent) rest = NULL;
  AmendsServerEvent record = { 0 };
  AmendsServerDevice author;
  gboolean is_erased = FALSE, is_in = TRUE, stays = FALSE;
  char text[AMENDS_ID_BUFFER];

  amends_id_format_to (id, text);
  if (!find_event (self->server, id, &author, &record, &event, error)
      || !store->each_erased (store, id->code, id->number, id->number, mark_one, &is_erased, error))
    return FALSE;
  if (self->is_again && event != NULL && !is_of_case (event->feed))
    return TRUE;
  if (event != NULL && scope != NULL
      && !is_in_scope (self->server, scope, &record, event->feed, &is_in, error))
    return FALSE;
  if (event != NULL
      && (!is_of_case (event->feed) || !is_in
          || (scope != NULL && !amends_id_equal (&event->stream, scope->stream))))
    return refuse (error, "events", "One of these is not of that case");
  if (event == NULL && scope != NULL)
    return refuse (error, "events", "One of these is not here");
  if (is_erased)
    return TRUE;
  if (!self->is_again && event != NULL && !may_go (self, scope, event, &stays, error))
    return FALSE;
  if (stays)
    return TRUE;
  json_array_append_new (self->events, json_string (text));
  rest = event != NULL ? amends_event_strip (event) : NULL;
  if (event != NULL && !record.is_quarantined)
    g_ptr_array_add (self->marks, g_steal_pointer (&event));
  return store->erase_event (store, id, record.row, rest, error)
         && (record.row == 0
             || amends_server_drop_chunks_of_event (self->server, record.row, error));
}

/* An entry for each that stands in a feed: a reader that is past the event learns where it went. */
static gboolean
mark_feeds (Erasing *self, GError **error)
{
  AmendsServerStore *store = self->server->store;
  AmendsServerFeed feed = { 0 };

  g_ptr_array_sort (self->marks, compare_feeds);
  for (guint i = 0; i < self->marks->len; i++)
    {
      const AmendsEvent *event = g_ptr_array_index (self->marks, i);
      AmendsServerEntry entry = { .kind = AMENDS_ENTRY_ERASED, .id = event->id };
      AmendsDigest digest;

      if (strcmp (feed.name, event->feed) != 0
          && ((feed.id != 0 && !store->put_feed (store, &feed, error))
              || !store->hold_feed (store, event->feed, &feed, error)))
        return FALSE;
      amends_chain_mark_digest (&digest, AMENDS_ENTRY_ERASED, &event->id);
      amends_chain_step (&feed.hash, digest.bytes);
      entry.position = ++feed.position;
      entry.hash = feed.hash;
      entry.logged_at_s = amends_environment_now (&self->server->environment) / G_USEC_PER_SEC;
      if (!store->add_entry (store, feed.id, &entry, error))
        return FALSE;
    }
  return feed.id == 0 || store->put_feed (store, &feed, error);
}

static json_t *
copy_without_events (const json_t *line)
{
  json_t *copy = json_copy ((json_t *) line);

  json_object_del (copy, "events");
  json_object_del (copy, "at");
  return copy;
}

static gboolean
set_scrub_due (AmendsServer *self, gboolean is_due, GError **error)
{
  return self->store->scrub == NULL
         || amends_server_set_text (self->store, SCRUB_DUE, is_due ? "1" : "0", error);
}

/* All in one transaction of the caller's, which holds ctl. @line: as the ledger has it, or will have it.
 * @is_new: whether the ledger lacks it */
static gboolean
erase_line (Erasing *self, const json_t *line, const Scope *scope, gboolean is_new, GError **error)
{
  const json_t *events = json_object_get (line, "events");
  json_auto_t *kept = NULL;
  guint64 number;
  gsize i;
  json_t *event;

  self->named = events;
  json_array_foreach ((json_t *) events, i, event)
    {
      AmendsId id;

      if (!amends_id_parse (json_string_value (event), &id, error)
          || !erase_one (self, &id, scope, error))
        return FALSE;
    }
  if (json_array_size (self->events) == 0)
    return TRUE;
  kept = copy_without_events (line);
  json_object_set (kept, "events", self->events);
  if (!mark_feeds (self, error) || !set_scrub_due (self->server, TRUE, error)
      || !amends_server_log_append (&self->log, "body.erased", 0, 0, json_incref (kept), &number,
                                    error)
      || !amends_server_log_end (&self->log, error))
    return FALSE;
  return !is_new || append_line (self->server, kept, error);
}

static gboolean
get_scrub_due (AmendsServer *self, gboolean *ret_is_due, GError **error)
{
  g_auto (AmendsServerWork) work = AMENDS_SERVER_WORK_INIT;
  g_autoptr (GBytes) value = NULL;

  if (!amends_server_work_begin (&work, self->store, AMENDS_SERVER_READ, error)
      || !self->store->get_setting (self->store, SCRUB_DUE, &value, error)
      || !amends_server_work_commit (&work, error))
    return FALSE;
  *ret_is_due = value != NULL && g_bytes_get_size (value) == 1
                && memcmp (g_bytes_get_data (value, NULL), "1", 1) == 0;
  return TRUE;
}

static gboolean
scrub (AmendsServer *self, GError **error)
{
  g_auto (AmendsServerWork) work = AMENDS_SERVER_WORK_INIT;

  return self->store->scrub (self->store, error)
         && amends_server_work_begin (&work, self->store, AMENDS_SERVER_WRITE, error)
         && set_scrub_due (self, FALSE, error) && amends_server_work_commit (&work, error);
}

/* What was deleted is in no page of the file either. After the commit: what a crash leaves is done when the server
 * is opened. A disk without room for it, which a server with attachments needs a lot of, keeps nobody from being
 * served: it stays due. */
static gboolean
finish (AmendsServer *self, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  gboolean is_due = FALSE;

  if (self->store->scrub == NULL)
    return TRUE;
  if (!get_scrub_due (self, &is_due, error))
    return FALSE;
  if (!is_due || scrub (self, &local_error))
    return TRUE;
  if (g_error_matches (local_error, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_FULL))
    {
      g_printerr ("what was erased may still be in the file: there is no room to write it anew\n");
      return TRUE;
    }
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

static gboolean
try_erase (AmendsServer *self,
           const json_t *line,
           const Scope *scope,
           gboolean is_new,
           guint *ret_n_erased,
           GError **error)
{
  g_auto (AmendsServerWork) work = AMENDS_SERVER_WORK_INIT;
  g_autoptr (GPtrArray) marks =
      g_ptr_array_new_with_free_func ((GDestroyNotify) amends_event_unref);
  json_auto_t *events = json_array ();
  Erasing erasing = { .server = self, .events = events, .marks = marks, .is_again = !is_new };

  if (!amends_server_work_begin (&work, self->store, AMENDS_SERVER_WRITE, error)
      || !amends_server_log_begin (&erasing.log, self, error)
      || !erase_line (&erasing, line, scope, is_new, error)
      || !amends_server_work_commit (&work, error))
    return FALSE;
  *ret_n_erased = (guint) json_array_size (events);
  return TRUE;
}

/* finish() is due after it, once for all that are erased together: it writes the whole file anew while nobody is
 * served. */
static gboolean
erase (AmendsServer *self,
       const json_t *line,
       const Scope *scope,
       gboolean is_new,
       guint *ret_n_erased,
       GError **error)
{
  g_autoptr (GError) local_error = NULL;
  guint n_tries = 0;
  gboolean erased;

  do
    erased = try_erase (self, line, scope, is_new, ret_n_erased, &local_error);
  while (!erased && amends_server_tries_again (&n_tries, &local_error));
  if (!erased)
    g_propagate_error (error, g_steal_pointer (&local_error));
  return erased;
}

static gboolean
erase_and_finish (AmendsServer *self,
                  const json_t *line,
                  const Scope *scope,
                  guint *ret_n_erased,
                  GError **error)
{
  return erase (self, line, scope, TRUE, ret_n_erased, error)
         && (*ret_n_erased == 0 || finish (self, error));
}

/* Whatever the ledger has and the store has not: the store went back to before it, or a crash came between
 * the two. Called before anybody is served. */
gboolean
amends_server_follow_ledger (AmendsServer *self, GError **error)
{
  json_auto_t *ledger = read_ledger (self, error);
  gsize i;
  json_t *line;

  if (ledger == NULL)
    return FALSE;
  json_array_foreach (ledger, i, line)
    {
      guint n_erased;

      if (!erase (self, line, NULL, FALSE, &n_erased, error))
        return FALSE;
    }
  /* A crash may have come between the commit and this. */
  return finish (self, error);
}

/* Of a log that was lost (PROTOCOL.md 6), whose ledger may be lost as well. */

/* Erases again what @body, of an event of the lost log, names. Called in a transaction that holds the log, before
 * any feed is held. @inout_marks: (element-type AmendsEvent): for amends_server_mark_erased() */
gboolean
amends_server_erase_again (AmendsServerLog *log,
                           const json_t *body,
                           GPtrArray *inout_marks,
                           GError **error)
{
  json_auto_t *events = json_array ();
  json_auto_t *kept = NULL;
  Erasing erasing = {
    .server = log->server, .events = events, .marks = inout_marks, .is_again = TRUE
  };
  const json_t *ids = json_object_get (body, "events");
  guint64 number;

  for (gsize i = 0; is_line (body) && i < json_array_size (ids); i++)
    {
      AmendsId id;

      if (!amends_id_parse (json_string_value (json_array_get (ids, i)), &id, error)
          || !erase_one (&erasing, &id, NULL, error))
        return FALSE;
    }
  if (json_array_size (events) == 0)
    return TRUE;
  kept = copy_without_events (body);
  json_object_del (kept, "type");
  json_object_del (kept, "lost");
  json_object_set (kept, "events", events);
  return set_scrub_due (log->server, TRUE, error)
         && amends_server_log_append (log, "body.erased", 0, 0, json_incref (kept), &number, error)
         && append_line (log->server, kept, error);
}

/* In the same transaction, last. */
gboolean
amends_server_mark_erased (AmendsServer *self, GPtrArray *marks, GError **error)
{
  Erasing erasing = { .server = self, .marks = marks };

  return mark_feeds (&erasing, error);
}

/* After its commit. */
gboolean
amends_server_finish_erasing (AmendsServer *self, GError **error)
{
  return finish (self, error);
}

/* Asked for by two devices. */

/* Whether the event is there, of that type and stream, of a device that may read and write where it is and was not
 * revoked. One that only writes there cannot know what it would have erased. */
static gboolean
check_voice (AmendsServer *self,
             const AmendsId *id,
             const AmendsId *stream,
             AmendsEventType type,
             AmendsEvent **ret_event,
             GError **error)
{
  AmendsServerStore *store = self->store;
  g_autoptr (AmendsEvent) event = NULL;
  AmendsServerEvent record = { 0 };
  AmendsServerAccess access = { 0 };
  AmendsServerDevice author;

  if (!find_event (self, id, &author, &record, &event, error))
    return FALSE;
  if (event == NULL || !amends_id_equal (&event->stream, stream) || record.is_quarantined
      || amends_body_get_type (amends_event_get_json (event)) != type)
    return refuse (error, "ask", "Who asked and who agreed is not here");
  if (!store->get_access (store, author.id, record.feed, &access, error))
    return FALSE;
  if (author.revoked || !access.may_read || !access.may_write)
    return refuse (error, "ask", "One of the two devices may not read and write there");
  *ret_event = g_steal_pointer (&event);
  return TRUE;
}

static const char *
get_text (AmendsEvent *event, const char *key)
{
  return json_string_value (json_object_get (amends_event_get_json (event), key));
}

/* Whether the one agreed with the other, another person, in the same feed. */
static gboolean
take_voices (AmendsEvent *ask, AmendsEvent *agree, Scope *ret_scope, GError **error)
{
  g_autofree char *id = amends_id_format (&ask->id);
  g_autoptr (GArray) named = NULL;

  if (strcmp (ask->feed, agree->feed) != 0)
    return refuse (error, "ask", "The two are not of the same feed");
  if (g_strcmp0 (get_text (agree, "ask"), id) != 0
      || g_strcmp0 (get_text (agree, "by"), get_text (ask, "by")) == 0)
    return refuse (error, "agree", "Nobody else has agreed with who asked");
  named = amends_erase_read_ids (json_object_get (amends_event_get_json (ask), "events"));
  ret_scope->named = g_hash_table_new_full (amends_id_hash, amends_id_equal, g_free, NULL);
  for (guint i = 0; i < named->len; i++)
    g_hash_table_add (ret_scope->named, amends_id_copy (&g_array_index (named, AmendsId, i)));
  g_strlcpy (ret_scope->feed, ask->feed, sizeof ret_scope->feed);
  return TRUE;
}

/* The code that a device began under. One that was restored goes on under another, and is no second voice. */
static gboolean
find_first_code (AmendsServer *self,
                 const char *code,
                 char ret_code[AMENDS_SERVER_CODE_SIZE],
                 GError **error)
{
  AmendsServerDevice device = { .id = 0 };

  g_strlcpy (ret_code, code, AMENDS_SERVER_CODE_SIZE);
  do
    {
      if (!self->store->get_device (self->store, ret_code, &device, error))
        return FALSE;
      if (device.id != 0 && device.recoded_from[0] != '\0')
        g_strlcpy (ret_code, device.recoded_from, AMENDS_SERVER_CODE_SIZE);
    }
  while (device.id != 0 && device.recoded_from[0] != '\0');
  return TRUE;
}

/* Who agreed asks for it; or who may read and write where they are, as whoever moved the case there. Who it is decides
 * nothing: what is erased is what the two have named. */
static gboolean
check_asks (AmendsServer *self,
            const AmendsServerDevice *device,
            const AmendsWireErase *asked,
            const char *feed_name,
            GError **error)
{
  AmendsServerAccess access = { 0 };
  AmendsServerFeed feed;

  if (strcmp (asked->agree.code, device->code) == 0)
    return TRUE;
  if (!self->store->get_feed (self->store, feed_name, &feed, error)
      || !self->store->get_access (self->store, device->id, feed.id, &access, error))
    return FALSE;
  return (access.may_read && access.may_write) || refuse (error, "agree", "Another device agreed");
}

/* @ret_scope: what they may erase, and where; to be cleared whatever comes of it */
static gboolean
check_voices (AmendsServer *self,
              const AmendsServerDevice *device,
              const AmendsWireErase *asked,
              Scope *ret_scope,
              GError **error)
{
  g_auto (AmendsServerWork) work = AMENDS_SERVER_WORK_INIT;
  g_autoptr (AmendsEvent) ask = NULL, agree = NULL;
  char ask_code[AMENDS_SERVER_CODE_SIZE], agree_code[AMENDS_SERVER_CODE_SIZE];

  for (guint i = 0; i < asked->events->len; i++)
    {
      const AmendsId *id = &g_array_index (asked->events, AmendsId, i);

      if (amends_id_equal (id, &asked->ask) || amends_id_equal (id, &asked->agree))
        return refuse (error, "events", "Who asked and who agreed is not erased");
    }
  if (!amends_server_work_begin (&work, self->store, AMENDS_SERVER_READ, error)
      || !check_voice (self, &asked->ask, &asked->stream, AMENDS_EVENT_CASE_ERASURE_ASKED, &ask,
                       error)
      || !check_voice (self, &asked->agree, &asked->stream, AMENDS_EVENT_CASE_ERASURE_AGREED,
                       &agree, error)
      || !check_asks (self, device, asked, agree->feed, error)
      || !find_first_code (self, asked->ask.code, ask_code, error)
      || !find_first_code (self, asked->agree.code, agree_code, error)
      || !amends_server_work_commit (&work, error))
    return FALSE;
  if (strcmp (ask_code, agree_code) == 0)
    return refuse (error, "ask", "One device both asked and agreed");
  ret_scope->stream = &asked->stream;
  ret_scope->device = device->id;
  return take_voices (ask, agree, ret_scope, error);
}

static json_t *
ids_to_json (const GArray *ids)
{
  json_t *list = json_array ();

  for (guint i = 0; i < ids->len; i++)
    json_array_append_new (list, amends_id_to_json (&g_array_index (ids, AmendsId, i)));
  return list;
}

/* What a device asks for. What may not be is not done, and is no error: the device sees that it was not, and
 * asks again once it may be. Called under the lock. */
gboolean
amends_server_erase_asked (AmendsServer *self,
                           const AmendsServerDevice *device,
                           const AmendsWireErase *asked,
                           GError **error)
{
  g_autoptr (GError) local_error = NULL;
  json_auto_t *line =
      json_pack ("{s:o, s:o, s:o, s:o}", "stream", amends_id_to_json (&asked->stream), "ask",
                 amends_id_to_json (&asked->ask), "agree", amends_id_to_json (&asked->agree),
                 "events", ids_to_json (asked->events));
  g_auto (Scope) scope = { NULL };
  guint n_erased;

  if (strcmp (asked->agree.code, device->code) != 0)
    json_object_set_new (line, "device", json_string (device->code));
  if (device->revoked
      || (check_voices (self, device, asked, &scope, &local_error)
          && erase_and_finish (self, line, &scope, &n_erased, &local_error)))
    return TRUE;
  if (g_error_matches (local_error, AMENDS_CORE_ERROR, AMENDS_CORE_ERROR_REFUSED))
    {
      g_printerr ("device %s asked for an erasure that may not be: %s\n", device->code,
                  local_error->message);
      return TRUE;
    }
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/* An administrator's slip is not written down for ever: what is named is there. */
static gboolean
are_here (AmendsServer *self, const json_t *ids, GError **error)
{
  g_auto (AmendsServerWork) work = AMENDS_SERVER_WORK_INIT;
  gsize i;
  json_t *text;

  if (!amends_server_work_begin (&work, self->store, AMENDS_SERVER_READ, error))
    return FALSE;
  json_array_foreach ((json_t *) ids, i, text)
    {
      g_autoptr (AmendsEvent) event = NULL;
      AmendsServerEvent record;
      AmendsServerDevice author;
      AmendsId id;

      if (!amends_id_parse (json_string_value (text), &id, error)
          || !find_event (self, &id, &author, &record, &event, error))
        return FALSE;
      if (event == NULL)
        {
          amends_set_error (error, AMENDS_CORE_ERROR_NOT_FOUND, "events", NULL,
                            "There is no event %s here", json_string_value (text));
          return FALSE;
        }
    }
  return amends_server_work_commit (&work, error);
}

/**
 * amends_server_erase:
 * @ids: events, between commas
 * @reason: why, without a word about a person: every device gets it
 *
 * Erases bodies on an administrator's word: what is recorded is that it was the administrator's.
 *
 * Errors: %AMENDS_CORE_ERROR_INVALID, %AMENDS_CORE_ERROR_REFUSED if one is no record of a case;
 * %AMENDS_CORE_ERROR_NOT_FOUND if one is not here; of the store.
 * Returns: (transfer full): {"events","erased","reason"}: those named, and how many of them were not erased before
 */
json_t *
amends_server_erase (AmendsServer *self, const char *ids, const char *reason, GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  g_auto (GStrv) parts = g_strsplit (ids, ",", AMENDS_WIRE_MAX_ERASED + 1);
  json_auto_t *line = NULL;
  json_t *events = json_array ();
  guint n_erased;

  /* A reason that is no text gives no object, which has then let go of the events. */
  line = json_pack ("{s:s, s:o}", "reason", reason, "events", events);
  if (*reason == '\0' || strlen (reason) > MAX_REASON_BYTES || line == NULL)
    {
      amends_set_error (error, AMENDS_CORE_ERROR_INVALID, "reason", NULL,
                        "An erasure has a reason of at most %d bytes", MAX_REASON_BYTES);
      return NULL;
    }
  for (guint i = 0; parts[i] != NULL; i++)
    {
      AmendsId id;

      if (i == AMENDS_WIRE_MAX_ERASED || !amends_id_parse (parts[i], &id, NULL))
        {
          amends_set_error (error, AMENDS_CORE_ERROR_INVALID, "events", NULL,
                            "Name at most %d events by their ids, with commas between them",
                            AMENDS_WIRE_MAX_ERASED);
          return NULL;
        }
      json_array_append_new (events, amends_id_to_json (&id));
    }
  if (!are_here (self, events, error) || !erase_and_finish (self, line, NULL, &n_erased, error))
    return NULL;
  return json_pack ("{s:O, s:i, s:s}", "events", events, "erased", (int) n_erased, "reason",
                    reason);
}
