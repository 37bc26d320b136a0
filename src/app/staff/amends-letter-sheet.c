/* amends-letter-sheet.c: a letter as it stands in the record, for those who show it
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is missing comes first, with the clause that asks for it. */

#include "config.h"

#include "app/staff/amends-letter-sheet.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "app/amends-ledger-words.h"
#include "app/amends-policy-words.h"
#include "app/amends-words.h"
#include "app/widgets/amends-label.h"
#include "store/amends-shipped.h"

#define ENGLISH "en"

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
add_row (GtkListBox *list,
         const AmendsPolicy *code,
         const AmendsLetterBlock *block,
         const char *problem)
{
  gboolean is_missing = problem != NULL;
  const char *title = get_title (block->name);
  g_autofree char *cited = amends_policy_cite (block->clause, block->provision);
  g_autofree char *isolated = amends_policy_words_cite (code, cited);
  g_autofree char *sentence =
      amends_words_join (". ", title, is_missing ? problem : _ ("It is there"), isolated, NULL);
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
    gtk_box_append (GTK_BOX (texts), amends_label_new (problem, "small", "second", NULL));
  gtk_box_append (GTK_BOX (texts), clause);
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_box_append (GTK_BOX (line), image);
  gtk_box_append (GTK_BOX (line), texts);
  gtk_widget_add_css_class (line, "step");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), line);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, sentence,
                                  -1);
  gtk_list_box_append (list, row);
}

/* Why it is not in the letter: nothing is recorded, or somebody took it out. */
static char *
describe_problem (const AmendsLetterBlock *block, const GPtrArray *cut)
{
  if (block->missing != NULL)
    return g_strdup (block->missing);
  if (!g_ptr_array_find ((GPtrArray *) cut, block, NULL))
    return NULL;
  if (block->heading == NULL)
    return g_strdup (_ ("It is not in the words: put it back"));
  return g_strdup_printf (_ ("“%s” is not in the words with something under it: put it back"),
                          block->heading);
}

static void
add_rows (GtkListBox *list, const AmendsLetterSheet *self, const GPtrArray *cut, gboolean missing)
{
  for (guint i = 0; i < self->letter->blocks->len; i++)
    {
      const AmendsLetterBlock *block = g_ptr_array_index (self->letter->blocks, i);
      g_autofree char *problem = describe_problem (block, cut);

      if ((block->clause != NULL || block->provision != NULL) && (problem != NULL) == missing)
        add_row (list, self->dues->rules.code, block, problem);
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
make_head (guint n_missing)
{
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

/**
 * amends_letter_sheet_make_checks:
 * @text: (nullable): what a person went on with; %NULL for the letter as it is
 *
 * Returns: a list of what the letter must hold, and what to look at before it goes out
 */
GtkWidget *
amends_letter_sheet_make_checks (const AmendsLetterSheet *self, const char *text)
{
  g_autoptr (GPtrArray) cut = amends_letter_list_cut (self->letter, text);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkListBox *list = GTK_LIST_BOX (gtk_list_box_new ());

  gtk_list_box_set_selection_mode (list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (list), "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("What this letter must hold"), -1);
  add_rows (list, self, cut, TRUE);
  add_rows (list, self, cut, FALSE);
  gtk_box_append (GTK_BOX (box), make_head (amends_letter_count_missing (self->letter) + cut->len));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (list));
  if (amends_letter_is_in_own_words (self->letter, text))
    gtk_box_append (
        GTK_BOX (box),
        amends_label_new (_ ("It is in another language, as they asked. Nothing here can "
                             "tell which parts it holds: have somebody who reads it say "
                             "so."),
                          "small", NULL));
  add_warnings (GTK_BOX (box), self->letter);
  return box;
}

/**
 * amends_letter_sheet_is_whole:
 * @text: (nullable): what a person went on with; %NULL for the letter as it is
 *
 * Returns: whether it holds all that policy and Code ask for: else it is not printed
 */
gboolean
amends_letter_sheet_is_whole (const AmendsLetterSheet *self, const char *text)
{
  g_autoptr (GPtrArray) cut = amends_letter_list_cut (self->letter, text);

  return cut->len == 0 && amends_letter_count_missing (self->letter) == 0;
}

/**
 * amends_letter_sheet_is_for:
 * @act: the type of an act
 * @ret_kind: (out): which letter it drafts
 *
 * Returns: whether a letter is written in the form of that act
 */
gboolean
amends_letter_sheet_is_for (AmendsEventType act, AmendsLetterKind *ret_kind)
{
  if (act != AMENDS_EVENT_CASE_DRAFTED && act != AMENDS_EVENT_CASE_STAGE2_DRAFTED)
    return FALSE;
  *ret_kind =
      act == AMENDS_EVENT_CASE_DRAFTED ? AMENDS_LETTER_RESPONSE : AMENDS_LETTER_STAGE2_RESPONSE;
  return TRUE;
}

/* What staff call a letter. */
const char *
amends_letter_sheet_name (AmendsLetterKind kind)
{
  static const char *const names[AMENDS_LETTER_N_KINDS] = {
    [AMENDS_LETTER_ACKNOWLEDGEMENT] = N_ ("Acknowledgement"),
    [AMENDS_LETTER_REFUSAL] = N_ ("Refusal"),
    [AMENDS_LETTER_EXTENSION] = N_ ("Extension"),
    [AMENDS_LETTER_UPDATE] = N_ ("Update"),
    [AMENDS_LETTER_RESPONSE] = N_ ("Stage 1 response"),
    [AMENDS_LETTER_CLOSURE] = N_ ("Closure"),
    [AMENDS_LETTER_STAGE2_ACKNOWLEDGEMENT] = N_ ("Stage 2 acknowledgement"),
    [AMENDS_LETTER_ESCALATION_REFUSAL] = N_ ("Refusal of stage 2"),
    [AMENDS_LETTER_STAGE2_EXTENSION] = N_ ("Stage 2 extension"),
    [AMENDS_LETTER_STAGE2_RESPONSE] = N_ ("Stage 2 response"),
    [AMENDS_LETTER_STAGE2_CLOSURE] = N_ ("Closure after stage 2"),
    [AMENDS_LETTER_THANKS] = N_ ("Thanks"),
    [AMENDS_LETTER_APPOINTMENT] = N_ ("Appointment"),
    [AMENDS_LETTER_WITHDRAWAL] = N_ ("Complaint taken back"),
    [AMENDS_LETTER_FORWARDING] = N_ ("Passed on"),
    [AMENDS_LETTER_RECEIPT] = N_ ("Receipt for somebody who writes for them"),
    [AMENDS_LETTER_AUTHORITY_FORM] = N_ ("Form: authority to act"),
    [AMENDS_LETTER_SHARING_FORM] = N_ ("Form: agreement to share"),
    [AMENDS_LETTER_LOSS_FORM] = N_ ("Form: evidence of loss"),
  };

  return _ (names[kind]);
}

/* What a letter is written from. */
typedef struct
{
  const AmendsCaseFile *file;
  AmendsLetterKind kind;
  const char *sender;
  const AmendsLetterTo *to;
} Writing;

static AmendsLetterSheet *
create_sheet (const Writing *writing, const char *language)
{
  const AmendsCaseFile *file = writing->file;
  AmendsLetterSheet *self = g_rc_box_new0 (AmendsLetterSheet);

  self->texts = amends_shipped_get_letters (language);
  self->dues = amends_dues_ref (file->dues);
  self->letter =
      amends_letter_new_to (file->complaint, &file->dues->rules, self->texts, writing->kind,
                            writing->to, writing->sender, file->dues->today);
  self->reference = g_strdup (file->reference);
  amends_case_get_id (file->complaint, &self->id);
  return self;
}

/* In every language; what somebody who acts for them reads is in the landlord's own, where nothing else is said. */
static AmendsLetterSheet *
create_for (const Writing *writing)
{
  AmendsLetterSheet *self = create_sheet (writing, ENGLISH);
  g_auto (GStrv) languages = amends_shipped_list_letters ();
  gboolean is_theirs =
      amends_letter_kind_is_theirs (writing->kind) && writing->to->representative == NULL;

  self->reader = g_strdup (self->letter->addressee);
  self->is_acting = writing->to->representative != NULL;
  self->translations = g_ptr_array_new_with_free_func ((GDestroyNotify) amends_letter_sheet_unref);
  g_ptr_array_add (self->translations, create_sheet (writing, ENGLISH));
  for (guint i = 0; languages[i] != NULL; i++)
    if (!g_str_equal (languages[i], ENGLISH))
      g_ptr_array_add (self->translations, create_sheet (writing, languages[i]));
  for (guint i = 0; i < self->translations->len; i++)
    {
      const AmendsLetterSheet *sheet = g_ptr_array_index (self->translations, i);

      if (is_theirs
          && amends_letter_is_asked_in (writing->file->complaint, writing->to->who, sheet->texts))
        self->asked = i;
    }
  return self;
}

/* Who was asked for, and may be told nothing of it. */
static void
add_refusal (AmendsLetterSheet *self, const AmendsReader *asked, const AmendsLedgerAnswer *answer)
{
  g_autofree char *words = NULL;

  if (!amends_reader_is_another (asked) || answer->may)
    return;
  words = amends_ledger_words_answer (self->dues->rules.code, answer,
                                      asked->name != NULL ? asked->name : _ ("Who acts for them"));
  for (guint i = 0; i < self->translations->len; i++)
    {
      const AmendsLetterSheet *sheet = g_ptr_array_index (self->translations, i);

      g_ptr_array_add (sheet->letter->warnings,
                       g_strdup_printf (_ ("%s It is written to the complainant."), words));
    }
}

/**
 * amends_letter_sheet_new:
 * @file: the case
 * @kind: which letter
 * @draft: (nullable): what was said of it as it was drafted
 * @sender: (nullable): who writes it
 *
 * Returns: (transfer full): the letter as the record has it, in English, to whom it goes first
 */
AmendsLetterSheet *
amends_letter_sheet_new (const AmendsCaseFile *file,
                         AmendsLetterKind kind,
                         const json_t *draft,
                         const char *sender)
{
  const AmendsDues *dues = file->dues;
  g_autoptr (GPtrArray) readers =
      g_ptr_array_new_with_free_func ((GDestroyNotify) amends_letter_sheet_unref);
  AmendsLedgerAnswer answer;
  guint first;
  g_autoptr (GArray) list =
      amends_reader_list (file->complaint, dues->rules.policy, draft, dues->today, &first, &answer);
  Writing writing = { file, kind, sender, NULL };
  AmendsLetterSheet *self;
  AmendsReader asked;

  amends_reader_find (file->complaint, NULL, draft, &asked);
  for (guint i = 0; i < (amends_letter_kind_is_to_complainant (kind) ? list->len : 1); i++)
    {
      writing.to = &g_array_index (list, AmendsLetterTo, i);
      g_ptr_array_add (readers, create_for (&writing));
      if (amends_letter_kind_is_to_complainant (kind))
        add_refusal (g_ptr_array_index (readers, i), &asked, &answer);
    }
  first = MIN (first, readers->len - 1);
  writing.to = &g_array_index (list, AmendsLetterTo, first);
  self = create_for (&writing);
  self->first = first;
  self->readers = g_steal_pointer (&readers);
  return self;
}

/**
 * amends_letter_sheet_find:
 * @text: (nullable): what a person went on with
 *
 * Returns: (transfer none): the letter from which @text was written: in its language, which its title tells; of
 *   none that is in the language they asked for, if there are words in it
 */
const AmendsLetterSheet *
amends_letter_sheet_find (const AmendsLetterSheet *self, const char *text)
{
  g_auto (GStrv) lines = text != NULL ? g_strsplit (text, "\n", -1) : NULL;

  for (guint i = 0; lines != NULL && i < self->translations->len; i++)
    {
      const AmendsLetterSheet *sheet = g_ptr_array_index (self->translations, i);

      if (g_strv_contains ((const char *const *) lines, sheet->letter->title))
        return sheet;
    }
  return g_ptr_array_index (self->translations, self->asked);
}

/**
 * amends_letter_sheet_make_language_row:
 *
 * Returns: a row to choose one of the translations
 */
GtkWidget *
amends_letter_sheet_make_language_row (const AmendsLetterSheet *self)
{
  GtkStringList *names = gtk_string_list_new (NULL);
  GtkWidget *row = adw_combo_row_new ();

  for (guint i = 0; i < self->translations->len; i++)
    {
      const AmendsLetterSheet *sheet = g_ptr_array_index (self->translations, i);

      gtk_string_list_append (names, amends_letter_texts_get_name (sheet->texts));
    }
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ ("Language"));
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (names));
  adw_combo_row_set_selected (ADW_COMBO_ROW (row), self->asked);
  g_object_unref (names);
  return row;
}

/**
 * amends_letter_sheet_make_reader_row:
 *
 * Returns: a row to choose one of those to whom it can be written
 */
GtkWidget *
amends_letter_sheet_make_reader_row (const AmendsLetterSheet *self)
{
  GtkStringList *names = gtk_string_list_new (NULL);
  GtkWidget *row = adw_combo_row_new ();

  for (guint i = 0; i < self->readers->len; i++)
    {
      const AmendsLetterSheet *sheet = g_ptr_array_index (self->readers, i);
      const char *name = sheet->reader != NULL ? sheet->reader : _ ("Nobody is named");
      g_autofree char *acting =
          sheet->is_acting ? g_strdup_printf (_ ("%s, who acts for them"), name) : g_strdup (name);

      gtk_string_list_append (names, acting);
    }
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ ("To"));
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (names));
  adw_combo_row_set_selected (ADW_COMBO_ROW (row), self->first);
  g_object_unref (names);
  return row;
}

AmendsLetterSheet *
amends_letter_sheet_ref (AmendsLetterSheet *self)
{
  return g_rc_box_acquire (self);
}

/**
 * amends_letter_sheet_set_sender:
 * @sender: who signs the letter in all its languages, to whomever it goes
 */
void
amends_letter_sheet_set_sender (AmendsLetterSheet *self, const char *sender)
{
  amends_letter_set_sender (self->letter, sender);
  for (guint i = 0; i < self->translations->len; i++)
    {
      const AmendsLetterSheet *sheet = g_ptr_array_index (self->translations, i);

      amends_letter_set_sender (sheet->letter, sender);
    }
  for (guint i = 0; self->readers != NULL && i < self->readers->len; i++)
    amends_letter_sheet_set_sender (g_ptr_array_index (self->readers, i), sender);
}

static void
clear_sheet (gpointer data)
{
  AmendsLetterSheet *self = data;

  amends_letter_free (self->letter);
  amends_letter_texts_unref (self->texts);
  amends_dues_unref (self->dues);
  g_free (self->reference);
  g_free (self->reader);
  g_clear_pointer (&self->readers, g_ptr_array_unref);
  g_clear_pointer (&self->translations, g_ptr_array_unref);
}

void
amends_letter_sheet_unref (AmendsLetterSheet *self)
{
  g_rc_box_release_full (self, clear_sheet);
}
