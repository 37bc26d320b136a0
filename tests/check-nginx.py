#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""check-nginx.py NGINX CONFIGURATION: runs the proxy's configuration as it ships, before a server
that says what reached it, and reports as TAP. Only addresses and paths are replaced."""

import contextlib
import http.server
import json
import os
import pathlib
import re
import select
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import threading
import time

N_SLOW = 60
PROTOCOL_HEADERS = {"host", "content-type", "content-length", "amends-device",
                    "amends-request", "amends-body", "amends-signature"}


class Backend(http.server.BaseHTTPRequestHandler):
    """Answers with the headers it got; tells when the first byte of a body arrived."""

    protocol_version = "HTTP/1.1"
    first_byte = threading.Event()

    def do_POST(self):
        left = int(self.headers.get("Content-Length", "0"))
        while left > 0:
            chunk = self.rfile.read1(min(left, 65536))
            if not chunk:
                self.close_connection = True
                return
            Backend.first_byte.set()
            left -= len(chunk)
        self.do_GET()

    def do_GET(self):
        reply = json.dumps([name.lower() for name in self.headers.keys()]).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(reply)))
        self.end_headers()
        self.wfile.write(reply)

    def log_message(self, *arguments):
        pass


def run(*arguments):
    subprocess.run(arguments, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)


def make_certificates(folder):
    curve = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes")
    run("openssl", "req", "-x509", *curve, "-keyout", folder / "authority.key", "-out",
        folder / "authority.pem", "-days", "2", "-subj", "/CN=Test authority")
    run("openssl", "req", *curve, "-keyout", folder / "server.key", "-out", folder / "server.csr",
        "-subj", "/CN=localhost")
    (folder / "server.ext").write_text("subjectAltName=DNS:localhost,IP:127.0.0.1\n")
    run("openssl", "x509", "-req", "-in", folder / "server.csr", "-CA", folder / "authority.pem",
        "-CAkey", folder / "authority.key", "-CAcreateserial", "-days", "2", "-extfile",
        folder / "server.ext", "-out", folder / "server.pem")


def write_configuration(folder, source, backend_port):
    text = source.read_text(encoding="utf-8")
    for old, new in (("listen 443 ssl;", f"listen unix:{folder}/nginx.sock ssl;"),
                     ("listen [::]:443 ssl;", ""),
                     ("server 127.0.0.1:8443;", f"server 127.0.0.1:{backend_port};"),
                     ("/etc/amends/", f"{folder}/"),
                     ("/var/log/nginx/amends.log", f"{folder}/access.log")):
        if old not in text:
            raise SystemExit(f"The configuration has no “{old}” to replace")
        text = text.replace(old, new)
    (folder / "amends.conf").write_text(text, encoding="utf-8")
    temporary = "".join(f"{kind}_temp_path {folder}/{kind};\n"
                        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    user = "user root;\n" if os.getuid() == 0 else ""
    (folder / "nginx.conf").write_text(
        f"{user}daemon off;\nworker_processes 1;\npid {folder}/nginx.pid;\n"
        f"error_log {folder}/error.log;\nevents {{ worker_connections 1000; }}\n"
        f"http {{\n{temporary}include {folder}/amends.conf;\n}}\n", encoding="utf-8")


def is_whole(reply):
    """Whether a reply has all of its body; the proxy may keep the connection to read ours."""
    head, end, content = reply.partition(b"\r\n\r\n")
    length = re.search(rb"\r\nContent-Length: (\d+)", head)
    return bool(end) and length is not None and len(content) >= int(length.group(1))


class Proxy:
    """The running proxy, as a client meets it."""

    def __init__(self, folder):
        self.path = str(folder / "nginx.sock")
        self.tls = ssl.create_default_context(cafile=folder / "authority.pem")

    def connect_raw(self):
        connection = socket.socket(socket.AF_UNIX)
        connection.settimeout(20)
        connection.connect(self.path)
        return connection

    def connect(self):
        return self.tls.wrap_socket(self.connect_raw(), server_hostname="localhost")

    def ask(self, request, body=b""):
        """The status, headers and body of the reply to raw bytes; status 0 if there is none."""
        reply = b""
        with self.connect() as connection, contextlib.suppress(OSError):
            with contextlib.suppress(OSError):
                connection.sendall(request + body)
            while not is_whole(reply) and (chunk := connection.recv(65536)):
                reply += chunk
        head, _, content = reply.partition(b"\r\n\r\n")
        match = re.match(rb"HTTP/1\.1 (\d+)", head)
        return int(match.group(1)) if match else 0, head.decode("latin-1").lower(), content


def request(method, path, *headers, length=None):
    lines = [f"{method} {path} HTTP/1.1", "Host: localhost", "Connection: close", *headers]
    if length is not None:
        lines.append(f"Content-Length: {length}")
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")


def refusal_is(reply, status, code):
    got, head, content = reply
    if got != status or "application/vnd.amends.error+json" not in head:
        return False
    return json.loads(content)["error"]["code"] == code


def check_headers(proxy):
    status, _, content = proxy.ask(request(
        "POST", "/v1/exchange", "Content-Type: application/vnd.amends.exchange",
        "Amends-Device: 7K", "Amends-Request: 1", "Amends-Body: x", "Amends-Signature: y",
        "X-Forwarded-For: 203.0.113.9", "X-Forwarded-User: admin", "X-Remote-User: admin",
        "X-Client-Certificate: z", "Authorization: Basic eA==", "Cookie: a=b", "Forwarded: for=x",
        length=2), b"{}")
    received = set(json.loads(content)) if status == 200 else set()
    return received == PROTOCOL_HEADERS


def check_streams(proxy):
    """The server has the first byte while the client still holds the last."""
    Backend.first_byte.clear()
    with proxy.connect() as connection:
        connection.sendall(request("POST", "/v1/exchange", length=100) + b"x" * 50)
        arrived = Backend.first_byte.wait(5)
        connection.sendall(b"x" * 50)
        return arrived and connection.recv(65536).startswith(b"HTTP/1.1 200")


def check_slow(proxy):
    """Connections that stop within handshake, header or body are closed within 15 seconds, and a
    good client is served within 2 seconds meanwhile."""
    began = time.monotonic()
    slow = [proxy.connect_raw() for _ in range(N_SLOW)]
    for start in (b"POST /v1/exchange HTTP/1.1\r\nHost: loc",
                  request("POST", "/v1/exchange", length=1000) + b"x"):
        for _ in range(N_SLOW):
            connection = proxy.connect()
            connection.sendall(start)
            slow.append(connection)

    asked = time.monotonic()
    status, _, _ = proxy.ask(request("GET", "/health"))
    served_in = time.monotonic() - asked

    open_ones = list(slow)
    while open_ones and time.monotonic() - began < 15:
        for connection in select.select(open_ones, [], [], 1)[0]:
            try:
                closed = connection.recv(65536) == b""
            except OSError:
                closed = True
            if closed:
                open_ones.remove(connection)
    for connection in slow:
        connection.close()
    print(f"# {status} in {served_in:.3f} s; {len(open_ones)} of {len(slow)} still open")
    return status == 200 and served_in < 2 and not open_ones


def checks(proxy):
    mib = 1024 * 1024
    post = "POST", "/v1/exchange"
    yield "only headers of the protocol go on", lambda: check_headers(proxy)
    yield "a body goes on as it comes", lambda: check_streams(proxy)
    yield "4 MiB are taken", lambda: proxy.ask(request(*post, length=4 * mib),
                                               b"x" * 4 * mib)[0] == 200
    yield "5 MiB are refused", lambda: refusal_is(proxy.ask(request(*post, length=5 * mib)), 413,
                                                  "too-large")
    yield "an enrolment has 16 KiB", lambda: refusal_is(
        proxy.ask(request("POST", "/v1/enrol", length=16 * 1024 + 1)), 413, "too-large")
    yield "a header above 32 KiB is refused", lambda: proxy.ask(
        request(*post, *[f"X-{i}: {'x' * 7000}" for i in range(6)]))[0] == 400
    yield "two hosts are refused", lambda: proxy.ask(request(*post, "Host: other"))[0] == 400
    yield "length and chunks at once are refused", lambda: proxy.ask(
        request(*post, "Transfer-Encoding: chunked", length=5), b"0\r\n\r\n")[0] == 400
    yield "a NUL in a header is refused", lambda: proxy.ask(request(*post, "X: a\0b"))[0] == 400
    yield "another method is refused", lambda: refusal_is(proxy.ask(request("PUT", "/v1/exchange")),
                                                          405, "method")
    yield "another path is refused", lambda: refusal_is(proxy.ask(request("GET", "/v1/cases")), 404,
                                                        "no-route")
    yield "slow connections end", lambda: check_slow(proxy)


def wait_until_ready(proxy, process, folder):
    for _ in range(100):
        with contextlib.suppress(OSError):
            proxy.connect_raw().close()
            return
        if process.poll() is not None:
            break
        select.select([], [], [], 0.1)
    print((folder / "error.log").read_text(encoding="utf-8", errors="replace"), file=sys.stderr)
    raise SystemExit("nginx did not start")


def main():
    nginx, source = sys.argv[1], pathlib.Path(sys.argv[2])
    with tempfile.TemporaryDirectory(prefix="amends-nginx-") as name:
        folder = pathlib.Path(name)
        make_certificates(folder)
        backend = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Backend)
        backend.daemon_threads = True
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        tls.load_cert_chain(folder / "server.pem", folder / "server.key")
        backend.socket = tls.wrap_socket(backend.socket, server_side=True)
        threading.Thread(target=backend.serve_forever, daemon=True).start()

        write_configuration(folder, source, backend.server_address[1])
        process = subprocess.Popen((nginx, "-p", name, "-e", folder / "error.log", "-c",
                                    folder / "nginx.conf"), stderr=subprocess.DEVNULL)
        try:
            proxy = Proxy(folder)
            wait_until_ready(proxy, process, folder)
            n_checks = 0
            for n_checks, (what, check) in enumerate(checks(proxy), 1):
                print(f"{'ok' if check() else 'not ok'} {n_checks} {what}", flush=True)
            print(f"1..{n_checks}")
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait()


main()
