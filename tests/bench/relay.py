# SPDX-License-Identifier: GPL-3.0-or-later
"""A TCP relay that counts bytes and can cut the line."""

import selectors
import socket
import struct
import threading

CHUNK_BYTES = 64 * 1024

# What lies in the relay's own send buffer when the line is cut was counted and never crossed: keep it small.
SEND_BYTES = 8192
RESET = struct.pack("ii", 1, 0)


class Relay:
    """Carries connections from one loopback port to another.

    With @cut_after, exactly that many bytes go up in all; then every connection is reset and
    no other is taken, as when a cable is pulled.
    """

    def __init__(self, listen_port, target_port, cut_after=None):
        self.target_port = target_port
        self.cut_after = cut_after
        self.bytes_up = 0
        self.bytes_down = 0
        self.is_cut = False
        self.failure = None
        self.selector = selectors.DefaultSelector()
        self.listener = socket.create_server(("127.0.0.1", listen_port), backlog=32)
        self.waker, self.wakened = socket.socketpair()
        self.selector.register(self.listener, selectors.EVENT_READ)
        self.selector.register(self.wakened, selectors.EVENT_READ)
        self.partners = {}
        self.is_up = {}
        self.thread = threading.Thread(target=self.run, daemon=True)
        self.thread.start()

    def run(self):
        while True:
            for key, _events in self.selector.select():
                if key.fileobj is self.wakened:
                    return
                if key.fileobj is self.listener:
                    self.accept()
                elif key.fileobj in self.partners:
                    self.carry(key.fileobj)

    def accept(self):
        client, _address = self.listener.accept()
        try:
            server = socket.create_connection(("127.0.0.1", self.target_port), 10)
        except OSError as failure:
            self.failure = failure
            client.close()
            return
        server.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BYTES)
        server.settimeout(60)
        client.settimeout(60)
        for here, there, is_up in ((client, server, True), (server, client, False)):
            here.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self.partners[here] = there
            self.is_up[here] = is_up
            self.selector.register(here, selectors.EVENT_READ)

    def carry(self, source):
        target = self.partners[source]
        room = CHUNK_BYTES
        if self.is_up[source] and self.cut_after is not None:
            room = min(room, self.cut_after - self.bytes_up)
        try:
            data = source.recv(room)
            if data:
                target.sendall(data)
        except OSError:
            data = b""
        if not data:
            self.drop(source, target)
            return
        if not self.is_up[source]:
            self.bytes_down += len(data)
            return
        self.bytes_up += len(data)
        if self.bytes_up == self.cut_after:
            self.cut()

    def drop(self, *ends):
        for end in ends:
            self.selector.unregister(end)
            del self.partners[end], self.is_up[end]
            end.close()

    def cut(self):
        self.is_cut = True
        self.selector.unregister(self.listener)
        self.listener.close()
        for end in list(self.partners):
            end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
        self.drop(*list(self.partners))

    def stop(self):
        """Ends the relay; what it counted stays readable."""
        self.waker.send(b"x")
        self.thread.join(10)
        for end in [self.listener, self.waker, self.wakened, *self.partners]:
            end.close()
        self.selector.close()
        if self.failure is not None and not self.is_cut:
            raise self.failure
