#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""test-letters.py AMENDS AMENDS-SERVER AMENDSCTL CHECK-LETTER LANDLORD: every letter of one landlord, from the
application. Each case is brought by amendsctl to where its letters can be written; the application opens each, has what
is approved approved, and saves it as a PDF, in which another program finds each block that is required. Reports as
TAP, a test a case."""

import json
import pathlib
import re
import subprocess
import sys
import tempfile

from staff_support import Desk, Server, Staff, check, days_ago, play
from desktop_support import Desktop

NAMES = {"acknowledgement": "Acknowledgement", "refusal": "Refusal", "extension": "Extension", "update": "Update",
         "response": "Stage 1 response", "closure": "Closure", "stage2-acknowledgement": "Stage 2 acknowledgement",
         "escalation-refusal": "Refusal of stage 2", "stage2-extension": "Stage 2 extension",
         "stage2-response": "Stage 2 response", "stage2-closure": "Closure after stage 2", "thanks": "Thanks",
         "appointment": "Appointment", "withdrawal": "Complaint taken back", "forwarding": "Passed on",
         "receipt": "Receipt for somebody who writes for them", "authority-form": "Form: authority to act",
         "sharing-form": "Form: agreement to share", "loss-form": "Form: evidence of loss"}

ROE = {"name": "Tamsin Roe", "role": "@handler"}
MARSH = {"name": "Odile Marsh", "role": "stage2-reviewer"}
HEAD = {"name": "Idris Holt", "role": "@head"}
MANAGER = {"name": "Idris Holt", "role": "@manager"}
ROLES = {"@handler": {"wdh": "line-manager", None: "investigator"},
         "@manager": {"housing-21": "line-manager", "rosebery": "approver", None: "senior-lead"},
         "@head": {"housing-21": "approver", "rosebery": "approver", None: "senior-lead"}}
SAID = {"channel": "letter", "ombudsman_details": True}


def later(n_ago, n_days=2):
    return {"told_on": days_ago(n_ago), "working_days": n_days, "reason": "The report is late", "agreed": True,
            "next_update": days_ago(-7), **SAID}


def definition(**more):
    return {"understanding": "The lift stands still", "outcome_sought": "A lift that goes", "not_ours": False, **more}


BEGUN = [("acknowledged", 12, {"channel": "letter"}),
         ("contacted", 12, {"channel": "telephone", "reached": True, "text": "What it is about"}),
         ("assigned", 12, {"to": ROE, "conflict_of_interest": False}),
         ("defined", 12, definition())]
FOUND = [("finding", 10, {"issue": "@", "finding": "upheld", "reasons": "It stood for forty days"}),
         ("remedy-offered", 10, {"remedy": "apology", "impact": "Nine days indoors", "due": days_ago(-7),
                                 "owner": ROE})]
ANSWERED = [*FOUND, ("responded", 9, {"author": ROE, "approved_by": MANAGER, "escalation_told": True, **SAID,
                                       "findings": [{"issue": "@", "finding": "upheld", "reasons": "It stood"}]})]
ESCALATED = [*ANSWERED, ("escalation-requested", 8, {"channel": "telephone", "reasons": "It stops again"})]

# What it is about, what else is recorded, what is done in it, which letters it is for.
CASES = [
    ("The lift stands still", {
        "representative": {"name": "Kay Marsh", "relation": "daughter"},
        "consents": [{"purpose": "share-with-contractor", "to": "Oak Lifts Ltd", "given": "ask-me"}]},
     [*BEGUN, ("extended", 3, later(3)),
      ("updated", 3, {"channel": "letter", "text": "The part is ordered", "next_update": days_ago(-7)}),
      ("appointed", 3, {"what": "To see the lift", "day": days_ago(-3), "from": "14:00", "until": "16:00",
                         "where": "Flat 12", "comes": ROE, "ring": "01632 960011"}),
      ("forwarded", 11, {"forwarded_to": "The repairs team", "told_on": days_ago(11)}), *FOUND],
     ["acknowledgement", "extension", "update", "response", "appointment", "forwarding", "receipt", "authority-form",
      "sharing-form", "loss-form"]),
    ("The door sticks", {}, [
        *BEGUN, *ESCALATED, ("stage2-acknowledged", 7, {"channel": "letter"}),
        ("stage2-assigned", 7, {"to": MARSH, "conflict_of_interest": False}),
        ("stage2-defined", 7, definition(why_unhappy="It sticks again")), ("stage2-extended", 4, later(4)),
        ("stage2-finding", 3, {"issue": "@", "finding": "upheld", "reasons": "It was planed late",
                               "changes_stage1": False})],
     ["stage2-acknowledgement", "stage2-extension", "stage2-response"]),
    ("The gutter drips", {}, [
        *BEGUN, *ESCALATED, ("stage2-acknowledged", 7, {"channel": "letter"}),
        ("stage2-assigned", 7, {"to": MARSH, "conflict_of_interest": False}),
        ("stage2-responded", 3, {"author": MARSH, "approved_by": MANAGER, "changes_stage1": False, **SAID,
                                 "findings": [{"issue": "@", "finding": "upheld", "reasons": "It drips"}]}),
        ("closure-contact", 2, {"channel": "telephone", "reached": True}),
        ("stage2-closed", 1, {"closure": "final-response", "actions_outstanding": False,
                              "text": "All that was promised is done."})],
     ["stage2-closure"]),
    ("The light is out", {}, [
        *BEGUN, *ANSWERED, ("closure-contact", 2, {"channel": "telephone", "reached": True}),
        ("closed", 1, {"closure": "resolved-agreed", "agreed": True, "actions_outstanding": False,
                       "text": "All that was promised is done."})],
     ["closure"]),
    ("The stair was painted", {}, [
        ("declined", 12, {"ground": "older-than-limit", "reasons": "It was seven years ago", "exceptions": "None named",
                          "discretion": "Nothing kept them from it", "told_on": days_ago(12),
                          "ombudsman_details": True, "decided_by": HEAD})],
     ["refusal"]),
    ("The bell is loud", {}, [
        *BEGUN, *ESCALATED, ("escalation-refused", 7, {
            "ground": "older-than-limit", "reasons": "It was seven years ago", "exceptions": "None named",
            "discretion": "Nothing is new", "decided_by": HEAD, "told_on": days_ago(7), "ombudsman_details": True})],
     ["escalation-refusal"]),
    ("The bin is full", {}, [("withdrawn", 11, {"because": "It was emptied"})], ["withdrawal"]),
    ("The warden was kind", {"kind": "compliment"}, [], ["thanks"]),
]


def of_landlord(members, landlord):
    """Whoever may do it under that policy: who handles a complaint, and who approves what is decided."""
    text = json.dumps(members)
    for role, roles in ROLES.items():
        text = text.replace('"%s"' % role, '"%s"' % roles.get(landlord, roles[None]))
    return text


def prepare(desk, landlord, what, recorded, acts):
    """Gives its reference."""
    reference = desk.record(received=days_ago(12), complainant={"name": "Ivy Marsh", "home": "Flat 12, Oak Court"},
                            issues=[{"what": what, "outcome_sought": "That it is put right",
                                     "arose": "2019-01" if "older-than-limit" in json.dumps(acts) else days_ago(40)}],
                            **recorded)
    issue = desk.run("show", reference)["issues"][0]["id"]
    for word, n_ago, members in acts:
        text = of_landlord(members, landlord).replace('"@"', json.dumps(issue))
        desk.act(reference, type="case." + word, on=days_ago(n_ago), **json.loads(text))
    return reference


def text_of(letter):
    """As a person begins with it."""
    lines = [*(letter[key] for key in ("landlord", "to", "home", "day", "reference") if letter[key]), "",
             letter["title"], "", letter["greeting"], ""]
    for block in letter["blocks"]:
        lines += [block["heading"] or "", *block["paragraphs"], *("• " + item for item in block["items"]), ""]
    return "\n".join([*lines, letter["farewell"] or "", letter["from"] or ""])


def draft(desk, landlord, reference, kind):
    """The response, as it is written from the record, by its author."""
    stage = "stage2-" if kind == "stage2-response" else ""
    author = json.loads(of_landlord(MARSH if stage else ROE, landlord))
    return desk.act(reference, type="case.%sdrafted" % stage, on=days_ago(0), author=author,
                    text=text_of(desk.run("letter", reference, kind, "--from", author["name"])))


class Post:
    """The application, whoever prepares what it writes, and what reads it."""

    def __init__(self, office, colleague, checker, landlord):
        self.office, self.app, self.colleague, self.checker = office, office.app, colleague, checker
        self.desktop = Desktop(office, None)
        self.landlord = landlord

    def approve(self, reference, kind):
        """What was drafted is approved in the application, whose window of it is left open."""
        draft(self.colleague, self.landlord, reference, kind)
        self.colleague.run("sync")
        self.office.send_now()
        self.app.find("list item", re.compile("^%s, .*Drafted" % NAMES[kind]), timeout=30)
        self.desktop.act("Approve a draft" + (" of stage 2" if kind == "stage2-response" else ""),
                         {"Can it be sent as it is?": "Yes", "Approved by": "Idris Holt",
                          "As": "Line manager" if self.landlord == "housing-21" else "Approver"})
        self.app.click(self.app.find("list item", re.compile("^%s, .*Approved, not sent" % NAMES[kind])))

    def write(self, reference, kind):
        """A letter is opened, saved where a person says, and looked at by another program."""
        path = self.office.folder / ("%s-%s.pdf" % (reference, kind))
        if kind in ("response", "stage2-response"):
            self.approve(reference, kind)
        else:
            self.office.act(NAMES[kind], "Write a letter")
        window = self.app.find("push button", "Save as PDF…").window
        self.app.click(self.app.find("push button", "Save as PDF…"))
        self.office.choose_file(path.with_suffix(""))  # the end of the name stands there already
        self.app.find(None, re.compile("^Saved. Whoever can read that folder"))
        self.app.press("Escape", window=window)
        self.app.wait_gone("push button", "Save as PDF…")
        self.check_paper(path, reference, kind)

    def check_paper(self, path, reference, kind):
        letter = path.with_suffix(".json")
        letter.write_text(json.dumps(self.colleague.run("letter", reference, kind)), encoding="utf-8")
        answer = subprocess.run([self.checker, path, letter], capture_output=True, text=True, timeout=60, check=False)
        check(answer.returncode == 0, "%s: %s%s" % (kind, answer.stdout, answer.stderr))

    def write_all(self, what, kinds, reference):
        self.app.press("ctrl+k")
        window = self.app.find("entry", "Go to").window
        self.app.type(reference, window=window)
        self.app.find("list item", re.compile("Ivy Marsh"), within=window, timeout=40)
        self.app.press("Return", window=window)
        self.app.find("label", re.compile("^“?%s" % what), timeout=20)
        for kind in kinds:
            self.write(reference, kind)


def tell(post, server, head, landlord):
    written = set()
    references = {}

    def begin():
        head.publish(landlord, "2020-01-01")
        post.colleague.run("sync")
        for what, recorded, acts, _kinds in CASES:
            references[what] = prepare(post.colleague, landlord, what, recorded, acts)
        post.colleague.run("sync")
        post.office.enrol(server, "Oak Court laptop", "Janet Whitlock")
        post.app.find("label", re.compile("^(Today|Oak Court is ready)$"), timeout=60)

    def deed(what, kinds):
        post.write_all(what, kinds, references[what])
        written.update(kinds)

    def end():
        """No letter that there is was left out."""
        check(written == set(NAMES), "not written: %s" % (set(NAMES) - written))
        post.office.close()

    tests = {"test_it_begins": begin}
    for what, _recorded, _acts, kinds in CASES:
        tests["test_" + "_".join(kinds).replace("-", "_")] = lambda what=what, kinds=kinds: deed(what, kinds)
    tests["test_it_ends"] = end
    return play(tests)


def main():
    program, server_program, amendsctl, checker, landlord = sys.argv[1:6]
    with tempfile.TemporaryDirectory(dir="/tmp", prefix="amends-letters-") as scratch:
        folder = pathlib.Path(scratch)
        with Server(server_program, folder / "server") as server:
            server.start()
            head = Desk(amendsctl, server, folder / "head")
            colleague = Desk(amendsctl, server, folder / "colleague", "staff")
            with Staff(program, folder / "office") as office:
                office.place(0, 1366, 1180)
                return tell(Post(office, colleague, checker, landlord), server, head, landlord)


if __name__ == "__main__":
    sys.exit(main())
