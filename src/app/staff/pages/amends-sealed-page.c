/* amends-sealed-page.c: what became of what was saved and cannot be opened here
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The reference is all that is left of it, and it is to be told or written down: this page is the last that shows
 * it. */

#include "config.h"

#include "app/staff/pages/amends-sealed-page.h"

#include <glib/gi18n.h>

#include "app/amends-words.h"

struct _AmendsSealedPage
{
  AdwBin parent_instance;

  GtkLabel *reference_label; /* from the template, as all below */
  GtkLabel *ring_label;
  GtkWidget *ask_button;
  GtkWidget *done_button;
};

G_DEFINE_FINAL_TYPE (AmendsSealedPage, amends_sealed_page, ADW_TYPE_BIN)

enum
{
  SIGNAL_CLOSED,
  SIGNAL_ASK_FIRST,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
done_cb (AmendsSealedPage *self)
{
  g_signal_emit (self, signals[SIGNAL_CLOSED], 0);
}

static void
ask_cb (AmendsSealedPage *self)
{
  g_signal_emit (self, signals[SIGNAL_ASK_FIRST], 0);
}

static gboolean
amends_sealed_page_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (AMENDS_SEALED_PAGE (widget)->done_button);
}

static void
amends_sealed_page_class_init (AmendsSealedPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->grab_focus = amends_sealed_page_grab_focus;
  signals[SIGNAL_CLOSED] = g_signal_new ("closed", AMENDS_TYPE_SEALED_PAGE, G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 0);
  /* The case beside which it was told is to say whom to ask first. */
  signals[SIGNAL_ASK_FIRST] = g_signal_new ("ask-first", AMENDS_TYPE_SEALED_PAGE, G_SIGNAL_RUN_LAST,
                                            0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/amends/Amends/staff/pages/amends-sealed-page.ui");
  gtk_widget_class_bind_template_child (widget_class, AmendsSealedPage, reference_label);
  gtk_widget_class_bind_template_child (widget_class, AmendsSealedPage, ring_label);
  gtk_widget_class_bind_template_child (widget_class, AmendsSealedPage, ask_button);
  gtk_widget_class_bind_template_child (widget_class, AmendsSealedPage, done_button);
  gtk_widget_class_bind_template_callback (widget_class, ask_cb);
  gtk_widget_class_bind_template_callback (widget_class, done_cb);
}

static void
amends_sealed_page_init (AmendsSealedPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * amends_sealed_page_show:
 * @reference: of what was saved; "" when the page goes
 * @ring: whom to ring of it, in sentences; "" if no number is known here
 * @is_beside_case: whether it was told beside a case, which may say whom to ask first
 */
void
amends_sealed_page_show (AmendsSealedPage *self,
                         const char *reference,
                         const char *ring,
                         gboolean is_beside_case)
{
  g_autofree char *isolated = amends_words_isolate (reference);
  g_autofree char *sentence = amends_words_join (
      " ", _ ("If it cannot wait, ring them as well."),
      *ring != '\0'
          ? ring
          : _ ("No number is known here: whoever looks after this scheme can bring it in from a "
               "spreadsheet."),
      NULL);

  g_return_if_fail (AMENDS_IS_SEALED_PAGE (self));

  gtk_label_set_text (self->reference_label, isolated);
  gtk_label_set_text (self->ring_label, sentence);
  gtk_widget_set_visible (self->ask_button, is_beside_case);
}
