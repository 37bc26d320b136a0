/* amends-event.c: one act of one person, written once and never changed
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * An event is one line, five fields between tabs:
 *
 *   7K.41 TAB s.oak TAB 7K.38 TAB 7K.40,3F.12 TAB {"type":"case.noted","at":…,"by":…,…}
 *   id        feed      stream    after           body
 *
 * Its digest is BLAKE2b-256("amends-event-1", the first four fields each with its tab, bodyhash)
 * and bodyhash is BLAKE2b-256(salt, body): the body can go and the digest still proves the rest,
 * and nobody can guess an erased body from its hash without the salt. */

#include "core/amends-event.h"

#include <sodium.h>
#include <string.h>

#include "core/amends-error.h"

#define DIGEST_DOMAIN "amends-event-1"

static void
append_id (GString *text, const AmendsId *id)
{
  char buffer[AMENDS_ID_BUFFER];

  amends_id_format_to (id, buffer);
  g_string_append (text, buffer);
}

/* The four fields, each with its tab. */
static GString *
format_header (const AmendsEvent *self)
{
  GString *text = g_string_sized_new (64);

  append_id (text, &self->id);
  g_string_append_c (text, '\t');
  g_string_append (text, self->feed);
  g_string_append_c (text, '\t');
  append_id (text, &self->stream);
  g_string_append_c (text, '\t');
  for (guint i = 0; i < self->n_after; i++)
    {
      if (i > 0)
        g_string_append_c (text, ',');
      append_id (text, &self->after[i]);
    }
  g_string_append_c (text, '\t');
  return text;
}

static void
hash_body (const AmendsEvent *self, guint8 ret_hash[AMENDS_DIGEST_BYTES])
{
  crypto_generichash_state state;
  gsize n_bytes;
  const guint8 *bytes = g_bytes_get_data (self->body, &n_bytes);

  crypto_generichash_init (&state, NULL, 0, AMENDS_DIGEST_BYTES);
  crypto_generichash_update (&state, self->salt, sizeof self->salt);
  crypto_generichash_update (&state, bytes, n_bytes);
  crypto_generichash_final (&state, ret_hash, AMENDS_DIGEST_BYTES);
}

static void
compute_digest (AmendsEvent *self, const guint8 body_hash[AMENDS_DIGEST_BYTES])
{
  g_autoptr (GString) header = format_header (self);
  crypto_generichash_state state;

  crypto_generichash_init (&state, NULL, 0, sizeof self->digest);
  crypto_generichash_update (&state, (const guint8 *) DIGEST_DOMAIN, strlen (DIGEST_DOMAIN));
  crypto_generichash_update (&state, (const guint8 *) header->str, header->len);
  crypto_generichash_update (&state, body_hash, AMENDS_DIGEST_BYTES);
  crypto_generichash_final (&state, self->digest, sizeof self->digest);
}

static gboolean
check_after (const AmendsId *id, const AmendsId *after, guint n_after, GError **error)
{
  if (n_after > AMENDS_EVENT_MAX_AFTER)
    {
      amends_set_error (error, AMENDS_CORE_ERROR_TOO_LARGE, "after", NULL,
                        "An event comes after at most %d others", AMENDS_EVENT_MAX_AFTER);
      return FALSE;
    }
  for (guint i = 0; i < n_after; i++)
    {
      if (i > 0 && amends_id_compare (&after[i - 1], &after[i]) >= 0)
        {
          amends_set_error (error, AMENDS_CORE_ERROR_INVALID, "after", NULL,
                            "The events that an event comes after are not in order");
          return FALSE;
        }
      if (strcmp (after[i].code, id->code) == 0 && after[i].number >= id->number)
        {
          amends_set_error (error, AMENDS_CORE_ERROR_INVALID, "after", NULL,
                            "An event cannot come after one that its device wrote later");
          return FALSE;
        }
    }
  return TRUE;
}

static AmendsEvent *
event_new (const AmendsId *id,
           const char *feed,
           const AmendsId *stream,
           const AmendsId *after,
           guint n_after,
           GError **error)
{
  AmendsEvent *self;

  if (!amends_feed_is_valid (feed))
    {
      amends_set_error (error, AMENDS_CORE_ERROR_INVALID, "feed", NULL,
                        "A feed is ctl, org, staff, or k, s, r or c, a dot and a scheme");
      return NULL;
    }
  if (!check_after (id, after, n_after, error))
    return NULL;
  if (amends_id_equal (id, stream) && n_after > 0)
    {
      amends_set_error (error, AMENDS_CORE_ERROR_INVALID, "after", NULL,
                        "An event that begins a stream comes after none");
      return NULL;
    }

  self = g_new0 (AmendsEvent, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->id = *id;
  self->stream = *stream;
  self->n_after = n_after;
  self->after = n_after > 0 ? g_memdup2 (after, n_after * sizeof *after) : NULL;
  self->feed = g_strdup (feed);
  return self;
}

static gboolean
check_body (GBytes *body, GError **error)
{
  gsize n_bytes;
  const char *bytes = g_bytes_get_data (body, &n_bytes);

  if (n_bytes > AMENDS_EVENT_MAX_BODY_BYTES)
    {
      amends_set_error (error, AMENDS_CORE_ERROR_TOO_LARGE, "body", NULL,
                        "One record takes %d KiB at the most", AMENDS_EVENT_MAX_BODY_BYTES / 1024);
      return FALSE;
    }
  if (n_bytes < 2 || bytes[0] != '{' || bytes[n_bytes - 1] != '}'
      || memchr (bytes, '\t', n_bytes) != NULL || memchr (bytes, '\n', n_bytes) != NULL
      || !g_utf8_validate_len (bytes, n_bytes, NULL))
    {
      amends_set_error (error, AMENDS_CORE_ERROR_INVALID, "body", NULL,
                        "The body of an event is one JSON object in UTF-8 on one line");
      return FALSE;
    }
  return TRUE;
}

/**
 * amends_event_new:
 * @id: whose, and which of theirs
 * @feed: where it is written
 * @stream: the event that began what it is about; @id if it begins it
 * @after: (array length=n_after): the heads its author had seen, ascending
 * @n_after: at most %AMENDS_EVENT_MAX_AFTER
 * @salt: random bytes
 * @body: one JSON object on one line
 *
 * The body is checked for shape and size only: what is well-formed is kept, known or not.
 * Errors: %AMENDS_CORE_ERROR_INVALID or %AMENDS_CORE_ERROR_TOO_LARGE, with the field.
 * Returns: (transfer full): the event, with its digest
 */
AmendsEvent *
amends_event_new (const AmendsId *id,
                  const char *feed,
                  const AmendsId *stream,
                  const AmendsId *after,
                  guint n_after,
                  const guint8 salt[AMENDS_SALT_BYTES],
                  GBytes *body,
                  GError **error)
{
  guint8 body_hash[AMENDS_DIGEST_BYTES];
  AmendsEvent *self;

  if (!check_body (body, error))
    return NULL;
  self = event_new (id, feed, stream, after, n_after, error);
  if (self == NULL)
    return NULL;

  memcpy (self->salt, salt, AMENDS_SALT_BYTES);
  self->body = g_bytes_ref (body);
  hash_body (self, body_hash);
  compute_digest (self, body_hash);
  return self;
}

/**
 * amends_event_new_erased:
 * @digest: what stayed when body and salt went
 *
 * As amends_event_new(), for an event whose body is no more, and of which nothing else is known: nothing proves that
 * the digest is of this id, feed, stream and order.
 * Returns: (transfer full): the event
 */
AmendsEvent *
amends_event_new_erased (const AmendsId *id,
                         const char *feed,
                         const AmendsId *stream,
                         const AmendsId *after,
                         guint n_after,
                         const guint8 digest[AMENDS_DIGEST_BYTES],
                         GError **error)
{
  AmendsEvent *self = event_new (id, feed, stream, after, n_after, error);

  if (self != NULL)
    memcpy (self->digest, digest, AMENDS_DIGEST_BYTES);
  return self;
}

/**
 * amends_event_new_bodiless:
 * @body_hash: the hash of salt and body
 *
 * As amends_event_new(), for an event whose body is not here. Its digest is computed, so that whoever has the digest
 * proved has the four fields proved.
 * Returns: (transfer full): the event, with its digest
 */
AmendsEvent *
amends_event_new_bodiless (const AmendsId *id,
                           const char *feed,
                           const AmendsId *stream,
                           const AmendsId *after,
                           guint n_after,
                           const guint8 body_hash[AMENDS_DIGEST_BYTES],
                           GError **error)
{
  AmendsEvent *self = event_new (id, feed, stream, after, n_after, error);

  if (self == NULL)
    return NULL;
  self->has_body_hash = TRUE;
  memcpy (self->body_hash, body_hash, AMENDS_DIGEST_BYTES);
  compute_digest (self, body_hash);
  return self;
}

/**
 * amends_event_strip:
 *
 * Returns: (transfer full): the event without what it says; proved as it was
 */
AmendsEvent *
amends_event_strip (const AmendsEvent *self)
{
  guint8 body_hash[AMENDS_DIGEST_BYTES];

  if (!amends_event_is_proved (self))
    return amends_event_new_erased (&self->id, self->feed, &self->stream, self->after,
                                    self->n_after, self->digest, NULL);
  amends_event_get_body_hash (self, body_hash);
  return amends_event_new_bodiless (&self->id, self->feed, &self->stream, self->after,
                                    self->n_after, body_hash, NULL);
}

/**
 * amends_event_new_boxed:
 * @body_hash: the hash of salt and body
 * @box: what holds them; nobody here can tell whether it does
 *
 * As amends_event_new(), for an event that only the organisation's intake key opens.
 * Errors: as amends_event_new(); %AMENDS_CORE_ERROR_TOO_LARGE, field body, of a box over
 * %AMENDS_EVENT_MAX_BOX_BYTES.
 * Returns: (transfer full): the event, with its digest
 */
AmendsEvent *
amends_event_new_boxed (const AmendsId *id,
                        const char *feed,
                        const AmendsId *stream,
                        const AmendsId *after,
                        guint n_after,
                        const guint8 body_hash[AMENDS_DIGEST_BYTES],
                        GBytes *box,
                        GError **error)
{
  AmendsEvent *self;

  if (g_bytes_get_size (box) > AMENDS_EVENT_MAX_BOX_BYTES)
    {
      amends_set_error (error, AMENDS_CORE_ERROR_TOO_LARGE, "body", NULL,
                        "A sealed record takes %d bytes at the most", AMENDS_EVENT_MAX_BOX_BYTES);
      return NULL;
    }
  self = event_new (id, feed, stream, after, n_after, error);
  if (self == NULL)
    return NULL;
  self->box = g_bytes_ref (box);
  self->has_body_hash = TRUE;
  memcpy (self->body_hash, body_hash, AMENDS_DIGEST_BYTES);
  compute_digest (self, body_hash);
  return self;
}

/**
 * amends_event_is_proved:
 *
 * Returns: whether its digest is of its id, feed, stream and order; else somebody only says so
 */
gboolean
amends_event_is_proved (const AmendsEvent *self)
{
  return self->body != NULL || self->has_body_hash;
}

/**
 * amends_event_get_body_hash:
 * @self: an event that amends_event_is_proved()
 * @ret_hash: (out): the hash of salt and body
 */
void
amends_event_get_body_hash (const AmendsEvent *self, guint8 ret_hash[AMENDS_DIGEST_BYTES])
{
  g_return_if_fail (amends_event_is_proved (self));

  if (self->body != NULL)
    hash_body (self, ret_hash);
  else
    memcpy (ret_hash, self->body_hash, AMENDS_DIGEST_BYTES);
}

/**
 * amends_event_ref:
 *
 * Returns: (transfer full): @self
 */
AmendsEvent *
amends_event_ref (AmendsEvent *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/**
 * amends_event_unref:
 * @self: (transfer full): an event
 */
void
amends_event_unref (AmendsEvent *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_clear_pointer (&self->body, g_bytes_unref);
  g_clear_pointer (&self->box, g_bytes_unref);
  g_clear_pointer (&self->json, json_decref);
  g_free (self->after);
  g_free (self->feed);
  g_free (self);
}

/**
 * amends_after_parse:
 * @text: ids between commas; nothing for none
 * @n_bytes: its length
 * @ret_n_after: (out): how many
 *
 * Errors: %AMENDS_CORE_ERROR_INVALID, %AMENDS_CORE_ERROR_TOO_LARGE.
 * Returns: (transfer full) (array length=ret_n_after): the ids, never %NULL on success
 */
AmendsId *
amends_after_parse (const char *text, gsize n_bytes, guint *ret_n_after, GError **error)
{
  g_autofree AmendsId *after = g_new0 (AmendsId, 1);
  const char *end = text + n_bytes;
  guint n = 0;

  for (const char *from = text; n_bytes > 0;)
    {
      const char *comma = memchr (from, ',', (gsize) (end - from));
      const char *to = comma != NULL ? comma : end;

      after = g_renew (AmendsId, after, n + 1);
      if (n == AMENDS_EVENT_MAX_AFTER
          || !amends_id_parse_len (from, (gsize) (to - from), &after[n++]))
        {
          amends_set_error (error, AMENDS_CORE_ERROR_INVALID, "after", NULL,
                            "An event comes after at most %d ids, between commas",
                            AMENDS_EVENT_MAX_AFTER);
          return NULL;
        }
      if (comma == NULL)
        break;
      from = comma + 1;
    }

  *ret_n_after = n;
  return g_steal_pointer (&after);
}

/**
 * amends_after_format:
 *
 * Returns: (transfer full): the ids between commas
 */
char *
amends_after_format (const AmendsId *after, guint n_after)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < n_after; i++)
    {
      if (i > 0)
        g_string_append_c (text, ',');
      append_id (text, &after[i]);
    }
  return g_string_free (text, FALSE);
}

/**
 * amends_event_parse_line:
 * @line: the five fields
 * @n_bytes: their length, with no newline
 * @salt: the event's salt, which travels beside the line
 *
 * Errors: %AMENDS_CORE_ERROR_INVALID or %AMENDS_CORE_ERROR_TOO_LARGE, with the field.
 * Returns: (transfer full): the event
 */
AmendsEvent *
amends_event_parse_line (const char *line,
                         gsize n_bytes,
                         const guint8 salt[AMENDS_SALT_BYTES],
                         GError **error)
{
  const char *fields[5] = { line };
  gsize lengths[5];
  const char *end = line + n_bytes;
  g_autofree AmendsId *after = NULL;
  g_autofree char *feed = NULL;
  g_autoptr (GBytes) body = NULL;
  AmendsId id, stream;
  guint n_after;

  if (memchr (line, '\0', n_bytes) != NULL)
    {
      amends_set_error (error, AMENDS_CORE_ERROR_INVALID, NULL, NULL,
                        "An event is text, with no zero byte in it");
      return NULL;
    }
  for (int i = 0; i < 4; i++)
    {
      const char *tab = memchr (fields[i], '\t', (gsize) (end - fields[i]));

      if (tab == NULL)
        {
          amends_set_error (error, AMENDS_CORE_ERROR_INVALID, NULL, NULL,
                            "An event is five fields between tabs");
          return NULL;
        }
      lengths[i] = (gsize) (tab - fields[i]);
      fields[i + 1] = tab + 1;
    }
  lengths[4] = (gsize) (end - fields[4]);

  if (!amends_id_parse_len (fields[0], lengths[0], &id)
      || !amends_id_parse_len (fields[2], lengths[2], &stream))
    {
      amends_set_error (error, AMENDS_CORE_ERROR_INVALID, "id", NULL,
                        "An id is a device code, a dot and a number, such as 7K.41");
      return NULL;
    }
  after = amends_after_parse (fields[3], lengths[3], &n_after, error);
  if (after == NULL)
    return NULL;

  feed = g_strndup (fields[1], lengths[1]);
  body = g_bytes_new (fields[4], lengths[4]);
  return amends_event_new (&id, feed, &stream, after, n_after, salt, body, error);
}

/**
 * amends_event_format_header:
 *
 * Returns: (transfer full): the first four fields, each with its tab: what seals are bound to
 */
char *
amends_event_format_header (const AmendsEvent *self)
{
  return g_string_free (format_header (self), FALSE);
}

/**
 * amends_event_format_line:
 *
 * Returns: (transfer full) (nullable): the five fields, or %NULL if the body is erased
 */
char *
amends_event_format_line (const AmendsEvent *self)
{
  GString *text;
  gsize n_bytes;
  const char *bytes;

  if (self->body == NULL)
    return NULL;
  text = format_header (self);
  bytes = g_bytes_get_data (self->body, &n_bytes);
  g_string_append_len (text, bytes, (gssize) n_bytes);
  return g_string_free (text, FALSE);
}

/**
 * amends_feed_get_scheme:
 * @feed: a feed
 *
 * Returns: (nullable) (transfer none): the code of its scheme; %NULL for ctl, org and staff
 */
const char *
amends_feed_get_scheme (const char *feed)
{
  if (feed[0] != '\0' && strchr ("ksrc", feed[0]) != NULL && feed[1] == '.')
    return feed + 2;
  return NULL;
}

/**
 * amends_feed_is_valid:
 * @feed: what may be a feed
 *
 * Returns: whether it is ctl, org, staff, or k, s, r or c, a dot and a scheme's code
 */
gboolean
amends_feed_is_valid (const char *feed)
{
  const char *scheme = amends_feed_get_scheme (feed);

  if (scheme == NULL)
    return g_str_equal (feed, "ctl") || g_str_equal (feed, "org") || g_str_equal (feed, "staff");
  if (*scheme == '\0' || strlen (feed) > AMENDS_FEED_MAX_BYTES)
    return FALSE;
  for (const char *c = scheme; *c != '\0'; c++)
    if (!g_ascii_islower (*c) && !g_ascii_isdigit (*c) && *c != '-')
      return FALSE;
  return TRUE;
}

static gboolean
is_within_depth (const char *bytes, gsize n_bytes)
{
  gboolean in_string = FALSE;
  int depth = 0;

  for (gsize i = 0; i < n_bytes; i++)
    {
      if (in_string)
        {
          if (bytes[i] == '\\')
            i++;
          else if (bytes[i] == '"')
            in_string = FALSE;
        }
      else if (bytes[i] == '"')
        in_string = TRUE;
      else if ((bytes[i] == '[' || bytes[i] == '{') && ++depth > AMENDS_JSON_MAX_DEPTH)
        return FALSE;
      else if (bytes[i] == ']' || bytes[i] == '}')
        depth--;
    }
  return TRUE;
}

/**
 * amends_json_load:
 * @bytes: JSON from outside
 * @n_bytes: its length
 *
 * Strict: UTF-8, no duplicate keys, no depth over %AMENDS_JSON_MAX_DEPTH, nothing after the value.
 * Errors: %AMENDS_CORE_ERROR_INVALID, naming line and column.
 * Returns: (transfer full): the value
 */
json_t *
amends_json_load (const char *bytes, gsize n_bytes, GError **error)
{
  json_error_t place;
  json_t *value;

  if (!is_within_depth (bytes, n_bytes))
    {
      amends_set_error (error, AMENDS_CORE_ERROR_INVALID, NULL, NULL,
                        "The JSON is nested deeper than %d", AMENDS_JSON_MAX_DEPTH);
      return NULL;
    }
  value = json_loadb (bytes, n_bytes, JSON_REJECT_DUPLICATES, &place);
  if (value == NULL)
    amends_set_error (error, AMENDS_CORE_ERROR_INVALID, NULL, NULL,
                      "Line %d, column %d is not JSON: %s", place.line, place.column, place.text);
  return value;
}

/**
 * amends_json_dump:
 * @value: any JSON value
 *
 * Returns: (transfer full): its bytes on one line, keys in the order they were set
 */
GBytes *
amends_json_dump (const json_t *value)
{
  gsize n_bytes = json_dumpb (value, NULL, 0, JSON_COMPACT | JSON_ENCODE_ANY);
  g_autofree char *bytes = g_malloc (n_bytes + 1);

  json_dumpb (value, bytes, n_bytes, JSON_COMPACT | JSON_ENCODE_ANY);
  return g_bytes_new_take (g_steal_pointer (&bytes), n_bytes);
}

/**
 * amends_event_load_body:
 *
 * Errors: %AMENDS_CORE_ERROR_NOT_FOUND if it is erased, %AMENDS_CORE_ERROR_INVALID if it is not JSON.
 * Returns: (transfer full): the body as a JSON object
 */
json_t *
amends_event_load_body (const AmendsEvent *self, GError **error)
{
  gsize n_bytes;
  const char *bytes;

  if (self->body == NULL)
    {
      amends_set_error (error, AMENDS_CORE_ERROR_NOT_FOUND, "body", NULL, "This record was erased");
      return NULL;
    }
  bytes = g_bytes_get_data (self->body, &n_bytes);
  return amends_json_load (bytes, n_bytes, error);
}

/**
 * amends_event_get_json:
 *
 * Parsed when first asked for and kept with the event: reading bodies is most of what a fold costs, and
 * an act folds its case before and after.
 * Returns: (transfer none) (nullable): the body; %NULL if it is erased or is not JSON
 */
const json_t *
amends_event_get_json (AmendsEvent *self)
{
  json_t *json = g_atomic_pointer_get (&self->json);

  if (json != NULL || self->body == NULL)
    return json;
  json = amends_event_load_body (self, NULL);
  if (json == NULL || g_atomic_pointer_compare_and_exchange (&self->json, NULL, json))
    return json;
  json_decref (json); /* another thread was faster */
  return g_atomic_pointer_get (&self->json);
}
