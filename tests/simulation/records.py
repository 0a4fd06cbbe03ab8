"""What was promised and seen by anyone, kept outside of every file that can be lost: the truth that invariants hold the city against."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, Final

from pos.sync import protocol as wire
from pos.sync.encoding import signed_by
from pos.sync.transport import Answer
from tests.simulation.line import Letter

_FINAL: Final = frozenset(("applied", "duplicate", "refused", "quarantined"))


class Violation(AssertionError):
    """What must hold does not. `number`: of the invariant, 0 for a fault of a program."""

    def __init__(self, number: int, what: str) -> None:
        super().__init__(f"invariant {number}: {what}" if number else what)
        self.number = number


def hold(number: int, holds: bool, what: str) -> None:
    """An invariant's check."""
    if not holds:
        raise Violation(number, what)


@dataclass(frozen=True, slots=True)
class Sold:
    """A sale as its till committed it."""

    number: str
    total: int
    till: str


@dataclass(frozen=True, slots=True)
class Head:
    """A chain head that the central has countersigned to a till."""

    device: str
    epoch: int
    seq: int
    head: str


@dataclass(slots=True)
class ShopRecords:
    """One shop's.

    Attributes:
        sold: every sale that any of its tills ever committed.
        gone: of these, those that were in no file any more at some moment: an older file took the place of the only one that had them.
        unknown: operations that no central of today can read; too_much: those that no request can carry.
        results: (life of the central, operation) -> (status, code) as a till was told first.
        settled: operations that any till of it calls settled, each of which the central had when it was first seen so.
        goods, orders: uids that belong to the shop.
    """

    uid: str
    server_key: str = ""
    sold: dict[str, Sold] = field(default_factory=dict)
    gone: set[str] = field(default_factory=set)
    unknown: set[str] = field(default_factory=set)
    too_much: set[str] = field(default_factory=set)
    results: dict[tuple[int, str], tuple[str, str]] = field(default_factory=dict)
    settled: set[str] = field(default_factory=set)
    goods: set[str] = field(default_factory=set)
    orders: set[str] = field(default_factory=set)

    def told_before(self, operation: str) -> set[tuple[str, str]]:
        """What a central said of an operation, in any of its lives."""
        return {result for (_, key), result in self.results.items() if key == operation}


class Records:
    """All shops'.

    Attributes:
        life: how often the central was put back; what it said in an earlier life it may not know any more.
        told: operations that were seen on the central in any of its lives.
    """

    def __init__(self) -> None:
        self.shops: dict[str, ShopRecords] = {}
        self.life = 0
        self.told: set[str] = set()
        self._verified: set[bytes] = set()

    def shop(self, uid: str) -> ShopRecords:
        return self.shops.setdefault(uid, ShopRecords(uid))

    def sales_seen(self, shop: str, rows: Iterable[tuple[Any, ...]], till: str) -> None:
        """(uid, number, total) of sales in a till's file."""
        held = self.shop(shop).sold
        for uid, number, total in rows:
            known = held.setdefault(uid, Sold(number, total, till))
            hold(5, (known.number, known.total) == (number, total), f"sale {uid} has another content in another file")

    def heard(self, shop: str, device: str, others: Callable[[], list[str]], letter: Letter, answer: Answer) -> Head | None:
        """What a till was told, as it came. Returns the head that was countersigned, if one was. `devices`: who the till may be to the
        central, the likeliest first: a file that was put back may name another one than its keys."""
        if answer.status != 200 or not letter.path.endswith("/sync"):
            return None
        told = wire.decode(answer.body, wire.SyncAnswer)
        request = wire.decode(letter.body, wire.SyncRequest)
        _goes_forward(request, told)
        self._results(shop, told.results)
        self._privacy(shop, told.changes)
        return self._head(shop, device, others, request, told)

    def _results(self, shop: str, results: Iterable[wire.OperationResult]) -> None:
        """The result of an id never changes, but that it was applied before."""
        held = self.shop(shop).results
        for result in results:
            if result.status not in _FINAL:
                continue
            status = "applied" if result.status == "duplicate" else result.status
            first = held.setdefault((self.life, result.id), (status, result.code))
            hold(5, first == (status, result.code), f"operation {result.id} was told {first}, then {(status, result.code)}")

    def _head(
        self, shop: str, device: str, others: Callable[[], list[str]], request: wire.SyncRequest, told: wire.SyncAnswer
    ) -> Head | None:
        if not (request.batch or request.handshake) or not told.acked_seq:
            return None
        epoch = told.fenced_epoch or (request.batch.epoch if request.batch else request.handshake.epoch if request.handshake else 0)
        for asked in ([device], others):
            for who in asked if isinstance(asked, list) else asked():
                claim = wire.head_text(who, epoch, told.acked_seq, told.chain_hash)
                if claim in self._verified or signed_by(self.shop(shop).server_key, wire.unb64(told.head_signature), claim):
                    self._verified.add(claim)
                    return Head(who, epoch, told.acked_seq, told.chain_hash)
        raise Violation(12, f"head {told.acked_seq} of epoch {epoch} is not countersigned")

    def _privacy(self, shop: str, changes: Iterable[wire.Change]) -> None:
        """Nobody is told of what is another shop's."""
        others = [records for uid, records in self.shops.items() if uid != shop]
        for change in changes:
            spoken = {change.uid} | ({change.stock.product, change.stock.cause} if change.stock else set())
            for other in others:
                foreign = spoken & (other.goods | other.orders | other.sold.keys() | {other.uid})
                hold(14, not foreign, f"shop {shop} was told of {sorted(foreign)} of shop {other.uid}")


def _goes_forward(request: wire.SyncRequest, told: wire.SyncAnswer) -> None:
    """What a central has acknowledged on a timeline it does not take back; one that was put back begins another."""
    met = request.handshake
    same = request.cursor.partition(".")[0] == told.timeline
    if met is not None and same and not told.fenced_epoch:
        hold(15, told.acked_seq >= met.acked_seq, f"{met.acked_seq} was acknowledged on {told.timeline}, and {told.acked_seq} later")
