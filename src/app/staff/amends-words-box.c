/* amends-words-box.c: what a complaint is about, in the words of whoever made it
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/staff/amends-words-box.h"

#include <glib/gi18n.h>
#include <string.h>

#include "app/amends-event-words.h"
#include "app/amends-record-words.h"
#include "app/amends-words.h"
#include "app/staff/amends-record-box.h"
#include "app/widgets/amends-label.h"

struct _AmendsWordsBox
{
  AdwBin parent_instance;

  GtkBox *box;
};

G_DEFINE_FINAL_TYPE (AmendsWordsBox, amends_words_box, ADW_TYPE_BIN)

static GtkWidget *
make_wish (const char *outcome_sought)
{
  const char *lead = _ ("To put it right:");
  g_autofree char *text = g_strdup_printf ("%s %s", lead, outcome_sought);
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();
  PangoAttribute *bold = pango_attr_weight_new (PANGO_WEIGHT_BOLD);
  GtkWidget *label = amends_label_new (text, NULL);

  bold->start_index = 0;
  bold->end_index = (guint) strlen (lead);
  pango_attr_list_insert (attributes, bold);
  gtk_label_set_attributes (GTK_LABEL (label), attributes);
  return label;
}

/* What two people did about it, or one has asked for. */
static void
show_erasures (AmendsWordsBox *self, const AmendsCaseFile *file)
{
  const AmendsCase *complaint = file->complaint;

  for (guint i = 0; i < amends_case_get_n_erasures (complaint); i++)
    {
      g_autofree char *sentence =
          amends_event_words_erasure (amends_case_get_erasure (complaint, i), file->history);

      gtk_box_append (self->box, amends_label_new (sentence, NULL));
    }
}

/* What was not written by whoever complains is said to be so before it. */
static void
add_words (AmendsWordsBox *self, const char *whose, const char *words)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);

  gtk_box_append (GTK_BOX (box), amends_label_new (whose, "second", "small", NULL));
  gtk_box_append (GTK_BOX (box), amends_label_new (words, NULL));
  gtk_box_append (self->box, box);
}

/* What is heard in a recording, as somebody wrote it down: the recording goes before it where the two differ. */
static void
show_transcripts (AmendsWordsBox *self, const AmendsCase *complaint)
{
  for (guint i = 0; i < amends_case_get_n_attachments (complaint); i++)
    {
      const AmendsAttachment *attachment = amends_case_get_attachment (complaint, i);
      g_autofree char *id = amends_id_format (&attachment->id);
      g_autofree char *field = g_strconcat ("transcripts.", id, NULL);
      const json_t *written = amends_case_get_value (complaint, field);
      const char *words = json_string_value (json_object_get (written, "text"));
      const char *name =
          json_string_value (json_object_get (json_object_get (written, "done_by"), "name"));
      g_autofree char *recording = amends_words_isolate (attachment->name);
      g_autofree char *whose = NULL;

      if (words == NULL)
        continue;
      /* Translators: of a recording, and by a person: “Written down from “voicemail.wav” by Tamsin Roe”. */
      whose = name != NULL ? g_strdup_printf (_ ("Written down from “%s” by %s"), recording, name)
                           : g_strdup_printf (_ ("Written down from “%s”"), recording);
      add_words (self, whose, words);
    }
}

/* What a member of staff added at the kiosk is nothing that the complainant said. */
static void
show_staff_words (AmendsWordsBox *self, const AmendsCaseFile *file)
{
  const json_t *assisted = amends_case_get_value (file->complaint, "assisted_by");
  const char *name = json_string_value (json_object_get (assisted, "name"));
  const char *words = json_string_value (json_object_get (assisted, "words"));
  g_autofree char *whose = NULL;

  if (words == NULL || name == NULL)
    return;
  whose = g_strdup_printf (_ ("Added by %s, who helped at the kiosk"), name);
  add_words (self, whose, words);
}

/* What else they answered of one thing that went wrong. */
static void
show_answers (GtkBox *box, const AmendsCaseFile *file, const AmendsIssue *issue)
{
  static const char *const above[] = { "what", "outcome_sought", "chosen", NULL };
  g_autoptr (GPtrArray) lines =
      amends_record_words_list_in (file, AMENDS_EVENT_ISSUE_ADDED, issue->details, above);

  if (lines->len > 0)
    gtk_box_append (box, amends_record_box_new (lines));
}

/* What they said of all of it. */
static void
show_said (AmendsWordsBox *self, const AmendsCaseFile *file)
{
  static const char *const said[] = { "told_before", "hazard", "hazard_emergency", "about", NULL };
  g_autoptr (GPtrArray) lines = amends_record_words_list_standing (file, said);

  if (lines->len > 0)
    gtk_box_append (self->box, amends_record_box_new (lines));
}

/* Only words of theirs are quoted: where they wrote none it says so, or what they chose says it. */
static void
show_what (GtkBox *box, const AmendsIssue *issue)
{
  const char *words = json_string_value (json_object_get (issue->details, "words"));
  gboolean is_shown = g_strcmp0 (words, "shown") == 0;
  g_autofree char *quoted =
      is_shown ? g_strdup (issue->what) : g_strdup_printf (_ ("“%s”"), issue->what);

  if (g_strcmp0 (words, "chosen") != 0)
    gtk_box_append (box, amends_label_new (quoted, NULL));
}

/* What they chose from pictures at a kiosk is not in their words. */
static void
show_chosen (GtkBox *box, const AmendsIssue *issue)
{
  const json_t *chosen = json_object_get (issue->details, "chosen");
  g_autoptr (GString) text = g_string_new (_ ("Chosen from pictures:"));

  for (gsize i = 0; i < json_array_size (chosen); i++)
    g_string_append_printf (text, "%s %s", i > 0 ? "," : "",
                            amends_words_code ("matter",
                                               json_string_value (json_array_get (chosen, i))));
  if (json_array_size (chosen) > 0)
    gtk_box_append (box, amends_label_new (text->str, NULL));
}

static void
show_words (AmendsWordsBox *self, const AmendsCaseFile *file)
{
  const AmendsCase *complaint = file->complaint;

  show_erasures (self, file);
  for (guint i = 0; i < amends_case_get_n_issues (complaint); i++)
    {
      const AmendsIssue *issue = amends_case_get_issue (complaint, i);
      GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

      gtk_widget_add_css_class (box, "quote");
      show_what (GTK_BOX (box), issue);
      show_chosen (GTK_BOX (box), issue);
      if (issue->outcome_sought != NULL)
        gtk_box_append (GTK_BOX (box), make_wish (issue->outcome_sought));
      show_answers (GTK_BOX (box), file, issue);
      gtk_box_append (self->box, box);
    }
  show_said (self, file);
  show_transcripts (self, complaint);
  show_staff_words (self, file);
}

static void
amends_words_box_class_init (AmendsWordsBoxClass *klass)
{
}

static void
amends_words_box_init (AmendsWordsBox *self)
{
  self->box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 12));
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->box));
}

/**
 * amends_words_box_set_file:
 * @file: (nullable): the case to show from now on
 */
void
amends_words_box_set_file (AmendsWordsBox *self, const AmendsCaseFile *file)
{
  g_return_if_fail (AMENDS_IS_WORDS_BOX (self));

  amends_box_clear (self->box);
  if (file != NULL)
    show_words (self, file);
}
