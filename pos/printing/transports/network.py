"""A printer on TCP port 9100. Owns one connection a job: connect, write while listening, ask or half-close, drain, close.

Why not just `sendall`: a printer that reads one byte and hangs takes a quarter of a megabyte without an error; a reset after the write is
not seen by who has closed; unread status bytes at the close destroy what was sent. After a failure the connection is reset, so that the
system does not go on delivering bytes which a person has perhaps had printed anew.
"""

from __future__ import annotations

import os
import select
import socket
import struct
import sys
import time
from contextlib import suppress
from typing import Final

from pos.printing.answers import asked, heard
from pos.printing.transports.handing import GiveUp, HandedOver, never, why

CONNECT_S: Final = 2.0
QUIET_S: Final = 0.25
"""Seconds of silence after everything was taken and acknowledged until the printer is believed to have no objection."""

_PIECE: Final = 4096
_BUFFER: Final = 8192
"""Bytes that our own system may hold back: what it holds is not at the printer, though it was taken from us."""
_TICK_S: Final = 0.1
_POLL_S: Final = 0.02
_RESET: Final = struct.pack("ii", 1, 0)


class NetworkTransport:
    """`Transport` to `host:port`."""

    def __init__(self, host: str, port: int, connect_s: float = CONNECT_S, quiet_s: float = QUIET_S) -> None:
        self._address = (host, port)
        self._connect_s = connect_s
        self._quiet_s = quiet_s

    def send(self, data: bytes, deadline_s: float, give_up: GiveUp = never) -> HandedOver:
        until = time.monotonic() + deadline_s
        try:
            connection = socket.create_connection(self._address, timeout=self._connect_s)
        except OSError as error:
            return HandedOver(0, f"not connected: {why(error)}")
        with connection:
            return _Talk(connection, data, until, give_up, self._quiet_s).result()

    def reach(self) -> str:
        try:
            socket.create_connection(self._address, timeout=self._connect_s).close()
        except OSError as error:
            return f"not connected: {why(error)}"
        return ""


class _Ended(Exception):
    """The talk is over before its end; says why."""


class _Talk:
    """One job over one connection."""

    def __init__(self, connection: socket.socket, data: bytes, until: float, give_up: GiveUp, quiet_s: float) -> None:
        self._connection = connection
        self._data = data
        self._until = until
        self._give_up = give_up
        self._quiet_s = quiet_s
        self._sent = 0
        self._heard = bytearray()
        self._closed = False
        """The printer has said that it will say no more."""

    def result(self) -> HandedOver:
        try:
            self._connection.setblocking(False)
            self._connection.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _BUFFER)
            confirmed = self._run()
        except (_Ended, OSError) as trouble:
            reason = why(trouble) if isinstance(trouble, OSError) else str(trouble)
            self._reset()
            return HandedOver(self._sent, self._evidence(f"{reason} after {self._sent} of {len(self._data)} bytes"))
        words = "printed, says the printer" if confirmed else f"{self._sent} bytes taken"
        return HandedOver(self._sent, self._evidence(words), whole=True, confirmed=confirmed)

    def _run(self) -> bool:
        self._write()
        answer = asked(self._data)
        if answer is not None:
            self._await(answer)
        self._half_close()
        self._drain()
        return answer is not None

    def _write(self) -> None:
        view = memoryview(self._data)
        while self._sent < len(view):
            readable, writable = self._wait(writing=True)
            if readable:
                self._listen()
                if self._closed:
                    raise _Ended("closed by the printer")
            if writable:
                self._sent += self._connection.send(view[self._sent : self._sent + _PIECE])

    def _await(self, answer: bytes) -> None:
        """Until the printer says that it has printed this job. A printer that can say so and does not has not."""
        while answer not in self._heard:
            if self._closed:
                raise _Ended("closed by the printer without its answer")
            if self._wait()[0]:
                self._listen()

    def _half_close(self) -> None:
        if not self._closed:
            self._connection.shutdown(socket.SHUT_WR)

    def _drain(self) -> None:
        """Listen until the printer closes, or everything is acknowledged and it stays silent."""
        quiet_since = time.monotonic()
        while True:
            self._raise_pending()
            waiting = _unacknowledged(self._connection)
            now = time.monotonic()
            if not waiting and (self._closed or now - quiet_since >= self._quiet_s):
                return
            if waiting:
                quiet_since = now
            if self._closed:
                # readable for ever now: only the acknowledgement is waited for
                self._check()
                time.sleep(_POLL_S)
            elif self._wait()[0]:
                self._listen()
                quiet_since = time.monotonic()

    def _raise_pending(self) -> None:
        """Raise what the system knows of the connection and has not told yet: a reset after our last word."""
        number = self._connection.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
        if number:
            raise OSError(number, os.strerror(number))

    def _listen(self) -> None:
        piece = self._connection.recv(_PIECE)
        if not piece:
            self._closed = True
        self._heard += piece
        del self._heard[:-_PIECE]

    def _wait(self, writing: bool = False) -> tuple[bool, bool]:
        """Whether it can be read and written, after a tick at most."""
        self._check()
        readable, writable, _ = select.select([self._connection], [self._connection] if writing else [], [], _TICK_S)
        return bool(readable), bool(writable)

    def _check(self) -> None:
        if time.monotonic() >= self._until:
            raise _Ended("hung")
        if self._give_up():
            raise _Ended("the till was closed")

    def _reset(self) -> None:
        """Close without delivering what our system still holds."""
        # refused only where the connection is gone already: then nothing is left to deliver
        with suppress(OSError):
            self._connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)

    def _evidence(self, words: str) -> str:
        said = str(heard(bytes(self._heard)))
        return f"{words}; {said}" if said else words


def _unacknowledged(connection: socket.socket) -> int:
    """Bytes that the other side has not acknowledged, where the system tells (Linux); else 0."""
    if sys.platform != "linux":
        return 0
    import fcntl
    import termios

    answer = fcntl.ioctl(connection.fileno(), termios.TIOCOUTQ, b"\0\0\0\0")
    return int(struct.unpack("i", answer)[0])
