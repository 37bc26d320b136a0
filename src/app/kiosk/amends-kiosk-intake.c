/* amends-kiosk-intake.c: what becomes of what a visitor said
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/kiosk/amends-kiosk-intake.h"

#include "app/kiosk/amends-kiosk-flow-private.h"
#include "app/kiosk/amends-kiosk-language.h"

static void
set_text (json_t *object, const char *key, const char *text)
{
  if (text != NULL)
    json_object_set_new (object, key, json_string (text));
}

/**
 * amends_kiosk_intake_get_kind:
 *
 * Returns: (transfer none): what is recorded, of the list of kinds
 */
const char *
amends_kiosk_intake_get_kind (const json_t *answers)
{
  if (amends_kiosk_is_thanks (answers))
    return "compliment";
  if (amends_kiosk_is_carried_on (answers))
    return "escalation-request";
  return amends_kiosk_answers_has (answers, "want", "service") ? "service-request" : "complaint";
}

/**
 * amends_kiosk_intake_get_way:
 *
 * Returns: (transfer none) (nullable): how they asked to be reached; %NULL where they did not
 */
const char *
amends_kiosk_intake_get_way (const json_t *answers)
{
  return amends_kiosk_is_named_and_not_discreet (answers)
             ? amends_kiosk_flow_get_chosen (answers, "contact")
             : NULL;
}

/* Nothing is said of English: it is what staff expect. */
static void
set_language (json_t *complainant, const json_t *answers)
{
  const char *name = amends_kiosk_answers_get_text (answers, "language", "name");
  const AmendsKioskLanguage *language = amends_kiosk_language_get ();

  if (amends_kiosk_answers_has (answers, "language", "other"))
    json_object_set_new (complainant, "interpreter", json_true ());
  if (name != NULL)
    set_text (complainant, "language", name);
  else if (language != amends_kiosk_language_nth (0))
    set_text (complainant, "language", language->english);
}

/* What was chosen, in the words of the screen but in English, and what was written on the line "other": staff read
 * it. */
static char *
dup_in_english (const char *id, const json_t *answers)
{
  const AmendsKioskQuestion *question = amends_kiosk_flow_find (id);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < question->n_options; i++)
    if (amends_kiosk_answers_has (answers, id, question->options[i].code))
      amends_kiosk_flow_add_part (text, question->options[i].label);
  amends_kiosk_flow_add_part (text, amends_kiosk_answers_get_text (answers, id, "other"));
  return text->len > 0 ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}

/* In English, as staff read it. */
static const char *
get_shown_only (const json_t *answers)
{
  gboolean is_seen =
      amends_kiosk_answers_get_number (answers, "what", AMENDS_KIOSK_PHOTOGRAPHS) > 0;
  gboolean is_heard =
      amends_kiosk_answers_get_number (answers, "what", AMENDS_KIOSK_RECORDINGS) > 0;

  if (is_seen && is_heard)
    return "They wrote nothing. What happened is in the photographs and recordings that are "
           "attached.";
  return is_heard ? "They wrote nothing. What happened is in the recordings that are attached."
                  : "They wrote nothing. What happened is in the photographs that are attached.";
}

/* On those who live with them too, on a line of its own. */
static char *
dup_effect (const json_t *answers)
{
  const char *effect = amends_kiosk_answers_get_text (answers, "effect", NULL);
  const char *household = amends_kiosk_answers_get_text (answers, "loss", "household");

  if (household == NULL)
    return g_strdup (effect);
  return g_strconcat (effect != NULL ? effect : "", effect != NULL ? "\n" : "",
                      "Others at home: ", household, NULL);
}

/* Returns: whose words what they wrote is in, of the list of words */
static const char *
get_words (const json_t *answers)
{
  return amends_kiosk_answers_has (answers, "helper", "writes") ? "summary" : "verbatim";
}

/* What they chose from pictures: its codes, and what staff read, in English. */
static json_t *
make_chosen (const json_t *answers, GString *text)
{
  const AmendsKioskQuestion *question = amends_kiosk_flow_find ("what");
  json_t *codes = json_array ();

  for (guint i = 0; i < question->n_options; i++)
    if (amends_kiosk_answers_has (answers, "what", question->options[i].code))
      {
        json_array_append_new (codes, json_string (question->options[i].code));
        amends_kiosk_flow_add_part (text, question->options[i].label);
      }
  return codes;
}

/* In whose words it is; what they wrote stands apart from what they chose. */
static void
set_what (json_t *issue, const json_t *answers)
{
  const char *what = amends_kiosk_answers_get_text (answers, "what", NULL);
  g_autoptr (GString) text = g_string_new (NULL);
  json_auto_t *chosen = make_chosen (answers, text);
  const char *words = get_words (answers);

  if (json_array_size (chosen) > 0)
    json_object_set (issue, "chosen", chosen);
  if (what == NULL)
    {
      words = text->len > 0 ? "chosen" : "shown";
      what = text->len > 0 ? text->str : get_shown_only (answers);
    }
  set_text (issue, "what", what);
  set_text (issue, "words", words);
}

static json_t *
make_issue (const json_t *answers, AmendsDay today)
{
  g_autofree char *when = amends_kiosk_flow_dup_when (answers, "when", today);
  g_autofree char *aware = amends_kiosk_flow_dup_when (answers, "aware", today);
  g_autofree char *effect = dup_effect (answers);
  g_autofree char *outcome = dup_in_english ("right", answers);
  json_t *issue = json_object ();

  set_what (issue, answers);
  set_text (issue, "effect", effect);
  set_text (issue, "loss", amends_kiosk_answers_get_text (answers, "loss", "loss"));
  set_text (issue, "arose", when);
  set_text (issue, "aware", aware);
  set_text (issue, "outcome_sought", outcome);
  if (amends_kiosk_answers_has (answers, "when", "ongoing"))
    json_object_set_new (issue, "ongoing", json_true ());
  if (amends_kiosk_answers_has (answers, "when", "recurring"))
    json_object_set_new (issue, "recurring", json_true ());
  return issue;
}

/* What happened is the first; what else they told follows, each by itself. @answers: only such as are asked */
static json_t *
make_issues (const json_t *answers, AmendsDay today)
{
  json_t *issues = json_pack ("[o]", make_issue (answers, today));

  for (guint i = 0; i < AMENDS_KIOSK_N_MORE; i++)
    {
      const char *id = amends_kiosk_more_ids[i];
      const char *what = amends_kiosk_answers_get_text (answers, id, NULL);
      json_t *issue;

      if (what == NULL)
        continue;
      issue = json_pack ("{s:s}", "words", get_words (answers));
      set_text (issue, "what", what);
      set_text (issue, "outcome_sought",
                amends_kiosk_answers_get_text (answers, id, AMENDS_KIOSK_OUTCOME));
      json_array_append_new (issues, issue);
    }
  return issues;
}

static void
set_list (json_t *object, const char *key, const char *text)
{
  if (text != NULL)
    json_object_set_new (object, key, json_pack ("[s]", text));
}

/* "none" is a way too: staff must know that they may not go there. */
static void
set_safe_way (json_t *complainant, const json_t *answers)
{
  json_t *safe = json_object ();

  set_text (complainant, "phone", amends_kiosk_answers_get_text (answers, "safe", "phone"));
  set_list (safe, "methods", amends_kiosk_flow_get_chosen (answers, "safe"));
  set_list (safe, "times", amends_kiosk_answers_get_text (answers, "safe", "times"));
  set_list (safe, "not", amends_kiosk_answers_get_text (answers, "safe", "not"));
  json_object_set_new (complainant, "safe_contact", safe);
}

/* Of whoever speaks for somebody else nothing is kept here: it is the way to them, and not to whom they speak for. */
static void
set_care (json_t *complainant, const json_t *answers)
{
  const char *words = amends_kiosk_answers_get_text (answers, "care", "words");
  g_autofree char *method = words != NULL ? g_strconcat ("Say first: ", words, NULL) : NULL;
  json_t *care = json_object ();

  set_list (care, "methods", method);
  set_list (care, "times", amends_kiosk_answers_get_text (answers, "care", "times"));
  set_list (care, "not", amends_kiosk_answers_get_text (answers, "care", "not"));
  set_list (care, "shared_with", amends_kiosk_answers_get_text (answers, "care", "shared"));
  if (json_object_size (care) > 0)
    json_object_set (complainant, "safe_contact", care);
  json_decref (care);
}

static void
set_complainant (json_t *intake, const json_t *answers)
{
  const char *from = amends_kiosk_is_for_another (answers) ? "behalf" : "name";
  const char *relation = amends_kiosk_flow_get_chosen (answers, "who");
  json_t *complainant = json_object ();

  set_text (complainant, "name", amends_kiosk_answers_get_text (answers, from, "name"));
  set_text (complainant, "home", amends_kiosk_answers_get_text (answers, from, "home"));
  if (amends_kiosk_flow_is_discreet (answers))
    set_safe_way (complainant, answers);
  else if (!amends_kiosk_is_for_another (answers))
    {
      set_text (complainant, "relation", relation);
      set_text (complainant, "phone", amends_kiosk_answers_get_text (answers, "contact", "phone"));
      set_text (complainant, "email", amends_kiosk_answers_get_text (answers, "contact", "email"));
      set_text (complainant, "preferred_contact",
                amends_kiosk_flow_get_chosen (answers, "contact"));
      set_care (complainant, answers);
    }
  set_language (complainant, answers);
  if (!amends_kiosk_is_named (answers))
    json_object_set_new (complainant, "anonymous", json_true ());
  json_object_set_new (intake, "complainant", complainant);
}

/* Who is spoken for and signs on the screen, below words that say so, has said so in writing; unless another answer was
 * chosen. */
static gboolean
is_signed_for (const json_t *answers)
{
  const char *claim = amends_kiosk_flow_get_chosen (answers, "behalf");

  return (claim == NULL || g_str_equal (claim, AMENDS_KIOSK_AGREED))
         && amends_kiosk_answers_get_number (answers, "behalf", AMENDS_KIOSK_SIGNATURES) > 0;
}

/* Of the list of authorities. Councils and Parliament have chosen those that nobody else has. */
static const char *
get_authority (const json_t *answers)
{
  const char *claim = amends_kiosk_flow_get_chosen (answers, "behalf");
  const char *relation = amends_kiosk_flow_get_chosen (answers, "relation");

  if (is_signed_for (answers))
    return "written-permission";
  if (g_strcmp0 (claim, AMENDS_KIOSK_AGREED) == 0)
    return "spoken-consent";
  if (claim != NULL && !g_str_equal (claim, AMENDS_KIOSK_NOT_YET))
    return claim;
  return g_strcmp0 (relation, "councillor") == 0 || g_strcmp0 (relation, "mp") == 0
             ? "elected-representative"
             : "none-yet";
}

/**
 * amends_kiosk_intake_needs_form:
 *
 * Returns: whether they speak for somebody who has not let them yet, and may have a form for it
 */
gboolean
amends_kiosk_intake_needs_form (const json_t *answers)
{
  return amends_kiosk_is_for_another (answers) && !amends_kiosk_is_thanks (answers)
         && !amends_kiosk_is_about_conduct (answers) /* it would go by staff of the place */
         && g_str_equal (get_authority (answers), "none-yet");
}

/* What they wrote is not on the list, and says more than what they chose beside it. */
static void
set_relation (json_t *representative, const json_t *answers)
{
  const char *chosen = amends_kiosk_flow_get_chosen (answers, "relation");
  const char *other = amends_kiosk_answers_get_text (answers, "relation", "other");

  set_text (representative, "relation", other != NULL ? "other" : chosen);
  if (other != NULL)
    {
      g_autofree char *detail = dup_in_english ("relation", answers);

      set_text (representative, "relation_detail", detail);
    }
}

/* Nothing is checked here: authority is recorded as claimed, and not as given. */
static void
set_representative (json_t *intake, const json_t *answers)
{
  const char *type = get_authority (answers);
  const char *phone = amends_kiosk_answers_get_text (answers, "contact", "phone");
  gboolean is_spoken = g_str_equal (type, "spoken-consent");
  /* What was shown or said with another answer is attached, and proves nothing by itself. */
  gboolean is_copied =
      !is_spoken && !g_str_equal (type, "none-yet")
      && amends_kiosk_answers_get_number (answers, "behalf", AMENDS_KIOSK_PHOTOGRAPHS) > 0;
  gboolean is_said =
      is_spoken && amends_kiosk_answers_get_number (answers, "behalf", AMENDS_KIOSK_RECORDINGS) > 0;
  gboolean is_signed = is_signed_for (answers);
  json_t *representative;

  if (!amends_kiosk_is_for_another (answers))
    return;
  representative =
      json_pack ("{s:{s:s, s:b, s:s}}", "authority", "type", type, "given", FALSE, "evidence",
                 is_copied || is_signed ? "copy-attached"
                 : is_said              ? "recorded-voice"
                                        : "to-follow");
  set_text (representative, "name", amends_kiosk_answers_get_text (answers, "name", "name"));
  set_relation (representative, answers);
  set_text (representative, "contact",
            phone != NULL ? phone : amends_kiosk_answers_get_text (answers, "contact", "email"));
  json_object_set_new (intake, "representative", representative);
}

/* @given: (transfer full). Until when is a day, or what they said where it is none. */
static json_t *
make_consent (const char *purpose, json_t *given, const char *until, AmendsDay today)
{
  gboolean has_end = until != NULL && !json_is_false (given);
  g_autofree char *written = amends_kiosk_flow_dup_written_day (until);
  g_autofree char *how = NULL;
  json_t *consent = json_pack ("{s:s, s:o}", "purpose", purpose, "given", given);
  char text[AMENDS_DAY_TEXT_SIZE];
  AmendsDay first, last;

  if (has_end && written != NULL && amends_partial_day_parse (written, &first, &last, NULL)
      && last >= today)
    {
      amends_day_format_to (last, text);
      set_text (consent, "until", text);
    }
  else if (has_end)
    how = g_strconcat ("kiosk, until: ", until, NULL);
  set_text (consent, "how", how != NULL ? how : "kiosk");
  return consent;
}

static void
set_consents (json_t *intake, const json_t *answers, AmendsDay today)
{
  const AmendsKioskQuestion *question = amends_kiosk_flow_find ("sharing");
  const char *until = amends_kiosk_answers_get_text (answers, "sharing", AMENDS_KIOSK_UNTIL);
  json_t *consents = json_array ();

  for (guint i = 0; amends_kiosk_is_named_and_whole (answers) && i < question->n_options; i++)
    {
      const char *purpose = question->options[i].code;
      const char *answer = amends_kiosk_answers_get_text (answers, "sharing", purpose);
      json_t *given = json_boolean (g_strcmp0 (answer, "yes") == 0);

      if (g_strcmp0 (answer, "ask") == 0)
        {
          json_decref (given);
          given = json_string ("ask-me");
        }
      json_array_append_new (consents, make_consent (purpose, given, until, today));
    }
  if (json_array_size (consents) > 0)
    json_object_set_new (intake, "consents", consents);
  else
    json_decref (consents);
}

static void
set_adjustments (json_t *intake, const json_t *answers)
{
  const AmendsKioskQuestion *question = amends_kiosk_flow_find ("adjustments");
  const char *other = amends_kiosk_answers_get_text (answers, "adjustments", "other");
  json_t *adjustments = json_array ();

  for (guint i = 0; i < question->n_options; i++)
    if (amends_kiosk_answers_has (answers, "adjustments", question->options[i].code))
      json_array_append_new (adjustments, json_pack ("{s:s}", "need", question->options[i].code));
  if (other != NULL)
    json_array_append_new (adjustments, json_pack ("{s:s, s:s}", "need", "other", "detail", other));
  if (json_array_size (adjustments) > 0)
    json_object_set_new (intake, "adjustments", adjustments);
  else
    json_decref (adjustments);
}

/* What is no day is not lost: it stands beside whom they told. */
static void
set_told (json_t *told, const json_t *answers, AmendsDay today)
{
  const char *said = amends_kiosk_answers_get_text (answers, "told", "when");
  g_autofree char *when = amends_kiosk_flow_dup_written_day (said);
  g_autoptr (GString) who = g_string_new (NULL);
  AmendsDay first, last;

  if (when != NULL && (!amends_partial_day_parse (when, &first, &last, NULL) || first > today))
    g_clear_pointer (&when, g_free);
  amends_kiosk_flow_add_part (who, amends_kiosk_answers_get_text (answers, "told", "who"));
  if (when == NULL)
    amends_kiosk_flow_add_part (who, said);
  set_text (told, "who", who->len > 0 ? who->str : NULL);
  set_text (told, "when", when);
  set_text (told, "reference", amends_kiosk_answers_get_text (answers, "told", "reference"));
}

static void
set_told_before (json_t *intake, const json_t *answers, AmendsDay today)
{
  const char *answer = amends_kiosk_flow_get_chosen (answers, "told");
  json_t *told;

  if (answer == NULL)
    return;
  told = json_object ();
  json_object_set_new (told, "answer",
                       g_str_equal (answer, "unsure") ? json_string ("not-sure")
                                                      : json_boolean (g_str_equal (answer, "yes")));
  set_told (told, answers, today);
  json_object_set_new (intake, "told_before", told);
}

/* Of what is called an emergency hazard. Source: SI 2025/1042: made safe within 24 hours. */
static const char *const emergencies[] = { "fire", "gas", "water", "electricity", NULL };

/* In English, as staff read it. */
static void
set_hazard (json_t *intake, const json_t *answers)
{
  const AmendsKioskQuestion *question = amends_kiosk_flow_find ("danger");
  g_autoptr (GString) text = g_string_new (NULL);
  gboolean is_emergency = FALSE;

  for (guint i = 0; i < question->n_options; i++)
    if (amends_kiosk_answers_has (answers, "danger", question->options[i].code)
        && !g_str_equal (question->options[i].code, "no"))
      {
        amends_kiosk_flow_add_part (text, question->options[i].label);
        is_emergency |= g_strv_contains (emergencies, question->options[i].code);
      }
  if (text->len > 0)
    set_text (intake, "hazard", text->str);
  if (is_emergency)
    json_object_set_new (intake, "hazard_emergency", json_true ());
}

/* Who it was, in English, as staff read it: what the visitor chose says "I", and in the file nobody would be meant by
 * that. What the helper wrote in their words is not the visitor's. */
static const struct
{
  const char *code;
  const char *words;
} helpers[] = {
  { "known", "Somebody the resident knows" },
  { "staff", "Somebody who works there" },
  { "interpreter", "An interpreter" },
  { "writes", "Wrote in their own words" },
};

static void
set_helper (json_t *intake, const json_t *answers)
{
  const char *name = amends_kiosk_answers_get_text (answers, "helper", "name");
  g_autoptr (GString) text = g_string_new (NULL);

  if (!amends_kiosk_answers_has (answers, "comfort", "helped"))
    return;
  amends_kiosk_flow_add_part (text, name != NULL ? name : "Somebody beside them at the kiosk");
  for (guint i = 0; i < G_N_ELEMENTS (helpers); i++)
    if (amends_kiosk_answers_has (answers, "helper", helpers[i].code))
      amends_kiosk_flow_add_part (text, helpers[i].words);
  set_text (intake, "helped_by", text->str);
}

/* Special category data: it is kept apart, with what it may be used for. Source: UK GDPR, Articles 5(1)(b) and 9. */
static void
set_disability (json_t *intake, const json_t *answers)
{
  const char *what = amends_kiosk_answers_get_text (answers, "disability", NULL);

  if (what != NULL)
    json_object_set_new (intake, "disabilities_disclosed",
                         json_pack ("[{s:s, s:s}]", "what", what, "purpose",
                                    "So that letters, calls and visits suit them"));
}

/* The words of who signed in stand in a field of their own, and in no issue. */
static void
set_assisted (json_t *intake, const json_t *answers)
{
  const char *name = amends_kiosk_flow_get_staff (answers);
  json_t *assisted;

  if (name == NULL)
    return;
  assisted = json_object ();
  set_text (assisted, "name", name);
  set_text (assisted, "staff",
            amends_kiosk_answers_get_text (answers, AMENDS_KIOSK_STAFF, AMENDS_KIOSK_STAFF_ID));
  set_text (assisted, "words", amends_kiosk_answers_get_text (answers, "staff-words", NULL));
  set_text (assisted, "confirmed", amends_kiosk_flow_get_chosen (answers, "confirm"));
  json_object_set_new (intake, "assisted_by", assisted);
}

/* Whom it is about is named where they said that it is who helps them. */
static json_t *
make_about (const json_t *answers)
{
  json_t *about = json_pack ("{s:s}", "who", "staff");

  if (amends_kiosk_is_about_helper (answers))
    set_text (about, "name", amends_kiosk_flow_get_staff (answers));
  return json_pack ("[o]", about);
}

/**
 * amends_kiosk_intake_get_files:
 * @all_answers: as for amends_kiosk_intake_new()
 * @shown: also for what such an answer made idle
 *
 * Returns: (transfer full) (element-type AmendsNewBytes): what is sent with the intake
 */
GPtrArray *
amends_kiosk_intake_get_files (const json_t *all_answers, AmendsKioskShown *shown)
{
  json_auto_t *answers = amends_kiosk_flow_copy_asked (all_answers);

  return amends_kiosk_shown_get_files (shown, answers);
}

/**
 * amends_kiosk_intake_new:
 * @all_answers: also such as a later answer made idle; they are left out
 * @scheme: where the kiosk stands
 * @received: the day on which it was said
 *
 * Returns: (transfer full): the intake, as `record` takes it
 */
json_t *
amends_kiosk_intake_new (const json_t *all_answers, const char *scheme, AmendsDay received)
{
  json_auto_t *answers = amends_kiosk_flow_copy_asked (all_answers);
  char day[AMENDS_DAY_TEXT_SIZE];
  json_t *intake;

  amends_day_format_to (received, day);
  intake = json_pack ("{s:s, s:s, s:s, s:s, s:o}", "kind", amends_kiosk_intake_get_kind (answers),
                      "scheme", scheme, "received", day, "channel", "kiosk", "issues",
                      make_issues (answers, received));
  /* Somebody who works there may be whom they fear: that goes past the place as well. */
  if (amends_kiosk_is_about_conduct (answers))
    {
      json_object_set_new (intake, "restricted", json_string ("conduct"));
      json_object_set_new (intake, "about", make_about (answers));
    }
  else if (amends_kiosk_flow_is_discreet (answers))
    json_object_set_new (intake, "restricted", json_string ("safety"));
  set_complainant (intake, answers);
  if (amends_kiosk_is_carried_on (answers))
    set_text (intake, "previous_case",
              amends_kiosk_answers_get_text (answers, "reference", "reference"));
  set_helper (intake, answers);
  set_assisted (intake, answers);
  if (amends_kiosk_is_thanks (answers))
    return intake;
  set_representative (intake, answers);
  set_consents (intake, answers, received);
  set_adjustments (intake, answers);
  set_disability (intake, answers);
  set_told_before (intake, answers, received);
  set_hazard (intake, answers);
  return intake;
}
