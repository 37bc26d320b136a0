/* amends-act-form.c: which fields the form of an act has
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * They are those of the act's schema, in their order; a few acts show fewer, or ask in a way of their own. */

#include "config.h"

#include "app/staff/amends-act-form.h"

#include <glib/gi18n.h>
#include <string.h>

#include "app/amends-act-words.h"
#include "app/amends-words.h"
#include "app/staff/amends-act-offers.h"
#include "app/widgets/amends-text-card.h"
#include "core/amends-complainant.h"
#include "core/amends-intake.h"

#define N_MAX_SHORT_FIELDS 10
#define SAFE_CONTACT "complainant.safe_contact"

/* The most that a corrected number is set to: of working days. */
#define NUMBER_MAX 260

/* Acts on people ask for less than they could hold, or offer what stands in the case.
 * @path: of the value in the act
 * @now: (nullable): the field of the case that it begins with; then only what differs is said
 * @given: (nullable): the field of the case that stands there on arrival, and is said
 * @is_optional: whether no code can be chosen */
static const struct
{
  AmendsEventType act;
  struct
  {
    const char *path;
    AmendsActFieldKind kind;
    const char *list;
    const char *now;
    const char *given;
    gboolean is_optional;
  } fields[N_MAX_SHORT_FIELDS + 1];
} short_forms[] = {
  { AMENDS_EVENT_CASE_NOTED,
    { { "text", AMENDS_ACT_FIELD_TEXT },
      { "with", AMENDS_ACT_FIELD_LINE, .given = "complainant.name" },
      { "phone", AMENDS_ACT_FIELD_LINE, .given = "complainant.phone" },
      { "on", AMENDS_ACT_FIELD_TODAY },
      { "time", AMENDS_ACT_FIELD_NOW } } },
  { AMENDS_EVENT_CONTACT_CHANGED,
    { { "name", AMENDS_ACT_FIELD_LINE, NULL, "complainant.name" },
      { "phone", AMENDS_ACT_FIELD_LINE, NULL, "complainant.phone" },
      { "email", AMENDS_ACT_FIELD_LINE, NULL, "complainant.email" },
      { "home", AMENDS_ACT_FIELD_LINE, NULL, "complainant.home" },
      { "preferred_contact", AMENDS_ACT_FIELD_CODE, "channel",
        "complainant.preferred_contact" } } },
  { AMENDS_EVENT_PERSON_PREFERENCE,
    { { "preferred_contact", AMENDS_ACT_FIELD_CODE, "channel", "complainant.preferred_contact" },
      { "language", AMENDS_ACT_FIELD_LINE, NULL, "complainant.language" },
      { "interpreter", AMENDS_ACT_FIELD_YES_MORE },
      { "safe_contact.methods", AMENDS_ACT_FIELD_LINES, NULL, SAFE_CONTACT },
      { "safe_contact.times", AMENDS_ACT_FIELD_LINES, NULL, SAFE_CONTACT },
      { "safe_contact.not", AMENDS_ACT_FIELD_LINES, NULL, SAFE_CONTACT },
      { "safe_contact.shared_with", AMENDS_ACT_FIELD_LINES, NULL, SAFE_CONTACT } } },
  { AMENDS_EVENT_ISSUE_ADDED,
    { { "what", AMENDS_ACT_FIELD_TEXT }, { "outcome_sought", AMENDS_ACT_FIELD_TEXT } } },
  { AMENDS_EVENT_CONSENT_GIVEN,
    { { "purpose", AMENDS_ACT_FIELD_CODE, "consent-purpose" },
      { "to", AMENDS_ACT_FIELD_LINE },
      { "answer", AMENDS_ACT_FIELD_ANSWER },
      { "how", AMENDS_ACT_FIELD_LINE },
      { "until", AMENDS_ACT_FIELD_DAY } } },
  { AMENDS_EVENT_CONSENT_WITHDRAWN, { { "purpose", AMENDS_ACT_FIELD_CONSENT } } },
  { AMENDS_EVENT_ADJUSTMENT_ADDED,
    { { "need", AMENDS_ACT_FIELD_CODE, "adjustment" }, { "detail", AMENDS_ACT_FIELD_LINE } } },
  { AMENDS_EVENT_ADJUSTMENT_ENDED, { { "need", AMENDS_ACT_FIELD_ADJUSTMENT } } },
  { AMENDS_EVENT_AUTHORITY_GIVEN,
    { { "name", AMENDS_ACT_FIELD_LINE },
      { "relation", AMENDS_ACT_FIELD_CODE, "representative-relation" },
      { "relation_detail", AMENDS_ACT_FIELD_LINE },
      { "authority.type", AMENDS_ACT_FIELD_CODE, "authority" },
      { "authority.evidence", AMENDS_ACT_FIELD_CODE, "authority-evidence", .is_optional = TRUE },
      { "authority.scope", AMENDS_ACT_FIELD_CODES, "authority-scope", .is_optional = TRUE },
      { "authority.from", AMENDS_ACT_FIELD_DAY },
      { "authority.until", AMENDS_ACT_FIELD_DAY },
      { "decided_by.name", AMENDS_ACT_FIELD_LINE },
      { "decided_by.role", AMENDS_ACT_FIELD_CODE, "role", .is_optional = TRUE } } },
  { AMENDS_EVENT_CASE_CORRECTED,
    { { "event", AMENDS_ACT_FIELD_WRITTEN },
      { "to", AMENDS_ACT_FIELD_DAY },
      { "to", AMENDS_ACT_FIELD_LINE },
      { "to", AMENDS_ACT_FIELD_CODE, "channel" },
      { "to", AMENDS_ACT_FIELD_YES_NO },
      { "to", AMENDS_ACT_FIELD_NUMBER },
      { "to", AMENDS_ACT_FIELD_TEXT },
      { "because", AMENDS_ACT_FIELD_TEXT } } },
  { AMENDS_EVENT_CASE_CORRECTION_ANSWERED,
    { { "correction", AMENDS_ACT_FIELD_CORRECTION },
      { "agreed", AMENDS_ACT_FIELD_YES_NO },
      { "because", AMENDS_ACT_FIELD_TEXT } } },
};

static AmendsActField *
create_field (const char *path, AmendsActFieldKind kind)
{
  AmendsActField *field = g_new0 (AmendsActField, 1);

  field->path = g_strdup (path);
  field->kind = kind;
  return field;
}

static AmendsActField *
add_field (GPtrArray *fields, const char *path, AmendsActFieldKind kind)
{
  AmendsActField *field = create_field (path, kind);

  g_ptr_array_add (fields, field);
  return field;
}

/* Whether a person is asked for it in a small form, and how. */
static gboolean
get_kind (const AmendsSchemaField *field, AmendsEventType act, AmendsActFieldKind *ret_kind)
{
  gboolean is_required = (field->flags & AMENDS_SCHEMA_REQUIRED) != 0;
  const char *key = NULL;

  switch ((int) field->kind)
    {
    case AMENDS_SCHEMA_TEXT:
      *ret_kind = AMENDS_ACT_FIELD_TEXT;
      return TRUE;
    case AMENDS_SCHEMA_LINE:
      *ret_kind = g_str_equal (field->name, "ground") ? AMENDS_ACT_FIELD_GROUND
                  : g_str_equal (field->name, "who")  ? AMENDS_ACT_FIELD_COMPLAINANT
                                                      : AMENDS_ACT_FIELD_LINE;
      return TRUE;
    case AMENDS_SCHEMA_CODE:
      *ret_kind =
          g_str_equal (field->name, "need") ? AMENDS_ACT_FIELD_ADJUSTMENT : AMENDS_ACT_FIELD_CODE;
      return TRUE;
    case AMENDS_SCHEMA_PAST_DAY:
      *ret_kind = is_required ? AMENDS_ACT_FIELD_TODAY : AMENDS_ACT_FIELD_DAY;
      return TRUE;
    case AMENDS_SCHEMA_DAY:
      *ret_kind = AMENDS_ACT_FIELD_DAY; /* what is to come is not today by oversight */
      return TRUE;
    case AMENDS_SCHEMA_TIME:
      *ret_kind = AMENDS_ACT_FIELD_TIME;
      return TRUE;
    case AMENDS_SCHEMA_BOOLEAN:
      *ret_kind = AMENDS_ACT_FIELD_YES_NO;
      return TRUE;
    case AMENDS_SCHEMA_BOOLEAN_OR_TEXT:
      *ret_kind = AMENDS_ACT_FIELD_YES_MORE;
      return TRUE;
    case AMENDS_SCHEMA_INTEGER:
      *ret_kind = g_str_equal (field->name, "stage")         ? AMENDS_ACT_FIELD_STAGE
                  : g_str_has_suffix (field->name, "_pence") ? AMENDS_ACT_FIELD_MONEY
                                                             : AMENDS_ACT_FIELD_NUMBER;
      return !g_str_equal (field->name, "net_pence"); /* computed */
    case AMENDS_SCHEMA_ID:
      amends_act_offers_get_opening (act, &key);
      if (g_strcmp0 (field->name, key) == 0 || act == AMENDS_EVENT_CASE_TRANSCRIBED)
        *ret_kind = AMENDS_ACT_FIELD_PART;
      else if (g_str_equal (field->name, "hazard"))
        *ret_kind = AMENDS_ACT_FIELD_HAZARD;
      else
        *ret_kind = is_required ? AMENDS_ACT_FIELD_ONE_ISSUE : AMENDS_ACT_FIELD_ISSUE;
      return *ret_kind == AMENDS_ACT_FIELD_PART || *ret_kind == AMENDS_ACT_FIELD_HAZARD
             || g_str_equal (field->name, "issue");
    case AMENDS_SCHEMA_SCHEME:
      *ret_kind = AMENDS_ACT_FIELD_SCHEME;
      return TRUE;
    case AMENDS_SCHEMA_OBJECTS:
      *ret_kind = AMENDS_ACT_FIELD_PEOPLE;
      return g_str_equal (field->name, "members") || g_str_equal (field->name, "supporters");
    default:
      return FALSE;
    }
}

/* What was found is asked of each issue. */
static void
add_findings (GPtrArray *fields, const AmendsCase *complaint)
{
  for (guint i = 0; i < amends_case_get_n_issues (complaint); i++)
    {
      const AmendsIssue *issue = amends_case_get_issue (complaint, i);
      g_autofree char *path = g_strdup_printf ("findings.%u", i);
      g_autofree char *what = amends_act_offers_dup_issue (issue);
      AmendsActField *field = add_field (fields, path, AMENDS_ACT_FIELD_FINDING);

      field->list = "finding";
      field->is_optional = TRUE;
      field->issue = amends_id_format (&issue->id);
      /* Translators: an issue, in the words of the complainant. */
      field->title = g_strdup_printf (_ ("Found: “%s”"), what);
    }
}

/* Of whom it is, is asked where several complain; of what somebody needs, also where one acts for them. */
static gboolean
is_of_one_of_several (AmendsEventType act, const AmendsCase *complaint)
{
  g_autoptr (GArray) list = amends_case_list_complainants (complaint);

  return list->len > 1
         || (amends_act_is_of_needs (act)
             && amends_case_get_text (complaint, "representative.name") != NULL);
}

/* Other lists and ids are for other places than a small form. */
static void
add_schema (GPtrArray *fields,
            AmendsEventType act,
            const char *prefix,
            const AmendsSchemaField *schema,
            const AmendsCase *complaint)
{
  for (; schema->name != NULL; schema++)
    {
      g_autofree char *path = g_strconcat (prefix, schema->name, NULL);
      AmendsActFieldKind kind;
      AmendsActField *field;

      if (schema->kind == AMENDS_SCHEMA_OBJECT)
        {
          g_autofree char *inner = g_strconcat (path, ".", NULL);

          add_schema (fields, act, inner, schema->members, complaint);
        }
      if (*prefix == '\0' && g_str_equal (schema->name, "findings"))
        add_findings (fields, complaint);
      if (!get_kind (schema, act, &kind)
          || (kind == AMENDS_ACT_FIELD_COMPLAINANT && !is_of_one_of_several (act, complaint)))
        continue;
      field = add_field (fields, path, kind);
      field->list = schema->codes;
      field->n_max = schema->max;
      field->is_optional = (schema->flags & AMENDS_SCHEMA_REQUIRED) == 0 || *prefix != '\0';
    }
}

/* Who has a name is not named again, and nobody lets stand what is not suspended. */
static gboolean
is_idle (const char *path, AmendsEventType act, const AmendsCase *complaint)
{
  if (act == AMENDS_EVENT_CONTACT_CHANGED)
    return g_str_equal (path, "name") && amends_case_holds (complaint, "complainant.name");
  return act == AMENDS_EVENT_AUTHORITY_GIVEN && g_str_has_prefix (path, "decided_by.")
         && !amends_case_holds (complaint, "about");
}

/**
 * amends_act_form_list_fields:
 * @act: the type of its event
 * @complaint: the case
 *
 * Returns: (transfer full) (element-type AmendsActField): what a person is asked for, in its order; no row yet
 */
GPtrArray *
amends_act_form_list_fields (AmendsEventType act, const AmendsCase *complaint)
{
  GPtrArray *fields = g_ptr_array_new_with_free_func (amends_act_field_free);
  const AmendsSchemaField *schema = amends_intake_get_act_fields (act);
  gboolean is_of_several = schema != NULL && amends_schema_find (schema, "who") != NULL
                           && is_of_one_of_several (act, complaint);

  for (guint i = 0; i < G_N_ELEMENTS (short_forms); i++)
    for (guint n = 0; short_forms[i].act == act && short_forms[i].fields[n].path != NULL; n++)
      {
        AmendsActField *field;

        if (is_idle (short_forms[i].fields[n].path, act, complaint))
          continue;
        field = add_field (fields, short_forms[i].fields[n].path, short_forms[i].fields[n].kind);
        field->list = short_forms[i].fields[n].list;
        /* What stands of one of several is not the beginning of what is said of another. */
        field->now = is_of_several ? NULL : short_forms[i].fields[n].now;
        field->given = short_forms[i].fields[n].given;
        field->is_optional =
            short_forms[i].fields[n].now != NULL || short_forms[i].fields[n].is_optional;
        field->takes_nothing =
            act == AMENDS_EVENT_CASE_CORRECTED && g_str_equal (field->path, "to");
        field->n_max = NUMBER_MAX;
      }
  if (fields->len == 0 && schema != NULL)
    add_schema (fields, act, "", schema, complaint);
  else if (is_of_several && act != AMENDS_EVENT_ADJUSTMENT_ENDED)
    g_ptr_array_insert (fields, 0, create_field ("who", AMENDS_ACT_FIELD_COMPLAINANT));
  return fields;
}

/**
 * amends_act_form_find_now:
 * @field: of one that holds a list
 *
 * Returns: (nullable): the list that stands in the case, with which the field begins
 */
const json_t *
amends_act_form_find_now (const AmendsActField *field, const AmendsCase *complaint)
{
  const char *dot = strchr (field->path, '.');

  return json_object_get (amends_case_get_value (complaint, field->now),
                          dot != NULL ? dot + 1 : field->path);
}

/**
 * amends_act_form_join_texts:
 * @list: (nullable): of texts
 *
 * Returns: (transfer full): each on a line of its own, as a field of that kind holds it
 */
char *
amends_act_form_join_texts (const json_t *list)
{
  GString *text = g_string_new (NULL);

  for (gsize i = 0; i < json_array_size (list); i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "",
                            json_string_value (json_array_get (list, i)));
  return g_strstrip (g_string_free (text, FALSE));
}

/* What was typed of one is not said of another: it waits until they are chosen again. */
static void
chosen_cb (AdwComboRow *row, GParamSpec *pspec, AmendsTextCard *card)
{
  const json_t *standing = g_object_get_data (G_OBJECT (card), "standing");
  json_t *typed = g_object_get_data (G_OBJECT (card), "typed");
  guint before = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (card), "chosen"));
  guint chosen = adw_combo_row_get_selected (row);
  const json_t *of_chosen = json_array_get (standing, chosen);
  g_autofree char *text = amends_text_card_dup_text (card);
  char *begun = amends_act_form_join_texts (of_chosen);

  if (g_object_get_data (G_OBJECT (card), AMENDS_ACT_FIELD_BEGUN) != NULL)
    json_array_set_new (typed, before, json_string (text));
  if (json_is_string (json_array_get (typed, chosen)))
    amends_text_card_set_text (card, json_string_value (json_array_get (typed, chosen)));
  else
    amends_text_card_set_text (card, begun);
  g_object_set_data_full (G_OBJECT (card), AMENDS_ACT_FIELD_BEGUN, begun, g_free);
  g_object_set_data (G_OBJECT (card), "chosen", GUINT_TO_POINTER (chosen));
}

/**
 * amends_act_form_join_lines:
 * @fields: (element-type AmendsActField): of a form that is built
 *
 * Of several who complain each list begins with what stands of whoever is chosen: what it replaces is theirs.
 */
void
amends_act_form_join_lines (const GPtrArray *fields, const AmendsCase *complaint)
{
  const AmendsActField *who = fields->len > 0 ? g_ptr_array_index (fields, 0) : NULL;

  if (who == NULL || who->kind != AMENDS_ACT_FIELD_COMPLAINANT)
    return;
  for (guint n = 1; n < fields->len; n++)
    {
      const AmendsActField *field = g_ptr_array_index (fields, n);
      const char *dot = strchr (field->path, '.');
      json_t *standing;
      json_t *typed;

      if (field->kind != AMENDS_ACT_FIELD_LINES || dot == NULL)
        continue;
      standing = json_array ();
      typed = json_array ();
      for (gsize i = 0; i < json_array_size (who->offered); i++)
        {
          const char *name =
              json_string_value (json_object_get (json_array_get (who->offered, i), "who"));
          const json_t *safe = amends_complainant_get_value (complaint, name, "safe_contact");
          json_t *list = json_object_get (safe, dot + 1);

          json_array_append_new (standing, list != NULL ? json_deep_copy (list) : json_array ());
          json_array_append_new (typed, json_null ());
        }
      g_object_set_data_full (G_OBJECT (field->row), "typed", typed, (GDestroyNotify) json_decref);
      g_object_set_data_full (G_OBJECT (field->row), "standing", standing,
                              (GDestroyNotify) json_decref);
      g_signal_connect_object (who->row, "notify::selected", G_CALLBACK (chosen_cb), field->row, 0);
      chosen_cb (ADW_COMBO_ROW (who->row), NULL, AMENDS_TEXT_CARD (field->row));
    }
}

static gboolean
is_left_out (const AmendsActField *field, guint person)
{
  const json_t *standing = g_object_get_data (G_OBJECT (field->row), "standing");
  const json_t *typed = g_object_get_data (G_OBJECT (field->row), "typed");
  const char *text = json_string_value (json_array_get (typed, person));
  g_autofree char *begun = amends_act_form_join_texts (json_array_get (standing, person));

  return text != NULL && strcmp (text, begun) != 0;
}

static gboolean
is_anything_left_out (const GPtrArray *fields, guint person)
{
  for (guint n = 1; n < fields->len; n++)
    {
      const AmendsActField *field = g_ptr_array_index (fields, n);

      if (field->kind == AMENDS_ACT_FIELD_LINES && is_left_out (field, person))
        return TRUE;
    }
  return FALSE;
}

/**
 * amends_act_form_dup_left_out:
 * @fields: (element-type AmendsActField): of a form that is built
 *
 * Returns: (transfer full) (nullable): of whom something was typed that is not saved, since another is chosen by now,
 *   and what to do about it; %NULL where there is nobody
 */
char *
amends_act_form_dup_left_out (const GPtrArray *fields)
{
  const AmendsActField *who = fields->len > 0 ? g_ptr_array_index (fields, 0) : NULL;
  g_autoptr (GString) left = g_string_new (NULL);
  GtkStringList *names;
  guint chosen;

  if (who == NULL || who->kind != AMENDS_ACT_FIELD_COMPLAINANT)
    return NULL;
  chosen = adw_combo_row_get_selected (ADW_COMBO_ROW (who->row));
  names = GTK_STRING_LIST (adw_combo_row_get_model (ADW_COMBO_ROW (who->row)));
  for (guint person = 0; person < json_array_size (who->offered); person++)
    if (person != chosen && is_anything_left_out (fields, person))
      {
        g_autofree char *name = amends_words_isolate (gtk_string_list_get_string (names, person));

        g_string_append_printf (left, "%s%s", left->len > 0 ? ", " : "", name);
      }
  if (left->len == 0)
    return NULL;
  /* Translators: one name or more. */
  return g_strdup_printf (_ ("What you typed for %s is not saved with this. Save again to leave it "
                             "out. To keep it, copy it first, and open this again for it."),
                          left->str);
}

/**
 * amends_act_form_dup_title:
 *
 * Returns: (transfer full): what the field is called
 */
char *
amends_act_form_dup_title (AmendsEventType act, const AmendsActField *field)
{
  if (field->title != NULL)
    return g_strdup (field->title);
  switch ((int) field->kind)
    {
    case AMENDS_ACT_FIELD_ANSWER:
      return g_strdup (_ ("They said"));
    case AMENDS_ACT_FIELD_CONSENT:
    case AMENDS_ACT_FIELD_ADJUSTMENT:
      return g_strdup (_ ("Which"));
    default:
      return amends_act_words_field (act, field->path);
    }
}

/**
 * amends_act_form_is_colleague:
 *
 * Returns: whether it is the name of somebody who may work for the landlord, or a name on each line
 */
gboolean
amends_act_form_is_colleague (const AmendsActField *field)
{
  static const char *const people[] = {
    "to.name",
    "done_by.name",
    "owner.name",
    "author.name",
    "approved_by.name",
    "decided_by.name",
    "authorised_by.name",
    "ask.name",
    "comes.name",
    "forwarded_to",
    "from",
    NULL,
  };

  return field->kind == AMENDS_ACT_FIELD_PEOPLE
         || (field->kind == AMENDS_ACT_FIELD_LINE && g_strv_contains (people, field->path));
}
