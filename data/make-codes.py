#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""make-codes.py: writes src/core/amends-codes-data.c from data/codes.ini.

The table is kept with the sources, so that a build needs no interpreter, nothing has to be parsed
when a program starts, and gettext finds the labels, each with its list as the context."""

import pathlib

SOURCE = pathlib.Path(__file__).resolve().parent.parent
RESERVED = ("common", "needs-detail")

HEAD = """/* amends-codes-data.c: the code lists, written by data/make-codes.py from data/codes.ini
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "core/amends-codes.h"

/* clang-format off */
"""


def read_lists():
    lists = {}
    codes = None
    for line in (SOURCE / "data" / "codes.ini").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            codes = lists.setdefault(line.strip("[]"), {})
        elif line and not line.startswith("#"):
            key, value = line.split("=", 1)
            codes[key] = value
    return lists


def table(name, codes):
    marked = {key: [word for word in codes.get(key, "").split(";") if word] for key in RESERVED}
    unknown = [word for words in marked.values() for word in words if word not in codes]
    if unknown:
        raise SystemExit("[%s] marks codes it does not have: %s" % (name, ", ".join(unknown)))
    yield "static const AmendsCode %s[] = {" % name.replace("-", "_")
    for code, label in codes.items():
        if code not in RESERVED:
            flags = ["TRUE" if code in marked[key] else "FALSE" for key in RESERVED]
            yield '  { "%s", NC_ ("%s", "%s"), %s },' % (code, name, label, ", ".join(flags))
    yield "};"
    yield ""


def main():
    lists = read_lists()
    lines = [line for name, codes in lists.items() for line in table(name, codes)]
    lines.append("const AmendsCodeList amends_code_lists[] = {")
    for name in lists:
        variable = name.replace("-", "_")
        lines.append('  { "%s", %s, G_N_ELEMENTS (%s) },' % (name, variable, variable))
    lines += ["};", "", "const guint amends_n_code_lists = G_N_ELEMENTS (amends_code_lists);"]
    (SOURCE / "src" / "core" / "amends-codes-data.c").write_text(
        HEAD + "\n" + "\n".join(lines) + "\n", encoding="utf-8")


main()
