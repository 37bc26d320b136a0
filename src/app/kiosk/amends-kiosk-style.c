/* amends-kiosk-style.c: how large everything is on a kiosk's screen
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * GTK 4.8 has no zoom for text, so the style sheet is written anew at each size. */

#include "app/kiosk/amends-kiosk-style.h"

#include <stdlib.h>

#define RESOURCE "/org/amends/Amends/kiosk/kiosk.css"

/**
 * amends_kiosk_style_make:
 * @template: CSS in which a size of text in pixels stands after @
 * @percent: how large, from 100
 *
 * Returns: (transfer full): CSS
 */
char *
amends_kiosk_style_make (const char *template, int percent)
{
  GString *css = g_string_new (NULL);

  for (const char *at = template; *at != '\0';)
    {
      char *end;
      long size;

      if (*at != '@' || !g_ascii_isdigit (at[1]))
        {
          g_string_append_c (css, *at++);
          continue;
        }
      size = strtol (at + 1, &end, 10);
      g_string_append_printf (css, "%ldpx", size * percent / 100);
      at = end;
    }
  return g_string_free (css, FALSE);
}

/**
 * amends_kiosk_style_apply:
 * @percent: how large, from 100
 *
 * Takes the place of what was applied before.
 */
void
amends_kiosk_style_apply (GdkDisplay *display, int percent)
{
  static GtkCssProvider *provider;
  g_autoptr (GBytes) template =
      g_resources_lookup_data (RESOURCE, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  g_autofree char *css = NULL;

  g_return_if_fail (template != NULL);

  if (provider == NULL)
    {
      provider = gtk_css_provider_new ();
      gtk_style_context_add_provider_for_display (display, GTK_STYLE_PROVIDER (provider),
                                                  GTK_STYLE_PROVIDER_PRIORITY_USER);
    }
  css = amends_kiosk_style_make (g_bytes_get_data (template, NULL), percent);
  gtk_css_provider_load_from_data (provider, css, -1);
}
