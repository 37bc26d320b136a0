/* amends-event-words.c: what happened, as a person reads it
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * An entry is one of amends_store_history_to_json(). Its body may come from another version: what is
 * not as expected is left out. */

#include "config.h"

#include "app/amends-event-words.h"

#include <string.h>

#include <glib/gi18n.h>

#include "app/amends-act-words.h"
#include "app/amends-words.h"
#include "core/amends-complainant.h"
#include "core/amends-instant.h"

static const char *
text_of (const json_t *object, const char *key)
{
  const char *text = json_string_value (json_object_get (object, key));

  return text != NULL ? text : "";
}

static AmendsEventType
type_of (const json_t *entry)
{
  if (!json_is_true (json_object_get (entry, "known")))
    return AMENDS_EVENT_UNKNOWN;
  return amends_event_type_from_string (text_of (entry, "type"));
}

static char *
recorded_title (const json_t *body)
{
  g_autofree char *day =
      amends_words_iso_day (json_string_value (json_object_get (body, "received")));
  g_autofree char *received = g_strdup_printf (_ ("received %s"), day);
  g_autofree char *facts =
      amends_words_join (" · ", amends_words_code ("kind", text_of (body, "kind")), received,
                         amends_words_code ("channel", text_of (body, "channel")), NULL);

  return g_strdup_printf (_ ("Recorded: %s"), facts);
}

static char *
contact_title (const json_t *body)
{
  static const char *const keys[] = { "phone", "email", "home", "preferred_contact" };
  g_autoptr (GString) facts = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      const json_t *value = json_object_get (body, keys[i]);
      g_autofree char *path = g_strdup_printf ("complainant.%s", keys[i]);
      g_autofree char *name = amends_words_field (path);
      g_autofree char *text = amends_words_value (path, value);
      g_autofree char *isolated = amends_words_isolate (text);

      if (value != NULL)
        g_string_append_printf (facts, "%s%s %s", facts->len > 0 ? "; " : "", name, isolated);
    }
  if (facts->len == 0)
    return g_strdup (_ ("How they want to be reached was changed"));
  return g_strdup_printf (_ ("Contact details changed: %s"), facts->str);
}

static char *
consent_title (const json_t *body, AmendsEventType type)
{
  g_autofree char *what =
      amends_words_join (" · ", amends_words_code ("consent-purpose", text_of (body, "purpose")),
                         text_of (body, "to"), NULL);
  g_autofree char *day = amends_words_iso_day (json_string_value (json_object_get (body, "until")));
  g_autofree char *until = *day != '\0' ? g_strdup_printf (_ ("until %s"), day) : g_strdup ("");
  g_autofree char *whole = amends_words_join (" · ", what, until, NULL);

  if (type == AMENDS_EVENT_CONSENT_GIVEN)
    return g_strdup_printf (_ ("Agreed: %s"), whole);
  if (type == AMENDS_EVENT_CONSENT_REFUSED)
    return g_strdup_printf (_ ("Refused: %s"), whole);
  if (type == AMENDS_EVENT_CONSENT_DEFERRED)
    return g_strdup_printf (_ ("Wants to be asked first: %s"), whole);
  return g_strdup_printf (_ ("Agreement withdrawn: %s"), whole);
}

static char *
adjustment_title (const json_t *body, AmendsEventType type)
{
  g_autofree char *what =
      amends_words_join (" · ", amends_words_code ("adjustment", text_of (body, "need")),
                         text_of (body, "detail"), NULL);

  return g_strdup_printf (type == AMENDS_EVENT_ADJUSTMENT_ADDED ? _ ("Adjustment asked for: %s")
                                                                : _ ("Adjustment ended: %s"),
                          what);
}

static char *
authority_title (const json_t *body)
{
  g_autofree char *authority =
      amends_words_value ("representative.authority", json_object_get (body, "authority"));
  g_autofree char *who =
      amends_words_join (" · ", text_of (body, "name"),
                         amends_words_code ("representative-relation", text_of (body, "relation")),
                         authority, NULL);

  return g_strdup_printf (_ ("Authority given: %s"), who);
}

static char *
settled_title (const json_t *body)
{
  const char *field = text_of (body, "field");
  g_autofree char *name = amends_words_field (field);
  g_autofree char *value = amends_words_value (field, json_object_get (body, "value"));
  g_autofree char *isolated = amends_words_isolate (value);

  return g_strdup_printf (_ ("Two versions settled: %s is %s"), name, isolated);
}

static char *
moved_title (const json_t *entry, const json_t *body)
{
  /* Translators: the scheme to which a case was moved, and why. */
  return g_strdup_printf (_ ("Moved to %s: %s"), text_of (entry, "to_name"),
                          text_of (body, "because"));
}

/* Whoever wrote it is the device under its new code. */
static char *
forked_title (const json_t *body)
{
  json_int_t n_again = json_integer_value (json_object_get (body, "again"));

  if (n_again <= 0)
    return g_strdup_printf (
        _ ("This device was restored from a copy, or copied, and has a new code. It was %s"),
        text_of (body, "from"));
  /* Translators: the code that the device had; then how many. */
  return g_strdup_printf (
      ngettext ("This device was restored from a copy, or copied, and has a new code. It was %s; "
                "%u record was written again",
                "This device was restored from a copy, or copied, and has a new code. It was %s; "
                "%u records were written again",
                (gulong) n_again),
      text_of (body, "from"), (guint) n_again);
}

static char *
issue_title (const json_t *body)
{
  const char *what = text_of (body, "what");
  g_autofree char *excerpt = amends_words_excerpt (what);

  return g_strdup_printf (strlen (excerpt) < strlen (what) ? _ ("Issue: “%s…”") : _ ("Issue: “%s”"),
                          excerpt);
}

/* @key: what says most about it; @list: the list that it is a code of */
static const struct
{
  AmendsEventType type;
  const char *title;
  const char *list;
  const char *key;
} act_words[] = {
  { AMENDS_EVENT_CASE_ACKNOWLEDGED, N_ ("Acknowledged"), NULL, NULL },
  { AMENDS_EVENT_CASE_ACCEPTED, N_ ("Accepted as a complaint"), NULL, "because" },
  { AMENDS_EVENT_CASE_DECLINED, N_ ("Declined as a complaint"), NULL, "reasons" },
  { AMENDS_EVENT_CASE_WITHDRAWN, N_ ("Withdrawn by the complainant"), NULL, "because" },
  { AMENDS_EVENT_CASE_REOPENED, N_ ("Taken up again"), "reopening", "because" },
  { AMENDS_EVENT_CASE_COMPLAINANT_JOINED, N_ ("Somebody joined the complaint"), NULL, "name" },
  { AMENDS_EVENT_CASE_ASSIGNED, N_ ("Assigned"), NULL, "to" },
  { AMENDS_EVENT_CASE_CONTACTED, N_ ("In contact with the complainant"), NULL, "text" },
  { AMENDS_EVENT_CASE_EXTENDED, N_ ("Extended"), NULL, "reason" },
  { AMENDS_EVENT_CASE_UPDATED, N_ ("The complainant was told how it stands"), NULL, "text" },
  { AMENDS_EVENT_CASE_RESPONDED, N_ ("Stage 1 response"), NULL, "summary" },
  { AMENDS_EVENT_CASE_DELIVERED, N_ ("The response arrived"), NULL, "how" },
  { AMENDS_EVENT_CASE_ESCALATION_REQUESTED, N_ ("Stage 2 was asked for"), NULL, "reasons" },
  { AMENDS_EVENT_CASE_ESCALATION_REFUSED, N_ ("Stage 2 refused"), NULL, "reasons" },
  { AMENDS_EVENT_CASE_STAGE2_ACKNOWLEDGED, N_ ("Stage 2 acknowledged"), NULL, NULL },
  { AMENDS_EVENT_CASE_STAGE2_ASSIGNED, N_ ("Stage 2 assigned"), NULL, "to" },
  { AMENDS_EVENT_CASE_STAGE2_CONTACTED, N_ ("Stage 2: in contact with the complainant"), NULL,
    "text" },
  { AMENDS_EVENT_CASE_STAGE2_UPDATED, N_ ("Stage 2: the complainant was told how it stands"), NULL,
    "text" },
  { AMENDS_EVENT_CASE_STAGE2_EXTENDED, N_ ("Stage 2 extended"), NULL, "reason" },
  { AMENDS_EVENT_CASE_STAGE2_RESPONDED, N_ ("Stage 2 response"), NULL, "summary" },
  { AMENDS_EVENT_CASE_STAGE2_CLOSED, N_ ("Stage 2 closed"), "closure", "closure" },
  { AMENDS_EVENT_CASE_CLOSURE_CONTACT, N_ ("Asked whether it can be closed"), NULL, "text" },
  { AMENDS_EVENT_CASE_CLOSED, N_ ("Closed"), "closure", "closure" },
  { AMENDS_EVENT_CASE_PANEL_REQUESTED, N_ ("The compensation panel was asked for"), NULL, "text" },
  { AMENDS_EVENT_CASE_PANEL_DECIDED, N_ ("The compensation panel decided"), "panel-outcome",
    "outcome" },
  { AMENDS_EVENT_CASE_DISCLOSED, N_ ("Shared with others"), NULL, "to" },
  { AMENDS_EVENT_CASE_DEPARTURE, N_ ("The policy was departed from"), NULL, "clause" },
  { AMENDS_EVENT_CASE_UNDERSTANDING, N_ ("What stage 2 is about"), "understanding", "step" },
  { AMENDS_EVENT_CASE_DISSATISFIED, N_ ("Unhappy with the answer"), NULL, "text" },
  { AMENDS_EVENT_CASE_PROMOTED, N_ ("Taken as a complaint at stage 1"), "stage-1-entry", "entry" },
  { AMENDS_EVENT_CASE_REQUEST_RESOLVED, N_ ("The request was dealt with"), NULL, "outcome" },
  { AMENDS_EVENT_CASE_HAZARD_REPORTED, N_ ("A hazard was told of"), NULL, "what" },
  { AMENDS_EVENT_CASE_HAZARD_INVESTIGATED, N_ ("The hazard was investigated"), NULL, "text" },
  { AMENDS_EVENT_CASE_HAZARD_SUMMARY_SENT, N_ ("The hazard: a written summary was sent"), NULL,
    "text" },
  { AMENDS_EVENT_CASE_HAZARD_MADE_SAFE, N_ ("The hazard was made safe"), NULL, "text" },
  { AMENDS_EVENT_CASE_TRIAGED, N_ ("Triaged"), NULL, "text" },
  { AMENDS_EVENT_CASE_DEFINED, N_ ("What the complaint is about"), NULL, "understanding" },
  { AMENDS_EVENT_CASE_STAGE2_DEFINED, N_ ("Stage 2: what it is about"), NULL, "understanding" },
  { AMENDS_EVENT_CASE_INVESTIGATED, N_ ("Investigated"), NULL, "what" },
  { AMENDS_EVENT_CASE_STAGE2_INVESTIGATED, N_ ("Stage 2: investigated"), NULL, "what" },
  { AMENDS_EVENT_CASE_INFORMATION_REQUESTED, N_ ("Information was asked for"), NULL, "from" },
  { AMENDS_EVENT_CASE_INFORMATION_ANSWERED, N_ ("The information came"), NULL, "text" },
  { AMENDS_EVENT_CASE_APPOINTED, N_ ("Appointment made"), NULL, "what" },
  { AMENDS_EVENT_CASE_APPOINTMENT_ENDED, N_ ("What became of an appointment"),
    "appointment-outcome", "outcome" },
  { AMENDS_EVENT_CASE_FINDING, N_ ("Finding"), "finding", "finding" },
  { AMENDS_EVENT_CASE_STAGE2_FINDING, N_ ("Stage 2: finding"), "finding", "finding" },
  { AMENDS_EVENT_CASE_REMEDY_OFFERED, N_ ("Remedy offered"), "remedy", "remedy" },
  { AMENDS_EVENT_CASE_REMEDY_ANSWERED, N_ ("They answered the offer"), "remedy-answer", "answer" },
  { AMENDS_EVENT_CASE_REMEDY_GIVEN, N_ ("Remedy given"), NULL, "proof" },
  { AMENDS_EVENT_CASE_ACTION_ADDED, N_ ("Promised"), NULL, "what" },
  { AMENDS_EVENT_CASE_ACTION_DONE, N_ ("Done as promised"), NULL, "text" },
  { AMENDS_EVENT_CASE_DRAFTED, N_ ("Stage 1 response drafted"), NULL, "author" },
  { AMENDS_EVENT_CASE_APPROVED, N_ ("Draft of the stage 1 response"), NULL, "text" },
  { AMENDS_EVENT_CASE_SENT, N_ ("Stage 1 response sent"), NULL, "summary" },
  { AMENDS_EVENT_CASE_STAGE2_DRAFTED, N_ ("Stage 2 response drafted"), NULL, "author" },
  { AMENDS_EVENT_CASE_STAGE2_APPROVED, N_ ("Draft of the stage 2 response"), NULL, "text" },
  { AMENDS_EVENT_CASE_STAGE2_SENT, N_ ("Stage 2 response sent"), NULL, "summary" },
  { AMENDS_EVENT_CASE_LEARNING, N_ ("Learned from it"), NULL, "what" },
  { AMENDS_EVENT_CASE_SURVEY, N_ ("Survey"), "survey-step", "step" },
  { AMENDS_EVENT_CASE_REFERRED, N_ ("Taken to somebody outside"), "external-body", "to" },
  { AMENDS_EVENT_CASE_DETERMINATION, N_ ("The Ombudsman decided"), "determination",
    "determination" },
  { AMENDS_EVENT_CASE_ORDER, N_ ("Order or recommendation"), NULL, "what" },
  { AMENDS_EVENT_CASE_ORDER_DONE, N_ ("An order was done"), NULL, "text" },
  { AMENDS_EVENT_CASE_BEHAVIOUR_RESTRICTION, N_ ("Contact was restricted"), NULL, "what" },
  { AMENDS_EVENT_CASE_BEHAVIOUR_REVIEWED, N_ ("The restriction was reviewed"), "restriction-review",
    "outcome" },
  { AMENDS_EVENT_CASE_PANEL_RECOMMENDED, N_ ("The compensation panel recommended"), "panel-outcome",
    "outcome" },
  { AMENDS_EVENT_CASE_MATCHED, N_ ("Linked with another case"), NULL, "with" },
  { AMENDS_EVENT_CASE_JOINED, N_ ("Answered in another case"), NULL, "with" },
  { AMENDS_EVENT_CASE_SPLIT, N_ ("An issue is answered in another case"), NULL, "with" },
  { AMENDS_EVENT_CASE_PARTED, N_ ("Parted, since it was joined by mistake"), NULL, "because" },
  { AMENDS_EVENT_CASE_FORWARDED, N_ ("Passed on"), NULL, "forwarded_to" },
  { AMENDS_EVENT_CASE_ASK_FIRST, N_ ("Whom to ask first"), NULL, "ask" },
  { AMENDS_EVENT_CASE_TRANSCRIBED, N_ ("Written down from a recording"), NULL, "text" },
  { AMENDS_EVENT_PERSON_ADJUSTMENT_DECIDED, N_ ("Adjustment"), "adjustment", "need" },
  { AMENDS_EVENT_PERSON_ADJUSTMENT_MADE, N_ ("Adjustment made"), "adjustment", "need" },
  { AMENDS_EVENT_PERSON_ADJUSTMENT_REVIEWED, N_ ("Adjustment reviewed"), "adjustment-review",
    "outcome" },
  { AMENDS_EVENT_PERSON_CAPACITY_ASSESSED, N_ ("Looked at whether they can decide"), NULL,
    "ground" },
  { AMENDS_EVENT_PERSON_DISABILITY_DISCLOSED, N_ ("They told us of a disability"), NULL,
    "purpose" },
};

static char *
corrected_title (const json_t *body)
{
  const char *path = text_of (body, "field");
  g_autofree char *name = amends_act_words_field (AMENDS_EVENT_UNKNOWN, path);
  g_autofree char *from = amends_words_value (path, json_object_get (body, "from"));
  g_autofree char *to = amends_words_value (path, json_object_get (body, "to"));
  g_autofree char *was = amends_words_isolate (from);
  g_autofree char *is = amends_words_isolate (to);

  /* Translators: a field, what was written, what is right, and why. */
  return g_strdup_printf (_ ("Correction of “%s”: not %s but %s. %s"), name, was, is,
                          text_of (body, "because"));
}

static char *
correction_answered_title (const json_t *body)
{
  const char *because = text_of (body, "because");
  const char *words = json_is_true (json_object_get (body, "agreed"))
                          ? _ ("The correction was agreed")
                          : _ ("The correction was not agreed");

  return *because != '\0' ? g_strdup_printf (_ ("%s: %s"), words, because) : g_strdup (words);
}

/* "£250.00": what is offered or was paid; "" where no money is. */
static char *
money_of (const json_t *body)
{
  const json_t *paid = json_object_get (body, "paid_pence");
  json_int_t pence =
      json_integer_value (paid != NULL ? paid : json_object_get (body, "gross_pence"));

  if (pence <= 0)
    return g_strdup ("");
  return amends_words_pence (pence);
}

/* What has to be seen before the text. */
static const char *
flag_of (AmendsEventType type, const json_t *body)
{
  if (type == AMENDS_EVENT_CASE_APPROVED || type == AMENDS_EVENT_CASE_STAGE2_APPROVED)
    return json_is_true (json_object_get (body, "agreed")) ? _ ("approved") : _ ("sent back");
  if (type == AMENDS_EVENT_PERSON_ADJUSTMENT_DECIDED)
    return json_is_true (json_object_get (body, "agreed")) ? _ ("agreed") : _ ("declined");
  if (type == AMENDS_EVENT_CASE_HAZARD_REPORTED
      && json_is_true (json_object_get (body, "emergency")))
    return _ ("an emergency");
  if (type == AMENDS_EVENT_CASE_HAZARD_INVESTIGATED
      && json_is_false (json_object_get (body, "found")))
    return _ ("there is none");
  return "";
}

static char *
act_title (const json_t *body, AmendsEventType type)
{
  g_autofree char *day = amends_words_iso_day (json_string_value (json_object_get (body, "on")));
  json_int_t n_days = json_integer_value (json_object_get (body, "working_days"));
  g_autofree char *days =
      n_days > 0 ? g_strdup_printf (ngettext ("by %d working day", "by %d working days",
                                              (unsigned long) n_days),
                                    (int) n_days)
                 : g_strdup ("");
  g_autofree char *money = money_of (body);

  if (type == AMENDS_EVENT_CASE_MATCHED && g_strcmp0 (text_of (body, "as"), "fits-none") == 0)
    return g_strdup_printf (_ ("Fits nothing that we know: %s"), text_of (body, "with"));
  if (type == AMENDS_EVENT_CASE_MATCHED && g_strcmp0 (text_of (body, "as"), "in-register") == 0)
    return g_strdup_printf (_ ("Found in the register: %s"), text_of (body, "with"));

  for (guint i = 0; i < G_N_ELEMENTS (act_words); i++)
    if (act_words[i].type == type)
      {
        const json_t *fact =
            act_words[i].key != NULL ? json_object_get (body, act_words[i].key) : NULL;
        const char *text = json_is_object (fact)   ? text_of (fact, "name")
                           : json_is_string (fact) ? json_string_value (fact)
                                                   : "";
        g_autofree char *excerpt = amends_words_excerpt (text);
        g_autofree char *facts = amends_words_join (
            " · ", day, flag_of (type, body),
            amends_words_code ("channel", json_string_value (json_object_get (body, "channel"))),
            days, money,
            act_words[i].list != NULL && *text != '\0' ? amends_words_code (act_words[i].list, text)
                                                       : excerpt,
            NULL);

        /* Translators: an act, and what it was: "Extended: 4 Dec 2026 · Letter · by 5 working days" */
        return *facts != '\0' ? g_strdup_printf (_ ("%s: %s"), _ (act_words[i].title), facts)
                              : g_strdup (_ (act_words[i].title));
      }
  return g_strdup ("");
}

static char *
dup_title (const json_t *entry)
{
  const json_t *body = json_object_get (entry, "body");
  AmendsEventType type = type_of (entry);

  if (json_is_true (json_object_get (entry, "erased")))
    return g_strdup (_ ("Erased"));
  if (amends_event_type_is_handling (type))
    return act_title (body, type);
  switch ((int) type)
    {
    case AMENDS_EVENT_CASE_ERASURE_ASKED:
      return g_strdup_printf (_ ("Asked that this be erased: %s"),
                              amends_words_code ("erasure-reason", text_of (body, "because")));
    case AMENDS_EVENT_CASE_ERASURE_AGREED:
      return g_strdup (_ ("Agreed that this be erased"));
    case AMENDS_EVENT_CASE_RECORDED:
      return recorded_title (body);
    case AMENDS_EVENT_CASE_NOTED:
      return g_strdup (text_of (body, "text"));
    case AMENDS_EVENT_CONTACT_CHANGED:
    case AMENDS_EVENT_PERSON_PREFERENCE:
      return contact_title (body);
    case AMENDS_EVENT_ISSUE_ADDED:
      return issue_title (body);
    case AMENDS_EVENT_CONSENT_GIVEN:
    case AMENDS_EVENT_CONSENT_REFUSED:
    case AMENDS_EVENT_CONSENT_DEFERRED:
    case AMENDS_EVENT_CONSENT_WITHDRAWN:
      return consent_title (body, type);
    case AMENDS_EVENT_ADJUSTMENT_ADDED:
    case AMENDS_EVENT_ADJUSTMENT_ENDED:
      return adjustment_title (body, type);
    case AMENDS_EVENT_AUTHORITY_GIVEN:
      return authority_title (body);
    case AMENDS_EVENT_AUTHORITY_WITHDRAWN:
      return g_strdup (_ ("Authority withdrawn"));
    case AMENDS_EVENT_CONFLICT_SETTLED:
      return settled_title (body);
    case AMENDS_EVENT_CASE_CORRECTED:
      return corrected_title (body);
    case AMENDS_EVENT_CASE_CORRECTION_ANSWERED:
      return correction_answered_title (body);
    case AMENDS_EVENT_DEVICE_FORKED:
      return forked_title (body);
    case AMENDS_EVENT_CASE_ATTACHED:
      return g_strdup_printf (_ ("Attached: %s"), text_of (body, "name"));
    case AMENDS_EVENT_CASE_MOVED:
      return moved_title (entry, body);
    case AMENDS_EVENT_CASE_EDITION_MOVED:
      return g_strdup_printf (_ ("Moved to another edition of the policy: %s"),
                              text_of (body, "because"));
    default:
      return g_strdup (_ ("Recorded by a newer version of Amends"));
    }
}

/**
 * amends_event_words_title:
 * @entry: of a history
 *
 * Returns: (transfer full): what was done, in one sentence
 */
char *
amends_event_words_title (const json_t *entry)
{
  const char *who = text_of (json_object_get (entry, "body"), "who");
  g_autofree char *title = dup_title (entry);

  if (who == NULL || *who == '\0')
    return g_steal_pointer (&title);
  /* Translators: which of several who complain together, and what was done for them. */
  return g_strdup_printf (_ ("%s: %s"),
                          g_str_equal (who, AMENDS_COMPLAINANT_FIRST) ? _ ("Who is named first")
                                                                      : who,
                          title);
}

/* With whom, on which number, and when it was, which may be long before it was written down. */
static char *
describe_call (const json_t *body, AmendsEventType type)
{
  g_autofree char *phone = amends_words_isolate (text_of (body, "phone"));
  g_autofree char *time = amends_words_isolate (text_of (body, "time"));
  g_autofree char *day = amends_words_iso_day (json_string_value (json_object_get (body, "on")));
  g_autofree char *facts = NULL;

  if (type != AMENDS_EVENT_CASE_NOTED)
    return g_strdup ("");
  facts = amends_words_join (", ", text_of (body, "with"), phone, day, time, NULL);
  /* Translators: a call: with whom, on which number, when. */
  return *facts != '\0' ? g_strdup_printf (_ ("call: %s"), facts) : g_strdup ("");
}

static char *
describe_receipt (const json_t *entry)
{
  g_autofree char *since = NULL;
  gint64 at;

  if (!amends_instant_parse (text_of (entry, "server_at"), &at, NULL))
    return g_strdup ("");
  since = amends_words_instant (at);
  return g_strdup_printf (_ ("safe at head office since %s"), since);
}

/**
 * amends_event_words_author:
 * @entry: of a history
 *
 * Returns: (transfer full): "Janet Whitlock, Oak Court laptop", and what else is to be known of it
 */
char *
amends_event_words_author (const json_t *entry)
{
  g_autofree char *call = describe_call (json_object_get (entry, "body"), type_of (entry));
  const char *name = text_of (json_object_get (entry, "by"), "name");
  const char *device = text_of (json_object_get (entry, "device"), "name");
  gboolean is_carried = *text_of (entry, "carried_by") != '\0';
  gboolean is_unverified = !is_carried && json_is_false (json_object_get (entry, "verified"));
  gboolean is_waiting = json_is_false (json_object_get (entry, "sent"));
  g_autofree char *safe = describe_receipt (entry);

  return amends_words_join (" · ", name, device, call, is_waiting ? _ ("waiting to be sent") : safe,
                            is_unverified ? _ ("its signature has not arrived") : "",
                            is_carried ? _ ("carried here when the case was moved") : "", NULL);
}

/* (nullable): who wrote it, as the history names them. */
static const char *
find_author (const json_t *history, const AmendsHistoryEntry *wanted)
{
  g_autofree char *id = amends_id_format (&wanted->event->id);
  gsize i;
  json_t *entry;

  json_array_foreach ((json_t *) history, i, entry)
    if (g_strcmp0 (text_of (entry, "id"), id) == 0)
      {
        const char *name = text_of (json_object_get (entry, "by"), "name");

        return *name != '\0' ? name : NULL;
      }
  return NULL;
}

/**
 * amends_event_words_erasure:
 * @erasure: of a case
 * @history: of the case, as the command prints it
 *
 * Returns: (transfer full): who asked, who agreed, why, and whether it is done
 */
char *
amends_event_words_erasure (const AmendsCaseErasure *erasure, const json_t *history)
{
  const json_t *body = erasure->asked->body;
  const char *asked_by = find_author (history, erasure->asked);
  const char *agreed_by = erasure->agreed != NULL ? find_author (history, erasure->agreed) : NULL;
  g_autofree char *asked_at = amends_words_instant (erasure->asked->at);
  g_autofree char *agreed_at =
      amends_words_instant (erasure->agreed != NULL ? erasure->agreed->at : erasure->asked->at);
  g_autofree char *because =
      amends_words_join (", ", amends_words_code ("erasure-reason", text_of (body, "because")),
                         text_of (body, "detail"), NULL);

  if (asked_by == NULL)
    asked_by = _ ("somebody");
  if (agreed_by == NULL)
    agreed_by = _ ("somebody");
  /* Translators: who, when, why. */
  if (erasure->agreed == NULL)
    return g_strdup_printf (
        _ ("%s asked on %s that this be erased: %s. Nobody else has agreed yet."), asked_by,
        asked_at, because);
  /* Translators: who agreed, when, who asked, why. */
  if (erasure->n_left > 0)
    return g_strdup_printf (
        _ ("%s agreed on %s that this be erased, as %s had asked: %s. It goes when "
           "this device is next connected."),
        agreed_by, agreed_at, asked_by, because);
  return g_strdup_printf (_ ("Erased. %s agreed on %s, as %s had asked: %s."), agreed_by, agreed_at,
                          asked_by, because);
}

/**
 * amends_event_words_icon:
 * @entry: of a history
 *
 * Returns: (transfer none): the name of an icon for its kind
 */
const char *
amends_event_words_icon (const json_t *entry)
{
  static const char *const icons[AMENDS_EVENT_N_TYPES] = {
    [AMENDS_EVENT_CASE_RECORDED] = "document-new-symbolic",
    [AMENDS_EVENT_CASE_NOTED] = "call-start-symbolic",
    [AMENDS_EVENT_CASE_ACKNOWLEDGED] = "mail-send-symbolic",
    [AMENDS_EVENT_CONTACT_CHANGED] = "document-edit-symbolic",
    [AMENDS_EVENT_ISSUE_ADDED] = "chat-message-new-symbolic",
    [AMENDS_EVENT_CONSENT_GIVEN] = "emblem-ok-symbolic",
    [AMENDS_EVENT_CONSENT_REFUSED] = "action-unavailable-symbolic",
    [AMENDS_EVENT_CONSENT_DEFERRED] = "dialog-question-symbolic",
    [AMENDS_EVENT_CONSENT_WITHDRAWN] = "action-unavailable-symbolic",
    [AMENDS_EVENT_ADJUSTMENT_ADDED] = "preferences-desktop-accessibility-symbolic",
    [AMENDS_EVENT_ADJUSTMENT_ENDED] = "preferences-desktop-accessibility-symbolic",
    [AMENDS_EVENT_AUTHORITY_GIVEN] = "system-users-symbolic",
    [AMENDS_EVENT_AUTHORITY_WITHDRAWN] = "system-users-symbolic",
    [AMENDS_EVENT_CONFLICT_SETTLED] = "view-dual-symbolic",
    [AMENDS_EVENT_DEVICE_FORKED] = "edit-copy-symbolic",
    [AMENDS_EVENT_CASE_ATTACHED] = "mail-attachment-symbolic",
    [AMENDS_EVENT_CASE_EDITION_MOVED] = "document-edit-symbolic",
    [AMENDS_EVENT_CASE_MOVED] = "mail-send-symbolic",
    [AMENDS_EVENT_CASE_CORRECTED] = "document-edit-symbolic",
    [AMENDS_EVENT_CASE_CORRECTION_ANSWERED] = "emblem-ok-symbolic",
    [AMENDS_EVENT_CASE_ACCEPTED] = "emblem-ok-symbolic",
    [AMENDS_EVENT_CASE_DECLINED] = "action-unavailable-symbolic",
    [AMENDS_EVENT_CASE_WITHDRAWN] = "action-unavailable-symbolic",
    [AMENDS_EVENT_CASE_ASSIGNED] = "system-users-symbolic",
    [AMENDS_EVENT_CASE_CONTACTED] = "call-start-symbolic",
    [AMENDS_EVENT_CASE_UPDATED] = "mail-send-symbolic",
    [AMENDS_EVENT_CASE_RESPONDED] = "mail-send-symbolic",
    [AMENDS_EVENT_CASE_ESCALATION_REFUSED] = "action-unavailable-symbolic",
    [AMENDS_EVENT_CASE_STAGE2_ACKNOWLEDGED] = "mail-send-symbolic",
    [AMENDS_EVENT_CASE_STAGE2_ASSIGNED] = "system-users-symbolic",
    [AMENDS_EVENT_CASE_STAGE2_CONTACTED] = "call-start-symbolic",
    [AMENDS_EVENT_CASE_STAGE2_UPDATED] = "mail-send-symbolic",
    [AMENDS_EVENT_CASE_STAGE2_RESPONDED] = "mail-send-symbolic",
    [AMENDS_EVENT_CASE_CLOSURE_CONTACT] = "call-start-symbolic",
    [AMENDS_EVENT_CASE_ERASURE_ASKED] = "user-trash-symbolic",
    [AMENDS_EVENT_CASE_ERASURE_AGREED] = "user-trash-symbolic",
    [AMENDS_EVENT_CASE_DISCLOSED] = "system-users-symbolic",
    [AMENDS_EVENT_CASE_DISSATISFIED] = "chat-message-new-symbolic",
    [AMENDS_EVENT_CASE_HAZARD_REPORTED] = "dialog-warning-symbolic",
    [AMENDS_EVENT_CASE_HAZARD_MADE_SAFE] = "emblem-ok-symbolic",
    [AMENDS_EVENT_CASE_INFORMATION_REQUESTED] = "mail-send-symbolic",
    [AMENDS_EVENT_CASE_APPOINTED] = "x-office-calendar-symbolic",
    [AMENDS_EVENT_CASE_REMEDY_GIVEN] = "emblem-ok-symbolic",
    [AMENDS_EVENT_CASE_ACTION_DONE] = "emblem-ok-symbolic",
    [AMENDS_EVENT_CASE_DRAFTED] = "document-edit-symbolic",
    [AMENDS_EVENT_CASE_APPROVED] = "emblem-ok-symbolic",
    [AMENDS_EVENT_CASE_SENT] = "mail-send-symbolic",
    [AMENDS_EVENT_CASE_STAGE2_DRAFTED] = "document-edit-symbolic",
    [AMENDS_EVENT_CASE_STAGE2_APPROVED] = "emblem-ok-symbolic",
    [AMENDS_EVENT_CASE_STAGE2_SENT] = "mail-send-symbolic",
    [AMENDS_EVENT_CASE_REFERRED] = "system-users-symbolic",
    [AMENDS_EVENT_CASE_ORDER] = "dialog-warning-symbolic",
    [AMENDS_EVENT_CASE_ORDER_DONE] = "emblem-ok-symbolic",
    [AMENDS_EVENT_CASE_BEHAVIOUR_RESTRICTION] = "action-unavailable-symbolic",
    [AMENDS_EVENT_CASE_FORWARDED] = "mail-send-symbolic",
    [AMENDS_EVENT_CASE_PARTED] = "view-dual-symbolic",
    [AMENDS_EVENT_CASE_ASK_FIRST] = "system-users-symbolic",
    [AMENDS_EVENT_CASE_TRANSCRIBED] = "document-edit-symbolic",
    [AMENDS_EVENT_PERSON_ADJUSTMENT_DECIDED] = "preferences-desktop-accessibility-symbolic",
    [AMENDS_EVENT_PERSON_ADJUSTMENT_MADE] = "preferences-desktop-accessibility-symbolic",
    [AMENDS_EVENT_PERSON_ADJUSTMENT_REVIEWED] = "preferences-desktop-accessibility-symbolic",
    [AMENDS_EVENT_PERSON_DISABILITY_DISCLOSED] = "preferences-desktop-accessibility-symbolic",
    [AMENDS_EVENT_PERSON_CAPACITY_ASSESSED] = "preferences-desktop-accessibility-symbolic",
  };
  const char *icon = icons[type_of (entry)];

  return icon != NULL ? icon : "document-open-recent-symbolic";
}
