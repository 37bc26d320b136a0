#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""test-attachments.py AMENDSCTL SERVER SOURCE: files that belong to a case, by the command line: taken in
safely or refused with the reason, sent, fetched on another device, and said to be where they are. Prints TAP.

One story: what one test leaves behind the next ones find."""

import json
import os
import pathlib
import struct
import sys
import zlib

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))

from scene import DONE, REFUSED, TODAY, USAGE, Story, equal, play, refused  # noqa: E402

INTAKE = {"kind": "complaint", "scheme": "oak", "received": TODAY.isoformat(), "channel": "in-person",
          "issues": [{"what": "Damp behind the bed"}]}
PLACE = b"Author\0Wren Ashdown, Flat 12"


def chunk(name, data):
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png(width=2, height=2, *more):
    pixels = zlib.compress(b"".join(b"\0" + b"\x7f" * width for _ in range(height)))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
            + b"".join(more) + chunk(b"IDAT", pixels) + chunk(b"IEND", b""))


def write(scene, name, data):
    path = scene.folder / name
    path.write_bytes(data)
    return path


def attachments(scene, store):
    return scene.take(store, "attachments", scene.case)


def test_begin(scene):
    scene.begin()
    with scene.serving():
        scene.case = scene.take(scene.first, "record", "-", value=INTAKE)["reference"]
        scene.take(scene.first, "sync")
        scene.take(scene.second, "sync")
    equal(attachments(scene, scene.first), [])


def test_taken_in(scene):
    picture = write(scene, "wall.png", png(2, 2, chunk(b"tEXt", PLACE)))
    answer = scene.take(scene.first, "attach", scene.case, picture, "--caption", "Behind the bed")
    equal(answer["attachment"]["name"], "wall.png")
    equal(answer["attachment"]["media"], "image/png")
    equal(answer["attachment"]["what"], "photograph")
    equal(answer["attachment"]["metadata"], "removed")
    only, = attachments(scene, scene.first)
    scene.picture = only["id"]
    equal(only["state"], "waiting")
    equal((only["parts"], only["here"], only["there"]), (1, 1, 0))
    equal(only["caption"], "Behind the bed")
    equal(only["size"], len(png()))
    out = scene.folder / "out.png"
    equal(scene.ctl(scene.first, "fetch", scene.case, only["id"], out).status, DONE)
    equal(out.read_bytes(), png())
    equal(out.stat().st_mode & 0o777, 0o600)
    refused(scene.ctl(scene.first, "fetch", scene.case, only["id"], out), USAGE, "invalid", "file")


def test_kept_on_purpose(scene):
    picture = write(scene, "kept.png", png(2, 2, chunk(b"tEXt", PLACE)))
    answer = scene.take(scene.first, "attach", scene.case, picture, "--keep-metadata", "--third-party")
    equal(answer["attachment"]["metadata"], "kept")
    kept = attachments(scene, scene.first)[1]
    equal(kept["third_party"], True)
    out = scene.folder / "kept-out.png"
    equal(scene.ctl(scene.first, "fetch", scene.case, kept["id"], out).status, DONE)
    equal(PLACE in out.read_bytes(), True)


def test_names(scene):
    for name, stored in (("x" * 200 + "ŵ" * 20 + ".txt", None), ("a‮gpj.txt", "agpj.txt"),
                         ("letter", "letter.txt"), (".txt", "txt.txt")):
        path = write(scene, name, b"In my own words.\n")
        answer = scene.take(scene.first, "attach", scene.case, path)
        if stored is not None:
            equal(answer["attachment"]["name"], stored)
        equal(len(answer["attachment"]["name"].encode()) <= 204, True)
        equal(answer["attachment"]["what"], "letter")
        equal(answer["attachment"]["metadata"], "unchanged")


def test_refused(scene):
    before = attachments(scene, scene.first)
    rows = (
        ("letter.pdf", b"\x7fELF\2\1\1" + bytes(100), REFUSED, "refused"),
        ("letter2.pdf", b"MZ" + bytes(100), REFUSED, "refused"),
        ("scan.pdf", b"", USAGE, "invalid"),
        ("wall.jpg", bytes(range(1, 9)) * 100, REFUSED, "refused"),
        ("huge.png", png(8000, 1)[:16] + struct.pack(">II", 8000, 5001) + bytes(100), REFUSED, "refused"),
        ("broken.png", png()[:60], REFUSED, "refused"),
        ("archive.zip", b"PK\3\4" + bytes(26) + b"a.exe", REFUSED, "refused"))
    for name, data, status, code in rows:
        answer = scene.ctl(scene.first, "attach", scene.case, write(scene, name, data))
        refused(answer, status, code, "file")
    os.mkfifo(scene.folder / "pipe")
    for path in (scene.folder / "pipe", scene.folder, scene.folder / "nowhere.jpg", "/dev/zero"):
        refused(scene.ctl(scene.first, "attach", scene.case, path), USAGE, "invalid", "file")
    refused(scene.ctl(scene.first, "attach", scene.case, write(scene, "a.txt", b"a"), "--what", "secret"),
            USAGE, "invalid", "what")
    refused(scene.ctl(scene.first, "attach", "7K-9999-9", scene.folder / "a.txt"), USAGE)
    refused(scene.ctl(scene.first, "fetch", scene.case, "7K.9999", scene.folder / "b"), USAGE,
            "not-found", "id")
    equal(attachments(scene, scene.first), before)
    equal(len(list((scene.first / "blobs").iterdir())), 2 * len(before))


def test_no_act(scene):
    """Nobody writes by hand that something is attached which is not."""
    act = {"type": "case.attached", "name": "a.jpg", "media": "image/jpeg", "what": "scan", "size": 1,
           "key": "A" * 43 + "=", "root": "A" * 43 + "="}
    answer = scene.ctl(scene.first, "act", scene.case, "-", text=json.dumps(act))
    refused(answer, USAGE, "invalid", "type")


def test_status(scene):
    n = len(attachments(scene, scene.first))
    waiting = scene.take(scene.first, "status")["attachments"]
    equal(waiting["to_send"], n)
    equal(waiting["bytes_to_send"] > 0, True)
    said = scene.ctl(scene.first, "status", plain=True)
    equal(f"{n} attachments, " in said.output and "wait to be sent" in said.output, True)
    copy = scene.take(scene.first, "backup", scene.folder / "copy.db")
    equal(copy["attachments_only_here"], n)


def test_sent_and_fetched(scene):
    n = len(attachments(scene, scene.first))
    with scene.serving():
        report = scene.take(scene.first, "sync")
        equal(report["attachments"], {"sent": n, "received": 0, "chunks_sent": 2 * n,
                                      "chunks_received": 0, "problem": None})
        report = scene.take(scene.second, "sync")
        equal(report["attachments"]["received"], n)
    first = attachments(scene, scene.first)[0]
    equal(first["state"], "held")
    equal(first["there_at"] is not None, True)
    equal([row["state"] for row in attachments(scene, scene.second)], ["held"] * n)
    out = scene.folder / "out-of-second.png"
    equal(scene.ctl(scene.second, "fetch", scene.case, scene.picture, out).status, DONE)
    equal(out.read_bytes(), png())
    equal(scene.take(scene.first, "status")["attachments"]["to_send"], 0)
    equal(len(scene.take(scene.second, "show", scene.case)["attachments"]), n)


def test_history_has_no_key(scene):
    history = scene.take(scene.second, "history", scene.case)
    attached = [row for row in history if row["type"] == "case.attached"]
    equal(len(attached), len(attachments(scene, scene.second)))
    equal([row for row in attached if "key" in row["body"]], [])


def test_large_is_asked_for(scene):
    film = write(scene, "film.mp4", b"\0\0\0\x18ftypisom" + os.urandom(16 * 1024 * 1024))
    scene.take(scene.first, "attach", scene.case, film)
    with scene.serving():
        scene.take(scene.first, "sync")
        scene.take(scene.second, "sync")
        large = attachments(scene, scene.second)[-1]
        equal(large["state"], "large")
        out = scene.folder / "film-out.mp4"
        refused(scene.ctl(scene.second, "fetch", scene.case, large["id"], out), REFUSED, "refused", "id")
        equal(attachments(scene, scene.second)[-1]["state"], "to-fetch")
        scene.take(scene.second, "sync")
    equal(scene.ctl(scene.second, "fetch", scene.case, large["id"], out).status, DONE)
    equal(out.read_bytes(), film.read_bytes())


def test_full(scene):
    path = write(scene, "one-more.txt", b"One more.\n")
    scene.take(scene.first, "attach", scene.case, path)
    with scene.serving(options=("--attachments", "0.001")):
        report = scene.take(scene.first, "sync")
        equal(report["attachments"]["problem"], "full")
        equal(report["waiting"], 0)
    equal(scene.take(scene.first, "status")["attachments"]["problem"], "full")
    equal("no room for attachments" in scene.ctl(scene.first, "status", plain=True).output, True)
    with scene.serving():
        equal(scene.take(scene.first, "sync")["attachments"]["problem"], None)
    equal(attachments(scene, scene.first)[-1]["state"], "held")


def test_whole(scene):
    equal(scene.take(scene.first, "fsck")["ok"], True)
    equal(scene.take(scene.second, "fsck")["ok"], True)
    equal(scene.run([*scene.server_words(), "--json", "verify"]).json["ok"], True)


if __name__ == "__main__":
    stage = Story(*(os.path.abspath(argument) for argument in sys.argv[1:4]))
    sys.exit(play("attachments", stage, dict(globals())))
