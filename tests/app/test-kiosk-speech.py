#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""test-kiosk-speech.py AMENDS AMENDS-SERVER AMENDSCTL: a resident says aloud to the real kiosk what is wrong; staff hear
it on another device, and nothing of it stays. Reports as TAP.

One story: what one test leaves behind the next ones find."""

import os
import re
import subprocess
import sys

from staff_support import Failure, wait_for

from kiosk_support import CANARY, Look, begins_anew, holds, play_kiosk

# A tone so slow that many samples in a row are the same: what is in a memory of it is known.
MICROPHONE = ("audiotestsrc is-live=true wave=square freq=8 volume=0.37 ! audio/x-raw,format=S16LE,rate=16000,channels=1"
              " ! identity name=last")
SAMPLES = re.compile(rb"(?:[\x40-\x70]\x2f){48}", re.DOTALL)
# The first page of what is kept.
FILE = re.compile(rb"OggS\x00\x02.{15,40}OpusHead", re.DOTALL)

DEAF = "This screen cannot hear you. Write it, or ask our staff."
BUTTON_OF_DEAF = "This screen cannot hear you."
READY = re.compile("^You can speak for 3 minutes")
RECORDED = re.compile("^It is recorded. You can listen to it")
IS_SANITISED = b"libasan" in open(sys.argv[1], "rb").read()


def walk_to_what(kiosk):
    kiosk.begin()
    for title in ("You can leave at any time", "What would you like to do?"):
        kiosk.go_on(title)
    kiosk.choose("Say thank you")
    kiosk.go_on("What happened?")


def speak(kiosk):
    kiosk.touch("Speak")
    kiosk.app.find("label", "Speak")


def record(kiosk, word="Start to speak"):
    kiosk.touch_when_meant(word, re.compile("^(One moment|It is recording)"))
    kiosk.app.find("label", re.compile("^It is recording"), timeout=30)
    left = kiosk.app.find("label", re.compile(r"^Time left: \d:\d\d")).name
    wait_for(lambda: not kiosk.app.find_all("label", left), "less time than “%s”" % left)


def finish_speaking(kiosk):
    kiosk.touch_when_meant("I have finished", RECORDED)


def remove(kiosk):
    kiosk.touch_when_meant("Remove", READY)


def test_no_microphone(kiosk, _desk):
    walk_to_what(kiosk)
    kiosk.app.find("label", BUTTON_OF_DEAF, timeout=30)
    speak(kiosk)
    kiosk.app.find("label", DEAF)
    kiosk.plug("microphone", MICROPHONE)
    kiosk.touch_when_meant("Try again", re.compile("^(One moment|It is recording)"))
    kiosk.app.find("label", re.compile("^It is recording"), timeout=30)
    finish_speaking(kiosk)
    remove(kiosk)


def test_it_hears(kiosk, _desk):
    """Time goes, and how loud one is can be seen; nothing is recorded before it is asked for."""
    kiosk.app.find("push button", "Start to speak")
    if kiosk.app.find_all("label", re.compile("^Time left")):
        raise Failure("it records already")
    record(kiosk)
    kiosk.app.find("level bar", "How loud you are")
    if kiosk.names_of_nothing():
        raise Failure("nothing is said of %s" % kiosk.names_of_nothing())
    finish_speaking(kiosk)


def test_it_is_silent_while_it_records(kiosk, _desk):
    """Whoever has the page read to them hears nothing of it on their recording, and hears afterwards how things stand."""
    remove(kiosk)
    kiosk.touch("Read aloud")
    kiosk.voice.wait("^SPEAK .*You can speak for 3 minutes")
    before = kiosk.voice.said("^SPEAK")
    record(kiosk)
    if kiosk.voice.said("^SPEAK") != before:
        raise Failure("it says %s into what it records" % kiosk.voice.said("^SPEAK")[len(before):])
    finish_speaking(kiosk)
    kiosk.voice.wait("^SPEAK It is recorded. You can listen to it")
    kiosk.touch("Read aloud")


def test_whoever_speaks_is_there(kiosk, _desk):
    """They touch nothing meanwhile, and are not asked whether they are there."""
    remove(kiosk)
    record(kiosk)
    kiosk.pass_time(45)
    kiosk.app.find("label", re.compile("^It is recording"))
    wait_for(lambda: kiosk.app.find_all("label", re.compile("^Time left")), "that it goes on")
    kiosk.pass_time(45)
    finish_speaking(kiosk)


def test_heard_again(kiosk, _desk):
    """It asks first: whoever is near hears it too. Two touches at once are one."""
    kiosk.touch_when_meant("Listen", re.compile("^Use headphones if you can"))
    kiosk.touch_when_meant("Listen now", "This is what you said.")
    kiosk.app.find("label", RECORDED, timeout=30)


def test_unplugged(kiosk, _desk):
    """What was said until then is kept."""
    remove(kiosk)
    record(kiosk)
    kiosk.unplug("microphone")
    kiosk.app.find("label", re.compile("^The microphone has stopped. What you said until then is kept. You can listen"))
    kiosk.touch_when_meant("Listen", re.compile("^Use headphones if you can"))
    kiosk.touch("Continue")
    kiosk.app.find("label", "What happened?")
    kiosk.app.find("label", "Recordings: 1")
    kiosk.plug("microphone", MICROPHONE)


def test_it_is_what_happened(kiosk, _desk):
    """Who goes on while it records keeps what they said; nothing need be written."""
    speak(kiosk)
    kiosk.touch_when_meant("Remove", re.compile("^The microphone has stopped.*Try again"))
    record(kiosk, "Try again")
    kiosk.touch("Continue")
    kiosk.app.find("label", "What happened?")
    kiosk.app.find("label", "Recordings: 1")
    kiosk.go_on("Who are you?")
    kiosk.choose("I would rather not say")
    kiosk.go_on("Check what you have told us")
    kiosk.app.find("label", "Recordings: 1")
    kiosk.go_on("Are you ready to send it?")
    kiosk.go_on("Thank you. It is recorded.", "Send it")
    kiosk.app.find("label", "Sent", timeout=30)
    kiosk.app.find("label", "Recordings: 1")
    kiosk.touch("Finish")
    wait_for(kiosk.app.appear, "the next visitor's screen", 30)
    kiosk.app.find("push button", "Touch here to start", timeout=30)


def test_staff_hear_it(kiosk, desk):
    desk.run("sync")
    row, = desk.run("list")
    found, = desk.run("attachments", row["reference"])
    if found["what"] != "recording" or not found["name"].startswith("Recording 1."):
        raise Failure("staff have %s" % found)
    path = desk.folder / "opened.ogg"
    desk.run("fetch", row["reference"], found["id"], str(path))
    tone = desk.folder / "opened.raw"
    subprocess.run(["gst-launch-1.0", "--quiet", "filesrc", "location=%s" % path, "!", "oggdemux", "!", "opusdec", "!",
                    "audioconvert", "!", "audioresample", "!", "audio/x-raw,format=S16LE,rate=16000,channels=1", "!",
                    "filesink", "location=%s" % tone], check=True, timeout=60)
    sound = tone.read_bytes()
    if len(sound) < 16000 or max(abs(int.from_bytes(sound[i:i + 2], "little", signed=True))
                                 for i in range(0, len(sound) - 1, 2)) < 3000:
        raise Failure("staff hear nothing in %d bytes" % len(sound))
    tone.unlink()
    if any(path.read_bytes()[-100:] in each.read_bytes() for each in kiosk.folder.rglob("*") if each.is_file()):
        raise Failure("the recording stands in a file of the kiosk")


def start_over(kiosk):
    """With one that is recorded, and the microphone on again."""
    walk_to_what(kiosk)
    kiosk.app.set_text(kiosk.app.find("text"), CANARY)
    speak(kiosk)
    record(kiosk)
    look = Look(kiosk)
    look.finds(SAMPLES, FILE)
    return look


def has_nothing(look):
    return look.has_none(SAMPLES, FILE, CANARY.encode())


def test_leave(kiosk, _desk):
    look = start_over(kiosk)
    kiosk.touch("Leave")
    kiosk.app.find("label", re.compile(r"^\d\d:\d\d$"))
    if not IS_SANITISED:
        wait_for(lambda: has_nothing(look), "a memory of nothing that was said")
    kiosk.pass_time(31)
    begins_anew(kiosk)
    if not has_nothing(look):
        raise Failure("the next process holds what the last visitor said")
    look.finish()


def test_crash(kiosk, _desk):
    look = start_over(kiosk)
    kiosk.app.process.kill()
    kiosk.app.process.wait(10)
    kiosk.start()
    begins_anew(kiosk)
    if not has_nothing(look) or holds(kiosk.folder, CANARY) or holds(kiosk.folder, "OpusHead"):
        raise Failure("the next process holds what the last visitor said")
    look.finish()


if __name__ == "__main__":
    os.environ.pop("MALLOC_PERTURB_", None)
    sys.exit(play_kiosk(globals()))
