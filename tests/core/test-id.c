/* test-id.c: ids of events and references of cases
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "core/amends-error.h"
#include "core/amends-id.h"

static const struct
{
  const char *text;
  gboolean is_id;
} id_rows[] = {
  { "7K.41", TRUE },
  { "0.1", TRUE },                   /* the server */
  { "ZZZZ.9007199254740992", TRUE }, /* the last there is */
  { "ZZZZ.9007199254740993", FALSE },
  { "ZZZZ.99999999999999999999", FALSE },
  { "", FALSE },
  { "7K", FALSE },
  { "7K.", FALSE },
  { ".41", FALSE },
  { "7K.0", FALSE },
  { "7K.041", FALSE },
  { "7K.+41", FALSE },
  { "7K.4 1", FALSE },
  { "7K.41 ", FALSE },
  { "7k.41", FALSE },
  { "7O.41", FALSE }, /* no letter O */
  { "7.41", FALSE },  /* one character is the server's */
  { "7K7K7.41", FALSE },
  { "7K.41.2", FALSE },
};

static void
test_parse (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (id_rows); i++)
    {
      AmendsId id = { "", 0 };
      g_autoptr (GError) error = NULL;
      gboolean is_id = amends_id_parse (id_rows[i].text, &id, &error);

      g_test_message ("“%s”", id_rows[i].text);
      g_assert_cmpint (is_id, ==, id_rows[i].is_id);
      if (is_id)
        {
          g_autofree char *text = amends_id_format (&id);

          g_assert_cmpstr (text, ==, id_rows[i].text);
        }
      else
        {
          g_assert_error (error, AMENDS_CORE_ERROR, AMENDS_CORE_ERROR_INVALID);
          g_assert_cmpuint (id.number, ==, 0);
        }
    }
}

static void
test_parse_len (void)
{
  AmendsId id;

  g_assert_true (amends_id_parse_len ("7K.41,3F.2", 5, &id));
  g_assert_cmpuint (id.number, ==, 41);
  g_assert_true (amends_id_parse_len ("7K.41,3F.2", 4, &id));
  g_assert_cmpuint (id.number, ==, 4);
  g_assert_false (amends_id_parse_len ("7K.41,3F.2", 3, &id));
  g_assert_false (amends_id_parse_len ("7K.41,3F.2", 0, &id));
}

/* By code, then by number; not as text. */
static void
test_order (void)
{
  static const char *const ascending[] = {
    "0.5", "3F.2", "3F.10", "7K.1", "7K.9", "7K0.1", "8A.1"
  };

  for (gsize i = 0; i < G_N_ELEMENTS (ascending); i++)
    for (gsize j = 0; j < G_N_ELEMENTS (ascending); j++)
      {
        AmendsId a;
        AmendsId b;
        int order;

        g_assert_true (amends_id_parse (ascending[i], &a, NULL));
        g_assert_true (amends_id_parse (ascending[j], &b, NULL));
        order = amends_id_compare (&a, &b);
        g_assert_cmpint (order < 0, ==, i < j);
        g_assert_cmpint (order > 0, ==, i > j);
        g_assert_cmpint (amends_id_equal (&a, &b), ==, i == j);
        if (i == j)
          g_assert_cmpuint (amends_id_hash (&a), ==, amends_id_hash (&b));
      }
}

static const struct
{
  const char *said;
  const char *reference;
} reference_rows[] = {
  { "7K-0001-H", "7K-0001-H" }, { "7k-0001-h", "7K-0001-H" }, { " 7K 0001 H ", "7K-0001-H" },
  { "7K_0001_H", "7K-0001-H" }, { "7K-1-H", "7K-0001-H" },    { "7K-OOOI-H", "7K-0001-H" },
  { "7K-000l-H", "7K-0001-H" },
};

static void
test_reference (void)
{
  g_autofree char *long_one = amends_reference_format ("7K", 123456);
  g_autofree char *again = NULL;
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (reference_rows); i++)
    {
      g_autofree char *canonical = NULL;

      amends_reference_parse (reference_rows[i].said, &canonical, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (canonical, ==, reference_rows[i].reference);
    }
  g_assert_true (g_str_has_prefix (long_one, "7K-123456-"));
  amends_reference_parse (long_one, &again, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (again, ==, long_one);
}

/* Every single wrong digit and every swap of two neighbours is seen. */
static void
test_check_character (void)
{
  for (guint64 counter = 1; counter < 3000; counter += 7)
    {
      g_autofree char *reference = amends_reference_format ("7K", counter);

      for (gsize at = 3; at < 7; at++)
        for (int digit = '0'; digit <= '9'; digit++)
          {
            g_autofree char *mistyped = g_strdup (reference);
            g_autofree char *canonical = NULL;

            mistyped[at] = (char) digit;
            if (digit != reference[at])
              g_assert_false (amends_reference_parse (mistyped, &canonical, NULL));
          }
      for (gsize at = 3; at < 6; at++)
        {
          g_autofree char *swapped = g_strdup (reference);
          g_autofree char *canonical = NULL;

          swapped[at] = reference[at + 1];
          swapped[at + 1] = reference[at];
          if (!g_str_equal (swapped, reference))
            g_assert_false (amends_reference_parse (swapped, &canonical, NULL));
        }
    }
}

static const char *const not_references[] = {
  "",
  "7K",
  "7K-0001",
  "7K-0001-",
  "7K-0001-HH",
  "7K--H",
  "7K-0000-0",
  "7K-0001-H-H",
  "7-0001-H",
  "7KKKK-0001-H",
  "7K-00x1-H",
  "7K-0001-U",
  "7K-9999999999999-H",
  "7K-0001-J",
  "7K.1",
};

static void
test_reference_refuses (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (not_references); i++)
    {
      g_autofree char *canonical = NULL;
      g_autoptr (GError) error = NULL;

      g_test_message ("“%s”", not_references[i]);
      g_assert_false (amends_reference_parse (not_references[i], &canonical, &error));
      g_assert_error (error, AMENDS_CORE_ERROR, AMENDS_CORE_ERROR_INVALID);
      g_assert_cmpstr (amends_error_get_field (error), ==, "reference");
      g_assert_null (canonical);
    }
}

/* What is easily misread is taken for what was meant; U is for nothing. */
static void
test_base32 (void)
{
  for (guint value = 0; value < 32; value++)
    {
      char c = amends_base32_to_char (value);

      g_assert_cmpint (amends_base32_from_char (c), ==, (int) value);
      g_assert_cmpint (amends_base32_from_char (g_ascii_tolower (c)), ==, (int) value);
      g_assert_null (strchr ("ILOU", c));
    }
  g_assert_cmpint (amends_base32_from_char ('o'), ==, 0);
  g_assert_cmpint (amends_base32_from_char ('i'), ==, 1);
  g_assert_cmpint (amends_base32_from_char ('L'), ==, 1);
  for (const char *c = "Uu-. "; *c != '\0'; c++)
    g_assert_cmpint (amends_base32_from_char (*c), ==, -1);
  g_assert_cmpint (amends_base32_from_char ('\0'), ==, -1);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();

  g_test_add_func ("/base32", test_base32);
  g_test_add_func ("/id/parse", test_parse);
  g_test_add_func ("/id/parse-len", test_parse_len);
  g_test_add_func ("/id/order", test_order);
  g_test_add_func ("/reference/parse", test_reference);
  g_test_add_func ("/reference/check-character", test_check_character);
  g_test_add_func ("/reference/refuses", test_reference_refuses);
  return g_test_run ();
}
