# SPDX-License-Identifier: GPL-3.0-or-later
"""Fossil: a case is a ticket, an event one ticket-change artifact with the event's words.

Artifacts are written into the client's repository as Fossil itself would keep them, then indexed
by `fossil rebuild`: twelve thousand process starts would measure the shell. Saving one act is
measured through the command line, as no other door is there. The artifacts carry no `prev`, id or
device number, which Fossil's own cards replace.
"""

import contextlib
import datetime
import hashlib
import re
import shutil
import sqlite3
import struct
import zlib

import harness
import workload
from floor import make_certificate, note_event

N_SAVES = 20


class Fossil:
    name = "fossil"

    def __init__(self, scene, record, today):
        if shutil.which("fossil") is None:
            raise harness.PeerAbsent("the package fossil is not installed")
        self.scene = scene
        self.record = record
        self.today = today
        self.port = harness.free_port()
        self.first, self.second, self.server = (
            scene.folder / name for name in ("first.fossil", "second.fossil", "server.fossil"))
        self.certificate, self.key = scene.folder / "tls.pem", scene.folder / "tls.key"
        make_certificate(self.certificate, self.key)
        scene.environment.update(FOSSIL_HOME=str(scene.folder), SSL_CERT_FILE=str(self.certificate))
        self.url = "https://bench:bench@localhost:%d/" % self.port

    def fossil(self, *arguments, may_fail=False):
        return self.scene.run(["fossil", *arguments], may_fail)

    def serve(self, port):
        command = ["fossil", "server", "--localhost", "--nojail", "-P", port, "--cert",
                   self.certificate, "--pkey", self.key, self.server]
        return harness.Server(self.scene, command, ready_port=port)

    def upload(self, may_fail):
        return self.fossil("sync", self.url, "-R", self.first, "-v", may_fail=may_fail)

    def restore(self):
        harness.restore(self.first, self.server)

    def query(self, db, sql):
        with contextlib.closing(sqlite3.connect(db)) as store:
            return store.execute(sql).fetchone()[0]

    def n_at_server(self):
        """Ticket changes that the server holds; artifacts of other kinds are not counted."""
        return self.query(self.server, "SELECT count(*) FROM event WHERE type = 't'")

    def n_doubled(self, _n_expected):
        """None can be: an artifact is named by its content."""
        return 0

    def check_after_cut(self, _status):
        """The counts say all: Fossil checks the hash of what it takes."""

    def measure(self, cases):
        n_events = len(cases) * workload.EVENTS_PER_CASE
        self.prepare()
        before = datetime.datetime.now()
        ticket = self.write_artifacts(cases)
        self.fossil("rebuild", self.first)
        self.offer_artifacts()
        self.expect(self.first, n_events)
        self.record({"operation": "create",
                     "wall_ms": (datetime.datetime.now() - before).total_seconds() * 1000})
        harness.keep(self.first, self.server)

        disk = (("client_disk_bytes", self.first), ("server_disk_bytes", self.server))
        self.exchange("upload", self.first, disk)
        self.expect(self.server, n_events)
        for _turn in range(3):
            self.exchange("nothing", self.first)
        harness.exchange(self, "pull", lambda: with_requests(
            self.fossil("clone", self.url, self.second, "-v")))
        self.expect(self.second, n_events)
        self.fossil("settings", "autosync", "off", "-R", self.second)
        for turn in range(3):
            self.add_note(ticket, turn)
            self.exchange("push_one", self.first)
            self.exchange("pull_one", self.second)
        self.expect(self.second, n_events + 3)

        walls = [self.add_note(ticket, 100 + turn).wall_ms for turn in range(N_SAVES)]
        self.record({"operation": "save", "wall_ms": sum(walls) / N_SAVES})
        harness.cut_at_half(self, n_events)

    def prepare(self):
        self.fossil("init", "--project-name", "bench", "-A", "bench", self.server)
        self.fossil("user", "password", "bench", "bench", "-R", self.server)
        # Else each request leaves a process behind that outlives the server by up to a minute.
        self.fossil("settings", "backoffice-disable", "on", "-R", self.server)
        server = self.serve(self.port)
        try:
            self.fossil("clone", self.url, self.first)
        finally:
            server.stop()
        self.fossil("settings", "autosync", "off", "-R", self.first)

    def write_artifacts(self, cases):
        """Keeps each event as an artifact: its size, then zlib; returns the last ticket's name."""
        at = datetime.datetime.combine(self.today, datetime.time()) - datetime.timedelta(days=200)
        with contextlib.closing(sqlite3.connect(self.first)) as store:
            received = store.execute("INSERT INTO rcvfrom (uid, mtime)"
                                     " VALUES (1, julianday('now'))").lastrowid
            for case in cases:
                ticket = hashlib.sha1(b"case %d" % case.number).hexdigest()
                for event_type, body in workload.case_events(case):
                    at += datetime.timedelta(milliseconds=140500)
                    artifact = make_artifact(ticket, at, event_type, body)
                    store.execute("INSERT INTO blob (rcvid, size, uuid, content)"
                                  " VALUES (?, ?, ?, ?)",
                                  (received, len(artifact), hashlib.sha3_256(artifact).hexdigest(),
                                   struct.pack(">I", len(artifact)) + zlib.compress(artifact)))
            store.commit()
        return ticket

    def offer_artifacts(self):
        """Lists the artifacts as not yet sent, which a rebuild does not know."""
        with contextlib.closing(sqlite3.connect(self.first)) as store:
            changes = "SELECT objid FROM event WHERE type = 't'"
            store.execute("INSERT OR IGNORE INTO unsent " + changes)
            store.execute("INSERT OR IGNORE INTO unclustered " + changes)
            store.commit()

    def add_note(self, ticket, turn):
        event_type, body = note_event(turn)
        return self.fossil("ticket", "set", ticket, "status", event_type, "+comment",
                           workload.compact(body), "-R", self.first)

    def exchange(self, operation, db, disk=()):
        harness.exchange(self, operation, lambda: with_requests(
            self.fossil("sync", self.url, "-R", db, "-v")), disk)

    def expect(self, db, n_events):
        n_held = self.query(db, "SELECT count(*) FROM event WHERE type = 't'")
        if n_held != n_events:
            raise harness.PeerFailure("%s has %d changes of %d" % (db, n_held, n_events))


def with_requests(outcome):
    """With -v, Fossil prints one line for what each request sent."""
    return outcome, {"requests": len(re.findall(r"^Sent:", outcome.output, re.MULTILINE))}


def make_artifact(ticket, at, event_type, body):
    """A ticket change: cards in order of their letters, then the MD5 of all before."""
    def card(text):
        return text.replace("\\", "\\\\").replace(" ", "\\s").replace("\n", "\\n")

    cards = ["D %s.%03d" % (at.strftime("%Y-%m-%dT%H:%M:%S"), at.microsecond // 1000),
             "J +comment " + card(workload.compact(body)), "J status " + event_type]
    if event_type == "case.recorded":
        cards.append("J title " + card(body["complainant"]["name"]))
    cards += ["K " + ticket, "U bench"]
    text = "".join(line + "\n" for line in cards).encode()
    return text + b"Z %s\n" % hashlib.md5(text).hexdigest().encode()
