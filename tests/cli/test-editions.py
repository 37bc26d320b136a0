#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""test-editions.py AMENDSCTL SERVER SOURCE: policies and calendars published from a device of an
administrator, as another device and its cases see them: the real programs, on loopback. Prints TAP.

One story: what one test leaves behind the next ones find."""

import json
import os
import pathlib
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))

from scene import (  # noqa: E402
    DONE, REFUSED, TODAY, USAGE, Story, equal, play, refused, smallest)

SMALLEST = smallest(TODAY)

EDITION_KEYS = {"id", "policy", "landlord", "title", "version", "calendar", "from", "schemes",
                "in_force", "everywhere", "rival", "problem", "at", "by", "device"}
CALENDAR_KEYS = {"id", "calendar", "name", "first_day", "last_day", "problem", "at", "by", "device"}
CALENDAR = """[calendar]
id=england-and-wales
name=England and Wales
first_year={0}
last_year={0}

[holidays]
{0}-01-02=Offices closed
"""
RECEIVED = TODAY.isoformat()
# Who is not named gets no acknowledgement.
INTAKE = {**SMALLEST, "complainant": {"name": "Aldra Ashmère", "relation": "current-tenant"}}


def sync(scene):
    with scene.serving():
        for store in (scene.head, scene.first, scene.head):
            scene.take(store, "sync")


def edition_of(scene, store, reference):
    return scene.take(store, "show", reference)["edition"]


def test_begin(scene):
    scene.begin()
    scene.head = scene.folder / "head"
    with scene.serving():
        equal(scene.enrol(scene.head, "Head office", scene.invite(kind="admin"), "--staff",
                          "Perrin Vale").status, DONE)
    sync(scene)
    scene.before = scene.take(scene.first, "record", "-", value=INTAKE)["reference"]
    equal(edition_of(scene, scene.first, scene.before), None)
    equal(scene.take(scene.first, "policy", "editions"),
          {"as_of": RECEIVED, "editions": [], "calendars": []})


def test_who_may(scene):
    """A device of staff is told who can; nothing is written."""
    n_events = scene.take(scene.first, "status")["events"]
    for words in (("policy", "publish", "housing-21"), ("calendar", "publish", "england-and-wales")):
        answer = scene.ctl(scene.first, *words)
        refused(answer, REFUSED, "refused", "kind")
        assert "admin" in answer.error["message"], answer
    equal(scene.take(scene.first, "status")["events"], n_events)


def test_used_wrongly(scene):
    bad = scene.write("bad.policy", "[policy]\nid=bad\n[tea]\n")
    checked = scene.run([scene.amendsctl, "policy", "check", bad, "--json"])
    published = scene.ctl(scene.head, "policy", "publish", bad)
    equal(published.status, USAGE)
    equal(published.json, checked.json)
    equal(published.errors, checked.errors)
    refused(scene.ctl(scene.head, "policy", "publish", "elm"), USAGE, "not-found", "policy")
    refused(scene.ctl(scene.head, "policy", "publish", "/nowhere/a.policy"), USAGE, "input")
    refused(scene.ctl(scene.head, "policy", "publish", "wdh", "--from", "2026-02-30"), USAGE,
            "invalid", "from")
    refused(scene.ctl(scene.head, "policy", "publish", "wdh", "--scheme", "yew"), USAGE, "invalid",
            "schemes")
    refused(scene.ctl(scene.head, "policy", "publish"), USAGE, "usage")
    refused(scene.ctl(scene.head, "calendar", "list", "x"), USAGE, "usage")
    refused(scene.run([scene.amendsctl, "policy", "publish", "wdh", "--json"]), USAGE, "invalid",
            "store")
    refused(scene.run([scene.amendsctl, "policy", "editions", "--json"]), USAGE, "invalid", "store")
    # Of a command that can do without a store, the usage does not ask for one.
    for words, asks in ((["clocks"], False), (["schema", "x", "y"], False), (["show"], True)):
        told = scene.run([scene.amendsctl, *words])
        equal(told.status, USAGE)
        equal("--store" in told.errors, asks)
    equal(scene.take(scene.head, "policy", "editions")["editions"], [])


def test_publish(scene):
    """What head office publishes counts at the scheme once both have synced; cases keep their own."""
    answer = scene.take(scene.head, "policy", "publish", "housing-21", "--from", "2026-01-01")
    equal(answer, {"id": answer["id"], "policy": "housing-21", "calendar": None,
                   "from": "2026-01-01", "schemes": None, "events": [answer["id"]]})
    scene.everywhere = answer["id"]
    sync(scene)
    scene.second_case = scene.take(scene.first, "record", "-", value=INTAKE)["reference"]
    equal(edition_of(scene, scene.first, scene.second_case),
          {"id": scene.everywhere, "policy": "housing-21", "title": "Complaints policy",
           "from": "2026-01-01"})
    equal(edition_of(scene, scene.first, scene.before), None)

    scene.of_oak = scene.take(scene.head, "policy", "publish", "wdh", "--from", RECEIVED, "--scheme",
                              "oak")["id"]
    sync(scene)
    scene.third_case = scene.take(scene.first, "record", "-", value=INTAKE)["reference"]
    equal(edition_of(scene, scene.first, scene.third_case)["policy"], "wdh")
    equal(edition_of(scene, scene.first, scene.second_case)["policy"], "housing-21")
    assert "wdh, from %s" % RECEIVED in scene.ctl(scene.first, "show", scene.third_case,
                                                     plain=True).output


def clocks_of_file(scene, policy, *events):
    history = {"events": [{"event": event, "on": RECEIVED, **more} for event, more in events]}
    answer = scene.run([scene.amendsctl, "clocks", "--json", "--policy", policy, "--as-of", RECEIVED,
                        "-"], json.dumps(history))
    equal(answer.status, DONE)
    return answer.json


def test_clocks(scene):
    """A case shows the dates of the edition that it began under, wherever it is read: the rows that the
    same history in a file gives."""
    received = ("received", {})
    rows = scene.take(scene.first, "clocks", scene.second_case, "--as-of", RECEIVED)
    equal(rows, clocks_of_file(scene, "housing-21", received))
    equal({row["source"] for row in rows}, {"policy", "code"})
    equal(rows, scene.take(scene.first, "clocks", scene.second_case))
    rows = scene.take(scene.first, "clocks", scene.third_case, "--as-of", RECEIVED)
    equal(rows, clocks_of_file(scene, "wdh", received))
    rows = scene.take(scene.first, "clocks", scene.before, "--as-of", RECEIVED)
    equal({row["source"] for row in rows}, {"code"})

    scene.take(scene.first, "act", scene.second_case, "-",
               value={"type": "case.acknowledged", "on": RECEIVED, "channel": "letter"})
    sync(scene)
    rows = scene.take(scene.head, "clocks", scene.second_case, "--as-of", RECEIVED)
    equal(rows, clocks_of_file(scene, "housing-21", received, ("acknowledged", {})))
    respond = [row for row in rows if row["clock"] == "respond" and row["source"] == "policy"]
    assert respond[0]["due"] and respond[0]["state"] == "running", rows
    assert respond[0]["due"] in scene.ctl(scene.head, "clocks", scene.second_case, plain=True).output

    refused(scene.ctl(scene.head, "clocks", "7K-0001-X"), USAGE)
    refused(scene.ctl(scene.head, "clocks", scene.second_case, "--as-of", "soon"), USAGE, "invalid",
            "as-of")
    refused(scene.ctl(scene.head, "clocks", scene.second_case, "--calendar", "scotland"), USAGE,
            "invalid", "calendar")


def test_editions(scene):
    held = scene.take(scene.first, "policy", "editions")
    assert all(set(edition) == EDITION_KEYS for edition in held["editions"]), held
    first, second = held["editions"]
    equal((first["id"], first["in_force"], first["everywhere"]), (scene.everywhere, [], True))
    equal((second["id"], second["in_force"], second["everywhere"]), (scene.of_oak, ["oak"], False))
    equal((second["schemes"], second["problem"], second["rival"]), (["oak"], None, None))
    equal((first["by"]["name"], first["device"]["name"]), ("Perrin Vale", "Head office"))
    lines = scene.ctl(scene.first, "policy", "editions", plain=True).output.splitlines()
    equal(len(lines), 2)
    assert "in force: oak" in lines[1], lines


def test_move(scene):
    """A running case comes under another edition by an act with its reason, and by nothing else."""
    move = {"type": "case.edition-moved", "edition": scene.everywhere, "because": "They asked for it"}
    refused(scene.ctl(scene.first, "act", scene.before, "-",
                      text=json.dumps({**move, "because": ""})), USAGE, "invalid", "because")
    refused(scene.ctl(scene.first, "act", scene.before, "-",
                      text=json.dumps({**move, "edition": "7K.999"})), USAGE, "not-found", "edition")
    scene.take(scene.first, "act", scene.before, "-", value=move)
    equal(edition_of(scene, scene.first, scene.before)["id"], scene.everywhere)
    refused(scene.ctl(scene.first, "act", scene.before, "-", text=json.dumps(move)), REFUSED,
            "refused", "edition")
    last = scene.take(scene.first, "history", scene.before)[-1]
    equal((last["type"], last["body"]["because"]), ("case.edition-moved", "They asked for it"))


def test_calendar(scene):
    year = TODAY.year + 1
    path = scene.write("ours.calendar", CALENDAR.format(year))
    answer = scene.take(scene.head, "calendar", "publish", path)
    equal((answer["calendar"], answer["policy"]), ("england-and-wales", None))
    far = scene.write("far.calendar", CALENDAR.format(2190))
    refused(scene.ctl(scene.head, "calendar", "publish", far), USAGE, "invalid", "first_year")
    sync(scene)
    (held,) = scene.take(scene.first, "policy", "editions")["calendars"]
    equal(set(held), CALENDAR_KEYS)
    equal((held["id"], held["first_day"]), (answer["id"], "%d-01-01" % year))


def test_bad_calendar(scene):
    """Every problem is told, each with its line; nothing is published."""
    path = scene.write("bad.calendar", CALENDAR.format(2027) + "2027-13-01=x\nsoon=x\n")
    answer = scene.ctl(scene.head, "calendar", "publish", path)
    refused(answer, USAGE, "invalid")
    equal(len(answer.json["problems"]), 2)
    assert all("bad.calendar:" in line for line in answer.errors.splitlines()), answer
    equal(len(scene.take(scene.head, "policy", "editions")["calendars"]), 1)


if __name__ == "__main__":
    scene = Story(*(os.path.abspath(argument) for argument in sys.argv[1:4]))
    sys.exit(play("editions", scene, dict(globals())))
