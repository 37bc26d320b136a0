#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The floor's receiver: lines of JSON under gzip, over HTTPS, into SQLite.

Usage: floor_server.py PORT DATABASE CERTIFICATE KEY

POST /events takes a batch in one transaction and answers with the last number.
GET /events?after=N answers with the lines past N, or 204.
"""

import hashlib
import http.server
import signal
import sqlite3
import ssl
import sys
import urllib.parse
import zlib


def open_store(path):
    store = sqlite3.connect(path, isolation_level=None)
    for pragma in ("journal_mode = WAL", "synchronous = FULL", "cache_size = -16000"):
        store.execute("PRAGMA " + pragma)
    store.execute("CREATE TABLE IF NOT EXISTS event"
                  " (seq INTEGER PRIMARY KEY, hash BLOB UNIQUE NOT NULL, line TEXT NOT NULL)")
    return store


class Receiver(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # A reply leaves in one write; with Nagle's algorithm a small one waits 40 ms for an ACK.
    wbufsize = -1
    disable_nagle_algorithm = True
    store = None

    def log_message(self, *_arguments):
        """Nothing is logged: the server is measured."""

    def reply(self, status, body=b""):
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        lines = zlib.decompress(body, 31).split(b"\n")
        rows = [(hashlib.sha256(line).digest(), line.decode()) for line in lines if line]
        self.store.execute("BEGIN IMMEDIATE")
        self.store.executemany("INSERT OR IGNORE INTO event (hash, line) VALUES (?, ?)", rows)
        self.store.execute("COMMIT")
        head = self.store.execute("SELECT max(seq) FROM event").fetchone()[0]
        self.reply(200, b"%d\n" % (head or 0))

    def do_GET(self):
        query = urllib.parse.parse_qs(urllib.parse.urlsplit(self.path).query)
        rows = self.store.execute("SELECT line FROM event WHERE seq > ? ORDER BY seq",
                                  (int(query["after"][0]),)).fetchall()
        if not rows:
            self.reply(204)
            return
        pack = zlib.compressobj(6, wbits=31)
        self.reply(200, pack.compress("".join(row[0] + "\n" for row in rows).encode())
                   + pack.flush())


def main():
    port, database, certificate, key = sys.argv[1:]
    Receiver.store = open_store(database)
    server = http.server.HTTPServer(("127.0.0.1", int(port)), Receiver)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    server.socket = context.wrap_socket(server.socket, server_side=True,
                                        do_handshake_on_connect=False)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    print("listening", flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
