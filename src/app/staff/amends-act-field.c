/* amends-act-field.c: a field of the form of an act, and what is read from it
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/staff/amends-act-field.h"

#include <string.h>

#include "app/amends-words.h"
#include "app/widgets/amends-choice.h"
#include "app/widgets/amends-code-row.h"
#include "app/widgets/amends-date-row.h"
#include "app/widgets/amends-text-card.h"

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
      return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (field->row))));
    case AMENDS_ACT_FIELD_TEXT:
    case AMENDS_ACT_FIELD_PEOPLE:
      return g_strstrip (amends_text_card_dup_text (AMENDS_TEXT_CARD (field->row)));
    case AMENDS_ACT_FIELD_DAY:
    case AMENDS_ACT_FIELD_TODAY:
      return amends_date_row_dup_text (AMENDS_DATE_ROW (field->row));
    case AMENDS_ACT_FIELD_CODE:
    case AMENDS_ACT_FIELD_FINDING:
      return g_strdup (amends_code_row_get_code (AMENDS_CODE_ROW (field->row)));
    case AMENDS_ACT_FIELD_NUMBER:
    case AMENDS_ACT_FIELD_YES_NO:
    case AMENDS_ACT_FIELD_GROUND:
    case AMENDS_ACT_FIELD_ANSWER:
    case AMENDS_ACT_FIELD_CONSENT:
    case AMENDS_ACT_FIELD_ADJUSTMENT:
    case AMENDS_ACT_FIELD_ISSUE:
    case AMENDS_ACT_FIELD_WRITTEN_DAY:
    case AMENDS_ACT_FIELD_CORRECTION:
    case AMENDS_ACT_FIELD_STAGE:
    case AMENDS_ACT_FIELD_ONE_ISSUE:
    case AMENDS_ACT_FIELD_PART:
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
    set_value (act, field->path, json_string (text));
  else if (field->now != NULL)
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
    case AMENDS_ACT_FIELD_WRITTEN_DAY:
    case AMENDS_ACT_FIELD_CORRECTION:
    case AMENDS_ACT_FIELD_ONE_ISSUE:
    case AMENDS_ACT_FIELD_PART:
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
    case AMENDS_ACT_FIELD_LINE:
    case AMENDS_ACT_FIELD_TEXT:
    case AMENDS_ACT_FIELD_DAY:
    case AMENDS_ACT_FIELD_TODAY:
    case AMENDS_ACT_FIELD_CODE:
      collect_text (field, act);
      break;
    }
}
