/* test-duty.c: what is owed in a case, and by when
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * All was received on Friday 20 November 2026 under One Housing’s policy: five working days to acknowledge,
 * ten to respond. */

#include "core/amends-duty.h"

#include <string.h>

#include "core/policy-files.h"
#include "support/case.h"

#define MAX_ACTS 5
#define ON(day) "\"on\":\"2026-" day "\""
#define LETTER(day) ON (day) ",\"channel\":\"letter\""
#define WHO ",\"channel\":\"telephone\",\"complainant\":{\"name\":\"Wren Ashdown\"}"
#define ACKNOWLEDGED                             \
  {                                              \
    "acknowledged", LETTER ("11-24"), NULL, NULL \
  }

#define APPOINTED                                                                                \
  {                                                                                              \
    "appointed", ON ("11-26") ",\"what\":\"To look\",\"day\":\"2026-12-01\",\"from\":\"09:00\"," \
                              "\"comes\":{\"name\":\"Kit Fenn\",\"staff\":\"2A.60\"}"            \
  }

#define TWO WHO ",\"others\":[{\"name\":\"Kit Fenn\"}]"
#define OF(who) ",\"who\":\"" who "\""
#define PROMISED(who, day)                                                   \
  {                                                                          \
    "updated", LETTER ("11-26") ",\"next_update\":\"2026-" day "\"" OF (who) \
  }
#define JOINED(day)                                         \
  {                                                         \
    "complainant-joined", ON (day) ",\"name\":\"Kit Fenn\"" \
  }

static const struct
{
  const char *name;
  const char *recorded;
  TestAct acts[MAX_ACTS];
  const char *as_of;
  const char *
      duties; /* kind, what or clock, day, "?" for a prompt, whose; "turns" and a day, if it does */
} rows[] = {
  { "each-promised",
    "\"complaint\"" TWO,
    { ACKNOWLEDGED, PROMISED ("complainant", "12-01"), PROMISED ("Kit Fenn", "12-03") },
    "2026-11-26",
    "update Wren Ashdown 2026-12-01\nupdate Kit Fenn 2026-12-03\nclock respond 2026-12-08" },
  { "one-of-two-answered",
    "\"complaint\"" TWO,
    { ACKNOWLEDGED,
      PROMISED ("complainant", "12-01"),
      PROMISED ("Kit Fenn", "12-03"),
      { "responded", LETTER ("11-30") OF ("complainant") } },
    "2026-11-30",
    "update Kit Fenn 2026-12-03\nclock respond 2026-12-08" },
  /* Who joins on Thu 26 November hears within five working days: 27, 30, 1, 2, Thu 3 December. */
  { "joined-acknowledged",
    "\"complaint\"" WHO,
    { ACKNOWLEDGED, JOINED ("11-26") },
    "2026-11-26",
    "pass-on acknowledged 2026-12-03\nclock respond 2026-12-08" },
  { "joined-and-told",
    "\"complaint\"" WHO,
    { ACKNOWLEDGED, JOINED ("11-26"), { "acknowledged", LETTER ("11-27") OF ("Kit Fenn") } },
    "2026-11-27",
    "clock respond 2026-12-08" },
  /* Once the others are answered an acknowledgement says less than they know. From Wed 2 December: 3, 4, 7, 8, 9. */
  { "joined-answered",
    "\"complaint\"" WHO,
    { ACKNOWLEDGED,
      { "responded", LETTER ("12-01") },
      JOINED ("12-02"),
      { "acknowledged", LETTER ("12-02") OF ("Kit Fenn") } },
    "2026-12-02",
    "pass-on responded 2026-12-09\nclock close 2026-12-29?" },
  { "joined-answered-too",
    "\"complaint\"" WHO,
    { ACKNOWLEDGED,
      { "responded", LETTER ("12-01") },
      JOINED ("12-02"),
      { "responded", LETTER ("12-03") OF ("Kit Fenn") } },
    "2026-12-03",
    "clock close 2026-12-29?" },
  /* Who was there for the acknowledgement, and not for the extension. From Mon 30 November: 1 to 4, Mon 7 December;
   * and the response 5 working days from Tue 8 December: 9 to 11, 14, Tue 15. */
  { "back-extended",
    "\"complaint\"" TWO,
    { ACKNOWLEDGED,
      { "withdrawn", ON ("11-25") OF ("Kit Fenn") },
      { "extended", ON ("11-27") ",\"working_days\":5,\"reason\":\"Parts\"" OF ("complainant") },
      { "reopened", ON ("11-30") ",\"because\":\"wants-to-go-on\"" OF ("Kit Fenn") } },
    "2026-11-30",
    "pass-on extended 2026-12-07\nclock respond 2026-12-15" },
  { "back-answered-before",
    "\"complaint\"" TWO,
    { ACKNOWLEDGED,
      { "responded", LETTER ("11-30") OF ("Kit Fenn") },
      { "withdrawn", ON ("12-01") OF ("Kit Fenn") },
      { "responded", LETTER ("12-01") OF ("complainant") },
      { "reopened", ON ("12-02") ",\"because\":\"wants-to-go-on\"" OF ("Kit Fenn") } },
    "2026-12-02",
    "clock close 2026-12-29?" },
  { "received", "\"complaint\"" WHO, { { NULL } }, "2026-11-21", "clock acknowledge 2026-11-27" },
  { "late", "\"complaint\"" WHO, { { NULL } }, "2026-12-01", "clock acknowledge 2026-11-27" },
  { "acknowledged",
    "\"complaint\"" WHO,
    { ACKNOWLEDGED },
    "2026-11-24",
    "clock respond 2026-12-08" },
  { "given-to-somebody",
    "\"complaint\"" WHO,
    { ACKNOWLEDGED,
      { "assigned", ON ("11-24") ",\"to\":{\"name\":\"Ada Thorn\",\"staff\":\"7K.2\"}" } },
    "2026-11-24",
    "clock contact 2026-11-27 Ada Thorn=7K.2\nclock respond 2026-12-08 Ada Thorn=7K.2" },
  { "answered",
    "\"complaint\"" WHO,
    { ACKNOWLEDGED, { "responded", LETTER ("12-01") } },
    "2026-12-01",
    "clock close 2026-12-29?" },
  { "promised",
    "\"complaint\"" WHO,
    { ACKNOWLEDGED, { "updated", LETTER ("11-26") ",\"next_update\":\"2026-12-01\"" } },
    "2026-11-26",
    "update - 2026-12-01\nclock respond 2026-12-08" },
  { "promise-kept",
    "\"complaint\"" WHO,
    { ACKNOWLEDGED,
      { "updated", LETTER ("11-26") ",\"next_update\":\"2026-12-01\"" },
      { "updated", LETTER ("12-01") } },
    "2026-12-01",
    "clock respond 2026-12-08" },
  /* What was promised has an owner and a day, and outlives the closing. */
  { "action",
    "\"complaint\"" WHO,
    { ACKNOWLEDGED,
      { "action-added", ON ("11-26") ",\"what\":\"Drive\",\"due\":\"2026-12-02\","
                                     "\"owner\":{\"name\":\"Ada Thorn\",\"staff\":\"7K.2\"}" } },
    "2026-11-26",
    "promise Drive 2026-12-02 Ada Thorn=7K.2\nclock respond 2026-12-08" },
  { "action-of-a-closed-case",
    "\"complaint\"" WHO,
    { ACKNOWLEDGED,
      { "action-added", ON ("11-26") ",\"what\":\"Drive\",\"due\":\"2026-12-02\"" },
      { "responded", LETTER ("12-01") },
      { "closed", ON ("12-02") } },
    "2026-12-02",
    "promise Drive 2026-12-02" },
  { "action-done",
    "\"complaint\"" WHO,
    { ACKNOWLEDGED,
      { "action-added", ON ("11-26") ",\"what\":\"Drive\",\"due\":\"2026-12-02\"" },
      { "action-done", ON ("11-30") ",\"action\":\"2A.3\"" } },
    "2026-11-30",
    "clock respond 2026-12-08" },
  /* Approved is not sent: the clock runs, and both are owed. */
  { "approved-not-sent",
    "\"complaint\"" WHO,
    { ACKNOWLEDGED,
      { "drafted", ON ("11-26") ",\"text\":\"a\"" },
      { "approved", ON ("11-27") ",\"draft\":\"2A.3\",\"agreed\":true" } },
    "2026-11-27",
    "clock respond 2026-12-08\nsend - 2026-12-08" },
  { "sent-back",
    "\"complaint\"" WHO,
    { ACKNOWLEDGED,
      { "drafted", ON ("11-26") ",\"text\":\"a\"" },
      { "approved", ON ("11-27") ",\"draft\":\"2A.3\",\"agreed\":false,\"text\":\"b\"" } },
    "2026-11-27",
    "clock respond 2026-12-08" },
  { "drafted-anew",
    "\"complaint\"" WHO,
    { ACKNOWLEDGED,
      { "drafted", ON ("11-26") ",\"text\":\"a\"" },
      { "approved", ON ("11-27") ",\"draft\":\"2A.3\",\"agreed\":true" },
      { "drafted", ON ("11-28") ",\"text\":\"b\"" } },
    "2026-11-28",
    "clock respond 2026-12-08" },
  { "sent",
    "\"complaint\"" WHO,
    { ACKNOWLEDGED,
      { "drafted", ON ("11-26") ",\"text\":\"a\"" },
      { "approved", ON ("11-27") ",\"draft\":\"2A.3\",\"agreed\":true" },
      { "sent", LETTER ("11-30") ",\"draft\":\"2A.3\"" } },
    "2026-11-30",
    "clock close 2026-12-29?" },
  { "remedy-offered",
    "\"complaint\"" WHO,
    { ACKNOWLEDGED,
      { "remedy-offered", ON ("11-26") ",\"remedy\":\"apology\",\"due\":\"2026-12-02\"" } },
    "2026-11-26",
    "clock respond 2026-12-08" },
  { "remedy-accepted",
    "\"complaint\"" WHO,
    { ACKNOWLEDGED,
      { "remedy-offered", ON ("11-26") ",\"remedy\":\"apology\",\"due\":\"2026-12-02\"" },
      { "remedy-answered", ON ("11-27") ",\"remedy\":\"2A.3\",\"answer\":\"accepted\"" } },
    "2026-11-27",
    "promise apology 2026-12-02\nclock respond 2026-12-08" },
  { "asked-others",
    "\"complaint\"" WHO,
    { ACKNOWLEDGED,
      { "information-requested", ON ("11-26") ",\"from\":\"Oak Lifts\",\"due\":\"2026-12-01\"" } },
    "2026-11-26",
    "information Oak Lifts 2026-12-01\nclock respond 2026-12-08" },
  { "others-answered",
    "\"complaint\"" WHO,
    { ACKNOWLEDGED,
      { "information-requested", ON ("11-26") ",\"from\":\"Oak Lifts\",\"due\":\"2026-12-01\"" },
      { "information-answered", ON ("11-30") ",\"request\":\"2A.3\"" } },
    "2026-11-30",
    "clock respond 2026-12-08" },
  /* Whoever goes has it in their plan, until somebody says what became of it; also of a closed case. */
  { "appointment",
    "\"complaint\"" WHO,
    { ACKNOWLEDGED, APPOINTED },
    "2026-11-26",
    "appointment To look 2026-12-01? Kit Fenn=2A.60\nclock respond 2026-12-08" },
  { "appointment-past",
    "\"complaint\"" WHO,
    { ACKNOWLEDGED, APPOINTED, { "responded", LETTER ("11-27") }, { "closed", ON ("11-30") } },
    "2026-12-02",
    "appointment To look 2026-12-01? Kit Fenn=2A.60" },
  { "appointment-called-off",
    "\"complaint\"" WHO,
    { ACKNOWLEDGED,
      APPOINTED,
      { "appointment-ended",
        ON ("11-27") ",\"appointment\":\"2A.3\",\"outcome\":\"cancelled-by-us\"" } },
    "2026-11-27",
    "clock respond 2026-12-08" },
  /* What was agreed is owed on its day, closed or not, and looked at again while it stands. */
  { "adjustment-agreed",
    "\"complaint\"" WHO,
    { ACKNOWLEDGED,
      { "adjustment.added", "\"need\":\"large-print\"" },
      { "person.adjustment-decided",
        ON ("11-26") ",\"need\":\"large-print\",\"agreed\":true,"
                     "\"due\":\"2026-11-30\",\"review\":\"2027-05-26\"" } },
    "2026-11-26",
    "adjustment large-print 2026-11-30\nclock respond 2026-12-08\nreview large-print 2027-05-26" },
  { "adjustment-agreed-for-no-day",
    "\"complaint\"" WHO,
    { ACKNOWLEDGED,
      { "adjustment.added", "\"need\":\"large-print\"" },
      { "person.adjustment-decided", ON ("11-26") ",\"need\":\"large-print\",\"agreed\":true" },
      { "responded", LETTER ("12-01") },
      { "closed", ON ("12-02") } },
    "2026-12-02",
    "adjustment large-print 2026-11-26" },
  { "adjustment-made",
    "\"complaint\"" WHO,
    { ACKNOWLEDGED,
      { "adjustment.added", "\"need\":\"large-print\"" },
      { "person.adjustment-decided", ON ("11-26") ",\"need\":\"large-print\",\"agreed\":true" },
      { "person.adjustment-made", ON ("11-27") ",\"need\":\"large-print\"" } },
    "2026-11-27",
    "clock respond 2026-12-08" },
  { "adjustment-declined",
    "\"complaint\"" WHO,
    { ACKNOWLEDGED,
      { "adjustment.added", "\"need\":\"large-print\",\"review\":\"2027-05-26\"" },
      { "person.adjustment-decided", ON ("11-26") ",\"need\":\"large-print\",\"agreed\":false" } },
    "2026-11-26",
    "clock respond 2026-12-08" },
  { "adjustment-declined-for-now",
    "\"complaint\"" WHO,
    { ACKNOWLEDGED,
      { "adjustment.added", "\"need\":\"large-print\",\"review\":\"2027-05-26\"" },
      { "person.adjustment-decided",
        ON ("11-26") ",\"need\":\"large-print\",\"agreed\":false,\"review\":\"2026-12-03\"" } },
    "2026-11-26",
    "review large-print 2026-12-03\nclock respond 2026-12-08" },
  { "adjustment-reviewed",
    "\"complaint\"" WHO,
    { ACKNOWLEDGED,
      { "adjustment.added", "\"need\":\"large-print\",\"review\":\"2026-11-27\"" },
      { "person.adjustment-reviewed",
        ON ("11-27") ",\"need\":\"large-print\","
                     "\"outcome\":\"kept\",\"review\":\"2027-05-26\"" } },
    "2026-11-27",
    "clock respond 2026-12-08\nreview large-print 2027-05-26" },
  { "adjustment-reviewed-away",
    "\"complaint\"" WHO,
    { ACKNOWLEDGED,
      { "adjustment.added", "\"need\":\"large-print\",\"review\":\"2026-11-27\"" },
      { "person.adjustment-decided", ON ("11-26") ",\"need\":\"large-print\",\"agreed\":true" },
      { "person.adjustment-reviewed", ON ("11-27") ",\"need\":\"large-print\","
                                                   "\"outcome\":\"ended\"" } },
    "2026-11-27",
    "clock respond 2026-12-08" },
  { "restricted",
    "\"complaint\"" WHO,
    { ACKNOWLEDGED,
      { "behaviour-restriction", ON ("11-26") ",\"what\":\"Calls\",\"review\":\"2027-02-26\"" },
      { "behaviour-reviewed", ON ("11-30") ",\"restriction\":\"2A.3\",\"outcome\":\"kept\","
                                           "\"review\":\"2027-03-01\"" } },
    "2026-11-30",
    "clock respond 2026-12-08\nrestriction Calls 2027-03-01" },
  { "restriction-ended",
    "\"complaint\"" WHO,
    { ACKNOWLEDGED,
      { "behaviour-restriction", ON ("11-26") ",\"what\":\"Calls\",\"review\":\"2027-02-26\"" },
      { "behaviour-reviewed", ON ("11-30") ",\"restriction\":\"2A.3\",\"outcome\":\"ended\"" } },
    "2026-11-30",
    "clock respond 2026-12-08" },
  { "promised-apart",
    "\"complaint\"" WHO,
    { { "acknowledged", LETTER ("11-24"), "2A.2", "2A.1" },
      { "updated", LETTER ("11-26") ",\"next_update\":\"2026-12-03\"", "2A.3", "2A.2" },
      { "updated", LETTER ("11-26") ",\"next_update\":\"2026-12-01\"", "7K.1", "2A.2" } },
    "2026-11-26",
    "update - 2026-12-01\nclock respond 2026-12-08" },
  { "promise-ends-with-the-answer",
    "\"complaint\"" WHO,
    { ACKNOWLEDGED,
      { "updated", LETTER ("11-26") ",\"next_update\":\"2026-12-01\"" },
      { "responded", LETTER ("11-30") } },
    "2026-11-30",
    "clock close 2026-12-29?" },
  /* What was promised of a request that was taken back, and then made a complaint after all. */
  { "promise-outlives-a-withdrawal-that-was-taken-back",
    "\"service-request\"" WHO,
    { { "updated", LETTER ("11-23") ",\"next_update\":\"2026-12-01\"" },
      { "withdrawn", ON ("11-24") },
      { "promoted", ON ("11-25") } },
    "2026-11-25",
    "update - 2026-12-01\nclock acknowledge 2026-12-02" },
  { "promise-outlives-a-closing-that-was-taken-back",
    "\"service-request\"" WHO,
    { { "updated", LETTER ("11-23") ",\"next_update\":\"2026-12-01\"" },
      { "closed", ON ("11-24") },
      { "dissatisfied", ON ("11-25") },
      { "promoted", ON ("11-25") } },
    "2026-11-25",
    "update - 2026-12-01\nclock acknowledge 2026-12-02" },
  /* What is withdrawn is the complaint. */
  { "promise-ends-with-the-withdrawal-of-the-complaint",
    "\"service-request\"" WHO,
    { { "updated", LETTER ("11-23") ",\"next_update\":\"2026-12-01\"" },
      { "promoted", ON ("11-25") },
      { "withdrawn", ON ("11-26") } },
    "2026-11-26",
    "" },
  { "promise-outlives-an-issue-declined",
    "\"complaint\"" WHO,
    { ACKNOWLEDGED,
      { "updated", LETTER ("11-26") ",\"next_update\":\"2026-12-01\"" },
      { "declined", LETTER ("11-30") ",\"issue\":\"2A.9\"" } },
    "2026-11-30",
    "update - 2026-12-01\nclock respond 2026-12-08" },
  { "departure-not-told",
    "\"complaint\"" WHO,
    { ACKNOWLEDGED, { "departure", ON ("11-25") ",\"clause\":\"7.3\",\"reason\":\"Ill\"" } },
    "2026-11-25",
    "tell 7.3 2026-11-25\nclock respond 2026-12-08" },
  { "adjustment-to-review",
    "\"complaint\"" WHO,
    { ACKNOWLEDGED, { "adjustment.added", "\"need\":\"hearing-loop\",\"review\":\"2026-12-02\"" } },
    "2026-11-25",
    "review hearing-loop 2026-12-02\nclock respond 2026-12-08" },
  { "adjustment-ended",
    "\"complaint\"" WHO,
    { ACKNOWLEDGED,
      { "adjustment.added", "\"need\":\"hearing-loop\",\"review\":\"2026-12-02\"" },
      { "adjustment.ended", "\"need\":\"hearing-loop\"" } },
    "2026-11-25",
    "clock respond 2026-12-08" },
  { "to-ask",
    "\"complaint\"" WHO
    ",\"representative\":{\"name\":\"Ivo Fell\",\"authority\":{\"type\":\"none-yet\"}}",
    { ACKNOWLEDGED,
      { "consent.deferred", "\"purpose\":\"share-with-contractor\",\"to\":\"Fenwater Repairs\"" } },
    "2026-11-24",
    "clock respond 2026-12-08\nauthority Ivo Fell -\nconsent share-with-contractor -" },
  { "authority-shown",
    "\"complaint\"" WHO
    ",\"representative\":{\"name\":\"Ivo Fell\",\"authority\":{\"type\":\"none-yet\"}}",
    { ACKNOWLEDGED,
      { "authority.given", "\"name\":\"Ivo Fell\",\"relation\":\"son\","
                           "\"authority\":{\"type\":\"written-permission\"}" } },
    "2026-11-24",
    "clock respond 2026-12-08" },
  { "two-versions",
    "\"complaint\"" WHO,
    { { "acknowledged", LETTER ("11-24"), "2A.2", "2A.1" },
      { "contact.changed", "\"phone\":\"1\"", "2A.3", "2A.2" },
      { "contact.changed", "\"phone\":\"2\"", "7K.1", "2A.2" } },
    "2026-11-24",
    "clock respond 2026-12-08\nsettle complainant.phone -" },
  /* Two versions of a closed case are still to be settled; nobody waits for an update of it. */
  { "closed",
    "\"complaint\"" WHO,
    { { "withdrawn", ON ("11-24"), "2A.2", "2A.1" },
      { "contact.changed", "\"phone\":\"1\"", "2A.3", "2A.2" },
      { "contact.changed", "\"phone\":\"2\"", "7K.1", "2A.2" },
      { "updated", LETTER ("11-23") ",\"next_update\":\"2026-12-01\"", "7K.2", "2A.1" } },
    "2026-11-24",
    "settle complainant.phone -" },
  /* The response runs from the last day to acknowledge; it is owed before that day has come. */
  { "anonymous",
    "\"complaint\",\"anonymous\":true,\"channel\":\"kiosk\"",
    { { NULL } },
    "2026-11-21",
    "clock respond 2026-12-11\nturns 2026-11-27" },
  { "anonymous-begun",
    "\"complaint\",\"anonymous\":true,\"channel\":\"kiosk\"",
    { { NULL } },
    "2026-11-27",
    "clock respond 2026-12-11" },
  { "asked-for-stage-2-early",
    "\"complaint\"" WHO,
    { ACKNOWLEDGED, { "escalation-requested", LETTER ("11-30") } },
    "2026-11-30",
    "clock respond 2026-12-08\nturns 2026-12-01" },
  { "stage-2-begun-by-itself",
    "\"complaint\"" WHO,
    { ACKNOWLEDGED, { "escalation-requested", LETTER ("11-30") } },
    "2026-12-09",
    "clock stage2-acknowledge 2026-12-16\nclock stage2-respond 2027-01-11\nturns 2026-12-10" },
  { "compliment", "\"compliment\"" WHO, { { NULL } }, "2026-11-21", "" },
};

static AmendsDay
day_of (const char *text)
{
  AmendsDay day;

  g_assert_true (amends_day_parse (text, &day, NULL));
  return day;
}

static void
describe (GString *text, const AmendsDuty *duty)
{
  static const char *const kinds[AMENDS_DUTY_N_KINDS] = {
    "clock",     "update",  "tell",        "review",      "look",        "settle",
    "authority", "consent", "promise",     "information", "restriction", "adjustment",
    "safety",    "send",    "appointment", "match",       "pass-on"
  };
  char day[AMENDS_DAY_TEXT_SIZE] = "-";
  const char *what = duty->kind == AMENDS_DUTY_CLOCK ? amends_clock_name_get_name (duty->clock)
                     : duty->what != NULL            ? duty->what
                                                     : "-";

  if (duty->day != AMENDS_DAY_NONE)
    amends_day_format_to (duty->day, day);
  g_string_append_printf (text, "%s%s %s %s", text->len > 0 ? "\n" : "", kinds[duty->kind], what,
                          day);
  if (duty->is_prompt)
    g_string_append_c (text, '?');
  if (duty->whose_name != NULL)
    g_string_append_printf (text, " %s=%s", duty->whose_name, duty->whose);
}

static void
test_row (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_autoptr (AmendsCase) complaint = test_case_new (rows[i].recorded, rows[i].acts, MAX_ACTS);
  g_autoptr (AmendsPolicy) policy = load_policy ("one-housing");
  g_autoptr (AmendsPolicy) code = load_policy ("code-2024");
  g_autoptr (AmendsCalendar) calendar = load_calendar ();
  const AmendsRules rules = { .policy = policy, .code = code, .calendar = calendar };
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GPtrArray) duties = NULL;
  AmendsDay turns_day;

  duties = amends_case_list_duties (complaint, &rules, day_of (rows[i].as_of), &turns_day);
  for (guint n = 0; n < duties->len; n++)
    describe (text, g_ptr_array_index (duties, n));
  if (turns_day != AMENDS_DAY_NONE)
    {
      g_autofree char *day = amends_day_format (turns_day);

      g_string_append_printf (text, "%sturns %s", text->len > 0 ? "\n" : "", day);
    }
  g_assert_cmpstr (text->str, ==, rows[i].duties);
}

/* From the kiosk or the post, and nobody has done anything with it. */
static void
test_untouched (void)
{
  static const struct
  {
    const char *recorded;
    TestAct acts[MAX_ACTS];
    gboolean is_untouched;
  } cases[] = {
    { "\"complaint\",\"channel\":\"kiosk\"", { { NULL } }, TRUE },
    { "\"complaint\",\"channel\":\"letter\"", { { NULL } }, TRUE },
    { "\"complaint\",\"channel\":\"telephone\"", { { NULL } }, FALSE },
    { "\"complaint\",\"channel\":\"telephone\",\"recorded_from\":\"paper\"", { { NULL } }, TRUE },
    { "\"complaint\",\"channel\":\"kiosk\"", { { "noted", "\"text\":\"Rang.\"" } }, FALSE },
    { "\"complaint\",\"channel\":\"kiosk\"", { { "issue.added", "\"what\":\"More.\"" } }, FALSE },
    { NULL, { { "noted", "\"text\":\"Rang.\"" } }, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (AmendsCase) complaint = test_case_new (cases[i].recorded, cases[i].acts, MAX_ACTS);

      g_test_message ("%u", i);
      g_assert_cmpint (amends_case_is_untouched (complaint), ==, cases[i].is_untouched);
    }
}

static AmendsEvent *
say_in (const char *feed, const char *id_text, const char *after_text, const char *body)
{
  static const guint8 salt[AMENDS_SALT_BYTES] = { 0 };
  g_autoptr (GBytes) bytes = g_bytes_new (body, strlen (body));
  g_autoptr (GError) error = NULL;
  AmendsId id, stream, after;
  AmendsEvent *event;
  gboolean has_after = amends_id_parse_len (after_text, strlen (after_text), &after);

  g_assert_true (amends_id_parse_len (id_text, strlen (id_text), &id));
  g_assert_true (amends_id_parse_len ("2A.1", 4, &stream));
  event = amends_event_new (&id, feed, &stream, has_after ? &after : NULL, has_after, salt, bytes,
                            &error);
  g_assert_no_error (error);
  return event;
}

/* Housing 21, Appendix B: what is said of somebody's safety is looked into on the same day; nowhere but where it may
 * be read is anything of it owed. */
static void
test_safety (void)
{
  static const struct
  {
    const char *feed;
    const char *kind;
    gboolean is_noted;
    const char *duties;
  } cases[] = {
    { "r.oak", "safeguarding", FALSE, "safety - 2026-11-20" },
    { "r.oak", "safeguarding", TRUE, "" },
    { "r.oak", "complaint", FALSE, "safety - 2026-11-20\nclock acknowledge 2026-11-27" },
    { "s.oak", "complaint", FALSE, "clock acknowledge 2026-11-27" },
    { "c.oak", "complaint", FALSE, "clock acknowledge 2026-11-27" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *body = g_strdup_printf (
          "{\"type\":\"case.recorded\",\"at\":\"2026-11-20T10:00:00Z\",\"received\":\"2026-11-20\","
          "\"kind\":\"%s\",\"complainant\":{\"name\":\"Wren Ashdown\"}}",
          cases[i].kind);
      g_autoptr (AmendsEvent) recorded = say_in (cases[i].feed, "2A.1", "", body);
      g_autoptr (AmendsEvent) noted = say_in (
          cases[i].feed, "2A.2", "2A.1",
          "{\"type\":\"case.noted\",\"at\":\"2026-11-20T11:00:00Z\",\"text\":\"Rang her.\"}");
      AmendsEvent *const events[] = { recorded, noted };
      g_autoptr (AmendsCase) complaint = amends_case_new (events, cases[i].is_noted ? 2 : 1);
      g_autoptr (AmendsPolicy) policy = load_policy ("one-housing");
      g_autoptr (AmendsPolicy) code = load_policy ("code-2024");
      g_autoptr (AmendsCalendar) calendar = load_calendar ();
      const AmendsRules rules = { .policy = policy, .code = code, .calendar = calendar };
      g_autoptr (GString) text = g_string_new (NULL);
      g_autoptr (GPtrArray) duties = NULL;
      AmendsDay turns_day;

      duties = amends_case_list_duties (complaint, &rules, day_of ("2026-11-20"), &turns_day);
      for (guint n = 0; n < duties->len; n++)
        describe (text, g_ptr_array_index (duties, n));
      g_test_message ("%s %s", cases[i].feed, cases[i].kind);
      g_assert_cmpstr (text->str, ==, cases[i].duties);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strconcat ("/duty/", rows[i].name, NULL);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_row);
    }
  g_test_add_func ("/duty/untouched", test_untouched);
  g_test_add_func ("/duty/safety", test_safety);
  return g_test_run ();
}
