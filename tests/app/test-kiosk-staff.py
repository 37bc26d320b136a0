#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""test-kiosk-staff.py AMENDS AMENDS-SERVER AMENDSCTL: a member of staff signs in at the real kiosk with their own PIN and
helps a resident, whose words stay their own. Reports as TAP.

One story: what one test leaves behind the next ones find."""

import pathlib
import re
import shutil
import sys
import tempfile

from staff_support import Failure, wait_for

from kiosk_support import is_shown, play_kiosk

PIN = "370415"
HELPER = "Ruth Castellan"
# The name stands apart from the words about it.
HELPS = re.compile("%s.* helps you" % HELPER)
SAID = "The lift stops between floors"
ADDED = "The engineer was here on Monday"


def sign_in(kiosk, pin):
    kiosk.choose(HELPER)
    kiosk.app.set_text(kiosk.app.find("text", "Your PIN"), pin)
    kiosk.touch("Sign in")


def test_nobody_has_one(kiosk, _desk):
    """The page says how a PIN is set."""
    kiosk.app.find("push button", "Touch here to start")
    kiosk.pass_time(2)
    kiosk.hold("Larchfield Homes", "For staff")
    kiosk.touch("Sign in")
    kiosk.app.find("label", re.compile("^Nobody has a PIN for this kiosk yet. You set your own where you sign in"))
    kiosk.touch("Back")
    kiosk.app.find("push button", "Touch here to start")


def test_larger_words_do_not_stay(kiosk, _desk):
    """What a finger made larger on the first page and left is as it was for the next visitor."""
    def height():
        return kiosk.app.find("label", "Private").extents()[3]
    before = height()
    kiosk.touch("Text size")
    wait_for(lambda: height() > before, "larger words")
    kiosk.pass_time(61)
    wait_for(lambda: height() == before, "the words as they were")


def test_signs_in_on_top(kiosk, desk):
    """During a visit, from Help; three wrong PINs make the next wait; the question comes back as it was."""
    (desk.folder / "pin").write_text(PIN + "\n", encoding="utf-8")
    desk.run("pin", "set", "oak", "--pin-file", str(desk.folder / "pin"))
    desk.run("sync")
    kiosk.hold("Larchfield Homes", "For staff")
    wait_for(lambda: "sensitive" in kiosk.app.find("push button", "Send now").states, "no exchange under way")
    kiosk.touch("Send now")

    def is_known():
        kiosk.touch("Sign in")
        kiosk.app.find("label", "Staff sign in")
        is_there = kiosk.app.find_all("check box", HELPER)
        kiosk.touch("Back")
        if is_there:
            return True
        kiosk.hold("Larchfield Homes", "For staff")
        return False
    wait_for(is_known, "the name that came with the exchange", 60)
    kiosk.begin()
    for title in ("You can leave at any time", "What would you like to do?"):
        kiosk.go_on(title)
    kiosk.choose("Tell us something is wrong")
    kiosk.go_on("Is anyone in danger now?")
    kiosk.go_on("What happened?")
    kiosk.app.set_text(kiosk.app.find("text"), SAID)
    kiosk.touch("Help")
    kiosk.app.find("label", "What this page asks")
    if is_shown(kiosk, SAID):
        raise Failure("what was written is shown behind the help")
    kiosk.touch("A member of staff signs in here")
    for said in ("That is not the PIN of Ruth Castellan. Try again.", "That is not the PIN of Ruth Castellan. Try again.",
                 "Too many PINs were wrong. Try again in 30 seconds."):
        sign_in(kiosk, "370416")
        kiosk.app.find("label", said)
        if kiosk.app.find_all("label", HELPS):
            raise Failure("a wrong PIN signed somebody in")
        kiosk.touch("Back")
        kiosk.app.find("label", "What happened?")
        kiosk.touch("Help")
        kiosk.touch("A member of staff signs in here")


def test_waits_for_the_right_one_too(kiosk, _desk):
    sign_in(kiosk, PIN)
    kiosk.app.find("label", re.compile(r"^Too many PINs were wrong\. Try again in \d+ seconds?\."))

    def is_taken():
        if kiosk.app.find_all("text", "Your PIN"):
            sign_in(kiosk, PIN)
        return kiosk.app.find_all("label", "What happened?")
    wait_for(is_taken, "the PIN taken once the time is over", 60)
    if kiosk.words() != SAID:
        raise Failure("what was written is %r" % kiosk.words())
    kiosk.app.find("label", HELPS)
    kiosk.touch("Help")
    kiosk.app.find("label", "What this page asks")
    if kiosk.app.find_all("push button", "A member of staff signs in here"):
        raise Failure("a second one can sign in")
    kiosk.touch("The member of staff signs out here")
    kiosk.app.find("label", "What happened?")
    if kiosk.app.find_all("label", HELPS):
        raise Failure("the helper is still signed in")
    help_now(kiosk)
    kiosk.app.find("label", "What happened?")
    if kiosk.words() != SAID:
        raise Failure("what was written is %r" % kiosk.words())


def help_now(kiosk):
    kiosk.touch("Help")
    kiosk.touch("A member of staff signs in here")
    sign_in(kiosk, PIN)
    kiosk.app.find("label", HELPS)


def test_words_stay_apart(kiosk, _desk):
    for title in ("When did it happen?", "When did you find out about it?", "Have you told us about this before?",
                  "How has it affected you?", "What did you lose, and who else is affected?",
                  "What would put it right?", "Is there something else you want to tell us about?",
                  "What would our member of staff like to add?"):
        kiosk.go_on(title)
    kiosk.app.set_text(kiosk.app.find("text"), ADDED)
    kiosk.go_on("Who are you?")
    kiosk.choose("I would rather not say")
    kiosk.go_on("Check what you have told us")
    kiosk.app.find("label", SAID)
    kiosk.app.find("label", ADDED)
    kiosk.touch("Help")
    kiosk.touch("The member of staff signs out here")
    kiosk.app.find("label", "Does the member of staff sign out?")
    kiosk.touch("Back")
    kiosk.app.find("label", ADDED)
    kiosk.go_on("Is this what you want to tell us?")
    kiosk.touch("Continue")
    kiosk.app.find("label", "There is a problem")
    if len(kiosk.app.find_all("label", "Choose one, or go back and change what is not right.")) != 2:
        raise Failure("it is not said at the answer")
    kiosk.choose("Yes. It was read to me.")
    kiosk.go_on("Are you ready to send it?")
    kiosk.go_on("Thank you. It is recorded.", "Send it")
    kiosk.app.find("label", "Sent", timeout=30)
    kiosk.go_on("A slip to take with you", "Print a slip")
    kiosk.touch("Help")
    kiosk.app.find("label", "Not for emergencies")
    kiosk.touch("Back")
    kiosk.app.find("label", "A slip to take with you")
    kiosk.touch("Finish")
    wait_for(kiosk.app.appear, "the next visitor's screen", 30)
    kiosk.app.find("push button", "Touch here to start", timeout=30)
    if kiosk.app.find_all("label", re.compile("helps you")):
        raise Failure("the helper is still signed in")


def test_the_next_has_no_helper(kiosk, _desk):
    """Who goes back to the first page leaves nobody beside the next visitor."""
    kiosk.hold("Larchfield Homes", "For staff")
    kiosk.touch("Sign in")
    sign_in(kiosk, PIN)
    kiosk.touch("Help a visitor")
    kiosk.app.find("label", HELPS)
    kiosk.touch("Back")
    kiosk.app.find("push button", "Touch here to start")
    if kiosk.app.find_all("label", HELPS):
        raise Failure("the helper of the one before is named")


def test_is_it_about_the_helper(kiosk, _desk):
    """Whoever signs in after that page makes it be asked then; what follows is where the visitor was."""
    kiosk.begin()
    for title in ("You can leave at any time", "What would you like to do?"):
        kiosk.go_on(title)
    kiosk.choose("Tell us about somebody who works here")
    kiosk.go_on("Is anyone in danger now?")
    kiosk.go_on("What happened?")
    help_now(kiosk)
    kiosk.app.find("label", re.compile("^Is it about"))
    kiosk.touch("Continue")
    kiosk.app.find("label", "There is a problem")
    kiosk.touch("Back")
    kiosk.app.find("label", "What happened?")
    kiosk.app.set_text(kiosk.app.find("text"), SAID)
    for title in ("When did it happen?", "When did you find out about it?", "Have you told us about this before?",
                  "How has it affected you?", "What did you lose, and who else is affected?",
                  "What would put it right?", "Is there something else you want to tell us about?", "Who are you?",
                  "What is your name, and where do you live?", "Who may we talk to about this?",
                  "What would make this easier for you?", "Do you want to tell us of a disability or an illness?",
                  "How may we reach you?", "What should we take care of when we reach you?",
                  "Check what you have told us"):
        kiosk.go_on(title)
    kiosk.touch("Continue")  # what was passed is asked before it is sent
    kiosk.app.find("label", re.compile("^Is it about"))
    kiosk.choose("Yes")
    kiosk.go_on("Check what you have told us")
    kiosk.go_on("Is this what you want to tell us?")
    kiosk.touch("Leave")
    kiosk.app.find("push button", "First page")
    kiosk.pass_time(31)
    wait_for(lambda: kiosk.app.appear() and kiosk.app.find_all("push button", "Touch here to start"),
             "the next visitor's screen", 60)


def test_both_are_on_record(_kiosk, desk):
    desk.run("sync")
    case = desk.run("show", desk.run("list")[0]["reference"])
    if [issue["what"] for issue in case["issues"]] != [SAID]:
        raise Failure("the resident's words are %s" % case["issues"])
    helped = case["assisted_by"]
    if (helped["name"], helped["words"], helped["confirmed"]) != (HELPER, ADDED, "heard"):
        raise Failure("of who helped stands %s" % helped)


def open_carry(kiosk):
    kiosk.hold("Larchfield Homes", "For staff")
    if kiosk.app.find_all("push button", "Carry by hand"):
        raise Failure("whoever finds the page may carry what waits")
    kiosk.touch("Sign in")
    for _turn in range(2):  # the first page comes back after a minute in which nothing is touched
        kiosk.choose(HELPER)
        kiosk.pass_time(40)
    kiosk.app.set_text(kiosk.app.find("text", "Your PIN"), PIN)
    kiosk.touch("Sign in")
    kiosk.touch("Carry by hand")
    kiosk.app.find("label", re.compile("^Choose the stick by its name.*That you carried it is recorded"))


def test_carried_by_hand(kiosk, desk):
    """What waits goes on a stick that is named, and stays until the answer is back; a folder that is none is not
    offered, nor anything to whoever has not signed in."""
    kiosk.server.stop()
    kiosk.begin()
    for title in ("You can leave at any time", "What would you like to do?"):
        kiosk.go_on(title)
    kiosk.choose("Say thank you")
    kiosk.go_on("What happened?")
    kiosk.app.set_text(kiosk.app.find("text"), "The warden was kind")
    kiosk.go_on("Who are you?")
    kiosk.choose("I would rather not say")
    for title in ("Check what you have told us", "Are you ready to send it?"):
        kiosk.go_on(title)
    kiosk.go_on("Thank you. It is recorded.", "Send it")
    kiosk.app.find("label", "Recorded, but not sent yet")
    kiosk.touch("Finish")
    wait_for(kiosk.app.appear, "the next visitor's screen", 30)
    kiosk.app.find("push button", "Touch here to start", timeout=30)
    kiosk.pass_time(2)

    (kiosk.sticks / "NO-STICK").mkdir()
    open_carry(kiosk)
    kiosk.app.find("label", re.compile("^There is no stick"))
    kiosk.touch("Back")
    stick = tempfile.mkdtemp(dir="/dev/shm", prefix="amends-stick-")
    try:
        (kiosk.sticks / "OFFICE").symlink_to(stick)
        carry(kiosk, stick)
    finally:
        shutil.rmtree(stick)
    kiosk.server.start()
    desk.run("sync")
    if [row["kind"] for row in desk.run("list") if row["kind"] == "compliment"] != ["compliment"]:
        raise Failure("staff see %s" % desk.run("list"))
    who_carried_it(desk)


def who_carried_it(desk):
    """It came on the stick, is no case, and names who signed in and not what was said."""
    carried = desk.run("status")["carried"]
    if [(row["name"], row["stick"], row["records"], row["failed"]) for row in carried] != [(HELPER, "OFFICE", 1, False)]:
        raise Failure("of who carried it stands %s" % carried)
    if not carried[0]["oldest"] <= carried[0]["at"]:
        raise Failure("the oldest record is newer than the file: %s" % carried)


def carry(kiosk, stick):
    open_carry(kiosk)
    if kiosk.app.find_all("check box", "NO-STICK"):
        raise Failure("a folder on which nothing is mounted is offered")
    kiosk.choose("OFFICE")
    kiosk.touch("Write what waits")
    kiosk.app.find("label", re.compile(r"^What waits here is on “OFFICE”\. Take it out"))
    files = list(pathlib.Path(stick).iterdir())
    if len(files) != 1 or not re.match(r"amends-.*\.amends$", files[0].name) or b"warden" in files[0].read_bytes():
        raise Failure("on the stick is %s" % files)
    kiosk.touch("Read the answer")
    kiosk.app.find("label", re.compile("^There is no answer for this kiosk on the stick"))
    kiosk.touch("Back")
    kiosk.hold("Larchfield Homes", "For staff")
    kiosk.app.find("label", re.compile("^1 record waits to be sent"))
    kiosk.touch("First page")

    kiosk.server.admin("bundle", "import", str(files[0]), "--reply", stick + "/answer.amends")
    open_carry(kiosk)
    kiosk.choose("OFFICE")
    kiosk.touch("Read the answer")
    kiosk.app.find("label", "The answer is read: head office has all that was written here.")
    kiosk.touch("Back")
    kiosk.hold("Larchfield Homes", "For staff")
    kiosk.app.find("label", "No record waits to be sent, of those that may be counted here.")
    kiosk.touch("First page")


if __name__ == "__main__":
    sys.exit(play_kiosk(globals()))
