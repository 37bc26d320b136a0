/* amends-number-words.c: whom to ring, in a sentence
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/amends-number-words.h"

#include <glib/gi18n.h>

#include "app/amends-words.h"
#include "core/amends-decide.h"
#include "store/amends-numbers.h"

static char *
describe (const AmendsNumber *number)
{
  g_autofree char *phone = amends_words_isolate (number->phone);

  if (number->hours == NULL)
    /* Translators: a name, and a telephone number. */
    return g_strdup_printf (_ ("Ring %s on %s."), number->name, phone);
  /* Translators: a name, a telephone number, and when somebody is there: “Monday to Friday, 9 to 5”. */
  return g_strdup_printf (_ ("Ring %s on %s. Somebody is there: %s."), number->name, phone,
                          number->hours);
}

/**
 * amends_number_words_ring:
 * @numbers: (nullable) (element-type AmendsNumber): those that there are
 * @scheme: (nullable): the code of a scheme
 * @role: for what they are rung, "line-manager"
 *
 * Returns: (transfer full): whom to ring there, a sentence for each; "" where nobody is recorded for it
 */
char *
amends_number_words_ring (const GPtrArray *numbers, const char *scheme, const char *role)
{
  g_autoptr (GString) sentences = g_string_new (NULL);

  for (guint i = 0; numbers != NULL && i < numbers->len; i++)
    {
      const AmendsNumber *number = g_ptr_array_index (numbers, i);
      g_autofree char *sentence = NULL;

      if (g_strcmp0 (number->scheme, scheme) != 0 || g_strcmp0 (number->role, role) != 0)
        continue;
      sentence = describe (number);
      g_string_append_printf (sentences, "%s%s", sentences->len > 0 ? " " : "", sentence);
    }
  return g_string_free (g_steal_pointer (&sentences), FALSE);
}

/**
 * amends_number_words_ring_of:
 * @numbers: as in amends_number_words_ring()
 * @intake: what is being recorded
 *
 * Returns: (transfer full): whom to ring of what is for those who are named for it alone; "" where no number is known
 *   here, or it is for everybody
 */
char *
amends_number_words_ring_of (const GPtrArray *numbers, const json_t *intake)
{
  const char *restriction = amends_intake_get_restriction (intake);

  if (restriction == NULL)
    return g_strdup ("");
  return amends_number_words_ring (numbers, json_string_value (json_object_get (intake, "scheme")),
                                   g_str_equal (restriction, "safety") ? "safeguarding-lead"
                                                                       : "line-manager");
}
