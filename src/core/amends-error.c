/* amends-error.c: what core says when input or an act cannot be taken
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/amends-error.h"

/* An error of core carries the field it is about and the clause it rests on beside its sentence:
 * a screen puts the sentence beside the field, a script reads both. */
typedef struct
{
  char *field;  /* (nullable) dotted path, "issues.0.what" */
  char *clause; /* (nullable) as cited, "policy 4.2" */
} AmendsCoreErrorPrivate;

static void
amends_core_error_private_init (AmendsCoreErrorPrivate *priv)
{
}

static void
amends_core_error_private_copy (const AmendsCoreErrorPrivate *from, AmendsCoreErrorPrivate *to)
{
  to->field = g_strdup (from->field);
  to->clause = g_strdup (from->clause);
}

static void
amends_core_error_private_clear (AmendsCoreErrorPrivate *priv)
{
  g_free (priv->field);
  g_free (priv->clause);
}

G_DEFINE_EXTENDED_ERROR (AmendsCoreError, amends_core_error)

/**
 * amends_set_error:
 * @error: (nullable): where to put it
 * @code: what kind of refusal it is
 * @field: (nullable): the dotted path of the field it is about
 * @clause: (nullable): the clause it rests on
 * @format: a sentence for a person, without personal data
 *
 * Sets @error in the domain %AMENDS_CORE_ERROR.
 */
void
amends_set_error (GError **error,
                  AmendsCoreError code,
                  const char *field,
                  const char *clause,
                  const char *format,
                  ...)
{
  g_autofree char *message = NULL;
  va_list args;

  if (error == NULL)
    return;

  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);

  g_set_error_literal (error, AMENDS_CORE_ERROR, code, message);
  AmendsCoreErrorPrivate *priv = amends_core_error_get_private (*error);
  priv->field = g_strdup (field);
  priv->clause = g_strdup (clause);
}

/**
 * amends_error_get_field:
 * @error: any error
 *
 * Returns: (nullable) (transfer none): the dotted path of the field that @error is about
 */
const char *
amends_error_get_field (const GError *error)
{
  if (error == NULL || error->domain != AMENDS_CORE_ERROR)
    return NULL;
  return amends_core_error_get_private (error)->field;
}

/**
 * amends_error_get_clause:
 * @error: any error
 *
 * Returns: (nullable) (transfer none): the clause that @error rests on
 */
const char *
amends_error_get_clause (const GError *error)
{
  if (error == NULL || error->domain != AMENDS_CORE_ERROR)
    return NULL;
  return amends_core_error_get_private (error)->clause;
}

/**
 * amends_error_get_code_name:
 * @error: an error of the domain %AMENDS_CORE_ERROR
 *
 * Returns: (transfer none): the word that scripts read, "invalid" or "ambiguous"
 */
const char *
amends_error_get_code_name (const GError *error)
{
  g_return_val_if_fail (error != NULL && error->domain == AMENDS_CORE_ERROR, "error");

  switch ((AmendsCoreError) error->code)
    {
    case AMENDS_CORE_ERROR_INVALID:
      return "invalid";
    case AMENDS_CORE_ERROR_NOT_FOUND:
      return "not-found";
    case AMENDS_CORE_ERROR_REFUSED:
      return "refused";
    case AMENDS_CORE_ERROR_AMBIGUOUS:
      return "ambiguous";
    case AMENDS_CORE_ERROR_CALENDAR_ENDS:
      return "calendar-ends";
    case AMENDS_CORE_ERROR_TOO_LARGE:
      return "too-large";
    }
  return "error";
}
