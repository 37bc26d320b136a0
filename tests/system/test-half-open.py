#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""test-half-open.py AMENDSCTL SERVER SOURCE: the line falls silent, and neither end is told.

As when a router forgets a connection, or a laptop leaves a room: no cut and no reset, nothing but silence. A device
waits for a bounded time, says so, keeps all that it wrote, and goes on with the next sync."""

import json
import os
import pathlib
import sys
import time

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))

import scene as scenes  # noqa: E402
from line import DOWN, UP, Line  # noqa: E402
from scene import DONE, NETWORK, SMALLEST, Scene, equal, play, refused, say  # noqa: E402

# What src/sync/amends-transport.c waits for, and what a machine with other things to do may add. In an answer the
# last bytes that came are handed on only then, and the next are waited for as long.
WAITS_S, MORE_S = 30, 25
scenes.TIMEOUT_S = 2 * WAITS_S + 2 * MORE_S
BATCH, TEXT_CHARS = 12, 16000
NO_ANSWER = "The server has not answered for %d seconds" % WAITS_S
CUT_SHORT = "The line was cut before the answer was whole"


class HalfOpenScene(Scene):
    def __init__(self, programs):
        super().__init__(*(os.path.abspath(path) for path in programs))
        self.line = Line(lambda: self.port)
        self.references = []
        self.whole = {}  # bytes in each direction of an undisturbed sync

    def close(self):
        super().close()
        self.line.close()

    def record(self):
        lines = [json.dumps({**SMALLEST, "issues": [{"what": os.urandom(TEXT_CHARS // 2).hex()}]})
                 for _ in range(BATCH)]
        answer = self.ctl(self.first, "record", "--lines", "-", text="\n".join(lines))
        equal(answer.status, DONE)
        self.references += [json.loads(line)["reference"] for line in answer.output.splitlines()]

    def fall_silent(self, store, direction, n_bytes, words, n_waits=1, silent=(UP, DOWN)):
        """A sync that finds the line silent after @n_bytes, and the one after it."""
        self.line.arm(direction, n_bytes, lambda: self.line.fall_silent(*silent))
        began = time.monotonic()
        answer = self.ctl(store, "sync")
        waited_s = time.monotonic() - began
        refused(answer, NETWORK, "offline")
        assert answer.error["message"].startswith(words), answer
        assert WAITS_S - 1 <= waited_s <= n_waits * WAITS_S + MORE_S, waited_s
        say("%s waited for %.0f s: %s" % (store.name, waited_s, answer.error["message"]))
        self.line.disarm()
        equal(self.take(store, "sync")["waiting"], 0)


def test_undisturbed(scene):
    scene.begin(url="https://127.0.0.1:%d" % scene.line.port)
    scene.serve()
    for _ in range(2):
        scene.record()
        for store in (scene.first, scene.second):
            scene.line.n_bytes = [0, 0]
            scene.take(store, "sync")
            scene.whole[store] = list(scene.line.n_bytes)


def test_before_it_is_known(scene):
    """The connection is there, and nothing comes of it."""
    scene.record()
    scene.fall_silent(scene.first, UP, 1, NO_ANSWER)


def test_half_a_request(scene):
    scene.record()
    scene.fall_silent(scene.first, UP, scene.whole[scene.first][UP] // 2, NO_ANSWER)


def test_half_an_answer(scene):
    scene.fall_silent(scene.second, DOWN, scene.whole[scene.second][DOWN] // 2, CUT_SHORT, 2)


def test_answer_lost(scene):
    """The server has taken all; the device is not told, and sends none of it twice."""
    scene.record()
    scene.fall_silent(scene.first, UP, scene.whole[scene.first][UP] // 2, NO_ANSWER, silent=(DOWN,))


def test_nothing_lost_nothing_doubled(scene):
    scene.take(scene.second, "sync")
    scene.stop()
    states = []
    for store in (scene.first, scene.second):
        rows = scene.take(store, "list", "--limit", "1000000")
        equal(sorted(row["reference"] for row in rows), sorted(scene.references))
        found = scene.take(store, "fsck")
        equal((found["ok"], found["events"]), (True, found["checked"]))
        states.append(scene.take(store, "rebuild"))
    equal(states[0], states[1])
    equal(json.loads(scene.admin("verify", "--json"))["ok"], True)


if __name__ == "__main__":
    sys.exit(play("system/half-open", HalfOpenScene(sys.argv[1:4]), globals().copy()))
