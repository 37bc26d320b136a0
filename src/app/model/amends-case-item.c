/* amends-case-item.c: a line of the list of cases
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/model/amends-case-item.h"

#include <glib/gi18n.h>

#include "app/amends-words.h"

struct _AmendsCaseItem
{
  GObject parent_instance;

  AmendsId id; /* number 0 until its line is read */
  char *name;
  char *place;
  char *summary;
  char *when;
  char *sentence;
  gboolean is_late;
  guint n_conflicts;
  guint n_waiting;
};

G_DEFINE_FINAL_TYPE (AmendsCaseItem, amends_case_item, G_TYPE_OBJECT)

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
clear_texts (AmendsCaseItem *self)
{
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->place, g_free);
  g_clear_pointer (&self->summary, g_free);
  g_clear_pointer (&self->when, g_free);
  g_clear_pointer (&self->sentence, g_free);
}

static void
amends_case_item_finalize (GObject *object)
{
  AmendsCaseItem *self = AMENDS_CASE_ITEM (object);

  clear_texts (self);
  G_OBJECT_CLASS (amends_case_item_parent_class)->finalize (object);
}

static void
amends_case_item_class_init (AmendsCaseItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = amends_case_item_finalize;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", AMENDS_TYPE_CASE_ITEM, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
amends_case_item_init (AmendsCaseItem *self)
{
}

/* A case whose line is still to be read. */
AmendsCaseItem *
amends_case_item_new_case (void)
{
  return g_object_new (AMENDS_TYPE_CASE_ITEM, NULL);
}

/* Until when something is owed in it, or since; where nothing is, when it was received. */
static char *
describe_when (const AmendsCaseRow *row, AmendsDay today)
{
  g_autofree char *day = NULL;

  if (row->due_day == AMENDS_DAY_NONE)
    return amends_words_iso_day (row->received);
  day = amends_words_near_day (row->due_day, today);
  if (row->due_day == today)
    return g_strdup (_ ("Today"));
  /* Translators: days on which something is due, or was. */
  return g_strdup_printf (row->due_day < today ? _ ("was %s") : _ ("by %s"), day);
}

/**
 * amends_case_item_set_row:
 * @row: the line, as the store has it now
 */
void
amends_case_item_set_row (AmendsCaseItem *self, const AmendsCaseRow *row)
{
  AmendsDay today = amends_words_today ();
  g_autofree char *waiting = NULL;

  g_return_if_fail (AMENDS_IS_CASE_ITEM (self));

  clear_texts (self);
  self->id = row->id;
  self->name = g_strdup (g_strcmp0 (row->kind, "erased") == 0  ? C_ ("case", "Erased")
                         : g_strcmp0 (row->kind, "moved") == 0 ? C_ ("case", "Moved")
                         : row->complainant != NULL            ? row->complainant
                                                               : _ ("Anonymous"));
  self->place = g_strdup (row->home != NULL ? row->home : "");
  self->summary = g_strdup (row->summary != NULL ? row->summary : "");
  self->is_late = row->due_day != AMENDS_DAY_NONE && row->due_day < today;
  self->when = describe_when (row, today);
  self->n_conflicts = row->n_conflicts;
  self->n_waiting = row->n_waiting;
  waiting = row->n_waiting > 0 ? g_strdup (_ ("waiting to be sent")) : g_strdup ("");
  self->sentence =
      amends_words_join (", ", row->n_conflicts > 0 ? _ ("Two versions to settle") : "", self->name,
                         self->place, self->summary, self->is_late ? _ ("late") : "", self->when,
                         row->reference != NULL ? row->reference : "", waiting, NULL);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* The number is 0 until the line is read. */
const AmendsId *
amends_case_item_get_id (AmendsCaseItem *self)
{
  return &self->id;
}

static const char *
or_empty (const char *text)
{
  return text != NULL ? text : "";
}

const char *
amends_case_item_get_name (AmendsCaseItem *self)
{
  return or_empty (self->name);
}

const char *
amends_case_item_get_place (AmendsCaseItem *self)
{
  return or_empty (self->place);
}

const char *
amends_case_item_get_summary (AmendsCaseItem *self)
{
  return or_empty (self->summary);
}

const char *
amends_case_item_get_when (AmendsCaseItem *self)
{
  return or_empty (self->when);
}

/* The whole line as a screen reader says it. */
const char *
amends_case_item_get_sentence (AmendsCaseItem *self)
{
  return or_empty (self->sentence);
}

/* Whether what is owed first in it is late. */
gboolean
amends_case_item_get_late (AmendsCaseItem *self)
{
  return self->is_late;
}

guint
amends_case_item_get_n_conflicts (AmendsCaseItem *self)
{
  return self->n_conflicts;
}

guint
amends_case_item_get_n_waiting (AmendsCaseItem *self)
{
  return self->n_waiting;
}
