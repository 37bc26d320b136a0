#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""test-servers.py AMENDSCTL SERVER SOURCE [--rounds N] [--seed N]: two servers over one database.

Devices record and sync all at once. A proxy gives each connection to one server or the other, and one of
them is killed in between, over and over. What a device was told is on the server stays there, every event
has one position and every position one event, and all come to hold the same. Runs beside a PostgreSQL
cluster: with-postgresql.py."""

import argparse
import concurrent.futures
import json
import os
import pathlib
import random
import sys
import threading

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))

from line import Line  # noqa: E402
from scene import DONE, NETWORK, SMALLEST, TIMEOUT_S, Scene, equal, play, say  # noqa: E402

N_SERVERS = 2
N_MORE_DEVICES = 2
N_CASES = 12
TEXT_CHARS = 8000
# A sync of one device among four takes about so long.
KILL_AFTER_S = 0.6


class ServersScene(Scene):
    def __init__(self, options):
        super().__init__(*(os.path.abspath(path) for path in options.programs))
        self.random = random.Random(options.seed)
        self.n_rounds = options.rounds
        self.servers = []  # process and port of each that lives
        self.lock = threading.Lock()
        self.line = Line(self.pick_port)
        self.devices = [self.first, self.second]
        self.references = set()  # of each case that was promised
        self.n_killed = 0
        self.n_cut = 0

    def pick_port(self):
        with self.lock:
            return self.random.choice(self.servers)[1]

    def start_one(self):
        started = self.start_server()
        with self.lock:
            self.servers.append(started)

    def kill_one(self):
        with self.lock:
            process, _port = self.servers.pop(self.random.randrange(len(self.servers)))
        process.kill()
        process.wait(TIMEOUT_S)
        process.stdout.close()
        self.n_killed += 1

    def close(self):
        for process, _port in self.servers:
            process.terminate()
            process.wait(TIMEOUT_S)
            process.stdout.close()
        self.servers = []
        self.line.close()
        super().close()

    def record(self, device, number):
        lines = [json.dumps({**SMALLEST, "issues": [{"what": "%d-%d %s" % (
            number, n, self.random.randbytes(TEXT_CHARS // 2).hex())}]}) for n in range(N_CASES)]
        path = self.folder / ("batch-%s-%d" % (device.name, number))
        path.write_text("\n".join(lines) + "\n")
        answer = self.ctl(device, "record", "--lines", path)
        equal(answer.status, DONE)
        with self.lock:
            self.references.update(json.loads(line)["reference"]
                                   for line in answer.output.splitlines())

    def sync(self, device):
        """One sync, whatever becomes of the servers meanwhile; gives whether it came to its end."""
        answer = self.ctl(device, "sync")
        assert answer.status in (DONE, NETWORK), answer
        if answer.status == NETWORK:
            with self.lock:
                self.n_cut += 1
        report = answer.json
        if "acknowledged" in report:
            equal((report["server_restored"], report["recoded"]), (False, None))
        return answer.status == DONE

    def work(self, device):
        """A round of one device."""
        for number in (0, 1):
            self.record(device, number)
            self.sync(device)

    def together(self, function):
        with concurrent.futures.ThreadPoolExecutor(len(self.devices)) as executor:
            for future in [executor.submit(function, device) for device in self.devices]:
                future.result()


def test_enrol(scene):
    scene.admin("init", "--organisation", "Fenwater Homes")
    scene.admin("scheme", "add", "oak", "--name", "Oak Court")
    for _ in range(N_SERVERS):
        scene.start_one()
    scene.devices += [scene.folder / ("device-%d" % n) for n in range(N_MORE_DEVICES)]
    codes = {device: scene.invite() for device in scene.devices}

    def enrol(device):
        answer = scene.enrol(device, device.name, codes[device], "--staff", "Hesta Penwick",
                             url="https://127.0.0.1:%d" % scene.line.port)
        equal(answer.status, DONE)

    scene.together(enrol)
    found = [scene.take(device, "status")["device"]["code"] for device in scene.devices]
    equal(len(set(found)), len(scene.devices))


def test_killed(scene):
    ended = threading.Event()

    def kill():
        while not ended.wait(scene.random.uniform(0.1, KILL_AFTER_S)):
            scene.kill_one()
            scene.start_one()

    with concurrent.futures.ThreadPoolExecutor(1) as executor:
        for _ in range(scene.n_rounds):
            ended.clear()
            killer = executor.submit(kill)
            try:
                scene.together(scene.work)
            finally:
                ended.set()
            killer.result()
    assert scene.n_killed >= scene.n_rounds, scene.n_killed
    say("%d servers killed, %d syncs cut, %d cases" % (scene.n_killed, scene.n_cut,
                                                       len(scene.references)))


def test_at_rest(scene):
    """Twice: the second time each reads what the others sent the first time."""
    for _ in range(2):
        scene.together(lambda device: equal(scene.sync(device), True))
    for device in scene.devices:
        report = scene.take(device, "sync")
        equal((report["waiting"], report["sent"], report["received"]), (0, 0, 0))


def test_nothing_lost_nothing_doubled(scene):
    [wrong] = scene.query(
        "SELECT count(*) FROM feed WHERE position <>"
        " (SELECT count(*) FROM entry WHERE entry.feed = feed.feed) OR position <>"
        " (SELECT coalesce(max(entry.position), 0) FROM entry WHERE entry.feed = feed.feed)")
    equal(wrong, (0,))
    [(n_entries, n_different, n_events)] = scene.query(
        "SELECT count(event), count(DISTINCT event), (SELECT count(*) FROM event) FROM entry")
    equal((n_entries, n_different), (n_events, n_events))
    for device in scene.devices:
        rows = scene.take(device, "list", "--limit", "1000000")
        equal(sorted(row["reference"] for row in rows), sorted(scene.references))
        equal(scene.take(device, "fsck")["ok"], True)
    equal(len({scene.take(device, "rebuild")["state_hash"] for device in scene.devices}), 1)
    equal(json.loads(scene.admin("verify", "--json"))["ok"], True)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("programs", nargs=3)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(2 ** 32))
    options = parser.parse_args()
    say("seed %d" % options.seed)
    return play("system/servers", ServersScene(options), globals().copy())


if __name__ == "__main__":
    sys.exit(main())
