# SPDX-License-Identifier: GPL-3.0-or-later
"""A line between devices and their server that counts what goes over it, can be cut anywhere, and can be
long."""

import collections
import selectors
import socket
import struct
import threading
import time

CHUNK_BYTES = 64 * 1024
RESET = struct.pack("ii", 1, 0)
UP, DOWN = 0, 1


class Line:
    """Carries connections from a loopback port to @get_target_port(), asked each time.

    What lies in the line's own send buffer when it is cut was counted and never crossed: with @send_bytes
    it is kept so small. What goes in arrives @round_trip_s / 2 later, and a connection is there after a
    whole round trip; how much is under way at once has no bound. Such a line is not cut.
    """

    def __init__(self, get_target_port, port=0, send_bytes=None, round_trip_s=0):
        self.get_target_port = get_target_port
        self.send_bytes = send_bytes
        self.round_trip_s = round_trip_s
        self.under_way = collections.deque()  # when it arrives, at which end, and what
        self.opened_at = {}
        self.n_bytes = [0, 0]
        self.is_cut = False
        self.limit = None
        self.at_limit = None
        self.listener = socket.create_server(("127.0.0.1", port), backlog=32)
        self.port = self.listener.getsockname()[1]
        self.partners = {}
        self.directions = {}
        self.silent = []
        self.selector = selectors.DefaultSelector()
        self.waker, self.wakened = socket.socketpair()
        self.selector.register(self.listener, selectors.EVENT_READ)
        self.selector.register(self.wakened, selectors.EVENT_READ)
        self.thread = threading.Thread(target=self.run, daemon=True)
        self.thread.start()

    def arm(self, direction, n_bytes, act):
        """Counts anew; calls @act, on the line's thread, once @n_bytes went in that direction.

        Exactly so many have gone on by then, whatever the other direction did meanwhile.
        """
        self.n_bytes = [0, 0]
        self.limit, self.at_limit = (direction, n_bytes), act

    def disarm(self):
        self.limit, self.is_cut = None, False

    def run(self):
        while True:
            for key, _events in self.selector.select(self.deliver()):
                if key.fileobj is self.wakened:
                    return
                if key.fileobj is self.listener:
                    self.accept()
                elif key.fileobj in self.partners:
                    self.carry(key.fileobj)

    def accept(self):
        client, _address = self.listener.accept()
        try:
            if self.is_cut:
                raise ConnectionAbortedError
            server = socket.create_connection(("127.0.0.1", self.get_target_port()), 10)
        except OSError:
            client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
            client.close()
            return
        if self.send_bytes is not None:
            server.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, self.send_bytes)
        for here, there, direction in ((client, server, UP), (server, client, DOWN)):
            here.settimeout(60)
            here.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self.partners[here], self.directions[here] = there, direction
            self.opened_at[here] = time.monotonic() + self.round_trip_s
            self.selector.register(here, selectors.EVENT_READ)

    def deliver(self):
        """Hands over what has arrived; gives the time until more does."""
        while self.under_way:
            due, target, data = self.under_way[0]
            wait_s = due - time.monotonic()
            if wait_s > 0:
                return wait_s
            self.under_way.popleft()
            try:
                if data:
                    target.sendall(data)
                else:
                    target.shutdown(socket.SHUT_WR)
            except OSError:
                pass  # it has gone meanwhile
        return None

    def carry_far(self, source):
        """An end is heard as late as all before it."""
        try:
            data = source.recv(CHUNK_BYTES)
        except OSError:
            data = b""
        self.n_bytes[self.directions[source]] += len(data)
        due = max(time.monotonic(), self.opened_at[source]) + self.round_trip_s / 2
        self.under_way.append((due, self.partners[source], data))
        if not data:
            self.selector.unregister(source)

    def carry(self, source):
        if self.round_trip_s:
            self.carry_far(source)
            return
        target, direction = self.partners[source], self.directions[source]
        room = CHUNK_BYTES
        if self.limit is not None and self.limit[0] == direction:
            room = min(room, self.limit[1] - self.n_bytes[direction])
        try:
            data = source.recv(room)
            if data:
                target.sendall(data)
        except OSError:
            data = b""
        if not data:
            self.drop(*(end for end in (source, target) if end in self.partners))
            return
        self.n_bytes[direction] += len(data)
        if self.limit == (direction, self.n_bytes[direction]):
            self.limit = None
            self.at_limit()

    def forget(self, end):
        self.selector.unregister(end)
        del self.partners[end], self.directions[end]

    def drop(self, *ends):
        for end in ends:
            self.forget(end)
            end.close()

    def cut(self, tells_server):
        """On the line's thread: resets every device's connection, and each new one until disarm().

        A server is told as well, or it hears nothing more, as when a cable is pulled.
        """
        self.is_cut = True
        for end, direction in list(self.directions.items()):
            if direction == UP or tells_server:
                end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
                self.drop(end)
            else:
                self.forget(end)
                self.silent.append(end)

    def fall_silent(self, *directions):
        """On the line's thread: nothing more goes on in these, and neither end is told.

        A connection that is made then is carried.
        """
        for end, direction in list(self.directions.items()):
            if direction in directions:
                self.forget(end)
                self.silent.append(end)

    def close(self):
        self.waker.send(b"x")
        self.thread.join(10)
        for end in [self.listener, self.waker, self.wakened, *self.partners, *self.silent]:
            end.close()
        self.selector.close()
