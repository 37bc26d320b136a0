/* amends-session-pins.c: by what a kiosk knows a member of staff
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/amends-session-private.h"

#include "core/amends-error.h"
#include "core/amends-secret.h"

static gpointer
run_list_pins (AmendsSession *self, gpointer data, GError **error)
{
  if (!amends_session_require_store (self, error))
    return NULL;
  return amends_store_list_pins (self->store, error);
}

/**
 * amends_session_list_pins_async:
 * @callback: for amends_session_list_pins_finish()
 */
void
amends_session_list_pins_async (AmendsSession *self,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  g_return_if_fail (AMENDS_IS_SESSION (self));

  amends_session_push_job (self,
                           (AmendsSessionJob){ run_list_pins,
                                               .free_result = (GDestroyNotify) g_ptr_array_unref },
                           NULL, callback, user_data);
}

/* Returns: (transfer full) (element-type AmendsPinHolder): who has one */
GPtrArray *
amends_session_list_pins_finish (AmendsSession *self, GAsyncResult *result, GError **error)
{
  return amends_session_finish_job (self, result, error);
}

typedef struct
{
  char *scheme;
  AmendsId staff;
  char *pin;
} Pin;

static void
pin_free (gpointer data)
{
  Pin *self = data;

  g_free (self->scheme);
  amends_secret_text_free (self->pin);
  g_free (self);
}

static Pin *
pin_new (const char *scheme, const char *pin)
{
  Pin *self = g_new0 (Pin, 1);

  self->scheme = g_strdup (scheme);
  self->pin = g_strdup (pin);
  return self;
}

static gpointer
run_set_pin (AmendsSession *self, gpointer data, GError **error)
{
  const Pin *pin = data;
  g_auto (GStrv) schemes = NULL;

  if (!amends_session_require_store (self, error))
    return NULL;
  schemes = amends_store_list_schemes (self->store, TRUE, error);
  if (schemes == NULL
      || !amends_store_set_pin (self->store, (const char *const *) schemes, pin->pin, error))
    return NULL;
  return self;
}

/**
 * amends_session_set_pin_async:
 * @pin: of whoever is signed in
 * @callback: for amends_session_set_pin_finish()
 *
 * For the kiosks of each scheme that this device serves.
 */
void
amends_session_set_pin_async (AmendsSession *self,
                              const char *pin,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_return_if_fail (AMENDS_IS_SESSION (self) && pin != NULL);

  amends_session_push_job (self,
                           (AmendsSessionJob){ run_set_pin, pin_new (NULL, pin), pin_free,
                                               .is_change = TRUE },
                           NULL, callback, user_data);
}

/* Returns: whether it is recorded */
gboolean
amends_session_set_pin_finish (AmendsSession *self, GAsyncResult *result, GError **error)
{
  return amends_session_finish_job (self, result, error) != NULL;
}

static gpointer
run_check_pin (AmendsSession *self, gpointer data, GError **error)
{
  const Pin *pin = data;
  g_autofree AmendsPinAnswer *answer = g_new0 (AmendsPinAnswer, 1);
  g_autoptr (GError) failure = NULL;

  if (!amends_session_require_store (self, error))
    return NULL;
  answer->is_right = amends_store_check_pin (self->store, pin->scheme, &pin->staff, pin->pin,
                                             &answer->wait_s, &failure);
  if (!answer->is_right && failure->domain != AMENDS_CORE_ERROR)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return NULL;
    }
  answer->has_none = g_error_matches (failure, AMENDS_CORE_ERROR, AMENDS_CORE_ERROR_NOT_FOUND);
  return g_steal_pointer (&answer);
}

/**
 * amends_session_check_pin_async:
 * @holder: who says that they stand before the kiosk
 * @pin: as it was typed
 * @callback: for amends_session_check_pin_finish()
 */
void
amends_session_check_pin_async (AmendsSession *self,
                                const AmendsPinHolder *holder,
                                const char *pin,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  Pin *input;

  g_return_if_fail (AMENDS_IS_SESSION (self) && holder != NULL && pin != NULL);

  input = pin_new (holder->scheme, pin);
  input->staff = holder->staff;
  amends_session_push_job (self,
                           (AmendsSessionJob){ run_check_pin, input, pin_free,
                                               .free_result = g_free },
                           NULL, callback, user_data);
}

/**
 * amends_session_check_pin_finish:
 *
 * Errors: store errors; a PIN that is wrong is an answer.
 * Returns: (transfer full): freed with g_free()
 */
AmendsPinAnswer *
amends_session_check_pin_finish (AmendsSession *self, GAsyncResult *result, GError **error)
{
  return amends_session_finish_job (self, result, error);
}
