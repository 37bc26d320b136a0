/* amends-editions.c: what the landlord has published, as this device holds it
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The editions are folded from what the log holds of `org` when they are first asked for, and again once it
 * has grown by an event of `org`, written here or received. Few devices write there, so that their chains
 * lead to those events without a walk through the whole log. */

#include <string.h>

#include "core/amends-error.h"
#include "core/amends-json.h"
#include "core/amends-publish.h"
#include "store/amends-log.h"
#include "store/amends-read.h"
#include "store/amends-shipped.h"

struct _AmendsOrg
{
  AmendsEditions *editions;
  gint64 place; /* all events up to here were looked at */
};

/* Index event_by_id, for the devices that have a chain in `org`. */
static const char sql_read[] =
    AMENDS_LOG_EVENT_COLUMNS " AND feed.name = 'org'"
                             " AND event.code IN (SELECT chain.code FROM chain, feed AS own"
                             "   WHERE chain.feed = own.feed AND own.name = 'org')"
                             " AND (event.sealed IS NULL OR length (event.sealed) > 1)";
/* By place: what is new is at the end. */
static const char sql_has_grown[] = "SELECT 1 FROM event, feed WHERE feed.feed = event.feed"
                                    " AND feed.name = 'org' AND event.place > :place LIMIT 1";
static const char sql_kind[] = "SELECT kind FROM device WHERE code = :code";
static const char sql_schemes[] = "SELECT code FROM scheme ORDER BY code";

/**
 * amends_org_free:
 * @self: (nullable) (transfer full): what was read of `org`
 */
void
amends_org_free (AmendsOrg *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->editions, amends_editions_unref);
  g_free (self);
}

static gboolean
read_events (AmendsStore *store, const AmendsEditionsSource *source, GError **error)
{
  sqlite3_stmt *stmt = amends_db_prepare (store->db, sql_read, error);
  int found;

  if (stmt == NULL)
    return FALSE;
  while ((found = amends_db_step (store->db, stmt, error)) == SQLITE_ROW)
    {
      AmendsEvent *event = amends_log_load_event (store, stmt, NULL);
      AmendsId id = { "", 0 };

      if (event != NULL)
        {
          g_ptr_array_add (source->events, event);
          continue;
        }
      amends_id_init (&id, (const char *) sqlite3_column_text (stmt, 0),
                      (guint64) sqlite3_column_int64 (stmt, 1));
      g_array_append_val (source->damaged, id);
    }
  return found == SQLITE_DONE;
}

static char *
dup_kind (const char *code, gpointer user_data)
{
  AmendsStore *store = user_data;
  sqlite3_stmt *stmt = amends_db_prepare (store->db, sql_kind, NULL);
  char *kind = NULL;

  if (stmt == NULL)
    return NULL;
  amends_db_bind_text (stmt, 1, code);
  if (amends_db_step (store->db, stmt, NULL) == SQLITE_ROW)
    {
      kind = amends_db_dup_text (stmt, 0);
      sqlite3_reset (stmt);
    }
  return kind;
}

/* Folds what the log holds; without it only what ships. */
static AmendsEditions *
fold_events (AmendsStore *store, gboolean with_log, GError **error)
{
  g_autoptr (GPtrArray) events =
      g_ptr_array_new_with_free_func ((GDestroyNotify) amends_event_unref);
  g_autoptr (GArray) damaged = g_array_new (FALSE, TRUE, sizeof (AmendsId));
  g_autoptr (AmendsPolicy) code = amends_shipped_get_code ();
  g_autoptr (GPtrArray) calendars = amends_shipped_get_calendars ();
  const AmendsEditionsSource source = { .events = events,
                                        .damaged = damaged,
                                        .code = code,
                                        .calendars = calendars,
                                        .kind_of = dup_kind,
                                        .user_data = store };

  if (with_log && !read_events (store, &source, error))
    return NULL;
  return amends_editions_new (&source);
}

static void
take_editions (AmendsStore *store, AmendsEditions *editions, gint64 place)
{
  g_clear_pointer (&store->org, amends_org_free);
  store->org = g_new0 (AmendsOrg, 1);
  store->org->editions = editions;
  store->org->place = place;
}

/**
 * amends_org_step_back:
 * @place: of the last event in the log, where events were cut off its end: their places are given to others
 */
void
amends_org_step_back (AmendsStore *store, gint64 place)
{
  if (store->org != NULL)
    store->org->place = MIN (store->org->place, place);
}

/**
 * amends_org_has_grown:
 * @place: in the log
 * @ret_has_grown: (out): whether the landlord has published something after it
 *
 * Returns: %TRUE on success
 */
gboolean
amends_org_has_grown (AmendsStore *store, gint64 place, gboolean *ret_has_grown, GError **error)
{
  sqlite3_stmt *stmt = amends_db_prepare (store->db, sql_has_grown, error);
  int found;

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, place);
  found = amends_db_step (store->db, stmt, error);
  sqlite3_reset (stmt);
  *ret_has_grown = found == SQLITE_ROW;
  return found == SQLITE_ROW || found == SQLITE_DONE;
}

/**
 * amends_store_load_editions:
 *
 * As amends_store_get_editions(), for who must not go on without them.
 * Errors: %AMENDS_STORE_ERROR_LOCKED, %AMENDS_STORE_ERROR_DAMAGED if the log cannot be read.
 * Returns: (transfer none): all that is held
 */
const AmendsEditions *
amends_store_load_editions (AmendsStore *self, GError **error)
{
  gboolean has_grown = FALSE;
  AmendsEditions *editions;
  gint64 last;

  if (!amends_store_check_unlocked (self, error)
      || !amends_read_get_last_place (self, &last, error))
    return NULL;
  if (self->org != NULL && self->org->place != last
      && !amends_org_has_grown (self, self->org->place, &has_grown, error))
    return NULL;
  if (self->org == NULL || has_grown)
    {
      editions = fold_events (self, TRUE, error);
      if (editions == NULL)
        return NULL;
      take_editions (self, editions, last);
      return editions;
    }
  self->org->place = last;
  return self->org->editions;
}

/**
 * amends_store_get_editions:
 *
 * What the landlord has published, up to date with the log. Where that cannot be read it is what was
 * read last, or only what ships: the acts of people find that out for themselves.
 * Returns: (transfer none) (nullable): the editions, until more of them are written or received:
 *   take a reference to keep them; %NULL while locked
 */
const AmendsEditions *
amends_store_get_editions (AmendsStore *self)
{
  const AmendsEditions *editions = amends_store_load_editions (self, NULL);

  if (editions != NULL || self->key == NULL)
    return editions;
  if (self->org == NULL)
    take_editions (self, fold_events (self, FALSE, NULL), 0);
  return self->org->editions;
}

/* Those that the server has named, and those that this device was given. */
static GStrv
list_known_schemes (AmendsStore *self, GError **error)
{
  g_auto (GStrv) given = amends_store_list_schemes (self, FALSE, error);
  g_autoptr (GStrvBuilder) codes = g_strv_builder_new ();
  sqlite3_stmt *stmt;
  int found;

  if (given == NULL)
    return NULL;
  stmt = amends_db_prepare (self->db, sql_schemes, error);
  if (stmt == NULL)
    return NULL;
  while ((found = amends_db_step (self->db, stmt, error)) == SQLITE_ROW)
    {
      const char *code = (const char *) sqlite3_column_text (stmt, 0);

      if (!g_strv_contains ((const char *const *) given, code))
        g_strv_builder_add (codes, code);
    }
  if (found != SQLITE_DONE)
    return NULL;
  g_strv_builder_addv (codes, (const char **) given);
  return g_strv_builder_end (codes);
}

/* A device that may not write in `org` could only write what nobody heeds. */
static gboolean
check_may_publish (AmendsStore *self, GError **error)
{
  g_autoptr (GArray) feeds = amends_store_list_feeds (self, error);

  if (feeds == NULL)
    return FALSE;
  for (guint i = 0; i < feeds->len; i++)
    {
      const AmendsFeed *feed = &g_array_index (feeds, AmendsFeed, i);

      if (g_str_equal (feed->feed, "org") && feed->may_write)
        return TRUE;
    }
  amends_set_error (error, AMENDS_CORE_ERROR_REFUSED, "feed", NULL,
                    "This device may not write in “org”: whoever looks after the server can grant "
                    "that");
  return FALSE;
}

static AmendsOutcome *
write_publication (AmendsStore *self,
                   const AmendsEditions *editions,
                   const AmendsDecision *decision,
                   GError **error)
{
  g_auto (AmendsTransaction) transaction = AMENDS_TRANSACTION_INIT;
  g_autoptr (AmendsOutcome) outcome = g_new0 (AmendsOutcome, 1);
  g_autofree AmendsId *heads = NULL;
  AmendsId stream;
  guint n_heads = 0;

  if (!decision->begins)
    {
      amends_editions_get_stream (editions, &stream);
      heads = amends_editions_get_heads (editions, &n_heads);
    }
  if (!check_may_publish (self, error) || !amends_transaction_begin (&transaction, self->db, error))
    return NULL;
  outcome->events = amends_log_append (self, decision->feed, decision->begins ? NULL : &stream,
                                       heads, n_heads, decision->bodies, error);
  if (outcome->events == NULL || !amends_transaction_commit (&transaction, error))
    return NULL;
  outcome->id = ((AmendsEvent *) g_ptr_array_index (outcome->events, 0))->id;
  outcome->warnings = g_ptr_array_ref (decision->warnings);
  amends_read_touch (self);
  return g_steal_pointer (&outcome);
}

static AmendsOutcome *
publish (AmendsStore *self, AmendsPublication *publication, gboolean is_policy, GError **error)
{
  g_auto (GStrv) known = NULL;
  g_autoptr (AmendsDecision) decision = NULL;
  g_autoptr (AmendsEditions) editions = NULL;
  AmendsMoment moment;

  if (!amends_store_check_writable (self, error)
      || amends_store_load_editions (self, error) == NULL)
    return NULL;
  known = list_known_schemes (self, error);
  if (known == NULL)
    return NULL;
  publication->known_schemes = (const char *const *) known;
  publication->kind = self->identity->kind;
  editions = amends_editions_ref (self->org->editions);
  amends_store_get_moment (self, &moment);
  decision =
      is_policy
          ? amends_decide_publish_policy (editions, publication, &self->actor, &moment, error)
          : amends_decide_publish_calendar (editions, publication, &self->actor, &moment, error);
  return decision != NULL ? write_publication (self, editions, decision, error) : NULL;
}

/**
 * amends_store_publish_policy:
 * @text: the whole file
 * @file_name: what messages call it
 * @from_day: the first day on which a case can begin under it; %AMENDS_DAY_NONE for the day that the
 *   policy itself names, or today
 * @schemes: (nullable) (array zero-terminated=1): where it is in force; %NULL for everywhere
 *
 * Errors: what amends_decide_publish_policy() refuses; %AMENDS_CORE_ERROR_REFUSED if this device may not
 * write in `org`; store errors.
 * Returns: (transfer full): the edition's id, and no reference
 */
AmendsOutcome *
amends_store_publish_policy (AmendsStore *self,
                             GBytes *text,
                             const char *file_name,
                             AmendsDay from_day,
                             const char *const *schemes,
                             GError **error)
{
  AmendsPublication publication = {
    .text = text, .file_name = file_name, .from_day = from_day, .schemes = schemes
  };

  return publish (self, &publication, TRUE, error);
}

/**
 * amends_store_publish_calendar:
 * @text: the whole file
 * @file_name: what messages call it
 *
 * Errors: what amends_decide_publish_calendar() refuses; %AMENDS_CORE_ERROR_REFUSED if this device may
 * not write in `org`; store errors.
 * Returns: (transfer full): the id of the event that published it, and no reference
 */
AmendsOutcome *
amends_store_publish_calendar (AmendsStore *self,
                               GBytes *text,
                               const char *file_name,
                               GError **error)
{
  AmendsPublication publication = { .text = text,
                                    .file_name = file_name,
                                    .from_day = AMENDS_DAY_NONE };

  return publish (self, &publication, FALSE, error);
}

/**
 * amends_store_edition_to_json:
 * @complaint: a case
 *
 * Returns: (transfer full): the edition that it is under, as the command `show` prints it; null if it is
 * under none
 */
json_t *
amends_store_edition_to_json (AmendsStore *self, const AmendsCase *complaint)
{
  const AmendsEditions *editions = amends_store_get_editions (self);
  const AmendsEdition *edition;
  AmendsId id;

  if (!amends_case_get_edition (complaint, &id))
    return json_null ();
  edition = editions != NULL ? amends_editions_find (editions, &id) : NULL;
  return json_pack ("{s:o, s:s?, s:s?, s:o}", "id", amends_id_to_json (&id), "policy",
                    edition != NULL ? amends_policy_get_id (edition->policy) : NULL, "title",
                    edition != NULL ? amends_policy_get_title (edition->policy) : NULL, "from",
                    amends_day_to_json (edition != NULL ? edition->from_day : AMENDS_DAY_NONE));
}

static json_t *
author_to_json (AmendsStore *self, const AmendsEdition *edition)
{
  g_autofree char *by =
      edition->by.number != 0 ? amends_store_dup_staff_name (self, &edition->by) : NULL;
  g_autofree char *device = amends_store_dup_device_name (self, edition->id.code);

  return json_pack ("{s:o, s:{s:o, s:s?}, s:{s:s, s:s}}", "at",
                    amends_instant_to_json (edition->at), "by", "id",
                    amends_id_to_json (&edition->by), "name", by, "device", "code",
                    edition->id.code, "name", device);
}

static json_t *
strv_to_json (const char *const *words)
{
  json_t *array = words != NULL ? json_array () : json_null ();

  for (guint i = 0; words != NULL && words[i] != NULL; i++)
    json_array_append_new (array, json_string (words[i]));
  return array;
}

/* Of the schemes that are known, those where it is in force. */
static json_t *
in_force_to_json (const AmendsEditions *editions,
                  const AmendsEdition *edition,
                  const char *const *schemes,
                  AmendsDay as_of)
{
  json_t *array = json_array ();

  for (guint i = 0; schemes[i] != NULL; i++)
    if (amends_editions_get_in_force (editions, schemes[i], as_of) == edition)
      json_array_append_new (array, json_string (schemes[i]));
  return array;
}

static json_t *
policy_to_json (AmendsStore *self,
                const AmendsEditions *editions,
                const AmendsEdition *edition,
                const char *const *schemes,
                AmendsDay as_of)
{
  const AmendsPolicy *policy = edition->policy;
  json_t *json =
      json_pack ("{s:o, s:s?, s:s?, s:s?, s:s?, s:s?, s:o, s:o, s:o, s:b, s:o, s:s?}", "id",
                 amends_id_to_json (&edition->id), "policy", edition->name, "landlord",
                 policy != NULL ? amends_policy_get_landlord (policy) : NULL, "title",
                 policy != NULL ? amends_policy_get_title (policy) : NULL, "version",
                 policy != NULL ? amends_policy_get_version (policy) : NULL, "calendar",
                 policy != NULL ? amends_policy_get_calendar_id (policy) : NULL, "from",
                 amends_day_to_json (edition->from_day), "schemes",
                 strv_to_json ((const char *const *) edition->schemes), "in_force",
                 in_force_to_json (editions, edition, schemes, as_of), "everywhere",
                 amends_editions_get_in_force (editions, NULL, as_of) == edition, "rival",
                 amends_id_to_json (&edition->rival), "problem", edition->problem);
  json_auto_t *author = author_to_json (self, edition);

  json_object_update (json, author);
  return json;
}

static json_t *
calendar_to_json (AmendsStore *self, const AmendsEdition *edition)
{
  const AmendsCalendar *calendar = edition->calendar;
  json_t *json =
      json_pack ("{s:o, s:s?, s:s?, s:o, s:o, s:s?}", "id", amends_id_to_json (&edition->id),
                 "calendar", edition->name, "name",
                 calendar != NULL ? amends_calendar_get_name (calendar) : NULL, "first_day",
                 amends_day_to_json (calendar != NULL ? amends_calendar_get_first_day (calendar)
                                                      : AMENDS_DAY_NONE),
                 "last_day",
                 amends_day_to_json (calendar != NULL ? amends_calendar_get_last_day (calendar)
                                                      : AMENDS_DAY_NONE),
                 "problem", edition->problem);
  json_auto_t *author = author_to_json (self, edition);

  json_object_update (json, author);
  return json;
}

/**
 * amends_store_editions_to_json:
 * @as_of: the day that is asked about
 *
 * Errors: as amends_store_load_editions().
 * Returns: (transfer full): what is held and where it is in force, as `policy editions` prints it
 */
json_t *
amends_store_editions_to_json (AmendsStore *self, AmendsDay as_of, GError **error)
{
  const AmendsEditions *editions = amends_store_load_editions (self, error);
  g_auto (GStrv) schemes = editions != NULL ? list_known_schemes (self, error) : NULL;
  json_t *policies, *calendars;

  if (schemes == NULL)
    return NULL;
  policies = json_array ();
  calendars = json_array ();
  for (guint i = 0; i < amends_editions_get_n_editions (editions); i++)
    {
      const AmendsEdition *edition = amends_editions_get_nth (editions, i);

      if (edition->type == AMENDS_EVENT_CALENDAR_PUBLISHED)
        json_array_append_new (calendars, calendar_to_json (self, edition));
      else
        json_array_append_new (policies, policy_to_json (self, editions, edition,
                                                         (const char *const *) schemes, as_of));
    }
  return json_pack ("{s:o, s:o, s:o}", "as_of", amends_day_to_json (as_of), "editions", policies,
                    "calendars", calendars);
}
