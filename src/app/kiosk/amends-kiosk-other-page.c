/* amends-kiosk-other-page.c: a question is answered in another way than on its page
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * It stands on top of a question. The signal "changed" says that the answer is another now, and "said" with a text how
 * things stand. */

#include "config.h"

#include "app/kiosk/amends-kiosk-other-page.h"

#include "app/kiosk/amends-kiosk-parts.h"

typedef struct
{
  const AmendsKioskQuestion *question;
  AmendsKioskShown
      *shown;       /* (nullable) (unowned): where the answers are kept, that have no words */
  const char *kind; /* of them */
  GtkWidget *said;
} AmendsKioskOtherPagePrivate;

enum
{
  SIGNAL_CHANGED,
  SIGNAL_SAID,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_TYPE_WITH_PRIVATE (AmendsKioskOtherPage, amends_kiosk_other_page, GTK_TYPE_BOX)

static AmendsKioskOtherPagePrivate *
get_private (AmendsKioskOtherPage *self)
{
  return amends_kiosk_other_page_get_instance_private (self);
}

static void
amends_kiosk_other_page_class_init (AmendsKioskOtherPageClass *klass)
{
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", AMENDS_TYPE_KIOSK_OTHER_PAGE,
                                          G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_SAID] = g_signal_new ("said", AMENDS_TYPE_KIOSK_OTHER_PAGE, G_SIGNAL_RUN_LAST, 0,
                                       NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
amends_kiosk_other_page_init (AmendsKioskOtherPage *self)
{
  amends_kiosk_make_page (GTK_BOX (self));
}

/**
 * amends_kiosk_other_page_begin:
 * @question: that is answered so
 * @title: what is done here
 * @shown: (nullable): outlives the page; %NULL where nothing is shown or said
 * @kind: (nullable): %AMENDS_KIOSK_PHOTOGRAPHS, or another of them
 *
 * What follows is appended below it. Called once.
 */
void
amends_kiosk_other_page_begin (AmendsKioskOtherPage *self,
                               const AmendsKioskQuestion *question,
                               const char *title,
                               AmendsKioskShown *shown,
                               const char *kind)
{
  AmendsKioskOtherPagePrivate *private = get_private (self);

  private->question = question;
  private->shown = shown;
  private->kind = kind;
  private->said = amends_kiosk_label ("", "how");
  gtk_box_append (GTK_BOX (self), amends_kiosk_label (title, "question"));
  gtk_box_append (GTK_BOX (self), private->said);
}

/**
 * amends_kiosk_other_page_nth:
 * @i: from 0
 *
 * Returns: (transfer none) (nullable): what was shown or said; %NULL after the last
 */
GBytes *
amends_kiosk_other_page_nth (AmendsKioskOtherPage *self, guint i)
{
  AmendsKioskOtherPagePrivate *private = get_private (self);

  return amends_kiosk_shown_nth (private->shown, private->question->id, private->kind, i);
}

/**
 * amends_kiosk_other_page_add:
 * @file: that was shown or said
 */
void
amends_kiosk_other_page_add (AmendsKioskOtherPage *self, GBytes *file)
{
  AmendsKioskOtherPagePrivate *private = get_private (self);

  amends_kiosk_shown_add (private->shown, private->question->id, private->kind, file);
  amends_kiosk_other_page_say_changed (self);
}

/**
 * amends_kiosk_other_page_remove:
 * @i: from 0
 */
void
amends_kiosk_other_page_remove (AmendsKioskOtherPage *self, guint i)
{
  AmendsKioskOtherPagePrivate *private = get_private (self);

  amends_kiosk_shown_remove (private->shown, private->question->id, private->kind, i);
  amends_kiosk_other_page_say_changed (self);
}

/**
 * amends_kiosk_other_page_say:
 * @said: how things stand, and what can be done
 *
 * It is told once, until it is otherwise.
 */
void
amends_kiosk_other_page_say (AmendsKioskOtherPage *self, const char *said)
{
  GtkLabel *label = GTK_LABEL (get_private (self)->said);

  if (g_str_equal (gtk_label_get_text (label), said))
    return;
  gtk_label_set_text (label, said);
  g_signal_emit (self, signals[SIGNAL_SAID], 0, said);
}

void
amends_kiosk_other_page_say_changed (AmendsKioskOtherPage *self)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}
