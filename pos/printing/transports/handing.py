"""What handing bytes to a printer came to, and what a transport is. Owns the words; touches no device."""

from __future__ import annotations

import errno
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Protocol, TypeAlias

GiveUp: TypeAlias = Callable[[], bool]
"""Asked between pieces: true when the program must end now, whatever of the job is left."""


@dataclass(frozen=True, slots=True)
class HandedOver:
    """How a job was handed over. A write that does not fail proves nothing, so this says what is known and no more.

    Attributes:
        bytes: that may have reached the printer: all that were taken from us, whether or not it read them. 0 is certain.
        evidence: what was seen, for people: `connection refused`, `hung after 1200 of 13236 bytes; paper out`.
        whole: all bytes were taken and nothing spoke against it until the end.
        confirmed: the printer itself said that it is printed.
    """

    bytes: int
    evidence: str
    whole: bool = False
    confirmed: bool = False


class Transport(Protocol):
    """A way to one printer. Known failures are told in the result, never raised."""

    def send(self, data: bytes, deadline_s: float, give_up: GiveUp = ...) -> HandedOver:
        """Hand over a job, once, within `deadline_s` seconds. What could not be handed over is dropped, never sent later."""
        ...

    def reach(self) -> str:
        """Whether the printer is there, without sending it a byte: what is wrong, or nothing."""
        ...


def never() -> bool:
    return False


def why(error: OSError) -> str:
    """An operating system's error in the words of the system, without addresses or paths."""
    if isinstance(error, TimeoutError):
        return "no answer"
    if isinstance(error, ConnectionResetError | BrokenPipeError) or error.errno == errno.ENOTCONN:
        # one and the same thing, seen at different moments
        return "connection reset"
    return (error.strerror or type(error).__name__).lower()


LINE_SPEED: Final = 1_000
"""Bytes a second that the slowest printers take: a 9600 baud line behind a print server."""
PATIENCE_S: Final = 10.0
"""Seconds that a printer may think, whatever the size."""


def deadline_of(size: int) -> float:
    """Seconds that a job of `size` bytes may take."""
    return PATIENCE_S + size / LINE_SPEED
