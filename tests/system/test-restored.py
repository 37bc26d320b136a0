#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""test-restored.py AMENDSCTL SERVER SOURCE: the server is restored from a backup that is too old.

A laptop that enrolled after the backup was made has recorded, sent and been read by another. The
restored server does not know it until that other one comes, and brings its log back; nothing is lost or doubled.
One that was withdrawn stays so. Where nobody has read of a laptop, it enrols again with all that it holds."""

import json
import os
import pathlib
import shutil
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))

from scene import DONE, REFUSED, SMALLEST, STORE, USAGE, Scene, equal, play, refused  # noqa: E402


def record(scene, store, what):
    return scene.take(store, "record", "-", value={**SMALLEST, "issues": [{"what": what}]})


def references(scene, store):
    return sorted(case["reference"] for case in scene.take(store, "list"))


def test_backup(scene):
    scene.begin()
    scene.backup = scene.folder / "too-old.backup"
    with scene.serving():
        record(scene, scene.first, "The entrance door sticks")
        scene.take(scene.first, "sync")
        scene.admin("backup", scene.backup)


def test_enrolled_since(scene):
    """Its code and its cases are known to all, but not to the backup."""
    scene.third = scene.folder / "third"
    with scene.serving():
        equal(scene.enrol(scene.third, "New laptop", scene.invite(), "--staff",
                          "Ansel Thrupp").status, DONE)
        scene.known = record(scene, scene.third, "The lift has stopped again")
        scene.take(scene.third, "sync")
        scene.take(scene.first, "sync")
        act = {"type": "case.noted", "text": "Rang the lift engineer"}
        scene.take(scene.first, "act", scene.known["reference"], "-", value=act)
        scene.take(scene.first, "sync")
        scene.unknown = record(scene, scene.third, "No hot water since Tuesday")
    scene.cases = sorted({*references(scene, scene.first), *references(scene, scene.third)})
    equal(len(scene.cases), 3)


def test_forgotten(scene):
    """It is told so, keeps recording, and its own code is refused while it is known."""
    with scene.serving():
        known = scene.ctl(scene.third, "enrol", "--again", "--server", scene.url, "--code",
                          scene.invite())
        refused(known, REFUSED, "code")
    scene.lose_store()
    scene.admin("restore", scene.backup)
    with scene.serving():
        refused(scene.ctl(scene.third, "sync"), REFUSED, "unknown-device")
        equal(scene.take(scene.third, "status")["last_error"]["code"], "unknown-device")
    scene.later = record(scene, scene.third, "The bin store is locked")
    scene.cases.append(scene.later["reference"])


def test_wrong_ways(scene):
    """A code that is wrong, another landlord's server, no store: nothing changes."""
    with scene.serving():
        wrong = scene.ctl(scene.third, "enrol", "--again", "--server", scene.url, "--code",
                          "0000-0000-0000-0000-0000")
        refused(wrong, REFUSED, "code")
        missing = scene.ctl(scene.folder / "nowhere", "enrol", "--again", "--server", scene.url,
                            "--code", scene.invite())
        refused(missing, STORE)
        refused(scene.ctl(scene.third, "enrol", "--again", "--server", scene.url), USAGE,
                field="code")
    other = scene.folder / "other-server"
    scene.admin("init", "--organisation", "Brackwell Homes", data=other)
    scene.admin("scheme", "add", "oak", "--name", "Oak House", data=other)
    code = scene.admin("invite", "--feeds", "org,s.oak", "--kind", "staff", data=other).split()[-1]
    with scene.serving(other, port=0) as there:
        foreign = scene.ctl(scene.third, "enrol", "--again", "--server",
                            "https://127.0.0.1:%d" % there, "--code", code)
    assert foreign.status != DONE, foreign
    before = scene.take(scene.third, "status")
    equal((before["organisation"]["name"], before["server"]), ("Fenwater Homes", scene.url))


def test_brought_back(scene):
    """Another has read that it enrolled: it goes on by itself, and is not to enrol again."""
    before = scene.take(scene.third, "status")["device"]["code"]
    with scene.serving():
        told = scene.ctl(scene.first, "sync", plain=True).output
        n_again = scene.take(scene.first, "status")["news"]["server_restored"]["sent_again"]
        assert n_again > 1 and "Head office was restored: %d records sent again" % n_again in told
        told = scene.ctl(scene.first, "status", "--seen", plain=True).output
        assert "Head office was restored, which was noticed 20" in told, told
        assert ": %d records sent again" % n_again in told, told
        equal(scene.take(scene.first, "status")["news"], {"recoded": None, "server_restored": None})
        assert "restored" not in scene.ctl(scene.first, "status", plain=True).output
        refused(scene.ctl(scene.third, "enrol", "--again", "--server", scene.url, "--code",
                          scene.invite()), REFUSED, "code")
        report = scene.take(scene.third, "sync")
        equal(scene.take(scene.third, "status")["device"]["code"], before)
        equal((report["waiting"], report["recoded"]), (0, None))
        for store in (scene.first, scene.second, scene.third, scene.first):
            equal(scene.take(store, "sync")["waiting"], 0)
        equal(references(scene, scene.third), sorted(scene.cases))
        for store in (scene.first, scene.second):
            equal(references(scene, store), sorted(scene.cases))
    hashes = {scene.take(store, "rebuild")["state_hash"]
              for store in (scene.first, scene.second, scene.third)}
    equal(len(hashes), 1)
    equal(scene.take(scene.second, "show", scene.known["reference"])["notes"][0]["text"],
          "Rang the lift engineer")
    for store in (scene.first, scene.second, scene.third):
        equal(scene.take(store, "fsck")["ok"], True)
        equal(scene.take(store, "conflicts"), [])
    scene.admin("verify")


def test_next_device(scene):
    """A new device gets a code that nobody has."""
    fourth = scene.folder / "fourth"
    with scene.serving():
        equal(scene.enrol(fourth, "Newest laptop", scene.invite(), "--staff", "Wren Ashdown").status,
              DONE)
        scene.take(fourth, "sync")
    codes = [scene.take(store, "status")["device"]["code"]
             for store in (scene.first, scene.second, scene.third, fourth)]
    equal(len(set(codes)), 4)
    equal(references(scene, fourth), sorted(scene.cases))


def test_withdrawn(scene):
    """A laptop is stolen and withdrawn. After the restore it is let in until somebody comes who knows."""
    scene.backup = scene.folder / "before-the-theft.backup"
    code = scene.take(scene.second, "status")["device"]["code"]
    with scene.serving():
        scene.take(scene.second, "sync")
        scene.admin("backup", scene.backup)
        scene.admin("revoke", code)
        scene.take(scene.first, "sync")
    scene.lose_store()
    scene.admin("restore", scene.backup)
    with scene.serving():
        assert scene.take(scene.first, "sync")["server_restored"]
        refused(scene.ctl(scene.second, "sync"), REFUSED, "revoked")
        equal(scene.take(scene.second, "status")["last_error"]["code"], "revoked")
        equal([device["revoked"] for device in json.loads(scene.admin("device", "list", "--json"))
               if device["code"] == code], [True])
    scene.admin("verify")


def test_again(scene):
    """Nobody else has read of a laptop: it enrols again, with its code and all that it holds."""
    scene.backup = scene.folder / "before-the-last.backup"
    fifth = scene.folder / "fifth"
    with scene.serving():
        scene.admin("backup", scene.backup)
        equal(scene.enrol(fifth, "Last laptop", scene.invite(), "--staff", "Ines Calder").status,
              DONE)
        scene.cases.append(record(scene, fifth, "The gate does not close")["reference"])
        scene.take(fifth, "sync")
    scene.lose_store()
    scene.admin("restore", scene.backup)
    before = scene.take(fifth, "status")["device"]["code"]
    with scene.serving():
        scene.take(scene.first, "sync")
        refused(scene.ctl(fifth, "sync"), REFUSED, "unknown-device")
        again = scene.ctl(fifth, "enrol", "--again", "--server", scene.url, "--code",
                          scene.invite())
        equal((again.status, again.json["device"]), (DONE, before))
        equal(scene.take(fifth, "sync")["waiting"], 0)
        scene.take(scene.first, "sync")
        equal(references(scene, scene.first), sorted(scene.cases))
        equal(scene.take(fifth, "fsck")["ok"], True)
    scene.admin("verify")


def test_copy_put_back(scene):
    """A laptop is put back from a copy, after it sent more: it goes on under a new code, and says so until it is read."""
    copy = scene.folder / "copy"
    before = scene.take(scene.first, "status")["device"]["code"]
    with scene.serving():
        scene.take(scene.first, "sync")
        shutil.copytree(scene.first, copy)
        scene.cases.append(record(scene, scene.first, "The bell rings by itself")["reference"])
        scene.take(scene.first, "sync")
        shutil.rmtree(scene.first)
        copy.rename(scene.first)
        scene.cases.append(record(scene, scene.first, "The bell is silent")["reference"])
        told = scene.ctl(scene.first, "sync", plain=True).output
        after = scene.take(scene.first, "status")
    assert after["device"]["code"] != before
    assert "restored or copied, and has a new code: " + after["device"]["code"] in told, told
    equal(after["news"]["recoded"]["to"], after["device"]["code"])
    told = scene.ctl(scene.first, "status", plain=True).output
    assert "This device was restored or copied" in told and after["device"]["code"] in told, told
    equal(references(scene, scene.first), sorted(scene.cases))


if __name__ == "__main__":
    scene = Scene(*(os.path.abspath(argument) for argument in sys.argv[1:4]))
    sys.exit(play("system/restored", scene, globals().copy()))
