# SPDX-License-Identifier: GPL-3.0-or-later
"""PouchDB on LevelDB, replicating with express-pouchdb: an event is a document that nobody changes.

A document's _id and _rev do the work of an event's id and of the hash before it. Neither side waits
for the disk, so that saving one act is not measured: no figure of it would be of a durable act.
"""

import json
import shutil

import harness
import workload
from floor import make_certificate, note_event

MODULES = ("pouchdb", "express-pouchdb")


class Pouch:
    name = "pouch"

    def __init__(self, scene, record, today):
        self.modules = scene.modules
        if self.modules is None or not all((self.modules / name).is_dir() for name in MODULES):
            raise harness.PeerAbsent("--modules names no folder with the Node modules "
                                     + " and ".join(MODULES))
        if shutil.which("node") is None:
            raise harness.PeerAbsent("the package nodejs is not installed")
        self.scene = scene
        self.record = record
        self.today = today
        self.port = harness.free_port()
        self.first, self.second, self.server = (
            scene.folder / name for name in ("first", "second", "server"))
        self.server.mkdir()
        self.certificate, self.key = scene.folder / "tls.pem", scene.folder / "tls.key"
        make_certificate(self.certificate, self.key)
        scene.environment["NODE_EXTRA_CA_CERTS"] = str(self.certificate)
        self.url = "https://localhost:%d/cases" % self.port

    # ------------------------------------------------------------------ the two programs

    def client(self, db, step, *where, may_fail=False):
        return self.scene.run(["node", harness.HERE / "pouch_client.mjs", self.modules, db, step,
                               *where], may_fail)

    def load(self, lines):
        """Keeps events on the first device, all words of @lines that no _id or _rev replaces."""
        path = self.scene.folder / "lines"
        with open(path, "w", encoding="utf-8") as handle:
            for event in map(json.loads, lines):
                del event["prev"]
                event["_id"] = event.pop("case") + ":" + event.pop("id")
                handle.write(workload.compact(event) + "\n")
        return self.client(self.first, "load", path)

    def replicate(self, db, step):
        """One exchange; its time is counted, as that of Amends, from when the program is loaded."""
        outcome = self.client(db, step, self.url)
        return outcome, json.loads(outcome.output)

    # ------------------------------------------------------------------ what the harness asks

    def serve(self, port):
        return harness.Server(self.scene, ["node", harness.HERE / "pouch_server.mjs", self.modules,
                                           port, self.server, self.certificate, self.key])

    def upload(self, may_fail):
        return self.client(self.first, "push", self.url, may_fail=may_fail)

    def restore(self):
        harness.restore(self.first, self.second, self.server)

    def count(self, db):
        return json.loads(self.client(db, "count").output)

    def n_at_server(self):
        return self.count(self.server / "cases")["count"]

    def n_doubled(self, _n_expected):
        """None can be: a document is named by its _id."""
        return 0

    def check_after_cut(self, _status):
        self.check_equal(self.server / "cases")

    # ------------------------------------------------------------------ the measurements

    def measure(self, cases):
        n_events = len(cases) * workload.EVENTS_PER_CASE
        maker = workload.FloorLines(self.today)
        lines = [line for case in cases for line in maker.case(case)]
        self.record({"operation": "create", "wall_ms": self.load(lines).wall_ms})
        harness.keep(self.first, self.server)

        disk = (("client_disk_bytes", self.first), ("server_disk_bytes", self.server))
        self.exchange("upload", self.first, "push", disk, sent=n_events)
        self.check_equal(self.server / "cases")
        self.exchange("first_sync", self.first, "sync")
        for _turn in range(3):
            self.exchange("nothing", self.first, "sync")
        self.exchange("pull", self.second, "pull", received=n_events)
        self.check_equal(self.second)
        self.exchange("first_sync", self.second, "sync")
        for turn in range(3):
            self.load([maker.line(maker.ulid(), *note_event(turn))])
            self.exchange("push_one", self.first, "sync", sent=1)
            self.exchange("pull_one", self.second, "sync", received=1)
        self.check_equal(self.second)
        harness.cut_at_half(self, n_events)
        self.measure_far(n_events)

    def measure_far(self, n_events):
        self.restore()
        for operation, db, step, expected in (
                ("far_upload", self.first, "push", {"sent": n_events}),
                ("far_first_sync", self.first, "sync", {}), ("far_nothing", self.first, "sync", {}),
                ("far_pull", self.second, "pull", {"received": n_events})):
            expect(harness.exchange_far(self, operation,
                                        lambda db=db, step=step: self.replicate(db, step)), **expected)
        self.check_equal(self.second)

    def exchange(self, operation, db, step, disk=(), **expected):
        expect(harness.exchange(self, operation, lambda: self.replicate(db, step), disk), **expected)

    def check_equal(self, db):
        """That @db has the events of the first device, each as it is there."""
        here, there = self.count(self.first), self.count(db)
        for key in ("count", "digest"):
            if here[key] != there[key]:
                raise harness.PeerFailure("%s has %s %s, not %s" % (db, key, there[key], here[key]))


def expect(row, sent=0, received=0):
    if (row["sent"], row["received"]) != (sent, received):
        raise harness.PeerFailure("%s: %d sent and %d received, not %d and %d" % (
            row["operation"], row["sent"], row["received"], sent, received))
