/* amends-letter-box.c: what a letter must hold, and its words from what is recorded
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is missing comes first, with the clause that asks for it. The words are put into a text that a person
 * goes on with: nothing is sent from here. */

#include "config.h"

#include "app/staff/amends-letter-box.h"

#include <glib/gi18n.h>

#include "app/amends-policy-words.h"
#include "app/amends-words.h"
#include "app/widgets/amends-label.h"
#include "store/amends-shipped.h"

#define ENGLISH "en"

struct _AmendsLetterBox
{
  AdwBin parent_instance;

  GtkListBox *list;
  AmendsTextCard *card; /* (owned) */
  char *words;          /* (owned): the letter as plain text */
};

G_DEFINE_FINAL_TYPE (AmendsLetterBox, amends_letter_box, ADW_TYPE_BIN)

static const struct
{
  const char *block;
  const char *title;
} titles[] = {
  { "stage", N_ ("Which stage it is") },
  { "understanding", N_ ("The complaint, as it was agreed") },
  { "outcome", N_ ("What would put it right") },
  { "ours", N_ ("What is the landlord’s, and what is not") },
  { "handler", N_ ("Who has it in hand") },
  { "steps", N_ ("What happens next") },
  { "when", N_ ("By when they are answered") },
  { "adjustments", N_ ("What makes it easier for them") },
  { "why-unhappy", N_ ("Why they asked to look again") },
  { "decision", N_ ("The decision on every issue") },
  { "reasons", N_ ("The reasons for it") },
  { "remedies", N_ ("What puts it right") },
  { "actions", N_ ("What is still to be done, and by when") },
  { "no-admission", N_ ("That an apology admits nothing") },
  { "escalate", N_ ("How to go to stage 2, with no reason asked") },
  { "ombudsman", N_ ("The Ombudsman’s details") },
};

static const char *
get_title (const char *block)
{
  for (gsize i = 0; i < G_N_ELEMENTS (titles); i++)
    if (g_str_equal (titles[i].block, block))
      return _ (titles[i].title);
  return _ ("What the landlord’s policy asks for");
}

static void
add_row (AmendsLetterBox *self, const AmendsPolicy *code, const AmendsLetterBlock *block)
{
  gboolean is_missing = block->missing != NULL;
  const char *title = get_title (block->name);
  g_autofree char *cited = amends_policy_cite (block->clause, block->provision);
  g_autofree char *isolated = amends_policy_words_cite (code, cited);
  g_autofree char *sentence =
      amends_words_join (". ", title, is_missing ? block->missing : _ ("It is there"), isolated,
                         NULL);
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *image =
      gtk_image_new_from_icon_name (is_missing ? "dialog-warning-symbolic" : "emblem-ok-symbolic");
  GtkWidget *clause = amends_label_new (isolated, "small", "second", "numeric", NULL);

  gtk_widget_set_valign (image, GTK_ALIGN_START);
  gtk_widget_add_css_class (image, is_missing ? "warning" : "success");
  gtk_box_append (GTK_BOX (texts), amends_label_new (title, is_missing ? "heading" : NULL, NULL));
  if (is_missing)
    gtk_box_append (GTK_BOX (texts), amends_label_new (block->missing, "small", "second", NULL));
  gtk_box_append (GTK_BOX (texts), clause);
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_box_append (GTK_BOX (line), image);
  gtk_box_append (GTK_BOX (line), texts);
  gtk_widget_add_css_class (line, "step");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), line);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, sentence,
                                  -1);
  gtk_list_box_append (self->list, row);
}

static void
add_rows (AmendsLetterBox *self,
          const AmendsPolicy *code,
          const AmendsLetter *letter,
          gboolean missing)
{
  for (guint i = 0; i < letter->blocks->len; i++)
    {
      const AmendsLetterBlock *block = g_ptr_array_index (letter->blocks, i);
      gboolean is_asked = block->clause != NULL || block->provision != NULL;

      if (is_asked && (block->missing != NULL) == missing)
        add_row (self, code, block);
    }
}

/* What to look at before it goes out. */
static void
add_warnings (GtkBox *box, const AmendsLetter *letter)
{
  for (guint i = 0; i < letter->warnings->len; i++)
    {
      GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
      GtkWidget *image = gtk_image_new_from_icon_name ("dialog-warning-symbolic");

      gtk_accessible_update_property (GTK_ACCESSIBLE (image), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      _ ("Look at this"), -1);
      gtk_widget_set_valign (image, GTK_ALIGN_START);
      gtk_widget_add_css_class (image, "warning");
      gtk_box_append (GTK_BOX (line), image);
      gtk_box_append (GTK_BOX (line),
                      amends_label_new (g_ptr_array_index (letter->warnings, i), "small", NULL));
      gtk_box_append (box, line);
    }
}

static GtkWidget *
make_head (const AmendsLetter *letter)
{
  guint n_missing = amends_letter_count_missing (letter);
  g_autofree char *count =
      n_missing > 0 ? g_strdup_printf (ngettext ("%u missing", "%u missing", n_missing), n_missing)
                    : g_strdup (_ ("Nothing is missing"));
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *title = amends_label_new (_ ("What this letter must hold"), "heading", NULL);
  GtkWidget *label = amends_label_new (count, "small", n_missing > 0 ? "warning" : "second", NULL);

  gtk_widget_set_hexpand (title, TRUE);
  gtk_box_append (GTK_BOX (head), title);
  gtk_box_append (GTK_BOX (head), label);
  return head;
}

static void
write_cb (AmendsLetterBox *self)
{
  amends_text_card_append_text (self->card, self->words);
}

static void
amends_letter_box_finalize (GObject *object)
{
  AmendsLetterBox *self = AMENDS_LETTER_BOX (object);

  g_clear_object (&self->card);
  g_free (self->words);
  G_OBJECT_CLASS (amends_letter_box_parent_class)->finalize (object);
}

static void
amends_letter_box_class_init (AmendsLetterBoxClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = amends_letter_box_finalize;
}

static void
amends_letter_box_init (AmendsLetterBox *self)
{
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("What this letter must hold"), -1);
}

/**
 * amends_letter_box_is_for:
 * @act: the type of an act
 * @ret_kind: (out): which letter it drafts
 *
 * Returns: whether a letter is written in the form of that act
 */
gboolean
amends_letter_box_is_for (AmendsEventType act, AmendsLetterKind *ret_kind)
{
  if (act != AMENDS_EVENT_CASE_DRAFTED && act != AMENDS_EVENT_CASE_STAGE2_DRAFTED)
    return FALSE;
  *ret_kind =
      act == AMENDS_EVENT_CASE_DRAFTED ? AMENDS_LETTER_RESPONSE : AMENDS_LETTER_STAGE2_RESPONSE;
  return TRUE;
}

/**
 * amends_letter_box_new:
 * @file: the case
 * @kind: which letter
 * @sender: (nullable): who writes it
 * @card: where its words go
 *
 * Returns: a list of what the letter must hold, and a button that writes it into @card
 */
GtkWidget *
amends_letter_box_new (const AmendsCaseFile *file,
                       AmendsLetterKind kind,
                       const char *sender,
                       AmendsTextCard *card)
{
  AmendsLetterBox *self = g_object_new (AMENDS_TYPE_LETTER_BOX, NULL);
  g_autoptr (AmendsLetterTexts) texts = amends_shipped_get_letters (ENGLISH);
  g_autoptr (AmendsLetter) letter = amends_letter_new (file->complaint, &file->dues->rules, texts,
                                                       kind, sender, file->dues->today);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *button = gtk_button_new_with_mnemonic (_ ("_Write it from the record"));

  self->card = g_object_ref (card);
  self->words = amends_letter_to_text (letter);
  add_rows (self, file->dues->rules.code, letter, TRUE);
  add_rows (self, file->dues->rules.code, letter, FALSE);
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  g_signal_connect_object (button, "clicked", G_CALLBACK (write_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), make_head (letter));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->list));
  add_warnings (GTK_BOX (box), letter);
  gtk_box_append (GTK_BOX (box), button);
  gtk_box_append (GTK_BOX (box),
                  amends_label_new (_ ("It bears today’s date. Write it anew if it goes out on "
                                       "another day."),
                                    "small", "second", NULL));
  adw_bin_set_child (ADW_BIN (self), box);
  return GTK_WIDGET (self);
}
