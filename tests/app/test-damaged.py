#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""test-damaged.py AMENDS AMENDS-SERVER AMENDSCTL: the staff application on a store whose disk has gone
wrong says so, shows what is whole and writes nothing. Reports as TAP."""

import contextlib
import datetime
import hashlib
import json
import pathlib
import re
import sqlite3
import subprocess
import sys
import tempfile

from staff_support import PASSPHRASE, Failure, Server, Staff

WHOLE, LOST = "Ida Fernsby", "Wren Ashdown"


def prepare(folder, server, ctl):
    """A store with two cases, of which the second's events are not as they were written."""
    passphrase = folder / "passphrase"
    passphrase.write_text(PASSPHRASE + "\n")

    def run(*arguments, **options):
        subprocess.run([ctl, "--store", folder / "store", *arguments, "--passphrase-file", passphrase],
                       check=True, stdout=subprocess.DEVNULL, text=True, timeout=60, **options)

    run("enrol", "--server", server.url, "--code", server.invite(), "--name", "Oak Court laptop",
        "--staff", "Janet Whitlock")
    run("sync")
    for name in (WHOLE, LOST):
        run("record", "-", input=json.dumps({
            "kind": "complaint", "scheme": "oak", "received": datetime.date.today().isoformat(),
            "channel": "in-person", "complainant": {"name": name},
            "issues": [{"what": "No heating"}]}))
    with contextlib.closing(sqlite3.connect(folder / "store" / "log.db")) as log, log:
        log.execute("UPDATE event SET sealed = zeroblob(length(sealed)) WHERE stream ="
                    " (SELECT stream FROM event ORDER BY place DESC LIMIT 1)")


def digest(folder):
    return hashlib.sha256((folder / "store" / "log.db").read_bytes()).hexdigest()


def test_it_says_so(app):
    app.find("label", re.compile("^Something on this disk is not as it was written"), timeout=30)


def test_what_is_whole_is_shown(app):
    app.press("alt+2")  # all cases
    app.find("list item", re.compile(WHOLE))
    if app.find_all("list item", re.compile(LOST)):
        raise Failure("a case that cannot be read is listed")


def test_nothing_can_be_recorded(app):
    new = re.compile("^(New|Record a complaint)$")
    app.find("push button", new)
    for button in app.find_all("push button", new):
        if "sensitive" in button.states_now():
            raise Failure("a complaint could be begun: %s" % button)


def main():
    program, server_program, ctl = sys.argv[1:]
    tests = [test_it_says_so, test_what_is_whole_is_shown, test_nothing_can_be_recorded]
    n_failed = 0
    print("1..%d" % (len(tests) + 1), flush=True)
    with tempfile.TemporaryDirectory(dir="/tmp", prefix="amends-damaged-") as name:
        folder = pathlib.Path(name)
        with Server(server_program, folder / "server") as server:
            server.start()
            prepare(folder, server, ctl)
        before = digest(folder)
        with Staff(program, folder) as staff:
            staff.unlock()
            for number, deed in enumerate(tests, 1):
                try:
                    deed(staff.app)
                    print("ok %d - %s" % (number, deed.__name__[5:].replace("_", "-")), flush=True)
                except AssertionError as failure:
                    n_failed += 1
                    print("not ok %d - %s" % (number, deed.__name__[5:].replace("_", "-")))
                    print("\n".join("# " + line for line in str(failure).splitlines()), flush=True)
        is_same = digest(folder) == before
        print("%s %d - nothing-is-written" % ("ok" if is_same else "not ok", len(tests) + 1))
    return 0 if is_same and n_failed == 0 else 1


if __name__ == "__main__":
    sys.exit(main())
