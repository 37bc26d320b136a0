/* amends-server-lost.c: a log that was lost with a restore comes back from a device (PROTOCOL.md 6)
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What comes is proved by the server's own signature: a device can withhold, and hand in what was said
 * once, but never make anything up. Each event is gone through once, and what the server lacks it records
 * anew, as its own. What was said since the restore was said later than all of it: a lost grant does not
 * stand against it. A lost withdrawal does, since whoever granted since may not have known of it. */

#include <string.h>

#include "core/amends-instant.h"
#include "core/amends-secret.h"
#include "server/amends-server-private.h"

#define MAX_SCHEME_NAME_BYTES 200

/* One event of the lost log. */
typedef struct
{
  const AmendsEvent *event; /* (not owned) */
  json_t *body;             /* (owned) (nullable): %NULL if it cannot be read */
  gint64 at;                /* when it was said first, UTC microseconds */
  gboolean is_known;        /* it stands in the log, or was gone through before */
} Word;

/* A device that the lost log names, or that hands it in. */
typedef struct
{
  char code[AMENDS_SERVER_CODE_SIZE];
  AmendsServerDevice device; /* held; its id is 0 if it is not known */
  gboolean is_other;         /* it has the code of the one that is named, and another key */
} Named;

/* Where a device may write again. */
typedef struct
{
  Named *named; /* (not owned) */
  char feed[AMENDS_FEED_MAX_BYTES + 1];
} Return;

typedef struct
{
  AmendsServer *server;
  const AmendsFrame *frame;
  AmendsServerLog log;
  GHashTable *own;  /* number -> AmendsServerEvent *: what the log has under the frame's numbers */
  GArray *words;    /* of Word */
  GHashTable *last; /* "device feed" -> the number of what the frame says last about it */
  GPtrArray *named; /* of Named */
  GArray *returns;  /* of Return */
  GPtrArray *marks; /* of AmendsEvent: what was erased again, and stands in a feed */
} Lost;

static void
word_clear (gpointer data)
{
  g_clear_pointer (&((Word *) data)->body, json_decref);
}

static void
lost_init (Lost *self)
{
  self->own = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, g_free);
  self->words = g_array_new (FALSE, FALSE, sizeof (Word));
  g_array_set_clear_func (self->words, word_clear);
  self->last = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->named = g_ptr_array_new_with_free_func (g_free);
  self->returns = g_array_new (FALSE, FALSE, sizeof (Return));
  self->marks = g_ptr_array_new_with_free_func ((GDestroyNotify) amends_event_unref);
}

static void
lost_clear (Lost *self)
{
  g_hash_table_unref (self->own);
  g_array_unref (self->words);
  g_hash_table_unref (self->last);
  g_ptr_array_unref (self->named);
  g_array_unref (self->returns);
  g_ptr_array_unref (self->marks);
}

static const char *
get_text (const Word *word, const char *key)
{
  const char *text = json_string_value (json_object_get (word->body, key));

  return text != NULL ? text : "";
}

static gint64
get_instant (const json_t *body)
{
  const char *at = json_string_value (json_object_get (body, "lost"));
  gint64 instant = 0;

  if (at == NULL)
    at = json_string_value (json_object_get (body, "at"));
  return at != NULL && amends_instant_parse (at, &instant, NULL) && instant > 0 ? instant : 1;
}

/* Whether the server signed what the frame comes to. */
static gboolean
is_proved (const Lost *self)
{
  const AmendsFrame *frame = self->frame;
  const AmendsStatement *statement = g_ptr_array_index (frame->statements, 0);
  const AmendsEvent *last =
      g_array_index (frame->entries, AmendsEntry, frame->entries->len - 1).event;
  AmendsDigest chain = frame->feed_hash;

  for (guint i = 0; i < frame->entries->len; i++)
    amends_chain_step (&chain, g_array_index (frame->entries, AmendsEntry, i).event->digest);
  return g_str_equal (statement->code, "0") && statement->number == last->id.number
         && amends_statement_has (statement, "ctl", &chain)
         && amends_statement_verify (statement, self->server->signing_key);
}

static Named *
find_named (const Lost *self, const char *code)
{
  for (guint i = 0; i < self->named->len; i++)
    {
      Named *named = self->named->pdata[i];

      if (g_str_equal (named->code, code))
        return named;
    }
  return NULL;
}

static void
add_named (Lost *self, const char *code)
{
  Named *named;

  if (!amends_code_is_valid (code) || g_str_equal (code, "0") || find_named (self, code) != NULL)
    return;
  named = g_new0 (Named, 1);
  g_strlcpy (named->code, code, sizeof named->code);
  g_ptr_array_add (self->named, named);
}

static char *
dup_subject (const Word *word)
{
  return g_strdup_printf ("%s %s", get_text (word, "device"), get_text (word, "feed"));
}

static gboolean
is_about_access (const Word *word)
{
  AmendsEventType type = amends_body_get_type (word->body);

  return type == AMENDS_EVENT_DEVICE_GRANTED || type == AMENDS_EVENT_DEVICE_UNGRANTED;
}

static gboolean
collect_own (const AmendsServerEvent *record, const AmendsEvent *event, gpointer user_data)
{
  AmendsServerEvent *own = g_memdup2 (record, sizeof *record);

  g_hash_table_insert (user_data, &own->number, own);
  return TRUE;
}

static gboolean
add_word (Lost *self, const AmendsEvent *event, GError **error)
{
  const AmendsServerEvent *own = g_hash_table_lookup (self->own, &event->id.number);
  AmendsServerStore *store = self->server->store;
  Word word = { .event = event, .body = amends_event_load_body (event, NULL) };

  word.at = get_instant (word.body);
  word.is_known = own != NULL && memcmp (own->digest, event->digest, sizeof own->digest) == 0;
  g_array_append_val (self->words, word);
  if (is_about_access (&word))
    g_hash_table_insert (self->last, dup_subject (&word), GUINT_TO_POINTER (self->words->len));
  return word.is_known
         || store->has_lost (store, event->digest,
                             &g_array_index (self->words, Word, self->words->len - 1).is_known,
                             error);
}

/* What the frame says, and what of it is known. Called with the log held. */
static gboolean
load_words (Lost *self, GError **error)
{
  const GArray *entries = self->frame->entries;
  const AmendsEvent *first = g_array_index (entries, AmendsEntry, 0).event;
  AmendsServerStore *store = self->server->store;

  if (!store->each_event (store, self->log.device.id, first->id.number,
                          first->id.number + entries->len - 1, FALSE, collect_own, self->own,
                          error))
    return FALSE;
  for (guint i = 0; i < entries->len; i++)
    {
      const AmendsEntry *entry = &g_array_index (entries, AmendsEntry, i);

      if (entry->kind == AMENDS_ENTRY_EVENT && !add_word (self, entry->event, error))
        return FALSE;
    }
  return TRUE;
}

static int
compare_named (gconstpointer a, gconstpointer b)
{
  const Named *const *one = a;
  const Named *const *other = b;

  return strcmp ((*one)->code, (*other)->code);
}

/* Holds whom the words name, and who hands them in. */
static gboolean
hold_named (Lost *self, const AmendsServerDevice *device, GError **error)
{
  AmendsServerStore *store = self->server->store;

  add_named (self, device->code);
  for (guint i = 0; i < self->words->len; i++)
    {
      const Word *word = &g_array_index (self->words, Word, i);

      if (word->is_known)
        continue;
      add_named (self, get_text (word, "device"));
      add_named (self, get_text (word, "to"));
    }
  g_ptr_array_sort (self->named, compare_named);
  for (guint i = 0; i < self->named->len; i++)
    {
      Named *named = self->named->pdata[i];

      if (!store->hold_device (store, named->code, &named->device, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
note (Lost *self, const Word *word, gint64 device, GError **error)
{
  AmendsServerStore *store = self->server->store;

  return store->add_lost (store, word->event->digest, word->event->id.number, device, error);
}

static gboolean
follow_scheme (Lost *self, const Word *word, GError **error)
{
  AmendsServerStore *store = self->server->store;
  const char *code = get_text (word, "code");
  const char *name = get_text (word, "name");
  g_autofree char *feed = g_strconcat ("s.", code, NULL);
  gboolean has = TRUE;
  guint64 number;

  if (amends_feed_is_valid (feed) && *name != '\0' && strlen (name) <= MAX_SCHEME_NAME_BYTES
      && !store->has_scheme (store, code, &has, error))
    return FALSE;
  return (has
          || (store->put_scheme (store, code, name, error)
              && amends_server_log_append (&self->log, "scheme.recorded", 0, 0,
                                           json_pack ("{s:s, s:s}", "code", code, "name", name),
                                           &number, error)))
         && note (self, word, 0, error);
}

/* A device that the server has forgotten. @ret_is_free: whether code and key are nobody's */
static gboolean
read_enrolled (Lost *self,
               const Word *word,
               AmendsServerDevice *ret_device,
               gboolean *ret_is_free,
               GError **error)
{
  AmendsServerStore *store = self->server->store;
  const char *name = get_text (word, "name");
  const char *kind = get_text (word, "kind");
  AmendsServerDevice holder = { 0 };

  *ret_is_free = FALSE;
  if (!amends_base64_decode (get_text (word, "key"), ret_device->key, sizeof ret_device->key)
      || *name == '\0' || strlen (name) >= sizeof ret_device->name
      || !amends_server_kind_is_valid (kind))
    return TRUE;
  if (!store->get_device_by_key (store, ret_device->key, &holder, error))
    return FALSE;
  g_strlcpy (ret_device->code, get_text (word, "device"), sizeof ret_device->code);
  g_strlcpy (ret_device->name, name, sizeof ret_device->name);
  g_strlcpy (ret_device->kind, kind, sizeof ret_device->kind);
  *ret_is_free = holder.id == 0;
  return TRUE;
}

static gboolean
follow_enrolled (Lost *self, const Word *word, GError **error)
{
  Named *named = find_named (self, get_text (word, "device"));
  g_autoptr (GArray) none = g_array_new (FALSE, FALSE, sizeof (AmendsServerGrant));
  AmendsServerDevice device = { 0 };
  gboolean is_free;

  if (named == NULL)
    return note (self, word, 0, error);
  if (!read_enrolled (self, word, &device, &is_free, error))
    return FALSE;
  if (named->device.id == 0 && is_free)
    {
      if (!amends_server_log_enrol (&self->log, &device, none, error))
        return FALSE;
      named->device = device;
    }
  named->is_other =
      named->device.id == 0 || memcmp (named->device.key, device.key, sizeof device.key) != 0;
  return note (self, word, named->is_other ? 0 : named->device.id, error);
}

/* Whether the word is about the device that has the code here: enrolled before the restore, or found in a
 * lost log to have the same key. */
static gboolean
is_meant (Lost *self, const Named *named, const Word *word, gboolean *ret_is_meant, GError **error)
{
  AmendsServerStore *store = self->server->store;
  guint64 stream = word->event->stream.number;

  *ret_is_meant = FALSE;
  if (named == NULL || named->device.id == 0 || named->is_other)
    return TRUE;
  *ret_is_meant = named->device.stream == stream && stream < self->log.device.head;
  return *ret_is_meant
         || store->has_lost_stream (store, stream, named->device.id, ret_is_meant, error);
}

static gboolean
follow_revoked (Lost *self, Named *named, GError **error)
{
  AmendsServerDevice *device = &named->device;

  if (device->revoked)
    return TRUE;
  device->revoked = TRUE;
  return amends_server_take_all (self->server, device, error)
         && amends_server_log_append (&self->log, "device.revoked", device->stream, device->head,
                                      json_pack ("{s:s}", "device", device->code), &device->head,
                                      error)
         && self->server->store->put_device (self->server->store, device, error);
}

static gboolean
follow_recoded (Lost *self, Named *old, Named *renewed, GError **error)
{
  AmendsServerStore *store = self->server->store;

  if (renewed->is_other || renewed->device.recoded_from[0] != '\0')
    return TRUE;
  g_strlcpy (renewed->device.recoded_from, old->code, sizeof renewed->device.recoded_from);
  return store->put_device (store, &renewed->device, error)
         && amends_server_log_append (&self->log, "device.recoded", old->device.stream,
                                      old->device.head,
                                      json_pack ("{s:s, s:s}", "device", old->code, "to",
                                                 renewed->code),
                                      &old->device.head, error)
         && store->put_device (store, &old->device, error);
}

/* Whether an administrator has said what the device may do there since the restore: by granting or taking, or
 * by having it enrol again. */
static gboolean
is_said_since (Lost *self,
               const Named *named,
               const AmendsServerAccess *access,
               gboolean *ret_is_said,
               GError **error)
{
  AmendsServerStore *store = self->server->store;
  guint64 restored = self->log.device.head;
  AmendsServerAccess to_ctl;

  if (!store->get_access (store, named->device.id, self->log.feed.id, &to_ctl, error))
    return FALSE;
  *ret_is_said = (access->said > restored && access->lost_at == 0)
                 || (to_ctl.said > restored && to_ctl.lost_at == 0);
  return TRUE;
}

static gboolean
read_instant (const AmendsServerEvent *record, const AmendsEvent *event, gpointer user_data)
{
  json_auto_t *body = event->body != NULL ? amends_event_load_body (event, NULL) : NULL;

  *(gint64 *) user_data = get_instant (body);
  return FALSE;
}

/* When that was said first which stands; 0 if nothing is known to have been. */
static gboolean
get_said_at (Lost *self, const AmendsServerAccess *access, gint64 *ret_said_at, GError **error)
{
  AmendsServerStore *store = self->server->store;

  *ret_said_at = access->lost_at;
  return access->lost_at != 0 || access->said == 0
         || store->each_event (store, self->log.device.id, access->said, access->said, TRUE,
                               read_instant, ret_said_at, error);
}

static void
add_return (Lost *self, Named *named, const char *feed)
{
  Return entry = { .named = named };

  g_strlcpy (entry.feed, feed, sizeof entry.feed);
  g_array_append_val (self->returns, entry);
}

/* Of two words the later stands, of equal ones that which takes; so it is kept when the word was said that stands,
 * also where it changes nothing. Since the restore an administrator has the last word, but against what takes. */
static gboolean
follow_access (Lost *self, Named *named, const Word *word, GError **error)
{
  AmendsServerStore *store = self->server->store;
  AmendsServerDevice *device = &named->device;
  AmendsServerGrant grant = { .access = { json_is_true (json_object_get (word->body, "read")),
                                          json_is_true (json_object_get (word->body, "write")) } };
  gboolean gives = grant.access.may_read || grant.access.may_write;
  AmendsServerAccess access = { 0 };
  AmendsServerFeed feed;
  gboolean is_said, is_same;
  gint64 said_at;

  g_strlcpy (grant.feed, get_text (word, "feed"), sizeof grant.feed);
  if (!store->get_feed (store, grant.feed, &feed, error)
      || (feed.id != 0 && !store->get_access (store, device->id, feed.id, &access, error))
      || !is_said_since (self, named, &access, &is_said, error)
      || !get_said_at (self, &access, &said_at, error))
    return FALSE;
  if (gives ? device->revoked || is_said || said_at >= word->at : !is_said && said_at > word->at)
    return TRUE;
  is_same = access.may_read == grant.access.may_read && access.may_write == grant.access.may_write;
  if (grant.access.may_write && !access.may_write)
    add_return (self, named, grant.feed);
  if (!is_same || (!gives && access.said == 0 && access.taken_at == 0))
    return amends_server_log_grant (&self->log, device, &grant, error);
  access.lost_at = word->at;
  return is_said || store->put_access (store, device->id, feed.id, &access, error);
}

/* Whether there can be such a feed: its scheme may be in a part of the lost log that has not come. */
static gboolean
has_feed (Lost *self, const char *feed, gboolean *ret_has, GError **error)
{
  const char *scheme = amends_feed_get_scheme (feed);

  *ret_has = amends_feed_is_valid (feed);
  return !*ret_has || scheme == NULL
         || self->server->store->has_scheme (self->server->store, scheme, ret_has, error);
}

/* What is said of a device. Of one that is not known yet nothing is done, and it is gone through again. */
static gboolean
follow_device (Lost *self, const Word *word, guint nth, GError **error)
{
  Named *named = find_named (self, get_text (word, "device"));
  Named *renewed = find_named (self, get_text (word, "to"));
  AmendsEventType type = amends_body_get_type (word->body);
  gboolean is_possible, done = TRUE;

  if (!is_meant (self, named, word, &is_possible, error))
    return FALSE;
  if (is_possible && is_about_access (word)
      && !has_feed (self, get_text (word, "feed"), &is_possible, error))
    return FALSE;
  if (type == AMENDS_EVENT_DEVICE_RECODED)
    is_possible = is_possible && renewed != NULL && renewed->device.id != 0;
  if (!is_possible)
    return TRUE;

  if (type == AMENDS_EVENT_DEVICE_REVOKED)
    done = follow_revoked (self, named, error);
  else if (type == AMENDS_EVENT_DEVICE_RECODED)
    done = follow_recoded (self, named, renewed, error);
  else
    {
      g_autofree char *subject = dup_subject (word);

      if (GPOINTER_TO_UINT (g_hash_table_lookup (self->last, subject)) == nth)
        done = follow_access (self, named, word, error);
    }
  return done && note (self, word, 0, error);
}

/* @nth: from 1 */
static gboolean
follow (Lost *self, guint nth, GError **error)
{
  const Word *word = &g_array_index (self->words, Word, nth - 1);

  if (word->is_known)
    return TRUE;
  self->log.lost_at = word->at;
  switch ((int) amends_body_get_type (word->body))
    {
    case AMENDS_EVENT_SCHEME_RECORDED:
      return follow_scheme (self, word, error);
    case AMENDS_EVENT_DEVICE_ENROLLED:
      return follow_enrolled (self, word, error);
    case AMENDS_EVENT_DEVICE_GRANTED:
    case AMENDS_EVENT_DEVICE_UNGRANTED:
    case AMENDS_EVENT_DEVICE_REVOKED:
    case AMENDS_EVENT_DEVICE_RECODED:
      return follow_device (self, word, nth, error);
    case AMENDS_EVENT_SERVER_BEGAN:
    case AMENDS_EVENT_SERVER_RESTORED:
      return note (self, word, 0, error);
    case AMENDS_EVENT_BODY_ERASED: /* the ledger has it, unless that was lost too */
      return amends_server_erase_again (&self->log, word->body, self->marks, error)
             && note (self, word, 0, error);
    default: /* of a later version: gone through once this one is */
      return TRUE;
    }
}

static gboolean
read_row (const AmendsServerEvent *record, const AmendsEvent *event, gpointer user_data)
{
  *(gint64 *) user_data = record->row;
  return FALSE;
}

static int
compare_returns (gconstpointer a, gconstpointer b)
{
  const Return *one = a;
  const Return *other = b;
  int by_feed = strcmp (one->feed, other->feed);

  return by_feed != 0 ? by_feed : strcmp (one->named->code, other->named->code);
}

/* The first request after a restore brings what its device wrote, before it knows and hands in the log that lets it
 * write there. That was held back, and is taken in. */
static gboolean
take_in_returns (Lost *self, GError **error)
{
  AmendsServerStore *store = self->server->store;
  const AmendsServerDevice *log = &self->log.device;
  gint64 restored_row = 0;

  if (self->returns->len == 0)
    return TRUE;
  if (!store->each_event (store, log->id, log->head, log->head, FALSE, read_row, &restored_row,
                          error))
    return FALSE;
  g_array_sort (self->returns, compare_returns);
  for (guint i = 0; i < self->returns->len; i++)
    {
      const Return *entry = &g_array_index (self->returns, Return, i);
      AmendsServerDevice *device = &entry->named->device;

      if (!device->revoked
          && (!amends_server_take_in (self->server, device, entry->feed, restored_row, error)
              || !store->put_device (store, device, error)))
        return FALSE;
    }
  return TRUE;
}

static gboolean
follow_all (Lost *self, AmendsServerDevice *device, guint64 request, GError **error)
{
  AmendsServerStore *store = self->server->store;

  if (!amends_server_log_begin (&self->log, self->server, error) || !load_words (self, error)
      || !hold_named (self, device, error))
    return FALSE;
  for (guint nth = 1; nth <= self->words->len; nth++)
    if (!follow (self, nth, error))
      return FALSE;
  if (!amends_server_log_end (&self->log, error)
      || !amends_server_mark_erased (self->server, self->marks, error)
      || !take_in_returns (self, error))
    return FALSE;
  *device = find_named (self, device->code)->device;
  device->request = MAX (device->request, request);
  device->seen_at = amends_environment_now (&self->server->environment);
  return store->put_device (store, device, error);
}

/* As amends_server_commit_frame(), of a frame of a log that was lost. */
gboolean
amends_server_commit_lost (AmendsServer *self,
                           AmendsServerDevice *device,
                           guint64 request,
                           const AmendsFrame *frame,
                           guint *ret_n_new,
                           const char **ret_refusal,
                           GError **error)
{
  Lost lost = { .server = self, .frame = frame };
  gboolean followed = FALSE;

  lost_init (&lost);
  if (is_proved (&lost))
    followed = follow_all (&lost, device, request, error);
  else
    *ret_refusal = "signature";
  *ret_n_new = lost.log.n_events;
  lost_clear (&lost);
  return followed;
}
