#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""test-today.py AMENDS AMENDS-SERVER AMENDSCTL: the plan of the day, as a person with a keyboard and a screen
reader works through it. The tests build on each other, and report as TAP."""

import re
import signal
import sys

from staff_support import TODAY, Desk, check, days_ago, has_focus, play_office, tab_to, wait_for

SIZE = (1366, 1100)


def begin_again(office):
    """The program was ended, and somebody starts it once more."""
    check(office.app.wait_end() == 0, "exit status")
    said = office.app.output().strip()
    check(not said, "it printed: " + said)
    office.start()
    office.place(0, *SIZE)
    office.unlock()
    office.app.find("label", re.compile("^1 late"), timeout=20)


def test_a_fresh_store_is_ready(office, server, head, colleague):
    app = office.app
    office.enrol(server, "Oak Court laptop", "Janet Whitlock")
    app.find("label", "Oak Court is ready", timeout=40)
    app.find("list item", re.compile("^Today"))
    app.find("label", re.compile("Janet Whitlock$"))
    app.find("label", "Still to do, in any order")
    app.find("label", re.compile("^Not published yet"))


def test_what_is_owed_stands_in_its_group(office, server, head, colleague):
    app = office.app
    head.publish("housing-21", "2020-01-01")
    colleague.run("sync")
    colleague.record(received=days_ago(30), complainant={"name": "Ms Bridget Farrow", "home": "Flat 21"},
                     issues=[{"what": "Leak through the bathroom ceiling"}])
    colleague.record(received=TODAY.isoformat(), channel="kiosk",
                     complainant={"name": "Mr Alfred Pym", "home": "Flat 3"},
                     issues=[{"what": "Lift stopped twice with him in it"}])
    reference = colleague.record(received=days_ago(1), complainant={"name": "Mr Leonard Okafor"},
                                 issues=[{"what": "Path not gritted"}])
    colleague.act(reference, type="case.updated", on=TODAY.isoformat(), channel="telephone",
                  next_update=TODAY.isoformat())
    colleague.run("sync")
    office.send_now()
    app.find("label", re.compile("^1 late, 1 today"), timeout=20)
    for title, row in (("Overdue", "^Ms Bridget Farrow, .*Flat 21.*, Leak through the bathroom ceiling, "
                                   "Acknowledge, .*\\d+ working days late, was .*Nobody yet$"),
                       ("Today", "^Mr Leonard Okafor, Path not gritted, Update promised, .*Today"),
                       ("New, not yet looked at", "^Mr Alfred Pym, .*Acknowledge, Kiosk, ")):
        app.find("list item", re.compile(row), within=app.find("list", title))


def test_the_late_one_opens_by_keyboard(office, server, head, colleague):
    app = office.app
    tab_to(app, "list item", re.compile("^Ms Bridget Farrow"))
    app.press("Return")
    app.find("label", "Overdue")
    app.find("label", "Acknowledge", within=office.dialog())
    office.leave_form()
    wait_for(lambda: has_focus(app, "push button", "Acknowledge"), "the act that is owed", 15)
    app.find("list item", re.compile("^Ms Bridget Farrow"))
    app.press("alt+Left")
    app.find("label", re.compile("^1 late"))


def test_what_was_promised_is_one_press_from_its_act(office, server, head, colleague):
    app = office.app
    tab_to(app, "list item", re.compile("^Mr Leonard Okafor"))
    app.press("Return")
    promised = re.compile("^Update promised, Today, ")
    app.find("label", "Record an update", within=office.dialog())
    app.find("list item", promised, within=app.find("list", "Also owed"))
    office.leave_form()
    app.press("alt+Left")
    app.find("label", re.compile("^1 late"))


def test_mine_and_all(office, server, head, colleague):
    app = office.app
    app.click(app.find("push button", "Mine"))
    app.wait_gone("list item", re.compile("^Ms Bridget Farrow"))
    app.find("label", "Nothing is owed today")
    app.click(app.find("push button", "Oak Court"))
    app.find("list item", re.compile("^Ms Bridget Farrow"))


def test_views_by_keyboard(office, server, head, colleague):
    app = office.app
    app.press("alt+2")
    app.find("list item", re.compile("^Ms Bridget Farrow, .*late, was "))
    app.click(app.find("push button", "Due first"))
    app.find("list item", re.compile("^Ms Bridget Farrow"))
    app.press("alt+3")
    app.find("label", "Nothing to settle")
    app.press("alt+4")
    app.find("label", "Time limits")
    app.press("alt+1")
    app.find("label", re.compile("^1 late"))
    app.press("F9")
    app.wait_gone("list item", re.compile("^Cases"))
    app.press("F9")
    app.find("list item", re.compile("^Cases"))


def test_a_narrow_case_is_sent_by_its_key(office, server, head, colleague):
    app = office.app
    office.place(0, 360, 720)
    tab_to(app, "list item", re.compile("^Mr Leonard Okafor"))
    app.press("Return")
    office.leave_form()
    app.find("push button", re.compile("^Note a call"))
    check(not app.find_all("push button", "Menu"), "the list stands beside the case")
    colleague.run("sync")
    found = colleague.run("search", "Okafor")
    colleague.act(found[0]["reference"], type="case.noted", text="Grit is in the shed now.")
    colleague.run("sync")
    app.press("ctrl+r")
    app.find("label", re.compile("^Grit is in the shed now"), timeout=20)
    app.press("alt+Left")
    app.find("push button", "Menu")
    check(not app.find_all("push button", "Minimize"), "the title has no room")
    office.place(0, *SIZE)
    app.find("push button", "Minimize")
    app.find("label", re.compile("^1 late"))


def test_the_keys_are_in_a_window_that_says_so(office, server, head, colleague):
    app = office.app
    app.press("ctrl+question")
    keys = app.find("frame", "Keyboard shortcuts")
    app.find("label", "Throw away what is unfinished", within=keys)
    app.press("Escape", window=keys)
    app.wait_gone("frame", "Keyboard shortcuts")


def open_go_to(app):
    """Gives the window in which it is typed where to go."""
    app.press("ctrl+k")
    return app.find("label", re.compile("^Type a reference, a name, a home")).window


def test_go_to_a_name(office, server, head, colleague):
    app = office.app
    window = open_go_to(app)
    app.type("okafor", window=window)
    found = app.find("list item", re.compile("^Mr Leonard Okafor, .*Path not gritted"), within=window)
    app.find("label", "People", within=window)
    app.find("entry", "Go to", description="1 result", within=window)
    check("selected" in found.states_now(), "the first result is not chosen")
    app.press("Return", window=window)
    app.find("label", "“Path not gritted”")
    app.wait_gone("entry", "Go to")


def test_go_to_what_can_be_done(office, server, head, colleague):
    app = office.app
    window = open_go_to(app)
    app.type("acknow", window=window)
    app.find("label", "In the case that is open", within=window)
    app.press("Return", window=window)
    app.find("push button", "Cancel")
    app.press("Escape", window=office.dialog())
    app.wait_gone("push button", "Cancel")


def test_go_to_who_is_looked_for_first(office, server, head, colleague):
    """Who is looked for, and what may be done for them, stand before the pages and the spreadsheets."""
    app = office.app
    window = open_go_to(app)
    app.type("resident", window=window)
    first = app.find("list item", "The resident, and what may be said to whom", within=window)
    other = app.find("list item", "People from a spreadsheet", within=window)
    check("selected" in first.states_now() and "selected" not in other.states_now(),
          "the spreadsheet stands first")
    app.press("Escape", window=window)
    app.wait_gone("entry", "Go to")


def test_go_to_a_home_or_a_page_by_keyboard(office, server, head, colleague):
    app = office.app
    window = open_go_to(app)
    app.type("flat", window=window)
    app.find("label", "Homes", within=window)
    app.find("entry", "Go to", description="2 results", within=window)
    app.press("Down", window=window)
    wait_for(lambda: has_focus(app, "list item", re.compile("Flat 21")), "the second result", 15)
    app.press("Up", "Up", window=window)
    wait_for(lambda: has_focus(app, "entry", "Go to"), "what is typed", 15)
    app.type(" 3", window=window)
    app.find("list item", re.compile("^Mr Alfred Pym"), within=window)
    app.wait_gone("list item", re.compile("Flat 21"), within=window)
    app.press("Return", window=window)
    app.find("label", "“Lift stopped twice with him in it”")
    for typed, there in (("zeppelin", None), ("kiosk queue", re.compile("^1 late"))):
        window = open_go_to(app)
        app.type(typed, window=window)
        if there is None:
            app.find("label", re.compile("^Nothing that this laptop holds"), within=window)
            app.press("Escape", window=window)
        else:
            app.find("label", "Pages", within=window)
            app.press("Return", window=window)
            app.find("label", there)
        app.wait_gone("entry", "Go to")


def test_an_interruption_keeps_both(office, server, head, colleague):
    app = office.app
    app.press("ctrl+n")
    app.find("push button", "Save on this laptop")
    app.set_text(app.find("text", "Name"), "Mrs Joan Tilley")
    app.press("ctrl+n")
    app.wait_text(app.find("text", "Name"), "")
    app.set_text(app.find("text", "Name"), "Miss Edith Marlowe")
    app.press("Escape")
    for name in ("Mrs Joan Tilley", "Miss Edith Marlowe"):
        app.find("list item", re.compile("^Unfinished, %s, Heard on .*working day" % name))


def test_undo(office, server, head, colleague):
    app = office.app
    app.mouse_click(app.find("list item", re.compile("^Unfinished, Miss Edith Marlowe")))
    app.set_text(app.find("text", "What happened"), "Call alarm went unanswered")
    app.press("ctrl+Return")
    app.click(app.find("push button", re.compile("^Undo")))
    app.wait_text(app.find("text", "What happened"), "Call alarm went unanswered")
    app.press("Escape")
    app.find("list item", re.compile("^Unfinished, Miss Edith Marlowe"))
    app.press("alt+2")
    app.find("list item", re.compile("^Ms Bridget Farrow"))
    check(not app.find_all("list item", re.compile("^Miss Edith Marlowe")), "it is still there")
    app.press("alt+1")


def test_a_draft_is_thrown_away_and_taken_up_again(office, server, head, colleague):
    app = office.app
    row = re.compile("^Unfinished, Miss Edith Marlowe")
    tab_to(app, "list item", re.compile("^Unfinished"))
    for key in ("Down", "Up"):
        if not has_focus(app, "list item", row):
            app.press(key)
    check(has_focus(app, "list item", row), "no arrow comes to the row")
    app.press("Delete")
    app.wait_gone("list item", row)
    app.click(app.find("push button", re.compile("^Undo")))
    app.find("list item", re.compile(row.pattern + ", Call alarm went unanswered"))
    app.click(app.find("push button", "Throw away: Miss Edith Marlowe"))
    app.wait_gone("list item", row)
    first = app.find("push button", re.compile("^Undo"))
    app.mouse_click(app.find("list item", re.compile("^Unfinished, Mrs Joan Tilley")))
    app.click(app.find("push button", "Throw away"))
    app.wait_gone("list item", re.compile("^Unfinished"))
    second = wait_for(lambda: [one for one in app.find_all("push button", re.compile("^Undo"))
                               if one.path != first.path], "an Undo of its own")[0]
    app.click(second)
    app.find("list item", re.compile("^Unfinished, Mrs Joan Tilley"))


def test_a_call_is_one_key(office, server, head, colleague):
    app = office.app
    app.mouse_click(app.find("list item", re.compile("^Ms Bridget Farrow")))
    office.leave_form()
    app.find("label", "Overdue")
    app.press("ctrl+t")
    app.wait_text(app.find("text", "With whom"), "Ms Bridget Farrow")
    app.wait_text(app.find("text", "At about"), re.compile(r"^\d\d:\d\d$"))
    app.type("The ceiling is dry now", window=office.dialog())
    app.press("ctrl+Return", window=office.dialog())
    app.wait_gone("push button", "Cancel")
    app.find("label", "The ceiling is dry now")
    app.find("label", re.compile(r"call: Ms Bridget Farrow, .*\d\d:\d\d"))


def test_what_is_typed_outlives_the_lock(office, server, head, colleague):
    app = office.app
    app.press("ctrl+t")
    app.type("She says the paint comes off", window=office.dialog())
    app.press("ctrl+l", window=office.dialog())
    app.find("label", "Amends is locked")
    check(not app.find_all("push button", "Cancel", shown=False), "the form stands before the lock")
    office.unlock()
    row = "^Unfinished, Ms Bridget Farrow, .*Note a call, .*Kept "
    app.mouse_click(app.find("list item", re.compile(row), timeout=20))
    app.wait_text(app.find("text", "What was said"), "She says the paint comes off")
    app.find("label", re.compile("^This was kept at "))
    app.press("Escape", window=office.dialog())
    app.wait_gone("push button", "Cancel")
    app.press("alt+Left")
    app.find("list item", re.compile(row))
    app.mouse_click(app.find("list item", re.compile(row)))
    app.find("text", "What was said")
    app.press("ctrl+Return", window=office.dialog())
    app.find("label", "She says the paint comes off")
    app.press("alt+Left")
    app.find("list item", re.compile("^Unfinished, Mrs Joan Tilley"))
    check(not app.find_all("list item", re.compile(row)), "it is still unfinished")


def test_as_what_it_is_taken(office, server, head, colleague):
    app = office.app
    app.press("ctrl+n")
    app.find("push button", "Save on this laptop")
    app.set_text(app.find("text", "What happened"), "The bulb on the landing is out")
    app.set_text(app.find("text", "Name"), "Mr Idris Vaughan")
    app.choose(app.find("combo box", "Recorded as"), "Service request")
    app.find("label", re.compile("^They ask for something to be done"))
    app.click(app.find("push button", "No", within=app.find("panel", "Told us before?")))
    app.click(app.find("push button", "No",
                       within=app.find("panel", "Satisfied with what is proposed?")))
    app.find("label", re.compile("^What is proposed does not satisfy them"))
    app.find("push button", "Record it as a complaint")
    app.press("ctrl+Return")
    app.find("label", re.compile("^Recorded: Service request"))
    app.click(app.find("push button", re.compile("^They are unhappy with the answer")))
    app.find("text", "First unhappy on", within=office.dialog())
    app.press("Escape", window=office.dialog())
    app.wait_gone("push button", "Cancel")


def test_a_name_is_corrected(office, server, head, colleague):
    app = office.app
    office.act("Correct what was written…")
    app.choose(app.find("combo box", re.compile("^What is wrong")), "Mr Idris Vaughan · name · Recorded")
    right = app.find("text", "What is right", within=office.dialog())
    app.wait_text(right, "Mr Idris Vaughan")
    app.set_text(right, "Mr Idris Vaughan-Lewis")
    app.set_text(app.find("text", "How we know"), "He spelt it")
    office.save_dialog()
    app.find("label", re.compile("Mr Idris Vaughan-Lewis"))
    app.press("alt+Left")
    app.find("label", re.compile("^1 late"))


def test_who_asks_from_outside(office, server, head, colleague):
    """An MP has an office, a reference of their own, and a day by which they ask for an answer; a complaint has not."""
    app = office.app
    app.press("ctrl+n")
    app.set_text(app.find("text", "What happened"), "She writes for a tenant of the High Street.")
    check(not app.find_all("text", "Their reference"), "their reference is asked for of a complaint")
    app.choose(app.find("combo box", "Recorded as"), "Enquiry from an elected member")
    app.set_text(app.find("text", "Speaks for the resident"), "Ottoline Vane")
    app.set_text(app.find("text", "Their office or organisation"), "House of Commons")
    app.set_text(app.find("text", "Their reference"), "OV/2291")
    app.set_text(app.find("text", re.compile("^They ask for an answer by")), "30 Jun 2099")
    office.save_record()
    for text in ("House of Commons", re.compile("OV/2291"), re.compile("30 Jun 2099")):
        app.find("label", text, timeout=15)
    app.press("alt+Left")
    app.find("label", re.compile("^1 late"))


def test_what_is_typed_outlives_the_program(office, server, head, colleague):
    app = office.app
    app.press("ctrl+n")
    app.set_text(app.find("text", "Name"), "Mrs Orla Quill")
    app.process.send_signal(signal.SIGTERM)
    begin_again(office)
    office.app.click(office.app.find("push button", "Throw away: Mrs Orla Quill"))


def test_what_is_kept_nowhere_does_not_go_without_a_word(office, server, head, colleague):
    app = office.app
    said = "She took the key out of my bag"
    app.press("ctrl+n")
    app.set_text(app.find("text", "What happened"), said)
    app.click(app.find("push button", "Yes",
                       within=app.find("panel", "Is this about somebody who works here?")))
    app.find("label", re.compile("^Nothing of it is kept on this laptop"))
    app.press("ctrl+n")
    app.find("label", re.compile("^It is kept nowhere: save it, or press Leave"))
    asks = re.compile("^Nothing of what you are writing is kept")
    for close in (lambda: app.press("ctrl+w"), lambda: app.press("ctrl+q"),
                  lambda: app.process.send_signal(signal.SIGTERM)):
        close()
        app.find("label", asks)
        app.click(app.find("push button", "Go on writing"))
        app.wait_gone("label", asks)
        app.wait_text(app.find("text", "What happened"), said)
    app.press("ctrl+l")
    app.find("label", "Amends is locked")
    app.press("ctrl+w")
    app.find("label", re.compile("^Something that was written is not saved yet"))
    app.click(app.find("push button", "Leave it open"))
    office.unlock()
    app.wait_text(app.find("text", "What happened", timeout=20), said)
    app.process.send_signal(signal.SIGTERM)
    app.find("label", asks)
    app.click(app.find("push button", "Close without saving"))
    begin_again(office)
    check(not office.app.find_all("list item", re.compile(said)), "it is in a list")


def test_the_safeguarding_lead_is_told(office, server, head, colleague):
    app = office.app
    lead = Desk(colleague.amendsctl, server, colleague.folder.parent / "lead", "staff", "org,r.oak")
    app.press("ctrl+n")
    app.set_text(app.find("text", "What happened"), "The cellar door sticks")
    app.set_text(app.find("text", "Name"), "Mrs Hilda Okoro")
    app.click(app.find("push button", "Yes",
                       within=app.find("panel", "May somebody be unsafe or afraid?")))
    app.click(app.find("push button", "Tell the safeguarding lead"))
    wait_for(lambda: app.find("text", "What happened").text() == "", "a record that begins")
    tell_lead(office, lead, "Mrs Hilda Okoro", "Her nephew has her bank card")
    app.click(app.find("push button", "Throw away: Mrs Hilda Okoro"))
    app.wait_gone("list item", re.compile("^Unfinished, Mrs Hilda Okoro"))
    app.mouse_click(app.find("list item", re.compile("^Ms Bridget Farrow")))
    office.leave_form()
    app.find("push button", "Why this date?")
    office.act("Tell the safeguarding lead…")
    tell_lead(office, lead, "Ms Bridget Farrow", "She is afraid of a visitor", "On the case, say whom to ask first…")
    name = app.find("text", "Who knows more", within=office.dialog())
    app.mouse_click(name)
    app.type("caste", window=office.dialog())
    app.find("list item", "Ruth Castellan", within=office.dialog())
    app.press("Down", "Return", window=office.dialog())
    app.wait_text(name, "Ruth Castellan")
    office.save_dialog()
    app.find("label", re.compile("^Ask .?Ruth Castellan.? before you ring, visit or write"))
    app.press("alt+Left")
    app.find("label", re.compile("^1 late"))


def test_colleagues_are_offered_on_each_line(office, server, head, colleague):
    app = office.app
    reference = colleague.record(received=days_ago(60), complainant={"name": "Mrs Una Tolland", "home": "Flat 30"},
                                 issues=[{"what": "Bins not emptied"}])
    colleague.act(reference, type="case.acknowledged", on=days_ago(58), channel="letter")
    colleague.act(reference, type="case.escalation-requested", on=days_ago(45), channel="telephone")
    colleague.run("sync")
    office.send_now()
    app.press("alt+1")
    app.mouse_click(app.find("list item", re.compile("^Mrs Una Tolland"), timeout=20))
    office.leave_form()
    office.act("Give stage 2 to somebody…")
    helpers = app.find("text", "Who helps them", within=office.dialog())
    app.mouse_click(helpers)
    app.type("janet", window=office.dialog())
    app.find("list item", "Janet Whitlock", within=office.dialog())
    app.press("Down", "Return", "Return", window=office.dialog())
    app.type("caste", window=office.dialog())
    app.find("list item", "Ruth Castellan", within=office.dialog())
    app.press("Down", "Return", window=office.dialog())
    app.wait_text(helpers, "Janet Whitlock\nRuth Castellan")
    check(not app.find_all("list item", "Ruth Castellan", within=office.dialog()), "it is offered still")
    app.press("Escape", window=office.dialog())
    app.wait_gone("push button", "Cancel")
    app.press("alt+Left")
    app.find("label", re.compile(r"^\d late"))


def tell_lead(office, lead, name, said, leaves_by="Done"):
    """In the record that is open, which begins with whoever may be unsafe."""
    app = office.app
    app.find("label", re.compile("^Nothing of it is kept on this laptop"))
    app.wait_text(app.find("text", "Name"), name)
    app.set_text(app.find("text", "What happened"), said)
    app.press("ctrl+Return")
    app.find("label", re.compile("^Tell them this reference"), timeout=30)
    app.click(app.find("push button", leaves_by))
    app.wait_gone("label", re.compile("^Tell them this reference"))
    wait_for(lambda: not [node for node in app.find_all("label") + app.find_all("text")
                          if said in node.text()], "it is off the screen")
    wait_for(lambda: sent_to(office, lead, said), "what the safeguarding lead has", 60)


def test_about_somebody_who_works_there(office, server, head, colleague):
    app = office.app
    said = "He came in without knocking"
    manager = Desk(colleague.amendsctl, server, colleague.folder.parent / "manager", "staff", "org,c.oak")
    app.wait_gone("push button", re.compile("^Undo"), timeout=20)  # of what was saved before
    app.press("ctrl+n")
    app.set_text(app.find("text", "What happened"), said)
    app.find("label", re.compile("^Draft saved on this laptop"))
    app.click(app.find("push button", "Yes",
                       within=app.find("panel", "Is this about somebody who works here?")))
    app.find("label", re.compile("^Nothing of it is kept on this laptop"))
    app.press("ctrl+q")
    app.click(app.find("push button", "Save on this laptop",
                       within=app.find("label", "Not saved yet").window))
    app.click(app.find("push button", re.compile("^Undo"), timeout=30))
    app.wait_text(app.find("text", "What happened"), said)
    app.press("ctrl+l")
    office.unlock()
    app.wait_text(app.find("text", "What happened", timeout=20), said)
    app.press("Escape")
    app.find("label", re.compile("^It is kept nowhere: save it, or press Leave"))
    app.find("push button", "Leave")
    app.press("ctrl+Return")
    app.find("label", re.compile("^Tell them this reference"))
    app.click(app.find("push button", re.compile("^Undo")))
    app.wait_text(app.find("text", "What happened"), said)
    app.press("ctrl+Return")
    app.find("label", re.compile("^This laptop keeps nothing of it that anybody can open"))
    app.press("Return")
    app.find("label", re.compile(r"^\d late"))
    check(not app.find_all("list item", re.compile(said)), "it is in a list")
    window = open_go_to(app)
    app.type("knocking", window=window)
    app.find("entry", "Go to", description="0 results", within=window)
    app.press("Escape", window=window)
    app.wait_gone("entry", "Go to")
    wait_for(lambda: sent_to(office, manager, said), "what the line manager has", 60)


def sent_to(office, manager, said):
    office.send_now()
    manager.run("sync")
    return [row for row in manager.run("list") if said in row["summary"]]


def test_what_arrived_may_be_the_same(office, server, head, colleague):
    app = office.app
    colleague.run("sync")
    reference = colleague.record(received=days_ago(2), complainant={"name": "mr alfred pym", "home": "Flat 9"},
                                 issues=[{"what": "The lift", "words": "chosen", "chosen": ["lift"]}])
    colleague.run("sync")
    office.send_now()
    app.press("alt+1")
    app.mouse_click(app.find("list item", re.compile("^Mr Alfred Pym")))
    app.find("label", re.compile("^May be the same: mr alfred pym · Flat 9 · The lift"), timeout=20)
    app.click(app.find("push button", "Link…"))
    wait_for(lambda: [text for text in app.find_all("text", within=office.dialog()) if text.text() == reference],
             "the reference in the form", 15)
    app.press("Escape", window=office.dialog())
    app.wait_gone("push button", "Cancel")
    app.click(app.find("push button", "Open"))
    app.find("label", re.compile("%s.*mr alfred pym" % reference))
    check(not app.find_all("label", re.compile("^May be the same")), "somebody took it down: nothing is asked")
    app.find("label", "Chosen from pictures: The lift")
    check(not app.find_all("label", "“The lift”"), "what was chosen is not quoted as words of theirs")
    app.press("alt+Left")
    app.find("label", re.compile(r"^\d late"))


PEOPLE = ("Tenancy reference,Scheme,Resident,Flat\nT/7,oak,Mr Corin Ashdown,\"Flat 7, Linden Row\"\n"
          "T/8,oak,Wren Ashdown,\"Flat 8, Linden Row\"\nT/9,oak,Kit Fenn,Flat 9\n")


def test_who_arrived_is_found_in_the_register(office, server, head, colleague):
    """Side by side, nobody chosen beforehand, by keyboard; and who was found by mistake is parted."""
    app = office.app
    (office.folder / "people.csv").write_text(PEOPLE, encoding="utf-8")
    colleague.run("sync")
    colleague.run("import", "people", str(office.folder / "people.csv"), "--apply")
    colleague.record(received=TODAY.isoformat(), channel="kiosk",
                     complainant={"name": "wren ashdown", "home": "Flat 7"}, issues=[{"what": "Door entry is dead"}])
    colleague.run("sync")
    office.send_now()
    app.press("alt+1")
    app.mouse_click(app.find("list item", re.compile("^wren ashdown"),
                             within=app.find("list", "New, not yet looked at"), timeout=20))
    app.find("label", "Who is it?", timeout=20)
    for text in ("In the register: T/7", "In the register: T/8", "They wrote"):
        app.find("label", text)
    check(not app.find_all("label", re.compile("T/9")), "somebody of another name and home is offered")
    tab_to(app, "push button", "This is them: Wren Ashdown", key="shift+Tab")  # it stands above what is owed next
    app.press("Return")
    wait_for(lambda: [text for text in app.find_all("text", within=office.dialog()) if text.text() == "T/8"],
             "the reference in the form", 15)
    office.save_dialog()
    app.find("label", "Found in the register: T/8")
    app.find("label", re.compile("^In the register: .?T/8"))
    app.wait_gone("label", "Who is it?")
    app.find("label", "Wren Ashdown · Flat 8, Linden Row")
    office.act("Part what was joined by mistake…", "Other acts")
    app.set_text(app.find("text", "How we know", within=office.dialog()), "It is his brother who wrote")
    office.save_dialog()
    app.find("label", "Who is it?", timeout=20)
    app.click(app.find("push button", "None of these…"))
    office.save_dialog()
    app.wait_gone("label", "Who is it?")
    app.press("alt+Left")
    app.find("label", re.compile(r"^\d late"))


QUOTES_NOTHING = re.compile("^They quote .*9Z-0001-A.*, and no case here has that reference")


def test_what_fits_nothing_stays_until_somebody_says_so(office, server, head, colleague):
    app = office.app
    colleague.run("sync")
    colleague.record(received=TODAY.isoformat(), channel="paper-form", previous_case="9Z-0001-A",
                     complainant={"name": "Wren Ashdown"}, issues=[{"what": "Still no answer"}])
    colleague.run("sync")
    office.send_now()
    app.press("alt+1")
    app.mouse_click(app.find("list item", re.compile("^Wren Ashdown"),
                             within=app.find("list", "New, not yet looked at"), timeout=20))
    app.find("label", QUOTES_NOTHING)
    app.click(app.find("push button", "It fits nothing…"))
    wait_for(lambda: [text for text in app.find_all("text", within=office.dialog()) if text.text() == "9Z-0001-A"],
             "what they quote in the form", 15)
    office.save_dialog()
    app.find("label", "Fits nothing that we know: 9Z-0001-A")
    app.wait_gone("label", QUOTES_NOTHING)
    office.act("Part what was joined by mistake…", "Other acts")
    app.set_text(app.find("text", "How we know", within=office.dialog()), "It is 7K-0001-H with a smudge")
    office.save_dialog()
    app.find("label", re.compile("^Parted, since it was joined by mistake: .*smudge"))
    app.find("label", QUOTES_NOTHING)
    app.press("alt+Left")
    app.find("list item", re.compile("^Wren Ashdown, .*Find the case that they quote, .*9Z-0001-A"),
             within=app.find("list", "To settle or ask"), timeout=20)


def test_lock_takes_it_off_the_screen(office, server, head, colleague):
    app = office.app
    app.click(app.find("push button", "Menu"))
    app.click(app.find("menu item", re.compile("^Carry by hand")))
    app.press("ctrl+l", window=app.find("frame", re.compile("by hand")))
    app.find("label", "Amends is locked")
    office.unlock()
    app.find("list item", re.compile("^Ms Bridget Farrow"), timeout=20)
    app.press("ctrl+l")
    app.find("label", "Amends is locked")
    for name in ("Farrow", "Tilley", "Okafor", "Janet Whitlock"):
        check(not app.find_all("list item", re.compile(name), shown=False),
              "%s is still there behind the lock" % name)
    office.unlock()
    app.find("list item", re.compile("^Ms Bridget Farrow"), timeout=20)


def test_it_ends(office, server, head, colleague):
    check(office.app.close() == 0, "exit status")
    said = office.app.output().strip()
    check(not said, "it printed: " + said)


if __name__ == "__main__":
    sys.exit(play_office(globals(), SIZE, n_apart=2))
