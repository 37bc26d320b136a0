#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""test-network.py AMENDSCTL SERVER SOURCE [--seed N]: the network lies.

Whatever answers in the server's place, the device says which, keeps what it has, tells a stranger
nothing, goes on recording, and sends all of it once its server is back."""

import argparse
import base64
import gzip
import json
import os
import pathlib
import random
import shutil
import ssl
import struct
import subprocess
import sys
import warnings

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))

from another_day import find_library  # noqa: E402
from liar import Authority, Liar, ask, reply, saying  # noqa: E402
from scene import (  # noqa: E402
    DONE, NETWORK, REFUSED, SMALLEST, Scene, Skipped, equal, play, refused, say)

AWAY = "The server cannot be reached: "
CUT = "The line was cut before the answer was whole"
PORTAL = "The network answered with something that is not our server"
FOREIGN = "The server is not the one this device was enrolled with"
UNPROVEN = "The server did not prove that it is the one that gave the code: "
UNVERIFIED = "The server's answer does not verify: "
UNREADABLE = "The server refused the request ("
EXCHANGE = {"Content-Type": "application/vnd.amends.exchange"}
ERROR = {"Content-Type": "application/vnd.amends.error+json"}
HTML = {"Content-Type": "text/html"}
NAME = "server.fenwater.test"
MAX_REPLY_BYTES = 16 * 1024 * 1024
# What the systems on both sides take before anybody reads it.
MAX_BUFFERED_BYTES = 16 * 1024 * 1024
N_FLIPS = 12
N_TRUNCATIONS = 8

PAGE = reply("200 OK", HTML, b"<html><title>Welcome to the cafe</title></html>")


class NetworkScene(Scene):
    def __init__(self, options):
        super().__init__(*(os.path.abspath(path) for path in options.programs))
        self.random = random.Random(options.seed)
        self.third = self.folder / "third"

    def record(self):
        self.take(self.first, "record", "-", value=SMALLEST)

    def kept(self):
        """What no lie may change."""
        status = self.take(self.first, "status")
        return {key: status[key] for key in ("events", "waiting", "feeds", "receipt", "last_sync",
                                             "server", "device", "set_aside", "quarantined")}

    def told(self, code, sentence):
        """A sync that the network spoils; gives what it answered."""
        self.record()
        before = self.kept()
        answer = self.ctl(self.first, "sync")
        refused(answer, NETWORK, code)
        assert answer.error["message"].startswith(sentence), answer
        status = self.take(self.first, "status")
        equal(status["last_error"], {"code": code, "message": answer.error["message"]})
        equal(self.kept(), before)
        return answer

    def lied(self, code, sentence, answer, pair=None):
        """The same with a liar in the server's place; gives the liar."""
        with Liar(self.port, answer, pair) as liar:
            self.told(code, sentence)
        assert liar.n_lines > 0
        return liar

    def enrol_refused(self, status, code, sentence="", url=None, invitation=None):
        """Enrolment of a third device that stores nothing at all."""
        before = sorted(self.folder.iterdir())
        answer = self.enrol(self.third, "Third", invitation or self.invite(), "--staff", "Ivo Colddale",
                            url=url)
        refused(answer, status, code)
        assert answer.error["message"].startswith(sentence), answer
        equal(sorted(self.folder.iterdir()), before)


def named(scene, words):
    """The words of a command for which NAME is this machine."""
    hosts = scene.write("hosts", "127.0.0.1 localhost %s\n" % NAME)
    return ["unshare", "--map-root-user", "--mount", "sh", "-c",
            'mount --bind "$0" /etc/hosts && exec "$@"', str(hosts), *words]


# ------------------------------------------------------------------ enrolment


def test_begin(scene):
    scene.begin("127.0.0.1", NAME)
    scene.authority = Authority.of_server(scene.server, scene.folder / "authority")
    scene.foreign = Authority.new(scene.folder / "foreign")
    scene.right = scene.authority.sign("right")
    scene.wrong = scene.foreign.sign("wrong")
    with scene.serving():
        scene.record()
        scene.take(scene.first, "sync")


def test_enrol_away(scene):
    scene.enrol_refused(NETWORK, "offline", AWAY)
    scene.enrol_refused(NETWORK, "offline", AWAY, url="https://nowhere.invalid")


def test_enrol_portal(scene):
    for pair in (scene.wrong, scene.right, None):
        with Liar(scene.port, saying(PAGE), pair):
            scene.enrol_refused(NETWORK, "portal", PORTAL)


def forged(scene, line):
    """An answer of the right shape from one that does not know the secret half of the code."""
    key = base64.b64encode(bytes(32)).decode()
    manifest = json.dumps({
        "version": 1, "organisation": {"id": "0" * 32, "name": "Fenwater Homes"}, "epoch": "0" * 32,
        "authority": scene.foreign.certificate.read_text(), "signing_key": key, "intake_key": key,
        "recovery_key": key, "device": {"code": "7K", "kind": "staff", "name": "Third"},
        "feeds": [{"feed": "s.oak", "read": True, "write": True}], "at": "2026-11-22T12:00:00Z"})
    body = json.dumps({"manifest": manifest, "mac": key}).encode()
    line.sendall(reply("200 OK", {"Content-Type": "application/json"}, body))


def test_enrol_forged(scene):
    with Liar(scene.port, lambda line, _request: forged(scene, line), scene.wrong) as liar:
        invitation = scene.invite()
        scene.enrol_refused(NETWORK, "foreign-server", UNPROVEN, invitation=invitation)
    (request,) = liar.requests
    # The secret half of the code is not on the line, in either case of letters.
    assert invitation.replace("-", "")[4:].encode().lower() not in request.lower()
    for text in (b"", b"{}", b'{"manifest":1,"mac":2}', b"[" * 70000, b"x" * 70000):
        answer = reply("200 OK", {"Content-Type": "application/json"}, text)
        with Liar(scene.port, saying(answer), scene.wrong):
            scene.enrol_refused(NETWORK, "foreign-server", UNPROVEN)


def test_enrol_man_in_the_middle(scene):
    strangers = (scene.wrong, scene.authority.sign("elsewhere", "DNS:elsewhere.example"),
                 scene.authority.sign("past", begins=-30, ends=-1))
    for pair in strangers:
        with scene.serving(port=0) as port:
            with Liar(scene.port, lambda line, request: line.sendall(ask(port, request)), pair):
                scene.enrol_refused(NETWORK, "foreign-server", UNPROVEN)
    with scene.serving(port=0) as port:
        with Liar(scene.port, lambda line, request: line.sendall(ask(port, request)), scene.right):
            equal(scene.enrol(scene.third, "Third", scene.invite(), "--staff", "Ivo Colddale").status,
                  DONE)
    shutil.rmtree(scene.third)


def test_enrol_elsewhere(scene):
    foreign = scene.folder / "elsewhere"
    scene.admin("init", "--organisation", "Elmbeck Homes", data=foreign)
    with scene.serving(foreign):
        scene.enrol_refused(REFUSED, "code")


# ------------------------------------------------------------------ nobody there


def test_refused(scene):
    scene.told("offline", AWAY)


def test_name_unknown(scene):
    if not shutil.which("unshare") or scene.run(named(scene, ["true"])).status != DONE:
        raise Skipped("no mount namespaces")
    words = scene.words(scene.third, "enrol", "--server", "https://%s:%d" % (NAME, scene.port),
                        "--name", "Third", "--staff", "Ivo Colddale", "--code")
    with scene.serving():
        answer = scene.run(named(scene, [*words, scene.invite()]))
        equal(answer.status, DONE)
    answer = scene.ctl(scene.third, "sync")
    refused(answer, NETWORK, "offline")
    assert answer.error["message"].startswith(AWAY), answer
    equal(scene.take(scene.third, "status")["last_error"]["code"], "offline")
    with scene.serving():
        equal(scene.run(named(scene, scene.words(scene.third, "sync"))).status, DONE)


# ------------------------------------------------------------------ somebody else there


def test_plain_http(scene):
    for answer in (PAGE, reply("301 Moved", {"Location": "http://127.0.0.1/"}, b""), b"SSH-2.0-x\r\n"):
        liar = scene.lied("portal", PORTAL, saying(answer))
        # What went over the line in the clear is the greeting of TLS and no request.
        assert all(request.startswith(b"\x16\x03") for request in liar.requests), liar.requests


def test_hangs_up(scene):
    scene.lied("offline", AWAY, saying(b""))


def test_strangers(scene):
    rows = (
        (scene.wrong, "foreign-server", FOREIGN),
        (scene.authority.sign("expired", begins=-30, ends=-1), "certificate",
         "The server's certificate has expired"),
        (scene.authority.sign("early", begins=2), "clock", "The server's certificate is not valid yet"),
        (scene.authority.sign("other", "DNS:elsewhere.example,IP:127.0.0.2"), "certificate",
         "The server's certificate is for another address"),
        (scene.foreign.sign("late", begins=-30, ends=-1), "foreign-server", FOREIGN),
        ((scene.authority.certificate, scene.authority.key), "certificate",
         "The server's certificate"),
    )
    for pair, code, sentence in rows:
        liar = scene.lied(code, sentence, saying(PAGE), pair)
        equal(liar.requests, [])


def test_clock_of_the_device(scene):
    """An empty battery: it is 1970; or later than the authority of the server lasts. Its certificate is the right one."""
    rows = (("1970-06-01", "The server's certificate is not valid yet: the clock of this device"),
            ("2070-06-01", "By the clock of this device all that the server proves itself with has ended"))
    names = ("LD_PRELOAD", "FAKETIME", "FAKETIME_DONT_FAKE_MONOTONIC", "NO_FAKE_STAT", "ASAN_OPTIONS")
    kept = {name: scene.environment.get(name) for name in names}
    sanitiser = os.environ.get("ASAN_OPTIONS", "") + ":verify_asan_link_order=0"
    for day, sentence in rows:
        scene.environment.update(zip(names, (str(find_library()), "@%s 12:00:00" % day, "1", "1",
                                             sanitiser.lstrip(":"))))
        try:
            with Liar(scene.port, saying(PAGE), scene.right) as liar:
                answer = scene.ctl(scene.first, "sync")
        finally:
            for name, value in kept.items():
                scene.environment.pop(name)
                if value is not None:
                    scene.environment[name] = value
        refused(answer, NETWORK, "clock")
        assert answer.error["message"].startswith(sentence), answer
        equal(liar.requests, [])
        equal(scene.take(scene.first, "status")["last_error"]["code"], "clock")


def test_trusted_by_the_system(scene):
    """An authority that the whole machine trusts is still not this device's."""
    bundle = scene.foreign.certificate
    commands = ['mount --bind "$0" /etc/ssl/certs/ca-certificates.crt && exec "$@"', str(bundle)]
    wrapper = ["unshare", "--map-root-user", "--mount", "sh", "-c", *commands]
    control = ("import socket, ssl, sys\n"
               "context = ssl.create_default_context(cafile='/etc/ssl/certs/ca-certificates.crt')\n"
               "line = socket.create_connection(('127.0.0.1', int(sys.argv[1])))\n"
               "context.wrap_socket(line, server_hostname='127.0.0.1').close()\n")
    with Liar(scene.port, saying(PAGE), scene.wrong) as liar:
        try:
            trusted = scene.run([*wrapper, sys.executable, "-c", control, scene.port])
        except FileNotFoundError:
            raise Skipped("no unshare") from None
        if trusted.status != DONE:
            raise Skipped("no mount namespaces")
        answer = scene.run([*wrapper, *scene.words(scene.first, "sync")])
    refused(answer, NETWORK, "foreign-server")
    equal(liar.requests, [])
    scene.environment["SSL_CERT_FILE"] = str(bundle)
    liar = scene.lied("foreign-server", FOREIGN, saying(PAGE), scene.wrong)
    del scene.environment["SSL_CERT_FILE"]
    equal(liar.requests, [])


def test_old_tls(scene):
    with Liar(scene.port, saying(PAGE), scene.right) as liar:
        liar.context.set_ciphers("ALL:@SECLEVEL=0")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            liar.context.minimum_version = ssl.TLSVersion.TLSv1
            liar.context.maximum_version = ssl.TLSVersion.TLSv1_1
        scene.told("certificate", "The server's way to protect the line is outdated")
    equal(liar.requests, [])


# ------------------------------------------------------------------ the right certificate, other words


def test_not_our_words(scene):
    with Liar(0, saying(PAGE)) as elsewhere:
        goal = {"Location": "http://127.0.0.1:%d/" % elsewhere.port}
        rows = (
            PAGE, reply("302 Found", {**goal, **HTML}, b""), reply("302 Found", {**goal, **EXCHANGE}, b""),
            reply("307 Temporary Redirect", goal, b""), reply("308 Permanent Redirect", goal, b""),
            reply("401 Unauthorized", {**HTML, "WWW-Authenticate": "Basic realm=x"}, b"Sign in"),
            reply("407 Proxy Authentication Required", {"Proxy-Authenticate": "Basic realm=x"}, b""),
            reply("511 Network Authentication Required", HTML, b"Sign in"),
            reply("200 OK", {}, b""), reply("204 No Content", {}, b""),
            reply("200 OK", {"Content-Type": "application/octet-stream"}, b"\0" * 100),
            reply("502 Bad Gateway", HTML, b"nginx"), reply("413 Too Large", HTML, b"nginx"),
            reply("500 Broken", EXCHANGE, b""),
        )
        for row in rows:
            liar = scene.lied("portal", PORTAL, saying(row), scene.right)
            equal(len(liar.requests), 1)
        equal(elsewhere.n_lines, 0)


def test_refusals(scene):
    """A refusal in our own words: what the server may say, and what it may not."""
    rows = (
        ("503 Busy", {"error": {"code": "busy", "message": "Later"}}, "busy", "The server is busy"),
        ("500 Failed", {"error": {"code": "failed", "message": "x"}}, "busy", "The server cannot take"),
        ("400 Bad", {"error": {"code": 7}}, "foreign-server", UNREADABLE),
        ("400 Bad", [], "foreign-server", UNREADABLE),
    )
    for status, value, code, sentence in rows:
        data = reply(status, ERROR, json.dumps(value).encode())
        scene.lied(code, sentence, saying(data), scene.right)


def test_come_back_later(scene):
    """The server is busy, or a proxy before it, which has no words of ours: each says when to come back."""
    words = json.dumps({"error": {"code": "busy", "message": "Later"}}).encode()
    rows = (
        (reply("503 Busy", {**ERROR, "Retry-After": "37"}, words), 37),
        (reply("429 Too Many Requests", {**HTML, "Retry-After": "77"}, b"nginx"), 77),
        (reply("503 Service Unavailable", {**HTML, "Retry-After": "9"}, b"nginx"), 9),
        (reply("503 Service Unavailable", {**HTML, "Retry-After": "1000000"}, b"nginx"), 86400),
    )
    for row, seconds in rows:
        with Liar(scene.port, saying(row), scene.right):
            answer = scene.ctl(scene.first, "sync")
        refused(answer, NETWORK, "busy")
        equal(answer.json["retry_after_s"], seconds)
    with Liar(scene.port, saying(reply("429 Too Many Requests", HTML, b"nginx")), scene.right):
        refused(scene.ctl(scene.first, "sync"), NETWORK, "portal")


def test_garbage(scene):
    rows = (b"\0\0\0\0", b"\xff" * 100, b"\0\0\0\2{}\0\0\0\0\0\0\0\2{}", scene.random.randbytes(5000))
    for row in rows:
        scene.lied("foreign-server", UNVERIFIED, saying(reply("200 OK", EXCHANGE, row)), scene.right)
    for row in (b"", b"\0\0", b"\0\0\0\2{}"[:5]):
        scene.lied("offline", CUT, saying(reply("200 OK", EXCHANGE, row)), scene.right)


def empty_frame(request):
    """A frame that fits where the device stands in a feed, and says nothing."""
    _, _, body = request.partition(b"\r\n\r\n")
    (length,) = struct.unpack(">I", body[:4])
    position, feed_hash = json.loads(body[4:4 + length])["feeds"]["s.oak"]
    content = gzip.compress(b"amends-frame-1\ts.oak\t%d\n\n" % (position + 1)
                            + base64.b64decode(feed_hash) + b"\0\0")
    return struct.pack(">I", len(content)) + content


def test_endless(scene):
    rows = (
        (reply("200 OK", EXCHANGE, b""), b"\0" * 65536, "foreign-server", UNVERIFIED),
        (reply("200 OK", HTML, b""), b"Hello" * 10000, "portal", PORTAL),
        (reply("503 Busy", ERROR, b""), b" " * 65536, "foreign-server", UNREADABLE),
        (b"HTTP/1.1 200 OK\r\n", b"X: y\r\n" * 10000, "offline", AWAY),
        (b"", b"\0" * 65536, "offline", AWAY),
    )
    for head, rest, code, sentence in rows:
        liars = []

        def pour(line, _request):
            line.sendall(head)
            liars[0].send_for_ever(line, rest)

        with Liar(scene.port, pour, scene.right) as liar:
            liars.append(liar)
            scene.told(code, sentence)
        assert liar.n_sent < MAX_BUFFERED_BYTES, (head, liar.n_sent)


def test_endless_behind_a_good_head(scene):
    """The server's own signed head, and then frames without end."""
    with scene.serving(port=0) as port:
        def pour(line, request):
            data = ask(port, request)
            head, _, body = data.partition(b"\r\n\r\n")
            (length,) = struct.unpack(">I", body[:4])
            line.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: application/vnd.amends.exchange\r\n"
                         b"Connection: close\r\n\r\n" + body[:4 + length])
            liars[0].send_for_ever(line, empty_frame(request) * 500)

        liars = []
        with Liar(scene.port, pour, scene.right) as liar:
            liars.append(liar)
            answer = scene.ctl(scene.first, "sync")
    equal(answer.status, NETWORK)
    equal(answer.json["error"]["code"], "foreign-server")
    say("%d bytes were poured; %s" % (liar.n_sent, answer.errors.strip()))
    assert liar.n_sent < MAX_REPLY_BYTES + MAX_BUFFERED_BYTES


# ------------------------------------------------------------------ the server's words, damaged


def through(scene, change):
    """A sync through one who has the server's key and changes what it answers."""
    scene.record()
    before = scene.take(scene.first, "status")
    with scene.serving(port=0) as port:
        with Liar(scene.port, lambda line, request: line.sendall(change(ask(port, request))),
                  scene.right):
            answer = scene.ctl(scene.first, "sync")
    after = scene.take(scene.first, "status")
    assert answer.status in (DONE, NETWORK), answer
    assert after["events"] >= before["events"] and after["waiting"] <= before["waiting"]
    equal((after["set_aside"], after["quarantined"]), (0, 0))
    return answer


def test_truncated(scene):
    for _ in range(N_TRUNCATIONS):
        scene.take(scene.second, "record", "-", value=SMALLEST)
        with scene.serving():
            scene.take(scene.second, "sync")
        part = scene.random.random()
        answer = through(scene, lambda data: data[:int(len(data) * part)])
        equal(answer.status, NETWORK)
        # Cut before the line by which the server is known, it may be anybody's page.
        assert answer.json["error"]["code"] in ("offline", "portal"), answer


def flipped(scene, data):
    head, _, body = data.partition(b"\r\n\r\n")
    changed = bytearray(body)
    changed[scene.random.randrange(len(body))] ^= 1 << scene.random.randrange(8)
    return head + b"\r\n\r\n" + bytes(changed)


def test_flipped(scene):
    statuses = []
    for _ in range(N_FLIPS):
        scene.take(scene.second, "record", "-", value=SMALLEST)
        with scene.serving():
            scene.take(scene.second, "sync")
        statuses.append(through(scene, lambda data: flipped(scene, data)).status)
        found = scene.take(scene.first, "fsck")
        equal((found["ok"], found["events"]), (True, found["checked"]))
    say("%d of %d flipped replies were refused" % (statuses.count(NETWORK), N_FLIPS))
    assert NETWORK in statuses


def test_replayed(scene):
    """An older reply of the server's own is not taken for this one."""
    kept = []

    def once(data):
        kept.append(data)
        return kept[0]

    through(scene, once)
    answer = through(scene, once)
    equal((answer.status, answer.json["error"]["code"]), (NETWORK, "foreign-server"))


# ------------------------------------------------------------------ the server is back


def test_all_arrives(scene):
    with scene.serving():
        for store in (scene.first, scene.second):
            equal(scene.take(store, "sync")["waiting"], 0)
    equal(scene.take(scene.first, "status")["last_error"], None)
    equal(scene.take(scene.first, "rebuild"), scene.take(scene.second, "rebuild"))
    equal(json.loads(scene.admin("verify", "--json"))["ok"], True)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("programs", nargs=3)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(2 ** 32))
    options = parser.parse_args()
    say("seed %d" % options.seed)
    return play("system/network", NetworkScene(options), globals().copy())


if __name__ == "__main__":
    sys.exit(main())
