/* amends-edition.h: what the landlord has published: editions of its policy, and calendars
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Both travel as events in the feed `org`, with their whole text, so that every device judges by the
 * same words. A case names the event that published the edition it began under, and stays with it
 * until somebody moves it. */

#pragma once

#include "core/amends-case.h"
#include "core/amends-rules.h"

G_BEGIN_DECLS

/**
 * AmendsEdition:
 * @id: the event that published it
 * @type: %AMENDS_EVENT_POLICY_PUBLISHED or %AMENDS_EVENT_CALENDAR_PUBLISHED; %AMENDS_EVENT_UNKNOWN where
 *   the event cannot be read
 * @at: by its author's clock, microseconds since 1970 UTC; 0 unknown
 * @by: the member of staff; number 0 unknown
 * @name: (nullable): the id of the policy or calendar
 * @text: (nullable): the whole file
 * @policy: (nullable): an edition of a policy
 * @calendar: (nullable): a calendar
 * @from_day: the first day on which a case can begin under it; %AMENDS_DAY_NONE of a calendar
 * @schemes: (nullable) (array zero-terminated=1): where it is in force; %NULL for everywhere
 * @rival: an edition that was published apart from this one for the same day and place, with nobody
 *   since who had seen both; number 0 if there is none. Of the two the later in the fold stands
 * @problem: (nullable): why it is held and not used, in English; %NULL where it is used
 *
 * Texts and values are owned by the editions.
 */
typedef struct
{
  AmendsId id;
  AmendsEventType type;
  gint64 at;
  AmendsId by;
  char *name;
  char *text;
  AmendsPolicy *policy;
  AmendsCalendar *calendar;
  AmendsDay from_day;
  char **schemes;
  AmendsId rival;
  char *problem;
} AmendsEdition;

/**
 * AmendsKindFunc:
 * @code: of a device
 *
 * Returns: (transfer full) (nullable): its kind, "admin"; %NULL if the device is not known
 */
typedef char *(*AmendsKindFunc) (const char *code, gpointer user_data);

/**
 * AmendsEditionsSource:
 * @events: (element-type AmendsEvent): all events held of `org`, in any order
 * @damaged: (nullable) (element-type AmendsId): those of them that cannot be opened any more
 * @code: the Code that ships
 * @calendars: (element-type AmendsCalendar): those that ship; the Code's own is among them
 * @kind_of: what kind of device wrote an event
 * @user_data: for @kind_of
 *
 * What the editions are made of. All is borrowed while they are made.
 */
typedef struct
{
  GPtrArray *events;
  GArray *damaged;
  AmendsPolicy *code;
  GPtrArray *calendars;
  AmendsKindFunc kind_of;
  gpointer user_data;
} AmendsEditionsSource;

AmendsEditions *amends_editions_new (const AmendsEditionsSource *source);
AmendsEditions *amends_editions_ref (const AmendsEditions *self);
void amends_editions_unref (AmendsEditions *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AmendsEditions, amends_editions_unref)

guint amends_editions_get_n_editions (const AmendsEditions *self);
const AmendsEdition *amends_editions_get_nth (const AmendsEditions *self, guint n);
const AmendsEdition *amends_editions_find (const AmendsEditions *self, const AmendsId *id);
const AmendsEdition *
amends_editions_get_in_force (const AmendsEditions *self, const char *scheme, AmendsDay day);
AmendsPolicy *amends_editions_get_code (const AmendsEditions *self);
const AmendsCalendar *amends_editions_get_calendar (const AmendsEditions *self, const char *id);
void amends_editions_get_rules (const AmendsEditions *self,
                                const AmendsCase *complaint,
                                AmendsRules *ret_rules);

/* Where the next one is written. */
gboolean amends_editions_get_stream (const AmendsEditions *self, AmendsId *ret_stream);
AmendsId *amends_editions_get_heads (const AmendsEditions *self, guint *ret_n_heads);

gboolean amends_device_kind_may_publish (const char *kind);

G_END_DECLS
