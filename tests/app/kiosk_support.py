# SPDX-License-Identifier: GPL-3.0-or-later
"""The real kiosk, as its tests use it: with fingers, its own keyboard, a clock that is moved and a voice."""

import array
import itertools
import os
import pathlib
import re
import socket
import subprocess
import sys
import tempfile
import threading
import unittest

from staff_support import App, Desk, Failure, Server, play, tab_to, wait_for, xdotool

PAGE = os.sysconf("SC_PAGE_SIZE")
CANARY = "WRENASHDOWNXQZ"

PAGES = ("How would you like to use this screen?", "You can leave at any time", "What would you like to do?",
         "Is anyone in danger now?", "What happened?", "When did it happen?", "When did you find out about it?",
         "Have you told us about this before?", "How has it affected you?",
         "What did you lose, and who else is affected?", "What would put it right?",
         "Is there something else you want to tell us about?", "Who are you?",
         "What is your name, and where do you live?", "Who may we talk to about this?",
         "What would make this easier for you?", "Do you want to tell us of a disability or an illness?",
         "How may we reach you?", "What should we take care of when we reach you?", "Check what you have told us",
         "Are you ready to send it?")
# From what happened to who it is, and from the name to the check.
REST = PAGES[PAGES.index("What happened?") + 1:PAGES.index("Who are you?") + 1]
LAST = PAGES[PAGES.index("Who may we talk to about this?"):PAGES.index("Check what you have told us") + 1]
LAST_FOR_ANOTHER = tuple(title for title in LAST if title != "What should we take care of when we reach you?")


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


class Printer:
    """A command that keeps each document as NAME-N.pdf, until the printer is gone."""

    SCRIPT = """#!/bin/sh
test -e {folder}/gone && exit 1
cat >"$(mktemp {folder}/$1-XXXXXX.part)" && for part in {folder}/*.part; do mv "$part" "${{part%.part}}.pdf"; done
"""

    def __init__(self, folder):
        self.folder = folder
        self.folder.mkdir()
        self.command = folder.parent / "print"
        self.command.write_text(self.SCRIPT.format(folder=folder), encoding="utf-8")
        self.command.chmod(0o700)

    def set_gone(self, is_gone):
        if is_gone:
            (self.folder / "gone").touch()
        else:
            (self.folder / "gone").unlink()

    def printed(self, name):
        return sorted(self.folder.glob(name + "-*.pdf"))

    def take(self, name):
        """The text and the code of the one document that is there, which is then taken away."""
        path = wait_for(lambda: self.printed(name), "a document called %s" % name)[0]
        text = subprocess.run(["pdftotext", path, "-"], capture_output=True, text=True, check=True).stdout
        subprocess.run(["pdftoppm", "-r", "150", "-png", path, path.with_suffix("")], check=True)
        picture = next(self.folder.glob("*.png"))
        code = subprocess.run(["zbarimg", "--quiet", "--raw", "--nodbus", picture], capture_output=True, text=True,
                              check=False).stdout.strip()
        picture.unlink()
        path.unlink()
        if self.printed(name):
            raise Failure("more than one was printed: %s" % self.printed(name))
        return text, code


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
        self.printer = Printer(self.folder.parent / "printed")
        self.sticks = self.folder.parent / "sticks"
        self.sticks.mkdir()
        self.devices = self.folder.parent / "devices"
        self.devices.mkdir()
        self.start()

    def environment(self):
        """Every folder that a program may write to is one of its own."""
        places = {"HOME": "", "XDG_DATA_HOME": "data", "XDG_CACHE_HOME": "cache", "XDG_STATE_HOME": "state",
                  "XDG_RUNTIME_DIR": "run", "TMPDIR": "tmp"}
        for place in places.values():
            (self.folder / place).mkdir(mode=0o700, exist_ok=True)
        return {**os.environ, **{name: str(self.folder / place) for name, place in places.items()}}

    def plug(self, name, gives):
        """@gives: what gst-launch reads; of its last part the name is "last"."""
        ready = self.devices / (name + ".ready")
        ready.write_text(gives, encoding="ascii")
        ready.rename(self.devices / name)

    def unplug(self, name):
        (self.devices / name).unlink(missing_ok=True)

    def start(self):
        self.ahead_s = 0
        self.clock = self.folder.parent / "clock"
        self.pass_time(0)
        self.app = App.start([self.program, "--kiosk", "--store", self.folder / "store", "--clock-ahead",
                              self.clock, "--print-with", "%s slip" % self.printer.command,
                              "--print-notices-with", "%s notice" % self.printer.command, "--sticks", self.sticks],
                             {**self.environment(),
                              "SPEECHD_ADDRESS": "unix_socket:%s" % self.voice.path,
                              "AMENDS_TEST_DEVICES": str(self.devices),
                              "SPEECHD_CMD": "/bin/false"})

    def pass_time(self, seconds):
        """Moves the kiosk's clock."""
        self.ahead_s += seconds
        ready = self.clock.with_suffix(".ready")
        ready.write_text("%d" % self.ahead_s)
        ready.rename(self.clock)

    def touch_start(self):
        """Touches are not felt in the first two seconds."""
        self.app.find("push button", "Touch here to start")
        self.pass_time(2)
        self.touch("Touch here to start")

    def begin(self):
        self.touch_start()
        self.go_on("How would you like to use this screen?")

    def touch(self, name):
        self.app.mouse_click(self.app.find("push button", name))

    def hold(self, name, shows):
        """Presses the label for as long as it takes until @shows is there."""
        node = self.app.find("label", name)
        _number, (left, top) = self.app.x_origin(node.window)
        x, y, width, height = node.extents()
        self.app.focus(node.window)
        place = str(left + x + width // 2), str(top + y + height // 2)
        for n_left in reversed(range(5)):  # for two seconds after somebody left, a touch is nobody's
            xdotool("mousemove", *place, "mousedown", "1")
            try:
                return self.app.find("label", shows, timeout=4)
            except Failure:
                if n_left == 0:
                    raise
            finally:
                xdotool("mouseup", "1")
        return None

    def touch_when_meant(self, name, shows, role="label"):
        """A button that has just become this is not felt for a moment: touches it until @shows is there."""
        for n_left in reversed(range(10)):
            if self.app.find_all("push button", name):
                self.touch(name)
            try:
                return self.app.find(role, shows, timeout=1)
            except Failure:
                if n_left == 0:
                    raise
        return None

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


def press_button(kiosk, name):
    """With the keys of a keyboard."""
    tab_to(kiosk.app, "push button", name)
    kiosk.app.press("Return")


def pages_by_keyboard(kiosk, choose):
    """From the start to the last page, with no finger; gives the title of each. @choose: one of some choices"""
    kiosk.app.find("push button", "Touch here to start")
    kiosk.pass_time(2)
    press_button(kiosk, "Touch here to start")
    kiosk.app.find("label", "Choose your language")
    kiosk.app.press("Tab")  # who has more keys than a switch needs no ring
    for title in PAGES:
        press_button(kiosk, "Continue")
        kiosk.app.find("label", title)
        if title == "What would you like to do?":
            choose(kiosk, "Tell us something is wrong")
        yield title


def title_of(kiosk):
    """The uppermost label of a page, below the strip."""
    labels = [node for node in kiosk.app.find_all("label") if node.extents()[1] >= 50]
    return labels[0].name if labels else None


def newest(desk):
    """The one record that staff had not seen."""
    desk.run("sync")
    before = getattr(desk, "seen", set())
    rows = [row for row in desk.run("list") if row["reference"] not in before]
    desk.seen = before | {row["reference"] for row in rows}
    if len(rows) != 1:
        raise Failure("staff see %s" % rows)
    return rows[0]


def next_visitor(kiosk):
    # It may be the last process that appears, until it ends.
    wait_for(lambda: kiosk.app.appear() and kiosk.app.find_all("push button", "Touch here to start"),
             "the next visitor's screen", 60)


def holds(folder, text):
    found = []
    for path in pathlib.Path(folder).rglob("*"):
        if path.is_file() and not path.is_symlink():
            data = path.read_bytes()
            if text.encode() in data or text.encode("utf-16-le") in data:
                found.append(str(path))
    return found


def is_shown(kiosk, text):
    """Whether a screen reader finds it anywhere, also where nothing is on the screen."""
    return [node for node in kiosk.app.find_all(shown=False)
            if text in node.name or text in node.description or text in node.text()]


def begins_anew(kiosk):
    """The next process begins at the start, and nothing of the last visitor is in a file, on the screen or in
    the memory of it."""
    next_visitor(kiosk)
    found = holds(kiosk.folder, CANARY) + holds(os.environ["HOME"], CANARY)
    if found or is_shown(kiosk, CANARY):
        raise Failure("something of the last visitor is there: %s" % found)
    if memory_holds(kiosk.app.process.pid, CANARY):
        raise Failure("the next process holds what the last visitor wrote")


def memory_holds(pid, text):
    """Whether it stands in what can be written of a process; not, where this user may not look."""
    try:
        return memory_has(pid, *(text.encode(coding) for coding in ("utf-8", "utf-16-le", "utf-32-le")))
    except OSError as error:
        print("# the memory of %d cannot be looked at: %s" % (pid, error))
        return False


def memory_has(pid, *wanted):
    """Whether any of these bytes, or patterns of bytes, stand in what can be written of a process; OSError where this user
    may not look."""
    with open("/proc/%d/mem" % pid, "rb") as data:
        for start, size in list(written_areas(pid)):
            area = read_area(data, start, size)
            if any(each in area if isinstance(each, bytes) else each.search(area) for each in wanted):
                return True
    return False


class Look:
    """Into the memory of a kiosk, for what must not be there. It means something only where it found that before."""

    def __init__(self, kiosk):
        self.kiosk = kiosk
        self.why_not = None

    def finds(self, *wanted):
        for each in wanted:
            wait_for(lambda each=each: not self.has_none(each) or self.why_not, "a memory that has %s" % each)

    def has_none(self, *wanted):
        """Also where this user may not look: finish() says so."""
        try:
            return not memory_has(self.kiosk.app.process.pid, *wanted)
        except PermissionError as error:
            self.why_not = error
            return True

    def finish(self):
        if self.why_not is not None:
            raise unittest.SkipTest("the memory of a kiosk cannot be looked at: %s" % self.why_not)


def written_areas(pid):
    """What can be written and has been: (start, size). A sanitiser's own tables are as large as the address space;
    through memory that is shared with an X server, as it is here and at no kiosk, pictures of pages are drawn."""
    with open("/proc/%d/maps" % pid, encoding="ascii") as maps, open("/proc/%d/pagemap" % pid, "rb") as pages:
        for line in maps:
            match = re.match(r"([0-9a-f]+)-([0-9a-f]+) rw(?!.*/SYSV)", line)
            start, end = (int(match[1], 16), int(match[2], 16)) if match else (0, 0)
            if 0 < end - start < 1 << 28:
                pages.seek(start // PAGE * 8)
                there = array.array("Q", pages.read((end - start) // PAGE * 8))
                # In memory or in the swap.
                for is_there, run in itertools.groupby(range(len(there)), lambda page: there[page] >> 62 != 0):
                    run = list(run)
                    if is_there:
                        yield start + run[0] * PAGE, len(run) * PAGE


def read_area(data, start, size):
    """Nothing where there is nothing behind the addresses, as at the end of a file that is mapped."""
    try:
        data.seek(start)
        return data.read(size)
    except OSError:
        return b""


def play_kiosk(names):
    """play() with a kiosk, a server and a desk of the staff."""
    program, server_program, ctl = sys.argv[1:]
    with tempfile.TemporaryDirectory(dir="/tmp", prefix="amends-kiosk-") as name:
        folder = pathlib.Path(name)
        with Server(server_program, folder / "server") as server:
            server.start()
            kiosk = Kiosk(program, ctl, server, folder / "kiosk")
            try:
                return play(names, kiosk, Desk(ctl, server, folder / "desk", kind="staff"))
            finally:
                kiosk.app.end()
