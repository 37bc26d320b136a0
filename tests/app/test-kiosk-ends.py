#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""test-kiosk-ends.py AMENDS AMENDS-SERVER AMENDSCTL [--every]: at every page of the kiosk a visitor leaves with
the corner, and at every fourth with Shift, or goes away, or the program is killed: with --every at each of
them. Each time the next visitor finds the start and nothing of the one before. Reports as TAP."""

import os
import pathlib
import re
import sys

from staff_support import Failure, wait_for, xdotool

from kiosk_support import CANARY, PAGES, begins_anew, is_shown, memory_holds, play_kiosk

LANGUAGE, THERE, DONE = "Choose your language", "Are you still there?", "Thank you. It is recorded."
COMFORT, WANT, DANGER, WHAT, WHO, SEND = (PAGES[i] for i in (0, 2, 3, 4, 12, -1))
ALL = (LANGUAGE, *PAGES, DONE)
DAYS = ("When did it happen?", "When did you find out about it?")
COMPLAIN = {WANT: "Tell us something is wrong"}

IS_EVERY = "--every" in sys.argv
IS_SANITISED = b"libasan" in pathlib.Path(sys.argv[1]).read_bytes()

# Each way through the pages: what is chosen where, the pages in their order, and at which of them a visit ends.
WAYS = (
    (COMPLAIN, ALL, ALL),
    ({WANT: "Carry on with a complaint we answered"}, (*ALL[:4], "Which complaint is it?"), None),
    ({COMFORT: "Somebody is helping me", **COMPLAIN}, (*ALL[:4], "Who is helping you?"), None),
    ({**COMPLAIN, DANGER: "I do not feel safe"}, (*ALL[:6], "How may we reach you safely?"), None),
    ({**COMPLAIN, WHO: "I am speaking for somebody else"}, (*ALL[:15], "What are you to them?", "May you speak for them?"), None),
)


def press(kiosk, name, n=1):
    """With a finger, @n times: the dock stays where it is while pages change."""
    if name not in kiosk.places:
        node = kiosk.app.find("push button", name)
        _number, (left, top) = kiosk.app.x_origin(node.window)
        x, y, width, height = node.extents()
        kiosk.places[name] = (left + x + width // 2, top + y + height // 2)
    xdotool("mousemove", *map(str, kiosk.places[name]), "click", "--repeat", str(n), "--delay", "20", "1")


def write(kiosk):
    for node in kiosk.app.find_all("text"):
        kiosk.app.set_text(node, CANARY)


def begin(kiosk):
    start = "Touch here to start"
    kiosk.pass_time(2)
    press(kiosk, start)
    try:
        kiosk.app.find("label", LANGUAGE, timeout=5)
    except Failure:
        if kiosk.app.find_all("push button", start):
            press(kiosk, start)
        kiosk.app.find("label", LANGUAGE)


def go_on(kiosk, page, stop, order):
    """Fingers that are faster than a busy screen are not all felt: what is left is pressed again."""
    for timeout in (5, 5, 20):
        press(kiosk, "Continue", order.index(stop) - order.index(page))
        try:
            return kiosk.app.find("label", stop, timeout=timeout)
        except Failure:
            page = next((title for title in order[:order.index(stop)]
                         if kiosk.app.find_all("label", title)), page)
    return kiosk.app.find("label", stop)


def walk_to(kiosk, wanted, choices, order=ALL):
    """From the start to the page @wanted, with something written on the way and there."""
    stops = [page for page in order[1:order.index(wanted)] if page in (*choices, WHAT)] + [wanted]
    begin(kiosk)
    page = LANGUAGE
    write(kiosk)
    for stop in stops if wanted != LANGUAGE else ():
        go_on(kiosk, page, stop, order)
        page = stop
        if page in choices and page != wanted:
            kiosk.choose(choices[page])
        # But for what must be a day.
        if page in (WHAT, wanted) and page not in DAYS:
            write(kiosk)


def shows_noticeboard(kiosk):
    kiosk.app.find("label", re.compile(r"^\d\d:\d\d$"))
    wait_for(lambda: not is_shown(kiosk, CANARY), "nothing of what was written")
    if [node.name for node in kiosk.app.find_all("push button")] != ["First page"]:
        raise Failure("the noticeboard has buttons")
    # A sanitiser keeps what is freed, to see whether it is used.
    if not IS_SANITISED:
        wait_for(lambda: not memory_holds(kiosk.app.process.pid, CANARY), "a memory of nothing that was written")
    kiosk.pass_time(31)


def leave_by_corner(kiosk):
    press(kiosk, "Leave")
    shows_noticeboard(kiosk)


def leave_by_name(kiosk):
    """A way that nobody sees: a long press on whose kiosk it is."""
    kiosk.hold("Larchfield Homes", re.compile(r"^\d\d:\d\d$"))
    shows_noticeboard(kiosk)


def leave_and_go_on(kiosk):
    """A second touch of whoever left is not felt; that of the next brings the first page."""
    press(kiosk, "Leave")
    node = kiosk.app.find("push button", "First page")
    kiosk.app.mouse_click(node)
    kiosk.app.find("label", re.compile(r"^\d\d:\d\d$"))
    if not kiosk.app.find_all("push button", "First page"):
        raise Failure("the noticeboard went at once")
    kiosk.pass_time(2)
    kiosk.app.mouse_click(node)


def leave_by_shift(kiosk):
    kiosk.app.press("shift", "shift", "shift")
    shows_noticeboard(kiosk)


def wait_away(kiosk):
    kiosk.pass_time(61)
    kiosk.app.find("label", THERE)
    if is_shown(kiosk, CANARY):
        raise Failure("whoever passes by reads %s" % CANARY)


def go_away(kiosk):
    wait_away(kiosk)
    kiosk.pass_time(61)


def kill(kiosk):
    kiosk.app.process.kill()
    kiosk.app.process.wait(10)
    kiosk.start()


def end_everywhere(kiosk, end, stride=4):
    for choices, order, pages in WAYS:
        for page in (pages or order[-1:])[::1 if IS_EVERY else stride]:
            walk_to(kiosk, page, choices, order)
            try:
                end(kiosk)
                begins_anew(kiosk)
            except Failure as failure:
                raise Failure("at “%s”: %s" % (page, failure)) from None


def test_the_look_finds_it(kiosk, _desk):
    """What is written is on the screen and in the memory: then that it is in neither means something."""
    kiosk.places = {}
    walk_to(kiosk, WHAT, COMPLAIN)
    if not is_shown(kiosk, CANARY):
        raise Failure("the look at the screen finds nothing at all")
    if not memory_holds(kiosk.app.process.pid, CANARY) and os.geteuid() == 0:
        raise Failure("the look into the memory finds nothing at all")
    leave_by_corner(kiosk)
    begins_anew(kiosk)


def test_leave_by_the_corner(kiosk, _desk):
    end_everywhere(kiosk, leave_by_corner, 1)


def test_leave_by_shift(kiosk, _desk):
    end_everywhere(kiosk, leave_by_shift)


def test_leave_by_the_name(kiosk, _desk):
    for page in (LANGUAGE, WHAT, DONE):
        walk_to(kiosk, page, COMPLAIN)
        leave_by_name(kiosk)
        begins_anew(kiosk)


def test_first_page(kiosk, _desk):
    walk_to(kiosk, WHAT, COMPLAIN)
    leave_and_go_on(kiosk)
    begins_anew(kiosk)


def test_go_away(kiosk, _desk):
    end_everywhere(kiosk, go_away)


def test_crash(kiosk, _desk):
    end_everywhere(kiosk, kill)


def test_while_it_is_asked(kiosk, _desk):
    """“Are you still there?” is a page as well."""
    for end in (leave_by_corner, leave_by_shift, kill):
        walk_to(kiosk, WHAT, COMPLAIN)
        wait_away(kiosk)
        end(kiosk)
        begins_anew(kiosk)


if __name__ == "__main__":
    # The kiosk itself sees to it that freed memory is overwritten.
    os.environ.pop("MALLOC_PERTURB_", None)
    if IS_EVERY:
        sys.argv.remove("--every")
    sys.exit(play_kiosk(globals()))
