#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""test-canary.py AMENDSCTL SERVER SOURCE: what was sealed is nowhere in the clear.

A name of 32 letters is planted in each place that holds one. It must be in no file of a device, at any
time, nor in what programs log, leave as a core or have in their environment. The same search finds it
where it does lie in the clear, so that finding nothing means something."""

import base64
import json
import os
import pathlib
import random
import resource
import shutil
import signal
import string
import subprocess
import sys
import time

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))

from scene import (  # noqa: E402
    DONE, PASSPHRASE, SMALLEST, TIMEOUT_S, Scene, Skipped, equal, play, say)

PLACES = ("complainant", "home", "representative", "issue", "note", "staff", "device")


def forms_of(canary):
    """How a text may lie in a file, lower case: as it is or in part, in UTF-16, base 64 or hexadecimal."""
    data = canary.encode()
    yield from (data, data[:16], data[16:], data[::-1], data.hex().encode())
    yield from (canary.encode("utf-16-le"), canary.encode("utf-16-be"))
    for shift in range(3):
        # The digits at either end depend on what stands beside it.
        yield base64.b64encode(bytes(shift) + data)[4:-4]


class CanaryScene(Scene):
    def __init__(self, *programs):
        super().__init__(*programs)
        letters = random.SystemRandom()
        self.canaries = {place: "Zq" + "".join(letters.choices(string.ascii_letters, k=30))
                         for place in PLACES}
        self.forms = {place: {form.lower() for form in forms_of(canary)}
                      for place, canary in self.canaries.items()}
        self.forms["passphrase"] = {form.lower() for form in forms_of(PASSPHRASE)}
        self.logs = self.folder / "logs"
        self.controls = self.folder / "controls"
        for folder in (self.logs, self.controls, self.folder / "temporary"):
            folder.mkdir()
        self.log = open(self.logs / "all", "ab")
        self.environment.update(G_MESSAGES_DEBUG="all", SOUP_DEBUG="all", GNUTLS_DEBUG_LEVEL="99",
                                TMPDIR=str(self.folder / "temporary"))

    def close(self):
        super().close()
        self.log.close()

    def run(self, arguments, text="", **more):
        answer = super().run(arguments, text, **more)
        self.log.write(answer.errors.encode())
        self.log.flush()
        return answer

    def found_in(self, data):
        data = data.lower()
        return {place for place, forms in self.forms.items() if any(form in data for form in forms)}

    def search(self, folder):
        """Which canaries lie in a folder; how many files were read."""
        found, n_files = set(), 0
        for path in folder.rglob("*"):
            found |= {(place, path.name) for place in self.found_in(path.name.encode())}
            if path.is_file():
                found |= {(place, path.name) for place in self.found_in(path.read_bytes())}
                n_files += 1
        return found, n_files

    def intake(self):
        return {**SMALLEST,
                "complainant": {"name": self.canaries["complainant"], "relation": "current-tenant",
                                "home": self.canaries["home"]},
                "representative": {"name": self.canaries["representative"], "relation": "daughter",
                                   "authority": {"type": "written-permission", "given": True,
                                                 "from": "2026-01-20", "until": None,
                                                 "scope": ["this-case"]}},
                "issues": [{"what": "Of " + self.canaries["issue"]}]}

    def nowhere(self):
        """Everything in the folder but the server's own data and the controls."""
        n_files = 0
        for path in sorted(self.folder.iterdir()):
            if path in (self.server, self.controls, self.passphrase):
                continue
            found, n = self.search(path) if path.is_dir() else (self.found_in(path.read_bytes()), 1)
            equal(found, set())
            n_files += n
        return n_files


def environment_of(process):
    return pathlib.Path("/proc/%d/environ" % process.pid).read_bytes()


def allow_core():
    resource.setrlimit(resource.RLIMIT_CORE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))


# ------------------------------------------------------------------ the story


def test_planted(scene):
    scene.admin("init", "--organisation", "Fenwater Homes")
    scene.admin("scheme", "add", "oak", "--name", "Oak Court")
    scene.serve(log=scene.log)
    for store, name, staff in (
            (scene.first, scene.canaries["device"], scene.canaries["staff"]),
            (scene.second, "Second laptop", "Jorren Kelmere")):
        answer = scene.enrol(store, name, scene.invite(), "--staff", staff)
        equal(answer.status, DONE)
    case = scene.take(scene.first, "record", "-", value=scene.intake())
    scene.reference = case["reference"]
    scene.take(scene.first, "act", scene.reference, "-",
               value={"type": "case.noted", "text": "By " + scene.canaries["note"]})
    shown = [scene.take(scene.first, *command)
             for command in (["show", scene.reference], ["history", scene.reference], ["status"])]
    equal(scene.found_in(json.dumps(shown).encode()), set(PLACES))
    scene.nowhere()


def test_synced(scene):
    scene.take(scene.first, "sync")
    assert scene.take(scene.second, "sync")["received"] > 0
    for store in (scene.first, scene.second):
        for command in (["list"], ["search", scene.canaries["complainant"]], ["rebuild"], ["fsck"],
                        ["status"], ["conflicts"], ["history", scene.reference],
                        ["backup", scene.folder / (store.name + ".copy")]):
            scene.take(store, *command)
            scene.ctl(store, *command, plain=True)
        equal(len(scene.take(store, "search", scene.canaries["complainant"])), 1)
    say("%d files, the log among them, hold nothing" % scene.nowhere())
    assert (scene.logs / "all").stat().st_size > 10000, "nothing was logged"


def test_carried(scene):
    """What goes by hand gives nothing away: neither on the way out nor back, nor how much there is."""
    scene.take(scene.first, "record", "-", value=scene.intake())
    sizes = []
    for number, store in enumerate((scene.first, scene.second)):
        there, back = (scene.folder / ("%s-%d" % (name, number)) for name in ("there", "back"))
        scene.take(store, "bundle", "export", there, "--to", "server")
        scene.admin("bundle", "import", there, "--reply", back)
        scene.take(store, "bundle", "import", back)
        sizes += [path.stat().st_size for path in (there, back)]
        for path in (there, back):
            equal(scene.found_in(path.read_bytes()), set())
    equal(sizes[0], sizes[2])  # of one that hands in, and of one that asks
    scene.nowhere()


def test_said_wrongly(scene):
    """Messages about what is wrong with an intake say where, not what."""
    intake = scene.intake()
    wrong = ({**intake, "kind": scene.canaries["issue"]},
             {**intake, "complainant": {"name": scene.canaries["complainant"] * 99}},
             {**intake, "issues": [{"what": scene.canaries["issue"] + "\u0007"}]})
    for value in wrong:
        scene.ctl(scene.first, "record", "-", text=json.dumps(value), plain=True)
    scene.ctl(scene.first, "record", "-", text='{"kind": "' + scene.canaries["issue"], plain=True)
    scene.ctl(scene.first, "record", "-", text=json.dumps(intake)[:-9] + "}", plain=True)
    found = scene.found_in((scene.logs / "all").read_bytes())
    equal(found, set())


def test_open(scene):
    """The store is in use: its write-ahead log is full, its process and the server's run."""
    with scene.holding(scene.first, scene.intake(), log=scene.log) as holder:
        assert (scene.first / "log.db-wal").stat().st_size > 0
        scene.nowhere()
        for process in (holder, scene.process):
            equal(scene.found_in(environment_of(process)), set())
    scene.nowhere()


def test_crashed(scene):
    where = scene.folder / "crash"
    where.mkdir()
    with scene.holding(scene.first, scene.intake(), log=scene.log, cwd=where,
                       preexec_fn=allow_core) as holder:
        holder.send_signal(signal.SIGABRT)
        holder.wait(TIMEOUT_S)
    equal(holder.returncode, -signal.SIGABRT)
    equal(list(where.iterdir()), [])
    scene.nowhere()
    equal(scene.take(scene.first, "fsck")["ok"], True)
    scene.nowhere()


def test_killed_while_syncing(scene):
    scene.take(scene.first, "record", "-", value=scene.intake())
    process = subprocess.Popen(scene.words(scene.first, "sync"), env=scene.environment,
                               stdout=subprocess.DEVNULL, stderr=scene.log)
    while scene.found_in((scene.server / "server.db-wal").read_bytes()) == set():
        if process.poll() is not None:
            break
    process.kill()
    process.wait(TIMEOUT_S)
    scene.nowhere()


# ------------------------------------------------------------------ the search finds what is there


def test_control_server(scene):
    """The server's database holds bodies in the clear, as it must to forward and to be read at all."""
    scene.take(scene.first, "sync")
    scene.stop()
    found, _ = scene.search(scene.server)
    equal({place for place, name in found if name.startswith("server.db")}, set(PLACES))
    equal(scene.found_in((scene.logs / "all").read_bytes()), set())


def test_control_files(scene):
    for place, canary in scene.canaries.items():
        for number, form in enumerate((
                json.dumps({"name": canary}).encode(), canary.encode("utf-16-le"),
                canary.upper().encode(), base64.b64encode(b"1" + canary.encode()),
                base64.b64encode(b"12" + canary.encode() + b"345"), canary.encode().hex().encode(),
                bytes(9000) + canary[16:].encode())):
            name = "control-%d" % number
            (scene.controls / name).write_bytes(b"\0\1" + form)
            equal(scene.search(scene.controls)[0], {(place, name)})
            (scene.controls / name).unlink()
    control = subprocess.Popen(["sleep", "60"], env={"NAME": scene.canaries["staff"]})
    try:
        deadline = time.monotonic() + TIMEOUT_S
        while not scene.found_in(environment_of(control)) and time.monotonic() < deadline:
            pass
        equal(scene.found_in(environment_of(control)), {"staff"})
    finally:
        control.kill()
        control.wait(TIMEOUT_S)


def test_control_core(scene):
    """A program that does not guard itself leaves a core, and the search finds the name in it."""
    where = scene.controls / "cores"
    where.mkdir()
    program = "import signal, sys; name = sys.stdin.readline(); signal.raise_signal(signal.SIGABRT)"
    subprocess.run([sys.executable, "-c", program], input=scene.canaries["note"] + "\n", cwd=where,
                   encoding="utf-8", preexec_fn=allow_core, timeout=TIMEOUT_S, check=False)
    found, n_files = scene.search(where)
    shutil.rmtree(where)
    if n_files == 0:
        raise Skipped("this system puts no cores into the working folder")
    equal({place for place, _ in found}, {"note"})


# ------------------------------------------------------------------ the server holds the same in memory


def test_server_crashed(scene):
    where = scene.folder / "server-crash"
    where.mkdir()
    scene.serve(log=scene.log, cwd=where, preexec_fn=allow_core)
    scene.take(scene.first, "sync")
    scene.take(scene.second, "sync")
    scene.stop(signal.SIGABRT)
    equal(scene.search(where), (set(), 0))


if __name__ == "__main__":
    scene = CanaryScene(*(os.path.abspath(argument) for argument in sys.argv[1:4]))
    sys.exit(play("system/canary", scene, globals().copy()))
