/* amends-weak.c: a widget that may be gone when an answer comes
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Whoever waits with a reference keeps a window that was closed, which may outlive the one it belongs to: GTK then
 * looks at what is no more. */

#include "app/widgets/amends-weak.h"

/**
 * amends_weak_new:
 * @object: what asks
 *
 * Returns: (transfer full): what the answer is given; taken once, by amends_weak_take()
 */
gpointer
amends_weak_new (gpointer object)
{
  GWeakRef *weak = g_new0 (GWeakRef, 1);

  g_weak_ref_init (weak, object);
  return weak;
}

/**
 * amends_weak_take:
 * @weak: (transfer full): from amends_weak_new()
 *
 * Returns: (transfer full) (nullable): what asked, if it is still there
 */
gpointer
amends_weak_take (gpointer weak)
{
  gpointer object = g_weak_ref_get (weak);

  g_weak_ref_clear (weak);
  g_free (weak);
  return object;
}
