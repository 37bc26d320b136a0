/* amends-application.c: the program: its options, its actions, its windows
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/amends-application.h"

#include <glib-unix.h>
#include <glib/gi18n.h>

#include "app/amends-session.h"
#include "app/kiosk/amends-kiosk-language.h"
#include "app/kiosk/amends-kiosk-paper.h"
#include "app/kiosk/amends-kiosk-window.h"
#include "app/staff/amends-window.h"
#include "paper/amends-sheet.h"

struct _AmendsApplication
{
  AdwApplication parent_instance;

  char *store_path;
  GSettings *settings; /* (nullable): there is no schema when it runs uninstalled */
  AmendsSession *session;
  gboolean is_kiosk;
  char *slip_command;   /* (nullable): what prints a visitor's slip */
  char *notice_command; /* (nullable): what prints the notice for staff */
  char *sticks;         /* (nullable): the folder in which sticks are mounted */
  char *
      clock_path; /* (nullable): in tests, a file with the seconds by which the kiosk's clock is ahead */
};

G_DEFINE_FINAL_TYPE (AmendsApplication, amends_application, ADW_TYPE_APPLICATION)

/* Minutes; as the settings schema has it. */
#define SYNC_INTERVAL_MIN 15

static const GOptionEntry options[] = {
  { "store", 0, 0, G_OPTION_ARG_FILENAME, NULL, N_ ("Use the store in DIR"), N_ ("DIR") },
  { "kiosk", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Be the residents’ kiosk"), NULL },
  { "print-with", 0, 0, G_OPTION_ARG_STRING, NULL,
    N_ ("At the kiosk, print slips by giving a PDF to COMMAND"), N_ ("COMMAND") },
  { "print-notices-with", 0, 0, G_OPTION_ARG_STRING, NULL,
    N_ ("At the kiosk, print the notice for staff by giving a PDF to COMMAND"), N_ ("COMMAND") },
  { "sticks", 0, 0, G_OPTION_ARG_FILENAME, NULL,
    N_ ("At the kiosk, let staff carry what waits on a stick that is mounted in DIR"), N_ ("DIR") },
  { "paper", 0, 0, G_OPTION_ARG_FILENAME, NULL,
    N_ ("Write the kiosk’s questions, to be answered on paper, to FILE as a PDF, and end"),
    N_ ("FILE") },
  { "large-print", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("With --paper: in large print"), NULL },
  { "language", 0, 0, G_OPTION_ARG_STRING, NULL, N_ ("With --paper: in CODE, such as cy"),
    N_ ("CODE") },
  { "clock-ahead", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_FILENAME, NULL, NULL, NULL },
  { "version", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Show the version and end"), NULL },
  { NULL },
};

static void
about_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  AmendsApplication *self = user_data;

  adw_show_about_window (gtk_application_get_active_window (GTK_APPLICATION (self)),
                         "application-name", _ ("Amends"), "application-icon", APPLICATION_ID,
                         "version", PACKAGE_VERSION, "developer-name", _ ("The Amends authors"),
                         "license-type", GTK_LICENSE_GPL_3_0, "comments",
                         _ ("Handle complaints and put things right"), NULL);
}

/* As the close button does: what stands in a form is kept first, and whoever writes what is kept nowhere is asked.
 * The forms of acts go with the window. */
static void
close_windows (AmendsApplication *self)
{
  GtkWindow *window = NULL;

  for (GList *each = gtk_application_get_windows (GTK_APPLICATION (self)); each != NULL;
       each = each->next)
    if (AMENDS_IS_WINDOW (each->data))
      window = each->data;
  if (window != NULL)
    gtk_window_close (window);
  else
    g_application_quit (G_APPLICATION (self));
}

static void
quit_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  close_windows (user_data);
}

/* Whoever ends the session of the desktop, or the terminal, ends the program in this way. */
static gboolean
ended_cb (gpointer user_data)
{
  close_windows (user_data);
  return G_SOURCE_CONTINUE;
}

static void
heed_signals (AmendsApplication *self)
{
  static const int numbers[] = { SIGTERM, SIGINT, SIGHUP };

  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    g_unix_signal_add (numbers[i], ended_cb, self);
}

static GSettings *
load_settings (void)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema) schema =
      source != NULL ? g_settings_schema_source_lookup (source, APPLICATION_ID, TRUE) : NULL;

  return schema != NULL ? g_settings_new_full (schema, NULL, NULL) : NULL;
}

static void
set_accels (AmendsApplication *self)
{
  static const struct
  {
    const char *action;
    const char *accels[3];
  } rows[] = {
    { "app.quit", { "<Primary>q" } },
    { "window.close", { "<Primary>w" } },
    { "win.lock", { "<Primary>l" } },
    { "win.new", { "<Primary>n" } },
    { "win.find", { "<Primary>f" } },
    { "win.go-to", { "<Primary>k" } },
    { "win.sidebar", { "F9" } },
    { "win.view(0)", { "<Alt>1" } },
    { "win.view(1)", { "<Alt>2" } },
    { "win.view(2)", { "<Alt>3" } },
    { "win.view(3)", { "<Alt>4" } },
    { "win.sync", { "<Primary>r" } },
    { "win.note-call", { "<Primary>t" } },
    { "win.back", { "<Alt>Left" } },
    { "win.next-pane", { "F6" } },
    { "win.show-help-overlay", { "<Primary>question", "F1" } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    gtk_application_set_accels_for_action (GTK_APPLICATION (self), rows[i].action, rows[i].accels);
}

static void
amends_application_startup (GApplication *application)
{
  static const GActionEntry entries[] = {
    { .name = "about", .activate = about_cb },
    { .name = "quit", .activate = quit_cb },
  };
  AmendsApplication *self = AMENDS_APPLICATION (application);
  int interval_min = SYNC_INTERVAL_MIN;

  G_APPLICATION_CLASS (amends_application_parent_class)->startup (application);

  gtk_window_set_default_icon_name (APPLICATION_ID);
  /* On a kiosk nothing is reached but what its window shows. */
  if (!self->is_kiosk)
    {
      g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
      set_accels (self);
      heed_signals (self);
    }
  else
    adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                        ADW_COLOR_SCHEME_FORCE_LIGHT);

  self->settings = load_settings ();
  if (self->settings != NULL)
    interval_min = g_settings_get_int (self->settings, "sync-interval");
  if (self->store_path == NULL)
    self->store_path = g_build_filename (g_get_user_data_dir (), "amends", "store", NULL);
  self->session = amends_session_new (self->store_path, (guint) interval_min);
}

/* A test that waited for a minute at every page would take an hour: it moves the clock. */
static gint64
get_kiosk_now (gpointer user_data)
{
  AmendsApplication *self = user_data;
  g_autofree char *ahead = NULL;
  gint64 ahead_s = 0;

  if (self->clock_path != NULL && g_file_get_contents (self->clock_path, &ahead, NULL, NULL))
    ahead_s = CLAMP (g_ascii_strtoll (ahead, NULL, 10), 0, G_MAXINT32);
  return g_get_monotonic_time () + ahead_s * G_USEC_PER_SEC;
}

static GtkWindow *
make_kiosk (AmendsApplication *self)
{
  AmendsKioskWindow *window =
      amends_kiosk_window_new (GTK_APPLICATION (self), self->session, get_kiosk_now, self);

  amends_kiosk_window_set_printers (window, self->slip_command, self->notice_command);
  amends_kiosk_window_set_sticks (window, self->sticks);
  return GTK_WINDOW (window);
}

static void
amends_application_activate (GApplication *application)
{
  AmendsApplication *self = AMENDS_APPLICATION (application);
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (self));

  if (window == NULL)
    {
      if (self->is_kiosk)
        window = make_kiosk (self);
      else
        window =
            GTK_WINDOW (amends_window_new (GTK_APPLICATION (self), self->session, self->settings));
      amends_session_start (self->session);
    }
  gtk_window_present (window);
}

static void
amends_application_shutdown (GApplication *application)
{
  AmendsApplication *self = AMENDS_APPLICATION (application);

  /* Here and not with the session, which an exchange under way may outlive. A kiosk has nobody who waits for what
   * was asked last. */
  if (!self->is_kiosk)
    amends_session_settle (self->session);
  amends_session_forget_shown (self->session);
  G_APPLICATION_CLASS (amends_application_parent_class)->shutdown (application);
}

/* Returns: the exit status */
static int
write_paper (const char *path, const char *language, gboolean is_large)
{
  g_autoptr (GBytes) paper = NULL;
  g_autoptr (GError) error = NULL;

  amends_kiosk_language_use (language);
  if (!g_str_equal (amends_kiosk_language_get ()->code, language))
    {
      g_printerr (_ ("The kiosk does not speak “%s”\n"), language);
      return 2;
    }
  paper = amends_kiosk_paper_to_pdf (is_large, &error);
  if (paper != NULL && amends_sheet_write (paper, path, &error))
    return 0;
  g_printerr ("%s\n", error->message);
  return 4;
}

static int
amends_application_handle_local_options (GApplication *application, GVariantDict *dictionary)
{
  AmendsApplication *self = AMENDS_APPLICATION (application);
  g_autofree char *path = NULL;
  const char *paper_path, *language = "en";

  if (g_variant_dict_contains (dictionary, "version"))
    {
      g_print ("amends %s\n", PACKAGE_VERSION);
      return 0;
    }
  if (g_variant_dict_lookup (dictionary, "paper", "^&ay", &paper_path))
    {
      g_variant_dict_lookup (dictionary, "language", "&s", &language);
      return write_paper (paper_path, language,
                          g_variant_dict_contains (dictionary, "large-print"));
    }
  if (g_variant_dict_contains (dictionary, "kiosk"))
    {
      self->is_kiosk = TRUE;
      g_application_set_flags (application, G_APPLICATION_NON_UNIQUE);
    }
  g_variant_dict_lookup (dictionary, "clock-ahead", "^ay", &self->clock_path);
  g_variant_dict_lookup (dictionary, "print-with", "s", &self->slip_command);
  g_variant_dict_lookup (dictionary, "print-notices-with", "s", &self->notice_command);
  g_variant_dict_lookup (dictionary, "sticks", "^ay", &self->sticks);
  if (g_variant_dict_lookup (dictionary, "store", "^ay", &path))
    {
      self->store_path = g_canonicalize_filename (path, NULL);
      /* A store has one owner; another store is another program. */
      g_application_set_flags (application, G_APPLICATION_NON_UNIQUE);
    }
  return -1;
}

static void
amends_application_finalize (GObject *object)
{
  AmendsApplication *self = AMENDS_APPLICATION (object);

  g_clear_object (&self->session);
  g_clear_object (&self->settings);
  g_free (self->store_path);
  g_free (self->clock_path);
  g_free (self->slip_command);
  g_free (self->notice_command);
  g_free (self->sticks);

  G_OBJECT_CLASS (amends_application_parent_class)->finalize (object);
}

static void
amends_application_class_init (AmendsApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = amends_application_finalize;
  application_class->startup = amends_application_startup;
  application_class->activate = amends_application_activate;
  application_class->shutdown = amends_application_shutdown;
  application_class->handle_local_options = amends_application_handle_local_options;
}

static void
amends_application_init (AmendsApplication *self)
{
  g_application_add_main_option_entries (G_APPLICATION (self), options);
}

/**
 * amends_application_is_kiosk:
 *
 * Returns: whether it was asked to be a kiosk: then it begins anew for each visitor
 */
gboolean
amends_application_is_kiosk (AmendsApplication *self)
{
  return self->is_kiosk;
}

/**
 * amends_application_new:
 *
 * Returns: (transfer full): the program, to be run
 */
AmendsApplication *
amends_application_new (void)
{
  return g_object_new (AMENDS_TYPE_APPLICATION, "application-id", APPLICATION_ID, "flags",
                       G_APPLICATION_DEFAULT_FLAGS, "resource-base-path", "/org/amends/Amends",
                       NULL);
}
