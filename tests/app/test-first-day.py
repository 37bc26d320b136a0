#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""test-first-day.py AMENDS AMENDS-SERVER AMENDSCTL: the first day of a scheme, as a person with a screen reader and
a keyboard lives it. The tests build on each other, and report as TAP."""

import re
import sys

from staff_support import check, has_focus, play_office, tab_to, wait_for

HOMES = 'Reference,Scheme,Flat\nH/2,oak,"Flat 2, Linden Row"\nH/12,oak,"Flat 12, Linden Row"\nH/3,oak,Flat 3\n'


def offered(app):
    return [node.name for node in app.find_all("list item", re.compile("^Flat "))]


def test_homes_are_offered_where_one_is_typed(office, server, head, colleague):
    app = office.app
    sheet = colleague.folder / "homes.csv"
    sheet.write_text(HOMES, encoding="utf-8")
    colleague.run("import", "homes", str(sheet), "--apply")
    colleague.run("sync")
    office.enrol(server, "Oak Court laptop", "Janet Whitlock")
    office.wait_ready()
    office.wait_sentence("last sent")
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
    for word in ("Go no further", "No", "Ask me"):
        tab_to(app, "push button", word)
    tab_to(app, "push button", "Save on this laptop")


if __name__ == "__main__":
    sys.exit(play_office(globals(), (1366, 1000)))
