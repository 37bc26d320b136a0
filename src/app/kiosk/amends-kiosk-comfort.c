/* amends-kiosk-comfort.c: how a visitor uses the screen
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/kiosk/amends-kiosk-comfort.h"

#include "app/kiosk/amends-kiosk-language.h"
#include "app/kiosk/amends-kiosk-style.h"

/* What "Larger words" is at least. */
#define LARGER_PERCENT 125

#define PAGE "comfort"
#define PAGE_OF_SWITCHES "switches"
#define SWITCHES "switches"

/* The keys of two switches, of which each was pressed at least once. */
#define KEY_OF_SPACE 1u
#define KEY_OF_ENTER 2u
#define BOTH_KEYS (KEY_OF_SPACE | KEY_OF_ENTER)

/**
 * amends_kiosk_comfort_clear:
 *
 * As the next visitor finds it.
 */
void
amends_kiosk_comfort_clear (AmendsKioskComfort *self)
{
  *self = (AmendsKioskComfort){ .percent = 100, .step_ms = AMENDS_KIOSK_SCAN_STEP_MS };
}

/**
 * amends_kiosk_comfort_step_text:
 *
 * Everything grows by a step, and after the last is as it was.
 */
void
amends_kiosk_comfort_step_text (AmendsKioskComfort *self)
{
  static const int steps[] = { 100, 125, 150, 200 };

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    if (steps[i] > self->percent)
      {
        self->percent = steps[i];
        return;
      }
  self->percent = steps[0];
}

/* One switch until the other was pressed too, where nothing but switches chose two: somebody who has one alone would
 * stand still. */
static void
set_switches (AmendsKioskComfort *self)
{
  if (!self->has_begun_by_key && !self->has_chosen)
    self->switches = AMENDS_KIOSK_NO_SWITCH;
  else if (self->wants_two && self->keys == BOTH_KEYS)
    self->switches = AMENDS_KIOSK_TWO_SWITCHES;
  else
    self->switches = AMENDS_KIOSK_ONE_SWITCH;
}

/* One switch and the usual step, until something else is chosen. */
static void
take_speed (AmendsKioskComfort *self, const json_t *answers)
{
  const char *chosen = amends_kiosk_flow_get_chosen (answers, PAGE_OF_SWITCHES);
  guint64 step_ms = AMENDS_KIOSK_SCAN_STEP_MS;

  self->wants_two =
      chosen != NULL && !g_ascii_string_to_unsigned (chosen, 10, 1, G_MAXUINT, &step_ms, NULL);
  self->step_ms = (guint) step_ms;
}

/* What they chose themselves stands, whatever they press later; but what a switch chose never takes scanning away. */
static void
take_chosen (AmendsKioskComfort *self,
             const AmendsKioskQuestion *question,
             json_t *answers,
             gboolean by_switch)
{
  gboolean is_speed = g_str_equal (question->id, PAGE_OF_SWITCHES);

  if (is_speed)
    amends_kiosk_answers_choose (answers, PAGE, SWITCHES, TRUE);
  if (is_speed && !by_switch)
    self->keys = BOTH_KEYS;
  self->has_chosen = amends_kiosk_answers_has (answers, PAGE, SWITCHES);
  if (self->has_chosen)
    self->has_begun_by_key = FALSE;
  else if (by_switch)
    self->has_begun_by_key = TRUE;
  amends_kiosk_answers_choose (answers, PAGE, AMENDS_KIOSK_BEGUN_BY_KEY, self->has_begun_by_key);
  take_speed (self, answers);
  set_switches (self);
}

/* Only what "Larger words" made larger is made smaller without it: the size may have been chosen in another way. */
static void
take_size (AmendsKioskComfort *self, const json_t *answers)
{
  gboolean is_large = amends_kiosk_answers_has (answers, PAGE, "large");

  if (is_large && !self->is_large)
    self->percent = MAX (self->percent, LARGER_PERCENT);
  else if (!is_large && self->is_large)
    self->percent = 100;
  self->is_large = is_large;
}

/**
 * amends_kiosk_comfort_take:
 * @question: the answer to which is another now
 * @by_switch: whether it was chosen by scanning
 */
void
amends_kiosk_comfort_take (AmendsKioskComfort *self,
                           const AmendsKioskQuestion *question,
                           json_t *answers,
                           gboolean by_switch)
{
  gboolean is_page = g_str_equal (question->id, PAGE);

  if (!is_page && !g_str_equal (question->id, PAGE_OF_SWITCHES))
    return;
  take_chosen (self, question, answers, by_switch);
  self->has_contrast = amends_kiosk_answers_has (answers, PAGE, "contrast");
  self->is_slower = amends_kiosk_answers_has (answers, PAGE, "slower");
  self->reads_all = amends_kiosk_answers_has (answers, PAGE, "aloud");
  if (is_page)
    take_size (self, answers);
}

/**
 * amends_kiosk_comfort_take_key:
 * @keyval: a key that was pressed
 * @begins: whether a visit begins with it, if it is a switch's
 *
 * Whoever has one switch and nothing else can begin with it, and find everything from there. Another key says that
 * they have more than that; the second of two switches, that they have two.
 * Returns: whether something is otherwise now
 */
gboolean
amends_kiosk_comfort_take_key (AmendsKioskComfort *self,
                               guint keyval,
                               gboolean begins,
                               json_t *answers)
{
  gboolean is_switch = amends_kiosk_scan_is_switch (keyval);
  AmendsKioskSwitches before = self->switches;

  if (is_switch)
    self->keys |= keyval == GDK_KEY_space ? KEY_OF_SPACE : KEY_OF_ENTER;
  if (is_switch ? begins : self->has_begun_by_key)
    {
      if (keyval == GDK_KEY_Shift_L || keyval == GDK_KEY_Shift_R)
        return FALSE;
      self->has_begun_by_key = is_switch;
      amends_kiosk_answers_choose (answers, PAGE, AMENDS_KIOSK_BEGUN_BY_KEY, is_switch);
    }
  set_switches (self);
  return self->switches != before;
}

static void
set_class (GtkWidget *widget, const char *name, gboolean is_on)
{
  if (is_on)
    gtk_widget_add_css_class (widget, name);
  else
    gtk_widget_remove_css_class (widget, name);
}

/**
 * amends_kiosk_comfort_apply:
 * @window: of the kiosk
 * @frame: in it
 *
 * To all that is on the screen.
 */
void
amends_kiosk_comfort_apply (const AmendsKioskComfort *self,
                            GtkWidget *window,
                            AmendsKioskFrame *frame)
{
  const AmendsKioskLanguage *language;

  amends_kiosk_style_apply (gtk_widget_get_display (window), self->percent);
  set_class (window, "contrast", self->has_contrast);
  set_class (window, "large", self->percent >= AMENDS_KIOSK_LARGE_PERCENT);
  for (guint i = 0; (language = amends_kiosk_language_nth (i)) != NULL; i++)
    set_class (window, language->code, language == amends_kiosk_language_get ());
  amends_kiosk_scan_set (amends_kiosk_frame_get_scan (frame), self->switches, self->step_ms);
  amends_kiosk_frame_set_reads (frame, self->reads_all);
}
