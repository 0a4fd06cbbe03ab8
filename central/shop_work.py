"""One transaction's work on one shop: its row locked, the feed's counter, kept totals, movements and reservations, written at the end.

Who writes anything of a shop does it through here. The lock on the shop's row puts all writers of a shop in order, and the counter
is written in the transaction that makes the changes, so a cursor never skips one (a sequence's `nextval` would).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, bindparam, select, text, update

from central import tables
from central.bulk import append
from central.database import POSTGRES, AnyRow
from central.problems import ProblemCode, Refusal
from pos.sync.protocol import Digest, ShopInfo

_s = tables.shop.c
_BOOK: Final = select(tables.shop).where(_s.id == bindparam("shop"))
_LOCKED: Final = _BOOK.with_for_update()
_KEPT: Final = (
    "cap_amount",
    "cap_used",
    "timeline",
    "feed_seq",
    "product_seq",
    "movement_seq",
    "order_seq",
    "info_seq",
    "feed_floor",
    "products",
    "movements",
    "on_hand",
    "open_orders",
    "devices",
    "orders",
    "next_due_at",
)
_m = tables.movement.c
_BOOKED: Final = select(_m.position).where(_m.shop == bindparam("shop"), _m.cause == bindparam("cause"))
_SAVE: Final = update(tables.shop).where(_s.id == bindparam("of_shop")).values({name: bindparam(name) for name in _KEPT})
_STOCK: Final = text(
    "INSERT INTO stock (shop, product, on_hand, reserved) VALUES (:shop, :product, :on_hand, :reserved)"
    " ON CONFLICT (shop, product) DO UPDATE SET on_hand = stock.on_hand + excluded.on_hand, reserved = stock.reserved + excluded.reserved"
)
_STOCK_ALL: Final = text(
    "INSERT INTO stock (shop, product, on_hand, reserved) SELECT :shop, * FROM unnest(string_to_array(:product, ' '),"
    " CAST(string_to_array(:on_hand, ' ') AS bigint[]), CAST(string_to_array(:reserved, ' ') AS bigint[]))"
    " ON CONFLICT (shop, product) DO UPDATE SET on_hand = stock.on_hand + excluded.on_hand, reserved = stock.reserved + excluded.reserved"
)


@dataclass(slots=True)
class Book:
    """The shop's row: who it is, where its feed stands, and the kept totals. Changed in memory, saved by `ShopWork.finish`."""

    id: int
    uid: str
    name: str
    address: str
    cap_amount: int
    cap_used: int
    timeline: str
    feed_seq: int
    product_seq: int
    movement_seq: int
    order_seq: int
    info_seq: int
    feed_floor: int
    products: int
    movements: int
    on_hand: int
    open_orders: int
    devices: int
    orders: int
    next_due_at: int

    @classmethod
    def of(cls, row: AnyRow) -> Book:
        return cls(row.id, row.uid, row.name, row.address, *(getattr(row, name) for name in _KEPT))

    def kept(self) -> dict[str, Any]:
        """The columns that change, by name."""
        return {name: getattr(self, name) for name in _KEPT}

    def info(self) -> ShopInfo:
        """As its tills are told."""
        return ShopInfo(uid=self.uid, name=self.name, address=self.address, cap_amount=self.cap_amount, cap_used=self.cap_used)

    def digest(self) -> Digest:
        """The sums at the feed's end."""
        return Digest(products=self.products, movements=self.movements, on_hand=self.on_hand, open_orders=self.open_orders)

    @property
    def cap_reached(self) -> bool:
        """A shop over its cap drops off the listing (shop.md)."""
        return 0 < self.cap_amount <= self.cap_used


@dataclass(frozen=True, slots=True)
class Origin:
    """Who booked a movement first: a till under an epoch, or the server (both empty)."""

    device: str = ""
    epoch: int = 0


def read_book(connection: Connection, shop: int) -> Book:
    """The shop as it is in this moment, without a lock."""
    return Book.of(connection.execute(_BOOK, {"shop": shop}).one())


class ShopWork:
    """Made by `begin`, ended by `finish`. Nothing is written of movements, reservations and totals before that."""

    def __init__(self, connection: Connection, book: Book, now: int) -> None:
        self.connection = connection
        self.book = book
        self.now = now
        self.shop = book.id
        self._before = book.kept()
        self._movements: list[tuple[Any, ...]] = []
        self._stock: dict[str, list[int]] = {}

    @classmethod
    def begin(cls, connection: Connection, shop: int, now: int) -> ShopWork:
        """Lock the shop; other writers of it wait.

        Raises:
            Refusal: SHOP_UNKNOWN.
        """
        row = connection.execute(_LOCKED, {"shop": shop}).one_or_none()
        if row is None:
            raise Refusal(ProblemCode.SHOP_UNKNOWN)
        return cls(connection, Book.of(row), now)

    def next_seq(self) -> int:
        """The feed's next place."""
        self.book.feed_seq += 1
        return self.book.feed_seq

    def book_movement(self, cause: str, position: int, product: str, quantity: int, reason: str, at: int, origin: Origin) -> None:
        """Goods that came or went, in base units. `cause` and `position` must be new in the shop."""
        book = self.book
        book.movement_seq = seq = self.next_seq()
        book.movements += 1
        book.on_hand += quantity
        self._movements.append((self.shop, cause, position, product, quantity, reason, at, origin.device, origin.epoch, seq))
        self._deltas(product)[0] += quantity

    def booked(self, cause: str) -> set[int]:
        """The positions that are taken of a cause already."""
        gathered = {row[2] for row in self._movements if row[1] == cause}
        return gathered | set(self.connection.scalars(_BOOKED, {"shop": self.shop, "cause": cause}))

    def reserve(self, product: str, quantity: int) -> None:
        """Hold base units for an order; negative lets them go."""
        self._deltas(product)[1] += quantity

    def use_cap(self, amount: int) -> None:
        """Count rupiah of online turnover against the cap (negative takes back), and tell the tills."""
        if amount:
            self.book.cap_used += amount
            self.book.info_seq = self.next_seq()

    def due(self, at: int) -> None:
        """Something falls due at `at`; 0 is nothing."""
        if at and (self.book.next_due_at == 0 or at < self.book.next_due_at):
            self.book.next_due_at = at

    def finish(self) -> None:
        """Write what was gathered. The caller commits."""
        append(self.connection, tables.movement, self._movements)
        self._write_stock([(product, deltas[0], deltas[1]) for product, deltas in self._stock.items() if any(deltas)])
        kept = self.book.kept()
        if kept != self._before:
            self.connection.execute(_SAVE, {"of_shop": self.shop, **kept})
        self._movements, self._stock, self._before = [], {}, kept

    def _write_stock(self, changed: list[tuple[str, int, int]]) -> None:
        if not changed:
            return
        if self.connection.dialect.name == POSTGRES:
            products, on_hand, reserved = (" ".join(map(str, column)) for column in zip(*changed, strict=True))
            one = {"shop": self.shop, "product": products, "on_hand": on_hand, "reserved": reserved}
            self.connection.execute(_STOCK_ALL, one)
            return
        rows = [{"shop": self.shop, "product": product, "on_hand": came, "reserved": held} for product, came, held in changed]
        self.connection.execute(_STOCK, rows)

    def _deltas(self, product: str) -> list[int]:
        return self._stock.setdefault(product, [0, 0])
