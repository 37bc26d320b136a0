/* test-ledger.c: who may be told what on a day, and with which sentence not
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The day asked about is Friday 4 December 2026 where a row says no other; today is 31 December. Fenna Ashdown
 * speaks for Wren Ashdown. Each type of authority and each purpose of a consent stands in each situation. */

#include "core/amends-ledger.h"

#include <string.h>

#include "core/amends-codes.h"
#include "core/days.h"
#include "core/policy-files.h"
#include "support/case.h"

#define WHO "\"complaint\",\"complainant\":{\"name\":\"Wren Ashdown\"}"
#define MAX_ACTS 4
#define DAY "2026-12-04"
#define TODAY "2026-12-31"

static const char *
ask (const AmendsCase *complaint, const char *landlord, const char *day, const char *name)
{
  g_autoptr (AmendsPolicy) policy = load_policy (landlord);
  g_autoptr (AmendsLedger) ledger =
      amends_ledger_new (complaint, policy, day_of (day), day_of (TODAY));
  AmendsLedgerAnswer answer;

  amends_ledger_may_tell (ledger, name, &answer);
  g_assert_cmpint (answer.may, ==, answer.state == AMENDS_LEDGER_IN_FORCE);
  g_assert_cmpint (answer.may, ==, answer.reason == NULL);
  g_assert_cmpint (answer.may, ==, answer.change == NULL);
  return amends_ledger_state_to_string (answer.state);
}

/* What each type is worth while it lasts: where consent may be spoken (Housing 21, 4.2), where it is in writing
 * (One Housing, 2.2); then the same where the paper is to follow. */
static const struct
{
  const char *type;
  const char *spoken;
  const char *written;
  const char *spoken_to_follow;
  const char *written_to_follow;
} types[] = {
  { "written-permission", "in-force", "in-force", "in-force", "unseen" },
  { "spoken-consent", "in-force", "unwritten", "in-force", "unwritten" },
  { "lpa-property", "in-force", "in-force", "unseen", "unseen" },
  { "lpa-health", "in-force", "in-force", "unseen", "unseen" },
  { "enduring-power", "in-force", "in-force", "unseen", "unseen" },
  { "deputy-court-of-protection", "in-force", "in-force", "unseen", "unseen" },
  { "dwp-appointee", "of-benefits", "of-benefits", "of-benefits", "of-benefits" },
  { "litigation-friend", "in-force", "in-force", "unseen", "unseen" },
  { "executor-or-administrator", "in-force", "in-force", "unseen", "unseen" },
  { "elected-representative", "in-force", "in-force", "in-force", "in-force" },
  { "parental-responsibility", "in-force", "in-force", "in-force", "in-force" },
  { "best-interests-decision", "in-force", "in-force", "unseen", "unseen" },
  { "none-yet", "to-be-asked", "to-be-asked", "to-be-asked", "to-be-asked" },
};

/* @state: NULL: what the type is worth; @none: of "none-yet", where that is another */
static const struct
{
  const char *name;
  const char *members;
  const char *about;
  TestAct act;
  const char *day;
  const char *state;
  const char *none;
} situations[] = {
  { "given", ",\"given\":true", "", { NULL }, DAY, NULL, NULL },
  { "given, and more is not said", "", "", { NULL }, DAY, NULL, NULL },
  { "refused", ",\"given\":false", "", { NULL }, DAY, "refused", "refused" },
  { "ends today", ",\"until\":\"2026-12-04\"", "", { NULL }, DAY, NULL, NULL },
  { "ends tomorrow", ",\"until\":\"2026-12-05\"", "", { NULL }, DAY, NULL, NULL },
  { "ended yesterday", ",\"until\":\"2026-12-03\"", "", { NULL }, DAY, "ended", NULL },
  { "ends on 29 February", ",\"until\":\"2028-02-29\"", "", { NULL }, "2028-02-29", NULL, NULL },
  { "ended on 29 February",
    ",\"until\":\"2028-02-29\"",
    "",
    { NULL },
    "2028-03-01",
    "ended",
    NULL },
  { "begins today", ",\"from\":\"2026-12-04\"", "", { NULL }, DAY, NULL, NULL },
  { "begins tomorrow", ",\"from\":\"2026-12-05\"", "", { NULL }, DAY, "to-come", NULL },
  { "withdrawn", "", "", { "authority.withdrawn", "" }, DAY, "withdrawn", "withdrawn" },
  { "withdrawn that day",
    "",
    "",
    { "authority.withdrawn", "" },
    "2026-11-21",
    "withdrawn",
    "withdrawn" },
  { "withdrawn a day later", "", "", { "authority.withdrawn", "" }, "2026-11-20", NULL, NULL },
  { "complained about",
    "",
    ",\"about\":[{\"who\":\"staff\",\"name\":\"FENNA ASHDOWN\"}]",
    { NULL },
    DAY,
    "suspended",
    NULL },
  { "to accompany them", ",\"scope\":[\"accompany\"]", "", { NULL }, DAY, "too-narrow", NULL },
  { "to receive letters", ",\"scope\":[\"receive-letters\"]", "", { NULL }, DAY, NULL, NULL },
};

static void
check_authority (guint type,
                 guint situation,
                 const char *landlord,
                 const char *evidence,
                 const char *worth)
{
  g_autofree char *recorded = g_strdup_printf (
      WHO "%s,\"representative\":{\"name\":\"Fenna Ashdown\",\"relation\":\"daughter\","
          "\"authority\":{\"type\":\"%s\",\"evidence\":\"%s\"%s}}",
      situations[situation].about, types[type].type, evidence, situations[situation].members);
  g_autoptr (AmendsCase) complaint = test_case_new (recorded, &situations[situation].act, 1);
  const char *state = situations[situation].state;

  /* What is worth nothing anyway is said before it is too narrow. */
  if (state == NULL || (strcmp (state, "too-narrow") == 0 && strcmp (worth, "in-force") != 0))
    state = worth;
  if (strcmp (types[type].type, "none-yet") == 0)
    state = situations[situation].none != NULL ? situations[situation].none : worth;
  g_test_message ("%s, %s, %s, %s", landlord, types[type].type, situations[situation].name,
                  evidence);
  g_assert_cmpstr (ask (complaint, landlord, situations[situation].day, "Fenna Ashdown"), ==,
                   state);
  g_assert_cmpstr (ask (complaint, landlord, situations[situation].day, "Odd Ashdown"), ==,
                   "nothing");
}

static void
test_authority (void)
{
  g_assert_cmpuint (G_N_ELEMENTS (types), ==, amends_codes_get_list ("authority")->n_codes);
  for (guint t = 0; t < G_N_ELEMENTS (types); t++)
    for (guint s = 0; s < G_N_ELEMENTS (situations); s++)
      {
        check_authority (t, s, "housing-21", "copy-attached", types[t].spoken);
        check_authority (t, s, "one-housing", "original-seen", types[t].written);
        check_authority (t, s, "housing-21", "to-follow", types[t].spoken_to_follow);
        check_authority (t, s, "one-housing", "to-follow", types[t].written_to_follow);
      }
}

/* A consent to share, whatever the purpose, and what may then be shared with Oak Lifts Ltd. */
static const struct
{
  const char *name;
  TestAct acts[MAX_ACTS];
  const char *day;
  const char *state;
} answers[] = {
#define SHARE(purpose_and_more) "\"purpose\":\"%s\",\"to\":\"Oak Lifts Ltd\"" purpose_and_more
  { "none", { { NULL } }, DAY, "nothing" },
  { "given", { { "consent.given", SHARE ("") } }, DAY, "in-force" },
  { "given to nobody by name", { { "consent.given", "\"purpose\":\"%s\"" } }, DAY, "in-force" },
  { "given to somebody else",
    { { "consent.given", "\"purpose\":\"%s\",\"to\":\"Ash Lifts\"" } },
    DAY,
    "nothing" },
  { "refused", { { "consent.refused", SHARE ("") } }, DAY, "refused" },
  { "refused for nobody by name",
    { { "consent.given", SHARE ("") }, { "consent.refused", "\"purpose\":\"%s\"" } },
    DAY,
    "refused" },
  { "to be asked", { { "consent.deferred", SHARE ("") } }, DAY, "to-be-asked" },
  { "ends today", { { "consent.given", SHARE (",\"until\":\"2026-12-04\"") } }, DAY, "in-force" },
  { "ends tomorrow",
    { { "consent.given", SHARE (",\"until\":\"2026-12-05\"") } },
    DAY,
    "in-force" },
  { "ended yesterday", { { "consent.given", SHARE (",\"until\":\"2026-12-03\"") } }, DAY, "ended" },
  { "ends on 29 February",
    { { "consent.given", SHARE (",\"until\":\"2028-02-29\"") } },
    "2028-02-29",
    "in-force" },
  { "ended on 29 February",
    { { "consent.given", SHARE (",\"until\":\"2028-02-29\"") } },
    "2028-03-01",
    "ended" },
  { "asked later",
    { { "consent.given", SHARE (",\"asked_on\":\"2026-12-05\"") } },
    DAY,
    "to-come" },
  { "withdrawn",
    { { "consent.given", SHARE ("") }, { "consent.withdrawn", SHARE ("") } },
    DAY,
    "withdrawn" },
  { "withdrawn a day later",
    { { "consent.given", SHARE ("") }, { "consent.withdrawn", SHARE ("") } },
    "2026-11-20",
    "in-force" },
  { "withdrawn and given anew",
    { { "consent.given", SHARE ("") },
      { "consent.withdrawn", SHARE ("") },
      { "consent.given", SHARE ("") } },
    DAY,
    "in-force" },
  { "refused after all",
    { { "consent.given", SHARE ("") }, { "consent.refused", SHARE ("") } },
    DAY,
    "refused" },
  { "withdrawn in other letters",
    { { "consent.given", SHARE ("") },
      { "consent.withdrawn", "\"purpose\":\"%s\",\"to\":\"OAK lifts ltd\"" } },
    DAY,
    "withdrawn" },
  { "refused in other letters before",
    { { "consent.refused", "\"purpose\":\"%s\",\"to\":\"OAK lifts ltd\"" },
      { "consent.given", SHARE ("") } },
    DAY,
    "in-force" },
  { "withdrawn for nobody by name",
    { { "consent.given", SHARE ("") }, { "consent.withdrawn", "\"purpose\":\"%s\"" } },
    DAY,
    "withdrawn" },
  { "withdrawn for somebody else",
    { { "consent.given", SHARE ("") },
      { "consent.withdrawn", "\"purpose\":\"%s\",\"to\":\"Ash Lifts\"" } },
    DAY,
    "in-force" },
/* Two answered apart, and what was chosen of that. */
#define SETTLED(answer)                                                               \
  { "consent.given", SHARE ("") }, { "consent.refused", SHARE (""), "7K.1", "2A.1" }, \
  {                                                                                   \
    "conflict.settled",                                                               \
        "\"field\":\"consents.%s.Oak Lifts Ltd\",\"value\":{\"answer\":"              \
        "\"" answer "\"}",                                                            \
        "7K.2", "2A.2,7K.1"                                                           \
  }
  { "settled as given", { SETTLED ("given") }, DAY, "in-force" },
  { "settled as refused", { SETTLED ("refused") }, DAY, "refused" },
  { "settled as to be asked", { SETTLED ("ask-me") }, DAY, "to-be-asked" },
  { "settled as withdrawn", { SETTLED ("withdrawn") }, DAY, "withdrawn" },
  /* Withdrawn on another device, which had seen the first, and not that it was asked for anew. */
  { "withdrawn apart",
    { { "consent.given", SHARE ("") },
      { "consent.given", SHARE (",\"until\":\"2027-06-30\"") },
      { "consent.withdrawn", SHARE (""), "7K.1", "2A.2" } },
    DAY,
    "withdrawn" },
  { "refused apart",
    { { "consent.given", SHARE ("") },
      { "consent.given", SHARE (",\"until\":\"2027-06-30\"") },
      { "consent.refused", SHARE (""), "7K.1", "2A.2" } },
    DAY,
    "refused" },
};

static void
check_answer (const char *purpose, guint row)
{
  g_autoptr (AmendsPolicy) policy = load_policy ("wdh");
  g_autoptr (GPtrArray) owned = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (AmendsCase) complaint = NULL;
  g_autoptr (AmendsLedger) ledger = NULL;
  AmendsLedgerAnswer answer;
  TestAct acts[MAX_ACTS];

  memcpy (acts, answers[row].acts, sizeof acts);
  for (guint i = 0; i < MAX_ACTS && acts[i].type != NULL; i++)
    {
      g_auto (GStrv) parts = g_strsplit (acts[i].members, "%s", 2);

      acts[i].members = g_strjoinv (purpose, parts);
      g_ptr_array_add (owned, (gpointer) acts[i].members);
    }
  g_test_message ("%s, %s", purpose, answers[row].name);
  complaint = test_case_new (WHO, acts, MAX_ACTS);
  ledger = amends_ledger_new (complaint, policy, day_of (answers[row].day), day_of (TODAY));
  amends_ledger_may_share (ledger, purpose, "Oak Lifts Ltd", &answer);
  g_assert_cmpstr (amends_ledger_state_to_string (answer.state), ==, answers[row].state);
  g_assert_cmpint (answer.may, ==, answer.reason == NULL);
  g_assert_cmpint (answer.may, ==, strcmp (answers[row].state, "in-force") == 0);
}

static void
test_consent (void)
{
  const AmendsCodeList *purposes = amends_codes_get_list ("consent-purpose");

  /* Who acts for them is told by another rule, which has rows of its own. */
  for (guint p = 0; p < purposes->n_codes; p++)
    for (guint row = 0; row < G_N_ELEMENTS (answers); row++)
      if (strcmp (purposes->codes[p].code, "share-with-representative") != 0)
        check_answer (purposes->codes[p].code, row);
}

/* Who rings, and what stands by then. */
static const struct
{
  const char *name;
  const char *landlord;
  const char *representative;
  TestAct acts[MAX_ACTS];
  const char *caller;
  const char *state;
} callers[] = {
#define FENNA(authority) \
  ",\"representative\":{\"name\":\"Fenna Ashdown\",\"relation\":\"daughter\"" authority "}"
#define WRITTEN ",\"authority\":{\"type\":\"written-permission\",\"evidence\":\"copy-attached\"}"
#define NONE_YET ",\"authority\":{\"type\":\"none-yet\"}"
#define GIVE(name)   \
  "\"name\":\"" name \
  "\",\"authority\":{\"type\":\"written-permission\",\"evidence\":\"copy-attached\"}"
#define TELL(more) "\"purpose\":\"share-with-representative\"" more
  { "a daughter with no paper",
    "housing-21",
    FENNA (""),
    { { NULL } },
    "Fenna Ashdown",
    "to-be-asked" },
  { "somebody whom nobody recorded", "housing-21", "", { { NULL } }, "Fenna Ashdown", "nothing" },
  { "nobody by name", "housing-21", "", { { NULL } }, NULL, "nothing" },
  { "by their word to it",
    "housing-21",
    FENNA (NONE_YET),
    { { "consent.given", TELL (",\"to\":\"Fenna Ashdown\"") } },
    "fenna ashdown",
    "in-force" },
  { "by their word, where it must be written",
    "one-housing",
    FENNA (NONE_YET),
    { { "consent.given", TELL (",\"to\":\"Fenna Ashdown\"") } },
    "Fenna Ashdown",
    "unwritten" },
  { "by a word that names nobody",
    "housing-21",
    FENNA (NONE_YET),
    { { "consent.given", TELL ("") } },
    "Fenna Ashdown",
    "in-force" },
  { "another by a word that names nobody",
    "housing-21",
    FENNA (NONE_YET),
    { { "consent.given", TELL ("") } },
    "Odd Ashdown",
    "nothing" },
  { "a paper, and they said no since",
    "housing-21",
    FENNA (WRITTEN),
    { { "consent.refused", TELL (",\"to\":\"Fenna Ashdown\"") } },
    "Fenna Ashdown",
    "refused" },
  { "a paper, and their word taken back",
    "housing-21",
    FENNA (WRITTEN),
    { { "consent.given", TELL (",\"to\":\"Fenna Ashdown\"") },
      { "consent.withdrawn", TELL (",\"to\":\"Fenna Ashdown\"") } },
    "Fenna Ashdown",
    "withdrawn" },
  { "a second person does not end the first",
    "housing-21",
    FENNA (WRITTEN),
    { { "authority.given", GIVE ("Odd Ashdown") } },
    "Fenna Ashdown",
    "in-force" },
  { "a second person",
    "housing-21",
    FENNA (WRITTEN),
    { { "authority.given", GIVE ("Odd Ashdown") } },
    "Odd Ashdown",
    "in-force" },
  { "the second is withdrawn, who was seen last",
    "housing-21",
    FENNA (WRITTEN),
    { { "authority.given", GIVE ("Odd Ashdown") }, { "authority.withdrawn", "" } },
    "Fenna Ashdown",
    "in-force" },
  { "the last was never in force, and none is named",
    "housing-21",
    FENNA (WRITTEN),
    { { "authority.given", "\"name\":\"Odd Ashdown\",\"authority\":{\"type\":\"none-yet\"}" },
      { "authority.withdrawn", "" } },
    "Fenna Ashdown",
    "withdrawn" },
  { "the last was withdrawn before, and none is named",
    "housing-21",
    FENNA (WRITTEN),
    { { "authority.given", GIVE ("Odd Ashdown") },
      { "authority.withdrawn", "\"name\":\"Odd Ashdown\"" },
      { "authority.withdrawn", "" } },
    "Fenna Ashdown",
    "withdrawn" },
  /* Each of them meant the same, and neither the other. */
  { "the last was withdrawn twice apart, and none is named",
    "housing-21",
    FENNA (WRITTEN),
    { { "authority.given", GIVE ("Odd Ashdown") },
      { "authority.withdrawn", "" },
      { "authority.withdrawn", "", "7K.1", "2A.2" } },
    "Fenna Ashdown",
    "in-force" },
  { "the first is withdrawn by name",
    "housing-21",
    FENNA (WRITTEN),
    { { "authority.given", GIVE ("Odd Ashdown") },
      { "authority.withdrawn", "\"name\":\"Fenna Ashdown\"" } },
    "Fenna Ashdown",
    "withdrawn" },
  { "withdrawn and given anew",
    "housing-21",
    FENNA (WRITTEN),
    { { "authority.withdrawn", "" }, { "authority.given", GIVE ("Fenna Ashdown") } },
    "Fenna Ashdown",
    "in-force" },
  /* One withdraws it while another takes down a new one: who had seen neither may not be told. */
  { "withdrawn apart",
    "housing-21",
    FENNA (WRITTEN),
    { { "authority.withdrawn", "" },
      { "authority.given", GIVE ("Fenna Ashdown"), "7K.1", "2A.1" } },
    "Fenna Ashdown",
    "withdrawn" },
  { "withdrawn apart, the other way about",
    "housing-21",
    FENNA (WRITTEN),
    { { "authority.given", GIVE ("Fenna Ashdown") },
      { "authority.withdrawn", "", "7K.1", "2A.1" } },
    "Fenna Ashdown",
    "withdrawn" },
  { "and settled",
    "housing-21",
    FENNA (WRITTEN),
    { { "authority.given", GIVE ("Fenna Ashdown") },
      { "authority.withdrawn", "", "7K.1", "2A.1" },
      { "conflict.settled",
        "\"field\":\"representative.authority\",\"value\":{\"type\":\"spoken-consent\"}", "7K.2",
        "2A.2,7K.1" } },
    "Fenna Ashdown",
    "in-force" },
  { "and settled as withdrawn",
    "housing-21",
    FENNA (WRITTEN),
    { { "authority.given", GIVE ("Fenna Ashdown") },
      { "authority.withdrawn", "", "7K.1", "2A.1" },
      { "conflict.settled",
        "\"field\":\"representative.authority\",\"value\":{\"type\":\"spoken-consent\","
        "\"withdrawn\":\"2026-11-21\"}",
        "7K.2", "2A.2,7K.1" } },
    "Fenna Ashdown",
    "withdrawn" },
/* Two people are recorded apart, whichever of them the case shows. */
#define APART(value)                                                                            \
  { "authority.given", GIVE ("Odd Ashdown") },                                                  \
      { "authority.given",                                                                      \
        "\"name\":\"Bo Ashdown\",\"authority\":{\"type\":\"lpa-property\",\"evidence\":"        \
        "\"original-seen\"}",                                                                   \
        "7K.1", "2A.1" },                                                                       \
  {                                                                                             \
    "conflict.settled", "\"field\":\"representative.authority\",\"value\":{" value "}", "7K.2", \
        "2A.2,7K.1"                                                                             \
  }
#define OF_BO "\"type\":\"lpa-property\",\"evidence\":\"original-seen\""
#define OF_ODD "\"type\":\"written-permission\",\"evidence\":\"copy-attached\""
#define GONE ",\"withdrawn\":\"2026-11-21\""
  { "settled as what is Bo’s",
    "housing-21",
    "",
    { APART (OF_BO GONE) },
    "Bo Ashdown",
    "withdrawn" },
  { "settled as what is Bo’s, to Odd",
    "housing-21",
    "",
    { APART (OF_BO GONE) },
    "Odd Ashdown",
    "in-force" },
  { "settled as what is Odd’s",
    "housing-21",
    "",
    { APART (OF_ODD GONE) },
    "Odd Ashdown",
    "withdrawn" },
  { "settled as what is Odd’s, to Bo",
    "housing-21",
    "",
    { APART (OF_ODD GONE) },
    "Bo Ashdown",
    "in-force" },
  { "settled as what nobody said, to Odd",
    "housing-21",
    "",
    { APART ("\"type\":\"none-yet\"") },
    "Odd Ashdown",
    "in-force" },
  { "settled as what nobody said, to Bo",
    "housing-21",
    "",
    { APART ("\"type\":\"none-yet\"") },
    "Bo Ashdown",
    "in-force" },
  { "complained about",
    "housing-21",
    FENNA (WRITTEN) ",\"about\":[{\"who\":\"neighbour\",\"name\":\"Fenna Ashdown\"}]",
    { { NULL } },
    "Fenna Ashdown",
    "suspended" },
  { "complained about, and a word does not help",
    "housing-21",
    FENNA (NONE_YET) ",\"about\":[{\"who\":\"neighbour\",\"name\":\"Fenna Ashdown\"}]",
    { { "consent.given", TELL (",\"to\":\"Fenna Ashdown\"") } },
    "Fenna Ashdown",
    "to-be-asked" },
  { "the line manager let it stand",
    "housing-21",
    FENNA (WRITTEN) ",\"about\":[{\"who\":\"neighbour\",\"name\":\"Fenna Ashdown\"}]",
    { { "authority.given", GIVE ("Fenna Ashdown") ",\"decided_by\":{\"name\":\"Ada "
                                                  "Thorn\",\"role\":\"line-manager\"}" } },
    "Fenna Ashdown",
    "in-force" },
};

static void
test_callers (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (callers); i++)
    {
      g_autofree char *recorded = g_strconcat (WHO, callers[i].representative, NULL);
      g_autoptr (AmendsCase) complaint = test_case_new (recorded, callers[i].acts, MAX_ACTS);

      g_test_message ("%s", callers[i].name);
      g_assert_cmpstr (ask (complaint, callers[i].landlord, DAY, callers[i].caller), ==,
                       callers[i].state);
    }
}

/* A withdrawal that is known counts today, also by the clock of a device that is ahead. */
static void
test_known_withdrawal (void)
{
  const TestAct acts[] = { { "authority.withdrawn", "" } };
  g_autoptr (AmendsCase) complaint = test_case_new (WHO FENNA (WRITTEN), acts, 1);
  g_autoptr (AmendsPolicy) policy = load_policy ("housing-21");
  g_autoptr (AmendsLedger) ledger =
      amends_ledger_new (complaint, policy, day_of ("2026-11-20"), day_of ("2026-11-20"));
  AmendsLedgerAnswer answer;

  amends_ledger_may_tell (ledger, "Fenna Ashdown", &answer);
  g_assert_cmpint (answer.state, ==, AMENDS_LEDGER_WITHDRAWN);
}

/* What is shared with who acts for them is judged by their authority. */
static void
test_share_with_representative (void)
{
  g_autoptr (AmendsCase) complaint = test_case_new (WHO FENNA (WRITTEN), NULL, 0);
  g_autoptr (AmendsPolicy) policy = load_policy ("housing-21");
  g_autoptr (AmendsLedger) ledger =
      amends_ledger_new (complaint, policy, day_of (DAY), day_of (TODAY));
  AmendsLedgerAnswer answer;

  amends_ledger_may_share (ledger, "share-with-representative", "Fenna Ashdown", &answer);
  g_assert_cmpint (answer.kind, ==, AMENDS_LEDGER_AUTHORITY);
  g_assert_cmpint (answer.state, ==, AMENDS_LEDGER_IN_FORCE);
}

/* Nothing is removed: what was replaced, withdrawn and refused stands in it, in its order. */
static void
test_entries (void)
{
  const TestAct acts[] = {
    { "authority.withdrawn", "" },
    { "authority.given", GIVE ("Fenna Ashdown") },
    { "consent.refused", TELL (",\"to\":\"Odd Ashdown\"") },
    { "consent.given", TELL (",\"to\":\"Odd Ashdown\",\"asked_on\":\"2026-11-21\"") },
  };
  static const struct
  {
    AmendsLedgerKind kind;
    const char *who;
    AmendsLedgerState state;
    gboolean is_replaced;
    AmendsDay withdrawn;
    AmendsDay from;
  } entries[] = {
    { AMENDS_LEDGER_AUTHORITY, "Fenna Ashdown", AMENDS_LEDGER_WITHDRAWN, TRUE, 20778,
      AMENDS_DAY_NONE },
    { AMENDS_LEDGER_AUTHORITY, "Fenna Ashdown", AMENDS_LEDGER_IN_FORCE, FALSE, AMENDS_DAY_NONE,
      AMENDS_DAY_NONE },
    { AMENDS_LEDGER_CONSENT, "Odd Ashdown", AMENDS_LEDGER_REFUSED, TRUE, AMENDS_DAY_NONE,
      AMENDS_DAY_NONE },
    { AMENDS_LEDGER_CONSENT, "Odd Ashdown", AMENDS_LEDGER_IN_FORCE, FALSE, AMENDS_DAY_NONE, 20778 },
  };
  g_autoptr (AmendsCase) complaint = test_case_new (WHO FENNA (WRITTEN), acts, G_N_ELEMENTS (acts));
  g_autoptr (AmendsLedger) ledger =
      amends_ledger_new (complaint, NULL, day_of (DAY), day_of (TODAY));

  g_assert_cmpint (day_of ("2026-11-21"), ==, 20778);
  g_assert_cmpuint (amends_ledger_get_n_entries (ledger), ==, G_N_ELEMENTS (entries));
  for (guint i = 0; i < G_N_ELEMENTS (entries); i++)
    {
      const AmendsLedgerEntry *entry = amends_ledger_get_entry (ledger, i);

      g_assert_cmpint (entry->kind, ==, entries[i].kind);
      g_assert_cmpstr (entry->who, ==, entries[i].who);
      g_assert_cmpint (entry->state, ==, entries[i].state);
      g_assert_cmpint (entry->is_replaced, ==, entries[i].is_replaced);
      g_assert_cmpint (entry->withdrawn, ==, entries[i].withdrawn);
      g_assert_cmpint (entry->from, ==, entries[i].from);
    }
}

/* What is said when not, and what would change it. */
static const struct
{
  const char *landlord;
  const char *representative;
  const char *clause;
  const char *sentence;
} sentences[] = {
  { "one-housing", FENNA (""), "2.2",
    "They have no authority yet: a permission in writing from the complainant, or a power of "
    "attorney or court order, would change that" },
  { "housing-21", FENNA (""), "4.2",
    "They have no authority yet: the complainant’s consent, written or spoken, or a power of "
    "attorney or court order, would change that" },
  { "rosebery", FENNA (",\"authority\":{\"type\":\"lpa-property\",\"evidence\":\"to-follow\"}"),
    "5.2", "The paper has not been seen: the original or a copy of it would change that" },
  { "reliance", FENNA (",\"authority\":{\"type\":\"spoken-consent\"}"), "3.1.5",
    "It was only said: this landlord asks for it in writing" },
  { "wdh", FENNA (",\"authority\":{\"type\":\"spoken-consent\",\"until\":\"2026-11-30\"}"), "2.3",
    "Their authority has run out: a new one from the complainant would change that" },
  { "wdh",
    FENNA (",\"authority\":{\"type\":\"spoken-consent\"}") ",\"about\":[{\"who\":\"contractor\","
                                                           "\"name\":\"Fenna Ashdown\"}]",
    "2.3",
    "They are complained about, so their authority is suspended: the line manager decides whether "
    "it stands" },
};

static void
test_sentences (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (sentences); i++)
    {
      g_autofree char *recorded = g_strconcat (WHO, sentences[i].representative, NULL);
      g_autoptr (AmendsCase) complaint = test_case_new (recorded, NULL, 0);
      g_autoptr (AmendsPolicy) policy = load_policy (sentences[i].landlord);
      g_autoptr (AmendsLedger) ledger =
          amends_ledger_new (complaint, policy, day_of (DAY), day_of (TODAY));
      AmendsLedgerAnswer answer;
      g_autofree char *sentence = NULL;

      amends_ledger_may_tell (ledger, "Fenna Ashdown", &answer);
      sentence = g_strconcat (answer.reason, ": ", answer.change, NULL);
      g_assert_cmpstr (sentence, ==, sentences[i].sentence);
      g_assert_cmpstr (answer.clause, ==, sentences[i].clause);
      g_assert_cmpstr (answer.provision, ==, "3.6");
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ledger/authority", test_authority);
  g_test_add_func ("/ledger/consent", test_consent);
  g_test_add_func ("/ledger/callers", test_callers);
  g_test_add_func ("/ledger/known-withdrawal", test_known_withdrawal);
  g_test_add_func ("/ledger/share-with-representative", test_share_with_representative);
  g_test_add_func ("/ledger/entries", test_entries);
  g_test_add_func ("/ledger/sentences", test_sentences);
  return g_test_run ();
}
