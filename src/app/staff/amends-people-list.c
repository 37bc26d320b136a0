/* amends-people-list.c: who a case is about, and how to treat them rightly
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/staff/amends-people-list.h"

#include <glib/gi18n.h>

#include "app/amends-ledger-words.h"
#include "app/amends-words.h"
#include "app/widgets/amends-label.h"
#include "app/widgets/amends-person-avatar.h"
#include "core/amends-complainant.h"

struct _AmendsPeopleList
{
  AdwBin parent_instance;

  const AmendsCaseFile *file;  /* (nullable) (not owned): only while the rows are made */
  const AmendsCase *complaint; /* (nullable) (not owned): as above */
  GtkListBox *list;
};

G_DEFINE_FINAL_TYPE (AmendsPeopleList, amends_people_list, ADW_TYPE_BIN)

static const char *
text_of (AmendsPeopleList *self, const char *field)
{
  const char *text = amends_case_get_text (self->complaint, field);

  return text != NULL ? text : "";
}

static void
add_person_row (AmendsPeopleList *self,
                const char *icon,
                const char *icon_class,
                const char *title,
                const char *subtitle)
{
  GtkWidget *row = amends_row_new (title, subtitle);
  GtkWidget *image = gtk_image_new_from_icon_name (icon);

  gtk_widget_set_valign (image, GTK_ALIGN_CENTER);
  if (icon_class != NULL)
    gtk_widget_add_css_class (image, icon_class);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), image);
  gtk_list_box_append (self->list, row);
}

static void
add_complainant (AmendsPeopleList *self)
{
  const char *name = text_of (self, "complainant.name");
  const char *detail = text_of (self, "complainant.relation_detail");
  const char *relation =
      *detail != '\0'
          ? detail
          : amends_words_code ("complainant-relation", text_of (self, "complainant.relation"));
  g_autofree char *home = amends_words_isolate (text_of (self, "complainant.home"));
  g_autofree char *subtitle = amends_words_join (" · ", relation, home, NULL);
  GtkWidget *row = amends_row_new (*name != '\0' ? name : _ ("Anonymous"), subtitle);
  GtkWidget *avatar = amends_person_avatar_new (name, 36);

  adw_action_row_add_prefix (ADW_ACTION_ROW (row), avatar);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                             gtk_image_new_from_icon_name ("go-next-symbolic"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "win.person");
  gtk_widget_set_tooltip_text (row, _ ("How to treat them, and what may be said to whom"));
  gtk_list_box_append (self->list, row);
}

/* As the landlord has them, where somebody found them in the register. */
static void
add_registered (AmendsPeopleList *self)
{
  const char *reference = amends_case_get_register_reference (self->complaint);
  const AmendsPerson *person = self->file->person;
  g_autofree char *isolated = reference != NULL ? amends_words_isolate (reference) : NULL;
  g_autofree char *title = NULL;
  g_autofree char *subtitle = NULL;

  if (reference == NULL)
    return;
  title = g_strdup_printf (_ ("In the register: %s"), isolated);
  subtitle = person != NULL
                 ? amends_words_join (" · ", person->name, person->home != NULL ? person->home : "",
                                      person->language != NULL ? person->language : "", NULL)
                 : g_strdup (_ ("Not in the register on this laptop"));
  add_person_row (self, "contact-new-symbolic", "dim-label", title, subtitle);
}

static const AmendsField *
find_conflict (AmendsPeopleList *self, const char *name)
{
  for (guint i = 0; i < amends_case_get_n_conflicts (self->complaint); i++)
    {
      const AmendsField *field = amends_case_get_conflict (self->complaint, i);

      if (g_str_equal (field->name, name))
        return field;
    }
  return NULL;
}

static void
add_lines (GString *text, const char *title, const json_t *lines)
{
  for (gsize i = 0; i < json_array_size (lines); i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "; " : title,
                            json_string_value (json_array_get (lines, i)));
  if (json_array_size (lines) > 0)
    g_string_append_c (text, '\n');
}

/* An empty list of what is safe is what is left of lists that were written apart: until somebody settles it, it forbids. */
static void
add_allowed (GString *text, const char *title, const json_t *lines, gboolean is_of_several)
{
  add_lines (text, title, lines);
  if (is_of_several && json_is_array (lines) && json_array_size (lines) == 0)
    g_string_append_printf (text, "%s%s\n", title, _ ("nothing that both say"));
}

/**
 * amends_people_list_describe_safe_contact:
 * @safe: (nullable): as it is recorded
 * @is_of_several: whether that is what amends_field_get_value() makes of several versions
 *
 * Returns: (transfer full): what is not safe, and what is, a line each; "" where nothing is recorded
 */
char *
amends_people_list_describe_safe_contact (const json_t *safe, gboolean is_of_several)
{
  GString *text = g_string_new (NULL);

  add_lines (text, _ ("Not: "), json_object_get (safe, "not"));
  add_allowed (text, _ ("Safe: "), json_object_get (safe, "methods"), is_of_several);
  add_allowed (text, _ ("When: "), json_object_get (safe, "times"), is_of_several);
  add_lines (text, _ ("Others see or hear it: "), json_object_get (safe, "shared_with"));
  g_string_set_size (text, text->len > 0 ? text->len - 1 : 0);
  return g_string_free (text, FALSE);
}

/* In one way they are reached, as it is written; nothing where nothing is. */
static void
add_value (AmendsPeopleList *self,
           const char *icon,
           const char *icon_class,
           const char *field,
           const json_t *value,
           const char *subtitle)
{
  g_autofree char *text = json_is_object (value)
                              ? amends_people_list_describe_safe_contact (value, FALSE)
                          : json_is_string (value) ? amends_words_value (field, value)
                                                   : g_strdup ("");
  g_autofree char *isolated = amends_words_isolate (text);

  if (*isolated != '\0')
    add_person_row (self, icon, icon_class, isolated, subtitle);
}

/* Until a person has settled which one holds, every value is shown. */
static void
add_way (AmendsPeopleList *self,
         const char *field,
         const json_t *value,
         const char *icon,
         const char *icon_class,
         const char *subtitle)
{
  const AmendsField *conflict = find_conflict (self, field);
  g_autofree char *doubtful = g_strdup_printf (_ ("%s · one of several versions"), subtitle);

  for (guint i = 0; conflict != NULL && i < conflict->writes->len; i++)
    add_value (self, "dialog-warning-symbolic", "warning", field,
               g_array_index (conflict->writes, AmendsWrite, i).value, doubtful);
  if (conflict == NULL)
    add_value (self, icon, icon_class, field, value, subtitle);
}

static void
add_contact (AmendsPeopleList *self, const char *field, const char *icon, const char *subtitle)
{
  add_way (self, field, amends_case_get_value (self->complaint, field), icon, "dim-label",
           subtitle);
}

static void
add_way_to_other (AmendsPeopleList *self,
                  const AmendsComplainant *other,
                  const char *key,
                  const char *icon,
                  const char *title)
{
  g_autofree char *field = g_strjoin (".", "others", other->who, key, NULL);
  g_autofree char *name = amends_words_isolate (other->name);
  g_autofree char *subtitle = amends_words_join (" · ", name, title, NULL);

  add_way (self, field, amends_complainant_get_value (self->complaint, other->who, key), icon,
           g_str_equal (key, "safe_contact") ? "warning" : "dim-label", subtitle);
}

/* How they are reached, what is safe before any number can be rung. */
static void
add_ways_to_other (AmendsPeopleList *self, const AmendsComplainant *other)
{
  add_way_to_other (self, other, "safe_contact", "dialog-warning-symbolic", _ ("Safe contact"));
  add_way_to_other (self, other, "phone", "call-start-symbolic", _ ("Telephone"));
  add_way_to_other (self, other, "email", "mail-unread-symbolic", _ ("Email"));
  add_way_to_other (self, other, "home", "go-home-symbolic", _ ("Home"));
}

/* Who complains with them, in words of their own; who has stopped stays, and is said to have. */
static void
add_others (AmendsPeopleList *self)
{
  g_autoptr (GArray) list = amends_case_list_complainants (self->complaint);

  for (guint i = 0; i < list->len; i++)
    {
      const AmendsComplainant *each = &g_array_index (list, AmendsComplainant, i);
      g_autofree char *day =
          amends_words_iso_day (json_string_value (json_object_get (each->withdrawn, "on")));
      g_autofree char *withdrawn =
          each->withdrawn != NULL ? g_strdup_printf (_ ("Took the complaint back %s"), day) : NULL;
      g_autofree char *subtitle =
          amends_words_join (" · ", amends_words_code ("complainant-relation", each->relation),
                             list->len > 1 && each->is_lead
                                     && !amends_case_is_joint (self->complaint)
                                 ? _ ("Leads: letters go to them")
                                 : "",
                             withdrawn != NULL ? withdrawn : _ ("Complains as well"), NULL);

      if (i > 0 || withdrawn != NULL)
        add_person_row (self,
                        withdrawn != NULL ? "action-unavailable-symbolic" : "system-users-symbolic",
                        "dim-label", each->name != NULL ? each->name : _ ("Anonymous"), subtitle);
      if (i > 0)
        add_ways_to_other (self, each);
    }
}

/* How far it is: asked for, agreed for a day, made, declined. */
static char *
describe_adjustment (const AmendsAdjustment *adjustment)
{
  g_autofree char *made =
      amends_words_iso_day (json_string_value (json_object_get (adjustment->made, "on")));
  g_autofree char *due =
      amends_words_iso_day (json_string_value (json_object_get (adjustment->decided, "due")));

  if (adjustment->made != NULL)
    return g_strdup_printf (_ ("Adjustment, made %s"), made);
  if (json_is_false (json_object_get (adjustment->decided, "agreed")))
    return g_strdup (_ ("Adjustment, declined"));
  if (adjustment->decided != NULL)
    return *due != '\0' ? g_strdup_printf (_ ("Adjustment, agreed for %s"), due)
                        : g_strdup (_ ("Adjustment, agreed"));
  return g_strdup (_ ("Adjustment"));
}

static void
add_adjustments (AmendsPeopleList *self)
{
  const AmendsCase *complaint = self->complaint;

  for (guint i = 0; i < amends_case_get_n_adjustments (complaint); i++)
    {
      const AmendsAdjustment *adjustment = amends_case_get_adjustment (complaint, i);
      g_autofree char *need =
          amends_words_join (", ", amends_words_code ("adjustment", adjustment->need),
                             adjustment->detail != NULL ? adjustment->detail : "", NULL);
      g_autofree char *title = adjustment->who != NULL
                                   ? g_strdup_printf ("%s: %s", adjustment->who, need)
                                   : g_strdup (need);
      g_autofree char *day = amends_words_iso_day (adjustment->ended);
      g_autofree char *ended = g_strdup_printf (_ ("Adjustment, ended %s"), day);
      g_autofree char *state = describe_adjustment (adjustment);

      add_person_row (self, "preferences-desktop-accessibility-symbolic",
                      adjustment->ended != NULL ? "dim-label" : "accent", title,
                      adjustment->ended != NULL ? ended : state);
    }
}

/* Whether they told us of a disability, with the record or since. */
static gboolean
has_told (const AmendsCase *complaint)
{
  if (json_array_size (amends_case_get_value (complaint, "disabilities_disclosed")) > 0)
    return TRUE;
  for (guint i = 0; i < amends_case_get_n_history (complaint); i++)
    {
      const AmendsHistoryEntry *entry = amends_case_get_history (complaint, i);

      if (entry->type == AMENDS_EVENT_PERSON_DISABILITY_DISCLOSED
          && json_object_get (entry->body, "what") != NULL)
        return TRUE;
    }
  return FALSE;
}

/* What they told us stands apart, on a page of its own. */
static void
add_apart (AmendsPeopleList *self)
{
  if (has_told (self->complaint))
    add_person_row (self, "changes-prevent-symbolic", "dim-label", _ ("Told us in confidence"),
                    _ ("Kept apart: their own page shows it"));
}

static gboolean
is_past (const char *iso)
{
  AmendsDay day;

  return iso != NULL && amends_day_parse (iso, &day, NULL) && day < amends_words_today ();
}

/* Who acts for them, and whether they may be told today; why not is said with what would change it. */
static void
add_representative (AmendsPeopleList *self,
                    const AmendsLedger *ledger,
                    const AmendsLedgerEntry *entry)
{
  const AmendsPolicy *code = self->file->dues->rules.code;
  g_autofree char *who = amends_ledger_words_who (entry);
  g_autofree char *described = entry->details != NULL
                                   ? amends_words_value ("representative.authority", entry->details)
                                   : g_strdup (_ ("Authority not asked yet"));
  g_autofree char *sentence = NULL;
  g_autofree char *subtitle = NULL;
  AmendsLedgerAnswer answer;

  amends_ledger_may_tell (ledger, entry->who, &answer);
  sentence = amends_ledger_words_answer (code, &answer, entry->who);
  subtitle = answer.may
                 ? g_strdup_printf (_ ("May act · %s"), described)
                 : amends_words_join ("\n", amends_ledger_words_state (entry->kind, entry->state),
                                      sentence, NULL);
  add_person_row (self, amends_ledger_words_icon (answer.may ? entry->state : answer.state),
                  answer.may                                ? "success"
                  : answer.state == AMENDS_LEDGER_SUSPENDED ? "warning"
                                                            : "dim-label",
                  who, subtitle);
}

static void
add_representatives (AmendsPeopleList *self)
{
  AmendsDay today = self->file->dues->today;
  g_autoptr (AmendsLedger) ledger =
      amends_ledger_new (self->complaint, self->file->dues->rules.policy, today, today);

  for (guint i = 0; i < amends_ledger_get_n_entries (ledger); i++)
    {
      const AmendsLedgerEntry *entry = amends_ledger_get_entry (ledger, i);

      if (entry->kind == AMENDS_LEDGER_AUTHORITY && !entry->is_replaced && entry->who != NULL)
        add_representative (self, ledger, entry);
    }
}

static void
add_consents (AmendsPeopleList *self)
{
  const AmendsCase *complaint = self->complaint;

  for (guint i = 0; i < amends_case_get_n_consents (complaint); i++)
    {
      const AmendsConsent *consent = amends_case_get_consent (complaint, i);
      const char *purpose = amends_words_code ("consent-purpose", consent->purpose);
      gboolean is_given = g_strcmp0 (consent->answer, "given") == 0;
      gboolean is_refused = g_strcmp0 (consent->answer, "refused") == 0;
      gboolean holds = is_given && consent->withdrawn == NULL && !is_past (consent->until);
      g_autofree char *until = amends_words_iso_day (consent->until);
      g_autofree char *withdrawn = amends_words_iso_day (consent->withdrawn);
      g_autofree char *state = consent->withdrawn != NULL
                                   ? g_strdup_printf (_ ("Withdrawn %s"), withdrawn)
                               : is_refused             ? g_strdup (_ ("Refused"))
                               : !is_given              ? g_strdup (_ ("Ask each time"))
                               : consent->until == NULL ? g_strdup (_ ("Agreed"))
                               : holds ? g_strdup_printf (_ ("Agreed until %s"), until)
                                       : g_strdup_printf (_ ("Ended %s"), until);
      g_autofree char *subtitle =
          amends_words_join (" · ", consent->to != NULL ? purpose : "", state, NULL);

      add_person_row (self,
                      holds                    ? "emblem-ok-symbolic"
                      : is_refused || is_given ? "action-unavailable-symbolic"
                                               : "dialog-question-symbolic",
                      holds ? "success" : "dim-label", consent->to != NULL ? consent->to : purpose,
                      subtitle);
    }
}

/**
 * amends_people_list_set_file:
 * @file: (nullable): the case to show from now on
 */
void
amends_people_list_set_file (AmendsPeopleList *self, const AmendsCaseFile *file)
{
  g_return_if_fail (AMENDS_IS_PEOPLE_LIST (self));

  amends_list_box_clear (self->list);
  if (file == NULL)
    return;
  self->file = file;
  self->complaint = file->complaint;
  add_complainant (self);
  add_registered (self);
  add_contact (self, "complainant.phone", "call-start-symbolic", _ ("Telephone"));
  add_contact (self, "complainant.email", "mail-unread-symbolic", _ ("Email"));
  add_contact (self, "complainant.preferred_contact", "starred-symbolic", _ ("Prefers to hear by"));
  add_others (self);
  add_adjustments (self);
  add_apart (self);
  add_representatives (self);
  add_consents (self);
  self->file = NULL;
  self->complaint = NULL;
}

static void
amends_people_list_class_init (AmendsPeopleListClass *klass)
{
}

static void
amends_people_list_init (AmendsPeopleList *self)
{
  GtkWidget *list = gtk_list_box_new ();

  self->list = GTK_LIST_BOX (list);
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("People"), -1);
  adw_bin_set_child (ADW_BIN (self), list);
}
