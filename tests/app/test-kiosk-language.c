/* test-kiosk-language.c: the languages of a kiosk, and its words in each
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <gtk/gtk.h>
#include <string.h>

#include "app/kiosk/amends-kiosk-flow.h"
#include "app/kiosk/amends-kiosk-intake.h"
#include "app/kiosk/amends-kiosk-keyboard.h"
#include "app/kiosk/amends-kiosk-language.h"

/* 2026-11-20, a Friday */
#define A_DAY 20777

/* Each language is offered, under its own name, and "my language is not here" after them. */
static void
test_offered (void)
{
  const AmendsKioskQuestion *question = amends_kiosk_flow_find (NULL);
  const AmendsKioskLanguage *language;
  guint n = 0;

  g_assert_cmpstr (question->id, ==, "language");
  for (; (language = amends_kiosk_language_nth (n)) != NULL; n++)
    {
      g_assert_cmpuint (n, <, question->n_options);
      g_assert_cmpstr (question->options[n].code, ==, language->code);
      g_assert_cmpstr (question->options[n].label, ==, language->name);
    }
  g_assert_cmpuint (question->n_options, ==, n + 1);
  g_assert_cmpstr (question->options[n].code, ==, "other");
}

static const struct
{
  const char *code;
  const char *continue_word;
  const char *day;
} language_rows[] = {
  { "cy", "Parhau", "dydd Gwener 20 Tachwedd 2026" },
  { "pl", "Dalej", "piątek 20 listopada 2026" },
  { "ur", "آگے", "جمعہ، 20 نومبر 2026" },
  { "ar", "متابعة", "الجمعة 20 نوفمبر 2026" },
  { "en", "Continue", "Friday 20 November 2026" },
};

/* Whatever the locale of the machine is, and back again. */
static void
test_switched (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (language_rows); i++)
    {
      g_autofree char *day = NULL;

      g_assert_true (amends_kiosk_language_use (language_rows[i].code));
      g_assert_false (amends_kiosk_language_use (language_rows[i].code));
      day = amends_kiosk_say_day (A_DAY);
      g_assert_cmpstr (amends_kiosk_say ("Continue"), ==, language_rows[i].continue_word);
      g_assert_cmpstr (day, ==, language_rows[i].day);
      g_assert_cmpstr (amends_kiosk_say ("Said nowhere"), ==, "Said nowhere");
    }
  g_assert_false (amends_kiosk_language_use ("xx"));
  g_assert_cmpstr (amends_kiosk_language_get ()->code, ==, "en");
}

/* Staff read the language, and whether an interpreter is wanted; of English nothing is said. */
static void
test_told_to_staff (void)
{
  static const struct
  {
    const char *use;
    const char *option;
    const char *name;
    const char *language;
    gboolean interpreter;
  } rows[] = {
    { "pl", "pl", NULL, "Polish", FALSE },
    { "en", "en", NULL, NULL, FALSE },
    { "en", "other", "Tigrinya", "Tigrinya", TRUE },
    { "en", "other", NULL, NULL, TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      json_auto_t *answers = json_object ();
      json_auto_t *intake = NULL;
      const json_t *complainant;

      amends_kiosk_language_use (rows[i].use);
      amends_kiosk_answers_choose (answers, "language", rows[i].option, TRUE);
      if (rows[i].name != NULL)
        amends_kiosk_answers_set_text (answers, "language", "name", rows[i].name);
      intake = amends_kiosk_intake_new (answers, "oak", A_DAY);
      complainant = json_object_get (intake, "complainant");
      g_assert_cmpstr (json_string_value (json_object_get (complainant, "language")), ==,
                       rows[i].language);
      g_assert_true (json_is_true (json_object_get (complainant, "interpreter"))
                     == rows[i].interpreter);
    }
  amends_kiosk_language_use ("en");
}

static guint
count_keys (GtkWidget *widget)
{
  guint n = gtk_widget_has_css_class (widget, "key");

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n += count_keys (child);
  return n;
}

/* A key for each letter, none twice, and rows as long as the first. */
static void
test_keyboards (void)
{
  const AmendsKioskLanguage *language;

  for (guint i = 0; (language = amends_kiosk_language_nth (i)) != NULL; i++)
    {
      g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      g_autoptr (GtkWidget) keyboard = NULL;
      guint n_columns = 0;

      for (guint row = 0; language->letters[row] != NULL; row++)
        {
          g_auto (GStrv) letters = g_strsplit (language->letters[row], " ", -1);

          n_columns = row == 0 ? g_strv_length (letters) : n_columns;
          g_assert_cmpuint (g_strv_length (letters), ==, n_columns);
          for (guint column = 0; letters[column] != NULL; column++)
            {
              g_assert_cmpint (g_utf8_strlen (letters[column], -1), ==, 1);
              g_assert_true (g_hash_table_add (seen, g_strdup (letters[column])));
            }
        }
      amends_kiosk_language_use (language->code);
      keyboard = g_object_ref_sink (amends_kiosk_keyboard_new ());
      g_assert_cmpuint (count_keys (keyboard), ==, g_hash_table_size (seen) + 27); /* the digits */
    }
  amends_kiosk_language_use ("en");
}

int
main (int argc, char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);

  g_test_add_func ("/kiosk-language/offered", test_offered);
  g_test_add_func ("/kiosk-language/switched", test_switched);
  g_test_add_func ("/kiosk-language/told-to-staff", test_told_to_staff);
  g_test_add_func ("/kiosk-language/keyboards", test_keyboards);

  return g_test_run ();
}
