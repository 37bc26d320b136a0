/* amends-kiosk-keyboard.c: the keyboard on a kiosk's screen
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The letters of the language in use, in the order of its alphabet, since not everybody has used a keyboard. It suggests nothing, learns
 * nothing and corrects nothing. Its keys do not take the focus: they write where it is. */

#include "config.h"

#include "app/kiosk/amends-kiosk-keyboard.h"

#include <string.h>

#include "app/kiosk/amends-kiosk-language.h"

#define GAP 8

/* The same key again so soon is a hand that trembles. */
#define REPEAT_US (300 * 1000)

struct _AmendsKioskKeyboard
{
  GtkBox parent_instance;

  GtkWidget *stack; /* letters, or digits */
  GtkWidget *capital;
  GtkWidget *target; /* (nullable) (owned): a text view, or the text of an entry */
  gboolean is_capital;
  const char *last_key;
  gint64 last_us;
};

enum
{
  SIGNAL_PUT_AWAY,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (AmendsKioskKeyboard, amends_kiosk_keyboard, GTK_TYPE_BOX)

/* ------------------------------------------------------------ writing */

static void
write_text (AmendsKioskKeyboard *self, const char *text)
{
  if (GTK_IS_TEXT_VIEW (self->target))
    {
      GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->target));

      gtk_text_buffer_delete_selection (buffer, TRUE, TRUE);
      gtk_text_buffer_insert_interactive_at_cursor (buffer, text, -1, TRUE);
      gtk_text_view_scroll_mark_onscreen (GTK_TEXT_VIEW (self->target),
                                          gtk_text_buffer_get_insert (buffer));
    }
  else if (GTK_IS_EDITABLE (self->target))
    {
      GtkEditable *editable = GTK_EDITABLE (self->target);
      int position;

      gtk_editable_delete_selection (editable);
      position = gtk_editable_get_position (editable);
      gtk_editable_insert_text (editable, text, -1, &position);
      gtk_editable_set_position (editable, position);
    }
}

static gboolean
begins_sentence (AmendsKioskKeyboard *self)
{
  GtkTextBuffer *buffer;
  GtkTextIter at;
  gunichar before = 0;

  if (!GTK_IS_TEXT_VIEW (self->target))
    return GTK_IS_EDITABLE (self->target)
           && gtk_editable_get_position (GTK_EDITABLE (self->target)) == 0;
  buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->target));
  gtk_text_buffer_get_iter_at_mark (buffer, &at, gtk_text_buffer_get_insert (buffer));
  while (gtk_text_iter_backward_char (&at))
    {
      before = gtk_text_iter_get_char (&at);
      if (!g_unichar_isspace (before))
        break;
    }
  return before == 0 || g_unichar_isspace (before) || strchr (".!?", (int) before) != NULL;
}

static void
rub_out_in_view (GtkTextView *view, gboolean whole_word)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (view);
  GtkTextIter start, end;

  if (gtk_text_buffer_delete_selection (buffer, TRUE, TRUE))
    return;
  gtk_text_buffer_get_iter_at_mark (buffer, &end, gtk_text_buffer_get_insert (buffer));
  start = end;
  if (!whole_word)
    {
      gtk_text_buffer_backspace (buffer, &end, TRUE, TRUE);
      return;
    }
  if (!gtk_text_iter_backward_word_start (&start))
    gtk_text_buffer_get_start_iter (buffer, &start);
  gtk_text_buffer_delete_interactive (buffer, &start, &end, TRUE);
}

static void
rub_out_in_entry (GtkEditable *editable, gboolean whole_word)
{
  int end = gtk_editable_get_position (editable);
  g_autofree char *before = NULL;
  int start = end;

  if (gtk_editable_get_selection_bounds (editable, NULL, NULL))
    {
      gtk_editable_delete_selection (editable);
      return;
    }
  before = gtk_editable_get_chars (editable, 0, end);
  do
    start--;
  while (whole_word && start > 0
         && !g_unichar_isspace (g_utf8_get_char (g_utf8_offset_to_pointer (before, start - 1))));
  if (start >= 0)
    gtk_editable_delete_text (editable, start, end);
}

static void
rub_out (AmendsKioskKeyboard *self, gboolean whole_word)
{
  if (GTK_IS_TEXT_VIEW (self->target))
    rub_out_in_view (GTK_TEXT_VIEW (self->target), whole_word);
  else if (GTK_IS_EDITABLE (self->target))
    rub_out_in_entry (GTK_EDITABLE (self->target), whole_word);
}

/* ------------------------------------------------------------ keys */

static void
set_capital (AmendsKioskKeyboard *self, gboolean is_capital)
{
  self->is_capital = is_capital;
  if (self->capital != NULL)
    gtk_button_set_label (GTK_BUTTON (self->capital),
                          is_capital ? K_ ("Capital ✓") : K_ ("Capital"));
}

static void
letter_cb (GtkButton *button, gpointer user_data)
{
  AmendsKioskKeyboard *self = user_data;
  const char *letter = g_object_get_data (G_OBJECT (button), "key");
  gint64 now_us = g_get_monotonic_time ();
  g_autofree char *small = g_utf8_strdown (letter, -1);

  if (letter == self->last_key && now_us - self->last_us < REPEAT_US)
    return;
  self->last_key = letter;
  self->last_us = now_us;
  write_text (self, self->is_capital || begins_sentence (self) ? letter : small);
  if (self->is_capital)
    set_capital (self, FALSE);
}

static GtkWidget *
make_key (AmendsKioskKeyboard *self, const char *label, const char *css_class, GCallback clicked)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_widget_set_focusable (button, FALSE);
  gtk_widget_set_focus_on_click (button, FALSE);
  gtk_widget_add_css_class (button, css_class);
  gtk_widget_set_hexpand (button, TRUE);
  g_signal_connect_object (button, "clicked", clicked, self, 0);
  return button;
}

static void
add_letters (AmendsKioskKeyboard *self, GtkWidget *grid, const char *const *rows)
{
  for (int row = 0; rows[row] != NULL; row++)
    {
      g_auto (GStrv) letters = g_strsplit (rows[row], " ", -1);

      for (int column = 0; letters[column] != NULL; column++)
        {
          GtkWidget *key = make_key (self, letters[column], "key", G_CALLBACK (letter_cb));

          g_object_set_data_full (G_OBJECT (key), "key", g_strdup (letters[column]), g_free);
          gtk_grid_attach (GTK_GRID (grid), key, column, row, 1, 1);
        }
    }
}

static void
space_cb (GtkButton *button, gpointer user_data)
{
  write_text (user_data, " ");
}

static void
new_line_cb (GtkButton *button, gpointer user_data)
{
  AmendsKioskKeyboard *self = user_data;

  if (GTK_IS_TEXT_VIEW (self->target))
    write_text (self, "\n");
}

static void
rub_out_cb (GtkButton *button, gpointer user_data)
{
  rub_out (user_data, FALSE);
}

static void
rub_out_word_cb (GtkButton *button, gpointer user_data)
{
  rub_out (user_data, TRUE);
}

static void
capital_cb (GtkButton *button, gpointer user_data)
{
  AmendsKioskKeyboard *self = user_data;

  set_capital (self, !self->is_capital);
}

static void
switch_cb (GtkButton *button, gpointer user_data)
{
  AmendsKioskKeyboard *self = user_data;
  const char *shown = gtk_stack_get_visible_child_name (GTK_STACK (self->stack));

  gtk_stack_set_visible_child_name (GTK_STACK (self->stack),
                                    g_strcmp0 (shown, "letters") == 0 ? "digits" : "letters");
}

static void
put_away_cb (GtkButton *button, gpointer user_data)
{
  g_signal_emit (user_data, signals[SIGNAL_PUT_AWAY], 0);
}

static void
add_word_key (AmendsKioskKeyboard *self,
              GtkWidget *grid,
              const char *label,
              GCallback clicked,
              int column,
              int row,
              int n_columns)
{
  gtk_grid_attach (GTK_GRID (grid), make_key (self, label, "word-key", clicked), column, row,
                   n_columns, 1);
}

/* The keys at the end of each row, and the row at the bottom, are the same on both faces. */
static GtkWidget *
make_face (AmendsKioskKeyboard *self, const char *const *rows, gboolean has_letters)
{
  GtkWidget *grid = gtk_grid_new ();
  g_auto (GStrv) first = g_strsplit (rows[0], " ", -1);
  int end = (int) g_strv_length (first);
  int bottom = (int) g_strv_length ((char **) rows);

  gtk_grid_set_column_spacing (GTK_GRID (grid), GAP);
  gtk_grid_set_row_spacing (GTK_GRID (grid), GAP);
  gtk_grid_set_column_homogeneous (GTK_GRID (grid), TRUE);
  add_letters (self, grid, rows);
  add_word_key (self, grid, K_ ("Rub out"), G_CALLBACK (rub_out_cb), end, 0, 2);
  add_word_key (self, grid, K_ ("Rub out word"), G_CALLBACK (rub_out_word_cb), end, 1, 2);
  add_word_key (self, grid, K_ ("New line"), G_CALLBACK (new_line_cb), end, 2, 2);
  add_word_key (self, grid, K_ ("Put away"), G_CALLBACK (put_away_cb), end, bottom, 2);
  /* Arabic script has no capitals. */
  if (has_letters && !amends_kiosk_language_get ()->is_rtl)
    {
      self->capital = make_key (self, K_ ("Capital"), "word-key", G_CALLBACK (capital_cb));
      gtk_grid_attach (GTK_GRID (grid), self->capital, 0, bottom, 2, 1);
    }
  /* Translators: the key that goes back to letters; the first three of the alphabet. */
  add_word_key (self, grid, has_letters ? "123" : K_ ("ABC"), G_CALLBACK (switch_cb), 2, bottom, 1);
  add_word_key (self, grid, K_ ("Space"), G_CALLBACK (space_cb), 3, bottom, end - 3);
  return grid;
}

static void
amends_kiosk_keyboard_dispose (GObject *object)
{
  AmendsKioskKeyboard *self = AMENDS_KIOSK_KEYBOARD (object);

  g_clear_object (&self->target);

  G_OBJECT_CLASS (amends_kiosk_keyboard_parent_class)->dispose (object);
}

static void
amends_kiosk_keyboard_class_init (AmendsKioskKeyboardClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = amends_kiosk_keyboard_dispose;

  signals[SIGNAL_PUT_AWAY] = g_signal_new ("put-away", AMENDS_TYPE_KIOSK_KEYBOARD,
                                           G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
amends_kiosk_keyboard_init (AmendsKioskKeyboard *self)
{
  static const char *const digits[] = { "1 2 3 4 5 6 7 8 9", "0 . , ? ! - ' / @",
                                        "£ : ; ( ) + & % \"", NULL };
  static const char *const digits_rtl[] = { "1 2 3 4 5 6 7 8 9", "0 . ، ؟ ! - ' / @",
                                            "£ : ؛ ( ) + & % \"", NULL };
  const AmendsKioskLanguage *language = amends_kiosk_language_get ();

  self->stack = gtk_stack_new ();
  gtk_widget_set_hexpand (self->stack, TRUE);
  gtk_stack_add_named (GTK_STACK (self->stack), make_face (self, language->letters, TRUE),
                       "letters");
  gtk_stack_add_named (GTK_STACK (self->stack),
                       make_face (self, language->is_rtl ? digits_rtl : digits, FALSE), "digits");
  gtk_box_append (GTK_BOX (self), self->stack);
  gtk_widget_add_css_class (GTK_WIDGET (self), "keyboard");
}

/**
 * amends_kiosk_keyboard_new:
 *
 * Returns: (transfer floating): a keyboard for the language in use, that writes nowhere yet
 */
GtkWidget *
amends_kiosk_keyboard_new (void)
{
  return g_object_new (AMENDS_TYPE_KIOSK_KEYBOARD, NULL);
}

/**
 * amends_kiosk_keyboard_set_target:
 * @target: (nullable): a text view, or the text of an entry, to write in
 */
void
amends_kiosk_keyboard_set_target (AmendsKioskKeyboard *self, GtkWidget *target)
{
  GtkWidget *entry =
      target != NULL && !GTK_IS_TEXT_VIEW (target) ? gtk_widget_get_parent (target) : NULL;
  gboolean is_number = entry != NULL && g_object_get_data (G_OBJECT (entry), "is-number") != NULL;

  if (!g_set_object (&self->target, target))
    return;
  self->last_key = NULL;
  set_capital (self, FALSE);
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), is_number ? "digits" : "letters");
}
