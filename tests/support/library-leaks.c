/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Linked into a sanitised program with many libraries. What a library allocates while it is loaded is not a
 * leak: GLib's table of quarks is left behind on purpose when it becomes too small, and how much a program
 * interns decides when. Its stack says no more than g_malloc (), so lsan.supp cannot name it.
 */

#include <sanitizer/lsan_interface.h>
#include <stddef.h>

#pragma weak __lsan_disable
#pragma weak __lsan_enable

typedef void (*Initialiser) (void);

/* Before the constructors of every library. */
static void
begin_loading (void)
{
  if (__lsan_disable != NULL)
    __lsan_disable ();
}

__attribute__ ((section (".preinit_array"), used)) static const Initialiser first = begin_loading;

/* After them all: a program's own constructors run last. */
__attribute__ ((constructor)) static void
end_loading (void)
{
  if (__lsan_enable != NULL)
    __lsan_enable ();
}
