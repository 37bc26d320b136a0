/* amends-test-letter.c: a letter of no case, to see what a printer makes of one
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * It is written and drawn by what writes and draws every letter, so that the address stands in the window of the
 * envelope, or does not, as it will. The case that it is about is in memory alone, and about nobody. */

#include "config.h"

#include "app/staff/amends-test-letter.h"

#include <glib/gi18n.h>

#include "app/amends-words.h"
#include "app/staff/amends-letter-print.h"
#include "core/amends-json.h"
#include "store/amends-shipped.h"

/* Takes @body. */
static AmendsEvent *
make_event (const AmendsId *id, const AmendsId *stream, json_t *body)
{
  static const guint8 salt[AMENDS_SALT_BYTES] = { 0 };
  g_autoptr (GBytes) bytes = amends_json_dump (body);
  gboolean is_first = amends_id_equal (id, stream);

  json_decref (body);
  return amends_event_new (id, "s.test", stream, is_first ? NULL : stream, is_first ? 0 : 1, salt,
                           bytes, NULL);
}

static AmendsCase *
make_case (AmendsDay today)
{
  const AmendsId recorded = { "0", 1 };
  const AmendsId added = { "0", 2 };
  char day[AMENDS_DAY_TEXT_SIZE];
  g_autofree char *at = NULL;
  g_autoptr (AmendsEvent) first = NULL;
  g_autoptr (AmendsEvent) second = NULL;

  amends_day_format_to (today, day);
  at = g_strdup_printf ("%sT12:00:00Z", day);
  first = make_event (&recorded, &recorded,
                      json_pack ("{s:s, s:s, s:s, s:s, s:s, s:s, s:{s:s, s:s}}", "type",
                                 "case.recorded", "at", at, "kind", "compliment", "received", day,
                                 "channel", "letter", "reference", _ ("TEST"), "complainant",
                                 "name", _ ("The printer of this office"), "home",
                                 _ ("This address belongs in the window of the envelope")));
  second =
      make_event (&added, &recorded,
                  json_pack ("{s:s, s:s, s:s}", "type", "issue.added", "at", at, "what",
                             _ ("This is a test letter. If you can read it, and the address is "
                                "in the window of the envelope, letters can be printed here.")));
  if (first == NULL || second == NULL)
    return NULL;
  return amends_case_new ((AmendsEvent *const[]){ first, second }, 2);
}

/**
 * amends_test_letter_new:
 * @today: its date
 *
 * Returns: (transfer full): its pages
 */
AmendsLetterPaper *
amends_test_letter_new (AmendsDay today)
{
  g_autoptr (GPtrArray) calendars = amends_shipped_get_calendars ();
  g_autoptr (AmendsPolicy) code = amends_shipped_get_code ();
  g_autoptr (AmendsLetterTexts) texts = amends_shipped_get_letters ("en");
  const AmendsRules rules = { .code = code, .calendar = g_ptr_array_index (calendars, 0) };
  g_autoptr (AmendsCase) complaint = make_case (today);
  g_autoptr (AmendsLetter) letter = NULL;

  g_return_val_if_fail (complaint != NULL, NULL);

  letter = amends_letter_new (complaint, &rules, texts, AMENDS_LETTER_THANKS, NULL, today);
  return amends_letter_paper_new (letter, NULL, AMENDS_LETTER_PRINT);
}

/**
 * amends_test_letter_print:
 * @session: while it is open, pages are drawn
 * @parent: the window behind the dialog of the printer
 *
 * Which printer it is, is asked by that dialog, and kept by the desktop.
 */
void
amends_test_letter_print (AmendsSession *session, GtkWindow *parent)
{
  g_autoptr (GtkPrintOperation) operation =
      amends_letter_print_new (amends_test_letter_new (amends_words_today ()), _ ("Test letter"),
                               session);

  gtk_print_operation_set_allow_async (operation, TRUE);
  gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG, parent, NULL);
}
