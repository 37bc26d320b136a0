#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""check-potfiles.py SOURCE: po/POTFILES.in names every file with strings that a person reads, each
once, in order, and no file that is not there."""

import pathlib
import re
import sys

IN_C = re.compile(r"\b(?:_|N_|C_|NC_|Q_|gettext|ngettext)\s*\(\s*\"")
DEFINITION = re.compile(r"^\s*#\s*define\b.*$", re.MULTILINE)
IN_XML = re.compile(r"translatable=\"(?:yes|true|1)\"")
TRANSLATED_DATA = (".desktop.in", ".metainfo.xml.in", ".gschema.xml")


def has_strings(path):
    if path.name.endswith(TRANSLATED_DATA):
        return True
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".ui":
        return IN_XML.search(text) is not None
    return IN_C.search(DEFINITION.sub("", text)) is not None


def main():
    source = pathlib.Path(sys.argv[1])
    lines = (source / "po" / "POTFILES.in").read_text(encoding="utf-8").splitlines()
    listed = [line for line in lines if line and not line.startswith("#")]

    candidates = [*(source / "src").rglob("*.c"), *(source / "src").rglob("*.h"),
                  *(source / "ui").rglob("*.ui"), *(source / "data").glob("*.in"),
                  *(source / "data").glob("*.gschema.xml")]
    wanted = {path.relative_to(source).as_posix() for path in candidates if has_strings(path)}

    problems = [f"po/POTFILES.in: not listed: {name}" for name in sorted(wanted - set(listed))]
    problems += [f"po/POTFILES.in: nothing to translate: {name}"
                 for name in sorted(set(listed) - wanted)]
    if listed != sorted(set(listed)):
        problems.append("po/POTFILES.in: sorted, and each file once")
    for problem in problems:
        print(problem)
    return 1 if problems else 0


sys.exit(main())
