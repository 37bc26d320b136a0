/* test-kiosk-targets.c: what can be touched at a kiosk is large enough for a hand that trembles
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <gtk/gtk.h>

#include "app/kiosk/amends-kiosk-aloud.h"
#include "app/kiosk/amends-kiosk-flow.h"
#include "app/kiosk/amends-kiosk-frame.h"
#include "app/kiosk/amends-kiosk-keyboard.h"
#include "app/kiosk/amends-kiosk-language.h"
#include "app/kiosk/amends-kiosk-page.h"
#include "app/kiosk/amends-kiosk-photo-page.h"
#include "app/kiosk/amends-kiosk-picture-page.h"
#include "app/kiosk/amends-kiosk-said.h"
#include "app/kiosk/amends-kiosk-slip-page.h"
#include "app/kiosk/amends-kiosk-speech-page.h"
#include "app/kiosk/amends-kiosk-style.h"

/* Pixels, as laid out, edge and padding included; on a panel of 17 inches 17 mm. */
#define TARGET_MIN 64

#define SCREEN_WIDTH 1280
#define SCREEN_HEIGHT 1024

static gboolean
is_target (GtkWidget *widget)
{
  return GTK_IS_BUTTON (widget) || GTK_IS_CHECK_BUTTON (widget) || GTK_IS_ENTRY (widget);
}

/* Returns: how many there are, none of them too small */
static guint
measure (GtkWidget *widget, GtkWidget *top)
{
  graphene_rect_t bounds;
  guint n = 0;

  if (!gtk_widget_get_child_visible (widget) || !gtk_widget_get_visible (widget))
    return 0;
  if (is_target (widget))
    {
      g_assert_true (gtk_widget_compute_bounds (widget, top, &bounds));
      if (bounds.size.width < TARGET_MIN || bounds.size.height < TARGET_MIN)
        g_error ("%s is %.0f × %.0f", G_OBJECT_TYPE_NAME (widget), bounds.size.width,
                 bounds.size.height);
      return 1;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n += measure (child, top);
  return n;
}

static gboolean
laid_out_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  guint *n_frames = user_data;

  ++*n_frames;
  return G_SOURCE_CONTINUE;
}

/* Returns: how many targets @content has on a screen */
static guint
measure_on_screen (GtkWidget *content)
{
  GtkWidget *window = gtk_window_new ();
  guint n_frames = 0;
  guint n;

  gtk_widget_add_css_class (window, "kiosk");
  gtk_window_set_decorated (GTK_WINDOW (window), FALSE);
  gtk_window_set_default_size (GTK_WINDOW (window), SCREEN_WIDTH, SCREEN_HEIGHT);
  gtk_window_set_child (GTK_WINDOW (window), content);
  gtk_widget_add_tick_callback (window, laid_out_cb, &n_frames, NULL);
  gtk_window_present (GTK_WINDOW (window));
  while (n_frames < 3)
    g_main_context_iteration (NULL, TRUE);
  n = measure (content, window);
  gtk_window_destroy (GTK_WINDOW (window));
  return n;
}

static void
test_pages (void)
{
  json_auto_t *answers = json_object ();
  const AmendsKioskQuestion *question = amends_kiosk_flow_find (NULL);
  guint n = 0;

  for (; question != NULL; question = amends_kiosk_flow_next (question, answers))
    n += measure_on_screen (amends_kiosk_page_new (question, answers, 100));
  g_assert_cmpuint (n, >, 60);
  n = measure_on_screen (amends_kiosk_page_new (amends_kiosk_flow_find ("switches"), answers, 100));
  g_assert_cmpuint (n, ==, 6);
}

/* With as many photographs as there can be, each with a way to remove it; and with a recording. */
static void
test_photographs (void)
{
  json_auto_t *answers = json_object ();
  AmendsKioskShown *shown = amends_kiosk_shown_new (answers);
  g_autoptr (AmendsKioskCamera) camera = amends_kiosk_camera_new ();
  g_autoptr (AmendsKioskDevice) microphone = amends_kiosk_speech_page_new_microphone ();
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, 64, 48);
  g_autoptr (GBytes) jpeg = NULL;
  char *bytes = NULL;
  gsize n_bytes;

  gdk_pixbuf_fill (pixbuf, 0x2f6b41ff);
  g_assert_true (gdk_pixbuf_save_to_buffer (pixbuf, &bytes, &n_bytes, "jpeg", NULL, NULL));
  jpeg = g_bytes_new_take (bytes, n_bytes);
  for (guint i = 0; i < AMENDS_KIOSK_SHOWN_MAX; i++)
    {
      g_assert_cmpuint (measure_on_screen (
                            amends_kiosk_photo_page_new (amends_kiosk_flow_find ("what"), shown,
                                                         camera, i % 2 == 1)),
                        >=, i);
      amends_kiosk_shown_add (shown, "what", AMENDS_KIOSK_PHOTOGRAPHS, jpeg);
    }
  g_assert_cmpuint (measure_on_screen (
                        amends_kiosk_speech_page_new (amends_kiosk_flow_find ("what"), shown,
                                                      microphone)),
                    ==, 1);
  amends_kiosk_shown_add (shown, "what", AMENDS_KIOSK_RECORDINGS, jpeg);
  g_assert_cmpuint (measure_on_screen (
                        amends_kiosk_speech_page_new (amends_kiosk_flow_find ("what"), shown,
                                                      microphone)),
                    ==, 2);
  amends_kiosk_shown_free (shown);
}

/* What is left on a screen between the strip and the dock. */
#define ROOM_HEIGHT 800

/* At 100 % all twelve are in sight, whatever the letters; in large text they are as large as that. */
static void
test_pictures (void)
{
  json_auto_t *answers = json_object ();
  const AmendsKioskQuestion *what = amends_kiosk_flow_find ("what");
  const AmendsKioskLanguage *language;

  for (guint i = 0; (language = amends_kiosk_language_nth (i)) != NULL; i++)
    {
      GtkWidget *window = gtk_window_new ();
      GtkWidget *page;
      int height;

      amends_kiosk_language_use (language->code);
      page = amends_kiosk_picture_page_new (what, answers, 100);
      gtk_widget_add_css_class (window, "kiosk");
      gtk_widget_add_css_class (window, language->code);
      gtk_window_set_child (GTK_WINDOW (window), page);
      gtk_widget_measure (page, GTK_ORIENTATION_VERTICAL, SCREEN_WIDTH, &height, NULL, NULL, NULL);
      g_test_message ("%s: %d", language->english, height);
      g_assert_cmpint (height, <=, ROOM_HEIGHT);
      gtk_window_destroy (GTK_WINDOW (window));
      g_assert_cmpuint (measure_on_screen (amends_kiosk_picture_page_new (what, answers, 200)), ==,
                        what->n_options);
    }
  amends_kiosk_language_use ("en");
}

static void
test_keyboards (void)
{
  const AmendsKioskLanguage *language;

  for (guint i = 0; (language = amends_kiosk_language_nth (i)) != NULL; i++)
    {
      amends_kiosk_language_use (language->code);
      g_test_message ("%s", language->english);
      g_assert_cmpuint (measure_on_screen (amends_kiosk_keyboard_new ()), >, 30);
    }
  amends_kiosk_language_use ("en");
}

/* However large the words are, nothing of it is beyond the edge of the screen. */
static void
test_dock (void)
{
  static const char *const ways[] = { NK_ ("Continue"), NK_ ("Send it"), NK_ ("Finish") };
  const AmendsKioskLanguage *language;

  amends_kiosk_style_apply (gdk_display_get_default (), 200);
  for (guint i = 0; (language = amends_kiosk_language_nth (i)) != NULL; i++)
    for (guint w = 0; w < G_N_ELEMENTS (ways); w++)
      {
        GtkWidget *window = gtk_window_new ();
        GtkWidget *frame;
        int width;

        amends_kiosk_language_use (language->code);
        frame = amends_kiosk_frame_new ();
        gtk_widget_add_css_class (window, "kiosk");
        gtk_widget_add_css_class (window, "large");
        gtk_widget_add_css_class (window, language->code);
        gtk_window_set_child (GTK_WINDOW (window), frame);
        amends_kiosk_frame_set_dock (AMENDS_KIOSK_FRAME (frame), TRUE, K_ (ways[w]));
        amends_kiosk_frame_set_names (AMENDS_KIOSK_FRAME (frame), "Larchfield Homes", "Oak Court");
        amends_kiosk_frame_set_staff (AMENDS_KIOSK_FRAME (frame), "Ruth Castellan");
        gtk_widget_measure (frame, GTK_ORIENTATION_HORIZONTAL, -1, &width, NULL, NULL, NULL);
        g_test_message ("%s, %s: %d", language->english, ways[w], width);
        g_assert_cmpint (width, <=, SCREEN_WIDTH);
        gtk_window_destroy (GTK_WINDOW (window));
      }
  amends_kiosk_language_use ("en");
  amends_kiosk_style_apply (gdk_display_get_default (), 100);
}

/* A field that shows dots, as that of a PIN, is not read to the room. */
static void
test_aloud_secret (void)
{
  GtkWidget *page = g_object_ref_sink (gtk_box_new (GTK_ORIENTATION_VERTICAL, 0));

  for (int is_shown = 0; is_shown < 2; is_shown++)
    {
      GtkWidget *entry = gtk_entry_new ();
      g_autofree char *text = NULL;

      gtk_entry_set_visibility (GTK_ENTRY (entry), is_shown);
      gtk_editable_set_text (GTK_EDITABLE (entry), is_shown ? "01632" : "370415");
      gtk_box_append (GTK_BOX (page), entry);
      text = amends_kiosk_aloud_dup_text (page);
      g_assert_cmpstr (text, ==, is_shown ? "01632" : "");
    }
  g_object_unref (page);
}

static void
test_aloud (void)
{
  GtkWidget *aloud = amends_kiosk_aloud_new ();

  gtk_widget_show (aloud);
  g_assert_cmpuint (measure_on_screen (aloud), ==, 5);
}

static void
test_slip (void)
{
  AmendsKioskReceipt receipt = { .kind = "complaint",
                                 .scheme = g_strdup ("Oak Court"),
                                 .reference = g_strdup ("7K-0042-P"),
                                 .today = AMENDS_DAY_FIRST,
                                 .acknowledge_day = AMENDS_DAY_NONE,
                                 .respond_day = AMENDS_DAY_NONE };
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GPtrArray) numbers = g_ptr_array_new ();

  g_assert_cmpuint (measure_on_screen (amends_kiosk_said_done (&receipt, numbers, 100, NULL, NULL)),
                    ==, 0);
  g_assert_cmpuint (measure_on_screen (
                        amends_kiosk_slip_page_new (&receipt, "true", FALSE, cancellable)),
                    ==, 2);
  receipt.is_discreet = TRUE;
  g_assert_cmpuint (measure_on_screen (
                        amends_kiosk_slip_page_new (&receipt, "true", TRUE, cancellable)),
                    ==, 1);
  amends_kiosk_receipt_clear (&receipt);
}

int
main (int argc, char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  amends_kiosk_style_apply (gdk_display_get_default (), 100);

  g_test_add_func ("/kiosk-targets/pages", test_pages);
  g_test_add_func ("/kiosk-targets/photographs", test_photographs);
  g_test_add_func ("/kiosk-targets/pictures", test_pictures);
  g_test_add_func ("/kiosk-targets/keyboards", test_keyboards);
  g_test_add_func ("/kiosk-targets/dock", test_dock);
  g_test_add_func ("/kiosk-targets/aloud", test_aloud);
  g_test_add_func ("/kiosk-targets/aloud-secret", test_aloud_secret);
  g_test_add_func ("/kiosk-targets/slip", test_slip);

  return g_test_run ();
}
