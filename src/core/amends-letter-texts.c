/* amends-letter-texts.c: the words of letters, in one language
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A file of texts is a GKeyFile. Which texts there are, and what may be filled into each, stands here: a
 * file that lacks one, has one too many or names what nothing fills is refused with the place, so that no
 * letter goes out with a gap or with a brace in it.
 *
 *   [when]
 *   heading=When we will answer
 *   day=We will answer in writing by {day}. */

#include "core/amends-letter-texts.h"

#include <string.h>

#include "core/amends-codes.h"
#include "core/amends-data-file.h"
#include "core/amends-error.h"

#define N_MONTHS 12
#define N_WEEKDAYS 7

/* Around what has a direction of its own. */
#define FIRST_ISOLATE "\u2068"
#define LAST_ISOLATE "\u2069"

struct _AmendsLetterTexts
{
  gatomicrefcount ref_count;
  GHashTable *texts; /* "when.day" to what it says */
  char **months;
  char **weekdays; /* Monday first */
};

/**
 * Text:
 * @group: of the file
 * @key: in it
 * @filled: what stands in it in braces, each name followed by a space; the letter cannot be read without them,
 *   so that each stands there exactly once
 */
typedef struct
{
  const char *group;
  const char *key;
  const char *filled;
} Text;

static const Text texts[] = {
  { "letters", "language", "" },
  { "letters", "name", "" },
  { "letters", "english", "" },
  { "letters", "checked", "" },
  { "words", "months", "" },
  { "words", "weekdays", "" },
  { "words", "date", "day month year " },
  { "words", "weekday-date", "weekday date " },
  { "words", "morning", "time " },
  { "words", "afternoon", "time " },
  { "words", "evening", "time " },
  { "words", "money", "amount " },
  { "words", "greeting", "name " },
  { "words", "greeting-nobody", "" },
  { "words", "farewell", "" },
  { "words", "reference", "reference " },
  { "words", "issue", "issue text " },
  { "words", "by-day", "text day " },
  { "words", "part", "text more " },
  { "opening", "acting", "name " },
  { "opening", "acting-nobody", "" },
  { "opening", "other", "name " },
  { "title", "acknowledgement", "" },
  { "title", "refusal", "" },
  { "title", "extension", "" },
  { "title", "update", "" },
  { "title", "response", "" },
  { "title", "closure", "" },
  { "title", "stage2-acknowledgement", "" },
  { "title", "escalation-refusal", "" },
  { "title", "stage2-extension", "" },
  { "title", "stage2-response", "" },
  { "title", "stage2-closure", "" },
  { "title", "thanks", "" },
  { "title", "appointment", "" },
  { "title", "withdrawal", "" },
  { "title", "forwarding", "" },
  { "title", "receipt", "" },
  { "title", "authority-form", "" },
  { "title", "sharing-form", "" },
  { "title", "loss-form", "" },
  { "stage", "heading", "" },
  { "stage", "question", "" },
  { "stage", "stage1", "" },
  { "stage", "stage2", "" },
  { "understanding", "heading", "" },
  { "understanding", "question", "" },
  { "understanding", "recorded", "received " },
  { "understanding", "agreed", "received " },
  { "outcome", "heading", "" },
  { "outcome", "question", "" },
  { "outcome", "sought", "" },
  { "outcome", "unknown", "" },
  { "ours", "heading", "" },
  { "ours", "question", "" },
  { "ours", "all", "" },
  { "ours", "part", "text " },
  { "handler", "heading", "" },
  { "handler", "question", "" },
  { "handler", "named", "name " },
  { "handler", "role", "name role " },
  { "steps", "heading", "" },
  { "steps", "question", "" },
  { "steps", "text", "" },
  { "when", "heading", "" },
  { "when", "question", "" },
  { "when", "day", "day " },
  { "adjustments", "heading", "" },
  { "adjustments", "question", "" },
  { "adjustments", "asked", "" },
  { "adjustments", "none", "" },
  { "decision", "heading", "" },
  { "decision", "question", "" },
  { "reasons", "heading", "" },
  { "reasons", "question", "" },
  { "remedies", "heading", "" },
  { "remedies", "question", "" },
  { "remedies", "none", "" },
  { "remedies", "given", "text day " },
  { "remedies", "offset", "gross offset net " },
  { "why-unhappy", "heading", "" },
  { "why-unhappy", "question", "" },
  { "actions", "heading", "" },
  { "actions", "question", "" },
  { "actions", "none", "" },
  { "escalate", "heading", "" },
  { "escalate", "question", "" },
  { "escalate", "day", "day " },
  { "escalate", "any", "" },
  { "reason", "heading", "" },
  { "reason", "question", "" },
  { "until", "heading", "" },
  { "until", "question", "" },
  { "until", "day", "day " },
  { "next-update", "heading", "" },
  { "next-update", "question", "" },
  { "next-update", "day", "day " },
  { "news", "heading", "" },
  { "news", "question", "" },
  { "ground", "heading", "" },
  { "ground", "question", "" },
  { "instead", "heading", "" },
  { "instead", "question", "" },
  { "closure", "heading", "" },
  { "closure", "question", "" },
  { "no-admission", "text", "" },
  { "thanks", "heading", "" },
  { "thanks", "question", "" },
  { "thanks", "text", "received " },
  { "appointment", "heading", "" },
  { "appointment", "question", "" },
  { "appointment", "day", "text " },
  { "appointment", "between", "from until " },
  { "appointment", "at", "time " },
  { "appointment", "where", "text " },
  { "appointment", "who", "name " },
  { "appointment", "what", "text " },
  { "appointment-change", "heading", "" },
  { "appointment-change", "question", "" },
  { "appointment-change", "ring", "ring " },
  { "appointment-change", "unsure", "" },
  { "appointment-change", "somebody", "" },
  { "visit", "heading", "" },
  { "visit", "question", "" },
  { "visit", "text", "" },
  { "withdrawn", "heading", "" },
  { "withdrawn", "question", "" },
  { "withdrawn", "text", "day " },
  { "again", "heading", "" },
  { "again", "question", "" },
  { "again", "text", "" },
  { "forwarded", "heading", "" },
  { "forwarded", "question", "" },
  { "forwarded", "text", "to day " },
  { "forwarded", "still", "" },
  { "receipt", "heading", "" },
  { "receipt", "text", "" },
  { "private", "heading", "" },
  { "private", "text", "" },
  { "private", "form", "" },
  { "authority", "heading", "" },
  { "authority", "text", "" },
  { "authority", "free", "" },
  { "authority-who", "heading", "" },
  { "authority-who", "named", "name " },
  { "authority-who", "name", "" },
  { "authority-who", "telephone", "" },
  { "authority-who", "relation", "" },
  { "authority-what", "heading", "" },
  { "authority-what", "tick", "" },
  { "authority-until", "heading", "" },
  { "authority-until", "text", "" },
  { "authority-until", "paper", "" },
  { "authority-until", "day", "" },
  { "sharing", "heading", "" },
  { "sharing", "text", "" },
  { "sharing", "free", "" },
  { "sharing-what", "heading", "" },
  { "sharing-what", "tick", "" },
  { "loss", "heading", "" },
  { "loss", "text", "" },
  { "loss-evidence", "heading", "" },
  { "loss-evidence", "text", "" },
  { "loss-evidence", "receipt", "" },
  { "loss-evidence", "picture", "" },
  { "loss-evidence", "statement", "" },
  { "loss-evidence", "account", "" },
  { "loss-evidence", "none", "" },
  { "loss-what", "heading", "" },
  { "loss-what", "what", "" },
  { "loss-what", "when", "" },
  { "loss-what", "amount", "" },
  { "sign", "heading", "" },
  { "sign", "text", "" },
  { "sign", "name", "" },
  { "sign", "signature", "" },
  { "sign", "day", "" },
  { "sign", "helper", "" },
  { "ombudsman", "heading", "" },
  { "ombudsman", "question", "" },
  { "ombudsman", "advice", "body " },
  { "ombudsman", "anybody", "body " },
  { "ombudsman", "decision", "body " },
  { "ombudsman", "final", "body " },
  { "ombudsman", "telephone", "text " },
  { "ombudsman", "web", "text " },
  { "ombudsman", "address", "text " },
};

/* Groups with a text for each code of a list, by its name. */
static const char *const code_groups[] = { "adjustment",    "authority-scope", "consent-purpose",
                                           "external-body", "finding",         "remedy",
                                           "role" };

static const Text *
find_text (const char *group, const char *key)
{
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    if (strcmp (texts[i].group, group) == 0 && (key == NULL || strcmp (texts[i].key, key) == 0))
      return &texts[i];
  return NULL;
}

/* The first name of @filled that is not in @value once, or NULL. (transfer full) */
static char *
find_unfilled (const char *value, const char *filled)
{
  g_auto (GStrv) names = g_strsplit (filled, " ", -1);

  for (gsize i = 0; names[i] != NULL && *names[i] != '\0'; i++)
    {
      g_autofree char *braced = g_strconcat ("{", names[i], "}", NULL);
      const char *first = strstr (value, braced);

      if (first == NULL || strstr (first + 1, braced) != NULL)
        return g_steal_pointer (&braced);
    }
  return NULL;
}

static gsize
count_braces (const char *value)
{
  gsize n_braces = 0;

  for (const char *p = value; *p != '\0'; p++)
    n_braces += *p == '{' || *p == '}';
  return n_braces;
}

static gsize
count_names (const char *filled)
{
  gsize n_names = 0;

  for (const char *p = filled; *p != '\0'; p++)
    n_names += *p == ' ';
  return n_names;
}

static void
read_text (AmendsLetterTexts *self, AmendsDataFile *file, const Text *text)
{
  g_autofree char *value = g_key_file_get_value (file->keys, text->group, text->key, NULL);
  g_autofree char *unfilled = NULL;

  if (value == NULL || *g_strstrip (value) == '\0' || strlen (value) > AMENDS_LETTER_TEXT_MAX_BYTES)
    {
      amends_data_file_complain (file, 0, text->group, text->key, "needs a text of 1 to %d bytes",
                                 AMENDS_LETTER_TEXT_MAX_BYTES);
      return;
    }
  unfilled = find_unfilled (value, text->filled);
  if (unfilled != NULL)
    amends_data_file_complain (file, 0, text->group, text->key, "needs %s once", unfilled);
  else if (count_braces (value) != 2 * count_names (text->filled))
    amends_data_file_complain (file, 0, text->group, text->key,
                               "has braces in which nothing is filled in");
  else
    g_hash_table_insert (self->texts, g_strconcat (text->group, ".", text->key, NULL),
                         g_steal_pointer (&value));
}

/* (nullable): the codes that the keys of a group are. */
static const AmendsCodeList *
get_codes (const char *group)
{
  for (gsize i = 0; i < G_N_ELEMENTS (code_groups); i++)
    if (strcmp (code_groups[i], group) == 0)
      return amends_codes_get_list (group);
  return NULL;
}

static void
read_codes (AmendsLetterTexts *self, AmendsDataFile *file, const char *group)
{
  const AmendsCodeList *list = amends_codes_get_list (group);

  for (guint i = 0; i < list->n_codes; i++)
    read_text (self, file, &(Text){ group, list->codes[i].code, "" });
}

static void
check_group (AmendsDataFile *file, const char *group)
{
  g_auto (GStrv) keys = g_key_file_get_keys (file->keys, group, NULL, NULL);
  const AmendsCodeList *codes = get_codes (group);

  if (codes == NULL && find_text (group, NULL) == NULL)
    {
      amends_data_file_complain (file, 0, group, NULL, "there is no such group");
      return;
    }
  for (gsize i = 0; keys != NULL && keys[i] != NULL; i++)
    if (codes != NULL ? amends_codes_find (codes, keys[i]) == NULL
                      : find_text (group, keys[i]) == NULL)
      amends_data_file_complain (file, 0, group, keys[i], "there is no such key in this group");
}

/* Anything else would be believed to be one of them. */
static void
check_checked (AmendsLetterTexts *self, AmendsDataFile *file)
{
  const char *value = g_hash_table_lookup (self->texts, "letters.checked");

  if (value != NULL && strcmp (value, "yes") != 0 && strcmp (value, "no") != 0)
    amends_data_file_complain (file, 0, "letters", "checked", "is “yes” or “no”");
}

/* (nullable): the names of which there have to be @n_names */
static char **
read_names (AmendsLetterTexts *self, AmendsDataFile *file, const char *key, guint n_names)
{
  g_autofree char *name = g_strconcat ("words.", key, NULL);
  const char *value = g_hash_table_lookup (self->texts, name);
  g_auto (GStrv) names = value != NULL ? g_strsplit (value, ";", (int) n_names + 1) : NULL;

  if (names != NULL && g_strv_length (names) != n_names)
    amends_data_file_complain (file, 0, "words", key, "needs %u names", n_names);
  return g_steal_pointer (&names);
}

/**
 * amends_letter_texts_parse:
 * @bytes: a file of texts
 * @file_name: what messages call it
 * @problems: (nullable) (element-type GError): where all problems go
 * @error: where to put the first one
 *
 * Errors: %AMENDS_CORE_ERROR_INVALID, %AMENDS_CORE_ERROR_TOO_LARGE, with file, line, group and key.
 * Returns: (transfer full): the texts
 */
AmendsLetterTexts *
amends_letter_texts_parse (GBytes *bytes,
                           const char *file_name,
                           GPtrArray *problems,
                           GError **error)
{
  g_auto (AmendsDataFile) file = { NULL };
  g_autoptr (AmendsLetterTexts) self = g_new0 (AmendsLetterTexts, 1);
  g_auto (GStrv) groups = NULL;

  g_atomic_ref_count_init (&self->ref_count);
  self->texts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  if (amends_data_file_load (&file, bytes, AMENDS_LETTER_TEXTS_MAX_BYTES, "texts of letters",
                             file_name, problems))
    {
      groups = g_key_file_get_groups (file.keys, NULL);
      for (gsize i = 0; groups[i] != NULL; i++)
        check_group (&file, groups[i]);
      for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
        read_text (self, &file, &texts[i]);
      for (gsize i = 0; i < G_N_ELEMENTS (code_groups); i++)
        read_codes (self, &file, code_groups[i]);
      self->months = read_names (self, &file, "months", N_MONTHS);
      self->weekdays = read_names (self, &file, "weekdays", N_WEEKDAYS);
      check_checked (self, &file);
    }
  if (file.first == NULL)
    return g_steal_pointer (&self);
  g_propagate_error (error, g_steal_pointer (&file.first));
  return NULL;
}

/**
 * amends_letter_texts_ref:
 *
 * Returns: (transfer full): @self
 */
AmendsLetterTexts *
amends_letter_texts_ref (AmendsLetterTexts *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/**
 * amends_letter_texts_unref:
 * @self: (transfer full): the texts
 */
void
amends_letter_texts_unref (AmendsLetterTexts *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_hash_table_unref (self->texts);
  g_strfreev (self->months);
  g_strfreev (self->weekdays);
  g_free (self);
}

/**
 * amends_letter_texts_get_language:
 *
 * Returns: (transfer none): its language as BCP 47 writes it, "cy"
 */
const char *
amends_letter_texts_get_language (const AmendsLetterTexts *self)
{
  return amends_letter_texts_get (self, "letters.language");
}

/**
 * amends_letter_texts_get_name:
 *
 * Returns: (transfer none): what the language is called in itself, "Cymraeg"
 */
const char *
amends_letter_texts_get_name (const AmendsLetterTexts *self)
{
  return amends_letter_texts_get (self, "letters.name");
}

/**
 * amends_letter_texts_is_called:
 * @language: as somebody wrote it down
 *
 * Returns: whether it is the language of these texts: its code, or its name in itself or in English
 */
gboolean
amends_letter_texts_is_called (const AmendsLetterTexts *self, const char *language)
{
  static const char *const names[] = { "letters.language", "letters.name", "letters.english" };
  g_autofree char *folded = g_utf8_casefold (language, -1);

  g_strstrip (folded);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *name = g_utf8_casefold (amends_letter_texts_get (self, names[i]), -1);

      if (strcmp (folded, name) == 0)
        return TRUE;
    }
  return FALSE;
}

/**
 * amends_letter_texts_is_checked:
 *
 * Returns: whether somebody whose language it is has checked the words
 */
gboolean
amends_letter_texts_is_checked (const AmendsLetterTexts *self)
{
  return strcmp (amends_letter_texts_get (self, "letters.checked"), "yes") == 0;
}

/**
 * amends_letter_texts_get:
 * @name: "group.key" of a text into which nothing is filled
 *
 * Returns: (transfer none) (nullable): the text; %NULL if there is none of that name
 */
const char *
amends_letter_texts_get (const AmendsLetterTexts *self, const char *name)
{
  return g_hash_table_lookup (self->texts, name);
}

/**
 * amends_letter_texts_dup_named:
 * @group: of the file
 * @code: a key of it, "large-print"
 *
 * Returns: (transfer full) (nullable): its text; %NULL if there is none
 */
char *
amends_letter_texts_dup_named (const AmendsLetterTexts *self, const char *group, const char *code)
{
  g_autofree char *name = g_strdup_printf ("%s.%s", group, code);

  return g_strdup (amends_letter_texts_get (self, name));
}

static gboolean
is_rtl_letter (gunichar character)
{
  GUnicodeScript script = g_unichar_get_script (character);

  return script == G_UNICODE_SCRIPT_ARABIC || script == G_UNICODE_SCRIPT_HEBREW;
}

/**
 * amends_letter_texts_has_rtl:
 * @text: any
 *
 * Returns: whether letters that run from right to left are in it
 */
gboolean
amends_letter_texts_has_rtl (const char *text)
{
  for (; *text != '\0'; text = g_utf8_next_char (text))
    if (is_rtl_letter (g_utf8_get_char (text)))
      return TRUE;
  return FALSE;
}

/* Among words that run the other way a name or a number of a case would be torn apart, were it not set apart. */
static gboolean
runs_otherwise (const AmendsLetterTexts *self, const char *value)
{
  if (!amends_letter_texts_has_rtl (amends_letter_texts_get_name (self)))
    return FALSE;
  for (; *value != '\0'; value = g_utf8_next_char (value))
    {
      gunichar character = g_utf8_get_char (value);

      if (g_unichar_isalpha (character) && !is_rtl_letter (character))
        return TRUE;
    }
  return FALSE;
}

static void
append_value (const AmendsLetterTexts *self, GString *filled, const char *value)
{
  gboolean is_apart = runs_otherwise (self, value);

  g_string_append_printf (filled, "%s%s%s", is_apart ? FIRST_ISOLATE : "", value,
                          is_apart ? LAST_ISOLATE : "");
}

/**
 * amends_letter_texts_fill:
 * @name: "group.key"
 * @...: names and values, ending with %NULL: "day", "5 January 2027", NULL
 *
 * What is filled in is never read for braces of its own.
 *
 * Returns: (transfer full): the text, filled
 */
char *
amends_letter_texts_fill (const AmendsLetterTexts *self, const char *name, ...)
{
  const char *text = amends_letter_texts_get (self, name);
  g_autoptr (GHashTable) values = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GString) filled = g_string_new (NULL);
  const char *key;
  va_list args;

  g_return_val_if_fail (text != NULL, NULL);

  va_start (args, name);
  while ((key = va_arg (args, const char *)) != NULL)
    g_hash_table_insert (values, (gpointer) key, va_arg (args, gpointer));
  va_end (args);

  while (*text != '\0')
    {
      gsize n_plain = strcspn (text, "{");

      g_string_append_len (filled, text, (gssize) n_plain);
      text += n_plain;
      if (*text == '{')
        {
          g_autofree char *found = g_strndup (text + 1, strcspn (text + 1, "}"));
          const char *value = g_hash_table_lookup (values, found);

          append_value (self, filled, value != NULL ? value : "");
          text += strlen (found) + 2;
        }
    }
  return g_string_free (g_steal_pointer (&filled), FALSE);
}

/**
 * amends_letter_texts_dup_day:
 * @day: a day
 *
 * Returns: (transfer full): as a letter says it: "5 January 2027"
 */
char *
amends_letter_texts_dup_day (const AmendsLetterTexts *self, AmendsDay day)
{
  g_autofree char *day_text = NULL;
  g_autofree char *year_text = NULL;
  int year;
  int month;
  int day_of_month;

  amends_day_to_ymd (day, &year, &month, &day_of_month);
  day_text = g_strdup_printf ("%d", day_of_month);
  year_text = g_strdup_printf ("%d", year);
  return amends_letter_texts_fill (self, "words.date", "day", day_text, "month",
                                   self->months[month - 1], "year", year_text, NULL);
}

/**
 * amends_letter_texts_dup_weekday:
 * @day: a day
 *
 * Returns: (transfer full): as it is said to whoever is to be there: "Tuesday 5 January 2027"
 */
char *
amends_letter_texts_dup_weekday (const AmendsLetterTexts *self, AmendsDay day)
{
  g_autofree char *date = amends_letter_texts_dup_day (self, day);

  return amends_letter_texts_fill (self, "words.weekday-date", "weekday",
                                   self->weekdays[amends_day_weekday (day) - 1], "date", date,
                                   NULL);
}

/**
 * amends_letter_texts_dup_time:
 * @time: of a day, "14:05"
 *
 * Returns: (transfer full): as it is said: "2:05 in the afternoon"
 */
char *
amends_letter_texts_dup_time (const AmendsLetterTexts *self, const char *time)
{
  guint64 hour = g_ascii_strtoull (time, NULL, 10);
  const char *minutes = strchr (time, ':');
  const char *part = hour < 12 ? "words.morning" : hour < 18 ? "words.afternoon" : "words.evening";
  g_autofree char *shown =
      g_strdup_printf ("%d%s", (int) ((hour + 11) % 12) + 1, minutes != NULL ? minutes : "");

  return amends_letter_texts_fill (self, part, "time", shown, NULL);
}
