# SPDX-License-Identifier: GPL-3.0-or-later
"""What stands between a device and its server when the network lies: certificates, and a TLS server
that answers as it is told."""

import contextlib
import datetime
import socket
import sqlite3
import ssl
import subprocess
import threading

TIMEOUT_S = 30
DAY = datetime.timedelta(days=1)

CA_SETTINGS = """
[ca]
default_ca = here
[here]
dir = {folder}
database = {folder}/index
serial = {folder}/serial
new_certs_dir = {folder}
default_md = sha256
unique_subject = no
policy = any
[req]
distinguished_name = any
[any]
commonName = supplied
[server]
basicConstraints = CA:FALSE
keyUsage = digitalSignature
extendedKeyUsage = serverAuth
subjectAltName = {hosts}
[authority]
basicConstraints = critical,CA:TRUE
keyUsage = keyCertSign
"""


def openssl(*arguments):
    subprocess.run(["openssl", *map(str, arguments)], check=True, capture_output=True,
                   timeout=TIMEOUT_S)


class Authority:
    """Signs certificates for servers with the authority's certificate and key in @folder."""

    def __init__(self, folder):
        self.folder = folder
        self.certificate, self.key = folder / "authority.pem", folder / "authority.key"

    @classmethod
    def of_server(cls, data, folder):
        """The one that a server of ours made for itself."""
        folder.mkdir()
        self = cls(folder)
        with contextlib.closing(sqlite3.connect(data / "server.db")) as database:
            settings = dict(database.execute("SELECT name, CAST(value AS TEXT) FROM setting"
                                             " WHERE name LIKE 'authority-%'"))
        self.certificate.write_text(settings["authority-certificate"])
        self.key.write_text(settings["authority-key"])
        return self

    @classmethod
    def new(cls, folder):
        """Another one, of the same name."""
        folder.mkdir()
        self = cls(folder)
        (folder / "settings").write_text(CA_SETTINGS.format(folder=folder, hosts="DNS:none"))
        openssl("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
                "-nodes", "-subj", "/CN=Amends authority", "-days", 30, "-keyout", self.key, "-out",
                self.certificate, "-config", folder / "settings", "-extensions", "authority")
        return self

    def sign(self, name, hosts="IP:127.0.0.1,DNS:localhost", begins=-1, ends=30):
        """A certificate chain and its key; valid between two days, counted from today."""
        now = datetime.datetime.now(datetime.timezone.utc)
        chain, key, request = (self.folder / (name + end) for end in (".pem", ".key", ".request"))
        settings = self.folder / "settings"
        settings.write_text(CA_SETTINGS.format(folder=self.folder, hosts=hosts))
        (self.folder / "index").write_text("")
        openssl("req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
                "-nodes", "-subj", "/CN=Amends server", "-config", settings, "-keyout", key, "-out",
                request)
        openssl("ca", "-batch", "-notext", "-rand_serial", "-config", settings, "-extensions",
                "server", "-cert", self.certificate, "-keyfile", self.key, "-startdate",
                (now + begins * DAY).strftime("%Y%m%d%H%M%SZ"), "-enddate",
                (now + ends * DAY).strftime("%Y%m%d%H%M%SZ"), "-in", request, "-out", chain)
        chain.write_text(chain.read_text() + self.certificate.read_text())
        return chain, key


def read_request(line):
    """Head and body of one request, as far as it comes."""
    data = b""
    while b"\r\n\r\n" not in data:
        more = line.recv(65536)
        if not more:
            return data
        data += more
    head, _, body = data.partition(b"\r\n\r\n")
    length = [int(field.partition(b":")[2]) for field in head.split(b"\r\n")
              if field.lower().startswith(b"content-length:")]
    while length and len(body) < length[0]:
        more = line.recv(65536)
        if not more:
            break
        body += more
    return head + b"\r\n\r\n" + body


def reply(status, headers, body):
    fields = "".join("%s: %s\r\n" % field for field in headers.items())
    return ("HTTP/1.1 %s\r\n%sConnection: close\r\n\r\n" % (status, fields)).encode() + body


class Liar:
    """Listens on @port and gives each request to @answer(line, request).

    With no @pair it speaks plain HTTP, whatever it hears. @requests is what it was told in the clear, @n_lines how often
    it was called.
    """

    def __init__(self, port, answer, pair=None):
        self.answer = answer
        self.context = None
        if pair is not None:
            self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self.context.load_cert_chain(*pair)
        self.requests = []
        self.n_lines = 0
        self.n_sent = 0
        self.listener = socket.create_server(("127.0.0.1", port))
        self.port = self.listener.getsockname()[1]
        self.thread = threading.Thread(target=self.run, daemon=True)
        self.thread.start()

    def __enter__(self):
        return self

    def __exit__(self, *_failure):
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
        self.thread.join(TIMEOUT_S)

    def run(self):
        with contextlib.suppress(OSError):
            while True:
                line, _address = self.listener.accept()
                line.settimeout(TIMEOUT_S)
                self.n_lines += 1
                # A device that hangs up on a liar does so at any moment.
                with contextlib.suppress(OSError), line:
                    self.take(line)

    def take(self, line):
        if self.context is not None:
            with self.context.wrap_socket(line, server_side=True) as secured:
                self.take_request(secured)
        else:
            self.take_request(line)

    def take_request(self, line):
        request = line.recv(65536) if self.context is None else read_request(line)
        if request:
            self.requests.append(request)
            self.answer(line, request)

    def send_for_ever(self, line, data):
        while True:
            line.sendall(data)
            self.n_sent += len(data)


def saying(data):
    """An answer that is always the same."""
    return lambda line, _request: line.sendall(data)


def ask(port, request):
    """What the real server on @port answers to the bytes of a request."""
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    head, _, body = request.partition(b"\r\n\r\n")
    fields = [field for field in head.split(b"\r\n") if not field.lower().startswith(b"connection:")]
    with socket.create_connection(("127.0.0.1", port), TIMEOUT_S) as plain:
        with context.wrap_socket(plain) as line:
            line.sendall(b"\r\n".join(fields) + b"\r\nConnection: close\r\n\r\n" + body)
            data = b""
            with contextlib.suppress(ssl.SSLEOFError):
                while more := line.recv(65536):
                    data += more
    return data
