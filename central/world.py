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
    from central.pace import Load
    from central.waiting import Hub

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
        poll_ms: `next_sync_in` always; 0 means busy_poll_ms with open orders, night_poll_ms at night, else idle_poll_ms (sync.md,
            Weak lines), spread (central.pace).
        wait_s: seconds that `GET /v1/wait` may hold a request; 0 does not offer it. waiting: requests that one process may hold so.
        hold_ms: how long one batch may hold its shop; what is left of it then comes again.
        public_url: the address that tills use, when a proxy in front changes scheme or host; empty takes it from the request.
        min_protocol: tills below it may push facts but not pull (426).
        nonce_s: seconds of a proof's nonce; it is good for one more such window.
        grant_ms, grant_poll_ms: life of a device grant, and the least time between two polls for it (RFC 8628).
        tries_per_address, tries_in_all: wrong pairing codes within `tries_window`. 32^8 codes make the second safe.
        rate_device, rate_address: requests at once and per second, of one token, and of one address without a good token; 0 at once
            is no limit. Counted by each process for itself.
        qris_ms: life of a QR.
        updates: folder with a signed manifest and the files that it names, served beneath /updates; empty for none.
        metrics_to: networks (CIDR) that may read /metrics; this machine always may.
        buffer_from, buffer_full: silence of a till after which less of the stock is sold online, and after which nothing is.
        active_within: a till that was silent for longer is taken for retired.
        no_show_after: after the slot's end (or ready, when it has no slot) the shop may say that nobody came.
        pay_within: an order unpaid for longer is expired, so that it holds no stock.
        accept_within: how long the shop has to accept a paid order.
        pickup_within: after the slot's end (or the order, when it has no slot) an order that was not fetched ends.
        keep_tombstones: a till that was away for longer begins its feed anew (410).
    """

    poll_ms: int = 0
    busy_poll_ms: int = 5_000
    idle_poll_ms: int = 60_000
    night_poll_ms: int = 5 * MINUTE
    wait_s: int = 60
    waiting: int = 20_000
    hold_ms: int = 2_000
    public_url: str = ""
    min_protocol: int = 1
    access_ms: int = HOUR
    refresh_ms: int = 180 * DAY
    code_ms: int = DAY
    grant_ms: int = 15 * MINUTE
    grant_poll_ms: int = 5_000
    nonce_s: int = 300
    tries_per_address: int = 10
    tries_in_all: int = 1_000
    tries_window: int = 15 * MINUTE
    rate_device: tuple[int, int] = (1_000, 10)
    rate_address: tuple[int, int] = (60, 1)
    qris_ms: int = 5 * MINUTE
    buffer_from: int = 15 * MINUTE
    buffer_full: int = DAY
    active_within: int = 7 * DAY
    no_show_after: int = HOUR
    pay_within: int = 15 * MINUTE
    accept_within: int = 30 * MINUTE
    pickup_within: int = DAY
    keep_tombstones: int = 180 * DAY
    max_unpaid_orders: int = 5
    metrics_to: tuple[str, ...] = ()
    updates: str = ""


@dataclass(frozen=True, slots=True)
class World:
    """All that a handler needs, made once. `hub` wakes who waits for a shop's news; `load` says how busy the process is."""

    database: Database
    keys: ServerKeys
    clock: Clock
    chance: Chance
    settings: Settings
    hub: Hub
    load: Load
