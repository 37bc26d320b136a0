#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""test-daughter.py AMENDS AMENDS-SERVER AMENDSCTL: a daughter with no paper rings; she is told nothing private, her
mother signs the form, the scan of it finds its case by its code, and the next letter is hers, in large print. The tests
build on each other, and report as TAP."""

import pathlib
import re
import sys

from staff_support import check, days_ago, play_office
from desktop_support import Desktop

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))

import pdf  # noqa: E402

MOTHER = "Mrs Doreen Hathersage"
DAUGHTER = "Carol Hathersage"
WHAT = "Heating off, three visits missed"
LARGE_PT = 18
NOT_TOLD = re.compile("is told nothing private. They have no authority yet: a permission in writing from the "
                      "complainant.*2.2.*Code.*3.6")


def show(colleague):
    colleague.run("sync")
    return colleague.run("show", colleague.case)


def save_letter(office, path):
    """As the window of a letter saves it; gives its text as another program reads it."""
    app = office.app
    window = app.find("push button", "Save as PDF…").window
    app.click(app.find("push button", "Save as PDF…"))
    office.choose_file(path.with_suffix(""))  # the end of the name stands there already
    app.find(None, re.compile("^Saved. Whoever can read that folder can read the letter"))
    app.press("Escape", window=window)
    app.wait_gone("push button", "Save as PDF…")
    return pdf.text_of(path)


def send(office):
    office.send_now()
    office.wait_sentence("nothing waiting")


def act_on_people(office, title, fields):
    """An act of the menu beside the people of the case."""
    office.act(title + "…", re.compile("^Change( people and agreements)?$"))
    dialog = office.dialog()
    office.desktop.fill(fields, dialog)
    office.app.press("ctrl+Return", window=dialog)
    office.app.wait_gone("push button", "Cancel")


def test_she_rings(office, server, head, colleague):
    app = office.app
    head.publish("one-housing", "2020-01-01")
    office.enrol(server, "Oak Court laptop", "Janet Whitlock")
    app.find("label", "Oak Court is ready", timeout=60)
    office.desktop = Desktop(office, None)
    office.desktop.record(MOTHER, WHAT, {"What would put it right": "A visit that is kept", "How it came": "Telephone",
                                         "Home": "Flat 14", "Speaks for the resident": DAUGHTER,
                                         "Who is their": "Daughter"})
    send(office)
    colleague.run("sync")
    colleague.case = colleague.run("list")[0]["reference"]


def test_she_is_told_nothing_private(office, server, head, colleague):
    """The case says why, and what paper would change it; a letter is offered to her mother alone."""
    office.app.find("label", NOT_TOLD)
    office.desktop.act("Give it to somebody", {"To whom": "Tamsin Roe", "As": "Investigator",
                                               "Have they a conflict of interest?": "No"})
    colleague.act(colleague.case, type="case.defined", on=days_ago(0), understanding="The heating, and the visits",
                  outcome_sought="A visit that is kept", not_ours=False)
    colleague.run("sync")
    send(office)
    office.act("Acknowledgement", "Write a letter")
    office.app.find("push button", "Save as PDF…")
    check(not office.app.find_all("combo box", "To"), "the letter could go to somebody else")
    text = save_letter(office, office.folder / "acknowledgement.pdf")
    check("Dear %s" % MOTHER in text and DAUGHTER not in text, text)


def test_the_form_is_printed(office, server, head, colleague):
    office.act("Form: authority to act", "Write a letter")
    text = save_letter(office, office.folder / "form.pdf")
    check(DAUGHTER in text and colleague.case in text, text)


def test_it_comes_back_signed(office, server, head, colleague):
    """Its code alone says which case it is of: the file says nothing."""
    app = office.app
    scan = office.folder / "0001.pdf"
    pdf.scan_signed(office.folder / "form.pdf", "signature", scan)
    app.click(app.find("push button", "Menu"))
    app.click(app.find("menu item", re.compile("^A form that came back")))
    window = app.find("push button", "Choose a scan…").window
    app.click(app.find("push button", "Choose a scan…"))
    office.choose_file(scan)
    app.find(None, re.compile("^It belongs to this case. Compare the name"), timeout=40)
    app.find("label", re.compile(colleague.case), within=window)
    app.click(app.find("push button", "Add it to this case"))
    app.find(None, re.compile("^The scan is with the case"), timeout=40)
    app.click(app.find("push button", "Open the case"))
    app.wait_gone("push button", "Choose a scan…")
    app.find("list item", re.compile(scan.name), timeout=20)


def test_her_authority_is_recorded_from_it(office, server, head, colleague):
    app = office.app
    act_on_people(office, "Somebody acts for them", {
        "Name": DAUGHTER, "Who is their": "Daughter", "Authority": "Written permission",
        "The paper": "Copy attached", "What for": "This case"})
    app.wait_gone("label", NOT_TOLD)
    send(office)
    authority = show(colleague)["representative"]["authority"]
    check(authority["type"] == "written-permission" and authority["evidence"] == "copy-attached", authority)
    check(len(colleague.run("attachments", colleague.case)) == 1, "the scan is with the case")


def test_she_reads_large_print(office, server, head, colleague):
    """As she told a colleague; it is hers, and no other’s."""
    colleague.act(colleague.case, type="person.adjustment-requested", need="large-print",
                  detail="18 point", who=DAUGHTER)
    colleague.run("sync")
    send(office)


def test_her_letter_is_written_and_approved(office, server, head, colleague):
    desktop = office.desktop
    desktop.act("Acknowledge", {"How": "Letter"})
    desktop.act("Record a finding", {"Found": "Upheld", "Reasons": "The book of visits has none of that week.",
                                     "By whom": "Tamsin Roe", "As": "Investigator"})
    desktop.act("Offer a remedy", {"Remedy": "Apology", "What it did to them": "Four days without heating.",
                                   "Who sees to it": "Tamsin Roe", "By": "today"})
    desktop.open("Draft the stage 1 response")
    dialog = office.dialog()
    desktop.fill({"Who gets it": "The representative"}, dialog)
    office.app.click(office.app.find("push button", "Write it from the record", within=dialog))
    letter = office.app.find("text", "The response", within=dialog)
    office.app.wait_text(letter, re.compile("Dear %s.*you act for %s" % (DAUGHTER, MOTHER), re.DOTALL))
    desktop.fill({"Written by": "Tamsin Roe"}, dialog)
    office.app.press("ctrl+Return", window=dialog)
    office.app.wait_gone("push button", "Cancel")
    desktop.act("Approve a draft", {"Can it be sent as it is?": "Yes", "As": "Approver", "Approved by": "Idris Holt"})


def test_it_goes_to_her_in_large_print(office, server, head, colleague):
    """Its pages hold what the record says a letter must, under her name, in the size that she reads."""
    app = office.app
    app.click(app.find("list item", re.compile("^Stage 1 response, .*Approved, not sent")))
    path = office.folder / "response.pdf"
    text = save_letter(office, path)
    check(("Dear %s" % DAUGHTER) in text and ("you act for %s" % MOTHER) in text, text)
    check(text.index(DAUGHTER) < text.index("Dear"), "her name stands above: %s" % text)
    check("Flat 14" not in text.partition("Dear")[0], "the address is her mother’s: %s" % text)
    send(office)
    colleague.run("sync")
    written = colleague.run("letter", colleague.case, "response")
    check(not written["missing"], written)
    for block in written["blocks"]:
        for part in filter(None, [block["heading"], *block["paragraphs"], *block["items"]]):
            check(" ".join(part.split()) in text, "“%s” is not in: %s" % (part, text))
    sizes = pdf.print_sizes(path)
    check(sizes and min(sizes) >= LARGE_PT, "printed in %s points" % sizes)
    office.desktop.act("The draft was sent", {"How": "Letter", "Did it say how to reach the Ombudsman?": "Yes",
                                              "Did it say how to ask for stage 2?": "Yes"})
    send(office)
    responded = show(colleague)["responded"]
    check(responded and responded["reply_to"] == "representative" and responded["reply_to_name"] == DAUGHTER, responded)


def test_it_ends(office, server, head, colleague):
    office.close()


if __name__ == "__main__":
    sys.exit(play_office(globals(), (1366, 1180)))
