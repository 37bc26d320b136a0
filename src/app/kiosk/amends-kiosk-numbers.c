/* amends-kiosk-numbers.c: whom a visitor may ring
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/kiosk/amends-kiosk-numbers.h"

#include "app/amends-words.h"
#include "app/kiosk/amends-kiosk-flow-private.h"
#include "app/kiosk/amends-kiosk-language.h"

#define MANAGER "line-manager"
#define RIGHT_TO_LEFT_MARK "\342\200\217" /* U+200F */

/* Whom everybody may ring: an office, and who is there for the place. Other roles are rung by staff. */
static gboolean
is_for_everybody (const AmendsNumber *number)
{
  return number->role == NULL || g_str_equal (number->role, "scheme-manager")
         || g_str_equal (number->role, "relief");
}

/**
 * amends_kiosk_numbers_choose:
 * @numbers: (nullable) (element-type AmendsNumber): those that there are
 * @scheme: (nullable): the code of the place
 * @answers: (nullable): what a visitor said so far; %NULL for what hangs on a wall
 *
 * Of somebody who works there nobody tells those who answer the telephone beside them: then it is their manager who
 * is rung, and no one else.
 *
 * Returns: (transfer container) (element-type AmendsNumber): at most %AMENDS_KIOSK_NUMBERS_MAX of @numbers
 */
GPtrArray *
amends_kiosk_numbers_choose (const GPtrArray *numbers, const char *scheme, const json_t *answers)
{
  gboolean is_about_staff = answers != NULL && amends_kiosk_is_about_conduct (answers);
  GPtrArray *chosen = g_ptr_array_new ();

  for (guint i = 0; numbers != NULL && i < numbers->len && chosen->len < AMENDS_KIOSK_NUMBERS_MAX;
       i++)
    {
      AmendsNumber *number = g_ptr_array_index (numbers, i);

      if (g_strcmp0 (number->scheme, scheme) == 0
          && (is_about_staff ? g_strcmp0 (number->role, MANAGER) == 0 : is_for_everybody (number)))
        g_ptr_array_add (chosen, number);
    }
  return chosen;
}

/* Of a manager the role is enough: their name is nothing for whoever stands behind the visitor. */
static char *
describe_phone (const AmendsNumber *number)
{
  g_autofree char *phone = amends_words_isolate (number->phone);
  g_autofree char *name = amends_words_isolate (number->name);

  if (g_strcmp0 (number->role, MANAGER) == 0)
    /* Translators: a telephone number. */
    return g_strdup_printf (K_ ("The manager of our staff: ring %s"), phone);
  /* Translators: an office, and a telephone number. */
  return g_strdup_printf (K_ ("%s: ring %s"), name, phone);
}

/**
 * amends_kiosk_numbers_describe:
 *
 * Returns: (transfer full): whom to ring, and when somebody is there, in the language in use; the hours are as the
 * landlord wrote them
 */
char *
amends_kiosk_numbers_describe (const AmendsNumber *number)
{
  /* A line goes in the direction of its language, also where it begins with a name in another. */
  const char *mark = amends_kiosk_language_get ()->is_rtl ? RIGHT_TO_LEFT_MARK : "";
  g_autofree char *phone = describe_phone (number);
  g_autofree char *hours = NULL;
  g_autofree char *whole = NULL;

  if (number->hours == NULL)
    return g_strconcat (mark, phone, NULL);
  hours = amends_words_isolate (number->hours);
  /* Translators: “Office: ring 01632 960100”, and when: “Monday to Friday, 9 to 5”. */
  whole = g_strdup_printf (K_ ("%s. Somebody is there: %s."), phone, hours);
  return g_strconcat (mark, whole, NULL);
}
