/* amends-kiosk-page.c: one question of a kiosk, and its answers
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Made from a row of the table of questions. Answers are written into the one object in memory as they are
 * given, so that going back loses nothing. */

#include "config.h"

#include "app/kiosk/amends-kiosk-page.h"

#include "app/amends-homes.h"
#include "app/kiosk/amends-kiosk-language.h"
#include "app/kiosk/amends-kiosk-numbers.h"
#include "app/kiosk/amends-kiosk-parts.h"
#include "app/kiosk/amends-kiosk-style.h"

#define GAP 14

/* Of choices in large text. */
#define LARGE_N_COLUMNS 2u

/* Beside each other above the keyboard: more leave no room for it. */
#define N_HOMES 3u

/* Two lines, in pixels: so much is seen of what is written, whatever else stands above the keyboard. */
#define WORDS_HEIGHT 110

/* Pixels that the ring about what is written in reaches beyond it: it must not cover the foot of a name above. */
#define RING 10

/* The answer for which the doors of the place are offered. */
#define HOME_KEY "home"

struct _AmendsKioskPage
{
  GtkBox parent_instance;

  const AmendsKioskQuestion *question;
  json_t *answers;
  gboolean is_large;

  GtkWidget *problem_box;
  GtkWidget *problem_label;
  GtkWidget *problem_link;  /* to the answer that it is about */
  GtkWidget *problem_there; /* the same words, at that answer */
  GtkWidget *note;          /* what is said to somebody who answered so */
  GtkWidget *first;         /* what the focus goes to */

  GtkWidget *hints[AMENDS_KIOSK_N_OTHERS]; /* (nullable) (unowned): below what leads there */

  GtkEditable *home;    /* (nullable) (unowned): where a home is typed */
  GtkWidget *homes_box; /* (nullable) (unowned): those that are offered below it */
  GPtrArray *homes;     /* (nullable) (owned) (element-type AmendsHome): the doors that there are */
  char *scheme;         /* (nullable) (owned): whose */
};

enum
{
  SIGNAL_CHANGED,
  SIGNAL_CHANGE,
  SIGNAL_OTHER,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (AmendsKioskPage, amends_kiosk_page, GTK_TYPE_BOX)

static void
say_changed (AmendsKioskPage *self)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
take_first (AmendsKioskPage *self, GtkWidget *widget)
{
  if (self->first == NULL)
    self->first = widget;
}

/* ------------------------------------------------------------ choices */

static void
toggled_cb (GtkCheckButton *button, gpointer user_data)
{
  AmendsKioskPage *self = user_data;
  const char *code = g_object_get_data (G_OBJECT (button), "code");

  amends_kiosk_answers_choose (self->answers, self->question->id, code,
                               gtk_check_button_get_active (button));
  say_changed (self);
}

static GtkWidget *
make_option (AmendsKioskPage *self, const AmendsKioskOption *option, GtkWidget *group)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  gboolean is_chosen = amends_kiosk_answers_has (self->answers, self->question->id, option->code);
  GtkWidget *button;

  gtk_box_append (GTK_BOX (box), amends_kiosk_label (K_ (option->label), "choice"));
  if (option->hint != NULL)
    gtk_box_append (GTK_BOX (box), amends_kiosk_label (K_ (option->hint), "hint"));
  button = amends_kiosk_card (box, K_ (option->label), group, is_chosen);
  g_object_set_data (G_OBJECT (button), "code", (gpointer) option->code);
  g_signal_connect_object (button, "toggled", G_CALLBACK (toggled_cb), self, 0);
  /* A name of a language has the letters of its own. */
  if (g_str_equal (self->question->id, "language"))
    gtk_widget_add_css_class (button, option->code);
  take_first (self, button);
  if (is_chosen)
    self->first = button;
  return button;
}

static GtkWidget *
make_options (AmendsKioskPage *self)
{
  const AmendsKioskQuestion *question = self->question;
  GtkWidget *grid = gtk_grid_new ();
  GtkWidget *group = NULL;
  guint n_columns =
      self->is_large ? MIN (question->n_columns, LARGE_N_COLUMNS) : question->n_columns;

  gtk_grid_set_column_spacing (GTK_GRID (grid), GAP);
  gtk_grid_set_row_spacing (GTK_GRID (grid), GAP);
  gtk_grid_set_column_homogeneous (GTK_GRID (grid), TRUE);
  for (guint option = 0, i = 0; option < question->n_options; option++)
    {
      GtkWidget *button;

      if (question->options[option].applies != NULL
          && !question->options[option].applies (self->answers))
        continue;
      button = make_option (self, &question->options[option],
                            question->kind == AMENDS_KIOSK_ONE ? group : NULL);
      group = group != NULL ? group : button;
      gtk_widget_set_hexpand (button, TRUE);
      gtk_grid_attach (GTK_GRID (grid), button, (int) (i % n_columns), (int) (i / n_columns), 1, 1);
      i++;
    }
  return grid;
}

/* ------------------------------------------------------------ yes, no, ask me first */

static void
each_toggled_cb (GtkCheckButton *button, gpointer user_data)
{
  AmendsKioskPage *self = user_data;

  if (!gtk_check_button_get_active (button))
    return;
  amends_kiosk_answers_set_text (self->answers, self->question->id,
                                 g_object_get_data (G_OBJECT (button), "purpose"),
                                 g_object_get_data (G_OBJECT (button), "code"));
  say_changed (self);
}

static GtkWidget *
make_each_row (AmendsKioskPage *self, const AmendsKioskOption *option)
{
  static const AmendsKioskOption words[] = {
    { "yes", NK_ ("Yes"), NULL },
    { "no", NK_ ("No"), NULL },
    { "ask", NK_ ("Ask me first"), NULL },
  };
  GtkWidget *row =
      gtk_box_new (self->is_large ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL, GAP);
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, GAP);
  GtkWidget *label = amends_kiosk_label (K_ (option->label), "choice");
  const char *answer =
      amends_kiosk_answers_get_text (self->answers, self->question->id, option->code);
  GtkWidget *group = NULL;

  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (row), label);
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      g_autofree char *name = g_strdup_printf ("%s: %s", K_ (option->label), K_ (words[i].label));
      GtkWidget *button = amends_kiosk_card (amends_kiosk_line (K_ (words[i].label), "choice"),
                                             name, group, g_strcmp0 (answer, words[i].code) == 0);

      group = group != NULL ? group : button;
      gtk_widget_add_css_class (button, "short");
      g_object_set_data (G_OBJECT (button), "purpose", (gpointer) option->code);
      g_object_set_data (G_OBJECT (button), "code", (gpointer) words[i].code);
      g_signal_connect_object (button, "toggled", G_CALLBACK (each_toggled_cb), self, 0);
      gtk_box_append (GTK_BOX (buttons), button);
      take_first (self, button);
    }
  gtk_box_append (GTK_BOX (row), buttons);
  return row;
}

static void
add_each (AmendsKioskPage *self)
{
  for (guint i = 0; i < self->question->n_options; i++)
    gtk_box_append (GTK_BOX (self), make_each_row (self, &self->question->options[i]));
}

/* ------------------------------------------------------------ words */

static void
home_cb (GtkButton *button, gpointer user_data)
{
  AmendsKioskPage *self = user_data;
  const char *address = g_object_get_data (G_OBJECT (button), "address");

  gtk_widget_grab_focus (GTK_WIDGET (self->home));
  gtk_editable_set_text (self->home, address); /* takes the buttons away */
  gtk_editable_set_position (self->home, -1);
}

/* Doors, and never who lives behind them. What was typed stays an answer. */
static void
offer_homes (AmendsKioskPage *self)
{
  g_auto (GStrv) found = NULL;
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->homes_box)) != NULL)
    gtk_box_remove (GTK_BOX (self->homes_box), child);
  found = amends_homes_find (self->homes, self->scheme, gtk_editable_get_text (self->home),
                             self->is_large ? LARGE_N_COLUMNS : N_HOMES);
  for (guint i = 0; found[i] != NULL; i++)
    {
      GtkWidget *button = gtk_button_new ();

      gtk_button_set_child (GTK_BUTTON (button), amends_kiosk_label (found[i], "choice"));
      gtk_widget_add_css_class (button, "plain");
      gtk_widget_set_hexpand (button, TRUE);
      amends_kiosk_set_name (button, found[i]);
      g_object_set_data_full (G_OBJECT (button), "address", g_strdup (found[i]), g_free);
      g_signal_connect_object (button, "clicked", G_CALLBACK (home_cb), self, 0);
      gtk_box_append (GTK_BOX (self->homes_box), button);
    }
  gtk_widget_set_visible (self->homes_box, found[0] != NULL);
}

static void
line_changed_cb (GtkEditable *editable, gpointer user_data)
{
  AmendsKioskPage *self = user_data;

  if (editable == self->home)
    offer_homes (self);
  amends_kiosk_answers_set_text (self->answers, self->question->id,
                                 g_object_get_data (G_OBJECT (editable), "key"),
                                 gtk_editable_get_text (editable));
  say_changed (self);
}

static void
add_homes (AmendsKioskPage *self, GtkEditable *entry, GtkBox *box)
{
  self->home = entry;
  self->homes_box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, GAP);
  gtk_box_set_homogeneous (GTK_BOX (self->homes_box), TRUE);
  gtk_widget_set_margin_top (self->homes_box, 6); /* clear of the ring around the field */
  gtk_widget_hide (self->homes_box);
  gtk_box_append (box, self->homes_box);
}

static GtkWidget *
make_line (AmendsKioskPage *self, const AmendsKioskLine *line)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, RING);
  GtkWidget *label = amends_kiosk_label (K_ (line->label), "hint");
  GtkWidget *entry = gtk_entry_new ();
  const char *text = amends_kiosk_answers_get_text (self->answers, self->question->id, line->key);

  gtk_editable_set_text (GTK_EDITABLE (entry), text != NULL ? text : "");
  gtk_entry_set_input_hints (GTK_ENTRY (entry), GTK_INPUT_HINT_PRIVATE | GTK_INPUT_HINT_NO_EMOJI
                                                    | GTK_INPUT_HINT_NO_SPELLCHECK);
  gtk_entry_set_input_purpose (GTK_ENTRY (entry), line->is_number ? GTK_INPUT_PURPOSE_PHONE
                                                                  : GTK_INPUT_PURPOSE_FREE_FORM);
  gtk_entry_set_extra_menu (GTK_ENTRY (entry), NULL);
  gtk_entry_set_max_length (GTK_ENTRY (entry), 200);
  amends_kiosk_set_name (entry, K_ (line->label));
  g_object_set_data (G_OBJECT (entry), "key", (gpointer) line->key);
  g_object_set_data (G_OBJECT (entry), "is-number", GINT_TO_POINTER (line->is_number));
  g_signal_connect_object (entry, "changed", G_CALLBACK (line_changed_cb), self, 0);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), entry);
  gtk_widget_set_hexpand (box, TRUE);
  take_first (self, entry);
  if (g_str_equal (line->key, HOME_KEY))
    add_homes (self, GTK_EDITABLE (entry), GTK_BOX (box));
  return box;
}

/* Several numbers are one answer: a date. */
static gboolean
has_date (const AmendsKioskQuestion *question)
{
  for (guint i = 0; i < question->n_lines; i++)
    if (!question->lines[i].is_number)
      return FALSE;
  return question->n_lines > 1;
}

/* The numbers of a date stand beside each other; anything longer has a line of its own. */
static void
add_lines (AmendsKioskPage *self)
{
  const AmendsKioskQuestion *question = self->question;
  gboolean is_row = has_date (question);
  GtkWidget *box;

  box = gtk_box_new (is_row ? GTK_ORIENTATION_HORIZONTAL : GTK_ORIENTATION_VERTICAL, GAP);
  for (guint i = 0; i < question->n_lines; i++)
    gtk_box_append (GTK_BOX (box), make_line (self, &question->lines[i]));
  gtk_box_append (GTK_BOX (self), box);
}

static void
words_changed_cb (GtkTextBuffer *buffer, gpointer user_data)
{
  AmendsKioskPage *self = user_data;
  g_autofree char *text = NULL;
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  text = gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
  amends_kiosk_answers_set_text (self->answers, self->question->id, NULL, text);
  say_changed (self);
}

static void
add_words (AmendsKioskPage *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *view = gtk_text_view_new ();
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (view));
  const char *text = amends_kiosk_answers_get_text (self->answers, self->question->id, NULL);

  gtk_text_buffer_set_text (buffer, text != NULL ? text : "", -1);
  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (view), GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (view), FALSE);
  gtk_text_view_set_input_hints (GTK_TEXT_VIEW (view), GTK_INPUT_HINT_PRIVATE
                                                           | GTK_INPUT_HINT_NO_EMOJI
                                                           | GTK_INPUT_HINT_NO_SPELLCHECK);
  gtk_widget_add_css_class (view, "words");
  amends_kiosk_set_name (view, K_ (self->question->title));
  g_signal_connect_object (buffer, "changed", G_CALLBACK (words_changed_cb), self, 0);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), view);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (scroller), WORDS_HEIGHT);
  gtk_widget_set_vexpand (scroller, TRUE);
  gtk_widget_add_css_class (scroller, "field");
  gtk_box_append (GTK_BOX (self), scroller);
  take_first (self, view);
}

/* ------------------------------------------------------------ what is shown, or said */

static const struct
{
  const char *icon;
  const char *absent; /* (nullable) */
} others[AMENDS_KIOSK_N_OTHERS] = {
  [AMENDS_KIOSK_OTHER_MICROPHONE] = { "audio-input-microphone-symbolic",
                                      NK_ ("This screen cannot hear you.") },
  [AMENDS_KIOSK_OTHER_CAMERA] = { "camera-photo-symbolic", NK_ ("This screen has no camera.") },
  [AMENDS_KIOSK_OTHER_PICTURES] = { "view-grid-symbolic", NULL },
  [AMENDS_KIOSK_OTHER_PAD] = { "document-edit-symbolic", NULL },
};

static void
other_cb (GtkButton *button, gpointer user_data)
{
  g_signal_emit (user_data, signals[SIGNAL_OTHER], 0,
                 GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "other")));
}

/* It leads to a page of its own, where there is room. */
static GtkWidget *
make_other (AmendsKioskPage *self, AmendsKioskOther other, const char *word)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, GAP);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *image = gtk_image_new_from_icon_name (others[other].icon);

  gtk_image_set_pixel_size (GTK_IMAGE (image), 34);
  self->hints[other] = amends_kiosk_label ("", "hint");
  gtk_box_append (GTK_BOX (texts), amends_kiosk_label (word, "choice"));
  gtk_box_append (GTK_BOX (texts), self->hints[other]);
  gtk_widget_set_valign (texts, GTK_ALIGN_CENTER);
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_box_append (GTK_BOX (box), image);
  gtk_box_append (GTK_BOX (box), texts);
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_widget_add_css_class (button, "plain");
  amends_kiosk_set_name (button, word);
  g_object_set_data (G_OBJECT (button), "other", GUINT_TO_POINTER (other));
  g_signal_connect_object (button, "clicked", G_CALLBACK (other_cb), self, 0);
  amends_kiosk_page_say_device (self, other, TRUE);
  return button;
}

static void
add_others (AmendsKioskPage *self)
{
  GtkWidget *row =
      gtk_box_new (self->is_large ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL, GAP);

  for (guint i = 0; i < AMENDS_KIOSK_N_OTHERS; i++)
    if (self->question->others[i] != NULL)
      gtk_box_append (GTK_BOX (row), make_other (self, i, K_ (self->question->others[i])));
  gtk_box_set_homogeneous (GTK_BOX (row), TRUE);
  if (gtk_widget_get_first_child (row) != NULL)
    gtk_box_append (GTK_BOX (self), row);
}

/* ------------------------------------------------------------ check */

static void
change_cb (GtkButton *button, gpointer user_data)
{
  AmendsKioskPage *self = user_data;

  g_signal_emit (self, signals[SIGNAL_CHANGE], 0, g_object_get_data (G_OBJECT (button), "id"));
}

static GtkWidget *
make_check_row (AmendsKioskPage *self, const AmendsKioskQuestion *question)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, GAP);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  GtkWidget *button = gtk_button_new_with_label (K_ ("Change"));
  g_autofree char *answer = amends_kiosk_flow_dup_answer (question, self->answers);
  /* Translators: what is spoken of a button, such as "Change: What happened?" */
  g_autofree char *name = g_strdup_printf (K_ ("Change: %s"), K_ (question->title));

  gtk_box_append (GTK_BOX (texts), amends_kiosk_label (K_ (question->title), "hint"));
  gtk_box_append (GTK_BOX (texts),
                  amends_kiosk_label (answer != NULL ? answer : K_ ("Not provided"), "answer"));
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_widget_add_css_class (button, "plain");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  amends_kiosk_set_name (button, name);
  g_object_set_data (G_OBJECT (button), "id", (gpointer) question->id);
  g_signal_connect_object (button, "clicked", G_CALLBACK (change_cb), self, 0);
  gtk_box_append (GTK_BOX (row), texts);
  gtk_box_append (GTK_BOX (row), button);
  gtk_widget_add_css_class (row, "row");
  take_first (self, button);
  return row;
}

static void
add_check (AmendsKioskPage *self)
{
  const AmendsKioskQuestion *question = amends_kiosk_flow_find (NULL);

  for (; question != NULL; question = amends_kiosk_flow_next (question, self->answers))
    if (question->is_numbered)
      gtk_box_append (GTK_BOX (self), make_check_row (self, question));
}

/* ------------------------------------------------------------ the page */

static void
add_heading (AmendsKioskPage *self)
{
  const AmendsKioskQuestion *question = self->question;

  gtk_box_append (GTK_BOX (self), amends_kiosk_label (K_ (question->title), "question"));
  if (question->how != NULL)
    gtk_box_append (GTK_BOX (self), amends_kiosk_label (K_ (question->how), "how"));
  if (question->why != NULL)
    gtk_box_append (GTK_BOX (self), amends_kiosk_label (K_ (question->why), "why"));
  if (amends_kiosk_flow_is_private (question, self->answers))
    gtk_box_append (GTK_BOX (self),
                    amends_kiosk_label (K_ ("You may ask whoever helps you to look away now."),
                                        "why"));

  self->problem_label = amends_kiosk_label ("", "problem");
  self->problem_link = gtk_button_new ();
  gtk_button_set_child (GTK_BUTTON (self->problem_link), self->problem_label);
  gtk_widget_add_css_class (self->problem_link, "problem-link");
  g_signal_connect_swapped (self->problem_link, "clicked", G_CALLBACK (amends_kiosk_page_enter),
                            self);
  self->problem_box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_box_append (GTK_BOX (self->problem_box),
                  amends_kiosk_label (K_ ("There is a problem"), "problem-heading"));
  gtk_box_append (GTK_BOX (self->problem_box), self->problem_link);
  gtk_widget_add_css_class (self->problem_box, "problem-box");
  gtk_widget_set_focusable (self->problem_box, TRUE);
  gtk_widget_hide (self->problem_box);
  gtk_box_append (GTK_BOX (self), self->problem_box);

  /* Spare room is above the answers, so that they are in reach. */
  if (question->kind != AMENDS_KIOSK_WORDS)
    gtk_box_append (GTK_BOX (self), amends_kiosk_spare ());
}

/* Above the answers, where who looks at them reads it. */
static void
add_problem_there (AmendsKioskPage *self)
{
  self->problem_there = amends_kiosk_label ("", "problem");
  gtk_widget_hide (self->problem_there);
  gtk_box_append (GTK_BOX (self), self->problem_there);
}

static void
add_answers (AmendsKioskPage *self)
{
  gboolean begins_with_lines =
      has_date (self->question) || self->question->kind == AMENDS_KIOSK_TELL;

  add_problem_there (self);
  if (begins_with_lines && self->question->n_lines > 0)
    add_lines (self);
  switch (self->question->kind)
    {
    case AMENDS_KIOSK_ONE:
    case AMENDS_KIOSK_MANY:
      gtk_box_append (GTK_BOX (self), make_options (self));
      break;
    case AMENDS_KIOSK_WORDS:
      add_words (self);
      break;
    case AMENDS_KIOSK_EACH:
      add_each (self);
      break;
    case AMENDS_KIOSK_CHECK:
      add_check (self);
      break;
    case AMENDS_KIOSK_TELL:
      break;
    }
  if (!begins_with_lines && self->question->n_lines > 0)
    add_lines (self);
  if (amends_kiosk_flow_takes_others (self->question, self->answers))
    add_others (self);
  self->note = amends_kiosk_label ("", "how");
  gtk_widget_hide (self->note);
  gtk_box_append (GTK_BOX (self), self->note);
}

static void
amends_kiosk_page_dispose (GObject *object)
{
  AmendsKioskPage *self = AMENDS_KIOSK_PAGE (object);

  g_clear_pointer (&self->answers, json_decref);
  g_clear_pointer (&self->homes, g_ptr_array_unref);
  g_clear_pointer (&self->scheme, g_free);

  G_OBJECT_CLASS (amends_kiosk_page_parent_class)->dispose (object);
}

static void
amends_kiosk_page_class_init (AmendsKioskPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = amends_kiosk_page_dispose;

  /* An answer is another. */
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", AMENDS_TYPE_KIOSK_PAGE, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 0);
  /* The answer to the question of that id is to be changed. */
  signals[SIGNAL_CHANGE] = g_signal_new ("change", AMENDS_TYPE_KIOSK_PAGE, G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  /* It is to be answered in that other way, an AmendsKioskOther. */
  signals[SIGNAL_OTHER] = g_signal_new ("other", AMENDS_TYPE_KIOSK_PAGE, G_SIGNAL_RUN_LAST, 0, NULL,
                                        NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
}

static void
amends_kiosk_page_init (AmendsKioskPage *self)
{
  amends_kiosk_make_page (GTK_BOX (self));
}

/**
 * amends_kiosk_page_new:
 * @answers: all answers; those of this page are written into it
 * @percent: how large its texts are, from 100; in large ones fewer stand beside each other
 *
 * Returns: (transfer floating): the page
 */
GtkWidget *
amends_kiosk_page_new (const AmendsKioskQuestion *question, json_t *answers, int percent)
{
  AmendsKioskPage *self = g_object_new (AMENDS_TYPE_KIOSK_PAGE, NULL);

  self->question = question;
  self->answers = json_incref (answers);
  self->is_large = percent >= AMENDS_KIOSK_LARGE_PERCENT;
  add_heading (self);
  add_answers (self);
  return GTK_WIDGET (self);
}

/**
 * amends_kiosk_page_say_numbers:
 * @numbers: (element-type AmendsNumber): as amends_kiosk_numbers_choose() has them
 *
 * Where the question says that staff can be asked, whom to ring stands below.
 */
void
amends_kiosk_page_say_numbers (AmendsKioskPage *self, const GPtrArray *numbers)
{
  g_return_if_fail (AMENDS_IS_KIOSK_PAGE (self));

  for (guint i = 0; self->question->says_numbers && i < numbers->len; i++)
    {
      g_autofree char *text = amends_kiosk_numbers_describe (g_ptr_array_index (numbers, i));

      gtk_box_insert_child_after (GTK_BOX (self), amends_kiosk_label (text, "why"),
                                  gtk_widget_get_prev_sibling (self->problem_box));
    }
}

static void
homes_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (AmendsKioskPage) self = user_data;
  AmendsSession *session = AMENDS_SESSION (source);
  const GPtrArray *schemes = amends_session_get_schemes (session);
  g_autoptr (GPtrArray) homes = amends_session_list_homes_finish (session, result, NULL);

  if (homes == NULL || schemes == NULL || schemes->len == 0
      || !amends_homes_are_fresh (amends_session_get_status (session)->last_sync,
                                  g_get_real_time ()))
    return;
  g_clear_pointer (&self->homes, g_ptr_array_unref);
  g_free (self->scheme);
  self->homes = g_steal_pointer (&homes);
  self->scheme = g_strdup (((const AmendsScheme *) g_ptr_array_index (schemes, 0))->code);
  offer_homes (self);
}

/**
 * amends_kiosk_page_ask_homes:
 * @session: which knows the doors of the place
 *
 * Where a home is typed, those that are meant are offered while it is. Where the list is older than
 * %AMENDS_HOMES_MAX_AGE_DAYS it is typed: a visitor cannot see that a door is missing because nobody knew of it.
 */
void
amends_kiosk_page_ask_homes (AmendsKioskPage *self, AmendsSession *session)
{
  g_return_if_fail (AMENDS_IS_KIOSK_PAGE (self));

  if (self->home != NULL)
    amends_session_list_homes_async (session, NULL, homes_cb, g_object_ref (self));
}

/**
 * amends_kiosk_page_say_device:
 * @other: another way to answer
 * @has_device: whether there may be what it takes
 *
 * Where the question can be answered so, it says that it cannot be here, or how many of them there are.
 */
void
amends_kiosk_page_say_device (AmendsKioskPage *self, AmendsKioskOther other, gboolean has_device)
{
  guint n[AMENDS_KIOSK_N_OTHERS] = { 0 };
  GtkWidget *hint = self->hints[other];
  g_autofree char *there = NULL;

  if (hint == NULL)
    return;
  n[other] = amends_kiosk_flow_count_other (self->question, self->answers, other);
  there = n[other] == 0 && !has_device ? g_strdup (K_ (others[other].absent))
                                       : amends_kiosk_flow_dup_shown (n);
  gtk_label_set_text (GTK_LABEL (hint), there != NULL ? there : "");
  gtk_widget_set_visible (hint, there != NULL);
}

const AmendsKioskQuestion *
amends_kiosk_page_get_question (AmendsKioskPage *self)
{
  return self->question;
}

/**
 * amends_kiosk_page_set_problem:
 * @problem: (nullable): what is wrong and what would be right
 *
 * The focus goes to it, so that it is read out. It leads to the answer, at which the same stands.
 */
void
amends_kiosk_page_set_problem (AmendsKioskPage *self, const char *problem)
{
  gtk_label_set_text (GTK_LABEL (self->problem_label), problem != NULL ? problem : "");
  gtk_label_set_text (GTK_LABEL (self->problem_there), problem != NULL ? problem : "");
  gtk_widget_set_visible (self->problem_box, problem != NULL);
  /* Where one writes, the field stands right below it, above the keyboard: there is no room to say it twice. */
  gtk_widget_set_visible (self->problem_there, problem != NULL && self->first != NULL
                                                   && self->question->kind != AMENDS_KIOSK_WORDS);
  if (problem == NULL)
    return;
  amends_kiosk_set_name (self->problem_box, problem);
  amends_kiosk_set_name (self->problem_link, problem);
  gtk_widget_grab_focus (self->problem_box);
}

/**
 * amends_kiosk_page_set_note:
 * @note: (nullable): as amends_kiosk_flow_get_note() has it
 */
void
amends_kiosk_page_set_note (AmendsKioskPage *self, const char *note)
{
  gtk_label_set_text (GTK_LABEL (self->note), note != NULL ? note : "");
  gtk_widget_set_visible (self->note, note != NULL);
}

/**
 * amends_kiosk_page_enter:
 *
 * Gives the focus to the first answer.
 */
void
amends_kiosk_page_enter (AmendsKioskPage *self)
{
  if (self->first != NULL)
    gtk_widget_grab_focus (self->first);
}
