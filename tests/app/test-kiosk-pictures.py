#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""test-kiosk-pictures.py AMENDS AMENDS-SERVER AMENDSCTL: a resident chooses from pictures what happened, at the real
kiosk: by keyboard alone, in Arabic by touch, with one switch; staff read what was chosen, and that it was. Reports as
TAP."""

import re
import sys

from staff_support import Failure, has_focus, tab_to, wait_for

from kiosk_support import LAST, REST, newest, next_visitor, pages_by_keyboard, play_kiosk, press_button, title_of

NOTHING_TOLD = "We need a few words, or one of the ways below."
PRESS = "Press each picture that is about it. Press it again to take it away."
PICTURES = ("Something is broken", "Damp or mould", "A leak", "No heating or no hot water", "The lift",
            "A door, a lock or an alarm", "Cleaning or rubbish", "Noise or neighbours", "Garden, paths or parking",
            "Rent or charges", "Care or support", "Nobody answers me")
STEP_S = 8


def newest_issue(desk):
    return desk.run("show", newest(desk)["reference"])["issues"][0]


def finish(kiosk):
    kiosk.app.find("label", "Sent", timeout=30)
    kiosk.touch("Finish")
    next_visitor(kiosk)


def walk_to_what(kiosk):
    for title in ("You can leave at any time", "What would you like to do?"):
        kiosk.go_on(title)
    kiosk.choose("Tell us something is wrong")
    for title in ("Is anyone in danger now?", "What happened?"):
        kiosk.go_on(title)


def leave(kiosk):
    kiosk.touch("Leave")
    kiosk.app.find("label", re.compile(r"^\d\d:\d\d$"))
    kiosk.pass_time(31)
    next_visitor(kiosk)


def press_choice(kiosk, name):
    tab_to(kiosk.app, "check box", name)
    kiosk.app.press("space")


def test_by_keyboard(kiosk, desk):
    """Two pictures and nothing else, from the start to the number, with no finger; one that was pressed again is not
    chosen any more."""
    for title in pages_by_keyboard(kiosk, press_choice):
        if title == "What happened?":
            choose_two(kiosk)
        if title == "Check what you have told us":
            kiosk.app.find("label", "Chosen from pictures: Damp or mould, The lift")
    press_button(kiosk, "Send it")
    kiosk.app.find("label", "Thank you. It is recorded.")
    kiosk.app.find("label", "Pictures chosen: 2")
    finish(kiosk)
    issue = newest_issue(desk)
    if (issue["chosen"], issue["words"], issue["what"]) != (["damp", "lift"], "chosen", "Damp or mould, The lift"):
        raise Failure("staff read %s" % issue)


def choose_two(kiosk):
    press_button(kiosk, "Continue")
    kiosk.app.find("label", NOTHING_TOLD)
    press_button(kiosk, "Choose pictures")
    kiosk.app.find("label", PRESS)
    if tuple(node.name for node in kiosk.app.find_all("check box")) != PICTURES:
        raise Failure("the pictures are %s" % kiosk.app.find_all("check box"))
    if kiosk.names_of_nothing():
        raise Failure("nothing is said of %s" % kiosk.names_of_nothing())
    wait_for(lambda: has_focus(kiosk.app, "check box", PICTURES[0]), "the first picture to have the focus")
    press_choice(kiosk, "Damp or mould")
    kiosk.app.find("label", "Chosen from pictures: Damp or mould")
    press_choice(kiosk, "A leak")
    press_choice(kiosk, "The lift")
    kiosk.app.find("label", "Chosen from pictures: Damp or mould, A leak, The lift")
    press_choice(kiosk, "A leak")
    kiosk.app.find("label", "Chosen from pictures: Damp or mould, The lift")
    press_button(kiosk, "Continue")
    kiosk.app.find("label", "What happened?")
    kiosk.app.find("label", "Pictures chosen: 2")


def test_in_arabic(kiosk, desk):
    """Beside words of their own, which stay as they were written; read in English by who reads it."""
    kiosk.touch_start()
    kiosk.choose("العربية")
    kiosk.app.find("label", "اختر لغتك")
    for title in ("كيف تود استخدام هذه الشاشة؟", "يمكنك المغادرة في أي وقت", "ماذا تود أن تفعل؟"):
        kiosk.go_on(title, "متابعة")
    kiosk.app.mouse_click(kiosk.app.find_all("check box")[0])
    go_on(kiosk, 2)
    kiosk.app.set_text(kiosk.app.find("text"), "هناك رائحة")
    kiosk.touch("اختر من الصور")
    boxes = wait_for(lambda: len(kiosk.app.find_all("check box")) == 12 and kiosk.app.find_all("check box"),
                     "twelve pictures")
    if boxes[0].extents()[0] < boxes[1].extents()[0]:
        raise Failure("the first picture is not at the right")
    kiosk.choose("المصعد")
    kiosk.app.find("label", "اختير من الصور: المصعد")
    kiosk.touch("متابعة")
    kiosk.app.find("label", "الصور المختارة: 1")
    go_on(kiosk, len(REST) + 1 + len(LAST))
    kiosk.app.find("label", "هناك رائحة\nاختير من الصور: المصعد")
    go_on(kiosk, 1)
    send, = [node for node in kiosk.app.find_all("push button")
             if node.extents()[0] < 300 and node.extents()[1] > 850]
    kiosk.app.mouse_click(send)
    kiosk.app.find("label", re.compile(r"^[0-9A-Z]{2,4}-\d{4}-[0-9A-Z]$"))
    kiosk.app.mouse_click(send)
    next_visitor(kiosk)
    issue = newest_issue(desk)
    if (issue["chosen"], issue["words"], issue["what"]) != (["lift"], "verbatim", "هناك رائحة"):
        raise Failure("staff read %s" % issue)


def go_on(kiosk, n):
    for _ in range(n):
        title = title_of(kiosk)
        kiosk.touch("متابعة")
        wait_for(lambda title=title: title_of(kiosk) != title, "another page than “%s”" % title)


def test_aloud(kiosk, _desk):
    """The page is read, and what is chosen is said as it is chosen and as it is taken away."""
    kiosk.begin()
    kiosk.choose("Read every page to me")
    walk_to_what(kiosk)
    kiosk.voice.log.clear()
    kiosk.touch("Choose pictures")
    kiosk.voice.wait(r"^SPEAK Choose pictures.*The lift\.\nA door, a lock or an alarm.*Nobody answers me")
    kiosk.voice.log.clear()
    kiosk.choose("The lift")
    kiosk.voice.wait(r"^SPEAK Chosen from pictures: The lift")
    kiosk.voice.log.clear()
    kiosk.choose("The lift")
    kiosk.voice.wait(r"^SPEAK Press each picture")
    leave(kiosk)


def ring(kiosk):
    return [node.name for node in kiosk.app.find_all() if "selected" in node.states]


def test_with_one_switch(kiosk, _desk):
    """The ring comes to a picture, by its row, and one press chooses it."""
    kiosk.begin()
    kiosk.choose("I use a switch, or two")
    kiosk.go_on("How do your switches work?")
    kiosk.choose("One switch: a step every 8 seconds")
    walk_to_what(kiosk)
    kiosk.touch("Choose pictures")
    kiosk.app.find("label", PRESS)
    for _ in range(30):
        here = ring(kiosk)
        if kiosk.app.find_all("label", "Chosen from pictures: The lift"):
            break
        if "The lift" in here:
            kiosk.app.press("space")
        else:
            kiosk.pass_time(STEP_S)
        wait_for(lambda here=here: ring(kiosk) not in (here, []), "another ring than %s" % here, 5)
    kiosk.app.find("label", "Chosen from pictures: The lift")
    leave(kiosk)


if __name__ == "__main__":
    sys.exit(play_kiosk(globals()))
