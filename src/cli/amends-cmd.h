/* amends-cmd.h: the commands, one a file
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cli/amends-cli.h"

G_BEGIN_DECLS

extern const AmendsCommand amends_cmd_enrol;
extern const AmendsCommand amends_cmd_staff;
extern const AmendsCommand amends_cmd_pin;
extern const AmendsCommand amends_cmd_record;
extern const AmendsCommand amends_cmd_act;
extern const AmendsCommand amends_cmd_attach;
extern const AmendsCommand amends_cmd_attachments;
extern const AmendsCommand amends_cmd_fetch;
extern const AmendsCommand amends_cmd_may;
extern const AmendsCommand amends_cmd_ledger;
extern const AmendsCommand amends_cmd_letter;
extern const AmendsCommand amends_cmd_list;
extern const AmendsCommand amends_cmd_search;
extern const AmendsCommand amends_cmd_show;
extern const AmendsCommand amends_cmd_history;
extern const AmendsCommand amends_cmd_conflicts;
extern const AmendsCommand amends_cmd_status;
extern const AmendsCommand amends_cmd_sync;
extern const AmendsCommand amends_cmd_bundle;
extern const AmendsCommand amends_cmd_import;
extern const AmendsCommand amends_cmd_fsck;
extern const AmendsCommand amends_cmd_rebuild;
extern const AmendsCommand amends_cmd_recover;
extern const AmendsCommand amends_cmd_backup;
extern const AmendsCommand amends_cmd_policy;
extern const AmendsCommand amends_cmd_calendar;
extern const AmendsCommand amends_cmd_clocks;
extern const AmendsCommand amends_cmd_schema;

/* record and act answer alike, and both take many lines in one process. */
typedef AmendsOutcome *(*AmendsCmdTake) (AmendsCli *cli, const json_t *value, GError **error);

json_t *amends_cmd_outcome_to_json (const AmendsOutcome *outcome);
void amends_cmd_print_warnings (const AmendsOutcome *outcome);
gboolean
amends_cmd_take_lines (AmendsCli *cli, const char *input, AmendsCmdTake take, GError **error);

/* Of attachments, for show and sync as well. */
void amends_cmd_print_attachment_problem (const char *problem);
void amends_cmd_print_attachments (const json_t *attachments);

/* Of conflicts, for show as well. */
void amends_cmd_print_versions (AmendsCli *cli, const json_t *conflict);

/* Policies and calendars as events in `org`. */
gboolean amends_cmd_tell_problems (AmendsCli *cli, const GPtrArray *problems, GError **error);
gboolean amends_cmd_check_policy (AmendsCli *cli,
                                  GBytes *bytes,
                                  const char *path,
                                  AmendsPolicy **ret_policy,
                                  GPtrArray **ret_verdicts,
                                  GError **error);
gboolean amends_cmd_publish_policy (AmendsCli *cli,
                                    const char *name,
                                    const char *from_text,
                                    const char *const *schemes,
                                    GError **error);
gboolean amends_cmd_list_editions (AmendsCli *cli, GError **error);

/* The start of the sync's peak of memory; before the process is closed to others. */
void amends_cmd_sync_prepare (void);

G_END_DECLS
