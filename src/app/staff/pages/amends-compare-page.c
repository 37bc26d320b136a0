/* amends-compare-page.c: two versions of one fact, and a person who chooses
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Cards stand in the order of their authors' names, so that neither side is the default, and nothing
 * is chosen on arrival. */

#include "config.h"

#include "app/staff/pages/amends-compare-page.h"

#include <glib/gi18n.h>

#include "app/amends-words.h"
#include "app/widgets/amends-columns.h"
#include "app/widgets/amends-text-card.h"
#include "core/amends-instant.h"
#include "core/amends-intake.h"

typedef struct
{
  char *name;
  char *device;
  char *when;
  char *text;
  json_t *value;
  GtkCheckButton *check; /* (not owned) */
  GtkWidget *card;       /* (not owned) */
} Version;

struct _AmendsComparePage
{
  AdwBin parent_instance;

  AmendsSession *session; /* (nullable) (owned) */
  AmendsId id;
  char *field;
  GPtrArray *versions; /* element-type Version, by name */

  AdwWindowTitle *title; /* from the template, as all below */
  GtkLabel *question_label;
  GtkLabel *explanation_label;
  AmendsColumns *cards;
  GtkWidget *third_box;
  GtkCheckButton *third_check;
  AmendsTextCard *third_card;
  GtkLabel *problem_label;
  GtkButton *settle_button;
};

G_DEFINE_FINAL_TYPE (AmendsComparePage, amends_compare_page, ADW_TYPE_BIN)

enum
{
  SIGNAL_CLOSED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
version_free (gpointer data)
{
  Version *version = data;

  g_free (version->name);
  g_free (version->device);
  g_free (version->when);
  g_free (version->text);
  json_decref (version->value);
  g_free (version);
}

static int
compare_versions (gconstpointer a, gconstpointer b)
{
  const Version *first = *(Version *const *) a;
  const Version *second = *(Version *const *) b;
  int order = g_utf8_collate (first->name, second->name);

  return order != 0 ? order : g_utf8_collate (first->device, second->device);
}

/* ---------------------------------------------------------------- what differs */

/* Words with the space after them, so that joined they give the text again. */
static GStrv
split_words (const char *text)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  const char *start = text;

  while (*start != '\0')
    {
      const char *end = start;
      g_autofree char *word = NULL;

      while (*end != '\0' && !g_unichar_isspace (g_utf8_get_char (end)))
        end = g_utf8_next_char (end);
      while (*end != '\0' && g_unichar_isspace (g_utf8_get_char (end)))
        end = g_utf8_next_char (end);
      word = g_strndup (start, (gsize) (end - start));
      g_strv_builder_add (builder, word);
      start = end;
    }
  return g_strv_builder_end (builder);
}

/* The longest texts that are compared word by word; the table has a cell for each pair of words. */
#define MAX_COMPARED_WORDS 1000

/* Marks the words of @mine, as it is shown, that are in no longest common subsequence with @other. */
static void
mark_words (PangoAttrList *attributes, char *const *mine, char *const *other, gboolean is_dark)
{
  guint n = g_strv_length ((GStrv) mine), m = g_strv_length ((GStrv) other);
  g_autofree guint16 *lengths = NULL;
  guint i = 0, j = 0, position = (guint) strlen (AMENDS_ISOLATE_BEGIN);

  if (n > MAX_COMPARED_WORDS || m > MAX_COMPARED_WORDS)
    return;
  lengths = g_new0 (guint16, (gsize) (n + 1) * (m + 1));
  for (guint row = n; row-- > 0;)
    for (guint column = m; column-- > 0;)
      lengths[row * (m + 1) + column] =
          g_str_equal (mine[row], other[column])
              ? (guint16) (lengths[(row + 1) * (m + 1) + column + 1] + 1)
              : MAX (lengths[(row + 1) * (m + 1) + column], lengths[row * (m + 1) + column + 1]);

  while (i < n)
    {
      guint n_bytes = (guint) strlen (mine[i]);

      if (j < m && g_str_equal (mine[i], other[j]))
        j++;
      else if (j < m && lengths[i * (m + 1) + j + 1] > lengths[(i + 1) * (m + 1) + j])
        {
          j++;
          continue;
        }
      else
        {
          PangoAttribute *bold = pango_attr_weight_new (PANGO_WEIGHT_BOLD);
          PangoAttribute *tint = is_dark ? pango_attr_background_new (0x1a1a, 0x3a3a, 0x6262)
                                         : pango_attr_background_new (0xd5d5, 0xe4e4, 0xf7f7);

          bold->start_index = tint->start_index = position;
          bold->end_index = tint->end_index = position + n_bytes;
          pango_attr_list_insert (attributes, bold);
          pango_attr_list_insert (attributes, tint);
        }
      position += n_bytes;
      i++;
    }
}

static PangoAttrList *
find_differences (AmendsComparePage *self, const Version *version)
{
  PangoAttrList *attributes = pango_attr_list_new ();
  const Version *other = g_ptr_array_index (self->versions, 0);
  g_auto (GStrv) mine = split_words (version->text);
  g_auto (GStrv) others = NULL;
  gboolean is_dark = adw_style_manager_get_dark (adw_style_manager_get_default ());

  if (other == version && self->versions->len > 1)
    other = g_ptr_array_index (self->versions, 1);
  others = split_words (other->text);
  mark_words (attributes, mine, others, is_dark);
  return attributes;
}

/* ---------------------------------------------------------------- choosing */

static const Version *
chosen_version (AmendsComparePage *self)
{
  for (guint i = 0; i < self->versions->len; i++)
    {
      const Version *version = g_ptr_array_index (self->versions, i);

      if (gtk_check_button_get_active (version->check))
        return version;
    }
  return NULL;
}

static gboolean
is_one_author (AmendsComparePage *self)
{
  const Version *first = g_ptr_array_index (self->versions, 0);

  for (guint i = 1; i < self->versions->len; i++)
    if (!g_str_equal (((const Version *) g_ptr_array_index (self->versions, i))->name, first->name))
      return FALSE;
  return TRUE;
}

static void
chosen_cb (AmendsComparePage *self)
{
  const Version *chosen = chosen_version (self);
  gboolean is_third = gtk_check_button_get_active (self->third_check);
  g_autofree char *verb = NULL;

  for (guint i = 0; i < self->versions->len; i++)
    {
      const Version *version = g_ptr_array_index (self->versions, i);

      if (version == chosen)
        gtk_widget_add_css_class (version->card, "chosen");
      else
        gtk_widget_remove_css_class (version->card, "chosen");
    }
  gtk_widget_set_visible (GTK_WIDGET (self->third_card), is_third);
  if (chosen != NULL && is_one_author (self))
    verb = g_strdup_printf (_ ("Let the version from %s stand"), chosen->device);
  else if (chosen != NULL)
    verb = g_strdup_printf (_ ("Let %s’s version stand"), chosen->name);
  else
    verb = g_strdup (is_third ? _ ("Let the new version stand") : _ ("Choose one"));
  gtk_button_set_label (self->settle_button, verb);
  gtk_widget_set_sensitive (GTK_WIDGET (self->settle_button), chosen != NULL || is_third);
  if (is_third)
    gtk_widget_grab_focus (GTK_WIDGET (self->third_card));
}

static void
close_cb (AmendsComparePage *self)
{
  g_signal_emit (self, signals[SIGNAL_CLOSED], 0);
}

static void
settled_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (AmendsComparePage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (AmendsOutcome) outcome =
      amends_session_act_finish (AMENDS_SESSION (source), result, &error);

  gtk_widget_set_sensitive (GTK_WIDGET (self), TRUE);
  if (outcome == NULL)
    {
      g_autofree char *sentence = amends_words_error (error);

      gtk_label_set_text (self->problem_label, sentence);
      gtk_widget_set_visible (GTK_WIDGET (self->problem_label), TRUE);
      return;
    }
  close_cb (self);
}

static void
settle_cb (AmendsComparePage *self)
{
  const Version *chosen = chosen_version (self);
  g_autofree char *text = g_strstrip (amends_text_card_dup_text (self->third_card));
  json_t *act = json_pack ("{s:s, s:s}", "type", "conflict.settled", "field", self->field);

  if (chosen != NULL)
    json_object_set_new (act, "value", json_deep_copy (chosen->value));
  else
    json_object_set_new (act, "value", *text != '\0' ? json_string (text) : json_null ());
  gtk_widget_set_visible (GTK_WIDGET (self->problem_label), FALSE);
  gtk_widget_set_sensitive (GTK_WIDGET (self), FALSE);
  amends_session_act_async (self->session, &self->id, NULL, 0, act, NULL, settled_cb,
                            g_object_ref (self));
  json_decref (act);
}

/* ---------------------------------------------------------------- showing */

static GtkWidget *
make_label (const char *text, const char *first_class, const char *second_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  if (first_class != NULL)
    gtk_widget_add_css_class (label, first_class);
  if (second_class != NULL)
    gtk_widget_add_css_class (label, second_class);
  return label;
}

static GtkWidget *
make_author (const Version *version)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *names = gtk_box_new (GTK_ORIENTATION_VERTICAL, 1);
  GtkWidget *when = make_label (version->when, "second", "small");

  gtk_box_append (GTK_BOX (names), make_label (version->name, "heading", NULL));
  gtk_box_append (GTK_BOX (names), make_label (version->device, "second", "small"));
  gtk_widget_set_hexpand (names, TRUE);
  gtk_widget_add_css_class (when, "numeric");
  gtk_label_set_wrap (GTK_LABEL (when), FALSE);
  gtk_widget_set_valign (when, GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (line), adw_avatar_new (36, version->name, TRUE));
  gtk_box_append (GTK_BOX (line), names);
  gtk_box_append (GTK_BOX (line), when);
  return line;
}

static void
add_card (AmendsComparePage *self, Version *version, int column)
{
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  /* A number is read in its own direction, whichever that of the words around it is. */
  g_autofree char *shown = amends_words_isolate (version->text);
  GtkWidget *text = make_label (shown, NULL, NULL);
  GtkWidget *check = gtk_check_button_new_with_label (_ ("Keep this one"));
  g_autoptr (PangoAttrList) differences = find_differences (self, version);
  g_autofree char *sentence = g_strdup_printf (_ ("Keep this one: %s, %s, %s"), version->name,
                                               version->device, version->text);

  gtk_label_set_attributes (GTK_LABEL (text), differences);
  gtk_widget_set_vexpand (text, TRUE);
  gtk_widget_set_valign (text, GTK_ALIGN_START);
  gtk_check_button_set_group (GTK_CHECK_BUTTON (check), self->third_check);
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL, sentence,
                                  -1);
  g_signal_connect_object (check, "toggled", G_CALLBACK (chosen_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_css_class (card, "card");
  gtk_widget_add_css_class (card, "version");
  gtk_box_append (GTK_BOX (card), make_author (version));
  gtk_box_append (GTK_BOX (card), text);
  gtk_box_append (GTK_BOX (card), gtk_separator_new (GTK_ORIENTATION_HORIZONTAL));
  gtk_box_append (GTK_BOX (card), check);
  gtk_widget_set_parent (card, GTK_WIDGET (self->cards));
  g_object_set (gtk_layout_manager_get_layout_child (
                    gtk_widget_get_layout_manager (GTK_WIDGET (self->cards)), card),
                "column", column, NULL);
  version->check = GTK_CHECK_BUTTON (check);
  version->card = card;
}

static void
read_versions (AmendsComparePage *self, const AmendsCaseFile *file, const AmendsField *field)
{
  for (guint i = 0; i < field->writes->len; i++)
    {
      const AmendsWrite *write = &g_array_index (field->writes, AmendsWrite, i);
      const json_t *entry = json_array_get (file->history, write->place);
      const char *name =
          json_string_value (json_object_get (json_object_get (entry, "by"), "name"));
      const char *device =
          json_string_value (json_object_get (json_object_get (entry, "device"), "name"));
      const char *at = json_string_value (json_object_get (entry, "at"));
      Version *version = g_new0 (Version, 1);
      gint64 instant;

      version->name = g_strdup (name != NULL ? name : _ ("Somebody"));
      version->device = g_strdup (device != NULL ? device : _ ("a device"));
      version->when = at != NULL && amends_instant_parse (at, &instant, NULL)
                          ? amends_words_instant (instant)
                          : g_strdup ("");
      version->text = amends_words_value (field->name, write->value);
      version->value = json_deep_copy (write->value);
      g_ptr_array_add (self->versions, version);
    }
  g_ptr_array_sort (self->versions, compare_versions);
}

static void
explain (AmendsComparePage *self, const char *name)
{
  const Version *first = g_ptr_array_index (self->versions, 0);
  const Version *second = g_ptr_array_index (self->versions, 1);
  g_autofree char *question = g_strdup_printf (_ ("Which %s is right?"), name);
  g_autofree char *explanation =
      is_one_author (self)
          ? g_strdup_printf (
              _ ("%s wrote it on two devices while they were apart. Choose which one "
                 "stands; both stay in the history. Until then every screen shows "
                 "that there are two."),
              first->name)
          : g_strdup_printf (
              _ ("%s and %s each wrote it while apart. Choose which one stands; both "
                 "stay in the history. Until then every screen shows that there are "
                 "two."),
              first->name, second->name);

  gtk_label_set_text (self->question_label, question);
  gtk_label_set_text (self->explanation_label, explanation);
}

static void
fill_third (AmendsComparePage *self)
{
  const AmendsSchemaField *schema = amends_intake_find_settled_field (self->field);
  gboolean takes_text =
      schema != NULL
      && (schema->kind == AMENDS_SCHEMA_TEXT || schema->kind == AMENDS_SCHEMA_LINE
          || schema->kind == AMENDS_SCHEMA_PHONE || schema->kind == AMENDS_SCHEMA_EMAIL);
  g_autoptr (GString) both = g_string_new (NULL);

  for (guint i = 0; i < self->versions->len; i++)
    g_string_append_printf (both, "%s%s", i > 0 ? " / " : "",
                            ((const Version *) g_ptr_array_index (self->versions, i))->text);
  amends_text_card_set_text (self->third_card, both->str);
  gtk_widget_set_visible (self->third_box, takes_text);
}

static void
show_conflict (AmendsComparePage *self, const AmendsCaseFile *file, const AmendsField *field)
{
  g_autofree char *name = amends_words_field (field->name);
  g_autofree char *reference = amends_words_isolate (file->reference);
  const char *complainant = amends_case_get_text (file->complaint, "complainant.name");
  g_autofree char *subtitle =
      amends_words_join (" · ", reference, complainant != NULL ? complainant : "", NULL);

  adw_window_title_set_subtitle (self->title, subtitle);
  read_versions (self, file, field);
  explain (self, name);
  for (guint i = 0; i < self->versions->len; i++)
    add_card (self, g_ptr_array_index (self->versions, i), (int) (i % 2));
  fill_third (self);
  chosen_cb (self);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (AmendsComparePage) self = user_data;
  g_autoptr (AmendsCaseFile) file =
      amends_session_get_case_finish (AMENDS_SESSION (source), result, NULL);

  for (guint i = 0; file != NULL && i < amends_case_get_n_conflicts (file->complaint); i++)
    {
      const AmendsField *field = amends_case_get_conflict (file->complaint, i);

      if (self->field != NULL && g_str_equal (field->name, self->field) && self->versions->len == 0)
        {
          show_conflict (self, file, field);
          return;
        }
    }
  if (file != NULL && self->versions->len == 0)
    close_cb (self); /* somebody settled it meanwhile */
}

/**
 * amends_compare_page_open:
 * @id: a case
 * @field: its field in conflict
 */
void
amends_compare_page_open (AmendsComparePage *self, const AmendsId *id, const char *field)
{
  g_autofree char *owned = g_strdup (field);

  g_return_if_fail (AMENDS_IS_COMPARE_PAGE (self) && id != NULL && field != NULL);

  amends_compare_page_clear (self);
  self->id = *id;
  self->field = g_steal_pointer (&owned);
  amends_session_get_case_async (self->session, id, NULL, loaded_cb, g_object_ref (self));
}

/**
 * amends_compare_page_clear:
 *
 * Takes everything off the screen.
 */
void
amends_compare_page_clear (AmendsComparePage *self)
{
  GtkWidget *child;

  g_return_if_fail (AMENDS_IS_COMPARE_PAGE (self));

  g_ptr_array_set_size (self->versions, 0);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->cards))) != NULL)
    gtk_widget_unparent (child);
  g_clear_pointer (&self->field, g_free);
  gtk_check_button_set_active (self->third_check, FALSE);
  amends_text_card_set_text (self->third_card, NULL);
  gtk_label_set_text (self->question_label, "");
  gtk_label_set_text (self->explanation_label, "");
  adw_window_title_set_subtitle (self->title, "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem_label), FALSE);
  chosen_cb (self);
}

static gboolean
settle_shortcut_cb (GtkWidget *widget, GVariant *arguments, gpointer user_data)
{
  AmendsComparePage *self = user_data;

  if (gtk_widget_get_sensitive (GTK_WIDGET (self->settle_button)))
    settle_cb (self);
  return TRUE;
}

static gboolean
close_shortcut_cb (GtkWidget *widget, GVariant *arguments, gpointer user_data)
{
  close_cb (user_data);
  return TRUE;
}

static void
amends_compare_page_dispose (GObject *object)
{
  AmendsComparePage *self = AMENDS_COMPARE_PAGE (object);

  g_clear_object (&self->session);
  G_OBJECT_CLASS (amends_compare_page_parent_class)->dispose (object);
}

static void
amends_compare_page_finalize (GObject *object)
{
  AmendsComparePage *self = AMENDS_COMPARE_PAGE (object);

  g_ptr_array_unref (self->versions);
  g_free (self->field);
  G_OBJECT_CLASS (amends_compare_page_parent_class)->finalize (object);
}

static void
amends_compare_page_class_init (AmendsComparePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = amends_compare_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = amends_compare_page_finalize;
  signals[SIGNAL_CLOSED] = g_signal_new ("closed", AMENDS_TYPE_COMPARE_PAGE, G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (AMENDS_TYPE_COLUMNS);
  g_type_ensure (AMENDS_TYPE_COLUMNS_LAYOUT);
  g_type_ensure (AMENDS_TYPE_TEXT_CARD);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/amends/Amends/staff/pages/amends-compare-page.ui");
  gtk_widget_class_bind_template_child (widget_class, AmendsComparePage, title);
  gtk_widget_class_bind_template_child (widget_class, AmendsComparePage, question_label);
  gtk_widget_class_bind_template_child (widget_class, AmendsComparePage, explanation_label);
  gtk_widget_class_bind_template_child (widget_class, AmendsComparePage, cards);
  gtk_widget_class_bind_template_child (widget_class, AmendsComparePage, third_box);
  gtk_widget_class_bind_template_child (widget_class, AmendsComparePage, third_check);
  gtk_widget_class_bind_template_child (widget_class, AmendsComparePage, third_card);
  gtk_widget_class_bind_template_child (widget_class, AmendsComparePage, problem_label);
  gtk_widget_class_bind_template_child (widget_class, AmendsComparePage, settle_button);
  gtk_widget_class_bind_template_callback (widget_class, chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, settle_cb);
  gtk_widget_class_bind_template_callback (widget_class, close_cb);
}

static void
add_shortcut (AmendsComparePage *self,
              const char *trigger,
              GtkShortcutFunc deed,
              GtkPropagationPhase phase)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (controller),
      gtk_shortcut_new (gtk_shortcut_trigger_parse_string (trigger),
                        gtk_callback_action_new (deed, self, NULL)));
  gtk_event_controller_set_propagation_phase (controller, phase);
  gtk_widget_add_controller (GTK_WIDGET (self), controller);
}

static void
amends_compare_page_init (AmendsComparePage *self)
{
  self->versions = g_ptr_array_new_with_free_func (version_free);
  gtk_widget_init_template (GTK_WIDGET (self));
  add_shortcut (self, "<Primary>Return|<Primary>KP_Enter", settle_shortcut_cb, GTK_PHASE_CAPTURE);
  add_shortcut (self, "Escape|<Alt>Left", close_shortcut_cb, GTK_PHASE_BUBBLE);
}

/**
 * amends_compare_page_set_session:
 * @session: where the case is; set once
 */
void
amends_compare_page_set_session (AmendsComparePage *self, AmendsSession *session)
{
  g_return_if_fail (AMENDS_IS_COMPARE_PAGE (self) && self->session == NULL);

  self->session = g_object_ref (session);
}
