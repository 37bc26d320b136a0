/* amends-code-row.c: one code out of a list, the commonest first
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/widgets/amends-code-row.h"

#include "core/amends-codes.h"

/* What stands beside the title of a row in a narrow column without being cut. */
#define MAX_BESIDE_CHARS 24

struct _AmendsCodeRow
{
  AdwComboRow parent_instance;

  char *list_name;  /* (nullable) */
  char *none_label; /* (nullable) */
  const AmendsCodeList *list;
  GPtrArray
      *codes; /* element-type AmendsCode (not owned), in the order shown; NULL: none of them */
};

G_DEFINE_FINAL_TYPE (AmendsCodeRow, amends_code_row, ADW_TYPE_COMBO_ROW)

enum
{
  PROP_CODES = 1,
  PROP_NONE_LABEL,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

static void
take_text (char **text, const GValue *value)
{
  g_free (*text);
  *text = g_value_dup_string (value);
}

static void
amends_code_row_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  AmendsCodeRow *self = AMENDS_CODE_ROW (object);

  if (id == PROP_CODES)
    take_text (&self->list_name, value);
  else
    take_text (&self->none_label, value);
  if (self->list_name != NULL)
    amends_code_row_set_list (self, self->list_name, self->none_label);
}

static void
amends_code_row_finalize (GObject *object)
{
  AmendsCodeRow *self = AMENDS_CODE_ROW (object);

  g_ptr_array_unref (self->codes);
  g_free (self->list_name);
  g_free (self->none_label);

  G_OBJECT_CLASS (amends_code_row_parent_class)->finalize (object);
}

static void
amends_code_row_class_init (AmendsCodeRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS;

  object_class->set_property = amends_code_row_set_property;
  object_class->finalize = amends_code_row_finalize;
  properties[PROP_CODES] = g_param_spec_string ("codes", NULL, NULL, NULL, flags);
  properties[PROP_NONE_LABEL] = g_param_spec_string ("none-label", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

/* Cut short, two labels that begin alike would look the same: a long one stands below the title. */
static void
selected_cb (AmendsCodeRow *self)
{
  GtkStringObject *item = adw_combo_row_get_selected_item (ADW_COMBO_ROW (self));
  const char *label = item != NULL ? gtk_string_object_get_string (item) : "";

  adw_combo_row_set_use_subtitle (ADW_COMBO_ROW (self),
                                  g_utf8_strlen (label, -1) > MAX_BESIDE_CHARS);
}

static void
amends_code_row_init (AmendsCodeRow *self)
{
  g_signal_connect (self, "notify::selected-item", G_CALLBACK (selected_cb), NULL);
  self->codes = g_ptr_array_new ();
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
}

/**
 * amends_code_row_set_list:
 * @list: the name of a code list
 * @none_label: (nullable): offered first, for no code at all
 */
void
amends_code_row_set_list (AmendsCodeRow *self, const char *list, const char *none_label)
{
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);

  g_return_if_fail (AMENDS_IS_CODE_ROW (self));

  self->list = amends_codes_get_list (list);
  g_return_if_fail (self->list != NULL);

  g_ptr_array_set_size (self->codes, 0);
  if (none_label != NULL)
    {
      g_ptr_array_add (self->codes, NULL);
      gtk_string_list_append (labels, none_label);
    }
  for (int is_common = TRUE; is_common >= FALSE; is_common--)
    for (guint i = 0; i < self->list->n_codes; i++)
      {
        const AmendsCode *code = &self->list->codes[i];

        if (code->is_common != is_common)
          continue;
        g_ptr_array_add (self->codes, (gpointer) code);
        gtk_string_list_append (labels, amends_codes_get_label (self->list, code->code));
      }
  adw_combo_row_set_model (ADW_COMBO_ROW (self), G_LIST_MODEL (labels));
  adw_combo_row_set_selected (ADW_COMBO_ROW (self), 0);
}

/* (nullable) (transfer none): %NULL for none. */
const char *
amends_code_row_get_code (AmendsCodeRow *self)
{
  guint selected;
  const AmendsCode *code;

  g_return_val_if_fail (AMENDS_IS_CODE_ROW (self), NULL);

  selected = adw_combo_row_get_selected (ADW_COMBO_ROW (self));
  if (selected >= self->codes->len)
    return NULL;
  code = g_ptr_array_index (self->codes, selected);
  return code != NULL ? code->code : NULL;
}

/**
 * amends_code_row_set_code:
 * @code: (nullable): a code of the list; any other chooses nothing
 */
void
amends_code_row_set_code (AmendsCodeRow *self, const char *code)
{
  guint chosen = 0;

  g_return_if_fail (AMENDS_IS_CODE_ROW (self));

  for (guint i = 0; code != NULL && i < self->codes->len; i++)
    {
      const AmendsCode *offered = g_ptr_array_index (self->codes, i);

      if (offered != NULL && g_str_equal (offered->code, code))
        chosen = i;
    }
  adw_combo_row_set_selected (ADW_COMBO_ROW (self), chosen);
}

/**
 * amends_code_row_needs_detail:
 *
 * Returns: whether the chosen code says nothing without a word beside it
 */
gboolean
amends_code_row_needs_detail (AmendsCodeRow *self)
{
  const char *code = amends_code_row_get_code (self);

  return code != NULL && amends_codes_find (self->list, code)->needs_detail;
}
