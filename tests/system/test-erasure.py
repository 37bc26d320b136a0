#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""test-erasure.py AMENDSCTL SERVER SOURCE SCAN [--kills N] [--seed N]: what was erased is nowhere.

Each store is opened with its key, and every byte of every file of it is taken for the beginning of something
sealed; the server's files are read as they are. The same search finds the name before it is erased."""

import argparse
import json
import os
import pathlib
import random
import signal
import subprocess
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))

from scene import (  # noqa: E402
    DONE, PASSPHRASE, SMALLEST, TIMEOUT_S, Scene, equal, play, refused, say)

REFUSED = 1


class ErasureScene(Scene):
    def __init__(self, options):
        super().__init__(*(os.path.abspath(path) for path in options.programs[:3]))
        self.scan = os.path.abspath(options.programs[3])
        self.random = random.Random(options.seed)
        self.n_kills = options.kills
        self.n_names = 0
        self.log = open(self.folder / "log", "ab")

    def close(self):
        super().close()
        self.log.close()

    def name(self):
        self.n_names += 1
        return "Zq%sWexcombe%d" % ("".join(self.random.choices("abcdefgh", k=12)), self.n_names)

    def record(self, name):
        case = self.take(self.first, "record", "-", value={
            **SMALLEST, "complainant": {"name": name, "relation": "current-tenant", "home": "Flat 2"},
            "issues": [{"what": "No heating, says " + name}]})
        self.act(self.first, case["reference"], type="case.noted", text="Rang " + name)
        return case["reference"]

    def act(self, store, reference, **act):
        return self.take(store, "act", reference, "-", value=act)

    def finds(self, store, name):
        done = subprocess.run([self.scan, store, PASSPHRASE, name], env=self.environment,
                              timeout=TIMEOUT_S, check=False)
        assert done.returncode in (0, 1), done
        return done.returncode == 0

    def server_finds(self, name):
        found = any(name.encode() in path.read_bytes()
                    for path in self.server.rglob("*") if path.is_file())
        if self.cluster is not None:
            found |= self.query("SELECT count(*) FROM event WHERE strpos(encode(body, 'escape'), '%s')"
                                " > 0" % name) != [(0,)]
        return found

    def erase(self, reference):
        self.act(self.first, reference, type="case.erasure-asked", because="asked-by-person")
        self.take(self.first, "sync")
        self.take(self.second, "sync")
        self.act(self.second, reference, type="case.erasure-agreed")

    def nowhere(self, name):
        for store in (self.first, self.second):
            assert not self.finds(store, name), store
            equal(self.take(store, "fsck")["ok"], True)
        assert not self.server_finds(name)
        self.log.flush()
        assert name.encode() not in (self.folder / "log").read_bytes()


# ------------------------------------------------------------------ the story


def test_erased(scene):
    scene.begin()
    name = scene.name()
    with scene.serving(log=scene.log):
        reference = scene.record(name)
        scene.take(scene.first, "sync")
        scene.take(scene.second, "sync")
        for store in (scene.first, scene.second):
            assert scene.finds(store, name), "the scan finds nothing"
            equal(len(scene.take(store, "search", name)), 1)
        assert scene.server_finds(name)
        assert not scene.finds(scene.first, scene.name())

        answer = scene.ctl(scene.first, "act", reference, "-",
                           text='{"type":"case.erasure-agreed"}')
        refused(answer, REFUSED)
        scene.erase(reference)
        answer = scene.ctl(scene.second, "act", reference, "-",
                           text='{"type":"case.erasure-asked","because":"other"}')
        assert answer.status != DONE, answer
        scene.take(scene.second, "sync")
        erasure, = json.loads(scene.admin("erasures", "--json"))
        equal((erasure["erased_on"], erasure["devices"]), (1, 2))
        equal([device["name"] for device in erasure["waiting"]], ["Office laptop"])
        assert "erased on 1 of 2 devices" in scene.admin("erasures")
        scene.take(scene.first, "sync")
        assert "erased on 2 of 2 devices" in scene.admin("erasures")
    scene.nowhere(name)
    for store in (scene.first, scene.second):
        equal(scene.take(store, "search", name), [])
        shown = scene.take(store, "show", reference)
        equal((shown["erased"], shown["complainant"]["name"]), (True, None))
        equal(len(shown["erasures"]), 1)
        equal(shown["erasures"][0]["left"], 0)
        equal([entry["erased"] for entry in scene.take(store, "history", reference)].count(True), 3)
    scene.reference = reference


def test_restored(scene):
    """The server goes back to before the erasure."""
    name = scene.name()
    backup = scene.folder / "backup"
    with scene.serving(log=scene.log):
        reference = scene.record(name)
        scene.take(scene.first, "sync")
        scene.take(scene.second, "sync")
        scene.admin("backup", backup)
        scene.erase(reference)
        for store in (scene.second, scene.first):
            scene.take(store, "sync")
        scene.nowhere(name)
    assert name.encode() in backup.read_bytes()
    ledger = (scene.server / "erasures").read_bytes()
    if scene.cluster is not None:
        scene.lose_store()
    scene.admin("restore", backup)
    with scene.serving(log=scene.log):
        assert not scene.server_finds(name)
        for store in (scene.first, scene.second, scene.first):
            scene.take(store, "sync")
        assert "erased on 2 of 2 devices" in scene.admin("erasures").splitlines()[-1]
    scene.nowhere(name)
    assert (scene.server / "erasures").read_bytes().startswith(ledger)


def test_administrator(scene):
    name = scene.name()
    with scene.serving(log=scene.log):
        reference = scene.record(name)
        scene.take(scene.first, "sync")
        events = [entry["id"] for entry in scene.take(scene.first, "history", reference)]
        answer = scene.run([*scene.server_words(), "erase", ",".join(events)])
        equal(answer.status, 2)
        scene.admin("erase", ",".join(events), "--reason", "A court ordered it")
        scene.take(scene.first, "sync")
        scene.take(scene.second, "sync")
    scene.nowhere(name)


def kill_in(scene, process, longest_s):
    """Whether it was killed before it ended."""
    try:
        process.wait(scene.random.uniform(0, longest_s))
    except subprocess.TimeoutExpired:
        process.kill()
    return process.wait(TIMEOUT_S) == -signal.SIGKILL


def test_killed(scene):
    """The device that asks, one that follows and the server are killed at random moments of it."""
    names, n_killed = [], 0
    for round_ in range(scene.n_kills):
        name = scene.name()
        names.append(name)
        scene.serve(log=scene.log)
        reference = scene.record(name)
        scene.take(scene.first, "sync")
        scene.erase(reference)
        for store in (scene.second, scene.first):
            process = subprocess.Popen(scene.words(store, "sync"), env=scene.environment,
                                       stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                       stderr=scene.log)
            if round_ % 2 == 0:
                n_killed += kill_in(scene, process, 0.6)
            else:
                try:
                    process.wait(scene.random.uniform(0.1, 0.6))
                except subprocess.TimeoutExpired:
                    pass
                scene.stop(signal.SIGKILL)
                n_killed += 1
                process.wait(TIMEOUT_S)
                scene.serve(log=scene.log)
        for store in (scene.second, scene.first, scene.second):
            scene.take(store, "sync")
        assert "erased on 2 of 2 devices" in scene.admin("erasures").splitlines()[-1]
        scene.stop()
    for name in names:
        scene.nowhere(name)
    say("%d killed, %d erased" % (n_killed, len(names)))
    assert n_killed > 0


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("programs", nargs=4, metavar="PROGRAM")
    parser.add_argument("--kills", type=int, default=6)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(2 ** 32))
    options = parser.parse_args()
    say("seed %d" % options.seed)
    sys.exit(play("system/erasure", ErasureScene(options), globals().copy()))
