/* amends-server-log.c: feeds, and the server's own events in ctl (PROTOCOL.md 8)
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "core/amends-instant.h"
#include "core/amends-json.h"
#include "server/amends-server-private.h"

gboolean
amends_server_need_feed (AmendsServerStore *store,
                         const char *name,
                         AmendsServerFeed *ret_feed,
                         GError **error)
{
  AmendsServerFeed feed = { 0 };

  if (!store->get_feed (store, name, ret_feed, error))
    return FALSE;
  if (ret_feed->id != 0)
    return TRUE;
  g_strlcpy (feed.name, name, sizeof feed.name);
  if (!store->put_feed (store, &feed, error))
    return FALSE;
  *ret_feed = feed;
  return TRUE;
}

gboolean
amends_server_append_event (AmendsServer *self,
                            AmendsServerFeed *feed,
                            const AmendsServerEvent *record,
                            const AmendsEvent *event,
                            GError **error)
{
  AmendsServerEntry entry = { .kind = AMENDS_ENTRY_EVENT, .row = record->row };

  amends_chain_step (&feed->hash, event->digest);
  feed->position++;
  entry.position = feed->position;
  entry.hash = feed->hash;
  entry.logged_at_s = amends_environment_now (&self->environment) / G_USEC_PER_SEC;
  return self->store->add_entry (self->store, feed->id, &entry, error);
}

gboolean
amends_server_log_begin (AmendsServerLog *self, AmendsServer *server, GError **error)
{
  AmendsServerStore *store = server->store;

  self->server = server;
  if (!store->hold_device (store, "0", &self->device, error)
      || !amends_server_need_feed (store, "ctl", &self->feed, error)
      || !store->hold_feed (store, "ctl", &self->feed, error)
      || !store->get_chain (store, self->device.id, self->feed.id, &self->chain, error))
    return FALSE;
  if (self->chain.nth == 0)
    amends_chain_begin (&self->chain.hash, server->organisation, server->signing_key, "ctl");
  return TRUE;
}

/* The body as it is signed: type and instant first. */
static GBytes *
make_body (const AmendsServerLog *self, const char *type, json_t *fields)
{
  char at[AMENDS_INSTANT_TEXT_SIZE];
  json_t *body;
  GBytes *bytes;

  amends_instant_format_to (amends_environment_now (&self->server->environment), at);
  body = json_pack ("{s:s, s:s}", "type", type, "at", at);
  if (self->lost_at != 0)
    json_object_set_new (body, "lost", amends_instant_to_json (self->lost_at));
  json_object_update (body, fields);
  bytes = amends_json_dump (body);
  json_decref (body);
  json_decref (fields);
  return bytes;
}

/* @stream: number of the event that began it; 0 if this one begins one. @head: of the one before it
 * there. @body: (transfer full): the fields beside type and instant. */
gboolean
amends_server_log_append (AmendsServerLog *self,
                          const char *type,
                          guint64 stream,
                          guint64 head,
                          json_t *body,
                          guint64 *ret_number,
                          GError **error)
{
  AmendsServer *server = self->server;
  AmendsServerStore *store = server->store;
  g_autoptr (GBytes) bytes = make_body (self, type, body);
  g_autoptr (AmendsEvent) event = NULL;
  AmendsServerEvent record = { .device = self->device.id, .feed = self->feed.id };
  guint8 salt[AMENDS_SALT_BYTES];
  AmendsId id, stream_id, after;

  record.number = self->device.number + 1;
  record.nth = self->chain.nth + 1;
  amends_id_init (&id, "0", record.number);
  amends_id_init (&stream_id, "0", stream != 0 ? stream : record.number);
  amends_id_init (&after, "0", head != 0 ? head : 1);
  amends_environment_random (&server->environment, salt, sizeof salt);
  event =
      amends_event_new (&id, "ctl", &stream_id, &after, stream != 0 ? 1 : 0, salt, bytes, error);
  if (event == NULL || !store->add_event (store, &record, event, error)
      || !amends_server_append_event (server, &self->feed, &record, event, error))
    return FALSE;

  self->device.number = record.number;
  amends_chain_step (&self->device.trunk, event->digest);
  self->chain.number = record.number;
  self->chain.nth = record.nth;
  amends_chain_step (&self->chain.hash, event->digest);
  self->n_events++;
  *ret_number = record.number;
  return TRUE;
}

gboolean
amends_server_log_end (AmendsServerLog *self, GError **error)
{
  AmendsServerStore *store = self->server->store;
  g_autoptr (AmendsStatement) statement = NULL;
  AmendsServerLeaf leaf = { self->feed.id, self->chain.nth };

  if (self->n_events == 0)
    return TRUE;
  statement = amends_statement_new ("0", self->device.number);
  amends_statement_add (statement, "ctl", &self->chain.hash);
  amends_statement_sign (statement, self->server->signing_secret);
  return store->add_statement (store, self->device.id, statement, &leaf, 1, error)
         && store->put_chain (store, self->device.id, self->feed.id, &self->chain, error)
         && store->put_device (store, &self->device, error)
         && store->put_feed (store, &self->feed, error);
}
