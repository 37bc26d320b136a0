/* amends-carriages.c: who carried away what waits at a kiosk
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A kiosk writes it before it writes the file, so that the file has it too, and whoever pulls the stick or the plug has
 * not undone it. Of a file of which nothing came that is said behind it, in the same stream. Where nothing waits nobody
 * carries anything, and nothing is written. */

#include "store/amends-carriages.h"

#include <string.h>

#include "core/amends-instant.h"
#include "core/amends-json.h"
#include "core/amends-register.h"
#include "store/amends-known.h"
#include "store/amends-log.h"
#include "store/amends-read.h"

/**
 * amends_carriage_free:
 * @self: (nullable) (transfer full): what was carried
 */
void
amends_carriage_free (AmendsCarriage *self)
{
  if (self == NULL)
    return;
  g_free (self->code);
  g_free (self->device);
  g_free (self->name);
  g_free (self->scheme);
  g_free (self->stick);
  g_free (self);
}

/* ------------------------------------------------------------ at the kiosk */

/* @stream: (nullable): what is said of it, where this does not begin it; nobody else writes there */
static gboolean
write_said (AmendsStore *self,
            const json_t *said,
            const AmendsId *stream,
            AmendsId *ret_id,
            GError **error)
{
  g_auto (AmendsTransaction) transaction = AMENDS_TRANSACTION_INIT;
  g_auto (GStrv) schemes = amends_store_list_schemes (self, TRUE, error);
  g_autoptr (AmendsDecision) decision = NULL;
  g_autoptr (GPtrArray) written = NULL;
  json_auto_t *taken = NULL;
  AmendsMoment moment;

  amends_store_get_moment (self, &moment);
  if (schemes != NULL)
    taken = amends_register_take (AMENDS_REGISTER_CARRIAGES, said, (const char *const *) schemes,
                                  &moment, NULL, error);
  if (taken != NULL)
    decision =
        amends_decide_register (AMENDS_REGISTER_CARRIAGES, taken, &self->actor, &moment, error);
  if (decision == NULL || !amends_transaction_begin (&transaction, self->db, error))
    return FALSE;
  written = amends_log_append (self, decision->feed, stream, stream, stream != NULL ? 1 : 0,
                               decision->bodies, error);
  if (written == NULL || !amends_transaction_commit (&transaction, error))
    return FALSE;
  if (ret_id != NULL)
    *ret_id = ((const AmendsEvent *) g_ptr_array_index (written, 0))->id;
  amends_read_touch (self);
  return TRUE;
}

/**
 * amends_store_begin_carriage:
 * @carrier: who takes what waits away
 * @ret_id: (out): what amends_store_fail_carriage() is told of it; number 0 where nothing waits, and nothing is written
 *
 * It is sealed as the records are: this device keeps nothing of it that it could open.
 * Errors: %AMENDS_CORE_ERROR_INVALID, naming the field; store errors.
 * Returns: %TRUE once it is durable
 */
gboolean
amends_store_begin_carriage (AmendsStore *self,
                             const AmendsCarrier *carrier,
                             AmendsId *ret_id,
                             GError **error)
{
  char staff[AMENDS_ID_BUFFER];
  char oldest[AMENDS_INSTANT_TEXT_SIZE];
  json_auto_t *said = NULL;
  gint64 oldest_at;
  guint n_records;
  AmendsHead head;

  memset (ret_id, 0, sizeof *ret_id);
  if (!amends_store_check_writable (self, error) || !amends_log_get_head (self, &head, error)
      || !amends_waiting_read (self, &head, &n_records, &oldest_at, error))
    return FALSE;
  if (n_records == 0)
    return TRUE;
  amends_id_format_to (&carrier->staff, staff);
  amends_instant_format_to (oldest_at, oldest);
  said = json_pack ("{s:s, s:s, s:s, s:s, s:i, s:s}", "staff", staff, "scheme", carrier->scheme,
                    "name", carrier->name, "stick", carrier->stick, "records", (int) n_records,
                    "oldest", oldest);
  return write_said (self, said, NULL, ret_id, error);
}

/**
 * amends_store_fail_carriage:
 * @carrier: as for amends_store_begin_carriage()
 * @id: what that gave
 *
 * Says that no file came of it.
 * Errors: as amends_store_begin_carriage().
 * Returns: %TRUE once it is durable
 */
gboolean
amends_store_fail_carriage (AmendsStore *self,
                            const AmendsCarrier *carrier,
                            const AmendsId *id,
                            GError **error)
{
  json_auto_t *said = json_pack ("{s:s, s:s, s:b}", "scheme", carrier->scheme, "stick",
                                 carrier->stick, "failed", TRUE);

  return id->number == 0 || write_said (self, said, id, NULL, error);
}

/* ------------------------------------------------------------ where it is read */

/* (nullable): of what was written to be one. */
static AmendsCarriage *
make_carriage (AmendsStore *self, const GPtrArray *events)
{
  g_autoptr (AmendsRegistered) entry =
      amends_registered_new (AMENDS_REGISTER_CARRIAGES, (AmendsEvent *const *) events->pdata,
                             events->len);
  AmendsEvent *first = g_ptr_array_index (events, 0);
  AmendsCarriage *carriage;
  const char *staff;
  const char *oldest;

  if (entry == NULL || amends_registered_get_text (entry, "name") == NULL)
    return NULL;
  staff = amends_registered_get_text (entry, "staff");
  oldest = amends_registered_get_text (entry, "oldest");
  carriage = g_new0 (AmendsCarriage, 1);
  carriage->code = g_strdup (first->id.code);
  carriage->device = amends_store_dup_device_name (self, first->id.code);
  carriage->name = g_strdup (amends_registered_get_text (entry, "name"));
  carriage->scheme = g_strdup (amends_registered_get_text (entry, "scheme"));
  carriage->stick = g_strdup (amends_registered_get_text (entry, "stick"));
  carriage->n_records = (guint) json_integer_value (json_object_get (entry->said, "records"));
  carriage->is_failed = json_is_true (json_object_get (entry->said, "failed"));
  if (staff == NULL || !amends_id_parse_len (staff, strlen (staff), &carriage->staff))
    carriage->staff.number = 0;
  if (oldest == NULL || !amends_instant_parse (oldest, &carriage->oldest_at, NULL))
    carriage->oldest_at = 0;
  carriage->at = first->body != NULL ? amends_body_get_at (amends_event_get_json (first)) : 0;
  return carriage;
}

static int
compare_newest_first (gconstpointer a, gconstpointer b)
{
  const AmendsCarriage *one = *(const AmendsCarriage *const *) a;
  const AmendsCarriage *other = *(const AmendsCarriage *const *) b;

  return (one->at < other->at) - (one->at > other->at);
}

/* By device, and of each what it wrote last first. */
static int
compare_streams (gconstpointer a, gconstpointer b)
{
  const AmendsId *one = a;
  const AmendsId *other = b;
  int by_code = strcmp (one->code, other->code);

  return by_code != 0 ? by_code : (one->number < other->number) - (one->number > other->number);
}

/* Returns: (transfer full) (nullable) (element-type AmendsId): of all carriages, in the order of compare_streams() */
static GArray *
list_streams (AmendsStore *self, GError **error)
{
  g_autoptr (GHashTable) known = amends_known_load (self, AMENDS_REGISTER_CARRIAGES, error);
  GArray *all;
  GHashTableIter iter;
  gpointer streams;

  if (known == NULL)
    return NULL;
  all = g_array_new (FALSE, FALSE, sizeof (AmendsId));
  g_hash_table_iter_init (&iter, known);
  while (g_hash_table_iter_next (&iter, NULL, &streams))
    g_array_append_vals (all, ((GArray *) streams)->data, ((GArray *) streams)->len);
  g_array_sort (all, compare_streams);
  return all;
}

/**
 * amends_store_list_carriages:
 * @n_max: how many are wanted
 *
 * Of the kiosks of the schemes that this device serves. So many of each kiosk are read, and not all of years.
 * Errors: those of amends_read_ensure() and amends_log_read_stream().
 * Returns: (transfer full) (element-type AmendsCarriage): the newest first, by the clocks of the kiosks
 */
GPtrArray *
amends_store_list_carriages (AmendsStore *self, guint n_max, GError **error)
{
  g_autoptr (GPtrArray) carriages =
      g_ptr_array_new_with_free_func ((GDestroyNotify) amends_carriage_free);
  g_autoptr (GArray) streams = list_streams (self, error);
  const char *code = "";
  guint n_of_code = 0;

  if (streams == NULL)
    return NULL;
  for (guint i = 0; i < streams->len; i++)
    {
      const AmendsId *stream = &g_array_index (streams, AmendsId, i);
      g_autoptr (GPtrArray) events = NULL;
      AmendsCarriage *carriage;

      n_of_code = strcmp (code, stream->code) == 0 ? n_of_code : 0;
      code = stream->code;
      if (n_of_code >= n_max)
        continue;
      events = amends_log_read_stream (self, stream, error);
      if (events == NULL)
        return NULL;
      carriage = events->len > 0 ? make_carriage (self, events) : NULL;
      if (carriage == NULL)
        continue;
      g_ptr_array_add (carriages, carriage);
      n_of_code++;
    }
  g_ptr_array_sort (carriages, compare_newest_first);
  g_ptr_array_set_size (carriages, (int) MIN (carriages->len, n_max));
  return g_steal_pointer (&carriages);
}

/**
 * amends_carriage_to_json:
 *
 * Returns: (transfer full): as the command `status` prints it
 */
json_t *
amends_carriage_to_json (const AmendsCarriage *self)
{
  char staff[AMENDS_ID_BUFFER];

  amends_id_format_to (&self->staff, staff);
  return json_pack ("{s:s, s:s, s:o, s:s, s:s?, s:s?, s:i, s:o, s:o, s:b}", "code", self->code,
                    "device", self->device, "staff",
                    self->staff.number != 0 ? json_string (staff) : json_null (), "name",
                    self->name, "scheme", self->scheme, "stick", self->stick, "records",
                    (int) self->n_records, "oldest", amends_instant_to_json (self->oldest_at), "at",
                    amends_instant_to_json (self->at), "failed", self->is_failed);
}
