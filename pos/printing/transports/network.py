"""A printer on TCP port 9100. Owns one connection a job: look up, connect, and the socket as a line (`talk`).

After a failure the connection is reset, so that the system does not go on delivering bytes which a person has perhaps had printed anew.
"""

from __future__ import annotations

import os
import select
import socket
import struct
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from typing import Final

from pos.domain.evidence import Evidence, Seen, Why
from pos.printing.transports.handing import LINE_SPEED, GiveUp, HandedOver, Status, failed, never, why_of
from pos.printing.transports.lookup import LOOK_UP_S, Info, Resolver, UnknownName, ask_system, look_up
from pos.printing.transports.talk import QUIET_S, TICK_S, Patience, ask_status, hand_over

CONNECT_S: Final = 2.0

_BUFFER: Final = 8192
"""Bytes that our own system may hold back: what it holds is not at the printer, though it was taken from us."""
_PIECE: Final = 4096
_RESET: Final = struct.pack("ii", 1, 0)


class NetworkTransport:
    """`Transport` to `host:port`.

    Args:
        connect_s: seconds for looking the name up, and again for connecting.
    """

    def __init__(
        self, host: str, port: int, connect_s: float = CONNECT_S, quiet_s: float = QUIET_S, resolver: Resolver = ask_system
    ) -> None:
        self._host = host
        self._port = port
        self._connect_s = connect_s
        self._quiet_s = quiet_s
        self._resolver = resolver
        self._infos: Sequence[Info] | UnknownName | None = None

    @property
    def device(self) -> str:
        """By its number where the name can be looked up: two names of one printer are one printer."""
        try:
            return f"tcp {self._look_up()[0][4][0]} {self._port}"
        except UnknownName:
            return f"tcp {self._host} {self._port}"

    @property
    def speed(self) -> int:
        return LINE_SPEED

    def send(self, data: bytes, deadline_s: float, give_up: GiveUp = never) -> HandedOver:
        until = time.monotonic() + deadline_s
        try:
            pipe = _Socket(self._connect())
        except UnknownName as unknown:
            return failed(Seen.NOT_FOUND, len(data), Why.TIMEOUT if unknown.late else Why.UNKNOWN_NAME)
        except OSError as error:
            return failed(Seen.NOT_CONNECTED, len(data), why_of(error))
        return hand_over(pipe, data, Patience(until, give_up, self._quiet_s))

    def reach(self) -> Evidence | None:
        try:
            self._connect().close()
        except UnknownName as unknown:
            return Evidence(Seen.NOT_FOUND, why=Why.TIMEOUT if unknown.late else Why.UNKNOWN_NAME)
        except OSError as error:
            return Evidence(Seen.NOT_CONNECTED, why=why_of(error))
        return None

    def status(self, thorough: bool = False) -> Status:
        try:
            pipe = _Socket(self._connect())
        except UnknownName as unknown:
            return Status(Evidence(Seen.NOT_FOUND, why=Why.TIMEOUT if unknown.late else Why.UNKNOWN_NAME))
        except OSError as error:
            return Status(Evidence(Seen.NOT_CONNECTED, why=why_of(error)))
        return ask_status(pipe, thorough)

    def _look_up(self) -> Sequence[Info]:
        """Asked once a job: a name server that is not there is waited for once."""
        if self._infos is None:
            try:
                self._infos = look_up(self._host, self._port, min(self._connect_s, LOOK_UP_S), self._resolver)
            except UnknownName as unknown:
                self._infos = unknown
        if isinstance(self._infos, UnknownName):
            raise self._infos
        return self._infos

    def _connect(self) -> socket.socket:
        infos = self._look_up()
        until = time.monotonic() + self._connect_s
        trouble: OSError = TimeoutError()
        for family, kind, protocol, _, address in infos:
            left = until - time.monotonic()
            if left <= 0:
                break
            connection = socket.socket(family, kind, protocol)
            try:
                connection.settimeout(left)
                connection.connect(address)
            except OSError as error:
                connection.close()
                trouble = error
                continue
            return connection
        raise trouble


class _Socket:
    """A connection as a line."""

    hears = True
    piece = _PIECE

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        connection.setblocking(False)
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _BUFFER)

    def wait(self, writing: bool) -> tuple[bool, bool]:
        readable, writable, _ = select.select([self._connection], [self._connection] if writing else [], [], TICK_S)
        return bool(readable), bool(writable)

    def read(self) -> bytes | None:
        try:
            return self._connection.recv(_PIECE) or None
        except BlockingIOError:
            return b""

    def write(self, piece: memoryview) -> int:
        try:
            return self._connection.send(piece)
        except BlockingIOError:
            return 0

    def held(self) -> int:
        """Bytes that the other side has not acknowledged, where the system tells (Linux); else 0."""
        if sys.platform != "linux":
            return 0
        import fcntl
        import termios

        answer = fcntl.ioctl(self._connection.fileno(), termios.TIOCOUTQ, b"\0\0\0\0")
        return int(struct.unpack("i", answer)[0])

    def end(self) -> None:
        self._connection.shutdown(socket.SHUT_WR)

    def check(self) -> None:
        """A reset after our last word is known to the system, and told to nobody who does not ask."""
        number = self._connection.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
        if number:
            raise OSError(number, os.strerror(number))

    def drop(self) -> None:
        # refused only where the connection is gone already: then nothing is left to deliver
        with suppress(OSError):
            self._connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)

    def close(self) -> None:
        self._connection.close()
