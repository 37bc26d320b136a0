# SPDX-License-Identifier: GPL-3.0-or-later
"""Drives a GTK 4 program as a person with a screen reader does: by roles, names and actions.

It speaks AT-SPI over D-Bus itself: one call (Cache.GetItems) reads a whole tree in a few
milliseconds and is never out of date, where libatspi asks node by node and keeps what it heard until
a main loop has run. What GTK 4.8 gives no action for (check buttons, rows, drop-down lists) is done
with the mouse and keys through xdotool. Nothing sleeps: every wait asks for a condition and has a
deadline.

    with App.start(["build/src/app/amends"]) as app:
        app.set_text(app.find("text", "Name"), "Hesta Penwick")
        app.click(app.find("push button", "Save"))
        app.find("label", "Saved on this laptop")

Run under run-display with Debian's /usr/bin/python3 (python3-gi, gir1.2-atspi-2.0).
"""

import contextlib
import functools
import itertools
import os
import pathlib
import re
import signal
import subprocess
import tempfile
import time

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, Gio, GLib  # noqa: E402

ROOT_PATH = "/org/a11y/atspi/accessible/root"
CACHE_PATH = "/org/a11y/atspi/cache"
POLL_S = 0.01
THOROUGH_EVERY = 16  # reads of the tree
# No test waits so long unless it fails; a busy machine may.
TIMEOUT_S = 20
SENSITIVE_TIMEOUT_S = 5
# A program that answers slowly is slow in all it does: it is asked so often before it is given up.
N_ASKED_LEAST = 30
START_TIMEOUT_S = 60
# The leak checker goes through all there is.
END_TIMEOUT_S = 60
CALL_TIMEOUT_MS = 10000
WINDOW_COORDINATES = 1

ROLE_NAMES = {int(getattr(Atspi.Role, name)): Atspi.role_get_name(getattr(Atspi.Role, name))
              for name in dir(Atspi.Role) if name.isupper()}
STATE_NAMES = {int(getattr(Atspi.StateType, name)): name.lower().replace("_", "-")
               for name in dir(Atspi.StateType) if name.isupper()}


class Failure(AssertionError):
    """The program is not as the test says; the message shows the tree."""


def wait_for(condition, what, timeout=TIMEOUT_S):
    """Asks until @condition is true, and returns what it returned.

    The program that is waited for answers on its only thread: it is left alone as long as it was asked.
    """
    deadline = time.monotonic() + timeout
    for n_asked in itertools.count(1):
        began = time.monotonic()
        with contextlib.suppress(GLib.Error):  # what was asked may just have gone
            answer = condition()
            if answer:
                return answer
        now = time.monotonic()
        if now > deadline and n_asked >= N_ASKED_LEAST:
            raise Failure("after %g s, still not: %s" % (timeout, what))
        time.sleep(max(POLL_S, now - began))


def plain_name(name):
    """@name without mnemonics; a message dialog's button calls itself “_Delete Delete”."""
    words = name.replace("_", "").split(" ")
    half = len(words) // 2
    if "_" in name and len(words) % 2 == 0 and words[:half] == words[half:]:
        words = words[:half]
    return " ".join(words)


def matches(pattern, text):
    if pattern is None:
        return True
    if isinstance(pattern, re.Pattern):
        return pattern.search(text) is not None
    return pattern == text


@functools.lru_cache
def states_of(low, high):
    """The names of the states in two words of bits; a tree has few different ones."""
    bits = low | high << 32
    return frozenset(name for bit, name in STATE_NAMES.items() if bits >> bit & 1)


class Node:
    """One accessible thing, as it was when the tree was read; its methods ask the program anew."""

    def __init__(self, app, item):
        (_bus, self.path), _application, (_parent_bus, self.parent_path) = item[:3]
        self.index, self.n_children = item[3:5]
        self.app = app
        self.interfaces = {name.rpartition(".")[2] for name in item[5]}
        self.raw_name, self.description = item[6], item[8]
        self.name = plain_name(self.raw_name)
        self.role = ROLE_NAMES.get(item[7], "role %d" % item[7])
        self.states = states_of(*item[9])
        self.parent = None
        self.children = []

    def __str__(self):
        return "%s “%s”%s" % (self.role, self.name,
                              " (%s)" % self.description if self.description else "")

    def descendants(self):
        for child in self.children:
            yield child
            yield from child.descendants()

    def ancestors(self):
        node = self.parent
        while node is not None:
            yield node
            node = node.parent

    @property
    def window(self):
        """The frame or dialog it stands in."""
        return [self, *self.ancestors()][-2]

    def call(self, interface, method, arguments=None):
        return self.app.call(self.path, "org.a11y.atspi." + interface, method, arguments)

    def extents(self):
        """(x, y, width, height) inside the window's frame, in pixels."""
        if "Component" not in self.interfaces:
            return (0, 0, 0, 0)
        return self.call("Component", "GetExtents", GLib.Variant("(u)", (WINDOW_COORDINATES,)))[0]

    def is_shown(self):
        """Whether it is on the screen, or would be if somebody scrolled there.

        GTK 4.8 sets SHOWING on windows alone, and what stands on another page or in a closed
        popover is VISIBLE and may keep its place; but only what is mapped contains a point.
        """
        x, y, width, height = self.extents()
        middle = GLib.Variant("(iiu)", (x + width // 2, y + height // 2, WINDOW_COORDINATES))
        return width > 0 and height > 0 and self.call("Component", "Contains", middle)[0]

    def text(self):
        """What can be read there: its text, or its name."""
        if "Text" not in self.interfaces:
            return self.name
        count = self.app.get_property(self.path, "org.a11y.atspi.Text", "CharacterCount")
        return self.call("Text", "GetText", GLib.Variant("(ii)", (0, count)))[0]

    def value(self):
        return self.app.get_property(self.path, "org.a11y.atspi.Value", "CurrentValue")

    def actions(self):
        if "Action" not in self.interfaces:
            return []
        # What GTK 4.8 gives is the name for people: “Click” in some programs and “click” in others.
        return [action[0].lower() for action in self.call("Action", "GetActions")[0]]

    def act(self, name):
        """Does the action called @name; the index moves with the widget's GActions."""
        names = self.actions()
        if name not in names:
            raise Failure("%s has no action %s; it has %s" % (self, name, names))
        self.call("Action", "DoAction", GLib.Variant("(i)", (names.index(name),)))

    def states_now(self):
        return states_of(*self.call("Accessible", "GetState")[0])


class App:
    """A running program and its accessible tree."""

    def __init__(self, process, log):
        self.process = process
        self.log = log
        self.bus = None
        self.n_reads = 0  # of the tree
        self.unpacked = {}  # what was read of nodes, by its bytes
        self.name = None

    # ------------------------------------------------------------------ start and end

    @classmethod
    def start(cls, argv, env=None, timeout=START_TIMEOUT_S):
        """Starts @argv and waits for its first window; @env adds to the environment."""
        log = tempfile.TemporaryFile()
        process = subprocess.Popen(list(map(str, argv)), env={**os.environ, **(env or {})},
                                   stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                                   start_new_session=True)
        app = cls(process, log)
        try:
            app.bus = accessibility_bus()
            wait_for(app.appear, "a window of %s" % argv[0], timeout)
        except BaseException as failure:
            app.end()
            if isinstance(failure, Failure):
                raise Failure("%s\nIt said:\n%s" % (failure, app.output())) from None
            raise
        return app

    def appear(self):
        """Finds the program on the bus by its process id; its name there is that of the process."""
        if self.process.poll() is not None:
            raise Failure("it ended with status %d" % self.process.returncode)
        for name, _path in self.bus.call_sync(
                "org.a11y.atspi.Registry", ROOT_PATH, "org.a11y.atspi.Accessible", "GetChildren",
                None, None, 0, CALL_TIMEOUT_MS, None).unpack()[0]:
            pid = self.bus.call_sync("org.freedesktop.DBus", "/", "org.freedesktop.DBus",
                                     "GetConnectionUnixProcessID", GLib.Variant("(s)", (name,)),
                                     None, 0, CALL_TIMEOUT_MS, None).unpack()[0]
            if pid == self.process.pid:
                self.name = name
                return any(window.is_shown() for window in self.tree().children)
        return False

    def __enter__(self):
        return self

    def __exit__(self, *_failure):
        self.end()

    def close(self, timeout=END_TIMEOUT_S):
        """Closes every window as the close button does, and returns the exit status."""
        for window in self.tree().children:
            with contextlib.suppress(GLib.Error, Failure):
                window.act("window.close")
        return self.wait_end(timeout)

    def wait_end(self, timeout=END_TIMEOUT_S):
        try:
            return self.process.wait(timeout)
        except subprocess.TimeoutExpired:
            raise self.failure("it has not ended after %g s" % timeout) from None

    def end(self):
        """Ends the program, by its id, however it stands."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(2)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()

    def output(self):
        """What the program has printed."""
        self.log.seek(0)
        return self.log.read().decode(errors="replace")

    # ------------------------------------------------------------------ the tree

    def call(self, path, interface, method, arguments=None):
        return self.bus.call_sync(self.name, path, interface, method, arguments, None, 0,
                                  CALL_TIMEOUT_MS, None).unpack()

    def get_property(self, path, interface, name):
        return self.call(path, "org.freedesktop.DBus.Properties", "Get",
                         GLib.Variant("(ss)", (interface, name)))[0]

    def tree(self):
        """Reads the whole tree; returns the application's own node, windows below it.

        GTK enters a node in its cache when somebody first asks its parent for it, so parents
        that have more children than are known are asked until nothing new turns up. What was
        hidden since stays in the cache but not in the count, so it does not count here either; and
        lists are always asked. That a child was hidden is not always told: so all are asked now
        and then.
        """
        asked = set()
        self.n_reads += 1
        is_thorough = self.n_reads % THOROUGH_EVERY == 0
        while True:
            nodes = self.known_nodes()
            short = [node for node in nodes.values() if node.path not in asked
                     and (node.n_children > sum("visible" in child.states for child in node.children)
                          or node.role == "list" or (is_thorough and node.n_children > 0))]
            is_new = False
            for node in short:
                asked.add(node.path)
                with contextlib.suppress(GLib.Error):  # it may just have gone
                    is_new |= any(path not in nodes
                                  for _bus, path in node.call("Accessible", "GetChildren")[0])
            if not is_new:
                return nodes[ROOT_PATH]

    def read_items(self):
        """Taking a node apart takes far longer than getting it, and few differ from one read to the next."""
        packed = self.bus.call_sync(self.name, CACHE_PATH, "org.a11y.atspi.Cache", "GetItems", None, None, 0,
                                    CALL_TIMEOUT_MS, None).get_child_value(0)
        before, self.unpacked = self.unpacked, {}
        for i in range(packed.n_children()):
            item = packed.get_child_value(i)
            key = item.get_data_as_bytes().get_data()
            self.unpacked[key] = before.get(key) or item.unpack()
        return self.unpacked.values()

    def known_nodes(self):
        nodes = {}
        for item in self.read_items():
            node = Node(self, item)
            nodes[node.path] = node
        for node in nodes.values():
            if node.parent_path != node.path:
                node.parent = nodes.get(node.parent_path)
            if node.parent is not None:
                node.parent.children.append(node)
        for node in nodes.values():
            node.children.sort(key=lambda child: child.index)
        return nodes

    def dump(self):
        """The tree as a person reads it: what is shown, indented, fillers left out."""
        lines = []

        def add(node, depth):
            with contextlib.suppress(GLib.Error):
                x, y, width, height = node.extents()
                is_filling = node.role in ("panel", "filler") and not node.name
                if not is_filling and node.is_shown():
                    states = sorted(node.states & {"checked", "focused", "selected", "expanded",
                                                   "pressed", "invalid-entry"})
                    states += [] if "sensitive" in node.states else ["insensitive"]
                    lines.append("%s%s  [%d,%d %d×%d] %s" % (
                        "  " * depth, node, x, y, width, height, " ".join(states)))
                    depth += 1
            for child in node.children:
                add(child, depth)

        for window in self.tree().children:
            add(window, 0)
        return "\n".join(lines)

    def failure(self, message):
        tree = output = ""
        with contextlib.suppress(GLib.Error):
            tree = self.dump()
        with contextlib.suppress(OSError):
            output = self.output()[-2000:]
        return Failure("%s\nThe tree:\n%s\nThe program said:\n%s" % (message, tree, output))

    def candidates(self, role, name, description, within, states, shown):
        root = self.tree()
        if within is not None:
            root = next((node for node in root.descendants() if node.path == within.path), None)
            if root is None:
                return
        for node in root.descendants():
            with contextlib.suppress(GLib.Error):  # a row that was taken away stays in the cache
                if (matches(role, node.role) and matches(name, node.name)
                        and matches(description, node.description) and states <= node.states
                        and (not shown or node.is_shown())):
                    yield node

    def find_all(self, role=None, name=None, *, description=None, within=None, states=(),
                 shown=True):
        """All that fit, now. @role, @name and @description are whole strings or compiled patterns;
        a control's name is its label."""
        with contextlib.suppress(GLib.Error):
            return list(self.candidates(role, name, description, within, set(states), shown))
        return []

    def find(self, role=None, name=None, *, nth=0, timeout=TIMEOUT_S, **also):
        """The first that fits (or @nth), waited for."""
        try:
            return wait_for(lambda: self.find_all(role, name, **also)[nth:nth + 1], "", timeout)[0]
        except Failure:
            raise self.failure("after %g s, no %s" % (timeout, wanted(role, name, nth, also))) \
                from None

    def wait_gone(self, role=None, name=None, *, timeout=TIMEOUT_S, **also):
        """Waits until nothing fits."""
        try:
            wait_for(lambda: not self.find_all(role, name, **also), "", timeout)
        except Failure:
            raise self.failure("after %g s, still there: %s"
                               % (timeout, wanted(role, name, 0, also))) from None

    def wait_text(self, node, expected, timeout=TIMEOUT_S):
        """Waits until @node reads as @expected, a whole string or a compiled pattern."""
        self.expect(lambda: matches(expected, node.text()), timeout,
                    lambda: "%s reads “%s”, not “%s”" % (node, node.text(), expected))

    def expect(self, condition, timeout, complaint):
        try:
            wait_for(condition, "", timeout)
        except Failure:
            raise self.failure("after %g s, %s" % (timeout, complaint())) from None

    # ------------------------------------------------------------------ what a person does

    def require_sensitive(self, node):
        self.expect(lambda: "sensitive" in node.states_now(), SENSITIVE_TIMEOUT_S,
                    lambda: "insensitive: %s" % node)

    def set_text(self, node, text):
        """Replaces the text of an entry, and sees it there (a password is not read)."""
        self.require_sensitive(node)
        node.call("EditableText", "SetTextContents", GLib.Variant("(s)", (text,)))
        if node.role != "password text":
            self.wait_text(node, text)

    def set_value(self, node, value):
        """A spin button's number; its text alone would not be taken."""
        self.require_sensitive(node)
        self.call(node.path, "org.freedesktop.DBus.Properties", "Set",
                  GLib.Variant("(ssv)", ("org.a11y.atspi.Value", "CurrentValue",
                                         GLib.Variant("d", value))))
        self.expect(lambda: node.value() == value, TIMEOUT_S,
                    lambda: "%s is %g, not %g" % (node, node.value(), value))

    def click(self, node):
        """By its action “click”, else with the mouse.

        A menu button and a drop-down keep the action in a button inside them. What stands in a
        row is never clicked in its place.
        """
        self.require_sensitive(node)
        targets = [node]
        if node.role in ("push button", "combo box"):
            targets += self.find_all("push button", within=node)
        for target in targets:
            if "click" in target.actions():
                target.act("click")
                return
        self.mouse_click(node)

    def toggle(self, node, is_on):
        """A check button, switch or toggle button, to on or off."""
        def is_as_wanted():
            return bool(node.states_now() & {"checked", "pressed"}) == is_on

        self.require_sensitive(node)
        if is_as_wanted():
            return
        action = next((name for name in ("toggle", "click") if name in node.actions()), None)
        if action is not None:
            node.act(action)
        else:
            self.mouse_click(node)
        self.expect(is_as_wanted, TIMEOUT_S,
                    lambda: "%s is not %s" % (node, "on" if is_on else "off"))

    def choose(self, combo, item, timeout=TIMEOUT_S):
        """Opens a drop-down or a combo row and takes the item that reads @item.

        GTK makes an opening list's rows one after the other, so the item is waited for.
        """
        self.require_sensitive(combo)
        before = {node.path for node in self.items_of(combo)}
        self.click(combo)
        rows, names = [], []

        def is_offered():
            rows[:] = [node for node in self.items_of(combo) if node.path not in before]
            names[:] = [label_of(row) for row in rows]
            return item in names

        self.expect(is_offered, timeout,
                    lambda: "%s offers %s, not “%s”" % (combo, names, item))
        chosen = rows[names.index(item)]
        viewport = next((node for node in chosen.ancestors() if node.role == "scroll pane"), None)
        self.expect(lambda: self.stands_still(chosen), TIMEOUT_S, lambda: "%s keeps moving" % combo)
        if viewport is None or is_inside(chosen.extents(), viewport.extents()):
            self.click_pointed_at(chosen)
        else:
            current = next((i for i, row in enumerate(rows) if "selected" in row.states), 0)
            steps = names.index(item) - current
            self.press(*["Down" if steps > 0 else "Up"] * abs(steps), "Return")
        self.expect(lambda: item in self.shown_choice(combo), TIMEOUT_S,
                    lambda: "%s shows %s, not “%s”" % (combo, self.shown_choice(combo), item))

    def click_pointed_at(self, row):
        """In a list that selects what the pointer is on: a list that has come to rest may still wait for a frame, and
        until that is drawn the mouse is on the row beside."""
        def is_pointed_at():
            self.point_at(row)
            return "selected" in row.states_now()

        self.expect(is_pointed_at, TIMEOUT_S, lambda: "the mouse is not on %s" % row)
        xdotool("click", "1")

    @staticmethod
    def stands_still(node):
        """Whether an opening list has come to rest: a click must not fall on the row beside."""
        places = []
        for _ in range(4):
            places.append(node.extents())
            time.sleep(POLL_S)
        return len(set(map(tuple, places))) == 1

    def items_of(self, combo):
        """The rows of an open list, in order; a closed combo row has one of its own."""
        return [node for node in self.find_all("list item", within=combo)
                if any(parent.role == "list" for parent in node.ancestors())]

    def shown_choice(self, combo):
        """What a closed combo shows beside its title."""
        if any(is_popover(node) and node.is_shown() for node in self.find_all(within=combo)):
            return []
        return [node.text() for node in self.find_all("label", within=combo)]

    def select(self, container, index):
        """Selects a row of a list by its number from 0, without opening it."""
        container.call("Selection", "SelectChild", GLib.Variant("(i)", (index,)))

    # ------------------------------------------------------------------ mouse and keys

    def x_windows(self):
        """The program's visible X windows: (id, name, x, y, width, height)."""
        windows = []
        for number in xdotool("search", "--onlyvisible", "--pid", str(self.process.pid)).split():
            *lines, name = xdotool("getwindowgeometry", "--shell", number,
                                   "getwindowname", number).splitlines()
            geometry = dict(line.split("=") for line in lines)
            windows.append((number, plain_name(name),
                            *(int(geometry[key]) for key in ("X", "Y", "WIDTH", "HEIGHT"))))
        return windows

    def x_origin(self, surface):
        """The X window of a frame, dialog or popover, and where on the screen its inside begins.

        GTK counts from inside the border and the shadow that it draws, alike on opposite sides.
        """
        windows = self.x_windows()
        left, top, width, height = surface.extents()
        if is_popover(surface):
            titles = {window.name for window in self.tree().children}
            windows = [window for window in windows if window[1] not in titles]
            windows.sort(key=lambda window: abs(window[4] - width) + abs(window[5] - height))
        else:
            windows = [window for window in windows if window[1] == surface.name]
        if not windows:
            raise self.failure("no X window for %s" % surface)
        number, _name, x, y, outer_width, outer_height = windows[0]
        return number, (x - left + (outer_width - width) // 2,
                        y - top + (outer_height - height) // 2)

    def shown_windows(self):
        """In the order in which they came."""
        shown = []
        for window in self.tree().children:
            with contextlib.suppress(GLib.Error):  # it may just have gone
                if window.is_shown():
                    shown.append(window)
        return shown

    def focus(self, window=None):
        """Without a window manager, keys go nowhere until a window has the focus."""
        window = window or self.shown_windows()[-1]
        number, _origin = self.x_origin(window)
        if xdotool("getwindowfocus").strip() != number:
            xdotool("windowfocus", "--sync", number)

    def point_at(self, node):
        """Moves the mouse to the middle of @node."""
        left, top, width, height = node.extents()
        if width <= 0 or height <= 0:
            raise self.failure("takes no room, so the mouse cannot reach it: %s" % node)
        popover = next((above for above in node.ancestors() if is_popover(above)), None)
        if popover is None:
            self.focus(node.window)
        _number, (x, y) = self.x_origin(popover or node.window)
        xdotool("mousemove", str(x + left + width // 2), str(y + top + height // 2))

    def mouse_click(self, node, button=1):
        """In the middle of @node."""
        self.point_at(node)
        xdotool("click", str(button))

    def press(self, *keys, window=None):
        """Keys as X names them: "Tab", "ctrl+f", "Return"."""
        self.focus(window)
        xdotool("key", *keys)

    def type(self, text, window=None):
        self.focus(window)
        xdotool("type", "--delay", "1", text)

    def resize(self, width, height, window=None):
        """Makes a window as large as this, border included."""
        window = window or self.tree().children[0]
        number, _origin = self.x_origin(window)
        xdotool("windowsize", number, str(width), str(height))


def wanted(role, name, nth, also):
    """What was looked for, in words."""
    words = [role or "node"]
    if name is not None:
        words.append("named “%s”" % getattr(name, "pattern", name))
    words += ["with %s “%s”" % (key, value) for key, value in also.items()]
    if nth:
        words.append("(number %d)" % nth)
    return " ".join(map(str, words))


def is_popover(node):
    """It has a window of its own on the screen, but none in the tree."""
    return node.name in ("GtkPopover", "GtkPopoverMenu")


def is_inside(extents, outer):
    return outer[1] <= extents[1] and extents[1] + extents[3] <= outer[1] + outer[3]


def label_of(row):
    """What a row reads: its name, or the first label in it."""
    return row.name or next((node.text() for node in row.descendants() if node.role == "label"), "")


def xdotool(*arguments):
    result = subprocess.run(["xdotool", *arguments], capture_output=True, text=True, timeout=10,
                            check=False)
    if result.returncode != 0 and arguments[0] != "search":
        raise Failure("xdotool %s: %s" % (" ".join(arguments), result.stderr))
    return result.stdout


def screenshot(path):
    """The whole screen as a PNG file."""
    path = pathlib.Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    subprocess.run(["import", "-window", "root", "png:%s" % path], timeout=20, check=True)


def accessibility_bus():
    """The bus that accessible programs are on; its address comes from the session bus."""
    session = Gio.bus_get_sync(Gio.BusType.SESSION)
    address = session.call_sync("org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus", "GetAddress", None,
                                None, 0, CALL_TIMEOUT_MS, None).unpack()[0]
    flags = (Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT
             | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION)
    return Gio.DBusConnection.new_for_address_sync(address, flags, None, None)
