/* amends-decide.h: the gate of every act: state, request and today in, events or a refusal out
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Recording what a person says is never refused: acceptance, authority and exclusion are later
 * decisions. What is refused here is malformed, says something of a state that is not so, or is what the
 * landlord's policy or the Code does not allow: it is judged by both, and what is stricter on the landlord
 * governs. */

#pragma once

#include "core/amends-case.h"
#include "core/amends-day.h"
#include "core/amends-rules.h"

G_BEGIN_DECLS

/**
 * AmendsMoment:
 * @now: the device's clock, microseconds since 1970 UTC
 * @known: the newest instant that was certainly reached: the newest seen from the server, or the
 *   build date
 *
 * Today is the later of the two. A clock more than a day behind @known is plainly wrong: then a date
 * in the future is taken, with a warning.
 */
typedef struct
{
  gint64 now;
  gint64 known;
} AmendsMoment;

AmendsDay amends_moment_get_today (const AmendsMoment *self);
gboolean amends_moment_is_plainly_wrong (const AmendsMoment *self);

/**
 * AmendsActor:
 * @id: the member of staff; number 0 if nobody is signed in
 * @roles: (nullable) (array zero-terminated=1): codes of the list "role" that are recorded for them
 * @device: (nullable): the code of the device where they do it
 */
typedef struct
{
  AmendsId id;
  const char *const *roles;
  const char *device;
} AmendsActor;

/**
 * AmendsDecision:
 * @feed: where the events are written
 * @bodies: (element-type GBytes): the bodies, in order; the first begins the stream if @begins
 * @begins: whether they begin a new stream
 * @warnings: (element-type utf8): sentences for a person: taken all the same
 *
 * What an act comes to. The log gives ids, stream, heads and salt.
 */
typedef struct
{
  char *feed;
  GPtrArray *bodies;
  gboolean begins;
  GPtrArray *warnings;
} AmendsDecision;

void amends_decision_free (AmendsDecision *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AmendsDecision, amends_decision_free)

const char *amends_intake_get_restriction (const json_t *intake);
AmendsDecision *amends_decide_record (const json_t *intake,
                                      const char *const *schemes,
                                      const AmendsEditions *editions,
                                      const char *reference,
                                      const AmendsId *by,
                                      const AmendsMoment *moment,
                                      GError **error);
AmendsDecision *amends_decide_act (const AmendsCase *complaint,
                                   const AmendsRules *rules,
                                   const json_t *act,
                                   const AmendsActor *by,
                                   const AmendsMoment *moment,
                                   GError **error);

/**
 * AmendsActAnswer:
 * @type: of the act
 * @is_open: whether the state of the case lets it be
 * @refusal: (nullable): why not, with the clause
 * @warnings: (element-type utf8): what a person should know who does it
 */
typedef struct
{
  AmendsEventType type;
  gboolean is_open;
  GError *refusal;
  GPtrArray *warnings;
} AmendsActAnswer;

void amends_act_answer_free (AmendsActAnswer *self);
json_t *amends_act_answer_to_json (const AmendsActAnswer *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AmendsActAnswer, amends_act_answer_free)

GPtrArray *amends_decide_list_acts (const AmendsCase *complaint,
                                    const AmendsRules *rules,
                                    const AmendsActor *by,
                                    const AmendsMoment *moment);
GPtrArray *amends_decide_preview_correction (const AmendsCase *complaint,
                                             const AmendsCorrection *correction,
                                             const AmendsRules *rules,
                                             AmendsDay today);
gboolean amends_decide_add_attached (AmendsDecision *decision,
                                     const json_t *facts,
                                     const AmendsActor *by,
                                     const AmendsMoment *moment,
                                     GError **error);
AmendsDecision *amends_decide_attach (const AmendsCase *complaint,
                                      const json_t *facts,
                                      const AmendsActor *by,
                                      const AmendsMoment *moment,
                                      GError **error);
gboolean amends_decide_check_intake (const json_t *intake,
                                     const char *const *schemes,
                                     const AmendsMoment *moment,
                                     GPtrArray *ret_problems);

G_END_DECLS
