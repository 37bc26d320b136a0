/* amends-pins.c: by what a kiosk knows a member of staff
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * An attempt is counted before it is looked at, and on the disk: whoever ends the kiosk in between, or begins it anew,
 * has not got it back. The wait is for the person who was named, so that nobody is kept out by what is tried with the
 * name of another. A clock that was set back begins the wait again. */

#include "store/amends-pins.h"

#include <sodium.h>
#include <string.h>

#include "core/amends-error.h"
#include "core/amends-fold.h"
#include "core/amends-register.h"
#include "core/amends-secret.h"
#include "store/amends-known.h"
#include "store/amends-log.h"
#include "store/amends-store-private.h"

/* As for the slots of staff. */
static guint64
get_ops (AmendsStore *self)
{
  return self->environment.stretch_ops != 0 ? self->environment.stretch_ops
                                            : crypto_pwhash_OPSLIMIT_INTERACTIVE;
}

static gsize
get_mem (AmendsStore *self)
{
  return self->environment.stretch_mem != 0 ? self->environment.stretch_mem
                                            : crypto_pwhash_MEMLIMIT_INTERACTIVE;
}

/**
 * amends_pin_holder_free:
 * @self: (nullable) (transfer full): somebody who has a PIN
 */
void
amends_pin_holder_free (AmendsPinHolder *self)
{
  if (self == NULL)
    return;
  g_free (self->name);
  g_free (self->scheme);
  g_free (self);
}

/* Whether each digit is as far from the one before: 000000, 123456, 987654. */
static gboolean
is_row (const char *pin)
{
  for (gsize i = 2; pin[i] != '\0'; i++)
    if (pin[i] - pin[i - 1] != pin[1] - pin[0])
      return FALSE;
  return ABS (pin[1] - pin[0]) <= 1;
}

/**
 * amends_pin_check_digits:
 *
 * Errors: %AMENDS_CORE_ERROR_INVALID, field pin.
 * Returns: whether @pin may be somebody's
 */
gboolean
amends_pin_check_digits (const char *pin, GError **error)
{
  gsize n_digits = strspn (pin, "0123456789");

  if (pin[n_digits] != '\0' || n_digits < AMENDS_PIN_MIN_DIGITS || n_digits > AMENDS_PIN_MAX_DIGITS)
    amends_set_error (error, AMENDS_CORE_ERROR_INVALID, "pin", NULL,
                      "A PIN has %d to %d digits and nothing else", AMENDS_PIN_MIN_DIGITS,
                      AMENDS_PIN_MAX_DIGITS);
  else if (is_row (pin))
    amends_set_error (error, AMENDS_CORE_ERROR_INVALID, "pin", NULL,
                      "That PIN is the first that anybody tries. Choose digits that are not all "
                      "the same and not in a row");
  else
    return TRUE;
  return FALSE;
}

/* ------------------------------------------------------------ setting it */

/* What is to be said of somebody's PIN in one scheme, and after what. */
typedef struct
{
  AmendsDecision *decision;
  AmendsId stream; /* number 0 for a new one */
  AmendsId *heads;
  guint n_heads;
} Saying;

static void
saying_free (gpointer data)
{
  Saying *self = data;

  g_clear_pointer (&self->decision, amends_decision_free);
  g_free (self->heads);
  g_free (self);
}

/* After all that was said of it before, in whatever stream. */
static gboolean
prepare (AmendsStore *self,
         Saying *saying,
         const char *scheme,
         const char *staff,
         json_t *said,
         GError **error)
{
  g_auto (GStrv) schemes = amends_store_list_schemes (self, TRUE, error);
  g_autoptr (GPtrArray) events = NULL;
  g_autoptr (AmendsFold) fold = NULL;
  json_auto_t *taken = NULL;
  AmendsMoment moment;

  json_object_set_new (said, "scheme", json_string (scheme));
  amends_store_get_moment (self, &moment);
  if (schemes != NULL)
    taken = amends_register_take (AMENDS_REGISTER_PINS, said, (const char *const *) schemes,
                                  &moment, NULL, error);
  if (taken != NULL)
    saying->decision =
        amends_decide_register (AMENDS_REGISTER_PINS, taken, &self->actor, &moment, error);
  if (saying->decision == NULL || !amends_store_check_serves (self, saying->decision->feed, error))
    return FALSE;
  events = amends_known_read_one (self, AMENDS_REGISTER_PINS, scheme, staff, error);
  if (events == NULL)
    return FALSE;
  if (events->len == 0)
    return TRUE;
  fold = amends_fold_new ((AmendsEvent *const *) events->pdata, events->len);
  saying->stream = ((const AmendsEvent *) g_ptr_array_index (events, 0))->stream;
  saying->heads = amends_fold_get_heads (fold, &saying->n_heads);
  return TRUE;
}

static gboolean
append (AmendsStore *self, const Saying *saying, GError **error)
{
  g_autoptr (GPtrArray) written =
      amends_log_append (self, saying->decision->feed,
                         saying->stream.number != 0 ? &saying->stream : NULL, saying->heads,
                         saying->n_heads, saying->decision->bodies, error);

  return written != NULL;
}

/* What is said of the PIN of @staff in each of @schemes, or in none of them. */
static gboolean
write_entries (AmendsStore *self,
               const char *const *schemes,
               const AmendsId *staff,
               const char *name,
               const char *verifier,
               GError **error)
{
  g_auto (AmendsTransaction) transaction = AMENDS_TRANSACTION_INIT;
  g_autoptr (GPtrArray) sayings = g_ptr_array_new_with_free_func (saying_free);
  char id[AMENDS_ID_BUFFER];
  json_auto_t *said = NULL;

  amends_id_format_to (staff, id);
  said = json_pack ("{s:s, s:s, s:s}", "staff", id, "name", name, "verifier", verifier);
  for (guint i = 0; schemes[i] != NULL; i++)
    {
      Saying *saying = g_new0 (Saying, 1);

      g_ptr_array_add (sayings, saying);
      if (!prepare (self, saying, schemes[i], id, said, error))
        return FALSE;
    }
  if (!amends_transaction_begin (&transaction, self->db, error))
    return FALSE;
  for (guint i = 0; i < sayings->len; i++)
    if (!append (self, g_ptr_array_index (sayings, i), error))
      return FALSE;
  if (!amends_transaction_commit (&transaction, error))
    return FALSE;
  amends_read_touch (self);
  return TRUE;
}

/**
 * amends_store_set_pin:
 * @schemes: (array zero-terminated=1): whose kiosks are to know it
 * @pin: of whoever is signed in; it takes the place of the one before
 *
 * For all of @schemes, or for none of them.
 * Errors: %AMENDS_CORE_ERROR_INVALID for one that is no PIN or too easy, or a scheme that there is not here;
 * %AMENDS_CORE_ERROR_REFUSED where nobody is signed in, @schemes is empty, or the device does not serve one; store
 * errors.
 * Returns: %TRUE once it is recorded; the kiosks know of it after their next exchange
 */
gboolean
amends_store_set_pin (AmendsStore *self,
                      const char *const *schemes,
                      const char *pin,
                      GError **error)
{
  char verifier[crypto_pwhash_STRBYTES];
  g_autoptr (AmendsStaff) staff = NULL;

  if (!amends_store_check_writable (self, error) || !amends_pin_check_digits (pin, error))
    return FALSE;
  if (self->actor.number == 0)
    {
      amends_set_error (error, AMENDS_CORE_ERROR_REFUSED, "pin", NULL,
                        "Nobody is signed in, so it is not known whose PIN it would be");
      return FALSE;
    }
  if (schemes[0] == NULL)
    {
      amends_set_error (error, AMENDS_CORE_ERROR_REFUSED, "scheme", NULL,
                        "This device serves no scheme, so no kiosk would know the PIN: whoever "
                        "looks after the server can grant one");
      return FALSE;
    }
  staff = amends_store_get_staff (self, &self->actor, error);
  if (staff == NULL)
    return FALSE;
  if (crypto_pwhash_str (verifier, pin, strlen (pin), get_ops (self), get_mem (self)) != 0)
    {
      g_set_error (error, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_FAILED,
                   "There is not enough memory to set a PIN");
      return FALSE;
    }
  return write_entries (self, schemes, &self->actor, staff->name, verifier, error);
}

/**
 * amends_store_remove_pin:
 * @scheme: whose kiosks know it
 * @staff: whose it is: theirs who is signed in, or anybody's for whoever may record roles
 *
 * Errors: %AMENDS_CORE_ERROR_NOT_FOUND where they have none; %AMENDS_CORE_ERROR_REFUSED; store errors.
 * Returns: %TRUE once it is recorded
 */
gboolean
amends_store_remove_pin (AmendsStore *self,
                         const char *scheme,
                         const AmendsId *staff,
                         GError **error)
{
  g_autoptr (GPtrArray) pins = NULL;

  if (!amends_store_check_writable (self, error))
    return FALSE;
  if (!amends_id_equal (staff, &self->actor) && !amends_store_check_may_set_roles (self, error))
    return FALSE;
  pins = amends_store_list_pins (self, error);
  for (guint i = 0; pins != NULL && i < pins->len; i++)
    {
      const AmendsPinHolder *holder = g_ptr_array_index (pins, i);

      if (amends_id_equal (&holder->staff, staff) && g_str_equal (holder->scheme, scheme))
        return write_entries (self, (const char *const[]){ scheme, NULL }, staff, holder->name,
                              AMENDS_REGISTER_NO_PIN, error);
    }
  if (pins != NULL)
    amends_set_error (error, AMENDS_CORE_ERROR_NOT_FOUND, "name", NULL,
                      "They have no PIN for the kiosks of that scheme");
  return FALSE;
}

/* ------------------------------------------------------------ who has one */

/* (transfer full) (nullable): their PIN; %NULL without @error if they have none */
static AmendsRegistered *
load_entry (AmendsStore *self, const char *scheme, const char *staff, GError **error)
{
  g_autoptr (GPtrArray) events =
      amends_known_read_one (self, AMENDS_REGISTER_PINS, scheme, staff, error);
  g_autoptr (AmendsRegistered) entry = NULL;

  if (events != NULL && events->len > 0)
    entry = amends_registered_new (AMENDS_REGISTER_PINS, (AmendsEvent *const *) events->pdata,
                                   events->len);
  return entry != NULL && entry->verifiers[0] != NULL ? g_steal_pointer (&entry) : NULL;
}

static int
compare_holders (gconstpointer a, gconstpointer b)
{
  const AmendsPinHolder *one = *(const AmendsPinHolder *const *) a;
  const AmendsPinHolder *other = *(const AmendsPinHolder *const *) b;
  int order = strcmp (one->scheme, other->scheme);

  return order != 0 ? order : g_utf8_collate (one->name, other->name);
}

/**
 * amends_store_list_pins:
 *
 * Errors: those of amends_read_ensure().
 * Returns: (transfer full) (element-type AmendsPinHolder): who has one, by scheme, then by name
 */
GPtrArray *
amends_store_list_pins (AmendsStore *self, GError **error)
{
  g_autoptr (GPtrArray) pins =
      g_ptr_array_new_with_free_func ((GDestroyNotify) amends_pin_holder_free);
  g_autoptr (GHashTable) known = amends_known_load (self, AMENDS_REGISTER_PINS, error);
  GHashTableIter iter;
  gpointer key;

  if (known == NULL)
    return NULL;
  g_hash_table_iter_init (&iter, known);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      g_autoptr (GError) failure = NULL;
      g_auto (GStrv) scheme_and_staff = g_strsplit (key, "\t", 2);
      g_autoptr (AmendsRegistered) entry =
          load_entry (self, scheme_and_staff[0], scheme_and_staff[1], &failure);
      g_autoptr (AmendsPinHolder) holder = NULL;
      const char *staff;

      if (failure != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&failure));
          return NULL;
        }
      if (entry == NULL)
        continue;
      staff = amends_registered_get_text (entry, "staff");
      holder = g_new0 (AmendsPinHolder, 1);
      holder->name = g_strdup (amends_registered_get_text (entry, "name"));
      holder->scheme = g_strdup (amends_registered_get_text (entry, "scheme"));
      if (holder->name != NULL && holder->scheme != NULL
          && amends_id_parse_len (staff, strlen (staff), &holder->staff))
        g_ptr_array_add (pins, g_steal_pointer (&holder));
    }
  g_ptr_array_sort (pins, compare_holders);
  return g_steal_pointer (&pins);
}

/* ------------------------------------------------------------ signing in */

static guint
get_wait_s (gint64 n_wrong)
{
  guint wait_s = AMENDS_PIN_FIRST_WAIT_S;

  if (n_wrong < AMENDS_PIN_N_FREE)
    return 0;
  for (gint64 n = AMENDS_PIN_N_FREE; n < n_wrong && wait_s < AMENDS_PIN_LONGEST_WAIT_S; n++)
    wait_s *= 2;
  return MIN (wait_s, AMENDS_PIN_LONGEST_WAIT_S);
}

/* In two facts of the store: how many were wrong, and when the last was. */
typedef struct
{
  char *n_name;
  char *at_name;
  gint64 n_wrong;
  gint64 at; /* microseconds since 1970 UTC */
} Tries;

static void
tries_clear (Tries *self)
{
  g_free (self->n_name);
  g_free (self->at_name);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Tries, tries_clear)

static gboolean
tries_load (Tries *self, AmendsStore *store, const AmendsId *staff, GError **error)
{
  char id[AMENDS_ID_BUFFER];

  amends_id_format_to (staff, id);
  self->n_name = g_strconcat ("pin-wrong ", id, NULL);
  self->at_name = g_strconcat ("pin-at ", id, NULL);
  return amends_meta_get_number (store, self->n_name, &self->n_wrong, error)
         && amends_meta_get_number (store, self->at_name, &self->at, error);
}

static gboolean
tries_save (const Tries *self, AmendsStore *store, GError **error)
{
  g_auto (AmendsTransaction) transaction = AMENDS_TRANSACTION_INIT;

  return amends_transaction_begin (&transaction, store->db, error)
         && amends_meta_set_number (store, self->n_name, self->n_wrong, error)
         && amends_meta_set_number (store, self->at_name, self->at, error)
         && amends_transaction_commit (&transaction, error);
}

/* Whether @pin is that of @verifier. It comes from another device: one that asks for more memory or time than any of
 * ours does is none. */
static gboolean
is_pin (AmendsStore *self, const char *verifier, const char *pin)
{
  char text[crypto_pwhash_STRBYTES] = { 0 };

  return g_strlcpy (text, verifier, sizeof text) < sizeof text
         && crypto_pwhash_str_needs_rehash (text, get_ops (self), get_mem (self)) == 0
         && crypto_pwhash_str_verify (text, pin, strlen (pin)) == 0;
}

static gboolean
is_one_of (AmendsStore *self, char *const *verifiers, const char *pin)
{
  for (guint i = 0; verifiers[i] != NULL; i++)
    if (is_pin (self, verifiers[i], pin))
      return TRUE;
  return FALSE;
}

static gboolean
refuse_for_now (guint wait_s, guint *ret_wait_s, GError **error)
{
  *ret_wait_s = wait_s;
  amends_set_error (error, AMENDS_CORE_ERROR_REFUSED, "pin", NULL,
                    "Too many PINs were wrong. Try again in %u seconds", wait_s);
  return FALSE;
}

/**
 * amends_store_check_pin:
 * @scheme: where the kiosk stands
 * @staff: who says that they stand before it
 * @pin: as it was typed
 * @ret_wait_s: (out): for how long no PIN is looked at now, in seconds; 0 for not at all
 *
 * Slow on purpose.
 * Errors: %AMENDS_CORE_ERROR_REFUSED, field pin, where it is wrong or may not be tried yet;
 * %AMENDS_CORE_ERROR_NOT_FOUND where they have none any more; store errors.
 * Returns: whether it is theirs
 */
gboolean
amends_store_check_pin (AmendsStore *self,
                        const char *scheme,
                        const AmendsId *staff,
                        const char *pin,
                        guint *ret_wait_s,
                        GError **error)
{
  g_auto (Tries) tries = { 0 };
  g_autoptr (AmendsRegistered) entry = NULL;
  g_autoptr (GError) failure = NULL;
  gint64 now = amends_environment_now (&self->environment);
  char id[AMENDS_ID_BUFFER];
  guint wait_s;

  *ret_wait_s = 0;
  amends_id_format_to (staff, id);
  if (!amends_store_check_writable (self, error) || !tries_load (&tries, self, staff, error))
    return FALSE;
  wait_s = get_wait_s (tries.n_wrong);
  if (now < tries.at)
    {
      tries.at = now;
      if (!tries_save (&tries, self, error))
        return FALSE;
    }
  if (wait_s > 0 && now - tries.at < (gint64) wait_s * G_USEC_PER_SEC)
    return refuse_for_now (wait_s - (guint) ((now - tries.at) / G_USEC_PER_SEC), ret_wait_s, error);

  entry = load_entry (self, scheme, id, &failure);
  if (entry == NULL)
    {
      if (failure != NULL)
        g_propagate_error (error, g_steal_pointer (&failure));
      else
        amends_set_error (error, AMENDS_CORE_ERROR_NOT_FOUND, "pin", NULL,
                          "They have no PIN for the kiosks of that scheme");
      return FALSE;
    }
  tries.n_wrong++;
  tries.at = now;
  if (!tries_save (&tries, self, error))
    return FALSE;
  if (is_one_of (self, entry->verifiers, pin))
    {
      tries.n_wrong = 0;
      return tries_save (&tries, self, error);
    }
  wait_s = get_wait_s (tries.n_wrong);
  if (wait_s > 0)
    return refuse_for_now (wait_s, ret_wait_s, error);
  amends_set_error (error, AMENDS_CORE_ERROR_REFUSED, "pin", NULL, "That is not their PIN");
  return FALSE;
}
