"""What the central needs from outside: time, chance, settings. Handed in, so that tests decide them."""

from __future__ import annotations

import secrets
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol, TypeVar

if TYPE_CHECKING:
    from central.database import Database
    from central.keys import ServerKeys

_T = TypeVar("_T")
MINUTE: Final = 60_000
HOUR: Final = 60 * MINUTE
DAY: Final = 24 * HOUR


class Clock(Protocol):
    """The server's time. It alone decides deadlines; a till's clock decides nothing."""

    def now(self) -> int:
        """UTC milliseconds."""
        ...


class Chance(Protocol):
    """Randomness that nobody can guess."""

    def id(self) -> str:
        """32 lower-case hex digits."""
        ...

    def bytes(self, count: int) -> bytes: ...

    def pick(self, among: Sequence[_T]) -> _T: ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> int:
        return time.time_ns() // 1_000_000


class SystemChance:
    """The machine's randomness."""

    def id(self) -> str:
        return secrets.token_hex(16)

    def bytes(self, count: int) -> bytes:
        return secrets.token_bytes(count)

    def pick(self, among: Sequence[_T]) -> _T:
        return secrets.choice(among)


@dataclass(frozen=True, slots=True)
class Settings:
    """What an operator may turn. Durations in ms unless a name says otherwise.

    Attributes:
        poll_ms: `next_sync_in` always; 0 means busy_poll_ms with open orders, else idle_poll_ms (sync.md, Weak lines).
        public_url: the address that tills use, when a proxy in front changes scheme or host; empty takes it from the request.
        min_protocol: tills below it may push facts but not pull (426).
        nonce_s: seconds of a proof's nonce; it is good for one more such window.
        tries_per_address, tries_in_all: wrong pairing codes within `tries_window`. 32^8 codes make the second safe.
        pay_within: an order unpaid for longer is expired, so that it holds no stock.
        accept_within: how long the shop has to accept a paid order.
        pickup_within: after the slot's end (or the order, when it has no slot) an order that was not fetched ends.
        keep_tombstones: a till that was away for longer begins its feed anew (410).
    """

    poll_ms: int = 0
    busy_poll_ms: int = 5_000
    idle_poll_ms: int = 60_000
    public_url: str = ""
    min_protocol: int = 1
    access_ms: int = HOUR
    refresh_ms: int = 180 * DAY
    code_ms: int = DAY
    nonce_s: int = 300
    tries_per_address: int = 10
    tries_in_all: int = 1_000
    tries_window: int = 15 * MINUTE
    pay_within: int = 15 * MINUTE
    accept_within: int = 30 * MINUTE
    pickup_within: int = DAY
    keep_tombstones: int = 180 * DAY
    max_unpaid_orders: int = 5


@dataclass(frozen=True, slots=True)
class World:
    """All that a handler needs, made once."""

    database: Database
    keys: ServerKeys
    clock: Clock
    chance: Chance
    settings: Settings
