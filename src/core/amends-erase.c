/* amends-erase.c: erasing what is held about a person: one asks, another agrees, the trace stays
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Source: UK GDPR, Article 17 (erasure) and 17(3)(e) (not what a legal claim needs); the data protection
 * principle of storage limitation, Article 5(1)(e). */

#include "core/amends-erase.h"

#include <string.h>

#include "core/amends-case-private.h"
#include "core/amends-decide-private.h"
#include "core/amends-error.h"
#include "core/amends-json.h"
#include "core/amends-move.h"
#include "core/amends-retention.h"

/* Who may, where roles are recorded: data protection, and who answers for the whole. */
static const char *const eraser_roles[] = { "data-protection", "senior-lead", "executive-lead",
                                            "member-responsible", NULL };

/**
 * amends_erase_read_ids:
 * @ids: (nullable): an array of ids, as an event has it
 *
 * Returns: (transfer full) (element-type AmendsId): those that are ids, each once, at most
 * %AMENDS_ERASE_MAX_EVENTS
 */
GArray *
amends_erase_read_ids (const json_t *ids)
{
  g_autoptr (GHashTable) seen =
      g_hash_table_new_full (amends_id_hash, amends_id_equal, g_free, NULL);
  GArray *list = g_array_new (FALSE, FALSE, sizeof (AmendsId));

  for (gsize i = 0; i < json_array_size (ids) && list->len < AMENDS_ERASE_MAX_EVENTS; i++)
    {
      const char *text = json_string_value (json_array_get (ids, i));
      AmendsId id;

      if (text != NULL && amends_id_parse_len (text, strlen (text), &id)
          && g_hash_table_add (seen, amends_id_copy (&id)))
        g_array_append_val (list, id);
    }
  return list;
}

/* Who asked and who agreed; and where the case is: without that the scheme that it left would see again what it was
 * moved away from. */
static gboolean
is_trace (const AmendsHistoryEntry *entry)
{
  return entry->type == AMENDS_EVENT_CASE_ERASURE_ASKED
         || entry->type == AMENDS_EVENT_CASE_ERASURE_AGREED || amends_body_says_where (entry->body);
}

/* In the feed of the case, and of one that was moved in those of all schemes in which it was: what stands elsewhere, as
 * what is restricted, the server would not erase. */
static gboolean
is_erased_with_case (const AmendsCase *complaint, const char *feed)
{
  return g_str_equal (feed, amends_case_get_feed (complaint))
         || (amends_case_was_moved (complaint) && g_str_has_prefix (feed, "s."));
}

/**
 * amends_erase_list_all:
 *
 * Returns: (transfer full) (element-type AmendsId): all events of the case that still have a body and are not
 * the trace of an erasure or what says where the case is, in the fold's order
 */
GArray *
amends_erase_list_all (const AmendsCase *complaint)
{
  GArray *list = g_array_new (FALSE, FALSE, sizeof (AmendsId));

  for (guint i = 0; i < amends_case_get_n_history (complaint); i++)
    {
      const AmendsHistoryEntry *entry = amends_case_get_history (complaint, i);

      if (entry->event->body != NULL && !is_trace (entry)
          && is_erased_with_case (complaint, entry->event->feed))
        g_array_append_val (list, entry->event->id);
    }
  return list;
}

/* How the fold sees them. */

static void
erasure_free (gpointer data)
{
  AmendsCaseErasure *erasure = data;

  g_array_unref (erasure->events);
  g_ptr_array_unref (erasure->left);
  g_free (erasure);
}

/* The history, by id: who writes into a case may ask, and agree, as often as they like, and each naming thousands. */
typedef struct
{
  GHashTable *whole; /* AmendsId * -> AmendsEvent: those that are held themselves and have a body */
  GHashTable *trace; /* AmendsId *: of what is not erased */
  GHashTable
      *agreed; /* AmendsId * of an ask -> GPtrArray of AmendsHistoryEntry *, in the fold's order */
} Index;

static void
index_agreement (Index *self, const AmendsHistoryEntry *entry)
{
  const char *text = json_string_value (json_object_get (entry->body, "ask"));
  GPtrArray *list;
  AmendsId id;

  if (text == NULL || !amends_id_parse_len (text, strlen (text), &id))
    return;
  list = g_hash_table_lookup (self->agreed, &id);
  if (list == NULL)
    {
      list = g_ptr_array_new ();
      g_hash_table_insert (self->agreed, amends_id_copy (&id), list);
    }
  g_ptr_array_add (list, (gpointer) entry);
}

static void
index_init (Index *self, const AmendsCase *complaint)
{
  self->whole = g_hash_table_new (amends_id_hash, amends_id_equal);
  self->trace = g_hash_table_new (amends_id_hash, amends_id_equal);
  self->agreed = g_hash_table_new_full (amends_id_hash, amends_id_equal, g_free,
                                        (GDestroyNotify) g_ptr_array_unref);
  for (guint i = 0; i < complaint->history->len; i++)
    {
      const AmendsHistoryEntry *entry = &g_array_index (complaint->history, AmendsHistoryEntry, i);

      if (entry->event->body != NULL && entry->carrier == NULL)
        g_hash_table_insert (self->whole, &entry->event->id, entry->event);
      if (is_trace (entry))
        g_hash_table_add (self->trace, &entry->event->id);
      if (entry->type == AMENDS_EVENT_CASE_ERASURE_AGREED)
        index_agreement (self, entry);
    }
}

static void
index_clear (Index *self)
{
  g_clear_pointer (&self->whole, g_hash_table_unref);
  g_clear_pointer (&self->trace, g_hash_table_unref);
  g_clear_pointer (&self->agreed, g_hash_table_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Index, index_clear)

/* What @ask names and can go. */
static GArray *
read_named (const Index *self, const AmendsHistoryEntry *ask)
{
  GArray *named = amends_erase_read_ids (json_object_get (ask->body, "events"));

  for (guint i = named->len; i-- > 0;)
    if (g_hash_table_contains (self->trace, &g_array_index (named, AmendsId, i)))
      g_array_remove_index (named, i);
  return named;
}

/* The agreement to @ask, by another person on another device than asked. */
static const AmendsHistoryEntry *
find_agreement (const Index *self, const AmendsHistoryEntry *ask)
{
  const GPtrArray *list = g_hash_table_lookup (self->agreed, &ask->event->id);

  for (guint i = 0; list != NULL && i < list->len; i++)
    {
      const AmendsHistoryEntry *entry = g_ptr_array_index (list, i);

      if (strcmp (entry->event->id.code, ask->event->id.code) != 0
          && !amends_id_equal (&entry->by, &ask->by))
        return entry;
    }
  return NULL;
}

/* What still has a body of @events, each of which is there once, and of what carries them. */
static GPtrArray *
list_left (const AmendsCase *self, const Index *index, const GArray *events)
{
  GPtrArray *left = g_ptr_array_new ();

  for (guint i = 0; i < events->len; i++)
    {
      const AmendsId *id = &g_array_index (events, AmendsId, i);
      AmendsEvent *event = g_hash_table_lookup (index->whole, id);
      const GPtrArray *copies = g_hash_table_lookup (self->copies, id);

      if (event != NULL)
        g_ptr_array_add (left, event);
      for (guint c = 0; copies != NULL && c < copies->len; c++)
        g_ptr_array_add (left, copies->pdata[c]);
    }
  return left;
}

static gboolean
has_id (const GArray *ids, const AmendsId *id)
{
  for (guint i = 0; i < ids->len; i++)
    if (amends_id_equal (&g_array_index (ids, AmendsId, i), id))
      return TRUE;
  return FALSE;
}

/**
 * amends_case_is_to_go:
 * @id: of an event
 *
 * Returns: whether two people have agreed that it be erased
 */
gboolean
amends_case_is_to_go (const AmendsCase *self, const AmendsId *id)
{
  return g_hash_table_contains (self->to_go, id);
}

/* Whether the event that began it was erased: where it is here it has no body; where it is not, since only what carried
 * it was held, @erasure is one that two agreed on and that names it. */
static gboolean
is_root_erased (const AmendsCase *self, const AmendsCaseErasure *erasure)
{
  const AmendsEvent *root = amends_fold_get_event (self->fold, self->root);

  return amends_id_equal (&root->id, &self->id)
             ? root->body == NULL
             : erasure != NULL && erasure->agreed != NULL && has_id (erasure->events, &self->id);
}

/**
 * amends_case_find_erasures:
 *
 * Pairs who asked with who agreed. What was erased says by what name the case was known: the trace has it.
 */
void
amends_case_find_erasures (AmendsCase *self)
{
  g_auto (Index) index = { NULL };

  index_init (&index, self);
  self->erasures = g_ptr_array_new_with_free_func (erasure_free);
  self->is_erased = is_root_erased (self, NULL);
  for (guint i = 0; i < self->history->len; i++)
    {
      const AmendsHistoryEntry *entry = &g_array_index (self->history, AmendsHistoryEntry, i);
      json_t *reference = json_object_get (entry->body, "reference");
      AmendsCaseErasure *erasure;

      if (entry->type != AMENDS_EVENT_CASE_ERASURE_ASKED)
        continue;
      erasure = g_new0 (AmendsCaseErasure, 1);
      erasure->asked = entry;
      erasure->agreed = find_agreement (&index, entry);
      erasure->events = read_named (&index, entry);
      erasure->left = list_left (self, &index, erasure->events);
      erasure->n_left = erasure->left->len;
      for (guint n = 0; erasure->agreed != NULL && n < erasure->events->len; n++)
        g_hash_table_add (self->to_go, &g_array_index (erasure->events, AmendsId, n));
      g_ptr_array_add (self->erasures, erasure);
      self->is_erased |= is_root_erased (self, erasure);
      if (json_is_string (reference) && is_root_erased (self, erasure))
        amends_fields_write (self->fields, "reference", i, json_incref (reference));
    }
}

/**
 * amends_case_get_n_erasures:
 *
 * Returns: how often it was asked that something of the case be erased
 */
guint
amends_case_get_n_erasures (const AmendsCase *self)
{
  return self->erasures->len;
}

/**
 * amends_case_get_erasure:
 * @n: from 0, in the fold's order
 *
 * Returns: (transfer none): the erasure
 */
const AmendsCaseErasure *
amends_case_get_erasure (const AmendsCase *self, guint n)
{
  return g_ptr_array_index (self->erasures, n);
}

/**
 * amends_case_is_erased:
 *
 * Returns: whether the event that began it was erased: what is left is the trace, and what came later
 */
gboolean
amends_case_is_erased (const AmendsCase *self)
{
  return self->is_erased;
}

/* Whether two may. */

static gboolean
refuse (const AmendsQuestion *self, GError **error, const char *provision, const char *what)
{
  return amends_question_refuse (self, error, "type", NULL, provision, "%s", what);
}

static gboolean
check_actor (const AmendsQuestion *self, GError **error)
{
  const char *const *roles = self->actor != NULL ? self->actor->roles : NULL;

  if (self->actor == NULL || self->actor->id.number == 0)
    return refuse (self, error, NULL, "Nobody is signed in who could answer for it");
  if (roles == NULL || roles[0] == NULL)
    return TRUE;
  for (guint i = 0; eraser_roles[i] != NULL; i++)
    if (g_strv_contains (roles, eraser_roles[i]))
      return TRUE;
  return refuse (self, error, NULL, "Erasing is for data protection or a senior lead");
}

/* A claim that stands in any version of the case. Source: UK GDPR, Article 17(3)(e). */
static gboolean
check_claim (const AmendsQuestion *self, GError **error)
{
  if (amends_case_is_claim_filed (self->complaint))
    return refuse (self, error, NULL,
                   "A legal claim is open: nothing of it is erased until that is over (UK GDPR, "
                   "Article 17(3)(e))");
  return TRUE;
}

/* The server hears two people where both are: who asked before the case was moved asks again where it is. */
static gboolean
is_open (const AmendsQuestion *self, const AmendsCaseErasure *erasure)
{
  return erasure->agreed == NULL && erasure->n_left > 0
         && g_str_equal (erasure->asked->event->feed, amends_case_get_feed (self->complaint));
}

/* Nobody could say where the two are to be who ask and agree. */
static gboolean
check_place (AmendsQuestion *self, GError **error)
{
  return amends_case_get_n_places (self->complaint) == 1
         || refuse (self, error, NULL,
                    "It was moved to two schemes at once: settle first in which of them it is");
}

/**
 * amends_decide_may_ask_erasure:
 *
 * Returns: whether it may be asked that something of the case be erased
 */
gboolean
amends_decide_may_ask_erasure (AmendsQuestion *self, GError **error)
{
  g_autoptr (GArray) all = amends_erase_list_all (self->complaint);

  if (!check_actor (self, error) || !check_claim (self, error))
    return FALSE;
  if (!check_place (self, error))
    return FALSE;
  if (all->len == 0)
    return refuse (self, error, NULL, "All of it was erased already");
  amends_question_warn (
      self, NULL, NULL,
      "Nothing goes until another person has agreed on another device. Then it is "
      "gone from the server and from every device, and cannot be brought back");
  if (strcmp (amends_case_get_state (self->complaint), "open") == 0)
    amends_question_warn (self, NULL, NULL, "The case is open: what it owes is erased with it");
  return TRUE;
}

/**
 * amends_decide_check_erasure_asked:
 *
 * Returns: whether what is named is of this case and has not gone yet
 */
gboolean
amends_decide_check_erasure_asked (AmendsQuestion *self, GError **error)
{
  g_autoptr (GArray) all = amends_erase_list_all (self->complaint);
  const json_t *asked = json_object_get (self->act, "events");
  g_autoptr (GArray) ids = amends_erase_read_ids (asked);

  if (asked == NULL && all->len > AMENDS_ERASE_MAX_EVENTS)
    {
      amends_set_error (error, AMENDS_CORE_ERROR_TOO_LARGE, "events", NULL,
                        "At most %d records are erased at a time: name them",
                        AMENDS_ERASE_MAX_EVENTS);
      return FALSE;
    }
  for (guint i = 0; i < json_array_size (asked); i++)
    {
      gboolean found = FALSE;

      for (guint a = 0; i < ids->len && a < all->len && !found; a++)
        found =
            amends_id_equal (&g_array_index (ids, AmendsId, i), &g_array_index (all, AmendsId, a));
      if (!found)
        {
          amends_set_error (error, AMENDS_CORE_ERROR_INVALID, "events", NULL,
                            "“events” names each record of this case once, by its id");
          return FALSE;
        }
    }
  return TRUE;
}

static gboolean
is_another (const AmendsQuestion *self, const AmendsCaseErasure *erasure)
{
  return !amends_id_equal (&erasure->asked->by, &self->actor->id)
         && g_strcmp0 (erasure->asked->event->id.code, self->actor->device) != 0;
}

/* The newest that waits for somebody else than asked. */
static const AmendsCaseErasure *
find_open (const AmendsQuestion *self, gboolean by_another)
{
  for (guint i = amends_case_get_n_erasures (self->complaint); i-- > 0;)
    {
      const AmendsCaseErasure *erasure = amends_case_get_erasure (self->complaint, i);

      if (is_open (self, erasure) && (!by_another || is_another (self, erasure)))
        return erasure;
    }
  return NULL;
}

/**
 * amends_decide_may_agree_erasure:
 *
 * Returns: whether who is signed in may agree: another person than asked, on another device
 */
gboolean
amends_decide_may_agree_erasure (AmendsQuestion *self, GError **error)
{
  if (!check_actor (self, error) || !check_claim (self, error))
    return FALSE;
  if (!check_place (self, error))
    return FALSE;
  if (find_open (self, FALSE) == NULL)
    return refuse (self, error, NULL, "Nobody has asked that anything of it be erased");
  if (find_open (self, TRUE) == NULL)
    return refuse (self, error, NULL,
                   "Another person than the one who asked agrees, and on another device");
  amends_question_warn (
      self, NULL, NULL,
      "What was named goes from the server and from every device the next time each "
      "connects, and cannot be brought back. Who asked, who agreed and why stays");
  return TRUE;
}

/**
 * amends_decide_check_erasure_agreed:
 *
 * Returns: whether the one that is named, if one is, waits for this person
 */
gboolean
amends_decide_check_erasure_agreed (AmendsQuestion *self, GError **error)
{
  const char *ask = amends_question_get_text (self, "ask");
  AmendsId id;

  if (ask == NULL)
    return TRUE;
  for (guint i = 0; i < amends_case_get_n_erasures (self->complaint); i++)
    {
      const AmendsCaseErasure *erasure = amends_case_get_erasure (self->complaint, i);

      if (amends_id_parse (ask, &id, NULL) && amends_id_equal (&erasure->asked->event->id, &id)
          && is_open (self, erasure) && is_another (self, erasure))
        return TRUE;
    }
  amends_set_error (error, AMENDS_CORE_ERROR_INVALID, "ask", NULL,
                    "“ask” is the id of the record by which another person has asked");
  return FALSE;
}

static json_t *
ids_to_json (const GArray *ids)
{
  json_t *list = json_array ();

  for (guint i = 0; i < ids->len; i++)
    json_array_append_new (list, amends_id_to_json (&g_array_index (ids, AmendsId, i)));
  return list;
}

/* Adds @id where it can be erased, is not named yet, and no more are than can be. */
static void
add_id (GArray *ids, const GArray *all, const AmendsId *id)
{
  if (ids->len < AMENDS_ERASE_MAX_EVENTS && has_id (all, id) && !has_id (ids, id))
    g_array_append_val (ids, *id);
}

/* Whether @ids name the recording that @transcript writes down: by its own id, or by that of what carried it. */
static gboolean
is_of_named (const AmendsCase *complaint, const GArray *ids, const AmendsHistoryEntry *transcript)
{
  const char *text = json_string_value (json_object_get (transcript->body, "attachment"));
  AmendsId id;

  if (text == NULL || !amends_id_parse_len (text, strlen (text), &id))
    return FALSE;
  for (guint i = 0; i < amends_case_get_n_history (complaint); i++)
    {
      const AmendsHistoryEntry *entry = amends_case_get_history (complaint, i);

      if (entry->carrier != NULL && amends_id_equal (&entry->carrier->id, &id)
          && has_id (ids, &entry->event->id))
        return TRUE;
    }
  return has_id (ids, &id);
}

/* What was named; what was written down of a recording that was, which holds all its words; and the corrections of
 * either, which say what stood there and what should: not those that are erased, and not more than can be. */
static json_t *
list_with_what_repeats (const AmendsCase *complaint, const json_t *named)
{
  g_autoptr (GArray) all = amends_erase_list_all (complaint);
  g_autoptr (GArray) ids = amends_erase_read_ids (named);

  for (guint i = 0; i < amends_case_get_n_history (complaint); i++)
    {
      const AmendsHistoryEntry *entry = amends_case_get_history (complaint, i);

      if (entry->type == AMENDS_EVENT_CASE_TRANSCRIBED && is_of_named (complaint, ids, entry))
        add_id (ids, all, &entry->event->id);
    }
  for (guint i = 0; i < amends_case_get_n_corrections (complaint); i++)
    {
      const AmendsCorrection *correction = amends_case_get_correction (complaint, i);

      if (has_id (ids, &amends_case_get_history (complaint, correction->target)->event->id))
        add_id (ids, all, &amends_case_get_history (complaint, correction->place)->event->id);
    }
  return ids_to_json (ids);
}

/**
 * amends_decide_complete_erasure:
 * @complaint: the case
 * @by: who does it
 * @type: of the act
 * @act: as it was taken; what is meant where nothing is named is added
 *
 * All of the case, or what is named, what was written down of it and the corrections; by what name it is known once nothing else says so; and
 * the newest request that waits.
 */
void
amends_decide_complete_erasure (const AmendsCase *complaint,
                                const AmendsActor *by,
                                AmendsEventType type,
                                json_t *act)
{
  const AmendsQuestion question = { .complaint = complaint, .actor = by };

  if (type == AMENDS_EVENT_CASE_ERASURE_ASKED)
    {
      const char *reference = amends_case_get_text (complaint, "reference");
      g_autoptr (GArray) all = amends_erase_list_all (complaint);
      const json_t *named = json_object_get (act, "events");

      json_object_set_new (act, "events",
                           named != NULL ? list_with_what_repeats (complaint, named)
                                         : ids_to_json (all));
      if (reference != NULL)
        json_object_set_new (act, "reference", json_string (reference));
    }
  else if (type == AMENDS_EVENT_CASE_ERASURE_AGREED && json_object_get (act, "ask") == NULL)
    {
      const AmendsCaseErasure *erasure = find_open (&question, TRUE);

      if (erasure != NULL)
        json_object_set_new (act, "ask", amends_id_to_json (&erasure->asked->event->id));
    }
}
