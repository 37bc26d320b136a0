/* amends-staff.c: a member of staff, folded from their events
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The first event of the stream names them; a later one may name them anew, or say what their roles are.
 * Who may record roles is for the store to say before it writes: what is written stands, and the log says
 * who did. */

#include "core/amends-staff.h"

#include <string.h>

#include "core/amends-codes.h"
#include "core/amends-fold.h"

static gboolean
holds (const json_t *roles, const char *role)
{
  for (gsize i = 0; i < json_array_size (roles); i++)
    if (g_strcmp0 (json_string_value (json_array_get (roles, i)), role) == 0)
      return TRUE;
  return FALSE;
}

/* The roles that every version holds. */
static char **
dup_roles (const AmendsField *field)
{
  const AmendsCodeList *list = amends_codes_get_list ("role");
  g_autoptr (GStrvBuilder) roles = g_strv_builder_new ();

  for (guint i = 0; field != NULL && i < list->n_codes; i++)
    {
      gboolean is_in_all = TRUE;

      for (guint w = 0; w < field->writes->len; w++)
        is_in_all &=
            holds (g_array_index (field->writes, AmendsWrite, w).value, list->codes[i].code);
      if (is_in_all)
        g_strv_builder_add (roles, list->codes[i].code);
    }
  return g_strv_builder_end (roles);
}

/**
 * amends_staff_new:
 * @events: (array length=n_events): all events held of one stream, in any order
 * @n_events: at least 1
 *
 * Returns: (transfer full) (nullable): who it is; %NULL if the stream is not that of a member of staff
 */
AmendsStaff *
amends_staff_new (AmendsEvent *const *events, guint n_events)
{
  g_autoptr (AmendsFold) fold = NULL;
  g_autoptr (AmendsFields) fields = NULL;
  const AmendsField *name;
  AmendsStaff *self;

  g_return_val_if_fail (events != NULL && n_events > 0, NULL);

  fold = amends_fold_new (events, n_events);
  fields = amends_fields_new (fold);
  for (guint place = 0; place < amends_fold_get_n_events (fold); place++)
    {
      const AmendsEvent *event = amends_fold_get_event (fold, place);
      json_auto_t *body = event->body != NULL ? amends_event_load_body (event, NULL) : NULL;
      json_t *text = json_object_get (body, "name");
      json_t *roles = json_object_get (body, "roles");

      if (amends_body_get_type (body) != AMENDS_EVENT_STAFF_RECORDED)
        continue;
      if (json_is_string (text))
        amends_fields_write (fields, "name", place, json_incref (text));
      if (json_is_array (roles))
        amends_fields_write (fields, "roles", place, json_incref (roles));
    }

  name = amends_fields_get (fields, "name");
  if (name == NULL)
    return NULL;
  self = g_new0 (AmendsStaff, 1);
  self->id = events[0]->stream;
  self->name = g_strdup (json_string_value (amends_field_get_shown (name, fold)->value));
  self->roles = dup_roles (amends_fields_get (fields, "roles"));
  return self;
}

/**
 * amends_staff_free:
 * @self: (nullable) (transfer full): a member of staff
 */
void
amends_staff_free (AmendsStaff *self)
{
  if (self == NULL)
    return;
  g_free (self->name);
  g_strfreev (self->roles);
  g_free (self);
}
