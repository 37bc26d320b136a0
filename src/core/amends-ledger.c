/* amends-ledger.c: who may act for a complainant, what may be shared with whom, and what would change that
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * It is read from the history, so that nothing is ever removed from it: what was replaced, refused, withdrawn
 * or has ended stands in it as well. Each person who acts has an authority of their own: what somebody else was
 * given takes nothing away from it. Where two people wrote while apart, both stand, and what allows less
 * counts. A withdrawal ends whatever its author might not have seen; one of a consent that names nobody ends
 * every consent for its purpose. Names are the same whatever the case of their letters. What is settled is of
 * whoever said what was chosen; where that is not clear, all that was said stands. */

#include "config.h"

#include "core/amends-ledger.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/amends-json.h"

#define TO_REPRESENTATIVE "share-with-representative"

typedef struct
{
  AmendsLedgerEntry entry;
  guint place;
  guint withdrawn_at; /* NOWHERE: by no withdrawal */
  char *key; /* (owned): what replaces what: the same person, or the same purpose and recipient */
} Record;

#define NOWHERE G_MAXUINT

struct _AmendsLedger
{
  const AmendsCase *complaint;
  const AmendsPolicy *policy;
  AmendsDay day;
  AmendsDay today;
  GArray *records; /* element-type Record */
};

#define ANY_CONSENT                                                                                 \
  NC_ ("ledger", "the complainant’s consent, written or spoken, or a power of attorney or court " \
                 "order, would change that")
#define IN_WRITING                                                                                \
  NC_ ("ledger", "a permission in writing from the complainant, or a power of attorney or court " \
                 "order, would change that")
#define NEW_CONSENT NC_ ("ledger", "a new consent, or a ground without consent, would change that")
#define ONLY_SAID                                                                               \
  {                                                                                             \
    NC_ ("ledger", "It was only said"), NC_ ("ledger", "this landlord asks for it in writing"), \
        NULL                                                                                    \
  }

/* Why not, and what would change it. Where a landlord asks for writing, that may be another thing. */
typedef struct
{
  const char *reason;
  const char *change;
  const char *change_in_writing;
} Words;

static const Words words_of_authority[AMENDS_LEDGER_N_STATES] = {
  [AMENDS_LEDGER_NOTHING] = { NC_ ("ledger", "They have no authority"), ANY_CONSENT, IN_WRITING },
  [AMENDS_LEDGER_TO_BE_ASKED] = { NC_ ("ledger", "They have no authority yet"), ANY_CONSENT,
                                  IN_WRITING },
  [AMENDS_LEDGER_REFUSED] = { NC_ ("ledger", "The complainant refused that they act"),
                              NC_ ("ledger",
                                   "only a new authority from the complainant would change that"),
                              NULL },
  [AMENDS_LEDGER_TO_COME] = { NC_ ("ledger", "Their authority has not begun"),
                              NC_ ("ledger", "from its first day they may be told"), NULL },
  [AMENDS_LEDGER_ENDED] = { NC_ ("ledger", "Their authority has run out"),
                            NC_ ("ledger", "a new one from the complainant would change that"),
                            NULL },
  [AMENDS_LEDGER_WITHDRAWN] = { NC_ ("ledger", "Their authority was withdrawn"),
                                NC_ ("ledger",
                                     "only a new one from the complainant would change that"),
                                NULL },
  [AMENDS_LEDGER_SUSPENDED] = { NC_ ("ledger",
                                     "They are complained about, so their authority is suspended"),
                                NC_ ("ledger", "the line manager decides whether it stands"),
                                NULL },
  [AMENDS_LEDGER_UNWRITTEN] = ONLY_SAID,
  [AMENDS_LEDGER_UNSEEN] = { NC_ ("ledger", "The paper has not been seen"),
                             NC_ ("ledger", "the original or a copy of it would change that"),
                             NULL },
  [AMENDS_LEDGER_OF_BENEFITS] = { NC_ ("ledger", "They are appointed for benefits alone"),
                                  ANY_CONSENT, IN_WRITING },
  [AMENDS_LEDGER_TOO_NARROW] = { NC_ ("ledger", "They may accompany the complainant and no more"),
                                 NC_ ("ledger", "an authority for this case would change that"),
                                 NULL },
};

static const Words words_of_consent[AMENDS_LEDGER_N_STATES] = {
  [AMENDS_LEDGER_NOTHING] = { NC_ ("ledger",
                                   "No consent is recorded for that purpose and recipient"),
                              NC_ ("ledger", "ask for it, or name the ground without consent"),
                              NULL },
  [AMENDS_LEDGER_TO_BE_ASKED] = { NC_ ("ledger", "They want to be asked each time"),
                                  NC_ ("ledger",
                                       "ask, and record the answer, or name the ground without "
                                       "consent"),
                                  NULL },
  [AMENDS_LEDGER_REFUSED] = { NC_ ("ledger", "They refused to have it shared"), NEW_CONSENT, NULL },
  [AMENDS_LEDGER_TO_COME] = { NC_ ("ledger", "They were asked on a later day"),
                              NC_ ("ledger", "from that day it may be shared"), NULL },
  [AMENDS_LEDGER_ENDED] = { NC_ ("ledger", "Their consent has run out"), NEW_CONSENT, NULL },
  [AMENDS_LEDGER_WITHDRAWN] = { NC_ ("ledger", "Their consent was withdrawn"), NEW_CONSENT, NULL },
  [AMENDS_LEDGER_UNWRITTEN] = ONLY_SAID,
};

static const char *
get_text (const json_t *object, const char *key)
{
  return json_string_value (json_object_get (object, key));
}

/**
 * amends_ledger_is_same_name:
 * @a: (nullable): a name
 * @b: (nullable): another
 *
 * Returns: whether they are one, whatever the case of their letters
 */
gboolean
amends_ledger_is_same_name (const char *a, const char *b)
{
  g_autofree char *folded_a = a != NULL ? g_utf8_casefold (a, -1) : NULL;
  g_autofree char *folded_b = b != NULL ? g_utf8_casefold (b, -1) : NULL;

  return folded_a != NULL && g_strcmp0 (folded_a, folded_b) == 0;
}

/**
 * amends_ledger_is_complained_about:
 * @name: (nullable): a name
 *
 * Source: Complaint Handling Code 2024, 5.8.
 * Returns: whether the complaint is about somebody of that name
 */
gboolean
amends_ledger_is_complained_about (const AmendsCase *complaint, const char *name)
{
  const json_t *about = amends_case_get_value (complaint, "about");

  for (gsize i = 0; i < json_array_size (about); i++)
    if (amends_ledger_is_same_name (get_text (json_array_get (about, i), "name"), name))
      return TRUE;
  return FALSE;
}

/**
 * amends_ledger_dup_consent_key:
 * @purpose: a code
 * @to: (nullable): with whom
 *
 * Returns: (transfer full): the field of a case that says what was answered: "consents.share-with-insurer.elm ltd"
 */
char *
amends_ledger_dup_consent_key (const char *purpose, const char *to)
{
  g_autofree char *folded = to != NULL ? g_utf8_casefold (to, -1) : NULL;

  return g_strjoin (".", "consents", purpose, folded, NULL); /* ends at a NULL @folded */
}

/**
 * amends_ledger_takes_back:
 * @withdrawal: of a consent: its purpose, and with whom
 * @purpose: of a consent
 * @to: (nullable): with whom
 *
 * Returns: whether it is taken back by that: where a withdrawal names nobody, every consent of its purpose is
 */
gboolean
amends_ledger_takes_back (const json_t *withdrawal, const char *purpose, const char *to)
{
  const char *from = get_text (withdrawal, "to");

  return g_strcmp0 (get_text (withdrawal, "purpose"), purpose) == 0
         && (from == NULL || amends_ledger_is_same_name (from, to));
}

/* ---------------------------------------------------------------- what was said */

static AmendsLedgerState
judge_answer (const AmendsLedgerEntry *entry, AmendsEventType type)
{
  const char *answer = get_text (entry->details, "answer"); /* of one that was settled */

  if (answer != NULL)
    return strcmp (answer, "given") == 0     ? AMENDS_LEDGER_IN_FORCE
           : strcmp (answer, "refused") == 0 ? AMENDS_LEDGER_REFUSED
           : strcmp (answer, "ask-me") == 0  ? AMENDS_LEDGER_TO_BE_ASKED
                                             : AMENDS_LEDGER_WITHDRAWN;
  return type == AMENDS_EVENT_CONSENT_GIVEN      ? AMENDS_LEDGER_IN_FORCE
         : type == AMENDS_EVENT_CONSENT_REFUSED  ? AMENDS_LEDGER_REFUSED
         : type == AMENDS_EVENT_CONSENT_DEFERRED ? AMENDS_LEDGER_TO_BE_ASKED
                                                 : AMENDS_LEDGER_NOTHING;
}

/* What was said, before any day is looked at. */
static AmendsLedgerState
judge_words (const AmendsLedgerEntry *entry, AmendsEventType type)
{
  if (entry->kind == AMENDS_LEDGER_CONSENT)
    return judge_answer (entry, type);
  if (json_is_false (json_object_get (entry->details, "given")))
    return AMENDS_LEDGER_REFUSED;
  return entry->code == NULL || strcmp (entry->code, "none-yet") == 0 ? AMENDS_LEDGER_TO_BE_ASKED
                                                                      : AMENDS_LEDGER_IN_FORCE;
}

/* ---------------------------------------------------------------- what the landlord asks for */

static const AmendsPolicyRule *
find_rule (const AmendsLedger *self, const char *name)
{
  const AmendsPolicyRule *rule =
      self->policy != NULL ? amends_policy_find_rule (self->policy, "authority", name) : NULL;

  return rule != NULL && rule->status != AMENDS_POLICY_STATUS_SILENT ? rule : NULL;
}

/* Whether this landlord shares with a representative only by what is written. */
static gboolean
needs_writing (const AmendsLedger *self)
{
  return find_rule (self, "written-permission") != NULL
         || find_rule (self, "written-consent") != NULL;
}

static const char *
get_clause (const AmendsLedger *self, AmendsLedgerKind kind)
{
  static const char *const names[] = { "written-permission", "written-consent", "consent",
                                       "third-party" };

  if (kind == AMENDS_LEDGER_CONSENT)
    return find_rule (self, "disclosure") != NULL ? find_rule (self, "disclosure")->clause : NULL;
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (find_rule (self, names[i]) != NULL)
      return find_rule (self, names[i])->clause;
  return NULL;
}

/* ---------------------------------------------------------------- what was recorded */

static void
clear_record (gpointer data)
{
  g_free (((Record *) data)->key);
}

static Record *
get_record (const AmendsLedger *self, guint i)
{
  return &g_array_index (self->records, Record, i);
}

static void
add_record (AmendsLedger *self, guint place, AmendsLedgerEntry entry, char *key)
{
  const AmendsHistoryEntry *event = amends_case_get_history (self->complaint, place);
  Record record = { entry, place, NOWHERE, key };

  record.entry.id = event->event->id;
  record.entry.recorded = amends_day_from_instant (event->at);
  record.entry.until = amends_day_from_json (entry.details, "until");
  record.entry.withdrawn = amends_day_from_json (entry.details, "withdrawn");
  for (guint i = 0; i < self->records->len; i++)
    {
      Record *earlier = get_record (self, i);

      if (g_str_equal (earlier->key, key)
          && amends_case_is_before (self->complaint, earlier->place, place))
        earlier->entry.is_replaced = TRUE;
    }
  g_array_append_val (self->records, record);
}

static char *
key_of_person (const char *name)
{
  g_autofree char *folded = g_utf8_casefold (name != NULL ? name : "", -1);

  return g_strconcat ("authority.", folded, NULL);
}

/* @representative: name, relation and authority, wherever they were recorded */
static void
add_authority (AmendsLedger *self, guint place, const json_t *representative)
{
  const char *name = get_text (representative, "name");
  const json_t *authority = json_object_get (representative, "authority");

  if (name == NULL && !json_is_object (authority))
    return;
  add_record (self, place,
              (AmendsLedgerEntry){ .kind = AMENDS_LEDGER_AUTHORITY,
                                   .who = name,
                                   .relation = get_text (representative, "relation"),
                                   .relation_detail = get_text (representative, "relation_detail"),
                                   .code = get_text (authority, "type"),
                                   .details = json_is_object (authority) ? authority : NULL,
                                   .from = amends_day_from_json (authority, "from") },
              key_of_person (name));
}

static void
add_consent (AmendsLedger *self, guint place, const json_t *body)
{
  if (get_text (body, "purpose") != NULL)
    add_record (self, place,
                (AmendsLedgerEntry){ .kind = AMENDS_LEDGER_CONSENT,
                                     .who = get_text (body, "to"),
                                     .code = get_text (body, "purpose"),
                                     .details = body,
                                     .from = amends_day_from_json (body, "asked_on") },
                amends_ledger_dup_consent_key (get_text (body, "purpose"), get_text (body, "to")));
}

/* Whether the author of what stands at @place knew another record in the place of this one. */
static gboolean
was_replaced_before (const AmendsLedger *self, const Record *record, guint place)
{
  for (guint i = 0; i < self->records->len; i++)
    {
      const Record *later = get_record (self, i);

      if (g_str_equal (later->key, record->key)
          && amends_case_is_before (self->complaint, record->place, later->place)
          && amends_case_is_before (self->complaint, later->place, place))
        return TRUE;
    }
  return FALSE;
}

/* Whether an authority stood by what the author of what stands at @place had seen. */
static gboolean
stood_before (const AmendsLedger *self, const Record *record, guint place)
{
  const AmendsHistoryEntry *event = amends_case_get_history (self->complaint, record->place);
  gboolean is_taken_back =
      record->entry.withdrawn != AMENDS_DAY_NONE
      && (record->withdrawn_at == NOWHERE
          || amends_case_is_before (self->complaint, record->withdrawn_at, place));

  return !is_taken_back && judge_words (&record->entry, event->type) == AMENDS_LEDGER_IN_FORCE
         && !was_replaced_before (self, record, place);
}

/* (nullable): the key of the authority that its author saw recorded last, of those that stood; where none did, of
 * all. */
static const char *
find_seen_key (const AmendsLedger *self, guint place)
{
  const char *any = NULL;

  for (guint i = self->records->len; i-- > 0;)
    {
      const Record *record = get_record (self, i);

      if (record->entry.kind != AMENDS_LEDGER_AUTHORITY
          || !amends_case_is_before (self->complaint, record->place, place))
        continue;
      if (stood_before (self, record, place))
        return record->key;
      if (any == NULL)
        any = record->key;
    }
  return any;
}

/* @person: (nullable): the key of whose authority is withdrawn; %NULL where it is a consent */
static gboolean
is_meant (const Record *record, const AmendsHistoryEntry *withdrawal, const char *person)
{
  if (record->entry.kind == AMENDS_LEDGER_AUTHORITY)
    return g_strcmp0 (record->key, person) == 0;
  return person == NULL
         && amends_ledger_takes_back (withdrawal->body, record->entry.code, record->entry.who);
}

/* What its author had seen is taken back, and what came while apart is in doubt, which counts for as much. */
static void
withdraw (AmendsLedger *self, guint place, const char *person)
{
  const AmendsHistoryEntry *entry = amends_case_get_history (self->complaint, place);

  for (guint i = 0; i < self->records->len; i++)
    {
      Record *record = get_record (self, i);

      if (is_meant (record, entry, person) && record->entry.withdrawn == AMENDS_DAY_NONE
          && !amends_case_is_before (self->complaint, place, record->place)
          && !was_replaced_before (self, record, place))
        {
          record->entry.withdrawn = amends_day_from_instant (entry->at);
          record->withdrawn_at = place;
        }
    }
}

/* (nullable) (transfer full): whose authority it is; where it names nobody, whose its author saw last. */
static char *
dup_withdrawn_key (const AmendsLedger *self, guint place, const json_t *body)
{
  const char *name = get_text (body, "name");

  return name != NULL ? key_of_person (name) : g_strdup (find_seen_key (self, place));
}

/* Whether @value is what was said there, apart from that it was taken back. */
static gboolean
is_chosen (const Record *record, const json_t *value)
{
  json_auto_t *said =
      record->entry.details != NULL ? json_copy ((json_t *) record->entry.details) : json_object ();
  json_auto_t *chosen = json_is_object (value) ? json_copy ((json_t *) value) : json_object ();

  json_object_del (said, "withdrawn");
  json_object_del (chosen, "withdrawn");
  return json_equal (said, chosen);
}

/* (nullable): the record to whose place what was settled comes, the last of its person: of whoever said what was
 * chosen, or of the only one who is recorded. %NULL where that is not clear. */
static const Record *
find_settled_authority (const AmendsLedger *self, guint place, const json_t *value)
{
  const Record *chosen = NULL, *any = NULL;
  gboolean is_one_chosen = TRUE, is_one = TRUE;

  for (guint i = 0; i < self->records->len; i++)
    {
      const Record *record = get_record (self, i);

      if (record->entry.kind != AMENDS_LEDGER_AUTHORITY
          || !amends_case_is_before (self->complaint, record->place, place))
        continue;
      is_one = is_one && (any == NULL || g_str_equal (any->key, record->key));
      any = record;
      if (!is_chosen (record, value))
        continue;
      is_one_chosen = is_one_chosen && (chosen == NULL || g_str_equal (chosen->key, record->key));
      chosen = record;
    }
  if (is_one)
    return any;
  return is_one_chosen ? chosen : NULL;
}

/* (nullable): likewise, of a consent. */
static const Record *
find_settled_consent (const AmendsLedger *self, const char *field)
{
  g_autofree char *key = g_utf8_casefold (field, -1);

  for (guint i = self->records->len; i-- > 0;)
    if (g_str_equal (get_record (self, i)->key, key))
      return get_record (self, i);
  return NULL;
}

static void
apply_settled (AmendsLedger *self, guint place, const json_t *body)
{
  const char *field = get_text (body, "field");
  const json_t *value = json_object_get (body, "value");
  gboolean is_authority = g_strcmp0 (field, "representative.authority") == 0;
  const Record *settled = NULL;
  AmendsLedgerEntry entry;

  if (is_authority)
    settled = find_settled_authority (self, place, value);
  else if (field != NULL && g_str_has_prefix (field, "consents."))
    settled = find_settled_consent (self, field);
  if (settled == NULL)
    return;
  entry = settled->entry;
  entry.is_replaced = FALSE;
  entry.details = json_is_object (value) ? value : NULL;
  if (is_authority)
    {
      entry.code = get_text (value, "type");
      entry.from = amends_day_from_json (value, "from");
    }
  add_record (self, place, entry, g_strdup (settled->key));
}

static void
read_history (AmendsLedger *self, guint place)
{
  const AmendsHistoryEntry *entry = amends_case_get_history (self->complaint, place);

  switch ((int) entry->type)
    {
    case AMENDS_EVENT_CASE_RECORDED:
      add_authority (self, place, json_object_get (entry->body, "representative"));
      break;
    case AMENDS_EVENT_AUTHORITY_GIVEN:
      add_authority (self, place, entry->body);
      break;
    case AMENDS_EVENT_CONSENT_GIVEN:
    case AMENDS_EVENT_CONSENT_REFUSED:
    case AMENDS_EVENT_CONSENT_DEFERRED:
      add_consent (self, place, entry->body);
      break;
    case AMENDS_EVENT_CONFLICT_SETTLED:
      apply_settled (self, place, entry->body);
      break;
    default:
      break;
    }
}

/* Once all that was recorded is there: also what follows a withdrawal in the fold may have been written apart
 * from it. */
static void
read_withdrawals (AmendsLedger *self)
{
  for (guint i = 0; i < amends_case_get_n_history (self->complaint); i++)
    {
      const AmendsHistoryEntry *entry = amends_case_get_history (self->complaint, i);
      g_autofree char *person = NULL;

      if (entry->type == AMENDS_EVENT_AUTHORITY_WITHDRAWN)
        person = dup_withdrawn_key (self, i, entry->body);
      if (person != NULL || entry->type == AMENDS_EVENT_CONSENT_WITHDRAWN)
        withdraw (self, i, person);
    }
}

/* ---------------------------------------------------------------- how it stands */

/* What rests on a paper that somebody else than the complainant made: a court, a registrar, who acted for them. */
static gboolean
rests_on_paper (const char *type)
{
  static const char *const types[] = { "lpa-property",
                                       "lpa-health",
                                       "enduring-power",
                                       "deputy-court-of-protection",
                                       "litigation-friend",
                                       "executor-or-administrator",
                                       "best-interests-decision",
                                       NULL };

  return g_strv_contains (types, type);
}

static gboolean
needs_paper (const AmendsLedger *self, const char *type)
{
  return rests_on_paper (type)
         || (needs_writing (self) && strcmp (type, "written-permission") == 0);
}

/* A voice is no paper, and of what nobody said that it was seen, nobody knows. */
static gboolean
was_seen (const json_t *authority)
{
  static const char *const seen[] = { "original-seen", "copy-attached", "witnessed", NULL };
  const char *evidence = get_text (authority, "evidence");

  return evidence != NULL && g_strv_contains (seen, evidence);
}

/* What does not depend on the day. */
static AmendsLedgerState
judge_authority (const AmendsLedger *self, const AmendsLedgerEntry *entry, const json_t *body)
{
  const char *type = entry->code;

  /* Whoever looks after somebody and is complained about does not speak for them meanwhile. */
  if (amends_ledger_is_complained_about (self->complaint, entry->who)
      && json_object_get (body, "decided_by") == NULL)
    return AMENDS_LEDGER_SUSPENDED;
  if (strcmp (type, "dwp-appointee") == 0)
    return AMENDS_LEDGER_OF_BENEFITS;
  if (needs_writing (self) && strcmp (type, "spoken-consent") == 0)
    return AMENDS_LEDGER_UNWRITTEN;
  if (needs_paper (self, type) && !was_seen (entry->details))
    return AMENDS_LEDGER_UNSEEN;
  return AMENDS_LEDGER_IN_FORCE;
}

/* A withdrawal that is known counts from today on in any case, whatever the clock of who wrote it said. */
static gboolean
is_withdrawn (const AmendsLedger *self, const AmendsLedgerEntry *entry)
{
  return entry->withdrawn != AMENDS_DAY_NONE
         && (entry->withdrawn <= self->day || self->day >= self->today);
}

static AmendsLedgerState
judge (const AmendsLedger *self, const Record *record)
{
  const AmendsHistoryEntry *event = amends_case_get_history (self->complaint, record->place);
  const AmendsLedgerEntry *entry = &record->entry;
  AmendsLedgerState said = judge_words (entry, event->type);

  if (said != AMENDS_LEDGER_REFUSED && is_withdrawn (self, entry))
    return AMENDS_LEDGER_WITHDRAWN;
  if (said != AMENDS_LEDGER_IN_FORCE)
    return said;
  if (entry->until != AMENDS_DAY_NONE && entry->until < self->day)
    return AMENDS_LEDGER_ENDED;
  if (entry->from != AMENDS_DAY_NONE && entry->from > self->day)
    return AMENDS_LEDGER_TO_COME;
  return entry->kind == AMENDS_LEDGER_AUTHORITY ? judge_authority (self, entry, event->body) : said;
}

/**
 * amends_ledger_new:
 * @complaint: the case; it must outlive the ledger
 * @policy: (nullable): the landlord's edition; it must outlive the ledger
 * @day: the day that is asked about
 * @today: today
 *
 * Source: Complaint Handling Code 2024, 3.6; the landlord's clauses on authority and confidentiality.
 * Returns: (transfer full): what stands on @day, and all that does not stand any more
 */
AmendsLedger *
amends_ledger_new (const AmendsCase *complaint,
                   const AmendsPolicy *policy,
                   AmendsDay day,
                   AmendsDay today)
{
  AmendsLedger *self;

  g_return_val_if_fail (complaint != NULL, NULL);

  self = g_new0 (AmendsLedger, 1);
  self->complaint = complaint;
  self->policy = policy;
  self->day = day;
  self->today = today;
  self->records = g_array_new (FALSE, TRUE, sizeof (Record));
  g_array_set_clear_func (self->records, clear_record);
  for (guint i = 0; i < amends_case_get_n_history (complaint); i++)
    read_history (self, i);
  read_withdrawals (self);
  for (guint i = 0; i < self->records->len; i++)
    get_record (self, i)->entry.state = judge (self, get_record (self, i));
  return self;
}

/**
 * amends_ledger_free:
 * @self: (nullable) (transfer full): a ledger
 */
void
amends_ledger_free (AmendsLedger *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->records);
  g_free (self);
}

/**
 * amends_ledger_get_n_entries:
 *
 * Returns: how many authorities and answers were recorded
 */
guint
amends_ledger_get_n_entries (const AmendsLedger *self)
{
  return self->records->len;
}

/**
 * amends_ledger_get_entry:
 *
 * Returns: (transfer none): one of them, in the order of the fold
 */
const AmendsLedgerEntry *
amends_ledger_get_entry (const AmendsLedger *self, guint n)
{
  g_return_val_if_fail (n < self->records->len, NULL);
  return &get_record (self, n)->entry;
}

/* ---------------------------------------------------------------- who may be told */

static void
answer (const AmendsLedger *self,
        AmendsLedgerKind kind,
        AmendsLedgerState state,
        AmendsLedgerAnswer *ret_answer)
{
  const Words *words =
      kind == AMENDS_LEDGER_AUTHORITY ? &words_of_authority[state] : &words_of_consent[state];
  const char *in_writing = needs_writing (self) ? words->change_in_writing : NULL;

  *ret_answer = (AmendsLedgerAnswer){
    .may = state == AMENDS_LEDGER_IN_FORCE,
    .kind = kind,
    .state = state,
    .clause = get_clause (self, kind),
    .provision = kind == AMENDS_LEDGER_AUTHORITY ? "3.6" : NULL,
    .reason = words->reason,
    .change = in_writing != NULL ? in_writing : words->change,
  };
}

static gboolean
covers_telling (const json_t *scope)
{
  static const char *const covering[] = { "this-case", "all-cases", "receive-letters", NULL };

  if (json_array_size (scope) == 0)
    return TRUE;
  for (gsize i = 0; i < json_array_size (scope); i++)
    {
      const char *code = json_string_value (json_array_get (scope, i));

      if (code != NULL && g_strv_contains (covering, code))
        return TRUE;
    }
  return FALSE;
}

/* Of what was written while apart, what allows less. */
static AmendsLedgerState
find_authority (const AmendsLedger *self, const char *name)
{
  AmendsLedgerState found = AMENDS_LEDGER_NOTHING;

  for (guint i = 0; i < self->records->len; i++)
    {
      const AmendsLedgerEntry *entry = &get_record (self, i)->entry;

      if (entry->kind != AMENDS_LEDGER_AUTHORITY || entry->is_replaced
          || !amends_ledger_is_same_name (entry->who, name))
        continue;
      if (entry->state != AMENDS_LEDGER_IN_FORCE)
        return entry->state;
      if (!covers_telling (json_object_get (entry->details, "scope")))
        return AMENDS_LEDGER_TOO_NARROW;
      found = AMENDS_LEDGER_IN_FORCE;
    }
  return found;
}

/* @by_name: a yes that names nobody is no yes to whoever says that they act for them */
static AmendsLedgerState
find_consent (const AmendsLedger *self, const char *purpose, const char *to, gboolean by_name)
{
  AmendsLedgerState found = AMENDS_LEDGER_NOTHING;

  for (guint i = 0; i < self->records->len; i++)
    {
      const AmendsLedgerEntry *entry = &get_record (self, i)->entry;

      if (entry->kind != AMENDS_LEDGER_CONSENT || entry->is_replaced
          || strcmp (entry->code, purpose) != 0
          || (entry->who != NULL && !amends_ledger_is_same_name (entry->who, to)))
        continue;
      if (entry->state != AMENDS_LEDGER_IN_FORCE)
        return entry->state;
      if (entry->who != NULL || !by_name)
        found = AMENDS_LEDGER_IN_FORCE;
    }
  return found;
}

/**
 * amends_ledger_may_tell:
 * @name: (nullable): who acts for the complainant, or says so
 * @ret_answer: (out): whether they may be told something of the case that is private
 *
 * Who has no authority may be told by the complainant's consent to that, where it needs no writing; what the
 * complainant said no to is told to nobody, whatever authority they have.
 */
void
amends_ledger_may_tell (const AmendsLedger *self, const char *name, AmendsLedgerAnswer *ret_answer)
{
  AmendsLedgerState authority = find_authority (self, name);
  AmendsLedgerState consent =
      find_consent (self, TO_REPRESENTATIVE, name, authority == AMENDS_LEDGER_NOTHING);
  gboolean has_none = authority == AMENDS_LEDGER_NOTHING || authority == AMENDS_LEDGER_TO_BE_ASKED;

  if (authority == AMENDS_LEDGER_IN_FORCE
      && (consent == AMENDS_LEDGER_REFUSED || consent == AMENDS_LEDGER_WITHDRAWN))
    answer (self, AMENDS_LEDGER_CONSENT, consent, ret_answer);
  else if (has_none && consent != AMENDS_LEDGER_NOTHING && consent != AMENDS_LEDGER_TO_BE_ASKED
           && !amends_ledger_is_complained_about (self->complaint, name))
    answer (self, AMENDS_LEDGER_CONSENT,
            consent == AMENDS_LEDGER_IN_FORCE && needs_writing (self) ? AMENDS_LEDGER_UNWRITTEN
                                                                      : consent,
            ret_answer);
  else
    answer (self, AMENDS_LEDGER_AUTHORITY, authority, ret_answer);
}

/**
 * amends_ledger_may_share:
 * @purpose: a code of the list “consent-purpose”
 * @to: (nullable): with whom
 * @ret_answer: (out): whether it may be shared with them for that
 */
void
amends_ledger_may_share (const AmendsLedger *self,
                         const char *purpose,
                         const char *to,
                         AmendsLedgerAnswer *ret_answer)
{
  g_return_if_fail (purpose != NULL);

  if (strcmp (purpose, TO_REPRESENTATIVE) == 0)
    amends_ledger_may_tell (self, to, ret_answer);
  else
    answer (self, AMENDS_LEDGER_CONSENT, find_consent (self, purpose, to, FALSE), ret_answer);
}

/**
 * amends_ledger_state_to_string:
 *
 * Returns: (transfer none): "in-force", as the command line says it
 */
const char *
amends_ledger_state_to_string (AmendsLedgerState state)
{
  static const char *const names[AMENDS_LEDGER_N_STATES] = {
    [AMENDS_LEDGER_IN_FORCE] = "in-force",       [AMENDS_LEDGER_NOTHING] = "nothing",
    [AMENDS_LEDGER_TO_BE_ASKED] = "to-be-asked", [AMENDS_LEDGER_REFUSED] = "refused",
    [AMENDS_LEDGER_TO_COME] = "to-come",         [AMENDS_LEDGER_ENDED] = "ended",
    [AMENDS_LEDGER_WITHDRAWN] = "withdrawn",     [AMENDS_LEDGER_SUSPENDED] = "suspended",
    [AMENDS_LEDGER_UNWRITTEN] = "unwritten",     [AMENDS_LEDGER_UNSEEN] = "unseen",
    [AMENDS_LEDGER_OF_BENEFITS] = "of-benefits", [AMENDS_LEDGER_TOO_NARROW] = "too-narrow",
  };

  g_return_val_if_fail ((guint) state < AMENDS_LEDGER_N_STATES, NULL);

  return names[state];
}
