#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""test-hole.py AMENDSCTL SERVER SOURCE: the line passes small packets and drops large ones without a word.

As tunnels do that hold back what would tell the ends: a handshake comes through, and a case would not.
The server stands in a network namespace of its own, behind a link whose far end takes less than both
ends believe."""

import contextlib
import json
import os
import pathlib
import socket
import subprocess
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))

from scene import SMALLEST, Scene, equal, play  # noqa: E402

INSIDE = "AMENDS_TEST_INSIDE"
NEAR, FAR = "192.0.2.1", "192.0.2.2"
MTU = 1300
LARGE, SMALL = b"x" * 1400, b"y"
N_CASES, TEXT_CHARS = 24, 16000

# What arrives is told a segment as large as the near end's link, and segments are not joined on the way.
FAR_SIDE = """
ip link set lo up
ip link set far mtu %d gso_max_segs 1 up
ip addr add %s/24 dev far
ip route replace 192.0.2.0/24 dev far src %s advmss 1460
echo ready
exec cat""" % (MTU, FAR, FAR)

RECEIVER = """
import socket
line = socket.socket(type=socket.SOCK_DGRAM)
line.bind(("%s", 0))
print(line.getsockname()[1], flush=True)
print(line.recv(9999).decode())""" % FAR


class HoleScene(Scene):
    def __init__(self, programs):
        super().__init__(*(os.path.abspath(path) for path in programs))
        self.far = None

    def open_link(self):
        self.far = subprocess.Popen(
            ["unshare", "--net", "sh", "-e", "-c", "echo made; read go; %s" % FAR_SIDE],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8")
        equal(self.far.stdout.readline(), "made\n")
        for words in ("link set lo up",
                      "link add near type veth peer name far netns %d" % self.far.pid,
                      "link set near gso_max_segs 1 up", "addr add %s/24 dev near" % NEAR):
            subprocess.run(["ip", *words.split()], check=True)
        self.far.stdin.write("go\n")
        self.far.stdin.flush()
        equal(self.far.stdout.readline(), "ready\n")
        self.host = FAR
        self.runner = ["nsenter", "--target", str(self.far.pid), "--net"]

    def close(self):
        super().close()
        if self.far is not None:
            self.far.stdin.close()
            self.far.wait()
            self.far.stdout.close()


def test_link(scene):
    """A large packet vanishes, and the one after it arrives."""
    scene.open_link()
    receiver = subprocess.Popen([*scene.runner, sys.executable, "-c", RECEIVER],
                                stdout=subprocess.PIPE, encoding="utf-8")
    with receiver, contextlib.closing(socket.socket(type=socket.SOCK_DGRAM)) as line:
        line.connect((FAR, int(receiver.stdout.readline())))
        line.send(LARGE)
        line.send(SMALL)
        equal(receiver.stdout.read().strip(), SMALL.decode())


def test_both_ways(scene):
    scene.begin(FAR)
    with scene.serving():
        lines = [json.dumps({**SMALLEST, "issues": [{"what": os.urandom(TEXT_CHARS // 2).hex()}]})
                 for _ in range(N_CASES)]
        recorded = scene.ctl(scene.first, "record", "--lines", "-", text="\n".join(lines))
        references = sorted(json.loads(line)["reference"] for line in recorded.output.splitlines())
        equal(len(references), N_CASES)
        equal(scene.take(scene.first, "sync")["waiting"], 0)
        scene.take(scene.second, "sync")
        found = [row["reference"] for row in scene.take(scene.second, "list", "--limit", "1000")]
        equal(sorted(found), references)


def main():
    if INSIDE not in os.environ:
        able = subprocess.run(["unshare", "--net", "ip", "link", "add", "near", "type", "veth",
                               "peer", "name", "far"], capture_output=True, check=False)
        if able.returncode != 0:
            print("1..0 # SKIP no network can be made on this machine")
            return 0
        os.environ[INSIDE] = "1"
        os.execvp("unshare", ["unshare", "--net", sys.executable, *sys.argv])
    return play("system/hole", HoleScene(sys.argv[1:4]), globals().copy())


if __name__ == "__main__":
    sys.exit(main())
