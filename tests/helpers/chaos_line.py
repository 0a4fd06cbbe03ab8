"""An HTTP way to a server on which each request meets a fate of its own, drawn by a seed: slow, stalled, reset, in drops, twice, answered
by somebody else. What a weak line, a bad router and a proxy in between do, on real sockets.
"""

from __future__ import annotations

import random
import socket
import struct
import threading
from collections import Counter, deque
from collections.abc import Callable
from contextlib import suppress
from enum import Enum, auto
from typing import Final

from tests.helpers.bad_line import LOGIN_PAGE, whole_request
from tests.helpers.scripted_server import http

_LINGER_NOT: Final = struct.pack("ii", 1, 0)
"""SO_LINGER 0: closing resets the connection."""
SLOW_S: Final = 0.15
STALL_S: Final = 30.0
"""Longer than any client of a test waits; ended by `close`."""


class Fate(Enum):
    FAIR = auto()
    SLOW = auto()
    """Request and answer take their time."""
    STALLS = auto()
    """Taken, and never answered."""
    REFUSED = auto()
    """Reset before the server has it."""
    RESET_AFTER_COMMIT = auto()
    """The server has answered; the connection is reset in its place."""
    HALF_A_REQUEST = auto()
    """The server hears the beginning."""
    HALF_AN_ANSWER = auto()
    TRICKLES = auto()
    """The answer comes in small pieces."""
    REPLAYED = auto()
    """An old request is sent once more, before this one."""
    TWICE = auto()
    LOGIN_PAGE = auto()
    BAD_GATEWAY = auto()
    COME_LATER = auto()
    """503 with Retry-After."""
    GARBAGE = auto()


FATES: Final = tuple(fate for fate in Fate if fate is not Fate.FAIR)


class ChaosLine:
    """Listens on loopback; `met` counts the fates. `calm()` ends them."""

    def __init__(self, target: str, seed: int, fates: tuple[Fate, ...] = FATES) -> None:
        """`target`: http://host:port."""
        self._dice = random.Random(seed)
        self._fates = (*fates, *(Fate.FAIR,) * len(fates))
        self._ending = threading.Event()
        self._sent: deque[bytes] = deque(maxlen=8)
        self._lock = threading.Lock()
        self._threads: list[threading.Thread] = []
        self._ends: set[socket.socket] = set()
        self.met: Counter[Fate] = Counter()
        self.carry_to(target)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self._start(self._accept)

    def carry_to(self, target: str) -> None:
        """The server has moved."""
        host, port = target.removeprefix("http://").split(":")
        self._target = host, int(port)

    def calm(self) -> None:
        """From now on every request is carried and answered."""
        self._fates = (Fate.FAIR,)

    def close(self) -> None:
        self._ending.set()
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        with self._lock:
            for near in self._ends:
                with suppress(OSError):
                    near.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join(10)

    def _start(self, work: Callable[..., None], *words: object) -> None:
        thread = threading.Thread(target=work, args=words, name="chaos", daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self._listener.accept()
            except OSError:
                return
            self._start(self._serve, near)

    def _serve(self, near: socket.socket) -> None:
        near.settimeout(STALL_S)
        with self._lock:
            self._ends.add(near)
        try:
            self._carry(near)
        finally:
            with self._lock:
                self._ends.discard(near)

    def _carry(self, near: socket.socket) -> None:
        with near, suppress(OSError):
            while request := whole_request(near):
                with self._lock:
                    fate = self._dice.choice(self._fates)
                    self.met[fate] += 1
                    old = self._dice.choice(self._sent) if self._sent else b""
                    self._sent.append(request)
                if not self._meet(fate, near, request, old):
                    return

    def _meet(self, fate: Fate, near: socket.socket, request: bytes, old: bytes) -> bool:
        """Whether the connection goes on after it."""
        if fate in _ANSWERS:
            near.sendall(_ANSWERS[fate])
            return True
        if fate is Fate.STALLS:
            self._ending.wait(STALL_S)
            return False
        if fate is Fate.REFUSED:
            return _reset(near)
        if fate is Fate.HALF_A_REQUEST:
            self._tell(request[: len(request) // 2])
            return _reset(near)
        if fate is Fate.SLOW:
            self._ending.wait(SLOW_S)
        if fate is Fate.REPLAYED and old:
            self._ask(old)
        answer = self._ask(request)
        if fate is Fate.TWICE:
            answer = self._ask(request)
        return self._give(fate, near, answer)

    def _give(self, fate: Fate, near: socket.socket, answer: bytes) -> bool:
        if not answer or fate is Fate.RESET_AFTER_COMMIT:
            return _reset(near)
        if fate is Fate.HALF_AN_ANSWER:
            near.sendall(answer[: len(answer) // 2])
            return False
        if fate is Fate.TRICKLES:
            for start in range(0, len(answer), max(1, len(answer) // 20)):
                near.sendall(answer[start : start + max(1, len(answer) // 20)])
                self._ending.wait(0.02)
            return True
        near.sendall(answer)
        return True

    def _ask(self, request: bytes) -> bytes:
        """The server's whole answer; nothing where it is not there."""
        with suppress(OSError), socket.create_connection(self._target, timeout=5) as far:
            far.sendall(request)
            # an answer has a head and a length, as a request has
            return whole_request(far)
        return b""

    def _tell(self, part: bytes) -> None:
        with suppress(OSError), socket.create_connection(self._target, timeout=5) as far:
            far.sendall(part)


_ANSWERS: Final = {
    Fate.LOGIN_PAGE: http("200 OK", LOGIN_PAGE, Content_Type="text/html"),
    Fate.BAD_GATEWAY: http("502 Bad Gateway", b"<html>Bad gateway</html>"),
    Fate.COME_LATER: http("503 Service Unavailable", b'{"code":"busy","title":"later","status":503}', Retry_After="1"),
    Fate.GARBAGE: http("200 OK", b'{"results":[{"id":7}],"acked_seq":1e300}'),
}


def _reset(end: socket.socket) -> bool:
    end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _LINGER_NOT)
    return False
