/* amends-kiosk-window-send.c: what a visitor told is recorded, and what they get for it
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Thanks come once the number is safe on the disk. Whoever leaves meanwhile gets none: what they sent is recorded all
 * the same. */

#include "config.h"

#include "app/kiosk/amends-kiosk-intake.h"
#include "app/kiosk/amends-kiosk-language.h"
#include "app/kiosk/amends-kiosk-print.h"
#include "app/kiosk/amends-kiosk-said.h"
#include "app/kiosk/amends-kiosk-slip-page.h"
#include "app/kiosk/amends-kiosk-style.h"
#include "app/kiosk/amends-kiosk-window-private.h"

void
amends_kiosk_window_show_slip (AmendsKioskWindow *self)
{
  self->has_slip = TRUE;
  amends_kiosk_window_set_page (self,
                                amends_kiosk_slip_page_new (&self->receipt, self->slip_command,
                                                            self->comfort.percent
                                                                >= AMENDS_KIOSK_LARGE_PERCENT,
                                                            self->printing));
  amends_kiosk_frame_set_dock (self->frame, TRUE, K_ ("Finish"));
}

static void
slip_cb (GtkButton *button, gpointer user_data)
{
  amends_kiosk_window_show_slip (user_data);
}

void
amends_kiosk_window_show_done (AmendsKioskWindow *self)
{
  /* Of what goes past the staff of the place they know nothing. */
  g_autoptr (GPtrArray) numbers = self->receipt.is_restricted
                                      ? g_ptr_array_new ()
                                      : amends_kiosk_window_choose_numbers (self, NULL);

  self->question = NULL;
  self->resumed = NULL; /* also what waited behind another page while it was written down */
  self->back_to = NULL;
  self->has_slip = FALSE;
  json_object_clear (self->answers);
  amends_kiosk_shown_clear (self->shown);
  amends_kiosk_window_set_page (
      self,
      amends_kiosk_said_done (&self->receipt, numbers, self->comfort.percent,
                              self->slip_command != NULL ? G_CALLBACK (slip_cb) : NULL, self));
  amends_kiosk_frame_set_dock (self->frame, FALSE, K_ ("Finish"));
  amends_kiosk_frame_set_progress (self->frame, K_ ("Finished"));
  amends_kiosk_window_rearm (self);
}

static void
editions_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (AmendsKioskWindow) self = user_data;
  g_autoptr (AmendsEditions) editions =
      amends_session_get_editions_finish (AMENDS_SESSION (source), result, NULL);

  self->is_sending = FALSE;
  if (self->session == NULL) /* it is gone, and shows nothing any more */
    return;
  if (editions != NULL && amends_kiosk_window_get_scheme (self) != NULL)
    amends_kiosk_receipt_set_days (&self->receipt, editions,
                                   amends_kiosk_window_get_scheme (self)->code);
  if (self->receipt.reference == NULL || self->end_us != 0)
    return;
  amends_kiosk_print_notice (self->notice_command, &self->receipt);
  amends_kiosk_window_show_done (self);
}

static void
recorded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (AmendsKioskWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  AmendsOutcome *outcome = amends_session_submit_finish (AMENDS_SESSION (source), result, &error);

  if (self->session == NULL) /* it is gone, and shows nothing any more */
    {
      g_clear_pointer (&outcome, amends_outcome_free);
      return;
    }
  if (outcome == NULL)
    {
      self->is_sending = FALSE;
      amends_kiosk_frame_set_can_go (self->frame, TRUE);
      if (amends_kiosk_window_get_page (self) != NULL)
        {
          amends_kiosk_page_set_problem (amends_kiosk_window_get_page (self),
                                         K_ ("It could not be written down. Nothing of it is lost "
                                             "yet: ask our staff to help you here."));
        }
      return;
    }
  amends_session_sync (self->session);
  /* Whoever has left meanwhile gets no number, and nothing that the noticeboard would keep. */
  if (self->end_us != 0)
    {
      amends_outcome_free (outcome);
      self->is_sending = FALSE;
      return;
    }
  self->receipt.reference = g_strdup (outcome->reference);
  amends_outcome_free (outcome);
  amends_session_get_editions_async (self->session, NULL, editions_cb, g_object_ref (self));
}

/* What they are told that they gave. */
static void
count_shown (AmendsKioskWindow *self, const GPtrArray *files)
{
  guint *n = self->receipt.n_shown;

  n[AMENDS_KIOSK_OTHER_MICROPHONE] = amends_kiosk_shown_count (files, "recording");
  n[AMENDS_KIOSK_OTHER_PAD] = amends_kiosk_shown_count (files, "signature");
  n[AMENDS_KIOSK_OTHER_CAMERA] =
      files->len - n[AMENDS_KIOSK_OTHER_MICROPHONE] - n[AMENDS_KIOSK_OTHER_PAD];
  n[AMENDS_KIOSK_OTHER_PICTURES] =
      amends_kiosk_flow_count_other (amends_kiosk_flow_find ("what"), self->answers,
                                     AMENDS_KIOSK_OTHER_PICTURES);
}

void
amends_kiosk_window_send (AmendsKioskWindow *self)
{
  const AmendsScheme *scheme = amends_kiosk_window_get_scheme (self);
  g_autoptr (GPtrArray) files = NULL;
  json_t *intake;

  if (self->is_sending || scheme == NULL)
    return;
  self->is_sending = TRUE;
  self->has_waited = FALSE;
  amends_kiosk_frame_set_can_go (self->frame, FALSE);
  amends_kiosk_receipt_clear (&self->receipt);
  self->receipt.today = amends_kiosk_window_get_today ();
  self->receipt.is_discreet = amends_kiosk_flow_is_discreet (self->answers);
  self->receipt.kind = amends_kiosk_intake_get_kind (self->answers);
  self->receipt.way = amends_kiosk_intake_get_way (self->answers);
  self->receipt.needs_form = amends_kiosk_intake_needs_form (self->answers);
  self->receipt.organisation = g_strdup (amends_session_get_organisation (self->session));
  self->receipt.scheme = g_strdup (scheme->name);
  intake = amends_kiosk_intake_new (self->answers, scheme->code, self->receipt.today);
  self->receipt.is_restricted = json_object_get (intake, "restricted") != NULL;
  files = amends_kiosk_intake_get_files (self->answers, self->shown);
  count_shown (self, files);
  amends_session_submit_async (self->session, intake, files, recorded_cb, g_object_ref (self));
  json_decref (intake);
}
