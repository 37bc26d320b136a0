#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""screenshots.py AMENDS AMENDS-SERVER AMENDSCTL FOLDER NAME WIDTH HEIGHT [--rest]: the pages of the staff
application, as pictures that somebody looks at.
screenshots.py … NAME WIDTH HEIGHT --kiosk LANGUAGE [--largest]: the pages of the kiosk, in the language of that code; with
--largest in the largest text and in strong contrast.

NAME stands at the head of each file. Light, dark, large text and right to left are the business of
run-display, under which it runs; tests/app/pictures runs it once for each. Without --rest only the
pages that look different everywhere are drawn. The people and places in them are invented."""

import datetime
import gettext
import pathlib
import re
import subprocess
import sys
import tempfile

from staff_support import Desk, Server, Staff, wait_for, xdotool
from atspi_driver import screenshot
from kiosk_support import Kiosk

SHOWER = ("I’ve asked four times about the shower since October. It goes cold after two minutes and "
          "I’m eighty-one. The last man said it was the wrong part and he’d be back on the Monday. I "
          "stayed in all day. Nobody rang.")


def day(n_days):
    """So many days from today, as records have it."""
    return (datetime.date.today() + datetime.timedelta(n_days)).isoformat()


def make_work(desk):
    """A day's work at Oak Court, as colleagues and the kiosk left it."""
    desk.run("sync")
    you = {"to": {"name": "Janet Whitlock"}, "conflict_of_interest": False}
    ruth = {"to": {"name": "Ruth Castellan"}, "conflict_of_interest": False}

    def begin(name, home, what, since, acknowledged=None, to=None, **more):
        reference = desk.record(received=day(-since), issues=[{"what": what}],
                                complainant={"name": name, "home": home} if name else {}, **more)
        if acknowledged is not None:
            desk.act(reference, type="case.acknowledged", on=day(-acknowledged), channel="letter")
        if to is not None:
            desk.act(reference, type="case.assigned", on=day(-(acknowledged or 0)), **to)
        return reference

    def promise(reference, until):
        desk.act(reference, type="case.updated", on=day(-2), channel="telephone", next_update=day(until))

    begin("Mr Alfred Pym", "Flat 3", "The lift stopped twice with me in it", 1, channel="kiosk")
    begin(None, None, "Lights out in the second-floor corridor since Christmas Eve", 2, channel="kiosk",
          anonymous=True)
    promise(begin("Ms Bridget Farrow", "Flat 21", "A leak through the bathroom ceiling", 9, 8, you), -1)
    promise(begin("Mrs Shirin Kazemi", "Flat 27", "The door entry phone is silent, my visitors were "
                  "turned away", 6, 5, you), 0)
    begin("Miss Edith Marlowe", "Flat 32", "The call alarm went unanswered on Boxing Day", 6, 5, you,
          adjustments=[{"need": "hearing-loop", "review": day(0)}])
    promise(begin("Mr Leonard Okafor", "Flat 8", "The path was not gritted and I fell outside the door",
                  7, 6, ruth), 1)
    begin("Mrs Doreen Hathersage", "Flat 14", "Heating off, three visits missed", 13, 12, you)
    begin("Mr and Mrs Dunstan", "Flat 11", "A service charge letter nobody could explain", 5, 4, you,
          representative={"name": "Neil Dunstan", "relation": "son", "authority": {"type": "none-yet"}})
    desk.run("sync")


class Album:
    def __init__(self, folder, name, width, height, takes_rest):
        self.folder, self.name = pathlib.Path(folder), name
        self.size = (width, height)
        self.takes_rest = takes_rest
        self.is_narrow = width < 700

    def take(self, staff, page, is_rest=False, rest_at=("2500", "1290")):
        """@rest_at: where the pointer is in nobody's way"""
        if is_rest and not self.takes_rest:
            return
        staff.app.focus()
        xdotool("mousemove", *rest_at)
        path = self.folder / ("%s-%s.png" % (self.name, page))
        screenshot(path)
        subprocess.run(["convert", path, "-crop", "%dx%d+0+0" % staff.app.x_windows()[0][4:6],
                        "+repage", path], check=True)


def fill(staff, case):
    app = staff.app
    app.set_text(app.find("text", "What happened"), case["what"])
    app.set_text(app.find("text", "What would put it right"), case["outcome"])
    for title, key in (("Name", "name"), ("Home", "home"), ("Telephone", "phone")):
        app.set_text(app.find("text", title), case[key])


def fill_in_full(staff):
    app = staff.app
    fill(staff, {"name": "Mr Harbhajan Gill", "home": "Flat 19", "phone": "01632 960 119",
                 "what": SHOWER,
                 "outcome": "The right part fitted, on a day that is kept, and a ring if they can’t "
                            "come."})
    app.click(app.find("push button", "A complaint"))
    app.set_text(app.find("text", "Speaks for the resident"), "Jasleen Gill")


def choose_in_full(staff):
    """What needs the mouse: on a screen where all of the form is in reach."""
    app = staff.app
    app.choose(app.find("combo box", "Lives here as"), "Tenant")
    app.choose(app.find("combo box", "Who is their"), "Daughter")
    app.choose(app.find("combo box", "Authority"), "Written permission")
    app.click(app.find("push button", "Yes", within=app.find("panel", re.compile("contractor"))))
    app.click(app.find("push button", "Ask me",
                       within=app.find("panel", re.compile("representative"))))
    app.click(app.find("push button", "Add an adjustment"))
    app.mouse_click(app.find("list item", "Large print"))
    app.set_text(app.find("text", "In detail"), "18 point")
    app.click(app.find("push button", "Add this one"))


def take_intake(office, album):
    app = office.app
    office.begin_record()
    album.take(office, "intake-empty", is_rest=True)
    fill_in_full(office)
    if not album.is_narrow:
        office.place(0, album.size[0], 1150)
        _left, top, _width, height = app.find("combo box", "Lives here as").extents()
        if top + height < 1150:  # with large text it is out of reach of the mouse
            choose_in_full(office)
    app.find("label", re.compile("^Draft saved"))
    album.take(office, "intake-whole", is_rest=True)
    office.place(0, *album.size)
    album.take(office, "intake")
    app.set_text(app.find("text", "Received on"), "31 Dec 2099")
    app.click(app.find("push button", "Save on this laptop"))
    app.find("label", re.compile("^This is no day"))
    album.take(office, "intake-error")
    app.set_text(app.find("text", "Received on"), "today")
    office.save_record()


def take_today(office, album):
    app = office.app
    app.find("list item", re.compile("^Ms Bridget Farrow"), timeout=30)
    office.begin_record()
    app.set_text(app.find("text", "What happened"), "The laundry is closed at four since November.")
    app.set_text(app.find("text", "Name"), "Mrs Joan Tilley and 8 others")
    app.find("label", re.compile("^Draft saved"))
    app.press("Escape")
    app.find("list item", re.compile("^Unfinished, Mrs Joan Tilley"))
    album.take(office, "today")
    app.mouse_click(app.find("list item", re.compile("^Ms Bridget Farrow")))
    office.leave_form()
    app.find("push button", "Why this date?")
    album.take(office, "today-case")
    back(office)
    app.press("alt+2")
    app.find("list item", re.compile("Hathersage"))
    album.take(office, "cases", is_rest=True)
    if album.is_narrow:
        app.press("F9")
        app.find("list item", re.compile("^Policies"))
        album.take(office, "views", is_rest=True)
    app.press("alt+1")
    app.find("list item", re.compile("^Ms Bridget Farrow"))


def take_case(office, album):
    app = office.app
    app.press("ctrl+t")
    app.set_text(app.find("text", "What was said"),
                 "Rang Jasleen. The right part is due on Monday; the fitter will ring first.")
    album.take(office, "call", is_rest=True)
    office.save_dialog()
    app.find("label", re.compile("^Rang Jasleen"))
    app.wait_gone("label", re.compile("^Saved on this laptop: "), timeout=15)
    album.take(office, "case")
    app.click(app.find("push button", re.compile("^All of it: Recorded")))
    album.take(office, "record", is_rest=True)
    app.click(app.find("push button", "Why this date?"))
    app.find("label", "How it was counted")
    album.take(office, "why")
    app.press("alt+Left")
    app.find("push button", "Why this date?")
    app.mouse_click(app.find("list item", re.compile("^Mr Harbhajan Gill")))
    app.find("label", "What may be said today")
    album.take(office, "person")
    app.press("Escape")
    app.find("push button", "Why this date?")
    app.click(app.find("push button", "Write a letter"))
    app.click(app.find("menu item", "Acknowledgement"))
    app.find("push button", "Print…")
    album.take(office, "letter", is_rest=True)
    app.press("Escape")
    app.wait_gone("push button", "Print…")


def back(staff):
    """To the list alone."""
    staff.app.press("alt+Left")
    staff.app.wait_gone("push button", "Why this date?")


def take_policies(office, album):
    app = office.app
    app.click(app.find("push button", "Menu"))
    app.click(app.find("menu item", "Policies"))
    app.find("label", "Time limits")
    album.take(office, "policies")
    app.press("alt+Left")
    app.wait_gone("label", "Time limits")
    app.find("push button", "Menu")


def take_import(office, album):
    """Before anything is chosen."""
    app = office.app
    app.click(app.find("push button", "Bring in: Homes"))
    app.find("push button", "Choose… The file")
    album.take(office, "import", is_rest=True)
    app.press("Escape")
    app.wait_gone("push button", "Choose… The file")


def take_conflict(office, ruth, server, album):
    office.send_now()
    office.app.wait_gone("label", re.compile("waiting to be sent"), timeout=60)
    ruth.send_now()
    ruth.app.press("alt+2")  # what is owed next week is not in the plan of the day
    ruth.open_case("Mr Harbhajan Gill")
    ruth.app.find("push button", "Note a call")
    server.stop()
    for staff, phone in ((office, "01632 960 777"), (ruth, "01632 960 778")):
        staff.act("Change contact details…", "Change people and agreements")
        staff.app.set_text(staff.app.find("text", "Telephone", within=staff.dialog()), phone)
        if staff is office:
            album.take(office, "act", is_rest=True)
        staff.save_dialog()
    server.start()
    for staff in (office, ruth, office):
        staff.send_now()
        staff.app.wait_gone("label", re.compile("waiting to be sent"), timeout=60)
    office.app.find("label", "Two versions of the telephone number", timeout=30)
    album.take(office, "case-conflict")
    office.app.click(office.app.find("push button", "Compare"))
    office.app.find("push button", "Choose one")
    album.take(office, "conflict-arrival", is_rest=True)
    office.app.mouse_click(office.app.find("check box", re.compile("^Keep this one: Janet")))
    office.app.find("push button", re.compile("Janet Whitlock’s version"))
    album.take(office, "conflict")
    office.app.press("Escape")


def take_unsaved(office, album):
    """What is kept nowhere, and somebody closes the window."""
    app = office.app
    app.press("ctrl+n")
    app.set_text(app.find("text", "What happened"), "He came in without knocking.")
    app.click(app.find("push button", "Yes",
                       within=app.find("panel", "Is this about somebody who works here?")))
    app.find("label", re.compile("^Nothing of it is kept on this laptop"))
    app.press("ctrl+w")
    app.find("label", "Not saved yet")
    album.take(office, "unsaved", is_rest=True)
    app.click(app.find("push button", "Go on writing"))
    app.wait_gone("label", "Not saved yet")
    app.click(app.find("push button", "Leave"))
    app.click(app.find("push button", "Leave without saving"))
    app.find("push button", "Menu")


def take_list(office, album):
    app = office.app
    back(office)
    app.press("alt+3")
    app.find("list item", re.compile("Harbhajan Gill"))
    album.take(office, "conflicts")
    take_policies(office, album)
    app.press("ctrl+k")
    app.find("label", re.compile("^Type a reference, a name"))
    album.take(office, "go-to-empty", is_rest=True)
    app.set_text(app.find("entry", "Go to"), "flat 2")
    app.find("list item", re.compile("Kazemi"), within=app.find("list", "Results"))
    album.take(office, "go-to", is_rest=True)
    app.press("Escape", window=app.find("entry", "Go to").window)
    app.wait_gone("entry", "Go to")
    app.press("ctrl+f")
    app.set_text(app.find("entry", "Find a case"), "flat 2")
    app.find("list item", re.compile("Kazemi"))
    album.take(office, "search", is_rest=True)
    app.set_text(app.find("entry", "Find a case"), "")
    app.press("ctrl+question")
    app.find("label", "Anywhere")
    album.take(office, "keys", is_rest=True)
    app.press("Escape")
    app.wait_gone("label", "Anywhere")
    take_unsaved(office, album)
    app.press("ctrl+l")
    app.find("label", "Amends is locked")
    album.take(office, "locked")


class Visitor:
    """Whoever uses the kiosk in one language, and every page that they are shown."""

    def __init__(self, kiosk, album, code, is_largest):
        self.kiosk, self.album, self.code, self.is_largest = kiosk, album, code, is_largest
        self.words = {}
        self.told = SHOWER if code == "en" else "لفٹ پھر رک گئی۔"
        self.n_pages = 0
        catalogue = pathlib.Path(__file__).parents[2] / "po/kiosk" / (code + ".po")
        if code != "en":
            compiled = kiosk.folder.parent / "words.mo"
            subprocess.run(["msgfmt", "--output-file", compiled, catalogue], check=True)
            with open(compiled, "rb") as stream:
                self.words = dict(gettext.GNUTranslations(stream)._catalog)  # pylint: disable=protected-access

    def say(self, text):
        return self.words.get(text, text)

    def touch(self, name):
        self.kiosk.touch(self.say(name))

    def choose(self, name):
        """Also what is further down."""
        app = self.kiosk.app
        node = app.find("check box", re.compile("^" + re.escape(self.say(name))))
        below = app.find_all("push button", self.say("More below"))
        while below and node.extents()[1] + node.extents()[3] > below[0].extents()[1]:
            self.touch("More below")
        app.mouse_click(node)

    def write(self, text):
        for node in self.kiosk.app.find_all("text"):
            self.kiosk.app.set_text(node, text)

    def take(self, page):
        """One picture, and one more for each time that there is more below."""
        app = self.kiosk.app
        name = "%02d-%s" % (self.n_pages, page)
        self.n_pages += 1
        for more in ("", "-b", "-c", "-d", "-e", "-f", "-g", "-h"):
            self.album.take(self.kiosk, name + more, rest_at=("3", "3"))
            below = app.find_all("push button", self.say("More below"), states=("sensitive",))
            if not below:
                break
            app.mouse_click(below[0])
        while app.find_all("push button", self.say("More above"), states=("sensitive",)):
            self.touch("More above")

    def go_on(self, title, word="Continue"):
        self.kiosk.go_on(self.say(title), self.say(word))

    def show(self, page, title, word="Continue"):
        self.go_on(title, word)
        self.take(page)

    def begin(self):
        self.kiosk.app.find("push button", "Touch here to start")
        self.kiosk.pass_time(2)
        for _step in range(3 if self.is_largest else 0):
            self.make_larger()
        if self.n_pages == 0:
            self.take("start")
        self.kiosk.touch_start()
        self.kiosk.app.find("label", "Choose your language")
        name = {"en": "English", "cy": "Cymraeg", "pl": "Polski", "ur": "اردو", "ar": "العربية"}[self.code]
        self.kiosk.app.click(self.kiosk.app.find("check box", name))
        self.kiosk.app.find("label", self.say("Choose your language"))

    def make_larger(self):
        def height():
            return self.kiosk.app.find("label", "Private").extents()[3]
        before = height()
        self.kiosk.touch("Text size")
        wait_for(lambda: height() > before, "larger words")

    def choose_comfort(self, *wanted):
        for name in (*wanted, *(("Strong contrast",) if self.is_largest else ())):
            self.choose(name)


def take_complaint(visitor):
    """Somebody who speaks for somebody else, and answers everything."""
    kiosk = visitor.kiosk
    visitor.begin()
    visitor.take("language")
    visitor.go_on("How would you like to use this screen?")
    visitor.choose_comfort()
    visitor.take("comfort")
    visitor.show("leaving", "You can leave at any time")
    visitor.show("want", "What would you like to do?")
    visitor.choose("Tell us something is wrong")
    visitor.show("danger", "Is anyone in danger now?")
    visitor.choose("Damp or mould")
    visitor.show("what", "What happened?")
    visitor.write(visitor.told)
    visitor.take("what-written")
    visitor.show("help", "What this page asks", "Help")
    visitor.go_on("What happened?", "Back")
    visitor.show("when", "When did it happen?")
    visitor.choose("It is still happening")
    visitor.show("aware", "When did you find out about it?")
    visitor.show("told", "Have you told us about this before?")
    visitor.choose("Yes")
    visitor.show("effect", "How has it affected you?")
    visitor.show("loss", "What did you lose, and who else is affected?")
    visitor.show("right", "What would put it right?")
    visitor.choose("Say sorry")
    visitor.show("more", "Is there something else you want to tell us about?")
    visitor.show("who", "Who are you?")
    visitor.choose("I am speaking for somebody else")
    visitor.show("name", "What is your name, and where do you live?")
    visitor.write("Jasleen Gill")
    visitor.show("relation", "What are you to them?")
    visitor.show("behalf", "May you speak for them?")
    visitor.choose("They have agreed")
    visitor.show("sharing", "Who may we talk to about this?")
    visitor.show("needs", "What would make this easier for you?")
    visitor.choose("Large print")
    visitor.show("disability", "Do you want to tell us of a disability or an illness?")
    visitor.show("reach", "How may we reach you?")
    visitor.show("check", "Check what you have told us")
    visitor.show("send", "Are you ready to send it?")
    kiosk.server.stop()
    visitor.show("done-not-sent", "Recorded, but not sent yet", "Send it")
    visitor.show("slip", "A slip to take with you", "Print a slip")
    kiosk.pass_time(61)
    kiosk.app.find("label", visitor.say("Are you still there?"))
    visitor.take("idle")
    visitor.go_on("A slip to take with you", "Yes, I am still here")
    kiosk.server.start()
    visitor.touch("Finish")
    wait_for(kiosk.app.appear, "the next visitor's screen", 30)


def take_other_ways(visitor):
    """What only some are asked, and what stands after Leave."""
    kiosk = visitor.kiosk
    visitor.begin()
    visitor.go_on("How would you like to use this screen?")
    visitor.choose_comfort("Somebody is helping me")
    visitor.go_on("You can leave at any time")
    visitor.go_on("What would you like to do?")
    visitor.choose("Carry on with a complaint we answered")
    visitor.show("reference", "Which complaint is it?")
    visitor.show("helper", "Who is helping you?")
    visitor.go_on("Is anyone in danger now?")
    visitor.choose("I do not feel safe")
    visitor.go_on("What happened?")
    visitor.write(visitor.told)
    visitor.show("safe", "How may we reach you safely?")
    visitor.touch("Leave")
    kiosk.app.find("push button", "First page")
    visitor.take("noticeboard")
    kiosk.pass_time(31)
    wait_for(lambda: kiosk.app.appear() and kiosk.app.find_all("push button", "Touch here to start"),
             "the next visitor's screen", 60)
    kiosk.pass_time(2)
    kiosk.hold("Larchfield Homes", "For staff")
    visitor.take("staff")


def draw_kiosk(programs, scratch, album, code, is_largest):
    program, server_program, amendsctl = programs
    with Server(server_program, scratch / "server") as server:
        server.start()
        Desk(amendsctl, server, scratch / "head").publish("housing-21", "2020-01-01")
        kiosk = Kiosk(program, amendsctl, server, scratch / "kiosk")
        try:
            visitor = Visitor(kiosk, album, code, is_largest)
            take_complaint(visitor)
            take_other_ways(visitor)
        finally:
            kiosk.app.end()
    return 0


def main():
    program, server_program, amendsctl, folder, name, width, height = sys.argv[1:8]
    album = Album(folder, name, int(width), int(height), "--rest" in sys.argv)
    if "--kiosk" in sys.argv:
        with tempfile.TemporaryDirectory(dir="/tmp", prefix="amends-pictures-") as scratch:
            return draw_kiosk((program, server_program, amendsctl), pathlib.Path(scratch), album,
                              sys.argv[sys.argv.index("--kiosk") + 1], "--largest" in sys.argv)
    with tempfile.TemporaryDirectory(dir="/tmp", prefix="amends-pictures-") as scratch, \
            Server(server_program, pathlib.Path(scratch) / "server") as server:
        server.start()
        Desk(amendsctl, server, pathlib.Path(scratch) / "head").publish("housing-21", "2020-01-01")
        colleague = Desk(amendsctl, server, pathlib.Path(scratch) / "colleague", "staff")
        with Staff(program, pathlib.Path(scratch) / "office") as office, \
                Staff(program, pathlib.Path(scratch) / "ruth") as ruth:
            office.place(0, *album.size)
            ruth.place(1400, 1100, 1150)
            office.app.find("push button", "Connect")
            album.take(office, "enrol")
            office.enrol(server, "Oak Court laptop", "Janet Whitlock")
            ruth.enrol(server, "Ruth’s laptop", "Ruth Castellan")
            office.app.find("label", "Oak Court is ready", timeout=20)
            ruth.app.find("label", "Oak Court is ready", timeout=20)
            album.take(office, "empty")
            take_import(office, album)
            make_work(colleague)
            office.send_now()
            take_today(office, album)
            take_intake(office, album)
            take_case(office, album)
            take_conflict(office, ruth, server, album)
            take_list(office, album)
    return 0


if __name__ == "__main__":
    sys.exit(main())
