"""What is known of how a print job ended: what was seen, how far it came, what the printer said, why it asks. Values; owns no words.

Kept in the store as one short line (`hung 1200/13236 +paper_out why:timeout`), read back by newer and older tills alike: what a till does
not know is passed over.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final


class Seen(StrEnum):
    """What was seen of handing a job over."""

    NOTHING = "nothing"
    """Not tried yet, or told by a till that used other words."""
    TAKEN = "taken"
    """All bytes were taken and nothing spoke against it. Nobody said that it is on paper."""
    PRINTED = "printed"
    """The printer itself said that it is on paper."""
    ON_SCREEN = "on_screen"
    QUEUE_DONE = "queue_done"
    """The system's print queue says that it is done, which it also says of what was never printed."""
    NOT_FOUND = "not_found"
    """No such printer: a name that cannot be looked up, a device that is not plugged in, a queue that is not there."""
    NOT_CONNECTED = "not_connected"
    """It is known, and does not let us in."""
    QUEUE_HELD = "queue_held"
    """The system's queue did not begin with it in time; it was taken back."""
    HUNG = "hung"
    BROKEN = "broken"
    """The connection broke."""
    CLOSED = "closed"
    """The printer ended the connection before the end."""
    NO_ANSWER = "no_answer"
    """All bytes were taken, and the printer that can say when it has printed did not."""
    QUEUE_BROKEN = "queue_broken"
    """The system's queue began with it and gave up."""
    TILL_CLOSED = "till_closed"
    """The till was closed while it was sent."""
    STOPPED = "stopped"
    """The till stopped while it was sent: a power cut, a crash."""
    BUG = "bug"
    """The till's own mistake broke it off."""
    TOO_LATE = "too_late"
    """A pulse for the drawer that nobody wants any more."""
    SAID_ON_PAPER = "said_on_paper"
    SAID_AGAIN = "said_again"
    """A person had it printed again, as a copy."""
    SAID_DROPPED = "said_dropped"
    SAID_ELSEWHERE = "said_elsewhere"
    """A person sent it to another printer."""


class Why(StrEnum):
    """What the system said of a connection that did not come about, or broke."""

    NONE = ""
    REFUSED = "refused"
    """Somebody is there and nobody listens: another printer's address, or one that is just starting."""
    TIMEOUT = "timeout"
    UNREACHABLE = "unreachable"
    UNKNOWN_NAME = "unknown_name"
    DENIED = "denied"
    """This user may not."""
    MISSING = "missing"
    BUSY = "busy"
    """Another program has it."""
    UNPLUGGED = "unplugged"
    FULL = "full"
    NO_SPOOLER = "no_spooler"
    """The system's print service does not answer."""
    NO_ADDRESS = "no_address"
    """What is set is no printer's address."""
    OTHER = "other"


class Said(StrEnum):
    """What a printer said of itself. Advisory: what was not said is not known."""

    OFFLINE = "offline"
    COVER_OPEN = "cover_open"
    PAPER_OUT = "paper_out"
    PAPER_LOW = "paper_low"
    FAULT = "fault"
    PAUSED = "paused"
    """A person stopped its queue."""


class Asks(StrEnum):
    """Why a job of which not a byte was sent is not tried any more by itself."""

    OLD = "old"
    """Its customer is gone."""
    RESTARTED = "restarted"
    """The till has stopped and started since: nothing is sent unattended."""
    DAMAGED = "damaged"
    """Its bytes are not those that were frozen."""
    TAKEN_OUT = "taken_out"
    """A person took it out of the system's print queue."""
    NO_PRINTER = "no_printer"
    """The printer that it is for is not one of the shop's any more."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """How a job ended, as far as is known.

    Attributes:
        sent, size: bytes that were taken from us, and that there are.
        said: what the printer said meanwhile, in the order of `Said`.
        why: the system's reason.
        asks: why it waits for a person though nothing was sent; None where it does not.
    """

    seen: Seen = Seen.NOTHING
    sent: int = 0
    size: int = 0
    said: tuple[Said, ...] = ()
    why: Why = Why.NONE
    asks: Asks | None = None

    def __str__(self) -> str:
        """The line that is kept."""
        words = [self.seen.value]
        if self.size:
            words.append(f"{self.sent}/{self.size}")
        words += [f"+{said.value}" for said in self.said]
        if self.why:
            words.append(f"why:{self.why.value}")
        if self.asks is not None:
            words.append(f"asks:{self.asks.value}")
        return " ".join(words)

    @staticmethod
    def read(line: str) -> Evidence:
        """The evidence of a kept line; what is not known in it is passed over."""
        first, *words = line.split() or [""]
        seen = Seen(first) if first in _SEEN else Seen.NOTHING
        evidence = Evidence(seen)
        for word in words if first in _SEEN else [first, *words]:
            evidence = _with(evidence, word)
        return evidence

    def asking(self, asks: Asks) -> Evidence:
        """The same of a job that now asks a person."""
        return replace(self, asks=asks)


_SEEN: Final = frozenset(seen.value for seen in Seen)
_SAID: Final = {said.value: said for said in Said}
_WHY: Final = frozenset(why.value for why in Why)
_ASKS: Final = frozenset(asks.value for asks in Asks)


def _with(evidence: Evidence, word: str) -> Evidence:
    name, _, value = word.partition(":")
    sent, slash, size = word.partition("/")
    if slash and sent.isdecimal() and size.isdecimal():
        return replace(evidence, sent=int(sent), size=int(size))
    if word.startswith("+") and word[1:] in _SAID:
        return replace(evidence, said=(*evidence.said, _SAID[word[1:]]))
    if name == "why" and value in _WHY:
        return replace(evidence, why=Why(value))
    if name == "asks" and value in _ASKS:
        return replace(evidence, asks=Asks(value))
    return evidence
