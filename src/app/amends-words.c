/* amends-words.c: days, times, codes and errors as a person reads them
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/amends-words.h"

#include <string.h>

#include <glib/gi18n.h>

#include "app/amends-act-words.h"
#include "core/amends-case.h"
#include "core/amends-codes.h"
#include "core/amends-error.h"
#include "store/amends-db.h"

#define EXCERPT_CHARS 80

/**
 * amends_words_isolate:
 * @text: (nullable): a reference, a telephone number, a date, a clause or a name
 *
 * Returns: (transfer full): @text between bidirectional isolates, so that it reads the same in a line
 * of either direction; "" for %NULL
 */
char *
amends_words_isolate (const char *text)
{
  if (text == NULL || *text == '\0')
    return g_strdup ("");
  return g_strconcat (AMENDS_ISOLATE_BEGIN, text, AMENDS_ISOLATE_END, NULL);
}

/**
 * amends_words_join:
 * @separator: between two of them
 * @...: texts, each of which may be "", ended by %NULL
 *
 * Returns: (transfer full): those that say something, joined
 */
char *
amends_words_join (const char *separator, ...)
{
  GString *joined = g_string_new (NULL);
  const char *part;
  va_list parts;

  va_start (parts, separator);
  while ((part = va_arg (parts, const char *)) != NULL)
    {
      if (*part == '\0')
        continue;
      if (joined->len > 0)
        g_string_append (joined, separator);
      g_string_append (joined, part);
    }
  va_end (parts);
  return g_string_free (joined, FALSE);
}

/**
 * amends_words_today:
 *
 * Returns: the civil day by this device's clock and zone
 */
AmendsDay
amends_words_today (void)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  int year, month, day_of_month;

  g_date_time_get_ymd (now, &year, &month, &day_of_month);
  return amends_day_from_ymd (year, month, day_of_month);
}

static char *
format_plain_day (AmendsDay day, const char *format)
{
  g_autoptr (GDateTime) noon = NULL;
  int year, month, day_of_month;

  amends_day_to_ymd (day, &year, &month, &day_of_month);
  noon = g_date_time_new_utc (year, month, day_of_month, 12, 0, 0);
  return g_date_time_format (noon, format);
}

static char *
format_day (AmendsDay day, const char *format)
{
  g_autofree char *text = format_plain_day (day, format);

  return amends_words_isolate (text);
}

/**
 * amends_words_plain_day:
 * @day: a civil day
 *
 * Returns: (transfer full): as amends_words_day(), for an entry of its own: without isolates
 */
char *
amends_words_plain_day (AmendsDay day)
{
  return format_plain_day (day, _ ("%a %-d %b %Y"));
}

/**
 * amends_words_day:
 * @day: a civil day
 *
 * Returns: (transfer full): "Fri 20 Nov 2026"
 */
char *
amends_words_day (AmendsDay day)
{
  /* Translators: a day in a list: weekday, day, month, year. */
  return format_day (day, _ ("%a %-d %b %Y"));
}

/**
 * amends_words_long_day:
 * @day: a civil day
 *
 * Returns: (transfer full): "Friday 20 November 2026"
 */
char *
amends_words_long_day (AmendsDay day)
{
  /* Translators: a day in a heading: weekday, day, month, year. */
  return format_day (day, _ ("%A %-d %B %Y"));
}

/* So far from today a day needs its year to be told from others. */
static gboolean
needs_year (AmendsDay day, AmendsDay today)
{
  return ABS (day - today) > 180;
}

/**
 * amends_words_near_day:
 * @day: a civil day
 * @today: today
 *
 * Returns: (transfer full): "Fri 8 Jan"; with its year, if that is not plain
 */
char *
amends_words_near_day (AmendsDay day, AmendsDay today)
{
  /* Translators: a day near today: weekday, day, month. */
  return needs_year (day, today) ? amends_words_day (day) : format_day (day, _ ("%a %-d %b"));
}

/**
 * amends_words_near_long_day:
 * @day: a civil day
 * @today: today
 *
 * Returns: (transfer full): "Friday 8 January"; with its year, if that is not plain
 */
char *
amends_words_near_long_day (AmendsDay day, AmendsDay today)
{
  /* Translators: a day near today, in a heading: weekday, day, month. */
  return needs_year (day, today) ? amends_words_long_day (day) : format_day (day, _ ("%A %-d %B"));
}

/**
 * amends_words_iso_day:
 * @iso: (nullable): "2026-11-20"; what is no whole day is given back as it stands
 *
 * Returns: (transfer full): "Fri 20 Nov 2026"; "" for %NULL
 */
char *
amends_words_iso_day (const char *iso)
{
  AmendsDay day;

  if (iso != NULL && amends_day_parse (iso, &day, NULL))
    return amends_words_day (day);
  return amends_words_isolate (iso);
}

/**
 * amends_words_partial_day:
 * @iso: "2026-11-20", "2026-11" or "2026"; what is none of them is given back as it stands
 *
 * Returns: (transfer full): "Fri 20 Nov 2026", "November 2026" or "2026": no more than was said
 */
char *
amends_words_partial_day (const char *iso)
{
  g_autofree char *first = g_strconcat (iso, "-01", NULL);
  AmendsDay day;

  if (strlen (iso) == strlen ("2026-11") && amends_day_parse (first, &day, NULL))
    {
      /* Translators: a month of which the day is not known. */
      return format_day (day, _ ("%B %Y"));
    }
  return amends_words_iso_day (iso);
}

/**
 * amends_words_instant:
 * @instant: microseconds since 1970, UTC
 *
 * Returns: (transfer full): "14:02" today, "Fri 20 Nov, 14:02" this year, else with the year; in the
 * zone of this device
 */
char *
amends_words_instant (gint64 instant)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (instant / G_USEC_PER_SEC);
  g_autoptr (GDateTime) local = utc != NULL ? g_date_time_to_local (utc) : NULL;
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *text = NULL;

  if (local == NULL)
    return g_strdup ("");
  if (g_date_time_get_year (local) != g_date_time_get_year (now))
    text = g_date_time_format (local, _ ("%-d %b %Y, %H:%M"));
  else if (g_date_time_get_day_of_year (local) != g_date_time_get_day_of_year (now))
    text = g_date_time_format (local, _ ("%a %-d %b, %H:%M"));
  else
    text = g_date_time_format (local, _ ("%H:%M"));
  return amends_words_isolate (text);
}

/**
 * amends_words_time:
 * @instant: microseconds since 1970, UTC
 * @with_seconds: "14:21:06" rather than "14:21"
 *
 * Returns: (transfer full): the time of day in the zone of this device
 */
char *
amends_words_time (gint64 instant, gboolean with_seconds)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (instant / G_USEC_PER_SEC);
  g_autoptr (GDateTime) local = utc != NULL ? g_date_time_to_local (utc) : NULL;
  g_autofree char *text = NULL;

  if (local == NULL)
    return g_strdup ("");
  text = g_date_time_format (local, with_seconds ? "%H:%M:%S" : "%H:%M");
  return amends_words_isolate (text);
}

/* The number of a month from its name or the first three letters of it, in the language of the
 * screen or in English; 0 if it is none. */
static int
find_month (const char *word)
{
  static const char *const english[] = { "january",   "february", "march",    "april",
                                         "may",       "june",     "july",     "august",
                                         "september", "october",  "november", "december" };
  g_autofree char *folded = g_utf8_casefold (word, -1);

  if (g_utf8_strlen (folded, -1) < 3)
    return 0;
  for (int month = 1; month <= 12; month++)
    {
      g_autoptr (GDateTime) date = g_date_time_new_utc (2026, month, 1, 12, 0, 0);
      g_autofree char *name = g_date_time_format (date, "%B");
      g_autofree char *local = g_utf8_casefold (name, -1);

      if (g_str_has_prefix (english[month - 1], folded) || g_str_has_prefix (local, folded))
        return month;
    }
  return 0;
}

static gboolean
is_number (const char *word)
{
  gsize n_bytes = strlen (word);

  return n_bytes > 0 && n_bytes <= 4 && strspn (word, "0123456789") == n_bytes;
}

/* Numbers in the order day, month, year, as Britain writes them; ISO, if the year stands first. A
 * year of two digits is of this century. Without a year, the latest such day that is not after @today. */
static gboolean
make_day (const int numbers[3], int n_numbers, AmendsDay today, AmendsDay *ret_day)
{
  int year, month, day_of_month, this_year;
  AmendsDay day;

  amends_day_to_ymd (today, &this_year, &month, &day_of_month);
  if (n_numbers == 3 && numbers[0] > 31)
    year = numbers[0], month = numbers[1], day_of_month = numbers[2];
  else
    day_of_month = numbers[0], month = numbers[1], year = n_numbers == 3 ? numbers[2] : this_year;
  if (year < 100)
    year += 2000;
  if (month < 1 || month > 12
      || !g_date_valid_dmy ((GDateDay) day_of_month, (GDateMonth) month, (GDateYear) year))
    return FALSE;

  day = amends_day_from_ymd (year, month, day_of_month);
  if (n_numbers == 2 && day > today)
    {
      if (!g_date_valid_dmy ((GDateDay) day_of_month, (GDateMonth) month, (GDateYear) (year - 1)))
        return FALSE;
      day = amends_day_from_ymd (year - 1, month, day_of_month);
    }
  if (day < AMENDS_DAY_FIRST || day > AMENDS_DAY_LAST)
    return FALSE;
  *ret_day = day;
  return TRUE;
}

/**
 * amends_words_parse_day:
 * @typed: what somebody typed: "today", "yesterday", "20 Nov", "20/11/2026", "2026-11-20",
 *   "Fri 20 November 2026"
 * @today: for the first two, and for a day without a year
 * @ret_day: (out): the day
 *
 * Returns: whether it is a day
 */
gboolean
amends_words_parse_day (const char *typed, AmendsDay today, AmendsDay *ret_day)
{
  g_auto (GStrv) words = NULL;
  g_autofree char *plain = g_utf8_casefold (typed, -1);
  g_autofree char *today_word = g_utf8_casefold (_ ("today"), -1);
  g_autofree char *yesterday_word = g_utf8_casefold (_ ("yesterday"), -1);
  int numbers[3];
  int n_numbers = 0;

  g_strstrip (plain);
  if (g_str_equal (plain, today_word) || g_str_equal (plain, yesterday_word))
    {
      *ret_day = g_str_equal (plain, today_word) ? today : today - 1;
      return TRUE;
    }

  words = g_regex_split_simple ("[^\\p{L}\\p{N}]+", plain, G_REGEX_DEFAULT, G_REGEX_MATCH_DEFAULT);
  for (guint i = 0; words[i] != NULL; i++)
    {
      int month = find_month (words[i]);

      if (*words[i] == '\0')
        continue;
      if (n_numbers == 3)
        return FALSE;
      if (is_number (words[i]))
        numbers[n_numbers++] = (int) g_ascii_strtoull (words[i], NULL, 10);
      else if (month > 0 && n_numbers == 1)
        numbers[n_numbers++] = month;
      else if (n_numbers > 0)
        return FALSE; /* before the first number stands the weekday, which says nothing new */
    }
  return n_numbers >= 2 && make_day (numbers, n_numbers, today, ret_day);
}

/**
 * amends_words_parse_time:
 * @typed: "14:10", "14.10", "2.10 pm", "9am"
 *
 * Returns: (transfer full) (nullable): "14:10", or %NULL if it is no time of day
 */
char *
amends_words_parse_time (const char *typed)
{
  g_autoptr (GRegex) regex =
      g_regex_new ("^\\s*(\\d{1,2})(?:[:.](\\d{2}))?\\s*([ap])?\\.?m?\\.?\\s*$", G_REGEX_CASELESS,
                   G_REGEX_MATCH_DEFAULT, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  g_autofree char *hour_text = NULL;
  g_autofree char *minute_text = NULL;
  g_autofree char *half = NULL;
  int hour, minute;

  if (!g_regex_match (regex, typed, G_REGEX_MATCH_DEFAULT, &match))
    return NULL;
  hour_text = g_match_info_fetch (match, 1);
  minute_text = g_match_info_fetch (match, 2);
  half = g_match_info_fetch (match, 3);
  hour = (int) g_ascii_strtoull (hour_text, NULL, 10);
  minute = minute_text != NULL ? (int) g_ascii_strtoull (minute_text, NULL, 10) : 0;
  if (half != NULL && *half != '\0')
    {
      if (hour < 1 || hour > 12)
        return NULL;
      hour = hour % 12 + (g_ascii_tolower (*half) == 'p' ? 12 : 0);
    }
  if (hour > 23 || minute > 59)
    return NULL;
  return g_strdup_printf ("%02d:%02d", hour, minute);
}

/**
 * amends_words_excerpt:
 *
 * Returns: (transfer full): the beginning of what is told whole elsewhere, on one line
 */
char *
amends_words_excerpt (const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", 2);
  const char *line = lines[0] != NULL ? lines[0] : "";

  return g_utf8_substring (line, 0, MIN (g_utf8_strlen (line, -1), EXCERPT_CHARS));
}

/**
 * amends_words_parse_pence:
 * @typed: "250", "£250.00", "1,250.50"
 * @ret_pence: (out): whole pence
 *
 * Returns: whether it is a sum of money
 */
gboolean
amends_words_parse_pence (const char *typed, gint64 *ret_pence)
{
  g_autoptr (GRegex) regex =
      g_regex_new ("^\\s*£?\\s*(\\d{1,3}(?:,\\d{3})+|\\d{1,9})(?:\\.(\\d{2}))?\\s*$",
                   G_REGEX_DEFAULT, G_REGEX_MATCH_DEFAULT, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  g_autofree char *pounds = NULL;
  g_autofree char *pence = NULL;
  g_auto (GStrv) groups = NULL;
  g_autofree char *digits = NULL;

  if (!g_regex_match (regex, typed, G_REGEX_MATCH_DEFAULT, &match))
    return FALSE;
  pounds = g_match_info_fetch (match, 1);
  pence = g_match_info_fetch (match, 2);
  groups = g_strsplit (pounds, ",", -1);
  digits = g_strjoinv ("", groups);
  if (strlen (digits) > 9)
    return FALSE;
  *ret_pence = g_ascii_strtoll (digits, NULL, 10) * 100
               + (pence != NULL ? g_ascii_strtoll (pence, NULL, 10) : 0);
  return TRUE;
}

/**
 * amends_words_pence:
 *
 * Returns: (transfer full): "£250.00"
 */
char *
amends_words_pence (gint64 pence)
{
  return g_strdup_printf ("£%" G_GINT64_FORMAT ".%02d", pence / 100, (int) (pence % 100));
}

/**
 * amends_words_code:
 * @list: the name of a code list
 * @code: (nullable): a code
 *
 * Returns: (transfer none): its label; @code itself if this version does not know it; "" for %NULL
 */
const char *
amends_words_code (const char *list, const char *code)
{
  const AmendsCodeList *codes = amends_codes_get_list (list);

  if (code == NULL)
    return "";
  return codes != NULL ? amends_codes_get_label (codes, code) : code;
}

static const struct
{
  const char *field;
  const char *name;
} field_names[] = {
  { "received", N_ ("day it was received") },
  { "received_time", N_ ("time it was received") },
  { "channel", N_ ("way it came") },
  { "kind", N_ ("kind of record") },
  { "acknowledged", N_ ("acknowledgement") },
  { "edition", N_ ("edition of the policy") },
  { "accepted", N_ ("acceptance") },
  { "declined", N_ ("refusal") },
  { "withdrawn", N_ ("withdrawal") },
  { "reopened", N_ ("reason it was taken up again") },
  { "assigned", N_ ("person it is assigned to") },
  { "extended", N_ ("extension") },
  { "responded", N_ ("stage 1 response") },
  { "escalation_requested", N_ ("request for stage 2") },
  { "escalation_refused", N_ ("refusal of stage 2") },
  { "stage2_acknowledged", N_ ("acknowledgement of stage 2") },
  { "stage2_assigned", N_ ("person stage 2 is assigned to") },
  { "stage2_extended", N_ ("extension of stage 2") },
  { "stage2_responded", N_ ("stage 2 response") },
  { "stage2_closed", N_ ("closure of stage 2") },
  { "closed", N_ ("closure") },
  { "request_resolved", N_ ("how the request was dealt with") },
  { "hazard_investigated", N_ ("investigation of the hazard") },
  { "hazard_summary", N_ ("written summary about the hazard") },
  { "hazard_made_safe", N_ ("day the hazard was made safe") },
  { "triaged", N_ ("triage") },
  { "defined", N_ ("what the complaint is about") },
  { "determination", N_ ("determination of the Ombudsman") },
  { "joined", N_ ("case it is answered in") },
  { "ask_first", N_ ("person to ask first") },
  { "stage2_defined", N_ ("what stage 2 is about") },
  { "wants", N_ ("wish") },
  { "complainant.name", N_ ("name") },
  { "complainant.relation", N_ ("relation") },
  { "complainant.home", N_ ("home") },
  { "complainant.phone", N_ ("telephone number") },
  { "complainant.email", N_ ("email address") },
  { "complainant.preferred_contact", N_ ("preferred way of contact") },
  { "representative.name", N_ ("representative’s name") },
  { "representative.relation", N_ ("representative’s relation") },
  { "representative.authority", N_ ("representative’s authority") },
};

/* Those of which there is one for each issue, or for each thing that was asked, offered or promised. */
static const struct
{
  const char *field;
  const char *name;
} group_names[] = {
  { "findings.", N_ ("finding") },
  { "stage2_findings.", N_ ("finding of stage 2") },
  { "information_answers.", N_ ("answer to a request for information") },
  { "remedy_answers.", N_ ("answer to a remedy") },
  { "remedies_given.", N_ ("remedy that was given") },
  { "hazards_investigated.", N_ ("investigation of the hazard") },
  { "hazard_summaries.", N_ ("written summary about the hazard") },
  { "hazards_made_safe.", N_ ("day the hazard was made safe") },
  { "adjustments_decided.", N_ ("decision on an adjustment") },
  { "adjustments_made.", N_ ("adjustment that was made") },
  { "adjustments_reviewed.", N_ ("review of an adjustment") },
  { "actions_done.", N_ ("action that was done") },
  { "approvals.", N_ ("approval of the stage 1 response") },
  { "surveys.", N_ ("survey") },
  { "determinations.", N_ ("determination of the Ombudsman") },
  { "orders_done.", N_ ("order that was done") },
  { "restriction_reviews.", N_ ("review of a restriction") },
  { "transcripts.", N_ ("words of a recording") },
  { "parted.", N_ ("parting of what was joined") },
  { "split_issues.", N_ ("issue that is answered in another case") },
  { "stage2_approvals.", N_ ("approval of the stage 2 response") },
};

/* The path of the field that is corrected, or @field itself. */
static const char *
path_of (const char *field)
{
  AmendsId id;
  const char *path =
      amends_correction_is_field (field) ? amends_correction_get_path (field, &id) : NULL;

  return path != NULL ? path : field;
}

static char *
describe_correction (const char *field)
{
  g_autofree char *name = amends_act_words_field (AMENDS_EVENT_UNKNOWN, path_of (field));

  /* Translators: the name of a field of a form. */
  return g_strdup_printf (_ ("correction of “%s”"), name);
}

/**
 * amends_words_field:
 * @field: the dotted name of a field of a case
 *
 * Returns: (transfer full): what people call it, "telephone number"
 */
char *
amends_words_field (const char *field)
{
  for (guint i = 0; i < G_N_ELEMENTS (field_names); i++)
    if (g_str_equal (field_names[i].field, field))
      return g_strdup (_ (field_names[i].name));
  if (amends_correction_is_field (field))
    return describe_correction (field);
  for (guint i = 0; i < G_N_ELEMENTS (group_names); i++)
    if (g_str_has_prefix (field, group_names[i].field))
      return g_strdup (_ (group_names[i].name));
  if (g_str_has_prefix (field, "consents."))
    return g_strdup (_ ("agreement to share"));
  if (g_str_has_prefix (field, "adjustments."))
    return g_strdup (_ ("adjustment"));
  return g_strdelimit (g_strdup (field), "._", ' ');
}

static char *
describe_authority (const json_t *value)
{
  const char *type = json_string_value (json_object_get (value, "type"));
  const char *until = json_string_value (json_object_get (value, "until"));
  const char *withdrawn = json_string_value (json_object_get (value, "withdrawn"));
  g_autofree char *until_day = amends_words_iso_day (until);
  g_autofree char *withdrawn_day = amends_words_iso_day (withdrawn);
  g_autofree char *until_text =
      until != NULL ? g_strdup_printf (_ ("until %s"), until_day) : g_strdup ("");
  g_autofree char *withdrawn_text =
      withdrawn != NULL ? g_strdup_printf (_ ("withdrawn %s"), withdrawn_day) : g_strdup ("");
  g_autoptr (GString) scope = g_string_new (NULL);
  gsize i;
  json_t *code;

  json_array_foreach (json_object_get (value, "scope"), i, code)
    g_string_append_printf (scope, "%s%s", i > 0 ? " · " : "",
                            amends_words_code ("authority-scope", json_string_value (code)));
  return amends_words_join (" · ", amends_words_code ("authority", type), scope->str, until_text,
                            withdrawn_text, NULL);
}

static char *
describe_answer (const json_t *value)
{
  const char *answer = json_string_value (json_object_get (value, "answer"));
  const char *until = json_string_value (json_object_get (value, "until"));
  g_autofree char *day = amends_words_iso_day (until);
  g_autofree char *limit = until != NULL ? g_strdup_printf (_ ("until %s"), day) : g_strdup ("");
  const char *word = g_strcmp0 (answer, "given") == 0       ? _ ("Agreed")
                     : g_strcmp0 (answer, "refused") == 0   ? _ ("Refused")
                     : g_strcmp0 (answer, "withdrawn") == 0 ? _ ("Withdrawn")
                                                            : _ ("To be asked");

  return amends_words_join (", ", word, limit, NULL);
}

static char *
describe_object (const char *field, const json_t *value)
{
  if (g_str_equal (field, "representative.authority"))
    return describe_authority (value);
  if (g_str_has_prefix (field, "consents."))
    return describe_answer (value);
  if (g_str_has_prefix (field, "adjustments."))
    return g_strdup (json_is_true (json_object_get (value, "ended")) ? _ ("Ended")
                     : json_is_string (json_object_get (value, "detail"))
                         ? json_string_value (json_object_get (value, "detail"))
                         : _ ("Needed"));
  if (json_is_string (json_object_get (value, "on")))
    {
      g_autofree char *day =
          amends_words_iso_day (json_string_value (json_object_get (value, "on")));

      return amends_words_join (
          " · ", day,
          amends_words_code ("channel", json_string_value (json_object_get (value, "channel"))),
          amends_words_code ("closure", json_string_value (json_object_get (value, "closure"))),
          json_string_value (json_object_get (json_object_get (value, "to"), "name")), NULL);
    }
  return json_dumps (value, JSON_COMPACT);
}

/**
 * amends_words_value:
 * @field: the dotted name of a field of a case
 * @value: (nullable): what stands there
 *
 * Returns: (transfer full): as a person reads it
 */
char *
amends_words_value (const char *field, const json_t *value)
{
  static const struct
  {
    const char *field;
    const char *list;
  } lists[] = {
    { "channel", "channel" },
    { "kind", "kind" },
    { "wants", "wants" },
    { "complainant.relation", "complainant-relation" },
    { "complainant.preferred_contact", "channel" },
    { "representative.relation", "representative-relation" },
  };
  AmendsDay day;

  field = path_of (field);
  if (value == NULL || json_is_null (value))
    return g_strdup (_ ("None"));
  if (json_is_integer (value))
    return g_strdup_printf ("%" JSON_INTEGER_FORMAT, json_integer_value (value));
  if (json_is_boolean (value))
    return g_strdup (json_is_true (value) ? _ ("Yes") : _ ("No"));
  if (json_is_string (value))
    {
      for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
        if (g_str_equal (lists[i].field, field))
          return g_strdup (amends_words_code (lists[i].list, json_string_value (value)));
      if (amends_day_parse (json_string_value (value), &day, NULL))
        return amends_words_iso_day (json_string_value (value));
      return g_strdup (json_string_value (value));
    }
  return describe_object (field, value);
}

/* The last name in a dotted path. */
static const char *
leaf_of (const char *field)
{
  const char *dot = strrchr (field, '.');

  return dot != NULL ? dot + 1 : field;
}

static gboolean
append_day_cb (const GMatchInfo *match, GString *result, gpointer user_data)
{
  g_autofree char *iso = g_match_info_fetch (match, 0);
  g_autofree char *day = amends_words_iso_day (iso);

  g_string_append (result, day);
  return FALSE;
}

/**
 * amends_words_sentence:
 * @sentence: of core, with or without its full stop
 *
 * Returns: (transfer full): the same with its days as people write them
 */
char *
amends_words_sentence (const char *sentence)
{
  g_autoptr (GRegex) iso_day = g_regex_new ("\\b\\d{4}-\\d{2}-\\d{2}\\b", 0, 0, NULL);
  g_autofree char *text =
      g_regex_replace_eval (iso_day, sentence, -1, 0, 0, append_day_cb, NULL, NULL);

  return g_strconcat (text, g_str_has_suffix (text, ".") ? "" : ".", NULL);
}

/**
 * amends_words_problem:
 * @problem: what is wrong with one field, from amends_decide_check_intake() or an act
 * @today: today
 *
 * A sentence that begins with the name of the field speaks to scripts, and of the field alone: it is
 * said again as a person knows the field. Any other knows more, such as what else stands in the case.
 *
 * Returns: (transfer full): what is wrong, then what to do, to stand beside the field
 */
char *
amends_words_problem (const GError *problem, AmendsDay today)
{
  const char *field = amends_error_get_field (problem);
  const char *leaf = field != NULL ? leaf_of (field) : "";
  g_autofree char *today_text = amends_words_long_day (today);

  if (!g_str_has_prefix (problem->message, "“"))
    return amends_words_sentence (problem->message);
  if (problem->code == AMENDS_CORE_ERROR_TOO_LARGE)
    return g_strdup (_ ("This is more than one record takes. Shorten it, or leave something out."));
  if (g_str_equal (leaf, "what"))
    return g_strdup (
        _ ("Nothing is written here yet. Write what happened, in a few words if need be."));
  if (g_str_equal (leaf, "text"))
    return g_strdup (_ ("Nothing is written here yet. Write what was said."));
  if (g_str_equal (leaf, "received") || g_str_equal (leaf, "on") || g_str_equal (leaf, "asked_on"))
    return g_strdup_printf (_ ("This is no day up to today. Write it as 20 Nov 2026: today is %s."),
                            today_text);
  if (g_str_equal (leaf, "until") || g_str_equal (leaf, "from"))
    return g_strdup (
        _ ("This is not a day that can stand here. Write it as 20 Nov 2026, or leave it empty."));
  if (g_str_equal (leaf, "received_time"))
    return g_strdup (_ ("This is not a time of day. Write it as 14:10, or leave it empty."));
  if (g_str_equal (leaf, "channel"))
    return g_strdup (_ ("Nobody can tell yet how it came. Choose one."));
  if (g_str_equal (leaf, "phone"))
    return g_strdup (_ ("A telephone number has digits. Write the number, or leave it empty."));
  if (g_str_equal (leaf, "email"))
    return g_strdup (_ ("An email address has an @ in it. Write the address, or leave it empty."));
  if (g_str_equal (leaf, "name"))
    return g_strdup (_ ("The name is missing. Write it as it is given."));
  if (g_str_equal (leaf, "to"))
    return g_strdup (_ ("Nobody can tell yet with whom. Write their name."));
  if (g_str_has_suffix (leaf, "detail"))
    return g_strdup (_ ("The choice says nothing alone. Write a word beside it."));
  if (g_str_equal (leaf, "relation") || g_str_equal (leaf, "type") || g_str_equal (leaf, "need")
      || g_str_equal (leaf, "purpose"))
    return g_strdup (_ ("Nothing is chosen yet. Choose one."));
  return amends_words_sentence (problem->message);
}

static char *
store_error_words (const GError *error)
{
  switch ((AmendsStoreError) error->code)
    {
    case AMENDS_STORE_ERROR_HELD:
      return g_strdup (_ ("Another program has these records open. Close it, then try again."));
    case AMENDS_STORE_ERROR_PASSPHRASE:
      return g_strdup (_ ("That is not the passphrase. Nothing is lost: try again."));
    case AMENDS_STORE_ERROR_LOCKED:
      return g_strdup (_ ("Amends is locked. Sign in, then do it again."));
    case AMENDS_STORE_ERROR_DAMAGED:
      return g_strdup (
          _ ("Something on this disk is not as it was written. What can be read is still "
             "shown; nothing more is written."));
    case AMENDS_STORE_ERROR_FULL:
      return g_strdup (
          _ ("The disk is full, so this was not saved. Make room, then save again: what "
             "you wrote is still here."));
    case AMENDS_STORE_ERROR_NEWER:
      return g_strdup (
          _ ("A newer version of Amends wrote these records. Update Amends to open them."));
    case AMENDS_STORE_ERROR_READ_ONLY:
      return g_strdup (_ ("These records can be read, but not added to."));
    case AMENDS_STORE_ERROR_EXISTS:
      return g_strdup (_ ("This laptop is connected already. Sign in instead."));
    case AMENDS_STORE_ERROR_NOT_ENROLLED:
      return g_strdup (_ ("This laptop is not connected yet."));
    case AMENDS_STORE_ERROR_FAILED:
      break;
    }
  return g_strdup_printf (_ ("It could not be saved: %s"), error->message);
}

/**
 * amends_words_error:
 * @error: what store or core said
 *
 * Returns: (transfer full): a sentence for a person
 */
char *
amends_words_error (const GError *error)
{
  if (error->domain == AMENDS_STORE_ERROR)
    return store_error_words (error);
  if (error->domain == AMENDS_CORE_ERROR && amends_error_get_clause (error) != NULL)
    return g_strdup_printf ("%s (%s)", error->message, amends_error_get_clause (error));
  return g_strdup (error->message);
}

/**
 * amends_words_search_reach:
 * @reach: by what every case is found
 *
 * Returns: (transfer none): what is said beside what was found; "" once nothing is missing
 */
const char *
amends_words_search_reach (AmendsSearchReach reach)
{
  switch (reach)
    {
    case AMENDS_SEARCH_REACH_NOTHING:
      return _ ("The cases are still being read in.");
    case AMENDS_SEARCH_REACH_NAMES:
      return _ ("Names, homes, references and first words are all looked through. Other words are "
                "still being read in.");
    case AMENDS_SEARCH_REACH_ALL:
    default:
      return "";
    }
}
