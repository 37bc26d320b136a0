/* amends-letter-list.c: the letters that were drafted in a case, and where each stands
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Whoever looks for a letter finds it here as it was drafted, approved and sent. Any other is written from the
 * record when it is asked for. */

#include "config.h"

#include "app/staff/amends-letter-list.h"

#include <string.h>

#include <glib/gi18n.h>

#include "app/amends-words.h"
#include "app/staff/amends-act-menu.h"
#include "app/staff/amends-draft-path.h"
#include "app/staff/amends-letter-sheet.h"
#include "app/staff/amends-letter-window.h"
#include "app/widgets/amends-label.h"
#include "core/amends-json.h"

struct _AmendsLetterList
{
  AdwBin parent_instance;

  GtkMenuButton *write_button;
  GtkListBox *list;
};

G_DEFINE_FINAL_TYPE (AmendsLetterList, amends_letter_list, ADW_TYPE_BIN)

/* ---------------------------------------------------------------- where a draft stands */

static const char *
describe_state (const AmendsCaseFile *file, const AmendsHistoryEntry *draft)
{
  switch (amends_case_get_draft_state (file->complaint, draft))
    {
    case AMENDS_DRAFT_WRITTEN:
      return amends_draft_path_asks_approval (file, draft->type) ? _ ("Drafted, not approved")
                                                                 : _ ("Drafted, not sent");
    case AMENDS_DRAFT_SENT_BACK:
      return _ ("Sent back to be changed");
    case AMENDS_DRAFT_APPROVED:
      return _ ("Approved, not sent: the clock runs until it is sent");
    case AMENDS_DRAFT_SENT:
      return _ ("Sent");
    }
  return "";
}

/* What is done with it next, where the case is open for that; nothing with a draft that another stands for. */
static AmendsEventType
get_next (const AmendsCaseFile *file, const AmendsHistoryEntry *draft)
{
  AmendsEventType next = amends_draft_path_get_next (file, draft->type);

  return next != draft->type && draft == amends_draft_path_find_newest (file, draft->type)
                 && amends_act_menu_is_open (file, next)
             ? next
             : AMENDS_EVENT_UNKNOWN;
}

/* ---------------------------------------------------------------- showing */

static void
add_draft (AmendsLetterList *self,
           const AmendsCaseFile *file,
           const AmendsHistoryEntry *draft,
           AmendsLetterKind kind)
{
  AmendsDraftState state = amends_case_get_draft_state (file->complaint, draft);
  AmendsDay on = amends_day_from_json (draft->body, "on");
  g_autofree char *day =
      on != AMENDS_DAY_NONE ? amends_words_near_day (on, file->dues->today) : NULL;
  g_autofree char *subtitle = amends_words_join (" · ", day, describe_state (file, draft), NULL);
  g_autofree char *id = amends_id_format (&draft->event->id);
  g_autofree char *sentence =
      amends_words_join (", ", amends_letter_sheet_name (kind), subtitle, NULL);
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *image =
      gtk_image_new_from_icon_name (state == AMENDS_DRAFT_APPROVED ? "dialog-warning-symbolic"
                                    : state == AMENDS_DRAFT_SENT   ? "emblem-ok-symbolic"
                                                                   : "document-edit-symbolic");

  gtk_widget_add_css_class (image, state == AMENDS_DRAFT_APPROVED ? "warning" : "dim-label");
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), amends_letter_sheet_name (kind));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), image);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                             gtk_image_new_from_icon_name ("go-next-symbolic"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "case.letter");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "s", id);
  /* Else its title would be read again behind the sentence. */
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, sentence,
                                  -1);
  gtk_list_box_append (self->list, row);
}

static GMenuModel *
make_menu (void)
{
  GMenu *menu = g_menu_new ();

  for (guint kind = 0; kind < AMENDS_LETTER_N_KINDS; kind++)
    {
      g_autofree char *action =
          g_strdup_printf ("case.write-letter::%s",
                           amends_letter_kind_to_string ((AmendsLetterKind) kind));

      g_menu_append (menu, amends_letter_sheet_name ((AmendsLetterKind) kind), action);
    }
  return G_MENU_MODEL (menu);
}

static void
amends_letter_list_class_init (AmendsLetterListClass *klass)
{
}

static void
amends_letter_list_init (AmendsLetterList *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *title = amends_label_new (_ ("Letters"), "heading", NULL);
  g_autoptr (GMenuModel) menu = make_menu ();

  self->write_button = GTK_MENU_BUTTON (gtk_menu_button_new ());
  gtk_menu_button_set_label (self->write_button, _ ("Write a letter"));
  gtk_menu_button_set_menu_model (self->write_button, menu);
  gtk_widget_add_css_class (GTK_WIDGET (self->write_button), "flat");
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Letters"), -1);
  gtk_widget_set_hexpand (title, TRUE);
  gtk_box_append (GTK_BOX (head), title);
  gtk_box_append (GTK_BOX (head), GTK_WIDGET (self->write_button));
  gtk_box_append (GTK_BOX (box), head);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->list));
  adw_bin_set_child (ADW_BIN (self), box);
}

/**
 * amends_letter_list_set_file:
 * @file: (nullable): the case to show from now on
 *
 * The newest draft first. Where a case was moved away, nobody writes about it any more.
 */
void
amends_letter_list_set_file (AmendsLetterList *self, const AmendsCaseFile *file)
{
  gboolean is_open = file != NULL && !amends_case_is_erased (file->complaint);
  gboolean can_write = is_open && !amends_case_is_away (file->complaint);
  guint n_drafts = 0;

  g_return_if_fail (AMENDS_IS_LETTER_LIST (self));

  amends_list_box_clear (self->list);
  for (guint i = file != NULL ? amends_case_get_n_history (file->complaint) : 0; i-- > 0;)
    {
      const AmendsHistoryEntry *entry = amends_case_get_history (file->complaint, i);
      AmendsLetterKind kind;

      if (entry->body == NULL || !amends_letter_sheet_is_for (entry->type, &kind)
          || json_object_get (entry->body, "text") == NULL)
        continue;
      add_draft (self, file, entry, kind);
      n_drafts++;
    }
  gtk_widget_set_visible (GTK_WIDGET (self->list), n_drafts > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->write_button), can_write);
  gtk_widget_set_visible (GTK_WIDGET (self), can_write || (is_open && n_drafts > 0));
}

/**
 * amends_letter_list_open:
 * @draft: the id of a draft
 * @parent: the window it belongs to
 *
 * Returns: (nullable): a window with the letter as it was drafted; %NULL if the case has no such draft, or one
 * whose words are in an attachment
 */
GtkWidget *
amends_letter_list_open (AmendsSession *session,
                         const AmendsCaseFile *file,
                         const char *draft,
                         GtkWindow *parent)
{
  const AmendsHistoryEntry *entry =
      amends_case_find_act (file->complaint, AMENDS_EVENT_CASE_DRAFTED, draft);
  const char *author;
  const char *text;
  g_autoptr (AmendsLetterSheet) sheet = NULL;
  AmendsLetterKind kind;
  GtkWidget *window;

  if (entry == NULL)
    entry = amends_case_find_act (file->complaint, AMENDS_EVENT_CASE_STAGE2_DRAFTED, draft);
  if (entry == NULL || entry->body == NULL || !amends_letter_sheet_is_for (entry->type, &kind))
    return NULL;
  text = json_string_value (json_object_get (entry->body, "text"));
  if (text == NULL)
    return NULL; /* one from the record would not be what was approved */
  author = json_string_value (json_object_get (json_object_get (entry->body, "author"), "name"));
  sheet = amends_letter_sheet_new (file, kind, entry->body, author);
  window = amends_letter_window_new (session, sheet, text, parent);
  amends_letter_window_set_next (AMENDS_LETTER_WINDOW (window), describe_state (file, entry),
                                 amends_session_get_read_only (session) ? AMENDS_EVENT_UNKNOWN
                                                                        : get_next (file, entry));
  if (amends_case_get_draft_state (file->complaint, entry) == AMENDS_DRAFT_SENT)
    amends_letter_window_set_sent (AMENDS_LETTER_WINDOW (window));
  return window;
}
