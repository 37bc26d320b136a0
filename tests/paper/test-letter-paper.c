/* test-letter-paper.c: a letter as the pages that it will be
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * All was received on Friday 20 November 2026. */

#include <signal.h>
#include <string.h>
#include <sys/resource.h>

#include <glib/gstdio.h>

#include "core/days.h"
#include "core/policy-files.h"
#include "paper/amends-letter-paper.h"
#include "paper/amends-sheet.h"
#include "support/case.h"
#include "support/paper.h"

#define MAX_ACTS 24
#define N_LANDLORDS 5

/* A name that would turn and mark up what follows it, were it let. */
#define RECORDED                                                                                  \
  "\"complaint\",\"reference\":\"7K-0001-H\",\"scheme\":\"oak\",\"channel\":\"telephone\","       \
  "\"complainant\":{\"name\":\"Ivy <b>Marsh</b> \\u202eQuill\",\"home\":\"Flat 12, Oak Court\"}," \
  "\"representative\":{\"name\":\"Kay Marsh\",\"relation\":\"daughter\"}"

static const TestAct acts[MAX_ACTS] = {
  { "issue.added", "\"what\":\"The lift stands still\\nNobody came\",\"arose\":\"2026-10\"" },
  { "issue.added", "\"what\":\"The door sticks\",\"outcome_sought\":\"A door that opens\"" },
  { "assigned", "\"on\":\"2026-11-24\",\"to\":{\"name\":\"Tamsin Roe\",\"role\":\"investigator\"},"
                "\"conflict_of_interest\":false" },
  { "adjustment.added", "\"need\":\"large-print\",\"detail\":\"24 point\"" },
  { "acknowledged", "\"on\":\"2026-11-24\",\"channel\":\"letter\"" },
  { "finding", "\"on\":\"2026-11-27\",\"issue\":\"2A.2\",\"finding\":\"upheld\",\"reasons\":\"The "
               "sheets of the visits show it.\"" },
  { "finding", "\"on\":\"2026-11-27\",\"issue\":\"2A.3\",\"finding\":\"not-upheld\",\"reasons\":"
               "\"It opens.\"" },
  { "remedy-offered", "\"on\":\"2026-11-30\",\"remedy\":\"financial-loss\",\"what\":\"Taxi "
                      "fares\",\"gross_pence\":5005,\"due\":\"2026-12-04\"" },
  { "appointed",
    "\"on\":\"2026-11-30\",\"what\":\"To see the lift\",\"day\":\"2026-12-03\",\"from\":"
    "\"14:00\",\"until\":\"16:00\",\"where\":\"Flat 12, Oak Court\",\"comes\":{\"name\":"
    "\"Odile Marsh\"},\"ring\":\"01632 960011\"" },
  { "adjustment.added", "\"need\":\"somebody-with-me\"" },
  { "action-added", "\"on\":\"2026-11-30\",\"what\":\"A new motor\",\"due\":\"2027-01-08\","
                    "\"owner\":{\"name\":\"Kit Fenn\"}" },
};

typedef struct
{
  AmendsCalendar *calendar;
  AmendsPolicy *code;
  AmendsPolicy *policy;
  AmendsLetterTexts *texts;
  AmendsCase *complaint;
  char *folder;
  char *path;
} Desk;

static void
set_up_in (Desk *desk, const char *policy, const char *texts)
{
  g_autoptr (GBytes) bytes = load_data ("letters", texts);
  g_autoptr (GError) error = NULL;

  *desk = (Desk){ load_calendar (), load_policy ("code-2024"), load_policy (policy) };
  desk->texts = amends_letter_texts_parse (bytes, texts, NULL, &error);
  g_assert_no_error (error);
  desk->complaint = test_case_new (RECORDED, acts, MAX_ACTS);
  desk->folder = g_dir_make_tmp ("amends-paper-XXXXXX", &error);
  g_assert_no_error (error);
  desk->path = g_build_filename (desk->folder, "letter.pdf", NULL);
}

static void
set_up (Desk *desk, const char *policy)
{
  set_up_in (desk, policy, "en.letters");
}

static void
put_away (Desk *desk)
{
  g_remove (desk->path);
  g_rmdir (desk->folder);
  g_free (desk->path);
  g_free (desk->folder);
  amends_case_free (desk->complaint);
  amends_letter_texts_unref (desk->texts);
  amends_policy_unref (desk->policy);
  amends_policy_unref (desk->code);
  amends_calendar_unref (desk->calendar);
}

static AmendsLetter *
write_letter (Desk *desk, AmendsLetterKind kind)
{
  const AmendsRules rules = { desk->policy, desk->code, desk->calendar, NULL };

  return amends_letter_new (desk->complaint, &rules, desk->texts, kind, "Tamsin Roe",
                            day_of ("2026-11-30"));
}

/* Returns: how many pages it has */
static guint
print (Desk *desk, const AmendsLetter *letter, const char *text, guint size)
{
  g_autoptr (AmendsLetterPaper) paper = amends_letter_paper_new (letter, text, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) pdf = amends_letter_paper_to_pdf (paper, &error);

  g_assert_no_error (error);
  amends_sheet_write (pdf, desk->path, &error);
  g_assert_no_error (error);
  return amends_letter_paper_get_n_pages (paper);
}

static void
assert_document (Desk *desk, const AmendsLetter *letter, guint n_pages)
{
  json_auto_t *json = amends_letter_to_json (letter);

  test_paper_assert_document (desk->path, json, n_pages);
}

static void
assert_blocks (const char *flat, const AmendsLetter *letter)
{
  json_auto_t *json = amends_letter_to_json (letter);

  test_paper_assert_blocks (flat, json);
}

/* Who writes to whom: a form is signed by the resident, and whoever writes for them learns nothing of them. */
static void
assert_people (const char *flat, const AmendsLetter *letter)
{
  gboolean is_receipt = letter->kind == AMENDS_LETTER_RECEIPT;

  test_paper_assert_holds (flat,
                           is_receipt
                               ? "Kay Marsh 30 November 2026"
                               : "Ivy <b>Marsh</b> Quill Flat 12, Oak Court 30 November 2026");
  test_paper_assert_holds (flat, is_receipt ? "Dear Kay Marsh" : "Dear Ivy <b>Marsh</b> Quill");
  g_assert_cmpint (is_receipt, ==, strstr (flat, "Ivy") == NULL);
  g_assert_cmpint (is_receipt, ==, strstr (flat, "Flat 12") == NULL);
  if (letter->farewell != NULL)
    test_paper_assert_holds (flat, "Yours sincerely Tamsin Roe");
  else
    g_assert_null (strstr (flat, "Tamsin Roe"));
}

/* Every landlord, every letter, in ordinary and in the largest print. */
static void
test_every_letter (gconstpointer data)
{
  Desk desk;

  set_up (&desk, data);
  for (guint kind = 0; kind < AMENDS_LETTER_N_KINDS; kind++)
    {
      g_autoptr (AmendsLetter) letter = write_letter (&desk, (AmendsLetterKind) kind);

      for (guint size = AMENDS_LETTER_PRINT; size <= AMENDS_LETTER_LARGEST_PRINT;
           size += AMENDS_LETTER_PRINT)
        {
          guint n_pages = print (&desk, letter, NULL, size);
          g_autofree char *text = test_paper_ask ("pdftotext", "-q", desk.path, "-");
          g_autofree char *flat = test_paper_flatten (text);

          g_test_message ("%s %u", amends_letter_kind_to_string (letter->kind), size);
          assert_document (&desk, letter, n_pages);
          assert_blocks (flat, letter);
          test_paper_assert_holds (flat, letter->title);
          test_paper_assert_holds (flat, letter->landlord);
          g_assert_cmpint (strstr (flat, "7K-0001-H") == NULL, ==,
                           letter->kind == AMENDS_LETTER_RECEIPT);
          assert_people (flat, letter);
        }
    }
  put_away (&desk);
}

/* Who acts for them reads in whose name it is written, under a head of their own. */
static void
test_representative (void)
{
  const AmendsLetterTo to = { "Kay Marsh", "Ivy Quill" };
  Desk desk;
  AmendsRules rules;
  g_autoptr (AmendsLetter) letter = NULL;
  g_autofree char *text = NULL;
  g_autofree char *flat = NULL;

  set_up (&desk, "wdh");
  rules = (AmendsRules){ desk.policy, desk.code, desk.calendar, NULL };
  letter = amends_letter_new_to (desk.complaint, &rules, desk.texts, AMENDS_LETTER_RESPONSE, &to,
                                 "Tamsin Roe", day_of ("2026-11-30"));
  assert_document (&desk, letter, print (&desk, letter, NULL, letter->print_size));
  text = test_paper_ask ("pdftotext", "-q", desk.path, "-");
  flat = test_paper_flatten (text);
  test_paper_assert_holds (flat, "Kay Marsh 30 November 2026 Our reference: 7K-0001-H");
  test_paper_assert_holds (
      flat, "Dear Kay Marsh We write to you because you act for Ivy <b>Marsh</b> Quill. "
            "Where this letter says “you”, it means them. Ivy Quill gets this letter too.");
  g_assert_null (strstr (flat, "Flat 12"));
  put_away (&desk);
}

/* Points from the left of the first page where a line of Easy Read begins with @word, or from the right where it ends. */
static double
find_word (const char *boxes, const char *word, const char *key)
{
  g_auto (GStrv) lines = g_strsplit (boxes, "\n", -1);
  g_autofree char *wanted = g_strdup_printf (">%s<", word);
  g_autofree char *attribute = g_strdup_printf ("%s=\"", key);

  for (guint i = 0; lines[i] != NULL; i++)
    if (strstr (lines[i], wanted) != NULL)
      return g_ascii_strtod (strstr (lines[i], attribute) + strlen (attribute), NULL);
  g_error ("No “%s” in:\n%s", word, boxes);
}

/* Room beside each part for its picture: on the left, and in Urdu on the right. The text says all that the letter
 * does. */
static void
test_easy (void)
{
  static const TestAct easy[] = {
    { "issue.added", "\"what\":\"The lift stands still\"" },
    { "updated", "\"on\":\"2026-11-30\",\"text\":\"Zebra is here. It waits.\"" },
    { "adjustment.added", "\"need\":\"easy-read\"" },
  };
  static const struct
  {
    const char *texts;
    gboolean is_rtl;
  } languages[] = { { "en.letters", FALSE }, { "ur.letters", TRUE } };

  for (guint i = 0; i < G_N_ELEMENTS (languages); i++)
    {
      Desk desk;
      g_autoptr (AmendsLetter) letter = NULL;
      g_autofree char *boxes = NULL;
      double margin = AMENDS_SHEET_MARGIN;

      set_up_in (&desk, "wdh", languages[i].texts);
      amends_case_free (desk.complaint);
      desk.complaint = test_case_new (RECORDED, easy, G_N_ELEMENTS (easy));
      letter = write_letter (&desk, AMENDS_LETTER_UPDATE);
      assert_document (&desk, letter, print (&desk, letter, NULL, letter->print_size));
      boxes = test_paper_ask ("pdftotext", "-bbox", desk.path, "-");
      if (languages[i].is_rtl)
        g_assert_cmpfloat (find_word (boxes, "Zebra", "xMax"), <, AMENDS_SHEET_WIDTH - margin - 72);
      else
        g_assert_cmpfloat (find_word (boxes, "Zebra", "xMin"), >, margin + 72);
      g_assert_cmpfloat (find_word (boxes, "waits.", "yMin"), >,
                         find_word (boxes, "Zebra", "yMax"));
      put_away (&desk);
    }
}

/* In millimetres from the top: what the letter is about is below the fold, the address within the window. */
static void
test_envelope (void)
{
  Desk desk;
  g_autoptr (AmendsLetter) letter = NULL;

  set_up (&desk, "wdh");
  letter = write_letter (&desk, AMENDS_LETTER_RESPONSE);
  for (guint size = AMENDS_LETTER_PRINT; size <= AMENDS_LETTER_LARGEST_PRINT;
       size += AMENDS_LETTER_PRINT)
    {
      g_autofree char *boxes = NULL;
      g_auto (GStrv) lines = NULL;

      print (&desk, letter, NULL, size);
      boxes = test_paper_ask ("pdftotext", "-bbox", desk.path, "-");
      lines = g_strsplit (boxes, "\n", -1);
      for (guint i = 0; lines[i] != NULL; i++)
        {
          const char *at = strstr (lines[i], "yMin=\"");
          double top = at != NULL ? g_ascii_strtod (at + 6, NULL) * 25.4 / 72 : 0;

          if (strstr (lines[i], ">complaint:<") != NULL || strstr (lines[i], ">Dear<") != NULL)
            g_assert_cmpfloat (top, >, 99);
          if (strstr (lines[i], ">Court<") != NULL)
            g_assert_true (top > 48 && top < 86);
          if (strstr (lines[i], "</page>") != NULL)
            break;
        }
    }
  put_away (&desk);
}

/* Returns: whether the letters of @text are in @page, in whatever order and shape a reader finds them */
static gboolean
has_letters (const char *page, const char *text)
{
  g_autofree char *normal = g_utf8_normalize (page, -1, G_NORMALIZE_ALL_COMPOSE);
  gboolean has_all = TRUE;

  for (; *text != '\0'; text = g_utf8_next_char (text))
    if (g_unichar_isalpha (g_utf8_get_char (text)))
      has_all = has_all && g_utf8_strchr (normal, -1, g_utf8_get_char (text)) != NULL;
  return has_all;
}

/* What somebody wrote in another language has its own letters and its own direction. */
static void
test_languages (void)
{
  static const char *const words[] = { "آپ کی شکایت ہمیں مل گئی ہے۔ ہم دس دن میں جواب دیں گے۔",
                                       "Diolch i chi am ysgrifennu atom ynglŷn â'r dŵr yn y tŷ." };
  Desk desk;
  g_autoptr (AmendsLetter) letter = NULL;

  set_up (&desk, "wdh");
  letter = write_letter (&desk, AMENDS_LETTER_RESPONSE);
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    {
      g_autofree char *fonts = NULL;
      g_autofree char *text = NULL;

      print (&desk, letter, words[i], AMENDS_LETTER_LARGE_PRINT);
      text = test_paper_ask ("pdftotext", "-q", desk.path, "-");
      g_assert_true (has_letters (text, words[i]));
      fonts = test_paper_ask ("pdffonts", desk.path, NULL, NULL);
      g_assert_cmpint (strstr (fonts, "Noto") != NULL, ==, i == 0);
      /* The head is that of the record where the words bring none. */
      g_assert_nonnull (strstr (text, "Our answer to your complaint"));
    }
  put_away (&desk);
}

static void
assert_letters (const char *page, const char *text)
{
  if (!has_letters (page, text))
    g_error ("the letters of “%s” are not in:\n%s", text, page);
}

/* In another language every letter is laid out, with that language, its letters and its tags. */
static void
test_translated (gconstpointer data)
{
  g_autofree char *file = g_strconcat (data, ".letters", NULL);
  Desk desk;

  set_up_in (&desk, "wdh", file);
  for (guint kind = 0; kind < AMENDS_LETTER_N_KINDS; kind++)
    {
      g_autoptr (AmendsLetter) letter = write_letter (&desk, (AmendsLetterKind) kind);

      for (guint size = AMENDS_LETTER_PRINT; size <= AMENDS_LETTER_LARGEST_PRINT;
           size += AMENDS_LETTER_PRINT)
        {
          guint n_pages = print (&desk, letter, NULL, size);
          g_autofree char *text = test_paper_ask ("pdftotext", "-q", desk.path, "-");

          assert_document (&desk, letter, n_pages);
          for (guint i = 0; i < letter->blocks->len; i++)
            {
              const AmendsLetterBlock *block = g_ptr_array_index (letter->blocks, i);

              for (guint n = 0; n < block->paragraphs->len; n++)
                assert_letters (text, g_ptr_array_index (block->paragraphs, n));
            }
          assert_letters (text, letter->title);
          g_assert_cmpint (strstr (text, "7K-0001-H") == NULL, ==,
                           letter->kind == AMENDS_LETTER_RECEIPT);
        }
    }
  put_away (&desk);
}

/* In Easy Read each letter holds the words of each block; a form has its lines and boxes as ever. */
static void
test_every_easy (gconstpointer data)
{
  static const TestAct asked[] = { { "adjustment.added", "\"need\":\"easy-read\"" } };
  g_autofree char *file = g_strconcat (data, ".letters", NULL);
  TestAct all[G_N_ELEMENTS (acts) + 1];
  Desk desk;

  memcpy (all, acts, sizeof acts);
  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    if (all[i].type == NULL)
      {
        all[i] = asked[0];
        break;
      }
  set_up_in (&desk, "rosebery", file);
  amends_case_free (desk.complaint);
  desk.complaint = test_case_new (RECORDED, all, G_N_ELEMENTS (all));
  for (guint kind = 0; kind < AMENDS_LETTER_N_KINDS; kind++)
    {
      g_autoptr (AmendsLetter) letter = write_letter (&desk, (AmendsLetterKind) kind);
      g_autoptr (GPtrArray) lines = amends_letter_list_lines (letter, NULL);
      g_autofree char *text = NULL;

      g_test_message ("%s", amends_letter_kind_to_string (letter->kind));
      g_assert_cmpint (amends_letter_is_easy (letter), ==,
                       amends_letter_kind_is_to_complainant (letter->kind));
      assert_document (&desk, letter, print (&desk, letter, NULL, letter->print_size));
      text = test_paper_ask ("pdftotext", "-q", desk.path, "-");
      for (guint i = 0; i < lines->len; i++)
        assert_letters (text, ((const AmendsLetterLine *) g_ptr_array_index (lines, i))->text);
    }
  put_away (&desk);
}

static void
assert_code (Desk *desk, const AmendsLetter *letter, guint size)
{
  g_autofree char *scan = g_build_filename (desk->folder, "scan", NULL);
  const char *draw[] = { "pdftoppm", "-singlefile", "-gray", "-r", "150", desk->path, scan, NULL };
  g_autofree char *grey = g_strconcat (scan, ".pgm", NULL);
  const char *scanner[] = { "zbarimg", "--quiet", "--raw", "--nodbus", grey, NULL };
  g_autofree char *read = NULL;

  print (desk, letter, NULL, size);
  g_free (test_paper_run (draw));
  read = test_paper_run (scanner);
  g_assert_cmpstr (read, ==, "7K-0001-H\n");
  g_remove (grey);
}

/* Printed, scanned and read: the square code is the reference, in whatever size it is printed. */
static void
test_code (void)
{
  static const AmendsLetterKind kinds[] = {
    AMENDS_LETTER_AUTHORITY_FORM, AMENDS_LETTER_SHARING_FORM, AMENDS_LETTER_LOSS_FORM,
    AMENDS_LETTER_APPOINTMENT,    AMENDS_LETTER_WITHDRAWAL,   AMENDS_LETTER_FORWARDING
  };
  Desk desk;

  set_up (&desk, "wdh");
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr (AmendsLetter) letter = write_letter (&desk, kinds[i]);

      for (guint size = AMENDS_LETTER_PRINT; size <= AMENDS_LETTER_LARGEST_PRINT;
           size += AMENDS_LETTER_PRINT)
        assert_code (&desk, letter, size);
    }
  put_away (&desk);
}

/* A long text goes on over pages, and none of it is lost. */
static void
test_long (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *word = NULL;
  g_autofree char *page = NULL;
  g_autoptr (AmendsLetter) letter = NULL;
  Desk desk;
  guint n_pages;

  set_up (&desk, "wdh");
  letter = write_letter (&desk, AMENDS_LETTER_RESPONSE);
  for (guint i = 0; text->len < 200 * 1024; i++)
    g_string_append_printf (text, "word%u%s", i, i % 4000 == 3999 ? "\n" : " ");
  word = g_strnfill (2000, 'x');
  g_string_append (text, word);
  n_pages = print (&desk, letter, text->str, AMENDS_LETTER_PRINT);
  g_assert_cmpuint (n_pages, >, 30);
  page = test_paper_ask ("pdftotext", "-q", desk.path, "-");
  for (guint i = 0; i < 20000; i += 97)
    {
      g_autofree char *one = g_strdup_printf ("word%u", i);

      g_assert_nonnull (strstr (page, one));
    }
  g_assert_cmpuint (test_paper_count (page, "x"), >=, 2000);
  put_away (&desk);
}

static int
count_files (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  int n = 0;

  while (g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

/* On a disk that is full what was there stays as it was, nothing half made lies beside it, and it is said. */
static void
test_full (void)
{
  struct rlimit limit, full;
  g_autoptr (AmendsLetter) letter = NULL;
  g_autoptr (AmendsLetterPaper) paper = NULL;
  g_autoptr (GBytes) pdf = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *contents = NULL;
  gboolean is_written;
  Desk desk;

  set_up (&desk, "wdh");
  letter = write_letter (&desk, AMENDS_LETTER_RESPONSE);
  paper = amends_letter_paper_new (letter, NULL, AMENDS_LETTER_PRINT);
  g_assert_true (g_file_set_contents (desk.path, "before", -1, NULL));
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  full = (struct rlimit){ 4096, limit.rlim_max };
  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &full), ==, 0);
  pdf = amends_letter_paper_to_pdf (paper, &error);
  is_written = pdf != NULL && amends_sheet_write (pdf, desk.path, &error);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  g_assert_nonnull (pdf); /* it is made in memory */
  g_assert_false (is_written);
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_FAILED);
  g_assert_true (g_file_get_contents (desk.path, &contents, NULL, NULL));
  g_assert_cmpstr (contents, ==, "before");
  g_assert_cmpint (count_files (desk.folder), ==, 1);
  put_away (&desk);
}

/* The file is whole or is not there. */
static void
test_write (void)
{
  static const char one[] = "one", two[] = "two";
  g_autoptr (GBytes) first = g_bytes_new_static (one, 3);
  g_autoptr (GBytes) second = g_bytes_new_static (two, 3);
  g_autoptr (GError) error = NULL;
  g_autofree char *contents = NULL;
  g_autofree char *missing = NULL;
  GStatBuf status;
  Desk desk;

  set_up (&desk, "wdh");
  missing = g_build_filename (desk.folder, "none", "letter.pdf", NULL);
  g_assert_true (amends_sheet_write (first, desk.path, &error));
  g_assert_true (amends_sheet_write (second, desk.path, &error));
  g_assert_no_error (error);
  g_file_get_contents (desk.path, &contents, NULL, NULL);
  g_assert_cmpstr (contents, ==, two);
  g_assert_cmpint (g_stat (desk.path, &status), ==, 0);
  g_assert_cmpuint (status.st_mode & 0777, ==, 0600);
  g_assert_false (amends_sheet_write (first, desk.folder, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_INVAL);
  g_clear_error (&error);
  g_assert_false (amends_sheet_write (first, missing, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT);
  put_away (&desk);
}

static void
draw_unrestored_cb (cairo_t *cr, gpointer user_data)
{
  cairo_restore (cr);
  cairo_show_page (cr);
}

static void
draw_crossed_cb (cairo_t *cr, gpointer user_data)
{
  amends_sheet_begin_tag (cr, "H1");
  cairo_paint (cr); /* on an empty page no tag is looked at */
  amends_sheet_end_tag (cr, "P");
  cairo_show_page (cr);
}

/* Of what could not be drawn, or not be tagged, there is no document. */
static void
test_undrawn (void)
{
  static const AmendsSheetDraw draws[] = { draw_unrestored_cb, draw_crossed_cb };
  const AmendsSheetInfo info = { AMENDS_SHEET_WIDTH, AMENDS_SHEET_HEIGHT, "One", "en" };

  for (gsize i = 0; i < G_N_ELEMENTS (draws); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (amends_sheet_to_pdf (&info, draws[i], NULL, &error));
      g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_FAILED);
      g_test_message ("%s", error->message);
    }
}

/* What was cut from the words, and what was left as a gap. */
static void
test_cut (void)
{
  g_autoptr (AmendsLetter) letter = NULL;
  g_autoptr (GPtrArray) cut = NULL;
  g_autofree char *text = NULL;
  Desk desk;
  char *at;

  set_up (&desk, "wdh");
  letter = write_letter (&desk, AMENDS_LETTER_RESPONSE);
  text = amends_letter_to_text (letter);
  cut = amends_letter_list_cut (letter, text);
  g_assert_cmpuint (cut->len, ==, 0);
  g_clear_pointer (&cut, g_ptr_array_unref);

  /* Another heading, and the block is not found; its words taken away, and it is empty. */
  at = strstr (text, "\nWhat we decided\n");
  at[1] = 'w';
  at = strstr (text, "An apology");
  at[0] = 'a';
  cut = amends_letter_list_cut (letter, text);
  g_assert_cmpuint (cut->len, ==, 2);
  g_assert_cmpstr (((AmendsLetterBlock *) g_ptr_array_index (cut, 0))->name, ==, "decision");
  g_assert_cmpstr (((AmendsLetterBlock *) g_ptr_array_index (cut, 1))->name, ==, "no-admission");
  put_away (&desk);
}

/* Under the last heading who signs is no word of it (Complaint Handling Code 2024, 3.7). */
static void
test_cut_last (void)
{
  g_autoptr (AmendsLetter) letter = NULL;
  g_autoptr (GPtrArray) cut = NULL;
  g_autofree char *text = NULL;
  g_autofree char *emptied = NULL;
  Desk desk;

  set_up (&desk, "wdh");
  letter = write_letter (&desk, AMENDS_LETTER_RESPONSE);
  text = amends_letter_to_text (letter);
  *strstr (text, "You can ask the Housing Ombudsman") = '\0';
  emptied = g_strconcat (text, letter->farewell, "\n", letter->sender, "\n", NULL);
  cut = amends_letter_list_cut (letter, emptied);
  g_assert_cmpuint (cut->len, ==, 1);
  g_assert_cmpstr (((AmendsLetterBlock *) g_ptr_array_index (cut, 0))->name, ==, "ombudsman");
  put_away (&desk);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < N_LANDLORDS; i++)
    {
      g_autofree char *path = g_strconcat ("/letter-paper/", policy_ids[i], NULL);

      g_test_add_data_func (path, policy_ids[i], test_every_letter);
    }
  g_test_add_data_func ("/letter-paper/translated/cy", "cy", test_translated);
  g_test_add_data_func ("/letter-paper/translated/ur", "ur", test_translated);
  g_test_add_data_func ("/letter-paper/easy/en", "en", test_every_easy);
  g_test_add_data_func ("/letter-paper/easy/cy", "cy", test_every_easy);
  g_test_add_data_func ("/letter-paper/easy/ur", "ur", test_every_easy);
  g_test_add_func ("/letter-paper/easy", test_easy);
  g_test_add_func ("/letter-paper/representative", test_representative);
  g_test_add_func ("/letter-paper/envelope", test_envelope);
  g_test_add_func ("/letter-paper/languages", test_languages);
  g_test_add_func ("/letter-paper/code", test_code);
  g_test_add_func ("/letter-paper/long", test_long);
  g_test_add_func ("/letter-paper/write", test_write);
  g_test_add_func ("/letter-paper/full", test_full);
  g_test_add_func ("/letter-paper/undrawn", test_undrawn);
  g_test_add_func ("/letter-paper/cut", test_cut);
  g_test_add_func ("/letter-paper/cut-last", test_cut_last);

  return g_test_run ();
}
