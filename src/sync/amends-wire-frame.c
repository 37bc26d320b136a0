/* amends-wire-frame.c: what the reader and the writer of frames share (PROTOCOL.md 4)
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Text first, binary after: what compresses stands together. Reader and writer keep the same small
 * memory of a frame, from which each elided field is known: the event entry before, the last number
 * of each code, the last event of each stream. */

#include "sync/amends-wire-private.h"

#include <string.h>

/**
 * amends_frame_memory_init:
 * @self: (out): the memory of a frame that begins
 */
void
amends_frame_memory_init (AmendsFrameMemory *self)
{
  self->before = NULL;
  self->numbers = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  self->last_events = g_hash_table_new_full (amends_id_hash, amends_id_equal, NULL,
                                             (GDestroyNotify) amends_event_unref);
}

/**
 * amends_frame_memory_clear:
 * @self: a memory that is no longer needed
 */
void
amends_frame_memory_clear (AmendsFrameMemory *self)
{
  g_clear_pointer (&self->before, amends_event_unref);
  g_clear_pointer (&self->numbers, g_hash_table_unref);
  g_clear_pointer (&self->last_events, g_hash_table_unref);
}

static gpointer
pack_code (const char *code)
{
  guint packed = 0;

  for (const char *c = code; *c != '\0'; c++)
    packed = packed << 8 | (guint8) *c;
  return GUINT_TO_POINTER (packed);
}

/**
 * amends_frame_memory_next_number:
 * @code: a device
 *
 * Returns: the number that its next event has if it is the one after, or 0 if this is its first
 */
guint64
amends_frame_memory_next_number (const AmendsFrameMemory *self, const char *code)
{
  const guint64 *last = g_hash_table_lookup (self->numbers, pack_code (code));

  return last != NULL ? *last + 1 : 0;
}

/**
 * amends_frame_memory_add:
 * @event: the entry just read or written
 */
void
amends_frame_memory_add (AmendsFrameMemory *self, const AmendsEvent *event)
{
  AmendsEvent *last = amends_event_ref ((AmendsEvent *) event);
  guint64 *number = g_hash_table_lookup (self->numbers, pack_code (event->id.code));

  if (number == NULL)
    {
      number = g_new (guint64, 1);
      g_hash_table_insert (self->numbers, pack_code (event->id.code), number);
    }
  *number = event->id.number;

  g_hash_table_replace (self->last_events, &last->stream, last);
  g_clear_pointer (&self->before, amends_event_unref);
  self->before = amends_event_ref (last);
}

/**
 * amends_entry_bare_event:
 * @event: an event
 *
 * What an entry says that is a digest and proves nothing: whose the event is and where it was written. Which stream it
 * is of and what it came after nobody could check, so they are its own id and none.
 * Returns: (transfer full): the event
 */
AmendsEvent *
amends_entry_bare_event (const AmendsEvent *event)
{
  return amends_event_new_erased (&event->id, event->feed, &event->id, NULL, 0, event->digest,
                                  NULL);
}

/**
 * amends_entry_digest:
 * @self: an entry that is not %AMENDS_ENTRY_OWN: those digests are in the device's own log
 * @ret_digest: (out): what the feed hash takes in
 */
void
amends_entry_digest (const AmendsEntry *self, AmendsDigest *ret_digest)
{
  g_return_if_fail (self->kind != AMENDS_ENTRY_OWN);

  if (self->event != NULL)
    memcpy (ret_digest->bytes, self->event->digest, sizeof ret_digest->bytes);
  else
    amends_chain_mark_digest (ret_digest, self->kind, &self->id);
}

static void
clear_entry (gpointer data)
{
  AmendsEntry *entry = data;

  g_clear_pointer (&entry->event, amends_event_unref);
}

/**
 * amends_frame_new:
 *
 * Returns: (transfer full): a frame with nothing in it
 */
AmendsFrame *
amends_frame_new (void)
{
  AmendsFrame *self = g_new0 (AmendsFrame, 1);

  self->entries = g_array_new (FALSE, TRUE, sizeof (AmendsEntry));
  g_array_set_clear_func (self->entries, clear_entry);
  self->statements = g_ptr_array_new_with_free_func ((GDestroyNotify) amends_statement_free);
  return self;
}

/**
 * amends_frame_free:
 * @self: (nullable) (transfer full): a frame
 */
void
amends_frame_free (AmendsFrame *self)
{
  if (self == NULL)
    return;
  g_free (self->feed);
  g_array_unref (self->entries);
  g_ptr_array_unref (self->statements);
  g_free (self);
}
