#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""test-kill.py AMENDSCTL SERVER SOURCE [--kills N] [--seed N]: kill -9 at random moments.

A device that records, a device that syncs and the server are killed and go on, over and over. Every
case whose reference was printed is there afterwards, whole and once; no other is there in part."""

import argparse
import collections
import json
import os
import pathlib
import random
import signal
import subprocess
import sys
import threading

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))

from line import DOWN, UP, Line  # noqa: E402
from scene import (  # noqa: E402
    DONE, NETWORK, SMALLEST, TIMEOUT_S, Scene, equal, play, say)

N_LINES = 30
# Three frames of the wire, so that a kill falls between two of them.
BATCH = 12
BATCH_TEXT_CHARS = 16000
# Longer than a program needs to start and unlock its store.
START_S = 0.25


class KillScene(Scene):
    def __init__(self, options):
        super().__init__(*(os.path.abspath(path) for path in options.programs))
        self.random = random.Random(options.seed)
        self.n_kills = options.kills
        self.line = Line(lambda: self.port)
        self.n_batches = 0
        self.n_events = {}    # of each case that was ever asked for, by its mark
        self.reference = {}   # of each case that was promised
        self.writer = {}      # the store that it was written to
        self.killed = collections.Counter()

    def close(self):
        super().close()
        self.line.close()

    def write_batch(self, store, n_lines, n_chars):
        """A file of intakes, one a line, and their marks. What a case is about begins with its mark."""
        self.n_batches += 1
        marks, lines = [], []
        for number in range(n_lines):
            mark = "%d-%d." % (self.n_batches, number)
            text = "%s %s" % (mark, self.random.randbytes(n_chars // 2).hex())
            n_more = self.random.randrange(3)
            intake = {**SMALLEST,
                      "issues": [{"what": text}] + [{"what": "And more"}] * n_more,
                      "adjustments": [{"need": "large-print"}] * self.random.randrange(2)}
            self.n_events[mark] = 2 + n_more + len(intake["adjustments"])
            self.writer[mark] = store
            marks.append(mark)
            lines.append(json.dumps(intake))
        return self.write("batch", "\n".join(lines) + "\n"), marks

    def promise(self, marks, output):
        """Keeps what standard output promised; a line without its end is no promise."""
        for mark, line in zip(marks, output.split(b"\n")[:-1]):
            self.reference[mark] = json.loads(line)["reference"]

    def start(self, store, *arguments):
        return subprocess.Popen(self.words(store, *arguments), env=self.environment,
                                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                stderr=subprocess.DEVNULL, start_new_session=True)

    def rows(self, store):
        """The list of a store by mark."""
        rows = self.take(store, "list", "--limit", "1000000")
        found = {row["summary"].split(" ")[0]: row for row in rows}
        equal(len(found), len(rows))
        return found


def wait_at_most(process, delay_s):
    """Whether the process ended by itself within the delay."""
    try:
        process.wait(delay_s)
    except subprocess.TimeoutExpired:
        return False
    return True


def end(process):
    process.kill()
    output = process.stdout.read()
    process.stdout.close()
    return process.wait(TIMEOUT_S) == -signal.SIGKILL, output


# ------------------------------------------------------------------ one kill of each kind


def kill_recording(scene, store):
    path, marks = scene.write_batch(store, N_LINES, 200)
    process = scene.start(store, "record", "--lines", path)
    if scene.random.randrange(4) == 0:
        wait_at_most(process, scene.random.uniform(0, START_S))
        output = b""
    else:
        output = b"".join(process.stdout.readline() for _ in range(scene.random.randrange(N_LINES)))
        wait_at_most(process, scene.random.uniform(0, 0.004))
    was_killed, rest = end(process)
    scene.promise(marks, output + rest)

    found = scene.rows(store)
    for number, mark in enumerate(marks):
        if mark not in found:
            assert mark not in scene.reference, "%s is lost" % mark
            del scene.n_events[mark]
            continue
        # Lines are taken in their order, and none of them was sent yet.
        equal(found[mark]["waiting"], scene.n_events[mark])
        equal(found[mark]["reference"], scene.reference.setdefault(mark, found[mark]["reference"]))
        assert number == 0 or marks[number - 1] in found, mark
    return was_killed


def record_batch(scene, store):
    path, marks = scene.write_batch(store, BATCH, BATCH_TEXT_CHARS)
    answer = scene.ctl(store, "record", "--lines", path)
    equal(answer.status, DONE)
    scene.promise(marks, answer.output.encode())


def sync_until(scene, store, victim_of):
    """A sync during which a process is killed once so many bytes have gone, and a little later."""
    reached = threading.Event()
    direction = scene.random.choice((UP, DOWN))
    most = (220000, 4000) if store == scene.first else (5000, 220000)
    scene.line.arm(direction, scene.random.randrange(1, most[direction]), reached.set)
    process = scene.start(store, "sync")
    victim = victim_of(process)
    while not reached.wait(0.001) and process.poll() is None:
        pass
    if process.poll() is None:
        wait_at_most(process, scene.random.choice((0, scene.random.uniform(0, 0.02))))
    was_running = process.poll() is None
    victim.kill()
    scene.line.disarm()
    return process, was_running


def kill_syncing(scene, store):
    process, _ = sync_until(scene, store, lambda process: process)
    return end(process)[0]


def kill_serving(scene, store):
    process, was_running = sync_until(scene, store, lambda _: scene.process)
    scene.process.wait(TIMEOUT_S)
    status = process.wait(TIMEOUT_S)
    process.stdout.close()
    assert status in (DONE, NETWORK), status
    scene.stop()
    scene.serve()
    return was_running


# ------------------------------------------------------------------ the story


def test_enrol(scene):
    scene.begin(url="https://127.0.0.1:%d" % scene.line.port)


def test_kills(scene):
    acts = ((kill_recording, 4), (kill_syncing, 3), (kill_serving, 3))
    scene.serve()
    while sum(scene.killed.values()) < scene.n_kills:
        act = scene.random.choices([act for act, _ in acts], [weight for _, weight in acts])[0]
        store = scene.random.choice((scene.first, scene.second))
        if act is not kill_recording and store == scene.first:
            record_batch(scene, store)
        scene.killed[act.__name__] += act(scene, store)
    say(", ".join("%s %d" % (name.replace("_", " "), n) for name, n in sorted(scene.killed.items())))


def test_at_rest(scene):
    n_exchanges = 0
    for store in (scene.first, scene.second, scene.first):
        report = scene.take(store, "sync")
        equal(report["waiting"], 0)
        n_exchanges = max(n_exchanges, report["requests"])
    report = scene.take(scene.second, "sync")
    equal((report["sent"], report["received"]), (0, 0))
    scene.stop()
    say("%d exchanges at the most to come to rest" % n_exchanges)


def test_whole(scene):
    for store in (scene.first, scene.second):
        found = scene.take(store, "fsck")
        equal((found["ok"], found["first_bad"]), (True, None))
        equal(found["events"], found["checked"])
        equal(scene.take(store, "status")["set_aside"], 0)
    verified = json.loads(scene.admin("verify", "--json"))
    equal((verified["ok"], verified["first_bad"]), (True, None))


def test_nothing_lost_nothing_doubled(scene):
    n_events = dict(scene.query(
        "SELECT event.stream, count(*) FROM event JOIN feed USING (feed)"
        " WHERE feed.name = 's.oak' GROUP BY event.stream"))
    [(n_bodies, n_different)] = scene.query("SELECT count(*), count(DISTINCT digest) FROM event")
    equal(n_bodies, n_different)
    for store in (scene.first, scene.second):
        found = scene.rows(store)
        equal({mark: row["reference"] for mark, row in found.items()}, scene.reference)
        equal({mark: n_events[row["id"]] for mark, row in found.items()},
              {mark: scene.n_events[mark] for mark in found})
        equal(sum(n_events.values()), sum(scene.n_events[mark] for mark in found))
    say("%d cases, %d events" % (len(scene.reference), sum(n_events.values())))


def test_same_state(scene):
    first = scene.take(scene.first, "rebuild")
    equal(first, scene.take(scene.second, "rebuild"))
    equal(first["cases"], len(scene.reference))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("programs", nargs=3)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(2 ** 32))
    options = parser.parse_args()
    say("seed %d" % options.seed)
    return play("system/kill", KillScene(options), globals().copy())


if __name__ == "__main__":
    sys.exit(main())
