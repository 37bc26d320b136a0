#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""test-moves.py AMENDSCTL SERVER SOURCE: a case that is moved to another scheme, by the command line: who gets it,
what those see from whom it went, and what is refused. Prints TAP.

One story: what one test leaves behind the next ones find."""

import os
import pathlib
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))

from scene import DONE, REFUSED, TODAY, USAGE, Story, equal, play, refused  # noqa: E402

INTAKE = {"kind": "complaint", "scheme": "oak", "received": TODAY.isoformat(), "channel": "in-person",
          "complainant": {"name": "Wren Ashdown"}, "issues": [{"what": "Damp behind the bed"}]}
WHY = "Elm Row looks after the home since the first of the month"


def move(to):
    return {"type": "case.moved", "to": to, "because": WHY}


def sync(scene, *stores):
    for store in stores:
        equal(scene.take(store, "sync")["waiting"], 0)


def test_begin(scene):
    scene.begin()
    scene.admin("scheme", "add", "elm", "--name", "Elm Row")
    scene.region, scene.elm = scene.folder / "region", scene.folder / "elm"
    with scene.serving():
        for store, name, feeds in ((scene.region, "Regional office", "org,s.oak,s.elm"),
                                   (scene.elm, "Elm laptop", "org,s.elm")):
            equal(scene.enrol(store, name, scene.invite(feeds), "--staff", "Ilse Varn").status, DONE)
        scene.case = scene.take(scene.first, "record", "-", value=INTAKE)["reference"]
        picture = scene.folder / "damp.txt"
        picture.write_text("As it was on Monday\n", encoding="utf-8")
        scene.take(scene.first, "attach", scene.case, picture)
        sync(scene, scene.first, scene.second, scene.region, scene.elm)
    scene.before = scene.take(scene.region, "show", scene.case)


def test_refused(scene):
    refused(scene.ctl(scene.first, "act", scene.case, "-", text='{"type": "case.moved", "to": "elm"}'), USAGE,
            "invalid", "because")
    answer = scene.ctl(scene.first, "act", scene.case, "-",
                       text='{"type": "case.moved", "to": "elm", "because": "So"}')
    refused(answer, REFUSED, "refused", "to")
    equal("may not write the cases of that scheme" in answer.error["message"], True)
    equal(scene.ctl(scene.elm, "show", scene.case).status, USAGE)


def test_moved(scene):
    with scene.serving():
        scene.take(scene.region, "act", scene.case, "-", value=move("elm"))
        sync(scene, scene.region, scene.elm, scene.first)
    there = scene.take(scene.elm, "show", scene.case)
    for key in ("id", "reference", "received", "complainant", "issues", "kind"):
        equal(there[key], scene.before[key])
    equal(there["scheme"], "elm")
    equal(there["moved"], {"schemes": ["elm"], "away": False, "behind": 0})
    out = scene.folder / "out.txt"
    equal(scene.ctl(scene.elm, "fetch", scene.case, there["attachments"][0]["id"], out).status, DONE)
    equal(out.read_text(encoding="utf-8"), "As it was on Monday\n")
    for store in (scene.elm, scene.first):
        said = [entry for entry in scene.take(store, "history", scene.case) if entry["type"] == "case.moved"]
        equal([(entry["body"]["to"], entry["body"]["because"]) for entry in said], [("elm", WHY)])
    equal({entry.get("carried_by") for entry in scene.take(scene.elm, "history", scene.case)} - {None} != set(),
          True)


def test_away(scene):
    here = scene.take(scene.first, "show", scene.case)
    equal(here["moved"]["away"], True)
    equal(here["reference"], scene.case)
    equal((here["complainant"]["name"], here["issues"]), (None, []))
    plain = scene.ctl(scene.first, "show", scene.case, plain=True).output
    equal("Elm Row" in plain and "Wren" not in plain, True)
    equal([row["kind"] for row in scene.take(scene.first, "list")], ["moved"])
    equal(scene.take(scene.first, "search", "Wren"), [])
    refused(scene.ctl(scene.first, "act", scene.case, "-", text='{"type": "case.noted", "text": "Rang"}'),
            REFUSED, "refused")


def test_late(scene):
    scene.take(scene.second, "act", scene.case, "-", value={"type": "case.noted", "text": "Nobody had told me"})
    with scene.serving():
        sync(scene, scene.second, scene.region, scene.elm)
    notes = scene.take(scene.elm, "show", scene.case)["notes"]
    equal([note["text"] for note in notes], ["Nobody had told me"])
    equal(scene.take(scene.region, "show", scene.case)["moved"]["behind"], 0)


def test_whole(scene):
    for store in (scene.first, scene.second, scene.region, scene.elm):
        equal(scene.take(store, "fsck")["ok"], True)
    equal(scene.run([*scene.server_words(), "--json", "verify"]).json["ok"], True)


if __name__ == "__main__":
    stage = Story(*(os.path.abspath(argument) for argument in sys.argv[1:4]))
    sys.exit(play("moves", stage, dict(globals())))
