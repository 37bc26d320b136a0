/* amends-first-day.c: what there is before the first record
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Nothing has to be set up before the first complaint: what is listed can wait, and says what it is for. Each row says
 * whether it is done, and leads to where it is. */

#include "config.h"

#include "app/staff/amends-first-day.h"

#include <glib/gi18n.h>

#include "app/amends-words.h"

typedef enum
{
  THING_HOMES,
  THING_PEOPLE,
  THING_STAFF,
  THING_NUMBERS,
  THING_CASES,
  THING_POLICY,
  THING_SENDING,
  N_COUNTED,
  THING_PRINTER =
      N_COUNTED, /* which is the desktop’s, so that nobody here knows whether it is done */
  N_THINGS
} Thing;

/* @verb: of its button; @action: what that does, with @target
 * @waits: what holds until it is done */
static const struct
{
  const char *title;
  const char *icon;
  const char *verb;
  const char *action;
  const char *target; /* (nullable) */
  const char *waits;
} things[N_THINGS] = {
  [THING_HOMES] = { N_ ("Homes"), "go-home-symbolic", N_ ("Bring in"), "win.import", "homes",
                    N_ ("From a spreadsheet. Until then a home is typed") },
  [THING_PEOPLE] = { N_ ("People"), "system-users-symbolic", N_ ("Bring in"), "win.import",
                     "people", N_ ("From a spreadsheet: names, homes and languages") },
  [THING_STAFF] = { N_ ("Staff"), "avatar-default-symbolic", N_ ("Bring in"), "win.import", "staff",
                    N_ ("From a spreadsheet: names, and the roles of each") },
  [THING_NUMBERS] = { N_ ("Numbers to ring, and opening hours"), "call-start-symbolic",
                      N_ ("Bring in"), "win.import", "numbers",
                      N_ ("From a spreadsheet: the office, the line manager, and when somebody is "
                          "there") },
  [THING_CASES] = { N_ ("Running cases"), "x-office-calendar-symbolic", N_ ("Bring in"),
                    "win.import", "running-cases",
                    N_ ("From a spreadsheet, with their days, so that their dates are right at "
                        "once") },
  [THING_POLICY] = { N_ ("The landlord’s complaints policy"), "x-office-document-symbolic",
                     N_ ("Look"), "win.policies", NULL,
                     N_ ("Not published yet: until then the Housing Ombudsman’s Code gives the "
                         "dates") },
  [THING_SENDING] = { N_ ("Sending to head office"), "mail-send-symbolic", N_ ("Send now"),
                      "win.sync", NULL, N_ ("What is recorded waits on this laptop until then") },
  [THING_PRINTER] = { N_ ("Printer"), "printer-symbolic", N_ ("Print a test letter"),
                      "win.test-letter", NULL,
                      N_ ("Chosen each time something is printed: it is set up in the settings of "
                          "the desktop, and Amends keeps none") },
};

struct _AmendsFirstDay
{
  AdwBin parent_instance;

  AmendsSession *session; /* (nullable) (owned) */
  AdwActionRow *rows[N_THINGS];
  GtkWidget *buttons[N_THINGS];
  GtkWidget *marks[N_THINGS]; /* that say that it is done */
  gboolean is_done[N_THINGS];

  GtkLabel *title_label; /* from the template, as all below */
  GtkWidget *group;
  GtkLabel *count_label;
  GtkListBox *list;
};

G_DEFINE_FINAL_TYPE (AmendsFirstDay, amends_first_day, ADW_TYPE_BIN)

static void
show_count (AmendsFirstDay *self)
{
  int n_done = 0;
  g_autofree char *count = NULL;

  for (int i = 0; i < N_COUNTED; i++)
    n_done += self->is_done[i];
  count = g_strdup_printf (_ ("%d of %d done"), n_done, N_COUNTED);
  gtk_label_set_text (self->count_label, count);
  gtk_widget_set_visible (self->group, n_done < N_COUNTED);
}

/* @done: (nullable): how it was done; %NULL where it is not */
static void
show_thing (AmendsFirstDay *self, Thing thing, const char *done)
{
  self->is_done[thing] = done != NULL;
  adw_action_row_set_subtitle (self->rows[thing], done != NULL ? done : _ (things[thing].waits));
  gtk_widget_set_visible (self->marks[thing], done != NULL);
  /* What is in a register can come again; what was sent is sent by itself from now on. */
  gtk_widget_set_visible (self->buttons[thing],
                          done == NULL || g_str_equal (things[thing].action, "win.import"));
  show_count (self);
}

static void
show_sending (AmendsFirstDay *self)
{
  const AmendsStatus *status = amends_session_get_status (self->session);
  g_autofree char *when = status->last_sync != 0 ? amends_words_instant (status->last_sync) : NULL;
  g_autofree char *sentence = when != NULL ? g_strdup_printf (_ ("Last %s"), when) : NULL;

  show_thing (self, THING_SENDING, sentence);
}

static void
show_counts (AmendsFirstDay *self, const AmendsEntryCounts *counts)
{
  const char *const *signs_in = amends_session_get_staff (self->session);
  g_autofree char *names = signs_in != NULL ? g_strjoinv (", ", (char **) signs_in) : g_strdup ("");
  g_autofree char *homes =
      g_strdup_printf (ngettext ("%u home, offered where one is typed",
                                 "%u homes, offered where one is typed", counts->n_homes),
                       counts->n_homes);
  g_autofree char *people =
      g_strdup_printf (ngettext ("%u person", "%u people", counts->n_people), counts->n_people);
  g_autofree char *staff = g_strdup_printf (
      /* Translators: how many there are, and the names of those who sign in on this laptop. */
      ngettext ("%u in the register. Here signs in: %s", "%u in the register. Here sign in: %s",
                signs_in != NULL ? g_strv_length ((GStrv) signs_in) : 0),
      counts->n_staff, names);

  g_autofree char *numbers =
      g_strdup_printf (ngettext ("%u number, with its hours", "%u numbers, with their hours",
                                 counts->n_numbers),
                       counts->n_numbers);

  show_thing (self, THING_HOMES, counts->n_homes > 0 ? homes : NULL);
  show_thing (self, THING_PEOPLE, counts->n_people > 0 ? people : NULL);
  show_thing (self, THING_STAFF, counts->n_staff > 1 ? staff : NULL);
  show_thing (self, THING_NUMBERS, counts->n_numbers > 0 ? numbers : NULL);
}

static void
counts_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (AmendsFirstDay) self = user_data;
  g_autofree AmendsEntryCounts *counts =
      amends_session_count_entries_finish (AMENDS_SESSION (source), result, NULL);

  if (counts != NULL && self->session != NULL)
    show_counts (self, counts);
}

static const char *
find_policy (const AmendsEditions *editions)
{
  for (guint i = 0; i < amends_editions_get_n_editions (editions); i++)
    {
      const AmendsEdition *edition = amends_editions_get_nth (editions, i);

      if (edition->policy != NULL && edition->problem == NULL)
        return amends_policy_get_landlord (edition->policy);
    }
  return NULL;
}

static void
editions_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (AmendsFirstDay) self = user_data;
  g_autoptr (AmendsEditions) editions =
      amends_session_get_editions_finish (AMENDS_SESSION (source), result, NULL);
  const char *landlord;
  g_autofree char *sentence = NULL;

  if (editions == NULL || self->session == NULL)
    return; /* whether one is published is not known */
  landlord = find_policy (editions);
  if (landlord != NULL)
    /* Translators: the name of a landlord. */
    sentence = g_strdup_printf (_ ("The policy of %s and the Housing Ombudsman’s Code"), landlord);
  show_thing (self, THING_POLICY, sentence);
}

/**
 * amends_first_day_show:
 *
 * Shows how things stand now.
 */
void
amends_first_day_show (AmendsFirstDay *self)
{
  const GPtrArray *schemes;
  const char *place;
  g_autofree char *title = NULL;

  g_return_if_fail (AMENDS_IS_FIRST_DAY (self) && self->session != NULL);

  schemes = amends_session_get_schemes (self->session);
  place = schemes != NULL && schemes->len == 1
              ? ((const AmendsScheme *) g_ptr_array_index (schemes, 0))->name
              : amends_session_get_organisation (self->session);
  title = g_strdup_printf (_ ("%s is ready"), place != NULL ? place : "");
  gtk_label_set_text (self->title_label, title);
  show_sending (self);
  amends_session_get_editions_async (self->session, NULL, editions_cb, g_object_ref (self));
  amends_session_count_entries_async (self->session, counts_cb, g_object_ref (self));
}

/* What came with it counts, too. */
static void
sent_cb (AmendsFirstDay *self)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    amends_first_day_show (self);
}

/* ---------------------------------------------------------------- object */

static GtkWidget *
make_mark (void)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *icon = g_object_new (GTK_TYPE_IMAGE, "icon-name", "emblem-ok-symbolic",
                                  "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
  GtkWidget *label = gtk_label_new (_ ("Done"));

  gtk_widget_add_css_class (icon, "success");
  gtk_widget_add_css_class (label, "second");
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), label);
  gtk_widget_set_visible (box, FALSE);
  return box;
}

static void
make_row (AmendsFirstDay *self, Thing thing)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *icon = g_object_new (GTK_TYPE_IMAGE, "icon-name", things[thing].icon,
                                  "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
  GtkWidget *button = gtk_button_new_with_label (_ (things[thing].verb));
  /* Translators: what is spoken of a button, such as "Bring in: Homes". */
  g_autofree char *name =
      g_strdup_printf (_ ("%s: %s"), _ (things[thing].verb), _ (things[thing].title));

  self->rows[thing] = ADW_ACTION_ROW (row);
  self->buttons[thing] = button;
  self->marks[thing] = make_mark ();
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ (things[thing].title));
  if (thing != THING_POLICY) /* whether one is published is not known yet */
    adw_action_row_set_subtitle (self->rows[thing], _ (things[thing].waits));
  adw_action_row_set_subtitle_lines (self->rows[thing], 0);
  gtk_widget_add_css_class (icon, "dim-label");
  adw_action_row_add_prefix (self->rows[thing], icon);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), things[thing].action);
  if (things[thing].target != NULL)
    gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", things[thing].target);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  adw_action_row_add_suffix (self->rows[thing], self->marks[thing]);
  adw_action_row_add_suffix (self->rows[thing], button);
  gtk_list_box_append (self->list, row);
}

static void
amends_first_day_dispose (GObject *object)
{
  AmendsFirstDay *self = AMENDS_FIRST_DAY (object);

  g_clear_object (&self->session);
  G_OBJECT_CLASS (amends_first_day_parent_class)->dispose (object);
}

static void
amends_first_day_class_init (AmendsFirstDayClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = amends_first_day_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/amends/Amends/staff/amends-first-day.ui");
  gtk_widget_class_bind_template_child (widget_class, AmendsFirstDay, title_label);
  gtk_widget_class_bind_template_child (widget_class, AmendsFirstDay, group);
  gtk_widget_class_bind_template_child (widget_class, AmendsFirstDay, count_label);
  gtk_widget_class_bind_template_child (widget_class, AmendsFirstDay, list);
}

static void
amends_first_day_init (AmendsFirstDay *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  for (int thing = 0; thing < N_THINGS; thing++)
    make_row (self, (Thing) thing);
  show_count (self);
}

/**
 * amends_first_day_set_session:
 * @session: how things stand; set once
 */
void
amends_first_day_set_session (AmendsFirstDay *self, AmendsSession *session)
{
  g_return_if_fail (AMENDS_IS_FIRST_DAY (self) && self->session == NULL);

  self->session = g_object_ref (session);
  g_signal_connect_object (session, "notify::last-sync", G_CALLBACK (sent_cb), self,
                           G_CONNECT_SWAPPED);
}
