/* amends-cmd-letter.c: a letter about a case, and what is missing from it
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is missing is no fault of the command: a letter with gaps is shown, so that they can be seen. */

#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "cli/amends-cli-text.h"
#include "cli/amends-cmd.h"
#include "core/amends-complainant.h"
#include "core/amends-error.h"
#include "core/amends-letter.h"
#include "paper/amends-letter-paper.h"
#include "paper/amends-recording.h"
#include "paper/amends-sheet.h"
#include "store/amends-shipped.h"

#define ENGLISH "en"

static char *language;
static char *sender;
static char *pdf_path;
static char *recording_path;
static char *reply_to;
static int print_size;

static const GOptionEntry options[] = {
  { "language", 0, 0, G_OPTION_ARG_STRING, &language, N_ ("The language, “en” if not given"),
    N_ ("CODE") },
  { "to", 0, 0, G_OPTION_ARG_STRING, &reply_to,
    N_ ("To whom: the name of who complains, “complainant” for the first, or “representative” "
        "where their authority lets them have it; as they asked if not given"),
    N_ ("WHO") },
  { "from", 0, 0, G_OPTION_ARG_STRING, &sender, N_ ("Who writes it"), N_ ("NAME") },
  { "pdf", 0, 0, G_OPTION_ARG_FILENAME, &pdf_path,
    N_ ("Write it to FILE as a tagged PDF of A4; a letter that lacks something is none"),
    N_ ("FILE") },
  { "recording", 0, 0, G_OPTION_ARG_FILENAME, &recording_path,
    N_ ("Write it to FILE as a recording to listen to, a WAV file; only a whole one"),
    N_ ("FILE") },
  { "print-size", 0, 0, G_OPTION_ARG_INT, &print_size,
    N_ ("With --pdf: 12, 18 or 24 points; as the complainant asked for it if not given"),
    N_ ("POINTS") },
  G_OPTION_ENTRY_NULL,
};

static gboolean
find_kind (const char *name, AmendsLetterKind *ret_kind, GError **error)
{
  g_autoptr (GString) names = g_string_new (NULL);

  if (amends_letter_kind_from_string (name, ret_kind))
    return TRUE;
  for (guint i = 0; i < AMENDS_LETTER_N_KINDS; i++)
    g_string_append_printf (names, "%s%s", i > 0 ? ", " : "",
                            amends_letter_kind_to_string ((AmendsLetterKind) i));
  amends_set_error (error, AMENDS_CORE_ERROR_INVALID, "letter", NULL,
                    _ ("There is no such letter: there are %s"), names->str);
  return FALSE;
}

static gboolean
refuse_reader (const AmendsLedgerAnswer *answer, GError **error)
{
  g_autofree char *cited = amends_policy_cite (answer->clause, answer->provision);

  amends_set_error (error, AMENDS_CORE_ERROR_REFUSED, "to", cited,
                    _ ("It may not go to the representative. %s: %s"),
                    g_dpgettext2 (NULL, "ledger", answer->reason),
                    g_dpgettext2 (NULL, "ledger", answer->change));
  return FALSE;
}

/* (nullable): of those to whom it can be written, the one who is called so. */
static const AmendsLetterTo *
find_called (const AmendsCase *complaint, const GArray *list, const char *called)
{
  for (guint i = 0; i < list->len; i++)
    {
      const AmendsLetterTo *to = &g_array_index (list, AmendsLetterTo, i);
      const char *name = amends_complainant_get_text (complaint, to->who, "name");

      if (to->representative != NULL
              ? strcmp (called, "representative") == 0
                    || amends_ledger_is_same_name (called, to->representative)
              : amends_ledger_is_same_name (called, name)
                    || strcmp (called, to->who != NULL ? to->who : AMENDS_COMPLAINANT_FIRST) == 0)
        return to;
    }
  return NULL;
}

/* To whom it was asked for; who acts for the complainant only where they may be told. */
static gboolean
find_reader (const AmendsCase *complaint,
             AmendsLetterKind kind,
             const AmendsRules *rules,
             AmendsDay today,
             AmendsLetterTo *ret_to,
             GError **error)
{
  AmendsLedgerAnswer answer;
  guint n = 0;
  g_autoptr (GArray) list = amends_reader_list (complaint, rules->policy, NULL, today, &n, &answer);
  const AmendsLetterTo *called = reply_to != NULL ? find_called (complaint, list, reply_to) : NULL;
  gboolean is_about_them = amends_letter_kind_is_to_complainant (kind);
  AmendsReader asked;

  amends_reader_find (complaint, NULL, NULL, &asked);
  if (called == NULL && is_about_them && !answer.may
      && (reply_to != NULL ? strcmp (reply_to, "representative") == 0
                           : amends_reader_is_another (&asked)))
    return refuse_reader (&answer, error);
  if (called == NULL && reply_to != NULL)
    {
      amends_set_error (error, AMENDS_CORE_ERROR_INVALID, "to", NULL, "%s",
                        _ ("Nobody of that name gets letters in this case: give the name of who "
                           "complains, or “representative”"));
      return FALSE;
    }
  if (called != NULL)
    *ret_to = *called;
  else
    *ret_to = g_array_index (list, AmendsLetterTo, is_about_them ? n : 0);
  return TRUE;
}

/* In the language they asked for, if there are words in it and it goes to them. */
static AmendsLetterTexts *
load_asked (const AmendsCase *complaint, AmendsLetterKind kind, const AmendsLetterTo *to)
{
  g_auto (GStrv) languages = amends_shipped_list_letters ();

  for (guint i = 0; languages[i] != NULL; i++)
    {
      g_autoptr (AmendsLetterTexts) texts = amends_shipped_get_letters (languages[i]);

      if (to->representative == NULL && amends_letter_kind_is_theirs (kind)
          && amends_letter_is_asked_in (complaint, to->who, texts))
        return g_steal_pointer (&texts);
    }
  return amends_shipped_get_letters (ENGLISH);
}

static AmendsLetterTexts *
load_texts (const AmendsCase *complaint,
            AmendsLetterKind kind,
            const AmendsLetterTo *to,
            GError **error)
{
  AmendsLetterTexts *texts =
      language != NULL ? amends_shipped_get_letters (language) : load_asked (complaint, kind, to);
  g_auto (GStrv) languages = NULL;
  g_autofree char *names = NULL;

  if (texts != NULL)
    return texts;
  languages = amends_shipped_list_letters ();
  names = g_strjoinv (", ", languages);
  amends_set_error (error, AMENDS_CORE_ERROR_INVALID, "language", NULL,
                    _ ("There are no letters in that language: there are %s"), names);
  return NULL;
}

static void
print_letter (const AmendsLetter *letter)
{
  g_autofree char *text = amends_letter_to_text (letter);

  amends_text_print ("%s", text);
  for (guint i = 0; i < letter->blocks->len; i++)
    {
      const AmendsLetterBlock *block = g_ptr_array_index (letter->blocks, i);
      g_autofree char *cited = amends_policy_cite (block->clause, block->provision);

      if (block->missing != NULL)
        g_printerr (_ ("Missing: %s (%s)\n"), block->missing, cited);
    }
  for (guint i = 0; i < letter->warnings->len; i++)
    g_printerr (_ ("Look at this: %s\n"), (const char *) g_ptr_array_index (letter->warnings, i));
}

/* What is printed is whole: what is missing stands in the refusal, with what asks for it. */
static gboolean
check_whole (const AmendsLetter *letter, GError **error)
{
  g_autoptr (GString) missing = g_string_new (NULL);
  const AmendsLetterBlock *first = NULL;
  g_autofree char *cited = NULL;

  for (guint i = 0; i < letter->blocks->len; i++)
    {
      const AmendsLetterBlock *block = g_ptr_array_index (letter->blocks, i);

      if (block->missing == NULL)
        continue;
      first = first == NULL ? block : first;
      g_string_append_printf (missing, "%s%s: %s", missing->len > 0 ? "; " : "", block->name,
                              block->missing);
    }
  if (first == NULL)
    return TRUE;
  cited = amends_policy_cite (first->clause, first->provision);
  amends_set_error (error, AMENDS_CORE_ERROR_REFUSED, first->name, cited,
                    _ ("A letter that lacks something is not given out. %s"), missing->str);
  return FALSE;
}

static gboolean
check_print_size (GError **error)
{
  if (print_size == 0 || (pdf_path != NULL && amends_letter_is_print_size (print_size)))
    return TRUE;
  amends_set_error (error, AMENDS_CORE_ERROR_INVALID, "print-size", NULL, "%s",
                    pdf_path != NULL ? _ ("Letters are printed in 12, 18 or 24 points")
                                     : _ ("A size is one of a PDF: give --pdf with it"));
  return FALSE;
}

/* @bytes is NULL where there is a @problem. */
static gboolean
write_file (GBytes *bytes, const char *path, GError **problem, GError **error)
{
  if (bytes != NULL && amends_sheet_write (bytes, path, problem))
    return TRUE;
  g_set_error_literal (error, AMENDS_CLI_ERROR, AMENDS_CLI_ERROR_OUTPUT, (*problem)->message);
  return FALSE;
}

static gboolean
write_pdf (const AmendsLetter *letter, GError **error)
{
  g_autoptr (AmendsLetterPaper) paper = NULL;
  g_autoptr (GBytes) pdf = NULL;
  g_autoptr (GError) problem = NULL;

  if (pdf_path == NULL)
    return TRUE;
  paper = amends_letter_paper_new (letter, NULL,
                                   print_size > 0 ? (guint) print_size : letter->print_size);
  pdf = amends_letter_paper_to_pdf (paper, &problem);
  return write_file (pdf, pdf_path, &problem, error);
}

static gboolean
write_recording (const AmendsLetter *letter, GError **error)
{
  g_autoptr (GBytes) wav = NULL;
  g_autoptr (GError) problem = NULL;

  if (recording_path == NULL)
    return TRUE;
  wav = amends_recording_make (letter, NULL, &problem);
  return write_file (wav, recording_path, &problem, error);
}

static gboolean
write_files (const AmendsLetter *letter, GError **error)
{
  return (pdf_path == NULL && recording_path == NULL)
         || (check_whole (letter, error) && write_pdf (letter, error)
             && write_recording (letter, error));
}

static gboolean
run (AmendsCli *cli, char **arguments, GError **error)
{
  g_autoptr (AmendsLetterTexts) texts = NULL;
  g_autoptr (AmendsCase) complaint = NULL;
  g_autoptr (AmendsLetter) letter = NULL;
  json_auto_t *json = NULL;
  AmendsRules rules;
  AmendsLetterKind kind;
  AmendsLetterTo to;
  AmendsDay today;
  AmendsId id;

  if (!find_kind (arguments[1], &kind, error) || !check_print_size (error))
    return FALSE;
  if (!amends_cli_open (cli, error) || !amends_cli_find_case (cli, arguments[0], &id, error))
    return FALSE;
  complaint = amends_store_get_case (cli->store, &id, error);
  if (complaint == NULL)
    return FALSE;
  today = amends_store_get_today (cli->store);
  amends_editions_get_rules (amends_store_get_editions (cli->store), complaint, &rules);
  if (!find_reader (complaint, kind, &rules, today, &to, error))
    return FALSE;
  texts = load_texts (complaint, kind, &to, error);
  if (texts == NULL)
    return FALSE;
  letter = amends_letter_new_to (complaint, &rules, texts, kind, &to, sender, today);
  if (!write_files (letter, error))
    return FALSE;
  if (!cli->is_json)
    {
      print_letter (letter);
      return TRUE;
    }
  json = amends_letter_to_json (letter);
  return amends_cli_print_json (cli, json, error);
}

const AmendsCommand amends_cmd_letter = {
  "letter",
  N_ ("REFERENCE LETTER"),
  N_ ("Write a letter about a case from what is recorded, and say what is missing from it"),
  2,
  2,
  options,
  run,
};
