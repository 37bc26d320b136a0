/* amends-ledger-list.c: who may act for somebody, or what may be shared of them, with all that does not hold any more
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A row is a sentence to a screen reader and four columns to the eye; where the columns do not fit, how it stands
 * and until when is said under the name. What no longer holds is in second place and never taken away. A row leads
 * to what is most likely done with it next. */

#include "config.h"

#include "app/staff/amends-ledger-list.h"

#include <glib/gi18n.h>

#include "app/amends-ledger-words.h"
#include "app/amends-words.h"
#include "app/widgets/amends-fit.h"
#include "app/widgets/amends-label.h"

/* Pixels. */
#define SHADOW 4

/* The least room for a name beside the columns. */
#define NAME_CHARS 16

enum
{
  COLUMN_STATE,
  COLUMN_FROM,
  COLUMN_UNTIL,
  COLUMN_EVIDENCE,
  N_COLUMNS
};

struct _AmendsLedgerList
{
  AdwBin parent_instance;

  AmendsLedgerKind kind;
  GtkSizeGroup *columns[N_COLUMNS]; /* (owned) */
  GPtrArray *wide;                  /* element-type GtkWidget: where there is room */
  GPtrArray *narrow;                /* element-type GtkWidget: where there is not */
  AmendsFit *fit;
  GtkWidget *head;
  GtkListBox *list;
  GtkWidget *empty_label;
};

G_DEFINE_FINAL_TYPE (AmendsLedgerList, amends_ledger_list, ADW_TYPE_BIN)

static void
turn_cb (AmendsLedgerList *self)
{
  gboolean is_narrow = amends_fit_get_narrow (self->fit);

  gtk_widget_set_visible (self->head,
                          !is_narrow && gtk_widget_get_visible (GTK_WIDGET (self->list)));
  for (guint i = 0; i < self->wide->len; i++)
    gtk_widget_set_visible (g_ptr_array_index (self->wide, i), !is_narrow);
  for (guint i = 0; i < self->narrow->len; i++)
    gtk_widget_set_visible (g_ptr_array_index (self->narrow, i), is_narrow);
}

/* ---------------------------------------------------------------- rows */

/* What another took the place of holds no more, whatever it was: to withdraw it would end the one that does. */
static gboolean
holds (const AmendsLedgerEntry *entry)
{
  return entry->state == AMENDS_LEDGER_IN_FORCE && !entry->is_replaced;
}

/* What is most likely done next with it: what holds may be withdrawn, of the rest there may be news. */
static GVariant *
make_goal (const AmendsLedgerEntry *entry)
{
  gboolean is_authority = entry->kind == AMENDS_LEDGER_AUTHORITY;
  gboolean may_end = holds (entry);
  json_t *beginning = is_authority
                          ? json_pack ("{s:s*, s:s*, s:s*}", "name", entry->who, "relation",
                                       entry->relation, "relation_detail", entry->relation_detail)
                          : json_pack ("{s:s*, s:s*}", "purpose", entry->code, "to", entry->who);
  g_autofree char *text = NULL;

  if (is_authority && !may_end && entry->code != NULL)
    json_object_set_new (beginning, "authority.type", json_string (entry->code));
  text = json_dumps (beginning, JSON_COMPACT);
  json_decref (beginning);
  return g_variant_new ("(ss)",
                        is_authority ? (may_end ? "authority.withdrawn" : "authority.given")
                                     : (may_end ? "consent.withdrawn" : "consent.given"),
                        text);
}

static const char *
describe_goal (const AmendsLedgerEntry *entry)
{
  if (holds (entry))
    return entry->kind == AMENDS_LEDGER_AUTHORITY ? _ ("Record that it is withdrawn")
                                                  : _ ("Record that they take it back");
  return entry->kind == AMENDS_LEDGER_AUTHORITY ? _ ("Record an authority")
                                                : _ ("Record an answer");
}

static char *
describe_day (AmendsDay day)
{
  return day != AMENDS_DAY_NONE ? amends_words_plain_day (day) : g_strdup ("");
}

static GtkWidget *
make_state (const AmendsLedgerEntry *entry)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *image = gtk_image_new_from_icon_name (
      amends_ledger_words_icon (entry->is_replaced ? AMENDS_LEDGER_ENDED : entry->state));
  GtkWidget *label = gtk_label_new (amends_ledger_words_entry (entry));

  gtk_widget_add_css_class (image, entry->is_replaced                          ? "dim-label"
                                   : entry->state == AMENDS_LEDGER_IN_FORCE    ? "success"
                                   : entry->state == AMENDS_LEDGER_SUSPENDED   ? "warning"
                                   : entry->state == AMENDS_LEDGER_TO_BE_ASKED ? "accent"
                                                                               : "dim-label");
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_box_append (GTK_BOX (box), image);
  gtk_box_append (GTK_BOX (box), label);
  return box;
}

static void
add_column (AmendsLedgerList *self, GtkWidget *line, int column, GtkWidget *cell)
{
  gtk_widget_set_valign (cell, GTK_ALIGN_CENTER);
  gtk_size_group_add_widget (self->columns[column], cell);
  g_ptr_array_add (self->wide, cell);
  gtk_box_append (GTK_BOX (line), cell);
}

static GtkWidget *
make_cell (const char *text, gboolean is_numeric)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, is_numeric ? "numeric" : "small");
  gtk_widget_add_css_class (label, "second");
  return label;
}

static void
add_entry (AmendsLedgerList *self, const AmendsLedgerEntry *entry)
{
  AmendsDay last = entry->withdrawn != AMENDS_DAY_NONE ? entry->withdrawn : entry->until;
  const char *state = amends_ledger_words_entry (entry);
  g_autofree char *who = amends_ledger_words_who (entry);
  g_autofree char *what = amends_ledger_words_what (entry);
  g_autofree char *from =
      describe_day (entry->from != AMENDS_DAY_NONE ? entry->from : entry->recorded);
  g_autofree char *until = describe_day (last);
  g_autofree char *evidence = amends_ledger_words_evidence (entry);
  /* Translators: the last day of an authority or a consent. */
  g_autofree char *until_text =
      *until != '\0' ? g_strdup_printf (_ ("until %s"), until) : g_strdup ("");
  g_autofree char *from_text = g_strdup_printf (_ ("from %s"), from);
  g_autofree char *under = amends_words_join (" · ", state, from_text, until_text, evidence, NULL);
  g_autofree char *sentence = amends_words_join (", ", who, what, under, NULL);
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *label = amends_label_new (who, holds (entry) ? NULL : "second", NULL);
  GtkWidget *under_label = amends_label_new (under, "small", NULL);

  gtk_label_set_width_chars (GTK_LABEL (label), NAME_CHARS);
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_box_append (GTK_BOX (texts), label);
  if (*what != '\0')
    gtk_box_append (GTK_BOX (texts), amends_label_new (what, "small", "second", NULL));
  gtk_box_append (GTK_BOX (texts), under_label);
  g_ptr_array_add (self->narrow, under_label);
  gtk_box_append (GTK_BOX (line), texts);
  add_column (self, line, COLUMN_STATE, make_state (entry));
  add_column (self, line, COLUMN_FROM, make_cell (from, TRUE));
  add_column (self, line, COLUMN_UNTIL, make_cell (*until != '\0' ? until : "—", TRUE));
  add_column (self, line, COLUMN_EVIDENCE, make_cell (evidence, FALSE));
  gtk_box_append (GTK_BOX (line), gtk_image_new_from_icon_name ("go-next-symbolic"));
  gtk_widget_add_css_class (line, "step");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), line);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "person.act");
  gtk_actionable_set_action_target_value (GTK_ACTIONABLE (row), make_goal (entry));
  gtk_widget_set_tooltip_text (row, describe_goal (entry));
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, sentence,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, describe_goal (entry), -1);
  gtk_list_box_append (self->list, row);
}

/**
 * amends_ledger_list_set_ledger:
 * @ledger: (nullable): what to show from now on
 *
 * What stands comes first, each in the order in which it was taken down.
 */
void
amends_ledger_list_set_ledger (AmendsLedgerList *self, const AmendsLedger *ledger)
{
  guint n_rows = 0;

  g_return_if_fail (AMENDS_IS_LEDGER_LIST (self));

  g_ptr_array_set_size (self->narrow, 0);
  g_ptr_array_set_size (self->wide, 0);
  amends_list_box_clear (self->list);
  for (int is_replaced = 0; ledger != NULL && is_replaced <= 1; is_replaced++)
    for (guint i = 0; i < amends_ledger_get_n_entries (ledger); i++)
      {
        const AmendsLedgerEntry *entry = amends_ledger_get_entry (ledger, i);

        if (entry->kind != self->kind || entry->is_replaced != is_replaced)
          continue;
        add_entry (self, entry);
        n_rows++;
      }
  gtk_widget_set_visible (GTK_WIDGET (self->list), n_rows > 0);
  gtk_widget_set_visible (self->empty_label, n_rows == 0);
  turn_cb (self);
}

/* ---------------------------------------------------------------- object */

static GtkWidget *
make_head (AmendsLedgerList *self)
{
  const char *const titles[N_COLUMNS] = { _ ("State"), _ ("From"), _ ("Until"),
                                          self->kind == AMENDS_LEDGER_AUTHORITY ? _ ("Evidence")
                                                                                : _ ("How") };
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *first =
      amends_label_new (self->kind == AMENDS_LEDGER_AUTHORITY ? _ ("Who, and what for")
                                                              : _ ("With whom, and what for"),
                        "small", "second", NULL);

  gtk_widget_set_hexpand (first, TRUE);
  gtk_box_append (GTK_BOX (head), first);
  for (int i = 0; i < N_COLUMNS; i++)
    {
      GtkWidget *label = make_cell (titles[i], FALSE);

      gtk_size_group_add_widget (self->columns[i], label);
      gtk_box_append (GTK_BOX (head), label);
    }
  gtk_widget_set_margin_start (head, 13);
  gtk_widget_set_margin_end (head, 13 + 16 + 12);
  return head;
}

static void
amends_ledger_list_dispose (GObject *object)
{
  AmendsLedgerList *self = AMENDS_LEDGER_LIST (object);

  for (int i = 0; i < N_COLUMNS; i++)
    g_clear_object (&self->columns[i]);
  g_clear_pointer (&self->wide, g_ptr_array_unref);
  g_clear_pointer (&self->narrow, g_ptr_array_unref);
  G_OBJECT_CLASS (amends_ledger_list_parent_class)->dispose (object);
}

static void
amends_ledger_list_class_init (AmendsLedgerListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = amends_ledger_list_dispose;
}

static void
amends_ledger_list_init (AmendsLedgerList *self)
{
  self->wide = g_ptr_array_new ();
  self->narrow = g_ptr_array_new ();
  for (int i = 0; i < N_COLUMNS; i++)
    self->columns[i] = gtk_size_group_new (GTK_SIZE_GROUP_HORIZONTAL);
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "boxed-list");
}

/**
 * amends_ledger_list_new:
 * @kind: what it lists
 */
GtkWidget *
amends_ledger_list_new (AmendsLedgerKind kind)
{
  AmendsLedgerList *self = g_object_new (AMENDS_TYPE_LEDGER_LIST, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  self->kind = kind;
  self->head = make_head (self);
  self->empty_label =
      amends_label_new (kind == AMENDS_LEDGER_AUTHORITY ? _ ("Nobody acts for them.")
                                                        : _ ("Nobody has asked yet."),
                        "second", NULL);
  gtk_widget_set_margin_start (self->empty_label, 3);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  kind == AMENDS_LEDGER_AUTHORITY ? _ ("Who may act for them")
                                                                  : _ ("What may be shared"),
                                  -1);
  gtk_widget_set_margin_bottom (box, SHADOW); /* else its edge would be cut */
  gtk_widget_set_margin_start (GTK_WIDGET (self->list), 1);
  gtk_widget_set_margin_end (GTK_WIDGET (self->list), 1);
  gtk_box_append (GTK_BOX (box), self->head);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->list));
  gtk_box_append (GTK_BOX (box), self->empty_label);
  self->fit = g_object_new (AMENDS_TYPE_FIT, "child", box, "narrow-width", 200, NULL);
  g_signal_connect_object (self->fit, "notify::narrow", G_CALLBACK (turn_cb), self,
                           G_CONNECT_SWAPPED);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->fit));
  return GTK_WIDGET (self);
}
