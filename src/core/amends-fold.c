/* amends-fold.c: the order of a stream, and which writes stand in it
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/amends-fold.h"

#include <string.h>

/* Ancestors are kept as one row of numbers for each event: for each device of the stream, how many of
 * its events in the stream (in the order of their numbers) come before or are this one. That is enough
 * because an event comes after all earlier ones of its own device, and it makes "is a before b" one
 * comparison. */
struct _AmendsFold
{
  guint n_events;
  AmendsEvent **events; /* (owned): by place */
  guint *device;        /* by place: index of the device */
  guint *rank;          /* by place: 1 for the first event of its device in the stream */
  guint n_devices;
  guint *seen; /* n_events rows of n_devices numbers */
  gboolean *in_cycle;
  gboolean *is_parent; /* by place: whether another event comes after it */
  guint n_missing;
};

typedef struct
{
  guint n_events;
  AmendsEvent **sorted; /* by id, no duplicates */
  guint *device;        /* by index in sorted */
  guint *rank;
  guint *n_waits;     /* parents not yet placed */
  GArray **children;  /* (nullable) */
  GArray *ready;      /* a heap of indices: the lowest id first */
  guint *place;       /* by index: its place once given, else G_MAXUINT */
  gboolean *in_cycle; /* by index */
} Sorter;

/* By id; two under one id, which only a broken device writes, by digest: no order depends on which
 * arrived first. */
static int
compare_events (gconstpointer a, gconstpointer b)
{
  const AmendsEvent *const *left = a;
  const AmendsEvent *const *right = b;
  int order = amends_id_compare (&(*left)->id, &(*right)->id);

  return order != 0 ? order : memcmp ((*left)->digest, (*right)->digest, AMENDS_DIGEST_BYTES);
}

/* Index of @id in the sorted events, or G_MAXUINT. */
static guint
find_event (const Sorter *sorter, const AmendsId *id)
{
  guint low = 0, high = sorter->n_events;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;
      int order = amends_id_compare (&sorter->sorted[middle]->id, id);

      if (order == 0)
        return middle;
      if (order < 0)
        low = middle + 1;
      else
        high = middle;
    }
  return G_MAXUINT;
}

static void
push_ready (Sorter *sorter, guint index)
{
  guint at = sorter->ready->len;
  guint *heap;

  g_array_append_val (sorter->ready, index);
  heap = (guint *) sorter->ready->data;
  while (at > 0 && heap[(at - 1) / 2] > heap[at])
    {
      guint parent = (at - 1) / 2;
      guint swap = heap[parent];

      heap[parent] = heap[at];
      heap[at] = swap;
      at = parent;
    }
}

static guint
pop_ready (Sorter *sorter)
{
  guint *heap = (guint *) sorter->ready->data;
  guint lowest = heap[0];
  guint n = sorter->ready->len - 1;
  guint at = 0;

  heap[0] = heap[n];
  g_array_set_size (sorter->ready, n);
  for (;;)
    {
      guint child = 2 * at + 1;
      guint swap;

      if (child >= n)
        return lowest;
      if (child + 1 < n && heap[child + 1] < heap[child])
        child++;
      if (heap[at] <= heap[child])
        return lowest;
      swap = heap[at];
      heap[at] = heap[child];
      heap[child] = swap;
      at = child;
    }
}

static void
add_parent (Sorter *sorter, guint child, guint parent)
{
  if (sorter->children[parent] == NULL)
    sorter->children[parent] = g_array_new (FALSE, FALSE, sizeof (guint));
  g_array_append_val (sorter->children[parent], child);
  sorter->n_waits[child]++;
}

static void
sorter_init (Sorter *sorter, AmendsFold *fold, AmendsEvent *const *events, guint n_events)
{
  memset (sorter, 0, sizeof *sorter);
  sorter->sorted = g_memdup2 (events, n_events * sizeof *events);
  if (n_events > 1)
    qsort (sorter->sorted, n_events, sizeof *sorter->sorted, compare_events);
  for (guint i = 0; i < n_events; i++)
    if (sorter->n_events == 0
        || !amends_id_equal (&sorter->sorted[sorter->n_events - 1]->id, &sorter->sorted[i]->id))
      sorter->sorted[sorter->n_events++] = sorter->sorted[i];

  sorter->device = g_new0 (guint, n_events);
  sorter->rank = g_new0 (guint, n_events);
  sorter->n_waits = g_new0 (guint, n_events);
  sorter->children = g_new0 (GArray *, n_events);
  sorter->place = g_new (guint, n_events);
  sorter->in_cycle = g_new0 (gboolean, n_events);
  sorter->ready = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < sorter->n_events; i++)
    {
      gboolean same =
          i > 0 && strcmp (sorter->sorted[i - 1]->id.code, sorter->sorted[i]->id.code) == 0;

      sorter->place[i] = G_MAXUINT;
      sorter->device[i] = same ? sorter->device[i - 1] : fold->n_devices++;
      sorter->rank[i] = same ? sorter->rank[i - 1] + 1 : 1;
      if (same)
        add_parent (sorter, i, i - 1);
    }
}

static void
sorter_link (Sorter *sorter, AmendsFold *fold)
{
  g_autoptr (GHashTable) missing = g_hash_table_new (amends_id_hash, amends_id_equal);

  for (guint i = 0; i < sorter->n_events; i++)
    {
      const AmendsEvent *event = sorter->sorted[i];

      for (guint j = 0; j < event->n_after; j++)
        {
          guint parent = find_event (sorter, &event->after[j]);

          if (parent == G_MAXUINT)
            g_hash_table_add (missing, &event->after[j]);
          else if (sorter->device[parent] != sorter->device[i])
            add_parent (sorter, i, parent);
        }
    }
  fold->n_missing = g_hash_table_size (missing);
  for (guint i = 0; i < sorter->n_events; i++)
    if (sorter->n_waits[i] == 0)
      push_ready (sorter, i);
}

static void
merge_seen (AmendsFold *fold, guint place, guint parent_place)
{
  guint *row = fold->seen + (gsize) place * fold->n_devices;
  const guint *parent = fold->seen + (gsize) parent_place * fold->n_devices;

  fold->is_parent[parent_place] = TRUE;
  for (guint d = 0; d < fold->n_devices; d++)
    row[d] = MAX (row[d], parent[d]);
}

/* Whether @parent has a say over @child: in a cycle only a device's own earlier events have. */
static gboolean
is_heeded (const Sorter *sorter, guint parent, guint child)
{
  return !(sorter->in_cycle[parent] && sorter->in_cycle[child])
         || sorter->device[parent] == sorter->device[child];
}

/* Gives event @index the next @place. */
static void
place_event (Sorter *sorter, AmendsFold *fold, guint index, guint place)
{
  const AmendsEvent *event = sorter->sorted[index];

  sorter->place[index] = place;
  fold->events[place] = amends_event_ref (sorter->sorted[index]);
  fold->device[place] = sorter->device[index];
  fold->rank[place] = sorter->rank[index];

  fold->in_cycle[place] = sorter->in_cycle[index];

  if (index > 0 && sorter->device[index - 1] == sorter->device[index])
    merge_seen (fold, place, sorter->place[index - 1]);
  for (guint j = 0; j < event->n_after; j++)
    {
      guint parent = find_event (sorter, &event->after[j]);

      if (parent != G_MAXUINT && parent != index && is_heeded (sorter, parent, index))
        merge_seen (fold, place, sorter->place[parent]);
    }
  fold->seen[(gsize) place * fold->n_devices + fold->device[place]] = fold->rank[place];

  if (sorter->children[index] == NULL)
    return;
  for (guint c = 0; c < sorter->children[index]->len; c++)
    {
      guint child = g_array_index (sorter->children[index], guint, c);

      if (is_heeded (sorter, index, child) && --sorter->n_waits[child] == 0)
        push_ready (sorter, child);
    }
}

/* How many of those after @index have no place yet. */
static guint
count_waiting_children (const Sorter *sorter, guint index)
{
  guint n_waiting = 0;

  for (guint c = 0; sorter->children[index] != NULL && c < sorter->children[index]->len; c++)
    n_waiting += sorter->place[g_array_index (sorter->children[index], guint, c)] == G_MAXUINT;
  return n_waiting;
}

static void
forget_child (const Sorter *sorter, guint *n_children, GArray *childless, guint parent)
{
  if (sorter->place[parent] == G_MAXUINT && --n_children[parent] == 0)
    g_array_append_val (childless, parent);
}

/* Those that no longer heed @index wait for one less. */
static void
release_from_cycle (Sorter *sorter, guint index)
{
  for (guint c = 0; sorter->children[index] != NULL && c < sorter->children[index]->len; c++)
    {
      guint child = g_array_index (sorter->children[index], guint, c);

      if (!is_heeded (sorter, index, child) && --sorter->n_waits[child] == 0)
        push_ready (sorter, child);
    }
}

/* Nothing is ready, so what has no place is in a cycle or after one. Those with nothing after them,
 * and what then has nothing after it, are after one. The others are in one: from now on they heed
 * no parent in it but their own device's. */
static void
find_cycles (Sorter *sorter)
{
  g_autofree guint *n_children = g_new0 (guint, sorter->n_events);
  g_autoptr (GArray) childless = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < sorter->n_events; i++)
    {
      n_children[i] = count_waiting_children (sorter, i);
      if (sorter->place[i] == G_MAXUINT && n_children[i] == 0)
        g_array_append_val (childless, i);
    }
  for (guint next = 0; next < childless->len; next++)
    {
      guint i = g_array_index (childless, guint, next);
      const AmendsEvent *event = sorter->sorted[i];

      if (i > 0 && sorter->device[i - 1] == sorter->device[i])
        forget_child (sorter, n_children, childless, i - 1);
      for (guint j = 0; j < event->n_after; j++)
        {
          guint parent = find_event (sorter, &event->after[j]);

          if (parent != G_MAXUINT && sorter->device[parent] != sorter->device[i])
            forget_child (sorter, n_children, childless, parent);
        }
    }

  for (guint i = 0; i < sorter->n_events; i++)
    sorter->in_cycle[i] = n_children[i] > 0 && sorter->place[i] == G_MAXUINT;
  for (guint i = 0; i < sorter->n_events; i++)
    if (sorter->in_cycle[i])
      release_from_cycle (sorter, i);
}

static void
sorter_run (Sorter *sorter, AmendsFold *fold)
{
  guint place = 0;

  while (place < sorter->n_events)
    {
      if (sorter->ready->len == 0)
        find_cycles (sorter);
      place_event (sorter, fold, pop_ready (sorter), place);
      place++;
    }
}

static void
sorter_clear (Sorter *sorter)
{
  for (guint i = 0; i < sorter->n_events; i++)
    if (sorter->children[i] != NULL)
      g_array_unref (sorter->children[i]);
  g_free (sorter->children);
  g_free (sorter->sorted);
  g_free (sorter->device);
  g_free (sorter->rank);
  g_free (sorter->n_waits);
  g_free (sorter->place);
  g_free (sorter->in_cycle);
  g_array_unref (sorter->ready);
}

/**
 * amends_fold_new:
 * @events: (array length=n_events): events of one stream, in any order, repeats allowed
 * @n_events: how many
 *
 * Returns: (transfer full): their order; it holds a reference on each
 */
AmendsFold *
amends_fold_new (AmendsEvent *const *events, guint n_events)
{
  AmendsFold *self = g_new0 (AmendsFold, 1);
  Sorter sorter;

  sorter_init (&sorter, self, events, n_events);
  self->n_events = sorter.n_events;
  self->events = g_new0 (AmendsEvent *, self->n_events);
  self->device = g_new0 (guint, self->n_events);
  self->rank = g_new0 (guint, self->n_events);
  self->in_cycle = g_new0 (gboolean, self->n_events);
  self->is_parent = g_new0 (gboolean, self->n_events);
  self->seen = g_malloc0_n ((gsize) self->n_events * self->n_devices, sizeof (guint));

  sorter_link (&sorter, self);
  sorter_run (&sorter, self);
  sorter_clear (&sorter);
  return self;
}

/**
 * amends_fold_free:
 * @self: (nullable) (transfer full): a fold
 */
void
amends_fold_free (AmendsFold *self)
{
  if (self == NULL)
    return;
  for (guint i = 0; i < self->n_events; i++)
    amends_event_unref (self->events[i]);
  g_free (self->events);
  g_free (self->device);
  g_free (self->rank);
  g_free (self->in_cycle);
  g_free (self->is_parent);
  g_free (self->seen);
  g_free (self);
}

/**
 * amends_fold_get_n_events:
 *
 * Returns: how many events, each once
 */
guint
amends_fold_get_n_events (const AmendsFold *self)
{
  return self->n_events;
}

/**
 * amends_fold_get_event:
 * @place: from 0
 *
 * Returns: (transfer none): the event there
 */
AmendsEvent *
amends_fold_get_event (const AmendsFold *self, guint place)
{
  g_return_val_if_fail (place < self->n_events, NULL);

  return self->events[place];
}

/**
 * amends_fold_is_in_cycle:
 *
 * Returns: whether the event at @place says that it comes after one that comes after it, or stands
 * between two that do
 */
gboolean
amends_fold_is_in_cycle (const AmendsFold *self, guint place)
{
  g_return_val_if_fail (place < self->n_events, FALSE);

  return self->in_cycle[place];
}

/**
 * amends_fold_is_before:
 * @ancestor: a place
 * @descendant: a place
 *
 * Returns: whether the author of @descendant had seen @ancestor
 */
gboolean
amends_fold_is_before (const AmendsFold *self, guint ancestor, guint descendant)
{
  g_return_val_if_fail (ancestor < self->n_events && descendant < self->n_events, FALSE);

  if (ancestor == descendant)
    return FALSE;
  return self->seen[(gsize) descendant * self->n_devices + self->device[ancestor]]
         >= self->rank[ancestor];
}

/**
 * amends_fold_get_n_missing:
 *
 * Returns: how many parents are named that are not held
 */
guint
amends_fold_get_n_missing (const AmendsFold *self)
{
  return self->n_missing;
}

/**
 * amends_fold_get_heads:
 * @ret_n_heads: (out): how many, at most %AMENDS_EVENT_MAX_AFTER
 *
 * Returns: (transfer full) (array length=ret_n_heads): the ids that no other event comes after,
 * ascending; if there are more than an event may name, the last ones
 */
AmendsId *
amends_fold_get_heads (const AmendsFold *self, guint *ret_n_heads)
{
  g_autoptr (GArray) heads = g_array_new (FALSE, FALSE, sizeof (AmendsId));

  for (guint i = 0; i < self->n_events; i++)
    if (!self->is_parent[i])
      g_array_append_val (heads, self->events[i]->id);
  if (heads->len > AMENDS_EVENT_MAX_AFTER)
    g_array_remove_range (heads, 0, heads->len - AMENDS_EVENT_MAX_AFTER);
  g_array_sort (heads, (GCompareFunc) amends_id_compare);

  *ret_n_heads = heads->len;
  return (AmendsId *) g_array_steal (heads, NULL);
}

struct _AmendsFields
{
  const AmendsFold *fold;
  GPtrArray *fields;   /* element-type AmendsField, in the order of first writing */
  GHashTable *by_name; /* name (owned by the field) -> field */
};

static void
clear_write (gpointer data)
{
  AmendsWrite *write = data;

  json_decref (write->value);
}

static void
field_free (gpointer data)
{
  AmendsField *field = data;

  g_array_unref (field->writes);
  g_clear_pointer (&field->cautious, json_decref);
  g_free (field->name);
  g_free (field);
}

/**
 * amends_fields_new:
 * @fold: the order; must outlive the fields
 *
 * Returns: (transfer full): no fields yet
 */
AmendsFields *
amends_fields_new (const AmendsFold *fold)
{
  AmendsFields *self = g_new0 (AmendsFields, 1);

  self->fold = fold;
  self->fields = g_ptr_array_new_with_free_func (field_free);
  self->by_name = g_hash_table_new (g_str_hash, g_str_equal);
  return self;
}

/**
 * amends_fields_free:
 * @self: (nullable) (transfer full): fields
 */
void
amends_fields_free (AmendsFields *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->by_name);
  g_ptr_array_unref (self->fields);
  g_free (self);
}

/* ---------------------------------------------------------------- safety first */

/* Whether nobody may come to harm by it that it is shown rather than another. */
static gboolean
is_about_safety (const char *name)
{
  return g_str_equal (name, "ask_first") || g_str_equal (name, "complainant.safe_contact")
         || (g_str_has_prefix (name, "others.") && g_str_has_suffix (name, ".safe_contact"));
}

/* Lists that warn, as of who is not to be rung: every line of every version counts. Others allow, as what is safe: a line
 * counts that is in all of them. */
static gboolean
warns (const char *key)
{
  return g_str_equal (key, "not") || g_str_equal (key, "shared_with");
}

/* A form takes fewer. More are of a device that means harm, and are not looked through each time. */
#define MAX_SAFETY_LINES 100

static gsize
count_lines (const json_t *list)
{
  return MIN (json_array_size (list), MAX_SAFETY_LINES);
}

static gboolean
has_line (const json_t *list, const json_t *line)
{
  for (gsize i = 0; i < count_lines (list); i++)
    if (json_equal (json_array_get (list, i), line))
      return TRUE;
  return FALSE;
}

static void
join_lines (json_t *kept, const json_t *lines, gboolean is_warning)
{
  for (gsize i = 0; is_warning && i < count_lines (lines); i++)
    if (!has_line (kept, json_array_get (lines, i)))
      json_array_append (kept, json_array_get (lines, i));
  for (gsize i = count_lines (kept); !is_warning && i-- > 0;)
    if (!has_line (lines, json_array_get (kept, i)))
      json_array_remove (kept, i);
}

/* What @other says and @cautious does not, such as whom to ask, is taken over. */
static void
be_more_cautious (json_t *cautious, const json_t *other)
{
  const char *key;
  json_t *value;

  json_object_foreach ((json_t *) other, key, value)
    {
      json_t *kept = json_object_get (cautious, key);

      if (json_is_array (kept) && json_is_array (value))
        join_lines (kept, value, warns (key));
      else if (kept == NULL || json_is_null (kept))
        json_object_set_new (cautious, key, json_deep_copy (value));
    }
}

/* Security, I15: a warning does not disappear because somebody else wrote while apart. Where there is room for one
 * version of what is about safety, it is made of all, until a person settles it. Of what holds one thing alone, as who is
 * asked first, the lowest id's stays: amends_case_list_ask_first() has all. */
static void
follow_caution (AmendsField *field, const AmendsFold *fold)
{
  g_clear_pointer (&field->cautious, json_decref);
  if (!is_about_safety (field->name) || !amends_field_is_in_conflict (field))
    return;
  field->cautious = json_deep_copy (amends_field_get_shown (field, fold)->value);
  if (!json_is_object (field->cautious))
    {
      json_decref (field->cautious);
      field->cautious = json_object ();
    }
  for (guint i = 0; i < field->writes->len; i++)
    {
      const json_t *value = g_array_index (field->writes, AmendsWrite, i).value;

      if (json_is_object (value))
        be_more_cautious (field->cautious, value);
    }
}

/**
 * amends_fields_write:
 * @name: the field
 * @place: of the event that writes it; calls come in the fold's order
 * @value: (transfer full): what it writes
 *
 * The write takes the place of those that its author had seen, and stands beside the others.
 */
void
amends_fields_write (AmendsFields *self, const char *name, guint place, json_t *value)
{
  AmendsField *field = g_hash_table_lookup (self->by_name, name);
  AmendsWrite write = { place, value };

  if (field == NULL)
    {
      field = g_new0 (AmendsField, 1);
      field->name = g_strdup (name);
      field->writes = g_array_new (FALSE, FALSE, sizeof (AmendsWrite));
      g_array_set_clear_func (field->writes, clear_write);
      g_ptr_array_add (self->fields, field);
      g_hash_table_insert (self->by_name, field->name, field);
    }

  for (guint i = field->writes->len; i-- > 0;)
    {
      guint earlier = g_array_index (field->writes, AmendsWrite, i).place;

      if (earlier == place || amends_fold_is_before (self->fold, earlier, place))
        g_array_remove_index (field->writes, i);
    }
  g_array_append_val (field->writes, write);
  follow_caution (field, self->fold);
}

/**
 * amends_fields_get:
 *
 * Returns: (transfer none) (nullable): the field, %NULL if nobody wrote it
 */
const AmendsField *
amends_fields_get (const AmendsFields *self, const char *name)
{
  return g_hash_table_lookup (self->by_name, name);
}

/**
 * amends_fields_get_nth:
 *
 * Returns: (transfer none): the field
 */
const AmendsField *
amends_fields_get_nth (const AmendsFields *self, guint n)
{
  g_return_val_if_fail (n < self->fields->len, NULL);

  return g_ptr_array_index (self->fields, n);
}

/**
 * amends_fields_get_n_fields:
 *
 * Returns: how many fields were written
 */
guint
amends_fields_get_n_fields (const AmendsFields *self)
{
  return self->fields->len;
}

/**
 * amends_field_is_in_conflict:
 *
 * Returns: whether two different values stand in @field
 */
gboolean
amends_field_is_in_conflict (const AmendsField *field)
{
  const AmendsWrite *first = &g_array_index (field->writes, AmendsWrite, 0);

  for (guint i = 1; i < field->writes->len; i++)
    if (!json_equal (g_array_index (field->writes, AmendsWrite, i).value, first->value))
      return TRUE;
  return FALSE;
}

/**
 * amends_field_get_shown:
 *
 * Returns: (transfer none): the write that is shown where there is room for one: the lowest id's
 */
const AmendsWrite *
amends_field_get_shown (const AmendsField *field, const AmendsFold *fold)
{
  const AmendsWrite *shown = &g_array_index (field->writes, AmendsWrite, 0);

  for (guint i = 1; i < field->writes->len; i++)
    {
      const AmendsWrite *write = &g_array_index (field->writes, AmendsWrite, i);

      if (amends_id_compare (&amends_fold_get_event (fold, write->place)->id,
                             &amends_fold_get_event (fold, shown->place)->id)
          < 0)
        shown = write;
    }
  return shown;
}

/**
 * amends_field_get_value:
 *
 * Returns: (transfer none): what is shown where there is room for one value: what amends_field_get_shown() wrote; of
 *   what is about safety, and in conflict, the lines of all versions that warn, and of what has room for one thing the
 *   lowest id's
 */
const json_t *
amends_field_get_value (const AmendsField *field, const AmendsFold *fold)
{
  return field->cautious != NULL ? field->cautious : amends_field_get_shown (field, fold)->value;
}
