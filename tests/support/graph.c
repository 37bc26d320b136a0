/* graph.c: events of one stream from a line of text
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "support/graph.h"

#include <string.h>

static AmendsEvent *
event_new (const char *id_text, const char *after_text, const char *body_text)
{
  static const guint8 salt[AMENDS_SALT_BYTES] = { 0 };
  static const guint8 digest[AMENDS_DIGEST_BYTES] = { 0 };
  g_autoptr (GError) error = NULL;
  g_autofree AmendsId *after = NULL;
  AmendsEvent *event;
  AmendsId id, stream;
  guint n_after;

  g_assert_true (amends_id_parse (id_text, &id, NULL));
  g_assert_true (amends_id_parse (TEST_STREAM, &stream, NULL));
  after = amends_after_parse (after_text, strlen (after_text), &n_after, &error);
  g_assert_no_error (error);
  if (body_text != NULL)
    {
      g_autoptr (GBytes) body = g_bytes_new (body_text, strlen (body_text));

      event = amends_event_new (&id, "s.oak", &stream, after, n_after, salt, body, &error);
    }
  else
    event = amends_event_new_erased (&id, "s.oak", &stream, after, n_after, digest, &error);
  g_assert_no_error (error);
  return event;
}

/**
 * test_event_new:
 * @id: "7K.2"
 * @after: ids between commas, ascending; "" for none
 * @body: one JSON object
 *
 * Returns: (transfer full): the event
 */
AmendsEvent *
test_event_new (const char *id, const char *after, const char *body)
{
  return event_new (id, after, body);
}

/**
 * test_event_new_erased:
 *
 * Returns: (transfer full): an event whose body is gone
 */
AmendsEvent *
test_event_new_erased (const char *id, const char *after)
{
  return event_new (id, after, NULL);
}

/**
 * test_graph_new:
 * @text: events between blanks, each an id and, after "<", the ids that it comes after:
 *   "2A.1 7K.1<2A.1 2A.2<2A.1,7K.1"
 *
 * Returns: (transfer full) (element-type AmendsEvent): the events, in the order they stand there
 */
GPtrArray *
test_graph_new (const char *text)
{
  GPtrArray *events = g_ptr_array_new_with_free_func ((GDestroyNotify) amends_event_unref);
  g_auto (GStrv) words = g_strsplit (text, " ", -1);

  for (guint i = 0; words[i] != NULL; i++)
    {
      g_auto (GStrv) halves = g_strsplit (words[i], "<", 2);

      g_ptr_array_add (events,
                       test_event_new (halves[0], halves[1] != NULL ? halves[1] : "", "{}"));
    }
  return events;
}

/**
 * test_ids_format:
 *
 * Returns: (transfer full): the events' ids between blanks
 */
char *
test_ids_format (AmendsEvent *const *events, guint n_events)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < n_events; i++)
    {
      char id[AMENDS_ID_BUFFER];

      amends_id_format_to (&events[i]->id, id);
      g_string_append_printf (text, "%s%s", i > 0 ? " " : "", id);
    }
  return g_string_free (text, FALSE);
}

/**
 * test_permute:
 * @order: (inout) (array length=n): numbers, at first ascending
 * @n: how many
 *
 * Returns: whether @order is now the next permutation; %FALSE after the last
 */
gboolean
test_permute (guint *order, guint n)
{
  guint at = n, with = n;
  guint swap;

  for (guint i = 1; i < n; i++)
    if (order[i - 1] < order[i])
      at = i - 1;
  if (at >= n)
    return FALSE;
  for (guint i = at + 1; i < n; i++)
    if (order[i] > order[at])
      with = i;
  swap = order[at];
  order[at] = order[with];
  order[with] = swap;
  for (guint low = at + 1, high = n - 1; low < high; low++, high--)
    {
      swap = order[low];
      order[low] = order[high];
      order[high] = swap;
    }
  return TRUE;
}

/**
 * test_shuffle:
 * @items: (inout) (array length=n_items): whatever
 *
 * From the seed that the test program prints.
 */
void
test_shuffle (gpointer *items, guint n_items)
{
  for (guint i = n_items; i > 1; i--)
    {
      guint with = (guint) g_test_rand_int_range (0, (gint32) i);
      gpointer swap = items[i - 1];

      items[i - 1] = items[with];
      items[with] = swap;
    }
}
