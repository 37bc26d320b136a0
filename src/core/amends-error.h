/* amends-error.h: what core says when input or an act cannot be taken
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * AmendsCoreError:
 * @AMENDS_CORE_ERROR_INVALID: the input is malformed; the field says where
 * @AMENDS_CORE_ERROR_NOT_FOUND: nothing here has that reference, id or name
 * @AMENDS_CORE_ERROR_REFUSED: policy or state forbids it; the clause says by what
 * @AMENDS_CORE_ERROR_AMBIGUOUS: two cases carry that reference
 * @AMENDS_CORE_ERROR_CALENDAR_ENDS: the calendar stops before the day asked for
 * @AMENDS_CORE_ERROR_TOO_LARGE: over a limit; the message says which
 */
typedef enum
{
  AMENDS_CORE_ERROR_INVALID = 1,
  AMENDS_CORE_ERROR_NOT_FOUND,
  AMENDS_CORE_ERROR_REFUSED,
  AMENDS_CORE_ERROR_AMBIGUOUS,
  AMENDS_CORE_ERROR_CALENDAR_ENDS,
  AMENDS_CORE_ERROR_TOO_LARGE,
} AmendsCoreError;

#define AMENDS_CORE_ERROR (amends_core_error_quark ())
GQuark amends_core_error_quark (void);

void amends_set_error (GError **error,
                       AmendsCoreError code,
                       const char *field,
                       const char *clause,
                       const char *format,
                       ...) G_GNUC_PRINTF (5, 6);
const char *amends_error_get_field (const GError *error);
const char *amends_error_get_clause (const GError *error);
const char *amends_error_get_code_name (const GError *error);

G_END_DECLS
