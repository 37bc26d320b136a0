/* amends-act-field.c: a field of the form of an act, and what is read from it
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/staff/amends-act-field.h"

#include <string.h>

#include <glib/gi18n.h>

#include "app/amends-words.h"
#include "app/staff/amends-act-offers.h"
#include "app/widgets/amends-choice.h"
#include "app/widgets/amends-code-row.h"
#include "app/widgets/amends-date-row.h"
#include "app/widgets/amends-text-card.h"

/* The most that a whole number of a form is set to by arrows and typing. */
#define NUMBER_WIDTH_CHARS 4

/**
 * amends_act_field_free:
 * @data: (transfer full): an #AmendsActField
 */
void
amends_act_field_free (gpointer data)
{
  AmendsActField *field = data;

  g_free (field->path);
  g_free (field->begun);
  g_free (field->issue);
  g_free (field->title);
  json_decref (field->offered);
  g_free (field);
}

/* ---------------------------------------------------------------- asking */

static void
add_offered (AmendsActField *field,
             AmendsEventType act,
             AdwComboRow *row,
             const AmendsCaseFile *file)
{
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);
  static const AmendsActOffer offers[] = {
    [AMENDS_ACT_FIELD_GROUND] = AMENDS_ACT_OFFER_GROUND,
    [AMENDS_ACT_FIELD_CONSENT] = AMENDS_ACT_OFFER_CONSENT,
    [AMENDS_ACT_FIELD_ADJUSTMENT] = AMENDS_ACT_OFFER_ADJUSTMENT,
    [AMENDS_ACT_FIELD_ISSUE] = AMENDS_ACT_OFFER_ISSUE,
    [AMENDS_ACT_FIELD_WRITTEN] = AMENDS_ACT_OFFER_WRITTEN,
    [AMENDS_ACT_FIELD_CORRECTION] = AMENDS_ACT_OFFER_CORRECTION,
    [AMENDS_ACT_FIELD_ONE_ISSUE] = AMENDS_ACT_OFFER_ONE_ISSUE,
    [AMENDS_ACT_FIELD_PART] = AMENDS_ACT_OFFER_PART,
    [AMENDS_ACT_FIELD_HAZARD] = AMENDS_ACT_OFFER_HAZARD,
    [AMENDS_ACT_FIELD_SCHEME] = AMENDS_ACT_OFFER_SCHEME,
    [AMENDS_ACT_FIELD_COMPLAINANT] = AMENDS_ACT_OFFER_COMPLAINANT,
  };

  field->offered = amends_act_offers_list (file, act, offers[field->kind], labels);
  adw_combo_row_set_model (row, G_LIST_MODEL (labels));
  adw_combo_row_set_use_subtitle (row, field->kind == AMENDS_ACT_FIELD_WRITTEN);
}

static GtkWidget *
make_stage (const AmendsCaseFile *file, const char *title)
{
  gboolean is_stage_2 = g_str_equal (amends_case_get_stage (file->complaint), "stage-2");
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *choice = amends_choice_new ();

  amends_choice_add (AMENDS_CHOICE (choice), "1", _ ("Stage 1"));
  amends_choice_add (AMENDS_CHOICE (choice), "2", _ ("Stage 2"));
  amends_choice_set_word (AMENDS_CHOICE (choice), is_stage_2 ? "2" : "1");
  gtk_widget_set_valign (choice, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (choice), GTK_ACCESSIBLE_PROPERTY_LABEL, title,
                                  -1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), choice);
  g_object_set_data (G_OBJECT (row), "choice", choice);
  return row;
}

static GtkWidget *
make_line (const AmendsActField *field)
{
  GtkWidget *row = g_object_new (ADW_TYPE_ENTRY_ROW, "use-markup", FALSE, "input-hints",
                                 GTK_INPUT_HINT_PRIVATE | GTK_INPUT_HINT_NO_SPELLCHECK, NULL);

  /* Groups of digits would change places in a line from right to left. */
  if (g_str_equal (field->path, "phone"))
    gtk_widget_set_direction (GTK_WIDGET (gtk_editable_get_delegate (GTK_EDITABLE (row))),
                              GTK_TEXT_DIR_LTR);
  return row;
}

/* @can_wait: whether “Ask me” is an answer */
static GtkWidget *
make_yes_no (const char *title, gboolean can_wait)
{
  GtkWidget *choice = amends_choice_new ();

  amends_choice_add (AMENDS_CHOICE (choice), "yes", _ ("Yes"));
  amends_choice_add (AMENDS_CHOICE (choice), "no", _ ("No"));
  if (can_wait)
    amends_choice_add (AMENDS_CHOICE (choice), "ask-me", _ ("Ask me"));
  gtk_widget_set_valign (choice, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (choice), GTK_ACCESSIBLE_PROPERTY_LABEL, title,
                                  -1);
  return choice;
}

static GtkWidget *
make_answer (const char *title, gboolean can_wait)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *choice = make_yes_no (title, can_wait);

  adw_action_row_add_suffix (ADW_ACTION_ROW (row), choice);
  g_object_set_data (G_OBJECT (row), "choice", choice);
  return row;
}

static void
answered_cb (GtkEditable *row, AmendsChoice *choice)
{
  gtk_editable_set_editable (row, g_strcmp0 (amends_choice_get_word (choice), "no") != 0);
}

/* Whoever says in what has said yes. */
static void
said_cb (AmendsChoice *choice, GtkEditable *row)
{
  if (*gtk_editable_get_text (row) != '\0' && amends_choice_get_word (choice) == NULL)
    amends_choice_set_word (choice, "yes");
}

/* A line beside yes and no: what it says is taken with yes alone. */
static GtkWidget *
make_yes_more (const AmendsActField *field, const char *title)
{
  GtkWidget *row = make_line (field);
  GtkWidget *choice = make_yes_no (title, FALSE);

  gtk_widget_set_tooltip_text (row, _ ("With Yes: in what, or why"));
  adw_entry_row_add_suffix (ADW_ENTRY_ROW (row), choice);
  g_object_set_data (G_OBJECT (row), "choice", choice);
  g_signal_connect_object (choice, "changed", G_CALLBACK (answered_cb), row, G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "changed", G_CALLBACK (said_cb), choice, G_CONNECT_SWAPPED);
  return row;
}

static GtkWidget *
make_number (const AmendsActField *field)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *spin = gtk_spin_button_new_with_range (0, field->n_max, 1);

  gtk_editable_set_width_chars (GTK_EDITABLE (spin), NUMBER_WIDTH_CHARS);
  gtk_widget_set_valign (spin, GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), spin);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), spin);
  g_object_set_data (G_OBJECT (row), "spin", spin);
  return row;
}

/**
 * amends_act_field_make_row:
 * @act: what the form is of
 * @title: what the field is called
 * @file: the case as it stands: what it offers
 *
 * Returns: a row that asks for the field, of any kind that is not a text of its own
 */
GtkWidget *
amends_act_field_make_row (AmendsActField *field,
                           AmendsEventType act,
                           const char *title,
                           const AmendsCaseFile *file)
{
  GtkWidget *row = NULL;

  switch (field->kind)
    {
    case AMENDS_ACT_FIELD_LINE:
    case AMENDS_ACT_FIELD_NOW:
    case AMENDS_ACT_FIELD_TIME:
    case AMENDS_ACT_FIELD_MONEY:
      row = make_line (field);
      break;
    case AMENDS_ACT_FIELD_DAY:
    case AMENDS_ACT_FIELD_TODAY:
      row = g_object_new (AMENDS_TYPE_DATE_ROW, NULL);
      if (field->kind == AMENDS_ACT_FIELD_TODAY)
        amends_date_row_set_day (AMENDS_DATE_ROW (row), amends_words_today ());
      break;
    case AMENDS_ACT_FIELD_CODE:
    case AMENDS_ACT_FIELD_CODES:
    case AMENDS_ACT_FIELD_FINDING:
      row = g_object_new (AMENDS_TYPE_CODE_ROW, NULL);
      amends_code_row_set_list (AMENDS_CODE_ROW (row), field->list,
                                field->now != NULL   ? _ ("Not asked yet")
                                : field->is_optional ? _ ("Not said")
                                                     : _ ("Choose one"));
      break;
    case AMENDS_ACT_FIELD_NUMBER:
      row = make_number (field);
      break;
    case AMENDS_ACT_FIELD_YES_NO:
    case AMENDS_ACT_FIELD_ANSWER:
      row = make_answer (title, field->kind == AMENDS_ACT_FIELD_ANSWER);
      break;
    case AMENDS_ACT_FIELD_YES_MORE:
      row = make_yes_more (field, title);
      break;
    case AMENDS_ACT_FIELD_STAGE:
      row = make_stage (file, title);
      break;
    case AMENDS_ACT_FIELD_GROUND:
    case AMENDS_ACT_FIELD_CONSENT:
    case AMENDS_ACT_FIELD_ADJUSTMENT:
    case AMENDS_ACT_FIELD_ISSUE:
    case AMENDS_ACT_FIELD_WRITTEN:
    case AMENDS_ACT_FIELD_CORRECTION:
    case AMENDS_ACT_FIELD_ONE_ISSUE:
    case AMENDS_ACT_FIELD_PART:
    case AMENDS_ACT_FIELD_HAZARD:
    case AMENDS_ACT_FIELD_SCHEME:
    case AMENDS_ACT_FIELD_COMPLAINANT:
      row = g_object_new (ADW_TYPE_COMBO_ROW, "use-markup", FALSE, NULL);
      add_offered (field, act, ADW_COMBO_ROW (row), file);
      break;
    case AMENDS_ACT_FIELD_TEXT:
    case AMENDS_ACT_FIELD_PEOPLE:
    case AMENDS_ACT_FIELD_LINES:
      g_assert_not_reached ();
    }
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  return row;
}

/* ---------------------------------------------------------------- reading */

/**
 * amends_act_field_find:
 * @fields: (element-type AmendsActField): of a form that is built
 * @path: of a value in the act, or of an object
 * @only_shown: whether a field that is not asked for now counts as none
 *
 * Returns: (nullable) (transfer none): the field that holds it, or the first part of it
 */
AmendsActField *
amends_act_field_find (const GPtrArray *fields, const char *path, gboolean only_shown)
{
  gsize length = strlen (path);

  for (guint n = 0; n < fields->len; n++)
    {
      AmendsActField *field = g_ptr_array_index (fields, n);

      if (g_str_has_prefix (field->path, path)
          && (field->path[length] == '\0' || field->path[length] == '.')
          && (!only_shown || gtk_widget_get_visible (field->row)))
        return field;
    }
  return NULL;
}

/**
 * amends_act_field_get_choice:
 *
 * Returns: (nullable): the word that is chosen, of a field that offers some side by side
 */
const char *
amends_act_field_get_choice (const AmendsActField *field)
{
  return amends_choice_get_word (g_object_get_data (G_OBJECT (field->row), "choice"));
}

/* As it was understood; what was typed, if it is no time. */
static char *
dup_time (const AmendsActField *field)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (field->row))));
  char *time = amends_words_parse_time (text);

  return time != NULL ? time : g_steal_pointer (&text);
}

/**
 * amends_act_field_dup_text:
 *
 * Returns: (transfer full) (nullable): what stands there, of a field that has a text; "" or %NULL says nothing
 */
char *
amends_act_field_dup_text (const AmendsActField *field)
{
  switch (field->kind)
    {
    case AMENDS_ACT_FIELD_LINE:
    case AMENDS_ACT_FIELD_MONEY:
    case AMENDS_ACT_FIELD_YES_MORE:
      return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (field->row))));
    case AMENDS_ACT_FIELD_NOW:
    case AMENDS_ACT_FIELD_TIME:
      return dup_time (field);
    case AMENDS_ACT_FIELD_TEXT:
    case AMENDS_ACT_FIELD_PEOPLE:
    case AMENDS_ACT_FIELD_LINES:
      return g_strstrip (amends_text_card_dup_text (AMENDS_TEXT_CARD (field->row)));
    case AMENDS_ACT_FIELD_DAY:
    case AMENDS_ACT_FIELD_TODAY:
      return amends_date_row_dup_text (AMENDS_DATE_ROW (field->row));
    case AMENDS_ACT_FIELD_CODE:
    case AMENDS_ACT_FIELD_CODES:
    case AMENDS_ACT_FIELD_FINDING:
      return g_strdup (amends_code_row_get_code (AMENDS_CODE_ROW (field->row)));
    case AMENDS_ACT_FIELD_NUMBER:
    case AMENDS_ACT_FIELD_YES_NO:
    case AMENDS_ACT_FIELD_GROUND:
    case AMENDS_ACT_FIELD_ANSWER:
    case AMENDS_ACT_FIELD_CONSENT:
    case AMENDS_ACT_FIELD_ADJUSTMENT:
    case AMENDS_ACT_FIELD_ISSUE:
    case AMENDS_ACT_FIELD_WRITTEN:
    case AMENDS_ACT_FIELD_CORRECTION:
    case AMENDS_ACT_FIELD_STAGE:
    case AMENDS_ACT_FIELD_ONE_ISSUE:
    case AMENDS_ACT_FIELD_PART:
    case AMENDS_ACT_FIELD_HAZARD:
    case AMENDS_ACT_FIELD_SCHEME:
    case AMENDS_ACT_FIELD_COMPLAINANT:
      break;
    }
  return NULL;
}

static void
set_value (json_t *act, const char *path, json_t *value)
{
  const char *dot = strchr (path, '.');
  json_t *inner;

  if (dot == NULL)
    {
      json_object_set_new (act, path, value);
      return;
    }
  g_autofree char *outer = g_strndup (path, (gsize) (dot - path));
  inner = json_object_get (act, outer);
  if (inner == NULL)
    {
      inner = g_str_equal (outer, "authority") ? json_pack ("{s:b}", "given", 1) : json_object ();
      json_object_set_new (act, outer, inner);
    }
  json_object_set_new (inner, dot + 1, value);
}

static void
collect_answer (const AmendsActField *field, json_t *act)
{
  const char *word = amends_act_field_get_choice (field);

  json_object_set_new (act, "type",
                       json_string (g_strcmp0 (word, "no") == 0       ? "consent.refused"
                                    : g_strcmp0 (word, "ask-me") == 0 ? "consent.deferred"
                                                                      : "consent.given"));
}

static void
collect_text (const AmendsActField *field, json_t *act)
{
  g_autofree char *text = amends_act_field_dup_text (field);

  if (field->now != NULL && g_strcmp0 (text, field->begun) == 0)
    return;
  if (text != NULL && *text != '\0')
    set_value (act, field->path,
               field->kind == AMENDS_ACT_FIELD_CODES ? json_pack ("[s]", text)
                                                     : json_string (text));
  else if (field->now != NULL || field->takes_nothing)
    set_value (act, field->path, json_null ());
}

static void
collect_number (const AmendsActField *field, json_t *act)
{
  GtkSpinButton *spin = g_object_get_data (G_OBJECT (field->row), "spin");
  int number = gtk_spin_button_get_value_as_int (spin);

  if (number != 0)
    set_value (act, field->path, json_integer (number));
}

static void
collect_yes_more (const AmendsActField *field, json_t *act)
{
  const char *word = amends_act_field_get_choice (field);
  g_autofree char *text = amends_act_field_dup_text (field);

  if (g_strcmp0 (word, "yes") == 0 && *text != '\0')
    set_value (act, field->path, json_string (text));
  else if (word != NULL)
    set_value (act, field->path, json_boolean (g_str_equal (word, "yes")));
}

/* What is no sum is given on as it is, so that whoever judges the act refuses it. */
static void
collect_money (const AmendsActField *field, json_t *act)
{
  g_autofree char *text = amends_act_field_dup_text (field);
  gint64 pence;

  if (text == NULL || *text == '\0')
    return;
  if (amends_words_parse_pence (text, &pence))
    set_value (act, field->path, json_integer (pence));
  else
    set_value (act, field->path, json_string (text));
}

/* Of each issue what was found, and of each line a name. */
static void
collect_part (const AmendsActField *field, json_t *act)
{
  g_autofree char *text = amends_act_field_dup_text (field);
  g_auto (GStrv) lines = g_strsplit (text != NULL ? text : "", "\n", -1);
  const char *key = field->kind == AMENDS_ACT_FIELD_FINDING ? "findings" : field->path;
  json_t *list = json_object_get (act, key);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      if (*g_strstrip (lines[i]) == '\0')
        continue;
      if (list == NULL)
        {
          list = json_array ();
          json_object_set_new (act, key, list);
        }
      json_array_append_new (list, field->kind == AMENDS_ACT_FIELD_FINDING
                                       ? json_pack ("{s:s, s:s}", "issue", field->issue, "finding",
                                                    lines[i])
                                       : json_pack ("{s:s}", "name", lines[i]));
    }
}

/* Only what differs is said; what was emptied is. */
static void
collect_lines (const AmendsActField *field, json_t *act)
{
  g_autofree char *text = amends_act_field_dup_text (field);
  g_auto (GStrv) lines = g_strsplit (text != NULL ? text : "", "\n", -1);
  const char *of_chosen = g_object_get_data (G_OBJECT (field->row), AMENDS_ACT_FIELD_BEGUN);
  const char *begun = of_chosen != NULL ? of_chosen : field->begun;
  json_t *list = json_array ();

  for (guint i = 0; lines[i] != NULL; i++)
    if (*g_strstrip (lines[i]) != '\0')
      json_array_append_new (list, json_string (lines[i]));
  if (g_strcmp0 (text, begun != NULL ? begun : "") == 0)
    json_decref (list);
  else if (json_array_size (list) > 0)
    set_value (act, field->path, list);
  else
    {
      json_decref (list);
      set_value (act, field->path, json_null ());
    }
}

/**
 * amends_act_field_collect:
 * @act: (inout): where what stands in the field is put
 */
void
amends_act_field_collect (const AmendsActField *field, json_t *act)
{
  switch (field->kind)
    {
    case AMENDS_ACT_FIELD_NUMBER:
      collect_number (field, act);
      break;
    case AMENDS_ACT_FIELD_YES_NO:
      if (amends_act_field_get_choice (field) != NULL)
        set_value (act, field->path,
                   json_boolean (g_str_equal (amends_act_field_get_choice (field), "yes")));
      break;
    case AMENDS_ACT_FIELD_YES_MORE:
      collect_yes_more (field, act);
      break;
    case AMENDS_ACT_FIELD_ANSWER:
      collect_answer (field, act);
      break;
    case AMENDS_ACT_FIELD_STAGE:
      set_value (act, field->path,
                 json_integer (g_str_equal (amends_act_field_get_choice (field), "2") ? 2 : 1));
      break;
    case AMENDS_ACT_FIELD_GROUND:
    case AMENDS_ACT_FIELD_CONSENT:
    case AMENDS_ACT_FIELD_ADJUSTMENT:
    case AMENDS_ACT_FIELD_ISSUE:
    case AMENDS_ACT_FIELD_WRITTEN:
    case AMENDS_ACT_FIELD_CORRECTION:
    case AMENDS_ACT_FIELD_ONE_ISSUE:
    case AMENDS_ACT_FIELD_PART:
    case AMENDS_ACT_FIELD_HAZARD:
    case AMENDS_ACT_FIELD_SCHEME:
    case AMENDS_ACT_FIELD_COMPLAINANT:
      json_object_update (act, json_array_get (field->offered, adw_combo_row_get_selected (
                                                                   ADW_COMBO_ROW (field->row))));
      break;
    case AMENDS_ACT_FIELD_MONEY:
      collect_money (field, act);
      break;
    case AMENDS_ACT_FIELD_FINDING:
    case AMENDS_ACT_FIELD_PEOPLE:
      collect_part (field, act);
      break;
    case AMENDS_ACT_FIELD_LINES:
      collect_lines (field, act);
      break;
    case AMENDS_ACT_FIELD_LINE:
    case AMENDS_ACT_FIELD_TEXT:
    case AMENDS_ACT_FIELD_DAY:
    case AMENDS_ACT_FIELD_TODAY:
    case AMENDS_ACT_FIELD_NOW:
    case AMENDS_ACT_FIELD_TIME:
    case AMENDS_ACT_FIELD_CODE:
    case AMENDS_ACT_FIELD_CODES:
      collect_text (field, act);
      break;
    }
}

/**
 * amends_act_field_save:
 *
 * Returns: (transfer full): what stands there, finished or not, as a draft keeps it
 */
json_t *
amends_act_field_save (const AmendsActField *field)
{
  g_autofree char *text = NULL;
  json_t *offer;

  switch (field->kind)
    {
    case AMENDS_ACT_FIELD_NUMBER:
      return json_integer (
          gtk_spin_button_get_value_as_int (g_object_get_data (G_OBJECT (field->row), "spin")));
    case AMENDS_ACT_FIELD_YES_NO:
    case AMENDS_ACT_FIELD_ANSWER:
    case AMENDS_ACT_FIELD_STAGE:
      return json_pack ("s?", amends_act_field_get_choice (field));
    case AMENDS_ACT_FIELD_YES_MORE:
      text = amends_act_field_dup_text (field);
      return json_pack ("{s:s?, s:s}", "answer", amends_act_field_get_choice (field), "more", text);
    case AMENDS_ACT_FIELD_GROUND:
    case AMENDS_ACT_FIELD_CONSENT:
    case AMENDS_ACT_FIELD_ADJUSTMENT:
    case AMENDS_ACT_FIELD_ISSUE:
    case AMENDS_ACT_FIELD_WRITTEN:
    case AMENDS_ACT_FIELD_CORRECTION:
    case AMENDS_ACT_FIELD_ONE_ISSUE:
    case AMENDS_ACT_FIELD_PART:
    case AMENDS_ACT_FIELD_HAZARD:
    case AMENDS_ACT_FIELD_SCHEME:
    case AMENDS_ACT_FIELD_COMPLAINANT:
      offer =
          json_array_get (field->offered, adw_combo_row_get_selected (ADW_COMBO_ROW (field->row)));
      return offer != NULL ? json_incref (offer) : json_null ();
    case AMENDS_ACT_FIELD_FINDING:
    case AMENDS_ACT_FIELD_PEOPLE:
    case AMENDS_ACT_FIELD_LINES:
    case AMENDS_ACT_FIELD_LINE:
    case AMENDS_ACT_FIELD_MONEY:
    case AMENDS_ACT_FIELD_TEXT:
    case AMENDS_ACT_FIELD_DAY:
    case AMENDS_ACT_FIELD_TODAY:
    case AMENDS_ACT_FIELD_NOW:
    case AMENDS_ACT_FIELD_TIME:
    case AMENDS_ACT_FIELD_CODE:
    case AMENDS_ACT_FIELD_CODES:
      break;
    }
  text = amends_act_field_dup_text (field);
  return json_pack ("s?", text);
}

/* What was offered then and is not any more cannot be chosen. */
static void
load_offer (AmendsActField *field, const json_t *saved)
{
  gsize i;
  json_t *offer;

  json_array_foreach (field->offered, i, offer)
    if (json_equal (offer, saved))
      adw_combo_row_set_selected (ADW_COMBO_ROW (field->row), (guint) i);
}

/* As a draft keeps it, or as an act has it. */
static void
load_yes_more (AmendsActField *field, const json_t *saved)
{
  AmendsChoice *choice = g_object_get_data (G_OBJECT (field->row), "choice");
  const char *text =
      json_string_value (json_is_object (saved) ? json_object_get (saved, "more") : saved);
  const char *word = json_is_object (saved) ? json_string_value (json_object_get (saved, "answer"))
                     : json_is_boolean (saved) ? (json_is_true (saved) ? "yes" : "no")
                                               : NULL;

  amends_choice_set_word (choice, word);
  gtk_editable_set_text (GTK_EDITABLE (field->row), text != NULL ? text : "");
}

/**
 * amends_act_field_load:
 * @saved: (nullable): as from amends_act_field_save(); what does not fit is passed over
 */
void
amends_act_field_load (AmendsActField *field, const json_t *saved)
{
  const char *text = json_string_value (saved);

  switch (field->kind)
    {
    case AMENDS_ACT_FIELD_LINE:
    case AMENDS_ACT_FIELD_NOW:
    case AMENDS_ACT_FIELD_TIME:
    case AMENDS_ACT_FIELD_MONEY:
      gtk_editable_set_text (GTK_EDITABLE (field->row), text != NULL ? text : "");
      break;
    case AMENDS_ACT_FIELD_TEXT:
    case AMENDS_ACT_FIELD_PEOPLE:
    case AMENDS_ACT_FIELD_LINES:
      amends_text_card_set_text (AMENDS_TEXT_CARD (field->row), text);
      break;
    case AMENDS_ACT_FIELD_DAY:
    case AMENDS_ACT_FIELD_TODAY:
      amends_date_row_set_text (AMENDS_DATE_ROW (field->row), text);
      break;
    case AMENDS_ACT_FIELD_CODE:
    case AMENDS_ACT_FIELD_CODES:
    case AMENDS_ACT_FIELD_FINDING:
      amends_code_row_set_code (AMENDS_CODE_ROW (field->row), text);
      break;
    case AMENDS_ACT_FIELD_NUMBER:
      gtk_spin_button_set_value (g_object_get_data (G_OBJECT (field->row), "spin"),
                                 (double) json_integer_value (saved));
      break;
    case AMENDS_ACT_FIELD_YES_NO:
    case AMENDS_ACT_FIELD_ANSWER:
    case AMENDS_ACT_FIELD_STAGE:
      amends_choice_set_word (g_object_get_data (G_OBJECT (field->row), "choice"), text);
      break;
    case AMENDS_ACT_FIELD_YES_MORE:
      load_yes_more (field, saved);
      break;
    case AMENDS_ACT_FIELD_GROUND:
    case AMENDS_ACT_FIELD_CONSENT:
    case AMENDS_ACT_FIELD_ADJUSTMENT:
    case AMENDS_ACT_FIELD_ISSUE:
    case AMENDS_ACT_FIELD_WRITTEN:
    case AMENDS_ACT_FIELD_CORRECTION:
    case AMENDS_ACT_FIELD_ONE_ISSUE:
    case AMENDS_ACT_FIELD_PART:
    case AMENDS_ACT_FIELD_HAZARD:
    case AMENDS_ACT_FIELD_SCHEME:
    case AMENDS_ACT_FIELD_COMPLAINANT:
      load_offer (field, saved);
      break;
    }
}

static gboolean
is_part_of (const json_t *offer, const json_t *beginning)
{
  const char *key;
  json_t *value;

  json_object_foreach ((json_t *) offer, key, value)
    if (!json_equal (value, json_object_get (beginning, key)))
      return FALSE;
  return json_object_size (offer) > 0;
}

/**
 * amends_act_field_begin:
 * @beginning: what is known of the act by where it was begun, by the paths of its fields
 *
 * Of what is offered that is chosen which says nothing else.
 * Returns: whether something is known of this field
 */
gboolean
amends_act_field_begin (AmendsActField *field, const json_t *beginning)
{
  const json_t *value = json_object_get (beginning, field->path);
  gboolean is_known = FALSE;
  gsize i;
  json_t *offer;

  json_array_foreach (field->offered, i, offer)
    if (is_part_of (offer, beginning))
      {
        adw_combo_row_set_selected (ADW_COMBO_ROW (field->row), (guint) i);
        is_known = TRUE;
      }
  if (field->offered != NULL || value == NULL)
    return is_known;
  amends_act_field_load (field, value);
  return TRUE;
}
