/* amends-kiosk-locked.c: what a kiosk does not do for whoever stands before it
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What GTK would open by itself, or bring in from elsewhere. The window asks before anything in it does. */

#include "config.h"

#include "app/kiosk/amends-kiosk-locked.h"

/**
 * amends_kiosk_locked_takes_key:
 *
 * The inspector's keys, those that would close or leave the window, and those that open the menu of a text, copy from
 * it or paste into it.
 *
 * Returns: whether it goes no further
 */
gboolean
amends_kiosk_locked_takes_key (guint keyval, GdkModifierType modifiers)
{
  if ((modifiers & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK)) != 0)
    return TRUE;
  switch (keyval)
    {
    case GDK_KEY_Menu:
    case GDK_KEY_F10:
    case GDK_KEY_Insert:
    case GDK_KEY_KP_Insert:
      return TRUE;
    case GDK_KEY_Delete:
    case GDK_KEY_KP_Delete:
      return (modifiers & GDK_SHIFT_MASK) != 0; /* it cuts */
    default:
      return FALSE;
    }
}

/**
 * amends_kiosk_locked_takes_press:
 *
 * A finger is the first button of a mouse. The others open the menu of a text, and paste.
 *
 * Returns: whether it goes no further
 */
gboolean
amends_kiosk_locked_takes_press (GdkEvent *event)
{
  return gdk_event_get_event_type (event) == GDK_BUTTON_PRESS
         && gdk_button_event_get_button (event) != GDK_BUTTON_PRIMARY;
}

/**
 * amends_kiosk_locked_clear:
 *
 * What was selected is offered to every program by itself: from now on nothing is.
 */
void
amends_kiosk_locked_clear (GdkDisplay *display)
{
  GdkClipboard *const clipboards[] = { gdk_display_get_clipboard (display),
                                       gdk_display_get_primary_clipboard (display) };

  for (guint i = 0; i < G_N_ELEMENTS (clipboards); i++)
    gdk_clipboard_set_content (clipboards[i], NULL);
}
