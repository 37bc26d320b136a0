#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""test-by-hand.py AMENDSCTL SERVER SOURCE: records go to the server on a stick, and its answer comes back.

The first device has no network after it has enrolled; the second has one. Files come late, twice, out of
order, cut, altered, and over the network as well: nothing is lost and nothing doubled."""

import json
import os
import pathlib
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))

from scene import (  # noqa: E402
    DONE, NETWORK, REFUSED, SMALLEST, STORE, USAGE, Scene, equal, play, refused, say)

N_MANY = 5000


def record(scene, store, what):
    return scene.take(store, "record", "-", value={**SMALLEST, "issues": [{"what": what}]})


def export(scene, name, store=None):
    return scene.take(store or scene.first, "bundle", "export", scene.folder / name, "--to", "server")


def give(scene, name, reply=None, data=None):
    """What amends-server answers."""
    return scene.run([*scene.server_words(data), "--json", "bundle", "import", scene.folder / name,
                      *(["--reply", scene.folder / reply] if reply else [])])


def taken(scene, name, reply=None):
    answer = give(scene, name, reply)
    equal(answer.status, DONE)
    return answer.json


def bring(scene, name, store=None):
    return scene.take(store or scene.first, "bundle", "import", scene.folder / name)


def assert_same(scene):
    """Both devices hold the same, and all of it is proven."""
    equal(scene.take(scene.second, "sync")["waiting"], 0)
    found = [scene.take(store, "rebuild") for store in (scene.first, scene.second)]
    equal(found[0], found[1])
    equal(scene.take(scene.first, "status")["waiting"], 0)
    for store in (scene.first, scene.second):
        equal(scene.take(store, "fsck")["ok"], True)
    equal(json.loads(scene.run([*scene.server_words(), "--json", "verify"]).output)["ok"], True)
    return found[0]


def test_begin(scene):
    scene.begin()
    with scene.serving():
        scene.take(scene.second, "sync")
        scene.take(scene.first, "sync")
        scene.elsewhere = record(scene, scene.second, "The lift has stopped again")
        scene.take(scene.second, "sync")
    equal(scene.take(scene.first, "status")["by_hand"], None)
    scene.recorded = [record(scene, scene.first, what) for what in ("No hot water", "Damp")]


def test_there(scene):
    """The server stands still; its store is opened by the command."""
    equal(export(scene, "stick"), {"file": str(scene.folder / "stick"), "to": "server", "records": 4,
                                   "handed_in": 0})
    status = scene.take(scene.first, "status")
    equal(status["waiting"], 4)
    equal(status["by_hand"]["records"], 4)
    with open(scene.folder / "stick", "rb") as file:
        line = file.readline().decode("ascii")
    organisation = status["organisation"]["id"]
    equal(line, "amends-bundle-1 request %s sealed records, carried by hand\n" % organisation)
    answer = taken(scene, "stick", "answer")
    equal((answer["new"], answer["refused"], answer["revoked"]), (4, None, False))
    equal(answer["reply"], str(scene.folder / "answer"))
    equal(os.stat(scene.folder / "answer").st_mode & 0o777, 0o600)


def test_and_back(scene):
    answer = bring(scene, "answer")
    equal(answer, {"received": 2, "acknowledged": 4, "waiting": 0, "old": False,
                   "server_restored": False})
    equal(scene.take(scene.first, "status")["by_hand"], None)
    assert scene.take(scene.first, "status")["receipt"]["seq"] >= 4
    equal(scene.take(scene.first, "show", scene.elsewhere["reference"])["waiting"], 0)
    with scene.serving():
        equal(scene.take(scene.second, "sync")["received"], 4)
        assert_same(scene)


def test_twice(scene):
    equal(taken(scene, "stick", "answer-2")["new"], 0)
    for name in ("answer", "answer-2"):
        answer = bring(scene, name)
        equal((answer["received"], answer["acknowledged"], answer["old"]), (0, 0, True))
    plain = scene.ctl(scene.first, "bundle", "import", scene.folder / "answer", plain=True)
    equal(plain.status, DONE)
    assert "Nothing in it is new" in plain.output, plain


def test_words(scene):
    """What a person is told, on the way out and back; while the server serves."""
    record(scene, scene.first, "Rats in the bin store")
    with scene.serving():
        said = scene.ctl(scene.first, "bundle", "export", scene.folder / "stick", "--to", "server",
                         plain=True)
        assert said.output.startswith("2 records are in the file, and stay marked as waiting until "
                                      "the receipt comes back\n"), said
        said = scene.ctl(scene.first, "status", plain=True)
        assert "2 records not yet sent\n2 of them are in the file written 20" in said.output, said
        said = scene.run([*scene.server_words(), "bundle", "import", scene.folder / "stick",
                          "--reply", scene.folder / "answer"])
        equal(said.status, DONE)
        assert "2 records of the device" in said.output and "Carry it back" in said.output, said
        said = scene.ctl(scene.first, "bundle", "import", scene.folder / "answer", plain=True)
        assert said.output.startswith("2 records of this device have arrived\n"), said
        assert_same(scene)


def test_network_too(scene):
    """First the stick, then the network, then its answer; and the network first."""
    record(scene, scene.first, "The gate is stuck")
    export(scene, "stick")
    with scene.serving():
        equal(taken(scene, "stick", "answer")["new"], 2)
        sent = scene.take(scene.first, "sync")
        equal((sent["waiting"], sent["sent"], sent["server_restored"]), (0, 0, False))
        record(scene, scene.first, "A window is broken")
        export(scene, "stick")
        equal(scene.take(scene.first, "sync")["waiting"], 0)
        equal(taken(scene, "stick", "answer-2")["new"], 0)
        for name in ("answer", "answer-2"):
            answer = bring(scene, name)
            equal((answer["old"], answer["server_restored"], answer["waiting"]), (True, False, 0))
        equal(scene.take(scene.first, "sync")["requests"], 1)
        assert_same(scene)


def test_out_of_order(scene):
    for number in (1, 2, 3):
        record(scene, scene.first, "Out of order, %d" % number)
        equal(export(scene, "stick-%d" % number)["records"], 2 * number)
    with scene.serving():
        equal([taken(scene, "stick-%d" % number, "answer-%d" % number)["new"]
               for number in (2, 3, 1)], [4, 2, 0])
        equal([bring(scene, "answer-%d" % number)["old"] for number in (1, 3, 2)],
              [True, False, True])
        assert_same(scene)


def damaged(scene, name):
    """The file @name cut, and with a bit changed, at many places."""
    whole = (scene.folder / name).read_bytes()
    for at in [*range(0, 600, 29), *range(600, len(whole), 7919), len(whole) - 1]:
        (scene.folder / "damaged").write_bytes(whole[:at])
        yield "cut at %d" % at
        (scene.folder / "damaged").write_bytes(
            whole[:at] + bytes([whole[at] ^ 1 << at % 8]) + whole[at + 1:])
        yield "altered at %d" % at


def test_damaged(scene):
    codes = {"cut", "altered", "not-a-bundle", "newer-bundle", "other-organisation"}
    record(scene, scene.first, "Broken on the way")
    export(scene, "stick")
    with scene.serving():
        for what in damaged(scene, "stick"):
            answer = give(scene, "damaged")
            equal((what, answer.status), (what, USAGE))
            assert answer.error["code"] in codes, (what, answer)
        equal(taken(scene, "stick", "answer")["new"], 2)
    for number, what in enumerate(damaged(scene, "answer")):
        if number % 6 in (0, 1):  # each opens the store, which takes its time
            answer = scene.ctl(scene.first, "bundle", "import", scene.folder / "damaged")
            equal((what, answer.status), (what, USAGE))
            assert answer.error["code"] in codes, (what, answer)
    equal(scene.take(scene.first, "status")["waiting"], 2)
    equal(bring(scene, "answer")["acknowledged"], 2)


def test_wrong_files(scene):
    scene.write("letter", "Dear Mrs Ashdown\n")
    (scene.folder / "empty").write_bytes(b"")
    for name, code in (("letter", "not-a-bundle"), ("empty", "not-a-bundle"),
                       ("nowhere", "input"), ("stick", "other-way"), (".", "input")):
        refused(scene.ctl(scene.first, "bundle", "import", scene.folder / name), USAGE, code)
    for name, code in (("letter", "not-a-bundle"), ("nowhere", "input"), ("answer", "other-way")):
        refused(give(scene, name), USAGE, code)
    refused(scene.ctl(scene.second, "bundle", "import", scene.folder / "answer"), USAGE,
            "other-recipient")
    refused(scene.ctl(scene.first, "bundle", "export", scene.folder / "letter", "--to", "server"),
            USAGE, "exists")
    equal((scene.folder / "letter").read_text(encoding="utf-8"), "Dear Mrs Ashdown\n")
    refused(scene.ctl(scene.first, "bundle", "export", scene.folder / "no" / "x", "--to", "server"),
            STORE, "output")
    for words in (["export", "x"], ["export", "x", "--to", "device"], ["import", "x", "--to", "server"],
                  ["carry", "x"], ["export"]):
        refused(scene.ctl(scene.first, "bundle", *words), USAGE, "usage")


def test_other_landlord(scene):
    other = scene.folder / "other-server"
    scene.admin("init", "--organisation", "Brackwell Homes", data=other)
    refused(give(scene, "stick", data=other), USAGE, "other-organisation")


def test_answer_has_no_place(scene):
    """The records are taken, and the same again writes the answer."""
    record(scene, scene.first, "The stick was pulled out")
    export(scene, "stick")
    answer = give(scene, "stick", "no/such/place")
    refused(answer, STORE, "output")
    assert answer.error["message"].startswith("The records were taken, but"), answer
    equal(taken(scene, "stick", "answer")["new"], 0)
    equal(bring(scene, "answer")["acknowledged"], 2)


def test_many(scene):
    """10,000 events there, and back to a device that holds none."""
    lines = "".join(json.dumps({**SMALLEST, "issues": [{"what": "Number %d" % number}]}) + "\n"
                    for number in range(N_MANY))
    equal(scene.ctl(scene.first, "record", "--lines", "-", text=lines).status, DONE)
    equal(export(scene, "stick")["records"], 2 * N_MANY)
    equal(taken(scene, "stick", "answer")["new"], 2 * N_MANY)
    equal(bring(scene, "answer")["acknowledged"], 2 * N_MANY)
    say("%d events: %d bytes there, %d back" % (
        2 * N_MANY, *((scene.folder / name).stat().st_size for name in ("stick", "answer"))))
    equal(export(scene, "stick-second", scene.second)["records"], 0)
    equal(taken(scene, "stick-second", "answer-second")["new"], 0)
    answer = bring(scene, "answer-second", scene.second)
    assert answer["received"] >= 2 * N_MANY, answer
    with scene.serving():
        assert_same(scene)


def test_restored(scene):
    """The server is put back from a backup while the stick is on its way."""
    scene.admin("backup", scene.folder / "backup")
    with scene.serving():
        record(scene, scene.first, "Lost with the server")
        scene.take(scene.first, "sync")
    record(scene, scene.first, "On the stick")
    export(scene, "stick")
    scene.lose_store()
    scene.admin("restore", scene.folder / "backup")
    equal(taken(scene, "stick", "answer")["refused"], "gap")
    said = scene.ctl(scene.first, "bundle", "import", scene.folder / "answer", plain=True)
    assert "Export once more" in said.output, said
    equal(scene.take(scene.first, "status")["waiting"], 4)
    equal(export(scene, "stick")["records"], 4)
    equal(taken(scene, "stick", "answer")["new"], 4)
    equal(bring(scene, "answer")["waiting"], 0)
    with scene.serving():
        assert_same(scene)


def test_revoked(scene):
    """What a device hands in that was withdrawn is held back; and it is told."""
    record(scene, scene.first, "After it was withdrawn")
    export(scene, "stick")
    scene.admin("revoke", scene.take(scene.first, "status")["device"]["code"])
    answer = taken(scene, "stick", "answer")
    equal((answer["new"], answer["revoked"], answer["quarantined"]), (2, True, 2))
    refused(scene.ctl(scene.first, "bundle", "import", scene.folder / "answer"), REFUSED, "revoked")
    equal(scene.take(scene.first, "status")["waiting"], 0)


def test_server_away(scene):
    """None of it asked for a network."""
    refused(scene.ctl(scene.first, "sync"), NETWORK)


if __name__ == "__main__":
    play_scene = Scene(*(os.path.abspath(argument) for argument in sys.argv[1:4]))
    sys.exit(play("system/by-hand", play_scene, globals().copy()))
