/* amends-case-item.c: a line of the list: a case, a draft, or the heading of a group
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/model/amends-case-item.h"

#include <string.h>

#include <glib/gi18n.h>

#include "app/amends-words.h"

struct _AmendsCaseItem
{
  GObject parent_instance;

  AmendsCaseItemKind kind;
  AmendsId id;    /* of a case that was read */
  gint64 draft;   /* of a draft */
  json_t *intake; /* (nullable) (owned): of a draft */
  char *name;
  char *place;
  char *summary;
  char *when;
  char *sentence;
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
  json_decref (self->intake);
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

/**
 * amends_case_item_new_heading:
 * @title: the name of the group
 * @n_items: how many it has
 */
AmendsCaseItem *
amends_case_item_new_heading (const char *title, guint n_items)
{
  AmendsCaseItem *self = g_object_new (AMENDS_TYPE_CASE_ITEM, NULL);

  self->kind = AMENDS_CASE_ITEM_HEADING;
  self->name = g_strdup (title);
  self->when = g_strdup_printf ("%u", n_items);
  self->sentence = g_strdup_printf ("%s, %u", title, n_items);
  return self;
}

/* A case whose line is still to be read. */
AmendsCaseItem *
amends_case_item_new_case (void)
{
  AmendsCaseItem *self = g_object_new (AMENDS_TYPE_CASE_ITEM, NULL);

  self->kind = AMENDS_CASE_ITEM_CASE;
  return self;
}

static const char *
first_text (const json_t *intake, const char *object, const char *key)
{
  const json_t *holder = json_object_get (intake, object);

  if (json_is_array (holder))
    holder = json_array_get (holder, 0);
  return json_string_value (json_object_get (holder, key));
}

static char *
first_line (const char *text)
{
  const char *end = text != NULL ? strchr (text, '\n') : NULL;

  if (text == NULL)
    return g_strdup ("");
  return end != NULL ? g_strndup (text, (gsize) (end - text)) : g_strdup (text);
}

/**
 * amends_case_item_new_draft:
 * @draft: what was kept for later
 */
AmendsCaseItem *
amends_case_item_new_draft (const AmendsDraft *draft)
{
  AmendsCaseItem *self = g_object_new (AMENDS_TYPE_CASE_ITEM, NULL);
  const char *name = first_text (draft->intake, "complainant", "name");
  const char *home = first_text (draft->intake, "complainant", "home");
  g_autofree char *when = amends_words_instant (draft->changed_at);

  self->kind = AMENDS_CASE_ITEM_DRAFT;
  self->draft = draft->draft;
  self->intake = json_incref (draft->intake);
  self->name = g_strdup (name != NULL ? name : _ ("No name yet"));
  self->place = g_strdup (home != NULL ? home : "");
  self->summary = first_line (first_text (draft->intake, "issues", "what"));
  if (*self->summary == '\0')
    {
      g_free (self->summary);
      self->summary = g_strdup (_ ("Finish the record"));
    }
  self->when = g_steal_pointer (&when);
  self->sentence =
      g_strdup_printf (_ ("Unfinished: %s, %s, %s"), self->name, self->summary, self->when);
  return self;
}

/**
 * amends_case_item_set_row:
 * @row: the line, as the store has it now
 */
void
amends_case_item_set_row (AmendsCaseItem *self, const AmendsCaseRow *row)
{
  g_autofree char *waiting = NULL;

  g_return_if_fail (AMENDS_IS_CASE_ITEM (self) && self->kind == AMENDS_CASE_ITEM_CASE);

  clear_texts (self);
  self->id = row->id;
  self->name = g_strdup (g_strcmp0 (row->kind, "erased") == 0 ? C_ ("case", "Erased")
                         : row->complainant != NULL           ? row->complainant
                                                              : _ ("Anonymous"));
  self->place = g_strdup (row->home != NULL ? row->home : "");
  self->summary = g_strdup (row->summary != NULL ? row->summary : "");
  self->when = amends_words_iso_day (row->received);
  self->n_conflicts = row->n_conflicts;
  self->n_waiting = row->n_waiting;
  waiting = row->n_waiting > 0 ? g_strdup (_ ("waiting to be sent")) : g_strdup ("");
  self->sentence =
      amends_words_join (", ", row->n_conflicts > 0 ? _ ("Two versions to settle") : "", self->name,
                         self->place, self->summary, self->when,
                         row->reference != NULL ? row->reference : "", waiting, NULL);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

AmendsCaseItemKind
amends_case_item_get_kind (AmendsCaseItem *self)
{
  return self->kind;
}

/* The number is 0 until the line is read, and for what is no case. */
const AmendsId *
amends_case_item_get_id (AmendsCaseItem *self)
{
  return &self->id;
}

gint64
amends_case_item_get_draft (AmendsCaseItem *self)
{
  return self->draft;
}

/* (nullable) (transfer none): of a draft. */
const json_t *
amends_case_item_get_intake (AmendsCaseItem *self)
{
  return self->intake;
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
