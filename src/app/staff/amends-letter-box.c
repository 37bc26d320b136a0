/* amends-letter-box.c: what a letter must hold, and its words from what is recorded
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The words are put into a text that a person goes on with, and that can be looked at as the pages it will be:
 * nothing is sent from here. */

#include "config.h"

#include "app/staff/amends-letter-box.h"

#include <glib/gi18n.h>

#include "app/staff/amends-act-field.h"
#include "app/staff/amends-letter-sheet.h"
#include "app/staff/amends-letter-window.h"
#include "app/widgets/amends-label.h"
#include "app/widgets/amends-text-card.h"

struct _AmendsLetterBox
{
  AdwBin parent_instance;

  AmendsSession *session; /* (owned) */
  AmendsCaseFile *file;   /* (owned) */
  AmendsLetterKind kind;
  AmendsLetterSheet *sheet; /* (owned) */
  GPtrArray *fields;        /* (owned) (element-type AmendsActField): of the form */
  AmendsTextCard *card;     /* (owned) */
  GtkEditable *author;      /* (nullable) (owned): where it is said who writes it */
  AdwComboRow *language_row;
};

G_DEFINE_FINAL_TYPE (AmendsLetterBox, amends_letter_box, ADW_TYPE_BIN)

/* Whoever is said to write it signs it; where nobody is, who is signed in. */
static void
sign (AmendsLetterBox *self)
{
  g_autofree char *author =
      self->author != NULL ? g_strstrip (g_strdup (gtk_editable_get_text (self->author))) : NULL;

  amends_letter_sheet_set_sender (self->sheet, author != NULL && *author != '\0'
                                                   ? author
                                                   : amends_session_get_actor_name (self->session));
}

static void
write_cb (AmendsLetterBox *self)
{
  guint selected = adw_combo_row_get_selected (self->language_row);
  const AmendsLetterSheet *sheet = g_ptr_array_index (self->sheet->translations, selected);
  g_autofree char *words = NULL;

  sign (self);
  words = amends_letter_to_text (sheet->letter);
  amends_text_card_append_text (self->card, words);
}

/* Of a text that nobody has begun, the letter as the record has it. */
static void
look_cb (AmendsLetterBox *self)
{
  g_autofree char *text = amends_text_card_dup_text (self->card);
  GtkWidget *window;

  sign (self);
  window = amends_letter_window_new (self->session, self->sheet,
                                     text != NULL && *text != '\0' ? text : NULL,
                                     GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))));

  gtk_window_present (GTK_WINDOW (window));
}

static void
amends_letter_box_finalize (GObject *object)
{
  AmendsLetterBox *self = AMENDS_LETTER_BOX (object);

  g_clear_object (&self->card);
  g_clear_object (&self->author);
  g_clear_object (&self->session);
  g_clear_pointer (&self->file, amends_case_file_unref);
  g_clear_pointer (&self->fields, g_ptr_array_unref);
  g_clear_pointer (&self->sheet, amends_letter_sheet_unref);
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
}

static void
add_language (AmendsLetterBox *self, GtkBox *box)
{
  GtkWidget *list = gtk_list_box_new ();

  self->language_row = ADW_COMBO_ROW (amends_letter_sheet_make_language_row (self->sheet));
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Language"), -1);
  gtk_list_box_append (GTK_LIST_BOX (list), GTK_WIDGET (self->language_row));
  gtk_box_append (box, list);
}

static void
add_button (AmendsLetterBox *self, GtkBox *box, const char *label, GCallback callback)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  gtk_widget_set_halign (button, GTK_ALIGN_START);
  g_signal_connect_object (button, "clicked", callback, self, G_CONNECT_SWAPPED);
  gtk_box_append (box, button);
}

static void
show_sheet (AmendsLetterBox *self)
{
  GtkWidget *box = amends_letter_sheet_make_checks (self->sheet, NULL);

  add_language (self, GTK_BOX (box));
  add_button (self, GTK_BOX (box), _ ("_Write it from the record"), G_CALLBACK (write_cb));
  add_button (self, GTK_BOX (box), _ ("_Look at it as pages"), G_CALLBACK (look_cb));
  gtk_box_append (GTK_BOX (box),
                  amends_label_new (_ ("It bears today’s date. Write it anew if it goes out on "
                                       "another day."),
                                    "small", "second", NULL));
  adw_bin_set_child (ADW_BIN (self), box);
}

/* ---------------------------------------------------------------- to whom */

/* What says for whom it is. */
static const char *const paths[] = { "who", "reply_to", "reply_to_name" };

static AmendsLetterSheet *
create_sheet (AmendsLetterBox *self)
{
  json_auto_t *said = json_object ();

  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      const AmendsActField *field = amends_act_field_find (self->fields, paths[i], FALSE);

      if (field != NULL)
        amends_act_field_collect (field, said);
    }
  return amends_letter_sheet_new (self->file, self->kind, said,
                                  amends_session_get_actor_name (self->session));
}

/* What is written already goes to whom it is for now; what is under their head stays as it is. */
static void
readdress (AmendsLetterBox *self, const AmendsLetterSheet *sheet)
{
  g_autofree char *text = amends_text_card_dup_text (self->card);
  const AmendsLetter *from = amends_letter_sheet_find (self->sheet, text)->letter;
  const AmendsLetter *to = amends_letter_sheet_find (sheet, text)->letter;
  g_autofree char *theirs = amends_letter_readdress (to, to, text);
  g_autofree char *anew = amends_letter_readdress (to, from, text);

  if (!g_str_equal (text, theirs) && !g_str_equal (text, anew))
    amends_text_card_set_text (self->card, anew);
}

static void
reader_cb (AmendsLetterBox *self)
{
  AmendsLetterSheet *sheet;

  if (gtk_widget_get_root (GTK_WIDGET (self)) == NULL)
    return; /* the form is going */
  sheet = create_sheet (self);
  readdress (self, sheet);
  amends_letter_sheet_unref (self->sheet);
  self->sheet = sheet;
  show_sheet (self);
}

/**
 * amends_letter_box_new:
 * @session: what is shown goes with it
 * @file: the case
 * @kind: which letter
 * @fields: (element-type AmendsActField): of the form that is built: where its words go, who writes it, and for whom
 *   it is
 *
 * Returns: a list of what the letter must hold, a button that writes it into the form, and one that shows it; all to
 *   whom it is for by then
 */
GtkWidget *
amends_letter_box_new (AmendsSession *session,
                       const AmendsCaseFile *file,
                       AmendsLetterKind kind,
                       const GPtrArray *fields)
{
  AmendsLetterBox *self = g_object_new (AMENDS_TYPE_LETTER_BOX, NULL);
  const AmendsActField *author = amends_act_field_find (fields, "author.name", FALSE);

  self->session = g_object_ref (session);
  self->file = amends_case_file_ref (file);
  self->kind = kind;
  self->fields = g_ptr_array_ref ((GPtrArray *) fields);
  self->card = g_object_ref (AMENDS_TEXT_CARD (amends_act_field_find (fields, "text", FALSE)->row));
  self->author = author != NULL ? g_object_ref (GTK_EDITABLE (author->row)) : NULL;
  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      const AmendsActField *field = amends_act_field_find (fields, paths[i], FALSE);

      if (field != NULL && ADW_IS_COMBO_ROW (field->row))
        g_signal_connect_object (field->row, "notify::selected", G_CALLBACK (reader_cb), self,
                                 G_CONNECT_SWAPPED);
      else if (field != NULL && GTK_IS_EDITABLE (field->row))
        g_signal_connect_object (field->row, "changed", G_CALLBACK (reader_cb), self,
                                 G_CONNECT_SWAPPED);
    }
  self->sheet = create_sheet (self);
  show_sheet (self);
  return GTK_WIDGET (self);
}
