/* amends-kiosk-flow.c: what a kiosk asks, and in which order
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The words are for somebody who is alone and perhaps afraid: you and we, one idea a sentence, and never
 * a promise that has not been kept yet. */

#include "config.h"

#include "app/kiosk/amends-kiosk-flow.h"

#include <string.h>

#include "app/kiosk/amends-kiosk-flow-private.h"
#include "app/kiosk/amends-kiosk-language.h"

#define OPTIONS(array) .options = array, .n_options = G_N_ELEMENTS (array)
#define LINES(array) .lines = array, .n_lines = G_N_ELEMENTS (array)

/* What else they tell, one by one: each is asked once the one before it is answered. */
const char *const amends_kiosk_more_ids[AMENDS_KIOSK_N_MORE] = { "more", "more-2", "more-3" };

/* ------------------------------------------------------------ the questions */

gboolean
amends_kiosk_is_thanks (const json_t *answers)
{
  return amends_kiosk_answers_has (answers, "want", "thank");
}

/**
 * amends_kiosk_flow_is_discreet:
 *
 * Somebody does not feel safe: they are asked little, and how to be reached safely.
 *
 * Returns: whether that is so
 */
gboolean
amends_kiosk_flow_is_discreet (const json_t *answers)
{
  return amends_kiosk_answers_has (answers, "danger", "not-safe");
}

static gboolean
is_not_discreet (const json_t *answers)
{
  return !amends_kiosk_flow_is_discreet (answers);
}

gboolean
amends_kiosk_is_about_conduct (const json_t *answers)
{
  return amends_kiosk_answers_has (answers, "want", "conduct");
}

static gboolean
takes_safety (const json_t *answers)
{
  return amends_kiosk_answers_has (answers, AMENDS_KIOSK_PLACE, AMENDS_KIOSK_TAKES_SAFETY);
}

static gboolean
takes_conduct (const json_t *answers)
{
  return amends_kiosk_answers_has (answers, AMENDS_KIOSK_PLACE, AMENDS_KIOSK_TAKES_CONDUCT);
}

static gboolean
is_not_thanks (const json_t *answers)
{
  return !amends_kiosk_is_thanks (answers);
}

/* Whether all is asked that a complaint is asked. */
static gboolean
is_whole (const json_t *answers)
{
  return is_not_thanks (answers) && is_not_discreet (answers);
}

gboolean
amends_kiosk_is_carried_on (const json_t *answers)
{
  return amends_kiosk_answers_has (answers, "want", "carry-on");
}

gboolean
amends_kiosk_is_for_another (const json_t *answers)
{
  return is_not_discreet (answers)
         && amends_kiosk_answers_has (answers, "who", "speaks-for-somebody");
}

gboolean
amends_kiosk_is_named (const json_t *answers)
{
  return amends_kiosk_flow_is_discreet (answers)
         || !amends_kiosk_answers_has (answers, "who", "not-stated");
}

gboolean
amends_kiosk_is_named_and_not_discreet (const json_t *answers)
{
  return amends_kiosk_is_named (answers) && is_not_discreet (answers);
}

gboolean
amends_kiosk_is_named_and_whole (const json_t *answers)
{
  return amends_kiosk_is_named (answers) && is_whole (answers);
}

/* Whoever speaks for somebody else is reached, and not who lives there. */
static gboolean
takes_care (const json_t *answers)
{
  return amends_kiosk_is_named_and_whole (answers) && !amends_kiosk_is_for_another (answers);
}

static gboolean
has_more (const json_t *answers, const char *id)
{
  return is_whole (answers) && amends_kiosk_answers_get_text (answers, id, NULL) != NULL;
}

static gboolean
has_first_more (const json_t *answers)
{
  return has_more (answers, amends_kiosk_more_ids[0]);
}

static gboolean
has_second_more (const json_t *answers)
{
  return has_more (answers, amends_kiosk_more_ids[1]);
}

/**
 * amends_kiosk_flow_get_staff:
 *
 * Returns: (transfer none) (nullable): the name of the member of staff who has signed in beside the visitor
 */
const char *
amends_kiosk_flow_get_staff (const json_t *answers)
{
  return amends_kiosk_answers_get_text (answers, AMENDS_KIOSK_STAFF, AMENDS_KIOSK_STAFF_NAME);
}

static gboolean
is_assisted (const json_t *answers)
{
  return amends_kiosk_flow_get_staff (answers) != NULL;
}

/* Asked before anything is written, so that whoever is meant can be asked to go. */
static gboolean
is_assisted_about_conduct (const json_t *answers)
{
  return is_assisted (answers) && amends_kiosk_is_about_conduct (answers);
}

/* What is said of somebody who works there is nothing for another of them to add to. */
static gboolean
takes_staff_words (const json_t *answers)
{
  return is_assisted (answers) && is_not_discreet (answers)
         && !amends_kiosk_is_about_conduct (answers);
}

gboolean
amends_kiosk_is_about_helper (const json_t *answers)
{
  return is_assisted_about_conduct (answers) && amends_kiosk_answers_has (answers, "about", "yes");
}

/* The code of an option is that of a language; each is written in itself. */
static const AmendsKioskOption language_options[] = {
  { "en", "English", NULL },
  { "cy", "Cymraeg", NULL },
  { "pl", "Polski", NULL },
  { "ur", "اردو", NULL },
  { "ar", "العربية", NULL },
  { "other", NK_ ("My language is not here"),
    NK_ ("Also British Sign Language. We find an interpreter.") },
};

static const AmendsKioskLine language_lines[] = {
  { "name", NK_ ("Which language? Our staff read this."), FALSE },
};

static const AmendsKioskOption comfort_options[] = {
  { "large", NK_ ("Larger words"), NK_ ("Everything on this screen grows") },
  { "contrast", NK_ ("Strong contrast"), NK_ ("White on black") },
  { "slower", NK_ ("More time"), NK_ ("This screen waits longer") },
  { "aloud", NK_ ("Read every page to me"), NK_ ("Use headphones if you can") },
  { "switches", NK_ ("I use a switch, or two"), NK_ ("Space and Enter are switches as well") },
  { "helped", NK_ ("Somebody is helping me"), NK_ ("We write down that you had help") },
};

/* The code of a step is how long it takes, in milliseconds. */
static const AmendsKioskOption switch_options[] = {
  { "8000", NK_ ("One switch: a step every 8 seconds"), NULL },
  { "4000", NK_ ("One switch: a step every 4 seconds"), NULL },
  { "2000", NK_ ("One switch: a step every 2 seconds"), NULL },
  { "1000", NK_ ("One switch: a step every second"), NULL },
  { "500", NK_ ("One switch: two steps a second"), NULL },
  { "two", NK_ ("Two switches: Space moves on, Enter chooses"), NULL },
};

static const AmendsKioskOption want_options[] = {
  { "complain", NK_ ("Tell us something is wrong"),
    NK_ ("Some people call this a complaint. You do not have to.") },
  { "thank", NK_ ("Say thank you"), NK_ ("We tell the people you thank") },
  { "conduct", NK_ ("Tell us about somebody who works here"),
    NK_ ("The staff of this place do not see it"), takes_conduct },
  { "service", NK_ ("Ask for a repair or a service"), NK_ ("Something you need from us") },
  { "carry-on", NK_ ("Carry on with a complaint we answered"),
    NK_ ("You are not happy with our answer") },
};

static gboolean
is_helped (const json_t *answers)
{
  return amends_kiosk_answers_has (answers, "comfort", "helped");
}

static const AmendsKioskOption helper_options[] = {
  { "known", NK_ ("Somebody I know"), NULL },
  { "staff", NK_ ("Somebody who works here"), NULL },
  { "interpreter", NK_ ("An interpreter"), NULL },
  { "writes", NK_ ("They write it in their words"),
    NK_ ("Then we know that the words are not yours") },
};

static const AmendsKioskLine helper_lines[] = {
  { "name", NK_ ("Their name"), FALSE },
};

static const AmendsKioskLine reference_lines[] = {
  { "reference", NK_ ("The number on our letter, if you have it"), FALSE },
};

static const AmendsKioskOption danger_options[] = {
  { "no", NK_ ("No, nobody is in danger"), NULL },
  { "fire", NK_ ("Fire or smoke"), NULL },
  { "gas", NK_ ("A smell of gas"), NULL },
  { "heating", NK_ ("No heating or no hot water"), NULL },
  { "water", NK_ ("Water is coming in"), NULL },
  { "damp", NK_ ("Damp or mould"), NULL },
  { "electricity", NK_ ("Sparks, or no electricity"), NULL },
  { "unsafe-place", NK_ ("A door, a lift or stairs are not safe"), NULL },
  { "not-safe", NK_ ("I do not feel safe"), NULL, takes_safety },
};

/* The code is one of the list "matter", which has the same word for staff, and that of a drawing. */
static const AmendsKioskOption matters[] = {
  { "repair", NK_ ("Something is broken"), NULL },
  { "damp", NK_ ("Damp or mould"), NULL },
  { "leak", NK_ ("A leak"), NULL },
  { "heating", NK_ ("No heating or no hot water"), NULL },
  { "lift", NK_ ("The lift"), NULL },
  { "doors", NK_ ("A door, a lock or an alarm"), NULL },
  { "cleaning", NK_ ("Cleaning or rubbish"), NULL },
  { "noise", NK_ ("Noise or neighbours"), NULL },
  { "outside", NK_ ("Garden, paths or parking"), NULL },
  { "charges", NK_ ("Rent or charges"), NULL },
  { "care", NK_ ("Care or support"), NULL },
  { "waiting", NK_ ("Nobody answers me"), NULL },
};

static const AmendsKioskOption safe_options[] = {
  { "telephone", NK_ ("Ring me"), NULL },
  { "in-person", NK_ ("Speak to me here"), NULL },
  { "none", NK_ ("Do not come to me. I come to you."), NULL },
};

static const AmendsKioskLine safe_lines[] = {
  { "phone", NK_ ("A number where it is safe to ring"), TRUE },
  { "times", NK_ ("When is it safe?"), FALSE },
  { "not", NK_ ("Who should not know of it?"), FALSE },
};

static const AmendsKioskLine when_lines[] = {
  { "day", NK_ ("Day"), TRUE },
  { "month", NK_ ("Month"), TRUE },
  { "year", NK_ ("Year"), TRUE },
};

static const AmendsKioskOption when_options[] = {
  { "ongoing", NK_ ("It is still happening"), NULL },
  { "recurring", NK_ ("It has happened many times"), NULL },
  { "about", NK_ ("It was about then"), NULL },
  { "unsure", NK_ ("I am not sure when"), NULL },
};

/* Also whether it is about who helps them. */
static const AmendsKioskOption told_options[] = {
  { "yes", NK_ ("Yes"), NULL },
  { "no", NK_ ("No"), NULL },
  { "unsure", NK_ ("I am not sure"), NULL },
};

static const AmendsKioskOption confirm_options[] = {
  { "read", NK_ ("Yes. I have read it."), NULL },
  { "heard", NK_ ("Yes. It was read to me."), NULL },
};

static const AmendsKioskLine told_lines[] = {
  { "who", NK_ ("Who did you tell?"), FALSE },
  { "when", NK_ ("When was it? A year is enough."), FALSE },
  { "reference", NK_ ("The number they gave you, if you have it"), FALSE },
};

static const AmendsKioskLine loss_lines[] = {
  { "loss", NK_ ("Money or things that you lost"), FALSE },
  { "household", NK_ ("Who else at home is affected, and how"), FALSE },
};

static const AmendsKioskOption right_options[] = {
  { "fix", NK_ ("Fix the problem"), NULL },
  { "sorry", NK_ ("Say sorry"), NULL },
  { "explain", NK_ ("Tell me why it happened"), NULL },
  { "stop", NK_ ("Stop it happening again"), NULL },
  { "decision", NK_ ("Change a decision"), NULL },
  { "record", NK_ ("Correct what you have written about me"), NULL },
  { "money", NK_ ("Pay for what I lost"), NULL },
  { "listen", NK_ ("Just listen to me"), NULL },
};

static const AmendsKioskLine right_lines[] = {
  { "other", NK_ ("Something else, in your own words"), FALSE },
};

static const AmendsKioskLine more_lines[] = {
  { AMENDS_KIOSK_OUTCOME, NK_ ("What would put it right?"), FALSE },
};

static const AmendsKioskOption who_options[] = {
  { "current-tenant", NK_ ("I am the tenant"), NULL },
  { "household-member", NK_ ("I live with the tenant"), NULL },
  { "leaseholder", NK_ ("I own or part own my home"), NULL },
  { "former-tenant", NK_ ("I used to live here"), NULL },
  { "applicant", NK_ ("I have asked for a home here"), NULL },
  { "neighbour", NK_ ("I am a neighbour"), NULL },
  { "employee", NK_ ("I work here"), NULL },
  { "speaks-for-somebody", NK_ ("I am speaking for somebody else"),
    NK_ ("As a relative, a friend, an advocate, a councillor or an MP") },
  { "not-stated", NK_ ("I would rather not say"),
    NK_ ("We look into it, but we cannot answer you") },
};

static const AmendsKioskLine name_lines[] = {
  { "name", NK_ ("Your name"), FALSE },
  { "home", NK_ ("Your home"), FALSE },
};

static const AmendsKioskLine behalf_lines[] = {
  { "name", NK_ ("Whom do you speak for?"), FALSE },
  { "home", NK_ ("Their home"), FALSE },
};

/* Codes of the list of authorities, but for the first and the last. */
static const AmendsKioskOption behalf_options[] = {
  { AMENDS_KIOSK_AGREED, NK_ ("They have agreed"),
    NK_ ("We ask them before we tell you anything private") },
  { "written-permission", NK_ ("They have signed a paper"),
    NK_ ("Photograph any paper here, or show it to our staff.") },
  { "lpa-property", NK_ ("I have power of attorney for their money and home"), NULL },
  { "lpa-health", NK_ ("I have power of attorney for their health and care"), NULL },
  { "deputy-court-of-protection", NK_ ("A court has made me their deputy"), NULL },
  { "executor-or-administrator", NK_ ("They have died, and I deal with what they left"), NULL },
  { AMENDS_KIOSK_NOT_YET, NK_ ("Not yet, or I am not sure"),
    NK_ ("We write it down all the same. We have a form for them to sign.") },
};

/* Codes of the list of relations. */
static const AmendsKioskOption relation_options[] = {
  { "spouse-or-partner", NK_ ("Husband, wife or partner"), NULL },
  { "son", NK_ ("Son"), NULL },
  { "daughter", NK_ ("Daughter"), NULL },
  { "other-relative", NK_ ("Another relative"), NULL },
  { "friend", NK_ ("Friend"), NULL },
  { "neighbour", NK_ ("Neighbour"), NULL },
  { "carer", NK_ ("Carer"), NULL },
  { "advocate", NK_ ("Advocate"), NULL },
  { "social-worker", NK_ ("Social worker"), NULL },
  { "solicitor", NK_ ("Solicitor"), NULL },
  { "councillor", NK_ ("Councillor"), NULL },
  { "mp", NK_ ("Member of Parliament"), NULL },
};

static const AmendsKioskLine relation_lines[] = {
  { "other", NK_ ("Something else"), FALSE },
};

static const AmendsKioskOption sharing_options[] = {
  { "share-with-contractor", NK_ ("The people who do the repair"), NULL },
  { "share-with-local-authority", NK_ ("The council"), NULL },
  { "share-with-relative", NK_ ("A relative"), NULL },
  { "share-with-advice-agency", NK_ ("Somebody who gives advice"), NULL },
  { "share-with-elected-member", NK_ ("A councillor or an MP"), NULL },
};

static const AmendsKioskLine sharing_lines[] = {
  { AMENDS_KIOSK_UNTIL, NK_ ("Until when? Empty means until this is settled."), FALSE },
};

static const AmendsKioskOption adjustment_options[] = {
  { "large-print", NK_ ("Large print"), NULL },
  { "easy-read", NK_ ("Easy Read"), NULL },
  { "braille", NK_ ("Braille"), NULL },
  { "audio", NK_ ("A recording to listen to"), NULL },
  { "bsl-interpreter", NK_ ("British Sign Language"), NULL },
  { "spoken-interpreter", NK_ ("An interpreter"), NULL },
  { "telephone-not-letter", NK_ ("Ring me, do not write"), NULL },
  { "somebody-with-me", NK_ ("Somebody with me"), NULL },
  { "more-time", NK_ ("More time to answer"), NULL },
  { "home-visit", NK_ ("Come to my home"), NULL },
  { "quiet-room", NK_ ("A quiet room"), NULL },
};

static const AmendsKioskLine adjustment_lines[] = {
  { "other", NK_ ("Something else"), FALSE },
};

static const AmendsKioskOption contact_options[] = {
  { "telephone", NK_ ("Ring me"), NULL },
  { "text-message", NK_ ("Send me a text message"), NULL },
  { "letter", NK_ ("Write me a letter"), NULL },
  { "email", NK_ ("Send me an email"), NULL },
  { "in-person", NK_ ("Speak to me here"), NULL },
};

static const AmendsKioskLine contact_lines[] = {
  { "phone", NK_ ("Your telephone number"), TRUE },
  { "email", NK_ ("Your email address"), FALSE },
};

static const AmendsKioskLine care_lines[] = {
  { "times", NK_ ("Good times to ring or to come"), FALSE },
  { "not", NK_ ("When should we not ring, or who should not hear it?"), FALSE },
  { "shared", NK_ ("Who else reads your letters or hears your calls?"), FALSE },
  { "words", NK_ ("A word that we say first, so that you know it is us"), FALSE },
};

static gboolean
uses_switches (const json_t *answers)
{
  return amends_kiosk_answers_has (answers, "comfort", "switches")
         || amends_kiosk_answers_has (answers, "comfort", AMENDS_KIOSK_BEGUN_BY_KEY);
}

static const AmendsKioskQuestion questions[] = {
  { "language", AMENDS_KIOSK_ONE, NK_ ("Choose your language"), NULL, NULL,
    OPTIONS (language_options), LINES (language_lines), .n_columns = 2 },
  { "comfort", AMENDS_KIOSK_MANY, NK_ ("How would you like to use this screen?"),
    NK_ ("Choose what helps you. You see it at once."),
    NK_ ("The screen forgets this when you finish."), OPTIONS (comfort_options), .n_columns = 2 },
  { "switches", AMENDS_KIOSK_ONE, NK_ ("How do your switches work?"),
    NK_ ("A ring goes from one thing to the next. Press when it is where you want it."),
    NK_ ("You see it at once. If it is too fast, wait: it comes round again."),
    OPTIONS (switch_options), .n_columns = 2, .applies = uses_switches },
  { "leaving", AMENDS_KIOSK_TELL, NK_ ("You can leave at any time"),
    NK_ ("Press Leave, at the bottom of the screen, or press Shift three times. The screen changes "
         "at "
         "once, and what you told us is deleted."),
    NK_ ("When you finish, nobody can read here what you told us.") },
  { "want", AMENDS_KIOSK_ONE, NK_ ("What would you like to do?"),
    NK_ ("If you are not sure, leave it empty and go on."), NULL, OPTIONS (want_options),
    .n_columns = 1, .is_numbered = TRUE },
  { "reference", AMENDS_KIOSK_TELL, NK_ ("Which complaint is it?"),
    NK_ ("Write the number if you have it. You can also go on without it."), NULL,
    LINES (reference_lines), .is_numbered = TRUE, .applies = amends_kiosk_is_carried_on },
  { "helper", AMENDS_KIOSK_MANY, NK_ ("Who is helping you?"),
    NK_ ("Leave all of it empty if nobody is, or if you would rather not say."),
    NK_ ("We write down who helped. You check every answer yourself before it is sent."),
    OPTIONS (helper_options), LINES (helper_lines), .n_columns = 2, .is_numbered = TRUE,
    .applies = is_helped },
  { "about", AMENDS_KIOSK_ONE, NK_ ("Is it about the person who is helping you?"),
    NK_ ("If it is, you may ask them to step away first."),
    NK_ ("The staff of this place do not see what you tell us."), OPTIONS (told_options),
    .n_columns = 3, .is_numbered = TRUE, .is_private = TRUE, .applies = is_assisted_about_conduct },
  { "danger", AMENDS_KIOSK_MANY, NK_ ("Is anyone in danger now?"),
    NK_ ("If a life is in danger, ring 999 first. If you smell gas, ring 0800 111 999."),
    NK_ ("This screen has not told anyone yet. If it is urgent, ask our staff as well."),
    OPTIONS (danger_options), .n_columns = 2, .is_numbered = TRUE, .is_private = TRUE,
    .says_numbers = TRUE, .applies = is_not_thanks },
  { "what", AMENDS_KIOSK_WORDS, NK_ ("What happened?"),
    NK_ ("Tell us in your own way. It helps to say where it is, and who was there."), NULL,
    OPTIONS (matters), .n_columns = 4,
    .others = { [AMENDS_KIOSK_OTHER_MICROPHONE] = NK_ ("Speak"),
                [AMENDS_KIOSK_OTHER_CAMERA] = NK_ ("Add a photo"),
                [AMENDS_KIOSK_OTHER_PICTURES] = NK_ ("Choose pictures") },
    .is_numbered = TRUE },
  { "safe", AMENDS_KIOSK_ONE, NK_ ("How may we reach you safely?"),
    NK_ ("You can leave all of it empty."),
    NK_ ("Only the few people who are chosen for this read it."), OPTIONS (safe_options),
    LINES (safe_lines), .n_columns = 3, .is_numbered = TRUE, .is_private = TRUE,
    .applies = amends_kiosk_flow_is_discreet },
  { "when", AMENDS_KIOSK_MANY, NK_ ("When did it happen?"),
    NK_ ("A month or a year is enough. A long time ago is fine."), NULL, OPTIONS (when_options),
    LINES (when_lines), .n_columns = 2, .is_numbered = TRUE, .applies = is_whole },
  { "aware", AMENDS_KIOSK_TELL, NK_ ("When did you find out about it?"),
    NK_ ("Leave this empty if you knew at once. A month or a year is enough."), NULL,
    LINES (when_lines), .is_numbered = TRUE, .applies = is_whole },
  { "told", AMENDS_KIOSK_ONE, NK_ ("Have you told us about this before?"), NULL,
    NK_ ("Then we look for what we wrote down."), OPTIONS (told_options), LINES (told_lines),
    .n_columns = 3, .is_numbered = TRUE, .applies = is_whole },
  { "effect", AMENDS_KIOSK_WORDS, NK_ ("How has it affected you?"),
    NK_ ("Money, time, health, worry, somebody else at home. You can leave this empty."), NULL,
    .is_numbered = TRUE, .is_private = TRUE, .applies = is_whole },
  { "loss", AMENDS_KIOSK_TELL, NK_ ("What did you lose, and who else is affected?"),
    NK_ ("You can leave this empty. Bills and receipts can come later."), NULL, LINES (loss_lines),
    .is_numbered = TRUE, .is_private = TRUE, .applies = is_whole },
  { "right", AMENDS_KIOSK_MANY, NK_ ("What would put it right?"),
    NK_ ("Choose as many as you like."), NULL, OPTIONS (right_options), LINES (right_lines),
    .n_columns = 2, .is_numbered = TRUE, .applies = is_whole },
  { "more", AMENDS_KIOSK_WORDS, NK_ ("Is there something else you want to tell us about?"),
    NK_ ("You can leave this empty. Each thing is looked at by itself."), NULL, LINES (more_lines),
    .is_numbered = TRUE, .applies = is_whole },
  { "more-2", AMENDS_KIOSK_WORDS, NK_ ("Is there one more thing?"),
    NK_ ("You can leave this empty. Each thing is looked at by itself."), NULL, LINES (more_lines),
    .is_numbered = TRUE, .applies = has_first_more },
  { "more-3", AMENDS_KIOSK_WORDS, NK_ ("And another? Put all that is left here."),
    NK_ ("You can leave this empty."), NULL, LINES (more_lines), .is_numbered = TRUE,
    .applies = has_second_more },
  { "staff-words", AMENDS_KIOSK_WORDS, NK_ ("What would our member of staff like to add?"),
    NK_ ("Only the member of staff writes here. It can stay empty."),
    NK_ ("It is kept apart from your own words. You see it before it is sent."),
    .is_numbered = TRUE, .applies = takes_staff_words },
  { "who", AMENDS_KIOSK_ONE, NK_ ("Who are you?"), NULL, NK_ ("It tells us how we may answer you."),
    OPTIONS (who_options), .n_columns = 2, .is_numbered = TRUE, .is_private = TRUE,
    .applies = is_not_discreet },
  { "name", AMENDS_KIOSK_TELL, NK_ ("What is your name, and where do you live?"),
    NK_ ("You can leave either empty."), NULL, LINES (name_lines), .is_numbered = TRUE,
    .is_private = TRUE, .applies = amends_kiosk_is_named },
  { "relation", AMENDS_KIOSK_ONE, NK_ ("What are you to them?"), NULL,
    NK_ ("It tells us what we may send you."), OPTIONS (relation_options), LINES (relation_lines),
    .n_columns = 4, .is_numbered = TRUE, .is_private = TRUE,
    .applies = amends_kiosk_is_for_another },
  { "behalf", AMENDS_KIOSK_ONE, NK_ ("May you speak for them?"), NULL,
    NK_ ("Whatever you choose, we write the complaint down."), OPTIONS (behalf_options),
    LINES (behalf_lines), .n_columns = 2,
    .others = { [AMENDS_KIOSK_OTHER_MICROPHONE] = NK_ ("Say it aloud"),
                [AMENDS_KIOSK_OTHER_CAMERA] = NK_ ("Photograph the paper"),
                [AMENDS_KIOSK_OTHER_PAD] = NK_ ("Sign on the screen") },
    .signing = NK_ ("If they are with you, they can sign here that you may speak for them. You can "
                    "also go on without it."),
    .is_numbered = TRUE, .is_private = TRUE, .applies = amends_kiosk_is_for_another },
  { "sharing", AMENDS_KIOSK_EACH, NK_ ("Who may we talk to about this?"),
    NK_ ("Nothing is chosen for you. Empty counts as no."),
    NK_ ("You can change your mind at any time. Saying no never stops your complaint."),
    OPTIONS (sharing_options), LINES (sharing_lines), .is_numbered = TRUE, .is_private = TRUE,
    .applies = amends_kiosk_is_named_and_whole },
  { "adjustments", AMENDS_KIOSK_MANY, NK_ ("What would make this easier for you?"),
    NK_ ("Choose as many as you like. We will use them in every letter and call."),
    NK_ ("You do not have to say why you need them."), OPTIONS (adjustment_options),
    LINES (adjustment_lines), .n_columns = 3, .is_numbered = TRUE, .is_private = TRUE,
    .applies = amends_kiosk_is_named_and_not_discreet },
  { "disability", AMENDS_KIOSK_WORDS, NK_ ("Do you want to tell us of a disability or an illness?"),
    NK_ ("You can leave this empty."),
    NK_ ("We ask so that our letters, calls and visits suit you. It is kept apart from your "
         "complaint, and used for nothing else."),
    .is_numbered = TRUE, .is_private = TRUE, .applies = amends_kiosk_is_named_and_whole },
  { "contact", AMENDS_KIOSK_ONE, NK_ ("How may we reach you?"), NULL, NULL,
    OPTIONS (contact_options), LINES (contact_lines), .n_columns = 3, .is_numbered = TRUE,
    .is_private = TRUE, .applies = amends_kiosk_is_named_and_not_discreet },
  { "care", AMENDS_KIOSK_TELL, NK_ ("What should we take care of when we reach you?"),
    NK_ ("You can leave all of it empty."), NK_ ("Then nobody hears of it who should not."),
    LINES (care_lines), .is_numbered = TRUE, .is_private = TRUE, .applies = takes_care },
  { "check", AMENDS_KIOSK_CHECK, NK_ ("Check what you have told us"), NK_ ("Nothing is sent yet."),
    NULL, .is_private = TRUE },
  { "confirm", AMENDS_KIOSK_ONE, NK_ ("Is this what you want to tell us?"),
    NK_ ("You answer this yourself, and not the member of staff."),
    NK_ ("Go back if something is not right."), OPTIONS (confirm_options), .n_columns = 2,
    .is_private = TRUE, .applies = is_assisted },
  { "send", AMENDS_KIOSK_TELL, NK_ ("Are you ready to send it?"),
    NK_ ("Only the staff who deal with it can read it. Nobody can read it on this screen."),
    NK_ ("To send it is enough. You do not have to sign, or say anything."),
    .others = { [AMENDS_KIOSK_OTHER_MICROPHONE] = NK_ ("Say that it is yours"),
                [AMENDS_KIOSK_OTHER_PAD] = NK_ ("Sign on the screen") },
    .signing =
        NK_ ("If you like, sign here with a finger or a pen. You can also go on without it."),
    .takes_others = amends_kiosk_is_named_and_not_discreet, .go = NK_ ("Send it") },
};

/**
 * amends_kiosk_flow_is_private:
 *
 * Returns: whether somebody who is helped may want to answer @question alone
 */
gboolean
amends_kiosk_flow_is_private (const AmendsKioskQuestion *question, const json_t *answers)
{
  return question->is_private && (is_helped (answers) || is_assisted (answers));
}

/**
 * amends_kiosk_flow_say_place:
 *
 * What a place cannot take is not offered: nobody is asked for what then goes nowhere.
 */
void
amends_kiosk_flow_say_place (json_t *answers, gboolean takes_safety, gboolean takes_conduct)
{
  amends_kiosk_answers_choose (answers, AMENDS_KIOSK_PLACE, AMENDS_KIOSK_TAKES_SAFETY,
                               takes_safety);
  amends_kiosk_answers_choose (answers, AMENDS_KIOSK_PLACE, AMENDS_KIOSK_TAKES_CONDUCT,
                               takes_conduct);
}

/**
 * amends_kiosk_flow_find:
 * @id: (nullable): of a question; %NULL for the first
 *
 * Returns: (transfer none): the question
 */
const AmendsKioskQuestion *
amends_kiosk_flow_find (const char *id)
{
  for (guint i = 0; id != NULL && i < G_N_ELEMENTS (questions); i++)
    if (strcmp (questions[i].id, id) == 0)
      return &questions[i];
  g_return_val_if_fail (id == NULL, NULL);
  return &questions[0];
}

/**
 * amends_kiosk_flow_is_asked:
 *
 * Returns: whether @question is asked, after these answers
 */
gboolean
amends_kiosk_flow_is_asked (const AmendsKioskQuestion *question, const json_t *answers)
{
  return question->applies == NULL || question->applies (answers);
}

/**
 * amends_kiosk_flow_takes_others:
 *
 * Whoever would rather not say who they are is not asked to sign.
 *
 * Returns: whether @question can be answered in the other ways that it has, after these answers
 */
gboolean
amends_kiosk_flow_takes_others (const AmendsKioskQuestion *question, const json_t *answers)
{
  return question->takes_others == NULL || question->takes_others (answers);
}

/**
 * amends_kiosk_flow_nth:
 * @i: from 0
 *
 * Returns: (transfer none) (nullable): the question, whether it is asked or not; %NULL after the last
 */
const AmendsKioskQuestion *
amends_kiosk_flow_nth (guint i)
{
  return i < G_N_ELEMENTS (questions) ? &questions[i] : NULL;
}

/**
 * amends_kiosk_flow_next:
 *
 * Returns: (transfer none) (nullable): the question after @question; %NULL after the last
 */
const AmendsKioskQuestion *
amends_kiosk_flow_next (const AmendsKioskQuestion *question, const json_t *answers)
{
  for (question++; question < questions + G_N_ELEMENTS (questions); question++)
    if (amends_kiosk_flow_is_asked (question, answers))
      return question;
  return NULL;
}

/**
 * amends_kiosk_flow_before:
 *
 * Returns: (transfer none) (nullable): the question before @question; %NULL before the first
 */
const AmendsKioskQuestion *
amends_kiosk_flow_before (const AmendsKioskQuestion *question, const json_t *answers)
{
  while (question-- > questions)
    if (amends_kiosk_flow_is_asked (question, answers))
      return question;
  return NULL;
}

/**
 * amends_kiosk_flow_find_new:
 * @before: the answers as they were
 * @question: at which somebody is
 *
 * Returns: (transfer none) (nullable): the first question before @question that is asked after @answers and was not
 * after @before; %NULL for none
 */
const AmendsKioskQuestion *
amends_kiosk_flow_find_new (const json_t *before,
                            const json_t *answers,
                            const AmendsKioskQuestion *question)
{
  for (const AmendsKioskQuestion *one = questions; one < question; one++)
    if (amends_kiosk_flow_is_asked (one, answers) && !amends_kiosk_flow_is_asked (one, before))
      return one;
  return NULL;
}

/**
 * amends_kiosk_flow_is_behind:
 *
 * Returns: whether @question comes later than @other
 */
gboolean
amends_kiosk_flow_is_behind (const AmendsKioskQuestion *question, const AmendsKioskQuestion *other)
{
  return question > other;
}

/**
 * amends_kiosk_flow_take_change:
 * @question: whose answer has changed
 *
 * What was confirmed was confirmed as it stood then; to sign it is no other answer.
 */
void
amends_kiosk_flow_take_change (json_t *answers, const AmendsKioskQuestion *question)
{
  if (!g_str_equal (question->id, "confirm") && !g_str_equal (question->id, "send"))
    json_object_del (answers, "confirm");
}

/**
 * amends_kiosk_flow_may_sign_out:
 *
 * Returns: whether a member of staff has signed in and may go from the record: not who is complained of
 */
gboolean
amends_kiosk_flow_may_sign_out (const json_t *answers)
{
  return amends_kiosk_flow_get_staff (answers) != NULL && !amends_kiosk_is_about_helper (answers);
}

/**
 * amends_kiosk_flow_sign_out:
 *
 * What only stands beside the name of the member of staff goes with it: it would be said of the next.
 */
void
amends_kiosk_flow_sign_out (json_t *answers)
{
  static const char *const ids[] = { AMENDS_KIOSK_STAFF, "about", "staff-words", "confirm" };

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    json_object_del (answers, ids[i]);
}

/**
 * amends_kiosk_flow_count:
 * @ret_number: (out): which question this is, from 1; 0 where it is none that is counted
 * @ret_n_about: (out): how many there are, as it looks now
 */
void
amends_kiosk_flow_count (const AmendsKioskQuestion *question,
                         const json_t *answers,
                         guint *ret_number,
                         guint *ret_n_about)
{
  *ret_number = 0;
  *ret_n_about = 0;
  for (guint i = 0; i < G_N_ELEMENTS (questions); i++)
    {
      if (!questions[i].is_numbered || !amends_kiosk_flow_is_asked (&questions[i], answers))
        continue;
      ++*ret_n_about;
      if (&questions[i] == question)
        *ret_number = *ret_n_about;
    }
}

/**
 * amends_kiosk_flow_dup_progress:
 *
 * Returns: (transfer full): how far somebody is at @question, in words
 */
char *
amends_kiosk_flow_dup_progress (const AmendsKioskQuestion *question, const json_t *answers)
{
  guint number, n_about;

  amends_kiosk_flow_count (question, answers, &number, &n_about);
  if (number > 0)
    return g_strdup_printf (K_ ("Question %u of about %u"), number, n_about);
  if (amends_kiosk_answers_has (answers, "want", "complain")
      || amends_kiosk_answers_get_text (answers, "what", NULL) != NULL)
    return g_strdup (K_ ("Nearly finished"));
  return g_strdup (K_ ("Before we start"));
}

/**
 * amends_kiosk_flow_find_problem:
 * @until: at which somebody is
 * @today: the day on which it is answered
 *
 * What must be answered and was passed in another way than on, as with Back where it was asked in between.
 *
 * Returns: (transfer none) (nullable): the first question before @until that must be answered otherwise
 */
const AmendsKioskQuestion *
amends_kiosk_flow_find_problem (const AmendsKioskQuestion *until,
                                const json_t *answers,
                                AmendsDay today)
{
  for (const AmendsKioskQuestion *one = questions; one < until; one++)
    if (amends_kiosk_flow_is_asked (one, answers)
        && amends_kiosk_flow_check (one, answers, today) != NULL)
      return one;
  return NULL;
}

/* Whoever would rather not say who they are may have said it before. Questions are in an order in which
 * none depends on a later one. */
json_t *
amends_kiosk_flow_copy_asked (const json_t *answers)
{
  json_t *asked = json_copy ((json_t *) answers);

  for (guint i = 0; i < G_N_ELEMENTS (questions); i++)
    if (!amends_kiosk_flow_is_asked (&questions[i], asked)
        || !amends_kiosk_flow_takes_others (&questions[i], asked))
      json_object_del (asked, questions[i].id);
  return asked;
}
