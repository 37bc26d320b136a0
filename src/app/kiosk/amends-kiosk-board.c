/* amends-kiosk-board.c: what stands on the screen after somebody left
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What hangs on a wall, and nothing that says what this screen is for. It is in the language of the house, whatever the
 * one who left had chosen. */

#include "config.h"

#include "app/kiosk/amends-kiosk-board.h"

#include <glib/gi18n.h>

#include "app/amends-words.h"
#include "app/kiosk/amends-kiosk-parts.h"
#include "store/amends-numbers.h"

#define GAP 14

/* Below what is there. */
static void
add_number (GtkWidget *grid, const char *who, const char *number, const char *hours)
{
  g_autofree char *isolated = amends_words_isolate (number);
  GtkWidget *last = gtk_widget_get_last_child (grid);
  GtkWidget *label = amends_kiosk_line (isolated, "number");
  int row, height;

  gtk_grid_query_child (GTK_GRID (grid), last, NULL, &row, NULL, &height);
  row += height;
  gtk_widget_set_hexpand (label, TRUE);
  gtk_grid_attach (GTK_GRID (grid), amends_kiosk_label (who, "who"), 0, row, 1, 1);
  gtk_grid_attach (GTK_GRID (grid), label, 1, row, 1, 1);
  if (hours != NULL)
    gtk_grid_attach (GTK_GRID (grid), amends_kiosk_label (hours, "who"), 1, row + 1, 1, 1);
}

/* Those of the place stand first. */
static GtkWidget *
make_numbers (const GPtrArray *numbers)
{
  /* Of the whole country. Who left because of somebody finds, among others, whom to ring. */
  static const struct
  {
    const char *who;
    const char *number;
  } rows[] = {
    { N_ ("Health advice"), "111" },
    { N_ ("Police, not urgent"), "101" },
    { N_ ("Age UK"), "0800 678 1602" },
    { N_ ("Samaritans"), "116 123" },
    { N_ ("Domestic abuse helpline"), "0808 2000 247" },
    { N_ ("Gas smells"), "0800 111 999" },
    { N_ ("Power cut"), "105" },
  };
  GtkWidget *grid = gtk_grid_new ();

  gtk_widget_add_css_class (grid, "numbers");
  gtk_grid_set_row_spacing (GTK_GRID (grid), GAP);
  gtk_grid_set_column_spacing (GTK_GRID (grid), 2 * GAP);
  gtk_grid_attach (GTK_GRID (grid), amends_kiosk_line (_ ("Useful numbers"), "board-heading"), 0, 0,
                   2, 1);
  for (guint i = 0; i < numbers->len; i++)
    {
      const AmendsNumber *number = g_ptr_array_index (numbers, i);

      add_number (grid, number->name, number->phone, number->hours);
    }
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    add_number (grid, _ (rows[i].who), rows[i].number, NULL);
  return grid;
}

static GtkWidget *
make_head (const char *scheme)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, GAP);
  GtkWidget *name = amends_kiosk_label (scheme, "name");

  gtk_widget_set_hexpand (name, TRUE);
  gtk_widget_add_css_class (head, "head");
  gtk_box_append (GTK_BOX (head), name);
  gtk_box_append (GTK_BOX (head), amends_kiosk_line (_ ("Residents’ noticeboard"), "name"));
  return head;
}

/* A clock that stands still: the board is there for half a minute. */
static GtkWidget *
make_clock (void)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *clock = g_date_time_format (now, "%H:%M");
  g_autofree char *today = g_date_time_format (now, "%A %-e %B");
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_box_append (GTK_BOX (box), amends_kiosk_line (clock, "clock"));
  gtk_box_append (GTK_BOX (box), amends_kiosk_label (today, "today"));
  return box;
}

/**
 * amends_kiosk_board_new:
 * @scheme: the name of the place
 * @numbers: (element-type AmendsNumber): whom to ring there, as amends_kiosk_numbers_choose() has them
 * @first_page: called when somebody wants to use the screen
 *
 * Returns: (transfer floating): a noticeboard
 */
GtkWidget *
amends_kiosk_board_new (const char *scheme,
                        const GPtrArray *numbers,
                        GCallback first_page,
                        gpointer user_data)
{
  GtkWidget *board = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *middle = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4 * GAP);
  GtkWidget *list = make_numbers (numbers);
  GtkWidget *button = gtk_button_new_with_label (_ ("First page"));

  gtk_widget_add_css_class (board, "noticeboard");
  gtk_widget_add_css_class (middle, "middle");
  gtk_widget_set_hexpand (list, TRUE);
  gtk_widget_set_valign (list, GTK_ALIGN_START);
  gtk_widget_set_vexpand (middle, TRUE);
  gtk_box_append (GTK_BOX (middle), make_clock ());
  gtk_box_append (GTK_BOX (middle), list);
  gtk_widget_set_halign (button, GTK_ALIGN_END);
  g_signal_connect (button, "clicked", first_page, user_data);
  gtk_box_append (GTK_BOX (board), make_head (scheme));
  gtk_box_append (GTK_BOX (board), middle);
  gtk_box_append (GTK_BOX (board), button);
  return board;
}
