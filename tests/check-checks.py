#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""check-checks.py SOURCE: that the checks of the source find what they look for, and that
tools/test-count counts what it says, reported as TAP."""

import json
import pathlib
import subprocess
import sys
import tempfile

LICENCE = "/* SPDX-License-Identifier: GPL-3.0-or-later */\n"

# File, what stands in it, and what check-layering.py says of it: None if that is allowed.
LAYERING = (
    ("src/store/a.c", '#include "core/b.h"', None),
    ("src/store/a.h", '#include "config.h"', None),
    ("src/server/a.c", '#include "sync/b.h"', None),
    ("src/app/a.c", '#include "paper/b.h"', None),
    ("src/paper/a.c", '#include "store/b.h"', 'paper may not include "store/b.h"'),
    ("src/paper/a.c", "#include <gtk/gtk.h>", "paper may not include <gtk/gtk.h>"),
    ("src/core/a.c", '#include "store/b.h"', 'core may not include "store/b.h"'),
    ("src/store/a.c", '#include "sync/b.h"', 'store may not include "sync/b.h"'),
    ("src/cli/a.c", '#include "app/b.h"', 'cli may not include "app/b.h"'),
    ("src/server/a.c", '#include "cli/b.h"', 'server may not include "cli/b.h"'),
    ("src/app/staff/a.c", '#include "b.h"', '"b.h" does not name its layer'),
    ("src/core/a.c", "#include <gio/gio.h>", "core may not include <gio/gio.h>"),
    ("src/core/a.h", "#include <sqlite3.h>", "core may not include <sqlite3.h>"),
    ("src/store/a.c", "#include <libsoup/soup.h>", "store may not include <libsoup/soup.h>"),
    ("src/core/a.c", "x = g_get_real_time ();", "core may not call g_get_real_time ()"),
    ("src/core/a.c", "x = time (NULL);", "core may not call time ()"),
    ("src/core/a.c", "g_file_get_contents (a, b, c, d);", "core may not call g_file_get_contents ()"),
    ("src/core/a.c", "randombytes_buf (a, b);", "core may not call randombytes_buf ()"),
    ("src/core/a.c", "x = due_time (NULL); /* time () */", None),
    ("src/core/a.c", 's = "time (now)";', None),
    ("src/store/a.c", "randombytes_buf (a, b);", "store may not call randombytes_buf ()"),
    ("src/sync/a.c", "x = g_get_real_time ();", "sync may not call g_get_real_time ()"),
    ("src/sync/amends-environment.c", "x = g_get_real_time ();", None),
    ("src/cli/a.c", "x = g_get_real_time ();", None),
)

# File, what stands in it, and a part of what check-style.py says of it.
STYLE = (
    ("src/core/a.c", LICENCE + "int x;\n", None),
    ("src/core/a.c", "int x;\n", "SPDX"),
    ("src/core/a.c", LICENCE + "int x;", "line feed"),
    ("src/core/a.c", LICENCE + "goto out;\n", "goto"),
    ("src/core/a.c", LICENCE + "gint x;\n", "gint"),
    ("src/core/a.c", LICENCE + "/* never goto */\n", None),
    ("tests/core/a.c", LICENCE + "g_usleep (1);\n", "never sleeps"),
    ("src/core/a.c", LICENCE + "/* TO" "DO */\n", "left open"),
)

# What stands in the last column of the last row of the table of pitfalls, and a part of what
# check-pitfalls.py says.
PITFALLS = (
    ("not yet", None),
    ("nothing", "30 names no test"),
    ("`/engine/never-was`", "there is no /engine/never-was"),
    ("`tests/a.py: test_a`; not yet", "there is no tests/a.py: test_a"),
    ("not yet |\n| 31 | a | b | not yet", "rows 1 to 30"),
)

# Lines of a log, and the last line of what is said of them.
COUNT = (
    ([{"result": "OK", "stdout": "ok 1 /a\nok 2 /b # SKIP none\n1..2\n"}], "1 passed, 0 failed"),
    ([{"result": "FAIL", "stdout": "ok 1 /a\nnot ok 2 /b\n"}], "1 passed, 1 failed"),
    ([{"result": "FAIL", "stdout": "ok 1 /a\nBail out! /b\n"}], "1 passed, 1 failed"),
    ([{"result": "TIMEOUT", "stdout": ""}], "0 passed, 1 failed"),
    ([{"result": "OK", "stdout": "talk"}, {"result": "OK", "stdout": None}], "2 passed, 0 failed"),
    ([{"result": "SKIP", "stdout": ""}], "0 passed, 0 failed"),
    ([{"result": "OK", "stdout": "not ok 1 /a # TO" "DO later\nok 2 /b\n"}], "1 passed, 0 failed"),
    ([], "0 passed, 0 failed"),
)

# What programs said, and which of them may run a second time.
BROKEN = {"result": "FAIL", "stdout": "not ok 1 /a\n"}
REPEATS = (
    ({"amends:system / cut": BROKEN, "amends:core / day": {"result": "OK", "stdout": "ok 1 /a\n"}}, ["cut"]),
    ({"amends:display+walk / app-staff": {"result": "TIMEOUT", "stdout": ""}}, ["app-staff"]),
    ({"amends:core / day": BROKEN}, []),
    ({"amends:cli / options": {**BROKEN, "stderr": "==1==ERROR: AddressSanitizer: heap-use-after-free\n"}}, []),
    ({"amends:cli / options": {**BROKEN, "stdout": "a.c:1:2: runtime error: overflow\n"}}, []),
    ({f"amends:system / {n}": BROKEN for n in range(4)}, []),
)

# What the second run of a program that had failed said, and the last line of both runs.
AGAIN = (
    ({"result": "OK", "stdout": "ok 1 /a\n"}, "1 passed, 0 failed"),
    (BROKEN, "0 passed, 1 failed"),
    (None, "0 passed, 1 failed"),
)


def run(script, *arguments):
    done = subprocess.run((sys.executable, script, *arguments), text=True, stdout=subprocess.PIPE,
                          check=False)
    return done.returncode, done.stdout


def finds(script, name, text, said):
    with tempfile.TemporaryDirectory(prefix="amends-check-") as folder:
        path = pathlib.Path(folder) / name
        path.parent.mkdir(parents=True)
        path.write_text(text, encoding="utf-8")
        status, output = run(script, folder)
    return (status, output) == (0, "") if said is None else status == 1 and said in output


def write_log(path, records):
    path.write_text("".join(json.dumps({"name": name, **record}) + "\n"
                            for name, record in records.items()), encoding="utf-8")
    return path


def counts(script, records, said):
    with tempfile.TemporaryDirectory(prefix="amends-check-") as folder:
        path = write_log(pathlib.Path(folder) / "testlog.json", dict(zip("abc", records)))
        status, output = run(script, f"plain={path}")
    is_good = said.endswith(" 0 failed") and not said.startswith("0 passed")
    return status == (0 if is_good else 1) and output.splitlines()[-1] == said


def repeats(script, records, names):
    with tempfile.TemporaryDirectory(prefix="amends-check-") as folder:
        return run(script, "--to-repeat", write_log(pathlib.Path(folder) / "testlog.json", records)) == (
            0, "\n".join(names) + "\n")


def counts_again(script, record, said):
    """What failed the first time is told whatever became of it."""
    with tempfile.TemporaryDirectory(prefix="amends-check-") as folder:
        first = write_log(pathlib.Path(folder) / "testlog.json", {"a": {**BROKEN, "stderr": "the reason\n"}})
        again = pathlib.Path(folder) / "again.json"
        if record is not None:
            write_log(again, {"a": record})
        _, output = run(script, f"plain={first},{again}")
    has_passed = record is not None and record["result"] == "OK"
    return (output.splitlines()[-1] == said and "the reason" in output
            and ("passed when it ran again" in output) == has_passed)


def main():
    source = pathlib.Path(sys.argv[1])
    results = [(finds(source / "tests/check-layering.py", name, text + "\n", said),
                f"layering, {name}: {text}") for name, text, said in LAYERING]
    results += [(finds(source / "tests/check-style.py", name, text, said),
                 f"style, {name}: {said or 'fine'}") for name, text, said in STYLE]
    rows = "".join(f"| {n} | a | b | not yet |\n" for n in range(1, 30))
    results += [(finds(source / "tests/check-pitfalls.py", "tests/sync/PITFALLS.md",
                       f"{rows}| 30 | a | b | {text} |\n", said), f"pitfalls: {said or 'fine'}")
                for text, said in PITFALLS]
    results += [(counts(source / "tools/test-count", records, said), f"count, {said}")
                for records, said in COUNT]
    results += [(repeats(source / "tools/test-count", records, names), f"repeat, {names}")
                for records, names in REPEATS]
    results += [(counts_again(source / "tools/test-count", record, said), f"again, {said}")
                for record, said in AGAIN]
    for number, (is_good, what) in enumerate(results, 1):
        print(f"{'ok' if is_good else 'not ok'} {number} {what.replace('#', '')}")
    print(f"1..{len(results)}")


main()
