/* amends-act-right.c: asks for what is right in the way in which what is wrong was asked
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The form of a correction has a field of each kind for it, and shows the one that fits what is chosen. */

#include "config.h"

#include "app/staff/amends-act-right.h"

#include <glib/gi18n.h>

#include "app/staff/amends-act-offers.h"
#include "app/widgets/amends-code-row.h"

/* What may stand in place of each that is offered, in their order: const AmendsSchemaField. */
#define SHAPES "amends-act-right-shapes"

static AmendsActFieldKind
get_kind (const AmendsSchemaField *shape, const json_t *from)
{
  if (json_is_boolean (from))
    return AMENDS_ACT_FIELD_YES_NO;
  if (json_is_integer (from))
    return AMENDS_ACT_FIELD_NUMBER;
  if (shape->codes != NULL)
    return AMENDS_ACT_FIELD_CODE;
  switch ((int) shape->kind)
    {
    case AMENDS_SCHEMA_DAY:
    case AMENDS_SCHEMA_PAST_DAY:
      return AMENDS_ACT_FIELD_DAY;
    case AMENDS_SCHEMA_TEXT:
      return AMENDS_ACT_FIELD_TEXT;
    default:
      return AMENDS_ACT_FIELD_LINE;
    }
}

static const AmendsActField *
find_written (const GPtrArray *fields)
{
  for (guint n = 0; n < fields->len; n++)
    if (((AmendsActField *) g_ptr_array_index (fields, n))->kind == AMENDS_ACT_FIELD_WRITTEN)
      return g_ptr_array_index (fields, n);
  return NULL;
}

/* It begins as it was written. */
static void
show (AmendsActField *field, const AmendsSchemaField *shape, const json_t *from)
{
  gboolean is_it = shape != NULL && field->kind == get_kind (shape, from);

  gtk_widget_set_visible (field->row, is_it);
  amends_problem_row_set_text (field->problem, NULL);
  if (!is_it)
    return;
  if (field->kind == AMENDS_ACT_FIELD_CODE)
    amends_code_row_set_list (AMENDS_CODE_ROW (field->row), shape->codes,
                              (shape->flags & AMENDS_SCHEMA_REQUIRED) != 0 ? NULL : _ ("None"));
  amends_act_field_load (field, from);
}

static void
chosen_cb (GtkWidget *row, GParamSpec *pspec, gpointer user_data)
{
  const GPtrArray *fields = user_data;
  const AmendsActField *written = find_written (fields);
  const GPtrArray *shapes = g_object_get_data (G_OBJECT (row), SHAPES);
  guint chosen = adw_combo_row_get_selected (ADW_COMBO_ROW (row));
  const json_t *from = json_object_get (json_array_get (written->offered, chosen), "from");

  for (guint n = 0; n < fields->len; n++)
    if (((AmendsActField *) g_ptr_array_index (fields, n))->takes_nothing)
      show (g_ptr_array_index (fields, n),
            chosen < shapes->len ? g_ptr_array_index (shapes, chosen) : NULL, from);
}

/**
 * amends_act_right_follow:
 * @fields: (element-type AmendsActField): of a form, with their rows; they outlive them
 * @complaint: the case as it stands
 *
 * Of a form that corrects nothing, nothing is asked for.
 */
void
amends_act_right_follow (GPtrArray *fields, const AmendsCase *complaint)
{
  const AmendsActField *written = find_written (fields);
  GPtrArray *shapes;
  gsize i;
  json_t *offer;

  if (written == NULL)
    return;
  shapes = g_ptr_array_new ();
  json_array_foreach (written->offered, i, offer)
    g_ptr_array_add (shapes, (gpointer) amends_act_offers_find_shape (complaint, offer));
  g_object_set_data_full (G_OBJECT (written->row), SHAPES, shapes,
                          (GDestroyNotify) g_ptr_array_unref);
  g_signal_connect_data (written->row, "notify::selected", G_CALLBACK (chosen_cb),
                         g_ptr_array_ref (fields), (GClosureNotify) g_ptr_array_unref, 0);
  chosen_cb (written->row, NULL, fields);
}
