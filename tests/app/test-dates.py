#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""test-dates.py AMENDS AMENDS-SERVER AMENDSCTL: what is owed and why, and the policies behind it, as a
person with a screen reader and a keyboard finds them. The tests build on each other, and report as TAP."""

import re
import sys

from staff_support import check, days_ago, has_focus, play_office, tab_to, wait_for


def test_without_a_policy_the_code_is_named(office, server, head, colleague):
    app = office.app
    colleague.record(received=days_ago(3), complainant={"name": "Mr Alfred Pym", "home": "Flat 3"},
                     issues=[{"what": "The lift stopped twice with him in it"}])
    colleague.run("sync")
    office.enrol(server, "Oak Court laptop", "Janet Whitlock")
    office.open_case("Pym", timeout=30)
    office.leave_form()
    app.find("label", re.compile("^Acknowledgement by "))
    app.find("label", "Complaint Handling Code")
    app.find("label", re.compile("^These are the Code’s dates, which hold for every landlord"))
    check(not app.find_all("label", re.compile("^Policy of ")), "a policy that nobody published")


def test_policies_say_who_publishes(office, server, head, colleague):
    app = office.app
    app.click(app.find("push button", "Menu"))
    app.click(app.find("menu item", "Policies"))
    app.find("label", "No policy is published yet")
    app.find("label", re.compile("^Until one is.*An administrator publishes"))
    app.find("list item", re.compile("Complaint Handling Code, holds for every landlord$"))
    app.press("alt+Left")
    app.find("label", re.compile("^Acknowledgement by "))


def test_a_case_has_both_verdicts(office, server, head, colleague):
    app = office.app
    head.publish("housing-21", "2020-01-01")
    colleague.run("sync")
    reference = colleague.reference = colleague.record(received=days_ago(10),
                                 complainant={"name": "Mrs Doreen Hathersage", "home": "Flat 14"},
                                 issues=[{"what": "Heating off, three visits missed"}])
    colleague.act(reference, type="case.acknowledged", on=days_ago(8), channel="letter")
    colleague.run("sync")
    office.send_now()
    app.press("alt+2")  # on Today it stands only where it is owed this week
    office.open_case("Hathersage")
    app.find("label", re.compile("^Stage 1 response by "))
    app.find("label", re.compile("^(\\d+ working days? left|Due today)$"))
    app.find("label", "Policy of Housing 21")
    app.find("push button", "Draft the stage 1 response")
    for clause in ("7.3", "6.3"):
        app.find("label", "\u2068%s\u2069" % clause)
    app.find("label", "Policy and Code agree")
    app.find("list item", re.compile("^Acknowledgement, .*Done in time, .*policy \u20687.2\u2069.*"
                                     "Code \u20686.2\u2069$"))
    app.find("list item", re.compile("^Stage 1 response, "))


def test_why_by_keyboard(office, server, head, colleague):
    app = office.app
    tab_to(app, "push button", "Why this date?")
    app.press("Return")
    rows = app.find("list", "How it was counted")
    for place, sentence in enumerate(("^1. Acknowledged on .*Counting starts the next day$",
                                      "^2. 10 working days end on .*policy \u20687.3\u2069. "
                                      "Code \u20686.3\u2069$",
                                      "^3. Not counted: weekends.*England and Wales, known to")):
        app.find("list item", re.compile(sentence), within=rows)
        check("focused" in app.find("list item", re.compile(sentence)).states_now(),
              "sentence %d is not where the arrows lead" % (place + 1))
        app.press("Down")
    app.find("image", re.compile("^The same as a calendar. .*10 working days end on", re.DOTALL))
    app.press("ctrl+c")
    app.find("label", "Copied as text")
    app.press("alt+Left")
    app.find("label", re.compile("^Stage 1 response by "))
    wait_for(lambda: has_focus(app, "push button", "Why this date?"), "the focus where it was")


def test_every_date_says_why(office, server, head, colleague):
    app = office.app
    app.mouse_click(app.find("list item", re.compile("^Acknowledgement, ")))
    app.find("label", re.compile("^\u2068[0-9A-Z-]+\u2069 · Acknowledgement$"))
    app.find("list item", re.compile("^1. Received on "))
    app.press("Escape")
    app.find("label", re.compile("^Stage 1 response by "))


def test_a_refusal_names_both_clauses(office, server, head, colleague):
    app = office.app
    app.click(app.find("push button", "Other acts"))
    app.find("menu item", "Record a request for stage 2…")
    check(not app.find_all("menu item", "Refuse stage 2…"), "the menu holds what would be refused")
    app.press("Escape")
    office.act("Extend the response…")
    app.click(app.find("push button", "Save"))
    app.find("label", "No number stands here yet. Say how many.")
    app.set_value(app.find("spin button", "Working days more"), 3)
    app.set_text(app.find("text", "Reason", within=office.dialog()), "The part comes on Monday.")
    app.click(app.find("push button", "Save"))
    app.find("label", re.compile("^Tell them first.*7.4; Code 6.4"))
    app.press("Escape", window=office.dialog())
    app.wait_gone("push button", "Cancel")


def test_a_promise_is_made_and_kept(office, server, head, colleague):
    """What is followed up is chosen, not typed."""
    app = office.app
    app.click(app.find("push button", "Other acts"))
    app.find("menu item", "Promise an action…")
    check(not app.find_all("menu item", "An action was done…"), "nothing is promised yet")
    app.click(app.find("menu item", "Promise an action…"))
    app.set_text(app.find("text", "What will be done", within=office.dialog()), "Renew the drive.")
    app.set_text(app.find("text", "Who sees to it", within=office.dialog()), "Tamsin Roe")
    app.click(app.find("push button", "Save"))
    app.find("label", re.compile("^This is not a day that can stand here"))
    app.set_text(app.find("text", "By", within=office.dialog()), "today")
    app.click(app.find("push button", "Save"))
    app.wait_gone("push button", "Cancel")
    app.find("label", re.compile("^Promised: .*Renew the drive"))
    app.click(app.find("push button", "Other acts"))
    app.click(app.find("menu item", "An action was done…"))
    app.find("label", re.compile("^Promised: .*Renew the drive"), within=office.dialog())
    app.set_text(app.find("text", "What was done", within=office.dialog()), "It runs.")
    app.click(app.find("push button", "Save"))
    app.wait_gone("push button", "Cancel")
    app.find("label", re.compile("^Done as promised: .*It runs"))


def test_a_letter_says_what_is_missing(office, server, head, colleague):
    """What the response must hold stands over its draft; its words come from what is recorded."""
    app = office.app
    app.click(app.find("push button", "Draft the stage 1 response"))
    app.find("label", re.compile("^[0-9]+ missing$"), within=office.dialog())
    app.find("list item", re.compile("^The decision on every issue. Nothing is found yet about .*Code 6.9, to be confirmed"))
    app.find("list item", re.compile("^The Ombudsman’s details. It is there. .?8.1; Code 3.7"))
    app.set_text(app.find("text", "Written by", within=office.dialog()), "Tamsin Roe")
    app.click(app.find("push button", "Write it from the record", within=office.dialog()))
    words = app.find("text", "The response", within=office.dialog())
    wait_for(lambda: "Our answer to your complaint: stage 1" in words.text(), "the letter is written")
    check("\nTamsin Roe\n" in words.text(), "it is signed by somebody else:\n" + words.text())
    check("0300 111 3000" in words.text(), words.text())
    app.click(app.find("push button", "Save"))
    app.wait_gone("push button", "Cancel")
    app.find("label", re.compile("^Stage 1 response drafted"))
    app.find("push button", "Approve a draft")


def test_a_letter_is_seen_as_pages(office, server, head, colleague):
    """As it will be, with its gaps; what lacks something goes to no printer."""
    app = office.app
    app.click(app.find("list item", re.compile("^Stage 1 response, .*Drafted, not approved$")))
    app.find("image", re.compile("^The letter as [0-9]+ pages?$"))
    app.find("label", re.compile("^A letter that lacks something is not "))
    check("sensitive" not in app.find("push button", "Print…").states_now(), "it can be printed")
    app.find("push button", "Approve a draft")
    app.press("Escape")
    app.wait_gone("push button", "Print…")
    issue = colleague.run("show", colleague.reference)["issues"][0]["id"]
    colleague.act(colleague.reference, type="case.finding", on=days_ago(0), issue=issue,
                  finding="not-upheld", reasons="The sheets show that somebody came.")
    colleague.run("sync")
    office.send_now()
    app.find("label", re.compile("^Finding: "))
    app.click(app.find("push button", "Write a letter"))
    app.click(app.find("menu item", "Stage 1 response"))
    check("sensitive" in app.find("push button", "Print…").states_now(), "it cannot be printed")
    app.find("label", "They have not asked for another")
    app.click(app.find("push button", "Read as text"))
    text = app.find("text", "The letter").text()
    for words in ("Mrs Doreen Hathersage", "The sheets show that somebody came.", "0300 111 3000"):
        check(words in text, text)
    app.press("Escape")
    app.wait_gone("push button", "Print…")


def list_drafts(colleague):
    colleague.run("sync")
    return [entry["id"] for entry in colleague.run("history", colleague.reference)
            if entry["type"] == "case.drafted"]


def approve_last(colleague):
    colleague.act(colleague.reference, type="case.approved", on=days_ago(0),
                  draft=list_drafts(colleague)[-1], agreed=True,
                  approved_by={"name": "Idris Holt", "role": "line-manager"})
    colleague.run("sync")


def test_what_is_approved_is_not_sent(office, server, head, colleague):
    """It stands on the plan of the day until it is, and leads to the letter and from there to the act."""
    app = office.app
    office.act("Draft the stage 1 response…")
    app.click(app.find("push button", "Write it from the record", within=office.dialog()))
    app.click(app.find("push button", "Save"))
    app.wait_gone("push button", "Cancel")
    office.send_now()
    wait_for(lambda: len(list_drafts(colleague)) == 2, "the second draft at the colleague's")
    approve_last(colleague)
    office.send_now()
    app.press("alt+1")
    app.find("label", re.compile("^Approved, not sent, 1$"))
    app.mouse_click(app.find("list item", re.compile("Hathersage.*Send the response")))
    letter = app.find("label", "Approved, not sent: the clock runs until it is sent").window
    app.click(app.find("push button", "The draft was sent", within=letter))
    app.find("push button", "Save")
    app.press("Escape")
    app.wait_gone("push button", "Cancel")


def test_what_was_cut_is_missing(office, server, head, colleague):
    """A letter that lost a part is neither printed nor approved, from where it is shown or elsewhere."""
    app = office.app
    colleague.act(colleague.reference, type="case.drafted", on=days_ago(0), text="We are sorry.",
                  author={"name": "Tamsin Roe"})
    try:
        approve_last(colleague)
    except AssertionError as refusal:
        check("The letter lacks a part. “" in str(refusal), str(refusal))
    else:
        check(False, "it is approved by another way")
    colleague.run("sync")
    office.send_now()
    app.click(app.find("list item", re.compile("^Stage 1 response, .*Drafted, not approved")))
    letter = app.find("label", "“What we decided” is not in the words with something under it: "
                      "put it back").window
    for button in ("Print…", "Save as PDF…", "Approve a draft"):
        check("sensitive" not in app.find("push button", button, within=letter).states_now(), button)
    app.press("Escape")
    app.wait_gone("push button", "Print…")


def test_policies_can_be_read_and_searched(office, server, head, colleague):
    app = office.app
    app.click(app.find("push button", "Menu"))
    app.click(app.find("menu item", "Policies"))
    app.find("list item", re.compile("^Housing 21 · Complaints policy, from .* · in force at Oak Court$"))
    check(not app.find_all("label", "No policy is published yet"), "one is published")
    app.find("list item", re.compile("^Extension at stage 1, .*Weaker: the Code applies, "
                                     "policy \u20687.4\u2069, Code \u20686.4\u2069$"))
    app.find("list item", re.compile("^Stage 1 response. 10 working days from the acknowledgement. "
                                     "\u20687.3\u2069. Says so$"))
    app.find("list item", re.compile("^Stage 2 update. .*Leaves it open. Clause \u2068App A\u2069"))
    app.set_text(app.find("entry", "Find in this policy"), "whistleblowing")
    app.wait_gone("label", "Time limits")
    app.find("label", "What may be declined")
    app.set_text(app.find("entry", "Find in this policy"), "unicorns")
    app.wait_gone("label", "What may be declined")
    app.press("Escape")
    app.find("label", "Time limits")
    app.press("Escape")
    app.find("label", re.compile("^Stage 1 response by "))


def test_lock_takes_it_off_the_screen(office, server, head, colleague):
    app = office.app
    app.click(app.find("push button", "Why this date?"))
    app.find("list", "How it was counted")
    app.press("ctrl+l")
    app.find("label", "Amends is locked")
    check(not app.find_all("list item", re.compile("^1. "), shown=False), "the reason is still there")
    for left in ("Policy and Code agree", "Policy of Housing 21", re.compile("^Stage 1 response by ")):
        check(not app.find_all("label", left, shown=False), "the page still says: %s" % left)


def test_it_ends(office, server, head, colleague):
    office.close()


if __name__ == "__main__":
    sys.exit(play_office(globals(), (1280, 1180), n_apart=1))
