/* test-kiosk-locked.c: which keys a kiosk takes for itself, so that nothing opens and nothing is pasted
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/kiosk/amends-kiosk-locked.h"

static const struct
{
  guint keyval;
  GdkModifierType modifiers;
  gboolean is_taken;
} rows[] = {
  { GDK_KEY_a, 0, FALSE },
  { GDK_KEY_A, GDK_SHIFT_MASK, FALSE },
  { GDK_KEY_Tab, 0, FALSE },
  { GDK_KEY_ISO_Left_Tab, GDK_SHIFT_MASK, FALSE },
  { GDK_KEY_Delete, 0, FALSE },
  { GDK_KEY_BackSpace, GDK_SHIFT_MASK, FALSE },
  /* Menus. */
  { GDK_KEY_Menu, 0, TRUE },
  { GDK_KEY_F10, GDK_SHIFT_MASK, TRUE },
  { GDK_KEY_F10, 0, TRUE },
  /* The inspector. */
  { GDK_KEY_i, GDK_CONTROL_MASK | GDK_SHIFT_MASK, TRUE },
  { GDK_KEY_d, GDK_CONTROL_MASK | GDK_SHIFT_MASK, TRUE },
  /* Cut, copy, paste. */
  { GDK_KEY_x, GDK_CONTROL_MASK, TRUE },
  { GDK_KEY_c, GDK_CONTROL_MASK, TRUE },
  { GDK_KEY_v, GDK_CONTROL_MASK, TRUE },
  { GDK_KEY_Insert, GDK_SHIFT_MASK, TRUE },
  { GDK_KEY_KP_Insert, GDK_SHIFT_MASK, TRUE },
  { GDK_KEY_Insert, GDK_CONTROL_MASK, TRUE },
  { GDK_KEY_Delete, GDK_SHIFT_MASK, TRUE },
  { GDK_KEY_KP_Delete, GDK_SHIFT_MASK, TRUE },
  /* The window. */
  { GDK_KEY_F4, GDK_ALT_MASK, TRUE },
  { GDK_KEY_Tab, GDK_ALT_MASK, TRUE },
  { GDK_KEY_d, GDK_SUPER_MASK, TRUE },
};

static void
test_keys (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_test_message ("row %u", i);
      g_assert_cmpint (amends_kiosk_locked_takes_key (rows[i].keyval, rows[i].modifiers), ==,
                       rows[i].is_taken);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/kiosk-locked/keys", test_keys);

  return g_test_run ();
}
