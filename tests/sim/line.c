/* line.c: the line between devices and server, and the server's end of it
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Everything that an exchange can suffer: nothing arrives, half of it does, it arrives twice, once more days
 * later, the answer is lost, cut, bent, or that to the question before; somebody else answers. While a
 * message is on its way the rest of the world goes on. What passes is read by the model: no device may be
 * sent what it was not granted (I5), and what the server says it holds it is held to (I1). */

#include <string.h>

#include "core/amends-event.h"
#include "sim/sim.h"
#include "support/office.h"

#define PIECE_BYTES 5000
#define HEAD_ROOM_BYTES (AMENDS_WIRE_MAX_HEAD_BYTES + 8)
#define MAX_LETTERS 16

typedef enum
{
  LINE_SOUND,
  LINE_AWAY,
  LINE_PORTAL,    /* a page of somebody else's: a hotel, a proxy that found no server (502) */
  LINE_BUSY,      /* 429 or 503 */
  LINE_TOO_LARGE, /* 413, of a proxy */
  LINE_CUT_UP,
  LINE_HALF_OPEN, /* the request arrives, the answer does not */
  LINE_CUT_DOWN,
  LINE_REPEAT,
  LINE_OLD_REPLY,
  LINE_FLIP,
  N_LINE_FAULTS,
} LineFault;

static const char *const fault_names[N_LINE_FAULTS] = {
  "sound",     "away",     "portal", "busy",      "too-large", "cut-up",
  "half-open", "cut-down", "repeat", "old-reply", "flip",
};

/* The answer as the device reads it, made by the server as it is taken. */
#define SIM_TYPE_REPLY (sim_reply_get_type ())
G_DECLARE_FINAL_TYPE (SimReply, sim_reply, SIM, REPLY, GInputStream)

struct _SimReply
{
  GInputStream parent_instance;

  Sim *sim;
  SimDevice *device;
  char *code;
  SimExchange *exchange;
  AmendsMessageReader *reader;
  SimHolding *before; /* the server's, as it was when the request arrived */
  GPtrArray *frames;  /* element-type GPtrArray of tokens: what the request brought */
  GByteArray *taken;  /* all bytes so far */
  GByteArray *ahead;  /* made, and not yet taken */
  gsize n_given;
  gsize cut_at;
  gsize flip_at;
  gboolean is_waiting; /* whether others may go on between two pieces */
};

G_DEFINE_FINAL_TYPE (SimReply, sim_reply, G_TYPE_INPUT_STREAM)

static void
exchange_free (Sim *sim, SimExchange *self)
{
  amends_exchange_free (self->exchange);
  g_ptr_array_remove (sim->exchanges, self);
  g_free (self);
}

static json_t *
list_devices (Sim *sim)
{
  json_t *devices;

  test_disk_pause (sim->server_machine.disk, TRUE);
  devices = amends_server_list_devices (sim->server, NULL);
  test_disk_pause (sim->server_machine.disk, FALSE);
  return devices;
}

static const char *
get_text (const json_t *object, const char *key)
{
  return json_string_value (json_object_get (object, key));
}

/* The code of which the device's is a re-coding. */
static const char *
get_code_before (const json_t *devices, const char *code)
{
  gsize i;
  json_t *device;

  json_array_foreach (devices, i, device)
    if (g_str_equal (get_text (device, "code"), code))
      return get_text (device, "recoded_from");
  return NULL;
}

/* Whether it was once said of the device, or of one whose re-coding it is, however often: its new code, and what goes with
 * it, are the server's to say. */
static gboolean
was_said (Sim *sim, const json_t *devices, const char *code, const char *what)
{
  for (; code != NULL; code = get_code_before (devices, code))
    {
      g_autofree char *word = g_strdup_printf ("%s %s", code, what);

      if (g_hash_table_contains (sim->said, word))
        return TRUE;
    }
  return FALSE;
}

/* The first entry of a code that the model has not met: what the server says that it may read. */
static void
meet_code (Sim *sim, const char *code)
{
  json_auto_t *devices = NULL;
  gsize i, f;
  json_t *device, *feed;

  if (!g_hash_table_add (sim->server_holding->codes, g_strdup (code)))
    return;
  g_hash_table_add (sim->said, g_strdup_printf ("%s enrolled", code));
  devices = list_devices (sim);
  json_array_foreach (devices, i, device)
    {
      if (strcmp (get_text (device, "code"), code) != 0)
        continue;
      json_array_foreach (json_object_get (device, "feeds"), f, feed)
        if (json_is_true (json_object_get (feed, "read")))
          {
            g_hash_table_add (sim->server_holding->access,
                              g_strdup_printf ("%s %s", code, get_text (feed, "feed")));
            g_hash_table_add (sim->said,
                              g_strdup_printf ("%s gains %s", code, get_text (feed, "feed")));
          }
    }
}

/* What the server says of a device's feeds, where it says other than the model: of each difference it must have
 * been said once. */
static void
follow_access (Sim *sim, const json_t *devices, const json_t *device)
{
  static const char *const feeds[] = { "ctl", "org", "staff", "s.oak", "s.elm", "k.oak", "k.elm" };
  const char *code = get_text (device, "code");

  for (guint i = 0; i < G_N_ELEMENTS (feeds); i++)
    {
      g_autofree char *word = g_strdup_printf ("%s %s", code, feeds[i]);
      g_autofree char *what = NULL;
      gboolean had = g_hash_table_contains (sim->server_holding->access, word);
      gboolean has = FALSE;
      gsize f;
      json_t *feed;

      json_array_foreach (json_object_get (device, "feeds"), f, feed)
        if (g_str_equal (get_text (feed, "feed"), feeds[i]))
          has = json_is_true (json_object_get (feed, "read"));
      if (has == had)
        continue;
      what = g_strdup_printf ("%s %s", has ? "gains" : "loses", feeds[i]);
      if (!was_said (sim, devices, code, what))
        sim_fail (sim, "I5", "%s %s of a lost log, and nobody ever said so", code, what);
      if (has)
        {
          g_hash_table_add (sim->said, g_strdup_printf ("%s %s", code, what));
          g_hash_table_add (sim->server_holding->access, g_steal_pointer (&word));
        }
      else
        g_hash_table_remove (sim->server_holding->access, word);
    }
}

/* One that was not told that it had enrolled. */
static void
say_feeds (Sim *sim, const json_t *device)
{
  gsize f;
  json_t *feed;

  json_array_foreach (json_object_get (device, "feeds"), f, feed)
    g_hash_table_add (sim->said, g_strdup_printf ("%s gains %s", get_text (device, "code"),
                                                  get_text (feed, "feed")));
}

/**
 * sim_follow_lost:
 *
 * Something of the server's lost log was handed in. The server now says other things of devices than it did before:
 * nothing that was not said once, and whom it knew to be withdrawn stays so.
 */
void
sim_follow_lost (Sim *self)
{
  json_auto_t *devices = self->server != NULL ? list_devices (self) : NULL;
  SimHolding *holding = self->server_holding;
  gsize i;
  json_t *device;

  if (devices == NULL)
    return; /* once it is up again */
  self->follows_lost = FALSE;
  json_array_foreach (devices, i, device)
    {
      const char *code = get_text (device, "code");
      gboolean is_revoked = json_is_true (json_object_get (device, "revoked"));

      if (!g_hash_table_contains (holding->codes, code))
        {
          if (g_hash_table_contains (self->perhaps, "enrolled"))
            say_feeds (self, device);
          else if (!was_said (self, devices, code, "enrolled"))
            sim_fail (self, "I5", "%s comes of a lost log, and never enrolled", code);
          sim_say (self, "%s comes of a lost log", code);
          g_hash_table_add (self->said, g_strdup_printf ("%s enrolled", code));
          g_hash_table_add (holding->codes, g_strdup (code));
        }
      follow_access (self, devices, device);
      if (!is_revoked && g_hash_table_contains (holding->revoked, code))
        sim_fail (self, "I9", "%s was withdrawn and is not any more", code);
      if (is_revoked && g_hash_table_add (holding->revoked, g_strdup (code)))
        {
          sim_say (self, "%s is withdrawn by a lost log", code);
          if (!was_said (self, devices, code, "withdrawn"))
            sim_fail (self, "I9", "%s is withdrawn by a lost log, and never was", code);
        }
    }
}

static gboolean
was_entitled (const SimReply *self, const char *feed)
{
  g_autofree char *word = g_strdup_printf ("%s %s", self->code, feed);
  const SimHolding *now = self->sim->server_holding;

  if (g_hash_table_contains (self->before->revoked, self->code)
      && g_hash_table_contains (now->revoked, self->code))
    return g_str_equal (feed, "ctl");
  return g_hash_table_contains (self->sim->perhaps, word)
         || g_hash_table_contains (self->before->access, word)
         || g_hash_table_contains (now->access, word);
}

/* What the server says of the request: the frames before the first that it refused it holds. */
static void
credit (SimReply *self, const json_t *head)
{
  const json_t *refused = json_object_get (head, "refused");
  guint n_frames = self->frames->len;

  if (json_is_object (refused))
    n_frames = (guint) json_integer_value (json_object_get (refused, "frame"));
  for (guint i = 0; i < n_frames && i < self->frames->len; i++)
    {
      const GPtrArray *tokens = g_ptr_array_index (self->frames, i);

      for (guint t = 0; t < tokens->len; t++)
        g_hash_table_add (self->sim->server_holding->tokens,
                          g_strdup (g_ptr_array_index (tokens, t)));
    }
}

static void
read_along (SimReply *self, const guint8 *bytes, gsize n_bytes)
{
  AmendsMessagePart part = AMENDS_MESSAGE_HEAD;

  amends_message_reader_feed (self->reader, bytes, n_bytes);
  while (part != AMENDS_MESSAGE_NEEDS_MORE && part != AMENDS_MESSAGE_END)
    {
      json_t *json = NULL;
      g_autoptr (GBytes) frame = NULL;
      g_autoptr (AmendsFrame) page = NULL;
      g_autoptr (GError) error = NULL;

      if (!amends_message_reader_next (self->reader, &part, &json, &frame, &error))
        {
          sim_fail (self->sim, "I4", "the server's answer cannot be read: %s", error->message);
          return;
        }
      if (part == AMENDS_MESSAGE_HEAD)
        credit (self, json);
      json_decref (json);
      if (part != AMENDS_MESSAGE_FRAME)
        continue;
      page = amends_frame_read (g_bytes_get_data (frame, NULL), g_bytes_get_size (frame), &error);
      if (page == NULL)
        sim_fail (self->sim, "I4", "a page of the server's cannot be read: %s", error->message);
      else if (page->feed == NULL || !was_entitled (self, page->feed))
        sim_fail (self->sim, "I5", "device %s was sent %s", self->code, page->feed);
    }
}

/* Takes the next bytes from the server. Returns: FALSE at the end, or once it is down */
static gboolean
take_more (SimReply *self)
{
  g_autofree guint8 *buffer = g_malloc (HEAD_ROOM_BYTES);
  gssize n;

  if (self->exchange->exchange == NULL)
    return FALSE;
  n = amends_exchange_read (self->exchange->exchange, buffer, HEAD_ROOM_BYTES, NULL);
  sim_server_after (self->sim);
  if (n <= 0)
    return FALSE;
  read_along (self, buffer, (gsize) n);
  g_byte_array_append (self->taken, buffer, (guint) n);
  g_byte_array_append (self->ahead, buffer, (guint) n);
  return TRUE;
}

static gssize
sim_reply_read (GInputStream *stream,
                void *buffer,
                gsize n_bytes,
                GCancellable *cancellable,
                GError **error)
{
  SimReply *self = SIM_REPLY (stream);
  gsize n_left = self->cut_at - self->n_given;

  if (self->is_waiting && sim_draw (self->sim, 4) == 0)
    sim_wait (self->sim);
  if (n_left == 0 || (self->ahead->len == 0 && !take_more (self)))
    return 0;
  n_bytes = MIN (MIN (n_bytes, PIECE_BYTES), MIN (n_left, self->ahead->len));
  memcpy (buffer, self->ahead->data, n_bytes);
  if (self->flip_at >= self->n_given && self->flip_at < self->n_given + n_bytes)
    ((guint8 *) buffer)[self->flip_at - self->n_given] ^= (guint8) (1u << (self->flip_at % 8));
  g_byte_array_remove_range (self->ahead, 0, (guint) n_bytes);
  self->n_given += n_bytes;
  return (gssize) n_bytes;
}

static void
sim_reply_finalize (GObject *object)
{
  SimReply *self = SIM_REPLY (object);

  g_clear_pointer (&self->device->last_reply, g_bytes_unref);
  self->device->last_reply = g_byte_array_free_to_bytes (self->taken);
  exchange_free (self->sim, self->exchange);
  amends_message_reader_free (self->reader);
  sim_holding_free (self->before);
  g_ptr_array_unref (self->frames);
  g_byte_array_unref (self->ahead);
  g_free (self->code);
  G_OBJECT_CLASS (sim_reply_parent_class)->finalize (object);
}

static void
sim_reply_class_init (SimReplyClass *class)
{
  G_OBJECT_CLASS (class)->finalize = sim_reply_finalize;
  G_INPUT_STREAM_CLASS (class)->read_fn = sim_reply_read;
}

static void
sim_reply_init (SimReply *self)
{
  self->reader = amends_message_reader_new ();
  self->taken = g_byte_array_new ();
  self->ahead = g_byte_array_new ();
  self->cut_at = self->flip_at = G_MAXSIZE;
}

static GPtrArray *
read_request (GBytes *body, gboolean *ret_has_lost)
{
  GPtrArray *frames = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  g_autoptr (AmendsMessageReader) reader = amends_message_reader_new ();
  AmendsMessagePart part = AMENDS_MESSAGE_HEAD;

  *ret_has_lost = FALSE;
  amends_message_reader_feed (reader, g_bytes_get_data (body, NULL), g_bytes_get_size (body));
  while (part != AMENDS_MESSAGE_END)
    {
      GPtrArray *tokens;
      json_t *json = NULL;
      g_autoptr (GBytes) bytes = NULL;
      g_autoptr (AmendsFrame) frame = NULL;

      g_assert_true (amends_message_reader_next (reader, &part, &json, &bytes, NULL));
      json_decref (json);
      if (part != AMENDS_MESSAGE_FRAME)
        continue;
      frame = amends_frame_read (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), NULL);
      *ret_has_lost = *ret_has_lost || (frame != NULL && frame->is_lost);
      tokens = g_ptr_array_new_with_free_func (g_free);
      for (guint i = 0; frame != NULL && i < frame->entries->len; i++)
        {
          const AmendsEvent *event = g_array_index (frame->entries, AmendsEntry, i).event;
          char *token = event != NULL ? sim_find_token (event) : NULL;

          if (token != NULL)
            g_ptr_array_add (tokens, token);
        }
      g_ptr_array_add (frames, tokens);
    }
  return frames;
}

static void
set_error (GError **error, AmendsSyncError code, const char *message)
{
  g_set_error_literal (error, AMENDS_SYNC_ERROR, code, message);
}

/* The request as far as @n_bytes reaches the server. Returns: (nullable): the exchange, all of whose request
 * has arrived */
static SimExchange *
put_to_server (Sim *sim, AmendsCall *call, gsize n_bytes, gboolean is_waiting, GError **error)
{
  g_autoptr (GPtrArray) frames = NULL;
  g_autoptr (GError) refusal = NULL;
  gboolean has_lost;
  SimExchange *self;
  const guint8 *bytes = g_bytes_get_data (call->body, NULL);
  gsize n_all = g_bytes_get_size (call->body);
  gboolean taken = TRUE;

  if (sim->server == NULL)
    {
      set_error (error, AMENDS_SYNC_ERROR_OFFLINE, "The server is down");
      return NULL;
    }
  self = g_new0 (SimExchange, 1);
  frames = read_request (call->body, &has_lost);
  self->exchange = test_begin_exchange (sim->server, call, &refusal);
  g_ptr_array_add (sim->exchanges, self);
  taken = self->exchange != NULL;
  n_bytes = MIN (n_bytes, n_all);
  for (gsize at = 0; taken && at < n_bytes;)
    {
      gsize n_piece = 1 + sim_draw (sim, PIECE_BYTES);
      gsize n = MIN (n_piece, n_bytes - at);

      taken = amends_exchange_feed (self->exchange, bytes + at, n, &refusal);
      at += n;
      sim->follows_lost = sim->follows_lost || has_lost;
      sim_server_after (sim);
      if (has_lost)
        sim_follow_lost (sim);
      if (taken && is_waiting && sim_draw (sim, 4) == 0)
        sim_wait (sim);
      taken = taken && self->exchange != NULL;
    }
  if (taken && n_bytes == n_all)
    taken = amends_exchange_finish (self->exchange, &refusal);
  sim_server_after (sim);
  if (taken && self->exchange != NULL && n_bytes == n_all)
    return self;
  if (refusal != NULL)
    test_set_refusal (call, refusal, error);
  else
    set_error (error, AMENDS_SYNC_ERROR_OFFLINE, "The line was cut");
  exchange_free (sim, self);
  return NULL;
}

static SimReply *
exchange_whole (SimDevice *device, AmendsCall *call, gboolean is_waiting, GError **error)
{
  Sim *sim = device->machine.sim;
  g_autoptr (SimHolding) before = sim_holding_copy (sim->server_holding);
  SimExchange *exchange = put_to_server (sim, call, G_MAXSIZE, is_waiting, error);
  gboolean has_lost;
  SimReply *self;

  if (exchange == NULL)
    return NULL;
  meet_code (sim, call->device);
  self = g_object_new (SIM_TYPE_REPLY, NULL);
  self->sim = sim;
  self->device = device;
  self->code = g_strdup (call->device);
  self->exchange = exchange;
  self->frames = read_request (call->body, &has_lost);
  self->before = g_steal_pointer (&before);
  self->is_waiting = is_waiting;
  take_more (self); /* the head: what the server says now, it says whoever hears it */
  return self;
}

/* I10: a request that arrives again does nothing, and is told so. */
static void
repeat_request (Sim *sim, AmendsCall *call)
{
  AmendsCall again = *call;
  g_autoptr (GError) error = NULL;
  g_autoptr (AmendsExchange) exchange = NULL;

  if (sim->server == NULL)
    return;
  exchange = test_begin_exchange (sim->server, &again, &error);
  sim_server_after (sim);
  if (exchange != NULL)
    sim_fail (sim, "I10", "device %s: a repeated request was taken", call->device);
}

static void
keep_letter (Sim *sim, const AmendsCall *call)
{
  SimLetter *letter = g_new0 (SimLetter, 1);

  letter->device = g_strdup (call->device);
  letter->request = call->request;
  letter->body_hash = g_strdup (call->body_hash);
  letter->signature = g_strdup (call->signature);
  letter->body = g_bytes_ref (call->body);
  g_ptr_array_add (sim->letters, letter);
  if (sim->letters->len > MAX_LETTERS)
    g_ptr_array_remove_index (sim->letters, 0);
}

/**
 * sim_letter_free:
 * @self: (transfer full): a request
 */
void
sim_letter_free (SimLetter *self)
{
  g_bytes_unref (self->body);
  g_free (self->device);
  g_free (self->body_hash);
  g_free (self->signature);
  g_free (self);
}

/**
 * sim_deliver_letter:
 *
 * A request of long ago arrives once more. Nobody hears the answer.
 */
void
sim_deliver_letter (Sim *self)
{
  const SimLetter *letter;
  SimExchange *exchange;
  guint8 buffer[PIECE_BYTES];
  AmendsCall call = { .path = "/v1/exchange" };

  if (self->letters->len == 0)
    return;
  letter = g_ptr_array_index (self->letters, sim_draw (self, self->letters->len));
  call.device = letter->device;
  call.request = letter->request;
  call.body_hash = letter->body_hash;
  call.signature = letter->signature;
  call.body = letter->body;
  exchange = put_to_server (self, &call, G_MAXSIZE, FALSE, NULL);
  sim_say (self, "a request of %s arrives once more: %s", call.device,
           exchange != NULL ? "taken" : "refused");
  while (exchange != NULL && exchange->exchange != NULL
         && amends_exchange_read (exchange->exchange, buffer, sizeof buffer, NULL) > 0)
    sim_server_after (self);
  if (exchange != NULL)
    exchange_free (self, exchange);
  sim_server_after (self);
}

static GInputStream *
send_over_fault (SimDevice *device, LineFault fault, AmendsCall *call, GError **error)
{
  Sim *sim = device->machine.sim;
  g_autoptr (GBytes) old = device->last_reply != NULL ? g_bytes_ref (device->last_reply) : NULL;
  gboolean is_waiting = !sim->is_calm && sim_chance (sim, sim->climate.wait);
  gsize n_up = sim_draw (sim, (guint) g_bytes_get_size (call->body));
  SimReply *reply;

  if (fault == LINE_CUT_UP)
    {
      put_to_server (sim, call, n_up, is_waiting, error);
      return NULL;
    }
  reply = exchange_whole (device, call, is_waiting, error);
  if (reply == NULL)
    return NULL;
  call->status = 200;
  if (fault == LINE_REPEAT)
    repeat_request (sim, call);
  if (fault == LINE_HALF_OPEN || fault == LINE_OLD_REPLY)
    {
      while (take_more (reply))
        continue;
      g_object_unref (reply);
      if (fault == LINE_OLD_REPLY && old != NULL)
        return g_memory_input_stream_new_from_bytes (old);
      set_error (error, AMENDS_SYNC_ERROR_OFFLINE, "No answer");
      return NULL;
    }
  if (fault == LINE_CUT_DOWN)
    reply->cut_at = sim_draw (sim, sim_chance (sim, 500) ? 1500 : 30000);
  if (fault == LINE_FLIP)
    reply->flip_at = sim_draw (sim, sim_chance (sim, 500) ? 1500 : 30000);
  return G_INPUT_STREAM (reply);
}

static GInputStream *
line_send (AmendsTransport *transport, AmendsCall *call, GCancellable *cancellable, GError **error)
{
  SimDevice *device = ((SimLine *) transport)->device;
  Sim *sim = device->machine.sim;
  LineFault fault = LINE_SOUND;

  device->n_exchanges++;
  sim_say (sim, "%s: request %" G_GUINT64_FORMAT " of %" G_GSIZE_FORMAT " bytes as %s",
           device->name, call->request, g_bytes_get_size (call->body), call->device);
  sim->now += (gint64) sim_draw (sim, 2000) * 1000;
  if (!sim->is_calm && sim_chance (sim, sim->climate.line))
    fault = (LineFault) sim_draw (sim, N_LINE_FAULTS);
  if (!sim->is_calm && sim_chance (sim, sim->climate.wait))
    sim_wait (sim);
  if (!sim->is_calm && sim_chance (sim, sim->climate.line / 4))
    keep_letter (sim, call);
  if (fault != LINE_SOUND)
    sim_say (sim, "%s: the line is %s", device->name, fault_names[fault]);
  if (fault == LINE_AWAY)
    set_error (error, AMENDS_SYNC_ERROR_OFFLINE, "No answer");
  else if (fault == LINE_PORTAL)
    set_error (error, AMENDS_SYNC_ERROR_PORTAL, "Not our server");
  else if (fault == LINE_TOO_LARGE)
    set_error (error, AMENDS_SYNC_ERROR_PROTOCOL, "Too large");
  else if (fault == LINE_BUSY)
    {
      call->retry_after_s = 1 + sim_draw (sim, 600);
      set_error (error, AMENDS_SYNC_ERROR_BUSY, "Busy");
    }
  else
    return send_over_fault (device, fault, call, error);
  return NULL;
}

static void
line_measure (AmendsTransport *transport, AmendsCall *call)
{
}

/**
 * sim_line_init:
 * @device: whose end of it this is
 */
void
sim_line_init (SimLine *self, SimDevice *device)
{
  self->base.send = line_send;
  self->base.measure = line_measure;
  self->device = device;
}

/**
 * sim_server_start:
 *
 * The server starts, if it is down.
 */
void
sim_server_start (Sim *self)
{
  g_autoptr (GError) error = NULL;

  if (self->server != NULL)
    return;
  self->server =
      amends_server_open (self->server_machine.path, &self->server_machine.environment, &error);
  if (self->server == NULL)
    sim_say (self, "the server does not start: %s", error->message);
  if (self->server == NULL && !test_disk_has_failed (self->server_machine.disk))
    sim_fail (self, "I13", "the server does not start: %s", error->message);
  if (self->follows_lost)
    sim_follow_lost (self);
}

/**
 * sim_server_stop:
 *
 * The server ends, and with it what is under way.
 */
void
sim_server_stop (Sim *self)
{
  for (guint i = 0; i < self->exchanges->len; i++)
    {
      SimExchange *exchange = g_ptr_array_index (self->exchanges, i);

      g_clear_pointer (&exchange->exchange, amends_exchange_free);
    }
  g_clear_pointer (&self->server, amends_server_close);
}

/**
 * sim_server_after:
 *
 * If the server's machine has stopped on the way: what was not synced is lost, and it starts again.
 */
void
sim_server_after (Sim *self)
{
  TestDiskLoss loss;

  if (!test_disk_is_stopped (self->server_machine.disk))
    return;
  sim_server_stop (self);
  loss = sim_draw_loss (self);
  sim_say (self, "the server's machine stops, loss %d", loss);
  test_disk_start (self->server_machine.disk, loss, self->dice);
  if (self->is_calm || sim_chance (self, 700))
    sim_server_start (self);
}
