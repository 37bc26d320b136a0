#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""test-full.py AMENDSCTL SERVER SOURCE [--seed N]: the disk is full.

Each store lies on a small disk of its own, which only this program and its children see and which goes
with it. A person is told, nothing is half saved, and once there is room everything goes on."""

import argparse
import contextlib
import json
import os
import pathlib
import random
import resource
import signal
import subprocess
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))

from scene import (  # noqa: E402
    DONE, NETWORK, SMALLEST, STORE, TIMEOUT_S, Scene, equal, play, refused, say)

DISK_KIB = 6 * 1024
N_ROUNDS = 8
MARK = "AMENDS_TEST_OWN_MOUNTS"
FULL = "The disk is full. Nothing is lost; make room and try again."


def enter_own_mounts():
    """Starts this program again where it may mount; whether it is there."""
    if os.environ.pop(MARK, None) is not None:
        return True
    command = ["unshare", "--map-root-user", "--mount"]
    with contextlib.suppress(FileNotFoundError):
        probe = subprocess.run([*command, "mount", "-t", "tmpfs", "none", "/mnt"], check=False,
                               stderr=subprocess.DEVNULL, timeout=TIMEOUT_S)
        if probe.returncode == 0:
            os.environ[MARK] = "1"
            os.execvp(command[0], [*command, sys.executable, *sys.argv])
    return False


class FullScene(Scene):
    def __init__(self, options):
        super().__init__(*(os.path.abspath(path) for path in options.programs))
        self.random = random.Random(options.seed)
        self.stick = self.folder / "stick"
        self.disks = (self.first, self.second, self.server, self.stick)
        self.n_marks = 0
        self.references = {}
        for disk in self.disks:
            disk.mkdir()
            subprocess.run(["mount", "-t", "tmpfs", "-o", "size=%dk,mode=700" % DISK_KIB, "none", disk],
                           check=True, timeout=TIMEOUT_S)

    def close(self):
        self.stop()
        for disk in self.disks:
            subprocess.run(["umount", disk], check=True, timeout=TIMEOUT_S)
        super().close()

    def fill(self, disk, n_left):
        """Leaves so many bytes free, and not one more."""
        state = os.statvfs(disk)
        n_bytes = max(0, state.f_bavail * state.f_frsize - n_left)
        with open(disk / "ballast", "ab") as ballast:
            if n_bytes > 0:
                os.posix_fallocate(ballast.fileno(), ballast.tell(), n_bytes)

    def make_room(self, disk):
        (disk / "ballast").unlink(missing_ok=True)

    def lines(self, n_lines, n_chars):
        marks, lines = [], []
        for _ in range(n_lines):
            self.n_marks += 1
            marks.append("M%d." % self.n_marks)
            text = "%s %s" % (marks[-1], self.random.randbytes(n_chars // 2).hex())
            lines.append(json.dumps({**SMALLEST, "issues": [{"what": text}, {"what": "More"}]}))
        return marks, "\n".join(lines) + "\n"

    def promise(self, marks, output):
        """The answers, and how many of them are promises; a line without its end is none."""
        answers = [json.loads(line) for line in output.splitlines(keepends=True)
                   if line.endswith("\n")]
        for mark, answer in zip(marks, answers):
            if "reference" in answer:
                self.references[mark] = answer["reference"]
        return answers

    def check_whole(self, store):
        rows = self.take(store, "list", "--limit", "1000000")
        equal({row["summary"].split(" ")[0]: row["reference"] for row in rows}, self.references)
        found = self.take(store, "fsck")
        equal((found["ok"], found["events"]), (True, found["checked"]))
        return rows


# ------------------------------------------------------------------ the story


def test_begin(scene):
    scene.begin()


def test_recording_until_full(scene):
    n_refused = 0
    for number in range(N_ROUNDS):
        scene.fill(scene.first, scene.random.randrange(4096, 300000))
        marks, text = scene.lines(200, 4000)
        answer = scene.ctl(scene.first, "record", "--lines", "-", text=text)
        equal(answer.status, STORE)
        answers = scene.promise(marks, answer.output)
        if answers:
            equal((answers[-1]["error"]["code"], answers[-1]["error"]["message"]),
                  ("disk-full", FULL))
            assert all("reference" in one for one in answers[:-1]), answers
        assert FULL in answer.errors, answer
        n_refused += 1

        # With no room at all what SQLite has claimed before may still take a small case; a reader is
        # shown what there is, or told the same.
        scene.fill(scene.first, 0)
        marks, text = scene.lines(1, 100)
        answer = scene.ctl(scene.first, "record", "--lines", "-", text=text)
        scene.promise(marks, answer.output)
        if answer.status != DONE:
            equal(answer.status, STORE)
            assert FULL in answer.errors, answer
        listed = scene.ctl(scene.first, "list", "--limit", "1000000")
        if listed.status == DONE:
            equal(len(listed.json), len(scene.references))
        else:
            refused(listed, STORE, "disk-full")
        if number == 0:
            say("a full disk %s" % ("can be read" if listed.status == DONE else "cannot be read"))

        scene.make_room(scene.first)
        for row in scene.check_whole(scene.first):
            equal(row["waiting"], 3)
        marks, text = scene.lines(1, 100)
        scene.promise(marks, scene.ctl(scene.first, "record", "--lines", "-", text=text).output)
        scene.check_whole(scene.first)
    say("%d cases recorded over %d full disks" % (len(scene.references), n_refused))


def test_receiving_until_full(scene):
    with scene.serving():
        scene.take(scene.first, "sync")
        for n_left in (0, 20000, 60000, 200000):
            scene.fill(scene.second, n_left)
            refused(scene.ctl(scene.second, "sync"), STORE, "disk-full")
        scene.make_room(scene.second)
        equal(scene.take(scene.second, "fsck")["ok"], True)
        for store in (scene.second, scene.first):
            scene.take(store, "sync")
    scene.check_whole(scene.second)
    equal(scene.take(scene.first, "rebuild"), scene.take(scene.second, "rebuild"))


def test_server_full(scene):
    """The device keeps what the server has no room for."""
    marks, text = scene.lines(40, 8000)
    scene.promise(marks, scene.ctl(scene.first, "record", "--lines", "-", text=text).output)
    waiting = scene.take(scene.first, "status")["waiting"]
    assert waiting >= 120, waiting
    with scene.serving():
        scene.fill(scene.server, 20000)
        answer = scene.ctl(scene.first, "sync")
        equal(answer.status, NETWORK)
        equal(scene.take(scene.first, "status")["last_error"]["code"], "busy")
        assert 0 < scene.take(scene.first, "status")["waiting"] <= waiting
        scene.make_room(scene.server)
        equal(scene.take(scene.first, "sync")["waiting"], 0)
        scene.take(scene.second, "sync")
    equal(json.loads(scene.admin("verify", "--json"))["ok"], True)
    for store in (scene.first, scene.second):
        scene.check_whole(store)
    equal(scene.take(scene.first, "rebuild"), scene.take(scene.second, "rebuild"))


def test_enrolment_on_a_full_disk(scene):
    third = scene.second / "third"
    with scene.serving():
        scene.fill(scene.second, 0)
        answer = scene.enrol(third, "Third", scene.invite(), "--staff", "Ivo Colddale")
        refused(answer, STORE, "disk-full")
        assert not third.exists() or not any(path.is_file() and path.stat().st_size > 0
                                             for path in third.rglob("*")), list(third.rglob("*"))
        scene.make_room(scene.second)
        answer = scene.enrol(third, "Third", scene.invite(), "--staff", "Ivo Colddale")
        equal(answer.status, DONE)


def test_full_stick(scene):
    """What is carried by hand is there whole, or not at all; and the same again works once there is room."""
    marks, text = scene.lines(40, 8000)
    scene.promise(marks, scene.ctl(scene.first, "record", "--lines", "-", text=text).output)
    command = ("bundle", "export", scene.stick / "out", "--to", "server")
    for n_left in (0, 4096, 70000, 140000):
        scene.fill(scene.stick, n_left)
        refused(scene.ctl(scene.first, *command), STORE, "output")
        equal([path.name for path in scene.stick.iterdir()], ["ballast"])
        equal(scene.take(scene.first, "status")["by_hand"], None)
    scene.make_room(scene.stick)
    n_waiting = scene.take(scene.first, *command)["records"]
    assert n_waiting >= 120, n_waiting

    subprocess.run(["mount", "-o", "remount,ro", scene.stick], check=True, timeout=TIMEOUT_S)
    refused(scene.ctl(scene.first, *command), STORE, "output")
    answer = scene.run([*scene.server_words(), "--json", "bundle", "import", scene.stick / "out",
                        "--reply", scene.stick / "back"])
    refused(answer, STORE, "output")
    assert "Nothing may be written there" in answer.error["message"], answer
    subprocess.run(["mount", "-o", "remount,rw", scene.stick], check=True, timeout=TIMEOUT_S)
    scene.admin("bundle", "import", scene.stick / "out", "--reply", scene.stick / "back")
    equal(scene.take(scene.first, "bundle", "import", scene.stick / "back")["acknowledged"],
          n_waiting)
    scene.check_whole(scene.first)


def limit_files(n_bytes):
    resource.setrlimit(resource.RLIMIT_FSIZE, (n_bytes, n_bytes))
    signal.signal(signal.SIGXFSZ, signal.SIG_DFL)


def test_files_may_not_grow(scene):
    """A quota that refuses a file to grow is told as an error, and costs nothing else."""
    for more in (0, 30000, 100000):
        marks, text = scene.lines(200, 4000)
        answer = scene.ctl(scene.first, "record", "--lines", "-", text=text,
                           preexec_fn=lambda: limit_files(more))
        equal(answer.status, STORE)
        scene.promise(marks, answer.output)
        scene.check_whole(scene.first)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("programs", nargs=3)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(2 ** 32))
    options = parser.parse_args()
    if not enter_own_mounts():
        print("1..0 # SKIP no mount namespaces")
        return 0
    say("seed %d" % options.seed)
    return play("system/full", FullScene(options), globals().copy())


if __name__ == "__main__":
    sys.exit(main())
