/* amends-issue-editor.h: one thing complained of, and what would put it right
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>
#include <jansson.h>

#include "app/widgets/amends-problem-row.h"

G_BEGIN_DECLS

#define AMENDS_TYPE_ISSUE_EDITOR (amends_issue_editor_get_type ())
G_DECLARE_FINAL_TYPE (AmendsIssueEditor, amends_issue_editor, AMENDS, ISSUE_EDITOR, AdwBin)

GtkWidget *amends_issue_editor_new (gboolean is_first);
json_t *amends_issue_editor_collect (AmendsIssueEditor *self);
void amends_issue_editor_load (AmendsIssueEditor *self, const json_t *issue);
AmendsProblemRow *amends_issue_editor_get_problem_row (AmendsIssueEditor *self);

G_END_DECLS
