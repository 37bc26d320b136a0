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

/* One switch and the usual step, until something else is chosen. */
static void
take_switches (AmendsKioskComfort *self, const json_t *answers)
{
  const char *chosen = amends_kiosk_flow_get_chosen (answers, PAGE_OF_SWITCHES);
  guint64 step_ms = AMENDS_KIOSK_SCAN_STEP_MS;
  gboolean is_step =
      chosen == NULL || g_ascii_string_to_unsigned (chosen, 10, 1, G_MAXUINT, &step_ms, NULL);

  self->step_ms = (guint) step_ms;
  if (!amends_kiosk_answers_has (answers, PAGE, SWITCHES))
    self->switches = AMENDS_KIOSK_NO_SWITCH;
  else
    self->switches = is_step ? AMENDS_KIOSK_ONE_SWITCH : AMENDS_KIOSK_TWO_SWITCHES;
}

/**
 * amends_kiosk_comfort_take:
 * @question: the answer to which is another now
 *
 * What they chose themselves stands, whatever they press later.
 */
void
amends_kiosk_comfort_take (AmendsKioskComfort *self,
                           const AmendsKioskQuestion *question,
                           const json_t *answers)
{
  if (g_str_equal (question->id, PAGE_OF_SWITCHES))
    self->has_begun_by_key = FALSE;
  else if (!g_str_equal (question->id, PAGE))
    return;
  take_switches (self, answers);
  self->has_contrast = amends_kiosk_answers_has (answers, PAGE, "contrast");
  self->is_slower = amends_kiosk_answers_has (answers, PAGE, "slower");
  self->reads_all = amends_kiosk_answers_has (answers, PAGE, "aloud");
  if (!g_str_equal (question->id, PAGE))
    return;
  if (amends_kiosk_answers_has (answers, PAGE, "large"))
    self->percent = MAX (self->percent, LARGER_PERCENT);
  else
    self->percent = 100;
}

/**
 * amends_kiosk_comfort_take_key:
 * @keyval: a key that was pressed
 * @begins: whether a visit begins with it, if it is a switch's
 *
 * Whoever has one switch and nothing else can begin with it, and find everything from there. Another key says that
 * they have more than that.
 * Returns: whether something is otherwise now
 */
gboolean
amends_kiosk_comfort_take_key (AmendsKioskComfort *self,
                               guint keyval,
                               gboolean begins,
                               json_t *answers)
{
  gboolean is_switch = amends_kiosk_scan_is_switch (keyval);

  if (is_switch ? !begins : !self->has_begun_by_key)
    return FALSE;
  if (keyval == GDK_KEY_Shift_L || keyval == GDK_KEY_Shift_R)
    return FALSE;
  self->has_begun_by_key = is_switch;
  amends_kiosk_answers_choose (answers, PAGE, SWITCHES, is_switch);
  take_switches (self, answers);
  return TRUE;
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
  for (guint i = 0; (language = amends_kiosk_language_nth (i)) != NULL; i++)
    set_class (window, language->code, language == amends_kiosk_language_get ());
  amends_kiosk_scan_set (amends_kiosk_frame_get_scan (frame), self->switches, self->step_ms);
  amends_kiosk_frame_set_reads (frame, self->reads_all);
}
