# SPDX-License-Identifier: GPL-3.0-or-later
"""The real programs on loopback, in one folder that goes away, as the tests that run them share it.

A test file is one story: its functions test_… run in their order, and what one leaves behind the
next ones find. Prints TAP."""

import contextlib
import datetime
import json
import os
import pathlib
import re
import select
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import traceback
import urllib.parse

from another_day import Calendar

PASSPHRASE = "seven quiet herons wade at dusk"
OTHER_PASSPHRASE = "nine slow barges pass the lock"
TIMEOUT_S = 60
# A story is told on this Thursday, of a week without bank holidays.
DAY = "2027-03-11"
TODAY = datetime.date.fromisoformat(DAY)
DONE, REFUSED, USAGE, NETWORK, STORE = range(5)


def check_day():
    """A day before that of the release is taken for a clock that is wrong."""
    metainfo = pathlib.Path(__file__).resolve().parents[2] / "data" / "org.amends.Amends.metainfo.xml.in"
    released = re.search('<release [^>]*date="([0-9-]+)"', metainfo.read_text(encoding="utf-8")).group(1)
    if DAY <= released:
        raise SystemExit("DAY is %s and the release of %s: move it on, to such a Thursday behind it" % (DAY, released))


check_day()


def smallest(received):
    return {"kind": "complaint", "scheme": "oak", "received": received.isoformat(), "channel": "telephone",
            "issues": [{"what": "The entrance door sticks"}]}


SMALLEST = smallest(datetime.date.today())  # for a plain scene, which lives on the machine's day


class Skipped(Exception):
    """What a test needs is not to be had on this machine; the text says what."""


class Answer:
    def __init__(self, status, output, errors):
        self.status, self.output, self.errors = status, output, errors

    @property
    def json(self):
        return json.loads(self.output)

    @property
    def error(self):
        error = self.json["error"]
        assert {"code", "message", "field", "clause"} <= error.keys(), error
        assert error["message"] and error["message"] in self.errors.replace("\\n", "\n"), self.errors
        return error

    def __str__(self):
        return "exit %d\n%s%s" % (self.status, self.output, self.errors)


class Scene:
    """A folder with a passphrase, room for two devices and a server, and a port that stays the same.

    Beside a PostgreSQL cluster (with-postgresql.py) each server keeps its store in a database of its own."""

    def __init__(self, amendsctl, server_program, source, folder=None):
        self.amendsctl, self.server_program = amendsctl, server_program
        self.source = pathlib.Path(source)
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="amends-", dir=folder))
        self.first, self.second, self.server = (
            self.folder / name for name in ("first", "second", "server"))
        self.process = None
        # Bound all the time, or a line that somebody opens meanwhile may have the same number at its near end: a
        # server could not come back then, and a device that looks for it would be answered by itself.
        self.held_port = socket.socket()
        self.held_port.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.held_port.bind(("127.0.0.1", 0))
        self.host, self.port = self.held_port.getsockname()
        self.runner = []      # words that start a server elsewhere than here
        self.cluster = os.environ.get("AMENDS_TEST_POSTGRESQL")
        self.databases = []   # the name of each that was made
        self.database_of = {} # by the server's folder
        self.passphrase = self.write("passphrase", PASSPHRASE + "\nnot this line\n")
        self.other = self.write("other", OTHER_PASSPHRASE + "\n")
        self.environment = {**os.environ, "HOME": str(self.folder), "LC_ALL": "C.UTF-8",
                            "DBUS_SESSION_BUS_ADDRESS": "disabled:", "no_proxy": "*"}

    @property
    def url(self):
        return "https://%s:%d" % (self.host, self.port)

    def write(self, name, text):
        path = self.folder / name
        path.write_text(text, encoding="utf-8")
        return path

    def run(self, arguments, text="", **more):
        done = subprocess.run([str(argument) for argument in arguments], input=text,
                              env=self.environment, capture_output=True, encoding="utf-8",
                              timeout=TIMEOUT_S, start_new_session=True, **more)
        return Answer(done.returncode, done.stdout, done.stderr)

    def words(self, store, *arguments, plain=False, passphrase=None):
        """The command line of amendsctl on @store."""
        return [str(word) for word in (
            self.amendsctl, "--store", store, "--passphrase-file", passphrase or self.passphrase,
            *([] if plain else ["--json"]), *arguments)]

    def ctl(self, store, *arguments, text="", plain=False, passphrase=None, **more):
        return self.run(self.words(store, *arguments, plain=plain, passphrase=passphrase), text,
                        **more)

    def take(self, store, *arguments, value=None):
        """A command that must succeed; gives its JSON."""
        answer = self.ctl(store, *arguments, text="" if value is None else json.dumps(value))
        assert answer.status == DONE, answer
        return answer.json

    def psql(self, database, sql):
        """As PostgreSQL's own administrator; gives the rows as texts."""
        return [tuple(line.split("\t")) for line in subprocess.run(
            ["psql", "-h", self.cluster, "-U", "admin", "-d", database, "-X", "-q", "-A", "-t",
             "-F", "\t", "-v", "ON_ERROR_STOP=1", "-c", sql], check=True, capture_output=True,
            encoding="utf-8", stdin=subprocess.DEVNULL).stdout.splitlines()]

    def server_words(self, data=None):
        """The beginning of a command line of the server in the folder @data."""
        data = data or self.server
        if self.cluster is None:
            return [self.server_program, "--data", data]
        if data not in self.database_of:
            self.databases.append("scene_%d" % len(self.databases))
            self.psql("postgres", "CREATE DATABASE %s TEMPLATE amends_template" % self.databases[-1])
            self.database_of[data] = self.databases[-1]
        address = "postgresql:///%s?host=%s&user=amends" % (
            self.database_of[data], urllib.parse.quote(self.cluster, safe=""))
        return [self.server_program, "--store", address, "--data", data]

    def query(self, sql, data=None):
        """What the store of the server answers, behind its back; SQL that any database reads."""
        data = data or self.server
        if self.cluster is not None:
            return [tuple(int(value) if value.isdigit() else value for value in row)
                    for row in self.psql(self.database_of[data], "SET search_path = amends; " + sql)]
        with contextlib.closing(sqlite3.connect(data / "server.db")) as database:
            return database.execute(sql).fetchall()

    def lose_store(self, data=None):
        """The server's store is gone. What stands beside a database is on another machine, and stays."""
        data = data or self.server
        if self.cluster is None:
            shutil.rmtree(data)
        else:
            del self.database_of[data]

    def admin(self, *arguments, data=None):
        answer = self.run([*self.server_words(data), *arguments])
        assert answer.status == DONE, answer
        return answer.output

    def invite(self, feeds="org,s.oak", kind="staff"):
        return self.admin("invite", "--feeds", feeds, "--kind", kind).split()[-1]

    def start_server(self, data=None, port=0, log=subprocess.DEVNULL, options=(), **more):
        """A server that listens; gives its process and its port."""
        process = subprocess.Popen(
            [*self.runner, *self.server_words(data), "serve", "--listen",
             "%s:%d" % (self.host, port), *options],
            env=self.environment, stdout=subprocess.PIPE, stderr=log, encoding="utf-8", **more)
        ready, _, _ = select.select([process.stdout], [], [], TIMEOUT_S)
        line = process.stdout.readline() if ready else ""
        assert line.startswith("listening https://%s:" % self.host), line
        return process, int(line.rsplit(":", 1)[1])

    def serve(self, data=None, port=None, log=subprocess.DEVNULL, **more):
        """Starts the server, on the port that devices know unless another is named; gives it."""
        self.process, found = self.start_server(data, self.port if port is None else port, log,
                                                **more)
        return found

    def stop(self, with_signal=signal.SIGTERM):
        if self.process is not None:
            self.process.send_signal(with_signal)
            self.process.wait(TIMEOUT_S)
            self.process.stdout.close()
            self.process = None

    @contextlib.contextmanager
    def serving(self, data=None, **more):
        try:
            yield self.serve(data, **more)
        finally:
            self.stop()

    def enrol(self, store, name, code, *more, passphrase=None, url=None):
        return self.ctl(store, "enrol", "--server", url or self.url, "--code", code, "--name", name,
                        *more, passphrase=passphrase)

    @contextlib.contextmanager
    def holding(self, store, intake, log=subprocess.DEVNULL, **more):
        """A program that has recorded @intake and keeps the store open; gives its process."""
        holder = subprocess.Popen(self.words(store, "record", "--lines", "-"), env=self.environment,
                                  stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log,
                                  encoding="utf-8", **more)
        try:
            holder.stdin.write(json.dumps(intake) + "\n")
            holder.stdin.flush()
            line = holder.stdout.readline()
            assert "events" in json.loads(line), line
            yield holder
        finally:
            with contextlib.suppress(BrokenPipeError):
                holder.stdin.close()
            holder.stdout.close()
            holder.wait(TIMEOUT_S)

    def begin(self, *hosts, url=None):
        """A landlord with one scheme and two enrolled devices; the server stands still after."""
        self.admin("init", "--organisation", "Fenwater Homes",
                   *(word for host in hosts for word in ("--host", host)))
        self.admin("scheme", "add", "oak", "--name", "Oak Court")
        with self.serving():
            for store, name, staff in ((self.first, "Office laptop", "Hesta Penwick"),
                                       (self.second, "Second laptop", "Jorren Kelmere")):
                equal(self.enrol(store, name, self.invite(), "--staff", staff, url=url).status,
                      DONE)

    def close(self):
        self.stop()
        self.held_port.close()
        shutil.rmtree(self.folder, ignore_errors=True)


class Story(Scene):
    """A scene whose programs live on TODAY, so that its working days are the same whenever it is told."""

    def __init__(self, *arguments, **more):
        super().__init__(*arguments, **more)
        self.environment.update(Calendar(self.folder, DAY).environment)


def equal(found, wanted):
    assert found == wanted, "%r is not %r" % (found, wanted)


def refused(answer, status, code=None, field=None):
    equal(answer.status, status)
    if code is not None:
        equal(answer.error["code"], code)
    if field is not None:
        equal(answer.error["field"], field)
    assert answer.error["message"], answer


def say(text):
    """A comment in TAP."""
    print("".join("# %s\n" % line for line in text.splitlines()), end="", flush=True)


def perform(function, scene):
    """Whether it passed, and what TAP says behind its name."""
    try:
        function(scene)
    except Skipped as reason:
        return True, " # SKIP %s" % reason
    except Exception as problem:  # A test that fails must not hide the ones after it.
        scene.stop()
        places = [str(frame.lineno) for frame in traceback.extract_tb(problem.__traceback__)
                  if frame.filename == function.__code__.co_filename]
        say("line %s: %s: %s" % (" > ".join(places), type(problem).__name__, problem))
        return False, ""
    return True, ""


def play(suite, scene, names):
    """Runs every test_… of @names, in their order; gives what to leave with."""
    tests = [(name, function) for name, function in names.items() if name.startswith("test_")]
    n_failed = 0
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    print("1..%d" % len(tests), flush=True)
    try:
        for number, (name, function) in enumerate(tests, 1):
            passed, remark = perform(function, scene)
            n_failed += not passed
            print("%s %d - /%s/%s%s" % ("ok" if passed else "not ok", number, suite,
                                        name[5:].replace("_", "-"), remark), flush=True)
    finally:
        scene.close()
    return 1 if n_failed else 0
