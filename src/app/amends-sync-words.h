/* amends-sync-words.h: how the exchange with the server stands, as a person reads it
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/amends-session.h"

G_BEGIN_DECLS

char *amends_sync_words_sentence (const AmendsStatus *status, gboolean is_short);
char *amends_sync_words_taken (const AmendsTakenFeed *feed);
char *amends_sync_words_withdrawn (const AmendsStatus *status);
char *amends_sync_words_news (const AmendsNews *news);
char *amends_sync_words_set_aside (const AmendsStatus *status);
char *amends_sync_words_held_back (const AmendsStatus *status);
char *amends_sync_words_clock (const AmendsStatus *status);
const char *amends_sync_words_attachments (const AmendsStatus *status);
const char *amends_sync_words_error (const char *code);
gboolean amends_sync_words_needs_person (const char *code);
gboolean amends_sync_words_must_act (const AmendsStatus *status);
/* By hand. */
char *amends_sync_words_carried (const AmendsStatus *status);
char *amends_sync_words_saved (const AmendsHandResult *result);
char *amends_sync_words_read (const AmendsHandResult *result);
char *amends_sync_words_carriage (const AmendsCarriage *carriage);
char *amends_sync_words_hand_error (const GError *error);

char *amends_sync_words_enrolment_error (const GError *error);

G_END_DECLS
