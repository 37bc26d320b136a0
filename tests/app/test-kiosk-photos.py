#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""test-kiosk-photos.py AMENDS AMENDS-SERVER AMENDSCTL: a resident shows things to the camera of the real kiosk; staff
see them on another device, and nothing of them stays. Reports as TAP.

One story: what one test leaves behind the next ones find."""

import os
import re
import sys

from staff_support import Desk, Failure, wait_for

from kiosk_support import (CANARY, LAST, LAST_FOR_ANOTHER, REST, Look, begins_anew, holds, newest, next_visitor,
                           play_kiosk)

# One colour from edge to edge, so that what is in a memory of it is known: 0x2F6B41.
CAMERA = ("videotestsrc is-live=true pattern=solid-color foreground-color=0xff2f6b41 ! video/x-raw,format=%s,"
          "width=640,height=480,framerate=15/1 ! %s name=last")
PLAIN = CAMERA % ("YUY2", "identity")
AS_JPEG = CAMERA % ("I420", "jpegenc")
NO_CAMERA = "This screen has no camera. Write it, or ask our staff."
BUTTON_OF_NONE = "This screen has no camera."
IS_SANITISED = b"libasan" in open(sys.argv[1], "rb").read()


def pixels(*channels):
    """A row of them; what was converted, and back, may be a little off."""
    return b"(?:%s){24}" % b"".join(re.escape(bytes([each - 6])).join((b"[", b"-")) + re.escape(bytes([each + 6])) + b"]"
                                    for each in channels)


# What a frame of that colour is in a memory: as it comes from the camera, as it is taken, and as it is drawn.
RED, GREEN, BLUE, OPAQUE = 0x2F, 0x6B, 0x41, b"\xff"
Y, U, V = 88, 118, 105
FRAMES = re.compile(b"|".join((
    pixels(Y, U, Y, V), pixels(RED, GREEN, BLUE), pixels(BLUE, GREEN, RED),
    pixels(RED, GREEN, BLUE).replace(b"){24}", OPAQUE + b"){24}"),
    pixels(BLUE, GREEN, RED).replace(b"){24}", OPAQUE + b"){24}"))), re.DOTALL)


def walk_to_what(kiosk, want="Tell us something is wrong"):
    kiosk.begin()
    for title in ("You can leave at any time", "What would you like to do?"):
        kiosk.go_on(title)
    kiosk.choose(want)
    if want != "Say thank you":
        kiosk.go_on("Is anyone in danger now?")
    kiosk.go_on("What happened?")


def show(kiosk, word="Add a photo"):
    kiosk.touch(word)
    kiosk.app.find("label", word)


def take(kiosk, first=True):
    if not first:
        kiosk.touch_when_meant("Another photo", re.compile("^(The camera is being|Hold it before)"))
    kiosk.app.find("image", "What the camera sees", timeout=30)
    kiosk.touch_when_meant("Take the picture", "The picture that was taken", "image")


def use(kiosk):
    kiosk.touch_when_meant("Use it", re.compile("^(Photos: |You have 6 photos)"))


def send(kiosk, titles):
    for title in titles:
        kiosk.go_on(title)
    kiosk.go_on("Are you ready to send it?")
    kiosk.go_on("Thank you. It is recorded.", "Send it")
    kiosk.app.find("label", "Sent", timeout=30)


def finish(kiosk):
    kiosk.touch("Finish")
    next_visitor(kiosk)


def files_of(desk, row):
    """Of a case: (what, name, caption, bytes), as whoever opens them has them."""
    desk.run("sync")
    found = []
    for number, each in enumerate(desk.run("attachments", row["reference"])):
        path = desk.folder / ("opened-%d" % number)
        desk.run("fetch", row["reference"], each["id"], str(path))
        found.append((each["what"], each["name"], each.get("caption"), path.read_bytes()))
        path.unlink()
    return found


def test_no_camera(kiosk, _desk):
    """It is said, on the button and behind it; what was written is there, and one goes on."""
    walk_to_what(kiosk)
    kiosk.app.set_text(kiosk.app.find("text"), "The lift stops")
    kiosk.app.find("label", BUTTON_OF_NONE, timeout=30)
    show(kiosk)
    kiosk.app.find("label", NO_CAMERA)
    if kiosk.app.find_all("image", "What the camera sees"):
        raise Failure("it shows what no camera sees")
    kiosk.touch("Continue")
    kiosk.app.find("label", "What happened?")
    if kiosk.words() != "The lift stops":
        raise Failure("what was written is %r" % kiosk.words())


def test_a_picture_is_taken(kiosk, _desk):
    """The camera that is plugged in now is found; a picture is taken again until it is good, and counted in words."""
    show(kiosk)
    kiosk.app.find("label", NO_CAMERA)
    kiosk.plug("camera", PLAIN)
    kiosk.touch_when_meant("Try again", re.compile("^(The camera is being|Hold it before)"))
    take(kiosk)
    kiosk.touch_when_meant("Take it again", "What the camera sees", "image")
    take(kiosk)
    use(kiosk)
    kiosk.app.find("label", "Photos: 1. You can add more: 5.")
    kiosk.app.find("image", "Photo 1")
    take(kiosk, first=False)
    kiosk.touch("Continue")  # whoever goes on keeps what they see
    kiosk.app.find("label", "What happened?")
    kiosk.app.find("label", "Photos: 2")
    if kiosk.words() != "The lift stops":
        raise Failure("what was written is %r" % kiosk.words())


def test_unplugged(kiosk, _desk):
    """In the middle: it is said, and nothing that was taken before is lost."""
    show(kiosk)
    kiosk.touch_when_meant("Another photo", re.compile("^(The camera is being|Hold it before)"))
    kiosk.app.find("image", "What the camera sees")
    kiosk.unplug("camera")
    kiosk.app.find("label", re.compile("^The camera has stopped. What you told us before is kept"))
    if len(kiosk.app.find_all("push button", re.compile("^Remove photo"))) != 2:
        raise Failure("a photo is lost")
    kiosk.plug("camera", AS_JPEG)
    kiosk.touch_when_meant("Try again", re.compile("^(The camera is being|Hold it before)"))
    take(kiosk)
    use(kiosk)
    kiosk.touch("Remove photo 1")
    kiosk.app.find("label", "Photos: 2. You can add more: 4.")


def test_as_many_as_there_may_be(kiosk, _desk):
    for _ in range(4):
        take(kiosk, first=False)
        use(kiosk)
    kiosk.app.find("label", re.compile("^You have 6 photos. That is as many as"))
    if kiosk.app.find_all("push button", "Another photo"):
        raise Failure("another can be taken")
    kiosk.touch("Remove photo 6")
    kiosk.app.find("push button", "Another photo")
    if kiosk.names_of_nothing():
        raise Failure("nothing is said of %s" % kiosk.names_of_nothing())
    for number in (5, 4, 3, 2):
        kiosk.touch("Remove photo %d" % number)
    kiosk.app.find("label", "Photos: 1. You can add more: 5.")
    kiosk.touch("Back")
    kiosk.app.find("label", "What happened?")


def test_it_is_what_happened(kiosk, _desk):
    """Nothing need be written where something was shown; without either it goes no further."""
    kiosk.app.set_text(kiosk.app.find("text"), "")
    show(kiosk)
    kiosk.touch("Remove photo 1")
    kiosk.touch("Continue")
    kiosk.app.find("label", "What happened?")
    kiosk.touch("Continue")
    kiosk.app.find("label", "There is a problem")
    kiosk.plug("camera", PLAIN)
    show(kiosk)
    take(kiosk)
    use(kiosk)
    kiosk.touch("Continue")
    kiosk.app.find("label", "What happened?")
    for title in REST:
        kiosk.go_on(title)
    kiosk.choose("I am the tenant")
    kiosk.go_on("What is your name, and where do you live?")
    for title in LAST:
        kiosk.go_on(title)
    kiosk.app.find("label", "Photos: 1")
    kiosk.touch("Change: What happened?")
    kiosk.app.find("label", "What happened?")
    kiosk.go_on("Check what you have told us")
    send(kiosk, ())
    kiosk.app.find("label", "Photos: 1")
    kiosk.printer.take("notice")
    kiosk.go_on("A slip to take with you", "Print a slip")
    kiosk.touch("Print this slip")
    kiosk.app.find("label", "It is printed. Take it with you.")
    text, _code = kiosk.printer.take("slip")
    if "Photos: 1" not in text:
        raise Failure("the slip says %r" % text)
    finish(kiosk)


def test_staff_see_it(kiosk, desk):
    """As it was taken, with nothing of who took it; the kiosk has no file of it."""
    row = newest(desk)
    issue = desk.run("show", row["reference"])["issues"][0]
    if issue["words"] != "shown" or "photographs" not in issue["what"]:
        raise Failure("staff read %s" % issue)
    (what, name, _caption, data), = files_of(desk, row)
    if what != "photograph" or name != "Photograph 1.jpg" or not data.startswith(b"\xff\xd8\xff") or b"Exif" in data:
        raise Failure("staff have %s %s of %d bytes" % (what, name, len(data)))
    kiosk.jpeg = data
    if holds_bytes(kiosk, data):
        raise Failure("the photograph stands in a file of the kiosk")


def holds_bytes(kiosk, data):
    return [path for path in kiosk.folder.rglob("*") if path.is_file() and data[-200:] in path.read_bytes()]


def start_over(kiosk):
    """With one picture used and the camera live again: the frames and the file are in the memory, as they must be for
    the look to mean something."""
    kiosk.plug("camera", PLAIN)
    walk_to_what(kiosk)
    kiosk.app.set_text(kiosk.app.find("text"), CANARY)
    show(kiosk)
    take(kiosk)
    use(kiosk)
    kiosk.touch_when_meant("Another photo", re.compile("^(The camera is being|Hold it before)"))
    kiosk.app.find("image", "What the camera sees")
    look = Look(kiosk)
    look.finds(FRAMES, kiosk.jpeg[-200:])
    return look


def has_nothing(kiosk, look):
    return look.has_none(FRAMES, kiosk.jpeg[-200:], CANARY.encode())


def is_off(kiosk):
    """No thread of a camera runs."""
    names = [open("/proc/%d/task/%s/comm" % (kiosk.app.process.pid, task), encoding="utf-8").read()
             for task in os.listdir("/proc/%d/task" % kiosk.app.process.pid)]
    return not [name for name in names if "videotestsrc" in name or "queue" in name]


def test_leave(kiosk, _desk):
    look = start_over(kiosk)
    if is_off(kiosk):
        raise Failure("the look at the threads finds no camera")
    kiosk.touch("Leave")
    kiosk.app.find("label", re.compile(r"^\d\d:\d\d$"))
    wait_for(lambda: is_off(kiosk), "a camera that is off", 5)
    if not IS_SANITISED:
        wait_for(lambda: has_nothing(kiosk, look), "a memory of nothing that was shown")
    kiosk.pass_time(31)
    begins_anew(kiosk)
    if not has_nothing(kiosk, look) or holds_bytes(kiosk, kiosk.jpeg):
        raise Failure("the next process holds what the last visitor showed")
    look.finish()


def test_nobody_there(kiosk, _desk):
    """The page goes, and with it the camera; then all of it."""
    look = start_over(kiosk)
    kiosk.pass_time(61)
    kiosk.app.find("label", "Are you still there?")
    wait_for(lambda: is_off(kiosk), "a camera that is off", 5)
    kiosk.touch("Yes, I am still here")
    kiosk.app.find("label", "What happened?")
    kiosk.app.find("label", "Photos: 1")
    kiosk.pass_time(61)
    kiosk.app.find("label", "Are you still there?")
    kiosk.pass_time(61)
    begins_anew(kiosk)
    if not has_nothing(kiosk, look) or holds_bytes(kiosk, kiosk.jpeg):
        raise Failure("the next process holds what the last visitor showed")
    look.finish()


def test_crash(kiosk, _desk):
    look = start_over(kiosk)
    kiosk.app.process.kill()
    kiosk.app.process.wait(10)
    kiosk.start()
    begins_anew(kiosk)
    if not has_nothing(kiosk, look) or holds_bytes(kiosk, kiosk.jpeg) or holds(kiosk.folder, CANARY):
        raise Failure("the next process holds what the last visitor showed")
    look.finish()


def empty_what(kiosk):
    """Back at the check, with nothing told any more: whoever goes on is told why they are elsewhere."""
    kiosk.touch("Change: What happened?")
    kiosk.app.find("label", "What happened?")
    kiosk.app.set_text(kiosk.app.find("text"), "")
    kiosk.touch("Back")
    kiosk.app.find("label", "Check what you have told us")
    kiosk.go_on("What happened?")
    kiosk.app.find("label", "We need a few words, or one of the ways below.")


def test_a_paper(kiosk, desk):
    """Who speaks for somebody else shows by which paper they may."""
    walk_to_what(kiosk)
    kiosk.app.set_text(kiosk.app.find("text"), "The stairs are not lit")
    for title in REST:
        kiosk.go_on(title)
    kiosk.choose("I am speaking for somebody else")
    for title in ("What is your name, and where do you live?", "What are you to them?", "May you speak for them?"):
        kiosk.go_on(title)
    kiosk.choose("I have power of attorney for their money and home")
    kiosk.touch("More below")
    show(kiosk, "Photograph the paper")
    take(kiosk)
    use(kiosk)
    kiosk.touch("Continue")
    kiosk.app.find("label", "May you speak for them?")
    kiosk.app.find("label", "Photos: 1")
    for title in LAST_FOR_ANOTHER:
        kiosk.go_on(title)
    empty_what(kiosk)
    kiosk.app.set_text(kiosk.app.find("text"), "The stairs are not lit")
    kiosk.go_on("Check what you have told us")
    send(kiosk, ())
    finish(kiosk)
    row = newest(desk)
    case = desk.run("show", row["reference"])
    if case["representative"]["authority"]["evidence"] != "copy-attached":
        raise Failure("staff read %s" % case["representative"])
    (what, name, caption, data), = files_of(desk, row)
    if what != "scan" or name != "Paper 1.jpg" or "speak for" not in caption or not data.startswith(b"\xff\xd8\xff"):
        raise Failure("staff have %s %s: %s" % (what, name, caption))


def test_a_paper_that_is_not_asked_for(kiosk, desk):
    """Who says then that they speak for themselves sends no paper of another."""
    walk_to_what(kiosk)
    kiosk.app.set_text(kiosk.app.find("text"), "The stairs are not swept")
    for title in REST:
        kiosk.go_on(title)
    kiosk.choose("I am speaking for somebody else")
    for title in ("What is your name, and where do you live?", "What are you to them?", "May you speak for them?"):
        kiosk.go_on(title)
    kiosk.touch("More below")
    show(kiosk, "Photograph the paper")
    take(kiosk)
    kiosk.touch("Continue")
    kiosk.app.find("label", "May you speak for them?")
    kiosk.touch("Back")
    kiosk.app.find("label", "What are you to them?")
    kiosk.touch("Back")
    kiosk.app.find("label", "What is your name, and where do you live?")
    kiosk.touch("Back")
    kiosk.app.find("label", "Who are you?")
    kiosk.choose("I am the tenant")
    kiosk.go_on("What is your name, and where do you live?")
    send(kiosk, LAST)
    if kiosk.app.find_all("label", re.compile("^Photos")):
        raise Failure("it says that a photo went with it")
    finish(kiosk)
    if files_of(desk, newest(desk)):
        raise Failure("staff have a paper that nobody meant to send")


def test_past_the_place(kiosk, desk):
    """What is shown of somebody who works there goes where the words go, and nowhere else."""
    walk_to_what(kiosk, "Tell us about somebody who works here")
    show(kiosk)
    take(kiosk)
    use(kiosk)
    kiosk.touch("Continue")
    kiosk.app.find("label", "What happened?")
    send(kiosk, (*REST, "What is your name, and where do you live?", *LAST))
    finish(kiosk)
    before = desk.run("list")
    desk.run("sync")
    if desk.run("list") != before:
        raise Failure("the staff of the place have it")
    manager = Desk(desk.amendsctl, kiosk.server, desk.folder.parent / "manager", "staff", "org,c.oak")
    (what, _name, _caption, data), = files_of(manager, newest(manager))
    if what != "photograph" or not data.startswith(b"\xff\xd8\xff"):
        raise Failure("the manager has %s" % what)


if __name__ == "__main__":
    os.environ.pop("MALLOC_PERTURB_", None)
    sys.exit(play_kiosk(globals()))
