/* test-fold.c: one order and one set of standing writes, however events arrive
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The fold is the merge: "topological by after, ties by id, and total". The property tests hold it
 * against the definition of "comes after", written here the slow way; g_test_rand_int() prints its
 * seed. */

#include <string.h>

#include "core/amends-fold.h"
#include "support/graph.h"

/* The fold as text: the order, an event in a cycle in brackets, the heads, how many are missing. */
static char *
describe (AmendsEvent *const *events, guint n_events)
{
  g_autoptr (AmendsFold) fold = amends_fold_new (events, n_events);
  GString *text = g_string_new (NULL);
  g_autofree char *head_text = NULL;
  guint n_heads;
  g_autofree AmendsId *heads = amends_fold_get_heads (fold, &n_heads);

  for (guint i = 0; i < amends_fold_get_n_events (fold); i++)
    {
      char id[AMENDS_ID_BUFFER];

      amends_id_format_to (&amends_fold_get_event (fold, i)->id, id);
      g_string_append_printf (text, amends_fold_is_in_cycle (fold, i) ? "[%s] " : "%s ", id);
    }
  head_text = amends_after_format (heads, n_heads);
  g_string_append_printf (text, "| %s | %u", head_text, amends_fold_get_n_missing (fold));
  return g_string_free (text, FALSE);
}

static const struct
{
  const char *name;
  const char *graph;
  const char *fold;
} rows[] = {
  { "one", "2A.1", "2A.1 | 2A.1 | 0" },
  { "line", "2A.1 7K.1<2A.1 2A.2<7K.1", "2A.1 7K.1 2A.2 | 2A.2 | 0" },
  /* Ties by id: code, then number, as numbers and not as text. */
  { "ties", "2A.1 9M.3<2A.1 7K.10<2A.1 7K.9<2A.1", "2A.1 7K.9 7K.10 9M.3 | 7K.10,9M.3 | 0" },
  { "diamond", "2A.1 7K.1<2A.1 9M.1<2A.1 2A.2<7K.1,9M.1", "2A.1 7K.1 9M.1 2A.2 | 2A.2 | 0" },
  /* The lowest id that may stand next stands next: 3C.1 waits for 9M.1, and 7K.1 does not. */
  { "lowest-ready", "2A.1 9M.1<2A.1 3C.1<9M.1 7K.1<2A.1", "2A.1 7K.1 9M.1 3C.1 | 3C.1,7K.1 | 0" },
  /* An event comes after its own device's earlier ones, named or not. */
  { "own-implied", "2A.1 7K.1<2A.1 7K.2<2A.1 9M.1<7K.2", "2A.1 7K.1 7K.2 9M.1 | 9M.1 | 0" },
  /* Pitfall 19: a parent that is not held is counted, once, and has no other say. */
  { "missing", "2A.1 7K.1<3C.1 9M.1<2A.1,3C.1 9M.2<3C.2", "2A.1 7K.1 9M.1 9M.2 | 7K.1,9M.2 | 2" },
  { "missing-root", "7K.1<2A.1 9M.1<2A.1,7K.1", "7K.1 9M.1 | 9M.1 | 1" },
  { "missing-own", "2A.1 7K.4<7K.2", "2A.1 7K.4 | 2A.1,7K.4 | 1" },
  { "twice", "2A.1 7K.1<2A.1 7K.1<2A.1 2A.1", "2A.1 7K.1 | 7K.1 | 0" },
  /* What stands in a cycle is taken in id order and marked; what comes after it is not in it. */
  { "cycle", "2A.1 7K.1<9M.1 9M.1<7K.1", "2A.1 [7K.1] [9M.1] | 2A.1,7K.1,9M.1 | 0" },
  { "after-cycle", "2A.1 7K.1<9M.1 9M.1<7K.1 3C.1<9M.1",
    "2A.1 [7K.1] [9M.1] 3C.1 | 2A.1,3C.1,7K.1 | 0" },
  { "cycle-of-three", "2A.1 9M.1<7K.1 7K.1<3C.1 3C.1<9M.1 2A.2<2A.1,7K.1",
    "2A.1 [3C.1] [7K.1] 2A.2 [9M.1] | 2A.2,3C.1,9M.1 | 0" },
  { "cycle-over-own", "2A.1 7K.1<9M.1 7K.2<2A.1 9M.1<7K.2",
    "2A.1 [7K.1] [7K.2] [9M.1] | 7K.2,9M.1 | 0" },
  { "two-cycles", "2A.1 7K.1<9M.1 9M.1<7K.1 3C.1<5E.1 5E.1<3C.1",
    "2A.1 [3C.1] [5E.1] [7K.1] [9M.1] | 2A.1,3C.1,5E.1,7K.1,9M.1 | 0" },
};

/* Design, 3: the order and the heads, for every order of arrival. */
static void
test_order (gconstpointer data)
{
  guint n = GPOINTER_TO_UINT (data);
  g_autoptr (GPtrArray) events = test_graph_new (rows[n].graph);
  g_autofree gpointer *arrived = g_memdup2 (events->pdata, events->len * sizeof (gpointer));
  g_autofree guint *order = g_new (guint, events->len);

  for (guint i = 0; i < events->len; i++)
    order[i] = i;
  do
    {
      g_autofree char *text = NULL;

      for (guint i = 0; i < events->len; i++)
        arrived[i] = events->pdata[order[i]];
      text = describe ((AmendsEvent *const *) arrived, events->len);
      g_assert_cmpstr (text, ==, rows[n].fold);
    }
  while (test_permute (order, events->len));
}

/* Design, 3: "an own id in after must be lower than the event's own"; it is never even made. */
static void
test_own_later (void)
{
  static const guint8 salt[AMENDS_SALT_BYTES] = { 0 };
  static const guint64 numbers[] = { 7, 8 };
  g_autoptr (GBytes) body = g_bytes_new_static ("{}", 2);
  AmendsId id = { "7K", 7 }, stream = { "2A", 1 };

  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      g_autoptr (GError) error = NULL;
      AmendsId after = { "7K", numbers[i] };

      g_assert_null (amends_event_new (&id, "s.oak", &stream, &after, 1, salt, body, &error));
      g_assert_nonnull (error);
    }
}

/* Sixty-five devices write apart: an event names 64 heads at the most, and then two heads remain. */
static void
test_many_heads (void)
{
  g_autoptr (GPtrArray) events = test_graph_new ("2A.1");
  g_autoptr (AmendsFold) fold = NULL;
  g_autofree AmendsId *heads = NULL;
  g_autofree AmendsId *last_heads = NULL;
  g_autofree char *after = NULL;
  guint n_heads;

  for (guint i = 0; i < AMENDS_EVENT_MAX_AFTER + 1; i++)
    {
      g_autofree char *id =
          g_strdup_printf ("D%c%c.1", '0' + (char) (i / 10), '0' + (char) (i % 10));

      g_ptr_array_add (events, test_event_new (id, "2A.1", "{}"));
    }
  fold = amends_fold_new ((AmendsEvent *const *) events->pdata, events->len);
  heads = amends_fold_get_heads (fold, &n_heads);
  g_assert_cmpuint (n_heads, ==, AMENDS_EVENT_MAX_AFTER);
  for (guint i = 1; i < n_heads; i++)
    g_assert_cmpint (amends_id_compare (&heads[i - 1], &heads[i]), <, 0);

  after = amends_after_format (heads, n_heads);
  g_ptr_array_add (events, test_event_new ("2A.2", after, "{}"));
  g_clear_pointer (&fold, amends_fold_free);
  fold = amends_fold_new ((AmendsEvent *const *) events->pdata, events->len);
  last_heads = amends_fold_get_heads (fold, &n_heads);
  g_assert_cmpuint (n_heads, ==, 2);
}

/* The definition, slowly: whether @late comes after @early, directly or over others. */
static gboolean
comes_after (GPtrArray *events, guint late, guint early, gboolean *visited)
{
  const AmendsEvent *event = g_ptr_array_index (events, late);

  if (visited[late])
    return FALSE;
  visited[late] = TRUE;
  for (guint i = 0; i < events->len; i++)
    {
      const AmendsEvent *other = g_ptr_array_index (events, i);
      gboolean is_parent =
          strcmp (other->id.code, event->id.code) == 0 && other->id.number < event->id.number;

      for (guint j = 0; j < event->n_after; j++)
        is_parent = is_parent || amends_id_equal (&event->after[j], &other->id);
      if (is_parent && (i == early || comes_after (events, i, early, visited)))
        return TRUE;
    }
  return FALSE;
}

static gboolean *
make_matrix (GPtrArray *events)
{
  gboolean *matrix = g_new0 (gboolean, events->len * events->len);

  for (guint early = 0; early < events->len; early++)
    for (guint late = 0; late < events->len; late++)
      {
        g_autofree gboolean *visited = g_new0 (gboolean, events->len);

        matrix[early * events->len + late] =
            early != late && comes_after (events, late, early, visited);
      }
  return matrix;
}

static int
compare_ids (gconstpointer a, gconstpointer b)
{
  return amends_id_compare (a, b);
}

/* Devices write in turn, each after some of what there is; now and then after what is not here. */
static GPtrArray *
make_random_graph (guint n_events, guint n_devices)
{
  GPtrArray *events = test_graph_new ("2A.1");
  guint64 numbers[8] = { 1 };

  while (events->len < n_events)
    {
      guint device = (guint) g_test_rand_int_range (0, (gint32) n_devices);
      g_autoptr (GArray) after = g_array_new (FALSE, FALSE, sizeof (AmendsId));
      g_autofree char *text = NULL;
      g_autofree char *id = NULL;

      numbers[device] += (guint64) g_test_rand_int_range (1, 4);
      id = g_strdup_printf ("%cA.%" G_GUINT64_FORMAT, '2' + (char) device, numbers[device]);
      for (guint i = 0; i < events->len; i++)
        {
          const AmendsEvent *event = g_ptr_array_index (events, i);

          if (g_test_rand_int_range (0, 4) == 0)
            g_array_append_val (after, event->id);
        }
      if (g_test_rand_int_range (0, 8) == 0)
        {
          AmendsId absent = { "ZZ", (guint64) g_test_rand_int_range (1, 4) };

          g_array_append_val (after, absent);
        }
      g_array_sort (after, compare_ids);
      text = amends_after_format ((AmendsId *) after->data, after->len);
      g_ptr_array_add (events, test_event_new (id, text, "{}"));
    }
  return events;
}

static guint
index_of (GPtrArray *events, const AmendsEvent *event)
{
  guint found = 0;

  g_assert_true (g_ptr_array_find (events, event, &found));
  return found;
}

/* Each place holds the lowest id of those whose parents all stand before it. */
static void
check_order (GPtrArray *events, const gboolean *matrix, const AmendsFold *fold)
{
  g_autofree gboolean *is_placed = g_new0 (gboolean, events->len);

  for (guint place = 0; place < events->len; place++)
    {
      const AmendsEvent *lowest = NULL;

      for (guint i = 0; i < events->len; i++)
        {
          const AmendsEvent *event = g_ptr_array_index (events, i);
          gboolean is_ready = !is_placed[i];

          for (guint early = 0; early < events->len && is_ready; early++)
            is_ready = is_placed[early] || !matrix[early * events->len + i];
          if (is_ready && (lowest == NULL || amends_id_compare (&event->id, &lowest->id) < 0))
            lowest = event;
        }
      g_assert_true (amends_fold_get_event (fold, place) == lowest);
      is_placed[index_of (events, lowest)] = TRUE;
    }
}

static void
check_before (GPtrArray *events, const gboolean *matrix, const AmendsFold *fold)
{
  for (guint a = 0; a < events->len; a++)
    for (guint b = 0; b < events->len; b++)
      {
        guint early = index_of (events, amends_fold_get_event (fold, a));
        guint late = index_of (events, amends_fold_get_event (fold, b));

        g_assert_cmpint (amends_fold_is_before (fold, a, b), ==,
                         matrix[early * events->len + late]);
      }
}

/* Design, 3: what stands is the set of writes that no other write to the field comes after. */
static void
check_fields (GPtrArray *events, const gboolean *matrix, const AmendsFold *fold)
{
  g_autoptr (AmendsFields) fields = amends_fields_new (fold);
  g_autofree gboolean *writes = g_new0 (gboolean, events->len);
  g_autofree gboolean *stands = g_new0 (gboolean, events->len);
  const AmendsField *field;
  guint n_standing = 0;

  for (guint i = 0; i < events->len; i++)
    writes[i] = i == 0 || g_test_rand_int_range (0, 3) == 0;
  for (guint place = 0; place < events->len; place++)
    {
      guint i = index_of (events, amends_fold_get_event (fold, place));

      if (writes[i])
        amends_fields_write (fields, "phone", place, json_integer (i % 3));
    }
  for (guint i = 0; i < events->len; i++)
    {
      stands[i] = writes[i];
      for (guint late = 0; late < events->len; late++)
        stands[i] = stands[i] && !(writes[late] && matrix[i * events->len + late]);
      n_standing += stands[i];
    }

  field = amends_fields_get (fields, "phone");
  g_assert_cmpuint (field->writes->len, ==, n_standing);
  for (guint w = 0; w < field->writes->len; w++)
    {
      guint place = g_array_index (field->writes, AmendsWrite, w).place;

      g_assert_true (stands[index_of (events, amends_fold_get_event (fold, place))]);
    }
}

/* Pitfall 25: the fold against its definition, events in shuffled order. */
static void
test_random (void)
{
  for (guint round = 0; round < 60; round++)
    {
      guint n_events = (guint) g_test_rand_int_range (2, 36);
      g_autoptr (GPtrArray) events =
          make_random_graph (n_events, (guint) g_test_rand_int_range (1, 7));
      g_autofree gboolean *matrix = make_matrix (events);
      g_autofree gpointer *arrived = g_memdup2 (events->pdata, events->len * sizeof (gpointer));
      g_autofree char *first = describe ((AmendsEvent *const *) arrived, events->len);

      for (guint shuffle = 0; shuffle < 8; shuffle++)
        {
          g_autoptr (AmendsFold) fold = NULL;
          g_autofree char *text = NULL;

          test_shuffle (arrived, events->len);
          fold = amends_fold_new ((AmendsEvent *const *) arrived, events->len);
          check_order (events, matrix, fold);
          check_before (events, matrix, fold);
          check_fields (events, matrix, fold);
          text = describe ((AmendsEvent *const *) arrived, events->len);
          g_assert_cmpstr (text, ==, first);
        }
    }
}

/* The parents that are not among @seen. */
static void
count_missing (GPtrArray *seen, GHashTable *missing)
{
  for (guint i = 0; i < seen->len; i++)
    {
      const AmendsEvent *event = seen->pdata[i];

      for (guint j = 0; j < event->n_after; j++)
        {
          char *id = g_strdup_printf ("%s.%" G_GUINT64_FORMAT, event->after[j].code,
                                      event->after[j].number);

          g_hash_table_add (missing, id);
        }
    }
  for (guint i = 0; i < seen->len; i++)
    {
      char id[AMENDS_ID_BUFFER];

      amends_id_format_to (&((AmendsEvent *) seen->pdata[i])->id, id);
      g_hash_table_remove (missing, id);
    }
}

/* Pitfall 19: what a device may not read, or what has not come yet, is missing and no error. What is there
 * is shown, each event once; whatever order can be seen from what is there is kept; and each parent that is
 * not there is counted once. */
static void
test_random_scopes (void)
{
  for (guint round = 0; round < 200; round++)
    {
      g_autoptr (GPtrArray) all = make_random_graph ((guint) g_test_rand_int_range (2, 36),
                                                     (guint) g_test_rand_int_range (1, 7));
      g_autoptr (GPtrArray) seen = g_ptr_array_new ();
      g_autoptr (GHashTable) missing =
          g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      g_autofree gboolean *matrix = NULL;
      g_autoptr (AmendsFold) fold = NULL;

      for (guint i = 0; i < all->len; i++)
        if (g_test_rand_int_range (0, 3) > 0)
          g_ptr_array_add (seen, all->pdata[i]);
      test_shuffle (seen->pdata, seen->len);
      count_missing (seen, missing);
      matrix = make_matrix (seen);
      fold = amends_fold_new ((AmendsEvent *const *) seen->pdata, seen->len);
      g_assert_cmpuint (amends_fold_get_n_events (fold), ==, seen->len);
      g_assert_cmpuint (amends_fold_get_n_missing (fold), ==, g_hash_table_size (missing));
      if (seen->len > 0)
        {
          check_order (seen, matrix, fold);
          check_before (seen, matrix, fold);
        }
    }
}

/* A broken device may claim anything: any graph at all has one fold, and it holds each event once. */
static void
test_random_cycles (void)
{
  for (guint round = 0; round < 200; round++)
    {
      g_autoptr (GPtrArray) events = test_graph_new ("2A.1");
      guint n = (guint) g_test_rand_int_range (2, 20);
      g_autofree char *first = NULL;

      for (guint i = 0; i < n; i++)
        {
          g_autofree char *id = g_strdup_printf ("%cA.%u", '3' + (char) (i % 4), i / 4 + 1);
          guint other = (guint) g_test_rand_int_range (0, (gint32) n);
          g_autofree char *after =
              other % 4 == i % 4
                  ? g_strdup (TEST_STREAM)
                  : g_strdup_printf ("%cA.%u", '3' + (char) (other % 4), other / 4 + 1);

          g_ptr_array_add (events, test_event_new (id, after, "{}"));
        }
      first = describe ((AmendsEvent *const *) events->pdata, events->len);
      for (guint shuffle = 0; shuffle < 6; shuffle++)
        {
          g_autofree char *text = NULL;

          test_shuffle (events->pdata, events->len);
          text = describe ((AmendsEvent *const *) events->pdata, events->len);
          g_assert_cmpstr (text, ==, first);
        }
      g_auto (GStrv) words = g_strsplit (first, " ", -1);
      g_assert_cmpuint (g_strv_length (words), ==, events->len + 4);
    }
}

/* Two different events under one id, which only a broken device writes: which of them stands does not
 * depend on which arrived first. */
static void
test_same_id (void)
{
  g_autoptr (AmendsEvent) first = test_event_new ("7K.1", "2A.1", "{\"a\":1}");
  g_autoptr (AmendsEvent) second = test_event_new ("7K.1", "2A.1", "{\"a\":2}");
  AmendsEvent *one[] = { first, second }, *other[] = { second, first };
  g_autoptr (AmendsFold) fold = amends_fold_new (one, 2);
  g_autoptr (AmendsFold) again = amends_fold_new (other, 2);

  g_assert_cmpuint (amends_fold_get_n_events (fold), ==, 1);
  g_assert_true (amends_fold_get_event (fold, 0) == amends_fold_get_event (again, 0));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strconcat ("/fold/order/", rows[i].name, NULL);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_order);
    }
  g_test_add_func ("/fold/own-later", test_own_later);
  g_test_add_func ("/fold/many-heads", test_many_heads);
  g_test_add_func ("/fold/same-id", test_same_id);
  g_test_add_func ("/fold/random", test_random);
  g_test_add_func ("/fold/random-scopes", test_random_scopes);
  g_test_add_func ("/fold/random-cycles", test_random_cycles);
  return g_test_run ();
}
