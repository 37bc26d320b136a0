/* amends-kiosk-shown.c: what a visitor showed to the screen, or said to it
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * In memory alone, as the words are, and never in a file that was not sealed. How many there are stands among the
 * answers, where a question looks whether it was answered. */

#include "config.h"

#include "app/kiosk/amends-kiosk-shown.h"

#include "app/amends-session.h"
#include "app/kiosk/amends-kiosk-answers.h"
#include "app/kiosk/amends-kiosk-flow.h"

struct _AmendsKioskShown
{
  json_t *answers;
  GPtrArray *things; /* element-type Thing: in the order in which they were shown */
};

typedef struct
{
  const char *id;
  const char *kind;
  GBytes *file;
} Thing;

static void
thing_free (gpointer data)
{
  Thing *thing = data;

  g_bytes_unref (thing->file);
  g_free (thing);
}

/**
 * amends_kiosk_shown_new:
 * @answers: in which it says how many there are
 *
 * Returns: (transfer full): nothing yet
 */
AmendsKioskShown *
amends_kiosk_shown_new (json_t *answers)
{
  AmendsKioskShown *self = g_new0 (AmendsKioskShown, 1);

  self->answers = json_incref (answers);
  self->things = g_ptr_array_new_with_free_func (thing_free);
  return self;
}

void
amends_kiosk_shown_free (AmendsKioskShown *self)
{
  g_ptr_array_unref (self->things);
  json_decref (self->answers);
  g_free (self);
}

/**
 * amends_kiosk_shown_clear:
 *
 * All of it goes, as the answers do beside it.
 */
void
amends_kiosk_shown_clear (AmendsKioskShown *self)
{
  g_ptr_array_set_size (self->things, 0);
}

/* Returns: (transfer none) (nullable): the thing, or %NULL with how many there are in @ret_n */
static Thing *
find (AmendsKioskShown *self, const char *id, const char *kind, guint i, guint *ret_n)
{
  guint n = 0;

  for (guint at = 0; at < self->things->len; at++)
    {
      Thing *thing = g_ptr_array_index (self->things, at);

      if (g_str_equal (thing->id, id) && g_str_equal (thing->kind, kind) && n++ == i)
        return thing;
    }
  *ret_n = n;
  return NULL;
}

static void
count (AmendsKioskShown *self, const char *id, const char *kind)
{
  guint n = 0;

  find (self, id, kind, G_MAXUINT, &n);
  amends_kiosk_answers_set_number (self->answers, id, kind, n);
}

/**
 * amends_kiosk_shown_add:
 * @id: of the question that it answers
 * @kind: %AMENDS_KIOSK_PHOTOGRAPHS, or another of them
 * @file: what is in it
 */
void
amends_kiosk_shown_add (AmendsKioskShown *self, const char *id, const char *kind, GBytes *file)
{
  Thing *thing = g_new0 (Thing, 1);

  thing->id = g_intern_string (id);
  thing->kind = g_intern_string (kind);
  thing->file = g_bytes_ref (file);
  g_ptr_array_add (self->things, thing);
  count (self, id, kind);
}

/**
 * amends_kiosk_shown_remove:
 * @i: which of them, from 0
 */
void
amends_kiosk_shown_remove (AmendsKioskShown *self, const char *id, const char *kind, guint i)
{
  guint n;
  Thing *thing = find (self, id, kind, i, &n);

  if (thing == NULL)
    return;
  g_ptr_array_remove (self->things, thing);
  count (self, id, kind);
}

/**
 * amends_kiosk_shown_nth:
 * @i: from 0
 *
 * Returns: (transfer none) (nullable): what is in it; %NULL after the last
 */
GBytes *
amends_kiosk_shown_nth (AmendsKioskShown *self, const char *id, const char *kind, guint i)
{
  guint n;
  const Thing *thing = find (self, id, kind, i, &n);

  return thing != NULL ? thing->file : NULL;
}

/* What staff read of it, in English. */
static const struct
{
  const char *id; /* (nullable): of the question; %NULL for any other */
  const char *kind;
  const char *what;
  const char *name;
  const char *caption; /* (nullable) */
} rows[] = {
  { "behalf", AMENDS_KIOSK_PHOTOGRAPHS, "scan", "Paper",
    "What they showed at the kiosk when it asked whether they may speak for the complainant" },
  { NULL, AMENDS_KIOSK_PHOTOGRAPHS, "photograph", "Photograph", NULL },
  { "behalf", AMENDS_KIOSK_RECORDINGS, "recording", "Answer",
    "What was said aloud at the kiosk when it asked whether they may speak for the complainant. "
    "Whose voice it is was "
    "not checked" },
  { "send", AMENDS_KIOSK_RECORDINGS, "recording", "Said at the end",
    "What was said aloud at the kiosk when it asked whether to send this. Whose voice it is was "
    "not "
    "checked" },
  { NULL, AMENDS_KIOSK_RECORDINGS, "recording", "Recording", NULL },
  { "behalf", AMENDS_KIOSK_SIGNATURES, "signature", "Signature",
    "Drawn on the kiosk's screen, which said: if they are with you, they can sign here that you "
    "may "
    "speak for them. Whose hand it is was not checked" },
  { NULL, AMENDS_KIOSK_SIGNATURES, "signature", "Signature",
    "Drawn on the kiosk's screen when it asked whether to send this. Whose hand it is was not "
    "checked" },
};

static AmendsNewBytes *
make_file (const Thing *thing, guint number)
{
  AmendsNewBytes *file;
  guint row = 0;

  while ((rows[row].id != NULL && !g_str_equal (rows[row].id, thing->id))
         || !g_str_equal (rows[row].kind, thing->kind))
    if (++row == G_N_ELEMENTS (rows))
      return NULL;
  file = g_new0 (AmendsNewBytes, 1);
  file->bytes = g_bytes_ref (thing->file);
  file->facts =
      json_pack ("{s:s, s:o, s:s*}", "what", rows[row].what, "name",
                 json_sprintf ("%s %u", rows[row].name, number), "caption", rows[row].caption);
  return file;
}

/**
 * amends_kiosk_shown_count:
 * @files: (element-type AmendsNewBytes): what is sent
 * @what: a code of the list "attachment-what"
 *
 * Returns: how many of them are that
 */
guint
amends_kiosk_shown_count (const GPtrArray *files, const char *what)
{
  guint n = 0;

  for (guint i = 0; i < files->len; i++)
    {
      const AmendsNewBytes *file = g_ptr_array_index (files, i);

      if (g_strcmp0 (json_string_value (json_object_get (file->facts, "what")), what) == 0)
        n++;
    }
  return n;
}

/**
 * amends_kiosk_shown_get_files:
 * @asked: the answers to what was asked in the end: what was shown for another question stays here
 *
 * Returns: (transfer full) (element-type AmendsNewBytes): what is sent of it
 */
GPtrArray *
amends_kiosk_shown_get_files (AmendsKioskShown *self, const json_t *asked)
{
  GPtrArray *files = g_ptr_array_new_with_free_func (amends_new_bytes_free);

  for (guint i = 0; i < self->things->len; i++)
    {
      const Thing *thing = g_ptr_array_index (self->things, i);
      AmendsNewBytes *file = NULL;

      if (amends_kiosk_answers_get_number (asked, thing->id, thing->kind) > 0)
        file = make_file (thing, files->len + 1);
      if (file != NULL)
        g_ptr_array_add (files, file);
    }
  return files;
}
