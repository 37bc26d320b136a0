#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""test-kiosk-menus.py AMENDS AMENDS-SERVER AMENDSCTL: where somebody writes at the real kiosk, nothing opens: not with
the other buttons of a mouse, nor with one that stays or presses twice, nor with the keys that open menus and the
inspector; nothing is pasted there, and what one visitor selects is not there for the next. Reports as TAP."""

import ctypes
import sys

from staff_support import Failure, wait_for, xdotool

from kiosk_support import CANARY, play_kiosk

# What opens something, or brings in what was copied elsewhere.
KEYS = ("Menu", "shift+F10", "ctrl+shift+i", "ctrl+shift+d", "ctrl+period", "ctrl+semicolon", "ctrl+c", "ctrl+x",
        "ctrl+v", "shift+Insert", "shift+Delete", "ctrl+Insert")
OPENED = ("menu", "menu item", "popup menu", "dialog", "window")


def has_owner(selection):
    """Whether a program offers it."""
    x11 = ctypes.CDLL("libX11.so.6")
    x11.XOpenDisplay.restype = ctypes.c_void_p
    x11.XInternAtom.restype = x11.XGetSelectionOwner.restype = ctypes.c_ulong
    display = ctypes.c_void_p(x11.XOpenDisplay(None))
    try:
        atom = ctypes.c_ulong(x11.XInternAtom(display, selection.encode("ascii"), False))
        return x11.XGetSelectionOwner(display, atom) != 0
    finally:
        x11.XCloseDisplay(display)


def opened(kiosk):
    """What is there beside the page: windows, and what is said of them."""
    return sorted(window[1:] for window in kiosk.app.x_windows()), [
        (node.role, node.name) for role in OPENED for node in kiosk.app.find_all(role)]


def try_all(kiosk, title):
    """At the one place on this page where something is written."""
    node = kiosk.app.find("text")
    kiosk.app.set_text(node, CANARY)
    kiosk.app.mouse_click(node)
    before = opened(kiosk)

    def check_nothing(how):
        kiosk.app.find("label", title)  # what was done has been answered by then
        if opened(kiosk) != before:
            raise Failure("%s opens %s" % (how, opened(kiosk)))

    for button in (2, 3, 8):
        kiosk.app.mouse_click(node, button)
        check_nothing("button %d" % button)
    kiosk.app.point_at(node)
    _left, _top, width, height = node.extents()
    xdotool("mousemove_relative", "--", str(30 - width // 2), str(25 - height // 2))  # on what is written
    xdotool("click", "--repeat", "2", "--delay", "60", "1")
    check_nothing("touching twice")
    xdotool("sleep", "0.6", "click", "1")
    check_nothing("touching what is selected")
    xdotool("mousedown", "1", "sleep", "1.5", "mouseup", "1")
    check_nothing("a finger that stays")
    for key in KEYS:
        kiosk.app.press(key)
        check_nothing(key)
    if node.text() != CANARY:
        raise Failure("it says %r now" % node.text())


def test_on_a_line(kiosk, _desk):
    kiosk.touch_start()
    kiosk.app.find("label", "Choose your language")
    try_all(kiosk, "Choose your language")


def test_in_own_words(kiosk, _desk):
    for title in ("How would you like to use this screen?", "You can leave at any time", "What would you like to do?",
                  "Is anyone in danger now?", "What happened?"):
        kiosk.go_on(title)
    try_all(kiosk, "What happened?")


def test_nothing_for_the_next(kiosk, _desk):
    """Neither what was copied nor what was selected: nobody offers it once somebody has left."""
    kiosk.app.press("shift+Home")
    wait_for(lambda: has_owner("PRIMARY"), "what is selected, offered to others")
    kiosk.touch("Leave")
    kiosk.app.find("push button", "First page")
    for selection in ("PRIMARY", "CLIPBOARD"):
        wait_for(lambda selection=selection: not has_owner(selection), "nothing in " + selection)


if __name__ == "__main__":
    sys.exit(play_kiosk(globals()))
