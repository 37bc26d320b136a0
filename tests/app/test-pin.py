#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""test-pin.py AMENDS AMENDS-SERVER AMENDSCTL: a member of staff sets the PIN by which kiosks know them, with the keyboard
alone. The tests build on each other, and report as TAP."""

import re
import sys

from staff_support import check, play_office, wait_for


def window_of(app):
    return app.find("push button", "Set the PIN").window


def say(app, pin, again, sentence):
    """What is typed, and what is said of it."""
    app.set_text(app.find("text", "PIN"), pin)
    app.set_text(app.find("text", "PIN once more"), again)
    app.click(app.find("push button", "Set the PIN"))
    app.find("status bar", re.compile(sentence))


def test_open(office, server, head, colleague):
    app = office.app
    office.enrol(server, "Oak Court laptop", "Janet Whitlock")
    app.find("label", "Oak Court is ready", timeout=40)
    app.press("ctrl+k")
    app.type("pin for")
    app.find("list item", "PIN for the kiosk")
    app.press("Return")
    app.find("label", re.compile("^With your own PIN you sign in at the kiosks"))
    app.find("list", "PIN for the kiosk")


def test_what_is_none(office, server, head, colleague):
    app = office.app
    say(app, "12345", "12345", "^A PIN has 6 to 12 digits and nothing else")
    say(app, "111111", "111111", "^That PIN is the first that anybody tries")
    say(app, "370415", "370416", "^The two are not the same")


def test_set(office, server, head, colleague):
    app = office.app
    say(app, "370415", "370415", "^Your PIN is set. A kiosk knows it once")
    check(app.find("text", "PIN").text() == "", "the PIN still stands there")
    app.press("Escape", window=window_of(app))
    app.wait_gone("push button", "Set the PIN")
    office.wait_sentence("last sent")

    def is_known():
        colleague.run("sync")
        return [row["name"] for row in colleague.run("pin", "list")] == ["Janet Whitlock"]
    wait_for(is_known, "it known to the scheme", 60)


def test_the_lock_shuts_it(office, server, head, colleague):
    app = office.app
    app.press("ctrl+k")
    app.type("pin for")
    app.find("list item", "PIN for the kiosk")
    app.press("Return")
    app.set_text(app.find("text", "PIN"), "370415")
    app.press("ctrl+l", window=window_of(app))
    app.find("label", "Amends is locked")
    app.wait_gone("push button", "Set the PIN")


if __name__ == "__main__":
    sys.exit(play_office(globals(), (1366, 1000)))
