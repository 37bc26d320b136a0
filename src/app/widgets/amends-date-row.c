/* amends-date-row.c: a day that is typed or picked
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/widgets/amends-date-row.h"

#include "app/amends-words.h"

struct _AmendsDateRow
{
  AdwEntryRow parent_instance;

  GtkEditable *time; /* (nullable): weak; holds @now until somebody says another time */
  char *now;         /* (nullable) (owned) */

  GtkMenuButton *button; /* from the template */
  GtkCalendar *calendar; /* from the template */
};

G_DEFINE_FINAL_TYPE (AmendsDateRow, amends_date_row, ADW_TYPE_ENTRY_ROW)

static gboolean
parse (AmendsDateRow *self, AmendsDay *ret_day)
{
  return amends_words_parse_day (gtk_editable_get_text (GTK_EDITABLE (self)), amends_words_today (),
                                 ret_day);
}

/* What was typed is shown as it was understood. */
static void
left_cb (AmendsDateRow *self)
{
  AmendsDay day;

  if (parse (self, &day))
    amends_date_row_set_day (self, day);
}

static void
picked_cb (AmendsDateRow *self)
{
  g_autoptr (GDateTime) date = gtk_calendar_get_date (self->calendar);
  int year, month, day_of_month;

  g_date_time_get_ymd (date, &year, &month, &day_of_month);
  amends_date_row_set_day (self, amends_day_from_ymd (year, month, day_of_month));
  gtk_menu_button_popdown (self->button);
}

static void
opening_cb (AmendsDateRow *self)
{
  g_autoptr (GDateTime) date = NULL;
  AmendsDay day;
  int year, month, day_of_month;

  if (!parse (self, &day))
    day = amends_words_today ();
  amends_day_to_ymd (day, &year, &month, &day_of_month);
  date = g_date_time_new_local (year, month, day_of_month, 12, 0, 0);
  g_signal_handlers_block_by_func (self->calendar, picked_cb, self);
  gtk_calendar_select_day (self->calendar, date);
  g_signal_handlers_unblock_by_func (self->calendar, picked_cb, self);
}

/* On another day than today nobody has said at what time. */
static void
follow_day (AmendsDateRow *self)
{
  const char *time = self->time != NULL ? gtk_editable_get_text (self->time) : NULL;
  AmendsDay day;

  if (time == NULL || !parse (self, &day))
    return;
  if (day != amends_words_today () && g_str_equal (time, self->now))
    gtk_editable_set_text (self->time, "");
  else if (day == amends_words_today () && *time == '\0')
    gtk_editable_set_text (self->time, self->now);
}

static void
amends_date_row_finalize (GObject *object)
{
  amends_date_row_set_time (AMENDS_DATE_ROW (object), NULL);
  G_OBJECT_CLASS (amends_date_row_parent_class)->finalize (object);
}

static void
amends_date_row_class_init (AmendsDateRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = amends_date_row_finalize;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/amends/Amends/widgets/amends-date-row.ui");
  gtk_widget_class_bind_template_child (widget_class, AmendsDateRow, button);
  gtk_widget_class_bind_template_child (widget_class, AmendsDateRow, calendar);
  gtk_widget_class_bind_template_callback (widget_class, picked_cb);
  gtk_widget_class_bind_template_callback (widget_class, opening_cb);
}

static void
amends_date_row_init (AmendsDateRow *self)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (left_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), focus);
  g_signal_connect (self, "notify::text", G_CALLBACK (follow_day), NULL);
}

/**
 * amends_date_row_set_time:
 * @time: (nullable): where the time of now was filled in, of today; it goes once the day is another, and
 *   comes back with today, unless somebody has said when it was
 */
void
amends_date_row_set_time (AmendsDateRow *self, GtkEditable *time)
{
  g_return_if_fail (AMENDS_IS_DATE_ROW (self));

  g_clear_pointer (&self->now, g_free);
  g_set_weak_pointer (&self->time, time);
  if (time != NULL)
    self->now = g_strdup (gtk_editable_get_text (time));
}

void
amends_date_row_set_day (AmendsDateRow *self, AmendsDay day)
{
  g_autofree char *text = NULL;

  g_return_if_fail (AMENDS_IS_DATE_ROW (self));

  text = amends_words_plain_day (day);
  if (g_strcmp0 (text, gtk_editable_get_text (GTK_EDITABLE (self))) != 0)
    gtk_editable_set_text (GTK_EDITABLE (self), text);
}

/**
 * amends_date_row_dup_text:
 *
 * Returns: (transfer full): the day as ISO; what was typed, if it is none; "" if nothing was
 */
char *
amends_date_row_dup_text (AmendsDateRow *self)
{
  AmendsDay day;

  g_return_val_if_fail (AMENDS_IS_DATE_ROW (self), NULL);

  if (parse (self, &day))
    return amends_day_format (day);
  return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self))));
}

/**
 * amends_date_row_set_text:
 * @text: (nullable): as from amends_date_row_dup_text()
 */
void
amends_date_row_set_text (AmendsDateRow *self, const char *text)
{
  AmendsDay day;

  g_return_if_fail (AMENDS_IS_DATE_ROW (self));

  if (text != NULL && amends_day_parse (text, &day, NULL))
    amends_date_row_set_day (self, day);
  else
    gtk_editable_set_text (GTK_EDITABLE (self), text != NULL ? text : "");
}
