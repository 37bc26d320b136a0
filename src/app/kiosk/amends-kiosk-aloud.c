/* amends-kiosk-aloud.c: reading a page of the kiosk aloud
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A row of buttons while it reads: slower, faster, quieter, louder, again. It reads what is on the page, in its
 * order: the question, how, why, every answer and whether it is chosen, and what was written. */

#include "config.h"

#include "app/kiosk/amends-kiosk-aloud.h"

#include "app/kiosk/amends-kiosk-language.h"
#include "app/kiosk/amends-kiosk-parts.h"
#include "app/kiosk/amends-kiosk-voice.h"

#define GAP 14

struct _AmendsKioskAloud
{
  GtkBox parent_instance;

  AmendsKioskVoice *voice;
  GtkWidget *note;
  GtkWidget *buttons;
  gboolean is_quiet;
};

G_DEFINE_FINAL_TYPE (AmendsKioskAloud, amends_kiosk_aloud, GTK_TYPE_BOX)

/* ------------------------------------------------------------ what is on a page */

static void
add_text (GString *text, const char *part)
{
  if (part == NULL || *part == '\0')
    return;
  if (text->len > 0)
    g_string_append (text,
                     g_unichar_ispunct (g_utf8_get_char (g_utf8_prev_char (text->str + text->len)))
                         ? "\n"
                         : ".\n");
  g_string_append (text, part);
}

static void
add_words (GString *text, GtkTextView *view)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (view);
  g_autofree char *words = NULL;
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  words = gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
  add_text (text, words);
}

/* What is written where nobody is to see it, as a PIN, is not said to the room. */
static void
add_entry (GString *text, GtkEntry *entry)
{
  if (gtk_entry_get_visibility (entry))
    add_text (text, gtk_editable_get_text (GTK_EDITABLE (entry)));
}

static void
add_widget (GString *text, GtkWidget *widget)
{
  if (!gtk_widget_get_visible (widget))
    return;
  if (GTK_IS_LABEL (widget))
    add_text (text, gtk_label_get_text (GTK_LABEL (widget)));
  else if (GTK_IS_ENTRY (widget))
    add_entry (text, GTK_ENTRY (widget));
  else if (GTK_IS_TEXT_VIEW (widget))
    add_words (text, GTK_TEXT_VIEW (widget));
  else
    for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
         child = gtk_widget_get_next_sibling (child))
      add_widget (text, child);
  if (GTK_IS_CHECK_BUTTON (widget) && gtk_check_button_get_active (GTK_CHECK_BUTTON (widget)))
    add_text (text, K_ ("Chosen"));
}

/**
 * amends_kiosk_aloud_dup_text:
 *
 * Returns: (transfer full): all that is on @page, a sentence a line
 */
char *
amends_kiosk_aloud_dup_text (GtkWidget *page)
{
  GString *text = g_string_new (NULL);

  add_widget (text, page);
  return g_string_free (text, FALSE);
}

/* ------------------------------------------------------------ the row */

static void
failed_cb (AmendsKioskVoice *voice, gpointer user_data)
{
  AmendsKioskAloud *self = user_data;

  gtk_label_set_text (GTK_LABEL (self->note),
                      K_ ("This screen cannot read this language aloud. Ask our staff."));
  gtk_widget_hide (self->buttons);
}

static void
step_cb (GtkButton *button, gpointer user_data)
{
  AmendsKioskAloud *self = user_data;

  if (self->is_quiet)
    return;
  amends_kiosk_voice_step (self->voice,
                           GPOINTER_TO_INT (g_object_get_data (G_OBJECT (button), "step")));
}

static void
add_buttons (AmendsKioskAloud *self)
{
  static const struct
  {
    AmendsKioskVoiceStep step;
    const char *label;
  } rows[] = {
    { AMENDS_KIOSK_VOICE_SLOWER, NK_ ("Slower") },   { AMENDS_KIOSK_VOICE_FASTER, NK_ ("Faster") },
    { AMENDS_KIOSK_VOICE_QUIETER, NK_ ("Quieter") }, { AMENDS_KIOSK_VOICE_LOUDER, NK_ ("Louder") },
    { AMENDS_KIOSK_VOICE_AGAIN, NK_ ("Again") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      GtkWidget *button = gtk_button_new_with_label (K_ (rows[i].label));

      gtk_widget_add_css_class (button, "plain");
      gtk_widget_set_hexpand (button, TRUE);
      g_object_set_data (G_OBJECT (button), "step", GINT_TO_POINTER (rows[i].step));
      g_signal_connect_object (button, "clicked", G_CALLBACK (step_cb), self, 0);
      gtk_box_append (GTK_BOX (self->buttons), button);
    }
}

static void
amends_kiosk_aloud_dispose (GObject *object)
{
  AmendsKioskAloud *self = AMENDS_KIOSK_ALOUD (object);

  if (self->voice != NULL)
    amends_kiosk_voice_stop (self->voice);
  g_clear_object (&self->voice);

  G_OBJECT_CLASS (amends_kiosk_aloud_parent_class)->dispose (object);
}

static void
amends_kiosk_aloud_class_init (AmendsKioskAloudClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = amends_kiosk_aloud_dispose;
}

static void
amends_kiosk_aloud_init (AmendsKioskAloud *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_widget_add_css_class (GTK_WIDGET (self), "more");
  self->voice = amends_kiosk_voice_new ();
  g_signal_connect_object (self->voice, "failed", G_CALLBACK (failed_cb), self, 0);
  self->note = amends_kiosk_label ("", "hint");
  self->buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, GAP);
  gtk_box_set_homogeneous (GTK_BOX (self->buttons), TRUE);
  add_buttons (self);
  gtk_box_append (GTK_BOX (self), self->note);
  gtk_box_append (GTK_BOX (self), self->buttons);
  gtk_widget_hide (GTK_WIDGET (self));
}

/**
 * amends_kiosk_aloud_new:
 *
 * Returns: (transfer floating): the row, in the language in use; it is shown while it reads
 */
GtkWidget *
amends_kiosk_aloud_new (void)
{
  return g_object_new (AMENDS_TYPE_KIOSK_ALOUD, NULL);
}

/**
 * amends_kiosk_aloud_is_on:
 *
 * Returns: whether somebody listens: from the first word until the page goes, or they want no more
 */
gboolean
amends_kiosk_aloud_is_on (AmendsKioskAloud *self)
{
  return gtk_widget_get_visible (GTK_WIDGET (self));
}

/**
 * amends_kiosk_aloud_read:
 * @page: to be read from its beginning; nothing is while it is quiet
 */
void
amends_kiosk_aloud_read (AmendsKioskAloud *self, GtkWidget *page)
{
  g_autofree char *text = NULL;

  g_return_if_fail (AMENDS_IS_KIOSK_ALOUD (self) && GTK_IS_WIDGET (page));

  if (self->is_quiet)
    return;
  text = amends_kiosk_aloud_dup_text (page);
  gtk_label_set_text (GTK_LABEL (self->note),
                      K_ ("Use headphones if you can: whoever is near hears it."));
  gtk_widget_show (self->buttons);
  gtk_widget_show (GTK_WIDGET (self));
  amends_kiosk_voice_read (self->voice, text, amends_kiosk_language_get ()->code);
}

/**
 * amends_kiosk_aloud_say:
 * @text: in the language in use; it is said in the place of what is read now, to whoever listens
 */
void
amends_kiosk_aloud_say (AmendsKioskAloud *self, const char *text)
{
  if (amends_kiosk_aloud_is_on (self) && !self->is_quiet)
    amends_kiosk_voice_read (self->voice, text, amends_kiosk_language_get ()->code);
}

/**
 * amends_kiosk_aloud_set_quiet:
 * @is_quiet: whether nothing is said, at once and until it is again: whoever listened listens still
 */
void
amends_kiosk_aloud_set_quiet (AmendsKioskAloud *self, gboolean is_quiet)
{
  g_return_if_fail (AMENDS_IS_KIOSK_ALOUD (self));

  if (is_quiet && !self->is_quiet && amends_kiosk_aloud_is_on (self))
    amends_kiosk_voice_stop (self->voice);
  self->is_quiet = is_quiet;
}

/**
 * amends_kiosk_aloud_stop:
 *
 * At once; what was read is forgotten.
 */
void
amends_kiosk_aloud_stop (AmendsKioskAloud *self)
{
  g_return_if_fail (AMENDS_IS_KIOSK_ALOUD (self));

  if (!gtk_widget_get_visible (GTK_WIDGET (self)))
    return;
  amends_kiosk_voice_stop (self->voice);
  gtk_widget_hide (GTK_WIDGET (self));
}
