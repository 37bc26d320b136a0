/* amends-enrol-page.c: connecting this device to its server, once
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/staff/pages/amends-enrol-page.h"

#include <glib/gi18n.h>

#include "app/amends-sync-words.h"
#include "app/widgets/amends-problem-row.h"
#include "sync/amends-transport.h"

enum
{
  FIELD_SERVER,
  FIELD_CODE,
  FIELD_DEVICE,
  FIELD_NAME,
  FIELD_PASSPHRASE,
  FIELD_REPEAT,
  N_FIELDS
};

struct _AmendsEnrolPage
{
  AdwBin parent_instance;

  AmendsSession *session;        /* (nullable) (owned) */
  GCancellable *cancellable;     /* (nullable) (owned): while it connects */
  GtkEditable *fields[N_FIELDS]; /* from the template, as all below */
  AmendsProblemRow *problems[N_FIELDS];
  GtkButton *connect_button;
  GtkWidget *progress_box;
  GtkSpinner *spinner;
};

G_DEFINE_FINAL_TYPE (AmendsEnrolPage, amends_enrol_page, ADW_TYPE_BIN)

static const char *
text_of (AmendsEnrolPage *self, int field)
{
  return gtk_editable_get_text (self->fields[field]);
}

/* Returns: (transfer full) (nullable): what is wrong with @field as it stands. */
static char *
find_problem (AmendsEnrolPage *self, int field)
{
  const char *text = text_of (self, field);
  g_autofree char *trimmed = g_strstrip (g_strdup (text));
  g_autoptr (GError) error = NULL;

  if (field == FIELD_PASSPHRASE)
    return amends_store_check_passphrase (text, &error)
               ? NULL
               : g_strdup_printf (
                   ngettext ("A passphrase has %d character at least. Four or five words that only "
                             "you put together are best.",
                             "A passphrase has %d characters at least. Four or five words that "
                             "only you put together are best.",
                             AMENDS_PASSPHRASE_MIN_CHARS),
                   AMENDS_PASSPHRASE_MIN_CHARS);
  if (field == FIELD_REPEAT)
    return g_strcmp0 (text, text_of (self, FIELD_PASSPHRASE)) == 0
               ? NULL
               : g_strdup (_ ("The two are not the same. Type the passphrase once more."));
  if (*trimmed != '\0')
    return NULL;
  if (field == FIELD_SERVER)
    return g_strdup (_ ("The address is missing. It came with the code."));
  if (field == FIELD_CODE)
    return g_strdup (_ ("The code is missing. Whoever runs the server gives one for each device."));
  if (field == FIELD_DEVICE)
    return g_strdup (_ ("The name is missing. Colleagues will know this device by it."));
  return g_strdup (_ ("The name is missing. What you record is shown under it."));
}

static gboolean
check (AmendsEnrolPage *self, int field)
{
  g_autofree char *problem = find_problem (self, field);

  amends_problem_row_set_text (self->problems[field], problem);
  return problem == NULL;
}

/* A wrong field is named when it is left; what is put right is at once. */
static void
changed_cb (AmendsEnrolPage *self, GtkEditable *editable)
{
  for (int field = 0; field < N_FIELDS; field++)
    if (self->fields[field] == editable && amends_problem_row_has_text (self->problems[field]))
      check (self, field);
}

static void
set_busy (AmendsEnrolPage *self, gboolean is_busy)
{
  gtk_widget_set_visible (self->progress_box, is_busy);
  gtk_spinner_set_spinning (self->spinner, is_busy);
  gtk_widget_set_visible (GTK_WIDGET (self->connect_button), !is_busy);
  for (int field = 0; field < N_FIELDS; field++)
    gtk_widget_set_sensitive (GTK_WIDGET (self->fields[field]), !is_busy);
}

static int
field_of_error (const GError *error)
{
  return g_error_matches (error, AMENDS_SYNC_ERROR, AMENDS_SYNC_ERROR_CODE) ? FIELD_CODE
                                                                            : FIELD_SERVER;
}

static void
enrolled_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (AmendsEnrolPage) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean is_done = amends_session_enrol_finish (AMENDS_SESSION (source), result, &error);

  g_clear_object (&self->cancellable);
  set_busy (self, FALSE);
  if (is_done)
    {
      for (int field = 0; field < N_FIELDS; field++)
        gtk_editable_set_text (self->fields[field], "");
      return;
    }
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_autofree char *sentence = amends_sync_words_enrolment_error (error);
      int field = field_of_error (error);

      amends_problem_row_set_text (self->problems[field], sentence);
      gtk_widget_grab_focus (GTK_WIDGET (self->fields[field]));
    }
}

static void
connect_cb (AmendsEnrolPage *self)
{
  g_autofree char *server = g_strstrip (g_strdup (text_of (self, FIELD_SERVER)));
  g_autofree char *code = g_strstrip (g_strdup (text_of (self, FIELD_CODE)));
  g_autofree char *address = NULL;
  AmendsEnrolment enrolment;
  int first = -1;

  for (int field = N_FIELDS; field-- > 0;)
    if (!check (self, field))
      first = field;
  if (first >= 0)
    {
      gtk_widget_grab_focus (GTK_WIDGET (self->fields[first]));
      return;
    }

  /* People are told a name; the scheme is always the same. */
  address =
      strstr (server, "://") != NULL ? g_strdup (server) : g_strdup_printf ("https://%s", server);
  enrolment = (AmendsEnrolment){ address, code, text_of (self, FIELD_DEVICE),
                                 text_of (self, FIELD_NAME), text_of (self, FIELD_PASSPHRASE) };
  set_busy (self, TRUE);
  self->cancellable = g_cancellable_new ();
  amends_session_enrol_async (self->session, &enrolment, self->cancellable, enrolled_cb,
                              g_object_ref (self));
}

static void
stop_cb (AmendsEnrolPage *self)
{
  g_cancellable_cancel (self->cancellable);
}

static void
amends_enrol_page_dispose (GObject *object)
{
  AmendsEnrolPage *self = AMENDS_ENROL_PAGE (object);

  g_clear_object (&self->session);
  G_OBJECT_CLASS (amends_enrol_page_parent_class)->dispose (object);
}

static void
amends_enrol_page_class_init (AmendsEnrolPageClass *klass)
{
  static const char *const names[N_FIELDS] = { "server", "code",       "device",
                                               "name",   "passphrase", "repeat" };
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = amends_enrol_page_dispose;
  g_type_ensure (AMENDS_TYPE_PROBLEM_ROW);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/amends/Amends/staff/pages/amends-enrol-page.ui");
  for (guint i = 0; i < N_FIELDS; i++)
    {
      g_autofree char *row = g_strdup_printf ("%s_row", names[i]);
      g_autofree char *problem = g_strdup_printf ("%s_problem", names[i]);

      gtk_widget_class_bind_template_child_full (widget_class, row, FALSE,
                                                 G_STRUCT_OFFSET (AmendsEnrolPage, fields)
                                                     + (gssize) (i * sizeof (gpointer)));
      gtk_widget_class_bind_template_child_full (widget_class, problem, FALSE,
                                                 G_STRUCT_OFFSET (AmendsEnrolPage, problems)
                                                     + (gssize) (i * sizeof (gpointer)));
    }
  gtk_widget_class_bind_template_child (widget_class, AmendsEnrolPage, connect_button);
  gtk_widget_class_bind_template_child (widget_class, AmendsEnrolPage, progress_box);
  gtk_widget_class_bind_template_child (widget_class, AmendsEnrolPage, spinner);
  gtk_widget_class_bind_template_callback (widget_class, connect_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_cb);
}

static void
left_cb (GtkEventControllerFocus *controller, gpointer user_data)
{
  AmendsEnrolPage *self = user_data;
  GtkWidget *widget = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (controller));

  for (int field = 0; field < N_FIELDS; field++)
    if (GTK_WIDGET (self->fields[field]) == widget
        && *gtk_editable_get_text (self->fields[field]) != '\0')
      check (self, field);
}

static void
amends_enrol_page_init (AmendsEnrolPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  for (int field = 0; field < N_FIELDS; field++)
    {
      GtkEventController *focus = gtk_event_controller_focus_new ();

      g_signal_connect_object (focus, "leave", G_CALLBACK (left_cb), self, 0);
      gtk_widget_add_controller (GTK_WIDGET (self->fields[field]), focus);
      g_signal_connect_object (self->fields[field], "changed", G_CALLBACK (changed_cb), self,
                               G_CONNECT_SWAPPED);
    }
}

/**
 * amends_enrol_page_set_session:
 * @session: what is enrolled; set once
 */
void
amends_enrol_page_set_session (AmendsEnrolPage *self, AmendsSession *session)
{
  g_return_if_fail (AMENDS_IS_ENROL_PAGE (self) && self->session == NULL);

  self->session = g_object_ref (session);
}
