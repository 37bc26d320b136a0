#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""test-kiosk-ways.py AMENDS AMENDS-SERVER AMENDSCTL: a whole visit at the real kiosk by keyboard alone, and one in Arabic by
touch, each with a picture that is taken; what can be touched stands in the tree in the order in which it is read; and in
Urdu there is room for all of the page on which most is written. Reports as TAP."""

import re
import sys

from staff_support import Failure, wait_for

from kiosk_support import PAGES, next_visitor, pages_by_keyboard, play_kiosk, press_button, title_of

CAMERA = ("videotestsrc is-live=true pattern=smpte ! video/x-raw,format=YUY2,width=640,height=480,framerate=15/1"
          " ! identity name=last")
MICROPHONE = "audiotestsrc is-live=true wave=sine ! audio/x-raw,format=S16LE,rate=16000,channels=1 ! identity name=last"

# What is on the pages of a visit in Arabic: the titles in their order, from the one behind the language.
ARABIC = ("كيف تود استخدام هذه الشاشة؟", "يمكنك المغادرة في أي وقت", "ماذا تود أن تفعل؟")
GO_ON, TAKE, USE, SHOW, SEEN = "متابعة", "التقط الصورة", "استخدمها", "أضف صورة", "ما تراه الكاميرا"


def press_when_meant(kiosk, name, shows):
    """As Kiosk.touch_when_meant(), of an image."""
    for _ in range(10):
        if kiosk.app.find_all("image", shows):
            return
        if kiosk.app.find_all("push button", name):
            press_button(kiosk, name)
    kiosk.app.find("image", shows)


def choose(kiosk, name):
    """As with the keys of a keyboard: one of some choices is one stop, and the arrows go from one to the next."""
    for _ in range(40):
        node = next((node for node in kiosk.app.find_all("check box") + kiosk.app.find_all("radio button")
                     if "focused" in node.states), None)
        if node is not None and node.name == name:
            kiosk.app.press("space")
            return
        kiosk.app.press("Tab" if node is None else "Down")
    raise kiosk.app.failure("the keys never come to “%s”" % name)


def test_by_keyboard(kiosk, desk):
    """From the start to the number, with Tab, the arrows, Space and Enter, and no finger."""
    kiosk.plug("camera", CAMERA)
    for title in pages_by_keyboard(kiosk, choose):
        if title == "What happened?":
            press_button(kiosk, "Continue")
            kiosk.app.find("label", "There is a problem")
            press_button(kiosk, "We need a few words, or one of the ways below.")
            kiosk.app.type("The lift stops")
            wait_for(lambda: kiosk.words() == "The lift stops", "what was typed")
            press_button(kiosk, "Add a photo")
            kiosk.app.find("image", "What the camera sees", timeout=30)
            press_when_meant(kiosk, "Take the picture", "The picture that was taken")
            press_when_meant(kiosk, "Use it", "Photo 1")
            press_button(kiosk, "Continue")
            kiosk.app.find("label", "Photos: 1")
        if title == "Who are you?":
            choose(kiosk, "I am the tenant")
    press_button(kiosk, "Send it")
    kiosk.app.find("label", "Thank you. It is recorded.")
    kiosk.app.find("label", "Sent", timeout=30)
    press_button(kiosk, "Finish")
    next_visitor(kiosk)
    desk.run("sync")
    row, = desk.run("list")
    case = desk.run("show", row["reference"])
    if case["issues"][0]["what"] != "The lift stops" or case["complainant"]["relation"] != "current-tenant":
        raise Failure("staff read %s" % case)


def go_on(kiosk, n=1, word=GO_ON):
    """A page on, @n times; gives the title."""
    for _ in range(n):
        title = title_of(kiosk)
        kiosk.touch(word)
        wait_for(lambda: title_of(kiosk) != title, "another page than “%s”" % title)
    return title_of(kiosk)


def test_in_arabic(kiosk, desk):
    """By touch, from the right to the left, to the number; what staff read says in which language it was said."""
    kiosk.touch_start()
    kiosk.choose("العربية")
    kiosk.app.find("label", "اختر لغتك")
    for title in ARABIC:
        kiosk.touch(GO_ON)
        kiosk.app.find("label", title)
    kiosk.app.mouse_click(kiosk.app.find_all("check box")[0])
    go_on(kiosk, 2)
    kiosk.app.set_text(kiosk.app.find("text"), "المصعد متوقف")
    kiosk.touch(SHOW)
    kiosk.app.find("image", SEEN, timeout=30)
    check_order(kiosk, "the camera in Arabic", from_right=True)
    kiosk.touch_when_meant(TAKE, USE, "push button")
    kiosk.touch_when_meant(USE, re.compile("^الصور: 1"))
    kiosk.touch(GO_ON)
    kiosk.app.find("label", "الصور: 1")
    go_on(kiosk, 16)
    send = [node for node in kiosk.app.find_all("push button") if node.extents()[0] < 300 and node.extents()[1] > 850]
    if len(send) != 1:
        raise Failure("what sends it stands not at the left: %s" % send)
    kiosk.app.mouse_click(send[0])
    kiosk.app.find("label", re.compile(r"^[0-9A-Z]{2,4}-\d{4}-[0-9A-Z]$"))
    desk.run("sync")
    rows = [row for row in desk.run("list")
            if desk.run("show", row["reference"])["issues"][0]["what"] == "المصعد متوقف"]
    case = desk.run("show", rows[0]["reference"])
    if case["complainant"]["language"] != "Arabic" or len(desk.run("attachments", rows[0]["reference"])) != 1:
        raise Failure("staff read %s" % case)
    kiosk.app.mouse_click(send[0])
    next_visitor(kiosk)


def check_order(kiosk, where, from_right=False):
    """Each is below the one before it, or beside it on the side to which one reads."""
    last = None
    for node in kiosk.app.find_all():
        if node.role not in ("push button", "check box", "radio button", "text"):
            continue
        if node.name in ("More above", "More below"):  # a page that is too tall goes on behind them
            last = None
            continue
        left, top, width, height = node.extents()
        if last is not None and top < last[1] + last[3] // 2:
            beside = left + width <= last[0] + 1 if from_right else left >= last[0] + last[2] - 1
            if not beside:
                raise Failure("at %s “%s” is read after “%s”" % (where, node.name, last[4]))
        last = (left, top, width, height, node.name)


def test_reading_order(kiosk, _desk):
    """Of each page, with the keyboard put away; and all of it has a name."""
    kiosk.touch_start()
    for title in PAGES:
        kiosk.touch("Continue")
        kiosk.app.find("label", title)
        if title == "What happened?":
            kiosk.app.set_text(kiosk.app.find("text"), "The lift stops")
        if kiosk.app.find_all("push button", "Put away"):
            kiosk.touch("Put away")
            kiosk.app.wait_gone("push button", "Put away")
        check_order(kiosk, title)
        if title == "What happened?":
            kiosk.touch("Add a photo")
            kiosk.app.find("image", "What the camera sees", timeout=30)
            check_order(kiosk, "the camera")
            kiosk.touch_when_meant("Take the picture", "The picture that was taken", "image")
            kiosk.touch_when_meant("Use it", "Photo 1", "image")
            check_order(kiosk, "the photographs")
            kiosk.touch("Continue")
            kiosk.app.find("label", title)
            kiosk.touch("Speak")
            kiosk.app.find("label", "Speak")
            check_order(kiosk, "the microphone")
            kiosk.touch("Continue")
            kiosk.app.find("label", title)
        if kiosk.names_of_nothing():
            raise Failure("at %s nothing is said of %s" % (title, kiosk.names_of_nothing()))


def test_room_in_urdu(kiosk, _desk):
    """The tallest letters, and the most keys: what can be shown and said instead stands above them, in sight."""
    kiosk.app.end()
    kiosk.plug("microphone", MICROPHONE)
    kiosk.start()
    kiosk.touch_start()
    kiosk.choose("اردو")
    kiosk.app.find("label", "اپنی زبان چنیں")
    go_on(kiosk, 3, "آگے")
    kiosk.app.mouse_click(kiosk.app.find_all("check box")[0])
    go_on(kiosk, 2, "آگے")
    kiosk.app.find("push button", "ہٹا دیں")  # the keyboard is there
    if kiosk.app.find_all("push button", "نیچے مزید"):
        raise Failure("part of the page is out of sight")
    kiosk.app.find("push button", "بولیں")
    kiosk.touch("تصویر شامل کریں")
    kiosk.app.find("image", timeout=30)
    kiosk.touch("پیچھے")
    kiosk.app.find("label", "کیا ہوا؟")
    kiosk.app.set_text(kiosk.app.find("text"), "لفٹ")
    kiosk.go_on("یہ کب ہوا؟", "آگے")
    kiosk.app.find("push button", "ہٹا دیں")
    # Without its highest stroke it would be another word.
    _left, top, _width, height = kiosk.app.find("label", "Larchfield Homes").extents()
    wait_for(lambda: kiosk.app.find("label", "یہ کب ہوا؟").extents()[1] >= top + height, "all of the question in sight")


if __name__ == "__main__":
    sys.exit(play_kiosk(globals()))
