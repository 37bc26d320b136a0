/* amends-kiosk-comfort.h: how a visitor uses the screen
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Chosen on the page "How would you like to use this screen?", kept for one visit and sent nowhere. */

#pragma once

#include <gtk/gtk.h>

#include "app/kiosk/amends-kiosk-flow.h"
#include "app/kiosk/amends-kiosk-frame.h"

G_BEGIN_DECLS

/**
 * AmendsKioskComfort:
 * @percent: how large everything is, from 100
 * @has_contrast: white on black
 * @is_slower: the screen waits longer before it asks whether they are there
 * @reads_all: every page is read aloud
 * @switches: with how many, if any, it is used
 * @step_ms: how long the ring of one switch stays in one place, in milliseconds
 * @is_large: "Larger words" is chosen
 * @has_chosen: that they use switches
 * @wants_two: of them
 * @has_begun_by_key: they have a ring since they pressed Space or Enter, have not chosen to, and have touched no
 * other key
 * @keys: which of the keys of two switches they have
 */
typedef struct
{
  int percent;
  gboolean has_contrast;
  gboolean is_slower;
  gboolean reads_all;
  AmendsKioskSwitches switches;
  guint step_ms;
  gboolean is_large;
  gboolean has_chosen;
  gboolean wants_two;
  gboolean has_begun_by_key;
  guint keys;
} AmendsKioskComfort;

void amends_kiosk_comfort_clear (AmendsKioskComfort *self);
void amends_kiosk_comfort_step_text (AmendsKioskComfort *self);
void amends_kiosk_comfort_take (AmendsKioskComfort *self,
                                const AmendsKioskQuestion *question,
                                json_t *answers,
                                gboolean by_switch);
gboolean amends_kiosk_comfort_take_key (AmendsKioskComfort *self,
                                        guint keyval,
                                        gboolean begins,
                                        json_t *answers);
void amends_kiosk_comfort_apply (const AmendsKioskComfort *self,
                                 GtkWidget *window,
                                 AmendsKioskFrame *frame);

G_END_DECLS
