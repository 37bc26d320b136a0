/* amends-case-list.c: the cases, read a page at a time
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The list knows how many cases there are and gives an item for each at once; the line of an item is
 * read when a page around it is asked for. After a change the first pages are read again, and only
 * what differs is announced, so that the place and the selection of a person stay. */

#include "config.h"

#include "app/model/amends-case-list.h"

#define PAGE_CASES 50

struct _AmendsCaseList
{
  GObject parent_instance;

  AmendsSession *session;
  GCancellable *cancellable; /* of everything that is being read */
  GPtrArray *items;          /* element-type AmendsCaseItem (nullable): made when first asked for */
  GHashTable *asked;         /* page numbers that were asked for */
  gboolean only_conflicts;
  AmendsCaseOrder order;
  gboolean is_loaded;
};

static void amends_case_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (AmendsCaseList,
                               amends_case_list,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      amends_case_list_model_init))

typedef struct
{
  AmendsCaseList *list;
  guint offset;
} PageRequest;

static void
item_unref (gpointer data)
{
  if (data != NULL)
    g_object_unref (data);
}

static AmendsCaseItem *
ensure_item (AmendsCaseList *self, guint position)
{
  if (g_ptr_array_index (self->items, position) == NULL)
    g_ptr_array_index (self->items, position) = amends_case_item_new_case ();
  return g_ptr_array_index (self->items, position);
}

static void
fill (AmendsCaseList *self, guint offset, const GPtrArray *rows)
{
  for (guint i = 0; i < rows->len && offset + i < self->items->len; i++)
    amends_case_item_set_row (ensure_item (self, offset + i), g_ptr_array_index (rows, i));
}

static void
page_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree PageRequest *request = user_data;
  g_autoptr (AmendsCaseList) self = request->list;
  g_autoptr (AmendsCaseSlice) page =
      amends_session_list_cases_finish (AMENDS_SESSION (source), result, NULL);

  if (page != NULL)
    fill (self, request->offset, page->rows);
}

static void
ask_for_page (AmendsCaseList *self, guint n_page)
{
  PageRequest *request;

  if (!g_hash_table_add (self->asked, GUINT_TO_POINTER (n_page + 1)))
    return;
  request = g_new0 (PageRequest, 1);
  request->list = g_object_ref (self);
  request->offset = n_page * PAGE_CASES;
  amends_session_list_cases_async (self->session, self->only_conflicts, self->order, PAGE_CASES,
                                   request->offset, self->cancellable, page_cb, request);
}

static GType
get_item_type (GListModel *model)
{
  return AMENDS_TYPE_CASE_ITEM;
}

static guint
get_n_items (GListModel *model)
{
  return AMENDS_CASE_LIST (model)->items->len;
}

static gpointer
get_item (GListModel *model, guint position)
{
  AmendsCaseList *self = AMENDS_CASE_LIST (model);

  if (position >= self->items->len)
    return NULL;
  ask_for_page (self, position / PAGE_CASES);
  return g_object_ref (ensure_item (self, position));
}

static void
amends_case_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

static gboolean
is_case (AmendsCaseList *self, guint position, const AmendsCaseRow *row)
{
  AmendsCaseItem *item = g_ptr_array_index (self->items, position);

  return item != NULL && amends_id_equal (amends_case_item_get_id (item), &row->id);
}

/* Makes room for @n_cases where the rows read differ from the items held: everything before the first
 * difference stays, and so does the tail when it only moved. */
static void
splice (AmendsCaseList *self, guint n_cases, const GPtrArray *rows)
{
  guint n_old = self->items->len;
  guint n_shortest = MIN (n_old, n_cases);
  guint prefix = 0;
  guint suffix = 0;

  while (prefix < n_shortest && prefix < rows->len
         && is_case (self, prefix, g_ptr_array_index (rows, prefix)))
    prefix++;
  if (rows->len == n_cases)
    while (suffix < n_shortest - prefix
           && is_case (self, n_old - 1 - suffix, g_ptr_array_index (rows, n_cases - 1 - suffix)))
      suffix++;
  if (prefix == rows->len && n_old == n_cases)
    return;

  g_ptr_array_remove_range (self->items, prefix, n_old - prefix - suffix);
  for (guint i = 0; i < n_cases - prefix - suffix; i++)
    g_ptr_array_insert (self->items, (int) prefix, NULL);
  g_hash_table_remove_all (self->asked);
  for (guint i = 0; i * PAGE_CASES < rows->len; i++)
    g_hash_table_add (self->asked, GUINT_TO_POINTER (i + 1));
  fill (self, 0, rows);
  g_list_model_items_changed (G_LIST_MODEL (self), prefix, n_old - prefix - suffix,
                              n_cases - prefix - suffix);
}

static void
reload_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (AmendsCaseList) self = user_data;
  g_autoptr (AmendsCaseSlice) page =
      amends_session_list_cases_finish (AMENDS_SESSION (source), result, NULL);
  guint n_cases;

  if (page == NULL)
    return;
  n_cases = MAX ((guint) page->n_cases, page->rows->len);
  self->is_loaded = TRUE;
  splice (self, n_cases, page->rows);
  fill (self, 0, page->rows);
}

/**
 * amends_case_list_reload:
 *
 * Reads again what was read of the beginning.
 */
void
amends_case_list_reload (AmendsCaseList *self)
{
  guint n_pages = 1;

  g_return_if_fail (AMENDS_IS_CASE_LIST (self));

  while (g_hash_table_contains (self->asked, GUINT_TO_POINTER (n_pages + 1)))
    n_pages++;
  amends_session_list_cases_async (self->session, self->only_conflicts, self->order,
                                   n_pages * PAGE_CASES, 0, self->cancellable, reload_cb,
                                   g_object_ref (self));
}

/**
 * amends_case_list_clear:
 *
 * Forgets everything that was read: nobody is signed in any more.
 */
void
amends_case_list_clear (AmendsCaseList *self)
{
  guint n_items;

  g_return_if_fail (AMENDS_IS_CASE_LIST (self));

  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  self->cancellable = g_cancellable_new ();
  n_items = self->items->len;
  g_ptr_array_set_size (self->items, 0);
  g_hash_table_remove_all (self->asked);
  self->is_loaded = FALSE;
  g_list_model_items_changed (G_LIST_MODEL (self), 0, n_items, 0);
}

/**
 * amends_case_list_set_order:
 * @order: which case comes first from now on
 */
void
amends_case_list_set_order (AmendsCaseList *self, AmendsCaseOrder order)
{
  g_return_if_fail (AMENDS_IS_CASE_LIST (self));

  if (self->order == order)
    return;
  amends_case_list_clear (self);
  self->order = order;
  amends_case_list_reload (self);
}

/* Whether it is known how many cases there are. */
gboolean
amends_case_list_is_loaded (AmendsCaseList *self)
{
  return self->is_loaded;
}

static void
amends_case_list_finalize (GObject *object)
{
  AmendsCaseList *self = AMENDS_CASE_LIST (object);

  g_ptr_array_unref (self->items);
  g_hash_table_unref (self->asked);
  g_object_unref (self->cancellable);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (amends_case_list_parent_class)->finalize (object);
}

static void
amends_case_list_class_init (AmendsCaseListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = amends_case_list_finalize;
}

static void
amends_case_list_init (AmendsCaseList *self)
{
  self->items = g_ptr_array_new_with_free_func (item_unref);
  self->asked = g_hash_table_new (NULL, NULL);
  self->cancellable = g_cancellable_new ();
}

/**
 * amends_case_list_new:
 * @session: where the cases are
 * @only_conflicts: whether only those that hold two versions of something
 *
 * Returns: (transfer full): an empty list that waits for amends_case_list_reload()
 */
AmendsCaseList *
amends_case_list_new (AmendsSession *session, gboolean only_conflicts)
{
  AmendsCaseList *self = g_object_new (AMENDS_TYPE_CASE_LIST, NULL);

  self->session = g_object_ref (session);
  self->only_conflicts = only_conflicts;
  return self;
}
