#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""test-kiosk.py AMENDS AMENDS-SERVER AMENDSCTL: a resident tells the real kiosk what is wrong, with fingers
and its own keyboard; staff read it on another device, and nothing of it stays. Reports as TAP."""

import os
import re
import sys

from staff_support import Desk, Failure, wait_for

from kiosk_support import CANARY, PAGES, begins_anew, holds, is_shown, memory_holds, play_kiosk

STORY = "THE LIFT STOPS"
NUMBERS = ('Who,Scheme,Telephone,Opening hours,Role\n'
           'Housing office,oak,01632 960100,"Monday to Friday, 9 to 5",\nInes Pym,oak,01632 960101,,line-manager\n')
RING = re.compile("^.?Housing office.?: ring .?01632 960100.?\\. Somebody is there: .?Monday to Friday, 9 to 5")
NO_ANSWER = re.compile("^The server could not be reached")
REFERENCE = re.compile(r"^[0-9A-Z]{2,4}-\d{4}-[0-9A-Z]$")


def test_begins_by_itself(kiosk, _desk):
    kiosk.app.find("label", "Is something not right? Tell us here.")
    kiosk.app.find("label", "Oak Court")


def test_languages(kiosk, _desk):
    """Touched, each re-labels all of the screen at once; what is written from the right has Leave there."""
    kiosk.touch_start()
    for name, title, leave in (("Cymraeg", "Dewiswch eich iaith", "Gadael"),
                               ("Polski", "Proszę wybrać język", "Wyjdź"),
                               ("اردو", "اپنی زبان چنیں", "جائیں"),
                               ("العربية", "اختر لغتك", "غادر")):
        kiosk.choose(name)
        kiosk.app.find("label", title)
        kiosk.app.wait_gone("push button", "Text size")
        leave = kiosk.app.find("push button", leave).extents()
        if (leave[0] > 640) != (name in ("اردو", "العربية")):
            raise Failure("Leave of %s stands at %s" % (name, leave))
        if kiosk.names_of_nothing():
            raise Failure("nothing is said of %s" % kiosk.names_of_nothing())
    kiosk.touch("متابعة")
    kiosk.app.find("label", "كيف تود استخدام هذه الشاشة؟")


def test_read_aloud(kiosk, _desk):
    """A page with its answers and whether they are chosen; slower and again; it stops at once, and when the page
    changes. Where there is no voice it says so."""
    kiosk.app.find("label", "كيف تود استخدام هذه الشاشة؟")
    kiosk.touch("اقرأ بصوت عالٍ")
    kiosk.app.find("label", re.compile("^لا تستطيع هذه الشاشة"))
    if kiosk.voice.said("^SPEAK"):
        raise Failure("it read in a voice of another language")
    kiosk.touch("رجوع")
    kiosk.app.find("label", "اختر لغتك")
    kiosk.choose("Cymraeg")
    kiosk.app.find("label", "Dewiswch eich iaith")
    kiosk.touch("Darllen yn uchel")
    kiosk.voice.wait("^SPEAK Dewiswch eich iaith.*Cymraeg\\.\\nWedi'i ddewis\\.\\nPolski")
    kiosk.voice.wait("^SET (?i:self) LANGUAGE cy")
    kiosk.touch("Arafach")
    kiosk.voice.wait("^SET (?i:self) RATE -25")
    kiosk.voice.log.clear()
    kiosk.touch("Darllen yn uchel")
    kiosk.voice.wait("^CANCEL")
    kiosk.app.wait_gone("push button", "Arafach")
    kiosk.voice.log.clear()
    kiosk.touch("Darllen yn uchel")
    kiosk.voice.wait("^SPEAK")
    kiosk.voice.log.clear()
    kiosk.choose("العربية")
    kiosk.app.find("label", "اختر لغتك")
    kiosk.voice.wait("^CANCEL")
    kiosk.touch("متابعة")
    kiosk.app.find("label", "كيف تود استخدام هذه الشاشة؟")


def test_the_next_begins_in_english(kiosk, _desk):
    kiosk.touch("رجوع")
    kiosk.app.find("label", "اختر لغتك")
    kiosk.touch("رجوع")
    kiosk.app.find("push button", "Touch here to start")


def test_every_page_has_names(kiosk, _desk):
    kiosk.begin()
    titles = ("You can leave at any time", "What would you like to do?")
    for title in titles:
        if kiosk.names_of_nothing():
            raise Failure("nothing is said of %s" % kiosk.names_of_nothing())
        kiosk.go_on(title)


def test_an_error_says_what_would_be_right(kiosk, _desk):
    kiosk.choose("Tell us something is wrong")
    kiosk.go_on("Is anyone in danger now?")
    kiosk.go_on("What happened?")
    kiosk.touch("Continue")
    kiosk.app.find("label", "There is a problem")
    wanted = "We need a few words, or one of the ways below."
    kiosk.app.find("label", wanted)
    if len(kiosk.app.find_all("label", wanted)) != 1:
        raise Failure("it is said twice where there is room for once")
    kiosk.app.mouse_click(kiosk.app.find("push button", wanted))
    wait_for(lambda: any("focused" in node.states for node in kiosk.app.find_all("text")), "the focus at the answer")


def test_the_keyboard_on_the_screen(kiosk, _desk):
    kiosk.app.mouse_click(kiosk.app.find("text"))
    kiosk.type_on_screen(STORY)
    if kiosk.words() != "The lift stops":
        raise Failure("it wrote %r" % kiosk.words())
    kiosk.touch("Rub out word")
    wait_for(lambda: kiosk.words() == "The lift ", "the last word gone")
    kiosk.type_on_screen("STOPS")


def test_to_the_end(kiosk, _desk):
    for title in ("When did it happen?", "When did you find out about it?", "Have you told us about this before?",
                  "How has it affected you?", "What did you lose, and who else is affected?",
                  "What would put it right?", "Is there something else you want to tell us about?", "Who are you?"):
        kiosk.go_on(title)
    kiosk.choose("I am the tenant")
    kiosk.go_on("What is your name, and where do you live?")
    kiosk.app.set_text(kiosk.app.find("text", "Your name"), CANARY)
    kiosk.go_on("Who may we talk to about this?")
    kiosk.choose("The council: Ask me first")
    kiosk.go_on("What would make this easier for you?")
    kiosk.choose("Large print")
    kiosk.go_on("Do you want to tell us of a disability or an illness?")
    kiosk.go_on("How may we reach you?")
    kiosk.go_on("What should we take care of when we reach you?")
    kiosk.go_on("Check what you have told us")
    kiosk.app.find("label", "The lift stops")
    kiosk.app.find("label", CANARY)
    if kiosk.names_of_nothing():
        raise Failure("nothing is said of %s" % kiosk.names_of_nothing())


def test_back_loses_nothing(kiosk, _desk):
    kiosk.touch("Change: What happened?")
    kiosk.app.find("label", "What happened?")
    wait_for(lambda: kiosk.words() == "The lift stops", "what was written")
    kiosk.go_on("Check what you have told us")


def test_it_is_recorded(kiosk, _desk):
    kiosk.go_on("Are you ready to send it?")
    kiosk.go_on("Thank you. It is recorded.", "Send it")
    kiosk.app.find("label", REFERENCE)
    kiosk.app.find("label", "You hear from us by")
    kiosk.app.find("label", "Sent", timeout=30)


def print_slip(kiosk, button, said="It is printed. Take it with you."):
    kiosk.touch(button)
    kiosk.app.find("label", said)


def test_a_slip_is_printed(kiosk, _desk):
    """What is shown is what is printed; a printer that is gone is said in plain words; nothing of it stays."""
    reference = kiosk.app.find("label", REFERENCE).name
    text, code = kiosk.printer.take("notice")
    if reference not in text or "Acknowledge by" not in text or code or "lift" in text or CANARY in text:
        raise Failure("staff get %r with the code %r" % (text, code))
    kiosk.go_on("A slip to take with you", "Print a slip")
    shown = [node.name for node in kiosk.app.find_all("image", re.compile(reference))]
    if len(shown) != 2 or "Thank you" not in shown[0] or "Thank you" in shown[1]:
        raise Failure("what is shown says %s" % shown)
    kiosk.printer.set_gone(True)
    print_slip(kiosk, "Print this slip", re.compile("^It could not be printed. Write your number down"))
    kiosk.app.find("label", ", ".join(reference.replace("-", "")))
    kiosk.printer.set_gone(False)
    print_slip(kiosk, "Print this slip")
    text, code = kiosk.printer.take("slip")
    if code != reference or any(word not in text for word in (reference, "You hear from us by", "Ombudsman")):
        raise Failure("the slip says %r with the code %r" % (text, code))
    if "lift" in text or CANARY in text:
        raise Failure("the slip says what was written: %r" % text)
    print_slip(kiosk, "Print this private slip")
    text, code = kiosk.printer.take("slip")
    if code != reference or len(text.split("\n")) > 6 or not text.startswith("Oak Court\n"):
        raise Failure("the private slip says %r with the code %r" % (text, code))
    kiosk.touch("Back")
    kiosk.app.find("label", "Thank you. It is recorded.")
    # Who looks for a microphone makes an empty folder, in which sound servers are reached.
    left = [path for place in ("tmp", "run") for path in (kiosk.folder / place).rglob("*")
            if not path.is_dir() or path.name != "pulse"]
    if left:
        raise Failure("left behind: %s" % left)


def test_staff_read_it(kiosk, desk):
    desk.run("sync")
    rows = desk.run("list")
    if [row["complainant"] for row in rows] != [CANARY]:
        raise Failure("staff see %s" % rows)
    case = desk.run("show", rows[0]["reference"])
    if case["issues"][0]["what"] != "The lift stops" or case["channel"] != "kiosk":
        raise Failure("staff read %s" % case)
    if [consent["purpose"] for consent in case["consents"] if consent["given"] == "ask-me"] != [
            "share-with-local-authority"]:
        raise Failure("consents are %s" % case["consents"])


def test_nothing_of_it_stays(kiosk, _desk):
    """Once it was finished the program is another, and no file of its own has the name. That the look finds
    a name is shown by one that is put there."""
    found = holds(kiosk.folder, CANARY) + holds(kiosk.folder, "The lift stops")
    if found:
        raise Failure("it stands in %s" % found)
    (kiosk.folder / "control").write_text(CANARY)
    if not holds(kiosk.folder, CANARY):
        raise Failure("the look finds nothing at all")
    (kiosk.folder / "control").unlink()
    before = kiosk.app.process.pid
    kiosk.touch("Finish")
    wait_for(kiosk.app.appear, "the next visitor's screen", 30)
    kiosk.app.find("push button", "Touch here to start", timeout=30)
    if kiosk.app.find_all("label", CANARY) or kiosk.app.process.pid != before:
        raise Failure("something of the last visitor is there")


def next_visitor(kiosk):
    """Nothing of this one is in a file of the kiosk, and the next one sees nothing of it."""
    found = holds(kiosk.folder, CANARY)
    if found:
        raise Failure("it stands in %s" % found)
    kiosk.touch("Finish")
    wait_for(kiosk.app.appear, "the next visitor's screen", 30)
    kiosk.app.find("push button", "Touch here to start", timeout=30)


def test_whom_to_ring(kiosk, desk):
    """What the landlord has recorded of the place, as soon as the kiosk was in touch."""
    sheet = desk.folder / "numbers.csv"
    sheet.write_text(NUMBERS, encoding="utf-8")
    desk.run("import", "numbers", str(sheet), "--apply")
    desk.run("sync")
    kiosk.hold("Larchfield Homes", "For staff")
    kiosk.touch("Send now")
    kiosk.touch("First page")
    wait_for(lambda: holds_number(kiosk), "the number of the office on the page that asks about danger", 60)
    kiosk.touch("Help")
    kiosk.app.find("label", RING)
    kiosk.touch("Back")
    kiosk.app.find("label", "Is anyone in danger now?")
    kiosk.touch("Back")
    kiosk.touch("Leave")
    kiosk.app.find("label", "Housing office")
    kiosk.app.find("label", "Monday to Friday, 9 to 5")
    if kiosk.app.find_all("label", re.compile("Pym|960101")):
        raise Failure("a manager stands on the noticeboard")
    kiosk.pass_time(31)
    begins_anew(kiosk)


def holds_number(kiosk):
    """Goes to the page; where the number is not there yet, the next visitor may see it."""
    kiosk.begin()
    for title in ("You can leave at any time", "What would you like to do?"):
        kiosk.go_on(title)
    kiosk.choose("Tell us something is wrong")
    kiosk.go_on("Is anyone in danger now?")
    found = kiosk.app.find_all("label", RING)
    if not found:
        kiosk.touch("Leave")
        kiosk.pass_time(31)
        begins_anew(kiosk)
    return found


def test_not_safe(kiosk, desk):
    """It goes to those who were chosen for it, and is nowhere else: not in a list, not in a count."""
    kiosk.begin()
    for title in ("You can leave at any time", "What would you like to do?"):
        kiosk.go_on(title)
    kiosk.choose("Tell us something is wrong")
    kiosk.go_on("Is anyone in danger now?")
    kiosk.choose("I do not feel safe")
    if [node.name for node in kiosk.app.find_all("label") if "told" in node.name.lower()] != [
            "This screen has not told anyone yet. If it is urgent, ask our staff as well."]:
        raise Failure("the page says that somebody was told")
    kiosk.go_on("What happened?")
    kiosk.app.set_text(kiosk.app.find("text"), CANARY)
    kiosk.go_on("How may we reach you safely?")
    kiosk.choose("Ring me")
    kiosk.go_on("What is your name, and where do you live?")
    kiosk.go_on("Check what you have told us")
    kiosk.go_on("Are you ready to send it?")
    kiosk.go_on("Thank you. It is recorded.", "Send it")
    kiosk.app.find("label", "Sent", timeout=30)
    if kiosk.app.find_all("label", "You hear from us by"):
        raise Failure("a day is named")
    reference = kiosk.app.find("label", REFERENCE).name
    kiosk.go_on("A slip to take with you", "Print a slip")
    if kiosk.app.find_all("push button", "Print this slip"):
        raise Failure("a slip is offered that says what it is")
    if kiosk.printer.printed("*"):
        raise Failure("something was printed that nobody asked for")
    print_slip(kiosk, "Print this private slip")
    text, _code = kiosk.printer.take("slip")
    if text.split() != ["Oak", "Court", reference]:
        raise Failure("the private slip says %r" % text)
    next_visitor(kiosk)

    before = desk.run("list")
    desk.run("sync")
    if desk.run("list") != before or holds(desk.folder, CANARY):
        raise Failure("the staff of the place have it")
    lead = Desk(desk.amendsctl, kiosk.server, desk.folder.parent / "lead", "staff", "org,r.oak")
    lead.run("sync")
    rows = lead.run("list")
    if len(rows) != 1 or lead.run("show", rows[0]["reference"])["issues"][0]["what"] != CANARY:
        raise Failure("the lead sees %s" % rows)


def test_about_somebody_who_works_there(kiosk, desk):
    kiosk.begin()
    for title in ("You can leave at any time", "What would you like to do?"):
        kiosk.go_on(title)
    kiosk.choose("Tell us about somebody who works here")
    kiosk.go_on("Is anyone in danger now?")
    kiosk.app.find("label", re.compile("^The manager of our staff: ring .?01632 960101"))
    if kiosk.app.find_all("label", re.compile("Pym|Housing office")):
        raise Failure("the page says who the manager is, or who else answers")
    kiosk.go_on("What happened?")
    kiosk.app.set_text(kiosk.app.find("text"), CANARY)
    for title in ("When did it happen?", "When did you find out about it?", "Have you told us about this before?",
                  "How has it affected you?", "What did you lose, and who else is affected?",
                  "What would put it right?", "Is there something else you want to tell us about?", "Who are you?",
                  "What is your name, and where do you live?", "Who may we talk to about this?",
                  "What would make this easier for you?", "Do you want to tell us of a disability or an illness?",
                  "How may we reach you?", "What should we take care of when we reach you?",
                  "Check what you have told us", "Are you ready to send it?"):
        kiosk.go_on(title)
    kiosk.go_on("Thank you. It is recorded.", "Send it")
    kiosk.app.find("label", "Sent", timeout=30)
    if kiosk.printer.printed("*"):
        raise Failure("the staff of the place have a notice of it")
    next_visitor(kiosk)

    before = desk.run("list")
    desk.run("sync")
    if desk.run("list") != before or holds(desk.folder, CANARY):
        raise Failure("the staff of the place have it")
    manager = Desk(desk.amendsctl, kiosk.server, desk.folder.parent / "manager", "staff", "org,c.oak")
    manager.run("sync")
    rows = manager.run("list")
    if len(rows) != 1 or manager.run("show", rows[0]["reference"])["issues"][0]["what"] != CANARY:
        raise Failure("the manager sees %s" % rows)


def test_a_queue_that_nobody_sees(kiosk, _desk):
    """What waits for a working day is told to staff on the first page, as a number; until it is sent."""
    kiosk.hold("Larchfield Homes", "For staff")
    wait_for(lambda: "sensitive" in kiosk.app.find("push button", "Send now").states, "no exchange under way")
    kiosk.server.stop()
    if kiosk.app.find_all("label", NO_ANSWER):
        raise Failure("it tried before it was asked to")
    kiosk.touch("Send now")
    kiosk.app.find("label", NO_ANSWER)
    kiosk.touch("First page")
    kiosk.begin()
    for title in ("You can leave at any time", "What would you like to do?"):
        kiosk.go_on(title)
    kiosk.choose("Say thank you")
    for title in ("What happened?", "Who are you?"):
        if title == "Who are you?":
            kiosk.app.set_text(kiosk.app.find("text"), CANARY)
        kiosk.go_on(title)
    for title in ("What is your name, and where do you live?", "What would make this easier for you?",
                  "How may we reach you?", "Check what you have told us", "Are you ready to send it?"):
        kiosk.go_on(title)
    kiosk.go_on("Thank you. It is recorded.", "Send it")
    kiosk.app.find("label", "Recorded, but not sent yet")
    kiosk.printer.take("notice")
    next_visitor(kiosk)
    if kiosk.app.find_all("label", re.compile("^Staff: ")):
        raise Failure("what was just recorded is called late")
    kiosk.pass_time(8 * 24 * 3600)
    kiosk.app.find("label", "Staff: 1 record waits to be sent")
    kiosk.hold("Larchfield Homes", "For staff")
    kiosk.app.find("label", re.compile("^1 record waits to be sent, since "))
    kiosk.app.find("label", re.compile("^Last in touch with the server: "))
    kiosk.app.find("label", "There is enough room on its disk.")
    if is_shown(kiosk, CANARY):
        raise Failure("the page for staff shows what was said")
    kiosk.touch("First page")
    kiosk.hold("Larchfield Homes", "For staff")
    kiosk.pass_time(61)
    kiosk.app.find("push button", "Touch here to start")
    kiosk.pass_time(-8 * 24 * 3600)
    kiosk.hold("Larchfield Homes", "For staff")
    kiosk.app.find("label", re.compile("^1 record waits to be sent, since "))
    kiosk.server.start()
    kiosk.touch("Send now")
    kiosk.app.find("label", "No record waits to be sent, of those that may be counted here.")
    kiosk.touch("First page")
    begins_anew(kiosk)
    kiosk.pass_time(8 * 24 * 3600)
    wait_for(lambda: not kiosk.app.find_all("label", re.compile("^Staff: ")), "nothing that waits", 60)
    kiosk.pass_time(-8 * 24 * 3600)


def check_heard(kiosk):
    """Whoever listened to the page hears that somebody asks, and how long there is to answer; nobody else does."""
    kiosk.touch("Read aloud")
    kiosk.voice.wait("^SPEAK You can leave")
    kiosk.touch("Read aloud")
    kiosk.app.wait_gone("push button", "Slower")
    kiosk.voice.log.clear()
    kiosk.pass_time(61)
    kiosk.voice.wait("^SPEAK Are you still there")
    kiosk.pass_time(21)
    kiosk.voice.wait("^SPEAK Seconds left to answer: 3[0-9]")
    kiosk.touch("Yes, I am still here")
    kiosk.app.find("label", "You can leave at any time")
    kiosk.voice.log.clear()
    kiosk.pass_time(61)
    kiosk.app.find("label", "Are you still there?")
    kiosk.pass_time(30)
    if kiosk.voice.said("^SPEAK"):
        raise Failure("it speaks to whoever does not listen")
    kiosk.touch("Yes, I am still here")
    kiosk.app.find("label", "You can leave at any time")


def test_nobody_there(kiosk, _desk):
    """At every page a minute with nobody hides the answers and asks; a touch goes on where they were, as often
    as one likes; a minute without an answer destroys everything."""
    kiosk.touch_start()
    for page in PAGES:
        kiosk.touch("Continue")
        kiosk.app.find("label", page)
        if page == "What happened?":
            kiosk.app.set_text(kiosk.app.find("text"), CANARY)
        if page == "You can leave at any time":
            check_heard(kiosk)
        kiosk.pass_time(61)
        kiosk.app.find("label", "Are you still there?")
        if [node for node in kiosk.app.find_all() if CANARY in node.name]:
            raise Failure("whoever passes by reads %s" % CANARY)
        kiosk.pass_time(30)
        if page == "When did it happen?":
            kiosk.touch("I need ten more minutes")
            kiosk.app.find("label", page)
            kiosk.pass_time(540)
            kiosk.touch("Back")
            kiosk.app.find("label", "What happened?")
            if CANARY not in kiosk.words():
                raise Failure("what was written is lost")
            kiosk.touch("Continue")
        else:
            kiosk.touch("Yes, I am still here")
        kiosk.app.find("label", page)
    if not memory_holds(kiosk.app.process.pid, CANARY) and os.geteuid() == 0:
        raise Failure("the look into the memory finds nothing at all")
    kiosk.pass_time(61)
    kiosk.app.find("label", "Are you still there?")
    kiosk.pass_time(61)
    begins_anew(kiosk)


if __name__ == "__main__":
    sys.exit(play_kiosk(globals()))
