/* amends-kiosk-said.c: the pages of a kiosk that ask nothing
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/kiosk/amends-kiosk-said.h"

#include "app/amends-words.h"
#include "app/kiosk/amends-kiosk-language.h"
#include "app/kiosk/amends-kiosk-numbers.h"
#include "app/kiosk/amends-kiosk-parts.h"
#include "app/kiosk/amends-kiosk-style.h"
#include "app/kiosk/amends-kiosk-watch.h"

#define GAP 14

static GtkWidget *
make_page (void)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  amends_kiosk_make_page (GTK_BOX (box));
  return box;
}

static GtkWidget *
make_box (const char *css_class, const char *heading, const char *text)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);

  gtk_widget_add_css_class (box, css_class);
  if (heading != NULL)
    gtk_box_append (GTK_BOX (box), amends_kiosk_label (heading, "heading"));
  if (text != NULL)
    gtk_box_append (GTK_BOX (box), amends_kiosk_label (text, "body"));
  return box;
}

static GtkWidget *
make_urgent (void)
{
  GtkWidget *urgent =
      make_box ("notice", K_ ("Not for emergencies"), K_ ("Fire, or somebody in danger: ring 999"));

  gtk_box_append (GTK_BOX (urgent),
                  amends_kiosk_label (K_ ("Smell of gas: ring 0800 111 999"), "body"));
  return urgent;
}

/* @numbers: (element-type AmendsNumber) */
static void
append_numbers (GtkWidget *page, const GPtrArray *numbers)
{
  for (guint i = 0; i < numbers->len; i++)
    {
      g_autofree char *text = amends_kiosk_numbers_describe (g_ptr_array_index (numbers, i));

      gtk_box_append (GTK_BOX (page), amends_kiosk_label (text, "how"));
    }
}

/* Whoever reads no English sees that their language is spoken here. */
static GtkWidget *
make_starts (void)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 3 * GAP);
  const AmendsKioskLanguage *language;

  gtk_widget_set_halign (row, GTK_ALIGN_CENTER);
  for (guint i = 0; (language = amends_kiosk_language_nth (i)) != NULL; i++)
    {
      GtkWidget *label = amends_kiosk_line (language->start, "body");

      gtk_widget_add_css_class (label, language->code);
      gtk_box_append (GTK_BOX (row), label);
    }
  return row;
}

/**
 * amends_kiosk_said_start:
 * @start: called when a person begins
 *
 * Returns: (transfer floating): the page that waits for somebody
 */
GtkWidget *
amends_kiosk_said_start (GCallback start, gpointer user_data)
{
  GtkWidget *page = make_page ();
  GtkWidget *button = gtk_button_new_with_label (K_ ("Touch here to start"));
  GtkWidget *below = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, GAP);
  GtkWidget *private =
      make_box ("box", K_ ("Private"),
                K_ ("Only the staff who deal with it read it. When you finish, nobody can "
                    "read it on this screen."));
  GtkWidget *urgent = make_urgent ();

  gtk_box_append (GTK_BOX (page), amends_kiosk_label (K_ ("Is something not right? Tell us here."),
                                                      "start-question"));
  gtk_box_append (
      GTK_BOX (page),
      amends_kiosk_label (K_ ("You can complain, say thank you, or ask for a repair. It "
                              "takes 5 to 10 minutes. You do not have to give your name."),
                          "how"));
  gtk_box_append (GTK_BOX (page), amends_kiosk_spare ());
  gtk_widget_add_css_class (button, "start");
  g_signal_connect (button, "clicked", start, user_data);
  gtk_box_append (GTK_BOX (page), button);
  gtk_box_append (GTK_BOX (page), make_starts ());
  gtk_box_append (
      GTK_BOX (private),
      amends_kiosk_label (K_ ("The Housing Ombudsman helps free of charge, and is not part "
                              "of us. You need not wait for our answer."),
                          "body"));
  gtk_widget_set_hexpand (private, TRUE);
  gtk_widget_set_hexpand (urgent, TRUE);
  gtk_box_set_homogeneous (GTK_BOX (below), TRUE);
  gtk_box_append (GTK_BOX (below), private);
  gtk_box_append (GTK_BOX (below), urgent);
  gtk_box_append (GTK_BOX (page), below);
  return page;
}

/* ------------------------------------------------------------ done */

static void
append_day (GtkWidget *box, const char *sentence, AmendsDay day)
{
  g_autofree char *text = day != AMENDS_DAY_NONE ? amends_kiosk_say_day (day) : NULL;

  if (text == NULL)
    return;
  gtk_box_append (GTK_BOX (box), amends_kiosk_label (sentence, "how"));
  gtk_box_append (GTK_BOX (box), amends_kiosk_label (text, "date"));
}

static void
append_whom_to_ask (GtkWidget *box, const GPtrArray *numbers)
{
  if (numbers->len > 0)
    gtk_box_append (GTK_BOX (box),
                    amends_kiosk_label (K_ ("Do you want to ask us something about it?"), "how"));
  for (guint i = 0; i < numbers->len; i++)
    {
      g_autofree char *text = amends_kiosk_numbers_describe (g_ptr_array_index (numbers, i));

      gtk_box_append (GTK_BOX (box), amends_kiosk_label (text, "hint"));
    }
}

/* It never says that somebody knows before the server has it. */
static GtkWidget *
append_discreet (GtkWidget *page, GtkWidget *number, const AmendsKioskReceipt *receipt)
{
  gtk_box_append (GTK_BOX (page), number);
  gtk_box_append (
      GTK_BOX (page),
      receipt->is_sent
          ? make_box ("box", K_ ("Sent"),
                      K_ ("The few people who are chosen for this have it. If you are in danger "
                          "now, ring 999."))
          : make_box ("notice", K_ ("Recorded, but nobody has been told yet"),
                      K_ ("This screen sends it by itself when it can. If you are in danger now, "
                          "ring 999. You can also speak to somebody you trust.")));
  return page;
}

/* Beside the number, where there is room in every language. Nothing is printed that was not asked for. */
static void
append_slip (GtkWidget *box, gboolean has_form, GCallback slip, gpointer user_data)
{
  GtkWidget *button;

  if (slip == NULL)
    return;
  button = gtk_button_new_with_label (has_form ? K_ ("Print a slip, and a form to sign")
                                               : K_ ("Print a slip"));
  gtk_widget_add_css_class (button, "plain");
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  g_signal_connect (button, "clicked", slip, user_data);
  gtk_box_append (GTK_BOX (box), button);
}

/**
 * amends_kiosk_said_done:
 * @receipt: what became of it
 * @numbers: (element-type AmendsNumber): whom they may ring about it
 * @percent: how large its texts are, from 100
 * @slip: (nullable): called when somebody wants a slip; %NULL where nothing prints one
 *
 * Returns: (transfer floating): the page that says so
 */
GtkWidget *
amends_kiosk_said_done (const AmendsKioskReceipt *receipt,
                        const GPtrArray *numbers,
                        int percent,
                        GCallback slip,
                        gpointer user_data)
{
  GtkWidget *page = make_page ();
  GtkWidget *number = make_box ("box", K_ ("Your number"), NULL);
  GtkWidget *both, *days;
  g_autofree char *shown = amends_kiosk_flow_dup_shown (receipt->n_shown);

  gtk_box_append (GTK_BOX (page),
                  amends_kiosk_label (K_ ("Thank you. It is recorded."), "question"));
  gtk_box_append (GTK_BOX (page),
                  amends_kiosk_label (K_ ("You do not need to do anything else."), "how"));
  gtk_box_append (GTK_BOX (page), amends_kiosk_spare ());

  gtk_box_append (GTK_BOX (number), amends_kiosk_line (receipt->reference, "reference"));
  gtk_box_append (GTK_BOX (number),
                  amends_kiosk_label (K_ ("Say it when you speak to us about this."), "hint"));
  if (shown != NULL && !receipt->is_discreet)
    gtk_box_append (GTK_BOX (number), amends_kiosk_label (shown, "hint"));
  append_slip (number, receipt->needs_form, slip, user_data);
  if (receipt->is_discreet)
    return append_discreet (page, number, receipt);
  both = gtk_box_new (percent >= AMENDS_KIOSK_LARGE_PERCENT ? GTK_ORIENTATION_VERTICAL
                                                            : GTK_ORIENTATION_HORIZONTAL,
                      GAP);
  days = make_box ("box", NULL, NULL);
  append_day (days, K_ ("You hear from us by"), receipt->acknowledge_day);
  if (receipt->acknowledge_day != AMENDS_DAY_NONE && amends_kiosk_receipt_say_way (receipt) != NULL)
    gtk_box_append (GTK_BOX (days),
                    amends_kiosk_label (amends_kiosk_receipt_say_way (receipt), "hint"));
  append_day (days, K_ ("You get our answer by"), receipt->respond_day);
  append_whom_to_ask (days, numbers);
  gtk_box_append (
      GTK_BOX (days),
      amends_kiosk_label (K_ ("Not happy with our answer? You can ask for a second look. The "
                              "Housing Ombudsman helps free of charge, now or later."),
                          "hint"));
  gtk_widget_set_hexpand (number, TRUE);
  gtk_widget_set_hexpand (days, TRUE);
  gtk_box_append (GTK_BOX (both), number);
  gtk_box_append (GTK_BOX (both), days);
  gtk_box_append (GTK_BOX (page), both);
  gtk_box_append (
      GTK_BOX (page),
      receipt->is_sent
          ? make_box ("box", K_ ("Sent"),
                      K_ ("The people who deal with it have it. Nobody can read it here."))
          : make_box ("notice", K_ ("Recorded, but not sent yet"),
                      K_ ("This screen sends it by itself when it can. Until then it is "
                          "locked: nobody can read it here. Your dates count from today.")));
  return page;
}

/* ------------------------------------------------------------ the others */

/**
 * amends_kiosk_said_idle:
 * @stay: called when somebody is still there
 * @more: called when somebody needs more time
 * @ret_left: (out) (transfer none): a bar with the seconds that are left, which is a part of the page
 *
 * Returns: (transfer floating): a page, and not something over the answers, which a passer-by would read
 */
GtkWidget *
amends_kiosk_said_idle (GCallback stay, GCallback more, gpointer user_data, GtkWidget **ret_left)
{
  GtkWidget *page = make_page ();
  GtkWidget *stay_button = gtk_button_new_with_label (K_ ("Yes, I am still here"));
  GtkWidget *more_button = gtk_button_new_with_label (K_ ("I need ten more minutes"));

  gtk_box_append (GTK_BOX (page),
                  amends_kiosk_label (K_ ("Are you still there?"), "start-question"));
  gtk_box_append (GTK_BOX (page),
                  amends_kiosk_label (K_ ("If nobody answers in one minute, what was "
                                          "written here is deleted."),
                                      "how"));
  *ret_left = gtk_level_bar_new_for_interval (0, AMENDS_KIOSK_WARNING_S);
  gtk_accessible_update_property (GTK_ACCESSIBLE (*ret_left), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  K_ ("Seconds to answer"), -1);
  gtk_box_append (GTK_BOX (page), *ret_left);
  gtk_box_append (GTK_BOX (page), amends_kiosk_spare ());
  gtk_widget_add_css_class (stay_button, "start");
  g_signal_connect (stay_button, "clicked", stay, user_data);
  gtk_box_append (GTK_BOX (page), stay_button);
  gtk_widget_add_css_class (more_button, "plain");
  g_signal_connect (more_button, "clicked", more, user_data);
  gtk_box_append (GTK_BOX (page), more_button);
  return page;
}

/**
 * amends_kiosk_said_help:
 * @question: (nullable): that somebody asks about; %NULL where none is asked
 * @numbers: (element-type AmendsNumber): whom they may ring, as amends_kiosk_numbers_choose() has them
 * @is_signed_in: whether a member of staff has signed in beside them
 * @sign: (nullable): called when one signs in, or who has signs out; %NULL where none can
 *
 * Returns: (transfer floating): what a page means, and who can be asked
 */
GtkWidget *
amends_kiosk_said_help (const AmendsKioskQuestion *question,
                        const GPtrArray *numbers,
                        gboolean is_signed_in,
                        GCallback sign,
                        gpointer user_data)
{
  GtkWidget *page = make_page ();

  gtk_box_append (GTK_BOX (page), amends_kiosk_label (K_ ("Help"), "question"));
  gtk_box_append (
      GTK_BOX (page),
      amends_kiosk_label (K_ ("Ask our staff to come to this screen. They can read to you and "
                              "write for you."),
                          "how"));
  append_numbers (page, numbers);
  gtk_box_append (GTK_BOX (page), amends_kiosk_spare ());
  if (question != NULL)
    {
      GtkWidget *asked = make_box ("box", K_ ("What this page asks"), K_ (question->title));

      if (question->how != NULL)
        gtk_box_append (GTK_BOX (asked), amends_kiosk_label (K_ (question->how), "body"));
      if (question->why != NULL)
        gtk_box_append (GTK_BOX (asked), amends_kiosk_label (K_ (question->why), "body"));
      gtk_box_append (GTK_BOX (page), asked);
    }
  gtk_box_append (GTK_BOX (page), make_urgent ());
  if (sign != NULL)
    {
      GtkWidget *button =
          gtk_button_new_with_label (is_signed_in ? K_ ("The member of staff signs out here")
                                                  : K_ ("A member of staff signs in here"));

      gtk_widget_add_css_class (button, "plain");
      g_signal_connect (button, "clicked", sign, user_data);
      gtk_box_append (GTK_BOX (page), button);
    }
  return page;
}

/**
 * amends_kiosk_said_sign_out:
 * @name: of who signs out, and has added something
 * @sign_out: called when they do
 *
 * Returns: (transfer floating): a page that says what goes with them
 */
GtkWidget *
amends_kiosk_said_sign_out (const char *name, GCallback sign_out, gpointer user_data)
{
  GtkWidget *page = make_page ();
  GtkWidget *button = gtk_button_new_with_label (K_ ("Sign out, and delete what was added"));
  g_autofree char *apart = amends_words_isolate (name);
  /* Translators: the name of a member of staff. */
  g_autofree char *text = g_strdup_printf (K_ ("What %s added here is deleted. What you told us "
                                               "yourself stays."),
                                           apart);

  gtk_box_append (GTK_BOX (page),
                  amends_kiosk_label (K_ ("Does the member of staff sign out?"), "question"));
  gtk_box_append (GTK_BOX (page), amends_kiosk_label (text, "how"));
  gtk_box_append (GTK_BOX (page), amends_kiosk_spare ());
  gtk_widget_add_css_class (button, "plain");
  g_signal_connect (button, "clicked", sign_out, user_data);
  gtk_box_append (GTK_BOX (page), button);
  return page;
}

/**
 * amends_kiosk_said_closed:
 * @numbers: (element-type AmendsNumber): whom they may ring, as for amends_kiosk_said_help()
 * @reason: (nullable): for whoever looks after it
 *
 * Returns: (transfer floating): the page where nothing can be recorded
 */
GtkWidget *
amends_kiosk_said_closed (const GPtrArray *numbers, const char *reason)
{
  GtkWidget *page = make_page ();

  gtk_box_append (GTK_BOX (page),
                  amends_kiosk_label (K_ ("This screen cannot be used now. Please ask our "
                                          "staff."),
                                      "start-question"));
  append_numbers (page, numbers);
  if (reason != NULL)
    gtk_box_append (GTK_BOX (page), amends_kiosk_label (reason, "hint"));
  gtk_box_append (GTK_BOX (page), amends_kiosk_spare ());
  gtk_box_append (GTK_BOX (page), make_urgent ());
  return page;
}
