/* amends-duty-line.c: a line of a work list
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The labels inside say nothing to a screen reader: the row carries the whole sentence. Widths are in
 * characters, so that the columns grow with the text. */

#include "config.h"

#include "app/staff/amends-duty-line.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "app/amends-words.h"

#define DUTY_CHARS 24
#define WHEN_CHARS 19
#define WHOSE_CHARS 14

struct _AmendsDutyLine
{
  GtkListBoxRow parent_instance;

  const AmendsDutyRow *duty;          /* (nullable): held by whoever made the line, as the next */
  const AmendsUnfinished *unfinished; /* (nullable) */
};

G_DEFINE_FINAL_TYPE (AmendsDutyLine, amends_duty_line, GTK_TYPE_LIST_BOX_ROW)

/* What nobody will finish is thrown away where it stands. */
static gboolean
delete_cb (GtkWidget *widget, GVariant *arguments, gpointer user_data)
{
  AmendsDutyLine *self = AMENDS_DUTY_LINE (widget);

  return self->unfinished != NULL
         && gtk_widget_activate_action (widget, "today.throw", "x", self->unfinished->draft->draft);
}

static void
amends_duty_line_class_init (AmendsDutyLineClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_add_binding (widget_class, GDK_KEY_Delete, 0, delete_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_KP_Delete, 0, delete_cb, NULL);
}

static void
amends_duty_line_init (AmendsDutyLine *self)
{
}

static GtkWidget *
make_label (const char *text, const char *const *classes)
{
  return g_object_new (GTK_TYPE_LABEL, "label", text, "xalign", 0.0, "ellipsize",
                       PANGO_ELLIPSIZE_END, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION,
                       "css-classes", classes, NULL);
}

static GtkWidget *
make_box (GtkOrientation orientation, int spacing)
{
  return g_object_new (GTK_TYPE_BOX, "orientation", orientation, "spacing", spacing,
                       "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
}

static void
append (GtkWidget *box, GtkWidget *child)
{
  gtk_box_append (GTK_BOX (box), child);
}

static const char *const plain[] = { NULL };
static const char *const second[] = { "second", NULL };
static const char *const little[] = { "small", NULL };
static const char *const second_small[] = { "second", "small", NULL };
static const char *const heading[] = { "heading", NULL };

/* Who, and where they live. */
static GtkWidget *
make_name (const AmendsWorkLine *line, gboolean is_wide)
{
  GtkWidget *box = make_box (GTK_ORIENTATION_HORIZONTAL, 9);
  g_autofree char *isolated = amends_words_isolate (line->place);
  GtkWidget *name = make_label (line->name, heading);
  GtkWidget *place = make_label (isolated, is_wide ? second : second_small);

  gtk_widget_set_hexpand (name, !is_wide);
  append (box, name);
  append (box, place);
  return box;
}

/* What a colour says, an icon and a word say too. */
static void
add_when (GtkWidget *box, const AmendsWorkLine *line, gboolean is_small)
{
  const char *late[] = { "error", "heading", "numeric", is_small ? "small" : NULL, NULL };
  const char *today[] = { "heading", "numeric", is_small ? "small" : NULL, NULL };
  const char *ahead[] = { "numeric", is_small ? "small" : NULL, NULL };
  GtkWidget *label = make_label (line->when, line->is_late ? late : line->is_today ? today : ahead);
  GtkWidget *image;

  /* How long is left is read before what is owed is read to its end. */
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_NONE);

  if (line->is_late || line->is_today)
    {
      image = g_object_new (GTK_TYPE_IMAGE, "icon-name",
                            line->is_late ? "dialog-warning-symbolic" : "alarm-symbolic",
                            "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
      gtk_widget_add_css_class (image, line->is_late ? "error" : "accent");
      append (box, image);
    }
  append (box, label);
}

static GtkWidget *
make_column (GtkWidget *first, GtkWidget *other)
{
  GtkWidget *box = make_box (GTK_ORIENTATION_VERTICAL, 1);

  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  append (box, first);
  if (other != NULL)
    append (box, other);
  return box;
}

static GtkWidget *
with_chars (GtkWidget *label, int n_chars)
{
  gtk_label_set_width_chars (GTK_LABEL (label), n_chars);
  gtk_label_set_max_width_chars (GTK_LABEL (label), n_chars);
  return label;
}

static GtkWidget *
make_wide (const AmendsWorkLine *line)
{
  static const char *const detail[] = { "second", "small", "numeric", NULL };
  static const char *const arrow[] = { "dim-label", NULL };
  GtkWidget *box = make_box (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *who = make_column (make_name (line, TRUE), make_label (line->summary, plain));
  GtkWidget *when = make_box (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *whose =
      with_chars (make_label (line->whose, line->is_given ? plain : second), WHOSE_CHARS);

  gtk_widget_set_hexpand (who, TRUE);
  add_when (when, line, FALSE);
  gtk_widget_set_valign (whose, GTK_ALIGN_CENTER);
  append (box, who);
  append (box, make_column (with_chars (make_label (line->duty, plain), DUTY_CHARS),
                            make_label (line->duty_detail, second_small)));
  append (box,
          make_column (when, with_chars (make_label (line->when_detail, detail), WHEN_CHARS + 2)));
  append (box, whose);
  append (box, g_object_new (GTK_TYPE_IMAGE, "icon-name", "go-next-symbolic", "accessible-role",
                             GTK_ACCESSIBLE_ROLE_PRESENTATION, "css-classes", arrow, NULL));
  return box;
}

/* The duty on the left, how long is left on the right. */
static GtkWidget *
make_foot (const AmendsWorkLine *line, gboolean with_day)
{
  static const char *const detail[] = { "second", "small", "numeric", NULL };
  GtkWidget *box = make_box (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *duty = make_label (line->duty, little);

  gtk_widget_set_hexpand (duty, TRUE);
  append (box, duty);
  add_when (box, line, TRUE);
  if (with_day && !line->is_today && *line->day != '\0')
    append (box, make_label (line->day, detail));
  return box;
}

static GtkWidget *
make_lines (const AmendsWorkLine *line, gboolean is_pane)
{
  GtkWidget *box = make_box (GTK_ORIENTATION_VERTICAL, is_pane ? 1 : 3);

  append (box, make_name (line, FALSE));
  if (!is_pane)
    append (box, make_label (line->summary, plain));
  append (box, make_foot (line, !is_pane));
  return box;
}

/**
 * amends_duty_line_new:
 * @line: what it says
 * @form: how it looks
 */
GtkWidget *
amends_duty_line_new (const AmendsWorkLine *line, AmendsDutyForm form)
{
  GtkWidget *self = g_object_new (AMENDS_TYPE_DUTY_LINE, NULL);
  gboolean is_pane = form == AMENDS_DUTY_FORM_PANE;
  GtkWidget *box = form == AMENDS_DUTY_FORM_WIDE ? make_wide (line) : make_lines (line, is_pane);

  g_object_set (box, "margin-start", is_pane ? 2 : 14, "margin-end", is_pane ? 2 : 12, "margin-top",
                is_pane ? 4 : 6, "margin-bottom", is_pane ? 4 : 6, NULL);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  line->sentence, -1);
  return self;
}

/* @duty: (nullable): must outlive the line */
void
amends_duty_line_set_duty (AmendsDutyLine *self, const AmendsDutyRow *duty)
{
  self->duty = duty;
}

const AmendsDutyRow *
amends_duty_line_get_duty (AmendsDutyLine *self)
{
  return self->duty;
}

/* In place of the arrow. The Delete key does the same on the row, so that Tab goes past it; it stands outside
 * of what says nothing to a screen reader. */
static void
add_throw_button (AmendsDutyLine *self, gint64 draft, const char *name)
{
  GtkWidget *line = gtk_list_box_row_get_child (GTK_LIST_BOX_ROW (self));
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *button = gtk_button_new_from_icon_name ("user-trash-symbolic");
  /* Translators: whose record it is. */
  g_autofree char *label = g_strdup_printf (_ ("Throw away: %s"), name);

  gtk_widget_set_focusable (button, FALSE);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_margin_end (button, 3);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, _ ("Throw away (Delete)"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "today.throw");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "x", draft);
  g_object_ref (line);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), box);
  gtk_box_remove (GTK_BOX (line), gtk_widget_get_last_child (line));
  gtk_widget_set_hexpand (line, TRUE);
  gtk_widget_set_margin_end (line, 3);
  append (box, line);
  append (box, button);
  g_object_unref (line);
}

/**
 * amends_duty_line_set_unfinished:
 * @unfinished: what it is of; must outlive the line
 * @line: as it was made of
 * @form: how it looks: where there is room it can be thrown away with one press
 */
void
amends_duty_line_set_unfinished (AmendsDutyLine *self,
                                 const AmendsUnfinished *unfinished,
                                 const AmendsWorkLine *line,
                                 AmendsDutyForm form)
{
  self->unfinished = unfinished;
  if (form == AMENDS_DUTY_FORM_WIDE)
    add_throw_button (self, unfinished->draft->draft, line->name);
}

const AmendsUnfinished *
amends_duty_line_get_unfinished (AmendsDutyLine *self)
{
  return self->unfinished;
}
