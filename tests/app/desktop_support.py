# SPDX-License-Identifier: GPL-3.0-or-later
"""Amends as whoever handles a complaint uses it: a line of a story each."""

import re

from atspi_driver import is_inside

N_FIELDS = 40  # of the longest form, and more
FIELD = re.compile("^(text|combo box|spin button|panel)$")


# ---------------------------------------------------------------- what a story is made of

def plain(name):
    """Without the marks that the screen has around what may run the other way."""
    return name.replace("\u2068", "").replace("\u2069", "")


class Said:
    """Equal to what reads as all of @texts, in their order, and perhaps more between them."""

    __hash__ = None

    def __init__(self, *texts):
        self.pattern = " … ".join(texts)
        self.fits = re.compile(".*".join(map(re.escape, texts))).fullmatch

    def __eq__(self, name):
        return self.fits(plain(name)) is not None


class OneOf:
    """Equal to what reads as one of @texts."""

    __hash__ = None

    def __init__(self, texts):
        self.texts = set(texts)

    def __eq__(self, name):
        return plain(name) in self.texts


class Desktop:
    """Amends as whoever handles the complaint uses it, and the complaint that it is about."""

    def __init__(self, office, calendar):
        self.office, self.app, self.calendar = office, office.app, calendar
        self.name = None

    # Each of these is a line of a story.

    def record(self, name, what, fields):
        """A complaint is taken down; @fields are those of the form, by their titles, here as below."""
        self.name = name
        self.app.press("ctrl+n")
        self.app.find("push button", "Save on this laptop")
        self.fill({"Name": name, "What happened": what, **fields})
        self.app.press("ctrl+Return")
        self.app.find("label", "“%s”" % what, timeout=30)

    def morning(self, day, owed):
        """The laptop was locked meanwhile. Where the plan of the day says @owed of the case, it leads there; on
        other days the case is gone to by the name."""
        self.calendar.move_to(day)
        self.app.press("ctrl+l")
        self.app.find("label", "Amends is locked")
        self.office.unlock()
        self.app.find("push button", "New", timeout=30)
        if owed:
            self.app.mouse_click(self.read("list item", self.name + ", ", *owed))
        else:
            self.app.press("ctrl+k")
            window = self.app.find("entry", "Go to").window
            self.app.type(self.name.split()[-1], window=window)
            self.app.find("list item", re.compile(self.name), within=window)
            self.app.press("Return", window=window)
        self.app.find("list", "All dates")

    def act(self, title, fields, *refused):
        """An act is done from the case. @refused: before that it is tried as it may not be, each a sentence that
        says why not, and the fields in which the try differs."""
        self.open(title)
        dialog = self.office.dialog()
        stands = {}
        for sentence, others in refused:
            self.change({**fields, **others}, stands, dialog)
            self.app.press("ctrl+Return", window=dialog)
            self.read("label", sentence)
        self.change(fields, stands, dialog)
        self.app.press("ctrl+Return", window=dialog)
        self.app.wait_gone("push button", "Cancel")

    def draft(self, title, fields, *words):
        """The response is written from the record, and says @words."""
        self.open(title)
        dialog = self.office.dialog()
        self.read("label", "Nothing is missing")
        self.app.click(self.app.find("push button", "Write it from the record", within=dialog))
        letter = self.app.find("text", "The response", within=dialog)
        self.app.wait_text(letter, re.compile(".*".join(map(re.escape, words)), re.DOTALL))
        self.fill(fields, dialog)
        self.app.press("ctrl+Return", window=dialog)
        self.app.wait_gone("push button", "Cancel")

    def change(self, fields, stands, dialog):
        """Fills in what does not stand there yet. A field of a try may be left out: None."""
        wanted = {title: value for title, value in fields.items()
                  if value is not None and stands.get(title) != value}
        self.fill(wanted, dialog)
        stands.update(wanted)

    def open(self, title):
        """By the button of what is owed, or from the menu; what was pressed on Today has opened its form already."""
        begun = self.app.find_all("push button", "Cancel")
        if begun and self.app.find_all("label", title, within=begun[0].window):
            return
        if begun:
            self.app.press("Escape", window=begun[0].window)
            self.app.wait_gone("push button", "Cancel")
        button = self.app.find_all("push button", title)
        if button:
            self.app.click(button[0])
        else:
            self.office.act(title + "…")
        self.app.find("push button", "Cancel")

    def fill(self, fields, within=None):
        app = self.app
        for title, value in fields.items():
            node = app.find(FIELD, title, within=within)
            if node.role == "text":
                app.set_text(node, value)
            elif node.role == "spin button":
                app.set_value(node, value)
            elif node.role == "panel":
                app.toggle(app.find("push button", value, within=node), True)
            else:
                self.reach(node)
                app.choose(node, value)

    def reach(self, node):
        """With Tab, where it is below what is seen of a form: its list would open there."""
        pane = next((above for above in node.ancestors() if above.role == "scroll pane"), None)
        for _ in range(N_FIELDS):
            if pane is None or is_inside(node.extents(), pane.extents()):
                return
            self.app.press("Tab", window=node.window)

    def owes(self, headline, left, *verdicts):
        """What stands large on the case: what is owed by when, how long that is, and whose clause says so."""
        self.read_all("label", headline, left, *verdicts)

    def dated(self, *rows):
        """Rows of “All dates”: clock, day, how it stands, clauses."""
        self.read_all("list item", *rows)

    def dates(self, *rows):
        """The same, of rows that go on."""
        for row in rows:
            self.read("list item", row, "")

    def sees(self, *texts):
        """Words on the page."""
        self.read_all("label", *texts)

    def read(self, role, *texts):
        """Whatever reads as all of @texts, in their order, and perhaps more between them."""
        return self.app.find(role, Said(*texts))

    def read_all(self, role, *texts):
        """Each of @texts alone: where one read of the screen has them all there is no need for another."""
        there = {plain(node.name) for node in self.app.find_all(role, OneOf(texts))}
        for text in texts:
            if text not in there:
                self.read(role, text)
