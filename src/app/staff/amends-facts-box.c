/* amends-facts-box.c: how a case came, and who recorded it
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/staff/amends-facts-box.h"

#include <glib/gi18n.h>

#include "app/amends-record-words.h"
#include "app/amends-words.h"
#include "app/widgets/amends-label.h"
#include "core/amends-appointment.h"
#include "core/amends-json.h"
#include "core/amends-retention.h"

struct _AmendsFactsBox
{
  AdwBin parent_instance;

  GtkWidget *facts; /* from the template, as all below */
  GtkLabel *recorded_label;
};

G_DEFINE_FINAL_TYPE (AmendsFactsBox, amends_facts_box, ADW_TYPE_BIN)

static const char *
text_of (const AmendsCaseFile *file, const char *field)
{
  const char *text = amends_case_get_text (file->complaint, field);

  return text != NULL ? text : "";
}

static char *
describe_recording (const AmendsCaseFile *file)
{
  const json_t *entry = json_array_get (file->history, 0);
  const char *by = json_string_value (json_object_get (json_object_get (entry, "by"), "name"));
  const char *device =
      json_string_value (json_object_get (json_object_get (entry, "device"), "name"));
  g_autofree char *when = amends_words_instant (amends_case_get_recorded_at (file->complaint));
  g_autofree char *heard = NULL;
  const char *received_by = text_of (file, "received_by");

  if (*received_by != '\0' && g_strcmp0 (received_by, by) != 0)
    heard = g_strdup_printf (_ ("First heard by %s."), received_by);
  /* Translators: who, on which device, when. */
  g_autofree char *recorded =
      g_strdup_printf (_ ("Recorded by %s on %s, %s."), by != NULL ? by : _ ("somebody"),
                       device != NULL ? device : _ ("a device"), when);
  return amends_words_join (" ", recorded, heard != NULL ? heard : "", NULL);
}

static void
add_fact (AmendsFactsBox *self, const char *name, const char *value)
{
  GtkWidget *box, *child;

  if (*value == '\0')
    return;
  box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 1);
  child = gtk_flow_box_child_new ();
  gtk_box_append (GTK_BOX (box), amends_label_new (name, "second", "small", NULL));
  gtk_box_append (GTK_BOX (box), amends_label_new (value, NULL));
  gtk_flow_box_child_set_child (GTK_FLOW_BOX_CHILD (child), box);
  gtk_widget_set_focusable (child, FALSE);
  gtk_flow_box_append (GTK_FLOW_BOX (self->facts), child);
}

/* The receipt of the whole case, as far as this laptop holds it. */
static char *
describe_safe (const AmendsCaseFile *file)
{
  gint64 safe_at = amends_history_get_safe_at (file->history);
  g_autofree char *since = NULL;

  if (file->n_waiting > 0)
    return g_strdup_printf (ngettext ("%u record is waiting to be sent.",
                                      "%u records are waiting to be sent.",
                                      (gulong) file->n_waiting),
                            file->n_waiting);
  if (safe_at == 0)
    return g_strdup ("");
  since = amends_words_instant (safe_at);
  /* Translators: a case, all of which has arrived; then a time, or a day and a time. */
  return g_strdup_printf (_ ("Safe at head office since %s"), since);
}

/* Who signed in at the kiosk beside them, and whether they agreed to what was written. */
static char *
describe_assisted (const AmendsCaseFile *file)
{
  const json_t *assisted = amends_case_get_value (file->complaint, "assisted_by");
  const char *name = json_string_value (json_object_get (assisted, "name"));
  const char *confirmed = json_string_value (json_object_get (assisted, "confirmed"));

  if (name == NULL)
    return g_strdup ("");
  /* Translators: a member of staff who signed in at a kiosk, and how the resident agreed to what was written. */
  return g_strdup_printf (_ ("%s · %s"), name,
                          confirmed != NULL ? amends_words_code ("confirmed", confirmed)
                                            : _ ("Nobody confirmed it"));
}

static char *
describe_end (const AmendsRetention *retention)
{
  g_autofree char *day = NULL;

  switch (retention->state)
    {
    case AMENDS_RETENTION_UNTIL:
      day = amends_words_day (retention->until_day);
      /* Translators: a day up to which the record of a case is kept. */
      return g_strdup_printf (_ ("May be destroyed after %s"), day);
    case AMENDS_RETENTION_RUNNING:
      return g_strdup (_ ("While the tenancy runs"));
    case AMENDS_RETENTION_HELD:
      return g_strdup (_ ("A claim was filed at court: nothing is destroyed"));
    case AMENDS_RETENTION_UNKNOWN:
      return g_strdup (_ ("Nobody has said when the tenancy ended"));
    case AMENDS_RETENTION_NO_RULE:
      return g_strdup (_ ("The policy sets no time"));
    case AMENDS_RETENTION_OPEN:
      return g_strdup (_ ("Until it is over"));
    }
  return g_strdup ("");
}

/* How long the record is kept, with the clause. */
static char *
describe_retention (const AmendsCaseFile *file)
{
  AmendsRetention retention =
      amends_case_compute_retention (file->complaint, file->dues->rules.policy);
  g_autofree char *clause =
      retention.rule != NULL ? amends_words_isolate (retention.rule->clause) : g_strdup ("");
  g_autofree char *end = describe_end (&retention);

  return amends_words_join (" · ", end, clause, NULL);
}

/* The next one: when, and who comes. */
static char *
describe_appointment (const AmendsCaseFile *file)
{
  g_autoptr (GPtrArray) list = amends_case_list_appointments (file->complaint, file->dues->today);
  const json_t *body =
      list->len > 0 ? ((const AmendsHistoryEntry *) g_ptr_array_index (list, 0))->body : NULL;
  const char *from = json_string_value (json_object_get (body, "from"));
  const char *comes = json_string_value (json_object_get (json_object_get (body, "comes"), "name"));
  g_autofree char *time = amends_words_isolate (from != NULL ? from : "");
  g_autofree char *day = NULL;

  if (body == NULL)
    return g_strdup ("");
  day = amends_words_near_day (amends_day_from_json (body, "day"), file->dues->today);
  return amends_words_join (" · ", day, time, comes != NULL ? comes : "", NULL);
}

/* Of where it was and whose it is, what was asked; most of it comes from a kiosk or a spreadsheet. */
static void
show_asked (AmendsFactsBox *self, const AmendsCaseFile *file)
{
  static const char *const asked[] = {
    "property",          "managing_agent",      "tenure", "tenure_detail",    "care_related",
    "legal_claim_filed", "complaint_explained", "public", "former_reference", NULL
  };
  g_autoptr (GPtrArray) lines = amends_record_words_list_standing (file, asked);

  for (guint i = 0; i < lines->len; i++)
    {
      const AmendsRecordLine *line = g_ptr_array_index (lines, i);

      add_fact (self, line->label, line->text);
    }
}

static void
clear_facts (AmendsFactsBox *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->facts)) != NULL)
    gtk_flow_box_remove (GTK_FLOW_BOX (self->facts), child);
}

static void
show_facts (AmendsFactsBox *self, const AmendsCaseFile *file)
{
  g_autofree char *time = amends_words_isolate (text_of (file, "received_time"));
  g_autofree char *assisted = describe_assisted (file);
  g_autofree char *received = amends_words_iso_day (text_of (file, "received"));
  g_autofree char *recording = describe_recording (file);
  g_autofree char *kept = describe_retention (file);
  g_autofree char *appointment = describe_appointment (file);
  g_autofree char *reply_by = amends_words_iso_day (text_of (file, "reply_by"));
  g_autofree char *theirs = amends_words_isolate (text_of (file, "their_reference"));
  g_autofree char *safe = describe_safe (file);
  const char *detail = text_of (file, "channel_detail");

  add_fact (self, _ ("Kind"), amends_words_code ("kind", text_of (file, "kind")));
  add_fact (self, _ ("Received"), received);
  add_fact (self, _ ("By"),
            *detail != '\0' ? detail : amends_words_code ("channel", text_of (file, "channel")));
  add_fact (self, _ ("At about"), time);
  add_fact (self, _ ("They want"), amends_words_code ("wants", text_of (file, "wants")));
  add_fact (self, _ ("Next appointment"), appointment);
  add_fact (self, _ ("Helped by"), text_of (file, "helped_by"));
  add_fact (self, _ ("Staff at the kiosk"), assisted);
  add_fact (self, _ ("Their office"), text_of (file, "representative.organisation"));
  add_fact (self, _ ("Their reference"), theirs);
  add_fact (self, _ ("They ask for an answer by"), reply_by);
  show_asked (self, file);
  add_fact (self, _ ("Scheme"), file->scheme_name);
  add_fact (self, _ ("Record kept"), kept);
  add_fact (self, _ ("Head office"), safe);
  gtk_label_set_text (self->recorded_label, recording);
}

static void
amends_facts_box_class_init (AmendsFactsBoxClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/amends/Amends/staff/amends-facts-box.ui");
  gtk_widget_class_bind_template_child (widget_class, AmendsFactsBox, facts);
  gtk_widget_class_bind_template_child (widget_class, AmendsFactsBox, recorded_label);
}

static void
amends_facts_box_init (AmendsFactsBox *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * amends_facts_box_set_file:
 * @file: (nullable): the case to show from now on
 */
void
amends_facts_box_set_file (AmendsFactsBox *self, const AmendsCaseFile *file)
{
  g_return_if_fail (AMENDS_IS_FACTS_BOX (self));

  clear_facts (self);
  gtk_label_set_text (self->recorded_label, "");
  if (file != NULL)
    show_facts (self, file);
}
