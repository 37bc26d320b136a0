/* amends-kiosk-scan.c: everything on a kiosk's screen with one switch, or with two
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A switch is a key: interfaces for switches send Space and Enter. A ring goes from group to group; a press goes
 * into the group, where it goes from row to row if there are many, and then from one thing to the next; a press
 * there is what a finger does. Nothing needs to be said of a page for it: what can be touched is found as it
 * stands on the screen, and what is beside each other is a row. */

#include "config.h"

#include "app/kiosk/amends-kiosk-scan.h"

#include "app/kiosk/amends-kiosk-language.h"
#include "app/kiosk/amends-kiosk-parts.h"

/* More than that are gone through row by row. */
#define N_BESIDE_MAX 6

/* After as many rounds in which nothing was chosen the ring is at the first group again: who is in a group by
 * mistake gets out by waiting. */
#define N_ROUNDS 2

/* The same switch again so soon is a hand that trembles, or a key that is held. */
#define REPEAT_US (300 * 1000)

/* So many names are said one by one, more as the first and the last. */
#define N_NAMES_MAX 3

#define RING "scanned"

typedef struct
{
  GPtrArray *
      parts; /* (element-type GtkWidget) (owned): what can be touched in them is the group, in this order */
  gboolean stays; /* after something in it was chosen */
} Group;

struct _AmendsKioskScan
{
  GPtrArray *groups; /* (element-type Group) */
  AmendsKioskScanSaid said;
  gpointer user_data;

  AmendsKioskSwitches switches;
  gint64 step_us;
  gboolean waits;       /* for the first press */
  gboolean is_choosing; /* while what was chosen is done */

  GPtrArray *
      stops; /* (nullable) (element-type GPtrArray): of what can be touched; %NULL until it is looked for */
  guint at;
  guint n_rounds;
  gboolean is_inside; /* of a group */
  Group *inside;      /* (nullable): that it begins in */
  gint64 moved_us;
  gint64 pressed_us;
};

/* ------------------------------------------------------------ what can be touched */

static gboolean
is_target (GtkWidget *widget)
{
  return GTK_IS_BUTTON (widget) || GTK_IS_CHECK_BUTTON (widget) || GTK_IS_ENTRY (widget)
         || GTK_IS_TEXT_VIEW (widget);
}

static void
collect (GPtrArray *items, GtkWidget *widget)
{
  if (!gtk_widget_get_mapped (widget) || !gtk_widget_is_sensitive (widget))
    return;
  if (is_target (widget))
    {
      g_ptr_array_add (items, g_object_ref (widget));
      return;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    collect (items, child);
}

static GPtrArray *
collect_group (const Group *group)
{
  GPtrArray *items = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < group->parts->len; i++)
    collect (items, g_ptr_array_index (group->parts, i));
  return items;
}

static GPtrArray *
new_stops (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
}

static GPtrArray *
collect_groups (AmendsKioskScan *self)
{
  GPtrArray *stops = new_stops ();

  for (guint i = 0; i < self->groups->len; i++)
    {
      g_autoptr (GPtrArray) items = collect_group (g_ptr_array_index (self->groups, i));

      if (items->len > 0)
        g_ptr_array_add (stops, g_steal_pointer (&items));
    }
  return stops;
}

static graphene_rect_t
get_bounds (GtkWidget *item)
{
  GtkWidget *top = GTK_WIDGET (gtk_widget_get_root (item));
  graphene_rect_t bounds = GRAPHENE_RECT_INIT (0, 0, 0, 0);

  if (top == NULL || !gtk_widget_compute_bounds (item, top, &bounds))
    return GRAPHENE_RECT_INIT (0, 0, 0, 0);
  return bounds;
}

/* Whether @item stands below @above, and not beside it. */
static gboolean
is_below (GtkWidget *item, GtkWidget *above)
{
  graphene_rect_t here = get_bounds (item);
  graphene_rect_t there = get_bounds (above);

  return here.origin.y >= there.origin.y + there.size.height;
}

/* As one reads. */
static int
compare_places (gconstpointer a, gconstpointer b)
{
  GtkWidget *one = *(GtkWidget *const *) a;
  GtkWidget *other = *(GtkWidget *const *) b;
  float x = get_bounds (one).origin.x - get_bounds (other).origin.x;

  if (is_below (one, other))
    return 1;
  if (is_below (other, one))
    return -1;
  return gtk_widget_get_direction (one) == GTK_TEXT_DIR_RTL ? (x < 0) - (x > 0) : (x > 0) - (x < 0);
}

static GPtrArray *
split_one_by_one (GPtrArray *items)
{
  GPtrArray *stops = new_stops ();

  for (guint i = 0; i < items->len; i++)
    {
      GPtrArray *stop = g_ptr_array_new_with_free_func (g_object_unref);

      g_ptr_array_add (stop, g_object_ref (g_ptr_array_index (items, i)));
      g_ptr_array_add (stops, stop);
    }
  return stops;
}

/* Returns: (transfer full): @items as rows where they are many, each of its own otherwise */
static GPtrArray *
split (GPtrArray *items)
{
  g_autoptr (GPtrArray) placed = g_ptr_array_copy (items, (GCopyFunc) g_object_ref, NULL);
  g_autoptr (GPtrArray) rows = new_stops ();
  GPtrArray *row = NULL;

  if (items->len <= N_BESIDE_MAX)
    return split_one_by_one (items);
  g_ptr_array_set_free_func (placed, g_object_unref);
  g_ptr_array_sort (placed, compare_places);
  for (guint i = 0; i < placed->len; i++)
    {
      GtkWidget *item = g_ptr_array_index (placed, i);

      if (row == NULL || is_below (item, g_ptr_array_index (row, 0)))
        {
          row = g_ptr_array_new_with_free_func (g_object_unref);
          g_ptr_array_add (rows, row);
        }
      g_ptr_array_add (row, g_object_ref (item));
    }
  return rows->len > 1 ? g_steal_pointer (&rows) : split_one_by_one (placed);
}

/* ------------------------------------------------------------ the ring */

/* Of a text view the edge is that of what it scrolls in. */
static GtkWidget *
get_edge (GtkWidget *item)
{
  return GTK_IS_TEXT_VIEW (item) ? gtk_widget_get_parent (item) : item;
}

static void
set_ring (GPtrArray *items, gboolean has_ring)
{
  for (guint i = 0; i < items->len; i++)
    {
      GtkWidget *item = g_ptr_array_index (items, i);
      GtkWidget *edge = get_edge (item);

      if (edge == NULL)
        continue;
      if (has_ring)
        {
          gtk_widget_add_css_class (edge, RING);
          gtk_accessible_update_state (GTK_ACCESSIBLE (item), GTK_ACCESSIBLE_STATE_SELECTED, TRUE,
                                       -1);
        }
      else
        {
          gtk_widget_remove_css_class (edge, RING);
          gtk_accessible_reset_state (GTK_ACCESSIBLE (item), GTK_ACCESSIBLE_STATE_SELECTED);
        }
    }
}

static GPtrArray *
get_stop (AmendsKioskScan *self)
{
  return g_ptr_array_index (self->stops, self->at);
}

static void
bring_into_sight (GtkWidget *item)
{
  GtkWidget *port = gtk_widget_get_ancestor (item, GTK_TYPE_VIEWPORT);
  GtkWidget *page = port != NULL ? gtk_viewport_get_child (GTK_VIEWPORT (port)) : NULL;
  graphene_rect_t bounds;

  if (page == NULL || !gtk_widget_compute_bounds (get_edge (item), page, &bounds))
    return;
  gtk_adjustment_clamp_page (gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (port)),
                             bounds.origin.y, bounds.origin.y + bounds.size.height);
}

static void
say (AmendsKioskScan *self, GPtrArray *items)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < items->len; i++)
    {
      g_autofree char *name = NULL;

      if (items->len > N_NAMES_MAX && i > 0 && i < items->len - 1)
        continue;
      name = amends_kiosk_dup_name (g_ptr_array_index (items, i));
      g_string_append_printf (text, "%s%s", text->len > 0 ? ".\n" : "", name);
    }
  self->said (text->str, self->user_data);
}

static void
show_stop (AmendsKioskScan *self)
{
  GPtrArray *items = get_stop (self);

  set_ring (items, TRUE);
  /* The first of them at last: it is what is read first. */
  for (guint i = items->len; i > 0; i--)
    bring_into_sight (g_ptr_array_index (items, i - 1));
  say (self, items);
}

/* Takes the ring from the screen; what can be touched is looked for again. */
static void
clear (AmendsKioskScan *self)
{
  if (self->stops != NULL && self->stops->len > 0)
    set_ring (get_stop (self), FALSE);
  g_clear_pointer (&self->stops, g_ptr_array_unref);
  self->at = 0;
  self->n_rounds = 0;
}

static void
take_stops (AmendsKioskScan *self, GPtrArray *stops, gboolean is_inside)
{
  clear (self);
  self->stops = stops;
  self->is_inside = is_inside;
  if (stops->len > 0)
    show_stop (self);
}

/* With the first group, or in the group that it stays in. */
static void
look (AmendsKioskScan *self)
{
  g_autoptr (GPtrArray) items = NULL;

  if (self->inside != NULL)
    items = collect_group (self->inside);
  if (items != NULL && items->len > 0)
    take_stops (self, split (items), TRUE);
  else
    take_stops (self, collect_groups (self), FALSE);
  self->inside = NULL;
}

/* Whether all that it goes through can still be touched. */
static gboolean
is_there (AmendsKioskScan *self)
{
  if (self->stops == NULL || self->stops->len == 0)
    return FALSE;
  for (guint i = 0; i < self->stops->len; i++)
    {
      GPtrArray *items = g_ptr_array_index (self->stops, i);

      for (guint j = 0; j < items->len; j++)
        if (!gtk_widget_get_mapped (g_ptr_array_index (items, j))
            || !gtk_widget_is_sensitive (g_ptr_array_index (items, j)))
          return FALSE;
    }
  return TRUE;
}

static void
move_on (AmendsKioskScan *self)
{
  if (!is_there (self))
    {
      look (self);
      return;
    }
  if (self->at + 1 == self->stops->len && (!self->is_inside || ++self->n_rounds >= N_ROUNDS))
    {
      /* What there is may be more than it was. */
      look (self);
      return;
    }
  set_ring (get_stop (self), FALSE);
  self->at = (self->at + 1) % self->stops->len;
  show_stop (self);
}

/* ------------------------------------------------------------ choosing */

static Group *
find_group (AmendsKioskScan *self, GtkWidget *item, gboolean stays)
{
  for (guint i = 0; i < self->groups->len; i++)
    {
      Group *group = g_ptr_array_index (self->groups, i);

      for (guint j = 0; j < group->parts->len; j++)
        if (group->stays
            && (stays || gtk_widget_is_ancestor (item, g_ptr_array_index (group->parts, j))))
          return group;
    }
  return NULL;
}

/* As a finger does. What is written in brings its keyboard, and there it goes on. */
static void
activate (AmendsKioskScan *self, GtkWidget *item)
{
  gboolean is_written_in = GTK_IS_ENTRY (item) || GTK_IS_TEXT_VIEW (item);

  clear (self);
  self->inside = find_group (self, item, is_written_in);
  if (is_written_in)
    {
      gtk_root_set_focus (gtk_widget_get_root (item), NULL);
      gtk_widget_grab_focus (item);
    }
  else if (GTK_IS_CHECK_BUTTON (item))
    gtk_widget_activate (item);
  else
    g_signal_emit_by_name (item, "clicked");
}

static void
choose (AmendsKioskScan *self)
{
  g_autoptr (GPtrArray) items = g_ptr_array_ref (get_stop (self));

  if (items->len > 1)
    take_stops (self, self->is_inside ? split_one_by_one (items) : split (items), TRUE);
  else
    {
      g_autoptr (GtkWidget) item = g_object_ref (g_ptr_array_index (items, 0));

      self->is_choosing = TRUE;
      activate (self, item);
      self->is_choosing = FALSE;
    }
}

/* ------------------------------------------------------------ its life */

static void
group_free (gpointer data)
{
  Group *group = data;

  g_ptr_array_unref (group->parts);
  g_free (group);
}

/**
 * amends_kiosk_scan_new:
 * @said: is told the names of what has the ring, each time that it moves
 * @user_data: (closure): for @said
 *
 * Returns: (transfer full): one that scans nothing yet
 */
AmendsKioskScan *
amends_kiosk_scan_new (AmendsKioskScanSaid said, gpointer user_data)
{
  AmendsKioskScan *self = g_new0 (AmendsKioskScan, 1);

  self->groups = g_ptr_array_new_with_free_func (group_free);
  self->said = said;
  self->user_data = user_data;
  return self;
}

void
amends_kiosk_scan_free (AmendsKioskScan *self)
{
  clear (self);
  g_ptr_array_unref (self->groups);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (AmendsKioskScan, amends_kiosk_scan_free)

/**
 * amends_kiosk_scan_add:
 * @parts: (array zero-terminated=1): what is gone through as one group, in this order
 * @stays: whether the ring stays in the group once something in it was chosen, as with the keys of a keyboard;
 * there is one such group at most, and it is where one writes
 *
 * Groups are gone through in the order in which they are added. One in which nothing can be touched is left out.
 */
void
amends_kiosk_scan_add (AmendsKioskScan *self, GtkWidget *const *parts, gboolean stays)
{
  Group *group = g_new0 (Group, 1);

  group->parts = g_ptr_array_new_with_free_func (g_object_unref);
  group->stays = stays;
  for (guint i = 0; parts[i] != NULL; i++)
    g_ptr_array_add (group->parts, g_object_ref (parts[i]));
  g_ptr_array_add (self->groups, group);
}

/**
 * amends_kiosk_scan_set:
 * @step_ms: how long the ring stays in one place where it moves by itself, in milliseconds; not 0
 */
void
amends_kiosk_scan_set (AmendsKioskScan *self, AmendsKioskSwitches switches, guint step_ms)
{
  g_return_if_fail (step_ms > 0);

  if (switches == AMENDS_KIOSK_NO_SWITCH)
    clear (self);
  self->switches = switches;
  self->step_us = step_ms * G_TIME_SPAN_MILLISECOND;
}

/**
 * amends_kiosk_scan_begin:
 * @waits: whether there is no ring before a switch is pressed, since the page is being read aloud
 *
 * With what is on the screen now.
 */
void
amends_kiosk_scan_begin (AmendsKioskScan *self, gboolean waits)
{
  clear (self);
  self->inside = NULL;
  self->waits = waits;
}

/**
 * amends_kiosk_scan_tick:
 * @now_us: now
 *
 * To be called a few times a second.
 */
void
amends_kiosk_scan_tick (AmendsKioskScan *self, gint64 now_us)
{
  if (self->switches == AMENDS_KIOSK_NO_SWITCH || self->waits)
    return;
  if (!is_there (self))
    look (self);
  else if (self->switches == AMENDS_KIOSK_ONE_SWITCH && now_us - self->moved_us >= self->step_us)
    move_on (self);
  else
    return;
  self->moved_us = now_us;
}

/**
 * amends_kiosk_scan_is_switch:
 *
 * Returns: whether it is a key that a switch sends
 */
gboolean
amends_kiosk_scan_is_switch (guint keyval)
{
  return keyval == GDK_KEY_space || keyval == GDK_KEY_Return || keyval == GDK_KEY_KP_Enter;
}

/**
 * amends_kiosk_scan_is_choosing:
 *
 * Returns: whether what is done now was chosen with a switch
 */
gboolean
amends_kiosk_scan_is_choosing (AmendsKioskScan *self)
{
  return self->is_choosing;
}

/**
 * amends_kiosk_scan_press:
 * @keyval: a key that was pressed
 * @now_us: now
 *
 * Returns: whether it was a switch, and nobody else's key
 */
gboolean
amends_kiosk_scan_press (AmendsKioskScan *self, guint keyval, gint64 now_us)
{
  gboolean is_repeated = now_us - self->pressed_us < REPEAT_US;

  if (self->switches == AMENDS_KIOSK_NO_SWITCH || !amends_kiosk_scan_is_switch (keyval))
    return FALSE;
  self->pressed_us = now_us;
  if (is_repeated)
    return TRUE;
  self->waits = FALSE;
  if (!is_there (self))
    look (self);
  else if (self->switches == AMENDS_KIOSK_TWO_SWITCHES && keyval == GDK_KEY_space)
    move_on (self);
  else
    choose (self);
  self->moved_us = now_us;
  return TRUE;
}
