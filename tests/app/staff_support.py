# SPDX-License-Identifier: GPL-3.0-or-later
"""A real server and the real staff application, as the tests and the pictures use them."""

import datetime
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support" / "display"))

from gi.repository import GLib  # noqa: E402

from atspi_driver import App, Failure, wait_for, xdotool  # noqa: E402

PASSPHRASE = "seven quiet herons at dusk"
TODAY = datetime.date.today()
WAITING = re.compile(r"(\d+|nothing) waiting")


def days_ago(n_days):
    return (TODAY - datetime.timedelta(n_days)).isoformat()


def check(condition, message):
    if not condition:
        raise Failure(message)


def has_focus(app, role, name):
    """Whether the keyboard is at or in what is named so, @name being a text or a pattern.

    A window that is hidden and not destroyed, as that of the keys, still says what had its focus."""
    try:
        node = next((node for node in app.tree().descendants()
                     if "focused" in node.states and node.is_shown()), None)
        return node is not None and any(
            each.role == role and (each.name == name if isinstance(name, str)
                                   else name.search(each.name or ""))
            for each in (node, *node.ancestors()))
    except GLib.Error:  # what was asked has just gone
        return False


def tab_to(app, role, name, n_most=60, key="Tab"):
    """As somebody does who has no mouse."""
    for _ in range(n_most):
        if has_focus(app, role, name):
            return
        app.press(key)
    raise app.failure("Tab never comes to the %s “%s”" % (role, name))


class Server:
    """amends-server on a free port of the loopback, and the same port again after a stop."""

    def __init__(self, program, folder):
        self.program, self.folder = str(program), pathlib.Path(folder)
        self.process = None
        self.url = None
        self.admin("init", "--organisation", "Larchfield Homes")
        self.admin("scheme", "add", "oak", "--name", "Oak Court")

    def admin(self, *arguments):
        result = subprocess.run([self.program, "--data", str(self.folder), *arguments],
                                capture_output=True, text=True, timeout=30, check=False)
        if result.returncode != 0:
            raise Failure("amends-server %s: %s" % (" ".join(arguments), result.stderr))
        return result.stdout

    def invite(self, feeds="org,s.oak", kind="staff"):
        return self.admin("invite", "--feeds", feeds, "--kind", kind).splitlines()[-1]

    def start(self):
        listen = self.url.rpartition("/")[2] if self.url else "127.0.0.1:0"
        self.process = subprocess.Popen(
            [self.program, "--data", str(self.folder), "serve", "--listen", listen],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        line = self.process.stdout.readline()
        if not line.startswith("listening "):
            raise Failure("the server said “%s”" % line)
        self.url = line.split()[1]

    def stop(self):
        """It leaves with 0: a sanitiser that found something in it does not."""
        process, self.process = self.process, None
        if process is None:
            return
        process.terminate()
        status = process.wait(30)
        if status != 0:
            raise Failure("the server left with %d" % status)

    def __enter__(self):
        return self

    def __exit__(self, *_failure):
        self.stop()


class Desk:
    """amendsctl on a device of its own: head office, which publishes, or a colleague's laptop."""

    def __init__(self, amendsctl, server, folder, kind="admin", feeds="org,s.oak"):
        self.amendsctl, self.folder = str(amendsctl), pathlib.Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        self.passphrase = self.folder / "passphrase"
        self.passphrase.write_text(PASSPHRASE + "\n", encoding="utf-8")
        self.run("enrol", "--server", server.url, "--code", server.invite(feeds, kind), "--name",
                 "Head office" if kind == "admin" else "Second laptop", "--staff",
                 "Samuel Adeyemi" if kind == "admin" else "Ruth Castellan")

    def run(self, *arguments, value=None):
        """A command that must succeed; gives its JSON."""
        result = subprocess.run(
            [self.amendsctl, "--store", str(self.folder / "store"), "--passphrase-file",
             str(self.passphrase), "--json", *arguments],
            input="" if value is None else json.dumps(value), capture_output=True, text=True,
            timeout=60, check=False, env={**os.environ, "HOME": str(self.folder)})
        if result.returncode != 0:
            raise Failure("amendsctl %s: %s" % (" ".join(arguments), result.stderr))
        return json.loads(result.stdout)

    def publish(self, policy, since):
        self.run("policy", "publish", policy, "--from", since)
        self.run("sync")

    def record(self, **fields):
        """A complaint by telephone; gives its reference."""
        intake = {"kind": "complaint", "scheme": "oak", "channel": "telephone", **fields}
        return self.run("record", "-", value=intake)["reference"]

    def act(self, reference, **act):
        """Gives the id of its event."""
        return self.run("act", reference, "-", value=act)["events"][0]


class Staff:
    """The application on one device, with a store of its own, used as a person does."""

    def __init__(self, program, folder):
        self.folder = pathlib.Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        self.program = program
        self.start()

    def start(self):
        """Once more, after it has ended."""
        self.app = App.start([self.program, "--store", self.folder / "store"],
                             {"HOME": str(self.folder),
                              "XDG_DATA_HOME": str(self.folder / "data"),
                              "AMENDS_LOCALE_DIR": str(self.write_locale())})

    def write_locale(self):
        """A translation with nothing in it: GLib keeps a program that has none for the language of
        the display in English, and so from left to right."""
        language = os.environ.get("LANGUAGE")
        if language:
            folder = self.folder / "locale" / language / "LC_MESSAGES"
            folder.mkdir(parents=True, exist_ok=True)
            subprocess.run(["msgfmt", "-o", folder / "amends.mo", "-"], check=True, text=True,
                           input='msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n')
        return self.folder / "locale"

    def __enter__(self):
        return self

    def __exit__(self, *_failure):
        self.app.end()

    def place(self, x, width, height):
        """So that the mouse reaches both where two of them share a screen."""
        self.app.resize(width, height)
        for window in self.app.x_windows():
            xdotool("windowmove", window[0], str(x), "0")

    def close(self):
        """Closes it as its button does: it leaves with 0 and has printed nothing."""
        status, said = self.app.close(), self.app.output().strip()
        if status != 0 or said:
            raise Failure("exit status %d; it printed: %s" % (status, said))

    # ------------------------------------------------------------------ getting in

    def enrol(self, server, device, name, passphrase=PASSPHRASE):
        app = self.app
        for title, text in (("Server address", server.url), ("Code", server.invite()),
                            ("Name of this device", device), ("Your name", name)):
            app.set_text(app.find("text", title), text)
        for title in ("Passphrase", "Passphrase once more"):
            app.set_text(app.find("text", title), passphrase)
        app.click(app.find("push button", "Connect"))

    def wait_ready(self, timeout=30):
        self.app.find("push button", re.compile("^(New|Record a complaint)$"), timeout=timeout)

    def unlock(self, passphrase=PASSPHRASE):
        app = self.app
        app.set_text(app.find("text", "Passphrase"), passphrase)
        app.click(app.find("push button", "Open"))

    # ------------------------------------------------------------------ the sentence on sending

    def sentence(self):
        """What the button says that is on the screen."""
        found = self.app.find_all("push button", re.compile("waiting"))
        return found[0].name if found else ""

    def wait_sentence(self, pattern, timeout=40):
        try:
            wait_for(lambda: re.search(pattern, self.sentence()), pattern, timeout)
        except Failure:
            raise self.app.failure("the sentence is “%s”, not “%s”"
                                   % (self.sentence(), pattern)) from None

    def send_now(self):
        """From the menu, or with the key where a page has no menu."""
        menus = self.app.find_all("push button", "Menu")
        if not menus:
            self.app.press("ctrl+r")
            return
        self.app.click(menus[0])
        self.app.click(self.app.find("menu item", "Send now"))

    def open_sync(self):
        self.app.click(next(node for node in self.app.find_all("push button",
                                                               re.compile("waiting"))))

    # ------------------------------------------------------------------ cases

    def begin_record(self):
        self.app.click(self.app.find("push button", re.compile("^(New|Record a complaint)$")))
        self.app.find("push button", "Save on this laptop")

    def save_record(self):
        """Saves, and returns the reference: of the message, or once that is gone of the case's title."""
        self.app.click(self.app.find("push button", "Save on this laptop"))
        label = self.app.find("label", re.compile("^Saved on this laptop: |^\u2068?[0-9A-Z]{2,4}-\\d{4,}-"),
                              timeout=30)
        return re.search(r"[0-9A-Z]+-\d+-[0-9A-Z]", label.name).group(0)

    def open_case(self, text, timeout=15):
        row = self.app.find("list item", re.compile(re.escape(text)), timeout=timeout)
        self.app.mouse_click(row)

    def act(self, item, button="Other acts"):
        """An act of the menu behind @button."""
        self.app.click(self.app.find("push button", button))
        self.app.click(self.app.find("menu item", item))

    def choose_file(self, path):
        """As somebody does who types where a file is, or is to be."""
        cancel = re.compile("^Cancel( Cancel)?$")
        dialog = self.app.find("push button", cancel).window
        self.app.type(str(path), window=dialog)
        self.app.press("Return", window=dialog)
        self.app.wait_gone("push button", cancel)

    def dialog(self):
        """The small form of an act."""
        return self.app.find("push button", "Cancel").window

    def leave_form(self):
        """What was pressed on Today opens the form of its act over the case: nothing is typed in it."""
        self.app.press("Escape", window=self.dialog())
        self.app.wait_gone("push button", "Cancel")
        self.app.focus()

    def save_dialog(self):
        self.app.click(self.app.find("push button", "Save"))
        self.app.wait_gone("push button", "Cancel")


def play(names, *given, n_apart=0):
    """Runs every test_… of @names with @given, in their order, as one story; the last @n_apart build
    on nothing before them. Gives what to leave with."""
    tests = [(name, deed) for name, deed in names.items() if name.startswith("test_")]
    n_failed = 0
    print("1..%d" % len(tests))
    for number, (name, deed) in enumerate(tests, 1):
        try:
            deed(*given)
            print("ok %d - %s" % (number, name), flush=True)
        except unittest.SkipTest as why:
            print("ok %d - %s # SKIP %s" % (number, name, why), flush=True)
        except AssertionError as failure:
            n_failed += 1
            print("not ok %d - %s" % (number, name))
            print("\n".join("# " + line for line in str(failure).splitlines()), flush=True)
            if number < len(tests) - n_apart:
                print("Bail out! what follows builds on it")
                return 1
    return 1 if n_failed else 0


def play_office(names, size, n_apart=0):
    """play() with what most stories need: the application of an office that is not enrolled yet, the
    server, and two desks of amendsctl, head office's and a colleague's. @size: of the window."""
    program, server_program, amendsctl = sys.argv[1:4]
    with tempfile.TemporaryDirectory(dir="/tmp", prefix="amends-office-") as scratch:
        folder = pathlib.Path(scratch)
        with Server(server_program, folder / "server") as server:
            server.start()
            head = Desk(amendsctl, server, folder / "head")
            colleague = Desk(amendsctl, server, folder / "colleague", "staff")
            with Staff(program, folder / "office") as office:
                office.place(0, *size)
                return play(names, office, server, head, colleague, n_apart=n_apart)
