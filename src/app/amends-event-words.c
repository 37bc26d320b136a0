/* amends-event-words.c: what happened, as a person reads it
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * An entry is one of amends_store_history_to_json(). Its body may come from another version: what is
 * not as expected is left out. */

#include "config.h"

#include "app/amends-event-words.h"

#include <string.h>

#include <glib/gi18n.h>

#include "app/amends-words.h"

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
acknowledged_title (const json_t *body)
{
  g_autofree char *facts = amends_words_value ("acknowledged", body);

  return g_strdup_printf (_ ("Acknowledged: %s"), facts);
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

/* The beginning of what is told whole elsewhere on the page. */
#define EXCERPT_CHARS 80

static char *
issue_title (const json_t *body)
{
  const char *what = text_of (body, "what");
  g_auto (GStrv) lines = g_strsplit (what, "\n", 2);
  const char *line = lines[0] != NULL ? lines[0] : "";
  g_autofree char *excerpt =
      g_utf8_substring (line, 0, MIN (g_utf8_strlen (line, -1), EXCERPT_CHARS));

  return g_strdup_printf (strlen (excerpt) < strlen (what) ? _ ("Issue: “%s…”") : _ ("Issue: “%s”"),
                          excerpt);
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
  const json_t *body = json_object_get (entry, "body");
  AmendsEventType type = type_of (entry);

  if (json_is_true (json_object_get (entry, "erased")))
    return g_strdup (_ ("Erased"));
  switch (type)
    {
    case AMENDS_EVENT_CASE_RECORDED:
      return recorded_title (body);
    case AMENDS_EVENT_CASE_NOTED:
      return g_strdup (text_of (body, "text"));
    case AMENDS_EVENT_CASE_ACKNOWLEDGED:
      return acknowledged_title (body);
    case AMENDS_EVENT_CONTACT_CHANGED:
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
    case AMENDS_EVENT_CASE_EDITION_MOVED:
      return g_strdup_printf (_ ("Moved to another edition of the policy: %s"),
                              text_of (body, "because"));
    case AMENDS_EVENT_UNKNOWN:
    case AMENDS_EVENT_STAFF_RECORDED:
    case AMENDS_EVENT_DEVICE_FORKED:
    case AMENDS_EVENT_SERVER_BEGAN:
    case AMENDS_EVENT_SERVER_RESTORED:
    case AMENDS_EVENT_SCHEME_RECORDED:
    case AMENDS_EVENT_DEVICE_ENROLLED:
    case AMENDS_EVENT_DEVICE_GRANTED:
    case AMENDS_EVENT_DEVICE_UNGRANTED:
    case AMENDS_EVENT_DEVICE_REVOKED:
    case AMENDS_EVENT_DEVICE_RECODED:
    case AMENDS_EVENT_POLICY_PUBLISHED:
    case AMENDS_EVENT_CALENDAR_PUBLISHED:
      break;
    }
  return g_strdup (_ ("Recorded by a newer version of Amends"));
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
  const char *name = text_of (json_object_get (entry, "by"), "name");
  const char *device = text_of (json_object_get (entry, "device"), "name");
  gboolean is_unverified = json_is_false (json_object_get (entry, "verified"));
  gboolean is_waiting = json_is_false (json_object_get (entry, "sent"));

  return amends_words_join (" · ", name, device, is_waiting ? _ ("waiting to be sent") : "",
                            is_unverified ? _ ("its signature has not arrived") : "", NULL);
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
    [AMENDS_EVENT_CASE_EDITION_MOVED] = "document-edit-symbolic",
  };
  const char *icon = icons[type_of (entry)];

  return icon != NULL ? icon : "document-open-recent-symbolic";
}
