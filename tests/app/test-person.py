#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""test-person.py AMENDS AMENDS-SERVER AMENDSCTL: how a resident is to be treated, who acts for them and what
may be said to whom, as somebody with a screen reader and a keyboard finds it before they answer the
telephone. The tests build on each other, and report as TAP."""

import re
import sys
import time

from staff_support import check, days_ago, has_focus, play_office, tab_to, wait_for

DAUGHTER = "Carol Hathersage"
TOLD = "Her sight is failing"


def said(app):
    """What stands under “What may be said today”, row by row."""
    rows = app.find("list", "What may be said today")
    return [node.name for node in app.find_all("list item", within=rows)]


def test_a_daughter_rings_with_no_paper(office, server, head, colleague):
    """The case says it at once, and so does her page: why, by which clause, what would change it."""
    app = office.app
    head.publish("one-housing", "2020-01-01")
    colleague.run("sync")
    who = {"name": "Mrs Doreen Hathersage", "relation": "current-tenant", "home": "Flat 14",
           "phone": "01632 960114", "language": "English",
           "safe_contact": {"not": ["Never leave a message"],
                            "shared_with": ["A neighbour shares the answering machine"]}}
    colleague.old = colleague.record(received=days_ago(200), kind="service-request",
                                     complainant=who, issues=[{"what": "Window catch broken"}])
    colleague.record(received=days_ago(90), complainant={**who, "home": "Flat 99"},
                     issues=[{"what": "Somebody else’s drain"}])
    colleague.record(received=days_ago(80), issues=[{"what": "Rang about the lift"}],
                     complainant={key: who[key] for key in ("name", "relation")})
    reference = colleague.case = colleague.record(
        received=days_ago(10), complainant=who,
        representative={"name": DAUGHTER, "relation": "daughter", "reply_to": "representative"},
        vulnerabilities=["Lives alone"],
        issues=[{"what": "Heating off, three visits missed"}],
        consents=[{"purpose": "share-with-health-professional", "to": "The GP", "given": False}],
        adjustments=[{"need": "large-print", "detail": "18 point", "requested_on": days_ago(9)}])
    colleague.act(reference, type="person.disability-disclosed", on=days_ago(9), what=TOLD,
                  purpose="So that letters can be read")
    colleague.run("sync")
    office.enrol(server, "Oak Court laptop", "Janet Whitlock")
    office.open_case("Heating off", timeout=40)
    office.leave_form()
    app.find("label", re.compile("^%s · Daughter" % DAUGHTER))
    app.find("label", re.compile("is told nothing private. They have no authority yet: a permission "
                                 "in writing from the complainant.*2.2.*Code.*3.6"))
    check(not app.find_all("label", re.compile(TOLD), shown=False), "the case says what was told")
    app.find("label", "Told us in confidence")


def test_her_page_by_keyboard(office, server, head, colleague):
    app = office.app
    tab_to(app, "list item", re.compile("^Mrs Doreen Hathersage"))
    app.press("Return")
    app.find("label", "Resident")
    app.find("label", re.compile("^Not: Never leave a message"))
    app.find("label", re.compile("A neighbour shares the answering machine"))
    rows = said(app)
    check(re.search("^.?%s.? is told nothing private. They have no authority yet" % DAUGHTER,
                    rows[0]), rows)
    check(rows[-1].startswith("Whoever else rings for them is told nothing private"), rows)
    app.find("list item", re.compile("^Large print, 18 point, Asked, asked "))
    app.find("list item", re.compile("^The GP, Share with a health professional, Refused · from "))
    app.find("list item", re.compile("^Window catch broken"), timeout=20)
    check(not app.find_all("list item", re.compile("Somebody else’s drain")), "another flat’s case")
    app.find("label", re.compile("may be theirs: no home to tell by"),
             within=app.find("list item", re.compile("^Rang about the lift")))
    check(len(app.find_all("label", re.compile("may be theirs"))) == 1, "what is theirs only may be")


def test_what_was_told_in_confidence_hides(office, server, head, colleague):
    app = office.app
    check(not app.find_all("label", re.compile(TOLD), shown=False), "it stands there unasked")
    tab_to(app, "push button", "Show what they told us")
    app.press("Return")
    app.find("label", TOLD)
    app.find("label", "Kept for: So that letters can be read")
    wait_for(lambda: has_focus(app, "push button", "Hide what they told us"), "the keyboard there")
    app.press("Return")
    app.wait_gone("label", TOLD)


def open_page(app):
    """From the case, by the keyboard: the list beside it names her, too."""
    tab_to(app, "list item", "Mrs Doreen Hathersage")
    app.press("Return")
    app.find("label", "Resident")


def test_nothing_of_it_stays_behind_a_record(office, server, head, colleague):
    """Whichever way the page is left, it is off the screen, and hidden for whoever comes next."""
    app = office.app
    tab_to(app, "push button", "Show what they told us")
    app.press("Return")
    app.find("label", TOLD)
    app.press("ctrl+n")
    app.find("push button", "Save on this laptop")
    wait_for(lambda: not app.find_all("label", re.compile(TOLD), shown=False), "it to be gone")
    check(not app.find_all("label", "Resident"), "the page is not left")
    app.press("Escape")
    office.open_case("Somebody else’s drain")
    office.leave_form()
    app.find("label", re.compile("^“?Somebody else’s drain"), timeout=20)
    office.open_case("Heating off")
    office.leave_form()
    app.find("label", re.compile("^%s · Daughter" % DAUGHTER))
    open_page(app)
    app.find("push button", "Show what they told us")
    check(not app.find_all("label", re.compile(TOLD), shown=False), "it is shown unasked")
    app.find("list item", re.compile("^Window catch broken"), timeout=20)


def test_it_is_shown_once_more(office, server, head, colleague):
    app = office.app
    button = app.find("push button", "Show what they told us")
    colleague.shown_at = time.monotonic()
    app.click(button)
    app.find("label", TOLD)


def test_an_adjustment_is_decided_on(office, server, head, colleague):
    """One press leads to what comes next, and the form knows which."""
    app = office.app
    tab_to(app, "list item", re.compile("^Large print, 18 point, Asked"))
    app.press("Return")
    app.find("combo box", "Which", within=office.dialog())
    app.find("label", re.compile("^Large print"), within=office.dialog())
    app.toggle(app.find("push button", "Yes", within=office.dialog()), True)
    app.set_text(app.find("text", "They have it by", within=office.dialog()), "today")
    office.save_dialog()
    app.find("list item", re.compile("^Large print, 18 point, Agreed, asked .* agreed "), timeout=20)


def test_her_paper_comes(office, server, head, colleague):
    """A paper that is seen lets her be told; who gave it may take it back."""
    app = office.app
    app.click(app.find("list item", re.compile("^%s · Daughter, Nobody asked" % DAUGHTER)))
    name = app.find("text", "Name", within=office.dialog())
    check(name.text() == DAUGHTER, "the form begins with “%s”" % name.text())
    app.choose(app.find("combo box", "Authority", within=office.dialog()), "Written permission")
    office.save_dialog()
    app.find("list item", re.compile("is told nothing private. The paper has not been seen"),
             timeout=20)
    app.click(app.find("list item", re.compile("^%s · Daughter, Written permission.*Paper not seen"
                                               % DAUGHTER)))
    app.choose(app.find("combo box", "The paper", within=office.dialog()), "Copy attached")
    app.choose(app.find("combo box", "What for", within=office.dialog()), "This case")
    office.save_dialog()
    app.find("list item", re.compile("^.?%s.? may be told how the case stands." % DAUGHTER),
             timeout=20)
    app.find("list item", re.compile("^%s · Daughter, Written permission · This case, In force"
                                     % DAUGHTER))
    app.click(app.find("push button", "Record something shared"))
    app.set_text(app.find("text", "With whom", within=office.dialog()), "The fitter")
    app.press("Escape", window=office.dialog())
    app.wait_gone("push button", "Cancel")
    app.click(app.find("push button", "Record what was told"))
    app.find("push button", "Cancel")
    app.set_text(app.find("text", "What was shared", within=office.dialog()), "When the fitter comes")
    check(app.find("text", "With whom", within=office.dialog()).text() == DAUGHTER, "to whom it was")
    app.set_text(app.find("text", "What was shared", within=office.dialog()), "When the fitter comes.")
    office.save_dialog()
    app.find("list item", DAUGHTER, within=app.find("list", "What was told, and to whom"), timeout=20)
    app.find("label", re.compile("^When the fitter comes. · "))
    app.click(app.find("list item", re.compile("^%s · Daughter, Written permission · This case"
                                               % DAUGHTER)))
    office.save_dialog()
    rows = said(app)
    wait_for(lambda: "was withdrawn" in said(app)[0], "that it was withdrawn: %s" % rows)
    app.find("list item", re.compile("^%s · Daughter, .*, Withdrawn" % DAUGHTER))
    app.find("list item", re.compile("another is in its place"))


def test_an_answer_is_recorded(office, server, head, colleague):
    app = office.app
    app.click(app.find("list item", re.compile("^The GP, Share with a health professional")))
    app.toggle(app.find("push button", re.compile("^Yes"), within=office.dialog()), True)
    office.save_dialog()
    app.find("list item", re.compile("^The GP, Share with a health professional, Given · "),
             timeout=20)
    app.find("list item", re.compile("^The GP, .*another is in its place, Refused"))


def test_what_is_replaced_ends_nothing(office, server, head, colleague):
    """What stood until another took its place says so, and leads to no withdrawal: that would end the newer."""
    app = office.app
    app.click(app.find("push button", "Record an answer"))
    app.choose(app.find("combo box", "What for", within=office.dialog()),
               "Share with a health professional")
    app.set_text(app.find("text", "With whom", within=office.dialog()), "The GP")
    app.toggle(app.find("push button", re.compile("^Yes"), within=office.dialog()), True)
    office.save_dialog()
    app.click(app.find("list item", re.compile("^The GP, .*another is in its place, Replaced"),
                       timeout=20))
    app.find("push button", re.compile("^Yes"), within=office.dialog())
    app.press("Escape", window=office.dialog())
    app.wait_gone("push button", "Cancel")


def test_what_was_told_hides_by_itself(office, server, head, colleague):
    """After a minute, whatever was recorded meanwhile."""
    office.app.wait_gone("label", TOLD, timeout=90)
    check(time.monotonic() - colleague.shown_at > 55, "it was gone before")
    office.app.find("push button", "Show what they told us")


def test_the_way_back_and_there(office, server, head, colleague):
    """Escape leads back to the case, and so does whatever is done with it; Ctrl+K leads to the page, and another
    case of theirs opens from it."""
    app = office.app
    app.press("Escape")
    app.find("push button", "Other acts")
    open_page(app)
    app.press("ctrl+t")
    app.press("Escape", window=office.dialog())
    app.wait_gone("push button", "Cancel")
    app.find("push button", "Other acts")
    open_page(app)
    app.press("ctrl+k")
    window = app.find("label", re.compile("^Type a reference, a name, a home")).window
    app.type("the resident", window=window)
    app.find("list item", "The resident, and what may be said to whom", within=window)
    app.press("Return", window=window)
    app.find("label", "Resident")
    app.find("list item", re.compile("^Window catch broken"), timeout=20)
    app.mouse_click(app.find("list item", re.compile("^Window catch broken")))
    app.find("label", re.compile("^“?Window catch broken"), timeout=20)


def test_the_lock_takes_it_away(office, server, head, colleague):
    app = office.app
    office.open_case("Heating off")
    office.leave_form()
    app.find("label", re.compile("^%s · Daughter" % DAUGHTER))
    tab_to(app, "list item", re.compile("^Mrs Doreen Hathersage"))
    app.press("Return")
    app.find("label", "Resident")
    app.press("ctrl+l")
    app.find("label", "Amends is locked")
    for left in (DAUGHTER, "Never leave a message", "Large print", TOLD):
        check(not app.find_all("label", re.compile(left), shown=False), "the page still says: %s" % left)


def test_it_ends(office, server, head, colleague):
    office.close()


if __name__ == "__main__":
    sys.exit(play_office(globals(), (1280, 1180), n_apart=1))
