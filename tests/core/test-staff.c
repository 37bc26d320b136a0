/* test-staff.c: a member of staff, from the events that record them
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/amends-staff.h"
#include "support/graph.h"

#define MAX_EVENTS 4

/* @body: what it holds beside its type. */
static const struct
{
  const char *name;
  struct
  {
    const char *id;
    const char *after;
    const char *body;
  } events[MAX_EVENTS];
  const char *said; /* NULL: nobody */
  const char *roles;
} rows[] = {
  { "as-first-written", { { "2A.1", "", ",\"name\":\"Ada Thorn\"" } }, "Ada Thorn", "" },
  { "with-roles",
    { { "2A.1", "", ",\"name\":\"Ada Thorn\"" },
      { "2A.2", "2A.1", ",\"name\":\"Ada Thorn\",\"roles\":[\"approver\",\"line-manager\"]" } },
    "Ada Thorn",
    "line-manager approver" },
  { "later-roles",
    { { "2A.1", "", ",\"name\":\"Ada Thorn\"" },
      { "2A.2", "2A.1", ",\"roles\":[\"approver\"]" },
      { "7K.1", "2A.2", ",\"roles\":[\"relief\"]" } },
    "Ada Thorn",
    "relief" },
  { "none-left",
    { { "2A.1", "", ",\"name\":\"Ada Thorn\",\"roles\":[\"approver\"]" },
      { "2A.2", "2A.1", ",\"roles\":[]" } },
    "Ada Thorn",
    "" },
  /* Of two versions what both hold: nobody decides by a role that somebody else took away. */
  { "roles-apart",
    { { "2A.1", "", ",\"name\":\"Ada Thorn\"" },
      { "2A.2", "2A.1", ",\"roles\":[\"approver\",\"relief\"]" },
      { "7K.1", "2A.1", ",\"roles\":[\"relief\",\"investigator\"]" } },
    "Ada Thorn",
    "relief" },
  { "another-name",
    { { "2A.1", "", ",\"name\":\"Ada Thorn\"" }, { "2A.2", "2A.1", ",\"name\":\"Ada Reed\"" } },
    "Ada Reed",
    "" },
  { "strange",
    { { "2A.1", "", ",\"name\":\"Ada Thorn\",\"roles\":\"approver\"" },
      { "2A.2", "2A.1", ",\"name\":7,\"roles\":[7,null,\"king\",[\"approver\"]]" } },
    "Ada Thorn",
    "" },
  { "nobody", { { "2A.1", "", ",\"roles\":[\"approver\"]" } }, NULL, NULL },
};

static void
test_fold (gconstpointer data)
{
  guint n = GPOINTER_TO_UINT (data);
  g_autoptr (GPtrArray) events =
      g_ptr_array_new_with_free_func ((GDestroyNotify) amends_event_unref);
  g_autoptr (AmendsStaff) staff = NULL;
  g_autofree char *roles = NULL;

  for (guint i = 0; i < MAX_EVENTS && rows[n].events[i].id != NULL; i++)
    {
      g_autofree char *body =
          g_strdup_printf ("{\"type\":\"staff.recorded\"%s}", rows[n].events[i].body);

      g_ptr_array_insert (events, 0,
                          test_event_new (rows[n].events[i].id, rows[n].events[i].after, body));
    }
  staff = amends_staff_new ((AmendsEvent *const *) events->pdata, events->len);
  g_assert_cmpstr (staff != NULL ? staff->name : NULL, ==, rows[n].said);
  roles = staff != NULL ? g_strjoinv (" ", staff->roles) : NULL;
  g_assert_cmpstr (roles, ==, rows[n].roles);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strconcat ("/staff/", rows[i].name, NULL);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_fold);
    }
  return g_test_run ();
}
