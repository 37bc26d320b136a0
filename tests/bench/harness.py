# SPDX-License-Identifier: GPL-3.0-or-later
"""What every peer is measured with: processes, bytes on the wire, the cut."""

import dataclasses
import fcntl
import os
import pathlib
import shutil
import signal
import socket
import struct
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "support"))

from line import UP, Line  # noqa: E402

LINE_SEND_BYTES = 8192  # counted, and never crossed where the line is cut
FAR_S = 0.3  # a round trip to head office and back, from a phone's hotspot
CLIENT_TIMEOUT_S = 1800
SERVER_TIMEOUT_S = 30


class PeerFailure(Exception):
    """A peer did something wrong; its other figures are void, those of other peers stand."""


class PeerAbsent(Exception):
    """What a peer is made of is not on this machine; it takes no part."""


# --------------------------------------------------------------------------- the network

def enter_private_network():
    """Starts this program again where the loopback interface carries nothing else.

    Returns whether it is there.
    """
    if os.environ.get("AMENDS_BENCH_NETWORK") == "private":
        raise_loopback()
        return True
    for command in (["unshare", "-n"], ["unshare", "-r", "-n"]):
        try:
            probe = subprocess.run(command + ["true"], stderr=subprocess.DEVNULL, check=False)
        except FileNotFoundError:
            return False
        if probe.returncode == 0:
            os.environ["AMENDS_BENCH_NETWORK"] = "private"
            with open("/proc/self/cmdline", "rb") as arguments:
                own = [os.fsdecode(part) for part in arguments.read().split(b"\0")[:-1]]
            os.execvp(command[0], command + own)
    return False


def raise_loopback():
    get_flags, set_flags, flag_up = 0x8913, 0x8914, 1
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as control:
        request = struct.pack("16sH14x", b"lo", 0)
        flags = struct.unpack("16sH14x", fcntl.ioctl(control, get_flags, request))[1]
        fcntl.ioctl(control, set_flags, struct.pack("16sH14x", b"lo", flags | flag_up))


def loopback_bytes():
    """Bytes that the loopback interface has carried, TCP and IP headers with them."""
    for line in pathlib.Path("/proc/self/net/dev").read_text().splitlines():
        name, _, counters = line.partition(":")
        if name.strip() == "lo":
            return int(counters.split()[0])
    raise PeerFailure("no loopback interface")


def settled_loopback_bytes():
    """The counter once nothing has moved for 30 ms: a connection's end trails its last reply."""
    deadline = time.monotonic() + 2
    count = loopback_bytes()
    while time.monotonic() < deadline:
        time.sleep(0.03)
        now = loopback_bytes()
        if now == count:
            break
        count = now
    return count


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return probe.getsockname()[1]


# --------------------------------------------------------------------------- processes

@dataclasses.dataclass
class Outcome:
    """How one client process went."""

    wall_ms: float
    cpu_ms: float
    peak_kb: int
    output: str
    status: int


class Scene:
    """One peer, one size, one run: a folder, an environment and a log of its own."""

    def __init__(self, folder, tools):
        self.folder = folder
        self.tools = tools
        self.n_reports = 0
        folder.mkdir(parents=True)
        self.log = open(folder / "log", "ab")
        self.environment = {
            "PATH": os.environ.get("PATH", "/usr/bin:/bin"), "LC_ALL": "C.UTF-8", "USER": "bench",
            "HOME": str(folder), "XDG_CONFIG_HOME": str(folder / "config"),
            "XDG_DATA_HOME": str(folder / "data"), "XDG_CACHE_HOME": str(folder / "cache"),
            "XDG_RUNTIME_DIR": str(folder)}

    def measured(self, command):
        """@command under the tool that reports its cost, and where the report will be."""
        self.n_reports += 1
        report = self.folder / ("cost-%d" % self.n_reports)
        self.log.write(("\n$ %s\n" % " ".join(map(str, command))).encode())
        self.log.flush()
        return [str(self.tools / "measure"), str(report), *map(str, command)], report

    def run(self, command, may_fail=False, stdin=subprocess.DEVNULL):
        """Runs a client to its end."""
        argv, report = self.measured(command)
        output_path = self.folder / "output"
        with open(output_path, "wb") as output:
            process = subprocess.Popen(argv, env=self.environment, cwd=self.folder, stdin=stdin,
                                       stdout=output, stderr=self.log, start_new_session=True)
            try:
                status = process.wait(CLIENT_TIMEOUT_S)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
                raise PeerFailure("no end after %d s: %s" % (CLIENT_TIMEOUT_S, command))
        text = output_path.read_text(errors="replace")
        self.log.write(text[-4000:].encode())
        if status != 0 and not may_fail:
            raise PeerFailure("exit %d: %s\n%s\n%s" % (status, " ".join(map(str, command)),
                                                      text[-2000:], self.last_log_lines()))
        return Outcome(*read_cost(report), text, status)

    def last_log_lines(self):
        self.log.flush()
        return "\n".join((self.folder / "log").read_text(errors="replace").splitlines()[-12:])


def read_cost(report):
    wall_us, user_us, system_us, peak_kb = map(int, report.read_text().split())
    report.unlink()
    return wall_us / 1000, (user_us + system_us) / 1000, peak_kb


class Server:
    """A server, started for one measurement.

    It is ready when its first line says "listening", or, for @ready_port, when the port answers.
    """

    def __init__(self, scene, command, ready_port=None):
        self.scene = scene
        argv, self.report = scene.measured(command)
        output = scene.log if ready_port else subprocess.PIPE
        self.process = subprocess.Popen(argv, env=scene.environment, cwd=scene.folder,
                                        stdin=subprocess.DEVNULL, stdout=output,
                                        stderr=scene.log, start_new_session=True)
        self.peak_kb = self.cpu_ms = None
        if ready_port:
            self.wait_for_port(ready_port)
        else:
            line = self.process.stdout.readline().decode()
            if not line.startswith("listening"):
                self.stop()
                raise PeerFailure("server said %r\n%s" % (line, scene.last_log_lines()))

    def wait_for_port(self, port):
        deadline = time.monotonic() + SERVER_TIMEOUT_S
        while True:
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                return
            except OSError:
                if time.monotonic() > deadline or self.process.poll() is not None:
                    self.stop()
                    raise PeerFailure("server did not start\n" + self.scene.last_log_lines())
                time.sleep(0.02)

    def stop(self):
        """Ends the server, and what it left behind, and learns what it cost."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(SERVER_TIMEOUT_S)
        except subprocess.TimeoutExpired:
            pass
        try:
            os.killpg(self.process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        self.process.wait()
        if self.process.stdout is not None:
            self.process.stdout.close()
        if self.report.exists():
            _wall, self.cpu_ms, self.peak_kb = read_cost(self.report)


# --------------------------------------------------------------------------- files

def disk_bytes(path):
    path = pathlib.Path(path)
    if path.is_dir():
        return sum(item.stat().st_size for item in path.rglob("*") if item.is_file())
    return sum(item.stat().st_size for item in path.parent.glob(path.name + "*"))


def keep(*paths):
    """Copies stores aside, so that restore() brings them back as they are now."""
    for path in map(pathlib.Path, paths):
        kept = path.with_name("kept-" + path.name)
        if path.is_dir():
            shutil.copytree(path, kept)
        elif path.exists():
            shutil.copy2(path, kept)


def restore(*paths):
    for path in map(pathlib.Path, paths):
        kept = path.with_name("kept-" + path.name)
        for leftover in [path, *(path.with_name(path.name + end)
                                 for end in ("-wal", "-shm", "-journal"))]:
            if leftover.is_dir():
                shutil.rmtree(leftover)
            else:
                leftover.unlink(missing_ok=True)
        if kept.is_dir():
            shutil.copytree(kept, path)
        elif kept.exists():
            shutil.copy2(kept, path)


# --------------------------------------------------------------------------- measurements

def exchange(peer, operation, client, disk=()):
    """One measured exchange with a server of its own; @client returns an Outcome and extras."""
    server = peer.serve(peer.port)
    try:
        before = settled_loopback_bytes()
        outcome, extras = client()
        wire = settled_loopback_bytes() - before
    finally:
        server.stop()
    row = {"operation": operation, "wall_ms": outcome.wall_ms, "process_ms": outcome.wall_ms,
           "client_cpu_ms": outcome.cpu_ms, "server_cpu_ms": server.cpu_ms, "wire_bytes": wire,
           "client_peak_kb": outcome.peak_kb, "process_peak_kb": outcome.peak_kb,
           "server_peak_kb": server.peak_kb}
    for name, path in disk:
        row[name] = disk_bytes(path)
    row.update(extras)
    peer.record(row)
    return row


def exchange_far(peer, operation, client):
    """The same over a line with a long round trip; what it cost but time says nothing here."""
    inner_port = free_port()
    server = peer.serve(inner_port)
    try:
        line = Line(lambda: inner_port, peer.port, round_trip_s=FAR_S)
        try:
            outcome, extras = client()
        finally:
            line.close()
    finally:
        server.stop()
    row = {"operation": operation, "wall_ms": outcome.wall_ms, **extras}
    peer.record(row)
    return row


def counted_upload(peer, cut_after, may_fail):
    """Over a line that ends for good once @cut_after bytes went up. Returns it and what came of it."""
    inner_port = free_port()
    server = peer.serve(inner_port)
    try:
        line = Line(lambda: inner_port, peer.port, LINE_SEND_BYTES)
        if cut_after is not None:
            line.arm(UP, cut_after, lambda: line.cut(tells_server=True))
        try:
            outcome = peer.upload(may_fail)
        finally:
            line.close()
    finally:
        server.stop()
    return line, outcome


def cut_at_half(peer, n_expected):
    """Uploads whole, then again from the same start with the line cut at half of the bytes."""
    peer.restore()
    whole, _outcome = counted_upload(peer, None, False)
    n_whole = peer.n_at_server()
    if n_whole < n_expected:
        raise PeerFailure("the server has %d events of %d" % (n_whole, n_expected))
    peer.restore()
    first, outcome = counted_upload(peer, whole.n_bytes[UP] // 2, True)
    if not first.is_cut:
        raise PeerFailure("the line was not cut at %d bytes" % (whole.n_bytes[UP] // 2))
    n_after_cut = peer.n_at_server()
    second, _outcome = counted_upload(peer, None, False)
    n_doubled = peer.n_doubled(n_whole)
    n_lost = max(0, n_whole + n_doubled - peer.n_at_server())
    peer.check_after_cut(outcome.status)
    twice = first.n_bytes[UP] + second.n_bytes[UP] - whole.n_bytes[UP]
    peer.record({"operation": "cut", "whole_bytes": whole.n_bytes[UP], "first_bytes": first.n_bytes[UP],
                 "second_bytes": second.n_bytes[UP], "twice_bytes": twice,
                 "twice_share": twice / whole.n_bytes[UP], "first_status": outcome.status,
                 "n_kept_after_cut": n_after_cut, "n_lost": n_lost, "n_doubled": n_doubled})
