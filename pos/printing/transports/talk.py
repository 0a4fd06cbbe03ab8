"""One job over one open line, whatever the line is: write while listening, ask or say goodbye, drain. Owns when a job is over and what is
known of it then; a line is a `Pipe`.

A write that does not fail proves nothing: a printer that reads one byte and hangs takes a quarter of a megabyte without an error; a reset
after the write is not seen by who has closed; unread status at the close destroys what was sent.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Final, Protocol, TypeVar

from pos.domain.evidence import Evidence, Said, Seen, Why
from pos.printing.answers import QUESTIONS, answer_of, ask, asked, heard
from pos.printing.transports.handing import GiveUp, HandedOver, Status, is_break, why_of

_log = logging.getLogger(__name__)

T = TypeVar("T")

TICK_S: Final = 0.1
"""How long a line is waited for at most before it is looked whether the job must end."""
QUIET_S: Final = 0.25
"""Seconds of silence after everything was taken until the printer is believed to have no objection."""
ANSWER_S: Final = 0.6
"""Seconds that a printer has for one answer about its state: they answer within a few milliseconds, over a radio within some hundred."""

_POLL_S: Final = 0.02
_KEPT: Final = 4096


class Pipe(Protocol):
    """An open line to a printer. All methods raise OSError as the system says it."""

    @property
    def hears(self) -> bool:
        """Whether the printer can say something over it."""
        ...

    @property
    def piece(self) -> int:
        """Bytes that are written at a time."""
        ...

    def wait(self, writing: bool) -> tuple[bool, bool]:
        """Whether it can be read and written, after TICK_S at most."""
        ...

    def read(self) -> bytes | None:
        """What the printer said; empty for nothing, None when it will say no more."""
        ...

    def write(self, piece: memoryview) -> int:
        """How many bytes were taken, without waiting longer than a tick.

        Raises:
            Stalled: it took a part and nobody knows how much.
        """
        ...

    def held(self) -> int:
        """Bytes that were taken from us and are still on this side, as far as the system tells."""
        ...

    def end(self) -> None:
        """Say that nothing more comes."""
        ...

    def check(self) -> None:
        """Raise what the system knows of the line and has not told yet."""
        ...

    def drop(self) -> None:
        """Throw away what is still on this side: a person has perhaps had it printed anew."""
        ...

    def close(self) -> None: ...


class Stalled(Exception):
    """A line took an unknown part of a piece of `most` bytes."""

    def __init__(self, most: int) -> None:
        super().__init__(most)
        self.most = most


class _Ended(Exception):
    """The talk is over before its end; says what was seen."""

    def __init__(self, seen: Seen) -> None:
        super().__init__(seen)
        self.seen = seen


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a talk may last: until a moment of the monotonic clock, or until the program must end. `quiet_s` of silence end a job."""

    until: float
    give_up: GiveUp
    quiet_s: float = QUIET_S


def hand_over(pipe: Pipe, data: bytes, patience: Patience) -> HandedOver:
    """Send a job over an open line and close it."""
    try:
        return _Talk(pipe, data, patience).result()
    finally:
        pipe.close()


def ask_status(pipe: Pipe, thorough: bool = False) -> Status:
    """Ask a printer how it is over an open line, and close it."""
    try:
        return _Inquiry(pipe).result(thorough) if pipe.hears else Status()
    except OSError as error:
        return Status(Evidence(Seen.BROKEN, why=why_of(error)))
    except Stalled:
        return Status()
    finally:
        pipe.close()


class _Talk:
    """One job over one line."""

    def __init__(self, pipe: Pipe, data: bytes, patience: Patience) -> None:
        self._pipe = pipe
        self._data = data
        self._patience = patience
        self._sent = 0
        self._heard = bytearray()
        self._closed = False
        """The printer has said that it will say no more."""

    def result(self) -> HandedOver:
        try:
            confirmed = self._run()
        except _Ended as ended:
            return self._lost(ended.seen)
        except Stalled as stalled:
            self._sent += stalled.most
            return self._lost(Seen.HUNG)
        except OSError as error:
            _log.info("a printer's line broke: %s", error)
            return self._lost(Seen.BROKEN, Why.NONE if is_break(error) else why_of(error))
        evidence = self._evidence(Seen.PRINTED if confirmed else Seen.TAKEN)
        return HandedOver(evidence, whole=True, confirmed=confirmed)

    def _lost(self, seen: Seen, why: Why = Why.NONE) -> HandedOver:
        self._pipe.drop()
        return HandedOver(self._evidence(seen, why))

    def _evidence(self, seen: Seen, why: Why = Why.NONE) -> Evidence:
        return Evidence(seen, self._sent, len(self._data), heard(bytes(self._heard)), why)

    def _run(self) -> bool:
        self._write()
        answer = asked(self._data) if self._pipe.hears else None
        if answer is not None:
            self._await(answer)
        if not self._closed:
            self._pipe.end()
        self._drain()
        return answer is not None

    def _write(self) -> None:
        view = memoryview(self._data)
        while self._sent < len(view):
            readable, writable = self._wait(writing=True)
            if readable:
                self._listen()
                if self._closed:
                    raise _Ended(Seen.CLOSED)
            if writable:
                self._sent += self._pipe.write(view[self._sent : self._sent + self._pipe.piece])

    def _await(self, answer: bytes) -> None:
        """Until the printer says that it has printed this job. A printer that can say so and does not has not."""
        while answer not in self._heard:
            if self._closed:
                raise _Ended(Seen.NO_ANSWER)
            if self._wait()[0]:
                self._listen()

    def _drain(self) -> None:
        """Listen until the printer closes, or everything has left and it stays silent."""
        quiet_since = time.monotonic()
        while True:
            self._pipe.check()
            waiting = self._pipe.held()
            now = time.monotonic()
            if not waiting and (self._closed or not self._pipe.hears or now - quiet_since >= self._patience.quiet_s):
                return
            if waiting:
                quiet_since = now
            if self._closed or not self._pipe.hears:
                # readable for ever now, or never: only what is still on this side is waited for
                self._look()
                time.sleep(_POLL_S)
            elif self._wait()[0] and self._listen():
                quiet_since = time.monotonic()

    def _listen(self) -> bool:
        """Take in what the printer says; whether it said something."""
        piece = self._pipe.read()
        if piece is None:
            self._closed = True
            return True
        self._heard += piece
        del self._heard[:-_KEPT]
        return bool(piece)

    def _wait(self, writing: bool = False) -> tuple[bool, bool]:
        self._look()
        return self._pipe.wait(writing)

    def _look(self) -> None:
        if time.monotonic() >= self._patience.until:
            asking = self._sent == len(self._data) and self._pipe.hears and asked(self._data) is not None
            raise _Ended(Seen.NO_ANSWER if asking else Seen.HUNG)
        if self._patience.give_up():
            raise _Ended(Seen.TILL_CLOSED)


class _Inquiry:
    """Questions that a printer answers at once, one after the other."""

    def __init__(self, pipe: Pipe) -> None:
        self._pipe = pipe

    def result(self, thorough: bool) -> Status:
        said: set[Said] = set()
        for number, question in QUESTIONS.items():
            answer = self._answer(question, partial(_first_answer, number))
            if answer is None:
                # what answers one question and not another is no printer that can be believed
                return Status(confirms=thorough and self._confirms())
            said |= set(answer)
        return Status(heard=True, said=tuple(each for each in Said if each in said), confirms=thorough and self._confirms())

    def _confirms(self) -> bool:
        """Whether it says of nothing that it is printed."""
        question = ask("uji")
        wanted = asked(question) or b""
        return bool(self._answer(question, lambda heard: True if wanted in heard else None))

    def _answer(self, question: bytes, read: Callable[[bytes], T | None]) -> T | None:
        """What `read` makes of what is heard after a question; None when it makes nothing of it in time."""
        until = time.monotonic() + ANSWER_S
        left, heard = memoryview(question), bytearray()
        while left and time.monotonic() < until:
            if self._pipe.wait(True)[1]:
                left = left[self._pipe.write(left) :]
        while time.monotonic() < until:
            if not self._pipe.wait(False)[0]:
                continue
            piece = self._pipe.read()
            if piece is None:
                return None
            heard += piece
            if (answer := read(bytes(heard))) is not None:
                return answer
        return None


def _first_answer(number: int, heard: bytes) -> tuple[Said, ...] | None:
    """The first byte that is an answer to a question."""
    return next((answer for byte in heard if (answer := answer_of(number, byte)) is not None), None)
