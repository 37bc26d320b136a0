#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""test-kiosk-queue.py AMENDSCTL SERVER SOURCE [N]: a kiosk that is offline takes N submissions (200 if not said), each
with a photograph, of which it can read none; then the line is back: the server opens them, staff have every one of them once, and
nothing waits. Says how long it took, and how much room and memory. Prints TAP.

One story: what one test leaves behind the next ones find."""

import json
import os
import pathlib
import random
import re
import subprocess
import sys
import time

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))

from scene import DONE, TODAY, Story, equal, play, say  # noqa: E402

N_SUBMISSIONS = int(sys.argv.pop(4)) if len(sys.argv) > 4 else 200

# Of each what somebody says in some hundred words, with a word in it that no other text has.
CANARY = "wrenashdownxqz"
SENTENCE = "The lift has stopped again, and nobody who answers the telephone knows when it will be looked at. "

# What a camera took, as far as a store is concerned: the head of a JPEG, and as many bytes as a small one has.
PHOTOGRAPH = b"\xff\xd8\xff\xda\x00\x02" + random.Random(7).randbytes(96 << 10).replace(b"\xff", b"\xfe") + b"\xff\xd9"

# What a kiosk may need for one: a page of a box, its row, and the log beside it; and the photograph, its list of parts
# and what a file system rounds up.
ROOM_MAX = (24 << 10) + len(PHOTOGRAPH) + (12 << 10)


def intake(number):
    return {"kind": "complaint", "scheme": "oak", "received": TODAY.isoformat(), "channel": "kiosk",
            "complainant": {"name": name_of(number), "relation": "current-tenant"},
            "issues": [{"what": "%s%s-%d" % (SENTENCE * 6, CANARY, number), "words": "verbatim"}],
            "adjustments": [{"need": "large-print"}]}


def name_of(number):
    return "%s %05d" % (CANARY, number)


def measured(scene, arguments, text=""):
    """Runs a command that must succeed; gives its output, seconds and the most that it had in memory, in MB."""
    began = time.monotonic()
    with open(scene.folder / "input", "w+", encoding="utf-8") as given, \
            open(scene.folder / "output", "w+", encoding="utf-8") as output, \
            open(scene.folder / "errors", "w+", encoding="utf-8") as errors:
        given.write(text)
        given.seek(0)
        process = subprocess.Popen([str(word) for word in arguments], stdin=given, stdout=output,
                                   stderr=errors, env=scene.environment)
        _pid, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        errors.seek(0)
        found, told = output.read(), errors.read()
    assert process.returncode == DONE, told[-2000:]
    for name in ("input", "output", "errors"):
        (scene.folder / name).unlink()
    return found, time.monotonic() - began, usage.ru_maxrss / 1024


def size_of(folder):
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def holds(folder, text):
    return holds_bytes(folder, text.encode())


def holds_bytes(folder, data):
    return [path.name for path in folder.rglob("*") if path.is_file() and data in path.read_bytes()]


def test_begin(scene):
    scene.begin()
    scene.kiosk = scene.folder / "kiosk"
    with scene.serving():
        equal(scene.ctl(scene.kiosk, "enrol", "--server", scene.url, "--code",
                        scene.invite("org,s.oak", "kiosk"), "--name", "Kiosk in the hall", "--kiosk").status, DONE)
        equal(scene.take(scene.kiosk, "sync")["waiting"], 0)


def test_taken_down_while_offline(scene):
    before = size_of(scene.kiosk)
    photograph = scene.folder / "photograph.jpg"
    photograph.write_bytes(PHOTOGRAPH)
    output, seconds, memory = measured(
        scene, scene.words(scene.kiosk, "record", "--lines", "-", "--attach", photograph),
        "".join(json.dumps(intake(number)) + "\n" for number in range(N_SUBMISSIONS)))
    scene.references = {json.loads(line)["reference"] for line in output.splitlines()}
    equal(len(scene.references), N_SUBMISSIONS)
    equal(scene.take(scene.kiosk, "status")["waiting"] >= N_SUBMISSIONS, True)
    room = (size_of(scene.kiosk) - before) / N_SUBMISSIONS
    say("%d taken down in %.1f s (%.1f ms each), %.1f KiB on the disk each, %.0f MB in memory at most"
        % (N_SUBMISSIONS, seconds, 1000 * seconds / N_SUBMISSIONS, room / 1024, memory))
    assert room < ROOM_MAX, room


def test_the_kiosk_reads_none(scene):
    """Neither in its files nor by what it can be asked."""
    equal(holds(scene.kiosk, CANARY), [])
    equal(holds_bytes(scene.kiosk, PHOTOGRAPH[-64:]), [])
    equal(scene.take(scene.kiosk, "list"), [])
    answer = scene.ctl(scene.kiosk, "show", sorted(scene.references)[0])
    assert answer.status != DONE and CANARY not in answer.output + answer.errors, answer
    equal(scene.ctl(scene.kiosk, "fsck").status, DONE)
    (scene.kiosk / "control").write_text(CANARY, encoding="utf-8")
    equal(holds(scene.kiosk, CANARY), ["control"])
    (scene.kiosk / "control").unlink()


def test_all_arrive(scene):
    with scene.serving():
        output, seconds, memory = measured(scene, scene.words(scene.kiosk, "sync"))
        equal(json.loads(output)["waiting"], 0)
        peak = int(re.search(r"VmHWM:\s*(\d+)", pathlib.Path("/proc/%d/status" % scene.process.pid)
                             .read_text(encoding="ascii")).group(1)) / 1024
        say("sent in %.1f s, %.0f MB in memory at most; the server %.0f MB" % (seconds, memory, peak))
        output, seconds, memory = measured(scene, scene.words(scene.first, "sync"))
        say("fetched by staff in %.1f s, %.0f MB in memory at most" % (seconds, memory))
    rows = scene.take(scene.first, "list")
    equal(sorted(row["complainant"] for row in rows), [name_of(number) for number in range(N_SUBMISSIONS)])
    equal({row["reference"] for row in rows}, scene.references)
    for row in rows[::max(1, len(rows) // 50)]:
        found, = scene.take(scene.first, "attachments", row["reference"])
        opened = scene.folder / "opened.jpg"
        equal(scene.ctl(scene.first, "fetch", row["reference"], found["id"], opened).status, DONE)
        equal(opened.read_bytes(), PHOTOGRAPH)
        opened.unlink()
    for row in (rows[0], rows[len(rows) // 2], rows[-1]):
        what = scene.take(scene.first, "show", row["reference"])["issues"][0]["what"]
        equal(what, intake(int(row["complainant"].split()[1]))["issues"][0]["what"])
    equal(scene.ctl(scene.first, "fsck").status, DONE)


def test_nothing_of_it_stays_readable(scene):
    """Also once it was sent; and a second exchange sends none of them again."""
    equal(holds(scene.kiosk, CANARY), [])
    equal(holds_bytes(scene.kiosk, PHOTOGRAPH[-64:]), [])
    with scene.serving():
        equal(scene.take(scene.kiosk, "sync")["waiting"], 0)
        equal(scene.take(scene.first, "sync")["waiting"], 0)
    equal(len(scene.take(scene.first, "list")), N_SUBMISSIONS)
    say("the kiosk's store has %.1f MB, the server's %.1f MB"
        % (size_of(scene.kiosk) / 1e6, size_of(scene.server) / 1e6))


if __name__ == "__main__":
    stage = Story(*(os.path.abspath(argument) for argument in sys.argv[1:4]))
    sys.exit(play("kiosk-queue", stage, dict(globals())))
