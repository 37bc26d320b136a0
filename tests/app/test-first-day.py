#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""test-first-day.py AMENDS AMENDS-SERVER AMENDSCTL: the first day of a scheme, as a person with a screen reader and
a keyboard lives it. The tests build on each other, and report as TAP."""

import os
import re
import sys

from staff_support import check, has_focus, play_office, tab_to, wait_for

HOMES = 'Reference,Scheme,Flat\nH/2,oak,"Flat 2, Linden Row"\nH/12,oak,"Flat 12, Linden Row"\nH/3,oak,Flat 3\n'


BAD = 'Reference,Scheme,Door\nH/2,oak,Flat 2\nH/3,ash,Flat 3\n,oak,Flat 4\n'
NUMBERS = ("Who,Scheme,Telephone,Opening hours,Role\nOffice,oak,01632 960100,,\n"
           "Ines Pym,oak,01632 960101,\"Monday to Friday, 9 to 5\",line-manager\n")
STAFF = "Name\nTamsin Roe\nTamara Quince\nIdris Holt\n"
PEOPLE = "Tenancy reference,Scheme,Resident,Rent\nT/1,oak,Aldra Ashmère,90\n"


def offered(app, names="^Flat "):
    return [node.name for node in app.find_all("list item", re.compile(names))]


def window_of(app):
    """The window in which a spreadsheet is taken."""
    return app.find("push button", "Close").window


def choose(office, path):
    office.app.click(office.app.find("push button", "Choose… The file"))
    office.choose_file(path)


def column(app, label):
    """What a column is taken for."""
    return app.shown_choice(app.find("combo box", re.compile("^" + label)))[-1]


def test_a_blank_scheme_opens_on_a_short_list(office, server, head, colleague):
    app = office.app
    for name, text in (("homes", HOMES), ("bad", BAD), ("people", PEOPLE)):
        (office.folder / (name + ".csv")).write_text(text, encoding="utf-8")
    office.enrol(server, "Oak Court laptop", "Janet Whitlock")
    app.find("label", "Oak Court is ready", timeout=40)
    for title in ("Homes", "People", "Staff", "Numbers to ring, and opening hours", "Running cases",
                  "The landlord’s complaints policy", "Sending to head office", "Printer"):
        app.find("list item", title)
    app.find("label", "From a spreadsheet. Until then a home is typed")
    office.wait_sentence("last sent")
    app.find("label", "1 of 7 done")


def test_every_bad_line_is_named(office, server, head, colleague):
    app = office.app
    tab_to(app, "push button", "Bring in: Homes")
    app.press("Return")
    app.find("label", re.compile("^A reference, the scheme and the address"))
    choose(office, office.folder / "bad.csv")
    app.find("label", "bad.csv · 3 rows")
    app.press("Return")
    app.find("status bar", re.compile("^2 things are wrong with the file, and nothing was recorded"))
    for sentence in ("^Line 3, .?Scheme.?: This laptop writes to no such scheme.*it does: oak",
                     "^Line 4, .?Reference.?: No reference stands here"):
        app.find("list item", re.compile(sentence))
    check(not app.find_all("push button", "Record all of it"), "it could be recorded all the same")


def test_a_stick_that_does_not_answer_is_given_up(office, server, head, colleague):
    """While a file is read no other is chosen, and what it still gives is dropped."""
    app = office.app
    os.mkfifo(office.folder / "slow.csv")
    choose(office, office.folder / "slow.csv")
    stop = app.find("push button", "Stop")
    wait_for(lambda: not app.find_all("list item", "The file", states=["sensitive"]), "that no other is chosen")
    app.click(stop)
    app.find("status bar", re.compile("^The file was not read to its end"))
    wait_for(lambda: app.find_all("list item", "The file", states=["sensitive"]),
             "that another can be chosen")
    check(not app.find_all("push button", "Check the file"), "what was not read could be checked")


def test_it_is_checked_and_then_recorded(office, server, head, colleague):
    app = office.app
    choose(office, office.folder / "homes.csv")
    wait_for(lambda: has_focus(app, "push button", "Check the file"), "the focus on what comes next")
    app.press("Return")
    app.find("status bar", "3 homes would be recorded.")
    app.find("label", re.compile("^Nothing is recorded yet. Once it is, Undo does not take it back"))
    wait_for(lambda: has_focus(app, "push button", "Record all of it"), "the focus on the way on")
    app.press("Return")
    app.find("status bar", "3 homes are recorded.")
    app.press("Escape")
    app.find("label", "3 homes, offered where one is typed")
    app.find("label", "2 of 7 done")


def test_staff_are_recorded_at_head_office(office, server, head, colleague):
    app = office.app
    (office.folder / "staff.csv").write_text(STAFF, encoding="utf-8")
    head.run("import", "staff", str(office.folder / "staff.csv"), "--apply")
    head.run("sync")
    office.send_now()
    app.find("label", re.compile("^[4-9] in the register. Here signs in: "), timeout=20)


def test_twice_changes_nothing(office, server, head, colleague):
    app = office.app
    app.click(app.find("push button", "Bring in: Homes"))
    choose(office, office.folder / "homes.csv")
    app.click(app.find("push button", "Check the file"))
    app.find("status bar", "0 homes would be recorded. 3 are here already and stay as they are.")
    app.press("Escape")


def test_what_a_column_is_can_be_changed(office, server, head, colleague):
    """What is known is taken for it, what is not is left out, and a change is checked again."""
    app = office.app
    app.press("ctrl+k")
    app.type("people from")
    app.find("list item", "People from a spreadsheet")
    app.press("Return")
    choose(office, office.folder / "people.csv")
    check(column(app, "Resident") == "Name", "the name was not known: %s" % column(app, "Resident"))
    check(column(app, "Rent") == "Leave out", "what nobody knows is not left out")
    app.click(app.find("push button", "Check the file"))
    app.find("status bar", "1 person would be recorded.")
    app.choose(app.find("combo box", re.compile("^Resident")), "Home")
    app.wait_gone("push button", "Record all of it")
    app.click(app.find("push button", "Check the file"))
    app.find("list item", re.compile("^Line 1, .?name"))
    app.choose(app.find("combo box", re.compile("^Resident")), "Name")
    app.click(app.find("push button", "Check the file"))
    app.click(app.find("push button", "Record all of it"))
    app.find("status bar", "1 person is recorded.")
    app.press("Escape")
    app.find("label", "1 person")


def test_whom_to_ring_is_said_where_it_is_about_staff(office, server, head, colleague):
    """Numbers come from a spreadsheet; the line manager's stands where somebody who works here is spoken of."""
    app = office.app
    (office.folder / "numbers.csv").write_text(NUMBERS, encoding="utf-8")
    app.press("ctrl+k")
    app.type("numbers to")
    app.find("list item", "Numbers to ring from a spreadsheet")
    app.press("Return")
    choose(office, office.folder / "numbers.csv")
    app.click(app.find("push button", "Check the file"))
    app.find("status bar", "2 numbers would be recorded.")
    app.click(app.find("push button", "Record all of it"))
    app.find("status bar", "2 numbers are recorded.")
    app.press("Escape")
    app.find("label", "2 numbers, with their hours")
    app.find("push button", "Print a test letter: Printer")
    app.press("ctrl+n")
    panel = app.find("panel", "Is this about somebody who works here?")
    app.click(app.find("push button", "Yes", within=panel))
    app.find("label", re.compile("^Ring Ines Pym on .?01632 960101.?\\. Somebody is there: Monday to Friday, 9 to 5"))
    app.set_text(app.find("text", "What happened"), "He came in without knocking")
    app.click(app.find("push button", "Save on this laptop"))
    app.find("label", re.compile("^If it cannot wait, ring them as well. Ring Ines Pym on .?01632 960101"))
    app.click(app.find("push button", "Done"))
    app.find("label", "Oak Court is ready")


def test_homes_are_offered_where_one_is_typed(office, server, head, colleague):
    app = office.app
    office.begin_record()
    app.mouse_click(app.find("text", "Home"))
    app.type("linden")
    wait_for(lambda: offered(app) == ["Flat 2, Linden Row", "Flat 12, Linden Row"],
             "the homes that are meant, as people count doors")


def test_the_arrows_choose_one(office, server, head, colleague):
    app = office.app
    app.press("Down", "Down")
    wait_for(lambda: has_focus(app, "list item", "Flat 12, Linden Row"), "the focus on the second")
    app.press("Return")
    app.wait_text(app.find("text", "Home"), "Flat 12, Linden Row")
    app.type("a")
    app.wait_text(app.find("text", "Home"), "Flat 12, Linden Rowa")
    check(not offered(app), "homes are offered although one was chosen")


def test_typing_freely_stays(office, server, head, colleague):
    """Tab goes on past what is offered, and Esc takes it away and nothing else."""
    app = office.app
    app.set_text(app.find("text", "Home"), "")
    app.type("Flat")
    wait_for(lambda: len(offered(app)) == 3, "every home that begins so")
    app.press("Escape")
    wait_for(lambda: not offered(app), "nothing that is offered")
    app.find("push button", "Save on this laptop")
    app.type(" 3")
    wait_for(lambda: not offered(app), "nothing more than what stands there")
    app.press("BackSpace")
    wait_for(lambda: len(offered(app)) == 3, "every home that begins so")
    app.press("Tab")
    app.type("0161 555")
    app.wait_text(app.find("text", "Telephone"), "0161 555")
    wait_for(lambda: not offered(app), "nothing that is offered of a field that was left")
    app.wait_text(app.find("text", "Home"), "Flat ")


def test_tab_goes_through_the_whole_record(office, server, head, colleague):
    """Also past what stands beside a question."""
    app = office.app
    app.click(app.find("push button", "Another issue"))
    app.set_text(app.find("text", "Speaks for the resident"), "Ines Pym")
    app.choose(app.find("combo box", "Authority"), "Written permission")
    for word in ("All their cases", "Receive letters"):
        tab_to(app, "check box", word)
    for word in ("Go no further", "No", "Ask me"):
        tab_to(app, "push button", word)
    tab_to(app, "push button", "Save on this laptop")


def test_colleagues_are_offered_where_one_is_typed(office, server, head, colleague):
    """By whom it was first heard, and whom it is about; somebody who is in no register stays as typed."""
    app = office.app
    for label, more in (("First heard by", ()), ("Who it is about, if they say so", ("Yes",))):
        for answer in more:
            app.click(app.find("push button", answer,
                               within=app.find("panel", "Is this about somebody who works here?")))
        entry = app.find("text", label)
        app.set_text(entry, "")
        app.mouse_click(entry)
        app.type("tam")
        wait_for(lambda: offered(app, "^Ta") == ["Tamara Quince", "Tamsin Roe"], "the colleagues that are meant")
        app.press("Down", "Down", "Return")
        app.wait_text(entry, "Tamsin Roe")
        wait_for(lambda entry=entry: not offered(app, "^Ta"), "nothing that is offered of who is chosen")
        app.type("x")
        app.wait_text(entry, "Tamsin Roex")
    app.click(app.find("push button", "No", within=app.find("panel", "Is this about somebody who works here?")))


def test_what_was_offered_is_gone_behind_the_lock(office, server, head, colleague):
    app = office.app
    app.set_text(app.find("text", "Home"), "")
    app.mouse_click(app.find("text", "Home"))
    app.type("linden")
    wait_for(lambda: len(offered(app)) == 2, "two homes")
    app.press("ctrl+l")
    app.find("label", "Amends is locked")
    check(not app.find_all("list item", re.compile("Linden Row"), shown=False), "a home is behind it")


def test_a_spreadsheet_is_shut_by_the_lock(office, server, head, colleague):
    app = office.app
    office.unlock()
    office.wait_ready()
    app.press("ctrl+k")
    app.type("people from")
    app.find("list item", "People from a spreadsheet")
    app.press("Return")
    window = app.find("push button", "Choose… The file").window
    app.press("ctrl+l", window=window)
    app.find("label", "Amends is locked")
    app.wait_gone("push button", "Choose… The file")


if __name__ == "__main__":
    sys.exit(play_office(globals(), (1366, 1180)))
