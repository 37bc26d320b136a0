#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""test-acts.py AMENDSCTL SERVER SOURCE: every act that there is, done once by the command line and read back
by `show` and `history`, on the device that did it and on another. What acts there are is asked of the
program, so that an act without a row here fails. Prints TAP.

One story: what one test leaves behind the next ones find."""

import datetime
import json
import os
import pathlib
import subprocess
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))

from scene import DONE, TIMEOUT_S, TODAY, Story, equal, play  # noqa: E402


def day(n_ago):
    return (TODAY - datetime.timedelta(n_ago)).isoformat()


HEAD = {"name": "Idris Holt", "role": "senior-lead"}
ROE = {"name": "Tamsin Roe", "role": "investigator"}
MARSH = {"name": "Odile Marsh", "role": "stage2-reviewer"}
MORE = {"told_on": day(50), "channel": "letter", "working_days": 3, "reason": "The report is late",
        "agreed": True, "ombudsman_details": True, "next_update": day(48)}

# Each act once: the case, the act, when, and what it says. "@name" is the id of the row that is called so
# (behind #), "@CASE" that of the first thing complained of in that case. A row of "other" is written by
# somebody else on the second device. An act is read back with all that it says; where `show` has it under
# other names or not at all, the last column says where it stands.
ROWS = [
    # From the receipt to the end of stage 2, each answer drafted, approved and sent.
    ("whole", "case.noted", None, {"text": "Rang: the lift stands again"}),
    ("whole", "contact.changed", None, {"phone": "01632 960013", "home": "Flat 14"}),
    ("request", "issue.added", None, {"what": "The stairs are dark", "arose": day(61), "effect": "A fall"}),
    ("whole", "consent.given", None, {"purpose": "share-with-contractor", "to": "Oak Lifts Ltd"},
     ("consents", {"purpose": "share-with-contractor", "to": "Oak Lifts Ltd", "given": True})),
    ("whole", "consent.withdrawn", None, {"purpose": "share-with-contractor", "to": "Oak Lifts Ltd"},
     ("consents", {"purpose": "share-with-contractor", "withdrawn": TODAY.isoformat()})),
    ("whole", "consent.refused", None, {"purpose": "sample-to-residents-panel"},
     ("consents", {"purpose": "sample-to-residents-panel", "given": False})),
    ("whole", "consent.deferred", None, {"purpose": "keep-recording"},
     ("consents", {"purpose": "keep-recording", "given": "ask-me"})),
    ("whole", "adjustment.added", None, {"need": "large-print", "detail": "18 point"}),
    ("whole", "person.adjustment-decided", 58, {"need": "large-print", "agreed": True, "due": day(50),
                                                "told_on": day(58)}),
    ("whole", "person.adjustment-made", 55, {"need": "large-print", "text": "The first letter"}),
    ("whole", "person.adjustment-reviewed", 54, {"need": "large-print", "outcome": "kept",
                                                 "review": day(-180)}),
    ("whole", "adjustment.ended", None, {"need": "large-print"},
     ("adjustments", {"need": "large-print", "ended": TODAY.isoformat()})),
    ("whole", "person.disability-disclosed", 58, {"what": "Her sight is failing",
                                                  "purpose": "So that letters can be read"}),
    ("whole", "person.capacity-assessed", 58, {"decides": False, "ground": "Seen by her doctor",
                                               "done_by": {"name": "Idris Holt"},
                                               "own_view": "She wants the lift mended",
                                               "help": "Pictures, and her niece beside her"},
     ("capacity", {"decides": False, "own_view": "She wants the lift mended"})),
    ("whole", "person.preference", None, {"preferred_contact": "letter", "language": "Welsh"}),
    ("whole", "authority.given", None, {"name": "Fenna Ashdown", "relation": "daughter",
                                        "authority": {"type": "written-permission", "given": True}},
     ("representative", {"name": "Fenna Ashdown", "relation": "daughter"})),
    ("whole", "authority.withdrawn", None, {"name": "Fenna Ashdown"},
     ("representative", {"withdrawn": TODAY.isoformat()})),
    ("whole", "case.accepted", 59, {}),
    ("whole", "case.triaged", 59, {"complexity": False, "vulnerability": "Stairs", "risk": False}),
    ("whole", "case.acknowledged", 58, {"channel": "letter"}),
    ("whole", "case.assigned", 58, {"to": ROE, "conflict_of_interest": False}),
    ("whole", "case.contacted", 57, {"channel": "telephone", "reached": True}),
    ("whole", "case.defined", 57, {"understanding": "The lift stops", "outcome_sought": "A lift",
                                   "not_ours": False, "told_on": day(57)}),
    ("whole", "case.updated", 54, {"channel": "email", "text": "The contractor comes"}),
    ("whole", "case.extended", 50, MORE),
    ("whole", "case.departure", 50, {"clause": "6.5.1", "reason": "The report", "authorised_by": HEAD,
                                     "told_on": day(50)}),
    ("whole", "case.disclosed", 50, {"to": "Oak Lifts Ltd", "what": "Her flat", "ground": "emergency"}),
    ("whole", "case.information-requested #asked", 50, {"what": "The log", "due": day(45),
                                                        "from": "Oak Lifts Ltd"}),
    ("whole", "case.information-answered", 46, {"request": "@asked", "text": "Nine call-outs"},
     ("information_requests", {"id": "@asked", "text": "Nine call-outs"})),
    ("whole", "case.appointed #met", 50, {"what": "To see the lift", "day": day(48), "from": "14:00",
                                          "until": "16:00", "where": "Flat 12", "comes": ROE,
                                          "ring": "01632 960011"}),
    ("whole", "case.appointment-ended", 48, {"appointment": "@met", "outcome": "kept"},
     ("appointments", {"id": "@met", "outcome": "kept"})),
    ("whole", "case.investigated", 46, {"what": "Read the log", "complete": True}),
    ("whole", "case.finding", 46, {"issue": "@whole", "finding": "upheld", "reasons": "Forty days"}),
    ("whole", "case.remedy-offered #remedy", 46, {
        "remedy": "financial-distress-inconvenience", "gross_pence": 25000, "due": day(0), "owner": ROE,
        "impact": "Nine days indoors", "authorised_by": HEAD}),
    ("whole", "case.remedy-answered", 45, {"remedy": "@remedy", "answer": "accepted"},
     ("remedies", {"id": "@remedy", "answer": "accepted"})),
    ("whole", "case.remedy-given", 40, {"remedy": "@remedy", "paid_pence": 25000, "proof": "A transfer"},
     ("remedies", {"id": "@remedy", "paid_pence": 25000})),
    ("whole", "case.action-added #action", 45, {"what": "Renew the drive", "due": day(5), "owner": ROE}),
    ("whole", "case.action-done", 6, {"action": "@action", "text": "Renewed", "told_on": day(6)},
     ("actions", {"id": "@action", "text": "Renewed"})),
    ("whole", "case.drafted #draft", 45, {"text": "@letter response", "author": ROE}),
    ("whole", "case.approved", 44, {"draft": "@draft", "agreed": True, "approved_by": HEAD},
     ("drafts", {"id": "@draft", "agreed": True})),
    ("whole", "case.sent", 43, {"draft": "@draft", "channel": "letter", "escalation_told": True}),
    ("whole", "case.delivered", 42, {"stage": 1}, ("delivered", {"on": day(42)})),
    ("whole", "case.panel-requested", 41, {"stage": 1, "channel": "email"}, ("panel_requested", {
        "on": day(41)})),
    ("whole", "case.panel-recommended", 40, {"stage": 1, "outcome": "higher",
                                             "members": [{"name": "Petra Quill"}]}),
    ("whole", "case.panel-decided", 39, {"stage": 1, "outcome": "higher", "accepted": True,
                                         "members": [{"name": "Petra Quill"}]}),
    ("whole", "case.escalation-requested", 38, {"channel": "telephone", "reasons": "It stops again"}),
    ("whole", "case.escalation-refused", 37, {
        "ground": "already-considered", "reasons": "Considered", "decided_by": HEAD, "told_on": day(37),
        "ombudsman_details": True}, ("escalation_refused", None)),
    ("whole", "case.understanding", 36, {"step": "sent", "text": "The lift"}),
    ("whole", "case.stage2-acknowledged", 36, {"channel": "letter"}),
    ("whole", "case.stage2-assigned", 36, {"to": MARSH, "supporters": [{"name": "Lior Penn"}]}),
    ("whole", "case.stage2-contacted", 35, {"channel": "home-visit", "reached": True}),
    ("whole", "case.stage2-defined", 35, {
        "understanding": "It stops still", "outcome_sought": "A new lift", "not_ours": False,
        "why_unhappy": "Nothing came of it", "told_on": day(35)}),
    ("whole", "case.stage2-updated", 30, {"channel": "email", "text": "The lift is measured"}),
    ("whole", "case.stage2-extended", 29, {**MORE, "told_on": day(29), "next_update": day(20)}),
    ("whole", "case.stage2-investigated", 28, {"what": "Rode in it", "complete": True}),
    ("whole", "case.stage2-finding", 27, {"issue": "@whole", "finding": "partly-upheld",
                                          "reasons": "The drive was renewed late",
                                          "changes_stage1": True}),
    ("whole", "case.stage2-drafted #draft2", 26, {"text": "@letter stage2-response", "author": MARSH}),
    ("whole", "case.stage2-approved", 25, {"draft": "@draft2", "agreed": True, "approved_by": HEAD},
     ("stage2_drafts", {"id": "@draft2", "agreed": True})),
    ("whole", "case.stage2-sent", 24, {"draft": "@draft2", "channel": "letter",
                                       "ombudsman_details": True}),
    ("whole", "case.referred", 23, {"to": "housing-ombudsman", "by_complainant": True, "due": day(10)}),
    ("whole", "case.determination", 15, {"determination": "service-failure", "issue": "@whole"},
     ("determinations", {"determination": "service-failure"})),
    ("whole", "case.order #order", 15, {"what": "Apologise", "binding": True, "due": day(5),
                                        "owner": HEAD}),
    ("whole", "case.order-done", 7, {"order": "@order", "text": "Apologised", "told_on": day(7)},
     ("orders", {"id": "@order", "text": "Apologised"})),
    ("whole", "case.learning", 6, {"what": "Order parts sooner", "owner": HEAD, "due": day(-90)}),
    ("whole", "case.closure-contact", 5, {"channel": "telephone", "reached": True}),
    ("whole", "case.stage2-closed", 4, {"closure": "final-response"}),
    ("whole", "case.survey", 3, {"step": "sent", "channel": "letter"}),

    # Refused, taken up again, answered without a draft, and closed.
    ("old", "case.declined", 58, {
        "ground": "older-than-limit", "reasons": "Seven years ago", "exceptions": "None named",
        "discretion": "Nothing kept them from it", "told_on": day(58), "ombudsman_details": True,
        "decided_by": HEAD}, ("declined", None)),
    ("old", "case.reopened", 57, {"because": "refusal-overturned"}),
    ("old", "case.ask-first", 57, {"ask": {"name": "Idris Holt"}}, ("ask_first", {"ask": {"name": "Idris Holt"}})),
    ("whole", "case.transcribed", 57, {"attachment": "@voice", "text": "It drips. Since Sunday.",
                                       "done_by": {"name": "Tamsin Roe"}},
     ("transcripts", {"text": "It drips. Since Sunday."})),
    ("old", "case.forwarded", 57, {"forwarded_to": "The line manager", "told_on": day(57)}),
    ("old", "case.matched #link", 57, {"with": "7K-2025-44", "as": "background"}),
    ("old", "case.parted", 57, {"event": "@link", "because": "Another lift"},
     ("parted", {"because": "Another lift"})),
    ("old", "case.joined", 57, {"with": "7K-2026-12", "received": day(62)}),
    ("old", "case.split", 57, {"issue": "@old second", "with": "7K-2026-15"},
     ("split_issues", {"with": "7K-2026-15"})),
    ("old", "case.behaviour-restriction #limit", 56, {
        "what": "One call a week", "reasons": "Forty a day", "evidence": "The log",
        "equality": "She can ring", "decided_by": HEAD, "told_on": day(56), "review": day(-60)}),
    ("old", "case.behaviour-reviewed", 40, {"restriction": "@limit", "outcome": "ended",
                                            "reasons": "It is quiet"},
     ("restrictions", {"id": "@limit", "outcome": "ended"})),
    ("old", "case.edition-moved", None, {"edition": "@edition", "because": "They asked for it"},
     ("edition", {"id": "@edition"})),
    ("old", "case.acknowledged #late", 2, {"channel": "letter"}, ("acknowledged", {"on": day(54)})),
    ("old", "case.corrected #correction", None, {"event": "@late", "field": "on", "to": day(54),
                                                 "because": "The letter is dated so"}),
    ("old", "case.correction-answered", None, {"correction": "@correction", "agreed": True},
     ("acknowledged", {"on": day(54)}), "other"),
    ("old", "case.responded", 50, {
        "channel": "letter", "author": ROE, "escalation_told": True,
        "findings": [{"issue": "@old", "finding": "upheld", "reasons": "It stood"}]}),
    ("old", "case.closure-contact", 48, {"channel": "telephone", "reached": True}),
    ("old", "case.closed", 46, {"closure": "resolved-agreed", "agreed": True,
                                "actions_outstanding": False}),
    ("old", "case.escalation-requested", 45, {"channel": "telephone"}),
    ("old", "case.stage2-responded", 30, {
        "channel": "letter", "author": MARSH, "ombudsman_details": True, "changes_stage1": False,
        "findings": [{"issue": "@old", "finding": "upheld", "reasons": "It stood"}]}),

    # A request that becomes a complaint, with a hazard in it.
    ("request", "case.request-resolved", 58, {"outcome": "The door was planed", "agreed": True}),
    ("request", "case.dissatisfied", 50, {"channel": "telephone", "text": "It sticks again"}),
    ("request", "case.promoted", 50, {"entry": "unhappy-with-request"},
     (None, {"kind": "complaint", "received": day(50)})),
    ("request", "case.hazard-reported #hazard", 49, {"what": "Bare wires", "emergency": True,
                                                     "channel": "telephone"}),
    ("request", "case.hazard-investigated", 48, {"found": True, "text": "Live",
                                                 "hazard": "@hazard"}),
    ("request", "case.hazard-summary-sent", 47, {"channel": "letter", "text": "What we found",
                                                 "hazard": "@hazard"}),
    ("request", "case.hazard-made-safe", 46, {"text": "Boxed in", "hazard": "@hazard"}),
    ("request", "conflict.settled", None, {"field": "complainant.phone", "value": "01632 960015"},
     ("complainant", {"phone": "01632 960015"})),
    ("request", "case.complainant-joined", 2, {"name": "Odd Roe", "home": "Flat 3"}),
    ("request", "case.withdrawn", 1, {"because": "It was put right"}),

    # What ends, leaves, or is taken out.
    ("moved", "case.moved", None, {"to": "elm", "because": "Elm Row looks after the home"},
     (None, {"scheme": "elm"})),
    ("gone", "case.erasure-asked #erasure", None, {"because": "asked-by-person"},
     ("erasures", {"because": "asked-by-person"})),
    ("gone", "case.erasure-agreed", None, {"ask": "@erasure"}, (None, {"erased": True}), "other"),
]


class Writer:
    """One device that takes acts, a line each, and answers each."""

    def __init__(self, scene, store):
        self.scene, self.store, self.process = scene, store, None

    def write(self, reference, value):
        if self.process is None:
            self.process = subprocess.Popen(
                self.scene.words(self.store, "act", "--lines", "-"), env=self.scene.environment,
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8")
        self.process.stdin.write(json.dumps({"reference": reference, "act": value}) + "\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        if "events" not in answer:
            self.process.stdin.close()
            raise AssertionError("%s: %s%s" % (value, answer, self.process.stderr.read()))
        return json.loads(answer)["events"][0]

    def rest(self):
        """Lets go of the store."""
        if self.process is not None:
            self.process.stdin.close()
            self.process.stdout.close()
            self.process.stderr.close()
            equal(self.process.wait(TIMEOUT_S), DONE)
            self.process = None


def split(row):
    """The parts of a row: case, act, its name, day, members, where it stands, whether somebody else wrote it."""
    case, act, n_ago, members, *more = row
    word, _, name = act.partition(" #")
    where = next((one for one in more if isinstance(one, tuple)), ...)
    return case, word, name, n_ago, members, where, "other" in more


def resolve(scene, case, value):
    """@value with the ids of what its names stand for."""
    if isinstance(value, dict):
        return {key: resolve(scene, case, one) for key, one in value.items()}
    if isinstance(value, list):
        return [resolve(scene, case, one) for one in value]
    if not isinstance(value, str) or not value.startswith("@"):
        return value
    if not value.startswith("@letter "):
        return scene.names[value[1:]]
    scene.writers[False].rest()
    letter = scene.take(scene.first, "letter", scene.cases[case], value[8:])
    return "\n".join([letter["title"]] + [
        line for block in letter["blocks"]
        for line in [block["heading"] or "", *block["paragraphs"], *block["items"]]])


def holds(value, wanted):
    """Whether @value, or one thing in it, says all of @wanted, itself or in what stands in it."""
    if isinstance(value, list):
        return any(holds(one, wanted) for one in value)
    if not isinstance(value, dict):
        return False
    rest = {key: one for key, one in wanted.items() if key not in value or value[key] != one}
    return not rest or any(holds(one, rest) for one in value.values())


def sync(scene):
    for writer in scene.writers.values():
        writer.rest()
    with scene.serving():
        for store in (scene.first, scene.second, scene.first):
            scene.take(store, "sync")


def test_begin(scene):
    scene.begin()
    scene.admin("scheme", "add", "elm", "--name", "Elm Row")
    for row in json.loads(scene.run([*scene.server_words(), "--json", "device", "list"]).output):
        scene.admin("grant", row["code"], "s.elm")
    head = scene.folder / "head"
    scene.writers = {False: Writer(scene, scene.first), True: Writer(scene, scene.second)}
    with scene.serving():
        equal(scene.enrol(head, "Head office", scene.invite(kind="admin"), "--staff", "Perrin Vale").status,
              DONE)
        scene.take(head, "policy", "publish", "one-housing", "--from", "2020-01-01")
        edition = scene.take(head, "policy", "publish", "one-housing", "--from", TODAY.isoformat())
        scene.take(head, "sync")
    sync(scene)
    scene.names, scene.cases = {"edition": edition["id"]}, {}
    for name, arose, kind in (("whole", day(65), "complaint"), ("old", "2019", "complaint"),
                              ("request", day(65), "service-request"), ("gone", day(65), "complaint"),
                              ("moved", day(65), "complaint")):
        scene.cases[name] = scene.take(scene.first, "record", "-", value={
            "kind": kind, "scheme": "oak", "received": day(60), "channel": "telephone",
            "complainant": {"name": "Aldra Ashmère", "phone": "01632 960012"},
            "issues": [{"what": "The lift stops", "arose": arose},
                       *([{"what": "The charge", "arose": arose}] if name == "old" else [])]})["reference"]
        issues = scene.take(scene.first, "show", scene.cases[name])["issues"]
        scene.names.update({name: issues[0]["id"], name + " second": issues[-1]["id"]})
    voice = scene.folder / "voice.ogg"
    voice.write_bytes(b"OggS" + bytes(60))
    scene.names["voice"] = scene.take(scene.first, "attach", scene.cases["whole"], voice)["events"][0]
    sync(scene)
    for writer, phone in ((False, "01632 960015"), (True, "01632 960016")):
        scene.writers[writer].write(scene.cases["request"], {"type": "contact.changed", "phone": phone})
    sync(scene)


def test_every_act_has_a_row(scene):
    """What the program takes, and what it says may be done, are one list; each is in it once."""
    acts = [line.split(":")[0] for line in
            scene.ctl(scene.first, "schema", "--acts", plain=True).output.splitlines()]
    equal(len(acts), len(set(acts)))
    rows = {split(row)[1] for row in ROWS}
    equal((set(acts) - rows, rows - set(acts)), (set(), set()))
    equal({row["act"] for row in scene.take(scene.first, "may", scene.cases["whole"])} - set(acts), set())


def test_saved(scene):
    """Each is saved under an id of its own, in the order of the rows."""
    scene.written = []
    for row in ROWS:
        case, word, name, n_ago, members, where, by_other = split(row)
        if by_other:
            sync(scene)
        act = {**({} if n_ago is None else {"on": day(n_ago)}), **resolve(scene, case, members)}
        event = scene.writers[by_other].write(scene.cases[case], {"type": word, **act})
        scene.names[name or word] = event
        scene.written.append((case, word, event, act, where))
        if by_other:
            sync(scene)
    sync(scene)
    equal(len(scene.written), len(ROWS))


def read_back(scene, store):
    shown = {name: scene.take(store, "show", reference) for name, reference in scene.cases.items()}
    histories = {name: {entry["id"]: entry for entry in scene.take(store, "history", reference)}
                 for name, reference in scene.cases.items()}
    for case, word, event, act, where in scene.written:
        entry = histories[case][event]
        equal(entry["verified"], True)
        if entry["erased"]:
            continue
        equal((entry["type"], {key: entry["body"].get(key) for key in act}), (word, act))
        place, wanted = (None, act) if where is ... else where
        found = shown[case] if place is None else shown[case].get(place)
        if wanted is None:
            equal((word, found), (word, None))
        else:
            assert holds(found, resolve(scene, case, wanted)), (word, wanted, place and found)


def test_read_back(scene):
    read_back(scene, scene.first)


def test_read_back_elsewhere(scene):
    read_back(scene, scene.second)


def test_whole(scene):
    for store in (scene.first, scene.second):
        equal(scene.take(store, "fsck")["ok"], True)
    equal(scene.take(scene.first, "conflicts"), [])


if __name__ == "__main__":
    scene = Story(*(os.path.abspath(argument) for argument in sys.argv[1:4]))
    sys.exit(play("acts", scene, dict(globals())))
