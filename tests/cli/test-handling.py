#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""test-handling.py AMENDSCTL SERVER SOURCE: a complaint from its receipt to the end of stage 2 under
one landlord's policy, by the command line: each act of complaint handling is done, what is not open is
refused with its clauses, and the same question asked beforehand has the same answer. Prints TAP.

One story: what one test leaves behind the next ones find."""

import datetime
import json
import os
import pathlib
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))

from scene import DONE, REFUSED, STORE, TODAY, USAGE, Story, equal, play, refused  # noqa: E402

HEAD = {"name": "Idris Holt", "role": "senior-lead"}


def day(n_ago):
    return (TODAY - datetime.timedelta(n_ago)).isoformat()


def intake(kind="complaint", n_ago=60, **members):
    return {"kind": kind, "scheme": "oak", "received": day(n_ago), "channel": "telephone",
            "complainant": {"name": "Aldra Ashmère", "phone": "01632 960012"},
            "issues": [{"what": "The lift stops", "arose": day(n_ago + 5)}], **members}


def record(scene, **members):
    return scene.take(scene.first, "record", "-", value=intake(**members))["reference"]


def act(scene, reference, word, n_ago=0, **members):
    return scene.take(scene.first, "act", reference, "-",
                      value={"type": "case." + word, "on": day(n_ago), **members})


def acts(scene, reference, *rows):
    """Many in one process, each written by itself."""
    lines = [json.dumps({"reference": reference,
                         "act": {"type": "case." + word, "on": day(n_ago), **members}})
             for word, n_ago, members in rows]
    answer = scene.ctl(scene.first, "act", "--lines", "-", text="\n".join(lines) + "\n")
    equal(answer.status, DONE)


def refuse(scene, reference, word, field, clauses, n_ago=0, **members):
    answer = scene.ctl(scene.first, "act", reference, "-", text=json.dumps(
        {"type": "case." + word, "on": day(n_ago), **members}))
    refused(answer, REFUSED, "refused", field)
    equal(answer.error["clause"], clauses)


def may(scene, reference, word):
    answer = scene.take(scene.first, "may", reference, word)
    equal(set(answer), {"act", "open", "reason", "clause", "warnings"})
    equal(answer["open"], answer["reason"] is None)
    return answer


def standing(scene, reference):
    shown = scene.take(scene.first, "show", reference)
    return shown["state"], shown["stage"]


def issue_of(scene, reference):
    return scene.take(scene.first, "show", reference)["issues"][0]["id"]


def test_begin(scene):
    scene.begin()
    scene.head = scene.folder / "head"
    with scene.serving():
        equal(scene.enrol(scene.head, "Head office", scene.invite(kind="admin"), "--staff",
                          "Perrin Vale").status, DONE)
        scene.take(scene.head, "policy", "publish", "one-housing", "--from", "2020-01-01")
        scene.take(scene.head, "sync")
        scene.take(scene.first, "sync")
    scene.case = record(scene)
    equal(standing(scene, scene.case), ("open", "stage-1"))


def test_used_wrongly(scene):
    refused(scene.ctl(scene.first, "may"), USAGE, "usage")
    refused(scene.ctl(scene.first, "may", "7K-9999-9"), USAGE)
    refused(scene.ctl(scene.first, "may", scene.case, "explode"), USAGE, "invalid", "act")
    refused(scene.ctl(scene.first, "staff", "roles", "Nobody Known"), USAGE, "not-found", "name")


def test_all(scene):
    """One answer for each act, and the same in words."""
    answers = {row["act"]: row for row in scene.take(scene.first, "may", scene.case)}
    assert {"case.noted", "case.declined", "case.stage2-closed"} <= answers.keys(), answers
    equal(answers["case.stage2-closed"]["clause"], "Code 6.10")
    plain = scene.ctl(scene.first, "may", scene.case, "stage2-closed", plain=True)
    equal(plain.status, DONE)
    assert "Nobody has asked for stage 2 (Code 6.10)" in plain.output, plain.output


def test_refused_complaint(scene):
    """A refusal needs a ground, a decider and a letter; it can be overturned."""
    old = record(scene, issues=[{"what": "The lift stops", "arose": "2019"}])
    fit = {"ground": "older-than-limit", "reasons": "Seven years ago", "exceptions": "None named",
           "discretion": "Nothing kept them from it", "told_on": day(0), "ombudsman_details": True,
           "decided_by": HEAD}
    refuse(scene, scene.case, "declined", "ground", "2.4; Code 2.3", **fit)
    refuse(scene, old, "declined", "ombudsman_details", "6.4.1; Code 2.4",
           **{**fit, "ombudsman_details": False})
    refuse(scene, old, "declined", "decided_by", "2.4; Code 2.1", **{**fit, "decided_by": None})
    act(scene, old, "declined", **fit)
    equal(standing(scene, old), ("closed", "closed"))
    equal(may(scene, old, "accepted")["open"], False)
    act(scene, old, "reopened", because="refusal-overturned")
    act(scene, old, "accepted")
    equal(standing(scene, old), ("open", "stage-1"))


def test_stage_1(scene):
    case = scene.case
    acts(scene, case,
         ("accepted", 59, dict()),
         ("acknowledged", 58, dict(channel="letter")),
         ("assigned", 58, dict(to={"name": "Tamsin Roe", "role": "investigator"},
                               conflict_of_interest=False)),
         ("contacted", 57, dict(channel="telephone", reached=False)),
         ("updated", 56, dict(channel="email", text="The contractor comes")))
    extension = {"told_on": day(55), "channel": "letter", "working_days": 8, "reason": "The report",
                 "agreed": True, "ombudsman_details": True, "next_update": day(50)}
    refuse(scene, case, "extended", "good_reason", "6.5.1; Code 6.4", 55,
           **{**extension, "working_days": 11})
    acts(scene, case,
         ("extended", 55, dict(**extension)),
         ("departure", 54, dict(clause="6.5.1", reason="The report", authorised_by=HEAD)))
    refuse(scene, case, "disclosed", "purpose", "8.4.1", 53, to="Oak Lifts Ltd", what="Her flat",
           purpose="share-with-contractor")
    act(scene, case, "disclosed", 53, to="Oak Lifts Ltd", what="Her flat", ground="emergency")
    response = {"channel": "letter", "author": {"name": "Tamsin Roe"}, "escalation_told": True}
    refuse(scene, case, "responded", "findings", "6.4.1, 6.5.1; Code 6.7", 45, **response)
    acts(scene, case,
         ("responded", 45, dict(**response, findings=[{"issue": issue_of(scene, case),
                                                       "finding": "upheld"}])),
         ("delivered", 43, dict(stage=1)))
    equal(may(scene, case, "extended")["clause"], "Code 6.4")


def test_close(scene):
    case = scene.case
    equal(may(scene, case, "closed")["clause"], "1.2, 10.1")
    act(scene, case, "departure", 54, clause="6.5.1", reason="The report", authorised_by=HEAD,
        told_on=day(40))
    equal(may(scene, case, "closed")["clause"], "6.4.1")
    act(scene, case, "closure-contact", 40, channel="telephone", reached=True)
    answer = may(scene, case, "closed")
    equal(answer["open"], True)
    assert "Code 6.10" in answer["warnings"][0], answer
    act(scene, case, "closed", 10, closure="no-escalation-28-days")
    equal(standing(scene, case), ("closed", "closed"))
    equal([row["reference"] for row in scene.take(scene.first, "list", "--state", "closed")],
          [case])


def test_stage_2(scene):
    """Closing does not end the right to it; the reviewer had no part before."""
    case = scene.case
    acts(scene, case,
         ("panel-requested", 9, dict(stage=1, channel="email")),
         ("panel-decided", 8, dict(stage=1, outcome="same", accepted=True,
                                   members=[{"name": "Petra Quill"}])),
         ("escalation-requested", 9, dict(channel="telephone")))
    equal(standing(scene, case), ("open", "stage-2"))
    act(scene, case, "escalation-refused", 8, ground="already-considered", reasons="Considered",
        decided_by=HEAD, told_on=day(8), ombudsman_details=True)
    equal(standing(scene, case), ("closed", "closed"))
    act(scene, case, "escalation-requested", 7, channel="telephone", reasons="It is not")
    equal(standing(scene, case), ("open", "stage-2"))
    acts(scene, case,
         ("understanding", 7, dict(step="sent", text="The lift")),
         ("stage2-acknowledged", 6, dict(channel="letter")))
    refuse(scene, case, "stage2-assigned", "to", "6.5.2; Code 6.13", 6, to={"name": "Tamsin Roe"})
    acts(scene, case,
         ("stage2-assigned", 6, dict(to={"name": "Odile Marsh", "role": "stage2-reviewer"})),
         ("stage2-contacted", 5, dict(channel="home-visit")),
         ("stage2-updated", 4, dict(channel="email")),
         ("stage2-extended", 4, dict(told_on=day(4), channel="letter", working_days=5, agreed=False,
                                     reason="The lift is measured", ombudsman_details=True,
                                     next_update=day(2))),
         ("stage2-responded", 3, dict(channel="letter", author={"name": "Odile Marsh"},
                                      findings=[{"issue": issue_of(scene, case),
                                                 "finding": "partly-upheld"}],
                                      ombudsman_details=True, changes_stage1=True)),
         ("closure-contact", 2, dict(channel="telephone", reached=True)),
         ("stage2-closed", 1, dict(closure="final-response")))
    equal(standing(scene, case), ("closed", "closed"))
    act(scene, case, "withdrawn")


def opened(scene, reference, word, n_ago, **members):
    """The id of the act, which others follow up."""
    return act(scene, reference, word, n_ago, **members)["events"][0]


def test_work(scene):
    """Between the acknowledgement and the response, each act with its refusal; what is sent says
    whole what was found, written and approved."""
    case = record(scene, n_ago=20)
    issue = issue_of(scene, case)
    acts(scene, case, ("acknowledged", 19, dict(channel="letter")))
    triage = {"complexity": False, "vulnerability": "Stairs are too much", "risk": False}
    refuse(scene, case, "triaged", "risk", "1.3; Code 6.1", 19, **{**triage, "risk": None})
    act(scene, case, "triaged", 19, **triage)
    define = {"understanding": "The lift stops", "outcome_sought": "A lift", "told_on": day(19)}
    refuse(scene, case, "defined", "not_ours", "6.4.1, 6.5.1; Code 5.7", 19, **define)
    act(scene, case, "defined", 19, **define, not_ours=False)
    request = opened(scene, case, "information-requested", 18, what="The log", due=day(14),
                     **{"from": "Oak Lifts Ltd"})
    act(scene, case, "information-answered", 15, request=request, text="Nine call-outs")
    act(scene, case, "investigated", 15, what="Read the log", complete=True)
    refuse(scene, case, "finding", "reasons", "6.4.1, 6.5.1; Code 6.7", 15, issue=issue,
           finding="upheld")
    act(scene, case, "finding", 15, issue=issue, finding="upheld", reasons="It took forty days")

    offer = {"remedy": "financial-distress-inconvenience", "gross_pence": 25000, "due": day(0),
             "owner": {"name": "Tamsin Roe"}}
    refuse(scene, case, "remedy-offered", "impact", "Code 7.2", 15, **offer)
    remedy = opened(scene, case, "remedy-offered", 15, **offer, impact="Nine days indoors")
    act(scene, case, "remedy-answered", 14, remedy=remedy, answer="accepted")
    action = opened(scene, case, "action-added", 14, what="Renew the drive", due=day(5),
                    owner={"name": "Tamsin Roe"})

    equal(may(scene, case, "sent")["reason"], "No draft is recorded that could be sent")
    draft = opened(scene, case, "drafted", 13, text="We are sorry", author={"name": "Tamsin Roe"})
    refuse(scene, case, "approved", "approved_by", "6.4.1, 6.5.1; Code 5.8", 13, draft=draft,
           agreed=True, approved_by={"name": "Tamsin Roe", "role": "senior-lead"})
    refuse(scene, case, "approved", "draft", "6.4.1, 6.5.1; Code 6.9", 13, draft=draft, agreed=True,
           approved_by=HEAD)
    letter = scene.take(scene.first, "letter", case, "response")
    whole = [letter["title"]] + [line for block in letter["blocks"] for line in
                                 [block["heading"] or "", *block["paragraphs"], *block["items"]]]
    draft = opened(scene, case, "drafted", 13, text="\n".join(whole),
                   author={"name": "Tamsin Roe"})
    act(scene, case, "approved", 13, draft=draft, agreed=True, approved_by=HEAD)
    refuse(scene, case, "sent", "escalation_told", "6.4.1, 6.5.1; Code 6.9", 12, draft=draft,
           channel="letter")
    act(scene, case, "sent", 12, draft=draft, channel="letter", escalation_told=True)

    shown = scene.take(scene.first, "show", case)
    equal(shown["responded"]["findings"], [{"issue": issue, "finding": "upheld"}])
    equal((shown["responded"]["author"], shown["responded"]["approved_by"]),
          ({"name": "Tamsin Roe"}, HEAD))
    equal(shown["triaged"]["vulnerability"], "Stairs are too much")
    equal(shown["defined"]["outcome_sought"], "A lift")
    equal(shown["findings"][issue]["reasons"], "It took forty days")
    equal([one["answered"]["text"] for one in shown["information_requests"]], ["Nine call-outs"])
    equal([one["complete"] for one in shown["investigations"]], [True])
    equal([(one["approved"] or {}).get("agreed") for one in shown["drafts"]], [None, True])
    equal([(one["net_pence"], one["answered"]["answer"], one["given"])
           for one in shown["remedies"]], [(25000, "accepted", None)])
    equal([(one["due"], one["done"]) for one in shown["actions"]], [(day(5), None)])
    clocks = {(row["source"], row["clock"]): row
              for row in scene.take(scene.first, "clocks", case)}
    equal(clocks["policy", "respond"]["state"], "met")

    act(scene, case, "closure-contact", 11, channel="telephone", reached=True)
    refuse(scene, case, "closed", "actions_outstanding", "Code 6.6", 10, agreed=True,
           closure="resolved-agreed", actions_outstanding=False)
    act(scene, case, "remedy-given", 5, remedy=remedy, paid_pence=25000, proof="A transfer")
    act(scene, case, "action-done", 5, action=action, text="Renewed", told_on=day(5))
    act(scene, case, "closed", 4, closure="resolved-agreed", agreed=True,
        actions_outstanding=False)
    equal(standing(scene, case), ("closed", "closed"))


def test_after(scene):
    """What stands beside a complaint, and what comes after its answer."""
    case = record(scene, n_ago=30, issues=[{"what": "The lift stops"}, {"what": "The charge"}])
    issues = [one["id"] for one in scene.take(scene.first, "show", case)["issues"]]
    acts(scene, case,
         ("forwarded", 30, dict(forwarded_to="The line manager", told_on=day(30))),
         ("matched", 29, {"with": "7K-2025-44", "as": "background"}))
    refuse(scene, case, "joined", "received", "6.5.1; Code 6.8", 29,
           **{"with": "7K-2026-12", "received": day(20)})
    act(scene, case, "split", 29, issue=issues[1], **{"with": "7K-2026-15"})
    refuse(scene, case, "split", "issue", "6.5.1; Code 6.8", 29, issue=issues[0],
           **{"with": "7K-2026-15"})
    limit = {"what": "One call a week", "reasons": "Forty a day", "evidence": "The log",
             "equality": "She can ring", "decided_by": HEAD, "told_on": day(28)}
    refuse(scene, case, "behaviour-restriction", "review", "6.8; Code 5.14", 28, **limit)
    restriction = opened(scene, case, "behaviour-restriction", 28, review=day(-60), **limit)
    act(scene, case, "behaviour-reviewed", 20, restriction=restriction, outcome="ended",
        reasons="It is quiet")
    acts(scene, case,
         ("acknowledged", 28, dict(channel="letter")),
         ("responded", 25, dict(channel="letter", escalation_told=True,
                                findings=[{"issue": issues[0], "finding": "upheld"}])))
    equal(may(scene, case, "joined")["clause"], "6.5.1; Code 6.8")
    acts(scene, case,
         ("panel-requested", 24, dict(stage=1)),
         ("panel-recommended", 23, dict(stage=1, outcome="higher",
                                        members=[{"name": "Petra Quill"}])),
         ("referred", 20, dict(to="housing-ombudsman", by_complainant=True, due=day(6))),
         ("determination", 10, dict(determination="service-failure", issue=issues[0])))
    order = opened(scene, case, "order", 10, what="Apologise", binding=True, due=day(1),
                   owner=HEAD)
    act(scene, case, "order-done", 5, order=order, text="Done", told_on=day(5))
    refuse(scene, case, "learning", "owner", "6.4.1, 11.1, 11.2; Code 9.1", 4, what="Order parts")
    acts(scene, case,
         ("learning", 4, dict(what="Order parts", owner=HEAD, due=day(-90))),
         ("survey", 3, dict(step="sent", channel="letter")),
         ("survey", 1, dict(step="answered", satisfied="very-dissatisfied")))

    shown = scene.take(scene.first, "show", case)
    equal([one["with"] for one in shown["matches"]], ["7K-2025-44"])
    equal([one["forwarded_to"] for one in shown["forwardings"]], ["The line manager"])
    equal(list(shown["split_issues"]), [issues[1]])
    equal([one["reviewed"]["outcome"] for one in shown["restrictions"]], ["ended"])
    equal(shown["panel_recommended"]["1"]["outcome"], "higher")
    equal([one["to"] for one in shown["referrals"]], ["housing-ombudsman"])
    equal(shown["determinations"][issues[0]]["determination"], "service-failure")
    equal([one["done"]["told_on"] for one in shown["orders"]], [day(5)])
    equal([one["what"] for one in shown["learning"]], ["Order parts"])
    equal(shown["surveys"]["answered"]["satisfied"], "very-dissatisfied")


def letter(scene, case, name, *more):
    return scene.take(scene.first, "letter", case, name, *more)


def missing(written):
    return [(one["block"], one["clause"], one["provision"])
            for one in written["blocks"] if one["missing"]]


def listen(scene, case):
    """A recording is whole or not there; a program that was built without a voice says so."""
    path = scene.folder / "response.wav"
    made = scene.ctl(scene.first, "letter", case, "response", "--recording", path)
    if made.status == STORE:
        assert "There is no voice" in made.errors, made
        return
    equal((path.read_bytes()[:4], path.stat().st_mode & 0o777), (b"RIFF", 0o600))
    before = path.read_bytes()
    refused(scene.ctl(scene.first, "letter", case, "update", "--recording", path), REFUSED, "refused", "news")
    equal(path.read_bytes(), before)


def test_letters(scene):
    """What a letter lacks is said with what asks for it; recorded, it stands there."""
    case = record(scene, n_ago=19)
    issue = scene.take(scene.first, "show", case)["issues"][0]["id"]
    first = letter(scene, case, "acknowledgement", "--from", "Tamsin Roe")
    equal(missing(first), [("ours", "6.4.1, 6.5.1", "5.7"), ("handler", "6.4.1, 6.5.1", None)])
    equal((first["missing"], first["from"], first["greeting"]),
          (2, "Tamsin Roe", "Dear Aldra Ashmère"))
    equal(missing(letter(scene, case, "response")),
          [("decision", "6.4.1, 6.5.1", "6.9"), ("reasons", "6.4.1, 6.5.1", "6.9")])
    acts(scene, case,
         ("assigned", 19, dict(to={"name": "Tamsin Roe", "role": "investigator"},
                               conflict_of_interest=False)),
         ("defined", 19, dict(understanding="The lift stops", outcome_sought="A lift that goes",
                              not_ours=False)),
         ("acknowledged", 19, dict(channel="letter")),
         ("finding", 12, dict(issue=issue, finding="not-upheld", reasons="It went on <b>all</b> days")))
    equal(letter(scene, case, "acknowledgement")["missing"], 0)
    equal(letter(scene, case, "response")["missing"], 0)
    plain = scene.ctl(scene.first, "letter", case, "response", plain=True)
    equal((plain.status, plain.errors), (DONE, ""))
    for words in ("Our answer to your complaint: stage 1", "It went on <b>all</b> days",
                  "We do not uphold this.", "0300 111 3000"):
        assert words in plain.output, plain
    path = scene.folder / "response.pdf"
    letter(scene, case, "response", "--pdf", path, "--print-size", 24)
    equal((path.read_bytes()[:5], path.stat().st_mode & 0o777), (b"%PDF-", 0o600))
    before = path.read_bytes()
    refused(scene.ctl(scene.first, "letter", case, "update", "--pdf", path), REFUSED, "refused", "news")
    equal(path.read_bytes(), before)
    equal(scene.ctl(scene.first, "letter", case, "response", "--pdf", scene.folder).status, STORE)
    listen(scene, case)
    for arguments, field in (((case, "poem"), "letter"),
                             ((case, "response", "--print-size", "18"), "print-size"),
                             ((case, "response", "--pdf", path, "--print-size", "20"), "print-size"),
                             ((case, "response", "--language", "tlh"), "language")):
        refused(scene.ctl(scene.first, "letter", *arguments), USAGE, "invalid", field)


def test_request(scene):
    request = record(scene, kind="service-request", n_ago=20)
    equal(standing(scene, request), ("open", "service-request"))
    act(scene, request, "request-resolved", 18, outcome="The door was planed", agreed=True)
    act(scene, request, "dissatisfied", 15, channel="telephone", text="It sticks again")
    act(scene, request, "promoted", 15, entry="unhappy-with-request")
    shown = scene.take(scene.first, "show", request)
    equal((shown["kind"], shown["received"], shown["stage"]), ("complaint", day(15), "stage-1"))


def test_roles(scene):
    """Roles are recorded on one device and known on the other; with one, nobody needs to be named."""
    name = scene.take(scene.first, "staff", "list")[0]["name"]
    equal(scene.take(scene.first, "staff", "list")[0]["roles"], [])
    refused(scene.ctl(scene.first, "staff", "roles", name, "king"), USAGE, "invalid", "roles")
    set_roles = scene.take(scene.first, "staff", "roles", name, "scheme-manager", "senior-lead")
    equal(set_roles["roles"], ["scheme-manager", "senior-lead"])
    departure = {"clause": "6.4.1", "reason": "A strike", "told_on": day(0)}
    refuse(scene, scene.case, "departure", "authorised_by", "1.2, 10.1", **departure)
    with scene.serving():
        scene.take(scene.first, "sync")
        scene.take(scene.second, "sync")
    equal(scene.take(scene.second, "staff", "roles", name), set_roles)
    equal(scene.take(scene.first, "staff", "roles", name, "none")["roles"], [])

    old = record(scene, issues=[{"what": "The lift stops", "arose": "2019"}])
    scene.take(scene.first, "staff", "roles", name, "complaints-team")
    act(scene, old, "declined", ground="older-than-limit", reasons="Seven years", exceptions="None",
        discretion="None", told_on=day(0), ombudsman_details=True)


def test_corrected(scene):
    """A mistyped date is proposed otherwise on one device, and agreed by somebody else on the other."""
    case = record(scene, n_ago=20)
    written = act(scene, case, "acknowledged", 2, channel="letter")["events"][0]
    correction = {"type": "case.corrected", "event": written, "field": "on", "to": day(18),
                  "because": "The letter is dated so"}
    answer = scene.ctl(scene.first, "act", case, "-", text=json.dumps(correction))
    equal(answer.status, DONE)
    equal("acknowledge" in answer.errors and "late" in answer.errors, True)
    shown = scene.take(scene.first, "show", case)
    equal(shown["acknowledged"]["on"], day(2))
    equal([(one["state"], one["from"], one["to"]) for one in shown["corrections"]],
          [("waits", day(2), day(18))])
    agreed = {"type": "case.correction-answered", "agreed": True,
              "correction": shown["corrections"][0]["id"]}
    refused(scene.ctl(scene.first, "act", case, "-", text=json.dumps(agreed)), REFUSED, "refused",
            "agreed")
    with scene.serving():
        scene.take(scene.first, "sync")
        scene.take(scene.second, "sync")
        scene.take(scene.second, "act", case, "-", value=agreed)
        scene.take(scene.second, "sync")
        scene.take(scene.first, "sync")
    shown = scene.take(scene.first, "show", case)
    equal(shown["acknowledged"]["on"], day(18))
    equal(shown["corrections"][0]["state"], "stands")
    history = scene.take(scene.first, "history", case)
    equal([one["body"]["on"] for one in history if one["id"] == written], [day(2)])


def person(scene, reference, word, n_ago=None, **members):
    return scene.take(scene.first, "act", reference, "-", value={
        "type": "person." + word, **({} if n_ago is None else {"on": day(n_ago)}), **members})


def test_person(scene):
    """What somebody needs is decided on, made and looked at again; what they tell in confidence stands
    apart; and the acts that were there under other names are taken under these."""
    case = record(scene, n_ago=20)
    person(scene, case, "adjustment-requested", need="large-print", requested_on=day(19))
    answer = scene.ctl(scene.first, "act", case, "-", text=json.dumps(
        {"type": "person.adjustment-decided", "need": "large-print", "on": day(18),
         "agreed": False}))
    refused(answer, REFUSED, "refused", "reasons")
    equal(answer.error["clause"], "6.4.1, 8.5.1; Code 5.10")
    person(scene, case, "adjustment-decided", 18, need="large-print", agreed=True, due=day(10),
           told_on=day(18))
    equal(scene.take(scene.first, "may", case, "person.adjustment-made")["open"], True)
    person(scene, case, "adjustment-made", 12, need="large-print")
    person(scene, case, "adjustment-reviewed", 1, need="large-print", outcome="ended")
    person(scene, case, "disability-disclosed", 18, what="Her sight is failing",
           purpose="So that letters can be read")
    person(scene, case, "preference", preferred_contact="letter", language="Welsh")
    person(scene, case, "recorded", phone="01632 960013")
    person(scene, case, "consent-given", purpose="contact-for-survey")
    person(scene, case, "consent-withdrawn", purpose="contact-for-survey")
    person(scene, case, "authority-given", name="Fenna Ashdown", relation="daughter",
           authority={"type": "written-permission", "given": True})
    person(scene, case, "authority-withdrawn")
    nameless = record(scene, complainant={"home": "Flat 2"})
    person(scene, nameless, "recorded", name="Aldra Ashmère")
    equal(scene.take(scene.first, "show", nameless)["complainant"]["name"], "Aldra Ashmère")
    shown = scene.take(scene.first, "show", case)
    equal([(one["need"], one["decided"]["agreed"], one["made"]["on"],
            one["reviewed"]["outcome"], one["ended"]) for one in shown["adjustments"]],
          [("large-print", True, day(12), "ended", day(1))])
    equal([(one["what"], one["purpose"]) for one in shown["disabilities"]],
          [("Her sight is failing", "So that letters can be read")])
    equal((shown["complainant"]["preferred_contact"], shown["complainant"]["language"],
           shown["complainant"]["phone"]), ("letter", "Welsh", "01632 960013"))
    equal(shown["consents"][0]["withdrawn"] is not None, True)
    types = [one["type"] for one in scene.take(scene.first, "history", case)]
    assert "adjustment.added" in types and "person.adjustment-made" in types, types
    equal(scene.take(scene.first, "search", "failing"), [])


def told(scene, store, reference, name):
    """What the ledger says of whoever rings: how it stands, and by which clause not."""
    answer = scene.take(store, "ledger", reference, name)["answer"]
    equal(answer["may"], answer["state"] == "in-force")
    return answer["state"], answer["clause"]


def test_representative(scene):
    """Who acts for somebody is told what their authority lets them be told on that day, and no letter
    goes to them once it is withdrawn, on whatever device, though it was approved before."""
    rings = {"name": "Fenna Ashdown", "relation": "daughter"}
    paper = {"type": "written-permission", "given": True, "evidence": "copy-attached"}
    inquirer = {"name": "Tamsin Roe", "role": "investigator"}
    case = record(scene, n_ago=20, representative={
        **rings, "reply_to": "representative", "authority": {"type": "none-yet"}})
    equal(told(scene, scene.first, case, "Fenna Ashdown"), ("to-be-asked", "2.2; Code 3.6"))
    plain = scene.ctl(scene.first, "ledger", case, "Fenna Ashdown", plain=True)
    assert ("is told nothing private. They have no authority yet: a permission in writing"
            in " ".join(plain.output.split())), plain.output
    refuse(scene, case, "disclosed", "representative", "2.2; Code 3.6", to="Fenna Ashdown",
           what="How far it is", representative=True)
    kept_back = scene.ctl(scene.first, "letter", case, "update")
    refused(kept_back, REFUSED, "refused", "to")
    equal(kept_back.error["clause"], "2.2; Code 3.6")
    assert "They have no authority yet: a permission in writing" in kept_back.error["message"], kept_back
    equal(scene.take(scene.first, "letter", case, "update", "--to", "complainant")["to"], "Aldra Ashmère")
    person(scene, case, "authority-given", **rings, authority=paper)
    letter = scene.take(scene.first, "letter", case, "update")
    equal((letter["to"], letter["home"]), ("Fenna Ashdown", None))
    assert letter["opening"].startswith("We write to you because you act for "), letter
    equal(letter["print_size"], 12)
    person(scene, case, "adjustment-requested", need="large-print", detail="24 point", who="fenna ashdown")
    equal(scene.take(scene.first, "letter", case, "update")["print_size"], 24)
    equal(scene.take(scene.first, "letter", case, "update", "--to", "complainant")["print_size"], 12)
    equal(told(scene, scene.first, case, "Fenna Ashdown"), ("in-force", None))
    equal(told(scene, scene.first, case, "Odd Ashdown"), ("nothing", "2.2; Code 3.6"))
    act(scene, case, "disclosed", to="Fenna Ashdown", what="How far it is", representative=True)

    act(scene, case, "acknowledged", 18, channel="letter")
    act(scene, case, "finding", 5, issue=issue_of(scene, case), finding="upheld",
        reasons="It stood", done_by=inquirer)
    refuse(scene, case, "drafted", "reply_to", "2.2; Code 3.6", 4, attachment=issue_of(scene, case),
           author=inquirer, reply_to_name="Odd Ashdown")
    act(scene, case, "drafted", 4, attachment=issue_of(scene, case), author=inquirer)
    draft = scene.take(scene.first, "show", case)["drafts"][0]["id"]
    act(scene, case, "approved", 3, draft=draft, agreed=True, approved_by=HEAD)
    with scene.serving():
        for store in (scene.first, scene.second):
            scene.take(store, "sync")
        scene.take(scene.second, "act", case, "-", value={"type": "person.authority-withdrawn"})
        for store in (scene.second, scene.first):
            scene.take(store, "sync")
    equal(told(scene, scene.first, case, "Fenna Ashdown"), ("withdrawn", "2.2; Code 3.6"))
    letter = dict(draft=draft, channel="letter", escalation_told=True)
    refuse(scene, case, "sent", "reply_to", "2.2; Code 3.6", **letter)
    act(scene, case, "sent", reply_to="complainant", **letter)
    equal([(one["type"], one["state"], one["replaced"])
           for one in scene.take(scene.first, "ledger", case)["entries"]],
          [("none-yet", "to-be-asked", True), ("written-permission", "withdrawn", False)])


def test_retention(scene):
    """When the record may be destroyed, and by which clause; not while it is open."""
    case = record(scene, n_ago=20)
    equal(scene.take(scene.first, "show", case)["retention"],
          {"state": "open", "until": None, "clause": "8.5.1"})
    act(scene, case, "withdrawn")
    kept = scene.take(scene.first, "show", case)["retention"]
    equal((kept["state"], kept["clause"]), ("until", "8.5.1"))
    assert day(-150) < kept["until"] < day(-215), kept
    plain = scene.ctl(scene.first, "show", case, plain=True)
    assert f"may be destroyed after {kept['until']} (8.5.1)" in plain.output, plain.output
    held = record(scene, n_ago=20, legal_claim_filed=True)
    act(scene, held, "withdrawn")
    equal(scene.take(scene.first, "show", held)["retention"]["state"], "held")


def test_everywhere(scene):
    """What was done is the same case on the other device."""
    with scene.serving():
        scene.take(scene.first, "sync")
        scene.take(scene.second, "sync")
    hashes = [scene.take(store, "rebuild")["state_hash"] for store in (scene.first, scene.second)]
    equal(hashes[0], hashes[1])
    equal(scene.take(scene.first, "conflicts"), [])


if __name__ == "__main__":
    scene = Story(*(os.path.abspath(argument) for argument in sys.argv[1:4]))
    sys.exit(play("handling", scene, dict(globals())))
