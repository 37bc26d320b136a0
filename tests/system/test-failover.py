#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""test-failover.py AMENDSCTL SERVER SOURCE [--seed N]: the database dies while devices send.

Two servers know three clusters by name and take the one that can be written to. The primary is killed in the
middle of a load and its replica promoted. With synchronous replication nothing that a device was told is
safe is lost, and no device sees anything but a server that was away. Without it what the replica had not got
is lost with the primary, the devices notice, and hand in what it was."""

import argparse
import concurrent.futures
import json
import os
import pathlib
import random
import sys
import threading
import time
import urllib.parse

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))

from cluster import Cluster  # noqa: E402
from line import Line  # noqa: E402
from scene import DONE, NETWORK, SMALLEST, TIMEOUT_S, Scene, equal, play, say  # noqa: E402

N_SERVERS = 2
N_CASES = 3
N_SYNCS_BEFORE = 4
N_SYNCS_AFTER = 3


def wait_until(is_so, what):
    """Each look is a program that runs, so that nobody sleeps here."""
    end = time.monotonic() + TIMEOUT_S
    while not is_so():
        assert time.monotonic() < end, "in vain: %s" % what


class FailoverScene(Scene):
    def __init__(self, options):
        super().__init__(*(os.path.abspath(path) for path in options.programs))
        self.random = random.Random(options.seed)
        self.clusters = [Cluster(self.source, False) for _ in range(3)]
        self.primary = self.clusters[0]
        self.primary.start()
        self.primary.prepare()
        self.cluster = str(self.primary.folder)
        self.servers = []
        self.line = Line(lambda: self.random.choice(self.servers)[1])
        self.devices = [self.first, self.second]
        self.lock = threading.Lock()
        self.n_syncs = {device: 0 for device in self.devices}
        self.n_away = 0
        self.reports = []
        self.references = set()

    def server_words(self, data=None):
        words = super().server_words(data)
        hosts = ",".join(urllib.parse.quote(str(cluster.folder), safe="") for cluster in self.clusters)
        words[2] = "postgresql:///%s?host=%s&user=amends" % (self.database_of[data or self.server], hosts)
        return words

    def close(self):
        for process, _port in self.servers:
            process.terminate()
            process.wait(TIMEOUT_S)
            process.stdout.close()
        self.servers = []
        self.line.close()
        super().close()
        for cluster in self.clusters:
            cluster.stop()

    def work(self, device, is_over):
        """Records and syncs until told that it is enough."""
        n = 0
        while not is_over():
            lines = [json.dumps({**SMALLEST, "issues": [{"what": "%s %d %d" % (device.name, n, k)}]})
                     for k in range(N_CASES)]
            path = self.write("batch-%s" % device.name, "\n".join(lines) + "\n")
            answer = self.ctl(device, "record", "--lines", path)
            equal(answer.status, DONE)
            with self.lock:
                self.references.update(json.loads(line)["reference"]
                                       for line in answer.output.splitlines())
            answer = self.ctl(device, "sync")
            assert answer.status in (DONE, NETWORK), answer
            with self.lock:
                self.n_syncs[device] += answer.status == DONE
                self.n_away += answer.status == NETWORK
                if "acknowledged" in answer.json:
                    self.reports.append(answer.json)
            n += 1

    def together(self, is_over):
        executor = concurrent.futures.ThreadPoolExecutor(len(self.devices))
        return executor, [executor.submit(self.work, device, is_over) for device in self.devices]

    def have_all_synced(self, n_more, since):
        return all(self.n_syncs[device] >= since[device] + n_more for device in self.devices)

    def fail_over(self, replica):
        self.primary.kill()
        replica.promote()
        self.primary = replica
        self.cluster = str(replica.folder)

    def at_rest(self):
        """The second time each reads what the others sent the first time. Gives whether any was told that the
        server had gone back."""
        told = []
        for _ in range(3):
            for device in self.devices:
                report = self.take(device, "sync")
                told.append(report["server_restored"])
                equal((report["recoded"], report["waiting"]), (None, 0))
        return any(told)

    def check(self):
        fresh = self.folder / ("fresh-%d" % len(self.devices))
        equal(self.enrol(fresh, "Fresh %d" % len(self.devices), self.invite(), "--staff", "Ivo Colddale",
                         url="https://127.0.0.1:%d" % self.line.port).status, DONE)
        self.devices.append(fresh)
        self.n_syncs[fresh] = 0
        self.at_rest()
        for device in self.devices:
            rows = self.take(device, "list", "--limit", "1000000")
            equal(sorted(row["reference"] for row in rows), sorted(self.references))
            equal(self.take(device, "fsck")["ok"], True)
        equal(len({self.take(device, "rebuild")["state_hash"] for device in self.devices}), 1)
        equal(json.loads(self.admin("verify", "--json"))["ok"], True)
        [(n_entries, n_different, n_events)] = self.query(
            "SELECT count(event), count(DISTINCT event), (SELECT count(*) FROM event) FROM entry")
        equal((n_entries, n_different), (n_events, n_events))


def test_begin(scene):
    scene.admin("init", "--organisation", "Fenwater Homes")
    scene.admin("scheme", "add", "oak", "--name", "Oak Court")
    scene.servers = [scene.start_server() for _ in range(N_SERVERS)]
    for device, staff in zip(scene.devices, ("Hesta Penwick", "Jorren Kelmere")):
        equal(scene.enrol(device, device.name, scene.invite(), "--staff", staff,
                          url="https://127.0.0.1:%d" % scene.line.port).status, DONE)


def test_synchronous(scene):
    replica = scene.clusters[1]
    replica.start_replica_of(scene.primary)
    scene.psql("postgres", "ALTER SYSTEM SET synchronous_standby_names = '*'")
    scene.psql("postgres", "SELECT pg_reload_conf()")
    wait_until(lambda: scene.psql("postgres", "SELECT sync_state FROM pg_stat_replication")
               == [("sync",)], "the replica is synchronous")

    over = threading.Event()
    before = dict(scene.n_syncs)
    executor, futures = scene.together(over.is_set)
    try:
        wait_until(lambda: scene.psql("postgres", "SELECT 1") and scene.have_all_synced(
            N_SYNCS_BEFORE, before), "devices have synced")
        scene.fail_over(replica)
        after = dict(scene.n_syncs)
        wait_until(lambda: scene.psql("postgres", "SELECT 1") and scene.have_all_synced(
            N_SYNCS_AFTER, after), "devices sync again")
    finally:
        over.set()
        executor.shutdown()
    for future in futures:
        future.result()
    say("%d syncs, %d of them told that the server was away" % (sum(scene.n_syncs.values()), scene.n_away))
    assert not any(report["server_restored"] for report in scene.reports), scene.reports
    equal(scene.at_rest(), False)
    scene.check()


def test_asynchronous(scene):
    """The replica has got nothing since it was begun; what was acknowledged since dies with the primary."""
    replica = scene.clusters[2]
    replica.start_replica_of(scene.primary)
    replica.leave()
    wait_until(lambda: scene.psql("postgres", "SELECT count(*) FROM pg_stat_replication") == [("0",)],
               "the replica is cut off")
    [(n_events,)] = scene.query("SELECT count(*) FROM event")
    since = dict(scene.n_syncs)
    executor, futures = scene.together(lambda: scene.have_all_synced(2, since))
    executor.shutdown()
    for future in futures:
        future.result()
    [(n_more,)] = scene.query("SELECT count(*) FROM event")
    scene.fail_over(replica)
    [(n_left,)] = scene.query("SELECT count(*) FROM event")
    say("%d events were acknowledged and lost by the database" % (n_more - n_left))
    equal(n_left, n_events)
    assert n_more > n_events

    wait_until(lambda: scene.ctl(scene.first, "sync").status == DONE, "the servers have found the replica")
    scene.at_rest()
    scene.check()


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("programs", nargs=3)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(2 ** 32))
    options = parser.parse_args()
    say("seed %d" % options.seed)
    return play("system/failover", FailoverScene(options), globals().copy())


if __name__ == "__main__":
    sys.exit(main())
