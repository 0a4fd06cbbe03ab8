"""A printer on a real TCP port that behaves as badly as printers do. Owns one listener and its threads; knows no till.

What it has read is what it "prints": one job a connection. Faults are those that were seen on counters.
"""

from __future__ import annotations

import re
import socket
import struct
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from enum import Enum, auto
from functools import partial
from types import TracebackType
from typing import Final

ASB_FINE: Final = b"\x10\x00\x00\x00"
ASB_PAPER_OUT: Final = b"\x18\x00\x0c\x00"
_QUESTION = re.compile(rb"(?:\x10\x04[\x01\x02\x04])+")
_ASK = re.compile(rb"\x1d\(H\x06\x00\x30\x30(.{4})\Z", re.DOTALL)


class Fault(Enum):
    NONE = auto()
    """Reads everything and closes when the till has no more to say."""
    MUTE = auto()
    """Reads everything, never says a word and never closes."""
    REFUSE = auto()
    """Nobody listens."""
    BLACK_HOLE = auto()
    """The connection is never answered."""
    HANG = auto()
    """Reads `after` bytes, then nothing more until `go_on()`, and keeps the connection."""
    RESET = auto()
    """Reads `after` bytes, then the connection is reset."""
    FIN = auto()
    """Reads `after` bytes, then closes in good order, whatever else was sent."""
    SLOW = auto()
    """Reads a little at a time."""
    STATUS = auto()
    """Reads everything and sends status all the while without being asked."""
    PAPER_OUT = auto()
    """Says that it has no paper, reads everything, never answers and never closes."""
    FENCE = auto()
    """Answers when the job is printed, as the job asks; closes when the till does."""
    LATE = auto()
    """As FENCE, but only once `go_on()` was called."""


@dataclass
class StandInPrinter:
    """`with StandInPrinter(Fault.HANG, after=100) as printer:` gives it an address.

    Attributes:
        connections: how many there were; `ended` how many of them are over.
        most_at_once: connections that brought something, at one time.
        status: what it answers to `DLE EOT 1, 2, 4` on a connection of its own; None says nothing.
    """

    fault: Fault = Fault.NONE
    after: int = 0
    connections: int = 0
    ended: int = 0
    most_at_once: int = 0
    status: dict[int, int] | None = None
    _bringing: int = 0
    _papers: list[bytearray] = field(default_factory=list)

    @property
    def jobs(self) -> list[bytes]:
        """What each connection has brought so far, those left out that brought nothing."""
        return [bytes(paper) for paper in self._papers if paper]

    def __enter__(self) -> StandInPrinter:
        self._changed = threading.Condition()
        self._ending = threading.Event()
        self._may_go_on = threading.Event()
        self._threads: list[threading.Thread] = []
        self._fillers: list[socket.socket] = []
        self._listener = socket.socket()
        # a small window: what the till has sent beyond it is still at the till
        self._listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
        self._listener.bind(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        if self.fault is Fault.REFUSE:
            return self
        if self.fault is Fault.BLACK_HOLE:
            self._swallow()
            return self
        self._listen()
        return self

    def _listen(self) -> None:
        self._listener.listen(8)
        self._listener.settimeout(0.05)
        self._start(self._accept)

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._ending.set()
        self._may_go_on.set()
        for thread in self._threads:
            thread.join(10)
        for filler in self._fillers:
            filler.close()
        self._listener.close()

    @property
    def address(self) -> str:
        return f"tcp://127.0.0.1:{self.port}"

    def switch_on(self) -> None:
        """From now on it works (after Fault.REFUSE)."""
        self.fault = Fault.NONE
        self._listen()

    def go_on(self) -> None:
        """Paper comes out now (Fault.LATE), or what hung reads on (Fault.HANG)."""
        self._may_go_on.set()

    def wait_until(self, condition: Callable[[], bool], seconds: float = 10.0) -> None:
        """Until it holds; looked at after everything that happens here."""
        with self._changed:
            assert self._changed.wait_for(condition, seconds), (
                f"{self.connections} connections, jobs of {[len(job) for job in self.jobs]} bytes"
            )

    # --- behaviour ----------------------------------------------------------------------------------------------

    def _start(self, run: Callable[[], None]) -> None:
        thread = threading.Thread(target=run, name="stand-in printer")
        self._threads.append(thread)
        thread.start()

    def _swallow(self) -> None:
        """A full queue of connections: Linux drops what comes then, unanswered."""
        self._listener.listen(0)
        for _ in range(4):
            filler = socket.socket()
            filler.setblocking(False)
            with suppress(BlockingIOError):
                filler.connect(("127.0.0.1", self.port))
            self._fillers.append(filler)

    def _accept(self) -> None:
        while not self._ending.is_set():
            with suppress(TimeoutError):
                client, _ = self._listener.accept()
                paper = bytearray()
                with self._changed:
                    self.connections += 1
                    self._papers.append(paper)
                    self._changed.notify_all()
                self._start(partial(self._serve, client, paper))

    def _serve(self, client: socket.socket, paper: bytearray) -> None:
        with client:
            client.settimeout(0.05)
            with suppress(ConnectionError):
                self._behave(client, paper)
            with self._changed:
                self._bringing -= bool(paper)
        with self._changed:
            self.ended += 1
            self._changed.notify_all()

    def _behave(self, client: socket.socket, data: bytearray) -> None:
        if self.fault in (Fault.HANG, Fault.RESET, Fault.FIN):
            self._read(client, data, self.after)
            if self.fault is Fault.HANG:
                self._may_go_on.wait(30)
                self._read(client, data, None)
            elif self.fault is Fault.RESET:
                client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            else:
                client.shutdown(socket.SHUT_WR)
                self._read(client, bytearray(), None)
            return
        if self.fault is Fault.PAPER_OUT:
            client.sendall(ASB_PAPER_OUT)
        self._read(client, data, None)
        if self.fault in (Fault.MUTE, Fault.PAPER_OUT):
            self._ending.wait(30)

    def _read(self, client: socket.socket, data: bytearray, most: int | None) -> None:
        """Until the till has no more to say, or `most` bytes."""
        while (most is None or len(data) < most) and not self._ending.is_set():
            size = 64 if self.fault is Fault.SLOW else 65_536
            try:
                piece = client.recv(size if most is None else min(size, most - len(data)))
            except TimeoutError:
                continue
            if not piece:
                return
            with self._changed:
                self._bringing += not data
                self.most_at_once = max(self.most_at_once, self._bringing)
                data += piece
                self._changed.notify_all()
            self._say(client, data)

    def _say(self, client: socket.socket, data: bytearray) -> None:
        if self.fault is Fault.STATUS:
            client.sendall(ASB_FINE)
        if self.fault is Fault.SLOW:
            self._ending.wait(0.002)
        question = _QUESTION.fullmatch(data)
        if question and self.status is not None:
            client.sendall(bytes([self.status[number] for number in question.group(0)[2::3]][-1:]))
        asked = _ASK.search(data)
        if asked and self.fault in (Fault.FENCE, Fault.LATE):
            if self.fault is Fault.LATE:
                self._may_go_on.wait(30)
            client.sendall(b"\x37\x22" + asked.group(1) + b"\x00")
