/* amends-decide-attach.c: what may be said of a file that is attached to a case
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * No act that a person writes by hand: size, key and root come from whoever has cut and sealed the file. */

#include "core/amends-decide-private.h"
#include "core/amends-error.h"
#include "core/amends-schema.h"

G_STATIC_ASSERT (AMENDS_ATTACHMENT_MAX_BYTES <= G_MAXUINT);

/* The order of the keys in the body: append, never reorder. */
static const AmendsSchemaField attached_fields[] = {
  { "name", AMENDS_SCHEMA_LINE, .flags = AMENDS_SCHEMA_REQUIRED },
  { "media", AMENDS_SCHEMA_LINE, .flags = AMENDS_SCHEMA_REQUIRED },
  { "what", AMENDS_SCHEMA_CODE, .flags = AMENDS_SCHEMA_REQUIRED, .codes = "attachment-what" },
  { "size", AMENDS_SCHEMA_INTEGER, .flags = AMENDS_SCHEMA_REQUIRED, .min = 1,
    .max = (guint) AMENDS_ATTACHMENT_MAX_BYTES },
  { "key", AMENDS_SCHEMA_LINE, .flags = AMENDS_SCHEMA_REQUIRED },
  { "root", AMENDS_SCHEMA_LINE, .flags = AMENDS_SCHEMA_REQUIRED },
  { "caption", AMENDS_SCHEMA_TEXT },
  { "third_party", AMENDS_SCHEMA_BOOLEAN_OR_TEXT },
  { "metadata", AMENDS_SCHEMA_CODE, .codes = "attachment-metadata" },
  { "of", AMENDS_SCHEMA_LINE },
  { NULL },
};

/**
 * amends_decide_add_attached:
 * @decision: about the case; the file comes after all that is in it
 * @facts: name, media, what, size, key, root; caption, third_party, metadata, of
 * @by: (nullable): the member of staff; %NULL if nobody is signed in
 * @moment: now
 *
 * Errors: %AMENDS_CORE_ERROR_INVALID or %AMENDS_CORE_ERROR_TOO_LARGE, with the field.
 * Returns: %TRUE on success
 */
gboolean
amends_decide_add_attached (AmendsDecision *decision,
                            const json_t *facts,
                            const AmendsActor *by,
                            const AmendsMoment *moment,
                            GError **error)
{
  const AmendsSchemaContext context = { .today = amends_moment_get_today (moment),
                                        .warnings = decision->warnings };
  json_auto_t *taken = amends_schema_take (attached_fields, facts, &context, error);
  AmendsAttachment attachment;
  json_t *body;

  if (taken == NULL)
    return FALSE;
  body = amends_decision_begin_body (amends_event_type_to_string (AMENDS_EVENT_CASE_ATTACHED),
                                     by != NULL ? &by->id : NULL, moment);
  json_object_update (body, taken);
  if (!amends_attachment_read (body, &attachment))
    {
      json_decref (body);
      amends_set_error (error, AMENDS_CORE_ERROR_INVALID, "key", NULL,
                        "“key” and “root” are 32 bytes each in base 64");
      return FALSE;
    }
  return amends_decision_add_body (decision, body, "caption", error);
}

/**
 * amends_decide_attach:
 * @complaint: the case as it stands on this device
 * @facts: as for amends_decide_add_attached()
 * @by: (nullable): the member of staff; %NULL if nobody is signed in
 * @moment: now
 *
 * Attaching is recording, and never refused for the state of a case: what a resident brings to a closed
 * case is kept.
 *
 * Errors: of amends_decide_add_attached().
 * Returns: (transfer full): what is to be written
 */
AmendsDecision *
amends_decide_attach (const AmendsCase *complaint,
                      const json_t *facts,
                      const AmendsActor *by,
                      const AmendsMoment *moment,
                      GError **error)
{
  g_autoptr (AmendsDecision) decision = NULL;

  g_return_val_if_fail (complaint != NULL && moment != NULL, NULL);

  decision = amends_decision_new (amends_case_get_feed (complaint));
  return amends_decide_add_attached (decision, facts, by, moment, error)
             ? g_steal_pointer (&decision)
             : NULL;
}
