/* test-words.c: what people type, and what they read
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib.h>
#include <string.h>

#include "app/amends-act-words.h"
#include "app/amends-event-words.h"
#include "app/amends-intake-words.h"
#include "app/amends-policy-words.h"
#include "app/amends-sync-words.h"
#include "app/amends-words.h"
#include "core/amends-codes.h"
#include "core/amends-error.h"
#include "core/amends-intake.h"
#include "store/amends-shipped.h"

/* Today is Friday 20 November 2026. */
#define TODAY "2026-11-20"

static AmendsDay
day (const char *iso)
{
  AmendsDay parsed = AMENDS_DAY_NONE;

  g_assert_true (amends_day_parse (iso, &parsed, NULL));
  return parsed;
}

static const struct
{
  const char *typed;
  const char *iso; /* NULL: no day */
} day_rows[] = {
  { "2026-11-20", "2026-11-20" },
  { "20/11/2026", "2026-11-20" }, /* as Britain writes it: the day first */
  { "3.4.26", "2026-04-03" },
  { "20 Nov 2026", "2026-11-20" },
  { "Fri 20 Nov 2026", "2026-11-20" },
  { "Friday 20 November 2026", "2026-11-20" },
  { " 20 november ", "2026-11-20" },
  { "21 Nov", "2025-11-21" }, /* without a year: the last that was */
  { "29 Feb", NULL },         /* there was none in 2026, and the one before is too long ago */
  { "29/02/2024", "2024-02-29" },
  { "today", "2026-11-20" },
  { "Yesterday", "2026-11-19" },
  { "31/02/2026", NULL },
  { "20", NULL },
  { "soon", NULL },
  { "20 Nov 2026 2026", NULL },
  { "1/1/1700", NULL },
  { "", NULL },
};

static void
test_days (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (day_rows); i++)
    {
      AmendsDay parsed = AMENDS_DAY_NONE;
      gboolean is_day = amends_words_parse_day (day_rows[i].typed, day (TODAY), &parsed);
      g_autofree char *iso = is_day ? amends_day_format (parsed) : NULL;

      g_test_message ("“%s”", day_rows[i].typed);
      g_assert_cmpstr (iso, ==, day_rows[i].iso);
    }
}

/* What a field shows is understood when it is left again. */
static void
test_days_round (void)
{
  for (AmendsDay each = day ("2023-12-28"); each < day ("2027-01-03"); each++)
    {
      g_autofree char *shown = amends_words_plain_day (each);
      AmendsDay parsed = AMENDS_DAY_NONE;

      g_assert_true (amends_words_parse_day (shown, day (TODAY), &parsed));
      g_assert_cmpint (parsed, ==, each);
    }
}

static const struct
{
  const char *typed;
  const char *time;
} time_rows[] = {
  { "14:10", "14:10" }, { "14.10", "14:10" }, { "9:05", "09:05" },    { "2.10 pm", "14:10" },
  { "9am", "09:00" },   { "12 am", "00:00" }, { "12.30pm", "12:30" }, { "24:00", NULL },
  { "14:60", NULL },    { "13 pm", NULL },    { "noon", NULL },       { "", NULL },
};

static const struct
{
  const char *typed;
  gint64 pence; /* -1: it is no sum */
} sum_rows[] = {
  { "250", 25000 },
  { "£250.00", 25000 },
  { " £ 250.50 ", 25050 },
  { "1,250", 125000 },
  { "1,250.05", 125005 },
  { "0", 0 },
  { "", -1 },
  { "250.5", -1 },
  { "12,50", -1 },
  { "-5", -1 },
  { "two pounds", -1 },
  { "1234567890", -1 },
  { "1,234,567,890", -1 },
};

static void
test_sums (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (sum_rows); i++)
    {
      gint64 pence = -1;
      gboolean is_sum = amends_words_parse_pence (sum_rows[i].typed, &pence);

      g_test_message ("%s", sum_rows[i].typed);
      g_assert_cmpint (is_sum, ==, sum_rows[i].pence >= 0);
      g_assert_cmpint (pence, ==, sum_rows[i].pence);
    }
}

static void
test_times (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (time_rows); i++)
    {
      g_autofree char *time = amends_words_parse_time (time_rows[i].typed);

      g_test_message ("“%s”", time_rows[i].typed);
      g_assert_cmpstr (time, ==, time_rows[i].time);
    }
}

/* Offline is a normal state: whatever is wrong, the sentence says that recording goes on; but for a laptop that was
 * withdrawn. */
static void
test_sync_errors (void)
{
  static const struct
  {
    const char *code;
    gboolean needs_person;
  } rows[] = {
    { "offline", FALSE },    { "portal", FALSE },
    { "certificate", TRUE }, { "clock", TRUE },
    { "busy", FALSE },       { "foreign-server", TRUE },
    { "revoked", TRUE },     { "cut", FALSE },
    { "protocol", TRUE },    { "of-a-later-version", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_test_message ("%s", rows[i].code);
      if (!g_str_equal (rows[i].code, "revoked"))
        g_assert_nonnull (strstr (amends_sync_words_error (rows[i].code), "recording goes on"));
      g_assert_cmpint (amends_sync_words_needs_person (rows[i].code), ==, rows[i].needs_person);
    }
  g_assert_null (amends_sync_words_error (NULL));
  g_assert_false (amends_sync_words_needs_person (NULL));
}

/* What is said of a feed that was taken from a laptop: what it waits for while it is there, and nothing of what holds
 * no cases. */
static void
test_taken (void)
{
  static const struct
  {
    AmendsTakenFeed feed;
    const char *words; /* NULL: nothing is said */
  } rows[] = {
    { { .feed = "s.oak", .name = "Oak Court", .is_here = TRUE, .n_unsent = 3 }, "3 records" },
    { { .feed = "s.oak", .name = "Oak Court", .is_here = TRUE, .n_unsent_files = 1, .n_unsafe = 2 },
      "1 attachment " },
    { { .feed = "s.oak", .name = "Oak Court", .is_here = TRUE, .n_unsafe = 2 }, "safe copy" },
    { { .feed = "s.oak", .name = "Oak Court", .gone_at = 1 }, "Oak Court is no longer" },
    { { .feed = "k.oak", .name = "Oak Court", .gone_at = 1 }, NULL },
    { { .feed = "staff", .is_here = TRUE }, NULL },
  };
  AmendsStatus status = { .withdrawn_at = 1, .n_quarantined = 3 };
  g_autofree char *withdrawn = amends_sync_words_withdrawn (&status);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *words = amends_sync_words_taken (&rows[i].feed);

      g_assert_cmpint (words != NULL, ==, rows[i].words != NULL);
      if (words != NULL)
        g_assert_nonnull (strstr (words, rows[i].words));
    }
  g_assert_nonnull (strstr (withdrawn, "3 records were handed in and wait for head office"));
  status.withdrawn_at = 0;
  g_assert_null (amends_sync_words_withdrawn (&status));
}

static char *
title_of (const char *json)
{
  json_t *entry = json_loads (json, 0, NULL);
  char *title = amends_event_words_title (entry);

  json_decref (entry);
  return title;
}

/* What befell this laptop and head office, with the number and the new code. */
static void
test_news (void)
{
  AmendsNews news = { 0 };
  g_autofree char *forked = title_of ("{\"type\": \"device.forked\", \"known\": true,"
                                      " \"body\": {\"from\": \"7K\", \"again\": 2}}");
  g_autofree char *nothing = amends_sync_words_news (&news);
  g_autofree char *restored = NULL;
  g_autofree char *both = NULL;

  g_assert_null (nothing);
  news = (AmendsNews){ .restored_at = 1, .n_sent_again = 14 };
  restored = amends_sync_words_news (&news);
  g_assert_nonnull (strstr (restored, "Head office was restored: 14 records sent again"));
  news.recoded_at = 1;
  g_strlcpy (news.recoded_to, "8M", sizeof news.recoded_to);
  both = amends_sync_words_news (&news);
  g_assert_nonnull (strstr (both, "This laptop was restored from a copy"));
  g_assert_nonnull (strstr (both, "a new code, 8M"));
  g_assert_nonnull (strstr (both, restored));

  g_assert_nonnull (strstr (forked, "It was 7K; 2 records were written again"));
}

/* What is not as it should be is said, with what to do next. */
static void
test_standing (void)
{
  static const struct
  {
    gint64 skew_s;
    const char *words; /* NULL: it is near enough */
  } rows[] = {
    { 300, NULL },
    { -300, NULL },
    { 301, "5 minutes ahead of" },
    { -7200, "2 hours behind" },
    { 86400, "1 day ahead of" },
    { -1790000000, "20717 days behind" },
  };
  char full[] = "full", disk_full[] = "disk-full";
  AmendsStatus status = { .n_set_aside = 2, .n_quarantined = 1 };
  g_autofree char *set_aside = amends_sync_words_set_aside (&status);
  g_autofree char *held_back = amends_sync_words_held_back (&status);

  g_assert_nonnull (strstr (set_aside, "2 records could not be taken in"));
  g_assert_nonnull (strstr (set_aside, "Update Amends"));
  g_assert_nonnull (strstr (held_back, "1 record of this laptop is safe at head office, but held"));
  g_assert_nonnull (strstr (held_back, "Ask whoever runs the server"));
  g_assert_null (amends_sync_words_attachments (&status));
  g_assert_false (amends_sync_words_must_act (&status));
  status = (AmendsStatus){ .n_quarantined = 1, .withdrawn_at = 1, .attachment_problem = full };
  g_assert_null (amends_sync_words_held_back (&status)); /* it is said with that */
  g_assert_null (amends_sync_words_set_aside (&status));
  g_assert_nonnull (strstr (amends_sync_words_attachments (&status), "Head office has no room"));
  g_assert_false (amends_sync_words_must_act (&status));
  status.attachment_problem = disk_full;
  g_assert_nonnull (strstr (amends_sync_words_attachments (&status), "Make room"));
  g_assert_true (amends_sync_words_must_act (&status));

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const AmendsStatus skewed = { .clock_skew_s = rows[i].skew_s };
      g_autofree char *clock = amends_sync_words_clock (&skewed);

      g_assert_cmpint (clock != NULL, ==, rows[i].words != NULL);
      g_assert_cmpint (amends_sync_words_must_act (&skewed), ==, rows[i].words != NULL);
      if (clock != NULL)
        g_assert_nonnull (strstr (clock, rows[i].words));
    }
}

static void
test_sync_sentence (void)
{
  AmendsStatus status = { .n_waiting = 3 };
  g_autofree char *never = amends_sync_words_sentence (&status, FALSE);
  g_autofree char *nothing = NULL;
  g_autofree char *time = NULL;
  g_autofree char *expected = NULL;

  g_assert_cmpstr (never, ==, "Saved on this laptop · 3 waiting · not sent yet");
  status.n_waiting = 0;
  status.last_sync = g_get_real_time ();
  nothing = amends_sync_words_sentence (&status, TRUE);
  time = amends_words_instant (status.last_sync);
  expected = g_strdup_printf ("Saved · nothing waiting · last sent %s", time);
  g_assert_cmpstr (nothing, ==, expected);
}

static const struct
{
  const char *entry;
  const char *title;
} event_rows[] = {
  { "{\"type\":\"case.noted\",\"known\":true,\"body\":{\"text\":\"Rang <b>her</b>.\"}}",
    "Rang <b>her</b>." },
  { "{\"type\":\"consent.refused\",\"known\":true,\"body\":{\"purpose\":\"share-with-contractor\","
    "\"to\":\"Tarnwick Heating\"}}",
    "Refused: Share with a contractor · Tarnwick Heating" },
  { "{\"type\":\"contact.changed\",\"known\":true,\"body\":{\"email\":null}}",
    "Contact details changed: email address \342\201\250None\342\201\251" },
  { "{\"type\":\"case.telepathy\",\"known\":false,\"body\":{}}",
    "Recorded by a newer version of Amends" },
  { "{\"type\":\"case.noted\",\"known\":true,\"erased\":true,\"body\":null}", "Erased" },
  { "{\"type\":\"issue.added\",\"known\":true,\"body\":{\"what\":\"One line.\\nAnd more.\"}}",
    "Issue: “One line.…”" },
  { "{\"type\":\"case.noted\",\"known\":true,\"body\":{\"text\":7}}", "" },
  { "{\"type\":\"case.acknowledged\",\"known\":true,\"body\":{\"on\":\"2026-11-21\","
    "\"channel\":\"letter\"}}",
    "Acknowledged: \342\201\250Sat 21 Nov 2026\342\201\251 · Letter" },
  { "{\"type\":\"case.extended\",\"known\":true,\"body\":{\"on\":\"2026-12-04\","
    "\"channel\":\"email\",\"working_days\":1,\"reason\":\"The report is late.\\nVery.\"}}",
    "Extended: \342\201\250Fri 4 Dec 2026\342\201\251 · Email · by 1 working day · "
    "The report is late." },
  { "{\"type\":\"case.assigned\",\"known\":true,\"body\":{\"to\":{\"name\":\"Tamsin Roe\"}}}",
    "Assigned: Tamsin Roe" },
  { "{\"type\":\"case.closed\",\"known\":true,\"body\":{\"on\":\"2026-12-21\","
    "\"closure\":\"resolved-agreed\"}}",
    "Closed: \342\201\250Mon 21 Dec 2026\342\201\251 · Resolved, and they agree" },
  { "{\"type\":\"case.withdrawn\",\"known\":true,\"body\":{\"because\":[]}}",
    "Withdrawn by the complainant" },
  { "{\"type\":\"case.remedy-offered\",\"known\":true,\"body\":{\"on\":\"2026-12-01\","
    "\"remedy\":\"financial-loss\",\"gross_pence\":25005}}",
    "Remedy offered: \342\201\250Tue 1 Dec 2026\342\201\251 · £250.05 · Payment for a financial "
    "loss" },
  { "{\"type\":\"case.approved\",\"known\":true,\"body\":{\"on\":\"2026-12-01\","
    "\"agreed\":false,\"text\":\"Say when\"}}",
    "Draft of the stage 1 response: \342\201\250Tue 1 Dec 2026\342\201\251 · sent back · Say "
    "when" },
  /* Its words are a letter, with a letterhead: they are read where the letter is. */
  { "{\"type\":\"case.drafted\",\"known\":true,\"body\":{\"on\":\"2026-12-01\","
    "\"text\":\"Fenwater Homes\\nDear Wren\",\"author\":{\"name\":\"Tamsin Roe\"}}}",
    "Stage 1 response drafted: \342\201\250Tue 1 Dec 2026\342\201\251 · Tamsin Roe" },
  { "{\"type\":\"case.survey\",\"known\":true,\"body\":{\"on\":\"2026-12-01\","
    "\"step\":\"opted-out\"}}",
    "Survey: \342\201\250Tue 1 Dec 2026\342\201\251 · They do not want to be asked" },
};

static void
test_events (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (event_rows); i++)
    {
      g_autofree char *title = title_of (event_rows[i].entry);

      g_assert_cmpstr (title, ==, event_rows[i].title);
    }
}

/* What one act calls a field is not hidden by what the others call it. */
static void
test_fields (void)
{
  static const struct
  {
    AmendsEventType type;
    const char *path;
    const char *title;
  } rows[] = {
    { AMENDS_EVENT_ADJUSTMENT_ADDED, "need", "What they need" },
    { AMENDS_EVENT_PERSON_ADJUSTMENT_MADE, "need", "Which adjustment" },
    { AMENDS_EVENT_CASE_HAZARD_REPORTED, "what", "What the danger is" },
    { AMENDS_EVENT_CASE_NOTED, "colour_of", "colour of" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *title = amends_act_words_field (rows[i].type, rows[i].path);

      g_assert_cmpstr (title, ==, rows[i].title);
    }
}

/* What of an intake is a record of its own, or is read apart from it. */
static const char *const own_records[] = { "issues", "consents", "adjustments",
                                           "disabilities_disclosed", NULL };

/* Whoever had a part in it is a name, with the role beside it. */
static const char *const of_name[] = { "role", "staff", NULL };

static void
assert_has_words (AmendsEventType type, const char *prefix, const AmendsSchemaField *fields)
{
  for (; fields->name != NULL; fields++)
    {
      g_autofree char *path = g_strconcat (prefix, fields->name, NULL);
      g_autofree char *inner = g_strconcat (path, ".", NULL);
      g_autofree char *title = amends_act_words_field (type, path);

      if (fields->members != NULL && !g_strv_contains (own_records, path))
        assert_has_words (type, inner, fields->members);
      else if (!g_strv_contains (own_records, path) && !g_strv_contains (of_name, fields->name)
               && !g_ascii_isupper (*title))
        {
          g_test_message ("%s %s: “%s”", amends_event_type_to_string (type), path, title);
          g_test_fail ();
        }
    }
}

/* Whatever a record can hold is called something when it is read: a name that only a file knows is not. */
static void
test_all_fields (void)
{
  assert_has_words (AMENDS_EVENT_CASE_RECORDED, "", amends_intake_get_fields ());
  for (int i = 0; i < AMENDS_EVENT_N_TYPES; i++)
    {
      const AmendsSchemaField *fields = amends_intake_get_act_fields ((AmendsEventType) i);

      if (fields != NULL)
        assert_has_words ((AmendsEventType) i, "", fields);
    }
}

static void
test_partial_days (void)
{
  static const struct
  {
    const char *iso;
    const char *words;
  } rows[] = {
    { "2026-11-20", "\u2068Fri 20 Nov 2026\u2069" },
    { "2026-11", "\u2068November 2026\u2069" },
    { "2026", "\u20682026\u2069" },
    { "2026-13", "\u20682026-13\u2069" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *words = amends_words_partial_day (rows[i].iso);

      g_assert_cmpstr (words, ==, rows[i].words);
    }
}

/* No act of complaint handling is without words. */
static void
test_acts (void)
{
  for (guint i = 0; i < AMENDS_EVENT_N_TYPES; i++)
    {
      g_autofree char *entry = g_strdup_printf ("{\"type\":\"%s\",\"known\":true,\"body\":{}}",
                                                amends_event_type_to_string ((AmendsEventType) i));
      g_autofree char *title = title_of (entry);

      if (amends_event_type_is_handling ((AmendsEventType) i))
        g_assert_cmpstr (title, !=, "");
    }
}

/* Each field of the form says what is wrong in its own words, and never by its name in a file. */
static void
test_problems (void)
{
  static const char *const fields[] = { "issues.0.what",  "received",          "received_time",
                                        "channel",        "complainant.phone", "complainant.email",
                                        "channel_detail", "consents.1.until" };

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      g_autoptr (GError) problem = NULL;
      g_autofree char *sentence = NULL;

      amends_set_error (&problem, AMENDS_CORE_ERROR_INVALID, fields[i], NULL, "“%s” is wrong",
                        fields[i]);
      sentence = amends_words_problem (problem, day (TODAY));
      g_assert_null (strstr (sentence, fields[i]));
      g_assert_true (g_str_has_suffix (sentence, "."));
    }
}

/* What only core can know is said by core: a field's usual sentence would be wrong there. */
static void
test_problems_of_a_case (void)
{
  static const struct
  {
    const char *field;
    AmendsCoreError code;
    const char *message;
    const char *sentence;
  } rows[] = {
    { "on", AMENDS_CORE_ERROR_INVALID,
      "The acknowledgement is before the day of receipt, 2026-11-20: correct the date",
      "The acknowledgement is before the day of receipt, \u2068Fri 20 Nov 2026\u2069: correct the "
      "date." },
    { "purpose", AMENDS_CORE_ERROR_REFUSED, "None stands, so none can be withdrawn",
      "None stands, so none can be withdrawn." },
    { "issues.0.what", AMENDS_CORE_ERROR_TOO_LARGE,
      "“issues.0.what” is longer than 64 KiB: shorten it or divide it",
      "This is more than one record takes. Shorten it, or leave something out." },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) problem = NULL;
      g_autofree char *sentence = NULL;

      amends_set_error (&problem, rows[i].code, rows[i].field, NULL, "%s", rows[i].message);
      sentence = amends_words_problem (problem, day (TODAY));
      g_assert_cmpstr (sentence, ==, rows[i].sentence);
    }
}

/* Housing 21's policy, Appendix A: first time raised? satisfied with what is proposed? would they like it taken as a
 * complaint? */
static const struct
{
  const char *kind;
  const char *wants;
  const char *told;
  const char *satisfied;
  const char *begins; /* of the advice; NULL for none */
} advice_rows[] = {
  { "service-request", NULL, NULL, NULL, NULL },
  { "service-request", NULL, "no", NULL, NULL },
  { "service-request", NULL, "no", "yes", NULL },
  { "service-request", NULL, "no", "no", "What is proposed does not satisfy them" },
  { "service-request", NULL, "yes", NULL, "It was raised before" },
  { "service-request", "complaint", NULL, NULL, "They want it taken as a complaint" },
  { "service-request", "not-pursued", "yes", NULL, NULL },
  { "informal", "complaint", "no", "yes", "They want it taken as a complaint" },
  { "complaint", "complaint", "yes", "no", NULL },
  { "compliment", NULL, "yes", NULL, NULL },
  { NULL, "complaint", NULL, NULL, NULL },
};

static void
test_advice (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (advice_rows); i++)
    {
      const char *advice =
          amends_intake_words_advice (advice_rows[i].kind, advice_rows[i].wants,
                                      advice_rows[i].told, advice_rows[i].satisfied);

      if (advice_rows[i].begins == NULL)
        g_assert_cmpstr (advice, ==, "");
      else
        g_assert_true (g_str_has_prefix (advice, advice_rows[i].begins));
    }
}

/* What of the Code is not held against its own words yet is cited so. */
static void
test_cite (void)
{
  static const struct
  {
    const char *clauses;
    const char *cited; /* between the marks that set it apart */
  } cites[] = {
    { NULL, NULL },
    { "7.4", "7.4" },
    { "7.4; Code 6.4", "7.4; Code 6.4" },
    { "8.1; Code 6.9", "8.1; Code 6.9, to be confirmed" },
    { "Code 6.12", "Code 6.12, to be confirmed" },
  };
  g_autoptr (AmendsPolicy) code = amends_shipped_get_code ();

  for (gsize i = 0; i < G_N_ELEMENTS (cites); i++)
    {
      g_autofree char *found = amends_policy_words_cite (code, cites[i].clauses);
      g_autofree char *wanted = amends_words_isolate (cites[i].cited);

      g_assert_cmpstr (found, ==, wanted);
    }
}

/* Whatever can be recorded is explained. */
static void
test_kinds (void)
{
  const AmendsCodeList *list = amends_codes_get_list ("kind");

  for (guint i = 0; i < list->n_codes; i++)
    g_assert_cmpstr (amends_intake_words_kind (list->codes[i].code), !=, "");
  g_assert_cmpstr (amends_intake_words_kind (NULL), ==, "");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  g_test_add_func ("/words/intake/advice", test_advice);
  g_test_add_func ("/words/cite", test_cite);
  g_test_add_func ("/words/intake/kinds", test_kinds);
  g_test_add_func ("/words/days", test_days);
  g_test_add_func ("/words/days-round", test_days_round);
  g_test_add_func ("/words/times", test_times);
  g_test_add_func ("/words/sums", test_sums);
  g_test_add_func ("/words/sync-errors", test_sync_errors);
  g_test_add_func ("/words/taken", test_taken);
  g_test_add_func ("/words/news", test_news);
  g_test_add_func ("/words/standing", test_standing);
  g_test_add_func ("/words/sync-sentence", test_sync_sentence);
  g_test_add_func ("/words/events", test_events);
  g_test_add_func ("/words/acts", test_acts);
  g_test_add_func ("/words/fields", test_fields);
  g_test_add_func ("/words/all-fields", test_all_fields);
  g_test_add_func ("/words/partial-days", test_partial_days);
  g_test_add_func ("/words/problems", test_problems);
  g_test_add_func ("/words/problems-of-a-case", test_problems_of_a_case);
  return g_test_run ();
}
