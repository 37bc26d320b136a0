#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""test-kiosk-switch.py AMENDS AMENDS-SERVER AMENDSCTL: somebody with one switch, which sends one key, tells the
real kiosk what is wrong from its first page to its last; and with two. Reports as TAP."""

import re
import sys

from staff_support import Failure, wait_for

from kiosk_support import PAGES, begins_anew, play_kiosk

LANGUAGE, THERE, DONE = "Choose your language", "Are you still there?", "Thank you. It is recorded."
USES_SWITCHES, LOOK_AWAY = "I use a switch, or two", "You may ask whoever helps you to look away now."
SWITCHES = "How do your switches work?"
SLOW_S = 8


def ring(kiosk):
    """The names of all that has the ring."""
    return [node.name for node in kiosk.app.find_all() if "selected" in node.states]


def wait_other(kiosk, before, timeout=2):
    try:
        return wait_for(lambda: ring(kiosk) not in (before, []) and ring(kiosk), "another ring", timeout)
    except Failure:
        return None


def choose(kiosk, name, is_done, step_s=SLOW_S):
    """With the one switch: waits until the ring is about @name, goes in, and so on, until it @is_done. A press that
    came too soon, as from a hand that trembles, is made again."""
    for _ in range(60):
        if is_done():
            return
        here = ring(kiosk)
        # Where a page is read aloud there is no ring before it was heard.
        if name in here or not here:
            kiosk.app.press("space")
            wait_other(kiosk, here)
            # Of a long step there is enough left.
            kiosk.pass_time(1 if step_s == SLOW_S else 0)
        else:
            kiosk.pass_time(step_s)
            wait_other(kiosk, here)
    raise kiosk.app.failure("the ring is never about “%s”, but %s" % (name, ring(kiosk)))


def tick(kiosk, name, step_s=SLOW_S):
    choose(kiosk, name, lambda: "checked" in kiosk.app.find("check box", name).states, step_s)


def go_on(kiosk, shows, word="Continue", step_s=SLOW_S):
    choose(kiosk, word, lambda: kiosk.app.find_all("label", shows), step_s)


def write(kiosk, text):
    for n_letters, letter in enumerate(text, 1):
        choose(kiosk, letter, lambda n_letters=n_letters: len(kiosk.words()) == n_letters)
    if kiosk.words() != text.capitalize():
        raise Failure("it wrote %r" % kiosk.words())


def put_away(kiosk):
    choose(kiosk, "Put away", lambda: not kiosk.app.find_all("push button", "Put away"))


def test_what_has_the_focus_is_pressed(kiosk, _desk):
    """On the first page and on that for staff keys press what they are on, and no visit begins."""
    kiosk.app.find("push button", "Touch here to start")
    kiosk.pass_time(2)
    wait_for(lambda: kiosk.app.press("Tab") or "focused" in kiosk.app.find("push button", "Read aloud").states,
             "the focus on “Read aloud”")
    kiosk.app.press("Return")
    kiosk.voice.wait("^SPEAK Is something not right")
    if kiosk.app.find_all("label", LANGUAGE):
        raise Failure("a visit has begun")
    kiosk.hold("Larchfield Homes", "For staff")
    wait_for(lambda: kiosk.app.press("Tab") or "focused" in kiosk.app.find("push button", "First page").states,
             "the focus on “First page”")
    kiosk.app.press("space")
    kiosk.app.find("push button", "Touch here to start")
    kiosk.touch("Text size")


def test_begin_with_a_switch(kiosk, _desk):
    """Nobody has to be asked first: whoever begins with Space has a ring."""
    kiosk.app.find("push button", "Touch here to start")
    kiosk.pass_time(2)
    kiosk.app.press("space")
    kiosk.app.find("label", LANGUAGE)
    wait_for(lambda: "English" in ring(kiosk), "a ring about the answers")


def test_another_key_ends_it(kiosk, _desk):
    """Who has more keys than that needs no ring; a switch that was chosen stays."""
    kiosk.app.press("Tab")
    wait_for(lambda: not ring(kiosk), "no ring")
    kiosk.touch("Back")
    kiosk.app.find("push button", "Touch here to start")
    kiosk.app.press("Return")
    kiosk.app.find("label", LANGUAGE)
    wait_for(lambda: "English" in ring(kiosk), "a ring")


def test_a_frame_made_anew(kiosk, _desk):
    """The first page is in English again, also where a switch leads back to it in another language."""
    tick(kiosk, "Cymraeg", 2)
    go_on(kiosk, "Sut hoffech chi ddefnyddio'r sgrin hon?", "Parhau", 2)
    go_on(kiosk, "Dewiswch eich iaith", "Yn ôl", 2)
    choose(kiosk, "Yn ôl", lambda: kiosk.app.find_all("push button", "Touch here to start"), 2)
    kiosk.pass_time(1)
    kiosk.app.press("space")
    kiosk.app.find("label", LANGUAGE)


def test_one_key_to_the_end(kiosk, desk):
    go_on(kiosk, PAGES[0], step_s=2)
    if "checked" in kiosk.app.find("check box", USES_SWITCHES).states:
        raise Failure("what is chosen already would be taken away")
    tick(kiosk, USES_SWITCHES, 2)
    choose(kiosk, USES_SWITCHES, lambda: "checked" not in kiosk.app.find("check box", USES_SWITCHES).states, 2)
    tick(kiosk, "Somebody is helping me", 2)
    go_on(kiosk, SWITCHES, step_s=2)
    tick(kiosk, "One switch: a step every 8 seconds", 2)
    kiosk.app.press("Tab")
    wait_for(lambda: ring(kiosk), "a ring that was chosen")
    go_on(kiosk, PAGES[1])
    go_on(kiosk, PAGES[2])
    tick(kiosk, "Tell us something is wrong")
    go_on(kiosk, "Who is helping you?")
    go_on(kiosk, PAGES[3])
    kiosk.app.find("label", LOOK_AWAY)
    go_on(kiosk, PAGES[4])
    if kiosk.app.find_all("label", LOOK_AWAY):
        raise Failure("what happened is written alone as well")
    write(kiosk, "IT")
    put_away(kiosk)
    for page in PAGES[5:]:
        go_on(kiosk, page)
        if page == "What would make this easier for you?":
            tick(kiosk, "Come to my home")
        elif page == "Check what you have told us":
            kiosk.app.find("label", LOOK_AWAY)
    go_on(kiosk, DONE, "Send it")
    kiosk.app.find("label", "Sent", timeout=30)
    desk.run("sync")
    rows = desk.run("list")
    case = desk.run("show", rows[0]["reference"])
    if case["issues"][0]["what"] != "It" or [each["need"] for each in case["adjustments"]] != ["home-visit"]:
        raise Failure("staff read %s" % case)
    # Of its step there may be nothing left by now.
    here = ring(kiosk)
    kiosk.pass_time(SLOW_S)
    wait_other(kiosk, here)
    choose(kiosk, "Finish", lambda: ring(kiosk) == ["Finish"])
    kiosk.app.press("space")
    begins_anew(kiosk)


def test_nobody_there(kiosk, _desk):
    """Whoever uses switches has ten minutes; the question whether they are there is answered with one as well."""
    kiosk.pass_time(2)
    kiosk.app.press("space")
    kiosk.app.find("label", LANGUAGE)
    kiosk.pass_time(300)
    kiosk.app.find("label", LANGUAGE)
    kiosk.pass_time(310)
    kiosk.app.find("label", THERE)
    go_on(kiosk, LANGUAGE, "Yes, I am still here", 2)


def test_two_switches_and_a_voice(kiosk, _desk):
    """Space moves and Enter chooses, from when Enter first came. What has the ring is said, once the page was
    heard."""
    go_on(kiosk, PAGES[0], step_s=2)
    tick(kiosk, "Read every page to me", 2)
    kiosk.voice.wait("^SPEAK How would you like to use this screen")
    go_on(kiosk, SWITCHES, step_s=2)
    kiosk.voice.wait("^SPEAK How do your switches work")
    if ring(kiosk):
        raise Failure("the ring begins before the page was heard")
    kiosk.voice.log.clear()
    kiosk.app.press("space")
    kiosk.voice.wait("^SPEAK One switch: a step every 8 seconds\\.\\nTwo switches")
    tick(kiosk, "Two switches: Space moves on, Enter chooses", 2)
    kiosk.voice.log.clear()
    for _ in range(6):
        if "Continue" in ring(kiosk):
            break
        here = ring(kiosk)
        kiosk.pass_time(2)
        wait_other(kiosk, here)
    kiosk.voice.wait("^SPEAK Continue\\.\\nBack")
    kiosk.voice.log.clear()
    kiosk.pass_time(1)
    kiosk.app.press("Return")
    kiosk.voice.wait("^SPEAK Continue$")
    kiosk.pass_time(30)
    kiosk.app.find("label", SWITCHES)
    if ring(kiosk) != ["Continue"]:
        raise Failure("the ring moves by itself")
    kiosk.app.press("space")
    kiosk.voice.wait("^SPEAK Back$")
    kiosk.voice.log.clear()
    kiosk.pass_time(1)
    kiosk.app.press("space")
    kiosk.voice.wait("^SPEAK Continue$")
    kiosk.pass_time(1)
    kiosk.app.press("Return")
    kiosk.voice.wait("^SPEAK You can leave at any time")
    if wait_other(kiosk, None, 1):
        raise Failure("the ring begins before the page was heard")


def test_leave(kiosk, _desk):
    """Last of all, and in reach from every page."""
    for _ in range(12):
        if ring(kiosk) == ["Leave"]:
            break
        here = ring(kiosk)
        kiosk.pass_time(1)
        kiosk.app.press("space")
        wait_other(kiosk, here)
    kiosk.pass_time(1)
    kiosk.app.press("Return")
    kiosk.app.find("label", re.compile(r"^\d\d:\d\d$"))
    if ring(kiosk):
        raise Failure("a ring is left on the noticeboard")
    kiosk.pass_time(31)
    begins_anew(kiosk)


if __name__ == "__main__":
    sys.exit(play_kiosk(globals()))
