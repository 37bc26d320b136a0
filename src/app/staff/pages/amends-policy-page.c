/* amends-policy-page.c: the policies that are held, and what they say
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * All editions at the top; under them the one that is shown, first how it stands to the Code and then
 * rule by rule. The Code is always there: it ships with the program. */

#include "config.h"

#include "app/staff/pages/amends-policy-page.h"

#include <string.h>

#include <glib/gi18n.h>

#include "app/amends-due-words.h"
#include "app/amends-policy-words.h"
#include "app/amends-words.h"
#include "app/widgets/amends-label.h"

struct _AmendsPolicyPage
{
  AdwBin parent_instance;

  AmendsSession *session;    /* (nullable) (owned) */
  GCancellable *cancellable; /* (nullable) (owned): of what is being read */
  AmendsEditions *editions;  /* (nullable) (owned) */
  AmendsPolicy *shown;       /* (nullable) (not owned): of @editions */
  GPtrArray *rows;           /* (not owned): every row that can be searched */
  GPtrArray *groups;         /* (not owned): the box of each group of rows */

  GtkScrolledWindow *scroller; /* from the template, as all below */
  GtkSearchEntry *search_entry;
  GtkWidget *unpublished_box;
  GtkListBox *editions_list;
  GtkLabel *title_label;
  GtkLabel *about_label;
  GtkBox *content_box;
  GtkWidget *nothing_label;
};

G_DEFINE_FINAL_TYPE (AmendsPolicyPage, amends_policy_page, ADW_TYPE_BIN)

enum
{
  SIGNAL_CLOSED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void show_policy (AmendsPolicyPage *self, AmendsPolicy *policy);

/* ---------------------------------------------------------------- rows and groups */

/* Returns the list to put rows in. */
static GtkListBox *
add_group (AmendsPolicyPage *self, const char *title, const char *summary)
{
  GtkWidget *group = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *heading = amends_label_new (title, "heading", NULL);
  GtkWidget *list = gtk_list_box_new ();

  gtk_widget_set_margin_start (heading, 3);
  gtk_box_append (GTK_BOX (group), heading);
  if (summary != NULL)
    {
      GtkWidget *label = amends_label_new (summary, NULL);

      gtk_widget_set_margin_start (label, 3);
      gtk_box_append (GTK_BOX (group), label);
    }
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  gtk_box_append (GTK_BOX (group), list);
  gtk_box_append (self->content_box, group);
  g_ptr_array_add (self->groups, group);
  return GTK_LIST_BOX (list);
}

static GtkWidget *
make_state (const char *icon, const char *style, const char *words)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *image = gtk_image_new_from_icon_name (icon);
  GtkWidget *label = amends_label_new (words, "small", NULL);

  gtk_widget_set_valign (image, GTK_ALIGN_START);
  gtk_widget_add_css_class (image, style);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (box), image);
  gtk_box_append (GTK_BOX (box), label);
  return box;
}

/* Adds a row of texts with what it cites at its end, and gives the box under the title. */
static GtkBox *
add_row (AmendsPolicyPage *self,
         GtkListBox *list,
         const char *title,
         const char *cited,
         const char *sentence)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *cited_label = amends_label_new (cited, "small", "second", "numeric", NULL);

  gtk_box_append (GTK_BOX (texts), amends_label_new (title, NULL));
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_label_set_xalign (GTK_LABEL (cited_label), 1);
  gtk_label_set_justify (GTK_LABEL (cited_label), GTK_JUSTIFY_RIGHT);
  gtk_label_set_wrap (GTK_LABEL (cited_label), FALSE);
  gtk_widget_set_valign (cited_label, GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (line), texts);
  gtk_box_append (GTK_BOX (line), cited_label);
  gtk_widget_add_css_class (line, "step");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), line);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, sentence,
                                  -1);
  g_object_set_data_full (G_OBJECT (row), "words", g_utf8_casefold (sentence, -1), g_free);
  gtk_list_box_append (list, row);
  g_ptr_array_add (self->rows, row);
  return GTK_BOX (texts);
}

/* ---------------------------------------------------------------- how it stands to the Code */

/* (nullable): the rule of @policy that a verdict is about. */
static const AmendsPolicyRule *
find_topic (const AmendsPolicy *policy, const char *topic)
{
  g_auto (GStrv) names = g_strsplit (topic, ":", 2);

  return g_strv_length (names) == 2 ? amends_policy_find_rule (policy, names[0], names[1]) : NULL;
}

static char *
find_value (const AmendsPolicy *policy, const char *topic)
{
  const AmendsPolicyRule *rule = find_topic (policy, topic);

  return rule != NULL && rule->status != AMENDS_POLICY_STATUS_SILENT
             ? amends_policy_words_measure (policy, rule)
             : g_strdup ("");
}

/* What each of the two says. */
static char *
compare_values (AmendsPolicyPage *self, const char *topic)
{
  g_autofree char *ours = find_value (self->shown, topic);
  g_autofree char *codes = find_value (amends_editions_get_code (self->editions), topic);
  g_autofree char *policy =
      *ours != '\0' ? g_strdup_printf (_ ("Policy: %s"), ours) : g_strdup ("");
  g_autofree char *code = *codes != '\0' ? g_strdup_printf (_ ("Code: %s"), codes) : g_strdup ("");

  return amends_words_join (" · ", policy, code, NULL);
}

static void
add_verdict (AmendsPolicyPage *self, GtkListBox *list, const AmendsVerdict *verdict)
{
  static const struct
  {
    const char *icon;
    const char *style;
  } looks[] = { { "dialog-warning-symbolic", "warning" },
                { "emblem-ok-symbolic", "success" },
                { "dialog-question-symbolic", "dim-label" } };
  const char *words = amends_policy_words_verdict (verdict->kind);
  g_autofree char *topic = amends_policy_words_topic (verdict->topic);
  g_autofree char *policy =
      strcmp (verdict->clause, "-") != 0
          ? amends_due_words_cite (AMENDS_CLOCK_SOURCE_POLICY, verdict->clause)
          : g_strdup ("");
  g_autofree char *code = strcmp (verdict->provision, "-") != 0
                              ? amends_due_words_cite (AMENDS_CLOCK_SOURCE_CODE, verdict->provision)
                              : g_strdup (_ ("not in the Code"));
  g_autofree char *cited = amends_words_join ("\n", policy, code, NULL);
  g_autofree char *values = compare_values (self, verdict->topic);
  const AmendsPolicyRule *provision =
      find_topic (amends_editions_get_code (self->editions), verdict->topic);
  const char *unconfirmed = provision != NULL && !amends_policy_rule_is_confirmed (provision)
                                ? _ ("The Code’s words are still to be confirmed")
                                : "";
  g_autofree char *sentence =
      amends_words_join (", ", topic, values, words, unconfirmed, policy, code, NULL);
  GtkBox *texts = add_row (self, list, topic, cited, sentence);

  if (*values != '\0')
    gtk_box_append (texts, amends_label_new (values, "small", NULL));
  gtk_box_append (texts, make_state (looks[verdict->kind].icon, looks[verdict->kind].style, words));
  if (*unconfirmed != '\0')
    gtk_box_append (texts, make_state ("dialog-question-symbolic", "warning", unconfirmed));
}

static void
show_verdicts (AmendsPolicyPage *self, AmendsPolicy *policy)
{
  AmendsPolicy *code = amends_editions_get_code (self->editions);
  g_autoptr (GPtrArray) verdicts =
      amends_verdicts_compute (policy, code, amends_policy_get_id (policy), NULL);
  guint n_of[3] = { 0, 0, 0 };
  g_autofree char *summary = NULL;
  GtkListBox *list;

  if (policy == code)
    return;
  for (guint i = 0; i < verdicts->len; i++)
    n_of[((AmendsVerdict *) g_ptr_array_index (verdicts, i))->kind]++;
  /* Translators: how often a policy is weaker than the Code, stricter, and silent. */
  summary =
      g_strdup_printf (_ ("%u weaker, %u stricter, %u silent. Where it is weaker or silent, the "
                          "Code applies."),
                       n_of[AMENDS_VERDICT_WEAKER], n_of[AMENDS_VERDICT_STRICTER],
                       n_of[AMENDS_VERDICT_SILENT]);
  list = add_group (self, _ ("Beside the Code"), summary);
  for (guint i = 0; i < verdicts->len; i++)
    add_verdict (self, list, g_ptr_array_index (verdicts, i));
}

/* ---------------------------------------------------------------- rule by rule */

static void
add_rule (AmendsPolicyPage *self,
          GtkListBox *list,
          const AmendsPolicy *policy,
          const AmendsPolicyRule *rule)
{
  g_autofree char *title = amends_policy_words_rule (rule);
  g_autofree char *value = amends_policy_words_value (policy, rule);
  g_autofree char *reading = amends_due_words_reading (rule);
  g_autofree char *clause = amends_words_isolate (rule->clause);
  gboolean is_unconfirmed = !amends_policy_rule_is_confirmed (rule);
  const char *status = amends_due_words_status (rule->status);
  const char *unconfirmed = is_unconfirmed ? _ ("To be confirmed") : "";
  g_autofree char *state = amends_words_join (". ", status, reading, NULL);
  g_autofree char *sentence =
      amends_words_join (". ", title, value, clause, state, unconfirmed, NULL);
  g_auto (GStrv) clauses = g_strsplit (clause, ", ", -1);
  g_autofree char *cited = g_strjoinv ("\n", clauses);
  GtkBox *texts = add_row (self, list, title, cited, sentence);

  if (*value != '\0')
    gtk_box_append (texts, amends_label_new (value, "small", NULL));
  if (rule->status != AMENDS_POLICY_STATUS_EXACT)
    gtk_box_append (texts, make_state (rule->status == AMENDS_POLICY_STATUS_CONFLICT
                                           ? "dialog-warning-symbolic"
                                           : "dialog-question-symbolic",
                                       rule->status == AMENDS_POLICY_STATUS_CONFLICT ? "warning"
                                                                                     : "dim-label",
                                       reading));
  if (is_unconfirmed)
    gtk_box_append (texts, make_state ("dialog-question-symbolic", "warning", unconfirmed));
}

static void
show_rules (AmendsPolicyPage *self, const AmendsPolicy *policy)
{
  const char *kind = "";
  GtkListBox *list = NULL;

  for (guint i = 0; i < amends_policy_get_n_rules (policy); i++)
    {
      const AmendsPolicyRule *rule = amends_policy_get_rule (policy, i);

      if (!g_str_equal (rule->kind, kind))
        list = add_group (self, amends_policy_words_group (rule->kind), NULL);
      kind = rule->kind;
      add_rule (self, list, policy, rule);
    }
}

static char *
describe_policy (const AmendsPolicy *policy)
{
  AmendsDay review_day = amends_policy_get_review_day (policy);
  g_autofree char *day =
      review_day != AMENDS_DAY_NONE ? amends_words_day (review_day) : g_strdup ("");
  g_autofree char *review =
      *day != '\0' ? g_strdup_printf (_ ("to be reviewed by %s"), day) : g_strdup ("");
  const char *version = amends_policy_get_version (policy);

  return amends_words_join (" · ", amends_policy_get_landlord (policy),
                            version != NULL ? version : "", review, NULL);
}

/* ---------------------------------------------------------------- searching */

static void
search_cb (AmendsPolicyPage *self)
{
  g_autofree char *typed =
      g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->search_entry))));
  g_autofree char *words = g_utf8_casefold (typed, -1);
  gboolean has_any = FALSE;

  for (guint i = 0; i < self->groups->len; i++)
    gtk_widget_set_visible (g_ptr_array_index (self->groups, i), FALSE);
  for (guint i = 0; i < self->rows->len; i++)
    {
      GtkWidget *row = g_ptr_array_index (self->rows, i);
      const char *said = g_object_get_data (G_OBJECT (row), "words");
      gboolean fits = strstr (said, words) != NULL;

      gtk_widget_set_visible (row, fits);
      if (fits)
        gtk_widget_set_visible (gtk_widget_get_parent (gtk_widget_get_parent (row)), TRUE);
      has_any = has_any || fits;
    }
  gtk_widget_set_visible (self->nothing_label, !has_any && self->rows->len > 0);
}

/* ---------------------------------------------------------------- editions */

/* Of the schemes of this device, those in which @edition is in force. */
static char *
describe_force (AmendsPolicyPage *self, const AmendsEdition *edition)
{
  const GPtrArray *schemes = amends_session_get_schemes (self->session);
  AmendsDay today = amends_words_today ();
  GString *names = g_string_new (NULL);
  guint n_in_force = 0;

  for (guint i = 0; schemes != NULL && i < schemes->len; i++)
    {
      const AmendsScheme *scheme = g_ptr_array_index (schemes, i);

      if (amends_editions_get_in_force (self->editions, scheme->code, today) != edition)
        continue;
      n_in_force++;
      g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "", scheme->name);
    }
  if (n_in_force == 0)
    return g_string_free (names, FALSE);
  if (schemes != NULL && n_in_force == schemes->len && schemes->len > 1)
    {
      g_string_free (names, TRUE);
      return g_strdup (_ ("in force in all your schemes"));
    }
  g_autofree char *list = g_string_free (names, FALSE);
  /* Translators: the names of schemes. */
  return g_strdup_printf (_ ("in force at %s"), list);
}

static char *
describe_edition (AmendsPolicyPage *self, const AmendsEdition *edition)
{
  g_autofree char *day =
      edition->from_day != AMENDS_DAY_NONE ? amends_words_day (edition->from_day) : g_strdup ("");
  g_autofree char *from = *day != '\0' ? g_strdup_printf (_ ("from %s"), day) : g_strdup ("");
  g_autofree char *force = NULL;
  g_autofree char *held = NULL;

  if (edition->problem != NULL)
    {
      held = g_strdup_printf (_ ("held, not used: %s"), edition->problem);
      return amends_words_join (" · ", from, held, NULL);
    }
  force = describe_force (self, edition);
  if (*force == '\0')
    {
      g_free (force);
      force = g_strdup (edition->from_day > amends_words_today () ? _ ("not in force yet")
                                                                  : _ ("not in force here"));
    }
  return amends_words_join (" · ", from, force,
                            edition->rival.number != 0
                                ? _ ("another was published for the same day: an administrator "
                                     "settles it")
                                : "",
                            NULL);
}

static void
edition_cb (AmendsPolicyPage *self, GtkListBoxRow *row)
{
  AmendsPolicy *policy = g_object_get_data (G_OBJECT (row), "policy");

  if (policy != NULL)
    show_policy (self, policy);
}

static void
add_edition (AmendsPolicyPage *self, AmendsPolicy *policy, const char *title, const char *subtitle)
{
  GtkWidget *row = amends_row_new (title, subtitle);
  GtkWidget *image = gtk_image_new_from_icon_name ("object-select-symbolic");
  g_autofree char *sentence = amends_words_join (", ", title, subtitle, NULL);

  adw_action_row_add_suffix (ADW_ACTION_ROW (row), image);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), policy != NULL);
  /* The whole sentence is its name, not the title once more. */
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, sentence,
                                  -1);
  g_object_set_data (G_OBJECT (row), "policy", policy);
  g_object_set_data (G_OBJECT (row), "mark", image);
  gtk_list_box_append (self->editions_list, row);
}

static char *
name_policy (const AmendsPolicy *policy)
{
  const char *title = amends_policy_get_title (policy);

  return amends_words_join (" · ", amends_policy_get_landlord (policy), title != NULL ? title : "",
                            NULL);
}

/* Marks which edition is the one shown. */
static void
mark_shown (AmendsPolicyPage *self)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->editions_list, i)) != NULL; i++)
    {
      gboolean is_shown = g_object_get_data (G_OBJECT (row), "policy") == self->shown;

      gtk_widget_set_visible (g_object_get_data (G_OBJECT (row), "mark"), is_shown);
      gtk_accessible_update_state (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_STATE_SELECTED, is_shown,
                                   -1);
    }
}

static void
show_policy (AmendsPolicyPage *self, AmendsPolicy *policy)
{
  g_autofree char *about = describe_policy (policy);

  self->shown = policy;
  g_ptr_array_set_size (self->rows, 0);
  g_ptr_array_set_size (self->groups, 0);
  amends_box_clear (self->content_box);
  gtk_label_set_text (self->title_label, amends_policy_get_title (policy));
  gtk_label_set_text (self->about_label, about);
  show_verdicts (self, policy);
  show_rules (self, policy);
  mark_shown (self);
  search_cb (self);
}

/* The landlord's edition that is in force in the first scheme that has one, else the Code. */
static AmendsPolicy *
choose_first (AmendsPolicyPage *self)
{
  const GPtrArray *schemes = amends_session_get_schemes (self->session);

  for (guint i = 0; schemes != NULL && i < schemes->len; i++)
    {
      const AmendsScheme *scheme = g_ptr_array_index (schemes, i);
      const AmendsEdition *edition =
          amends_editions_get_in_force (self->editions, scheme->code, amends_words_today ());

      if (edition != NULL)
        return edition->policy;
    }
  return amends_editions_get_code (self->editions);
}

static void
show_editions (AmendsPolicyPage *self)
{
  AmendsPolicy *code = amends_editions_get_code (self->editions);
  g_autofree char *code_name = name_policy (code);
  gboolean has_published = FALSE;

  amends_list_box_clear (self->editions_list);
  for (guint i = amends_editions_get_n_editions (self->editions); i-- > 0;)
    {
      const AmendsEdition *edition = amends_editions_get_nth (self->editions, i);
      g_autofree char *title = NULL;
      g_autofree char *subtitle = NULL;

      if (edition->type == AMENDS_EVENT_CALENDAR_PUBLISHED)
        continue;
      title = edition->policy != NULL
                  ? name_policy (edition->policy)
                  : g_strdup (edition->name != NULL ? edition->name : _ ("An edition"));
      subtitle = describe_edition (self, edition);
      add_edition (self, edition->policy, title, subtitle);
      has_published = has_published || edition->problem == NULL;
    }
  add_edition (self, code, code_name, _ ("holds for every landlord"));
  gtk_widget_set_visible (self->unpublished_box, !has_published);
  show_policy (self, choose_first (self));
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (AmendsPolicyPage) self = user_data;
  AmendsEditions *editions =
      amends_session_get_editions_finish (AMENDS_SESSION (source), result, NULL);

  if (editions == NULL)
    return; /* locked, or closed meanwhile */
  g_clear_pointer (&self->editions, amends_editions_unref);
  self->editions = editions;
  show_editions (self);
}

/**
 * amends_policy_page_open:
 *
 * Reads the editions, and shows the one that is in force.
 */
void
amends_policy_page_open (AmendsPolicyPage *self)
{
  g_return_if_fail (AMENDS_IS_POLICY_PAGE (self) && self->session != NULL);

  amends_policy_page_clear (self);
  self->cancellable = g_cancellable_new ();
  amends_session_get_editions_async (self->session, self->cancellable, loaded_cb,
                                     g_object_ref (self));
  gtk_widget_grab_focus (GTK_WIDGET (self->search_entry));
}

/* To the search. */
void
amends_policy_page_find (AmendsPolicyPage *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->search_entry));
}

/**
 * amends_policy_page_clear:
 *
 * Takes everything off the screen.
 */
void
amends_policy_page_clear (AmendsPolicyPage *self)
{
  g_return_if_fail (AMENDS_IS_POLICY_PAGE (self));

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->shown = NULL;
  g_ptr_array_set_size (self->rows, 0);
  g_ptr_array_set_size (self->groups, 0);
  amends_box_clear (self->content_box);
  amends_list_box_clear (self->editions_list);
  gtk_editable_set_text (GTK_EDITABLE (self->search_entry), "");
  gtk_label_set_text (self->title_label, "");
  gtk_label_set_text (self->about_label, "");
  gtk_widget_set_visible (self->unpublished_box, FALSE);
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), 0);
  g_clear_pointer (&self->editions, amends_editions_unref);
}

/* ---------------------------------------------------------------- object */

static void
close_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  g_signal_emit (widget, signals[SIGNAL_CLOSED], 0);
}

/* Escape clears what was typed first. */
static void
stop_search_cb (AmendsPolicyPage *self)
{
  if (*gtk_editable_get_text (GTK_EDITABLE (self->search_entry)) != '\0')
    gtk_editable_set_text (GTK_EDITABLE (self->search_entry), "");
  else
    g_signal_emit (self, signals[SIGNAL_CLOSED], 0);
}

static void
amends_policy_page_dispose (GObject *object)
{
  AmendsPolicyPage *self = AMENDS_POLICY_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->session);
  g_clear_pointer (&self->editions, amends_editions_unref);
  G_OBJECT_CLASS (amends_policy_page_parent_class)->dispose (object);
}

static void
amends_policy_page_finalize (GObject *object)
{
  AmendsPolicyPage *self = AMENDS_POLICY_PAGE (object);

  g_ptr_array_unref (self->rows);
  g_ptr_array_unref (self->groups);
  G_OBJECT_CLASS (amends_policy_page_parent_class)->finalize (object);
}

static void
amends_policy_page_class_init (AmendsPolicyPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = amends_policy_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = amends_policy_page_finalize;
  signals[SIGNAL_CLOSED] = g_signal_new ("closed", AMENDS_TYPE_POLICY_PAGE, G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/amends/Amends/staff/pages/amends-policy-page.ui");
  gtk_widget_class_bind_template_child (widget_class, AmendsPolicyPage, scroller);
  gtk_widget_class_bind_template_child (widget_class, AmendsPolicyPage, search_entry);
  gtk_widget_class_bind_template_child (widget_class, AmendsPolicyPage, unpublished_box);
  gtk_widget_class_bind_template_child (widget_class, AmendsPolicyPage, editions_list);
  gtk_widget_class_bind_template_child (widget_class, AmendsPolicyPage, title_label);
  gtk_widget_class_bind_template_child (widget_class, AmendsPolicyPage, about_label);
  gtk_widget_class_bind_template_child (widget_class, AmendsPolicyPage, content_box);
  gtk_widget_class_bind_template_child (widget_class, AmendsPolicyPage, nothing_label);
  gtk_widget_class_bind_template_callback (widget_class, search_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_search_cb);
  gtk_widget_class_bind_template_callback (widget_class, edition_cb);
  gtk_widget_class_install_action (widget_class, "policy.close", NULL, close_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "policy.close", NULL);
}

static void
amends_policy_page_init (AmendsPolicyPage *self)
{
  self->rows = g_ptr_array_new ();
  self->groups = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * amends_policy_page_set_session:
 * @session: where the editions are; set once
 */
void
amends_policy_page_set_session (AmendsPolicyPage *self, AmendsSession *session)
{
  g_return_if_fail (AMENDS_IS_POLICY_PAGE (self) && self->session == NULL);

  self->session = g_object_ref (session);
}
