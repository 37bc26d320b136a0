/* test-kiosk-numbers.c: whom a kiosk tells a visitor to ring
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <gtk/gtk.h>

#include "app/amends-words.h"
#include "app/kiosk/amends-kiosk-aloud.h"
#include "app/kiosk/amends-kiosk-board.h"
#include "app/kiosk/amends-kiosk-flow.h"
#include "app/kiosk/amends-kiosk-language.h"
#include "app/kiosk/amends-kiosk-numbers.h"
#include "app/kiosk/amends-kiosk-page.h"
#include "app/kiosk/amends-kiosk-said.h"

#define ISOLATED(text) AMENDS_ISOLATE_BEGIN text AMENDS_ISOLATE_END

static void
add (GPtrArray *numbers,
     const char *scheme,
     const char *name,
     const char *phone,
     const char *hours,
     const char *role)
{
  AmendsNumber *number = g_new0 (AmendsNumber, 1);

  number->scheme = g_strdup (scheme);
  number->name = g_strdup (name);
  number->phone = g_strdup (phone);
  number->hours = g_strdup (hours);
  number->role = g_strdup (role);
  g_ptr_array_add (numbers, number);
}

/* Returns: (transfer full) */
static GPtrArray *
make_numbers (void)
{
  GPtrArray *numbers = g_ptr_array_new_with_free_func ((GDestroyNotify) amends_number_free);

  add (numbers, "elm", "Elm office", "01632 960200", NULL, NULL);
  add (numbers, "oak", "Bryn Approver", "01632 960103", NULL, "approver");
  add (numbers, "oak", "Housing office", "01632 960100", "Monday to Friday, 9 to 5", NULL);
  add (numbers, "oak", "Ines Pym", "01632 960101", "Tuesdays", "line-manager");
  add (numbers, "oak", "Repairs", "01632 960104", NULL, NULL);
  return numbers;
}

/* Returns: (transfer full): all that is on @widget, without what keeps a number apart */
static char *
say (GtkWidget *widget)
{
  g_autofree char *text = amends_kiosk_aloud_dup_text (widget);
  g_autoptr (GString) plain = g_string_new (text);

  g_string_replace (plain, AMENDS_ISOLATE_BEGIN, "", 0);
  g_string_replace (plain, AMENDS_ISOLATE_END, "", 0);
  return g_string_free (g_steal_pointer (&plain), FALSE);
}

/* What the page of the question @id says of whom to ring, each in a line. */
static char *
say_page (const char *id, const GPtrArray *numbers, json_t *answers)
{
  g_autoptr (GPtrArray) chosen = amends_kiosk_numbers_choose (numbers, "oak", answers);
  GtkWidget *page =
      g_object_ref_sink (amends_kiosk_page_new (amends_kiosk_flow_find (id), answers, 100));
  char *text;

  amends_kiosk_page_say_numbers (AMENDS_KIOSK_PAGE (page), chosen);
  text = say (page);
  g_object_unref (page);
  return text;
}

static void
assert_says (const char *text, const char *part)
{
  if (strstr (text, part) == NULL)
    g_error ("“%s” does not say “%s”", text, part);
}

static void
assert_says_not (const char *text, const char *part)
{
  if (strstr (text, part) != NULL)
    g_error ("“%s” says “%s”", text, part);
}

/* The office and who repairs, each with when somebody is there; nothing of another place, or of what staff ring. */
static void
test_danger (void)
{
  g_autoptr (GPtrArray) numbers = make_numbers ();
  json_auto_t *answers = json_object ();
  g_autofree char *text = say_page ("danger", numbers, answers);
  g_autofree char *other = say_page ("when", numbers, answers);

  assert_says (text, "ring 999 first");
  assert_says (text,
               "ask our staff as well.\n"
               "Housing office: ring 01632 960100. Somebody is there: Monday to Friday, 9 to 5.\n"
               "Repairs: ring 01632 960104.\n");
  assert_says_not (text, "Elm");
  assert_says_not (text, "Approver");
  assert_says_not (text, "01632 960101");
  assert_says_not (other, "01632");
}

/* Whoever is meant may be who answers at the office: it is their manager who is rung, by the role and not by the name. */
static void
test_about_staff (void)
{
  g_autoptr (GPtrArray) numbers = make_numbers ();
  json_auto_t *answers = json_object ();
  g_autofree char *text = NULL;

  amends_kiosk_answers_choose (answers, "want", "conduct", TRUE);
  text = say_page ("danger", numbers, answers);
  assert_says (text, "The manager of our staff: ring 01632 960101. Somebody is there: Tuesdays.\n");
  assert_says_not (text, "Pym");
  assert_says_not (text, "01632 960100");
  assert_says_not (text, "Repairs");
}

/* Where nothing is recorded the page is what it was. */
static void
test_none (void)
{
  g_autoptr (GPtrArray) numbers = make_numbers ();
  json_auto_t *answers = json_object ();
  g_autofree char *text = say_page ("danger", NULL, answers);
  g_autoptr (GPtrArray) elsewhere = amends_kiosk_numbers_choose (numbers, "ash", NULL);
  g_autoptr (GPtrArray) nowhere = amends_kiosk_numbers_choose (numbers, NULL, NULL);

  assert_says (text, "ask our staff as well.\nNo, nobody is in danger");
  g_assert_cmpuint (elsewhere->len, ==, 0);
  g_assert_cmpuint (nowhere->len, ==, 0);
}

static void
test_most (void)
{
  g_autoptr (GPtrArray) numbers = make_numbers ();
  g_autoptr (GPtrArray) chosen = NULL;

  add (numbers, "oak", "Stairs", "01632 960105", NULL, "relief");
  add (numbers, "oak", "Tenancy", "01632 960106", NULL, "scheme-manager");
  chosen = amends_kiosk_numbers_choose (numbers, "oak", NULL);
  g_assert_cmpuint (chosen->len, ==, AMENDS_KIOSK_NUMBERS_MAX);
  g_assert_cmpstr (((AmendsNumber *) g_ptr_array_index (chosen, 2))->name, ==, "Stairs");
}

/* From which side a line with @text is read. */
static PangoDirection
get_direction (const char *text)
{
  GtkWidget *label = g_object_ref_sink (gtk_label_new (text));
  PangoDirection direction =
      pango_layout_get_line_readonly (gtk_label_get_layout (GTK_LABEL (label)), 0)->resolved_dir;

  g_object_unref (label);
  return direction;
}

/* In every language the number stands apart from the words about it, and the line goes as the language does. */
static void
test_languages (void)
{
  g_autoptr (GPtrArray) numbers = make_numbers ();
  const AmendsKioskLanguage *language;

  for (guint i = 0; (language = amends_kiosk_language_nth (i)) != NULL; i++)
    {
      g_autofree char *office = NULL;
      g_autofree char *manager = NULL;

      amends_kiosk_language_use (language->code);
      office = amends_kiosk_numbers_describe (g_ptr_array_index (numbers, 2));
      manager = amends_kiosk_numbers_describe (g_ptr_array_index (numbers, 3));
      g_assert_cmpint (get_direction (office), ==,
                       language->is_rtl ? PANGO_DIRECTION_RTL : PANGO_DIRECTION_LTR);
      assert_says (office, ISOLATED ("Housing office"));
      assert_says (office, ISOLATED ("01632 960100"));
      assert_says (office, ISOLATED ("Monday to Friday, 9 to 5"));
      assert_says (manager, ISOLATED ("01632 960101"));
      assert_says_not (manager, "Pym");
    }
  amends_kiosk_language_use ("en");
}

/* Help says them too; so does the noticeboard, before those of the whole country and with no word of a manager. */
static void
test_help_and_board (void)
{
  g_autoptr (GPtrArray) numbers = make_numbers ();
  g_autoptr (GPtrArray) chosen = amends_kiosk_numbers_choose (numbers, "oak", NULL);
  GtkWidget *help = g_object_ref_sink (amends_kiosk_said_help (NULL, chosen, FALSE, NULL, NULL));
  GtkWidget *board = g_object_ref_sink (
      amends_kiosk_board_new ("Oak Court", chosen, G_CALLBACK (g_object_ref), NULL));
  g_autofree char *help_text = say (help);
  g_autofree char *board_text = say (board);

  assert_says (help_text, "write for you.\nHousing office: ring 01632 960100.");
  assert_says (board_text, "Useful numbers.\nHousing office.\n01632 960100.\n");
  assert_says (board_text, "Monday to Friday, 9 to 5.\nRepairs.\n01632 960104.\n");
  assert_says (board_text, "Health advice");
  assert_says_not (board_text, "01632 960101");
  g_object_unref (help);
  g_object_unref (board);
}

int
main (int argc, char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);

  g_test_add_func ("/kiosk-numbers/danger", test_danger);
  g_test_add_func ("/kiosk-numbers/about-staff", test_about_staff);
  g_test_add_func ("/kiosk-numbers/none", test_none);
  g_test_add_func ("/kiosk-numbers/most", test_most);
  g_test_add_func ("/kiosk-numbers/languages", test_languages);
  g_test_add_func ("/kiosk-numbers/help-and-board", test_help_and_board);

  return g_test_run ();
}
