#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""test-files.py AMENDSCTL SERVER SOURCE: what lies on the disk, who may read it, and who is using it."""

import json
import os
import pathlib
import shutil
import stat
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))

from scene import DONE, SMALLEST, STORE, USAGE, Scene, equal, play, refused  # noqa: E402


def check_modes(folder):
    """Returns the names that were looked at, the folder's own apart."""
    paths = sorted(folder.rglob("*"))
    for path in [folder, *paths]:
        mode = path.lstat().st_mode
        wanted = 0o700 if stat.S_ISDIR(mode) else 0o600
        assert stat.S_IMODE(mode) == wanted, "%s has mode %o" % (path, stat.S_IMODE(mode))
    return {path.name for path in paths}


def test_whatever_the_umask(scene):
    with_nothing_masked = {"umask": 0}
    os.umask(0)
    try:
        # A folder that was there and open to all is closed.
        scene.first.mkdir(mode=0o777)
        scene.begin()
        check_modes(scene.server)
        with scene.serving(**with_nothing_masked):
            scene.take(scene.first, "record", "-", value=SMALLEST)
            scene.take(scene.first, "sync")
            scene.take(scene.second, "sync")
            with scene.holding(scene.first, SMALLEST, **with_nothing_masked):
                names = check_modes(scene.first)
                assert {"log.db", "log.db-wal", "lock", "device.secret"} <= names, names
            assert {"server.db", "server.db-wal"} <= check_modes(scene.server)
        assert "sync-state" in check_modes(scene.first)
        for command in ("fsck", "rebuild", "list", "status"):
            scene.take(scene.first, command)
            check_modes(scene.first)
        for program, folder in ((lambda file: scene.ctl(scene.first, "backup", file), "copies"),
                                (lambda file: scene.admin("backup", file), "server-copies")):
            copies = scene.folder / folder
            copies.mkdir(mode=0o700)
            program(copies / "copy")
            equal(check_modes(copies), {"copy"})
        check_modes(scene.second)
        check_modes(scene.server)
    finally:
        os.umask(0o077)


def contents(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()
            if path.is_file() and path.name not in ("lock", "device.secret")}


def test_copied_elsewhere(scene):
    """Without the device's secret the right passphrase opens nothing, and spoils nothing."""
    secret = (scene.first / "device.secret").read_bytes()
    copy = scene.folder / "copy"
    shutil.copytree(scene.first, copy)
    equal(scene.ctl(copy, "list").status, DONE)
    for wrong in (None, b"", secret[:-8], (scene.second / "device.secret").read_bytes()):
        (copy / "device.secret").unlink(missing_ok=True)
        if wrong is not None:
            (copy / "device.secret").write_bytes(wrong)
        before = contents(copy)
        for command in ("list", "fsck", "sync", "status"):
            refused(scene.ctl(copy, command), STORE, "store-failed")
            assert scene.ctl(copy, command, "--as", "Hesta Penwick").status in (USAGE, STORE)
        equal(contents(copy), before)
    (copy / "device.secret").write_bytes(secret)
    equal(scene.take(copy, "list"), scene.take(scene.first, "list"))


def test_held(scene):
    with scene.holding(scene.first, SMALLEST) as holder:
        for command in (["list"], ["sync"], ["fsck"], ["record", "-"]):
            answer = scene.ctl(scene.first, *command, text=json.dumps(SMALLEST))
            refused(answer, STORE, "store-held")
            assert "amendsctl (process %d)" % holder.pid in answer.error["message"], answer
    equal(scene.ctl(scene.first, "list").status, DONE)
    # A holder that was killed holds nothing.
    with scene.holding(scene.first, SMALLEST) as holder:
        holder.kill()
        holder.wait()
        equal(scene.ctl(scene.first, "list").status, DONE)
    with scene.serving():
        answer = scene.run([scene.server_program, "--data", scene.server, "--json", "serve",
                            "--listen", "127.0.0.1:0"])
        refused(answer, STORE)


if __name__ == "__main__":
    scene = Scene(*(os.path.abspath(argument) for argument in sys.argv[1:4]))
    sys.exit(play("system/files", scene, globals().copy()))
