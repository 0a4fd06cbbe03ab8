"""What handing bytes to a printer came to, what a transport is, and how long it may take. Touches no device."""

from __future__ import annotations

import errno
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final, Protocol, TypeAlias

from pos.domain.evidence import Evidence, Said, Seen, Why

GiveUp: TypeAlias = Callable[[], bool]
"""Asked between pieces: true when the program must end now, whatever of the job is left."""


@dataclass(frozen=True, slots=True)
class HandedOver:
    """How a job was handed over. A write that does not fail proves nothing, so this says what is known and no more.

    Attributes:
        evidence: what was seen; its `sent` are the bytes that may have reached the printer: all that were taken from us, whether or not it
            read them. 0 is certain.
        whole: all bytes were taken and nothing spoke against it until the end.
        confirmed: the printer itself said that it is printed.
    """

    evidence: Evidence
    whole: bool = False
    confirmed: bool = False

    @property
    def bytes(self) -> int:
        return self.evidence.sent


@dataclass(frozen=True, slots=True)
class Status:
    """What a printer says when it is asked how it is. Advisory.

    Attributes:
        trouble: why it could not be asked; None when it could.
        heard: it answered. A printer that says nothing is not well: it is not known how it is.
        said: what it said that keeps it from printing.
        confirms: it answered that it has printed, with nothing to print.
    """

    trouble: Evidence | None = None
    heard: bool = False
    said: tuple[Said, ...] = field(default=())
    confirms: bool = False


class Transport(Protocol):
    """A way to one printer. Known failures are told in the results, never raised."""

    @property
    def device(self) -> str:
        """The physical printer, by the same name whichever way leads to it as far as the system tells: what a turn is taken at."""
        ...

    @property
    def speed(self) -> int:
        """Bytes a second that the slowest printer on such a line takes."""
        ...

    def send(self, data: bytes, deadline_s: float, give_up: GiveUp = ...) -> HandedOver:
        """Hand over a job, once, within `deadline_s` seconds. What could not be handed over is dropped, never sent later."""
        ...

    def reach(self) -> Evidence | None:
        """Whether the printer is there, without sending it a byte: what is wrong, or None."""
        ...

    def status(self, thorough: bool = False) -> Status:
        """Ask the printer how it is, on a connection of its own. A few seconds at most. `thorough` also asks whether it tells when it has
        printed; what does not know that question may print it as letters."""
        ...


def never() -> bool:
    return False


def failed(seen: Seen, size: int, why: Why = Why.NONE) -> HandedOver:
    """Of which not a byte was sent."""
    return HandedOver(Evidence(seen, 0, size, why=why))


_WHYS: Final = {
    errno.ECONNREFUSED: Why.REFUSED,
    errno.ETIMEDOUT: Why.TIMEOUT,
    errno.EHOSTUNREACH: Why.UNREACHABLE,
    errno.ENETUNREACH: Why.UNREACHABLE,
    errno.EHOSTDOWN: Why.UNREACHABLE,
    errno.EACCES: Why.DENIED,
    errno.EPERM: Why.DENIED,
    errno.ENOENT: Why.MISSING,
    errno.ENXIO: Why.MISSING,
    errno.EBUSY: Why.BUSY,
    errno.EAGAIN: Why.BUSY,
    errno.ENODEV: Why.UNPLUGGED,
    errno.EIO: Why.UNPLUGGED,
    errno.ENOSPC: Why.FULL,
}


def why_of(error: OSError) -> Why:
    """An operating system's error as a reason."""
    if isinstance(error, TimeoutError):
        return Why.TIMEOUT
    return _WHYS.get(error.errno or 0, Why.OTHER)


def is_break(error: OSError) -> bool:
    """Whether the other side has ended the connection: one and the same thing, seen at different moments."""
    return isinstance(error, ConnectionResetError | BrokenPipeError) or error.errno == errno.ENOTCONN


LINE_SPEED: Final = 1_000
"""Bytes a second that the slowest printers take: a 9600 baud line behind a print server."""
PATIENCE_S: Final = 10.0
"""Seconds that a printer may think, whatever the size."""


def deadline_of(size: int, speed: int = LINE_SPEED) -> float:
    """Seconds that a job of `size` bytes may take on a line of `speed` bytes a second."""
    return PATIENCE_S + size / max(1, speed)
