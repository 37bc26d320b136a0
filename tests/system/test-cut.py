#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""test-cut.py AMENDSCTL SERVER SOURCE [--rounds N] [--seed N]: the line is cut at random bytes.

Cuts fall in both directions of a sync that sends and of one that receives; then the line is whole again
and the sync is repeated. Nothing is lost or doubled, and little goes over the line twice."""

import argparse
import json
import os
import pathlib
import random
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))

from line import DOWN, UP, Line  # noqa: E402
from scene import DONE, NETWORK, SMALLEST, Scene, equal, play, refused, say  # noqa: E402

# Random hexadecimal digits halve when compressed: a batch is about three frames.
BATCH = 24
TEXT_CHARS = 16000

# A frame is about 64 KiB (PROTOCOL.md 4), and at most one that the server has read is ever sent twice (6).
# Beside it goes what its system had taken and it had not read yet, about as much, when it is busy. The
# rest is a second handshake, a request that holds its frames back, and what TLS adds. A server that is
# told of the cut by a reset reads none of what its system holds, which on loopback may be all: those
# cuts have no such limit, and are counted apart.
MAX_TWICE_BYTES = (64 + 64 + 16) * 1024


class CutScene(Scene):
    def __init__(self, options):
        super().__init__(*(os.path.abspath(path) for path in options.programs))
        self.random = random.Random(options.seed)
        self.n_rounds = options.rounds
        self.line = Line(lambda: self.port)
        self.references = []
        self.whole = {}              # bytes in each direction of an undisturbed sync
        self.n_cut = 0               # two in each round, but for those that came after the end
        self.worst = {False: [0, 0], True: [0, 0]}

    def close(self):
        super().close()
        self.line.close()

    def record(self):
        lines = [json.dumps({**SMALLEST, "issues": [
            {"what": self.random.randbytes(TEXT_CHARS // 2).hex()}]}) for _ in range(BATCH)]
        answer = self.ctl(self.first, "record", "--lines", "-", text="\n".join(lines))
        equal(answer.status, DONE)
        self.references += [json.loads(line)["reference"] for line in answer.output.splitlines()]

    def sync(self, store):
        """An undisturbed sync; gives its report, and adds to the line's counts."""
        self.line.disarm()
        return self.take(store, "sync")

    def cut_and_repeat(self, store, direction, n_bytes, tells_server):
        """Bytes in each direction that both tries needed together."""
        self.line.arm(direction, n_bytes, lambda: self.line.cut(tells_server))
        answer = self.ctl(store, "sync")
        if self.line.is_cut:
            self.n_cut += 1
        if answer.status != DONE:
            refused(answer, NETWORK, "offline")
        equal(self.sync(store)["waiting"], 0)
        return list(self.line.n_bytes)


def test_enrol(scene):
    scene.begin(url="https://127.0.0.1:%d" % scene.line.port)


def test_undisturbed(scene):
    scene.serve()
    for _ in range(2):
        scene.record()
        for store in (scene.first, scene.second):
            scene.line.n_bytes = [0, 0]
            scene.sync(store)
            scene.whole[store] = list(scene.line.n_bytes)
    say("undisturbed: %d bytes up and %d down to send, %d up and %d down to receive"
        % (*scene.whole[scene.first], *scene.whole[scene.second]))


def test_cuts(scene):
    for _ in range(scene.n_rounds):
        scene.record()
        for store in (scene.first, scene.second):
            direction = scene.random.choice((UP, DOWN))
            n_bytes = scene.random.randrange(1, scene.whole[store][direction] + 1)
            tells_server = scene.random.choice((False, True))
            needed = scene.cut_and_repeat(store, direction, n_bytes, tells_server)
            twice = [needed[way] - scene.whole[store][way] for way in (UP, DOWN)]
            worst = scene.worst[tells_server]
            worst[:] = map(max, worst, twice)
            assert tells_server or max(twice) <= MAX_TWICE_BYTES, (
                "%s was cut after %d bytes %s: twice went %d bytes up, %d down"
                % (store.name, n_bytes, ("up", "down")[direction], *twice))
    say("%d cuts; at the worst %d bytes twice up and %d down; where the server is reset %d and %d"
        % (scene.n_cut, *scene.worst[False], *scene.worst[True]))
    assert scene.n_cut >= scene.n_rounds


def test_nothing_lost_nothing_doubled(scene):
    scene.stop()
    states = []
    for store in (scene.first, scene.second):
        rows = scene.take(store, "list", "--limit", "1000000")
        assert sorted(row["reference"] for row in rows) == sorted(scene.references), store
        found = scene.take(store, "fsck")
        equal((found["ok"], found["events"]), (True, found["checked"]))
        states.append(scene.take(store, "rebuild"))
    equal(states[0], states[1])
    equal(json.loads(scene.admin("verify", "--json"))["ok"], True)
    [(n_events,)] = scene.query(
        "SELECT count(*) FROM event JOIN feed USING (feed) WHERE feed.name = 's.oak'")
    equal(n_events, 2 * len(scene.references))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("programs", nargs=3)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(2 ** 32))
    options = parser.parse_args()
    say("seed %d" % options.seed)
    return play("system/cut", CutScene(options), globals().copy())


if __name__ == "__main__":
    sys.exit(main())
