#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""test-kiosk-signature.py AMENDS AMENDS-SERVER AMENDSCTL: a resident signs on the screen of the real kiosk, clears it and
signs again, or does not; staff see it as what it is, and nothing of it stays. Reports as TAP.

One story: what one test leaves behind the next ones find."""

import os
import re
import sys

from staff_support import Failure, has_focus, wait_for, xdotool

from kiosk_support import CANARY, LAST, LAST_FOR_ANOTHER, REST, Look, begins_anew, newest, next_visitor, play_kiosk

IS_SANITISED = b"libasan" in open(sys.argv[1], "rb").read()
PAD, SIGNED = "Where you sign", "It is signed. You can clear it, and sign again."
TO_SIGN = "If you like, sign here with a finger or a pen. You can also go on without it."
READY = "Are you ready to send it?"

# The ink of the pad, which no other part of the screen has, in a row: as it stands on the sheet and as it is drawn.
INK = re.compile(rb"(?:\x5b\x1e\x0b.){40}|(?:\x0b\x1e\x5b.){40}", re.DOTALL)


def walk_to_who(kiosk):
    kiosk.begin()
    for title in ("You can leave at any time", "What would you like to do?"):
        kiosk.go_on(title)
    kiosk.choose("Tell us something is wrong")
    for title in ("Is anyone in danger now?", "What happened?"):
        kiosk.go_on(title)
    kiosk.app.set_text(kiosk.app.find("text"), CANARY)
    for title in REST:
        kiosk.go_on(title)


def walk_to_send(kiosk, who="I am the tenant"):
    walk_to_who(kiosk)
    kiosk.choose(who)
    kiosk.go_on("What is your name, and where do you live?")
    for title in (*LAST, READY):
        kiosk.go_on(title)


def open_pad(kiosk):
    kiosk.touch("Sign on the screen")
    return kiosk.app.find("image", PAD)


def draw(kiosk, pad, *places):
    """A line over these places, each in hundredths of the pad, as a finger that stays down; the last may be held."""
    _number, (left, top) = kiosk.app.x_origin(pad.window)
    x, y, width, height = pad.extents()
    kiosk.app.focus(pad.window)
    for n_done, (across, down) in enumerate(places):
        xdotool("mousemove", str(left + x + width * across // 100), str(top + y + height * down // 100))
        if n_done == 0:
            xdotool("mousedown", "1")
    if pad.extents() != (x, y, width, height):
        raise Failure("the pad moves below the finger")


def sign(kiosk, pad):
    draw(kiosk, pad, (10, 30), (50, 30), (90, 30))
    xdotool("mouseup", "1")
    kiosk.app.find("label", SIGNED)
    draw(kiosk, pad, (60, 60), (70, 60))  # the pad is where it was
    xdotool("mouseup", "1")


def files_of(desk, row):
    desk.run("sync")
    found = []
    for each in desk.run("attachments", row["reference"]):
        path = desk.folder / "opened"
        desk.run("fetch", row["reference"], each["id"], str(path))
        found.append((each["what"], each["name"], each.get("caption"), path.read_bytes()))
        path.unlink()
    return found


def finish(kiosk):
    kiosk.app.find("label", "Sent", timeout=30)
    kiosk.touch("Finish")
    next_visitor(kiosk)


def test_sign_and_clear(kiosk, desk):
    """It is there again for who comes back; cleared it is no answer; who does not sign sends it all the same."""
    walk_to_send(kiosk)
    pad = open_pad(kiosk)
    kiosk.app.find("label", TO_SIGN)
    wait_for(lambda: has_focus(kiosk.app, "image", PAD), "the pad to have the focus")
    if "sensitive" in kiosk.app.find("push button", "Clear").states:
        raise Failure("there is something to clear")
    sign(kiosk, pad)
    kiosk.touch("Continue")
    kiosk.app.find("label", "Signatures: 1")
    open_pad(kiosk)
    kiosk.app.find("label", SIGNED)
    if kiosk.names_of_nothing():
        raise Failure("nothing is said of %s" % kiosk.names_of_nothing())
    kiosk.touch("Clear")
    kiosk.app.find("label", TO_SIGN)
    wait_for(lambda: has_focus(kiosk.app, "image", PAD), "the pad to have the focus again")
    kiosk.touch("Back")
    kiosk.app.find("label", READY)
    if kiosk.app.find_all("label", "Signatures: 1"):
        raise Failure("what was cleared is still there")
    kiosk.go_on("Thank you. It is recorded.", "Send it")
    finish(kiosk)
    if files_of(desk, newest(desk)):
        raise Failure("staff have what was cleared")


def test_staff_see_it(kiosk, desk):
    walk_to_send(kiosk)
    sign(kiosk, open_pad(kiosk))
    kiosk.touch("Continue")
    kiosk.app.find("label", "Signatures: 1")
    kiosk.go_on("Thank you. It is recorded.", "Send it")
    kiosk.app.find("label", "Signatures: 1")
    finish(kiosk)
    (what, name, caption, data), = files_of(desk, newest(desk))
    if what != "signature" or name != "Signature 1.png" or not data.startswith(b"\x89PNG"):
        raise Failure("staff have %s %s of %d bytes" % (what, name, len(data)))
    if "Whose hand it is was not checked" not in caption:
        raise Failure("staff read %s" % caption)
    kiosk.png = data
    if holds_bytes(kiosk, data):
        raise Failure("the signature stands in a file of the kiosk")


def holds_bytes(kiosk, data):
    return [path for path in kiosk.folder.rglob("*") if path.is_file() and data[-200:] in path.read_bytes()]


def test_who_is_spoken_for(kiosk, desk):
    """Who is with them signs that they may speak for them: claimed, and not checked."""
    walk_to_who(kiosk)
    kiosk.choose("I am speaking for somebody else")
    for title in ("What is your name, and where do you live?", "What are you to them?", "May you speak for them?"):
        kiosk.go_on(title)
    kiosk.choose("They have agreed")
    kiosk.touch("More below")
    pad = open_pad(kiosk)
    kiosk.app.find("label", re.compile("^If they are with you, they can sign here that you may speak for them"))
    sign(kiosk, pad)
    kiosk.touch("Continue")
    kiosk.app.find("label", "Signatures: 1")
    for title in (*LAST_FOR_ANOTHER, READY):
        kiosk.go_on(title)
    kiosk.go_on("Thank you. It is recorded.", "Send it")
    finish(kiosk)
    row = newest(desk)
    authority = desk.run("show", row["reference"])["representative"]["authority"]
    if (authority["type"], authority["evidence"], authority["given"]) != ("written-permission", "copy-attached", False):
        raise Failure("staff read %s" % authority)
    (what, _name, caption, _data), = files_of(desk, row)
    if what != "signature" or "speak for them" not in caption:
        raise Failure("staff have %s: %s" % (what, caption))


def test_who_says_no_name(kiosk, desk):
    """Is not asked to sign; nor is what they signed before they said so sent."""
    walk_to_send(kiosk)
    sign(kiosk, open_pad(kiosk))
    kiosk.touch("Continue")
    kiosk.app.find("label", "Signatures: 1")
    for title in (*reversed(LAST), "What is your name, and where do you live?", "Who are you?"):
        kiosk.go_on(title, "Back")
    kiosk.choose("I would rather not say")
    for title in ("Check what you have told us", READY):
        kiosk.go_on(title)
    if kiosk.app.find_all("push button", "Sign on the screen"):
        raise Failure("who says no name is asked to sign")
    kiosk.go_on("Thank you. It is recorded.", "Send it")
    finish(kiosk)
    if files_of(desk, newest(desk)):
        raise Failure("staff have the signature of who said no name")


def start_over(kiosk):
    """With a signature, and more of it half drawn, the finger still down: the file and the line are in the memory, as they
    must be for the look to mean something."""
    walk_to_send(kiosk)
    sign(kiosk, open_pad(kiosk))
    kiosk.touch("Continue")
    kiosk.app.find("label", "Signatures: 1")
    draw(kiosk, open_pad(kiosk), (10, 90), (50, 90), (90, 90))
    look = Look(kiosk)
    look.finds(INK, kiosk.png[-200:])
    return look


def has_nothing(kiosk, look):
    return look.has_none(INK, kiosk.png[-200:], CANARY.encode())


def test_leave(kiosk, _desk):
    look = start_over(kiosk)
    for _ in range(3):
        kiosk.app.press("Shift_L")
    kiosk.app.find("label", re.compile(r"^\d\d:\d\d$"))
    xdotool("mouseup", "1")
    if not IS_SANITISED:
        wait_for(lambda: has_nothing(kiosk, look), "a memory of nothing that was drawn")
    kiosk.pass_time(31)
    begins_anew(kiosk)
    if not has_nothing(kiosk, look) or holds_bytes(kiosk, kiosk.png):
        raise Failure("the next process holds what the last visitor drew")
    look.finish()


def fall_silent(kiosk):
    """Until it is asked whether somebody is there; an event that was still on its way is somebody."""
    for n_left in (1, 0):
        kiosk.pass_time(61)
        try:
            return kiosk.app.find("label", "Are you still there?", timeout=5)
        except Failure:
            if n_left == 0:
                raise
    return None


def test_nobody_there(kiosk, _desk):
    """What was drawn waits behind the question whether somebody is there, and then goes."""
    look = start_over(kiosk)
    xdotool("mouseup", "1")
    fall_silent(kiosk)
    kiosk.touch("Yes, I am still here")
    kiosk.app.find("label", "Signatures: 1")
    fall_silent(kiosk)
    kiosk.pass_time(61)
    begins_anew(kiosk)
    if not has_nothing(kiosk, look) or holds_bytes(kiosk, kiosk.png):
        raise Failure("the next process holds what the last visitor drew")
    look.finish()


if __name__ == "__main__":
    os.environ.pop("MALLOC_PERTURB_", None)
    sys.exit(play_kiosk(globals()))
