#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""test-hostile.py AMENDSCTL SERVER SOURCE [--seed N] [--half-open N]: a device that wants to harm.

It is enrolled, so that what it signs is looked at. It lies about lengths, sends bodies that never end, frames
that inflate without end, requests again, and lines held open by the hundred. Each is refused in a bounded way,
the server stays as large as it was, and another device is served meanwhile. What a signed event may not say is
in tests/server/test-exchange.c."""

import argparse
import base64
import contextlib
import ctypes
import gzip
import hashlib
import json
import os
import pathlib
import random
import re
import socket
import ssl
import struct
import sys
import threading
import time

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))

from scene import DONE, SMALLEST, TIMEOUT_S, Scene, equal, play, say  # noqa: E402

SODIUM = ctypes.CDLL("libsodium.so.23")
EXCHANGE = "application/vnd.amends.exchange"
MAX_GROWTH_KB = 10 * 1024

# Memory that is freed or filled on purpose so that mistakes show is no measure of what a server takes.
os.environ.pop("MALLOC_PERTURB_", None)
SANITISER = b"__asan_init"
# A line that is held open costs what the TLS library keeps of it. The proxy in front closes such lines itself.
MAX_LINE_KB = 14
N_REPEATS = 20
LEAD = 16 * 1024 * 1024  # bytes that the systems on both sides may hold between the two


def b64(data):
    return base64.b64encode(data).decode()


def blake(data, key=b""):
    return hashlib.blake2b(data, digest_size=32, key=key).digest()


class Device:
    """As much of a device as it takes to be heard."""

    def __init__(self, port):
        self.port = port
        self.public, self.secret = ctypes.create_string_buffer(32), ctypes.create_string_buffer(64)
        SODIUM.crypto_sign_keypair(self.public, self.secret)
        self.number = int(time.time() * 1000)
        self.code = self.organisation = None

    def connect(self, source=None, timeout=TIMEOUT_S):
        context = ssl.create_default_context()
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        plain = socket.create_connection(("127.0.0.1", self.port), timeout,
                                         (source, 0) if source else None)
        return context.wrap_socket(plain)

    def ask(self, head, body=b""):
        """One request on a line of its own; gives status and body, or None where the line broke."""
        with contextlib.suppress(OSError), self.connect() as line:
            with contextlib.suppress(OSError):
                line.sendall(head.encode() + body)
            return read_answer(line)
        return None

    def post(self, path, kind, body, *fields, length=None):
        return self.ask("\r\n".join(("POST %s HTTP/1.1" % path, "Host: localhost", "Connection: close",
                                     "Content-Type: %s" % kind,
                                     "Content-Length: %d" % (len(body) if length is None else length),
                                     *fields, "", "")), body)

    def enrol(self, code):
        plain = code.replace("-", "")
        lookup, key = plain[:4], blake(b"amends-enrol-key-1" + plain[4:].encode())
        public, name = b64(self.public.raw), "A laptop"
        mac = blake("\n".join(("amends-enrol-request-1", lookup, public, name, "")).encode(), key)
        body = json.dumps({"version": 1, "lookup": lookup, "key": public, "name": name, "mac": b64(mac)})
        status, answer = self.post("/v1/enrol", "application/json", body.encode())
        equal(status, 200)
        manifest = json.loads(json.loads(answer)["manifest"])
        self.code, self.organisation = manifest["device"]["code"], manifest["organisation"]["id"]

    def sign(self, body, number):
        digest = b64(blake(body))
        text = "\n".join(("amends-request-1", self.organisation, "POST", "/v1/exchange", self.code,
                          str(number), digest, "")).encode()
        signature = ctypes.create_string_buffer(64)
        SODIUM.crypto_sign_detached(signature, None, text, ctypes.c_ulonglong(len(text)), self.secret)
        return ("Amends-Device: " + self.code, "Amends-Request: %d" % number, "Amends-Body: " + digest,
                "Amends-Signature: " + b64(signature.raw))

    def exchange(self, frames=(), number=None, head=None):
        self.number += 1
        body = message(frames, head)
        return self.post("/v1/exchange", EXCHANGE, body, *self.sign(body, number or self.number))


def message(frames=(), head=None):
    head = json.dumps(head or {"version": 1, "epoch": None, "feeds": {}, "hold": True,
                               "head": {"number": 0, "trunk": b64(bytes(32))}}).encode()
    return b"".join(struct.pack(">I", len(part)) + part for part in (head, *frames, b"", b"{}"))


def read_answer(line):
    data = b""
    with contextlib.suppress(OSError):
        while more := line.recv(65536):
            data += more
            assert len(data) < LEAD, "an answer without end"
    found = re.match(rb"HTTP/1.1 (\d+) ", data)
    return (int(found.group(1)), data.partition(b"\r\n\r\n")[2]) if found else None


class HostileScene(Scene):
    def __init__(self, options):
        super().__init__(*(os.path.abspath(path) for path in options.programs))
        self.random = random.Random(options.seed)
        self.n_half_open = options.half_open
        self.slowest_s = 0.0
        self.is_sanitised = SANITISER in pathlib.Path(options.programs[1]).read_bytes()

    def memory_kb(self):
        text = pathlib.Path("/proc/%d/status" % self.process.pid).read_text()
        return int(re.search(r"VmRSS:\s+(\d+) kB", text).group(1))

    @contextlib.contextmanager
    def bounded(self, what, max_kb=MAX_GROWTH_KB):
        """What is done here leaves the server as large as it was, and others are served meanwhile."""
        before, peak, over = self.memory_kb(), [0], threading.Event()

        def watch():
            good = Device(self.device.port)
            while not over.is_set():
                began = time.monotonic()
                answer = good.ask("GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                equal(answer, (200, b'{"ok":true}'))
                self.slowest_s = max(self.slowest_s, time.monotonic() - began)
                peak[0] = max(peak[0], self.memory_kb())

        failures = []

        def guarded():
            try:
                watch()
            except Exception as problem:  # It is raised where the test looks.
                failures.append(problem)

        watcher = threading.Thread(target=guarded)
        watcher.start()
        try:
            yield
        finally:
            over.set()
            watcher.join()
        grown = max(peak[0], self.memory_kb()) - before
        say("%s: %d kB more at most, of %d" % (what, grown, before))
        assert not failures, failures
        assert self.is_sanitised or grown < max_kb, "%s: %d kB more" % (what, grown)


def test_begin(scene):
    scene.begin()
    scene.serve()
    scene.device = Device(scene.port)
    scene.device.enrol(scene.invite())
    equal(scene.device.exchange()[0], 200)
    # What a server takes once, it takes here.
    for _ in range(8):
        scene.device.exchange([gzip.compress(os.urandom(200000))])


def test_lengths(scene):
    """Said, and not sent; said, and sent; not said at all."""
    device = scene.device
    with scene.bounded("lengths"):
        for length in (10 * 2 ** 30, 2 ** 62, 4 * 2 ** 20 + 1):
            equal(device.post("/v1/exchange", EXCHANGE, b"", length=length)[0], 413)
        for text in ("-1", "1e9", "0x10", "99999999999999999999999", ""):
            answer = device.ask("POST /v1/exchange HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Type:"
                                " %s\r\nContent-Length: %s\r\n\r\n" % (EXCHANGE, text))
            assert answer is None or answer[0] in (400, 413), (text, answer)
        answer = device.ask("POST /v1/exchange HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Type: %s"
                            "\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n" % EXCHANGE)
        equal(answer[0], 400)


def test_poured(scene):
    """Ten gigabytes, announced or in chunks, as much of them as anybody takes."""
    ways = ("Content-Length: %d" % (10 * 2 ** 30), "Transfer-Encoding: chunked")
    block = os.urandom(2 ** 20)
    for way in ways:
        with scene.bounded("poured, " + way), contextlib.suppress(OSError), scene.device.connect() as line:
            n_sent = 0
            line.sendall(("POST /v1/exchange HTTP/1.1\r\nHost: a\r\nContent-Type: %s\r\n%s\r\n\r\n"
                          % (EXCHANGE, way)).encode())
            with contextlib.suppress(OSError):
                while n_sent < 10 * 2 ** 30:
                    line.sendall(block if "Length" in way else b"100000\r\n" + block + b"\r\n")
                    n_sent += len(block)
            assert n_sent < 2 * LEAD, n_sent


def test_bombs(scene):
    """Frames that are small and inflate to a thousand times as much, one and many to a request."""
    bomb = gzip.compress(bytes(300 * 2 ** 20))
    assert len(bomb) < 393216, len(bomb)
    nested = gzip.compress(b"amends-frame-1\n" + bytes(200 * 2 ** 20))
    with scene.bounded("bombs"):
        for frames in ([bomb], [bomb] * 10, [nested] * 10, [b"\x1f\x8b" + os.urandom(1000)] * 100):
            status, answer = scene.device.exchange(frames)
            equal(status, 200)
            (length,) = struct.unpack(">I", answer[:4])
            equal(json.loads(answer[4:4 + length])["refused"]["code"], "malformed")
        deep = {"version": 1, "feeds": {}, "head": json.loads("[" * 500 + "]" * 500)}
        equal(scene.device.exchange(head=deep)[0], 400)
        equal(scene.device.exchange(head={"version": 1, "x": "y" * 65536})[0], 400)


def test_wrong_signatures(scene):
    device = scene.device
    body = message()
    with scene.bounded("signatures and replays"):
        for _ in range(N_REPEATS):
            device.number += 1
            fields = device.sign(body, device.number)
            equal(device.post("/v1/exchange", EXCHANGE, body, *fields[:3],
                              "Amends-Signature: " + b64(os.urandom(64)))[0], 401)
            equal(device.exchange(number=device.number - 1000)[0], 409)
        # A body that is not the one that was signed is refused though its frames were whole.
        fields = device.sign(body, device.number + 5000)
        equal(device.post("/v1/exchange", EXCHANGE, message([gzip.compress(b"x")]), *fields)[0], 401)
        device.number += 5000


def test_garbage(scene):
    with scene.bounded("garbage"):
        for _ in range(N_REPEATS):
            with contextlib.suppress(OSError), scene.device.connect() as line:
                line.sendall(scene.random.randbytes(scene.random.randrange(1, 5000)) + b"\r\n\r\n")
                answer = read_answer(line)
                assert answer is None or answer[0] >= 400, answer
        long_head = "GET / HTTP/1.1\r\n" + "X-Long: %s\r\n" % ("y" * 100000) + "\r\n"
        answer = scene.device.ask(long_head)
        assert answer is None or answer[0] in (400, 413, 414, 431), answer


def test_held_open(scene):
    """Lines by the hundred from as many addresses, of which some say a little and none goes on."""
    lines = []
    began = time.monotonic()
    with scene.bounded("%d lines held open" % scene.n_half_open, MAX_LINE_KB * scene.n_half_open):
        for n in range(scene.n_half_open):
            line = socket.create_connection(("127.0.0.1", scene.port), TIMEOUT_S,
                                            ("127.1.%d.%d" % (n // 250, n % 250 + 1), 0))
            lines.append(line)
            if n % 3 == 0:
                line.sendall(b"\x16\x03\x01\x02")
        for line in lines:
            line.settimeout(TIMEOUT_S)
            with contextlib.suppress(ConnectionResetError):
                equal(line.recv(1), b"")
            line.close()
    say("all were closed %.0f s after the first was opened" % (time.monotonic() - began))


def test_still_there(scene):
    say("while all that was done, nobody waited longer than %.1f s for an answer" % scene.slowest_s)
    scene.take(scene.first, "record", "-", value=SMALLEST)
    equal(scene.take(scene.first, "sync")["waiting"], 0)
    equal(scene.ctl(scene.second, "sync").status, DONE)
    scene.stop()
    equal(json.loads(scene.admin("verify", "--json"))["ok"], True)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("programs", nargs=3)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(2 ** 32))
    parser.add_argument("--half-open", type=int, default=1000)
    options = parser.parse_args()
    say("seed %d" % options.seed)
    return play("system/hostile", HostileScene(options), globals().copy())


if __name__ == "__main__":
    sys.exit(main())
