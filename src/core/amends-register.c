/* amends-register.c: homes, people, staff, numbers to ring, PINs, and what was carried
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The order of a table is the order of the keys in the body of the event: append, never reorder. */

#include "core/amends-register.h"

#include "core/amends-decide-private.h"
#include "core/amends-fold.h"

#define MAX_ROLES 20
#define MAX_RECORDS 1000000

/* No name and nothing of who lives there: every kiosk of the scheme reads it. */
static const AmendsSchemaField home_fields[] = {
  { "reference", AMENDS_SCHEMA_LINE, AMENDS_SCHEMA_REQUIRED },
  { "scheme", AMENDS_SCHEMA_SCHEME, AMENDS_SCHEMA_REQUIRED },
  { "address", AMENDS_SCHEMA_LINE, AMENDS_SCHEMA_REQUIRED },
  { "ended", AMENDS_SCHEMA_DAY },
  { NULL },
};

/* Only what is needed to write to them: what they need, and what is told in confidence, is asked of the person. */
static const AmendsSchemaField person_fields[] = {
  { "former_reference", AMENDS_SCHEMA_LINE, AMENDS_SCHEMA_REQUIRED },
  { "scheme", AMENDS_SCHEMA_SCHEME, AMENDS_SCHEMA_REQUIRED },
  { "name", AMENDS_SCHEMA_LINE, AMENDS_SCHEMA_REQUIRED },
  { "home", AMENDS_SCHEMA_LINE },
  { "language", AMENDS_SCHEMA_LINE },
  { "preferred_contact", AMENDS_SCHEMA_LINE },
  { NULL },
};

static const AmendsSchemaField staff_fields[] = {
  { "name", AMENDS_SCHEMA_LINE, AMENDS_SCHEMA_REQUIRED },
  { "roles", AMENDS_SCHEMA_CODES, .codes = "role", .max = MAX_ROLES },
  { NULL },
};

/* An office, or whoever does something: the role says for what they are rung. */
static const AmendsSchemaField number_fields[] = {
  { "name", AMENDS_SCHEMA_LINE, AMENDS_SCHEMA_REQUIRED },
  { "scheme", AMENDS_SCHEMA_SCHEME, AMENDS_SCHEMA_REQUIRED },
  { "phone", AMENDS_SCHEMA_PHONE, AMENDS_SCHEMA_REQUIRED },
  { "hours", AMENDS_SCHEMA_LINE },
  { "role", AMENDS_SCHEMA_CODE, .codes = "role" },
  { "ended", AMENDS_SCHEMA_DAY },
  { NULL },
};

/* The verifier is a text of crypto_pwhash_str(): it says how it was made, and a PIN cannot be read from it. */
static const AmendsSchemaField pin_fields[] = {
  { "staff", AMENDS_SCHEMA_ID, AMENDS_SCHEMA_REQUIRED },
  { "scheme", AMENDS_SCHEMA_SCHEME, AMENDS_SCHEMA_REQUIRED },
  { "name", AMENDS_SCHEMA_LINE, AMENDS_SCHEMA_REQUIRED },
  { "verifier", AMENDS_SCHEMA_LINE, AMENDS_SCHEMA_REQUIRED },
  { NULL },
};

/* Who took away what waits at a kiosk, and on which stick: a count and an instant, and nothing of what is in it. That no
 * file came of it is said behind. */
static const AmendsSchemaField carriage_fields[] = {
  { "staff", AMENDS_SCHEMA_ID },
  { "scheme", AMENDS_SCHEMA_SCHEME, AMENDS_SCHEMA_REQUIRED },
  { "name", AMENDS_SCHEMA_LINE },
  { "stick", AMENDS_SCHEMA_LINE, AMENDS_SCHEMA_REQUIRED },
  { "records", AMENDS_SCHEMA_INTEGER, .min = 1, .max = MAX_RECORDS },
  { "oldest", AMENDS_SCHEMA_LINE },
  { "failed", AMENDS_SCHEMA_BOOLEAN },
  { NULL },
};

/* What was written by mistake in the name of another is no PIN of theirs; "by" is the author's own word, and no proof. It
 * can be taken from them all the same. */
static gboolean
is_by_themselves (const json_t *body)
{
  const char *verifier = json_string_value (json_object_get (body, "verifier"));
  const char *by = json_string_value (json_object_get (body, "by"));

  return g_strcmp0 (verifier, AMENDS_REGISTER_NO_PIN) == 0
         || (by != NULL
             && g_strcmp0 (by, json_string_value (json_object_get (body, "staff"))) == 0);
}

static const AmendsRegister registers[AMENDS_REGISTER_N_KINDS] = {
  [AMENDS_REGISTER_HOMES] = { AMENDS_EVENT_HOME_RECORDED, TRUE, "reference", "k.", home_fields },
  [AMENDS_REGISTER_PEOPLE] = { AMENDS_EVENT_PERSON_RECORDED, TRUE, "former_reference", "s.",
                               person_fields },
  [AMENDS_REGISTER_STAFF] = { AMENDS_EVENT_STAFF_RECORDED, FALSE, "name", "staff", staff_fields },
  [AMENDS_REGISTER_NUMBERS] = { AMENDS_EVENT_NUMBER_RECORDED, TRUE, "name", "k.", number_fields },
  [AMENDS_REGISTER_PINS] = { AMENDS_EVENT_PIN_RECORDED, TRUE, "staff", "k.", pin_fields,
                             is_by_themselves },
  [AMENDS_REGISTER_CARRIAGES] = { AMENDS_EVENT_QUEUE_CARRIED, TRUE, "stick", "s.",
                                  carriage_fields },
};

/**
 * amends_register_get:
 * @kind: any but %AMENDS_REGISTER_CASES
 *
 * Returns: what there is to say in it
 */
const AmendsRegister *
amends_register_get (AmendsRegisterKind kind)
{
  g_return_val_if_fail (kind > AMENDS_REGISTER_CASES && kind < AMENDS_REGISTER_N_KINDS, NULL);

  return &registers[kind];
}

static gboolean
find_kind (AmendsEvent *event, AmendsRegisterKind *ret_kind)
{
  AmendsEventType type = amends_body_get_type (amends_event_get_json (event));

  for (int kind = AMENDS_REGISTER_HOMES; kind < AMENDS_REGISTER_N_KINDS; kind++)
    if (registers[kind].type == type)
      {
        *ret_kind = (AmendsRegisterKind) kind;
        return TRUE;
      }
  return FALSE;
}

/* What began it was erased: all that was said since says of which register it is. */
static gboolean
find_kind_of_rest (AmendsEvent *const *events, guint n_events, AmendsRegisterKind *ret_kind)
{
  gboolean is_found = FALSE;

  for (guint i = 0; i < n_events; i++)
    if (events[i]->body != NULL)
      {
        is_found = find_kind (events[i], ret_kind);
        if (!is_found)
          return FALSE;
      }
  return is_found;
}

/**
 * amends_register_of_stream:
 * @events: (array length=n_events): what is held of a stream, in any order
 * @ret_kind: (out): of which register it is an entry
 *
 * Whatever else stands in such a stream was written by nobody who knew it.
 * Returns: whether it is one: what began it says so; where that was erased, what is left does; where that is not
 *   here, nothing does
 */
gboolean
amends_register_of_stream (AmendsEvent *const *events, guint n_events, AmendsRegisterKind *ret_kind)
{
  for (guint i = 0; i < n_events; i++)
    if (amends_id_equal (&events[i]->id, &events[i]->stream))
      return events[i]->body != NULL ? find_kind (events[i], ret_kind)
                                     : find_kind_of_rest (events, n_events, ret_kind);
  return FALSE;
}

/**
 * amends_register_dup_reference:
 * @reference: (nullable): as somebody wrote it
 *
 * Returns: (transfer full) (nullable): the form by which two are compared: Unicode NFC, with no blanks around it;
 *   %NULL if it is none
 */
char *
amends_register_dup_reference (const char *reference)
{
  char *plain = reference != NULL ? g_utf8_normalize (reference, -1, G_NORMALIZE_NFC) : NULL;

  return plain != NULL ? g_strstrip (plain) : NULL;
}

static void
write_fields (AmendsFields *fields, const AmendsRegister *of, const json_t *body, guint place)
{
  if (body == NULL || amends_body_get_type (body) != of->type
      || (of->counts != NULL && !of->counts (body)))
    return;
  for (const AmendsSchemaField *field = of->fields; field->name != NULL; field++)
    {
      json_t *value = json_object_get (body, field->name);

      if (value != NULL && !json_is_null (value))
        amends_fields_write (fields, field->name, place, json_incref (value));
    }
}

/* Whether what was said at @place had been said otherwise in something that was erased. @erased: the places of that */
static gboolean
was_before_erased (const AmendsFold *fold, const GArray *erased, guint place)
{
  for (guint i = 0; i < erased->len; i++)
    if (amends_fold_is_before (fold, place, g_array_index (erased, guint, i)))
      return TRUE;
  return FALSE;
}

static GArray *
list_erased (const AmendsFold *fold)
{
  GArray *erased = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint place = 0; place < amends_fold_get_n_events (fold); place++)
    if (amends_fold_get_event (fold, place)->body == NULL)
      g_array_append_val (erased, place);
  return erased;
}

/* What was written apart: each PIN is theirs, and where one of them says that there is none, there is none: what allows
 * less stands, as with roles, whatever a device that was offline says. */
static char **
list_verifiers (const AmendsField *held)
{
  g_autoptr (GStrvBuilder) verifiers = g_strv_builder_new ();

  for (guint i = 0; held != NULL && i < held->writes->len; i++)
    {
      const char *verifier = json_string_value (g_array_index (held->writes, AmendsWrite, i).value);

      if (g_strcmp0 (verifier, AMENDS_REGISTER_NO_PIN) == 0)
        return g_new0 (char *, 1);
      if (verifier != NULL && i < AMENDS_REGISTER_MAX_PINS)
        g_strv_builder_add (verifiers, verifier);
    }
  return g_strv_builder_end (verifiers);
}

/**
 * amends_registered_new:
 * @kind: of which register
 * @events: (array length=n_events): all events held of one stream, in any order; of a PIN and a number those of
 *   all streams in which devices that had not heard of each other began to say what it is
 * @n_events: at least 1
 *
 * Of two values that were written apart the one that a case would show stands; of verifiers see AmendsRegistered. What
 * stood before something that was erased does not come back with that.
 * Returns: (transfer full) (nullable): the entry; %NULL if nothing is left of it
 */
AmendsRegistered *
amends_registered_new (AmendsRegisterKind kind, AmendsEvent *const *events, guint n_events)
{
  const AmendsRegister *of = amends_register_get (kind);
  g_autoptr (AmendsFold) fold = NULL;
  g_autoptr (AmendsFields) fields = NULL;
  g_autoptr (GArray) erased = NULL;
  AmendsRegistered *self;

  g_return_val_if_fail (of != NULL && n_events > 0, NULL);

  fold = amends_fold_new (events, n_events);
  fields = amends_fields_new (fold);
  erased = list_erased (fold);
  for (guint place = 0; place < amends_fold_get_n_events (fold); place++)
    {
      AmendsEvent *event = amends_fold_get_event (fold, place);

      if (event->body != NULL && !was_before_erased (fold, erased, place))
        write_fields (fields, of, amends_event_get_json (event), place);
    }
  if (amends_fields_get (fields, of->key) == NULL)
    return NULL;
  self = g_new0 (AmendsRegistered, 1);
  self->id = events[0]->stream;
  self->kind = kind;
  self->said = json_object ();
  for (const AmendsSchemaField *field = of->fields; field->name != NULL; field++)
    {
      const AmendsField *held = amends_fields_get (fields, field->name);

      if (held != NULL)
        json_object_set (self->said, field->name, amends_field_get_shown (held, fold)->value);
    }
  self->verifiers =
      list_verifiers (kind == AMENDS_REGISTER_PINS ? amends_fields_get (fields, "verifier") : NULL);
  return self;
}

/**
 * amends_registered_get_text:
 *
 * Returns: (nullable): what stands in @field
 */
const char *
amends_registered_get_text (const AmendsRegistered *self, const char *field)
{
  return json_string_value (json_object_get (self->said, field));
}

/**
 * amends_registered_free:
 * @self: (nullable) (transfer full): an entry
 */
void
amends_registered_free (AmendsRegistered *self)
{
  if (self == NULL)
    return;
  json_decref (self->said);
  g_strfreev (self->verifiers);
  g_free (self);
}

/**
 * amends_register_take:
 * @kind: of which register
 * @said: what is to be recorded
 * @schemes: (array zero-terminated=1): those that may be written to
 * @moment: now
 * @problems: (nullable) (element-type GError): where all that is wrong goes; %NULL to stop at the first
 *
 * Errors: %AMENDS_CORE_ERROR_INVALID, naming the field.
 * Returns: (transfer full) (nullable): what there is to record of it
 */
json_t *
amends_register_take (AmendsRegisterKind kind,
                      const json_t *said,
                      const char *const *schemes,
                      const AmendsMoment *moment,
                      GPtrArray *problems,
                      GError **error)
{
  const AmendsSchemaContext context = {
    .today = amends_moment_get_today (moment),
    .takes_future = amends_moment_is_plainly_wrong (moment),
    .schemes = schemes,
    .problems = problems,
  };

  return amends_schema_take (amends_register_get (kind)->fields, said, &context, error);
}

/**
 * amends_decide_register:
 * @kind: of which register
 * @taken: what amends_register_take() took
 * @by: the member of staff; number 0 if nobody is signed in
 * @moment: now
 *
 * Errors: %AMENDS_CORE_ERROR_TOO_LARGE.
 * Returns: (transfer full): the event that says it, for a new stream or for that of the entry
 */
AmendsDecision *
amends_decide_register (AmendsRegisterKind kind,
                        const json_t *taken,
                        const AmendsId *by,
                        const AmendsMoment *moment,
                        GError **error)
{
  const AmendsRegister *of = amends_register_get (kind);
  const char *scheme = json_string_value (json_object_get (taken, "scheme"));
  g_autofree char *feed = g_strconcat (of->feed, of->is_of_scheme ? scheme : NULL, NULL);
  g_autoptr (AmendsDecision) decision = amends_decision_new (feed);
  json_t *body = amends_decision_begin_body (amends_event_type_to_string (of->type), by, moment);

  json_object_update_missing (body, (json_t *) taken);
  decision->begins = TRUE;
  if (!amends_decision_add_body (decision, body, of->key, error))
    return NULL;
  return g_steal_pointer (&decision);
}
