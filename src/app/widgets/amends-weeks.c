/* amends-weeks.c: the weeks of a count, drawn as a calendar
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Working days are wide and weekends narrow while a day has room for its name; else all are small and
 * alike. Which it is follows the size of the text, as in AmendsColumns. */

#include "config.h"

#include "app/widgets/amends-weeks.h"

#include <glib/gi18n.h>

#include "app/amends-due-words.h"
#include "app/amends-words.h"
#include "app/widgets/amends-day-cell.h"
#include "core/amends-clock-why.h"

#define N_WEEKDAYS 7

/* More weeks than this nobody counts with a finger: the sentences say it. */
#define N_MAX_WEEKS 12

/* Pixels between two days. */
#define ROOMY_GAP 6
#define COMPACT_GAP 3

/* The least that a day with a name in it needs, in characters and lines of the present font. */
#define ROOMY_CHARS 11
#define ROOMY_LINES 6.0
#define COMPACT_LINES 2.6

/* A weekend in parts of a working day. */
#define WEEKEND_SHARE 0.56

struct _AmendsWeeks
{
  GtkWidget parent_instance;

  GPtrArray *cells; /* element-type GtkWidget: seven heads, then day by day; children of this */
};

G_DEFINE_FINAL_TYPE (AmendsWeeks, amends_weeks, GTK_TYPE_WIDGET)

/* ---------------------------------------------------------------- the days */

static GtkWidget *
add_cell (AmendsWeeks *self, const char *text, const char *short_text)
{
  GtkWidget *cell = amends_day_cell_new (text, short_text);

  gtk_widget_set_parent (cell, GTK_WIDGET (self));
  g_ptr_array_add (self->cells, cell);
  return cell;
}

static char *
format_day (AmendsDay day, const char *format)
{
  g_autoptr (GDateTime) noon = NULL;
  int year, month, day_of_month;

  amends_day_to_ymd (day, &year, &month, &day_of_month);
  noon = g_date_time_new_utc (year, month, day_of_month, 12, 0, 0);
  return g_date_time_format (noon, format);
}

/* @monday: any */
static void
add_heads (AmendsWeeks *self, AmendsDay monday)
{
  for (int i = 0; i < N_WEEKDAYS; i++)
    {
      g_autofree char *whole = format_day (monday + i, i < 5 ? "%A" : "%a");
      g_autofree char *brief = format_day (monday + i, "%a");
      GtkWidget *cell = add_cell (self, whole, brief);

      gtk_widget_add_css_class (cell, "head");
    }
}

static void
add_days (AmendsWeeks *self, AmendsDay monday, int n_weeks)
{
  for (AmendsDay day = monday; day < monday + n_weeks * N_WEEKDAYS; day++)
    {
      /* Translators: a day in a drawn calendar: day and month. */
      g_autofree char *whole = format_day (day, _ ("%-d %b"));
      g_autofree char *brief = format_day (day, "%-d");

      add_cell (self, whole, brief);
    }
}

static AmendsDayCell *
find_cell (AmendsWeeks *self, AmendsDay monday, AmendsDay day)
{
  gint64 at = (gint64) day - monday + N_WEEKDAYS;

  if (day == AMENDS_DAY_NONE || at < N_WEEKDAYS || at >= self->cells->len)
    return NULL;
  return AMENDS_DAY_CELL (g_ptr_array_index (self->cells, at));
}

/* Marks a day, if it is drawn. @name: (nullable): what it is */
static void
mark (AmendsWeeks *self, AmendsDay monday, AmendsDay day, const char *style, const char *name)
{
  AmendsDayCell *cell = find_cell (self, monday, day);

  if (cell == NULL)
    return;
  gtk_widget_add_css_class (GTK_WIDGET (cell), style);
  if (name != NULL)
    amends_day_cell_set_name (cell, name);
}

static void
draw_step (AmendsWeeks *self, AmendsDay monday, const AmendsClockStep *step)
{
  AmendsDayCell *cell = find_cell (self, monday, step->day);
  g_autofree char *number = NULL;

  if (cell == NULL)
    return;
  switch (step->kind)
    {
    case AMENDS_CLOCK_STEP_COUNTED:
      number = g_strdup_printf ("%d", step->n);
      gtk_widget_add_css_class (GTK_WIDGET (cell), "counted");
      break;
    case AMENDS_CLOCK_STEP_EXTENDED:
      number = g_strdup_printf ("+%d", step->n);
      gtk_widget_add_css_class (GTK_WIDGET (cell), "extended");
      break;
    case AMENDS_CLOCK_STEP_WEEKEND:
    case AMENDS_CLOCK_STEP_HOLIDAY:
    case AMENDS_CLOCK_STEP_CLOSURE:
      gtk_widget_add_css_class (GTK_WIDGET (cell), "skipped");
      amends_day_cell_set_name (cell, step->name != NULL ? step->name : "");
      break;
    case AMENDS_CLOCK_STEP_WAITS:
    case AMENDS_CLOCK_STEP_STARTS:
    case AMENDS_CLOCK_STEP_MONTHS:
    case AMENDS_CLOCK_STEP_CLAMPED:
    case AMENDS_CLOCK_STEP_MOVED:
    case AMENDS_CLOCK_STEP_EXTENSION:
    case AMENDS_CLOCK_STEP_CAPPED:
    case AMENDS_CLOCK_STEP_OUTER:
    case AMENDS_CLOCK_STEP_SEND_BY:
    case AMENDS_CLOCK_STEP_PROVISIONAL:
    case AMENDS_CLOCK_STEP_CORRECTED:
      break;
    }
  if (number != NULL)
    {
      g_autofree char *isolated = amends_words_isolate (number);

      amends_day_cell_set_number (cell, isolated);
    }
}

/* Later marks stand over earlier ones. */
static void
draw_marks (AmendsWeeks *self,
            AmendsDay monday,
            const AmendsClockPair *pair,
            const AmendsDues *dues)
{
  const AmendsClockRow *row = pair->governing;
  const AmendsClockRow *other = amends_clock_pair_get_other (pair);
  gboolean is_open = amends_clock_row_is_open (row);

  mark (self, monday, row->started_day, "start", amends_due_words_mark (row->start_kind));
  if (row->unextended_day != row->due_day)
    mark (self, monday, row->unextended_day, "first-due", _ ("First due"));
  if (other != NULL && amends_clock_row_get_governing_day (other) != pair->day)
    mark (self, monday, amends_clock_row_get_governing_day (other), "first-due",
          other->source == AMENDS_CLOCK_SOURCE_CODE ? _ ("Due by the Code")
                                                    : _ ("Due by the policy"));
  mark (self, monday, row->met_day, "met", _ ("Done"));
  if (is_open)
    mark (self, monday, dues->today, "today", _ ("Today"));
  mark (self, monday, pair->day, "due",
        pair->day == dues->today && is_open ? _ ("Due today") : _ ("Due"));
  if (is_open && amends_dues_is_late (dues, row))
    mark (self, monday, pair->day, "passed", NULL);
  if (row->is_provisional)
    mark (self, monday, pair->day, "provisional", _ ("Provisional"));
}

static void
clear (AmendsWeeks *self)
{
  for (guint i = 0; i < self->cells->len; i++)
    gtk_widget_unparent (g_ptr_array_index (self->cells, i));
  g_ptr_array_set_size (self->cells, 0);
}

/**
 * amends_weeks_set_clock:
 * @pair: (nullable): the clock whose governing count is drawn; %NULL for none
 * @dues: all clocks of the case
 *
 * Returns: whether there is something to draw: a clock that has not begun, or that runs for months, has
 *   sentences alone
 */
gboolean
amends_weeks_set_clock (AmendsWeeks *self, const AmendsClockPair *pair, const AmendsDues *dues)
{
  g_autoptr (GArray) steps = NULL;
  const AmendsClockRow *row;
  AmendsDay monday;
  AmendsDay last;
  int n_weeks;

  g_return_val_if_fail (AMENDS_IS_WEEKS (self), FALSE);

  clear (self);
  if (pair == NULL || pair->governing->started_day == AMENDS_DAY_NONE
      || pair->governing->due_day == AMENDS_DAY_NONE)
    return FALSE;
  row = pair->governing;
  monday = row->started_day - (AmendsDay) amends_day_weekday (row->started_day)
           + (AmendsDay) G_DATE_MONDAY;
  last = MAX (row->due_day, pair->day);
  if (amends_clock_row_is_open (row) && dues->today < last + N_WEEKDAYS)
    last = MAX (last, dues->today);
  n_weeks = (last - monday) / N_WEEKDAYS + 1;
  if (n_weeks > N_MAX_WEEKS)
    return FALSE;

  steps = amends_clock_row_dup_steps (row, dues->rules.calendar);
  add_heads (self, monday);
  add_days (self, monday, n_weeks);
  for (guint i = 0; i < steps->len; i++)
    draw_step (self, monday, &g_array_index (steps, AmendsClockStep, i));
  draw_marks (self, monday, pair, dues);
  return TRUE;
}

/* ---------------------------------------------------------------- where they stand */

static double
char_width (GtkWidget *widget)
{
  PangoFontMetrics *metrics =
      pango_context_get_metrics (gtk_widget_get_pango_context (widget), NULL, NULL);
  int width = pango_font_metrics_get_approximate_char_width (metrics);

  pango_font_metrics_unref (metrics);
  return (double) width / PANGO_SCALE;
}

static double
line_height (GtkWidget *widget)
{
  PangoFontMetrics *metrics =
      pango_context_get_metrics (gtk_widget_get_pango_context (widget), NULL, NULL);
  int height = pango_font_metrics_get_height (metrics);

  pango_font_metrics_unref (metrics);
  return (double) height / PANGO_SCALE;
}

/* Returns whether a working day has room for a name at @width, and how wide one is then. */
static gboolean
divide (GtkWidget *widget, int width, double *ret_day_width)
{
  double roomy = (width - 6 * ROOMY_GAP) / (5 + 2 * WEEKEND_SHARE);
  gboolean is_roomy = roomy >= ROOMY_CHARS * char_width (widget);

  *ret_day_width = is_roomy ? roomy : (width - 6 * COMPACT_GAP) / (double) N_WEEKDAYS;
  return is_roomy;
}

static int
width_of (int column, gboolean is_roomy, double day_width)
{
  return (int) (is_roomy && column >= 5 ? day_width * WEEKEND_SHARE : day_width);
}

/* Pixels of a frame of one day, above and below. */
static int
measure_frame (GtkWidget *cell)
{
  GtkBorder border, padding;
  GtkStyleContext *style = gtk_widget_get_style_context (cell);

  gtk_style_context_get_border (style, &border);
  gtk_style_context_get_padding (style, &padding);
  return border.top + border.bottom + padding.top + padding.bottom;
}

/* The height of one row of seven. */
static int
measure_row (AmendsWeeks *self, guint first, gboolean is_roomy, double day_width)
{
  double lines = first == 0 ? 0 : is_roomy ? ROOMY_LINES : COMPACT_LINES;
  int height = (int) (lines * line_height (GTK_WIDGET (self)));

  for (guint i = first; i < first + N_WEEKDAYS; i++)
    {
      GtkWidget *cell = g_ptr_array_index (self->cells, i);
      int frame = measure_frame (cell);
      int width = width_of ((int) (i - first), is_roomy, day_width) - frame;

      height =
          MAX (height,
               frame + amends_day_cell_measure_height (AMENDS_DAY_CELL (cell), width, !is_roomy));
    }
  return height;
}

static void
amends_weeks_measure (GtkWidget *widget,
                      GtkOrientation orientation,
                      int for_size,
                      int *minimum,
                      int *natural,
                      int *minimum_baseline,
                      int *natural_baseline)
{
  AmendsWeeks *self = AMENDS_WEEKS (widget);
  double day_width;
  gboolean is_roomy;
  int gap;

  *minimum = *natural = 0;
  if (self->cells->len == 0)
    return;
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = (int) (N_WEEKDAYS * 3.4 * char_width (widget)) + 6 * COMPACT_GAP;
      *natural =
          (int) ((5 + 2 * WEEKEND_SHARE) * (ROOMY_CHARS + 3) * char_width (widget)) + 6 * ROOMY_GAP;
      return;
    }
  if (for_size < 0)
    gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &for_size, NULL, NULL);
  is_roomy = divide (widget, for_size, &day_width);
  gap = is_roomy ? ROOMY_GAP : COMPACT_GAP;
  for (guint i = 0; i < self->cells->len; i += N_WEEKDAYS)
    *natural += measure_row (self, i, is_roomy, day_width) + (i > 0 ? gap : 0);
  *minimum = *natural;
}

static void
amends_weeks_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  AmendsWeeks *self = AMENDS_WEEKS (widget);
  gboolean is_rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  double day_width;
  gboolean is_roomy = divide (widget, width, &day_width);
  int gap = is_roomy ? ROOMY_GAP : COMPACT_GAP;
  int y = 0;

  for (guint i = 0; i < self->cells->len; i += N_WEEKDAYS)
    {
      int row_height = measure_row (self, i, is_roomy, day_width);
      int x = 0;

      for (int column = 0; column < N_WEEKDAYS; column++)
        {
          GtkWidget *cell = g_ptr_array_index (self->cells, i + (guint) column);
          int cell_width = width_of (column, is_roomy, day_width);
          GtkAllocation place = { x, y, cell_width, row_height };
          int least;

          amends_day_cell_set_compact (AMENDS_DAY_CELL (cell), !is_roomy);
          gtk_widget_measure (cell, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
          if (is_rtl)
            place.x = width - x - cell_width;
          place.width = MAX (cell_width, least);
          gtk_widget_size_allocate (cell, &place, -1);
          x += cell_width + gap;
        }
      y += row_height + gap;
    }
}

static GtkSizeRequestMode
amends_weeks_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
amends_weeks_dispose (GObject *object)
{
  clear (AMENDS_WEEKS (object));
  G_OBJECT_CLASS (amends_weeks_parent_class)->dispose (object);
}

static void
amends_weeks_finalize (GObject *object)
{
  g_ptr_array_unref (AMENDS_WEEKS (object)->cells);
  G_OBJECT_CLASS (amends_weeks_parent_class)->finalize (object);
}

static void
amends_weeks_class_init (AmendsWeeksClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = amends_weeks_dispose;
  G_OBJECT_CLASS (klass)->finalize = amends_weeks_finalize;
  widget_class->measure = amends_weeks_measure;
  widget_class->size_allocate = amends_weeks_size_allocate;
  widget_class->get_request_mode = amends_weeks_get_request_mode;
  gtk_widget_class_set_css_name (widget_class, "weeks");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
amends_weeks_init (AmendsWeeks *self)
{
  self->cells = g_ptr_array_new ();
}
