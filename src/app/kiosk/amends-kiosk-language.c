/* amends-kiosk-language.c: the languages of a kiosk, and its words in each
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is in use belongs to the process, as a visitor does. It is set and asked for on the main thread. */

#include "config.h"

#include "app/kiosk/amends-kiosk-language.h"

#include <gio/gio.h>
#include <string.h>

#define CATALOGUE "/org/amends/Amends/kiosk/%s.mo"

/* The head of a catalogue: magic, revision, number of texts, and where the two tables of lengths and
 * offsets begin. GNU gettext manual, "The Format of GNU MO Files". */
#define MO_MAGIC 0x950412deu
#define MO_HEAD 5

static const char *const letters_en[] = { "A B C D E F G H I", "J K L M N O P Q R",
                                          "S T U V W X Y Z '", NULL };
/* Letters that are two are written as two; accents are keys of their own. */
static const char *const letters_cy[] = { "A B C D E F G H I", "J K L M N O P Q R",
                                          "S T U V W X Y Z '", "Â Ê Î Ô Û Ŵ Ŷ Ï Ö", NULL };
static const char *const letters_pl[] = { "A Ą B C Ć D E Ę F G H I", "J K L Ł M N Ń O Ó P Q R",
                                          "S Ś T U V W X Y Z Ź Ż '", NULL };
static const char *const letters_ur[] = { "ا آ ب پ ت ٹ ث ج چ ح خ د", "ڈ ذ ر ڑ ز ژ س ش ص ض ط ظ",
                                          "ع غ ف ق ک گ ل م ن ں و ؤ", "ہ ۃ ھ ء ی ئ ے أ ۔ ، ؟ '",
                                          NULL };
static const char *const letters_ar[] = { "ا أ إ آ ء ب ت ث ج ح خ د", "ذ ر ز س ش ص ض ط ظ ع غ ف",
                                          "ق ك ل م ن ه ة و ؤ ي ئ ى", NULL };

static const AmendsKioskLanguage languages[] = {
  { "en", "English", "English", "Start", FALSE, letters_en },
  { "cy", "Cymraeg", "Welsh", "Dechrau", FALSE, letters_cy },
  { "pl", "Polski", "Polish", "Zacznij", FALSE, letters_pl },
  { "ur", "اردو", "Urdu", "شروع کریں", TRUE, letters_ur },
  { "ar", "العربية", "Arabic", "ابدأ", TRUE, letters_ar },
};

static const AmendsKioskLanguage *language = &languages[0];

/* From English; the texts are the resource's own, which stays. NULL: English itself. */
static GHashTable *words;

/* ------------------------------------------------------------ catalogues */

static const char *
get_text (const char *data, gsize size, gsize table, guint i)
{
  guint32 at[2];
  guint32 length, offset;

  if (table > size || (size - table) / sizeof at <= i)
    return NULL;
  memcpy (at, data + table + i * sizeof at, sizeof at);
  length = GUINT32_FROM_LE (at[0]);
  offset = GUINT32_FROM_LE (at[1]);
  if (offset >= size || size - offset <= length || data[offset + length] != '\0')
    return NULL;
  return data + offset;
}

/* Returns: (transfer full) (nullable): the texts; NULL where there is no such catalogue */
static GHashTable *
load (const char *code)
{
  g_autofree char *path = g_strdup_printf (CATALOGUE, code);
  g_autoptr (GBytes) bytes = g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  g_autoptr (GHashTable) table = g_hash_table_new (g_str_hash, g_str_equal);
  guint32 head[MO_HEAD];
  const char *data;
  gsize size;

  if (bytes == NULL)
    return NULL;
  data = g_bytes_get_data (bytes, &size);
  g_return_val_if_fail (size >= sizeof head, NULL);
  memcpy (head, data, sizeof head);
  g_return_val_if_fail (GUINT32_FROM_LE (head[0]) == MO_MAGIC, NULL);
  for (guint i = 0; i < GUINT32_FROM_LE (head[2]); i++)
    {
      const char *from = get_text (data, size, GUINT32_FROM_LE (head[3]), i);
      const char *to = get_text (data, size, GUINT32_FROM_LE (head[4]), i);

      g_return_val_if_fail (from != NULL && to != NULL, NULL);
      g_hash_table_insert (table, (gpointer) from, (gpointer) to);
    }
  return g_steal_pointer (&table);
}

/* ------------------------------------------------------------ languages */

/**
 * amends_kiosk_language_nth:
 *
 * Returns: (transfer none) (nullable): a language; %NULL after the last
 */
const AmendsKioskLanguage *
amends_kiosk_language_nth (guint i)
{
  return i < G_N_ELEMENTS (languages) ? &languages[i] : NULL;
}

/**
 * amends_kiosk_language_get:
 *
 * Returns: (transfer none): the language in use, English at first
 */
const AmendsKioskLanguage *
amends_kiosk_language_get (void)
{
  return language;
}

/**
 * amends_kiosk_language_use:
 *
 * Texts that were given before stand as they are: who shows them asks for them again.
 *
 * Returns: whether it is another language than before
 */
gboolean
amends_kiosk_language_use (const char *code)
{
  for (guint i = 0; i < G_N_ELEMENTS (languages); i++)
    {
      if (!g_str_equal (languages[i].code, code) || language == &languages[i])
        continue;
      language = &languages[i];
      g_clear_pointer (&words, g_hash_table_unref);
      words = load (code);
      return TRUE;
    }
  return FALSE;
}

/* ------------------------------------------------------------ words */

/**
 * amends_kiosk_say:
 * @text: in English, as a file of po/kiosk/POTFILES.in has it
 *
 * Returns: (transfer none): the same in the language in use
 */
const char *
amends_kiosk_say (const char *text)
{
  const char *said = words != NULL ? g_hash_table_lookup (words, text) : NULL;

  return said != NULL ? said : text;
}

/**
 * amends_kiosk_say_day:
 * @day: a civil day
 *
 * Returns: (transfer full): "Friday 20 November 2026"
 */
char *
amends_kiosk_say_day (AmendsDay day)
{
  static const char *const weekdays[] = { NK_ ("Monday"),   NK_ ("Tuesday"), NK_ ("Wednesday"),
                                          NK_ ("Thursday"), NK_ ("Friday"),  NK_ ("Saturday"),
                                          NK_ ("Sunday") };
  static const char *const months[] = { NK_ ("January"), NK_ ("February"), NK_ ("March"),
                                        NK_ ("April"),   NK_ ("May"),      NK_ ("June"),
                                        NK_ ("July"),    NK_ ("August"),   NK_ ("September"),
                                        NK_ ("October"), NK_ ("November"), NK_ ("December") };
  int year, month, day_of_month;

  amends_day_to_ymd (day, &year, &month, &day_of_month);
  /* Translators: weekday, day, month, year. The month as it is said after the number of a day. */
  return g_strdup_printf (K_ ("%1$s %2$d %3$s %4$d"), K_ (weekdays[amends_day_weekday (day) - 1]),
                          day_of_month, K_ (months[month - 1]), year);
}
