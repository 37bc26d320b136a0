/* amends-behalf-box.c: who speaks for a resident in a record, and by what authority
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Its rows are fields of the form in which it stands, which fills and reads them as it does its own; what the authority
 * covers is no field of one value, and is filled and read here. */

#include "config.h"

#include "app/staff/amends-behalf-box.h"

#include "app/staff/amends-intake-path.h"
#include "app/widgets/amends-code-row.h"
#include "app/widgets/amends-columns.h"
#include "app/widgets/amends-date-row.h"

#define N_SCOPES 4
static const char *const scopes[N_SCOPES] = { "this-case", "all-cases", "accompany",
                                              "receive-letters" };

struct _AmendsBehalfBox
{
  AdwBin parent_instance;

  GtkEditable *rep_name_row; /* from the template, as all below */
  AmendsCodeRow *rep_relation_row;
  GtkWidget *rep_relation_detail_row;
  GtkWidget *rep_office_row;
  AmendsCodeRow *authority_row;
  GtkWidget *until_row;
  GtkWidget *scope_row;
  GtkCheckButton *scope_checks[N_SCOPES];
};

G_DEFINE_FINAL_TYPE (AmendsBehalfBox, amends_behalf_box, ADW_TYPE_BIN)

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
scope_cb (AmendsBehalfBox *self)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
amends_behalf_box_class_init (AmendsBehalfBoxClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  signals[SIGNAL_CHANGED] = g_signal_new ("changed", AMENDS_TYPE_BEHALF_BOX, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_type_ensure (AMENDS_TYPE_CODE_ROW);
  g_type_ensure (AMENDS_TYPE_COLUMNS);
  g_type_ensure (AMENDS_TYPE_COLUMNS_LAYOUT);
  g_type_ensure (AMENDS_TYPE_DATE_ROW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/amends/Amends/staff/amends-behalf-box.ui");
  gtk_widget_class_bind_template_child (widget_class, AmendsBehalfBox, rep_name_row);
  gtk_widget_class_bind_template_child (widget_class, AmendsBehalfBox, rep_relation_row);
  gtk_widget_class_bind_template_child (widget_class, AmendsBehalfBox, rep_relation_detail_row);
  gtk_widget_class_bind_template_child (widget_class, AmendsBehalfBox, rep_office_row);
  gtk_widget_class_bind_template_child (widget_class, AmendsBehalfBox, authority_row);
  gtk_widget_class_bind_template_child (widget_class, AmendsBehalfBox, until_row);
  gtk_widget_class_bind_template_child (widget_class, AmendsBehalfBox, scope_row);
  for (guint i = 0; i < N_SCOPES; i++)
    {
      g_autofree char *name = g_strdup_printf ("scope_%u_check", i);

      gtk_widget_class_bind_template_child_full (widget_class, name, FALSE,
                                                 G_STRUCT_OFFSET (AmendsBehalfBox, scope_checks)
                                                     + (gssize) (i * sizeof (gpointer)));
    }
  gtk_widget_class_bind_template_callback (widget_class, scope_cb);
}

static void
amends_behalf_box_init (AmendsBehalfBox *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * amends_behalf_box_get_row:
 * @name: of a row in the template
 *
 * Returns: (transfer none) (nullable): %NULL if there is none of that name
 */
GtkWidget *
amends_behalf_box_get_row (AmendsBehalfBox *self, const char *name)
{
  g_return_val_if_fail (AMENDS_IS_BEHALF_BOX (self) && name != NULL, NULL);

  return (GtkWidget *) gtk_widget_get_template_child (GTK_WIDGET (self), AMENDS_TYPE_BEHALF_BOX,
                                                      name);
}

/**
 * amends_behalf_box_follow:
 *
 * Shows what is asked of whoever is named, and of the authority that they have; nothing where nobody speaks for the
 * resident.
 */
void
amends_behalf_box_follow (AmendsBehalfBox *self)
{
  g_autofree char *name = NULL;
  const char *authority;
  gboolean is_named, has_authority;

  g_return_if_fail (AMENDS_IS_BEHALF_BOX (self));

  name = g_strstrip (g_strdup (gtk_editable_get_text (self->rep_name_row)));
  authority = amends_code_row_get_code (self->authority_row);
  is_named = *name != '\0';
  has_authority = is_named && authority != NULL && !g_str_equal (authority, "none-yet");
  gtk_widget_set_visible (GTK_WIDGET (self->rep_relation_row), is_named);
  gtk_widget_set_visible (self->rep_relation_detail_row,
                          is_named && amends_code_row_needs_detail (self->rep_relation_row));
  gtk_widget_set_visible (self->rep_office_row, is_named);
  gtk_widget_set_visible (GTK_WIDGET (self->authority_row), is_named);
  gtk_widget_set_visible (self->until_row, has_authority);
  gtk_widget_set_visible (self->scope_row, has_authority);
}

/**
 * amends_behalf_box_collect_scope:
 * @intake: to whose authority, where it has one, is added whether it was given and what it covers
 */
void
amends_behalf_box_collect_scope (AmendsBehalfBox *self, json_t *intake)
{
  json_t *authority = json_object_get (json_object_get (intake, "representative"), "authority");
  const char *type = json_string_value (json_object_get (authority, "type"));
  json_auto_t *scope = json_array ();

  if (authority == NULL)
    return;
  for (guint i = 0; i < N_SCOPES; i++)
    if (gtk_check_button_get_active (self->scope_checks[i]))
      json_array_append_new (scope, json_string (scopes[i]));
  json_object_set_new (authority, "given", json_boolean (g_strcmp0 (type, "none-yet") != 0));
  if (json_array_size (scope) > 0)
    json_object_set (authority, "scope", scope);
}

/**
 * amends_behalf_box_load_scope:
 * @intake: (nullable): where it says nothing of it, this case alone is covered
 */
void
amends_behalf_box_load_scope (AmendsBehalfBox *self, const json_t *intake)
{
  gboolean has_scopes = amends_intake_path_get (intake, "representative.authority.scope") != NULL;

  for (guint i = 0; i < N_SCOPES; i++)
    gtk_check_button_set_active (self->scope_checks[i],
                                 has_scopes ? amends_intake_path_has_scope (intake, scopes[i])
                                            : i == 0);
}
