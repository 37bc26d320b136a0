#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""test-kiosk.py AMENDS AMENDS-SERVER AMENDSCTL: a resident tells the real kiosk what is wrong, with fingers
and its own keyboard; staff read it on another device, and nothing of it stays. Reports as TAP."""

import os
import pathlib
import re
import socket
import subprocess
import sys
import tempfile
import threading

from staff_support import App, Desk, Failure, Server, play, wait_for

CANARY = "WRENASHDOWNXQZ"
STORY = "THE LIFT STOPS"
REFERENCE = re.compile(r"^[0-9A-Z]{2,4}-\d{4}-[0-9A-Z]$")


class Voice:
    """What speech-dispatcher is to a program (SSIP), with voices for English and Welsh; keeps what is said."""

    VOICES = ("English\ten-GB\tnone", "Welsh\tcy\tnone")

    def __init__(self, path):
        self.path = path
        self.log = []
        self.listener = socket.socket(socket.AF_UNIX)
        self.listener.bind(str(path))
        self.listener.listen()
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        while True:
            connection, _address = self.listener.accept()
            threading.Thread(target=self.talk, args=(connection,), daemon=True).start()

    def talk(self, connection):
        with connection, connection.makefile("rw", encoding="utf-8", newline="\r\n") as stream:
            for line in stream:
                command = line.strip()
                if command.upper() == "SPEAK":
                    self.answer(stream, "230 OK RECEIVING DATA")
                    said = []
                    for part in stream:
                        if part.rstrip("\r\n") == ".":
                            break
                        said.append(part.rstrip("\r\n"))
                    self.log.append("SPEAK " + "\n".join(said))
                    self.answer(stream, "225-1", "225 OK MESSAGE QUEUED")
                elif command == "LIST SYNTHESIS_VOICES":
                    self.answer(stream, *("249-" + voice for voice in self.VOICES), "249 OK VOICE LIST SENT")
                elif command == "QUIT":
                    self.answer(stream, "231 HAPPY HACKING")
                    return
                else:
                    self.log.append(command)
                    self.answer(stream, "200 OK")

    @staticmethod
    def answer(stream, *lines):
        for line in lines:
            stream.write(line + "\n")
        stream.flush()

    def said(self, pattern):
        return [line for line in self.log if re.search(pattern, line, re.DOTALL)]

    def wait(self, pattern):
        wait_for(lambda: self.said(pattern), "“%s” among %s" % (pattern, self.log), 10)


class Kiosk:
    def __init__(self, program, ctl, server, folder):
        self.program, self.folder = str(program), pathlib.Path(folder)
        self.folder.mkdir()
        self.server = server
        result = subprocess.run(
            [ctl, "--store", self.folder / "store", "enrol", "--server", server.url, "--code",
             server.invite("org,s.oak,r.oak,c.oak", "kiosk"), "--name", "Kiosk in the hall", "--kiosk"],
            capture_output=True, text=True, timeout=60, check=False, env=self.environment())
        if result.returncode != 0:
            raise Failure("enrol: %s" % result.stderr)
        self.app = None
        self.voice = Voice(self.folder.parent / "voice")
        self.start()

    def environment(self):
        return {**os.environ, "HOME": str(self.folder), "XDG_DATA_HOME": str(self.folder / "data")}

    def start(self):
        self.ahead_s = 0
        self.clock = self.folder.parent / "clock"
        self.pass_time(0)
        self.app = App.start([self.program, "--kiosk", "--store", self.folder / "store", "--clock-ahead",
                              self.clock],
                             {"HOME": str(self.folder), "XDG_DATA_HOME": str(self.folder / "data"),
                              "SPEECHD_ADDRESS": "unix_socket:%s" % self.voice.path,
                              "SPEECHD_CMD": "/bin/false"})

    def pass_time(self, seconds):
        """Moves the kiosk's clock."""
        self.ahead_s += seconds
        ready = self.clock.with_suffix(".ready")
        ready.write_text("%d" % self.ahead_s)
        ready.rename(self.clock)

    def begin(self):
        self.touch("Touch here to start")
        self.go_on("How would you like to use this screen?")

    def touch(self, name):
        self.app.mouse_click(self.app.find("push button", name))

    def choose(self, name):
        self.app.mouse_click(self.app.find("check box", name))

    def go_on(self, title, word="Continue"):
        self.touch(word)
        self.app.find("label", title)

    def type_on_screen(self, text):
        for letter in text:
            before = self.words()
            self.app.mouse_click(self.app.find("push button", "Space" if letter == " " else letter))
            wait_for(lambda: len(self.words()) == len(before) + 1, "a letter more than %r" % before)

    def words(self):
        return self.app.find("text").text()

    def names_of_nothing(self):
        """What can be touched and says nothing to a screen reader."""
        return [node for role in ("push button", "check box", "text")
                for node in self.app.find_all(role) if not node.name.strip()]


def holds(folder, text):
    found = []
    for path in pathlib.Path(folder).rglob("*"):
        if path.is_file() and not path.is_symlink():
            data = path.read_bytes()
            if text.encode() in data or text.encode("utf-16-le") in data:
                found.append(str(path))
    return found


def test_begins_by_itself(kiosk, _desk):
    kiosk.app.find("label", "Is something not right? Tell us here.")
    kiosk.app.find("label", "Oak Court")


def test_languages(kiosk, _desk):
    """Touched, each re-labels all of the screen at once; what is written from the right has Leave there."""
    kiosk.touch("Touch here to start")
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
    kiosk.touch("Continue")
    kiosk.app.find("label", "There is a problem")
    kiosk.app.find("label", re.compile("^Choose one"))
    kiosk.choose("Tell us something is wrong")
    kiosk.app.wait_gone("label", "There is a problem")
    kiosk.go_on("Is anyone in danger now?")
    kiosk.go_on("What happened?")
    kiosk.touch("Continue")
    kiosk.app.find("label", re.compile("One sentence is enough"))


def test_the_keyboard_on_the_screen(kiosk, _desk):
    kiosk.app.mouse_click(kiosk.app.find("text"))
    kiosk.type_on_screen(STORY)
    if kiosk.words() != "The lift stops":
        raise Failure("it wrote %r" % kiosk.words())
    kiosk.touch("Rub out word")
    wait_for(lambda: kiosk.words() == "The lift ", "the last word gone")
    kiosk.type_on_screen("STOPS")


def test_to_the_end(kiosk, _desk):
    for title in ("When did it happen?", "Have you told us about this before?", "How has it affected you?",
                  "What would put it right?", "Who are you?"):
        kiosk.go_on(title)
    kiosk.choose("I am the tenant")
    kiosk.go_on("What is your name, and where do you live?")
    kiosk.app.set_text(kiosk.app.find("text", "Your name"), CANARY)
    kiosk.go_on("Who may we talk to about this?")
    kiosk.choose("The council: Ask me first")
    kiosk.go_on("What would make this easier for you?")
    kiosk.choose("Large print")
    kiosk.go_on("How may we reach you?")
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
    kiosk.go_on("What happened?")
    kiosk.app.set_text(kiosk.app.find("text"), CANARY)
    for title in ("When did it happen?", "Have you told us about this before?", "How has it affected you?",
                  "What would put it right?", "Who are you?", "What is your name, and where do you live?",
                  "Who may we talk to about this?", "What would make this easier for you?",
                  "How may we reach you?", "Check what you have told us", "Are you ready to send it?"):
        kiosk.go_on(title)
    kiosk.go_on("Thank you. It is recorded.", "Send it")
    kiosk.app.find("label", "Sent", timeout=30)
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


PAGES = ("How would you like to use this screen?", "You can leave at any time", "What would you like to do?",
         "Is anyone in danger now?", "What happened?", "When did it happen?",
         "Have you told us about this before?", "How has it affected you?", "What would put it right?",
         "Who are you?", "What is your name, and where do you live?", "Who may we talk to about this?",
         "What would make this easier for you?", "How may we reach you?", "Check what you have told us",
         "Are you ready to send it?")


def begins_anew(kiosk):
    """The next process begins at the start, and nothing of the last visitor is in a file, on the screen or in
    the memory of it."""
    # It may be the last process that appears, until it ends.
    wait_for(lambda: kiosk.app.appear() and kiosk.app.find_all("push button", "Touch here to start"),
             "the next visitor's screen", 60)
    found = holds(kiosk.folder, CANARY)
    if found or [node for node in kiosk.app.find_all() if CANARY in node.name]:
        raise Failure("something of the last visitor is there: %s" % found)
    if memory_holds(kiosk.app.process.pid, CANARY):
        raise Failure("the next process holds what the last visitor wrote")


def memory_holds(pid, text):
    """Whether it stands in what can be written of a process; not, where this user may not look."""
    try:
        with open("/proc/%d/maps" % pid, encoding="ascii") as maps, open("/proc/%d/mem" % pid, "rb") as data:
            for line in maps:
                match = re.match(r"([0-9a-f]+)-([0-9a-f]+) rw", line)
                size = int(match[2], 16) - int(match[1], 16) if match else 0
                # A sanitiser's own tables are as large as the address space.
                if 0 < size < 1 << 28:
                    data.seek(int(match[1], 16))
                    if text.encode() in data.read(size):
                        return True
    except OSError as error:
        print("# the memory of %d cannot be looked at: %s" % (pid, error))
    return False


def test_nobody_there(kiosk, _desk):
    """At every page a minute with nobody hides the answers and asks; a touch goes on where they were, as often
    as one likes; a minute without an answer destroys everything."""
    kiosk.touch("Touch here to start")
    for page in PAGES:
        kiosk.touch("Continue")
        if page == "Is anyone in danger now?":
            kiosk.choose("Tell us something is wrong")
            kiosk.touch("Continue")
        kiosk.app.find("label", page)
        if page == "What happened?":
            kiosk.app.set_text(kiosk.app.find("text"), CANARY)
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


def test_crash(kiosk, _desk):
    """At every page from the first that has something of a person."""
    for pages in (PAGES[:5], PAGES[:11], PAGES):
        kiosk.touch("Touch here to start")
        for page in pages:
            kiosk.touch("Continue")
            if page == "Is anyone in danger now?":
                kiosk.choose("Tell us something is wrong")
                kiosk.touch("Continue")
            kiosk.app.find("label", page)
            if page == "What happened?":
                kiosk.app.set_text(kiosk.app.find("text"), CANARY)
        kiosk.app.process.kill()
        kiosk.app.process.wait(10)
        kiosk.start()
        begins_anew(kiosk)


def leaves(kiosk, how):
    kiosk.begin()
    for title in ("You can leave at any time", "What would you like to do?"):
        kiosk.go_on(title)
    kiosk.choose("Tell us something is wrong")
    kiosk.go_on("Is anyone in danger now?")
    kiosk.go_on("What happened?")
    kiosk.app.set_text(kiosk.app.find("text"), CANARY)
    how()
    kiosk.app.find("label", re.compile(r"^\d\d:\d\d$"))
    wait_for(lambda: not [node for node in kiosk.app.find_all() if CANARY in node.name],
             "nothing of what was written")
    if kiosk.app.find_all("push button"):
        raise Failure("the noticeboard has buttons")
    kiosk.pass_time(31)
    begins_anew(kiosk)


def test_leave(kiosk, _desk):
    leaves(kiosk, lambda: kiosk.touch("Leave"))


def test_leave_by_shift(kiosk, _desk):
    leaves(kiosk, lambda: kiosk.app.press("shift", "shift", "shift"))


def main():
    program, server_program, ctl = sys.argv[1:]
    with tempfile.TemporaryDirectory(dir="/tmp", prefix="amends-kiosk-") as name:
        folder = pathlib.Path(name)
        with Server(server_program, folder / "server") as server:
            server.start()
            kiosk = Kiosk(program, ctl, server, folder / "kiosk")
            try:
                return play(globals(), kiosk, Desk(ctl, server, folder / "desk", kind="staff"))
            finally:
                kiosk.app.end()


if __name__ == "__main__":
    sys.exit(main())
