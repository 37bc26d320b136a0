/* amends-attachments-json.c: attachments as commands print them, and screens list them
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/amends-json.h"
#include "store/amends-attachments.h"

/**
 * amends_attachment_state_get_word:
 * @attachment: whose it is
 *
 * Returns: (transfer none): "waiting", "sending", "held" (at head office), "arriving", "to-fetch", "large"
 * for one that comes only when somebody asks for it, or "unopenable"
 */
const char *
amends_attachment_state_get_word (const AmendsAttachmentState *self,
                                  const AmendsAttachment *attachment)
{
  if (self->is_whole)
    return self->there_at != 0 ? "held" : self->n_there > 0 ? "sending" : "waiting";
  if (self->is_unopenable)
    return "unopenable";
  if (self->n_here > 0)
    return "arriving";
  if (attachment->size > AMENDS_ATTACHMENT_UNASKED_BYTES && !self->is_wanted)
    return "large";
  return "to-fetch";
}

static json_t *
attachment_to_json (AmendsStore *store, const AmendsAttachment *attachment, GError **error)
{
  static const char *const facts[] = { "name",    "media",       "what",     "size",
                                       "caption", "third_party", "metadata", "of" };
  g_autofree char *by_name =
      attachment->by.number != 0 ? amends_store_dup_staff_name (store, &attachment->by) : NULL;
  AmendsAttachmentState state;
  json_t *json;

  if (!amends_store_get_attachment_state (store, attachment, &state, error))
    return NULL;
  json = json_pack ("{s:o}", "id", amends_id_to_json (&attachment->id));
  for (guint i = 0; i < G_N_ELEMENTS (facts); i++)
    {
      json_t *value = json_object_get (attachment->details, facts[i]);

      json_object_set (json, facts[i], value != NULL ? value : json_null ());
    }
  json_object_set_new (json, "at", amends_instant_to_json (attachment->at));
  json_object_set_new (json, "by",
                       json_pack ("{s:o, s:s?}", "id", amends_id_to_json (&attachment->by), "name",
                                  by_name));
  json_object_set_new (json, "state",
                       json_string (amends_attachment_state_get_word (&state, attachment)));
  json_object_set_new (json, "parts", json_integer (state.n_parts));
  json_object_set_new (json, "here", json_integer (state.n_here));
  json_object_set_new (json, "there", json_integer (state.n_there));
  json_object_set_new (json, "there_at", amends_instant_to_json (state.there_at));
  json_object_set_new (json, "event_sent", json_boolean (state.is_sent));
  return json;
}

/**
 * amends_store_attachments_to_json:
 * @complaint: a case
 *
 * Returns: (transfer full): [{"id","name","media","what","size","caption","third_party","metadata","of",
 * "at","by":{"id","name"},"state","parts","here","there","there_at","event_sent"}]
 */
json_t *
amends_store_attachments_to_json (AmendsStore *self, const AmendsCase *complaint, GError **error)
{
  json_t *list = json_array ();

  for (guint i = 0; i < amends_case_get_n_attachments (complaint); i++)
    {
      json_t *json = attachment_to_json (self, amends_case_get_attachment (complaint, i), error);

      if (json == NULL)
        {
          json_decref (list);
          return NULL;
        }
      json_array_append_new (list, json);
    }
  return list;
}
