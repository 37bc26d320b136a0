#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""test-joint.py AMENDSCTL SERVER SOURCE: two tenants complain together, by the command line: each has letters of
their own, in their own words and size, one stops and the case goes on for the other, and two devices that each
answer one of them agree that both are answered. Prints TAP."""

import datetime
import json
import os
import pathlib
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))

from scene import REFUSED, TODAY, USAGE, Story, equal, play, refused  # noqa: E402

KIT = "Kit Fenn"


def day(n_ago=0):
    return (TODAY - datetime.timedelta(n_ago)).isoformat()


def record(scene, **members):
    return scene.take(scene.first, "record", "-", value={
        "kind": "complaint", "scheme": "oak", "received": day(4), "channel": "in-person",
        "complainant": {"name": "Ivy Marsh", "home": "Flat 12", "phone": "01632 960112"},
        "others": [{"name": KIT, "relation": "household-member"}],
        "issues": [{"what": "The lift stops"}], **members})["reference"]


def act(scene, case, word, store=None, **members):
    return scene.take(store or scene.first, "act", case, "-",
                      value={"type": word, "on": day(), **members})


def person(scene, case, word, **members):
    scene.take(scene.first, "act", case, "-", value={"type": "person." + word, **members})


def letter(scene, case, kind, *options):
    return scene.take(scene.first, "letter", case, kind, *options)


def show(scene, case, store=None):
    return scene.take(store or scene.first, "show", case)


def test_begin(scene):
    scene.begin()


def test_apart(scene):
    """What is asked for by one, and what is safe for one, is in no letter to the other."""
    case = record(scene)
    person(scene, case, "preference", who=KIT, language="Welsh", safe_contact={"not": ["letters to Flat 12"]})
    person(scene, case, "adjustment-requested", need="large-print", detail="24 point", who=KIT)
    ivy, kit = (letter(scene, case, "acknowledgement", "--to", who) for who in ("Ivy Marsh", "kit fenn"))
    equal((ivy["to"], ivy["home"], ivy["language"], ivy["print_size"]), ("Ivy Marsh", "Flat 12", "en", 12))
    equal((kit["to"], kit["home"], kit["language"], kit["print_size"]), (KIT, None, "cy", 24))
    assert not any("Flat 12" in warning for warning in ivy["warnings"]), ivy
    assert any("letters to Flat 12" in warning for warning in kit["warnings"]), kit
    for one, other in ((ivy, "Kit"), (kit, "Ivy")):
        assert other not in str(one), one
    refused(scene.ctl(scene.first, "letter", case, "acknowledgement", "--to", "Odd Roe"), USAGE,
            "invalid", "to")


def test_each(scene):
    """One is answered by each of two devices; only then is the case."""
    case = record(scene)
    refused(scene.ctl(scene.first, "act", case, "-", text='{"type":"case.acknowledged","on":"%s",'
                      '"channel":"letter"}' % day()), REFUSED, "refused", "who")
    with scene.serving():
        for store in (scene.first, scene.second):
            scene.take(store, "sync")
        act(scene, case, "case.acknowledged", channel="letter", who="Ivy Marsh")
        equal(show(scene, case)["acknowledged"], None)
        act(scene, case, "case.acknowledged", scene.second, channel="in-person", who=KIT)
        for store in (scene.second, scene.first, scene.second):
            scene.take(store, "sync")
    for store in (scene.first, scene.second):
        equal(show(scene, case, store)["acknowledged"]["on"], day())
    equal(scene.take(scene.first, "rebuild")["state_hash"], scene.take(scene.second, "rebuild")["state_hash"])


def test_one_stops(scene):
    """One takes it back; the other goes on, and is owed all of it."""
    case = record(scene)
    act(scene, case, "case.withdrawn", who="Ivy Marsh")
    shown = show(scene, case)
    equal(shown["state"], "open")
    equal([(one["name"], one["withdrawn"] and one["withdrawn"]["on"]) for one in shown["complainants"]],
          [("Ivy Marsh", day()), (KIT, None)])
    equal(letter(scene, case, "acknowledgement")["to"], KIT)
    equal(letter(scene, case, "withdrawal", "--to", "Ivy Marsh")["missing"], 0)
    equal(letter(scene, case, "withdrawal", "--to", KIT)["missing"], 1)
    act(scene, case, "case.reopened", who="Ivy Marsh", because="wants-to-go-on")
    equal([one["withdrawn"] for one in show(scene, case)["complainants"]], [None, None])
    act(scene, case, "case.complainant-joined", name="Odd Roe", home="Flat 3")
    to = letter(scene, case, "acknowledgement", "--to", "odd roe")
    equal((to["to"], to["home"]), ("Odd Roe", "Flat 3"))
    for who in ("Ivy Marsh", "Odd Roe"):
        act(scene, case, "case.withdrawn", who=who)
    equal(show(scene, case)["state"], "open")
    act(scene, case, "case.withdrawn", who=KIT)
    equal(show(scene, case)["state"], "closed")


def attempt(scene, case, word, **members):
    """An act that may be refused."""
    return scene.ctl(scene.first, "act", case, "-", text=json.dumps({"type": word, "on": day(), **members}))


def tell(scene, case, word, who, **members):
    act(scene, case, word, who=who, channel="letter", **members)


def extension(n_days):
    return {"told_on": day(), "channel": "letter", "working_days": n_days, "reason": "The part is late",
            "agreed": True, "ombudsman_details": True, "next_update": day(-3)}


def respond_due(scene, case):
    rows = scene.take(scene.first, "clocks", case)
    return [row["due"] for row in rows if row["clock"] == "respond"]


def lines(written):
    return " ".join(line for block in written["blocks"] for line in block["paragraphs"] + block["items"])


def test_later_for_each(scene):
    """Each is told that the answer comes later, and how it stands, in a letter of their own; the clock of all moves
    once both were told, and who had arrived when is known of each."""
    case = record(scene)
    refused(attempt(scene, case, "case.extended", **extension(5)), REFUSED, "refused", "who")
    for who in ("Ivy Marsh", KIT):
        tell(scene, case, "case.acknowledged", who)
    before = respond_due(scene, case)
    act(scene, case, "case.extended", who="Ivy Marsh", **extension(5))
    equal(respond_due(scene, case), before)
    ivy, kit = (letter(scene, case, "extension", "--to", who) for who in ("Ivy Marsh", KIT))
    equal((ivy["missing"], "The part is late" in lines(ivy)), (0, True))
    equal((kit["missing"] > 0, "The part is late" in lines(kit)), (True, False))
    refused(attempt(scene, case, "case.extended", who="Ivy Marsh", **extension(10)), REFUSED, "refused", "good_reason")
    act(scene, case, "case.extended", who=KIT, **extension(5))
    assert respond_due(scene, case) > before, before
    equal(letter(scene, case, "extension", "--to", KIT)["missing"], 0)
    tell(scene, case, "case.updated", KIT, text="For Kit alone", next_update=day(-3))
    equal([("For Kit alone" in lines(letter(scene, case, "update", "--to", who))) for who in ("Ivy Marsh", KIT)],
          [False, True])
    act(scene, case, "case.updated", channel="home-visit", text="For both", next_update=day(-3))
    equal([("For both" in lines(letter(scene, case, "update", "--to", who))) for who in ("Ivy Marsh", KIT)],
          [True, True])


def test_delivered_for_each(scene):
    """It has arrived once the last of the letters has; of whom none was sent, none arrived."""
    case = record(scene)
    issue = show(scene, case)["issues"][0]["id"]
    found = [{"issue": issue, "finding": "upheld", "reasons": "It stood still"}]
    for who in ("Ivy Marsh", KIT):
        tell(scene, case, "case.acknowledged", who)
    answer = dict(findings=found, summary="We are sorry", ombudsman_details=True, escalation_told=True,
                  author={"name": "Tamsin Roe"})
    tell(scene, case, "case.responded", "Ivy Marsh", **answer)
    refused(attempt(scene, case, "case.delivered", stage=1, who=KIT), USAGE, "invalid", "stage")
    act(scene, case, "case.delivered", stage=1, who="Ivy Marsh")
    tell(scene, case, "case.responded", KIT, **answer)
    equal(show(scene, case)["responded"].get("delivered_on"), None)
    act(scene, case, "case.delivered", stage=1, who=KIT)
    shown = show(scene, case)
    equal(shown["responded"]["delivered_on"], day())
    equal([one["delivered.1"]["on"] for one in shown["complainants"]], [day(), day()])


def test_petition(scene):
    """A petition is answered to its lead, whoever signed."""
    case = record(scene, petition=True, others=[{"name": KIT, "lead": True, "home": "Flat 3"},
                                                {"name": "Odd Roe"}])
    to = letter(scene, case, "acknowledgement")
    equal((to["to"], to["home"]), (KIT, "Flat 3"))
    act(scene, case, "case.acknowledged", channel="letter")
    equal(show(scene, case)["acknowledged"]["on"], day())


if __name__ == "__main__":
    scene = Story(*(os.path.abspath(argument) for argument in sys.argv[1:4]))
    sys.exit(play("joint", scene, dict(globals())))
