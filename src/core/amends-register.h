/* amends-register.h: what a landlord keeps a register of: homes, people, staff, numbers to ring, PINs, and what was carried
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Each of them is a stream of events of one type, and each event says some of its fields: what one says last stands.
 * One table says what there is to say, where it is written and by what it is known again. A home says nothing of who
 * lives there, so that a kiosk may read it; people stand where the cases of their scheme do. */

#pragma once

#include "core/amends-decide.h"
#include "core/amends-schema.h"

G_BEGIN_DECLS

/**
 * AmendsRegisterKind:
 * @AMENDS_REGISTER_CASES: the cases themselves; they have gates of their own, and no row in the table
 * @AMENDS_REGISTER_HOMES: in `k.<scheme>`
 * @AMENDS_REGISTER_PEOPLE: in `s.<scheme>`
 * @AMENDS_REGISTER_STAFF: in `staff`
 * @AMENDS_REGISTER_NUMBERS: in `k.<scheme>`: whom to ring there, and when somebody is there; its kiosks may show them
 * @AMENDS_REGISTER_PINS: in `k.<scheme>`, where its kiosks read by what they know a member of staff; in no spreadsheet,
 *   since each sets their own
 * @AMENDS_REGISTER_CARRIAGES: in `s.<scheme>`: who took away what waits at a kiosk, on which stick; a kiosk writes it
 *   where it writes the records themselves, and can read neither
 */
typedef enum
{
  AMENDS_REGISTER_CASES,
  AMENDS_REGISTER_HOMES,
  AMENDS_REGISTER_PEOPLE,
  AMENDS_REGISTER_STAFF,
  AMENDS_REGISTER_NUMBERS,
  AMENDS_REGISTER_PINS,
  AMENDS_REGISTER_CARRIAGES,
} AmendsRegisterKind;

/* What stands in the place of a verifier once there is no PIN. */
#define AMENDS_REGISTER_NO_PIN "none"

/* PINs that one person set apart and that count until they set the next: each costs a kiosk as much as one. */
#define AMENDS_REGISTER_MAX_PINS 4

#define AMENDS_REGISTER_N_KINDS 7
#define AMENDS_REGISTER_N_IMPORTED 5 /* that are taken from a spreadsheet: all before the PINs */

/**
 * AmendsRegister:
 * @type: of its events
 * @is_of_scheme: whether each scheme has its own
 * @key: the field by which an entry is known again in its scheme
 * @feed: where it is written; before the code of the scheme where @is_of_scheme
 * @fields: what there is to say
 * @counts: (nullable): whether an event of it counts; %NULL where each does
 */
typedef struct
{
  AmendsEventType type;
  gboolean is_of_scheme;
  const char *key;
  const char *feed;
  const AmendsSchemaField *fields;
  gboolean (*counts) (const json_t *body);
} AmendsRegister;

const AmendsRegister *amends_register_get (AmendsRegisterKind kind);
gboolean amends_register_of_stream (AmendsEvent *const *events,
                                    guint n_events,
                                    AmendsRegisterKind *ret_kind);
char *amends_register_dup_reference (const char *reference);

/**
 * AmendsRegistered: an entry, folded
 * @id: its stream
 * @kind: of which register
 * @said: an object of its fields, as they stand
 * @verifiers: (array zero-terminated=1): of a PIN, those that are theirs; none where it was taken away, and of
 *   another register
 */
typedef struct
{
  AmendsId id;
  AmendsRegisterKind kind;
  json_t *said;
  char **verifiers;
} AmendsRegistered;

AmendsRegistered *
amends_registered_new (AmendsRegisterKind kind, AmendsEvent *const *events, guint n_events);
const char *amends_registered_get_text (const AmendsRegistered *self, const char *field);
void amends_registered_free (AmendsRegistered *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AmendsRegistered, amends_registered_free)

json_t *amends_register_take (AmendsRegisterKind kind,
                              const json_t *said,
                              const char *const *schemes,
                              const AmendsMoment *moment,
                              GPtrArray *problems,
                              GError **error);
AmendsDecision *amends_decide_register (AmendsRegisterKind kind,
                                        const json_t *taken,
                                        const AmendsId *by,
                                        const AmendsMoment *moment,
                                        GError **error);

G_END_DECLS
