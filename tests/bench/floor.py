# SPDX-License-Identifier: GPL-3.0-or-later
"""The floor: SQLite, gzip -6, curl, HTTPS, SQLite; one request, one transaction on each side.

It keeps no feeds, folds no cases, seals nothing and cannot resume.
"""

import sqlite3
import subprocess

import harness
import workload

N_COMMITS = 500

PUSH = """
{store} export {db} >up.gz
head=$({curl} --data-binary @up.gz -H Content-Type: -H Expect: {url}/events)
{store} acknowledge {db} "$head"
"""
PULL = """
after=$({store} cursor {db})
rm -f down.gz
{curl} -o down.gz "{url}/events?after=$after"
if [ -s down.gz ]; then {store} import {db} <down.gz; fi
"""


class Floor:
    name = "floor"

    def __init__(self, scene, record, today):
        self.scene = scene
        self.record = record
        self.today = today
        self.port = harness.free_port()
        self.store = scene.tools / "floor-store"
        self.first, self.second, self.server = (
            scene.folder / name for name in ("first.db", "second.db", "server.db"))
        self.certificate, self.key = scene.folder / "tls.pem", scene.folder / "tls.key"
        make_certificate(self.certificate, self.key)

    def serve(self, port):
        return harness.Server(self.scene, ["/usr/bin/python3", harness.HERE / "floor_server.py",
                                           port, self.server, self.certificate, self.key])

    def script(self, text, db, may_fail=False):
        filled = text.format(store=self.store, db=db, url="https://localhost:%d" % self.port,
                             curl="curl -sSf --cacert %s" % self.certificate)
        return self.scene.run(["sh", "-euc", filled], may_fail)

    def upload(self, may_fail):
        return self.script(PUSH, self.first, may_fail)

    def restore(self):
        harness.restore(self.first, self.server)

    def count(self, what, db=None):
        with sqlite3.connect(db or self.server) as store:
            try:
                return store.execute("SELECT count(%s) FROM event" % what).fetchone()[0]
            except sqlite3.OperationalError:
                return 0

    def n_at_server(self):
        return self.count("*")

    def n_doubled(self, _n_expected):
        return self.count("*") - self.count("DISTINCT line")

    def check_after_cut(self, _status):
        """The counts say all: a line is whole or absent."""

    def load(self, lines):
        path = self.scene.folder / "lines"
        path.write_bytes(b"".join(line + b"\n" for line in lines))
        with open(path, "rb") as stdin:
            return self.scene.run([self.store, "load", self.first], stdin=stdin)

    def measure(self, cases):
        n_events = len(cases) * workload.EVENTS_PER_CASE
        maker = workload.FloorLines(self.today)
        for db in (self.first, self.second):
            self.scene.run([self.store, "create", db])
        lines = [line for case in cases for line in maker.case(case)]
        self.record({"operation": "create", "wall_ms": self.load(lines).wall_ms,
                     "mean_event_bytes": sum(map(len, lines)) / len(lines)})
        harness.keep(self.first, self.second, self.server)

        disk = (("client_disk_bytes", self.first), ("server_disk_bytes", self.server))
        self.exchange("upload", PUSH, self.first, disk)
        self.expect(self.server, n_events)
        for _turn in range(3):
            self.exchange("nothing", PULL, self.first)
        self.exchange("pull", PULL, self.second)
        self.expect(self.second, n_events)
        for turn in range(3):
            self.load([maker.line(maker.ulid(), *note_event(turn))])
            self.exchange("push_one", PUSH, self.first)
            self.exchange("pull_one", PULL, self.second)
        self.expect(self.second, n_events + 3)

        mean_us = float(self.scene.run([self.store, "commits", self.second, N_COMMITS]).output)
        self.record({"operation": "save", "wall_ms": mean_us / 1000})
        harness.cut_at_half(self, n_events)
        self.measure_far(n_events)

    def measure_far(self, n_events):
        self.restore()
        harness.restore(self.second)
        for operation, script, db in (("far_upload", PUSH, self.first), ("far_nothing", PULL, self.first),
                                      ("far_pull", PULL, self.second)):
            harness.exchange_far(self, operation,
                                 lambda script=script, db=db: (self.script(script, db), {"requests": 1}))
        self.expect(self.second, n_events)

    def exchange(self, operation, script, db, disk=()):
        harness.exchange(self, operation, lambda: (self.script(script, db), {"requests": 1}), disk)

    def expect(self, db, n_events):
        if self.count("*", db) != n_events:
            raise harness.PeerFailure("%s has %d lines of %d" % (db, self.count("*", db), n_events))


def note_event(number):
    note = workload.make_note(number)
    return note.pop("type"), note


def make_certificate(certificate, key):
    """A P-256 certificate for localhost, as Amends has one."""
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt",
                    "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj",
                    "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1",
                    "-keyout", key, "-out", certificate], check=True, stderr=subprocess.DEVNULL)
    key.chmod(0o644)
