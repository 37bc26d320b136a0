/* amends-case-notices.c: what of a case waits for somebody to settle or answer it
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/staff/amends-case-notices.h"

#include <glib/gi18n.h>

#include "app/amends-words.h"
#include "app/staff/amends-act-menu.h"
#include "app/staff/amends-act-offers.h"
#include "app/widgets/amends-label.h"
#include "core/amends-duty.h"

struct _AmendsCaseNotices
{
  AdwBin parent_instance;

  GtkBox *box;
};

G_DEFINE_FINAL_TYPE (AmendsCaseNotices, amends_case_notices, ADW_TYPE_BIN)

/* In the bar that was added last.
 * @target: (nullable): of an action that takes one; it stands before the action is found */
static void
add_to_bar (AmendsCaseNotices *self, const char *label, const char *action, const char *target)
{
  GtkWidget *bar = gtk_widget_get_last_child (GTK_WIDGET (self->box));
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  if (target != NULL)
    gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", target);
  gtk_info_bar_add_action_widget (GTK_INFO_BAR (bar), button, GTK_RESPONSE_ACCEPT);
}

/* Likewise; none where there is nothing to go to. */
static void
add_button (AmendsCaseNotices *self, const char *label, const char *action, const char *target)
{
  if (target != NULL)
    add_to_bar (self, label, action, target);
}

/* A bar with a button, which the page's action @action with @target answers to; none if @label is NULL. */
static void
add_bar (AmendsCaseNotices *self,
         GtkMessageType type,
         const char *sentence,
         const char *label,
         const char *action,
         const char *target)
{
  GtkWidget *bar = gtk_info_bar_new ();

  gtk_info_bar_set_message_type (GTK_INFO_BAR (bar), type);
  gtk_info_bar_add_child (GTK_INFO_BAR (bar), amends_label_new (sentence, NULL));
  gtk_box_append (self->box, bar);
  if (label != NULL)
    add_button (self, label, action, target);
}

static void
show_conflicts (AmendsCaseNotices *self, const AmendsCase *complaint)
{
  for (guint i = 0; i < amends_case_get_n_conflicts (complaint); i++)
    {
      const AmendsField *field = amends_case_get_conflict (complaint, i);
      guint n_versions = field->writes->len;
      g_autofree char *name = amends_words_field (field->name);
      g_autofree char *sentence =
          n_versions == 2 ? g_strdup_printf (_ ("Two versions of the %s"), name)
                          : g_strdup_printf (ngettext ("%u version of the %s",
                                                       "%u versions of the %s", n_versions),
                                             n_versions, name);

      add_bar (self, GTK_MESSAGE_WARNING, sentence, _ ("Compare"), "case.compare", field->name);
    }
}

/* Somebody who had not heard of it went on where the case was. Whoever may not move it is told alone. */
static void
show_behind (AmendsCaseNotices *self, const AmendsCaseFile *file)
{
  guint n_behind =
      amends_case_is_away (file->complaint) ? 0 : amends_case_count_behind (file->complaint);
  g_autofree char *sentence = NULL;

  if (n_behind == 0)
    return;
  sentence = g_strdup_printf (ngettext ("%u record is not in the scheme to which it was moved",
                                        "%u records are not in the scheme to which it was moved",
                                        n_behind),
                              n_behind);
  add_bar (self, GTK_MESSAGE_INFO, sentence,
           amends_act_menu_is_open (file, AMENDS_EVENT_CASE_MOVED) ? _ ("Move again…") : NULL,
           "case.act", "case.moved");
}

/* What was written stands, and says that somebody wants it otherwise. */
static void
show_corrections (AmendsCaseNotices *self, const AmendsCase *complaint)
{
  for (guint i = 0; i < amends_case_get_n_corrections (complaint); i++)
    {
      const AmendsCorrection *correction = amends_case_get_correction (complaint, i);
      g_autofree char *what = amends_act_offers_dup_correction (complaint, correction);
      g_autofree char *sentence = NULL;

      if (correction->state != AMENDS_CORRECTION_WAITS)
        continue;
      /* Translators: “On: not 30 Nov but 24 Nov”. */
      sentence = g_strdup_printf (_ ("A correction waits for somebody else to agree. %s"), what);
      add_bar (self, GTK_MESSAGE_INFO, sentence, _ ("Answer…"), "case.act",
               "case.correction-answered");
    }
}

/* Of what came in: who it may be, what it may go on with. Nothing is joined by itself. */
static void
show_alike (AmendsCaseNotices *self, const AmendsCaseFile *file)
{
  for (guint i = 0; file->alike != NULL && i < file->alike->len; i++)
    {
      const AmendsCaseRow *row = g_ptr_array_index (file->alike, i);
      g_autofree char *reference =
          amends_words_isolate (row->reference != NULL ? row->reference : "");
      g_autofree char *day = amends_words_iso_day (row->received);
      g_autofree char *which =
          amends_words_join (" · ", row->complainant != NULL ? row->complainant : _ ("Anonymous"),
                             row->home != NULL ? row->home : "", row->summary, reference, day,
                             NULL);
      g_autofree char *sentence = NULL;
      g_autofree char *id = amends_id_format (&row->id);

      /* Translators: a name, a home, what happened, a reference and a day. */
      sentence = g_strdup_printf (_ ("May be the same: %s"), which);
      add_bar (self, GTK_MESSAGE_INFO, sentence, _ ("Open"), "win.open-case", id);
      add_button (self, _ ("Link…"), "case.link", row->reference);
    }
}

/* It stays until somebody finds what it fits, or says that it fits nothing. */
static void
show_unmatched (AmendsCaseNotices *self, const AmendsCaseFile *file)
{
  for (guint i = 0; i < file->duties->len; i++)
    {
      const AmendsDuty *duty = &((AmendsDutyRow *) g_ptr_array_index (file->duties, i))->duty;
      gboolean is_case = g_strcmp0 (duty->what, "previous_case") == 0;
      g_autofree char *said = NULL;
      g_autofree char *sentence = NULL;

      if (duty->kind != AMENDS_DUTY_MATCH)
        continue;
      said = amends_words_isolate (duty->detail);
      sentence = is_case
                     ? g_strdup_printf (_ ("They quote %s, and no case here has that reference. "
                                           "Look for theirs, and link the two."),
                                        said)
                     : g_strdup_printf (_ ("Fits no home that we know: %s. Ask them, and correct "
                                           "their home."),
                                        said);
      add_bar (self, GTK_MESSAGE_WARNING, sentence, is_case ? _ ("Link…") : _ ("Correct…"),
               "case.act", is_case ? "case.matched" : "contact.changed");
      add_button (self, _ ("It fits nothing…"), "case.fits-none", duty->detail);
      if (!is_case && file->person != NULL && file->person->home != NULL)
        {
          g_autofree char *take = g_strdup_printf (_ ("It is %s…"), file->person->home);

          add_button (self, take, "case.take-home", file->person->home);
        }
    }
}

/* Nobody was there to ask as it came in; a conversation asks both at its beginning. */
static void
show_hazard_or_fear (AmendsCaseNotices *self, const AmendsCaseFile *file)
{
  const char *feed = amends_case_get_feed (file->complaint);
  gboolean may_report = amends_act_menu_is_open (file, AMENDS_EVENT_CASE_HAZARD_REPORTED);

  if (!amends_case_is_untouched (file->complaint) || amends_case_is_erased (file->complaint)
      || (feed != NULL && g_str_has_prefix (feed, "r.")))
    return;
  add_bar (self, GTK_MESSAGE_QUESTION,
           _ ("Is anything in the home dangerous? May somebody be unsafe or afraid? Read it for "
              "both, and ask them."),
           may_report ? _ ("Record a hazard…") : NULL, "case.act",
           amends_event_type_to_string (AMENDS_EVENT_CASE_HAZARD_REPORTED));
  add_to_bar (self, _ ("Tell the safeguarding lead…"), "win.tell-safeguarding", NULL);
}

/* Of what only those read who are named for it: if it cannot wait. */
static void
show_ring (AmendsCaseNotices *self, const AmendsCaseFile *file)
{
  g_autofree char *sentence = NULL;

  if (file->ring == NULL || *file->ring == '\0')
    return;
  sentence = amends_words_join (" ", _ ("If it cannot wait:"), file->ring, NULL);
  add_bar (self, GTK_MESSAGE_INFO, sentence, NULL, NULL, NULL);
}

/* The same for whatever reason: it tells nothing but that there is somebody who knows. */
static void
show_ask_first (AmendsCaseNotices *self, const AmendsCase *complaint)
{
  g_autoptr (GPtrArray) names = amends_case_list_ask_first (complaint);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *sentence = NULL;

  for (guint i = 0; i < names->len; i++)
    {
      g_autofree char *isolated = amends_words_isolate (g_ptr_array_index (names, i));

      /* Translators: between the names of two colleagues, either of whom can be asked. */
      g_string_append_printf (text, "%s%s", i > 0 ? _ (" or ") : "", isolated);
    }
  if (names->len == 0)
    return;
  /* Translators: the name of a colleague, or of several. */
  sentence =
      g_strdup_printf (_ ("Ask %s before you ring, visit or write: they know more."), text->str);
  add_bar (self, GTK_MESSAGE_WARNING, sentence, NULL, NULL, NULL);
}

static void
amends_case_notices_class_init (AmendsCaseNoticesClass *klass)
{
}

static void
amends_case_notices_init (AmendsCaseNotices *self)
{
  self->box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 0));
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->box));
}

/**
 * amends_case_notices_set_file:
 * @file: (nullable): the case to show from now on
 */
void
amends_case_notices_set_file (AmendsCaseNotices *self, const AmendsCaseFile *file)
{
  g_return_if_fail (AMENDS_IS_CASE_NOTICES (self));

  amends_box_clear (self->box);
  if (file == NULL)
    return;
  show_ring (self, file);
  show_ask_first (self, file->complaint);
  show_hazard_or_fear (self, file);
  show_unmatched (self, file);
  show_alike (self, file);
  show_conflicts (self, file->complaint);
  show_behind (self, file);
  show_corrections (self, file->complaint);
}
